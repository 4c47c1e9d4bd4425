import { Dexie, type Table } from 'dexie';
import type { Aftermath, Pause, Site } from '../app/ports';
import type { BackupView } from '../contract/data-views';
import type { PanelPlace, SetupProgress } from '../contract/messages';
import type { Role } from '../contract/policy';
import type { RecentChoices } from '../contract/views';
import type { BusinessCalendar } from '../domain/calendar';
import type { CaseRecord, Effect, HistoryEntry, Timer } from '../domain/case';
import type { NotificationSettings } from '../domain/notification-settings';
import type { Shortcuts } from '../domain/shortcuts';
import type { CaseTemplate } from '../domain/template';
import type { PublishedVersion, TemplateDraft } from '../domain/versions';
import type { Language } from '../words/language';
import { toVersion2 } from './upgrade';

/** `place:<siteId>`, `pause:<siteId>`, `recent:<templateId>`, `notifications`, `shortcuts`, `language`, `role`, `backup`, `after:<templateId>`, `after:<templateId>/later`, `archived:<templateId>`, `setup`, `listing` and `last-run`. */
export interface SettingRow {
  key: string;
  value:
    | PanelPlace
    | Pause
    | NotificationSettings
    | Shortcuts
    | RecentChoices
    | Language
    | Role
    | BackupView
    | Aftermath
    | SetupProgress
    | number
    | true;
}

/** The browser's own key, or what is encrypted with it for a site. */
export type SecretRow =
  | { id: string; key: CryptoKey }
  | { id: string; owner: string; nonce: Uint8Array<ArrayBuffer>; data: Uint8Array<ArrayBuffer> };

/** The one database of the extension. IndexedDB is the truth; everything else is derived from it. */
export class Database extends Dexie {
  declare templates: Table<CaseTemplate, [string, number]>;
  /** Who published which version of a template here, and what it changed. */
  declare publications: Table<PublishedVersion, [string, number]>;
  declare drafts: Table<TemplateDraft, string>;
  declare calendars: Table<BusinessCalendar, string>;
  declare cases: Table<CaseRecord, string>;
  declare history: Table<HistoryEntry, [string, number]>;
  declare timers: Table<Timer, string>;
  declare outbox: Table<Effect, string>;
  /** Ids of commands that were carried out: a command that is sent twice counts once. Kept for as long as the engine says. */
  declare commands: Table<{ commandId: string; caseKey: string; at: number }, string>;
  declare sites: Table<Site, string>;
  declare secrets: Table<SecretRow, string>;
  declare settings: Table<SettingRow, string>;
  /** The cases that wait, and when each was last looked at for replies. */
  declare checks: Table<{ caseKey: string; at: number }, string>;
  readonly keyRange: typeof IDBKeyRange;

  constructor(
    name = 'case-status-overlay',
    options: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange } = {},
  ) {
    // Strict: an acknowledged change is on the disk, also when the machine loses power a moment later.
    super(name, { ...options, chromeTransactionDurability: 'strict' } as object);
    this.keyRange = options.IDBKeyRange ?? globalThis.IDBKeyRange;
    // For queries that live, and hooks, which nobody here has; without them every request takes less time.
    for (const name of ['Cache', 'Observability', 'HooksMiddleware']) this.unuse({ stack: 'dbcore', name });
    // Each version that is named costs time at every start of the worker. Those of which nothing but new tables came are left
    // out: what a database has is read from itself, and it goes from there.
    this.version(2)
      .stores({
        templates: '[id+version], id',
        calendars: 'id',
        cases: 'caseKey, siteId, changedAt',
        history: '[caseKey+seq]',
        timers: 'timerId, [caseKey+state], [state+nextAt], [heldFor+dueAt]',
        outbox: 'effectId, [caseKey+state], [state+notBefore]',
        commands: 'commandId',
        sites: 'siteId',
        secrets: 'id',
        settings: 'key',
        checks: 'caseKey, at',
      })
      .upgrade((transaction) => toVersion2(transaction));
    // `at` of a command: those that are long over are forgotten.
    this.version(5).stores({
      publications: '[templateId+version]',
      drafts: 'templateId',
      commands: 'commandId, at',
    });
  }
}
