import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { flawsInEveryLook } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';
import { CasePanel } from '../harness/case-panel';
import { connectSite } from '../harness/options-page';

const desk = demoDesk();
let browser: TestBrowser;
let ticket: Page;
let panel: CasePanel;
beforeAll(async () => {
  await desk.up();
  browser = await launch();
  await (await connectSite(browser, desk.url)).close();
  ticket = await browser.newPage();
  await desk.login(ticket);
  await ticket.goto(desk.ticketUrl(await desk.createTicket('No hurry')));
  panel = new CasePanel(ticket);
  await panel.pill.waitFor();
  await panel.change({ status: 'Awaiting Customer Confirmation' });
});
afterAll(() => browser?.close());

const options = async (hash: string) => {
  const page = await browser.extensionPage(`options.html#${hash}`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page;
};
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const kept = (page: Page) => page.getByText('all is kept').waitFor();
const version = (page: Page, number: number) =>
  page
    .getByRole('list', { name: 'Versions' })
    .getByRole('listitem')
    .filter({ hasText: `Version ${number}` })
    .first();

async function publishName(page: Page, name: string, number: number) {
  await tab(page, 'Applies to');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await kept(page);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText(`${name} is published as version ${number}.`).waitFor();
}

test('R13: publishing another duration says which timers it would move, and moves them only when it is ticked', async () => {
  const closes = async () => (await panel.next()).join();
  const before = await closes();
  expect(before).toMatch(/Closes, if no answer/);
  const page = await options('templates/support');
  await tab(page, 'Timers');
  await page.getByRole('button', { name: /14 days in Awaiting Customer Confirmation/ }).click();
  await page.getByRole('textbox', { name: 'After' }).fill('20');
  await kept(page);
  const running = page.getByRole('region', { name: 'Timers that run' });
  await running.getByText('By this version 1 timer of 1 case would be due at another time.').waitFor();
  await running.getByRole('checkbox', { name: 'Recompute it' }).check();
  expect(await running.getByRole('textbox', { name: /^Days of notice/ }).inputValue()).toBe('3');
  expect(await flawsInEveryLook(page)).toEqual([]);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Timers that run are getting their new dates.').waitFor();
  await expect.poll(closes).not.toBe(before);
  expect(await panel.text()).toContain('New dates by a new version of the template');
  await page.close();
});

test('earlier versions are read, compared with another one, and restored as a draft, which Undo takes back', async () => {
  const page = await options('templates/support');
  await publishName(page, 'Help', 4);
  await tab(page, 'Versions');
  expect(await version(page, 2).innerText()).toContain('It came with the extension.');

  await page.getByRole('button', { name: 'Read Version 2' }).click();
  const reading = page.getByRole('region', { name: 'Version 2' });
  await reading.getByRole('heading', { name: 'Support', exact: true }).waitFor();
  await reading.getByText('Awaiting Customer Confirmation', { exact: false }).first().waitFor();
  expect(await flawsInEveryLook(page)).toEqual([]);

  await page.getByRole('button', { name: 'Compare Version 4' }).click();
  await page.getByRole('combobox', { name: 'With' }).selectOption({ label: 'Version 2' });
  const changes = page.getByRole('list', { name: 'From version 2 to version 4' });
  await changes.getByText('The template “Support” is now called “Help”.').waitFor();
  expect(await changes.getByText('14 days').innerText()).toContain('20 days');
  expect(await flawsInEveryLook(page)).toEqual([]);

  await page.getByRole('button', { name: 'Restore as a draft: Version 2' }).click();
  await page.getByRole('heading', { level: 1, name: 'Support' }).waitFor();
  await kept(page);
  await page.getByRole('complementary').getByText('The template “Help” is now called “Support”.').waitFor();
  await page.getByText('The draft is version 2 now.').waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
  expect(await page.getByText('The draft is version 2 now.').count()).toBe(0);

  // A draft does not give way without a question.
  await page.getByRole('button', { name: 'Restore as a draft: Version 3' }).click();
  const question = page.getByRole('group', { name: 'Put version 3 in the place of the draft?' });
  await question.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
  await page.getByRole('button', { name: 'Restore as a draft: Version 3' }).click();
  await question.getByRole('button', { name: 'Replace it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Support' }).waitFor();
  await kept(page);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Support' }).waitFor();
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  await page.close();
});

test('what was published in another tab meanwhile is not taken back without a word', async () => {
  const mine = await options('templates/support');
  await mine.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
  const theirs = await options('templates/support');
  await publishName(theirs, 'Desk', 5);
  await tab(mine, 'Applies to');
  await mine.getByRole('textbox', { name: 'Summary' }).fill('Mine');
  const behind = mine.getByRole('region', { name: 'Version 5 was published after this draft began as version 4.' });
  await behind.getByText('The template “Help” is now called “Desk”.').waitFor();
  await mine.getByRole('button', { name: 'Publish', exact: true }).click();
  await mine.getByRole('alert').getByText('Nothing was published.').waitFor();
  expect(await flawsInEveryLook(mine)).toEqual([]);
  await behind.getByRole('button', { name: 'Go on from version 5' }).click();
  await mine.getByText('The draft goes on from version 5.').waitFor();
  await mine.getByText('Draft of version 5').waitFor();
  await mine.getByRole('complementary').getByText('The template “Desk” is now called “Help”.').waitFor();
  await mine.getByRole('button', { name: 'Publish', exact: true }).click();
  await mine.getByText('Help is published as version 6.').waitFor();
  await mine.close();
  await theirs.close();
});

test('a template is archived, is not offered any more, and is brought back', async () => {
  const page = await options('templates');
  const row = (name: string) =>
    page.getByRole('group').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await row('Review').locator('summary').first().click();
  await page.getByRole('button', { name: 'Archive Review' }).click();
  await page.getByText('Review is archived. Cases that have it go on by it.').waitFor();
  await page.getByRole('region', { name: 'Archived' }).getByRole('heading', { name: 'Review' }).waitFor();
  expect(await flawsInEveryLook(page)).toEqual([]);
  await page.getByRole('button', { name: 'Archive Help' }).click();
  await page.getByText(/^Help is the template of .* Choose another one there first\./).waitFor();

  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  const choice = page.getByRole('combobox', { name: 'Case template' });
  await choice.waitFor();
  await expect.poll(() => choice.locator('option').allInnerTexts()).toContain('Help');
  expect(await choice.locator('option').allInnerTexts()).not.toContain('Review');

  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await page.getByRole('region', { name: 'Archived' }).locator('summary').first().click();
  await page.getByRole('button', { name: 'Bring back Review' }).click();
  await page.getByText('Review is back.').waitFor();
  await page.close();
});
