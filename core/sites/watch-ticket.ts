import { onNavigation } from './navigation';
import type { PageAdapter, PageReading } from './site-adapter';

interface Watched {
  adapter: PageAdapter;
  reading: PageReading;
}

/** How often a drawn ticket with missing fields is looked at again: an application may draw it in several steps. */
const LOOKS_FOR_MISSING = 50;
const LOOK_EVERY_MS = 40;

/**
 * Tells which ticket a page shows, now and after every in-page navigation, until `signal` aborts. `null`: none.
 * A page that is still being built is watched until its ticket is there; fields that stay missing are reported once it is.
 */
export function watchTicket(
  page: Window,
  adapters: readonly PageAdapter[],
  onTicket: (ticket: Watched | null) => void,
  signal: AbortSignal,
): { readAgain(): void } {
  const { document } = page;
  if (signal.aborted) return { readAgain() {} };
  let shownHref = '';
  let reported: string | null = null;
  let timer = 0;
  let looksLeft = LOOKS_FOR_MISSING;

  const find = (): Watched | 'later' | null => {
    const url = new URL(page.location.href);
    for (const adapter of adapters) {
      const path = adapter.ownPath?.(document, url);
      if (path) {
        // The background believes a page's address alone.
        page.history.replaceState(page.history.state, '', path);
        url.href = page.location.href;
      }
      const ticketId = adapter.ticketIdOf(url);
      if (ticketId === null) continue;
      const reading = adapter.read(document, ticketId);
      if (reading && (reading.missing.length === 0 || document.readyState === 'complete')) return { adapter, reading };
      return 'later';
    }
    return null;
  };

  // Now and then, however busy the page is. Not with its frames: to ask for one makes the browser lay out a page that it
  // has read half of.
  const lookSoon = () => {
    timer ||= page.setTimeout(() => {
      timer = 0;
      check();
    }, LOOK_EVERY_MS);
  };
  const observer = new MutationObserver(lookSoon);
  const lookAgain = () => {
    // To be told of every element of a long page while it is read costs more than to look.
    if (document.readyState === 'loading') lookSoon();
    // Of attributes and words too: an application may use the elements of the last ticket for this one.
    else observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  };
  const stopObserving = () => {
    observer.disconnect();
    page.clearTimeout(timer);
    timer = 0;
  };

  const check = () => {
    if (signal.aborted) return;
    if (page.location.href !== shownHref) looksLeft = LOOKS_FOR_MISSING;
    shownHref = page.location.href;
    const found = find();
    if (found === 'later') {
      if (reported !== null) report(null);
      lookAgain();
      return;
    }
    if (found && found.reading.missing.length > 0 && looksLeft > 0) {
      looksLeft -= 1;
      lookAgain();
    } else stopObserving();
    report(found);
  };

  const report = (found: Watched | null) => {
    const key = found && JSON.stringify([found.adapter.id, found.reading]);
    if (key === reported) return;
    reported = key;
    onTicket(found);
  };

  onNavigation(
    page,
    () => {
      if (page.location.href === shownHref) return;
      check();
      // A page may change its address first, and still show the same ticket as it was.
      lookSoon();
    },
    signal,
  );
  document.addEventListener('readystatechange', () => check(), { signal });
  // Back from the cache: what was shown may be old.
  page.addEventListener('pageshow', (event) => event.persisted && check(), { signal });
  signal.addEventListener('abort', stopObserving);
  check();
  return { readAgain: check };
}
