import { expect, it } from 'vitest';
import { Review } from '../../../core/app/review';
import { Sites } from '../../../core/app/sites';
import { DAY, World } from './world';

it('the popup says how much waits for a person, all of it', async () => {
  const world = await World.make();
  const waiting = async () => {
    const sites = new Sites(
      world.ctx,
      async () => {},
      () => null,
    );
    const answer = await sites.popup(null);
    return answer.ok && answer.value.waiting;
  };
  for (let ticket = 1; ticket <= 9; ticket += 1) {
    await world.open(String(ticket));
    await world.change({ statusId: 'pending', subStatusId: 'customer-input', ticketId: String(ticket) });
  }
  await world.pass(20_000);
  expect(await waiting()).toBe(0);
  world.now += 8 * DAY;
  await world.settle();
  // More than the popup's list of dates has room for.
  expect(await waiting()).toBe(9);
  const review = new Review(world.ctx, () => {});
  const list = await review.list();
  if (!list.ok) throw new Error(list.message);
  await review.settle([list.value[0]?.timerId ?? ''], 'drop');
  expect(await waiting()).toBe(8);
});
