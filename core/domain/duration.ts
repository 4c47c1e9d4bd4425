import type { Duration } from './template';

const MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** A duration in milliseconds. A day is 24 hours. */
export function durationMs(duration: Duration): number {
  return duration.amount * MS[duration.unit];
}

/** "7 days", "1 hour". */
export function durationWords(duration: Duration): string {
  return `${duration.amount} ${duration.amount === 1 ? duration.unit.slice(0, -1) : duration.unit}`;
}

/** A span in at most two units, rounded down: "3 d 4 h", "12 min", "8 s". Zero and less give "0 s". */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return '0 s';
  // Beside minutes, seconds only flicker.
  const shown = first >= 2 ? parts.slice(first, first + 1) : parts.slice(first, first + 2);
  return shown
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
}
