// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConnectionTest } from '../../components/options/connection-test';
import type { Ask } from '../../core/contract/client';
import type { Answer } from '../../core/contract/messages';
import type { ConnectionView, SiteView } from '../../core/contract/views';
import { press } from './press';

const site = { siteId: 'rt-1', name: 'rt.example.com', baseUrl: 'https://rt.example.com/rt' } as SiteView;
const found: ConnectionView = {
  deskName: 'RT',
  ticket: { ticketId: '42', url: 'https://rt.example.com/rt/Ticket/Display.html?id=42' },
  fields: [
    { id: 'subject', page: 'Printer', desk: 'Printer', state: 'found' },
    { id: 'requester', page: null, desk: 'Alice', state: 'missing' },
    { id: 'message', page: null, desk: '7', state: 'elsewhere' },
    { id: 'type', page: null, desk: null, state: 'none' },
  ],
  desk: [{ ok: false, text: 'Nobody is logged in to RT.' }],
  problems: ['Requester: not found on the page. Messages speak of “the customer”.'],
};
let host: HTMLElement;
let answers: Answer<ConnectionView>[];
let closed: number;

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  closed = 0;
});
afterEach(() => {
  render(null, host);
  host.remove();
});

async function show(...given: Answer<ConnectionView>[]): Promise<void> {
  answers = given;
  const ask = (async () => answers.shift()) as unknown as Ask;
  const onClose = () => {
    closed += 1;
  };
  await act(async () => render(<ConnectionTest site={site} ask={ask} onClose={onClose} />, host));
}
const rows = () =>
  [...host.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));

test('begins by itself, and shows field by field what was found, what is missing and what comes from elsewhere', async () => {
  await show({ ok: true, value: found });
  expect(document.activeElement?.textContent).toBe('Test the connection');
  expect(rows()).toEqual([
    ['Subject', 'found: Printer', 'Printer'],
    ['Requester', 'missing', 'Alice'],
    ['Newest message', 'The page does not tell it; RT itself does', '7'],
    ['Type', 'none', 'not said'],
  ]);
  expect(host.querySelector('.test-desk')?.textContent).toBe('does not work: Nobody is logged in to RT.');
  expect(host.querySelector('[role=status]')?.textContent).toContain('1 thing does not work');
  expect(host.querySelector('[role=status]')?.textContent).toContain('Messages speak of “the customer”');
});

test('with no open ticket says to open one, and tests again when asked', async () => {
  const none = { ...found, ticket: null, fields: [], desk: [], problems: [] };
  await show({ ok: true, value: none }, { ok: true, value: { ...found, problems: [] } });
  expect(host.querySelector('[role=status]')?.textContent).toContain('Open one of its tickets in a tab');
  expect(rows()).toEqual([]);
  await press(host, 'Test again');
  expect(host.querySelector('[role=status]')?.textContent).toContain('All is well');
});

test('says why it could not be tested, and can be closed', async () => {
  await show({ ok: false, code: 'not-granted', message: 'The permission for this site was taken away.' });
  expect(host.querySelector('[role=alert]')?.textContent).toContain('taken away');
  await press(host, 'Close');
  expect(closed).toBe(1);
});
