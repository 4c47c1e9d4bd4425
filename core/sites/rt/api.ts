import * as z from 'zod/mini';
import type { DeskApi, DeskFailure } from '../../domain/desk';
import { askDesk, parseBody } from '../http';
import type { SiteAdapter } from '../site-adapter';
import { rtPage } from './page';

const Id = z.union([z.string(), z.number()]);
const User = z.object({
  id: Id,
  Name: z.optional(z.string()),
  RealName: z.optional(z.string()),
  EmailAddress: z.optional(z.string()),
});
/** `user/{id}` itself carries no id. */
const UserRecord = z.object({
  Name: z.optional(z.string()),
  RealName: z.optional(z.string()),
  EmailAddress: z.optional(z.string()),
});
const Ticket = z.object({
  id: Id,
  Subject: z.nullable(z.string()),
  Status: z.string(),
  Requestor: z.array(User),
  Owner: z.optional(User),
  Queue: z.object({ id: Id, Name: z.optional(z.string()) }),
});
const Transactions = z.object({
  items: z.array(z.object({ id: Id, Created: z.string(), Creator: z.object({ id: Id }) })),
});
const Attachments = z.object({ items: z.array(z.object({ Content: z.optional(z.nullable(z.string())) })) });

/** RT's REST2 with the session cookie alone; it asks for no CSRF token and honours `If-Match` (412). */
function rtApi(baseUrl: string, fetch: typeof globalThis.fetch): DeskApi {
  const rest = `${baseUrl}/REST/2.0`;
  const ask: (path: string, init?: Parameters<typeof askDesk>[3]) => ReturnType<typeof askDesk> = (path, init) =>
    askDesk(fetch, 'RT', `${rest}/${path}`, init);

  const person = (user: z.infer<typeof User> | undefined) => {
    const login = String(user?.id ?? '');
    return user && login && login !== 'Nobody' ? { login, name: user.RealName || user.Name || login } : null;
  };

  /** A ticket names its requestors by login only; the page knows them by address and name, so this side says the same. */
  async function requesterOf(user: z.infer<typeof User> | undefined) {
    if (!user) return null;
    const answer = await ask(`user/${encodeURIComponent(String(user.id))}`);
    const full = answer.ok ? parseBody(UserRecord, answer, 'RT') : answer;
    if (!full.ok) return person(user);
    const login = full.value.EmailAddress || String(user.id);
    return { login, name: full.value.RealName || full.value.Name || login };
  }

  async function newestPublicMessages(ticketId: string) {
    const query = encodeURIComponent(`ObjectType='RT::Ticket' AND ObjectId=${ticketId} AND Type='Correspond'`);
    const answer = await ask(`transactions?query=${query}&fields=Creator,Created&orderby=id&order=DESC&per_page=100`);
    return answer.ok ? parseBody(Transactions, answer, 'RT') : answer;
  }

  async function readStatus(ticketId: string): Promise<{ ok: true; status: string } | DeskFailure> {
    const answer = await ask(`ticket/${ticketId}`);
    if (!answer.ok) return answer;
    const ticket = parseBody(Ticket, answer, 'RT');
    return ticket.ok ? { ok: true, status: ticket.value.Status } : ticket;
  }

  return {
    async currentUser() {
      // REST2 has no "who am I"; this small page states it as every page does. Logged out it redirects to the login form.
      try {
        const response = await fetch(`${baseUrl}/Search/Simple.html`, {
          credentials: 'include',
          cache: 'no-store',
          signal: AbortSignal.timeout(20_000),
        });
        const html = await response.text();
        if (response.status >= 500)
          return { ok: false, code: 'server-error', message: `RT has a problem (${response.status}).` };
        const json = html.match(/RT\.CurrentUser\s*=\s*(\{.*\});\s*$/m)?.[1];
        const user =
          json === undefined
            ? null
            : z.object({ Name: z.string(), RealName: z.optional(z.string()) }).safeParse(JSON.parse(json));
        if (!user?.success || response.url.includes('/NoAuth/')) return { ok: true, user: null };
        return { ok: true, user: { login: user.data.Name, name: user.data.RealName || user.data.Name } };
      } catch {
        return { ok: false, code: 'unreachable', message: 'RT could not be reached.' };
      }
    },

    async readTicket(ticketId) {
      const answer = await ask(`ticket/${ticketId}`);
      if (!answer.ok) return answer;
      const ticket = parseBody(Ticket, answer, 'RT');
      if (!ticket.ok) return ticket;
      if (String(ticket.value.id) !== ticketId)
        // A merged ticket answers with the one that it went into.
        return { ok: false, code: 'gone', message: `RT has merged this ticket into #${ticket.value.id}.` };
      const messages = await newestPublicMessages(ticketId);
      if (!messages.ok) return messages;
      const customers = new Set(ticket.value.Requestor.map((user) => String(user.id)));
      const last = messages.value.items.find((item) => customers.has(String(item.Creator.id)));
      const etag = answer.headers.get('etag');
      return {
        ok: true,
        facts: {
          ticketId,
          subject: (ticket.value.Subject ?? '').slice(0, 500),
          nativeStatus: ticket.value.Status,
          requester: await requesterOf(ticket.value.Requestor[0]),
          assignee: person(ticket.value.Owner),
          queue: ticket.value.Queue.Name ?? String(ticket.value.Queue.id),
          type: null,
          // The ETag is the newest transaction's id.
          lastMessageId:
            etag?.match(/\d+/)?.[0] ?? (messages.value.items[0] ? String(messages.value.items[0].id) : '0'),
        },
        version: etag,
        lastCustomerMessage: last ? { id: String(last.id), at: Date.parse(last.Created) } : null,
        lastAutomaticMessage: null,
      };
    },

    async hasMessageWith(ticketId, text) {
      const messages = await newestPublicMessages(ticketId);
      if (!messages.ok) return messages;
      if (messages.value.items.length === 0) return { ok: true, found: false };
      const answer = await ask('attachments?fields=Content&per_page=100', {
        method: 'POST',
        json: messages.value.items
          // What may have been sent twice was sent a moment ago; a page holds the parts of this many mails.
          .slice(0, 10)
          .map((item) => ({ field: 'TransactionId', operator: '=', value: Number(item.id), entry_aggregator: 'OR' })),
      });
      if (!answer.ok) return answer;
      const contents = parseBody(Attachments, answer, 'RT');
      return contents.ok
        ? { ok: true, found: contents.value.items.some((item) => item.Content?.includes(text)) }
        : contents;
    },

    async apply(ticketId, { status, message, expectedVersion }) {
      const guard: Record<string, string> = expectedVersion === null ? {} : { 'If-Match': expectedVersion };
      if (message) {
        // RT answers 412 to every conditional message, whatever the tag; an empty conditional update says whether the
        // ticket is still as it was read, and changes nothing.
        const unchanged =
          expectedVersion === null
            ? null
            : await ask(`ticket/${ticketId}`, { method: 'PUT', headers: guard, json: {} });
        if (unchanged && !unchanged.ok) return { ...unchanged, maybeDone: false };
        const kind = message.visibility === 'public' ? 'correspond' : 'comment';
        const posted = await ask(`ticket/${ticketId}/${kind}`, {
          method: 'POST',
          // A public reply opens a resolved ticket by itself: the wanted status goes along.
          json: { Content: message.body, ContentType: 'text/plain', ...(status === null ? {} : { Status: status }) },
        });
        if (!posted.ok) return posted;
      } else if (status !== null) {
        const put = await ask(`ticket/${ticketId}`, { method: 'PUT', headers: guard, json: { Status: status } });
        if (!put.ok) return put;
      }
      // RT answers 200 to a status that it did not take.
      const after = await readStatus(ticketId);
      if (!after.ok) return status === null ? { ok: true, nativeStatus: null } : { ...after, maybeDone: true };
      if (status !== null && after.status !== status) {
        const again = await ask(`ticket/${ticketId}`, { method: 'PUT', json: { Status: status } });
        const final = again.ok ? await readStatus(ticketId) : again;
        if (!final.ok) return { ...final, maybeDone: true };
        // The message is out and cannot be taken back: what is left is a native status that differs.
        if (final.status !== status && message) return { ok: true, nativeStatus: final.status };
        if (final.status !== status)
          return {
            ok: false,
            code: 'refused',
            message: `RT did not take the status "${status}"; it is "${final.status}".`,
          };
      }
      return { ok: true, nativeStatus: status ?? after.status };
    },
  };
}

/** Request Tracker 5. Facts: its REST2 documentation and a measured installation (docs/help-desks/rt.md). */
export const rt: SiteAdapter = {
  page: rtPage,

  detect(html, url) {
    const config = html.match(/RT\.Config\s*=\s*(\{.*?\});/)?.[1];
    if (config === undefined && !/<body[^>]*\bid="comp-/.test(html)) return null;
    const webPath = config?.match(/"WebPath"\s*:\s*"([^"]*)"/)?.[1]?.replaceAll('\\/', '/');
    if (webPath !== undefined && /^(\/[\w.~-]+)*$/.test(webPath)) return url.origin + webPath;
    const path = url.pathname
      .replace(/\/(Ticket|Search|NoAuth|SelfService|Dashboards|Prefs|Admin)\/.*$/, '')
      .replace(/\/(index\.html)?$/, '');
    return url.origin + path;
  },

  ticketUrl: (baseUrl, ticketId) => `${baseUrl}/Ticket/Display.html?id=${encodeURIComponent(ticketId)}`,

  newTicketUrl(baseUrl, ticket) {
    const query = new URLSearchParams({
      Subject: ticket.subject,
      Content: ticket.body,
      'new-RefersTo': ticket.clonedFrom,
    });
    if (ticket.queue) query.set('Queue', ticket.queue);
    if (ticket.requester?.login) query.set('Requestors', ticket.requester.login);
    return `${baseUrl}/Ticket/Create.html?${query}`;
  },

  api: rtApi,
};
