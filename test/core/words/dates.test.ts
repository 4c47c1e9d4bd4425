import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DATE_OPTIONS,
  type DateKind,
  dateTableOf,
  writeDate,
  writeDatesBy,
  writtenDate,
} from '../../../core/words/dates';
import { speak } from '../../../core/words/language';
import { runs } from '../../runs';

const moments = fc.date({ min: new Date(1980, 0, 1), max: new Date(2080, 0, 1), noInvalidDate: true });
const kinds = fc.constantFrom(...(Object.keys(DATE_OPTIONS) as DateKind[]));

describe('dates that are written from a table', () => {
  it.each(['en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IN', 'en-ZA', 'en', 'de', 'de-AT', 'de-CH'])(
    'are those of Intl: %s',
    (locale) => {
      const table = dateTableOf(locale);
      if (!table) throw new Error(`No table for ${locale}`);
      // It crosses to pages as a message.
      const sent = JSON.parse(JSON.stringify(table));
      fc.assert(
        fc.property(kinds, moments, (kind, date) => {
          const wanted = new Intl.DateTimeFormat(locale, DATE_OPTIONS[kind]).format(date);
          expect(writeDate(sent, kind, date.getTime())).toBe(wanted);
        }),
        { numRuns: runs(100) },
      );
    },
  );

  it.each(['ar-EG', 'fa-IR', 'th-TH', 'ja-JP-u-ca-japanese'])(
    'are not where it would write them otherwise: %s',
    (locale) => {
      expect(dateTableOf(locale)).toBeNull();
    },
  );
});

describe('a date in the language that is spoken', () => {
  const at = new Date(2026, 10, 4, 14, 5).getTime();
  beforeEach(() => speak('de-AT'));
  afterEach(() => {
    writeDatesBy(null);
    speak('en-GB');
  });

  it('is written by the table for that language, and by Intl in any other', () => {
    const table = dateTableOf('de-AT');
    if (!table) throw new Error('No table');
    writeDatesBy({ ...table, wordings: { ...table.wordings, day: { ...table.wordings.day, parts: [['day', '']] } } });
    expect(writtenDate('day', at)).toBe('4');
    speak('en-GB');
    expect(writtenDate('day', at)).toBe('4 Nov');
  });
});
