import * as z from 'zod/mini';
import { fileWords } from '../words/files';
import { Derivation } from './calendar';
import { lazily } from './lazily';
import { Id, Target } from './template';

/** A moment: milliseconds since 1970 UTC, from the injected clock. */
export type Instant = number;
/** Within what calendars and dates can hold, with room to count on from there. */
const Moment = lazily(() => z.int().check(z.minimum(-8.64e13), z.maximum(8.64e14)));
const Count = lazily(() => z.int().check(z.minimum(0)));
const Text = lazily(() => z.string().check(z.maxLength(5000)));
const Key = lazily(() => z.string().check(z.minLength(1), z.maxLength(500)));
const Hash = lazily(() => z.string().check(z.regex(/^[0-9a-f]{64}$/, { error: () => fileWords.badHash })));

/** One ticket of one site: `siteId/ticketId`. */
export type CaseKey = string;

export function caseKeyOf(siteId: string, ticketId: string): CaseKey {
  return `${siteId}/${ticketId}`;
}

export function siteIdOf(caseKey: CaseKey): string {
  return caseKey.slice(0, caseKey.indexOf('/'));
}

export const Person = lazily(() =>
  z.strictObject({
    /** How the help desk knows them: a login or an address. Empty where only the name is known. */
    login: z.string().check(z.maxLength(320)),
    name: z.string().check(z.maxLength(320)),
  }),
);
export type Person = z.infer<typeof Person>;

/** What we need of a ticket, read from its page or from the help desk's API. Never message bodies. */
export const TicketFacts = lazily(() =>
  z.strictObject({
    ticketId: z.string().check(z.minLength(1), z.maxLength(80)),
    subject: z.string().check(z.maxLength(500)),
    nativeStatus: z.nullable(z.string().check(z.maxLength(80))),
    requester: z.nullable(Person),
    assignee: z.nullable(Person),
    /** Queue or project. */
    queue: z.nullable(z.string().check(z.maxLength(200))),
    /** Type or tracker, where the help desk has such. */
    type: z.nullable(z.string().check(z.maxLength(200))),
    /** The newest message of any kind; later ones are new to us. Ids, not clocks. */
    lastMessageId: z.nullable(z.string().check(z.maxLength(80))),
  }),
);
export type TicketFacts = z.infer<typeof TicketFacts>;

/** The facts of a ticket of which nothing is known. */
export function noFacts(ticketId: string): TicketFacts {
  return {
    ticketId,
    subject: '',
    nativeStatus: null,
    requester: null,
    assignee: null,
    queue: null,
    type: null,
    lastMessageId: null,
  };
}

/** Why a change came about. */
export const Cause = lazily(() =>
  z.enum([
    'person',
    'bulk',
    'workflow',
    'team',
    'timer',
    'reply',
    'desk',
    'outbox',
    /** A new version of the template, or a retired status. */
    'template',
  ]),
);
export type Cause = z.infer<typeof Cause>;

/** Where a case stands and for what reason. */
export const PositionWithTag = Target;
export type PositionWithTag = Target;

/** armed: will fire; held: stands still until something lets it go; fired and cancelled are kept for the proof. */
export const TimerState = lazily(() => z.enum(['armed', 'held', 'fired', 'cancelled']));
export type TimerState = z.infer<typeof TimerState>;

/** How a due date came about: what was counted at first, and what moved it since. */
export const TimerProof = lazily(() =>
  z.strictObject({
    derivation: Derivation,
    /** The date that came out; the shifts add up from it to the present one. */
    firstDueAt: Moment,
    /** Oldest first: a late reminder moves its close. */
    shifts: z.array(z.strictObject({ at: Moment, byMs: z.int(), why: Text })),
  }),
);
export type TimerProof = z.infer<typeof TimerProof>;

/** `remind-me` is a person's own note-to-self; it has no rule. */
export const TimerKind = lazily(() => z.enum(['reminder', 'auto-close', 'change', 'notice', 'remind-me']));
export type TimerKind = z.infer<typeof TimerKind>;

export const Timer = lazily(() =>
  z.strictObject({
    timerId: Key,
    caseKey: Key,
    /** `null`: a person's own note-to-self. */
    ruleId: z.nullable(Id),
    kind: TimerKind,
    /** position: leaving the position cancels it. case: it goes on through other statuses. */
    scope: z.enum(['position', 'case']),
    /** The generation that it acts in; one of an older generation never acts. */
    generation: Count,
    /** 1 for the first, 2 and more for a reminder that is repeated. */
    occurrence: z.int().check(z.minimum(1)),
    /** What a note-to-self says. */
    note: z.nullable(Text),
    state: TimerState,
    dueAt: Moment,
    /** When to look at it next: `dueAt`, or later while the help desk cannot be read. */
    nextAt: Moment,
    /** Since when it is held; its time stands still. */
    heldAt: z.nullable(Moment),
    /**
     * hold: the case is on hold. decision: a person has to say. pause: the status is one in which its clock stands still.
     * review: it fell due together with many others while nobody was there, and is on the list for a person.
     */
    heldFor: z.nullable(z.enum(['hold', 'decision', 'pause', 'review'])),
    /** Since when the help desk could not be read, which it must be before the timer acts. */
    unreadSince: z.nullable(Moment),
    proof: TimerProof,
  }),
);
export type Timer = z.infer<typeof Timer>;

/** What "Undo" goes back to. */
export const UndoPoint = lazily(() =>
  z.strictObject({
    commandId: Key,
    at: Moment,
    /** The same as the case's present one: only timers were moved. */
    generation: Count,
    templateId: Id,
    statusId: Id,
    subStatusId: z.nullable(Id),
    tagId: z.nullable(Id),
    enteredAt: Moment,
    customerRepliedAt: z.nullable(Moment),
    nativeStatus: z.nullable(z.string()),
    /** Every timer that was open, as it was, with what remained of it: ms, working time where it waits in working time. */
    timers: z.array(z.strictObject({ timer: Timer, remainingMs: z.int() })),
    /** The timer that made the change by itself: undone, it waits for a person. */
    timerId: z.nullable(Key),
    /** The customer's message that made the change. */
    replyId: z.nullable(Key),
    /** The change's message is with the customer: undo cannot fetch it back, and says so. */
    messageSent: z.boolean(),
  }),
);
export type UndoPoint = z.infer<typeof UndoPoint>;

export const CaseRecord = lazily(() =>
  z.strictObject({
    caseKey: Key,
    siteId: Key,
    ticketId: z.string().check(z.minLength(1), z.maxLength(80)),
    templateId: Id,
    templateVersion: z.int().check(z.minimum(1)),
    statusId: Id,
    subStatusId: z.nullable(Id),
    tagId: z.nullable(Id),
    enteredAt: Moment,
    /** Counts entries into a position; timers and held effects of an older one never act. */
    generation: Count,
    /** Counts commits; tabs use it to tell newer from older. */
    revision: Count,
    /** A person said "do not close". */
    hold: z.boolean(),
    /** On hold, reminders to the customer go on all the same. */
    remindOnHold: z.boolean(),
    /** A reply that moved nothing and waits for its agent to look. */
    customerRepliedAt: z.nullable(Moment),
    /** Something a person has to settle, in words. */
    attention: z.nullable(z.strictObject({ code: z.string().check(z.maxLength(80)), message: Text })),
    /** The newest customer message that was taken into account. Ids, not clocks. */
    lastCustomerMessageId: z.nullable(z.string().check(z.maxLength(80))),
    /** The newest message of anybody that was known when the case entered its position; what was said here is newer. */
    entryMessageId: z.nullable(z.string().check(z.maxLength(80))),
    nativeStatus: z.nullable(z.string().check(z.maxLength(80))),
    /** The native status that we wrote or accepted last; a different one seen is drift. */
    expectedNativeStatus: z.nullable(z.string().check(z.maxLength(80))),
    subject: z.string().check(z.maxLength(500)),
    requester: z.nullable(Person),
    assignee: z.nullable(Person),
    /** What "Undo" would go back to. */
    undo: z.nullable(UndoPoint),
    /** When the last command was carried out; a clock that is behind it is wrong. */
    changedAt: Moment,
    lastHistorySeq: Count,
    lastHistoryHash: Hash,
  }),
);
export type CaseRecord = z.infer<typeof CaseRecord>;

/**
 * uncertain: it may or may not have arrived; never sent again blindly. held: it stands still while the case is on hold.
 */
export const EffectState = lazily(() =>
  z.enum(['pending', 'held', 'sending', 'done', 'failed', 'uncertain', 'cancelled']),
);
export type EffectState = z.infer<typeof EffectState>;

export const HistoryWhat = lazily(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('entered'),
      from: z.nullable(PositionWithTag),
      to: PositionWithTag,
      note: z.nullable(Text),
    }),
    z.strictObject({ type: z.literal('undone'), from: PositionWithTag, to: PositionWithTag, undoneCommandId: Key }),
    /** The case lives by another template from here on. */
    z.strictObject({
      type: z.literal('moved'),
      from: PositionWithTag,
      fromTemplateId: Id,
      to: PositionWithTag,
      note: z.nullable(Text),
    }),
    /** The case goes on with another version of its template. */
    z.strictObject({ type: z.literal('version'), fromVersion: z.int(), cancelledRuleIds: z.array(Id) }),
    /** Its status, sub-status or tag was retired, and the admin said where its cases go. */
    z.strictObject({ type: z.literal('retired'), from: PositionWithTag, to: PositionWithTag }),
    /** `remindOnHold`: the customer is reminded all the same. Not in entries of the first version, which never did. */
    z.strictObject({ type: z.literal('hold'), on: z.boolean(), remindOnHold: z.optional(z.boolean()) }),
    /** Timers got the dates of a new version. */
    z.strictObject({ type: z.literal('retimed'), timerIds: z.array(Key) }),
    z.strictObject({ type: z.literal('snoozed'), byMs: z.int(), timerIds: z.array(Key) }),
    z.strictObject({ type: z.literal('remind-me'), timerId: Key, at: Moment, note: Text }),
    z.strictObject({ type: z.literal('remind-me-dropped'), timerId: Key }),
    z.strictObject({ type: z.literal('cloned') }),
    z.strictObject({
      type: z.literal('timer-fired'),
      ruleId: z.nullable(Id),
      kind: TimerKind,
      /** Not in entries of the first version, which knew no repeated ones. */
      occurrence: z.optional(z.int()),
      lateMs: z.int(),
      verified: z.boolean(),
    }),
    z.strictObject({ type: z.literal('timer-held'), ruleId: z.nullable(Id), kind: TimerKind, why: Text }),
    /** A person looked at a timer that was held, and let it act or dropped it. */
    z.strictObject({
      type: z.literal('timer-settled'),
      ruleId: z.nullable(Id),
      kind: TimerKind,
      how: z.enum(['act', 'drop']),
    }),
    z.strictObject({ type: z.literal('clock-back'), byMs: z.int() }),
    z.strictObject({
      type: z.literal('customer-replied'),
      messageId: Key,
      moved: z.boolean(),
      /** An out-of-office or another machine's mail: noted, and nothing else. Not in entries of the first version. */
      automatic: z.optional(z.boolean()),
    }),
    /** A person said that this was no real reply; what it had done was taken back. */
    z.strictObject({ type: z.literal('not-a-reply'), messageId: Key, to: PositionWithTag }),
    /** The help desk tells the customer of this status by itself; the template's own message was left out. */
    z.strictObject({ type: z.literal('desk-tells'), native: z.string() }),
    z.strictObject({ type: z.literal('drift'), native: z.string() }),
    z.strictObject({ type: z.literal('drift-settled'), native: z.string(), how: z.enum(['set-back', 'ignore']) }),
    z.strictObject({ type: z.literal('effect'), effectId: Key, outcome: EffectState, text: Text }),
  ]),
);
export type HistoryWhat = z.infer<typeof HistoryWhat>;

export const HistoryEntry = lazily(() =>
  z.strictObject({
    caseKey: Key,
    /** 1, 2, 3 … within the case. */
    seq: z.int().check(z.minimum(1)),
    at: Moment,
    /** `null`: nobody, an automation. */
    actor: z.nullable(Person),
    cause: Cause,
    commandId: Key,
    templateId: Id,
    templateVersion: z.int(),
    what: HistoryWhat,
    salt: Text,
    digest: Hash,
    previousHash: Hash,
    hash: Hash,
  }),
);
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const DeskWrite = lazily(() =>
  z.strictObject({
    /** The help desk's own status to set. */
    status: z.nullable(z.string()),
    message: z.nullable(
      z.strictObject({
        body: z.string(),
        visibility: z.enum(['public', 'internal']),
        /** Ends the body; the ticket is searched for it before sending. */
        reference: z.string(),
        /** The newest message of the ticket when the case came to where it is; `null`: none was known. */
        after: z.nullable(z.string()),
      }),
    ),
  }),
);
export type DeskWrite = z.infer<typeof DeskWrite>;

/**
 * What a notification is about; each kind can be switched off by itself. told: the customer was reminded or told.
 * changed: a case changed by itself. reply: the customer replied. reminder: a rule or the person asked to be reminded.
 * decision: something waits for a person. not-sent: a message or status did not reach the help desk.
 */
export const NotificationKind = lazily(() => z.enum(['told', 'changed', 'reply', 'reminder', 'decision', 'not-sent']));
export type NotificationKind = z.infer<typeof NotificationKind>;

export const Effect = lazily(() =>
  z.strictObject({
    effectId: Key,
    caseKey: Key,
    siteId: Key,
    commandId: Key,
    generation: Count,
    /** Order within the case. */
    seq: Count,
    kind: z.enum(['desk-write', 'notification']),
    write: z.nullable(DeskWrite),
    notification: z.nullable(z.strictObject({ kind: NotificationKind, title: z.string(), body: z.string() })),
    /** Whose session it needs; `null`: any agent's. */
    actor: z.nullable(Person),
    ruleId: z.nullable(Id),
    /** When it was decided. Not in effects of earlier versions. */
    owedAt: z.optional(Moment),
    notBefore: Moment,
    state: EffectState,
    attempts: Count,
    /** A try of it may have arrived without our hearing so; a message is then given time before it is looked for. */
    maybeSent: z.boolean(),
    outcome: z.nullable(z.string()),
  }),
);
export type Effect = z.infer<typeof Effect>;
