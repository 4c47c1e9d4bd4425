// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TransitionMatrix } from '../../components/options/editor/matrix';
import type { EditorState } from '../../components/options/editor/state';
import type { CaseTemplate } from '../../core/domain/template';
import { changeStatus, emptyTemplate, withTransitions } from '../../core/domain/template-edits';
import { press } from './press';

const STATUSES = { initial: 'New', active: 'Busy', done: 'Done' };

let host: HTMLElement;
const template = signal<CaseTemplate>(emptyTemplate('t', 'T', STATUSES));
const state = {
  template,
  edit: (change: (before: CaseTemplate) => CaseTemplate) => {
    template.value = change(template.value);
  },
} as unknown as EditorState;

const allowed = () => template.value.statuses.map(({ mayBecome }) => mayBecome);

function box(name: string): HTMLInputElement {
  const found = host.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`);
  if (!found) throw new Error(`no box ${name}`);
  return found;
}
const click = (name: string) => act(() => box(name).click());
const key = (pressed: string, ctrlKey = false) =>
  act(() => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: pressed, ctrlKey, bubbles: true, cancelable: true }),
    );
  });
const focused = () => document.activeElement?.getAttribute('aria-label');

beforeEach(async () => {
  template.value = emptyTemplate('t', 'T', STATUSES);
  host = document.createElement('div');
  document.body.append(host);
  await act(() => render(<TransitionMatrix state={state} />, host));
});
afterEach(() => {
  render(null, host);
  host.remove();
});

it('shows for every two statuses whether the one may follow the other, and changes that', async () => {
  expect(box('Any after New').checked).toBe(true);
  expect(box('From New to Done').checked).toBe(true);
  expect(host.querySelector('[aria-label="From New to New"]')).toBeNull();
  await click('From New to Done');
  expect(allowed()).toEqual([['busy'], null, null]);
  expect(box('Any after New').checked).toBe(false);
  await click('From New to Done');
  expect(allowed()).toEqual([['busy', 'done'], null, null]);
  await click('Any after New');
  expect(allowed()).toEqual([null, null, null]);
  await click('Any after Done');
  expect(allowed()).toEqual([null, null, ['new', 'busy']]);
});

it('allows or forbids a whole column, and everything, at once', async () => {
  await click('All to Done');
  expect(allowed()).toEqual([['busy'], ['new'], null]);
  expect(box('All to Done').checked).toBe(false);
  await click('From New to Done');
  expect(box('All to Done').indeterminate).toBe(true);
  await click('All to Done');
  expect(box('All to Done')).toMatchObject({ checked: true, indeterminate: false });
  expect(allowed()).toEqual([['busy', 'done'], ['new', 'done'], null]);
  await press(host, 'Allow none');
  expect(allowed()).toEqual([[], [], []]);
  await press(host, 'Allow all');
  expect(allowed()).toEqual([null, null, null]);
});

it('is one stop for the Tab key; arrow keys, Home and End go from cell to cell, over what cannot be ticked', async () => {
  const stops = () => [...host.querySelectorAll('input')].filter(({ tabIndex }) => tabIndex === 0);
  expect(stops().map((stop) => stop.getAttribute('aria-label'))).toEqual(['Any after New']);
  stops()[0]?.focus();
  await key('ArrowRight');
  expect(focused()).toBe('From New to Busy');
  await key('ArrowUp');
  expect(focused()).toBe('All to Busy');
  // Over the cell of Busy to Busy.
  await key('ArrowDown');
  await key('ArrowDown');
  expect(focused()).toBe('From Done to Busy');
  await key('ArrowRight');
  expect(focused()).toBe('From Done to Busy');
  await key('Home');
  expect(focused()).toBe('Any after Done');
  await key('End');
  expect(focused()).toBe('From Done to Busy');
  await key('Home', true);
  expect(focused()).toBe('Any after New');
  await key('ArrowLeft');
  expect(focused()).toBe('Any after New');
  await key('End', true);
  expect(focused()).toBe('From Done to Busy');
  expect(stops()).toHaveLength(1);
});

it('leaves out what is retired, and follows what is edited beside it', async () => {
  await act(() => {
    const next = withTransitions(template.value, ['new'], ['done'], false);
    template.value = changeStatus(next, 'busy', (status) => ({ ...status, retired: true }));
  });
  expect(box('From New to Done').checked).toBe(false);
  expect(host.querySelector('[aria-label="From New to Busy"]')).toBeNull();
});
