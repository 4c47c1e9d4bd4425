import { browser } from '@wxt-dev/browser';
import type { Clock, ErrorJournal, Log } from '../app/ports';
import { type ErrorNote, noteOf, withNote } from '../contract/error-note';

const KEY = 'errors';

/** Writes to the console, and keeps the last errors in the browser's memory for its session. */
export function browserLog(clock: Clock): Log & ErrorJournal {
  const notes = async () => ((await browser.storage.session.get(KEY))[KEY] as ErrorNote[] | undefined) ?? [];
  // One after the other: two at once would each write what it had read.
  let last: Promise<unknown> = Promise.resolve();
  return {
    error(where, error) {
      console.error(`[case status] ${where}:`, error);
      const note = noteOf(where, error, clock.now());
      last = last
        .then(async () => browser.storage.session.set({ [KEY]: withNote(await notes(), note) }))
        .catch((failed: unknown) => console.error('[case status] journal:', failed));
    },
    notes,
  };
}
