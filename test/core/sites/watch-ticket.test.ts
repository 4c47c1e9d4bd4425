// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { noFacts } from '../../../core/domain/case';
import type { PageAdapter, PageReading } from '../../../core/sites/site-adapter';
import { watchTicket } from '../../../core/sites/watch-ticket';

type Listener = (event: Event) => void;

/** Counts the listeners that an event target has; hears `signal` as browsers do. */
function countListeners(target: EventTarget): () => number {
  const heard = new Set<string>();
  let id = 0;
  const add = target.addEventListener.bind(target);
  target.addEventListener = (type: string, listener: unknown, options?: unknown) => {
    const { signal } = (options ?? {}) as { signal?: AbortSignal };
    if (signal?.aborted) return;
    const key = `${type} ${++id}`;
    const guarded: Listener = (event) => {
      if (heard.has(key)) (listener as Listener)(event);
    };
    heard.add(key);
    signal?.addEventListener('abort', () => heard.delete(key));
    add(type, guarded);
  };
  return () => heard.size;
}

/** A page whose address, timeouts and intervals the test moves by hand. */
function fakePage({ navigation = true } = {}) {
  document.body.replaceChildren();
  let state: DocumentReadyState = 'complete';
  Object.defineProperty(document, 'readyState', { configurable: true, get: () => state });
  // A fresh target for each test: `document` itself outlives them.
  const documentEvents = new EventTarget();
  document.addEventListener = ((type: string, listener: Listener, options?: AddEventListenerOptions) =>
    documentEvents.addEventListener(type, listener, options)) as typeof document.addEventListener;
  const page = Object.assign(new EventTarget(), {
    document,
    location: { href: 'https://desk.test/' },
    ...(navigation ? { navigation: new EventTarget() } : {}),
    setTimeout(callback: () => void) {
      timeouts.set(++lastTimeout, callback);
      requested?.();
      return lastTimeout;
    },
    clearTimeout: (id: number) => timeouts.delete(id),
    setInterval(callback: () => void) {
      intervals.add(callback);
      return callback;
    },
    clearInterval: (callback: () => void) => intervals.delete(callback),
  });
  const timeouts = new Map<number, () => void>();
  const intervals = new Set<() => void>();
  let lastTimeout = 0;
  let requested: (() => void) | undefined;
  const counts = [page, documentEvents, ...(page.navigation ? [page.navigation] : [])].map(countListeners);
  return {
    window: page as unknown as Window,
    timeouts,
    intervals,
    listeners: () => counts.reduce((sum, count) => sum + count(), 0),
    setState(next: DocumentReadyState) {
      state = next;
      documentEvents.dispatchEvent(new Event('readystatechange'));
    },
    setStateSilently(next: DocumentReadyState) {
      state = next;
    },
    /** Changes the address as `pushState` does. */
    push(href: string) {
      page.location.href = href;
      page.navigation?.dispatchEvent(new Event('currententrychange'));
    },
    fire: (type: string, facts = {}) => page.dispatchEvent(Object.assign(new Event(type), facts)),
    tick: () => {
      for (const callback of intervals) callback();
    },
    /** Changes the DOM, and lets the look come that was planned because of it. */
    async draw(html: string) {
      const asked = new Promise<void>((resolve) => {
        requested = resolve;
      });
      document.body.innerHTML = html;
      // While a page is being read, a look is planned anyway.
      if (timeouts.size === 0) await asked;
      runFrames();
    },
    runFrames,
  };
  function runFrames() {
    const due = [...timeouts.values()];
    timeouts.clear();
    for (const callback of due) callback();
  }
}

let reads = 0;
/** Tickets at /t/‹id›, shown as `<main id="t‹id›"><h1>subject</h1></main>`. */
const adapter: PageAdapter = {
  id: 'test',
  deskName: 'Test',
  ticketIdOf: (url) => url.pathname.match(/^\/t\/(\d+)$/)?.[1] ?? null,
  read(document, ticketId): PageReading | null {
    reads += 1;
    const main = document.querySelector(`#t${ticketId}`);
    if (!main) return null;
    const subject = main.querySelector('h1')?.textContent ?? '';
    return {
      facts: { ...noFacts(ticketId), subject },
      agent: null,
      missing: subject ? [] : ['subject'],
    };
  },
  shortcuts: [],
  listsTickets: () => false,
  rows: () => [],
};
const ticket = (id: number, subject = `Ticket ${id}`) => `<main id="t${id}"><h1>${subject}</h1></main>`;

function watch(page: ReturnType<typeof fakePage>) {
  const told: string[] = [];
  const stop = new AbortController();
  const watched = watchTicket(
    page.window,
    [adapter],
    (found) =>
      told.push(
        found
          ? `${found.reading.facts.ticketId} ${found.reading.facts.subject}${found.reading.missing.map((name) => ` -${name}`)}`
          : 'none',
      ),
    stop.signal,
  );
  return { told, stop, ...watched };
}

beforeEach(() => {
  reads = 0;
});

describe('watchTicket', () => {
  it('tells the ticket that is there at once', () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1);
    expect(watch(page).told).toEqual(['1 Ticket 1']);
  });

  it('says nothing on a page that is no ticket', async () => {
    const page = fakePage();
    const { told } = watch(page);
    expect(told).toEqual([]);
    expect(reads).toBe(0);
  });

  it('R17: swaps the ticket with in-page navigation, and never shows the old one under the new address', async () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1);
    const { told } = watch(page);
    // The address changes first; the page still shows ticket 1.
    page.push('https://desk.test/t/2');
    expect(told).toEqual(['1 Ticket 1', 'none']);
    await page.draw(ticket(2));
    expect(told).toEqual(['1 Ticket 1', 'none', '2 Ticket 2']);
    page.push('https://desk.test/list');
    expect(told).toEqual(['1 Ticket 1', 'none', '2 Ticket 2', 'none']);
    page.push('https://desk.test/t/2');
    expect(told.at(-1)).toBe('2 Ticket 2');
  });

  it('R17: looks once more after in-page navigation that stays with a ticket, which may be drawn anew only then', () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1);
    const { told } = watch(page);
    page.push('https://desk.test/t/1#results');
    document.body.innerHTML = ticket(1, 'Changed');
    page.runFrames();
    expect(told).toEqual(['1 Ticket 1', '1 Changed']);
    expect(page.timeouts.size).toBe(0);
  });

  it('waits for a ticket that is drawn late', async () => {
    const page = fakePage();
    page.setStateSilently('loading');
    page.push('https://desk.test/t/1');
    const { told } = watch(page);
    expect(told).toEqual([]);
    await page.draw('<p>Loading</p>');
    expect(told).toEqual([]);
    await page.draw(ticket(1));
    expect(told).toEqual(['1 Ticket 1']);
  });

  it('reads once in a while, however often the page changes', async () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    watch(page);
    const before = reads;
    for (let change = 0; change < 5; change += 1) {
      // Another observer, created later, hears after ours has.
      const heard = new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          resolve();
        }).observe(document, { subtree: true, childList: true });
      });
      document.body.append(document.createElement('p'), document.createElement('p'));
      await heard;
    }
    expect(page.timeouts.size).toBe(1);
    expect(reads).toBe(before);
    page.runFrames();
    expect(reads).toBe(before + 1);
  });

  it('reports missing fields only when the page is complete', async () => {
    const page = fakePage();
    page.setStateSilently('loading');
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1, '');
    const { told } = watch(page);
    expect(told).toEqual([]);
    page.setState('interactive');
    expect(told).toEqual([]);
    page.setState('complete');
    expect(told).toEqual(['1  -subject']);
  });

  it('does not report fields as missing that come before the page is complete', async () => {
    const page = fakePage();
    page.setStateSilently('loading');
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1, '');
    const { told } = watch(page);
    await page.draw(ticket(1));
    page.setState('complete');
    expect(told).toEqual(['1 Ticket 1']);
  });

  it('R17: takes in fields that an application draws later, and stops looking when they never come', async () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    document.body.innerHTML = '<main id="t1"></main>';
    const { told } = watch(page);
    expect(told).toEqual(['1  -subject']);
    await page.draw(ticket(1));
    expect(told).toEqual(['1  -subject', '1 Ticket 1']);

    page.push('https://desk.test/t/2');
    await page.draw('<main id="t2"></main>');
    for (let step = 0; step < 50; step += 1) await page.draw(`<main id="t2"></main><i>${step}</i>`);
    const before = reads;
    document.body.innerHTML = ticket(2);
    await Promise.resolve();
    page.runFrames();
    expect(reads).toBe(before);
  });

  it('tells nothing twice, and tells a change when it is asked to look again or the page comes back from the cache', () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1);
    const { told, readAgain } = watch(page);
    readAgain();
    page.fire('pageshow', { persisted: true });
    page.fire('popstate');
    expect(told).toEqual(['1 Ticket 1']);
    document.body.innerHTML = ticket(1, 'Renamed');
    readAgain();
    expect(told).toEqual(['1 Ticket 1', '1 Renamed']);
    document.body.innerHTML = ticket(1, 'Renamed again');
    page.fire('pageshow', { persisted: true });
    expect(told.at(-1)).toBe('1 Renamed again');
  });

  it.each([true, false])(
    'R17: gives a ticket that is shown under another address its own, which is what the background goes by (Navigation API: %s)',
    (navigation) => {
      const page = fakePage({ navigation });
      const state = { of: 'the page' };
      const replaced: unknown[] = [];
      Object.assign(page.window, {
        history: {
          state,
          replaceState(...[kept, , path]: Parameters<History['replaceState']>) {
            replaced.push([kept, path]);
            page.push(`https://desk.test${path}`);
          },
        },
      });
      const merged = { ...adapter, ownPath: (_: Document, url: URL) => (url.pathname === '/t/1' ? '/t/2' : null) };
      page.push('https://desk.test/t/1');
      document.body.innerHTML = ticket(2);
      const told: unknown[] = [];
      const stop = new AbortController();
      watchTicket(page.window, [merged], (found) => told.push(found?.reading.facts.ticketId), stop.signal);
      page.tick();
      stop.abort();
      expect(told).toEqual(['2']);
      expect(replaced).toEqual([[state, '/t/2']]);
    },
  );

  it('notices in-page navigation where the browser does not tell', () => {
    const page = fakePage({ navigation: false });
    const { told, stop } = watch(page);
    document.body.innerHTML = ticket(1);
    page.push('https://desk.test/t/1');
    expect(told).toEqual([]);
    page.tick();
    expect(told).toEqual(['1 Ticket 1']);
    const before = reads;
    page.tick();
    expect(reads).toBe(before);
    expect(page.intervals.size).toBe(1);
    stop.abort();
    expect(page.intervals.size).toBe(0);
  });

  it.each([true, false])('leaves nothing behind when it is stopped (Navigation API: %s)', async (navigation) => {
    const page = fakePage({ navigation });
    page.push('https://desk.test/t/1');
    const { told, stop, readAgain } = watch(page);
    expect(page.listeners()).toBeGreaterThan(0);
    // A look is on its way.
    const drawn = new Promise<void>((resolve) => {
      const { setTimeout } = page.window;
      page.window.setTimeout = ((callback: () => void) => {
        resolve();
        return setTimeout(callback);
      }) as typeof setTimeout;
    });
    document.body.innerHTML = '<p>Loading</p>';
    await drawn;
    expect(page.timeouts.size).toBe(1);
    stop.abort();
    expect(page.listeners()).toBe(0);
    expect(page.intervals.size).toBe(0);
    expect(page.timeouts.size).toBe(0);
    // Another observer, created later, hears after ours would have.
    const heard = new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        resolve();
      }).observe(document, { subtree: true, childList: true });
    });
    document.body.innerHTML = ticket(1);
    await heard;
    expect(page.timeouts.size).toBe(0);
    readAgain();
    expect(told).toEqual([]);
  });

  it('starts nothing when it is stopped before', () => {
    const page = fakePage();
    page.push('https://desk.test/t/1');
    document.body.innerHTML = ticket(1);
    const told: unknown[] = [];
    watchTicket(page.window, [adapter], (found) => told.push(found), AbortSignal.abort());
    expect(told).toEqual([]);
    expect(page.listeners()).toBe(0);
  });
});
