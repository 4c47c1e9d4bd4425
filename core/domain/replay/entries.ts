import type { HistoryEntry, HistoryWhat, Instant } from '../case';
import type { Target } from '../template';

const ACTS: ReadonlySet<HistoryWhat['type']> = new Set([
  'entered',
  'undone',
  'moved',
  'retired',
  'hold',
  'snoozed',
  'remind-me',
  'remind-me-dropped',
  'cloned',
  'not-a-reply',
  'timer-settled',
]);

/** Whether an entry is an act of people on a case, alone or in numbers; workflows are theirs too. */
export function isAct({ what, cause }: HistoryEntry): boolean {
  return ACTS.has(what.type) && cause !== 'timer' && cause !== 'reply';
}

/** Whether a customer wrote; an out-of-office or another machine's mail is no reply. */
export function isReply(what: HistoryWhat): boolean {
  return what.type === 'customer-replied' && what.automatic !== true;
}

/** Where an entry says that the case is from then on. */
export function targetOf(what: HistoryWhat): Target | null {
  return 'to' in what ? what.to : null;
}

/** When a person or the customer did something last before the end; `null`: never. */
export function lastActAt(entries: readonly HistoryEntry[], end: Instant): Instant | null {
  return entries.findLast((entry) => entry.at < end && (isAct(entry) || isReply(entry.what)))?.at ?? null;
}
