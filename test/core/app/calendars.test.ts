import { describe, expect, it } from 'vitest';
import { Calendars } from '../../../core/app/calendars';
import { Drafts } from '../../../core/app/drafts';
import type { Answer } from '../../../core/contract/messages';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import type { CaseTemplate } from '../../../core/domain/template';
import { publish } from '../../../core/domain/versions';
import { DataWorld, SOURCE } from './data-world';
import { SITE, World } from './world';

const hours = [{ from: '09:00', to: '17:00' }];
const berlin: BusinessCalendar = {
  id: 'berlin',
  name: 'Berlin',
  timeZone: 'Europe/Berlin',
  week: [hours, hours, hours, hours, hours, [], []],
  holidays: [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2026-12-26', name: 'Boxing Day' },
    { date: '2027-01-01', name: 'New Year' },
  ],
};

async function setUp() {
  const world = await World.make();
  return { world, calendars: new Calendars(world.ctx) };
}

function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

/** Saves it as new, and says its version. */
async function saved(calendars: Calendars, calendar = berlin): Promise<string> {
  const outcome = value(await calendars.save(calendar, null));
  if (!outcome.saved) throw new Error(outcome.problems.map(({ message }) => message).join());
  return outcome.saved.version;
}

/** A version of the Support template that counts by a calendar, or by none. */
async function publishSupport(world: World, calendarId: string | null, change: Partial<CaseTemplate> = {}) {
  const own = await world.ctx.templates.versions('support');
  const newest = Math.max(...own.map(({ version }) => version));
  const template = { ...supportTemplate, ...change, calendarId };
  const draft = { templateId: 'support', basedOn: newest, template, editedAt: 0 };
  const made = publish(draft, own, { at: 0, by: null, note: '', calendar: berlin });
  if (!made.ok) throw new Error(made.message);
  await world.ctx.templates.publish([made], []);
}

describe('calendars', () => {
  it('are listed by name, with what counts where there is none', async () => {
    const { calendars } = await setUp();
    expect(value(await calendars.list())).toMatchObject({ calendars: [], plain: { timeZone: 'UTC', holidays: [] } });
    await saved(calendars, { ...berlin, id: 'z', name: 'Zurich' });
    await saved(calendars, { ...berlin, id: 'o', name: 'Österreich' });
    await saved(calendars);
    const listed = value(await calendars.list()).calendars;
    expect(listed.map(({ calendar }) => calendar.name)).toEqual(['Berlin', 'Österreich', 'Zurich']);
    expect(listed[0]).toEqual({ calendar: berlin, version: expect.any(String), usedBy: [] });
  });

  it('are saved over the version that was seen, and over no other', async () => {
    const { calendars } = await setUp();
    const first = await saved(calendars);
    const mine = value(await calendars.save({ ...berlin, name: 'Mine' }, first));
    expect(mine.saved?.calendar.name).toBe('Mine');
    const answer = await calendars.save({ ...berlin, name: 'Theirs' }, first);
    expect(answer).toMatchObject({ ok: false, code: 'calendar-changed' });
    expect(value(await calendars.list()).calendars.map(({ calendar }) => calendar.name)).toEqual(['Mine']);
    expect(value(await calendars.save({ ...berlin, name: 'Theirs' }, mine.saved?.version ?? '')).saved).not.toBeNull();
  });

  it('saved twice at once are saved once', async () => {
    const { calendars } = await setUp();
    const seen = await saved(calendars);
    const answers = await Promise.all(['One', 'Two', 'Three'].map((name) => calendars.save({ ...berlin, name }, seen)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('are not made over one that is there, nor brought back by saving when they were deleted', async () => {
    const { calendars } = await setUp();
    const seen = await saved(calendars);
    expect(await calendars.save({ ...berlin, name: 'Other' }, null)).toMatchObject({
      ok: false,
      code: 'calendar-here',
    });
    value(await calendars.remove('berlin', seen));
    expect(await calendars.save(berlin, seen)).toMatchObject({ ok: false, code: 'calendar-gone' });
    expect(value(await calendars.list()).calendars).toEqual([]);
  });

  it('that cannot be counted by are not saved; each problem names its place', async () => {
    const { calendars } = await setUp();
    await saved(calendars, { ...berlin, id: 'other', name: 'Madrid' });
    const overlapping = [
      { from: '09:00', to: '12:00' },
      { from: '11:00', to: '10:00' },
    ];
    const bad = { ...berlin, timeZone: 'Mars/Base', week: [overlapping, ...berlin.week.slice(1)] };
    const { saved: nothing, problems } = value(await calendars.save(bad, null));
    expect(nothing).toBeNull();
    expect(problems.map(({ path }) => path.join('.'))).toEqual(['timeZone', 'week.0.1']);
    const named = value(await calendars.save({ ...berlin, name: 'MADRID' }, null));
    expect(named).toEqual({ saved: null, problems: [{ message: expect.stringContaining('MADRID'), path: ['name'] }] });
    expect(value(await calendars.list()).calendars).toHaveLength(1);
  });
});

describe('deleting', () => {
  it('is refused in words while a template counts by it, and not after', async () => {
    const { world, calendars } = await setUp();
    const seen = await saved(calendars);
    await publishSupport(world, 'berlin');
    expect(value(await calendars.list()).calendars[0]?.usedBy).toEqual(['Support']);
    const refused = await calendars.remove('berlin', seen);
    expect(refused).toMatchObject({ ok: false, code: 'calendar-used', message: expect.stringContaining('Support') });
    expect(await world.ctx.calendars.get('berlin')).toEqual(berlin);
    await publishSupport(world, null);
    expect(await calendars.remove('berlin', seen)).toEqual({ ok: true, value: null });
    expect(await world.ctx.calendars.get('berlin')).toBeUndefined();
  });

  it('leaves a file of everything that can be taken in', async () => {
    const made = await DataWorld.make();
    const calendars = new Calendars(made.world.ctx);
    const seen = await saved(calendars);
    await publishSupport(made.world, 'berlin');
    await publishSupport(made.world, null);
    value(await calendars.remove('berlin', seen));
    const copy = await DataWorld.make();
    copy.files.chosen = await made.exported();
    expect(value(await copy.data.take(SOURCE, 'keep'))).toMatchObject({ problems: [], leftOut: [] });
    expect(await copy.file()).toMatchObject({ templates: (await made.file()).templates, calendars: [] });
  });

  it('keeps a draft that counts by it from being published, and says why', async () => {
    const { world, calendars } = await setUp();
    const drafts = new Drafts(world.ctx, () => {});
    const seen = await saved(calendars);
    const published = await world.ctx.templates.newest('support');
    if (!published) throw new Error('There is no Support');
    const kept = value(await drafts.save({ ...published, calendarId: 'berlin' }, null));
    expect(kept.review).toMatchObject({ blocked: null, findings: [] });
    value(await calendars.remove('berlin', seen));
    const why = 'The calendar that it counts by is not here any more. Choose another one, or none.';
    const next = value(await drafts.save({ ...published, calendarId: 'berlin' }, kept.editedAt));
    expect(next.review).toMatchObject({ blocked: why, findings: [{ message: why, path: ['calendarId'] }] });
    const publishing = { templateId: 'support', seen: next.editedAt, note: '', moves: [], noticeDays: null };
    expect(await drafts.publish(publishing)).toMatchObject({ ok: false, code: 'unknown-calendar' });
    const last = value(await drafts.save({ ...published, name: 'Support now' }, next.editedAt));
    expect(await drafts.publish({ ...publishing, seen: last.editedAt })).toMatchObject({ ok: true });
  });

  it('is refused while cases live by an older version that counts by it', async () => {
    const { world, calendars } = await setUp();
    const seen = await saved(calendars);
    await publishSupport(world, 'berlin');
    await world.open();
    await world.change({ statusId: 'in-progress' });
    expect((await world.stored()).record).toMatchObject({ siteId: SITE.siteId, templateVersion: 3 });
    await publishSupport(world, null, { name: 'Support now' });
    expect(await calendars.remove('berlin', seen)).toMatchObject({ ok: false, code: 'calendar-used' });
  });

  it('is refused when it was changed after it was looked at, and does nothing where it is gone', async () => {
    const { calendars } = await setUp();
    const seen = await saved(calendars);
    const newer = value(await calendars.save({ ...berlin, name: 'Newer' }, seen)).saved?.version ?? '';
    expect(await calendars.remove('berlin', seen)).toMatchObject({ ok: false, code: 'calendar-changed' });
    value(await calendars.remove('berlin', newer));
    expect(await calendars.remove('berlin', newer)).toMatchObject({ ok: false, code: 'calendar-gone' });
  });

  it('is undone by saving it as new', async () => {
    const { calendars } = await setUp();
    value(await calendars.remove('berlin', await saved(calendars)));
    expect(value(await calendars.save(berlin, null)).saved?.calendar).toEqual(berlin);
  });
});

describe('trying a calendar', () => {
  it('gives the date that a timer would get, by the calendar’s clock, and what was left out', async () => {
    const { calendars } = await setUp();
    const { dueAt, derivation } = value(
      await calendars.try(berlin, { amount: 7, unit: 'business-days' }, '2026-12-21T09:30'),
    );
    expect(new Date(dueAt).toISOString()).toBe('2026-12-31T08:30:00.000Z');
    expect(derivation.calendar).toMatchObject({
      daysOff: 2,
      holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
      moreHolidays: 0,
    });
  });

  it('says why it cannot be counted', async () => {
    const { calendars } = await setUp();
    const wait = { amount: 7, unit: 'business-days' } as const;
    for (const [calendar, tried, from, code] of [
      [{ ...berlin, week: Array.from({ length: 7 }, () => []) }, wait, '2026-12-21T09:30', 'calendar-problems'],
      [berlin, wait, '2026-02-30T09:30', 'no-such-moment'],
      [berlin, wait, '2026-12-21T25:30', 'no-such-moment'],
      [berlin, { ...wait, amount: 100_000 }, '2026-12-21T09:30', 'too-far'],
    ] as const)
      expect(await calendars.try(calendar, tried, from)).toEqual({
        ok: false,
        code,
        message: expect.stringMatching(/\.$/),
      });
  });
});

it('the holidays of a file are read from this year on, and nothing is stored', async () => {
  const { world, calendars } = await setUp();
  const text = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'DTSTART:20000101',
    'SUMMARY:New Year',
    'RRULE:FREQ=YEARLY',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\n');
  const { holidays } = value(await calendars.holidaysOfFile(text));
  expect(holidays.map(({ date }) => date.slice(0, 4))).toEqual(['2026', '2027', '2028', '2029', '2030']);
  expect(await calendars.holidaysOfFile('no calendar')).toMatchObject({ ok: false, code: 'bad-file' });
  expect(await world.ctx.calendars.all()).toEqual([]);
});
