import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PortableContent, PortableFile } from '../../../core/domain/portable';
import { exportFile, importFile } from '../../../core/domain/portable';
import type { CaseTemplate } from '../../../core/domain/template';
import { everythingAfter } from './everything-file';
import { closeRule, DAY, HELLO, rule, START, smallTemplate, status, target } from './life';
import { randomCalendar } from './random-template';

/** Whether a file that was changed has to be refused, has to be taken, or may be either. */
type Verdict = 'refused' | 'taken' | 'either';

export interface Count {
  made: number;
  taken: number;
  refused: number;
}

export interface HostileRun {
  /** By kind of change. */
  counts: Map<string, Count>;
  /** What went wrong, in words; empty is what is wanted. */
  failures: string[];
}

/** Imports so many texts that somebody might hand over, each a valid file with something done to it. */
export function importHostileFiles(count: number, seed: number): HostileRun {
  const random = randomFrom(seed);
  const counts = new Map<string, Count>(KINDS.map(({ kind }) => [kind, { made: 0, taken: 0, refused: 0 }]));
  const failures: string[] = [];
  const untouched = builtins();
  for (let n = 0; n < count; ) {
    const change = pick(KINDS, random);
    const made = change.make(parsed(pick(BASES, random)), random);
    // Not everything can be done to every file.
    if (made === null) continue;
    n += 1;
    const text = typeof made === 'string' ? made : JSON.stringify(made, null, Math.floor(random() * 3));
    const { wrong, taken } = judged(text, change.verdict);
    if (wrong !== null) failures.push(`${change.kind}: ${wrong}: ${text.length > 20_000 ? text.length : text}`);
    const own = counts.get(change.kind);
    if (own) {
      own.made += 1;
      own[taken ? 'taken' : 'refused'] += 1;
    }
    if (builtins() !== untouched) throw new Error(`${change.kind} changed what every object is born with`);
  }
  return { counts, failures };
}

function judged(text: string, verdict: Verdict): { wrong: string | null; taken: boolean } {
  let imported: ReturnType<typeof importFile>;
  try {
    imported = importFile(text);
  } catch (error) {
    return { wrong: `it throws ${String(error)}`, taken: false };
  }
  const taken = imported.ok;
  if (!imported.ok) {
    const { problems } = imported;
    if (verdict === 'taken') return { wrong: `it is refused: ${problems[0]?.message}`, taken };
    const mute = problems.some(({ message, severity }) => !/^.+\.$/su.test(message) || severity !== 'error');
    return {
      wrong: problems.length === 0 || problems.length > 51 || mute ? 'it is refused without words' : null,
      taken,
    };
  }
  const { broken } = imported;
  if (verdict === 'refused' && broken.length === 0) return { wrong: 'it is taken', taken };
  if (verdict === 'taken' && broken.length > 0) return { wrong: 'a case of it is refused', taken };
  // None of the files knows of a broken history: the cases of those that were changed are refused, and nothing else.
  if (broken.some(({ known }) => known)) return { wrong: 'it is taken with a history that was changed', taken };
  const given = withoutCases(JSON.parse(text), new Set(broken.map(({ caseKey }) => caseKey)));
  if (!isDeepStrictEqual(imported.value, given)) return { wrong: 'it is taken as something else', taken };
  const { format: _format, version: _version, exportedAt, ...content } = imported.value;
  const again = exportFile(content as PortableContent, Date.parse(exportedAt));
  if (!isDeepStrictEqual(JSON.parse(again), given)) return { wrong: 'it is exported as something else', taken };
  return { wrong: brokenIn(imported.value), taken };
}

function withoutCases(file: Record<string, unknown>, gone: ReadonlySet<string>): Record<string, unknown> {
  if (gone.size === 0) return file;
  const lists = ['cases', 'history', 'timers', 'outbox'].map((list) => [
    list,
    (file[list] as { caseKey: string }[]).filter(({ caseKey }) => !gone.has(caseKey)),
  ]);
  return { ...file, ...Object.fromEntries(lists) };
}

/** The promises about a file that was taken, looked at in the plainest way. */
function brokenIn(file: PortableFile): string | null {
  const wrong: string[] = [];
  const single = (what: string, keys: readonly string[]) => {
    if (new Set(keys).size !== keys.length) wrong.push(`${what} twice`);
  };
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  single(
    'a version',
    file.templates.map(({ id, version }) => `${id} ${version}`),
  );
  single('a calendar', ids(file.calendars));
  for (const template of file.templates) {
    const statusIds = ids(template.statuses);
    single('a status', statusIds);
    single('a message', ids(template.messages));
    single('a rule', [...ids(template.timers), ...ids(template.onEntry), ...ids(template.replies)]);
    const places = placesOf(template);
    const { timers, onEntry, replies } = template;
    const named = [
      ...timers.flatMap(({ when, pausesIn }) => [when, ...(pausesIn ?? [])]).map((when) => ({ ...when, tagId: null })),
      ...[...onEntry, ...replies].map(({ when }) => ({ ...when, tagId: null })),
      ...timers.flatMap(({ does }) => (does.type === 'change' ? [does.to] : [])),
      ...replies.map(({ to }) => to),
      { statusId: template.initialStatusId, subStatusId: null, tagId: null },
    ];
    for (const place of named) if (!places.has(placeKey(place))) wrong.push('a place that is not there');
    const sent = [...onEntry, ...timers.flatMap(({ does }) => (does.type === 'message' ? [does] : []))];
    if (sent.some(({ messageId }) => !ids(template.messages).includes(messageId)))
      wrong.push('a message that is not there');
    const shown = Object.values(template.native).flatMap(({ set, shows }) => [
      ...Object.keys(set),
      ...Object.values(shows),
    ]);
    const followers = template.statuses.flatMap(({ mayBecome }) => mayBecome ?? []);
    if ([...shown, ...followers].some((id) => !statusIds.includes(id))) wrong.push('a status that is not there');
    for (const one of template.statuses) {
      single('a sub-status', ids(one.subStatuses));
      single('a tag', ids(one.tags));
      for (const { name } of [one, ...one.subStatuses, ...one.tags])
        if (name.trim() !== name || name === '') wrong.push('a bad name');
    }
    const hasCalendar = template.calendarId === null || ids(file.calendars).includes(template.calendarId);
    if (file.kind === 'templates' && !hasCalendar) wrong.push('no calendar');
  }
  if (file.kind === 'templates') return wrong[0] ?? null;

  const templateOf = (id: string, version: number) =>
    file.templates.find((one) => one.id === id && one.version === version);
  const keys = file.cases.map(({ caseKey }) => caseKey);
  single('a case', keys);
  single(
    'a timer',
    file.timers.map(({ timerId }) => timerId),
  );
  single(
    'an effect',
    file.outbox.map(({ effectId }) => effectId),
  );
  single(
    'a site',
    file.sites.map(({ siteId }) => siteId),
  );
  for (const { caseKey } of [...file.history, ...file.timers, ...file.outbox])
    if (!keys.includes(caseKey)) wrong.push('something of no case');
  single(
    'an address',
    file.sites.map(({ baseUrl }) => new URL(`${baseUrl}/`).href),
  );
  for (const { templateId } of file.sites)
    if (!file.templates.some(({ id }) => id === templateId)) wrong.push('a site without template');
  for (const { template, templateId } of file.drafts) if (template.id !== templateId) wrong.push('another draft');
  for (const record of file.cases) {
    if (record.caseKey !== `${record.siteId}/${record.ticketId}`) wrong.push('another key');
    const template = templateOf(record.templateId, record.templateVersion);
    if (!template || !placesOf(template).has(placeKey(record))) wrong.push('a case that is nowhere');
    let hash = '0'.repeat(64);
    let seq = 0;
    for (const { salt, digest, previousHash, hash: own, ...content } of file.history) {
      if (content.caseKey !== record.caseKey) continue;
      seq += 1;
      const expected = sha256(salt + JSON.stringify(sorted(content)));
      if (content.seq !== seq || digest !== expected || previousHash !== hash || own !== sha256(hash + expected))
        wrong.push('a broken chain');
      hash = own;
    }
    if (record.lastHistorySeq !== seq || record.lastHistoryHash !== hash) wrong.push('another end of the chain');
  }
  return wrong[0] ?? null;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}

interface Place {
  statusId: string;
  subStatusId: string | null;
  tagId: string | null;
}
const placeKey = ({ statusId, subStatusId, tagId }: Place) => JSON.stringify([statusId, subStatusId, tagId]);
const placesOf = (template: CaseTemplate): Set<string> =>
  new Set(
    template.statuses.flatMap(({ id, subStatuses, tags }) =>
      [null, ...subStatuses].flatMap((sub) =>
        [null, ...tags].map((tag) => placeKey({ statusId: id, subStatusId: sub?.id ?? null, tagId: tag?.id ?? null })),
      ),
    ),
  );

/** What every object, list and function has; a file must not be able to add to it. */
function builtins(): string {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join())
    .join('|');
}

// What the files are made of: small, and yet with something of everything.

const tiny = smallTemplate({
  calendarId: randomCalendar.id,
  statuses: [
    status('new', { category: 'initial', mayBecome: ['wait', 'done'], colour: '#1a7f37' }),
    status('wait', {
      category: 'waiting',
      tags: [
        { id: 'log', name: 'Log', retired: false },
        { id: 'key', name: 'Key', retired: true },
      ],
      subStatuses: [
        { id: 'us', name: 'Us', waitsFor: 'us', meaning: { agent: '', customer: '' }, retired: false },
        { id: 'them', name: 'Them', waitsFor: 'customer', meaning: { agent: '', customer: '' }, retired: false },
      ],
    }),
    status('done', { category: 'done' }),
  ],
  timers: [
    rule('remind', 'wait/them', { repeat: { every: { amount: 1, unit: 'days' }, times: 2 } }),
    closeRule('close', 'wait/them', { pausesIn: [{ statusId: 'new', subStatusId: null }] }),
    rule('morning', 'wait', { kind: 'notice', after: { amount: 1, unit: 'working-day', at: '08:00' } }),
  ],
  onEntry: [
    { id: 'tell', when: { statusId: 'done', subStatusId: null }, messageId: 'hello', via: 'reply', immediate: true },
  ],
  replies: [{ id: 'back', when: { statusId: 'wait', subStatusId: 'them' }, to: target('new') }],
  messages: [HELLO, { id: 'bye', name: 'Bye', body: 'Bye {customer}.' }],
  appliesTo: [{ siteId: null, queue: 'Support', type: null }],
  native: { rt: { set: { new: 'new', done: 'resolved' }, shows: { open: 'new', resolved: 'done' } } },
});

const BASES: readonly string[] = [
  exportFile(
    { kind: 'templates', templates: [tiny, { ...tiny, version: 2, name: 'Smaller' }], calendars: [randomCalendar] },
    START,
  ),
  exportFile(
    everythingAfter(
      [
        [
          { do: 'change', n: 7, hours: 0 },
          { do: 'hold', n: 0, hours: 1 },
        ],
        [{ do: 'change', n: 10, hours: 0 }],
      ],
      [tiny],
    ),
    START + DAY,
  ),
];

// What is done to them.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

interface Change {
  kind: string;
  verdict: Verdict;
  /** The text, or the file to be written; `null` where it cannot be done to this file. */
  make(file: JsonObject, random: () => number): Json | null;
}

/** One value of a file, and where it is. */
interface Spot {
  holder: Json[] | JsonObject;
  key: string | number;
  value: Json;
  path: (string | number)[];
}

function spots(value: Json, path: (string | number)[] = []): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, part]) => [
    { holder: value, key, value: part, path: [...path, key] },
    ...spots(part, [...path, key]),
  ]);
}

const put = ({ holder, key }: Spot, value: Json): void => {
  (holder as Record<string | number, Json>)[key] = value;
};
const parsed = (text: string): JsonObject => JSON.parse(text);
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Whether the keys of an object are ids and names that people chose. */
const isRecord = (path: readonly (string | number)[]) =>
  path.at(-1) === 'native' || path.at(-2) === 'native' || path.at(-1) === 'set' || path.at(-1) === 'shows';
const strict = (spot: Spot): boolean =>
  isObject(spot.holder) && !isRecord(spot.path.slice(0, -1)) && spot.path[spot.path.length - 2] !== 'native';
/** What an earlier version did not write yet may be missing. */
const mayBeMissing = ({ key, path }: Spot): boolean =>
  (path[0] === 'history' && ['occurrence', 'automatic', 'remindOnHold'].includes(String(key))) ||
  (path[0] === 'outbox' && key === 'owedAt');

function onSpot(which: (spot: Spot) => boolean, change: (spot: Spot, random: () => number) => void): Change['make'] {
  return (file, random) => {
    const found = spots(file).filter(which);
    if (found.length === 0) return null;
    change(pick(found, random), random);
    return file;
  };
}

/** Changes the text in a place of the file, where JSON.stringify would not write such a thing. */
function onText(which: (spot: Spot) => boolean, write: (value: Json, random: () => number) => string): Change['make'] {
  return (file, random) => {
    const found = spots(file).filter(which);
    if (found.length === 0) return null;
    const spot = pick(found, random);
    const { value } = spot;
    put(spot, '@@here@@');
    return JSON.stringify(file).replace('"@@here@@"', () => write(value, random));
  };
}

/** Puts another entry into an object, as text. */
function withEntry(write: (object: JsonObject, random: () => number) => string): Change['make'] {
  return (file, random) => {
    const objects = [file, ...spots(file).map(({ value }) => value)].filter(
      (value): value is JsonObject => isObject(value) && Object.keys(value).length > 0,
    );
    const object = pick(objects, random);
    const entry = write({ ...object }, random);
    object['@@here@@'] = 0;
    return JSON.stringify(file).replace('"@@here@@":0', () => entry);
  };
}

const isLeaf = ({ value }: Spot) => typeof value !== 'object' || value === null;
const isText = ({ value }: Spot) => typeof value === 'string';
const isNumber = ({ value }: Spot) => typeof value === 'number';
const RESERVED = ['__proto__', 'constructor', 'prototype'];
const escapedKey = (key: string, random: () => number) =>
  random() < 0.5 ? `"${key}"` : `"\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}"`;
const NO_NUMBERS = [
  '1e999',
  '-1e999',
  'NaN',
  'Infinity',
  '-0',
  '0.5',
  '1e2',
  '9007199254740993',
  '0x10',
  '01',
  '1_000',
  '1n',
];
const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.test","x")',
  '@SUM(1+1)*cmd|',
  '{{constructor.constructor("x")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template engine would fill in.
  '${7*7}',
  '../../etc/passwd',
  '\u202egnp.exe',
  '\u0000',
  '\ud800',
  '\u2028',
  'toString',
  '__proto__',
  '',
  ' ',
];
const NOT_OURS = [
  '',
  ' ',
  'null',
  'undefined',
  '[]',
  '{}',
  '<!doctype html><title>x</title>',
  'format: case-status-overlay\nversion: 1',
  'id,name\n1,x',
  '\u0000\u0001PK',
  '{"log":{"version":"1.2"}}',
  '{"format":"case-status-overlay"}',
  'x'.repeat(5000),
  '['.repeat(100_000),
  '{"a":'.repeat(100_000),
  '"'.repeat(3),
  '{"format":"case-status-overlay","version":1,"kind":"templates"}{}',
];
/** Lists in which nothing may be twice. */
const SINGLE = [
  'templates',
  'calendars',
  'holidays',
  'statuses',
  'subStatuses',
  'tags',
  'onEntry',
  'replies',
  'messages',
  'drafts',
  'publications',
  'sites',
  'panelPlaces',
  'cases',
  'history',
  'outbox',
];
const REFERENCES = ['statusId', 'subStatusId', 'tagId', 'messageId', 'initialStatusId', 'calendarId', 'templateId'];
const ID = /(?:^id|Id|Key)$/;
const inDraft = ({ path }: Spot) => path[0] === 'drafts';
const inHistory = ({ path }: Spot) => path[0] === 'history';

const change = (kind: string, verdict: Verdict, make: Change['make']): Change => ({ kind, verdict, make });

const KINDS: readonly Change[] = [
  change('untouched', 'taken', (file) => file),
  change('keys in another order', 'taken', (file) => {
    const turned = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(turned);
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, part]) => [key, turned(part)]),
      );
    };
    return turned(file);
  }),
  change('escaped and spaced out', 'taken', (file) =>
    JSON.stringify(file, null, '\t')
      .replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .replaceAll('\n', ' \r\n\n'),
  ),
  change(
    'key taken out',
    'refused',
    onSpot(
      (spot) => strict(spot) && !mayBeMissing(spot),
      ({ holder, key }) => Reflect.deleteProperty(holder, key),
    ),
  ),
  change('key too many', 'refused', (file, random) => {
    const objects = spots(file).filter(({ value, path }) => isObject(value) && !isRecord(path));
    const { value } = pick(objects, random);
    Object.assign(value ?? {}, {
      [pick(['x', 'Name', 'name ', 'ID', 'toString', 'valueOf', 'then'], random)]: pick([null, 1, 'x'], random),
    });
    return file;
  }),
  change(
    'key under another name',
    'refused',
    onSpot(
      (spot) => strict(spot),
      ({ holder, key, value }, random) => {
        Reflect.deleteProperty(holder, key);
        Object.assign(holder, { [`${key}${pick(['_', ' ', 's', '\u0000'], random)}`]: value });
      },
    ),
  ),
  change(
    'key twice',
    'refused',
    withEntry((object, random) => {
      const key = pick(Object.keys(object), random);
      const value = random() < 0.5 ? object[key] : null;
      return `${escapedKey(key, random)}:${JSON.stringify(value)}`;
    }),
  ),
  change(
    'prototype as a key',
    'refused',
    withEntry((_object, random) => `${escapedKey(pick(RESERVED, random), random)}:{"polluted":true,"toString":null}`),
  ),
  change(
    'a list in place of anything',
    'refused',
    onSpot(
      () => true,
      (spot) => put(spot, [[]]),
    ),
  ),
  change(
    'an object in place of anything',
    'refused',
    onSpot(
      () => true,
      (spot) => put(spot, { '': {} }),
    ),
  ),
  change(
    'another kind of value',
    'either',
    onSpot(isLeaf, (spot, random) =>
      put(spot, pick<Json>([null, true, false, 0, 1, -1, '', 'x', '0', 'null'], random)),
    ),
  ),
  change(
    'no number',
    'refused',
    onText(isNumber, (_value, random) => pick(NO_NUMBERS, random)),
  ),
  change(
    'an odd number',
    'either',
    onSpot(isNumber, (spot, random) =>
      put(
        spot,
        pick(
          [0, 1, -1, 2, 51, 1_000_000, 1_000_001, 8.64e14, 8.64e15, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
          random,
        ),
      ),
    ),
  ),
  change(
    'deep nesting',
    'refused',
    onText(isLeaf, (_value, random) => {
      const depth = pick([61, 100, 5000, 50_000], random);
      return random() < 0.5 ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    }),
  ),
  change('cut off', 'refused', (file, random) => {
    const text = JSON.stringify(file);
    return text.slice(0, Math.floor(random() * text.length));
  }),
  change('bits flipped', 'either', (file, random) => {
    let text = JSON.stringify(file);
    for (let n = Math.floor(random() * 3); n >= 0; n -= 1) {
      const at = Math.floor(random() * text.length);
      const bit = 1 << Math.floor(random() * 7);
      text = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1);
    }
    return text;
  }),
  change('a piece lost', 'either', (file, random) => {
    const text = JSON.stringify(file);
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 40));
  }),
  change('more than JSON', 'refused', (file, random) => {
    const text = JSON.stringify(file, null, 1);
    const more = [
      `\ufeff${text}`,
      `${text}\u00a0`,
      `// x\n${text}`,
      `${text}/* x */`,
      `${text},`,
      `${text}\n${text}`,
      text.replace('\n', '\n/* x */'),
      text.replace(/\n\}\s*$/, ',\n}'),
      text.replace(/"version"/, 'version'),
      text.replace(/"version"/, "'version'"),
      `[${text}]`,
      `)]}'\n${text}`,
    ];
    return pick(more, random);
  }),
  change('something else altogether', 'refused', (_file, random) => pick(NOT_OURS, random)),
  change('another head', 'refused', (file, random) => {
    const [key, values] = pick<[string, Json[]]>(
      [
        ['format', ['', 'case-status-overlay2', null, 1]],
        ['version', [0, 2, 99, '1', null, true]],
        ['kind', ['', 'all', null, file.kind === 'templates' ? 'everything' : 'templates']],
        ['exportedAt', ['', 'today', null, 0, '2026-02-30T00:00:00.000Z', '2026-11-20']],
      ],
      random,
    );
    return { ...file, [key]: pick(values, random) };
  }),
  change(
    'an entry twice',
    'refused',
    onSpot(
      ({ holder, path }) => Array.isArray(holder) && SINGLE.includes(String(path.at(-2))) && path[0] !== 'drafts',
      ({ holder, value }, random) => {
        if (Array.isArray(holder)) holder.splice(Math.floor(random() * (holder.length + 1)), 0, structuredClone(value));
      },
    ),
  ),
  change(
    'an entry lost',
    'either',
    onSpot(
      ({ holder }) => Array.isArray(holder),
      ({ holder, key }) => Array.isArray(holder) && holder.splice(Number(key), 1),
    ),
  ),
  change(
    'a list in another order',
    'either',
    onSpot(
      ({ value }) => Array.isArray(value) && value.length > 1,
      ({ value }) => Array.isArray(value) && value.reverse(),
    ),
  ),
  change(
    'a reference that leads nowhere',
    'refused',
    onSpot(
      (spot) =>
        REFERENCES.includes(String(spot.key)) &&
        (spot.path[0] === 'templates' ||
          spot.path[0] === 'sites' ||
          (spot.path[0] === 'cases' && spot.path.length === 3)),
      (spot) => put(spot, 'no-such-thing'),
    ),
  ),
  change('ids swapped', 'either', (file, random) => {
    const ids = spots(file).filter((spot) => ID.test(String(spot.key)) && isText(spot));
    const [a, b] = [pick(ids, random), pick(ids, random)];
    put(a, b.value);
    put(b, a.value);
    return file;
  }),
  change('statuses that follow each other in circles', 'taken', (file) => {
    for (const { value } of spots(file).filter(({ path }) => path[0] === 'templates' && path.length === 2)) {
      if (!isObject(value)) continue;
      value.replies = ['new', 'done'].map((id, n) => ({
        id: `round-${n}`,
        when: { statusId: id, subStatusId: null },
        to: { statusId: n === 0 ? 'done' : 'new', subStatusId: null, tagId: null },
      }));
      if (Array.isArray(value.statuses))
        for (const one of value.statuses) if (isObject(one)) one.mayBecome = ['new', 'wait', 'done'];
    }
    return file;
  }),
  change(
    'hostile text',
    'either',
    onSpot(
      (spot) => isText(spot) && !inHistory(spot),
      (spot, random) => put(spot, pick(NASTY, random)),
    ),
  ),
  change('hostile text in a summary', 'taken', (file, random) => {
    for (const spot of spots(file).filter(({ key }) => key === 'summary')) put(spot, pick(NASTY, random));
    return file;
  }),
  change(
    'hostile text as a key',
    'either',
    onSpot(
      ({ path, value }) => isRecord(path) && isObject(value),
      ({ value }, random) =>
        Object.assign(value ?? {}, {
          [pick(
            NASTY.filter((text) => text !== '__proto__'),
            random,
          )]: pick(NASTY, random),
        }),
    ),
  ),
  change(
    'endless text',
    'either',
    onSpot(isText, (spot, random) =>
      put(spot, pick(['x', '"', '\\', '\n', '🙂'], random).repeat(pick([100, 5001, 20_000], random))),
    ),
  ),
  change(
    'a history rewritten',
    'refused',
    onSpot(
      (spot) => inHistory(spot) && isLeaf(spot) && spot.value !== null,
      (spot) =>
        put(
          spot,
          typeof spot.value === 'number'
            ? spot.value + 1
            : typeof spot.value === 'string'
              ? `${spot.value}0`
              : !spot.value,
        ),
    ),
  ),
  change(
    'a hash exchanged',
    'refused',
    onSpot(
      ({ key, path }) => /^(?:digest|previousHash|hash|lastHistoryHash)$/.test(String(key)) && path[0] !== 'drafts',
      (spot) =>
        put(
          spot,
          String(spot.value).replace(/./, (first) => (first === 'a' ? 'b' : 'a')),
        ),
    ),
  ),
  change('ten thousand of a kind', 'refused', (file, random) => {
    // Dear to read, so not as often as the others.
    if (random() > 0.1) return null;
    const lists = spots(file).filter(
      (spot) => ['statuses', 'tags', 'timers', 'messages'].includes(String(spot.key)) && spot.path[0] === 'templates',
    );
    const spot = pick(lists, random);
    const [first] = Array.isArray(spot.value) ? spot.value : [];
    put(
      spot,
      Array.from({ length: 10_000 }, (_, n) => ({
        ...(isObject(first ?? null) ? (first as JsonObject) : {}),
        id: `x${n}`,
        name: `X ${n}`,
      })),
    );
    return file;
  }),
  change('two things at once', 'either', (file, random) => {
    for (let n = 0; n < 2; n += 1) {
      const leaf = pick(
        spots(file).filter((spot) => isLeaf(spot) && !inDraft(spot)),
        random,
      );
      const other = pick(
        spots(file).filter((spot) => isLeaf(spot) && typeof spot.value === typeof leaf.value),
        random,
      );
      put(leaf, other.value);
    }
    return file;
  }),
];

function pick<T>(list: readonly T[], random: () => number): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
}

/** The same numbers for the same seed (mulberry32), so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
