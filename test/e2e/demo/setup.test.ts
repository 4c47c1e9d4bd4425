import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { violations } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';
import { CasePanel } from '../harness/case-panel';

const desk = demoDesk();
let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  await desk.up();
  browser = await launch();
  page = await browser.extensionPage('options.html#setup');
  await page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(() => browser?.close());

const title = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const current = () =>
  page.getByRole('navigation', { name: 'Steps of the set-up' }).locator('[aria-current="step"]').innerText();

async function isFineInEveryLook(): Promise<void> {
  for (const width of [380, 1180])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 820 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), `${width}, ${colorScheme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), String(width)).toBe(false);
    }
}

test('the first start opens it; each step can be skipped, nothing is connected by it, and the set-up goes on where it was left', async () => {
  expect(browser.firstPage).toBe(`chrome-extension://${browser.extensionId}/options.html#setup`);
  await title('Where do you work on tickets?');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('inputmode'))).toBe('url');
  await isFineInEveryLook();
  await page.getByRole('button', { name: 'Skip this step' }).click();
  await page.getByText('none is connected yet').waitFor();
  // Read aloud where the person is now.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await isFineInEveryLook();
  await page.getByRole('button', { name: 'Skip this step' }).click();
  await title('See it on a ticket');
  await page.getByRole('link', { name: 'Finish later' }).click();
  await title('Sites');
  expect(await page.getByRole('list', { name: 'Sites' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Set-up' }).click();
  await title('See it on a ticket');
  expect(await current()).toBe('See it work');
  await page.reload();
  await title('See it on a ticket');
  await page.getByRole('button', { name: 'Connect one first' }).click();
  await title('Where do you work on tickets?');
});

test('what is no help desk is said so, and the step stays', async () => {
  const address = page.getByRole('textbox', { name: 'Address of the help desk' });
  await address.fill('not an address');
  await address.press('Enter');
  await page.getByText('This is not an address of a web page.', { exact: false }).waitFor();
  await address.fill('http://127.0.0.1:9/');
  await address.press('Enter');
  await page.getByRole('alert').getByText('127.0.0.1:9', { exact: false }).waitFor();
  expect(await current()).toBe('Your help desk');
});

test('R3, R9: an address, an example flow and a ticket later the panel works with that flow', async () => {
  const address = page.getByRole('textbox', { name: 'Address of the help desk' });
  await address.fill(desk.url);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('It is connected.', { exact: false }).waitFor();
  await isFineInEveryLook();
  await page.getByRole('button', { name: 'Continue' }).click();

  await title(`What happens to tickets of ${new URL(desk.url).host}?`);
  const offered = page.getByRole('group', { name: 'Case templates' }).getByRole('radio');
  await expect.poll(() => offered.count()).toBe(7);
  expect(await page.getByRole('radio', { name: 'Support', exact: true }).isChecked()).toBe(true);
  for (const name of ['Review', 'Transfer and order', 'Approval by one team', 'Approval by two teams'])
    await page.getByRole('radio', { name, exact: true }).waitFor();
  await isFineInEveryLook();
  await page.locator('label', { hasText: 'Your own' }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('maxlength'))).toBe('120');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByText('Give it a name first.').waitFor();
  await isFineInEveryLook();
  await page.getByRole('radio', { name: 'Transfer and order', exact: true }).check();
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByText('No tab shows a ticket yet.', { exact: false }).waitFor();
  await isFineInEveryLook();
  const [ticket] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: /^Open 127/ }).click(),
  ]);
  await desk.login(ticket);
  await ticket.goto(desk.ticketUrl('101'));
  const panel = new CasePanel(ticket);
  await panel.waitForStatus('New request');

  await page.bringToFront();
  await page.getByRole('button', { name: 'Look again' }).click();
  await title('It works');
  await page.getByText('The panel is on ticket 101, and reads all that it needs.').waitFor();
  await page.getByText('Alt+Shift+K').waitFor();
  await isFineInEveryLook();
  await page.getByRole('button', { name: 'Finish' }).click();
  await title('Sites');
  const template = page.getByRole('combobox', { name: 'Case template' });
  expect(await template.locator('option:checked').innerText()).toBe('Transfer and order');
  await ticket.close();
});

test('in German the whole way is German', async () => {
  await page.getByRole('link', { name: 'Set-up' }).click();
  await title('Where do you work on tickets?');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await title('Wo werden die Tickets bearbeitet?');
  await page.getByRole('button', { name: 'Weiter', exact: true }).click();
  await page.getByRole('radio', { name: 'Support', exact: true }).waitFor();
  await isFineInEveryLook();
  await page.getByRole('button', { name: 'Weiter', exact: true }).click();
  await title('Auf einem Ticket ansehen');
  await isFineInEveryLook();
});
