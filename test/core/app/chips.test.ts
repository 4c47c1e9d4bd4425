import { expect, it } from 'vitest';
import { putAll } from '../store/rows';
import { World } from './world';

const ask = async (world: World, ...tickets: [ticketId: string, nativeStatus: string | null][]) => {
  const answer = await world.cases.chips(
    await world.site,
    tickets.map(([ticketId, nativeStatus]) => ({ ticketId, nativeStatus })),
  );
  if (!answer.ok) throw new Error(answer.message);
  return answer.value.chips;
};

it('a tracked ticket shows its status, whatever the list says of it', async () => {
  const world = await World.make();
  await world.open();
  await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
  expect(await ask(world, ['1', 'closed'])).toEqual([
    { ticketId: '1', status: 'Pending – Customer Input', category: 'waiting', tracked: true, revision: 1 },
  ]);
});

it('another ticket shows what its native status stands for, and nothing where that is not known', async () => {
  const world = await World.make();
  expect(await ask(world, ['8', 'open'], ['9', null])).toEqual([
    { ticketId: '8', status: 'New', category: 'initial', tracked: false, revision: 0 },
  ]);
});

it('a case that cannot be shown leaves the others theirs', async () => {
  const world = await World.make();
  for (const ticketId of ['1', '2']) {
    await world.open(ticketId);
    await world.change({ ticketId, statusId: 'in-progress' });
  }
  const { record } = await world.stored('1');
  if (!record) throw new Error('not tracked');
  await putAll(world.db, 'cases', [{ ...record, templateId: 'gone' }]);
  expect((await ask(world, ['1', 'open'], ['2', 'open'], ['8', 'open'])).map(({ ticketId }) => ticketId)).toEqual([
    '2',
    '8',
  ]);
  expect(world.errors).toHaveLength(1);
});

it('a template is loaded once for however many tickets', async () => {
  const world = await World.make();
  await world.open();
  let loads = 0;
  const { newest } = world.ctx.templates;
  world.ctx.templates.newest = (id) => {
    loads += 1;
    return newest(id);
  };
  const many = Array.from({ length: 500 }, (_, index): [string, string] => [String(index + 1), 'open']);
  expect(await ask(world, ...many)).toHaveLength(500);
  expect(loads).toBe(1);
});
