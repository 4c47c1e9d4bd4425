import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import type { HistoryEntry } from '../../../core/domain/case';
import { firstBrokenEntry } from '../../../core/domain/history';
import type { ReplayCase, ReplayReport, ReplaySide } from '../../../core/domain/replay';
import { replay } from '../../../core/domain/replay';
import type { CaseTemplate } from '../../../core/domain/template';
import { runs } from '../../runs';
import { calendar, DAY_MS, syntheticHistories, unsealed } from './synthetic-history';

const START = Date.UTC(2026, 0, 5);
const DAYS = 120;
const END = START + DAYS * DAY_MS;
const PATHS = [
  'in-progress',
  'pending/customer-input',
  'pending/customer-input',
  'pending/development',
  'awaiting-customer-confirmation',
  'closed',
];

function reportOf(template: CaseTemplate, cases: Iterable<ReplayCase>, from = START, published = supportTemplate) {
  const running = replay(template, cases, { from, to: END, published, calendar, timeZone: 'UTC' });
  for (;;) {
    const step = running.next();
    if (step.done) return step.value;
  }
}

const countsOf = (side: ReplaySide) =>
  Object.fromEntries(Object.entries(side).map(([name, { count }]) => [name, count]));

function expectNoDifference({ would, did, diverged, differences }: ReplayReport): void {
  expect(differences).toEqual({ count: 0, found: [] });
  expect(diverged).toEqual({ count: 0, found: [] });
  expect(would).toEqual(did);
}

/** With a clock that goes on through other statuses, and reminders that repeat. */
const withClocks: CaseTemplate = {
  ...supportTemplate,
  timers: [
    ...supportTemplate.timers.map((rule) =>
      rule.kind === 'reminder' ? { ...rule, repeat: { every: { amount: 5, unit: 'days' as const }, times: 3 } } : rule,
    ),
    {
      id: 'too-long',
      kind: 'change',
      when: { statusId: 'in-progress', subStatusId: null },
      after: { amount: 20, unit: 'days' },
      repeat: null,
      pausesIn: [{ statusId: 'pending', subStatusId: 'customer-input' }],
      does: { type: 'change', to: { statusId: 'reopened', subStatusId: null, tagId: null } },
      ifUnread: 'act',
    },
  ],
};

describe('synthetic histories', { timeout: 60_000 }, () => {
  const some = (seed: number) => [
    ...syntheticHistories({ template: withClocks, seed, cases: 100, from: START, days: DAYS, paths: PATHS }),
  ];

  it('are real: their chains hold, and everything that a case can go through is in them', () => {
    const cases = some(1);
    for (const { history } of cases) expect(firstBrokenEntry(history)).toBeNull();
    const seen = new Set(cases.flatMap(({ history }) => history.map(({ what }) => what.type)));
    expect([...seen].toSorted()).toEqual([
      'cloned',
      'customer-replied',
      'effect',
      'entered',
      'hold',
      'not-a-reply',
      'remind-me',
      'remind-me-dropped',
      'snoozed',
      'timer-fired',
      'timer-held',
      'timer-settled',
      'undone',
    ]);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(some(2)).toEqual(some(2));
    expect(some(2)).not.toEqual(some(3));
  });
});

// A busy machine takes its time.
describe('replay', { timeout: 600_000 }, () => {
  const seed = fc.integer({ min: 1, max: 1_000_000 });

  it.each([
    ['support', supportTemplate],
    ['clocks of the case, repeated reminders', withClocks],
  ])('finds no difference for the very template that made the history: %s', (_name, template) => {
    fc.assert(
      fc.property(seed, fc.integer({ min: -5, max: DAYS }), (chosen, day) => {
        const cases = [
          ...syntheticHistories({
            template,
            seed: chosen,
            cases: 25,
            from: START,
            days: DAYS,
            paths: PATHS,
            seal: unsealed,
          }),
        ];
        const before = JSON.stringify(cases);
        const report = reportOf(template, cases, START + day * DAY_MS, template);
        expectNoDifference(report);
        expect(JSON.stringify(cases), 'what it is given stays as it is').toBe(before);
        expect(reportOf(template, cases, START + day * DAY_MS, template), 'deterministic').toEqual(report);
      }),
      { numRuns: runs(40) },
    );
  });

  it('does nothing by itself without timers', () => {
    fc.assert(
      fc.property(seed, (chosen) => {
        const { would } = reportOf({ ...supportTemplate, timers: [] }, simple(chosen, supportTemplate));
        expect(countsOf(would)).toMatchObject({ reminders: 0, notices: 0, autoCloses: 0, closedDespiteReply: 0 });
      }),
      { numRuns: runs(20) },
    );
  });

  it('counts what a plain look at the stays counts', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 34 }), fc.integer({ min: 1, max: 40 }), (chosen, remind, close) => {
        const cases = simple(chosen, supportTemplate);
        const { would, diverged } = reportOf(supportWith(remind, close), cases);
        const counted = sum(cases.map(({ history }) => plainCount(history, remind, close)));
        expect({ ...countsOf(would), diverged: diverged.count, changes: 0, stuck: 0 }).toEqual({
          ...counted,
          changes: 0,
          stuck: 0,
        });
      }),
      { numRuns: runs(40) },
    );
  });

  function simple(chosen: number, template: CaseTemplate): ReplayCase[] {
    const options = { seed: chosen, cases: 25, from: START, days: DAYS, paths: PATHS, simple: true, seal: unsealed };
    return [...syntheticHistories({ template, ...options })];
  }
});

function supportWith(remind: number, close: number): CaseTemplate {
  const days: Record<string, number> = { 'remind-customer-input': remind, 'close-customer-input': close };
  return {
    ...supportTemplate,
    timers: supportTemplate.timers.map((rule) => ({
      ...rule,
      after: { amount: days[rule.id] ?? rule.after.amount, unit: 'days' as const },
    })),
  };
}

interface Counted {
  reminders: number;
  notices: number;
  autoCloses: number;
  closedDespiteReply: number;
  diverged: number;
}

const NOTHING: Counted = { reminders: 0, notices: 0, autoCloses: 0, closedDespiteReply: 0, diverged: 0 };

function sum(counts: readonly Counted[]): Counted {
  const total = { ...NOTHING };
  for (const one of counts) for (const key of Object.keys(total) as (keyof Counted)[]) total[key] += one[key];
  return total;
}

/**
 * The support template by hand: from each entry into a status to the next thing that a person or the customer did, looks
 * which days fall in between. Knows nothing of commands and timers.
 */
function plainCount(history: readonly HistoryEntry[], remind: number, close: number): Counted {
  const counted = { ...NOTHING };
  const people = history.filter(({ cause, what }) => cause === 'person' && what.type === 'entered');
  const replies = history.filter(({ what }) => what.type === 'customer-replied' && what.automatic === false);
  const outside = [...people, ...replies].toSorted((a, b) => a.at - b.at);

  let here = '';
  let since = 0;
  let closedAt: number | null = null;
  const pass = (until: number) => {
    const days = (n: number) => since + n * DAY_MS < until;
    const closes = here === 'pending/customer-input' ? close : here === 'awaiting-customer-confirmation' ? 14 : null;
    // With both on the same day, the reminder goes first.
    if (here === 'pending/customer-input' && remind <= close && days(remind)) counted.reminders += 1;
    if (closes !== null && days(closes)) {
      counted.autoCloses += 1;
      since += closes * DAY_MS;
      here = 'closed';
      closedAt = since;
    }
    if (here === 'closed' && since + DAY_MS < until) {
      counted.notices += 1;
      // Once only: nothing more comes of this stay.
      here = 'closed, and told';
    }
  };

  for (const entry of outside) {
    pass(entry.at);
    const isClosed = here.startsWith('closed');
    if (entry.what.type === 'customer-replied') {
      if (isClosed && closedAt !== null) counted.closedDespiteReply += 1;
      closedAt = null;
      if (here === 'pending/customer-input') [here, since] = ['update-received', entry.at];
      else if (here === 'awaiting-customer-confirmation') [here, since] = ['reopened', entry.at];
      continue;
    }
    if (entry.what.type !== 'entered') continue;
    const { from, to } = entry.what;
    const real = from ? [from.statusId, from.subStatusId].filter(Boolean).join('/') : '';
    if (real !== (isClosed ? 'closed' : here)) {
      counted.diverged += 1;
      return counted;
    }
    [here, since] = [[to.statusId, to.subStatusId].filter(Boolean).join('/'), entry.at];
    closedAt = null;
  }
  pass(END);
  return counted;
}
