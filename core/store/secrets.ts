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

  async function ownKey(): Promise<CryptoKey> {
    const known = await db.secrets.get(OWN_KEY);
    if (known && 'key' in known) return known.key;
    const key = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ['encrypt', 'decrypt']);
    // Two may come here at once: the first one stays.
    await db.secrets.add({ id: OWN_KEY, key }).catch(() => undefined);
    const stored = await db.secrets.get(OWN_KEY);
    if (!stored || !('key' in stored)) throw new Error('The key of this browser could not be stored');
    return stored.key;
  }

  const rowOf = async (siteId: string) => {
    const row = await db.secrets.get(`site:${siteId}`);
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
      await db.secrets.put({ id, owner, nonce, data });
    },
    async remove(siteId) {
      await db.secrets.delete(`site:${siteId}`);
    },
  };
}
