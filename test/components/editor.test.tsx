// @vitest-environment happy-dom
import { type Signal, signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TemplateEditor } from '../../components/options/editor/editor';
import type { PreviewParts } from '../../components/options/editor/preview';
import type { Ask } from '../../core/contract/client';
import type { DraftView } from '../../core/contract/views';
import { supportTemplate } from '../../core/domain/templates/support';
import { press } from './press';

const view: DraftView = {
  template: supportTemplate,
  published: supportTemplate,
  editedAt: 1,
  note: '',
  review: { findings: [], changes: ['A name'], blocked: null, cases: 0, staying: 0, retired: [], behind: null },
  usage: {},
  versions: [2, 1].map((version) => ({ version, publishedAt: version, publishedBy: null, note: '', changes: [] })),
  desks: [],
  calendars: [],
};
const NO = { ok: false, code: 'no-answer', message: 'No answer.' };

let host: HTMLElement;
/** Names of requests that are refused. */
let refused: string[];
/** What the background keeps. */
let draft: DraftView;
let loads: () => Promise<PreviewParts>;
let unsaved: Signal<boolean>;
/** What keeping a draft waits for. */
let keeps: Promise<unknown>;
beforeEach(() => {
  keeps = Promise.resolve();
  unsaved = signal(false);
  host = document.createElement('div');
  document.body.append(host);
  refused = [];
  draft = view;
  loads = () => Promise.reject(new Error('The file is gone.'));
});
afterEach(() => {
  render(null, host);
  host.remove();
});

const settled = async () => {
  for (let turn = 0; turn < 8; turn += 1) await act(async () => void (await Promise.resolve()));
};
async function show(): Promise<void> {
  const answers: Record<string, () => unknown> = {
    'drafts.open': () => draft,
    'drafts.save': () => ({ editedAt: 2, review: view.review }),
    'drafts.discard': () => {
      draft = { ...view, editedAt: null };
      return null;
    },
    'drafts.compare': () => ['A change'],
    'drafts.version': () => ({ template: { ...supportTemplate, name: 'As it was' }, reading: null }),
    'calendars.list': () => ({ calendars: [] }),
  };
  const ask = (async (name: string) => {
    if (name === 'drafts.save') await keeps;
    if (/^drafts\.(save|discard)$/.test(name) && refused.includes('meanwhile'))
      return { ...NO, code: 'changed-meanwhile' };
    return refused.includes(name) ? NO : { ok: true, value: answers[name]?.() };
  }) as unknown as Ask;
  await act(async () =>
    render(
      <TemplateEditor ask={ask} templateId={supportTemplate.id} unsaved={unsaved} loadPreview={() => loads()} />,
      host,
    ),
  );
  await settled();
}
const pressed = async (name: string) => {
  await press(host, name);
  await settled();
};
const alerts = () =>
  [...host.querySelectorAll('[role="alert"]')].map(({ textContent }) => textContent).filter((words) => words !== '');
const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;

test('a draft that could not be discarded is still there, and why is said', async () => {
  await show();
  refused = ['drafts.discard'];
  await pressed('Discard draft');
  await pressed('Discard draft');
  expect(alerts()).toEqual(['No answer.']);
  expect(host.textContent).not.toContain('The draft is gone');
  await vi.waitFor(() => expect(focused()).toBe('Discard draft'));
  refused = [];
  await pressed('Discard draft');
  await pressed('Discard draft');
  expect(alerts()).toEqual([]);
  expect(host.querySelector('.message.done')?.textContent).toContain('The draft is gone');
});

test('a draft that another tab has edited is not discarded before somebody has chosen', async () => {
  await show();
  refused = ['meanwhile'];
  await pressed('Discard draft');
  await pressed('Discard draft');
  expect(host.textContent).not.toContain('The draft is gone');
  expect(host.querySelector('.confirm')?.textContent).toContain('another tab');
  expect(alerts()).toEqual([]);
});

test('a preview that cannot be loaded says so', async () => {
  await show();
  await pressed('Preview');
  expect(alerts()).toEqual(['The preview could not be loaded. Reload this page.']);
});

test('without the calendars nothing is tried: its dates would be wrong', async () => {
  loads = () => Promise.resolve({} as PreviewParts);
  refused = ['calendars.list'];
  await show();
  await pressed('Preview');
  expect(alerts()).toEqual(['No answer.Try again']);
  loads = () => Promise.reject(new Error('The file is gone.'));
  refused = [];
  await pressed('Try again');
  expect(alerts()).toEqual(['The preview could not be loaded. Reload this page.']);
});

test('an error of the checker is marked in its row, and said above the fields that mend it', async () => {
  const at = (path: (string | number)[], message: string, severity: 'error' | 'warning' = 'error') => ({
    severity,
    message,
    path,
    example: [],
  });
  const findings = [
    at(['timers', 1, 'does'], 'Closed needs a reason.'),
    at(['statuses', 2], 'Nothing leads out of it.'),
    at(['statuses', 3], 'Only a warning.', 'warning'),
  ];
  draft = { ...view, review: { ...view.review, findings } };
  await show();
  const rows = () => [...host.querySelectorAll('.tab-panel > .editor-list > .editor-row')];
  const marked = () => rows().map((row) => row.querySelector('.row-button')?.textContent?.includes('1 error'));
  const said = () => [...host.querySelectorAll('.row-fields > .field-error')].map(({ textContent }) => textContent);
  expect(marked()).toEqual(supportTemplate.statuses.map((_, index) => index === 2));
  const tabs = [...host.querySelectorAll('[role="tab"]')].map(({ textContent }) => textContent);
  expect(tabs).toEqual(expect.arrayContaining(['Statuses (1 error)', 'Timers (1 error)', 'Replies']));
  await act(async () => rows()[2]?.querySelector<HTMLElement>('.row-button')?.click());
  expect(said()).toEqual(['Nothing leads out of it.']);
  await act(async () => host.querySelector<HTMLElement>('[data-tab="timers"]')?.click());
  expect(marked()).toEqual(supportTemplate.timers.map((_, index) => index === 1));
  await act(async () => rows()[1]?.querySelector<HTMLElement>('.row-button')?.click());
  expect(said()).toEqual(['Closed needs a reason.']);
});

test('what is to be changed about a status opens in its row', async () => {
  await show();
  const row = () => host.querySelectorAll('.tab-panel > .editor-list > .editor-row')[2];
  await act(async () => row()?.querySelector<HTMLElement>('.row-button')?.click());
  expect(row()?.querySelector('section')?.getAttribute('aria-label')).toBe(supportTemplate.statuses[2]?.name);
});

test.each([
  ['with a draft, which is replaced', 1],
  ['without a draft', null],
])('%s: who restores a version stays where that was pressed', async (_, editedAt) => {
  draft = { ...view, editedAt };
  await show();
  await act(async () => host.querySelector<HTMLElement>('[data-tab="versions"]')?.click());
  const name = 'Restore as a draft: Version 1';
  [...host.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === name)?.focus();
  await pressed(name);
  if (editedAt !== null) await pressed('Replace it');
  expect(host.querySelector('h1')?.textContent).toBe('As it was');
  await vi.waitFor(() => expect(focused()).toBe(name));
});

const field = (label: string, where: ParentNode = host) => {
  const found = [...where.querySelectorAll('label')].find(({ textContent }) => textContent?.trim() === label)?.htmlFor;
  const control = host.querySelector<HTMLTextAreaElement>(`[id="${found}"]`);
  if (!control) throw new Error(`No field ${label}`);
  return control;
};
async function type(label: string, text: string, where?: ParentNode): Promise<void> {
  field(label, where).value = text;
  await act(async () => void field(label, where).dispatchEvent(new Event('input', { bubbles: true })));
}

test('what could not be kept is said to be lost by leaving; what only waits to be kept is not', async () => {
  await show();
  refused = ['drafts.save'];
  await pressed('Applies to');
  await type('Summary', 'Careful work');
  expect(unsaved.value).toBe(false);
  window.dispatchEvent(new Event('pagehide'));
  await settled();
  expect(unsaved.value).toBe(true);
  refused = [];
  await type('Summary', 'Careful work, again');
  window.dispatchEvent(new Event('pagehide'));
  await settled();
  expect(unsaved.value).toBe(false);
});

test('what another tab has and could not be loaded is said, and mine stays', async () => {
  await show();
  await pressed('Applies to');
  refused = ['meanwhile', 'drafts.open'];
  await type('Summary', 'Mine');
  window.dispatchEvent(new Event('pagehide'));
  await settled();
  await pressed('Take the other');
  expect(alerts()).toEqual(['No answer.']);
  expect(field('Summary').value).toBe('Mine');
  refused = [];
  await pressed('Take the other');
  expect(alerts()).toEqual([]);
  await pressed('Applies to');
  expect(field('Summary').value).toBe(supportTemplate.summary);
});

test('while a slow background keeps what was edited, a page with later edits asks before it is closed', async () => {
  const closed = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  let kept: (value: unknown) => void = () => undefined;
  await show();
  await pressed('Applies to');
  keeps = new Promise((resolve) => {
    kept = resolve;
  });
  await type('Summary', 'First');
  // It goes out as the page is left.
  expect(closed()).toBe(false);
  window.dispatchEvent(new Event('pagehide'));
  await settled();
  expect(closed()).toBe(false);
  await type('Summary', 'First and second');
  expect(closed()).toBe(true);
  kept(null);
  await settled();
  expect(closed()).toBe(false);
});

test('R4: more reasons than a status may have stay where they were pasted, and why is said', async () => {
  await show();
  const row = () => host.querySelectorAll('.tab-panel > .editor-list > .editor-row')[0];
  await act(async () => row()?.querySelector<HTMLElement>('.row-button')?.click());
  const pasted = Array.from({ length: 5001 }, (_, index) => `Reason ${index}`).join('\n');
  await type('Add reasons', pasted);
  await pressed('Add');
  expect(alerts()).toEqual(['A status has 5,000 reasons at most, and with these it would have more.']);
  expect(host.querySelectorAll('.tag-list li')).toHaveLength(0);
  expect(host.querySelector('.editor-head [role="status"]')?.textContent).toBe('all is kept');
});

test('a draft that could not be kept is compared with nothing: what is kept is another one', async () => {
  await show();
  await pressed('Applies to');
  refused = ['meanwhile'];
  await type('Summary', 'Mine');
  await pressed('Versions');
  await pressed('Compare Version 1');
  expect(alerts()).toEqual([
    'This draft was edited in another tab. Take what that tab has, or put yours in its place.',
  ]);
  expect(host.querySelector('.version-reading .changes')).toBeNull();
});

test('a help desk or a calendar that is not there any more is shown as chosen, and not as any', async () => {
  const template = {
    ...supportTemplate,
    calendarId: 'north',
    appliesTo: [{ siteId: 'rt-gone', queue: null, type: null }],
  };
  draft = { ...view, template };
  await show();
  await pressed('Applies to');
  const chosen = (label: string) => {
    const { htmlFor } = [...host.querySelectorAll('label')].find((one) => one.textContent?.includes(label)) ?? {};
    return host.querySelector<HTMLSelectElement>(`[id="${htmlFor}"]`)?.selectedOptions[0]?.textContent;
  };
  expect(chosen('Help desk')).toBe('rt-gone (no longer there)');
  expect(chosen('Calendar')).toBe('north (no longer there)');
});

test('R4: what the help desk’s own statuses stand for is said by pasting and choosing', async () => {
  draft = {
    ...view,
    desks: [
      { id: 'rt', name: 'RT', kind: null },
      { id: 'rt-1', name: 'help.example', kind: 'rt' },
    ],
  };
  await show();
  await pressed('Applies to');
  const site = () => {
    const desks = [...host.querySelectorAll<HTMLElement>('.native-desk')];
    const found = desks.find((one) => one.querySelector('b')?.textContent === 'help.example');
    if (!found) throw new Error('The site is not there');
    return found;
  };
  expect(site().querySelector('summary')?.textContent).toContain('as for every RT');
  await type('Add statuses of the help desk', 'Closed\nmit Lieferant\n', site());
  await press(site(), 'Add');
  expect(site().querySelector('summary')?.textContent).toContain('7 statuses are set');
  const field = (name: string) =>
    [...site().querySelectorAll('label')].find((label) => label.textContent === `“${name}” stands for`);
  const chosen = (name: string) => host.querySelector<HTMLSelectElement>(`[id="${field(name)?.htmlFor}"]`);
  expect(chosen('Closed')?.selectedOptions[0]?.textContent).toBe('Closed');
  expect(chosen('mit Lieferant')?.value).toBe(supportTemplate.initialStatusId);
  const select = chosen('mit Lieferant');
  if (!select) throw new Error('There is no field for it');
  await act(async () => {
    select.value = '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(field('mit Lieferant')).toBeUndefined();
  await type('Add statuses of the help desk', 'constructor', site());
  await press(site(), 'Add');
  expect(alerts()).toEqual(['This word is reserved and cannot be kept.']);
});

test('Undo and Redo by key work from an empty place of the page, and not from beside the editor', async () => {
  await show();
  const key = async (letter: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key: letter, ctrlKey: true, bubbles: true, cancelable: true, ...more }),
    );
    await settled();
  };
  await pressed('Add status');
  const statuses = () => host.querySelectorAll('.editor-main [role="tabpanel"] li').length;
  const added = statuses();
  await key('z');
  expect(statuses()).toBe(added - 1);
  await key('y');
  expect(statuses()).toBe(added);
  await key('Z', { shiftKey: false }, host);
  expect(statuses()).toBe(added);
  await key('z');
  await key('Z', { shiftKey: true });
  expect(statuses()).toBe(added);
});
