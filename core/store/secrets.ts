import type { SecretStore } from '../app/ports';
import type { Database } from './database';

/** Of the one key of this browser that all others are encrypted with; it cannot be taken out of the database. */
const OWN_KEY = 'own-key';
const ALGORITHM = 'AES-GCM';

/**
 * Keys of help desks, encrypted (AES-GCM, a fresh nonce each, bound to their site). They lie in the extension's own database:
 * no content script, no page and no export reaches them.
 */
export function secretStore(db: Database, crypto: Crypto = globalThis.crypto): SecretStore {
  const bytes = (text: string) => new TextEncoder().encode(text);

  const read = (id: string) => db.read(['secrets'], (tx) => tx.objectStore('secrets').get(id));

  async function ownKey(): Promise<CryptoKey> {
    const known = await read(OWN_KEY);
    if (known && 'key' in known) return known.key;
    const key = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
    // Two may come here at once: the first one stays.
    const stored = await db.write(['secrets'], async (tx) => {
      const first = await tx.objectStore('secrets').get(OWN_KEY);
      if (!first) await tx.objectStore('secrets').put({ id: OWN_KEY, key });
      return first ?? { id: OWN_KEY, key };
    });
    if (!('key' in stored)) throw new Error('The key of this browser could not be stored');
    return stored.key;
  }

  const rowOf = async (siteId: string) => {
    const row = await read(`site:${siteId}`);
    return row && 'data' in row ? row : null;
  };

  return {
    async get(siteId) {
      const row = await rowOf(siteId);
      if (!row) return null;
      const parameters = { name: ALGORITHM, iv: row.nonce, additionalData: bytes(row.id) };
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, await ownKey(), row.data));
    },
    async ownerOf(siteId) {
      return (await rowOf(siteId))?.owner ?? null;
    },
    async set(siteId, secret, owner) {
      const id = `site:${siteId}`;
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const parameters = { name: ALGORITHM, iv: nonce, additionalData: bytes(id) };
      const data = new Uint8Array(await crypto.subtle.encrypt(parameters, await ownKey(), bytes(secret)));
      await db.write(['secrets'], (tx) => tx.objectStore('secrets').put({ id, owner, nonce, data }));
    },
    async remove(siteId) {
      await db.write(['secrets'], (tx) => tx.objectStore('secrets').delete(`site:${siteId}`));
    },
  };
}
