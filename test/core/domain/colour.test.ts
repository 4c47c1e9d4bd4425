import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, LEAST_CONTRAST, statusColours } from '../../../core/domain/colour';
import { runs } from '../../runs';

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#000000', 21],
    ['#2f5bea', '#2f5bea', 1],
    // Figures of the WebAIM contrast checker.
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4],
    ['#0a0a0a', '#00ff00', 14.42],
  ])('of %s and %s is %d', (one, other, expected) => expect(contrast(one, other)).toBeCloseTo(expected, 1));
});

describe('R2: a status’s own colour', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

  it('can be read on every surface, whatever was chosen', () => {
    fc.assert(
      fc.property(hex, (colour) => {
        const { light, dark } = statusColours(colour);
        for (const surface of ['#ffffff', '#f6f7f9', light.soft])
          expect(contrast(light.ink, surface)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        for (const surface of ['#17191e', '#1f2228', '#111317', dark.soft])
          expect(contrast(dark.ink, surface)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('stays as it was chosen where it can be read anyway', () => {
    expect(statusColours('#7a1fa2').light.ink).toBe('#7a1fa2');
    expect(statusColours('#ffe600').dark.ink).toBe('#ffe600');
  });

  it('keeps its hue: yellow becomes a darker yellow on white, navy a lighter blue on black', () => {
    expect(statusColours('#ffe600')).toEqual({
      light: { ink: '#7a6e00', soft: '#fffce0' },
      dark: { ink: '#ffe600', soft: '#4a4617' },
    });
    expect(statusColours('#00004d').dark.ink).toMatch(/^#([0-9a-f]{2})\1/);
  });
});
