import { describe, expect, it } from 'vitest';
import { Templates } from '../../../core/app/templates';
import { builtinTemplates, exampleTemplates, supportTemplate } from '../../../core/domain/builtin-templates';
import { exportFile } from '../../../core/domain/portable';
import type { CaseTemplate } from '../../../core/domain/template';
import { World } from './world';

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
    expect(await templates.publish(text, '')).toMatchObject({ ok: false, code: 'not-published' });
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
    const [support] = value(await templates.publish(fileOf(renamed), 'Plainer words'));
    expect(support).toMatchObject({ id: 'support', version: 3, versions: [{ version: 3, note: 'Plainer words' }] });
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
    value(await templates.publish(fileOf(without), ''));
    expect((await world.view()).subStatus?.name).toBe('Development');
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
    expect(await templates.publish(text, '')).toMatchObject({ ok: false });
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
    expect(await templates.publish(text, '')).toMatchObject({ ok: false });
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
