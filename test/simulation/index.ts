import '../temporal';

export { simulateDueAtOnce } from './due-at-once';
export { plantedFaults } from './planted-faults';
export { simulate } from './simulation';
