import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { Database, DatabaseUnavailable, type Row, VERSION } from '../../../core/store/database';
import { DatabaseBeside } from '../../../core/store/database-beside';
import { addAll } from '../../../core/store/ranges';
import { freshDatabase } from './records';
import { allOf, countOf, putAll, rowOf } from './rows';

const setting = (key: string) => ({ key, value: 1 });

describe('R10: writing', () => {
  it('stores nothing where its work throws, and tells what it threw', async () => {
    const db = freshDatabase();
    const work = db.write(['settings'], async (tx) => {
      await tx.objectStore('settings').put(setting('a'));
      throw new TypeError('in between');
    });
    await expect(work).rejects.toThrow(new TypeError('in between'));
    expect(await allOf(db, 'settings')).toEqual([]);
  });

  it('stores nothing where one row is there already, and tells that', async () => {
    const db = freshDatabase();
    await putAll(db, 'settings', [setting('b')]);
    const work = db.write(['settings', 'checks'], async (tx) => {
      addAll(tx, 'settings', [setting('a'), setting('b'), setting('c')]);
      await tx.objectStore('checks').put({ caseKey: 'rt-1/1', at: 1 });
    });
    await expect(work).rejects.toMatchObject({ name: 'ConstraintError' });
    expect(await allOf(db, 'settings')).toEqual([setting('b')]);
    expect(await countOf(db, 'checks')).toBe(0);
  });

  it('stores nothing where a row has no key, and tells that', async () => {
    const db = freshDatabase();
    const work = db.write(['settings'], async (tx) => addAll(tx, 'settings', [setting('a'), { value: 1 } as never]));
    await expect(work).rejects.toMatchObject({ name: 'DataError' });
    expect(await allOf(db, 'settings')).toEqual([]);
  });
});

describe('what is read once', () => {
  const site = (name: string) => ({ siteId: 'rt-1', name }) as Row<'sites'>;
  const nameOf = (db: Database) =>
    db.readOnce('sites', 'rt-1', async (tx) => (await tx.objectStore('sites').get('rt-1'))?.name);

  it('is not read again', async () => {
    const db = freshDatabase();
    await putAll(db, 'sites', [site('before')]);
    let reads = 0;
    const read = () =>
      db.readOnce('sites', 'count', (tx) => {
        reads += 1;
        return tx.objectStore('sites').count();
      });
    expect([await read(), await read(), ...(await Promise.all([read(), read()]))]).toEqual([1, 1, 1, 1]);
    expect(reads).toBe(1);
  });

  it('R4, R10: is read anew once that store was written to, also where it was being read meanwhile', async () => {
    const db = freshDatabase();
    await putAll(db, 'sites', [site('before')]);
    expect(await nameOf(db)).toBe('before');
    const written = db.write(
      ['settings', 'sites'],
      async (tx) => void (await tx.objectStore('sites').put(site('after'))),
    );
    await Promise.all([nameOf(db), written, nameOf(db)]);
    expect(await nameOf(db)).toBe('after');
  });

  it('is what it was where what was written came to nothing', async () => {
    const db = freshDatabase();
    await putAll(db, 'sites', [site('before')]);
    await nameOf(db);
    await db
      .write(['sites'], async (tx) => {
        await tx.objectStore('sites').put(site('after'));
        throw new Error('in between');
      })
      .catch(() => undefined);
    expect(await nameOf(db)).toBe('before');
  });

  it('is read anew where the database was erased, and where reading it failed', async () => {
    const factory = new IDBFactory();
    const db = new Database('test', factory);
    await putAll(db, 'sites', [site('before')]);
    await nameOf(db);
    await new Promise((resolve) => {
      factory.deleteDatabase('test').onsuccess = resolve;
    });
    expect(await nameOf(db)).toBe(undefined);
    const failing = db.readOnce('sites', 'failing', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await db.readOnce('sites', 'failing', (tx) => tx.objectStore('sites').count())).toBe(0);
  });
});

it('R4: one that reads beside it sees what was written since', async () => {
  const factory = new IDBFactory();
  const [db, beside] = [new Database('test', factory), new DatabaseBeside('test', factory)];
  const count = () => beside.readOnce('sites', '', (tx) => tx.objectStore('sites').count());
  expect(await count()).toBe(0);
  await putAll(db, 'sites', [{ siteId: 'rt-1' } as Row<'sites'>]);
  expect(await count()).toBe(1);
});

describe('a connection', () => {
  it('that the browser has closed is opened anew by the next request', async () => {
    const db = freshDatabase();
    await putAll(db, 'settings', [setting('a')]);
    (await db.open()).close();
    expect(await rowOf(db, 'settings', 'a')).toEqual(setting('a'));
    (await db.open()).close();
    await putAll(db, 'settings', [setting('b')]);
    expect(await countOf(db, 'settings')).toBe(2);
  });

  it('gives way to who erases the database, and the next request makes a new one', async () => {
    const factory = new IDBFactory();
    const db = new Database('test', factory);
    await putAll(db, 'settings', [setting('a')]);
    await new Promise<void>((resolve, reject) => {
      const request = factory.deleteDatabase('test');
      request.onsuccess = () => resolve();
      request.onblocked = () => reject(new Error('It is in the way'));
    });
    expect(await allOf(db, 'settings')).toEqual([]);
  });

  it('two at once are one', async () => {
    const db = freshDatabase();
    const [one, two] = await Promise.all([db.open(), db.open()]);
    expect(one).toBe(two);
  });
});

describe('a database that cannot be opened', () => {
  it('is told as such, with the reason, and tried again by the next request', async () => {
    const factory = new IDBFactory();
    const open = factory.open.bind(factory);
    factory.open = () => {
      throw new DOMException('Storage is off', 'SecurityError');
    };
    const db = new Database('test', factory);
    const error = await db.read(['settings'], (tx) => tx.objectStore('settings').getAll()).catch((caught) => caught);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(error.cause).toMatchObject({ name: 'SecurityError' });
    factory.open = open;
    expect(await allOf(db, 'settings')).toEqual([]);
  });

  it('of a newer version of the extension is left as it is', async () => {
    const factory = new IDBFactory();
    await new Promise((resolve) => {
      factory.open('test', (VERSION + 1) * 10).onsuccess = ({ target }) => {
        (target as IDBOpenDBRequest).result.close();
        resolve(null);
      };
    });
    const error = await new Database('test', factory).open().catch((caught) => caught);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(error.cause).toMatchObject({ name: 'VersionError' });
  });
});

it('R10: rows of an older version that cannot be carried over stay as they are, and why is told', async () => {
  const factory = new IDBFactory();
  const spoiled = { id: 'support', version: 1 };
  const opened = (version: number | undefined, fill: (database: IDBDatabase) => void) =>
    new Promise<IDBDatabase>((resolve) => {
      const request = factory.open('test', version);
      request.onupgradeneeded = () => fill(request.result);
      request.onsuccess = () => resolve(request.result);
    });
  const old = await opened(10, (database) => {
    for (const name of ['cases', 'timers', 'outbox', 'checks'])
      database.createObjectStore(name, { keyPath: name === 'timers' ? 'timerId' : 'caseKey' });
    database.createObjectStore('history', { keyPath: ['caseKey', 'seq'] });
    database.createObjectStore('templates', { keyPath: ['id', 'version'] }).put(spoiled);
  });
  old.close();
  const error = await new Database('test', factory).open().catch((caught) => caught);
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(error.cause).toBeInstanceOf(TypeError);
  const left = await opened(undefined, () => undefined);
  expect(left.version).toBe(10);
  const rows = left.transaction('templates').objectStore('templates').getAll();
  await new Promise((resolve) => {
    rows.onsuccess = resolve;
  });
  expect(rows.result).toEqual([spoiled]);
});
