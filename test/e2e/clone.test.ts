import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('R16: a closed case offers Clone case, which opens the prefilled new ticket', async () => {
  const { id, panel } = await session.openNewTicket('Back again');
  await panel.open();
  await panel.change({ status: 'Closed', reason: 'Solved' });
  await session.waitForNative(id, ...session.desk.closedNative);

  const opened = session.browser.context.waitForEvent('page');
  await panel.button('Clone case').click();
  const form = await session.desk.newTicketForm(await opened);
  expect(form.subject).toContain('Back again');
  expect(form.requester).toContain(session.desk.customerInNewTicket);
});

test('R16: an open case offers no Clone case', async () => {
  const { panel } = await session.openNewTicket('Still open');
  await panel.change({ status: 'In Progress' });
  expect(await panel.button('Clone case').count()).toBe(0);
});
