import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../core/domain/case';
import { code, committed, DAY, FACTS, HOUR, Life, MINUTE, refused, rule, START, smallTemplate, target } from './life';

const tell = { id: 'tell', when: target('wait'), messageId: 'hello', via: 'reply' as const, immediate: false };
const telling = smallTemplate({
  onEntry: [tell],
  native: { rt: { set: { wait: 'stalled', other: 'open', done: 'resolved', new: 'new' }, shows: {} } },
});
/** A case that has one message with a native status to send. */
function owing(): { life: Life; effect: Effect } {
  const life = new Life(telling);
  life.change('wait');
  const [effect] = life.writes;
  if (!effect) throw new Error('nothing to write');
  return { life, effect };
}
const again = (life: Life, { effectId }: Effect) => life.do({ type: 'effect-again', effectId });
const drop = (life: Life, { effectId }: Effect) => life.do({ type: 'effect-drop', effectId });

describe('what has arrived', () => {
  it('is done, keeps no text, and is in the history', () => {
    const { life, effect } = owing();
    const decision = committed(life.outcome(effect, 'done', { nativeStatus: 'stalled' }));
    expect(decision.message).toBe('done');
    expect(decision.effects).toMatchObject([
      { state: 'done', outcome: 'done', attempts: 0, notBefore: effect.notBefore, write: { message: { body: '' } } },
    ]);
    expect(decision.history).toMatchObject([
      { cause: 'outbox', what: { type: 'effect', effectId: effect.effectId, outcome: 'done', text: 'done' } },
    ]);
    expect(life.record).toMatchObject({ nativeStatus: 'stalled', expectedNativeStatus: 'stalled' });
    expect(life.record.undo?.messageSent).toBe(true);
    expect(refused(life.outcome(effect, 'done'))).toMatchObject({
      code: 'unknown-effect',
      message: 'This is not waiting to be sent any more.',
    });
  });

  it('is drift where the help desk kept another status', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'done', { nativeStatus: 'open' });
    expect(life.record).toMatchObject({ nativeStatus: 'open', expectedNativeStatus: 'stalled' });
  });

  it('beside no status of ours is what the help desk makes of it', () => {
    const life = new Life({ ...telling, native: {} });
    life.change('wait');
    for (const effect of life.writes) life.outcome(effect, 'done', { nativeStatus: 'reopened' });
    expect(life.record).toMatchObject({ nativeStatus: 'reopened', expectedNativeStatus: 'reopened' });
  });

  it('leaves the status as it was where none was read', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'done');
    expect(life.record).toMatchObject({ nativeStatus: 'open', expectedNativeStatus: 'open' });
  });

  it.each([
    ['a message of an earlier change', telling, (life: Life) => life.change('wait')],
    ['a native status alone', { ...telling, onEntry: [] }, () => null],
    ['a note to colleagues', { ...telling, onEntry: [{ ...tell, via: 'note' as const }] }, () => null],
  ])('is no message with the customer: %s', (_words, template, next) => {
    const life = new Life(template);
    life.change('wait');
    const [effect] = life.writes;
    if (!effect) throw new Error('nothing to write');
    life.outcome(effect, 'sending');
    next(life);
    life.outcome(effect, 'done');
    expect(life.record.undo?.messageSent).toBe(false);
  });

  it('as a notification leaves no trace', () => {
    const life = new Life(telling);
    life.change('other');
    life.reply('41');
    const [notification] = life.situation.effects;
    if (!notification) throw new Error('nothing to show');
    const { history, effects } = committed(life.outcome(notification, 'failed'));
    expect(history).toEqual([]);
    expect(effects).toMatchObject([{ state: 'failed' }]);
  });
});

describe('what has not arrived', () => {
  it('is tried again later, and counts its tries', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'sending');
    expect(life.writes).toMatchObject([{ state: 'sending', attempts: 0 }]);
    const decision = committed(life.outcome(effect, 'pending', { retryAt: START + MINUTE, maybeSent: true }));
    expect(decision.history).toEqual([]);
    expect(decision.effects).toMatchObject([
      { state: 'pending', attempts: 1, notBefore: START + MINUTE, maybeSent: true, outcome: 'pending' },
    ]);
    life.outcome(effect, 'pending');
    expect(life.writes).toMatchObject([
      { attempts: 2, notBefore: START + MINUTE, maybeSent: true, write: { message: { visibility: 'public' } } },
    ]);
    expect(life.messages[0]).toContain('Hello Alice.');
    expect(life.record.undo?.messageSent).toBe(false);
  });

  it('may not have been sent at all, and then says nothing', () => {
    const { life, effect } = owing();
    life.do({
      type: 'effect-outcome',
      effectId: effect.effectId,
      state: 'pending',
      text: '',
      nativeStatus: null,
      retryAt: null,
    });
    expect(life.writes).toMatchObject([{ maybeSent: false, outcome: null }]);
  });

  it.each(['failed', 'uncertain'] as const)('is told to its agent when it has %s', (state) => {
    const { life, effect } = owing();
    const decision = committed(life.outcome(effect, state));
    expect(decision.history).toMatchObject([{ what: { type: 'effect', outcome: state } }]);
    expect(decision.effects).toMatchObject([
      { state, write: { message: { body: expect.stringContaining('Hello') } } },
      { ruleId: 'tell', notification: { kind: 'not-sent', title: 'Not sent: Printer on fire', body: state } },
    ]);
  });

  it.each(['failed', 'uncertain'] as const)('is sent again, or dropped, by a person when it has %s', (state) => {
    const { life, effect } = owing();
    life.outcome(effect, 'pending', { retryAt: START + HOUR });
    life.outcome(effect, state);
    life.now += DAY;
    const dropped = life.branch();
    const decision = committed(again(life, effect));
    expect(decision).toMatchObject({
      message: 'Sending it again.',
      effects: [{ state: 'pending', notBefore: START + DAY, attempts: 0, outcome: null }],
    });
    expect(decision.history).toMatchObject([
      { cause: 'person', what: { type: 'effect', outcome: 'pending', text: 'Sent again by a person.' } },
    ]);
    expect(committed(drop(dropped, effect))).toMatchObject({
      message: 'Dropped. It will not be sent.',
      effects: [{ state: 'cancelled', write: { message: { body: '' } } }],
      history: [{ what: { type: 'effect', outcome: 'cancelled', text: 'Dropped by a person.' } }],
    });
    expect(refused(drop(dropped, effect))).toMatchObject({
      code: 'unknown-effect',
      message: 'This was settled already.',
    });
  });

  it('is sent again with the status as the template calls it by now, a message alone with none', () => {
    const named = (wait: string) => ({ rt: { set: { wait }, shows: {} } });
    const life = new Life(smallTemplate({ native: named('levitating') }));
    life.change('wait');
    const [effect] = life.writes;
    if (!effect) throw new Error('Nothing is written');
    life.outcome(effect, 'failed');
    const unmapped = life.branch();
    life.publish({ native: named('stalled') });
    again(life, effect);
    expect(life.writes).toMatchObject([{ state: 'pending', write: { status: 'stalled', message: null } }]);
    unmapped.publish({ native: {} });
    again(unmapped, effect);
    expect(unmapped.writes).toMatchObject([{ write: { status: 'levitating' } }]);

    const alone = new Life({ ...telling, native: {} });
    alone.change('wait');
    const [message] = alone.writes;
    if (!message) throw new Error('Nothing is sent');
    alone.outcome(message, 'failed');
    alone.publish({ native: named('stalled') });
    again(alone, message);
    expect(alone.writes).toMatchObject([{ state: 'pending', write: { status: null, message: {} } }]);
  });

  it('is sent again as it was where it sets the help desk back to what a person has left as it is', () => {
    const life = new Life(telling);
    life.change('other');
    life.deliver();
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'waiting' } });
    life.do({ type: 'settle-drift', how: 'ignore' });
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    life.do({ type: 'settle-drift', how: 'set-back' });
    const [effect] = life.writes;
    if (!effect) throw new Error('Nothing is set back');
    life.outcome(effect, 'failed');
    again(life, effect);
    expect(life.writes).toMatchObject([{ state: 'pending', write: { status: 'waiting' } }]);
  });

  it('can be neither sent again nor dropped while it is on its way', () => {
    const { life, effect } = owing();
    expect(code(again(life, effect))).toBe('unknown-effect');
    expect(code(drop(life, effect))).toBe('unknown-effect');
    expect(life.writes).toMatchObject([{ state: 'pending' }]);
  });
});

describe('a message that has arrived where nothing can be undone', () => {
  it('is done all the same', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'wait')] }));
    life.change('wait');
    life.change('other');
    life.undo();
    life.now += 8 * DAY;
    life.fire('remind');
    expect(life.situation.record?.undo).toBeNull();
    const [message] = life.writes.filter(({ write }) => write?.message);
    if (!message) throw new Error('no reminder');
    expect(committed(life.outcome(message, 'done')).next.undo).toBeNull();
  });
});

describe('one of several that failed', () => {
  it('is the one that is dropped or sent again', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'failed');
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    life.do({ type: 'settle-drift', how: 'set-back' });
    const second = life.writes.find(({ effectId }) => effectId !== effect.effectId);
    if (!second) throw new Error('nothing to set back');
    life.outcome(second, 'failed');
    expect(committed(drop(life, second)).effects).toMatchObject([{ effectId: second.effectId, state: 'cancelled' }]);
    expect(life.writes).toMatchObject([{ effectId: effect.effectId, state: 'failed' }]);
  });
});

describe('when the case goes on', () => {
  it('what was being sent and did not arrive is not tried again', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'sending');
    life.change('done');
    const decision = committed(life.outcome(effect, 'pending'));
    expect(decision.effects).toMatchObject([{ state: 'cancelled', write: { message: { body: '' } } }]);
    expect(life.messages).toEqual([]);
  });

  it('a message of the status before, that arrives late, gives no more time to what is due in this one', () => {
    const close = rule('close', 'other', { kind: 'auto-close', does: { type: 'change', to: target('done') } });
    const life = new Life({ ...telling, timers: [close] });
    life.change('wait');
    for (const effect of life.writes) life.outcome(effect, 'sending');
    life.change('other');
    const { dueAt } = life.timer('close');
    life.now += DAY;
    for (const effect of life.writes) if (effect.write?.message) life.outcome(effect, 'done');
    expect(life.timer('close').dueAt).toBe(dueAt);
  });

  it('what has failed is not sent again, and can be dropped', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'sending');
    life.change('done');
    life.outcome(effect, 'failed');
    expect(refused(again(life, effect))).toMatchObject({
      code: 'changed-meanwhile',
      message: 'The case has gone on since this was to be sent. It can only be dropped.',
    });
    expect(code(drop(life, effect))).toBe('ok');
  });

  it('what has failed before is over', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'failed');
    life.change('done');
    expect(life.writes).toMatchObject([{ write: { status: 'resolved' } }]);
    expect(life.notifications).toEqual([]);
  });
});

describe('a drift that is there already', () => {
  it('is not told again with whatever else is new in the ticket', () => {
    const { life, effect } = owing();
    life.outcome(effect, 'done', { nativeStatus: 'stalled' });
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    const before = life.history.length;
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved', subject: 'Another subject' } });
    expect(life.situation.record?.subject).toBe('Another subject');
    expect(life.history.slice(before)).toEqual([]);
  });
});

describe('a native status that seems to be there', () => {
  it.each(['sending', 'uncertain', 'maybe sent'] as const)('is written while another one is %s', (state) => {
    const { life, effect } = owing();
    if (state === 'maybe sent') life.outcome(effect, 'pending', { maybeSent: true });
    else life.outcome(effect, state);
    life.change('other');
    expect(life.writes.at(-1)).toMatchObject({ state: 'pending', write: { status: 'open', message: null } });
  });

  it.each(['pending', 'failed'] as const)('is not written where another one has not left, or is %s', (state) => {
    const { life, effect } = owing();
    life.outcome(effect, state);
    life.change('other');
    expect(life.writes).toEqual([]);
    expect(life.record.expectedNativeStatus).toBe('open');
  });

  it('is not written while the same one, or none, is on its way', () => {
    const same = new Life({ ...telling, native: { rt: { set: { wait: 'open', other: 'open' }, shows: {} } } });
    const none = new Life({ ...telling, native: { rt: { set: { other: 'open' }, shows: {} } } });
    for (const life of [same, none]) {
      life.change('wait');
      for (const effect of life.writes) life.outcome(effect, 'sending');
      life.change('other');
      expect(life.writes).toMatchObject([{ state: 'sending' }]);
    }
  });

  it('has nothing to do with a notification that is being shown', () => {
    const life = new Life({ ...telling, replies: [{ id: 'answer', when: target('wait'), to: target('other') }] });
    life.change('wait');
    life.reply('41');
    for (const effect of life.situation.effects) life.outcome(effect, 'sending');
    life.change('new', { facts: { ...FACTS, nativeStatus: 'open' } });
    expect(life.writes.at(-1)).toMatchObject({ write: { status: 'new' } });
  });

  it('is not written where it is not known either', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'wait')] }));
    life.change('wait', { facts: { ...FACTS, nativeStatus: null } });
    expect(life.writes).toEqual([]);
    expect(life.record.expectedNativeStatus).toBeNull();
  });
});
