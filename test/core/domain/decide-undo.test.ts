import { describe, expect, it } from 'vitest';
import { closeRule, committed, DAY, Life, refused, START, smallTemplate, target } from './life';

const wait = target('wait');
const tag = (id: string) => ({ id, name: id, retired: false });

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
