/**
 * The permission that one site needs, as a match pattern. Without a port: Firefox knows none in patterns, and cookies do
 * not tell ports apart either. Throws a `TypeError` where the text is no address.
 */
export function permissionPattern(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.hostname}/*`;
}
