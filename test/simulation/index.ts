export { plantedFaults } from './planted-faults';
export { simulate } from './simulation';
