import * as z from 'zod/mini';
import { fileWords } from '../words/files';
import { plainAddress } from './address';
import { BusinessCalendar, calendarProblems } from './calendar';
import type { CaseKey, Instant } from './case';
import { CaseRecord, caseKeyOf, Effect, HistoryEntry, Timer } from './case';
import { templateFaults } from './checker';
import type { Finding } from './finding';
import { canonicalJson, historyFault } from './history';
import { lazily } from './lazily';
import { NotificationSettings } from './notification-settings';
import { placeWords, shapeFaults, shortened } from './place-words';
import { type CaseList, MAX_LENGTH } from './portable-text';
import type { JsonPath } from './strict-json';
import { readStrictJson } from './strict-json';
import { CaseTemplate, hasPosition, Id, NativeStatus } from './template';
import { PublishedVersion, TemplateDraft } from './versions';

/** What the first lines of every file say. */
const FORMAT = 'case-status-overlay';
/** The newest version of the format; all of them from 1 are read, newer ones are refused. */
const FORMAT_VERSION = 1;

export { MAX_LENGTH };
/** More problems than these help nobody. */
export const MAX_PROBLEMS = 50;

const SiteId = z.string().check(z.minLength(1), z.maxLength(120));

/** A connected help desk, without any secret. */
export const PortableSite = z.strictObject({
  siteId: SiteId,
  adapterId: z.string().check(z.minLength(1), z.maxLength(120)),
  name: z.string().check(z.minLength(1), z.maxLength(500)),
  /** Origin and path prefix, no slash at the end; no user and no password. */
  baseUrl: z
    .string()
    .check(
      z.maxLength(2000),
      z.regex(/^https?:\/\/[^\s/?#@\\]+(?:\/[^\s/?#\\]+)*$/, { error: () => fileWords.badAddress }),
    ),
  templateId: Id,
  connectedAt: z.int(),
  /** Native statuses of whose setting the help desk tells the customer by itself. */
  deskTells: z.optional(z.array(NativeStatus).check(z.maxLength(200))),
});
export type PortableSite = z.infer<typeof PortableSite>;

const Pixels = z.int().check(z.minimum(0), z.maximum(10_000));

export const PortableSettings = z.strictObject({
  /** Where the panel stands on the tickets of a site. */
  panelPlaces: z.array(z.strictObject({ siteId: SiteId, open: z.boolean(), right: Pixels, bottom: Pixels })),
  /** Which notifications the person wants, and when; `null`: nothing was chosen. */
  notifications: z.nullable(NotificationSettings),
  /** Ids of the templates that are archived; missing where none is. */
  archived: z.optional(z.array(Id).check(z.maxLength(1000))),
});
export type PortableSettings = z.infer<typeof PortableSettings>;

/** A case as a file has it. */
export const PortableCase = lazily(() =>
  z.extend(CaseRecord, {
    /** The first entry of its history that did not fit when the file was made; missing where all did. */
    historyBrokenAt: z.optional(z.int().check(z.minimum(0))),
  }),
);
export type PortableCase = z.infer<typeof PortableCase>;

const head = {
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  exportedAt: z.iso.datetime({ precision: 3, error: () => fileWords.badMoment }),
};
const templatesAndCalendars = {
  /** Every version is a template of its own. */
  templates: z.array(CaseTemplate),
  calendars: z.array(BusinessCalendar),
};

/** Case templates to share, with the calendars that they count by. */
export const TemplatesFile = z.strictObject({ ...head, kind: z.literal('templates'), ...templatesAndCalendars });
export type TemplatesFile = z.infer<typeof TemplatesFile>;

/** All that the extension knows, but for secrets. */
export const EverythingFile = z.strictObject({
  ...head,
  kind: z.literal('everything'),
  ...templatesAndCalendars,
  drafts: z.array(TemplateDraft),
  publications: z.array(PublishedVersion),
  sites: z.array(PortableSite),
  settings: PortableSettings,
  cases: z.array(PortableCase),
  /** The entries of one case in their order; the cases in any. */
  history: z.array(HistoryEntry),
  timers: z.array(Timer),
  outbox: z.array(Effect),
});
export type EverythingFile = z.infer<typeof EverythingFile>;

export type PortableFile = TemplatesFile | EverythingFile;
type WithoutHead<F> = F extends PortableFile ? Omit<F, 'format' | 'version' | 'exportedAt'> : never;
/** What a file holds. */
export type PortableContent = WithoutHead<PortableFile>;

/** A case of a file whose history does not fit. */
export interface BrokenCase {
  caseKey: CaseKey;
  siteId: string;
  ticketId: string;
  /** The first entry that does not fit. */
  entry: number;
  /** The file itself says so: it was broken where it comes from. Else the case is left out of what the file holds. */
  known: boolean;
}

export type Imported = { ok: true; value: PortableFile; broken: BrokenCase[] } | { ok: false; problems: Finding[] };

/**
 * Writes a file that `importFile` reads back exactly. The same content gives the same text, in the order of the schema.
 * @throws when the content does not have the shape that it says it has, which is a fault of the caller
 */
export function exportFile(content: PortableContent, exportedAt: Instant): string {
  const schema = content.kind === 'templates' ? TemplatesFile : EverythingFile;
  const file = { ...content, format: FORMAT, version: FORMAT_VERSION, exportedAt: new Date(exportedAt).toISOString() };
  return `${JSON.stringify(z.parse(schema, file), null, 2)}\n`;
}

const rowSchemas = { cases: PortableCase, history: HistoryEntry, timers: Timer, outbox: Effect } as const;

/** Rows of one list of a file of everything, as text for `composeEverything`. @throws as `exportFile` */
export function rowsText(list: CaseList, rows: readonly unknown[]): string {
  return rows
    .map((row) => `    ${JSON.stringify(z.parse(rowSchemas[list], row), null, 2).replaceAll('\n', '\n    ')}`)
    .join(',\n');
}

/**
 * Reads a file that somebody hands over. All of it is sound, or nothing is taken: each problem says where and why, and
 * names the thing. Only a history that does not fit concerns its own case alone: `broken` names each, and those that the
 * file did not know of are not in `value`. Never throws, whatever the text is; changes nothing.
 */
export function importFile(text: string): Imported {
  const problems = new Problems();
  const file = read(text, problems);
  if (file === null) return { ok: false, problems: problems.list() };
  const broken = file.kind === 'everything' ? brokenCases(file) : [];
  return { ok: true, value: without(file, broken), broken };
}

/**
 * Templates of a file that are stored already, in the same version, with other content. What is published never
 * changes, so such a file cannot be taken as it is.
 */
export function conflictsWith(existing: readonly CaseTemplate[], file: PortableFile): Finding[] {
  const problems = new Problems(file);
  file.templates.forEach((template, index) => {
    const stored = existing.find(({ id, version }) => id === template.id && version === template.version);
    if (stored && canonicalJson(stored) !== canonicalJson(template))
      problems.add(['templates', index], 'other-content', fileWords.otherContent(template.version));
  });
  return problems.list();
}

/** Collects what is wrong with a file, with the place in words. */
class Problems {
  private readonly kept: Finding[] = [];
  private count = 0;

  /** @param file what the places are in; as far as it could be read */
  constructor(private file: unknown = null) {}

  get found(): boolean {
    return this.count > 0;
  }

  in(file: unknown): void {
    this.file = file;
  }

  add(path: JsonPath, code: string, reason: string, example: readonly string[] = []): void {
    this.count += 1;
    if (this.count > MAX_PROBLEMS) return;
    const message =
      path.length === 0 ? fileWords.ofFile(reason) : fileWords.atPlace(placeWords(path, this.file), reason);
    this.kept.push({ severity: 'error', code, message, path, example });
  }

  /** @param at where the thing is that the findings are about; their paths begin there */
  addAll(at: JsonPath, findings: readonly Finding[]): void {
    for (const { path, code, message, example } of findings)
      this.add([...at, ...path], code, message.replace(/\.$/, ''), example);
  }

  list(): Finding[] {
    const more = this.count - this.kept.length;
    if (more === 0) return this.kept;
    return [
      ...this.kept,
      { severity: 'error', code: 'more-problems', message: fileWords.more(more), path: [], example: [] },
    ];
  }
}

function read(text: string, problems: Problems): PortableFile | null {
  const tooLarge = (kind: PortableFile['kind']): boolean => {
    if (text.length <= MAX_LENGTH[kind]) return false;
    problems.add([], 'too-large', fileWords.tooLarge(MAX_LENGTH[kind] / 1_000_000));
    return true;
  };
  if (tooLarge('everything')) return null;
  const json = readStrictJson(text);
  if (!json.ok) {
    const { path, code, reason, line, column } = json.fault;
    problems.in(json.read);
    // What is no JSON at all is wrong with the file; the line says where.
    problems.add(code === 'not-json' ? [] : path, code, fileWords.atLine(reason, line, column));
    return null;
  }
  const file = json.value;
  problems.in(file);
  const kind = kindOf(file, problems);
  if (kind === null || tooLarge(kind)) return null;
  const parsed = (kind === 'templates' ? TemplatesFile : EverythingFile).safeParse(file);
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      for (const { path, code, reason } of shapeFaults(issue, file)) problems.add(path, code, reason);
    return null;
  }
  reportTrimmed(file, parsed.data, problems);
  reportFaults(parsed.data, problems);
  return problems.found ? null : parsed.data;
}

/** Whether the file is one of ours, and of a kind and version that is known here. */
function kindOf(file: unknown, problems: Problems): PortableFile['kind'] | null {
  const { format, version, kind } = (typeof file === 'object' && file !== null ? file : {}) as Record<string, unknown>;
  if (format !== FORMAT) problems.add([], 'other-format', fileWords.otherFormat(FORMAT));
  else if (typeof version === 'number' && version > FORMAT_VERSION)
    problems.add(['version'], 'newer-version', fileWords.newerVersion(version, FORMAT_VERSION));
  else if (version !== FORMAT_VERSION) problems.add(['version'], 'shape', fileWords.isNotValue(FORMAT_VERSION));
  else if (kind !== 'templates' && kind !== 'everything')
    problems.add(['kind'], 'shape', fileWords.noneOf(['templates', 'everything'].map(fileWords.quoted).join(', ')));
  else return kind;
  return null;
}

/** Names are trimmed when they are read; what then differs from the file would not be an exact copy. */
function reportTrimmed(given: unknown, taken: unknown, problems: Problems, path: JsonPath = []): void {
  if (typeof given === 'object' && given !== null)
    for (const [key, value] of Object.entries(given))
      reportTrimmed(value, (taken as Record<string, unknown>)[key], problems, [
        ...path,
        Array.isArray(given) ? Number(key) : key,
      ]);
  else if (given !== taken) problems.add(path, 'shape', fileWords.untrimmed);
}

/** What a schema cannot say: that ids are single, that references lead somewhere, and that histories are whole. */
function reportFaults(file: PortableFile, problems: Problems): void {
  reportDoubled(file.templates, ['templates'], versionKey, problems);
  reportDoubled(file.calendars, ['calendars'], ({ id }) => id, problems);
  const calendarIds = new Set<string | null>(file.calendars.map(({ id }) => id));
  file.calendars.forEach((calendar, index) => {
    problems.addAll(['calendars', index], calendarProblems(calendar));
  });
  // Where somebody has deleted a calendar, what counted by it counts as without one: that is no reason to refuse a backup.
  const needsCalendars = file.kind === 'templates';
  file.templates.forEach((template, index) => {
    problems.addAll(['templates', index], templateFaults(template));
    if (needsCalendars && template.calendarId !== null && !calendarIds.has(template.calendarId))
      problems.add(['templates', index, 'calendarId'], 'unknown-calendar', fileWords.notInFile);
  });
  if (file.kind === 'everything') reportFaultsOfEverything(file, problems);
}

const versionKey = ({ id, version }: { id: string; version: number }): string => `${id}@${version}`;

function reportDoubled<T>(list: readonly T[], path: JsonPath, keyOf: (entry: T) => string, problems: Problems): void {
  const seen = new Set<string>();
  list.forEach((entry, index) => {
    const key = keyOf(entry);
    if (seen.has(key)) problems.add([...path, index], 'doubled', fileWords.doubled);
    seen.add(key);
  });
}

function reportFaultsOfEverything(file: EverythingFile, problems: Problems): void {
  const templates = new Map(file.templates.map((template) => [versionKey(template), template]));
  const templateIds = new Set(file.templates.map(({ id }) => id));
  const cases = new Map(file.cases.map((record) => [record.caseKey, record]));
  const histories = historiesIn(file);
  reportDoubled(file.drafts, ['drafts'], ({ templateId }) => templateId, problems);
  file.drafts.forEach(({ templateId, basedOn, template }, index) => {
    // A draft may be unfinished, so its faults are for the checker to tell, not a reason to refuse a backup.
    if (template.id !== templateId)
      problems.add(['drafts', index, 'template', 'id'], 'other-id', fileWords.otherDraftId(templateId));
    if (basedOn !== null && !templates.has(versionKey({ id: templateId, version: basedOn })))
      problems.add(['drafts', index, 'basedOn'], 'unknown-template', fileWords.notInFile);
  });

  const publicationKey = ({ templateId, version }: PublishedVersion) => versionKey({ id: templateId, version });
  reportDoubled(file.publications, ['publications'], publicationKey, problems);
  file.publications.forEach((publication, index) => {
    if (!templates.has(publicationKey(publication)))
      problems.add(['publications', index], 'unknown-template', fileWords.templateNotInFile);
  });

  reportDoubled(file.sites, ['sites'], ({ siteId }) => siteId, problems);
  file.sites.forEach(({ templateId }, index) => {
    if (!templateIds.has(templateId))
      problems.add(['sites', index, 'templateId'], 'unknown-template', fileWords.notInFile);
  });
  reportSharedAddresses(file.sites, problems);
  reportDoubled(file.settings.panelPlaces, ['settings', 'panelPlaces'], ({ siteId }) => siteId, problems);

  reportDoubled(file.cases, ['cases'], ({ caseKey }) => caseKey, problems);
  file.cases.forEach((record, index) => {
    reportCaseFaults(record, ['cases', index], templates.get(versionKey(templateOf(record))), problems);
    if (record.undo !== null && !templateIds.has(record.undo.templateId))
      problems.add(['cases', index, 'undo', 'templateId'], 'unknown-template', fileWords.notInFile);
    // It would not come back as it stands in the file.
    if (record.historyBrokenAt !== undefined && !historyFault(record, histories.get(record.caseKey) ?? []))
      problems.add(['cases', index, 'historyBrokenAt'], 'broken-history', fileWords.notBroken);
  });

  const reportStray = (list: readonly { caseKey: string }[], path: JsonPath) => {
    list.forEach(({ caseKey }, index) => {
      if (!cases.has(caseKey)) problems.add([...path, index], 'unknown-case', fileWords.caseNotInFile);
    });
  };
  const reportLater = (list: readonly { caseKey: string; generation: number }[], path: JsonPath) => {
    list.forEach(({ caseKey, generation }, index) => {
      if (generation > (cases.get(caseKey)?.generation ?? generation))
        problems.add([...path, index, 'generation'], 'wrong-generation', fileWords.laterGeneration);
    });
  };
  reportStray(file.history, ['history']);
  reportDoubled(file.timers, ['timers'], ({ timerId }) => timerId, problems);
  reportStray(file.timers, ['timers']);
  reportLater(file.timers, ['timers']);
  reportDoubled(file.outbox, ['outbox'], ({ effectId }) => effectId, problems);
  reportStray(file.outbox, ['outbox']);
  reportLater(file.outbox, ['outbox']);
  file.outbox.forEach(({ caseKey, siteId }, index) => {
    if (siteId !== (cases.get(caseKey)?.siteId ?? siteId))
      problems.add(['outbox', index, 'siteId'], 'other-site', fileWords.otherSite);
  });
}

/** Two sites of one address would each have the cases of the same tickets, and only one of them could be shown. */
function reportSharedAddresses(sites: readonly PortableSite[], problems: Problems): void {
  const known = new Map<string, PortableSite>();
  sites.forEach((site, index) => {
    const address = plainAddress(site.baseUrl);
    if (address === null) {
      problems.add(['sites', index, 'baseUrl'], 'shape', fileWords.badAddress);
      return;
    }
    const first = known.get(address);
    if (first && first.siteId !== site.siteId)
      problems.add(
        ['sites', index, 'baseUrl'],
        'same-address',
        fileWords.sameAddress(fileWords.quoted(shortened(first.name)), shortened(first.siteId)),
      );
    if (!first) known.set(address, site);
  });
}

const templateOf = ({ templateId, templateVersion }: CaseRecord) => ({ id: templateId, version: templateVersion });

function reportCaseFaults(
  record: CaseRecord,
  path: JsonPath,
  template: CaseTemplate | undefined,
  problems: Problems,
): void {
  const caseKey = caseKeyOf(record.siteId, record.ticketId);
  if (record.caseKey !== caseKey) problems.add([...path, 'caseKey'], 'other-id', fileWords.otherCaseKey(caseKey));
  if (!template) problems.add(path, 'unknown-template', fileWords.templateNotInFile);
  else if (!hasPosition(template, record)) problems.add(path, 'unknown-status', fileWords.unknownPosition);
  record.undo?.timers.forEach(({ timer }, index) => {
    if (timer.caseKey !== record.caseKey)
      problems.add([...path, 'undo', 'timers', index, 'timer', 'caseKey'], 'unknown-case', fileWords.otherCase);
  });
}

/** @param file sound but for its histories, and for marks of those that say nothing true */
function brokenCases(file: EverythingFile): BrokenCase[] {
  const histories = historiesIn(file);
  return file.cases.flatMap((record): BrokenCase[] => {
    const { caseKey, siteId, ticketId } = record;
    const history = histories.get(caseKey) ?? [];
    const fault = historyFault(record, history);
    if (!fault) return [];
    // Each entry in a place of its own, and none where the next one of the case has to go.
    const hasRoom = history.every(
      ({ seq }, index) => seq > (history[index - 1]?.seq ?? 0) && seq <= record.lastHistorySeq,
    );
    return [{ caseKey, siteId, ticketId, entry: fault.seq, known: hasRoom && record.historyBrokenAt === fault.seq }];
  });
}

/** The file without the cases whose histories were changed since it was made, or by whoever made it. */
function without(file: PortableFile, broken: readonly BrokenCase[]): PortableFile {
  const gone = new Set(broken.filter(({ known }) => !known).map(({ caseKey }) => caseKey));
  if (file.kind !== 'everything' || gone.size === 0) return file;
  const stays = ({ caseKey }: { caseKey: CaseKey }) => !gone.has(caseKey);
  const { cases, history, timers, outbox } = file;
  return {
    ...file,
    cases: cases.filter(stays),
    history: history.filter(stays),
    timers: timers.filter(stays),
    outbox: outbox.filter(stays),
  };
}

/** The entries of each case, in the order of the file. */
function historiesIn(file: EverythingFile): Map<CaseKey, HistoryEntry[]> {
  const histories = new Map<CaseKey, HistoryEntry[]>();
  for (const entry of file.history) {
    const own = histories.get(entry.caseKey);
    if (own) own.push(entry);
    else histories.set(entry.caseKey, [entry]);
  }
  return histories;
}
