import { describe, expect, it } from 'vitest';
import { closeRule, code, DAY, FACTS, Life, rule, START, smallTemplate } from './life';

describe('not a reply', () => {
  const small = smallTemplate({
    timers: [rule('remind', 'wait'), closeRule('close', 'wait', { after: { amount: 14, unit: 'days' } })],
  });

  it('lets go of what the reply held, and of nothing else', () => {
    const life = new Life(small);
    life.change('wait');
    life.now += 7 * DAY;
    life.unread('remind', null);
    life.now += DAY;
    life.reply('41');
    life.now = START + 14 * DAY;
    life.fire('close');
    expect(life.record.attention?.code).toBe('customer-replied');
    life.do({ type: 'not-a-reply', messageId: '41' });
    expect(life.timer('close').state).toBe('armed');
    expect(life.timer('remind').heldFor).toBe('decision');
  });
});

describe('a note-to-self', () => {
  it('that has fired is shown although the case goes on at the same moment', () => {
    const life = new Life(smallTemplate({ timers: [closeRule('close', 'wait')] }));
    life.change('wait');
    life.remindMe(START + 28 * DAY);
    life.now += 28 * DAY;
    life.do({ type: 'timer-fired', timerId: life.note.timerId, verified: true });
    life.fire('close');
    expect(life.place).toBe('done');
    expect(life.notifications).toContainEqual({
      kind: 'reminder',
      title: 'You asked to be reminded: Printer on fire',
      body: 'Call Alice',
    });
  });
});

describe('drift', () => {
  it('is not settled by a timer that only notifies', () => {
    const life = new Life(
      smallTemplate({
        timers: [rule('nudge', 'wait', { does: { type: 'message', messageId: 'hello', via: 'notification' } })],
        native: { rt: { set: { wait: 'stalled' }, shows: {} } },
      }),
    );
    life.change('wait');
    life.deliver();
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    life.now += 7 * DAY;
    life.fire('nudge');
    expect(life.writes).toEqual([]);
    expect(life.notifications).toContainEqual({ kind: 'reminder', title: 'Printer on fire', body: 'Hello Alice.' });
  });
});

describe('a timer whose ticket cannot be read', () => {
  it('is not asked about before it is due', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'wait')] }));
    life.change('wait');
    life.now += 7 * DAY - 1;
    expect(code(life.unread('remind', null))).toBe('too-early');
    expect(life.timer('remind').state).toBe('armed');
  });
});
