import { describe, expect, it } from 'vitest';
import { rt } from '../../../../core/sites/rt/api';
import { pageHtml } from '../fixture';
import { scriptedFetch } from '../scripted-fetch';

const BASE = 'https://desk.test/rt';
const REST = `${BASE}/REST/2.0`;

/** A ticket and a transaction name people by login only. */
const user = (id: string) => ({ type: 'user', id, _url: `${REST}/user/${id}` });
const alice = {
  json: { id: 31, Name: 'alice', RealName: 'Alice Customer', EmailAddress: 'alice@customer.test', Privileged: 0 },
};
const ticket = (Status: string, more: object = {}) => ({
  json: {
    id: 1,
    type: 'ticket',
    Subject: 'Printer 1 is on fire',
    Status,
    Queue: { id: '3', type: 'queue', Name: 'Support' },
    Owner: user('erin'),
    Requestor: [user('alice')],
    TimeWorked: '0',
    ...more,
  },
  headers: { etag: '"54"' },
});
const transactions = (...items: [id: string, creator: string, created: string][]) => ({
  json: {
    total: null,
    items: items.map(([id, creator, Created]) => ({
      type: 'transaction',
      id,
      Type: 'Correspond',
      Created,
      Creator: user(creator),
    })),
  },
});
/** The headers of a mail as RT keeps them: of the outermost part, unfolded, in an order of its own. */
const mails = (...items: [transactionId: string, ...headers: string[]][]) => ({
  json: {
    total: null,
    items: items.map(([TransactionId, ...headers]) => ({
      type: 'attachment',
      id: '806',
      TransactionId,
      Headers: [
        'To: support@desk.test',
        'X-RT-Original-Encoding: utf-8',
        'From: alice@customer.test',
        ...headers,
        'Subject: Re: [desk.test #1] Printer 1 is on fire',
        'X-RT-Interface: Email',
        'content-type: text/plain; charset="utf-8"',
        'Content-Length: 9',
      ].join('\n'),
    })),
  },
});
const posted = (...lines: string[]) => ({ status: 201, json: lines });
const put = (...lines: string[]) => ({ status: 200, json: lines });

const deskWith = (...script: Parameters<typeof scriptedFetch>) => {
  const desk = scriptedFetch(...script);
  return { ...desk, api: rt.api(BASE, desk.fetch), requests: () => desk.requests(REST) };
};
const reply = { body: 'Does it still burn?', visibility: 'public' as const };

describe('currentUser', () => {
  const page = (script: string) =>
    `<html><head><script>\n${script}\n</script></head><body id="comp-Search-Simple"></body></html>`;

  it('reads who is logged in from RT’s smallest page', async () => {
    const desk = deskWith({
      html: page(
        'RT.CurrentUser = {"Name":"erin","id":27,"RealName":"Erin };\' Agent","Privileged":true};\nRT.Config = {"WebPath":"\\/rt"};',
      ),
    });
    expect(await desk.api.currentUser()).toEqual({ ok: true, user: { login: 'erin', name: "Erin };' Agent" } });
    expect(desk.calls[0]).toMatchObject({
      method: 'GET',
      url: `${BASE}/Search/Simple.html`,
      credentials: 'include',
      // Another host may not be asked, and would count as no answer.
      redirect: 'manual',
    });
  });

  it('falls back to the login where there is no name', async () => {
    const desk = deskWith({ html: page('RT.CurrentUser = {"Name":"erin","RealName":""};') });
    expect(await desk.api.currentUser()).toEqual({ ok: true, user: { login: 'erin', name: 'erin' } });
  });

  it.each([
    ['the login page', { html: pageHtml('rt/login.html'), url: `${BASE}/NoAuth/Login.html?next=abc` }],
    [
      'a login page that names a user',
      { html: page('RT.CurrentUser = {"Name":"erin"};'), url: `${BASE}/NoAuth/Login.html` },
    ],
    ['a page with a broken script', { html: page('RT.CurrentUser = {"Name":};') }],
    ['a redirect to the login of the organisation', { status: 302, headers: { location: 'https://login.test/' } }],
  ])('%s: nobody is logged in', async (_what, answer) => {
    expect(await deskWith(answer).api.currentUser()).toEqual({ ok: true, user: null });
  });

  it('says when RT has a problem or cannot be reached', async () => {
    expect(await deskWith({ status: 502, html: 'bad gateway' }).api.currentUser()).toMatchObject({
      ok: false,
      code: 'server-error',
    });
    expect(await deskWith(new TypeError('Failed to fetch')).api.currentUser()).toMatchObject({
      ok: false,
      code: 'unreachable',
    });
    expect(await deskWith({ status: 429 }).api.currentUser()).toMatchObject({ ok: false, code: 'rate-limited' });
  });

  it('a page that is not RT’s says nothing of who is logged in', async () => {
    expect(await deskWith({ html: '<h1>Hotel</h1>' }).api.currentUser()).toMatchObject({ ok: false, code: 'nonsense' });
  });
});

describe('readTicket', () => {
  it('R11, R12: reads the ticket and the newest message of the customer', async () => {
    const desk = deskWith(
      ticket('open'),
      transactions(
        ['53', 'erin', '2026-11-20T22:38:00Z'],
        ['44', 'alice', '2026-11-20T22:36:39Z'],
        ['42', 'alice', '2026-11-20T22:30:00Z'],
      ),
      mails(['42'], ['44']),
      alice,
    );
    expect(await desk.api.readTicket('1')).toEqual({
      ok: true,
      facts: {
        ticketId: '1',
        subject: 'Printer 1 is on fire',
        nativeStatus: 'open',
        requester: { login: 'alice@customer.test', name: 'Alice Customer' },
        assignee: { login: 'erin', name: 'erin' },
        queue: 'Support',
        type: null,
        lastMessageId: '54',
      },
      version: '"54"',
      lastCustomerMessage: { id: '44', at: Date.UTC(2026, 10, 20, 22, 36, 39) },
      lastAutomaticMessage: null,
    });
    expect(desk.requests()).toEqual(['GET /ticket/1', 'GET /ticket/1/history', 'POST /attachments', 'GET /user/alice']);
    const query = new URL(desk.calls[1]?.url ?? '').searchParams;
    // RT answers oldest first unless it is told; the newest page is the one that counts.
    expect(Object.fromEntries(query)).toMatchObject({ order: 'DESC', orderby: 'id', per_page: '100' });
    expect(JSON.parse(query.get('query') ?? '')).toEqual(
      ['Correspond', 'Create'].map((value) => ({ field: 'Type', operator: '=', value, entry_aggregator: 'OR' })),
    );
  });

  it('reads a ticket whose subject RT does not tell, because it has none', async () => {
    const bare = ticket('open', { Requestor: [] });
    Reflect.deleteProperty(bare.json, 'Subject');
    expect(await deskWith(bare, transactions()).api.readTicket('1')).toMatchObject({
      ok: true,
      facts: { subject: '' },
    });
  });

  it('takes ids as numbers and as text, a ticket without owner, subject and requestor', async () => {
    const desk = deskWith(
      ticket('new', {
        id: '1',
        Subject: null,
        Owner: user('Nobody'),
        Requestor: [],
        Queue: { id: 3 },
      }),
      transactions(),
      { json: { id: 3, Name: 'Support' } },
    );
    expect(await desk.api.readTicket('1')).toMatchObject({
      ok: true,
      facts: { subject: '', assignee: null, requester: null, queue: 'Support' },
      lastCustomerMessage: null,
    });
    expect(desk.requests()).toEqual(['GET /ticket/1', 'GET /ticket/1/history', 'GET /queue/3']);
  });

  it.each([
    ['was never closed', '1970-01-01T00:00:00Z', [], false],
    ['is closed, whatever RT calls that', '2026-11-20T22:36:39Z', [{ json: { items: [{ id: '1' }] } }], true],
    ['was opened again', '2026-11-20T22:36:39Z', [{ json: { items: [] } }], false],
    ['may not be searched for', '2026-11-20T22:36:39Z', [{ status: 403, json: {} }], undefined],
    ['does not say', null, [], undefined],
  ])('a ticket that %s', async (_what, Resolved, searches, closed) => {
    const desk = deskWith(ticket('fertig', { Requestor: [], Resolved }), transactions(), ...searches);
    const reading = await desk.api.readTicket('1');
    expect(reading.ok && reading.closed).toBe(closed);
    expect(desk.calls.slice(2).map(({ url }) => new URL(url).searchParams.get('query'))).toEqual(
      searches.map(() => "id = 1 AND Status = '__Inactive__'"),
    );
  });

  it('knows a queue that it may not ask about by its number', async () => {
    const numbered = ticket('new', { Requestor: [], Queue: { id: 3 } });
    const desk = deskWith(numbered, transactions(), { status: 403, json: {} });
    expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, facts: { queue: '3' } });
  });

  it('tells another requestor’s message from the agents’', async () => {
    const desk = deskWith(
      ticket('open', { Requestor: [user('alice'), user('bob@customer.test')] }),
      transactions(
        ['60', 'RT_System', '2026-11-20T23:00:00Z'],
        ['59', 'bob@customer.test', '2026-11-20T22:59:00Z'],
        ['44', 'alice', '2026-11-20T22:36:39Z'],
      ),
      mails(['44'], ['59']),
      alice,
      { json: { Name: 'bob@customer.test', Privileged: 0 } },
    );
    expect(await desk.api.readTicket('1')).toMatchObject({ lastCustomerMessage: { id: '59' } });
  });

  it('R11, R12: what was said in a ticket before it was merged into this one counts, its own request does not', async () => {
    const said = (id: string, Type: string, ObjectId: string | number) => ({
      id,
      Type,
      ObjectId,
      Created: '2026-11-20T22:36:39Z',
      Creator: user('alice'),
    });
    const read = (...items: object[]) =>
      deskWith(ticket('stalled'), { json: { items } }, mails(), alice).api.readTicket('1');
    expect(await read(said('44', 'Correspond', '7'), said('42', 'Create', '1'))).toMatchObject({
      lastCustomerMessage: { id: '44' },
    });
    expect(await read(said('46', 'Create', 7), said('44', 'Correspond', 1), said('42', 'Create', 1))).toMatchObject({
      lastCustomerMessage: { id: '46' },
    });
    const own = deskWith(ticket('stalled'), { json: { items: [said('42', 'Create', '1')] } }, alice);
    expect(await own.api.readTicket('1')).toMatchObject({ lastCustomerMessage: null });
  });

  describe('an agent among the requestors', () => {
    const erin = { json: { Name: 'erin', EmailAddress: 'erin@desk.test', RealName: 'Erin Agent', Privileged: 1 } };
    const page = (login: string) => ({ html: `<script>\nRT.CurrentUser = {"Name":"${login}"};\n</script>` });
    const said = transactions(['60', 'erin', '2026-11-20T23:00:00Z'], ['44', 'alice', '2026-11-20T22:36:39Z']);
    const both = ticket('stalled', { Requestor: [user('erin'), user('alice')] });

    it('R11, R12: is no customer while at work', async () => {
      const desk = deskWith(both, said, mails(), erin, alice, page('erin'));
      expect(await desk.api.readTicket('1')).toMatchObject({
        facts: { requester: { login: 'erin@desk.test' } },
        lastCustomerMessage: { id: '44' },
      });
      const alone = deskWith(ticket('new', { Requestor: [user('erin')] }), said, mails(), erin, page('erin'));
      expect(await alone.api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: null });
    });

    it('is one for the others', async () => {
      const desk = deskWith(both, said, mails(), erin, alice, page('frank'));
      expect(await desk.api.readTicket('1')).toMatchObject({ lastCustomerMessage: { id: '60' } });
    });

    it('who has written nothing is not asked about', async () => {
      const silent = transactions(['44', 'alice', '2026-11-20T22:36:39Z']);
      const desk = deskWith(both, silent, mails(), erin, alice);
      expect(await desk.api.readTicket('1')).toMatchObject({ lastCustomerMessage: { id: '44' } });
      desk.requests();
    });

    it.each([
      ['502', { status: 502, html: '<h1>Bad gateway</h1>' }, 'server-error'],
      ['429', { status: 429 }, 'rate-limited'],
      ['no network', new TypeError('Failed to fetch'), 'unreachable'],
    ])(
      'R11, R12: is not taken for a customer where RT does not tell who they are: %s',
      async (_what, trouble, code) => {
        const desk = deskWith(ticket('stalled', { Requestor: [user('erin')] }), said, mails(), trouble);
        expect(await desk.api.readTicket('1')).toMatchObject({ ok: false, code });
      },
    );

    it('one who wrote nothing need not be told', async () => {
      const silent = transactions(['44', 'alice', '2026-11-20T22:36:39Z']);
      const desk = deskWith(both, silent, mails(), { status: 502 }, alice);
      expect(await desk.api.readTicket('1')).toMatchObject({ ok: true, lastCustomerMessage: { id: '44' } });
    });

    it('is not guessed at: the ticket counts as not read', async () => {
      const desk = deskWith(both, said, mails(), erin, alice, { status: 500 });
      expect(await desk.api.readTicket('1')).toMatchObject({ ok: false, code: 'server-error' });
    });
  });

  it('R11, R12: where a group is a requestor, whoever writes and is no agent is the customer', async () => {
    const group = { type: 'group', id: '941', _url: `${REST}/group/941` };
    const agent = { json: { Name: 'frank', Privileged: 1 } };
    // Came in by mail, without a name.
    const customer = { json: { Name: 'bob', RealName: null, EmailAddress: 'bob@customer.test', Privileged: 0 } };
    const hidden = { status: 404, json: { message: 'Not Found' } };
    const said = transactions(
      ['62', 'RT_System', '2026-11-20T23:02:00Z'],
      ['61', 'frank', '2026-11-20T23:01:00Z'],
      ['60', 'bob', '2026-11-20T23:00:00Z'],
      ['44', 'alice', '2026-11-20T22:36:39Z'],
    );
    const mixed = deskWith(
      ticket('open', { Requestor: [group, user('alice')] }),
      said,
      hidden,
      agent,
      customer,
      mails(['60'], ['44']),
      alice,
    );
    expect(await mixed.api.readTicket('1')).toMatchObject({
      // The page names people only, and so does this side.
      facts: { requester: { login: 'alice@customer.test' } },
      lastCustomerMessage: { id: '60' },
    });
    expect(mixed.requests().slice(2, 5)).toEqual(['GET /user/RT_System', 'GET /user/frank', 'GET /user/bob']);

    const alone = deskWith(
      ticket('open', { Requestor: [group] }),
      transactions(['61', 'frank', '2026-11-20T23:01:00Z']),
      agent,
    );
    expect(await alone.api.readTicket('1')).toMatchObject({ facts: { requester: null }, lastCustomerMessage: null });

    // Who it was is not known: the ticket counts as not read, rather than as one without an answer.
    const unknown = deskWith(
      ticket('open', { Requestor: [group] }),
      transactions(['60', 'bob', '2026-11-20T23:00:00Z']),
      {
        status: 500,
      },
    );
    expect(await unknown.api.readTicket('1')).toMatchObject({ ok: false, code: 'server-error' });
  });

  it('R12: an out-of-office answer is no reply: the newest message of each kind is told', async () => {
    const desk = deskWith(
      ticket('stalled'),
      transactions(
        ['60', 'erin', '2026-11-20T23:00:00Z'],
        ['53', 'alice', '2026-11-20T22:53:00Z'],
        ['48', 'alice', '2026-11-20T22:48:00Z'],
        ['44', 'alice', '2026-11-20T22:44:00Z'],
        ['42', 'alice', '2026-11-20T22:42:00Z'],
      ),
      mails(
        ['42', 'Auto-Submitted: auto-replied'],
        ['44'],
        ['48', 'Auto-Submitted: auto-replied (vacation)'],
        ['53', 'X-Autoreply: yes'],
      ),
      alice,
    );
    expect(await desk.api.readTicket('1')).toMatchObject({
      lastCustomerMessage: { id: '44', at: Date.UTC(2026, 10, 20, 22, 44) },
      lastAutomaticMessage: { id: '53', at: Date.UTC(2026, 10, 20, 22, 53) },
    });
    const [, , search] = desk.calls;
    expect(Object.fromEntries(new URL(search?.url ?? '').searchParams)).toEqual({
      fields: 'Headers,TransactionId',
      per_page: '100',
    });
    expect(search?.json).toEqual([
      ...[53, 48, 44, 42].map((value) => ({
        field: 'TransactionId',
        operator: '=',
        value,
        entry_aggregator: 'OR',
      })),
      { field: 'Parent', operator: '=', value: 0 },
    ]);
  });

  const readMail = (answer: Parameters<typeof scriptedFetch>[number]) =>
    deskWith(ticket('stalled'), transactions(['44', 'alice', '2026-11-20T22:36:39Z']), answer, alice).api.readTicket(
      '1',
    );
  const at = Date.UTC(2026, 10, 20, 22, 36, 39);

  it.each([
    'Auto-Submitted: auto-replied',
    'Auto-Submitted: auto-replied; owner-email="x"',
    'Auto-Submitted:\n  auto-replied',
    'Auto-Submitted:\r\n\tauto-replied',
    'Auto-Submitted: auto-generated',
    'Auto-Submitted: notify-of-something-new',
    'AUTO-SUBMITTED:auto-notified',
    'auto-submitted: Auto-Replied',
    'X-Autoreply: yes',
    'X-Autorespond: vacation',
    'Precedence: auto_reply',
    'Precedence:  Auto_Reply',
    'Return-Path: <>',
    'return-path:< >',
  ])('a mail with "%s" is automatic', async (header) => {
    expect(await readMail(mails(['44', header]))).toMatchObject({
      lastCustomerMessage: null,
      lastAutomaticMessage: { id: '44', at },
    });
  });

  it.each([
    // RT takes these two for automatic itself.
    ['Auto-Submitted: no', 'RT-DetectedAutoGenerated: true'],
    ['Auto-Submitted: NO (human)', 'RT-DetectedAutoGenerated: true'],
    ['Auto-Submitted:'],
    ['Auto-Submitted: ', 'auto: replied'],
    ['X-Autoreply: no'],
    ['X-Autorespond: false'],
    ['X-Autoreply:'],
    ['X-Autoreply-Wanted: yes'],
    ['X-Auto-Response-Suppress: All'],
    ['Precedence: bulk'],
    ['Precedence: auto_reply_wanted'],
    ['Return-Path: <alice@customer.test>'],
    ['Return-Path:', 'X-Brackets: <>'],
    ['Subject: Out of office. Auto-Submitted: auto-replied'],
    ['Comments: written by hand', '  Auto-Submitted: auto-replied'],
    ['X-Weird: aAuto-Submitted: auto-replied'],
  ])('in doubt it is a real reply: %j', async (...headers) => {
    expect(await readMail(mails(['44', ...headers]))).toMatchObject({
      lastCustomerMessage: { id: '44', at },
      lastAutomaticMessage: null,
    });
  });

  it.each([
    ['no mail', []],
    [
      'no headers',
      [{ TransactionId: '44' }, { TransactionId: 44, Headers: null }, { TransactionId: '44', Headers: '' }],
    ],
    ['no message named', [{ Headers: 'Auto-Submitted: auto-replied' }]],
    ['another message’s', [{ TransactionId: '4', Headers: 'Auto-Submitted: auto-replied' }]],
    ['a page instead of headers', [{ TransactionId: '44', Headers: '<html>\n<p>Auto-Submitted: auto-replied</p>' }]],
  ])('headers that are not there make no reply automatic: %s', async (_what, items) => {
    expect(await readMail({ json: { items } })).toMatchObject({
      lastCustomerMessage: { id: '44', at },
      lastAutomaticMessage: null,
    });
  });

  it('takes the number of a message in either form', async () => {
    expect(
      await readMail({ json: { items: [{ TransactionId: 44, Headers: 'Auto-Submitted: auto-replied' }] } }),
    ).toMatchObject({ lastAutomaticMessage: { id: '44' } });
  });

  it('does not ask for headers where no customer wrote', async () => {
    const desk = deskWith(ticket('open'), transactions(['53', 'erin', '2026-11-20T22:38:00Z']), alice);
    expect(await desk.api.readTicket('1')).toMatchObject({ lastCustomerMessage: null, lastAutomaticMessage: null });
    expect(desk.requests()).toEqual(['GET /ticket/1', 'GET /ticket/1/history', 'GET /user/alice']);
  });

  it('looks at the newest mails only; what it did not look at is a real reply', async () => {
    const many = Array.from({ length: 30 }, (_, index) => String(100 - index));
    const desk = deskWith(
      ticket('stalled'),
      transactions(...many.map((id): [string, string, string] => [id, 'alice', '2026-11-20T22:38:00Z'])),
      mails(...many.slice(0, 20).map((id): [string, string] => [id, 'Auto-Submitted: auto-replied'])),
      alice,
    );
    expect(await desk.api.readTicket('1')).toMatchObject({
      lastCustomerMessage: { id: '80' },
      lastAutomaticMessage: { id: '100' },
    });
    expect(desk.calls[2]?.json).toHaveLength(21);
  });

  it('without an ETag goes by the newest message', async () => {
    const { json } = ticket('open');
    const desk = deskWith({ json }, transactions(['53', 'erin', '2026-11-20T22:38:00Z']), alice);
    expect(await desk.api.readTicket('1')).toMatchObject({ version: null, facts: { lastMessageId: '53' } });
    expect(await deskWith({ json }, transactions(), alice).api.readTicket('1')).toMatchObject({
      facts: { lastMessageId: '0' },
    });
  });

  it.each([
    ['"54"', '"54"'],
    ['W/"54"', '"54"'],
    ['"54-gzip"', '"54"'],
    ['"54--gzip"', '"54"'],
    ['W/"54-br"', '"54"'],
    ['"2026-11-20T22:38:00Z"', null],
    ['"no-number"', null],
  ])('a tag %s, as a server that compresses makes it, is the version %s', async (etag, version) => {
    const desk = deskWith({ ...ticket('open'), headers: { etag } }, transactions(), alice);
    expect(await desk.api.readTicket('1')).toMatchObject({ version, facts: { lastMessageId: version ? '54' : '0' } });
  });

  it.each([
    ['refused', { status: 403 }, { login: 'alice', name: 'alice' }],
    ['of another shape', { json: [] }, { login: 'alice', name: 'alice' }],
    [
      'without address and name',
      { json: { id: 31, Name: 'alice', RealName: '', EmailAddress: '' } },
      { login: 'alice', name: 'alice' },
    ],
    [
      'with an address and no name, as RT tells that',
      { json: { Name: 'alice', RealName: null, EmailAddress: 'alice@customer.test' } },
      { login: 'alice@customer.test', name: 'alice' },
    ],
    [
      'without a name',
      { json: { id: 31, EmailAddress: 'alice@customer.test' } },
      { login: 'alice@customer.test', name: 'alice@customer.test' },
    ],
  ])('a requestor whose record is %s is known by what there is', async (_what, answer, requester) => {
    expect(await deskWith(ticket('open'), transactions(), answer).api.readTicket('1')).toMatchObject({
      ok: true,
      facts: { requester },
    });
  });

  it('asks for a requestor by a login of any form', async () => {
    const desk = deskWith(ticket('open', { Requestor: [user('a/../b?c@customer.test')] }), transactions(), alice);
    await desk.api.readTicket('1');
    expect(desk.requests()[2]).toBe('GET /user/a%2F..%2Fb%3Fc%40customer.test');
  });

  it('a merged ticket answers with another one: it is gone', async () => {
    const desk = deskWith(ticket('open', { id: 9 }));
    expect(await desk.api.readTicket('1')).toMatchObject({
      ok: false,
      code: 'gone',
      message: expect.stringContaining('#9'),
    });
    expect(desk.requests()).toEqual(['GET /ticket/1']);
  });

  it.each([
    ['401', { status: 401, json: { message: 'Unauthorized' } }, 'not-logged-in'],
    [
      'a dead session, redirected to the login page',
      { html: pageHtml('rt/login.html'), url: `${BASE}/` },
      'not-logged-in',
    ],
    ['nonsense', { html: '<h1>Hotel</h1>' }, 'nonsense'],
    ['another shape', { json: { id: 1, Subject: 'x', Status: 7 } }, 'nonsense'],
    ['null', { json: null }, 'nonsense'],
    ['404', { status: 404, json: { message: 'Not Found' } }, 'gone'],
    ['429', { status: 429, headers: { 'retry-after': '30' } }, 'rate-limited'],
    ['500', { status: 500 }, 'server-error'],
    ['no network', new TypeError('Failed to fetch'), 'unreachable'],
  ])('%s is a failure, also when it comes with the messages or their headers', async (_what, answer, code) => {
    expect(await deskWith(answer).api.readTicket('1')).toMatchObject({ ok: false, code });
    expect(await deskWith(ticket('open'), answer).api.readTicket('1')).toMatchObject({ ok: false, code });
    expect(await readMail(answer)).toMatchObject({ ok: false, code });
  });
});

describe('newestMessages', () => {
  const parts = (...contents: [string, string | null | undefined][]) => ({
    json: { items: contents.map(([TransactionId, Content]) => ({ TransactionId, Content })) },
  });
  const messagesOf = async (...answers: Parameters<typeof deskWith>) => {
    const newest = await deskWith(...answers).api.newestMessages('1');
    return newest.ok ? newest.messages : newest;
  };

  it('tells what was said, to everybody and among us', async () => {
    const said = {
      json: {
        items: [
          { id: '53', Creator: { id: 'erin' }, Created: '', Type: 'Comment' },
          { id: '44', Creator: { id: 'alice' }, Created: '', Type: 'Correspond' },
        ],
      },
    };
    const desk = deskWith(said, parts(['53', null], ['44', 'Hello\n[ref c-7]\n']));
    expect(await desk.api.newestMessages('1')).toEqual({
      ok: true,
      messages: [
        { id: '53', visibility: 'internal', text: '' },
        { id: '44', visibility: 'public', text: 'Hello\n[ref c-7]\n' },
      ],
    });
    expect(desk.requests()).toEqual(['GET /ticket/1/history', 'POST /attachments']);
    expect(desk.calls[1]?.json).toEqual([
      { field: 'TransactionId', operator: '=', value: 53, entry_aggregator: 'OR' },
      { field: 'TransactionId', operator: '=', value: 44, entry_aggregator: 'OR' },
      // What was enclosed may be far more than can be read.
      { field: 'ContentType', operator: 'LIKE', value: 'text/' },
      { field: 'Filename', operator: 'IS', value: 'NULL', entry_aggregator: 'OR' },
      { field: 'Filename', operator: '=', value: '', entry_aggregator: 'OR' },
    ]);
  });

  it('looks into the newest messages only: what may have been sent twice was sent a moment ago', async () => {
    const many = Array.from({ length: 30 }, (_, index): [string, string, string] => [String(100 - index), 'erin', '']);
    const desk = deskWith(transactions(...many), parts());
    await desk.api.newestMessages('1');
    const [, search] = desk.calls;
    const asked = ((search?.json ?? []) as { field: string; value: number }[])
      .filter(({ field }) => field === 'TransactionId')
      .map(({ value }) => value);
    expect(asked).toEqual(many.slice(0, asked.length).map(([id]) => Number(id)));
    expect(asked.length).toBeGreaterThanOrEqual(10);
  });

  it('asks no further where there is no message', async () => {
    const desk = deskWith(transactions());
    expect(await desk.api.newestMessages('1')).toEqual({ ok: true, messages: [] });
    expect(desk.requests()).toEqual(['GET /ticket/1/history']);
  });

  it('does not take a failure for "nothing there"', async () => {
    const one = transactions(['53', 'erin', '']);
    expect(await messagesOf({ status: 401 })).toMatchObject({ ok: false, code: 'not-logged-in' });
    expect(await messagesOf(one, { status: 500 })).toMatchObject({ ok: false });
    expect(await messagesOf(one, { json: {} })).toMatchObject({ ok: false, code: 'nonsense' });
  });
});

describe('a search that is posted', () => {
  it.each([
    ['a page for maintenance', { html: '<h1>Back soon</h1>' }, 'nonsense'],
    ['a login page', { html: '<form action="/login">' }, 'not-logged-in'],
    ['401', { status: 401 }, 'not-logged-in'],
    ['429', { status: 429 }, 'rate-limited'],
    ['502', { status: 502, html: '<h1>Bad gateway</h1>' }, 'server-error'],
    ['no network', new TypeError('Failed to fetch'), 'unreachable'],
  ])('does nothing to the ticket, and a failed one says so: %s', async (_what, trouble, code) => {
    const said = () => transactions(['44', 'alice', '2026-11-20T22:36:39Z']);
    const searched = await deskWith(said(), trouble).api.newestMessages('1');
    const read = await deskWith(ticket('stalled'), said(), trouble, alice).api.readTicket('1');
    for (const result of [searched, read]) {
      expect(result).toMatchObject({ ok: false, code });
      expect(result).not.toMatchObject({ maybeDone: true });
    }
  });
});

describe('apply', () => {
  it('sets a status, guarded, and reads it back', async () => {
    const desk = deskWith(put("Ticket 1: Status changed from 'open' to 'stalled'"), ticket('stalled'));
    expect(await desk.api.apply('1', { status: 'stalled', message: null, expectedVersion: '"54"' })).toEqual({
      ok: true,
      nativeStatus: 'stalled',
    });
    expect(desk.requests()).toEqual(['PUT /ticket/1', 'GET /ticket/1']);
    expect(desk.calls[0]?.json).toEqual({ Status: 'stalled' });
    expect(desk.calls[0]?.headers.get('if-match')).toBe('"54"');
  });

  it('R15: sends a message and its status in one request, after an empty write that tells whether the ticket is as it was', async () => {
    const desk = deskWith(
      put(),
      posted('Correspondence added', "Status changed from 'open' to 'resolved'"),
      ticket('resolved'),
    );
    expect(await desk.api.apply('1', { status: 'resolved', message: reply, expectedVersion: '"54"' })).toEqual({
      ok: true,
      nativeStatus: 'resolved',
    });
    expect(desk.requests()).toEqual(['PUT /ticket/1', 'POST /ticket/1/correspond', 'GET /ticket/1']);
    const [check, post] = desk.calls;
    expect(check?.json).toEqual({});
    expect(check?.headers.get('if-match')).toBe('"54"');
    // RT answers 412 to every conditional message.
    expect(post?.headers.has('if-match')).toBe(false);
    expect(post?.json).toEqual({ Content: 'Does it still burn?', ContentType: 'text/plain', Status: 'resolved' });
  });

  it('an internal message is a comment, never a reply to the customer', async () => {
    const desk = deskWith(posted('Comments added'), ticket('open'));
    expect(
      await desk.api.apply('1', {
        status: null,
        message: { body: 'Note', visibility: 'internal' },
        expectedVersion: null,
      }),
    ).toEqual({
      ok: true,
      nativeStatus: 'open',
    });
    expect(desk.requests()).toEqual(['POST /ticket/1/comment', 'GET /ticket/1']);
    expect(desk.calls[0]?.json).toEqual({ Content: 'Note', ContentType: 'text/plain' });
    expect(desk.calls[0]?.headers.has('if-match')).toBe(false);
  });

  it('a status that RT did not take (200 all the same) is tried once more, then refused', async () => {
    const no = "Ticket 1: Status 'pending' isn't a valid status for this ticket.";
    const desk = deskWith(put(no), ticket('open'), put(no), ticket('open'));
    const result = await desk.api.apply('1', { status: 'pending', message: null, expectedVersion: '"54"' });
    expect(result).toMatchObject({ ok: false, code: 'refused', message: expect.stringMatching(/"pending".*"open"/) });
    // In a lifecycle of one's own a status may be missing, or not allowed from here: only RT knows which.
    expect(result).toMatchObject({
      message: expect.stringMatching(/RT says: Status 'pending' isn't a valid status for this ticket\.$/),
    });
    expect(desk.requests()).toEqual(['PUT /ticket/1', 'GET /ticket/1', 'PUT /ticket/1', 'GET /ticket/1']);
    // Our own write has moved the version on.
    expect(desk.calls[2]?.headers.has('if-match')).toBe(false);
  });

  it('a status that RT took is taken, in whatever case RT writes it', async () => {
    const desk = deskWith(put('Ticket 1: Status changed'), ticket('Resolved'));
    expect(await desk.api.apply('1', { status: 'resolved', message: null, expectedVersion: '"54"' })).toEqual({
      ok: true,
      nativeStatus: 'Resolved',
    });
    expect(desk.requests()).toEqual(['PUT /ticket/1', 'GET /ticket/1']);
  });

  it('a status that a scrip set back is set again, and the message is not sent twice', async () => {
    const desk = deskWith(
      posted('Correspondence added'),
      ticket('open'),
      put('Ticket 1: Status changed'),
      ticket('resolved'),
    );
    expect(await desk.api.apply('1', { status: 'resolved', message: reply, expectedVersion: null })).toEqual({
      ok: true,
      nativeStatus: 'resolved',
    });
    expect(desk.requests()).toEqual(['POST /ticket/1/correspond', 'GET /ticket/1', 'PUT /ticket/1', 'GET /ticket/1']);
  });

  it.each([
    ['an object', { message: 'OK' }],
    ['null', null],
    ['no word', []],
  ])('a message of which RT tells %s may be out', async (_what, json) => {
    expect(
      await deskWith({ json, status: 201 }).api.apply('1', { status: null, message: reply, expectedVersion: null }),
    ).toMatchObject({ ok: false, code: 'nonsense', maybeDone: true });
  });

  it('a message that is out stays out: a status that was not taken is told, not refused', async () => {
    const desk = deskWith(
      posted('Correspondence added', "Status 'x' isn't a valid status for this ticket."),
      ticket('open'),
      put("Ticket 1: Status 'x' isn't a valid status for this ticket."),
      ticket('open'),
    );
    expect(await desk.api.apply('1', { status: 'x', message: reply, expectedVersion: null })).toEqual({
      ok: true,
      nativeStatus: 'open',
    });
    expect(desk.requests()).toEqual(['POST /ticket/1/correspond', 'GET /ticket/1', 'PUT /ticket/1', 'GET /ticket/1']);
  });

  it.each([
    ['a stale version', { status: 412, json: { message: 'Precondition Failed' } }, 'changed', false],
    ['401', { status: 401 }, 'not-logged-in', true],
    ['403', { status: 403, json: { message: 'Forbidden' } }, 'refused', false],
    ['404', { status: 404 }, 'gone', false],
    ['429', { status: 429 }, 'rate-limited', true],
    ['500', { status: 500 }, 'server-error', true],
    ['no network', new TypeError('Failed to fetch'), 'unreachable', true],
  ])('%s stops the write: nothing follows', async (_what, answer, code, maybeDone) => {
    const fails = async (
      requests: number,
      message: typeof reply | null,
      expectedVersion: string | null,
      ...script: Parameters<typeof deskWith>
    ) => {
      const desk = deskWith(...script);
      const result = await desk.api.apply('1', { status: 'stalled', message, expectedVersion });
      expect(desk.requests()).toHaveLength(requests);
      expect(result).toMatchObject({ ok: false, code });
      return 'maybeDone' in result && result.maybeDone === true;
    };
    expect(await fails(1, null, '"54"', answer)).toBe(maybeDone);
    expect(await fails(1, reply, null, answer)).toBe(maybeDone);
    // Where no answer came, the ticket is looked at for the message.
    const looks = code === 'server-error' || code === 'unreachable';
    const search = looks ? [transactions()] : [];
    expect(await fails(looks ? 3 : 2, reply, '"54"', put(), answer, ...search)).toBe(maybeDone);
    // The look before the message writes nothing.
    expect(await fails(1, reply, '"54"', answer)).toBe(false);
  });

  describe('a message that RT took without an answer', () => {
    const broken = new TypeError('Failed to fetch');
    const said = (id: string, Content: string) => [
      transactions([id, 'erin', '']),
      { json: { items: [{ TransactionId: id, Content }] } },
    ];
    const sending = (...script: Parameters<typeof deskWith>) => {
      const desk = deskWith(put(), ...script);
      const write = { status: 'stalled', message: { ...reply, body: 'Does it\nstill burn?' }, expectedVersion: '"54"' };
      return desk.api.apply('1', write).then((result) => ({ result, requests: desk.requests() }));
    };

    it.each([
      ['no answer', broken],
      ['500', { status: 500 }],
    ])('R15: is found in the ticket after %s, and is sent', async (_what, answer) => {
      const { result, requests } = await sending(answer, ...said('55', 'Does it\r\nstill burn?\n'), ticket('stalled'));
      expect(result).toEqual({ ok: true, nativeStatus: 'stalled' });
      expect(requests.filter((request) => request.startsWith('POST /ticket'))).toHaveLength(1);
    });

    it.each([
      ['an older one', said('54', 'Does it\nstill burn?')],
      ['another one', said('55', 'Does it burn?')],
      ['none', [transactions()]],
      ['nothing that can be read', [{ status: 502 }]],
    ])('stays uncertain where there is %s', async (_what, search) => {
      const { result } = await sending(broken, ...search);
      expect(result).toMatchObject({ ok: false, code: 'unreachable', maybeDone: true });
    });
  });

  it('a status that cannot be read back may be set', async () => {
    for (const failure of [{ status: 401 }, new TypeError('Failed to fetch'), { json: {} }]) {
      expect(
        await deskWith(put('changed'), failure).api.apply('1', {
          status: 'open',
          message: null,
          expectedVersion: null,
        }),
      ).toMatchObject({
        ok: false,
        maybeDone: true,
      });
      const again = deskWith(put('no'), ticket('new'), put('no'), failure);
      expect(await again.api.apply('1', { status: 'open', message: null, expectedVersion: null })).toMatchObject({
        ok: false,
        maybeDone: true,
      });
    }
  });

  it('a message that was accepted stays sent, also when nothing can be read after it', async () => {
    const desk = deskWith(posted('Correspondence added'), { status: 500 });
    expect(await desk.api.apply('1', { status: null, message: reply, expectedVersion: null })).toEqual({
      ok: true,
      nativeStatus: null,
    });
  });
});

describe('detect', () => {
  const url = (path: string) => new URL(`https://desk.test${path}`);

  it.each([
    ['a ticket page', 'rt/ticket.html', '/rt/Ticket/Display.html?id=1', 'https://desk.test/rt'],
    ['the login page', 'rt/login.html', '/rt/NoAuth/Login.html?next=abc', 'https://desk.test/rt'],
    ['the login page at the front door', 'rt/login.html', '/rt/', 'https://desk.test/rt'],
    ['a page of RT 4.4', 'rt/rt4.html', '/rt/Ticket/Display.html?id=5', 'https://desk.test/rt'],
    ['a page of RT 6', 'rt/rt6.html', '/rt/Ticket/Display.html?id=8', 'https://desk.test/rt'],
    ['Harbour’s login page', 'demo/login.html', '/login', null],
  ])('knows RT by %s', async (_what, page, path, base) => {
    expect(await rt.detect(pageHtml(page), url(path))).toBe(base);
  });

  it.each([
    ['RT.Config = {"WebPath":"","rtname":"x"};', '/index.html', 'https://desk.test'],
    ['RT.Config = {"WebPath":"\\/a\\/b"};', '/a/b/', 'https://desk.test/a/b'],
    // What the page says is no path: the address decides.
    ['RT.Config = {"WebPath":"//evil.test"};', '/rt/NoAuth/Login.html', 'https://desk.test/rt'],
    ['RT.Config = {"WebPath":"@evil.test"};', '/rt/Ticket/Display.html', 'https://desk.test/rt'],
    ['RT.Config = {"WebPath":"/rt?x="};', '/rt/', 'https://desk.test/rt'],
    ['RT.Config = {"rtname":"x"};', '/help/rt/index.html', 'https://desk.test/help/rt'],
    ['<body class="x" id="comp-NoAuth-Login">', '/rt/NoAuth/Login.html', 'https://desk.test/rt'],
    ['<body id="comp-index">', '/', 'https://desk.test'],
    ['<p>RT and other help desks compared</p>', '/rt/', null],
    ['', '/', null],
  ])('%s at %s is %s', async (html, path, base) => {
    expect(await rt.detect(html, url(path))).toBe(base);
  });
});

describe('addresses', () => {
  it('R16: prefills a new ticket that continues the closed one', () => {
    const url = new URL(
      rt.newTicketUrl(BASE, {
        subject: 'Fire & water? #1 50% "ä"',
        requester: { login: 'alice+it@customer.test', name: 'Alice' },
        body: 'Continues #1:\nhttps://desk.test/rt/Ticket/Display.html?id=1&x=2',
        queue: 'Support & more',
        clonedFrom: '1',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://desk.test/rt/Ticket/Create.html');
    expect(url.hash).toBe('');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Subject: 'Fire & water? #1 50% "ä"',
      Content: 'Continues #1:\nhttps://desk.test/rt/Ticket/Display.html?id=1&x=2',
      'new-RefersTo': '1',
      Queue: 'Support & more',
      Requestors: 'alice+it@customer.test',
    });
  });

  it('R16: leaves out what is not known', () => {
    const url = new URL(
      rt.newTicketUrl(BASE, { subject: 'x', requester: null, body: 'y', queue: null, clonedFrom: '1' }),
    );
    expect([...url.searchParams.keys()].toSorted()).toEqual(['Content', 'Subject', 'new-RefersTo']);
  });

  it('of a ticket is one that the page adapter knows', () => {
    expect(rt.page.ticketIdOf(new URL(rt.ticketUrl(BASE, '42')))).toBe('42');
    expect(rt.ticketUrl(BASE, '1&x=2')).toBe(`${BASE}/Ticket/Display.html?id=1%26x%3D2`);
  });
});
