import { readFileSync } from 'node:fs';
import { IDBFactory as MemoryIndexedDb } from 'fake-indexeddb';
import type { IDBPDatabase } from 'idb';
import { wrap } from 'idb';
import { describe, expect, it } from 'vitest';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import { plainCalendar } from '../../../core/domain/calendar';
import { CaseRecord, Effect, HistoryEntry, Timer } from '../../../core/domain/case';
import { firstBrokenEntry } from '../../../core/domain/history';
import { CaseTemplate } from '../../../core/domain/template';
import type { Row, StoreName } from '../../../core/store/database';
import { Database } from '../../../core/store/database';
import { pagesOf } from '../../../core/store/history-pages';
import { caseStore } from '../../../core/store/stores';
import { committed, contentOf, effect, entry, KEY, record, timer } from './records';
import { allOf, countOf, historyOf, rowOf } from './rows';

interface Timer1 {
  timerId: string;
  dueAt: number;
  state: string;
}
/** A database as version 1 of the schema left it: five cases, one reminded, one on hold, one closed, one with a failed message. */
const version1: Record<string, object[]> & { timers: Timer1[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/db/v1.json', import.meta.url), 'utf8'),
);

/** The object stores of version 1: the key of each, then its indexes. */
const STORES_1: Record<string, string> = {
  templates: '[id+version], id',
  cases: 'caseKey, siteId',
  history: '[caseKey+seq]',
  timers: 'timerId, caseKey, [state+nextAt]',
  outbox: 'effectId, caseKey, [state+notBefore]',
  commands: 'commandId',
  sites: 'siteId',
  settings: 'key',
  checks: 'caseKey',
};
const NEWEST = 6;

/** What came with each version of the schema after the first: of a store that was there already, its key and all its indexes. */
const LATER_STORES: Record<number, Record<string, string>> = {
  2: {
    calendars: 'id',
    secrets: 'id',
    cases: 'caseKey, siteId, changedAt',
    timers: 'timerId, [caseKey+state], [state+nextAt], [heldFor+dueAt]',
    outbox: 'effectId, [caseKey+state], [state+notBefore]',
    checks: 'caseKey, at',
  },
  3: { publications: '[templateId+version]' },
  4: { drafts: 'templateId' },
  5: { commands: 'commandId, at' },
  6: { cases: 'caseKey, siteId, templateId, changedAt', history: '[caseKey+page]' },
};

/** The name and the path of the key and of each index that are written like this. */
const pathsOf = (schema: string): { name: string; path: string | string[] }[] =>
  schema.split(', ').map((name) => ({ name, path: name.startsWith('[') ? name.slice(1, -1).split('+') : name }));

/** Makes what is written there out of what a version before it has left. */
function migrate(transaction: IDBTransaction, stores: Record<string, string>): void {
  for (const [name, schema] of Object.entries(stores)) {
    const [key, ...indexes] = pathsOf(schema);
    if (!key) throw new Error(`${name} has no key`);
    const known = transaction.db.objectStoreNames.contains(name) ? transaction.objectStore(name) : null;
    const staysKey = known !== null && String(known.keyPath) === String(key.path);
    // A key that changes makes another store of it.
    if (known && !staysKey) transaction.db.deleteObjectStore(name);
    const store = known && staysKey ? known : transaction.db.createObjectStore(name, { keyPath: key.path });
    for (const index of [...store.indexNames])
      if (!indexes.some((wanted) => wanted.name === index)) store.deleteIndex(index);
    for (const index of indexes) if (!store.indexNames.contains(index.name)) store.createIndex(index.name, index.path);
  }
}

const opened = async (request: IDBOpenDBRequest) => (await wrap(request)) as unknown as IDBPDatabase;

/** The database as a build of that version has left it, which called it ten times as much, with these rows; closed. */
async function leaveBehind(factory: IDBFactory, version: number, rows: Record<string, object[]> = {}): Promise<void> {
  const request = factory.open('test', version * 10);
  request.onupgradeneeded = () => {
    const { transaction } = request;
    if (!transaction) throw new Error('An upgrade has a transaction');
    migrate(transaction, STORES_1);
    for (let later = 2; later <= version; later += 1) migrate(transaction, LATER_STORES[later] ?? {});
  };
  const db = await opened(request);
  const names = Object.keys(rows);
  if (names.length > 0) {
    const transaction = db.transaction(names, 'readwrite');
    await Promise.all(names.flatMap((name) => (rows[name] ?? []).map((row) => transaction.objectStore(name).add(row))));
    await transaction.done;
  }
  db.close();
}

/** Today's database, opened over what version 1 has left. */
async function upgraded(): Promise<Database> {
  const factory = new MemoryIndexedDb();
  await leaveBehind(factory, 1, version1);
  return new Database('test', factory);
}

describe('a database of version 1', () => {
  it('loses no row, and every row fits today’s shape', async () => {
    const db = await upgraded();
    const derived = 'checks';
    for (const [name, rows] of Object.entries(version1).filter(([table]) => table !== derived && table !== 'history'))
      expect(await countOf(db, name as StoreName), name).toBe(rows.length);
    expect(await historyOf(db)).toEqual(version1.history);
    for (const row of await allOf(db, 'templates')) expect(CaseTemplate.safeParse(row).error).toBeUndefined();
    for (const row of await allOf(db, 'cases')) expect(CaseRecord.safeParse(row).error).toBeUndefined();
    for (const row of await historyOf(db)) expect(HistoryEntry.safeParse(row).error).toBeUndefined();
    for (const row of await allOf(db, 'timers')) expect(Timer.safeParse(row).error).toBeUndefined();
    for (const row of await allOf(db, 'outbox')) expect(Effect.safeParse(row).error).toBeUndefined();
  });

  it('R13, R14: keeps every timer’s date and state, with a proof that adds up', async () => {
    const db = await upgraded();
    for (const old of version1.timers) {
      const timer = await rowOf(db, 'timers', old.timerId);
      expect(timer).toMatchObject({ dueAt: old.dueAt, state: old.state });
      const { firstDueAt, shifts } = timer?.proof ?? { firstDueAt: 0, shifts: [] };
      expect(shifts.reduce((at, shift) => at + shift.byMs, firstDueAt)).toBe(old.dueAt);
    }
    const held = await rowOf(db, 'timers', 'desk-1/2#1#close-awaiting-confirmation');
    expect(held).toMatchObject({ state: 'held', heldFor: 'hold' });
    const close = await rowOf(db, 'timers', 'desk-1/1#1#close-customer-input');
    expect(close?.proof.derivation.wait).toEqual({ amount: 28, unit: 'days' });
  });

  it('R11, R12: goes on looking for replies to the cases that wait, and to no others', async () => {
    const db = await upgraded();
    const checks = (await allOf(db, 'checks')).map(({ caseKey }) => caseKey);
    expect(checks.toSorted()).toEqual(['desk-1/1', 'desk-1/2', 'desk-1/4']);
  });

  it('keeps every history chain whole', async () => {
    const db = await upgraded();
    const store = caseStore(db);
    for (const { caseKey } of await allOf(db, 'cases')) {
      const history = await store.history(caseKey);
      expect(history.length).toBeGreaterThan(0);
      expect(firstBrokenEntry(history)).toBeNull();
    }
  });
});

/** Its object stores with their keys and indexes, as the browser knows them. */
async function shapeOf(factory: IDBFactory): Promise<Record<string, unknown>> {
  const db = await opened(factory.open('test'));
  const stores = [...db.objectStoreNames];
  const transaction = db.transaction(stores);
  const shape = Object.fromEntries(
    stores.map((name) => {
      const store = transaction.objectStore(name);
      return [name, [store.keyPath, [...store.indexNames].map((index) => [index, store.index(index).keyPath])]];
    }),
  );
  db.close();
  return { version: db.version, ...shape };
}

describe.each([1, 2, 3, 4, 5, 6])('a database of version %i', (version) => {
  it('gets the tables and indexes of one that went through every version, and keeps its rows', async () => {
    const [factory, through] = [new MemoryIndexedDb(), new MemoryIndexedDb()];
    await leaveBehind(factory, version, { commands: [{ commandId: 'command-1', caseKey: 'desk-1/1', at: 1 }] });
    await leaveBehind(through, NEWEST);
    const db = new Database('test', factory);
    await db.open();
    expect(await shapeOf(factory)).toEqual(await shapeOf(through));
    expect(await rowOf(db, 'commands', 'command-1')).toMatchObject({ caseKey: 'desk-1/1' });
  });
});

/** Rows of today's shape but for the history, as far as each version from the second on has a store for them. */
const ROWS: { [Name in Exclude<StoreName, 'history'>]?: Row<Name>[] } = {
  templates: [supportTemplate],
  calendars: [plainCalendar('Europe/Berlin')],
  cases: [record(), record({ caseKey: 'rt-1/43', changedAt: 2000 })],
  timers: [timer('armed'), timer('held', { state: 'held', heldAt: 3000, heldFor: 'review' })],
  outbox: [effect('e1'), effect('e2', { state: 'done' })],
  commands: [{ commandId: 'command-1', caseKey: KEY, at: 1 }],
  sites: [
    {
      siteId: 'rt-1',
      adapterId: 'rt',
      name: 'desk.test',
      baseUrl: 'https://desk.test/rt',
      templateId: 'support',
      connectedAt: 1,
    },
  ],
  secrets: [{ id: 'site:rt-1', owner: 'Erin', nonce: new Uint8Array([1, 2]), data: new Uint8Array([3]) }],
  settings: [{ key: 'language', value: 'de' }],
  checks: [{ caseKey: KEY, at: 1000 }],
};

describe.each([2, 3, 4, 5])('a database of version %i, full', (version) => {
  it('keeps every row as it is', async () => {
    const factory = new MemoryIndexedDb();
    const history = [entry(1), entry(2)];
    await leaveBehind(factory, version, { ...ROWS, history });
    const db = new Database('test', factory);
    expect(await contentOf(db)).toEqual({ publications: [], drafts: [], ...ROWS, history: pagesOf(history) });
  });
});

describe('a database of version 4', () => {
  it('keeps every command, and finds those that are old by an index', async () => {
    const factory = new MemoryIndexedDb();
    const commands = Array.from({ length: 1200 }, (_, at) => ({ commandId: `command-${at}`, caseKey: 'desk-1/1', at }));
    await leaveBehind(factory, 4, { commands });
    const db = new Database('test', factory);
    const byAge = (range?: IDBKeyRange) =>
      db.read(['commands'], (transaction) => transaction.objectStore('commands').index('at').getAll(range));
    expect(await byAge()).toEqual(commands);
    expect(await caseStore(db).forgetCommands({ before: 1000, butNewest: 500, limit: 10_000 })).toBe(700);
    expect(await byAge(IDBKeyRange.upperBound(700, true))).toEqual([]);
    expect(await countOf(db, 'commands')).toBe(500);
  });
});

describe('a database of version 5', () => {
  it.each([0, 1, 3999, 4000, 4001, 9000])('keeps %i entries, as pages that are as new ones', async (count) => {
    const factory = new MemoryIndexedDb();
    // Cases of one, two and three pages, some of which go on where a part that is read ends.
    const history: HistoryEntry[] = [];
    for (let number = 0; history.length < count; number += 1)
      for (let seq = 1; seq <= 1 + (number % 40) && history.length < count; seq += 1)
        history.push(entry(seq, { caseKey: `desk-1/${String(number).padStart(5, '0')}` }));
    await leaveBehind(factory, 5, { history });
    const db = new Database('test', factory);
    expect(await allOf(db, 'history')).toEqual(pagesOf(history));
    expect(await historyOf(db)).toEqual(history);
  });

  it('goes on in the page that it has got', async () => {
    const factory = new MemoryIndexedDb();
    const history = [entry(1), entry(2)];
    await leaveBehind(factory, 5, { cases: [record()], history });
    const db = new Database('test', factory);
    await caseStore(db).commit(KEY, 'command-3', () => committed({ history: [entry(3)] }));
    expect(await caseStore(db).history(KEY)).toEqual([...history, entry(3)]);
    expect(await countOf(db, 'history')).toBe(1);
  });
});
