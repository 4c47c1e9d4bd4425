import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Worker } from 'playwright-core';
import { findBrowser } from '../../../scripts/lib/browser.mjs';
import { Clock, type Span } from './clock';
import { until } from './until';

export interface LaunchOptions {
  /** Folder of the unpacked extension. */
  extension?: string;
  /** Kept after the end; without it a fresh one is made and removed. */
  profileDir?: string;
  headless?: boolean;
  /** True: the clock of this browser can be moved (Linux). */
  clock?: boolean;
}

const extensionFolder = resolve('.output/chrome-mv3-e2e');

/** Ids of the processes that were started with this folder in their command line. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** What every browser of tests and benchmarks is started with: quiet, in English, and as root where it has to be. */
export function switches(): string[] {
  return [
    '--no-first-run',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--lang=en-GB',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** A browser with the extension in it. It stays the same object over restarts of the browser itself. */
export class TestBrowser {
  readonly #options: LaunchOptions;
  readonly #profileDir: string;
  readonly #temporary: boolean;
  readonly #clock: Clock | undefined;
  #context: BrowserContext | undefined;
  #control: Page | undefined;
  #session: CDPSession | undefined;
  readonly #workerStates = new Map<string, string>();
  #workerStops = 0;
  #extensionId = '';
  #firstPage = '';
  /** What pages and the worker complained about: console errors, uncaught exceptions, rejected promises. */
  readonly consoleErrors: string[] = [];

  private constructor(options: LaunchOptions) {
    this.#options = options;
    this.#temporary = options.profileDir === undefined;
    this.#profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'cso-profile-'));
    this.#clock = options.clock ? new Clock(this.#profileDir) : undefined;
  }

  /** Starts a browser and waits until the extension's worker is there. */
  static async launch(options: LaunchOptions = {}): Promise<TestBrowser> {
    const browser = new TestBrowser(options);
    await browser.#start({ firstTime: browser.#temporary });
    return browser;
  }

  async #start({ firstTime = false } = {}): Promise<void> {
    const extension = this.#options.extension ?? extensionFolder;
    this.#context = await chromium.launchPersistentContext(this.#profileDir, {
      executablePath: await findBrowser(),
      headless: this.#options.headless ?? true,
      viewport: { width: 1280, height: 900 },
      // Playwright's own set switches extensions off.
      ignoreDefaultArgs: ['--disable-extensions', '--disable-component-extensions-with-background-pages'],
      args: [`--load-extension=${extension}`, `--disable-extensions-except=${extension}`, ...switches()],
      env: { ...process.env, ...this.#clock?.environment } as Record<string, string>,
    });
    this.#context.setDefaultTimeout(20_000);
    this.#context.on('console', (message) => {
      if (message.type() === 'error') this.consoleErrors.push(`${message.text()} (${message.location().url})`);
    });
    this.#context.on('weberror', (error) => this.consoleErrors.push(`uncaught: ${error.error().message}`));

    const worker = await this.worker();
    this.#extensionId = new URL(worker.url()).host;
    // Where it was not there before, the extension begins with its options page, in front of what a test opens.
    if (firstTime) {
      const first = `chrome-extension://${this.#extensionId}/options.html`;
      const opened = await until(
        'the first page',
        () => this.context.pages().find((page) => page.url().startsWith(first)),
        (page) => page !== undefined,
        { timeoutMs: 20_000, everyMs: 50 },
      );
      this.#firstPage = opened?.url() ?? '';
      await opened?.close();
    }
    // A plain file of the extension: none of its scripts run there, but its rights do.
    this.#control = await this.extensionPage('manifest.json');
    this.#session = await this.#context.newCDPSession(this.#control);
    this.#session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, runningStatus } of versions) {
        if (runningStatus === 'stopped' && this.#workerStates.get(versionId) !== 'stopped') this.#workerStops += 1;
        this.#workerStates.set(versionId, runningStatus);
      }
    });
    this.#session.on('ServiceWorker.workerErrorReported', ({ errorMessage }) => {
      this.consoleErrors.push(`worker: ${errorMessage.errorMessage} (${errorMessage.sourceURL})`);
    });
    await this.#session.send('ServiceWorker.enable');
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('The browser is closed.');
    return this.#context;
  }

  get clock(): Clock {
    if (!this.#clock) throw new Error('This browser was started without `clock: true`.');
    return this.#clock;
  }

  /** The folder with all that the browser keeps. */
  get profileDir(): string {
    return this.#profileDir;
  }

  get extensionId(): string {
    return this.#extensionId;
  }

  /** The address of the page that the extension opened when it was installed. */
  get firstPage(): string {
    return this.#firstPage;
  }

  newPage(): Promise<Page> {
    return this.context.newPage();
  }

  /** The extension's service worker. The object stays the same when the worker ends and starts again. */
  async worker(): Promise<Worker> {
    const known = this.context.serviceWorkers().find((worker) => worker.url().startsWith('chrome-extension://'));
    return known ?? this.context.waitForEvent('serviceworker', { timeout: 20_000 });
  }

  /** Opens a page of the extension in a new tab. */
  async extensionPage(path: string): Promise<Page> {
    const page = await this.newPage();
    await page.goto(`chrome-extension://${this.extensionId}/${path}`);
    return page;
  }

  /**
   * Runs `body` in a page of the extension, with its `chrome.*` rights and without waking the worker by itself.
   * `body` sees nothing but its argument.
   */
  async evaluateInExtensionPage<T, A = undefined>(body: (argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    if (!this.#control) throw new Error('The browser is closed.');
    return this.#control.evaluate(body as (argument: unknown) => T | Promise<T>, argument as unknown);
  }

  /** All rows of a table of the extension's database, read without waking the worker. */
  rows<T>(table: string): Promise<T[]> {
    return this.evaluateInExtensionPage(async (name) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('case-status-overlay');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const reading = database.transaction(name).objectStore(name).getAll();
      const found = await new Promise<T[]>((resolve, reject) => {
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      });
      database.close();
      return found;
    }, table);
  }

  /** Puts rows into a table of the extension's database, past everything that the extension would do about them. */
  addRows(table: string, rows: readonly object[]): Promise<void> {
    return this.evaluateInExtensionPage(
      async ({ table, rows }) => {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open('case-status-overlay');
          opening.onsuccess = () => resolve(opening.result);
          opening.onerror = () => reject(opening.error);
        });
        const writing = database.transaction(table, 'readwrite');
        for (const row of rows) writing.objectStore(table).add(row);
        await new Promise<void>((resolve, reject) => {
          writing.oncomplete = () => resolve();
          writing.onabort = () => reject(writing.error);
        });
        database.close();
      },
      { table, rows },
    );
  }

  /** Ids of the notifications that are on the screen. */
  notifications(): Promise<string[]> {
    return this.evaluateInExtensionPage(
      () => new Promise<string[]>((resolve) => chrome.notifications.getAll((all) => resolve(Object.keys(all)))),
    );
  }

  /** Moves only the browser's wall clock: whether anything notices is for the extension to see to. */
  jump(span: Span): void {
    this.clock.shift(span);
  }

  /** Moves the browser's wall clock on, and lets alarms that became due ring as they would after a sleep. */
  async shift(span: Span): Promise<void> {
    this.clock.shift(span);
    // The browser waits for its next alarm on a monotonic timer, which a moved wall clock does not shorten; only an
    // alarm that is due earlier than the one it waits for makes it look at once. A sleep ends in the same way.
    await this.evaluateInExtensionPage(async () => {
      for (const { name, scheduledTime, periodInMinutes } of await chrome.alarms.getAll()) {
        if (scheduledTime > Date.now()) continue;
        const period = periodInMinutes === undefined ? {} : { periodInMinutes };
        await chrome.alarms.create(name, { when: scheduledTime - 1, ...period });
      }
    });
  }

  /**
   * Ends the worker at once, wherever it is in its work. The next event starts it again.
   * @returns whether there was one to end
   */
  async killWorker(): Promise<boolean> {
    if (![...this.#workerStates.values()].some((state) => state !== 'stopped')) return false;
    const stops = this.#workerStops;
    await this.#session?.send('ServiceWorker.stopAllWorkers');
    // Playwright goes on listing a stopped worker; the browser's own word counts. The next event may have started it again.
    await until(
      'the worker to stop',
      () => this.#workerStops,
      (now) => now > stops,
      { timeoutMs: 20_000, everyMs: 5 },
    );
    return true;
  }

  /** Closes the browser and starts it again on the same profile. Session cookies are gone then, as in real life. */
  async restartBrowser(): Promise<void> {
    await this.#stop();
    await this.#start();
  }

  /**
   * Kills the browser with all its processes, as a crash or a power cut does, and starts it again on the same profile.
   * Linux only.
   */
  async killBrowser(): Promise<void> {
    const closed = this.context.waitForEvent('close');
    for (const pid of processesOf(this.#profileDir)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went with its parent.
      }
    }
    await closed;
    await until(
      'the processes to end',
      () => processesOf(this.#profileDir),
      (pids) => pids.length === 0,
      { everyMs: 20 },
    );
    await this.#stop();
    await this.#start();
  }

  async #stop(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    this.#control = undefined;
    this.#session = undefined;
    this.#workerStates.clear();
    await context?.close();
  }

  /** Closes the browser and removes the profile that was made for it. */
  async close(): Promise<void> {
    await this.#stop();
    this.#clock?.dispose();
    if (this.#temporary) {
      await until(
        'the profile to be removed',
        () => rmSync(this.#profileDir, { recursive: true, force: true }),
        () => true,
      );
    }
  }
}

/** Starts a browser with the extension; see `TestBrowser`. */
export const launch = TestBrowser.launch;
