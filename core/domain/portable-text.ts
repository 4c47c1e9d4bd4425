/** In characters, of which a file of plain English has one per byte. */
export const MAX_LENGTH = { templates: 5_000_000, everything: 500_000_000 } as const;

/** The lists of a file of everything that grow with its cases: the last of the file, in this order. */
export const CASE_LISTS = ['cases', 'history', 'timers', 'outbox'] as const;
export type CaseList = (typeof CASE_LISTS)[number];

/** Of some cases, the rows of each list as text, as `rowsText` makes it; empty where there are none. */
export type CaseTexts = Record<CaseList, string>;

const EMPTY_LISTS = `${CASE_LISTS.map((list) => `  "${list}": []`).join(',\n')}\n}\n`;

/**
 * Puts a file of everything together from pieces, so that nobody has to hold all of it as one text.
 * @param frame what `exportFile` makes of everything but the cases
 * @param pieces of the cases, in their order
 * @returns parts whose concatenation is what `exportFile` makes of the whole
 */
export function composeEverything(frame: string, pieces: readonly CaseTexts[]): string[] {
  if (!frame.endsWith(EMPTY_LISTS)) throw new Error('The frame of a file holds no cases');
  const parts = [frame.slice(0, -EMPTY_LISTS.length)];
  CASE_LISTS.forEach((list, index) => {
    const texts = pieces.map((piece) => piece[list]).filter((text) => text !== '');
    parts.push(`${index > 0 ? ',\n' : ''}  "${list}": [`);
    texts.forEach((text, at) => {
      parts.push(at > 0 ? ',\n' : '\n', text);
    });
    parts.push(texts.length > 0 ? '\n  ]' : ']');
  });
  parts.push('\n}\n');
  return parts;
}
