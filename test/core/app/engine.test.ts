import { expect, it } from 'vitest';
import { DatabaseUnavailable } from '../../../core/store/database';
import { DAY, World } from './world';

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };

/** So many cases wait for their customers, and everything of their beginning is done. */
async function waiting(count: number): Promise<World> {
  const world = await World.make();
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
