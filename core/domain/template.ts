import * as z from 'zod/mini';

/** Ids stay the same through renames; names are what people read. */
const Id = z.string().check(z.minLength(1), z.maxLength(80), z.regex(/^[a-z0-9][a-z0-9-]*$/));
const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));
const Words = z.string().check(z.maxLength(2000));

export const Category = z.enum(['initial', 'active', 'waiting', 'done']);
export type Category = z.infer<typeof Category>;

/** Who has to act next. Every status and sub-status names one (R17). */
export const Party = z.enum(['us', 'customer', 'third-party', 'nobody']);
export type Party = z.infer<typeof Party>;

/** A day is 24 hours. */
export const Duration = z.object({
  amount: z.int().check(z.minimum(1), z.maximum(100_000)),
  unit: z.enum(['seconds', 'minutes', 'hours', 'days']),
});
export type Duration = z.infer<typeof Duration>;

const Meaning = z.object({ agent: Words, customer: Words });

/** The reason for a change of status (R4). */
export const StatusTag = z.object({ id: Id, name: Name });
export type StatusTag = z.infer<typeof StatusTag>;

export const SubStatus = z.object({ id: Id, name: Name, waitsFor: Party, meaning: Meaning });
export type SubStatus = z.infer<typeof SubStatus>;

export const Status = z.object({
  id: Id,
  name: Name,
  category: Category,
  waitsFor: Party,
  meaning: Meaning,
  subStatuses: z.array(SubStatus),
  subStatusRequired: z.boolean(),
  tags: z.array(StatusTag),
  tagRequired: z.boolean(),
  /** Ids of the statuses that may follow; `null` allows any. */
  mayBecome: z.nullable(z.array(Id)),
});
export type Status = z.infer<typeof Status>;

/** Exactly this status and, where given, exactly this sub-status. */
export const Position = z.object({ statusId: Id, subStatusId: z.nullable(Id) });
export type Position = z.infer<typeof Position>;

/** Where an automation sends a case: a position and, where the status asks for one, a tag (R5 binds automations too). */
export const Target = z.object({ statusId: Id, subStatusId: z.nullable(Id), tagId: z.nullable(Id) });
export type Target = z.infer<typeof Target>;

/** Something that happens a while after a case entered a position, unless the case leaves it first. */
export const TimerRule = z.object({
  id: Id,
  kind: z.enum(['reminder', 'auto-close', 'notice']),
  when: Position,
  after: Duration,
  does: z.union([
    z.object({ type: z.literal('message'), messageId: Id }),
    z.object({ type: z.literal('change'), to: Target }),
  ]),
});
export type TimerRule = z.infer<typeof TimerRule>;
export type TimerKind = TimerRule['kind'];

/** A message to the customer that goes out when a case enters a position. */
export const EntryRule = z.object({ id: Id, when: Position, messageId: Id, immediate: z.boolean() });
export type EntryRule = z.infer<typeof EntryRule>;

/** What a customer's reply does to a case in a position. No rule: the case stays and is flagged. */
export const ReplyRule = z.object({ id: Id, when: Position, to: Target });
export type ReplyRule = z.infer<typeof ReplyRule>;

export const MessageTemplate = z.object({
  id: Id,
  name: Name,
  body: z.string().check(z.minLength(1), z.maxLength(5000)),
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;

/** How our statuses and one kind of help desk's own statuses correspond. */
export const NativeMapping = z.object({
  /** Ours -> theirs, written when a case enters the status. A status that is not listed writes nothing. */
  set: z.record(Id, z.string()),
  /** Theirs -> ours, shown for a ticket that is not tracked yet. */
  shows: z.record(z.string(), Id),
});
export type NativeMapping = z.infer<typeof NativeMapping>;

export const CaseTemplate = z.object({
  id: Id,
  name: Name,
  summary: Words,
  version: z.int().check(z.minimum(1)),
  initialStatusId: Id,
  statuses: z.array(Status).check(z.minLength(1), z.maxLength(200)),
  timers: z.array(TimerRule),
  onEntry: z.array(EntryRule),
  replies: z.array(ReplyRule),
  messages: z.array(MessageTemplate),
  /** By site adapter id. */
  native: z.record(z.string(), NativeMapping),
});
export type CaseTemplate = z.infer<typeof CaseTemplate>;

/** Finds a status of the template, or `undefined` where the template has none of that id. */
export function findStatus(template: CaseTemplate, statusId: string): Status | undefined {
  return template.statuses.find((status) => status.id === statusId);
}

/** Finds a sub-status of a status; `null` and unknown ids give `undefined`. */
export function findSubStatus(status: Status | undefined, subStatusId: string | null): SubStatus | undefined {
  return subStatusId === null ? undefined : status?.subStatuses.find((sub) => sub.id === subStatusId);
}

export function samePosition(a: Position, b: Position): boolean {
  return a.statusId === b.statusId && a.subStatusId === b.subStatusId;
}

/** The words for a position: "Pending – Customer Input". Ids that the template does not know are shown as they are. */
export function positionName(template: CaseTemplate, position: Position): string {
  const status = findStatus(template, position.statusId);
  const name = status?.name ?? position.statusId;
  if (position.subStatusId === null) return name;
  return `${name} – ${findSubStatus(status, position.subStatusId)?.name ?? position.subStatusId}`;
}
