import { describe, expect, it } from 'vitest';
import { closeRule, code, committed, DAY, FACTS, Life, refused, rule, START, smallTemplate, target } from './life';

const wait = target('wait');
const tag = (id: string) => ({ id, name: id, retired: false });

describe('a clock that went back meanwhile', () => {
  it('R13: undo brings no date forward', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.now += 5 * DAY;
    life.change('in-progress');
    life.now -= 4 * DAY;
    life.undo();
    expect(life.timer('remind-customer-input').dueAt).toBe(START + 7 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(START + 28 * DAY);
  });

  it('R13: the end of a hold brings no date forward', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.now += 5 * DAY;
    life.hold();
    life.now -= 4 * DAY;
    life.release();
    expect(life.timer('close-customer-input').dueAt).toBe(START + 28 * DAY);
  });
});

describe('undo of a snooze', () => {
  it('puts the reminder and its close back to where they were', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.now += DAY;
    life.snooze('remind-customer-input', START + 10 * DAY);
    expect(committed(life.undo()).message).toBe('Undone. The timers are back to their dates.');
    expect(life.timer('remind-customer-input').dueAt).toBe(START + 7 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(START + 28 * DAY);
    expect(life.place).toBe('pending/customer-input');
    expect(life.record.undo).toBeNull();
    expect(life.history.at(-1)?.what).toMatchObject({
      type: 'undone',
      from: life.history[0]?.what.type === 'entered' && life.history[0].what.to,
    });
  });

  it('leaves the time on hold out all the same', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.snooze('remind-customer-input', START + 8 * DAY);
    life.hold();
    life.now += 40 * DAY;
    life.release();
    life.undo();
    expect(life.timer('remind-customer-input').dueAt).toBe(START + 47 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(START + 68 * DAY);
  });

  it('leaves alone what the snooze has not moved, what was moved before, and what began since', () => {
    const life = new Life(
      smallTemplate({
        timers: [
          rule('remind', 'wait', { repeat: { every: { amount: 3, unit: 'days' }, times: 9 } }),
          closeRule('early', 'wait', { after: { amount: 5, unit: 'days' } }),
          closeRule('close', 'wait'),
        ],
      }),
    );
    life.change('wait');
    life.hold(true);
    life.now += DAY;
    life.release();
    // Only the closes have stood still.
    life.snooze('remind', START + 8 * DAY);
    expect(life.timer('close').dueAt).toBe(START + 30 * DAY);
    life.hold();
    life.now += DAY;
    life.release();
    life.now = START + 9 * DAY;
    life.fire('remind');
    const repeated = life.timer('remind');
    const { history } = committed(life.undo());
    expect(history).toMatchObject([{ cause: 'person' }]);
    expect(life.timer('remind')).toEqual(repeated);
    expect(life.timer('early').dueAt).toBe(START + 7 * DAY);
    expect(life.timer('close').dueAt).toBe(START + 30 * DAY);
    expect(life.timer('close').proof.shifts.at(-1)).toEqual({ at: life.now, byMs: -DAY, why: 'snooze undone' });
  });

  it('takes back the newest snooze only, also when timers were given new dates', () => {
    const month = closeRule('close', 'wait');
    const life = new Life(smallTemplate({ timers: [month] }));
    life.change('wait');
    life.snooze('close', START + 30 * DAY);
    life.now += 20 * DAY;
    const publish = (amount: number) => {
      life.publish({ timers: [{ ...month, after: { amount, unit: 'days' } }] });
      life.retime();
    };
    publish(20);
    expect(life.timer('close').dueAt).toBe(START + 23 * DAY);
    life.snooze('close', START + 24 * DAY);
    publish(28);
    expect(life.timer('close').dueAt).toBe(START + 31 * DAY);
    life.undo();
    expect(life.timer('close').dueAt).toBe(START + 30 * DAY);
  });

  it('leaves alone a timer that an earlier snooze has moved', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.snooze('remind-customer-input', START + 8 * DAY);
    life.now += DAY;
    life.snooze('close-customer-input', START + 40 * DAY);
    life.undo();
    expect(life.timer('close-customer-input').dueAt).toBe(START + 29 * DAY);
    expect(life.timer('remind-customer-input').dueAt).toBe(START + 8 * DAY);
  });

  it('leaves the shift of a late reminder in place', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.snooze('remind-customer-input', START + 8 * DAY);
    life.now = START + 10 * DAY;
    life.fire('remind-customer-input');
    expect(life.timer('close-customer-input').dueAt).toBe(START + 31 * DAY);
    life.undo();
    expect(life.timer('close-customer-input').dueAt).toBe(START + 30 * DAY);
  });
});

describe('undo of a change', () => {
  const tell = { id: 'tell', when: wait, messageId: 'hello', via: 'reply' as const, immediate: false };
  const native = { rt: { set: { wait: 'stalled', other: 'open', new: 'new' }, shows: {} } };

  it.each([
    ['pending', ' The message was not sent.'],
    ['failed', ' The message was not sent.'],
    ['sending', ' The message may be with the customer already.'],
    ['uncertain', ' The message may be with the customer already.'],
    ['done', ' The message is already with the customer.'],
  ] as const)('says what has become of a message that is %s', (state, words) => {
    const life = new Life(smallTemplate({ onEntry: [tell] }));
    life.change('wait');
    for (const effect of life.writes) life.outcome(effect, state);
    expect(committed(life.undo()).message).toBe(`Undone. The case is NEW again.${words}`);
  });

  it('says that a message may be out where a try of it may have arrived', () => {
    const life = new Life(smallTemplate({ onEntry: [tell] }));
    life.change('wait');
    for (const effect of life.writes) life.outcome(effect, 'pending', { maybeSent: true });
    expect(committed(life.undo()).message).toMatch(/may be with the customer already/);
  });

  it('speaks of its own message only, also while another one is being sent', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'other')], native }));
    life.change('other');
    life.deliver();
    life.now += 7 * DAY;
    life.fire('remind');
    for (const effect of life.writes) life.outcome(effect, 'sending');
    life.change('wait');
    expect(committed(life.undo()).message).toBe('Undone. The case is OTHER again.');
    expect(life.writes).toMatchObject([{ state: 'sending' }]);
  });

  it('leaves a drift to be settled where nothing was written', () => {
    const life = new Life(smallTemplate({ native }));
    life.change('other');
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    life.change('wait');
    life.undo();
    expect(life.record).toMatchObject({ nativeStatus: 'resolved', expectedNativeStatus: 'open' });
    expect(life.writes).toEqual([]);
  });

  it('writes the native status back where a try to write another may have arrived', () => {
    const life = new Life(smallTemplate({ native }));
    life.change('wait');
    for (const effect of life.writes) life.outcome(effect, 'pending', { maybeSent: true });
    life.undo();
    expect(life.writes).toMatchObject([{ write: { status: 'open' } }]);
  });

  it('speaks of no message of an earlier time', () => {
    const template = smallTemplate({ onEntry: [tell], timers: [rule('remind', 'other')] });
    const life = new Life(template);
    life.change('other');
    life.now += 7 * DAY;
    life.snooze('remind', life.now + DAY);
    life.now += DAY;
    life.fire('remind');
    life.change('done');
    expect(committed(life.undo()).message).toBe('Undone. The case is OTHER again.');
  });

  it('is written into the history, and begins a new generation with nothing to undo', () => {
    const life = new Life(smallTemplate());
    life.change('wait');
    life.change('done');
    const decision = committed(life.undo());
    expect(decision.history).toMatchObject([
      { cause: 'person', what: { type: 'undone', from: target('done'), to: wait, undoneCommandId: 'command-2' } },
    ]);
    expect(life.record).toMatchObject({ generation: 3, undo: null, customerRepliedAt: null, attention: null });
    expect(refused(life.undo())).toMatchObject({
      code: 'nothing-to-undo',
      message: 'There is nothing to undo any more. The case is WAIT.',
    });
    expect(code(life.do({ type: 'undo', undoes: 'command-2' }))).toBe('nothing-to-undo');
  });

  it('brings the flag of a reply back', () => {
    const life = new Life(smallTemplate());
    life.change('wait');
    life.now += DAY;
    life.reply('41');
    life.now += DAY;
    life.change('other');
    life.undo();
    expect(life.record.customerRepliedAt).toBe(START + DAY);
  });

  it('arms what is armed with what remained, what was due at once, and leaves the time in between out', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'wait'), closeRule('close', 'wait')] }));
    life.change('wait');
    life.deliver();
    life.now += 8 * DAY;
    life.change('other');
    life.now += DAY;
    life.undo();
    expect(life.timer('remind')).toMatchObject({ state: 'armed', dueAt: life.now, timerId: 'rt-1/1#3#remind' });
    expect(life.timer('close')).toMatchObject({
      dueAt: life.now + 20 * DAY,
      nextAt: life.now + 20 * DAY,
      generation: 3,
    });
    expect(life.timer('close').proof.shifts).toEqual([
      { at: life.now, byMs: DAY, why: 'undone, the time in between does not count' },
    ]);
  });

  it('counts what remained in the time that the rule counts by', () => {
    const hours = rule('hours', 'wait', { after: { amount: 10, unit: 'business-hours' } });
    const life = new Life(smallTemplate({ timers: [hours] }));
    life.change('wait');
    // Tuesday 14:02 to 17:00, then seven hours and two minutes of Wednesday.
    expect(life.timer('hours').dueAt).toBe(Date.UTC(2026, 10, 18, 16, 2));
    life.now = Date.UTC(2026, 10, 18, 10, 2);
    life.change('other');
    life.now = Date.UTC(2026, 10, 20, 16, 0);
    life.undo();
    expect(life.timer('hours').dueAt).toBe(Date.UTC(2026, 10, 23, 14, 0));
  });

  it('leaves what stood still as it stood, on hold or waiting for a person', () => {
    const life = new Life(
      smallTemplate({
        timers: [
          rule('remind', 'wait', { does: { type: 'message', messageId: 'hello', via: 'note' } }),
          closeRule('close', 'wait'),
        ],
      }),
    );
    life.change('wait');
    life.now += 7 * DAY;
    life.do({ type: 'timer-late', timerId: life.timer('remind').timerId });
    life.hold();
    const [remind, close] = [life.timer('remind'), life.timer('close')];
    life.now += DAY;
    life.change('other');
    life.now += DAY;
    life.undo();
    const generation = 3;
    expect(life.timer('remind')).toEqual({ ...remind, generation, timerId: 'rt-1/1#3#remind' });
    expect(life.timer('close')).toEqual({ ...close, generation, timerId: 'rt-1/1#3#close' });
    expect(remind.heldFor).toBe('review');
    expect(close.heldFor).toBe('hold');
  });

  it('keeps to the hold as it is now', () => {
    const life = new Life(smallTemplate({ timers: [closeRule('close', 'wait')] }));
    life.change('wait');
    life.now += DAY;
    life.change('other');
    life.hold();
    life.undo();
    expect(life.record.hold).toBe(true);
    expect(life.timer('close')).toMatchObject({
      state: 'held',
      heldFor: 'hold',
      dueAt: START + 28 * DAY,
      heldAt: life.now,
    });
    life.change('other');
    life.release();
    life.now += DAY;
    life.undo();
    expect(life.timer('close')).toMatchObject({ state: 'armed', dueAt: life.now + 27 * DAY, heldAt: null });
  });

  it('of what a timer did leaves that timer to a person, and the others alone', () => {
    const life = new Life(
      smallTemplate({
        timers: [closeRule('close', 'wait'), closeRule('later', 'wait', { after: { amount: 30, unit: 'days' } })],
      }),
    );
    life.change('wait');
    life.now += 28 * DAY;
    life.fire('close');
    life.now += DAY;
    life.undo();
    expect(life.timer('close')).toMatchObject({
      state: 'held',
      heldFor: 'decision',
      heldAt: life.now,
      dueAt: life.now,
    });
    expect(life.timer('later')).toMatchObject({ state: 'armed', dueAt: life.now + 2 * DAY });
    expect(code(life.fire('close'))).toBe('stale-timer');
    expect(life.record.attention).toEqual({ code: 'timer-held', message: 'A timer waits until you decide.' });
  });

  it('R13: leaves a close to a person, where the change took back what the customer was to be told before it', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    expect(life.messages).toHaveLength(1);
    life.change('in-progress');
    life.now += DAY;
    life.undo();
    // Nobody has asked them to confirm anything.
    expect(life.messages).toEqual([]);
    const [close] = life.situation.timers.filter(({ kind }) => kind === 'auto-close');
    expect(close).toMatchObject({ state: 'held', heldFor: 'decision', heldAt: START, dueAt: START + 14 * DAY });
    expect(life.record.attention).toEqual({
      code: 'timer-held',
      message: 'A message to the customer was taken back, so the case does not change by itself.',
    });
  });

  it('R13: leaves a close alone where the customer was told, or was not to be', () => {
    const told = new Life();
    told.change('awaiting-customer-confirmation');
    const silent = told.branch();
    told.deliver();
    silent.change('in-progress');
    silent.change('awaiting-customer-confirmation', { skipMessage: true });
    for (const life of [told, silent]) {
      life.change('in-progress');
      life.undo();
      expect(life.situation.timers.map(({ state }) => state)).not.toContain('held');
      expect(life.record.attention).toBeNull();
    }
  });

  it('R13 R14: leaves a close to a person, where a reply that was none took back the reminder before it', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.now += 7 * DAY;
    life.fire('remind-customer-input');
    const [reminder] = life.writes;
    if (!reminder) throw new Error('no reminder');
    life.outcome(reminder, 'failed');
    life.reply('41');
    life.do({ type: 'not-a-reply', messageId: '41' });
    expect(life.place).toBe('pending/customer-input');
    expect(life.timer('close-customer-input')).toMatchObject({ state: 'held', heldFor: 'decision' });
  });

  it('after a version that has a rule no more, or elsewhere, goes without its timer', () => {
    const timers = [rule('remind', 'wait'), closeRule('close', 'wait'), closeRule('clock', 'wait', { pausesIn: [] })];
    const life = new Life(smallTemplate({ timers }));
    life.change('wait');
    life.change('other');
    life.publish({ timers: [{ ...closeRule('close', 'done') }, closeRule('clock', 'done', { pausesIn: [] })] });
    life.undo();
    expect(life.ruleIds).toEqual(['clock']);
    expect(life.record.templateVersion).toBe(2);
  });

  it('after a version takes over what kind of rule it is', () => {
    const life = new Life(smallTemplate({ timers: [rule('act', 'wait')] }));
    life.change('wait');
    life.change('other');
    life.publish({ timers: [closeRule('act', 'wait', { pausesIn: [] })] });
    life.undo();
    expect(life.timer('act')).toMatchObject({ kind: 'auto-close', scope: 'case', dueAt: START + 7 * DAY });
  });

  it('ends what the change began, and keeps notes-to-self', () => {
    const life = new Life(
      smallTemplate({ timers: [closeRule('clock', 'other', { pausesIn: [] }), rule('remind', 'other')] }),
    );
    life.change('wait');
    life.remindMe(START + DAY);
    life.change('other');
    life.undo();
    expect(life.ruleIds).toEqual([null]);
    expect(life.note).toMatchObject({ generation: 3, dueAt: START + DAY, state: 'armed' });
  });

  it.each([
    ['pending', []],
    ['sending', ['new']],
    ['failed', []],
    ['uncertain', ['new']],
    ['done', ['new']],
  ] as const)('writes the native status back where that of the change is %s', (state, back) => {
    const life = new Life(smallTemplate({ native }));
    life.change('wait', { facts: { ...FACTS, nativeStatus: 'new' } });
    for (const effect of life.writes)
      life.outcome(effect, state, { nativeStatus: state === 'done' ? 'stalled' : null });
    life.undo();
    const written = life.writes.filter((effect) => effect.state === 'pending');
    expect(written.map(({ write }) => write?.status)).toEqual(back);
    for (const effect of written)
      expect(effect).toMatchObject({ notBefore: START, ruleId: null, write: { message: null } });
  });

  it('writes back what a message may have moved by itself', () => {
    const life = new Life(smallTemplate({ onEntry: [tell] }));
    life.change('wait', { facts: { ...FACTS, nativeStatus: 'stalled' } });
    for (const effect of life.writes) life.outcome(effect, 'done', { nativeStatus: 'open' });
    life.undo();
    expect(life.writes).toMatchObject([{ write: { status: 'stalled', message: null } }]);
  });

  it('writes nothing back where no native status was known', () => {
    const life = new Life(smallTemplate({ native }));
    life.change('wait', { facts: { ...FACTS, nativeStatus: null } });
    for (const effect of life.writes) life.outcome(effect, 'done', { nativeStatus: 'stalled' });
    life.undo();
    expect(life.writes).toEqual([]);
  });

  it('keeps a clock still where its position says so, whatever held it before', () => {
    const template = smallTemplate({
      timers: [closeRule('clock', 'new', { pausesIn: [wait] })],
      statuses: [...smallTemplate().statuses],
    });
    const life = new Life(template);
    life.change('new');
    life.hold();
    life.change('wait');
    life.change('other');
    life.release();
    life.undo();
    expect(life.place).toBe('wait');
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'pause' });
  });

  it('writes nothing back where the change wrote nothing', () => {
    const life = new Life(smallTemplate());
    life.change('wait');
    life.do({ type: 'native-seen', facts: { ...factsOf(life), nativeStatus: 'resolved' } });
    life.undo();
    expect(life.writes).toEqual([]);
  });

  it('writes the native status back while the write of the change is under way', () => {
    const life = new Life();
    life.change('pending/development');
    const [write] = life.writes;
    if (!write) throw new Error('nothing to write');
    life.outcome(write, 'sending');
    life.undo();
    const [first, second] = life.writes;
    expect(first).toMatchObject({ state: 'sending', write: { status: 'stalled' } });
    expect(second).toMatchObject({ state: 'pending', write: { status: 'open', message: null } });
  });

  it('R5: is refused where the position asks for a reason by now, and says what is missing', () => {
    const life = new Life(smallTemplate());
    life.change('wait');
    life.change('other');
    life.publish({
      statuses: smallTemplate().statuses.map((one) =>
        one.id === 'wait' ? { ...one, tagRequired: true, tags: [tag('why')] } : one,
      ),
    });
    expect(refused(life.undo())).toMatchObject({ code: 'tag-required', missing: ['tag'] });
    expect(life.place).toBe('other');
  });

  it('does not say that the customer has what only colleagues were told', () => {
    const template = smallTemplate({
      onEntry: [
        { id: 'tell', when: { statusId: 'wait', subStatusId: null }, messageId: 'hello', via: 'note', immediate: true },
      ],
    });
    const life = new Life(template);
    life.change('wait');
    life.deliver();
    expect(committed(life.undo()).message).toBe('Undone. The case is NEW again.');
  });
});

function factsOf(life: Life) {
  const { ticketId, subject, requester, assignee, nativeStatus } = life.record;
  return { ticketId, subject, requester, assignee, nativeStatus, queue: null, type: null, lastMessageId: null };
}
