/**
 * One text for every way to write the address of a site, as a browser goes by it: `https://DESK.test:443/a/../rt` and
 * `https://desk.test/rt` are one. `null`: no browser can go there.
 */
export function plainAddress(baseUrl: string): string | null {
  try {
    const { origin, pathname } = new URL(baseUrl);
    return origin + pathname.replace(/\/+$/, '');
  } catch {
    return null;
  }
}
