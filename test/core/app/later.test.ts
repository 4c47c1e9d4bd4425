import { describe, expect, it } from 'vitest';
import { DAY, World } from './world';

const HOUR = 3_600_000;

async function pending(): Promise<World> {
  const world = await World.make();
  await world.open();
  await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
  await world.settle();
  return world;
}

describe('moments to choose from', () => {
  it('for a timer are later than it is due, also when it is overdue already', async () => {
    const world = await pending();
    const [reminder] = (await world.view()).next;
    const ask = async () =>
      world.cases.moments(await world.site, { ticketId: '1', timerId: reminder?.timerId ?? null });
    expect(await ask()).toMatchObject({
      ok: true,
      value: [1, 3, 7, 14].map((days) => ({ at: (reminder?.dueAt ?? 0) + days * DAY })),
    });
    world.now += 10 * DAY;
    expect(await ask()).toMatchObject({
      value: [{ id: '1-day', name: '1 day later', at: world.now + DAY }, {}, {}, {}],
    });
  });

  it('for a reminder are ahead, soonest first, by the case’s calendar', async () => {
    const world = await pending();
    const answer = await world.cases.moments(await world.site, { ticketId: '1', timerId: null });
    if (!answer.ok) throw new Error(answer.message);
    const times = answer.value.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBe(world.now + HOUR);
    expect(new Date(answer.value.find(({ id }) => id === 'next-working-day')?.at ?? 0).getUTCHours()).toBe(8);
  });

  it('for a timer that is gone are refused', async () => {
    const world = await pending();
    expect(await world.cases.moments(await world.site, { ticketId: '1', timerId: 'gone' })).toMatchObject({
      ok: false,
      code: 'stale-timer',
    });
  });
});

describe('R13: what a person puts off, or asks to be reminded of', () => {
  it('a snoozed reminder comes on its new day, and the close behind it', async () => {
    const world = await pending();
    const [reminder, close] = (await world.view()).next;
    const until = (reminder?.dueAt ?? 0) + 3 * DAY;
    const snooze = { ticketId: '1', commandId: 'snooze-1', timerId: reminder?.timerId ?? '', until };
    expect(await world.cases.snooze(await world.site, snooze)).toMatchObject({ ok: true });
    expect((await world.view()).next.slice(0, 2)).toMatchObject([
      { dueAt: until },
      { dueAt: (close?.dueAt ?? 0) + 3 * DAY },
    ]);
    await world.pass(8 * DAY);
    expect(world.desk.sent).toEqual([]);
    await world.pass(3 * DAY);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('a snooze to an earlier moment is refused and changes nothing', async () => {
    const world = await pending();
    const [reminder] = (await world.view()).next;
    const until = (reminder?.dueAt ?? 0) - DAY;
    const snooze = { ticketId: '1', commandId: 'snooze-1', timerId: reminder?.timerId ?? '', until };
    expect(await world.cases.snooze(await world.site, snooze)).toMatchObject({ ok: false, code: 'bad-time' });
    expect((await world.view()).next[0]).toEqual(reminder);
  });

  it('a reminder of one’s own comes once; one that was dropped does not', async () => {
    const world = await pending();
    const site = await world.site;
    for (const [number, note] of ['Call Alice ', 'Dropped'].entries()) {
      const remind = { ticketId: '1', commandId: `remind-${number}`, at: world.now + HOUR, note };
      expect(await world.cases.remindMe(site, remind)).toMatchObject({ ok: true });
    }
    const dropped = (await world.view()).next.find(({ text }) => text === 'Your reminder: Dropped');
    const drop = { ticketId: '1', commandId: 'drop-1', timerId: dropped?.timerId ?? '' };
    expect(await world.cases.dropRemindMe(site, drop)).toMatchObject({ ok: true });
    await world.pass(2 * HOUR);
    expect(world.notifications.map(({ title }) => title)).toEqual(['You asked to be reminded: Printer on fire']);
  });
});
