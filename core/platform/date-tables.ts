import { browser } from '@wxt-dev/browser';
import type { DateTables } from '../app/ports';
import { type DateTable, dateTableOf } from '../words/dates';

const KEY = 'dates:';
/** By then whoever asked has long been answered. */
const CALM_MS = 500;

/** Made once in a session of the browser, as its formats may be others after an update. */
export const sessionDates: DateTables = {
  async of(locale) {
    const key = KEY + locale;
    const kept = (await browser.storage.session.get(key))[key] as { table: DateTable | null } | undefined;
    if (kept) return kept.table;
    setTimeout(() => {
      // A full memory only means that each page makes its own.
      browser.storage.session.set({ [key]: { table: dateTableOf(locale) } }).catch(() => undefined);
    }, CALM_MS);
    return null;
  },
};
