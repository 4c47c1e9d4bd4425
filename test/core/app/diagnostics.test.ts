import { beforeEach, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../../core/app/diagnostics';
import { LossWatch } from '../../../core/app/loss';
import type { LookedAfter } from '../../../core/app/ports';
import { noteOf } from '../../../core/contract/error-note';
import { parsePolicy } from '../../../core/contract/policy';
import type { DiagnosticsView } from '../../../core/contract/views';
import { memoryOf } from './memory';
import { DAY, SITE, World } from './world';

const HOUR = DAY / 24;
let world: World;
let errors: unknown[];
let lookedAfter: LookedAfter;
let sources: ConstructorParameters<typeof Diagnostics>[1];

beforeEach(async () => {
  world = await World.make();
  errors = [];
  lookedAfter = memoryOf({ sites: [], loss: null });
  sources = {
    browser: {
      extension: () => '0.1.0',
      browser: () => 'Chromium 156',
      worker: async () => ({ starts: 3, startedAt: world.now - HOUR }),
      alarms: async () => [{ name: 'due', at: world.now + HOUR, everyMinutes: null }],
    },
    store: world.storeFacts,
    loss: new LossWatch(world.ctx, lookedAfter),
    journal: { notes: async () => errors.map((error, index) => noteOf('engine', error, world.now + index)) },
  };
});

async function view(): Promise<DiagnosticsView> {
  const answer = await new Diagnostics(world.ctx, sources).view();
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}
const codes = async () => (await view()).findings.map(({ code }) => code);
const unreachable = { ok: false as const, code: 'unreachable' as const, message: 'Desk could not be reached.' };

describe('the diagnostics', () => {
  it('tell the facts, and that all is well', async () => {
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    await world.pass(HOUR / 60);
    errors = [new TypeError('first'), new RangeError('second')];
    const found = await view();
    expect(found.findings).toEqual([]);
    expect(found).toMatchObject({
      extension: '0.1.0',
      browser: 'Chromium 156',
      worker: { starts: 3, startedAt: world.now - HOUR },
      alarms: [{ name: 'due', at: world.now + HOUR, everyMinutes: null }],
      timers: { armed: 2, held: 0, overdue: 0, nextAt: await world.ctx.cases.nextTimerAt() },
      outbox: { pending: 0, failed: 0, uncertain: 0, nextAt: null },
      store: { version: 6, rows: { cases: 1, sites: 1, timers: 2 } },
      sites: [{ name: 'desk.test', deskName: 'Desk', granted: true, pause: null }],
      quiet: null,
      language: { spoken: 'en-GB', chosen: null },
    });
    expect(found.timers.nextAt).toBeGreaterThan(world.now);
    expect(found.errors.map(({ kind }) => kind)).toEqual(['RangeError', 'TypeError']);
  });

  it('say first of all that the browser has lost the database', async () => {
    lookedAfter = memoryOf({ sites: ['desk.test'], loss: null });
    sources.loss = new LossWatch(world.ctx, lookedAfter);
    expect(await codes()).toEqual([]);
    await world.ctx.sites.remove(SITE.siteId);
    expect(await codes()).toEqual(['lost', 'no-site']);
    expect((await view()).findings[0]?.mend?.href).toBe('#data');
  });

  it('leave the store as it was', async () => {
    await world.ctx.settings.setLanguage('de');
    const before = await world.dump('settings');
    await view();
    expect(await world.dump('settings')).toEqual(before);
  });

  it('say when a waiting case was last looked at for replies', async () => {
    await world.open();
    expect((await view()).sites[0]?.checkedAt).toBeNull();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    await world.pass(HOUR);
    const checkedAt = (await view()).sites[0]?.checkedAt ?? 0;
    expect(checkedAt).toBeGreaterThan(world.now - HOUR);
    expect(checkedAt).toBeLessThanOrEqual(world.now);
  });

  it('say what quiet hours and language are', async () => {
    await world.configure({ off: [], quiet: { from: '14:00', to: '15:00' }, digestAbove: 5 });
    await world.ctx.settings.setLanguage('en');
    const { quiet, language } = await view();
    expect(quiet).toEqual({ from: '14:00', to: '15:00', until: Date.UTC(2026, 10, 17, 15, 0) });
    expect(language.chosen).toBe('en');
  });
});

describe('what is wrong', () => {
  it('nothing is connected', async () => {
    await world.ctx.sites.remove(SITE.siteId);
    expect((await view()).findings).toEqual([
      expect.objectContaining({
        code: 'no-site',
        severity: 'warning',
        mend: expect.objectContaining({ href: '#sites' }),
      }),
    ]);
  });

  it('a permission that was taken away, once, also when the site is paused for it', async () => {
    await world.ctx.settings.setPause(SITE.siteId, { since: world.now, message: 'Not allowed.' });
    world.granted = false;
    expect((await view()).findings).toEqual([
      expect.objectContaining({ code: 'no-permission', mend: expect.objectContaining({ href: '#sites' }) }),
    ]);
  });

  it('a paused site, with its reason and the way there', async () => {
    await world.ctx.settings.setPause(SITE.siteId, { since: world.now, message: 'Waits until you log in to Desk.' });
    expect((await view()).findings).toEqual([
      expect.objectContaining({
        code: 'paused',
        message: 'desk.test: actions wait. Waits until you log in to Desk.',
        mend: { text: 'Open desk.test', href: SITE.baseUrl },
      }),
    ]);
  });

  it('a timer that is overdue for more than an hour, not for less, and none of a site that is disconnected', async () => {
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    await world.pass(HOUR);
    world.desk.failRead = unreachable;
    world.desk.failSession = unreachable;
    await world.pass(7 * DAY - HOUR / 2);
    expect([await codes(), (await view()).timers.overdue]).toEqual([[], 1]);
    await world.pass(HOUR);
    expect((await view()).findings).toEqual([
      expect.objectContaining({ code: 'overdue', message: expect.stringMatching(/^1 timer is more than an hour/) }),
    ]);
    await world.ctx.sites.remove(SITE.siteId);
    expect([await codes(), (await view()).timers.overdue]).toEqual([['no-site'], 0]);
  });

  it('a message that was refused, with the ticket', async () => {
    await world.open();
    world.desk.failWrite = { ok: false, code: 'refused', message: 'Desk does not allow this.' };
    await world.change({ statusId: 'awaiting-customer-confirmation' });
    await world.pass(HOUR);
    const { findings, outbox } = await view();
    expect(outbox.failed + outbox.uncertain).toBeGreaterThan(0);
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'not-sent',
        mend: { text: 'Open the ticket', href: 'https://desk.test/tickets/1' },
      }),
    ]);
  });

  it('a policy that is not understood, by the name of the field', async () => {
    world.policy = parsePolicy({ role: 'boss', language: 'de', allowedSites: [SITE.baseUrl], locked: ['language'] });
    const found = await view();
    expect(found.findings).toEqual([
      expect.objectContaining({ code: 'policy', severity: 'warning', message: expect.stringContaining('“role”') }),
    ]);
    expect(found.organisation).toMatchObject({ language: 'locked', allowedSites: [SITE.baseUrl] });
    expect(found.report).toContain('organisation.language: locked\n');
    expect(found.report).toContain('organisation.allowedSites: 1\n');
  });

  it('a store that cannot be used is said in words, and the rest is told all the same', async () => {
    const failing = Object.assign(new Error('detail'), { name: 'QuotaExceededError' });
    sources.store = { count: () => Promise.reject(failing) };
    const found = await view();
    expect(found.findings).toEqual([
      expect.objectContaining({ code: 'cannot-store', message: expect.stringContaining('no space left') }),
    ]);
    expect(found).toMatchObject({ store: null, sites: [], extension: '0.1.0', worker: { starts: 3 } });
    expect(world.errors).toEqual([failing]);
  });
});

describe('the report', () => {
  it('has the facts, one in a line', async () => {
    await world.ctx.settings.setPause(SITE.siteId, { since: world.now, message: 'Log in.' });
    errors = [new TypeError('x')];
    const lines = (await view()).report.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'extension: 0.1.0',
        'browser: Chromium 156',
        'worker.starts: 3',
        'worker.startedAt: 2026-11-17T13:02:00.000Z',
        'timers.armed: 0',
        'outbox.failed: 0',
        'wrong.0: paused site-1',
        'sites.0.site: site-1',
        'sites.0.desk: demo',
        'sites.0.granted: true',
        'sites.0.pausedAt: 2026-11-17T14:02:00.000Z',
        'errors.0.kind: TypeError',
      ]),
    );
  });

  it('has no name, subject, message, login, ticket number or address in it, wherever one is planted', async () => {
    const planted = ['Marjorie', 'Quibble', 'zephyr', 'secret.example', 'Kumquat', '987654'];
    await world.ctx.sites.put({
      ...SITE,
      siteId: 'demo-zephyr',
      name: 'secret.example:8443',
      baseUrl: 'https://secret.example:8443/zephyr',
      deskTells: ['Quibble'],
    });
    const site = { ...(await world.ctx.sites.get('demo-zephyr')) } as typeof SITE;
    world.desk.say('customer', 'Quibble about my Kumquat');
    world.desk.user = { login: 'zephyr', name: 'Marjorie' };
    await world.cases.open(site, {
      facts: {
        ticketId: '987654',
        subject: 'Quibble about my Kumquat',
        nativeStatus: 'Kumquat',
        requester: { login: 'marjorie@secret.example', name: 'Marjorie' },
        assignee: { login: 'zephyr', name: 'Zephyr' },
        queue: 'Kumquat',
        type: 'Quibble',
        lastMessageId: '987654',
      },
      agent: { login: 'zephyr', name: 'Marjorie' },
    });
    world.desk.failWrite = { ok: false, code: 'refused', message: 'Marjorie may not touch Kumquat.' };
    await world.cases.change(site, {
      ticketId: '987654',
      statusId: 'awaiting-customer-confirmation',
      subStatusId: null,
      tagId: null,
      note: 'Marjorie called about the Quibble',
      skipMessage: false,
      commandId: 'command-zephyr',
      seenGeneration: null,
    });
    await world.pass(HOUR);
    await world.ctx.settings.setPause('demo-zephyr', {
      since: world.now,
      message: 'Waits for Marjorie; zephyr is in.',
    });
    await world.ctx.secrets.set('demo-zephyr', 'Kumquat-key', 'Marjorie');
    world.policy = parsePolicy({ Marjorie: 'Quibble', allowedSites: ['https://secret.example:8443', SITE.baseUrl] });
    const stack = 'Error: Marjorie\n at https://secret.example/zephyr.js:1:1';
    errors = [
      Object.assign(new Error('Key demo-zephyr/987654 of Marjorie exists'), { name: 'Marjorie Quibble', stack }),
      'Kumquat',
    ];

    const { report, findings, sites } = await view();
    // What the person sees is told by name; the report is not.
    expect(findings.map(({ message }) => message).join()).toContain('Marjorie');
    expect(sites.map(({ name }) => name)).toContain('secret.example:8443');
    expect(report).toContain('wrong.0: paused site-1');
    expect(report).toContain('not-sent');
    for (const word of planted) expect(report.toLowerCase(), word).not.toContain(word.toLowerCase());
    expect(report).not.toMatch(/:\/\//);
  });
});
