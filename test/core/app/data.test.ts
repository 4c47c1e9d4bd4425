import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Drafts } from '../../../core/app/drafts';
import { builtinTemplates, reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import type { Effect, HistoryEntry, Timer } from '../../../core/domain/case';
import { exportFile, importFile } from '../../../core/domain/portable';
import { runs } from '../../runs';
import { type Everything, everythingAfter, smallEverything, step } from '../domain/everything-file';
import { allOf, countOf, historyOf, putAll, rewriteHistory, rowOf } from '../store/rows';
import { DataWorld, SOURCE, value } from './data-world';
import { DAY, SITE } from './world';

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 10, 20, 9, 30);
const byKey = <T>(rows: readonly T[], keyOf: (row: T) => string) =>
  rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** Random cases of templates that no browser has by itself. */
const anyEverything = fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 3 }).map((cases) =>
  everythingAfter(cases, [
    { ...supportTemplate, id: 'ours', version: 1 },
    { ...reviewTemplate, id: 'theirs', version: 1 },
  ]),
);

/** As it is after it was taken in: nothing of it is sent by itself any more. */
const asTaken = (effect: Effect) =>
  effect.state === 'pending' || effect.state === 'sending'
    ? {
        ...effect,
        ...(effect.kind === 'notification' ? { state: 'cancelled' } : { state: 'uncertain', maybeSent: true }),
        outcome: expect.stringContaining('came from a file'),
      }
    : effect;

/** A browser with some cases of the demo desk. */
async function withCases(count: number): Promise<DataWorld> {
  const made = await DataWorld.make();
  for (let ticket = 1; ticket <= count; ticket += 1) {
    await made.world.open(String(ticket));
    await made.world.change({
      commandId: crypto.randomUUID(),
      ticketId: String(ticket),
      statusId: 'pending',
      subStatusId: 'customer-input',
    });
  }
  await made.world.pass(HOUR);
  return made;
}

/** Another browser that has taken in what is in this one. */
async function copyOf(made: DataWorld): Promise<DataWorld> {
  const copy = await DataWorld.make();
  copy.world.now = made.world.now;
  copy.world.desk = made.world.desk;
  copy.files.chosen = await made.exported();
  value(await copy.data.take(SOURCE, 'keep'));
  return copy;
}

describe('a file of everything', () => {
  it('that is exported and taken in by an empty browser is there again exactly; what was on its way is not sent', async () => {
    await fc.assert(
      fc.asyncProperty(anyEverything, async (everything) => {
        const empty = await DataWorld.make({ site: false });
        empty.files.chosen = exportFile(everything, AT);
        value(await empty.data.take(SOURCE, 'keep'));
        const file = await empty.file();
        expect(importFile(JSON.stringify(file))).toMatchObject({ ok: true });
        const timerId = (timer: Timer) => timer.timerId;
        const effectId = (effect: Effect) => effect.effectId;
        expect(file.cases).toEqual(byKey(everything.cases, ({ caseKey }) => caseKey));
        expect(file.history).toEqual(everything.history);
        expect(byKey(file.timers, timerId)).toEqual(byKey(everything.timers, timerId));
        expect(byKey(file.outbox, effectId)).toEqual(byKey(everything.outbox, effectId).map(asTaken));
        expect(file.templates).toEqual(expect.arrayContaining(everything.templates));
        const keys = (templates: readonly { id: string; version: number }[]) =>
          new Set(templates.map(({ id, version }) => `${id}@${version}`));
        expect(keys(file.templates)).toEqual(keys([...builtinTemplates, ...everything.templates]));
        const templateId = (draft: { templateId: string }) => draft.templateId;
        expect(file.drafts).toEqual(byKey(everything.drafts, templateId));
        for (const list of ['calendars', 'publications', 'sites', 'settings'] as const)
          expect(file[list]).toEqual(everything[list]);
        // A second time there is nothing to take.
        const before = await empty.content();
        const again = value(await empty.data.take(SOURCE, 'take'));
        expect(again).toMatchObject({ taken: 0, newTemplates: [], newDrafts: [], newSites: [], leftOut: [] });
        expect(await empty.content()).toEqual(before);
      }),
      { numRuns: runs(15) },
    );
  });

  it('comes in parts, with every case once, and can be read back', async () => {
    const made = await DataWorld.make({ site: false });
    made.files.chosen = exportFile(
      everythingAfter(Array.from({ length: 205 }, () => [{ do: 'change', n: 2, hours: 0 }])),
      AT,
    );
    expect(value(await made.data.take(SOURCE, 'keep')).taken).toBe(205);
    const sizes = [];
    let after: string | null = null;
    do {
      const part: { cases: number; next: string | null } = value(await made.data.exportPart(after));
      sizes.push(part.cases);
      after = part.next;
    } while (after !== null);
    expect(sizes).toEqual([100, 100, 5]);
    const file = await made.file();
    expect(new Set(file.cases.map(({ caseKey }) => caseKey)).size).toBe(205);
  });

  it('never holds a key of a help desk', async () => {
    const made = await withCases(1);
    await made.world.ctx.secrets.set(SITE.siteId, 'the-secret-key-itself', 'Erin');
    const text = await made.exported();
    expect(text).not.toContain('the-secret-key-itself');
    expect(Object.keys(JSON.parse(text))).not.toContain('secrets');
  });
});

describe('taking a file in', () => {
  it('is looked at first, which says what would happen and changes nothing', async () => {
    const theirs = await withCases(2);
    const made = await DataWorld.make();
    made.files.chosen = await theirs.exported();
    const before = await made.content();
    const look = value(await made.data.examine(SOURCE, 'keep'));
    expect(look).toMatchObject({ problems: [], taken: 2, standings: { new: 2, same: 0 }, newSites: [], leftOut: [] });
    expect(await made.content()).toEqual(before);
    expect(made.woken).toBe(0);
    expect(made.world.looksAgain).toBe(0);
    expect(value(await made.data.take(SOURCE, 'keep'))).toEqual(look);
    expect(made.woken).toBe(1);
    expect(made.reconciled).toBe(1);
    expect(made.world.looksAgain).toBe(1);
  });

  it('takes what goes on where ours ends, and keeps what is newer here', async () => {
    const made = await withCases(3);
    const copy = await copyOf(made);
    await made.world.change({ commandId: crypto.randomUUID(), ticketId: '1', statusId: 'in-progress' });
    await copy.world.change({ commandId: crypto.randomUUID(), ticketId: '2', statusId: 'closed' });
    await made.world.change({ commandId: crypto.randomUUID(), ticketId: '3', statusId: 'in-progress' });
    await copy.world.change({ commandId: crypto.randomUUID(), ticketId: '3', statusId: 'closed' });
    copy.files.chosen = await made.exported();
    const look = value(await copy.data.take(SOURCE, 'keep'));
    expect(look).toMatchObject({
      taken: 1,
      standings: { new: 0, newer: 1, older: 1, forked: 1, same: 0, 'left-out': 0 },
    });
    expect(await copy.world.status('1')).toBe('In Progress');
    expect(await copy.world.status('2')).toBe('Closed');
    expect(await copy.world.status('3')).toBe('Closed');
  });

  it('overwrites what is newer here only where the person says so, and then as a whole', async () => {
    const made = await withCases(2);
    const copy = await copyOf(made);
    await copy.world.change({ commandId: crypto.randomUUID(), ticketId: '1', statusId: 'closed' });
    copy.files.chosen = await made.exported();
    expect(value(await copy.data.examine(SOURCE, 'take'))).toMatchObject({
      taken: 1,
      standings: { older: 1, same: 1 },
    });
    value(await copy.data.take(SOURCE, 'take'));
    expect(await copy.world.status('1')).toBe('Pending – Customer Input');
    const [ours, theirs] = [await copy.file(), await made.file()];
    expect(ours.cases).toEqual(theirs.cases);
    expect(ours.history).toEqual(theirs.history);
    expect(ours.timers).toEqual(theirs.timers);
    expect(value(await copy.data.verify(null)).broken).toEqual([]);
    // What it had done since does not count as done: its timers fire again.
    const commands = (await allOf(copy.db, 'commands')).map(({ commandId }) => commandId);
    expect(new Set(commands)).toEqual(new Set(theirs.history.map(({ commandId }) => commandId)));
  });

  it('is done as a whole or not at all', async () => {
    const theirs = await withCases(3);
    const file = await theirs.file();
    const made = await withCases(0);
    // A timer of another case that is here already by this name: the last of the tables fails.
    const stolen = { ...(file.timers[0] as Timer), caseKey: 'other/1' };
    await putAll(made.db, 'timers', [stolen]);
    made.files.chosen = JSON.stringify(file);
    const before = await made.content();
    await expect(made.data.take(SOURCE, 'keep')).rejects.toThrow();
    expect(await made.content()).toEqual(before);
    expect(made.woken).toBe(0);
  });

  it('never changes a published version; the cases that live by another one of that name are left out', async () => {
    const made = await withCases(1);
    const file = await made.file();
    const copy = await DataWorld.make();
    const other = { ...file, templates: file.templates.map((one) => ({ ...one, name: `${one.name}!` })) };
    copy.files.chosen = JSON.stringify(other);
    const look = value(await copy.data.take(SOURCE, 'take'));
    expect(look).toMatchObject({ taken: 0, standings: { 'left-out': 1, new: 0 } });
    expect(look.leftOut).toContainEqual({
      what: 'Template “Support!”, version 2',
      why: expect.stringContaining('1 case that lives by it is left out'),
    });
    expect((await copy.file()).templates.map(({ name }) => name)).not.toContain('Support!');
  });

  it('R13: says of a version that the cases here go on by how many of their running timers keep other dates', async () => {
    const made = await withCases(2);
    const file = await made.file();
    const support = file.templates.find(({ id, version }) => id === 'support' && version === supportTemplate.version);
    if (!support) throw new Error('It has the Support template');
    const version = support.version + 1;
    const shorter = {
      ...support,
      version,
      timers: support.timers.map((rule) =>
        rule.id === 'close-customer-input' ? { ...rule, after: { amount: 21, unit: 'days' } } : rule,
      ),
    };
    // One of the two has left the status that the timer belongs to.
    await made.world.change({ ticketId: '2', statusId: 'in-progress', tagId: 'reproducing' });
    made.files.chosen = JSON.stringify({ ...file, templates: [...file.templates, shorter] });
    const retimes = [{ templateId: 'support', version, name: 'Support', timers: 1, cases: 1 }];
    expect(value(await made.data.examine(SOURCE, 'keep'))).toMatchObject({ retimes });
    expect(value(await made.data.take(SOURCE, 'keep'))).toMatchObject({ retimes });
    expect(value(await made.data.take(SOURCE, 'keep'))).toMatchObject({ newTemplates: [], retimes: [] });
  });

  it('refuses a file in which two sites are one help desk, and changes nothing', async () => {
    const theirs = await withCases(1);
    const file = await theirs.file();
    const [site] = file.sites;
    if (!site) throw new Error('It has a site');
    const made = await DataWorld.make({ site: false });
    made.files.chosen = JSON.stringify({
      ...file,
      sites: [site, { ...site, siteId: 'desk-2', name: 'The other', baseUrl: 'https://DESK.test:443' }],
    });
    const before = await made.content();
    const look = value(await made.data.examine(SOURCE, 'keep'));
    expect(look.problems.map(({ message }) => message)).toEqual([
      'sites → “The other” → baseUrl: is the address of “desk.test” (desk-1) as well; one help desk can be in the file once only.',
    ]);
    expect(value(await made.data.take(SOURCE, 'take'))).toMatchObject({ problems: look.problems, taken: 0 });
    expect(await made.content()).toEqual(before);
  });

  it('leaves out a help desk that is not known here, and a calendar that differs, and says so', async () => {
    const made = await DataWorld.make({ site: false });
    made.files.chosen = exportFile(smallEverything, AT);
    value(await made.data.take(SOURCE, 'keep'));
    const [site] = smallEverything.sites;
    const [calendar] = smallEverything.calendars;
    if (!site || !calendar) throw new Error('the small file has both');
    const different: Everything = {
      ...smallEverything,
      sites: [
        { ...site, siteId: 'jira-1', adapterId: 'jira', name: 'Jira', baseUrl: 'https://jira.test' },
        { ...site, siteId: 'rt-2', name: 'RT again' },
      ],
      settings: { panelPlaces: [], notifications: null },
      calendars: [{ ...calendar, holidays: [] }],
    };
    made.files.chosen = exportFile(different, AT);
    expect(value(await made.data.examine(SOURCE, 'keep')).leftOut.map(({ what }) => what)).toEqual([
      `Calendar “${calendar.id}”`,
      'Site Jira',
      'Site RT again',
    ]);
  });

  it('R2: drafts come along and go on where they were left; one that is here already stays, and that is said', async () => {
    const theirs = await DataWorld.make();
    const drafts = (made: DataWorld) => new Drafts(made.world.ctx, () => undefined);
    const support = await theirs.world.ctx.templates.newest('support');
    if (!support) throw new Error('it is always there');
    const began = value(await drafts(theirs).create('Returns', 'support'));
    value(await drafts(theirs).save({ ...support, name: 'Theirs' }, null));

    const made = await DataWorld.make();
    made.files.chosen = await theirs.exported();
    const before = await made.content();
    const look = value(await made.data.examine(SOURCE, 'keep'));
    expect(look).toMatchObject({ newDrafts: ['Returns', 'Theirs'], leftOut: [] });
    expect(await made.content()).toEqual(before);
    expect(value(await made.data.take(SOURCE, 'keep'))).toEqual(look);
    expect((await made.file()).drafts).toEqual((await theirs.file()).drafts);
    const seen = value(await drafts(made).open(began.id)).editedAt ?? 0;
    expect(
      await drafts(made).publish({ templateId: began.id, seen, note: '', moves: [], noticeDays: null }),
    ).toMatchObject({ ok: true });

    const other = await DataWorld.make();
    value(await drafts(other).save({ ...support, name: 'Ours' }, null));
    other.files.chosen = await theirs.exported();
    for (const precedence of ['keep', 'take'] as const)
      expect(value(await other.data.examine(SOURCE, precedence))).toMatchObject({
        newDrafts: ['Returns'],
        leftOut: [{ what: 'Draft “Theirs”', why: expect.stringContaining('The draft that is here stays.') }],
      });
    value(await other.data.take(SOURCE, 'take'));
    expect(value(await drafts(other).open('support')).template.name).toBe('Ours');
  });

  it('a draft that could never be published here is left out, and says why', async () => {
    const made = await DataWorld.make({ site: false });
    const [, own] = smallEverything.templates;
    const [ofVersion, ofNew] = smallEverything.drafts;
    if (!own || !ofVersion || !ofNew) throw new Error('the small file has them');
    const took = { ...smallEverything, drafts: [], cases: [], history: [], timers: [], outbox: [] };
    made.files.chosen = exportFile({ ...took, templates: [...took.templates, { ...own, id: 'new-one' }] }, AT);
    value(await made.data.take(SOURCE, 'keep'));
    const templates = smallEverything.templates.map((one) =>
      one.id === ofVersion.templateId && one.version === 1 ? { ...one, summary: 'Another first version' } : one,
    );
    made.files.chosen = exportFile({ ...took, templates, drafts: [ofVersion, ofNew] }, AT);
    const look = value(await made.data.take(SOURCE, 'keep'));
    expect(look.newDrafts).toEqual([]);
    expect(look.leftOut).toEqual(
      expect.arrayContaining([
        { what: `Draft “${ofVersion.template.name}”`, why: 'goes on from a version 1 that is another one here.' },
        { what: `Draft “${ofNew.template.name}”`, why: expect.stringContaining('here is another one') },
      ]),
    );
    expect((await made.file()).drafts).toEqual([]);
  });

  it('a file from before, which has no drafts, is taken as it was', async () => {
    const theirs = await withCases(1);
    const made = await DataWorld.make();
    const old = await theirs.exported();
    expect(JSON.parse(old)).toMatchObject({ version: 1, drafts: [] });
    value(await new Drafts(made.world.ctx, () => undefined).create('Returns', null));
    made.files.chosen = old;
    expect(value(await made.data.take(SOURCE, 'take'))).toMatchObject({ taken: 1, newDrafts: [], leftOut: [] });
    expect((await made.file()).drafts).toHaveLength(1);
  });

  it('nothing that was chosen here is changed by a file', async () => {
    const made = await DataWorld.make({ site: false });
    await made.world.ctx.settings.setPanelPlace('rt-1', { open: false, right: 1, bottom: 1 });
    await made.world.ctx.settings.setNotifications({ off: [], quiet: null, digestAbove: 9 });
    await made.world.ctx.settings.setLanguage('de');
    made.files.chosen = exportFile(smallEverything, AT);
    value(await made.data.take(SOURCE, 'take'));
    expect(await made.world.ctx.settings.panelPlace('rt-1')).toEqual({ open: false, right: 1, bottom: 1 });
    expect(await made.world.ctx.settings.notifications()).toMatchObject({ digestAbove: 9 });
    expect(await made.world.ctx.settings.language()).toBe('de');
  });

  it('brings along which templates are archived, where nothing of that was chosen here', async () => {
    const archived = async (made: DataWorld) => [...(await made.world.ctx.templates.archived())];
    const theirs = await DataWorld.make();
    await theirs.world.ctx.templates.setArchived('review', true);
    const file = await theirs.exported();
    const copy = await DataWorld.make({ site: false });
    copy.files.chosen = file;
    value(await copy.data.take(SOURCE, 'keep'));
    expect(await archived(copy)).toEqual(['review']);

    const chosen = await DataWorld.make({ site: false });
    await chosen.world.ctx.templates.setArchived('support-fast', true);
    chosen.files.chosen = file;
    value(await chosen.data.take(SOURCE, 'take'));
    expect(await archived(chosen)).toEqual(['support-fast']);

    const used = await DataWorld.make();
    const [site] = await used.world.ctx.sites.all();
    if (!site) throw new Error('no site');
    await used.world.ctx.sites.put({ ...site, templateId: 'review' });
    used.files.chosen = file;
    value(await used.data.take(SOURCE, 'keep'));
    expect(await archived(used)).toEqual([]);

    const without = await DataWorld.make();
    expect(await without.exported()).not.toContain('"archived"');
  });

  it('leaves a template that a site can begin with, whatever the file says is archived', async () => {
    const theirs = await DataWorld.make({ site: false });
    for (const { id } of await theirs.world.ctx.templates.all()) await theirs.world.ctx.templates.setArchived(id, true);
    const here = await DataWorld.make({ site: false });
    here.files.chosen = await theirs.exported();
    value(await here.data.take(SOURCE, 'keep'));
    expect(await here.world.ctx.templates.offered()).toHaveLength(1);
  });

  it('more than five overdue timers become a list, and nothing is sent', async () => {
    const theirs = await withCases(7);
    const copy = await DataWorld.make();
    copy.world.now = theirs.world.now + 40 * DAY;
    copy.files.chosen = await theirs.exported();
    const look = value(await copy.data.take(SOURCE, 'keep'));
    expect(look.overdue).toBe(14);
    const { writes } = copy.world.desk;
    await copy.world.settle();
    expect(copy.world.desk.writes).toBe(writes);
    expect(copy.world.notifications.map(({ id }) => id)).toEqual(['review']);
    expect(copy.world.badge).toBe(14);
  });

  it('a message that the other browser still owed is not sent from here, but shown at its case', async () => {
    const theirs = await DataWorld.make();
    await theirs.world.open();
    await theirs.world.change({ commandId: crypto.randomUUID(), statusId: 'awaiting-customer-confirmation' });
    const copy = await DataWorld.make();
    copy.world.now = theirs.world.now;
    const file = await theirs.file();
    copy.files.chosen = JSON.stringify({
      ...file,
      outbox: file.outbox.map((effect) => (effect.kind === 'desk-write' ? { ...effect, state: 'pending' } : effect)),
    });
    const { writes } = copy.world.desk;
    expect(value(await copy.data.take(SOURCE, 'keep')).unsent).toBe(1);
    await copy.world.pass(DAY);
    expect(copy.world.desk.writes).toBe(writes);
    const { outbox } = await copy.world.view();
    expect(outbox).toMatchObject([{ state: 'uncertain', problem: expect.stringContaining('may have sent it') }]);
  });

  it.each([
    ['nothing', ''],
    ['half a file', exportFile(smallEverything, AT).slice(0, -40)],
    ['another format', '{"format":"other"}'],
    ['a newer version', exportFile(smallEverything, AT).replace('"version": 1', '"version": 9')],
    ['a prototype', exportFile(smallEverything, AT).replace('"kind"', '"__proto__": {"polluted": true}, "kind"')],
    ['templates only', exportFile({ kind: 'templates', templates: [], calendars: [] }, AT)],
  ])('%s is refused in words, and nothing is changed', async (_what, text) => {
    const made = await withCases(1);
    made.files.chosen = text;
    const before = await made.content();
    for (const ask of ['examine', 'take'] as const) {
      const { problems, taken } = value(await made.data[ask](SOURCE, 'take'));
      expect(problems.length).toBeGreaterThan(0);
      for (const { message } of problems) expect(message).toMatch(/\.$/);
      expect(taken).toBe(0);
    }
    expect(await made.content()).toEqual(before);
    expect(made.woken).toBe(0);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('a file with a piece missing is refused and nothing is changed, or is a sound one', async () => {
    const made = await withCases(1);
    const text = exportFile(smallEverything, AT);
    const before = await made.content();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 400 }), async (from, length) => {
        made.files.chosen = text.slice(0, from) + text.slice(from + length);
        fc.pre(!importFile(made.files.chosen).ok);
        const { problems, taken } = value(await made.data.take(SOURCE, 'take'));
        expect(problems.length).toBeGreaterThan(0);
        expect(taken).toBe(0);
        expect(await made.content()).toEqual(before);
      }),
      { numRuns: runs(20) },
    );
  });

  it('a file that has gone meanwhile is said to be unreadable', async () => {
    const made = await DataWorld.make();
    expect(await made.data.take(SOURCE, 'keep')).toMatchObject({ ok: false, code: 'unreadable' });
  });
});

/** Something behind the back of the extension has made something else of the history of the second case. */
const tampered = (made: DataWorld, rewrite: (entries: HistoryEntry[]) => HistoryEntry[]) =>
  rewriteHistory(made.db, `${SITE.siteId}/2`, rewrite);

describe('the check of the histories', () => {
  it('finds all well, in parts', async () => {
    const made = await withCases(3);
    const part = value(await made.data.verify(null));
    expect(part).toMatchObject({ cases: 3, broken: [], next: null });
    expect(part.entries).toBe((await historyOf(made.db)).length);
  });

  it.each([
    [
      'an entry that was changed',
      async (made: DataWorld) => {
        await tampered(made, ([first, ...rest]) => [{ ...(first as HistoryEntry), at: 5 }, ...rest]);
      },
      { seq: 1, what: 'changed', at: 5 },
    ],
    [
      'an entry that is gone',
      async (made: DataWorld) => {
        await tampered(made, (entries) => entries.slice(1));
      },
      { seq: 1, what: 'missing', at: null },
    ],
    [
      'an end that was cut off',
      async (made: DataWorld) => {
        await tampered(made, (entries) => entries.slice(0, -1));
      },
      { what: 'missing', at: null },
    ],
    [
      'an entry that was added',
      async (made: DataWorld) => {
        await tampered(made, (entries) => [
          ...entries,
          ...entries.slice(-1).map((last) => ({ ...last, seq: last.seq + 1 })),
        ]);
      },
      { what: 'changed' },
    ],
  ])('names the first entry that does not fit: %s', async (_what, tamper, expected) => {
    const made = await withCases(3);
    await tamper(made);
    const { broken } = value(await made.data.verify(null));
    expect(broken).toEqual([
      expect.objectContaining({
        ticketId: '2',
        siteName: 'desk.test',
        url: 'https://desk.test/tickets/2',
        ...expected,
      }),
    ]);
  });

  it.each(['an entry that was changed', 'an entry that is gone', 'an entry that no file can hold'])(
    'does not keep a case out of a file: %s is marked, named when it comes in, and found there too',
    async (what) => {
      const made = await withCases(3);
      await tampered(made, ([first, ...rest]) => {
        if (what === 'an entry that is gone') return rest;
        return [
          { ...(first as HistoryEntry), at: what === 'an entry that was changed' ? 5 : ('never' as never) },
          ...rest,
        ];
      });
      const file = await made.file();
      expect(file.cases.map(({ historyBrokenAt }) => historyBrokenAt)).toEqual([undefined, 1, undefined]);

      const copy = await DataWorld.make();
      copy.files.chosen = JSON.stringify(file);
      const broken = [
        {
          what: 'Case 2 on desk.test',
          why: 'entry 1 of its history did not fit already when the file was made. It comes as it is, and “Check the histories” says so here as well.',
        },
      ];
      const look = value(await copy.data.examine(SOURCE, 'keep'));
      expect(look).toMatchObject({ problems: [], taken: 3, leftOut: [], broken });
      expect(value(await copy.data.take(SOURCE, 'keep'))).toEqual(look);
      expect(value(await copy.data.verify(null)).broken).toMatchObject([{ ticketId: '2', seq: 1 }]);
      // The mark says what the file knew; nothing of it is stored.
      const key = `${SITE.siteId}/2`;
      expect(await rowOf(copy.db, 'cases', key)).toEqual(await rowOf(made.db, 'cases', key));
      // The case goes on.
      await copy.world.change({ commandId: crypto.randomUUID(), ticketId: '2', statusId: 'closed' });
      expect(await copy.world.status('2')).toBe('Closed');
      expect((await copy.file()).cases[1]?.historyBrokenAt).toBe(1);
    },
  );

  it('a history that was changed in a file keeps its case out, and no other', async () => {
    const made = await withCases(2);
    const file = await made.file();
    const [entry] = file.history;
    if (!entry) throw new Error('It has a history');
    entry.at += 1;
    const copy = await DataWorld.make();
    copy.files.chosen = JSON.stringify(file);
    const look = value(await copy.data.take(SOURCE, 'take'));
    expect(look).toMatchObject({ problems: [], taken: 1, broken: [], standings: { new: 1, 'left-out': 1 } });
    expect(look.leftOut).toEqual([
      {
        what: 'Case 1 on desk.test',
        why: 'its history in the file was changed or is not complete: entry 1 does not fit.',
      },
    ]);
    for (const table of ['cases', 'history', 'timers', 'outbox'] as const)
      expect(new Set((await allOf(copy.db, table)).map(({ caseKey }) => caseKey)), table).toEqual(
        new Set([`${SITE.siteId}/2`]),
      );
  });
});

describe('erasing', () => {
  it('the cases of a site takes all that belongs to them, and nothing else', async () => {
    const made = await withCases(2);
    made.files.chosen = exportFile(smallEverything, AT);
    value(await made.data.take(SOURCE, 'keep'));
    const ofSite = ({ caseKey }: { caseKey: string }) => caseKey.startsWith(`${SITE.siteId}/`);
    const before = await made.content();
    expect(await made.data.erase(SITE.siteId, 'another.test')).toMatchObject({ ok: false, code: 'wrong-word' });
    expect(await made.content()).toEqual(before);
    const told = made.world.looksAgain;
    value(await made.data.erase(SITE.siteId, ' Desk.test '));
    expect(made.world.looksAgain).toBe(told + 1);
    const after = await made.content();
    for (const table of ['cases', 'history', 'timers', 'outbox', 'commands', 'checks']) {
      const left = (before[table] as { caseKey: string }[]).filter((row) => !ofSite(row));
      expect(after[table], table).toEqual(left);
    }
    expect(after.sites).toEqual(before.sites);
    expect(after.cases).toHaveLength(2);
    expect(made.files.forgotten).toBe(0);
    expect(await made.data.erase(SITE.siteId, 'desk.test')).toMatchObject({ ok: false, code: 'nothing-there' });
    // The ticket begins anew.
    await made.world.change({ commandId: crypto.randomUUID(), statusId: 'closed' });
    expect(await made.world.status()).toBe('Closed');
  });

  it('everything leaves what a new installation has', async () => {
    const made = await withCases(2);
    await made.world.ctx.secrets.set(SITE.siteId, 'the-secret-key-itself', 'Erin');
    await made.world.ctx.settings.setLanguage('de');
    expect(await made.data.erase(null, 'yes')).toMatchObject({ ok: false, code: 'wrong-word' });
    expect(await countOf(made.db, 'cases')).toBe(2);
    expect(value(await made.data.overview()).loss?.sites).toEqual(['lost.test']);
    value(await made.data.erase(null, 'Erase'));
    expect(value(await made.data.overview()).loss).toBeNull();
    expect(made.world.looksAgain).toBe(1);
    const { templates, ...others } = await made.content();
    expect(templates).toHaveLength(builtinTemplates.length);
    for (const [table, rows] of Object.entries(others)) expect(rows, table).toEqual([]);
    expect(made.files.forgotten).toBe(1);
    expect(made.reconciled).toBe(1);
    // The same worker goes on.
    expect(await made.world.ctx.templates.newest('support')).toMatchObject({ id: 'support' });
  });
});

describe('backups on a schedule', () => {
  it('are off until they are switched on, which makes the first at once', async () => {
    const made = await withCases(1);
    await made.data.mindBackups();
    expect(made.files.saved).toEqual([]);
    const backup = value(await made.data.setBackup('daily'));
    const { now } = made.world;
    expect(backup).toMatchObject({ every: 'daily', nextAt: now + DAY, last: { at: now, problem: null } });
    expect(made.files.ringsAt).toBe(now + DAY);
    expect(made.files.saved.map(({ fileName }) => fileName)).toEqual(['case-status-2026-11-17.json']);
    expect(importFile(made.files.saved[0]?.text ?? '')).toMatchObject({
      ok: true,
      value: { cases: [{ ticketId: '1' }] },
    });
  });

  it('come when their time has come, however often it is looked, and whatever rang', async () => {
    const made = await DataWorld.make();
    value(await made.data.setBackup('weekly'));
    made.world.now += 7 * DAY - 1;
    await made.data.mindBackups();
    expect(made.files.saved).toHaveLength(1);
    made.world.now += 1;
    await Promise.all([made.data.mindBackups(), made.data.mindBackups()]);
    expect(made.files.saved).toHaveLength(2);
    expect(made.files.ringsAt).toBe(made.world.now + 7 * DAY);
    // The browser has lost the alarm.
    made.files.ringsAt = null;
    await made.data.mindBackups();
    expect(made.files.ringsAt).toBe(made.world.now + 7 * DAY);
    expect(made.files.saved).toHaveLength(2);
  });

  it('that fail say why, and are tried again within the hour', async () => {
    const made = await DataWorld.make();
    made.files.outcome = 'not-allowed';
    const { now } = made.world;
    expect(value(await made.data.setBackup('daily'))).toMatchObject({
      nextAt: now + HOUR,
      last: { at: now, problem: expect.stringContaining('does not allow downloads') },
    });
    made.files.outcome = 'saved';
    made.world.now += HOUR;
    await made.data.mindBackups();
    expect(value(await made.data.overview()).backup).toMatchObject({
      nextAt: made.world.now + DAY,
      last: { problem: null },
    });
  });

  it('a clock that was ahead does not put them off for ever', async () => {
    const made = await DataWorld.make();
    made.world.now += 400 * DAY;
    value(await made.data.setBackup('daily'));
    made.world.now -= 400 * DAY;
    await made.data.mindBackups();
    expect(made.files.saved).toHaveLength(2);
    expect(made.files.ringsAt).toBe(made.world.now + DAY);
  });

  it('changed to another rhythm, none is made twice', async () => {
    const made = await DataWorld.make();
    const { now } = made.world;
    value(await made.data.setBackup('daily'));
    expect(value(await made.data.setBackup('weekly'))).toMatchObject({ every: 'weekly', nextAt: now + 7 * DAY });
    value(await made.data.setBackup('off'));
    made.world.now += 2 * DAY;
    expect(made.files.saved).toHaveLength(1);
    expect(value(await made.data.setBackup('daily'))).toMatchObject({ nextAt: made.world.now + DAY });
    expect(made.files.saved).toHaveLength(2);
  });

  it('switched off, none comes any more', async () => {
    const made = await DataWorld.make();
    value(await made.data.setBackup('daily'));
    expect(value(await made.data.setBackup('off'))).toMatchObject({
      every: 'off',
      nextAt: null,
      last: { problem: null },
    });
    made.world.now += 2 * DAY;
    await made.data.mindBackups();
    expect(made.files.saved).toHaveLength(1);
    expect(made.files.ringsAt).toBeNull();
  });
});

it('the overview counts what there is, by kind and by site', async () => {
  const made = await withCases(2);
  const { counts, changedAt, sites } = value(await made.data.overview());
  expect(counts).toMatchObject({ cases: 2, templates: builtinTemplates.length, armed: 4, owed: 0 });
  expect(counts.history).toBe((await historyOf(made.db)).length);
  expect(counts.timers).toBeGreaterThanOrEqual(4);
  expect(counts.commands).toBeGreaterThan(0);
  expect(changedAt).toBeLessThanOrEqual(made.world.now);
  expect(sites).toEqual([{ siteId: SITE.siteId, name: 'desk.test', cases: 2, word: 'desk.test' }]);
});
