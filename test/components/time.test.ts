import { describe, expect, it } from 'vitest';
import { localInput, localMoment } from '../../components/shared/time';

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
