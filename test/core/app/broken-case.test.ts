import { describe, expect, it } from 'vitest';
import { Review } from '../../../core/app/review';
import { Sites } from '../../../core/app/sites';
import { caseKeyOf } from '../../../core/domain/case';
import { putAll, rowOf } from '../store/rows';
import { DAY, SITE, World } from './world';

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };
const CONFIRMATION = { statusId: 'awaiting-customer-confirmation' };
const HOUR = 3_600_000;
const BROKEN = caseKeyOf(SITE.siteId, '1');

/** Two cases wait for their customers, and everything of their beginning is done. */
async function two(): Promise<World> {
  const world = await World.make();
  for (const ticketId of ['1', '2']) {
    await world.open(ticketId);
    await world.change({ ...CUSTOMER_INPUT, ticketId });
  }
  await world.pass(20_000);
  return world;
}

/** From now on nothing of the first case can be stored. */
function breakFirst(world: World): void {
  const { commit } = world.ctx.cases;
  world.ctx.cases.commit = async (caseKey, ...rest) => {
    if (caseKey === BROKEN) throw new Error('broken');
    return commit(caseKey, ...rest);
  };
}

describe('a case of which nothing can be stored keeps no other one waiting', () => {
  it('R15: with a message whose sending was interrupted; what comes after it waits for it', async () => {
    const world = await two();
    world.desk.user = null;
    await world.change({ ...CONFIRMATION, ticketId: '1' });
    await world.settle();
    const [owed] = (await world.stored('1')).effects;
    if (!owed) throw new Error('nothing is owed');
    await putAll(world.db, 'outbox', [
      { ...owed, state: 'sending' },
      { ...owed, effectId: 'next', seq: owed.seq + 1, state: 'pending', notBefore: 0 },
    ]);
    breakFirst(world);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.change({ ...CONFIRMATION, ticketId: '2' });
    let asked = 0;
    world.desk.beforeWrite = () => {
      asked += 1;
    };
    await world.pass(HOUR);
    expect((await world.stored('2')).effects).toEqual([]);
    expect(asked).toBe(1);
    expect((await rowOf(world.db, 'outbox', 'next'))?.state).toBe('pending');
  });

  it('R15: with a notification', async () => {
    const world = await two();
    await world.configure({ off: [], quiet: { from: '00:00', to: '23:59' }, digestAbove: 5 });
    world.desk.say('customer', 'Here you are.');
    await world.pass(6 * 60_000);
    expect((await world.stored('1')).effects).toMatchObject([{ kind: 'notification', state: 'pending' }]);
    breakFirst(world);
    await world.configure({ off: [], quiet: null, digestAbove: 5 });
    await world.ctx.cases.showNotificationsFrom(world.now);
    await world.change({ ...CONFIRMATION, ticketId: '2' });
    await world.settle();
    expect((await world.stored('2')).effects).toEqual([]);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('R11 R12: at the look for replies', async () => {
    const world = await two();
    breakFirst(world);
    world.now += 6 * 60_000;
    world.desk.say('customer', 'Here you are.');
    await world.engine.run();
    expect(await world.status('2')).toBe('Update Received');
  });

  it('R13: when the clock went back', async () => {
    const world = await two();
    breakFirst(world);
    world.now -= DAY;
    await world.engine.run();
    expect((await world.view('2')).attention).toMatch(/clock/i);
  });
});

describe('on the list of what waits for a person', () => {
  /** Two reminders and two closes wait for a person. */
  async function listed() {
    const world = await two();
    await world.ctx.settings.setListingSince(world.now);
    world.now += 29 * DAY;
    await world.settle();
    const review = new Review(world.ctx, () => void world.engine.run());
    const list = async () => {
      const answer = await review.list();
      if (!answer.ok) throw new Error(answer.message);
      return answer.value;
    };
    return { world, review, list };
  }

  it('R13: a case of which nothing can be stored keeps no other one there', async () => {
    const { world, review, list } = await listed();
    const timerIds = (await list()).map(({ timerId }) => timerId);
    expect(timerIds).toHaveLength(4);
    breakFirst(world);
    expect(await review.settle(timerIds, 'drop')).toEqual({ ok: true, value: { settled: 2, left: 2 } });
    expect((await world.stored('2')).timers).toEqual([]);
  });

  it('R13: a case whose template is not there, as after damage, hides no other one, here or in the popup', async () => {
    const { world, list } = await listed();
    const { record } = await world.stored('1');
    if (!record) throw new Error('no case');
    await putAll(world.db, 'cases', [{ ...record, templateId: 'gone' }]);
    expect(await list()).toMatchObject([{ ticketId: '2' }, { ticketId: '2' }]);
    const sites = new Sites(
      world.ctx,
      async () => undefined,
      () => null,
    );
    for (const ticketId of ['1', '2'])
      await putAll(
        world.db,
        'timers',
        (await world.stored(ticketId)).timers.map((timer) => ({ ...timer, state: 'armed' as const, heldFor: null })),
      );
    expect(await sites.popup(null)).toMatchObject({ ok: true, value: { due: [{ ticketId: '2' }, { ticketId: '2' }] } });
  });
});

describe('timers whose case is not there, as after damage', () => {
  /** So many, due for so long already. */
  async function orphans(world: World, count: number, lateMs: number): Promise<void> {
    const [timer] = (await world.stored('2')).timers;
    if (!timer) throw new Error('no timer');
    const dueAt = world.now - lateMs;
    await putAll(
      world.db,
      'timers',
      Array.from({ length: count }, (_, index) => {
        const caseKey = caseKeyOf(SITE.siteId, `gone-${index}`);
        return { ...timer, caseKey, timerId: `${caseKey}#1#x`, dueAt, nextAt: dueAt };
      }),
    );
  }

  it.each([
    { words: 'that are late', count: 6, lateMs: 2 * HOUR, failRead: null },
    { words: 'that are just due', count: 50, lateMs: 60_000, failRead: null },
    {
      words: 'that are just due, with a help desk that cannot be read,',
      count: 50,
      lateMs: 60_000,
      failRead: { ok: false as const, code: 'server-error' as const, message: 'The desk has a problem (502).' },
    },
  ])('R13: $words do not keep the worker busy for ever', async ({ count, lateMs, failRead }) => {
    const world = await two();
    world.desk.failRead = failRead;
    await orphans(world, count, lateMs);
    let looks = 0;
    const { dueTimers } = world.ctx.cases;
    world.ctx.cases.dueTimers = async (...parts) => {
      looks += 1;
      if (looks > 20) throw new Error('It never ends.');
      return dueTimers(...parts);
    };
    await world.engine.run();
    expect(world.errors).toEqual([]);
    expect(await dueTimers(world.now, 10)).toEqual([]);
  });
});

it('R13: putting a timer off never has it looked at before its date', async () => {
  const world = await two();
  const { timers } = await world.stored('2');
  await world.ctx.cases.postpone(
    timers.map(({ timerId }) => timerId),
    world.now,
    world.now + HOUR,
  );
  expect(await world.ctx.cases.dueTimers(world.now + HOUR, 10)).toEqual([]);
});
