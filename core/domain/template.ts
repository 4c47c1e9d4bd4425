import * as z from 'zod/mini';
import { fileWords } from '../words/files';
import { LANGUAGES } from '../words/language';
import { lazily } from './lazily';
import { RESERVED_KEYS } from './reserved-keys';

/** Every object has something under these keys already, so files that have them are refused. */
const notReserved = lazily(() =>
  z.refine<string>((key) => !RESERVED_KEYS.includes(key), { error: () => fileWords.reservedWord }),
);

/** Ids stay the same through renames; names are what people read. */
export const Id = lazily(() =>
  z.string().check(
    z.minLength(1),
    z.maxLength(80),
    z.regex(/^[a-z0-9][a-z0-9-]*$/, { error: () => fileWords.badId }),
    // Ids become keys of objects.
    notReserved,
  ),
);
export const Name = lazily(() => z.string().check(z.trim(), z.minLength(1), z.maxLength(120)));
const Words = lazily(() => z.string().check(z.maxLength(2000)));

export const Category = lazily(() => z.enum(['initial', 'active', 'waiting', 'done']));
export type Category = z.infer<typeof Category>;

/** Who has to act next. Every status and sub-status names one (R17). */
export const Party = lazily(() => z.enum(['us', 'customer', 'third-party', 'nobody']));
export type Party = z.infer<typeof Party>;

const Amount = lazily(() => z.int().check(z.minimum(1), z.maximum(100_000)));
export const ClockTime = lazily(() =>
  z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: () => fileWords.badTime })),
);

/** A day is 24 hours. Business time counts the working hours of the template's calendar only. */
export const Duration = lazily(() =>
  z.strictObject({
    amount: Amount,
    unit: z.enum(['seconds', 'minutes', 'hours', 'days', 'business-hours', 'business-days']),
  }),
);
export type Duration = z.infer<typeof Duration>;

/** The `amount`th working day after today, at a time of day: "next working day, 8:00" is amount 1. */
export const WorkingMoment = lazily(() =>
  z.strictObject({ amount: Amount, unit: z.literal('working-day'), at: ClockTime }),
);
export type WorkingMoment = z.infer<typeof WorkingMoment>;

/** How long a timer waits. */
export const Wait = lazily(() => z.discriminatedUnion('unit', [Duration, WorkingMoment]));
export type Wait = z.infer<typeof Wait>;

const Meaning = lazily(() => z.strictObject({ agent: Words, customer: Words }));

/** The reason for a change of status (R4). */
export const StatusTag = lazily(() =>
  z.strictObject({
    id: Id,
    name: Name,
    /** Retired: no longer offered, still readable where it was used. */
    retired: z.boolean(),
  }),
);
export type StatusTag = z.infer<typeof StatusTag>;

export const SubStatus = lazily(() =>
  z.strictObject({
    id: Id,
    name: Name,
    waitsFor: Party,
    meaning: Meaning,
    retired: z.boolean(),
  }),
);
export type SubStatus = z.infer<typeof SubStatus>;

export const Status = lazily(() =>
  z.strictObject({
    id: Id,
    name: Name,
    category: Category,
    /** `#rrggbb`; `null`: the category's colour. */
    colour: z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/, { error: () => fileWords.badColour }))),
    waitsFor: Party,
    meaning: Meaning,
    subStatuses: z.array(SubStatus).check(z.maxLength(100)),
    subStatusRequired: z.boolean(),
    tags: z.array(StatusTag).check(z.maxLength(5000)),
    tagRequired: z.boolean(),
    /** Ids of the statuses that may follow; `null` allows any. The same status again is always allowed. */
    mayBecome: z.nullable(z.array(Id).check(z.maxLength(200))),
    /** Retired: cannot be entered any more; cases that are in it stay readable. */
    retired: z.boolean(),
  }),
);
export type Status = z.infer<typeof Status>;

/** Exactly this status and, where given, exactly this sub-status. */
export const Position = lazily(() => z.strictObject({ statusId: Id, subStatusId: z.nullable(Id) }));
export type Position = z.infer<typeof Position>;

/** Where an automation sends a case: a position and, where the status asks for one, a tag (R5 binds automations too). */
export const Target = lazily(() =>
  z.strictObject({ statusId: Id, subStatusId: z.nullable(Id), tagId: z.nullable(Id) }),
);
export type Target = z.infer<typeof Target>;

/**
 * Who is told how. reply: the customer, in public, through the help desk. note: colleagues, as an internal note on the
 * ticket. notification: the agent, by the browser.
 */
export const Via = lazily(() => z.enum(['reply', 'note', 'notification']));
export type Via = z.infer<typeof Via>;

const SendsMessage = lazily(() => z.strictObject({ type: z.literal('message'), messageId: Id, via: Via }));
const ChangesStatus = lazily(() => z.strictObject({ type: z.literal('change'), to: Target }));

/** Something that happens a while after a case entered a position, unless the case leaves it first. */
export const TimerRule = lazily(() =>
  z.strictObject({
    id: Id,
    kind: z.enum(['reminder', 'auto-close', 'change', 'notice']),
    when: Position,
    after: Wait,
    /** Fires again this long after each time, `times` times in all; `null`: once. Each occurrence is a timer of its own. */
    repeat: z.nullable(z.strictObject({ every: Duration, times: z.int().check(z.minimum(2), z.maximum(50)) })),
    /**
     * `null`: leaving the position cancels it. Otherwise the clock belongs to the case: it starts with an entry into
     * the position, runs on through other statuses, stands still in those named here, and ends with a status of category done.
     */
    pausesIn: z.nullable(z.array(Position).check(z.maxLength(200))),
    does: z.discriminatedUnion('type', [SendsMessage, ChangesStatus]),
    /** When the ticket cannot be read just before: try again for a day and then ask, ask at once, or act and say so. */
    ifUnread: z.enum(['retry', 'ask', 'act']),
  }),
);
export type TimerRule = z.infer<typeof TimerRule>;

/** A message that goes out when a case enters a position. */
export const EntryRule = lazily(() =>
  z.strictObject({ id: Id, when: Position, messageId: Id, via: Via, immediate: z.boolean() }),
);
export type EntryRule = z.infer<typeof EntryRule>;

/** What a customer's reply does to a case in a position. No rule: the case stays and is flagged. */
export const ReplyRule = lazily(() => z.strictObject({ id: Id, when: Position, to: Target }));
export type ReplyRule = z.infer<typeof ReplyRule>;

export const MessageTemplate = lazily(() =>
  z.strictObject({
    id: Id,
    name: Name,
    body: z.string().check(z.minLength(1), z.maxLength(5000)),
  }),
);
export type MessageTemplate = z.infer<typeof MessageTemplate>;

export const NativeStatus = lazily(() => z.string().check(z.minLength(1), z.maxLength(80), notReserved));

/** How our statuses and a help desk's own statuses correspond. */
export const NativeMapping = lazily(() =>
  z.strictObject({
    /** Ours -> theirs, written when a case enters the status. A status that is not listed writes nothing. */
    set: z.record(Id, NativeStatus),
    /** Theirs -> ours, shown for a ticket that is not tracked yet. */
    shows: z.record(NativeStatus, Id),
  }),
);
export type NativeMapping = z.infer<typeof NativeMapping>;

/** Tickets that a template is for; `null` means any. Compared without regard to case. */
export const TicketPattern = lazily(() =>
  z.strictObject({
    /** A site, or a kind of help desk (`rt`): every site of that kind. */
    siteId: z.nullable(z.string().check(z.minLength(1), z.maxLength(120))),
    /** Queue or project. */
    queue: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
    /** Type or tracker. */
    type: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
  }),
);
export type TicketPattern = z.infer<typeof TicketPattern>;

export const CaseTemplate = lazily(() =>
  z.strictObject({
    id: Id,
    name: Name,
    summary: Words,
    /** Of its messages: the dates in them follow it. English where it is not given. */
    language: z.optional(z.enum(LANGUAGES)),
    /** 1, 2, 3 …; what is published never changes, a change is a new version. */
    version: z.int().check(z.minimum(1), z.maximum(1_000_000)),
    initialStatusId: Id,
    /** In the order in which people see them. */
    statuses: z.array(Status).check(z.minLength(1), z.maxLength(200)),
    timers: z.array(TimerRule).check(z.maxLength(500)),
    onEntry: z.array(EntryRule).check(z.maxLength(500)),
    replies: z.array(ReplyRule).check(z.maxLength(500)),
    messages: z.array(MessageTemplate).check(z.maxLength(200)),
    /** The calendar that business time is counted by; `null`: the site's or the browser's own. */
    calendarId: z.nullable(Id),
    /** Any of them; none at all: only where a site names the template as its default. */
    appliesTo: z.array(TicketPattern).check(z.maxLength(200)),
    /** By site id or, for all help desks of one kind, by site adapter id; the site's own comes first. */
    native: z.record(z.string().check(z.minLength(1), z.maxLength(120), notReserved), NativeMapping),
  }),
);
export type CaseTemplate = z.infer<typeof CaseTemplate>;

/** Finds a status of the template, or `undefined` where the template has none of that id. */
export function findStatus(template: CaseTemplate, statusId: string): Status | undefined {
  return template.statuses.find((status) => status.id === statusId);
}

/** Finds a sub-status of a status; `null` and unknown ids give `undefined`. */
export function findSubStatus(status: Status | undefined, subStatusId: string | null): SubStatus | undefined {
  return subStatusId === null ? undefined : status?.subStatuses.find((sub) => sub.id === subStatusId);
}

export function findTimerRule(template: CaseTemplate, ruleId: string | null): TimerRule | undefined {
  return template.timers.find((rule) => rule.id === ruleId);
}

export function samePosition(a: Position, b: Position): boolean {
  return a.statusId === b.statusId && a.subStatusId === b.subStatusId;
}

/** Whether a case may go on with this version of its template by itself: where it stands is still there, be it retired. */
export function hasPosition(template: CaseTemplate, position: Target): boolean {
  const status = findStatus(template, position.statusId);
  const { subStatusId, tagId } = position;
  return (
    status !== undefined &&
    (subStatusId === null || findSubStatus(status, subStatusId) !== undefined) &&
    (tagId === null || status.tags.some(({ id }) => id === tagId))
  );
}

/** The words for a position: "Pending – Customer Input". Ids that the template does not know are shown as they are. */
export function positionName(template: CaseTemplate, position: Position): string {
  const status = findStatus(template, position.statusId);
  const name = status?.name ?? position.statusId;
  if (position.subStatusId === null) return name;
  return `${name} – ${findSubStatus(status, position.subStatusId)?.name ?? position.subStatusId}`;
}

/** What the template says about a site's own statuses; `undefined` where it says nothing. */
export function nativeMapping(template: CaseTemplate, siteId: string, adapterId: string): NativeMapping | undefined {
  for (const key of [siteId, adapterId]) if (Object.hasOwn(template.native, key)) return template.native[key];
  return undefined;
}

/** Whether a help desk calls both the same: RT takes a status in any case, and tells it in its own. */
export const sameNative = (one: string | null, other: string | null): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

/** The first template that is for the ticket, in the order given; `undefined`: the site's default is. */
export function templateForTicket(
  templates: readonly CaseTemplate[],
  ticket: { siteId: string; adapterId: string; queue: string | null; type: string | null },
): CaseTemplate | undefined {
  const fits = (wanted: string | null, found: string | null) =>
    wanted === null || wanted.toLowerCase() === found?.toLowerCase();
  return templates.find((template) =>
    template.appliesTo.some(
      (pattern) =>
        (fits(pattern.siteId, ticket.siteId) || fits(pattern.siteId, ticket.adapterId)) &&
        fits(pattern.queue, ticket.queue) &&
        fits(pattern.type, ticket.type),
    ),
  );
}
