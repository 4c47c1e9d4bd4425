/** A case that lives by a draft, in the page alone: the page's own editor tries the draft on it. */

import type { BusinessCalendar } from '../domain/calendar';
import type { CaseTemplate } from '../domain/template';
import type { Ask } from './client';
import type { CaseView, Choice } from './views';

/** Something that would have left the browser. */
export interface SampleSent {
  id: string;
  /** ms since 1970, of the sample's own time */
  at: number;
  /** message: to the customer. note: to colleagues. notification: to the agent. */
  kind: 'message' | 'note' | 'notification';
  title: string;
  body: string;
}

export interface SampleState {
  /** As its panel shows it; `null`: the draft does not work yet. */
  view: CaseView | null;
  /** Counts the cases: another one begins with each start. */
  run: number;
  /** Where a case may begin: a new ticket, and each place of the draft. */
  places: Choice[];
  /** Where this one began. */
  placeId: string;
  /** When the next thing happens by itself; `null`: nothing will. */
  nextAt: number | null;
  /** The sample's time. */
  now: number;
  /** What went out, the newest first. */
  sent: SampleSent[];
  /** What happened to the sample itself, for the person; `null`: nothing worth saying. */
  word: string | null;
}

export interface SampleCase {
  /** Answers the requests of the panel from memory. */
  ask: Ask;
  /** Calls back at once and after every change, until `signal` aborts. */
  subscribe(listener: (state: SampleState) => void, signal: AbortSignal): void;
  /** The draft was edited: all that was done is done again by what it says now. Begins anew where that is not possible. */
  setTemplate(template: CaseTemplate): void;
  /** Begins anew in one of the places. */
  start(placeId: string): void;
  /** Lets time pass: until the next thing has happened, or a whole day. */
  pass(span: 'next' | 'day'): void;
  /** The customer answers now. */
  reply(): void;
  /** Does what has fallen due by itself meanwhile. */
  catchUp(): void;
}

export type MakeSampleCase = (parts: {
  template: CaseTemplate;
  /** What business time is counted by; `null`: the browser's own. */
  calendar: BusinessCalendar | null;
  /** The help desk that it seems to be in: the key of its statuses in the template, and its name. */
  desk: Choice;
}) => SampleCase;
