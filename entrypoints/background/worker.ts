import { type Browser, browser } from '@wxt-dev/browser';
import { Cases } from '../../core/app/cases';
import type { Context, Desks } from '../../core/app/context';
import { lookAgain } from '../../core/app/context';
import { Engine } from '../../core/app/engine';
import { LOSS_NOTIFICATION, LossWatch } from '../../core/app/loss';
import { NotifyActions } from '../../core/app/notify-actions';
import { permissionsUnder } from '../../core/app/policy';
import type { SecretStore } from '../../core/app/ports';
import { Preferences } from '../../core/app/preferences';
import { Review } from '../../core/app/review';
import { makeRouter } from '../../core/app/router';
import { Sites } from '../../core/app/sites';
import { STORE_TROUBLE_NOTIFICATION, tellingOfTrouble } from '../../core/app/store-trouble';
import { permissionPattern } from '../../core/contract/origin';
import { mayConnect } from '../../core/contract/policy';
import { builtinTemplates } from '../../core/domain/builtin-templates';
import { deskOnDemand } from '../../core/domain/desk';
import { browserFacts } from '../../core/platform/browser-facts';
import { loadPanel, reconcileContentScripts } from '../../core/platform/content-scripts';
import { sessionDates } from '../../core/platform/date-tables';
import { BACKUP_ALARM, browserFiles } from '../../core/platform/files';
import { browserLog } from '../../core/platform/journal';
import { lookedAfter } from '../../core/platform/looked-after';
import { managedPolicy, onPolicyChanged, policyChanged, policySoFar } from '../../core/platform/managed';
import { browserPages } from '../../core/platform/open-pages';
import {
  ALARM,
  browserAlarm,
  browserBadge,
  browserNotifier,
  browserPermissions,
  browserTabs,
  HEARTBEAT,
  sessionSeen,
  sessionWaits,
  systemClock,
  troubleToldAt,
} from '../../core/platform/ports';
import { senderFacts } from '../../core/platform/sender';
import { showOptions, showPage } from '../../core/platform/tabs';
import { siteAdapters } from '../../core/sites';
import { Database } from '../../core/store/database';
import { storeFacts } from '../../core/store/facts';
import { secretStore } from '../../core/store/secrets';
import { calendarStore, caseStore, draftStore, settingsStore, siteStore, templateStore } from '../../core/store/stores';

const SERVED_FIRST_MS = 300;

function adapterOf(adapterId: string) {
  const adapter = siteAdapters.find((candidate) => candidate.page.id === adapterId);
  if (!adapter) throw new Error(`No site adapter ${adapterId}`);
  return adapter;
}

const request: typeof fetch = (input, init) => fetch(input, init);

const desksWith = (secrets: SecretStore): Desks => ({
  deskName: (adapterId) => siteAdapters.find(({ page }) => page.id === adapterId)?.page.deskName ?? adapterId,
  shortcuts: (adapterId) => adapterOf(adapterId).page.shortcuts,
  takesKey: (adapterId) => adapterOf(adapterId).takesKey,
  api(site, key) {
    const adapter = adapterOf(site.adapterId);
    if (!adapter.takesKey) return adapter.api(site.baseUrl, request);
    // Looked up for each request: it may be set or removed meanwhile, and is kept nowhere but where it lies encrypted.
    return deskOnDemand(async () => adapter.api(site.baseUrl, request, key ?? (await secrets.get(site.siteId))));
  },
  ticketUrl: (site, ticketId) => adapterOf(site.adapterId).ticketUrl(site.baseUrl, ticketId),
  newTicketUrl: (site, ticket) => adapterOf(site.adapterId).newTicketUrl(site.baseUrl, ticket),
  async detect(address) {
    const response = await request(address, {
      credentials: 'include',
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    });
    const html = await response.text();
    const url = new URL(response.url || address.href);
    // A redirect to another host was not granted and is not what the person named.
    if (url.origin !== address.origin) return null;
    for (const adapter of siteAdapters) {
      const baseUrl = await adapter.detect(html, url);
      if (baseUrl !== null) return { adapterId: adapter.page.id, baseUrl };
    }
    return null;
  },
});

/** All that the background does. What it hears it is told by `index.ts`. */
export function makeWorker() {
  const db = new Database();
  const secrets = secretStore(db);
  const journal = browserLog(systemClock);
  const log = tellingOfTrouble(journal, {
    notifier: browserNotifier,
    clock: systemClock,
    toldAt: troubleToldAt,
  });
  const facts = browserFacts(systemClock);
  const ctx: Context = {
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    cases: caseStore(db),
    templates: templateStore(db, builtinTemplates),
    drafts: draftStore(db),
    calendars: calendarStore(db),
    sites: siteStore(db),
    settings: settingsStore(db),
    secrets,
    seen: sessionSeen,
    waits: sessionWaits,
    dates: sessionDates,
    alarm: browserAlarm(systemClock, () => wake()),
    notifier: browserNotifier,
    badge: browserBadge,
    tabs: browserTabs(log),
    permissions: permissionsUnder(managedPolicy, browserPermissions),
    log,
    policy: managedPolicy,
    desks: desksWith(secrets),
    browserLanguage: browser.i18n.getUILanguage(),
    // It has no way to tell whether something covers an element.
    alwaysHolds: import.meta.env.FIREFOX,
  };
  const engine = new Engine(ctx);
  const preferences = new Preferences(ctx, () => wake());
  // Nothing is said before it is known in which language.
  const spoken = preferences.speakTheirs();
  const wake = (why?: Parameters<Engine['run']>[0]) => void spoken.then(() => engine.run(why));
  const ticketIdOf = (adapterId: string, url: URL) => adapterOf(adapterId).page.ticketIdOf(url);
  const loss = new LossWatch(ctx, lookedAfter);
  const reconcile = async () => {
    let forbidden = false;
    await reconcileContentScripts(async () => {
      const [sites, policy] = await Promise.all([ctx.sites.all(), managedPolicy()]);
      const allowed = sites.filter(({ baseUrl }) => mayConnect(policy, new URL(baseUrl).origin));
      forbidden = allowed.length < sites.length;
      return allowed.map(({ baseUrl }) => baseUrl);
    });
    // A page may have been answered before it was known that its site is not allowed.
    if (forbidden) lookAgain(ctx);
    await loss.remember();
  };
  const start = () => {
    spoken
      .then(() => loss.look())
      .catch((error: unknown) => log.error('loss', error))
      .then(reconcile)
      .catch((error: unknown) => log.error('content scripts', error));
    wake();
  };
  const sites = new Sites(ctx, reconcile, ticketIdOf, (siteId) => loss.expectGone(siteId));
  const notifyActions = new NotifyActions(ctx, wake);
  const makeData = async () => {
    const [{ Data }, { dataStore }] = await Promise.all([
      import('../../core/app/data'),
      import('../../core/store/data'),
    ]);
    return new Data(ctx, {
      store: dataStore(db, builtinTemplates),
      files: browserFiles,
      loss,
      knowsDesk: (adapterId) => siteAdapters.some(({ page }) => page.id === adapterId),
      reconcileScripts: reconcile,
      wake: () => wake(),
    });
  };
  let madeData: ReturnType<typeof makeData> | undefined;
  const data = () => {
    madeData ??= makeData();
    return madeData;
  };
  const mindBackups = () =>
    void Promise.all([data(), spoken])
      .then(([made]) => made.mindBackups())
      .catch((error: unknown) => log.error('backup', error));
  const drafts = async () => new (await import('../../core/app/drafts')).Drafts(ctx, () => wake());
  const carryOn = () =>
    void spoken
      .then(async () => {
        if ((await ctx.settings.aftermaths()).length > 0) await (await drafts()).carryOn();
      })
      .catch((error: unknown) => log.error('after publishing', error));
  const router = makeRouter({
    ctx,
    cases: new Cases(ctx, wake),
    sites,
    review: new Review(ctx, wake),
    preferences,
    templates: async () => new (await import('../../core/app/templates')).Templates(ctx),
    drafts,
    calendars: async () => new (await import('../../core/app/calendars')).Calendars(ctx),
    data,
    connection: async () => new (await import('../../core/app/connection')).Connection(ctx, browserPages, ticketIdOf),
    diagnostics: async () =>
      new (await import('../../core/app/diagnostics')).Diagnostics(ctx, {
        browser: facts,
        store: storeFacts(db),
        journal,
        loss,
      }),
    engine,
    spoken,
    // Reading the policy can take longer than all the rest of an answer.
    mayAnswer: async (origin) => mayConnect(await policySoFar(), origin) && browserPermissions.has(origin),
    ticketIdOf,
    loadPanel,
  });

  onPolicyChanged(() => {
    void preferences.speakTheirs();
    start();
    lookAgain(ctx);
  });
  // Whoever has woken the worker is answered first. An alarm, a start or an update lead to their run at once, see below.
  setTimeout(() => {
    facts.worker().catch((error: unknown) => log.error('start', error));
    start();
    mindBackups();
    carryOn();
  }, SERVED_FIRST_MS);

  return {
    message: (message: unknown, sender: Browser.runtime.MessageSender) =>
      // Without an answer, whoever asked says so at once.
      router(message, senderFacts(sender)).catch((error: unknown) => log.error('request', error)),
    alarm(name: string) {
      if (name === ALARM || name === HEARTBEAT) wake();
      else if (name === BACKUP_ALARM) mindBackups();
    },
    browserStarted() {
      start();
      wake({ browserStarted: true });
    },
    installed(reason: `${Browser.runtime.OnInstalledReason}`) {
      start();
      // Whoever wants to be guided later closes the tab: the options lead back to it.
      if (reason === 'install')
        browser.tabs
          .create({ url: browser.runtime.getURL('options.html#setup') })
          .catch((error: unknown) => log.error('first run', error));
    },
    permitted(origins: readonly string[]) {
      start();
      lookAgain(ctx);
      // The browser's question may have closed the popup before it could go on.
      connectFrontTab(sites, origins).catch((error: unknown) => log.error('connect', error));
    },
    forbidden() {
      start();
      lookAgain(ctx);
    },
    policyChanged,
    notificationClicked(id: string) {
      openPage(notifyActions, id).catch((error: unknown) => log.error('notification', error));
    },
    notificationPressed(id: string, button: number) {
      spoken.then(() => notifyActions.press(id, button)).catch((error: unknown) => log.error('notification', error));
    },
  };
}

/** Connects the help desk in the front tab, if its origin has just been granted; what is no help desk stays as it is. */
async function connectFrontTab(sites: Sites, origins: readonly string[]): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab?.url && /^https?:/.test(tab.url) && origins.includes(permissionPattern(tab.url)))
    await sites.connect(tab.url);
}

/** Shows what a notification is about. */
async function openPage(notifyActions: NotifyActions, notificationId: string): Promise<void> {
  if (notificationId === LOSS_NOTIFICATION) return showOptions('#data');
  if (notificationId === STORE_TROUBLE_NOTIFICATION) return showOptions('#diagnostics');
  const page = await notifyActions.pageOf(notificationId);
  if (page) await ('url' in page ? showPage(page.url) : showOptions(page.options));
}
