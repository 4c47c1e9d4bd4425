// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HistoryList } from '../../components/panel/history-list';
import type { PanelState } from '../../components/panel/state';
import type { CaseView, HistoryItem } from '../../core/contract/views';

/** As many as a view brings along, and as many as are asked for at once. */
const PART = 50;

const entry = (seq: number): HistoryItem => ({
  seq,
  at: seq,
  title: `Entry ${seq}`,
  category: 'active',
  by: 'Erin',
  note: null,
});
/** The newest first. */
const entries = (newest: number, count: number) =>
  Array.from({ length: Math.min(newest, count) }, (_, index) => entry(newest - index));
const viewWith = (count: number) =>
  ({ ticketId: '1', history: entries(count, PART), historyCount: count }) as unknown as CaseView;

let host: HTMLElement;
let refusal: string | null;
let takenAway: number[];
const asked: number[] = [];
const state = {
  historyAsked: signal(0),
  now: signal(0),
  ask: async (_name: string, { before }: { before: number }) => {
    asked.push(before);
    return refusal === null
      ? {
          ok: true,
          value: entries(before - 1, before)
            .filter(({ seq }) => !takenAway.includes(seq))
            .slice(0, PART),
        }
      : { ok: false, code: 'internal', message: refusal };
  },
} as unknown as PanelState;

const show = (view: CaseView) => act(() => render(<HistoryList state={state} view={view} />, host));
const press = (words: string | RegExp) =>
  act(async () => {
    const button = [...host.querySelectorAll('button')].find(({ textContent }) =>
      typeof words === 'string' ? textContent === words : textContent?.match(words),
    );
    if (!button) throw new Error(`No button ${words}`);
    button.click();
  });
const titles = () => [...host.querySelectorAll('.history-title')].map(({ textContent }) => textContent);

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  asked.length = 0;
  refusal = null;
  takenAway = [];
});
afterEach(() => {
  render(null, host);
  host.remove();
});

test('a long history unfolds to its beginning, part by part', async () => {
  await show(viewWith(120));
  expect(titles()).toEqual(entries(120, 5).map(({ title }) => title));
  await press('Show all 120');
  expect(titles()).toHaveLength(100);
  await press(/^Show older \(20\)/);
  expect(titles()).toEqual(entries(120, 120).map(({ title }) => title));
  expect(asked).toEqual([71, 21]);
  await press('Show fewer');
  expect(titles()).toHaveLength(5);
});

test('has no gap where it grows while its older part is open', async () => {
  await show(viewWith(100));
  await press('Show all 100');
  await show(viewWith(103));
  expect(titles()).toEqual(entries(103, 103).map(({ title }) => title));
});

test('has no gap where more has happened than a view brings along', async () => {
  await show(viewWith(60));
  await press('Show all 60');
  await show(viewWith(160));
  await press(/^Show older \(50\)/);
  expect(titles()).toEqual(entries(160, 160).map(({ title }) => title));
  expect(asked).toEqual([11, 111]);
});

test('comes to its end where somebody has taken entries away, and says how many are missing', async () => {
  takenAway = [64, 2, 1];
  await show(viewWith(160));
  await press('Show all 160');
  expect(host.textContent).toContain('One entry is missing from this history.');
  for (const left of [59, 9, 2]) await press(`Show older (${left})`);
  expect(titles()).toHaveLength(157);
  expect(host.textContent).toContain('3 entries are missing from this history.');
  expect(host.textContent).not.toContain('Show older');
});

test('says why older entries did not come, and tries again', async () => {
  refusal = 'The extension did not answer. Try again.';
  await show(viewWith(60));
  await press('Show all 60');
  expect(host.textContent).toContain(refusal);
  refusal = null;
  await press(/^Show older/);
  expect(titles()).toHaveLength(60);
  expect(host.textContent).not.toContain('did not answer');
});

test('a case that has been played again shows nothing of what is no more', async () => {
  await show(viewWith(5));
  await show(viewWith(2));
  expect(titles()).toEqual(['Entry 2', 'Entry 1']);
});
