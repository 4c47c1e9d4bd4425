/**
 * Every request that a surface may send to the background: its name, its schemas, and who may send it.
 * The only place where messages are parsed.
 */

import * as z from 'zod/mini';
import { BusinessCalendar, type Due } from '../domain/calendar';
import { Person, TicketFacts } from '../domain/case';
import { lazily } from '../domain/lazily';
import { NotificationSettings } from '../domain/notification-settings';
import { SHORTCUT_FORM, type Shortcuts } from '../domain/shortcuts';
import { CaseTemplate, NativeStatus, Target, Name as TemplateName, Wait } from '../domain/template';
import type { DateTable } from '../words/dates';
import { LANGUAGES, type Language } from '../words/language';
import type { BackupView, DataOverview, ExportPart, ImportLook, VerifyPart } from './data-views';
import { Role } from './policy';
import type {
  CalendarList,
  CalendarOutcome,
  CaseChip,
  CaseView,
  ChangeOutcome,
  ChangePreview,
  ConnectionView,
  DiagnosticsView,
  DraftItem,
  DraftReview,
  DraftView,
  ExampleView,
  HistoryItem,
  HolidayFileView,
  ImportReview,
  Moment,
  PolicyView,
  PopupView,
  ReplayView,
  RetimeView,
  ReviewItem,
  SiteView,
  TemplateView,
  VersionView,
} from './views';

const TicketId = lazily(() =>
  z.string().check(z.minLength(1), z.maxLength(80), z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/)),
);
const CommandId = lazily(() => z.string().check(z.minLength(8), z.maxLength(80), z.regex(/^[A-Za-z0-9-]+$/)));
/** The id of a command that the background may have made itself, of a timer or a reply; it is only compared. */
const KnownCommandId = lazily(() => z.string().check(z.minLength(1), z.maxLength(500)));
const KnownTimerId = lazily(() => z.string().check(z.minLength(1), z.maxLength(500)));
/** Made of the id of a command, which may be made of that of a timer. */
const KnownEffectId = lazily(() => z.string().check(z.minLength(1), z.maxLength(500)));
/** ms since 1970; as far ahead as any date that the domain counts. */
const Instant = lazily(() => z.int().check(z.minimum(0), z.maximum(32_503_680_000_000)));
const ChoiceId = lazily(() => z.string().check(z.minLength(1), z.maxLength(80)));
const Shortcut = lazily(() => z.nullable(z.string().check(z.maxLength(30), z.regex(SHORTCUT_FORM))));
const ShortcutSettings = lazily(() =>
  z.strictObject({
    palette: Shortcut,
    change: Shortcut,
    undo: Shortcut,
    hold: Shortcut,
    history: Shortcut,
  }),
);
/** Longer than any file of templates that is read; how long is too long is said in words. */
const FileText = lazily(() => z.string().check(z.maxLength(6_000_000)));
/** Of a calendar, as it was shown. */
const CalendarVersion = lazily(() => z.string().check(z.minLength(1), z.maxLength(80)));
const AfterCase = lazily(() => z.nullable(z.string().check(z.minLength(1), z.maxLength(500))));
/** Also of a help desk that is not connected any more. */
const KnownSiteId = lazily(() => z.string().check(z.minLength(1), z.maxLength(120)));
const ImportPrecedence = lazily(() => z.enum(['keep', 'take']));
const CHIPS_AT_ONCE = 500;
/** Of a file that was chosen on a page of the extension; nobody else can make one that can be read here. */
const ChosenFile = lazily(() =>
  z.string().check(z.maxLength(200), z.regex(/^blob:[a-z]+-extension:\/\/[0-9a-zA-Z-]+\/[0-9a-f-]+$/)),
);
const VersionNote = lazily(() => z.string().check(z.maxLength(2000)));
const VersionNumber = lazily(() => z.int().check(z.minimum(1), z.maximum(1_000_000)));
const NoticeDays = lazily(() => z.int().check(z.minimum(1), z.maximum(365)));
const Nothing = lazily(() => z.strictObject({}));
const Ticket = lazily(() => z.strictObject({ ticketId: TicketId }));

const change = () => ({
  ticketId: TicketId,
  statusId: ChoiceId,
  subStatusId: z.nullable(ChoiceId),
  tagId: z.nullable(ChoiceId),
  /** True: the message of this change is not sent, because the agent has just answered. */
  skipMessage: z.boolean(),
});

/** How far the guided set-up has come: the step that is next, and whether the person has been through it. */
export const SetupProgress = lazily(() => z.strictObject({ step: z.enum(['desk', 'template', 'panel']) }));
export type SetupProgress = z.infer<typeof SetupProgress>;

/** `ticket`: the content script on a granted ticket page. `page`: the extension's own pages. */
export type Sender = 'ticket' | 'page';

interface Request<In extends z.ZodMiniType, Out> {
  in: In;
  from: readonly Sender[];
  /** Carries the type of the answer; never set. */
  out?: Out;
}

function request<Out>() {
  return <In extends z.ZodMiniType>(from: readonly Sender[], schema: () => In): Request<In, Out> => ({
    in: lazily(schema),
    from,
  });
}

export const requests = {
  /** The page shows this ticket. Answers with the case and, where the help desk can be read, looks for replies. */
  'case.open': request<CaseView>()(['ticket'], () => z.strictObject({ facts: TicketFacts, agent: z.nullable(Person) })),
  /** The case as stored, nothing else. */
  'case.view': request<CaseView>()(['ticket'], () => Ticket),
  /** The statuses of the tickets that a list shows; a ticket of which nothing is known is left out. */
  /** `language`: a tag, of the words beside what is answered. */
  'cases.chips': request<{ chips: CaseChip[]; language: string }>()(['ticket'], () =>
    z.strictObject({
      tickets: z
        .array(z.strictObject({ ticketId: TicketId, nativeStatus: z.nullable(z.string().check(z.maxLength(80))) }))
        .check(z.minLength(1), z.maxLength(CHIPS_AT_ONCE)),
    }),
  ),
  /** Older entries of the history, newest first: those before the entry `before`. */
  'case.history': request<HistoryItem[]>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, before: z.int().check(z.minimum(0)) }),
  ),
  'case.preview': request<ChangePreview>()(['ticket'], () => z.strictObject(change())),
  /** When the customer was last answered; `null`: never, or the help desk does not say. */
  'case.answered': request<{ answeredAt: number | null }>()(['ticket'], () => Ticket),
  'case.change': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({
      ...change(),
      commandId: CommandId,
      note: z.nullable(z.string().check(z.maxLength(2000))),
      /** The generation that the person saw; `null`: the case was not tracked. */
      seenGeneration: z.nullable(z.int()),
    }),
  ),
  /** Takes back the change `undoes`; refused when it is no longer the newest. */
  'case.undo': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, undoes: KnownCommandId }),
  ),
  'case.hold': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, on: z.boolean() }),
  ),
  /** The moments that are offered for a reminder of one's own, or for a timer to be moved to. */
  'case.moments': request<Moment[]>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, timerId: z.nullable(KnownTimerId) }),
  ),
  'case.snooze': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, timerId: KnownTimerId, until: Instant }),
  ),
  'case.remind-me': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, at: Instant, note: z.string().check(z.maxLength(500)) }),
  ),
  'case.drop-remind-me': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, timerId: KnownTimerId }),
  ),
  /** Takes back what the customer's message `messageId` did: it was no real reply. */
  'case.not-a-reply': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, messageId: z.string().check(z.maxLength(80)) }),
  ),
  /** Settles a drift: set the help desk back, or accept what it says. */
  'case.settle-drift': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, commandId: CommandId, how: z.enum(['set-back', 'ignore']) }),
  ),
  /**
   * The address of the prefilled new ticket. The page opens it itself: a help desk may refuse it without a referrer of its own.
   */
  'case.clone': request<{ url: string }>()(['ticket'], () => Ticket),
  /** Sends a failed or uncertain effect again (a person has looked), or drops it. */
  'outbox.settle': request<ChangeOutcome>()(['ticket'], () =>
    z.strictObject({ ticketId: TicketId, effectId: KnownEffectId, how: z.enum(['send', 'drop']) }),
  ),
  /** Loads the panel's second stage into the sender's frame. */
  'panel.load': request<null>()(['ticket'], () => Nothing),
  /** `load`: a page begins, the panel's code is not in it yet. Where the panel is wanted open, it is sent on its way, and with the answer what is known of the ticket. */
  'panel.settings': request<PanelSettings>()(['ticket'], () => z.strictObject({ load: z.boolean() })),
  'panel.set-place': request<null>()(['ticket'], () =>
    z.strictObject({
      open: z.boolean(),
      right: z.int().check(z.minimum(0), z.maximum(10_000)),
      bottom: z.int().check(z.minimum(0), z.maximum(10_000)),
    }),
  ),
  'panel.set-shortcuts': request<Shortcuts>()(['ticket'], () => ShortcutSettings),
  'sites.list': request<SiteView[]>()(['page'], () => Nothing),
  /** Connects the help desk at this address; the permission for its origin was granted just before, by a click. */
  'sites.connect': request<SiteView>()(['page'], () =>
    z.strictObject({ address: z.string().check(z.maxLength(2000)) }),
  ),
  'sites.disconnect': request<null>()(['page'], () => z.strictObject({ siteId: ChoiceId })),
  'sites.set-template': request<SiteView>()(['page'], () => z.strictObject({ siteId: ChoiceId, templateId: ChoiceId })),
  /** Of which of its statuses the help desk tells the customer by itself, so that we do not tell them as well. */
  'sites.set-desk-tells': request<SiteView>()(['page'], () =>
    z.strictObject({
      siteId: ChoiceId,
      statuses: z.array(NativeStatus).check(z.maxLength(200)),
    }),
  ),
  /** Gives the help desk's key of the agent, which is tried first, or takes it away (`null`). It is never sent back. */
  'sites.set-key': request<SiteView>()(['page'], () =>
    z.strictObject({
      siteId: ChoiceId,
      key: z.nullable(z.string().check(z.minLength(8), z.maxLength(200), z.regex(/^[\x21-\x7e]+$/))),
    }),
  ),
  /** What can be read of a ticket that is open in a tab now, on its page and by the help desk itself; changes nothing. */
  'sites.test': request<ConnectionView>()(['page'], () => z.strictObject({ siteId: ChoiceId })),
  /** What waits for a person: what fell due in absence, and timers that could not decide. */
  'review.list': request<ReviewItem[]>()(['page'], () => Nothing),
  'review.settle': request<{ settled: number; left: number }>()(['page'], () =>
    z.strictObject({
      timerIds: z.array(z.string().check(z.minLength(1), z.maxLength(500))).check(z.minLength(1), z.maxLength(500)),
      how: z.enum(['act', 'drop']),
    }),
  ),
  'notifications.get': request<NotificationSettings>()(['page'], () => Nothing),
  'notifications.set': request<NotificationSettings>()(['page'], () => NotificationSettings),
  /** `chosen`: by the person, `null` where the browser's own counts; `language`: the tag that follows from it. */
  'language.get': request<{ chosen: Language | null; language: string }>()(['page'], () => Nothing),
  'language.set': request<null>()(['page'], () => z.strictObject({ language: z.nullable(z.enum(LANGUAGES)) })),
  /** How far the first set-up has come in this browser. */
  'setup.get': request<SetupProgress>()(['page'], () => Nothing),
  'setup.set': request<null>()(['page'], () => SetupProgress),
  'policy.view': request<PolicyView>()(['page'], () => Nothing),
  'role.set': request<PolicyView>()(['page'], () => z.strictObject({ role: Role })),
  /** `desk`: those that the connected help desks use themselves. */
  'shortcuts.get': request<{ shortcuts: Shortcuts; desk: string[] }>()(['page'], () => Nothing),
  'shortcuts.set': request<Shortcuts>()(['page'], () => ShortcutSettings),
  'templates.list': request<TemplateView[]>()(['page'], () => Nothing),
  /** The newest version as the text of a file. */
  'templates.export': request<{ fileName: string; text: string }>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId }),
  ),
  /** Takes a template out of what new cases and sites are given, or brings it back. */
  'templates.archive': request<TemplateView[]>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, archived: z.boolean() }),
  ),
  /** What importing a file would do; changes nothing. */
  'templates.examine': request<ImportReview>()(['page'], () => z.strictObject({ text: FileText })),
  /** Publishes the templates of a file, all or none. `reviewed`: what the person was told that they become; refused where they would be other versions by now. */
  'templates.publish': request<TemplateView[]>()(['page'], () =>
    z.strictObject({
      text: FileText,
      note: VersionNote,
      reviewed: z.array(z.strictObject({ id: ChoiceId, version: z.int() })).check(z.minLength(1), z.maxLength(500)),
    }),
  ),
  /** How many running timers would be due at another time by the published version; changes nothing. */
  'templates.retiming': request<RetimeView>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, noticeDays: NoticeDays }),
  ),
  /** Gives them the dates of that version, none sooner than after so many days. Refused where it is not the newest by now. */
  'templates.retime': request<null>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, version: VersionNumber, noticeDays: NoticeDays }),
  ),
  'templates.examples': request<ExampleView[]>()(['page'], () => Nothing),
  'templates.add-example': request<TemplateView[]>()(['page'], () => z.strictObject({ templateId: ChoiceId })),
  'drafts.list': request<DraftItem[]>()(['page'], () => Nothing),
  /** Begins a template: an empty one, or a copy of another. */
  'drafts.create': request<DraftItem>()(['page'], () =>
    z.strictObject({ name: TemplateName, from: z.nullable(ChoiceId) }),
  ),
  'drafts.open': request<DraftView>()(['page'], () => z.strictObject({ templateId: ChoiceId })),
  /** `seen`: `editedAt` of the draft that it follows. */
  'drafts.save': request<{ editedAt: number; review: DraftReview }>()(['page'], () =>
    z.strictObject({ template: CaseTemplate, seen: z.nullable(z.int()), note: z.optional(VersionNote) }),
  ),
  /** The cases that a draft can be run over, in the order in which they are asked for. */
  'drafts.replay-cases': request<string[]>()(['page'], () => z.strictObject({ templateId: ChoiceId })),
  /** Runs a draft over some of them. */
  'drafts.replay': request<ReplayView>()(['page'], () =>
    z.strictObject({
      templateId: ChoiceId,
      days: z.int().check(z.minimum(1), z.maximum(400)),
      caseKeys: z.array(z.string().check(z.minLength(1), z.maxLength(300))).check(z.minLength(1), z.maxLength(1000)),
    }),
  ),
  /** One version in full, to be read. */
  'drafts.version': request<VersionView>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, version: VersionNumber }),
  ),
  /** How one version differs from another, in words; `null`: the draft as it was kept last. */
  'drafts.compare': request<string[]>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, from: z.nullable(VersionNumber), to: z.nullable(VersionNumber) }),
  ),
  /** Has the draft go on from a version that was published after it began; what is in it stays. */
  'drafts.rebase': request<null>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, seen: z.int(), onto: VersionNumber }),
  ),
  'drafts.discard': request<null>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, seen: z.nullable(z.int()) }),
  ),
  'drafts.publish': request<{ version: number }>()(['page'], () =>
    z.strictObject({
      templateId: ChoiceId,
      seen: z.int(),
      note: VersionNote,
      /** Where the cases of what is retired go; those that are not named stay. */
      moves: z.array(z.strictObject({ from: Target, to: Target })).check(z.maxLength(500)),
      /** Timers that run get the dates of the new version, none sooner than after so many days; `null`: they keep theirs. */
      noticeDays: z.nullable(NoticeDays),
    }),
  ),
  /** How many running timers would be due at another time by the draft; changes nothing. */
  'drafts.retiming': request<RetimeView>()(['page'], () =>
    z.strictObject({ templateId: ChoiceId, noticeDays: NoticeDays }),
  ),
  'calendars.list': request<CalendarList>()(['page'], () => Nothing),
  /** `seen`: the version that was edited; `null`: it is new. Refused where it is another one by now. */
  'calendars.save': request<CalendarOutcome>()(['page'], () =>
    z.strictObject({ calendar: BusinessCalendar, seen: z.nullable(CalendarVersion) }),
  ),
  'calendars.remove': request<null>()(['page'], () => z.strictObject({ calendarId: ChoiceId, seen: CalendarVersion })),
  /** When a wait would be over by a calendar as it is being edited. `from`: by the calendar's clock, "2026-12-21T09:30". */
  'calendars.try': request<Due>()(['page'], () =>
    z.strictObject({
      calendar: BusinessCalendar,
      wait: Wait,
      from: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)),
    }),
  ),
  /** The holidays of a file; changes nothing. */
  'calendars.holidays-of-file': request<HolidayFileView>()(['page'], () => z.strictObject({ text: FileText })),
  'data.overview': request<DataOverview>()(['page'], () => Nothing),
  /** The next cases of a file of everything, those after the one named. */
  'data.export': request<ExportPart>()(['page'], () => z.strictObject({ after: AfterCase })),
  /** The file without its cases; asked for last, so that it has every template that a case names. */
  'data.export-frame': request<{ fileName: string; frame: string }>()(['page'], () => Nothing),
  /** What taking in a file of everything would do; changes nothing. */
  'data.examine': request<ImportLook>()(['page'], () =>
    z.strictObject({ file: ChosenFile, precedence: ImportPrecedence }),
  ),
  'data.import': request<ImportLook>()(['page'], () =>
    z.strictObject({ file: ChosenFile, precedence: ImportPrecedence }),
  ),
  /** Checks the histories of the next cases. */
  'data.verify': request<VerifyPart>()(['page'], () => z.strictObject({ after: AfterCase })),
  /** Erases the cases of a site, or everything (`null`). `typed`: the word that the person was asked for. */
  'data.erase': request<null>()(['page'], () =>
    z.strictObject({ siteId: z.nullable(KnownSiteId), typed: z.string().check(z.maxLength(500)) }),
  ),
  /** That the database was lost is dealt with. */
  'data.settle-loss': request<null>()(['page'], () => Nothing),
  'data.set-backup': request<BackupView>()(['page'], () =>
    z.strictObject({ every: z.enum(['off', 'daily', 'weekly']) }),
  ),
  /** How the extension is; tries whether it can store. */
  'diagnostics.view': request<DiagnosticsView>()(['page'], () => Nothing),
  'popup.view': request<PopupView>()(['page'], () =>
    z.strictObject({ tabUrl: z.nullable(z.string().check(z.maxLength(8000))) }),
  ),
} as const;

/** What the person has chosen for the panel. */
export interface PanelSettings {
  place: PanelPlace;
  shortcuts: Shortcuts;
  /** A tag, of its words. */
  language: string;
  /** How its dates are written; `null`: as `Intl` does. */
  dates: DateTable | null;
  /** What is known of the page's ticket before the page has been read; `null` where that is not enough for a panel. */
  known: CaseView | null;
}

/** Where the panel stands on a site's pages, px from the viewport's right and bottom edges. */
export interface PanelPlace {
  open: boolean;
  right: number;
  bottom: number;
}

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<N extends RequestName> = z.infer<Requests[N]['in']>;
export type RequestOutput<N extends RequestName> = Requests[N] extends Request<z.ZodMiniType, infer Out> ? Out : never;

export interface Refusal {
  ok: false;
  code: string;
  message: string;
}
export type Answer<T> = { ok: true; value: T } | Refusal;

export const Envelope = lazily(() => z.strictObject({ name: z.string().check(z.maxLength(80)), input: z.unknown() }));

/**
 * What the background pushes to the tabs that show tickets. look-again: more than one case has changed, or what a page is
 * shown at all; each page asks anew for what it shows.
 */
export type Push = { push: 'case.changed'; view: CaseView } | { push: 'look-again' };
