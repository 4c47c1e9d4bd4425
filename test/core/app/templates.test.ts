import { describe, expect, it, vi } from 'vitest';
import { Drafts } from '../../../core/app/drafts';
import { Sites } from '../../../core/app/sites';
import { Templates } from '../../../core/app/templates';
import { builtinTemplates, supportTemplate } from '../../../core/domain/builtin-templates';
import { exampleTemplates } from '../../../core/domain/example-templates';
import { exportFile } from '../../../core/domain/portable';
import type { CaseTemplate } from '../../../core/domain/template';
import { DAY, World } from './world';

async function setUp() {
  const world = await World.make();
  return { world, templates: new Templates(world.ctx) };
}
const fileOf = (...templates: CaseTemplate[]) => exportFile({ kind: 'templates', templates, calendars: [] }, 0);
const value = <T>(answer: { ok: true; value: T } | { ok: false; message: string }): T => {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
};
/** Support with another name for a status. */
const renamed: CaseTemplate = {
  ...supportTemplate,
  statuses: supportTemplate.statuses.map((status) => (status.id === 'new' ? { ...status, name: 'Fresh' } : status)),
};

/** As a person does who publishes what they have just looked at. */
async function publishReviewed(templates: Templates, text: string, note: string) {
  const review = await templates.examine(text);
  return templates.publish({ text, note, reviewed: review.ok ? review.value.templates : [] });
}

it('R1, R9: the templates, the Support template first', async () => {
  const { templates } = await setUp();
  expect(value(await templates.list()).map(({ id }) => id)).toEqual(builtinTemplates.map(({ id }) => id));
});

describe('a file of templates', () => {
  it('that was exported says nothing new, and publishes nothing', async () => {
    const { templates } = await setUp();
    const { fileName, text } = value(await templates.exported('support'));
    expect(fileName).toBe('support-v2.case-templates.json');
    const {
      problems,
      templates: [review],
    } = value(await templates.examine(text));
    expect(problems).toEqual([]);
    expect(review).toMatchObject({
      id: 'support',
      version: 3,
      changes: [],
      blocked: 'Nothing differs from version 2.',
    });
    expect(await publishReviewed(templates, text, '')).toMatchObject({ ok: false, code: 'not-published' });
  });

  it('is not published where a version came meanwhile that it would take back', async () => {
    const { world, templates } = await setUp();
    const summary: CaseTemplate = { ...supportTemplate, summary: 'As the file has it.' };
    const { templates: reviewed } = value(await templates.examine(fileOf(summary)));
    value(await publishReviewed(templates, fileOf(renamed), ''));
    expect(await templates.publish({ text: fileOf(summary), note: '', reviewed })).toMatchObject({
      ok: false,
      code: 'changed-meanwhile',
      message: expect.stringContaining('version 4'),
    });
    expect((await world.ctx.templates.newest('support'))?.version).toBe(3);
    expect(value(await templates.examine(fileOf(summary))).templates[0]?.changes.join()).toContain('Fresh');
    value(await publishReviewed(templates, fileOf(summary), ''));
    expect((await world.ctx.templates.newest('support'))?.version).toBe(4);
  });

  it('with a name that another template has, here or in the file, is blocked', async () => {
    const { templates } = await setUp();
    const other: CaseTemplate = { ...supportTemplate, id: 'other', name: 'review', version: 1 };
    const blocked = 'There is a template called “review” already. Give this one another name.';
    expect(value(await templates.examine(fileOf(other))).templates).toMatchObject([{ blocked, changes: [] }]);
    expect(await publishReviewed(templates, fileOf(other), '')).toMatchObject({
      ok: false,
      message: expect.stringContaining(blocked),
    });
    const twice = ['one', 'two'].map((id) => ({ ...other, id, name: 'Returns' }));
    expect(value(await templates.examine(fileOf(...twice))).templates).toMatchObject([
      { blocked: expect.stringContaining('Returns') },
      { blocked: expect.stringContaining('Returns') },
    ]);
  });

  it('R2: with a change becomes the next version, which its cases go on with', async () => {
    const { world, templates } = await setUp();
    await world.open();
    await world.change({ statusId: 'new' });
    const {
      templates: [review],
    } = value(await templates.examine(fileOf(renamed)));
    expect(review).toMatchObject({ version: 3, cases: 1, staying: 0, blocked: null });
    expect(review?.changes.join()).toContain('Fresh');
    expect((await world.view()).status.name).toBe('New');
    expect(world.looksAgain).toBe(0);
    const [support] = value(await publishReviewed(templates, fileOf(renamed), 'Plainer words'));
    expect(world.looksAgain).toBe(1);
    expect(support).toMatchObject({
      id: 'support',
      version: 3,
      versions: [{ version: 3, publishedBy: 'Erin', note: 'Plainer words' }],
    });
    expect((await world.view()).status.name).toBe('Fresh');
  });

  it('says how many cases stay behind, because what they stand in is gone', async () => {
    const { world, templates } = await setUp();
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'development' });
    const without: CaseTemplate = {
      ...supportTemplate,
      statuses: supportTemplate.statuses.map((status) => ({
        ...status,
        subStatuses: status.subStatuses.filter(({ id }) => id !== 'development'),
      })),
    };
    const {
      templates: [review],
    } = value(await templates.examine(fileOf(without)));
    expect(review).toMatchObject({ cases: 1, staying: 1 });
    value(await publishReviewed(templates, fileOf(without), ''));
    expect((await world.view()).subStatus?.name).toBe('Development');
  });

  it('R13: says how many running timers would be due at another time by it; they keep their dates, and get new ones later', async () => {
    const { world, templates } = await setUp();
    await world.open();
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    const shorter: CaseTemplate = {
      ...supportTemplate,
      timers: supportTemplate.timers.map((rule) =>
        rule.id === 'close-customer-input' ? { ...rule, after: { amount: 21, unit: 'days' } } : rule,
      ),
    };
    const reviewOf = async (text: string) => value(await templates.examine(text)).templates[0];
    expect(await reviewOf(fileOf(renamed))).toMatchObject({ cases: 1, retimes: { timers: 0, cases: 0 } });
    expect(await reviewOf(fileOf(shorter))).toMatchObject({ cases: 1, retimes: { timers: 1, cases: 1 } });
    const dueAt = async () => (await world.stored()).timers.map((timer) => timer.dueAt - world.now).toSorted();
    const before = await dueAt();
    value(await publishReviewed(templates, fileOf(shorter), ''));
    expect(await dueAt()).toEqual(before);
    const drafts = new Drafts(world.ctx, () => undefined);
    const ask = { templateId: 'support', version: 3, noticeDays: 3 };
    expect(await drafts.retimingOfPublished(ask)).toEqual({ ok: true, value: { timers: 1, cases: 1 } });
    value(await drafts.retime(ask));
    await vi.waitFor(async () => expect(await dueAt()).toContain(21 * DAY));
  });

  it('with an error of the checker is not published, and says what is wrong', async () => {
    const { world, templates } = await setUp();
    const broken: CaseTemplate = {
      ...supportTemplate,
      id: 'mine',
      name: 'Mine',
      timers: supportTemplate.timers.map((timer) =>
        timer.kind === 'auto-close' ? { ...timer, after: { amount: 1, unit: 'days' } } : timer,
      ),
    };
    const text = fileOf(renamed, broken);
    const reviews = value(await templates.examine(text)).templates;
    const blocked = reviews.filter(({ blocked }) => blocked !== null);
    expect(blocked.map(({ id }) => id)).toEqual(['mine']);
    expect(blocked[0]?.findings.some(({ severity }) => severity === 'error')).toBe(true);
    // All of a file or nothing of it.
    expect(await publishReviewed(templates, text, '')).toMatchObject({ ok: false });
    expect(await world.ctx.templates.newest('support')).toMatchObject({ version: 2 });
  });

  it.each([
    ['', 'is not JSON'],
    ['{"format":"other"}', 'was not made by Case Status Overlay'],
    [fileOf(renamed).slice(0, -50), 'line'],
    [fileOf(renamed).replace('"id": "support"', '"__proto__": {"polluted": true}, "id": "support"'), ''],
  ])('%#: that is damaged or hostile is refused with the place, and nothing is changed', async (text, words) => {
    const { world, templates } = await setUp();
    const { problems, templates: none } = value(await templates.examine(text));
    expect(none).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map(({ message }) => message).join()).toContain(words === 'is not JSON' ? '' : words);
    expect(await publishReviewed(templates, text, '')).toMatchObject({ ok: false });
    expect(await world.ctx.templates.all()).toHaveLength(builtinTemplates.length);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

it('R3: the four example flows can be added, each once', async () => {
  const { templates } = await setUp();
  const left = value(await templates.examples());
  expect(left.map(({ id }) => id)).toEqual(exampleTemplates.map(({ id }) => id));
  for (const { id } of left) {
    const now = value(await templates.addExample(id));
    expect(now.map((template) => template.id)).toContain(id);
    value(await templates.addExample(id));
  }
  expect(value(await templates.examples())).toEqual([]);
  expect(value(await templates.list())).toHaveLength(builtinTemplates.length + exampleTemplates.length);
});

describe('an archived template', () => {
  /** Tickets of the queue Returns are for a template of its own. */
  const returns: CaseTemplate = {
    ...supportTemplate,
    id: 'returns',
    name: 'Returns',
    version: 1,
    appliesTo: [{ siteId: null, queue: 'Support', type: null }],
  };
  async function withReturns() {
    const { world, templates } = await setUp();
    value(await publishReviewed(templates, fileOf(returns), ''));
    return { world, templates };
  }
  const archivedIds = async (templates: Templates) =>
    value(await templates.list()).flatMap(({ id, archived }) => (archived ? [id] : []));

  it('is not matched by new tickets any more; its cases go on by it and stay readable', async () => {
    const { world, templates } = await withReturns();
    await world.open('1');
    await world.change({ statusId: 'pending', subStatusId: 'customer-input' });
    expect((await world.ctx.cases.load('desk-1/1')).record?.templateId).toBe('returns');
    const list = value(await templates.archive('returns', true));
    expect(list.find(({ id }) => id === 'returns')).toMatchObject({ archived: true, version: 1 });
    expect(list.find(({ id }) => id === 'support')).toMatchObject({ archived: false });

    await world.open('2');
    await world.change({ ticketId: '2', statusId: 'pending', subStatusId: 'customer-input' });
    expect((await world.ctx.cases.load('desk-1/2')).record?.templateId).toBe('support');

    await world.pass(7 * DAY);
    await world.pass(21 * DAY);
    expect((await world.ctx.cases.load('desk-1/1')).record).toMatchObject({
      templateId: 'returns',
      statusId: 'closed',
    });
    await world.change({ ticketId: '1', statusId: 'in-progress' });
    expect((await world.ctx.cases.load('desk-1/1')).record).toMatchObject({
      templateId: 'returns',
      statusId: 'in-progress',
    });
  });

  it('can be brought back, and is matched again; what was published has not changed', async () => {
    const { world, templates } = await withReturns();
    const before = await world.ctx.templates.versions('returns');
    value(await templates.archive('returns', true));
    value(await templates.archive('returns', true));
    expect(await archivedIds(templates)).toEqual(['returns']);
    world.startWorker();
    expect(await archivedIds(new Templates(world.ctx))).toEqual(['returns']);
    value(await new Templates(world.ctx).archive('returns', false));
    expect(await archivedIds(new Templates(world.ctx))).toEqual([]);
    expect(await world.ctx.templates.versions('returns')).toEqual(before);
    await world.open('1');
    await world.change({ statusId: 'new' });
    expect((await world.ctx.cases.load('desk-1/1')).record?.templateId).toBe('returns');
  });

  it('is none that a site names as its own, nor the last, nor one that is not there', async () => {
    const { world, templates } = await withReturns();
    await world.open();
    expect(await templates.archive('support', true)).toEqual({
      ok: false,
      code: 'template-in-use',
      message: 'Support is the template of desk.test. Choose another one there first. Nothing was changed.',
    });
    const [site] = await world.ctx.sites.all();
    if (!site) throw new Error('no site');
    await world.ctx.sites.remove(site.siteId);
    for (const { id } of await world.ctx.templates.all())
      if (id !== 'support') value(await templates.archive(id, true));
    expect(await templates.archive('support', true)).toMatchObject({ ok: false, code: 'last-template' });
    expect(await templates.archive('nothing', true)).toMatchObject({ ok: false, code: 'unknown-template' });
    expect(await archivedIds(templates)).not.toContain('support');
  });

  it('is none that two tabs archive and choose for a site at the same time, or are the last to archive', async () => {
    const { world, templates } = await withReturns();
    await world.open();
    const sites = new Sites(
      world.ctx,
      async () => undefined,
      () => null,
    );
    const [site] = await world.ctx.sites.all();
    if (!site) throw new Error('no site');
    const answers = await Promise.all([sites.setTemplate(site.siteId, 'returns'), templates.archive('returns', true)]);
    // One of the two is done, and not both taken back.
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const used = (await world.ctx.sites.get(site.siteId))?.templateId;
    expect(await archivedIds(templates)).not.toContain(used);

    await world.ctx.sites.remove(site.siteId);
    await templates.archive('returns', false);
    const all = await world.ctx.templates.all();
    const archived = await Promise.all(all.map(({ id }) => templates.archive(id, true)));
    expect(archived.filter(({ ok }) => !ok)).toMatchObject([{ code: 'last-template' }]);
    expect(await world.ctx.templates.offered()).toHaveLength(1);
  });

  it('stays archived when a new version of it is published', async () => {
    const { templates } = await withReturns();
    value(await templates.archive('returns', true));
    value(await publishReviewed(templates, fileOf({ ...returns, summary: 'Newer' }), ''));
    expect(await archivedIds(templates)).toEqual(['returns']);
  });

  it('is neither made nor brought back in an agent’s browser', async () => {
    const { world, templates } = await withReturns();
    await world.ctx.settings.setRole('agent');
    expect(await templates.archive('returns', true)).toMatchObject({ ok: false, code: 'read-only' });
    expect(await archivedIds(templates)).toEqual([]);
  });
});
