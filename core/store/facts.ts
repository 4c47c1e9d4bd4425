import { Dexie } from 'dexie';
import type { StoreFacts } from '../app/ports';
import { type EffectState, siteIdOf } from '../domain/case';
import type { Database } from './database';

const HOUR_MS = 3_600_000;

/** What the store holds, counted. Throws where nothing can be stored, or not any more. */
export function storeFacts(db: Database): StoreFacts {
  const effects = (state: EffectState) =>
    db.outbox.where('[state+notBefore]').between([state, Dexie.minKey], [state, Dexie.maxKey]);
  const timers = (state: 'armed' | 'held') =>
    db.timers.where('[state+nextAt]').between([state, Dexie.minKey], [state, Dexie.maxKey]);
  return {
    async count(now, siteIds) {
      // Whether it can be written to is known only by writing.
      await db.transaction('rw', db.settings, async () => {
        await db.settings.put({ key: 'probe', value: now });
        await db.settings.delete('probe');
      });
      const rows = Object.fromEntries(
        await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const)),
      );
      const connected = new Set(siteIds);
      // A timer of a help desk that is not connected any more waits for that, and is not late.
      const late = await timers('armed')
        .filter(({ dueAt, caseKey }) => dueAt <= now && connected.has(siteIdOf(caseKey)))
        .toArray();
      const [armed, held, pending, sending, failed, uncertain] = await Promise.all([
        timers('armed').count(),
        timers('held').count(),
        effects('pending').count(),
        effects('sending').count(),
        effects('failed').toArray(),
        effects('uncertain').toArray(),
      ]);
      const checks = await Promise.all(
        siteIds.map(async (siteId) => {
          const own = await db.checks.where('caseKey').startsWith(`${siteId}/`).toArray();
          return [siteId, Math.max(0, ...own.map(({ at }) => at)) || null] as const;
        }),
      );
      return {
        version: db.verno,
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
    },
  };
}
