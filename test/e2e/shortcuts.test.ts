import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CasePanel } from './harness/case-panel';
import { Session } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

const commands = (panel: CasePanel) => panel.host.getByRole('dialog', { name: 'Commands' });
/** Types into whatever has the focus: no element is named, so that the keys have to arrive by themselves. */
const typeText = (page: Page, text: string) => page.keyboard.type(text);

test('R17: by keyboard alone, without touching the panel: a few letters, and Enter to update', async () => {
  const { page, panel } = await session.openNewTicket('By a few letters');
  await panel.region.waitFor();
  await page.keyboard.press('Alt+Shift+K');
  await commands(panel).waitFor();
  await typeText(page, 'third');
  await page.keyboard.press('Enter');
  await commands(panel).waitFor({ state: 'hidden' });
  await panel.updateButton.waitFor();
  await page.keyboard.press('Enter');
  await panel.waitForStatus('Pending – Third Party Provider');

  await page.keyboard.press('Alt+Shift+H');
  await panel.button('Release hold').waitFor();
  await page.keyboard.press('Alt+Shift+H');
  await panel.button('Hold').waitFor();
  await page.keyboard.press('Alt+Shift+Y');
  await expect.poll(() => panel.history()).toContainEqual(expect.stringMatching(/^Put on hold/));
});

test('R5: another reason for the same status, and back, by commands', async () => {
  const { page, panel } = await session.openNewTicket('Another reason');
  await panel.change({ status: 'In Progress', reason: 'Investigating' });
  await page.keyboard.press('Alt+Shift+K');
  await typeText(page, 'reason');
  await page.keyboard.press('Enter');
  await expect.poll(() => panel.combobox('Reason').getAttribute('aria-expanded')).toBe('true');
  await typeText(page, 'esc');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await panel.region.getByText('Escalated', { exact: true }).first().waitFor();

  await page.keyboard.press('Alt+Shift+Z');
  await expect.poll(() => panel.history()).toContainEqual(expect.stringMatching(/^Undone: In Progress again/));
});

test('R10: a command opens the form with what it knows, and what is missing is asked for', async () => {
  const { page, panel } = await session.openNewTicket('By command');
  await panel.region.waitFor();
  await page.keyboard.press('Alt+Shift+K');
  await typeText(page, 'change to awaiting');
  await page.keyboard.press('Enter');
  await panel.updateButton.waitFor();
  expect(await panel.combobox('Status').inputValue()).toBe('Awaiting Customer Confirmation');
  await page.keyboard.press('Escape');
  await panel.button('Change status').waitFor();
  expect(await panel.status()).toBe('New');
});

test('a collapsed panel answers to its shortcuts, and Escape gives the focus back to the page', async () => {
  const { page, panel } = await session.openNewTicket('Collapsed');
  await panel.region.waitFor();
  await panel.pill.click();
  await panel.region.waitFor({ state: 'hidden' });
  await page.reload();
  await panel.pill.waitFor();
  const field = page.locator('textarea, input[type=text], input[type=search]').filter({ visible: true }).first();
  await field.focus();
  await page.keyboard.press('Alt+Shift+K');
  await commands(panel).waitFor();
  expect(await panel.pill.getAttribute('aria-expanded')).toBe('false');
  await typeText(page, 'h');
  expect(await field.inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await commands(panel).waitFor({ state: 'hidden' });
  await typeText(page, 'x');
  expect(await field.inputValue()).toBe('x');
  await field.fill('');

  await page.keyboard.press('Alt+Shift+S');
  await panel.combobox('Status').waitFor();
  await page.keyboard.press('Escape');
});

test('a shortcut can be changed and switched off; where the page has the keys for itself they stay the page’s', async () => {
  const { page, panel } = await session.openNewTicket('Other keys');
  await panel.open();
  await panel.button('Panel settings').click();
  const field = (name: string) => panel.host.getByRole('textbox', { name, exact: true });
  await field('Undo').click();
  await page.keyboard.press('Alt+Shift+S');
  await panel.host.getByText('Alt+Shift+S is taken by another action.').waitFor();
  await page.keyboard.press('Control+Alt+U');
  await expect.poll(() => field('Undo').inputValue()).toBe('Ctrl+Alt+U');
  await field('Hold or release').click();
  await page.keyboard.press('Backspace');
  await expect.poll(() => field('Hold or release').inputValue()).toBe('Off');
  await panel.button('Back').click();

  await panel.change({ status: 'In Progress' });
  await page.keyboard.press('Alt+Shift+H');
  await page.keyboard.press('Control+Alt+U');
  await panel.waitForStatus('New');
  expect(await panel.button('Release hold').count()).toBe(0);

  await page.evaluate(() => {
    const link = document.createElement('a');
    link.accessKey = 's';
    document.body.append(link);
  });
  await page.keyboard.press('Alt+Shift+S');
  await panel.button('Panel settings').click();
  await panel.host.getByText('This page uses Alt+Shift+S itself; ours is off here.').waitFor();
  expect(await panel.combobox('Status').count()).toBe(0);
});

test('no bare letter acts outside the panel', async () => {
  const { page, panel } = await session.openNewTicket('Letters');
  await panel.region.waitFor();
  const before = await panel.text();
  await page.locator('h1').first().click();
  // Those that no help desk here uses itself.
  for (const key of 'abdefhilmnpqstuvwyz') await page.keyboard.press(key);
  expect(await commands(panel).count()).toBe(0);
  expect(await panel.text()).toBe(before);
});
