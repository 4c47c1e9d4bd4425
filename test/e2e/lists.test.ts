import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

/** The chip in the row that links to the ticket. */
const chipOf = (page: Page, id: string): Locator => {
  const { pathname, search } = new URL(session.desk.ticketUrl(id));
  const link = page.locator(`a[href$="${pathname}${search}"] + span[data-case-status-chip]`);
  return link.getByRole('img', { name: /^Case status: / });
};
const nameOf = async (chip: Locator) => (await chip.getAttribute('aria-label'))?.replace('Case status: ', '');

test('each ticket of a list has a chip with its status, which follows what happens in other tabs', async () => {
  const untracked = await session.desk.createTicket('Nobody has looked yet');
  const { id, page, panel } = await session.openNewTicket('Seen in the list');
  await panel.change({ status: 'Pending', subStatus: 'Development' });
  await session.waitForNative(id, session.desk.native.waiting);

  const list = await session.browser.newPage();
  await list.goto(session.desk.listUrl);
  await chipOf(list, id).waitFor();
  expect(await nameOf(chipOf(list, id))).toBe('Pending – Development');
  expect(await nameOf(chipOf(list, untracked))).toMatch(/^New \(not tracked\)$/);

  await page.bringToFront();
  await panel.change({ status: 'In Progress' });
  await expect.poll(() => nameOf(chipOf(list, id))).toBe('In Progress');
  await list.close();
});

test('a chip has its room from the start: as large for a few words as for many', async () => {
  const long = await session.openNewTicket('Long words');
  await long.panel.change({ status: 'Pending', subStatus: 'Scheduled Support Service' });
  await long.page.close();
  const short = await session.desk.createTicket('Short words');
  const list = await session.browser.newPage();
  await list.goto(session.desk.listUrl);
  await chipOf(list, long.id).waitFor();
  await chipOf(list, short).waitFor();
  const sizes = await list.locator('span[data-case-status-chip]').evaluateAll((slots) => {
    return slots.map((slot) => {
      const { width, height } = slot.getBoundingClientRect();
      return `${Math.round(width)} x ${Math.round(height)}`;
    });
  });
  expect(new Set(sizes).size).toBe(1);
  await list.close();
});
