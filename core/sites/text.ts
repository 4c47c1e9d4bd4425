/** What an element says, in one line; nothing where there is none. */
export const text = (element: { readonly textContent: string | null } | null | undefined): string =>
  element?.textContent?.trim().replace(/\s+/g, ' ') ?? '';

/** The names of what was not found. */
export const missingOf = (found: Record<string, unknown>): string[] =>
  Object.keys(found).filter((name) => !found[name]);
