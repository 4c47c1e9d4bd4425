import { replayWords } from '../../words/replay';
import type { BusinessCalendar } from '../calendar';
import type { CaseRecord, HistoryEntry, HistoryWhat, Instant, Person, TicketFacts, Timer } from '../case';
import { noFacts } from '../case';
import type { Decision, Deed, Seal } from '../decide';
import { decide } from '../decide';
import { startTracking } from '../decide/change';
import type { CaseTemplate, Position, Target } from '../template';
import { positionName, samePosition } from '../template';
import { isAct, isReply, targetOf } from './entries';

/**
 * A timer reads the ticket just before it acts, and the background looks at its timers at least this often: a reply that
 * was noticed so soon after a timer fell due is one that the timer found.
 */
const READ_MS = 5 * 60_000;

/** Hashing costs more than all the rest, and nobody verifies a rehearsal. Nor is a copy needed: the entry is new. */
const unsealed: Seal = (entry) => Object.assign(entry, UNSEALED);
const UNSEALED = { salt: '', digest: '', previousHash: '', hash: '' };

/** The template without what nobody reads in a rehearsal, and what would cost most: words, and the help desk's status. */
export function withoutWords(template: CaseTemplate): CaseTemplate {
  const messages = template.timers.flatMap(({ does }) =>
    does.type === 'message' ? [{ id: does.messageId, name: '-', body: '-' }] : [],
  );
  return { ...template, onEntry: [], messages, native: {} };
}

/** How far a case could be followed, and how it stands there. */
export interface Rehearsed {
  /** What people and automations did, in order; unsealed. */
  history: readonly HistoryEntry[];
  /** The end of the window, or where the case stopped. */
  end: Instant;
  /** Why people would have acted differently there; `null`: they would not, or the case left the template. */
  divergedWhy: string | null;
  /** Where the case stands at the end; `null`: it does not live by the template. */
  position: Position | null;
  /** Some timer will act by itself. */
  timerRuns: boolean;
}

/**
 * Runs a template over the recorded history of one case. What people did and customers wrote is taken from the record, what
 * automations did is derived anew.
 *
 * Before `from` the record leads: where the template would have led elsewhere, the case is put to where it really went, at
 * the time at which it did. So it begins the window in its real position, with clocks that began with its real entry;
 * those that were due before are done. From then on it is followed to `to`, or to the first act of a person that it does
 * not fit: one on another position, or one that the template refuses.
 * @param template see `withoutWords`
 * @param entries all of the case, in order of `seq`
 */
export function rehearse(
  template: CaseTemplate,
  entries: readonly HistoryEntry[],
  window: { from: Instant; to: Instant },
  calendar: BusinessCalendar,
): Rehearsed {
  const rehearsal = new Rehearsal(template, entries, calendar);
  const { from, to } = window;
  for (const entry of entries) if (entry.at < from) rehearsal.follow(entry);
  let stop = rehearsal.enterWindow(from);
  for (const entry of entries) {
    if (stop) break;
    if (entry.at >= from && entry.at < to) stop = rehearsal.act(entry);
  }
  if (!stop) rehearsal.fireUntil(to);
  return {
    history: rehearsal.history,
    end: stop?.at ?? to,
    divergedWhy: stop?.why ?? null,
    position: rehearsal.record,
    timerRuns: rehearsal.timers.some((timer) => timer.state === 'armed'),
  };
}

/** Something that was due acted later: the browser was closed, or the help desk could not be read. */
interface Late {
  dueAt: Instant;
  actedAt: Instant;
  /** `undefined`: it was no timer, but the reply that one found. */
  ruleId: string | null | undefined;
}

interface Stop {
  at: Instant;
  /** `null`: the case left the template. */
  why: string | null;
}

class Rehearsal {
  record: CaseRecord | null = null;
  timers: Timer[] = [];
  readonly history: HistoryEntry[] = [];
  /** Where the record has the case by now. */
  private recorded: Position | null = null;
  private lostWhy: string | null = null;
  private now: Instant = Number.NEGATIVE_INFINITY;
  /** When the record shows that automations came late, in order of `seq`. */
  private readonly late: Late[];
  private readonly siteId: string;
  private readonly facts: TicketFacts;

  constructor(
    private readonly template: CaseTemplate,
    private readonly entries: readonly HistoryEntry[],
    private readonly calendar: BusinessCalendar,
  ) {
    const [siteId = '', ...ticketId] = (entries[0]?.caseKey ?? '').split('/');
    this.siteId = siteId;
    // What a ticket says decides nothing here: it is for messages, which nobody reads.
    this.facts = noFacts(ticketId.join('/'));
    this.late = entries.flatMap(({ at, what }): Late[] => {
      if (what.type === 'timer-fired') return [{ dueAt: at - what.lateMs, actedAt: at, ruleId: what.ruleId }];
      return isReply(what) ? [{ dueAt: at - READ_MS, actedAt: at, ruleId: undefined }] : [];
    });
  }

  /** Takes an entry from before the window: the record leads. */
  follow(entry: HistoryEntry): void {
    this.fireBefore(entry);
    if (entry.templateId !== this.template.id) {
      this.forget();
      return;
    }
    const to = targetOf(entry.what);
    const deed = this.record || !to ? this.deedOf(entry) : null;
    if (deed) this.do(entry, deed);
    if (!to) return;
    this.recorded = to;
    // What is taken back was entered earlier than that.
    const isEntry = entry.what.type !== 'undone' && entry.what.type !== 'not-a-reply';
    if (!this.isAt(to) || (isEntry && this.record?.enteredAt !== entry.at)) this.place(entry, to);
  }

  /** Whether the case is where the record has it when the window begins. */
  enterWindow(from: Instant): Stop | null {
    this.fireUntil(from);
    if (this.lostWhy !== null) return { at: from, why: this.lostWhy };
    const { record, recorded } = this;
    if (!record || !recorded || this.isAt(recorded)) return null;
    return { at: from, why: replayWords.wasElsewhere(this.named(recorded), this.named(record)) };
  }

  /** Takes an entry of the window; gives where and why the case stops, if it does. */
  act(entry: HistoryEntry): Stop | null {
    const { at } = entry;
    this.fireBefore(entry);
    if (entry.templateId !== this.template.id) return this.record && { at, why: null };
    const to = targetOf(entry.what);
    const why = !this.record && to ? this.place(entry, to) : this.take(entry);
    this.recorded = to ?? this.recorded;
    return why === null ? null : { at, why };
  }

  /** Does what people and the customer did; says why the case stops, or `null` where it goes on. */
  private take(entry: HistoryEntry): string | null {
    const { what, actor } = entry;
    const deed = this.deedOf(entry);
    if (!deed) return null;
    const who = actor?.name || actor?.login || replayWords.somebody;
    const { record, recorded } = this;
    const fits =
      !isAct(entry) ||
      !record ||
      !recorded ||
      this.isAt(recorded) ||
      // The reply had moved the recorded case only.
      (what.type === 'not-a-reply' && this.isAt(what.to));
    if (!fits) return replayWords.actedElsewhere(who, this.named(recorded), this.named(record));
    // Whether the one may follow the other was not asked either.
    if (what.type === 'retired') return this.place(entry, what.to);
    const decision = this.do(entry, deed);
    // What people did to no effect does no harm.
    if (decision.ok || decision.code === 'nothing-to-do') return null;
    return replayWords.notPossible(who, decision.message);
  }

  /** What an entry stands for, where it was a person or the customer; `null`: nothing is to be done. */
  private deedOf({ what, cause }: HistoryEntry): Deed | null {
    switch (what.type) {
      case 'entered':
        return cause === 'timer' || cause === 'reply' ? null : this.changeTo(what.to);
      case 'retired':
        return this.changeTo(what.to);
      case 'hold':
        return { type: 'hold', on: what.on, remindOnHold: what.remindOnHold ?? false };
      case 'snoozed':
        return this.snooze(what);
      case 'remind-me':
        return { type: 'remind-me', at: what.at, note: what.note, facts: this.facts };
      case 'remind-me-dropped':
        return { type: 'drop-remind-me', timerId: what.timerId };
      case 'cloned':
        return { type: 'clone' };
      case 'timer-settled':
        return this.settle(what);
      case 'clock-back':
        return { type: 'clock-back' };
      case 'undone':
        return this.undo(what.undoneCommandId);
      case 'customer-replied':
        return { type: 'customer-replied', messageId: what.messageId, automatic: what.automatic === true };
      case 'not-a-reply':
        return { type: 'not-a-reply', messageId: what.messageId };
      default:
        return null;
    }
  }

  /** What an automation did has another command here; where it did nothing, there is nothing to undo. */
  private undo(undoneCommandId: string): Deed | null {
    const byItself = this.entries.some(
      ({ commandId, cause }) => commandId === undoneCommandId && (cause === 'timer' || cause === 'reply'),
    );
    if (!byItself) return { type: 'undo', undoes: undoneCommandId };
    const undo = this.record?.undo;
    if (!undo || (undo.timerId === null && undo.replyId === null)) return null;
    return { type: 'undo', undoes: undo.commandId };
  }

  /** A timer that waits for nobody here has acted already, or never will. */
  private settle({ ruleId, how }: Extract<HistoryWhat, { type: 'timer-settled' }>): Deed | null {
    const timer = this.timers.find((one) => one.ruleId === ruleId && one.heldFor === 'decision');
    return timer ? { type: 'settle-timer', timerId: timer.timerId, how } : null;
  }

  /** The record names timers of its own generations; the first of them to fall due is the one that was snoozed. */
  private snooze({ byMs, timerIds }: Extract<HistoryWhat, { type: 'snoozed' }>): Deed {
    const rules = timerIds.map(ruleAndOccurrence);
    const timer = this.timers
      .filter(({ timerId }) => rules.includes(ruleAndOccurrence(timerId)))
      .toSorted((a, b) => a.dueAt - b.dueAt)[0];
    return { type: 'snooze', timerId: timer?.timerId ?? '', until: (timer?.dueAt ?? 0) + byMs };
  }

  /** Puts the case to where the record has it; says why that is not possible. */
  private place(entry: HistoryEntry, to: Target): string | null {
    const undone = this.entries.find(
      ({ what }) => what.type === 'undone' && what.undoneCommandId === entry.commandId,
    )?.what;
    // Where it came from is known where somebody took it back. Else the same status: which may follow is not asked.
    const from = undone?.type === 'undone' ? undone.to : { statusId: to.statusId, subStatusId: null, tagId: null };
    const record = this.record ?? startTracking(this.situation(), this.facts, entry.at);
    this.record = { ...record, ...from };
    const decision = this.do(entry, this.changeTo(to));
    if (decision.ok) {
      this.lostWhy = null;
      return null;
    }
    this.forget();
    this.lostWhy = decision.message;
    return decision.message;
  }

  private forget(): void {
    this.record = null;
    this.timers = [];
    this.recorded = null;
    this.lostWhy = null;
  }

  /** What happens at the same instant goes by the record: people first, unless it has the automation before. */
  private fireBefore({ at, cause }: HistoryEntry): void {
    this.fireUntil(cause === 'timer' ? at + 1 : at);
  }

  /** Fires what acts before the instant, in order of due dates; messages before changes of status (they wait for them). */
  fireUntil(until: Instant): void {
    for (;;) {
      const timer = this.timers.filter(({ state }) => state === 'armed').toSorted(byDue)[0];
      if (!timer) return;
      const at = Math.max(this.now, this.actsAt(timer));
      if (at >= until) return;
      const { timerId } = timer;
      const command = { commandId: `${timerId}@${at}`, at, actor: null };
      const decision = this.do(command, { type: 'timer-fired', timerId, verified: true });
      if (!decision.ok) throw new Error(`${timerId}: ${decision.message}`);
    }
  }

  /** What was late in the record is late here, and so is what falls due while something else was. */
  private actsAt({ dueAt, ruleId }: Timer): Instant {
    const around = this.late.filter((one) => one.dueAt <= dueAt && dueAt <= one.actedAt);
    const same = around.find((one) => one.dueAt === dueAt && one.ruleId === ruleId);
    return (same ?? around.toSorted((a, b) => b.dueAt - a.dueAt)[0])?.actedAt ?? dueAt;
  }

  private do(command: { commandId: string; at: Instant; actor: Person | null }, deed: Deed): Decision {
    const { commandId, at, actor } = command;
    this.now = at;
    const decision = decide(this.situation(), { commandId, at, actor, deed }, unsealed);
    if (decision.ok) {
      this.record = decision.next;
      this.history.push(...decision.history);
      const changed = new Set(decision.timers.map(({ timerId }) => timerId));
      this.timers = [...this.timers.filter(({ timerId }) => !changed.has(timerId)), ...decision.timers].filter(
        ({ state }) => state === 'armed' || state === 'held',
      );
    }
    return decision;
  }

  private situation() {
    const { template, calendar, record, timers, siteId } = this;
    // No effects: everything arrives at once.
    const rest = {
      otherTemplate: null,
      effects: [],
      adapterId: '',
      timeZone: 'UTC',
      deskTells: [],
      alwaysHolds: false,
    };
    return { template, calendar, record, timers, siteId, ...rest };
  }

  private changeTo(to: Target): Deed {
    const { facts } = this;
    return { type: 'change', by: 'person', to, note: null, skipMessage: true, facts, seenGeneration: 'any' };
  }

  private isAt(position: Position): boolean {
    return this.record !== null && samePosition(this.record, position);
  }

  private named(position: Position): string {
    return positionName(this.template, position);
  }
}

function byDue(a: Timer, b: Timer): number {
  return a.dueAt - b.dueAt || Number(changes(a)) - Number(changes(b));
}

function changes({ kind }: Timer): boolean {
  return kind === 'auto-close' || kind === 'change';
}

/** What a timer's id says apart from case and generation. */
function ruleAndOccurrence(timerId: string): string {
  return timerId.slice(timerId.lastIndexOf('#') + 1);
}
