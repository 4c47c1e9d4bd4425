import type { IDBPIndex, IDBPObjectStore, IndexNames, StoreNames } from 'idb';
import { unwrap } from 'idb';
import type { Row, Schema, StoreName, Writing } from './database';

/** All keys that begin with this field. An empty list comes after every text and number. */
export const ofFirst = (field: string): IDBKeyRange => IDBKeyRange.bound([field], [field, []]);

/** Keys of two fields: the first is this one, the second at least, or at most, so much. */
export const ofFirstFrom = (field: string, from: number): IDBKeyRange => IDBKeyRange.bound([field, from], [field, []]);
export const ofFirstUpTo = (field: string, upTo: number): IDBKeyRange => IDBKeyRange.bound([field], [field, upTo]);

/** Keys of several fields, from the first that begins with one field to the last that begins with another. */
export const ofFirsts = (first: string, last: string): IDBKeyRange => IDBKeyRange.bound([first], [last, []]);

/** All texts that begin with this one. */
export function startingWith(prefix: string): IDBKeyRange {
  const last = prefix.length - 1;
  const after = prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1);
  return IDBKeyRange.bound(prefix, after, false, true);
}

type Mode = 'readonly' | 'readwrite';
type Source<Name extends StoreName, Index extends IndexNames<Schema, Name>, M extends Mode = Mode> =
  | IDBPObjectStore<Schema, StoreNames<Schema>[], Name, M>
  | IDBPIndex<Schema, StoreNames<Schema>[], Name, Index, M>;

/** The first rows of a range that fit. Nearly always all do, and one request is enough. */
export async function firstThatFit<Name extends StoreName, Index extends IndexNames<Schema, Name>>(
  source: Source<Name, Index>,
  range: IDBKeyRange,
  limit: number,
  fits: (row: Row<Name>) => boolean,
): Promise<Row<Name>[]> {
  const rows: Row<Name>[] = await source.getAll(range as never, limit);
  if (rows.every(fits)) return rows;
  const found: Row<Name>[] = [];
  for (
    let cursor = await source.openCursor(range as never);
    cursor && found.length < limit;
    cursor = await cursor.continue()
  )
    if (fits(cursor.value)) found.push(cursor.value);
  return found;
}

// Nobody waits for the single requests that write many rows: the transaction ends with them, or comes to nothing with the
// first that fails. A promise for each would take longer than the writing.

/** Adds rows, of which none may be there already. */
export function addAll<Name extends StoreName>(tx: Writing, name: Name, rows: readonly Row<Name>[]): void {
  const store = unwrap(tx.objectStore(name)) as IDBObjectStore;
  for (const row of rows) store.add(row);
}

/** Adds rows, in the place of those that are there already. */
export function putAll<Name extends StoreName>(tx: Writing, name: Name, rows: readonly Row<Name>[]): void {
  const store = unwrap(tx.objectStore(name)) as IDBObjectStore;
  for (const row of rows) store.put(row);
}

/** Removes rows by their keys. */
export function deleteAll(tx: Writing, name: StoreName, keys: readonly IDBValidKey[]): void {
  const store = unwrap(tx.objectStore(name)) as IDBObjectStore;
  for (const key of keys) store.delete(key);
}

/** Changes the rows of a range, of those that `change` makes something else of. */
export async function changeRows<Name extends StoreName, Index extends IndexNames<Schema, Name>>(
  tx: Writing,
  name: Name,
  index: Index,
  range: IDBKeyRange,
  change: (row: Row<Name>) => Row<Name> | null,
): Promise<void> {
  const rows: Row<Name>[] = await tx
    .objectStore(name)
    .index(index)
    .getAll(range as never);
  putAll(
    tx,
    name,
    rows.flatMap((row) => change(row) ?? []),
  );
}
