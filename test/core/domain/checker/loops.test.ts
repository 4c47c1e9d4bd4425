import { describe, expect, it } from 'vitest';
import type { WorkflowEdge } from '../../../../core/domain/checker';
import type { CaseTemplate } from '../../../../core/domain/template';
import { at, change, found, open, remind, reply, status, sub, template, workflow } from './small';

const loops = (of: CaseTemplate, flows: WorkflowEdge[] = []) =>
  found(of, flows).filter(({ code }) => code === 'automatic-loop' || code === 'reply-loop');

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => status(id)) as [
  typeof open,
  typeof open,
  typeof open,
  typeof open,
];

describe('circles without a person', () => {
  it('two timers', () => {
    const timers = [change('there', 'a', '3 days', 'b'), change('back', 'b', '1 hours', 'a')];
    expect(loops(template([a, b], { timers }))).toEqual([
      {
        severity: 'error',
        code: 'automatic-loop',
        message: 'A case goes round without a person: from A to B, A and so on.',
        path: ['timers', 0],
        example: [
          'A new case is Open.',
          'A person sets A.',
          'After 3 days the timer of A sets B.',
          'After 1 hour the timer of B sets A.',
          'The case is A again.',
        ],
      },
    ]);
    expect(loops(template([a, b], { timers: timers.slice(0, 1) }))).toEqual([]);
    expect(loops(template([a, b, c], { timers: [...timers.slice(0, 1), change('on', 'b', '1 hours', 'c')] }))).toEqual(
      [],
    );
  });

  it('a timer into its own position', () => {
    const timers = [change('again', 'a', '3 days', 'a')];
    expect(loops(template([a], { timers }))[0]?.example).toEqual([
      'A new case is Open.',
      'A person sets A.',
      'After 3 days the timer of A sets A.',
      'The case is A again.',
    ]);
  });

  it('a sub-status is another position', () => {
    const subs = status('a', { subStatuses: [sub('x'), sub('y')] });
    const into = (target: string) => loops(template([subs], { timers: [change('t', 'a/x', '3 days', target)] }));
    expect(into('a/x')).toHaveLength(1);
    expect(into('a/y')).toEqual([]);
    expect(into('a')).toEqual([]);
  });

  it('a timer that moves on at a working hour', () => {
    const after = { amount: 1, unit: 'working-day', at: '08:00' } as const;
    const timers = [change('again', 'open', '3 days', 'open', { after })];
    expect(loops(template([], { timers }))[0]?.example[1]).toBe(
      'On the next working day at 08:00 the timer of Open sets Open.',
    );
  });

  it('a timer, and the customer who replies each time', () => {
    const timers = [change('there', 'a', '3 days', 'b')];
    const replies = [reply('back', 'b', 'a')];
    const [finding, ...others] = loops(template([a, b], { timers, replies }));
    expect(others).toEqual([]);
    expect(finding?.code).toBe('automatic-loop');
    expect(finding?.example.slice(2)).toEqual([
      'After 3 days the timer of A sets B.',
      'The customer replies, which sets A.',
      'The case is A again.',
    ]);
  });

  it('replies alone are a warning', () => {
    const replies = [reply('there', 'a', 'b'), reply('back', 'b', 'a')];
    expect(loops(template([a, b], { replies }))).toEqual([
      {
        severity: 'warning',
        code: 'reply-loop',
        message: 'Replies alone take a case round, from A to B, A: two programs that answer each other never stop.',
        path: ['replies', 0],
        example: [
          'A new case is Open.',
          'A person sets A.',
          'The customer replies, which sets B.',
          'The customer replies, which sets A.',
          'The case is A again.',
        ],
      },
    ]);
  });

  it('a workflow', () => {
    const timers = [change('there', 'a', '3 days', 'b')];
    const [finding, ...others] = loops(template([a, b], { timers }), [workflow('Back', 'b', 'a')]);
    expect(others).toEqual([]);
    expect(finding?.path).toEqual(['timers', 0]);
    expect(finding?.example.slice(2)).toEqual([
      'After 3 days the timer of A sets B.',
      'The workflow “Back” sets A at once.',
      'The case is A again.',
    ]);
  });

  it('a workflow of any position comes to itself', () => {
    const [finding, ...others] = loops(template([a]), [workflow('All', null, 'a')]);
    expect(others).toEqual([]);
    expect(finding?.example).toEqual([
      'A new case is Open.',
      'A person sets A.',
      'The workflow “All” sets A at once.',
      'The case is A again.',
    ]);
  });

  it('the shortest circle of those that hang together, and one that needs no reply where there is one', () => {
    const timers = [
      change('ab', 'a', '1 days', 'b'),
      change('bc', 'b', '1 days', 'c'),
      change('ca', 'c', '1 days', 'a'),
    ];
    const long = loops(template([a, b, c, d], { timers }));
    expect(long.map(({ message }) => message)).toEqual([
      'A case goes round without a person: from A to B, C, A and so on.',
    ]);
    const shortcut = loops(template([a, b, c, d], { timers, replies: [reply('cb', 'c', 'b')] }));
    expect(shortcut.map(({ message }) => message)).toEqual([
      'A case goes round without a person: from B to C, B and so on.',
    ]);
    // The two replies are the shortest circle, but one with a timer is worse.
    const replies = [reply('cd', 'c', 'd'), reply('dc', 'd', 'c')];
    const worse = loops(template([a, b, c, d], { timers, replies }));
    expect(worse.map(({ message }) => message)).toEqual(long.map(({ message }) => message));
  });

  it('circles that do not hang together are told each', () => {
    const timers = [
      change('ab', 'a', '1 days', 'b'),
      change('ba', 'b', '1 days', 'a'),
      change('cd', 'c', '1 days', 'd'),
      change('dc', 'd', '1 days', 'c'),
    ];
    expect(loops(template([a, b, c, d], { timers }))).toHaveLength(2);
    // One leads to the other, but not back.
    const replies = [reply('bc', 'b', 'c')];
    expect(loops(template([a, b, c, d], { timers, replies }))).toHaveLength(2);
    expect(loops(template([a, b, c, d], { timers, replies: [...replies, reply('da', 'd', 'a')] }))).toHaveLength(1);
  });

  it('what leads into a circle is no part of it', () => {
    const timers = [
      change('in', 'open', '1 days', 'a'),
      change('ab', 'a', '1 days', 'b'),
      change('out', 'b', '2 days', 'closed'),
    ];
    const replies = [reply('ba', 'b', 'a')];
    expect(loops(template([a, b], { timers, replies })).map(({ message }) => message)).toEqual([
      'A case goes round without a person: from A to B, A and so on.',
    ]);
  });

  it('not through a change that is refused, comes too late, or begins where nobody is', () => {
    const back = change('back', 'b', '1 days', 'a');
    const there = change('there', 'a', '3 days', 'b');
    const round = (timers: (typeof back)[], between = [a, b]) => loops(template(between, { timers }));
    expect(round([there, back])).toHaveLength(1);
    expect(round([there, back], [a, status('b', { mayBecome: ['closed'] })])).toEqual([]);
    expect(round([there, back, change('sooner', 'a', '1 days', 'closed')])).toEqual([]);
    expect(round([there, back], [status('a', { retired: true }), b])).toEqual([]);
    const statuses = [{ ...open, mayBecome: ['c'] }, a, b, status('c', { mayBecome: [] })];
    expect(loops(template([], { statuses, timers: [there, back] }))).toEqual([]);
    expect(round([there, remind('r', 'b', '1 days')] as (typeof back)[])).toEqual([]);
  });

  it('a clock of the case goes round where it does not stand still', () => {
    const back = change('back', 'b', '1 days', 'a');
    const there = (...pausesIn: string[]) => change('there', 'a', '3 days', 'b', { pausesIn: pausesIn.map(at) });
    expect(loops(template([a, b], { timers: [there(), back] }))).toHaveLength(1);
    expect(loops(template([a, b], { timers: [there('b', 'open'), back] }))).toHaveLength(1);
    expect(loops(template([a, b], { timers: [there('b', 'a'), back] }))).toEqual([]);
  });
});
