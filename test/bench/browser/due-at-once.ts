import type { Context } from '../../../core/app/context';
import { Engine } from '../../../core/app/engine';
import type { Site } from '../../../core/app/ports';
import { NO_POLICY } from '../../../core/contract/policy';
import { builtinTemplates } from '../../../core/domain/builtin-templates';
import type { DeskApi, DeskMessage } from '../../../core/domain/desk';
import { pagesOf } from '../../../core/store/history-pages';
import { secretStore } from '../../../core/store/secrets';
import {
  calendarStore,
  caseStore,
  draftStore,
  settingsStore,
  siteStore,
  templateStore,
} from '../../../core/store/stores';
import { putAll } from '../../core/store/rows';
import { emptyDatabase, enter, erase, SITE_ID, TIME_ZONE } from './store';

const DAY_MS = 86_400_000;
const ENTER_BATCH = 1000;
const NAME = 'bench-at-once';

export interface AtOnce {
  totalMs: number;
  /** The longest time in which nothing else could run. */
  longestBlockMs: number;
  messages: number;
  listed: number;
}

/**
 * So many reminders that fall due at one moment, until all are dealt with: `awake`, each acts on a help desk that answers at
 * once; in absence, all go on the list.
 */
export async function dueAtOnce(count: number, awake: boolean): Promise<AtOnce> {
  const db = await emptyDatabase(NAME);
  const start = Date.UTC(2026, 10, 17, 14);
  const site: Site = {
    siteId: SITE_ID,
    adapterId: 'demo',
    name: 'desk.test',
    baseUrl: 'https://desk.test',
    templateId: 'support',
    connectedAt: 0,
  };
  await siteStore(db).put(site);
  await templateStore(db, builtinTemplates).all();
  for (let from = 0; from < count; from += ENTER_BATCH) {
    const entered = Array.from({ length: Math.min(ENTER_BATCH, count - from) }, (_, index) =>
      enter(String(from + index), start, { record: null, timers: [], effects: [] }, 'pending'),
    );
    await putAll(
      db,
      'cases',
      entered.map(({ next }) => next),
    );
    await putAll(db, 'history', pagesOf(entered.flatMap(({ history }) => history)));
    await putAll(
      db,
      'timers',
      entered.flatMap(({ timers }) => timers),
    );
  }
  const now = start + 7 * DAY_MS + (awake ? 0 : 2 * DAY_MS);
  const { ctx, messages } = contextOf(db, now);
  // What entering them has left behind is not collected in the middle of the run.
  (globalThis as { gc?: () => void }).gc?.();
  const engine = new Engine(ctx);
  const blocks = watchBlocks();
  const startedAt = performance.now();
  await engine.run();
  const totalMs = performance.now() - startedAt;
  const longestBlockMs = blocks.stop();
  const listed = await ctx.cases.countWaitingForPerson(new Set([SITE_ID]));
  await erase(db, NAME);
  return { totalMs, longestBlockMs, messages: messages.length, listed };
}

function contextOf(db: Awaited<ReturnType<typeof emptyDatabase>>, now: number) {
  const messages: DeskMessage[] = [];
  const api: DeskApi = {
    currentUser: async () => ({ ok: true, user: { login: 'erin', name: 'Erin' } }),
    readTicket: async (ticketId) => ({
      ok: true,
      version: '1',
      lastCustomerMessage: null,
      lastAutomaticMessage: null,
      facts: {
        ticketId,
        subject: `Subject ${ticketId}`,
        nativeStatus: 'pending',
        requester: { login: 'alice@customer.test', name: 'Alice' },
        assignee: null,
        queue: 'Support',
        type: null,
        lastMessageId: '1',
      },
    }),
    newestMessages: async () => ({ ok: true, messages: [] }),
    lastAnswerAt: async () => ({ ok: true, at: null }),
    apply: async (_ticketId, { status, message }) => {
      if (message) messages.push({ id: '2', visibility: message.visibility, text: message.body });
      return { ok: true, nativeStatus: status };
    },
  };
  let ids = 0;
  const seen = new Map<string, Awaited<ReturnType<Context['seen']['get']>>>();
  const ctx: Context = {
    clock: { now: () => now, timeZone: () => TIME_ZONE },
    newId: () => `id-${++ids}`,
    cases: caseStore(db),
    drafts: draftStore(db),
    templates: templateStore(db, builtinTemplates),
    calendars: calendarStore(db),
    sites: siteStore(db),
    settings: settingsStore(db),
    secrets: secretStore(db),
    seen: {
      get: async (key) => seen.get(key),
      set: async (key, value) => void seen.set(key, value),
    },
    waits: { get: async () => undefined, set: async () => undefined },
    dates: { of: async () => null },
    alarm: { arm: async () => undefined },
    notifier: { show: async () => undefined, clear: async () => undefined },
    badge: { show: async () => undefined },
    tabs: { push: async () => undefined, lookAgain: async () => undefined },
    permissions: { has: async () => true },
    log: {
      error: (_where, error) => {
        throw error;
      },
    },
    alwaysHolds: false,
    policy: async () => NO_POLICY,
    browserLanguage: 'en-GB',
    desks: {
      deskName: () => 'Desk',
      shortcuts: () => [],
      takesKey: () => false,
      api: () => api,
      ticketUrl: () => '',
      newTicketUrl: () => '',
      detect: async () => null,
    },
  };
  return { ctx, messages };
}

/** Ticks every few milliseconds, and keeps the longest time by which a tick was late. */
function watchBlocks() {
  const everyMs = 5;
  let last = performance.now();
  let longest = 0;
  // Not as fast as it can: ticks in a tight loop leave so much to collect that they measure the collector.
  const ticks = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - everyMs);
    last = now;
  }, everyMs);
  return {
    stop: () => {
      clearInterval(ticks);
      return longest;
    },
  };
}
