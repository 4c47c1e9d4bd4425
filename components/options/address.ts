/** The web address that a person means; without a scheme, https; without a login that stands in it, which a browser asks no page with. `null`: not an address of a web page. */
export function parseAddress(typed: string): URL | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(withScheme);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    url.username = '';
    url.password = '';
    return web && url.hostname !== '' ? url : null;
  } catch {
    return null;
  }
}
