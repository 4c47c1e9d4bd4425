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

/** To be made once at each start of the worker, which is counted when it is first asked for: nobody's answer waits for that. */
export function browserFacts(clock: Clock): BrowserFacts {
  const startedAt = clock.now();
  let counted: Promise<{ starts: number; startedAt: number }> | undefined;
  const count = async () => {
    const known = (await browser.storage.session.get(KEY))[KEY] as { starts: number } | undefined;
    const worker = { starts: (known?.starts ?? 0) + 1, startedAt };
    await browser.storage.session.set({ [KEY]: worker });
    return worker;
  };
  return {
    extension: () => browser.runtime.getManifest().version,
    browser: () => browserName(navigator.userAgent),
    worker() {
      counted ??= count();
      return counted;
    },
    alarms: async () =>
      (await browser.alarms.getAll()).map(({ name, scheduledTime, periodInMinutes }) => ({
        name,
        at: scheduledTime,
        everyMinutes: periodInMinutes ?? null,
      })),
  };
}
