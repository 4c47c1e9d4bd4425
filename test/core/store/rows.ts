import type { StoreKey } from 'idb';
import type { HistoryEntry } from '../../../core/domain/case';
import type { Database, Row, Schema, StoreName } from '../../../core/store/database';
import { entriesOn, pagesOf } from '../../../core/store/history-pages';
import { putAll as putAllIn } from '../../../core/store/ranges';

// For tests that look at what is stored, or put something there, past the stores of the app: each in a transaction of its own.

/** All rows of a store, in the order of their keys. */
export function allOf<Name extends StoreName>(db: Database, name: Name): Promise<Row<Name>[]> {
  return db.read([name], (transaction) => transaction.objectStore(name).getAll());
}

/** The row of this key, if there is one. */
export function rowOf<Name extends StoreName>(
  db: Database,
  name: Name,
  key: StoreKey<Schema, Name>,
): Promise<Row<Name> | undefined> {
  return db.read([name], (transaction) => transaction.objectStore(name).get(key));
}

/** How many rows a store has. */
export function countOf(db: Database, name: StoreName): Promise<number> {
  return db.read([name], (transaction) => transaction.objectStore(name).count());
}

/** Stores all of them, or, where one cannot be stored, none and throws; a row that has the key of another one replaces it. */
export function putAll<Name extends StoreName>(db: Database, name: Name, rows: readonly Row<Name>[]): Promise<void> {
  return db.write([name], async (transaction) => putAllIn(transaction, name, rows));
}

/** Removes the row of this key, if there is one. */
export function removeOf<Name extends StoreName>(db: Database, name: Name, key: StoreKey<Schema, Name>): Promise<void> {
  return db.write([name], (transaction) => transaction.objectStore(name).delete(key));
}

/** Changes some fields of the row of this key; throws where there is none. */
export function changeRow<Name extends StoreName>(
  db: Database,
  name: Name,
  key: StoreKey<Schema, Name>,
  change: Partial<Row<Name>>,
): Promise<void> {
  return db.write([name], async (transaction) => {
    const store = transaction.objectStore(name);
    const row = await store.get(key);
    if (row === undefined) throw new Error(`${name} has no row ${String(key)}`);
    await store.put({ ...row, ...change });
  });
}

/** All entries of all histories, in order. */
export const historyOf = async (db: Database): Promise<HistoryEntry[]> => entriesOn(await allOf(db, 'history'));

/** Makes something else of the history of one case. */
export async function rewriteHistory(
  db: Database,
  caseKey: string,
  rewrite: (entries: HistoryEntry[]) => HistoryEntry[],
): Promise<void> {
  const pages = (await allOf(db, 'history')).filter((page) => page.caseKey === caseKey);
  for (const { page } of pages) await removeOf(db, 'history', [caseKey, page]);
  await putAll(db, 'history', pagesOf(rewrite(entriesOn(pages))));
}
