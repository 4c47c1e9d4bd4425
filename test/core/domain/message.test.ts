import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { dateWords, dayWords, PLACEHOLDERS, renderMessage, unknownPlaceholders } from '../../../core/domain/message';
import { runs } from '../../runs';

const VALUES = {
  customer: 'Alice',
  subject: 'Printer on fire',
  ticket: '42',
  status: 'Pending – Customer Input',
  reason: 'Needs log files',
  agent: 'Erin',
  today: 'Monday',
  since: 'Sunday',
  closes: 'Tuesday',
};

describe('placeholders', () => {
  it('are those that have a value, each explained', () => {
    expect(Object.keys(PLACEHOLDERS).toSorted()).toEqual(Object.keys(VALUES).toSorted());
    for (const [name, words] of Object.entries(PLACEHOLDERS)) {
      expect(words, name).not.toBe('');
      expect(unknownPlaceholders(`{${name}}`), name).toEqual([]);
    }
  });

  it('that do not exist are named, in their order and as they were written', () => {
    expect(unknownPlaceholders('Hello {Customer}, {subject}: {closes } {} {date}.')).toEqual([
      'Customer',
      'closes ',
      '',
      'date',
    ]);
  });

  it('begin and end on one line; other braces are text', () => {
    for (const text of ['{a\nb}', '{ open', 'shut }', '}{', 'none at all']) {
      expect(unknownPlaceholders(text), text).toEqual([]);
      expect(renderMessage(text, VALUES), text).toBe(text);
    }
    expect(unknownPlaceholders('{{other}}')).toEqual(['other']);
  });

  it('are names of their own, nothing that every object has', () => {
    expect(unknownPlaceholders('{constructor} {toString}')).toEqual(['constructor', 'toString']);
    expect(renderMessage('{constructor} {toString}', VALUES)).toBe('{constructor} {toString}');
  });
});

describe('a message', () => {
  it('has its values filled in, each as often as it is named', () => {
    expect(
      renderMessage('Hello {customer},\n{customer}: "{subject}" ({ticket}) is {status} until {closes}.', VALUES),
    ).toBe('Hello Alice,\nAlice: "Printer on fire" (42) is Pending – Customer Input until Tuesday.');
  });

  it('keeps what it does not know', () => {
    expect(renderMessage('{customer} {unknown} {{ticket}}', VALUES)).toBe('Alice {unknown} {42}');
  });

  it('takes values as text: neither placeholders nor patterns of a replacement in them count', () => {
    expect(renderMessage('{customer}|{subject}', { ...VALUES, customer: '{ticket}', subject: '$& $1 $$' })).toBe(
      '{ticket}|$& $1 $$',
    );
  });

  it('holds exactly the values between its own words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (customer, subject) => {
        expect(renderMessage('<{customer}>{subject}', { ...VALUES, customer, subject })).toBe(
          `<${customer}>${subject}`,
        );
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('a date in a message', () => {
  const AT = Date.UTC(2026, 11, 4, 17, 2);

  // Twice: the second answer comes from what the first one prepared.
  it.each([1, 2])('has weekday, day, month, year and time, and names its zone (%i)', () => {
    expect(dateWords(AT, 'UTC')).toBe('Friday, 4 December 2026 at 17:02 (UTC)');
    expect(dayWords(AT, 'UTC')).toBe('Friday, 4 December 2026');
  });

  it('is told in that zone, with two digits for hour and minute', () => {
    expect(dateWords(AT, 'Asia/Tokyo')).toBe('Saturday, 5 December 2026 at 02:02 (Asia/Tokyo)');
    expect(dayWords(AT, 'Asia/Tokyo')).toBe('Saturday, 5 December 2026');
    expect(dateWords(Date.UTC(2026, 6, 1, 22, 0), 'Europe/Berlin')).toBe(
      'Thursday, 2 July 2026 at 00:00 (Europe/Berlin)',
    );
  });

  it('prepares each zone once', () => {
    const making = vi.spyOn(Intl, 'DateTimeFormat');
    for (let time = 0; time < 3; time += 1) dateWords(AT, 'Africa/Nairobi');
    expect(making).toHaveBeenCalledTimes(1);
    making.mockRestore();
  });
});
