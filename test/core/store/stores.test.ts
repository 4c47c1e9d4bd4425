import { describe, expect, it } from 'vitest';
import { builtinTemplates, supportTemplate } from '../../../core/domain/builtin-templates';
import { draftStore, settingsStore, siteStore, templateStore } from '../../../core/store/stores';
import { freshDatabase } from './records';
import { countOf, putAll } from './rows';

describe('templateStore', () => {
  it('R1, R9: has the built-in templates from the first question on, whichever it is', async () => {
    for (const ask of [
      (store: ReturnType<typeof templateStore>) => store.get('support', supportTemplate.version),
      (store: ReturnType<typeof templateStore>) => store.newest('support'),
      async (store: ReturnType<typeof templateStore>) => (await store.all())[0],
    ])
      expect(await ask(templateStore(freshDatabase(), builtinTemplates))).toEqual(supportTemplate);
  });

  it('adds them once and never overwrites them: a published version does not change', async () => {
    const db = freshDatabase();
    const changed = { ...supportTemplate, name: 'Support, as it was published then' };
    await putAll(db, 'templates', [changed]);
    const store = templateStore(db, builtinTemplates);
    expect(await store.get('support', supportTemplate.version)).toEqual(changed);
    await store.all();
    await Promise.all([store.all(), store.all(), store.newest('nothing'), store.get('support', 99)]);
    expect(await store.get('support', supportTemplate.version)).toEqual(changed);
    expect(await countOf(db, 'templates')).toBe(builtinTemplates.length);
  });

  it('knows the newest version after an update, whichever question comes first', async () => {
    const db = freshDatabase();
    await templateStore(db, builtinTemplates).all();
    const next = { ...supportTemplate, version: supportTemplate.version + 1 };
    expect(await templateStore(db, [next, ...builtinTemplates.slice(1)]).newest('support')).toEqual(next);
  });

  it('keeps older versions beside the newest', async () => {
    const db = freshDatabase();
    await templateStore(db, builtinTemplates).all();
    const next = { ...supportTemplate, version: supportTemplate.version + 1, name: 'Support 2' };
    const tenth = { ...supportTemplate, version: 10, name: 'Support 10' };
    const store = templateStore(db, [next, tenth, ...builtinTemplates]);
    const all = await store.all();
    expect(all.filter(({ id }) => id === 'support')).toEqual([tenth]);
    expect(await store.newest('support')).toEqual(tenth);
    expect(await store.get('support', next.version)).toEqual(next);
    expect(await store.get('support', supportTemplate.version)).toEqual(supportTemplate);
  });

  it('lists the newest of each in the built-in order', async () => {
    const db = freshDatabase();
    const ids = (await templateStore(db, builtinTemplates).all()).map(({ id }) => id);
    expect(ids).toEqual(builtinTemplates.map(({ id }) => id));
  });

  it('leaves archived ones out of what is offered, and knows them after a restart', async () => {
    const db = freshDatabase();
    const store = templateStore(db, builtinTemplates);
    await store.setArchived('review', true);
    const again = templateStore(db, builtinTemplates);
    expect([...(await again.archived())]).toEqual(['review']);
    const ids = (await again.offered()).map(({ id }) => id);
    expect(ids).toEqual(builtinTemplates.flatMap(({ id }) => (id === 'review' ? [] : [id])));
    expect((await again.all()).map(({ id }) => id)).toContain('review');
    await again.setArchived('review', false);
    expect([...(await store.archived())]).toEqual([]);
  });

  it('keeps with a version what it still has to do to cases; the next one says it anew', async () => {
    const db = freshDatabase();
    const store = templateStore(db, builtinTemplates);
    const settings = settingsStore(db);
    const drafts = draftStore(db);
    const made = (version: number) => ({
      template: { ...supportTemplate, version },
      record: { templateId: 'support', version, publishedAt: 1, publishedBy: null, note: '', changes: [] },
    });
    const draft = async (editedAt: number) => {
      await drafts.put({ templateId: 'support', basedOn: null, template: supportTemplate, editedAt }, null);
      return { templateId: 'support', editedAt };
    };
    const target = { statusId: 'new', subStatusId: null, tagId: null };
    const moves = [{ from: target, to: target }];
    const after = { templateId: 'support', version: 8, moves, noticeMs: 1000, caseKeys: ['a/1', 'a/2', 'a/3'] };
    expect(await store.publish([made(8)], [], { draft: await draft(5), aftermath: after })).toBe(true);
    expect(await settings.aftermaths()).toEqual([after]);
    expect(await drafts.get('support')).toBeUndefined();

    // Of a publishing that fails, or comes too late, nothing is left.
    const again = { draft: await draft(6), aftermath: { ...after, version: 9, noticeMs: 5 } };
    await expect(store.publish([made(8)], [], again)).rejects.toThrow();
    expect(await store.publish([made(9)], [], { ...again, draft: { templateId: 'support', editedAt: 5 } })).toBe(false);
    expect(await store.get('support', 9)).toBeUndefined();
    expect(await settings.aftermaths()).toEqual([after]);
    expect((await drafts.get('support'))?.editedAt).toBe(6);

    await settings.strikeOff({ ...after, version: 7 }, new Set(['a/1']));
    expect(await settings.aftermaths()).toEqual([after]);
    await settings.strikeOff(after, new Set(['a/1', 'a/3']));
    expect(await settings.aftermaths()).toEqual([{ ...after, caseKeys: ['a/2'] }]);
    // A file that is taken in asks nobody where cases go.
    await store.publish([made(9)], []);
    expect(await settings.aftermaths()).toEqual([{ ...after, noticeMs: null, caseKeys: ['a/2'] }]);
    await settings.strikeOff(after, new Set(['a/2']));
    expect(await settings.aftermaths()).toEqual([]);

    await store.publish([made(10)], [], { draft: { templateId: 'support', editedAt: 6 }, aftermath: after });
    await store.publish([made(11)], [], { draft: await draft(7), aftermath: null });
    expect(await settings.aftermaths()).toEqual([]);
  });

  it('does not know what was never there', async () => {
    const store = templateStore(freshDatabase(), builtinTemplates);
    expect(await store.get('support', 99)).toBeUndefined();
    expect(await store.newest('nothing')).toBeUndefined();
    expect(await store.newest('__proto__')).toBeUndefined();
  });
});

describe('siteStore', () => {
  it('keeps sites by their id', async () => {
    const store = siteStore(freshDatabase());
    const site = {
      siteId: 'rt-1',
      adapterId: 'rt',
      name: 'x',
      baseUrl: 'https://desk.test/rt',
      templateId: 'support',
      connectedAt: 1,
    };
    await store.put(site);
    await store.put({ ...site, templateId: 'review' });
    expect(await store.all()).toEqual([{ ...site, templateId: 'review' }]);
    expect(await store.get('rt-1')).toEqual({ ...site, templateId: 'review' });
    await store.remove('rt-1');
    expect(await store.get('rt-1')).toBeUndefined();
    expect(await store.all()).toEqual([]);
  });
});

describe('settingsStore', () => {
  it('keeps the panel’s place for each site', async () => {
    const db = freshDatabase();
    const store = settingsStore(db);
    await store.setPanelPlace('rt-1', { open: true, right: 1, bottom: 2 });
    await store.setPanelPlace('rt-1', { open: false, right: 3, bottom: 4 });
    expect(await store.panelPlace('rt-1')).toEqual({ open: false, right: 3, bottom: 4 });
    expect(await store.panelPlace('rt-2')).toBeUndefined();
  });

  it('keeps why a site waits, until it goes on', async () => {
    const store = settingsStore(freshDatabase());
    expect(await store.pause('rt-1')).toBeUndefined();
    await store.setPause('rt-1', { since: 5, message: 'Log in.' });
    expect(await store.pause('rt-1')).toEqual({ since: 5, message: 'Log in.' });
    expect(await store.pause('rt-2')).toBeUndefined();
    await store.setPause('rt-1', null);
    expect(await store.pause('rt-1')).toBeUndefined();
  });

  it('knows when it last looked after things', async () => {
    const store = settingsStore(freshDatabase());
    expect(await store.lastRunAt()).toBeUndefined();
    await store.setLastRunAt(5);
    await store.setLastRunAt(7);
    expect(await store.lastRunAt()).toBe(7);
  });

  it('knows what a person has chosen, and that they have not', async () => {
    const store = settingsStore(freshDatabase());
    expect([await store.notifications(), await store.role()]).toEqual([undefined, undefined]);
    const quiet = { off: [], quiet: { from: '19:00', to: '08:00' }, digestAbove: 5 };
    await store.setNotifications(quiet);
    await store.setRole('agent');
    expect([await store.notifications(), await store.role()]).toEqual([quiet, 'agent']);
  });

  it('survives a restart of the background', async () => {
    const db = freshDatabase();
    await settingsStore(db).setPanelPlace('rt-1', { open: true, right: 1, bottom: 2 });
    db.close();
    await db.open();
    expect(await settingsStore(db).panelPlace('rt-1')).toEqual({ open: true, right: 1, bottom: 2 });
  });
});
