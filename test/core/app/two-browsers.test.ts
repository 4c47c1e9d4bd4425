import { describe, expect, it } from 'vitest';
import { DAY, World } from './world';

const MINUTE = 60_000;

/** Two browsers on one help desk; the second tracks the case a little later. */
async function both(statusId: string, subStatusId: string | null): Promise<[World, World]> {
  const first = await World.make();
  const second = await World.make();
  second.desk = first.desk;
  for (const world of [first, second]) {
    first.now += MINUTE;
    second.now = first.now;
    await world.open();
    await world.change({ statusId, subStatusId, commandId: crypto.randomUUID() });
    await world.settle();
  }
  return [first, second];
}

/** Both are awake; the first is always a moment ahead. */
async function pass(worlds: readonly World[], ms: number): Promise<void> {
  for (const world of worlds) await world.pass(ms);
}

describe('two browsers that both know a case', () => {
  it('R14: remind the customer once, and the second says who did', async () => {
    const worlds = await both('pending', 'customer-input');
    await pass(worlds, 8 * DAY);
    expect(worlds[0].desk.sent).toHaveLength(1);
    const history = (await worlds[1].view()).history.map(({ title }) => title).join('\n');
    expect(history).toContain('Another browser has sent this message already');
    expect((await worlds[1].view()).next.find(({ kind }) => kind === 'auto-close')).toMatchObject({ held: false });
  });

  it('R15: tell the customer once that the case was closed', async () => {
    const worlds = await both('pending', 'customer-input');
    await pass(worlds, 31 * DAY);
    expect(worlds[0].desk.sent).toHaveLength(2);
    expect(worlds[0].desk.status).toBe('solved');
    for (const world of worlds) expect(await world.status()).toBe('Closed');
  });

  it('R14: a new wait is reminded of again, though the customer has not written in between', async () => {
    const worlds = await both('pending', 'customer-input');
    await pass(worlds, 8 * DAY);
    const [, second] = worlds;
    await second.open();
    await second.change({ statusId: 'in-progress' });
    await second.pass(MINUTE);
    await second.open();
    await second.change({ statusId: 'pending', subStatusId: 'customer-input' });
    await second.pass(8 * DAY);
    expect(second.desk.sent).toHaveLength(2);
  });

  it('what a person says in one browser is not kept back by what was said in the other', async () => {
    const [first] = await both('awaiting-customer-confirmation', null);
    expect(first.desk.sent).toHaveLength(2);
  });
});
