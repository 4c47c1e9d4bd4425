import { describe, expect, it } from 'vitest';
import { proofSentence } from '../../../core/domain/proof';
import { closeRule, code, committed, DAY, FACTS, Life, refused, rule, START, smallTemplate, target } from './life';

const week = rule('remind', 'wait');
const month = closeRule('close', 'wait');

describe('a newer version of the template', () => {
  it('is taken with the next command, noted, and timers keep their dates', () => {
    const life = new Life(smallTemplate({ timers: [week, month] }));
    life.change('wait');
    life.publish({ timers: [{ ...week, after: { amount: 3, unit: 'days' } }, month] });
    life.now += DAY;
    life.hold();
    expect(life.record.templateVersion).toBe(2);
    expect(life.history.map(({ what }) => what)).toContainEqual({
      type: 'version',
      fromVersion: 1,
      cancelledRuleIds: [],
    });
    expect(life.history.at(-2)).toMatchObject({ templateVersion: 2, what: { type: 'version' } });
    expect(life.timer('remind').dueAt).toBe(START + 7 * DAY);
    life.release();
    expect(life.history.filter(({ what }) => what.type === 'version')).toHaveLength(1);
  });

  it('cancels the timers of rules that it has no more, named once, and leaves notes-to-self', () => {
    const life = new Life(smallTemplate({ timers: [week, month] }));
    life.change('wait');
    life.remindMe(START + DAY);
    life.publish({ timers: [month] });
    life.hold();
    expect(life.ruleIds).toEqual(['close', null]);
    expect(life.history.map(({ what }) => what)).toContainEqual({
      type: 'version',
      fromVersion: 1,
      cancelledRuleIds: ['remind'],
    });
  });

  it('does nothing for a due timer whose rule is gone', () => {
    const life = new Life(smallTemplate({ timers: [week] }));
    life.change('wait');
    life.publish({ timers: [] });
    life.now += 7 * DAY;
    expect(committed(life.fire('remind')).message).toBe(
      'By the newer version of the template this timer does not act. Nothing was done.',
    );
    expect(life.situation.timers).toEqual([]);
    expect(life.situation.effects).toEqual([]);
  });

  it.each([null, START + 8 * DAY])('does not bring back a timer without a rule that cannot be verified', (retryAt) => {
    const life = new Life(smallTemplate({ timers: [week] }));
    life.change('wait');
    life.publish({ timers: [] });
    life.now += 7 * DAY;
    expect(code(life.unread('remind', retryAt))).toBe('ok');
    expect(life.situation.timers).toEqual([]);
    expect(life.record.attention).toBeNull();
  });

  it('refuses to snooze a timer whose rule is gone', () => {
    const life = new Life(smallTemplate({ timers: [week, month] }));
    life.change('wait');
    life.publish({ timers: [month] });
    expect(code(life.snooze('remind', START + 8 * DAY))).toBe('stale-timer');
  });

  it('cancels the timer of a rule that belongs to another position now', () => {
    const life = new Life(smallTemplate({ timers: [month] }));
    life.change('wait');
    life.publish({ timers: [{ ...month, when: { statusId: 'other', subStatusId: null } }] });
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.place).toBe('wait');
    expect(life.situation.timers).toEqual([]);
  });

  it('does not let a rule that changes the status by now act while the case is on hold', () => {
    const life = new Life(
      smallTemplate({ timers: [rule('act', 'wait', { does: { type: 'message', messageId: 'hello', via: 'note' } })] }),
    );
    life.change('wait');
    life.hold();
    life.publish({ timers: [closeRule('act', 'wait')] });
    life.now += 7 * DAY;
    life.fire('act');
    expect(life.place).toBe('wait');
    expect(life.timer('act')).toMatchObject({ state: 'held', heldFor: 'hold', kind: 'auto-close' });
  });

  it('lets a clock go on where it does not stand still any more, and stand still where it did not', () => {
    const clock = closeRule('clock', 'new', { pausesIn: [target('wait')] });
    const life = new Life(smallTemplate({ timers: [clock] }));
    life.change('new');
    life.change('wait');
    life.now += DAY;
    life.publish({ timers: [{ ...clock, pausesIn: [target('other')] }] });
    life.remindMe(life.now + DAY);
    expect(life.timer('clock')).toMatchObject({ state: 'armed', dueAt: START + 29 * DAY });
    life.publish({ timers: [clock] });
    life.remindMe(life.now + DAY);
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'pause', heldAt: START + DAY });
  });

  it('says what kind of rule it is also for a timer that waits for a person', () => {
    const life = new Life(smallTemplate({ timers: [week] }));
    life.change('wait');
    life.now += 7 * DAY;
    life.unread('remind', null);
    life.publish({ timers: [closeRule('remind', 'wait', { pausesIn: [] })] });
    life.hold();
    expect(life.timer('remind')).toMatchObject({ kind: 'auto-close', scope: 'case', heldFor: 'decision' });
  });

  it('has one timer of a rule whose clock belonged to the case before', () => {
    const clock = closeRule('clock', 'wait', { pausesIn: [] });
    const life = new Life(smallTemplate({ timers: [clock] }));
    life.change('wait');
    life.change('other');
    life.publish({ timers: [{ ...clock, pausesIn: null }] });
    life.now += DAY;
    life.change('wait');
    expect(life.situation.timers).toMatchObject([{ ruleId: 'clock', scope: 'position', dueAt: START + 29 * DAY }]);
  });
});

describe('new dates for running timers', () => {
  const shorter = (days: number) => ({ timers: [{ ...month, after: { amount: days, unit: 'days' as const } }] });

  it('are those of the present version, counted from the same beginning', () => {
    const life = new Life(smallTemplate({ timers: [month] }));
    life.change('wait');
    life.publish(shorter(21));
    life.now += DAY;
    expect(committed(life.retime()).message).toBe('One timer has a new date.');
    expect(life.timer('close').dueAt).toBe(START + 21 * DAY);
    expect(life.timer('close').proof).toMatchObject({
      derivation: { from: START, wait: { amount: 21, unit: 'days' } },
      firstDueAt: START + 21 * DAY,
      shifts: [],
    });
  });

  it('are not moved again by a command that is repeated', () => {
    const life = new Life(smallTemplate({ timers: [month] }));
    life.change('wait');
    life.publish(shorter(21));
    life.retime();
    expect(refused(life.retime())).toMatchObject({
      code: 'nothing-to-do',
      message: 'All timers have the dates of this version already.',
    });
    life.publish(shorter(28));
    life.retime();
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
  });

  it('keep what a snooze has moved', () => {
    const life = new Life(smallTemplate({ timers: [month] }));
    life.change('wait');
    life.snooze('close', START + 30 * DAY);
    life.publish(shorter(21));
    life.retime();
    life.retime();
    expect(life.timer('close').dueAt).toBe(START + 23 * DAY);
  });

  it('are not sooner than the notice allows, unless the old one was', () => {
    const life = new Life(smallTemplate({ timers: [month] }));
    life.change('wait');
    life.publish(shorter(21));
    life.now = START + 20 * DAY;
    life.retime();
    expect(life.timer('close').dueAt).toBe(START + 23 * DAY);
    expect(life.timer('close').proof.shifts).toEqual([{ at: life.now, byMs: 2 * DAY, why: 'not without notice' }]);
    life.now += DAY;
    expect(code(life.retime())).toBe('nothing-to-do');
    const late = new Life(smallTemplate({ timers: [month] }));
    late.change('wait');
    late.publish(shorter(21));
    late.now = START + 27 * DAY;
    expect(code(late.retime())).toBe('nothing-to-do');
  });

  it('reach later dates at once, also with less notice', () => {
    const life = new Life(smallTemplate({ timers: [month, week] }));
    life.change('wait');
    life.publish({
      timers: [
        { ...month, after: { amount: 30, unit: 'days' } },
        { ...week, after: { amount: 8, unit: 'days' } },
      ],
    });
    life.now = START + 7 * DAY - 1;
    expect(committed(life.retime()).message).toBe('2 timers have new dates.');
    expect(life.timer('remind')).toMatchObject({ dueAt: START + 8 * DAY, nextAt: START + 8 * DAY });
    expect(life.history.at(-1)).toMatchObject({
      cause: 'template',
      what: { type: 'retimed', timerIds: ['rt-1/1#1#close', 'rt-1/1#1#remind'] },
    });
  });

  it('count a repeated reminder by its own interval', () => {
    const daily = rule('remind', 'wait', { repeat: { every: { amount: 1, unit: 'days' }, times: 3 } });
    const life = new Life(smallTemplate({ timers: [daily] }));
    life.change('wait');
    life.publish({ timers: [{ ...daily, after: { amount: 8, unit: 'days' } }] });
    life.retime();
    expect(life.timer('remind')).toMatchObject({ occurrence: 1, dueAt: START + 8 * DAY });
    life.publish({ timers: [daily] });
    life.retime();
    life.now += 7 * DAY;
    life.fire('remind');
    life.publish({ timers: [{ ...daily, repeat: { every: { amount: 5, unit: 'days' }, times: 3 } }] });
    life.retime();
    expect(life.timer('remind')).toMatchObject({ occurrence: 2, dueAt: START + 12 * DAY });
  });

  it('leave a note-to-self alone', () => {
    const life = new Life(smallTemplate({ timers: [month] }));
    life.remindMe(START + DAY);
    life.publish(shorter(21));
    expect(code(life.retime())).toBe('nothing-to-do');
    expect(life.note.dueAt).toBe(START + DAY);
  });
});

describe('new dates and their notice', () => {
  const days = (amount: number) => ({ amount, unit: 'days' as const });
  const waiting = (...timers: (typeof week)[]) => {
    const life = new Life(smallTemplate({ timers }));
    life.change('wait');
    return life;
  };

  it('belong to the version that was published: a case that lives by another one keeps its dates', () => {
    const life = waiting(month);
    life.publish({ timers: [{ ...month, after: days(21) }] });
    for (const version of [1, 3])
      expect(refused(life.do({ type: 'retime', version, noticeMs: 0, toldIn: null }))).toMatchObject({
        code: 'nothing-to-do',
        message: 'The case goes on by another version of its template.',
      });
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
    expect(code(life.do({ type: 'retime', version: 2, noticeMs: 0, toldIn: null }))).toBe('ok');
    expect(life.timer('close').dueAt).toBe(START + 21 * DAY);
  });

  it('say who caused them, and that nobody did it by hand', () => {
    const life = waiting(month);
    life.publish({ timers: [{ ...month, after: days(21) }] });
    life.actor = null;
    const { history } = committed(life.retime());
    expect(history).toMatchObject([
      { what: { type: 'version', fromVersion: 1 } },
      { actor: null, cause: 'template', templateVersion: 2, what: { type: 'retimed' } },
    ]);
    expect(life.record).toMatchObject({ templateVersion: 2, generation: 1 });
  });

  it.each([
    [3 * DAY, START + 23 * DAY],
    [3 * DAY + 1, START + 23 * DAY + 1],
    [DAY, START + 21 * DAY],
    [DAY + 1, START + 21 * DAY + 1],
    [0, START + 21 * DAY],
    [8 * DAY - 1, START + 28 * DAY - 1],
    [30 * DAY, null],
  ])('with a notice of %i ms, a day before the new date', (noticeMs, dueAt) => {
    const life = waiting(month);
    life.publish({ timers: [{ ...month, after: days(21) }] });
    life.now = START + 20 * DAY;
    expect(code(life.retime(noticeMs))).toBe(dueAt === null ? 'nothing-to-do' : 'ok');
    expect(life.timer('close')).toMatchObject({
      state: 'armed',
      dueAt: dueAt ?? START + 28 * DAY,
      nextAt: dueAt ?? START + 28 * DAY,
    });
  });

  it('R13: never bring a close sooner than a customer may have read; a reminder they do', () => {
    const shorter = [
      { ...week, after: days(3) },
      { ...month, after: days(8) },
    ];
    const told = (toldIn: number | null, hold = false) => {
      const life = waiting(week, month);
      life.publish({ timers: shorter });
      life.now = START + 2 * DAY;
      if (hold) life.hold();
      life.now = START + 2 * DAY + 1;
      life.retime(DAY, toldIn);
      if (hold) life.release();
      return [life.timer('remind').dueAt, life.timer('close').dueAt];
    };
    expect(told(null)).toEqual([START + 3 * DAY + 1, START + 8 * DAY + 1]);
    expect(told(0)).toEqual([START + 3 * DAY + 1, START + 8 * DAY + 1]);
    expect(told(1)).toEqual([START + 3 * DAY + 1, START + 28 * DAY]);
    expect(told(2)).toEqual([START + 3 * DAY + 1, START + 28 * DAY]);
    expect(told(1, true)).toEqual([START + 3 * DAY + 1, START + 28 * DAY + 1]);
  });

  it('R13: may bring it later, whatever was read', () => {
    const life = waiting(month);
    life.publish({ timers: [{ ...month, after: days(40) }] });
    life.retime(DAY, 1);
    expect(life.timer('close').dueAt).toBe(START + 40 * DAY);
  });

  it('R13: of a clock of the case, count what was read in any of its places', () => {
    const clock = { ...month, pausesIn: [] };
    const dueAt = (toldIn: number | null) => {
      const life = waiting(clock);
      life.publish({ timers: [{ ...clock, after: days(8) }] });
      life.retime(DAY, toldIn);
      return life.timer('close').dueAt;
    };
    expect(dueAt(null)).toBe(START + 8 * DAY);
    expect(dueAt(0)).toBe(START + 28 * DAY);
  });

  it('act at the new date and not a moment before', () => {
    const life = waiting(month);
    life.publish({ timers: [{ ...month, after: days(21) }] });
    life.now = START + 20 * DAY;
    life.retime();
    life.now = START + 23 * DAY - 1;
    expect(code(life.fire('close'))).toBe('too-early');
    life.now += 1;
    life.fire('close');
    expect(life.place).toBe('done');
  });

  it('leave the customer the days between a reminder that keeps its date and the close behind it', () => {
    const life = waiting(week, month);
    life.publish({
      timers: [
        { ...week, after: days(3) },
        { ...month, after: days(5) },
      ],
    });
    life.now = START + 4 * DAY;
    expect(committed(life.retime()).history.at(-1)?.what).toEqual({
      type: 'retimed',
      timerIds: ['rt-1/1#1#close'],
    });
    expect(life.timer('remind')).toMatchObject({
      dueAt: START + 7 * DAY,
      proof: {
        firstDueAt: START + 3 * DAY,
        shifts: [{ at: life.now, byMs: 4 * DAY, why: 'not without notice' }],
      },
    });
    expect(life.timer('close')).toMatchObject({
      dueAt: START + 9 * DAY,
      nextAt: START + 9 * DAY,
      proof: { firstDueAt: START + 5 * DAY },
    });
    expect(life.timer('close').proof.shifts.reduce((sum, { byMs }) => sum + byMs, 0)).toBe(4 * DAY);
    life.now = START + 7 * DAY;
    life.fireDue();
    expect(life.timer('close').dueAt).toBe(START + 9 * DAY);
    life.now = START + 9 * DAY;
    life.fireDue();
    expect(life.place).toBe('done');
  });

  it('leave a close alone that has days enough, or comes before the reminder', () => {
    const life = waiting(week, month);
    life.publish({
      timers: [
        { ...week, after: days(8) },
        { ...month, after: days(21) },
      ],
    });
    life.retime();
    expect(life.timer('close')).toMatchObject({ dueAt: START + 21 * DAY, proof: { shifts: [] } });
    const early = waiting(week, { ...month, after: days(6) });
    early.publish({
      timers: [
        { ...week, after: days(9) },
        { ...month, after: days(8) },
      ],
    });
    early.retime();
    expect(early.timer('close')).toMatchObject({ dueAt: START + 8 * DAY, proof: { shifts: [] } });
    const together = waiting(week, { ...month, after: days(5) });
    together.publish({
      timers: [
        { ...week, after: days(3) },
        { ...month, after: days(3) },
      ],
    });
    together.now = START + 4 * DAY;
    expect(code(together.retime())).toBe('nothing-to-do');
    expect(together.timer('close').dueAt).toBe(START + 5 * DAY);
  });

  it('count no days behind a message that does not go to the customer', () => {
    const inside = { ...week, does: { type: 'message' as const, messageId: 'hello', via: 'note' as const } };
    const life = waiting(inside, month);
    life.publish({
      timers: [
        { ...inside, after: days(3) },
        { ...month, after: days(5) },
      ],
    });
    life.now = START + 4 * DAY;
    life.retime();
    expect(life.timer('remind').dueAt).toBe(START + 7 * DAY);
    expect(life.timer('close').dueAt).toBe(START + 7 * DAY);
  });

  it('count no days between a clock of the case and the reminder of a position', () => {
    const clock = { ...month, pausesIn: [] };
    const life = waiting(week, clock);
    life.publish({
      timers: [
        { ...week, after: days(3) },
        { ...clock, after: days(5) },
      ],
    });
    life.now = START + 4 * DAY;
    life.retime();
    expect(life.timer('close').dueAt).toBe(START + 7 * DAY);
  });

  it('count no days between a reminder that runs and a close that stands still: it is given them when it goes out', () => {
    const life = waiting(week, month);
    life.now = START + DAY;
    life.hold(true);
    life.publish({
      timers: [
        { ...week, after: days(3) },
        { ...month, after: days(5) },
      ],
    });
    life.now = START + 4 * DAY;
    life.retime();
    expect(life.timer('remind')).toMatchObject({ state: 'armed', dueAt: START + 7 * DAY });
    expect(life.timer('close')).toMatchObject({ state: 'held', heldAt: START + DAY, dueAt: START + 5 * DAY });
    life.now = START + 7 * DAY;
    life.fire('remind');
    life.release();
    expect(life.timer('close').dueAt).toBe(START + 11 * DAY);
  });

  it('of a clock that stands still are its new remainder, which lasts as long as the notice', () => {
    const life = waiting(month);
    life.now = START + 5 * DAY;
    life.hold();
    life.publish({ timers: [{ ...month, after: days(14) }] });
    life.now = START + 20 * DAY;
    expect(code(life.retime())).toBe('ok');
    expect(life.timer('close')).toMatchObject({
      state: 'held',
      heldFor: 'hold',
      heldAt: START + 5 * DAY,
      dueAt: START + 14 * DAY,
    });
    life.publish({ timers: [{ ...month, after: days(6) }] });
    life.retime();
    expect(life.timer('close').dueAt).toBe(START + 8 * DAY);
    life.publish({ timers: [{ ...month, after: days(7) }] });
    expect(code(life.retime())).toBe('nothing-to-do');
    life.release();
    expect(life.timer('close')).toMatchObject({ state: 'armed', dueAt: START + 23 * DAY });
  });

  it('of a clock that stands still and had less left than the notice stay', () => {
    const life = waiting(month);
    life.now = START + 27 * DAY;
    life.hold();
    life.publish({ timers: [{ ...month, after: days(14) }] });
    life.now = START + 40 * DAY;
    expect(code(life.retime())).toBe('nothing-to-do');
    life.release();
    expect(life.timer('close').dueAt).toBe(START + 41 * DAY);
  });

  it('of a paused clock of the case wait for it to go on', () => {
    const clock = closeRule('clock', 'new', { pausesIn: [target('wait')] });
    const life = new Life(smallTemplate({ timers: [clock] }));
    life.change('new');
    life.now += 2 * DAY;
    life.change('wait');
    life.publish({ timers: [{ ...clock, after: days(10) }] });
    life.now += 30 * DAY;
    life.retime();
    expect(life.timer('clock')).toMatchObject({ state: 'held', heldFor: 'pause', dueAt: START + 10 * DAY });
    life.change('other');
    expect(life.timer('clock')).toMatchObject({ state: 'armed', dueAt: START + 40 * DAY });
  });

  it('by another kind of time keep a clock that stands still from being due before the notice', () => {
    const life = waiting(month);
    life.now = Date.UTC(2026, 10, 20, 18);
    life.hold();
    life.publish({ timers: [{ ...month, after: { amount: 1, unit: 'business-hours' } }] });
    life.now = Date.UTC(2026, 10, 20, 19);
    life.retime(4 * DAY);
    life.release();
    expect(life.timer('close').dueAt).toBe(Date.UTC(2026, 10, 25, 9) + 1);
  });

  it('move what waits for its help desk only where they are other ones', () => {
    const life = waiting(week, month);
    life.now = START + 7 * DAY;
    life.unread('remind', life.now + 60_000);
    life.publish({ timers: [week, { ...month, after: days(21) }] });
    life.retime();
    expect(life.timer('remind')).toMatchObject({
      dueAt: START + 7 * DAY,
      nextAt: START + 7 * DAY + 60_000,
      unreadSince: START + 7 * DAY,
    });
    life.publish({ timers: [{ ...week, after: days(9) }, month] });
    life.retime();
    expect(life.timer('remind')).toMatchObject({
      dueAt: START + 9 * DAY,
      nextAt: START + 9 * DAY,
      unreadSince: null,
    });
  });

  it('reach what waits for a person too, which goes on waiting', () => {
    const life = waiting(week);
    life.now = START + 7 * DAY;
    life.unread('remind', null);
    life.publish({ timers: [{ ...week, after: days(10) }] });
    life.retime();
    expect(life.timer('remind')).toMatchObject({ state: 'held', heldFor: 'decision', dueAt: START + 10 * DAY });
    expect(life.record.attention).not.toBeNull();
  });

  it('leave the timers of a generation that was left', () => {
    const life = waiting(month);
    life.change('other');
    life.publish({ timers: [{ ...month, after: days(21) }] });
    expect(code(life.retime())).toBe('nothing-to-do');
    life.undo();
    expect(life.timer('close').dueAt).toBe(START + 28 * DAY);
  });

  it('leave the undo of the last change, which brings back what there was', () => {
    const life = waiting(month);
    life.now += DAY;
    life.change('other');
    life.now += DAY;
    life.publish({ timers: [{ ...month, after: days(21) }, rule('nudge', 'other')] });
    life.retime();
    life.undo();
    expect(life.place).toBe('wait');
    expect(life.timer('close').dueAt).toBe(START + 29 * DAY);
    life.retime();
    expect(life.timer('close').dueAt).toBe(START + 22 * DAY);
  });

  it('add up in the proof, in words', () => {
    const life = waiting(month);
    life.publish({ timers: [{ ...month, after: days(21) }] });
    life.now = START + 20 * DAY;
    life.retime();
    expect(proofSentence(life.timer('close'), 'WAIT', 'UTC')).toBe(
      'Entered WAIT on Tue 17 Nov, 14:02, plus 21 days, plus 2 d (not without notice) = Thu 10 Dec, 14:02 (UTC).',
    );
  });
});

describe('what is retired', () => {
  const small = smallTemplate({ timers: [month, rule('nudge', 'other')] });
  const retiring = (ids: string[]) => ({
    statuses: small.statuses.map((one) => ({ ...one, retired: ids.includes(one.id) })),
  });
  const retire = (life: Life, to: string) => life.do({ type: 'retire', to: target(to) });

  it('is left for where the admin said, with no message and nothing to undo', () => {
    const life = new Life({
      ...small,
      onEntry: [{ id: 'tell', when: target('wait'), messageId: 'hello', via: 'reply', immediate: true }],
      native: { rt: { set: { wait: 'stalled' }, shows: {} } },
    });
    life.change('other');
    life.publish(retiring(['other']));
    expect(committed(retire(life, 'wait')).message).toBe('Now WAIT.');
    expect(life.place).toBe('wait');
    expect(life.messages).toEqual([]);
    expect(life.writes).toMatchObject([{ write: { status: 'stalled', message: null } }]);
    expect(life.record.undo).toBeNull();
    expect(life.record.generation).toBe(2);
    expect(life.situation.timers).toMatchObject([{ ruleId: 'close', dueAt: START + 28 * DAY, generation: 2 }]);
    expect(life.history.at(-1)).toMatchObject({
      cause: 'template',
      what: { type: 'retired', from: target('other'), to: target('wait') },
    });
  });

  it('moves nobody who has gone on meanwhile, nor anybody twice', () => {
    const life = new Life(small);
    life.change('done');
    life.publish(retiring(['other']));
    expect(refused(retire(life, 'wait'))).toMatchObject({
      code: 'nothing-to-do',
      message: 'The case is not in anything that is retired.',
    });
    expect(life.place).toBe('done');
  });

  it('does not move what only lacks a reason by now, nor anybody where cases cannot go', () => {
    const tags = [{ id: 'why', name: 'Why', retired: true }];
    const life = new Life(small);
    life.change('other');
    life.publish({
      statuses: small.statuses.map((one) => (one.id === 'other' ? { ...one, tags, tagRequired: true } : one)),
    });
    expect(code(retire(life, 'wait'))).toBe('nothing-to-do');
    life.publish(retiring(['other', 'wait']));
    expect(code(retire(life, 'wait'))).toBe('retired-status');
    expect(life.place).toBe('other');
  });

  it('keeps the flag of a reply that nobody has looked at', () => {
    const life = new Life(small);
    life.change('other');
    life.now += DAY;
    life.reply('41');
    life.publish(retiring(['other']));
    retire(life, 'wait');
    expect(life.record.customerRepliedAt).toBe(START + DAY);
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.place).toBe('wait');
  });

  it('is not entered: neither by a change, a timer, a reply, a move nor an undo', () => {
    const life = new Life({ ...small, replies: [{ id: 'answer', when: target('wait'), to: target('done') }] });
    life.change('other');
    life.change('wait');
    life.publish(retiring(['done', 'other']));
    expect(refused(life.change('done'))).toMatchObject({
      code: 'retired-status',
      message: 'DONE is retired and no longer used.',
      missing: [],
    });
    expect(code(life.undo())).toBe('retired-status');
    expect(code(life.change('other'))).toBe('retired-status');
    life.reply('41');
    expect(life.place).toBe('wait');
    expect(life.record.customerRepliedAt).not.toBeNull();
    life.do({ type: 'not-a-reply', messageId: '41' });
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.place).toBe('wait');
    expect(life.timer('close').heldFor).toBe('decision');
    const elsewhere = new Life({ ...small, id: 'elsewhere' });
    elsewhere.otherTemplates = [life.situation.template];
    elsewhere.do({ type: 'remind-me', at: START + 1, note: '', facts: FACTS });
    expect(code(elsewhere.move('small', 'done'))).toBe('retired-status');
  });
});
