import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const CALM_MS = 200;

/**
 * Lets an element rise that a person has asked for. What comes with the page is simply there: on a long page each frame of
 * a movement costs. Not by a style: that would begin anew whenever a page throws the panel out and it comes back.
 */
export function useAppearing(ref: RefObject<HTMLElement | null>, asked = true): void {
  useLayoutEffect(() => {
    if (!asked || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const from = { opacity: 0, transform: 'translateY(6px) scale(0.99)' };
    ref.current?.animate?.([from, { opacity: 1, transform: 'none' }], {
      duration: CALM_MS,
      easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
    });
  }, []);
}
