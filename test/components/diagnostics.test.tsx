// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Diagnostics } from '../../components/options/diagnostics';
import type { Ask } from '../../core/contract/client';
import type { Answer } from '../../core/contract/messages';
import type { DiagnosticsView } from '../../core/contract/views';
import { press } from './press';

const NOW = Date.UTC(2026, 10, 17, 14, 2);
const well: DiagnosticsView = {
  now: NOW,
  findings: [],
  extension: '0.1.0',
  browser: 'Chromium 156',
  worker: { starts: 3, startedAt: NOW - 300_000 },
  alarms: [{ name: 'heartbeat', at: NOW + 30_000, everyMinutes: 0.5 }],
  timers: { armed: 12, held: 1, overdue: 0, nextAt: NOW + 3_600_000 },
  outbox: { pending: 2, failed: 0, uncertain: 0, nextAt: null },
  sites: [{ name: 'rt.example.com', deskName: 'RT', granted: true, pause: null, checkedAt: NOW - 120_000 }],
  store: { version: 3, rows: { cases: 7 } },
  quiet: { from: '19:00', to: '08:00', until: null },
  language: { spoken: 'en-GB', chosen: null },
  organisation: {
    language: 'locked',
    notifications: null,
    role: { value: 'agent', by: 'provided' },
    allowedSites: null,
  },
  errors: [{ at: NOW - 1000, where: 'engine', kind: 'TypeError', place: 'background.js:1:2' }],
  report: 'worker.starts: 3',
};
let host: HTMLElement;
let answers: Answer<DiagnosticsView>[];

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
  vi.unstubAllGlobals();
});

async function show(...given: (DiagnosticsView | string)[]): Promise<void> {
  answers = given.map((value) =>
    typeof value === 'string' ? { ok: false, code: 'internal', message: value } : { ok: true, value },
  );
  await act(async () => render(<Diagnostics ask={(async () => answers.shift()) as unknown as Ask} />, host));
}
const section = (title: string) =>
  [...host.querySelectorAll('section')].find((each) => each.querySelector('h2')?.textContent === title)?.textContent;
const verdict = () => host.querySelector('[role=status]');

test('says that all is well, and shows the facts', async () => {
  await show(well);
  expect(verdict()?.textContent).toBe('All is well.');
  expect(section('Timers')).toContain('12');
  expect(section('Timers')).toContain('Next due in 1 h');
  expect(section('On the way to the help desk')).toContain('Nothing is on its way.');
  expect(section('This browser')).toContain('Chromium 156');
  expect(section('This browser')).toContain('19:00 to 08:00, not quiet now');
  expect(section('This browser')).toContain('en-GB, as your organisation says');
  expect(section('This browser')).toContain('Your organisation setslanguage and role');
  expect(section('Background')).toContain('5 min ago, 3 times in this session');
  expect(section('Background')).toContain('Next alarmnone');
  expect(section('Background')).toContain('every 30 seconds');
  expect(section('Store')).toContain('Cases7');
  expect(section('Sites')).toContain('Looked for replies 2 min ago');
  expect(section('Last errors')).toContain('engine TypeError background.js:1:2');
});

test('says what is wrong with a way to mend it, and looks again when asked', async () => {
  const findings: DiagnosticsView['findings'] = [
    {
      code: 'paused',
      severity: 'error',
      message: 'rt: actions wait.',
      mend: { text: 'Open rt', href: 'https://rt.test' },
    },
    { code: 'overdue', severity: 'error', message: '1 timer.', mend: { text: 'Test', href: '#sites' } },
    { code: 'cannot-store', severity: 'error', message: 'No space left.', mend: null },
  ];
  await show({ ...well, findings, store: null, errors: [], sites: [] }, well);
  expect(verdict()?.textContent).toContain('3 things are wrong');
  expect(verdict()?.querySelector('.message')?.className).toContain('danger');
  expect([...(verdict()?.querySelectorAll('a') ?? [])].map((link) => [link.getAttribute('href'), link.target])).toEqual(
    [
      ['https://rt.test', '_blank'],
      ['#sites', ''],
    ],
  );
  expect(section('Store')).toContain('cannot be used');
  expect(section('Last errors')).toContain('None since the browser was started.');
  await press(host, 'Look again');
  expect(verdict()?.textContent).toBe('All is well.');
});

test('copies the report; where that is not possible, shows it to be copied by hand', async () => {
  const writeText = vi.fn(async (_text: string) => {});
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  await show(well);
  await press(host, 'Copy for a report');
  expect(writeText).toHaveBeenCalledWith('worker.starts: 3');
  expect(host.textContent).toContain('Copied.');
  expect(host.querySelector('details')?.open).toBe(false);
  writeText.mockRejectedValue(new Error('not allowed'));
  await press(host, 'Copy for a report');
  expect(host.textContent).toContain('did not let it be copied');
  expect(host.querySelector('details')?.open).toBe(true);
  expect(host.querySelector('textarea')?.value).toBe('worker.starts: 3');
});

test('says why it could not look', async () => {
  await show('The extension did not answer.');
  expect(host.querySelector('[role=alert]')?.textContent).toContain('did not answer');
  expect(host.querySelector('section')).toBeNull();
});
