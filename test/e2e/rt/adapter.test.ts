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

/** REST2 as the agent, beside the adapter. */
const rest = async (method: string, path: string, body: object) => {
  const answer = await session(`${desk.url}/REST/2.0/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`RT answered ${answer.status}: ${await answer.text()}`);
};

test('a status in another case than RT’s own is taken', async () => {
  const id = await desk.createTicket('In capitals');
  const write = { status: 'Stalled', message: null, expectedVersion: null };
  expect(await erin.apply(id, write)).toEqual({ ok: true, nativeStatus: 'stalled' });
});

test('a status that RT does not have is refused, in RT’s own words', async () => {
  const id = await desk.createTicket('No such status');
  const write = { status: 'levitating', message: null, expectedVersion: null };
  expect(await erin.apply(id, write)).toMatchObject({
    ok: false,
    code: 'refused',
    message: expect.stringMatching(/"levitating".* RT says: \S/),
  });
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

test('R11, R12: what the customer said in a ticket before it was merged counts in the one that it went into', async () => {
  const [into, other] = [await desk.createTicket('Goes on'), await desk.createTicket('Asked again')];
  const before = await erin.readTicket(into);
  await desk.mail({ from: customer.email, ticketId: other, body: 'It works now.' });
  await desk.merge(other, into);
  const after = await erin.readTicket(into);
  if (!before.ok || !after.ok) throw new Error('Not read');
  expect(Number(after.lastCustomerMessage?.id)).toBeGreaterThan(Number(before.facts.lastMessageId));
});

test('R11, R12: an agent who is a requestor too is no customer while at work; the customer beside them is', async () => {
  const id = await desk.createTicket('For a customer, by an agent');
  await rest('PUT', `ticket/${id}`, { Requestor: ['erin@desk.test', customer.email] });
  const asked = { body: 'Have you tried it again?', visibility: 'public' as const };
  expect(await erin.apply(id, { status: null, message: asked, expectedVersion: null })).toMatchObject({ ok: true });
  expect(await erin.readTicket(id)).toMatchObject({ ok: true, lastCustomerMessage: null });
  await desk.mail({ from: customer.email, ticketId: id, body: 'It works now.' });
  expect(await erin.readTicket(id)).toMatchObject({ lastCustomerMessage: { id: expect.any(String) } });
});

test('a ticket is written to through a server that compresses, and marks the version for that', async () => {
  const compressed: typeof globalThis.fetch = async (url, init) => {
    const answer = await session(url, init);
    const headers = new Headers(answer.headers);
    const etag = headers.get('etag');
    if (etag) headers.set('etag', `W/${etag}`);
    return new Response(answer.body, { status: answer.status, headers });
  };
  const id = await desk.createTicket('Compressed');
  const api = rt.api(desk.url, compressed);
  const reading = await api.readTicket(id);
  if (!reading.ok) throw new Error(reading.message);
  const write = { status: 'stalled', message: null, expectedVersion: reading.version };
  expect(await api.apply(id, write)).toEqual({ ok: true, nativeStatus: 'stalled' });
});

test('what is enclosed in a message is not read', async () => {
  const id = await desk.createTicket('With files');
  const file = (FileName: string, FileType: string, text: string) => ({
    FileName,
    FileType,
    FileContent: Buffer.from(text.repeat(100)).toString('base64'),
  });
  await rest('POST', `ticket/${id}/correspond`, {
    Content: 'See the files.',
    ContentType: 'text/plain',
    Attachments: [file('log.txt', 'text/plain', 'a line'), file('dump.bin', 'application/octet-stream', '\0\u0001')],
  });
  expect(await erin.newestMessages(id)).toMatchObject({ ok: true, messages: [{ text: 'See the files.' }] });
});

// RT's confirmation then has letters that it cannot send: the connection ends without an answer.
test.each(['en', 'de', 'pl', 'ja'])(
  'R15: a message of an agent who has RT in "%s" is sent, and known to be',
  async (language) => {
    const fetch = cookieFetch();
    await desk.signIn(fetch, await desk.makeAgent(language));
    const agent = rt.api(desk.url, fetch);
    const id = await desk.createTicket('In other words');
    for (const [visibility, status] of [
      ['public', 'stalled'],
      ['internal', null],
    ] as const) {
      const read = await agent.readTicket(id);
      if (!read.ok) throw new Error(read.message);
      const message = { body: `Zażółć gęślą jaźń.\n\n[ref:${crypto.randomUUID()}]`, visibility };
      expect(await agent.apply(id, { status, message, expectedVersion: read.version })).toEqual({
        ok: true,
        nativeStatus: 'stalled',
      });
      expect((await desk.messages(id)).filter(({ text }) => text.trim() === message.body)).toMatchObject([
        { visibility },
      ]);
    }
  },
);
