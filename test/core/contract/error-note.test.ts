import { expect, it } from 'vitest';
import { type ErrorNote, noteOf, withNote } from '../../../core/contract/error-note';

const error = (name: string, more: object = {}) =>
  Object.assign(new Error('Alice Smith: Printer on fire'), { name, ...more });

it('keeps the kind of an error and of its causes, and where in the extension it was, and nothing that was said', () => {
  const inner = error('QuotaExceededError');
  const stack = `Error: Alice Smith\n at put (chrome-extension://abcdef/background.js:12:3456)\n at x (https://desk.test/a.js:1:1)`;
  const note = noteOf('case.change', error('AbortError', { cause: inner, stack }), 5);
  expect(note).toEqual({
    at: 5,
    where: 'case.change',
    kind: 'AbortError < QuotaExceededError',
    place: 'background.js:12:3456',
  });
});

it.each([
  ['a name that is a text', error('Alice Smith'), 'Error'],
  ['a thrown text', 'Alice Smith', 'string'],
  ['nothing', undefined, 'undefined'],
  ['an object', { message: 'Alice Smith' }, 'object'],
])('%s', (_what, thrown, kind) => {
  const note = noteOf('engine', thrown, 1);
  expect(note).toMatchObject({ kind, place: null });
  expect(JSON.stringify(note)).not.toMatch(/Alice|Printer/);
});

it('an error that causes itself ends all the same', () => {
  const loop = error('TypeError');
  Object.assign(loop, { cause: loop });
  expect(noteOf('engine', loop, 1).kind.split(' < ')).toHaveLength(5);
});

it('the last fifty are kept', () => {
  let notes: ErrorNote[] = [];
  for (let at = 0; at < 60; at += 1) notes = withNote(notes, noteOf('engine', null, at));
  expect([notes.length, notes[0]?.at, notes.at(-1)?.at]).toEqual([50, 10, 59]);
});
