// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeEditorState } from '../../components/options/editor/state';
import { Versions } from '../../components/options/editor/versions';
import type { Ask } from '../../core/contract/client';
import type { DraftView } from '../../core/contract/views';
import { supportTemplate } from '../../core/domain/templates/support';
import { press } from './press';

const view: DraftView = {
  template: supportTemplate,
  published: supportTemplate,
  editedAt: null,
  note: '',
  review: { findings: [], changes: [], blocked: null, cases: 2, staying: 0, retired: [], behind: null },
  usage: {},
  versions: [
    { version: 4, publishedAt: 1, publishedBy: 'Erin Walsh', note: '', changes: [] },
    { version: 3, publishedAt: null, publishedBy: null, note: '', changes: [] },
  ],
  desks: [],
  calendars: [],
};

let host: HTMLElement;
let asked: [string, unknown][];
let running: { timers: number; cases: number };
let refusal: string | null;

const ask = (async (name: string, input: unknown) => {
  asked.push([name, input]);
  if (name === 'templates.retiming') return { ok: true, value: running };
  return refusal === null ? { ok: true, value: null } : { ok: false, code: 'x', message: refusal };
}) as unknown as Ask;
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve)));
const show = async () => {
  act(() => render(<Versions ask={ask} state={makeEditorState(ask, view)} />, host));
  await settle();
};
const typeDays = async (text: string) => {
  const field = section()?.querySelector('input');
  if (!field) throw new Error('There is no field for the days');
  field.value = text;
  act(() => void field.dispatchEvent(new Event('input', { bubbles: true })));
  await settle();
};
const section = () => host.querySelector('section[aria-label="Timers that run"]');

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  asked = [];
  running = { timers: 3, cases: 2 };
  refusal = null;
});
afterEach(() => {
  render(null, host);
  host.remove();
});

test('R13: timers that run by an earlier version are counted, and get the dates of the newest where the admin says so', async () => {
  await show();
  expect(section()?.textContent).toContain('By version 4, 3 timers of 2 cases would be due at another time.');
  await typeDays('10');
  await press(host, 'Recompute them');
  await settle();
  expect(asked).toEqual([
    ['templates.retiming', { templateId: 'support', noticeDays: 3 }],
    ['templates.retiming', { templateId: 'support', noticeDays: 10 }],
    ['templates.retime', { templateId: 'support', version: 4, noticeDays: 10 }],
  ]);
  expect(section()).toBeNull();
  expect(host.textContent).toContain('Timers that run are getting their new dates.');
});

test('R13: nothing is recomputed while the days of notice are no number that they may be', async () => {
  await show();
  await typeDays('0');
  await press(host, 'Recompute them');
  await settle();
  expect(asked.map(([name]) => name)).toEqual(['templates.retiming']);
});

test('why timers could not get new dates is said', async () => {
  refusal = 'Version 5 was published meanwhile.';
  await show();
  await press(host, 'Recompute them');
  await settle();
  expect(section()?.textContent).toContain(refusal);
});

test('where all timers run by the newest version nothing is said of them', async () => {
  running = { timers: 0, cases: 0 };
  await show();
  expect(section()).toBeNull();
});
