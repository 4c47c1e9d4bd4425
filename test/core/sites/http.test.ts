import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { askDesk, parseBody } from '../../../core/sites/http';
import { scriptedFetch } from './scripted-fetch';

const URL_ = 'https://desk.test/rt/REST/2.0/ticket/1';
const get = (...script: Parameters<typeof scriptedFetch>) => askDesk(scriptedFetch(...script).fetch, 'RT', URL_);
const put = (...script: Parameters<typeof scriptedFetch>) =>
  askDesk(scriptedFetch(...script).fetch, 'RT', URL_, { method: 'PUT', json: { Status: 'open' } });

describe('askDesk', () => {
  it('asks in the agent’s own session, for JSON', async () => {
    const desk = scriptedFetch({ json: { id: 1 } }, { json: [] });
    expect(await askDesk(desk.fetch, 'RT', URL_)).toMatchObject({ ok: true, status: 200, body: { id: 1 } });
    await askDesk(desk.fetch, 'RT', URL_, { method: 'PUT', json: { Status: 'open' }, headers: { 'If-Match': '"7"' } });
    const [read, write] = desk.calls;
    expect(read).toMatchObject({ method: 'GET', credentials: 'include', json: undefined });
    expect(read?.headers.get('accept')).toBe('application/json');
    expect(read?.headers.has('content-type')).toBe(false);
    expect(write).toMatchObject({ method: 'PUT', credentials: 'include', json: { Status: 'open' } });
    expect(write?.headers.get('content-type')).toBe('application/json');
    expect(write?.headers.get('if-match')).toBe('"7"');
  });

  it.each([
    ['401', { status: 401, json: { message: 'Unauthorized' } }, 'not-logged-in'],
    ['a login page with 200', { html: '<form action="/Login"><input type="password"></form>' }, 'not-logged-in'],
    [
      'a login page that redirects led to',
      { url: 'https://desk.test/rt/', html: '<title>Login</title>' },
      'not-logged-in',
    ],
    // Pages of login services before the help desk, built from their documentation.
    ['a page to sign in', { html: '<title>Acme SSO</title><button>Sign in with Acme</button>' }, 'not-logged-in'],
    [
      'a form that sends itself on to a login service',
      { html: '<form action="https://sso.test/"><input type="hidden" name="SAMLRequest" value="x"></form>' },
      'not-logged-in',
    ],
    ['a page that speaks of designing in', { html: '<h1>We are redesigning</h1>' }, 'nonsense'],
    ['403', { status: 403, json: { message: 'Forbidden' } }, 'refused'],
    ['404', { status: 404, json: { message: 'Not Found' } }, 'gone'],
    // A server before the help desk, which is being made anew, say.
    ['404 that is not the help desk’s own', { status: 404, html: '<h1>Not Found</h1>' }, 'nonsense'],
    ['410', { status: 410 }, 'gone'],
    ['409', { status: 409 }, 'changed'],
    ['412', { status: 412, json: { message: 'Precondition Failed' } }, 'changed'],
    ['422', { status: 422, json: { message: '' } }, 'refused'],
    ['429', { status: 429 }, 'rate-limited'],
    ['500', { status: 500, html: '<h1>Internal Server Error</h1>' }, 'server-error'],
    ['503', { status: 503, json: {} }, 'server-error'],
    ['a proxy’s page', { html: '<h1>Welcome to the hotel</h1>' }, 'nonsense'],
    ['a proxy’s page with 400', { status: 400, html: '<h1>Bad</h1>' }, 'nonsense'],
    ['broken JSON', { html: '{"id":', headers: { 'content-type': 'application/json' } }, 'nonsense'],
    ['an empty body', { html: '', headers: { 'content-type': 'application/json' } }, 'nonsense'],
    ['no network', new TypeError('Failed to fetch'), 'unreachable'],
    ['a request that takes too long', new DOMException('signal timed out', 'TimeoutError'), 'unreachable'],
  ])('%s is a failure in words', async (_what, reply, code) => {
    const answer = await get(reply);
    expect(answer).toMatchObject({ ok: false, code, message: expect.stringMatching(/RT.*\.$|\.$/) });
    // Reading changes nothing.
    expect(answer).not.toMatchObject({ maybeDone: true });
    expect(await put(reply)).toMatchObject({ ok: false, code });
  });

  it('R17: a help desk without its API says so, and does not ask to log in, whatever its menu offers', async () => {
    const page = '<title>Page not found</title><a href="/NoAuth/Login.html">Login</a>';
    expect(await get({ status: 404, html: page })).toMatchObject({
      code: 'nonsense',
      message: 'RT’s API is not there (404).',
    });
  });

  it('a refusal is told in the help desk’s own words, where it has any', async () => {
    const refused = (json: unknown) => put({ status: 400, json });
    expect(await refused({ message: 'Permission Denied' })).toEqual({
      ok: false,
      code: 'refused',
      message: 'RT did not take it: Permission Denied',
    });
    for (const json of [null, [], {}, { message: 7 }, { message: '' }])
      expect(await refused(json)).toMatchObject({ code: 'refused', message: 'RT refused it (400).' });
    const broken = { status: 400, html: '{', headers: { 'content-type': 'application/json' } };
    expect(await put(broken)).toMatchObject({ code: 'refused', message: 'RT refused it (400).' });
  });

  it.each([
    ['no network', new TypeError('Failed to fetch'), true],
    ['500', { status: 500 }, true],
    ['502 of a proxy', { status: 502, html: '<h1>Bad gateway</h1>' }, true],
    ['nonsense', { html: '<h1>Hotel</h1>' }, true],
    ['broken JSON', { html: '{', headers: { 'content-type': 'application/json' } }, true],
    ['401', { status: 401 }, true],
    ['a login page', { html: '<form action="/login">' }, true],
    ['429', { status: 429 }, true],
    ['403', { status: 403 }, false],
    ['404', { status: 404 }, false],
    ['404 of a proxy', { status: 404, html: '<h1>Not found</h1>' }, true],
    ['412', { status: 412 }, false],
  ])('a write that met %s may have been carried out: %#', async (_what, reply, maybeDone) => {
    const answer = await put(reply);
    expect('maybeDone' in answer && answer.maybeDone === true).toBe(maybeDone);
  });

  it('an answer whose body breaks off is no answer', async () => {
    const broken = (async () => ({
      text: () => Promise.reject(new TypeError('terminated')),
    })) as unknown as typeof fetch;
    expect(await askDesk(broken, 'RT', URL_, { method: 'POST' })).toMatchObject({
      ok: false,
      code: 'unreachable',
      maybeDone: true,
    });
  });

  it.each([
    ['7', 7_000],
    ['0', 1_000],
    ['-5', 1_000],
    ['86401', 86_400_000],
    ['Fri, 20 Nov 2026 22:36:40 GMT', 60_000],
    ['Fri, 20 Nov 2026 22:36:40 GMT', 400_000, 'Fri, 20 Nov 2026 22:30:00 GMT'],
    ['Fri, 20 Nov 2026 22:36:40 GMT', 1_000, 'Fri, 20 Nov 2026 22:37:00 GMT'],
    ['Fri, 20 Nov 2099 22:36:40 GMT', 86_400_000, 'Fri, 20 Nov 2026 22:37:00 GMT'],
    ['7', 7_000, 'Fri, 20 Nov 2026 22:30:00 GMT'],
    ['Infinity', 60_000],
    ['soon', 60_000],
    [null, 60_000],
  ] as [string | null, number, string?][])('Retry-After %s waits %d ms', async (header, retryAfterMs, date) => {
    const headers = { ...(header === null ? {} : { 'retry-after': header }), ...(date === undefined ? {} : { date }) };
    expect(await get({ status: 429, headers })).toMatchObject({ ok: false, code: 'rate-limited', retryAfterMs });
  });

  it('a server in maintenance may say when it is back', async () => {
    const answer = await get({ status: 503, headers: { 'retry-after': '120' } });
    expect(answer).toMatchObject({ ok: false, code: 'server-error', retryAfterMs: 120_000 });
    expect(await get({ status: 503 })).not.toHaveProperty('retryAfterMs');
  });

  it('an answer of another address is not the help desk’s, whatever it says', async () => {
    const reply = { json: { id: 1 }, url: 'https://portal.hotel.test/rt/REST/2.0/ticket/1' };
    expect(await get(reply)).toMatchObject({ ok: false, code: 'unreachable', message: /another address/ });
    expect(await put(reply)).toMatchObject({ ok: false, code: 'unreachable', maybeDone: true });
  });

  it('more than any ticket is not read to its end', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000).fill(120));
      },
    });
    const endless = (async () => new Response(body)) as typeof fetch;
    expect(await askDesk(endless, 'RT', URL_)).toMatchObject({ ok: false, code: 'nonsense', message: /too much/ });
    expect(sent).toBeLessThan(30_000_000);
  });
});

describe('parseBody', () => {
  const answer = (body: unknown) => ({ ok: true as const, status: 200, body, headers: new Headers() });

  it('takes the known shape and turns another into words', () => {
    const Shape = z.object({ id: z.number() });
    expect(parseBody(Shape, answer({ id: 1, more: 2 }), 'RT')).toEqual({ ok: true, value: { id: 1 } });
    for (const body of [null, [], 'text', { id: '1' }, {}])
      expect(parseBody(Shape, answer(body), 'RT')).toMatchObject({ ok: false, code: 'nonsense' });
  });
});
