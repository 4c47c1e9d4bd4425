// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://desk.test/tickets/7"}
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startOverlay } from '../../components/overlay/overlay';
import type { Ask } from '../../core/contract/client';
import type { Push } from '../../core/contract/messages';
import { HERE_NAME, MOUNT_NAME, type OverlayHandle, type OverlayState } from '../../core/contract/overlay';
import type { CaseView } from '../../core/contract/views';
import { DEFAULT_SHORTCUTS } from '../../core/domain/shortcuts';

const view = (revision: number) =>
  ({
    ticketId: '7',
    siteId: 'demo-1',
    revision,
    status: { name: `Status ${revision}`, category: 'active' },
    subStatus: null,
  }) as unknown as CaseView;

let life: AbortController;
let asked: string[];
/** Whether it was asked for the panel's code along with the settings. */
let loads: boolean[];
let connected: boolean;
/** The revision that the background answers with, and what it waits for before. */
let answered: number;
let beforeAnswer: Promise<void>;
let openFails: object | null;
let open: boolean;
/** The panel's code overtakes the settings. */
let codeFirst: boolean;
/** What is known of the ticket before its page has been read. */
let known: CaseView | null;
let push: (message: Push) => void;
let shown: OverlayState | null;

const ask = (async (name: string, input: { load?: boolean }) => {
  asked.push(name);
  if (input.load !== undefined) loads.push(input.load);
  if (!connected) return { ok: false, code: 'not-connected', message: 'No.' };
  if (name === 'panel.settings') {
    if (codeFirst) codeComes();
    return {
      ok: true,
      value: {
        place: { open, right: 20, bottom: 20 },
        shortcuts: DEFAULT_SHORTCUTS,
        language: 'en-GB',
        dates: null,
        known,
      },
    };
  }
  if (name === 'case.open' || name === 'case.view') {
    const revision = answered;
    await beforeAnswer;
    return openFails ?? { ok: true, value: view(revision) };
  }
  if (name === 'panel.load') codeComes();
  return { ok: true, value: null };
}) as unknown as Ask;

/** The panel's code comes into the page. */
const codeComes = () => {
  const globals = globalThis as Record<string, unknown>;
  globals[MOUNT_NAME] = (handle: OverlayHandle) =>
    handle.subscribe((state) => {
      shown = state;
    }, handle.signal);
  (globals[HERE_NAME] as (() => void) | undefined)?.();
};

const start = async () => {
  const browser = {
    ask,
    onPush: (listener: typeof push) => {
      push = listener;
    },
    alive: () => true,
  };
  startOverlay(window as unknown as Window, browser, { mode: 'open', styles: '' }, life.signal);
  await nextFrame();
};
/** The panel comes with a frame that the page draws. */
const nextFrame = () => vi.advanceTimersByTimeAsync(16);
/** From here on the background does not answer; the function has it answer. */
const holdAnswers = () => {
  let answers = () => {};
  beforeAnswer = new Promise((resolve) => {
    answers = resolve;
  });
  return answers;
};
const pill = () => document.querySelector('div[data-case-status-overlay]')?.shadowRoot?.querySelector('.first-pill');

beforeEach(() => {
  // happy-dom does not know popovers.
  Object.assign(HTMLElement.prototype, { showPopover() {} });
  vi.useFakeTimers();
  document.head.innerHTML = '<meta name="application-name" content="Harbour Desk">';
  document.body.innerHTML = `<main data-ticket-id="7"><h1 data-field="subject">Printer on fire</h1>
    <span data-field="status" data-value="open"></span><span data-field="requester" data-email="alice@customer.test">Alice</span></main>`;
  life = new AbortController();
  asked = [];
  loads = [];
  connected = true;
  answered = 1;
  beforeAnswer = Promise.resolve();
  open = true;
  codeFirst = false;
  known = null;
  openFails = null;
  shown = null;
});
afterEach(() => {
  life.abort();
  Reflect.deleteProperty(globalThis, MOUNT_NAME);
  Reflect.deleteProperty(globalThis, HERE_NAME);
  vi.useRealTimers();
});

test('what is pushed while the panel’s code is on its way is shown, not the older answer', async () => {
  await start();
  push({ push: 'case.changed', view: view(2) });
  codeComes();
  await vi.advanceTimersByTimeAsync(100);
  expect(shown?.view?.revision).toBe(2);
});

test('a panel whose code is here in a blink comes without a pill before it', async () => {
  await start();
  expect(asked).toEqual(['panel.settings', 'case.open']);
  codeComes();
  await nextFrame();
  expect(shown?.view?.revision).toBe(1);
  expect(pill()).toBeFalsy();
});

test('code that is here before the settings are is not waited for', async () => {
  codeFirst = true;
  await start();
  expect(shown?.view?.revision).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).not.toContain('panel.load');
});

test('a pill stands in for a panel that takes its time, and says that it is open', async () => {
  await start();
  expect(pill()).toBeFalsy();
  await vi.advanceTimersByTimeAsync(100);
  expect(pill()?.getAttribute('aria-expanded')).toBe('true');
  codeComes();
  await nextFrame();
  expect(shown?.view?.revision).toBe(1);
});

test('a closed panel says that something is wrong, and what', async () => {
  open = false;
  await start();
  await vi.advanceTimersByTimeAsync(100);
  expect([pill()?.textContent, pill()?.getAttribute('title')]).toEqual(['Status 1', '']);
  push({ push: 'case.changed', view: { ...view(2), trouble: 'The message did not arrive.' } });
  expect([pill()?.textContent, pill()?.getAttribute('title')]).toEqual(['⚠ Status 2', 'The message did not arrive.']);
  push({ push: 'case.changed', view: view(3) });
  expect([pill()?.textContent, pill()?.getAttribute('title')]).toEqual(['Status 3', '']);
});

test('code that is lost on its way is asked for', async () => {
  await start();
  await vi.advanceTimersByTimeAsync(900);
  expect(asked).not.toContain('panel.load');
  await vi.advanceTimersByTimeAsync(200);
  expect(asked.filter((name) => name === 'panel.load')).toHaveLength(1);
  expect(await shows()).toBe(1);
});

test('a collapsed panel is a pill at once; its code is loaded when it is opened, and not before', async () => {
  open = false;
  await start();
  expect(pill()?.getAttribute('aria-label')).toBe('Case status: Status 1');
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).not.toContain('panel.load');
  const click = new MouseEvent('click', { bubbles: true });
  pill()?.dispatchEvent(Object.defineProperty(click, 'isTrusted', { value: true }));
  await nextFrame();
  expect(asked).toContain('panel.load');
  expect(await shows()).toBe(1);
});

test('code that is here already is not sent again', async () => {
  codeComes();
  await start();
  await vi.advanceTimersByTimeAsync(2000);
  expect(shown?.view?.revision).toBe(1);
  expect(loads).toEqual([false]);
  expect(asked).not.toContain('panel.load');
});

test('a page of no connected help desk gets nothing', async () => {
  connected = false;
  await start();
  await vi.advanceTimersByTimeAsync(100);
  expect(document.querySelector('div[data-case-status-overlay]')).toBeNull();
  expect(asked).not.toContain('panel.load');
});

const overlay = () => document.querySelector('div[data-case-status-overlay]');
const shows = async () => {
  await nextFrame();
  return shown?.view?.revision;
};

test('what was erased, or replaced by a file, is shown as it is now, be it older than what was shown', async () => {
  await start();
  codeComes();
  push({ push: 'case.changed', view: view(9) });
  expect(await shows()).toBe(9);
  answered = 0;
  push({ push: 'look-again' });
  expect(await shows()).toBe(0);
  expect(asked.at(-1)).toBe('case.view');
  push({ push: 'case.changed', view: view(1) });
  expect(await shows()).toBe(1);
});

test('a change that is told while the case is asked for anew is not lost to an older answer', async () => {
  await start();
  codeComes();
  push({ push: 'case.changed', view: view(9) });
  answered = 3;
  const answers = holdAnswers();
  push({ push: 'look-again' });
  push({ push: 'case.changed', view: view(9) });
  answers();
  expect(await shows()).toBe(9);
});

test('a page whose site is not connected any more loses its panel at once, and gets it back when it is again', async () => {
  await start();
  codeComes();
  await nextFrame();
  expect(overlay()).not.toBeNull();
  connected = false;
  push({ push: 'look-again' });
  await nextFrame();
  expect(overlay()).toBeNull();
  connected = true;
  push({ push: 'look-again' });
  await nextFrame();
  expect(overlay()).not.toBeNull();
  expect(shown?.view?.revision).toBe(1);
});

test('a page that was not told, because it slept, loses its panel when it is looked at', async () => {
  await start();
  codeComes();
  await nextFrame();
  connected = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await nextFrame();
  expect(overlay()).toBeNull();
});

test('a copy that is replaced while it waits for its first answer shows nothing', async () => {
  const answers = holdAnswers();
  await start();
  life.abort();
  answers();
  await vi.advanceTimersByTimeAsync(100);
  expect(overlay()).toBeNull();
});

test('a page that is fetched ahead waits until it is shown: its tab is still at another address', async () => {
  Object.defineProperty(document, 'prerendering', { configurable: true, value: true });
  await start();
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([]);
  Reflect.deleteProperty(document, 'prerendering');
  document.dispatchEvent(new Event('prerenderingchange'));
  await nextFrame();
  codeComes();
  await nextFrame();
  expect(shown?.view?.revision).toBe(1);
});

test('a page that is fetched ahead and never shown asks for nothing', async () => {
  Object.defineProperty(document, 'prerendering', { configurable: true, value: true });
  await start();
  life.abort();
  Reflect.deleteProperty(document, 'prerendering');
  document.dispatchEvent(new Event('prerenderingchange'));
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([]);
});

test('what a browser fills in by itself is no key press', async () => {
  open = false;
  await start();
  const thrown: unknown[] = [];
  window.addEventListener('error', (event) => thrown.push(event), { signal: life.signal });
  // Chrome says `keydown` when a person picks a suggestion for a field, as a plain event that a person has caused.
  const filled = Object.defineProperty(new Event('keydown', { bubbles: true }), 'isTrusted', { value: true });
  document.body.dispatchEvent(filled);
  expect(thrown).toEqual([]);
});

test('the panel is told its place, so that its styles can keep it in the window', async () => {
  open = false;
  await start();
  const mount = document
    .querySelector('div[data-case-status-overlay]')
    ?.shadowRoot?.querySelector<HTMLElement>('.mount');
  expect(mount?.style.getPropertyValue('--right')).toBe('20px');
  expect(mount?.style.getPropertyValue('--bottom')).toBe('20px');
});

test('a page of a help desk that is connected meanwhile gets its panel when the person comes back to it', async () => {
  connected = false;
  await start();
  connected = true;
  open = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(100);
  expect(pill()?.getAttribute('aria-label')).toBe('Case status: Status 1');
});

test('what is known of a ticket is shown with the page, not only once its case was looked up', async () => {
  codeFirst = true;
  known = view(4);
  answered = 5;
  const answers = holdAnswers();
  await start();
  expect(shown?.view?.revision).toBe(4);
  answers();
  expect(await shows()).toBe(5);
});

test('what was known is given up for what is, be that older: the case may have been erased meanwhile', async () => {
  codeFirst = true;
  known = view(4);
  answered = 0;
  const answers = holdAnswers();
  await start();
  answers();
  expect(await shows()).toBe(0);
});

test('what is known of another ticket is not shown: the address has moved on since', async () => {
  codeFirst = true;
  known = { ...view(4), ticketId: '8' };
  const answers = holdAnswers();
  await start();
  expect([overlay(), shown]).toEqual([null, null]);
  answers();
  expect(await shows()).toBe(1);
});

test('a case that is known and cannot be looked up is shown, with the reason', async () => {
  codeFirst = true;
  known = view(4);
  openFails = { ok: false, code: 'internal', message: 'Something went wrong.' };
  await start();
  expect(shown).toMatchObject({ view: { revision: 4 }, problem: { code: 'internal' } });
});

test('what is pushed while the case is looked up is newer than the answer of the same revision', async () => {
  codeFirst = true;
  known = view(4);
  answered = 4;
  const answers = holdAnswers();
  await start();
  push({ push: 'case.changed', view: { ...view(4), trouble: 'The message did not arrive.' } });
  answers();
  await shows();
  expect(shown?.view?.trouble).toBe('The message did not arrive.');
});

test('a page that nobody sees draws no frames, and has its panel all the same', async () => {
  codeFirst = true;
  vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
  await start();
  expect(shown).toBeNull();
  await vi.advanceTimersByTimeAsync(250);
  expect(shown?.view?.revision).toBe(1);
  vi.restoreAllMocks();
});
