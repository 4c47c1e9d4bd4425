// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { rtPage } from '../../../../core/sites/rt/page';
import { pageDocument } from '../fixture';

const read = (name: string, ticketId: string) => rtPage.read(pageDocument(`rt/${name}.html`), ticketId);
const documentOf = (html: string) => new DOMParser().parseFromString(html, 'text/html');

describe('ticketIdOf', () => {
  it.each([
    ['https://desk.test/rt/Ticket/Display.html?id=1', '1'],
    ['https://desk.test/Ticket/Display.html?id=42', '42'],
    ['https://desk.test/a/b/rt/Ticket/Display.html?id=42#txn-7', '42'],
    ['https://desk.test/rt/Ticket/Display.html?Force=1&id=7&results=abc', '7'],
    ['https://desk.test/rt/Ticket/Display.html?id=999999999999999999', '999999999999999999'],
    // RT takes a semicolon for an ampersand, and has written it into its own links.
    ['https://desk.test/rt/Ticket/Display.html?ForceShowHistory=1;id=7', '7'],
    ['https://desk.test/rt/Ticket/Display.html?id=7;Force=1#txn-9', '7'],
    ['https://desk.test/rt/Ticket/Display.html?id=7;8', '7'],
    ['https://desk.test/rt/Ticket/Display.html?bid=7', null],
    ['https://desk.test/rt/Ticket/Display.html?Anchor=x?id=7', null],
    ['https://desk.test/rt/Ticket/Display.html', null],
    ['https://desk.test/rt/Ticket/Display.html?id=', null],
    ['https://desk.test/rt/Ticket/Display.html?ID=1', null],
    ['https://desk.test/rt/Ticket/Display.html?id=0', null],
    ['https://desk.test/rt/Ticket/Display.html?id=007', null],
    ['https://desk.test/rt/Ticket/Display.html?id=-1', null],
    ['https://desk.test/rt/Ticket/Display.html?id=1.5', null],
    ['https://desk.test/rt/Ticket/Display.html?id=1e3', null],
    ['https://desk.test/rt/Ticket/Display.html?id=%201', null],
    ['https://desk.test/rt/Ticket/Display.html?id=1%0A', null],
    ['https://desk.test/rt/Ticket/Display.html?id=1/../../user/root', null],
    ['https://desk.test/rt/Ticket/Display.html?id=1%20OR%20id%3E0', null],
    ["https://desk.test/rt/Ticket/Display.html?id=1'", null],
    ['https://desk.test/rt/Ticket/Display.html?id=%D9%A1', null],
    ['https://desk.test/rt/Ticket/Display.html?id=__proto__', null],
    ['https://desk.test/rt/Ticket/Display.html?id=1000000000000000000', null],
    ['https://desk.test/rt/Ticket/Display.html/x?id=1', null],
    ['https://desk.test/rt/Ticket/DisplayXhtml?id=1', null],
    ['https://desk.test/rt/Ticket/Update.html?id=1', null],
    ['https://desk.test/rt/SelfService/Display.html?id=1', null],
    ['https://desk.test/rt/Search/Results.html?Query=id=1', null],
    ['https://desk.test/?next=/Ticket/Display.html?id=1', null],
  ])('%s -> %s', (url, id) => {
    expect(rtPage.ticketIdOf(new URL(url))).toBe(id);
  });
});

describe('ownPath', () => {
  const pathOf = (name: string, address: string) =>
    rtPage.ownPath?.(pageDocument(`rt/${name}.html`), new URL(address, 'https://desk.test/rt/Ticket/'));

  it('R17: a ticket that was merged is shown as the one it went into', () => {
    expect(pathOf('merged', 'Display.html?id=217')).toBe('/rt/Ticket/Display.html?id=218');
    expect(pathOf('merged', 'Display.html?Force=1&id=217&results=abc#txn-7')).toBe(
      '/rt/Ticket/Display.html?id=218#txn-7',
    );
    expect(read('merged', '218')).toMatchObject({ facts: { subject: 'Asked first' }, missing: [] });
  });

  it('R17: so is one that answers a form, with no ticket in the address', () => {
    expect(pathOf('merged', 'Update.html')).toBe('/rt/Ticket/Display.html?id=218');
    expect(pathOf('merged', 'Display.html')).toBe('/rt/Ticket/Display.html?id=218');
  });

  it.each([
    ['rt4', '5'],
    ['rt6', '8'],
  ])('R17: the same on %s', (name, id) => {
    const page = pageDocument(`rt/${name}.html`);
    page.querySelector('#page-display')?.setAttribute('href', '/rt/Ticket/Display.html?id=4');
    const at = (address: string) => rtPage.ownPath?.(page, new URL(address, 'https://desk.test/rt/Ticket/'));
    expect(at('Display.html?id=4')).toBe(`/rt/Ticket/Display.html?id=${id}`);
    expect(at('Update.html')).toBe(`/rt/Ticket/Display.html?id=${id}`);
    expect(at(`Display.html?id=${id}`)).toBeNull();
    expect(at('Display.html?id=77')).toBeNull();
  });

  it('leaves the right address, and one that the page was not asked for: it may not be there yet', () => {
    expect(pathOf('merged', 'Display.html?id=218')).toBeNull();
    expect(pathOf('merged', 'Display.html?id=5')).toBeNull();
    expect(pathOf('merged', 'Display.html?id=21')).toBeNull();
  });

  // RT 6 is htmx: the address changes first, and for a moment the page still shows the ticket.
  it('leaves the address of the page that a person goes on to from a ticket', () => {
    for (const next of [
      "/rt/Search/Results.html?Query=Queue='Support'",
      '/rt/',
      '/rt/index.html',
      '/rt/Ticket/Update.html?id=218&Action=Respond',
      '/rt/Ticket/ModifyAll.html?id=218',
      '/rt/Ticket/Create.html?Queue=1',
      '/rt/Dashboards/7/Mine',
    ])
      expect(pathOf('merged', next), next).toBeNull();
  });

  it('is not for forms, lists, refused tickets and other desks’ pages', () => {
    const form = `<div id="header"><h1>Update ticket #218: Asked first</h1></div>
      <a id="page-display" href="/rt/Ticket/Display.html?id=218">Display</a>`;
    const url = new URL('https://desk.test/rt/Ticket/Update.html?id=218');
    expect(rtPage.ownPath?.(documentOf(form), url)).toBeNull();
    const elsewhere =
      '<title>#7: x</title><div class="summary"></div><a id="page-display" href="https://x.test/?id=7">x</a>';
    expect(rtPage.ownPath?.(documentOf(elsewhere), url)).toBeNull();
    for (const name of ['ticket', 'list', 'refused', 'login', 'hostile'])
      expect(pathOf(name, 'Display.html')).toBeNull();
  });
});

describe('read', () => {
  it('R17: reads what the panel shows of a ticket', () => {
    expect(read('ticket', '1')).toEqual({
      facts: {
        ticketId: '1',
        subject: 'Printer 1 is on fire',
        nativeStatus: 'open',
        requester: { login: 'alice@customer.test', name: 'Alice Customer' },
        assignee: { login: 'erin', name: 'Erin Agent' },
        queue: 'Support',
        type: null,
        lastMessageId: null,
      },
      agent: { login: 'erin', name: 'Erin Agent' },
      missing: [],
    });
  });

  it('knows nobody as nobody, and takes the first of several requestors', () => {
    const reading = read('nobody', '2');
    expect(reading?.facts.assignee).toBeNull();
    expect(reading?.facts.requester).toEqual({ login: 'bob@customer.test', name: 'bob@customer.test' });
    expect(reading?.missing).toEqual([]);
  });

  // RT links everybody but Nobody (html/Elements/ShowUser), and that one's real name can be changed or translated.
  it.each(['Nobody in particular', 'Niemand', 'Personne en particulier'])(
    'knows %s, who is no link, as nobody',
    (nobody) => {
      const page =
        documentOf(`<title>#1: x</title><div class="owner"><span class="user" data-user-id="6">${nobody}</span></div>
      <div class="owner"><span class="user" data-user-id="6"><span class="rt-user-avatar">N</span>${nobody}</span></div>`);
      expect(rtPage.read(page, '1')?.facts.assignee).toBeNull();
    },
  );

  it('takes a customer who is called like nobody for a customer', () => {
    const html = (requestor: string) => `<div id="header"><h1>#1: x</h1></div>
      <div class="form-row requestors"><span class="user"><a href="/rt/User/Summary.html?id=9">${requestor}</a></span></div>`;
    const requesterOf = (requestor: string) => rtPage.read(documentOf(html(requestor)), '1')?.facts.requester;
    expect(requesterOf('nobody@customer.test')).toEqual({
      login: 'nobody@customer.test',
      name: 'nobody@customer.test',
    });
    expect(requesterOf('Nobody Inc &lt;n@customer.test&gt;')).toEqual({ login: 'n@customer.test', name: 'Nobody Inc' });
    expect(requesterOf('Nobody')).toEqual({ login: 'Nobody', name: 'Nobody' });
    expect(requesterOf('"Quoted, Q." &lt;q@customer.test&gt;')).toEqual({
      login: 'q@customer.test',
      name: 'Quoted, Q.',
    });
    expect(requesterOf('&lt;bare@customer.test&gt;')).toEqual({
      login: 'bare@customer.test',
      name: 'bare@customer.test',
    });
  });

  it('sees no ticket on a refused page, a login page, an empty page', () => {
    expect(read('refused', '1')).toBeNull();
    expect(read('login', '1')).toBeNull();
    expect(rtPage.read(documentOf(''), '1')).toBeNull();
  });

  it('sees no ticket while the page still shows another one', () => {
    expect(read('ticket', '2')).toBeNull();
    expect(read('ticket', '11')).toBeNull();
  });

  it('names the fields that are not where they should be, and guesses nothing', () => {
    const reading = read('fields-missing', '3');
    expect(reading?.missing).toEqual(['status', 'requestors']);
    expect(reading?.facts).toMatchObject({
      subject: 'Another template',
      nativeStatus: null,
      requester: null,
      queue: 'Support',
    });
  });

  const erin = { login: 'erin', name: 'Erin Agent' };
  const readWhole = (subject: string, ticketId: string) => ({
    facts: {
      ticketId,
      subject,
      nativeStatus: 'open',
      requester: { login: 'alice@customer.test', name: 'Alice Customer' },
      assignee: erin,
      queue: 'Support',
      type: null,
      lastMessageId: null,
    },
    agent: erin,
    missing: [],
  });

  it('R17: reads the same on RT 4.4, which draws tables', () => {
    expect(read('rt4', '5')).toEqual(readWhole('From an older RT', '5'));
  });

  it('R17: reads the same on RT 6, with initials, a coloured status and classes of its own', () => {
    expect(read('rt6', '8')).toEqual(readWhole('From a newer RT', '8'));
  });

  it('R17: on RT 6 leaves out the people that the layout has not, and misses the status until it is there', () => {
    const page = pageDocument('rt/rt6.html');
    page.querySelector('.ticket-info-people')?.remove();
    const { facts, missing } = rtPage.read(page, '8') ?? {};
    expect(facts).toMatchObject({ nativeStatus: 'open', requester: null, assignee: null });
    expect(missing).toEqual([]);
    page.querySelector('.ticket-info-basics')?.remove();
    expect(rtPage.read(page, '8')?.missing).toEqual(['status']);
  });

  it('R17: on RT 6 takes the subject from the title while the page is only begun', () => {
    const begun = documentOf(`<title>#8: Fire</title><body hx-boost="true"><div class="main-container"
      hx-get="/rt/Ticket/Display.html?id=8" hx-trigger="revealed once"></div></body>`);
    expect(rtPage.read(begun, '8')).toMatchObject({ facts: { subject: 'Fire' }, missing: ['status', 'requestors'] });
  });

  it('takes hostile text as text', () => {
    expect(read('hostile', '4')?.facts).toMatchObject({
      subject: '<img src=x onerror=alert(1)> #5: {customer} &lt;b&gt;',
      requester: { login: 'mallory@customer.test', name: '<img src=x onerror=alert(2)>' },
      assignee: { login: '<script>alert(1)</script>', name: '"><b>' },
    });
  });

  it('goes by the heading first, then by the title, then by the number in the basics', () => {
    const basics =
      '<div class="ticket-info-basics"><div class="id form-row"><span class="value"> 8 </span></div></div>';
    expect(rtPage.read(documentOf('<title>#8: From the title</title>'), '8')?.facts.subject).toBe('From the title');
    const bare = rtPage.read(documentOf(basics), '8');
    expect(bare?.facts.subject).toBe('');
    expect(bare?.missing).toContain('subject');
    expect(rtPage.read(documentOf(`<div id="header"><h1>#9: Other</h1></div>${basics}`), '8')).toBeNull();
  });

  // RT's own translations of "#%1: %2" (po/*.po); Finnish, French, Norwegian, Czech, Persian, Russian, and one without a sign.
  it.each(['Tiketti #7: Fire', 'n°7 : Fire', 'Nr. 7: Fire', 'č. 7: Fire', 'شماره 7: Fire', '№7: Fire', '7: Fire'])(
    'R17: reads the subject from a heading in another language: %s',
    (heading) => {
      const page = documentOf(`<div id="header"><h1>${heading}</h1></div>`);
      expect(rtPage.read(page, '7')?.facts.subject).toBe('Fire');
      expect(rtPage.read(page, '7')?.missing).not.toContain('subject');
      expect(rtPage.read(page, '8')).toBeNull();
    },
  );

  it('R17: takes a ticket without a subject for what it is: nothing is missing', () => {
    const reading = rtPage.read(documentOf('<div id="header"><h1>#7: </h1></div>'), '7');
    expect(reading?.facts.subject).toBe('');
    expect(reading?.missing).not.toContain('subject');
  });

  it('R17: knows a status that is shown in another language by RT’s own name for it', () => {
    const page = (shown: string, form: string) => `<title>#7: Fire</title><div class="ticket-info-basics">
      <div class="inline-edit-display">${shown}</div><form class="inline-edit">${form}</form></div>`;
    const statusOf = (shown: string, form: string) =>
      rtPage.read(documentOf(page(shown, form)), '7')?.facts.nativeStatus;
    const shown =
      '<div class="status form-row"><div class="value"><span class="current-value">zurückgestellt</span></div></div>';
    const form = `<select name="Status"><option value="" selected>zurückgestellt (Unverändert)</option>
      <option value="stalled">zurückgestellt</option><option value="open">offen</option></select>`;
    expect(statusOf(shown, form)).toBe('stalled');
    // Whoever may not change the ticket has no form.
    expect(statusOf(shown, '')).toBe('zurückgestellt');
    // An agent may choose to have the form at once; the first of its statuses is the ticket's own.
    expect(statusOf('', form)).toBe('stalled');
  });

  it('keeps what it hands on within the limits of the contract', () => {
    const long = rtPage.read(
      documentOf(`<div id="header"><h1>#1: ${'s'.repeat(900)}</h1></div>
        <div class="ticket-info-basics"><div class="status"><span class="current-value">${'o'.repeat(200)}</span></div>
        <div class="queue"><span class="current-value">${'q'.repeat(400)}</span></div></div>`),
      '1',
    );
    expect(long?.facts.subject).toHaveLength(500);
    expect(long?.facts.nativeStatus).toHaveLength(80);
    expect(long?.facts.queue).toHaveLength(200);
  });

  it.each([
    ['{"Name":"erin","RealName":""}', { login: 'erin', name: 'erin' }],
    ['{"Name":"erin"}', { login: 'erin', name: 'erin' }],
    ['{"Name":"erin","RealName":"E }; {r}"}', { login: 'erin', name: 'E }; {r}' }],
    ['{}', null],
    ['{"Name":7}', null],
    ['{broken}', null],
  ])('the agent of RT.CurrentUser = %s is %j', (json, agent) => {
    const html = `<head><title>#1: x</title><script>\nRT.CurrentUser = ${json};\nRT.Config = {"WebPath":""};\n</script></head>`;
    expect(rtPage.read(documentOf(html), '1')?.agent).toEqual(agent);
  });
});
