/** What the background tells a surface. Plain data, ready to show: a page never decides by itself. */
import type { BusinessCalendar, Holiday } from '../domain/calendar';
import type { TimerKind } from '../domain/case';
import type { StatusColours } from '../domain/colour';
import type { Missing } from '../domain/decide';
import type { CaseTemplate, Category, Party, Target } from '../domain/template';
import type { ErrorNote } from './error-note';
import type { Role } from './policy';

export interface Choice {
  id: string;
  name: string;
}

/** What a status looks like: the shape and colour of its category, or the admin's own colour, made readable. */
export interface StatusFace {
  category: Category;
  colours?: StatusColours;
}

/** Retired: not offered any more, still readable where a case is in it. */
interface Retirable {
  retired: boolean;
}

export interface StatusChoice extends Choice, StatusFace, Retirable {
  waitsFor: Party;
  meaning: { agent: string; customer: string };
  subStatuses: (Choice & Retirable & { waitsFor: Party; meaning: { agent: string; customer: string } })[];
  subStatusRequired: boolean;
  tags: (Choice & Retirable)[];
  tagRequired: boolean;
  /** False where the template does not allow it from here. */
  allowed: boolean;
}

export interface NextItem {
  kind: TimerKind | 'reply' | 'sending';
  /** What a snooze or a drop names; `null` where there is no timer. */
  timerId: string | null;
  /** "Reminder to Alice", "Closes, if no answer", "Alice answers → Update Received" */
  text: string;
  /** ms since 1970; `null`: at once, when it happens. */
  dueAt: number | null;
  /** It stands still: on hold, until a person decides, or because its clock does not run in this status. */
  held: boolean;
  /** How the date came about, one sentence; `null` where there is no date. */
  proof: string | null;
}

export interface HistoryItem extends StatusFace {
  seq: number;
  at: number;
  /** "Pending – Customer Input, Needs log files" */
  title: string;
  /** "erin", "timer · on time", "customer's reply" */
  by: string;
  note: string | null;
}

/** A message or native status still on its way to the help desk, or one that did not get there. */
export interface OutboxItem {
  effectId: string;
  state: 'pending' | 'sending' | 'failed' | 'uncertain';
  /** "Message to Alice", "RT to stalled" */
  text: string;
  /** Goes out at; counted down while pending. */
  notBefore: number;
  /** When what was not sent is tried again by itself; `null`: it is not, or was not tried yet. */
  triesAgainAt: number | null;
  /** Why it was not sent and what to do. */
  problem: string | null;
  /** The message's text, ready to be sent by hand. */
  body: string | null;
}

export interface CaseView {
  ticketId: string;
  siteId: string;
  /** The help desk's short name: "RT". */
  deskName: string;
  /** Where the help desk is and whether we can write: a degraded adapter or session says so. */
  problem: { code: string; message: string } | null;
  template: Choice;
  tracked: boolean;
  revision: number;
  /** Which entry into a status this is; a change names the one that the person saw. */
  generation: number;
  /** The background's clock when this view was made. */
  now: number;
  subject: string;
  requesterName: string | null;
  status: Choice & StatusFace & { meaning: { agent: string; customer: string } };
  subStatus: (Choice & { meaning: { agent: string; customer: string } }) | null;
  tag: Choice | null;
  waitsFor: { party: Party; words: string };
  /** ms; `null` while not tracked. */
  enteredAt: number | null;
  hold: boolean;
  /** A timer stands still until a person decides; releasing the case lets it go on, too. */
  waitsForPerson: boolean;
  customerRepliedAt: number | null;
  /** The customer's message that moved or flagged the case last, while that can be taken back. */
  replyId: string | null;
  attention: string | null;
  /** What a person should look at first, where something is wrong: of what a closed panel only says that there is something. */
  trouble: string | null;
  native: { status: string | null; drift: { message: string; nativeStatus: string } | null };
  next: NextItem[];
  /** The newest first; `historyCount` says how many there are in all. */
  history: HistoryItem[];
  historyCount: number;
  outbox: OutboxItem[];
  /** What "Undo" takes back; `null`: nothing to undo. */
  undo: { commandId: string; text: string } | null;
  canClone: boolean;
  statuses: StatusChoice[];
  recent: RecentChoices;
}

/** What was chosen last in a template's pickers, newest first. */
export interface RecentChoices {
  statusIds: string[];
  /** By status. */
  tagIds: Record<string, string[]>;
}

/** A case's status in a list of tickets. */
export interface CaseChip extends StatusFace {
  ticketId: string;
  /** "Pending – Customer Input" */
  status: string;
  tracked: boolean;
  revision: number;
}

/** What Update will do; the real decision, not a guess. */
export interface ChangePreview {
  /** What is still missing before Update can be pressed. */
  missing: readonly Missing[];
  refused: string | null;
  lines: {
    kind: TimerKind | 'message' | 'native';
    text: string;
    body: string | null;
    dueAt: number | null;
  }[];
}

/** A moment that a person may choose. */
export interface Moment extends Choice {
  /** ms since 1970 */
  at: number;
}

export interface ChangeOutcome {
  view: CaseView;
  /** One sentence: what was done. */
  message: string;
}

export interface SiteView {
  siteId: string;
  name: string;
  deskName: string;
  baseUrl: string;
  /** ms since 1970 */
  connectedAt: number;
  templateId: string;
  granted: boolean;
  /** The native statuses that its template sets, and whether the help desk tells the customer of each by itself. */
  tells: { status: string; byDesk: boolean }[];
  /** Whether a key of the agent's can be given. */
  takesKey: boolean;
  /** Whom the key speaks for; `null`: none was given. The key itself stays in the background. */
  keyOwner: string | null;
  problem: string | null;
  /** True: the organisation does not allow it. */
  forbidden?: boolean;
}

/** Whether the organisation provides a setting, or has locked it; `null`: neither. */
export type Provision = 'provided' | 'locked' | null;

export interface PolicyView {
  language: Provision;
  notifications: Provision;
  /** What this browser is used for, and who says so. */
  role: { value: Role; by: Provision };
  /** The origins that may be connected; `null`: any. */
  allowedSites: string[] | null;
}

/** One field of a ticket, as its page and the help desk itself tell it. */
export interface ConnectionField {
  id: ConnectionFieldId;
  page: string | null;
  /** What the help desk's own interface says; `null`: nothing, or it could not be asked. */
  desk: string | null;
  /** missing: the page should tell it. elsewhere: the page does not, and need not. none: the ticket has none. */
  state: 'found' | 'missing' | 'elsewhere' | 'none';
}
export type ConnectionFieldId =
  | 'number'
  | 'subject'
  | 'status'
  | 'requester'
  | 'assignee'
  | 'queue'
  | 'type'
  | 'message'
  | 'agent';

/** What a test of a connection found out; nothing was changed by it. */
export interface ConnectionView {
  deskName: string;
  /** The ticket that was looked at; `null`: no tab of this help desk shows one. */
  ticket: { ticketId: string; url: string } | null;
  fields: ConnectionField[];
  /** What the help desk's own interface answers: who is logged in, whether the ticket can be read, whether both agree. */
  desk: { ok: boolean; text: string }[];
  /** What does not work and what that means, each with one sentence or two; none: all is well. */
  problems: string[];
}

/** How the extension is: for a person who looks for a fault, and for those whom they ask. */
export interface DiagnosticsView {
  now: number;
  /** What is wrong, the worst first; none: all is well. */
  findings: DiagnosticsFinding[];
  extension: string;
  browser: string;
  worker: { starts: number; startedAt: number };
  alarms: { name: string; at: number; everyMinutes: number | null }[];
  timers: { armed: number; held: number; overdue: number; nextAt: number | null };
  outbox: { pending: number; failed: number; uncertain: number; nextAt: number | null };
  sites: DiagnosticsSite[];
  /** `null`: it cannot be used. */
  store: { version: number; rows: Record<string, number> } | null;
  quiet: { from: string; to: string; until: number | null } | null;
  /** A tag. `chosen`: by the person; `null`: as the browser. */
  language: { spoken: string; chosen: string | null };
  organisation: PolicyView;
  /** The newest first. */
  errors: ErrorNote[];
  /** All of this as text, without names, subjects, messages, logins and addresses. */
  report: string;
}

export interface DiagnosticsFinding {
  code: 'cannot-store' | 'lost' | 'no-permission' | 'paused' | 'overdue' | 'not-sent' | 'no-site' | 'policy';
  severity: 'error' | 'warning';
  message: string;
  /** Where it is mended: a place of the options, or an address. */
  mend: { text: string; href: string } | null;
}

export interface DiagnosticsSite {
  name: string;
  deskName: string;
  granted: boolean;
  /** Why its actions wait, and since when; `null`: they do not. */
  pause: { since: number; message: string } | null;
  /** When a waiting case was last looked at for replies. */
  checkedAt: number | null;
}

/** What a template says, for reading. */
export interface TemplateReading {
  id: string;
  name: string;
  summary: string;
  version: number;
  statuses: StatusChoice[];
  /** "7 days in Pending – Customer Input: reminder to the customer" */
  timers: { kind: TimerKind; text: string }[];
  replies: string[];
  messages: { id: string; name: string; body: string }[];
}

export interface TemplateView extends TemplateReading {
  /** Not given to new cases and sites any more; cases that have it go on by it. */
  archived: boolean;
  /** What was published here, newest first; what came with the extension is not among it. */
  versions: (VersionItem & { publishedAt: number })[];
}

/** An example flow that can be loaded. */
export interface ExampleView extends Choice {
  summary: string;
  statuses: StatusChoice[];
}

export interface CalendarView {
  calendar: BusinessCalendar;
  /** Says which state of it this is; another one after each change. */
  version: string;
  /** Names of the templates that count by it. */
  usedBy: string[];
}

export interface CalendarList {
  /** By name. */
  calendars: CalendarView[];
  /** What counts for templates that name none. */
  plain: BusinessCalendar;
  /** The background's clock, ms since 1970. */
  now: number;
}

/** `saved`: as it is kept now; `null`: nothing was changed, because of the problems. */
export interface CalendarOutcome {
  saved: CalendarView | null;
  /** `path`: keys and indexes from the root of the calendar. */
  problems: { message: string; path: (string | number)[] }[];
}

/** What a file of holidays would bring. */
export interface HolidayFileView {
  holidays: Holiday[];
  leftOut: { name: string; why: string }[];
}

/** Something that is wrong with a template or a file. Errors block; warnings are told. */
export interface FindingView {
  severity: 'error' | 'warning';
  message: string;
  /** A path through the template that shows it, step by step. */
  example: string[];
}

/** A finding with where it is: keys and indexes from the root of the template. */
export interface PlacedFinding extends FindingView {
  path: readonly (string | number)[];
}

/** A template that is being worked on and is not published as it is. */
export interface DraftItem extends Choice {
  /** The version that it began as; `null`: the template was never published. */
  basedOn: number | null;
  /** ms since 1970 */
  editedAt: number;
}

/** What publishing a draft would do. */
export interface DraftReview {
  findings: PlacedFinding[];
  /** The differences from the published version, in words. */
  changes: string[];
  /** Why it cannot be published; `null`: it can. */
  blocked: string | null;
  /** How many cases have the template here, and how many stay with their version, because the new one lacks their status. */
  cases: number;
  staying: number;
  /** Where cases are that is retired in the draft, and how many. */
  retired: { from: Target; name: string; cases: number }[];
  /**
   * The version that was published after the draft began as another (`began`, `null`: as a new template), and what of it
   * the draft would take back; `null`: none was.
   */
  behind: { version: number; began: number | null; takesBack: string[] } | null;
}

/** A version of a template, as the list of versions tells of it. */
export interface VersionItem {
  version: number;
  /** `null`: it was not published here, but came with the extension. */
  publishedAt: number | null;
  /** The name of who was at work when it was; `null`: not known. */
  publishedBy: string | null;
  note: string;
  changes: string[];
}

/** A version in full: for reading, and as it is. */
export interface VersionView {
  template: CaseTemplate;
  reading: TemplateReading;
}

/** How many running timers a draft would give another date, and of how many cases. */
export interface RetimeView {
  timers: number;
  cases: number;
}

/** A template as the editor opens it: the draft, or what is published where there is none. */
export interface DraftView {
  template: CaseTemplate;
  /** `null`: never published. */
  published: CaseTemplate | null;
  /** When the draft was edited last; `null`: nothing was edited yet. */
  editedAt: number | null;
  /** What its publishing is to be noted with, as far as it is written. */
  note: string;
  review: DraftReview;
  /** How many cases are in each status, by its id. */
  usage: Record<string, number>;
  /** All that are stored, newest first. */
  versions: VersionItem[];
  /** The kinds of help desk and the connected ones that it may set statuses of: the key in `native`, and its name. */
  /** Kinds of help desks, and the sites; `kind`: the id of a site's kind, by whose statuses it goes unless the template says others for it. */
  desks: (Choice & { kind: string | null })[];
  calendars: Choice[];
}

/** One of the cases behind a number of a replay. */
export interface ReplayFound {
  ticketId: string;
  url: string;
  /** ms since 1970 */
  at: number;
  words: string;
}

export interface ReplayNumber {
  count: number;
  /** The first of them. */
  found: ReplayFound[];
}

export type ReplaySideView = Record<
  'reminders' | 'notices' | 'autoCloses' | 'changes' | 'stuck' | 'closedDespiteReply',
  ReplayNumber
>;

/** What a draft would have done with cases of the past, beside what was done. */
export interface ReplayView {
  cases: number;
  /** Cases whose history cannot be followed. */
  unreadable: number;
  would: ReplaySideView;
  did: ReplaySideView;
  /** Cases that were followed in part, since people would have acted differently. */
  diverged: ReplayNumber;
  /** Cases in which automations would have done something else. */
  differences: ReplayNumber;
}

/** What publishing a template of a file would do. */
export interface TemplateReview extends Choice {
  /** The version that it would become. */
  version: number;
  /** The differences from the version before, in words. */
  changes: string[];
  findings: FindingView[];
  /** How many cases it has here, and how many of them stay with their version, because the new one lacks their status. */
  cases: number;
  staying: number;
  /** Timers of them that would be due at another time by it. They keep their dates until somebody says otherwise. */
  retimes: RetimeView;
  /** Why it cannot be published; `null`: it can. */
  blocked: string | null;
}

export interface ImportReview {
  /** What is wrong with the file; then nothing of it is taken. */
  problems: FindingView[];
  templates: TemplateReview[];
}

export interface DueItem extends StatusFace {
  caseKey: string;
  ticketId: string;
  url: string;
  subject: string;
  statusName: string;
  text: string;
  dueAt: number;
}

/** A timer that waits for a person to say how it goes on. */
export interface ReviewItem extends StatusFace {
  timerId: string;
  caseKey: string;
  ticketId: string;
  siteName: string;
  url: string;
  subject: string;
  statusName: string;
  kind: TimerKind;
  /** "Reminder to Alice" */
  text: string;
  /** When it fell due, or would have. */
  dueAt: number;
  /** Why it waits, in words; `null`: it fell due while nobody was there. */
  why: string | null;
  customerReplied: boolean;
}

export interface PopupView {
  /** The tab in front. */
  page:
    | { state: 'no-page' }
    | { state: 'unknown'; origin: string; address: string }
    | {
        state: 'connected';
        site: SiteView;
        case: (StatusFace & { ticketId: string; subject: string; status: string; waitsFor: string }) | null;
      };
  due: DueItem[];
  /** How many timers wait for a person to say how they go on. */
  waiting: number;
}
