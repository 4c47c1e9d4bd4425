import { describe, expect, it } from 'vitest';
import { MAX_LATE_MS } from '../../../core/domain/decide';
import type { TimerRule } from '../../../core/domain/template';
import {
  closeRule,
  code,
  committed,
  DAY,
  ERIN,
  FACTS,
  HOUR,
  Life,
  MINUTE,
  refused,
  rule,
  START,
  smallTemplate,
  status,
  target,
} from './life';

const days = (amount: number) => ({ amount, unit: 'days' as const });
const via = (way: 'reply' | 'note' | 'notification') => ({ type: 'message' as const, messageId: 'hello', via: way });
const remind = rule('remind', 'wait');
const close = closeRule('close', 'wait');
const note = rule('note', 'wait', { does: via('note') });
const nudge = rule('nudge', 'wait', { does: via('notification') });

/** A case that waits, with the timers of these rules; what it has to tell has arrived. */
function waiting(...timers: TimerRule[]): Life {
  const life = new Life(smallTemplate({ timers }));
  life.change('wait');
  life.deliver();
  return life;
}

describe('a reminder', () => {
  it('R14: goes to the customer at once, by the help desk, and its agent is told', () => {
    const life = waiting(remind);
    life.actor = null;
    life.now += 7 * DAY + HOUR;
    expect(committed(life.fire('remind'))).toMatchObject({ message: 'Reminder fired.', timers: [{ state: 'fired' }] });
    expect(life.situation.effects).toMatchObject([
      {
        kind: 'desk-write',
        ruleId: 'remind',
        actor: null,
        notBefore: life.now,
        write: { message: { visibility: 'public' } },
      },
      {
        kind: 'notification',
        ruleId: 'remind',
        notification: { kind: 'told', title: 'Reminder: Printer on fire', body: 'Reminder to Alice. WAIT.' },
      },
    ]);
    expect(life.history.at(-1)).toMatchObject({
      cause: 'timer',
      actor: null,
      what: { type: 'timer-fired', ruleId: 'remind', kind: 'reminder', occurrence: 1, lateMs: HOUR, verified: true },
    });
    expect(life.situation.timers).toEqual([]);
  });

  it('is told as a notice where it is one, also where the customer has no name', () => {
    const life = new Life(smallTemplate({ timers: [rule('notice', 'done', { kind: 'notice' })] }));
    life.change('done', { facts: { ...FACTS, requester: null } });
    life.now += 7 * DAY;
    expect(committed(life.fire('notice')).message).toBe('Notice fired.');
    expect(life.notifications).toEqual([
      { kind: 'told', title: 'Notice: Printer on fire', body: 'Notice to the customer. DONE.' },
    ]);
  });

  describe('R14: of a status that the help desk has not taken', () => {
    const native = { rt: { set: { wait: 'stalled', done: 'resolved' }, shows: { stalled: 'wait', resolved: 'done' } } };
    const notice = rule('notice', 'done', { kind: 'notice' });
    function untaken(state: 'failed' | 'uncertain'): Life {
      const life = new Life(smallTemplate({ timers: [notice], native }));
      life.change('done');
      for (const effect of life.writes) life.outcome(effect, state);
      life.now += 7 * DAY;
      return life;
    }

    it.each(['failed', 'uncertain'] as const)('tells the customer nothing that may not be so: %s', (state) => {
      const life = untaken(state);
      committed(life.fire('notice'));
      expect(life.messages).toEqual([]);
      expect(life.timer('notice')).toMatchObject({ state: 'held', heldFor: 'decision' });
      expect(life.record.attention).toEqual({
        code: 'timer-held',
        message: 'The help desk has not taken the status, so the customer is told nothing until you have looked at it.',
      });
    });

    it.each(['effect-again', 'effect-drop'] as const)('goes on after a person has looked at it: %s', (type) => {
      const life = untaken('failed');
      life.fire('notice');
      life.do({ type, effectId: life.writes[0]?.effectId ?? '' });
      if (type === 'effect-again') life.deliver();
      life.do({ type: 'settle-timer', timerId: life.timer('notice').timerId, how: 'act' });
      life.fire('notice');
      expect(life.messages).toHaveLength(1);
    });

    it('is not kept back by what was being sent when the case went on, and failed', () => {
      const life = new Life(smallTemplate({ timers: [notice], native }));
      life.change('done');
      const [first] = life.writes;
      if (!first) throw new Error('Nothing is written');
      life.outcome(first, 'sending');
      life.change('wait');
      life.change('done');
      life.outcome(first, 'failed');
      for (const effect of life.writes)
        if (effect.state === 'pending') life.outcome(effect, 'done', { nativeStatus: 'resolved' });
      life.now += 7 * DAY;
      life.fire('notice');
      expect(life.messages).toHaveLength(1);
    });

    it('is still written down for the agent, and told them', () => {
      const life = new Life(
        smallTemplate({
          timers: [rule('note', 'done', { does: via('note') }), rule('nudge', 'done', { does: via('notification') })],
          native,
        }),
      );
      life.change('done');
      for (const effect of life.writes) life.outcome(effect, 'failed');
      life.now += 7 * DAY;
      life.fire('note');
      life.fire('nudge');
      expect(life.messages).toHaveLength(1);
      expect(life.notifications).toContainEqual(expect.objectContaining({ title: 'Printer on fire' }));
    });
  });

  it('is an internal note, or a notification for the agent', () => {
    const life = waiting(note, nudge);
    life.now += 7 * DAY;
    life.fire('note');
    expect(life.writes).toMatchObject([{ ruleId: 'note', write: { message: { visibility: 'internal' } } }]);
    expect(life.notifications).toEqual([]);
    life.fire('nudge');
    expect(life.notifications).toEqual([{ kind: 'reminder', title: 'Printer on fire', body: 'Hello Alice.' }]);
  });

  it('that only notifies settles no drift and writes no native status', () => {
    const life = new Life(smallTemplate({ timers: [nudge], native: { rt: { set: { wait: 'stalled' }, shows: {} } } }));
    life.change('wait');
    life.deliver();
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    life.now += 7 * DAY;
    life.fire('nudge');
    expect(life.writes).toEqual([]);
    expect(life.record).toMatchObject({ nativeStatus: 'resolved', expectedNativeStatus: 'stalled' });
  });

  describe('of a ticket that somebody has closed in the help desk', () => {
    function closedElsewhere(nativeStatus: string, ...timers: TimerRule[]): Life {
      const native = { rt: { set: { wait: 'stalled', done: 'resolved' }, shows: { resolved: 'done', open: 'other' } } };
      const life = new Life(smallTemplate({ timers, native }));
      life.change('wait');
      life.deliver();
      life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus } });
      life.now += 28 * DAY;
      return life;
    }

    it('goes by the template’s name for it in whatever case the help desk tells it', () => {
      const life = closedElsewhere('Resolved', remind);
      committed(life.fire('remind'));
      expect(life.record.attention?.code).toBe('closed-elsewhere');
      const same = closedElsewhere('Stalled', remind);
      committed(same.fire('remind'));
      expect(same.record.attention).toBeNull();
    });

    it.each([
      ['chases nobody', remind],
      ['closes nothing', close],
    ])('%s: a person looks first', (_what, timer) => {
      const life = closedElsewhere('resolved', timer);
      committed(life.fire(timer.id));
      expect(life.writes).toEqual([]);
      expect(life.place).toBe('wait');
      expect(life.timer(timer.id)).toMatchObject({ state: 'held', heldFor: 'decision' });
      expect(life.record.attention).toEqual({
        code: 'closed-elsewhere',
        message: 'The help desk says "resolved" by now; look at the ticket before the case goes on.',
      });
    });

    it.each(['let go on', 'released'])('acts when a person says so (%s), and the help desk is set again', (how) => {
      const life = closedElsewhere('resolved', remind);
      life.fire('remind');
      const { timerId } = life.timer('remind');
      if (how === 'released') life.release();
      else life.do({ type: 'settle-timer', timerId, how: 'act' });
      committed(life.fire('remind'));
      expect(life.writes).toMatchObject([{ write: { status: 'stalled', message: { visibility: 'public' } } }]);
    });

    it('stays as it was seen where a person drops what was due, or puts the case on hold', () => {
      const life = closedElsewhere('resolved', remind, close);
      life.fire('close');
      life.hold();
      expect(life.record.expectedNativeStatus).toBe('stalled');
      life.do({ type: 'settle-timer', timerId: life.timer('close').timerId, how: 'drop' });
      expect(life.record.expectedNativeStatus).toBe('stalled');
    });

    it.each(['hold', 'timer'])('is asked for again where a person let something else go on: a %s', (what) => {
      const life = new Life(
        smallTemplate({
          timers: [remind, close],
          native: { rt: { set: { wait: 'stalled', done: 'resolved' }, shows: { resolved: 'done' } } },
        }),
      );
      life.change('wait');
      life.deliver();
      life.now += 7 * DAY;
      life.unread('remind', null);
      if (what === 'timer') {
        life.do({ type: 'settle-timer', timerId: life.timer('remind').timerId, how: 'act' });
        expect(life.record.expectedNativeStatus).toBe('stalled');
        return;
      }
      life.hold();
      life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
      life.situation.record = { ...life.record, attention: { code: 'timer-held', message: 'Look at it.' } };
      life.release();
      expect(life.record.expectedNativeStatus).toBe('stalled');
    });

    /** Closed here, with a notice of it that is due; the help desk has this status by then. */
    function closedHere(nativeStatus: string): Life {
      const native = { rt: { set: { done: 'resolved' }, shows: { resolved: 'done', closed: 'done', open: 'other' } } };
      const life = new Life(smallTemplate({ timers: [rule('notice', 'done', { kind: 'notice' })], native }));
      life.change('done');
      life.deliver();
      life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus } });
      life.now += 7 * DAY;
      return life;
    }

    it.each(['open', 'levitating'])('R14: nor is anybody told of a close that was taken back there (%s)', (native) => {
      const life = closedHere(native);
      committed(life.fire('notice'));
      expect(life.writes).toEqual([]);
      expect(life.record.attention?.message).toContain(`"${native}"`);
      life.do({ type: 'settle-timer', timerId: life.timer('notice').timerId, how: 'act' });
      life.fire('notice');
      expect(life.messages).toHaveLength(1);
    });

    it.each([
      ['by the template', 'closed', false],
      ['by the help desk', 'archived', true],
    ])('R14: tells of a close that goes by another name there, known %s', (_by, native, closedThere) => {
      const life = closedHere(native);
      life.fire('notice', closedThere);
      expect(life.messages).toHaveLength(1);
    });

    it('R13: what was only set to another status since is not taken for seen', () => {
      const life = closedElsewhere('resolved', remind);
      life.fire('remind');
      life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'open' } });
      life.do({ type: 'settle-timer', timerId: life.timer('remind').timerId, how: 'act' });
      expect(life.record).toMatchObject({ nativeStatus: 'open', expectedNativeStatus: 'stalled' });
    });

    it.each(['set-back', 'ignore'] as const)('%s: what waits still waits, and says only that', (how) => {
      const life = closedElsewhere('resolved', remind);
      committed(life.fire('remind'));
      life.do({ type: 'settle-drift', how });
      expect(life.record.attention).toEqual({ code: 'timer-held', message: 'A timer waits until you decide.' });
      expect(life.timer('remind').state).toBe('held');
      expect(life.messages).toEqual([]);
    });

    it('asks for nobody any more once nothing waits: a new version has no such reminder', () => {
      const life = closedElsewhere('resolved', remind);
      life.fire('remind');
      life.publish({ timers: [] });
      life.do({ type: 'settle-drift', how: 'ignore' });
      expect(life.situation.timers).toEqual([]);
      expect(life.record.attention).toBeNull();
    });

    it.each(['open', 'levitating'])('acts where it was only set to "%s"', (nativeStatus) => {
      const life = closedElsewhere(nativeStatus, remind);
      life.fire('remind');
      expect(life.messages).toHaveLength(1);
    });

    it('goes by the help desk where the template does not know the status, until a person has looked', () => {
      const life = closedElsewhere('levitating', remind);
      committed(life.fire('remind', true));
      expect(life.writes).toEqual([]);
      expect(life.record.attention?.code).toBe('closed-elsewhere');
      life.do({ type: 'settle-timer', timerId: life.timer('remind').timerId, how: 'act' });
      committed(life.fire('remind', true));
      expect(life.messages).toHaveLength(1);
    });

    it('goes by the template where that knows the status', () => {
      const life = closedElsewhere('open', remind);
      life.fire('remind', true);
      expect(life.messages).toHaveLength(1);
    });

    it('acts where a person has left that as it is', () => {
      const life = closedElsewhere('resolved', remind);
      life.do({ type: 'settle-drift', how: 'ignore' });
      life.fire('remind');
      expect(life.messages).toHaveLength(1);
    });

    it('acts where it tells only us', () => {
      const life = closedElsewhere('resolved', nudge, note);
      life.fire('nudge');
      life.fire('note');
      expect(life.writes).toMatchObject([{ write: { message: { visibility: 'internal' } } }]);
      expect(life.notifications).toHaveLength(1);
    });
  });

  it('fires once, and is not due a millisecond early', () => {
    const life = waiting(remind);
    const { timerId } = life.timer('remind');
    life.now += 7 * DAY - 1;
    expect(refused(life.fire('remind'))).toMatchObject({ code: 'too-early', message: 'This timer is not due yet.' });
    life.now += 1;
    life.fire('remind');
    expect(refused(life.do({ type: 'timer-fired', timerId, verified: true }))).toMatchObject({
      code: 'stale-timer',
      message: 'The case has left the status that this timer belongs to.',
    });
  });

  it('of a generation that was left never acts, whatever is asked', () => {
    const life = waiting(remind, close);
    const left = { ...life.timer('remind'), generation: 0 };
    life.situation = { ...life.situation, timers: [left] };
    life.now += 7 * DAY;
    expect(code(life.fire('remind'))).toBe('stale-timer');
    expect(code(life.unread('remind', null))).toBe('stale-timer');
    expect(code(life.do({ type: 'timer-late', timerId: left.timerId }))).toBe('stale-timer');
    expect(code(life.snooze('remind', life.now + DAY))).toBe('stale-timer');
    life.situation = { ...life.situation, timers: [{ ...left, state: 'held', heldAt: START, heldFor: 'decision' }] };
    expect(code(life.do({ type: 'settle-timer', timerId: left.timerId, how: 'act' }))).toBe('stale-timer');
  });

  it('is repeated so many times and no more, each a timer of its own', () => {
    const life = waiting({ ...remind, repeat: { every: days(2), times: 3 } });
    const dates: number[] = [];
    for (let occurrence = 1; occurrence <= 3; occurrence += 1) {
      const timer = life.timer('remind');
      expect(timer).toMatchObject({
        occurrence,
        timerId: `rt-1/1#1#remind${['', '~2', '~3'][occurrence - 1]}`,
        proof: { derivation: { wait: occurrence === 1 ? days(7) : days(2) } },
      });
      dates.push(timer.dueAt);
      life.now = timer.dueAt;
      life.fire('remind');
      expect(life.history.at(-1)?.what).toMatchObject({ occurrence });
    }
    expect(dates).toEqual([7, 9, 11].map((day) => START + day * DAY));
    expect(life.situation.timers).toEqual([]);
  });

  it('that is repeated and late does not burst: the next one waits its whole time', () => {
    const life = waiting({ ...remind, repeat: { every: days(2), times: 3 } });
    life.now += 60 * DAY;
    life.fire('remind');
    expect(life.messages).toHaveLength(1);
    expect(life.timer('remind')).toMatchObject({ occurrence: 2, dueAt: life.now + 2 * DAY });
  });
});

describe('a close', () => {
  it('R13: changes the case by itself, says why, and can be undone', () => {
    const life = waiting(close);
    life.now += 28 * DAY;
    const decision = committed(life.fire('close'));
    expect(decision).toMatchObject({ message: 'Now DONE.', category: 'done' });
    expect(decision.history.map(({ cause, what }) => [cause, what])).toEqual([
      ['timer', { type: 'timer-fired', ruleId: 'close', kind: 'auto-close', occurrence: 1, lateMs: 0, verified: true }],
      ['timer', { type: 'entered', from: target('wait'), to: target('done'), note: null }],
    ]);
    expect(life.notifications).toEqual([
      { kind: 'changed', title: 'DONE: Printer on fire', body: 'After WAIT without an answer.' },
    ]);
    expect(decision.effects).toMatchObject([{ ruleId: 'close' }]);
    expect(life.record.undo).toMatchObject({ timerId: 'rt-1/1#1#close', replyId: null });
  });

  it('tells what entering tells, without waiting for anybody', () => {
    const onEntry = [{ id: 'tell', when: target('done'), messageId: 'hello', via: 'reply' as const, immediate: false }];
    const life = new Life(smallTemplate({ timers: [close], onEntry }));
    life.change('wait');
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.writes).toMatchObject([{ notBefore: life.now }]);
  });

  it.each([
    ['retired-status', { retired: true }, 'DONE is retired and no longer used.'],
    ['tag-required', { tagRequired: true }, 'DONE needs a reason.'],
  ])('R5: asks a person where its target is refused as %s', (_code, part, message) => {
    const life = waiting(close);
    life.publish({ statuses: smallTemplate().statuses.map((one) => (one.id === 'done' ? { ...one, ...part } : one)) });
    life.now += 28 * DAY;
    expect(committed(life.fire('close')).message).toBe(message);
    expect(life.place).toBe('wait');
    expect(life.timer('close')).toMatchObject({ state: 'held', heldFor: 'decision', heldAt: life.now });
    expect(life.record.attention).toEqual({ code: 'timer-held', message });
    expect(life.history.at(-1)?.what).toEqual({
      type: 'timer-held',
      ruleId: 'close',
      kind: 'auto-close',
      why: message,
    });
    expect(life.notifications).toEqual([
      { kind: 'decision', title: 'Needs a decision: Printer on fire', body: message },
    ]);
  });

  it('asks where the template does not allow the transition', () => {
    const statuses = smallTemplate().statuses.map((one) =>
      one.id === 'wait' ? { ...one, mayBecome: ['other'] } : one,
    );
    const life = new Life(smallTemplate({ timers: [close], statuses }));
    life.change('wait');
    life.now += 28 * DAY;
    expect(committed(life.fire('close')).message).toBe('WAIT may not become DONE.');
    expect(life.place).toBe('wait');
  });

  it.each(['failed', 'uncertain'] as const)('asks where a message to the customer has %s', (state) => {
    const life = waiting(remind, close);
    life.now += 7 * DAY;
    life.fire('remind');
    for (const effect of life.writes) life.outcome(effect, state);
    life.now = START + 28 * DAY;
    expect(committed(life.fire('close')).message).toBe(
      'A message to the customer could not be delivered, so the case does not change by itself.',
    );
    expect(life.place).toBe('wait');
    expect(life.timer('close').heldFor).toBe('decision');
  });

  it.each(['pending', 'sending'] as const)('waits while a message to the customer is %s', (state) => {
    const life = waiting(remind, close);
    life.now += 7 * DAY;
    life.fire('remind');
    for (const effect of life.writes) life.outcome(effect, state);
    life.now = START + 28 * DAY;
    expect(refused(life.fire('close'))).toMatchObject({
      code: 'notice-on-its-way',
      message: 'The message before it is still being sent.',
    });
    life.deliver();
    // It arrived three weeks after it was decided: the time between it and the close begins then.
    expect(life.timer('close')).toMatchObject({ dueAt: START + 49 * DAY });
    expect(life.timer('close').proof.shifts).toEqual([
      { at: life.now, byMs: 21 * DAY, why: 'the message before it arrived late' },
    ]);
    life.now = START + 49 * DAY;
    expect(code(life.fire('close'))).toBe('ok');
    expect(life.place).toBe('done');
  });

  it.each([
    ['a message that arrived within the hour', HOUR - 1, {}],
    ['an internal note', 21 * DAY, { does: { type: 'message', messageId: 'hello', via: 'note' } } as const],
  ])('is not moved by %s', (_what, lateMs, part) => {
    const life = waiting({ ...remind, ...part }, close);
    life.now += 7 * DAY;
    life.fire('remind');
    life.now += lateMs;
    life.deliver();
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
  });

  it('is moved by a message that arrived an hour late, and nothing else is', () => {
    const clock = closeRule('clock', 'wait', { pausesIn: [target('other')] });
    const early = closeRule('early', 'wait', { after: { amount: 7, unit: 'days' } });
    const later = rule('later', 'wait', { after: { amount: 14, unit: 'days' } });
    const life = waiting(remind, close, clock, early, later);
    life.remindMe(START + 30 * DAY);
    life.now += 7 * DAY;
    life.fire('remind');
    life.now += HOUR;
    life.deliver();
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY + HOUR);
    expect(life.timer('clock').dueAt).toBe(START + 28 * DAY);
    expect(life.timer('early')).toMatchObject({ dueAt: START + 7 * DAY, proof: { shifts: [] } });
    expect(life.timer('later').dueAt).toBe(START + 14 * DAY);
    expect(life.note.dueAt).toBe(START + 30 * DAY);
  });

  it.each(['running', 'on hold', 'on hold after it was sent'])(
    '%s leaves the working days that the customer has from the message on',
    (how) => {
      const life = waiting(remind, closeRule('close', 'wait', { after: { amount: 10, unit: 'business-days' } }));
      // A Tuesday again; the close is due in the afternoon of the Tuesday after it.
      life.now += 7 * DAY;
      life.fire('remind');
      life.now += DAY / 2;
      if (how === 'on hold after it was sent') life.send();
      if (how !== 'running') life.hold();
      // It arrives on the Saturday. Five working days are what the customer was to have.
      life.now += 3.5 * DAY;
      if (how === 'on hold') life.release();
      life.deliver();
      if (how === 'on hold after it was sent') life.release();
      expect(life.timer('close').dueAt).toBeGreaterThanOrEqual(Date.UTC(2026, 11, 4, 17));
      // What stood still before the message arrived is given on top.
      expect(life.timer('close').dueAt).toBeLessThan(Date.UTC(2026, 11, how === 'running' ? 8 : 12));
    },
  );

  it('that is held has as much more time left, when a message arrives late', () => {
    const life = waiting(remind, close);
    life.now += 7 * DAY;
    life.fire('remind');
    life.send();
    life.hold();
    life.now += 2 * DAY;
    life.deliver();
    life.release();
    expect(life.timer('close').dueAt).toBe(life.now + 21 * DAY + 2 * DAY);
  });

  it('is not moved where an effect of an earlier version does not say since when it was owed', () => {
    const life = waiting(remind, close);
    life.now += 7 * DAY;
    life.fire('remind');
    const effects = life.situation.effects.map(({ owedAt: _, ...effect }) => effect);
    life.situation = { ...life.situation, effects };
    life.now += 2 * DAY;
    life.deliver();
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
  });

  it('does not wait for a note to colleagues, nor for what an earlier status could not send', () => {
    const onEntry = [
      { id: 'tell', when: target('other'), messageId: 'hello', via: 'reply' as const, immediate: false },
    ];
    const life = new Life(smallTemplate({ timers: [close, note], onEntry }));
    life.change('other');
    const [write] = life.writes;
    if (!write) throw new Error('nothing to write');
    life.outcome(write, 'sending');
    life.change('wait');
    life.outcome(write, 'failed');
    life.now += 28 * DAY;
    life.fire('note');
    life.fire('close');
    expect(life.place).toBe('done');
  });

  it.each([7, 28])('waits for a reminder that is due after %i days and has not been sent', (amount) => {
    const life = waiting({ ...remind, after: days(amount) }, close);
    life.now += 28 * DAY;
    expect(code(life.fire('close'))).toBe('notice-on-its-way');
    life.unread('remind', life.now + HOUR);
    expect(code(life.fire('close'))).toBe('notice-on-its-way');
    life.unread('remind', null);
    life.fire('close');
    expect(life.place).toBe('wait');
    expect(life.timer('close').heldFor).toBe('decision');
  });

  it('asks where a reminder before it is on the list for a person', () => {
    const life = waiting(remind, close);
    life.now += 28 * DAY;
    life.do({ type: 'timer-late', timerId: life.timer('remind').timerId });
    life.fire('close');
    expect(life.timer('close').heldFor).toBe('decision');
  });

  it('does not wait for a note-to-self', () => {
    const life = waiting(close);
    life.remindMe(START + DAY);
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.place).toBe('done');
  });

  it('does not wait for a reminder after it, for colleagues, or of a clock that stands still', () => {
    const clock = rule('clock', 'wait', { pausesIn: [target('wait')] });
    const notice = rule('notice', 'wait', { kind: 'notice' });
    const life = waiting({ ...remind, after: days(29) }, nudge, note, notice, clock, close);
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.place).toBe('done');
  });

  it('asks where the customer has replied, and so does the next reminder', () => {
    const life = waiting(remind, close);
    life.reply('41');
    life.now += 7 * DAY;
    const message = 'The customer has replied; look at it before the case goes on.';
    expect(committed(life.fire('remind')).message).toBe(message);
    expect(life.record.attention).toEqual({ code: 'customer-replied', message });
    expect(life.messages).toEqual([]);
    life.now = START + 28 * DAY;
    life.fire('close');
    expect(life.place).toBe('wait');
  });

  it('R15: a notice goes out although the customer has replied, and so does what tells no customer', () => {
    const life = waiting(note, nudge, rule('notice', 'wait', { kind: 'notice' }));
    life.reply('41');
    life.now += 7 * DAY;
    for (const id of ['note', 'nudge', 'notice']) {
      life.fire(id);
      expect(life.ruleIds).not.toContain(id);
    }
  });
});

describe('a late reminder', () => {
  it.each([
    [0, 28],
    [59 / (24 * 60), 28],
    [1 / 24, 28 + 1 / 24],
    [10, 38],
  ])('late by %f days, the close comes after %f days', (late, closesAfter) => {
    const life = waiting(remind, close);
    life.now = START + (7 + late) * DAY;
    life.fire('remind');
    expect(life.timer('close').dueAt).toBe(START + closesAfter * DAY);
  });

  it('moves a close that is near by less than an hour too', () => {
    const soon = { ...close, after: { amount: 7 * 24 + 5, unit: 'hours' as const } };
    const life = waiting(remind, soon);
    life.now = START + 7 * DAY + 30 * MINUTE - 1;
    expect(life.timer('close').dueAt).toBe(START + 7 * DAY + 5 * HOUR);
    const on = life.branch();
    on.fire('remind');
    expect(on.timer('close').dueAt).toBe(START + 7 * DAY + 5 * HOUR);
    life.now += 1;
    life.fire('remind');
    expect(life.timer('close').dueAt).toBe(START + 7 * DAY + 5 * HOUR + 30 * MINUTE);
    expect(life.timer('close').proof.shifts).toEqual([
      { at: life.now, byMs: 30 * MINUTE, why: 'the reminder before it was late' },
    ]);
  });

  it('moves no close before it, none with it, and no other reminder', () => {
    const life = waiting(remind, { ...close, after: days(7) }, { ...note, after: days(20) });
    const [closes, notes] = [life.timer('close').dueAt, life.timer('note').dueAt];
    life.now += 10 * DAY;
    life.fire('remind');
    expect([life.timer('close').dueAt, life.timer('note').dueAt]).toEqual([closes, notes]);
  });

  it('moves no note-to-self, and leaves a close that waits for a person waiting', () => {
    const life = waiting(remind, close);
    life.remindMe(START + 60 * DAY);
    life.now += 28 * DAY;
    life.unread('close', null);
    life.now += DAY;
    life.fire('remind');
    expect(life.note.dueAt).toBe(START + 60 * DAY);
    expect(life.timer('close')).toMatchObject({ state: 'held', heldFor: 'decision', dueAt: START + 49 * DAY });
  });

  it('for colleagues moves nothing', () => {
    const life = waiting(note, close);
    life.now += 10 * DAY;
    life.fire('note');
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
  });

  it('moves a clock of the case only where it is one itself', () => {
    const clock = { ...close, pausesIn: [] };
    const position = waiting(remind, clock);
    position.now += 10 * DAY;
    position.fire('remind');
    expect(position.timer('close').dueAt).toBe(START + 28 * DAY);
    const both = waiting({ ...remind, pausesIn: [] }, clock);
    both.now += 10 * DAY;
    both.fire('remind');
    expect(both.timer('close').dueAt).toBe(START + 31 * DAY);
  });

  it('leaves a close on hold its days behind, counted from the end of the hold', () => {
    const life = waiting(remind, close);
    life.now += 8 * DAY;
    life.hold(true);
    life.now += 2 * DAY;
    life.fire('remind');
    expect(life.timer('close')).toMatchObject({ state: 'held', heldAt: START + 8 * DAY, dueAt: START + 29 * DAY });
    life.release();
    expect(life.timer('close').dueAt).toBe(START + 31 * DAY);
  });

  it('on time does not move back a close that has a new date', () => {
    const life = waiting(remind, close);
    life.publish({ timers: [remind, { ...close, after: days(21) }] });
    life.retime();
    life.now += 7 * DAY;
    life.fire('remind');
    expect(life.timer('close').dueAt).toBe(START + 21 * DAY);
  });

  it('that was held alone keeps the days before the close', () => {
    const life = waiting(remind, close);
    life.now += 7 * DAY;
    life.unread('remind', null);
    life.now = START + 27 * DAY;
    life.do({ type: 'settle-timer', timerId: life.timer('remind').timerId, how: 'act' });
    life.fire('remind');
    expect(life.timer('close').dueAt).toBe(START + 48 * DAY);
  });
});

describe('a list of what fell due in absence', () => {
  const late = (life: Life, id: string) => life.do({ type: 'timer-late', timerId: life.timer(id).timerId });

  it('holds a due timer until a person has looked', () => {
    const life = waiting(remind);
    expect(code(late(life, 'remind'))).toBe('too-early');
    life.now += 7 * DAY;
    expect(committed(late(life, 'remind')).message).toBe('It fell due while nobody was there.');
    expect(life.timer('remind')).toMatchObject({ state: 'held', heldFor: 'review', heldAt: life.now });
    expect(life.record.attention).toEqual({ code: 'timer-held', message: 'It fell due while nobody was there.' });
    expect(life.history.at(-1)).toMatchObject({
      cause: 'timer',
      what: { type: 'timer-held', ruleId: 'remind', kind: 'reminder' },
    });
    expect(life.situation.effects).toEqual([]);
    expect(code(late(life, 'remind'))).toBe('stale-timer');
    expect(code(life.fire('remind'))).toBe('stale-timer');
  });

  it('a reminder that may go out takes its close off the list, with the days between them', () => {
    const life = waiting(remind, close);
    life.now += 60 * DAY;
    late(life, 'remind');
    late(life, 'close');
    life.now += DAY;
    life.do({ type: 'settle-timer', timerId: life.timer('remind').timerId, how: 'act' });
    life.fire('remind');
    expect(life.timer('close')).toMatchObject({ state: 'armed', heldFor: null, dueAt: life.now + 21 * DAY });
  });

  it('but not while the case is on hold', () => {
    const life = waiting(remind, close);
    life.now += 60 * DAY;
    late(life, 'remind');
    late(life, 'close');
    life.hold(true);
    life.do({ type: 'settle-timer', timerId: life.timer('remind').timerId, how: 'act' });
    life.fire('remind');
    expect(life.timer('close')).toMatchObject({ state: 'held', heldFor: 'hold' });
    life.now += DAY;
    life.release();
    expect(life.timer('close').dueAt).toBe(life.now + 21 * DAY);
  });
});

describe('a timer that waits for a person', () => {
  const settle = (life: Life, id: string, how: 'act' | 'drop') =>
    life.do({ type: 'settle-timer', timerId: life.timer(id).timerId, how });
  const asking = () => {
    const life = waiting(close);
    life.now += 28 * DAY;
    life.unread('close', null);
    life.now += DAY;
    return life;
  };

  it('acts at once where the person says so', () => {
    const life = asking();
    life.remindMe(life.now + DAY);
    expect(committed(settle(life, 'close', 'act')).message).toBe('It goes on now.');
    expect(life.timer('close')).toMatchObject({ state: 'armed', dueAt: life.now, heldAt: null, heldFor: null });
    expect(life.timer('close').proof.shifts).toEqual([{ at: life.now, byMs: DAY, why: 'let go by a person' }]);
    expect(life.record.attention).toBeNull();
    expect(life.history.at(-1)).toMatchObject({
      cause: 'person',
      what: { type: 'timer-settled', ruleId: 'close', kind: 'auto-close', how: 'act' },
    });
    life.fire('close');
    expect(life.place).toBe('done');
    expect(code(life.do({ type: 'settle-timer', timerId: 'rt-1/1#1#close', how: 'act' }))).toBe('stale-timer');
  });

  it('acts at once also outside of working hours', () => {
    const life = waiting({ ...close, after: { amount: 1, unit: 'business-days' } });
    life.now += DAY;
    life.unread('close', null);
    life.now = Date.UTC(2026, 10, 21, 3, 0);
    settle(life, 'close', 'act');
    expect(life.timer('close').dueAt).toBe(life.now);
    life.fire('close');
    expect(life.place).toBe('done');
  });

  it('keeps a date that is still ahead', () => {
    const life = waiting(close);
    life.now -= HOUR;
    life.do({ type: 'clock-back' });
    life.now += DAY;
    settle(life, 'close', 'act');
    expect(life.timer('close')).toMatchObject({ state: 'armed', dueAt: START + 28 * DAY });
  });

  it('goes on after the hold, where the case is on hold', () => {
    const life = asking();
    life.hold();
    life.remindMe(life.now + 2 * DAY);
    expect(committed(settle(life, 'close', 'act')).message).toBe(
      'It goes on as soon as the case is not on hold any more.',
    );
    expect(life.timer('close')).toMatchObject({ state: 'held', heldFor: 'hold', dueAt: life.now });
    life.now += DAY;
    life.release();
    expect(life.timer('close')).toMatchObject({ state: 'armed', dueAt: life.now });
  });

  it('never acts where it is dropped', () => {
    const life = asking();
    expect(committed(settle(life, 'close', 'drop')).message).toBe('Dropped. It will not act.');
    expect(life.situation.timers).toEqual([]);
    expect(life.record.attention).toBeNull();
  });

  it('keeps the case in attention as long as another one waits', () => {
    const life = waiting(close, remind);
    life.now += 28 * DAY;
    life.unread('remind', null);
    life.do({ type: 'timer-late', timerId: life.timer('close').timerId });
    settle(life, 'remind', 'drop');
    expect(life.record.attention).not.toBeNull();
    settle(life, 'close', 'drop');
    expect(life.record.attention).toBeNull();
  });

  it('that may act has the reply seen; one that is dropped has not', () => {
    const life = waiting(close);
    life.reply('41');
    life.now += 28 * DAY;
    life.fire('close');
    const dropped = life.branch();
    settle(dropped, 'close', 'drop');
    expect(dropped.record.customerRepliedAt).toBe(START);
    settle(life, 'close', 'act');
    expect(life.record.customerRepliedAt).toBeNull();
    life.fire('close');
    expect(life.place).toBe('done');
  });

  it('is no other one', () => {
    const life = waiting(close);
    expect(refused(settle(life, 'close', 'act'))).toMatchObject({
      code: 'stale-timer',
      message: 'This timer does not wait for a decision any more.',
    });
    life.hold();
    expect(code(settle(life, 'close', 'act'))).toBe('stale-timer');
  });

  it('is not let go where its rule has gone', () => {
    const life = asking();
    life.publish({ timers: [] });
    expect(code(settle(life, 'close', 'act'))).toBe('stale-timer');
  });
});

describe('a timer whose ticket cannot be read', () => {
  it('is tried again, and says so on the case', () => {
    const life = waiting(remind);
    life.now += 7 * DAY;
    expect(committed(life.unread('remind', life.now + HOUR)).message).toBe('RT is down.');
    expect(life.timer('remind')).toMatchObject({
      state: 'armed',
      dueAt: START + 7 * DAY,
      nextAt: START + 7 * DAY + HOUR,
      unreadSince: START + 7 * DAY,
    });
    expect(life.record.attention).toEqual({ code: 'desk-unread', message: 'RT is down.' });
    life.now += HOUR;
    life.unread('remind', life.now + HOUR);
    expect(life.timer('remind')).toMatchObject({ nextAt: life.now + HOUR, unreadSince: START + 7 * DAY });
    life.fire('remind');
    expect(life.record.attention).toBeNull();
    expect(life.messages).toHaveLength(1);
  });

  it('leaves alone what else the case needs attention for', () => {
    const life = waiting(remind, { ...nudge, ifUnread: 'ask' });
    life.now += 7 * DAY;
    life.unread('nudge', life.now + HOUR);
    expect(life.timer('nudge').heldFor).toBe('decision');
    life.fire('remind');
    expect(life.record.attention).toEqual({ code: 'timer-held', message: 'RT is down.' });
  });

  it('a note-to-self too is tried again', () => {
    const life = waiting();
    life.remindMe(START + DAY);
    life.now += DAY;
    const { timerId } = life.note;
    const unread = (why: string) => life.do({ type: 'timer-unverifiable', timerId, why, retryAt: life.now + HOUR });
    expect(committed(unread('RT is down.')).next.attention?.message).toBe('RT is down.');
    expect(committed(unread('RT is slow.')).next.attention).toEqual({ code: 'desk-unread', message: 'RT is slow.' });
    expect(life.note).toMatchObject({ state: 'armed', nextAt: life.now + HOUR });
    committed(life.do({ type: 'timer-fired', timerId, verified: true }));
    expect(life.record.attention).toBeNull();
  });

  it('is nothing to look at any more once what was tried is moved on', () => {
    const life = waiting(remind);
    life.now += 7 * DAY;
    life.unread('remind', life.now + HOUR);
    life.snooze('remind', life.now + DAY);
    expect(life.record.attention).toBeNull();
  });

  it('does not hide that another timer waits for a person', () => {
    const life = waiting({ ...nudge, ifUnread: 'ask' }, remind, note);
    life.now += 7 * DAY;
    life.unread('remind', life.now + HOUR);
    life.unread('note', life.now + HOUR);
    expect(life.record.attention?.code).toBe('desk-unread');
    life.unread('nudge', life.now + HOUR);
    life.unread('remind', life.now + HOUR);
    expect(life.record.attention?.code).toBe('timer-held');
  });

  it('asks after trying for long, or at once where the rule says so', () => {
    const life = waiting(remind, { ...nudge, ifUnread: 'ask' });
    life.now += 7 * DAY;
    life.unread('remind', null);
    expect(life.timer('remind')).toMatchObject({ state: 'held', heldFor: 'decision' });
    expect(life.history.at(-1)).toMatchObject({ cause: 'timer', what: { type: 'timer-held', why: 'RT is down.' } });
    life.unread('nudge', life.now + HOUR);
    expect(life.timer('nudge')).toMatchObject({ state: 'held', heldFor: 'decision' });
  });

  it('acts and says that it was not verified, where the rule says so', () => {
    const life = waiting({ ...close, ifUnread: 'act' });
    life.now += 28 * DAY;
    life.unread('close', life.now + HOUR);
    expect(life.place).toBe('done');
    expect(life.history.at(-2)?.what).toMatchObject({ type: 'timer-fired', verified: false });
  });

  it.each(['retry', 'ask', 'act'] as const)('is not asked about before it is due (%s)', (ifUnread) => {
    const life = waiting({ ...remind, ifUnread });
    life.now += 7 * DAY - 1;
    expect(code(life.unread('remind', null))).toBe('too-early');
    expect(code(life.unread('remind', life.now + HOUR))).toBe('too-early');
  });

  it('is none of a generation that was left', () => {
    const life = waiting(remind);
    const { timerId } = life.timer('remind');
    life.now += 7 * DAY;
    life.change('other');
    expect(code(life.do({ type: 'timer-unverifiable', timerId, why: 'RT is down.', retryAt: null }))).toBe(
      'stale-timer',
    );
  });
});

describe('hold', () => {
  const all = [
    remind,
    note,
    nudge,
    close,
    rule('notice', 'wait', { kind: 'notice' }),
    rule('change', 'wait', { kind: 'change', does: { type: 'change', to: target('other') } }),
  ];
  const heldIds = (life: Life) =>
    life.situation.timers.flatMap(({ state, ruleId }) => (state === 'held' ? [ruleId] : []));

  it('stops what would change the case or chase the customer, and nothing else', () => {
    const life = waiting(...all);
    life.now += DAY;
    expect(committed(life.hold()).message).toBe(
      'On hold: it will not close by itself and the customer is not reminded.',
    );
    expect(heldIds(life).toSorted()).toEqual(['change', 'close', 'remind']);
    expect(life.timer('close')).toMatchObject({ heldAt: START + DAY, heldFor: 'hold' });
    expect(life.record).toMatchObject({ hold: true, remindOnHold: false });
    expect(life.history.at(-1)).toMatchObject({ cause: 'person', what: { type: 'hold', on: true } });
  });

  it('lets the customer be reminded on wish, also later', () => {
    const life = waiting(...all);
    expect(committed(life.hold(true)).message).toBe(
      'On hold: it will not close by itself. The customer is still reminded.',
    );
    expect(heldIds(life).toSorted()).toEqual(['change', 'close']);
    expect(life.history.at(-1)?.what).toEqual({ type: 'hold', on: true, remindOnHold: true });
    life.now += DAY;
    life.hold(false);
    expect(heldIds(life).toSorted()).toEqual(['change', 'close', 'remind']);
    life.now += DAY;
    life.hold(true);
    expect(life.timer('remind')).toMatchObject({ state: 'armed', dueAt: START + 8 * DAY });
    expect(life.timer('remind').proof.shifts).toEqual([{ at: START + 2 * DAY, byMs: DAY, why: 'held' }]);
    expect(life.timer('close')).toMatchObject({ heldAt: START });
  });

  it('is released with what remained, and what reminded on hold starts anew with the next', () => {
    const life = waiting(...all);
    life.hold(true);
    life.now += 40 * DAY;
    expect(committed(life.release()).message).toBe('Hold released. Timers go on with what remained.');
    expect(life.timer('close')).toMatchObject({ state: 'armed', dueAt: START + 68 * DAY, nextAt: START + 68 * DAY });
    expect(life.timer('remind').dueAt).toBe(START + 7 * DAY);
    expect(life.record).toMatchObject({ hold: false, remindOnHold: false });
    expect(life.history.at(-1)?.what).toEqual({ type: 'hold', on: false, remindOnHold: false });
  });

  it('comes along: what starts on hold starts to run with the release', () => {
    const life = new Life(smallTemplate({ timers: all }));
    life.change('other');
    life.hold();
    life.change('wait');
    expect(heldIds(life).toSorted()).toEqual(['change', 'close', 'remind']);
    life.now += 3 * DAY;
    life.release();
    expect(life.timer('close').dueAt).toBe(START + 31 * DAY);
  });

  describe('R14: of a reminder that could not be sent yet', () => {
    /** Fired two hours ago; the help desk has not answered since. */
    const unsent = (...timers: TimerRule[]) => {
      const life = waiting(remind, close, ...timers);
      life.now += 7 * DAY;
      life.fire('remind');
      life.now += HOUR;
      life.outcome(reminder(life), 'pending', { retryAt: life.now + MINUTE });
      life.now += HOUR;
      return life;
    };
    const reminder = ({ situation }: Life) => {
      const found = situation.effects.find(({ ruleId, write }) => ruleId === 'remind' && write !== null);
      if (!found) throw new Error('No reminder is owed');
      return found;
    };

    it('keeps it, and sends it when it is released', () => {
      const life = unsent();
      life.hold();
      expect(reminder(life)).toMatchObject({
        state: 'held',
        outcome: 'The case is on hold. It goes out once you release the hold.',
      });
      life.now += 10 * DAY;
      life.release();
      expect(reminder(life)).toMatchObject({
        state: 'pending',
        notBefore: life.now,
        outcome: null,
        owedAt: life.now,
        write: { message: { body: expect.stringContaining('Hello') } },
      });
      life.deliver();
      expect(life.sent).toHaveLength(1);
      // The days from the message to the close are all there.
      expect(life.timer('close').dueAt).toBe(life.now + 21 * DAY);
    });

    it('keeps it where it is just being tried, and finds out then that it did not arrive', () => {
      const life = unsent();
      life.send();
      life.hold();
      expect(reminder(life).state).toBe('sending');
      life.outcome(reminder(life), 'pending', { retryAt: life.now + MINUTE });
      expect(reminder(life).state).toBe('held');
    });

    it('is no way round for who has looked at it before', () => {
      const life = unsent();
      const before = reminder(life);
      life.hold();
      expect(refused(life.outcome(before, 'sending')).code).toBe('unknown-effect');
      expect(reminder(life).state).toBe('held');
    });

    it('sends it all the same where the customer is reminded on hold, also where that is said later', () => {
      const life = unsent();
      life.hold(true);
      expect(reminder(life).state).toBe('pending');
      life.hold(false);
      expect(reminder(life).state).toBe('held');
      life.hold(true);
      expect(reminder(life).state).toBe('pending');
    });

    it('keeps nothing else: notes for colleagues, notices, what a person has just changed', () => {
      const life = new Life(smallTemplate({ timers: [note, rule('notice', 'wait', { kind: 'notice' })] }));
      life.change('wait');
      life.now += 7 * DAY;
      life.fire('note');
      life.fire('notice');
      const before = life.situation.effects;
      expect(before.filter(({ write }) => write !== null).length).toBeGreaterThan(1);
      life.hold();
      expect(life.situation.effects).toEqual(before);
    });

    it('is called off with the status, and by an answer of the customer', () => {
      const life = unsent();
      life.hold();
      const answered = life.branch();
      life.change('other');
      expect(life.situation.effects.filter(({ ruleId }) => ruleId === 'remind')).toEqual([]);
      answered.reply('41');
      expect(answered.situation.effects.filter(({ write }) => write?.message)).toEqual([]);
    });
  });

  it('twice, or released twice, is refused', () => {
    const life = waiting(close);
    expect(refused(life.release())).toMatchObject({ code: 'nothing-to-do', message: 'The case is not on hold.' });
    life.hold();
    expect(refused(life.hold())).toMatchObject({ code: 'nothing-to-do', message: 'The case is on hold already.' });
    expect(code(life.do({ type: 'hold', on: false, remindOnHold: true }))).toBe('ok');
    expect(life.record.remindOnHold).toBe(false);
  });

  it('leaves what waits for a person, and releases it with the same word', () => {
    const life = waiting(close, remind);
    life.now += 28 * DAY;
    life.unread('remind', null);
    life.hold();
    expect(life.timer('remind')).toMatchObject({ heldFor: 'decision' });
    expect(life.record.attention?.code).toBe('timer-held');
    life.now += DAY;
    life.release();
    expect(life.timer('remind')).toMatchObject({ state: 'armed', dueAt: life.now });
    expect(life.record.attention).toBeNull();
    expect(code(life.release())).toBe('nothing-to-do');
  });
});

describe('a clock of the case', () => {
  const clock = closeRule('clock', 'wait', { pausesIn: [target('other')] });
  const small = smallTemplate({
    timers: [clock],
    statuses: [...smallTemplate().statuses, status('more')],
  });

  it('runs on through other statuses, stands still where it says so, and goes on with what remained', () => {
    const life = new Life(small);
    life.change('wait');
    expect(life.timer('clock').scope).toBe('case');
    life.now += DAY;
    life.change('more');
    expect(life.timer('clock')).toMatchObject({ state: 'armed', dueAt: START + 28 * DAY, generation: 2 });
    life.now += DAY;
    life.change('other');
    expect(life.timer('clock')).toMatchObject({
      state: 'held',
      heldFor: 'pause',
      heldAt: START + 2 * DAY,
      generation: 3,
    });
    life.now += 10 * DAY;
    life.change('wait');
    expect(life.situation.timers).toMatchObject([
      { state: 'armed', dueAt: START + 38 * DAY, heldAt: null, occurrence: 1 },
    ]);
    expect(life.timer('clock').proof.shifts).toEqual([{ at: life.now, byMs: 10 * DAY, why: 'its clock stood still' }]);
    life.now = START + 38 * DAY;
    life.fire('clock');
    expect(life.place).toBe('done');
  });

  it('that waits for a person is in sight in the next status too', () => {
    const life = new Life(small);
    life.change('wait');
    life.now += 28 * DAY;
    life.unread('clock', null);
    life.change('more');
    expect(life.timer('clock')).toMatchObject({ heldFor: 'decision', generation: 2 });
    expect(life.record.attention).toEqual({ code: 'timer-held', message: 'A timer waits until you decide.' });
  });

  it('ends with a status of category done', () => {
    const life = new Life(small);
    life.change('wait');
    life.remindMe(START + DAY);
    life.change('done');
    expect(life.ruleIds).toEqual([null]);
  });

  it('stands still at once where it begins in such a status, and stays so through a hold', () => {
    const life = new Life({ ...small, timers: [{ ...clock, when: target('other') }] });
    life.change('other');
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'pause', heldAt: START });
    life.hold();
    life.now += DAY;
    life.release();
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'pause', heldAt: START });
    life.now += DAY;
    life.change('more');
    expect(life.timer('clock').dueAt).toBe(START + 30 * DAY);
  });

  it('stays still on hold when it leaves such a status', () => {
    const life = new Life(small);
    life.change('wait');
    life.change('other');
    life.hold();
    life.now += DAY;
    life.change('more');
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'hold', heldAt: START });
    life.change('other');
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'pause', heldAt: START });
    life.change('more');
    life.release();
    expect(life.timer('clock').dueAt).toBe(START + 29 * DAY);
  });
});

describe('a snooze', () => {
  it('moves a reminder and what comes after it by the same time, and not what comes before', () => {
    const life = waiting(remind, close, { ...note, after: days(6) });
    life.remindMe(START + 20 * DAY);
    life.unread('note', null);
    expect(committed(life.snooze('remind', START + 10 * DAY)).message).toBe(
      'Snoozed, together with what comes after it.',
    );
    expect(life.timer('remind')).toMatchObject({ dueAt: START + 10 * DAY, nextAt: START + 10 * DAY });
    expect(life.timer('close').dueAt).toBe(START + 31 * DAY);
    expect(life.timer('note').dueAt).toBe(START + 6 * DAY);
    expect(life.note.dueAt).toBe(START + 20 * DAY);
    expect(life.timer('close').proof.shifts).toEqual([{ at: START, byMs: 3 * DAY, why: 'snoozed' }]);
    expect(life.history.at(-1)).toMatchObject({
      cause: 'person',
      what: { type: 'snoozed', byMs: 3 * DAY, timerIds: ['rt-1/1#1#remind', 'rt-1/1#1#close'] },
    });
  });

  it('moves what is due at the same time along', () => {
    const life = waiting(remind, { ...close, after: days(7) });
    life.snooze('remind', START + 8 * DAY);
    expect(life.timer('close').dueAt).toBe(START + 8 * DAY);
  });

  it('of the last timer moves it alone', () => {
    const life = waiting(remind, close);
    expect(committed(life.snooze('close', START + 30 * DAY)).message).toBe('Snoozed.');
    expect(life.timer('remind').dueAt).toBe(START + 7 * DAY);
  });

  it('of a note-to-self moves nothing else, and cannot be undone', () => {
    const life = waiting(close);
    const { undo } = life.record;
    life.remindMe(START + DAY);
    life.do({ type: 'snooze', timerId: life.note.timerId, until: START + 2 * DAY });
    expect(life.note.dueAt).toBe(START + 2 * DAY);
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
    expect(life.record.undo).toEqual(undo);
  });

  it.each([
    ['the date that it has', 0, 7 * DAY],
    ['an earlier date', 0, 7 * DAY - 1],
    ['this moment', 8 * DAY, 8 * DAY],
    ['a moment that has passed', 8 * DAY, 8 * DAY - 1],
  ])('to %s is refused', (_words, now, until) => {
    const life = waiting(remind);
    life.now = START + now;
    expect(refused(life.snooze('remind', START + until))).toMatchObject({
      code: 'bad-time',
      message: 'A snooze needs a date after the present one.',
    });
  });

  it('R13: to a year that was mistyped is refused, and does not lock the case', () => {
    const life = waiting(remind, closeRule('close', 'wait', { after: { amount: 10, unit: 'business-days' } }));
    expect(refused(life.snooze('remind', Date.UTC(2226, 0, 1)))).toMatchObject({
      code: 'bad-time',
      message: 'This date is more than 50 years ahead.',
    });
    committed(life.change('other'));
  });

  it('R13: that takes a close along further than dates can be counted is refused', () => {
    const life = waiting(remind, closeRule('close', 'wait', { after: { amount: 10, unit: 'business-days' } }));
    committed(life.snooze('close', START + 40 * 365 * DAY));
    expect(code(life.snooze('remind', START + 20 * 365 * DAY))).toBe('bad-time');
  });

  it('of a timer that is not there any more is refused', () => {
    const life = waiting(remind);
    const { timerId } = life.timer('remind');
    life.change('other');
    expect(code(life.do({ type: 'snooze', timerId, until: START + 8 * DAY }))).toBe('stale-timer');
    expect(code(life.do({ type: 'snooze', timerId: 'none', until: START + 8 * DAY }))).toBe('stale-timer');
  });

  it('looks at once for a timer that could not be verified', () => {
    const life = waiting(remind);
    life.now += 7 * DAY;
    life.unread('remind', life.now + HOUR);
    life.snooze('remind', life.now + DAY);
    expect(life.timer('remind')).toMatchObject({ unreadSince: null, nextAt: START + 8 * DAY });
  });

  it('is what undo takes back, also where something else is on its way', () => {
    const life = waiting(remind, close);
    life.now += 7 * DAY;
    life.fire('remind');
    life.snooze('close', START + 30 * DAY);
    expect(life.record.undo?.generation).toBe(1);
  });

  it('can be undone where nothing else can, whatever waits to be sent', () => {
    const life = waiting(remind, { ...note, after: days(1) });
    life.change('other');
    life.undo();
    expect(life.record.undo).toBeNull();
    life.now += DAY;
    life.fire('note');
    life.snooze('remind', START + 9 * DAY);
    expect(life.record.undo).toMatchObject({ generation: 3 });
  });

  it('is what undo takes back, unless a message can still be', () => {
    const life = waiting(remind);
    life.snooze('remind', START + 8 * DAY);
    expect(life.record.undo).toMatchObject({ generation: 1, timerId: null, replyId: null });
    const onEntry = [{ id: 'tell', when: target('wait'), messageId: 'hello', via: 'reply' as const, immediate: false }];
    const telling = new Life(smallTemplate({ timers: [remind], onEntry }));
    telling.change('wait');
    telling.snooze('remind', START + 8 * DAY);
    expect(telling.record.undo?.generation).toBe(0);
    telling.undo();
    expect(telling.place).toBe('new');
    const sending = new Life(smallTemplate({ timers: [remind], onEntry }));
    sending.change('wait');
    for (const effect of sending.writes) sending.outcome(effect, 'sending');
    sending.snooze('remind', START + 8 * DAY);
    expect(sending.record.undo?.generation).toBe(1);
  });
});

describe('a note-to-self', () => {
  it('for a year that was mistyped is refused: no file could hold it', () => {
    expect(refused(waiting().remindMe(Date.UTC(2926, 0, 1)))).toMatchObject({
      code: 'bad-time',
      message: 'This date is more than 50 years ahead.',
    });
  });

  it('fires as a notification with its words, whatever the case did and however it is held', () => {
    const life = waiting(close);
    life.otherTemplates = [smallTemplate({ id: 'second' })];
    life.remindMe(START + 5 * DAY);
    expect(life.note).toEqual({
      timerId: 'rt-1/1#remind-me#command-2',
      caseKey: 'rt-1/1',
      ruleId: null,
      kind: 'remind-me',
      scope: 'case',
      generation: 1,
      occurrence: 1,
      note: 'Call Alice',
      state: 'armed',
      dueAt: START + 5 * DAY,
      nextAt: START + 5 * DAY,
      heldAt: null,
      heldFor: null,
      unreadSince: null,
      proof: {
        derivation: { from: START, wait: days(5), calendar: null },
        firstDueAt: START + 5 * DAY,
        shifts: [],
      },
    });
    life.hold();
    life.change('other');
    life.undo();
    life.move('second', 'done');
    life.reply('41');
    expect(life.note).toMatchObject({ state: 'armed', dueAt: START + 5 * DAY, generation: life.record.generation });
    life.now += 5 * DAY;
    const decision = committed(life.do({ type: 'timer-fired', timerId: life.note.timerId, verified: true }));
    expect(decision.message).toBe('Reminded.');
    expect(decision.effects).toMatchObject([
      {
        ruleId: null,
        notification: { kind: 'reminder', title: 'You asked to be reminded: Printer on fire', body: 'Call Alice' },
      },
    ]);
    expect(life.history.at(-1)?.what).toMatchObject({ type: 'timer-fired', ruleId: null, kind: 'remind-me' });
  });

  it('without words says where the case stands', () => {
    const life = waiting();
    life.remindMe(START + DAY, '');
    life.now += DAY;
    life.do({ type: 'timer-fired', timerId: life.note.timerId, verified: true });
    expect(life.notifications.map(({ body }) => body)).toEqual(['WAIT']);
  });

  it('that has fired is shown although the case goes on at the same moment', () => {
    const life = waiting(close);
    life.remindMe(START + 28 * DAY);
    life.now += 28 * DAY;
    life.do({ type: 'timer-fired', timerId: life.note.timerId, verified: true });
    life.fire('close');
    expect(life.place).toBe('done');
    expect(life.situation.effects).toMatchObject([
      { notification: { title: 'You asked to be reminded: Printer on fire' }, generation: 2, state: 'pending' },
      { notification: { kind: 'changed' } },
    ]);
  });

  it('needs a date ahead', () => {
    const life = waiting();
    expect(refused(life.remindMe(START))).toMatchObject({
      code: 'bad-time',
      message: 'A reminder needs a date in the future.',
    });
    expect(committed(life.remindMe(START + 1)).message).toBe('You will be reminded.');
    expect(life.history.at(-1)?.cause).toBe('person');
  });

  it('takes what the ticket says by now', () => {
    const life = waiting();
    life.do({
      type: 'remind-me',
      at: START + DAY,
      note: '',
      facts: { ...FACTS, subject: 'Fire is out', assignee: ERIN },
    });
    expect(life.record).toMatchObject({ subject: 'Fire is out', assignee: ERIN });
  });

  it('can be dropped, once, and only it', () => {
    const life = waiting(close);
    life.remindMe(START + DAY);
    const { timerId } = life.note;
    life.remindMe(START + 2 * DAY);
    const other = life.situation.timers.at(-1)?.timerId ?? '';
    const later = life.branch();
    later.do({ type: 'drop-remind-me', timerId: other });
    expect(later.note.timerId).toBe(timerId);
    life.do({ type: 'drop-remind-me', timerId: other });
    const drop = (id: string) => life.do({ type: 'drop-remind-me', timerId: id });
    expect(committed(drop(timerId)).message).toBe('The reminder was dropped.');
    expect(life.history.at(-1)).toMatchObject({ cause: 'person', what: { type: 'remind-me-dropped', timerId } });
    expect(life.ruleIds).toEqual(['close']);
    for (const id of [timerId, life.timer('close').timerId])
      expect(refused(drop(id))).toMatchObject({
        code: 'stale-timer',
        message: 'This reminder is not there any more.',
      });
  });
});

describe('a wrong clock', () => {
  it.each([
    [0, true],
    [1, false],
  ])('ahead by 400 days and %i ms: a timer acts: %s', (more, acts) => {
    const life = waiting(remind);
    life.now += 7 * DAY + MAX_LATE_MS + more;
    const { message } = committed(life.fire('remind'));
    expect(MAX_LATE_MS).toBe(400 * DAY);
    expect(life.messages).toHaveLength(acts ? 1 : 0);
    if (!acts) expect(message).toBe('The clock jumped by more than a year. Nothing was done.');
  });

  it('behind by more than a minute holds every timer that runs, and says so', () => {
    const life = waiting(remind, close);
    life.remindMe(START + DAY);
    life.hold(true);
    life.now -= MINUTE;
    expect(refused(life.do({ type: 'clock-back' }))).toMatchObject({
      code: 'nothing-to-do',
      message: 'The clock is right.',
    });
    life.now -= 1;
    expect(committed(life.do({ type: 'clock-back' })).message).toBe('The clock went back.');
    expect(life.situation.timers.map(({ heldFor }) => heldFor)).toEqual(['decision', 'hold', 'decision']);
    const message = 'The clock of this computer went back. Timers wait until you release them.';
    expect(life.record).toMatchObject({ changedAt: life.now, attention: { code: 'clock-back', message } });
    expect(life.history.at(-1)).toMatchObject({ cause: 'timer', what: { type: 'clock-back', byMs: MINUTE + 1 } });
    expect(life.notifications).toEqual([
      { kind: 'decision', title: 'Needs a decision: Printer on fire', body: message },
    ]);
    expect(code(life.do({ type: 'clock-back' }))).toBe('nothing-to-do');
  });

  it('asks for nobody where nothing runs, nor once what it has held is dropped', () => {
    const life = waiting();
    life.now -= HOUR;
    committed(life.do({ type: 'clock-back' }));
    expect(life.record.attention).toBeNull();
    expect(life.notifications).toEqual([]);
    expect(life.history.at(-1)?.what).toEqual({ type: 'clock-back', byMs: HOUR });

    life.remindMe(life.now + DAY);
    const timerId = life.situation.timers[0]?.timerId ?? '';
    life.now -= HOUR;
    life.do({ type: 'clock-back' });
    expect(life.record.attention?.code).toBe('clock-back');
    life.do({ type: 'drop-remind-me', timerId });
    expect(life.record.attention).toBeNull();
  });

  it('is noticed by whatever is done next', () => {
    const life = waiting(remind);
    life.now -= MINUTE;
    life.hold(true);
    expect(life.timer('remind').state).toBe('armed');
    life.release();
    life.now -= HOUR;
    life.hold(true);
    expect(life.timer('remind').heldFor).toBe('decision');
    life.now += HOUR;
    life.change('wait');
    expect(life.timer('remind').state).toBe('armed');
  });
});
