import type { Answer, Refusal } from '../contract/messages';
import type { CalendarList, CalendarOutcome, CalendarView, HolidayFileView } from '../contract/views';
import {
  type BusinessCalendar,
  calendarProblems,
  type Due,
  dueAfter,
  momentIn,
  plainCalendar,
} from '../domain/calendar';
import { canonicalJson, hashText } from '../domain/history';
import { readHolidayFile } from '../domain/holiday-file';
import type { CaseTemplate, Wait } from '../domain/template';
import { calendarWords } from '../words/calendars';
import { listed, locale, sameName } from '../words/language';
import type { Context } from './context';
import type { StoredCalendars } from './ports';

/** Calendars as the options page manages them. Timers that run keep their dates, whatever is changed here. */
export class Calendars {
  constructor(private readonly ctx: Context) {}

  async list(): Promise<Answer<CalendarList>> {
    const { calendars, clock } = this.ctx;
    const views = (await calendars.all())
      .toSorted((a, b) => a.name.localeCompare(b.name, locale()))
      .map(async (calendar) => viewOf(calendar, await calendars.usersOf(calendar.id)));
    const plain = plainCalendar(clock.timeZone());
    return { ok: true, value: { calendars: await Promise.all(views), plain, now: clock.now() } };
  }

  /** @param seen the version that was edited; `null`: the calendar is new */
  async save(calendar: BusinessCalendar, seen: string | null): Promise<Answer<CalendarOutcome>> {
    const problems: CalendarOutcome['problems'] = calendarProblems(calendar).map(({ message, path }) => ({
      message,
      path: [...path],
    }));
    if (problems.length > 0) return { ok: true, value: { saved: null, problems } };
    let answer: Answer<CalendarOutcome> = refused('internal', '');
    await this.ctx.calendars.change(calendar.id, (stored) => {
      const conflict = conflictOf(stored, seen);
      if (conflict) {
        answer = conflict;
        return undefined;
      }
      if (stored.others.some(({ name }) => sameName(name, calendar.name))) {
        const message = calendarWords.nameTaken(calendar.name);
        answer = { ok: true, value: { saved: null, problems: [{ message, path: ['name'] }] } };
        return undefined;
      }
      answer = { ok: true, value: { saved: viewOf(calendar, stored.users), problems: [] } };
      return calendar;
    });
    return answer;
  }

  /** @param seen the version that the person looked at */
  async remove(calendarId: string, seen: string): Promise<Answer<null>> {
    let answer: Answer<null> = { ok: true, value: null };
    await this.ctx.calendars.change(calendarId, ({ own, users }) => {
      if (own === undefined) answer = refused('calendar-gone', calendarWords.gone);
      else if (users.length > 0) answer = refused('calendar-used', usedWords(own.name, namesOf(users)));
      else if (versionOf(own) !== seen) answer = refused('calendar-changed', calendarWords.notDeleted);
      return answer.ok ? null : undefined;
    });
    return answer;
  }

  /** @param from by the calendar's clock, "2026-12-21T09:30" */
  async try(calendar: BusinessCalendar, wait: Wait, from: string): Promise<Answer<Due>> {
    const [problem] = calendarProblems(calendar);
    if (problem) return refused('calendar-problems', problem.message);
    let start: number;
    try {
      start = momentIn(calendar.timeZone, from);
    } catch {
      return refused('no-such-moment', calendarWords.noSuchMoment);
    }
    try {
      return { ok: true, value: dueAfter(wait, start, calendar) };
    } catch (error) {
      if (error instanceof RangeError) return refused('too-far', calendarWords.tooFar);
      throw error;
    }
  }

  async holidaysOfFile(text: string): Promise<Answer<HolidayFileView>> {
    const read = readHolidayFile(text, new Date(this.ctx.clock.now()).getUTCFullYear());
    if (!read.ok) return refused('bad-file', read.message);
    const { holidays, leftOut } = read;
    return { ok: true, value: { holidays, leftOut } };
  }
}

/** Why somebody who saw this version may not change what is stored; `null`: they may. */
function conflictOf({ own }: StoredCalendars, seen: string | null): Refusal | null {
  if (seen === null) return own === undefined ? null : refused('calendar-here', calendarWords.here);
  if (own === undefined) return refused('calendar-gone', calendarWords.gone);
  return versionOf(own) === seen ? null : refused('calendar-changed', calendarWords.changed);
}

function versionOf(calendar: BusinessCalendar): string {
  return hashText(canonicalJson(calendar));
}

function viewOf(calendar: BusinessCalendar, users: readonly CaseTemplate[]): CalendarView {
  return { calendar, version: versionOf(calendar), usedBy: namesOf(users) };
}

function namesOf(templates: readonly CaseTemplate[]): string[] {
  return [...new Set(templates.map(({ name }) => name))];
}

function usedWords(name: string, templates: readonly string[]): string {
  return templates.length === 1
    ? calendarWords.used(name, listed(templates))
    : calendarWords.usedByMany(name, listed(templates));
}

function refused(code: string, message: string): Refusal {
  return { ok: false, code, message };
}
