/** Something that is wrong with a template or a file, at a place. Errors block; warnings are told. */
export interface Finding {
  severity: 'error' | 'warning';
  /** Stable, for tests and for a jump to the place: `unreachable-status`. */
  code: string;
  /** One sentence for the admin. */
  message: string;
  /** Keys and indexes from the root of the template or file: `['statuses', 2, 'tags']`. */
  path: readonly (string | number)[];
  /** A path through the template that shows it, step by step in words; empty where the place says it all. */
  example: readonly string[];
}
