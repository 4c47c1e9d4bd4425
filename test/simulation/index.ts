import 'fake-indexeddb/auto';
import '../temporal';
import './plain-clone';

export { simulateDueAtOnce } from './due-at-once';
export { plantedFaults } from './planted-faults';
export { simulateLife } from './simulation';
