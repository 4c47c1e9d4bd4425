import { describe, expect, it } from 'vitest';
import { decideBulk } from '../../../core/domain/decide/bulk';
import { code, ERIN, FACTS, Life, refused, START, smallTemplate, target } from './life';

const telling = smallTemplate({
  onEntry: [{ id: 'tell', when: target('wait'), messageId: 'hello', via: 'reply', immediate: false }],
  native: { rt: { set: { wait: 'stalled', other: 'open', done: 'resolved', new: 'new' }, shows: {} } },
});

describe('a reply that moves nothing', () => {
  it('stops the message that is still held, but not the native status beside it', () => {
    const life = new Life(telling);
    life.change('wait');
    expect(life.writes).toMatchObject([{ write: { status: 'stalled', message: { visibility: 'public' } } }]);
    life.reply('41');
    expect(life.writes).toMatchObject([{ state: 'pending', write: { status: 'stalled', message: null } }]);
  });
});

describe('the native status', () => {
  it('is written although it seems to be there, while another one is on its way', () => {
    const life = new Life(telling);
    life.change('wait');
    const [write] = life.writes;
    if (!write) throw new Error('nothing to write');
    life.outcome(write, 'sending');
    life.change('other');
    expect(life.writes.at(-1)).toMatchObject({ state: 'pending', write: { status: 'open', message: null } });
  });
});

describe('what failed', () => {
  it('is not sent again when the case has gone on', () => {
    const life = new Life(telling);
    life.change('wait');
    const [write] = life.writes;
    if (!write) throw new Error('nothing to write');
    life.outcome(write, 'sending');
    life.change('done');
    life.outcome({ ...write, state: 'sending' }, 'failed');
    expect(refused(life.do({ type: 'effect-again', effectId: write.effectId }))).toMatchObject({
      code: 'changed-meanwhile',
      message: 'The case has gone on since this was to be sent. It can only be dropped.',
    });
    expect(code(life.do({ type: 'effect-drop', effectId: write.effectId }))).toBe('ok');
  });
});

describe('bulk', () => {
  it('leaves to each case its own subject and requester', () => {
    const one = new Life(telling);
    const two = new Life(telling);
    one.change('other', { facts: { ...FACTS, ticketId: '1' } });
    two.change('other', {
      facts: { ...FACTS, ticketId: '2', subject: 'No paper', requester: { login: 'bob', name: 'Bob' } },
    });
    const { decisions } = decideBulk(
      [one, two].map(({ situation, record }) => ({ ticketId: record.ticketId, situation })),
      {
        commandId: 'bulk-1',
        at: START,
        actor: ERIN,
        deed: {
          type: 'change',
          by: 'person',
          to: target('wait'),
          note: null,
          skipMessage: false,
          facts: FACTS,
          seenGeneration: 'any',
        },
      },
    );
    expect(
      decisions.map(({ decision }) => decision.ok && [decision.next.subject, decision.next.requester?.name]),
    ).toEqual([
      ['Printer on fire', 'Alice'],
      ['No paper', 'Bob'],
    ]);
  });
});
