import { type ReadonlySignal, signal } from '@preact/signals';

/**
 * A signal of the background's time in ms since 1970, ticking until `stop` aborts.
 * The background's clock counts, not this page's: dates and countdowns then agree with what the background will do.
 */
export function makeClock(stop: AbortSignal): {
  now: ReadonlySignal<number>;
  /** Takes the background's time as of just now. */
  sync(backgroundNow: number): void;
  /** Every second while something counts down; otherwise rarely, which is enough for minutes. */
  setPace(pace: 'seconds' | 'minutes'): void;
} {
  let aheadMs = 0;
  let pace: 'seconds' | 'minutes' | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  const now = signal(Date.now());
  const tick = () => {
    now.value = Date.now() + aheadMs;
  };
  stop.addEventListener('abort', () => clearInterval(timer), { once: true });
  return {
    now,
    sync(backgroundNow) {
      aheadMs = backgroundNow - Date.now();
      tick();
    },
    setPace(next) {
      if (next === pace || stop.aborted) return;
      pace = next;
      clearInterval(timer);
      timer = setInterval(tick, next === 'seconds' ? 1000 : 15_000);
    },
  };
}
