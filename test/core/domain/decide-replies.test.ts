import { describe, expect, it } from 'vitest';
import { isNewer } from '../../../core/domain/decide';
import {
  closeRule,
  code,
  committed,
  DAY,
  ERIN,
  FACTS,
  Life,
  refused,
  rule,
  START,
  smallTemplate,
  target,
} from './life';

const answer = { id: 'answer', when: target('wait'), to: target('other') };
const tell = { id: 'tell', when: target('wait'), messageId: 'hello', via: 'reply' as const, immediate: false };
const native = { rt: { set: { wait: 'stalled', other: 'open' }, shows: {} } };
const remind = rule('remind', 'wait');
const close = closeRule('close', 'wait');
const template = smallTemplate({ timers: [remind, close], onEntry: [tell], replies: [answer], native });
const notAReply = (life: Life, messageId: string) => life.do({ type: 'not-a-reply', messageId });

describe('which message is newer', () => {
  it.each([
    ['100', '99', true],
    ['99', '100', false],
    ['99', '99', false],
    ['9007199254740993', '9007199254740992', true],
    ['9007199254740992', '9007199254740993', false],
    ['b', 'a', true],
    ['a', 'b', false],
    ['a', 'a', false],
    ['a9', '10', true],
    ['10', 'a9', false],
    ['10', '9a', false],
    ['9a', '10', true],
    ['1', null, true],
    ['message', null, true],
  ])('%s than %s: %s', (a, b, newer) => {
    expect(isNewer(a, b)).toBe(newer);
  });
});

describe('a reply that a rule is for', () => {
  it('R11 R12: moves the case, takes back what is still held, and tells its agent', () => {
    const life = new Life(template);
    life.change('wait');
    life.now += 5000;
    life.actor = null;
    const decision = committed(life.reply('41'));
    expect(decision.message).toBe('Alice replied. Now OTHER.');
    expect(life.record).toMatchObject({ lastCustomerMessageId: '41', entryMessageId: '41', customerRepliedAt: null });
    expect(life.messages).toEqual([]);
    expect(decision.effects[0]).toMatchObject({
      state: 'cancelled',
      outcome: 'The case went on before it was sent.',
      // Its text is in the ticket or nowhere.
      write: { status: 'stalled', message: { body: '' } },
    });
    expect(life.situation.timers).toEqual([]);
    expect(decision.history.map(({ cause, what }) => [cause, what])).toEqual([
      ['reply', { type: 'customer-replied', messageId: '41', moved: true, automatic: false }],
      ['reply', { type: 'entered', from: target('wait'), to: target('other'), note: null }],
    ]);
    expect(life.notifications).toEqual([
      { kind: 'reply', title: 'Alice replied: Printer on fire', body: 'Now OTHER.' },
    ]);
    expect(decision.effects.at(-1)).toMatchObject({ ruleId: 'answer' });
    expect(life.record.undo).toMatchObject({ replyId: '41', timerId: null });
  });

  it('is one by "the customer" where nobody knows the name', () => {
    const life = new Life(template);
    life.change('wait', { facts: { ...FACTS, requester: null } });
    expect(committed(life.reply('41')).message).toBe('The customer replied. Now OTHER.');
  });

  it('counts once', () => {
    const life = new Life(template);
    life.change('wait');
    life.reply('41');
    expect(refused(life.reply('41'))).toMatchObject({ code: 'nothing-to-do', message: 'This reply was seen before.' });
    expect(code(life.reply('40'))).toBe('nothing-to-do');
  });

  it('moves a case on hold too', () => {
    const life = new Life(template);
    life.change('wait');
    life.hold();
    life.reply('41');
    expect(life.place).toBe('other');
    expect(life.record.hold).toBe(true);
  });

  it('R5: only flags the case where its target cannot be entered', () => {
    const life = new Life(template);
    life.change('wait');
    life.publish({
      statuses: template.statuses.map((one) => (one.id === 'other' ? { ...one, tagRequired: true } : one)),
    });
    life.reply('41');
    expect(life.place).toBe('wait');
    expect(life.record.customerRepliedAt).toBe(START);
    expect(life.history.at(-1)?.what).toMatchObject({ type: 'customer-replied', moved: false });
  });

  it('is bound by the transitions of the template', () => {
    const statuses = template.statuses.map((one) => (one.id === 'wait' ? { ...one, mayBecome: ['done'] } : one));
    const life = new Life({ ...template, statuses });
    life.change('wait');
    life.reply('41');
    expect(life.place).toBe('wait');
    expect(life.record.customerRepliedAt).toBe(START);
  });
});

describe('a reply that no rule is for', () => {
  it('R12: moves nothing, flags the case, and tells its agent', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    life.deliver();
    life.now += DAY;
    const decision = committed(life.reply('41'));
    expect(decision.message).toBe('Alice replied.');
    expect(life.record).toMatchObject({ customerRepliedAt: START + DAY, generation: 1, lastCustomerMessageId: '41' });
    expect(life.ruleIds).toEqual(['close', 'remind']);
    expect(decision.history).toMatchObject([
      { cause: 'reply', what: { type: 'customer-replied', messageId: '41', moved: false, automatic: false } },
    ]);
    expect(life.situation.effects).toMatchObject([
      {
        ruleId: null,
        notification: { kind: 'reply', title: 'Alice replied: Printer on fire', body: 'The case stays WAIT.' },
      },
    ]);
  });

  it('stops the message that is still held, but not the native status beside it, nor a note to colleagues', () => {
    const life = new Life({
      ...template,
      replies: [],
      timers: [rule('note', 'wait', { does: { type: 'message', messageId: 'hello', via: 'note' } })],
    });
    life.change('wait');
    life.now += 7 * DAY;
    life.fire('note');
    life.reply('41');
    expect(life.writes).toMatchObject([
      { state: 'pending', ruleId: 'tell', write: { status: 'stalled', message: null } },
      { state: 'pending', ruleId: 'note', write: { message: { visibility: 'internal' } } },
    ]);
  });

  it('keeps the reference of a message that may have arrived, and writes the native status by itself', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    const [told] = life.writes;
    if (!told) throw new Error('Nothing is written');
    life.outcome(told, 'sending');
    life.outcome(told, 'pending', { maybeSent: true, retryAt: life.now + DAY });
    const { effects } = committed(life.reply('41'));
    const { reference } = told.write?.message ?? {};
    expect(effects[0]).toMatchObject({ state: 'cancelled', write: { message: { reference, body: '' } } });
    expect(life.writes).toMatchObject([
      { state: 'pending', notBefore: life.now, write: { status: 'stalled', message: null } },
    ]);
  });

  it('stops a message that has no native status beside it, and none that is being sent', () => {
    const life = new Life({ ...template, replies: [], native: {} });
    life.change('wait');
    const sending = life.branch();
    for (const effect of sending.writes) sending.outcome(effect, 'sending');
    sending.reply('41');
    expect(sending.writes).toMatchObject([{ state: 'sending', write: { message: { visibility: 'public' } } }]);
    const { effects } = committed(life.reply('41'));
    expect(effects[0]).toMatchObject({ state: 'cancelled', outcome: 'The case went on before it was sent.' });
  });
});

describe('an automatic mail', () => {
  it('moves nothing, stops nothing and flags nothing, but has been seen', () => {
    const life = new Life(template);
    life.change('wait');
    const { effects, timers } = life.situation;
    expect(committed(life.reply('41', true)).message).toBe('An automatic mail: it does not count as a reply.');
    expect(life.place).toBe('wait');
    expect(life.situation).toMatchObject({ effects, timers });
    expect(life.record).toMatchObject({ customerRepliedAt: null, lastCustomerMessageId: '41', generation: 1 });
    expect(life.history.at(-1)?.what).toEqual({
      type: 'customer-replied',
      messageId: '41',
      moved: false,
      automatic: true,
    });
    expect(code(life.reply('41', true))).toBe('nothing-to-do');
    life.reply('42');
    expect(life.place).toBe('other');
  });
});

describe('what was not a real reply', () => {
  it('takes back the move that it made, with what remained of the timers', () => {
    const life = new Life(template);
    life.change('wait');
    life.deliver();
    life.now += 3 * DAY;
    life.reply('41');
    life.now += DAY;
    expect(committed(notAReply(life, '41')).message).toBe('Undone. The case is WAIT again.');
    expect(life.timer('remind').dueAt).toBe(life.now + 4 * DAY);
    expect(life.timer('close').dueAt).toBe(life.now + 25 * DAY);
    expect(life.record).toMatchObject({ lastCustomerMessageId: '41', undo: null, enteredAt: START });
    expect(life.history.at(-1)).toMatchObject({
      cause: 'person',
      what: { type: 'not-a-reply', messageId: '41', to: target('wait') },
    });
    expect(code(life.reply('41'))).toBe('nothing-to-do');
    expect(refused(notAReply(life, '41'))).toMatchObject({
      code: 'nothing-to-undo',
      message: 'The case has gone on since that reply.',
    });
  });

  it('takes the flag away, and lets go of what the reply held', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    life.deliver();
    life.now += DAY;
    life.reply('41');
    life.now = START + 7 * DAY;
    life.fire('remind');
    life.now += DAY;
    expect(committed(notAReply(life, '41')).message).toBe('Noted: this was not a reply.');
    expect(life.record).toMatchObject({ customerRepliedAt: null, attention: null, generation: 1 });
    expect(life.timer('remind')).toMatchObject({ state: 'armed', dueAt: life.now });
    expect(life.history.at(-1)).toMatchObject({
      cause: 'person',
      what: { type: 'not-a-reply', messageId: '41', to: target('wait') },
    });
  });

  it('does not let go of what waited for a person before the reply, nor while the case is on hold', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    life.deliver();
    life.now += 7 * DAY;
    life.unread('remind', null);
    life.now = START + 28 * DAY;
    life.reply('41');
    life.fire('close');
    expect(life.record.attention?.code).toBe('customer-replied');
    const onHold = life.branch();
    onHold.hold();
    notAReply(onHold, '41');
    expect(onHold.timer('close').heldFor).toBe('hold');
    notAReply(life, '41');
    expect(life.timer('close').state).toBe('armed');
    expect(life.timer('remind').heldFor).toBe('decision');
  });

  it('writes the native status back that the reply had written', () => {
    const life = new Life(template);
    life.change('wait');
    life.deliver();
    life.reply('41');
    for (const effect of life.writes) life.outcome(effect, 'done', { nativeStatus: 'open' });
    expect(life.situation.effects).toMatchObject([{ kind: 'notification', state: 'pending' }]);
    notAReply(life, '41');
    expect(life.writes).toMatchObject([{ write: { status: 'stalled', message: null } }]);
  });

  it('leaves the list of what fell due in absence as it is', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    life.deliver();
    life.reply('41');
    life.now = START + 28 * DAY;
    life.do({ type: 'timer-late', timerId: life.timer('remind').timerId });
    life.fire('close');
    notAReply(life, '41');
    expect(life.timer('remind').heldFor).toBe('review');
    expect(life.timer('close').state).toBe('armed');
  });

  it('leaves what else the case needs attention for', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    life.deliver();
    life.reply('41');
    life.now += 7 * DAY;
    life.unread('remind', null);
    notAReply(life, '41');
    expect(life.record).toMatchObject({ customerRepliedAt: null, attention: { code: 'timer-held' } });
    expect(life.timer('remind').heldFor).toBe('decision');
  });

  it('was the newest one that was flagged, or nothing', () => {
    const life = new Life({ ...template, replies: [] });
    life.change('wait');
    expect(code(notAReply(life, '40'))).toBe('nothing-to-undo');
    life.reply('41');
    expect(code(notAReply(life, '40'))).toBe('nothing-to-undo');
    life.reply('42');
    expect(code(notAReply(life, '41'))).toBe('nothing-to-undo');
    expect(code(notAReply(life, '42'))).toBe('ok');
  });

  it('comes too late when the case has gone on', () => {
    const life = new Life(template);
    life.change('wait');
    life.reply('41');
    life.change('done');
    expect(code(notAReply(life, '41'))).toBe('nothing-to-undo');
  });
});

describe('what the help desk shows', () => {
  const seen = (life: Life, facts: Partial<typeof FACTS>) =>
    life.do({ type: 'native-seen', facts: { ...FACTS, ...facts } });
  const living = () => {
    const life = new Life(template);
    life.change('other');
    life.deliver();
    return life;
  };

  it('is nothing new', () => {
    expect(refused(seen(living(), {}))).toMatchObject({ code: 'nothing-to-do', message: 'Nothing new.' });
    expect(code(seen(living(), { nativeStatus: null, subject: '' }))).toBe('nothing-to-do');
  });

  it.each([
    { subject: 'Fire is out' },
    { requester: { login: 'bob', name: 'Bob' } },
    { requester: { login: 'alice@customer.test', name: 'Alice B.' } },
    { requester: { login: 'alice@test', name: 'Alice' } },
    { assignee: ERIN },
  ])('is taken over: %o', (facts) => {
    const life = living();
    expect(committed(seen(life, facts)).message).toBe('Seen.');
    expect(life.record).toMatchObject(facts);
    expect(code(seen(life, facts))).toBe('nothing-to-do');
  });

  it('is drift where it is another status, and is said once', () => {
    const life = living();
    seen(life, { nativeStatus: 'resolved' });
    expect(life.record).toMatchObject({ nativeStatus: 'resolved', expectedNativeStatus: 'open' });
    expect(life.history.at(-1)).toMatchObject({ cause: 'desk', what: { type: 'drift', native: 'resolved' } });
    expect(code(seen(life, { nativeStatus: 'resolved' }))).toBe('nothing-to-do');
    const entries = life.history.length;
    seen(life, { nativeStatus: 'open' });
    expect(life.history).toHaveLength(entries);
    expect(life.record.nativeStatus).toBe('open');
  });

  it('is no drift, and no news, where only the case differs: a help desk may tell a status in its own', () => {
    const life = new Life(template);
    life.change('wait');
    life.deliver();
    expect(code(seen(life, { nativeStatus: 'Stalled' }))).toBe('nothing-to-do');
    seen(life, { nativeStatus: 'resolved' });
    const entries = life.history.length;
    committed(seen(life, { nativeStatus: 'STALLED' }));
    expect(life.record).toMatchObject({ nativeStatus: 'STALLED', expectedNativeStatus: 'stalled' });
    expect(life.history).toHaveLength(entries);
    expect(code(life.do({ type: 'settle-drift', how: 'ignore' }))).toBe('nothing-to-do');
  });

  it('is no drift where no status was known', () => {
    const life = new Life(smallTemplate());
    life.change('wait', { facts: { ...FACTS, nativeStatus: null } });
    seen(life, {});
    expect(life.record).toMatchObject({ nativeStatus: 'open', expectedNativeStatus: 'open' });
    expect(life.history).toHaveLength(1);
  });

  it.each(['pending', 'sending'] as const)('is no drift while our own write is %s', (state) => {
    const life = new Life(template);
    life.change('wait');
    for (const effect of life.writes) life.outcome(effect, state);
    expect(code(seen(life, { nativeStatus: 'resolved' }))).toBe('nothing-to-do');
    seen(life, { nativeStatus: 'resolved', subject: 'Fire is out' });
    expect(life.record).toMatchObject({ subject: 'Fire is out', nativeStatus: 'open' });
  });

  it('is drift where our own write has failed, or writes no status', () => {
    const failed = new Life(template);
    failed.change('wait');
    for (const effect of failed.writes) failed.outcome(effect, 'failed');
    expect(code(seen(failed, { nativeStatus: 'resolved' }))).toBe('ok');
    const message = new Life({ ...template, native: {} });
    message.change('wait');
    expect(code(seen(message, { nativeStatus: 'resolved' }))).toBe('ok');
  });

  it('is set back, or left, with one word', () => {
    const life = living();
    const settle = (on: Life, how: 'set-back' | 'ignore') => on.do({ type: 'settle-drift', how });
    const agree = { code: 'nothing-to-do', message: 'The help desk and this case agree.' };
    expect(refused(settle(life, 'ignore'))).toMatchObject(agree);
    seen(life, { nativeStatus: 'resolved' });
    const left = life.branch();
    expect(committed(settle(life, 'set-back')).message).toBe('Setting it back to open.');
    expect(life.writes).toMatchObject([
      { actor: ERIN, ruleId: null, notBefore: START, write: { status: 'open', message: null } },
    ]);
    expect(life.history.at(-1)).toMatchObject({
      cause: 'person',
      what: { type: 'drift-settled', native: 'resolved', how: 'set-back' },
    });
    expect(committed(settle(left, 'ignore')).message).toBe('Left as it is.');
    expect(left.writes).toEqual([]);
    expect(left.record.expectedNativeStatus).toBe('resolved');
    expect(refused(settle(left, 'ignore'))).toMatchObject(agree);
  });

  it('agrees with a case that knows no native status', () => {
    const life = new Life(smallTemplate());
    life.change('wait', { facts: { ...FACTS, nativeStatus: null } });
    expect(code(life.do({ type: 'settle-drift', how: 'ignore' }))).toBe('nothing-to-do');
  });
});
