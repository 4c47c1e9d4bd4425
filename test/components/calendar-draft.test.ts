import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  copiedHours,
  dateWords,
  momentWords,
  nextSpan,
  unfinished,
  weekdayName,
  weeklyHours,
  withHolidays,
} from '../../components/options/calendar-draft';
import { type BusinessCalendar, calendarProblems, plainCalendar } from '../../core/domain/calendar';
import { speak } from '../../core/words/language';

const plain = plainCalendar('Europe/Berlin');
const day = [{ from: '09:00', to: '17:00' }];
afterEach(() => speak('en-GB'));

it('says what is still empty, and where', () => {
  expect(unfinished(plain)).toEqual([]);
  const week: BusinessCalendar['week'] = [
    [
      { from: '09:00', to: '' },
      { from: '13:00', to: '14:00' },
    ],
    [{ from: '', to: '12:00' }],
    ...plain.week.slice(2),
  ];
  expect(unfinished({ ...plain, name: '  ', timeZone: '', week }).map(({ path }) => path.join('.'))).toEqual([
    'name',
    'timeZone',
    'week.0.0',
    'week.1.0',
  ]);
});

describe('hours', () => {
  it('are added after those that are there, in the same day', () => {
    expect(nextSpan([])).toEqual({ from: '09:00', to: '17:00' });
    expect(nextSpan([{ from: '08:30', to: '12:15' }])).toEqual({ from: '13:15', to: '16:15' });
    expect(nextSpan([{ from: '08:30', to: '22:30' }])).toEqual({ from: '23:30', to: '23:59' });
  });

  it('are copied to the days that have hours; days off stay off', () => {
    const early = [{ from: '06:00', to: '14:00' }];
    expect(copiedHours([early, day, [], day, [], [], day], 0)).toEqual([early, early, [], early, [], [], early]);
  });

  it('of a week are summed up, to midnight as well', () => {
    expect(weeklyHours(plain.week)).toBe('40');
    expect(weeklyHours([[{ from: '22:00', to: '00:00' }], [{ from: '08:00', to: '08:30' }], [], [], [], [], []])).toBe(
      '2.5',
    );
    speak('de');
    expect(weeklyHours([[{ from: '08:00', to: '08:30' }], [], [], [], [], [], []])).toBe('0,5');
  });
});

it('holidays come together by date; each date once, what was there first stays', () => {
  const holiday = fc.record({
    date: fc
      .date({ min: new Date(Date.UTC(2020, 0)), max: new Date(Date.UTC(2021, 0)), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
    name: fc.constantFrom('A', 'B', 'C'),
  });
  const some = fc.uniqueArray(holiday, { selector: ({ date }) => date });
  fc.assert(
    fc.property(some, some, (own, more) => {
      const all = withHolidays(own, more);
      const dates = all.map(({ date }) => date);
      expect(dates).toEqual([...new Set([...own, ...more].map(({ date }) => date))].toSorted());
      for (const one of own) expect(all).toContainEqual(one);
      expect(calendarProblems({ ...plain, holidays: all })).toEqual([]);
    }),
  );
});

/** Some versions of the browser's own formats write "Fri, 25 Dec". */
const plainly = (text: string) => text.replace(/^(\w+\.?), /, '$1 ');

it('says days and moments in the language, the moment by the calendar’s clock', () => {
  expect([0, 6].map((each) => weekdayName(each))).toEqual(['Monday', 'Sunday']);
  expect(plainly(dateWords('2026-12-25'))).toBe('Fri 25 Dec');
  expect(plainly(momentWords(Date.UTC(2026, 11, 31, 8, 30), 'Europe/Berlin'))).toBe('Thu 31 Dec 2026, 09:30');
  speak('de');
  expect(weekdayName(0)).toBe('Montag');
  expect(plainly(dateWords('2026-12-25'))).toBe('Fr. 25. Dez.');
});
