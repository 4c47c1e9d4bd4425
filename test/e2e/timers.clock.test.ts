import { afterEach, beforeEach, expect, test } from 'vitest';
import { Session, words } from './harness/session';

let session: Session;
// Each test moves time, so each has a browser of its own.
beforeEach(async () => {
  session = await Session.start({ clock: true });
});
afterEach(() => session?.close());

const customerInput = { status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' };

test('R14: nothing at 6 days 23 hours; at 7 days a reminder, in the ticket and as a notification', async () => {
  const { id, page, panel } = await session.openNewTicket('Seven days of silence');
  await panel.change(customerInput);

  await session.browser.shift({ days: 6, hours: 23 });
  await page.reload();
  await panel.waitForStatus('Pending – Customer Input');
  expect((await panel.next()).find((line) => /remind/i.test(line))).toMatch(/in (59 min|1 h)\b/);
  expect(await session.sentToCustomer(id)).toEqual([]);
  expect(await session.browser.notifications()).toEqual([]);

  // No help for the alarms here, and no page that looks: the extension's own heartbeat has to notice within a minute.
  await page.close();
  session.browser.jump({ hours: 1 });
  // The help desk is asked, not the extension: opening one of its pages would wake it.
  const sent = await session.waitForMessage(id, words.reminder);
  await expect.poll(() => session.browser.notifications(), { timeout: 10_000 }).not.toEqual([]);
  expect(sent).toHaveLength(1);
  const { panel: again } = await session.openTicket(id);
  await again.waitForStatus('Pending – Customer Input');
  expect((await again.next()).find((line) => /closes/i.test(line))).toMatch(/in (20 d 23 h|21 d)\b/);
});

test('R13, R15: closes at 28 days, and the notice of it goes out one day later', async () => {
  const { id, panel } = await session.openNewTicket('Four weeks of silence');
  await panel.change(customerInput);
  await session.browser.shift({ days: 7 });
  await session.waitForMessage(id, words.reminder);

  await session.browser.shift({ days: 20, hours: 23 });
  await panel.page.reload();
  await panel.waitForStatus('Pending – Customer Input');

  await session.browser.shift({ hours: 1 });
  await panel.waitForStatus('Closed', 60_000);
  await session.waitForNative(id, ...session.desk.closedNative);
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Closed, No answer from customer.*timer/i));
  expect((await session.sentToCustomer(id)).filter(({ text }) => words.closed.test(text))).toEqual([]);

  await session.browser.shift({ days: 1, minutes: 1 });
  await session.waitForMessage(id, words.closed);
  expect(await panel.status()).toBe('Closed');
  // A public reply opens a solved ticket in some help desks; the case is closed, so the ticket has to be as well.
  await session.waitForNative(id, ...session.desk.closedNative);
  expect((await session.sentToCustomer(id)).filter(({ text }) => words.reminder.test(text))).toHaveLength(1);
});

test('R15: the one-day notice is dropped when the case leaves Closed within that day', async () => {
  const { id, page, panel } = await session.openNewTicket('Closed too early');
  await panel.change({ status: 'Closed', reason: 'Solved' });
  await session.waitForNative(id, ...session.desk.closedNative);
  await session.browser.shift({ hours: 20 });
  await panel.change({ status: 'In Progress' });
  await session.waitForNative(id, session.desk.native.open);
  await session.browser.shift({ days: 2 });
  await page.reload();
  await panel.waitForStatus('In Progress');
  expect(await panel.host.getByRole('list', { name: 'What happens next' }).count()).toBe(0);
  expect(await session.sentToCustomer(id)).toEqual([]);
});

test('R13: Awaiting Customer Confirmation closes at 14 days, not before', async () => {
  const { id, page, panel } = await session.openNewTicket('Did it help');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Answered' });
  await session.waitForMessage(id, words.confirm);
  await session.browser.shift({ days: 13, hours: 23 });
  await page.reload();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  await session.browser.shift({ hours: 1 });
  await panel.waitForStatus('Closed', 60_000);
  await session.waitForNative(id, ...session.desk.closedNative);
});

test('R11, R13: an answer of the customer before 14 days makes it Reopened and cancels the close', async () => {
  const { id, page, panel } = await session.openNewTicket('It did not help');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Answered' });
  await session.waitForMessage(id, words.confirm);
  await page.goto('about:blank');

  await session.browser.shift({ days: 13 });
  await session.desk.customerReplies(id, 'It still does not work.');
  await session.browser.shift({ days: 2 });

  const again = await session.openTicket(id);
  await again.panel.waitForStatus('Reopened', 60_000);
  expect(await again.panel.history()).not.toContainEqual(expect.stringMatching(/^Closed/));

  await session.browser.shift({ days: 30 });
  await again.page.reload();
  await again.panel.waitForStatus('Reopened');
  expect(await again.panel.host.getByRole('list', { name: 'What happens next' }).count()).toBe(0);
  await session.waitForNative(id, session.desk.native.open);
});

test('R13, R14: timers that fell due while the browser was closed are acted on after its start', async () => {
  const { id, panel } = await session.openNewTicket('While we were away');
  await panel.change(customerInput);
  await session.waitForNative(id, session.desk.native.waiting);
  session.browser.clock.shift({ days: 8 });
  await session.browser.restartBrowser();
  // Nobody was logged in when the browser came up, so the timer waited; it goes on when somebody opens a ticket.
  await session.login();
  const again = await session.openTicket(id);
  const sent = await session.waitForMessage(id, words.reminder);
  expect(sent).toHaveLength(1);
  await again.panel.waitForStatus('Pending – Customer Input');
});
