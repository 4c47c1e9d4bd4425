import { describe, expect, it } from 'vitest';
import { quietUntilOf } from '../../../core/app/notifications';
import { Preferences } from '../../../core/app/preferences';
import { Review } from '../../../core/app/review';
import { DAY, SITE, World } from './world';

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };
const HOUR = 3_600_000;

/** So many cases wait for their customers, and everything of their beginning is done. */
async function waiting(count: number): Promise<World> {
  const world = await World.make();
  for (let ticket = 1; ticket <= count; ticket += 1) {
    await world.open(String(ticket));
    await world.change({ ...CUSTOMER_INPUT, ticketId: String(ticket) });
  }
  await world.pass(20_000);
  world.notifications = [];
  return world;
}

/** The browser was closed for a while; then it is started again. */
async function comeBack(world: World, after: number): Promise<void> {
  world.now += after;
  world.startWorker();
  await world.settle();
}

/** A run whose worker dies over its `nth` commit. */
async function runUntilCommit(world: World, nth: number): Promise<void> {
  const { commit } = world.ctx.cases;
  let commits = 0;
  await new Promise<void>((died) => {
    world.ctx.cases.commit = (...parts) => {
      commits += 1;
      if (commits < nth) return commit(...parts);
      died();
      return new Promise(() => undefined);
    };
    void world.engine.run();
  });
  world.ctx.cases.commit = commit;
}

const reviewOf = (world: World) => new Review(world.ctx, () => void world.engine.run());

async function listOf(world: World) {
  const answer = await reviewOf(world).list();
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

describe('R13, R14: after a long absence', () => {
  it('five late actions still happen by themselves', async () => {
    const world = await waiting(5);
    await comeBack(world, 8 * DAY);
    expect(world.desk.sent).toHaveLength(5);
    expect(await listOf(world)).toEqual([]);
  });

  it('more become one list with one notification, and nothing is sent or closed', async () => {
    const world = await waiting(8);
    await comeBack(world, 30 * DAY);
    expect(world.desk.sent).toEqual([]);
    expect(await world.status('7')).toBe('Pending – Customer Input');
    expect(world.notifications).toEqual([{ id: 'review', title: '16 things fell due while you were away' }]);
    expect(await listOf(world)).toHaveLength(16);
    expect(world.badge).toBe(16);
    await world.pass(DAY);
    expect(world.desk.sent).toEqual([]);
    expect(world.errors).toEqual([]);
  });

  it('nobody has looked for more than 400 days, or the clock is ahead: not even one acts by itself', async () => {
    const world = await waiting(1);
    await comeBack(world, 401 * DAY);
    expect(world.desk.sent).toEqual([]);
    // The reminder is not 400 days late itself, the close neither.
    expect(await listOf(world)).toHaveLength(2);
    expect(world.notifications.map(({ id }) => id)).toEqual(['review']);
  });

  it('what waited for a login when the browser was closed is late as well', async () => {
    const world = await waiting(8);
    world.desk.user = null;
    await world.pass(7 * DAY + 60_000);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await comeBack(world, 14 * DAY);
    expect(world.desk.sent).toEqual([]);
    expect(await listOf(world)).toHaveLength(8);
  });

  it('what a person let go on, and nobody was there again, is listed again', async () => {
    const world = await waiting(8);
    await comeBack(world, 8 * DAY);
    const ids = (await listOf(world)).map(({ timerId }) => timerId);
    world.desk.user = null;
    await reviewOf(world).settle(ids, 'act');
    world.desk.user = { login: 'erin', name: 'Erin' };
    await comeBack(world, DAY);
    expect(await listOf(world)).toHaveLength(8);
    expect(world.desk.sent).toEqual([]);
  });

  it('R13: what else waits for a login is told with the list, in the same notification', async () => {
    const world = await waiting(7);
    world.desk.user = null;
    await world.change({ ticketId: '1', statusId: 'in-progress' });
    await comeBack(world, 30 * DAY);
    expect(world.notifications).toEqual([{ id: 'review', title: '12 things fell due while you were away' }]);
    await world.pass(DAY);
    expect(world.notifications).toHaveLength(1);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.pass(HOUR);
    expect(await world.ctx.settings.pause(SITE.siteId)).toBeUndefined();
  });

  it('a browser that starts again tells once more of a list that still waits, and of none', async () => {
    const world = await waiting(6);
    await world.engine.run({ browserStarted: true });
    expect(world.notifications).toEqual([]);
    await comeBack(world, 30 * DAY);
    await world.ctx.notifier.clear('review');
    await world.pass(DAY);
    expect(world.notifications).toEqual([]);
    await world.engine.run({ browserStarted: true });
    expect(world.notifications).toEqual([{ id: 'review', title: '12 things still to look at' }]);
  });

  it('a worker that dies over the list has said that there is one', async () => {
    const world = await waiting(8);
    world.now += 30 * DAY;
    await runUntilCommit(world, 5);
    expect(world.notifications).toEqual([{ id: 'review', title: 'Things fell due while you were away' }]);
  });

  it('a worker that dies over the list has left the rest to the next, however few they are', async () => {
    const world = await waiting(3);
    world.now += 30 * DAY;
    await runUntilCommit(world, 3);
    await comeBack(world, 0);
    expect(world.desk.sent).toEqual([]);
    expect(await listOf(world)).toHaveLength(6);
    expect(world.notifications).toEqual([{ id: 'review', title: '6 things fell due while you were away' }]);
    // The next ones that are late are few: they act by themselves again.
    await world.open('4');
    await world.change({ ...CUSTOMER_INPUT, ticketId: '4' });
    await world.pass(20_000);
    await comeBack(world, 8 * DAY);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('a worker that dies before it has looked at everything finds the same again', async () => {
    const world = await waiting(1);
    world.now += 401 * DAY;
    const { dueTimers } = world.ctx.cases;
    const died = new Promise<void>((resolve) => {
      world.ctx.cases.dueTimers = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    void world.engine.run();
    await died;
    world.ctx.cases.dueTimers = dueTimers;
    await comeBack(world, 0);
    expect(world.desk.sent).toEqual([]);
    expect(await listOf(world)).toHaveLength(2);
  });

  it('a late list says of each what it is, and since when', async () => {
    const world = await waiting(6);
    const enteredAt = (await world.view('1')).enteredAt ?? 0;
    await comeBack(world, 8 * DAY);
    expect((await listOf(world))[0]).toMatchObject({
      ticketId: '1',
      subject: 'Printer on fire',
      statusName: 'Pending – Customer Input',
      text: 'Reminder to Alice',
      kind: 'reminder',
      dueAt: enteredAt + 7 * DAY,
      why: null,
      url: 'https://desk.test/tickets/1',
    });
  });

  it('applied, each is checked again and acts; the close keeps its distance from the reminder', async () => {
    const world = await waiting(6);
    await comeBack(world, 30 * DAY);
    const reminders = (await listOf(world)).filter(({ kind }) => kind === 'reminder').map(({ timerId }) => timerId);
    expect(await reviewOf(world).settle(reminders, 'act')).toEqual({ ok: true, value: { settled: 6, left: 0 } });
    await world.settle();
    expect(world.desk.sent).toHaveLength(6);
    expect(await listOf(world)).toEqual([]);
    expect(world.notifications.map(({ id }) => id)).not.toContain('review');
    expect(world.badge).toBe(0);
    const close = (await world.view('1')).next.find(({ kind }) => kind === 'auto-close');
    expect(close).toMatchObject({ dueAt: world.now + 21 * DAY, held: false });
  });

  it('dropped, they never act', async () => {
    const world = await waiting(6);
    await comeBack(world, 8 * DAY);
    const ids = (await listOf(world)).map(({ timerId }) => timerId);
    await reviewOf(world).settle(ids, 'drop');
    await world.pass(5 * DAY);
    expect(world.desk.sent).toEqual([]);
    expect(await reviewOf(world).settle(ids, 'act')).toEqual({ ok: true, value: { settled: 0, left: 6 } });
  });

  it('a customer who answered meanwhile is not reminded by applying the list', async () => {
    const world = await waiting(6);
    world.desk.say('customer', 'Here is the log.');
    await comeBack(world, 8 * DAY);
    const ids = (await listOf(world)).map(({ timerId }) => timerId);
    await reviewOf(world).settle(ids, 'act');
    await world.settle();
    expect(world.desk.sent).toEqual([]);
    expect(await world.status('1')).toBe('Update Received');
  });
});

describe('nobody is logged in', () => {
  it('the site pauses with one notification, and goes on by itself', async () => {
    const world = await waiting(3);
    world.desk.user = null;
    await world.pass(7 * DAY + HOUR);
    expect(world.notifications).toEqual([{ id: `${SITE.siteId}/|pause`, title: 'desk.test: 3 actions wait' }]);
    await world.pass(2 * DAY);
    expect(world.notifications).toHaveLength(1);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.pass(HOUR);
    expect(world.desk.sent).toHaveLength(3);
    expect(world.notifications.map(({ id }) => id)).not.toContain(`${SITE.siteId}/|pause`);
  });

  it('no patience runs out meanwhile: the close happens after the login', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    world.desk.user = null;
    await world.pass(14 * DAY + 30 * HOUR);
    expect((await world.view()).next[0]).toMatchObject({ kind: 'auto-close', held: false });
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.pass(HOUR);
    expect(await world.status()).toBe('Closed');
  });

  it('asks the help desk who is logged in once, however much waits', async () => {
    const world = await waiting(4);
    world.desk.user = null;
    let asked = 0;
    world.desk.onSession = () => {
      asked += 1;
    };
    world.now += 7 * DAY;
    await world.engine.run();
    expect(asked).toBe(1);
  });
});

describe('a clock that goes back', () => {
  it('holds the timers and says so; a person releases them', async () => {
    const world = await waiting(1);
    world.now -= 3 * DAY;
    await world.settle();
    const view = await world.view();
    expect(view.attention).toMatch(/clock of this computer went back/);
    expect(view.next.filter(({ kind }) => kind !== 'reply').every(({ held }) => held)).toBe(true);
    await world.pass(12 * DAY);
    expect(world.desk.sent).toEqual([]);
    await world.cases.hold(await world.site, { ticketId: '1', commandId: 'release-1', on: false });
    // The reminder was 10 days away by the clock that went back.
    await world.pass(10 * DAY + HOUR);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('forgets what was put off while it was ahead', async () => {
    const world = await waiting(1);
    world.desk.user = null;
    world.now += 400 * DAY;
    await world.settle();
    const { nextAt } = (await world.stored('1')).timers.toSorted((a, b) => a.dueAt - b.dueAt)[0] ?? { nextAt: 0 };
    expect(nextAt).toBeGreaterThan(world.now);
    world.now -= 390 * DAY;
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.settle();
    expect(world.desk.sent).toHaveLength(1);
  });

  it('sends what was on its way all the same', async () => {
    const world = await World.make();
    await world.open();
    world.now += 400 * DAY;
    await world.change(CUSTOMER_INPUT);
    world.now -= 400 * DAY;
    await world.pass(HOUR);
    expect((await world.view()).outbox).toEqual([]);
    expect(world.desk.status).toBe('pending');
  });

  it('by a few seconds is nothing', async () => {
    const world = await waiting(1);
    world.now -= 30_000;
    await world.settle();
    expect((await world.view()).attention).toBeNull();
  });
});

describe('notifications', () => {
  it('more than five at once become one', async () => {
    const world = await waiting(6);
    await world.pass(7 * DAY);
    expect(world.desk.sent).toHaveLength(6);
    expect(world.notifications).toEqual([{ id: 'digest', title: '6 cases have news' }]);
  });

  it('wait in quiet hours, and come when these are over', async () => {
    const world = await waiting(1);
    // The reminder falls due at 14:02 UTC.
    await world.configure({ off: [], quiet: { from: '13:00', to: '15:00' }, digestAbove: 5 });
    await world.pass(7 * DAY);
    expect(world.desk.sent).toHaveLength(1);
    expect(world.notifications).toEqual([]);
    await world.pass(HOUR);
    expect(world.notifications).toHaveLength(1);
  });

  it('that quiet hours have put off come by the new ones, when these are changed meanwhile', async () => {
    const world = await waiting(1);
    const preferences = new Preferences(world.ctx, () => undefined);
    await preferences.setNotifications({ off: [], quiet: { from: '13:00', to: '12:00' }, digestAbove: 5 });
    await world.pass(7 * DAY);
    expect(world.notifications).toEqual([]);
    const settings = { off: [], quiet: null, digestAbove: 5 };
    expect(await preferences.setNotifications(settings)).toEqual({ ok: true, value: settings });
    expect(await preferences.notifications()).toEqual({ ok: true, value: settings });
    await world.settle();
    expect(world.notifications).toHaveLength(1);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('of a kind that is switched off do not come', async () => {
    const world = await waiting(1);
    await world.configure({ off: ['told'], quiet: null, digestAbove: 5 });
    await world.pass(8 * DAY);
    expect(world.notifications).toEqual([]);
  });

  it.each([
    ['12:59', '13:00', '15:00', null],
    ['13:00', '13:00', '15:00', 120],
    ['14:59', '13:00', '15:00', 1],
    ['15:00', '13:00', '15:00', null],
    ['23:30', '22:00', '07:00', 450],
    ['06:59', '22:00', '07:00', 1],
    ['07:00', '22:00', '07:00', null],
  ])('at %s, quiet from %s to %s: %s minutes are left', (at, from, to, left) => {
    const now = Date.parse(`2026-11-21T${at}:30Z`);
    const until = quietUntilOf({ off: [], quiet: { from, to }, digestAbove: 5 }, now, 'UTC');
    expect(until).toBe(left === null ? null : now - 30_000 + left * 60_000);
  });

  it.each([
    ['forward', '2026-03-28T22:30:00Z', '07:00', '2026-03-29T05:00:00Z'],
    ['back', '2026-10-24T21:30:00Z', '07:00', '2026-10-25T06:00:00Z'],
    ['forward, over the time at which they end', '2026-03-28T22:30:00Z', '02:30', '2026-03-29T01:30:00Z'],
  ])('quiet hours of a night in which the clocks go %s end by the clock', (_, at, to, ends) => {
    const settings = { off: [], quiet: { from: '22:00', to }, digestAbove: 5 };
    expect(quietUntilOf(settings, Date.parse(at), 'Europe/Berlin')).toBe(Date.parse(ends));
  });
});
