/** The languages that the extension speaks. Each file beside this one says the same in all of them. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

let spokenLanguage: Language = 'en';
let spokenLocale = 'en-GB';

/**
 * Has all words from now on said in the language of a tag ("de-AT"), or in English where that one is not known.
 * Called once, where a page or the worker begins.
 */
export function speak(tag: string): void {
  const wanted = tag.slice(0, 2).toLowerCase();
  const known = LANGUAGES.find((language) => language === wanted);
  spokenLanguage = known ?? 'en';
  // Dates of another language would read as a mistake between the words.
  spokenLocale = known ? tag : 'en-GB';
}

/** What is said by `say`, in a language that is not the reader's: a message to a customer, in that of its template. */
export function saidIn<T>(wanted: Language, say: () => T): T {
  const before = [spokenLanguage, spokenLocale] as const;
  speak(wanted === 'en' ? 'en-GB' : wanted);
  try {
    return say();
  } finally {
    [spokenLanguage, spokenLocale] = before;
  }
}

export function language(): Language {
  return spokenLanguage;
}

/** For `Intl`: the language of the words, as the person's own region writes it. */
export function locale(): string {
  return spokenLocale;
}

/**
 * What is said in each language, read as if there were only one. What nobody reads is left out of a bundle.
 */
/* @__NO_SIDE_EFFECTS__ */
export function spoken<T extends object>(catalogue: { en: T } & Record<Language, NoInfer<T>>): T {
  return new Proxy(catalogue.en, {
    get: (_english, key) => catalogue[spokenLanguage][key as keyof T],
  });
}

/** Whether people read two names as one: capitals make no difference. */
export function sameName(one: string, other: string): boolean {
  return one.localeCompare(other, spokenLocale, { sensitivity: 'accent' }) === 0;
}

/** "a, b and c" */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(spokenLocale, { type: 'conjunction' }).format(words);
}
