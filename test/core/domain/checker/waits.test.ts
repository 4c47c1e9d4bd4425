import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusinessCalendar } from '../../../../core/domain/calendar';
import { dueAfter, plainCalendar } from '../../../../core/domain/calendar';
import {
  afterWords,
  alwaysFirst,
  compareWaits,
  isTooLong,
  momentWhenFirst,
} from '../../../../core/domain/checker/waits';
import type { Wait } from '../../../../core/domain/template';
import { runs } from '../../../runs';
import { wait } from './small';

const office = plainCalendar('Europe/Berlin');
const christmas: BusinessCalendar = { ...office, holidays: [{ date: '2026-12-25', name: 'Christmas Day' }] };
const morning = (amount: number, at: string): Wait => ({ amount, unit: 'working-day', at });
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('waits that begin together', () => {
  it('are put in words', () => {
    expect(afterWords(wait('1 days'))).toBe('after 1 day');
    expect(afterWords(wait('2 business-hours'))).toBe('after 2 business hours');
    expect(afterWords(morning(1, '08:00'))).toBe('on the next working day at 08:00');
  });

  it('are compared by their length where they count the same time', () => {
    expect(compareWaits(wait('1 days'), wait('25 hours'))).toBe(-3_600_000);
    expect(compareWaits(wait('1 days'), wait('1440 minutes'))).toBe(0);
    expect(compareWaits(wait('3 business-days'), wait('1 business-days'))).toBe(2);
    expect(compareWaits(wait('3 business-hours'), wait('4 business-hours'))).toBe(-1);
    expect(compareWaits(morning(2, '08:00'), morning(1, '09:00'))).toBe(1);
    expect(compareWaits(morning(1, '08:00'), morning(1, '09:00'))).toBeLessThan(0);
    expect(compareWaits(morning(1, '10:00'), morning(1, '09:00'))).toBeGreaterThan(0);
    expect(compareWaits(morning(1, '09:00'), morning(1, '09:00'))).toBe(0);
  });

  it('depend on the day where they do not', () => {
    expect(compareWaits(wait('1 days'), wait('1 business-days'))).toBeNull();
    expect(compareWaits(wait('1 business-days'), wait('1 days'))).toBeNull();
    expect(compareWaits(wait('1 business-days'), wait('8 business-hours'))).toBeNull();
    expect(compareWaits(morning(1, '08:00'), wait('1 business-days'))).toBeNull();
    expect(compareWaits(wait('1 business-days'), morning(1, '08:00'))).toBeNull();
  });

  it('one is always first, or the other one is at some moment', () => {
    expect(alwaysFirst(wait('1 days'), wait('1 days'), office)).toBe(true);
    expect(alwaysFirst(wait('2 days'), wait('1 days'), office)).toBe(false);
    expect(alwaysFirst(wait('24 hours'), wait('1 business-days'), office)).toBe(true);
    expect(alwaysFirst(wait('25 hours'), wait('1 business-days'), office)).toBe(false);
    // From Thursday, 17:00, until Monday, 9:00, with the end of summer time in between.
    expect(alwaysFirst(wait('1 business-days'), wait('89 hours'), office)).toBe(true);
    expect(alwaysFirst(wait('1 business-days'), wait('88 hours'), office)).toBe(false);
  });

  it('the first moment at which one is over before the other or together with it', () => {
    // From Thursday, 17:00, it takes until Monday, 9:00: 88 hours.
    expect(iso(momentWhenFirst(wait('88 hours'), wait('1 business-days'), office))).toBe('2026-01-01T16:00:00.000Z');
    expect(iso(momentWhenFirst(wait('89 hours'), wait('1 business-days'), office))).toBe('2026-10-22T15:00:00.000Z');
    expect(momentWhenFirst(wait('90 hours'), wait('1 business-days'), office)).toBeNull();
    expect(iso(momentWhenFirst(wait('1 business-days'), wait('24 hours'), office))).toBe('2026-01-01T08:00:00.000Z');
  });

  it('looks at the weeks around the holidays', () => {
    // From Wednesday, 23 December, 17:00, until Monday, 9:00: Thursday is the one working day in between.
    const four = wait('112 hours');
    expect(momentWhenFirst(four, wait('1 business-days'), office)).toBeNull();
    expect(iso(momentWhenFirst(four, wait('1 business-days'), christmas))).toBe('2026-12-23T16:00:00.000Z');
    expect(momentWhenFirst(wait('113 hours'), wait('1 business-days'), christmas)).toBeNull();
    expect(iso(momentWhenFirst(wait('1 days'), wait('1 business-days'), christmas))).toBe('2026-10-30T00:00:00.000Z');
  });

  it('looks at two years of holidays at most', () => {
    const long = { ...office, holidays: [{ date: '2020-12-25', name: 'Long ago' }, ...christmas.holidays] };
    expect(iso(momentWhenFirst(wait('1 days'), wait('1 business-days'), long))).toBe('2024-12-27T00:00:00.000Z');
    const some = { ...office, holidays: [...christmas.holidays, { date: '2026-11-06', name: 'Friday' }] };
    expect(iso(momentWhenFirst(wait('1 days'), wait('1 business-days'), some))).toBe('2026-09-11T00:00:00.000Z');
  });

  it('a wait that no calendar holds is too long', () => {
    expect(isTooLong(wait('100000 business-days'), office)).toBe(true);
    expect(isTooLong(wait('20000 business-days'), office)).toBe(false);
    expect(isTooLong(wait('100000 days'), office)).toBe(false);
    const broken = { ...office, timeZone: undefined } as unknown as BusinessCalendar;
    expect(() => isTooLong(wait('1 business-days'), broken)).toThrow();
  });

  it('no hour of the year contradicts what is said', () => {
    const waits = fc.oneof(
      fc.record({ amount: fc.integer({ min: 1, max: 200 }), unit: fc.constant('hours' as const) }),
      fc.record({ amount: fc.integer({ min: 1, max: 9 }), unit: fc.constant('business-days' as const) }),
      fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constant('business-hours' as const) }),
      fc.integer({ min: 1, max: 9 }).map((amount) => morning(amount, '08:30')),
    );
    const hours = fc.array(fc.integer({ min: 0, max: 24 * 60 }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(waits, waits, hours, (a, b, moments) => {
        const always = alwaysFirst(a, b, christmas);
        const at = compareWaits(a, b) === null ? momentWhenFirst(a, b, christmas) : null;
        const dueAt = (one: Wait, from: number) => dueAfter(one, from, christmas).dueAt;
        if (at !== null) expect(dueAt(a, at)).toBeLessThanOrEqual(dueAt(b, at));
        for (const hour of moments) {
          const from = Date.UTC(2026, 10, 1) + hour * 3_600_000;
          if (always) expect(dueAt(a, from)).toBeLessThanOrEqual(dueAt(b, from));
          if (at === null && compareWaits(a, b) === null) expect(dueAt(a, from)).toBeGreaterThan(dueAt(b, from));
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
