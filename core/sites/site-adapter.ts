import type { Person, TicketFacts } from '../domain/case';
import type { DeskApi, NewTicket } from '../domain/desk';

/** What the page's side of a site adapter read from the DOM. */
export interface PageReading {
  facts: TicketFacts;
  /** Who is logged in, where the page says so. */
  agent: Person | null;
  /** Names of fields that were not found where they should be; the panel says so rather than guess. */
  missing: string[];
}

/** One ticket in a list that a page shows. */
export interface TicketRow {
  ticketId: string;
  /** As the row shows it; `null` where it does not. */
  nativeStatus: string | null;
  /** The status chip stands right after it. */
  subject: Element;
}

/** The part of a site adapter that runs in the page. Small: every granted page loads it. No schema library here. */
export interface PageAdapter {
  id: string;
  /** The help desk's short name: "RT". */
  deskName: string;
  /** The ticket that this address is of, or `null`. */
  ticketIdOf(url: URL): string | null;
  /** The path of the shown ticket's own page, where the page shows it under another address; else `null`. */
  ownPath?(document: Document, url: URL): string | null;
  /** Reads the ticket that is shown; `null` while the page shows none (not there yet, refused, another page). */
  read(document: Document, ticketId: string): PageReading | null;
  /** The help desk's own shortcuts, as ours are written; access keys are read from each page. */
  shortcuts: readonly string[];
  /** Whether this address is of a page that lists tickets. */
  listsTickets(url: URL): boolean;
  /** The tickets of such a page, in its order; none where the page is not what it should be. */
  rows(document: Document): TicketRow[];
}

/** A kind of help desk: one folder, listed in the registry. */
export interface SiteAdapter {
  page: PageAdapter;
  /** The base address (origin and path prefix, no slash at the end) if this HTML is a page of such a desk, else `null`. */
  detect(html: string, url: URL): Promise<string | null>;
  ticketUrl(baseUrl: string, ticketId: string): string;
  newTicketUrl(baseUrl: string, ticket: NewTicket): string;
  /** Whether `api` takes a key. */
  takesKey: boolean;
  /** `key`: the agent's own API key, for help desks that take one; without it the login cookie speaks for them. */
  api(baseUrl: string, fetch: typeof globalThis.fetch, key?: string | null): DeskApi;
}
