import { holidayFileWords } from '../words/holiday-file';
import type { Holiday } from './calendar';

/** An event of the file that gives no holidays. `why` comes after the name: "repeats, and not simply once a year". */
export interface LeftOutEvent {
  name: string;
  why: string;
}

export type HolidayFile =
  | { ok: true; holidays: Holiday[]; leftOut: LeftOutEvent[] }
  /** One sentence. */
  | { ok: false; message: string };

/** In characters. A country's holidays of ten years take 50 000. */
export const MAX_LENGTH = 2_000_000;
/** As many as a calendar may have. */
export const MAX_HOLIDAYS = 5000;
/** What comes back every year is read for so many years. */
export const YEARS_READ = 5;

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;
/** The last day with a year of four digits, in days since 1970-01-01. */
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY_MS;

/** The values of each property, by its name in capitals, in the order of the file. */
type Event = Map<string, string[]>;

/**
 * The days off of an iCalendar file (RFC 5545): its events that last whole days, one entry a day and one a date, by date.
 * What comes back every year is read from `year` on, for `YEARS_READ` years; other events that repeat, and those with a
 * time of day, are named as left out. A file that is broken anywhere gives nothing.
 */
export function readHolidayFile(text: string, year: number): HolidayFile {
  if (text.length > MAX_LENGTH) return refused(holidayFileWords.tooLarge(MAX_LENGTH / 1_000_000));
  const parsed = eventsOf(text);
  if ('message' in parsed) return refused(parsed.message);
  if (parsed.events.length === 0) return refused(holidayFileWords.noEvents);

  const byDay = new Map<number, string>();
  const leftOut: LeftOutEvent[] = [];
  for (const event of parsed.events) {
    const name = nameOf(event);
    const read = daysOf(event, year);
    if ('broken' in read) return refused(read.broken(name));
    if ('leftOut' in read) leftOut.push({ name, why: read.leftOut });
    else
      for (const first of read.starts)
        for (let day = first; day < first + read.length; day += 1) if (!byDay.has(day)) byDay.set(day, name);
    if (byDay.size > MAX_HOLIDAYS) return refused(holidayFileWords.tooMany(MAX_HOLIDAYS));
  }
  const holidays = [...byDay].toSorted(([a], [b]) => a - b).map(([day, name]) => ({ date: isoDate(day), name }));
  return { ok: true, holidays, leftOut };
}

function refused(message: string): HolidayFile {
  return { ok: false, message };
}

/** name;parameters:value */
const LINE = /^(?<name>[A-Za-z0-9-]+)(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:])*)*:(?<value>.*)/s;

function eventsOf(text: string): { events: Event[] } | { message: string } {
  const events: Event[] = [];
  /** The parts that are open, the innermost last. */
  const open: string[] = [];
  let event: Event = new Map();
  for (const { line, number } of unfolded(text)) {
    const { name = '', value = '' } = LINE.exec(line)?.groups ?? {};
    const key = name.toUpperCase();
    if (open.length === 0 && !(key === 'BEGIN' && value.trim().toUpperCase() === 'VCALENDAR'))
      return { message: number === 1 ? holidayFileWords.notACalendar : holidayFileWords.badLine(number) };
    if (key === '') return { message: holidayFileWords.badLine(number) };
    if (key === 'BEGIN') {
      open.push(value.trim().toUpperCase());
      if (open.join() === 'VCALENDAR,VEVENT') event = new Map();
    } else if (key === 'END') {
      if (open.join() === 'VCALENDAR,VEVENT') events.push(event);
      if (open.pop() !== value.trim().toUpperCase()) return { message: holidayFileWords.badLine(number) };
    } else if (open.length === 2 && open[1] === 'VEVENT') {
      const values = event.get(key) ?? [];
      values.push(value);
      event.set(key, values);
    }
    // No real file goes deeper than an alarm in an event.
    if (open.length > 5) return { message: holidayFileWords.badLine(number) };
  }
  return open.length > 0 ? { message: holidayFileWords.endsTooEarly } : { events };
}

/** The lines of a file as they were before long ones were folded, each with the number of its first. */
function unfolded(text: string): { line: string; number: number }[] {
  const lines: { parts: string[]; number: number }[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((line, index) => {
      const before = lines.at(-1);
      if (/^[ \t]/.test(line) && before) before.parts.push(line.slice(1));
      else if (line !== '') lines.push({ parts: [line], number: index + 1 });
    });
  return lines.map(({ parts, number }) => ({ line: parts.join(''), number }));
}

/** The first value of a property, by its name in capitals; `undefined`: the event has none. */
function firstValue(event: Event, key: string): string | undefined {
  return event.get(key)?.[0];
}

function nameOf(event: Event): string {
  const name = (firstValue(event, 'SUMMARY') ?? '')
    .replace(/\\([\\;,nN])/g, (_all, escaped: string) => (/n/i.test(escaped) ? ' ' : escaped))
    // Marks that turn the direction of writing would reach into the words around the name.
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\s]+/gu, ' ')
    .trim();
  // Never half of a character.
  const short = name.slice(0, 120).replace(/[\uD800-\uDBFF]$/, '');
  return short.trim() || holidayFileWords.holiday;
}

type DaysOfEvent =
  /** The first day of each time that it takes place, and how many days it lasts. */
  { starts: number[]; length: number } | { leftOut: string } | { broken: (name: string) => string };

function daysOf(event: Event, year: number): DaysOfEvent {
  const [start, ...more] = event.get('DTSTART') ?? [];
  if (start === undefined || more.length > 0) return { broken: holidayFileWords.badDate };
  if (/T/i.test(start)) return { leftOut: holidayFileWords.timed };
  const first = dayOf(start);
  if (first === null) return { broken: holidayFileWords.badDate };
  if (firstValue(event, 'STATUS')?.trim().toUpperCase() === 'CANCELLED') return { leftOut: holidayFileWords.cancelled };
  if (event.has('RECURRENCE-ID')) return { leftOut: holidayFileWords.changed };
  if (event.has('RDATE')) return { leftOut: holidayFileWords.otherRule };

  const length = lengthOf(event, first);
  if (typeof length !== 'number') return length;
  if (length > LONGEST_DAYS) return { leftOut: holidayFileWords.tooLong };
  if (first + length - 1 > LAST_DAY) return { broken: holidayFileWords.badDate };

  const except = (event.get('EXDATE') ?? []).flatMap((value) => value.split(',').map(dayOf));
  if (except.includes(null)) return { leftOut: holidayFileWords.unreadable };
  const [rule, ...moreRules] = event.get('RRULE') ?? [];
  if (moreRules.length > 0) return { leftOut: holidayFileWords.otherRule };
  const every = rule === undefined ? [first] : yearlyStarts(rule, first, year);
  if (every === null) return { leftOut: holidayFileWords.otherRule };
  const starts = every.filter((day) => !except.includes(day));
  return starts.length === 0 ? { leftOut: holidayFileWords.over } : { starts, length };
}

/** In days. The end of whole days is the day after the last. */
function lengthOf(event: Event, first: number): number | Exclude<DaysOfEvent, { starts: number[] }> {
  const end = firstValue(event, 'DTEND');
  if (end !== undefined) {
    const after = dayOf(end);
    if (after === null) return { broken: holidayFileWords.badDate };
    if (after < first) return { broken: holidayFileWords.endsBeforeStart };
    // Against the standard, some programs end a single day on itself.
    return Math.max(1, after - first);
  }
  const duration = firstValue(event, 'DURATION');
  if (duration === undefined) return 1;
  const { weeks, days } = /^\+?P(?:(?<weeks>\d{1,4})W|(?<days>\d{1,4})D)$/i.exec(duration.trim())?.groups ?? {};
  const length = weeks === undefined ? Number(days) : 7 * Number(weeks);
  return length >= 1 ? length : { leftOut: holidayFileWords.unreadable };
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const YEARLY_PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'WKST'];

/** The days, from `year` on, of a rule such as "every year on this date" or "every year, the fourth Thursday in November"; `null`: of another rule. */
function yearlyStarts(rule: string, first: number, year: number): number[] | null {
  const parts = new Map(
    rule
      .trim()
      .toUpperCase()
      .split(';')
      .map((part): [string, string] => {
        const at = part.indexOf('=');
        return [part.slice(0, at), part.slice(at + 1)];
      }),
  );
  if (parts.get('FREQ') !== 'YEARLY' || [...parts.keys()].some((key) => !YEARLY_PARTS.includes(key))) return null;
  const interval = wholeNumber(parts.get('INTERVAL') ?? '1');
  const count = wholeNumber(parts.get('COUNT') ?? '9999');
  const until = dayOf(parts.get('UNTIL')?.slice(0, 8) ?? '99991231');
  const dayIn = placeInYear(parts, first);
  // A rule that its own first day does not follow is none that we understand.
  const firstYear = new Date(first * DAY_MS).getUTCFullYear();
  if (Number.isNaN(interval) || Number.isNaN(count) || until === null || dayIn?.(firstYear) !== first) return null;

  const starts: number[] = [];
  let times = 0;
  for (let each = firstYear; each < year + YEARS_READ && times < count; each += interval) {
    const day = dayIn(each);
    if (day === null) continue;
    if (day > until) break;
    times += 1;
    if (each >= year) starts.push(day);
  }
  return starts;
}

/** The day of a yearly rule in a given year; `null` there: not in that one, as the 29th of February. */
function placeInYear(parts: ReadonlyMap<string, string>, first: number): ((year: number) => number | null) | null {
  const start = new Date(first * DAY_MS);
  const byMonth = parts.get('BYMONTH');
  const monthDay = parts.get('BYMONTHDAY');
  const weekday = parts.get('BYDAY');
  // Without a month they mean one day in every month.
  if ((weekday ?? monthDay) !== undefined && byMonth === undefined) return null;
  const month = byMonth === undefined ? start.getUTCMonth() + 1 : wholeNumber(byMonth);
  if (weekday === undefined) {
    const date = monthDay === undefined ? start.getUTCDate() : wholeNumber(monthDay);
    return (year) => dayNumber(year, month, date);
  }
  const nth = weekday.slice(0, -2);
  if (!/^[+-]?[1-5]$/.test(nth) || monthDay !== undefined) return null;
  return (year) => nthWeekday(year, month, Number(nth), WEEKDAYS.indexOf(weekday.slice(-2)));
}

function nthWeekday(year: number, month: number, nth: number, weekday: number): number | null {
  const dates = Array.from({ length: 31 }, (_, index) => dayNumber(year, month, index + 1)).filter(
    // 1970-01-01 was a Thursday, and the remainder of a day before it is negative.
    (day) => day !== null && (((day + 4) % 7) + 7) % 7 === weekday,
  );
  return dates.at(nth > 0 ? nth - 1 : nth) ?? null;
}

/** More than zero; `NaN`: it is none. */
function wholeNumber(text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN;
}

/** "20261225" as days since 1970-01-01; `null`: there is no such date. */
function dayOf(date: string): number | null {
  const { year, month, day } = /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/.exec(date.trim())?.groups ?? {};
  return dayNumber(Number(year), Number(month), Number(day));
}

/** Days since 1970-01-01; `null`: there is no such date, as of what is no number. */
function dayNumber(year: number, month: number, day: number): number | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Years before 100 are taken for others, and the 30th of February for one in March.
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1;
  return exists ? date.getTime() / DAY_MS : null;
}

function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
