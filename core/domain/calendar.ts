import * as z from 'zod/mini';
import { fileWords } from '../words/files';
import type { Instant } from './case';
import { durationMs, isPlain } from './duration';
import type { Finding } from './finding';
import { lazily } from './lazily';
import { ClockTime, Id, Name, Wait } from './template';

const CalendarDate = lazily(() => z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, { error: () => fileWords.badDate })));
const Holiday = lazily(() => z.strictObject({ date: CalendarDate, name: Name }));
/** A day off, as "2026-12-25". */
export type Holiday = z.infer<typeof Holiday>;

/** When a team works. A day with no hours is not a working day. */
export const BusinessCalendar = lazily(() =>
  z.strictObject({
    id: Id,
    name: Name,
    /** IANA name: "Europe/Berlin". */
    timeZone: z.string().check(z.minLength(1), z.maxLength(80)),
    /**
     * Monday first; the working hours of each day, in order and apart from each other. The moment `to` is no longer working
     * time; `00:00` as an end is midnight, the end of the day.
     */
    week: z
      .array(z.array(z.strictObject({ from: ClockTime, to: ClockTime })).check(z.maxLength(10)))
      .check(z.length(7)),
    holidays: z.array(Holiday).check(z.maxLength(5000)),
  }),
);
export type BusinessCalendar = z.infer<typeof BusinessCalendar>;

/** How many holidays a derivation names; the others are only counted. */
const NAMED_HOLIDAYS = 20;

/** How a due date came about, before anything moved it. */
export const Derivation = lazily(() =>
  z.strictObject({
    from: z.int(),
    wait: Wait,
    /**
     * The calendar that was counted by, and what it left out then: it may change later, and the date stays. `null`: plain
     * time, which needs none.
     */
    calendar: z.nullable(
      z.strictObject({
        id: Id,
        name: Name,
        timeZone: z.string(),
        /** Days with no hours in the week. */
        daysOff: z.int().check(z.minimum(0)),
        /** Days that would have had hours. */
        holidays: z.array(Holiday).check(z.maxLength(NAMED_HOLIDAYS)),
        /** Those after the ones that are named. */
        moreHolidays: z.int().check(z.minimum(0)),
      }),
    ),
  }),
);
export type Derivation = z.infer<typeof Derivation>;

export interface Due {
  dueAt: Instant;
  derivation: Derivation;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** So that no calendar, however sparse, can keep a search going. */
const HORIZON_DAYS = 36_525;

/** Monday to Friday, 9 to 17, no holidays: what counts until a team says otherwise. */
export function plainCalendar(timeZone: string): BusinessCalendar {
  const hours = [{ from: '09:00', to: '17:00' }];
  return {
    id: 'default',
    name: fileWords.plainCalendar,
    timeZone,
    week: [hours, hours, hours, hours, hours, [], []],
    holidays: [],
  };
}

/**
 * When a wait that begins at `from` is over; never early. The calendar must be one in which `calendarProblems` finds
 * nothing.
 *
 * - seconds to days: plain time; a day is 24 hours.
 * - business-hours: when that much working time has passed; a closing time can be the answer.
 * - business-days: from the first working moment on, so many working days later at the same time of day, or at the first
 *   working moment after that.
 * - working-day: so many working days after the date of `from`, at the time of day given.
 *
 * @throws RangeError where that lies more than 100 years ahead.
 */
export function dueAfter(wait: Wait, from: Instant, calendar: BusinessCalendar): Due {
  if (isPlain(wait)) return { dueAt: from + durationMs(wait), derivation: { from, wait, calendar: null } };
  const dueAt = businessDueAt(wait, from, planOf(calendar));
  const { id, name, timeZone } = calendar;
  return {
    dueAt,
    derivation: { from, wait, calendar: { id, name, timeZone, ...leftOut(planOf(calendar), from, dueAt) } },
  };
}

function businessDueAt(wait: Wait, from: Instant, plan: Plan): Instant {
  if (wait.unit === 'working-day')
    return plan.clock.lastAt(workingDay(plan, dayOf(plan.clock.reading(from)), wait.amount) * DAY_MS + timeOf(wait.at));
  if (wait.unit === 'business-hours') return afterWorkingTime(plan, from, wait.amount * HOUR_MS, 1);
  const reading = plan.clock.reading(firstWorkingMoment(plan, from));
  const day = dayOf(reading);
  const sameTime = reading + (workingDay(plan, day, wait.amount) - day) * DAY_MS;
  return firstWorkingMoment(plan, plan.clock.lastAt(sameTime));
}

/**
 * What is left of a wait at `at`, in ms: of working time for business-hours and business-days, else of plain time. It is
 * the least with which `resumeAt` does not come out early. Due already: zero or less, the plain time since.
 *
 * @throws RangeError as `dueAfter` does.
 */
export function remainingMs(wait: Wait, at: Instant, dueAt: Instant, calendar: BusinessCalendar): number {
  const edge = edgeOf(wait);
  if (edge === null || dueAt <= at) return dueAt - at;
  let passedMs = 0;
  for (const { opensAt, closesAt } of workingTime(planOf(calendar), at)) {
    if (dueAt <= closesAt) return passedMs + Math.max(edge, dueAt - opensAt);
    passedMs += closesAt - opensAt;
  }
  throw tooFar(calendar.name);
}

/**
 * When what is left of a wait is over, counted on from `at`. From the moment that `remaining` was taken at, this comes
 * out at the very due date, if it is one that `dueAfter` gives for such a wait, and else at the next that is: never early.
 * Less than nothing left, a wait that was over already: at once.
 *
 * @throws RangeError as `dueAfter` does.
 */
export function resumeAt(wait: Wait, remaining: number, at: Instant, calendar: BusinessCalendar): Instant {
  const edge = edgeOf(wait);
  if (remaining < (edge ?? 0)) return at;
  return edge === null ? at + remaining : afterWorkingTime(planOf(calendar), at, remaining, edge);
}

/** The changes of the clocks in a zone after `from` and up to `to`, oldest first; `byMs` more than zero: forward. */
export function clockChanges(timeZone: string, from: Instant, to: Instant): { at: Instant; byMs: number }[] {
  let beforeMs = offsetMsOf(zoned(timeZone, from));
  return changesOf(timeZone, from, to).map((change) => {
    const byMs = offsetMsOf(change) - beforeMs;
    beforeMs += byMs;
    return { at: change.epochMilliseconds, byMs };
  });
}

/**
 * The moment when the clocks of a zone show this: "2026-12-21T09:30". Of a time that they show twice it is the first, of one
 * that they skip the moment as much later.
 *
 * @throws RangeError where there is no such date, time or zone.
 */
export function momentIn(timeZone: string, shown: string): Instant {
  return Temporal.PlainDateTime.from(shown).toZonedDateTime(timeZone).epochMilliseconds;
}

/** What keeps a calendar from being counted by. None: it can be saved. */
export function calendarProblems(calendar: BusinessCalendar): Finding[] {
  const findings: Finding[] = [];
  const error = (code: string, message: string, path: Finding['path']) =>
    findings.push({ severity: 'error', code, message, path, example: [] });

  try {
    new Intl.DateTimeFormat('en', { timeZone: calendar.timeZone });
  } catch {
    error('unknown-time-zone', fileWords.noTimeZone(calendar.timeZone), ['timeZone']);
  }

  if (calendar.week.every((hours) => hours.length === 0)) error('no-working-hours', fileWords.noWorkingHours, ['week']);

  calendar.week.forEach((hours, day) => {
    hours.forEach(({ from, to }, i) => {
      const name = fileWords.hours(day, from, to);
      const before = hours[i - 1];
      if (timeOf(from) >= endOf(to)) error('empty-hours', fileWords.emptyHours(name), ['week', day, i]);
      else if (before && timeOf(from) < endOf(before.to))
        error('overlapping-hours', fileWords.overlappingHours(name, before.to), ['week', day, i]);
    });
  });

  const seen = new Set<string>();
  calendar.holidays.forEach(({ date, name }, i) => {
    if (Number.isNaN(dateDay(date))) error('unknown-date', fileWords.noSuchDate(name, date), ['holidays', i, 'date']);
    if (seen.has(date)) error('repeated-holiday', fileWords.repeatedHoliday(name, date), ['holidays', i, 'date']);
    seen.add(date);
  });
  return findings;
}

/** ms since midnight. */
function timeOf(time: string): number {
  return Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3)) * MINUTE_MS;
}

function endOf(time: string): number {
  return timeOf(time) || DAY_MS;
}

/** A date as days since 1970-01-01; not a number where there is no such date. */
function dateDay(date: string): number {
  // Some engines read 2026-02-30 as the 2nd of March.
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? Number.NaN : ms / DAY_MS;
}

/*
 * Inside, what a clock on the wall shows is a number too: a reading, the ms since 1970-01-01 00:00 as if the zone had no
 * offset; and a day is the whole days of a reading.
 */

function dayOf(reading: number): number {
  return Math.floor(reading / DAY_MS);
}

/** A stretch in which the clocks of a zone keep their distance from UTC. */
interface Stretch {
  from: Instant;
  to: Instant;
  offsetMs: number;
}

/** A zone is asked for the stretches of about a year at once. */
const CHUNK_MS = 400 * DAY_MS;
/** More than any zone is from UTC and any clocks ever jumped. */
const MARGIN_MS = 2 * DAY_MS;

/**
 * The clocks of a zone. They skip readings, and show others twice. What they are asked for here never goes back all the
 * same, so that of two waits the one that begins later is never over earlier.
 */
class Clock {
  readonly #timeZone: string;
  readonly #chunks = new Map<number, Stretch[]>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The furthest that the clocks have shown by then: in an hour that comes again, the last moment of its first time. */
  reading(at: Instant): number {
    let furthest = Number.NEGATIVE_INFINITY;
    for (const { from, to, offsetMs } of this.#around(at))
      if (from <= at) furthest = Math.max(furthest, Math.min(at, to - 1) + offsetMs);
    return furthest;
  }

  /** The last time that the clocks come to a reading; where they skip it, the moment of the jump. */
  lastAt(reading: number): Instant {
    let last = Number.NaN;
    for (const { from, to, offsetMs } of this.#around(reading))
      if (from + offsetMs <= reading) last = Math.min(to, reading - offsetMs);
    return last;
  }

  /** The first time that the clocks come to a reading; where they skip it, the moment of the jump. */
  firstAt(reading: number): Instant {
    for (const { from, to, offsetMs } of this.#around(reading))
      if (to + offsetMs > reading) return Math.max(from, reading - offsetMs);
    return Number.NaN;
  }

  /** The stretches around an instant or a reading, in order and with no gaps. */
  #around(ms: number): Stretch[] {
    const index = Math.floor(ms / CHUNK_MS);
    let stretches = this.#chunks.get(index);
    if (!stretches) {
      stretches = this.#read(index * CHUNK_MS - MARGIN_MS, (index + 1) * CHUNK_MS + MARGIN_MS);
      this.#chunks.set(index, stretches);
    }
    return stretches;
  }

  #read(from: Instant, to: Instant): Stretch[] {
    const starts = [zoned(this.#timeZone, from), ...changesOf(this.#timeZone, from, to)];
    return starts.map((start, i) => ({
      from: start.epochMilliseconds,
      to: starts[i + 1]?.epochMilliseconds ?? to,
      offsetMs: offsetMsOf(start),
    }));
  }
}

function zoned(timeZone: string, at: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

function offsetMsOf(at: Temporal.ZonedDateTime): number {
  return at.offsetNanoseconds / 1e6;
}

function changesOf(timeZone: string, from: Instant, to: Instant): Temporal.ZonedDateTime[] {
  const changes: Temporal.ZonedDateTime[] = [];
  let next = zoned(timeZone, from).getTimeZoneTransition('next');
  while (next !== null && next.epochMilliseconds <= to) {
    changes.push(next);
    next = next.getTimeZoneTransition('next');
  }
  return changes;
}

/** A calendar made ready for counting. */
interface Plan {
  name: string;
  clock: Clock;
  /** Monday first; the hours in ms since midnight. */
  week: { from: number; to: number }[][];
  /** Names by day. */
  holidays: Map<number, string>;
}

// Both hold only what can be made again. Reading a zone's changes costs more than all the counting.
const clocks = new Map<string, Clock>();
const plans = new WeakMap<BusinessCalendar, Plan>();

function planOf(calendar: BusinessCalendar): Plan {
  const known = plans.get(calendar);
  if (known) return known;
  const clock = clocks.get(calendar.timeZone) ?? new Clock(calendar.timeZone);
  clocks.set(calendar.timeZone, clock);
  const plan: Plan = {
    name: calendar.name,
    clock,
    week: calendar.week.map((hours) => hours.map(({ from, to }) => ({ from: timeOf(from), to: endOf(to) }))),
    holidays: new Map(calendar.holidays.map(({ date, name }) => [dateDay(date), name])),
  };
  plans.set(calendar, plan);
  return plan;
}

/** What the week says about a day. */
function weekHoursOf(plan: Plan, day: number): Plan['week'][number] {
  // 1970-01-01 was a Thursday, and the remainder of a day before it is negative.
  return plan.week.at((day + 3) % 7) ?? [];
}

interface WorkingHours {
  opensAt: Instant;
  closesAt: Instant;
}

/**
 * The working time of a day. Where the clocks make a time of day ambiguous it opens at the later and closes at the
 * earlier, so that what is counted is never too much; it may be nothing, as on a date that a zone left out.
 */
function hoursOf(plan: Plan, day: number): WorkingHours[] {
  if (plan.holidays.has(day)) return [];
  return weekHoursOf(plan, day)
    .map(({ from, to }) => ({
      opensAt: plan.clock.lastAt(day * DAY_MS + from),
      closesAt: plan.clock.firstAt(day * DAY_MS + to),
    }))
    .filter(({ opensAt, closesAt }) => opensAt < closesAt);
}

/** The working time after `at`, piece by piece, up to the horizon. */
function* workingTime(plan: Plan, at: Instant): Generator<WorkingHours> {
  // Clocks that were put back may still be on the day before.
  const first = dayOf(plan.clock.reading(at)) - 1;
  for (let day = first; day <= first + HORIZON_DAYS; day += 1)
    for (const { opensAt, closesAt } of hoursOf(plan, day))
      if (closesAt > at) yield { opensAt: Math.max(opensAt, at), closesAt };
}

function tooFar(calendarName: string): RangeError {
  return new RangeError(`By the calendar "${calendarName}" this wait ends more than 100 years ahead.`);
}

/**
 * Where the same working time can be said of two moments, a closing and the opening after it: 1, the closing is meant; 0,
 * the opening; `null`: the wait does not count working time. It is the least that is left, in ms, before it is over.
 */
function edgeOf(wait: Wait): 0 | 1 | null {
  if (wait.unit === 'business-hours') return 1;
  return wait.unit === 'business-days' ? 0 : null;
}

/** When `ms` of working time have passed. */
function afterWorkingTime(plan: Plan, at: Instant, ms: number, edge: 0 | 1): Instant {
  let leftMs = ms;
  for (const { opensAt, closesAt } of workingTime(plan, at)) {
    const lengthMs = closesAt - opensAt;
    if (leftMs - edge < lengthMs) return opensAt + leftMs;
    leftMs -= lengthMs;
  }
  throw tooFar(plan.name);
}

function firstWorkingMoment(plan: Plan, at: Instant): Instant {
  return afterWorkingTime(plan, at, 0, 0);
}

/** The `count`th working day after a day. */
function workingDay(plan: Plan, after: number, count: number): number {
  let left = count;
  for (let day = after + 1; day <= after + HORIZON_DAYS; day += 1) {
    if (hoursOf(plan, day).length > 0) left -= 1;
    if (left === 0) return day;
  }
  throw tooFar(plan.name);
}

/** The days from that of the start up to that of the end that were no working days, and why. */
function leftOut(plan: Plan, from: Instant, to: Instant) {
  let daysOff = 0;
  const holidays: Holiday[] = [];
  for (let day = dayOf(plan.clock.reading(from)); day < dayOf(plan.clock.reading(to)); day += 1) {
    const name = plan.holidays.get(day);
    if (weekHoursOf(plan, day).length === 0) daysOff += 1;
    else if (name !== undefined) holidays.push({ date: new Date(day * DAY_MS).toISOString().slice(0, 10), name });
  }
  return {
    daysOff,
    holidays: holidays.slice(0, NAMED_HOLIDAYS),
    moreHolidays: Math.max(0, holidays.length - NAMED_HOLIDAYS),
  };
}
