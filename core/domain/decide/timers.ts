import { caseWords } from '../../words/case';
import { decideWords } from '../../words/decide';
import type { BusinessCalendar } from '../calendar';
import { dueAfter, remainingMs, resumeAt } from '../calendar';
import type { CaseRecord, Effect, Instant, Timer } from '../case';
import { plainWait } from '../duration';
import type { TimerRule, Wait } from '../template';
import { findStatus, findTimerRule, positionName, sameNative } from '../template';
import type { Seal } from './change';
import {
  Change,
  CLOCK_TOLERANCE_MS,
  held,
  MOVED_ELSEWHERE,
  moved,
  positionOf,
  remainingOf,
  SNOOZED,
  startTracking,
  waitsForPerson,
} from './change';
import type { Command, Committed, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';
import { newerFacts } from './facts';
import { checkTarget, mappedStatus } from './target';
import { undoPoint } from './undo';

/** A clock that jumped further than this does not act. */
export const MAX_LATE_MS = 400 * 86_400_000;
/** Further ahead a year was mistyped. Calendars count a hundred years, and what is held or moved on again comes on top. */
const MOST_YEARS_AHEAD = 50;
const MAX_AHEAD_MS = MOST_YEARS_AHEAD * 366 * 86_400_000;
/** Why new dates have not moved a timer further, in its proof. */
const NOTICE = 'not without notice';
/** A reminder this late (or later than a tenth of the way) moves the close behind it. */
const LATE_MS = 3_600_000;

/** The timer that may act now, or why it may not: those of a generation that was left never act, and none acts early. */
function dueTimer(change: Change, timerId: string): Timer | Decision {
  const { situation, command, next } = change;
  const stored = situation.timers.find((candidate) => candidate.timerId === timerId);
  if (stored?.state !== 'armed' || stored.generation !== next.generation)
    return refuse('stale-timer', decideWords.leftStatus);
  if (command.at < stored.dueAt) return refuse('too-early', decideWords.notDue);
  const timer = change.openTimers().find((candidate) => candidate.timerId === timerId && candidate.state === 'armed');
  // The version that the case has just gone on with keeps it from acting.
  return timer ?? change.commit(decideWords.doesNotAct);
}

export function decideTimerFired(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  deed: Omit<DeedOf<'timer-fired'>, 'type'>,
  seal: Seal,
): Decision {
  const { template } = situation;
  const change = new Change(situation, command, record, 'timer', seal);
  const timer = dueTimer(change, deed.timerId);
  if ('ok' in timer) return timer;
  const lateMs = command.at - timer.dueAt;
  const rule = findTimerRule(template, timer.ruleId);
  if (lateMs > MAX_LATE_MS) return holdForDecision(change, timer, decideWords.clockJumped);
  const fired = () => {
    change.setTimer({ ...timer, state: 'fired' });
    const { kind, ruleId, occurrence } = timer;
    change.note({ type: 'timer-fired', ruleId, kind, occurrence, lateMs, verified: deed.verified });
  };
  if (!rule) {
    fired();
    change.notify('reminder', decideWords.youAsked(record.subject), timer.note || positionName(template, record), null);
    return change.commit(decideWords.reminded);
  }
  const toCustomer = tellsCustomer(rule);
  // Nobody wants to be chased, or closed, for what they have just answered.
  if (record.customerRepliedAt !== null && rule.kind !== 'notice' && (toCustomer || rule.does.type === 'change'))
    return holdForDecision(change, timer, decideWords.lookAtReply, 'customer-replied');

  const mindsDesk = toCustomer || rule.does.type === 'change';
  const native = mindsDesk ? movedElsewhere(change, deed.closedThere === true) : null;
  if (native !== null) return holdForDecision(change, timer, decideWords.lookAtTicket(native), MOVED_ELSEWHERE);
  if (toCustomer && statusNotTaken(change)) return holdForDecision(change, timer, decideWords.statusNotTaken);

  if (rule.does.type === 'message') {
    fired();
    if (record.attention?.code === 'desk-unread') change.next = { ...change.next, attention: null };
    if (toCustomer) moveClosesBehind(change, timer);
    if (rule.repeat && timer.occurrence < rule.repeat.times) change.arm(rule, timer.occurrence + 1);
    change.send(rule.id, rule.does, true);
    const what = decideWords.messages[rule.kind === 'notice' ? 'notice' : 'reminder'];
    if (rule.does.via === 'reply')
      change.notify(
        'told',
        decideWords.messageAbout(what, record.subject),
        decideWords.messageWent(what, record.requester?.name || caseWords.theCustomer, positionName(template, record)),
        rule.id,
      );
    return change.commit(decideWords.fired(what));
  }

  const blocked = noticeBefore(change, timer);
  if (blocked === 'on-its-way') return refuse('notice-on-its-way', decideWords.stillSending);
  if (blocked === 'not-delivered') return holdForDecision(change, timer, decideWords.undelivered);
  const { to } = rule.does;
  const wrong = checkTarget(template, record.statusId, to);
  if (wrong) return holdForDecision(change, timer, wrong.message);

  const undo = undoPoint(change, { timerId: timer.timerId, replyId: null });
  fired();
  change.leave();
  change.next = { ...change.next, undo };
  change.enter(to, { type: 'entered', from: positionOf(record), to, note: null });
  change.notify(
    'changed',
    decideWords.movedAbout(positionName(template, to), record.subject),
    decideWords.withoutAnswer(positionName(template, record)),
    rule.id,
  );
  return change.commit(decideWords.nowAt(positionName(template, to)));
}

/**
 * What the help desk calls it, where somebody has closed the ticket there behind our back, or has opened again what is
 * closed here; else `null`.
 * @param closedThere it is closed as the help desk sees it, which counts where the template does not know the status
 */
function movedElsewhere({ situation, template, next }: Change, closedThere: boolean): string | null {
  const { nativeStatus, expectedNativeStatus } = next;
  if (nativeStatus === null || expectedNativeStatus === null || sameNative(nativeStatus, expectedNativeStatus))
    return null;
  const shown = findStatus(template, mappedStatus(template, situation, nativeStatus) ?? '');
  const endedThere = shown ? shown.category === 'done' : closedThere;
  // Two names for an end are no news: some help desks go from "solved" to "closed" by themselves.
  const endedHere = findStatus(template, next.statusId)?.category === 'done';
  return endedThere === endedHere ? null : nativeStatus;
}

/** A person lets the case go on though the ticket was closed, or opened, in the help desk: they have seen that it was. */
function acceptMoved(change: Change): void {
  const asked = change.next.attention?.code === MOVED_ELSEWHERE;
  const native = movedElsewhere(change, false) ?? (asked ? movedElsewhere(change, true) : null);
  if (native !== null) change.next = { ...change.next, expectedNativeStatus: native };
}

/** What a customer would be told may not be so in the help desk: it has refused the status, or nobody knows whether it has. */
function statusNotTaken({ situation, next }: Change): boolean {
  return situation.effects.some(
    ({ generation, state, write }) =>
      generation === next.generation && write?.status != null && (state === 'failed' || state === 'uncertain'),
  );
}

function tellsCustomer({ does }: TimerRule): boolean {
  return does.type === 'message' && does.via === 'reply';
}

/**
 * A change of status by itself comes after every message to the customer that was due before it: one that has fallen due
 * or is being sent goes first, one that did not arrive stops it.
 */
function noticeBefore(change: Change, close: Timer): 'on-its-way' | 'not-delivered' | null {
  const messages = change.situation.effects.filter(
    (effect) => effect.generation === change.next.generation && effect.write?.message?.visibility === 'public',
  );
  const earlier = change.openTimers().filter((timer) => {
    const rule = findTimerRule(change.template, timer.ruleId);
    return rule?.kind === 'reminder' && tellsCustomer(rule) && timer.dueAt <= close.dueAt;
  });
  if (messages.some((effect) => effect.state === 'failed' || effect.state === 'uncertain')) return 'not-delivered';
  if (earlier.some(waitsForPerson)) return 'not-delivered';
  if (messages.length > 0 || earlier.some((timer) => timer.state === 'armed')) return 'on-its-way';
  return null;
}

/** A clock of the case does not start anew with each reminder of a position. */
function restartsAlone(close: Timer, notice: Timer): boolean {
  return close.scope === 'case' && notice.scope === 'position';
}

/** No close overtakes its own notice: the time between them stays, also when the notice was late or held. */
function moveClosesBehind(change: Change, notice: Timer): void {
  const { at } = change.command;
  const { calendar } = change.situation;
  for (const timer of change.openTimers()) {
    const rule = findTimerRule(change.template, timer.ruleId);
    if (rule?.does.type !== 'change' || restartsAlone(timer, notice)) continue;
    const { wait } = timer.proof.derivation;
    // Counted by the dates of both today, and by those of their beginning: one of them may have been held alone.
    const distanceMs = Math.max(
      remainingMs(wait, notice.dueAt, timer.dueAt, calendar),
      remainingMs(wait, notice.proof.firstDueAt, timer.proof.firstDueAt, calendar),
    );
    if (distanceMs <= 0) continue;
    const dueAt = resumeAt(wait, distanceMs, timer.heldAt ?? at, calendar);
    if (dueAt - timer.dueAt < Math.min(LATE_MS, distanceMs / 10)) continue;
    const behind = moved(timer, dueAt, at, 'the reminder before it was late');
    if (timer.heldFor === 'review') change.release(behind);
    else change.setTimer(behind);
  }
}

/**
 * A message to the customer has arrived long after it was decided: closes of its position wait for as much longer, so that
 * the customer has the time that it promises them. One that stands still is moved as well: what remains of it is counted
 * from when it stopped, which may have been before the message arrived.
 */
export function moveClosesBehindLate(change: Change, owedAt: Instant): void {
  const { at } = change.command;
  const { calendar } = change.situation;
  if (at - owedAt < LATE_MS) return;
  for (const timer of change.openTimers()) {
    if (findTimerRule(change.template, timer.ruleId)?.does.type !== 'change') continue;
    if (timer.scope === 'case' || timer.dueAt <= owedAt) continue;
    const { wait } = timer.proof.derivation;
    const dueAt = resumeAt(wait, remainingMs(wait, owedAt, timer.dueAt, calendar), at, calendar);
    change.setTimer(moved(timer, dueAt, at, 'the message before it arrived late'));
  }
}

/** Lets an effect go on, or stand still on hold: what it was late by then is made good at once, as if it had arrived. */
export function settleMessage(change: Change, effect: Effect): void {
  const owedAt = change.settleEffect(effect);
  if (owedAt !== undefined) moveClosesBehindLate(change, owedAt);
}

function holdForDecision(change: Change, timer: Timer, why: string, code = 'timer-held'): Committed {
  change.setTimer(held(timer, change.command.at, 'decision'));
  change.next = { ...change.next, attention: { code, message: why } };
  change.note({ type: 'timer-held', ruleId: timer.ruleId, kind: timer.kind, why });
  change.notify('decision', decideWords.needsDecision(change.next.subject), why, timer.ruleId);
  return change.commit(why);
}

export function decideTimerLate(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'timer-late'>>,
  seal: Seal,
): Decision {
  const change = new Change(situation, command, record, 'timer', seal);
  const timer = dueTimer(change, command.deed.timerId);
  if ('ok' in timer) return timer;
  const why = decideWords.nobodyThere;
  change.setTimer(held(timer, command.at, 'review'));
  change.next = { ...change.next, attention: { code: 'timer-held', message: why } };
  change.note({ type: 'timer-held', ruleId: timer.ruleId, kind: timer.kind, why });
  return change.commit(why);
}

/** A person has looked at a held timer. One that may act does so at its date, or now, and everything is checked again. */
export function decideSettleTimer(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'settle-timer'>>,
  seal: Seal,
): Decision {
  const { timerId, how } = command.deed;
  const change = new Change(situation, command, record, 'person', seal);
  const timer = change.openTimers().find((candidate) => candidate.timerId === timerId);
  if (timer?.generation !== record.generation || !waitsForPerson(timer))
    return refuse('stale-timer', decideWords.settledAlready);
  if (how === 'drop') change.cancel(timer);
  else
    change.release({
      ...moved(timer, Math.max(command.at, timer.dueAt), command.at, 'let go by a person'),
      state: 'armed',
      heldAt: null,
      heldFor: null,
    });
  const waits = change.openTimers().some(waitsForPerson);
  if (how === 'act') acceptMoved(change);
  // Who lets the case go on has seen the reply.
  change.next = {
    ...change.next,
    attention: waits ? change.next.attention : null,
    customerRepliedAt: how === 'act' ? null : change.next.customerRepliedAt,
  };
  change.note({ type: 'timer-settled', ruleId: timer.ruleId, kind: timer.kind, how });
  if (how === 'drop') return change.commit(decideWords.droppedTimer);
  const settled = change.openTimers().find((other) => other.timerId === timerId);
  return change.commit(settled?.state === 'armed' ? decideWords.goesOn : decideWords.goesOnAfterHold);
}

/** The ticket could not be read before a timer acts: the rule says what then. */
export function decideTimerUnverifiable(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'timer-unverifiable'>>,
  seal: Seal,
): Decision {
  const { timerId, why, retryAt } = command.deed;
  const change = new Change(situation, command, record, 'timer', seal);
  const timer = dueTimer(change, timerId);
  if ('ok' in timer) return timer;
  const choice = findTimerRule(situation.template, timer.ruleId)?.ifUnread;
  if (choice === 'act') return decideTimerFired(situation, record, command, { timerId, verified: false }, seal);
  if (retryAt === null || choice === 'ask') return holdForDecision(change, timer, why);
  change.setTimer({ ...timer, nextAt: retryAt, unreadSince: timer.unreadSince ?? command.at });
  // What waits for a person is more than what is tried again.
  if (record.attention === null || record.attention.code === 'desk-unread')
    change.next = { ...change.next, attention: { code: 'desk-unread', message: why } };
  return change.commit(why);
}

export function decideHold(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'hold'>>,
  seal: Seal,
): Decision {
  const { on } = command.deed;
  const remindOnHold = on && command.deed.remindOnHold;
  // A timer that waits for a person is released by the same word.
  if (record.hold === on && record.remindOnHold === remindOnHold && (on || !situation.timers.some(waitsForPerson)))
    return refuse('nothing-to-do', on ? decideWords.onHoldAlready : decideWords.notOnHold);
  const change = new Change(situation, command, record, 'person', seal);
  if (!on && record.attention?.code === MOVED_ELSEWHERE) acceptMoved(change);
  change.next = { ...change.next, hold: on, remindOnHold, attention: on ? change.next.attention : null };
  for (const timer of change.openTimers())
    if (on) change.settle(timer);
    else change.release(timer);
  for (const effect of situation.effects) settleMessage(change, effect);
  change.note({ type: 'hold', on, remindOnHold });
  if (!on) return change.commit(decideWords.released);
  return change.commit(remindOnHold ? decideWords.heldButReminds : decideWords.held);
}

/** Moves a timer to a later date, and what is due after it by the same time, so that the distance stays. */
export function decideSnooze(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'snooze'>>,
  seal: Seal,
): Decision {
  const { timerId, until } = command.deed;
  const change = new Change(situation, command, record, 'person', seal);
  const timer = change.openTimers().find((candidate) => candidate.timerId === timerId);
  if (timer?.generation !== record.generation) return refuse('stale-timer', decideWords.leftStatus);
  if (until <= command.at || until <= timer.dueAt) return refuse('bad-time', decideWords.snoozeLater);
  const byMs = until - timer.dueAt;
  const own = situation.effects.some(
    (effect) => effect.commandId === record.undo?.commandId && effect.state === 'pending',
  );
  const undo = undoPoint(change, { timerId: null, replyId: null });
  const along = change
    .openTimers()
    .filter(
      (other) =>
        other.timerId === timerId || (timer.ruleId !== null && other.ruleId !== null && other.dueAt >= timer.dueAt),
    );
  if (along.some((other) => other.dueAt + byMs - command.at > MAX_AHEAD_MS))
    return refuse('bad-time', decideWords.tooFarAhead(MOST_YEARS_AHEAD));
  for (const other of along) change.setTimer(moved(other, other.dueAt + byMs, command.at, SNOOZED));
  // What is still on its way is what a person wants to take back first. A note-to-self is simply set again.
  if (!own && timer.ruleId !== null) change.next = { ...change.next, undo };
  change.note({ type: 'snoozed', byMs, timerIds: along.map((other) => other.timerId) });
  return change.commit(along.length > 1 ? decideWords.snoozedAlong : decideWords.snoozed);
}

export function decideRemindMe(situation: Situation, command: Command<DeedOf<'remind-me'>>, seal: Seal): Decision {
  const { at, note, facts } = command.deed;
  if (at <= command.at) return refuse('bad-time', decideWords.remindLater);
  if (at - command.at > MAX_AHEAD_MS) return refuse('bad-time', decideWords.tooFarAhead(MOST_YEARS_AHEAD));
  const record = situation.record ?? startTracking(situation, facts, command.at);
  const change = new Change(situation, command, { ...record, ...newerFacts(record, facts) }, 'person', seal);
  const timerId = `${record.caseKey}#remind-me#${command.commandId}`;
  change.setTimer({
    timerId,
    caseKey: record.caseKey,
    ruleId: null,
    kind: 'remind-me',
    scope: 'case',
    generation: record.generation,
    occurrence: 1,
    note,
    state: 'armed',
    dueAt: at,
    nextAt: at,
    heldAt: null,
    heldFor: null,
    unreadSince: null,
    proof: {
      derivation: { from: command.at, wait: plainWait(at - command.at), calendar: null },
      firstDueAt: at,
      shifts: [],
    },
  });
  change.note({ type: 'remind-me', timerId, at, note });
  return change.commit(decideWords.willRemind);
}

export function decideDropRemindMe(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'drop-remind-me'>>,
  seal: Seal,
): Decision {
  const { timerId } = command.deed;
  const timer = situation.timers.find((candidate) => candidate.timerId === timerId && candidate.kind === 'remind-me');
  if (!timer) return refuse('stale-timer', decideWords.noSuchReminder);
  const change = new Change(situation, command, record, 'person', seal);
  change.cancel(timer);
  change.note({ type: 'remind-me-dropped', timerId });
  return change.commit(decideWords.reminderDropped);
}

/** Timers that run get the dates of a version just published; none falls due sooner than the notice allows. */
export function decideRetime(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'retime'>>,
  seal: Seal,
): Decision {
  const { template, calendar } = situation;
  const { version, noticeMs, toldIn } = command.deed;
  // A version that came after it has dates of its own, which nobody has agreed to.
  if (template.version !== version) return refuse('nothing-to-do', decideWords.otherVersion);
  const change = new Change(situation, command, record, 'template', seal);
  const before = new Map(change.openTimers().map((timer) => [timer.timerId, timer.dueAt]));
  const counted = change.openTimers().flatMap((timer) => {
    const rule = findTimerRule(template, timer.ruleId);
    if (!rule) return [];
    // What a customer may have read is kept: no change of status comes sooner than it would have.
    const announced =
      rule.does.type === 'change' && toldIn !== null && (timer.scope === 'case' || toldIn >= timer.generation);
    const noticeAt = announced ? Number.POSITIVE_INFINITY : command.at + noticeMs;
    return [{ rule, timer: recounted(timer, rule, command.at, noticeAt, calendar) }];
  });
  const notices = counted.filter(({ rule }) => tellsCustomer(rule)).map(({ timer }) => timer);
  const timers = counted.map(({ rule, timer }) =>
    rule.does.type === 'change' ? behind(timer, notices, command.at, calendar) : timer,
  );
  const redated = timers.filter(({ timerId, dueAt }) => dueAt !== before.get(timerId));
  if (redated.length === 0) return refuse('nothing-to-do', decideWords.datesRight);
  // Also those that keep their date: what is counted on from them is counted by the present rule.
  for (const timer of timers) change.setTimer(timer);
  change.note({ type: 'retimed', timerIds: redated.map(({ timerId }) => timerId) });
  return change.commit(decideWords.newDates(redated.length));
}

/** A timer counted anew by the present rule; what else has moved it moves it still, but no earlier notice. */
function recounted(timer: Timer, rule: TimerRule, at: Instant, noticeAt: Instant, calendar: BusinessCalendar): Timer {
  const wait = timer.occurrence > 1 && rule.repeat ? rule.repeat.every : rule.after;
  const fresh = dueAfter(wait, timer.proof.derivation.from, calendar);
  const shifts = timer.proof.shifts.filter(({ why }) => why !== NOTICE);
  const wanted = shifts.reduce((dueAt, { byMs }) => dueAt + byMs, fresh.dueAt);
  const dueAt = Math.max(wanted, soonestDueAt(timer, wait, at, noticeAt, calendar));
  const proof = { derivation: fresh.derivation, firstDueAt: fresh.dueAt, shifts };
  const next = moved({ ...timer, dueAt: wanted, proof }, dueAt, at, NOTICE);
  const { nextAt, unreadSince } = dueAt === timer.dueAt ? timer : next;
  return { ...next, nextAt, unreadSince };
}

/** What was due sooner than the notice anyway keeps its date. One that stands still does as if it went on now. */
function soonestDueAt(timer: Timer, wait: Wait, at: Instant, noticeAt: Instant, calendar: BusinessCalendar): Instant {
  if (timer.heldAt === null) return Math.min(timer.dueAt, noticeAt);
  const goesOnTo = resumeAt(timer.proof.derivation.wait, remainingOf(timer, at, calendar), at, calendar);
  const remaining = remainingMs(wait, at, Math.min(goesOnTo, noticeAt), calendar);
  return resumeAt(wait, remaining, timer.heldAt, calendar);
}

/** Leaves a change of status the days that its rule gives it after a message before it, where that one has to wait. */
function behind(close: Timer, notices: readonly Timer[], at: Instant, calendar: BusinessCalendar): Timer {
  const { derivation, firstDueAt } = close.proof;
  const after = notices.flatMap((notice) => {
    // Where one of the two stands still alone, the days are given when the message goes out.
    if (notice.heldAt !== close.heldAt || restartsAlone(close, notice)) return [];
    const distanceMs = remainingMs(derivation.wait, notice.proof.firstDueAt, firstDueAt, calendar);
    return distanceMs > 0 ? [resumeAt(derivation.wait, distanceMs, notice.dueAt, calendar)] : [];
  });
  return moved(close, Math.max(close.dueAt, ...after), at, NOTICE);
}

/** Nothing was done; the clock alone is behind what was written last. */
export function decideClockBack(situation: Situation, record: CaseRecord, command: Command, seal: Seal): Decision {
  if (record.changedAt - command.at <= CLOCK_TOLERANCE_MS) return refuse('nothing-to-do', decideWords.clockRight);
  return new Change(situation, command, record, 'timer', seal).commit(decideWords.clockWentBack);
}
