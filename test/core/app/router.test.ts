import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Context } from '../../../core/app/context';
import type { Site } from '../../../core/app/ports';
import { makeRouter, refusalOf, type SenderFacts } from '../../../core/app/router';
import type { RequestName } from '../../../core/contract/messages';
import { siteAdapters } from '../../../core/sites';
import { DatabaseUnavailable } from '../../../core/store/database';
import { appWords } from '../../../core/words/app';
import { speak } from '../../../core/words/language';
import { allowedFrom, requestNames, validInputs } from '../contract/messages';

const site = (siteId: string, adapterId: string, baseUrl: string): Site => ({
  siteId,
  adapterId,
  name: siteId,
  baseUrl,
  templateId: 'support',
  connectedAt: 0,
});
const SITES = [site('rt-1', 'rt', 'https://desk.test/rt'), site('demo-1', 'demo', 'http://127.0.0.1:4000')];

interface Call {
  method: string;
  args: unknown[];
}

/** The router over use cases that only note who called them. */
function setUp({
  failWith,
  sites = async () => SITES,
  granted = () => true,
  settings = {},
  loadFails = failWith,
  knownFails,
  spoken = Promise.resolve(),
}: {
  failWith?: unknown;
  sites?: () => Promise<Site[]>;
  granted?: (origin: string) => boolean;
  /** The panel's settings. */
  settings?: unknown;
  loadFails?: unknown;
  knownFails?: unknown;
  /** Until then the language is not known. */
  spoken?: Promise<void>;
} = {}) {
  const calls: Call[] = [];
  const logged: unknown[] = [];
  const noting = (part: string, value: unknown) =>
    new Proxy(
      {},
      {
        get: (_target, method) => {
          // It may be waited for itself.
          if (method === 'then') return undefined;
          return async (...args: unknown[]) => {
            calls.push({ method: `${part}.${String(method)}`, args });
            if (failWith !== undefined) throw failWith;
            if (method === 'known' && knownFails !== undefined) throw knownFails;
            return method === 'ofPanel' ? settings : value;
          };
        },
      },
    );
  const parts = {
    ctx: {
      sites: { all: sites },
      log: { error: (where: string, error: unknown) => logged.push([where, error]) },
    } as unknown as Context,
    cases: noting('cases', { ok: true, value: 'done' }),
    sites: noting('sites', { ok: true, value: 'done' }),
    review: noting('review', { ok: true, value: 'done' }),
    preferences: noting('preferences', { ok: true, value: 'done' }),
    templates: async () => noting('templates', { ok: true, value: 'done' }),
    drafts: async () => noting('drafts', { ok: true, value: 'done' }),
    calendars: async () => noting('calendars', { ok: true, value: 'done' }),
    data: async () => noting('data', { ok: true, value: 'done' }),
    connection: async () => noting('connection', { ok: true, value: 'done' }),
    diagnostics: async () => noting('diagnostics', { ok: true, value: 'done' }),
    engine: noting('engine', undefined),
    spoken,
    mayAnswer: async (origin: string) => granted(origin),
    ticketIdOf: (adapterId: string, url: URL) =>
      siteAdapters.find(({ page }) => page.id === adapterId)?.page.ticketIdOf(url) ?? null,
    loadPanel: async (...args: unknown[]) => {
      calls.push({ method: 'loadPanel', args });
      if (loadFails !== undefined) throw loadFails;
    },
  } as unknown as Parameters<typeof makeRouter>[0];
  return { router: makeRouter(parts), calls, logged };
}

const tab = (tabUrl: string): SenderFacts & { kind: 'tab' } => ({ kind: 'tab', tabUrl, tabId: 5, frameId: 0 });
const TICKET = tab('https://desk.test/rt/Ticket/Display.html?id=42');
const PAGE: SenderFacts = { kind: 'page' };
const ask = (name: RequestName, change: object = {}) => ({ name, input: { ...validInputs[name], ...change } });

const namesATicket = (name: RequestName) => 'ticketId' in validInputs[name] || name === 'case.open';

/** What each request is handed over to. */
const useCase: Record<RequestName, string> = {
  'case.open': 'cases.open',
  'case.view': 'cases.view',
  'case.history': 'cases.history',
  'cases.chips': 'cases.chips',
  'case.preview': 'cases.preview',
  'case.answered': 'cases.answered',
  'case.change': 'cases.change',
  'case.undo': 'cases.undo',
  'case.hold': 'cases.hold',
  'case.moments': 'cases.moments',
  'case.snooze': 'cases.snooze',
  'case.remind-me': 'cases.remindMe',
  'case.drop-remind-me': 'cases.dropRemindMe',
  'case.not-a-reply': 'cases.notAReply',
  'case.settle-drift': 'cases.settleDrift',
  'case.clone': 'cases.clone',
  'outbox.settle': 'cases.settleEffect',
  'panel.load': 'loadPanel',
  'panel.settings': 'preferences.ofPanel',
  'panel.set-place': 'preferences.setPlace',
  'panel.set-shortcuts': 'preferences.setShortcuts',
  'sites.list': 'sites.list',
  'sites.connect': 'sites.connect',
  'sites.disconnect': 'sites.disconnect',
  'sites.set-template': 'sites.setTemplate',
  'sites.set-desk-tells': 'sites.setDeskTells',
  'sites.set-key': 'sites.setKey',
  'sites.test': 'connection.test',
  'review.list': 'review.list',
  'review.settle': 'review.settle',
  'notifications.get': 'preferences.notifications',
  'notifications.set': 'preferences.setNotifications',
  'language.get': 'preferences.language',
  'language.set': 'preferences.setLanguage',
  'setup.get': 'preferences.setup',
  'setup.set': 'preferences.setSetup',
  'policy.view': 'preferences.policy',
  'role.set': 'preferences.setRole',
  'shortcuts.get': 'preferences.shortcuts',
  'shortcuts.set': 'preferences.setShortcuts',
  'templates.list': 'templates.list',
  'templates.export': 'templates.exported',
  'templates.archive': 'templates.archive',
  'templates.examine': 'templates.examine',
  'templates.publish': 'templates.publish',
  'templates.examples': 'templates.examples',
  'templates.add-example': 'templates.addExample',
  'drafts.list': 'drafts.list',
  'drafts.create': 'drafts.create',
  'drafts.open': 'drafts.open',
  'drafts.save': 'drafts.save',
  'drafts.replay-cases': 'drafts.replayCases',
  'drafts.replay': 'drafts.replay',
  'drafts.version': 'drafts.version',
  'drafts.compare': 'drafts.compare',
  'drafts.rebase': 'drafts.rebase',
  'drafts.discard': 'drafts.discard',
  'drafts.publish': 'drafts.publish',
  'drafts.retiming': 'drafts.retiming',
  'templates.retiming': 'drafts.retimingOfPublished',
  'templates.retime': 'drafts.retime',
  'calendars.list': 'calendars.list',
  'calendars.save': 'calendars.save',
  'calendars.remove': 'calendars.remove',
  'calendars.try': 'calendars.try',
  'calendars.holidays-of-file': 'calendars.holidaysOfFile',
  'data.overview': 'data.overview',
  'data.export': 'data.exportPart',
  'data.export-frame': 'data.exportFrame',
  'data.examine': 'data.examine',
  'data.import': 'data.take',
  'data.verify': 'data.verify',
  'data.erase': 'data.erase',
  'data.settle-loss': 'data.settleLoss',
  'data.set-backup': 'data.setBackup',
  'diagnostics.view': 'diagnostics.view',
  'popup.view': 'sites.popup',
};

describe('who may send what', () => {
  const NOT_TICKET = ['not-allowed', 'not-allowed'] as const;
  /** sender -> what happens to [a ticket page's request that names the ticket, one that does not, an own page's request] */
  const senders: [string, SenderFacts, [named: string, unnamed: string, page: string]][] = [
    ['the ticket’s page', TICKET, ['done', 'done', 'not-allowed']],
    [
      'the ticket’s page with more in its address',
      tab('https://desk.test/rt/Ticket/Display.html?Force=1&id=42#txn-9'),
      ['done', 'done', 'not-allowed'],
    ],
    [
      'another ticket’s page',
      tab('https://desk.test/rt/Ticket/Display.html?id=43'),
      ['other-ticket', 'done', 'not-allowed'],
    ],
    [
      'a list of the help desk',
      tab('https://desk.test/rt/Search/Results.html?id=42'),
      ['other-ticket', 'done', 'not-allowed'],
    ],
    [
      'the same ticket number of another help desk',
      tab('http://127.0.0.1:4000/tickets/41'),
      ['other-ticket', 'done', 'not-allowed'],
    ],
    [
      'a page beside the help desk',
      tab('https://desk.test/rtx/Ticket/Display.html?id=42'),
      ['not-connected', 'not-connected', 'not-allowed'],
    ],
    [
      'another port',
      tab('https://desk.test:8443/rt/Ticket/Display.html?id=42'),
      ['not-connected', 'not-connected', 'not-allowed'],
    ],
    [
      'http instead of https',
      tab('http://desk.test/rt/Ticket/Display.html?id=42'),
      ['not-connected', 'not-connected', 'not-allowed'],
    ],
    [
      'a host that looks alike',
      tab('https://desk.test.evil.test/rt/Ticket/Display.html?id=42'),
      ['not-connected', 'not-connected', 'not-allowed'],
    ],
    ['a page of no address', tab('about:blank'), ['not-connected', 'not-connected', 'not-allowed']],
    ['a tab without an address', tab(''), ['not-connected', 'not-connected', 'not-allowed']],
    ['the extension’s own page', PAGE, [...NOT_TICKET, 'done']],
    ['somebody else', { kind: 'unknown' }, [...NOT_TICKET, 'not-allowed']],
  ];

  describe.each(senders)('%s', (_who, sender, [named, unnamed, page]) => {
    it.each(requestNames)('%s', async (name) => {
      const { router, calls } = setUp();
      const expected = allowedFrom[name] === 'page' ? page : namesATicket(name) ? named : unnamed;
      const answer = await router(ask(name), sender);
      if (expected === 'done') {
        expect(answer).toMatchObject({ ok: true });
        expect(calls.map(({ method }) => method).filter((method) => method !== 'engine.run')).toEqual([useCase[name]]);
      } else {
        expect(answer).toEqual({ ok: false, code: expected, message: expect.stringMatching(/\.$/) });
        expect(calls).toEqual([]);
      }
    });
  });

  it.each(requestNames.filter((name) => allowedFrom[name] !== 'page'))(
    'a page whose permission was taken away, or which is not allowed any more, is none of a connected site: %s',
    async (name) => {
      const withdrawn = setUp({ granted: (origin) => origin !== 'https://desk.test' });
      const untold = setUp();
      const refusal = { ok: false, code: 'not-connected', message: expect.stringMatching(/\.$/) };
      expect(await withdrawn.router(ask(name), TICKET)).toEqual(refusal);
      expect(await untold.router(ask(name), { ...TICKET, tabUrl: null })).toEqual(refusal);
      expect([...withdrawn.calls, ...untold.calls]).toEqual([]);
    },
  );

  it('takes the site from the tab, never from the message', async () => {
    const { router, calls } = setUp();
    await router(ask('case.view'), TICKET);
    await router(ask('case.view', { ticketId: '7' }), tab('http://127.0.0.1:4000/app/tickets/7'));
    await router(ask('panel.set-place'), TICKET);
    await router(ask('panel.load'), TICKET);
    expect(calls).toEqual([
      { method: 'cases.view', args: [SITES[0], '42'] },
      { method: 'cases.view', args: [SITES[1], '7'] },
      { method: 'preferences.setPlace', args: ['rt-1', validInputs['panel.set-place']] },
      { method: 'loadPanel', args: [5, 0] },
    ]);
  });

  it('sends the panel’s code on its way with the settings where it is wanted open and not there yet', async () => {
    const loads = async (open: boolean, load: boolean) => {
      const { router, calls } = setUp({ settings: { place: { open } } });
      expect(await router(ask('panel.settings', { load }), TICKET)).toMatchObject({ value: { place: { open } } });
      return calls.filter(({ method }) => method === 'loadPanel').map(({ args }) => args);
    };
    expect(await loads(true, true)).toEqual([[5, 0]]);
    expect(await loads(true, false)).toEqual([]);
    expect(await loads(false, true)).toEqual([]);
  });

  it('tells a page that begins what is known of the ticket in its address, and no other page', async () => {
    const known = async (load: boolean, sender: SenderFacts) => {
      const { router, calls } = setUp({ settings: { place: { open: false } } });
      const answer = (await router(ask('panel.settings', { load }), sender)) as { value: { known: unknown } };
      return [answer.value.known, calls.filter(({ method }) => method === 'cases.known').map(({ args }) => args)];
    };
    expect(await known(true, TICKET)).toEqual([{ ok: true, value: 'done' }, [[SITES[0], '42']]]);
    expect(await known(false, TICKET)).toEqual([null, []]);
    expect(await known(true, tab('https://desk.test/rt/Search/Results.html'))).toEqual([null, []]);
  });

  it('answers with the settings also where what is known of the ticket cannot be read', async () => {
    const { router } = setUp({ settings: { place: { open: false } }, knownFails: new Error('Broken.') });
    expect(await router(ask('panel.settings', { load: true }), TICKET)).toEqual({
      ok: true,
      value: { place: { open: false }, known: null },
    });
  });

  it('answers with the settings also where the panel’s code cannot be sent', async () => {
    const gone = new Error('No tab with id: 5.');
    const { router, logged } = setUp({ settings: { place: { open: true } }, loadFails: gone });
    expect(await router(ask('panel.settings', { load: true }), TICKET)).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(logged).toEqual([['panel', gone]]));
  });

  it('says nothing before it is known in which language, and has found the site by then', async () => {
    let known = () => {};
    const spoken = new Promise<void>((resolve) => {
      known = resolve;
    });
    let asked = 0;
    const { router, calls } = setUp({
      spoken,
      sites: async () => {
        asked += 1;
        return SITES;
      },
    });
    const answers = [router(ask('case.view'), TICKET), router({ name: 'nothing' }, TICKET)];
    await Promise.resolve();
    expect({ asked, calls }).toEqual({ asked: 2, calls: [] });
    onTestFinished(() => speak('en-GB'));
    speak('de');
    known();
    expect(await answers[0]).toMatchObject({ ok: true });
    expect(await answers[1]).toMatchObject({ message: appWords.unknownRequest });
    expect(asked).toBe(2);
  });

  it('hands on the parsed input, and nothing where something is in it that does not belong there', async () => {
    const { router, calls } = setUp();
    const { facts, agent } = validInputs['case.open'];
    const other = { name: 'case.open', input: { facts: { ...facts, siteId: 'demo-1' }, agent } };
    expect(await router(other, TICKET)).toMatchObject({ ok: false, code: 'bad-request' });
    await router(ask('case.open'), TICKET);
    await router(ask('case.change'), TICKET);
    expect(calls).toEqual([
      { method: 'cases.open', args: [SITES[0], { facts, agent }] },
      { method: 'cases.change', args: [SITES[0], validInputs['case.change']] },
    ]);
  });

  it('looks after what is due when the popup opens', async () => {
    const { router, calls } = setUp();
    await router(ask('popup.view'), PAGE);
    expect(calls.map(({ method }) => method)).toEqual(['engine.run', 'sites.popup']);
  });
});

describe('messages that do not fit', () => {
  const refused = { ok: false, code: expect.any(String), message: expect.stringMatching(/\.$/) };
  const senders = fc.constantFrom<SenderFacts>(TICKET, PAGE, { kind: 'unknown' }, tab('https://other.test/'));
  const anything = fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withBoxedValues: true,
  });
  const names = fc.constantFrom(...requestNames);

  const nothingHappens = async (message: unknown, sender: SenderFacts) => {
    const { router, calls } = setUp();
    expect(await router(message, sender)).toEqual(refused);
    expect(calls).toEqual([]);
  };

  it('anything at all changes nothing and is answered in words', async () => {
    await fc.assert(fc.asyncProperty(anything, senders, nothingHappens), { numRuns: 500 });
  });

  it('any input under a known name changes nothing', async () => {
    const isEmptyObject = (input: unknown) =>
      typeof input === 'object' && input !== null && Object.keys(input).length === 0;
    await fc.assert(
      fc.asyncProperty(names, anything, senders, async (name, input, sender) => {
        fc.pre(!isEmptyObject(input));
        await nothingHappens({ name, input }, sender);
      }),
      { numRuns: 1000 },
    );
  });

  it('a valid message with one part spoiled changes nothing', async () => {
    const spoiled = fc.constantFrom<unknown>(
      [],
      [[]],
      -1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined,
      10n,
      Symbol('x'),
      () => 1,
    );
    const paths = requestNames.flatMap((name) =>
      pathsIn(validInputs[name])
        // Much of a template may be empty or missing; its schema has tests of its own.
        .filter((path) => path[0] !== 'template' || path.length === 1)
        .map((path) => ({ name, path })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        spoiled,
        fc.constantFrom('replace', 'drop'),
        async ({ name, path }, value, how) => {
          const input = structuredClone(validInputs[name]) as Record<string, unknown>;
          const holder = path.slice(0, -1).reduce((inner, key) => inner[key] as Record<string, unknown>, input);
          const key = path.at(-1) as string;
          // These may be empty.
          const mayBeEmpty = /(^|\.)(moves|off|statuses|holidays|week\.\d)$/.test(path.join('.'));
          fc.pre(!(how === 'replace' && Array.isArray(value) && value.length === 0 && mayBeEmpty));
          if (how === 'drop') delete holder[key];
          else holder[key] = value;
          await nothingHappens({ name, input }, allowedFrom[name] === 'page' ? PAGE : TICKET);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a valid message with something added changes nothing', async () => {
    const keys = fc.oneof(fc.string(), fc.constantFrom('constructor', 'siteId', 'toString', 'site', 'from', 'sender'));
    await fc.assert(
      fc.asyncProperty(names, keys, anything, fc.boolean(), async (name, key, value, inEnvelope) => {
        const message: Record<string, unknown> = { ...ask(name) };
        const holder = inEnvelope ? message : (message.input as Record<string, unknown>);
        fc.pre(key !== '__proto__' && !Object.hasOwn(holder, key));
        holder[key] = value;
        await nothingHappens(message, allowedFrom[name] === 'page' ? PAGE : TICKET);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'case',
    'case.Open',
    ' case.open',
    'x'.repeat(10_000),
  ])('there is no request "%s"', async (name) => {
    const { router, calls } = setUp();
    for (const sender of [TICKET, PAGE])
      for (const input of [{}, { ticketId: '42' }])
        expect(await router({ name, input }, sender)).toMatchObject({ ok: false, code: 'unknown-request' });
    expect(calls).toEqual([]);
  });

  it('tells a page of our own what does not fit, and no other', async () => {
    const { router, calls } = setUp();
    const { template } = validInputs['drafts.save'];
    const statuses = Array.from({ length: 201 }, (_, index) => ({ ...template.statuses[0], id: `s-${index}` }));
    const message = { name: 'drafts.save', input: { template: { ...template, statuses }, seen: null } };
    expect(await router(message, PAGE)).toEqual({
      ok: false,
      code: 'bad-request',
      message: 'This does not fit, and nothing was changed: template → statuses: has more than 200 entries.',
    });
    expect(await router({ name: 'case.view', input: { ticketId: 7 } }, TICKET)).toMatchObject({
      message: 'The page sent something that does not fit. Nothing was changed.',
    });
    expect(calls).toEqual([]);
  });

  it('does not take keys from a prototype that a message brings along', async () => {
    const { router, calls } = setUp();
    const message = JSON.parse('{"name":"case.view","input":{"__proto__":{"ticketId":"42"}}}') as unknown;
    expect(await router(message, TICKET)).toMatchObject({ ok: false, code: 'bad-request' });
    expect(calls).toEqual([]);
    expect(({} as Record<string, unknown>).ticketId).toBeUndefined();
  });
});

/** Every path to a part of an input: `['facts', 'subject']`. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[key], ...pathsIn(part).map((path) => [key, ...path])]);
}

describe('what goes wrong underneath', () => {
  const named = (name: string, more: object = {}) =>
    Object.assign(new Error('detail that nobody should read'), { name, ...more });

  it.each([
    ['QuotaExceededError', named('QuotaExceededError'), 'storage-full'],
    [
      'a transaction that failed for lack of space',
      named('AbortError', { cause: named('QuotaExceededError') }),
      'storage-full',
    ],
    [
      'the same as a cause',
      new Error('x', { cause: new Error('y', { cause: new DOMException('z', 'QuotaExceededError') }) }),
      'storage-full',
    ],
    ['a database that cannot be opened', new DatabaseUnavailable('x'), 'storage-unavailable'],
    [
      'a database that cannot be opened for lack of space',
      new DatabaseUnavailable('x', { cause: named('QuotaExceededError') }),
      'storage-full',
    ],
    ['UnknownError', new DOMException('x', 'UnknownError'), 'storage-unavailable'],
    [
      'InvalidStateError',
      new DOMException('A mutation operation was attempted', 'InvalidStateError'),
      'storage-unavailable',
    ],
    ['SecurityError', new DOMException('x', 'SecurityError'), 'storage-unavailable'],
    ['another error', named('TypeError'), 'internal'],
    ['a thrown text', 'QuotaExceededError', 'internal'],
    ['a thrown null', null, 'internal'],
  ])('%s becomes words', async (_what, error, code) => {
    for (const [request, sender] of [
      ['case.change', TICKET],
      ['panel.load', TICKET],
      ['sites.connect', PAGE],
    ] as const) {
      const { router, logged } = setUp({ failWith: error });
      const answer = await router(ask(request), sender);
      expect(answer).toEqual({ ok: false, code, message: expect.stringContaining('Nothing was changed.') });
      expect(JSON.stringify(answer)).not.toContain('nobody should read');
      expect(logged).toEqual([[request, error]]);
    }
  });

  it('a store that cannot be opened is said before anything is looked at', async () => {
    const { router, calls } = setUp({ sites: () => Promise.reject(new DatabaseUnavailable('x')) });
    expect(await router(ask('case.view'), TICKET)).toMatchObject({ ok: false, code: 'storage-unavailable' });
    expect(calls).toEqual([]);
  });

  it('an error that causes itself ends all the same', () => {
    const loop = named('A');
    loop.cause = loop;
    expect(refusalOf(loop)).toMatchObject({ ok: false, code: 'internal' });
  });
});
