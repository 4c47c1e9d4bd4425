import type { CaseView } from '../contract/views';
import type { CaseKey, Person } from '../domain/case';
import { caseKeyOf } from '../domain/case';
import type { Deed } from '../domain/decide';
import { decide } from '../domain/decide';
import type { DeskApi, NewTicket } from '../domain/desk';
import type { CaseTemplate } from '../domain/template';
import { caseView } from './case-view';
import type {
  AlarmPort,
  CaseStore,
  Clock,
  CommitResult,
  Log,
  Notifier,
  Permissions,
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
  sites: SiteStore;
  settings: SettingsStore;
  seen: SeenTickets;
  alarm: AlarmPort;
  notifier: Notifier;
  tabs: Tabs;
  permissions: Permissions;
  log: Log;
  desks: Desks;
}

/** The help desks behind the adapters, as the use cases see them: the registry without its DOM. */
export interface Desks {
  deskName(adapterId: string): string;
  api(site: Site): DeskApi;
  ticketUrl(site: Site, ticketId: string): string;
  newTicketUrl(site: Site, ticket: NewTicket): string;
  /** Finds out which help desk answers at an address; `null`: none that we know. Throws where nothing answers. */
  detect(address: URL): Promise<{ adapterId: string; baseUrl: string } | null>;
}

/** The template that a case lives by: its own version once tracked, the site's newest before. */
export async function templateFor(ctx: Context, site: Site, stored: StoredCase): Promise<CaseTemplate> {
  const template = stored.record
    ? await ctx.templates.get(stored.record.templateId, stored.record.templateVersion)
    : await ctx.templates.newest(site.templateId);
  if (!template) throw new Error(`Template ${stored.record?.templateId ?? site.templateId} is missing`);
  return template;
}

/** Carries out one command on a case and tells the open tabs. The one way in which a case changes. */
export async function submit(
  ctx: Context,
  site: Site,
  ticketId: string,
  command: { commandId: string; actor: Person | null; deed: Deed },
): Promise<CommitResult> {
  const caseKey = caseKeyOf(site.siteId, ticketId);
  const template = await templateFor(ctx, site, await ctx.cases.load(caseKey));
  const at = ctx.clock.now();
  const timeZone = ctx.clock.timeZone();
  const result = await ctx.cases.commit(caseKey, command.commandId, (stored) =>
    decide({ template, ...stored, siteId: site.siteId, adapterId: site.adapterId, timeZone }, { at, ...command }),
  );
  if (result.status === 'committed') await pushCase(ctx, site, ticketId);
  return result;
}

/** The case as its panel shows it now. */
export async function viewOf(ctx: Context, site: Site, ticketId: string): Promise<CaseView> {
  const caseKey = caseKeyOf(site.siteId, ticketId);
  const [stored, history, seen] = await Promise.all([
    ctx.cases.load(caseKey),
    ctx.cases.history(caseKey),
    seenOf(ctx, caseKey, ticketId),
  ]);
  return caseView({
    site,
    deskName: ctx.desks.deskName(site.adapterId),
    template: await templateFor(ctx, site, stored),
    stored,
    history,
    seen,
    now: ctx.clock.now(),
    timeZone: ctx.clock.timeZone(),
  });
}

/** What a tab last showed of the ticket; empty facts where no tab has, since the browser started. */
export async function seenOf(ctx: Context, caseKey: CaseKey, ticketId: string): Promise<Seen> {
  return (
    (await ctx.seen.get(caseKey)) ?? {
      facts: {
        ticketId,
        subject: '',
        nativeStatus: null,
        requester: null,
        assignee: null,
        queue: null,
        lastMessageId: null,
      },
      agent: null,
      problem: null,
    }
  );
}

export async function pushCase(ctx: Context, site: Site, ticketId: string): Promise<void> {
  await ctx.tabs.push(site.baseUrl, { push: 'case.changed', view: await viewOf(ctx, site, ticketId) });
}
