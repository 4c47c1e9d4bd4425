import { decideWords } from '../../words/decide';
import type { CaseRecord } from '../case';
import { sameNative } from '../template';
import type { Seal } from './change';
import { Change } from './change';
import type { Command, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';
import { moveClosesBehindLate, settleMessage } from './timers';

export function decideEffectOutcome(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'effect-outcome'>>,
  seal: Seal,
): Decision {
  const { deed } = command;
  const effect = situation.effects.find((candidate) => candidate.effectId === deed.effectId);
  // What has been put on hold since it was looked at is not sent.
  if (!effect || effect.state === 'held') return refuse('unknown-effect', decideWords.notWaiting);
  const change = new Change(situation, command, record, 'outbox', seal);
  // What was being sent when the case went on, and did not arrive, is not tried again.
  const outdated = deed.state === 'pending' && effect.generation !== record.generation;
  settleMessage(change, {
    ...effect,
    state: outdated ? 'cancelled' : deed.state,
    attempts: (deed.countAnew ? 0 : effect.attempts) + (deed.state === 'pending' ? 1 : 0),
    maybeSent: effect.maybeSent || deed.maybeSent === true,
    outcome: deed.text || null,
    notBefore: deed.retryAt ?? effect.notBefore,
  });
  if (deed.nativeStatus !== null)
    // Where the help desk kept another status than the one written, that is a drift to be settled.
    change.next = {
      ...change.next,
      nativeStatus: deed.nativeStatus,
      expectedNativeStatus: effect.write?.status ?? deed.nativeStatus,
    };
  const { undo } = change.next;
  if (deed.state === 'done' && effect.write?.message?.visibility === 'public' && undo?.commandId === effect.commandId)
    change.next = { ...change.next, undo: { ...undo, messageSent: true } };
  const toCustomer = effect.write?.message?.visibility === 'public' && effect.generation === record.generation;
  if (deed.state === 'done' && toCustomer && effect.owedAt !== undefined) moveClosesBehindLate(change, effect.owedAt);
  const final = deed.state === 'done' || deed.state === 'failed' || deed.state === 'uncertain';
  if (final && effect.kind === 'desk-write')
    change.note({ type: 'effect', effectId: effect.effectId, outcome: deed.state, text: deed.text });
  if (effect.kind === 'desk-write' && (deed.state === 'failed' || deed.state === 'uncertain'))
    change.notify('not-sent', decideWords.notSent(record.subject), deed.text, effect.ruleId);
  return change.commit(deed.text);
}

/** A person has looked at what failed or is uncertain: send it again, or drop it. */
export function decideEffectSettled(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'effect-again'> | DeedOf<'effect-drop'>>,
  seal: Seal,
): Decision {
  const { deed } = command;
  const effect = situation.effects.find((candidate) => candidate.effectId === deed.effectId);
  if (!effect || (effect.state !== 'failed' && effect.state !== 'uncertain'))
    return refuse('unknown-effect', decideWords.effectSettled);
  const again = deed.type === 'effect-again';
  if (again && effect.generation !== record.generation) return refuse('changed-meanwhile', decideWords.onlyDrop);
  const change = new Change(situation, command, record, 'person', seal);
  const { write } = effect;
  // What the template calls the status by now: a wrong name is mended there, and then it is sent again. What only sets the
  // help desk back to what it had is no name of the template's.
  const named =
    again && write?.status != null && !sameNative(write.status, record.expectedNativeStatus)
      ? change.nativeHere()
      : null;
  change.setEffect({
    ...effect,
    write: write && named !== null ? { ...write, status: named } : write,
    state: again ? 'pending' : 'cancelled',
    notBefore: command.at,
    attempts: 0,
    outcome: null,
  });
  change.note({
    type: 'effect',
    effectId: effect.effectId,
    outcome: again ? 'pending' : 'cancelled',
    text: again ? decideWords.sentAgain : decideWords.droppedByPerson,
  });
  return change.commit(again ? decideWords.sendingAgain : decideWords.willNotBeSent);
}
