/** The values of the hidden fields of these names in a page; a name that is not there is left out. */
export function fieldsOf(html: string, ...names: string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of names) {
    const value = html.match(new RegExp(`name="${name}"[^>]*?value="([^"]*)"`))?.[1];
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}
