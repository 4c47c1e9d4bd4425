import { beforeAll, expect, test } from 'vitest';
import { rt } from '../../../core/sites/rt/api';
import { cookieFetch } from '../../desks/cookie-fetch';
import { customer } from '../../desks/desk';
import { rtDesk as desk } from '../../desks/rt/rt';

const session = cookieFetch();
const erin = rt.api(desk.url, session);
beforeAll(async () => {
  await desk.up();
  await desk.signIn(session);
});

test('a status in another case than RT’s own is taken', async () => {
  const id = await desk.createTicket('In capitals');
  const write = { status: 'Stalled', message: null, expectedVersion: null };
  expect(await erin.apply(id, write)).toEqual({ ok: true, nativeStatus: 'stalled' });
});

test('R11, R12: where a group is the requestor, a customer’s answer counts, and an agent’s does not', async () => {
  const id = await desk.createTicket('For all of us');
  await desk.requestedByGroup(id);
  const agents = { body: 'Have you tried it again?', visibility: 'public' as const };
  expect(await erin.apply(id, { status: null, message: agents, expectedVersion: null })).toMatchObject({ ok: true });
  const before = await erin.readTicket(id);
  expect(before).toMatchObject({ ok: true, facts: { requester: null }, lastCustomerMessage: null });
  await desk.mail({ from: customer.email, ticketId: id, body: 'It works now.' });
  expect(await erin.readTicket(id)).toMatchObject({ lastCustomerMessage: { id: expect.any(String) } });
});

test('R11, R12: an answer to the number of a ticket that was merged is one to the ticket that it went into', async () => {
  const [old, into] = [await desk.createTicket('Merged'), await desk.createTicket('Goes on')];
  await desk.merge(old, into);
  expect(await erin.readTicket(old)).toMatchObject({ ok: false, code: 'gone', message: expect.stringContaining(into) });
  expect(await erin.readTicket(into)).toMatchObject({ ok: true, lastCustomerMessage: null });
  await desk.mail({ from: customer.email, ticketId: old, body: 'It works now.' });
  expect(await erin.readTicket(into)).toMatchObject({ lastCustomerMessage: { id: expect.any(String) } });
});
