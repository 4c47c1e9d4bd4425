// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { demoPage } from '../../../core/sites/demo/page';
import { redminePage } from '../../../core/sites/redmine/page';
import { rtPage } from '../../../core/sites/rt/page';
import type { PageAdapter } from '../../../core/sites/site-adapter';
import { pageDocument, pageHtml } from './fixture';

const documentOf = (html: string) => new DOMParser().parseFromString(html, 'text/html');
const rowsOf = (adapter: PageAdapter, document: Document) =>
  adapter.rows(document).map(({ ticketId, nativeStatus, subject }) => [ticketId, nativeStatus, subject.textContent]);

describe('which pages list tickets', () => {
  it.each([
    [rtPage, 'https://desk.test/rt/Search/Results.html?Query=id%3E0', true],
    [rtPage, 'https://desk.test/Search/Simple.html?q=printer', true],
    [rtPage, 'https://desk.test/rt/', true],
    [rtPage, 'https://desk.test/rt/Dashboards/4/Mine', true],
    [rtPage, 'https://desk.test/rt/Ticket/Display.html?id=1', false],
    [rtPage, 'https://desk.test/rt/Prefs/Other.html', false],
    [redminePage, 'https://desk.test/redmine/issues', true],
    [redminePage, 'https://desk.test/projects/web/issues?set_filter=1', true],
    [redminePage, 'https://desk.test/my/page', true],
    [redminePage, 'https://desk.test/my/account', false],
    [redminePage, 'https://desk.test/projects/my', false],
    [redminePage, 'https://desk.test/issues/1/edit', false],
    [redminePage, 'https://desk.test/projects/web/search?q=printer', false],
    [redminePage, 'https://desk.test/issues/1', false],
    [redminePage, 'https://desk.test/issues/new', false],
    [demoPage, 'https://desk.test/tickets?status=open', true],
    [demoPage, 'https://desk.test/app/tickets', true],
    [demoPage, 'https://desk.test/tickets/1', false],
    [demoPage, 'https://desk.test/login', false],
  ] as const)('%#: %s', (adapter, address, lists) => {
    expect(adapter.listsTickets(new URL(address))).toBe(lists);
  });
});

describe('the tickets of a list', () => {
  it('of RT, with the status that its inline editor shows', () => {
    expect(rowsOf(rtPage, pageDocument('rt/list.html'))).toEqual([
      ['1', 'stalled', 'Seven days of silence'],
      ['2', 'resolved', 'Four weeks of silence'],
    ]);
  });

  it('of RT in another language, with RT’s own names of the statuses', () => {
    const html = pageHtml('rt/list.html')
      .replace('<div class="value"><span>stalled</span>', '<div class="value"><span>zurückgestellt</span>')
      .replace('<option value="stalled" >stalled</option>', '<option value="stalled">zurückgestellt</option>');
    expect(rowsOf(rtPage, documentOf(html))[0]).toEqual(['1', 'stalled', 'Seven days of silence']);
  });

  it('of RT with columns of one’s own: the number’s link, and no status', () => {
    const html = `<table class="ticket-list"><tbody class="list-item" data-record-id="7"><tr>
      <td><a href="/rt/Ticket/Display.html?id=7">7</a></td>
      <td><a href="/rt/Ticket/Display.html?id=71">not this one</a></td></tr></tbody></table>`;
    expect(rowsOf(rtPage, documentOf(html))).toEqual([['7', null, '7']]);
  });

  it('of RT 4.4, which has no form for the status in its lists', () => {
    const html = `<table cellspacing="0" class="ticket-list collection-as-table"><tr class="collection-as-table"><th>#</th></tr>
      <tbody class="list-item" data-record-id="7"><tr class=" oddline">
      <td class="collection-as-table"><b><a href="/rt/Ticket/Display.html?id=7">7</a></b></td>
      <td class="collection-as-table"><b><a href="/rt/Ticket/Display.html?id=7">Fire</a></b></td>
      <td class="collection-as-table">open</td></tr></tbody></table>`;
    expect(rowsOf(rtPage, documentOf(html))).toEqual([['7', null, 'Fire']]);
  });

  it('of RT 6, whose cells hold a value for each line, with pencils that say what they are for', () => {
    const cell = (form: string, value: string) =>
      `<div class="collection-as-table editable"><form hx-swap="none" class="editor">${form}<svg class="submit"></svg></form>
      <div class="value"><span>${value}</span> <span class="edit-icon"><svg><title>Edit</title></svg></span></div></div>`;
    const html = `<table cellspacing="0" class="table ticket-list inline-edit collection-as-table"><tbody>
      <tr class="list-item  " data-index="1" data-record-id="7">
      <td class="collection-as-table"><div class="collection-as-table"><b><a href="/rt/Ticket/Display.html?id=7">7</a></b></div></td>
      <td class="collection-as-table">${cell('<input name="Subject">', '<b><a href="/rt/Ticket/Display.html?id=7">Fire</a></b>')}</td>
      <td class="collection-as-table">${cell('<input name="Due_Date">', '2 hours ago')}${cell(
        `<select name="Status"><option value="" selected>neu (Unverändert)</option><option value="new">neu</option>
        <option value="open">offen</option></select>`,
        '<span class="badge">neu</span>',
      )}</td></tr></tbody></table>
      <table class="table collection collection-as-table"><tbody><tr class="list-item" data-record-id="7"><td>
      <a href="/rt/Ticket/Display.html?id=7">an asset of that ticket</a></td></tr></tbody></table>`;
    expect(rowsOf(rtPage, documentOf(html))).toEqual([['7', 'new', 'Fire']]);
  });

  it('of Redmine, with and without the subject', () => {
    expect(rowsOf(redminePage, pageDocument('redmine/list.html'))).toEqual([
      ['559', 'New', 'The old one'],
      ['547', 'New', 'Seen by everybody'],
    ]);
    const html =
      '<table class="list issues"><tr id="issue-7" class="issue"><td class="id"><a href="/issues/7">7</a></td></tr></table>';
    expect(rowsOf(redminePage, documentOf(html))).toEqual([['7', null, '7']]);
  });

  it('of Redmine 6.1 and 7, grouped, with sub-tasks and other columns that link issues', () => {
    const html = `<table class="list issues odd-even sort-by-id"><tbody>
      <tr class="group open"><td><span class="expander icon"><svg></svg></span><span class="name">New</span>
        <span class="badge badge-count count">2</span></td></tr>
      <tr id="issue-7" class="hascontextmenu odd issue tracker-1 parent"><td class="checkbox"><input type="checkbox"></td>
        <td class="parent"><a class="issue" href="/issues/3">Bug #3</a></td><td class="parent-subject">The parent</td>
        <td class="status">New</td><td class="subject"><a href="/issues/7">A parent</a></td>
        <td class="last_notes block_column"></td><td class="buttons"><a class="js-contextmenu"></a></td></tr>
      <tr class="odd"><td class="description block_column"><a class="issue" href="/issues/4">Bug #4</a></td></tr>
      <tr id="issue-8" class="hascontextmenu even issue child idnt idnt-1"><td class="status">Closed</td>
        <td class="subject"><a href="/issues/8">A sub-task</a></td></tr></tbody></table>`;
    expect(rowsOf(redminePage, documentOf(html))).toEqual([
      ['7', 'New', 'A parent'],
      ['8', 'Closed', 'A sub-task'],
    ]);
  });

  it('of the demo desk', () => {
    const html = `<table class="queue"><tr data-ticket-row="12"><td class="col-subject"><a href="/tickets/12">Printer</a></td>
      <td><span class="chip status-pending">Pending</span></td></tr></table>`;
    expect(rowsOf(demoPage, documentOf(html))).toEqual([['12', 'pending', 'Printer']]);
  });

  it.each([
    [
      rtPage,
      '<table class="ticket-list"><tbody class="list-item" data-record-id="x"><tr><td>1</td></tr></tbody></table>',
    ],
    [redminePage, '<table class="issues"><tr class="issue" id="issue-"><td class="id"><a>1</a></td></tr></table>'],
    [demoPage, '<table class="queue"><tr data-ticket-row="../1"><td class="col-subject"><a>1</a></td></tr></table>'],
  ])('%#: none where the page is not what it should be', (adapter, html) => {
    expect(rowsOf(adapter, documentOf(html))).toEqual([]);
    expect(rowsOf(adapter, documentOf(''))).toEqual([]);
  });
});
