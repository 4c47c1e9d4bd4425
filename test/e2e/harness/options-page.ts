import type { Locator, Page } from 'playwright-core';
import type { TestBrowser } from './browser';

/**
 * Connects a help desk on the options page, as an admin does.
 * @param address as a person types it
 * @param template name of a case template; without it the site keeps the one it gets by itself
 * @returns the options page, still open
 */
export async function connectSite(browser: TestBrowser, address: string, template?: string): Promise<Page> {
  const page = await browser.extensionPage('options.html');
  await page.getByRole('textbox', { name: 'Address of the help desk' }).fill(address);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const site = page
    .getByRole('list', { name: 'Sites' })
    .getByRole('listitem')
    .filter({ hasText: new URL(address).host });
  await site.waitFor();
  if (template !== undefined) {
    const picker = site.getByRole('combobox', { name: 'Case template' });
    await picker.selectOption({ label: template });
  }
  return page;
}

/** The list of what waits for a person, by the names that a person who uses assistive technology hears. */
export class ReviewList {
  readonly page: Page;
  readonly rows: Locator;
  readonly outcome: Locator;

  /** @param page the options page, at the list */
  constructor(page: Page) {
    this.page = page;
    this.rows = page.getByRole('list', { name: 'Waiting for you' }).getByRole('listitem');
    this.outcome = page.getByRole('status');
  }

  /** Ticks every row whose words match. */
  async select(what: RegExp): Promise<void> {
    for (const row of await this.rows.filter({ hasText: what }).all()) await row.getByRole('checkbox').check();
  }

  /** Lets what is ticked go on, and waits for what came of it. */
  async goOnWithSelected(): Promise<string> {
    await this.page.getByRole('button', { name: /^Go on with selected/ }).click();
    await this.outcome.getByText(/went on/).waitFor();
    return this.outcome.innerText();
  }
}
