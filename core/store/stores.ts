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
import {
  type CaseKey,
  type CaseRecord,
  type Effect,
  type EffectState,
  type HistoryEntry,
  siteIdOf,
  type Timer,
} from '../domain/case';
import type { NotificationSettings } from '../domain/notification-settings';
import { DEFAULT_SHORTCUTS, type Shortcuts } from '../domain/shortcuts';
import type { CaseTemplate } from '../domain/template';
import type { Language } from '../words/language';
import { bySeq, commitCase, loadCase, OPEN_TIMERS } from './commit';
import type { Database, Reading, SettingRow, Writing } from './database';
import { entriesOn, pageOf } from './history-pages';
import {
  addAll,
  changeRows,
  deleteAll,
  firstThatFit,
  ofFirst,
  ofFirstFrom,
  ofFirsts,
  ofFirstUpTo,
  putAll,
  startingWith,
} from './ranges';

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
  const effectsIn = (state: EffectState) =>
    db.read(['outbox'], (tx) => tx.objectStore('outbox').index('[state+notBefore]').getAll(ofFirst(state)));
  const pendingEffects = async () => inOrder(await effectsIn('pending'));
  const HELD_FOR = ['decision', 'review'] as const;

  return {
    load: (caseKey) => loadCase(db, caseKey),

    ofTemplate: async (templateId) => {
      const found: CaseRecord[] = [];
      // Many at once, and looked at here: a filter in the database fetches one after the other, several times as slowly.
      for (let after = '', more = true; more; ) {
        const range = IDBKeyRange.lowerBound(after, true);
        const part = await db.read(['cases'], (tx) => tx.objectStore('cases').getAll(range, READ_AT_ONCE));
        found.push(...part.filter((record) => record.templateId === templateId));
        after = part.at(-1)?.caseKey ?? after;
        more = part.length === READ_AT_ONCE;
      }
      return found;
    },
    keysOfTemplate: (templateId) =>
      db.read(['cases'], (tx) => tx.objectStore('cases').index('templateId').getAllKeys(templateId)),
    openTimers: async (caseKeys) => {
      const wanted = new Set(caseKeys);
      const found = new Map<string, Timer[]>();
      // All that are open, instead of a query for each case.
      const open = await db.read(['timers'], (tx) => {
        const byState = tx.objectStore('timers').index('[state+nextAt]');
        return Promise.all(OPEN_TIMERS.map((state) => byState.getAll(ofFirst(state))));
      });
      for (const timer of open.flat()) {
        if (!wanted.has(timer.caseKey)) continue;
        const known = found.get(timer.caseKey);
        if (known) known.push(timer);
        else found.set(timer.caseKey, [timer]);
      }
      return found;
    },
    records: (caseKeys) =>
      db.read(['cases'], async (tx) => {
        const found = await Promise.all(caseKeys.map((caseKey) => tx.objectStore('cases').get(caseKey)));
        return found.flatMap((record) => record ?? []);
      }),

    commit: (caseKey, commandId, decide) => commitCase(db, caseKey, commandId, decide),

    histories: async (caseKeys) => {
      const wanted = new Set(caseKeys);
      const [first, last] = [caseKeys.toSorted()[0], caseKeys.toSorted().at(-1)];
      const found = new Map<string, HistoryEntry[]>();
      if (first === undefined || last === undefined) return found;
      // One range instead of a query for each: what lies between them and is not wanted costs less than asking.
      const pages = await db.read(['history'], (tx) => tx.objectStore('history').getAll(ofFirsts(first, last)));
      for (const { caseKey, entries } of pages) {
        if (!wanted.has(caseKey)) continue;
        const known = found.get(caseKey);
        if (known) known.push(...entries);
        else found.set(caseKey, entries);
      }
      return found;
    },
    history: (caseKey, newest) =>
      db.read(['history'], async (tx) => {
        const store = tx.objectStore('history');
        if (!newest) return entriesOn(await store.getAll(ofFirst(caseKey)));
        const { before, limit } = newest;
        const found: HistoryEntry[] = [];
        // Page by page: nobody says here where it ends, and somebody may have taken entries away.
        let cursor = await store.openCursor(ofFirstUpTo(caseKey, pageOf(before - 1)), 'prev');
        for (; cursor && found.length < limit; cursor = await cursor.continue())
          found.unshift(...cursor.value.entries.filter((entry) => entry.seq < before));
        return found.slice(-limit);
      }),
    changedAfter: (at, limit, siteIds) =>
      db.read(['cases'], (tx) => {
        const byChange = tx.objectStore('cases').index('changedAt');
        return firstThatFit(byChange, IDBKeyRange.lowerBound(at, true), limit, ofSites(siteIds));
      }),
    unchecked: (before, now, limit, siteIds) =>
      db.read(['checks'], async (tx) => {
        const byLook = tx.objectStore('checks').index('at');
        const [due, ahead] = await Promise.all([
          firstThatFit(byLook, IDBKeyRange.upperBound(before), limit, ofSites(siteIds)),
          firstThatFit(byLook, IDBKeyRange.lowerBound(now, true), limit, ofSites(siteIds)),
        ]);
        return [...due, ...ahead].slice(0, limit).map(({ caseKey }) => caseKey);
      }),
    setChecked: (caseKey, at) =>
      db.write(['checks'], async (tx) => {
        const known = await tx.objectStore('checks').get(caseKey);
        if (known) await tx.objectStore('checks').put({ ...known, at });
      }),

    dueTimers: (now, limit) =>
      db.read(['timers'], (tx) =>
        tx.objectStore('timers').index('[state+nextAt]').getAll(ofFirstUpTo('armed', now), limit),
      ),
    nextTimers: (limit, siteIds) =>
      db.read(['timers'], (tx) =>
        firstThatFit(tx.objectStore('timers').index('[state+nextAt]'), ofFirst('armed'), limit, ofSites(siteIds)),
      ),
    nextTimerAt: () =>
      db.read(['timers'], async (tx) => {
        const [next] = await tx.objectStore('timers').index('[state+nextAt]').getAll(ofFirst('armed'), 1);
        return next?.nextAt ?? null;
      }),

    postpone: (timerIds, now, until) =>
      db.write(['timers'], async (tx) => {
        const store = tx.objectStore('timers');
        const found = await Promise.all(timerIds.map((timerId) => store.get(timerId)));
        // One that got another date meanwhile is not looked at before it.
        const due = found.filter((timer) => timer?.state === 'armed' && timer.nextAt <= now) as Timer[];
        putAll(
          tx,
          'timers',
          due.map((timer) => ({ ...timer, nextAt: until, unreadSince: now })),
        );
      }),
    waitingForPerson: (limit, siteIds) =>
      db.read(['timers'], async (tx) => {
        const byReason = tx.objectStore('timers').index('[heldFor+dueAt]');
        const found = await Promise.all(
          HELD_FOR.map((heldFor) => firstThatFit(byReason, ofFirst(heldFor), limit, ofSites(siteIds))),
        );
        return found
          .flat()
          .toSorted((a, b) => a.dueAt - b.dueAt)
          .slice(0, limit);
      }),
    countWaitingForPerson: (siteIds) =>
      db.read(['timers', 'cases'], async (tx) => {
        // Counting in the database is many times as fast as looking at each; that is needed only where a site is gone.
        const siteGone = (await sitesOfCases(tx)).some((id) => !siteIds.has(id));
        const byReason = tx.objectStore('timers').index('[heldFor+dueAt]');
        const counts = HELD_FOR.map(async (heldFor) =>
          siteGone
            ? (await byReason.getAll(ofFirst(heldFor))).filter(ofSites(siteIds)).length
            : byReason.count(ofFirst(heldFor)),
        );
        return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
      }),
    forgetCommands: async ({ before, butNewest, limit }) => {
      const old = IDBKeyRange.upperBound(before, true);
      // Nearly always there is none: that costs one look and no transaction that others would wait for.
      const [first] = await db.read(['commands'], (tx) => tx.objectStore('commands').index('at').getAllKeys(old, 1));
      if (first === undefined) return 0;
      return db.write(['commands', 'settings'], async (tx) => {
        if ((await tx.objectStore('settings').count(startingWith(AFTER))) > 0) return 0;
        const commands = tx.objectStore('commands');
        const tooMany = (await commands.count()) - butNewest;
        if (tooMany <= 0) return 0;
        const found = await commands.index('at').getAllKeys(old, Math.min(limit, tooMany));
        deleteAll(tx, 'commands', found);
        return found.length;
      });
    },
    retryNow: (siteId, now) =>
      db.write(['timers', 'outbox'], async (tx) => {
        const prefix = `${siteId}/`;
        await changeRows(tx, 'timers', '[state+nextAt]', ofFirstFrom('armed', now), (timer) =>
          timer.unreadSince !== null && timer.caseKey.startsWith(prefix)
            ? // The help desk answers: the patience with it begins anew.
              { ...timer, nextAt: now, unreadSince: now }
            : null,
        );
        await changeRows(tx, 'outbox', '[state+notBefore]', ofFirstFrom('pending', now), (effect) => {
          if (effect.siteId !== siteId || effect.attempts === 0) return null;
          // The copy of a message that may still be under way is given time to arrive before it is looked for.
          const soonest = effect.maybeSent && effect.write?.message ? now + 30_000 : now;
          return { ...effect, notBefore: Math.min(effect.notBefore, soonest) };
        });
      }),
    countAsLate: (siteId) =>
      db.write(['timers'], (tx) =>
        changeRows(tx, 'timers', '[state+nextAt]', ofFirst('armed'), (timer) =>
          timer.unreadSince !== null && siteIdOf(timer.caseKey) === siteId
            ? { ...timer, nextAt: timer.dueAt, unreadSince: null }
            : null,
        ),
      ),
    forgetDelays: (now) =>
      db.write(['timers', 'outbox'], async (tx) => {
        const soon = now + 3_600_000;
        await changeRows(tx, 'timers', '[state+nextAt]', ofFirstFrom('armed', soon), (timer) =>
          timer.nextAt > timer.dueAt ? { ...timer, nextAt: Math.max(timer.dueAt, now) } : null,
        );
        await changeRows(tx, 'outbox', '[state+notBefore]', ofFirstFrom('pending', soon), (effect) => ({
          ...effect,
          notBefore: now,
        }));
      }),
    showNotificationsFrom: (now) =>
      db.write(['outbox'], (tx) =>
        changeRows(tx, 'outbox', '[state+notBefore]', ofFirstFrom('pending', now), (effect) =>
          effect.kind === 'notification' ? { ...effect, notBefore: now } : null,
        ),
      ),
    sendingEffects: () => effectsIn('sending'),
    pendingEffects,
    references: (caseKey) =>
      db.read(['outbox'], async (tx) => {
        const effects = await tx.objectStore('outbox').index('[caseKey+state]').getAll(ofFirst(caseKey));
        return effects.flatMap(({ write }) => write?.message?.reference ?? []);
      }),
    customersTold: async (caseKeys) => {
      const wanted = new Set(caseKeys);
      const told = new Map<CaseKey, number>();
      const [first, last] = [caseKeys.toSorted()[0], caseKeys.toSorted().at(-1)];
      if (first === undefined || last === undefined) return told;
      // One range instead of a query for each.
      const effects = await db.read(['outbox'], (tx) =>
        tx.objectStore('outbox').index('[caseKey+state]').getAll(ofFirsts(first, last)),
      );
      for (const { caseKey, generation, state, write } of effects) {
        if (!wanted.has(caseKey) || state === 'cancelled' || write?.message?.visibility !== 'public') continue;
        told.set(caseKey, Math.max(generation, told.get(caseKey) ?? 0));
      }
      return told;
    },
    effect: (effectId) => db.read(['outbox'], (tx) => tx.objectStore('outbox').get(effectId)),
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

/** The sites that there are cases of. */
export async function sitesOfCases(tx: Reading | Writing): Promise<string[]> {
  const found: string[] = [];
  const bySite = (tx as Reading).objectStore('cases').index('siteId');
  let cursor = await bySite.openKeyCursor(null, 'nextunique');
  for (; cursor; cursor = await cursor.continue()) found.push(cursor.key);
  return found;
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
export const archivedIn = async (tx: Reading | Writing): Promise<string[]> =>
  (await (tx as Reading).objectStore('settings').getAllKeys(startingWith(ARCHIVED))).map((key) =>
    key.slice(ARCHIVED.length),
  );

const CHOICES = ['sites', 'templates', 'settings'] as const;
async function choicesIn(tx: Writing): Promise<StoredChoices> {
  const [sites, versions, archived] = await Promise.all([
    tx.objectStore('sites').getAll(),
    tx.objectStore('templates').getAllKeys(),
    archivedIn(tx),
  ]);
  return { sites, templates: new Set(versions.map(([id]) => id)), archived: new Set(archived) };
}

export function templateStore(db: Database, builtins: readonly CaseTemplate[]): TemplateStore {
  // A published version never changes, so adding what is missing is all that an update has to do.
  let ensured: Promise<void> | null = null;
  const ensureBuiltins = () => {
    ensured ??= db
      .write(['templates'], async (tx) => {
        const store = tx.objectStore('templates');
        for (const template of builtins)
          if (!(await store.getKey([template.id, template.version]))) await store.add(template);
      })
      .catch((error: unknown) => {
        ensured = null;
        throw error;
      });
    return ensured;
  };
  // A template may have hundreds of versions: only the last one is read.
  const newestOf = async (tx: Reading | Writing, id: string) =>
    (await (tx as Reading).objectStore('templates').openCursor(ofFirst(id), 'prev'))?.value;
  const all = async () => {
    await ensureBuiltins();
    const newest = new Map<string, CaseTemplate>();
    for (const template of await db.read(['templates'], (tx) => tx.objectStore('templates').getAll()))
      if ((newest.get(template.id)?.version ?? 0) < template.version) newest.set(template.id, template);
    const order = builtins.map((template) => template.id);
    return [...newest.values()].toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  };
  const archived = async () => new Set(await db.read(['settings'], archivedIn));
  return {
    archived,
    setArchived: (id, on) =>
      db.write(['settings'], async (tx) => {
        if (on) await tx.objectStore('settings').put({ key: ARCHIVED + id, value: true });
        else await tx.objectStore('settings').delete(ARCHIVED + id);
      }),
    archive: async (id, may) => {
      await ensureBuiltins();
      await db.write(CHOICES, async (tx) => {
        if (may(await choicesIn(tx))) await tx.objectStore('settings').put({ key: ARCHIVED + id, value: true });
      });
    },
    offered: async () => {
      const [templates, put] = await Promise.all([all(), archived()]);
      return templates.filter(({ id }) => !put.has(id));
    },
    versions: async (id) => {
      await ensureBuiltins();
      return db.read(['templates'], (tx) => tx.objectStore('templates').getAll(ofFirst(id)));
    },
    publications: async (id) =>
      (await db.read(['publications'], (tx) => tx.objectStore('publications').getAll(ofFirst(id)))).reverse(),
    publish: (made, calendars, ended) =>
      db.write(['templates', 'publications', 'calendars', 'settings', 'drafts'], async (tx) => {
        const settings = tx.objectStore('settings');
        if (ended) {
          const { templateId, editedAt } = ended.draft;
          if ((await tx.objectStore('drafts').get(templateId))?.editedAt !== editedAt) return false;
          await tx.objectStore('drafts').delete(templateId);
        }
        addAll(tx, 'calendars', calendars);
        addAll(
          tx,
          'templates',
          made.map(({ template }) => template),
        );
        addAll(
          tx,
          'publications',
          made.map(({ record }) => record),
        );
        for (const { template } of made) {
          const key = AFTER + template.id;
          await settings.delete(key + LATER);
          const before = (await settings.get(key))?.value as Aftermath | undefined;
          if (ended?.aftermath?.templateId === template.id) await settings.put({ key, value: ended.aftermath });
          // Whoever publishes a draft was asked anew where cases go; a file asks nobody.
          else if (!ended && before && before.moves.length > 0)
            await settings.put({ key, value: { ...before, noticeMs: null } });
          else await settings.delete(key);
        }
        return true;
      }),
    owe: (aftermath) =>
      db.write(['templates', 'settings'], async (tx) => {
        if ((await newestOf(tx, aftermath.templateId))?.version !== aftermath.version) return false;
        await tx.objectStore('settings').put({ key: afterKey(aftermath), value: aftermath });
        return true;
      }),
    get: async (id, version) => {
      const find = () => db.read(['templates'], (tx) => tx.objectStore('templates').get([id, version]));
      const found = await find();
      if (found) return found;
      await ensureBuiltins();
      return find();
    },
    newest: async (id) => {
      // An update brings newer versions of what is stored already.
      await ensureBuiltins();
      return db.readOnce('templates', id, (tx) => newestOf(tx, id));
    },
    all,
  };
}

export function draftStore(db: Database): DraftStore {
  return {
    all: () => db.read(['drafts'], (tx) => tx.objectStore('drafts').getAll()),
    get: (templateId) => db.read(['drafts'], (tx) => tx.objectStore('drafts').get(templateId)),
    put: (draft, seen) =>
      db.write(['drafts'], async (tx) => {
        const kept = await tx.objectStore('drafts').get(draft.templateId);
        if ((kept?.editedAt ?? null) !== seen) return false;
        await tx.objectStore('drafts').put(draft);
        return true;
      }),
    remove: (templateId, seen) =>
      db.write(['drafts'], async (tx) => {
        const kept = await tx.objectStore('drafts').get(templateId);
        if (kept && kept.editedAt !== seen) return false;
        await tx.objectStore('drafts').delete(templateId);
        return true;
      }),
  };
}

export function calendarStore(db: Database): CalendarStore {
  const usersOf = async (tx: Reading | Writing, id: string) => {
    const templates = await (tx as Reading).objectStore('templates').getAll();
    const users: CaseTemplate[] = [];
    for (const template of templates.filter(({ calendarId }) => calendarId === id)) {
      const newest = templates.every((other) => other.id !== template.id || other.version <= template.version);
      // Looked for only where it matters: it goes through all cases.
      if (newest || (await hasCases(tx, template))) users.push(template);
    }
    return users;
  };
  const hasCases = async (tx: Reading | Writing, { id, version }: CaseTemplate) => {
    let cursor = await (tx as Reading).objectStore('cases').openCursor();
    for (; cursor; cursor = await cursor.continue()) {
      const { templateId, templateVersion } = cursor.value;
      if (templateId === id && templateVersion === version) return true;
    }
    return false;
  };
  return {
    get: (id) => db.read(['calendars'], (tx) => tx.objectStore('calendars').get(id)),
    all: () => db.read(['calendars'], (tx) => tx.objectStore('calendars').getAll()),
    usersOf: (id) => db.read(['templates', 'cases'], (tx) => usersOf(tx, id)),
    change: (id, decide) =>
      db.write(['calendars', 'templates', 'cases'], async (tx) => {
        const calendars = await tx.objectStore('calendars').getAll();
        const next = decide({
          own: calendars.find((calendar) => calendar.id === id),
          others: calendars.filter((calendar) => calendar.id !== id),
          users: await usersOf(tx, id),
        });
        if (next) await tx.objectStore('calendars').put(next);
        if (next === null) await tx.objectStore('calendars').delete(id);
      }),
  };
}

export function siteStore(db: Database): SiteStore {
  return {
    all: () => db.readOnce('sites', '', (tx) => tx.objectStore('sites').getAll()),
    get: (siteId) => db.readOnce('sites', siteId, (tx) => tx.objectStore('sites').get(siteId)),
    put: async (site) => void (await db.write(['sites'], (tx) => tx.objectStore('sites').put(site))),
    change: (decide) =>
      db.write(CHOICES, async (tx) => {
        const next = decide(await choicesIn(tx));
        if (next) await tx.objectStore('sites').put(next);
      }),
    remove: (siteId) => db.write(['sites'], (tx) => tx.objectStore('sites').delete(siteId)),
  };
}

export function settingsStore(db: Database): SettingsStore {
  const read = async <T>(key: string) =>
    (await db.read(['settings'], (tx) => tx.objectStore('settings').get(key)))?.value as T | undefined;
  /** @param value null: it is not set any more */
  const write = (key: string, value: SettingRow['value'] | null) =>
    db.write(['settings'], async (tx) => {
      if (value === null) await tx.objectStore('settings').delete(key);
      else await tx.objectStore('settings').put({ key, value });
    });
  return {
    panelPlace: (siteId) => read<PanelPlace>(`place:${siteId}`),
    setPanelPlace: (siteId, place) => write(`place:${siteId}`, place),
    pause: (siteId) => read<Pause>(`pause:${siteId}`),
    setPause: (siteId, pause) => write(`pause:${siteId}`, pause),
    aftermaths: async () =>
      (await db.read(['settings'], (tx) => tx.objectStore('settings').getAll(startingWith(AFTER)))).map(
        ({ value }) => value as Aftermath,
      ),
    strikeOff: ({ templateId, version, agreedAt }, done) =>
      db.write(['settings'], async (tx) => {
        const settings = tx.objectStore('settings');
        const key = afterKey({ templateId, ...(agreedAt !== undefined && { agreedAt }) });
        const kept = (await settings.get(key))?.value as Aftermath | undefined;
        if (kept?.version !== version || kept.agreedAt !== agreedAt) return;
        const caseKeys = kept.caseKeys.filter((caseKey) => !done.has(caseKey));
        if (caseKeys.length === 0) await settings.delete(key);
        else await settings.put({ key, value: { ...kept, caseKeys } });
      }),
    listingSince: () => read<number>('listing'),
    setListingSince: (at) => write('listing', at),
    lastRunAt: () => read<number>('last-run'),
    setLastRunAt: (at) => write('last-run', at),
    recent: async (templateId) => (await read<RecentChoices>(`recent:${templateId}`)) ?? { statusIds: [], tagIds: {} },
    setRecent: (templateId, recent) => write(`recent:${templateId}`, recent),
    language: () => read<Language>('language'),
    setLanguage: (language) => write('language', language),
    role: () => read<Role>('role'),
    setRole: (role) => write('role', role),
    shortcuts: async () => ({ ...DEFAULT_SHORTCUTS, ...(await read<Shortcuts>('shortcuts')) }),
    setShortcuts: (shortcuts) => write('shortcuts', shortcuts),
    setup: () => read<SetupProgress>('setup'),
    setSetup: (progress) => write('setup', progress),
    notifications: () => read<NotificationSettings>('notifications'),
    setNotifications: (settings) => write('notifications', settings),
  };
}
