import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinTemplates, supportTemplate as shippedTemplate } from '../../../core/domain/builtin-templates';
import { HistoryEntry } from '../../../core/domain/case';
import { sealEntry } from '../../../core/domain/history';
import type { EverythingFile, PortableFile, TemplatesFile } from '../../../core/domain/portable';
import { conflictsWith, exportFile, importFile, MAX_LENGTH, rowsText } from '../../../core/domain/portable';
import { runs } from '../../runs';
import { anyEverything, smallEverything } from './everything-file';
import { anyTemplate, publishableTemplate, randomCalendar } from './random-template';

const AT = Date.UTC(2026, 10, 20, 9, 30);
/** As a first version, whatever is shipped by now. */
const supportTemplate = { ...shippedTemplate, version: 1 };
const head = { format: 'case-status-overlay', version: 1, exportedAt: '2026-11-20T09:30:00.000Z' };
const templates = { kind: 'templates' as const, templates: [supportTemplate], calendars: [randomCalendar] };

/** Each kind of fault has one code, for tests and for screens. */
const CODES: [RegExp, string][] = [
  [/is there twice\.$/, 'doubled'],
  [/ends with a space\.$/, 'shape'],
  [/calendarId: names something/, 'unknown-calendar'],
  [/(?:templateId|basedOn): names something/, 'unknown-template'],
  [/belongs to a template/, 'unknown-template'],
  [/: is not “/, 'other-id'],
  [/belongs to a case/, 'unknown-case'],
  [/is another case\.$/, 'unknown-case'],
  [/than its case has reached\.$/, 'wrong-generation'],
  [/is not the site of its case\.$/, 'other-site'],
  [/its template does not have\.$/, 'unknown-status'],
  [/of its history that does not fit/, 'broken-history'],
];

/** What is said about a text; nothing where it is taken. */
function messages(text: string): string[] {
  const imported = importFile(text);
  if (imported.ok) return [];
  expect(imported.problems).not.toEqual([]);
  for (const { code, message } of imported.problems)
    for (const [words, expected] of CODES) if (words.test(message)) expect(code, message).toBe(expected);
  return imported.problems.map(({ message }) => message);
}

/** What is said about the small file of everything, with one change. */
function afterChange(change: (file: Mutable<EverythingFile>) => void): string[] {
  const file = JSON.parse(exportFile(smallEverything, AT));
  change(file);
  return messages(JSON.stringify(file));
}
/** And about a file of the Support template. */
function afterTemplates(change: (file: Mutable<TemplatesFile>) => void): string[] {
  const file = JSON.parse(exportFile(templates, AT));
  change(file);
  return messages(JSON.stringify(file));
}
/** A file with anything in it. */
type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { [K in keyof T]: Mutable<T[K]> } & Record<string, unknown>
    : T;

function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new Error(`There is no ${index}`);
  return item;
}

describe('files come back exactly as they went out', () => {
  const isExact = (content: Parameters<typeof exportFile>[0]) => {
    const text = exportFile(content, AT);
    const imported = importFile(text);
    expect(imported).toEqual({ ok: true, value: { ...head, ...content }, broken: [] });
    if (imported.ok) expect(exportFile(contentOf(imported.value), AT)).toBe(text);
  };
  const contentOf = (file: PortableFile) => {
    const { format: _format, version: _version, exportedAt: _exportedAt, ...content } = file;
    return content as Parameters<typeof exportFile>[0];
  };

  it('the templates that come with the extension', () => {
    isExact({ kind: 'templates', templates: [...builtinTemplates], calendars: [] });
  });

  it('no templates at all', () => {
    isExact({ kind: 'templates', templates: [], calendars: [] });
  });

  it.each([
    ['any template', anyTemplate],
    ['any that can be published', publishableTemplate],
  ])('%s, in several versions', (_what, template) => {
    fc.assert(
      fc.property(
        template(),
        fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 3 }),
        (one, versions) => {
          const all = versions.map((version) => ({ ...one, version }));
          isExact({ kind: 'templates', templates: all, calendars: [randomCalendar] });
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it('everything, after cases have lived through real decisions', () => {
    fc.assert(
      fc.property(anyEverything(), (content) => isExact(content)),
      { numRuns: runs(60) },
    );
    isExact(smallEverything);
    isExact({ ...smallEverything, settings: { panelPlaces: [], notifications: null } });
    isExact({ ...smallEverything, settings: { panelPlaces: [], notifications: null, archived: ['review'] } });
  });

  it('with half of a pair of surrogates, line separators and zeros in texts', () => {
    const summary = '\ud83d \udc4d \u2028 \u0000 \u007f \ufeff </script> =1+1 \\ "';
    isExact({ ...templates, templates: [{ ...supportTemplate, summary }] });
  });

  it('are read by people: in the order of the schema, indented, whatever the order of the keys was', () => {
    const text = exportFile(templates, AT);
    expect(
      text.startsWith(`{
  "format": "case-status-overlay",
  "version": 1,
  "exportedAt": "2026-11-20T09:30:00.000Z",
  "kind": "templates",
  "templates": [
    {
      "id": "support",
      "name": "Support",
`),
    ).toBe(true);
    expect(text.endsWith('\n}\n')).toBe(true);
    const backwards = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    const shuffled = backwards({ ...templates, templates: [backwards(supportTemplate)] }) as typeof templates;
    expect(exportFile(shuffled, AT)).toBe(text);
  });

  it('are indented as JSON is, also where the rows of a list are written by themselves', () => {
    const text = exportFile(smallEverything, AT);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    for (const list of ['cases', 'history', 'timers', 'outbox'] as const) {
      expect(smallEverything[list].length, list).toBeGreaterThan(0);
      expect(text).toContain(`\n  "${list}": [\n${rowsText(list, smallEverything[list])}\n  ]`);
    }
    expect(rowsText('cases', [])).toBe('');
  });

  it('are not written with what could not be read back', () => {
    const broken = { ...templates, templates: [{ ...supportTemplate, name: '' }] };
    expect(() => exportFile(broken, AT)).toThrow();
    const secret = { ...smallEverything, secrets: ['hush'] };
    expect(() => exportFile(secret, AT)).toThrow();
  });
});

describe('what is no file of ours is refused', () => {
  it.each([
    ['', 'The file is not JSON: it ends too early (line 1, column 1).'],
    ['{"kind": "everyth', 'The file is not JSON: it ends too early (line 1, column 18).'],
    ['PK\u0003\u0004', 'The file is not JSON: “P” is not expected here (line 1, column 1).'],
    ['\ufeff{}', 'The file is not JSON: the character U+FEFF is not expected here (line 1, column 1).'],
    ['{"a":1,\n"a":2}', 'The file has “a” twice (line 2, column 1).'],
    [
      '{"templates":[{"name":"Support","__proto__":1}]}',
      'templates → “Support”: has “__proto__”, which is not allowed (line 1, column 33).',
    ],
    [
      '{"templates":[{"name":"Support","version":1e3}]}',
      'templates → “Support” → version: is not a plain whole number: 1e3 (line 1, column 43).',
    ],
    ['[]', 'The file was not made by Case Status Overlay: its “format” is not “case-status-overlay”.'],
    ['null', 'The file was not made by Case Status Overlay: its “format” is not “case-status-overlay”.'],
    [
      '"case-status-overlay"',
      'The file was not made by Case Status Overlay: its “format” is not “case-status-overlay”.',
    ],
    ['{"format":"har"}', 'The file was not made by Case Status Overlay: its “format” is not “case-status-overlay”.'],
    ['{"format":"case-status-overlay"}', 'version: is not 1.'],
    ['{"format":"case-status-overlay","version":0}', 'version: is not 1.'],
    ['{"format":"case-status-overlay","version":"2"}', 'version: is not 1.'],
    [
      '{"format":"case-status-overlay","version":2,"kind":"news","more":[]}',
      'version: the file is of version 2, made by a newer version of the extension; here, up to 1 is read. Update the extension first.',
    ],
    ['{"format":"case-status-overlay","version":1}', 'kind: is none of “templates”, “everything”.'],
    ['{"format":"case-status-overlay","version":1,"kind":"toString"}', 'kind: is none of “templates”, “everything”.'],
  ])('%s', (text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  it('and so is what is too deep, however deep', () => {
    expect(messages('['.repeat(5_000_000))).toEqual([
      expect.stringMatching(/has more than 60 lists and objects within each other \(line 1, column 61\)\.$/),
    ]);
  });

  it('and what is too large: 5 MB of templates', () => {
    const text = exportFile(templates, AT);
    const padded = text + ' '.repeat(MAX_LENGTH.templates - text.length);
    expect(MAX_LENGTH).toEqual({ templates: 5_000_000, everything: 500_000_000 });
    expect(messages(padded)).toEqual([]);
    expect(messages(`${padded} `)).toEqual(['The file is too large: at most 5 MB are read.']);
    const everything = exportFile(smallEverything, AT);
    expect(messages(everything + ' '.repeat(MAX_LENGTH.templates))).toEqual([]);
  });

  it('or 500 MB of anything, before it is looked at', () => {
    const text = ' '.repeat(MAX_LENGTH.everything);
    expect(messages(`${text} `)).toEqual(['The file is too large: at most 500 MB are read.']);
  });

  it('with the code, the path and the severity of each problem', () => {
    const imported = importFile('{"format":"case-status-overlay","version":2}');
    expect(imported).toEqual({
      ok: false,
      problems: [
        { severity: 'error', code: 'newer-version', path: ['version'], message: expect.any(String), example: [] },
      ],
    });
    const code = (text: string) => {
      const refused = importFile(text);
      return refused.ok ? null : refused.problems.map((problem) => problem.code);
    };
    expect(code('[')).toEqual(['not-json']);
    expect(code('{}')).toEqual(['other-format']);
    expect(code('{"format":"case-status-overlay","version":9}')).toEqual(['newer-version']);
    expect(code('{"format":"case-status-overlay","version":-9}')).toEqual(['shape']);
    expect(code('{"format":"case-status-overlay","version":1,"kind":1}')).toEqual(['shape']);
    expect(code(`${exportFile(templates, AT)}${' '.repeat(MAX_LENGTH.templates)}`)).toEqual(['too-large']);
  });
});

describe('a damaged file is refused, with the place and the reason', () => {
  const pending = 'templates → “Support” → statuses → “Pending”';
  const statusOf = (file: Mutable<TemplatesFile>, index: number) => at(at(file.templates, 0).statuses, index);

  it.each<[string, (file: Mutable<TemplatesFile>) => void, string[]]>([
    [
      'an empty name',
      (f) => {
        statusOf(f, 2).name = '';
      },
      ['templates → “Support” → statuses → “pending” → name: is empty.'],
    ],
    [
      'a name of spaces',
      (f) => {
        statusOf(f, 2).name = '  ';
      },
      ['templates → “Support” → statuses → “  ” → name: is empty.'],
    ],
    [
      'spaces around a name',
      (f) => {
        statusOf(f, 2).name = ' Pending';
      },
      ['templates → “Support” → statuses → “ Pending” → name: begins or ends with a space.'],
    ],
    [
      'a long name',
      (f) => {
        statusOf(f, 2).name = 'x'.repeat(121);
      },
      [`templates → “Support” → statuses → “${'x'.repeat(60)}…” → name: is longer than 120 characters.`],
    ],
    [
      'no text',
      (f) => {
        Object.assign(statusOf(f, 2), { name: 5 });
      },
      ['templates → “Support” → statuses → “pending” → name: is not a text.'],
    ],
    [
      'a missing key',
      (f) => {
        Reflect.deleteProperty(statusOf(f, 2), 'category');
      },
      [`${pending} → category: is missing.`],
    ],
    [
      'an unknown key',
      (f) => {
        statusOf(f, 2).colr = null;
      },
      [`${pending}: has “colr”, which is not known here.`],
    ],
    [
      'unknown keys at the top',
      (f) => {
        f.secrets = 1;
        f.outbox = [];
      },
      ['The file has “secrets”, which is not known here.', 'The file has “outbox”, which is not known here.'],
    ],
    [
      'another word',
      (f) => {
        Object.assign(statusOf(f, 2), { category: 'late' });
      },
      [`${pending} → category: is none of “initial”, “active”, “waiting”, “done”.`],
    ],
    [
      'no colour',
      (f) => {
        statusOf(f, 2).colour = 'url(x)';
      },
      [`${pending} → colour: is not a colour such as #1a7f37.`],
    ],
    [
      'no yes or no',
      (f) => {
        Object.assign(statusOf(f, 2), { retired: 0 });
      },
      [`${pending} → retired: is not true or false.`],
    ],
    [
      'no list',
      (f) => {
        Object.assign(statusOf(f, 2), { tags: {} });
      },
      [`${pending} → tags: is not a list.`],
    ],
    [
      'no object',
      (f) => {
        Object.assign(statusOf(f, 2), { meaning: null });
      },
      [`${pending} → meaning: is not an object.`],
    ],
    [
      'no record',
      (f) => {
        Object.assign(at(f.templates, 0), { native: [] });
      },
      ['templates → “Support” → native: is not an object.'],
    ],
    [
      'no number',
      (f) => {
        Object.assign(at(f.templates, 0), { version: '1' });
      },
      ['templates → “Support” → version: is not a whole number.'],
    ],
    [
      'a small number',
      (f) => {
        at(f.templates, 0).version = 0;
      },
      ['templates → “Support” → version: is less than 1.'],
    ],
    [
      'a large number',
      (f) => {
        at(f.templates, 0).version = 1_000_001;
      },
      ['templates → “Support” → version: is more than 1000000.'],
    ],
    [
      'no statuses',
      (f) => {
        at(f.templates, 0).statuses = [];
      },
      ['templates → “Support” → statuses: has fewer than 1 entries.'],
    ],
    [
      'too many tags',
      (f) => {
        statusOf(f, 2).tags = Array.from({ length: 5001 }, (_, n) => ({ id: `t${n}`, name: `${n}`, retired: false }));
      },
      [`${pending} → tags: has more than 5000 entries.`],
    ],
    [
      'an unknown unit',
      (f) => {
        Object.assign(at(at(f.templates, 0).timers, 0).after, { unit: 'moons' });
      },
      [
        'templates → “Support” → timers → “remind-customer-input” → after → unit: is none of “seconds”, “minutes”, “hours”, “days”, “business-hours”, “business-days”, “working-day”.',
      ],
    ],
    [
      'a bad id as a key',
      (f) => {
        at(f.templates, 0).native = { rt: { set: { 'No Id': 'x' }, shows: {} } };
      },
      ['templates → “Support” → native → rt → set → No Id: may hold small letters, digits and hyphens only.'],
    ],
    [
      'a moment that is none',
      (f) => {
        f.exportedAt = '2026-02-31T00:00:00.000Z';
      },
      ['exportedAt: is not a moment such as 2026-11-20T09:30:00.000Z.'],
    ],
    [
      'a moment in another form',
      (f) => {
        f.exportedAt = '2026-02-01';
      },
      ['exportedAt: is not a moment such as 2026-11-20T09:30:00.000Z.'],
    ],
    [
      'two of one id',
      (f) => {
        statusOf(f, 3).id = 'pending';
      },
      expect.arrayContaining([
        'templates → “Support” → statuses → “Awaiting Customer Confirmation” → id: Two statuses have the id “pending”.',
      ]),
    ],
    [
      'two of one name, which has a full stop',
      (f) => {
        statusOf(f, 2).name = 'v1.0';
        statusOf(f, 3).name = 'v1.0';
      },
      ['templates → “Support” → statuses → “v1.0” → name: Two statuses are called “v1.0”.'],
    ],
    [
      'a reference that leads nowhere',
      (f) => {
        at(f.templates, 0).initialStatusId = 'x';
      },
      ['templates → “Support” → initialStatusId: The initial status “x” does not exist.'],
    ],
    [
      'a template twice',
      (f) => {
        f.templates.push(at(f.templates, 0));
      },
      ['templates → “Support”: is there twice.'],
    ],
    [
      'a calendar twice',
      (f) => {
        f.calendars.push(at(f.calendars, 0));
      },
      ['calendars → “Berlin”: is there twice.'],
    ],
    [
      'a calendar that is not there',
      (f) => {
        at(f.templates, 0).calendarId = 'paris';
      },
      ['templates → “Support” → calendarId: names something that is not in the file.'],
    ],
    [
      'a calendar that nobody can count by',
      (f) => {
        at(f.calendars, 0).timeZone = 'Mars/Olympus';
      },
      ['calendars → “Berlin” → timeZone: There is no time zone "Mars/Olympus".'],
    ],
  ])('%s', (_what, change, expected) => {
    expect(afterTemplates(change)).toEqual(expected);
  });

  it('takes another version of the same template, and a calendar that is there', () => {
    expect(
      afterTemplates((f) => {
        f.templates.push({ ...at(f.templates, 0), version: 2, calendarId: 'berlin' });
      }),
    ).toEqual([]);
  });

  it('takes everything where a calendar was deleted', () => {
    expect(
      afterChange((f) => {
        at(f.templates, 0).calendarId = 'gone';
      }),
    ).toEqual([]);
  });

  it('names at most 50 problems, and says how many more there are', () => {
    const withProblems = (count: number) =>
      afterTemplates((f) => {
        for (let n = 0; n < count; n += 1) f[`key-${n}`] = n;
      });
    expect(withProblems(50)).toHaveLength(50);
    expect(withProblems(51)).toHaveLength(51);
    expect(at(withProblems(51), -1)).toBe('There is 1 more problem.');
    expect(at(withProblems(1000), -1)).toBe('There are 950 more problems.');
    const many = importFile(
      JSON.stringify({
        ...JSON.parse(exportFile(templates, AT)),
        ...Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`k${n}`, n])),
      }),
    );
    expect(many.ok ? null : many.problems.at(-1)).toEqual({
      severity: 'error',
      code: 'more-problems',
      message: 'There are 10 more problems.',
      path: [],
      example: [],
    });
  });
});

describe('everything has to fit together', () => {
  const one = 'cases → “rt-1/1”';
  const firstOf = (file: Mutable<EverythingFile>) => at(file.cases, 0);

  it('is taken as it was exported', () => {
    expect(afterChange(() => undefined)).toEqual([]);
    expect(smallEverything.cases).toHaveLength(2);
    expect(smallEverything.history.length).toBeGreaterThan(2);
    expect(smallEverything.timers).not.toEqual([]);
    expect(smallEverything.outbox).not.toEqual([]);
    expect(at(smallEverything.cases, 0).undo).not.toBeNull();
  });

  it.each<[string, (file: Mutable<EverythingFile>) => void, string[]]>([
    [
      'a draft of another template',
      (f) => {
        at(f.drafts, 0).templateId = 'review';
      },
      ['drafts → “review” → template → id: is not “review”, which the draft is of.'],
    ],
    [
      'two drafts of one template',
      (f) => {
        f.drafts.push(at(f.drafts, 0));
      },
      ['drafts → “support”: is there twice.'],
    ],
    [
      'a draft of a version that is not there',
      (f) => {
        at(f.drafts, 0).basedOn = 7;
      },
      ['drafts → “support” → basedOn: names something that is not in the file.'],
    ],
    [
      'a publication twice',
      (f) => {
        f.publications.push(at(f.publications, 0));
      },
      ['publications → “support”: is there twice.'],
    ],
    [
      'a publication of what is not there',
      (f) => {
        at(f.publications, 0).version = 7;
      },
      ['publications → “support”: belongs to a template, or a version of it, that is not in the file.'],
    ],
    [
      'a site twice',
      (f) => {
        f.sites.push(at(f.sites, 0));
      },
      ['sites → “RT”: is there twice.'],
    ],
    [
      'a site with an unknown template',
      (f) => {
        at(f.sites, 0).templateId = 'x';
      },
      ['sites → “RT” → templateId: names something that is not in the file.'],
    ],
    [
      'two places of a panel',
      (f) => {
        f.settings.panelPlaces.push(at(f.settings.panelPlaces, 0));
      },
      ['settings → panelPlaces → “rt-1”: is there twice.'],
    ],
    [
      'a case twice',
      (f) => {
        f.cases.push(firstOf(f));
      },
      [`${one}: is there twice.`],
    ],
    [
      'a case under another key',
      (f) => {
        firstOf(f).ticketId = '9';
      },
      [`${one} → caseKey: is not “rt-1/9”, its site and ticket.`],
    ],
    [
      'a case of an unknown template',
      (f) => {
        firstOf(f).templateId = 'x';
      },
      [`${one}: belongs to a template, or a version of it, that is not in the file.`],
    ],
    [
      'a case of an unknown version',
      (f) => {
        firstOf(f).templateVersion = 2;
      },
      [`${one}: belongs to a template, or a version of it, that is not in the file.`],
    ],
    [
      'a case in an unknown status',
      (f) => {
        firstOf(f).statusId = 'x';
      },
      [`${one}: is in a status, sub-status or reason that its template does not have.`],
    ],
    [
      'an undo to an unknown template',
      (f) => {
        Object.assign(firstOf(f).undo ?? {}, { templateId: 'x' });
      },
      [`${one} → undo → templateId: names something that is not in the file.`],
    ],
    [
      'an undo with a timer of another case',
      (f) => {
        firstOf(f).undo?.timers.push({ timer: { ...at(f.timers, 0), caseKey: 'rt-1/2' }, remainingMs: 0 });
      },
      [`${one} → undo → timers → no. 1 → timer → caseKey: is another case.`],
    ],
    [
      'a mark of a broken history on a case whose history fits',
      (f) => {
        firstOf(f).historyBrokenAt = 1;
      },
      [`${one} → historyBrokenAt: names an entry of its history that does not fit, but all of them do.`],
    ],
    [
      'an entry of an unknown case',
      (f) => {
        f.history.push({ ...at(f.history, 0), caseKey: 'x/1' });
      },
      ['history → “x/1”: belongs to a case that is not in the file.'],
    ],
    [
      'a timer twice',
      (f) => {
        f.timers.push(at(f.timers, 0));
      },
      [`timers → “${at(smallEverything.timers, 0).timerId}”: is there twice.`],
    ],
    [
      'a timer of an unknown case',
      (f) => {
        at(f.timers, 0).caseKey = 'x/1';
      },
      [`timers → “${at(smallEverything.timers, 0).timerId}”: belongs to a case that is not in the file.`],
    ],
    [
      'a timer ahead of its case',
      (f) => {
        at(f.timers, 0).generation = 2;
      },
      [`timers → “${at(smallEverything.timers, 0).timerId}” → generation: is more than its case has reached.`],
    ],
    [
      'an effect twice',
      (f) => {
        f.outbox.push(at(f.outbox, 0));
      },
      [`outbox → “${at(smallEverything.outbox, 0).effectId}”: is there twice.`],
    ],
    [
      'an effect of an unknown case',
      (f) => {
        at(f.outbox, 0).caseKey = 'x/1';
      },
      [`outbox → “${at(smallEverything.outbox, 0).effectId}”: belongs to a case that is not in the file.`],
    ],
    [
      'an effect ahead of its case',
      (f) => {
        at(f.outbox, 0).generation = 2;
      },
      [`outbox → “${at(smallEverything.outbox, 0).effectId}” → generation: is more than its case has reached.`],
    ],
    [
      'an effect of another site',
      (f) => {
        at(f.outbox, 0).siteId = 'rt-2';
      },
      [`outbox → “${at(smallEverything.outbox, 0).effectId}” → siteId: is not the site of its case.`],
    ],
    [
      'no settings',
      (f) => {
        Reflect.deleteProperty(f, 'settings');
      },
      ['settings: is missing.'],
    ],
  ])('refused: %s', (_what, change, expected) => {
    expect(afterChange(change)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'https://erin:secret@rt.example.com',
    'https://rt.example.com/',
    'https://rt.example.com/rt/',
    'https://rt.example.com//rt',
    'https://rt.example.com/rt?key=secret',
    'https://rt.example.com/#x',
    'https://rt example.com',
    'https:\\\\rt.example.com',
    ' https://rt.example.com',
    'https://',
    'rt.example.com',
    'ftp://rt.example.com',
    // Their form is right, and no browser can go there.
    'https://rt.example.com:99999',
    'https://[rt',
    'https://rt.%00.com',
  ])('refused: a site at %s', (baseUrl) => {
    expect(
      afterChange((f) => {
        at(f.sites, 0).baseUrl = baseUrl;
      }),
    ).toEqual(['sites → “RT” → baseUrl: is not an address such as https://desk.example.com/rt.']);
  });

  it.each(['http://localhost:8080', 'https://rt.example.com', 'https://rt.example.com/a/b'])(
    'taken: a site at %s',
    (baseUrl) => {
      expect(
        afterChange((f) => {
          at(f.sites, 0).baseUrl = baseUrl;
        }),
      ).toEqual([]);
    },
  );

  it.each([
    'https://rt.example.com/rt',
    'https://RT.example.com/rt',
    'https://rt.example.com:443/rt',
    'https://rt.example.com/./two/../rt',
    'https://rt.ex%61mple.com/rt',
  ])('refused: a second site at %s, which is the address of the first; both are named', (baseUrl) => {
    expect(
      afterChange((f) => {
        f.sites.push({ ...at(f.sites, 0), siteId: 'rt-2', name: 'Second', baseUrl });
      }),
    ).toEqual([
      'sites → “Second” → baseUrl: is the address of “RT” (rt-1) as well; one help desk can be in the file once only.',
    ]);
  });

  it.each(['http://rt.example.com/rt', 'https://rt.example.com/RT', 'https://rt.example.com:8443/rt'])(
    'taken: a second site at %s, which is another address',
    (baseUrl) => {
      expect(
        afterChange((f) => {
          f.sites.push({ ...at(f.sites, 0), siteId: 'rt-2', name: 'Second', baseUrl });
        }),
      ).toEqual([]);
    },
  );

  it('takes several of each', () => {
    expect(
      afterChange((f) => {
        f.calendars.push({ ...at(f.calendars, 0), id: 'paris' });
        f.sites.push({ ...at(f.sites, 0), siteId: 'rt-2', baseUrl: 'https://rt.example.com/two' });
        f.settings.panelPlaces.push({ ...at(f.settings.panelPlaces, 0), siteId: 'rt-2' });
        f.outbox.push({ ...at(f.outbox, 0), effectId: 'another' });
        f.timers.push({ ...at(f.timers, 0), timerId: 'another' });
        f.publications.push({ ...at(f.publications, 0), templateId: 'review' });
      }),
    ).toEqual([]);
  });

  it('takes a case with nothing to undo, and one whose undo brings back timers of its own', () => {
    expect(
      afterChange((f) => {
        at(f.cases, 0).undo?.timers.push({ timer: { ...at(f.timers, 0), caseKey: 'rt-1/1' }, remainingMs: 0 });
        at(f.cases, 1).undo = null;
      }),
    ).toEqual([]);
  });

  it('takes a case that has no history yet', () => {
    const change = (seq: number, hash: string) =>
      afterChange((f) => {
        f.history = f.history.filter(({ caseKey }) => caseKey !== 'rt-1/2');
        Object.assign(at(f.cases, 1), { lastHistorySeq: seq, lastHistoryHash: hash });
      });
    expect(change(0, '0'.repeat(64))).toEqual([]);
  });

  /** Each keeps the entries of a case in places of their own. */
  const broken: [string, entry: number, (file: Mutable<EverythingFile>) => void][] = [
    ['a history that ends with another hash', 2, (f) => Object.assign(firstOf(f), { lastHistoryHash: 'a'.repeat(64) })],
    ['a history that was rewritten', 2, (f) => Object.assign(at(f.history, 1), { at: at(f.history, 1).at + 1 })],
    ['a history with a gap', 1, (f) => f.history.shift()],
    ['a history without its end', 2, (f) => f.history.splice(1, 1)],
    [
      'a case without its history',
      1,
      (f) => {
        f.history = f.history.filter(({ caseKey }) => caseKey !== 'rt-1/1');
      },
    ],
  ];
  const withoutFirst = (file: EverythingFile): EverythingFile => {
    const stays = ({ caseKey }: { caseKey: string }) => caseKey !== 'rt-1/1';
    const { cases, history, timers, outbox } = file;
    return {
      ...file,
      cases: cases.filter(stays),
      history: history.filter(stays),
      timers: timers.filter(stays),
      outbox: outbox.filter(stays),
    };
  };
  const small = (): Mutable<EverythingFile> => JSON.parse(exportFile(smallEverything, AT));
  const firstCase = { caseKey: 'rt-1/1', siteId: 'rt-1', ticketId: '1' };

  it.each(broken)('%s concerns its case alone, which is left out and named', (_what, entry, change) => {
    const file = small();
    change(file);
    expect(importFile(JSON.stringify(file))).toEqual({
      ok: true,
      value: withoutFirst(file as EverythingFile),
      broken: [{ ...firstCase, entry, known: false }],
    });
  });

  it.each(broken)('%s that was broken when the file was made comes as it is, and is named', (_what, entry, change) => {
    const file = small();
    change(file);
    firstOf(file).historyBrokenAt = entry;
    const named = [{ ...firstCase, entry, known: true }];
    expect(importFile(JSON.stringify(file))).toEqual({ ok: true, value: file, broken: named });
    // A mark of another entry is none: something was changed since.
    firstOf(file).historyBrokenAt = entry + 1;
    expect(importFile(JSON.stringify(file))).toMatchObject({ broken: [{ known: false }] });
  });

  it.each<[string, (file: Mutable<EverythingFile>) => void]>([
    ['goes on behind the end of its case', (f) => Object.assign(firstOf(f), { lastHistorySeq: 1 })],
    ['has an entry twice', (f) => f.history.splice(1, 0, structuredClone(at(f.history, 0)))],
    ['is in another order', (f) => f.history.splice(0, 2, at(f.history, 1), at(f.history, 0))],
  ])('a history that %s leaves no room for what comes next: its case is left out, marked or not', (_what, change) => {
    for (const entry of [null, 0, 1, 2, 3]) {
      const file = small();
      change(file);
      if (entry !== null) firstOf(file).historyBrokenAt = entry;
      const imported = importFile(JSON.stringify(file));
      expect(imported).toMatchObject({ ok: true, broken: [{ ...firstCase, known: false }] });
      if (imported.ok) expect(imported.value).toEqual(withoutFirst(file as EverythingFile));
    }
  });

  it('takes a draft with faults, for it is not finished', () => {
    expect(
      afterChange((f) => {
        at(f.drafts, 0).template.initialStatusId = 'x';
      }),
    ).toEqual([]);
  });

  it('takes the end of a chain that was sealed again, for then it is whole', () => {
    const entry = at(smallEverything.history, -1);
    const { salt: _salt, digest: _digest, previousHash, hash: _hash, ...content } = entry;
    const sealed = sealEntry({ ...content, at: content.at + 1 }, previousHash);
    expect(HistoryEntry.parse(sealed)).toEqual(sealed);
    expect(
      afterChange((f) => {
        f.history[f.history.length - 1] = sealed as Mutable<typeof sealed>;
        at(f.cases, -1).lastHistoryHash = sealed.hash;
      }),
    ).toEqual([]);
  });
});

describe('a version that is here already', () => {
  const file: PortableFile = { ...templates, format: 'case-status-overlay', version: 1, exportedAt: head.exportedAt };

  it('is a conflict only where its content is another', () => {
    const backwards = Object.fromEntries(
      Object.entries(supportTemplate).reverse(),
    ) as unknown as typeof supportTemplate;
    expect(conflictsWith([], file)).toEqual([]);
    expect(conflictsWith([backwards], file)).toEqual([]);
    const other = { ...supportTemplate, name: 'Help' };
    expect(
      conflictsWith(
        [
          { ...other, version: 2 },
          { ...other, id: 'help' },
        ],
        file,
      ),
    ).toEqual([]);
    expect(conflictsWith([{ ...other, version: 2 }, other], file)).toEqual([
      {
        severity: 'error',
        code: 'other-content',
        message: 'templates → “Support”: version 1 is here already, and differs.',
        path: ['templates', 0],
        example: [],
      },
    ]);
  });
});
