import type { Moment } from '../contract/views';
import { type BusinessCalendar, dueAfter } from '../domain/calendar';
import { durationMs, PRESETS, SNOOZES } from '../domain/duration';
import { timeWords } from '../words/time';

/** Moments that a timer may be moved to: later than it is due, and than now. */
export function snoozeMoments(dueAt: number, now: number): Moment[] {
  const from = Math.max(now, dueAt);
  return SNOOZES.map(({ id, wait }) => ({ id, name: timeWords.snoozes[id], at: from + durationMs(wait) }));
}

/** Moments for a reminder of one's own, soonest first. */
export function reminderMoments(now: number, calendar: BusinessCalendar): Moment[] {
  return PRESETS.map(({ id, wait }) => ({
    id,
    name: timeWords.presets[id],
    at: dueAfter(wait, now, calendar).dueAt,
  })).toSorted((a, b) => a.at - b.at);
}
