import * as z from 'zod/mini';
import type { TimerKind } from './template';

/** A moment: milliseconds since 1970 UTC, from the injected clock. */
export type Instant = number;

/** One ticket of one site: `siteId/ticketId`. */
export type CaseKey = string;

export function caseKeyOf(siteId: string, ticketId: string): CaseKey {
  return `${siteId}/${ticketId}`;
}

export const Person = z.object({
  /** How the help desk knows them: a login or an address. Empty where only the name is known. */
  login: z.string().check(z.maxLength(320)),
  name: z.string().check(z.maxLength(320)),
});
export type Person = z.infer<typeof Person>;

/** What we need of a ticket, read from its page or from the help desk's API. Never message bodies. */
export const TicketFacts = z.object({
  ticketId: z.string().check(z.minLength(1), z.maxLength(80)),
  subject: z.string().check(z.maxLength(500)),
  nativeStatus: z.nullable(z.string().check(z.maxLength(80))),
  requester: z.nullable(Person),
  assignee: z.nullable(Person),
  queue: z.nullable(z.string().check(z.maxLength(200))),
  /** The newest message of any kind; later ones are new to us. Ids, not clocks. */
  lastMessageId: z.nullable(z.string().check(z.maxLength(80))),
});
export type TicketFacts = z.infer<typeof TicketFacts>;

/** Why a change came about. */
export type Cause = 'person' | 'timer' | 'reply' | 'desk' | 'outbox';

export interface CaseRecord {
  caseKey: CaseKey;
  siteId: string;
  ticketId: string;
  templateId: string;
  templateVersion: number;
  statusId: string;
  subStatusId: string | null;
  tagId: string | null;
  enteredAt: Instant;
  /** Counts entries into a position; timers and held effects of an older one never act. */
  generation: number;
  /** Counts commits; tabs use it to tell newer from older. */
  revision: number;
  /** A person said "do not close". */
  hold: boolean;
  /** A reply that moved nothing and waits for its agent to look. */
  customerRepliedAt: Instant | null;
  /** Something a person has to settle, in words. */
  attention: { code: string; message: string } | null;
  /** The newest customer message that was taken into account. Ids, not clocks. */
  lastCustomerMessageId: string | null;
  nativeStatus: string | null;
  /** The native status that we wrote or accepted last; a different one seen is drift. */
  expectedNativeStatus: string | null;
  subject: string;
  requester: Person | null;
  assignee: Person | null;
  /** What "Undo" would go back to. */
  undo: UndoPoint | null;
  lastHistorySeq: number;
  lastHistoryHash: string;
}

export interface UndoPoint {
  commandId: string;
  at: Instant;
  statusId: string;
  subStatusId: string | null;
  tagId: string | null;
  enteredAt: Instant;
  customerRepliedAt: Instant | null;
  nativeStatus: string | null;
  /** The timers that the change cancelled, with what remained of each, in ms. */
  timers: { ruleId: string; remainingMs: number; held: boolean; proof: TimerProof }[];
  /** The rule that made the change by itself: undone, its timer waits for a person. */
  timerRuleId: string | null;
  /** The change's message is with the customer: undo cannot fetch it back, and says so. */
  messageSent: boolean;
}

/** armed: will fire; held: a person has to release it; fired and cancelled are kept for the proof. */
export type TimerState = 'armed' | 'held' | 'fired' | 'cancelled';

export interface Timer {
  timerId: string;
  caseKey: CaseKey;
  ruleId: string;
  kind: TimerKind;
  generation: number;
  state: TimerState;
  dueAt: Instant;
  /** When to look at it next: `dueAt`, or later while the help desk cannot be read. */
  nextAt: Instant;
  /** Since when it is held; its time stands still. */
  heldAt: Instant | null;
  /** Since when the help desk could not be read, which it must be before the timer acts. */
  unreadSince: Instant | null;
  proof: TimerProof;
}

/** How a due date came about. */
export interface TimerProof {
  enteredAt: Instant;
  afterMs: number;
  /** Shifts after the fact, oldest first: a late reminder moves its close. */
  shifts: { at: Instant; byMs: number; why: string }[];
}

export type HistoryWhat =
  | { type: 'entered'; from: PositionWithTag | null; to: PositionWithTag; note: string | null }
  | { type: 'undone'; from: PositionWithTag; to: PositionWithTag; undoneCommandId: string }
  | { type: 'hold'; on: boolean }
  | { type: 'timer-fired'; ruleId: string; kind: TimerKind; lateMs: number; verified: boolean }
  | { type: 'timer-held'; ruleId: string; kind: TimerKind; why: string }
  | { type: 'customer-replied'; messageId: string; moved: boolean }
  | { type: 'drift'; native: string }
  | { type: 'drift-settled'; native: string; how: 'set-back' | 'ignore' }
  | { type: 'effect'; effectId: string; outcome: EffectState; text: string };

export interface PositionWithTag {
  statusId: string;
  subStatusId: string | null;
  tagId: string | null;
}

export interface HistoryEntry {
  caseKey: CaseKey;
  /** 1, 2, 3 … within the case. */
  seq: number;
  at: Instant;
  /** `null`: nobody, an automation. */
  actor: Person | null;
  cause: Cause;
  commandId: string;
  templateId: string;
  templateVersion: number;
  what: HistoryWhat;
  salt: string;
  digest: string;
  previousHash: string;
  hash: string;
}

/** uncertain: it may or may not have arrived; never sent again blindly. */
export type EffectState = 'pending' | 'sending' | 'done' | 'failed' | 'uncertain' | 'cancelled';

export interface DeskWrite {
  /** The help desk's own status to set. */
  status: string | null;
  message: { body: string; visibility: 'public' | 'internal'; reference: string } | null;
}

export interface Effect {
  effectId: string;
  caseKey: CaseKey;
  siteId: string;
  commandId: string;
  generation: number;
  /** Order within the case. */
  seq: number;
  kind: 'desk-write' | 'notification';
  write: DeskWrite | null;
  notification: { title: string; body: string } | null;
  /** Whose session it needs; `null`: any agent's. */
  actor: Person | null;
  ruleId: string | null;
  notBefore: Instant;
  state: EffectState;
  attempts: number;
  /** A try of it may have arrived without our hearing so; a message is then given time before it is looked for. */
  maybeSent: boolean;
  outcome: string | null;
}
