import { spanWords } from '../../core/domain/duration';
import { writtenDate } from '../../core/words/dates';
import { timeWords } from '../../core/words/time';

/** "Tue 17 Nov, 14:02"; with the year where it is not `now`'s. */
export function dateTimeWords(at: number, now: number): string {
  return writtenDate(new Date(at).getFullYear() === new Date(now).getFullYear() ? 'moment' : 'momentOfYear', at);
}

/** "24 Nov", or "14:02" where that is today and the span is shorter than two days. */
export function tickWords(at: number, spanMs: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return writtenDate(today && spanMs < 2 * 86_400_000 ? 'time' : 'day', at);
}

/** "in 3 d 20 h", "now", "3 min late". */
export function dueWords(dueAt: number, now: number): string {
  const left = dueAt - now;
  // To the minute: what was just set to seven days reads "7 d", not "6 d 23 h".
  if (left > 120_000) return timeWords.in(spanWords(Math.round(left / 60_000) * 60_000));
  if (left > 0) return timeWords.in(spanWords(left));
  return left > -60_000 ? timeWords.now : timeWords.late(spanWords(-left));
}

/** "4 min ago", "just now". */
export function agoWords(at: number, now: number): string {
  const span = now - at;
  return span < 60_000 ? timeWords.justNow : timeWords.ago(spanWords(span));
}

/** How long it has been so: "4 min", "just now". Not by the second: what changes by itself draws the eye, and makes a long page draw a frame. */
export function forWords(since: number, now: number): string {
  const span = now - since;
  return span < 60_000 ? timeWords.justNow : spanWords(span);
}

/** A moment as a `datetime-local` field has it, by the person's own clock: "2026-11-24T08:00". */
export function localInput(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment in a `datetime-local` field; `null`: it holds none. */
export function localMoment(value: string): number | null {
  const at = new Date(value).getTime();
  return value === '' || Number.isNaN(at) ? null : at;
}
