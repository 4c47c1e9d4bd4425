import { supportTemplate } from '../../core/domain/builtin-templates';
import type { ReplayCase } from '../../core/domain/replay';
import { replay } from '../../core/domain/replay';
import { calendar, DAY_MS, syntheticHistories, unsealed } from '../core/domain/synthetic-history';
import type { LongRow } from './measure';

const CASES = 100_000;
const DAYS = 90;
/** Made once and taken again and again: making a history takes far longer than replaying it. */
const DIFFERENT = 1000;
const START = Date.UTC(2026, 0, 5);
const PATHS = [
  'in-progress',
  'pending/customer-input',
  'pending/customer-input',
  'pending/development',
  'awaiting-customer-confirmation',
  'closed',
];

/** 21 days instead of 28. */
const draft = {
  ...supportTemplate,
  version: 2,
  timers: supportTemplate.timers.map((rule) =>
    rule.id === 'close-customer-input' ? { ...rule, after: { amount: 21, unit: 'days' as const } } : rule,
  ),
};

function* histories(): Generator<ReplayCase> {
  const made = { template: supportTemplate, seed: 1, cases: DIFFERENT, from: START, days: DAYS, paths: PATHS };
  const cases = [...syntheticHistories({ ...made, seal: unsealed })];
  for (let i = 0; i < CASES; i += DIFFERENT) yield* cases;
}

function* replaying(): Generator<number> {
  const options = { from: START, to: START + DAYS * DAY_MS, published: supportTemplate, calendar, timeZone: 'UTC' };
  for (const { done } of replay(draft, histories(), options, CASES)) yield done;
}

export const replayRows: readonly LongRow[] = [
  { name: `replay: a case with a history of ${DAYS} days`, run: replaying, total: CASES },
];
