/**
 * The match pattern for an address's pages. Firefox takes no port in a pattern and then means every port of the host.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns
 */
export function originPattern(url: URL): string {
  return import.meta.env.FIREFOX ? `${url.protocol}//${url.hostname}/*` : `${url.origin}/*`;
}
