import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flawsInEveryLook } from './harness/axe';
import { Session } from './harness/session';

let session: Session;
let options: Page;
let site: Locator;
beforeAll(async () => {
  session = await Session.start();
  options = await session.browser.extensionPage('options.html#sites');
  site = options.getByRole('list', { name: 'Sites' }).getByRole('listitem').first();
});
afterAll(() => session?.close());

const result = () => site.getByRole('region', { name: /^Test of the connection/ });
/** Row by row: the field, what the page says, what the help desk itself says. */
const rows = async () =>
  Object.fromEntries(
    (await result().locator('tbody tr').all()).length === 0
      ? []
      : (
          await result()
            .locator('tbody tr')
            .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
        ).map(([name, page, desk]) => [name, { page, desk }]),
  ) as Record<string, { page: string; desk: string }>;

test('without an open ticket the test of a connection says to open one', async () => {
  const button = site.getByRole('button', { name: /^Test the connection/ });
  await button.press('Enter');
  await result().getByText('No ticket of this help desk is open').waitFor();
  await result().getByRole('button', { name: 'Close' }).press('Enter');
  await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('field by field: what the page tells beside what the help desk itself answers, and nothing is changed', async () => {
  const { id, page } = await session.openNewTicket('Is the connection good?');
  const native = await session.desk.nativeStatus(id);
  const messages = (await session.desk.messages(id)).length;
  await site.getByRole('button', { name: /^Test the connection/ }).press('Enter');
  await result().getByText('All is well').waitFor();

  const found = await rows();
  expect(found['Ticket number']).toEqual({ page: `found: ${id}`, desk: id });
  expect(found.Subject).toEqual({ page: 'found: Is the connection good?', desk: 'Is the connection good?' });
  expect(found.Status?.page.toLowerCase()).toBe(`found: ${native}`.toLowerCase());
  expect(found.Requester?.page).toMatch(/^found: .*[Aa]lice/);
  expect(found['Logged in']?.page).toMatch(/erin/i);
  expect(found['Logged in']?.desk).toMatch(/erin/i);
  const answers = (
    await result()
      .getByRole('list', { name: /^What .+ answers$/ })
      .innerText()
  ).replaceAll('\n', ' ');
  expect(answers).toMatch(/works: Logged in as .*erin.*works: The ticket can be read.*works: The status agrees/i);

  expect(await flawsInEveryLook(options)).toEqual([]);
  expect(await session.desk.nativeStatus(id)).toBe(native);
  expect(await session.desk.messages(id)).toHaveLength(messages);
  expect(await session.browser.rows('cases')).toEqual([]);
  await page.close();
});

test('logged out, it says so and what waits for it', async () => {
  await session.openNewTicket('Who asks?');
  await session.logout();
  await result().getByRole('button', { name: 'Test again' }).press('Enter');
  await result()
    .getByRole('status')
    .getByText(/Reminders, auto-closes and messages wait until/)
    .waitFor();
});
