/** The browser's APIs behind the app's ports. */

import { type Browser, browser } from '@wxt-dev/browser';
import type {
  AlarmPort,
  Badge,
  Clock,
  DeskWait,
  DeskWaits,
  Log,
  NotificationAction,
  Notifier,
  Permissions,
  Remembered,
  Seen,
  SeenTickets,
  Tabs,
} from '../app/ports';
import type { Push } from '../contract/messages';
import { permissionPattern } from '../contract/origin';
import { appWords } from '../words/app';

export const ALARM = 'due';
export const HEARTBEAT = 'heartbeat';
const SEEN = 'seen:';
const WAIT = 'wait:';
const TROUBLE_TOLD_AT = 'trouble-told-at';
/** Waits shorter than this are also covered by a timeout: an alarm may come up to half a minute late. */
const SOON_MS = 45_000;

/** The one file that reads the clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Not by `Intl`: the first format that is made in a process takes longer than all else of an answer.
  timeZone: () => Temporal.Now.timeZoneId(),
};

/** One alarm at the earliest due time and one heartbeat, compared before they are touched: see docs/adr/0001-one-alarm.md. */
export function browserAlarm(clock: Clock, ring: () => void): AlarmPort {
  let soon: ReturnType<typeof setTimeout> | undefined;
  return {
    async arm(at, heartbeatMinutes) {
      clearTimeout(soon);
      if (at !== null && at - clock.now() < SOON_MS) soon = setTimeout(ring, Math.max(0, at - clock.now()));
      const [due, heartbeat] = await Promise.all([browser.alarms.get(ALARM), browser.alarms.get(HEARTBEAT)]);
      if (at === null) await browser.alarms.clear(ALARM);
      else if (!due || Math.abs(due.scheduledTime - at) > 1000) browser.alarms.create(ALARM, { when: at });
      // A beat further ahead than one period was set by a clock that was ahead: until then there would be none.
      const strayed = (heartbeat?.scheduledTime ?? 0) - clock.now() > heartbeatMinutes * 60_000 + 1000;
      if (heartbeat?.periodInMinutes !== heartbeatMinutes || strayed)
        browser.alarms.create(HEARTBEAT, { periodInMinutes: heartbeatMinutes });
    },
  };
}

const actionWords = (action: NotificationAction) => (action === 'undo' ? appWords.undo : appWords.snoozeADay);

export const browserNotifier: Notifier = {
  async show(id, title, message, { actions = [], stays = false } = {}) {
    const options = { type: 'basic', iconUrl: browser.runtime.getURL('icon/128.png'), title, message } as const;
    // Firefox knows none of these, and refuses a notification that has any.
    const more = import.meta.env.FIREFOX
      ? {}
      : { requireInteraction: stays, buttons: actions.map((action) => ({ title: actionWords(action) })) };
    await browser.notifications.create(id, { ...options, ...more });
  },
  async clear(id) {
    await browser.notifications.clear(id);
  },
};

export const browserBadge: Badge = {
  async show(count) {
    await browser.action.setBadgeBackgroundColor({ color: '#b3261e' });
    await browser.action.setBadgeText({ text: count === 0 ? '' : count > 99 ? '99+' : String(count) });
    await browser.action.setTitle({ title: count === 0 ? appWords.name : appWords.waitsForYou(count) });
  },
};

export function browserTabs(log: Log): Tabs {
  const send = async (tabs: readonly Browser.tabs.Tab[], push: Push) => {
    await Promise.all(
      tabs
        .flatMap(({ id }) => id ?? [])
        .map((tabId) =>
          browser.tabs.sendMessage(tabId, push).catch((error: unknown) => {
            // A tab that was open before the grant has nobody listening; it asks when it is looked at.
            if (
              !/Receiving end does not exist|message channel closed|message port closed|No tab with id|Invalid tab ID/i.test(
                String(error),
              )
            )
              log.error('push', error);
          }),
        ),
    );
  };
  return {
    async push(baseUrl, make) {
      const origin = new URL(baseUrl).origin;
      const found = await browser.tabs.query({ url: permissionPattern(baseUrl) });
      const tabs = found.filter((tab) => tab.url?.startsWith(origin));
      if (tabs.length > 0) await send(tabs, await make());
    },
    async lookAgain() {
      await send(await browser.tabs.query({}), { push: 'look-again' });
    },
  };
}

export const browserPermissions: Permissions = {
  has: (origin) => browser.permissions.contains({ origins: [permissionPattern(origin)] }),
};

/** In the browser's memory only, for its session; content scripts cannot read it. */
export const sessionSeen: SeenTickets = {
  async get(caseKey) {
    const key = SEEN + caseKey;
    return (await browser.storage.session.get(key))[key] as Seen | undefined;
  },
  async set(caseKey, seen) {
    const { session } = browser.storage;
    const row = { [SEEN + caseKey]: seen };
    try {
      await session.set(row);
    } catch {
      // Full, after some ten thousand tickets: what was shown before is found out again when it is shown again.
      await session.remove(Object.keys(await session.get(null)).filter((key) => key.startsWith(SEEN)));
      await session.set(row);
    }
  },
};

export const sessionWaits: DeskWaits = {
  async get(siteId) {
    const key = WAIT + siteId;
    return (await browser.storage.session.get(key))[key] as DeskWait | undefined;
  },
  set: (siteId, wait) => browser.storage.session.set({ [WAIT + siteId]: wait }),
};

/** When the person was last told that nothing can be stored, ms since 1970. */
export const troubleToldAt: Remembered<number> = {
  async get() {
    const at = (await browser.storage.session.get(TROUBLE_TOLD_AT))[TROUBLE_TOLD_AT];
    return typeof at === 'number' ? at : undefined;
  },
  async set(at) {
    await browser.storage.session.set({ [TROUBLE_TOLD_AT]: at });
  },
};
