/**
 * A status's own colour, made readable. An admin chooses any; what is drawn with it keeps its hue and has the contrast that
 * WCAG 2.2 asks of small text (1.4.3), against every surface that it lies on.
 */

/** `ink`: for text, dots and lines. `soft`: behind text in `ink`. Both `#rrggbb`. */
export interface Shades {
  ink: string;
  soft: string;
}
export type StatusColours = Record<'light' | 'dark', Shades>;

export const LEAST_CONTRAST = 4.5;
/** The surfaces of each scheme that are hardest to read on, as in assets/tokens/all.css. */
const SURFACES = { light: ['#ffffff', '#f6f7f9'], dark: ['#17191e', '#1f2228'] } as const;
const TOWARDS = { light: '#000000', dark: '#ffffff' } as const;
const SOFT = { light: 0.12, dark: 0.22 } as const;
const STEPS = 50;

type Rgb = readonly [number, number, number];

function rgbOf(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** `share` of `colour` over the rest of `base`. */
function mixed(colour: string, base: string, share: number): string {
  const over = rgbOf(base);
  const parts = rgbOf(colour).map((part, index) => Math.round(part * share + (over[index] ?? 0) * (1 - share)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of sRGB (WCAG 2.2), 0 to 1. */
function luminance(colour: string): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = rgbOf(colour);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** The contrast of two colours `#rrggbb` (WCAG 2.2): 1 for the same, 21 for black and white. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function shadesOf(colour: string, scheme: 'light' | 'dark'): Shades {
  const soft = mixed(colour, SURFACES[scheme][0], SOFT[scheme]);
  const behind = [...SURFACES[scheme], soft];
  for (let step = 0; step < STEPS; step += 1) {
    const ink = mixed(TOWARDS[scheme], colour, step / STEPS);
    if (behind.every((surface) => contrast(ink, surface) >= LEAST_CONTRAST)) return { ink, soft };
  }
  return { ink: TOWARDS[scheme], soft };
}

/** @param colour `#rrggbb` */
export function statusColours(colour: string): StatusColours {
  return { light: shadesOf(colour, 'light'), dark: shadesOf(colour, 'dark') };
}
