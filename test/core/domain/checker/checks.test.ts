import { describe, expect, it } from 'vitest';
import type { CaseTemplate } from '../../../../core/domain/template';
import {
  at,
  change,
  check,
  closed,
  codes,
  entry,
  found,
  open,
  remind,
  reply,
  status,
  sub,
  tag,
  template,
  workflow,
} from './small';

const waiting = (id: string, part = {}) => status(id, { category: 'waiting', ...part });

describe('unreachable statuses', () => {
  const lost = status('lost');
  const only = (...mayBecome: string[]) => ({ ...open, mayBecome });

  it('one that no status may become', () => {
    expect(found(template([], { statuses: [only('closed'), lost, { ...closed, mayBecome: [] }] }))).toEqual([
      {
        severity: 'error',
        code: 'unreachable-status',
        message: 'No case gets to Lost.',
        path: ['statuses', 1],
        example: ['No status may become Lost.'],
      },
    ]);
  });

  it('statuses that only each other may become', () => {
    const statuses = [only('closed'), status('a'), status('b'), { ...closed, mayBecome: [] }];
    const findings = found(template([], { statuses }));
    expect(codes(findings)).toEqual(['unreachable-status', 'unreachable-status']);
    expect(findings[0]?.example).toEqual(['Only B may become A, and no case gets there.']);
    const three = found(template([], { statuses: [...statuses, status('c')] }));
    expect(three[0]?.example).toEqual(['Only B and C may become A, and no case gets there.']);
    const four = found(template([], { statuses: [...statuses, status('c'), status('d')] }));
    expect(four[0]?.example).toEqual(['Only B, C and D may become A, and no case gets there.']);
  });

  it('not one that a status on the way may become', () => {
    const statuses = [only('a'), status('a', { mayBecome: ['b'] }), status('b', { mayBecome: ['lost'] }), lost, closed];
    expect(found(template([], { statuses }))).toEqual([]);
  });

  it('not one that only cases from before are in, nor is it a way for others', () => {
    const old = status('old', { retired: true, mayBecome: ['lost', 'closed'] });
    const statuses = [only('closed', 'old'), old, lost, { ...closed, mayBecome: [] }];
    const findings = found(template([], { statuses }));
    expect(findings.map(({ message, example }) => [message, ...example])).toEqual([
      ['No case gets to Lost.', 'No status may become Lost.'],
    ]);
  });

  it('not one that the help desk shows from the start', () => {
    const statuses = [only('closed'), lost, { ...closed, mayBecome: [] }];
    const native = { rt: { set: { open: 'o', lost: 'l', closed: 'c' }, shows: { stalled: 'lost' } } };
    const timers = [remind('r', 'lost', '2 days'), change('c', 'lost', '1 days', 'closed')];
    const findings = found(template([], { statuses, native, timers }));
    expect(codes(findings)).toEqual(['close-before-reminder']);
    expect(findings[0]?.example[0]).toBe('A ticket that is “stalled” in the help desk is Lost.');
    expect(
      codes(
        found(
          template([], {
            statuses: [only('closed'), { ...lost, tagRequired: true, tags: [tag('t')] }, { ...closed, mayBecome: [] }],
            native,
          }),
        ),
      ),
    ).toEqual(['unreachable-status', 'native-needs-choice']);
  });
});

describe('where cases start', () => {
  const customer = { waitsFor: 'customer' } as const;
  const unanswered = (part: object, native = {}) =>
    check(template([], { statuses: [{ ...open, ...customer, ...part }, closed], native }))
      .filter(({ code }) => code === 'no-reply-rule')
      .map(({ message, example }) => [message.replace(/ waits.*/, ''), ...example]);

  it('with a sub-status or without, each once', () => {
    const both = [
      ['Open', 'A new case is Open.'],
      ['Open – S', 'A new case is Open.', 'A person sets Open – S.'],
    ];
    expect(unanswered({ subStatuses: [sub('s', customer)] })).toEqual(both);
    // A new case is there all the same, before anybody chooses.
    expect(unanswered({ subStatuses: [sub('s', customer)], subStatusRequired: true })).toEqual(both);
    expect(unanswered({ tagRequired: true })).toEqual(both.slice(0, 1));
  });

  it('the first way in is told', () => {
    const native = { rt: { set: {}, shows: { new: 'open', resolved: 'closed', rejected: 'closed' } } };
    expect(unanswered({}, native)).toEqual([['Open', 'A new case is Open.']]);
    const statuses = [
      { ...open, mayBecome: [] },
      { ...closed, ...customer, category: 'active' as const },
    ];
    const told = check(template([], { statuses, native })).filter(({ code }) => code === 'no-reply-rule');
    expect(told[0]?.example).toEqual(['A ticket that is “resolved” in the help desk is Closed.']);
  });
});

describe('choices that nobody can make', () => {
  it('R5: a status needs a tag, and none is in use', () => {
    const path = ['statuses', 1, 'tags'];
    const message = 'A needs a reason, and there is none to choose.';
    const none = { severity: 'error', code: 'no-tag-to-choose', message, path, example: [] };
    expect(found(template([status('a', { tagRequired: true })]))).toEqual([none]);
    expect(found(template([status('a', { tagRequired: true, tags: [tag('t', true)] })]))).toEqual([none]);
    expect(found(template([status('a', { tagRequired: true, tags: [tag('t', true), tag('u')] })]))).toEqual([]);
    expect(found(template([status('a', { tagRequired: true, retired: true })]))).toEqual([]);
  });

  it('R10: a status needs a sub-status, and none is in use', () => {
    const path = ['statuses', 1, 'subStatuses'];
    const message = 'A needs a sub-status, and there is none to choose.';
    const none = { severity: 'error', code: 'no-sub-status-to-choose', message, path, example: [] };
    const part = { subStatusRequired: true };
    expect(found(template([status('a', part)]))).toEqual([none]);
    expect(found(template([status('a', { ...part, subStatuses: [sub('s', { retired: true })] })]))).toEqual([none]);
    expect(found(template([status('a', { ...part, subStatuses: [sub('s', { retired: true }), sub('u')] })]))).toEqual(
      [],
    );
    expect(found(template([status('a', { ...part, retired: true })]))).toEqual([]);
  });

  it('R5, R10: nobody chooses for a new case', () => {
    const initial = (part: object) => found(template([], { statuses: [{ ...open, ...part }, closed] }));
    expect(initial({ tagRequired: true, tags: [tag('t')] })).toEqual([
      {
        severity: 'error',
        code: 'initial-needs-choice',
        message: 'Nobody chooses for a new case: Open needs a reason.',
        path: ['initialStatusId'],
        example: ['A new case is Open.', 'Open needs a reason.'],
      },
    ]);
    expect(initial({ subStatusRequired: true, subStatuses: [sub('s')] })[0]?.message).toBe(
      'Nobody chooses for a new case: Open needs a sub-status.',
    );
    expect(initial({ subStatuses: [sub('s')], tags: [tag('t')] })).toEqual([]);
  });
});

describe('dead ends', () => {
  it('an open position that nothing can follow', () => {
    expect(found(template([status('a', { mayBecome: [] })]))).toEqual([
      {
        severity: 'error',
        code: 'dead-end',
        message: 'A case in A cannot go anywhere.',
        path: ['statuses', 1, 'mayBecome'],
        example: ['A new case is Open.', 'A person sets A.', 'Nothing can follow A.'],
      },
    ]);
    const closedOnly = { mayBecome: ['closed'] };
    expect(found(template([status('a', closedOnly)]))).toEqual([]);
  });

  it('also where what might follow cannot be entered', () => {
    const old = status('old', { retired: true });
    const findings = found(template([status('a', { mayBecome: ['old', 'a'] }), old]));
    expect(codes(findings)).toEqual(['dead-end']);
  });

  it('the sub-status says which', () => {
    const a = status('a', {
      mayBecome: [],
      subStatusRequired: true,
      subStatuses: [sub('s', { retired: true }), sub('u')],
    });
    const [finding, ...others] = found(template([a]));
    expect(others).toEqual([]);
    expect(finding?.message).toBe('A case in A – U cannot go anywhere.');
    expect(finding?.example).toEqual(['A new case is Open.', 'A person sets A – U.', 'Nothing can follow A – U.']);
  });

  it('not what is done, retired or unreachable', () => {
    const end = { mayBecome: [] };
    expect(found(template([], { statuses: [open, { ...closed, ...end }] }))).toEqual([]);
    expect(found(template([status('old', { ...end, retired: true })]))).toEqual([]);
    expect(
      codes(
        found(
          template([], { statuses: [{ ...open, mayBecome: ['closed'] }, status('a', end), { ...closed, ...end }] }),
        ),
      ),
    ).toEqual(['unreachable-status']);
  });

  it('the way there is the shortest', () => {
    const statuses = [
      { ...open, mayBecome: ['a', 'b'] },
      status('a', { mayBecome: ['b', 'c', 'closed'] }),
      status('b', { subStatusRequired: true, subStatuses: [sub('x'), sub('y')], mayBecome: ['c'] }),
      status('c', { mayBecome: ['end'] }),
      status('end', { mayBecome: [] }),
      closed,
    ];
    const [finding] = found(template([], { statuses })).filter(({ code }) => code === 'dead-end');
    expect(finding?.example).toEqual([
      'A new case is Open.',
      'A person sets A.',
      'A person sets C.',
      'A person sets End.',
      'Nothing can follow End.',
    ]);
    const without = statuses
      .filter(({ id }) => id !== 'a')
      .map((one) => ({ ...one, mayBecome: one.mayBecome?.filter((id) => id !== 'a') ?? null }));
    const [other] = found(template([], { statuses: without })).filter(({ code }) => code === 'dead-end');
    expect(other?.example.slice(0, 3)).toEqual(['A new case is Open.', 'A person sets B – X.', 'A person sets C.']);
  });
});

describe('cases that are never done', () => {
  it('statuses that lead round, but never to an end', () => {
    const statuses = [
      open,
      status('a', { mayBecome: ['b'] }),
      status('b', { mayBecome: ['c'] }),
      status('c', { mayBecome: ['a'] }),
      closed,
    ];
    const findings = found(template([], { statuses }));
    expect(findings).toHaveLength(3);
    expect(findings[0]).toEqual({
      severity: 'warning',
      code: 'no-way-to-done',
      message: 'A case that gets to A is never done.',
      path: ['statuses', 1, 'mayBecome'],
      example: ['A new case is Open.', 'A person sets A.', 'It gets to B and C only.'],
    });
    const out = statuses.map((one) => (one.id === 'c' ? { ...one, mayBecome: ['closed'] } : one));
    expect(found(template([], { statuses: out }))).toEqual([]);
  });

  it('a status that leads to its own sub-statuses only', () => {
    const [finding, ...others] = found(template([status('a', { mayBecome: [], subStatuses: [sub('s')] })]));
    expect(others).toEqual([]);
    expect(finding?.code).toBe('no-way-to-done');
    expect(finding?.example).toEqual(['A new case is Open.', 'A person sets A.', 'It gets nowhere else.']);
  });

  it('a dead end is told as that, and what is unreachable as that', () => {
    const statuses = [
      { ...open, mayBecome: ['a'] },
      status('a', { mayBecome: ['end'] }),
      status('end', { mayBecome: [] }),
      closed,
    ];
    expect(found(template([], { statuses })).map(({ code, path }) => [code, path[1]])).toEqual([
      ['unreachable-status', 3],
      ['no-way-to-done', 0],
      ['no-way-to-done', 1],
      ['dead-end', 2],
    ]);
  });

  it('no status is of category done', () => {
    const none = {
      severity: 'warning',
      code: 'no-done-status',
      message: 'No status is of category done: no case is ever finished.',
      path: ['statuses'],
      example: [],
    };
    expect(found(template([], { statuses: [open, status('a')] }))).toEqual([none]);
    expect(found(template([], { statuses: [open, status('a'), { ...closed, retired: true }] }))).toEqual([none]);
  });
});

describe('timers that never fire', () => {
  const never = (of: CaseTemplate, flows = [] as ReturnType<typeof workflow>[]) =>
    found(of, flows).filter(({ code }) => code === 'timer-never-fires');
  const pending = waiting('pending', {
    subStatusRequired: true,
    subStatuses: [sub('dev'), sub('old', { retired: true })],
  });

  it('the status always has a sub-status, and the timer names none', () => {
    expect(
      never(template([pending], { timers: [remind('ok', 'open', '1 days'), remind('r', 'pending', '1 days')] })),
    ).toEqual([
      {
        severity: 'error',
        code: 'timer-never-fires',
        message: 'The reminder of Pending never fires: a case in Pending always has a sub-status.',
        path: ['timers', 1],
        example: [],
      },
    ]);
    expect(never(template([pending], { timers: [remind('r', 'pending/dev', '1 days')] }))).toEqual([]);
    expect(
      never(template([{ ...pending, subStatusRequired: false }], { timers: [remind('r', 'pending', '1 days')] })),
    ).toEqual([]);
  });

  it('nobody gets there', () => {
    const statuses = [{ ...open, mayBecome: ['closed'] }, pending, { ...closed, mayBecome: [] }];
    const timers = [remind('r', 'pending/dev', '1 days'), change('c', 'pending/dev', '3 days', 'closed')];
    expect(never(template([], { statuses, timers })).map(({ message }) => message)).toEqual([
      'The reminder of Pending – Dev never fires: no case gets to Pending – Dev.',
      'The timer of Pending – Dev never fires: no case gets to Pending – Dev.',
    ]);
  });

  it('cases from before may be in what is retired', () => {
    const old = status('gone', { retired: true });
    const timers = [
      remind('r', 'pending/old', '3 days'),
      change('c', 'pending/old', '1 days', 'closed'),
      remind('s', 'gone', '3 days', { kind: 'notice' }),
      change('d', 'gone', '1 days', 'closed'),
    ];
    expect(found(template([pending, old], { timers }))).toEqual([]);
  });

  it('another timer changes the status before', () => {
    const timers = [change('late', 'open', '3 days', 'closed'), change('soon', 'open', '71 hours', 'closed')];
    expect(never(template([], { timers }))).toEqual([
      {
        severity: 'error',
        code: 'timer-never-fires',
        message:
          'The timer of Open (after 3 days) never fires: the timer of Open (after 71 hours) changes the status first.',
        path: ['timers', 0],
        example: [
          'A new case is Open.',
          'After 71 hours the timer of Open (after 71 hours) sets Closed.',
          'The timer of Open (after 3 days) would be due after 3 days.',
        ],
      },
    ]);
  });

  it('of two changes at the same time the first one acts', () => {
    const timers = [change('one', 'open', '3 days', 'closed'), change('two', 'open', '72 hours', 'closed')];
    expect(never(template([], { timers })).map(({ path }) => path)).toEqual([['timers', 1]]);
    expect(never(template([], { timers: timers.toReversed() })).map(({ path }) => path)).toEqual([['timers', 1]]);
  });

  it('a notice or a note comes after the change of status, or together with it', () => {
    const soon = change('soon', 'open', '3 days', 'closed');
    const note = (after: string) =>
      remind('n', 'open', after, { does: { type: 'message', messageId: 'hello', via: 'note' } });
    const notice = (after: string) => remind('n', 'open', after, { kind: 'notice' });
    for (const rule of [note, notice]) {
      expect(codes(found(template([], { timers: [rule('3 days'), soon] })))).toEqual(['timer-never-fires']);
      expect(codes(found(template([], { timers: [soon, rule('4 days')] })))).toEqual(['timer-never-fires']);
      expect(found(template([], { timers: [soon, rule('2 days')] }))).toEqual([]);
    }
  });

  it('not where the other timer is elsewhere, is refused, sends a message or belongs to the case', () => {
    const late = change('late', 'open', '3 days', 'closed');
    const other = (rule: ReturnType<typeof remind> | ReturnType<typeof change>) =>
      never(template([pending], { timers: [rule, late] }));
    expect(other(change('c', 'pending/dev', '1 days', 'closed'))).toEqual([]);
    expect(other(change('c', 'open', '1 days', 'pending'))).toEqual([]);
    expect(other(remind('c', 'open', '1 days'))).toEqual([]);
    expect(other(change('c', 'open', '1 days', 'closed', { pausesIn: [] }))).toEqual([]);
    expect(other(change('c', 'open', '1 days', 'closed'))).toHaveLength(1);
    const ofCase = { ...late, pausesIn: [] };
    expect(never(template([], { timers: [change('c', 'open', '1 days', 'closed'), ofCase] }))).toEqual([]);
    expect(never(template([], { timers: [late], replies: [reply('r', 'open', 'closed')] }))).toEqual([]);
  });

  it('in business time, where the other one is first whatever the day', () => {
    const timers = (soon: string, late: string) => [
      change('soon', 'open', soon, 'closed'),
      change('late', 'open', late, 'closed'),
    ];
    expect(never(template([], { timers: timers('24 hours', '24 business-hours') }))).toHaveLength(1);
    expect(never(template([], { timers: timers('25 hours', '24 business-hours') }))).toHaveLength(1);
    // Monday 9 to Friday 17 is 40 working hours in 104.
    expect(never(template([], { timers: timers('104 hours', '40 business-hours') }))).toHaveLength(1);
    expect(never(template([], { timers: timers('105 hours', '40 business-hours') }))).toEqual([]);
    expect(never(template([], { timers: timers('2 business-days', '2 business-days') }))).toHaveLength(1);
    expect(never(template([], { timers: timers('3 business-days', '2 business-days') }))).toHaveLength(1);
  });

  it('no calendar goes on for as long', () => {
    const business = (amount: number) => ({ amount, unit: 'business-days' }) as const;
    const long = business(100_000);
    const timers = [
      remind('r', 'open', '1 days', { after: long }),
      change('c', 'open', '100000 business-days', 'closed'),
      remind('n', 'open', '40 days', { kind: 'notice', repeat: { every: long, times: 2 } }),
      change('d', 'open', '9000 days', 'closed'),
    ];
    const findings = found(template([], { timers }));
    const why = 'no calendar goes on for 100000 business days.';
    expect(findings.map(({ severity, code, message, path }) => [severity, code, message, ...path])).toEqual([
      ['error', 'timer-never-fires', `The reminder of Open never fires: ${why}`, 'timers', 0],
      ['error', 'timer-never-fires', `The timer of Open (after 100000 business days) never fires: ${why}`, 'timers', 1],
      ['error', 'repeat-too-long', `The notice of Open cannot repeat: ${why}`, 'timers', 2, 'repeat'],
    ]);
    const short = timers.map((rule) => ({
      ...rule,
      after: business(9),
      repeat: rule.repeat && { ...rule.repeat, every: business(9) },
    }));
    expect(never(template([], { timers: short })).map(({ message }) => message)).not.toContain(why);
  });

  it('a workflow changes the status at once', () => {
    const timers = [remind('r', 'open', '1 days')];
    const flows = [workflow('Take', 'open', 'pending/dev')];
    expect(never(template([pending], { timers }), flows)).toEqual([
      {
        severity: 'error',
        code: 'timer-never-fires',
        message: 'The reminder of Open never fires: the workflow “Take” changes the status at once.',
        path: ['timers', 0],
        example: ['A new case is Open.', 'The workflow “Take” sets Pending – Dev at once.'],
      },
    ]);
    const everywhere = [workflow('Take', null, 'pending/dev')];
    expect(never(template([pending], { timers }), everywhere)).toHaveLength(1);
    expect(never(template([pending], { timers }), [workflow('Take', 'closed', 'pending/dev')])).toEqual([]);
    expect(never(template([pending], { timers }), [workflow('Take', 'open', 'pending')])).toEqual([]);
    // Its clock goes on in the other status.
    expect(never(template([pending], { timers: timers.map((rule) => ({ ...rule, pausesIn: [] })) }), flows)).toEqual(
      [],
    );
  });

  it('the clock of the case stands still wherever the case can be', () => {
    const statuses = [
      { ...open, mayBecome: ['a', 'closed'] },
      status('a', { mayBecome: ['closed'] }),
      { ...closed, mayBecome: [] },
    ];
    const paused = (...positions: string[]) =>
      never(template([], { statuses, timers: [remind('r', 'open', '1 days', { pausesIn: positions.map(at) })] }));
    expect(paused('open', 'a')).toEqual([
      {
        severity: 'error',
        code: 'timer-never-fires',
        message: 'The reminder of Open never fires: its clock stands still wherever a case can be.',
        path: ['timers', 0],
        example: ['A new case is Open.'],
      },
    ]);
    expect(paused('open')).toEqual([]);
    expect(paused('a')).toEqual([]);
    expect(paused()).toEqual([]);
    // Beyond a status that is done there is no clock any more.
    const reopened = [...statuses.slice(0, 2), { ...closed, mayBecome: null }, status('again')];
    const timers = [remind('r', 'open', '1 days', { pausesIn: [at('open'), at('a')] })];
    expect(never(template([], { statuses: reopened, timers }))).toHaveLength(1);
    const parts = { ...closed, mayBecome: [], subStatuses: [sub('s')] };
    const standing = [remind('r', 'closed', '1 days', { pausesIn: [at('closed')] })];
    expect(never(template([], { statuses: [open, parts], timers: standing }))).toHaveLength(1);
    const inDone = [remind('r', 'closed', '1 days', { pausesIn: [] })];
    expect(never(template([], { statuses, timers: inDone }))).toEqual([]);
  });

  it('the clock of the case runs on in another sub-status', () => {
    const a = status('a', { subStatuses: [sub('s')], mayBecome: ['closed'] });
    const statuses = [{ ...open, mayBecome: ['a'] }, a, { ...closed, mayBecome: [] }];
    const paused = (...positions: string[]) =>
      never(template([], { statuses, timers: [remind('r', 'a', '1 days', { pausesIn: positions.map(at) })] }));
    expect(paused('a')).toEqual([]);
    expect(paused('a', 'a/s')).toHaveLength(1);
  });
});

describe('rules that never act', () => {
  const pending = waiting('pending', {
    subStatusRequired: true,
    subStatuses: [sub('dev'), sub('old', { retired: true })],
  });
  const idle = (part: Partial<CaseTemplate>, flows = [] as ReturnType<typeof workflow>[]) =>
    found(template([pending], part), flows).filter(({ code }) => code === 'rule-never-applies');

  it('entry rules, reply rules and workflows of a position that no case is in', () => {
    const part = { onEntry: [entry('e', 'pending')], replies: [reply('r', 'pending', 'closed')] };
    const why = 'never acts: a case in Pending always has a sub-status.';
    const findings = idle(part, [workflow('W', 'pending', 'closed'), workflow('Any', null, 'pending')]);
    expect(findings).toEqual(
      [
        { message: `The entry rule of Pending ${why}`, path: ['onEntry', 0] },
        { message: `The reply rule of Pending ${why}`, path: ['replies', 0] },
        { message: `The workflow “W” ${why}`, path: ['workflows', 0] },
      ].map((part) => ({ severity: 'error', code: 'rule-never-applies', example: [], ...part })),
    );
  });

  it('not of one that cases are in, or may have stayed in', () => {
    const when = ['open', 'pending/dev', 'pending/old'];
    const onEntry = when.map((position, n) => entry(`e${n}`, position));
    const replies = when.map((position, n) => reply(`r${n}`, position, 'closed'));
    expect(idle({ onEntry, replies })).toEqual([]);
  });

  it('nor of one that a workflow names and the template does not know', () => {
    expect(idle({}, [workflow('W', 'nowhere/x', 'closed')])[0]?.message).toBe(
      'The workflow “W” never acts: no case gets to nowhere – x.',
    );
  });
});

describe('automations that the template refuses', () => {
  const verdict = status('verdict', {
    category: 'done',
    tagRequired: true,
    tags: [tag('ok'), tag('old', true)],
    subStatuses: [sub('s'), sub('gone', { retired: true })],
  });
  const refused = (of: CaseTemplate, flows = [] as ReturnType<typeof workflow>[]) =>
    found(of, flows).filter(({ code }) => code.startsWith('automation-') && code !== 'automatic-loop');

  it('R5: a timer, a reply rule or a workflow cannot go without a tag where one is required', () => {
    const timers = [{ ...change('c', 'a', '28 days', 'verdict'), kind: 'auto-close' as const }];
    const a = status('a');
    const example = ['A new case is Open.', 'A person sets A.'];
    expect(refused(template([a, verdict], { timers }))).toEqual([
      {
        severity: 'error',
        code: 'automation-cannot-supply',
        message: 'The auto-close of A cannot set Verdict: Verdict needs a reason.',
        path: ['timers', 0],
        example: [...example, 'After 28 days the auto-close of A is due.', 'Verdict needs a reason.'],
      },
    ]);
    expect(refused(template([a, verdict], { replies: [reply('r', 'a', 'verdict')] }))).toEqual([
      {
        severity: 'error',
        code: 'automation-cannot-supply',
        message: 'The reply rule of A cannot set Verdict: Verdict needs a reason.',
        path: ['replies', 0],
        example: [...example, 'The customer replies.', 'Verdict needs a reason.'],
      },
    ]);
    expect(refused(template([a, verdict]), [workflow('W', 'a', 'verdict')])).toEqual([
      {
        severity: 'error',
        code: 'automation-cannot-supply',
        message: 'The workflow “W” cannot set Verdict: Verdict needs a reason.',
        path: ['workflows', 0],
        example: [...example, 'The workflow “W” runs at once.', 'Verdict needs a reason.'],
      },
    ]);
    const supplied = {
      timers: [change('c', 'a', '28 days', 'verdict#ok')],
      replies: [reply('r', 'a', 'verdict#ok')],
    };
    expect(refused(template([a, verdict], supplied), [workflow('W', 'a', 'verdict/s#ok')])).toEqual([]);
  });

  it('R10: nor without a sub-status where one is required', () => {
    const pending = waiting('pending', { subStatusRequired: true, subStatuses: [sub('dev')] });
    const replies = [reply('r', 'open', 'pending')];
    const [finding] = refused(template([pending], { replies }));
    expect(finding?.code).toBe('automation-cannot-supply');
    expect(finding?.message).toBe('The reply rule of Open cannot set Pending: Pending needs a sub-status.');
    expect(refused(template([pending], { replies: [reply('r', 'open', 'pending/dev')] }))).toEqual([]);
  });

  it('nor go where the status may not go', () => {
    const a = status('a', { mayBecome: ['b'] });
    const timers = [change('c', 'a', '1 days', 'closed')];
    const [finding, ...others] = refused(template([a, status('b')], { timers }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'automation-not-allowed',
      message: 'The timer of A cannot set Closed: A may not become Closed.',
    });
    expect(refused(template([a, status('b')], { timers: [change('c', 'a', '1 days', 'b')] }))).toEqual([]);
  });

  it('nor to what is retired', () => {
    const old = status('old', { retired: true });
    const targets = ['old', 'verdict#old', 'verdict/gone#ok'];
    const timers = targets.map((target, n) => change(`c${n}`, 'open', `${n + 1} days`, target));
    expect(codes(refused(template([verdict, old], { timers })))).toEqual(targets.map(() => 'automation-not-allowed'));
  });

  it('nor to what does not exist, which a workflow may name', () => {
    const [finding] = refused(template([]), [workflow('W', 'open', 'nowhere')]);
    expect(finding?.message).toBe('The workflow “W” cannot set nowhere: The template "Small" has no such status.');
  });

  it('a workflow of any position is refused where one of them refuses', () => {
    const statuses = [open, status('a', { mayBecome: ['closed'] }), status('b'), closed];
    const [finding, ...others] = refused(template([], { statuses }), [workflow('W', null, 'b')]);
    expect(others).toEqual([]);
    expect(finding?.example).toEqual([
      'A new case is Open.',
      'A person sets A.',
      'The workflow “W” runs at once.',
      'A may not become B.',
    ]);
    // No case is there.
    const lost = [
      { ...open, mayBecome: ['b', 'closed'] },
      status('a', { mayBecome: ['closed'] }),
      status('b', { mayBecome: ['closed'] }),
      { ...closed, mayBecome: ['b'] },
    ];
    expect(refused(template([], { statuses: lost }), [workflow('W', null, 'b')])).toEqual([]);
  });

  it('a clock of the case runs out in another status, which has to allow it too', () => {
    const statuses = [
      { ...open, mayBecome: ['a', 'late'] },
      status('a', { mayBecome: ['b'], subStatusRequired: true, subStatuses: [sub('x'), sub('y')] }),
      status('b', { mayBecome: ['closed'] }),
      status('late', { mayBecome: ['closed'] }),
      { ...closed, mayBecome: ['open'] },
    ];
    const of = (...pausesIn: string[]) =>
      refused(
        template([], { statuses, timers: [change('c', 'open', '5 days', 'late', { pausesIn: pausesIn.map(at) })] }),
      );
    const [finding, ...others] = of();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'automation-not-allowed',
      message: 'The timer of Open cannot set Late: A may not become Late.',
      example: [
        'A new case is Open.',
        'A person sets A – X.',
        'After 5 days the timer of Open is due.',
        'A may not become Late.',
      ],
    });
    expect(of('a/x')[0]?.example[1]).toBe('A person sets A – Y.');
    expect(of('a/x', 'a/y')[0]?.example.slice(1, 3)).toEqual(['A person sets A – X.', 'A person sets B.']);
    // It ends in Closed, so it does not matter what Closed allows.
    expect(of('a/x', 'a/y', 'b')).toEqual([]);
    // One of the position alone does not go along.
    const timers = [change('c', 'open', '5 days', 'late')];
    expect(refused(template([], { statuses, timers }))).toEqual([]);
  });

  it('rules of a retired position are checked too: cases may still be there', () => {
    const old = status('old', { retired: true, mayBecome: ['open'] });
    const [finding] = refused(template([old], { timers: [change('c', 'old', '1 days', 'closed')] }));
    expect(finding?.example[0]).toBe('A case is Old.');
  });
});

describe('closes before a reminder', () => {
  const closes = (of: CaseTemplate) => found(of).filter(({ code }) => code === 'close-before-reminder');
  const pending = waiting('pending', {
    subStatusRequired: true,
    subStatuses: [sub('customer', { waitsFor: 'customer' })],
  });
  const close = (after: string, part = {}) => ({
    ...change('close', 'pending/customer', after, 'closed', part),
    kind: 'auto-close' as const,
  });
  const reminder = (after: string, part = {}) => remind('remind', 'pending/customer', after, part);

  it('R14: the reminder comes first', () => {
    expect(closes(template([pending], { timers: [reminder('28 days'), close('7 days')] }))).toEqual([
      {
        severity: 'error',
        code: 'close-before-reminder',
        message: 'The auto-close of Pending – Customer does not leave the time for the reminder of Pending – Customer.',
        path: ['timers', 0],
        example: [
          'A new case is Open.',
          'A person sets Pending – Customer.',
          'After 7 days the auto-close of Pending – Customer sets Closed.',
          'The reminder of Pending – Customer would be due after 28 days.',
        ],
      },
    ]);
    expect(closes(template([pending], { timers: [close('28 days'), reminder('28 days')] }))).toHaveLength(1);
    expect(closes(template([pending], { timers: [close('28 days'), reminder('27 days')] }))).toEqual([]);
  });

  it('one finding for a reminder, with the change of status that comes to act', () => {
    const timers = [
      reminder('28 days'),
      close('30 days'),
      change('b', 'pending/customer', '7 days', 'open'),
      change('c', 'pending/customer', '6 days', 'open'),
    ];
    const findings = closes(template([pending], { timers }));
    expect(findings.map(({ example }) => example[2])).toEqual([
      'After 6 days the timer of Pending – Customer (after 6 days) sets Open.',
    ]);
  });

  it('only in the same position', () => {
    const timers = [reminder('28 days'), change('c', 'open', '7 days', 'closed')];
    expect(closes(template([pending], { timers }))).toEqual([]);
  });

  it('a notice, or a note to ourselves, is no reminder to the customer', () => {
    const notice = reminder('28 days', { kind: 'notice' });
    expect(closes(template([pending], { timers: [close('7 days'), notice] }))).toEqual([]);
    const note = reminder('28 days', { does: { type: 'message', messageId: 'hello', via: 'note' } });
    expect(closes(template([pending], { timers: [close('7 days'), note] }))).toEqual([]);
  });

  it('R14: working time against plain time, with an entry that shows it', () => {
    const timers = [reminder('5 business-days'), close('10 days')];
    const [finding, ...others] = closes(template([pending], { timers }));
    expect(others).toEqual([]);
    expect(finding?.example).toEqual([
      'A new case is Open.',
      'A person sets Pending – Customer.',
      'It gets there on Thursday, 17 December 2026 at 17:00 (Europe/Berlin).',
      'The auto-close of Pending – Customer sets Closed on Sunday, 27 December 2026 at 17:00 (Europe/Berlin).',
      'The reminder of Pending – Customer would be due on Monday, 28 December 2026 at 09:00 (Europe/Berlin).',
    ]);
    expect(closes(template([pending], { timers: [reminder('5 business-days'), close('12 days')] }))).toEqual([]);
  });

  it('a clock of the case counts where it runs', () => {
    const both = (remindPart: object, closePart: object) =>
      closes(
        template([pending, status('a')], { timers: [reminder('28 days', remindPart), close('7 days', closePart)] }),
      );
    const running = { pausesIn: [at('open')] };
    const standing = { pausesIn: [at('open'), at('pending/customer')] };
    expect(both({}, running)).toHaveLength(1);
    expect(both({}, standing)).toEqual([]);
    expect(both(running, {})).toHaveLength(1);
    expect(both(standing, {})).toEqual([]);
    // The reminder goes on where the case goes on.
    const onward = change('on', 'pending/customer', '7 days', 'open');
    expect(closes(template([pending], { timers: [reminder('28 days', running), onward] }))).toEqual([]);
    expect(closes(template([pending], { timers: [reminder('28 days'), onward] }))).toHaveLength(1);
  });

  it('a reminder that never fires is told as that', () => {
    const timers = [remind('r', 'pending', '28 days'), change('c', 'pending', '7 days', 'closed')];
    expect(closes(template([pending], { timers }))).toEqual([]);
  });

  it('a repeat that the close cuts short is a warning', () => {
    const cut = (times: number, after: string, part = {}) =>
      found(
        template([pending], {
          timers: [reminder('7 days', { repeat: { every: { amount: 7, unit: 'days' }, times } }), close(after, part)],
          replies: [reply('r', 'pending/customer', 'open')],
        }),
      );
    expect(cut(4, '28 days')).toEqual([
      {
        severity: 'warning',
        code: 'repeat-cut-short',
        message:
          'The reminder of Pending – Customer goes out 3 of 4 times, then the auto-close of Pending – Customer comes.',
        path: ['timers', 0],
        example: [
          'A new case is Open.',
          'A person sets Pending – Customer.',
          'After 7 days the reminder of Pending – Customer goes out, and again after 7 days.',
          'The auto-close of Pending – Customer comes after 28 days.',
        ],
      },
    ]);
    expect(cut(4, '29 days')).toEqual([]);
    expect(cut(5, '29 days')[0]?.message).toMatch('goes out 4 of 5 times');
    expect(cut(3, '28 days')).toEqual([]);
    expect(cut(40, '20 business-days')).toEqual([]);
  });

  it('a repeat in working time is not counted', () => {
    const cut = (after: string, unit: 'days' | 'business-days') =>
      codes(
        found(
          template([pending], {
            timers: [reminder(after, { repeat: { every: { amount: 7, unit }, times: 9 } }), close('28 days')],
            replies: [reply('r', 'pending/customer', 'open')],
          }),
        ),
      );
    expect(cut('7 days', 'days')).toEqual(['repeat-cut-short']);
    expect(cut('7 business-days', 'days')).toEqual([]);
    expect(cut('7 days', 'business-days')).toEqual([]);
  });

  it('the close that comes first cuts it short', () => {
    const timers = [
      reminder('7 days', { repeat: { every: { amount: 7, unit: 'days' }, times: 9 } }),
      close('30 days'),
      change('b', 'pending/customer', '28 days', 'open'),
    ];
    expect(codes(check(template([pending], { timers }))).filter((code) => code === 'repeat-cut-short')).toHaveLength(1);
  });
});

describe("the help desk's own statuses", () => {
  it('a mapping leaves a status out', () => {
    const set = { open: 'open', closed: 'resolved' };
    const of = (between: ReturnType<typeof status>[]) =>
      found(template(between, { native: { rt: { set, shows: {} } } }));
    expect(of([])).toEqual([]);
    expect(of([status('old', { retired: true })])).toEqual([]);
    expect(of([status('a'), status('b')])).toEqual([
      {
        severity: 'warning',
        code: 'native-status-unmapped',
        message: "The mapping for “rt” leaves out A and B: the help desk's own status then stays as it is.",
        path: ['native', 'rt', 'set'],
        example: [],
      },
    ]);
  });

  it('R5, R10: a ticket cannot be shown in a status that needs a choice', () => {
    const pending = waiting('pending', { subStatusRequired: true, subStatuses: [sub('dev')] });
    const set = { open: 'o', pending: 'p', closed: 'c', verdict: 'v', old: 'x' };
    const verdict = status('verdict', { tagRequired: true, tags: [tag('t')] });
    const old = status('old', { retired: true });
    const shows = { new: 'open', stalled: 'pending', decided: 'verdict', gone: 'old', resolved: 'closed' };
    expect(found(template([pending, verdict, old], { native: { rt: { set, shows } } }))).toEqual(
      [
        ['stalled', 'Pending needs a sub-status.'],
        ['decided', 'Verdict needs a reason.'],
        ['gone', 'Old is retired and no longer used.'],
      ].map(([native, why]) => ({
        severity: 'warning',
        code: 'native-needs-choice',
        message: `A ticket that is “${native}” in the help desk is shown as Open. ${why}`,
        path: ['native', 'rt', 'shows', native],
        example: [],
      })),
    );
  });

  it('the initial status is told of once', () => {
    const statuses = [{ ...open, tagRequired: true, tags: [tag('t')] }, closed];
    const native = { rt: { set: { open: 'o', closed: 'c' }, shows: { new: 'open' } } };
    expect(codes(found(template([], { statuses, native })))).toEqual(['initial-needs-choice']);
  });
});

describe('advice', () => {
  const advice = (of: CaseTemplate, code: string) => check(of).filter((finding) => finding.code === code);

  it('a reminder to the customer where somebody else is awaited', () => {
    const party = (waitsFor: 'us' | 'customer' | 'third-party' | 'nobody', part = {}) =>
      advice(
        template([waiting('a', { waitsFor })], { timers: [remind('r', 'a', '1 days', part)] }),
        'reminder-to-wrong-party',
      ).map(({ message }) => message);
    const message = (who: string) => [`The reminder of A goes to the customer, but A waits for ${who}.`];
    expect(party('us')).toEqual(message('us'));
    expect(party('third-party')).toEqual(message('a third party'));
    expect(party('nobody')).toEqual(message('nobody'));
    expect(party('customer')).toEqual([]);
    expect(party('us', { kind: 'notice' })).toEqual([]);
    expect(party('us', { does: { type: 'message', messageId: 'hello', via: 'note' } })).toEqual([]);
  });

  it('the sub-status says who is awaited', () => {
    const a = waiting('a', {
      waitsFor: 'customer',
      subStatuses: [sub('us'), sub('customer', { waitsFor: 'customer' })],
    });
    const timers = ['a', 'a/us', 'a/customer'].map((when, n) => remind(`r${n}`, when, '1 days'));
    expect(advice(template([a], { timers }), 'reminder-to-wrong-party')).toEqual([
      {
        severity: 'warning',
        code: 'reminder-to-wrong-party',
        message: 'The reminder of A – Us goes to the customer, but A – Us waits for us.',
        path: ['timers', 1],
        example: [],
      },
    ]);
    const old = status('old', { retired: true });
    expect(advice(template([old], { timers: [remind('r', 'old', '1 days')] }), 'reminder-to-wrong-party')).toEqual([]);
  });

  it('the customer is awaited, and their reply changes nothing', () => {
    const customer = { waitsFor: 'customer' } as const;
    const a = waiting('a', { ...customer, subStatuses: [sub('s', customer), sub('u')] });
    const done = { ...closed, ...customer };
    const of = (...when: string[]) =>
      advice(
        template([], {
          statuses: [open, a, done],
          replies: when.map((position, n) => reply(`r${n}`, position, 'open')),
        }),
        'no-reply-rule',
      );
    expect(of('a')).toEqual([
      {
        severity: 'warning',
        code: 'no-reply-rule',
        message: 'A – S waits for the customer, but their reply changes nothing: the case is only flagged.',
        path: ['statuses', 1],
        example: ['A new case is Open.', 'A person sets A – S.'],
      },
    ]);
    expect(of('a', 'a/s')).toEqual([]);
    expect(of('a/s', 'a/u').map(({ message }) => message)).toEqual([
      'A waits for the customer, but their reply changes nothing: the case is only flagged.',
    ]);
  });

  it('nothing sends a message', () => {
    const messages = ['one', 'two', 'three'].map((id) => ({ id, name: id, body: 'Hello' }));
    const timers = [remind('r', 'open', '1 days', { does: { type: 'message', messageId: 'two', via: 'note' } })];
    const onEntry = [{ ...entry('e', 'open'), messageId: 'three' }];
    expect(advice(template([], { messages, timers, onEntry }), 'unused-message')).toEqual([
      {
        severity: 'warning',
        code: 'unused-message',
        message: 'Nothing sends the message “one”.',
        path: ['messages', 0],
        example: [],
      },
    ]);
  });
});
