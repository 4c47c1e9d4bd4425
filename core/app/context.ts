import type { Policy } from '../contract/policy';
import type { CaseView } from '../contract/views';
import { plainCalendar } from '../domain/calendar';
import type { CaseKey, TicketFacts } from '../domain/case';
import { caseKeyOf, noFacts } from '../domain/case';
import type { Command, Situation } from '../domain/decide';
import { decide } from '../domain/decide';
import type { DeskApi, NewTicket } from '../domain/desk';
import { type CaseTemplate, hasPosition, templateForTicket } from '../domain/template';
import { caseView } from './case-view';
import type {
  AlarmPort,
  Badge,
  CalendarStore,
  CaseStore,
  Clock,
  CommitResult,
  DateTables,
  DeskWaits,
  DraftStore,
  Log,
  Notifier,
  Permissions,
  SecretStore,
  Seen,
  SeenTickets,
  SettingsStore,
  Site,
  SiteStore,
  StoredCase,
  Tabs,
  TemplateStore,
} from './ports';

/** The background's parts, composed once in the entrypoint. */
export interface Context {
  clock: Clock;
  newId(): string;
  cases: CaseStore;
  templates: TemplateStore;
  drafts: DraftStore;
  calendars: CalendarStore;
  sites: SiteStore;
  settings: SettingsStore;
  secrets: SecretStore;
  seen: SeenTickets;
  waits: DeskWaits;
  dates: DateTables;
  alarm: AlarmPort;
  notifier: Notifier;
  badge: Badge;
  tabs: Tabs;
  permissions: Permissions;
  log: Log;
  /** What the organisation provides, as it is now. */
  policy(patient?: boolean): Promise<Policy>;
  desks: Desks;
  /** The language that the browser itself speaks, as a tag. */
  browserLanguage: string;
  /** See `Situation.alwaysHolds`. */
  alwaysHolds: boolean;
}

/** The help desks behind the adapters, as the use cases see them: the registry without its DOM. */
export interface Desks {
  /** As people call that kind of help desk; what is no kind that we know, as it is. */
  deskName(adapterId: string): string;
  /** @param key to be tried instead of the one that is kept */
  api(site: Site, key?: string): DeskApi;
  /** Whether this kind of help desk takes a key of the agent's. */
  takesKey(adapterId: string): boolean;
  /** The shortcuts that the help desk uses itself. */
  shortcuts(adapterId: string): readonly string[];
  ticketUrl(site: Site, ticketId: string): string;
  newTicketUrl(site: Site, ticket: NewTicket): string;
  /** Finds out which help desk answers at an address; `null`: none that we know. Throws where nothing answers. */
  detect(address: URL): Promise<{ adapterId: string; baseUrl: string } | null>;
}

/**
 * The template that a case lives by: tracked, the newest version of its own that still has its place, be it archived;
 * before, the first that is offered for such tickets, or the site's default.
 */
export async function templateFor(
  ctx: Context,
  site: Site,
  stored: StoredCase,
  facts: TicketFacts,
): Promise<CaseTemplate> {
  const { record } = stored;
  if (record) {
    const newest = await ctx.templates.newest(record.templateId);
    if (newest && hasPosition(newest, record)) return newest;
    const own = await ctx.templates.get(record.templateId, record.templateVersion);
    if (own) return own;
    throw new Error(`Template ${record.templateId} ${record.templateVersion} is missing`);
  }
  const { siteId, adapterId } = site;
  const { queue, type } = facts;
  const own = templateForTicket(await ctx.templates.offered(), { siteId, adapterId, queue, type });
  const template = own ?? (await ctx.templates.newest(site.templateId));
  if (!template) throw new Error(`Template ${site.templateId} is missing`);
  return template;
}

/** What a decision about this case rests on, but for what the store loads together with it. */
export async function groundsFor(
  ctx: Context,
  site: Site,
  stored: StoredCase,
  facts: TicketFacts,
  otherTemplateId: string | null = null,
): Promise<Omit<Situation, keyof StoredCase>> {
  const template = await templateFor(ctx, site, stored, facts);
  const timeZone = ctx.clock.timeZone();
  const calendar = template.calendarId === null ? undefined : await ctx.calendars.get(template.calendarId);
  const other = otherTemplateId ?? stored.record?.undo?.templateId;
  return {
    template,
    otherTemplate: other === undefined ? null : ((await ctx.templates.newest(other)) ?? null),
    calendar: calendar ?? plainCalendar(timeZone),
    siteId: site.siteId,
    adapterId: site.adapterId,
    timeZone,
    deskTells: site.deskTells ?? [],
    alwaysHolds: ctx.alwaysHolds,
  };
}

/** The connected sites, by id. */
export async function connectedSites(ctx: Context): Promise<Map<string, Site>> {
  return new Map((await ctx.sites.all()).map((site) => [site.siteId, site]));
}

/** Carries out one command on a case and tells the open tabs. */
export async function submit(ctx: Context, site: Site, ticketId: string, command: Submitted): Promise<CommitResult> {
  const result = await commit(ctx, site, ticketId, command);
  if (result.status === 'committed') await pushCase(ctx, site, ticketId);
  return result;
}

type Submitted = Omit<Command, 'at'>;

/** Carries out one command on a case, and leaves it to the caller to tell the tabs. The one way in which a case changes. */
export async function commit(ctx: Context, site: Site, ticketId: string, command: Submitted): Promise<CommitResult> {
  const caseKey = caseKeyOf(site.siteId, ticketId);
  const { deed } = command;
  const { facts } = await seenOf(ctx, caseKey, ticketId);
  const moveTo = deed.type === 'move' ? deed.templateId : null;
  const grounds = await groundsFor(ctx, site, await ctx.cases.load(caseKey), facts, moveTo);
  const at = ctx.clock.now();
  return ctx.cases.commit(caseKey, command.commandId, (stored) =>
    decide({ ...grounds, ...stored }, { at, ...command }),
  );
}

/** How much of a case's history its view brings along; older entries are asked for. */
const HISTORY_SHOWN = 50;

/** The case as its panel shows it now. */
export async function viewOf(ctx: Context, site: Site, ticketId: string): Promise<CaseView> {
  const caseKey = caseKeyOf(site.siteId, ticketId);
  const [stored, history, seen] = await Promise.all([
    ctx.cases.load(caseKey),
    ctx.cases.history(caseKey, { before: Number.MAX_SAFE_INTEGER, limit: HISTORY_SHOWN }),
    seenOf(ctx, caseKey, ticketId),
  ]);
  const template = await templateFor(ctx, site, stored, seen.facts);
  const recent = await ctx.settings.recent(template.id);
  return caseView({
    site,
    deskName: ctx.desks.deskName(site.adapterId),
    template,
    stored,
    history,
    recent,
    seen,
    now: ctx.clock.now(),
    timeZone: ctx.clock.timeZone(),
  });
}

/** What a tab last showed of the ticket; empty facts where no tab has, since the browser started. */
export async function seenOf(ctx: Context, caseKey: CaseKey, ticketId: string): Promise<Seen> {
  return (await ctx.seen.get(caseKey)) ?? emptySeen(ticketId);
}

/** Of a ticket that no tab has shown. */
export function emptySeen(ticketId: string): Seen {
  return { facts: noFacts(ticketId), agent: null, problem: null };
}

/** Has every open page ask anew for what it shows; whoever changed it does not wait for that. */
export function lookAgain(ctx: Context): void {
  ctx.tabs.lookAgain().catch((error: unknown) => ctx.log.error('push', error));
}

export async function pushCase(ctx: Context, site: Site, ticketId: string): Promise<void> {
  await pushView(ctx, site, () => viewOf(ctx, site, ticketId));
}

export async function pushView(ctx: Context, site: Site, view: () => Promise<CaseView>): Promise<void> {
  await ctx.tabs.push(site.baseUrl, async () => ({ push: 'case.changed', view: await view() }));
}
