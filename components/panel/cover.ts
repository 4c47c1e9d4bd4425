/** A page that uncovers the panel in the moment of a click was covering it a moment before. */
const SEEN_FOR_MS = 250;
const PATIENCE_MS = 1500;

export interface Cover {
  /** Whether the element has lain open before the person for a moment; waits for that moment where it has just come. */
  plainlySeen(): Promise<boolean>;
  stop(): void;
}

/** Has the browser watch whether an element is covered, transparent, filtered or out of sight. */
export function watchCover(element: Element): Cover {
  // Firefox cannot tell; there every message waits its moment instead (docs/adr/0020-covered-panel.md).
  if (typeof IntersectionObserverEntry === 'undefined' || !('isVisible' in IntersectionObserverEntry.prototype))
    return { plainlySeen: async () => true, stop() {} };
  let seenSince: number | null = null;
  let changed = () => {};
  // Version 2 of the interface, which TypeScript does not know yet.
  const options = { trackVisibility: true, delay: 100 } as IntersectionObserverInit;
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible: boolean }) | undefined;
    if (!last) return;
    seenSince = last.isVisible ? (seenSince ?? last.time) : null;
    changed();
  }, options);
  observer.observe(element);
  return {
    async plainlySeen() {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const now = performance.now();
        const seenAt = seenSince === null ? until : seenSince + SEEN_FOR_MS;
        if (seenSince !== null && seenAt <= now) return true;
        if (now >= until) return false;
        await new Promise<void>((resolve) => {
          changed = resolve;
          setTimeout(resolve, Math.min(seenAt, until) - now);
        });
      }
    },
    stop: () => observer.disconnect(),
  };
}
