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

test('nothing in a list moves when the chips come', async () => {
  const { id, page, panel } = await session.openNewTicket('Stands still');
  await panel.change({ status: 'In Progress' });
  await page.close();
  const list = await session.browser.newPage();
  await list.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((seen) => {
      for (const entry of seen.getEntries() as unknown as { sources: { node: Node | null }[] }[])
        for (const { node } of entry.sources)
          if (node?.parentElement?.closest('table')) shifts.push(node.textContent?.slice(0, 40) ?? '');
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await list.goto(session.desk.listUrl);
  await chipOf(list, id).waitFor();
  await list.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await list.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  await list.close();
});
