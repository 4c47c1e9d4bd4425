import type { Answer, Refusal } from '../contract/messages';
import { mayConnect } from '../contract/policy';
import type { DueItem, PopupView, SiteView } from '../contract/views';
import { plainAddress } from '../domain/address';
import { caseKeyOf, type Timer } from '../domain/case';
import { hashText } from '../domain/history';
import { nativeMapping, positionName } from '../domain/template';
import { appWords } from '../words/app';
import { caseWords } from '../words/case';
import { faceOf, timerWords } from './case-view';
import type { Context } from './context';
import { connectedSites, lookAgain, seenOf, templateFor, viewOf } from './context';
import type { Site, StoredChoices } from './ports';
import { tellPause } from './sessions';

const DEFAULT_TEMPLATE = 'support';
type Address = Pick<Site, 'adapterId' | 'baseUrl'>;
/** From the address, so that a site that is connected again finds its cases again. */
const newSiteId = ({ adapterId, baseUrl }: Address) => `${adapterId}-${hashText(baseUrl).slice(0, 12)}`;
/** `null` for text that is no address; `URL.parse` is newer than the oldest Node that runs our tests. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const isRefusal = (outcome: Site | Refusal): outcome is Refusal => 'ok' in outcome;

/** The help desk that a page belongs to: same origin, and under its path prefix. */
export function siteOfUrl(sites: readonly Site[], address: string): Site | undefined {
  const url = parseUrl(address);
  if (!url) return undefined;
  return sites
    .filter((site) => {
      const base = new URL(site.baseUrl);
      const prefix = base.pathname.replace(/\/$/, '');
      return base.origin === url.origin && (url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
    })
    .toSorted((a, b) => b.baseUrl.length - a.baseUrl.length)[0];
}

/** Connecting help desks, and what the options page and the popup show. */
export class Sites {
  constructor(
    private readonly ctx: Context,
    /** Registers the content script for the connected sites' origins, and loads it into tabs that are open already. */
    private readonly reconcileScripts: () => Promise<void>,
    private readonly ticketIdOf: (adapterId: string, url: URL) => string | null,
    /** Called before a site goes, by whoever would take it for lost otherwise. */
    private readonly goes: (siteId: string) => Promise<void> = async () => undefined,
  ) {}

  async list(): Promise<Answer<SiteView[]>> {
    const sites = await this.ctx.sites.all();
    return { ok: true, value: await Promise.all(sites.map((site) => this.view(site))) };
  }

  /** Finds out what answers at the address and connects it. Changes nothing where that is not a help desk we know. */
  async connect(address: string): Promise<Answer<SiteView>> {
    const { ctx } = this;
    const typed = address.trim();
    const url = parseUrl(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || !url.hostname)
      return {
        ok: false,
        code: 'bad-address',
        message: appWords.notAnAddress,
      };
    if (!mayConnect(await ctx.policy(), url.origin))
      return { ok: false, code: 'not-allowed-site', message: appWords.siteNotAllowed(url.host) };
    if (!(await ctx.permissions.has(url.origin)))
      return {
        ok: false,
        code: 'not-granted',
        message: appWords.withoutPermission(url.host),
      };
    let found: Awaited<ReturnType<Context['desks']['detect']>>;
    try {
      found = await ctx.desks.detect(url);
    } catch {
      return {
        ok: false,
        code: 'unreachable',
        message: appWords.noAnswerFrom(url.host),
      };
    }
    if (!found)
      return {
        ok: false,
        code: 'unknown-desk',
        message: appWords.unknownDesk(url.host),
      };
    const plain = plainAddress(found.baseUrl);
    const known = (await ctx.sites.all()).some(({ baseUrl }) => plainAddress(baseUrl) === plain);
    // Before it is there: what fell due meanwhile is dealt with as after an absence.
    if (!known) await ctx.cases.countAsLate(newSiteId(found));
    const site = await this.connected(found);
    await ctx.cases.retryNow(site.siteId, ctx.clock.now());
    await this.reconcileScripts();
    lookAgain(ctx);
    return { ok: true, value: await this.view(site) };
  }

  /** The site at this address; a new one begins with a template that is not archived, whatever happens at the same moment. */
  private async connected({ adapterId, baseUrl }: Address): Promise<Site> {
    const { ctx } = this;
    const templateIds = (await ctx.templates.all()).map(({ id }) => id);
    const address = plainAddress(baseUrl);
    const fresh: Site = {
      siteId: newSiteId({ adapterId, baseUrl }),
      adapterId,
      name: new URL(baseUrl).host,
      baseUrl,
      templateId: DEFAULT_TEMPLATE,
      connectedAt: ctx.clock.now(),
    };
    let site = fresh;
    await ctx.sites.change(({ sites, archived }) => {
      const known = sites.find((one) => plainAddress(one.baseUrl) === address);
      const offered = templateIds.filter((id) => !archived.has(id));
      const templateId = offered.includes(DEFAULT_TEMPLATE) ? DEFAULT_TEMPLATE : (offered[0] ?? DEFAULT_TEMPLATE);
      site = known ?? { ...fresh, templateId };
      return known ? null : site;
    });
    return site;
  }

  /** Stops the panel there. Cases and their history stay, and go on when it is connected again. */
  async disconnect(siteId: string): Promise<Answer<null>> {
    const site = await this.ctx.sites.get(siteId);
    await this.ctx.secrets.remove(siteId);
    await this.goes(siteId);
    await this.ctx.sites.remove(siteId);
    // Nothing of it waits for a login any more. Connected again it says so anew.
    if (site) await tellPause(this.ctx, site, null);
    lookAgain(this.ctx);
    await this.reconcileScripts();
    return { ok: true, value: null };
  }

  async setTemplate(siteId: string, templateId: string): Promise<Answer<SiteView>> {
    const { ctx } = this;
    const template = await ctx.templates.newest(templateId);
    const changed = await this.changed(siteId, (site, { archived }) => {
      if (!template) return { ok: false, code: 'unknown-template', message: appWords.noSuchTemplate };
      if (templateId !== site.templateId && archived.has(templateId))
        return { ok: false, code: 'archived-template', message: appWords.isArchived(template.name) };
      return { ...site, templateId };
    });
    if (changed.ok) lookAgain(ctx);
    return changed;
  }

  /** Changes a site as it is stored now. @param decide answers with the site, or with why it stays as it is */
  private async changed(
    siteId: string,
    decide: (site: Site, stored: StoredChoices) => Site | Refusal,
  ): Promise<Answer<SiteView>> {
    let outcome: Site | Refusal = { ok: false, code: 'unknown-site', message: appWords.siteGone };
    await this.ctx.sites.change((stored) => {
      const site = stored.sites.find((one) => one.siteId === siteId);
      if (site) outcome = decide(site, stored);
      return isRefusal(outcome) ? null : outcome;
    });
    return isRefusal(outcome) ? outcome : { ok: true, value: await this.view(outcome) };
  }

  /** @param statuses those of whose setting the help desk tells the customer by itself; all others do not */
  setDeskTells(siteId: string, statuses: readonly string[]): Promise<Answer<SiteView>> {
    return this.changed(siteId, (site) => ({ ...site, deskTells: [...new Set(statuses)] }));
  }

  /** Keeps the agent's key for a help desk that takes one, if the help desk does; or forgets it. */
  async setKey(siteId: string, key: string | null): Promise<Answer<SiteView>> {
    const { ctx } = this;
    const site = await ctx.sites.get(siteId);
    if (!site) return { ok: false, code: 'unknown-site', message: appWords.siteGone };
    const deskName = ctx.desks.deskName(site.adapterId);
    if (!ctx.desks.takesKey(site.adapterId))
      return { ok: false, code: 'no-key', message: appWords.needsNoKey(deskName) };
    if (key === null) await ctx.secrets.remove(siteId);
    else {
      const answer = await ctx.desks.api(site, key).currentUser();
      if (!answer.ok) return { ok: false, code: 'key-refused', message: answer.message };
      if (!answer.user) return { ok: false, code: 'key-refused', message: appWords.keyUnknown(deskName) };
      await ctx.secrets.set(siteId, key, answer.user.name);
    }
    await ctx.cases.retryNow(siteId, ctx.clock.now());
    return { ok: true, value: await this.view(site) };
  }

  async popup(tabUrl: string | null): Promise<Answer<PopupView>> {
    const [page, due, waiting] = await Promise.all([
      this.page(tabUrl),
      this.due(8),
      connectedSites(this.ctx).then((sites) => this.ctx.cases.countWaitingForPerson(sites)),
    ]);
    return { ok: true, value: { page, due, waiting } };
  }

  private async page(tabUrl: string | null): Promise<PopupView['page']> {
    const url = tabUrl === null ? null : parseUrl(tabUrl);
    if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return { state: 'no-page' };
    const site = siteOfUrl(await this.ctx.sites.all(), url.href);
    if (!site) return { state: 'unknown', origin: url.origin, address: url.href };
    const ticketId = this.ticketIdOf(site.adapterId, url);
    if (!ticketId) return { state: 'connected', site: await this.view(site), case: null };
    const view = await viewOf(this.ctx, site, ticketId);
    return {
      state: 'connected',
      site: await this.view(site),
      case: {
        ticketId,
        subject: view.subject,
        status: view.subStatus ? `${view.status.name} – ${view.subStatus.name}` : view.status.name,
        category: view.status.category,
        ...(view.status.colours && { colours: view.status.colours }),
        waitsFor: view.waitsFor.words,
      },
    };
  }

  private async due(limit: number): Promise<DueItem[]> {
    const { ctx } = this;
    const items: DueItem[] = [];
    const sites = await connectedSites(ctx);
    for (const timer of await ctx.cases.nextTimers(limit, sites)) {
      // One case's trouble must not hide the others.
      const item = await this.dueItem(timer, sites).catch((error: unknown) => ctx.log.error('popup', error));
      if (item) items.push(item);
    }
    return items;
  }

  /** `null`: its case is not there, or its help desk is not connected. */
  private async dueItem(timer: Timer, sites: ReadonlyMap<string, Site>): Promise<DueItem | null> {
    const { ctx } = this;
    const stored = await ctx.cases.load(timer.caseKey);
    const { record } = stored;
    const site = record && sites.get(record.siteId);
    if (!record || !site) return null;
    const { facts } = await seenOf(ctx, timer.caseKey, record.ticketId);
    const template = await templateFor(ctx, site, stored, facts);
    const rule = template.timers.find(({ id }) => id === timer.ruleId);
    return {
      caseKey: caseKeyOf(record.siteId, record.ticketId),
      ticketId: record.ticketId,
      url: ctx.desks.ticketUrl(site, record.ticketId),
      subject: record.subject,
      statusName: positionName(template, record),
      ...faceOf(template, record.statusId),
      text: timerWords(timer, rule, template, record.requester?.name || caseWords.theCustomer),
      dueAt: timer.dueAt,
    };
  }

  private async tells(site: Site): Promise<SiteView['tells']> {
    const template = await this.ctx.templates.newest(site.templateId);
    const { set = {} } = (template && nativeMapping(template, site.siteId, site.adapterId)) ?? {};
    const byDesk = new Set(site.deskTells);
    const statuses = new Set([...Object.values(set).filter((status) => status !== null), ...byDesk]);
    return [...statuses].map((status) => ({ status, byDesk: byDesk.has(status) }));
  }

  private async view(site: Site): Promise<SiteView> {
    const { origin, host } = new URL(site.baseUrl);
    const forbidden = !mayConnect(await this.ctx.policy(), origin);
    const granted = !forbidden && (await this.ctx.permissions.has(origin));
    return {
      siteId: site.siteId,
      name: site.name,
      deskName: this.ctx.desks.deskName(site.adapterId),
      baseUrl: site.baseUrl,
      connectedAt: site.connectedAt,
      templateId: site.templateId,
      granted,
      tells: await this.tells(site),
      takesKey: this.ctx.desks.takesKey(site.adapterId),
      keyOwner: await this.ctx.secrets.ownerOf(site.siteId),
      problem: forbidden ? appWords.siteNotAllowed(host) : granted ? null : appWords.permissionGone,
      ...(forbidden && { forbidden }),
    };
  }
}
