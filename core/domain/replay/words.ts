import { locale } from '../../words/language';
import { replayWords } from '../../words/replay';
import type { Instant } from '../case';
import { spanWords } from '../duration';
import type { CaseTemplate, Position } from '../template';
import { positionName } from '../template';
import type { ReplayReport, ReplaySide } from '.';
import type { ClosedOut, Difference, Happening } from './tally';

export interface Dates {
  /** "3 Nov 2026" */
  day(at: Instant): string;
  /** "3 Nov 2026, 10:05" */
  time(at: Instant): string;
}

/** Short dates in one time zone (IANA name). */
export function dates(timeZone: string): Dates {
  const day = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone });
  return { day: (at) => day.format(at), time: (at) => `${day.format(at)}, ${time.format(at)}` };
}

const nameOf = (position: Position | null, template: CaseTemplate) =>
  position ? positionName(template, position) : replayWords.unknown;

/** "Reminder in Pending – Customer Input.", "Pending – Customer Input became Closed." */
export function happeningWords({ kind, from, to }: Happening, template: CaseTemplate): string {
  const name = nameOf(from, template);
  if (to) return replayWords.became(name, nameOf(to, template));
  return kind === 'notice' ? replayWords.noticeIn(name) : replayWords.reminderIn(name);
}

/** "Closed on 3 Nov 2026 instead of 10 Nov 2026.", "One reminder more, on 3 Nov 2026." */
export function differenceWords(
  { kind, would, did }: Difference,
  template: CaseTemplate,
  published: CaseTemplate,
  dates: Dates,
): string {
  const words = replayWords.kinds[kind];
  if (!would) return words.fewer(dates.day(did.at));
  if (!did) return words.more(dates.day(would.at));
  if (would.at === did.at)
    return replayWords.becameOther(dates.day(would.at), nameOf(would.to, template), nameOf(did.to, published));
  const format = dates.day(would.at) === dates.day(did.at) ? dates.time : dates.day;
  return words.moved(format(would.at), format(did.at));
}

export function closedOutWords({ at, repliedAt }: ClosedOut, dates: Dates): string {
  const words = repliedAt < at ? replayWords.closedAfterReply : replayWords.closedBeforeReply;
  return words(dates.day(at), dates.day(repliedAt));
}

export function stuckWords(position: Position, template: CaseTemplate, quietMs: number): string {
  return replayWords.stuck(positionName(template, position), spanWords(quietMs));
}

const LINES: readonly (keyof ReplaySide)[] = [
  'reminders',
  'notices',
  'autoCloses',
  'changes',
  'stuck',
  'closedDespiteReply',
];

/** A report in short, a line each: "Reminders: 12 instead of 10". */
export function reportWords(report: ReplayReport, timeZone: string): string[] {
  const { day } = dates(timeZone);
  const { cases, from, to, would, did, differences, diverged } = report;
  return [
    replayWords.casesFromTo(cases, day(from), day(to)),
    ...LINES.map((list) => {
      const name = replayWords.lists[list];
      const [now, then] = [would[list].count, did[list].count];
      return now === then ? replayWords.sameCount(name, now) : replayWords.otherCount(name, now, then);
    }),
    replayWords.otherCourse(differences.count),
    replayWords.followedInPart(diverged.count),
  ];
}
