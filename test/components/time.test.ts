import { describe, expect, it } from 'vitest';
import { forWords, localInput, localMoment, tickWords } from '../../components/shared/time';

describe('a moment in a form', () => {
  it('is the same moment again, to the minute', () => {
    const at = new Date(2026, 10, 4, 8, 5, 59).getTime();
    expect(localInput(at)).toBe('2026-11-04T08:05');
    expect(localMoment(localInput(at))).toBe(at - 59_000);
  });

  it.each(['', 'soon', '2026-13-01T08:00'])('"%s" is none', (value) => {
    expect(localMoment(value)).toBeNull();
  });
});

describe('a mark on the line of dates', () => {
  const noon = new Date(2026, 10, 4, 12, 0).getTime();
  const HOUR = 3_600_000;

  it('has its time today, where all of them are near', () => {
    expect(tickWords(noon + HOUR, 20 * HOUR, noon)).toBe('13:00');
  });

  it('has its day on any other day, and where some of them are far', () => {
    expect(tickWords(noon + 20 * HOUR, 20 * HOUR, noon)).toBe('5 Nov');
    expect(tickWords(noon + HOUR, 200 * HOUR, noon)).toBe('4 Nov');
  });
});

describe('how long it has been so', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    // Its page's clock may be behind.
    [-5000, 'just now'],
    [60_000, '1 min'],
    [3 * 3_600_000, '3 h'],
  ])('is not counted by the second: %i ms is "%s"', (span, words) => {
    expect(forWords(1_000_000, 1_000_000 + span)).toBe(words);
  });
});
