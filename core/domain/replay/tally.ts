import type { HistoryEntry, Instant, TimerKind } from '../case';
import type { Position } from '../template';
import { samePosition } from '../template';
import { isAct, isReply, targetOf } from './entries';

export type HappeningKind = 'reminder' | 'notice' | 'auto-close' | 'change';
export const HAPPENING_KINDS: readonly HappeningKind[] = ['reminder', 'notice', 'auto-close', 'change'];

/** Something that an automation did. */
export interface Happening {
  kind: HappeningKind;
  at: Instant;
  /** Where the case was; `null` where the history does not say. */
  from: Position | null;
  /** Where it went; `null`: it stayed. */
  to: Position | null;
}

/** A case that closed by itself although its customer had something to say: `repliedAt` may be before or after `at`. */
export interface ClosedOut {
  at: Instant;
  repliedAt: Instant;
}

export interface Tally {
  happenings: Happening[];
  closedOut: ClosedOut[];
}

/** What automations did by one template from `from` on, before `end`; entries in order of `seq`. */
export function tally(entries: readonly HistoryEntry[], templateId: string, from: Instant, end: Instant): Tally {
  const happenings: Happening[] = [];
  const closedOut: ClosedOut[] = [];
  let here: Position | null = null;
  let fired: TimerKind | null = null;
  /** Of a reply, and of a close by itself, that no person has looked at since. */
  let repliedAt: Instant | null = null;
  let closedAt: Instant | null = null;

  const count = (happening: Happening) => {
    if (happening.at >= from) happenings.push(happening);
  };
  const closesOut = (at: Instant, reply: Instant) => {
    if (at >= from) closedOut.push({ at, repliedAt: reply });
  };

  for (const entry of entries) {
    const { at, what, cause } = entry;
    if (entry.templateId !== templateId || at >= end) continue;
    if (isAct(entry)) {
      repliedAt = null;
      closedAt = null;
    }
    if (what.type === 'timer-fired') {
      fired = what.kind;
      if (fired === 'reminder' || fired === 'notice') count({ kind: fired, at, from: here, to: null });
    } else if (isReply(what)) {
      if (closedAt !== null) closesOut(closedAt, at);
      closedAt = null;
      repliedAt = at;
    } else if (what.type === 'entered' && (cause === 'timer' || cause === 'reply')) {
      const closes = cause === 'timer' && fired === 'auto-close';
      count({ kind: closes ? 'auto-close' : 'change', at, from: here, to: what.to });
      if (closes && repliedAt !== null) closesOut(at, repliedAt);
      else if (closes) closedAt = at;
    }
    here = targetOf(what) ?? here;
  }
  return { happenings, closedOut };
}

/** One thing that is not as it was: earlier or later, elsewhere, one more (`did` is `null`), one less (`would` is). */
export type Difference =
  | { kind: HappeningKind; would: Happening; did: Happening | null }
  | { kind: HappeningKind; would: null; did: Happening };

/** What does not happen alike in both, kind by kind. */
export function differencesOf(would: readonly Happening[], did: readonly Happening[]): Difference[] {
  return HAPPENING_KINDS.flatMap((kind) => {
    const left = did.filter((happening) => happening.kind === kind);
    const more = would.filter((happening) => {
      if (happening.kind !== kind) return false;
      const same = left.findIndex((other) => sameHappening(happening, other));
      if (same < 0) return true;
      left.splice(same, 1);
      return false;
    });
    const pairs = more.map((happening, i): Difference => ({ kind, would: happening, did: left[i] ?? null }));
    return [
      ...pairs,
      ...left.slice(more.length).map((happening): Difference => ({ kind, would: null, did: happening })),
    ];
  });
}

function sameHappening(a: Happening, b: Happening): boolean {
  return a.at === b.at && (a.to && b.to ? samePosition(a.to, b.to) : a.to === b.to);
}
