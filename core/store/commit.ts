import type { CommitResult, StoredCase } from '../app/ports';
import type { CaseRecord, Effect, EffectState, HistoryEntry, Timer, TimerState } from '../domain/case';
import type { Committed, Decision } from '../domain/decide';
import type { Database, StoreName } from './database';
import { untilStored } from './database';
import type { HistoryPage } from './history-pages';
import { pageOf, pagesOf } from './history-pages';

/** Of the states of an effect, in the order of the alphabet, those from here to there are open; `cancelled` and `done` are before them. */
export const OPEN_EFFECTS: readonly [EffectState, EffectState] = ['failed', 'uncertain'];
export const OPEN_TIMERS: readonly TimerState[] = ['armed', 'held'];

export const bySeq = (a: Effect, b: Effect): number => a.seq - b.seq;

const READ: StoreName[] = ['cases', 'timers', 'outbox'];
const WRITTEN: StoreName[] = [...READ, 'history', 'commands', 'checks'];

// The one place that speaks with IndexedDB itself: everything that a person does waits for this, and
// with a library in between it takes longer.

/** A case with what is open of it, in one moment; as `CaseStore.load`. */
export async function loadCase(db: Database, caseKey: string): Promise<StoredCase> {
  return readCase(await db.begin((connection) => connection.transaction(READ, 'readonly')), caseKey);
}

/**
 * Loads a case, decides, and stores what came of it, in one transaction; as `CaseStore.commit`.
 * Throws what `decide` throws, or why nothing was stored; then nothing was.
 */
export async function commitCase(
  db: Database,
  caseKey: string,
  commandId: string,
  decide: (stored: StoredCase) => Decision,
): Promise<CommitResult> {
  // Strict: an acknowledged change is on the disk, also when the machine loses power a moment later.
  const transaction = await db.begin((connection) =>
    connection.transaction(WRITTEN, 'readwrite', { durability: 'strict' }),
  );
  return untilStored(transaction, decideIn(transaction, caseKey, commandId, decide));
}

/** By case and state: what is long over is most of what a case has. */
async function readCase(transaction: IDBTransaction, caseKey: string): Promise<StoredCase> {
  const byState = (name: string) => transaction.objectStore(name).index('[caseKey+state]');
  const [from, to] = OPEN_EFFECTS;
  const [record, effects, ...timers] = await Promise.all([
    answer<CaseRecord | undefined>(transaction.objectStore('cases').get(caseKey)),
    answer<Effect[]>(byState('outbox').getAll(IDBKeyRange.bound([caseKey, from], [caseKey, to]))),
    ...OPEN_TIMERS.map((state) => answer<Timer[]>(byState('timers').getAll([caseKey, state]))),
  ]);
  return { record: record ?? null, timers: timers.flat(), effects: effects.toSorted(bySeq) };
}

async function decideIn(
  transaction: IDBTransaction,
  caseKey: string,
  commandId: string,
  decide: (stored: StoredCase) => Decision,
): Promise<CommitResult> {
  const table = (name: string) => transaction.objectStore(name);
  const [known, stored] = await Promise.all([
    answer(table('commands').getKey(commandId)),
    readCase(transaction, caseKey),
  ]);
  if (known !== undefined) return { status: 'duplicate' };
  const decision = decide(stored);
  if (!decision.ok) return { status: 'refused', decision };
  const [first] = decision.history;
  // By its key, and not as the last one there is: cursors leave much to clear up, see docs/adr/0031-read-once.md
  const page = first && (await answer<HistoryPage | undefined>(table('history').get([caseKey, pageOf(first.seq)])));
  write(table, caseKey, commandId, decision, page);
  return { status: 'committed', decision };
}

function write(
  table: (name: string) => IDBObjectStore,
  caseKey: string,
  commandId: string,
  { next, history, timers, effects, category }: Committed,
  lastPage: HistoryPage | undefined,
): void {
  table('cases').put(next);
  append(table('history'), lastPage, history);
  for (const timer of timers) table('timers').put(timer);
  for (const effect of effects) table('outbox').put(effect);
  table('commands').add({ commandId, caseKey, at: next.changedAt });
  // A case that waits is looked after while nobody looks at it, and keeps its place in the row while it does.
  if (category !== 'waiting') table('checks').delete(caseKey);
  else
    table('checks').add({ caseKey, at: next.changedAt }).onerror = (event) => {
      event.preventDefault();
      event.stopPropagation();
    };
}

/** Adds to a history; throws where the place of an entry is taken: what was written is never written over. */
function append(store: IDBObjectStore, lastPage: HistoryPage | undefined, added: readonly HistoryEntry[]): void {
  for (const page of pagesOf(added)) {
    if (page.page !== lastPage?.page) {
      store.add(page);
      continue;
    }
    const before = lastPage.entries.at(-1)?.seq ?? 0;
    if (page.entries.some(({ seq }) => seq <= before))
      throw new Error(`${page.caseKey} has an entry ${before} already`);
    store.put({ ...page, entries: [...lastPage.entries, ...page.entries] });
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
