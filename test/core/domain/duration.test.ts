import { describe, expect, it } from 'vitest';
import { durationMs, isPlain, PRESETS, plainWait, SNOOZES, spanWords, waitWords } from '../../../core/domain/duration';
import type { Wait } from '../../../core/domain/template';
import { Wait as WaitSchema } from '../../../core/domain/template';
import { timeWords } from '../../../core/words/time';

describe('a duration in milliseconds', () => {
  it('R13, R14: is plain time, a day 24 hours', () => {
    expect(durationMs({ amount: 3, unit: 'seconds' })).toBe(3000);
    expect(durationMs({ amount: 3, unit: 'minutes' })).toBe(180_000);
    expect(durationMs({ amount: 3, unit: 'hours' })).toBe(10_800_000);
    expect(durationMs({ amount: 28, unit: 'days' })).toBe(28 * 86_400_000);
  });
});

describe('plain time', () => {
  it('is what needs no calendar', () => {
    const units: Wait[] = [
      { amount: 1, unit: 'seconds' },
      { amount: 1, unit: 'minutes' },
      { amount: 1, unit: 'hours' },
      { amount: 1, unit: 'days' },
      { amount: 1, unit: 'business-hours' },
      { amount: 1, unit: 'business-days' },
      { amount: 1, unit: 'working-day', at: '08:00' },
    ];
    expect(units.map(isPlain)).toEqual([true, true, true, true, false, false, false]);
  });
});

describe('a span as a wait', () => {
  const s = 1000;
  const [min, h, d] = [60 * s, 3600 * s, 86_400 * s];
  const wait = (ms: number) => waitWords(plainWait(ms));

  it('is in the largest unit that says it exactly', () => {
    expect([7 * d, d, 36 * h, 90 * min, 90 * s].map(wait)).toEqual([
      '7 days',
      '1 day',
      '36 hours',
      '90 minutes',
      '90 seconds',
    ]);
    expect(wait(100_000 * s)).toBe('100000 seconds');
  });

  it('is else in the smallest unit that can hold it, rounded up', () => {
    expect(wait(90 * s + 1)).toBe('91 seconds');
    expect(wait(100_000 * s - 1)).toBe('100000 seconds');
    expect(wait(0)).toBe('1 second');
    expect(wait(100_001 * s)).toBe('1667 minutes');
    expect(wait(100_001 * min)).toBe('1667 hours');
    expect(wait(100_000 * h + s)).toBe('4167 days');
    expect(wait(100_001 * d)).toBe('100001 days');
  });
});

describe('a wait in words', () => {
  it('says how many of what', () => {
    expect(waitWords({ amount: 7, unit: 'days' })).toBe('7 days');
    expect(waitWords({ amount: 1, unit: 'hours' })).toBe('1 hour');
    expect(waitWords({ amount: 90, unit: 'seconds' })).toBe('90 seconds');
    expect(waitWords({ amount: 1, unit: 'business-days' })).toBe('1 business day');
    expect(waitWords({ amount: 12, unit: 'business-hours' })).toBe('12 business hours');
  });

  it('says which working day, and when', () => {
    const words = (amount: number) => waitWords({ amount, unit: 'working-day', at: '08:00' });
    expect(words(1)).toBe('next working day at 08:00');
    const numbers = [2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 101, 110, 111, 112, 113, 114, 121, 1011, 1021];
    expect(numbers.map((n) => words(n).split(' ')[0]).join(' ')).toBe(
      '2nd 3rd 4th 10th 11th 12th 13th 14th 20th 21st 22nd 23rd 24th 101st 110th 111th 112th 113th 114th 121st 1011th 1021st',
    );
    expect(words(3)).toBe('3rd working day at 08:00');
  });
});

describe('a span in words', () => {
  it('has two units at most, and seconds only alone', () => {
    const s = 1000;
    const [min, h, d] = [60 * s, 3600 * s, 86_400 * s];
    const cases: [number, string][] = [
      [8 * s + 999, '8 s'],
      [59 * s, '59 s'],
      [min, '1 min'],
      [12 * min + 30 * s, '12 min'],
      [59 * min + 59 * s, '59 min'],
      [h, '1 h'],
      [h + 5 * min + 7 * s, '1 h 5 min'],
      [23 * h + 59 * min, '23 h 59 min'],
      [d, '1 d'],
      [3 * d + 4 * h + 5 * min, '3 d 4 h'],
      [3 * d + 5 * min, '3 d'],
      [400 * d, '400 d'],
    ];
    expect(cases.map(([ms]) => spanWords(ms))).toEqual(cases.map(([, words]) => words));
  });

  it('is nothing at zero and below', () => {
    expect(spanWords(0)).toBe('0 s');
    expect(spanWords(999)).toBe('0 s');
    expect(spanWords(-5000)).toBe('0 s');
  });
});

describe('the presets', () => {
  it('offer what people ask for, under names of their own', () => {
    expect(PRESETS.map(({ id, wait }) => [timeWords.presets[id], waitWords(wait)])).toEqual([
      ['In 1 hour', '1 hour'],
      ['In 4 hours', '4 hours'],
      ['Next working day, 8:00', 'next working day at 08:00'],
      ['In 1 day', '1 day'],
      ['In 3 days', '3 days'],
      ['In 1 week', '7 days'],
      ['In 2 weeks', '14 days'],
    ]);
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
    for (const { id, wait } of PRESETS) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(WaitSchema.parse(wait)).toEqual(wait);
    }
  });

  it('of a snooze move a date by as much as they say', () => {
    expect(SNOOZES.map(({ id, wait }) => [id, timeWords.snoozes[id], durationMs(wait)])).toEqual([
      ['1-day', '1 day later', 86_400_000],
      ['3-days', '3 days later', 3 * 86_400_000],
      ['1-week', '1 week later', 7 * 86_400_000],
      ['2-weeks', '2 weeks later', 14 * 86_400_000],
    ]);
  });
});
