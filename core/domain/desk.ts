import type { Person, TicketFacts } from './case';

export type DeskFailureCode =
  | 'not-logged-in'
  | 'unreachable'
  | 'rate-limited'
  | 'server-error'
  | 'refused'
  | 'gone'
  | 'nonsense'
  | 'changed';

/** A help desk that did not do what was asked, in words for a person. */
export interface DeskFailure {
  ok: false;
  code: DeskFailureCode;
  message: string;
  /** ms; what the help desk asked us to wait. */
  retryAfterMs?: number;
  /** True: the request may have been carried out all the same. */
  maybeDone?: boolean;
}

export interface TicketReading {
  ok: true;
  facts: TicketFacts;
  /** Whether the help desk itself counts the ticket as closed, whatever it calls that; not given where it does not say. */
  closed?: boolean | undefined;
  /** For a conditional write; opaque. */
  version: string | null;
  /** The newest message that a customer wrote; `null` where there is none. */
  lastCustomerMessage: { id: string; at: number } | null;
  /** The newest out-of-office or other machine's mail from the customer, where the help desk lets us tell; else `null`. */
  lastAutomaticMessage: { id: string; at: number } | null;
}

export interface DeskMessage {
  /** As in `TicketFacts.lastMessageId`. */
  id: string;
  visibility: 'public' | 'internal';
  /** Plain text, without what it quotes where the help desk marks that. */
  text: string;
}

export interface TicketWrite {
  status: string | null;
  message: { body: string; visibility: 'public' | 'internal' } | null;
  expectedVersion: string | null;
}

/** The part of a site adapter that speaks with the help desk, in the agent's own session, from the background. */
export interface DeskApi {
  /** Who is logged in; `null`: nobody. */
  currentUser(): Promise<{ ok: true; user: Person | null } | DeskFailure>;
  readTicket(ticketId: string): Promise<TicketReading | DeskFailure>;
  /** What was said in the ticket last, public and internal, in any order; at least the ten newest. */
  newestMessages(ticketId: string): Promise<{ ok: true; messages: DeskMessage[] } | DeskFailure>;
  /** When somebody who works here last wrote to the customer; `null`: never, or not among what was said last. */
  lastAnswerAt(ticketId: string): Promise<{ ok: true; at: number | null } | DeskFailure>;
  /** One guarded write, read back. Success means that the message is there; `nativeStatus` is what was read back. */
  apply(ticketId: string, write: TicketWrite): Promise<{ ok: true; nativeStatus: string | null } | DeskFailure>;
}

/** A help desk that is made anew for each request: with the key of that moment, or with code that is evaluated only then. */
export function deskOnDemand(make: () => Promise<DeskApi>): DeskApi {
  return {
    currentUser: async () => (await make()).currentUser(),
    readTicket: async (...request) => (await make()).readTicket(...request),
    newestMessages: async (...request) => (await make()).newestMessages(...request),
    lastAnswerAt: async (...request) => (await make()).lastAnswerAt(...request),
    apply: async (...request) => (await make()).apply(...request),
  };
}

/** How a new ticket that follows an old one is prefilled (R16). */
export interface NewTicket {
  subject: string;
  requester: Person | null;
  body: string;
  queue: string | null;
  clonedFrom: string;
}
