import { beforeAll, describe, expect, test } from 'vitest';
import type { DeskApi } from '../../../core/domain/desk';
import { redmine } from '../../../core/sites/redmine/api';
import { parseHtml } from '../../../core/sites/redmine/html';
import { cookieFetch } from '../../desks/cookie-fetch';
import { customer } from '../../desks/desk';
import { redmineDesk as desk } from '../../desks/redmine/redmine';

const erins = cookieFetch();
const alices = cookieFetch();

beforeAll(async () => {
  await desk.up();
  await desk.signIn(erins);
  await desk.signIn(alices, 'alice');
});

const note = (visibility: 'public' | 'internal') => ({ body: 'For whom is this?', visibility });

test('an issue that everybody can see is read by nobody who is not logged in', async () => {
  const id = await desk.createIssue({ subject: 'Seen by everybody', project: 'community' });
  const anonymous = redmine.api(desk.url, cookieFetch());
  expect(await anonymous.currentUser()).toEqual({ ok: true, user: null });
  expect(await anonymous.readTicket(id)).toMatchObject({ ok: false, code: 'not-logged-in' });
  const api = redmine.api(desk.url, erins);
  expect(await api.readTicket(id)).toMatchObject({ ok: true, facts: { queue: 'Community' } });
});

test('cookie and key read the same', async () => {
  const id = await desk.createTicket('Two ways');
  await desk.customerReplies(id, 'Hello?');
  await desk.change(id, { notes: 'Nobody shall know', private_notes: true });
  // One after the other: Redmine notes each login in its database, and here that is one that takes one writer at a time.
  const byCookie = await redmine.api(desk.url, erins).readTicket(id);
  const byKey = await redmine.api(desk.url, erins, desk.apiKey).readTicket(id);
  if (!byCookie.ok || !byKey.ok) throw new Error(`Not read: ${JSON.stringify([byCookie, byKey])}`);
  expect(byKey.facts).toEqual(byCookie.facts);
  expect(byKey.lastCustomerMessage).toEqual(byCookie.lastCustomerMessage);
  expect(byCookie.lastCustomerMessage).not.toBeNull();
});

describe.each([
  ['with the login cookie', null],
  ['with an API key', desk.customerKey],
])('somebody who may only write, %s', (_what, key) => {
  let alice: DeskApi;
  beforeAll(() => {
    alice = redmine.api(desk.url, alices, key);
  });

  test('sets no status', async () => {
    const id = await desk.createTicket('Not my status');
    expect(await alice.apply(id, { status: 'Closed', message: null, expectedVersion: null })).toMatchObject({
      ok: false,
      code: 'refused',
    });
    expect(await desk.nativeStatus(id)).toBe('New');
  });

  test('writes no note that was meant to be private: Redmine would make it public', async () => {
    const id = await desk.createTicket('Not for the customer');
    expect(await alice.apply(id, { status: null, message: note('internal'), expectedVersion: null })).toMatchObject({
      ok: false,
      code: 'refused',
      message: expect.stringContaining('private'),
    });
    expect(await desk.messages(id)).toHaveLength(1);
    expect(await alice.apply(id, { status: null, message: note('public'), expectedVersion: null })).toMatchObject({
      ok: true,
    });
    expect(await desk.messages(id)).toHaveLength(2);
  });
});

test.each([
  ['with the login cookie', null],
  ['with an API key', desk.apiKey],
])('%s, an agent is no customer on an issue of their own', async (_what, key) => {
  const id = await desk.createIssue({ subject: 'I opened it myself', as: 'erin' });
  const erin = redmine.api(desk.url, erins, key);
  expect(await erin.apply(id, { status: null, message: note('public'), expectedVersion: null })).toMatchObject({
    ok: true,
  });
  expect(await erin.readTicket(id)).toMatchObject({ ok: true, lastCustomerMessage: null });
});

test('a required field that is empty is told in the words of Redmine', async () => {
  const id = await desk.createTicket('A subject');
  // Empty by way of a plugin or an import; the page for changes then lacks it.
  const emptied: typeof globalThis.fetch = (url, init) => {
    if (init?.body instanceof URLSearchParams) init.body.set('issue[subject]', '');
    return erins(url, init);
  };
  const result = await redmine
    .api(desk.url, emptied)
    .apply(id, { status: 'Closed', message: null, expectedVersion: null });
  expect(result).toMatchObject({
    ok: false,
    code: 'refused',
    message: expect.stringContaining('Subject cannot be blank'),
  });
  expect(await desk.nativeStatus(id)).toBe('New');
});

test('a write between reading and writing is noticed by Redmine itself', async () => {
  const id = await desk.createTicket('A race');
  const overtaken: typeof globalThis.fetch = async (url, init) => {
    if (init?.body instanceof URLSearchParams) await desk.change(id, { notes: 'I was first' });
    return erins(url, init);
  };
  const api = redmine.api(desk.url, overtaken);
  expect(await api.apply(id, { status: 'Closed', message: note('public'), expectedVersion: null })).toMatchObject({
    ok: false,
    code: 'changed',
  });
  expect((await desk.messages(id)).map(({ text }) => text)).not.toContain(note('public').body);
});

test('a form is taken where a proxy makes the way back to the issue one to an address that was not granted', async () => {
  const id = await desk.createTicket('Behind a proxy');
  const proxied: typeof globalThis.fetch = async (url, init) => {
    if (init?.redirect === 'manual') return erins(url, init);
    const answer = await erins(url, { ...init, redirect: 'manual' });
    if (answer.headers.has('location')) throw new TypeError('Failed to fetch');
    return answer;
  };
  const api = redmine.api(desk.url, proxied);
  expect(await api.apply(id, { status: 'Feedback', message: note('public'), expectedVersion: null })).toEqual({
    ok: true,
    nativeStatus: 'Feedback',
  });
});

test('a form that is not accepted is refused for good, so that the agent is logged out once at most', async () => {
  const mine = cookieFetch();
  await desk.signIn(mine);
  const id = await desk.createTicket('A form from elsewhere');
  const spoilt: typeof globalThis.fetch = (url, init) => {
    if (init?.body instanceof URLSearchParams) init.body.set('authenticity_token', 'spoilt');
    return mine(url, init);
  };
  const api = redmine.api(desk.url, spoilt);
  // Trouble that passes would be tried again, and log the agent out each time.
  expect(await api.apply(id, { status: 'Closed', message: null, expectedVersion: null })).toMatchObject({
    ok: false,
    code: 'refused',
  });
  expect(await api.currentUser()).toEqual({ ok: true, user: null });
});

test.each([
  ['support', 'Support'],
  ['community', 'Community'],
] as const)('R16: the new issue is in the project %s of the old one, and linked to it', async (project, name) => {
  const id = await desk.createIssue({ subject: 'The old one', project });
  const address = redmine.newTicketUrl(desk.url, {
    subject: 'The new one',
    requester: { login: '', name: customer.name },
    body: 'Continues it',
    queue: name,
    clonedFrom: id,
  });
  const form = parseHtml(await (await erins(address)).text());
  const value = (selector: string) => form.querySelector(selector)?.getAttribute('value');
  expect(form.querySelector('#issue_project_id option[selected]')?.textContent).toBe(name);
  expect(form.querySelector('#link_copy')?.getAttribute('checked')).toBe('checked');
  expect(value('#copy_from')).toBe(id);
  expect(value('#issue_subject')).toBe('The new one');
  expect(form.querySelector('#issue_description')?.textContent).toContain(`For: ${customer.name}`);
});
