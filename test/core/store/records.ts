import { IDBFactory } from 'fake-indexeddb';
import type { CaseRecord, Effect, HistoryEntry, Timer } from '../../../core/domain/case';
import type { Committed } from '../../../core/domain/decide';
import { Database, STORES } from '../../../core/store/database';

export const KEY = 'rt-1/42';

export function freshDatabase(): Database {
  return new Database('test', new IDBFactory());
}

export function record(change: Partial<CaseRecord> = {}): CaseRecord {
  return {
    caseKey: KEY,
    siteId: 'rt-1',
    ticketId: '42',
    templateId: 'support',
    templateVersion: 1,
    statusId: 'new',
    subStatusId: null,
    tagId: null,
    enteredAt: 1000,
    generation: 1,
    revision: 1,
    hold: false,
    remindOnHold: false,
    customerRepliedAt: null,
    attention: null,
    lastCustomerMessageId: null,
    entryMessageId: null,
    nativeStatus: null,
    expectedNativeStatus: null,
    subject: 'Printer',
    requester: null,
    assignee: null,
    undo: null,
    changedAt: 1000,
    lastHistorySeq: 1,
    lastHistoryHash: 'hash',
    ...change,
  };
}

export function entry(seq: number, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    caseKey: KEY,
    seq,
    at: 1000 + seq,
    actor: null,
    cause: 'person',
    commandId: `command-${seq}`,
    templateId: 'support',
    templateVersion: 1,
    what: { type: 'hold', on: true },
    salt: 'salt',
    digest: 'digest',
    previousHash: 'previous',
    hash: 'hash',
    ...change,
  };
}

export function timer(timerId: string, change: Partial<Timer> = {}): Timer {
  const dueAt = change.dueAt ?? 5000;
  return {
    timerId,
    caseKey: KEY,
    ruleId: 'rule',
    kind: 'reminder',
    scope: 'position',
    generation: 1,
    occurrence: 1,
    note: null,
    state: 'armed',
    dueAt,
    nextAt: dueAt,
    heldAt: null,
    heldFor: null,
    unreadSince: null,
    proof: {
      derivation: { from: 1000, wait: { amount: 4, unit: 'seconds' }, calendar: null },
      firstDueAt: 5000,
      shifts: [],
    },
    ...change,
  };
}

export function effect(effectId: string, change: Partial<Effect> = {}): Effect {
  return {
    effectId,
    caseKey: KEY,
    siteId: 'rt-1',
    commandId: 'command-1',
    generation: 1,
    seq: 1,
    kind: 'desk-write',
    write: { status: 'open', message: null },
    notification: null,
    actor: null,
    ruleId: null,
    notBefore: 2000,
    state: 'pending',
    attempts: 0,
    maybeSent: false,
    outcome: null,
    ...change,
  };
}

export function committed(change: Partial<Omit<Committed, 'ok'>> = {}): Committed {
  return {
    ok: true,
    next: record(),
    history: [entry(1)],
    timers: [timer('t1')],
    effects: [effect('e1')],
    category: 'active',
    message: 'Done.',
    ...change,
  } as Committed;
}

/** Everything that is stored, in one moment. */
export async function contentOf(db: Database): Promise<Record<string, unknown[]>> {
  return db.read(STORES, async (transaction) =>
    Object.fromEntries(
      await Promise.all(STORES.map(async (name) => [name, await transaction.objectStore(name).getAll()] as const)),
    ),
  );
}
