import { describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../../../core/domain/builtin-templates';
import { plainCalendar } from '../../../../core/domain/calendar';
import { checkTemplate } from '../../../../core/domain/checker';
import { exampleTemplates } from '../../../../core/domain/example-templates';
import type { CaseTemplate, Status } from '../../../../core/domain/template';
import { randomCalendar } from '../random-template';
import { change, closed, entry, open, remind, reply, status, sub, template, workflow } from './small';

describe('the templates that come along', () => {
  for (const builtin of [...builtinTemplates, ...exampleTemplates])
    it(`${builtin.name} has no mistakes, and nothing that is probably not meant so`, () => {
      expect(checkTemplate(builtin, { calendar: plainCalendar('Europe/Berlin') })).toEqual([]);
      expect(checkTemplate(builtin, { calendar: randomCalendar })).toEqual([]);
    });
});

describe('the order of what is told', () => {
  it('goes from the statuses to the rules to the mappings to advice', () => {
    const statuses: Status[] = [
      { ...open, mayBecome: ['end', 'a', 'choice'] },
      status('end', { mayBecome: [] }),
      status('a', { waitsFor: 'customer', mayBecome: ['open'] }),
      status('choice', { tagRequired: true }),
      status('lost', { subStatusRequired: true, subStatuses: [sub('s')] }),
      closed,
    ].map((one) => ({ ...one, mayBecome: one.mayBecome ?? ['open'] }));
    const of = template([], {
      statuses,
      timers: [
        remind('late', 'a', '2 days'),
        change('soon', 'a', '1 days', 'open'),
        change('again', 'open', '1 days', 'a'),
        change('never', 'a', '3 days', 'open'),
        change('refused', 'end', '1 days', 'open'),
      ],
      onEntry: [entry('idle', 'lost')],
      replies: [reply('r', 'end', 'end')],
      native: { rt: { set: {}, shows: {} } },
      messages: [...template([]).messages, { id: 'unused', name: 'Unused', body: 'Hello' }],
    });
    const findings = checkTemplate(of, { calendar: randomCalendar });
    expect(findings.map(({ code }) => code)).toEqual([
      'no-tag-to-choose',
      'unreachable-status',
      'unreachable-status',
      'no-way-to-done',
      'dead-end',
      'no-way-to-done',
      'timer-never-fires',
      'rule-never-applies',
      'automation-not-allowed',
      'close-before-reminder',
      'automatic-loop',
      'reply-loop',
      'native-status-unmapped',
      'no-reply-rule',
      'unused-message',
    ]);
  });
});

describe('the time that it takes', () => {
  /** All that may be, up to the limits of the schema: rules everywhere, and restricted transitions. */
  function large(statusCount: number, timerCount: number, ruleCount: number): CaseTemplate {
    const all = Array.from({ length: statusCount }, (_, n) => `s${n}`);
    const next = (n: number, by: number) => `s${(n + by) % statusCount}`;
    const statuses = all.map((id, n) =>
      status(id, {
        category: n === 0 ? 'initial' : n === statusCount - 1 ? 'done' : 'waiting',
        subStatuses: [sub('x'), sub('y')],
        mayBecome: n % 2 === 0 ? null : all.filter((_, at) => at % 3 !== n % 3 || at === n + 1),
      }),
    );
    const timers = Array.from({ length: timerCount }, (_, n) => {
      const when = `s${n % statusCount}/${n % 2 === 0 ? 'x' : 'y'}`;
      const pausesIn = n % 5 === 0 ? [{ statusId: next(n, 2), subStatusId: null }] : null;
      return n % 3 === 0
        ? remind(`t${n}`, when, `${n + 1} hours`, { pausesIn })
        : change(`t${n}`, when, `${n + 900} ${n % 4 === 0 ? 'business-hours' : 'hours'}`, next(n, 1), { pausesIn });
    });
    const positions = all.flatMap((id) => [`${id}/x`, `${id}/y`, id]).slice(0, ruleCount);
    return template([], {
      initialStatusId: 's0',
      statuses,
      timers,
      onEntry: positions.map((position, n) => entry(`e${n}`, position)),
      replies: positions.map((position, n) => reply(`r${n}`, position, next(n, 7))),
    });
  }

  /** Of the processor's time, the least of some runs: others share the machine. */
  function bestMs(of: CaseTemplate, times: number): number {
    const flows = [workflow('All', null, 's1'), workflow('One', 's2/x', 's3')];
    const took = Array.from({ length: times }, () => {
      const before = process.cpuUsage();
      expect(checkTemplate(of, { calendar: randomCalendar, workflows: flows }).length).toBeGreaterThan(0);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    return Math.min(...took);
  }

  it('50 statuses and 200 rules: under 50 ms', () => {
    expect(bestMs(large(50, 100, 50), 10)).toBeLessThan(50);
  });

  it('200 statuses and 500 rules: under a second', () => {
    expect(bestMs(large(200, 300, 100), 3)).toBeLessThan(1000);
  });
});
