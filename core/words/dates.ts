import { locale } from './language';

/** How a moment is written: "Tue 17 Nov, 14:02", the same with its year, "14:02", "24 Nov". */
export const DATE_OPTIONS = {
  moment: { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  momentOfYear: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    year: 'numeric',
  },
  time: { hour: 'numeric', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateKind = keyof typeof DATE_OPTIONS;
const KINDS = Object.keys(DATE_OPTIONS) as DateKind[];

/** A field of a date, or the text between two. */
type Part = readonly [
  field: 'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'dayPeriod' | 'literal',
  text: string,
];

interface Wording {
  parts: Part[];
  /** From Sunday, from January. */
  weekdays: string[];
  months: string[];
}

/**
 * How `Intl` writes dates in one locale, as plain data. The first format for dates that is made in a process takes a
 * browser some 15 ms, as long as all else that a panel does in order to be there: it is made once, and every page writes by this.
 */
export interface DateTable {
  locale: string;
  /** Hours are counted to 12, with these words for the two halves of a day; `null`: to 24. */
  halves: readonly [string, string] | null;
  /** "09:05", "04 Nov" */
  padded: { hour: boolean; day: boolean };
  wordings: Record<DateKind, Wording>;
}

const YEAR = 2026;
/** Before "AM". Chromium names it as a part of a date, and writes a plain space. */
const NARROW = '\u202f';

const perKind = <T>(make: (kind: DateKind) => T) =>
  Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<DateKind, T>;

/** @returns `null` where the dates of that locale cannot be written from a table: with other digits, or another calendar. */
export function dateTableOf(locale: string): DateTable | null {
  const formats = perKind((kind) => new Intl.DateTimeFormat(locale, DATE_OPTIONS[kind]));
  const textOf = (kind: DateKind, field: string, date: Date) =>
    formats[kind].formatToParts(date).find(({ type }) => type === field)?.value ?? '';
  const morning = new Date(YEAR, 1, 1, 9, 5);
  const evening = new Date(YEAR, 1, 1, 21, 5);
  const halves = [textOf('time', 'dayPeriod', morning), textOf('time', 'dayPeriod', evening)] as const;
  const tableWith = (space: string): DateTable => ({
    locale,
    halves: halves[0] === '' ? null : halves,
    padded: { hour: textOf('time', 'hour', morning).length === 2, day: textOf('day', 'day', morning).length === 2 },
    wordings: perKind((kind) => ({
      parts: formats[kind]
        .formatToParts(morning)
        .map(({ type, value }): Part => [type as Part[0], type === 'literal' ? value.replaceAll(NARROW, space) : '']),
      // 1 February is a Sunday in that year.
      weekdays: Array.from({ length: 7 }, (_, day) => textOf(kind, 'weekday', new Date(YEAR, 1, 1 + day))),
      months: Array.from({ length: 12 }, (_, month) => textOf(kind, 'month', new Date(YEAR, month, 1))),
    })),
  });
  // Each month, and each hour of both halves of a day, in another year.
  const tried = Array.from({ length: 48 }, (_, i) => new Date(YEAR + 1, i % 12, 1 + (i % 28), i % 24, i));
  const isRight = (table: DateTable) =>
    KINDS.every((kind) => tried.every((date) => writeDate(table, kind, +date) === formats[kind].format(date)));
  return [NARROW, ' '].map(tableWith).find(isRight) ?? null;
}

/** What `Intl` writes with the options of that kind, by the person's own clock. */
export function writeDate(table: DateTable, kind: DateKind, at: number): string {
  const date = new Date(at);
  const { parts, weekdays, months } = table.wordings[kind];
  const two = (part: number, padded: boolean) => (padded ? String(part).padStart(2, '0') : String(part));
  const hour = date.getHours();
  const fields: Partial<Record<string, string | number>> = {
    weekday: weekdays[date.getDay()],
    day: two(date.getDate(), table.padded.day),
    month: months[date.getMonth()],
    year: date.getFullYear(),
    hour: two(table.halves ? hour % 12 || 12 : hour, table.padded.hour),
    minute: two(date.getMinutes(), true),
    dayPeriod: table.halves?.[hour < 12 ? 0 : 1],
  };
  return parts.map(([field, text]) => (field === 'literal' ? text : fields[field])).join('');
}

const formats = new Map<string, Intl.DateTimeFormat>();
let current: DateTable | null = null;

/** From now on the dates of its locale are written by this. */
export function writeDatesBy(table: DateTable | null): void {
  current = table;
}

/** The table for the language that is spoken; `null`: there is none, ask `Intl`. */
export function dateTable(): DateTable | null {
  return current?.locale === locale() ? current : null;
}

/** A moment by the person's own clock, in the language that is spoken. */
export function writtenDate(kind: DateKind, at: number): string {
  const table = dateTable();
  if (table) return writeDate(table, kind, at);
  const key = `${locale()} ${kind}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale(), DATE_OPTIONS[kind]);
  formats.set(key, format);
  return format.format(at);
}
