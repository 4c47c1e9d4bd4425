import { Dexie } from 'dexie';
import type {
  Aftermath,
  CalendarStore,
  CaseStore,
  DraftStore,
  Pause,
  SettingsStore,
  SiteIds,
  SiteStore,
  StoredChoices,
  TemplateStore,
} from '../app/ports';
import type { PanelPlace, SetupProgress } from '../contract/messages';
import type { Role } from '../contract/policy';
import type { RecentChoices } from '../contract/views';
import { type CaseKey, type CaseRecord, type Effect, type HistoryEntry, siteIdOf, type Timer } from '../domain/case';
import type { NotificationSettings } from '../domain/notification-settings';
import { DEFAULT_SHORTCUTS, type Shortcuts } from '../domain/shortcuts';
import type { CaseTemplate } from '../domain/template';
import type { Language } from '../words/language';
import { bySeq, commitCase, loadCase, OPEN_TIMERS } from './commit';
import type { Database } from './database';

/** Of all cases, so many in one request: fewer take longer, more are a lot of memory. */
export const READ_AT_ONCE = 2000;

/** Cases by their earliest effect, each case's effects by `seq`. One comparison of two effects cannot say both. */
function inOrder(effects: readonly Effect[]): Effect[] {
  const ofCase = new Map<string, Effect[]>();
  for (const effect of effects) ofCase.set(effect.caseKey, [...(ofCase.get(effect.caseKey) ?? []), effect]);
  return [...ofCase.values()].flatMap((own) => own.toSorted(bySeq));
}

const ofSites =
  (siteIds: SiteIds) =>
  ({ caseKey }: { caseKey: CaseKey }): boolean =>
    siteIds.has(siteIdOf(caseKey));

export function caseStore(db: Database): CaseStore {
  const pendingEffects = async () =>
    inOrder(
      await db.outbox
        .where('[state+notBefore]')
        .between(['pending', Dexie.minKey], ['pending', Dexie.maxKey])
        .toArray(),
    );

  const ofPerson = () =>
    (['decision', 'review'] as const).map((heldFor) =>
      db.timers.where('[heldFor+dueAt]').between([heldFor, Dexie.minKey], [heldFor, Dexie.maxKey]),
    );

  return {
    load: (caseKey) => loadCase(db, caseKey),

    ofTemplate: async (templateId) => {
      const found: CaseRecord[] = [];
      // Many at once, and looked at here: a filter in the database fetches one after the other, several times as slowly.
      for (let after = '', more = true; more; ) {
        const part = await db.cases.where('caseKey').above(after).limit(READ_AT_ONCE).toArray();
        found.push(...part.filter((record) => record.templateId === templateId));
        after = part.at(-1)?.caseKey ?? after;
        more = part.length === READ_AT_ONCE;
      }
      return found;
    },
    openTimers: async (caseKeys) => {
      const wanted = new Set(caseKeys);
      const found = new Map<string, Timer[]>();
      // All that are open, instead of a query for each case.
      const open = await Promise.all(
        OPEN_TIMERS.map((state) =>
          db.timers.where('[state+nextAt]').between([state, Dexie.minKey], [state, Dexie.maxKey]).toArray(),
        ),
      );
      for (const timer of open.flat()) {
        if (!wanted.has(timer.caseKey)) continue;
        const known = found.get(timer.caseKey);
        if (known) known.push(timer);
        else found.set(timer.caseKey, [timer]);
      }
      return found;
    },
    records: async (caseKeys) => (await db.cases.bulkGet([...caseKeys])).flatMap((record) => record ?? []),

    commit: (caseKey, commandId, decide) => commitCase(db, caseKey, commandId, decide),

    histories: async (caseKeys) => {
      const wanted = new Set(caseKeys);
      const [first, last] = [caseKeys.toSorted()[0], caseKeys.toSorted().at(-1)];
      const found = new Map<string, HistoryEntry[]>();
      if (first === undefined || last === undefined) return found;
      // One range instead of a query for each: what lies between them and is not wanted costs less than asking.
      const entries = await db.history
        .where('[caseKey+seq]')
        .between([first, Dexie.minKey], [last, Dexie.maxKey])
        .toArray();
      for (const entry of entries) {
        if (!wanted.has(entry.caseKey)) continue;
        const known = found.get(entry.caseKey);
        if (known) known.push(entry);
        else found.set(entry.caseKey, [entry]);
      }
      return found;
    },
    history: async (caseKey, newest) => {
      const ofCase = db.history
        .where('[caseKey+seq]')
        .between([caseKey, Dexie.minKey], [caseKey, newest?.before ?? Dexie.maxKey], true, false);
      return newest ? (await ofCase.reverse().limit(newest.limit).toArray()).reverse() : ofCase.toArray();
    },
    changedAfter: (at, limit, siteIds) =>
      db.cases.where('changedAt').above(at).filter(ofSites(siteIds)).limit(limit).toArray(),
    unchecked: async (before, now, limit, siteIds) => {
      const ahead = await db.checks.where('at').above(now).filter(ofSites(siteIds)).limit(limit).toArray();
      const due = await db.checks.where('at').belowOrEqual(before).filter(ofSites(siteIds)).limit(limit).toArray();
      return [...due, ...ahead].slice(0, limit).map(({ caseKey }) => caseKey);
    },
    setChecked: async (caseKey, at) => void (await db.checks.update(caseKey, { at })),

    dueTimers: (now, limit) =>
      db.timers
        .where('[state+nextAt]')
        .between(['armed', Dexie.minKey], ['armed', now], true, true)
        .limit(limit)
        .toArray(),
    nextTimers: (limit, siteIds) =>
      db.timers
        .where('[state+nextAt]')
        .between(['armed', Dexie.minKey], ['armed', Dexie.maxKey])
        .filter(ofSites(siteIds))
        .limit(limit)
        .toArray(),
    nextTimerAt: async () =>
      (await db.timers.where('[state+nextAt]').between(['armed', Dexie.minKey], ['armed', Dexie.maxKey]).first())
        ?.nextAt ?? null,

    postpone: async (timerIds, now, until) => {
      await db.timers
        .where('timerId')
        .anyOf(timerIds)
        // One that got another date meanwhile is not looked at before it.
        .filter((timer) => timer.state === 'armed' && timer.nextAt <= now)
        .modify({ nextAt: until, unreadSince: now });
    },
    waitingForPerson: async (limit, siteIds) =>
      (await Promise.all(ofPerson().map((timers) => timers.filter(ofSites(siteIds)).limit(limit).toArray())))
        .flat()
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit),
    countWaitingForPerson: async (siteIds) => {
      // Counting in the database is many times as fast as looking at each; that is needed only where a site is gone.
      const siteGone = ((await db.cases.orderBy('siteId').uniqueKeys()) as string[]).some((id) => !siteIds.has(id));
      const counts = ofPerson().map(async (timers) =>
        siteGone ? (await timers.toArray()).filter(ofSites(siteIds)).length : timers.count(),
      );
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    },
    forgetCommands: async ({ before, butNewest, limit }) => {
      // Nearly always there is none: that costs one look and no transaction that others would wait for.
      if ((await db.commands.where('at').below(before).first()) === undefined) return 0;
      return db.transaction('rw', db.commands, db.settings, async () => {
        if ((await db.settings.where('key').startsWith(AFTER).count()) > 0) return 0;
        const tooMany = (await db.commands.count()) - butNewest;
        if (tooMany <= 0) return 0;
        const oldest = db.commands.where('at').below(before);
        const found = await oldest.limit(Math.min(limit, tooMany)).primaryKeys();
        await db.commands.bulkDelete(found);
        return found.length;
      });
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
    countAsLate: async (siteId) => {
      await db.timers
        .where('[state+nextAt]')
        .between(['armed', Dexie.minKey], ['armed', Dexie.maxKey])
        .filter((timer) => timer.unreadSince !== null && siteIdOf(timer.caseKey) === siteId)
        .modify((timer) => {
          timer.nextAt = timer.dueAt;
          timer.unreadSince = null;
        });
    },
    forgetDelays: (now) =>
      db.transaction('rw', db.timers, db.outbox, async () => {
        const soon = now + 3_600_000;
        await db.timers
          .where('[state+nextAt]')
          .between(['armed', soon], ['armed', Dexie.maxKey])
          .filter((timer) => timer.nextAt > timer.dueAt)
          .modify((timer) => {
            timer.nextAt = Math.max(timer.dueAt, now);
          });
        await db.outbox
          .where('[state+notBefore]')
          .between(['pending', soon], ['pending', Dexie.maxKey])
          .modify({ notBefore: now });
      }),
    showNotificationsFrom: async (now) => {
      await db.outbox
        .where('[state+notBefore]')
        .between(['pending', now], ['pending', Dexie.maxKey])
        .filter(({ kind }) => kind === 'notification')
        .modify({ notBefore: now });
    },
    sendingEffects: () =>
      db.outbox.where('[state+notBefore]').between(['sending', Dexie.minKey], ['sending', Dexie.maxKey]).toArray(),
    pendingEffects,
    references: async (caseKey) => {
      const effects = await db.outbox
        .where('[caseKey+state]')
        .between([caseKey, Dexie.minKey], [caseKey, Dexie.maxKey])
        .toArray();
      return effects.flatMap(({ write }) => write?.message?.reference ?? []);
    },
    customersTold: async (caseKeys) => {
      const wanted = new Set(caseKeys);
      const told = new Map<CaseKey, number>();
      const [first, last] = [caseKeys.toSorted()[0], caseKeys.toSorted().at(-1)];
      if (first === undefined || last === undefined) return told;
      // One range instead of a query for each.
      const effects = await db.outbox
        .where('[caseKey+state]')
        .between([first, Dexie.minKey], [last, Dexie.maxKey])
        .toArray();
      for (const { caseKey, generation, state, write } of effects) {
        if (!wanted.has(caseKey) || state === 'cancelled' || write?.message?.visibility !== 'public') continue;
        told.set(caseKey, Math.max(generation, told.get(caseKey) ?? 0));
      }
      return told;
    },
    effect: (effectId) => db.outbox.get(effectId),
    nextEffectAt: async () => {
      // A case's writes go out in order: those behind the first wait for it, whenever they were to go out.
      const waits = new Set<string>();
      let next: number | null = null;
      for (const { kind, caseKey, notBefore } of await pendingEffects()) {
        if (kind === 'desk-write' && waits.has(caseKey)) continue;
        if (kind === 'desk-write') waits.add(caseKey);
        next = Math.min(next ?? notBefore, notBefore);
      }
      return next;
    },
  };
}

/** Begins the key of what the newest version of a template still has to do to cases. */
const AFTER = 'after:';
/** Ends the key of what was agreed to after publishing, which is carried out beside the rest. No id has a slash. */
const LATER = '/later';

const afterKey = ({ templateId, agreedAt }: Pick<Aftermath, 'templateId' | 'agreedAt'>): string =>
  AFTER + templateId + (agreedAt === undefined ? '' : LATER);

/** Begins the key of what says that a template is archived. */
export const ARCHIVED = 'archived:';

/** Ids of the archived templates. */
export const archivedIn = async (db: Database): Promise<string[]> =>
  (await db.settings.where('key').startsWith(ARCHIVED).primaryKeys()).map((key) => key.slice(ARCHIVED.length));

async function choicesIn(db: Database): Promise<StoredChoices> {
  const [sites, ids, archived] = await Promise.all([
    db.sites.toArray(),
    db.templates.orderBy('id').uniqueKeys(),
    archivedIn(db),
  ]);
  return { sites, templates: new Set(ids as string[]), archived: new Set(archived) };
}

export function templateStore(db: Database, builtins: readonly CaseTemplate[]): TemplateStore {
  // A published version never changes, so adding what is missing is all that an update has to do.
  let ensured: Promise<void> | null = null;
  const ensureBuiltins = () => {
    ensured ??= db
      .transaction('rw', db.templates, async () => {
        for (const template of builtins)
          if (!(await db.templates.get([template.id, template.version]))) await db.templates.add(template);
      })
      .catch((error: unknown) => {
        ensured = null;
        throw error;
      });
    return ensured;
  };
  // A template may have hundreds of versions: only the last one is read.
  const newestOf = (id: string) =>
    db.templates.where('[id+version]').between([id, Dexie.minKey], [id, Dexie.maxKey]).last();
  const all = async () => {
    await ensureBuiltins();
    const newest = new Map<string, CaseTemplate>();
    for (const template of await db.templates.toArray())
      if ((newest.get(template.id)?.version ?? 0) < template.version) newest.set(template.id, template);
    const order = builtins.map((template) => template.id);
    return [...newest.values()].toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  };
  const archived = async () => new Set(await archivedIn(db));
  return {
    archived,
    setArchived: async (id, on) => {
      if (on) await db.settings.put({ key: ARCHIVED + id, value: true });
      else await db.settings.delete(ARCHIVED + id);
    },
    archive: async (id, may) => {
      await ensureBuiltins();
      await db.transaction('rw', db.sites, db.templates, db.settings, async () => {
        if (may(await choicesIn(db))) await db.settings.put({ key: ARCHIVED + id, value: true });
      });
    },
    offered: async () => {
      const [templates, put] = await Promise.all([all(), archived()]);
      return templates.filter(({ id }) => !put.has(id));
    },
    versions: async (id) => {
      await ensureBuiltins();
      return db.templates.where({ id }).toArray();
    },
    publications: async (id) =>
      (
        await db.publications.where('[templateId+version]').between([id, Dexie.minKey], [id, Dexie.maxKey]).toArray()
      ).reverse(),
    publish: (made, calendars, ended) =>
      db.transaction('rw', db.templates, db.publications, db.calendars, db.settings, db.drafts, async () => {
        if (ended) {
          const { templateId, editedAt } = ended.draft;
          if ((await db.drafts.get(templateId))?.editedAt !== editedAt) return false;
          await db.drafts.delete(templateId);
        }
        await db.calendars.bulkAdd([...calendars]);
        await db.templates.bulkAdd(made.map(({ template }) => template));
        await db.publications.bulkAdd(made.map(({ record }) => record));
        for (const { template } of made) {
          const key = AFTER + template.id;
          await db.settings.delete(key + LATER);
          const before = (await db.settings.get(key))?.value as Aftermath | undefined;
          if (ended?.aftermath?.templateId === template.id) await db.settings.put({ key, value: ended.aftermath });
          // Whoever publishes a draft was asked anew where cases go; a file asks nobody.
          else if (!ended && before && before.moves.length > 0)
            await db.settings.put({ key, value: { ...before, noticeMs: null } });
          else await db.settings.delete(key);
        }
        return true;
      }),
    owe: (aftermath) =>
      db.transaction('rw', db.templates, db.settings, async () => {
        if ((await newestOf(aftermath.templateId))?.version !== aftermath.version) return false;
        await db.settings.put({ key: afterKey(aftermath), value: aftermath });
        return true;
      }),
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
    all,
  };
}

export function draftStore(db: Database): DraftStore {
  return {
    all: () => db.drafts.toArray(),
    get: (templateId) => db.drafts.get(templateId),
    put: (draft, seen) =>
      db.transaction('rw', db.drafts, async () => {
        const kept = await db.drafts.get(draft.templateId);
        if ((kept?.editedAt ?? null) !== seen) return false;
        await db.drafts.put(draft);
        return true;
      }),
    remove: (templateId) => db.drafts.delete(templateId),
  };
}

export function calendarStore(db: Database): CalendarStore {
  const usersOf = async (id: string) => {
    const templates = await db.templates.toArray();
    const users: CaseTemplate[] = [];
    for (const template of templates.filter(({ calendarId }) => calendarId === id)) {
      const newest = templates.every((other) => other.id !== template.id || other.version <= template.version);
      // Looked for only where it matters: it goes through all cases.
      if (newest || (await hasCases(template))) users.push(template);
    }
    return users;
  };
  const hasCases = async ({ id, version }: CaseTemplate) =>
    (await db.cases
      .filter(({ templateId, templateVersion }) => templateId === id && templateVersion === version)
      .first()) !== undefined;
  return {
    get: (id) => db.calendars.get(id),
    all: () => db.calendars.toArray(),
    usersOf: (id) => db.transaction('r', db.templates, db.cases, () => usersOf(id)),
    change: (id, decide) =>
      db.transaction('rw', db.calendars, db.templates, db.cases, async () => {
        const calendars = await db.calendars.toArray();
        const next = decide({
          own: calendars.find((calendar) => calendar.id === id),
          others: calendars.filter((calendar) => calendar.id !== id),
          users: await usersOf(id),
        });
        if (next) await db.calendars.put(next);
        if (next === null) await db.calendars.delete(id);
      }),
  };
}

export function siteStore(db: Database): SiteStore {
  return {
    all: () => db.sites.toArray(),
    get: (siteId) => db.sites.get(siteId),
    put: async (site) => void (await db.sites.put(site)),
    change: (decide) =>
      db.transaction('rw', db.sites, db.templates, db.settings, async () => {
        const next = decide(await choicesIn(db));
        if (next) await db.sites.put(next);
      }),
    remove: (siteId) => db.sites.delete(siteId),
  };
}

export function settingsStore(db: Database): SettingsStore {
  const read = async <T>(key: string) => (await db.settings.get(key))?.value as T | undefined;
  return {
    panelPlace: (siteId) => read<PanelPlace>(`place:${siteId}`),
    setPanelPlace: async (siteId, place) => void (await db.settings.put({ key: `place:${siteId}`, value: place })),
    pause: (siteId) => read<Pause>(`pause:${siteId}`),
    setPause: async (siteId, pause) => {
      if (pause) await db.settings.put({ key: `pause:${siteId}`, value: pause });
      else await db.settings.delete(`pause:${siteId}`);
    },
    aftermaths: async () =>
      (await db.settings.where('key').startsWith(AFTER).toArray()).map(({ value }) => value as Aftermath),
    strikeOff: ({ templateId, version, agreedAt }, done) =>
      db.transaction('rw', db.settings, async () => {
        const key = afterKey({ templateId, ...(agreedAt !== undefined && { agreedAt }) });
        const kept = await read<Aftermath>(key);
        if (kept?.version !== version || kept.agreedAt !== agreedAt) return;
        const caseKeys = kept.caseKeys.filter((caseKey) => !done.has(caseKey));
        if (caseKeys.length === 0) await db.settings.delete(key);
        else await db.settings.put({ key, value: { ...kept, caseKeys } });
      }),
    listingSince: () => read<number>('listing'),
    setListingSince: async (at) => {
      if (at === null) await db.settings.delete('listing');
      else await db.settings.put({ key: 'listing', value: at });
    },
    lastRunAt: () => read<number>('last-run'),
    setLastRunAt: async (at) => void (await db.settings.put({ key: 'last-run', value: at })),
    recent: async (templateId) => (await read<RecentChoices>(`recent:${templateId}`)) ?? { statusIds: [], tagIds: {} },
    setRecent: async (templateId, recent) =>
      void (await db.settings.put({ key: `recent:${templateId}`, value: recent })),
    language: () => read<Language>('language'),
    setLanguage: async (language) => {
      if (language === null) await db.settings.delete('language');
      else await db.settings.put({ key: 'language', value: language });
    },
    role: () => read<Role>('role'),
    setRole: async (role) => void (await db.settings.put({ key: 'role', value: role })),
    shortcuts: async () => ({ ...DEFAULT_SHORTCUTS, ...(await read<Shortcuts>('shortcuts')) }),
    setShortcuts: async (shortcuts) => void (await db.settings.put({ key: 'shortcuts', value: shortcuts })),
    setup: () => read<SetupProgress>('setup'),
    setSetup: async (progress) => void (await db.settings.put({ key: 'setup', value: progress })),
    notifications: () => read<NotificationSettings>('notifications'),
    setNotifications: async (settings) => void (await db.settings.put({ key: 'notifications', value: settings })),
  };
}
