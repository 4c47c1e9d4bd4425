import { describe, expect, it } from 'vitest';
import { seenOf, submit } from '../../../core/app/context';
import { NotifyActions } from '../../../core/app/notify-actions';
import { DAY, SITE, World } from './world';

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };
const MINUTE = 60_000;

/** A world whose notifications are kept as they are shown, with their words and buttons. */
async function watched() {
  const world = await World.make();
  const shown: { id: string; title: string; body: string; actions: readonly string[] }[] = [];
  const watch = () => {
    world.ctx.notifier = {
      ...world.ctx.notifier,
      show: async (id, title, body, { actions = [] } = {}) => void shown.push({ id, title, body, actions }),
    };
  };
  watch();
  const last = () => {
    const notification = shown.at(-1);
    if (!notification) throw new Error('no notification');
    return notification;
  };
  return { world, shown, last, watch };
}

const actionsOf = (world: World) => new NotifyActions(world.ctx, () => void world.engine.run());

/** The customer has been silent for four weeks, and the case has just closed by itself. */
async function closed() {
  const parts = await watched();
  const { world } = parts;
  await world.open();
  await world.change(CUSTOMER_INPUT);
  await world.pass(28 * DAY + MINUTE);
  expect(await world.status()).toBe('Closed');
  return parts;
}

/** A person's own reminder has just come. */
async function reminded(note = 'Call Alice back') {
  const parts = await watched();
  const { world } = parts;
  await world.open();
  await world.change({ statusId: 'in-progress' });
  const { facts } = await seenOf(world.ctx, `${SITE.siteId}/1`, '1');
  await submit(world.ctx, SITE, '1', {
    commandId: 'remind-me-1',
    actor: null,
    deed: { type: 'remind-me', at: world.now + 2 * DAY, note, facts },
  });
  await world.pass(2 * DAY + MINUTE);
  return parts;
}

describe('a click on a notification', () => {
  it.each([
    ['review', { options: '#review' }],
    ['digest', { options: '#review' }],
    [`${SITE.siteId}/42|some-command:1`, { url: 'https://desk.test/tickets/42' }],
    // The id of a timer's effect names its case once more.
    [`${SITE.siteId}/42|fire:${SITE.siteId}/42#rule:1`, { url: 'https://desk.test/tickets/42' }],
    [`${SITE.siteId}/|pause`, { url: 'https://desk.test' }],
    ['gone-1/42|some-command:1', null],
    ['something-else', null],
  ])('%s leads to %o', async (id, page) => {
    const { world } = await watched();
    expect(await actionsOf(world).pageOf(id)).toEqual(page);
  });

  it('leads to the sites where the permission is what the site waits for', async () => {
    const { world } = await watched();
    world.granted = false;
    expect(await actionsOf(world).pageOf(`${SITE.siteId}/|pause`)).toEqual({ options: '#sites' });
  });
});

describe('Undo on a notification', () => {
  it('is offered for a change that happened by itself, and takes it back', async () => {
    const { world, shown, last } = await closed();
    expect(last()).toMatchObject({ title: 'Closed: Printer on fire', actions: ['undo'] });
    const { id } = last();
    await actionsOf(world).press(id, 0);
    expect(await world.status()).toBe('Pending – Customer Input');
    expect(last()).toEqual({
      id,
      title: 'Undone: Printer on fire',
      body: expect.stringMatching(/^Undone\. The case is Pending – Customer Input again\./),
      actions: [],
    });
    const history = await world.ctx.cases.history(`${SITE.siteId}/1`);
    expect(history.find(({ what }) => what.type === 'undone')?.actor).toMatchObject({ login: 'erin' });
    const count = shown.length;
    await actionsOf(world).press(id, 0);
    expect(shown).toHaveLength(count);
  });

  it('works in a worker that has just started', async () => {
    const { world, last, watch } = await closed();
    const { id } = last();
    world.startWorker();
    watch();
    await actionsOf(world).press(id, 0);
    expect(await world.status()).toBe('Pending – Customer Input');
  });

  it('says that it is too late where the case has gone on, and changes nothing', async () => {
    const { world, last } = await closed();
    const { id } = last();
    await world.change({ statusId: 'in-progress' });
    await actionsOf(world).press(id, 0);
    expect(await world.status()).toBe('In Progress');
    expect(last()).toMatchObject({
      id,
      title: 'Too late to undo: Printer on fire',
      body: expect.stringContaining('The case is In Progress.'),
      actions: [],
    });
  });

  it.each([
    ['another button', (id: string) => id, 1],
    ['a notification that nobody knows', () => `${SITE.siteId}/1|unknown`, 0],
    ['a site that is gone', (id: string) => id.replace(SITE.siteId, 'gone-1'), 0],
    ['the list', () => 'review', 0],
  ])('does nothing for %s', async (_what, idOf, button) => {
    const { world, shown, last } = await closed();
    const count = shown.length;
    await actionsOf(world).press(idOf(last().id), button);
    expect(await world.status()).toBe('Closed');
    expect(shown).toHaveLength(count);
  });
});

describe('Snooze a day on a notification', () => {
  it('is offered for a reminder, which comes again a day later with the same words', async () => {
    const { world, shown, last } = await reminded();
    const first = last();
    expect(first).toMatchObject({ body: 'Call Alice back', actions: ['snooze-a-day'] });
    await actionsOf(world).press(first.id, 0);
    await actionsOf(world).press(first.id, 0);
    expect(last()).toMatchObject({ id: first.id, title: 'Snoozed for a day: Printer on fire', actions: [] });
    await world.settle();
    const count = shown.length;
    await world.pass(DAY - MINUTE);
    expect(shown).toHaveLength(count);
    await world.pass(2 * MINUTE);
    expect(shown).toHaveLength(count + 1);
    expect(last()).toMatchObject({ title: first.title, body: first.body, actions: ['snooze-a-day'] });
  });

  it('keeps who the case is assigned to, also where no page has shown it since the browser started', async () => {
    const { world, last } = await reminded();
    const { id } = last();
    const assignee = { login: 'erin', name: 'Erin' };
    const key = `${SITE.siteId}/1`;
    const seen = await world.ctx.seen.get(key);
    if (!seen) throw new Error('not seen');
    await submit(world.ctx, SITE, '1', {
      commandId: 'native-1',
      actor: null,
      deed: { type: 'native-seen', facts: { ...seen.facts, assignee } },
    });
    world.ctx.seen = { get: async () => undefined, set: async () => {} };
    await actionsOf(world).press(id, 0);
    expect((await world.stored()).record).toMatchObject({ assignee, subject: 'Printer on fire' });
  });

  it('is of no use after the reminder for a customer, whose notification has no buttons', async () => {
    const { world, last } = await watched();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY + MINUTE);
    expect(last()).toMatchObject({ title: 'Reminder: Printer on fire', actions: [] });
    await actionsOf(world).press(last().id, 0);
    expect((await world.view()).next.some(({ kind }) => kind === 'remind-me')).toBe(false);
  });
});
