import type { CalendarOutcome } from '../../core/contract/views';
import type { BusinessCalendar, Holiday } from '../../core/domain/calendar';
import { locale } from '../../core/words/language';
import { calendarsWords } from '../../core/words/options-calendars';

/** A calendar as it is being edited; a field that is empty is an empty text. */
export type Draft = BusinessCalendar;
export type Span = Draft['week'][number][number];
export type Problem = CalendarOutcome['problems'][number];

/** As many holidays as a calendar may have. */
export const MAX_HOLIDAYS = 5000;
/** In characters: as much of a file with holidays as is read. */
export const MOST_OF_FILE = 2_000_000;

/** What is still empty. The background is not asked before nothing is. */
export function unfinished({ name, timeZone, week }: Draft): Problem[] {
  const problems: Problem[] = [];
  if (name.trim() === '') problems.push({ message: calendarsWords.nameFirst, path: ['name'] });
  if (timeZone === '') problems.push({ message: calendarsWords.zoneFirst, path: ['timeZone'] });
  week.forEach((spans, day) => {
    spans.forEach(({ from, to }, index) => {
      if (from === '' || to === '') problems.push({ message: calendarsWords.bothTimes, path: ['week', day, index] });
    });
  });
  return problems;
}

/** The holidays with more of them, by date. A date that is there keeps its name. */
export function withHolidays(own: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const dates = new Set(own.map(({ date }) => date));
  return [...own, ...more.filter(({ date }) => !dates.has(date))].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** Hours to add to a day: the usual ones, or some after those that are there. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const end = minutesOf(last.to) || DAY_MINUTES;
  return { from: clockTime(end + 60), to: clockTime(end + 240) };
}

/** One day's hours on every day that has hours; days off stay days off. */
export function copiedHours(week: Draft['week'], day: number): Draft['week'] {
  return week.map((spans) => (spans.length > 0 ? (week[day] ?? []) : spans));
}

/** "37.5": how long a week's work is, in hours. */
export function weeklyHours(week: Draft['week']): string {
  const minutes = week.flat().reduce((sum, { from, to }) => sum + (minutesOf(to) || DAY_MINUTES) - minutesOf(from), 0);
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(minutes / 60);
}

const DAY_MINUTES = 24 * 60;

/** Since midnight. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function clockTime(minutes: number): string {
  const within = Math.min(minutes, DAY_MINUTES - 1);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

/** The name of a day of the week; Monday is 0. */
export function weekdayName(day: number, width: 'long' | 'short' | 'narrow' = 'long'): string {
  // 1970-01-05 was a Monday.
  return new Intl.DateTimeFormat(locale(), { weekday: width, timeZone: 'UTC' }).format((day + 4) * 86_400_000);
}

/** "Fri 25 Dec", of "2026-12-25". */
export function dateWords(date: string, options: Intl.DateTimeFormatOptions = {}): string {
  const format = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC', ...options } as const;
  return new Intl.DateTimeFormat(locale(), format).format(new Date(`${date}T00:00:00Z`));
}

/** "Thu 31 Dec 2026, 09:30", by the clock of a zone. */
export function momentWords(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
}
