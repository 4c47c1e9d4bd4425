import type { DeskApi } from '../domain/desk';

/**
 * A help desk as whoever its key speaks for. The key is looked up for each request: it may be set or removed meanwhile, and is
 * kept nowhere but where it lies encrypted.
 * @param make the same help desk with a key, or with the login cookie (`null`)
 */
export function keyedDesk(key: () => Promise<string | null>, make: (key: string | null) => DeskApi): DeskApi {
  return {
    currentUser: async () => make(await key()).currentUser(),
    readTicket: async (...request) => make(await key()).readTicket(...request),
    newestMessages: async (...request) => make(await key()).newestMessages(...request),
    apply: async (...request) => make(await key()).apply(...request),
  };
}
