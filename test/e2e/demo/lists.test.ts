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
