import { timeWords } from '../words/time';
import type { Duration, Wait } from './template';

const MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** As many of a unit as a wait can hold. */
const MAX_AMOUNT = 100_000;

/** A wait in plain time, which needs no calendar. */
export type PlainDuration = Duration & { unit: keyof typeof MS };

/** Whether a wait is plain time; any other is counted by a calendar. */
export function isPlain(wait: Wait): wait is PlainDuration {
  return Object.hasOwn(MS, wait.unit);
}

/** A duration in milliseconds. A day is 24 hours. */
export function durationMs(duration: PlainDuration): number {
  return duration.amount * MS[duration.unit];
}

/** A span as a wait: in the largest unit that says it exactly, else in the smallest that can say it, rounded up. */
export function plainWait(ms: number): PlainDuration {
  const units = ['days', 'hours', 'minutes', 'seconds'] as const;
  const amountIn = (unit: keyof typeof MS) => Math.max(1, Math.ceil(ms / MS[unit]));
  const exact = units.find((unit) => amountIn(unit) * MS[unit] === ms && amountIn(unit) <= MAX_AMOUNT);
  const unit = exact ?? units.toReversed().find((candidate) => amountIn(candidate) <= MAX_AMOUNT) ?? 'days';
  return { amount: amountIn(unit), unit };
}

/** "7 days", "1 business day", "next working day at 08:00", "3rd working day at 08:00". */
export function waitWords(wait: Wait): string {
  return wait.unit === 'working-day'
    ? timeWords.workingDay(wait.amount, wait.at)
    : timeWords.waits[wait.unit](wait.amount);
}

/** A span in at most two units, rounded down: "3 d 4 h", "12 min", "8 s". Zero and less give "0 s". */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const { units } = timeWords;
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), units.days],
    [Math.floor(seconds / 3600) % 24, units.hours],
    [Math.floor(seconds / 60) % 60, units.minutes],
    [seconds % 60, units.seconds],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return `0 ${units.seconds}`;
  // Beside minutes, seconds only flicker.
  const shown = parts.slice(first, first + (first < 2 ? 2 : 1));
  return shown
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
}

/** By how much the picker for "snooze" offers to move a timer on. */
export const SNOOZES: readonly { id: keyof typeof timeWords.snoozes; wait: PlainDuration }[] = [
  { id: '1-day', wait: { amount: 1, unit: 'days' } },
  { id: '3-days', wait: { amount: 3, unit: 'days' } },
  { id: '1-week', wait: { amount: 7, unit: 'days' } },
  { id: '2-weeks', wait: { amount: 14, unit: 'days' } },
];

/** What the picker for "remind me" offers. */
export const PRESETS: readonly { id: keyof typeof timeWords.presets; wait: Wait }[] = [
  { id: '1-hour', wait: { amount: 1, unit: 'hours' } },
  { id: '4-hours', wait: { amount: 4, unit: 'hours' } },
  { id: 'next-working-day', wait: { amount: 1, unit: 'working-day', at: '08:00' } },
  { id: '1-day', wait: { amount: 1, unit: 'days' } },
  { id: '3-days', wait: { amount: 3, unit: 'days' } },
  { id: '1-week', wait: { amount: 7, unit: 'days' } },
  { id: '2-weeks', wait: { amount: 14, unit: 'days' } },
];
