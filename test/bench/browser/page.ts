import { dueAtOnce } from './due-at-once';
import { dueScan, stateChange } from './store';

/** What `npm run bench` calls in a page of a real browser. */
Object.assign(globalThis, { bench: { stateChange, dueScan, dueAtOnce } });
