import type { Instant } from '../case';
import { spanWords } from '../duration';
import type { CaseTemplate, Position } from '../template';
import { positionName } from '../template';
import type { ReplayReport, ReplaySide } from '.';
import type { ClosedOut, Difference, Happening, HappeningKind } from './tally';

export interface Dates {
  /** "3 Nov 2026" */
  day(at: Instant): string;
  /** "3 Nov 2026, 10:05" */
  time(at: Instant): string;
}

/** Short dates in one time zone (IANA name). */
export function dates(timeZone: string): Dates {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  return { day: (at) => day.format(at), time: (at) => `${day.format(at)}, ${time.format(at)}` };
}

/** How each kind is told as done, and what it is called. */
const WORDS: Record<HappeningKind, { done: string; noun: string }> = {
  reminder: { done: 'Reminded', noun: 'reminder' },
  notice: { done: 'Notified', noun: 'notice' },
  'auto-close': { done: 'Closed', noun: 'auto-close' },
  change: { done: 'Changed by itself', noun: 'automatic change' },
};

const nameOf = (position: Position | null, template: CaseTemplate) =>
  position ? positionName(template, position) : 'unknown';

/** "Reminder in Pending – Customer Input.", "Pending – Customer Input became Closed." */
export function happeningWords({ kind, from, to }: Happening, template: CaseTemplate): string {
  if (to) return `${nameOf(from, template)} became ${nameOf(to, template)}.`;
  return `${kind === 'notice' ? 'Notice' : 'Reminder'} in ${nameOf(from, template)}.`;
}

/** "Closed on 3 Nov 2026 instead of 10 Nov 2026.", "One reminder more, on 3 Nov 2026." */
export function differenceWords(
  { kind, would, did }: Difference,
  template: CaseTemplate,
  published: CaseTemplate,
  dates: Dates,
): string {
  const { done, noun } = WORDS[kind];
  if (!would) return `One ${noun} less: none on ${dates.day(did.at)}.`;
  if (!did) return `One ${noun} more, on ${dates.day(would.at)}.`;
  if (would.at === did.at)
    return `Became ${nameOf(would.to, template)} on ${dates.day(would.at)} instead of ${nameOf(did.to, published)}.`;
  const format = dates.day(would.at) === dates.day(did.at) ? dates.time : dates.day;
  return `${done} on ${format(would.at)} instead of ${format(did.at)}.`;
}

export function closedOutWords({ at, repliedAt }: ClosedOut, dates: Dates): string {
  const wrote = repliedAt < at ? 'had written' : 'wrote';
  return `Closed on ${dates.day(at)}; the customer ${wrote} on ${dates.day(repliedAt)}.`;
}

export function stuckWords(position: Position, template: CaseTemplate, quietMs: number): string {
  return `${positionName(template, position)}: nobody has acted for ${spanWords(quietMs)}, and nothing will happen by itself.`;
}

const LINES: readonly { name: string; list: keyof ReplaySide }[] = [
  { name: 'Reminders', list: 'reminders' },
  { name: 'Notices', list: 'notices' },
  { name: 'Closed by itself', list: 'autoCloses' },
  { name: 'Other automatic changes', list: 'changes' },
  { name: 'Left stuck', list: 'stuck' },
  { name: 'Closed although the customer replied', list: 'closedDespiteReply' },
];

/** A report in short, a line each: "Reminders: 12 instead of 10". */
export function reportWords(report: ReplayReport, timeZone: string): string[] {
  const { day } = dates(timeZone);
  const { cases, from, to, would, did, differences, diverged } = report;
  return [
    `${cases} ${cases === 1 ? 'case' : 'cases'}, ${day(from)} to ${day(to)}`,
    ...LINES.map(({ name, list }) => {
      const [now, then] = [would[list].count, did[list].count];
      return `${name}: ${now === then ? `${now}, as it was` : `${now} instead of ${then}`}`;
    }),
    `Cases with another course: ${differences.count}`,
    `Cases followed in part only, since people would have acted differently: ${diverged.count}`,
  ];
}
