import { decideWords } from '../../words/decide';
import type { CaseRecord, Effect, Timer, UndoPoint } from '../case';
import { findTimerRule, positionName } from '../template';
import type { Seal } from './change';
import {
  Change,
  goingOn,
  held,
  mayBeOut,
  moved,
  positionOf,
  remainingOf,
  SNOOZED,
  scopeOf,
  timerIdOf,
  waitsForPerson,
} from './change';
import type { Command, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';
import { checkTarget } from './target';

/**
 * What the change that is being made would go back to: the case as it is before. But for the changes of status by itself
 * that the customer was to be told before: what is not out yet is taken back by leaving and does not come again, so a person
 * has to say.
 */
export function undoPoint(change: Change, by: { timerId: string | null; replyId: string | null }): UndoPoint {
  const { next, command, situation } = change;
  const untold = situation.effects.some(
    ({ generation, write }) => generation === next.generation && write?.message?.visibility === 'public',
  );
  const asItIs = (timer: Timer): Timer =>
    untold && timer.scope === 'position' && findTimerRule(change.template, timer.ruleId)?.does.type === 'change'
      ? held(timer, command.at, 'decision')
      : timer;
  return {
    commandId: command.commandId,
    at: command.at,
    generation: next.generation,
    templateId: next.templateId,
    ...positionOf(next),
    enteredAt: next.enteredAt,
    customerRepliedAt: next.customerRepliedAt,
    nativeStatus: next.nativeStatus,
    timers: change
      .openTimers()
      .map((timer) => ({ timer: asItIs(timer), remainingMs: remainingOf(timer, command.at, situation.calendar) })),
    ...by,
    messageSent: false,
  };
}

/** Takes back the newest change: status, sub-status, tag, and what remained of each timer. */
export function decideUndo(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'undo'>>,
  seal: Seal,
): Decision {
  const point = record.undo;
  if (!point || point.commandId !== command.deed.undoes)
    return refuse('nothing-to-undo', decideWords.nothingToUndo(positionName(situation.template, record)));
  if (point.generation === record.generation) return undoTimers(situation, record, point, command, seal);
  return goBack(situation, record, point, command, seal);
}

/** "This was not a real reply": takes back what the reply did, or the flag that it left. */
export function decideNotAReply(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'not-a-reply'>>,
  seal: Seal,
): Decision {
  const { messageId } = command.deed;
  if (record.undo?.replyId === messageId) return goBack(situation, record, record.undo, command, seal);
  if (record.customerRepliedAt === null || record.lastCustomerMessageId !== messageId)
    return refuse('nothing-to-undo', decideWords.wentOnSinceReply);
  const change = new Change(situation, command, record, 'person', seal);
  if (record.attention?.code === 'customer-replied') {
    for (const timer of change.openTimers())
      if (timer.heldFor === 'decision' && (timer.heldAt ?? command.at) >= record.customerRepliedAt)
        change.release(timer);
    change.next = { ...change.next, attention: null };
  }
  change.next = { ...change.next, customerRepliedAt: null };
  change.note({ type: 'not-a-reply', messageId, to: positionOf(record) });
  return change.commit(decideWords.notedNoReply);
}

/** A snooze is undone by putting every timer back by the same time; time has gone on meanwhile. */
function undoTimers(
  situation: Situation,
  record: CaseRecord,
  point: UndoPoint,
  command: Command,
  seal: Seal,
): Decision {
  const change = new Change(situation, command, record, 'person', seal);
  for (const timer of change.openTimers()) {
    // What else has moved the timer stays.
    const snooze = timer.proof.shifts.findLast(({ at, why }) => at === point.at && why === SNOOZED);
    if (snooze) change.setTimer(moved(timer, timer.dueAt - snooze.byMs, command.at, 'snooze undone'));
  }
  change.next = { ...change.next, undo: null };
  const back = positionOf(record);
  change.note({ type: 'undone', from: back, to: back, undoneCommandId: point.commandId });
  return change.commit(decideWords.snoozeUndone);
}

function goBack(
  situation: Situation,
  record: CaseRecord,
  point: UndoPoint,
  command: Command<DeedOf<'undo'> | DeedOf<'not-a-reply'>>,
  seal: Seal,
): Decision {
  const template = point.templateId === situation.template.id ? situation.template : situation.otherTemplate;
  if (template?.id !== point.templateId) return refuse('unknown-template', decideWords.templateGone);
  const back = positionOf(point);
  // The position may have been retired since, or ask for more than it did.
  const wrong = checkTarget(template, null, back);
  if (wrong) return wrong;

  const change = new Change(situation, command, record, 'person', seal);
  const setNative = change.nativeHere() !== null || point.messageSent;
  change.leave();
  for (const timer of change.openTimers()) if (timer.ruleId !== null) change.cancel(timer);
  change.template = template;
  change.next = {
    ...change.next,
    ...back,
    templateId: template.id,
    templateVersion: template.version,
    enteredAt: point.enteredAt,
    customerRepliedAt: point.customerRepliedAt,
    attention: null,
    undo: null,
  };
  for (const { timer, remainingMs } of point.timers) {
    // What a timer did by itself and a person took back does not happen again by itself.
    const again = restored(change, timer, remainingMs, timer.timerId === point.timerId);
    if (again) change.setTimer(again);
    if (again && timer.heldFor === 'decision' && timer.heldAt === point.at)
      change.next = { ...change.next, attention: { code: 'timer-held', message: decideWords.takenBack } };
  }
  const { deed } = command;
  change.note(
    deed.type === 'undo'
      ? { type: 'undone', from: positionOf(record), to: back, undoneCommandId: deed.undoes }
      : { type: 'not-a-reply', messageId: deed.messageId, to: back },
  );

  const own = situation.effects.find((effect) => effect.commandId === point.commandId && effect.kind === 'desk-write');
  // Written already, or perhaps: put the help desk's own status back.
  if (setNative && point.nativeStatus !== null && (!own || mayBeOut(own)))
    change.write({ message: null, ruleId: null, immediate: true, status: point.nativeStatus });
  return change.commit([decideWords.undone(positionName(template, back)), ...aboutMessage(own, point)].join(' '));
}

/** What has become of the message of the change that was taken back. */
function aboutMessage(own: Effect | undefined, point: UndoPoint): string[] {
  if (point.messageSent) return [decideWords.messageIsThere];
  if (own?.write?.message?.visibility !== 'public') return [];
  return [mayBeOut(own) ? decideWords.messageMayBeThere : decideWords.messageNotSent];
}

/** A timer as it was, with what remained of it; `null` where its rule is gone from the template since. */
function restored(change: Change, timer: Timer, remainingMs: number, forDecision: boolean): Timer | null {
  const rule = change.ruleOf(timer);
  if (!rule) return null;
  const { at } = change.command;
  const { caseKey, generation } = change.next;
  const timerId = timerIdOf(caseKey, generation, rule.id, timer.occurrence);
  const again: Timer = { ...timer, timerId, generation, kind: rule.kind, scope: scopeOf(rule) };
  const heldFor = forDecision ? 'decision' : waitsForPerson(timer) ? timer.heldFor : change.stopOf(rule);
  // What stood still then, and does so now, has not moved.
  if (timer.state === 'held' && heldFor !== null) return { ...again, heldFor };
  const why = 'undone, the time in between does not count';
  const running = goingOn(again, remainingMs, at, change.situation.calendar, why);
  return heldFor === null ? running : held(running, at, heldFor);
}
