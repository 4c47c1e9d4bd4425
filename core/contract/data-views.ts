/** What the page about the data shows. */

import type { Precedence, Standing } from '../domain/import-plan';
import type { CaseTexts } from '../domain/portable-text';
import type { LookedAfterView } from './looked-after';
import type { FindingView, RetimeView } from './views';

/** How many rows there are of each kind. */
export type DataCounts = Record<
  'templates' | 'cases' | 'history' | 'timers' | 'armed' | 'outbox' | 'owed' | 'commands',
  number
>;

export interface DataOverview {
  counts: DataCounts;
  /** When a case was changed last; `null`: there are none. */
  changedAt: number | null;
  sites: SiteData[];
  backup: BackupView;
  /** The browser has lost what there was; `null`: it has not, or that is dealt with. */
  loss: LookedAfterView['loss'];
}

/** The cases of one help desk, connected or not. */
export interface SiteData {
  siteId: string;
  name: string;
  cases: number;
  /** What is typed to erase them. */
  word: string;
}

export type BackupSchedule = 'off' | 'daily' | 'weekly';

export interface BackupView {
  every: BackupSchedule;
  /** When it comes next; `null`: not at all. */
  nextAt: number | null;
  last: BackupOutcome | null;
}

/** `problem`: why no file was made; `null`: it was. */
export interface BackupOutcome {
  at: number;
  fileName: string;
  problem: string | null;
}

/** Of a file of everything, the next cases. */
export interface ExportPart {
  texts: CaseTexts;
  cases: number;
  /** What the next request begins after; `null`: that was all. */
  next: string | null;
}

/** What taking in a file would do, or has done. */
export interface ImportLook {
  /** Why nothing of it can be taken; empty: it can. */
  problems: FindingView[];
  exportedAt: string;
  standings: Record<Standing, number>;
  /** How many cases are taken. */
  taken: number;
  newTemplates: string[];
  /** Templates of cases here that go on by a version of the file, with timers that would be due at another time by it. */
  retimes: (RetimeView & { templateId: string; version: number; name: string })[];
  /** By the names of the templates. */
  newDrafts: string[];
  newSites: string[];
  leftOut: { what: string; why: string }[];
  /** Cases whose history was broken when the file was made, and what becomes of each. */
  broken: { what: string; why: string }[];
  overdue: number;
  unsent: number;
}

export type { Precedence };

/** What checking the histories of some cases has found. */
export interface VerifyPart {
  cases: number;
  entries: number;
  broken: BrokenHistory[];
  next: string | null;
}

/** `changed`: this entry is not what was written. `missing`: it is not there. */
export interface BrokenHistory {
  caseKey: string;
  siteName: string;
  ticketId: string;
  /** `null`: its help desk is not connected. */
  url: string | null;
  seq: number;
  at: number | null;
  what: 'changed' | 'missing';
}
