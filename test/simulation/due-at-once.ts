import { builtinTemplates } from '../../core/domain/builtin-templates';
import { plainCalendar } from '../../core/domain/calendar';
import { decide } from '../../core/domain/decide';
import { pagesOf } from '../../core/store/history-pages';
import { putAll } from '../core/store/rows';
import { Browser, SITE, TIME_ZONE } from './browser';
import { Random } from './random';
import { ScriptedDesk } from './scripted-desk';

const DAY_MS = 86_400_000;
const BATCH = 1000;

/**
 * A browser that comes back after a month to so many timers, all of them due: they become one list with one notification;
 * none acts, none is lost, none is listed twice.
 * @returns what was broken, in words; `null`: nothing
 */
export async function simulateDueAtOnce(seed: number, timers: number): Promise<string | null> {
  let now = Date.UTC(2026, 10, 17, 14);
  const random = new Random(seed);
  const desk = new ScriptedDesk(random, () => now);
  const browser = await Browser.start(
    random,
    () => now,
    desk,
    builtinTemplates,
    0,
    () => undefined,
  );
  await enterCases(browser, now, timers / 2);
  now += 30 * DAY_MS;
  browser.killEvery = timers / 2;
  browser.startWorker();
  await browser.settle();

  const listed = await browser.db.read(['timers'], (transaction) => {
    const due = IDBKeyRange.bound(['review', 0], ['review', now], false, true);
    return transaction.objectStore('timers').index('[heldFor+dueAt]').count(due);
  });
  const armed = await browser.store.nextTimers(1, new Set([SITE.siteId]));
  const [error] = browser.errors;
  const [notification, ...more] = browser.notifications.values();
  browser.db.close();
  if (error !== undefined) return `an error: ${String(error)}`;
  if (listed !== timers || armed.length > 0) return `promise 3: ${listed} of ${timers} timers are on the list`;
  if (!notification?.startsWith(`${timers} things`) || more.length > 0)
    return `promise 8: ${more.length + 1} notifications, the first "${notification}"`;
  const sent = [...desk.tickets.values()].flatMap(({ messages }) => messages).filter(({ by }) => by === 'agent');
  return sent.length > 0 ? `promise 8: ${sent.length} messages went out at once` : null;
}

/** Cases that wait for a customer, each with a reminder and a close. */
async function enterCases({ db, ctx }: Browser, at: number, count: number): Promise<void> {
  const template = await ctx.templates.newest('support');
  if (!template) throw new Error('No template');
  const grounds = {
    template,
    otherTemplate: null,
    calendar: plainCalendar(TIME_ZONE),
    siteId: SITE.siteId,
    adapterId: SITE.adapterId,
    timeZone: TIME_ZONE,
    deskTells: [],
    alwaysHolds: false,
  };
  for (let from = 1; from <= count; from += BATCH) {
    const entered = Array.from({ length: Math.min(BATCH, count - from + 1) }, (_, index) => {
      const ticketId = String(from + index);
      const decision = decide(
        { ...grounds, record: null, timers: [], effects: [] },
        {
          commandId: `enter-${ticketId}`,
          at,
          actor: { login: 'erin', name: 'Erin' },
          deed: {
            type: 'change',
            by: 'person',
            to: { statusId: 'pending', subStatusId: 'customer-input', tagId: null },
            note: null,
            skipMessage: false,
            facts: {
              ticketId,
              subject: `Subject ${ticketId}`,
              // As the template wants it: nothing has to be written.
              nativeStatus: 'pending',
              requester: { login: 'alice', name: 'Alice' },
              assignee: null,
              queue: 'Support',
              type: null,
              lastMessageId: '1',
            },
            seenGeneration: null,
          },
        },
      );
      if (!decision.ok) throw new Error(decision.message);
      return decision;
    });
    await Promise.all([
      putAll(
        db,
        'cases',
        entered.map(({ next }) => next),
      ),
      putAll(db, 'history', pagesOf(entered.flatMap(({ history }) => history))),
      putAll(
        db,
        'timers',
        entered.flatMap(({ timers }) => timers),
      ),
    ]);
  }
}
