import { Dexie } from 'dexie';
import type { DataStore } from '../app/ports';
import type { BackupView } from '../contract/data-views';
import type { PanelPlace } from '../contract/messages';
import type { CaseKey } from '../domain/case';
import type { Here, HereCase, ImportPlan } from '../domain/import-plan';
import type { NotificationSettings } from '../domain/notification-settings';
import type { EverythingFile, PortableSettings } from '../domain/portable';
import type { CaseTemplate } from '../domain/template';
import type { Database } from './database';
import { ARCHIVED, archivedIn } from './stores';

const PLACE = 'place:';
const NEVER: BackupView = { every: 'off', nextAt: null, last: null };

/** @param builtins templates that every installation has */
export function dataStore(db: Database, builtins: readonly CaseTemplate[]): DataStore {
  const settings = async (): Promise<PortableSettings> => {
    const places = await db.settings.where('key').startsWith(PLACE).toArray();
    const archived = await archivedIn(db);
    const notifications = (await db.settings.get('notifications'))?.value as NotificationSettings | undefined;
    return {
      panelPlaces: places.map(({ key, value }) => ({ siteId: key.slice(PLACE.length), ...(value as PanelPlace) })),
      notifications: notifications ?? null,
      ...(archived.length > 0 && { archived }),
    };
  };
  const shared = async () => {
    const [templates, calendars, publications, drafts, sites, own] = await Promise.all([
      db.templates.toArray(),
      db.calendars.toArray(),
      db.publications.toArray(),
      db.drafts.toArray(),
      db.sites.toArray(),
      settings(),
    ]);
    const portable = sites.map(({ deskTells, ...site }) => ({
      ...site,
      ...(deskTells && { deskTells: [...deskTells] }),
    }));
    return { templates, calendars, publications, drafts, sites: portable, settings: own };
  };
  const here = async (file: EverythingFile): Promise<Here> => {
    const own = await db.cases.bulkGet(file.cases.map(({ caseKey }) => caseKey));
    const theirs = await db.history.bulkGet(
      file.cases.map(({ caseKey, lastHistorySeq }): [string, number] => [caseKey, lastHistorySeq]),
    );
    const cases = new Map<CaseKey, HereCase>();
    own.forEach((record, index) => {
      if (!record) return;
      const { caseKey, lastHistorySeq: lastSeq, lastHistoryHash: lastHash } = record;
      cases.set(caseKey, { lastSeq, lastHash, hashAtTheirs: theirs[index]?.hash ?? null });
    });
    return { ...(await shared()), cases };
  };

  /** All that belongs to cases, but for their records. */
  const eraseBelongings = async (caseKeys: ReadonlySet<CaseKey>) => {
    if (caseKeys.size === 0) return;
    const ofThem = ({ caseKey }: { caseKey: CaseKey }) => caseKeys.has(caseKey);
    for (const caseKey of caseKeys) {
      await db.history.where('[caseKey+seq]').between([caseKey, Dexie.minKey], [caseKey, Dexie.maxKey]).delete();
      await db.timers.where('[caseKey+state]').between([caseKey, Dexie.minKey], [caseKey, Dexie.maxKey]).delete();
      await db.outbox.where('[caseKey+state]').between([caseKey, Dexie.minKey], [caseKey, Dexie.maxKey]).delete();
    }
    // A timer of an earlier state would not fire if the command of its later self counted as carried out.
    await db.commands.filter(ofThem).delete();
    await db.checks.bulkDelete([...caseKeys]);
  };

  const store = async (plan: ImportPlan) => {
    const replaced = new Set(
      (await db.cases.bulkGet(plan.cases.map(({ caseKey }) => caseKey))).flatMap((record) => record?.caseKey ?? []),
    );
    await eraseBelongings(replaced);
    await db.templates.bulkAdd(plan.templates);
    await db.calendars.bulkAdd(plan.calendars);
    await db.publications.bulkAdd(plan.publications);
    await db.drafts.bulkAdd(plan.drafts);
    await db.sites.bulkAdd(plan.sites.map(({ deskTells, ...site }) => ({ ...site, ...(deskTells && { deskTells }) })));
    await db.settings.bulkPut(
      plan.settings.panelPlaces.map(({ siteId, ...value }) => ({ key: `${PLACE}${siteId}`, value })),
    );
    const { notifications } = plan.settings;
    for (const id of plan.settings.archived ?? []) await db.settings.put({ key: ARCHIVED + id, value: true });
    if (notifications) await db.settings.put({ key: 'notifications', value: notifications });
    await db.cases.bulkPut(plan.cases);
    await db.history.bulkAdd(plan.history);
    await db.timers.bulkAdd(plan.timers);
    await db.outbox.bulkAdd(plan.outbox);
    await db.commands.bulkPut(plan.history.map(({ commandId, caseKey, at }) => ({ commandId, caseKey, at })));
    await db.checks.bulkPut(plan.waiting.map(({ caseKey, changedAt: at }) => ({ caseKey, at })));
  };

  return {
    counts: () =>
      db.transaction('r', db.tables, async () => {
        const { templates, cases, history, timers, outbox, commands } = db;
        const [t, c, h, all, armed, effects, ...rest] = await Promise.all([
          templates.count(),
          cases.count(),
          history.count(),
          timers.count(),
          timers.where('[state+nextAt]').between(['armed', Dexie.minKey], ['armed', Dexie.maxKey]).count(),
          outbox.count(),
          outbox.where('[state+notBefore]').between(['failed', Dexie.minKey], ['uncertain', Dexie.maxKey]).count(),
          commands.count(),
        ]);
        return {
          templates: t,
          cases: c,
          history: h,
          timers: all,
          armed,
          outbox: effects,
          owed: rest[0] ?? 0,
          commands: rest[1] ?? 0,
        };
      }),
    casesOfSites: () =>
      db.transaction('r', db.cases, async () => {
        const siteIds = (await db.cases.orderBy('siteId').uniqueKeys()) as string[];
        const counted = siteIds.map(async (siteId) => [siteId, await db.cases.where({ siteId }).count()] as const);
        return new Map(await Promise.all(counted));
      }),
    lastChangeAt: async () => (await db.cases.orderBy('changedAt').last())?.changedAt ?? null,
    casesAfter: (after, limit) =>
      db.transaction('r', db.cases, db.history, db.timers, db.outbox, async () => {
        const cases = await db.cases
          .where('caseKey')
          .above(after ?? Dexie.minKey)
          .limit(limit)
          .toArray();
        const keys = cases.map(({ caseKey }) => caseKey);
        const [first, last] = [keys[0], keys.at(-1)];
        if (first === undefined || last === undefined) return { cases, history: [], timers: [], outbox: [] };
        const known = new Set(keys);
        const range = [
          [first, Dexie.minKey],
          [last, Dexie.maxKey],
        ] as const;
        const ofThem = <T extends { caseKey: CaseKey }>(rows: T[]) => rows.filter(({ caseKey }) => known.has(caseKey));
        const [history, timers, outbox] = await Promise.all([
          db.history
            .where('[caseKey+seq]')
            .between(...range, true, true)
            .toArray(),
          db.timers
            .where('[caseKey+state]')
            .between(...range, true, true)
            .toArray(),
          db.outbox
            .where('[caseKey+state]')
            .between(...range, true, true)
            .toArray(),
        ]);
        return { cases, history: ofThem(history), timers: ofThem(timers), outbox: ofThem(outbox) };
      }),
    shared: () => db.transaction('r', db.tables, shared),
    here: (file) => db.transaction('r', db.tables, () => here(file)),
    take: (file, plan) =>
      db.transaction('rw', db.tables, async () => {
        const made = plan(await here(file));
        await store(made);
        return made;
      }),
    eraseSite: (siteId) =>
      db.transaction('rw', db.tables, async () => {
        await eraseBelongings(new Set(await db.cases.where({ siteId }).primaryKeys()));
        await db.cases.where({ siteId }).delete();
        await db.settings.delete(`pause:${siteId}`);
      }),
    eraseAll: () =>
      db.transaction('rw', db.tables, async () => {
        await Promise.all(db.tables.map((table) => table.clear()));
        await db.templates.bulkAdd([...builtins]);
      }),
    backup: async () => ((await db.settings.get('backup'))?.value as BackupView | undefined) ?? NEVER,
    setBackup: async (backup) => void (await db.settings.put({ key: 'backup', value: backup })),
  };
}
