import type { IDBPTransaction } from 'idb';
import type { HistoryEntry } from '../domain/case';
import { plainWait } from '../domain/duration';
import type { HistoryPage } from './history-pages';
import { pagesOf } from './history-pages';

export type Upgrading = IDBPTransaction<unknown, string[], 'versionchange'>;

/** Rows as version 1 kept them, as far as they differ from today's. */
interface Template1 {
  id: string;
  version: number;
  statuses: { id: string; category: string; subStatuses: object[]; tags: object[] }[];
  timers: { does: { type: string } }[];
  onEntry: object[];
}
interface Case1 {
  caseKey: string;
  templateId: string;
  templateVersion: number;
  statusId: string;
  enteredAt: number;
  hold: boolean;
}
interface Timer1 {
  caseKey: string;
  state: string;
  kind: string;
  proof: {
    enteredAt: number;
    afterMs: number;
    shifts: { at: number; byMs: number; why: string }[];
  };
}

/**
 * To version 2: templates say what is retired, how a message is told and whether a clock pauses; timers say what they
 * belong to and how their date was counted. Everything keeps its meaning; what could be undone a moment before the
 * update cannot be undone after it. History is not touched: its hashes are over what was written then.
 */
export async function toVersion2(transaction: Upgrading): Promise<void> {
  /** Every row of a store, changed in its place. */
  const modify = async <T>(name: string, change: (row: T) => void): Promise<T[]> => {
    const store = transaction.objectStore(name);
    const rows: T[] = await store.getAll();
    rows.forEach(change);
    await Promise.all(rows.map((row) => store.put(row)));
    return rows;
  };
  const live = (row: object) => Object.assign(row, { retired: false });
  const templates = await modify<Template1>('templates', (template) => {
    for (const status of template.statuses) {
      Object.assign(live(status), { colour: null });
      status.subStatuses.forEach(live);
      status.tags.forEach(live);
    }
    for (const rule of template.timers) {
      Object.assign(rule, { repeat: null, pausesIn: null, ifUnread: 'retry' });
      if (rule.does.type === 'message') Object.assign(rule.does, { via: 'reply' });
    }
    for (const rule of template.onEntry) Object.assign(rule, { via: 'reply' });
    Object.assign(template, { calendarId: null, appliesTo: [] });
  });
  const cases = await modify<Case1>('cases', (record) => {
    Object.assign(record, { undo: null, remindOnHold: false, entryMessageId: null, changedAt: record.enteredAt });
  });
  const held = new Map(cases.map(({ caseKey, hold }) => [caseKey, hold]));
  await modify<Timer1>('timers', (timer) => {
    const { enteredAt, afterMs, shifts } = timer.proof;
    Object.assign(timer, {
      scope: 'position',
      occurrence: 1,
      note: null,
      heldFor: timer.state !== 'held' ? null : held.get(timer.caseKey) ? 'hold' : 'decision',
      proof: {
        derivation: { from: enteredAt, wait: plainWait(afterMs), calendar: null },
        firstDueAt: enteredAt + afterMs,
        shifts,
      },
    });
  });
  const waits = new Set(
    templates.flatMap(({ id, version, statuses }) =>
      statuses.flatMap((status) => (status.category === 'waiting' ? `${id} ${version} ${status.id}` : [])),
    ),
  );
  const checks = transaction.objectStore('checks');
  await checks.clear();
  for (const { caseKey, templateId, templateVersion, statusId, enteredAt } of cases)
    if (waits.has(`${templateId} ${templateVersion} ${statusId}`)) await checks.add({ caseKey, at: enteredAt });
  await modify<{ notification: object | null; write: { message: object | null } | null }>('outbox', (effect) => {
    if (effect.notification) Object.assign(effect.notification, { kind: 'decision' });
    if (effect.write?.message) Object.assign(effect.write.message, { after: null });
  });
}

/** What the history of earlier versions, a row for each entry, is called while it is carried over. */
const ENTRIES = 'history entries';
/** More at once are more memory; an upgrade has to get along with years of history. */
const ENTRIES_AT_ONCE = 4000;

/** Makes room for the history of version 6. */
export function setHistoryAside(transaction: IDBTransaction): void {
  transaction.objectStore('history').name = ENTRIES;
}

/** To version 6: the entries of a history share rows. No entry changes: its hash is over what was written then. */
export async function toVersion6(transaction: Upgrading): Promise<void> {
  const [entries, pages] = [transaction.objectStore(ENTRIES), transaction.objectStore('history')];
  // The last page of a part may go on in the next one.
  let open: HistoryEntry[] = [];
  let after: IDBValidKey = [];
  for (let more = true; more; ) {
    const part: HistoryEntry[] = await entries.getAll(IDBKeyRange.lowerBound(after, true), ENTRIES_AT_ONCE);
    const last = part.at(-1);
    if (last) after = [last.caseKey, last.seq];
    more = part.length === ENTRIES_AT_ONCE;
    const full: HistoryPage[] = pagesOf([...open, ...part]);
    open = (more && full.pop()?.entries) || [];
    await Promise.all(full.map((page) => pages.add(page)));
  }
  transaction.db.deleteObjectStore(ENTRIES);
}
