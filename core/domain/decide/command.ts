import type { BusinessCalendar } from '../calendar';
import type { CaseRecord, Effect, EffectState, HistoryEntry, Instant, Person, TicketFacts, Timer } from '../case';
import type { CaseTemplate, Category, Target } from '../template';

/** Everything that a decision rests on; loaded in the transaction that stores what comes out of it. */
export interface Situation {
  /** The version that the case goes on with; its own template's, also where that is a newer one than it began with. */
  template: CaseTemplate;
  /** Where a move leads, or where an undone move leads back to; `null` for every other command. */
  otherTemplate: CaseTemplate | null;
  /** What business time is counted by. */
  calendar: BusinessCalendar;
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
  /** Native statuses of whose setting the help desk tells the customer by itself. */
  deskTells: readonly string[];
  /**
   * True: a message of a person's change always waits its moment, also one that would go out at once. For browsers that
   * cannot tell whether the panel was covered when the change was made: Undo stands in for that.
   */
  alwaysHolds: boolean;
}

/** Who wants a change of status. All of them are bound by the same rules (R5, R10). */
export type ChangedBy = 'person' | 'bulk' | 'workflow' | 'team';

export type Deed =
  | {
      type: 'change';
      by: ChangedBy;
      to: Target;
      note: string | null;
      skipMessage: boolean;
      facts: TicketFacts;
      /** The generation that the person saw, `null` where the case was not tracked; `any` where nobody looked. */
      seenGeneration: number | null | 'any';
    }
  /** The case goes on by another template, in one of its positions. */
  | { type: 'move'; templateId: string; to: Target; note: string | null; seenGeneration: number }
  /** Its status, sub-status or tag was retired; its cases go here. */
  | { type: 'retire'; to: Target }
  /** Takes back the newest change. */
  | { type: 'undo'; undoes: string }
  | { type: 'hold'; on: boolean; remindOnHold: boolean }
  /** Moves a timer, and what is due after it, by the same time. */
  | { type: 'snooze'; timerId: string; until: Instant }
  /** A person's own note-to-self. */
  | { type: 'remind-me'; at: Instant; note: string; facts: TicketFacts }
  | { type: 'drop-remind-me'; timerId: string }
  /** A new ticket is made that continues this one (R16). */
  | { type: 'clone' }
  /**
   * Timers that run get the dates of `version`, which was just published, but none sooner than the notice allows. Nothing is
   * done for a case that lives by another one. `toldIn`: the generation in which the customer was last written to, be it that
   * it is on its way; they may have read when the case closes. `null`: in none.
   */
  | { type: 'retime'; version: number; noticeMs: number; toldIn: number | null }
  | {
      type: 'timer-fired';
      timerId: string;
      /** False: the help desk was not read again just before. */
      verified: boolean;
      /** True: the help desk counts the ticket as closed. */
      closedThere?: boolean;
    }
  /** It fell due with many others while nobody was there: it goes on the list for a person. */
  | { type: 'timer-late'; timerId: string }
  /** A person says what a held timer does: act now, or never. */
  | { type: 'settle-timer'; timerId: string; how: 'act' | 'drop' }
  /** The clock went back behind what was written last. */
  | { type: 'clock-back' }
  | { type: 'timer-unverifiable'; timerId: string; why: string; retryAt: Instant | null }
  | { type: 'customer-replied'; messageId: string; automatic: boolean }
  /** "This was not a real reply." */
  | { type: 'not-a-reply'; messageId: string }
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
      /** The tries before it do not count: they came to nothing for another reason. */
      countAnew?: boolean;
    }
  | { type: 'effect-again'; effectId: string }
  | { type: 'effect-drop'; effectId: string };

export type DeedOf<T extends Deed['type']> = Extract<Deed, { type: T }>;

/** One command: everything that can happen to a case is one of these. */
export interface Command<D extends Deed = Deed> {
  commandId: string;
  at: Instant;
  /** `null`: an automation. */
  actor: Person | null;
  deed: D;
}

export type RefusalCode =
  | 'unknown-status'
  | 'unknown-sub-status'
  | 'unknown-tag'
  | 'retired-status'
  | 'retired-sub-status'
  | 'retired-tag'
  | 'sub-status-required'
  | 'tag-required'
  | 'transition-not-allowed'
  | 'unknown-template'
  | 'changed-meanwhile'
  | 'not-tracked'
  | 'not-closed'
  | 'nothing-to-undo'
  | 'nothing-to-do'
  | 'bad-time'
  | 'stale-timer'
  | 'too-early'
  | 'notice-on-its-way'
  | 'unknown-effect';

/** What a person or an automation still has to say before the change can be made. */
export type Missing = 'sub-status' | 'tag';

export interface Refused {
  ok: false;
  code: RefusalCode;
  /** One sentence for the person who asked. */
  message: string;
  missing: readonly Missing[];
}

export interface Committed {
  ok: true;
  next: CaseRecord;
  history: HistoryEntry[];
  /** Rows to write; those that are not named stay as they are. */
  timers: Timer[];
  effects: Effect[];
  /** Of the status that the case has now; cases that wait are looked after while nobody looks at them. */
  category: Category;
  /** One sentence for the person who asked. */
  message: string;
}

export type Decision = Committed | Refused;

export function refuse(code: RefusalCode, message: string, missing: readonly Missing[] = []): Refused {
  return { ok: false, code, message, missing };
}
