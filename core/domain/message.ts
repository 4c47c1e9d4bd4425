import { locale } from '../words/language';
import { placeholderWords } from '../words/placeholders';

/** The placeholders that a message may use, and what each stands for. */
export const PLACEHOLDERS = placeholderWords;
export type Placeholder = keyof typeof PLACEHOLDERS;

const PATTERN = /\{([^{}\n]*)\}/g;

/** Placeholders in the body that do not exist; a message with any cannot be saved. */
export function unknownPlaceholders(body: string): string[] {
  return [...body.matchAll(PATTERN)]
    .map((match) => match[1] ?? '')
    .filter((name) => !Object.hasOwn(PLACEHOLDERS, name));
}

/** Fills in the values as text, once: a value that looks like a placeholder stays as it is. */
export function renderMessage(body: string, values: Record<Placeholder, string>): string {
  return body.replace(PATTERN, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as Placeholder] : whole,
  );
}

// Making one costs more than all the rest of a decision.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, withTime: boolean): Intl.DateTimeFormat {
  const key = `${locale()} ${timeZone} ${withTime}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...(withTime ? { hour: '2-digit', minute: '2-digit' } : {}),
    timeZone,
  });
  formats.set(key, made);
  return made;
}

/** A moment for a message: "Friday, 4 December 2026 at 17:02 (UTC)", the zone always named. */
export function dateWords(at: number, timeZone: string): string {
  return `${formatOf(timeZone, true).format(at)} (${timeZone})`;
}

/** A day for a message: "Friday, 4 December 2026". */
export function dayWords(at: number, timeZone: string): string {
  return formatOf(timeZone, false).format(at);
}
