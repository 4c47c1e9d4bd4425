import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session, words } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test("R12: a customer's answer in Pending – Customer Input makes it Update Received", async () => {
  const { id, page, panel } = await session.openNewTicket('We asked for something');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.waitForNative(id, session.desk.native.waiting);
  await session.desk.customerReplies(id, 'Here is the log.');
  await page.reload();
  await panel.waitForStatus('Update Received');
  await session.waitForNative(id, session.desk.native.open);
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Update Received.*reply/i));
});

test("R11: a customer's comment in Awaiting Customer Confirmation makes it Reopened", async () => {
  const { id, page, panel } = await session.openNewTicket('We believe it is solved');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Fixed' });
  await session.waitForMessage(id, words.confirm);
  await session.desk.customerReplies(id, 'No, it is not.');
  await page.reload();
  await panel.waitForStatus('Reopened');
  await session.waitForNative(id, session.desk.native.open);

  await panel.button('Undo').click();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  expect((await panel.next()).join()).toMatch(/closes/i);
});

test('R15: Awaiting Customer Confirmation tells the customer at once, and only once', async () => {
  const { id, page, panel } = await session.openNewTicket('Tell at once');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Answered' });
  const sent = await session.waitForMessage(id, words.confirm);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain('Tell at once');
  await page.reload();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  expect(await session.sentToCustomer(id)).toHaveLength(1);
});

test('R15: who was answered a moment ago need not be told as well, and the form says so', async () => {
  const { id, page, panel } = await session.openNewTicket('Answered just now');
  const confirm = { status: 'Awaiting Customer Confirmation', reason: 'Answered' };
  const box = panel.host.getByRole('checkbox', { name: 'Do not send the message' });
  const answered = panel.host.getByText(/was answered .+\. One message may be enough\./);
  await panel.startChange();
  await panel.fill(confirm);
  await box.waitFor();
  await panel.button('Cancel').click();
  await panel.change(confirm);
  await session.waitForMessage(id, words.confirm);
  const native = await session.desk.nativeStatus(id);
  await panel.change({ status: 'In Progress', reason: 'Investigating' });
  await session.waitForNative(id, session.desk.native.open);
  await page.reload();
  await panel.waitForStatus('In Progress');

  await panel.startChange();
  await panel.fill(confirm);
  await answered.waitFor();
  await box.check();
  await panel.update();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  await session.waitForNative(id, native);
  expect(await session.sentToCustomer(id)).toHaveLength(1);
});

test("R12: a customer's answer in another Pending sub-status moves nothing", async () => {
  const { id, page, panel } = await session.openNewTicket('Waiting for engineering');
  await panel.change({ status: 'Pending', subStatus: 'Development' });
  await session.waitForNative(id, session.desk.native.waiting);
  await session.desk.customerReplies(id, 'Any news?');
  await page.reload();
  await panel.open();
  await expect.poll(() => panel.text(), { timeout: 20_000 }).toMatch(/replied|answered/i);
  expect(await panel.status()).toBe('Pending – Development');
});

test('R12: an out-of-office mail moves nothing and does not count; the real answer after it does', async () => {
  const { id, page, panel } = await session.openNewTicket('Nobody is in');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.waitForNative(id, session.desk.native.waiting);
  const next = (await panel.next()).length;
  // A help desk that takes in no such mail has nothing to tell of it.
  const isTold = session.desk.automaticMails === 'marked';
  const told = async () =>
    (await panel.history()).filter((line) => /automatic mail.*does not count/i.test(line)).length;
  await session.desk.customerIsAway(id, 'I am out of the office until Monday.');
  await page.reload();
  await expect.poll(told, { timeout: 20_000 }).toBe(isTold ? 1 : 0);
  expect(await panel.status()).toBe('Pending – Customer Input');
  expect(await panel.next()).toHaveLength(next);
  expect(await panel.button('This was not a real reply').count()).toBe(0);

  await session.desk.customerReplies(id, 'Back again. Here is the log.');
  await page.reload();
  await panel.waitForStatus('Update Received');
  await session.waitForNative(id, session.desk.native.open);
  // Nor does an automatic mail change what the reply did.
  await session.desk.customerIsAway(id, 'I am out of the office until Friday.');
  await page.reload();
  await expect.poll(told, { timeout: 20_000 }).toBe(isTold ? 2 : 0);
  expect(await panel.status()).toBe('Update Received');
});

test('a flag that "not a real reply" takes back is gone, and the status stays as it was', async () => {
  const { id, page, panel } = await session.openNewTicket('Waiting for a release');
  await panel.change({ status: 'Pending', subStatus: 'Development' });
  await session.waitForNative(id, session.desk.native.waiting);
  await session.desk.customerReplies(id, 'Thanks!');
  await page.reload();
  await panel.open();
  await panel.button('This was not a real reply').click();
  await panel.button('This was not a real reply').waitFor({ state: 'hidden' });
  await expect.poll(() => panel.text()).not.toMatch(/replied (just now|\d)/);
  expect(await panel.status()).toBe('Pending – Development');
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Not a real reply: Pending – Development/));
});
