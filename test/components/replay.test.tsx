// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReplayPart } from '../../components/options/editor/replay';
import { makeEditorState } from '../../components/options/editor/state';
import type { Ask } from '../../core/contract/client';
import type { DraftView, ReplayNumber, ReplayView } from '../../core/contract/views';
import { supportTemplate } from '../../core/domain/templates/support';
import { press } from './press';

const view: DraftView = {
  template: supportTemplate,
  published: supportTemplate,
  editedAt: 1,
  note: '',
  review: { findings: [], changes: [], blocked: null, cases: 0, staying: 0, retired: [], behind: null },
  usage: {},
  versions: [],
  desks: [],
  calendars: [],
};
const CASES = Array.from({ length: 2400 }, (_, index) => `desk/${index}`);

let host: HTMLElement;
let cases: string[];
let parts: { caseKeys: string[]; answer(value: unknown): void }[];

beforeEach(async () => {
  host = document.createElement('div');
  document.body.append(host);
  parts = [];
  cases = CASES;
  const ask = ((name: string, input: { caseKeys: string[] }) => {
    if (name === 'drafts.replay-cases') return Promise.resolve({ ok: true, value: cases });
    return new Promise((answer) => parts.push({ caseKeys: input.caseKeys, answer }));
  }) as unknown as Ask;
  await act(async () => render(<ReplayPart ask={ask} state={makeEditorState(ask, view)} />, host));
  await press(host, 'Run');
  await settled();
});
afterEach(() => {
  render(null, host);
  host.remove();
});

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await act(async () => void (await Promise.resolve()));
};

/** One reminder for each case of the part. */
async function answer(part: number): Promise<void> {
  const { caseKeys = [], answer: give } = parts[part] ?? {};
  const none: ReplayNumber = { count: 0, found: [] };
  const side = {
    reminders: none,
    notices: none,
    autoCloses: none,
    changes: none,
    stuck: none,
    closedDespiteReply: none,
  };
  const reminders = { count: caseKeys.length, found: [] };
  const value: ReplayView = {
    cases: caseKeys.length,
    unreadable: 0,
    would: { ...side, reminders },
    did: { ...side, reminders },
    diverged: none,
    differences: none,
  };
  give?.({ ok: true, value });
  await settled();
}

test('a replay asks a few parts ahead, tells how far it is, and adds all of them up', async () => {
  expect(parts.map(({ caseKeys }) => caseKeys.length)).toEqual(Array.from({ length: 8 }, () => 250));
  await answer(0);
  expect(host.querySelector('progress')?.value).toBe(250);
  for (let part = 1; part < parts.length; part += 1) await answer(part);
  expect(parts.flatMap(({ caseKeys }) => caseKeys)).toEqual(CASES);
  expect(host.querySelector('progress')).toBeNull();
  expect(host.querySelector('[role=status]')?.textContent).toContain('2400 cases were replayed.');
  expect(host.querySelector('[role=status]')?.textContent).toContain('2400 Reminders as it was');
});

test('a replay that is stopped asks for nothing more and shows nothing', async () => {
  await press(host, 'Stop');
  await answer(0);
  await answer(1);
  expect(parts).toHaveLength(8);
  expect(host.querySelector('[role=status]')?.textContent).toBe('');
});

test('a replay of which a part fails says why', async () => {
  parts[0]?.answer({ ok: false, code: 'storage-unavailable', message: 'No storage.' });
  await settled();
  expect(host.querySelector('[role=alert]')?.textContent).toBe('No storage.');
  expect(parts).toHaveLength(8);
});

test('that no case has the template yet is said, and is no error', async () => {
  cases = [];
  await press(host, 'Stop');
  await press(host, 'Run');
  await settled();
  expect(host.querySelector('[role="status"]')?.textContent).toBe('No case has this template yet.');
  expect(host.querySelector('[role="alert"]')).toBeNull();
});
