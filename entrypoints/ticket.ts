import { browser } from '@wxt-dev/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import tokens from '../assets/tokens/page.css?inline';
import { startOverlay } from '../components/overlay/overlay';
import { makeAsk } from '../core/contract/client';
import type { Push } from '../core/contract/messages';
import { speak } from '../core/words/language';

const STOP = '__csoStop';

/**
 * The first stage, on every page of a granted site. Registered at run time, for granted sites only; unlisted, so that
 * neither the manifest names hosts for it nor each page loads what WXT adds to content scripts.
 */
export default defineUnlistedScript(function begin() {
  if (window.top !== window) return;
  const globals = globalThis as Record<string, unknown>;
  // Injected twice (a grant while the page was open, then a registration): the later copy takes over.
  if (typeof globals[STOP] === 'function') globals[STOP]();
  // Until the background has said which language is chosen. What the extension's own API would say takes it longer.
  speak(navigator.language);
  const life = new AbortController();
  globals[STOP] = () => life.abort();
  // A page that writes itself anew (`document.open`) takes all listeners away: then as if injected once more.
  window.addEventListener(STOP, (event) => event.preventDefault(), { signal: life.signal });
  new MutationObserver((_changes, observer) => {
    if (!window.dispatchEvent(new Event(STOP, { cancelable: true }))) return;
    observer.disconnect();
    begin();
  }).observe(document, { childList: true });
  startOverlay(
    window,
    {
      ask: makeAsk((message) => browser.runtime.sendMessage(message)),
      onPush(listener, signal) {
        const heard = (message: unknown) => {
          // Only the background sends messages to pages; what it says here is typed by the same table.
          if ((message as Partial<Push> | null)?.push) listener(message as Push);
        };
        browser.runtime.onMessage.addListener(heard);
        signal.addEventListener('abort', () => browser.runtime?.onMessage.removeListener(heard));
      },
      // In an orphaned script `runtime` itself can be gone.
      alive: () => Boolean(browser.runtime?.id),
    },
    { mode: import.meta.env.MODE === 'e2e' ? 'open' : 'closed', styles: tokens },
    life.signal,
  );
});
