import type { Page } from 'playwright-core';
import { chosenDesk } from '../../desks';
import type { Desk, DeskMessage } from '../../desks/desk';
import { launch, type TestBrowser } from './browser';
import { CasePanel } from './case-panel';
import { connectQuietly } from './connect';
import { FirefoxBrowser } from './firefox';
import { until } from './until';

export interface SessionOptions<D extends Desk> {
  desk?: D;
  /** Name of the case template; "Support" where it is not given. */
  template?: string;
  clock?: boolean;
}

export interface OpenTicket {
  id: string;
  page: Page;
  panel: CasePanel;
}

/** Whether this run is about Firefox: CSO_BROWSER_KIND. Only tests that need nothing of Chromium's own take part in it. */
const inFirefox = process.env.CSO_BROWSER_KIND === 'firefox';

/** A desk, a browser with the extension, the desk connected, and the agent erin logged in. */
export class Session<D extends Desk = Desk> {
  readonly desk: D;
  readonly browser: TestBrowser;

  private constructor(desk: D, browser: TestBrowser) {
    this.desk = desk;
    this.browser = browser;
  }

  static async start<D extends Desk = Desk>(options: SessionOptions<D> = {}): Promise<Session<D>> {
    const desk = options.desk ?? (chosenDesk() as D);
    await desk.up();
    const template = options.template ?? 'Support';
    // The tests that take part in Firefox use what both have.
    const browser = inFirefox
      ? ((await FirefoxBrowser.launch()) as unknown as TestBrowser)
      : await launch({ clock: options.clock ?? false });
    await connectQuietly(browser, desk.url, template);
    const session = new Session(desk, browser);
    await session.login();
    return session;
  }

  /** Logs the agent in, as it is needed again after the browser was restarted. */
  async login(): Promise<void> {
    const page = await this.browser.newPage();
    await this.desk.login(page);
    await page.close();
  }

  /** Ends the agent's login, in a tab of its own: the pages that are open find out when they ask next. */
  async logout(): Promise<void> {
    const page = await this.browser.newPage();
    await this.desk.logout(page);
    await page.close();
  }

  /** Makes a ticket and opens it in a tab of its own. */
  async openNewTicket(subject: string): Promise<OpenTicket> {
    return this.openTicket(await this.desk.createTicket(subject));
  }

  async openTicket(id: string): Promise<OpenTicket> {
    const page = await this.browser.newPage();
    await page.goto(this.desk.ticketUrl(id));
    const panel = new CasePanel(page);
    await panel.pill.waitFor();
    return { id, page, panel };
  }

  /** What our side wrote to the customer, oldest first. */
  async sentToCustomer(id: string): Promise<DeskMessage[]> {
    return (await this.desk.messages(id)).filter(({ from, visibility }) => from === 'agent' && visibility === 'public');
  }

  /** Waits until a public message with these words is on the ticket; held messages need their ten seconds. */
  async waitForMessage(id: string, words: RegExp): Promise<DeskMessage[]> {
    const sent = await until(
      `a message with ${words}`,
      () => this.sentToCustomer(id),
      (messages) => messages.some(({ text }) => words.test(text)),
      { timeoutMs: 60_000, everyMs: 1000 },
    );
    await this.#knowsWhatArrived();
    return sent;
  }

  /** Waits until the help desk itself has one of these statuses. */
  async waitForNative(id: string, ...statuses: string[]): Promise<string> {
    const native = await until(
      `the help desk's status ${statuses.join(' or ')}`,
      () => this.desk.nativeStatus(id),
      (status) => statuses.includes(status),
      { timeoutMs: 60_000, everyMs: 1000 },
    );
    await this.#knowsWhatArrived();
    return native;
  }

  /** A moment after the help desk has something, the extension knows that it has. A test that moves the clock needs both. */
  async #knowsWhatArrived(): Promise<void> {
    await until(
      'the extension to know what arrived',
      () => this.browser.rows<{ state: string }>('outbox'),
      (effects) => effects.every(({ state }) => state !== 'sending'),
      { timeoutMs: 60_000, everyMs: 50 },
    );
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.desk.down();
  }
}

/** Words of the built-in messages, enough to tell them apart. */
export const words = {
  reminder: /still waiting for your answer/,
  confirm: /believe that our answer settles/,
  closed: /has been closed/,
};
