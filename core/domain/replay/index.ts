import type { BusinessCalendar } from '../calendar';
import type { CaseKey, HistoryEntry, Instant } from '../case';
import type { CaseTemplate, Position } from '../template';
import { findStatus } from '../template';
import { lastActAt } from './entries';
import type { Rehearsed } from './rehearsal';
import { rehearse, withoutWords } from './rehearsal';
import type { HappeningKind, Tally } from './tally';
import { differencesOf, tally } from './tally';
import { closedOutWords, dates, differenceWords, happeningWords, stuckWords } from './words';

export { reportWords } from './words';

const DAY_MS = 86_400_000;
/** After so long without anybody, a case that nothing will move is stuck. */
export const STUCK_AFTER_MS = 14 * DAY_MS;
/** How many cases each number names; the others are only counted. */
export const LISTED = 100;
const PROGRESS_EVERY = 200;

export interface ReplayCase {
  caseKey: CaseKey;
  /** All of it, from `seq` 1 on, in order. */
  history: readonly HistoryEntry[];
}

export interface ReplayOptions {
  /** The window: what happens from `from` on and before `to` is compared. */
  from: Instant;
  to: Instant;
  /** What the recorded cases lived by, for which clocks they had; for a template that is no draft of it, that one. */
  published: CaseTemplate;
  calendar: BusinessCalendar;
  /** IANA name; dates in words are in it. */
  timeZone: string;
  stuckAfterMs?: number;
}

/** One of the cases behind a number. */
export interface Found {
  caseKey: CaseKey;
  at: Instant;
  /** One sentence, or several. */
  words: string;
}

export interface Findings {
  /** All of them; `found` holds the first `LISTED`. */
  count: number;
  found: Found[];
}

/** What happened, or would have. */
export interface ReplaySide {
  reminders: Findings;
  notices: Findings;
  autoCloses: Findings;
  /** Other changes of status by a timer or a reply. */
  changes: Findings;
  /** Not done, no timer that will act by itself, and nobody acted for long. */
  stuck: Findings;
  /** Closed by itself while a reply was waiting, or the customer wrote before any person had looked again. */
  closedDespiteReply: Findings;
}

/**
 * What the template would have done, beside what was done. Both sides of a case end where it stops, so that like is
 * compared with like: what was done after that is in neither.
 */
export interface ReplayReport {
  from: Instant;
  to: Instant;
  cases: number;
  would: ReplaySide;
  did: ReplaySide;
  /** Cases that stop before the end of the window, since people would have acted differently there. */
  diverged: Findings;
  /** Cases in which automations would have done something else. */
  differences: Findings;
}

export interface ReplayProgress {
  done: number;
  /** `null` where the number of cases is not known beforehand. */
  total: number | null;
}

/**
 * Runs a template over stored histories. Yields its progress every 200 cases, and returns the report; to cancel it is to
 * stop asking. Of the cases it keeps the capped lists only. For histories that come asynchronously, see `Replay`.
 * @param total how many cases there are, for the progress; `null`: not known
 * @throws where the history of a case is not one that commands could have made
 */
export function* replay(
  template: CaseTemplate,
  cases: Iterable<ReplayCase>,
  options: ReplayOptions,
  total: number | null = null,
): Generator<ReplayProgress, ReplayReport> {
  const running = new Replay(template, options);
  for (const one of cases) {
    running.add(one);
    const { cases: done } = running.report;
    if (done % PROGRESS_EVERY === 0) yield { done, total };
  }
  return running.report;
}

/** A replay that is given its cases one by one; its report is true for those that it has had. */
export class Replay {
  readonly report: ReplayReport;
  private readonly template: CaseTemplate;
  private readonly published: CaseTemplate;
  private readonly date: ReturnType<typeof dates>;

  constructor(
    template: CaseTemplate,
    private readonly options: ReplayOptions,
  ) {
    const { from, to, published, timeZone } = options;
    this.template = withoutWords(template);
    this.published = withoutWords(published);
    this.date = dates(timeZone);
    this.report = { from, to, cases: 0, would: side(), did: side(), diverged: none(), differences: none() };
  }

  add({ caseKey, history }: ReplayCase): void {
    const { template, published, report, options, date } = this;
    const { from, to, calendar } = options;
    report.cases += 1;
    const rehearsed = rehearse(template, history, { from, to }, calendar);
    const { end, divergedWhy } = rehearsed;
    const would = tally(rehearsed.history, template.id, from, end);
    const did = tally(history, template.id, from, end);

    this.count(report.would, template, caseKey, would);
    this.count(report.did, published, caseKey, did);
    const actedAt = lastActAt(history, end);
    if (actedAt !== null && end - actedAt >= (options.stuckAfterMs ?? STUCK_AFTER_MS)) {
      // The recorded case up to there, which says what clocks it had.
      const recorded = rehearse(published, history, { from: end, to: end }, calendar);
      this.countStuck(report.would, template, caseKey, rehearsed, actedAt);
      this.countStuck(report.did, published, caseKey, recorded, actedAt);
    }
    if (divergedWhy !== null) add(report.diverged, { caseKey, at: end }, () => divergedWhy);
    const differences = differencesOf(would.happenings, did.happenings);
    const at = Math.min(...differences.map((difference) => (difference.would ?? difference.did).at));
    if (differences.length > 0)
      add(report.differences, { caseKey, at }, () =>
        differences.map((difference) => differenceWords(difference, template, published, date)).join(' '),
      );
  }

  private count(into: ReplaySide, template: CaseTemplate, caseKey: CaseKey, { happenings, closedOut }: Tally): void {
    for (const happening of happenings)
      add(into[LISTS[happening.kind]], { caseKey, at: happening.at }, () => happeningWords(happening, template));
    for (const one of closedOut)
      add(into.closedDespiteReply, { caseKey, at: one.at }, () => closedOutWords(one, this.date));
  }

  private countStuck(
    into: ReplaySide,
    template: CaseTemplate,
    caseKey: CaseKey,
    { end, position, timerRuns }: Rehearsed,
    actedAt: Instant,
  ): void {
    if (position && !timerRuns && !isDone(template, position))
      add(into.stuck, { caseKey, at: end }, () => stuckWords(position, template, end - actedAt));
  }
}

const LISTS = {
  reminder: 'reminders',
  notice: 'notices',
  'auto-close': 'autoCloses',
  change: 'changes',
} as const satisfies Record<HappeningKind, keyof ReplaySide>;

function isDone(template: CaseTemplate, { statusId }: Position): boolean {
  return findStatus(template, statusId)?.category === 'done';
}

function none(): Findings {
  return { count: 0, found: [] };
}

function side(): ReplaySide {
  return {
    reminders: none(),
    notices: none(),
    autoCloses: none(),
    changes: none(),
    stuck: none(),
    closedDespiteReply: none(),
  };
}

/** Words are only made for what is listed. */
function add(findings: Findings, at: { caseKey: CaseKey; at: Instant }, words: () => string): void {
  findings.count += 1;
  if (findings.found.length < LISTED) findings.found.push({ ...at, words: words() });
}
