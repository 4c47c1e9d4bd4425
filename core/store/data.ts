import type { DataStore } from '../app/ports';
import type { BackupView } from '../contract/data-views';
import type { PanelPlace } from '../contract/messages';
import type { CaseKey } from '../domain/case';
import type { Here, HereCase, ImportPlan } from '../domain/import-plan';
import type { NotificationSettings } from '../domain/notification-settings';
import type { EverythingFile, PortableSettings } from '../domain/portable';
import type { CaseTemplate } from '../domain/template';
import { OPEN_EFFECTS } from './commit';
import type { Database, Reading, Row, StoreName, Writing } from './database';
import { STORES } from './database';
import { entriesOn, pageOf, pagesOf } from './history-pages';
import { addAll, deleteAll, ofFirst, ofFirsts, putAll, startingWith } from './ranges';
import { ARCHIVED, archivedIn, READ_AT_ONCE, sitesOfCases } from './stores';

const PLACE = 'place:';
const NEVER: BackupView = { every: 'off', nextAt: null, last: null };

/** How many entries all histories have, by what each case says of its own: several share a row. */
async function countEntries(tx: Reading): Promise<number> {
  let entries = 0;
  for (let after = '', more = true; more; ) {
    const part = await tx.objectStore('cases').getAll(IDBKeyRange.lowerBound(after, true), READ_AT_ONCE);
    for (const { lastHistorySeq } of part) entries += lastHistorySeq;
    after = part.at(-1)?.caseKey ?? after;
    more = part.length === READ_AT_ONCE;
  }
  return entries;
}

/** @param builtins templates that every installation has */
export function dataStore(db: Database, builtins: readonly CaseTemplate[]): DataStore {
  const settings = async (tx: Reading | Writing): Promise<PortableSettings> => {
    const store = (tx as Reading).objectStore('settings');
    const [places, archived, row] = await Promise.all([
      store.getAll(startingWith(PLACE)),
      archivedIn(tx),
      store.get('notifications'),
    ]);
    return {
      panelPlaces: places.map(({ key, value }) => ({ siteId: key.slice(PLACE.length), ...(value as PanelPlace) })),
      notifications: (row?.value as NotificationSettings | undefined) ?? null,
      ...(archived.length > 0 && { archived }),
    };
  };
  const shared = async (tx: Reading | Writing) => {
    const all = <Name extends StoreName>(name: Name): Promise<Row<Name>[]> =>
      (tx as Reading).objectStore(name).getAll();
    const [templates, calendars, publications, drafts, sites, own] = await Promise.all([
      all('templates'),
      all('calendars'),
      all('publications'),
      all('drafts'),
      all('sites'),
      settings(tx),
    ]);
    const portable = sites.map(({ deskTells, ...site }) => ({
      ...site,
      ...(deskTells && { deskTells: [...deskTells] }),
    }));
    return { templates, calendars, publications, drafts, sites: portable, settings: own };
  };
  const here = async (tx: Reading | Writing, file: EverythingFile): Promise<Here> => {
    const [records, pages] = [(tx as Reading).objectStore('cases'), (tx as Reading).objectStore('history')];
    const cases = new Map<CaseKey, HereCase>();
    await Promise.all(
      file.cases.map(async ({ caseKey, lastHistorySeq: theirs }) => {
        const [own, page] = await Promise.all([records.get(caseKey), pages.get([caseKey, pageOf(theirs)])]);
        if (!own) return;
        const { lastHistorySeq: lastSeq, lastHistoryHash: lastHash } = own;
        const atTheirs = page?.entries.find(({ seq }) => seq === theirs);
        cases.set(caseKey, { lastSeq, lastHash, hashAtTheirs: atTheirs?.hash ?? null });
      }),
    );
    return { ...(await shared(tx)), cases };
  };

  /** All that belongs to cases, but for their records. */
  const eraseBelongings = async (tx: Writing, caseKeys: ReadonlySet<CaseKey>) => {
    if (caseKeys.size === 0) return;
    for (const caseKey of caseKeys) {
      await tx.objectStore('history').delete(ofFirst(caseKey));
      for (const name of ['timers', 'outbox'] as const) {
        const store = tx.objectStore(name);
        deleteAll(tx, name, await store.index('[caseKey+state]').getAllKeys(ofFirst(caseKey)));
      }
      await tx.objectStore('checks').delete(caseKey);
    }
    // A timer of an earlier state would not fire if the command of its later self counted as carried out.
    const commands = tx.objectStore('commands');
    const theirs = (await commands.getAll()).filter(({ caseKey }) => caseKeys.has(caseKey));
    deleteAll(
      tx,
      'commands',
      theirs.map(({ commandId }) => commandId),
    );
  };

  const store = async (tx: Writing, plan: ImportPlan) => {
    const own = await Promise.all(plan.cases.map(({ caseKey }) => tx.objectStore('cases').getKey(caseKey)));
    await eraseBelongings(tx, new Set(own.flatMap((caseKey) => caseKey ?? [])));
    addAll(tx, 'templates', plan.templates);
    addAll(tx, 'calendars', plan.calendars);
    addAll(tx, 'publications', plan.publications);
    addAll(tx, 'drafts', plan.drafts);
    addAll(
      tx,
      'sites',
      plan.sites.map(({ deskTells, ...site }) => ({ ...site, ...(deskTells && { deskTells }) })),
    );
    putAll(
      tx,
      'settings',
      plan.settings.panelPlaces.map(({ siteId, ...value }) => ({ key: `${PLACE}${siteId}`, value })),
    );
    const { notifications, archived = [] } = plan.settings;
    putAll(
      tx,
      'settings',
      archived.map((id) => ({ key: ARCHIVED + id, value: true })),
    );
    if (notifications) await tx.objectStore('settings').put({ key: 'notifications', value: notifications });
    putAll(tx, 'cases', plan.cases);
    addAll(tx, 'history', pagesOf(plan.history));
    addAll(tx, 'timers', plan.timers);
    addAll(tx, 'outbox', plan.outbox);
    putAll(
      tx,
      'commands',
      plan.history.map(({ commandId, caseKey, at }) => ({ commandId, caseKey, at })),
    );
    putAll(
      tx,
      'checks',
      plan.waiting.map(({ caseKey, changedAt: at }) => ({ caseKey, at })),
    );
  };

  return {
    counts: () =>
      db.read(STORES, async (tx) => {
        const [templates, cases, history, timers, armed, outbox, owed, commands] = await Promise.all([
          tx.objectStore('templates').count(),
          tx.objectStore('cases').count(),
          countEntries(tx),
          tx.objectStore('timers').count(),
          tx.objectStore('timers').index('[state+nextAt]').count(ofFirst('armed')),
          tx.objectStore('outbox').count(),
          tx
            .objectStore('outbox')
            .index('[state+notBefore]')
            .count(ofFirsts(...OPEN_EFFECTS)),
          tx.objectStore('commands').count(),
        ]);
        return { templates, cases, history, timers, armed, outbox, owed, commands };
      }),
    casesOfSites: () =>
      db.read(['cases'], async (tx) => {
        const bySite = tx.objectStore('cases').index('siteId');
        const siteIds = await sitesOfCases(tx);
        return new Map(await Promise.all(siteIds.map(async (siteId) => [siteId, await bySite.count(siteId)] as const)));
      }),
    lastChangeAt: () =>
      db.read(['cases'], async (tx) => {
        const last = await tx.objectStore('cases').index('changedAt').openKeyCursor(null, 'prev');
        return last?.key ?? null;
      }),
    casesAfter: (after, limit) =>
      db.read(['cases', 'history', 'timers', 'outbox'], async (tx) => {
        const cases = await tx.objectStore('cases').getAll(IDBKeyRange.lowerBound(after ?? '', after !== null), limit);
        const keys = cases.map(({ caseKey }) => caseKey);
        const [first, last] = [keys[0], keys.at(-1)];
        if (first === undefined || last === undefined) return { cases, history: [], timers: [], outbox: [] };
        const known = new Set(keys);
        const ofThem = <T extends { caseKey: CaseKey }>(rows: T[]) => rows.filter(({ caseKey }) => known.has(caseKey));
        const range = ofFirsts(first, last);
        const [history, timers, outbox] = await Promise.all([
          tx.objectStore('history').getAll(range),
          tx.objectStore('timers').index('[caseKey+state]').getAll(range),
          tx.objectStore('outbox').index('[caseKey+state]').getAll(range),
        ]);
        return { cases, history: entriesOn(ofThem(history)), timers: ofThem(timers), outbox: ofThem(outbox) };
      }),
    shared: () => db.read(STORES, shared),
    here: (file) => db.read(STORES, (tx) => here(tx, file)),
    take: (file, plan) =>
      db.write(STORES, async (tx) => {
        const made = plan(await here(tx, file));
        await store(tx, made);
        return made;
      }),
    eraseSite: (siteId) =>
      db.write(STORES, async (tx) => {
        const caseKeys = await tx.objectStore('cases').index('siteId').getAllKeys(siteId);
        await eraseBelongings(tx, new Set(caseKeys));
        deleteAll(tx, 'cases', caseKeys);
        await tx.objectStore('settings').delete(`pause:${siteId}`);
      }),
    eraseAll: () =>
      db.write(STORES, async (tx) => {
        await Promise.all(STORES.map((name) => tx.objectStore(name).clear()));
        addAll(tx, 'templates', builtins);
      }),
    backup: async () =>
      ((await db.read(['settings'], (tx) => tx.objectStore('settings').get('backup')))?.value as
        | BackupView
        | undefined) ?? NEVER,
    setBackup: async (backup) =>
      void (await db.write(['settings'], (tx) => tx.objectStore('settings').put({ key: 'backup', value: backup }))),
  };
}
