import { describe, expect, it, vi } from 'vitest';
import { together } from '../../../components/options/editor/replay';
import { Drafts } from '../../../core/app/drafts';
import type { ReplayView } from '../../../core/contract/views';
import { retire } from '../../../core/domain/retire';
import type { CaseTemplate } from '../../../core/domain/template';
import { pagesOf } from '../../../core/store/history-pages';
import { syntheticHistories, unsealed } from '../domain/synthetic-history';
import { allOf, putAll, rewriteHistory } from '../store/rows';
import { DAY, World } from './world';

/** A moved case has timers of its own: the engine is run, as the worker does it. */
const draftsOf = (world: World) => new Drafts(world.ctx, () => void world.engine.run());

async function setUp() {
  const world = await World.make();
  return { world, drafts: draftsOf(world) };
}

async function opened(drafts: Drafts, templateId = 'support') {
  const answer = await drafts.open(templateId);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

const renamed = (template: CaseTemplate, name: string): CaseTemplate => ({ ...template, name });

describe('a draft', () => {
  it('begins as what is published, and is kept only once something was edited', async () => {
    const { world, drafts } = await setUp();
    const view = await opened(drafts);
    expect(view.template).toEqual(await world.ctx.templates.newest('support'));
    expect(view).toMatchObject({ editedAt: null, review: { changes: [] }, published: { id: 'support' } });
    expect(await drafts.list()).toEqual({ ok: true, value: [] });
    const saved = await drafts.save(renamed(view.template, 'Help'), null);
    expect(saved).toMatchObject({
      ok: true,
      value: { review: { blocked: null, changes: ['The template “Support” is now called “Help”.'] } },
    });
    expect(await opened(drafts)).toMatchObject({ template: { name: 'Help' } });
    expect(await drafts.list()).toMatchObject({
      value: [{ id: 'support', name: 'Help', basedOn: view.template.version }],
    });
    // What cases live by has not changed.
    expect((await world.ctx.templates.newest('support'))?.name).toBe('Support');
  });

  it('tells what changes on a site by the site’s name, also once it is published', async () => {
    const { world, drafts } = await setUp();
    const [site] = await world.ctx.sites.all();
    if (!site) throw new Error('No site');
    const { template } = await opened(drafts);
    const native = { ...template.native, [site.siteId]: { set: { closed: 'Erledigt' }, shows: {} } };
    const pattern = { siteId: site.siteId, queue: 'Service', type: null };
    const edited = { ...template, native, appliesTo: [...template.appliesTo, pattern] };
    const saved = await drafts.save(edited, null);
    if (!saved.ok) throw new Error(saved.message);
    const { changes } = saved.value.review;
    expect(changes).toContain(`On ${site.name}, Closed now sets “Erledigt”.`);
    expect(changes.join()).not.toContain(site.siteId);
    expect(await drafts.compare({ templateId: 'support', from: template.version, to: null })).toEqual({
      ok: true,
      value: changes,
    });
    await drafts.publish({ templateId: 'support', seen: saved.value.editedAt, note: '', moves: [], noticeDays: null });
    expect((await opened(drafts)).versions[0]?.changes).toEqual(changes);
  });

  it('keeps what its publishing is to be noted with, and forgets it when that is taken out', async () => {
    const { drafts } = await setUp();
    const { template, note } = await opened(drafts);
    expect(note).toBe('');
    const saved = await drafts.save(renamed(template, 'Help'), null, 'A shorter name');
    expect(await opened(drafts)).toMatchObject({ note: 'A shorter name' });
    await drafts.save(renamed(template, 'Help'), saved.ok ? saved.value.editedAt : 0);
    expect(await opened(drafts)).toMatchObject({ note: '' });
  });

  it('that was edited in another tab is not overwritten', async () => {
    const { drafts } = await setUp();
    const { template } = await opened(drafts);
    const first = await drafts.save(renamed(template, 'Mine'), null);
    expect(await drafts.save(renamed(template, 'Theirs'), null)).toMatchObject({
      ok: false,
      code: 'changed-meanwhile',
    });
    expect((await opened(drafts)).template.name).toBe('Mine');
    const seen = first.ok ? first.value.editedAt : 0;
    expect(await drafts.save(renamed(template, 'Mine again'), seen)).toMatchObject({ ok: true });
    // Two edits within one millisecond are two.
    expect(await drafts.save(renamed(template, 'Theirs'), seen)).toMatchObject({ ok: false });
  });

  it('can be thrown away', async () => {
    const { drafts } = await setUp();
    const { template } = await opened(drafts);
    await drafts.save(renamed(template, 'Help'), null);
    const { editedAt: seen } = await opened(drafts);
    expect(await drafts.discard({ templateId: 'support', seen })).toEqual({ ok: true, value: null });
    expect(await opened(drafts)).toMatchObject({ template: { name: 'Support' }, editedAt: null });
    // As another tab did.
    expect(await drafts.discard({ templateId: 'support', seen })).toEqual({ ok: true, value: null });
  });

  it('is not thrown away where another tab has edited it since', async () => {
    const { drafts } = await setUp();
    const { template } = await opened(drafts);
    await drafts.save(renamed(template, 'Mine'), null);
    const { editedAt: seen } = await opened(drafts);
    await drafts.save(renamed(template, 'Theirs'), seen);
    for (const stale of [seen, null])
      expect(await drafts.discard({ templateId: 'support', seen: stale })).toMatchObject({
        ok: false,
        code: 'changed-meanwhile',
      });
    expect(await opened(drafts)).toMatchObject({ template: { name: 'Theirs' } });
  });

  it('of a template that is not here is refused in words', async () => {
    const { drafts } = await setUp();
    const refusal = { ok: false, code: 'unknown-template' };
    expect(await drafts.open('nothing')).toMatchObject(refusal);
    expect(await drafts.create('Copy', 'nothing')).toMatchObject(refusal);
    expect(
      await drafts.publish({ templateId: 'nothing', seen: 1, note: '', moves: [], noticeDays: null }),
    ).toMatchObject(refusal);
    const { template } = await opened(drafts);
    expect(await drafts.save({ ...template, id: 'nothing' }, null)).toMatchObject(refusal);
  });
});

it('an agent’s browser reads drafts and changes none', async () => {
  const { world, drafts } = await setUp();
  const { template } = await opened(drafts);
  await world.ctx.settings.setRole('agent');
  const refusal = { ok: false, code: 'read-only' };
  expect(await drafts.create('Mine', null)).toMatchObject(refusal);
  expect(await drafts.save(renamed(template, 'Mine'), null)).toMatchObject(refusal);
  expect(await drafts.discard({ templateId: 'support', seen: null })).toMatchObject(refusal);
  expect(await drafts.publish({ templateId: 'support', seen: 1, note: '', moves: [], noticeDays: null })).toMatchObject(
    refusal,
  );
  expect(await drafts.list()).toEqual({ ok: true, value: [] });
});

describe('publishing', () => {
  it('R2, R9: makes the next version, with a note and the difference, and the draft is gone', async () => {
    const { world, drafts } = await setUp();
    const { template } = await opened(drafts);
    const saved = await drafts.save(renamed(template, 'Help'), null);
    const seen = saved.ok ? saved.value.editedAt : 0;
    const version = template.version + 1;
    expect(
      await drafts.publish({ templateId: 'support', seen, note: 'A shorter name', moves: [], noticeDays: null }),
    ).toEqual({
      ok: true,
      value: { version },
    });
    expect(await world.ctx.templates.newest('support')).toMatchObject({ name: 'Help', version });
    expect(world.looksAgain).toBe(1);
    expect(await opened(drafts)).toMatchObject({
      editedAt: null,
      versions: [
        { version, note: 'A shorter name', changes: ['The template “Support” is now called “Help”.'] },
        { version: version - 1, publishedAt: null },
      ],
    });
  });

  it('is refused where another tab edits the draft in the same moment; that edit stays', async () => {
    const { world, drafts } = await setUp();
    const saved = await drafts.save(renamed((await opened(drafts)).template, 'Help'), null);
    const seen = saved.ok ? saved.value.editedAt : 0;
    const { versions } = world.ctx.templates;
    world.ctx.templates.versions = async (id) => {
      world.ctx.templates.versions = versions;
      await drafts.save(renamed((await opened(drafts)).template, 'Other'), seen);
      return versions(id);
    };
    const publishing = { templateId: 'support', seen, note: '', moves: [], noticeDays: null };
    expect(await drafts.publish(publishing)).toMatchObject({ ok: false, code: 'changed-meanwhile' });
    expect((await world.ctx.templates.newest('support'))?.name).toBe('Support');
    expect((await opened(drafts)).template.name).toBe('Other');
  });

  it('takes the draft that was looked at, no later one', async () => {
    const { world, drafts } = await setUp();
    const { template } = await opened(drafts);
    const saved = await drafts.save(renamed(template, 'Help'), null);
    const seen = saved.ok ? saved.value.editedAt : 0;
    await drafts.save(renamed(template, 'Other'), seen);
    expect(await drafts.publish({ templateId: 'support', seen, note: '', moves: [], noticeDays: null })).toMatchObject({
      code: 'changed-meanwhile',
    });
    expect((await world.ctx.templates.newest('support'))?.name).toBe('Support');
  });

  it('is blocked by an error, with its place and its words; nothing is changed', async () => {
    const { world, drafts } = await setUp();
    const { template } = await opened(drafts);
    const broken = { ...template, initialStatusId: 'closed' };
    const saved = await drafts.save(broken, null);
    if (!saved.ok) throw new Error(saved.message);
    const { review, editedAt } = saved.value;
    expect(review.blocked).not.toBeNull();
    expect(review.findings.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    for (const { message, path } of review.findings) {
      expect(message).not.toBe('');
      expect(Array.isArray(path)).toBe(true);
    }
    expect(
      await drafts.publish({ templateId: 'support', seen: editedAt, note: '', moves: [], noticeDays: null }),
    ).toMatchObject({
      ok: false,
      code: 'has-errors',
    });
    expect(await world.ctx.templates.newest('support')).toEqual(template);
    expect((await opened(drafts)).template.initialStatusId).toBe('closed');
  });

  it('is refused where somebody published meanwhile', async () => {
    const { drafts } = await setUp();
    const { template } = await opened(drafts);
    const first = await drafts.save(renamed(template, 'First'), null);
    await drafts.publish({
      templateId: 'support',
      seen: first.ok ? first.value.editedAt : 0,
      note: '',
      moves: [],
      noticeDays: null,
    });
    // A draft that was begun before it.
    const stale = {
      templateId: 'support',
      basedOn: template.version,
      template: renamed(template, 'Second'),
      editedAt: 5,
    };
    const { world } = { world: drafts as unknown as { ctx: World['ctx'] } };
    await world.ctx.drafts.put(stale, null);
    expect(
      await drafts.publish({ templateId: 'support', seen: 5, note: '', moves: [], noticeDays: null }),
    ).toMatchObject({
      code: 'based-on-old',
    });
    expect((await opened(drafts)).review.blocked).toMatch(/began as version/);
  });

  it('says how many cases have the template, by status, and how many would stay behind', async () => {
    const { world, drafts } = await setUp();
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    const view = await opened(drafts);
    expect(view).toMatchObject({ usage: { pending: 1 }, review: { cases: 1, staying: 0 } });
    const without = { ...view.template, statuses: view.template.statuses.filter(({ id }) => id !== 'pending') };
    const saved = await drafts.save(without, null);
    expect(saved).toMatchObject({ value: { review: { cases: 1, staying: 1 } } });
  });
});

describe('what is retired while cases are in it', () => {
  const RETIRED = { statusId: 'pending', subStatusId: 'customer-input', tagId: null };
  const TO = { statusId: 'in-progress', subStatusId: null, tagId: null };
  const moving = { templateId: 'support', note: '', moves: [{ from: RETIRED, to: TO }], noticeDays: null };

  async function retiring() {
    const { world, drafts } = await setUp();
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    const { template } = await opened(drafts);
    const made = retire(template, { kind: 'status', statusId: 'pending' }, { cases: 0 }, { type: 'keep' });
    if (!made.ok) throw new Error(made.message);
    const saved = await drafts.save(made.template, null);
    if (!saved.ok) throw new Error(saved.message);
    return { world, drafts, review: saved.value.review, seen: saved.value.editedAt };
  }
  const stand = async (world: World) => {
    const { statusId } = (await world.ctx.cases.load('desk-1/1')).record ?? {};
    return statusId;
  };

  it('is asked for, with how many; they stay unless it is said where they go', async () => {
    const { world, drafts, review, seen } = await retiring();
    expect(review.retired).toEqual([{ from: RETIRED, name: 'Pending – Customer Input', cases: 1 }]);
    expect(await drafts.publish({ templateId: 'support', seen, note: '', moves: [], noticeDays: null })).toMatchObject({
      ok: true,
    });
    await drafts.carryOn();
    expect(await stand(world)).toBe('pending');
  });

  it('goes where the admin says, without a message to the customer', async () => {
    const { world, drafts, seen } = await retiring();
    const before = world.desk.writes;
    await drafts.publish({ ...moving, seen });
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([]));
    expect(await stand(world)).toBe('in-progress');
    expect((await world.ctx.cases.history('desk-1/1')).at(-1)?.what).toMatchObject({ type: 'retired', to: TO });
    expect(world.desk.writes).toBe(before);
  });

  it('goes on after the worker has ended over it', async () => {
    const { world, drafts, seen } = await retiring();
    const { commit } = world.ctx.cases;
    world.ctx.cases.commit = () => new Promise(() => undefined);
    await drafts.publish({ ...moving, seen });
    world.ctx.cases.commit = commit;
    world.startWorker();
    expect(await stand(world)).toBe('pending');
    await draftsOf(world).carryOn();
    expect(await stand(world)).toBe('in-progress');
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });

  it('R11: its timers in the new place ring without anybody waking the worker', async () => {
    const { world, drafts, seen } = await retiring();
    const to = { statusId: 'awaiting-customer-confirmation', subStatusId: null, tagId: null };
    world.alarmAt = null;
    await drafts.publish({ templateId: 'support', seen, note: '', moves: [{ from: RETIRED, to }], noticeDays: null });
    await vi.waitFor(() => expect(world.alarmAt).not.toBeNull());
    await world.pass(15 * DAY);
    expect(await stand(world)).toBe('closed');
  });

  it('that cannot be moved now is tried again, and holds up no other', async () => {
    const { world, drafts, seen } = await retiring();
    await world.open('2');
    await world.change({ ticketId: '2', statusId: 'pending', subStatusId: 'development' });
    const { commit } = world.ctx.cases;
    world.ctx.cases.commit = async (caseKey, ...rest) => {
      if (caseKey === 'desk-1/1') throw new Error('The disk is full.');
      return commit(caseKey, ...rest);
    };
    const moves = [...moving.moves, { from: { ...RETIRED, subStatusId: 'development' }, to: TO }];
    await drafts.publish({ ...moving, seen, moves });
    const owed = { templateId: 'support', version: 3, moves, noticeMs: null, caseKeys: ['desk-1/1'] };
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([owed]));
    expect((await world.ctx.cases.load('desk-1/2')).record?.statusId).toBe('in-progress');
    expect(await stand(world)).toBe('pending');
    expect(world.errors).toHaveLength(1);
    world.ctx.cases.commit = commit;
    await drafts.carryOn();
    expect(await stand(world)).toBe('in-progress');
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });

  it('stays where the admin changes their mind with the next version', async () => {
    const { world, drafts, seen } = await retiring();
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    await drafts.publish({ ...moving, seen });
    await drafts.carryOn();
    const again = await drafts.save(renamed((await opened(drafts)).template, 'Help'), null);
    const stays = { ...moving, moves: [], seen: again.ok ? again.value.editedAt : 0 };
    expect(await drafts.publish(stays)).toMatchObject({ ok: true });
    await world.ctx.sites.put(site);
    await drafts.carryOn();
    expect(await stand(world)).toBe('pending');
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });

  it('stays where publishing fails', async () => {
    const { world, drafts, seen } = await retiring();
    const { publish } = world.ctx.templates;
    world.ctx.templates.publish = async () => {
      throw new Error('The disk is full.');
    };
    await expect(drafts.publish({ ...moving, seen })).rejects.toThrow('The disk is full.');
    world.ctx.templates.publish = publish;
    await drafts.publish({ ...moving, seen, moves: [] });
    await drafts.carryOn();
    expect(await stand(world)).toBe('pending');
  });

  it('waits for its help desk to be connected again', async () => {
    const { world, drafts, seen } = await retiring();
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    await drafts.publish({ ...moving, seen });
    await drafts.carryOn();
    expect(await stand(world)).toBe('pending');
    await world.ctx.sites.put(site);
    await drafts.carryOn();
    expect(await stand(world)).toBe('in-progress');
  });

  it('is not sent where no case may be; nothing is published then', async () => {
    const { world, drafts, seen } = await retiring();
    const moves = [{ from: RETIRED, to: { statusId: 'pending', subStatusId: 'development', tagId: null } }];
    expect(await drafts.publish({ templateId: 'support', seen, note: '', moves, noticeDays: null })).toMatchObject({
      ok: false,
      code: 'retired-status',
    });
    expect((await world.ctx.templates.newest('support'))?.statuses.some(({ retired }) => retired)).toBe(false);
    expect(await stand(world)).toBe('pending');
  });
});

describe('versions', () => {
  const published = { templateId: 'support', note: 'A shorter name', moves: [], noticeDays: null };
  /** Version 3 is called "Help". */
  async function renamedOnce() {
    const { world, drafts } = await setUp();
    const { template } = await opened(drafts);
    const saved = await drafts.save(renamed(template, 'Help'), null);
    await drafts.publish({ ...published, seen: saved.ok ? saved.value.editedAt : 0 });
    return { world, drafts, template };
  }

  it('tell who was at work, where a help desk knows; publishing does not depend on it', async () => {
    const { world, drafts } = await setUp();
    world.desk.failSession = { ok: false, code: 'unreachable', message: 'Away.' };
    const { template } = await opened(drafts);
    const saved = await drafts.save(renamed(template, 'Help'), null);
    expect(await drafts.publish({ ...published, seen: saved.ok ? saved.value.editedAt : 0 })).toMatchObject({
      ok: true,
    });
    const { versions } = await opened(drafts);
    expect(versions[0]).toMatchObject({ version: 3, publishedBy: null });
  });

  it('are all listed, those too that came with the extension, and can be read in full', async () => {
    const { world, drafts, template } = await renamedOnce();
    const { versions } = await opened(drafts);
    expect(versions.map(({ version }) => version)).toEqual([3, 2]);
    expect(versions).toMatchObject([
      {
        publishedAt: world.now,
        publishedBy: 'Erin',
        note: 'A shorter name',
        changes: ['The template “Support” is now called “Help”.'],
      },
      { publishedAt: null, note: '', changes: [] },
    ]);
    expect(await drafts.version('support', 2)).toMatchObject({
      ok: true,
      value: { template, reading: { name: 'Support', version: 2, messages: { length: template.messages.length } } },
    });
    expect(await drafts.version('support', 9)).toMatchObject({ ok: false, code: 'unknown-template' });
    expect(await drafts.version('nothing', 1)).toMatchObject({ ok: false, code: 'unknown-template' });
  });

  it('are compared with one another and with the draft, in words', async () => {
    const { drafts } = await renamedOnce();
    const compare = (from: number | null, to: number | null) => drafts.compare({ templateId: 'support', from, to });
    expect(await compare(2, 3)).toEqual({ ok: true, value: ['The template “Support” is now called “Help”.'] });
    expect(await compare(3, 2)).toEqual({ ok: true, value: ['The template “Help” is now called “Support”.'] });
    expect(await compare(3, null)).toEqual({ ok: true, value: [] });
    const { template } = await opened(drafts);
    await drafts.save(renamed(template, 'Desk'), null);
    expect(await compare(2, null)).toEqual({ ok: true, value: ['The template “Support” is now called “Desk”.'] });
    expect(await compare(2, 9)).toMatchObject({ ok: false, code: 'unknown-template' });
  });
});

describe('a draft that began as an older version', () => {
  /** The draft changes the summary; version 3, published meanwhile, renames the template and a status. */
  async function overtaken() {
    const { world, drafts } = await setUp();
    const { template } = await opened(drafts);
    const newer = {
      ...renamed(template, 'Help'),
      version: 3,
      statuses: template.statuses.map((one) => (one.id === 'new' ? { ...one, name: 'Fresh' } : one)),
    };
    const saved = await drafts.save({ ...template, name: 'Help', summary: 'Mine' }, null);
    if (!saved.ok) throw new Error(saved.message);
    await putAll(world.db, 'templates', [newer]);
    return { world, drafts, template, newer, seen: saved.value.editedAt };
  }

  it('says what was published since, and what of it the draft would take back', async () => {
    const { drafts, template, seen } = await overtaken();
    const behind = { version: 3, began: 2, takesBack: ['New is now called Fresh.'] };
    expect((await opened(drafts)).review).toMatchObject({ behind, blocked: expect.stringContaining('version 2') });
    // Said also while it is being edited.
    const saved = await drafts.save({ ...template, name: 'Help', summary: 'Mine still' }, seen);
    expect(saved).toMatchObject({ value: { review: { behind } } });
  });

  it('goes on from the newest, with what is in it, and is published then', async () => {
    const { drafts, seen } = await overtaken();
    expect(await drafts.rebase({ templateId: 'support', seen, onto: 3 })).toEqual({ ok: true, value: null });
    const view = await opened(drafts);
    expect(view).toMatchObject({
      template: { name: 'Help', summary: 'Mine', version: 3 },
      review: { behind: null, blocked: null },
    });
    expect(view.review.changes).toContain('Fresh is now called New.');
    expect(await drafts.list()).toMatchObject({ value: [{ id: 'support', basedOn: 3 }] });
    expect(
      await drafts.publish({
        templateId: 'support',
        seen: view.editedAt ?? 0,
        note: '',
        moves: [],
        noticeDays: null,
      }),
    ).toEqual({ ok: true, value: { version: 4 } });
  });

  it('does not go on from a version that nobody has looked at, nor over the edits of another tab', async () => {
    const { world, drafts, newer, template, seen } = await overtaken();
    await putAll(world.db, 'templates', [{ ...newer, name: 'Later', version: 4 }]);
    const refusal = { ok: false, code: 'changed-meanwhile' };
    expect(await drafts.rebase({ templateId: 'support', seen, onto: 3 })).toMatchObject(refusal);
    await drafts.save({ ...template, summary: 'Theirs' }, seen);
    expect(await drafts.rebase({ templateId: 'support', seen, onto: 4 })).toMatchObject(refusal);
    expect((await opened(drafts)).review.behind).toMatchObject({ version: 4, began: 2 });
    await drafts.discard({ templateId: 'support', seen: (await opened(drafts)).editedAt });
    expect(await drafts.rebase({ templateId: 'support', seen, onto: 4 })).toMatchObject({
      code: 'changed-meanwhile',
      message: 'This draft was published or discarded in another tab meanwhile. Nothing was changed.',
    });
    expect(await drafts.rebase({ templateId: 'nothing', seen, onto: 4 })).toMatchObject({ code: 'unknown-template' });
    await world.ctx.settings.setRole('agent');
    expect(await drafts.rebase({ templateId: 'support', seen, onto: 4 })).toMatchObject({ code: 'read-only' });
  });

  it('is told so too where it was never published, or was thrown away by the publishing in another tab', async () => {
    const { world, drafts } = await setUp();
    await drafts.create('Returns', null);
    const { template, editedAt } = await opened(drafts, 'returns');
    await putAll(world.db, 'templates', [{ ...template, name: 'Imported' }]);
    const saved = await drafts.save({ ...template, summary: 'Mine' }, editedAt);
    expect(saved).toMatchObject({ value: { review: { behind: { version: 1, began: null } } } });

    const support = await opened(drafts);
    await putAll(world.db, 'templates', [{ ...support.template, name: 'Published elsewhere', version: 3 }]);
    const mine = await drafts.save({ ...support.template, summary: 'Mine' }, null);
    expect(mine).toMatchObject({
      value: {
        review: {
          behind: { version: 3, began: 2, takesBack: ['The template “Support” is now called “Published elsewhere”.'] },
        },
      },
    });
  });
});

describe('timers that run', () => {
  const CASE = 'desk-1/1';
  /** Cases 1 and 2 wait for the customer since now; the draft closes them after `days` instead of 28. */
  async function shortening(days: number) {
    const { world, drafts } = await setUp();
    for (const ticketId of ['1', '2']) {
      await world.open(ticketId);
      await world.change({ ticketId, statusId: 'pending', subStatusId: 'customer-input' });
    }
    return { world, drafts, start: world.now, seen: await edit(drafts, days) };
  }
  async function edit(drafts: Drafts, days: number) {
    const { template, editedAt } = await opened(drafts);
    const timers = template.timers.map((rule) =>
      rule.id === CLOSE ? { ...rule, after: { amount: days, unit: 'days' as const } } : rule,
    );
    const saved = await drafts.save({ ...template, timers }, editedAt);
    if (!saved.ok) throw new Error(saved.message);
    return saved.value.editedAt;
  }
  const CLOSE = 'close-customer-input';
  const dueAt = async (world: World, caseKey = CASE) =>
    (await world.ctx.cases.load(caseKey)).timers.find(({ ruleId }) => ruleId === CLOSE)?.dueAt;
  const published = { templateId: 'support', note: '', moves: [] };
  const retimed = async (world: World, caseKey = CASE) =>
    (await world.ctx.cases.history(caseKey)).filter(({ what }) => what.type === 'retimed');

  it('R13: are told with how many would be due at another time, and keep their dates unless it is said', async () => {
    const { world, drafts, start, seen } = await shortening(21);
    expect(await drafts.retiming({ templateId: 'support', noticeDays: 3 })).toEqual({
      ok: true,
      value: { timers: 2, cases: 2 },
    });
    expect(await drafts.retiming({ templateId: 'review', noticeDays: 3 })).toMatchObject({ value: { timers: 0 } });
    expect(await drafts.publish({ ...published, seen, noticeDays: null })).toMatchObject({ ok: true });
    await drafts.carryOn();
    expect(await dueAt(world)).toBe(start + 28 * DAY);
    expect(await retimed(world)).toEqual([]);
  });

  it('of cases that stay with their version, and of none, are not counted', async () => {
    const { world, drafts } = await setUp();
    expect(await drafts.retiming({ templateId: 'support', noticeDays: 3 })).toMatchObject({ value: { cases: 0 } });
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    const { template } = await opened(drafts);
    const saved = await drafts.save(
      {
        ...template,
        timers: [],
        statuses: template.statuses.map((one) => (one.id === 'pending' ? { ...one, id: 'parked' } : one)),
      },
      null,
    );
    expect(saved).toMatchObject({ ok: true });
    expect(await drafts.retiming({ templateId: 'support', noticeDays: 3 })).toMatchObject({ value: { cases: 0 } });
  });

  it('R13: get the dates of the published version later, as after a file, each time somebody says so', async () => {
    const { world, drafts, start, seen } = await shortening(21);
    const ask = { templateId: 'support', noticeDays: 3 };
    expect(await drafts.retimingOfPublished(ask)).toEqual({ ok: true, value: { timers: 0, cases: 0 } });
    await drafts.publish({ ...published, seen, noticeDays: null });
    await world.pass(6 * DAY);
    expect(await drafts.retimingOfPublished(ask)).toEqual({ ok: true, value: { timers: 2, cases: 2 } });
    expect(await drafts.retime({ ...ask, version: 2 })).toMatchObject({ ok: false, code: 'changed-meanwhile' });
    expect(await drafts.retime({ ...ask, version: 3, noticeDays: 20 })).toEqual({ ok: true, value: null });
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([]));
    expect([await dueAt(world), await dueAt(world, 'desk-1/2')]).toEqual([start + 26 * DAY, start + 26 * DAY]);
    expect(await retimed(world)).toMatchObject([{ cause: 'template', actor: null, templateVersion: 3 }]);
    // Said again a day later, with a shorter notice: it is another word, and counts.
    await world.pass(DAY / 24);
    expect(await drafts.retimingOfPublished(ask)).toMatchObject({ value: { timers: 2 } });
    await drafts.retime({ ...ask, version: 3 });
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([]));
    expect(await dueAt(world)).toBe(start + 21 * DAY);
    expect(await drafts.retimingOfPublished(ask)).toMatchObject({ value: { timers: 0 } });
  });

  it('are given new dates by nobody but an admin, and only of a template that is here', async () => {
    const { world, drafts, seen } = await shortening(21);
    await drafts.publish({ ...published, seen, noticeDays: null });
    const ask = { templateId: 'support', version: 3, noticeDays: 3 };
    expect(await drafts.retime({ ...ask, templateId: 'nothing' })).toMatchObject({ code: 'unknown-template' });
    expect(await drafts.retimingOfPublished({ ...ask, templateId: 'nothing' })).toMatchObject({ ok: false });
    await world.ctx.settings.setRole('agent');
    expect(await drafts.retime(ask)).toMatchObject({ ok: false, code: 'read-only' });
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });

  it('said later stands beside what publishing has still to do, and ends with the next version as that does', async () => {
    const { world, drafts, seen } = await shortening(21);
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    const from = { statusId: 'pending', subStatusId: 'customer-input', tagId: null };
    const moves = [{ from, to: { ...from, subStatusId: 'development' } }];
    await drafts.publish({ ...published, seen, moves, noticeDays: null });
    await drafts.retime({ templateId: 'support', version: 3, noticeDays: 3 });
    await drafts.carryOn();
    const caseKeys = ['desk-1/1', 'desk-1/2'];
    const both = [
      { templateId: 'support', version: 3, moves, noticeMs: null, caseKeys },
      { templateId: 'support', version: 3, moves: [], noticeMs: 3 * DAY, caseKeys, agreedAt: world.now },
    ];
    expect(await world.ctx.settings.aftermaths()).toEqual(both);
    // Of the two each is struck off alone.
    await world.ctx.settings.strikeOff(both[1] as (typeof both)[1], new Set(['desk-1/1']));
    await world.ctx.settings.strikeOff({ ...both[1], agreedAt: 1 } as (typeof both)[1], new Set(caseKeys));
    expect(await world.ctx.settings.aftermaths()).toEqual([both[0], { ...both[1], caseKeys: ['desk-1/2'] }]);
    const again = await edit(drafts, 9);
    await drafts.publish({ ...published, seen: again, noticeDays: null });
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });

  it('R13: get the dates of the new version where the admin says so, with an entry in the history', async () => {
    const { world, drafts, start, seen } = await shortening(21);
    world.alarmAt = null;
    expect(await drafts.publish({ ...published, seen, noticeDays: 3 })).toMatchObject({ ok: true });
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([]));
    expect([await dueAt(world), await dueAt(world, 'desk-1/2')]).toEqual([start + 21 * DAY, start + 21 * DAY]);
    expect(await retimed(world)).toMatchObject([{ cause: 'template', actor: null, templateVersion: 3 }]);
    // Nobody has to wake the worker for the new dates.
    await vi.waitFor(() => expect(world.alarmAt).not.toBeNull());
    await world.pass(7 * DAY);
    await world.pass(14 * DAY);
    expect((await world.ctx.cases.load(CASE)).record?.statusId).toBe('closed');
  });

  it('are due no sooner than after the days of notice', async () => {
    const { world, drafts, start, seen } = await shortening(8);
    await world.pass(6 * DAY);
    await drafts.publish({ ...published, seen, noticeDays: 5 });
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([]));
    expect(await dueAt(world)).toBe(start + 11 * DAY);
  });

  it('R13: do not close a case sooner than the customer may have read', async () => {
    const { world, drafts, start, seen } = await shortening(8);
    await world.pass(7 * DAY);
    expect(world.desk.sent.join()).toContain('closes on Tuesday, 15 December 2026');
    expect(await drafts.retiming({ templateId: 'support', noticeDays: 3 })).toMatchObject({ value: { timers: 0 } });
    await drafts.publish({ ...published, seen, noticeDays: 3 });
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([]));
    expect(await dueAt(world)).toBe(start + 28 * DAY);
    expect(await retimed(world)).toEqual([]);
  });

  it('of a case that was begun after publishing are not touched by what is taken up again', async () => {
    const { world, drafts, seen } = await shortening(21);
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    await drafts.publish({ ...published, seen, noticeDays: 3 });
    await drafts.carryOn();
    await world.ctx.sites.put(site);
    await world.open('3');
    await world.change({ ticketId: '3', statusId: 'pending', subStatusId: 'customer-input' });
    const { commit } = world.ctx.cases;
    const asked: string[] = [];
    world.ctx.cases.commit = async (caseKey, ...rest) => {
      asked.push(caseKey);
      return commit(caseKey, ...rest);
    };
    await drafts.carryOn();
    expect(asked).toEqual(['desk-1/1', 'desk-1/2']);
  });

  it('get them after the worker has ended over it, each once', async () => {
    const { world, drafts, start, seen } = await shortening(21);
    const { commit } = world.ctx.cases;
    world.ctx.cases.commit = async (caseKey, ...rest) => {
      if (caseKey === 'desk-1/2') throw new Error('The disk is full.');
      return commit(caseKey, ...rest);
    };
    await drafts.publish({ ...published, seen, noticeDays: 3 });
    await vi.waitFor(async () => expect(await dueAt(world)).toBe(start + 21 * DAY));
    await vi.waitFor(() => expect(world.errors).toHaveLength(1));
    expect(await dueAt(world, 'desk-1/2')).toBe(start + 28 * DAY);
    const owed = { templateId: 'support', version: 3, moves: [], noticeMs: 3 * DAY, caseKeys: ['desk-1/2'] };
    await vi.waitFor(async () => expect(await world.ctx.settings.aftermaths()).toEqual([owed]));
    world.startWorker();
    world.now += 20 * DAY;
    await draftsOf(world).carryOn();
    expect(await dueAt(world, 'desk-1/2')).toBe(start + 23 * DAY);
    expect([await retimed(world), await retimed(world, 'desk-1/2')]).toMatchObject([{ length: 1 }, { length: 1 }]);
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });

  it('keep their dates when the next version was published before their turn came', async () => {
    const { world, drafts, start, seen } = await shortening(21);
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    await drafts.publish({ ...published, seen, noticeDays: 3 });
    await drafts.carryOn();
    expect(await world.ctx.settings.aftermaths()).toHaveLength(1);
    const again = await edit(drafts, 9);
    await drafts.publish({ ...published, seen: again, noticeDays: null });
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
    await world.ctx.sites.put(site);
    await drafts.carryOn();
    expect(await dueAt(world)).toBe(start + 28 * DAY);
  });

  it('keep them too when an update of the extension brought the next version', async () => {
    const { world, drafts, start, seen } = await shortening(21);
    const site = await world.site;
    await world.ctx.sites.remove(site.siteId);
    await drafts.publish({ ...published, seen, noticeDays: 3 });
    await drafts.carryOn();
    const template = await world.ctx.templates.newest('support');
    if (!template) throw new Error('no template');
    await putAll(world.db, 'templates', [{ ...template, version: 4 }]);
    await world.ctx.sites.put(site);
    await drafts.carryOn();
    expect(await dueAt(world)).toBe(start + 28 * DAY);
    expect(await world.ctx.settings.aftermaths()).toEqual([]);
  });
});

describe('a new template', () => {
  it('does not take the name of another one, published or not', async () => {
    const { world, drafts } = await setUp();
    await drafts.create('Returns', null);
    const before = await world.ctx.drafts.all();
    for (const name of ['Support', 'SUPPORT', 'returns'])
      expect(await drafts.create(name, null)).toMatchObject({
        ok: false,
        code: 'name-taken',
        message: expect.stringContaining(name),
      });
    expect(await world.ctx.drafts.all()).toEqual(before);
  });

  it('is not renamed to what another one is called, nor published under such a name', async () => {
    const { world, drafts } = await setUp();
    await drafts.create('Returns', null);
    const { template } = await opened(drafts);
    for (const name of ['Review', 'RETURNS']) {
      const { editedAt } = await opened(drafts);
      const saved = await drafts.save(renamed(template, name), editedAt);
      const message = expect.stringContaining(`called “${name}” already`);
      expect(saved).toMatchObject({
        ok: true,
        value: { review: { blocked: message, findings: [{ severity: 'error', message, path: ['name'] }] } },
      });
      const seen = saved.ok ? saved.value.editedAt : 0;
      const published = await drafts.publish({ templateId: 'support', seen, note: '', moves: [], noticeDays: null });
      expect(published).toMatchObject({ ok: false, code: 'name-taken', message });
    }
    expect((await world.ctx.templates.newest('support'))?.name).toBe('Support');
    // Its own name stays its own, also where a file brought another one of that name along.
    const { editedAt } = await opened(drafts, 'returns');
    const taken = await drafts.save({ ...template, id: 'returns', version: 1 }, editedAt);
    expect(taken).toMatchObject({ ok: true, value: { review: { blocked: expect.stringContaining('“Support”') } } });
    const mine = await drafts.save({ ...template, summary: 'Ours' }, (await opened(drafts)).editedAt);
    expect(mine).toMatchObject({ ok: true, value: { review: { blocked: null } } });
  });

  it('R2: is empty or a copy, under an id of its own, and can be published', async () => {
    const { world, drafts } = await setUp();
    expect(await drafts.create('Support!', null)).toMatchObject({ value: { id: 'support-2', basedOn: null } });
    expect(await drafts.create('Support?', 'support')).toMatchObject({ value: { id: 'support-3' } });
    const copy = await opened(drafts, 'support-3');
    const original = await world.ctx.templates.newest('support');
    expect(copy.published).toBeNull();
    expect(copy.template.statuses).toEqual(original?.statuses);
    expect(copy.template).toMatchObject({ id: 'support-3', version: 1, appliesTo: [] });
    expect(
      await drafts.publish({
        templateId: 'support-3',
        seen: copy.editedAt ?? 0,
        note: '',
        moves: [],
        noticeDays: null,
      }),
    ).toEqual({
      ok: true,
      value: { version: 1 },
    });
    expect((await opened(drafts, 'support-2')).review.findings.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
  });

  it('is copied from its draft, where there is one', async () => {
    const { world, drafts } = await setUp();
    const { template } = await opened(drafts);
    world.now += DAY;
    await drafts.save({ ...template, summary: 'Edited' }, null);
    await drafts.create('Copy', 'support');
    expect((await opened(drafts, 'copy')).template.summary).toBe('Edited');
  });
});

describe('a replay', () => {
  const DAYS = 90;

  async function withHistories(cases: number) {
    const { world, drafts } = await setUp();
    const template = (await opened(drafts)).template;
    const from = world.now - DAYS * DAY;
    const histories = [
      ...syntheticHistories({
        template,
        seed: 7,
        cases,
        from,
        days: DAYS,
        paths: ['new', 'pending/customer-input', 'awaiting-customer-confirmation', 'in-progress'],
        simple: true,
        seal: unsealed,
      }),
    ];
    await putAll(world.db, 'history', pagesOf(histories.flatMap(({ history }) => [...history])));
    /** In parts, as the page asks for it. */
    const replayed = async (caseKeys: readonly string[], days = DAYS): Promise<ReplayView> => {
      let sum: ReplayView | null = null;
      for (let at = 0; at < caseKeys.length; at += 40) {
        const answer = await drafts.replay({ templateId: 'support', days, caseKeys: caseKeys.slice(at, at + 40) });
        if (!answer.ok) throw new Error(answer.message);
        sum = sum ? together(sum, answer.value) : answer.value;
      }
      if (!sum) throw new Error('no cases');
      return sum;
    };
    return { world, drafts, template, histories, from, replayed };
  }

  it('of what is published counts what happened, as an independent count does', async () => {
    const { histories, from, replayed } = await withHistories(150);
    const report = await replayed(histories.map(({ caseKey }) => caseKey).toSorted());
    const fired = (kind: string) =>
      histories.flatMap(({ history }) =>
        history.filter(({ what, at }) => what.type === 'timer-fired' && what.kind === kind && at >= from),
      ).length;
    expect(fired('reminder')).toBeGreaterThan(10);
    expect(report).toMatchObject({ cases: 150, unreadable: 0, differences: { count: 0 } });
    expect(report.did.reminders.count).toBe(fired('reminder'));
    expect(report.did.autoCloses.count).toBe(fired('auto-close'));
    for (const list of ['reminders', 'notices', 'autoCloses', 'changes'] as const)
      expect(report.would[list].count, list).toBe(report.did[list].count);
    expect(report.did.reminders.found[0]).toMatchObject({
      ticketId: expect.stringMatching(/^\d+$/),
      url: expect.any(String),
      words: expect.stringContaining('Reminder'),
    });
  });

  it('of a draft without its reminders says how many there would not have been, and changes nothing', async () => {
    const { world, drafts, template, histories, replayed } = await withHistories(60);
    const caseKeys = histories.map(({ caseKey }) => caseKey).toSorted();
    await drafts.save({ ...template, timers: template.timers.filter(({ kind }) => kind !== 'reminder') }, null);
    const before = await allOf(world.db, 'history');
    const report = await replayed(caseKeys);
    expect(report.did.reminders.count).toBeGreaterThan(0);
    expect(report.would.reminders.count).toBe(0);
    expect(report.differences.count).toBeGreaterThan(0);
    expect(await allOf(world.db, 'history')).toEqual(before);
    expect((await replayed(caseKeys, 7)).did.reminders.count).toBeLessThan(report.did.reminders.count);
  });

  it('leaves out a case that cannot be followed, and says so', async () => {
    const { world, histories, replayed } = await withHistories(3);
    const [first] = histories;
    await rewriteHistory(world.db, first?.caseKey ?? '', (entries) => entries.slice(1));
    const report = await replayed(histories.map(({ caseKey }) => caseKey).toSorted());
    expect(report.cases + report.unreadable).toBe(3);
  });

  it('asks only for the cases of its template', async () => {
    const { world, drafts } = await setUp();
    await world.open();
    expect(await drafts.replayCases('support')).toEqual({ ok: true, value: [] });
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    expect(await drafts.replayCases('support')).toEqual({ ok: true, value: ['desk-1/1'] });
    expect(await drafts.replayCases('review')).toEqual({ ok: true, value: [] });
  });
});
