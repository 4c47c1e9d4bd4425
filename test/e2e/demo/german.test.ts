import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saidIn } from '../../../core/words/language';
import { optionsWords } from '../../../core/words/options';
import { dataPageWords } from '../../../core/words/options-data';
import { panelWords } from '../../../core/words/panel';
import { popupWords } from '../../../core/words/popup';
import { demoDesk } from '../../desks/demo/demo';
import { violations } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';

const desk = demoDesk();
let browser: TestBrowser;
let options: Page;
beforeAll(async () => {
  await desk.up();
  browser = await launch();
  options = await browser.extensionPage('options.html');
});
afterAll(() => browser?.close());

/** Whole words of the English catalogues that would not stand in a German text by chance. */
const english = saidIn('en', () =>
  [panelWords, optionsWords, dataPageWords, popupWords].flatMap((words) =>
    Object.values(words).filter(
      (word): word is string => typeof word === 'string' && /\w \w+ \w/.test(word) && word !== optionsWords.product,
    ),
  ),
);

/** What is left in English of what can be read or heard. Content of templates is English. */
async function leftInEnglish(root: string, page: Page): Promise<string[]> {
  const text = await page.locator(root).ariaSnapshot();
  return english.filter((word) => text.includes(word));
}

test('the language is chosen on the options page, which speaks it at once and connects a help desk', async () => {
  await options.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Deutsch' });
  await options.getByRole('combobox', { name: 'Sprache' }).waitFor();
  expect(await options.evaluate(() => document.documentElement.lang)).toBe('de');
  await expect.poll(() => options.title()).toBe('Case Status Overlay – Einstellungen');
  await options.getByRole('textbox', { name: 'Adresse des Helpdesks' }).fill(desk.url);
  await options.getByRole('button', { name: 'Verbinden', exact: true }).click();
  await options.getByText(/ist verbunden\. Bitte eines der Tickets öffnen/).waitFor();
  for (const hash of [
    'sites',
    'templates',
    'calendars',
    'review',
    'notifications',
    'data',
    'shortcuts',
    'diagnostics',
  ]) {
    await options.goto(`chrome-extension://${browser.extensionId}/options.html#${hash}`);
    await options.locator('main h1').waitFor();
    expect(await leftInEnglish('body', options), hash).toEqual([]);
    expect(await violations(options), hash).toEqual([]);
  }
});

test('on a narrow page the longer words of the templates fit beside one another', async () => {
  await options.setViewportSize({ width: 320, height: 900 });
  await options.goto(`chrome-extension://${browser.extensionId}/options.html#templates`);
  const edit = options.getByRole('link', { name: 'Bearbeiten: Support', exact: true });
  await edit.waitFor();
  await options.getByRole('combobox', { name: 'Beispielablauf' }).waitFor();
  expect(await options.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const under = await options.locator('.template-name').first().boundingBox();
  const over = await edit.boundingBox();
  expect((under?.x ?? 0) + (under?.width ?? 0)).toBeLessThanOrEqual(over?.x ?? 0);
});

test('R5, R10, R17: a whole change in German, by keyboard', async () => {
  const page = await browser.newPage();
  await desk.login(page);
  await page.goto(desk.ticketUrl(await desk.createTicket('Drucker brennt')));
  const host = page.locator('div[data-case-status-overlay]');
  await host.getByRole('button', { name: /^Fallstatus: New/ }).waitFor();
  expect(
    await host
      .getByRole('region', { name: 'Fallstatus' })
      .evaluate((region) => region.closest('[lang]')?.getAttribute('lang')),
  ).toBe('de');
  await host.getByRole('button', { name: 'Status ändern' }).press('Enter');
  await page.keyboard.type('Pend');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await host.getByText('Pending braucht einen Unterstatus.').waitFor();
  await page.keyboard.type('Customer');
  await page.keyboard.press('Enter');
  await host.getByRole('combobox', { name: 'Grund' }).fill('log');
  await page.keyboard.press('Enter');
  const will = host.getByRole('group', { name: 'Das bewirkt' });
  await will.getByText(/Erinnerung an/).waitFor();
  await expect.poll(() => will.innerText()).toMatch(/Harbour auf \S+ setzen/);
  expect(await leftInEnglish('div[data-case-status-overlay]', page)).toEqual([]);
  await host.getByRole('button', { name: 'Aktualisieren', exact: true }).press('Enter');
  await host.getByRole('button', { name: 'Fallstatus: Pending – Customer Input' }).waitFor();
  await expect
    .poll(() => host.getByRole('status').allInnerTexts())
    .toContainEqual(expect.stringContaining('Jetzt Pending – Customer Input.'));

  const next = host.getByRole('list', { name: 'Was als Nächstes geschieht' });
  expect(await next.innerText()).toMatch(/Erinnerung an [^\n]+\s+in (7 T|6 T 23 Std\.)/);
  await next.getByRole('button', { name: /^warum\? Erinnerung/ }).press('Enter');
  expect(await next.innerText()).toMatch(/In Pending – Customer Input seit .+, plus 7 Tage = /);
  expect(await host.getByRole('list', { name: 'Verlauf' }).innerText()).toContain('Pending – Customer Input');
  expect(await leftInEnglish('div[data-case-status-overlay]', page)).toEqual([]);
  await host.getByRole('button', { name: 'Rückgängig', exact: true }).press('Enter');
  await host.getByRole('button', { name: /^Fallstatus: New/ }).waitFor();
  await expect
    .poll(() => host.getByRole('status').allInnerTexts())
    .toContainEqual(expect.stringContaining('Rückgängig gemacht.'));
});

test('the popup speaks German', async () => {
  const popup = await browser.extensionPage('popup.html');
  await popup.getByRole('heading', { name: 'Als Nächstes fällig' }).waitFor();
  expect(await leftInEnglish('body', popup)).toEqual([]);
});
