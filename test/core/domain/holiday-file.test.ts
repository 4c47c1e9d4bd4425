import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HOLIDAYS, MAX_LENGTH, readHolidayFile } from '../../../core/domain/holiday-file';
import { holidayFileWords } from '../../../core/words/holiday-file';

const YEAR = 2026;

const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const file = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...events, 'END:VCALENDAR', ''].join('\r\n');
const day = (name: string, ...lines: string[]) => event(`SUMMARY:${name}`, ...lines);

function read(text: string) {
  const result = readHolidayFile(text, YEAR);
  if (!result.ok) throw new Error(result.message);
  return {
    holidays: result.holidays.map(({ date, name }) => `${date} ${name}`),
    leftOut: result.leftOut.map(({ name, why }) => `${name} ${why}`),
  };
}
const holidays = (text: string) => read(text).holidays;
function refusal(text: string): string {
  const result = readHolidayFile(text, YEAR);
  if (result.ok) throw new Error('it was taken');
  return result.message;
}

describe('what a file of holidays gives', () => {
  it('is a day for each event that lasts whole days, by date', () => {
    expect(
      holidays(
        file(
          day('Christmas Day', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261226'),
          day('Labour Day', 'DTSTART;VALUE=DATE:20260501'),
          day('Ends on itself', 'DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260601'),
        ),
      ),
    ).toEqual(['2026-05-01 Labour Day', '2026-06-01 Ends on itself', '2026-12-25 Christmas Day']);
  });

  it('is each day of an event that lasts several, the end left out', () => {
    expect(holidays(file(day('Shut', 'DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270102')))).toEqual([
      '2026-12-30 Shut',
      '2026-12-31 Shut',
      '2027-01-01 Shut',
    ]);
    expect(holidays(file(day('Days', 'DTSTART:20260228', 'DURATION:P2D')))).toEqual([
      '2026-02-28 Days',
      '2026-03-01 Days',
    ]);
    expect(holidays(file(day('Weeks', 'DTSTART:20260228', 'DURATION:P2W')))).toHaveLength(14);
  });

  it('has one name a date: the first', () => {
    expect(holidays(file(day('One', 'DTSTART:20260501'), day('Two', 'DTSTART:20260501')))).toEqual(['2026-05-01 One']);
  });

  it('repeats what comes back each year, this one and the next four', () => {
    expect(holidays(file(day('New Year', 'DTSTART:20000101', 'RRULE:FREQ=YEARLY')))).toEqual(
      [2026, 2027, 2028, 2029, 2030].map((year) => `${year}-01-01 New Year`),
    );
    expect(
      holidays(file(day('Fixed', 'DTSTART:20200501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1;WKST=MO'))),
    ).toHaveLength(5);
    expect(holidays(file(day('Leap', 'DTSTART:20240229', 'RRULE:FREQ=YEARLY')))).toEqual(['2028-02-29 Leap']);
    expect(holidays(file(day('Later', 'DTSTART:20290101', 'RRULE:FREQ=YEARLY')))).toHaveLength(2);
    expect(holidays(file(day('Every other', 'DTSTART:20250101', 'RRULE:FREQ=YEARLY;INTERVAL=2')))).toEqual([
      '2027-01-01 Every other',
      '2029-01-01 Every other',
    ]);
    expect(holidays(file(day('Twice', 'DTSTART:20260101', 'RRULE:FREQ=YEARLY;COUNT=2')))).toHaveLength(2);
    expect(holidays(file(day('Until', 'DTSTART:20200101', 'RRULE:FREQ=YEARLY;UNTIL=20270101T000000Z')))).toEqual([
      '2026-01-01 Until',
      '2027-01-01 Until',
    ]);
    expect(
      holidays(file(day('But', 'DTSTART:20260101', 'RRULE:FREQ=YEARLY;COUNT=3', 'EXDATE;VALUE=DATE:20270101'))),
    ).toEqual(['2026-01-01 But', '2028-01-01 But']);
  });

  it('knows the fourth Thursday in November, and the last Monday in May', () => {
    expect(holidays(file(day('Thanksgiving', 'DTSTART:20201126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH')))).toEqual(
      ['2026-11-26', '2027-11-25', '2028-11-23', '2029-11-22', '2030-11-28'].map((d) => `${d} Thanksgiving`),
    );
    expect(
      holidays(file(day('Memorial', 'DTSTART:20260525', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2'))),
    ).toEqual(['2026-05-25 Memorial', '2027-05-31 Memorial']);
  });

  it('names what it leaves out, and why', () => {
    const words = holidayFileWords;
    const { holidays: taken, leftOut } = read(
      file(
        day('Meeting', 'DTSTART;TZID=Europe/Berlin:20260501T090000'),
        day('Off', 'DTSTART:20260501', 'STATUS:CANCELLED'),
        day('Weekly', 'DTSTART:20260501', 'RRULE:FREQ=WEEKLY'),
        day('Easter', 'DTSTART:20260405', 'RRULE:FREQ=YEARLY;BYEASTER=0'),
        day('Monthly', 'DTSTART:20260501', 'RRULE:FREQ=YEARLY;BYMONTHDAY=1'),
        day('Other day', 'DTSTART:20260501', 'RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1'),
        day('Over', 'DTSTART:20100501', 'RRULE:FREQ=YEARLY;COUNT=3'),
        day('Age', 'DTSTART:20200101', 'DTEND:20300101'),
        day('Changed', 'DTSTART:20260501', 'RECURRENCE-ID:20260501'),
        day('Hours', 'DTSTART:20260501', 'DURATION:PT8H'),
      ),
    );
    expect(taken).toEqual([]);
    expect(leftOut).toEqual([
      `Meeting ${words.timed}`,
      `Off ${words.cancelled}`,
      `Weekly ${words.otherRule}`,
      `Easter ${words.otherRule}`,
      `Monthly ${words.otherRule}`,
      `Other day ${words.otherRule}`,
      `Over ${words.over}`,
      `Age ${words.tooLong}`,
      `Changed ${words.changed}`,
      `Hours ${words.unreadable}`,
    ]);
  });

  it('has the names as they were before they were folded and escaped, without what is no text', () => {
    const folded = file(
      event('DTSTART:20260501', 'SUMMARY;LANGUAGE=en:Bank holiday\\; Scotl', ' and\\, N', '\t. Ireland\\nonly\u202E'),
    );
    expect(holidays(`\uFEFF${folded.replaceAll('\r\n', '\n')}`)).toEqual([
      '2026-05-01 Bank holiday; Scotland, N. Ireland only',
    ]);
    expect(holidays(file(event('DTSTART:20260501')))).toEqual([`2026-05-01 ${holidayFileWords.holiday}`]);
    expect(holidays(file(day('x'.repeat(500), 'DTSTART:20260501')))).toEqual([`2026-05-01 ${'x'.repeat(120)}`]);
  });

  it('does not take what belongs to an alarm or a time zone for the event’s', () => {
    expect(
      holidays(
        [
          'BEGIN:VCALENDAR',
          'BEGIN:VTIMEZONE',
          'BEGIN:STANDARD',
          'DTSTART:19701025T030000',
          'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
          'END:STANDARD',
          'END:VTIMEZONE',
          'BEGIN:VEVENT',
          'DTSTART:20260501',
          'SUMMARY:May Day',
          'BEGIN:VALARM',
          'SUMMARY:Wake up',
          'DTSTART:20200101',
          'END:VALARM',
          'END:VEVENT',
          'END:VCALENDAR',
        ].join('\n'),
      ),
    ).toEqual(['2026-05-01 May Day']);
  });
});

describe('what is refused', () => {
  const good = file(day('May Day', 'DTSTART:20260501'));

  it('is what is no calendar, says so, and where', () => {
    for (const [text, words] of [
      ['', holidayFileWords.noEvents],
      ['hello', holidayFileWords.notACalendar],
      ['{"holidays": []}', holidayFileWords.notACalendar],
      ['<html>', holidayFileWords.notACalendar],
      ['PK\u0003\u0004\u0000', holidayFileWords.notACalendar],
      [file(), holidayFileWords.noEvents],
      [good.replace('SUMMARY:', 'SUMMARY '), holidayFileWords.badLine(5)],
      [good.replace('END:VEVENT\r\n', ''), holidayFileWords.badLine(7)],
      [`${good}hello`, holidayFileWords.badLine(9)],
      [good.replace('20260501', '20260230'), holidayFileWords.badDate('May Day')],
      [good.replace('DTSTART:20260501\r\n', ''), holidayFileWords.badDate('May Day')],
      [file(day('A', 'DTSTART:20260501', 'DTSTART:20260502')), holidayFileWords.badDate('A')],
      [file(day('A', 'DTSTART:20260501', 'DTEND:20260430')), holidayFileWords.endsBeforeStart('A')],
      ['BEGIN:VCALENDAR\n'.repeat(50_000), holidayFileWords.badLine(6)],
      [good + ' '.repeat(MAX_LENGTH), holidayFileWords.tooLarge(MAX_LENGTH / 1_000_000)],
    ] as const)
      expect(refusal(text), text.slice(0, 60)).toBe(words);
  });

  it('is a file with more days than a calendar can have', () => {
    const years = Array.from({ length: 14 }, (_, index) =>
      day(`Year ${index}`, `DTSTART:${2026 + index}0101`, `DTEND:${2027 + index}0101`),
    );
    expect(refusal(file(...years))).toBe(holidayFileWords.tooMany(MAX_HOLIDAYS));
  });

  it('is a file that was cut off, wherever that was', () => {
    for (let length = 0; length < good.trimEnd().length; length += 1)
      expect(readHolidayFile(good.slice(0, length), YEAR).ok, good.slice(0, length)).toBe(false);
  });

  it('takes no long time, whatever is in it', () => {
    const start = process.cpuUsage();
    for (const line of [`SUMMARY${';A="'.repeat(200_000)}`, `SUMMARY${';A=B'.repeat(200_000)}`, 'A'.repeat(1_000_000)])
      readHolidayFile(good.replace('SUMMARY:May Day', line), YEAR);
    readHolidayFile(file(...Array.from({ length: 30_000 }, () => 'BEGIN:VEVENT\nDTSTART:20260501\nEND:VEVENT')), YEAR);
    readHolidayFile(file(day('Old', 'DTSTART:10000101', 'RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1WE')), 9990);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(5000);
  });
});

describe('laws', () => {
  const date = fc.date({ min: new Date(Date.UTC(2000, 0)), max: new Date(Date.UTC(2040, 0)), noInvalidDate: true });
  const iso = (at: Date) => at.toISOString().slice(0, 10);
  const compact = (at: Date) => iso(at).replaceAll('-', '');

  it('any text at all is answered, and holidays are real dates in order, each once', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'BEGIN:VCALENDAR',
        'END:VCALENDAR',
        'SUMMARY:x',
        'RRULE:FREQ=YEARLY',
      ),
      date.map((at) => `DTSTART;VALUE=DATE:${compact(at)}`),
      date.map((at) => `DTEND:${compact(at)}`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.boolean(), (lines, framed) => {
        const text = framed ? file(event(...lines)) : lines.join('\n');
        const result = readHolidayFile(text, YEAR);
        if (!result.ok) {
          expect(result.message).toMatch(/\.$/);
          return;
        }
        const dates = result.holidays.map((holiday) => holiday.date);
        expect(dates).toEqual([...new Set(dates)].toSorted());
        for (const one of dates) expect(new Date(`${one}T00:00:00Z`).toISOString().slice(0, 10)).toBe(one);
      }),
      { numRuns: 2000 },
    );
  });

  it('folding a file anywhere changes nothing', () => {
    const text = file(day('Somewhat long name of a day', 'DTSTART;VALUE=DATE:20260501', 'RRULE:FREQ=YEARLY;COUNT=2'));
    const lines = text.split('\r\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 2), fc.nat(60), fc.constantFrom(' ', '\t'), (index, at, space) => {
        const line = lines[index] ?? '';
        // A fold before the first character would make the line a part of the one before.
        const cut = 1 + (at % Math.max(1, line.length - 1));
        const folded = lines.with(index, `${line.slice(0, cut)}\r\n${space}${line.slice(cut)}`).join('\r\n');
        expect(readHolidayFile(folded, YEAR)).toEqual(readHolidayFile(text, YEAR));
      }),
    );
  });

  it('an event gives exactly the days from its first to the one before its end', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 366 }), (first, length) => {
        const after = new Date(first.getTime() + length * 86_400_000);
        const result = readHolidayFile(file(day('Shut', `DTSTART:${compact(first)}`, `DTEND:${compact(after)}`)), YEAR);
        expect(result.ok && result.holidays.map((holiday) => holiday.date)).toEqual(
          Array.from({ length }, (_, index) => iso(new Date(first.getTime() + index * 86_400_000))),
        );
      }),
    );
  });
});
