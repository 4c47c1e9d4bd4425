import type { Answer } from '../contract/messages';
import { PageReading } from '../contract/page-reading';
import type { ConnectionField, ConnectionFieldId, ConnectionView } from '../contract/views';
import type { Person } from '../domain/case';
import type { DeskApi, TicketReading } from '../domain/desk';
import { appWords } from '../words/app';
import { connectionWords } from '../words/connection';
import type { Context } from './context';
import type { OpenPages, Site } from './ports';
import { siteOfUrl } from './sites';

/** What an adapter's name for a missing field means here; each help desk has its own words. */
const MISSING: Record<string, ConnectionFieldId> = {
  subject: 'subject',
  status: 'status',
  requester: 'requester',
  requestors: 'requester',
  author: 'requester',
  project: 'queue',
};

/** Tests whether a site's tickets can be read, on their pages and by the help desk itself. Only reads. */
export class Connection {
  constructor(
    private readonly ctx: Context,
    private readonly pages: OpenPages,
    private readonly ticketIdOf: (adapterId: string, url: URL) => string | null,
  ) {}

  /** Takes the ticket of the tab that was looked at last. Refuses where the site may not be reached at all. */
  async test(siteId: string): Promise<Answer<ConnectionView>> {
    const { ctx } = this;
    const site = await ctx.sites.get(siteId);
    if (!site) return { ok: false, code: 'unknown-site', message: appWords.siteGone };
    if (!(await ctx.permissions.has(new URL(site.baseUrl).origin)))
      return { ok: false, code: 'not-granted', message: appWords.permissionGone };
    const deskName = ctx.desks.deskName(site.adapterId);
    const shown = await this.shownTicket(site);
    if (!shown) return { ok: true, value: { deskName, ticket: null, fields: [], desk: [], problems: [] } };
    const api = ctx.desks.api(site);
    const [page, session, ticket] = await Promise.all([
      this.read(shown),
      api.currentUser(),
      api.readTicket(shown.ticketId),
    ]);
    const fields = fieldsOf(page, ticket.ok ? ticket : null);
    return {
      ok: true,
      value: {
        deskName,
        ticket: { ticketId: shown.ticketId, url: ctx.desks.ticketUrl(site, shown.ticketId) },
        fields,
        ...verdict(deskName, page, session, ticket, fields),
      },
    };
  }

  private async shownTicket(site: Site): Promise<{ tabId: number; ticketId: string } | null> {
    const sites = await this.ctx.sites.all();
    for (const { tabId, url } of await this.pages.under(site.baseUrl)) {
      if (siteOfUrl(sites, url)?.siteId !== site.siteId) continue;
      const ticketId = this.ticketIdOf(site.adapterId, new URL(url));
      if (ticketId !== null) return { tabId, ticketId };
    }
    return null;
  }

  /** `null`: the page shows no ticket that we know, another one by now, or the browser's own page for an error. */
  private async read(shown: { tabId: number; ticketId: string }): Promise<PageReading> {
    const answer = await this.pages.read(shown.tabId).catch((error: unknown) => {
      this.ctx.log.error('read page', error);
      return null;
    });
    const reading = PageReading.safeParse(answer);
    return reading.success && reading.data?.facts.ticketId === shown.ticketId ? reading.data : null;
  }
}

function personWords(person: Person | null | undefined): string | null {
  if (!person) return null;
  const { name, login } = person;
  return name && login && name !== login ? `${name} (${login})` : name || login || null;
}

function fieldsOf(page: PageReading, desk: TicketReading | null): ConnectionField[] {
  const told = (facts: TicketReading['facts'] | undefined): [ConnectionFieldId, string | null][] => [
    ['number', facts?.ticketId ?? null],
    ['subject', facts?.subject || null],
    ['status', facts?.nativeStatus ?? null],
    ['requester', personWords(facts?.requester)],
    ['assignee', personWords(facts?.assignee)],
    ['queue', facts?.queue ?? null],
    ['type', facts?.type ?? null],
    // A page without any message says 0.
    ['message', facts?.lastMessageId || null],
  ];
  const missing = new Set(page?.missing.map((name) => MISSING[name]));
  const byDesk = new Map(told(desk?.facts));
  const fields = told(page?.facts).map(([id, onPage]): ConnectionField => {
    const own = byDesk.get(id) ?? null;
    const absent = !page || missing.has(id) || own !== null;
    const state = onPage !== null ? 'found' : !absent ? 'none' : page && id === 'message' ? 'elsewhere' : 'missing';
    return { id, page: onPage, desk: own, state };
  });
  const agent = personWords(page?.agent);
  return [...fields, { id: 'agent', page: agent, desk: null, state: agent === null ? 'missing' : 'found' }];
}

type Session = Awaited<ReturnType<DeskApi['currentUser']>>;
type Ticket = Awaited<ReturnType<DeskApi['readTicket']>>;

/** What the help desk itself answers, and all that is wrong, with what it means. */
function verdict(
  desk: string,
  page: PageReading,
  session: Session,
  ticket: Ticket,
  fields: ConnectionField[],
): Pick<ConnectionView, 'desk' | 'problems'> {
  const words = connectionWords;
  const user = session.ok ? session.user : null;
  const checks: ConnectionView['desk'] = [];
  const problems: string[] = [];
  const agent = fields.find(({ id }) => id === 'agent');
  if (agent && user) agent.desk = personWords(user);

  if (user) checks.push({ ok: true, text: words.loggedInAs(personWords(user) ?? '') });
  else {
    const why = session.ok ? words.nobody(desk) : session.message;
    checks.push({ ok: false, text: why });
    problems.push(words.means(why, session.ok ? words.withoutLogin(desk) : words.withoutAnswer(desk)));
  }
  checks.push({ ok: ticket.ok, text: ticket.ok ? words.readable : ticket.message });
  // One reason is enough: who is not logged in cannot read.
  if (!ticket.ok && user) problems.push(words.means(ticket.message, words.withoutReading));
  const [onPage, own] = [page?.facts.nativeStatus ?? null, ticket.ok ? ticket.facts.nativeStatus : null];
  if (onPage !== null && own !== null) {
    const agrees = onPage.toLowerCase() === own.toLowerCase();
    const text = agrees ? words.statusAgrees(own) : words.statusDiffers(onPage, desk, own);
    checks.push({ ok: agrees, text });
    if (!agrees) problems.push(words.means(text, words.withOtherStatus(desk)));
  }
  if (user && page?.agent?.login && user.login && page.agent.login.toLowerCase() !== user.login.toLowerCase())
    problems.push(words.otherPerson(personWords(page.agent) ?? '', desk, personWords(user) ?? ''));

  if (!page) problems.push(words.means(words.unknownPage, words.without.number(desk)));
  else
    for (const { id, state } of fields)
      if (state === 'missing') problems.push(words.means(words.notOnPage(words.fields[id]), words.without[id](desk)));
  return { desk: checks, problems };
}
