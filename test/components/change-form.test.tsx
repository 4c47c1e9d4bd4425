// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Panel } from '../../components/panel/panel';
import { makePanelState, type PanelState } from '../../components/panel/state';
import { trusted } from '../../components/shared/trusted';
import type { OverlayHandle, OverlayState } from '../../core/contract/overlay';
import type { CaseView, ChangePreview, NextItem, StatusChoice } from '../../core/contract/views';
import { supportTemplate } from '../../core/domain/builtin-templates';
import { DEFAULT_SHORTCUTS } from '../../core/domain/shortcuts';
import { press as pressButton } from './press';

const statuses: StatusChoice[] = supportTemplate.statuses.map((status) => ({
  ...status,
  tagRequired: status.id === 'closed',
  allowed: true,
}));

function choice(statusId: string): StatusChoice {
  const found = statuses.find((status) => status.id === statusId);
  if (!found) throw new Error(`no status ${statusId}`);
  return found;
}

const view: CaseView = {
  ticketId: '42',
  siteId: 'rt',
  deskName: 'RT',
  problem: null,
  template: { id: 'support', name: 'Support' },
  tracked: true,
  revision: 7,
  generation: 3,
  now: Date.now(),
  subject: 'Cannot export',
  requesterName: 'Alice',
  status: choice('in-progress'),
  subStatus: null,
  tag: null,
  waitsFor: { party: 'us', words: 'us' },
  enteredAt: Date.now(),
  hold: false,
  waitsForPerson: false,
  customerRepliedAt: null,
  replyId: null,
  attention: null,
  trouble: null,
  native: { status: 'open', drift: null },
  next: [],
  history: [],
  historyCount: 0,
  recent: { statusIds: [], tagIds: {} },
  outbox: [],
  undo: null,
  canClone: false,
  statuses,
};

type Call = { name: string; input: Record<string, unknown>; answer: (value: unknown) => void };

let calls: Call[] = [];
let leave: AbortController;
let host: HTMLElement;
let state: PanelState;
/** Shows the panel this view, as a push does. */
let push: (view: CaseView) => void;
let ids = 0;

const sent = (name: string) => calls.filter((call) => call.name === name);

function find(role: string, name: string): HTMLElement {
  const label = [...host.querySelectorAll('label')].find((element) => element.textContent === name);
  const byLabel = label && host.querySelector<HTMLElement>(`#${label.htmlFor}`);
  if (byLabel?.getAttribute('role') === role) return byLabel;
  const named = [...host.querySelectorAll<HTMLElement>(`[role="${role}"], ${role}`)].find(
    (element) => (element.getAttribute('aria-label') ?? element.textContent) === name,
  );
  if (!named) throw new Error(`no ${role} "${name}"`);
  return named;
}

const edited = (statusId: string, edit: object): StatusChoice[] =>
  statuses.map((status) => (status.id === statusId ? { ...status, ...edit } : status));

/** What the open list offers. */
const offered = () => [...host.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);

async function type(name: string, text: string): Promise<void> {
  const input = find('combobox', name) as HTMLInputElement;
  await act(() => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function press(name: string, key: string): Promise<void> {
  await act(() => {
    find('combobox', name).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
}

async function wait(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

function previewOf(text: string): { ok: true; value: ChangePreview } {
  return {
    ok: true,
    value: { missing: [], refused: null, lines: [{ kind: 'native', text, body: null, dueAt: null }] },
  };
}

beforeEach(async () => {
  vi.useFakeTimers();
  calls = [];
  leave = new AbortController();
  host = document.createElement('div');
  document.body.append(host);
  const overlay: OverlayState = {
    view,
    place: { open: true, right: 16, bottom: 16 },
    shortcuts: DEFAULT_SHORTCUTS,
    problem: null,
  };
  const handle = {
    root: {
      get activeElement() {
        return document.activeElement === document.body ? null : document.activeElement;
      },
    },
    mount: host,
    ask: (name: string, input: Record<string, unknown>) =>
      new Promise((resolve) => calls.push({ name, input, answer: resolve })),
    newId: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
    subscribe: (listener: (state: OverlayState) => void) => {
      push = (next) => listener({ ...overlay, view: next });
      listener(overlay);
    },
    setPlace: () => {},
    onShortcut: () => {},
    taken: () => ({ desk: [], accessKeys: [] }),
    accept: () => {},
    refresh: () => {},
    signal: leave.signal,
  } as unknown as OverlayHandle;
  state = makePanelState(handle);
  await act(() => {
    render(<Panel state={state} />, host);
    state.show('change');
  });
});

afterEach(() => {
  render(null, host);
  host.remove();
  leave.abort();
  vi.useRealTimers();
});

describe('what the panel is told', () => {
  test('is not drawn again where it is shown already but for the moment at which it was said', async () => {
    const before = state.view.value;
    await act(() => push({ ...view, now: view.now + 300 }));
    expect(state.view.value).toBe(before);
    await act(() => push({ ...view, now: view.now + 300, trouble: 'The message did not arrive.' }));
    expect(state.view.value?.trouble).toBe('The message did not arrive.');
  });

  test('sets the panel’s clock where that is behind by what can be seen', async () => {
    await act(() => push({ ...view, now: view.now + 3_600_000 }));
    expect(state.now.value).toBe(view.now + 3_600_000);
  });
});

describe('the clock of the panel', () => {
  const closing = (dueAt: number): NextItem => ({
    kind: 'auto-close',
    timerId: 'closing',
    text: 'Closes, if no answer',
    dueAt,
    held: false,
    proof: null,
  });

  test('a case that was just changed does not tick: no second is shown, and each tick draws a frame of the page', async () => {
    await act(() => state.show('case'));
    const before = state.now.value;
    expect(host.querySelector('.since .nowrap')?.textContent).toBe('just now');
    await wait(10_000);
    expect(state.now.value).toBe(before);
    await wait(60_000);
    expect(host.querySelector('.since .nowrap')?.textContent).toBe('1 min');
  });

  test('what is due within two minutes counts down by the second, while the panel is open', async () => {
    const before = state.now.value;
    await act(() => push({ ...view, next: [closing(Date.now() + 100_000)] }));
    await wait(3000);
    expect(state.now.value).toBe(before + 3000);
    await act(() => state.toggle());
    await wait(3000);
    expect(state.now.value).toBe(before + 3000);
  });
});

describe('the change form', () => {
  test('R10: asks for a missing sub-status at its field and sends nothing', async () => {
    await type('Status', 'pend');
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    const field = find('combobox', 'Sub-status');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(host.querySelector(`#${field.getAttribute('aria-describedby')}`)?.textContent).toBe(
      'Pending needs a sub-status.',
    );
    expect(document.activeElement).toBe(field);
    expect(sent('case.change')).toEqual([]);
  });

  test('R5: asks for a missing reason at its field, then sends all that was chosen', async () => {
    await type('Status', 'closed');
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    const field = find('combobox', 'Reason');
    expect(host.querySelector(`#${field.getAttribute('aria-describedby')}`)?.textContent).toBe(
      'This status needs a reason.',
    );
    expect(sent('case.change')).toEqual([]);

    await type('Reason', 'dupl');
    await press('Reason', 'Enter');
    expect(field.getAttribute('aria-invalid')).toBeNull();
    await press('Reason', 'Enter');
    expect(sent('case.change').map((call) => call.input)).toMatchObject([
      { ticketId: '42', statusId: 'closed', subStatusId: null, tagId: 'duplicate', seenGeneration: 3, note: null },
    ]);
  });

  test('drops the answer to an older preview', async () => {
    await type('Status', 'in prog');
    await press('Status', 'Enter');
    await wait(100);
    await type('Status', 'reop');
    await press('Status', 'Enter');
    await wait(100);
    const [older, newer] = sent('case.preview');
    newer?.answer(previewOf('set RT to open'));
    await wait(0);
    older?.answer(previewOf('set RT to stalled'));
    await wait(0);
    expect(host.querySelector('.will')?.textContent).toContain('set RT to open');
    expect(host.querySelector('.will')?.textContent).not.toContain('stalled');
  });

  test('sends a change once, however often it is pressed; looks busy only where the answer takes its time', async () => {
    await type('Status', 'reop');
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    await wait(149);
    const update = find('button', 'Update');
    expect(update.getAttribute('aria-disabled')).toBeNull();
    await wait(1);
    expect(update.getAttribute('aria-disabled')).toBe('true');
    await press('Status', 'Enter');
    expect(sent('case.change')).toHaveLength(1);

    sent('case.change')[0]?.answer({ ok: false, code: 'storage', message: 'The disk is full.' });
    await wait(0);
    expect(update.getAttribute('aria-disabled')).toBeNull();
    expect(host.querySelector('[role=alert]')?.textContent).toBe('The disk is full.');
    await press('Status', 'Enter');
    expect(sent('case.change')).toHaveLength(2);
  });

  test('ignores a click that no person made', async () => {
    await type('Status', 'reop');
    await press('Status', 'Enter');
    await act(() => {
      find('button', 'Update').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    });
    expect(sent('case.change')).toEqual([]);
  });

  test('a text that is none of the options is no choice: Enter sends nothing', async () => {
    await act(() => push({ ...view, statuses: edited('closed', { allowed: false }) }));
    await type('Status', 'reop');
    await press('Status', 'Enter');
    for (const typed of ['closd', 'Closed']) {
      await type('Status', typed);
      await press('Status', 'Enter');
      expect(sent('case.change')).toEqual([]);
    }
    // What was chosen before still is, once the text is given up.
    await press('Status', 'Escape');
    await press('Status', 'Enter');
    expect(sent('case.change').map(({ input }) => input.statusId)).toEqual(['reopened']);
  });

  test('R2, R4: what is retired is not offered: no status, no sub-status, no reason', async () => {
    const retired = <Part extends { id: string }>(parts: Part[], id: string) =>
      parts.map((part) => (part.id === id ? { ...part, retired: true } : part));
    const { subStatuses } = choice('pending');
    const { tags } = choice('closed');
    const gone = edited('reopened', { retired: true })
      .map((status) =>
        status.id === 'pending' ? { ...status, subStatuses: retired(subStatuses, 'development') } : status,
      )
      .map((status) => (status.id === 'closed' ? { ...status, tags: retired(tags, 'duplicate') } : status));
    await act(() => push({ ...view, statuses: gone }));
    expect(offered()).toEqual(expect.arrayContaining(['Closed', 'Pending']));
    expect(offered()).not.toContain('Reopened');
    await type('Status', 'pending');
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    expect(offered()).toEqual(expect.arrayContaining(['Customer Input']));
    expect(offered()).not.toContain('Development');
    await type('Status', 'closed');
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    expect(offered().length).toBeGreaterThan(0);
    expect(offered()).not.toContain('Duplicate');

    await act(() => state.show('legend'));
    expect(host.querySelector('.legend')?.textContent).not.toMatch(/Reopened|Development/);
    await act(() => state.perform('palette'));
    expect(offered().join()).toContain('Change to Pending – Customer Input');
    expect(offered().join()).not.toMatch(/Reopened|Development/);
  });

  test('R2: the legend tells what the status means that the case is in, retired or not', async () => {
    await act(() => push({ ...view, statuses: edited('in-progress', { retired: true }) }));
    await act(() => state.show('legend'));
    expect(host.querySelector('.legend .here')?.textContent).toContain('In Progress');
  });

  test('R4, R10: what a newer version has retired meanwhile is asked for anew, and not sent', async () => {
    await type('Status', 'pending');
    await press('Status', 'Enter');
    await type('Sub-status', 'dev');
    await press('Sub-status', 'Enter');
    const { subStatuses } = choice('pending');
    const without = subStatuses.map((sub) => (sub.id === 'development' ? { ...sub, retired: true } : sub));
    await act(() => push({ ...view, revision: 8, statuses: edited('pending', { subStatuses: without }) }));
    await press('Sub-status', 'Enter');
    expect(sent('case.change')).toEqual([]);
    expect(find('combobox', 'Sub-status').getAttribute('aria-invalid')).toBe('true');

    // With the last one gone nothing is asked for, and the field is not there any more.
    const none = edited('pending', { subStatuses: [], subStatusRequired: false });
    await act(() => push({ ...view, revision: 9, statuses: none }));
    await press('Status', 'Enter');
    await press('Status', 'Enter');
    expect(sent('case.change').map(({ input }) => input)).toMatchObject([{ statusId: 'pending', subStatusId: null }]);
  });

  test('what a command is about, and who it makes the case wait for, is told to those who hear it', async () => {
    await act(() => state.perform('palette'));
    const options = [...host.querySelectorAll('[role=option]')].filter(({ textContent }) =>
      /Change to/.test(textContent),
    );
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) {
      expect(option.id).not.toMatch(/\s/);
      expect(host.querySelector(`[id="${option.getAttribute('aria-describedby')}"]`)?.textContent).toMatch(
        /^Waits for /,
      );
    }
  });

  test('an answer that comes late does not take away the form that was opened meanwhile', async () => {
    await act(() => state.show('case'));
    await act(() => state.hold(true));
    await act(() => state.show('change'));
    await type('Status', 'reop');
    sent('case.hold')[0]?.answer({ ok: true, value: { view, message: 'On hold.' } });
    await wait(0);
    expect((find('combobox', 'Status') as HTMLInputElement).value).toBe('reop');
  });

  test('Escape closes the list first, then the form', async () => {
    await type('Status', 're');
    await press('Status', 'Escape');
    expect(find('combobox', 'Status').getAttribute('aria-expanded')).toBe('false');
    await press('Status', 'Escape');
    expect(() => find('combobox', 'Status')).toThrow();
    expect(find('button', 'Change status')).toBeTruthy();
  });
});

describe('what is held', () => {
  const clock: NextItem = {
    kind: 'auto-close',
    timerId: 'clock',
    text: 'Closes, if no answer',
    dueAt: view.now + 86_400_000,
    held: true,
    proof: null,
  };
  const drifted = {
    ...view,
    next: [clock],
    native: { status: 'new', drift: { message: 'RT: new', nativeStatus: 'new' } },
  };
  const buttons = () =>
    [...host.querySelectorAll('.banner button, .foot button')].map(({ textContent }) => textContent);

  test('nobody has to let a clock go on that only stands still in this status', async () => {
    await act(() => state.show('case'));
    await act(() => push(drifted));
    expect(buttons()).toEqual(expect.arrayContaining(['Set RT back', 'Ignore', 'Hold']));
    expect(buttons()).not.toContain('Let it go on');
    await act(() => state.perform('hold'));
    expect(sent('case.hold')[0]?.input).toMatchObject({ on: true });
  });

  test('what waits for a person goes on from where it says why; on hold it waits for that to end', async () => {
    await act(() => state.show('case'));
    await act(() => push({ ...drifted, waitsForPerson: true }));
    expect(buttons()).toEqual(expect.arrayContaining(['Let it go on', 'Set RT back', 'Release hold']));
    expect(buttons()).not.toContain('Ignore');
    await act(() => push({ ...drifted, revision: 8, waitsForPerson: true, hold: true }));
    expect(buttons()).toEqual(expect.arrayContaining(['Set RT back', 'Ignore', 'Release hold']));
    expect(buttons()).not.toContain('Let it go on');
    await act(() => push({ ...drifted, revision: 9, waitsForPerson: true, attention: 'Look at it.' }));
    expect(buttons()).toEqual(expect.arrayContaining(['Let it go on', 'Set RT back', 'Ignore', 'Release hold']));
  });
});

describe('a later moment', () => {
  const reminder: NextItem = {
    kind: 'reminder',
    timerId: 'one',
    text: 'Reminder to Alice',
    dueAt: view.now + 86_400_000,
    held: false,
    proof: null,
  };
  const moments = { ok: true, value: [{ id: '3-days', name: 'In 3 days', at: view.now + 3 * 86_400_000 }] };
  const lost = { ok: false, code: 'no-answer', message: 'No answer.' };

  test('a reminder that is set once more after a lost answer is the same one', async () => {
    await act(() => state.show('remind-me'));
    sent('case.moments')[0]?.answer(moments);
    await wait(0);
    await pressButton(host, 'Set reminder');
    sent('case.remind-me')[0]?.answer(lost);
    await wait(0);
    await pressButton(host, 'Set reminder');
    const [first, second] = sent('case.remind-me').map(({ input }) => input.commandId);
    expect(second).toBe(first);
    sent('case.remind-me')[1]?.answer({ ok: true, value: { view, message: 'Set.' } });
    await wait(0);

    await act(() => state.show('remind-me'));
    sent('case.moments').at(-1)?.answer(moments);
    await wait(0);
    await pressButton(host, 'Set reminder');
    expect(sent('case.remind-me').at(-1)?.input.commandId).not.toBe(first);
  });

  test('what is called off while a later moment is chosen is said so, and what else is due can be chosen', async () => {
    await act(() => push({ ...view, next: [reminder] }));
    await act(() => state.show('snooze'));
    sent('case.moments')[0]?.answer(moments);
    await wait(0);
    await act(() => push({ ...view, revision: 8, next: [{ ...reminder, timerId: 'two', text: 'Closes' }] }));
    await pressButton(host, 'Move it');
    expect(sent('case.snooze')).toEqual([]);
    expect(host.querySelector('.form [role=alert]')?.textContent).toMatch(/not due any more/);
    const what = host.querySelector('select');
    await act(() => {
      if (what) what.value = 'two';
      what?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await pressButton(host, 'Move it');
    expect(sent('case.snooze').map(({ input }) => input.timerId)).toEqual(['two']);
  });
});

describe('the focus', () => {
  const undo = { commandId: 'one', text: 'Back to New' };
  const on = (name: string) => find('button', name).focus();

  test.each([
    ['Undo', () => push({ ...view, revision: 9 })],
    ['Dismiss', () => state.dismiss()],
  ])('stays in the panel when %s goes with what it has done', async (name, done) => {
    await act(() => push({ ...view, revision: 8, undo }));
    await act(() => state.show('case'));
    await act(() => state.hold(true));
    sent('case.hold')[0]?.answer({ ok: true, value: { view, message: 'On hold.' } });
    await wait(0);
    find('button', 'Dismiss');
    on(name);
    await act(done);
    await wait(0);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Case status: In Progress');
  });

  test('is left to the page where it was', async () => {
    await act(() => state.show('case'));
    await act(() => state.hold(true));
    sent('case.hold')[0]?.answer({ ok: true, value: { view, message: 'On hold.' } });
    await wait(0);
    find('button', 'Dismiss');
    (document.activeElement as HTMLElement | null)?.blur();
    await act(() => state.dismiss());
    await wait(0);
    expect(document.activeElement).toBe(document.body);
  });
});

test('a trusted event passes, another does not', () => {
  const handler = vi.fn();
  trusted(handler)({ isTrusted: false } as Event);
  expect(handler).not.toHaveBeenCalled();
  trusted(handler)({ isTrusted: true } as Event);
  expect(handler).toHaveBeenCalledOnce();
});
