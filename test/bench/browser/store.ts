import { deleteDB, unwrap } from 'idb';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import { plainCalendar } from '../../../core/domain/calendar';
import type { Timer } from '../../../core/domain/case';
import { caseKeyOf } from '../../../core/domain/case';
import { type Committed, decide, type Situation } from '../../../core/domain/decide';
import { canonicalJson, hashText } from '../../../core/domain/history';
import { Database } from '../../../core/store/database';
import { pagesOf } from '../../../core/store/history-pages';
import { caseStore } from '../../../core/store/stores';
import { putAll } from '../../core/store/rows';

export const SITE_ID = 'desk-1';
export const TIME_ZONE = 'Europe/Berlin';
const ERIN = { login: 'erin', name: 'Erin' };
const GROUNDS = {
  template: supportTemplate,
  otherTemplate: null,
  calendar: plainCalendar(TIME_ZONE),
  siteId: SITE_ID,
  adapterId: 'demo',
  timeZone: TIME_ZONE,
  deskTells: [],
  alwaysHolds: false,
} satisfies Partial<Situation>;

/** Two ways to do the same, measured in turns. Milliseconds. */
export interface Pair {
  ours: number[];
  other: number[];
}

/** A case that begins to wait for its customer: a record, an entry of history, two timers and the native status to write. */
export function enter(
  ticketId: string,
  at: number,
  stored: Pick<Situation, 'record' | 'timers' | 'effects'>,
  nativeStatus = 'open',
): Committed {
  const decision = decide(
    { ...GROUNDS, ...stored },
    {
      commandId: `enter-${ticketId}`,
      at,
      actor: ERIN,
      deed: {
        type: 'change',
        by: 'person',
        to: { statusId: 'pending', subStatusId: 'customer-input', tagId: null },
        note: null,
        skipMessage: false,
        facts: {
          ticketId,
          subject: `Subject ${ticketId}`,
          nativeStatus,
          requester: { login: 'alice@customer.test', name: 'Alice' },
          assignee: ERIN,
          queue: 'Support',
          type: null,
          lastMessageId: '1',
        },
        seenGeneration: null,
      },
    },
  );
  if (!decision.ok) throw new Error(decision.message);
  return decision;
}

/** A database of this name, empty. */
export async function emptyDatabase(name: string): Promise<Database> {
  await deleteDB(name);
  const db = new Database(name);
  await db.open();
  return db;
}

/** Closes the database, whose name this is, and removes it with all that is in it. */
export async function erase(db: Database, name: string): Promise<void> {
  db.close();
  await deleteDB(name);
}

/** One change of a status through our store, against the same rows written by hand with the same hashes. */
export async function stateChange(samples: number): Promise<Pair> {
  const db = await emptyDatabase('bench-change');
  const raw = unwrap(await (await emptyDatabase('bench-raw')).open());
  const store = caseStore(db);
  const at = Date.now();
  const nothing = { record: null, timers: [], effects: [] };
  const pair: Pair = { ours: [], other: [] };
  const warmUp = 20;
  for (let index = 0; index < samples + warmUp; index += 1) {
    const ticketId = String(index);
    const rows = enter(ticketId, at, nothing);
    const ours = await timeOf(() =>
      store.commit(caseKeyOf(SITE_ID, ticketId), `enter-${ticketId}`, (stored) => enter(ticketId, at, stored)),
    );
    const other = await timeOf(() => writeByHand(raw, rows));
    if (index < warmUp) continue;
    pair.ours.push(ours);
    pair.other.push(other);
  }
  db.close();
  raw.close();
  return pair;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** What has to be written, and nothing else: no reading, no deciding, no library. */
function writeByHand(db: IDBDatabase, { next, history, timers, effects }: Committed): Promise<void> {
  return new Promise((resolve, reject) => {
    const names = ['cases', 'history', 'timers', 'outbox', 'commands'];
    const transaction = db.transaction(names, 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    const sealed = history.map(({ salt, digest: _digest, previousHash, hash: _hash, ...entry }) => {
      const digest = hashText(salt + canonicalJson(entry));
      const hash = hashText(previousHash + digest);
      return { ...entry, salt, digest, previousHash, hash };
    });
    for (const page of pagesOf(sealed)) transaction.objectStore('history').add(page);
    transaction.objectStore('cases').put(next);
    for (const timer of timers) transaction.objectStore('timers').put(timer);
    for (const effect of effects) transaction.objectStore('outbox').put(effect);
    const { caseKey, changedAt } = next;
    const commandId = history[0]?.commandId;
    transaction.objectStore('commands').add({ commandId, caseKey, at: changedAt });
  });
}

const FILL_BATCH = 5000;
const DUE = 20;
const DAY_MS = 86_400_000;

/** Finding what is due among many armed timers, against the same among few. */
export async function dueScan(
  many: number,
  few: number,
  samples: number,
  progress: (done: number) => void,
): Promise<{ scan: Pair; run: Pair }> {
  const now = Date.now();
  const big = await filled('bench-many', many, now, progress);
  const small = await filled('bench-few', few, now, () => undefined);
  const [ours, other] = [caseStore(big), caseStore(small)];
  const scan: Pair = { ours: [], other: [] };
  const run: Pair = { ours: [], other: [] };
  const sites = new Set([SITE_ID]);
  const everything = async (store: typeof ours) => {
    await store.changedAfter(now + 60_000, 50, sites);
    await store.dueTimers(now, 50);
    await store.sendingEffects();
    await store.pendingEffects();
    await store.unchecked(now - 300_000, now, 3, sites);
    await store.countWaitingForPerson(sites);
    await store.nextTimerAt();
    await store.nextEffectAt();
  };
  for (let index = 0; index < samples + 5; index += 1) {
    const times = [
      await timeOf(() => ours.dueTimers(now, 50)),
      await timeOf(() => other.dueTimers(now, 50)),
      await timeOf(() => everything(ours)),
      await timeOf(() => everything(other)),
    ];
    if (index < 5) continue;
    scan.ours.push(times[0] ?? 0);
    scan.other.push(times[1] ?? 0);
    run.ours.push(times[2] ?? 0);
    run.other.push(times[3] ?? 0);
  }
  await erase(big, 'bench-many');
  await erase(small, 'bench-few');
  return { scan, run };
}

/** Timers of as many cases, all armed; the same few are due in each database. */
async function filled(name: string, count: number, now: number, progress: (done: number) => void): Promise<Database> {
  const db = await emptyDatabase(name);
  const [timer] = enter('0', now, { record: null, timers: [], effects: [] }).timers;
  if (!timer) throw new Error('No timer');
  for (let from = 0; from < count; from += FILL_BATCH) {
    const rows = Array.from({ length: Math.min(FILL_BATCH, count - from) }, (_, index): Timer => {
      const number = from + index;
      const caseKey = caseKeyOf(SITE_ID, String(number));
      const dueAt = number < DUE ? now - number : now + ((number * 7919) % (365 * DAY_MS));
      return { ...timer, timerId: `${caseKey}#1#remind`, caseKey, dueAt, nextAt: dueAt };
    });
    await putAll(db, 'timers', rows);
    progress(from + rows.length);
  }
  return db;
}
