import type {
  CaseRecord,
  Cause,
  DeskWrite,
  Effect,
  EffectState,
  HistoryEntry,
  HistoryWhat,
  Instant,
  Person,
  PositionWithTag,
  TicketFacts,
  Timer,
} from './case';
import { caseKeyOf } from './case';
import { durationMs } from './duration';
import { FIRST_HASH, hashText, sealEntry } from './history';
import { dateWords, renderMessage } from './message';
import type { CaseTemplate, Target, TimerRule } from './template';
import { findStatus, findSubStatus, positionName, samePosition } from './template';

/** How long a message of a person's change waits, visibly, before it leaves the browser. */
export const HOLD_MS = 10_000;
/** A clock that jumped further than this does not act. */
export const MAX_LATE_MS = 400 * 86_400_000;
/** A reminder this late (or later than a tenth of the way) moves the close behind it. */
const LATE_MS = 3_600_000;

/** Everything that a decision rests on; loaded in the transaction that stores what comes out of it. */
export interface Situation {
  template: CaseTemplate;
  /** `null`: the case is not tracked yet. */
  record: CaseRecord | null;
  /** The case's timers that are armed or held. */
  timers: readonly Timer[];
  /** The case's effects, except those that are done or cancelled. */
  effects: readonly Effect[];
  siteId: string;
  adapterId: string;
  /** IANA name; dates in messages are in it. */
  timeZone: string;
}

export type Deed =
  | {
      type: 'change';
      to: Target;
      note: string | null;
      skipMessage: boolean;
      facts: TicketFacts;
      seenGeneration: number | null;
    }
  | { type: 'undo'; undoes: string }
  | { type: 'hold'; on: boolean }
  | {
      type: 'timer-fired';
      timerId: string;
      /** False: the help desk was not read again just before. */
      verified: boolean;
    }
  | { type: 'timer-unverifiable'; timerId: string; why: string; retryAt: Instant | null }
  | { type: 'customer-replied'; messageId: string }
  | { type: 'native-seen'; facts: TicketFacts }
  | { type: 'settle-drift'; how: 'set-back' | 'ignore' }
  | {
      type: 'effect-outcome';
      effectId: string;
      state: EffectState;
      text: string;
      nativeStatus: string | null;
      retryAt: Instant | null;
      maybeSent?: boolean;
    }
  | { type: 'effect-again'; effectId: string }
  | { type: 'effect-drop'; effectId: string };

/** One command: everything that can happen to a case is one of these. */
export interface Command {
  commandId: string;
  at: Instant;
  /** `null`: an automation. */
  actor: Person | null;
  deed: Deed;
}

export type RefusalCode =
  | 'unknown-status'
  | 'unknown-sub-status'
  | 'unknown-tag'
  | 'sub-status-required'
  | 'tag-required'
  | 'transition-not-allowed'
  | 'changed-meanwhile'
  | 'not-tracked'
  | 'nothing-to-undo'
  | 'nothing-to-do'
  | 'stale-timer'
  | 'too-early'
  | 'notice-on-its-way'
  | 'unknown-effect';

export interface Refused {
  ok: false;
  code: RefusalCode;
  message: string;
}

export interface Committed {
  ok: true;
  next: CaseRecord;
  history: HistoryEntry[];
  /** Rows to write; those that are not named stay as they are. */
  timers: Timer[];
  effects: Effect[];
  /** One sentence for the person who asked. */
  message: string;
}

export type Decision = Committed | Refused;

const refuse = (code: RefusalCode, message: string): Refused => ({ ok: false, code, message });

/**
 * Decides what a command means. Pure and deterministic: the same situation and command give the same decision, byte for
 * byte. Expected failures are values; a situation that contradicts itself throws.
 */
export function decide(situation: Situation, command: Command): Decision {
  const { deed } = command;
  if (deed.type === 'change') return decideChange(situation, command, deed);
  const { record } = situation;
  if (!record) return refuse('not-tracked', 'This case is not tracked yet.');
  switch (deed.type) {
    case 'undo':
      return decideUndo(situation, record, command, deed.undoes);
    case 'hold':
      return decideHold(situation, record, command, deed.on);
    case 'timer-fired':
      return decideTimerFired(situation, record, command, deed);
    case 'timer-unverifiable':
      return decideTimerUnverifiable(situation, record, command, deed);
    case 'customer-replied':
      return decideCustomerReplied(situation, record, command, deed.messageId);
    case 'native-seen':
      return decideNativeSeen(situation, record, command, deed.facts);
    case 'settle-drift':
      return decideSettleDrift(situation, record, command, deed.how);
    case 'effect-outcome':
      return decideEffectOutcome(situation, record, command, deed);
    case 'effect-again':
    case 'effect-drop':
      return decideEffectSettled(situation, record, command, deed);
  }
}

/** Whether the template lets a case go to the target, and if not, why, in words. Binds people and automations alike (R5, R10). */
export function checkTarget(template: CaseTemplate, from: string | null, to: Target): Refused | null {
  const status = findStatus(template, to.statusId);
  if (!status) return refuse('unknown-status', `The template "${template.name}" has no such status.`);
  if (from !== null && from !== to.statusId) {
    const allowed = findStatus(template, from)?.mayBecome ?? null;
    if (allowed && !allowed.includes(to.statusId))
      return refuse(
        'transition-not-allowed',
        `${positionName(template, { statusId: from, subStatusId: null })} may not become ${status.name}.`,
      );
  }
  if (to.subStatusId === null) {
    if (status.subStatusRequired) return refuse('sub-status-required', `${status.name} needs a sub-status.`);
  } else if (!findSubStatus(status, to.subStatusId)) {
    return refuse('unknown-sub-status', `${status.name} has no such sub-status.`);
  }
  if (to.tagId === null) {
    if (status.tagRequired) return refuse('tag-required', `${status.name} needs a reason.`);
  } else if (!status.tags.some((tag) => tag.id === to.tagId)) {
    return refuse('unknown-tag', `${status.name} has no such reason.`);
  }
  return null;
}

/** The status that is shown for a ticket that is not tracked yet, from the help desk's own. */
export function statusOfNative(template: CaseTemplate, adapterId: string, nativeStatus: string | null): string {
  const mapped = nativeStatus === null ? undefined : template.native[adapterId]?.shows[nativeStatus];
  return mapped !== undefined && findStatus(template, mapped) ? mapped : template.initialStatusId;
}

/** Whether message id `a` is newer than `b`. Numbers of any length by value, other ids by text; `null` is older than all. */
export function isNewer(a: string, b: string | null): boolean {
  if (b === null) return true;
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return BigInt(a) > BigInt(b);
  return a > b;
}

/** Collects what one command does to one case, and hands it out as a `Committed`. */
class Change {
  readonly history: HistoryEntry[] = [];
  readonly timers: Timer[] = [];
  readonly effects: Effect[] = [];
  next: CaseRecord;

  constructor(
    readonly situation: Situation,
    readonly command: Command,
    record: CaseRecord,
    readonly cause: Cause,
  ) {
    this.next = { ...record, revision: record.revision + 1 };
  }

  note(what: HistoryWhat): void {
    const { next, command } = this;
    const seq = next.lastHistorySeq + 1;
    const entry = sealEntry(
      {
        caseKey: next.caseKey,
        seq,
        at: command.at,
        actor: command.actor,
        cause: this.cause,
        commandId: command.commandId,
        templateId: next.templateId,
        templateVersion: next.templateVersion,
        what,
        // Derived, so that the decision stays deterministic; the command id is random enough to hide the content.
        salt: hashText(`${command.commandId}/${seq}`),
      },
      next.lastHistoryHash,
    );
    this.history.push(entry);
    this.next = { ...next, lastHistorySeq: seq, lastHistoryHash: entry.hash };
  }

  /** Leaves the present position: its timers and everything still on its way are cancelled. */
  leave(): void {
    for (const timer of this.situation.timers) this.timers.push({ ...timer, state: 'cancelled', heldAt: null });
    this.cancelEffects(() => true);
  }

  cancelEffects(which: (effect: Effect) => boolean): void {
    // What is being sent at this moment cannot be fetched back; its outcome will be told.
    for (const effect of this.situation.effects)
      if (effect.state !== 'sending' && which(effect))
        this.effects.push(
          withoutText({ ...effect, state: 'cancelled', outcome: 'The case went on before it was sent.' }),
        );
  }

  /** Enters a position that `checkTarget` accepted: new generation, new timers, message and native status. */
  enter(
    to: PositionWithTag,
    note: string | null,
    options: { skipMessage: boolean; from: PositionWithTag | null },
  ): void {
    const { template } = this.situation;
    const { at } = this.command;
    this.next = {
      ...this.next,
      ...to,
      enteredAt: at,
      generation: this.next.generation + 1,
      customerRepliedAt: null,
      attention: null,
    };
    for (const rule of template.timers) if (samePosition(rule.when, to)) this.arm(rule, durationMs(rule.after));
    this.note({ type: 'entered', from: options.from, to, note });
    const rule = options.skipMessage ? undefined : template.onEntry.find((entry) => samePosition(entry.when, to));
    this.write({
      messageId: rule?.messageId ?? null,
      ruleId: rule?.id ?? null,
      immediate: this.cause !== 'person' || rule?.immediate === true,
    });
  }

  arm(rule: TimerRule, afterMs: number, state: 'armed' | 'held' = 'armed'): Timer {
    const { at } = this.command;
    const { caseKey, generation, enteredAt, hold } = this.next;
    const held = state === 'held' || (hold && isHeldByHold(rule.kind));
    const timer: Timer = {
      timerId: `${caseKey}#${generation}#${rule.id}`,
      caseKey,
      ruleId: rule.id,
      kind: rule.kind,
      generation,
      state: held ? 'held' : 'armed',
      dueAt: at + afterMs,
      nextAt: at + afterMs,
      heldAt: held ? at : null,
      unreadSince: null,
      proof: { enteredAt, afterMs: durationMs(rule.after), shifts: [] },
    };
    this.timers.push(timer);
    return timer;
  }

  /** One write for the help desk: the native status of the present position, and a message where there is one. */
  write(options: { messageId: string | null; ruleId: string | null; immediate: boolean; status?: string }): void {
    const { template, adapterId, siteId } = this.situation;
    const { next, command } = this;
    const native = options.status ?? template.native[adapterId]?.set[next.statusId] ?? null;
    const message = template.messages.find((candidate) => candidate.id === options.messageId);
    // A public reply can move the native status by itself, so the wanted one goes along with every message.
    const status = message || native !== next.nativeStatus ? native : null;
    if (!message && status === null) {
      // The help desk is there already (a customer's mail opens a ticket by itself): that is no drift.
      if (native !== null) this.next = { ...next, expectedNativeStatus: native };
      return;
    }
    const seq = this.effects.filter((effect) => effect.commandId === command.commandId).length + 1;
    const reference = hashText(`${next.caseKey}/${next.generation}/${options.ruleId}/${command.commandId}`).slice(
      0,
      10,
    );
    const write: DeskWrite = {
      status,
      message: message
        ? {
            body: `${this.render(message.body)}\n\n[ref:${reference}]`,
            visibility: 'public',
            reference: `[ref:${reference}]`,
          }
        : null,
    };
    this.effects.push({
      effectId: `${command.commandId}:${seq}`,
      caseKey: next.caseKey,
      siteId,
      commandId: command.commandId,
      generation: next.generation,
      seq: next.revision * 10 + seq,
      kind: 'desk-write',
      write,
      notification: null,
      actor: command.actor,
      ruleId: options.ruleId,
      notBefore: options.immediate ? command.at : command.at + HOLD_MS,
      state: 'pending',
      attempts: 0,
      maybeSent: false,
      outcome: null,
    });
  }

  notify(title: string, body: string, ruleId: string | null): void {
    const { next, command } = this;
    const seq = this.effects.filter((effect) => effect.commandId === command.commandId).length + 1;
    this.effects.push({
      effectId: `${command.commandId}:${seq}`,
      caseKey: next.caseKey,
      siteId: next.siteId,
      commandId: command.commandId,
      generation: next.generation,
      seq: next.revision * 10 + seq,
      kind: 'notification',
      write: null,
      notification: { title, body },
      actor: null,
      ruleId,
      notBefore: command.at,
      state: 'pending',
      attempts: 0,
      maybeSent: false,
      outcome: null,
    });
  }

  private render(body: string): string {
    const { template, timeZone } = this.situation;
    const { next } = this;
    const close = [...this.timers, ...this.situation.timers].find(
      (timer) => timer.kind === 'auto-close' && timer.generation === next.generation && timer.state !== 'cancelled',
    );
    return renderMessage(body, {
      customer: next.requester?.name || 'customer',
      subject: next.subject,
      ticket: next.ticketId,
      status: positionName(template, next),
      closes: close ? dateWords(close.dueAt, timeZone) : 'a later date',
    });
  }

  commit(message: string): Committed {
    return { ok: true, next: this.next, history: this.history, timers: this.timers, effects: this.effects, message };
  }
}

/** A message that is out, or never will be, is kept by its reference only: its text is in the ticket or nowhere. */
function withoutText(effect: Effect): Effect {
  const { write } = effect;
  if (!write?.message || (effect.state !== 'done' && effect.state !== 'cancelled')) return effect;
  return { ...effect, write: { ...write, message: { ...write.message, body: '' } } };
}

function positionOf(record: PositionWithTag): PositionWithTag {
  return { statusId: record.statusId, subStatusId: record.subStatusId, tagId: record.tagId };
}

/** Hold stops what would close the case or chase the customer; a notice about what has happened still goes out. */
function isHeldByHold(kind: TimerRule['kind']): boolean {
  return kind !== 'notice';
}

function undoPoint(
  record: CaseRecord,
  situation: Situation,
  command: Command,
  timerRuleId: string | null,
): CaseRecord['undo'] {
  return {
    commandId: command.commandId,
    at: command.at,
    ...positionOf(record),
    enteredAt: record.enteredAt,
    customerRepliedAt: record.customerRepliedAt,
    nativeStatus: record.nativeStatus,
    timers: situation.timers.map((timer) => ({
      ruleId: timer.ruleId,
      held: timer.state === 'held',
      proof: timer.proof,
      // A held timer's time stands still since it was held.
      remainingMs: timer.dueAt - (timer.heldAt ?? command.at),
    })),
    timerRuleId,
    messageSent: false,
  };
}

/** The record that a first change starts from: what was shown while the ticket was not tracked. */
function startTracking(situation: Situation, facts: TicketFacts, at: Instant): CaseRecord {
  const { template, siteId, adapterId } = situation;
  return {
    caseKey: caseKeyOf(siteId, facts.ticketId),
    siteId,
    ticketId: facts.ticketId,
    templateId: template.id,
    templateVersion: template.version,
    statusId: statusOfNative(template, adapterId, facts.nativeStatus),
    subStatusId: null,
    tagId: null,
    enteredAt: at,
    generation: 0,
    revision: 0,
    hold: false,
    customerRepliedAt: null,
    attention: null,
    lastCustomerMessageId: facts.lastMessageId,
    nativeStatus: facts.nativeStatus,
    expectedNativeStatus: facts.nativeStatus,
    subject: facts.subject,
    requester: facts.requester,
    assignee: facts.assignee,
    undo: null,
    lastHistorySeq: 0,
    lastHistoryHash: FIRST_HASH,
  };
}

function decideChange(situation: Situation, command: Command, deed: Deed & { type: 'change' }): Decision {
  const { template, record } = situation;
  if (record && record.generation !== deed.seenGeneration)
    return refuse(
      'changed-meanwhile',
      `Somebody changed this case meanwhile. It is now ${positionName(template, record)}.`,
    );
  const before = record ?? startTracking(situation, deed.facts, command.at);
  const wrong = checkTarget(template, before.statusId, deed.to);
  if (wrong) return wrong;

  const change = new Change(situation, command, { ...before, ...newerFacts(before, deed.facts) }, 'person');
  change.leave();
  change.next = { ...change.next, undo: undoPoint(before, situation, command, null) };
  change.enter(deed.to, deed.note, { skipMessage: deed.skipMessage, from: record ? positionOf(record) : null });
  return change.commit(`Now ${positionName(template, deed.to)}.`);
}

function newerFacts(record: CaseRecord, facts: TicketFacts): Pick<CaseRecord, 'subject' | 'requester' | 'assignee'> {
  return {
    subject: facts.subject || record.subject,
    requester: betterKnown(record.requester, facts.requester),
    assignee: facts.assignee,
  };
}

/** A help desk's API may know a person by login only, where its page has shown the name. */
export function betterKnown(known: Person | null, fresh: Person | null): Person | null {
  if (!fresh || (known && fresh.login === known.login && fresh.name === fresh.login)) return known;
  return fresh;
}

function decideUndo(situation: Situation, record: CaseRecord, command: Command, undoes: string): Decision {
  const { template } = situation;
  const point = record.undo;
  if (!point || point.commandId !== undoes)
    return refuse(
      'nothing-to-undo',
      `There is nothing to undo any more. The case is ${positionName(template, record)}.`,
    );

  const change = new Change(situation, command, record, 'person');
  const back: PositionWithTag = { statusId: point.statusId, subStatusId: point.subStatusId, tagId: point.tagId };
  change.leave();
  change.next = {
    ...change.next,
    ...back,
    enteredAt: point.enteredAt,
    customerRepliedAt: point.customerRepliedAt,
    attention: null,
    generation: record.generation + 1,
    undo: null,
  };
  for (const { ruleId, remainingMs, held, proof } of point.timers) {
    const rule = template.timers.find((candidate) => candidate.id === ruleId);
    if (!rule) continue;
    // What a timer did by itself and a person took back does not happen again by itself.
    const timer = change.arm(rule, remainingMs, held || ruleId === point.timerRuleId ? 'held' : 'armed');
    const shownAt = proof.enteredAt + proof.afterMs + proof.shifts.reduce((sum, shift) => sum + shift.byMs, 0);
    timer.proof = {
      ...proof,
      shifts: [
        ...proof.shifts,
        { at: command.at, byMs: timer.dueAt - shownAt, why: 'undone, the time in between does not count' },
      ],
    };
  }
  change.note({ type: 'undone', from: positionOf(record), to: back, undoneCommandId: undoes });

  const own = situation.effects.filter((effect) => effect.commandId === undoes && effect.kind === 'desk-write');
  const messageWaits = own.some((effect) => effect.write?.message && effect.state === 'pending');
  // Written already (or just being written): put the help desk's own status back.
  if (point.nativeStatus !== null && (own.length === 0 || own.some((effect) => effect.state !== 'pending')))
    change.write({ messageId: null, ruleId: null, immediate: true, status: point.nativeStatus });
  const aboutMessage = messageWaits
    ? ' The message was not sent.'
    : point.messageSent
      ? ' The message is already with the customer.'
      : '';
  return change.commit(`Undone. The case is ${positionName(template, back)} again.${aboutMessage}`);
}

function decideHold(situation: Situation, record: CaseRecord, command: Command, on: boolean): Decision {
  const heldTimers = situation.timers.some((timer) => timer.state === 'held');
  // A timer that waits for a decision is released by the same word.
  if (record.hold === on && (on || !heldTimers))
    return refuse('nothing-to-do', on ? 'The case is on hold already.' : 'The case is not on hold.');
  const change = new Change(situation, command, record, 'person');
  change.next = { ...change.next, hold: on };
  for (const timer of situation.timers) {
    if (on && timer.state === 'armed' && isHeldByHold(timer.kind))
      change.timers.push({ ...timer, state: 'held', heldAt: command.at });
    if (!on && timer.state === 'held') change.timers.push(released(timer, command.at));
  }
  if (!on) change.next = { ...change.next, attention: null };
  change.note({ type: 'hold', on });
  return change.commit(
    on
      ? 'On hold: it will not close by itself and the customer is not reminded.'
      : 'Hold released. Timers go on with what remained.',
  );
}

function released(timer: Timer, at: Instant): Timer {
  // One that was due already was held for a decision: released, it acts now.
  const dueAt = Math.max(at, timer.dueAt + at - (timer.heldAt ?? at));
  const byMs = dueAt - timer.dueAt;
  return {
    ...timer,
    state: 'armed',
    heldAt: null,
    unreadSince: null,
    dueAt,
    nextAt: dueAt,
    proof: { ...timer.proof, shifts: [...timer.proof.shifts, { at, byMs, why: 'held' }] },
  };
}

function decideTimerFired(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  deed: Deed & { type: 'timer-fired' },
): Decision {
  const { template } = situation;
  const timer = situation.timers.find((candidate) => candidate.timerId === deed.timerId);
  if (timer?.state !== 'armed' || timer.generation !== record.generation)
    return refuse('stale-timer', 'The case has left the status that this timer belongs to.');
  if (command.at < timer.dueAt) return refuse('too-early', 'This timer is not due yet.');
  const rule = template.timers.find((candidate) => candidate.id === timer.ruleId);
  const change = new Change(situation, command, record, 'timer');
  if (!rule) return holdTimer(change, timer, 'The template has no such rule any more.');
  const lateMs = command.at - timer.dueAt;
  if (lateMs > MAX_LATE_MS) return holdTimer(change, timer, 'The clock jumped by more than a year. Nothing was done.');

  if (rule.does.type === 'message') {
    change.timers.push({ ...timer, state: 'fired' });
    if (record.attention?.code === 'desk-unread') change.next = { ...change.next, attention: null };
    change.note({ type: 'timer-fired', ruleId: rule.id, kind: rule.kind, lateMs, verified: deed.verified });
    moveClosesBehind(change, timer, rule, lateMs);
    change.write({ messageId: rule.does.messageId, ruleId: rule.id, immediate: true });
    const what = rule.kind === 'notice' ? 'Closed notice' : 'Reminder';
    change.notify(
      `${what}: ${record.subject}`,
      `${what} to ${record.requester?.name || 'the customer'}. ${positionName(template, record)}.`,
      rule.id,
    );
    return change.commit(`${what} fired.`);
  }

  const notices = situation.effects.filter(
    (effect) => effect.generation === record.generation && effect.write?.message,
  );
  if (notices.some((effect) => effect.state === 'pending' || effect.state === 'sending'))
    return refuse('notice-on-its-way', 'The message before it is still being sent.');
  if (notices.length > 0)
    return holdTimer(
      change,
      timer,
      'A message to the customer could not be delivered, so the case does not change by itself.',
    );
  const wrong = checkTarget(template, record.statusId, rule.does.to);
  if (wrong) return holdTimer(change, timer, wrong.message);

  change.leave();
  change.timers.push({ ...timer, state: 'fired' });
  change.note({ type: 'timer-fired', ruleId: rule.id, kind: rule.kind, lateMs, verified: deed.verified });
  change.next = { ...change.next, undo: undoPoint(record, situation, command, rule.id) };
  change.enter(rule.does.to, null, { skipMessage: false, from: positionOf(record) });
  change.notify(
    `${positionName(template, rule.does.to)}: ${record.subject}`,
    `After ${positionName(template, record)} without an answer.`,
    rule.id,
  );
  return change.commit(`Now ${positionName(template, rule.does.to)}.`);
}

/** No close overtakes its own notice: the days between them stay, also when the notice was late. */
function moveClosesBehind(change: Change, notice: Timer, noticeRule: TimerRule, lateMs: number): void {
  for (const timer of change.situation.timers) {
    const rule = change.situation.template.timers.find((candidate) => candidate.id === timer.ruleId);
    if (timer.timerId === notice.timerId || rule?.does.type !== 'change') continue;
    const distanceMs = durationMs(rule.after) - durationMs(noticeRule.after);
    if (distanceMs <= 0 || lateMs < Math.min(LATE_MS, distanceMs / 10)) continue;
    const byMs = Math.max(0, change.command.at + distanceMs - timer.dueAt);
    if (byMs === 0) continue;
    change.timers.push({
      ...timer,
      dueAt: timer.dueAt + byMs,
      nextAt: timer.dueAt + byMs,
      proof: {
        ...timer.proof,
        shifts: [...timer.proof.shifts, { at: change.command.at, byMs, why: 'the reminder before it was late' }],
      },
    });
  }
}

function holdTimer(change: Change, timer: Timer, why: string): Committed {
  change.timers.push({ ...timer, state: 'held', heldAt: change.command.at });
  change.next = { ...change.next, attention: { code: 'timer-held', message: why } };
  change.note({ type: 'timer-held', ruleId: timer.ruleId, kind: timer.kind, why });
  change.notify(`Needs a decision: ${change.next.subject}`, why, timer.ruleId);
  return change.commit(why);
}

function decideTimerUnverifiable(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  deed: Deed & { type: 'timer-unverifiable' },
): Decision {
  const timer = situation.timers.find((candidate) => candidate.timerId === deed.timerId);
  if (timer?.state !== 'armed' || timer.generation !== record.generation)
    return refuse('stale-timer', 'The case has left the status that this timer belongs to.');
  const change = new Change(situation, command, record, 'timer');
  if (deed.retryAt === null) return holdTimer(change, timer, deed.why);
  change.timers.push({ ...timer, nextAt: deed.retryAt, unreadSince: timer.unreadSince ?? command.at });
  change.next = { ...change.next, attention: { code: 'desk-unread', message: deed.why } };
  return change.commit(deed.why);
}

function decideCustomerReplied(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  messageId: string,
): Decision {
  if (!isNewer(messageId, record.lastCustomerMessageId)) return refuse('nothing-to-do', 'This reply was seen before.');
  const { template } = situation;
  const change = new Change(situation, command, record, 'reply');
  change.next = { ...change.next, lastCustomerMessageId: messageId };
  const who = record.requester?.name || 'The customer';
  const rule = template.replies.find((candidate) => samePosition(candidate.when, record));
  const wrong = rule ? checkTarget(template, record.statusId, rule.to) : null;
  if (!rule || wrong) {
    // Nobody wants to be reminded of what they have just answered.
    change.cancelEffects((effect) => effect.write?.message != null);
    change.next = { ...change.next, customerRepliedAt: command.at };
    change.note({ type: 'customer-replied', messageId, moved: false });
    change.notify(`${who} replied: ${record.subject}`, `The case stays ${positionName(template, record)}.`, null);
    return change.commit(`${who} replied.`);
  }
  change.leave();
  change.note({ type: 'customer-replied', messageId, moved: true });
  change.next = { ...change.next, undo: undoPoint(record, situation, command, null) };
  change.enter(rule.to, null, { skipMessage: false, from: positionOf(record) });
  change.notify(`${who} replied: ${record.subject}`, `Now ${positionName(template, rule.to)}.`, rule.id);
  return change.commit(`${who} replied. Now ${positionName(template, rule.to)}.`);
}

function decideNativeSeen(situation: Situation, record: CaseRecord, command: Command, facts: TicketFacts): Decision {
  const fresh = newerFacts(record, facts);
  const sameFacts =
    fresh.subject === record.subject &&
    sameLogin(fresh.requester, record.requester) &&
    sameLogin(fresh.assignee, record.assignee);
  // Our own write may be on its way: what is seen now proves nothing about others.
  const writing = situation.effects.some(
    (effect) => effect.write?.status != null && (effect.state === 'pending' || effect.state === 'sending'),
  );
  const native = writing ? record.nativeStatus : (facts.nativeStatus ?? record.nativeStatus);
  if (sameFacts && native === record.nativeStatus) return refuse('nothing-to-do', 'Nothing new.');
  const change = new Change(situation, command, record, 'desk');
  change.next = { ...change.next, ...fresh, nativeStatus: native };
  if (native !== null && native !== record.nativeStatus) {
    if (record.expectedNativeStatus === null) change.next = { ...change.next, expectedNativeStatus: native };
    else if (native !== record.expectedNativeStatus) change.note({ type: 'drift', native });
  }
  return change.commit('Seen.');
}

function sameLogin(a: Person | null, b: Person | null): boolean {
  return a?.login === b?.login && a?.name === b?.name;
}

function decideSettleDrift(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  how: 'set-back' | 'ignore',
): Decision {
  const { nativeStatus, expectedNativeStatus } = record;
  if (nativeStatus === null || expectedNativeStatus === null || nativeStatus === expectedNativeStatus)
    return refuse('nothing-to-do', 'The help desk and this case agree.');
  const change = new Change(situation, command, record, 'person');
  if (how === 'set-back')
    change.write({ messageId: null, ruleId: null, immediate: true, status: expectedNativeStatus });
  else change.next = { ...change.next, expectedNativeStatus: nativeStatus };
  change.note({ type: 'drift-settled', native: nativeStatus, how });
  return change.commit(how === 'ignore' ? 'Left as it is.' : `Setting it back to ${expectedNativeStatus}.`);
}

function decideEffectOutcome(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  deed: Deed & { type: 'effect-outcome' },
): Decision {
  const effect = situation.effects.find((candidate) => candidate.effectId === deed.effectId);
  if (!effect) return refuse('unknown-effect', 'This is not waiting to be sent any more.');
  const change = new Change(situation, command, record, 'outbox');
  // What was being sent when the case went on, and did not arrive, is not tried again.
  const outdated = deed.state === 'pending' && effect.generation !== record.generation;
  change.effects.push(
    withoutText({
      ...effect,
      state: outdated ? 'cancelled' : deed.state,
      attempts: effect.attempts + (deed.state === 'pending' ? 1 : 0),
      maybeSent: effect.maybeSent || deed.maybeSent === true,
      outcome: deed.text || null,
      notBefore: deed.retryAt ?? effect.notBefore,
    }),
  );
  if (deed.nativeStatus !== null)
    // Where the help desk kept another status than the one written, that is a drift to be settled.
    change.next = {
      ...change.next,
      nativeStatus: deed.nativeStatus,
      expectedNativeStatus: effect.write?.status ?? deed.nativeStatus,
    };
  const { undo } = change.next;
  if (deed.state === 'done' && effect.write?.message && undo?.commandId === effect.commandId)
    change.next = { ...change.next, undo: { ...undo, messageSent: true } };
  const final = deed.state === 'done' || deed.state === 'failed' || deed.state === 'uncertain';
  if (final && effect.kind === 'desk-write')
    change.note({ type: 'effect', effectId: effect.effectId, outcome: deed.state, text: deed.text });
  if (effect.kind === 'desk-write' && (deed.state === 'failed' || deed.state === 'uncertain'))
    change.notify(`Not sent: ${record.subject}`, deed.text, effect.ruleId);
  return change.commit(deed.text);
}

function decideEffectSettled(
  situation: Situation,
  record: CaseRecord,
  command: Command,
  deed: Deed & { type: 'effect-again' | 'effect-drop' },
): Decision {
  const effect = situation.effects.find((candidate) => candidate.effectId === deed.effectId);
  if (!effect || (effect.state !== 'failed' && effect.state !== 'uncertain'))
    return refuse('unknown-effect', 'This was settled already.');
  const change = new Change(situation, command, record, 'person');
  const again = deed.type === 'effect-again';
  change.effects.push(
    withoutText({
      ...effect,
      state: again ? 'pending' : 'cancelled',
      notBefore: command.at,
      attempts: 0,
      outcome: null,
    }),
  );
  change.note({
    type: 'effect',
    effectId: effect.effectId,
    outcome: again ? 'pending' : 'cancelled',
    text: again ? 'Sent again by a person.' : 'Dropped by a person.',
  });
  return change.commit(again ? 'Sending it again.' : 'Dropped. It will not be sent.');
}
