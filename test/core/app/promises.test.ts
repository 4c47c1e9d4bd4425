import { describe, expect, it } from 'vitest';
import { Review } from '../../../core/app/review';
import { requests } from '../../../core/contract/messages';
import { caseKeyOf } from '../../../core/domain/case';
import { firstBrokenEntry } from '../../../core/domain/history';
import { countOf, putAll, rowOf } from '../store/rows';
import { DAY, SITE, World } from './world';

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };

describe('the life of a case', () => {
  it('looking at a ticket stores nothing; the first action does', async () => {
    const world = await World.make();
    const view = await world.open();
    expect(view).toMatchObject({ tracked: false, status: { name: 'New' } });
    expect((await world.stored()).record).toBeNull();
    await world.change({ statusId: 'in-progress' });
    expect((await world.stored()).record?.statusId).toBe('in-progress');
  });

  it('R13 R14 R15: reminder at 7 days, close at 28, closed notice a day later; each once', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 3_600_000);
    expect(world.desk.sent).toHaveLength(0);
    await world.pass(3_600_000);
    expect(world.desk.sent).toHaveLength(1);
    expect(world.desk.sent[0]).toMatch(/still waiting for your answer/);
    expect(world.notifications.filter(({ title }) => title.startsWith('Reminder'))).toHaveLength(1);
    await world.pass(21 * DAY - 60_000);
    expect(await world.status()).toBe('Pending – Customer Input');
    await world.pass(60_000);
    expect(await world.status()).toBe('Closed');
    await world.pass(DAY);
    expect(world.desk.sent).toHaveLength(2);
    expect(world.desk.sent[1]).toMatch(/has been closed/);
    expect(world.desk.status).toBe('solved');
    await world.pass(60 * DAY);
    expect(world.desk.sent).toHaveLength(2);
    expect(world.errors).toEqual([]);
  });

  it('R15 R13: Awaiting Customer Confirmation tells at once and closes at 14 days', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    expect(world.desk.sent).toHaveLength(1);
    await world.pass(14 * DAY - 60_000);
    expect(await world.status()).toBe('Awaiting Customer Confirmation');
    await world.pass(60_000);
    expect(await world.status()).toBe('Closed');
  });

  it('R13: a close that asked because its reminder did not arrive acts when a person lets it go on, though its date is the same', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.failWrite = { ok: false, code: 'refused', message: 'No.' };
    await world.pass(60_000);
    world.desk.failWrite = null;
    await world.pass(21 * DAY);
    const review = new Review(world.ctx, () => undefined);
    const goOn = async () => {
      const list = await review.list();
      if (!list.ok) throw new Error(list.message);
      await review.settle(
        list.value.map(({ timerId }) => timerId),
        'act',
      );
      return list.value.length;
    };
    expect(await world.status()).toBe('Pending – Customer Input');
    expect(await goOn()).toBe(1);
    await world.pass(60_000);
    // The reminder has still not arrived: it asks again, rather than stay there armed and overdue.
    expect((await world.stored()).timers.map(({ state }) => state)).not.toContain('armed');
    const stuck = (await world.view()).outbox.find(({ state }) => state === 'failed');
    await world.cases.settleEffect(SITE, { ticketId: '1', effectId: stuck?.effectId ?? '', how: 'drop' });
    expect(await goOn()).toBe(1);
    await world.pass(60_000);
    expect(await world.status()).toBe('Closed');
  });

  it('R14: a help desk that shows a page for maintenance for a while gets its message after it', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.failWrite = { ok: false, code: 'nonsense', message: 'The desk answered with a page.' };
    await world.pass(10 * 60_000);
    expect((await world.view()).outbox).toMatchObject([
      { state: 'pending', problem: 'The desk answered with a page.' },
    ]);
    world.desk.failWrite = null;
    await world.pass(20 * 60_000);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('R14: the page for maintenance is waited for as long where the help desk could not be reached before it', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.failWrite = { ok: false, code: 'server-error', message: 'The desk has a problem (502).' };
    await world.pass(DAY / 2);
    world.desk.failWrite = { ok: false, code: 'nonsense', message: 'The desk answered with a page.' };
    await world.pass(20 * 60_000);
    expect((await world.view()).outbox).toMatchObject([{ state: 'pending' }]);
    world.desk.failWrite = null;
    await world.pass(30 * 60_000);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('R14: one that never answers anything else counts as refused, and a person is asked', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.failWrite = { ok: false, code: 'nonsense', message: 'The desk answered with a page.' };
    await world.pass(DAY);
    expect((await world.view()).outbox).toMatchObject([{ state: 'failed' }]);
    expect(world.desk.sent).toEqual([]);
  });

  it('R14: what cannot even say who is logged in has refused nothing; the message goes out when it can', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.beforeWrite = () => {
      world.desk.failSession = { ok: false, code: 'nonsense', message: 'A page of the hotel.' };
      world.desk.beforeWrite = null;
    };
    world.desk.loseAnswer = true;
    await world.pass(3 * DAY);
    expect((await world.view()).outbox).toMatchObject([{ state: 'pending', problem: 'A page of the hotel.' }]);
    world.desk.failSession = null;
    await world.pass(60 * 60_000);
    expect(world.desk.sent).toHaveLength(1);
    expect((await world.view()).outbox).toEqual([]);
  });

  it('R14: what could not be sent yet does not reach the customer of a case that is on hold, and does after the release', async () => {
    const world = await World.make();
    const site = await world.site;
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.failWrite = { ok: false, code: 'server-error', message: 'The desk has a problem (502).' };
    await world.pass(DAY / 2);
    const [waits] = (await world.view()).outbox;
    expect(waits?.triesAgainAt).toBe(waits?.notBefore);
    expect(waits?.triesAgainAt).toBeGreaterThan(world.now);
    await world.cases.hold(site, { ticketId: '1', commandId: 'hold-1', on: true });
    world.desk.failWrite = null;
    await world.pass(3 * DAY);
    expect(world.desk.sent).toEqual([]);
    expect((await world.view()).outbox).toMatchObject([
      { state: 'pending', problem: expect.stringMatching(/on hold/), triesAgainAt: null },
    ]);
    await world.cases.hold(site, { ticketId: '1', commandId: 'release-1', on: false });
    await world.pass(60_000);
    expect(world.desk.sent).toHaveLength(1);
    // The days from its arrival to the close are all there.
    await world.pass(21 * DAY - 3_600_000);
    expect(await world.status()).toBe('Pending – Customer Input');
    await world.pass(2 * 3_600_000);
    expect(await world.status()).toBe('Closed');
  });

  it('R14: a message that may have arrived is not called unsent because its ticket cannot be read after it', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(7 * DAY - 60_000);
    world.desk.loseAnswer = true;
    world.desk.beforeWrite = () => {
      world.desk.failRead = { ok: false, code: 'refused', message: 'You may not see this ticket.' };
    };
    await world.pass(DAY);
    expect(world.desk.sent).toHaveLength(1);
    expect((await world.view()).outbox).toMatchObject([{ state: 'uncertain' }]);
  });

  it('R11: a reply that nobody saw before the close was due reopens instead of closing', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    world.now += 14 * DAY - 1000;
    world.desk.say('customer', 'Still broken.');
    await world.pass(2000);
    expect(await world.status()).toBe('Reopened');
    expect((await world.view()).next.filter((item) => item.kind === 'auto-close')).toEqual([]);
  });

  it('R12: an answer is found by the background check, with no page open', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.desk.say('customer', 'Here is the log.');
    await world.pass(6 * 60_000);
    await world.settle();
    expect(await world.status()).toBe('Update Received');
    expect(world.desk.status).toBe('open');
  });

  it('R16: only a closed case can be cloned, with the subject prefilled', async () => {
    const world = await World.make();
    await world.open();
    expect(await world.cases.clone(await world.site, '1')).toMatchObject({ ok: false, code: 'not-closed' });
    await world.change({ statusId: 'closed' });
    expect(await world.cases.clone(await world.site, '1')).toMatchObject({
      ok: true,
      value: { url: 'https://desk.test/new?subject=Printer+on+fire' },
    });
  });

  it('R15: when the customer was last answered is asked of the help desk; not known where it does not answer', async () => {
    const world = await World.make();
    await world.open();
    const answered = async () => world.cases.answered(await world.site, '1');
    expect(await answered()).toEqual({ ok: true, value: { answeredAt: null } });
    world.desk.say('agent', 'It is done.');
    const at = world.now;
    world.desk.say('customer', 'Thank you.');
    expect(await answered()).toEqual({ ok: true, value: { answeredAt: at } });
    world.desk.failRead = { ok: false, code: 'unreachable', message: 'Away.' };
    expect(await answered()).toEqual({ ok: true, value: { answeredAt: null } });
  });

  it('R5 R10: what is missing is told by the preview, and refused by the core all the same', async () => {
    const world = await World.make('review');
    await world.open();
    const ask = { ticketId: '1', statusId: 'approved', subStatusId: null, tagId: null, skipMessage: false };
    expect(await world.cases.preview(await world.site, ask)).toMatchObject({ ok: true, value: { missing: ['tag'] } });
    expect(await world.change({ statusId: 'approved' })).toMatchObject({ ok: false, code: 'tag-required' });
    expect((await world.stored()).record).toBeNull();
  });

  it('R17: says what the status means, who it waits for, since when, and what happens next', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    const view = await world.view();
    expect(view.waitsFor).toEqual({ party: 'customer', words: 'Alice' });
    expect(view.enteredAt).toBe(world.now);
    expect(view.next.map((item) => [item.text, item.dueAt])).toEqual([
      ['Reminder to Alice', world.now + 7 * DAY],
      ['Closes, if no answer', world.now + 28 * DAY],
      ['Alice answers → Update Received', null],
    ]);
    expect(view.next[0]?.proof).toBe(
      'Entered Pending – Customer Input on Tue 17 Nov, 14:02, plus 7 days = Tue 24 Nov, 14:02 (UTC).',
    );
  });
});

describe('what was promised', () => {
  it('a command that is sent twice counts once', async () => {
    const world = await World.make();
    await world.open();
    const once = { ...CUSTOMER_INPUT, commandId: 'the-same-command', seenGeneration: null };
    expect(await world.change(once)).toMatchObject({ ok: true, value: { message: 'Now Pending – Customer Input.' } });
    expect(await world.change(once)).toMatchObject({ ok: true, value: { message: 'Already done.' } });
    expect((await world.view()).history).toHaveLength(1);
  });

  it('a command that is sent twice counts once for 90 days; its id is forgotten after them, a few with each run', async () => {
    const world = await World.make();
    await world.open();
    const sent = { commandId: 'sent-twice', statusId: 'in-progress' };
    await world.change(sent);
    const begun = world.now;
    await putAll(
      world.db,
      'commands',
      Array.from({ length: 700 }, (_, index) => ({
        commandId: `later-${index}`,
        caseKey: 'desk-1/2',
        at: begun + 1 + index,
      })),
    );
    const known = async () => (await rowOf(world.db, 'commands', 'sent-twice')) !== undefined;
    world.now = begun + 90 * DAY;
    await world.settle();
    expect(await known()).toBe(true);
    await world.change({ ...sent, statusId: 'closed' });
    expect(await world.status()).toBe('In Progress');
    // The newest stay, however long nothing has happened.
    world.now = begun + 400 * DAY;
    const before = await countOf(world.db, 'commands');
    await world.engine.run();
    expect(await known()).toBe(false);
    expect(before - (await countOf(world.db, 'commands'))).toBe(200);
    await world.settle();
    expect(await countOf(world.db, 'commands')).toBe(500);
    expect(world.errors).toEqual([]);
  });

  it('a run that could not forget old ids has done what was due, and the next one is not kept waiting', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    let asked = 0;
    world.ctx.cases.forgetCommands = async () => {
      asked += 1;
      // Somebody wakes the engine meanwhile.
      if (asked === 1) void world.engine.run();
      throw new Error('The disk is full.');
    };
    await world.pass(7 * DAY);
    expect(world.desk.sent).toHaveLength(1);
    expect(asked).toBeGreaterThan(1);
    expect(world.errors.length).toBe(asked);
  });

  it('two due runs at once fire a timer once', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.now += 7 * DAY;
    await Promise.all([world.engine.run(), world.engine.run(), world.engine.run()]);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('a worker that dies while a message is being sent sends it once', async () => {
    const world = await World.make();
    await world.open();
    // The write arrives, and the worker is gone before it hears so.
    world.desk.beforeWrite = () => {
      world.desk.beforeWrite = null;
      world.desk.loseAnswer = true;
      world.startWorker();
    };
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    await world.pass(10 * 60_000);
    expect(world.desk.sent).toHaveLength(1);
    expect((await world.view()).outbox).toEqual([]);
  });

  it('an answer that was lost does not send the message again', async () => {
    const world = await World.make();
    await world.open();
    world.desk.loseAnswer = true;
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    await world.pass(DAY);
    expect(world.desk.sent).toHaveLength(1);
    expect((await world.view()).outbox).toEqual([]);
  });

  it('R15: a ticket that is said to change with every try is tried ever more seldom, and says so', async () => {
    const world = await World.make();
    await world.open();
    let tries = 0;
    world.desk.beforeWrite = () => {
      tries += 1;
    };
    // A proxy that rewrites versions, say.
    world.desk.failWrite = { ok: false, code: 'changed', message: 'Changed meanwhile.' };
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.pass(10_000);
    expect(tries).toBeGreaterThan(2);
    await world.pass(3_600_000);
    expect(tries).toBeLessThan(20);
    expect((await world.view()).outbox).toMatchObject([{ state: 'pending', problem: 'Changed meanwhile.' }]);
    world.desk.failWrite = null;
    await world.pass(15 * 60_000);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('asked to wait, does not ask the same help desk for anything else in the same run', async () => {
    const world = await World.make();
    for (const ticketId of ['1', '2', '3', '4']) {
      await world.open(ticketId);
      await world.change({ ...CUSTOMER_INPUT, ticketId });
    }
    await world.pass(20_000);
    let reads = 0;
    const api = world.desk.api();
    world.ctx.desks.api = () => ({
      ...api,
      readTicket: async () => {
        reads += 1;
        return { ok: false, code: 'rate-limited', message: 'Slower.', retryAfterMs: 3_600_000 };
      },
    });
    world.now += 7 * DAY;
    await world.engine.run();
    expect(reads).toBe(1);
    world.now += 1_800_000;
    await world.engine.run();
    expect(reads).toBe(1);
    world.ctx.desks.api = () => api;
    await world.pass(1_800_000);
    expect(world.desk.sent).toHaveLength(4);
  });

  it('waits, and says so, while nobody is logged in; and goes on by itself', async () => {
    const world = await World.make();
    await world.open();
    world.desk.user = null;
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    expect(world.desk.sent).toEqual([]);
    expect((await world.view()).outbox[0]?.problem).toMatch(/Waits until you log in/);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.pass(10 * 60_000);
    expect(world.desk.sent).toHaveLength(1);
  });

  it('goes on as soon as somebody who is logged in opens a ticket', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.desk.user = null;
    await world.pass(7 * DAY + 3_600_000);
    expect(world.desk.sent).toEqual([]);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.open('2');
    expect(world.desk.sent).toHaveLength(1);
  });

  it('sends nothing as somebody else', async () => {
    const world = await World.make();
    await world.open();
    world.desk.user = { login: 'frank', name: 'Frank' };
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.pass(2 * DAY);
    expect(world.desk.writes).toBe(0);
    expect((await world.view()).outbox[0]?.problem).toMatch(/Waits for Erin; Frank is logged in/);
  });

  it('sends nothing as somebody who logs in while other things are being sent', async () => {
    const world = await World.make();
    for (const ticketId of ['1', '2']) {
      await world.open(ticketId);
      await world.change({ ...CUSTOMER_INPUT, ticketId });
    }
    world.desk.beforeWrite = () => {
      world.desk.user = { login: 'frank', name: 'Frank' };
    };
    await world.pass(20_000);
    expect(world.desk.writes).toBe(1);
    expect((await world.view('2')).outbox[0]?.problem).toMatch(/Waits for Erin; Frank is logged in/);
  });

  it('keeps the text of a message only while it is owed', async () => {
    const world = await World.make();
    await world.open();
    world.desk.user = null;
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    const texts = async () => JSON.stringify(await world.dump('outbox'));
    expect(await texts()).toMatch(/Hello Alice/);
    world.desk.user = { login: 'erin', name: 'Erin' };
    await world.pass(DAY);
    expect(world.desk.sent).toHaveLength(1);
    expect(await texts()).not.toMatch(/Hello Alice/);
  });

  it('a refused write is shown as not sent with the text ready, and can be sent again by a person', async () => {
    const world = await World.make();
    await world.open();
    world.desk.failWrite = { ok: false, code: 'refused', message: 'Not allowed.' };
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    const [item] = (await world.view()).outbox;
    expect(item).toMatchObject({ state: 'failed', problem: 'Not sent: Not allowed.' });
    expect(item?.body).toMatch(/Hello Alice/);
    world.desk.failWrite = null;
    await world.cases.settleEffect(await world.site, { ticketId: '1', effectId: item?.effectId ?? '', how: 'send' });
    await world.settle();
    expect(world.desk.sent).toHaveLength(1);
  });

  it('a close is tried again while the ticket cannot be read, and asks after a day', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    world.desk.failRead = { ok: false, code: 'unreachable', message: 'Desk could not be reached.' };
    await world.pass(14 * DAY + 3_600_000);
    expect(await world.status()).toBe('Awaiting Customer Confirmation');
    expect((await world.view()).attention).toMatch(/cannot be read/);
    expect((await world.view()).waitsForPerson).toBe(false);
    await world.pass(DAY);
    expect(await world.view()).toMatchObject({ waitsForPerson: true, next: [{ kind: 'auto-close', held: true }, {}] });
    world.desk.failRead = null;
    await world.pass(30 * DAY);
    expect(await world.status()).toBe('Awaiting Customer Confirmation');
  });

  it('a browser that was closed for 40 days reminds first, and closes only 21 days after', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    world.now += 40 * DAY;
    world.startWorker();
    await world.pass(1000);
    expect(world.desk.sent).toHaveLength(1);
    expect(await world.status()).toBe('Pending – Customer Input');
    await world.pass(21 * DAY);
    expect(await world.status()).toBe('Closed');
  });

  it.each([
    ["R11: a customer's reply", 'awaiting-customer-confirmation', 'Awaiting Customer Confirmation', 'reply'],
    ['R13: an auto-close', 'awaiting-customer-confirmation', 'Awaiting Customer Confirmation', 'close'],
  ])('undo takes back what %s did, as the panel asks for it', async (_what, statusId, name, by) => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId });
    await world.settle();
    if (by === 'reply') world.desk.say('customer', 'Out of office.');
    await world.pass(by === 'reply' ? 6 * 60_000 : 14 * DAY);
    expect(await world.status()).toBe(by === 'reply' ? 'Reopened' : 'Closed');
    const undoes = (await world.view()).undo?.commandId ?? '';
    const input = requests['case.undo'].in.parse({ ticketId: '1', commandId: 'undo-command', undoes });
    expect(await world.cases.undo(await world.site, input)).toMatchObject({ ok: true });
    expect(await world.status()).toBe(name);
  });

  it('a try that fails after the case went on is not tried again', async () => {
    const world = await World.make();
    await world.open();
    world.desk.failWrite = { ok: false, code: 'server-error', message: 'Down.', maybeDone: true };
    // The agent changes the status while the message is being sent.
    const moved = new Promise<void>((resolve) => {
      world.desk.beforeWrite = async () => {
        world.desk.beforeWrite = null;
        await world.change({ statusId: 'in-progress' });
        resolve();
      };
    });
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.settle();
    await moved;
    world.desk.failWrite = null;
    await world.pass(DAY);
    expect(world.desk.sent).toEqual([]);
    expect((await world.view()).outbox).toEqual([]);
  });

  it('undo within the hold: nothing has left the browser', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'in-progress' });
    const changed = await world.change(CUSTOMER_INPUT);
    const undoes = changed.ok ? (changed.value.view.undo?.commandId ?? '') : '';
    await world.cases.undo(await world.site, { ticketId: '1', commandId: 'undo-command', undoes });
    await world.pass(DAY);
    expect(await world.status()).toBe('In Progress');
    expect(world.desk.status).toBe('open');
    expect(firstBrokenEntry(await world.ctx.cases.history(caseKeyOf(SITE.siteId, '1')))).toBeNull();
  });

  it('timers of a disconnected site wait, keep nobody else waiting, and go on when it is connected again', async () => {
    const world = await World.make();
    await world.open();
    await world.change(CUSTOMER_INPUT);
    await world.pass(20_000);
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    await world.pass(7 * DAY + 60_000);
    expect(await world.ctx.cases.dueTimers(world.now, 10)).toEqual([]);
    await world.ctx.sites.put(site);
    await world.ctx.cases.retryNow(site.siteId, world.now);
    await world.settle();
    expect(world.desk.sent).toHaveLength(1);
  });

  it('a permission that was taken away stops all writes, and says so', async () => {
    const world = await World.make();
    await world.open();
    world.granted = false;
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.pass(DAY);
    expect(world.desk.writes).toBe(0);
    const { outbox, trouble } = await world.view();
    expect(outbox[0]?.problem).toMatch(/may not reach/);
    expect(trouble).toMatch(/may not reach/);
  });

  it('whoever closed the ticket by a status that no template knows is not chased', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    await world.pass(DAY);
    world.desk.status = 'Erledigt';
    world.desk.closed = true;
    const sent = world.desk.sent.length;
    await world.pass(40 * DAY);
    expect(world.desk.sent).toHaveLength(sent);
    const message = 'The help desk says "Erledigt" by now; look at the ticket before the case goes on.';
    // Once: that the help desk says something else, and that the case waits for that.
    const said = { attention: null, native: { drift: { message } }, trouble: message };
    expect(await world.view()).toMatchObject({ status: { name: 'Pending' }, ...said });
    world.desk.status = 'open';
    world.desk.closed = false;
    await world.open();
    // By the status that it has by now.
    expect((await world.view()).native.drift?.message).toMatch(/^The help desk says "open" by now/);
  });
});
