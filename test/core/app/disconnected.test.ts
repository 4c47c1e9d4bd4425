import { describe, expect, it } from 'vitest';
import { Review } from '../../../core/app/review';
import { Sites } from '../../../core/app/sites';
import { caseKeyOf } from '../../../core/domain/case';
import { DAY, SITE, World } from './world';

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };
const HOUR = 3_600_000;

const sitesOf = (world: World) =>
  new Sites(
    world.ctx,
    async () => undefined,
    () => null,
  );

/** Connects another site beside the world's own, as a person does. */
async function connectOther(world: World): Promise<string> {
  world.ctx.desks.detect = async () => ({ adapterId: 'demo', baseUrl: 'https://other.test' });
  const answer = await sitesOf(world).connect('https://other.test');
  if (!answer.ok) throw new Error(answer.message);
  return answer.value.siteId;
}

/** So many cases of the other site wait for their customers; it is disconnected. */
async function disconnectedWith(count: number): Promise<{ world: World; siteId: string }> {
  const world = await World.make();
  const siteId = await connectOther(world);
  const site = await world.ctx.sites.get(siteId);
  if (!site) throw new Error('not connected');
  for (let ticket = 1; ticket <= count; ticket += 1)
    await world.cases.change(site, {
      ticketId: String(ticket),
      ...CUSTOMER_INPUT,
      tagId: null,
      note: null,
      skipMessage: true,
      commandId: `other-${ticket}`,
      seenGeneration: null,
    });
  await world.pass(20_000);
  await sitesOf(world).disconnect(siteId);
  world.notifications = [];
  return { world, siteId };
}

/** The browser was closed for a while; then it is started again. */
async function comeBack(world: World, after: number): Promise<void> {
  world.now += after;
  world.startWorker();
  await world.settle();
}

describe('a site that is disconnected', () => {
  it('R13 R14: keeps nothing of the other sites from acting by itself after a night', async () => {
    const { world } = await disconnectedWith(6);
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    await comeBack(world, 7 * DAY + 2 * HOUR);
    expect(world.desk.sent).toHaveLength(1);
    expect(world.notifications.map(({ id }) => id)).not.toContain('review');
  });

  it('shows no notification of its own any more', async () => {
    const world = await World.make();
    await world.configure({ off: [], quiet: { from: '00:00', to: '23:59' }, digestAbove: 5 });
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.desk.say('customer', 'Here you are.');
    await world.pass(6 * 60_000);
    expect((await world.stored()).effects).toMatchObject([{ kind: 'notification', state: 'pending' }]);
    await sitesOf(world).disconnect(SITE.siteId);
    world.notifications = [];
    await world.configure({ off: [], quiet: null, digestAbove: 5 });
    await world.pass(5 * 60_000);
    expect(world.notifications).toEqual([]);
  });

  it('R13: what waits for a person there is not counted, where nobody can look at it', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    world.desk.failRead = { ok: false, code: 'gone', message: 'There is no such ticket.' };
    await world.pass(15 * DAY);
    expect(world.badge).toBe(1);
    await sitesOf(world).disconnect(SITE.siteId);
    await world.settle();
    const list = await new Review(world.ctx, () => undefined).list();
    expect(list).toEqual({ ok: true, value: [] });
    expect(world.badge).toBe(0);
    expect(await sitesOf(world).popup(null)).toMatchObject({ value: { waiting: 0 } });
  });

  it('hides nothing that is due next elsewhere', async () => {
    const { world } = await disconnectedWith(9);
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.settle();
    expect(await sitesOf(world).popup(null)).toMatchObject({
      value: { due: [{ ticketId: '1' }, { ticketId: '1' }] },
    });
  });

  it('R12: does not keep the cases of others from being looked at for replies', async () => {
    const { world } = await disconnectedWith(30);
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.now += 6 * 60_000;
    world.desk.say('customer', 'Here you are.');
    await world.engine.run();
    expect(await world.status()).toBe('Update Received');
  });

  it('takes its word about a login that is missing along, and says it anew when it is connected again', async () => {
    const world = await World.make();
    const siteId = await connectOther(world);
    const site = await world.ctx.sites.get(siteId);
    if (!site) throw new Error('not connected');
    await world.cases.change(site, {
      ticketId: '1',
      statusId: 'awaiting-customer-confirmation',
      subStatusId: null,
      tagId: null,
      note: null,
      skipMessage: false,
      commandId: 'asked',
      seenGeneration: null,
    });
    await world.settle();
    world.desk.user = null;
    await world.pass(15 * DAY);
    const word = { id: `${siteId}/|pause`, title: 'other.test: 1 action waits' };
    expect(world.notifications).toContainEqual(word);
    await sitesOf(world).disconnect(siteId);
    expect(world.notifications.map(({ id }) => id)).not.toContain(word.id);
    await connectOther(world);
    await world.pass(HOUR);
    expect(world.notifications).toContainEqual(word);
  });

  it('R13 R14: with a clock that went back, does not keep the worker busy for ever', async () => {
    const { world, siteId } = await disconnectedWith(50);
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.now -= DAY;
    let runs = 0;
    const { changedAfter } = world.ctx.cases;
    world.ctx.cases.changedAfter = async (...parts) => {
      runs += 1;
      if (runs > 20) throw new Error('It never ends.');
      return changedAfter(...parts);
    };
    await world.engine.run();
    expect(world.errors).toEqual([]);
    expect((await world.view()).attention).toMatch(/clock/i);
    expect((await world.ctx.cases.load(caseKeyOf(siteId, '1'))).record?.attention).toBeNull();
  });
});

describe('a site that is connected again', () => {
  it('R13 R14: five things that fell due meanwhile act by themselves', async () => {
    const { world } = await disconnectedWith(5);
    await world.pass(8 * DAY);
    await connectOther(world);
    await world.settle();
    expect(world.desk.sent).toHaveLength(5);
  });

  it('R13 R14: more become the list, and no customer hears of them at once', async () => {
    const { world } = await disconnectedWith(6);
    await world.pass(8 * DAY);
    await connectOther(world);
    await world.settle();
    expect(world.desk.sent).toEqual([]);
    expect(world.notifications).toEqual([{ id: 'review', title: '6 things fell due while you were away' }]);
    expect(world.badge).toBe(6);
  });
});
