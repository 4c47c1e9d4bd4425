import { dataWords } from '../words/data';
import { plainAddress } from './address';
import type { BusinessCalendar } from './calendar';
import type { CaseKey, CaseRecord, Effect, HistoryEntry, Instant, Timer } from './case';
import { canonicalJson } from './history';
import type { BrokenCase, EverythingFile, PortableCase, PortableSettings, PortableSite } from './portable';
import { type CaseTemplate, findStatus } from './template';
import type { PublishedVersion, TemplateDraft } from './versions';

/** What is in this browser already, as far as a file has to do with it. */
export interface Here {
  templates: readonly CaseTemplate[];
  calendars: readonly BusinessCalendar[];
  publications: readonly PublishedVersion[];
  drafts: readonly TemplateDraft[];
  sites: readonly PortableSite[];
  settings: PortableSettings;
  cases: ReadonlyMap<CaseKey, HereCase>;
}

/** Where the history of a case stands here. */
export interface HereCase {
  lastSeq: number;
  lastHash: string;
  /** Of our entry with the number of the file's last one; `null`: ours is shorter. */
  hashAtTheirs: string | null;
}

/** `keep`: a case that has anything here that the file lacks stays as it is. `take`: the file's counts. */
export type Precedence = 'keep' | 'take';

/**
 * How a case of the file stands to the one here. newer: it goes on where ours ends. older: ours goes on where it ends.
 * forked: both went on by themselves. left-out: its template cannot be taken.
 */
export type Standing = 'new' | 'newer' | 'older' | 'forked' | 'same' | 'left-out';

/** What an import does. Nothing but these rows is touched. */
export interface ImportPlan {
  standings: Record<Standing, number>;
  /** What is not taken, and why, in words. */
  leftOut: { what: string; why: string }[];
  /** Cases whose history was broken when the file was made, and what becomes of them, in words. */
  broken: { what: string; why: string }[];
  templates: CaseTemplate[];
  /** Of the templates, those that become the newest version of one that is here: its cases go on by them. */
  overtaking: CaseTemplate[];
  calendars: BusinessCalendar[];
  publications: PublishedVersion[];
  drafts: TemplateDraft[];
  sites: PortableSite[];
  settings: PortableSettings;
  /** Cases that are taken; all that is here of them goes first. */
  cases: CaseRecord[];
  history: HistoryEntry[];
  timers: Timer[];
  outbox: Effect[];
  /** Those of the cases that wait, and are to be looked after. */
  waiting: CaseRecord[];
  /** Of the timers, those that are due. */
  overdue: number;
  /** Of the messages and status changes, those that the other browser had not sent as far as the file knows. */
  unsent: number;
}

interface Terms {
  precedence: Precedence;
  now: Instant;
  /** Whether this extension knows the help desk behind such a site. */
  knowsDesk(adapterId: string): boolean;
  /** As `importFile` found them. */
  broken: readonly BrokenCase[];
}

/** Templates that the file says are archived, but for those that a site uses, here or in the file; never all there are. */
function newlyArchived(file: EverythingFile, here: Here): string[] {
  const known = new Set([...here.templates, ...file.templates].map(({ id }) => id));
  const used = new Set([...here.sites, ...file.sites].map(({ templateId }) => templateId));
  const archived = new Set(file.settings.archived?.filter((id) => known.has(id) && !used.has(id)));
  // The first that there is stays, for the next site.
  const [first] = known;
  if (archived.size === known.size && first !== undefined) archived.delete(first);
  return [...archived];
}

const versionKey = (id: string, version: number) => `${id}@${version}`;
const entryKey = (caseKey: CaseKey, seq: number) => `${seq}/${caseKey}`;

/**
 * Decides what taking in a file of everything means. What was published never changes, what was chosen here stays, and a
 * case comes as a whole or not at all.
 * @param file as `importFile` takes it: sound in itself
 */
export function planImport(file: EverythingFile, here: Here, terms: Terms): ImportPlan {
  const leftOut: ImportPlan['leftOut'] = [];
  const templates = new Map(here.templates.map((one) => [versionKey(one.id, one.version), one]));
  const unfit = versionsLeftOut(file.templates, templates);
  const freshTemplates = file.templates.filter(({ id, version }) => {
    const key = versionKey(id, version);
    return !templates.has(key) && !unfit.has(key);
  });
  for (const template of freshTemplates) templates.set(versionKey(template.id, template.version), template);

  const standings: ImportPlan['standings'] = { new: 0, newer: 0, older: 0, forked: 0, same: 0, 'left-out': 0 };
  const taken = new Map<CaseKey, PortableCase>();
  const known = new Set(terms.broken.map(({ caseKey }) => caseKey));
  const hashes = new Map(file.history.map(({ caseKey, seq, hash }) => [entryKey(caseKey, seq), hash]));
  for (const record of file.cases) {
    const key = versionKey(record.templateId, record.templateVersion);
    const own = here.cases.get(record.caseKey);
    const hashAtOurs = own && hashes.get(entryKey(record.caseKey, own.lastSeq));
    const told = standingOf(record, own, hashAtOurs);
    // What was broken says nothing of which is newer, and is never taken over what is here without a word.
    const sure = !known.has(record.caseKey) || told === 'new' || told === 'same' ? told : 'forked';
    const standing = unfit.has(key) ? 'left-out' : sure;
    standings[standing] += 1;
    const over = terms.precedence === 'take' && (standing === 'older' || standing === 'forked');
    if (standing === 'new' || standing === 'newer' || over) taken.set(record.caseKey, record);
  }
  for (const { id, version, name } of file.templates) {
    const differing = unfit.get(versionKey(id, version));
    if (differing === undefined) continue;
    const lost = file.cases.filter((record) => record.templateId === id && record.templateVersion === version).length;
    const why = differing === version ? dataWords.otherContent(lost) : dataWords.otherTemplate(differing, lost);
    leftOut.push({ what: dataWords.template(name, version), why });
  }

  const siteNames = new Map([...file.sites, ...here.sites].map(({ siteId, name }) => [siteId, name]));
  const broken: ImportPlan['broken'] = [];
  for (const { caseKey, siteId, ticketId, entry, known } of terms.broken) {
    const what = dataWords.caseOf(ticketId, siteNames.get(siteId) ?? siteId);
    if (!known) {
      standings['left-out'] += 1;
      leftOut.push({ what, why: dataWords.changedHistory(entry) });
    } else
      broken.push({ what, why: taken.has(caseKey) ? dataWords.brokenTaken(entry) : dataWords.brokenNotTaken(entry) });
  }

  const calendars = fresh(
    file.calendars,
    here.calendars,
    ({ id }) => id,
    (own, theirs) => {
      if (canonicalJson(own) !== canonicalJson(theirs))
        leftOut.push({ what: dataWords.calendar(theirs.id), why: dataWords.otherCalendar });
    },
  );
  const addressesHere = new Set(here.sites.map(({ baseUrl }) => plainAddress(baseUrl)));
  const sites = fresh(file.sites, here.sites, ({ siteId }) => siteId).filter((site) => {
    const why = !terms.knowsDesk(site.adapterId)
      ? dataWords.unknownDesk
      : addressesHere.has(plainAddress(site.baseUrl))
        ? dataWords.sameAddress
        : null;
    if (why !== null) leftOut.push({ what: dataWords.site(site.name), why });
    return why === null;
  });
  const drafts = fresh(
    file.drafts,
    here.drafts,
    ({ templateId }) => templateId,
    (own, theirs) => {
      if (canonicalJson(own.template) !== canonicalJson(theirs.template))
        leftOut.push({ what: dataWords.draft(theirs.template.name), why: dataWords.otherDraft });
    },
  ).filter((draft) => {
    const why = whyNoDraft(draft, here.templates, unfit);
    if (why !== null) leftOut.push({ what: dataWords.draft(draft.template.name), why });
    return why === null;
  });

  const isTaken = ({ caseKey }: { caseKey: CaseKey }) => taken.has(caseKey);
  const timers = file.timers.filter(isTaken);
  const theirs = file.outbox.filter(isTaken);
  const outbox = theirs.map(withoutSending);
  return {
    standings,
    leftOut,
    broken,
    templates: freshTemplates,
    overtaking: overtaking(freshTemplates, here.templates),
    calendars,
    publications: fresh(file.publications, here.publications, (one) => versionKey(one.templateId, one.version)).filter(
      (one) => !unfit.has(versionKey(one.templateId, one.version)),
    ),
    drafts,
    sites,
    settings: {
      panelPlaces: fresh(file.settings.panelPlaces, here.settings.panelPlaces, ({ siteId }) => siteId),
      notifications: here.settings.notifications === null ? file.settings.notifications : null,
      archived: here.settings.archived ? [] : newlyArchived(file, here),
    },
    // Whether a history fits is found anew whenever it is looked at.
    cases: [...taken.values()].map(({ historyBrokenAt: _mark, ...record }) => record),
    history: file.history.filter(isTaken),
    timers,
    outbox,
    waiting: [...taken.values()].filter(({ templateId, templateVersion, statusId }) => {
      const template = templates.get(versionKey(templateId, templateVersion));
      return template && findStatus(template, statusId)?.category === 'waiting';
    }),
    overdue: timers.filter(({ state, nextAt }) => state === 'armed' && nextAt <= terms.now).length,
    unsent: outbox.filter((effect, index) => effect.kind === 'desk-write' && effect !== theirs[index]).length,
  };
}

/**
 * Versions of the file that cannot be taken: those that are here with other content, and all of their template that are
 * not here. Where one version differs, the two are templates of their own that share an id, and what follows there would
 * be taken for what follows here.
 * @returns by the key of each the version that differs: itself, or the first of its template
 */
function versionsLeftOut(
  theirs: readonly CaseTemplate[],
  own: ReadonlyMap<string, CaseTemplate>,
): ReadonlyMap<string, number> {
  const conflicts = theirs.filter((template) => {
    const same = own.get(versionKey(template.id, template.version));
    return same !== undefined && canonicalJson(same) !== canonicalJson(template);
  });
  const first = new Map<string, number>();
  for (const { id, version } of conflicts) first.set(id, Math.min(version, first.get(id) ?? version));
  const leftOut = new Map<string, number>();
  for (const { id, version } of theirs) {
    const key = versionKey(id, version);
    const differing = first.get(id);
    if (differing !== undefined && !own.has(key)) leftOut.set(key, differing);
  }
  for (const { id, version } of conflicts) leftOut.set(versionKey(id, version), version);
  return leftOut;
}

function overtaking(fresh: readonly CaseTemplate[], own: readonly CaseTemplate[]): CaseTemplate[] {
  const newest = (templates: readonly CaseTemplate[], id: string) =>
    Math.max(0, ...templates.filter((one) => one.id === id).map(({ version }) => version));
  return fresh.filter(({ id, version }) => {
    const here = newest(own, id);
    return here > 0 && version > here && version === newest(fresh, id);
  });
}

/** @param hashAtOurs of the file's entry with the number of our last one; `undefined`: the file's history is shorter */
function standingOf(record: CaseRecord, own: HereCase | undefined, hashAtOurs: string | undefined): Standing {
  if (!own) return 'new';
  const { lastHistorySeq: seq, lastHistoryHash: hash } = record;
  if (own.lastHash === hash) return 'same';
  if (seq === 0 || own.hashAtTheirs === hash) return 'older';
  return own.lastSeq === 0 || hashAtOurs === own.lastHash ? 'newer' : 'forked';
}

/** Why a draft could never be published here; `null`: it can go on where it was left. */
function whyNoDraft(
  { templateId, basedOn }: TemplateDraft,
  own: readonly CaseTemplate[],
  unfit: ReadonlyMap<string, number>,
): string | null {
  if (basedOn !== null) {
    const differing = unfit.get(versionKey(templateId, basedOn));
    if (differing === undefined) return null;
    return differing === basedOn ? dataWords.otherBase(basedOn) : dataWords.baseLeftOut(basedOn);
  }
  return own.some(({ id }) => id === templateId) ? dataWords.templateIsHere : null;
}

/** What is not here yet; `both` is told of the others. */
function fresh<T>(
  theirs: readonly T[],
  own: readonly T[],
  keyOf: (one: T) => string,
  both?: (own: T, theirs: T) => void,
): T[] {
  const known = new Map(own.map((one) => [keyOf(one), one]));
  return theirs.filter((one) => {
    const same = known.get(keyOf(one));
    if (same !== undefined) both?.(same, one);
    return same === undefined;
  });
}

/**
 * The browser that wrote the file may have sent it since, or may do so yet: whether it goes out from here is for a person
 * to say, who has looked at the ticket. See docs/adr/0023-data.md.
 */
function withoutSending(effect: Effect): Effect {
  if (!['pending', 'held', 'sending'].includes(effect.state)) return effect;
  if (effect.kind === 'notification') return { ...effect, state: 'cancelled', outcome: dataWords.fromFile };
  return { ...effect, state: 'uncertain', maybeSent: true, outcome: dataWords.perhapsSent };
}
