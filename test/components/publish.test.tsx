// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Publish } from '../../components/options/editor/publish';
import { type EditorState, makeEditorState } from '../../components/options/editor/state';
import type { Ask } from '../../core/contract/client';
import type { DraftReview, DraftView } from '../../core/contract/views';
import type { CaseTemplate } from '../../core/domain/template';
import { supportTemplate } from '../../core/domain/templates/support';
import { press } from './press';

const review: DraftReview = {
  findings: [],
  changes: ['A timer'],
  blocked: null,
  cases: 2,
  staying: 0,
  retired: [],
  behind: null,
};
const view: DraftView = {
  template: { ...supportTemplate, timers: supportTemplate.timers.slice(1) },
  published: supportTemplate,
  editedAt: 1,
  note: '',
  review,
  usage: {},
  versions: [],
  desks: [],
  calendars: [],
};

let host: HTMLElement;
let published: unknown[];
let moved: unknown[];
/** What the background says of a draft that it has just kept, and what it waits for before it publishes. */
let reviewed: DraftReview;
let publishes: Promise<unknown>;
let edits: (CaseTemplate | null)[];
let state: EditorState;
let asked: string[];
async function show(of: DraftView): Promise<void> {
  const ask = (async (name: string, input: { noticeDays: number | null; moves: unknown[] }) => {
    asked.push(name);
    if (name === 'drafts.save') return { ok: true, value: { editedAt: 2, review: reviewed } };
    if (name === 'drafts.publish') {
      published.push(input.noticeDays);
      moved.push(...input.moves);
      await publishes;
    }
    return { ok: true, value: name === 'drafts.retiming' ? { timers: 3, cases: 2 } : { version: 2 } };
  }) as unknown as Ask;
  state = makeEditorState(ask, of);
  await act(async () =>
    render(<Publish ask={ask} state={state} onPublished={(_version, _retimed, edited) => edits.push(edited)} />, host),
  );
}
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  [published, moved, asked, edits] = [[], [], [], []];
  reviewed = review;
  publishes = Promise.resolve();
});
afterEach(() => {
  render(null, host);
  host.remove();
});

const publish = async () => {
  await press(host, 'Publish');
  // What is being kept is kept first.
  for (let turn = 0; turn < 5; turn += 1) await act(async () => void (await Promise.resolve()));
};
const box = () => host.querySelector<HTMLInputElement>('.retiming input[type="checkbox"]');
async function type(text: string): Promise<void> {
  const field = host.querySelector<HTMLInputElement>('.retiming input.short');
  if (!field) throw new Error('No field for the days');
  field.value = text;
  await act(async () => void field.dispatchEvent(new InputEvent('input', { bubbles: true })));
}

test('nothing is published while the days of notice are no such number', async () => {
  await show(view);
  await act(async () => box()?.click());
  for (const text of ['5', '50', '500']) await type(text);
  await publish();
  await type('');
  await publish();
  expect(published).toEqual([]);
  await type('50');
  await publish();
  expect(published).toEqual([50]);
});

test('days of notice that nobody wants any more hold nothing up', async () => {
  await show(view);
  await act(async () => box()?.click());
  await type('500');
  await act(async () => box()?.click());
  await publish();
  expect(published).toEqual([null]);
});

test('all cases that run are looked at only where an edit can move their dates', async () => {
  await show({ ...view, template: { ...supportTemplate, name: 'Help' } });
  expect(asked).toEqual([]);
  render(null, host);
  await show({ ...view, template: { ...supportTemplate, calendarId: 'office' } });
  expect(asked).toEqual(['drafts.retiming']);
});

const leavers = (...tagIds: string[]): DraftReview['retired'] =>
  tagIds.map((tagId) => ({ from: { statusId: 'closed', subStatusId: null, tagId }, name: 'Closed, Solved', cases: 1 }));
async function moveAway(at: number): Promise<void> {
  const select = host.querySelectorAll<HTMLSelectElement>('.leaver > .field select')[at];
  if (!select) throw new Error('No choice');
  select.value = 'move';
  await act(async () => void select.dispatchEvent(new Event('change', { bubbles: true })));
}

test('of two retired reasons that are called the same, each goes its own way', async () => {
  reviewed = { ...review, retired: leavers('solved', 'solved-2') };
  await show({ ...view, review: reviewed });
  await moveAway(1);
  await publish();
  expect(moved).toEqual([
    {
      from: { statusId: 'closed', subStatusId: null, tagId: 'solved-2' },
      to: { statusId: supportTemplate.initialStatusId, subStatusId: null, tagId: null },
    },
  ]);
});

test('what is brought back just before it is published is left by no case', async () => {
  await show({ ...view, review: { ...review, retired: leavers('solved') } });
  await moveAway(0);
  await act(async () => state.edit((template) => ({ ...template, summary: 'Brought back' })));
  await publish();
  expect([published.length, moved]).toEqual([1, []]);
});

test('what is edited while a slow background publishes goes on as a draft', async () => {
  let done: (value: unknown) => void = () => undefined;
  publishes = new Promise((resolve) => {
    done = resolve;
  });
  await show(view);
  await publish();
  await act(async () => state.edit((template) => ({ ...template, summary: 'More' })));
  done(null);
  for (let turn = 0; turn < 5; turn += 1) await act(async () => void (await Promise.resolve()));
  expect(edits.map((edited) => edited?.summary)).toEqual(['More']);
});
