export { simulate } from './simulation';
