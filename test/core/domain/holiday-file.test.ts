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

const good = file(day('May Day', 'DTSTART:20260501'));

describe('how a file may be written', () => {
  it('is in small letters, with spaces around its words', () => {
    const text = [
      'begin: vcalendar ',
      'Begin: vevent ',
      'dtstart;value=date: 20260501 ',
      'Summary: May Day ',
      'end: vevent ',
      'END: VCalendar ',
    ].join('\n');
    expect(holidays(text)).toEqual(['2026-05-01 May Day']);
    expect(read(file(day('Off', 'DTSTART:20260501', 'status: Cancelled '))).leftOut).toEqual([
      `Off ${holidayFileWords.cancelled}`,
    ]);
    expect(holidays(file(day('Twice', 'DTSTART:20260501', 'rrule: freq=yearly;count=2 ')))).toHaveLength(2);
    expect(holidays(file(day('Days', 'DTSTART:20260501', 'Duration: p2d ')))).toHaveLength(2);
    expect(holidays(file(day('Days', 'DTSTART:20260501', 'DTEND: 20260503 ')))).toHaveLength(2);
    expect(holidays(file(day('But', 'DTSTART:20260501', 'RRULE:FREQ=YEARLY;COUNT=2', 'EXDATE: 20260501 ')))).toEqual([
      '2027-05-01 But',
    ]);
  });

  it.each(['SUMMARY;X-A="x:y;z":May Day', 'SUMMARY;A="";B=:May Day', 'SUMMARY;LANGUAGE=en;X-1=a b:May Day'])(
    'is with parameters of any form: %s',
    (line) => expect(holidays(file(event('DTSTART:20260501', line)))).toEqual(['2026-05-01 May Day']),
  );

  it.each(['SUMMARY;A="x:May Day', 'SUMMARY;A:May Day', 'SUMMARY;=x:May Day', ';A=x:May Day', ':May Day', 'A B:C'])(
    'is not without a name, or with parameters that are none: %s',
    (line) => expect(refusal(file(event('DTSTART:20260501', line)))).toBe(holidayFileWords.badLine(6)),
  );

  it('is with empty lines and lines that end in any way, and with all that a line has after its colon', () => {
    expect(holidays(good.replaceAll('\r\n', '\r\r'))).toEqual(['2026-05-01 May Day']);
    expect(holidays(file(day('One: two; three, \u2028four', 'DTSTART:20260501')))).toEqual([
      '2026-05-01 One: two; three, four',
    ]);
  });

  it('is with other parts, which are no events', () => {
    const other = ['BEGIN:VTODO', 'DTSTART:20260601', 'SUMMARY:To do', 'END:VTODO'].join('\r\n');
    expect(holidays(file(other, day('May Day', 'DTSTART:20260501'), other))).toEqual(['2026-05-01 May Day']);
  });

  it('is at most as long as is read, in characters', () => {
    const text = good.replace('//EN', `//EN${' '.repeat(MAX_LENGTH - good.length)}`);
    expect(holidays(text)).toEqual(['2026-05-01 May Day']);
    expect(refusal(`${text} `)).toBe(holidayFileWords.tooLarge(MAX_LENGTH / 1_000_000));
  });

  it('is with at most as many days as a calendar can have', () => {
    // 13 years of 366 days, and what is left.
    const years = Array.from({ length: 13 }, (_, index) =>
      day('Shut', `DTSTART:${2000 + 2 * index}0101`, 'DURATION:P366D'),
    );
    const rest = MAX_HOLIDAYS - 13 * 366;
    const full = file(...years, day('Rest', 'DTSTART:20400101', `DURATION:P${rest}D`));
    expect(holidays(full)).toHaveLength(MAX_HOLIDAYS);
    expect(refusal(full.replace(`P${rest}D`, `P${rest + 1}D`))).toBe(holidayFileWords.tooMany(MAX_HOLIDAYS));
  });
});

describe('the name of a day', () => {
  const x = (length: number) => 'x'.repeat(length);

  it.each([
    ['has one space for several', 'May  \t Day', 'May Day'],
    ['has a space for a mark of byte order within it', 'May\uFEFFDay', 'May Day'],
    ['has a space for a break, and the character for what is escaped', 'a\\nb\\Nc\\\\d\\,e\\;f\\g', 'a b c\\d,e;f\\g'],
    ['keeps a character of two halves', '🎄 Christmas', '🎄 Christmas'],
    ['may have 120 characters', x(120), x(120)],
    ['does not count the spaces around it', ` ${x(120)} `, x(120)],
    ['does not end in a space where it is cut', `${x(119)} y`, x(119)],
    ['does not end in half a character where it is cut', `${x(119)}🎄`, x(119)],
    ['may end in a whole one', `${x(118)}🎄y`, `${x(118)}🎄`],
    ['is a word for all, where it is empty', ' \\n ', holidayFileWords.holiday],
  ])('%s', (_what, summary, name) => {
    expect(holidays(file(day(summary, 'DTSTART:20260501')))).toEqual([`2026-05-01 ${name}`]);
  });
});

describe('dates', () => {
  it.each(['20260229', '20260431', '20260500', '20260532', '20261232', '20260001', '20261301', '00500501', '99990230'])(
    'that do not exist are refused: %s',
    (date) => expect(refusal(file(day('A', `DTSTART:${date}`)))).toBe(holidayFileWords.badDate('A')),
  );

  it.each(['2026050', '202605011', 'x20260501', '20260501x', '2026-05-01', '20260501 20260502', ''])(
    'that are none are refused, as a beginning and as an end: "%s"',
    (date) => {
      expect(refusal(file(day('A', `DTSTART:${date}`)))).toBe(holidayFileWords.badDate('A'));
      expect(refusal(file(day('A', 'DTSTART:20260501', `DTEND:${date}`)))).toBe(holidayFileWords.badDate('A'));
    },
  );

  it('are those of years of four digits', () => {
    expect(holidays(file(day('Last', 'DTSTART:99991230', 'DURATION:P2D')))).toEqual([
      '9999-12-30 Last',
      '9999-12-31 Last',
    ]);
    expect(refusal(file(day('Last', 'DTSTART:99991230', 'DURATION:P3D')))).toBe(holidayFileWords.badDate('Last'));
    expect(holidays(file(day('Early', 'DTSTART:01000101')))).toEqual(['0100-01-01 Early']);
  });
});

describe('how long an event lasts', () => {
  it.each([
    ['P1D', 1],
    ['+P2D', 2],
    ['P10D', 10],
    ['P366D', 366],
    ['P1W', 7],
    ['P10W', 70],
    ['P52W', 364],
  ])('is read: %s', (duration, length) => {
    expect(holidays(file(day('Shut', 'DTSTART:20260501', `DURATION:${duration}`)))).toHaveLength(length);
  });

  it.each([
    ['P367D', holidayFileWords.tooLong],
    ['P53W', holidayFileWords.tooLong],
    ['P9999D', holidayFileWords.tooLong],
    ['P10000D', holidayFileWords.unreadable],
    ['P0D', holidayFileWords.unreadable],
    ['P0W', holidayFileWords.unreadable],
    ['-P1D', holidayFileWords.unreadable],
    ['xP1D', holidayFileWords.unreadable],
    ['P1DT1H', holidayFileWords.unreadable],
    ['P1W1D', holidayFileWords.unreadable],
    ['1D', holidayFileWords.unreadable],
    ['', holidayFileWords.unreadable],
  ])('is not taken: "%s"', (duration, why) => {
    expect(read(file(day('Shut', 'DTSTART:20260501', `DURATION:${duration}`)))).toEqual({
      holidays: [],
      leftOut: [`Shut ${why}`],
    });
  });

  it('is at most a year of 366 days, by its end too', () => {
    expect(holidays(file(day('Shut', 'DTSTART:20260101', 'DTEND:20270102')))).toHaveLength(366);
    expect(read(file(day('Shut', 'DTSTART:20260101', 'DTEND:20270103'))).leftOut).toEqual([
      `Shut ${holidayFileWords.tooLong}`,
    ]);
  });
});

describe('what comes back every year', () => {
  const dates = (start: string, ...lines: string[]) =>
    holidays(file(day('x', `DTSTART:${start}`, ...lines))).map((found) => found.slice(0, 10));

  it.each([
    ['20260503', 'BYMONTH=5;BYDAY=1SU', '2027-05-02'],
    ['20260511', 'BYMONTH=5;BYDAY=2MO', '2027-05-10'],
    ['20260519', 'BYMONTH=5;BYDAY=+3TU', '2027-05-18'],
    ['20260527', 'BYMONTH=5;BYDAY=4WE', '2027-05-26'],
    ['20260226', 'BYMONTH=2;BYDAY=-1TH', '2027-02-25'],
    ['20260522', 'BYMONTH=5;BYDAY=-2FR', '2027-05-21'],
    ['20260502', 'BYMONTH=5;BYDAY=-5SA', '2027-05-01'],
    ['20261231', 'BYMONTH=12;BYMONTHDAY=31', '2027-12-31'],
    ['20260101', 'BYMONTH=1', '2027-01-01'],
  ])('has the same place in each: %s %s', (start, rule, next) => {
    const iso = `${start.slice(0, 4)}-${start.slice(4, 6)}-${start.slice(6)}`;
    expect(dates(start, `RRULE:FREQ=YEARLY;COUNT=2;${rule}`)).toEqual([iso, next]);
  });

  it('is left out in a year that does not have it, and not counted there', () => {
    // A fifth Friday in May; the 29th of February.
    expect(dates('20260529', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=5FR')).toEqual(['2026-05-29', '2030-05-31']);
    expect(dates('20260529', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1FR')).toHaveLength(5);
    expect(dates('20200229', 'RRULE:FREQ=YEARLY;COUNT=3')).toEqual(['2028-02-29']);
  });

  it('is known for days before 1970', () => {
    expect(dates('19410904', 'RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1TH')[0]).toBe('2026-09-03');
  });

  it('is without the days that are excepted, by one line or several', () => {
    const rule = 'RRULE:FREQ=YEARLY';
    expect(dates('20260501', rule, 'EXDATE:20270501,20280501', 'EXDATE:20290501')).toEqual([
      '2026-05-01',
      '2030-05-01',
    ]);
    expect(read(file(day('None', 'DTSTART:20260501', 'EXDATE:20260501'))).leftOut).toEqual([
      `None ${holidayFileWords.over}`,
    ]);
  });

  it('ends with the day until which it is', () => {
    expect(dates('20260501', 'RRULE:FREQ=YEARLY;UNTIL=20270501')).toEqual(['2026-05-01', '2027-05-01']);
    expect(dates('20260501', 'RRULE:FREQ=YEARLY;UNTIL=20270430')).toEqual(['2026-05-01']);
  });

  it('is read for the years up to the fourth from now, and no more', () => {
    expect(dates('20300501', 'RRULE:FREQ=YEARLY')).toEqual(['2030-05-01']);
    expect(read(file(day('Far', 'DTSTART:20310501', 'RRULE:FREQ=YEARLY'))).leftOut).toEqual([
      `Far ${holidayFileWords.over}`,
    ]);
    expect(dates('20310501')).toEqual(['2031-05-01']);
  });

  // The day that each begins with would be the first if the rule were read wrongly.
  it.each([
    ['20260501', 'RRULE:FREQ=YEARLY;INTERVAL=0'],
    ['20260501', 'RRULE:FREQ=YEARLY;INTERVAL=+2'],
    ['20260501', 'RRULE:FREQ=YEARLY;INTERVAL=2.5'],
    ['20260501', 'RRULE:FREQ=YEARLY;INTERVAL='],
    ['20260501', 'RRULE:FREQ=YEARLY;COUNT=0'],
    ['20260501', 'RRULE:FREQ=YEARLY;COUNT=x'],
    ['20260501', 'RRULE:FREQ=YEARLY;UNTIL=20270230'],
    ['20260501', 'RRULE:FREQ=YEARLY;UNTIL='],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=6'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5,6'],
    ['20261201', 'RRULE:FREQ=YEARLY;BYMONTH=0'],
    ['20260101', 'RRULE:FREQ=YEARLY;BYMONTH=13'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH='],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=2'],
    ['20260531', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY='],
    ['20260501', 'RRULE:FREQ=YEARLY;BYDAY=1FR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=FR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY='],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=X1FR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1XFR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1FRX'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1XX'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=0FR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=6FR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1FR,2FR'],
    ['20260501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2FR'],
    ['20260313', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2FR;BYMONTHDAY=13'],
    ['20260501', 'RRULE:FREQ=YEARLY;'],
    ['20260501', 'RRULE:FREQ=DAILY'],
    ['20260501', 'RRULE:COUNT=2'],
    ['20260501', 'RRULE:'],
    ['20260501', 'RRULE:FREQ=YEARLY', 'RRULE:FREQ=YEARLY'],
    ['20260501', 'RDATE:20270501'],
  ])('is nothing else: %s %s', (start, ...lines) => {
    expect(read(file(day('Other', `DTSTART:${start}`, ...lines)))).toEqual({
      holidays: [],
      leftOut: [`Other ${holidayFileWords.otherRule}`],
    });
  });

  it.each(['EXDATE:2027', 'EXDATE:20270230', 'EXDATE:', 'EXDATE:20270501,', 'EXDATE:20270501T000000Z'])(
    'is left out where an exception cannot be read: %s',
    (line) =>
      expect(read(file(day('But', 'DTSTART:20260501', 'RRULE:FREQ=YEARLY', line)))).toEqual({
        holidays: [],
        leftOut: [`But ${holidayFileWords.unreadable}`],
      }),
  );
});

describe('an event that may be cancelled', () => {
  it.each(['CONFIRMED', 'NOT-CANCELLED', 'CANCELLED-NOT', ''])('is not, with another status: "%s"', (status) => {
    expect(holidays(file(day('On', 'DTSTART:20260501', `STATUS:${status}`)))).toEqual(['2026-05-01 On']);
  });
});

describe('what is refused', () => {
  it('is what is no calendar, says so, and where', () => {
    for (const [text, words] of [
      ['', holidayFileWords.noEvents],
      ['hello', holidayFileWords.notACalendar],
      ['{"holidays": []}', holidayFileWords.notACalendar],
      ['<html>', holidayFileWords.notACalendar],
      ['END:VCALENDAR', holidayFileWords.notACalendar],
      [`X${good.slice('BEGIN'.length)}`, holidayFileWords.notACalendar],
      [event('DTSTART:20260501'), holidayFileWords.notACalendar],
      ['PK\u0003\u0004\u0000', holidayFileWords.notACalendar],
      [file(), holidayFileWords.noEvents],
      [good.replace('SUMMARY:', 'SUMMARY '), holidayFileWords.badLine(5)],
      [good.replace('END:VEVENT\r\n', ''), holidayFileWords.badLine(7)],
      [`${good}hello`, holidayFileWords.badLine(9)],
      [`${good}END:VCALENDAR`, holidayFileWords.badLine(9)],
      [`${good}X:VCALENDAR`, holidayFileWords.badLine(9)],
      [good.replace('END:VEVENT', 'END:VTODO'), holidayFileWords.badLine(7)],
      [good.replace('END:VEVENT', 'END:VEVENT\r\nEND:VEVENT'), holidayFileWords.badLine(8)],
      [good.replace('END:VCALENDAR', ''), holidayFileWords.endsTooEarly],
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
