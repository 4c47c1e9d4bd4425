import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Session } from '../e2e/harness/session';

/** What a browser can lose by itself: marks that nothing of ours ever reads, changes or removes. */
export type Mark = "a database of the extension's address" | "the extension's small store" | "a page's own store";

const MARK = 'kill-mark';

/** Leaves a mark in each store of the browser, so that what it loses itself can be told from what we lose. */
export async function leaveMarks({ browser, desk }: Session): Promise<void> {
  await browser.evaluateInExtensionPage(async (name) => {
    await new Promise<void>((settle, reject) => {
      const opening = indexedDB.open(name);
      opening.onupgradeneeded = () => opening.result.createObjectStore(name).put(name, name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        opening.result.close();
        settle();
      };
    });
    await chrome.storage.local.set({ [name]: name });
  }, MARK);
  const page = await browser.newPage();
  await page.goto(desk.url);
  await page.evaluate((name) => localStorage.setItem(name, name), MARK);
  await page.close();
}

/** Which marks the browser no longer has. */
export async function missingMarks({ browser, desk }: Session): Promise<Mark[]> {
  const own = await browser.evaluateInExtensionPage(
    async (name) => ({
      database: (await indexedDB.databases()).some((database) => database.name === name),
      small: (await chrome.storage.local.get(name))[name] === name,
    }),
    MARK,
  );
  const page = await browser.newPage();
  await page.goto(desk.url);
  const pages = await page.evaluate((name) => localStorage.getItem(name) === name, MARK);
  await page.close();
  const found: [Mark, boolean][] = [
    ["a database of the extension's address", own.database],
    ["the extension's small store", own.small],
    ["a page's own store", pages],
  ];
  return found.filter(([, isThere]) => !isThere).map(([mark]) => mark);
}

/** Keeps the profile as it is, to look at. @returns the folder */
export function keepProfile({ browser }: Session): string {
  const folder = resolve(join('.output', 'kill', `profile-${Date.now()}`));
  cpSync(browser.profileDir, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}
