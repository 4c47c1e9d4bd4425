import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CasePanel } from './harness/case-panel';
import { Session, words } from './harness/session';

let session: Session;
// Each test moves time, so each has a browser of its own.
beforeEach(async () => {
  session = await Session.start({ clock: true });
});
afterEach(() => session?.close());

const notReal = 'This was not a real reply';
const due = async (panel: CasePanel, what: RegExp) => (await panel.next()).find((line) => what.test(line));

test('R12: "This was not a real reply" gives back the status and what remained of reminder and close', async () => {
  const { id, page, panel } = await session.openNewTicket('Thanks, I will look');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.waitForNative(id, session.desk.native.waiting);

  await session.browser.shift({ days: 3 });
  await session.desk.customerReplies(id, 'Thanks, I will look for it.');
  await page.reload();
  await panel.waitForStatus('Update Received');
  await session.waitForNative(id, session.desk.native.open);
  expect(await panel.host.getByRole('list', { name: 'What happens next' }).count()).toBe(0);

  // The two days in between count for neither.
  await session.browser.shift({ days: 2 });
  await page.reload();
  await panel.open();
  await panel.button(notReal).click();
  await panel.waitForStatus('Pending – Customer Input');
  await session.waitForNative(id, session.desk.native.waiting);
  expect(await due(panel, /reminder/i)).toMatch(/in (4 d|3 d 23 h)\b/);
  expect(await due(panel, /closes/i)).toMatch(/in (25 d|24 d 23 h)\b/);
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Not a real reply: Pending – Customer Input/));
  // That message is done with: it does not come back with the next look.
  await page.reload();
  await panel.waitForStatus('Pending – Customer Input');
  expect(await panel.button(notReal).count()).toBe(0);

  await session.desk.customerReplies(id, 'Here is the log.');
  await page.reload();
  await panel.waitForStatus('Update Received');
  await session.waitForNative(id, session.desk.native.open);
});

test('R11: "This was not a real reply" gives back Awaiting Customer Confirmation and what remained of its close', async () => {
  const { id, page, panel } = await session.openNewTicket('Thanks for the fix');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Fixed' });
  await session.waitForMessage(id, words.confirm);

  await session.browser.shift({ days: 5 });
  await session.desk.customerReplies(id, 'Thanks, will test.');
  await page.reload();
  await panel.waitForStatus('Reopened');
  await session.waitForNative(id, session.desk.native.open);

  await panel.button(notReal).click();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  expect(await due(panel, /closes/i)).toMatch(/in (9 d|8 d 23 h)\b/);
  // The customer was asked once, and is not asked again.
  expect((await session.sentToCustomer(id)).filter(({ text }) => words.confirm.test(text))).toHaveLength(1);

  await session.desk.customerReplies(id, 'It still fails.');
  await page.reload();
  await panel.waitForStatus('Reopened');
});
