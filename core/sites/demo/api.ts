import * as z from 'zod/mini';
import type { DeskApi } from '../../domain/desk';
import { lazily } from '../../domain/lazily';
import { deskWords } from '../../words/desk';
import { askDesk, parseBody } from '../http';
import type { SiteAdapter } from '../site-adapter';
import { demoPage } from './page';

const Session = lazily(() => z.object({ user: z.object({ login: z.string(), name: z.string() }) }));
const Ticket = lazily(() =>
  z.object({
    id: z.number(),
    subject: z.string(),
    status: z.string(),
    queue: z.string(),
    requester: z.object({ name: z.string(), email: z.string() }),
    assignee: z.nullable(z.object({ login: z.string(), name: z.string() })),
    messages: z.array(
      z.object({
        id: z.number(),
        author: z.object({ role: z.enum(['agent', 'customer']) }),
        visibility: z.enum(['public', 'internal']),
        body: z.string(),
        createdAt: z.string(),
        automatic: z.boolean(),
      }),
    ),
  }),
);

function demoApi(baseUrl: string, fetch: typeof globalThis.fetch): DeskApi {
  const desk = demoPage.deskName;
  const ticketAt = async (ticketId: string) => {
    const answer = await askDesk(fetch, desk, `${baseUrl}/api/tickets/${ticketId}`);
    if (!answer.ok) return answer;
    const ticket = parseBody(Ticket, answer, desk);
    return ticket.ok ? { ...ticket, etag: answer.headers.get('etag') } : ticket;
  };

  return {
    async currentUser() {
      const answer = await askDesk(fetch, desk, `${baseUrl}/api/session`);
      if (!answer.ok) return answer.code === 'not-logged-in' ? { ok: true, user: null } : answer;
      const session = parseBody(Session, answer, desk);
      return session.ok ? { ok: true, user: session.value.user } : session;
    },

    async readTicket(ticketId) {
      const ticket = await ticketAt(ticketId);
      if (!ticket.ok) return ticket;
      const { value } = ticket;
      const newest = (automatic: boolean) => {
        const last = value.messages
          .filter((message) => message.author.role === 'customer' && message.automatic === automatic)
          .at(-1);
        return last ? { id: String(last.id), at: Date.parse(last.createdAt) } : null;
      };
      return {
        ok: true,
        facts: {
          ticketId,
          subject: value.subject,
          nativeStatus: value.status,
          requester: { login: value.requester.email, name: value.requester.name },
          assignee: value.assignee,
          queue: value.queue,
          type: null,
          lastMessageId: String(Math.max(0, ...value.messages.map((message) => message.id))),
        },
        closed: value.status === 'solved' || value.status === 'closed',
        version: ticket.etag,
        lastCustomerMessage: newest(false),
        lastAutomaticMessage: newest(true),
      };
    },

    async newestMessages(ticketId) {
      const ticket = await ticketAt(ticketId);
      if (!ticket.ok) return ticket;
      const messages = ticket.value.messages.map(({ id, visibility, body }) => ({
        id: String(id),
        visibility,
        text: body,
      }));
      return { ok: true, messages };
    },

    async lastAnswerAt(ticketId) {
      const ticket = await ticketAt(ticketId);
      if (!ticket.ok) return ticket;
      // The first is the request, whoever typed it in.
      const last = ticket.value.messages
        .slice(1)
        .filter(({ author, visibility }) => author.role === 'agent' && visibility === 'public')
        .at(-1);
      return { ok: true, at: last ? Date.parse(last.createdAt) : null };
    },

    async apply(ticketId, { status, message, expectedVersion }) {
      const answer = await askDesk(fetch, desk, `${baseUrl}/api/tickets/${ticketId}/actions`, {
        method: 'POST',
        headers: { 'X-Harbour-Request': '1', ...(expectedVersion === null ? {} : { 'If-Match': expectedVersion }) },
        json: { ...(status === null ? {} : { status }), ...(message === null ? {} : { message }) },
      });
      if (!answer.ok) return answer;
      const after = await ticketAt(ticketId);
      if (!after.ok) return { ...after, maybeDone: true };
      if (status !== null && after.value.status !== status)
        return {
          ok: false,
          code: 'refused',
          message: deskWords.statusNotTaken(desk, status, after.value.status),
        };
      return { ok: true, nativeStatus: after.value.status };
    },
  };
}

/** Harbour Desk under `demo/`. */
export const demo: SiteAdapter = {
  page: demoPage,
  detect: async (html, url) =>
    /<meta\s+name="application-name"\s+content="Harbour Desk"/.test(html) ? url.origin : null,
  ticketUrl: (baseUrl, ticketId) => `${baseUrl}/tickets/${encodeURIComponent(ticketId)}`,
  newTicketUrl(baseUrl, ticket) {
    const query = new URLSearchParams({ subject: ticket.subject, body: ticket.body, related: ticket.clonedFrom });
    if (ticket.requester?.login) query.set('requester', ticket.requester.login);
    return `${baseUrl}/tickets/new?${query}`;
  },
  takesKey: false,
  api: demoApi,
};
