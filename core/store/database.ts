import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { unwrap, wrap } from 'idb';
import type { Aftermath, Pause, Site } from '../app/ports';
import type { BackupView } from '../contract/data-views';
import type { PanelPlace, SetupProgress } from '../contract/messages';
import type { Role } from '../contract/policy';
import type { RecentChoices } from '../contract/views';
import type { BusinessCalendar } from '../domain/calendar';
import type { CaseRecord, Effect, Timer } from '../domain/case';
import type { NotificationSettings } from '../domain/notification-settings';
import type { Shortcuts } from '../domain/shortcuts';
import type { CaseTemplate } from '../domain/template';
import type { PublishedVersion, TemplateDraft } from '../domain/versions';
import type { Language } from '../words/language';
import type { HistoryPage } from './history-pages';
import type { Upgrading } from './upgrade';
import { setHistoryAside, toVersion2, toVersion6 } from './upgrade';

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

/** The object stores, with their keys and indexes; an index over several fields is named after them. */
export interface Schema extends DBSchema {
  templates: { key: [string, number]; value: CaseTemplate; indexes: { id: string } };
  /** Who published which version of a template here, and what it changed. */
  publications: { key: [string, number]; value: PublishedVersion };
  drafts: { key: string; value: TemplateDraft };
  calendars: { key: string; value: BusinessCalendar };
  cases: { key: string; value: CaseRecord; indexes: { siteId: string; templateId: string; changedAt: number } };
  history: { key: [string, number]; value: HistoryPage };
  timers: {
    key: string;
    value: Timer;
    indexes: {
      '[caseKey+state]': [string, string];
      '[state+nextAt]': [string, number];
      '[heldFor+dueAt]': [string, number];
    };
  };
  outbox: {
    key: string;
    value: Effect;
    indexes: { '[caseKey+state]': [string, string]; '[state+notBefore]': [string, number] };
  };
  /** Ids of commands that were carried out: a command that is sent twice counts once. Kept for as long as the engine says. */
  commands: { key: string; value: { commandId: string; caseKey: string; at: number }; indexes: { at: number } };
  sites: { key: string; value: Site };
  secrets: { key: string; value: SecretRow };
  settings: { key: string; value: SettingRow };
  /** The cases that wait, and when each was last looked at for replies. */
  checks: { key: string; value: { caseKey: string; at: number }; indexes: { at: number } };
}
export type StoreName = StoreNames<Schema>;
export type Row<Name extends StoreName> = Schema[Name]['value'];
/** A transaction over all object stores, as far as its code is concerned; asking for one that it was not begun with throws. */
export type Reading = IDBPTransaction<Schema, StoreName[], 'readonly'>;
export type Writing = IDBPTransaction<Schema, StoreName[], 'readwrite'>;

/** The key and the indexes of each object store. */
const SHAPE: Record<StoreName, { key: string | string[]; indexes?: (string | string[])[] }> = {
  templates: { key: ['id', 'version'], indexes: ['id'] },
  publications: { key: ['templateId', 'version'] },
  drafts: { key: 'templateId' },
  calendars: { key: 'id' },
  cases: { key: 'caseKey', indexes: ['siteId', 'templateId', 'changedAt'] },
  history: { key: ['caseKey', 'page'] },
  timers: {
    key: 'timerId',
    indexes: [
      ['caseKey', 'state'],
      ['state', 'nextAt'],
      ['heldFor', 'dueAt'],
    ],
  },
  outbox: {
    key: 'effectId',
    indexes: [
      ['caseKey', 'state'],
      ['state', 'notBefore'],
    ],
  },
  // By when it was carried out: those that are long over are forgotten.
  commands: { key: 'commandId', indexes: ['at'] },
  sites: { key: 'siteId' },
  secrets: { key: 'id' },
  settings: { key: 'key' },
  checks: { key: 'caseKey', indexes: ['at'] },
};
export const STORES = Object.keys(SHAPE) as StoreName[];

/** What IndexedDB calls it is ten times as much: a library that was used before multiplied it. */
export const VERSION = 6;
const NATIVE = 10;

/** Creates what is missing and removes what is not there any more; rows stay. */
function shape(transaction: IDBTransaction): void {
  for (const name of STORES) {
    const { key, indexes = [] } = SHAPE[name];
    const known = transaction.db.objectStoreNames.contains(name);
    const store = known ? transaction.objectStore(name) : transaction.db.createObjectStore(name, { keyPath: key });
    const wanted = new Map(indexes.map((path) => [Array.isArray(path) ? `[${path.join('+')}]` : path, path]));
    for (const index of [...store.indexNames]) if (!wanted.has(index)) store.deleteIndex(index);
    for (const [index, path] of wanted) if (!store.indexNames.contains(index)) store.createIndex(index, path);
  }
}

/** Makes of what an older version has left what this one has; `version` 0: there was none. */
async function carryOver(transaction: IDBTransaction, version: number): Promise<void> {
  const historyIsOld = version > 0 && version < 6;
  if (historyIsOld) setHistoryAside(transaction);
  shape(transaction);
  if (version === 0) return;
  const wrapped = wrap(transaction) as unknown as Upgrading;
  wrapped.done.catch(() => undefined);
  await Promise.all([version < 2 ? toVersion2(wrapped) : null, historyIsOld ? toVersion6(wrapped) : null]);
}

/** The browser does not let the database be opened; `cause` says why. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The one database of the extension. IndexedDB is the truth; everything else is derived from it. */
export class Database {
  private opened: Promise<IDBPDatabase<Schema>> | null = null;
  /** What was read of stores that change seldom; see `readOnce`. */
  private readonly remembered = new Map<StoreName, Map<string, Promise<unknown>>>();

  constructor(
    private readonly name = 'case-status-overlay',
    private readonly factory: IDBFactory = globalThis.indexedDB,
  ) {}

  /** Opens it where it is not open; throws where the browser does not let it. */
  open(): Promise<IDBPDatabase<Schema>> {
    this.opened ??= this.connect().catch((error: unknown) => {
      this.opened = null;
      throw new DatabaseUnavailable('The database cannot be opened', { cause: error });
    });
    return this.opened;
  }

  private async connect(): Promise<IDBPDatabase<Schema>> {
    const request = this.factory.open(this.name, VERSION * NATIVE);
    let failed: unknown;
    request.onupgradeneeded = ({ oldVersion }) => {
      const { transaction } = request;
      if (!transaction) return;
      carryOver(transaction, oldVersion / NATIVE).catch((error: unknown) => {
        failed = error;
        abort(transaction);
      });
    };
    const connection = (await wrap(request).catch((error: unknown) => {
      // Why the rows could not be carried over says more than that they were not.
      throw failed ?? error;
    })) as unknown as IDBPDatabase<Schema>;
    const own = this.opened;
    // By then another one may have been opened in its place.
    const forget = () => {
      if (this.opened === own) this.opened = null;
      this.remembered.clear();
    };
    // Closed by the browser, or in the way of a newer version or of being erased: what comes next opens it anew.
    connection.addEventListener('close', forget);
    connection.addEventListener('versionchange', () => {
      connection.close();
      forget();
    });
    return connection;
  }

  close(): void {
    void this.opened?.then(
      (connection) => connection.close(),
      () => undefined,
    );
    this.opened = null;
    this.remembered.clear();
  }

  /** Begins a transaction as IndexedDB's own. The browser may close a connection by itself, and the next one works. */
  async begin(transaction: (connection: IDBDatabase) => IDBTransaction): Promise<IDBTransaction> {
    try {
      return transaction(unwrap(await this.open()));
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error;
      this.close();
      return transaction(unwrap(await this.open()));
    }
  }

  /** Reads in one transaction, which sees one moment of the database. `work` waits for nothing but the database. */
  async read<T>(names: readonly StoreName[], work: (transaction: Reading) => Promise<T>): Promise<T> {
    const transaction = await this.begin((connection) => connection.transaction(names, 'readonly'));
    const wrapped = wrap(transaction) as unknown as Reading;
    // What ends it is told by the request that it ended.
    wrapped.done.catch(() => undefined);
    return work(wrapped);
  }

  /**
   * Writes in one transaction: all of it is stored when this resolves, or nothing. `work` waits for nothing but the database.
   * Throws what `work` throws, or why nothing was stored.
   */
  async write<T>(names: readonly StoreName[], work: (transaction: Writing) => Promise<T>): Promise<T> {
    // Strict: an acknowledged change is on the disk, also when the machine loses power a moment later.
    const transaction = await this.begin((connection) =>
      connection.transaction(names, 'readwrite', { durability: 'strict' }),
    );
    const wrapped = wrap(transaction) as unknown as Writing;
    wrapped.done.catch(() => undefined);
    // Whoever asks from here on asks anew; what was read before the end of it is known to nobody then.
    return untilStored(transaction, work(wrapped)).finally(() => {
      for (const name of names) this.remembered.delete(name);
    });
  }

  /**
   * Reads of one store, once until something is written to it: what a run asks for again with each case. The same value
   * goes to all who ask, who leave it as it is. For the one that writes; others keep nothing, see `DatabaseBeside`.
   * @param what tells apart what is read of this store
   */
  readOnce<T>(name: StoreName, what: string, work: (transaction: Reading) => Promise<T>): Promise<T> {
    const known = this.remembered.get(name) ?? new Map<string, Promise<unknown>>();
    this.remembered.set(name, known);
    const before = known.get(what);
    if (before) return before as Promise<T>;
    const found = this.read([name], work);
    known.set(what, found);
    found.catch(() => known.delete(what));
    return found;
  }
}

/**
 * Resolves with what the work in a transaction came to once all of it is stored. Throws what the work threw, or why nothing
 * was stored; then nothing was.
 */
export async function untilStored<T>(transaction: IDBTransaction, work: Promise<T>): Promise<T> {
  // Not with the first request that fails: only at its end does a transaction know why it came to nothing.
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('Nothing was stored.', 'AbortError'));
  });
  try {
    const [result] = await Promise.all([work, ended]);
    return result;
  } catch (error) {
    abort(transaction);
    await ended.catch(() => undefined);
    throw transaction.error ?? error;
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
