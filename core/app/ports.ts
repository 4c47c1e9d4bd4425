/** What the use cases need from outside; everything here is implemented in `core/store`, `core/platform` or `core/sites`. */

import type { BackupView, DataCounts } from '../contract/data-views';
import type { ErrorNote } from '../contract/error-note';
import type { LookedAfterView } from '../contract/looked-after';
import type { PanelPlace, Push, SetupProgress } from '../contract/messages';
import type { Role } from '../contract/policy';
import type { RecentChoices } from '../contract/views';
import type { BusinessCalendar } from '../domain/calendar';
import type { CaseKey, CaseRecord, Effect, HistoryEntry, Instant, Person, TicketFacts, Timer } from '../domain/case';
import type { Committed, Decision } from '../domain/decide';
import type { Here, ImportPlan } from '../domain/import-plan';
import type { NotificationSettings } from '../domain/notification-settings';
import type { EverythingFile } from '../domain/portable';
import type { CaseList } from '../domain/portable-text';
import type { Shortcuts } from '../domain/shortcuts';
import type { CaseTemplate, Target } from '../domain/template';
import type { PublishedVersion, TemplateDraft } from '../domain/versions';
import type { DateTable } from '../words/dates';
import type { Language } from '../words/language';

export interface Clock {
  now(): Instant;
  /** IANA name of the person's zone. */
  timeZone(): string;
}

/** One connected help desk. */
export interface Site {
  siteId: string;
  adapterId: string;
  name: string;
  /** Origin and path prefix, no slash at the end. */
  baseUrl: string;
  templateId: string;
  connectedAt: Instant;
  /** Native statuses of whose setting the help desk tells the customer by itself. Not in sites that were never asked. */
  deskTells?: readonly string[];
}

/** What the store holds of one case, as a decision needs it. */
export interface StoredCase {
  record: CaseRecord | null;
  /** armed and held */
  timers: Timer[];
  /** all but done and cancelled */
  effects: Effect[];
}

export type CommitResult =
  | { status: 'committed'; decision: Committed }
  | { status: 'refused'; decision: Exclude<Decision, Committed> }
  /** The command was carried out before; nothing was done now. */
  | { status: 'duplicate' };

/** The sites that are connected: what is stored of others waits until they are again, and nobody is to see or miss it. */
export type SiteIds = Pick<ReadonlySet<string>, 'has'>;

export interface CaseStore {
  load(caseKey: CaseKey): Promise<StoredCase>;
  /** The cases that live by a template. */
  ofTemplate(templateId: string): Promise<CaseRecord[]>;
  /** Their keys alone, in order: found at once, also of many. */
  keysOfTemplate(templateId: string): Promise<CaseKey[]>;
  /** The armed and held timers of these cases, by case; a case that has none is left out. */
  openTimers(caseKeys: readonly CaseKey[]): Promise<Map<CaseKey, Timer[]>>;
  /** The records of those among these cases that are tracked, in no order. */
  records(caseKeys: readonly CaseKey[]): Promise<CaseRecord[]>;
  /**
   * Loads the case, decides and stores case, history, timers, effects and the command's id in one transaction.
   * `decide` runs inside it and must be synchronous.
   */
  commit(caseKey: CaseKey, commandId: string, decide: (stored: StoredCase) => Decision): Promise<CommitResult>;
  /** Oldest first; with `before`, the newest `limit` of those before that entry. */
  history(caseKey: CaseKey, newest?: { before: number; limit: number }): Promise<HistoryEntry[]>;
  /** The whole histories of cases, oldest entry first; a case that has none is left out. */
  histories(caseKeys: readonly CaseKey[]): Promise<Map<CaseKey, HistoryEntry[]>>;
  /** Cases of these sites whose last change lies after this moment: the clock has gone back since. */
  changedAfter(at: Instant, limit: number, siteIds: SiteIds): Promise<CaseRecord[]>;
  /**
   * Cases of these sites that wait for somebody and were last looked at for replies before this moment, or by a clock that
   * was ahead of `now`; longest ago first.
   */
  unchecked(before: Instant, now: Instant, limit: number, siteIds: SiteIds): Promise<CaseKey[]>;
  setChecked(caseKey: CaseKey, at: Instant): Promise<void>;
  /** Armed timers whose time to be looked at has come, earliest first. */
  dueTimers(now: Instant, limit: number): Promise<Timer[]>;
  /** The earliest armed timers of these sites, due or not. */
  nextTimers(limit: number, siteIds: SiteIds): Promise<Timer[]>;
  nextTimerAt(): Promise<Instant | null>;
  /** Effects that were being sent; at a start these were interrupted. */
  sendingEffects(): Promise<Effect[]>;
  /** Looks at timers later, because their help desk cannot be asked now. */
  postpone(timerIds: readonly string[], now: Instant, until: Instant): Promise<void>;
  /** Timers of these sites that a person has to look at, earliest first. */
  waitingForPerson(limit: number, siteIds: SiteIds): Promise<Timer[]>;
  countWaitingForPerson(siteIds: SiteIds): Promise<number>;
  /**
   * Forgets the ids of commands that were carried out before a moment, oldest first. Not the newest of them all: a clock
   * that is ahead makes every one look old. None while there is something left to be done to cases by a version that was
   * published: it is told by these ids what was done.
   * @returns how many; less than `limit`: there is no more
   */
  forgetCommands(which: { before: Instant; butNewest: number; limit: number }): Promise<number>;
  /** Makes everything of a site that waits for its help desk to answer again be tried at once. */
  retryNow(siteId: string, now: Instant): Promise<void>;
  /** Timers of a site that were put off are as late again as they are: it was disconnected, and is connected again. */
  countAsLate(siteId: string): Promise<void>;
  /** Looks at once at what was put off further than an hour: the clock that put it off was ahead. */
  forgetDelays(now: Instant): Promise<void>;
  /** Notifications that were put off are due now: the person's settings have changed. */
  showNotificationsFrom(now: Instant): Promise<void>;
  pendingEffects(): Promise<Effect[]>;
  /** References of all messages that were ever owed for a case. */
  references(caseKey: CaseKey): Promise<string[]>;
  /** Of those of the cases that the customer was written to by us, or is being written to, in which generation last. */
  customersTold(caseKeys: readonly CaseKey[]): Promise<Map<CaseKey, number>>;
  /** One effect in whatever state, also when it is done. */
  effect(effectId: string): Promise<Effect | undefined>;
  nextEffectAt(): Promise<Instant | null>;
}

export interface TemplateStore {
  get(id: string, version: number): Promise<CaseTemplate | undefined>;
  /** The newest version. */
  newest(id: string): Promise<CaseTemplate | undefined>;
  /** The newest version of each, in the order in which they are asked whether a ticket is for them. */
  all(): Promise<CaseTemplate[]>;
  /** Those of them that are not archived: new cases and sites are given one of these. */
  offered(): Promise<CaseTemplate[]>;
  /** Ids of the archived ones. */
  archived(): Promise<ReadonlySet<string>>;
  setArchived(id: string, archived: boolean): Promise<void>;
  /** Archives one where `may` says so, in one transaction. `may` runs inside it and must be synchronous. */
  archive(id: string, may: (stored: StoredChoices) => boolean): Promise<void>;
  /** Every version of one. */
  versions(id: string): Promise<CaseTemplate[]>;
  /** What was published here of one, newest first. */
  publications(id: string): Promise<PublishedVersion[]>;
  /**
   * Adds versions and calendars, all of them or none; throws where one is there already. What earlier versions still had
   * to do to cases is over then, but for moves that nobody has said anything else about.
   * @param ended the draft that is published: it is gone then, and nothing is done where it was edited since; and what is
   *   to be done to cases
   * @returns whether it was published
   */
  publish(
    made: readonly { template: CaseTemplate; record: PublishedVersion }[],
    calendars: readonly BusinessCalendar[],
    ended?: { draft: Pick<TemplateDraft, 'templateId' | 'editedAt'>; aftermath: Aftermath | null },
  ): Promise<boolean>;
  /**
   * Keeps what somebody has agreed to after the newest version was published. It takes the place of what was agreed to
   * before, and stands beside what was said with publishing.
   * @returns whether it was kept; not where there is a newer version by now
   */
  owe(aftermath: Aftermath & { agreedAt: Instant }): Promise<boolean>;
}

/** What a version that was published still has to do to cases. */
export interface Aftermath {
  templateId: string;
  version: number;
  /** Where the cases of something retired go. */
  moves: { from: Target; to: Target }[];
  /** Running timers get the dates of the version, none sooner than this after it gets its new date; `null`: they keep theirs. */
  noticeMs: number | null;
  /** The cases that it was agreed for and that have not had their turn. */
  caseKeys: CaseKey[];
  /** When somebody agreed to it after the version was published; not where it was said with publishing. */
  agreedAt?: Instant;
}

/** Templates that are being worked on, one draft of each. */
export interface DraftStore {
  all(): Promise<TemplateDraft[]>;
  get(templateId: string): Promise<TemplateDraft | undefined>;
  /**
   * Keeps a draft, unless another was kept since.
   * @param seen when the draft that it follows was edited; `null`: there was none
   * @returns whether it was kept
   */
  put(draft: TemplateDraft, seen: number | null): Promise<boolean>;
  /**
   * Removes a draft, unless another was kept since.
   * @param seen when the draft was edited that is meant
   * @returns whether there is none now
   */
  remove(templateId: string, seen: number | null): Promise<boolean>;
}

export interface CalendarStore {
  get(id: string): Promise<BusinessCalendar | undefined>;
  all(): Promise<BusinessCalendar[]>;
  /** The templates that count by a calendar now: by their newest version, or by an older one that cases still live by. */
  usersOf(id: string): Promise<CaseTemplate[]>;
  /**
   * Puts what `decide` makes of a calendar in its place, in one transaction; `null` removes it, `undefined` leaves all as it
   * is. `decide` runs inside it and must be synchronous.
   */
  change(id: string, decide: (stored: StoredCalendars) => BusinessCalendar | null | undefined): Promise<void>;
}

/** What the store holds around one calendar, as a decision about it needs it. */
export interface StoredCalendars {
  /** `undefined`: there is none of this id. */
  own: BusinessCalendar | undefined;
  others: BusinessCalendar[];
  /** The templates that count by it. */
  users: CaseTemplate[];
}

/** Which sites have which templates, and which of these are archived: what is decided of one rests on the other. */
export interface StoredChoices {
  sites: readonly Site[];
  /** Ids of all templates, and of the archived ones. */
  templates: ReadonlySet<string>;
  archived: ReadonlySet<string>;
}

export interface SiteStore {
  all(): Promise<Site[]>;
  get(siteId: string): Promise<Site | undefined>;
  put(site: Site): Promise<void>;
  /**
   * Puts what `decide` makes of what is stored, in one transaction; `null` leaves all as it is. `decide` runs inside it and
   * must be synchronous.
   */
  change(decide: (stored: StoredChoices) => Site | null): Promise<void>;
  remove(siteId: string): Promise<void>;
}

/** Keys of help desks, encrypted where they lie. A key is never shown again, exported or sent to a page. */
export interface SecretStore {
  get(siteId: string): Promise<string | null>;
  /** Whom the key speaks for; `null`: there is none. */
  ownerOf(siteId: string): Promise<string | null>;
  set(siteId: string, secret: string, owner: string): Promise<void>;
  remove(siteId: string): Promise<void>;
}

export interface SettingsStore {
  panelPlace(siteId: string): Promise<PanelPlace | undefined>;
  setPanelPlace(siteId: string, place: PanelPlace): Promise<void>;
  /** Since when a site waits for somebody to log in, and what the person was told; `undefined`: it does not. */
  pause(siteId: string): Promise<Pause | undefined>;
  setPause(siteId: string, pause: Pause | null): Promise<void>;
  /** What was chosen last in a template's pickers. */
  recent(templateId: string): Promise<RecentChoices>;
  setRecent(templateId: string, recent: RecentChoices): Promise<void>;
  /** That the person has chosen; `undefined`: the browser's own. */
  language(): Promise<Language | undefined>;
  setLanguage(language: Language | null): Promise<void>;
  /** `undefined`: the person has not chosen. */
  role(): Promise<Role | undefined>;
  setRole(role: Role): Promise<void>;
  shortcuts(): Promise<Shortcuts>;
  setShortcuts(shortcuts: Shortcuts): Promise<void>;
  /** `undefined`: the person has not chosen. */
  notifications(): Promise<NotificationSettings | undefined>;
  setNotifications(settings: NotificationSettings): Promise<void>;
  /** How far the guided set-up has come; `undefined`: it was not begun. */
  setup(): Promise<SetupProgress | undefined>;
  setSetup(progress: SetupProgress): Promise<void>;
  /** What versions that were published still have to do to cases, one for each template. */
  aftermaths(): Promise<Aftermath[]>;
  /** Strikes off cases that have had their turn, and all of it with the last one; unless another has taken its place. */
  strikeOff(aftermath: Aftermath, caseKeys: ReadonlySet<CaseKey>): Promise<void>;
  /** Since when a list is being made of what fell due in absence; `undefined`: none is. */
  listingSince(): Promise<Instant | undefined>;
  setListingSince(at: Instant | null): Promise<void>;
  /** When what is due was last looked after, by the clock of that moment. */
  lastRunAt(): Promise<Instant | undefined>;
  setLastRunAt(at: Instant): Promise<void>;
}

/** A site whose actions wait for the right person to be logged in. */
export interface Pause {
  since: Instant;
  message: string;
}

/** What a tab last showed of a ticket. Kept in memory by the browser, for its session only: looking at a ticket stores nothing. */
export interface Seen {
  facts: TicketFacts;
  agent: Person | null;
  problem: { code: string; message: string } | null;
}

export interface SeenTickets {
  get(caseKey: CaseKey): Promise<Seen | undefined>;
  set(caseKey: CaseKey, seen: Seen): Promise<void>;
}

/** What a help desk said when it asked for time. */
export interface DeskWait {
  message: string;
  /** When it said so, and for how long, in ms. */
  at: number;
  forMs: number;
}

/** Which help desks asked for time; outlives the worker, and not the browser's session. */
export interface DeskWaits {
  get(siteId: string): Promise<DeskWait | undefined>;
  set(siteId: string, wait: DeskWait): Promise<void>;
}

/** One thing that outlives the worker, and not the browser's session; kept outside of the database. */
export interface Remembered<T> {
  get(): Promise<T | undefined>;
  set(value: T): Promise<void>;
}

/** What the database is to have, kept outside of it. */
export interface LookedAfter {
  get(): Promise<LookedAfterView>;
  set(next: LookedAfterView): Promise<void>;
}

export interface DateTables {
  /** `null`: there is none yet, or there can be none; dates are then written by `Intl` where they are shown. */
  of(locale: string): Promise<DateTable | null>;
}

export interface AlarmPort {
  /** Makes the alarm ring at `at`, or not at all; leaves it alone where it is right already. */
  arm(at: Instant | null, heartbeatMinutes: number): Promise<void>;
}

/** What a person can do from a notification; a click on it opens what it is about. */
export type NotificationAction = 'undo' | 'snooze-a-day';

export interface Notifier {
  /**
   * Shows a notification; the same id replaces, never doubles. Actions appear where the browser has them.
   * `stays`: it waits for the person, where the browser can do that, instead of going after some seconds.
   */
  show(
    id: string,
    title: string,
    body: string,
    options?: { actions?: readonly NotificationAction[]; stays?: boolean },
  ): Promise<void>;
  clear(id: string): Promise<void>;
}

export interface Badge {
  /** How much waits for the person, on the extension's button; 0: nothing is shown. */
  show(count: number): Promise<void>;
}

export interface Tabs {
  /**
   * Sends to every tab that shows a page under this base address. Tabs that do not listen are no error; where there is no
   * tab, what would be sent is not made.
   */
  push(baseUrl: string, make: () => Promise<Push>): Promise<void>;
  /**
   * Has the page of every tab ask anew for what it shows. Every tab: where a site is not connected any more, or its
   * permission is gone, nobody says which its tabs are.
   */
  lookAgain(): Promise<void>;
}

/** The tabs of help desks that are open, and what their pages show. */
export interface OpenPages {
  /** Those whose origin is that of this address, the one that was looked at last first. */
  under(baseUrl: string): Promise<{ tabId: number; url: string }[]>;
  /** What the site adapter reads from the page now, as the page's script answers it. Throws where no script can run. */
  read(tabId: number): Promise<unknown>;
}

export interface Permissions {
  /** Whether the person has granted this origin. */
  has(origin: string): Promise<boolean>;
}

/** What the store holds, for whoever looks for a fault. */
export interface StoreFacts {
  /**
   * Counts, and tries whether the store can be written to; throws where it cannot.
   * @param siteIds the connected sites
   */
  count(now: Instant, siteIds: readonly string[]): Promise<StoreCount>;
}

export interface StoreCount {
  /** Of the database's form. */
  version: number;
  /** By table. */
  rows: Record<string, number>;
  /** overdue: armed, of a connected site, and past its time; overdueLong: by more than an hour. */
  timers: { armed: number; held: number; overdue: number; overdueLong: number };
  outbox: { pending: number; failed: number; uncertain: number };
  /** A case with something that was not sent, or perhaps not. */
  unsent: { siteId: string; caseKey: CaseKey } | null;
  /** When a waiting case of a site was last looked at for replies; `null`: none waits, or none was. */
  checkedAt: Record<string, Instant | null>;
}

/** What only the browser knows of itself, and of the extension in it. */
export interface BrowserFacts {
  /** The extension's version. */
  extension(): string;
  /** Name and version. */
  browser(): string;
  /** `starts`: how often the worker was started since the browser was. */
  worker(): Promise<{ starts: number; startedAt: Instant }>;
  alarms(): Promise<{ name: string; at: Instant; everyMinutes: number | null }[]>;
}

/** The errors that were logged since the browser started, the newest last. */
export interface ErrorJournal {
  notes(): Promise<ErrorNote[]>;
}

export interface Log {
  error(where: string, error: unknown): void;
}

/** Everything that is stored, as a whole: for files, checks and erasing. */
export interface DataStore {
  counts(): Promise<DataCounts>;
  /** Of each site with cases, how many. */
  casesOfSites(): Promise<Map<string, number>>;
  lastChangeAt(): Promise<Instant | null>;
  /** The next cases in the order of their keys with all that belongs to them, as they were at one moment. */
  casesAfter(after: CaseKey | null, limit: number): Promise<CaseRows>;
  /** Everything of a file but its cases. */
  shared(): Promise<Omit<Here, 'cases'>>;
  /** What is here already of what a file holds. */
  here(file: EverythingFile): Promise<Here>;
  /** Plans and stores in one transaction: all of it or nothing. `plan` runs inside it and must be synchronous. */
  take(file: EverythingFile, plan: (here: Here) => ImportPlan): Promise<ImportPlan>;
  /** Removes the cases of a site with all that belongs to them. */
  eraseSite(siteId: string): Promise<void>;
  /** Leaves what a new installation has. */
  eraseAll(): Promise<void>;
  backup(): Promise<BackupView>;
  setBackup(backup: BackupView): Promise<void>;
}

export interface CaseRows extends Record<CaseList, readonly object[]> {
  cases: readonly CaseRecord[];
  history: readonly HistoryEntry[];
  timers: readonly Timer[];
  outbox: readonly Effect[];
}

/** What the browser does with files, and what it keeps for the extension outside its database. */
export interface Files {
  /** The text of a file that the person has chosen on a page, by the address that the page gave it. */
  read(address: string): Promise<string>;
  /** Saves a file without asking where; only where the person has allowed downloads. */
  save(fileName: string, parts: readonly string[]): Promise<'saved' | 'not-allowed' | 'too-large' | 'interrupted'>;
  /** Has the alarm for the next backup ring at `at`, or not at all. */
  ringForBackup(at: Instant | null): Promise<void>;
  /** Gives back what was granted and clears alarms, notifications, badge and what is known of tabs. */
  forgetAll(): Promise<void>;
}
