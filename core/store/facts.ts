import type { StoreCount, StoreFacts } from '../app/ports';
import { type Instant, siteIdOf } from '../domain/case';
import type { Database, Reading } from './database';
import { STORES, VERSION } from './database';
import { ofFirst, startingWith } from './ranges';

const HOUR_MS = 3_600_000;

/** What the store holds, counted. Throws where nothing can be stored, or not any more. */
export function storeFacts(db: Database): StoreFacts {
  return {
    async count(now, siteIds) {
      // Whether it can be written to is known only by writing.
      await db.write(['settings'], async (tx) => {
        await tx.objectStore('settings').put({ key: 'probe', value: now });
        await tx.objectStore('settings').delete('probe');
      });
      return db.read(STORES, (tx) => countIn(tx, now, siteIds));
    },
  };
}

async function countIn(tx: Reading, now: Instant, siteIds: readonly string[]): Promise<StoreCount> {
  const effects = tx.objectStore('outbox').index('[state+notBefore]');
  const timers = tx.objectStore('timers').index('[state+nextAt]');
  const rows = Object.fromEntries(
    await Promise.all(STORES.map(async (name) => [name, await tx.objectStore(name).count()] as const)),
  );
  const connected = new Set(siteIds);
  // A timer of a help desk that is not connected any more waits for that, and is not late.
  const late = (await timers.getAll(ofFirst('armed'))).filter(
    ({ dueAt, caseKey }) => dueAt <= now && connected.has(siteIdOf(caseKey)),
  );
  const [armed, held, pending, sending, failed, uncertain] = await Promise.all([
    timers.count(ofFirst('armed')),
    timers.count(ofFirst('held')),
    effects.count(ofFirst('pending')),
    effects.count(ofFirst('sending')),
    effects.getAll(ofFirst('failed')),
    effects.getAll(ofFirst('uncertain')),
  ]);
  const checks = await Promise.all(
    siteIds.map(async (siteId) => {
      const own = await tx.objectStore('checks').getAll(startingWith(`${siteId}/`));
      return [siteId, Math.max(0, ...own.map(({ at }) => at)) || null] as const;
    }),
  );
  return {
    version: VERSION,
    rows,
    timers: {
      armed,
      held,
      overdue: late.length,
      overdueLong: late.filter(({ dueAt }) => dueAt < now - HOUR_MS).length,
    },
    outbox: { pending: pending + sending, failed: failed.length, uncertain: uncertain.length },
    unsent: [...failed, ...uncertain].map(({ siteId, caseKey }) => ({ siteId, caseKey }))[0] ?? null,
    checkedAt: Object.fromEntries(checks),
  };
}
