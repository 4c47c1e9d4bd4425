// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Panel } from '../../components/panel/panel';
import { makePanelState } from '../../components/panel/state';
import { trusted } from '../../components/shared/trusted';
import type { OverlayHandle, OverlayState } from '../../core/contract/overlay';
import type { CaseView, ChangePreview, StatusChoice } from '../../core/contract/views';
import { supportTemplate } from '../../core/domain/builtin-templates';
import { DEFAULT_SHORTCUTS } from '../../core/domain/shortcuts';

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
  customerRepliedAt: null,
  replyId: null,
  attention: null,
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
    ask: (name: string, input: Record<string, unknown>) =>
      new Promise((resolve) => calls.push({ name, input, answer: resolve })),
    newId: () => '00000000-0000-4000-8000-000000000000',
    subscribe: (listener: (state: OverlayState) => void) => listener(overlay),
    setPlace: () => {},
    onShortcut: () => {},
    taken: () => ({ desk: [], accessKeys: [] }),
    accept: () => {},
    refresh: () => {},
    signal: leave.signal,
  } as unknown as OverlayHandle;
  const state = makePanelState(handle);
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

  test('Escape closes the list first, then the form', async () => {
    await type('Status', 're');
    await press('Status', 'Escape');
    expect(find('combobox', 'Status').getAttribute('aria-expanded')).toBe('false');
    await press('Status', 'Escape');
    expect(() => find('combobox', 'Status')).toThrow();
    expect(find('button', 'Change status')).toBeTruthy();
  });
});

test('a trusted event passes, another does not', () => {
  const handler = vi.fn();
  trusted(handler)({ isTrusted: false } as Event);
  expect(handler).not.toHaveBeenCalled();
  trusted(handler)({ isTrusted: true } as Event);
  expect(handler).toHaveBeenCalledOnce();
});
