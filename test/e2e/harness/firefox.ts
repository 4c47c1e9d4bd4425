import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, firefox, type Page } from 'playwright-core';
import { findFirefox } from '../../../scripts/lib/browser.mjs';
import { until } from './until';

const extensionFolder = resolve('.output/firefox-mv3-e2e');

/** A real Firefox with the extension in it, with as much of `TestBrowser` as a test of the panel needs. */
export class FirefoxBrowser {
  private constructor(
    readonly context: BrowserContext,
    private readonly profileDir: string,
    private readonly bridge: string,
  ) {}

  /** Starts a Firefox and waits until the extension has opened its options page. */
  static async launch(): Promise<FirefoxBrowser> {
    const profileDir = mkdtempSync(join(tmpdir(), 'cso-firefox-'));
    const context = await firefox.launchPersistentContext(profileDir, {
      // Any ordinary Firefox, by WebDriver BiDi; Playwright's own build is another.
      channel: 'moz-firefox',
      executablePath: resolve('test/e2e/harness/firefox-bridge.mjs'),
      headless: true,
      viewport: { width: 1280, height: 900 },
      firefoxUserPrefs: { 'intl.accept_languages': 'en-GB' },
      env: { ...process.env, CSO_FIREFOX: findFirefox() ?? '', CSO_FIREFOX_EXTENSION: extensionFolder } as Record<
        string,
        string
      >,
    });
    context.setDefaultTimeout(20_000);
    const port = readFileSync(join(profileDir, 'bridge-port'), 'utf8');
    const browser = new FirefoxBrowser(context, profileDir, `http://127.0.0.1:${port}`);
    await browser.#post('/install', {});
    await until(
      'the extension to open its options page',
      () => browser.evaluateInExtensionPage(() => document.querySelector('main h1') !== null),
      (open) => open,
      { timeoutMs: 20_000, everyMs: 100 },
    );
    return browser;
  }

  newPage(): Promise<Page> {
    return this.context.newPage();
  }

  /** Runs `body` in the extension's options page. `body` sees nothing but its argument. */
  async evaluateInExtensionPage<T, A = undefined>(body: (argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    return JSON.parse(await this.#post('/call', { body: String(body), argument })) as T;
  }

  /** All rows of a table of the extension's database. */
  rows<T>(table: string): Promise<T[]> {
    return this.evaluateInExtensionPage(async (name: string) => {
      const answerOf = <R>(request: IDBRequest<R>) =>
        new Promise<R>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await answerOf(indexedDB.open('case-status-overlay'));
      const found = await answerOf(database.transaction(name).objectStore(name).getAll());
      database.close();
      return found as T[];
    }, table);
  }

  async close(): Promise<void> {
    await this.context.close();
    await until(
      'the profile to be removed',
      () => rmSync(this.profileDir, { recursive: true, force: true }),
      () => true,
    );
  }

  async #post(path: string, body: object): Promise<string> {
    const answer = await fetch(this.bridge + path, { method: 'POST', body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }
}
