import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseTemplate } from '../../core/domain/template';
import { publishQuietly } from './harness/connect';
import { ReviewList } from './harness/options-page';
import { Session, words } from './harness/session';
import { until } from './harness/until';

const customerInput = { status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' };

let session: Session;
beforeAll(async () => {
  session = await Session.start({ clock: true });
});
afterAll(() => session?.close());

/** A newer version of the Support template, where this status sets this native one. */
const publishNative = (statusId: string, native: string): Promise<void> =>
  publishQuietly<CaseTemplate>(session.browser, 'support', (template) => {
    const own = template.native[session.desk.name];
    if (own) own.set[statusId] = native;
  });

test('a status that the help desk refuses is told on the case; it is tried again on request, and given up visibly', async () => {
  const { id, panel } = await session.openNewTicket('Refused');
  const before = await session.desk.nativeStatus(id);
  await publishNative('in-progress', 'levitating');
  await panel.change({ status: 'In Progress' });
  const alert = panel.alerts.filter({ hasText: 'not sent' });
  await alert.waitFor({ timeout: 60_000 });
  expect(await alert.innerText()).toMatch(/levitating/);
  expect(await session.desk.nativeStatus(id)).toBe(before);
  expect(await panel.status()).toBe('In Progress');

  await panel.button('Send again').click();
  await until(
    'the second refusal in the history',
    async () => (await panel.history()).filter((line) => /not sent|failed/i.test(line)).length,
    (count) => count === 2,
    { timeoutMs: 60_000 },
  );
  await alert.waitFor();
  await panel.button('Drop').click();
  await alert.waitFor({ state: 'hidden' });
  expect((await panel.history()).join('\n')).toMatch(/dropped/i);
  expect(await session.desk.nativeStatus(id)).toBe(before);
  await publishNative('in-progress', session.desk.native.open);
});

test('R14: of a close that the help desk refuses the customer is told nothing until a person has looked', async () => {
  const { id, panel } = await session.openNewTicket('Not closed');
  await publishNative('closed', 'levitating');
  await panel.change({ status: 'Closed', reason: 'Solved' });
  await panel.alerts.filter({ hasText: 'not sent' }).waitFor({ timeout: 60_000 });

  await session.browser.shift({ days: 1, minutes: 1 });
  await panel.host.getByText('has not taken the status').first().waitFor({ timeout: 60_000 });
  expect(await session.sentToCustomer(id)).toEqual([]);

  // What was refused goes out under the name that the template has for it by then.
  await publishNative('closed', session.desk.closedNative[0] ?? '');
  await panel.button('Send again').click();
  await session.waitForNative(id, ...session.desk.closedNative);
});

test('R11, R12: answers by mail while no page of the help desk is open are found', async () => {
  const { desk, browser } = session;
  const pending = await session.openNewTicket('Nobody looks, 1');
  await pending.panel.change(customerInput);
  const confirm = await session.openNewTicket('Nobody looks, 2');
  await confirm.panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Answered' });
  await session.waitForMessage(confirm.id, words.confirm);
  await session.waitForNative(pending.id, desk.native.waiting);
  for (const { page } of [pending, confirm]) await page.close();
  await desk.customerReplies(pending.id, 'Here is the log.');
  await desk.customerReplies(confirm.id, 'It still fails.');
  await browser.shift({ minutes: 6 });
  for (const { id } of [pending, confirm])
    await until(
      `case ${id} to have moved on`,
      () => statusOf(id),
      (status) => status === (id === pending.id ? 'update-received' : 'reopened'),
      { timeoutMs: 120_000 },
    );
  for (const { id } of [pending, confirm]) await session.waitForNative(id, desk.native.open);
});

test('R13: a case whose customer answers just before it closes is not closed', async () => {
  const { desk, browser } = session;
  const { id, page, panel } = await session.openNewTicket('At the last moment');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Answered' });
  await session.waitForMessage(id, words.confirm);
  await page.close();
  browser.jump({ days: 14, minutes: -1 });
  await desk.customerReplies(id, 'No, it does not work.');
  await browser.shift({ minutes: 2 });
  await until(
    'the case to be reopened',
    () => statusOf(id),
    (status) => status === 'reopened',
    { timeoutMs: 120_000 },
  );
  const again = await session.openTicket(id);
  expect((await again.panel.history()).filter((line) => /^Closed/.test(line))).toEqual([]);
  expect(desk.closedNative).not.toContain(await desk.nativeStatus(id));
});

test('R14: nobody is logged in when a reminder falls due: one word, and it goes out after the login', async () => {
  const { browser } = session;
  const { id, page, panel } = await session.openNewTicket('Logged out');
  await panel.change(customerInput);
  await session.waitForNative(id, session.desk.native.waiting);
  await page.close();
  await session.logout();
  await browser.shift({ days: 7, minutes: 1 });
  await expect.poll(told, { timeout: 60_000 }).toMatchObject([{ value: { message: expect.stringMatching(/log in/) } }]);
  expect(await session.sentToCustomer(id)).toEqual([]);
  await session.login();
  await session.openTicket(id);
  expect(await session.waitForMessage(id, words.reminder)).toHaveLength(1);
  await expect.poll(told, { timeout: 60_000 }).toEqual([]);
});

test('R15: what erin has decided is not sent as frank; it waits for her, with one word', async () => {
  const { desk } = session;
  const { id, page, panel } = await session.openNewTicket('Two people, one browser');
  const before = await desk.nativeStatus(id);
  await panel.change(customerInput);
  // While Undo is still offered, somebody else logs in.
  await session.logout();
  await desk.login(page, 'frank');
  await expect
    .poll(told, { timeout: 60_000 })
    .toMatchObject([{ value: { message: expect.stringMatching(/^Waits for Erin.*Frank.*is logged in/) } }]);
  expect(await desk.nativeStatus(id)).toBe(before);
  await session.logout();
  await desk.login(page);
  await page.goto(desk.ticketUrl(id));
  await session.waitForNative(id, desk.native.waiting);
  await expect.poll(told, { timeout: 60_000 }).toEqual([]);
});

test('R13: nobody is reminded of a ticket that was deleted meanwhile; it waits for a person, who drops it', async () => {
  const { browser, desk } = session;
  const { id, page, panel } = await session.openNewTicket('Spam');
  await panel.change(customerInput);
  await session.waitForNative(id, desk.native.waiting);
  await page.close();
  await desk.removeTicket(id);
  await browser.shift({ days: 7, minutes: 1 });
  const options = await browser.extensionPage('options.html#review');
  const list = new ReviewList(options);
  await until(
    'the reminder on the list',
    async () => {
      await options.reload();
      await options.getByRole('heading', { level: 1 }).waitFor();
      return list.rows.filter({ hasText: 'Spam' }).count();
    },
    (count) => count === 1,
    { timeoutMs: 60_000, everyMs: 1000 },
  );
  expect(await list.rows.filter({ hasText: 'Spam' }).innerText()).toMatch(/no such ticket|deleted/);
  if (desk.name === 'rt') expect(await session.sentToCustomer(id)).toEqual([]);
});

/** What the person was told of sites that wait: a notification leaves the screen, this is kept as long as it is true. */
async function told() {
  const settings = await session.browser.rows<{ key: string; value: { message: string } }>('settings');
  return settings.filter(({ key }) => key.startsWith('pause:'));
}

/** The status as it is stored: no page of the help desk is open that would show it. */
async function statusOf(ticketId: string): Promise<string | undefined> {
  const cases = await session.browser.rows<{ ticketId: string; statusId: string }>('cases');
  return cases.find((record) => record.ticketId === ticketId)?.statusId;
}
