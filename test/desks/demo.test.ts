import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, startDesk } from '../../demo/server.mjs';

let folder: string;
let dataFile: string;
let desk: Desk;
let cookie: string;

const GUARD = { 'X-Harbour-Request': '1' };

interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  as?: string;
  signal?: AbortSignal;
}

function call(path: string, { method = 'GET', body, headers = {}, as = cookie, signal }: Call = {}) {
  return fetch(desk.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(as && { Cookie: as }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever JSON the desk sends
const read = async (path: string): Promise<any> => (await call(path)).json();

const write = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body, headers: { ...GUARD, ...headers } });

const postForm = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(desk.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie, ...headers },
    body: new URLSearchParams(fields),
  });

async function signIn(login = 'erin') {
  const answer = await call('/api/session', {
    method: 'POST',
    body: { login, password: 'harbour' },
    headers: GUARD,
    as: '',
  });
  expect(answer.status).toBe(200);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harbour-'));
  dataFile = join(folder, 'desk.json');
  desk = await startDesk({ port: 0, dataFile, faults: true });
  cookie = await signIn();
});

afterEach(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('session', () => {
  it('tells who is signed in, with a cookie that scripts cannot read', async () => {
    expect(await read('/api/session')).toEqual({ user: { login: 'erin', name: 'Erin Walsh' } });
    const answer = await call('/api/session', {
      method: 'POST',
      body: { login: 'frank', password: 'harbour' },
      headers: GUARD,
      as: '',
    });
    expect(await answer.json()).toEqual({ user: { login: 'frank', name: 'Frank Osei' } });
    expect(answer.headers.get('set-cookie')).toMatch(/^harbour_session=.+; HttpOnly; SameSite=Lax$/);
  });

  it.each([
    { login: 'erin', password: 'wrong' },
    { login: 'nobody', password: 'harbour' },
    { login: ['erin'], password: null },
    {},
  ])('refuses %j', async (body) => {
    const answer = await call('/api/session', { method: 'POST', body, headers: GUARD, as: '' });
    expect(answer.status).toBe(401);
    expect((await answer.json()).error.code).toBe('wrong-credentials');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('answers 401 as JSON to the API and 302 to pages when nobody is signed in', async () => {
    for (const path of ['/api/session', '/api/tickets', '/api/tickets/101']) {
      const answer = await call(path, { as: '' });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    }
    const page = await call('/tickets?status=open', { as: 'harbour_session=made-up' });
    expect(page.status).toBe(302);
    expect(page.headers.get('location')).toBe(`/login?next=${encodeURIComponent('/tickets?status=open')}`);
  });

  it('ends for good on DELETE', async () => {
    expect((await call('/api/session', { method: 'DELETE', headers: GUARD })).status).toBe(204);
    expect((await call('/api/session')).status).toBe(401);
  });

  it('signs in by form and leads only to addresses of the desk', async () => {
    const good = await postForm('/login', { login: 'erin', password: 'harbour', next: '/tickets/101' });
    expect([good.status, good.headers.get('location')]).toEqual([303, '/tickets/101']);
    for (const next of ['https://elsewhere.test/', '//elsewhere.test/', '/\\elsewhere.test', '/..//elsewhere.test']) {
      const answer = await postForm('/login', { login: 'erin', password: 'harbour', next });
      expect(answer.headers.get('location')).toBe('/tickets');
    }
    expect((await postForm('/login', { login: 'erin', password: 'no' })).status).toBe(401);
  });
});

describe('reading tickets', () => {
  it('starts with eight tickets, 101 of Alice with Erin and 108 of nobody', async () => {
    const { tickets } = await read('/api/tickets');
    expect(tickets.map(({ id }: { id: number }) => id)).toEqual([101, 102, 103, 104, 105, 106, 107, 108]);
    expect(tickets[0]).toMatchObject({
      status: 'open',
      queue: 'Support',
      relatedTo: null,
      url: `${desk.url}/tickets/101`,
      requester: { name: 'Alice Customer', email: 'alice@customer.test' },
      assignee: { login: 'erin', name: 'Erin Walsh' },
    });
    expect(tickets[0]).not.toHaveProperty('messages');
    expect(tickets[7].assignee).toBeNull();
  });

  it('gives a ticket with its conversation and its version as ETag', async () => {
    const answer = await call('/api/tickets/101');
    const ticket = await answer.json();
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('etag')).toBe(`"${ticket.version}"`);
    expect(new Set(ticket.messages.map(({ visibility }: { visibility: string }) => visibility))).toEqual(
      new Set(['public', 'internal']),
    );
    expect(ticket.messages[0]).toEqual({
      id: expect.any(Number),
      author: { name: 'Alice Customer', role: 'customer', email: 'alice@customer.test' },
      visibility: 'public',
      body: expect.any(String),
      createdAt: expect.any(String),
      automatic: false,
    });
    expect(ticket.messages[1].author).toEqual({ name: 'Erin Walsh', role: 'agent', login: 'erin' });
  });

  it('filters by status and by time of change', async () => {
    const before = new Date(Date.now() - 1000).toISOString();
    await write('/api/tickets/105/actions', { status: 'open' });
    const changed = await read(`/api/tickets?updatedSince=${before}`);
    expect(changed.tickets.map(({ id }: { id: number }) => id)).toEqual([105]);
    const closed = await read('/api/tickets?status=closed');
    expect(closed.tickets.map(({ id }: { id: number }) => id)).toEqual([107]);
    expect((await call('/api/tickets?status=odd')).status).toBe(422);
    expect((await call('/api/tickets?updatedSince=soon')).status).toBe(422);
  });

  it('answers 404 for what is not there and 405 for the wrong method', async () => {
    for (const path of ['/api/tickets/999', '/api/tickets/101x', '/api/odd', '/api/tickets/%2e%2e']) {
      const answer = await call(path);
      expect(answer.status).toBe(404);
      expect((await answer.json()).error.code).toBe('not-found');
    }
    const answer = await call('/api/tickets/101', { method: 'PUT', headers: GUARD });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, DELETE']);
  });

  it('deletes a ticket for good, for an agent', async () => {
    expect((await fetch(`${desk.url}/api/tickets/101`, { method: 'DELETE', headers: GUARD })).status).toBe(401);
    expect((await call('/api/tickets/101', { method: 'DELETE', headers: GUARD })).status).toBe(204);
    expect((await call('/api/tickets/101')).status).toBe(404);
    expect((await call('/api/tickets/101', { method: 'DELETE', headers: GUARD })).status).toBe(404);
  });
});

describe('changing tickets', () => {
  it('does status and message as one change', async () => {
    const before = await read('/api/tickets/101');
    const answer = await write(
      '/api/tickets/101/actions',
      { status: 'pending', message: { body: 'Which browser?', visibility: 'public' } },
      { 'If-Match': `"${before.version}"` },
    );
    expect(answer.status).toBe(200);
    const after = await answer.json();
    expect(answer.headers.get('etag')).toBe(`"${before.version + 1}"`);
    expect(after).toMatchObject({ status: 'pending', version: before.version + 1 });
    expect(after.messages).toHaveLength(before.messages.length + 1);
    expect(after.messages.at(-1)).toMatchObject({
      body: 'Which browser?',
      visibility: 'public',
      automatic: false,
      author: { role: 'agent', login: 'erin' },
    });
    const other = (
      await (await write('/api/tickets/102/actions', { message: { body: 'x', visibility: 'internal' } })).json()
    ).messages.at(-1);
    expect(other.id).toBeGreaterThan(after.messages.at(-1).id);
    expect(await read('/api/tickets/101')).toEqual(after);
  });

  it('refuses with 412 and changes nothing when the ticket has moved on', async () => {
    const before = await read('/api/tickets/101');
    for (const tag of [`"${before.version - 1}"`, `W/"${before.version}"`, String(before.version)]) {
      const answer = await write('/api/tickets/101/actions', { status: 'closed' }, { 'If-Match': tag });
      expect(answer.status).toBe(412);
    }
    expect(await read('/api/tickets/101')).toEqual(before);
  });

  it('lets one of two writers with the same version through', async () => {
    const { version } = await read('/api/tickets/101');
    const answers = await Promise.all(
      ['pending', 'solved'].map((status) =>
        write('/api/tickets/101/actions', { status }, { 'If-Match': `"${version}"` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('refuses a write without the guard header', async () => {
    for (const path of ['/api/tickets/101/actions', '/api/tickets']) {
      const answer = await call(path, { method: 'POST', body: { status: 'closed' } });
      expect(answer.status).toBe(403);
      expect((await answer.json()).error.code).toBe('guard-missing');
    }
    expect((await call('/api/session', { method: 'DELETE' })).status).toBe(403);
  });

  it.each([
    [{ status: 'reopened' }],
    [{ status: null }],
    [{}],
    [{ message: { body: 'x' } }],
    [{ message: { body: 'x', visibility: 'everyone' } }],
    [{ message: { body: '   ', visibility: 'public' } }],
    [{ message: { body: 7, visibility: 'public' } }],
    [{ message: 'x' }],
    [{ status: 'closed', message: { body: 'x'.repeat(20_001), visibility: 'public' } }],
  ])('refuses with 422 and changes nothing: %#', async (body) => {
    const before = await read('/api/tickets/101');
    const answer = await write('/api/tickets/101/actions', body);
    expect(answer.status).toBe(422);
    expect((await answer.json()).error.message).toMatch(/\w/);
    expect(await read('/api/tickets/101')).toEqual(before);
  });

  it('refuses what is too large, not JSON, or not marked as JSON', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${desk.url}/api/tickets/101/actions`, {
        method: 'POST',
        headers: { Cookie: cookie, ...GUARD, 'Content-Type': type },
        body,
      }).then(({ status }) => status);
    expect(await send(JSON.stringify({ status: 'open', padding: 'x'.repeat(257 * 1024) }))).toBe(413);
    expect(await send('{"status":')).toBe(400);
    expect(await send('[]')).toBe(400);
    expect(await send('{"status":"closed"}', 'text/plain')).toBe(415);
    expect((await read('/api/tickets/101')).status).toBe('open');
  });

  it('answers 404 for a ticket that does not exist', async () => {
    expect((await write('/api/tickets/999/actions', { status: 'open' })).status).toBe(404);
  });

  it('creates tickets, related ones too', async () => {
    const input = {
      subject: 'Again:\nexport',
      requester: { name: 'Alice Customer', email: 'Alice@Customer.test' },
      body: 'Follow-up',
      relatedTo: 101,
    };
    const answer = await write('/api/tickets', input);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      id: 109,
      subject: 'Again: export',
      status: 'open',
      version: 1,
      relatedTo: 101,
      requester: { name: 'Alice Customer', email: 'alice@customer.test' },
      messages: [{ body: 'Follow-up', visibility: 'public' }],
    });
    for (const bad of [
      { subject: 'x'.repeat(201) },
      { requester: { name: 'A', email: 'nowhere' } },
      { requester: null },
      { body: '' },
      { relatedTo: 999 },
      { relatedTo: '101' },
    ]) {
      expect((await write('/api/tickets', { ...input, ...bad })).status).toBe(422);
    }
    expect((await read('/api/tickets')).tickets).toHaveLength(9);
  });
});

describe('keeping data', () => {
  it('knows tickets and sessions after a restart, and leaves no temporary file', async () => {
    await write('/api/tickets/103/actions', {
      status: 'solved',
      message: { body: 'Sent anew.', visibility: 'public' },
    });
    const before = await read('/api/tickets/103');
    await desk.close();
    desk = await startDesk({ port: 0, dataFile });
    const after = await read('/api/tickets/103');
    expect(after).toEqual({ ...before, url: `${desk.url}/tickets/103` });
    expect(readdirSync(folder)).toEqual(['desk.json']);
    expect(readFileSync(dataFile, 'utf8')).not.toContain(cookie.split('=')[1]);
  });

  it('does not overwrite a file that is not a desk', async () => {
    const odd = join(folder, 'odd.json');
    writeFileSync(odd, '{"tickets":');
    await expect(startDesk({ port: 0, dataFile: odd })).rejects.toThrow('not a Harbour Desk data file');
    expect(readFileSync(odd, 'utf8')).toBe('{"tickets":');
  });
});

describe('portal', () => {
  const reply = (id: number, key: string, body: unknown) =>
    call(`/api/portal/${id}/replies?key=${key}`, { method: 'POST', body, as: '' });

  it('takes a reply without session and opens a solved ticket again', async () => {
    const before = await read('/api/tickets/105');
    expect(before.status).toBe('solved');
    const answer = await reply(105, before.portalKey, { body: 'One more thing', automatic: false });
    expect(answer.status).toBe(201);
    const message = await answer.json();
    expect(message).toMatchObject({ author: { role: 'customer' }, visibility: 'public', automatic: false });
    const after = await read('/api/tickets/105');
    expect(after).toMatchObject({ status: 'open', version: before.version + 1 });
    expect(after.messages.at(-1)).toEqual(message);
  });

  it('leaves other statuses alone and marks automatic replies', async () => {
    const { portalKey } = await read('/api/tickets/102');
    expect(await (await reply(102, portalKey, { body: 'Out of office', automatic: true })).json()).toMatchObject({
      automatic: true,
    });
    expect((await read('/api/tickets/102')).status).toBe('pending');
  });

  it('refuses on a closed ticket, with a wrong key and with bad input', async () => {
    const closed = await read('/api/tickets/107');
    expect((await reply(107, closed.portalKey, { body: 'Hello?' })).status).toBe(409);
    expect(await read('/api/tickets/107')).toEqual(closed);
    expect((await reply(105, closed.portalKey, { body: 'x' })).status).toBe(404);
    expect((await reply(999, closed.portalKey, { body: 'x' })).status).toBe(404);
    const { portalKey } = await read('/api/tickets/105');
    expect((await reply(105, portalKey, { body: '' })).status).toBe(422);
    expect((await reply(105, portalKey, { body: 'x', automatic: 'yes' })).status).toBe(422);
    expect((await read('/api/tickets/105')).status).toBe('solved');
  });

  it('shows the public conversation to whoever has the key, and a form', async () => {
    const { portalKey, messages } = await read('/api/tickets/101');
    const page = await (await call(`/portal/101?key=${portalKey}`, { as: '' })).text();
    expect(page).toContain('Export of the monthly berth report');
    for (const { id, visibility } of messages) {
      expect(page.includes(`data-message-id="${id}"`)).toBe(visibility === 'public');
    }
    expect(page).not.toContain('desk-user');
    expect((await call('/portal/101?key=guess', { as: '' })).status).toBe(404);
    expect((await call('/portal/101', { as: '' })).status).toBe(404);
    const sent = await postForm(`/portal/101?key=${portalKey}`, { body: 'By form' });
    expect(sent.status).toBe(303);
    expect((await read('/api/tickets/101')).messages.at(-1).body).toBe('By form');
  });
});

describe('pages', () => {
  const page = async (path: string) => {
    const answer = await call(path);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('carry the hooks that describe the ticket and the agent', async () => {
    const { text } = await page('/tickets/101');
    for (const hook of [
      '<meta name="application-name" content="Harbour Desk">',
      '<meta name="desk-user" content="erin">',
      '<meta name="desk-user-name" content="Erin Walsh">',
      'data-ticket-id="101"',
      '<h1 data-field="subject">Export of the monthly berth report stops at 5,000 rows</h1>',
      'data-field="status" data-value="open"',
      'data-field="requester" data-email="alice@customer.test"',
      'data-field="assignee" data-login="erin"',
      '<dd data-field="queue">Support</dd>',
      'data-author-role="customer" data-visibility="public"',
      'data-author-role="agent" data-visibility="internal"',
    ]) {
      expect(text).toContain(hook);
    }
    expect((await page('/tickets/108')).text).toContain('data-field="assignee" data-login=""');
  });

  it('filter and search the queue, with an empty state', async () => {
    const rowsOf = async (path: string) =>
      [...(await page(path)).text.matchAll(/data-ticket-row="(\d+)"/g)].map(([, id]) => Number(id));
    expect(await rowsOf('/tickets')).toHaveLength(8);
    expect(await rowsOf('/tickets?status=solved')).toEqual([105, 106]);
    expect(await rowsOf('/tickets?q=vat+number')).toEqual([103]);
    expect(await rowsOf('/tickets?q=%23104')).toEqual([104]);
    expect((await page('/tickets?q=nothing-like-it')).text).toContain('No ticket matches');
  });

  it('change tickets by form', async () => {
    const note = await postForm('/tickets/101/actions', { body: 'By form', visibility: 'internal', status: 'pending' });
    expect([note.status, note.headers.get('location')]).toEqual([303, '/tickets/101?done=note']);
    expect((await postForm('/tickets/101/actions', { status: 'solved' })).status).toBe(303);
    const ticket = await read('/api/tickets/101');
    expect(ticket.status).toBe('solved');
    expect(ticket.messages.at(-1)).toMatchObject({ body: 'By form', visibility: 'internal' });
    const bad = await postForm('/tickets/101/actions', { body: 'kept text' });
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain('kept text</textarea>');
    const foreign = await postForm('/tickets/101/actions', { status: 'closed' }, { Origin: 'https://elsewhere.test' });
    expect(foreign.status).toBe(403);
    expect(await read('/api/tickets/101')).toEqual(ticket);
  });

  it('prefill a new ticket from the address and create it', async () => {
    const { text } = await page(
      '/tickets/new?subject=Again&requester=alice@customer.test&body=Hello%0Athere&related=101',
    );
    expect(text).toContain('name="subject" value="Again"');
    expect(text).toContain('value="alice@customer.test"');
    expect(text).toContain('>Hello\nthere</textarea>');
    expect(text).toContain('name="related" value="101"');
    const long = await page(`/tickets/new?body=${'%C3%A9'.repeat(20_000)}`);
    expect(long.status).toBe(200);
    const created = await postForm('/tickets/new', {
      subject: 'Again',
      requester: 'alice@customer.test',
      body: 'Hello',
      related: '101',
    });
    expect(created.headers.get('location')).toBe('/tickets/109?done=created');
    expect(await read('/api/tickets/109')).toMatchObject({ relatedTo: 101, requester: { name: 'Alice Customer' } });
    const bad = await postForm('/tickets/new', { subject: 'Again', requester: 'nowhere', body: 'typed' });
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain('typed</textarea>');
  });

  it('answer 404 for unknown tickets and addresses', async () => {
    for (const path of ['/tickets/999', '/tickets/abc', '/odd', '/assets/odd.js', '/assets/..%2fserver.mjs']) {
      expect((await page(path)).status).toBe(404);
    }
  });

  it('serve the app with its shell, script and policy', async () => {
    for (const path of ['/app/tickets', '/app/tickets/101']) {
      const { text, headers, status } = await page(path);
      expect(status).toBe(200);
      expect(text).toContain('src="/assets/app.js"');
      expect(text).toContain('<meta name="desk-user" content="erin">');
      expect(text).not.toContain('data-ticket-id');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    }
    for (const name of ['app.js', 'shell.js', 'dom.js', 'format.mjs']) {
      const { status, headers, text } = await page(`/assets/${name}`);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      expect(text).not.toContain('innerHTML');
    }
    expect((await page('/tickets/101')).text).toContain('href="/app/tickets/101"');
  });

  it('escape what people typed, wherever it is shown', async () => {
    const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
    const created = await (
      await write('/api/tickets', {
        subject: attack,
        requester: { name: attack, email: 'mallory@customer.test' },
        body: `</textarea>${attack}`,
      })
    ).json();
    const paths = [
      '/tickets',
      `/tickets/${created.id}`,
      `/portal/${created.id}?key=${created.portalKey}`,
      '/login',
      `/tickets?q=${encodeURIComponent(attack)}`,
      `/login?next=${encodeURIComponent(`/${attack}`)}`,
      `/${encodeURIComponent(attack)}`,
      `/tickets/new?${new URLSearchParams({ subject: attack, requester: attack, body: `</textarea>${attack}`, related: attack })}`,
    ];
    for (const path of paths) {
      const { text } = await page(path);
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img');
      expect(text).not.toMatch(/<style|style="|<script(?![^>]*src=)/);
    }
    expect((await page(`/tickets/${created.id}`)).text).toContain('&lt;script&gt;alert(1)');
  });
});

describe('faults', () => {
  const plan = (next: string, times = 1) =>
    call('/api/faults', { method: 'POST', body: { next, times }, headers: GUARD });

  it('do not exist unless the desk was started with them', async () => {
    const plain = await startDesk({ port: 0, dataFile: join(folder, 'plain.json') });
    const answer = await fetch(`${plain.url}/api/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"next":"500","times":1}',
    });
    expect(answer.status).toBe(404);
    await plain.close();
  });

  it.each(['401', '429', '500'])('answer %s as often as asked, then well again', async (next) => {
    await plan(next, 2);
    expect((await write('/api/tickets/101/actions', { status: 'closed' })).status).toBe(Number(next));
    const second = await call('/api/tickets');
    expect(second.status).toBe(Number(next));
    expect((await second.json()).error.message).toMatch(/\w/);
    expect((await read('/api/tickets/101')).status).toBe('open');
  });

  it('answer with a sign-in page', async () => {
    await plan('html');
    const answer = await call('/api/tickets/101');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answer.text()).toContain('Sign in to Harbour Desk');
  });

  it('never answer on timeout', async () => {
    await plan('timeout');
    await expect(call('/api/tickets/101', { signal: AbortSignal.timeout(200) })).rejects.toThrow(/abort|timeout/i);
    expect((await call('/api/tickets/101')).status).toBe(200);
  });

  it('lose the answer of a write that was done; reads do not use it up', async () => {
    await plan('lost-answer');
    expect((await read('/api/tickets/101')).status).toBe('open');
    await expect(write('/api/tickets/101/actions', { status: 'pending' })).rejects.toThrow();
    expect((await read('/api/tickets/101')).status).toBe('pending');
  });

  it('refuse what they do not know', async () => {
    expect((await plan('418')).status).toBe(422);
    expect((await plan('500', -1)).status).toBe(422);
    expect((await plan('constructor')).status).toBe(422);
  });
});
