import { describe, expect, it } from 'vitest';
import { redmine } from '../../../../core/sites/redmine/api';
import { pageHtml } from '../fixture';
import { scriptedFetch } from '../scripted-fetch';

const BASE = 'https://desk.test/redmine';
const KEY = 'e'.repeat(40);

const bySession = (...script: Parameters<typeof scriptedFetch>) => {
  const desk = scriptedFetch(...script);
  return { ...desk, api: redmine.api(BASE, desk.fetch), requests: () => desk.requests(BASE) };
};
const byKey = (...script: Parameters<typeof scriptedFetch>) => {
  const desk = scriptedFetch(...script);
  return { ...desk, api: redmine.api(BASE, desk.fetch, KEY), requests: () => desk.requests(BASE) };
};

const reply = { body: 'Does it still burn?\n\n[ref:1234567890]', visibility: 'public' as const };
const note = { body: 'For us.', visibility: 'internal' as const };

/** What every request may come to, and what it means. */
const troubles: [what: string, reply: Parameters<typeof scriptedFetch>[0], code: string][] = [
  ['no network', new TypeError('Failed to fetch'), 'unreachable'],
  ['a request that takes too long', new DOMException('signal timed out', 'TimeoutError'), 'unreachable'],
  ['401', { status: 401, json: {} }, 'not-logged-in'],
  ['403', { status: 403, html: pageHtml('redmine/refused.html') }, 'refused'],
  ['404', { status: 404, html: pageHtml('redmine/refused.html') }, 'gone'],
  ['404 of a server before it', { status: 404, html: '<h1>Not Found</h1>' }, 'nonsense'],
  ['429', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited'],
  ['500', { status: 500, html: '<h1>Internal error</h1>' }, 'server-error'],
  ['503', { status: 503, html: 'Maintenance' }, 'server-error'],
  ['a login page', { html: pageHtml('redmine/login.html'), url: `${BASE}/login?back_url=x` }, 'not-logged-in'],
  ['a way elsewhere', { status: 302, headers: { location: `${BASE}/login?back_url=x` } }, 'not-logged-in'],
  ['another page', { html: '<h1>Welcome to the hotel</h1>' }, 'nonsense'],
  ['nothing at all', { html: '' }, 'nonsense'],
];

describe('with the login cookie', () => {
  const html = pageHtml('redmine/ticket.html');
  const page = (edit: (html: string) => string = (same) => same) => {
    const edited = edit(html);
    return { html: edited, url: `${BASE}/issues/1` };
  };
  const swap = (from: string, to: string) => (text: string) => {
    expect(text.includes(from), from).toBe(true);
    return text.replaceAll(from, to);
  };
  /** The page as it is after a write. */
  const written = (status: string, notes?: { id: number; user?: number; private?: boolean }) =>
    page((text) => {
      const shown = text.replace('<div class="value">Feedback</div>', `<div class="value">${status}</div>`);
      return notes === undefined
        ? shown
        : shown.replace(
            '<div id="history">',
            `<div id="history"><div id="change-${notes.id}" class="journal has-notes${notes.private ? ' private-notes' : ''}">
              <h4 class="note-header">Updated by <a class="user active" href="/redmine/users/${notes.user ?? 5}">x</a></h4>
              <div class="wiki"><p>new</p></div></div>`,
          );
    });
  /** The answer to a form that was taken; a proxy may make the way there one to another scheme. */
  const onward = { status: 302, headers: { location: 'http://desk.test/redmine/issues/1' } };
  const entry = (id: number, updated: string) =>
    `<entry><id>${BASE}/issues/1?journal_id=${id}</id><updated>${updated}</updated></entry>`;
  const feed = (...entries: string[]) => ({
    html: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title/><id>${BASE}/</id>
      <updated>2020-01-01T00:00:00Z</updated>${entries.join('')}</feed>`,
    headers: { 'content-type': 'application/atom+xml' },
  });

  describe('currentUser', () => {
    const account = `<div id="loggedas">Logged in as <a href="/redmine/users/5">erin</a></div>
      <input id="user_firstname" value="Erin &amp; Co"><input id="user_lastname" value="Agent">`;

    it('reads it from the account page', async () => {
      const desk = bySession({ html: account });
      expect(await desk.api.currentUser()).toEqual({ ok: true, user: { login: 'erin', name: 'Erin & Co Agent' } });
      expect(desk.calls[0]).toMatchObject({
        method: 'GET',
        url: `${BASE}/my/account`,
        credentials: 'include',
        redirect: 'manual',
      });
    });

    it('falls back to the login where there is no name', async () => {
      const desk = bySession({ html: account.replace(/<input.*/, '') });
      expect(await desk.api.currentUser()).toEqual({ ok: true, user: { login: 'erin', name: 'erin' } });
    });

    it.each([
      ['the login page', { html: pageHtml('redmine/login.html') }],
      ['the way to the login page', { status: 302, headers: { location: `${BASE}/login` } }],
      ['401', { status: 401 }],
      ['another page', { html: '<h1>Hotel</h1>' }],
    ])('%s: nobody is logged in', async (_what, answer) => {
      expect(await bySession(answer).api.currentUser()).toEqual({ ok: true, user: null });
    });

    it.each([
      ['502', { status: 502, html: 'bad gateway' }, 'server-error'],
      ['no network', new TypeError('Failed to fetch'), 'unreachable'],
    ])('%s is trouble, not nobody', async (_what, answer, code) => {
      expect(await bySession(answer).api.currentUser()).toMatchObject({ ok: false, code });
    });
  });

  describe('readTicket', () => {
    it('R11, R12: reads the ticket from its page, and the time of the newest message of the customer from the feed', async () => {
      const desk = bySession(page(), feed(entry(15, '2026-11-21T01:00:00Z'), entry(5, '2026-11-21T01:55:46+01:00')));
      expect(await desk.api.readTicket('1')).toEqual({
        ok: true,
        facts: {
          ticketId: '1',
          subject: 'Printer 1 is on fire',
          nativeStatus: 'Feedback',
          requester: { login: '', name: 'Alice Customer' },
          assignee: { login: '', name: 'Erin Agent' },
          queue: 'Support',
          type: 'Support',
          lastMessageId: '5',
        },
        closed: false,
        version: '7',
        lastCustomerMessage: { id: '5', at: Date.UTC(2026, 10, 21, 0, 55, 46) },
        lastAutomaticMessage: null,
      });
      expect(desk.requests()).toEqual(['GET /issues/1', 'GET /issues/1.atom']);
      expect(desk.calls.map(({ credentials }) => credentials)).toEqual(['include', 'include']);
      // The login page would begin another session, in place of the one of a login form on the screen.
      expect(desk.calls.map(({ redirect }) => redirect)).toEqual(['manual', 'manual']);
    });

    it.each([
      ['nobody has written', swap('journal has-notes', 'journal gone')],
      [
        "an agent's note",
        swap(
          'users/7">Alice Customer</a> <a title="11/21/2026 12:55 AM" href="/redmine/projects/support/activity?from=2026-11-21">19',
          'users/6">x</a> <a title="" href="">19',
        ),
      ],
      [
        'a private note',
        swap(
          '<div id="change-5" class="journal has-notes">',
          '<div id="change-5" class="journal has-notes private-notes">',
        ),
      ],
      ['a change without a note', swap('<div id="journal-5-notes" class="wiki"><p>Here is the log.</p></div>', '')],
    ])('%s is no message of the customer, and asks for no feed', async (what, edit) => {
      const gone = what === 'nobody has written' ? (text: string) => text.replaceAll(/id="change-\d"/g, '') : edit;
      const desk = bySession(page(gone));
      expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: null });
      expect(desk.requests()).toEqual(['GET /issues/1']);
    });

    it('R11, R12: an issue counts as closed by itself, not by the issues that it mentions or has for sub-tasks', async () => {
      const mentions = swap(
        '<div class="attributes">',
        `<table class="list issues"><tr class="issue issue-9 hascontextmenu status-5 closed"><td class="subject">
          <a class="issue status-5 closed" href="/redmine/issues/9">Bug #9</a></td></tr></table><div class="attributes">`,
      );
      const desk = bySession(page(mentions), feed(entry(5, '2026-11-21T01:00:00Z')));
      expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, closed: false });
      const closed = bySession(
        page(swap('assigned-to-me details', 'closed details')),
        feed(entry(5, '2026-11-21T01:00:00Z')),
      );
      expect(await closed.api.readTicket('1')).toMatchObject({ ok: true, closed: true });
    });

    /** What Redmine 7 has in place of `#loggedas`, and the headings of its notes (6.1 has those too). */
    const asRedmine7 = (text: string) =>
      text
        .replace(
          /<div id="loggedas">.*?<\/div>/,
          `<div class="flyout-menu__avatar"><a href="/redmine/users/5"><span class="avatar">EA</span></a>
            <a class="user active" href="/redmine/users/5">erin</a></div><span class="user-login">@erin</span>`,
        )
        .replaceAll('<h4 class="note-header">', '<h4 class="journal-header"><span class="avatar">EA</span>')
        .replaceAll('class="wiki"', 'class="wiki journal-note"');

    it('R11, R12: reads Redmine 7, and knows there who is at work', async () => {
      const desk = bySession(page(asRedmine7), feed(entry(5, '2026-11-21T01:00:00Z')));
      expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: { id: '5' } });
      const mine = (text: string) => asRedmine7(text).replace(/Added by (<a[^>]*users)\/7">/, 'Added by $1/5">');
      expect(await bySession(page(mine)).api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: null });
    });

    it('R15: sees its own message on Redmine 7', async () => {
      const after = written('Closed', { id: 6 });
      const desk = bySession(page(asRedmine7), onward, { ...after, html: asRedmine7(after.html) });
      const write = { status: 'Closed', message: reply, expectedVersion: '7' };
      expect(await desk.api.apply('1', write)).toEqual({ ok: true, nativeStatus: 'Closed' });
    });

    it('a page for a second factor or a new password, which Redmine leads to first, is no login', async () => {
      for (const location of [`${BASE}/my/password`, `${BASE}/my/twofa/select_scheme`]) {
        const desk = bySession({ status: 302, headers: { location } });
        expect(await desk.api.readTicket('1')).toMatchObject({ ok: false, code: 'not-logged-in' });
      }
    });

    // As in app/views/issues/_history.html.erb of Redmine 4.0 and 3.4.
    const unclassed = swap('<h4 class="note-header">', '<h4>');

    it('R11, R12: knows the customer’s note where an older Redmine gives its heading no class', async () => {
      const desk = bySession(page(unclassed), feed(entry(5, '2026-11-21T01:00:00Z')));
      expect(await desk.api.readTicket('1')).toMatchObject({ lastCustomerMessage: { id: '5' } });
      const titled = (text: string) =>
        unclassed(text)
          .replace(/<h4>[\s\S]*?<\/h4>/g, '')
          .replace('Here is the log.', '<h4><a class="user" href="/users/7">x</a></h4>');
      expect(await bySession(page(titled)).api.readTicket('1')).toMatchObject({ ok: false, code: 'nonsense' });
    });

    it('R11, R12: a note of which the page does not say who wrote it is not guessed at: the ticket is not read', async () => {
      const unsaid = page((text) => swap('<h4 class="note-header">', '<h5>')(text).replaceAll('</h4>', '</h5>'));
      expect(await bySession(unsaid).api.readTicket('1')).toMatchObject({ ok: false, code: 'nonsense' });
      // What was said is told all the same, so that it is not said twice.
      expect(await bySession(unsaid).api.newestMessages('1')).toEqual(await bySession(page()).api.newestMessages('1'));
    });

    it('sees its own message where an older Redmine gives its heading no class', async () => {
      const after = written('Closed', { id: 6 });
      const desk = bySession(page(), { ...after, html: unclassed(after.html) });
      const write = { status: 'Closed', message: reply, expectedVersion: '7' };
      expect(await desk.api.apply('1', write)).toEqual({ ok: true, nativeStatus: 'Closed' });
    });

    it('takes the newest by its number, whatever the order on the page', async () => {
      const desk = bySession(
        written('Feedback', { id: 12, user: 7 }),
        feed(entry(12, '2026-11-21T02:00:00Z'), entry(5, '2026-11-21T01:00:00Z')),
      );
      expect(await desk.api.readTicket('1')).toMatchObject({
        facts: { lastMessageId: '12' },
        lastCustomerMessage: { id: '12', at: Date.UTC(2026, 10, 21, 2) },
      });
    });

    it('takes no agent for the customer of an issue that they opened themselves', async () => {
      const mine = (text: string) =>
        text.replace(
          /Added by <a class="user active" href="\/redmine\/users\/7">/,
          'Added by <a class="user active" href="/redmine/users/5">',
        );
      expect(await bySession(page(mine)).api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: null });
    });

    it('takes those without an account for one customer', async () => {
      const anonymous = (text: string) =>
        text.replaceAll('<a class="user active" href="/redmine/users/7">Alice Customer</a>', 'Anonymous');
      const desk = bySession(page(anonymous), feed(entry(5, '2026-11-21T01:00:00Z')));
      expect(await desk.api.readTicket('1')).toMatchObject({
        facts: { requester: null },
        lastCustomerMessage: { id: '5' },
      });
    });

    it('has no version where the ticket cannot be changed', async () => {
      const form = (text: string) => text.replace(/<form[\s\S]*<\/form>/, '');
      const desk = bySession(page(form), feed(entry(5, '2026-11-21T01:00:00Z')));
      expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, version: null });
    });

    it.each([
      ['no such entry', feed(entry(15, '2026-11-21T01:00:00Z'))],
      ['no such time', feed(entry(5, 'yesterday'))],
      ['no feed', { html: pageHtml('redmine/login.html') }],
      // A server before it that lets no feeds through.
      ['404', { status: 404, html: '<h1>Not Found</h1>' }],
    ])('a feed with %s is nonsense: a time is never guessed', async (_what, answer) => {
      expect(await bySession(page(), answer).api.readTicket('1')).toMatchObject({ ok: false, code: 'nonsense' });
    });

    it('a feed that does not come is told', async () => {
      expect(await bySession(page(), { status: 500 }).api.readTicket('1')).toMatchObject({ code: 'server-error' });
    });

    it('nobody is logged in on a page that everybody sees', async () => {
      const desk = bySession({ html: pageHtml('redmine/anonymous.html') });
      expect(await desk.api.readTicket('51')).toMatchObject({ ok: false, code: 'not-logged-in' });
    });

    it('another ticket is nonsense', async () => {
      expect(await bySession(page()).api.readTicket('2')).toMatchObject({ ok: false, code: 'nonsense' });
    });

    it.each(troubles)('%s', async (_what, answer, code) => {
      const result = await bySession(answer).api.readTicket('1');
      expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(/Redmine.*\.$/) });
      expect(result).not.toMatchObject({ maybeDone: true });
    });
  });

  describe('newestMessages', () => {
    const messages = async (...answers: Parameters<typeof bySession>) => {
      const newest = await bySession(...answers).api.newestMessages('1');
      return newest.ok ? newest.messages : newest;
    };

    it('tells which notes everybody sees, and which not', async () => {
      const said = await messages(page());
      expect(said).toContainEqual({
        id: expect.stringMatching(/^\d+$/),
        visibility: 'public',
        text: expect.stringContaining('[ref:0123456789]'),
      });
      expect(said).toContainEqual({
        id: expect.stringMatching(/^\d+$/),
        visibility: 'internal',
        text: expect.stringContaining('[ref:zzz]'),
      });
      expect(JSON.stringify(said)).not.toContain('it does not work');
    });

    it.each(troubles)('%s', async (_what, answer, code) => {
      expect(await bySession(answer).api.newestMessages('1')).toMatchObject({ ok: false, code });
    });
  });

  describe('apply', () => {
    it('R15: sends message and status in one guarded form and reads them back from the answer', async () => {
      const desk = bySession(page(), onward, written('In Progress', { id: 6 }));
      expect(await desk.api.apply('1', { status: 'In Progress', message: reply, expectedVersion: '7' })).toEqual({
        ok: true,
        nativeStatus: 'In Progress',
      });
      expect(desk.requests()).toEqual(['GET /issues/1', 'POST /issues/1', 'GET /issues/1']);
      // Where it leads to is known, and may be an address that was not granted.
      expect(desk.calls[1]).toMatchObject({ credentials: 'include', redirect: 'manual' });
      expect(desk.calls[1]?.form).toEqual({
        utf8: '✓',
        _method: 'patch',
        authenticity_token: 'token-of-the-form',
        'issue[lock_version]': '7',
        'issue[status_id]': '2',
        'issue[notes]': reply.body,
        'issue[private_notes]': '0',
      });
    });

    it('a status alone, a message alone, an internal note', async () => {
      const status = bySession(page(), onward, written('Closed'));
      expect(await status.api.apply('1', { status: 'Closed', message: null, expectedVersion: null })).toEqual({
        ok: true,
        nativeStatus: 'Closed',
      });
      expect(status.calls[1]?.form).toEqual({
        utf8: '✓',
        _method: 'patch',
        authenticity_token: 'token-of-the-form',
        // Even where nobody asked for a guard.
        'issue[lock_version]': '7',
        'issue[status_id]': '5',
      });
      const message = bySession(page(), onward, written('Feedback', { id: 6 }));
      expect(await message.api.apply('1', { status: null, message: reply, expectedVersion: '7' })).toEqual({
        ok: true,
        nativeStatus: 'Feedback',
      });
      expect(message.calls[1]?.form).not.toHaveProperty('issue[status_id]');
      const internal = bySession(page(), onward, written('Feedback', { id: 6, private: true }));
      expect(await internal.api.apply('1', { status: 'Feedback', message: note, expectedVersion: '7' })).toMatchObject({
        ok: true,
      });
      expect(internal.calls[1]?.form).toMatchObject({ 'issue[notes]': 'For us.', 'issue[private_notes]': '1' });
      expect(internal.calls[1]?.form).not.toHaveProperty('issue[status_id]');
    });

    it('writes nothing where nothing is to be done', async () => {
      const desk = bySession(page());
      expect(await desk.api.apply('1', { status: 'Feedback', message: null, expectedVersion: '7' })).toEqual({
        ok: true,
        nativeStatus: 'Feedback',
      });
      expect(desk.requests()).toEqual(['GET /issues/1']);
    });

    it('writes nothing to a ticket that was changed meanwhile', async () => {
      const desk = bySession(page());
      const result = await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: '6' });
      expect(result).toMatchObject({ ok: false, code: 'changed' });
      expect(result).not.toMatchObject({ maybeDone: true });
      expect(desk.requests()).toEqual(['GET /issues/1']);
    });

    it.each([
      [
        'a status that is not offered',
        { status: 'Levitating', message: reply },
        /"Levitating".*Applies to/,
        (same: string) => same,
      ],
      ['no form', { status: 'Closed', message: null }, /change this ticket/, swap('id="issue-form"', 'id="x"')],
      // With a wrong one Redmine would log the agent out.
      [
        'no token',
        { status: 'Closed', message: null },
        /change this ticket/,
        swap('name="authenticity_token"', 'name="x"'),
      ],
      [
        'no field for a message',
        { status: null, message: reply },
        /write to this ticket/,
        swap('name="issue[notes]"', 'name="x"'),
      ],
      [
        'no choice of private notes',
        { status: null, message: note },
        /private notes/,
        swap('id="issue_private_notes"', 'id="x"'),
      ],
    ])('%s: refused in words, and nothing is sent', async (_what, write, words, edit) => {
      const desk = bySession(page(edit));
      const result = await desk.api.apply('1', { ...write, expectedVersion: null });
      expect(result).toMatchObject({ ok: false, code: 'refused', message: expect.stringMatching(words) });
      expect(result).not.toMatchObject({ maybeDone: true });
      expect(desk.requests()).toEqual(['GET /issues/1']);
    });

    it('an agent who may not choose a status may still write', async () => {
      const noChoice = (text: string) => text.replace(/<select name="issue\[status_id\]"[\s\S]*?<\/select>/, '');
      const desk = bySession(page(noChoice), onward, written('Feedback', { id: 6 }));
      expect(await desk.api.apply('1', { status: 'Feedback', message: reply, expectedVersion: '7' })).toMatchObject({
        ok: true,
      });
    });

    const form = (inner: string) => ({ html: `<body class="action-update"><div id="content">${inner}</div></body>` });

    it.each([
      [
        'a conflict',
        form('<div class="conflict">The issue has been updated by an other user</div>'),
        'changed',
        /changed/,
      ],
      [
        'a complaint',
        form("<div id='errorExplanation'><ul><li>Target version cannot be blank</li></ul></div>"),
        'refused',
        /Target version cannot be blank/,
      ],
      [
        'a token that it does not take',
        { status: 422, html: '<p id="errorExplanation">Invalid form authenticity token.</p>' },
        'refused',
        /token/,
      ],
      ['a refusal without words', { status: 422, html: '' }, 'refused', /422/],
      ['a status that it ignored', written('Feedback'), 'refused', /"Closed"; it is "Feedback"/],
    ])('%s: nothing was written, and it says so', async (_what, answer, code, words) => {
      const result = await bySession(page(), answer).api.apply('1', {
        status: 'Closed',
        message: null,
        expectedVersion: '7',
      });
      expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(words) });
      expect(result).not.toMatchObject({ maybeDone: true });
    });

    it('a message that is out is not failed for a status that was not taken', async () => {
      const desk = bySession(page(), onward, written('Feedback', { id: 6 }));
      expect(await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: '7' })).toEqual({
        ok: true,
        nativeStatus: 'Feedback',
      });
    });

    it.each([
      ['is not there', written('Closed')],
      ['is only an older one', written('Closed', { id: 5 })],
      ["is somebody else's", written('Closed', { id: 6, user: 7 })],
    ])('a message that %s after all is not sent, as far as one can tell', async (_what, answer) => {
      const desk = bySession(page(), answer);
      expect(await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: '7' })).toMatchObject({
        ok: false,
        code: 'refused',
        maybeDone: true,
      });
    });

    it.each([
      ['no network', true],
      ['a request that takes too long', true],
      ['500', true],
      ['503', true],
      ['a login page', true],
      ['another page', true],
      ['nothing at all', true],
      ['401', true],
      ['403', false],
      ['404', false],
      ['429', true],
    ])('an answer to the write that is %s: perhaps done: %s', async (name, maybeDone) => {
      const [, answer, code] = troubles.find(([what]) => what === name) ?? [];
      const result = await bySession(page(), answer ?? {}).api.apply('1', {
        status: 'Closed',
        message: reply,
        expectedVersion: '7',
      });
      expect(result).toMatchObject({ ok: false, code });
      expect(!result.ok && result.maybeDone === true).toBe(maybeDone);
    });

    it.each(troubles)('%s where the write leads to: perhaps done', async (_what, answer, code) => {
      const desk = bySession(page(), onward, answer);
      expect(await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: '7' })).toMatchObject({
        ok: false,
        code,
        maybeDone: true,
      });
    });

    it.each(troubles)('%s before the write: surely not done', async (_what, answer, code) => {
      const result = await bySession(answer).api.apply('1', { status: 'Closed', message: reply, expectedVersion: '7' });
      expect(result).toMatchObject({ ok: false, code });
      expect(result).not.toMatchObject({ maybeDone: true });
    });
  });
});

describe('with an API key', () => {
  const journal = (id: number, user: number, more: object = {}) => ({
    id,
    user: { id: user, name: `User ${user}` },
    notes: `Note ${id}`,
    private_notes: false,
    created_on: `2026-11-21T00:00:${String(id).padStart(2, '0')}Z`,
    ...more,
  });
  const issue = (status: string, more: object = {}) => ({
    json: {
      issue: {
        id: 1,
        subject: 'Printer 1 is on fire',
        project: { id: 1, name: 'Support' },
        tracker: { id: 3, name: 'Question' },
        status: { id: 4, name: status },
        author: { id: 7, name: 'Alice Customer' },
        assigned_to: { id: 5, name: 'Erin Agent' },
        updated_on: '2026-11-21T00:55:48Z',
        journals: [journal(1, 5), journal(2, 7), journal(3, 5)],
        allowed_statuses: [
          { id: 4, name: 'Feedback' },
          { id: 5, name: 'Closed' },
        ],
        ...more,
      },
    },
  });
  const account = (more: object = {}) => ({
    json: { user: { id: 5, login: 'erin', firstname: 'Erin', lastname: 'Agent', admin: false, ...more } },
  });
  const VERSION = '2026-11-21T00:55:48Z 3';
  const done = { status: 204 };
  const sent = (status: string, more: object = {}) =>
    issue(status, {
      journals: [journal(3, 5), journal(4, 5, { notes: reply.body.replaceAll('\n', '\r\n'), ...more })],
    });

  it('sends the key with every request, and its own words when that is not taken', async () => {
    const desk = byKey(issue('New'), account(), issue('New'), done, issue('Closed'));
    await desk.api.readTicket('1');
    await desk.api.apply('1', { status: 'Closed', message: null, expectedVersion: null });
    expect(desk.calls.map(({ headers }) => headers.get('x-redmine-api-key'))).toEqual(Array(5).fill(KEY));
    expect(await byKey({ status: 401 }).api.readTicket('1')).toMatchObject({
      code: 'not-logged-in',
      message: expect.stringContaining('API key'),
    });
    expect(
      await byKey(issue('New'), { status: 401 }).api.apply('1', {
        status: 'Closed',
        message: null,
        expectedVersion: null,
      }),
    ).toMatchObject({ code: 'not-logged-in', message: expect.stringContaining('API key') });
  });

  it('a key and a message go to the address that they are for, and are not led on from there', async () => {
    const onward = { status: 307, headers: { location: 'https://login.elsewhere.test/' }, html: '' };
    const elsewhere = { code: 'unreachable', message: expect.stringContaining('another address') };
    for (const trouble of [onward, { status: 302, json: {}, headers: onward.headers }]) {
      const desk = byKey(trouble, trouble, trouble, issue('New'), trouble);
      expect(await desk.api.currentUser()).toMatchObject(elsewhere);
      expect(await desk.api.readTicket('1')).toMatchObject(elsewhere);
      expect(await desk.api.newestMessages('1')).toMatchObject(elsewhere);
      const write = { status: null, message: reply, expectedVersion: null };
      expect(await desk.api.apply('1', write)).toMatchObject({ ...elsewhere, maybeDone: true });
      expect(desk.calls.map(({ redirect }) => redirect)).toEqual(Array(5).fill('manual'));
    }
  });

  it('knows whose key it is', async () => {
    expect(await byKey(account()).api.currentUser()).toEqual({ ok: true, user: { login: 'erin', name: 'Erin Agent' } });
    expect(await byKey(account({ firstname: '', lastname: '' })).api.currentUser()).toMatchObject({
      user: { login: 'erin', name: 'erin' },
    });
    expect(await byKey({ status: 401 }).api.currentUser()).toMatchObject({ ok: false, code: 'not-logged-in' });
    expect(await byKey({ status: 403 }).api.currentUser()).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('switched off'),
    });
    expect(await byKey({ status: 500 }).api.currentUser()).toMatchObject({ code: 'server-error' });
    expect(await byKey({ json: { user: 7 } }).api.currentUser()).toMatchObject({ code: 'nonsense' });
  });

  it('R11, R12: reads the ticket and the newest message of the customer', async () => {
    const desk = byKey(issue('Feedback'), account());
    expect(await desk.api.readTicket('1')).toEqual({
      ok: true,
      facts: {
        ticketId: '1',
        subject: 'Printer 1 is on fire',
        nativeStatus: 'Feedback',
        requester: { login: '', name: 'Alice Customer' },
        assignee: { login: '', name: 'Erin Agent' },
        queue: 'Support',
        type: 'Question',
        lastMessageId: '3',
      },
      version: VERSION,
      lastCustomerMessage: { id: '2', at: Date.UTC(2026, 10, 21, 0, 0, 2) },
      lastAutomaticMessage: null,
    });
    expect(desk.requests()).toEqual(['GET /issues/1.json', 'GET /users/current.json']);
    expect(new URL(desk.calls[0]?.url ?? '').searchParams.get('include')).toBe('journals,allowed_statuses');
  });

  it.each([
    ['no notes', [journal(2, 7, { notes: '' }), journal(3, 7, { notes: null })]],
    ['a private note', [journal(2, 7, { private_notes: true })]],
    ["others' notes", [journal(2, 5), journal(3, 6)]],
    ['no history', []],
  ])('%s: no message of the customer', async (_what, journals) => {
    const desk = byKey(issue('New', { journals }));
    expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: null });
    expect(desk.requests()).toEqual(['GET /issues/1.json']);
  });

  it('takes the newest by its number; takes nobody at work for the customer', async () => {
    const two = issue('New', { journals: [journal(9, 7), journal(2, 7)], assigned_to: undefined });
    expect(await byKey(two, account()).api.readTicket('1')).toMatchObject({
      facts: { lastMessageId: '9', assignee: null },
      lastCustomerMessage: { id: '9' },
    });
    expect(await byKey(two, account({ id: 7 })).api.readTicket('1')).toMatchObject({ lastCustomerMessage: null });
    expect(await byKey(two, { status: 500 }).api.readTicket('1')).toMatchObject({ code: 'server-error' });
    expect(await byKey(issue('New', { journals: [] })).api.readTicket('1')).toMatchObject({
      facts: { lastMessageId: '0' },
    });
  });

  it('another ticket is nonsense, and nothing is written for it', async () => {
    const other = issue('Closed', { id: 2 });
    expect(await byKey(other).api.readTicket('1')).toMatchObject({ ok: false, code: 'nonsense' });
    expect(await byKey(other).api.newestMessages('1')).toMatchObject({ ok: false, code: 'nonsense' });
    const closes = { status: 'Closed', message: null, expectedVersion: null };
    // It is closed, so there would be nothing left to do.
    expect(await byKey(other).api.apply('1', closes)).toMatchObject({ ok: false, code: 'nonsense' });
    expect(await byKey(issue('New'), done, other).api.apply('1', closes)).toMatchObject({ ok: false, maybeDone: true });
  });

  it('tells which notes everybody sees, and which not', async () => {
    const journals = [journal(1, 5, { notes: null }), journal(2, 5), journal(3, 5, { private_notes: true })];
    expect(await byKey(issue('New', { journals })).api.newestMessages('1')).toEqual({
      ok: true,
      messages: [
        { id: '2', visibility: 'public', text: 'Note 2' },
        { id: '3', visibility: 'internal', text: 'Note 3' },
      ],
    });
    expect(await byKey({ status: 404 }).api.newestMessages('1')).toMatchObject({ code: 'gone' });
  });

  it('R15: sends message and status in one request and reads them back', async () => {
    const desk = byKey(issue('Feedback'), done, sent('Closed'));
    expect(await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: VERSION })).toEqual({
      ok: true,
      nativeStatus: 'Closed',
    });
    expect(desk.requests()).toEqual(['GET /issues/1.json', 'PUT /issues/1.json', 'GET /issues/1.json']);
    expect(desk.calls[1]?.json).toEqual({ issue: { status_id: 5, notes: reply.body, private_notes: false } });
    expect(desk.calls[1]?.headers.get('content-type')).toBe('application/json');
  });

  it('writes nothing where nothing is to be done, or the ticket was changed', async () => {
    const same = byKey(issue('Feedback'));
    expect(await same.api.apply('1', { status: 'Feedback', message: null, expectedVersion: VERSION })).toEqual({
      ok: true,
      nativeStatus: 'Feedback',
    });
    for (const changed of [
      issue('Feedback', { updated_on: '2026-11-21T00:55:49Z' }),
      issue('Feedback', { journals: [journal(4, 7)] }),
    ]) {
      const desk = byKey(changed);
      expect(await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: VERSION })).toMatchObject({
        ok: false,
        code: 'changed',
      });
      expect(desk.requests()).toEqual(['GET /issues/1.json']);
    }
  });

  it('looks a status up among all where an older Redmine does not tell which are offered', async () => {
    const older = issue('Feedback', { allowed_statuses: undefined });
    const all = { json: { issue_statuses: [{ id: 9, name: 'Closed' }] } };
    const desk = byKey(older, all, done, issue('Closed'));
    expect(await desk.api.apply('1', { status: 'Closed', message: null, expectedVersion: null })).toMatchObject({
      ok: true,
    });
    expect(desk.calls[2]?.json).toEqual({ issue: { status_id: 9 } });
    const unknown = byKey(older, { json: { issue_statuses: [] } });
    expect(await unknown.api.apply('1', { status: 'Closed', message: null, expectedVersion: null })).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('"Closed"'),
    });
    const trouble = byKey(older, { status: 500 });
    expect(await trouble.api.apply('1', { status: 'Closed', message: null, expectedVersion: null })).toMatchObject({
      code: 'server-error',
    });
  });

  describe('an internal note', () => {
    const write = { status: null, message: note, expectedVersion: null };
    const memberships = [
      { project: { id: 2 }, roles: [{ id: 1, name: 'Elsewhere' }] },
      {
        project: { id: 1 },
        roles: [
          { id: 3, name: 'Reader' },
          { id: 4, name: 'Manager' },
        ],
      },
    ];
    const role = (...permissions: string[]) => ({ json: { role: { permissions } } });
    const kept = issue('Feedback', { journals: [journal(4, 5, { notes: 'For us.', private_notes: true })] });

    it('goes out where a role in this project allows it', async () => {
      const desk = byKey(
        issue('Feedback'),
        account({ memberships }),
        role('view_issues'),
        role('set_notes_private'),
        done,
        kept,
      );
      expect(await desk.api.apply('1', write)).toMatchObject({ ok: true });
      expect(desk.requests()).toEqual([
        'GET /issues/1.json',
        'GET /users/current.json',
        'GET /roles/3.json',
        'GET /roles/4.json',
        'PUT /issues/1.json',
        'GET /issues/1.json',
      ]);
      expect(desk.calls[4]?.json).toEqual({ issue: { notes: 'For us.', private_notes: true } });
    });

    it('goes out for an administrator', async () => {
      expect(await byKey(issue('Feedback'), account({ admin: true }), done, kept).api.apply('1', write)).toMatchObject({
        ok: true,
      });
    });

    // Redmine would take it all the same, and make it public.
    it.each([
      [
        'a role without the permission',
        [account({ memberships }), role('view_issues'), role('add_issue_notes')],
        'refused',
      ],
      ['no role in this project', [account({ memberships: memberships.slice(0, 1) })], 'refused'],
      ['no roles at all', [account()], 'refused'],
      ['an account that cannot be read', [{ status: 500 }], 'server-error'],
      ['a role that cannot be read', [account({ memberships }), { status: 403 }], 'refused'],
    ])('stays here with %s', async (_what, answers, code) => {
      const desk = byKey(issue('Feedback'), ...answers);
      expect(await desk.api.apply('1', write)).toMatchObject({ ok: false, code });
      expect(desk.calls.map(({ method }) => method)).not.toContain('PUT');
      desk.requests();
    });
  });

  it.each([
    [
      'a complaint',
      { status: 422, json: { errors: ['Subject cannot be blank', 'No'] } },
      'refused',
      /Subject cannot be blank, No/,
      false,
    ],
    ['a conflict', { status: 422, json: { errors: [] } }, 'changed', /changed/, false],
    ['422 without words', { status: 422, json: {} }, 'refused', /did not say why/, false],
    ['422 that is no JSON', { status: 422, html: '<p>no</p>' }, 'refused', /did not say why/, false],
    ['400', { status: 400, json: {} }, 'nonsense', /400/, true],
    ['403', { status: 403 }, 'refused', /Redmine/, false],
    ['404', { status: 404 }, 'gone', /Redmine/, false],
    ['409', { status: 409 }, 'changed', /Redmine/, false],
    ['500', { status: 500 }, 'server-error', /500/, true],
    ['no network', new TypeError('Failed to fetch'), 'unreachable', /Redmine/, true],
  ])('%s in answer to the write', async (_what, answer, code, words, maybeDone) => {
    const desk = byKey(issue('Feedback'), answer);
    const result = await desk.api.apply('1', { status: 'Closed', message: reply, expectedVersion: null });
    expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(words) });
    expect(!result.ok && result.maybeDone === true).toBe(maybeDone);
  });

  it('says when a status or a message was not taken, and when that cannot be told', async () => {
    const apply = (status: string | null, message: typeof reply | null, after: Parameters<typeof scriptedFetch>[0]) =>
      byKey(issue('Feedback'), done, after).api.apply('1', { status, message, expectedVersion: null });
    expect(await apply('Closed', null, issue('Feedback'))).toMatchObject({
      code: 'refused',
      message:
        'Redmine did not take the status "Closed"; it is "Feedback". If it has others, the template can name them (Applies to).',
    });
    // The message is out: what is left is a status that differs.
    expect(await apply('Closed', reply, sent('Feedback'))).toEqual({ ok: true, nativeStatus: 'Feedback' });
    expect(await apply('Closed', reply, issue('Closed'))).toMatchObject({ code: 'refused', maybeDone: true });
    const old = issue('Closed', { journals: [journal(3, 5, { notes: reply.body })] });
    expect(await apply('Closed', reply, old)).toMatchObject({ code: 'refused', maybeDone: true });
    expect(await apply('Closed', reply, sent('Closed', { notes: 'Something else' }))).toMatchObject({
      maybeDone: true,
    });
    expect(await apply('Closed', null, { status: 503 })).toMatchObject({ code: 'server-error', maybeDone: true });
  });
});

describe('detect', () => {
  const url = (path: string) => new URL(`https://desk.test${path}`);
  const meta = '<meta name="description" content="Redmine" />';

  it.each([
    ['a ticket page', 'redmine/ticket.html', '/redmine/issues/1', 'https://desk.test/redmine'],
    ['the login page', 'redmine/login.html', '/redmine/login?back_url=x', 'https://desk.test/redmine'],
    ['Harbour’s login page', 'demo/login.html', '/login', null],
    ['RT’s login page', 'rt/login.html', '/rt/', null],
  ])('knows Redmine by %s', async (_what, page, path, base) => {
    expect(await redmine.detect(pageHtml(page), url(path))).toBe(base);
  });

  it.each([
    [`${meta}<div id="top-menu"><a class="home" href="/">Home</a></div>`, '/projects', 'https://desk.test'],
    [`${meta}<div id="top-menu"><a class="home" href="/a/b/">Home</a></div>`, '/a/b/my/page', 'https://desk.test/a/b'],
    // Nothing but the login page without a login: no menu.
    [`${meta}<form action="/pm/login" method="post"></form>`, '/pm/login', 'https://desk.test/pm'],
    [meta, '/pm/issues/12', 'https://desk.test/pm'],
    [meta, '/pm/', 'https://desk.test/pm'],
    [meta, '/', 'https://desk.test'],
    // What the page says is no path: the address decides.
    [
      `${meta}<div id="top-menu"><a class="home" href="//evil.test/">Home</a></div>`,
      '/pm/login',
      'https://desk.test/pm',
    ],
    [
      `${meta}<div id="top-menu"><a class="home" href="https://evil.test/">Home</a></div>`,
      '/login',
      'https://desk.test',
    ],
    [`<p>&lt;meta name="description" content="Redmine" /&gt;</p>`, '/', null],
    ['<meta name="keywords" content="Redmine">', '/', null],
    ['<p>Redmine and other trackers compared</p>', '/redmine/', null],
    ['', '/', null],
    // As Redmine 7 has its menu, and RedMica its name.
    [
      `${meta}<nav class="top-menu" id="top-menu"><div class="top-menu__links"><a class="home" href="/pm/">x</a></div></nav>`,
      '/pm/versions/3',
      'https://desk.test/pm',
    ],
    ['<meta name="description" content="RedMica" />', '/pm/issues/12', 'https://desk.test/pm'],
    ['<meta name="keywords" content="RedMica">', '/', null],
    ['<meta name="description" content="Redminer">', '/', null],
  ])('%s at %s is %s', async (html, path, base) => {
    expect(await redmine.detect(html, url(path))).toBe(base);
  });
});

describe('addresses', () => {
  it('R16: a new ticket is a copy that refers to the closed one, and names the customer', () => {
    const address = new URL(
      redmine.newTicketUrl(BASE, {
        subject: 'Fire & water? #1 50% "ä"',
        requester: { login: '', name: 'Alice & Co' },
        body: 'Continues #1:\nhttps://desk.test/redmine/issues/1?x=2',
        queue: '2. Süpport_é & more!',
        clonedFrom: '1',
      }),
    );
    expect(address.origin + address.pathname).toBe('https://desk.test/redmine/issues/new');
    expect(address.hash).toBe('');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      copy_from: '1',
      // As Redmine proposes it for a project of this name.
      'issue[project_id]': 'suepport_e-more',
      'issue[subject]': 'Fire & water? #1 50% "ä"',
      'issue[description]': 'Continues #1:\nhttps://desk.test/redmine/issues/1?x=2\n\nFor: Alice & Co',
    });
  });

  it('R16: leaves out what is not known', () => {
    const address = new URL(
      redmine.newTicketUrl(BASE, { subject: 'x', requester: null, body: 'y', queue: null, clonedFrom: '1' }),
    );
    expect(address.searchParams.get('issue[description]')).toBe('y');
    expect(address.searchParams.has('issue[project_id]')).toBe(false);
  });

  it('of a ticket is one that the page adapter knows', () => {
    expect(redmine.page.ticketIdOf(new URL(redmine.ticketUrl(BASE, '42')))).toBe('42');
    expect(redmine.ticketUrl(BASE, '1?x=2')).toBe(`${BASE}/issues/1%3Fx%3D2`);
  });
});
