import { describe, expect, it, vi } from 'vitest';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import {
  BusinessCalendar as BusinessCalendarSchema,
  calendarProblems,
  clockChanges,
  Derivation,
  dueAfter,
  momentIn,
  plainCalendar,
  remainingMs,
  resumeAt,
} from '../../../core/domain/calendar';
import type { Wait } from '../../../core/domain/template';

const HOUR_MS = 3_600_000;
const berlin = plainCalendar('Europe/Berlin');
const nineToFive = [{ from: '09:00', to: '17:00' }];
const always = [{ from: '00:00', to: '00:00' }];

/** A moment by the clock of a calendar, or with the offset where it says one: "2026-11-06T16:00". */
function at(text: string, { timeZone } = berlin): number {
  return /Z$|[+-]\d\d:\d\d$/.test(text)
    ? Temporal.Instant.from(text).epochMilliseconds
    : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone, { disambiguation: 'reject' }).epochMilliseconds;
}

/** A moment in words, with the offset. */
function words(instant: number, { timeZone } = berlin): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return zoned.toString({ timeZoneName: 'never' }).replace(/:00(?=[+-])/, '');
}

function due(amount: number, unit: Exclude<Wait['unit'], 'working-day'>, from: string, calendar = berlin): string {
  return words(dueAfter({ amount, unit }, at(from, calendar), calendar).dueAt, calendar);
}

function dueOn(amount: number, time: string, from: string, calendar = berlin): string {
  return words(dueAfter({ amount, unit: 'working-day', at: time }, at(from, calendar), calendar).dueAt, calendar);
}

function withWeek(calendar: BusinessCalendar, week: Partial<Record<number, BusinessCalendar['week'][number]>>) {
  return { ...calendar, week: calendar.week.map((hours, day) => week[day] ?? hours) };
}

function withHolidays(calendar: BusinessCalendar, ...dates: string[]): BusinessCalendar {
  return { ...calendar, holidays: dates.map((date) => ({ date, name: `Holiday ${date}` })) };
}

function everyDay(timeZone: string, ...hours: { from: string; to: string }[]): BusinessCalendar {
  return { ...plainCalendar(timeZone), week: Array.from({ length: 7 }, () => hours) };
}

describe('plain time', () => {
  it('R13, R14: a day is 24 hours, whatever the clocks do', () => {
    expect(due(7, 'days', '2026-10-20T14:02')).toBe('2026-10-27T13:02+01:00');
    expect(due(28, 'days', '2026-03-10T14:02')).toBe('2026-04-07T15:02+02:00');
    expect(due(1, 'days', '2028-02-28T12:00')).toBe('2028-02-29T12:00+01:00');
    expect(due(14, 'days', '2026-12-24T12:00')).toBe('2027-01-07T12:00+01:00');
  });

  it('counts seconds, minutes and hours', () => {
    expect(due(30, 'seconds', '2026-11-07T03:00')).toBe('2026-11-07T03:00:30+01:00');
    expect(due(90, 'minutes', '2026-11-07T03:00')).toBe('2026-11-07T04:30+01:00');
    expect(due(25, 'hours', '2026-11-07T03:00')).toBe('2026-11-08T04:00+01:00');
  });

  it('needs no calendar, and says so', () => {
    const from = at('2026-11-07T03:00');
    const wait: Wait = { amount: 1, unit: 'days' };
    expect(dueAfter(wait, from, berlin)).toEqual({
      dueAt: from + 24 * HOUR_MS,
      derivation: { from, wait, calendar: null },
    });
  });
});

describe('business hours', () => {
  it('end with the closing', () => {
    expect(due(1, 'business-hours', '2026-11-06T16:00')).toBe('2026-11-06T17:00+01:00');
    expect(due(8, 'business-hours', '2026-11-06T09:00')).toBe('2026-11-06T17:00+01:00');
  });

  it('go on the next working day', () => {
    expect(due(2, 'business-hours', '2026-11-06T16:00')).toBe('2026-11-09T10:00+01:00');
    expect(due(1, 'business-hours', '2026-11-06T16:00:01')).toBe('2026-11-09T09:00:01+01:00');
    expect(due(9, 'business-hours', '2026-11-06T09:00')).toBe('2026-11-09T10:00+01:00');
    expect(due(40, 'business-hours', '2026-11-06T16:00')).toBe('2026-11-13T16:00+01:00');
  });

  it('begin with the next opening', () => {
    expect(due(1, 'business-hours', '2026-11-06T08:00')).toBe('2026-11-06T10:00+01:00');
    // The moment of closing is no working time.
    expect(due(1, 'business-hours', '2026-11-06T17:00')).toBe('2026-11-09T10:00+01:00');
    expect(due(1, 'business-hours', '2026-11-07T12:00')).toBe('2026-11-09T10:00+01:00');
  });

  it('leave out breaks and holidays', () => {
    const split = withWeek(berlin, {
      0: [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '17:00' },
      ],
    });
    expect(due(2, 'business-hours', '2026-11-09T11:30', split)).toBe('2026-11-09T14:30+01:00');
    expect(due(2, 'business-hours', '2026-11-06T16:00', withHolidays(berlin, '2026-11-09'))).toBe(
      '2026-11-10T10:00+01:00',
    );
  });

  it('run through midnight, where hours end at 00:00', () => {
    const late = withWeek(berlin, { 4: [{ from: '22:00', to: '00:00' }], 5: [{ from: '00:00', to: '06:00' }] });
    expect(due(5, 'business-hours', '2026-11-06T21:00', late)).toBe('2026-11-07T03:00+01:00');
    expect(due(1, 'business-hours', '2026-11-06T23:00', late)).toBe('2026-11-07T00:00+01:00');
  });
});

describe('business days', () => {
  it('end at the time of day that they began at', () => {
    expect(due(7, 'business-days', '2026-11-06T16:00')).toBe('2026-11-17T16:00+01:00');
    expect(due(1, 'business-days', '2026-11-09T09:00')).toBe('2026-11-10T09:00+01:00');
    expect(due(1, 'business-days', '2026-11-09T16:59:59.999')).toBe('2026-11-10T16:59:59.999+01:00');
  });

  it('begin with the next working moment', () => {
    expect(due(1, 'business-days', '2026-11-09T07:30')).toBe('2026-11-10T09:00+01:00');
    expect(due(1, 'business-days', '2026-11-09T17:00')).toBe('2026-11-11T09:00+01:00');
    expect(due(1, 'business-days', '2026-11-07T12:00')).toBe('2026-11-10T09:00+01:00');
  });

  it('are not over early on a day with other hours', () => {
    const shortFriday = withWeek(berlin, { 4: [{ from: '10:00', to: '15:00' }] });
    expect(due(1, 'business-days', '2026-11-05T16:00', shortFriday)).toBe('2026-11-09T09:00+01:00');
    expect(due(1, 'business-days', '2026-11-05T15:00', shortFriday)).toBe('2026-11-09T09:00+01:00');
    expect(due(1, 'business-days', '2026-11-05T14:59', shortFriday)).toBe('2026-11-06T14:59+01:00');
    expect(due(1, 'business-days', '2026-11-05T09:30', shortFriday)).toBe('2026-11-06T10:00+01:00');
  });

  it('leave out holidays, also around the turn of the year and the leap day', () => {
    const holidays = withHolidays(berlin, '2026-12-25', '2027-01-01', '2028-02-29');
    expect(due(3, 'business-days', '2026-12-23T12:00', holidays)).toBe('2026-12-29T12:00+01:00');
    expect(due(7, 'business-days', '2026-12-23T12:00', holidays)).toBe('2027-01-05T12:00+01:00');
    expect(due(1, 'business-days', '2028-02-28T12:00')).toBe('2028-02-29T12:00+01:00');
    expect(due(2, 'business-days', '2028-02-28T12:00')).toBe('2028-03-01T12:00+01:00');
    expect(due(1, 'business-days', '2028-02-28T12:00', holidays)).toBe('2028-03-01T12:00+01:00');
  });

  it('take the date of the calendar’s zone, not of UTC', () => {
    const auckland = plainCalendar('Pacific/Auckland');
    // Monday there, Sunday in UTC.
    expect(due(1, 'business-days', '2026-11-08T21:00:00Z', auckland)).toBe('2026-11-10T10:00+13:00');
    const honolulu = plainCalendar('Pacific/Honolulu');
    // Friday there, Saturday in UTC.
    expect(due(1, 'business-days', '2026-11-07T01:00:00Z', honolulu)).toBe('2026-11-09T15:00-10:00');
  });

  it('know the weekday of a date long ago', () => {
    expect(due(1, 'business-days', '1969-12-26T12:00')).toBe('1969-12-29T12:00+01:00');
    expect(due(1, 'business-days', '1900-01-05T12:00', plainCalendar('UTC'))).toBe('1900-01-08T12:00+00:00');
  });
});

describe('so many working days later, at a time of day', () => {
  it('counts from the day after', () => {
    expect(dueOn(1, '08:00', '2026-11-06T07:00')).toBe('2026-11-09T08:00+01:00');
    expect(dueOn(1, '08:00', '2026-11-09T23:59')).toBe('2026-11-10T08:00+01:00');
    expect(dueOn(1, '08:00', '2026-11-07T12:00')).toBe('2026-11-09T08:00+01:00');
    expect(dueOn(3, '18:30', '2026-11-05T12:00')).toBe('2026-11-10T18:30+01:00');
    expect(dueOn(1, '08:00', '2026-11-06T12:00', withHolidays(berlin, '2026-11-09'))).toBe('2026-11-10T08:00+01:00');
  });

  it('counts from the date in the calendar’s zone', () => {
    const tokyo = plainCalendar('Asia/Tokyo');
    expect(dueOn(1, '08:00', '2026-11-09T16:00:00Z', tokyo)).toBe('2026-11-11T08:00+09:00');
  });
});

describe('R13, R14: daylight saving', () => {
  const nights = everyDay('Europe/Berlin', { from: '00:00', to: '08:00' });

  it('counts the time that passes, not the one that the clocks show', () => {
    expect(due(8, 'business-hours', '2026-03-29T00:00', nights)).toBe('2026-03-30T01:00+02:00');
    expect(due(7, 'business-hours', '2026-03-29T00:00', nights)).toBe('2026-03-29T08:00+02:00');
    expect(due(9, 'business-hours', '2026-10-25T00:00', nights)).toBe('2026-10-25T08:00+01:00');
  });

  it('keeps the time of day over a change', () => {
    expect(due(1, 'business-days', '2026-03-27T16:00')).toBe('2026-03-30T16:00+02:00');
    expect(due(1, 'business-days', '2026-10-23T16:00')).toBe('2026-10-26T16:00+01:00');
    expect(dueOn(1, '08:00', '2026-10-23T16:00')).toBe('2026-10-26T08:00+01:00');
  });

  it('takes the moment of the jump for a time that the clocks skip', () => {
    expect(dueOn(1, '02:30', '2026-03-28T12:00', nights)).toBe('2026-03-29T03:00+02:00');
    expect(due(1, 'business-days', '2026-03-28T02:30', nights)).toBe('2026-03-29T03:00+02:00');
    expect(
      due(1, 'business-hours', '2026-03-29T00:00', everyDay('Europe/Berlin', { from: '02:30', to: '08:00' })),
    ).toBe('2026-03-29T04:00+02:00');
    expect(
      due(2, 'business-hours', '2026-03-29T00:00', everyDay('Europe/Berlin', { from: '00:00', to: '02:30' })),
    ).toBe('2026-03-29T03:00+02:00');
  });

  it('keeps the time of day of what begins at the jump', () => {
    expect(due(1, 'business-days', '2026-03-29T03:00', nights)).toBe('2026-03-30T03:00+02:00');
    expect(due(1, 'business-days', '2026-03-29T01:59', nights)).toBe('2026-03-30T01:59+02:00');
  });

  it('takes the second of two: nothing is early', () => {
    expect(dueOn(1, '02:30', '2026-10-24T12:00', nights)).toBe('2026-10-25T02:30+01:00');
    expect(dueOn(1, '02:00', '2026-10-24T12:00', nights)).toBe('2026-10-25T02:00+01:00');
    expect(dueOn(1, '03:00', '2026-10-24T12:00', nights)).toBe('2026-10-25T03:00+01:00');
    expect(dueOn(1, '01:59', '2026-10-24T12:00', nights)).toBe('2026-10-25T01:59+02:00');
    expect(due(1, 'business-days', '2026-10-24T02:30', nights)).toBe('2026-10-25T02:30+01:00');
  });

  it('opens at the second of two and closes at the first', () => {
    const opens = everyDay('Europe/Berlin', { from: '02:30', to: '08:00' });
    expect(due(1, 'business-hours', '2026-10-25T00:00', opens)).toBe('2026-10-25T03:30+01:00');
    const closes = everyDay('Europe/Berlin', { from: '00:00', to: '02:30' });
    expect(due(3, 'business-hours', '2026-10-25T00:00', closes)).toBe('2026-10-26T00:30+01:00');
  });

  it('has no working time between an opening and a closing that both come twice, or are both skipped', () => {
    const short = everyDay('Europe/Berlin', { from: '02:15', to: '02:45' });
    expect(due(1, 'business-days', '2026-10-24T02:20', short)).toBe('2026-10-26T02:20+01:00');
    expect(dueOn(1, '12:00', '2026-03-28T12:00', short)).toBe('2026-03-30T12:00+02:00');
  });

  it('counts what begins in the second of two hours from the last moment of the first', () => {
    expect(due(1, 'business-days', '2026-10-25T02:30:00+02:00', nights)).toBe('2026-10-26T02:30+01:00');
    expect(due(1, 'business-days', '2026-10-25T02:30:00+01:00', nights)).toBe('2026-10-26T02:59:59.999+01:00');
    expect(due(1, 'business-days', '2026-10-25T03:30:00+01:00', nights)).toBe('2026-10-26T03:30+01:00');
  });

  it('stays on the date, where the clocks go back at midnight', () => {
    const thursdays = { ...plainCalendar('Africa/Cairo'), week: [[], [], [], always, [], [], []] };
    expect(due(1, 'business-days', '2025-10-30T23:59:00+03:00', thursdays)).toBe('2025-11-06T23:59+02:00');
    expect(due(1, 'business-days', '2025-10-30T23:00:00+02:00', thursdays)).toBe('2025-11-06T23:59:59.999+02:00');
    const next = dueOn(1, '08:00', '2025-10-30T23:00:00+02:00', plainCalendar('Africa/Cairo'));
    expect(next).toBe('2025-10-31T08:00+02:00');
  });

  it('goes on with the hours of a date that clocks were put back to', () => {
    // The clocks of Nuuk go back from midnight to 23:00.
    const nuuk = everyDay('America/Nuuk', { from: '23:00', to: '00:00' });
    const [change] = clockChanges('America/Nuuk', at('2026-10-01T00:00:00Z'), at('2026-12-01T00:00:00Z'));
    const secondTime = (change?.at ?? 0) + HOUR_MS / 2;
    expect(words(secondTime, nuuk)).toBe('2026-10-24T23:30-02:00');
    const { dueAt } = dueAfter({ amount: 1, unit: 'business-hours' }, secondTime, nuuk);
    expect(words(dueAt, nuuk)).toBe('2026-10-25T23:30-02:00');
  });

  it('R13, R14: gets along with clocks that jump by half an hour, or for a month', () => {
    const lordHowe = everyDay('Australia/Lord_Howe', { from: '00:00', to: '08:00' });
    expect(dueOn(1, '02:15', '2026-10-03T12:00', lordHowe)).toBe('2026-10-04T02:30+11:00');
    expect(dueOn(1, '01:45', '2026-04-04T12:00', lordHowe)).toBe('2026-04-05T01:45+10:30');
    expect(due(8, 'business-hours', '2026-04-05T00:00', lordHowe)).toBe('2026-04-05T07:30+10:30');
    const casablanca = plainCalendar('Africa/Casablanca');
    expect(due(5, 'business-days', '2026-02-12T10:00', casablanca)).toBe('2026-02-19T10:00+00:00');
    expect(due(5, 'business-days', '2026-03-20T10:00', casablanca)).toBe('2026-03-27T10:00+01:00');
  });

  it('R13, R14: does not count a date that a zone left out', () => {
    const apia = everyDay('Pacific/Apia', ...nineToFive);
    expect(due(1, 'business-days', '2011-12-29T16:00', apia)).toBe('2011-12-31T16:00+14:00');
    expect(due(2, 'business-hours', '2011-12-29T16:00', apia)).toBe('2011-12-31T10:00+14:00');
    expect(dueOn(1, '08:00', '2011-12-29T16:00', apia)).toBe('2011-12-31T08:00+14:00');
  });
});

describe('far ahead', () => {
  it('goes on for years', () => {
    // Who knows what clocks will do by then.
    const utc = plainCalendar('UTC');
    expect(due(2610, 'business-days', '2026-11-06T16:00', utc)).toBe('2036-11-07T16:00+00:00');
    expect(due(100_000, 'business-hours', '2026-11-06T09:00', utc)).toBe('2074-10-04T17:00+00:00');
    expect(due(20_000, 'business-days', '2026-11-06T16:00', utc)).toBe('2103-07-06T16:00+00:00');
  });

  it('gives up in words after 100 years', () => {
    const message = 'By the calendar "Monday to Friday, 9 to 17" this wait ends more than 100 years ahead.';
    const from = at('2026-11-06T16:00');
    expect(() => due(30_000, 'business-days', '2026-11-06T16:00')).toThrow(new RangeError(message));
    expect(() => dueOn(30_000, '08:00', '2026-11-06T16:00')).toThrow(new RangeError(message));
    const oneMinute = { ...berlin, week: [[{ from: '00:00', to: '00:01' }], [], [], [], [], [], []] };
    const hours: Wait = { amount: 100_000, unit: 'business-hours' };
    expect(() => dueAfter(hours, from, oneMinute)).toThrow(new RangeError(message));
    expect(() => remainingMs(hours, from, from + 40_000 * 24 * HOUR_MS, berlin)).toThrow(new RangeError(message));
    expect(() => resumeAt(hours, Number.MAX_SAFE_INTEGER, from, berlin)).toThrow(new RangeError(message));
    expect(() => due(1, 'business-days', '2026-11-06T16:00', everyDay('UTC'))).toThrow(RangeError);
  });

  it('reaches to the last of the 100 years', () => {
    const daily = everyDay('UTC', ...always);
    expect(due(36_525, 'business-days', '2026-01-01T12:00:00Z', daily)).toBe('2126-01-02T12:00+00:00');
    expect(() => due(36_526, 'business-days', '2026-01-01T12:00:00Z', daily)).toThrow(RangeError);
    const hours: Wait = { amount: 1, unit: 'business-hours' };
    const from = at('2026-01-01T00:00:00Z');
    expect(words(resumeAt(hours, 36_525 * 24 * HOUR_MS, from, daily), daily)).toBe('2126-01-02T00:00+00:00');
    expect(() => resumeAt(hours, 36_525 * 24 * HOUR_MS + 1, from, daily)).toThrow(RangeError);
  });

  it('counts on where the clocks of another year are read', () => {
    // They are read 400 days at a time, by UTC; one of these times ends here.
    for (const [timeZone, offset] of [
      ['Pacific/Kiritimati', '+14:00'],
      ['Pacific/Niue', '-11:00'],
    ] as const) {
      const daily = everyDay(timeZone, ...nineToFive);
      for (const day of ['11', '12', '13', '14']) {
        expect(due(1, 'business-days', `2026-12-${day}T10:00`, daily)).toBe(
          `2026-12-${Number(day) + 1}T10:00${offset}`,
        );
        expect(due(8, 'business-hours', `2026-12-${day}T10:00`, daily)).toBe(
          `2026-12-${Number(day) + 1}T10:00${offset}`,
        );
      }
    }
  });

  it('reads the clocks of a zone, and a calendar, once', () => {
    const reads = vi.spyOn(Temporal.Instant, 'fromEpochMilliseconds');
    const holidaysOf = vi.fn(() => []);
    const calendar = Object.defineProperty(plainCalendar('Asia/Dili'), 'holidays', { get: holidaysOf });
    const wait: Wait = { amount: 7, unit: 'business-days' };
    const from = Date.UTC(2026, 10, 6, 16);
    dueAfter(wait, from, calendar);
    expect(reads.mock.calls.length).toBeLessThan(5);
    reads.mockClear();
    dueAfter(wait, from, calendar);
    expect(holidaysOf).toHaveBeenCalledTimes(1);
    dueAfter(wait, from, plainCalendar('Asia/Dili'));
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
  });
});

describe('what is left of a wait', () => {
  const hours: Wait = { amount: 10, unit: 'business-hours' };
  const days: Wait = { amount: 7, unit: 'business-days' };
  const left = (wait: Wait, from: string, dueAt: string) => remainingMs(wait, at(from), at(dueAt), berlin);
  const resumed = (wait: Wait, ms: number, from: string) => words(resumeAt(wait, ms, at(from), berlin));

  it('is plain time for plain waits and for a named time of day', () => {
    for (const wait of [
      { amount: 7, unit: 'days' },
      { amount: 1, unit: 'working-day', at: '08:00' },
    ] satisfies Wait[]) {
      expect(left(wait, '2026-11-06T16:00', '2026-11-09T08:00')).toBe(64 * HOUR_MS);
      expect(resumed(wait, 64 * HOUR_MS, '2026-11-06T16:00')).toBe('2026-11-09T08:00+01:00');
      expect(left(wait, '2026-11-06T16:00', '2026-11-06T15:00')).toBe(-HOUR_MS);
      expect(resumed(wait, -HOUR_MS, '2026-11-06T16:00')).toBe('2026-11-06T16:00+01:00');
      expect(resumed(wait, 0, '2026-11-06T16:00')).toBe('2026-11-06T16:00+01:00');
    }
  });

  it('is working time for business hours and business days', () => {
    for (const wait of [hours, days]) {
      expect(left(wait, '2026-11-06T16:00', '2026-11-10T10:00')).toBe(10 * HOUR_MS);
      expect(resumed(wait, 10 * HOUR_MS, '2026-11-06T16:00')).toBe('2026-11-10T10:00+01:00');
      expect(left(wait, '2026-11-07T12:00', '2026-11-10T10:00')).toBe(9 * HOUR_MS);
      expect(resumed(wait, 9 * HOUR_MS, '2026-11-07T12:00')).toBe('2026-11-10T10:00+01:00');
      expect(left(wait, '2026-11-06T10:00', '2026-11-06T11:00')).toBe(HOUR_MS);
      expect(resumed(wait, HOUR_MS, '2026-11-06T10:00')).toBe('2026-11-06T11:00+01:00');
    }
  });

  it('ends with a closing for business hours', () => {
    expect(left(hours, '2026-11-06T16:00', '2026-11-06T17:00')).toBe(HOUR_MS);
    expect(resumed(hours, HOUR_MS, '2026-11-06T16:00')).toBe('2026-11-06T17:00+01:00');
    expect(resumed(hours, HOUR_MS, '2026-11-06T16:00:01')).toBe('2026-11-09T09:00:01+01:00');
  });

  it('ends with an opening for business days', () => {
    expect(left(days, '2026-11-06T16:00', '2026-11-09T09:00')).toBe(HOUR_MS);
    expect(resumed(days, HOUR_MS, '2026-11-06T16:00')).toBe('2026-11-09T09:00+01:00');
    expect(left(days, '2026-11-06T18:00', '2026-11-09T09:00')).toBe(0);
    expect(resumed(days, 0, '2026-11-06T18:00')).toBe('2026-11-09T09:00+01:00');
    expect(left(days, '2026-11-09T09:00', '2026-11-09T09:00')).toBe(0);
    expect(resumed(days, 0, '2026-11-09T09:00')).toBe('2026-11-09T09:00+01:00');
  });

  it('is at once what was due already', () => {
    expect(left(hours, '2026-11-07T12:00', '2026-11-06T17:00')).toBe(-19 * HOUR_MS);
    expect(resumed(hours, -1, '2026-11-07T12:00')).toBe('2026-11-07T12:00+01:00');
    expect(resumed(hours, 0, '2026-11-06T17:00')).toBe('2026-11-06T17:00+01:00');
    expect(left(hours, '2026-11-06T17:00', '2026-11-06T17:00')).toBe(0);
    expect(left(days, '2026-11-07T12:00', '2026-11-06T16:00')).toBe(-20 * HOUR_MS);
    expect(resumed(days, -1, '2026-11-07T12:00')).toBe('2026-11-07T12:00+01:00');
  });

  it('is never too little for a date that was moved out of working time', () => {
    expect(left(hours, '2026-11-06T16:00', '2026-11-07T12:00')).toBe(HOUR_MS + 1);
    expect(resumed(hours, HOUR_MS + 1, '2026-11-06T16:00')).toBe('2026-11-09T09:00:00.001+01:00');
    expect(left(hours, '2026-11-06T18:00', '2026-11-09T09:00')).toBe(1);
    expect(left(days, '2026-11-06T16:00', '2026-11-07T12:00')).toBe(HOUR_MS);
    expect(left(days, '2026-11-06T16:00', '2026-11-06T17:00')).toBe(HOUR_MS);
  });
});

describe('the derivation', () => {
  const derivation = (wait: Wait, from: string, calendar: BusinessCalendar) =>
    dueAfter(wait, at(from, calendar), calendar).derivation;

  it('keeps what the calendar left out', () => {
    const wait: Wait = { amount: 3, unit: 'business-days' };
    const calendar: BusinessCalendar = {
      ...berlin,
      holidays: [
        { date: '2026-12-25', name: 'Christmas Day' },
        { date: '2026-12-26', name: 'Boxing Day' },
        { date: '2027-01-01', name: 'New Year' },
      ],
    };
    expect(derivation(wait, '2026-12-23T12:00', calendar)).toEqual({
      from: at('2026-12-23T12:00'),
      wait,
      calendar: {
        id: 'default',
        name: 'Monday to Friday, 9 to 17',
        timeZone: 'Europe/Berlin',
        // Boxing Day is a Saturday, which is left out anyway.
        daysOff: 2,
        holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
        moreHolidays: 0,
      },
    });
  });

  it('counts the day of the start, and not that of the end', () => {
    const late = withWeek(berlin, { 4: [{ from: '22:00', to: '00:00' }] });
    const hours = derivation({ amount: 1, unit: 'business-hours' }, '2026-11-06T23:00', late);
    expect(hours.calendar?.daysOff).toBe(0);

    const next: Wait = { amount: 1, unit: 'working-day', at: '08:00' };
    expect(derivation(next, '2026-11-07T12:00', berlin).calendar?.daysOff).toBe(2);
    expect(derivation(next, '2026-11-09T12:00', berlin).calendar?.daysOff).toBe(0);
    expect(derivation(next, '2026-11-09T12:00', withHolidays(berlin, '2026-11-09')).calendar?.holidays).toHaveLength(1);
  });

  it('names twenty holidays and counts the others', () => {
    const dates = Array.from({ length: 25 }, (_, i) => `2026-12-${String(i + 1).padStart(2, '0')}`);
    const daily = withHolidays(everyDay('UTC', ...nineToFive), ...dates);
    const { calendar } = derivation({ amount: 26, unit: 'business-days' }, '2026-11-30T12:00:00Z', daily);
    expect(calendar?.holidays.map(({ date }) => date)).toEqual(dates.slice(0, 20));
    expect(calendar).toMatchObject({ moreHolidays: 5, daysOff: 0 });
    const few = withHolidays(daily, ...dates.slice(0, 20));
    expect(derivation({ amount: 26, unit: 'business-days' }, '2026-11-30T12:00:00Z', few).calendar?.moreHolidays).toBe(
      0,
    );
  });

  it('fits its schema', () => {
    const full = derivation(
      { amount: 3, unit: 'business-days' },
      '2026-12-23T12:00',
      withHolidays(berlin, '2026-12-25'),
    );
    expect(Derivation.parse(full)).toEqual(full);
  });
});

describe('changes of the clocks', () => {
  it('are those after a moment and up to another', () => {
    const spring = at('2026-03-29T01:00:00Z');
    const autumn = at('2026-10-25T01:00:00Z');
    const both = [
      { at: spring, byMs: HOUR_MS },
      { at: autumn, byMs: -HOUR_MS },
    ];
    expect(clockChanges('Europe/Berlin', spring - 1, autumn)).toEqual(both);
    expect(clockChanges('Europe/Berlin', spring, autumn - 1)).toEqual([]);
    expect(clockChanges('Asia/Tokyo', spring, autumn)).toEqual([]);
    expect(clockChanges('UTC', spring, autumn)).toEqual([]);
  });
});

describe('the default calendar', () => {
  it('is Monday to Friday, 9 to 17', () => {
    const calendar = plainCalendar('Europe/Berlin');
    expect(calendar).toEqual({
      id: 'default',
      name: 'Monday to Friday, 9 to 17',
      timeZone: 'Europe/Berlin',
      week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
      holidays: [],
    });
    expect(BusinessCalendarSchema.parse(calendar)).toEqual(calendar);
    expect(calendarProblems(calendar)).toEqual([]);
  });
});

describe('the schema of a calendar', () => {
  const issues = (change: object) =>
    BusinessCalendarSchema.safeParse({ ...berlin, ...change }).error?.issues.map(({ message }) => message);

  it('takes dates as they are written in 2026-12-25', () => {
    const dated = (date: string) => issues({ holidays: [{ date, name: 'Holiday' }] });
    expect(dated('2026-12-25')).toBeUndefined();
    for (const date of ['12026-12-25', '2026-12-251', '2026-1-25', '25.12.2026'])
      expect(dated(date)).toEqual(['is not a date such as 2026-12-25']);
  });

  it('takes a week of seven days, with times of day', () => {
    expect(issues({ week: berlin.week.slice(1) })).toHaveLength(1);
    expect(issues({ week: [...berlin.week, []] })).toHaveLength(1);
    expect(issues({ week: [[{ from: '8:00', to: '24:00' }], ...berlin.week.slice(1)] })).toHaveLength(2);
    expect(issues({ timeZone: '' })).toHaveLength(1);
  });
});

describe('a calendar that cannot be counted by', () => {
  const problems = (change: Partial<BusinessCalendar>) => calendarProblems({ ...berlin, ...change });
  const error = (code: string, message: string, path: (string | number)[]) => ({
    severity: 'error',
    code,
    message,
    path,
    example: [],
  });

  it('names a zone that does not exist', () => {
    expect(problems({ timeZone: 'Europe/Atlantis' })).toEqual([
      error('unknown-time-zone', 'There is no time zone "Europe/Atlantis".', ['timeZone']),
    ]);
  });

  it('has no working hours at all', () => {
    expect(problems({ week: [[], [], [], [], [], [], []] })).toEqual([
      error('no-working-hours', 'The calendar has no working hours.', ['week']),
    ]);
    expect(problems({ week: [[], [], [], [], [], [], nineToFive] })).toEqual([]);
  });

  it('names the day that is wrong', () => {
    const names = Array.from(
      { length: 7 },
      (_, day) => problems(withWeek(berlin, { [day]: [{ from: '12:00', to: '12:00' }] }))[0]?.message.split(',')[0],
    );
    expect(names).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
  });

  it('has hours that end before they begin', () => {
    const empty = 'the end is not after the beginning.';
    expect(problems(withWeek(berlin, { 1: [{ from: '17:00', to: '09:00' }] }))).toEqual([
      error('empty-hours', `Tuesday, 17:00 to 09:00: ${empty}`, ['week', 1, 0]),
    ]);
    expect(problems(withWeek(berlin, { 6: [...nineToFive, { from: '18:00', to: '18:00' }] }))).toEqual([
      error('empty-hours', `Sunday, 18:00 to 18:00: ${empty}`, ['week', 6, 1]),
    ]);
    expect(problems(withWeek(berlin, { 0: [{ from: '22:00', to: '00:00' }], 1: always }))).toEqual([]);
  });

  it('has hours that overlap or are out of order', () => {
    const hours = [
      { from: '09:00', to: '12:30' },
      { from: '12:29', to: '17:00' },
      { from: '08:00', to: '09:00' },
    ];
    expect(problems(withWeek(berlin, { 2: hours }))).toEqual([
      error('overlapping-hours', 'Wednesday, 12:29 to 17:00: it begins before 12:30, when the hours before it end.', [
        'week',
        2,
        1,
      ]),
      error('overlapping-hours', 'Wednesday, 08:00 to 09:00: it begins before 17:00, when the hours before it end.', [
        'week',
        2,
        2,
      ]),
    ]);
    const touching = [
      { from: '09:00', to: '12:30' },
      { from: '12:30', to: '17:00' },
    ];
    expect(problems(withWeek(berlin, { 2: touching }))).toEqual([]);
  });

  it('has a holiday on a date that does not exist', () => {
    expect(problems(withHolidays(berlin, '2028-02-29', '2026-02-30', '2026-13-01', '2027-02-29'))).toEqual(
      [
        ['2026-02-30', 1],
        ['2026-13-01', 2],
        ['2027-02-29', 3],
      ].map(([date, i]) =>
        error('unknown-date', `Holiday ${date}: there is no ${date} in the calendar.`, ['holidays', i ?? 0, 'date']),
      ),
    );
  });

  it('has a holiday twice', () => {
    expect(problems(withHolidays(berlin, '2026-12-25', '2026-12-26', '2026-12-25'))).toEqual([
      error('repeated-holiday', 'Holiday 2026-12-25: 2026-12-25 is a holiday already.', ['holidays', 2, 'date']),
    ]);
  });
});

describe('momentIn', () => {
  const utc = (zone: string, shown: string) => new Date(momentIn(zone, shown)).toISOString();

  it('is when the clocks of a zone show it; the first of two, and a skipped one as much later', () => {
    expect(utc('Europe/Berlin', '2026-07-01T09:30')).toBe('2026-07-01T07:30:00.000Z');
    expect(utc('Asia/Kathmandu', '2026-07-01T09:30')).toBe('2026-07-01T03:45:00.000Z');
    expect(utc('Europe/Berlin', '2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(utc('Europe/Berlin', '2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  it.each(['2026-02-30T09:30', '2026-13-01T09:30', '2026-07-01T24:30', ''])('there is no "%s"', (shown) => {
    expect(() => momentIn('Europe/Berlin', shown)).toThrow(RangeError);
  });
});
