import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session, words } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('a page with fields missing is told in words, and the status still works', async () => {
  const id = await session.desk.createTicket('A page after a redesign');
  const page = await session.browser.newPage();
  await page.route(session.desk.ticketUrl(id), async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('data-field="subject"', '').replace('data-field="requester"', '');
    await route.fulfill({ response: answer, body });
  });
  await page.goto(session.desk.ticketUrl(id));
  await page.getByText('This page looks different from what we know: subject, requester not found.').waitFor();
  await page.close();
  const { panel } = await session.openTicket(id);
  await panel.change({ status: 'In Progress' });
  await panel.waitForStatus('In Progress');
});

test('R15: logged out, a message waits and says so; logged in again, it goes out once', async () => {
  const { id, page, panel } = await session.openNewTicket('Logged out in the middle');
  await panel.open();
  await session.logout();
  await panel.change({ status: 'Awaiting Customer Confirmation' });
  await panel.region.getByText('Waits until you log in to Harbour.').waitFor();
  expect(await session.sentToCustomer(id)).toEqual([]);
  await session.login();
  await page.reload();
  await panel.open();
  const sent = await session.waitForMessage(id, words.confirm);
  expect(sent).toHaveLength(1);
  await panel.region.getByText('Waits until you log in to Harbour.').waitFor({ state: 'hidden' });
});
