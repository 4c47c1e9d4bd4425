import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../core/app/context';
import type { Site } from '../../../core/app/ports';
import { Sites, siteOfUrl } from '../../../core/app/sites';
import { NO_POLICY } from '../../../core/contract/policy';
import { builtinTemplates } from '../../../core/domain/builtin-templates';
import type { DeskApi } from '../../../core/domain/desk';
import { siteAdapters } from '../../../core/sites';
import { Database } from '../../../core/store/database';
import { secretStore } from '../../../core/store/secrets';
import { caseStore, settingsStore, siteStore, templateStore } from '../../../core/store/stores';
import { contentOf } from '../store/records';

const NOW = Date.UTC(2026, 10, 20);

/** The use cases over a store in memory, a permission that is granted or not, and a help desk that answers or not. */
function setUp() {
  const db = new Database('sites-test', new IDBFactory());
  const world = {
    granted: new Set(['https://desk.test']),
    answer: { adapterId: 'rt', baseUrl: 'https://desk.test/rt' } as
      | { adapterId: string; baseUrl: string }
      | null
      | Error,
    asked: [] as string[],
    policy: NO_POLICY,
    errors: [] as unknown[],
    /** Who the help desk says a key speaks for. */
    account: (_key?: string): Awaited<ReturnType<DeskApi['currentUser']>> => ({ ok: true, user: null }),
    /** What the content scripts were registered for, each time. */
    registered: [] as string[][],
    /** What was connected whenever the open pages were told to ask anew. */
    looked: [] as string[][],
  };
  const sites = siteStore(db);
  const ctx = {
    clock: { now: () => NOW, timeZone: () => 'UTC' },
    newId: () => 'unused',
    cases: caseStore(db),
    templates: templateStore(db, builtinTemplates),
    sites,
    settings: settingsStore(db),
    secrets: secretStore(db),
    seen: { get: async () => undefined, set: async () => {} },
    policy: async () => world.policy,
    tabs: {
      lookAgain: async () =>
        void world.looked.push(
          (await sites.all()).map(({ siteId, templateId }) => `${siteId.slice(0, 2)} ${templateId}`),
        ),
    },
    log: { error: (_where: string, error: unknown) => world.errors.push(error) },
    permissions: { has: async (origin: string) => world.granted.has(origin) },
    desks: {
      deskName: (adapterId: string) => siteAdapters.find(({ page }) => page.id === adapterId)?.page.deskName ?? '',
      takesKey: (adapterId: string) => siteAdapters.find(({ page }) => page.id === adapterId)?.takesKey === true,
      api: (_site: Site, key?: string) => ({ currentUser: async () => world.account(key) }),
      async detect(address: URL) {
        world.asked.push(address.href);
        if (world.answer instanceof Error) throw world.answer;
        return world.answer;
      },
    },
  } as unknown as Context;
  const app = new Sites(
    ctx,
    async () => void world.registered.push((await sites.all()).map(({ baseUrl }) => baseUrl)),
    (adapterId, url) => siteAdapters.find(({ page }) => page.id === adapterId)?.page.ticketIdOf(url) ?? null,
  );
  return { app, world, sites, db, secrets: ctx.secrets, templates: ctx.templates };
}

async function connected() {
  const parts = setUp();
  const answer = await parts.app.connect('https://desk.test/rt/');
  if (!answer.ok) throw new Error(answer.message);
  return { ...parts, site: answer.value };
}

describe('siteOfUrl', () => {
  const site = (baseUrl: string) => ({ siteId: baseUrl, baseUrl }) as Site;
  const sites = [
    'https://desk.test',
    'https://desk.test/rt',
    'https://desk.test/rt/two',
    'https://only.test/rt',
    'http://127.0.0.1:8081/rt',
  ].map(site);

  it.each([
    ['https://desk.test/rt/Ticket/Display.html?id=1', 'https://desk.test/rt'],
    ['https://desk.test/rt', 'https://desk.test/rt'],
    ['https://desk.test/rt?x=1#y', 'https://desk.test/rt'],
    // The longest prefix counts.
    ['https://desk.test/rt/two/Ticket', 'https://desk.test/rt/two'],
    ['https://desk.test/rt/twofold', 'https://desk.test/rt'],
    ['https://desk.test/rtx', 'https://desk.test'],
    ['https://desk.test/', 'https://desk.test'],
    ['https://DESK.test:443/rt/', 'https://desk.test/rt'],
    ['https://desk.test/x/../rt/', 'https://desk.test/rt'],
    ['https://only.test/rt/', 'https://only.test/rt'],
    ['https://only.test/', undefined],
    ['https://only.test/RT/', undefined],
    ['https://only.test/rt%2f', undefined],
    ['https://only.test/rt/../admin', undefined],
    ['https://only.test/x/rt/', undefined],
    ['http://only.test/rt/', undefined],
    ['https://only.test:444/rt/', undefined],
    ['https://only.test.evil.test/rt/', undefined],
    ['https://only.test@evil.test/rt/', undefined],
    ['http://127.0.0.1:8081/rt/Ticket', 'http://127.0.0.1:8081/rt'],
    ['http://127.0.0.1:8082/rt/Ticket', undefined],
    ['about:blank', undefined],
    ['chrome-extension://abc/options.html', undefined],
    ['', undefined],
    ['no address', undefined],
  ])('%s belongs to %s', (address, baseUrl) => {
    expect(siteOfUrl(sites, address)?.baseUrl).toBe(baseUrl);
  });
});

describe('what the help desk tells customers by itself', () => {
  it('is chosen among the statuses that the template sets, and kept', async () => {
    const { app, site, sites } = await connected();
    const answer = await app.setDeskTells(site.siteId, ['resolved', 'resolved']);
    expect(answer).toMatchObject({ ok: true });
    expect((await sites.get(site.siteId))?.deskTells).toEqual(['resolved']);
    const tells = ['new', 'open', 'stalled', 'resolved'].map((status) => ({ status, byDesk: status === 'resolved' }));
    expect(await app.list()).toMatchObject({ ok: true, value: [{ tells }] });
  });

  it('stays visible where the template sets that status no more', async () => {
    const { app, site } = await connected();
    await app.setDeskTells(site.siteId, ['rejected']);
    const answer = await app.setTemplate(site.siteId, 'review');
    expect(answer).toMatchObject({ value: { tells: expect.arrayContaining([{ status: 'rejected', byDesk: true }]) } });
  });

  it('of a site that is gone is refused', async () => {
    const { app } = await connected();
    expect(await app.setDeskTells('gone', [])).toMatchObject({ ok: false, code: 'unknown-site' });
  });
});

describe('connect', () => {
  it('connects what answers, with the Support template, and registers the content script', async () => {
    const { world, sites, site } = await connected();
    expect(site).toEqual({
      siteId: expect.stringMatching(/^rt-[0-9a-f]{12}$/),
      name: 'desk.test',
      deskName: 'RT',
      baseUrl: 'https://desk.test/rt',
      connectedAt: NOW,
      templateId: 'support',
      granted: true,
      tells: ['new', 'open', 'stalled', 'resolved'].map((status) => ({ status, byDesk: false })),
      takesKey: false,
      keyOwner: null,
      problem: null,
    });
    expect(await sites.all()).toEqual([
      {
        siteId: site.siteId,
        adapterId: 'rt',
        name: 'desk.test',
        baseUrl: 'https://desk.test/rt',
        templateId: 'support',
        connectedAt: NOW,
      },
    ]);
    expect(world.registered).toEqual([['https://desk.test/rt']]);
  });

  it.each([
    ['desk.test/rt', 'https://desk.test/rt'],
    ['  https://desk.test/rt/Ticket/Display.html?id=1  ', 'https://desk.test/rt/Ticket/Display.html?id=1'],
    ['HTTPS://desk.test', 'https://desk.test/'],
  ])('understands "%s"', async (address, asked) => {
    const { app, world } = setUp();
    expect(await app.connect(address)).toMatchObject({ ok: true });
    expect(world.asked).toEqual([asked]);
  });

  it.each([
    '',
    '   ',
    'https://',
    'file:///etc/passwd',
    'ftp://desk.test',
    'javascript:alert(1)',
    'chrome://settings',
    'http://[',
    'two words',
  ])('"%s" is no web address', async (address) => {
    const { app, world, sites } = setUp();
    expect(await app.connect(address)).toMatchObject({ ok: false, code: 'bad-address' });
    expect(world.asked).toEqual([]);
    expect(await sites.all()).toEqual([]);
  });

  it('asks no host that was not granted', async () => {
    const { app, world, sites } = setUp();
    for (const address of [
      'https://other.test',
      'http://desk.test',
      'https://desk.test:8443',
      'https://desk.test.evil.test',
    ])
      expect(await app.connect(address)).toMatchObject({
        ok: false,
        code: 'not-granted',
        message: expect.stringContaining('.test'),
      });
    expect(world.asked).toEqual([]);
    expect(await sites.all()).toEqual([]);
  });

  it.each([
    ['a site that is no help desk', null, 'unknown-desk'],
    ['a site that does not answer', new TypeError('Failed to fetch'), 'unreachable'],
  ])('%s is said in words and changes nothing', async (_what, answer, code) => {
    const { app, world, sites } = setUp();
    world.answer = answer;
    expect(await app.connect('https://desk.test/')).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining('desk.test'),
    });
    expect(await sites.all()).toEqual([]);
    expect(world.registered).toEqual([]);
  });

  it('a second time keeps what was chosen, and registers the content script again', async () => {
    const { app, world, sites, site } = await connected();
    await app.setTemplate(site.siteId, 'review');
    expect(await app.connect('https://desk.test/rt/Search/Simple.html')).toMatchObject({
      ok: true,
      value: { siteId: site.siteId, templateId: 'review' },
    });
    expect(await sites.all()).toHaveLength(1);
    expect(world.registered).toHaveLength(2);
  });

  it('two help desks on one host are two sites', async () => {
    const { app, world, sites } = await connected();
    world.answer = { adapterId: 'demo', baseUrl: 'https://desk.test' };
    await app.connect('https://desk.test/');
    expect(new Set((await sites.all()).map(({ siteId }) => siteId)).size).toBe(2);
  });
});

describe('disconnect', () => {
  it('stops the panel; connected again, the site finds its cases under the same id', async () => {
    const { app, world, sites, site } = await connected();
    expect(await app.disconnect(site.siteId)).toEqual({ ok: true, value: null });
    expect(await sites.all()).toEqual([]);
    expect(world.registered.at(-1)).toEqual([]);
    expect(await app.connect('https://desk.test/rt')).toMatchObject({ ok: true, value: { siteId: site.siteId } });
    // The id comes from the address alone, so another browser gives the same.
    expect((await connected()).site.siteId).toBe(site.siteId);
  });

  it('of a site that is not there does nothing', async () => {
    const { app, sites } = await connected();
    expect(await app.disconnect('rt-unknown')).toEqual({ ok: true, value: null });
    expect(await sites.all()).toHaveLength(1);
  });
});

describe('setTemplate', () => {
  it('takes a template that exists, for a site that exists', async () => {
    const { app, sites, site } = await connected();
    expect(await app.setTemplate(site.siteId, 'review')).toMatchObject({ ok: true, value: { templateId: 'review' } });
    expect(await app.setTemplate(site.siteId, 'nothing')).toMatchObject({ ok: false, code: 'unknown-template' });
    expect(await app.setTemplate('rt-unknown', 'support')).toMatchObject({ ok: false, code: 'unknown-site' });
    expect((await sites.get(site.siteId))?.templateId).toBe('review');
    expect(await sites.all()).toHaveLength(1);
  });

  it('takes none that is archived, but leaves the one that a site has', async () => {
    const { app, sites, site, templates } = await connected();
    await templates.setArchived('review', true);
    expect(await app.setTemplate(site.siteId, 'review')).toMatchObject({
      ok: false,
      code: 'archived-template',
      message: 'Review is archived. Bring it back first.',
    });
    expect((await sites.get(site.siteId))?.templateId).toBe('support');
    await templates.setArchived('support', true);
    expect(await app.setTemplate(site.siteId, 'support')).toMatchObject({ ok: true });
  });

  it('and what the help desk tells, chosen at the same moment, are both kept', async () => {
    const { app, sites, site } = await connected();
    await Promise.all([app.setTemplate(site.siteId, 'review'), app.setDeskTells(site.siteId, ['resolved'])]);
    expect(await sites.get(site.siteId)).toMatchObject({ templateId: 'review', deskTells: ['resolved'] });
  });

  it('a new site does not begin with one that is archived at the same moment, and is one site whoever connects it', async () => {
    const { app, sites, templates } = setUp();
    for (const name of ['all', 'offered'] as const) {
      const look = templates[name];
      // Another tab is faster than whoever has just looked.
      templates[name] = async () => {
        const found = await look();
        await templates.setArchived('support', true);
        return found;
      };
    }
    await Promise.all([app.connect('https://desk.test/rt/'), app.connect('https://desk.test/rt')]);
    expect((await sites.all()).map(({ templateId }) => templateId)).toEqual(['review']);
  });

  it('a new site begins with the first that is not archived', async () => {
    const { app, sites, templates } = setUp();
    await templates.setArchived('support', true);
    await app.connect('https://desk.test/rt/');
    expect((await sites.all()).map(({ templateId }) => templateId)).toEqual(['review']);
  });
});

it('open pages are told at once that their site is connected, has another template, or is connected no more', async () => {
  const { app, world, site } = await connected();
  await expect.poll(() => world.looked).toEqual([['rt support']]);
  await app.setTemplate(site.siteId, 'review');
  await expect.poll(() => world.looked.at(-1)).toEqual(['rt review']);
  await app.disconnect(site.siteId);
  await expect.poll(() => world.looked).toEqual([['rt support'], ['rt review'], []]);
  await app.setTemplate(site.siteId, 'review');
  expect(world.looked).toHaveLength(3);
  expect(world.errors).toEqual([]);
});

describe('what the pages show', () => {
  it('a site whose permission was taken away says so', async () => {
    const { app, world } = await connected();
    world.granted.clear();
    expect(await app.list()).toMatchObject({
      ok: true,
      value: [{ granted: false, problem: expect.stringContaining('permission') }],
    });
  });

  it.each([
    [null, { state: 'no-page' }],
    ['chrome://extensions', { state: 'no-page' }],
    ['no address', { state: 'no-page' }],
    [
      'https://other.test/x?y=1',
      { state: 'unknown', origin: 'https://other.test', address: 'https://other.test/x?y=1' },
    ],
    ['https://desk.test/other', { state: 'unknown', origin: 'https://desk.test' }],
    ['https://desk.test/rt/Search/Simple.html', { state: 'connected', site: { deskName: 'RT' }, case: null }],
    [
      'https://desk.test/rt/Ticket/Display.html?id=42',
      { state: 'connected', case: { ticketId: '42', status: 'New', category: 'initial' } },
    ],
  ])('the popup over %s', async (tabUrl, page) => {
    const { app } = await connected();
    expect(await app.popup(tabUrl)).toMatchObject({ ok: true, value: { page, due: [] } });
  });
});

describe('a key of the agent’s', () => {
  const KEY = '0123456789abcdef';
  async function withRedmine() {
    const parts = setUp();
    parts.world.answer = { adapterId: 'redmine', baseUrl: 'https://desk.test/redmine' };
    const answer = await parts.app.connect('https://desk.test/redmine');
    if (!answer.ok) throw new Error(answer.message);
    parts.world.account = (key) =>
      key === KEY
        ? { ok: true, user: { login: 'erin', name: 'Erin' } }
        : { ok: false, code: 'not-logged-in', message: 'Redmine does not accept the key.' };
    return { ...parts, site: answer.value };
  }

  it('is tried, kept encrypted, and never told again', async () => {
    const { app, site, secrets, db } = await withRedmine();
    expect(site).toMatchObject({ takesKey: true, keyOwner: null });
    const answer = await app.setKey(site.siteId, KEY);
    expect(answer).toMatchObject({ ok: true, value: { keyOwner: 'Erin' } });
    expect(JSON.stringify([answer, await app.list()])).not.toContain(KEY);
    expect(await secrets.get(site.siteId)).toBe(KEY);
    const rows = Object.values(await contentOf(db));
    const bytes = (_name: string, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    expect(JSON.stringify(rows, bytes)).not.toContain(KEY);
  });

  it('that the help desk does not take changes nothing', async () => {
    const { app, site, secrets } = await withRedmine();
    await app.setKey(site.siteId, KEY);
    expect(await app.setKey(site.siteId, 'another-key')).toMatchObject({
      ok: false,
      code: 'key-refused',
      message: 'Redmine does not accept the key.',
    });
    expect(await secrets.get(site.siteId)).toBe(KEY);
  });

  it('that speaks for nobody is refused', async () => {
    const { app, site, world, secrets } = await withRedmine();
    world.account = () => ({ ok: true, user: null });
    expect(await app.setKey(site.siteId, KEY)).toMatchObject({ ok: false, code: 'key-refused' });
    expect(await secrets.get(site.siteId)).toBeNull();
  });

  it('is forgotten on request, and when the site is disconnected', async () => {
    const { app, site, secrets } = await withRedmine();
    await app.setKey(site.siteId, KEY);
    expect(await app.setKey(site.siteId, null)).toMatchObject({ ok: true, value: { keyOwner: null } });
    expect(await secrets.get(site.siteId)).toBeNull();
    await app.setKey(site.siteId, KEY);
    await app.disconnect(site.siteId);
    expect(await secrets.get(site.siteId)).toBeNull();
  });

  it('is for help desks that take one, and for sites that are there', async () => {
    const { app, site } = await connected();
    expect(site).toMatchObject({ takesKey: false });
    expect(await app.setKey(site.siteId, KEY)).toMatchObject({ ok: false, code: 'no-key' });
    expect(await app.setKey('gone', KEY)).toMatchObject({ ok: false, code: 'unknown-site' });
  });
});
