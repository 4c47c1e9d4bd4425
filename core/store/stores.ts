import { Dexie } from 'dexie';
import type { CalendarStore, CaseStore, SettingsStore, SiteStore, TemplateStore } from '../app/ports';
import type { Effect, EffectState, TimerState } from '../domain/case';
import type { CaseTemplate } from '../domain/template';
import type { Database } from './database';

const OPEN_EFFECTS: readonly EffectState[] = ['pending', 'sending', 'failed', 'uncertain'];
const OPEN_TIMERS: readonly TimerState[] = ['armed', 'held'];

/** Cases by their earliest effect, each case's effects by `seq`. One comparison of two effects cannot say both. */
function inOrder(effects: readonly Effect[]): Effect[] {
  const ofCase = new Map<string, Effect[]>();
  for (const effect of effects) ofCase.set(effect.caseKey, [...(ofCase.get(effect.caseKey) ?? []), effect]);
  return [...ofCase.values()].flatMap((own) => own.toSorted((a, b) => a.seq - b.seq));
}

export function caseStore(db: Database): CaseStore {
  const loadInTransaction = async (caseKey: string) => {
    const [record, timers, effects] = await Promise.all([
      db.cases.get(caseKey),
      db.timers.where({ caseKey }).toArray(),
      db.outbox.where({ caseKey }).toArray(),
    ]);
    return {
      record: record ?? null,
      timers: timers.filter((timer) => OPEN_TIMERS.includes(timer.state)),
      effects: effects.filter((effect) => OPEN_EFFECTS.includes(effect.state)).toSorted((a, b) => a.seq - b.seq),
    };
  };

  return {
    load: (caseKey) => db.transaction('r', db.cases, db.timers, db.outbox, () => loadInTransaction(caseKey)),

    commit: (caseKey, commandId, decide) =>
      db.transaction('rw', [db.cases, db.history, db.timers, db.outbox, db.commands], async () => {
        if (await db.commands.get(commandId)) return { status: 'duplicate' as const };
        const decision = decide(await loadInTransaction(caseKey));
        if (!decision.ok) return { status: 'refused' as const, decision };
        await Promise.all([
          db.cases.put(decision.next),
          db.history.bulkAdd(decision.history),
          db.timers.bulkPut(decision.timers),
          db.outbox.bulkPut(decision.effects),
          db.commands.add({ commandId, caseKey, at: decision.history[0]?.at ?? 0 }),
        ]);
        return { status: 'committed' as const, decision };
      }),

    history: (caseKey) =>
      db.history.where('[caseKey+seq]').between([caseKey, Dexie.minKey], [caseKey, Dexie.maxKey]).toArray(),
    records: () => db.cases.toArray(),

    dueTimers: (now, limit) =>
      db.timers
        .where('[state+nextAt]')
        .between(['armed', Dexie.minKey], ['armed', now], true, true)
        .limit(limit)
        .toArray(),
    nextTimers: (limit) =>
      db.timers
        .where('[state+nextAt]')
        .between(['armed', Dexie.minKey], ['armed', Dexie.maxKey])
        .limit(limit)
        .toArray(),
    nextTimerAt: async () =>
      (await db.timers.where('[state+nextAt]').between(['armed', Dexie.minKey], ['armed', Dexie.maxKey]).first())
        ?.nextAt ?? null,

    postpone: async (timerId, now, until) => {
      await db.timers
        .where({ timerId })
        .filter((timer) => timer.state === 'armed')
        .modify({ nextAt: until, unreadSince: now });
    },
    retryNow: (siteId, now) =>
      db.transaction('rw', db.timers, db.outbox, async () => {
        const prefix = `${siteId}/`;
        await db.timers
          .where('[state+nextAt]')
          .between(['armed', now], ['armed', Dexie.maxKey])
          .filter((timer) => timer.unreadSince !== null && timer.caseKey.startsWith(prefix))
          // The help desk answers: the patience with it begins anew.
          .modify({ nextAt: now, unreadSince: now });
        await db.outbox
          .where('[state+notBefore]')
          .between(['pending', now], ['pending', Dexie.maxKey])
          .filter((effect) => effect.siteId === siteId && effect.attempts > 0)
          .modify((effect) => {
            // The copy of a message that may still be under way is given time to arrive before it is looked for.
            const soonest = effect.maybeSent && effect.write?.message ? now + 30_000 : now;
            effect.notBefore = Math.min(effect.notBefore, soonest);
          });
      }),
    sendingEffects: () =>
      db.outbox.where('[state+notBefore]').between(['sending', Dexie.minKey], ['sending', Dexie.maxKey]).toArray(),
    pendingEffects: async () =>
      inOrder(
        await db.outbox
          .where('[state+notBefore]')
          .between(['pending', Dexie.minKey], ['pending', Dexie.maxKey])
          .toArray(),
      ),
    nextEffectAt: async () =>
      (await db.outbox.where('[state+notBefore]').between(['pending', Dexie.minKey], ['pending', Dexie.maxKey]).first())
        ?.notBefore ?? null,
  };
}

export function templateStore(db: Database, builtins: readonly CaseTemplate[]): TemplateStore {
  // A published version never changes, so adding what is missing is all that an update has to do.
  const ensureBuiltins = () =>
    db.transaction('rw', db.templates, async () => {
      for (const template of builtins)
        if (!(await db.templates.get([template.id, template.version]))) await db.templates.add(template);
    });
  const newestOf = async (id: string) =>
    (await db.templates.where({ id }).toArray()).toSorted((a, b) => b.version - a.version)[0];
  return {
    get: async (id, version) => {
      const found = await db.templates.get([id, version]);
      if (found) return found;
      await ensureBuiltins();
      return db.templates.get([id, version]);
    },
    newest: async (id) => {
      // An update brings newer versions of what is stored already.
      await ensureBuiltins();
      return newestOf(id);
    },
    all: async () => {
      await ensureBuiltins();
      const newest = new Map<string, CaseTemplate>();
      for (const template of await db.templates.toArray())
        if ((newest.get(template.id)?.version ?? 0) < template.version) newest.set(template.id, template);
      const order = builtins.map((template) => template.id);
      return [...newest.values()].toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    },
  };
}

export function calendarStore(db: Database): CalendarStore {
  return { get: (id) => db.calendars.get(id) };
}

export function siteStore(db: Database): SiteStore {
  return {
    all: () => db.sites.toArray(),
    get: (siteId) => db.sites.get(siteId),
    put: async (site) => void (await db.sites.put(site)),
    remove: (siteId) => db.sites.delete(siteId),
  };
}

export function settingsStore(db: Database): SettingsStore {
  return {
    panelPlace: async (siteId) => (await db.settings.get(`place:${siteId}`))?.value,
    setPanelPlace: async (siteId, place) => void (await db.settings.put({ key: `place:${siteId}`, value: place })),
    checkedAt: async () => new Map((await db.checks.toArray()).map(({ caseKey, at }) => [caseKey, at])),
    setChecked: async (caseKey, at) => void (await db.checks.put({ caseKey, at })),
  };
}
