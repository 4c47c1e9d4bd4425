import type { CaseKey, HistoryEntry } from '../domain/case';

/**
 * So many entries share a row. A row costs several times as much to read as the entries on it, and a replay reads all of
 * them; with this, most cases have one. A change writes the last row of its case anew, which stays small.
 */
const PAGE_ENTRIES = 32;

/** Entries of one case's history, in order of `seq`: page 0 has those from 1 on, page 1 those from 33 on. */
export interface HistoryPage {
  caseKey: CaseKey;
  page: number;
  entries: HistoryEntry[];
}

/** The number of the page that an entry is on. */
export const pageOf = (seq: number): number => Math.floor((seq - 1) / PAGE_ENTRIES);

/** The rows for entries of any cases, those of each case in order of `seq`. */
export function pagesOf(entries: readonly HistoryEntry[]): HistoryPage[] {
  const pages = new Map<string, HistoryPage>();
  for (const entry of entries) {
    const { caseKey } = entry;
    const page = pageOf(entry.seq);
    const key = `${page} ${caseKey}`;
    const known = pages.get(key);
    if (known) known.entries.push(entry);
    else pages.set(key, { caseKey, page, entries: [entry] });
  }
  return [...pages.values()];
}

/** What is on some pages, in their order. */
export const entriesOn = (pages: readonly HistoryPage[]): HistoryEntry[] => pages.flatMap(({ entries }) => entries);
