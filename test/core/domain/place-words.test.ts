import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { firstFault, placeWords, shapeFaults, shortened } from '../../../core/domain/place-words';

describe('a place in words', () => {
  const file = {
    templates: [{ id: 'support', name: 'Support', statuses: [{ id: 'new', name: '' }, 7, null, { retired: true }] }],
    timers: [{ timerId: 't1', caseKey: 'rt/1' }],
    outbox: [{ effectId: 'e1', caseKey: 'rt/1' }],
    history: [{ caseKey: 'rt/1', templateId: 'support' }],
    panelPlaces: [{ siteId: 'rt' }],
    drafts: [{ templateId: 'support' }],
    holidays: [{ date: '2026-12-25' }],
    long: [{ name: 'x'.repeat(61) }],
    number: [{ name: 5 }],
    nested: [[{ name: 'Inner' }]],
  };

  it.each<[(string | number)[], string]>([
    [[], ''],
    [['templates'], 'templates'],
    [['templates', 0, 'name'], 'templates → “Support” → name'],
    [['templates', 0, 'statuses', 0], 'templates → “Support” → statuses → “new”'],
    [['templates', 0, 'statuses', 1], 'templates → “Support” → statuses → no. 2'],
    [['templates', 0, 'statuses', 2], 'templates → “Support” → statuses → no. 3'],
    [['templates', 0, 'statuses', 3, 'name'], 'templates → “Support” → statuses → no. 4 → name'],
    [['templates', 1, 'name'], 'templates → no. 2 → name'],
    [['nowhere', 0], 'nowhere → no. 1'],
    [['timers', 0], 'timers → “t1”'],
    [['outbox', 0], 'outbox → “e1”'],
    [['history', 0], 'history → “rt/1”'],
    [['panelPlaces', 0], 'panelPlaces → “rt”'],
    [['drafts', 0], 'drafts → “support”'],
    [['holidays', 0], 'holidays → “2026-12-25”'],
    [['long', 0], `long → “${'x'.repeat(60)}…”`],
    [['number', 0], 'number → no. 1'],
    [['nested', 0, 0], 'nested → no. 1 → “Inner”'],
    [['y'.repeat(61)], `${'y'.repeat(60)}…`],
    [['toString', 0], 'toString → no. 1'],
    [['nested', ...Array<number>(11).fill(1)], `nested${' → no. 2'.repeat(11)}`],
    [['nested', ...Array<number>(60).fill(1), 2, 'end'], `nested${' → no. 2'.repeat(5)} → … → no. 3 → end`],
  ])('%j', (path, words) => {
    expect(placeWords(path, file)).toBe(words);
  });

  it('is shortened only where it is long', () => {
    expect(shortened('x'.repeat(60))).toBe('x'.repeat(60));
    expect(shortened('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`);
  });
});

describe('a fault of the shape in words', () => {
  const faults = (schema: z.ZodMiniType, value: unknown) => {
    const parsed = schema.safeParse(value);
    return (parsed.error?.issues ?? []).flatMap((issue) => shapeFaults(issue, value));
  };

  it('says of each unknown key its own', () => {
    expect(faults(z.strictObject({}), { a: 1, ['b'.repeat(61)]: 2 })).toEqual([
      { code: 'unknown-key', path: [], reason: 'has “a”, which is not known here' },
      { code: 'unknown-key', path: [], reason: `has “${'b'.repeat(60)}…”, which is not known here` },
    ]);
  });

  it('says what is missing, where null is not missing', () => {
    const schema = z.strictObject({ a: z.string() });
    expect(faults(schema, {})).toEqual([{ code: 'missing', path: ['a'], reason: 'is missing' }]);
    expect(faults(schema, { a: null })).toEqual([{ code: 'shape', path: ['a'], reason: 'is not a text' }]);
  });

  it('says of a union which of its kinds there are, and that the kind is missing', () => {
    const union = z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('a') }),
      z.strictObject({ type: z.literal('b') }),
    ]);
    expect(faults(union, { type: 'c' })).toEqual([{ code: 'shape', path: ['type'], reason: 'is none of “a”, “b”' }]);
    expect(faults(union, {})).toEqual([{ code: 'missing', path: ['type'], reason: 'is missing' }]);
  });

  it('says what is wrong with a key', () => {
    const key = z.string().check(z.maxLength(2), z.regex(/^a/, 'does not begin with a'));
    expect(faults(z.record(key, z.string()), { bbb: '' })).toEqual([
      { code: 'shape', path: ['bbb'], reason: 'is longer than 2 characters, does not begin with a' },
    ]);
  });

  it.each<[string, z.ZodMiniType, unknown]>([
    ['is empty', z.string().check(z.minLength(1)), ''],
    ['is longer than 2 characters', z.string().check(z.maxLength(2)), 'abc'],
    ['has fewer than 2 entries', z.array(z.int()).check(z.minLength(2)), [1]],
    ['has more than 2 entries', z.array(z.int()).check(z.maxLength(2)), [1, 2, 3]],
    ['is less than 2', z.int().check(z.minimum(2)), 1],
    ['is more than 2', z.int().check(z.maximum(2)), 3],
    ['is not a whole number', z.int(), 'x'],
    ['is not true or false', z.boolean(), 1],
    ['is not a list', z.array(z.int()), {}],
    ['is not an object', z.strictObject({}), []],
    ['is not an object', z.record(z.string(), z.int()), []],
    ['is none of “a”, “b”', z.enum(['a', 'b']), 'c'],
    ['is none of “1”', z.literal(1), 2],
    ['is of no kind that is known here', z.union([z.string(), z.int()]), true],
  ])('%s', (reason, schema, value) => {
    expect(faults(schema, value)).toEqual([{ code: 'shape', path: [], reason }]);
  });
});

describe('the first fault', () => {
  const Shape = z.strictObject({
    template: z.strictObject({ statuses: z.array(z.int()).check(z.maxLength(1)), id: z.string() }),
  });
  const first = (value: unknown) => {
    const { error } = Shape.safeParse(value);
    return error ? firstFault(error, value) : 'none';
  };

  it('is told with its place', () => {
    expect(first({ template: { statuses: [1, 2], id: 3 } })).toBe('template → statuses: has more than 1 entries.');
    expect(first({ template: { statuses: ['x'], id: 'a' } })).toBe(
      'template → statuses → no. 1: is not a whole number.',
    );
  });

  it('has no place where it is all of it', () => {
    expect(first([])).toBeNull();
    expect(first({ template: { statuses: [], id: '' }, more: 1 })).toBeNull();
  });
});
