// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { demoPage } from '../../../../core/sites/demo/page';
import { pageDocument } from '../fixture';

const read = (name: string, ticketId: string) => demoPage.read(pageDocument(`demo/${name}.html`), ticketId);

describe('ticketIdOf', () => {
  it.each([
    ['http://127.0.0.1:4000/tickets/12', '12'],
    ['http://127.0.0.1:4000/tickets/12/', '12'],
    ['http://127.0.0.1:4000/app/tickets/12?x=1#message-3', '12'],
    ['http://127.0.0.1:4000/tickets', null],
    ['http://127.0.0.1:4000/tickets/new', null],
    ['http://127.0.0.1:4000/tickets/0', null],
    ['http://127.0.0.1:4000/tickets/012', null],
    ['http://127.0.0.1:4000/tickets/12/actions', null],
    ['http://127.0.0.1:4000/tickets/12"]', null],
    ['http://127.0.0.1:4000/tickets/12%22', null],
    ['http://127.0.0.1:4000/tickets/../12', null],
    ['http://127.0.0.1:4000/api/tickets/12', null],
    ['http://127.0.0.1:4000/portal/12?key=x', null],
    ['http://127.0.0.1:4000/tickets/1234567890123456', null],
    ['http://127.0.0.1:4000/?next=/tickets/12', null],
  ])('%s -> %s', (url, id) => {
    expect(demoPage.ticketIdOf(new URL(url))).toBe(id);
  });
});

describe('read', () => {
  it('R17: reads what the panel shows of a ticket', () => {
    expect(read('ticket', '12')).toEqual({
      facts: {
        ticketId: '12',
        subject: 'Printer is on fire',
        nativeStatus: 'pending',
        requester: { login: 'alice@customer.test', name: 'Alice Customer' },
        assignee: { login: 'erin', name: 'Erin Agent' },
        queue: 'Support',
        type: null,
        lastMessageId: '101',
      },
      agent: { login: 'erin', name: 'Erin Agent' },
      missing: [],
    });
  });

  it('knows a ticket without an owner and without messages', () => {
    expect(read('nobody', '13')?.facts).toMatchObject({
      assignee: null,
      lastMessageId: null,
      requester: { name: 'Bob' },
    });
  });

  it('sees no ticket on a refused page, a login page, or a page of something else', () => {
    expect(read('refused', '12')).toBeNull();
    expect(read('login', '12')).toBeNull();
    const other = pageDocument('demo/ticket.html');
    other.querySelector('meta[name="application-name"]')?.setAttribute('content', 'Other Desk');
    expect(demoPage.read(other, '12')).toBeNull();
  });

  it('sees no ticket while the page still shows another one', () => {
    expect(read('ticket', '13')).toBeNull();
    expect(read('ticket', '1')).toBeNull();
  });

  it('names the fields that are not where they should be', () => {
    const reading = read('fields-missing', '14');
    expect(reading?.missing).toEqual(['subject', 'status', 'requester']);
    expect(reading?.facts).toMatchObject({ subject: '', nativeStatus: null, requester: null, queue: 'Support' });
  });

  it('takes hostile text as text', () => {
    expect(read('hostile', '15')?.facts).toMatchObject({
      subject: '<img src=x onerror=alert(1)> {customer}',
      requester: { login: 'mallory@customer.test', name: '<b>Mallory</b>' },
    });
  });

  it('leaves the page as it was', () => {
    const document = pageDocument('demo/ticket.html');
    const before = document.body.innerHTML;
    demoPage.read(document, '12');
    expect(document.body.innerHTML).toBe(before);
  });
});
