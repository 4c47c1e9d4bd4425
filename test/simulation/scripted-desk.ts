import type { DeskApi, DeskFailure, DeskFailureCode, TicketReading } from '../../core/domain/desk';
import type { Random } from './random';

export interface DeskMessage {
  id: number;
  by: 'agent' | 'customer' | 'machine';
  /** Who was logged in when it was written; the customer's own are theirs. */
  login: string;
  body: string;
  visibility: 'public' | 'internal';
  at: number;
}

export interface Ticket {
  ticketId: string;
  status: string;
  version: number;
  messages: DeskMessage[];
  fate: 'there' | 'deleted' | 'merged';
}

/** How the help desk behaves for a while. */
export type Weather = 'fine' | 'flaky' | 'down' | 'limited' | 'nonsense' | 'stubborn';

const FAILURES: Record<Exclude<Weather, 'fine' | 'flaky' | 'stubborn'>, DeskFailure> = {
  down: { ok: false, code: 'server-error', message: 'The desk has a problem (503).' },
  limited: { ok: false, code: 'rate-limited', message: 'The desk asks to wait.', retryAfterMs: 120_000 },
  nonsense: { ok: false, code: 'nonsense', message: 'The desk answered with something else.' },
};

/** A help desk with tickets, customers who write, colleagues who change things, and all that can go wrong on the way. */
export class ScriptedDesk {
  readonly tickets = new Map<string, Ticket>();
  user: { login: string; name: string } | null = { login: 'erin', name: 'Erin' };
  weather: Weather = 'fine';
  /** What went wrong on purpose, how often. */
  readonly injected = new Map<string, number>();

  constructor(
    private readonly random: Random,
    /** True time; the browser's clock may be wrong. */
    private readonly now: () => number,
  ) {}

  ticket(ticketId: string): Ticket {
    const known = this.tickets.get(ticketId);
    if (known) return known;
    const made: Ticket = { ticketId, status: 'open', version: 1, messages: [], fate: 'there' };
    this.tickets.set(ticketId, made);
    this.say(made, 'customer', 'It does not work.');
    return made;
  }

  say(ticket: Ticket, by: DeskMessage['by'], body: string, visibility: 'public' | 'internal' = 'public'): void {
    ticket.messages.push({
      id: ticket.messages.length + 1,
      by,
      login: by === 'agent' ? (this.user?.login ?? '') : 'alice',
      body,
      visibility,
      at: this.now(),
    });
    ticket.version += 1;
  }

  count(what: string): void {
    this.injected.set(what, (this.injected.get(what) ?? 0) + 1);
  }

  private trouble(): DeskFailure | null {
    const { weather, random } = this;
    if (weather === 'fine' || weather === 'stubborn') return null;
    if (weather !== 'flaky') {
      this.count(`desk ${weather}`);
      return FAILURES[weather];
    }
    if (random.chance(0.6)) return null;
    const code = random.pick<DeskFailureCode>(['unreachable', 'server-error', 'nonsense', 'rate-limited']);
    this.count(`desk ${code}`);
    return { ok: false, code, message: `The desk fails (${code}).` };
  }

  /** The ticket, or why it cannot be had. */
  private reach(ticketId: string): { ok: true; ticket: Ticket } | DeskFailure {
    const failure = this.trouble();
    if (failure) return failure;
    if (!this.user) return { ok: false, code: 'not-logged-in', message: 'Log in.' };
    const ticket = this.ticket(ticketId);
    if (ticket.fate !== 'there') return { ok: false, code: 'gone', message: `The ticket was ${ticket.fate}.` };
    return { ok: true, ticket };
  }

  private reading(ticket: Ticket): TicketReading {
    const newest = (by: DeskMessage['by']) => {
      const last = ticket.messages.findLast((message) => message.by === by);
      return last ? { id: String(last.id), at: last.at } : null;
    };
    return {
      ok: true,
      version: String(ticket.version),
      lastCustomerMessage: newest('customer'),
      lastAutomaticMessage: newest('machine'),
      facts: {
        ticketId: ticket.ticketId,
        subject: `Subject ${ticket.ticketId}`,
        nativeStatus: ticket.status,
        requester: { login: 'alice', name: 'Alice' },
        assignee: null,
        queue: 'Support',
        type: null,
        lastMessageId: String(ticket.messages.length),
      },
    };
  }

  api(): DeskApi {
    return {
      currentUser: async () => this.trouble() ?? { ok: true, user: this.user },
      readTicket: async (ticketId) => {
        const reached = this.reach(ticketId);
        return reached.ok ? this.reading(reached.ticket) : reached;
      },
      newestMessages: async (ticketId) => {
        const reached = this.reach(ticketId);
        if (!reached.ok) return reached;
        const newest = reached.ticket.messages.slice(-10);
        return {
          ok: true,
          messages: newest.map(({ id, visibility, body }) => ({ id: String(id), visibility, text: body })),
        };
      },
      lastAnswerAt: async (ticketId) => {
        const reached = this.reach(ticketId);
        if (!reached.ok) return reached;
        const { messages } = reached.ticket;
        const answer = messages.findLast(({ by, visibility }) => by === 'agent' && visibility === 'public');
        return { ok: true, at: answer?.at ?? null };
      },
      apply: async (ticketId, { status, message, expectedVersion }) => {
        const reached = this.reach(ticketId);
        if (!reached.ok) return reached;
        const { ticket } = reached;
        if (expectedVersion !== null && expectedVersion !== String(ticket.version))
          return { ok: false, code: 'changed', message: 'Changed meanwhile.' };
        if (message && this.weather === 'stubborn' && this.random.chance(0.3)) {
          this.count('desk refuses a message');
          return { ok: false, code: 'refused', message: 'The desk did not take the message.' };
        }
        if (message) this.say(ticket, 'agent', message.body, message.visibility);
        if (status !== null && this.weather === 'stubborn') {
          this.count('desk ignores a status');
          if (!message) return { ok: false, code: 'refused', message: 'The desk did not take the status.' };
          return { ok: true, nativeStatus: ticket.status };
        }
        if (status !== null) ticket.status = status;
        ticket.version += 1;
        if (this.weather === 'flaky' && this.random.chance(0.3)) {
          this.count('answer lost');
          // Done, and then a page for maintenance instead of an answer.
          const code = this.random.chance(0.3) ? 'nonsense' : 'unreachable';
          return { ok: false, code, message: 'No answer that says so.', maybeDone: true };
        }
        return { ok: true, nativeStatus: ticket.status };
      },
    };
  }
}
