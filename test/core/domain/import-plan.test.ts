import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseRecord, Effect, HistoryEntry, Timer } from '../../../core/domain/case';
import { FIRST_HASH, hashText } from '../../../core/domain/history';
import { type Here, type HereCase, planImport, type Standing } from '../../../core/domain/import-plan';
import type { EverythingFile } from '../../../core/domain/portable';
import type { CaseTemplate } from '../../../core/domain/template';
import { changeStatus, emptyTemplate } from '../../../core/domain/template-edits';
import type { PublishedVersion, TemplateDraft } from '../../../core/domain/versions';
import { runs } from '../../runs';
import { smallEverything } from './everything-file';
import { randomCalendar } from './random-template';

const NOW = Date.UTC(2026, 10, 20, 9, 30);

/** New, Busy, which waits, and Done. */
const template: CaseTemplate = changeStatus(
  emptyTemplate('help', 'Help', { initial: 'New', active: 'Busy', done: 'Done' }),
  'busy',
  (status) => ({ ...status, category: 'waiting' }),
);
const other: CaseTemplate = { ...template, summary: 'Another one' };
const versionOf = (version: number, one = template): CaseTemplate => ({ ...one, version });

const nothing: EverythingFile = {
  format: 'case-status-overlay',
  version: 1,
  exportedAt: '2026-11-20T09:30:00.000Z',
  kind: 'everything',
  templates: [],
  calendars: [],
  drafts: [],
  publications: [],
  sites: [],
  settings: { panelPlaces: [], notifications: null },
  cases: [],
  history: [],
  timers: [],
  outbox: [],
};
const empty: Here = {
  templates: [],
  calendars: [],
  publications: [],
  drafts: [],
  sites: [],
  settings: { panelPlaces: [], notifications: null },
  cases: new Map(),
};
const terms = { precedence: 'keep', now: NOW, knowsDesk: () => true, broken: [] } as const;

function plan(file: Partial<EverythingFile>, here: Partial<Here> = {}, changed: Partial<typeof terms> | object = {}) {
  return planImport({ ...nothing, ...file }, { ...empty, ...here }, { ...terms, ...changed });
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('The small file has something in every list');
  return one;
}
const anyCase = first(smallEverything.cases);
const anyEntry = first(smallEverything.history);
const anyTimer = first(smallEverything.timers);
const anyEffect = first(smallEverything.outbox);
const site = { ...first(smallEverything.sites), templateId: 'help' };

/** The hashes of a history, each of which depends on all before it, as they do in a real one. */
function chain(steps: readonly string[]): string[] {
  let hash = FIRST_HASH;
  return steps.map((step) => {
    hash = hashText(hash + step);
    return hash;
  });
}

/** A case of a file with its history; at first in New. */
function lived(caseKey: string, steps: readonly string[], part: Partial<CaseRecord> = {}) {
  const hashes = chain(steps);
  const record: CaseRecord = {
    ...anyCase,
    caseKey,
    templateId: 'help',
    templateVersion: 1,
    statusId: 'new',
    lastHistorySeq: steps.length,
    lastHistoryHash: hashes.at(-1) ?? FIRST_HASH,
    ...part,
  };
  const history = hashes.map((hash, index): HistoryEntry => ({ ...anyEntry, caseKey, seq: index + 1, hash }));
  return { record, history };
}

/** What the store says of a case here, when a file has so many entries of it. */
function own(steps: readonly string[], entriesInFile: number): HereCase {
  const hashes = chain(steps);
  return {
    lastSeq: steps.length,
    lastHash: hashes.at(-1) ?? FIRST_HASH,
    hashAtTheirs: hashes[entriesInFile - 1] ?? null,
  };
}

/** One case of each standing but left-out, called by it, by the first version of the template. */
const STEPS: Record<Exclude<Standing, 'left-out'>, { theirs: string[]; ours: string[] | null }> = {
  new: { theirs: ['a'], ours: null },
  newer: { theirs: ['a', 'b', 'c'], ours: ['a', 'b'] },
  older: { theirs: ['a'], ours: ['a', 'b'] },
  forked: { theirs: ['a', 'b'], ours: ['a', 'x'] },
  same: { theirs: ['a', 'b'], ours: ['a', 'b'] },
};
const ofEach = Object.entries(STEPS).map(([standing, { theirs }]) => lived(standing, theirs));
const eachCase = {
  templates: [template],
  cases: ofEach.map(({ record }) => record),
  history: ofEach.flatMap(({ history }) => history),
};
const eachHere = new Map(
  Object.entries(STEPS).flatMap(([standing, { theirs, ours }]) =>
    ours ? [[standing, own(ours, theirs.length)] as const] : [],
  ),
);
const keysOf = (rows: readonly { caseKey: string }[]) => [...new Set(rows.map(({ caseKey }) => caseKey))];

it('an empty file changes nothing', () => {
  expect(plan({})).toEqual({
    standings: { new: 0, newer: 0, older: 0, forked: 0, same: 0, 'left-out': 0 },
    leftOut: [],
    broken: [],
    templates: [],
    overtaking: [],
    calendars: [],
    publications: [],
    drafts: [],
    sites: [],
    settings: { panelPlaces: [], notifications: null, archived: [] },
    cases: [],
    history: [],
    timers: [],
    outbox: [],
    waiting: [],
    overdue: 0,
    unsent: 0,
  });
});

describe('how a case of a file stands to the one here', () => {
  it('is said by their histories: the longer of two that begin alike is newer', () => {
    const steps = fc.array(fc.constantFrom('a', 'b'), { maxLength: 4 });
    fc.assert(
      fc.property(steps, steps, steps, (both, onlyTheirs, onlyOurs) => {
        const theirs = [...both, ...onlyTheirs.map((step) => `their ${step}`)];
        const ours = [...both, ...onlyOurs.map((step) => `our ${step}`)];
        const { record, history } = lived('rt-1/1', theirs);
        const here = { cases: new Map([['rt-1/1', own(ours, theirs.length)]]) };
        const { standings } = plan({ cases: [record], history }, here);
        const expected: Standing =
          onlyTheirs.length === 0
            ? onlyOurs.length === 0
              ? 'same'
              : 'older'
            : onlyOurs.length === 0
              ? 'newer'
              : 'forked';
        expect(standings).toEqual({ new: 0, newer: 0, older: 0, forked: 0, same: 0, 'left-out': 0, [expected]: 1 });
      }),
      { numRuns: runs(300) },
    );
  });

  it('is counted for each', () => {
    const one = { new: 1, newer: 1, older: 1, forked: 1, same: 1, 'left-out': 0 };
    expect(plan(eachCase, { cases: eachHere }).standings).toEqual(one);
    expect(plan(eachCase, { cases: eachHere }, { precedence: 'take' }).standings).toEqual(one);
    expect(plan(eachCase).standings).toEqual({ new: 5, newer: 0, older: 0, forked: 0, same: 0, 'left-out': 0 });
  });

  it('is said where one of them has not begun', () => {
    const standing = (theirs: string[], ours: string[]) => {
      const { record, history } = lived('rt-1/1', theirs);
      const { standings } = plan(
        { cases: [record], history },
        { cases: new Map([['rt-1/1', own(ours, theirs.length)]]) },
      );
      return Object.entries(standings).find(([, count]) => count === 1)?.[0];
    };
    expect(standing([], [])).toBe('same');
    expect(standing(['a'], [])).toBe('newer');
    expect(standing([], ['a'])).toBe('older');
  });

  it('is found whatever the order of the entries of different cases', () => {
    const a = lived('a', ['1', '2']);
    const b = lived('b', ['1', '3']);
    const file = {
      cases: [a.record, b.record],
      history: [a.history[0], b.history[0], b.history[1], a.history[1]].flatMap((entry) => entry ?? []),
    };
    const here = { cases: new Map(['a', 'b'].map((key) => [key, own(['1'], 2)])) };
    expect(plan(file, here).standings).toMatchObject({ newer: 2, forked: 0 });
  });
});

describe('a case that is taken', () => {
  it('has nothing here that the file lacks, unless the person says that the file counts', () => {
    expect(keysOf(plan(eachCase, { cases: eachHere }).cases)).toEqual(['new', 'newer']);
    const taken = plan(eachCase, { cases: eachHere }, { precedence: 'take' }).cases;
    expect(keysOf(taken)).toEqual(['new', 'newer', 'older', 'forked']);
  });

  it('comes as it is, with all that belongs to it and nothing of the others', () => {
    const keys = Object.keys(STEPS);
    const timers = keys.map((caseKey): Timer => ({ ...anyTimer, timerId: `timer of ${caseKey}`, caseKey }));
    const outbox = keys.map(
      (caseKey): Effect => ({ ...anyEffect, effectId: `effect of ${caseKey}`, caseKey, state: 'done' }),
    );
    const file = { ...eachCase, timers, outbox };
    for (const [precedence, wanted] of [
      ['keep', ['new', 'newer']],
      ['take', ['new', 'newer', 'older', 'forked']],
    ] as const) {
      const isWanted = ({ caseKey }: { caseKey: string }) => wanted.some((key) => key === caseKey);
      const made = plan(file, { cases: eachHere }, { precedence });
      for (const list of ['cases', 'history', 'timers', 'outbox'] as const)
        expect(made[list], list).toEqual((file[list] as { caseKey: string }[]).filter(isWanted));
    }
  });

  it('is looked after where its status waits, by its own version of the template', () => {
    const isBusyThere = changeStatus(versionOf(2), 'busy', (status) => ({ ...status, category: 'active' }));
    const cases = [
      lived('new', ['a'], { statusId: 'new' }),
      lived('busy', ['a'], { statusId: 'busy' }),
      lived('busy by 2', ['a'], { statusId: 'busy', templateVersion: 2 }),
      lived('done', ['a'], { statusId: 'done' }),
      lived('not taken', ['a'], { statusId: 'busy' }),
    ].map(({ record }) => record);
    const here = { cases: new Map([['not taken', own(['a', 'b'], 1)]]) };
    const waiting = (templates: CaseTemplate[], ours: CaseTemplate[]) =>
      plan({ templates, cases }, { ...here, templates: ours }).waiting;
    const expected = cases.filter(({ caseKey }) => caseKey === 'busy');
    expect(waiting([template, isBusyThere], [])).toEqual(expected);
    expect(waiting([template], [template, isBusyThere])).toEqual(expected);
  });
});

describe('a case whose history was broken when the file was made', () => {
  const broken = ofEach.map(({ record: { caseKey, siteId } }) => ({
    caseKey,
    siteId,
    ticketId: caseKey,
    entry: 1,
    known: true,
  }));
  const marked = { ...eachCase, cases: eachCase.cases.map((record) => ({ ...record, historyBrokenAt: 1 })) };

  it('comes where there is none of it here, without its mark', () => {
    const made = plan(marked, {}, { broken });
    expect(made.cases).toEqual(eachCase.cases);
    expect(made.broken.every(({ why }) => why.includes('comes as it is'))).toBe(true);
  });

  it('is never newer by itself than what is here: a person says which counts', () => {
    const kept = plan(marked, { cases: eachHere }, { broken });
    expect(kept.standings).toEqual({ new: 1, newer: 0, older: 0, forked: 3, same: 1, 'left-out': 0 });
    expect(keysOf(kept.cases)).toEqual(['new']);
    const taken = plan(marked, { cases: eachHere }, { broken, precedence: 'take' });
    expect(keysOf(taken.cases)).toEqual(['new', 'newer', 'older', 'forked']);
    expect(taken.broken.map(({ what, why }) => [what, /comes as it is|what is here stays/.exec(why)?.[0]])).toEqual(
      [...Object.keys(STEPS)].map((standing) => [
        `Case ${standing} on ${anyCase.siteId}`,
        standing === 'same' ? 'what is here stays' : 'comes as it is',
      ]),
    );
  });

  it('is named with its site', () => {
    const [one] = broken;
    if (!one) throw new Error('There is one');
    const sites = [{ ...site, siteId: anyCase.siteId, name: 'Our desk' }];
    expect(plan({ sites }, {}, { broken: [{ ...one, known: false, entry: 4 }] })).toMatchObject({
      standings: { 'left-out': 1 },
      leftOut: [
        {
          what: 'Case new on Our desk',
          why: 'its history in the file was changed or is not complete: entry 4 does not fit.',
        },
      ],
      broken: [],
    });
  });
});

describe('timers', () => {
  it('come as they are; those that would act now are counted as overdue', () => {
    const { record, history } = lived('rt-1/1', ['a']);
    const kept = lived('rt-1/2', ['a']);
    const timer = (timerId: string, part: Partial<Timer>): Timer => ({
      ...anyTimer,
      timerId,
      caseKey: 'rt-1/1',
      state: 'armed',
      dueAt: NOW - 1,
      nextAt: NOW - 1,
      ...part,
    });
    const overdue = [timer('before', {}), timer('now', { nextAt: NOW })];
    const others = [
      timer('later', { nextAt: NOW + 1 }),
      timer('held', { state: 'held' }),
      timer('fired', { state: 'fired' }),
      timer('cancelled', { state: 'cancelled' }),
    ];
    const timers = [...overdue, ...others];
    const file = {
      cases: [record, kept.record],
      history: [...history, ...kept.history],
      timers: [...timers, timer('of a case that stays', { caseKey: 'rt-1/2' })],
    };
    const made = plan(file, { cases: new Map([['rt-1/2', own(['a', 'b'], 1)]]) });
    expect(made.timers).toEqual(timers);
    expect(made.overdue).toBe(2);
  });
});

describe('what the other browser was to send', () => {
  const { record, history } = lived('rt-1/1', ['a']);
  const states = ['pending', 'sending', 'done', 'failed', 'uncertain', 'cancelled'] as const;
  const effectsOf = (kind: Effect['kind']) =>
    states.map((state): Effect => ({ ...anyEffect, effectId: state, caseKey: 'rt-1/1', kind, state, outcome: null }));
  const outboxOf = (outbox: Effect[]) => plan({ cases: [record], history, outbox });

  it('may have gone out: a person looks before it goes out from here', () => {
    const outbox = effectsOf('desk-write');
    const unsure = {
      state: 'uncertain',
      maybeSent: true,
      outcome:
        'It came from a file: the browser that wrote the file may have sent it. Look at the ticket before you send it again.',
    };
    const [pending, sending, ...settled] = outbox;
    const made = outboxOf(outbox);
    expect(made.outbox).toEqual([{ ...pending, ...unsure }, { ...sending, ...unsure }, ...settled]);
    expect(made.unsent).toBe(2);
  });

  it('to its own person, is dropped and not counted', () => {
    const outbox = effectsOf('notification');
    const dropped = { state: 'cancelled', outcome: 'It came from a file.' };
    const [pending, sending, ...settled] = outbox;
    const made = outboxOf(outbox);
    expect(made.outbox).toEqual([{ ...pending, ...dropped }, { ...sending, ...dropped }, ...settled]);
    expect(made.unsent).toBe(0);
  });

  it('for a case that stays as it is, is neither taken nor counted', () => {
    const made = plan(
      { cases: [record], history, outbox: effectsOf('desk-write') },
      { cases: new Map([['rt-1/1', own(['a', 'b'], 1)]]) },
    );
    expect(made.outbox).toEqual([]);
    expect(made.unsent).toBe(0);
  });
});

describe('a template', () => {
  const published = (version: number): PublishedVersion => ({
    templateId: 'help',
    version,
    publishedAt: NOW,
    publishedBy: null,
    note: '',
    changes: [],
  });

  it('is taken in the versions that are not here, with what is known of their publication', () => {
    const reversed = Object.fromEntries(Object.entries(template).reverse()) as CaseTemplate;
    const made = plan(
      {
        templates: [reversed, versionOf(2), { ...template, id: 'elsewhere' }],
        publications: [published(1), published(2)],
      },
      { templates: [template], publications: [published(1)] },
    );
    expect(made.templates).toEqual([versionOf(2), { ...template, id: 'elsewhere' }]);
    expect(made.publications).toEqual([published(2)]);
    // The same content in another order is the same.
    expect(made.leftOut).toEqual([]);
  });

  it('is what its cases here go on by, where the newest of its versions is newer than the newest here', () => {
    const one = { ...template, id: 'one' };
    const templates = [versionOf(2), versionOf(4), versionOf(3), one, { ...template, id: 'elsewhere' }];
    const made = plan({ templates }, { templates: [template, versionOf(2, template), versionOf(2, one)] });
    expect(made.overtaking).toEqual([versionOf(4)]);
  });

  it('that is here gets what was not known of its publication', () => {
    const made = plan({ templates: [template], publications: [published(1)] }, { templates: [template] });
    expect(made.templates).toEqual([]);
    expect(made.publications).toEqual([published(1)]);
  });

  it.each([
    [0, ''],
    [1, ' 1 case that lives by it is left out with it.'],
    [2, ' 2 cases that live by it are left out with it.'],
  ])(
    'that is here with other content is left out, with the %i cases that live by it, whoever counts',
    (count, more) => {
      const here = { templates: [other], cases: new Map([['case 1', own(['a'], 2)]]) };
      const cases = Array.from({ length: count }, (_, index) => lived(`case ${index}`, ['a', 'b']));
      const added = [{ ...template, id: 'else' }];
      const sound = [lived('by another', ['a'], { templateId: 'else' })];
      const file = {
        templates: [template, ...added],
        publications: [published(1)],
        cases: [...cases, ...sound].map(({ record }) => record),
        history: [...cases, ...sound].flatMap(({ history }) => history),
      };
      for (const precedence of ['keep', 'take']) {
        const made = plan(file, here, { precedence });
        expect(made.leftOut).toEqual([
          {
            what: 'Template “Help”, version 1',
            why: `is here already with other content, and what was published never changes.${more}`,
          },
        ]);
        expect(made.templates).toEqual(added);
        expect(made.publications).toEqual([]);
        expect(made.cases).toEqual(sound.map(({ record }) => record));
        expect(made.history).toEqual(sound.flatMap(({ history }) => history));
        expect(made.standings).toEqual({ new: 1, newer: 0, older: 0, forked: 0, same: 0, 'left-out': count });
      }
    },
  );

  it('of which one version is here with other content is another template: none of its versions is mixed with ours', () => {
    const cases = [
      lived('by 1', ['a']),
      lived('by 2', ['a'], { templateVersion: 2 }),
      lived('by 3', ['a'], { templateVersion: 3 }),
    ];
    const file = {
      templates: [3, 1, 2].map((version) => versionOf(version)),
      publications: [published(1), published(2), published(3)],
      cases: cases.map(({ record }) => record),
      history: cases.flatMap(({ history }) => history),
    };
    const here = { templates: [template, versionOf(2, other)], publications: [published(1), published(2)] };
    for (const precedence of ['keep', 'take']) {
      const made = plan(file, here, { precedence });
      expect(made.templates).toEqual([]);
      expect(made.publications).toEqual([]);
      // What is the same here is no reason to leave a case out.
      expect(keysOf(made.cases)).toEqual(['by 1']);
      expect(made.standings).toMatchObject({ new: 1, 'left-out': 2 });
      expect(made.leftOut).toEqual([
        {
          what: 'Template “Help”, version 3',
          why: 'belongs to another template than the one here, whose version 2 has other content. 1 case that lives by it is left out with it.',
        },
        {
          what: 'Template “Help”, version 2',
          why: 'is here already with other content, and what was published never changes. 1 case that lives by it is left out with it.',
        },
      ]);
    }
  });

  it('of which an earlier version is missing here as well is left out with the one that differs', () => {
    const made = plan({ templates: [template, versionOf(2)] }, { templates: [versionOf(2, other)] });
    expect(made.templates).toEqual([]);
    expect(made.leftOut.map(({ what }) => what)).toEqual(['Template “Help”, version 1', 'Template “Help”, version 2']);
  });
});

describe('a calendar', () => {
  it('is added, and never changed', () => {
    const added = { ...randomCalendar, id: 'paris' };
    const changed = { ...randomCalendar, name: 'Elsewhere' };
    const here = { calendars: [randomCalendar] };
    expect(plan({ calendars: [randomCalendar, added] }, here)).toMatchObject({ calendars: [added], leftOut: [] });
    expect(plan({ calendars: [changed, added] }, here)).toMatchObject({
      calendars: [added],
      leftOut: [{ what: 'Calendar “berlin”', why: 'is here already, and differs. The one that is here stays.' }],
    });
  });
});

describe('a site', () => {
  const elsewhere = { ...site, siteId: 'jira-1', adapterId: 'jira', name: 'Jira', baseUrl: 'https://jira.test' };

  it('is added, and never changed', () => {
    const changed = { ...site, name: 'Another name' };
    expect(plan({ sites: [changed, elsewhere] }, { sites: [site] })).toMatchObject({ sites: [elsewhere], leftOut: [] });
  });

  it('of a help desk that is not known here is left out', () => {
    const knowsDesk = (adapterId: string) => adapterId === 'rt';
    expect(plan({ sites: [site, elsewhere] }, {}, { knowsDesk })).toMatchObject({
      sites: [site],
      leftOut: [{ what: 'Site Jira', why: 'is a help desk that this version of the extension does not know.' }],
    });
  });

  it.each(['https://rt.example.com/rt', 'https://RT.example.com:443/rt'])(
    'at %s, which is connected here by another name, is left out',
    (baseUrl) => {
      const sites = [{ ...elsewhere, baseUrl }];
      expect(
        plan({ sites }, { sites: [site, { ...site, siteId: 'rt-2', baseUrl: 'https://two.test' }] }),
      ).toMatchObject({
        sites: [],
        leftOut: [{ what: 'Site Jira', why: 'is connected here already, by another name.' }],
      });
    },
  );
});

describe('a draft', () => {
  const draft = (part: Partial<TemplateDraft> = {}): TemplateDraft => ({
    templateId: 'help',
    basedOn: null,
    template,
    editedAt: NOW,
    ...part,
  });
  const ofVersion1 = draft({ basedOn: 1, template: versionOf(2, { ...template, name: 'Help 2' }) });

  it('goes on where it was left', () => {
    const drafts = [ofVersion1, draft({ templateId: 'fresh', template: { ...template, id: 'fresh' } })];
    expect(plan({ templates: [template], drafts })).toMatchObject({ drafts, leftOut: [] });
    expect(plan({ templates: [template], drafts }, { templates: [template] })).toMatchObject({ drafts, leftOut: [] });
  });

  it('of another template does not stand in its way', () => {
    const here = {
      templates: [template],
      drafts: [draft({ templateId: 'else', template: { ...template, id: 'else' } })],
    };
    expect(plan({ drafts: [ofVersion1] }, here)).toMatchObject({ drafts: [ofVersion1], leftOut: [] });
  });

  it('that is here stays, also where the cases of the file count; that is said where it differs', () => {
    const here = { templates: [template], drafts: [ofVersion1] };
    const file = { templates: [template], drafts: [ofVersion1] };
    const later = { templates: [template], drafts: [{ ...ofVersion1, editedAt: NOW + 1 }] };
    const differs = { templates: [template], drafts: [{ ...ofVersion1, template: versionOf(2) }] };
    for (const precedence of ['keep', 'take']) {
      expect(plan(file, here, { precedence })).toMatchObject({ drafts: [], leftOut: [] });
      expect(plan(later, here, { precedence })).toMatchObject({ drafts: [], leftOut: [] });
      expect(plan(differs, here, { precedence })).toMatchObject({
        drafts: [],
        leftOut: [{ what: 'Draft “Help”', why: 'is being worked on here already. The draft that is here stays.' }],
      });
    }
  });

  it('that goes on from a version which is left out with its template is left out', () => {
    const file = { templates: [template, versionOf(2)], drafts: [{ ...ofVersion1, basedOn: 2 }] };
    expect(plan(file, { templates: [other] })).toMatchObject({
      drafts: [],
      leftOut: [{}, {}, { what: 'Draft “Help 2”', why: 'goes on from version 2, which is left out.' }],
    });
  });

  it('that goes on from a version which is another one here is left out; from any other version it is not', () => {
    const here = { templates: [other, versionOf(2)] };
    const file = { templates: [template, versionOf(2)] };
    const conflict = {
      what: 'Template “Help”, version 1',
      why: 'is here already with other content, and what was published never changes.',
    };
    expect(plan({ ...file, drafts: [ofVersion1] }, here)).toMatchObject({
      drafts: [],
      leftOut: [conflict, { what: 'Draft “Help 2”', why: 'goes on from a version 1 that is another one here.' }],
    });
    const ofVersion2 = { ...ofVersion1, basedOn: 2 };
    expect(plan({ ...file, drafts: [ofVersion2] }, here)).toMatchObject({ drafts: [ofVersion2], leftOut: [conflict] });
  });

  it('of a new template is left out where another one has its id', () => {
    const here = { templates: [{ ...template, id: 'else' }, template] };
    expect(plan({ drafts: [draft()] }, here)).toMatchObject({
      drafts: [],
      leftOut: [
        { what: 'Draft “Help”', why: 'is a new template there, and here is another one of that name already.' },
      ],
    });
  });
});

describe('settings', () => {
  const notifications = { off: [], quiet: null, digestAbove: 9 };

  it('of a panel are taken for the sites whose panel nobody has moved here', () => {
    const place = { siteId: 'rt-1', open: true, right: 16, bottom: 0 };
    const added = { ...place, siteId: 'rt-2' };
    const here = { settings: { panelPlaces: [{ ...place, open: false }], notifications: null } };
    const settings = { panelPlaces: [place, added], notifications: null };
    expect(plan({ settings }, here).settings.panelPlaces).toEqual([added]);
  });

  it('of notifications are taken where nobody has chosen here', () => {
    const settings = { panelPlaces: [], notifications };
    const chosen = { panelPlaces: [], notifications: { ...notifications, digestAbove: 1 } };
    expect(plan({ settings }).settings.notifications).toEqual(notifications);
    expect(plan({ settings }, { settings: chosen }).settings.notifications).toBeNull();
  });

  describe('say which templates are archived', () => {
    const settings = { panelPlaces: [], notifications: null, archived: ['help'] };
    const other = { ...template, id: 'else' };
    const archived = (file: Partial<EverythingFile>, here: Partial<Here> = {}) =>
      plan({ settings, ...file }, here).settings.archived;

    it('of those that are in the file or here', () => {
      expect(archived({ templates: [template] }, { templates: [other] })).toEqual(['help']);
      expect(archived({ templates: [other] }, { templates: [template] })).toEqual(['help']);
      expect(archived({ templates: [other] }, { templates: [] })).toEqual([]);
    });

    it('but for those that a site uses, in the file or here', () => {
      expect(archived({ templates: [template], sites: [site] }, { templates: [other] })).toEqual([]);
      expect(archived({ templates: [template] }, { templates: [other], sites: [site] })).toEqual([]);
      const sites = [{ ...site, templateId: 'else' }];
      expect(archived({ templates: [template], sites }, { templates: [other] })).toEqual(['help']);
    });

    it('but for the first that there is, where none would be left', () => {
      expect(archived({ templates: [template] })).toEqual([]);
      const both = { panelPlaces: [], notifications: null, archived: ['else', 'help'] };
      expect(archived({ templates: [template], settings: both }, { templates: [other] })).toEqual(['help']);
      expect(archived({ templates: [other], settings: both }, { templates: [template] })).toEqual(['else']);
    });

    it('where nothing of that was chosen here', () => {
      const own = { panelPlaces: [], notifications: null, archived: ['else'] };
      expect(archived({ templates: [template] }, { settings: own })).toEqual([]);
    });
  });
});
