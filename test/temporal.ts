// Browsers bring Temporal with them; Node from 26 on.
import 'temporal-polyfill/global';
