import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import { calendarProblems, dueAfter, remainingMs, resumeAt } from '../../../core/domain/calendar';
import type { Duration, Wait } from '../../../core/domain/template';
import { runs } from '../../runs';

// Long searches take their time.
vi.setConfig({ testTimeout: 600_000 });

const MINUTE_MS = 60_000;
const DAY = 24 * 60;

/*
 * The slow calculation, which shares nothing with the calendar's: it knows the clocks only from Intl, and walks from
 * minute to minute. All its times are whole minutes since 1970; `shown` is what the clocks show then, in the same way.
 */
class SlowClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets: { from: number; offset: number }[] = [];
  readonly changes: number[];

  constructor(timeZone: string, fromYear: number, toYear: number) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    const end = Date.UTC(toYear) / MINUTE_MS;
    let known = Date.UTC(fromYear) / MINUTE_MS;
    this.#offsets.push({ from: known, offset: this.#ask(known) });
    for (let next = known + DAY; next < end; next += DAY) {
      const offset = this.#ask(next);
      if (offset !== this.#ask(known)) {
        let [before, after] = [known, next];
        while (after - before > 1) {
          const middle = Math.floor((before + after) / 2);
          if (this.#ask(middle) === offset) after = middle;
          else before = middle;
        }
        this.#offsets.push({ from: after, offset });
      }
      known = next;
    }
    this.changes = this.#offsets.slice(1).map(({ from }) => from);
  }

  #ask(minute: number): number {
    const parts = new Map(
      this.#format.formatToParts(minute * MINUTE_MS).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / MINUTE_MS - minute;
  }

  shown(minute: number): number {
    return minute + (this.#offsets.findLast(({ from }) => from <= minute)?.offset ?? Number.NaN);
  }

  /** The furthest that the clocks have shown up to a minute. */
  furthest(minute: number): number {
    const before = this.changes.filter((change) => change <= minute && change > minute - 3 * DAY);
    return Math.max(this.shown(minute), ...before.map((change) => this.shown(change - 1)));
  }

  /** Whether the clocks have come to a reading and will not come to it, or to less, once more. */
  isPast(minute: number, reading: number): boolean {
    const after = this.changes.filter((change) => change > minute && change < minute + 3 * DAY);
    return this.shown(minute) >= reading && after.every((change) => this.shown(change) > reading);
  }
}

const minutesOf = (time: string) => Number(time.split(':')[0]) * 60 + Number(time.split(':')[1]);
const isoDate = (day: number) => new Date(day * DAY * MINUTE_MS).toISOString().slice(0, 10);

class SlowCalendar {
  readonly #clock: SlowClock;
  readonly #week: number[][][];
  readonly #holidays: Set<string>;

  constructor(clock: SlowClock, { week, holidays }: BusinessCalendar) {
    this.#clock = clock;
    this.#week = week.map((hours) => hours.map(({ from, to }) => [minutesOf(from), minutesOf(to) || DAY]));
    this.#holidays = new Set(holidays.map(({ date }) => date));
  }

  /** A minute of working time: the clocks show it, never again show less than the opening, and never showed the closing. */
  isWorking(minute: number): boolean {
    const shown = this.#clock.shown(minute);
    const day = Math.floor(shown / DAY);
    const hours = this.#week[(new Date(day * DAY * MINUTE_MS).getUTCDay() + 6) % 7] ?? [];
    return hours.some(
      ([from = 0, to = 0]) =>
        shown >= day * DAY + from &&
        !this.#holidays.has(isoDate(day)) &&
        this.#clock.isPast(minute, day * DAY + from) &&
        this.#clock.furthest(minute) < day * DAY + to,
    );
  }

  #firstWorking(from: number): number {
    let minute = from;
    while (!this.isWorking(minute)) minute += 1;
    return minute;
  }

  /** The first working minute of the `count`th date after that has any. */
  #workingDate(after: number, from: number, count: number): { day: number; minute: number } {
    let day = after;
    let minute = from;
    for (let left = count; left > 0; left -= 1) {
      do minute = this.#firstWorking(minute + 1);
      while (Math.floor(this.#clock.shown(minute) / DAY) <= day);
      day = Math.floor(this.#clock.shown(minute) / DAY);
    }
    return { day, minute };
  }

  due(wait: Wait, from: number): number {
    if (wait.unit === 'business-hours') {
      let minute = from;
      for (let left = wait.amount * 60; left > 0; minute += 1) if (this.isWorking(minute)) left -= 1;
      return minute;
    }
    if (wait.unit === 'business-days') {
      const start = this.#firstWorking(from);
      const reading = this.#clock.furthest(start);
      const today = Math.floor(reading / DAY);
      const { day, minute } = this.#workingDate(today, start, wait.amount);
      return this.#walk(minute, (now) => this.isWorking(now) && this.#clock.isPast(now, reading + (day - today) * DAY));
    }
    if (wait.unit !== 'working-day') throw new Error('plain time');
    const today = Math.floor(this.#clock.furthest(from) / DAY);
    const { day, minute } = this.#workingDate(today, from, wait.amount);
    return this.#walk(minute - 2 * DAY, (now) => this.#clock.isPast(now, day * DAY + minutesOf(wait.at)));
  }

  #walk(from: number, until: (minute: number) => boolean): number {
    let minute = from;
    while (!until(minute)) minute += 1;
    return minute;
  }
}

const slowClocks = new Map<string, SlowClock>();
function slowClock(timeZone: string): SlowClock {
  const clock = slowClocks.get(timeZone) ?? new SlowClock(timeZone, 2024, 2035);
  slowClocks.set(timeZone, clock);
  return clock;
}

const ZONES = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Havana',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Europe/Berlin',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
];

const clockText = (minute: number) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16);
/** Often at the hours in which clocks are changed. */
const timeOfDay = fc.oneof(
  fc.integer({ min: 0, max: DAY - 1 }),
  fc.integer({ min: 0, max: 16 }).map((quarter) => quarter * 15),
  fc.integer({ min: 88, max: 95 }).map((quarter) => quarter * 15),
);

const hoursOfDay = fc
  .uniqueArray(fc.oneof(timeOfDay, fc.constant(DAY)), { maxLength: 6 })
  .map((times) => times.toSorted((a, b) => a - b))
  .map((times) =>
    Array.from({ length: Math.floor(times.length / 2) }, (_, i) => ({
      from: clockText(times[2 * i] ?? 0),
      to: clockText(times[2 * i + 1] ?? 0),
    })),
  );

const MONDAY_TO_FRIDAY = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '09:00', to: '17:00' }] : []));

/** A start, near a change of the clocks half of the time, and a calendar with holidays around it. */
const situation = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    anyStart: fc.integer({ min: Date.UTC(2024, 1) / MINUTE_MS, max: Date.UTC(2033) / MINUTE_MS }),
    change: fc.option(fc.nat({ max: 40 })),
    before: fc.oneof(fc.integer({ min: 0, max: 4 * DAY }), fc.integer({ min: -300, max: 300 })),
    week: fc.oneof(fc.constant(MONDAY_TO_FRIDAY), fc.array(hoursOfDay, { minLength: 7, maxLength: 7 })),
    holidays: fc.uniqueArray(fc.integer({ min: -2, max: 20 }), { maxLength: 6 }),
  })
  .filter(({ week }) => week.some((hours) => hours.length > 0))
  .map(({ timeZone, anyStart, change, before, week, holidays }) => {
    const changes = slowClock(timeZone).changes.filter((at) => at < Date.UTC(2033) / MINUTE_MS);
    const near = change === null ? undefined : changes[change % changes.length];
    const start = near === undefined ? anyStart : near - before;
    const dates = holidays.map((days) => isoDate(Math.floor(start / DAY) + days));
    const calendar: BusinessCalendar = {
      id: 'random',
      name: 'Random',
      timeZone,
      week,
      holidays: dates.map((date) => ({ date, name: 'Holiday' })),
    };
    return { calendar, start };
  });

const amount = fc.integer({ min: 1, max: 8 });
const counted: fc.Arbitrary<Wait> = fc.oneof(
  fc.record({ amount, unit: fc.constantFrom('business-hours' as const, 'business-days' as const) }),
  fc.record({ amount, unit: fc.constant('working-day' as const), at: timeOfDay.map(clockText) }),
);
const inWorkingTime = fc.record({ amount, unit: fc.constantFrom('business-hours' as const, 'business-days' as const) });
const plain: fc.Arbitrary<Duration> = fc.record({
  amount: fc.integer({ min: 1, max: 1000 }),
  unit: fc.constantFrom('seconds' as const, 'minutes' as const, 'hours' as const, 'days' as const),
});
const anyWait = fc.oneof({ weight: 3, arbitrary: counted }, { weight: 1, arbitrary: plain });

const dueAt = (wait: Wait, from: number, calendar: BusinessCalendar) => dueAfter(wait, from, calendar).dueAt;

describe('R13, R14: a due date in working time', () => {
  it('is the very minute that a slow walk along the clocks comes to', () => {
    fc.assert(
      fc.property(situation, counted, ({ calendar, start }, wait) => {
        const slow = new SlowCalendar(slowClock(calendar.timeZone), calendar);
        const dueMs = dueAt(wait, start * MINUTE_MS, calendar);
        // Within the minute: the last moment of an hour that comes again is no whole one.
        const dueMinute = Math.floor(dueMs / MINUTE_MS) * MINUTE_MS;
        expect(new Date(dueMinute).toISOString()).toBe(new Date(slow.due(wait, start) * MINUTE_MS).toISOString());
      }),
      { numRuns: runs(250) },
    );
  });

  it('is never before its start, and in plain time exactly as long after it', () => {
    const lengths = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
    fc.assert(
      fc.property(situation, plain, ({ calendar, start }, wait) => {
        const length = wait.amount * (lengths[wait.unit as keyof typeof lengths] ?? Number.NaN);
        expect(dueAt(wait, start * MINUTE_MS, calendar) - start * MINUTE_MS).toBe(length);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is never earlier for a longer wait', () => {
    fc.assert(
      fc.property(situation, anyWait, fc.integer({ min: 0, max: 20 }), ({ calendar, start }, wait, more) => {
        const longer = { ...wait, amount: wait.amount + more };
        const from = start * MINUTE_MS;
        expect(dueAt(longer, from, calendar)).toBeGreaterThanOrEqual(dueAt(wait, from, calendar));
        expect(dueAt(wait, from, calendar)).toBeGreaterThan(from);
      }),
      { numRuns: runs(500) },
    );
  });

  it('is never earlier for a later start', () => {
    const laterMs = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 3 * DAY * MINUTE_MS }));
    fc.assert(
      fc.property(situation, anyWait, laterMs, ({ calendar, start }, wait, later) => {
        const from = start * MINUTE_MS;
        expect(dueAt(wait, from + later, calendar)).toBeGreaterThanOrEqual(dueAt(wait, from, calendar));
      }),
      { numRuns: runs(2000) },
    );
  });
});

describe('what is left of a wait', () => {
  it('counted on from the same moment comes to the same date', () => {
    fc.assert(
      fc.property(situation, anyWait, fc.double({ min: 0, max: 1, noNaN: true }), ({ calendar, start }, wait, part) => {
        const from = start * MINUTE_MS;
        const due = dueAt(wait, from, calendar);
        const at = from + Math.floor((due - from) * part);
        expect(resumeAt(wait, remainingMs(wait, at, due, calendar), at, calendar)).toBe(due);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('is the least with which no date comes out early, also one that was moved', () => {
    const aheadMs = fc.oneof(
      fc.integer({ min: 1, max: DAY * MINUTE_MS }),
      fc.integer({ min: 1, max: 14 * DAY * MINUTE_MS }),
    );
    fc.assert(
      fc.property(situation, inWorkingTime, aheadMs, ({ calendar, start }, wait, ahead) => {
        const at = start * MINUTE_MS;
        const due = at + ahead;
        const left = remainingMs(wait, at, due, calendar);
        expect(resumeAt(wait, left, at, calendar)).toBeGreaterThanOrEqual(due);
        expect(left > 0 ? resumeAt(wait, left - 1, at, calendar) : at).toBeLessThan(due);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('is the same after a pause', () => {
    const pauseMs = fc.integer({ min: 0, max: 10 * DAY * MINUTE_MS });
    fc.assert(
      fc.property(situation, inWorkingTime, pauseMs, ({ calendar, start }, wait, pause) => {
        const at = start * MINUTE_MS;
        const left = remainingMs(wait, at, dueAt(wait, at, calendar), calendar);
        const resumed = resumeAt(wait, left, at + pause, calendar);
        expect(remainingMs(wait, at + pause, resumed, calendar)).toBe(left);
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('the calendars that these properties are tried with', () => {
  it('are ones that can be saved', () => {
    fc.assert(
      fc.property(situation, ({ calendar }) => {
        expect(calendarProblems(calendar)).toEqual([]);
      }),
      { numRuns: runs(100) },
    );
  });
});
