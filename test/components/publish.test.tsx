// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Publish } from '../../components/options/editor/publish';
import { makeEditorState } from '../../components/options/editor/state';
import type { Ask } from '../../core/contract/client';
import type { DraftReview, DraftView } from '../../core/contract/views';
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
let asked: string[];
async function show(of: DraftView): Promise<void> {
  const ask = (async (name: string, input: { noticeDays: number | null }) => {
    asked.push(name);
    if (name === 'drafts.publish') published.push(input.noticeDays);
    return { ok: true, value: name === 'drafts.retiming' ? { timers: 3, cases: 2 } : { version: 2 } };
  }) as unknown as Ask;
  await act(async () =>
    render(<Publish ask={ask} state={makeEditorState(ask, of)} onPublished={() => undefined} />, host),
  );
}
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  published = [];
  asked = [];
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
