import type { Page } from 'playwright-core';

/** A message on a ticket, as the help desk itself tells it. */
export interface DeskMessage {
  /** Plain text. */
  text: string;
  visibility: 'public' | 'internal';
  /** Who wrote it, from the help desk's point of view. */
  from: 'customer' | 'agent';
}

/** What a help desk calls the states that the tests care about. */
export interface NativeNames {
  /** Somebody works on it. */
  open: string;
  /** It waits for the customer. */
  waiting: string;
  /** Done, and may come back. */
  solved: string;
}

/** The customer on every ticket that a test makes. */
export const customer = { name: 'Alice Customer', email: 'alice@customer.test' };

/**
 * A real help desk that a test works on. Everything but `login` goes around the browser and the extension, so that a
 * test sees what the help desk holds, not what the panel says about it. Failures are thrown, with the answer's text.
 */
export interface Desk {
  name: 'demo' | 'rt' | 'redmine';
  /** Address of the help desk, as a person would type it on the options page. */
  url: string;
  native: NativeNames;
  /** Pages of the desk that show no ticket. */
  otherPages: string[];
  /** Where its tickets are listed, the newest among them. */
  listUrl: string;
  /** Native statuses that mean the ticket is closed to the customer. */
  closedNative: string[];
  /** The key of the agent erin, on a help desk whose interface takes one. */
  apiKey?: string;
  /** What the form for a new ticket that follows another one says of `customer`. */
  customerInNewTicket: string;
  /** `marked`: a ticket keeps the mails that machines send, and tells them apart. `dropped`: the help desk takes in none. */
  automaticMails: 'marked' | 'dropped';
  /** Starts it where it does not run yet. */
  up(): Promise<void>;
  /** Stops what is only there for this run. */
  down(): Promise<void>;
  /** Makes a ticket from `customer`; the answer is its id. */
  createTicket(subject: string): Promise<string>;
  ticketUrl(id: string): string;
  /** The customer answers, the way customers of this desk do. */
  customerReplies(id: string, text: string): Promise<void>;
  /** The customer's mailbox answers by itself: out of office. */
  customerIsAway(id: string, text: string): Promise<void>;
  /** Oldest first. */
  messages(id: string): Promise<DeskMessage[]>;
  nativeStatus(id: string): Promise<string>;
  /** An agent works past the extension: sets the status in the help desk itself. */
  setNativeStatus(id: string, status: string): Promise<void>;
  /** Deletes a ticket, as an admin does with one that is spam. */
  removeTicket(id: string): Promise<void>;
  /** Leaves `page` logged in as an agent: erin, or frank. */
  login(page: Page, user?: 'erin' | 'frank'): Promise<void>;
  /**
   * Ends the login of `page` on the help desk's own side. Taking the cookie away would not do: the answer to a request
   * that was under way brings it back (RT sends it with each page).
   */
  logout(page: Page): Promise<void>;
  /** Logs the agent erin in without a browser; `fetch` keeps the cookies. */
  signIn(fetch: typeof globalThis.fetch): Promise<void>;
  /** The page's form for a new ticket: waits for it, and tells what it is prefilled with. `requester`: where the customer stands in it. */
  newTicketForm(page: Page): Promise<{ subject: string; requester: string }>;
}
