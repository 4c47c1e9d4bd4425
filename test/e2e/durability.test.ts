import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

const change = { status: 'Pending', subStatus: 'Customer Input', reason: 'Needs access' };
const shown = 'Pending – Customer Input';

test('R10: a change is shown after the page is loaded again', async () => {
  const { page, panel } = await session.openNewTicket('Reload');
  await panel.change(change);
  await page.reload();
  await panel.waitForStatus(shown);
  expect((await panel.history()).filter((line) => line.includes(shown))).toHaveLength(1);
});

test('R10: a change is shown after the worker was killed, and the next change works', async () => {
  const { page, panel } = await session.openNewTicket('Worker killed');
  await panel.change(change);
  await session.browser.killWorker();
  await page.reload();
  await panel.waitForStatus(shown);
  expect((await panel.history()).filter((line) => line.includes(shown))).toHaveLength(1);
  await session.browser.killWorker();
  await panel.change({ status: 'In Progress' });
  expect(await panel.status()).toBe('In Progress');
});

test('R15: a message that is owed when the worker is killed goes out once', async () => {
  const { id, panel } = await session.openNewTicket('Killed in the middle');
  await panel.startChange();
  await panel.fill({ status: 'Awaiting Customer Confirmation' });
  await panel.update();
  await session.browser.killWorker();
  await panel.page.reload();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  const sent = await session.waitForMessage(id, /believe that our answer settles/);
  expect(sent).toHaveLength(1);
});

test('R10: a change is shown after the browser was started again', async () => {
  const { id, panel } = await session.openNewTicket('Browser started again');
  await panel.change(change);
  await session.browser.restartBrowser();
  await session.login();
  const again = await session.openTicket(id);
  await again.panel.waitForStatus(shown);
  expect((await again.panel.history()).filter((line) => line.includes(shown))).toHaveLength(1);
  const next = await again.panel.next();
  expect(next.find((line) => /remind/i.test(line))).toMatch(/in (6 d 23 h|7 d)\b/);
});
