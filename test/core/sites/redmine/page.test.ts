// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { parseHtml } from '../../../../core/sites/redmine/html';
import { readIssuePage } from '../../../../core/sites/redmine/issue-page';
import { redminePage } from '../../../../core/sites/redmine/page';
import { pageDocument, pageHtml } from '../fixture';

const read = (name: string, ticketId: string) => redminePage.read(pageDocument(`redmine/${name}.html`), ticketId);
const documentOf = (html: string) => new DOMParser().parseFromString(html, 'text/html');
const readHtml = (html: string, ticketId = '1') => redminePage.read(documentOf(html), ticketId);

/** As app/views/layouts/base.html.erb of Redmine 7 has them: who is logged in is linked in the menu for narrow windows. */
const REDMINE_7_MENUS = `<div class="flyout-menu"><div class="flyout-menu__avatar">
    <a href="/users/5"><span role="img" class="avatar">EA</span></a> <a class="user active" href="/users/5">erin</a></div></div>
  <nav class="top-menu"><div id="account" class="dropdown"><a href="#" class="dropdown-trigger">EA</a>
    <div class="dropdown-content hidden"><span class="user-name">Erin Agent</span>
    <span class="user-login">@erin</span></div></div></nav>`;

describe('ticketIdOf', () => {
  it.each([
    ['https://desk.test/issues/1', '1'],
    ['https://desk.test/redmine/issues/42', '42'],
    ['https://desk.test/a/b/redmine/issues/42?tab=notes#note-7', '42'],
    ['https://desk.test/issues/42/', '42'],
    ['https://desk.test/issues/999999999999999999', '999999999999999999'],
    ['https://desk.test/issues', null],
    ['https://desk.test/issues/', null],
    ['https://desk.test/issues/0', null],
    ['https://desk.test/issues/007', null],
    ['https://desk.test/issues/-1', null],
    ['https://desk.test/issues/1.5', null],
    ['https://desk.test/issues/1.atom', null],
    ['https://desk.test/issues/1000000000000000000', null],
    ['https://desk.test/issues/1/edit', null],
    ['https://desk.test/issues/new', null],
    ['https://desk.test/issues/gantt', null],
    ['https://desk.test/ISSUES/1', null],
    ['https://desk.test/issues/%D9%A1', null],
    ['https://desk.test/projects/support/issues', null],
    ['https://desk.test/projects/support/issues/new', null],
    ['https://desk.test/myissues/1', null],
    ['https://desk.test/search?q=/issues/1', null],
  ])('%s -> %s', (url, id) => {
    expect(redminePage.ticketIdOf(new URL(url))).toBe(id);
  });
});

describe('read', () => {
  it('R17: reads what the panel shows of a ticket', () => {
    expect(read('ticket', '1')).toEqual({
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
      agent: { login: 'erin', name: 'Erin Agent' },
      missing: [],
    });
  });

  it('knows nobody as nobody, and a ticket without a history', () => {
    const reading = read('nobody', '50');
    expect(reading?.facts).toMatchObject({ assignee: null, type: 'Bug', lastMessageId: '0', nativeStatus: 'New' });
    expect(reading?.missing).toEqual([]);
    // Their name comes up among those who could have it.
    expect(reading?.agent).toEqual({ login: 'erin', name: 'Erin Agent' });
  });

  it('sees no ticket on a refused page, a login page, an empty page', () => {
    expect(read('refused', '1')).toBeNull();
    expect(read('refused', '404')).toBeNull();
    expect(read('login', '1')).toBeNull();
    expect(readHtml('')).toBeNull();
  });

  it('sees no ticket while the page still shows another one', () => {
    expect(read('ticket', '2')).toBeNull();
    expect(read('ticket', '11')).toBeNull();
  });

  it('names the fields that are not where they should be, and guesses nothing', () => {
    const reading = read('fields-missing', '1');
    expect(reading?.missing).toEqual(['status', 'author']);
    expect(reading?.facts).toMatchObject({
      subject: 'Printer 1 is on fire',
      nativeStatus: null,
      requester: null,
      // From the form for changes.
      queue: 'Support',
    });
    expect(readHtml('<div id="content"><h2>Bug #1</h2><div class="issue details"></div></div>')?.missing).toEqual([
      'subject',
      'status',
      'author',
      'project',
    ]);
  });

  it('takes from the form for changes what the page does not show', () => {
    const form = (more: string) => `<div id="content"><div class="issue details"><p class="author"></p></div>
      <form id="issue-form" action="/redmine/issues/1">
        <input id="issue_subject" value="Fire &amp; water">
        <select id="issue_status_id"><option value="1">New</option><option selected value="2">Working</option></select>
        <select id="issue_project_id"><option selected value="7">Help</option></select>
        <select id="issue_tracker_id"><option selected value="7">Question</option></select>${more}
      </form></div>`;
    const reading = readHtml(form(''));
    expect(reading?.facts).toMatchObject({
      subject: 'Fire & water',
      nativeStatus: 'Working',
      queue: 'Help',
      type: 'Question',
    });
    expect(reading?.missing).toEqual([]);
    expect(readHtml(form(''), '2')).toBeNull();
  });

  it('reads a ticket whose reader may not change it', () => {
    const reading = read('reporter', '1');
    expect(reading?.facts).toMatchObject({ nativeStatus: 'Feedback', queue: 'Support', type: 'Support' });
    expect(reading?.agent).toEqual({ login: 'alice', name: 'Alice Customer' });
    expect(reading?.missing).toEqual([]);
  });

  it('knows nobody as logged in on a page that everybody sees', () => {
    const reading = read('anonymous', '51');
    expect(reading?.facts.subject).toBe('Seen by everybody');
    expect(reading?.agent).toBeNull();
  });

  it('takes hostile text as text, and notes for nothing else', () => {
    const reading = read('hostile', '49');
    expect(reading?.facts).toMatchObject({
      subject: '<img src=x onerror=alert(1)> #5: {customer} &lt;b&gt;',
      nativeStatus: 'New',
      requester: { login: '', name: 'Alice Customer' },
      lastMessageId: '43',
    });
    // A mention is written "@Erin Agent".
    expect(reading?.agent).toEqual({ login: 'erin', name: 'Erin Agent' });
  });

  it('counts as history only what is its own', () => {
    const html = `<div id="content"><h2>Bug #1</h2><div class="issue details"><p id="change-99">x</p></div>
      <div id="history"><div class="journal" id="change-7"><p id="change-98">x</p></div>
      <div class="journal" id="change-x">x</div></div></div>`;
    expect(readHtml(html)?.facts.lastMessageId).toBe('7');
  });

  it('reads the subject from under its parents, not from theirs', () => {
    const html = `<div id="content"><h2>Bug #1</h2><div class="issue details"><div class="subject">
      <div><p><a href="/issues/7">Bug #7</a>: The parent</p></div><div><h3>The child</h3></div></div></div></div>`;
    expect(readHtml(html)?.facts.subject).toBe('The child');
  });

  it('knows an author and an assignee without an account of their own', () => {
    const page = (author: string, assignee: string) => `<div id="content"><h2>Bug #1</h2><div class="issue details">
      <p class="author">Added by ${author} <a href="/projects/x/activity" title="x">1 hour</a> ago.</p>
      <div class="assigned-to attribute"><div class="value">${assignee}</div></div></div></div>`;
    const facts = readHtml(page('Anonymous', '-'))?.facts;
    expect(facts).toMatchObject({ requester: null, assignee: null });
    const group = '<a class="group" href="/groups/9">Second level</a>';
    expect(readHtml(page('Anonymous', group))?.facts.assignee).toEqual({ login: '', name: 'Second level' });
    expect(readHtml(page('Anonymous', group))?.missing).not.toContain('author');
    // A locked account, and in older Redmines a group.
    expect(readHtml(page('Anonymous', 'Second level'))?.facts.assignee).toEqual({ login: '', name: 'Second level' });
  });

  it.each([
    ['as Redmine 5 has it', '<div id="loggedas">x <a href="/users/5">erin</a></div>', { login: 'erin', name: 'erin' }],
    ['as Redmine 7 has it', REDMINE_7_MENUS, 'erin'],
    ['without an account number', '<div id="loggedas"><a href="/my/account">erin</a></div>', 'erin'],
    ['nobody', '<div id="account"><a class="login" href="/login">Sign in</a></div>', null],
  ])('the agent %s', (_what, html, agent) => {
    const page = `${html}<div id="content"><h2>Bug #1</h2><div class="issue details">
      <p class="author"><a class="user" href="/users/51">Somebody else</a></p></div></div>`;
    expect(readHtml(page)?.agent).toEqual(typeof agent === 'string' ? { login: agent, name: agent } : agent);
  });

  it('R17: reads what the panel shows of a ticket as Redmine 6.1 and 7 draw it', () => {
    const html = `${REDMINE_7_MENUS}<div id="header"><h1><span class="breadcrumbs"><a class="root" href="/projects/all">All</a>
        <span class="separator"> » </span></span><span class="current-project">Support</span></h1></div>
      <div id="content"><p class="warning"><span class="icon icon-lock"><svg><use href="#i"></use></svg>
        <span class="icon-label">Read only</span></span></p>
      <div class="contextual"><a class="icon icon-edit" href="/issues/1/edit"><span class="icon-label">Edit</span></a></div>
      <h2 class="inline-block">Support #1</h2><span class="badge badge-status-open">open</span>
      <div class="issue tracker-3 status-4 details"><div class="avatar-with-child"><span class="avatar">AC</span></div>
        <div data-controller="sticky-issue-header"><div class="subject"><div>
          <p><a class="issue status-5 closed" href="/issues/7">Bug #7</a>: Parent</p><div><h3>On fire</h3></div></div></div>
          <div id="sticky-issue-header" class="issue"><span class="issue-heading">Support #1:</span>
          <span class="subject">On fire</span></div></div>
        <p class="author">Added by <a class="user active" href="/users/7">Alice Customer</a>.</p>
        <div class="attributes"><div class="status attribute"><div class="value">Feedback</div></div>
          <div class="assigned-to attribute"><div class="value"><span role="img" class="avatar">EA</span><a
            class="user active" href="/users/5">Erin Agent</a></div></div></div></div>
      <div id="history" class="journals"><div id="change-9" class="journal has-notes"><h4 class="journal-header">
        <span class="journal-info"><a class="user active" href="/users/7">Alice Customer</a></span></h4></div></div></div>`;
    const expected = {
      facts: {
        ticketId: '1',
        subject: 'On fire',
        nativeStatus: 'Feedback',
        requester: { login: '', name: 'Alice Customer' },
        assignee: { login: '', name: 'Erin Agent' },
        queue: 'Support',
        type: 'Support',
        lastMessageId: '9',
      },
      agent: { login: 'erin', name: 'Erin Agent' },
      missing: [],
    };
    expect(readHtml(html)).toEqual(expected);
    expect(readIssuePage(parseHtml(html), '1')).toEqual(expected);
  });

  it('sees no ticket where a change was refused: there is only the form, with what was sent', () => {
    // As app/views/issues/edit.html.erb and _conflict.html.erb have it, at the issue's own address.
    const html = `<div id="content"><h2>Bug #1</h2><form id="issue-form" action="/issues/1"><div class="conflict">
      <a class="issue tracker-1 status-1" href="/issues/1">Bug #1</a></div><input id="issue_subject" value="Fire">
      <select id="issue_status_id"><option value="1">New</option><option selected value="5">Closed</option></select>
      </form></div>`;
    expect(readHtml(html)).toBeNull();
  });

  it.each([
    ['', ''],
    ['', '<select id="issue_status_id"><option selected value="2">Working</option></select>'],
  ])('R17: reads status and assignee where a plugin put fields for changes next to them', (_none, form) => {
    // As the script of redmine_issue_dynamic_edit does it.
    const field =
      '<span class="iconEdit"></span><div><select><option>New</option><option>Working</option></select></div>';
    const page = (assignee: string) => `<div id="content"><h2>Bug #1</h2><div class="issue details">
      <div class="status attribute"><div class="value">Working${field}</div></div>
      <div class="assigned-to attribute"><div class="value">${assignee}${field}</div></div></div>${form}</div>`;
    const reading = readHtml(page('<a class="user" href="/users/5">Erin Agent</a>'));
    expect(reading?.facts.nativeStatus).toBe(form === '' ? null : 'Working');
    expect(reading?.missing.includes('status')).toBe(form === '');
    expect(reading?.facts.assignee).toEqual({ login: '', name: 'Erin Agent' });
    expect(readHtml(page('-'))?.facts.assignee).toBeNull();
  });

  it('keeps what it hands on within the limits of the contract', () => {
    const long = (length: number) => 'x'.repeat(length);
    const reading = readHtml(`<div id="loggedas"><a href="/users/5">${long(400)}</a></div>
      <div id="header"><h1><span class="current-project">${long(400)}</span></h1></div>
      <div id="content"><h2>${long(400)} #1</h2><div class="issue details">
      <div class="subject"><h3>${long(900)}</h3></div>
      <p class="author"><a class="user" href="/users/7">${long(400)}</a></p>
      <div class="status attribute"><div class="value">${long(200)}</div></div></div></div>`);
    expect(reading?.facts.subject).toHaveLength(500);
    expect(reading?.facts.nativeStatus).toHaveLength(80);
    expect(reading?.facts.queue).toHaveLength(200);
    expect(reading?.facts.type).toHaveLength(200);
    expect(reading?.facts.requester?.name).toHaveLength(320);
    expect(reading?.agent?.login).toHaveLength(320);
  });

  it.each([
    ['ticket', '1'],
    ['nobody', '50'],
    ['reporter', '1'],
    ['anonymous', '51'],
    ['fields-missing', '1'],
    ['hostile', '49'],
    ['refused', '1'],
    ['login', '1'],
  ])('the background reads %s as the page does', (name, ticketId) => {
    expect(readIssuePage(parseHtml(pageHtml(`redmine/${name}.html`)), ticketId)).toEqual(read(name, ticketId));
  });
});
