import { expect, test } from 'vitest';
import { World } from './world';

const PENDING = { statusId: 'pending', subStatusId: 'customer-input' };
const known = async (world: World, ticketId = '1') => world.cases.known(await world.site, ticketId);

test('a ticket whose page is being read is known as it was last shown', async () => {
  const world = await World.make();
  await world.open();
  await world.change(PENDING);
  expect(await known(world)).toEqual(await world.view());
  expect(await known(world)).toMatchObject({ subject: 'Printer on fire', status: { id: 'pending' } });
});

test('a ticket that is not tracked is not known: its status is what its page says', async () => {
  const world = await World.make();
  await world.open();
  expect(await known(world)).toBeNull();
});

test('a case whose ticket no page has shown since the browser started is not known: its names would come late', async () => {
  const world = await World.make();
  await world.open();
  await world.change(PENDING);
  world.seen.clear();
  expect((await world.view()).tracked).toBe(true);
  expect(await known(world)).toBeNull();
});
