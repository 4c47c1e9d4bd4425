// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChips } from '../../components/overlay/chips';
import type { Ask } from '../../core/contract/client';
import type { CaseView } from '../../core/contract/views';
import type { PageAdapter } from '../../core/sites/site-adapter';

/** A list at any address: each `a[data-id]` is a ticket. */
const adapter: PageAdapter = {
  id: 'test',
  deskName: 'Test',
  ticketIdOf: () => null,
  read: () => null,
  shortcuts: [],
  listsTickets: () => true,
  rows: (document) =>
    [...document.querySelectorAll<HTMLElement>('a[data-id]')].map((subject) => ({
      ticketId: subject.dataset.id ?? '',
      nativeStatus: 'open',
      subject,
    })),
};

let asked: string[][];
let refusal: string | null;
/** Of which nothing is known any more. */
let erased: string[];
let frames: (() => void)[];
let life: AbortController;
const nextFrame = async () => {
  // The observer hears of changes in a microtask, and looks once in the frame after.
  await Promise.resolve();
  for (const frame of frames.splice(0)) frame();
  await Promise.resolve();
};

const ask = (async (_name: string, input: { tickets: { ticketId: string }[] }) => {
  asked.push(input.tickets.map(({ ticketId }) => ticketId));
  if (refusal) return { ok: false, code: refusal, message: 'No.' };
  const value = input.tickets
    .filter(({ ticketId }) => !erased.includes(ticketId))
    .map(({ ticketId }) => ({
      ticketId,
      status: 'New',
      category: 'initial',
      tracked: false,
      revision: 0,
    }));
  return { ok: true, value: { chips: value, language: 'en-GB' } };
}) as unknown as Ask;

/** Another help desk's lists could be at this address too, as far as the address says. */
const elsewhere: PageAdapter = { ...adapter, id: 'elsewhere', rows: () => [] };

const start = async () => {
  const chips = startChips(
    window as unknown as Window,
    [elsewhere, adapter],
    ask,
    { mode: 'open', styles: '' },
    life.signal,
  );
  await nextFrame();
  return chips;
};
const shown = () =>
  [...document.querySelectorAll('[data-case-status-chip]')].map((slot) => slot.shadowRoot?.textContent ?? '');

beforeEach(() => {
  asked = [];
  refusal = null;
  erased = [];
  frames = [];
  life = new AbortController();
  window.requestAnimationFrame = ((frame: () => void) => frames.push(frame)) as typeof window.requestAnimationFrame;
  document.body.innerHTML = '<a data-id="1">One</a><a data-id="2">Two</a>';
});
afterEach(() => {
  life.abort();
  document.body.replaceChildren();
});

test('all rows are asked for in one request, and each has its chip', async () => {
  await start();
  expect(asked).toEqual([['1', '2']]);
  expect(shown()).toEqual(['New', 'New']);
});

test('a row that comes later is asked for alone; what is there is left as it is', async () => {
  await start();
  const [first] = document.querySelectorAll('[data-case-status-chip]');
  document.body.insertAdjacentHTML('beforeend', '<a data-id="3">Three</a>');
  await nextFrame();
  expect(asked).toEqual([['1', '2'], ['3']]);
  expect(shown()).toEqual(['New', 'New', 'New']);
  expect(document.querySelector('[data-case-status-chip]')).toBe(first);
});

test('a row that is drawn anew for another ticket gets that ticket’s chip', async () => {
  await start();
  document.querySelector('a')?.setAttribute('data-id', '9');
  document.body.append(document.createElement('hr'));
  await nextFrame();
  expect(asked).toEqual([['1', '2'], ['9']]);
  expect(shown()).toEqual(['New', 'New']);
});

test('a page that throws the chips out again and again is left alone', async () => {
  await start();
  let rounds = 0;
  while (shown().length > 0 && rounds < 100) {
    for (const slot of document.querySelectorAll('[data-case-status-chip]')) slot.remove();
    await nextFrame();
    await nextFrame();
    rounds += 1;
  }
  expect(rounds).toBeGreaterThan(1);
  expect(rounds).toBeLessThan(100);
});

test('a list of no connected help desk stays as it was', async () => {
  refusal = 'not-connected';
  await start();
  expect(shown()).toEqual([]);
});

test('a change is shown at once, and an older state is not shown over a newer one', async () => {
  const chips = await start();
  const view = { ticketId: '1', status: { name: 'Pending', category: 'waiting' }, tracked: true };
  chips.accept({ ...view, subStatus: { name: 'Development' }, revision: 2 } as CaseView);
  expect(shown()).toEqual(['Pending – Development', 'New']);
  chips.accept({ ...view, subStatus: null, revision: 1 } as CaseView);
  expect(shown()).toEqual(['Pending – Development', 'New']);
});

test('what was erased, or replaced by a file, is shown as it is now, be it older than what was shown', async () => {
  const chips = await start();
  const view = { ticketId: '1', status: { name: 'Pending', category: 'waiting' }, subStatus: null, tracked: true };
  chips.accept({ ...view, revision: 9 } as CaseView);
  chips.accept({ ...view, ticketId: '2', revision: 9 } as CaseView);
  expect(shown()).toEqual(['Pending', 'Pending']);
  erased = ['2'];
  chips.lookAgain();
  await nextFrame();
  expect(asked).toEqual([
    ['1', '2'],
    ['1', '2'],
  ]);
  expect(shown()).toEqual(['New', '']);
});

test('a list whose site is not connected any more loses its chips, and gets them back when it is again', async () => {
  const chips = await start();
  refusal = 'not-connected';
  chips.lookAgain();
  await nextFrame();
  expect(shown()).toEqual([]);
  refusal = null;
  chips.lookAgain();
  await nextFrame();
  expect(shown()).toEqual(['New', 'New']);
});

test('leaves nothing behind', async () => {
  await start();
  life.abort();
  expect(shown()).toEqual([]);
  document.body.insertAdjacentHTML('beforeend', '<a data-id="3">Three</a>');
  await nextFrame();
  expect(shown()).toEqual([]);
});
