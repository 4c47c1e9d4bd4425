/** What is kept of an error that was logged: enough to find it, and nothing of what it was about. */
export interface ErrorNote {
  /** ms since 1970 */
  at: number;
  /** Which part of the extension told it. */
  where: string;
  /** The error's kind and, behind it, those of its causes: "AbortError < QuotaExceededError". */
  kind: string;
  /** File, line and column in the extension; `null` where the browser does not tell. */
  place: string | null;
}

const MOST = 50;

/**
 * Notes an error. Its message is left out: a help desk or the store may have put a subject, a name or an address into it.
 * @param at ms since 1970
 */
export function noteOf(where: string, error: unknown, at: number): ErrorNote {
  const kinds: string[] = [];
  for (let current = error; current instanceof Error && kinds.length < 5; current = current.cause)
    // What the browser and libraries call their errors; anything else may be a text.
    kinds.push(/^[A-Z][A-Za-z]{1,50}$/.test(current.name) ? current.name : 'Error');
  const stack = error instanceof Error ? error.stack : undefined;
  const place = stack?.match(/-extension:\/\/[^/]+\/([\w/-]+\.js:\d+:\d+)/)?.[1] ?? null;
  return { at, where: where.slice(0, 60), kind: kinds.join(' < ') || typeof error, place };
}

/** The notes with one more; the oldest are forgotten. */
export function withNote(notes: readonly ErrorNote[], note: ErrorNote): ErrorNote[] {
  return [...notes, note].slice(-MOST);
}
