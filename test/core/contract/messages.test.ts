import { describe, expect, it } from 'vitest';
import { type RequestName, requests } from '../../../core/contract/messages';
import { allowedFrom, requestNames, validInputs } from './messages';

const accepts = (name: RequestName, change: object) =>
  requests[name].in.safeParse({ ...validInputs[name], ...change }).success;

describe('requests', () => {
  it('are all known to these tests', () => {
    expect(requestNames.toSorted()).toEqual(Object.keys(requests).toSorted());
  });

  it.each(requestNames)('%s: takes its input, from one kind of sender', (name) => {
    expect(requests[name].in.safeParse(validInputs[name]).success).toBe(true);
    expect(requests[name].from).toEqual([allowedFrom[name]]);
  });

  it.each(requestNames)('%s: takes nothing more and nothing less', (name) => {
    expect(accepts(name, { more: 1 })).toBe(false);
    for (const key of Object.keys(validInputs[name])) {
      const { [key]: _left, ...rest } = validInputs[name] as Record<string, unknown>;
      expect(requests[name].in.safeParse(rest).success, `without ${key}`).toBe(false);
    }
  });

  it.each(['', ' 42', '42 ', '4/2', '../42', '-42', '__proto__', '4\n2', '4"2', 'ä', '4'.repeat(81)])(
    'no ticket has the id "%s"',
    (ticketId) => {
      for (const name of requestNames.filter((candidate) => 'ticketId' in validInputs[candidate]))
        expect(accepts(name, { ticketId }), name).toBe(false);
    },
  );

  it.each(['', 'short', 'with space', 'a/b/c/d/e', 'x'.repeat(81), 'reply:1234'])(
    'no command has the id "%s"',
    (commandId) => {
      for (const name of requestNames.filter((candidate) => 'commandId' in validInputs[candidate]))
        expect(accepts(name, { commandId }), name).toBe(false);
    },
  );

  it('bounds what a page may send', () => {
    expect(accepts('case.change', { note: 'x'.repeat(2000) })).toBe(true);
    expect(accepts('case.change', { note: 'x'.repeat(2001) })).toBe(false);
    expect(accepts('case.change', { note: null, subStatusId: null, tagId: null, seenGeneration: null })).toBe(true);
    expect(accepts('case.change', { seenGeneration: 1.5 })).toBe(false);
    expect(accepts('case.open', { facts: { ...validInputs['case.open'].facts, subject: 'x'.repeat(501) } })).toBe(
      false,
    );
    expect(accepts('case.settle-drift', { how: 'delete' })).toBe(false);
    expect(accepts('sites.connect', { address: 'x'.repeat(2001) })).toBe(false);
  });

  it('keeps the panel on the screen', () => {
    for (const [right, fits] of [
      [0, true],
      [10_000, true],
      [-1, false],
      [10_001, false],
      [0.5, false],
      [Number.NaN, false],
    ])
      expect(accepts('panel.set-place', { right }), String(right)).toBe(fits);
  });

  it('R14: a reminder that was not sent can be sent again or dropped, however long the id of its rule is', () => {
    const effectId = `fire:redmine-0123456789ab/12345#12#${'r'.repeat(80)}~2:17:1`;
    expect(accepts('outbox.settle', { effectId })).toBe(true);
  });
});
