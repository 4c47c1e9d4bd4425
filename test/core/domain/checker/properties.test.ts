import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAfter } from '../../../../core/domain/calendar';
import { templateFaults } from '../../../../core/domain/checker';
import { checkTarget } from '../../../../core/domain/decide/target';
import type { CaseTemplate, Position, Target, TimerRule } from '../../../../core/domain/template';
import {
  CaseTemplate as CaseTemplateSchema,
  findStatus,
  positionName,
  samePosition,
} from '../../../../core/domain/template';
import { runs } from '../../../runs';
import { anyTemplate, publishableTemplate, randomCalendar } from '../random-template';
import { check } from './small';

/** All that anybody could ask for: each status with each sub-status and each tag, and without. */
function allTargets(template: CaseTemplate): Target[] {
  return template.statuses.flatMap((status) =>
    [null, ...status.subStatuses.map(({ id }) => id)].flatMap((subStatusId) =>
      [null, ...status.tags.map(({ id }) => id)].map((tagId) => ({ statusId: status.id, subStatusId, tagId })),
    ),
  );
}

const key = ({ statusId, subStatusId }: Position) => `${statusId}/${subStatusId}`;

/** Where a ticket can be before anybody touched it. */
function starts(template: CaseTemplate): Position[] {
  const shown = Object.values(template.native).flatMap(({ shows }) => Object.values(shows));
  const positions = shown.map((statusId) => ({ statusId, subStatusId: null }));
  return [
    { statusId: template.initialStatusId, subStatusId: null },
    ...positions.filter((position) => !checkTarget(template, null, { ...position, tagId: null })),
  ];
}

/** Every position that some sequence of accepted changes leads to, by trying them all. */
function reachable(template: CaseTemplate): Map<string, Position> {
  const targets = allTargets(template);
  const found = new Map(starts(template).map((position) => [key(position), position]));
  for (const from of found.values())
    for (const to of targets)
      if (!found.has(key(to)) && !checkTarget(template, from.statusId, to)) found.set(key(to), to);
  return found;
}

const accepts = (template: CaseTemplate, from: Position, to: Position) =>
  allTargets(template).some((target) => samePosition(target, to) && !checkTarget(template, from.statusId, target));

describe('random templates', () => {
  it('fit the schema and have no faults', () => {
    fc.assert(
      fc.property(fc.oneof(anyTemplate(), publishableTemplate()), (template) => {
        expect(CaseTemplateSchema.parse(template)).toEqual(template);
        expect(templateFaults(template)).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('what the checker says of any template', () => {
  it('a status is unreachable exactly where no sequence of changes leads to it', () => {
    fc.assert(
      fc.property(anyTemplate(), (template) => {
        const reached = new Set([...reachable(template).values()].map(({ statusId }) => statusId));
        const enterable = new Set(
          allTargets(template)
            .filter((target) => !checkTarget(template, null, target))
            .map(({ statusId }) => statusId),
        );
        const expected = template.statuses.flatMap(({ id }, index) =>
          reached.has(id) || !enterable.has(id) ? [] : [index],
        );
        const told = check(template).filter(({ code }) => code === 'unreachable-status');
        expect(told.map(({ path }) => path[1])).toEqual(expected);
      }),
      { numRuns: runs(300) },
    );
  });

  it('a dead end is exactly an open position from which no other one is accepted', () => {
    fc.assert(
      fc.property(anyTemplate(), (template) => {
        const targets = allTargets(template);
        const stuck = [...reachable(template).values()].filter(
          (from) =>
            findStatus(template, from.statusId)?.category !== 'done' &&
            targets.every((to) => samePosition(from, to) || checkTarget(template, from.statusId, to)),
        );
        const told = check(template).filter(({ code }) => code === 'dead-end');
        const sentences = stuck.map((position) => `A case in ${positionName(template, position)} cannot go anywhere.`);
        expect(told.map(({ message }) => message).toSorted()).toEqual(sentences.toSorted());
      }),
      { numRuns: runs(300) },
    );
  });

  it('a status leads to no end exactly where no sequence of changes leads from it to one that is done', () => {
    fc.assert(
      fc.property(anyTemplate(), (template) => {
        const isDone = (statusId: string) => findStatus(template, statusId)?.category === 'done';
        const told = check(template).filter(({ code }) => code === 'no-way-to-done');
        for (const { path } of told) {
          const status = template.statuses[Number(path[1])];
          const from = { ...template, initialStatusId: status?.id ?? '', native: {} };
          expect([...reachable(from).values()].some(({ statusId }) => isDone(statusId))).toBe(false);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('each step of an example is possible', () => {
    fc.assert(
      fc.property(fc.oneof(anyTemplate(), publishableTemplate()), (template) => {
        const positions = allTargets(template);
        const named = (name: string | undefined) => positions.find((one) => positionName(template, one) === name);
        const reached = reachable(template);
        for (const { example, code } of check(template)) {
          let here: Position | undefined;
          for (const step of example) {
            const start = named(/^A (?:new case|ticket that is “.*” in the help desk) is (.*)\.$/.exec(step)?.[1]);
            const stayed = named(/^A case is (.*)\.$/.exec(step)?.[1]);
            const set = named(/^A person sets (.*)\.$/.exec(step)?.[1]);
            const byReply = step.startsWith('The customer replies, which sets ');
            const automatic = byReply || / the (?:timer|auto-close) of .* sets /.test(step);
            if (start) {
              expect(starts(template).map(key)).toContain(key(start));
              here = start;
            } else if (stayed) {
              expect(reached.has(key(stayed))).toBe(false);
              here = stayed;
            } else if (set) {
              expect(here && accepts(template, here, set), `${JSON.stringify(here)}: ${step}`).toBe(true);
              here = set;
            } else if (automatic && code.endsWith('-loop')) {
              const at = here;
              const rules = byReply
                ? template.replies.map(({ when, to }) => ({ when, to }))
                : template.timers.flatMap(({ when, does }) => (does.type === 'change' ? [{ when, to: does.to }] : []));
              // Two rules may do the same but for the reason: words do not tell them apart.
              const fitting = rules.filter(
                ({ when, to }) =>
                  at &&
                  samePosition(when, at) &&
                  step.endsWith(` sets ${positionName(template, to)}.`) &&
                  (byReply || step.includes(` of ${positionName(template, when)}`)),
              );
              const rule = fitting.find(({ to }) => at && checkTarget(template, at.statusId, to) === null);
              expect(rule, step).toBeDefined();
              here = rule?.to;
            }
          }
          if (code.endsWith('-loop'))
            expect(example.at(-1)).toBe(`The case is ${here && positionName(template, here)} again.`);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('a template that can be published', () => {
  it('R5, R10: no automation is refused where it acts', () => {
    fc.assert(
      fc.property(publishableTemplate(), (template) => {
        const stands = (timer: TimerRule) => timer.pausesIn?.some((position) => samePosition(position, timer.when));
        for (const { when, does } of template.timers.filter((timer) => !stands(timer)))
          if (does.type === 'change') expect(checkTarget(template, when.statusId, does.to)).toBeNull();
        for (const { when, to } of template.replies) expect(checkTarget(template, when.statusId, to)).toBeNull();
      }),
      { numRuns: runs(200) },
    );
  });

  it('timers alone never take a case to where it was before', () => {
    fc.assert(
      fc.property(publishableTemplate(), (template) => {
        const walk = (position: Position, before: readonly string[]): void => {
          expect(before).not.toContain(key(position));
          for (const { when, does, pausesIn } of template.timers)
            if (
              does.type === 'change' &&
              samePosition(when, position) &&
              !pausesIn?.some((one) => samePosition(one, when))
            )
              walk(does.to, [...before, key(position)]);
        };
        for (const position of reachable(template).values()) walk(position, []);
      }),
      { numRuns: runs(200) },
    );
  });

  it('R14: no change of status comes before a reminder, whenever the case got there', () => {
    const hour = fc.integer({ min: 0, max: 24 * 60 });
    fc.assert(
      fc.property(publishableTemplate(), hour, (template, hours) => {
        const from = Date.UTC(2026, 10, 1) + hours * 3_600_000;
        const ofPosition = template.timers.filter(({ pausesIn }) => pausesIn === null);
        for (const reminder of ofPosition)
          for (const change of ofPosition) {
            if (reminder.kind !== 'reminder' || reminder.does.type === 'change' || reminder.does.via !== 'reply')
              continue;
            if (change.does.type === 'message' || !samePosition(change.when, reminder.when)) continue;
            if (findStatus(template, change.when.statusId)?.retired) continue;
            const [closesAt, remindsAt] = [change, reminder].map(
              ({ after }) => dueAfter(after, from, randomCalendar).dueAt,
            );
            expect(closesAt).toBeGreaterThan(remindsAt ?? 0);
          }
      }),
      { numRuns: runs(300) },
    );
  });
});
