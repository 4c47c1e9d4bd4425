// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReplayPart } from '../../components/options/editor/replay';
import { type EditorState, makeEditorState } from '../../components/options/editor/state';
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
let parts: { caseKeys: string[]; days: number; answer(value: unknown): void }[];
let state: EditorState;
/** Why a draft is not kept; `null`: it is. */
let unkept: string | null;
let askedForCases: number;

beforeEach(async () => {
  host = document.createElement('div');
  document.body.append(host);
  parts = [];
  cases = CASES;
  unkept = null;
  askedForCases = 0;
  const ask = ((name: string, input: { caseKeys: string[]; days: number }) => {
    if (name === 'drafts.replay-cases') {
      askedForCases += 1;
      return Promise.resolve({ ok: true, value: cases });
    }
    if (name === 'drafts.save')
      return Promise.resolve(
        unkept === null
          ? { ok: true, value: { editedAt: 2, review: view.review } }
          : { ok: false, code: unkept, message: 'No answer.' },
      );
    return new Promise((answer) => parts.push({ ...input, answer }));
  }) as unknown as Ask;
  state = makeEditorState(ask, view);
  await act(async () => render(<ReplayPart ask={ask} state={state} />, host));
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

const rename = () => act(async () => state.edit((template) => ({ ...template, name: 'Another' })));
const said = () => host.querySelector('[role="status"]')?.textContent;
async function choose(days: string): Promise<void> {
  const select = host.querySelector('select');
  if (!select) throw new Error('No choice of days');
  select.value = days;
  await act(async () => void select.dispatchEvent(new Event('change', { bubbles: true })));
  await settled();
}

test('an edit while a replay runs ends it: what is counted is of the draft before', async () => {
  await rename();
  await settled();
  expect(host.querySelector('progress')).toBeNull();
  for (let part = 0; part < 8; part += 1) await answer(part);
  expect([parts.length, said()]).toEqual([8, '']);
});

test('other days while a replay runs end it; never are two spans added up', async () => {
  await choose('90');
  for (let part = 0; part < 8; part += 1) await answer(part);
  expect([parts.length, said()]).toEqual([8, '']);
  await press(host, 'Run');
  await settled();
  for (let part = 8; part < parts.length; part += 1) await answer(part);
  expect(parts.slice(8).map(({ days }) => days)).toEqual(Array.from({ length: 10 }, () => 90));
  expect(said()).toContain('2400 cases were replayed.');
});

test.each([
  ['no-answer', 'No answer.'],
  ['changed-meanwhile', 'This draft was edited in another tab. Take what that tab has, or put yours in its place.'],
])('where the draft could not be kept (%s) nothing is replayed: it would be another one', async (code, words) => {
  await press(host, 'Stop');
  unkept = code;
  await rename();
  await press(host, 'Run');
  await settled();
  expect(host.querySelector('[role="alert"]')?.textContent).toBe(words);
  expect(askedForCases).toBe(1);
});

test('who presses Run twice starts one', async () => {
  await press(host, 'Stop');
  await act(async () => {
    for (let time = 0; time < 2; time += 1) {
      const click = new MouseEvent('click', { bubbles: true });
      Object.defineProperty(click, 'isTrusted', { value: true });
      host.querySelector('button')?.dispatchEvent(click);
      await Promise.resolve();
    }
  });
  await settled();
  expect(askedForCases).toBe(2);
});
