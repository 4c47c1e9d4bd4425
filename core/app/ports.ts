/** What the use cases need from outside; everything here is implemented in `core/store`, `core/platform` or `core/sites`. */
import type { PanelPlace, Push } from '../contract/messages';
import type { BusinessCalendar } from '../domain/calendar';
import type { CaseKey, CaseRecord, Effect, HistoryEntry, Instant, Person, TicketFacts, Timer } from '../domain/case';
import type { Committed, Decision } from '../domain/decide';
import type { CaseTemplate } from '../domain/template';

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

export interface CaseStore {
  load(caseKey: CaseKey): Promise<StoredCase>;
  /**
   * Loads the case, decides and stores case, history, timers, effects and the command's id in one transaction.
   * `decide` runs inside it and must be synchronous.
   */
  commit(caseKey: CaseKey, commandId: string, decide: (stored: StoredCase) => Decision): Promise<CommitResult>;
  history(caseKey: CaseKey): Promise<HistoryEntry[]>;
  records(): Promise<CaseRecord[]>;
  /** Armed timers whose time to be looked at has come, earliest first. */
  dueTimers(now: Instant, limit: number): Promise<Timer[]>;
  /** The earliest armed timers, due or not. */
  nextTimers(limit: number): Promise<Timer[]>;
  nextTimerAt(): Promise<Instant | null>;
  /** Effects that were being sent; at a start these were interrupted. */
  sendingEffects(): Promise<Effect[]>;
  /** Looks at a timer later, because its help desk cannot be asked now. */
  postpone(timerId: string, now: Instant, until: Instant): Promise<void>;
  /** Makes everything of a site that waits for its help desk to answer again be tried at once. */
  retryNow(siteId: string, now: Instant): Promise<void>;
  pendingEffects(): Promise<Effect[]>;
  nextEffectAt(): Promise<Instant | null>;
}

export interface TemplateStore {
  get(id: string, version: number): Promise<CaseTemplate | undefined>;
  /** The newest version. */
  newest(id: string): Promise<CaseTemplate | undefined>;
  /** The newest version of each, in the order in which they are asked whether a ticket is for them. */
  all(): Promise<CaseTemplate[]>;
}

export interface CalendarStore {
  get(id: string): Promise<BusinessCalendar | undefined>;
}

export interface SiteStore {
  all(): Promise<Site[]>;
  get(siteId: string): Promise<Site | undefined>;
  put(site: Site): Promise<void>;
  remove(siteId: string): Promise<void>;
}

export interface SettingsStore {
  panelPlace(siteId: string): Promise<PanelPlace | undefined>;
  setPanelPlace(siteId: string, place: PanelPlace): Promise<void>;
  /** When the waiting cases of a case key were last looked for replies. */
  checkedAt(): Promise<Map<CaseKey, Instant>>;
  setChecked(caseKey: CaseKey, at: Instant): Promise<void>;
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

export interface AlarmPort {
  /** Makes the alarm ring at `at`, or not at all; leaves it alone where it is right already. */
  arm(at: Instant | null, heartbeatMinutes: number): Promise<void>;
}

export interface Notifier {
  /** Shows a notification; the same id replaces, never doubles. */
  show(id: string, title: string, body: string): Promise<void>;
}

export interface Tabs {
  /** Sends to every tab that shows a page under this base address. Tabs that do not listen are no error. */
  push(baseUrl: string, push: Push): Promise<void>;
}

export interface Permissions {
  /** Whether the person has granted this origin. */
  has(origin: string): Promise<boolean>;
}

export interface Log {
  error(where: string, error: unknown): void;
}
