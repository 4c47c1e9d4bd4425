import fc from 'fast-check';
import { reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import type { Effect, HistoryEntry, TicketFacts, Timer } from '../../../core/domain/case';
import type { Deed } from '../../../core/domain/decide';
import type { PortableContent } from '../../../core/domain/portable';
import type { CaseTemplate, Target } from '../../../core/domain/template';
import { FACTS, HOUR, Life, START } from './life';
import { randomCalendar } from './random-template';

export type Everything = Extract<PortableContent, { kind: 'everything' }>;

/** What happens to a case, one thing after the other; `n` chooses among what is possible. */
export interface Step {
  do:
    | 'change'
    | 'undo'
    | 'hold'
    | 'release'
    | 'reply'
    | 'remind-me'
    | 'fire'
    | 'deliver'
    | 'move'
    | 'publish'
    | 'snooze';
  n: number;
  hours: number;
}

export const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    { weight: 3, arbitrary: fc.constant('change' as const) },
    fc.constantFrom<Step['do'][]>('undo', 'hold', 'release', 'reply', 'remind-me'),
    fc.constantFrom<Step['do'][]>('fire', 'deliver', 'move', 'publish', 'snooze'),
  ),
  n: fc.nat(1000),
  hours: fc.nat(400),
});

/** A file's content as the store would have it after each case lived through its steps, by the first template. */
export function everythingAfter(
  cases: readonly (readonly Step[])[],
  [template, ...others]: readonly [CaseTemplate, ...CaseTemplate[]] = [
    // As a first version, whatever is shipped by now.
    { ...supportTemplate, version: 1 },
    { ...reviewTemplate, version: 1 },
  ],
): Everything {
  const rows = cases.map((steps, index) => live(String(index + 1), steps, template, others));
  const templates = new Map(
    [template, ...others, ...rows.flatMap((row) => row.templates)].map((one) => [`${one.id}@${one.version}`, one]),
  );
  return {
    kind: 'everything',
    templates: [...templates.values()],
    calendars: [randomCalendar],
    drafts: [
      { templateId: template.id, basedOn: 1, template: { ...template, version: 2, name: 'Help' }, editedAt: START },
      { templateId: 'new-one', basedOn: null, template: { ...template, id: 'new-one' }, editedAt: START, note: 'New' },
    ],
    publications: [
      {
        templateId: template.id,
        version: 1,
        publishedAt: START,
        publishedBy: { login: 'erin', name: 'Erin' },
        note: 'At last',
        changes: ['The template “Support” is new.'],
      },
    ],
    sites: [
      {
        siteId: 'rt-1',
        adapterId: 'rt',
        name: 'RT',
        baseUrl: 'https://rt.example.com/rt',
        templateId: template.id,
        connectedAt: START,
      },
    ],
    settings: {
      panelPlaces: [{ siteId: 'rt-1', open: true, right: 16, bottom: 0 }],
      notifications: { off: ['told'], quiet: { from: '22:00', to: '07:00' }, digestAbove: 5 },
    },
    cases: rows.flatMap(({ record }) => record ?? []),
    history: rows.flatMap(({ history }) => history),
    timers: rows.flatMap(({ timers }) => timers),
    outbox: rows.flatMap(({ effects }) => effects),
  };
}

/** Random content; the cases have lived through real decisions. */
export const anyEverything = (): fc.Arbitrary<Everything> =>
  fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 3 }).map(everythingAfter);

/** Small, and yet with something in every list. */
export const smallEverything: Everything = everythingAfter([
  [
    { do: 'change', n: 2, hours: 0 },
    { do: 'hold', n: 0, hours: 1 },
  ],
  [{ do: 'change', n: 30, hours: 0 }],
]);

function live(ticketId: string, steps: readonly Step[], own: CaseTemplate, others: readonly CaseTemplate[]) {
  const life = new Life(own, START, randomCalendar);
  life.otherTemplates = [...others];
  const facts = { ...FACTS, ticketId, subject: `Ticket “${ticketId}” <b>\u2028\ud83d` };
  const history: HistoryEntry[] = [];
  const timers = new Map<string, Timer>();
  const effects = new Map<string, Effect>();
  const templates: CaseTemplate[] = [];
  for (const [index, { do: what, n, hours }] of steps.entries()) {
    life.now += hours * HOUR;
    const { template } = life.situation;
    templates.push(template);
    if (what === 'fire') life.now = Math.max(life.now, chosen(life, n)?.nextAt ?? 0);
    for (const [part, deed] of deedsOf(what, n, life, facts).entries()) {
      const decision = life.do(deed, `command-${ticketId}-${index}-${part}`);
      if (!decision.ok) continue;
      history.push(...decision.history);
      for (const timer of decision.timers) timers.set(timer.timerId, timer);
      for (const effect of decision.effects) effects.set(effect.effectId, effect);
    }
    if (what === 'publish') {
      life.publish({ name: `Version ${n}` });
      templates.push(life.situation.template);
    }
  }
  return {
    record: life.situation.record,
    history,
    timers: [...timers.values()],
    effects: [...effects.values()],
    templates,
  };
}

function chosen(life: Life, n: number): Timer | undefined {
  const { timers } = life.situation;
  return timers[n % Math.max(1, timers.length)];
}

function deedsOf(what: Step['do'], n: number, life: Life, facts: TicketFacts): Deed[] {
  const { template, record, effects } = life.situation;
  const seenGeneration = record?.generation ?? null;
  const timer = chosen(life, n);
  if (what === 'change') {
    const note = n % 3 === 0 ? 'A note' : null;
    return [
      {
        type: 'change',
        by: 'person',
        to: targetOf(template, n),
        note,
        skipMessage: n % 4 === 0,
        facts,
        seenGeneration,
      },
    ];
  }
  if (!record) return [];
  switch (what) {
    case 'undo':
      return [{ type: 'undo', undoes: record.undo?.commandId ?? 'none' }];
    case 'hold':
      return [{ type: 'hold', on: true, remindOnHold: n % 2 === 0 }];
    case 'release':
      return [{ type: 'hold', on: false, remindOnHold: false }];
    case 'reply':
      return [{ type: 'customer-replied', messageId: String(100 + n), automatic: n % 5 === 0 }];
    case 'remind-me':
      return [{ type: 'remind-me', at: life.now + HOUR * (n + 1), note: 'Call', facts }];
    case 'fire':
      return timer ? [{ type: 'timer-fired', timerId: timer.timerId, verified: n % 2 === 0 }] : [];
    case 'snooze':
      return timer ? [{ type: 'snooze', timerId: timer.timerId, until: timer.dueAt + HOUR * (n + 1) }] : [];
    case 'move': {
      const other = life.otherTemplates[0] ?? template;
      return [
        { type: 'move', templateId: other.id, to: targetOf(other, n), note: null, seenGeneration: record.generation },
      ];
    }
    case 'deliver':
      return effects.map(({ effectId, write }) => ({
        type: 'effect-outcome',
        effectId,
        state: 'done',
        text: 'done',
        nativeStatus: write?.status ?? null,
        retryAt: null,
      }));
    case 'publish':
      return [];
  }
}

/** One of the places that a case can go to. */
function targetOf(template: CaseTemplate, n: number): Target {
  const targets = template.statuses.flatMap(({ id, subStatuses, tags }) =>
    [null, ...subStatuses].flatMap((sub) =>
      [null, ...tags].map((tag) => ({ statusId: id, subStatusId: sub?.id ?? null, tagId: tag?.id ?? null })),
    ),
  );
  const target = targets[n % targets.length];
  if (!target) throw new Error('A template has a status');
  return target;
}
