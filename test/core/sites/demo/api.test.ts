import { describe, expect, it } from 'vitest';
import { demo } from '../../../../core/sites/demo/api';
import { pageHtml } from '../fixture';
import { scriptedFetch } from '../scripted-fetch';

const BASE = 'http://127.0.0.1:4000';

const message = (id: number, role: 'agent' | 'customer', more: object = {}) => ({
  id,
  author: { role, name: 'x' },
  visibility: 'public',
  body: `Message ${id}`,
  createdAt: `2026-11-20T22:00:${id}.000Z`,
  automatic: false,
  ...more,
});
const ticket = (status: string, more: object = {}) => ({
  json: {
    id: 12,
    subject: 'Printer is on fire',
    status,
    queue: 'Support',
    requester: { name: 'Alice Customer', email: 'alice@customer.test' },
    assignee: { login: 'erin', name: 'Erin Agent' },
    messages: [
      message(10, 'customer'),
      message(11, 'customer'),
      message(12, 'agent'),
      message(13, 'customer', { automatic: true }),
    ],
    ...more,
  },
  headers: { etag: '"7"' },
});

const deskWith = (...script: Parameters<typeof scriptedFetch>) => {
  const desk = scriptedFetch(...script);
  return { ...desk, api: demo.api(BASE, desk.fetch), requests: () => desk.requests(BASE) };
};
const reply = { body: 'Does it still burn?', visibility: 'public' as const };

describe('currentUser', () => {
  it('asks the session', async () => {
    const desk = deskWith({ json: { user: { login: 'erin', name: 'Erin Agent' } } });
    expect(await desk.api.currentUser()).toEqual({ ok: true, user: { login: 'erin', name: 'Erin Agent' } });
    expect(desk.requests()).toEqual(['GET /api/session']);
  });

  it('knows nobody from trouble', async () => {
    expect(await deskWith({ status: 401, json: {} }).api.currentUser()).toEqual({ ok: true, user: null });
    expect(await deskWith({ html: pageHtml('demo/login.html') }).api.currentUser()).toEqual({ ok: true, user: null });
    expect(await deskWith({ status: 500 }).api.currentUser()).toMatchObject({ ok: false, code: 'server-error' });
    expect(await deskWith(new TypeError('x')).api.currentUser()).toMatchObject({ ok: false, code: 'unreachable' });
    expect(await deskWith({ json: { user: null } }).api.currentUser()).toMatchObject({ ok: false, code: 'nonsense' });
  });
});

describe('readTicket', () => {
  it('R11, R12: reads the ticket and the newest message that a customer wrote', async () => {
    const desk = deskWith(ticket('pending'));
    expect(await desk.api.readTicket('12')).toEqual({
      ok: true,
      facts: {
        ticketId: '12',
        subject: 'Printer is on fire',
        nativeStatus: 'pending',
        requester: { login: 'alice@customer.test', name: 'Alice Customer' },
        assignee: { login: 'erin', name: 'Erin Agent' },
        queue: 'Support',
        type: null,
        lastMessageId: '13',
      },
      closed: false,
      version: '"7"',
      lastCustomerMessage: { id: '11', at: Date.UTC(2026, 10, 20, 22, 0, 11) },
      lastAutomaticMessage: { id: '13', at: Date.UTC(2026, 10, 20, 22, 0, 13) },
    });
    expect(desk.requests()).toEqual(['GET /api/tickets/12']);
  });

  it('takes a ticket without owner and messages', async () => {
    expect(await deskWith(ticket('new', { assignee: null, messages: [] })).api.readTicket('12')).toMatchObject({
      facts: { assignee: null, lastMessageId: '0' },
      lastCustomerMessage: null,
    });
  });

  it.each([
    ['401', { status: 401 }, 'not-logged-in'],
    ['the login page', { html: pageHtml('demo/login.html') }, 'not-logged-in'],
    ['another shape', { json: { id: '12' } }, 'nonsense'],
    ['nonsense', { html: '<h1>Hotel</h1>' }, 'nonsense'],
    ['404', { status: 404 }, 'gone'],
    ['429', { status: 429, headers: { 'retry-after': '3' } }, 'rate-limited'],
    ['500', { status: 500 }, 'server-error'],
    ['no network', new TypeError('x'), 'unreachable'],
  ])('%s is a failure', async (_what, answer, code) => {
    expect(await deskWith(answer).api.readTicket('12')).toMatchObject({ ok: false, code });
    expect(await deskWith(answer).api.newestMessages('12')).toMatchObject({ ok: false, code });
  });
});

describe('newestMessages', () => {
  it('tells what was said, to whom', async () => {
    const desk = deskWith(
      ticket('new', { messages: [message(13, 'customer'), message(14, 'agent', { visibility: 'internal' })] }),
    );
    expect(await desk.api.newestMessages('12')).toEqual({
      ok: true,
      messages: [
        { id: '13', visibility: 'public', text: 'Message 13' },
        { id: '14', visibility: 'internal', text: 'Message 14' },
      ],
    });
  });
});

describe('apply', () => {
  it('R15: sends message and status in one guarded request and reads them back', async () => {
    const desk = deskWith({ json: {} }, ticket('solved'));
    expect(await desk.api.apply('12', { status: 'solved', message: reply, expectedVersion: '"7"' })).toEqual({
      ok: true,
      nativeStatus: 'solved',
    });
    expect(desk.requests()).toEqual(['POST /api/tickets/12/actions', 'GET /api/tickets/12']);
    expect(desk.calls[0]?.json).toEqual({
      status: 'solved',
      message: { body: 'Does it still burn?', visibility: 'public' },
    });
    expect(desk.calls[0]?.headers.get('if-match')).toBe('"7"');
    expect(desk.calls[0]?.headers.get('x-harbour-request')).toBe('1');
  });

  it('leaves out what is not wanted', async () => {
    const desk = deskWith({ json: {} }, ticket('open'), { json: {} }, ticket('open'));
    await desk.api.apply('12', { status: null, message: reply, expectedVersion: null });
    await desk.api.apply('12', { status: 'open', message: null, expectedVersion: null });
    expect(desk.calls[0]?.json).toEqual({ message: reply });
    expect(desk.calls[0]?.headers.has('if-match')).toBe(false);
    expect(desk.calls[2]?.json).toEqual({ status: 'open' });
  });

  it('refuses a status that was not taken', async () => {
    const desk = deskWith({ json: {} }, ticket('open'));
    expect(await desk.api.apply('12', { status: 'solved', message: null, expectedVersion: null })).toMatchObject({
      ok: false,
      code: 'refused',
      message: expect.stringMatching(/"solved".*"open"/),
    });
  });

  it('what cannot be read back may be done', async () => {
    for (const failure of [{ status: 401 }, { status: 500 }, new TypeError('x'), { json: {} }])
      expect(
        await deskWith({ json: {} }, failure).api.apply('12', { status: 'open', message: null, expectedVersion: null }),
      ).toMatchObject({
        ok: false,
        maybeDone: true,
      });
  });

  it.each([
    ['a stale version', { status: 412 }, 'changed', false],
    ['401', { status: 401 }, 'not-logged-in', true],
    ['429', { status: 429 }, 'rate-limited', true],
    ['500', { status: 500 }, 'server-error', true],
    ['no network', new TypeError('x'), 'unreachable', true],
  ])('%s stops the write', async (_what, answer, code, maybeDone) => {
    const desk = deskWith(answer);
    const result = await desk.api.apply('12', { status: 'open', message: reply, expectedVersion: '"7"' });
    expect(result).toMatchObject({ ok: false, code });
    expect('maybeDone' in result && result.maybeDone === true).toBe(maybeDone);
    expect(desk.requests()).toHaveLength(1);
  });
});

describe('detect and addresses', () => {
  it('knows Harbour by its name, also on the login page', async () => {
    expect(await demo.detect(pageHtml('demo/login.html'), new URL(`${BASE}/login?next=/tickets`))).toBe(BASE);
    expect(await demo.detect(pageHtml('demo/ticket.html'), new URL(`${BASE}/tickets/12`))).toBe(BASE);
    expect(await demo.detect(pageHtml('rt/login.html'), new URL(`${BASE}/`))).toBeNull();
    expect(await demo.detect('<p>Harbour Desk</p>', new URL(`${BASE}/`))).toBeNull();
  });

  it('R16: prefills a new ticket that continues the closed one', () => {
    const url = new URL(
      demo.newTicketUrl(BASE, {
        subject: 'Fire & water? #1 50% "ä"',
        requester: { login: 'alice+it@customer.test', name: 'Alice' },
        body: 'Continues #12:\nhttp://127.0.0.1:4000/tickets/12?a=1&b=2',
        queue: 'Support',
        clonedFrom: '12',
      }),
    );
    expect(url.origin + url.pathname).toBe(`${BASE}/tickets/new`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      subject: 'Fire & water? #1 50% "ä"',
      body: 'Continues #12:\nhttp://127.0.0.1:4000/tickets/12?a=1&b=2',
      related: '12',
      requester: 'alice+it@customer.test',
    });
    const bare = new URL(
      demo.newTicketUrl(BASE, { subject: 'x', requester: null, body: 'y', queue: null, clonedFrom: '12' }),
    );
    expect(bare.searchParams.has('requester')).toBe(false);
  });

  it('of a ticket is one that the page adapter knows', () => {
    expect(demo.page.ticketIdOf(new URL(demo.ticketUrl(BASE, '12')))).toBe('12');
  });
});
