import { expect, it } from 'vitest';
import type { DeskApi } from '../../../core/domain/desk';
import { DatabaseUnavailable } from '../../../core/store/database';
import { DAY, SITE, World } from './world';

const HOUR = DAY / 24;
const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };

/** So many cases wait for their customers, and everything of their beginning is done. */
async function waiting(count: number, world?: World): Promise<World> {
  world ??= await World.make();
  for (let ticket = 1; ticket <= count; ticket += 1) {
    await world.open(String(ticket));
    await world.change({ ...CUSTOMER_INPUT, ticketId: String(ticket) });
  }
  await world.pass(20_000);
  return world;
}

it('R14: a database that cannot be opened at the browser’s start is tried again, though the browser has dropped all alarms', async () => {
  const world = await waiting(1);
  const armed: [number | null, number][] = [];
  world.ctx.alarm.arm = async (...alarm) => void armed.push(alarm);
  const unavailable = async () => {
    throw new DatabaseUnavailable('It cannot be opened.');
  };
  Object.assign(world.ctx.cases, { dueTimers: unavailable, nextTimerAt: unavailable, nextEffectAt: unavailable });
  await world.engine.run({ browserStarted: true });
  expect(armed).toEqual([[world.now + 30_000, 0.5]]);
});

it('R13 R14: a help desk that cannot even be asked, because its key is lost, keeps nobody from hearing of what fell due elsewhere', async () => {
  const world = await World.make();
  const other = { ...SITE, siteId: 'desk-2', baseUrl: 'https://other.test', name: 'other.test' };
  await world.ctx.sites.put(other);
  for (const ticketId of ['1', '2', '3']) {
    const commandId = `change-other-${ticketId}`;
    const what = { ...CUSTOMER_INPUT, ticketId, tagId: null, note: null, skipMessage: true };
    expect((await world.cases.change(other, { ...what, commandId, seenGeneration: null })).ok).toBe(true);
  }
  world.now += 1000;
  await waiting(7, world);
  const lost = async () => {
    throw new DOMException('The key does not fit', 'OperationError');
  };
  const broken: DeskApi = {
    currentUser: lost,
    readTicket: lost,
    newestMessages: lost,
    lastAnswerAt: lost,
    apply: lost,
  };
  const { api } = world.ctx.desks;
  world.ctx.desks.api = (site) => (site.siteId === other.siteId ? broken : api(site));
  world.now += 7 * DAY + 2 * HOUR;
  await world.engine.run();
  expect(world.badge).toBe(10);
  expect(world.notifications.filter(({ id }) => id === 'review')).toMatchObject([
    { title: expect.stringMatching(/^10 things fell due/) },
  ]);
});

it('R13: a notification that the browser does not show keeps nothing off the list, and the button says how much waits', async () => {
  const world = await waiting(7);
  world.ctx.notifier.show = async () => {
    throw new Error('Unable to download all specified images.');
  };
  world.now += 7 * DAY + 2 * HOUR;
  await world.engine.run();
  expect(world.badge).toBe(7);
  expect(await world.ctx.settings.listingSince()).toBeUndefined();
});

it('R14: that a site waits for a login is told with the next run where the browser did not show it', async () => {
  const world = await waiting(1);
  const { show } = world.ctx.notifier;
  world.desk.user = null;
  world.now += 7 * DAY;
  world.notifications = [];
  world.ctx.notifier.show = async () => {
    throw new Error('Unable to download all specified images.');
  };
  await world.engine.run();
  expect(world.notifications).toEqual([]);
  world.ctx.notifier.show = show;
  await world.pass(60_000);
  expect(world.notifications).toMatchObject([{ title: 'desk.test: 1 action waits' }]);
});

it.each([
  ['asks to wait', 'rate-limited'],
  ['is down and says for how long', 'server-error'],
] as const)('R13: a help desk that %s is asked nothing until then, by whichever worker', async (_what, code) => {
  const world = await waiting(4);
  const api = world.desk.api();
  let asked = 0;
  const counted = <A extends unknown[], R>(ask: (...args: A) => R) => {
    return (...args: A): R => {
      asked += 1;
      return ask(...args);
    };
  };
  let waits = true;
  world.ctx.desks.api = () => ({
    currentUser: counted(api.currentUser),
    newestMessages: counted(api.newestMessages),
    lastAnswerAt: counted(api.lastAnswerAt),
    apply: counted(api.apply),
    readTicket: counted(async (ticketId: string) =>
      waits ? { ok: false as const, code, message: 'Slower.', retryAfterMs: HOUR / 2 } : api.readTicket(ticketId),
    ),
  });
  const { api: counting } = world.ctx.desks;
  const worker = () => {
    world.startWorker();
    world.ctx.desks.api = counting;
    return world.engine.run();
  };
  world.now += DAY;
  await worker();
  expect(asked).toBeGreaterThan(0);
  asked = 0;
  const until = world.now + HOUR / 2;
  while (world.now < until - 5 * 60_000) {
    world.now += 5 * 60_000;
    await worker();
  }
  expect(asked).toBe(0);
  waits = false;
  world.now = until + 1;
  await worker();
  expect(asked).toBeGreaterThan(0);
});

it('R13: one that asks for days is asked again after an hour, and at once where the clock has gone back', async () => {
  const world = await waiting(1);
  const api = world.desk.api();
  let asked = 0;
  world.ctx.desks.api = () => ({
    ...api,
    currentUser: async () => {
      asked += 1;
      return { ok: false, code: 'rate-limited', message: 'Slower.', retryAfterMs: 3 * DAY };
    },
  });
  for (const [passes, times] of [
    [DAY, 1],
    [HOUR / 2, 1],
    [HOUR / 2, 2],
    [-DAY / 2, 3],
  ] as const) {
    world.now += passes;
    await world.engine.run();
    expect(asked).toBe(times);
  }
});
