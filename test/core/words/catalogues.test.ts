import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES, language, listed, locale, speak, spoken } from '../../../core/words/language';

const modules = import.meta.glob<Record<string, unknown>>('../../../core/words/*.ts', { eager: true });

/** Words that are the same in both languages. */
const SAME = new Set([
  'Admin',
  'Agent',
  'Case',
  'Deutsch',
  'English',
  'Overlay',
  'Redmine',
  'Status',
  'Ticket',
  'Timer',
  'Version',
  'minus',
  'plus',
  'timer',
]);

/** Stands for any argument: a text, a number that is not 1, a list, or an object of those. What is said of it can be found again. */
function marker(index: number): unknown {
  const text = `⟦${index}⟧`;
  return new Proxy(
    Object.assign(() => text, {}),
    {
      get(_target, key) {
        if (key === Symbol.toPrimitive || key === 'toString') return () => text;
        return key === 'map' ? (each: (item: unknown) => unknown) => [each(marker(index))] : marker(index);
      },
    },
  );
}

/** All that a catalogue says in the language that is spoken now, by path. */
function sayings(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const args = Array.from({ length: value.length }, (_, index) => marker(index));
    return [[path, String(value(...args))]];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => sayings(item, `${path}.${index}`));
  return Object.entries(value as object).flatMap(([key, item]) => sayings(item, `${path}.${key}`));
}

function said(catalogue: object, path: string): Map<string, string> {
  return new Map(Object.keys(catalogue).flatMap((key) => sayings(Reflect.get(catalogue, key), `${path}.${key}`)));
}

const catalogues = Object.entries(modules).flatMap(([file, module]) =>
  Object.entries(module)
    .filter(([name, value]) => name.endsWith('Words') && typeof value === 'object')
    .map(([name, value]) => ({ file: file.split('/').at(-1) ?? '', name, catalogue: value as object })),
);

const placeholders = (text: string) => (text.match(/⟦\d+⟧|\{\w+\}/g) ?? []).toSorted();
const letters = (text: string) => text.replace(/⟦\d+⟧|\{\w+\}/g, '').match(/\p{L}{3,}/gu) ?? [];

afterEach(() => speak('en-GB'));

describe('the languages', () => {
  it('are those that are known, by the first part of a tag; English for all others', () => {
    expect(LANGUAGES).toEqual(['en', 'de']);
    for (const [tag, expected] of [
      ['de', 'de de'],
      ['de-AT', 'de de-AT'],
      ['DE', 'de DE'],
      ['en-US', 'en en-US'],
      ['fr', 'en en-GB'],
      ['', 'en en-GB'],
    ] as const) {
      speak(tag);
      expect(`${language()} ${locale()}`, tag).toBe(expected);
    }
  });

  it('are read where something is said, not where it is imported', () => {
    const words = spoken({
      en: { day: 'day', days: (n: number) => `${n} days` },
      de: { day: 'Tag', days: (n) => `${n} Tage` },
    });
    expect([words.day, words.days(2)]).toEqual(['day', '2 days']);
    speak('de');
    expect([words.day, words.days(2)]).toEqual(['Tag', '2 Tage']);
  });

  it('join lists as they do', () => {
    expect(listed([])).toBe('');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
    speak('de');
    expect(listed(['a', 'b', 'c'])).toBe('a, b und c');
  });
});

describe('the words', () => {
  it('of every file are found by this test', () => {
    const files = Object.keys(modules).map((file) => file.split('/').at(-1) ?? '');
    const others = files.filter((file) => !catalogues.some((found) => found.file === file));
    expect(others).toEqual(['dates.ts', 'language.ts']);
  });

  it.each(catalogues)('$name say the same of the same things in German', ({ catalogue, name }) => {
    speak('en');
    const english = said(catalogue, name);
    speak('de');
    const german = said(catalogue, name);
    const wrong: string[] = [];
    for (const [path, text] of english) {
      const translated = german.get(path);
      if (translated === undefined || translated.trim() === '') wrong.push(`${path}: not said in German`);
      else if (placeholders(text).join() !== placeholders(translated).join())
        wrong.push(`${path}: “${text}” and “${translated}” name other things`);
      else if (text === translated && letters(text).some((word) => !SAME.has(word)))
        wrong.push(`${path}: “${text}” is left in English`);
    }
    expect(wrong).toEqual([]);
  });
});
