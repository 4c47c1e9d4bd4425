import { describe, expect, it, vi } from 'vitest';
import { Preferences } from '../../../core/app/preferences';
import { DEFAULT_SHORTCUTS } from '../../../core/domain/shortcuts';
import { locale, speak } from '../../../core/words/language';
import { DAY, SITE, World } from './world';

async function setUp() {
  const world = await World.make();
  return { world, preferences: new Preferences(world.ctx, () => {}) };
}

describe('the language', () => {
  it('is the browser’s own until the person chooses one, and again when they take that back', async () => {
    const { world, preferences } = await setUp();
    world.ctx.browserLanguage = 'de-AT';
    const spoken = async () => {
      await preferences.speakTheirs();
      return [await preferences.language(), await preferences.ofPanel('rt-1')];
    };
    const answers = (chosen: string | null, language: string) => [
      { ok: true, value: { chosen, language } },
      expect.objectContaining({ language }),
    ];
    expect(await spoken()).toEqual(answers(null, 'de-AT'));
    expect(await preferences.setLanguage('en')).toEqual({ ok: true, value: null });
    expect(await spoken()).toEqual(answers('en', 'en'));
    await preferences.setLanguage(null);
    expect(await spoken()).toEqual(answers(null, 'de-AT'));
    speak('en-GB');
  });

  it('is the browser’s own where nothing can be read', async () => {
    const { world, preferences } = await setUp();
    world.ctx.browserLanguage = 'de';
    world.ctx.settings.language = () => Promise.reject(new Error('It cannot be read'));
    await preferences.speakTheirs();
    expect(locale()).toBe('de');
    speak('en-GB');
  });
});

describe('the panel', () => {
  it('has its place remembered for each site', async () => {
    const { preferences } = await setUp();
    const place = { open: false, right: 5, bottom: 7 };
    await preferences.setPlace('rt-1', place);
    expect(await preferences.ofPanel('rt-1')).toMatchObject({ place });
    expect(await preferences.ofPanel('rt-2')).toMatchObject({ place: { open: true, right: 20, bottom: 20 } });
  });

  it('has shortcuts that can be changed and switched off, on all sites', async () => {
    const { preferences } = await setUp();
    expect(await preferences.shortcuts()).toEqual({ ok: true, value: { shortcuts: DEFAULT_SHORTCUTS, desk: ['J'] } });
    const own = { ...DEFAULT_SHORTCUTS, undo: 'Ctrl+Alt+U', hold: null, history: null };
    expect(await preferences.setShortcuts(own)).toEqual({ ok: true, value: own });
    expect(await preferences.ofPanel('rt-1')).toMatchObject({ shortcuts: own });
  });

  it('does not take one shortcut for two actions', async () => {
    const { preferences } = await setUp();
    const answer = await preferences.setShortcuts({ ...DEFAULT_SHORTCUTS, undo: DEFAULT_SHORTCUTS.hold });
    expect(answer).toMatchObject({ ok: false, code: 'shortcut-taken' });
    expect(await preferences.shortcuts()).toMatchObject({ value: { shortcuts: DEFAULT_SHORTCUTS } });
  });
});

describe('recent choices', () => {
  it('are kept by template and status, the newest first, each once', async () => {
    const world = await World.make();
    await world.open();
    const reasons = async () => (await world.view()).recent;
    expect(await reasons()).toEqual({ statusIds: [], tagIds: {} });
    // A change does not wait for its choice to be kept.
    const change = async (statusId: string, tagId: string | null) => {
      await world.change({ statusId, tagId });
      await vi.waitFor(async () => {
        const { statusIds, tagIds } = await reasons();
        expect([statusIds[0], tagId === null ? null : tagIds[statusId]?.[0]]).toEqual([statusId, tagId]);
      });
    };
    await change('closed', 'solved');
    await change('in-progress', null);
    await change('closed', 'duplicate');
    await change('closed', 'solved');
    expect(await reasons()).toEqual({
      statusIds: ['closed', 'in-progress'],
      tagIds: { closed: ['solved', 'duplicate'] },
    });
  });

  it('a change that is refused is none', async () => {
    const world = await World.make();
    await world.open();
    await world.change({ statusId: 'pending' });
    expect((await world.view()).recent).toEqual({ statusIds: [], tagIds: {} });
  });
});

it('how far the set-up has come is kept', async () => {
  const { ctx } = await World.make();
  const preferences = new Preferences(ctx, () => undefined);
  expect(await preferences.setup()).toEqual({ ok: true, value: { step: 'desk' } });
  await preferences.setSetup({ step: 'panel' });
  expect(await new Preferences(ctx, () => undefined).setup()).toEqual({
    ok: true,
    value: { step: 'panel' },
  });
});

describe('a long history', () => {
  it('comes with its newest entries, and the older ones when they are asked for', async () => {
    const world = await World.make();
    await world.open();
    for (let index = 0; index < 60; index += 1) {
      await world.change({ statusId: index % 2 ? 'in-progress' : 'new' });
      world.now += DAY / 100;
    }
    const { history, historyCount } = await world.view();
    expect(history).toHaveLength(50);
    expect(history[0]?.seq).toBe(historyCount);
    const older = await world.cases.history(SITE, '1', history.at(-1)?.seq ?? 0);
    if (!older.ok) throw new Error(older.message);
    const all = [...history, ...older.value].map(({ seq }) => seq);
    expect(all).toEqual(Array.from({ length: historyCount }, (_, index) => historyCount - index));
  });
});
