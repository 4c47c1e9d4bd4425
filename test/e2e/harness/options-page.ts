import type { Page } from 'playwright-core';
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
