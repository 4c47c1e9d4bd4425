import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('nothing in a list moves when the chips come', async () => {
  const { page, panel } = await session.openNewTicket('Stands still');
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
  await list.getByRole('img', { name: 'Case status: In Progress', exact: true }).first().waitFor();
  await list.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await list.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  await list.close();
});

test('a row that the page uses again for another ticket shows that ticket’s status', async () => {
  const { id, page, panel } = await session.openNewTicket('Scrolled out of sight');
  await panel.change({ status: 'Pending', subStatus: 'Development' });
  await page.close();
  const list = await session.browser.newPage();
  await list.goto(session.desk.listUrl);
  const chip = (row: string) =>
    list.locator(`tr[data-ticket-row="${row}"]`).getByRole('img', { name: /^Case status: / });
  await expect.poll(() => chip(id).getAttribute('aria-label')).toBe('Case status: Pending – Development');
  const other = await list.evaluate((here) => {
    // As libraries do that draw only what is in sight: the same elements, and no new ones, with other words in them.
    const rows = [...document.querySelectorAll<HTMLElement>('tr[data-ticket-row]')];
    const one = rows.find(({ dataset }) => dataset.ticketRow === here);
    const two = rows.find((row) => row !== one);
    const [from, to] = [one, two].map((row) => row?.querySelector<HTMLAnchorElement>('.col-subject a'));
    if (!one || !two || !from?.firstChild || !to?.firstChild) throw new Error('The list has no two rows.');
    [one.dataset.ticketRow, two.dataset.ticketRow] = [two.dataset.ticketRow, one.dataset.ticketRow];
    [from.href, to.href] = [to.href, from.href];
    [from.firstChild.nodeValue, to.firstChild.nodeValue] = [to.firstChild.nodeValue, from.firstChild.nodeValue];
    return one.dataset.ticketRow ?? '';
  }, id);
  await expect.poll(() => chip(id).getAttribute('aria-label')).toBe('Case status: Pending – Development');
  await expect.poll(() => chip(other).getAttribute('aria-label')).not.toBe('Case status: Pending – Development');
  await list.close();
});
