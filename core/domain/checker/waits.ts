import { checkerWords } from '../../words/checker';
import type { BusinessCalendar } from '../calendar';
import { dueAfter } from '../calendar';
import type { Instant } from '../case';
import { durationMs, isPlain } from '../duration';
import type { Wait } from '../template';

const WEEK_MS = 7 * 86_400_000;
/** Working hours begin and end at times that are on this grid. */
const STEP_MS = 1_800_000;

/** "after 7 days", "on the next working day at 08:00". */
export function afterWords(wait: Wait): string {
  return wait.unit === 'working-day'
    ? checkerWords.onWorkingDay(wait.amount, wait.at)
    : checkerWords.after[wait.unit](wait.amount);
}

/** Whether a wait ends beyond what the calendar can count to (see `dueAfter`). */
export function isTooLong(wait: Wait, calendar: BusinessCalendar): boolean {
  try {
    dueAfter(wait, yearsOf(calendar)[1], calendar);
    return false;
  } catch (thrown) {
    if (thrown instanceof RangeError) return true;
    throw thrown;
  }
}

/** Which of two waits that begin together is over first: negative for `a`, 0 for both; `null`: it depends on the day. */
export function compareWaits(a: Wait, b: Wait): number | null {
  if (isPlain(a) && isPlain(b)) return durationMs(a) - durationMs(b);
  if (a.unit === 'working-day' && b.unit === 'working-day') return a.amount - b.amount || a.at.localeCompare(b.at);
  return a.unit === b.unit ? a.amount - b.amount : null;
}

/** Whether `a` is over before `b` or together with it, at whatever moment both begin. */
export function alwaysFirst(a: Wait, b: Wait, calendar: BusinessCalendar): boolean {
  const order = compareWaits(a, b);
  return order === null ? firstMoment(calendar, b, a, (due, other) => due < other) === null : order <= 0;
}

/**
 * A moment to begin at for `a` to be over before `b` or together with it, of two waits that `compareWaits` cannot
 * compare; `null`: none was found in the last two years that the calendar's holidays are known for, looked at every
 * half hour.
 */
export function momentWhenFirst(a: Wait, b: Wait, calendar: BusinessCalendar): Instant | null {
  return firstMoment(calendar, a, b, (due, other) => due <= other);
}

function firstMoment(
  calendar: BusinessCalendar,
  a: Wait,
  b: Wait,
  isFirst: (due: Instant, other: Instant) => boolean,
): Instant | null {
  const dueAt = (wait: Wait, from: Instant) => dueAfter(wait, from, calendar).dueAt;
  const search = (from: Instant, until: Instant): Instant | null => {
    // What begins later is never over sooner: no moment in between can do better than this.
    if (!isFirst(dueAt(a, from), dueAt(b, until))) return null;
    if (isFirst(dueAt(a, from), dueAt(b, from))) return from;
    const steps = (until - from) / STEP_MS;
    if (steps <= 1) return null;
    const middle = from + Math.ceil(steps / 2) * STEP_MS;
    return search(from, middle) ?? search(middle, until);
  };
  const [from, until] = yearsOf(calendar);
  return search(from, until);
}

/** From some weeks before the holidays that are known until the last one, two years at most; else any year. */
function yearsOf(calendar: BusinessCalendar): [Instant, Instant] {
  const days = calendar.holidays.map((holiday) => Date.parse(holiday.date));
  if (days.length === 0) return [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  const last = Math.max(...days);
  return [Math.max(Math.min(...days) - 8 * WEEK_MS, last - 104 * WEEK_MS), last];
}
