import { dateTable } from '../words/dates';
import { listed, locale } from '../words/language';
import { proofWords } from '../words/proof';
import { clockChanges } from './calendar';
import type { Instant, Timer } from './case';
import { spanWords, waitWords } from './duration';
import type { Wait } from './template';

/** How a timer's date came about, step by step: from the start through what was counted and what moved it. */
export type ProofStep =
  | { type: 'start'; at: Instant }
  /** `timeZone`: of the calendar that was counted by; `null`: plain time. */
  | { type: 'wait'; wait: Wait; calendarName: string | null; timeZone: string | null }
  /** The date that a person named. */
  | { type: 'named'; at: Instant }
  | { type: 'days-off'; count: number }
  | { type: 'holiday'; date: string; name: string }
  | { type: 'more-holidays'; count: number }
  /** `timeZone`: whose clocks. `byMs` more than zero: forward. */
  | { type: 'clock-change'; at: Instant; byMs: number; timeZone: string }
  /** A snooze, a hold, a pause, a late reminder. */
  | { type: 'shift'; at: Instant; byMs: number; why: string }
  /** The steps do not come to the date that the timer has, but to this one. */
  | { type: 'mismatch'; countedAt: Instant }
  | { type: 'held'; since: Instant }
  | { type: 'result'; dueAt: Instant };

/**
 * The proof of a timer's due date, as steps in the order in which they are told. What a calendar left out is what it left
 * out when the timer was armed. Changes of the clocks are those of the calendar's zone; for plain time, of `timeZone`.
 */
export function proofOf(timer: Timer, timeZone: string): ProofStep[] {
  const { derivation, firstDueAt, shifts } = timer.proof;
  const countedAt = shifts.reduce((at, shift) => at + shift.byMs, firstDueAt);
  const steps: (ProofStep | false)[] = [
    { type: 'start', at: derivation.from },
    ...(timer.ruleId === null ? [{ type: 'named' as const, at: firstDueAt }] : countedSteps(timer, timeZone)),
    ...shifts.map((shift) => ({ type: 'shift' as const, ...shift })),
    countedAt !== timer.dueAt && { type: 'mismatch', countedAt },
    timer.heldAt !== null && { type: 'held', since: timer.heldAt },
    { type: 'result', dueAt: timer.dueAt },
  ];
  return steps.filter((step) => step !== false);
}

function countedSteps({ proof, dueAt }: Timer, displayZone: string): (ProofStep | false)[] {
  const { from, wait, calendar } = proof.derivation;
  const timeZone = calendar?.timeZone ?? displayZone;
  const changes = clockChanges(timeZone, from, dueAt).map(
    (change): ProofStep => ({ type: 'clock-change', ...change, timeZone }),
  );
  if (calendar === null) return [{ type: 'wait', wait, calendarName: null, timeZone: null }, ...changes];
  const { daysOff, holidays, moreHolidays } = calendar;
  return [
    { type: 'wait', wait, calendarName: calendar.name, timeZone },
    daysOff > 0 && { type: 'days-off', count: daysOff },
    ...holidays.map((holiday) => ({ type: 'holiday' as const, ...holiday })),
    moreHolidays > 0 && { type: 'more-holidays', count: moreHolidays },
    ...changes,
  ];
}

/** How many holidays, and how many changes of the clocks, a sentence names. */
const NAMED = 3;

/**
 * The proof in one sentence: "Entered Pending – Customer Input on Tue 17 Nov, 14:02, plus 7 days, plus 2 d (snoozed) =
 * Thu 26 Nov, 14:02 (UTC)." Dates are in `timeZone`. `position`: the words for where the timer's rule applies.
 */
export function proofSentence(timer: Timer, position: string, timeZone: string): string {
  const { from, wait } = timer.proof.derivation;
  const { firstDueAt } = timer.proof;
  const steps = proofOf(timer, timeZone);
  const withYear = partsOf(from, timeZone).year !== partsOf(timer.dueAt, timeZone).year;
  const date = (at: Instant) => {
    const { weekday = '', day = '', month = '', year = '', hour, minute } = partsOf(at, timeZone);
    return proofWords.date({ weekday, day, month, year: withYear ? year : null, time: `${hour}:${minute}` });
  };

  const begun =
    timer.occurrence === 1 ? proofWords.entered(position, date(from)) : proofWords.afterOneBefore(date(from));
  const counted = wait.unit === 'working-day' ? proofWords.untilThe(waitWords(wait)) : proofWords.plus(waitWords(wait));
  const origin =
    timer.ruleId === null
      ? proofWords.setFor(date(from), date(firstDueAt))
      : `${begun}${counted}${detailWords(steps, withYear)}`;
  const shifted = shiftWords(steps);
  // A date that a person named and nothing moved is said already.
  const result = timer.ruleId === null && timer.dueAt === firstDueAt && shifted === '' ? '' : ` = ${date(timer.dueAt)}`;
  const held = steps.some((step) => step.type === 'held') ? ` ${proofWords.held}` : '';
  const mismatch = steps.find((step) => step.type === 'mismatch');
  const doubt = mismatch ? ` ${proofWords.mismatch(date(mismatch.countedAt))}` : '';
  return `${origin}${shifted}${result} (${timeZone}).${held}${doubt}`;
}

/** " (Europe/Berlin; 4 days off and Christmas Day left out; clocks go back on 25 Oct)", or nothing. */
function detailWords(steps: readonly ProofStep[], withYear: boolean): string {
  const details: string[] = [];
  const leftOut: string[] = [];
  const holidays: string[] = [];
  const changes: string[] = [];
  let more = 0;
  for (const step of steps) {
    if (step.type === 'wait' && step.timeZone !== null) details.push(step.timeZone);
    if (step.type === 'days-off') leftOut.push(proofWords.daysOff(step.count));
    if (step.type === 'holiday') holidays.push(step.name);
    if (step.type === 'more-holidays') more = step.count;
    if (step.type === 'clock-change') changes.push(changeWords(step, withYear));
  }
  leftOut.push(...capped(holidays, more, proofWords.moreHolidays));
  if (leftOut.length > 0) details.push(proofWords.leftOut(listed(leftOut)));
  if (changes.length > 0) details.push(proofWords.clocksGo(listed(capped(changes, 0, proofWords.moreChanges))));
  return details.length > 0 ? ` (${details.join('; ')})` : '';
}

/** "back on 25 Oct"; by how much, where it is not the usual hour. */
function changeWords(change: ProofStep & { type: 'clock-change' }, withYear: boolean): string {
  const size = Math.abs(change.byMs);
  const { day = '', month = '', year = '' } = partsOf(change.at, change.timeZone);
  return proofWords.clockChange({
    forward: change.byMs > 0,
    by: size === 3_600_000 ? null : spanWords(size),
    date: proofWords.day({ day, month, year: withYear ? year : null }),
  });
}

/** ", plus 2 d (snoozed), plus 3 h (held, 2 times)", or nothing. */
function shiftWords(steps: readonly ProofStep[]): string {
  const sums = new Map<string, { byMs: number; times: number }>();
  for (const step of steps) {
    if (step.type !== 'shift') continue;
    const { byMs, times } = sums.get(step.why) ?? { byMs: 0, times: 0 };
    sums.set(step.why, { byMs: byMs + step.byMs, times: times + 1 });
  }
  return [...sums]
    .filter(([, { byMs }]) => byMs !== 0)
    .map(([kept, { byMs, times }]) => {
      const said = proofWords.shifts[kept] ?? kept;
      const why = times > 1 ? proofWords.times(said, times) : said;
      return proofWords[byMs > 0 ? 'shiftLater' : 'shiftEarlier'](spanWords(Math.abs(byMs)), why);
    })
    .join('');
}

/** The first few, and how many more there are. */
function capped(words: readonly string[], more: number, moreWords: (count: number) => string): string[] {
  const rest = Math.max(0, words.length - NAMED) + more;
  return rest > 0 ? [...words.slice(0, NAMED), moreWords(rest)] : [...words];
}

// Making one costs more than all the rest of a proof.
const formats = new Map<string, Intl.DateTimeFormat>();

/** In parts, since browsers do not agree on the marks between them. */
function partsOf(at: Instant, timeZone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string | undefined>> {
  const table = dateTable();
  if (table) {
    const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    const { weekdays, months } = table.wordings.momentOfYear;
    const two = (part: number) => String(part).padStart(2, '0');
    return {
      weekday: weekdays[shown.dayOfWeek % 7],
      day: table.padded.day ? two(shown.day) : String(shown.day),
      month: months[shown.month - 1],
      year: String(shown.year),
      hour: two(shown.hour),
      minute: two(shown.minute),
    };
  }
  const key = `${locale()} ${timeZone}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(locale(), {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    });
  formats.set(key, format);
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
