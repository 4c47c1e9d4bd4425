/** The placeholders that a message may use, and where each value comes from. */
export const PLACEHOLDERS = ['customer', 'subject', 'ticket', 'status', 'closes'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const PATTERN = /\{([^{}\n]*)\}/g;

/** Placeholders in the body that do not exist; a message with any cannot be saved. */
export function unknownPlaceholders(body: string): string[] {
  return [...body.matchAll(PATTERN)]
    .map((match) => match[1] ?? '')
    .filter((name) => !PLACEHOLDERS.some((known) => known === name));
}

/** Fills in the values as text, once: a value that looks like a placeholder stays as it is. */
export function renderMessage(body: string, values: Record<Placeholder, string>): string {
  return body.replace(PATTERN, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as Placeholder] : whole,
  );
}

/** A moment for a message: "Friday, 4 December 2026 at 17:02 (UTC)", the zone always named. */
export function dateWords(at: number, timeZone: string): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
  return `${words} (${timeZone})`;
}
