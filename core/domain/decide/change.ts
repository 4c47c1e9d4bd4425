import { decideWords } from '../../words/decide';
import { saidIn } from '../../words/language';
import type { BusinessCalendar } from '../calendar';
import { dueAfter, remainingMs, resumeAt } from '../calendar';
import type {
  CaseRecord,
  Cause,
  DeskWrite,
  Effect,
  HistoryEntry,
  HistoryWhat,
  Instant,
  NotificationKind,
  PositionWithTag,
  TicketFacts,
  Timer,
} from '../case';
import { caseKeyOf } from '../case';
import type { Unchained } from '../history';
import { FIRST_HASH } from '../history';
import { dateWords, dayWords, renderMessage } from '../message';
import { referenceOf } from '../reference';
import type { CaseTemplate, TimerRule, Via, Wait } from '../template';
import { findStatus, findTimerRule, nativeMapping, positionName, sameNative, samePosition } from '../template';
import type { Command, Committed, Situation } from './command';
import { isNewer, statusOfNative } from './target';

/** How long a message of a person's change waits, visibly, before it leaves the browser. */
export const HOLD_MS = 10_000;
/** Clocks are corrected by a little all the time. */
export const CLOCK_TOLERANCE_MS = 60_000;

/** Why a snooze has moved a timer, in its proof. */
export const SNOOZED = 'snoozed';

/** Gives an entry its salt, and its place after the entry with the hash given. */
export type Seal = (entry: Unchained, previousHash: string) => HistoryEntry;

export function positionOf(record: PositionWithTag): PositionWithTag {
  return { statusId: record.statusId, subStatusId: record.subStatusId, tagId: record.tagId };
}

/** Whether a timer stands still while the case is on hold: it would close or change the case, or chase the customer. */
function isHeldByHold(rule: TimerRule, remindOnHold: boolean): boolean {
  if (rule.does.type === 'change') return true;
  return rule.kind === 'reminder' && rule.does.via === 'reply' && !remindOnHold;
}

/** Whether a rule tells the customer, some time after the change, what became of the case. */
function isNoticeToCustomer(rule: TimerRule): boolean {
  return rule.kind === 'notice' && rule.does.type === 'message' && rule.does.via === 'reply';
}

/** The wait that a timer was armed with; its time is counted the same way when it goes on after a halt. */
const waitOf = (timer: Timer): Wait => timer.proof.derivation.wait;

/** What remains of a timer at `at`; one that is held has stood still since then. */
export function remainingOf(timer: Timer, at: Instant, calendar: BusinessCalendar): number {
  return remainingMs(waitOf(timer), timer.heldAt ?? at, timer.dueAt, calendar);
}

/** Moves a timer to another date and says why in its proof. */
export function moved(timer: Timer, dueAt: Instant, at: Instant, why: string): Timer {
  if (dueAt === timer.dueAt) return { ...timer, nextAt: dueAt, unreadSince: null };
  return {
    ...timer,
    dueAt,
    nextAt: dueAt,
    unreadSince: null,
    proof: { ...timer.proof, shifts: [...timer.proof.shifts, { at, byMs: dueAt - timer.dueAt, why }] },
  };
}

/** Lets a timer go on with what remained of it; one that was due already acts now. */
export function goingOn(
  timer: Timer,
  remainingMs: number,
  at: Instant,
  calendar: BusinessCalendar,
  why: string,
): Timer {
  // Standing still never brings a date forward: a clock that was wrong meanwhile would.
  const dueAt = Math.max(timer.dueAt, resumeAt(waitOf(timer), remainingMs, at, calendar));
  return { ...moved(timer, dueAt, at, why), state: 'armed', heldAt: null, heldFor: null };
}

/** Whether a timer is held until a person says what becomes of it. */
export function waitsForPerson({ heldFor }: Timer): boolean {
  return heldFor === 'decision' || heldFor === 'review';
}

export function held(timer: Timer, at: Instant, heldFor: Timer['heldFor']): Timer {
  return { ...timer, state: 'held', heldAt: timer.heldAt ?? at, heldFor };
}

/** A message that is out, or never will be, is kept by its reference only: its text is in the ticket or nowhere. */
export function withoutText(effect: Effect): Effect {
  const { write } = effect;
  if (!write?.message || (effect.state !== 'done' && effect.state !== 'cancelled')) return effect;
  return { ...effect, write: { ...write, message: { ...write.message, body: '' } } };
}

/** Whether an effect that is not done may have left the browser all the same. */
export function mayBeOut({ state, maybeSent }: Effect): boolean {
  return state === 'sending' || state === 'uncertain' || maybeSent;
}

/** Why a case asks for a person: its ticket was closed in the help desk, or opened again there. */
export const MOVED_ELSEWHERE = 'closed-elsewhere';

/** The record that a first action starts from: what was shown while the ticket was not tracked. */
export function startTracking(situation: Situation, facts: TicketFacts, at: Instant): CaseRecord {
  const { template, siteId } = situation;
  return {
    caseKey: caseKeyOf(siteId, facts.ticketId),
    siteId,
    ticketId: facts.ticketId,
    templateId: template.id,
    templateVersion: template.version,
    statusId: statusOfNative(template, situation, facts.nativeStatus),
    subStatusId: null,
    tagId: null,
    enteredAt: at,
    generation: 0,
    revision: 0,
    hold: false,
    remindOnHold: false,
    customerRepliedAt: null,
    attention: null,
    lastCustomerMessageId: facts.lastMessageId,
    entryMessageId: facts.lastMessageId,
    nativeStatus: facts.nativeStatus,
    expectedNativeStatus: facts.nativeStatus,
    subject: facts.subject,
    requester: facts.requester,
    assignee: facts.assignee,
    undo: null,
    changedAt: at,
    lastHistorySeq: 0,
    lastHistoryHash: FIRST_HASH,
  };
}

/** Collects what one command does to one case, and hands it out as a `Committed`. */
export class Change {
  next: CaseRecord;
  /** The template that the case lives by; a move changes it. */
  template: CaseTemplate;
  private readonly history: HistoryEntry[] = [];
  private readonly timers = new Map<string, Timer>();
  private readonly effects: Effect[] = [];

  constructor(
    readonly situation: Situation,
    readonly command: Command,
    record: CaseRecord,
    readonly cause: Cause,
    private readonly seal: Seal,
  ) {
    this.template = situation.template;
    this.next = { ...record, revision: record.revision + 1 };
    if (record.templateVersion !== this.template.version) this.takeVersion();
  }

  /** A newer version of the template was published: the case goes on with it, timers that run keep their dates. */
  private takeVersion(): void {
    const fromVersion = this.next.templateVersion;
    this.next = { ...this.next, templateVersion: this.template.version };
    const cancelledRuleIds: string[] = [];
    for (const timer of this.openTimers()) {
      if (timer.ruleId === null) continue;
      const rule = this.ruleOf(timer);
      if (rule) this.settle({ ...timer, kind: rule.kind, scope: scopeOf(rule) });
      else {
        this.cancel(timer);
        cancelledRuleIds.push(timer.ruleId);
      }
    }
    this.note({ type: 'version', fromVersion, cancelledRuleIds });
  }

  /** The rule that a timer goes on by in the present position; `undefined`: there is none any more. */
  ruleOf(timer: Timer): TimerRule | undefined {
    const rule = findTimerRule(this.template, timer.ruleId);
    return rule && (rule.pausesIn !== null || samePosition(rule.when, this.next)) ? rule : undefined;
  }

  /** What makes a rule's clock stand still in the present position; `null`: nothing does. */
  stopOf(rule: TimerRule | undefined): 'pause' | 'hold' | null {
    if (rule?.pausesIn?.some((position) => samePosition(position, this.next))) return 'pause';
    return rule && this.next.hold && isHeldByHold(rule, this.next.remindOnHold) ? 'hold' : null;
  }

  /** Lets a timer run, or stand still, as it has to in the present position. What waits for a person goes on waiting. */
  settle(timer: Timer): void {
    if (waitsForPerson(timer)) this.setTimer(timer);
    else this.release(timer);
  }

  /** Lets a timer go on that waited for a person, or whatever else it waited for, unless something makes it stand still. */
  release(timer: Timer): void {
    const { at } = this.command;
    const { calendar } = this.situation;
    const stop = this.stopOf(findTimerRule(this.template, timer.ruleId));
    if (stop !== null) this.setTimer(held(timer, at, stop));
    else if (timer.state === 'armed') this.setTimer(timer);
    else {
      const why = timer.heldFor === 'pause' ? 'its clock stood still' : 'held';
      this.setTimer(goingOn(timer, remainingOf(timer, at, calendar), at, calendar, why));
    }
  }

  note(what: HistoryWhat): void {
    const { next, command } = this;
    const entry = this.seal(
      {
        caseKey: next.caseKey,
        seq: next.lastHistorySeq + 1,
        at: command.at,
        actor: command.actor,
        cause: this.cause,
        commandId: command.commandId,
        templateId: next.templateId,
        templateVersion: next.templateVersion,
        what,
      },
      next.lastHistoryHash,
    );
    this.history.push(entry);
    this.next = { ...next, lastHistorySeq: entry.seq, lastHistoryHash: entry.hash };
  }

  setTimer(timer: Timer): void {
    this.timers.set(timer.timerId, timer);
  }

  cancel(timer: Timer): void {
    this.setTimer({ ...timer, state: 'cancelled', heldAt: null, heldFor: null });
  }

  /** The case's timers as they are by now: armed and held. */
  openTimers(): Timer[] {
    const rows = new Map([
      ...this.situation.timers.map((timer): [string, Timer] => [timer.timerId, timer]),
      ...this.timers,
    ]);
    return [...rows.values()].filter((timer) => timer.state === 'armed' || timer.state === 'held');
  }

  /** Leaves the present position: a new generation begins; the timers of the old one, and what it still owes, end. */
  leave(): void {
    const generation = this.next.generation + 1;
    this.next = { ...this.next, generation };
    for (const timer of this.openTimers())
      if (timer.scope === 'position') this.cancel(timer);
      else this.setTimer({ ...timer, generation });
    // What people are told apart from any rule, such as a note-to-self, is as true in the next position.
    for (const effect of this.recallable())
      if (effect.kind === 'notification' && effect.ruleId === null) this.setEffect({ ...effect, generation });
      else this.cancelEffect(effect);
  }

  /** Takes back every message to the customer that is not out yet. A native status beside one is written all the same. */
  recallMessages(): void {
    for (const effect of this.recallable()) {
      const { write } = effect;
      if (write?.message?.visibility !== 'public') continue;
      if (write.status !== null && !mayBeOut(effect)) {
        this.setEffect({ ...effect, write: { ...write, message: null } });
        continue;
      }
      // One that may be in the ticket is known as ours there by the reference, which stays with what is called off.
      this.cancelEffect(effect);
      if (write.status !== null)
        this.write({ message: null, ruleId: effect.ruleId, immediate: true, status: write.status });
    }
  }

  /** What is being sent at this moment cannot be fetched back; its outcome will be told. */
  private recallable(): Effect[] {
    return this.situation.effects.filter(({ state }) => state !== 'sending');
  }

  private cancelEffect(effect: Effect): void {
    this.setEffect({ ...effect, state: 'cancelled', outcome: decideWords.wentOn });
  }

  /**
   * An effect as it is in the present: a reminder to the customer that could not be sent yet stands still on hold, as its
   * timer would have, and is owed anew once that is over.
   */
  private settled(effect: Effect): Effect {
    const { at } = this.command;
    const { state, write, owedAt } = effect;
    const reminds = write?.message?.visibility === 'public' ? findTimerRule(this.template, effect.ruleId) : undefined;
    const stands = this.stopOf(reminds) === 'hold';
    if (stands && state === 'pending') return { ...effect, state: 'held', outcome: decideWords.waitsOnHold };
    if (stands || state !== 'held') return effect;
    return { ...effect, state: 'pending', notBefore: at, outcome: null, ...(owedAt !== undefined && { owedAt: at }) };
  }

  /** Sets an effect as it is in the present. @returns since when it was owed, where it stands still from here on */
  settleEffect(effect: Effect): Instant | undefined {
    const settled = this.settled(effect);
    if (!this.situation.effects.includes(settled)) this.setEffect(settled);
    return settled.state === 'held' && effect.state !== 'held' ? effect.owedAt : undefined;
  }

  setEffect(effect: Effect): void {
    this.effects.push(withoutText(effect));
  }

  /** Enters a position that `checkTarget` accepted, after the one before was left: timers, message, native status. */
  enter(to: PositionWithTag, entry: HistoryWhat, skipMessage = false): void {
    const { template } = this;
    this.next = {
      ...this.next,
      ...to,
      enteredAt: this.command.at,
      entryMessageId: this.newestMessageId(),
      customerRepliedAt: null,
      attention: null,
    };
    this.carryClocks();
    const starting = template.timers.filter(
      (rule) => samePosition(rule.when, to) && !this.openTimers().some((timer) => timer.ruleId === rule.id),
    );
    const entering = template.onEntry.find((candidate) => samePosition(candidate.when, to));
    // What the help desk says by itself at this change, the customer does not hear a second time.
    const told = this.toldByDesk();
    const silent = told !== null && entering?.via === 'reply';
    const unneeded = told === null ? [] : starting.filter(isNoticeToCustomer);
    for (const rule of starting) if (!unneeded.includes(rule)) this.arm(rule, 1);
    this.note(entry);
    if (silent || unneeded.length > 0) this.note({ type: 'desk-tells', native: told ?? '' });
    const rule = skipMessage || silent ? undefined : entering;
    const byItself = this.cause !== 'person' && this.cause !== 'bulk';
    const immediate = byItself || (rule?.immediate === true && !this.situation.alwaysHolds);
    // A message for the help desk takes the native status along.
    if (!rule || rule.via === 'notification') this.write({ message: null, ruleId: null, immediate });
    if (rule) this.send(rule.id, rule, immediate);
  }

  /** The native status that is set with the present position, of which the help desk tells the customer by itself; or `null`. */
  private toldByDesk(): string | null {
    const native = this.nativeHere();
    const sets = native !== null && !sameNative(native, this.next.nativeStatus);
    return sets && this.situation.deskTells.some((told) => sameNative(told, native)) ? native : null;
  }

  private newestMessageId(): string | null {
    const { deed } = this.command;
    const seen = 'facts' in deed ? deed.facts.lastMessageId : null;
    const known = [this.next.entryMessageId, this.next.lastCustomerMessageId, seen];
    return known.reduce((newest, id) => (id !== null && isNewer(id, newest) ? id : newest), null);
  }

  /** Clocks that belong to the case have come along into the new position: they run, stand still or end there. */
  private carryClocks(): void {
    const ends = findStatus(this.template, this.next.statusId)?.category === 'done';
    for (const timer of this.openTimers())
      if (ends && timer.ruleId !== null) this.cancel(timer);
      else this.settle(timer);
  }

  /** Starts a rule's clock at this moment; held at once where the case is on hold, or its clock stands still here. */
  arm(rule: TimerRule, occurrence: number): void {
    const { at } = this.command;
    const { caseKey, generation } = this.next;
    const wait = occurrence > 1 && rule.repeat ? rule.repeat.every : rule.after;
    const { dueAt, derivation } = dueAfter(wait, at, this.situation.calendar);
    const armed: Timer = {
      timerId: timerIdOf(caseKey, generation, rule.id, occurrence),
      caseKey,
      ruleId: rule.id,
      kind: rule.kind,
      scope: scopeOf(rule),
      generation,
      occurrence,
      note: null,
      state: 'armed',
      dueAt,
      nextAt: dueAt,
      heldAt: null,
      heldFor: null,
      unreadSince: null,
      proof: { derivation, firstDueAt: dueAt, shifts: [] },
    };
    const stop = this.stopOf(rule);
    this.setTimer(stop === null ? armed : held(armed, at, stop));
  }

  /** Tells what a rule says by the way that it names. */
  send(ruleId: string, { messageId, via }: { messageId: string; via: Via }, immediate: boolean): void {
    const body = this.template.messages.find((message) => message.id === messageId)?.body;
    if (body === undefined) throw new Error(`The template ${this.template.id} has no message ${messageId}`);
    if (via === 'notification') this.notify('reminder', this.next.subject, this.render(body), ruleId);
    else {
      const visibility = via === 'note' ? 'internal' : 'public';
      this.write({ message: { body, visibility }, ruleId, immediate });
    }
  }

  /** The native status that the template sets in the present position; `null`: it sets none. */
  nativeHere(): string | null {
    const { situation, next } = this;
    const set = nativeMapping(this.template, situation.siteId, situation.adapterId)?.set ?? {};
    return (Object.hasOwn(set, next.statusId) ? set[next.statusId] : undefined) ?? null;
  }

  /** One write for the help desk: a native status, and a message where there is one. */
  write(options: {
    message: { body: string; visibility: 'public' | 'internal' } | null;
    ruleId: string | null;
    immediate: boolean;
    /** Instead of what the template says for the present status. */
    status?: string;
  }): void {
    const { situation, next, command } = this;
    const native = options.status ?? this.nativeHere();
    // Another one may have been written already, or be just being written.
    const unsure = situation.effects.some(
      (effect) => mayBeOut(effect) && effect.write?.status != null && !sameNative(effect.write.status, native),
    );
    // A public reply can move the native status by itself, so the wanted one goes along with every message.
    const { message } = options;
    const status = message || unsure || !sameNative(native, next.nativeStatus) ? native : null;
    if (!message && status === null) {
      // The help desk is there already (a customer's mail opens a ticket by itself): that is no drift.
      if (native !== null) this.next = { ...next, expectedNativeStatus: native };
      return;
    }
    const reference = referenceOf(
      `${next.ticketId}/${next.templateId}/${options.ruleId}/${this.occasion()}`,
      `${next.caseKey}/${next.generation}/${options.ruleId}/${command.commandId}/${command.at}`,
    );
    const write: DeskWrite = {
      status,
      message: message && {
        ...message,
        body: `${this.render(message.body)}\n\n${reference}`,
        reference,
        after: next.entryMessageId,
      },
    };
    this.owe({
      kind: 'desk-write',
      write,
      actor: command.actor,
      ruleId: options.ruleId,
      notBefore: options.immediate ? command.at : command.at + HOLD_MS,
    });
  }

  /** What another browser that knows the case acts upon as well. What a person does is done by that person alone. */
  private occasion(): string {
    const { deed, commandId } = this.command;
    if (deed.type === 'customer-replied') return deed.messageId;
    if (deed.type !== 'timer-fired') return commandId;
    const timer = this.situation.timers.find(({ timerId }) => timerId === deed.timerId);
    return `${timer?.ruleId}/${timer?.occurrence}`;
  }

  notify(kind: NotificationKind, title: string, body: string, ruleId: string | null): void {
    this.owe({ kind: 'notification', notification: { kind, title, body }, ruleId, notBefore: this.command.at });
  }

  private owe(part: Pick<Effect, 'kind' | 'ruleId' | 'notBefore'> & Partial<Effect>): void {
    const { next, command } = this;
    const seq = this.effects.filter((effect) => effect.commandId === command.commandId).length + 1;
    this.effects.push({
      effectId: `${command.commandId}:${seq}`,
      caseKey: next.caseKey,
      siteId: next.siteId,
      commandId: command.commandId,
      generation: next.generation,
      seq: next.revision * 10 + seq,
      write: null,
      notification: null,
      actor: null,
      owedAt: command.at,
      state: 'pending',
      attempts: 0,
      maybeSent: false,
      outcome: null,
      ...part,
    });
  }

  /** A clock that is behind what was written before cannot be trusted with dates: timers wait for a person. */
  private mindTheClock(): void {
    const { at } = this.command;
    const byMs = this.next.changedAt - at;
    this.next = { ...this.next, changedAt: at };
    if (byMs <= CLOCK_TOLERANCE_MS) return;
    this.note({ type: 'clock-back', byMs });
    const armed = this.openTimers().filter(({ state }) => state === 'armed');
    if (armed.length === 0) return;
    for (const timer of armed) this.setTimer(held(timer, at, 'decision'));
    const message = decideWords.clockBack;
    this.next = { ...this.next, attention: { code: 'clock-back', message } };
    this.notify('decision', decideWords.needsDecision(this.next.subject), message, null);
  }

  private render(body: string): string {
    const { timeZone } = this.situation;
    const { next, command, template } = this;
    const closesAt = () =>
      this.openTimers()
        .filter((timer) => timer.kind === 'auto-close' && timer.state === 'armed')
        .toSorted((a, b) => a.dueAt - b.dueAt)[0]?.dueAt;
    const status = findStatus(template, next.statusId);
    // Customers read it in the language of the template, whatever the sender's browser speaks.
    return saidIn(template.language ?? 'en', () =>
      renderMessage(body, {
        customer: next.requester?.name || decideWords.customer,
        subject: next.subject,
        ticket: next.ticketId,
        status: positionName(template, next),
        reason: status?.tags.find((tag) => tag.id === next.tagId)?.name ?? '',
        agent: command.actor?.name || next.assignee?.name || decideWords.ourTeam,
        // Dates take longer than all the rest; most messages name one of them, if any.
        get today() {
          return dayWords(command.at, timeZone);
        },
        get since() {
          return dayWords(next.enteredAt, timeZone);
        },
        get closes() {
          const dueAt = closesAt();
          return dueAt === undefined ? decideWords.aLaterDate : dateWords(dueAt, timeZone);
        },
      }),
    );
  }

  commit(message: string): Committed {
    this.mindTheClock();
    const { attention } = this.next;
    const open = this.openTimers();
    const waits = open.some(waitsForPerson);
    // What is gone by now asks for nobody: there is nothing that a person could say to it.
    const lasts = attention?.code === 'desk-unread' ? open.some(({ unreadSince }) => unreadSince !== null) : waits;
    if (!lasts) this.next = { ...this.next, attention: null };
    // What waits for a person is never lost from sight, whatever else has been settled.
    if (waits && this.next.attention === null)
      this.next = { ...this.next, attention: { code: 'timer-held', message: decideWords.timerWaits } };
    return {
      ok: true,
      next: this.next,
      history: this.history,
      timers: [...this.timers.values()],
      effects: this.effects,
      category: findStatus(this.template, this.next.statusId)?.category ?? 'initial',
      message,
    };
  }
}

export function scopeOf(rule: TimerRule): Timer['scope'] {
  return rule.pausesIn === null ? 'position' : 'case';
}

/** Names a timer: the same one is armed once in a generation, whatever is sent twice. */
export function timerIdOf(caseKey: string, generation: number, ruleId: string, occurrence: number): string {
  return `${caseKey}#${generation}#${ruleId}${occurrence === 1 ? '' : `~${occurrence}`}`;
}
