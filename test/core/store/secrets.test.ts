import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { Database } from '../../../core/store/database';
import { secretStore } from '../../../core/store/secrets';
import { putAll, rowOf } from './rows';

const open = () => new Database('secrets-test', new IDBFactory());

it('gives back what was set, also after the worker was started again', async () => {
  const db = open();
  await secretStore(db).set('redmine-1', 'the key', 'Erin');
  expect(await secretStore(db).get('redmine-1')).toBe('the key');
  expect(await secretStore(db).ownerOf('redmine-1')).toBe('Erin');
  expect(await secretStore(db).get('redmine-2')).toBeNull();
  expect(await secretStore(db).ownerOf('redmine-2')).toBeNull();
});

it('two that are set at once are encrypted with the same key of the browser', async () => {
  const db = open();
  await Promise.all([secretStore(db).set('a', 'one', 'Erin'), secretStore(db).set('b', 'two', 'Frank')]);
  expect([await secretStore(db).get('a'), await secretStore(db).get('b')]).toEqual(['one', 'two']);
});

it('the browser’s own key cannot be taken out', async () => {
  const db = open();
  await secretStore(db).set('redmine-1', 'the key', 'Erin');
  const row = await rowOf(db, 'secrets', 'own-key');
  if (!row || !('key' in row)) throw new Error('no key');
  expect(row.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', row.key)).rejects.toThrow();
});

it('the same twice is encrypted differently, and nothing is taken for another site’s', async () => {
  const db = open();
  const store = secretStore(db);
  await store.set('a', 'the key', 'Erin');
  const first = await rowOf(db, 'secrets', 'site:a');
  await store.set('a', 'the key', 'Erin');
  const second = await rowOf(db, 'secrets', 'site:a');
  if (!first || !('data' in first) || !second || !('data' in second)) throw new Error('no rows');
  expect(second.nonce).not.toEqual(first.nonce);
  expect(second.data).not.toEqual(first.data);
  await putAll(db, 'secrets', [{ ...second, id: 'site:b' }]);
  await expect(store.get('b')).rejects.toThrow();
});

it('forgets', async () => {
  const db = open();
  const store = secretStore(db);
  await store.set('a', 'the key', 'Erin');
  await store.remove('a');
  expect(await store.get('a')).toBeNull();
});
