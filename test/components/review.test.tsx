// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OptionsApp } from '../../components/options/app';
import { PopupApp } from '../../components/popup/app';
import type { Ask } from '../../core/contract/client';
import type { ReviewItem } from '../../core/contract/views';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 12);

/** The background, as far as these pages ask it. */
let items: ReviewItem[];
let listed: number;
let failList: string | null;
/** Each request to settle, answered by the test. */
let settling: { timerIds: string[]; how: string; answer: (value: unknown) => void }[];
let host: HTMLElement;

function item(part: Partial<ReviewItem>): ReviewItem {
  const ticketId = part.ticketId ?? '12';
  return {
    timerId: `timer-${ticketId}`,
    caseKey: `rt-1/${ticketId}`,
    ticketId,
    siteName: 'rt.example.com',
    url: `https://rt.example.com/Ticket/Display.html?id=${ticketId}`,
    subject: 'Cannot export',
    statusName: 'Pending – Customer Input',
    category: 'waiting',
    kind: 'reminder',
    text: 'Reminder to Alice',
    dueAt: NOW - 23 * DAY - HOUR,
    why: null,
    customerReplied: false,
    ...part,
  };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => item({ ticketId: String(index + 1) }));

const ask = ((name: string, input: { timerIds: string[]; how: string }) => {
  if (name === 'review.list') {
    listed += 1;
    return Promise.resolve(
      failList === null ? { ok: true, value: items } : { ok: false, code: 'internal', message: failList },
    );
  }
  if (name === 'review.settle') return new Promise((answer) => settling.push({ ...input, answer }));
  if (name === 'policy.view') return Promise.resolve({ ok: false, code: 'internal', message: 'Not asked for here' });
  return Promise.resolve({ ok: true, value: [] });
}) as unknown as Ask;

async function wait(ms = 50): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

async function open(): Promise<void> {
  await act(() =>
    render(
      <OptionsApp
        ask={ask}
        patientAsk={ask}
        requestAccess={async () => true}
        requestDownloads={async () => true}
        loadPreview={() => new Promise(() => {})}
      />,
      host,
    ),
  );
  await wait();
}

const nameOf = (element: Element) => element.getAttribute('aria-label') ?? element.textContent ?? '';
const buttons = () => [...host.querySelectorAll('button')].map(nameOf);
const rows = () => [...host.querySelectorAll('li.wait-row')];
const text = (selector: string) => host.querySelector(selector)?.textContent ?? '';

function button(name: string): HTMLElement {
  const found = [...host.querySelectorAll('button')].find((element) => nameOf(element) === name);
  if (!found) throw new Error(`no button "${name}" among ${buttons().join(' | ')}`);
  return found;
}

/** A click of a person. */
async function click(name: string): Promise<void> {
  const event = new MouseEvent('click', { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: true });
  await act(() => void button(name).dispatchEvent(event));
  await wait();
}

function box(name: string): HTMLInputElement {
  const found = [...host.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find(
    (input) => (input.getAttribute('aria-label') ?? input.closest('label')?.textContent) === name,
  );
  if (!found) throw new Error(`no checkbox "${name}"`);
  return found;
}

async function tick(name: string): Promise<void> {
  await act(() => box(name).click());
}

/** The background is done with the oldest request: these are off the list, the others had changed. */
async function answer(settled: number, gone: readonly string[]): Promise<void> {
  const request = settling.find(({ timerIds }) => timerIds.length > 0);
  if (!request) throw new Error('nothing was asked');
  items = items.filter(({ timerId }) => !gone.includes(timerId));
  request.answer({ ok: true, value: { settled, left: request.timerIds.length - settled } });
  settling = settling.filter((other) => other !== request);
  // Drawn first; the focus is looked after in the frame behind it.
  await wait(0);
  await wait();
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  items = [];
  listed = 0;
  failList = null;
  settling = [];
  location.hash = '#review';
  host = document.createElement('div');
  document.body.append(host);
});

afterEach(() => {
  render(null, host);
  host.remove();
  location.hash = '';
  vi.useRealTimers();
});

describe('the list of what waits', () => {
  test('says of each what it is, of which ticket, how late, and why it waits', async () => {
    items = [
      item({}),
      item({
        ticketId: '13',
        text: 'Closes, if no answer',
        dueAt: NOW - 90 * 60_000,
        why: 'A message to the customer could not be delivered.',
        customerReplied: true,
      }),
      item({ ticketId: '14', dueAt: NOW + 3 * DAY }),
      item({ ticketId: '15', dueAt: NOW - 47 * HOUR }),
    ];
    await open();
    const [first, second, third, fourth] = rows();
    expect(first?.textContent).toContain('Reminder to Alice');
    expect(first?.textContent).toContain('Pending – Customer Input');
    expect(first?.textContent).toContain('It fell due while you were away.');
    expect(first?.textContent).not.toContain('replied');
    expect(first?.querySelector('a')?.href).toBe('https://rt.example.com/Ticket/Display.html?id=12');
    expect(first?.querySelector('a')?.textContent).toBe('Cannot export #12');
    expect(first?.querySelector('time')?.textContent).toBe('23 days late');
    expect(first?.querySelector('time')?.title).toMatch(/Oct/);
    expect(second?.textContent).toContain('A message to the customer could not be delivered.');
    expect(second?.textContent).toContain('The customer has replied');
    expect(second?.textContent).not.toContain('while you were away');
    expect(second?.querySelector('time')?.textContent).toBe('90 minutes late');
    expect(third?.querySelector('time')?.textContent).toBe('due in 3 d');
    expect(fourth?.querySelector('time')?.textContent).toBe('47 hours late');
  });

  test('its count is beside its name among the options, and none where nothing waits', async () => {
    items = many(12);
    await open();
    expect(text('nav a[aria-current]')).toBe('Waiting for you12');
    items = [];
    window.dispatchEvent(new Event('focus'));
    await wait();
    expect(text('nav a[aria-current]')).toBe('Waiting for you');
    expect(text('main')).toContain('Nothing waits for you');
  });

  test('several sites are told apart; one needs no heading', async () => {
    items = [item({}), item({ ticketId: '13' })];
    await open();
    expect(host.querySelectorAll('main h2')).toHaveLength(0);
    items = [...items, item({ ticketId: '5', caseKey: 'demo-1/5', siteName: 'desk.example.org' })];
    window.dispatchEvent(new Event('focus'));
    await wait();
    expect([...host.querySelectorAll('main h2')].map((heading) => heading.textContent)).toEqual([
      'rt.example.com 2',
      'desk.example.org 1',
    ]);
    expect(host.querySelectorAll('ul[aria-label="desk.example.org"] > li')).toHaveLength(1);
  });

  test('where it cannot be read, that is said, and it can be tried again', async () => {
    failList = 'Something went wrong in the extension.';
    await open();
    expect(text('[role=alert]')).toContain('Something went wrong in the extension.');
    expect(text('main')).not.toContain('Nothing waits for you');
    failList = null;
    items = many(2);
    await click('Try again');
    expect(text('[role=alert]')).toBe('');
    expect(rows()).toHaveLength(2);
  });
});

describe('one of the list', () => {
  test('goes on by its own button, is gone then, and the next one has the focus', async () => {
    items = many(3);
    await open();
    button('Go on: Reminder to Alice, #2').focus();
    await click('Go on: Reminder to Alice, #2');
    expect(settling).toMatchObject([{ timerIds: ['timer-2'], how: 'act' }]);
    await click('Go on: Reminder to Alice, #2');
    expect(settling).toHaveLength(1);
    await answer(1, ['timer-2']);
    expect(rows()).toHaveLength(2);
    expect(text('[role=status]')).toBe('Went on: Reminder to Alice, #2.');
    expect(nameOf(document.activeElement as Element)).toBe('Go on: Reminder to Alice, #3');
  });

  test('is dropped by its own button', async () => {
    items = many(1);
    await open();
    expect(host.querySelector('input[type=checkbox]')).toBeNull();
    await click('Drop: Reminder to Alice, #1');
    expect(settling).toMatchObject([{ timerIds: ['timer-1'], how: 'drop' }]);
    await answer(1, ['timer-1']);
    expect(text('[role=status]')).toBe('Dropped: Reminder to Alice, #1.');
    expect(document.activeElement).toBe(host.querySelector('h1'));
  });

  test('that had changed meanwhile is said to have', async () => {
    items = many(2);
    await open();
    await click('Go on: Reminder to Alice, #1');
    await answer(0, ['timer-1']);
    expect(text('[role=status]')).toBe('0 went on, 1 had changed meanwhile.');
  });

  test('goes on for a person only', async () => {
    items = many(2);
    await open();
    await act(
      () => void button('Go on: Reminder to Alice, #1').dispatchEvent(new MouseEvent('click', { bubbles: true })),
    );
    expect(settling).toEqual([]);
  });
});

describe('all of the list', () => {
  test('goes on in parts, shows how far it is, and what came of it', async () => {
    items = many(30);
    await open();
    await click('Go on with all (30)');
    expect(settling.map(({ timerIds }) => timerIds.length)).toEqual([20]);
    expect(text('#wait-progress')).toBe('Going on: 0 of 30');
    expect(buttons()).not.toContain('Drop all…');
    await answer(19, []);
    expect(settling.map(({ timerIds }) => timerIds.length)).toEqual([10]);
    expect(text('#wait-progress')).toBe('Going on: 20 of 30');
    expect(host.querySelector('progress')?.value).toBe(20);
    await answer(
      10,
      items.map(({ timerId }) => timerId),
    );
    expect(host.querySelector('progress')).toBeNull();
    expect(text('[role=status]')).toBe('29 went on, 1 had changed meanwhile.');
  });

  test('keeps together what belongs to one case', async () => {
    items = many(45).map((one, index) => ({ ...one, caseKey: `rt-1/${index % 15}` }));
    await open();
    await click('Go on with all (45)');
    const caseOf = new Map(items.map(({ timerId, caseKey }) => [timerId, caseKey]));
    const parts: Set<string | undefined>[] = [];
    while (settling[0]) {
      parts.push(new Set(settling[0].timerIds.map((timerId) => caseOf.get(timerId))));
      await answer(settling[0].timerIds.length, []);
    }
    expect(parts.map(({ size }) => size)).toEqual([6, 6, 3]);
    expect(new Set(parts.flatMap((part) => [...part])).size).toBe(15);
  });

  test('leaves out whose customer has replied; that is looked at by itself', async () => {
    items = [...many(3), item({ ticketId: '9', customerReplied: true })];
    await open();
    expect(text('.wait-bar')).toContain('One customer has replied');
    await click('Go on with all (3)');
    expect(settling[0]?.timerIds).toEqual(['timer-1', 'timer-2', 'timer-3']);
  });

  test('stops where something fails, and says what was done before', async () => {
    items = many(30);
    await open();
    await click('Go on with all (30)');
    await answer(20, []);
    const before = listed;
    settling[0]?.answer({ ok: false, code: 'no-answer', message: 'The extension did not answer.' });
    await wait();
    expect(text('[role=alert]')).toBe('20 went on. Then it stopped: The extension did not answer.');
    expect(text('[role=status]')).toBe('');
    expect(listed).toBeGreaterThan(before);
    expect(buttons()).toContain('Go on with all (30)');
  });

  test('is dropped only after a question in place', async () => {
    items = [...many(3), item({ ticketId: '9', customerReplied: true })];
    await open();
    await click('Drop all…');
    expect(text('.confirm')).toContain('Drop all 4? Nothing is sent or closed for them. This cannot be undone.');
    expect(nameOf(document.activeElement as Element)).toBe('Keep them');
    await click('Keep them');
    expect(host.querySelector('.confirm')).toBeNull();
    expect(nameOf(document.activeElement as Element)).toBe('Drop all…');
    expect(settling).toEqual([]);
    await click('Drop all…');
    await click('Drop 4');
    expect(settling).toMatchObject([{ timerIds: ['timer-1', 'timer-2', 'timer-3', 'timer-9'], how: 'drop' }]);
    await answer(4, ['timer-1', 'timer-2', 'timer-3', 'timer-9']);
    expect(text('[role=status]')).toBe('4 were dropped.');
  });

  test('some can be chosen, or all', async () => {
    items = many(4);
    await open();
    await tick('Select: Reminder to Alice, #2');
    await tick('Select: Reminder to Alice, #3');
    expect(text('.wait-count')).toBe('2 of 4 selected');
    expect(box('Select all').indeterminate).toBe(true);
    expect(buttons()).toContain('Drop selected…');
    await tick('Select all');
    expect(text('.wait-count')).toBe('4 of 4 selected');
    expect(box('Select all').indeterminate).toBe(false);
    await tick('Select: Reminder to Alice, #1');
    await click('Go on with selected (3)');
    expect(settling[0]?.timerIds).toEqual(['timer-2', 'timer-3', 'timer-4']);
    await answer(3, ['timer-2', 'timer-3', 'timer-4']);
    expect(text('[role=status]')).toBe('3 went on.');
    expect(rows()).toHaveLength(1);
  });
});

describe('the popup', () => {
  const openReview = vi.fn();
  const popup = async (waiting: number) => {
    const view = { ok: true, value: { page: { state: 'no-page' }, due: [], waiting } };
    await act(() =>
      render(
        <PopupApp
          ask={(async () => view) as unknown as Ask}
          tabUrl={async () => null}
          requestAccess={async () => true}
          openTab={() => {}}
          openOptions={() => {}}
          openReview={openReview}
        />,
        host,
      ),
    );
    await wait();
    return host.querySelector<HTMLElement>('a.waiting');
  };

  test.each([
    [1, '1 thing waits for you'],
    [12, '12 things wait for you'],
  ])('with %i says "%s" and leads to the list', async (count, words) => {
    openReview.mockClear();
    const link = await popup(count);
    expect(link?.textContent).toBe(words);
    await act(() => link?.click());
    expect(openReview).toHaveBeenCalledOnce();
  });

  test('says nothing where nothing waits', async () => {
    expect(await popup(0)).toBeNull();
  });
});
