import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { languageOf, notificationsOf, permissionsUnder, roleOf } from '../../../core/app/policy';
import { Preferences } from '../../../core/app/preferences';
import { Sites } from '../../../core/app/sites';
import { Templates } from '../../../core/app/templates';
import { parsePolicy } from '../../../core/contract/policy';
import { exampleTemplates } from '../../../core/domain/example-templates';
import { EVERY_NOTIFICATION } from '../../../core/domain/notification-settings';
import { locale, speak } from '../../../core/words/language';
import { SITE, World } from './world';

let world: World;
let preferences: Preferences;
beforeEach(async () => {
  world = await World.make();
  preferences = new Preferences(world.ctx, () => {});
});
afterEach(() => speak('en-GB'));

const QUIET = { from: '14:00', to: '15:00' };
const refused = expect.objectContaining({
  ok: false,
  code: 'locked',
  message: expect.stringContaining('organisation'),
});

describe('what the organisation provides', () => {
  it('counts until the person chooses', async () => {
    world.policy = parsePolicy({ language: 'de', role: 'agent', notifications: { digestAbove: 2 } });
    await preferences.speakTheirs();
    // Its answer is not waited for.
    await vi.waitFor(() => expect(locale()).toBe('de'));
    expect([await roleOf(world.ctx), (await notificationsOf(world.ctx)).digestAbove]).toEqual(['agent', 2]);
    expect(await preferences.notifications()).toMatchObject({ value: { digestAbove: 2 } });

    expect(await preferences.setLanguage('en')).toMatchObject({ ok: true });
    expect(await preferences.setRole('admin')).toMatchObject({ ok: true });
    expect(await preferences.setNotifications({ ...EVERY_NOTIFICATION, digestAbove: 9 })).toMatchObject({ ok: true });
    expect([locale(), await roleOf(world.ctx), (await notificationsOf(world.ctx)).digestAbove]).toEqual([
      'en',
      'admin',
      9,
    ]);

    // Taken back, it is the organisation's again, not the browser's.
    await preferences.setLanguage(null);
    expect(locale()).toBe('de');
  });

  it('locked, it counts whatever was chosen before, and cannot be chosen', async () => {
    await preferences.setLanguage('en');
    await preferences.setRole('admin');
    await preferences.setNotifications({ ...EVERY_NOTIFICATION, digestAbove: 9 });
    world.policy = parsePolicy({
      language: 'de',
      role: 'agent',
      notifications: {},
      locked: ['language', 'role', 'notifications'],
    });
    expect(await preferences.setLanguage('en')).toEqual(refused);
    expect(await preferences.setRole('admin')).toEqual(refused);
    expect(await preferences.setNotifications({ ...EVERY_NOTIFICATION, digestAbove: 3 })).toEqual(refused);
    expect([await languageOf(world.ctx), await roleOf(world.ctx), await notificationsOf(world.ctx)]).toEqual([
      'de',
      'agent',
      EVERY_NOTIFICATION,
    ]);
    expect(await preferences.policy()).toEqual({
      ok: true,
      value: {
        language: 'locked',
        notifications: 'locked',
        role: { value: 'agent', by: 'locked' },
        allowedSites: null,
      },
    });
    // Unlocked again, the person's own choice is still there.
    world.policy = parsePolicy({});
    expect((await notificationsOf(world.ctx)).digestAbove).toBe(9);
  });

  it('nothing provided: an admin, every notification, the browser’s language', async () => {
    expect([await languageOf(world.ctx), await roleOf(world.ctx), await notificationsOf(world.ctx)]).toEqual([
      undefined,
      'admin',
      EVERY_NOTIFICATION,
    ]);
  });

  it('quiet hours of the organisation are kept when something is to be told', async () => {
    world.policy = parsePolicy({ notifications: { quiet: QUIET }, locked: ['notifications'] });
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'development' });
    world.desk.say('customer', 'Any news?');
    await world.open();
    await world.pass(60_000);
    expect(world.notifications).toEqual([]);
    await world.pass(3_600_000);
    expect(world.notifications).toHaveLength(1);
  });
});

describe('sites that are not allowed', () => {
  const sites = () =>
    new Sites(
      world.ctx,
      async () => {},
      () => null,
    );

  it('are refused in words, before the browser is asked', async () => {
    world.policy = parsePolicy({ allowedSites: ['https://rt.example.com'] });
    world.ctx.desks.detect = () => Promise.reject(new Error('asked'));
    for (const address of ['https://other.test/', 'http://rt.example.com', 'https://rt.example.com.other.test'])
      expect(await sites().connect(address)).toMatchObject({
        ok: false,
        code: 'not-allowed-site',
        message: expect.stringContaining(new URL(address).host),
      });
    world.ctx.desks.detect = async () => ({ adapterId: 'demo', baseUrl: 'https://rt.example.com/rt' });
    expect(await sites().connect('https://rt.example.com/rt')).toMatchObject({ ok: true });
  });

  it('that were connected before stop, say why, and go on when they are allowed again', async () => {
    world.ctx.permissions = permissionsUnder(world.ctx.policy, world.ctx.permissions);
    await world.open();
    world.policy = parsePolicy({ allowedSites: [] });
    expect(await sites().list()).toMatchObject({
      value: [{ granted: false, forbidden: true, problem: expect.stringContaining('does not allow desk.test') }],
    });
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.pass(3_600_000);
    expect(world.desk.sent).toEqual([]);
    world.policy = parsePolicy({ allowedSites: [SITE.baseUrl] });
    await world.pass(3_600_000);
    expect(world.desk.sent).toHaveLength(1);
    expect(await sites().list()).toMatchObject({ value: [{ granted: true, problem: null }] });
  });
});

describe('an agent', () => {
  it('reads templates and changes none', async () => {
    const templates = new Templates(world.ctx);
    const exported = await templates.exported('support');
    if (!exported.ok) throw new Error(exported.message);
    const [example] = exampleTemplates;
    if (!example) throw new Error('There is no example');
    await preferences.setRole('agent');
    expect(await templates.list()).toMatchObject({ ok: true });
    expect(await templates.examine(exported.value.text)).toMatchObject({ ok: true });
    const before = await world.ctx.templates.versions('support');
    const text = exported.value.text.replace('In Progress', 'On the bench');
    expect(await templates.publish({ text, note: '', reviewed: [{ id: 'support', version: 3 }] })).toMatchObject({
      ok: false,
      code: 'read-only',
    });
    expect(await templates.addExample(example.id)).toMatchObject({ ok: false, code: 'read-only' });
    expect(await world.ctx.templates.versions('support')).toEqual(before);
    expect(await world.ctx.templates.newest(example.id)).toBeUndefined();
    await preferences.setRole('admin');
    expect(await templates.addExample(example.id)).toMatchObject({ ok: true });
  });
});
