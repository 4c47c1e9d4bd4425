/** What an element says, in one line; nothing where there is none. */
export const text = (element: { readonly textContent: string | null } | null | undefined): string =>
  element?.textContent?.trim().replace(/\s+/g, ' ') ?? '';
