import type { Reading, StoreName } from './database';
import { Database } from './database';

/** The same database, of one that only reads, beside the one that writes: nobody tells it what was written, so it keeps nothing. */
export class DatabaseBeside extends Database {
  override readOnce<T>(name: StoreName, _what: string, work: (transaction: Reading) => Promise<T>): Promise<T> {
    return this.read([name], work);
  }
}
