import { useEffect } from 'preact/hooks';

const FOCUSABLE = 'a[href], button:not([tabindex="-1"]), input, select, textarea, summary';

const firstIn = (element: Element | null | undefined): HTMLElement | null => {
  if (!element?.isConnected) return null;
  return element.matches(FOCUSABLE) ? (element as HTMLElement) : element.querySelector<HTMLElement>(FOCUSABLE);
};

/**
 * What had the focus and is taken off the page (removed, undone, moved) hands it to what is nearest to where it was: to
 * what came after it, to what came before it, or to what is around it, instead of to the page as a whole.
 */
export function useFocusKept(): void {
  useEffect(() => {
    /** What had the focus last, and what it was in, from the inside out, each with its neighbours. */
    let around: { element: Element; next: Element | null; previous: Element | null }[] = [];
    const remember = ({ target }: Event) => {
      around = [];
      let element = target instanceof Element ? target : null;
      for (; element && element !== document.body; element = element.parentElement)
        around.push({ element, next: element.nextElementSibling, previous: element.previousElementSibling });
    };
    const isLost = () => around[0]?.element.isConnected === false && document.activeElement === document.body;
    const handOn = () => {
      if (!isLost()) return;
      const taken = around.filter(({ element }) => !element.isConnected).at(-1);
      const left = around.find(({ element }) => element.isConnected);
      (firstIn(taken?.next) ?? firstIn(taken?.previous) ?? nearest(left?.element))?.focus();
    };
    const observer = new MutationObserver(() => {
      // After what the page itself does once it is drawn: where it has a better place, that is it.
      if (isLost()) requestAnimationFrame(() => setTimeout(handOn));
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}

/** What can have the focus in the closest of what is around. */
function nearest(from: Element | undefined): HTMLElement | null {
  for (let one = from ?? null; one; one = one.parentElement) {
    const found = firstIn(one);
    if (found) return found;
  }
  return null;
}
