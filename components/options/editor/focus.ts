import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const FOCUSABLE = 'a[href], button:not([tabindex="-1"]), input, select, textarea';

/** What had the focus and is taken off the page (removed, undone) hands it to what is nearest to where it was, not to the page. */
export function useFocusKept(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const within = ref.current;
    if (!within) return;
    let around: Element[] = [];
    const remember = ({ target }: Event) => {
      around = [];
      for (
        let one = target instanceof Element ? target : null;
        one && one !== within.parentElement;
        one = one.parentElement
      )
        around.push(one);
    };
    const observer = new MutationObserver(() => {
      if (around[0]?.isConnected !== false || document.activeElement !== document.body) return;
      const left = around.map((one) => (one.isConnected ? one.querySelector<HTMLElement>(FOCUSABLE) : null));
      left.find((one) => one !== null)?.focus();
    });
    within.addEventListener('focusin', remember);
    observer.observe(within, { childList: true, subtree: true });
    return () => {
      within.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}
