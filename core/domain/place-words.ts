import type * as z from 'zod/mini';
import { fileWords } from '../words/files';
import type { JsonPath } from './strict-json';

/** No place of ours lies as deep; of one that does, its beginning and its end are told. */
const MOST_STEPS = 12;
/** By which of its fields people know a thing. */
const NAMED_BY = ['name', 'id', 'timerId', 'effectId', 'caseKey', 'siteId', 'templateId', 'date'];

/**
 * A place in a file, in words: `templates → “Support” → statuses → “Pending” → name`. Things are called by their names;
 * those that have none by their place in the list, from 1.
 */
export function placeWords(path: JsonPath, file: unknown): string {
  const words = path.map((step, index) =>
    typeof step === 'string'
      ? shortened(step)
      : (nameOf(valueAt(file, path.slice(0, index + 1))) ?? fileWords.nth(step + 1)),
  );
  const told = words.length > MOST_STEPS ? [...words.slice(0, MOST_STEPS / 2), '…', ...words.slice(-2)] : words;
  return told.join(' → ');
}

/** What stands at a place; `undefined` where nothing does. */
function valueAt(file: unknown, path: JsonPath): unknown {
  let value = file;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function nameOf(value: unknown): string | undefined {
  const name = NAMED_BY.map((key) => valueAt(value, [key])).find((found) => typeof found === 'string' && found !== '');
  return name === undefined ? undefined : fileWords.quoted(shortened(String(name)));
}

/** Long enough to recognise, short enough to be read. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Something that does not have the shape it must have. */
export interface ShapeFault {
  code: 'unknown-key' | 'missing' | 'shape';
  path: JsonPath;
  /** Without the place: `is empty`. */
  reason: string;
}

/** What a schema found wrong with a file, in plain words. */
export function shapeFaults(issue: z.core.$ZodIssue, file: unknown): ShapeFault[] {
  // JSON has no symbols.
  const path = issue.path as JsonPath;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      path,
      reason: fileWords.unknownKey(shortened(key)),
    }));
  if (valueAt(file, path) === undefined) return [{ code: 'missing', path, reason: fileWords.missing }];
  return [{ code: 'shape', path, reason: reasonOf(issue) }];
}

/** The first thing that a schema found wrong, with its place: `template → statuses: has more than 200 entries.` `null`: it is all of it. */
export function firstFault({ issues }: Pick<z.core.$ZodError, 'issues'>, value: unknown): string | null {
  const [fault] = issues.flatMap((issue) => shapeFaults(issue, value));
  return fault && fault.path.length > 0 ? fileWords.atPlace(placeWords(fault.path, value), fault.reason) : null;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const isNot: Partial<Record<string, string>> = fileWords.isNot;
      return isNot[issue.expected] ?? fileWords.isNot.object;
    }
    case 'invalid_value':
      return fileWords.noneOf(listed(issue.values));
    case 'invalid_union': {
      const { options } = issue as { options?: readonly unknown[] };
      return options ? fileWords.noneOf(listed(options)) : fileWords.ofNoKnownKind;
    }
    case 'too_small':
      if (issue.origin === 'string') return fileWords.empty;
      return issue.origin === 'array' ? fileWords.fewerThan(issue.minimum) : fileWords.lessThan(issue.minimum);
    case 'too_big':
      if (issue.origin === 'string') return fileWords.longerThan(issue.maximum);
      return issue.origin === 'array' ? fileWords.moreThan(issue.maximum) : fileWords.greaterThan(issue.maximum);
    case 'invalid_key':
      return issue.issues.map(reasonOf).join(', ');
    default:
      // The schemas say it themselves: `is not a colour such as #1a7f37`.
      return issue.message;
  }
}

const listed = (values: readonly unknown[]): string =>
  values.map((value) => fileWords.quoted(String(value))).join(', ');
