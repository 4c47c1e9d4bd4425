import { resumeAt } from '../calendar';
import type { CaseRecord, PositionWithTag, Timer, UndoPoint } from '../case';
import { findTimerRule, positionName } from '../template';
import type { Seal } from './change';
import { Change, held, isHeldByHold, moved, positionOf, released, remainingOf, timerIdOf } from './change';
import type { Command, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';

/** What the change that is being made would go back to: the case as it is before. */
export function undoPoint(change: Change, by: { timerId: string | null; replyId: string | null }): UndoPoint {
  const { next, command, situation } = change;
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
      .filter((timer) => timer.kind !== 'remind-me')
      .map((timer) => ({ timer, remainingMs: remainingOf(timer, command.at, situation.calendar) })),
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
    return refuse(
      'nothing-to-undo',
      `There is nothing to undo any more. The case is ${positionName(situation.template, record)}.`,
    );
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
    return refuse('nothing-to-undo', 'The case has gone on since that reply.');
  const change = new Change(situation, command, record, 'person', seal);
  if (record.attention?.code === 'customer-replied') {
    for (const timer of change.openTimers())
      if (timer.heldFor === 'decision') change.setTimer(released(timer, command.at, situation.calendar, 'held'));
    change.next = { ...change.next, attention: null };
  }
  change.next = { ...change.next, customerRepliedAt: null };
  change.note({ type: 'not-a-reply', messageId, to: positionOf(record) });
  return change.commit('Noted: this was not a reply.');
}

/** A snooze is undone by putting every timer back to where it was; time has gone on meanwhile. */
function undoTimers(
  situation: Situation,
  record: CaseRecord,
  point: UndoPoint,
  command: Command,
  seal: Seal,
): Decision {
  const change = new Change(situation, command, record, 'person', seal);
  const before = new Map(point.timers.map(({ timer }) => [timer.timerId, timer]));
  for (const timer of change.openTimers()) {
    const old = before.get(timer.timerId);
    if (old && old.dueAt !== timer.dueAt) change.setTimer(moved(timer, old.dueAt, command.at, 'snooze undone'));
  }
  change.next = { ...change.next, undo: null };
  const back = positionOf(record);
  change.note({ type: 'undone', from: back, to: back, undoneCommandId: point.commandId });
  return change.commit('Undone. The timers are back to their dates.');
}

function goBack(
  situation: Situation,
  record: CaseRecord,
  point: UndoPoint,
  command: Command<DeedOf<'undo'> | DeedOf<'not-a-reply'>>,
  seal: Seal,
): Decision {
  const template = point.templateId === situation.template.id ? situation.template : situation.otherTemplate;
  if (template?.id !== point.templateId)
    return refuse('unknown-template', 'The template that this case had before is not there any more.');

  const change = new Change(situation, command, record, 'person', seal);
  const back: PositionWithTag = { statusId: point.statusId, subStatusId: point.subStatusId, tagId: point.tagId };
  change.leave();
  for (const timer of change.openTimers()) if (timer.kind !== 'remind-me') change.cancel(timer);
  change.template = template;
  change.next = {
    ...change.next,
    ...back,
    templateId: template.id,
    templateVersion: template.version,
    enteredAt: point.enteredAt,
    customerRepliedAt: point.customerRepliedAt,
    attention: null,
    generation: record.generation + 1,
    undo: null,
  };
  for (const timer of change.openTimers()) change.setTimer({ ...timer, generation: change.next.generation });
  for (const { timer, remainingMs } of point.timers) {
    // What a timer did by itself and a person took back does not happen again by itself.
    const again = restored(change, timer, remainingMs, timer.timerId === point.timerId);
    if (again) change.setTimer(again);
  }
  const { deed } = command;
  change.note(
    deed.type === 'undo'
      ? { type: 'undone', from: positionOf(record), to: back, undoneCommandId: deed.undoes }
      : { type: 'not-a-reply', messageId: deed.messageId, to: back },
  );

  const own = situation.effects.filter(
    (effect) => effect.commandId === point.commandId && effect.kind === 'desk-write',
  );
  const messageWaits = own.some((effect) => effect.write?.message && effect.state === 'pending');
  // Written already (or just being written): put the help desk's own status back.
  if (point.nativeStatus !== null && (own.length === 0 || own.some((effect) => effect.state !== 'pending')))
    change.write({ body: null, visibility: 'public', ruleId: null, immediate: true, status: point.nativeStatus });
  const aboutMessage = messageWaits
    ? ' The message was not sent.'
    : point.messageSent
      ? ' The message is already with the customer.'
      : '';
  return change.commit(`Undone. The case is ${positionName(template, back)} again.${aboutMessage}`);
}

/** A timer as it was, with what remained of it; `null` where its rule is gone from the template since. */
function restored(change: Change, timer: Timer, remainingMs: number, forDecision: boolean): Timer | null {
  const rule = findTimerRule(change.template, timer.ruleId);
  if (!rule) return null;
  const { at } = change.command;
  const { caseKey, generation, hold, remindOnHold } = change.next;
  const onHold = hold && isHeldByHold(rule, remindOnHold);
  const heldFor = forDecision ? 'decision' : onHold ? 'hold' : timer.heldFor === 'hold' ? null : timer.heldFor;
  const dueAt = resumeAt(timer.proof.derivation.wait, remainingMs, at, change.situation.calendar);
  const again: Timer = {
    ...moved(timer, dueAt, at, 'undone, the time in between does not count'),
    timerId: timerIdOf(caseKey, generation, rule.id, timer.occurrence),
    generation,
    state: 'armed',
    heldAt: null,
    heldFor: null,
  };
  return heldFor === null ? again : held(again, at, heldFor);
}
