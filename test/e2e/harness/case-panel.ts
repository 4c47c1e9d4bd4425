import type { Locator, Page } from 'playwright-core';
import { until } from './until';

export interface Change {
  status: string;
  subStatus?: string;
  /** The status tag: the reason for the change. */
  reason?: string;
  note?: string;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The status panel on a ticket page, by the names that a person who uses assistive technology hears. */
export class CasePanel {
  readonly page: Page;
  /** The element that the extension adds to the page; all else lies in its shadow root. */
  readonly host: Locator;
  /** The button that opens and closes the panel; its name tells the status. */
  readonly pill: Locator;
  readonly region: Locator;
  readonly updateButton: Locator;
  /** Outcomes that are on the screen now. */
  readonly outcome: Locator;
  readonly alerts: Locator;

  /** @param host where the panel is, when it is not the one over a ticket */
  constructor(page: Page, host = page.locator('div[data-case-status-overlay]')) {
    this.page = page;
    this.host = host;
    this.pill = this.host.getByRole('button', { name: /^Case status: / });
    this.region = this.host.getByRole('region', { name: 'Case status' });
    this.updateButton = this.host.getByRole('button', { name: 'Update', exact: true });
    this.outcome = this.host.getByRole('status').filter({ hasText: /\S/ });
    this.alerts = this.host.getByRole('alert').filter({ hasText: /\S/ });
  }

  button(name: string): Locator {
    return this.host.getByRole('button', { name, exact: true });
  }

  combobox(name: 'Status' | 'Sub-status' | 'Reason'): Locator {
    return this.host.getByRole('combobox', { name, exact: true });
  }

  /** What the pill says: "Pending – Customer Input". */
  async status(): Promise<string> {
    const said = await this.pill.ariaSnapshot({ timeout: 5000 });
    const status = /"Case status: (.*?)"/.exec(said)?.[1];
    if (status === undefined) throw new Error(`The pill has no status in its name: ${said}`);
    return status;
  }

  /** What can be read in the open panel. */
  text(): Promise<string> {
    // innerText: what is on the screen counts, not what lies folded away
    return this.region.innerText();
  }

  /** Waits until the pill says exactly this. */
  waitForStatus(expected: string, timeoutMs = 30_000): Promise<string> {
    return until(
      `status "${expected}"`,
      () => this.status(),
      (now) => now === expected,
      { timeoutMs },
    );
  }

  /** Opens the panel where it is collapsed to its pill. */
  async open(): Promise<void> {
    await this.pill.waitFor();
    if ((await this.pill.getAttribute('aria-expanded')) === 'false') await this.pill.click();
    await this.region.waitFor();
  }

  /** Opens the form for a change. */
  async startChange(): Promise<void> {
    await this.open();
    await this.button('Change status').click();
    await this.combobox('Status').waitFor();
  }

  /** Picks from one of the pickers as a person does: click, type, click the option. */
  async pick(picker: 'Status' | 'Sub-status' | 'Reason', option: string): Promise<void> {
    const input = this.combobox(picker);
    await input.click();
    await input.press('ControlOrMeta+a');
    await input.pressSequentially(option);
    await this.host
      .getByRole('option', { name: new RegExp(`^${escaped(option)}(?![\\w-])`) })
      .first()
      .click();
    await until(
      `"${option}" in ${picker}`,
      () => input.inputValue(),
      (value) => value === option,
    );
  }

  /** The names of the options that a picker offers. */
  async offered(picker: 'Status' | 'Sub-status' | 'Reason'): Promise<string[]> {
    await this.combobox(picker).click();
    const list = this.host.getByRole('listbox');
    await list.waitFor();
    return [...(await list.ariaSnapshot()).matchAll(/option "(.*?)"/g)].map(([, name]) => name ?? '');
  }

  /** Fills the form that `startChange` opened. */
  async fill(change: Change): Promise<void> {
    await this.pick('Status', change.status);
    if (change.subStatus !== undefined) await this.pick('Sub-status', change.subStatus);
    if (change.reason !== undefined) await this.pick('Reason', change.reason);
    // Key by key: what a script fills in does not count.
    if (change.note !== undefined)
      await this.host.getByRole('textbox', { name: 'Note', exact: true }).pressSequentially(change.note);
  }

  /** Makes a change from start to end; the answer is what the panel says was done. */
  async change(change: Change): Promise<string> {
    await this.startChange();
    await this.fill(change);
    return this.update();
  }

  /** Presses Update and waits for the outcome. */
  async update(): Promise<string> {
    await this.updateButton.click();
    await this.updateButton.waitFor({ state: 'hidden' });
    await this.outcome.first().waitFor();
    return ((await this.outcome.first().textContent()) ?? '').trim();
  }

  /** The lines of "What happens next". */
  async next(): Promise<string[]> {
    await this.open();
    return this.#lines('What happens next');
  }

  /** The lines of the history, newest first, all of them. */
  async history(): Promise<string[]> {
    await this.open();
    const more = this.host.getByRole('button', { name: /^Show all \d+$/ });
    if ((await more.count()) > 0) await more.click();
    return this.#lines('History');
  }

  async #lines(name: string): Promise<string[]> {
    const list = this.host.getByRole('list', { name, exact: true });
    await list.waitFor();
    // One by one: asked for all at once, Firefox 153 crashes.
    const items = await list.getByRole('listitem').all();
    const lines = await Promise.all(items.map((item) => item.innerText()));
    return lines.map((line) => line.replace(/\s+/g, ' ').trim());
  }
}
