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
  const broken: DeskApi = { currentUser: lost, readTicket: lost, newestMessages: lost, apply: lost };
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
