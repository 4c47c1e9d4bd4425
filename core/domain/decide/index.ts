import { decideWords } from '../../words/decide';
import { sealEntry } from '../history';
import type { Seal } from './change';
import type { Command, Decision, Deed, DeedOf, Situation } from './command';
import { refuse } from './command';
import { decideEffectOutcome, decideEffectSettled } from './effects';
import { decideChange, decideClone, decideMove, decideRetire } from './moves';
import { decideCustomerReplied, decideNativeSeen, decideSettleDrift } from './replies';
import {
  decideClockBack,
  decideDropRemindMe,
  decideHold,
  decideRemindMe,
  decideRetime,
  decideSettleTimer,
  decideSnooze,
  decideTimerFired,
  decideTimerLate,
  decideTimerUnverifiable,
} from './timers';
import { decideNotAReply, decideUndo } from './undo';

export type { Seal } from './change';
export { CLOCK_TOLERANCE_MS, HOLD_MS, MOVED_ELSEWHERE, waitsForPerson } from './change';
export type {
  ChangedBy,
  Command,
  Committed,
  Decision,
  Deed,
  DeedOf,
  Missing,
  RefusalCode,
  Refused,
  Situation,
} from './command';
export { betterKnown } from './facts';
export { newsOf } from './replies';
export { checkTarget, isNewer, statusOfNative } from './target';
export { MAX_LATE_MS } from './timers';

/**
 * Decides what a command means. Pure and deterministic: the same situation and command give the same decision, byte for
 * byte. Expected failures are values; a situation that contradicts itself throws.
 * @param seal puts history entries into their chain; a rehearsal over many cases may leave that out
 */
export function decide(situation: Situation, command: Command, seal: Seal = sealEntry): Decision {
  const { deed } = command;
  const { record, template } = situation;
  if (record && record.templateId !== template.id)
    throw new Error(`The case lives by ${record.templateId}, not by ${template.id}`);
  const of = <T extends Deed['type']>(own: DeedOf<T>): Command<DeedOf<T>> => ({ ...command, deed: own });
  if (deed.type === 'change') return decideChange(situation, of(deed), seal);
  if (deed.type === 'remind-me') return decideRemindMe(situation, of(deed), seal);
  if (!record) return refuse('not-tracked', decideWords.notTracked);
  switch (deed.type) {
    case 'move':
      return decideMove(situation, record, of(deed), seal);
    case 'retire':
      return decideRetire(situation, record, of(deed), seal);
    case 'undo':
      return decideUndo(situation, record, of(deed), seal);
    case 'hold':
      return decideHold(situation, record, of(deed), seal);
    case 'snooze':
      return decideSnooze(situation, record, of(deed), seal);
    case 'drop-remind-me':
      return decideDropRemindMe(situation, record, of(deed), seal);
    case 'clone':
      return decideClone(situation, record, command, seal);
    case 'retime':
      return decideRetime(situation, record, of(deed), seal);
    case 'timer-fired':
      return decideTimerFired(situation, record, command, deed, seal);
    case 'timer-late':
      return decideTimerLate(situation, record, of(deed), seal);
    case 'settle-timer':
      return decideSettleTimer(situation, record, of(deed), seal);
    case 'clock-back':
      return decideClockBack(situation, record, command, seal);
    case 'timer-unverifiable':
      return decideTimerUnverifiable(situation, record, of(deed), seal);
    case 'customer-replied':
      return decideCustomerReplied(situation, record, of(deed), seal);
    case 'not-a-reply':
      return decideNotAReply(situation, record, of(deed), seal);
    case 'native-seen':
      return decideNativeSeen(situation, record, of(deed), seal);
    case 'settle-drift':
      return decideSettleDrift(situation, record, of(deed), seal);
    case 'effect-outcome':
      return decideEffectOutcome(situation, record, of(deed), seal);
    case 'effect-again':
    case 'effect-drop':
      return decideEffectSettled(situation, record, of(deed), seal);
  }
}
