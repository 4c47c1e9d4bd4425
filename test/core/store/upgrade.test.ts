import { readFileSync } from 'node:fs';
import { Dexie } from 'dexie';
import { IDBKeyRange, IDBFactory as MemoryIndexedDb } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { CaseRecord, Effect, HistoryEntry, Timer } from '../../../core/domain/case';
import { firstBrokenEntry } from '../../../core/domain/history';
import { CaseTemplate } from '../../../core/domain/template';
import { Database } from '../../../core/store/database';
import { caseStore } from '../../../core/store/stores';

interface Timer1 {
  timerId: string;
  dueAt: number;
  state: string;
}
/** A database as version 1 of the schema left it: five cases, one reminded, one on hold, one closed, one with a failed message. */
const version1: Record<string, object[]> & { timers: Timer1[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/db/v1.json', import.meta.url), 'utf8'),
);

const STORES_1 = {
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

/** Today's database, opened over what version 1 has left. */
async function upgraded(): Promise<Database> {
  const options = { indexedDB: new MemoryIndexedDb(), IDBKeyRange };
  const old = new Dexie('test', options);
  old.version(1).stores(STORES_1);
  for (const [name, rows] of Object.entries(version1)) await old.table(name).bulkAdd(rows);
  old.close();
  return new Database('test', options);
}

describe('a database of version 1', () => {
  it('loses no row, and every row fits today’s shape', async () => {
    const db = await upgraded();
    const derived = 'checks';
    for (const [name, rows] of Object.entries(version1).filter(([table]) => table !== derived))
      expect(await db.table(name).count(), name).toBe(rows.length);
    for (const row of await db.templates.toArray()) expect(CaseTemplate.safeParse(row).error).toBeUndefined();
    for (const row of await db.cases.toArray()) expect(CaseRecord.safeParse(row).error).toBeUndefined();
    for (const row of await db.history.toArray()) expect(HistoryEntry.safeParse(row).error).toBeUndefined();
    for (const row of await db.timers.toArray()) expect(Timer.safeParse(row).error).toBeUndefined();
    for (const row of await db.outbox.toArray()) expect(Effect.safeParse(row).error).toBeUndefined();
  });

  it('R13, R14: keeps every timer’s date and state, with a proof that adds up', async () => {
    const db = await upgraded();
    for (const old of version1.timers) {
      const timer = await db.timers.get(old.timerId);
      expect(timer).toMatchObject({ dueAt: old.dueAt, state: old.state });
      const { firstDueAt, shifts } = timer?.proof ?? { firstDueAt: 0, shifts: [] };
      expect(shifts.reduce((at, shift) => at + shift.byMs, firstDueAt)).toBe(old.dueAt);
    }
    const held = await db.timers.get('desk-1/2#1#close-awaiting-confirmation');
    expect(held).toMatchObject({ state: 'held', heldFor: 'hold' });
    const close = await db.timers.get('desk-1/1#1#close-customer-input');
    expect(close?.proof.derivation.wait).toEqual({ amount: 28, unit: 'days' });
  });

  it('R11, R12: goes on looking for replies to the cases that wait, and to no others', async () => {
    const db = await upgraded();
    const checks = (await db.checks.toArray()).map(({ caseKey }) => caseKey);
    expect(checks.toSorted()).toEqual(['desk-1/1', 'desk-1/2', 'desk-1/4']);
  });

  it('keeps every history chain whole', async () => {
    const db = await upgraded();
    const store = caseStore(db);
    for (const { caseKey } of await db.cases.toArray()) {
      const history = await store.history(caseKey);
      expect(history.length).toBeGreaterThan(0);
      expect(firstBrokenEntry(history)).toBeNull();
    }
  });
});

/** What came with each version of the schema after the first. */
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
};

/** Its object stores with their keys and indexes, as the browser knows them. */
function shapeOf(db: Dexie): Record<string, unknown> {
  const stores = [...db.backendDB().objectStoreNames];
  const transaction = db.backendDB().transaction(stores);
  return Object.fromEntries(
    stores.map((name) => {
      const store = transaction.objectStore(name);
      return [name, [store.keyPath, [...store.indexNames].map((index) => [index, store.index(index).keyPath])]];
    }),
  );
}

function ofVersion(version: number, options: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }): Dexie {
  const db = new Dexie('test', options);
  db.version(1).stores(STORES_1);
  for (let later = 2; later <= version; later += 1) db.version(later).stores(LATER_STORES[later] ?? {});
  return db;
}

describe.each([1, 2, 3, 4, 5])('a database of version %i', (version) => {
  it('gets the tables and indexes of one that went through every version, and keeps its rows', async () => {
    const options = { indexedDB: new MemoryIndexedDb(), IDBKeyRange };
    const old = ofVersion(version, options);
    await old.table('commands').add({ commandId: 'command-1', caseKey: 'desk-1/1', at: 1 });
    old.close();
    const db = new Database('test', options);
    const through = ofVersion(5, { ...options, indexedDB: new MemoryIndexedDb() });
    await Promise.all([db.open(), through.open()]);
    expect(shapeOf(db)).toEqual(shapeOf(through));
    expect(await db.commands.get('command-1')).toMatchObject({ caseKey: 'desk-1/1' });
  });
});

describe('a database of version 4', () => {
  it('keeps every command, and finds those that are old by an index', async () => {
    const options = { indexedDB: new MemoryIndexedDb(), IDBKeyRange };
    const old = ofVersion(4, options);
    const commands = Array.from({ length: 1200 }, (_, at) => ({ commandId: `command-${at}`, caseKey: 'desk-1/1', at }));
    await old.table('commands').bulkAdd(commands);
    old.close();
    const db = new Database('test', options);
    expect(await db.commands.orderBy('at').toArray()).toEqual(commands);
    expect(await caseStore(db).forgetCommands({ before: 1000, butNewest: 500, limit: 10_000 })).toBe(700);
    expect(await db.commands.where('at').below(700).count()).toBe(0);
    expect(await db.commands.count()).toBe(500);
  });
});
