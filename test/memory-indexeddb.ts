// Browsers bring IndexedDB with them. What wraps it asks for its classes by their global names; each test makes a factory of its own.
import 'fake-indexeddb/auto';
