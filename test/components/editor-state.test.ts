// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeEditorState, placeOf } from '../../components/options/editor/state';
import type { Ask } from '../../core/contract/client';
import type { DraftView } from '../../core/contract/views';
import { type CaseTemplate, findStatus } from '../../core/domain/template';
import { supportTemplate } from '../../core/domain/templates/support';

const review = { findings: [], changes: [], blocked: null, cases: 0, staying: 0, retired: [], behind: null };
const view: DraftView = {
  template: supportTemplate,
  published: supportTemplate,
  editedAt: null,
  note: '',
  review,
  usage: {},
  versions: [],
  desks: [],
  calendars: [],
};
/** What another tab has kept meanwhile; `null`: nothing. */
let theirs: number | null;
let kept: { template: CaseTemplate; seen: number | null; note: string }[];
let fails = false;

const ask = (async (name: string, input: (typeof kept)[number]) => {
  if (name === 'drafts.open') return { ok: true, value: { ...view, editedAt: theirs } };
  if (fails) return { ok: false, code: 'no-answer', message: 'No answer.' };
  if (theirs !== null && input.seen !== theirs) return { ok: false, code: 'changed-meanwhile', message: 'Edited.' };
  kept.push(input);
  if (theirs !== null) theirs = 1000 + kept.length;
  return { ok: true, value: { editedAt: 1000 + kept.length, review: { ...review, changes: [input.template.name] } } };
}) as unknown as Ask;

const rename = (name: string) => (template: CaseTemplate) => ({ ...template, name });

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  theirs = null;
  fails = false;
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps a draft a moment after the last edit, and shows what the checker says of it', async () => {
  const state = makeEditorState(ask, view);
  expect(state.drafted.value).toBe(false);
  state.edit(rename('A'));
  expect([state.keeping.value, state.drafted.value]).toEqual(['unsaved', true]);
  await vi.advanceTimersByTimeAsync(300);
  state.edit(rename('B'));
  await vi.advanceTimersByTimeAsync(300);
  expect(kept).toEqual([]);
  await vi.advanceTimersByTimeAsync(300);
  expect(kept.map(({ template, seen }) => [template.name, seen])).toEqual([['B', null]]);
  expect([state.keeping.value, state.review.value.changes]).toEqual(['kept', ['B']]);
  state.edit(rename('C'));
  expect(await state.flush()).toBe(1002);
  expect(kept.at(-1)).toMatchObject({ seen: 1001, template: { name: 'C' } });
});

it('what is edited while the draft is being kept is kept after it, with the right predecessor', async () => {
  const state = makeEditorState(ask, view);
  state.edit(rename('A'));
  const flushed = state.flush();
  state.edit(rename('B'));
  await flushed;
  expect(kept.map(({ template, seen }) => [template.name, seen])).toEqual([
    ['A', null],
    ['B', 1001],
  ]);
});

it('undoes step by step, typing as one step, and does again', () => {
  const state = makeEditorState(ask, view);
  for (const name of ['H', 'He', 'Hel']) state.edit(rename(name), 'name');
  state.edit((template) => ({ ...template, summary: 'x' }), 'summary');
  expect(state.canRedo.value).toBe(false);
  state.undo();
  expect(state.template.value).toMatchObject({ name: 'Hel', summary: supportTemplate.summary });
  state.undo();
  expect(state.template.value).toBe(supportTemplate);
  expect(state.canUndo.value).toBe(false);
  state.undo();
  state.redo();
  state.redo();
  expect(state.template.value).toMatchObject({ name: 'Hel', summary: 'x' });
  state.undo();
  state.edit(rename('Other'));
  expect(state.canRedo.value).toBe(false);
});

it('typing after a pause is another step', async () => {
  const state = makeEditorState(ask, view);
  state.edit(rename('H'), 'name');
  await vi.advanceTimersByTimeAsync(2000);
  state.edit(rename('He'), 'name');
  state.undo();
  expect(state.template.value.name).toBe('H');
});

it('an edit that changes nothing is no step', () => {
  const state = makeEditorState(ask, view);
  state.edit((template) => template);
  expect([state.canUndo.value, state.keeping.value]).toEqual([false, 'kept']);
});

it('another tab’s edits are not overwritten without a word; then mine can be kept', async () => {
  const state = makeEditorState(ask, view);
  theirs = 500;
  state.edit(rename('Mine'));
  expect(await state.flush()).toBeNull();
  // It is asked about in a place of its own, and not told as an error as well.
  expect([state.keeping.value, state.error.value]).toEqual(['conflict', null]);
  // No further try by itself.
  state.edit(rename('Mine too'));
  await vi.advanceTimersByTimeAsync(5000);
  expect(kept).toEqual([]);
  await state.keepMine();
  expect(kept).toMatchObject([{ seen: 500, template: { name: 'Mine too' } }]);
  expect([state.keeping.value, state.error.value]).toEqual(['kept', null]);
});

it('what publishing is to be noted with is kept with the draft, and makes none by itself', async () => {
  const state = makeEditorState(ask, { ...view, note: 'Shorter' });
  expect(state.note.value).toBe('Shorter');
  state.setNote('Shorter waits');
  await vi.advanceTimersByTimeAsync(5000);
  expect([kept, state.drafted.value]).toEqual([[], false]);
  state.edit(rename('A'));
  await vi.advanceTimersByTimeAsync(600);
  expect(kept.at(-1)).toMatchObject({ template: { name: 'A' }, note: 'Shorter waits' });
  state.setNote('Shorter waits, by half');
  expect(state.keeping.value).toBe('unsaved');
  const flushed = state.flush();
  state.setNote('Half');
  await flushed;
  expect(kept.slice(1).map(({ note, seen }) => [note, seen])).toEqual([
    ['Shorter waits, by half', 1001],
    ['Half', 1002],
  ]);
  state.undo();
  expect(state.note.value).toBe('Half');
});

it('where it could not be kept, that is said, and the next edit tries again', async () => {
  const state = makeEditorState(ask, view);
  fails = true;
  state.edit(rename('A'));
  expect(await state.flush()).toBeNull();
  expect([state.keeping.value, state.error.value]).toEqual(['failed', 'No answer.']);
  fails = false;
  state.edit(rename('B'));
  await vi.advanceTimersByTimeAsync(600);
  expect([state.keeping.value, state.error.value]).toEqual(['kept', null]);
});

it('retires by the rules of the domain, and says why it cannot', () => {
  const state = makeEditorState(ask, view);
  state.setRetired({ kind: 'status', statusId: 'reopened' }, true);
  expect(findStatus(state.template.value, 'reopened')?.retired).toBe(true);
  // Nothing leads to what is no longer offered.
  expect(state.template.value.replies.filter(({ to }) => to.statusId === 'reopened')).toEqual([]);
  state.setRetired({ kind: 'status', statusId: 'new' }, true);
  expect(state.error.value).toMatch(/New cases start in New/);
  expect(findStatus(state.template.value, 'new')?.retired).toBe(false);
  state.setRetired({ kind: 'status', statusId: 'reopened' }, false);
  expect(findStatus(state.template.value, 'reopened')?.retired).toBe(false);
  expect(state.error.value).toBeNull();
});

it('a finding leads to its place', () => {
  expect(placeOf(['statuses', 2, 'tags', 1])).toEqual({ tab: 'statuses', index: 2 });
  expect(placeOf(['timers', 0, 'does'])).toEqual({ tab: 'timers', index: 0 });
  expect(placeOf(['replies', 1])).toEqual({ tab: 'replies', index: 1 });
  expect(placeOf(['messages', 3, 'body'])).toEqual({ tab: 'messages', index: 3 });
  expect(placeOf(['onEntry', 0])).toEqual({ tab: 'messages', index: null });
  expect(placeOf(['native', 'rt', 'set'])).toEqual({ tab: 'tickets', index: null });
  expect(placeOf([])).toEqual({ tab: 'statuses', index: null });
});
