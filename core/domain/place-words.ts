import type * as z from 'zod/mini';
import type { JsonPath } from './strict-json';

/** By which of its fields people know a thing. */
const NAMED_BY = ['name', 'id', 'timerId', 'effectId', 'caseKey', 'siteId', 'templateId', 'date'];

/**
 * A place in a file, in words: `templates → “Support” → statuses → “Pending” → name`. Things are called by their names;
 * those that have none by their place in the list, from 1.
 */
export function placeWords(path: JsonPath, file: unknown): string {
  return path
    .map((step, index) =>
      typeof step === 'string'
        ? shortened(step)
        : (nameOf(valueAt(file, path.slice(0, index + 1))) ?? `no. ${step + 1}`),
    )
    .join(' → ');
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
  return name === undefined ? undefined : `“${shortened(String(name))}”`;
}

/** Long enough to recognise, short enough to be read. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
};

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
      reason: `has “${shortened(key)}”, which is not known here`,
    }));
  if (valueAt(file, path) === undefined) return [{ code: 'missing', path, reason: 'is missing' }];
  return [{ code: 'shape', path, reason: reasonOf(issue) }];
}

function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is not ${KINDS[issue.expected] ?? 'an object'}`;
    case 'invalid_value':
      return `is none of ${listed(issue.values)}`;
    case 'invalid_union': {
      const { options } = issue as { options?: readonly unknown[] };
      return options ? `is none of ${listed(options)}` : 'is of no kind that is known here';
    }
    case 'too_small':
      if (issue.origin === 'string') return 'is empty';
      return issue.origin === 'array' ? `has fewer than ${issue.minimum} entries` : `is less than ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `is longer than ${issue.maximum} characters`;
      return issue.origin === 'array' ? `has more than ${issue.maximum} entries` : `is more than ${issue.maximum}`;
    case 'invalid_key':
      return issue.issues.map(reasonOf).join(', ');
    default:
      // The schemas say it themselves: `is not a colour such as #1a7f37`.
      return issue.message;
  }
}

const listed = (values: readonly unknown[]): string => values.map((value) => `“${String(value)}”`).join(', ');
