import { browser } from '@wxt-dev/browser';
import type { BrowserFacts, Clock } from '../app/ports';

const KEY = 'worker';

/** "Firefox 153", "Edge 156"; what a browser says of itself is long, and partly not true. */
function browserName(userAgent: string): string {
  for (const [name, form] of [
    ['Firefox', /Firefox\/([\d.]+)/],
    ['Edge', /Edg\/(\d+)/],
    ['Chromium', /Chrom(?:e|ium)\/(\d+)/],
  ] as const) {
    const version = userAgent.match(form)?.[1];
    if (version) return `${name} ${version}`;
  }
  return 'unknown';
}

/** To be made once at each start of the worker: it counts them. */
export function browserFacts(clock: Clock): BrowserFacts {
  const counted = (async () => {
    const known = (await browser.storage.session.get(KEY))[KEY] as { starts: number; startedAt: number } | undefined;
    const worker = { starts: (known?.starts ?? 0) + 1, startedAt: clock.now() };
    await browser.storage.session.set({ [KEY]: worker });
    return worker;
  })();
  // Whoever asks for it is told; nobody may ever.
  counted.catch(() => undefined);
  return {
    extension: () => browser.runtime.getManifest().version,
    browser: () => browserName(navigator.userAgent),
    worker: () => counted,
    alarms: async () =>
      (await browser.alarms.getAll()).map(({ name, scheduledTime, periodInMinutes }) => ({
        name,
        at: scheduledTime,
        everyMinutes: periodInMinutes ?? null,
      })),
  };
}
