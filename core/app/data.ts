import type {
  BackupOutcome,
  BackupSchedule,
  BackupView,
  DataOverview,
  ExportPart,
  ImportLook,
  VerifyPart,
} from '../contract/data-views';
import type { Answer } from '../contract/messages';
import type { FindingView } from '../contract/views';
import { type CaseKey, type CaseRecord, HistoryEntry } from '../domain/case';
import { historyFault } from '../domain/history';
import { type Here, type ImportPlan, type Precedence, planImport } from '../domain/import-plan';
import { type BrokenCase, type EverythingFile, exportFile, importFile, rowsText } from '../domain/portable';
import { type CaseTexts, composeEverything } from '../domain/portable-text';
import { dataWords } from '../words/data';
import type { Context } from './context';
import { lookAgain } from './context';
import type { LossWatch } from './loss';
import type { DataStore, Files, Site } from './ports';
import { DEFAULT_NOTICE_DAYS, retimingBy } from './retiming';

/** How much is looked at before the page hears of it, and before anything else has its turn. */
const CASES_AT_ONCE = 100;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PERIOD_MS = { daily: DAY_MS, weekly: 7 * DAY_MS } as const;
/** A backup that failed is tried again after this. */
const RETRY_MS = HOUR_MS;
/** In characters. What is saved by itself goes to the browser as one address; Chromium took 100 MB of it in 26 s. */
export const MAX_BACKUP = 50_000_000;

interface Deps {
  store: DataStore;
  files: Files;
  loss: LossWatch;
  /** Whether this extension has an adapter for it. */
  knowsDesk(adapterId: string): boolean;
  /** Registers content scripts for the sites that are connected now. */
  reconcileScripts(): Promise<void>;
  /** Starts a run of the engine. */
  wake(): void;
}

/** A file of everything, and the cases whose histories do not fit. */
interface ReadFile {
  file: EverythingFile;
  broken: readonly BrokenCase[];
}

/** All that is stored, as a whole: files of everything, backups, the proof of the histories, erasing. */
export class Data {
  private backingUp: Promise<void> | null = null;

  constructor(
    private readonly ctx: Context,
    private readonly deps: Deps,
  ) {}

  async overview(): Promise<Answer<DataOverview>> {
    const { store } = this.deps;
    // The built-in templates are part of what is counted and exported.
    await this.ctx.templates.all();
    const [loss, counts, changedAt, cases, sites, backup] = await Promise.all([
      this.deps.loss.loss(),
      store.counts(),
      store.lastChangeAt(),
      store.casesOfSites(),
      this.ctx.sites.all(),
      store.backup(),
    ]);
    return {
      ok: true,
      value: {
        counts,
        changedAt,
        sites: [...cases].map(([siteId, count]) => {
          const site = sites.find((one) => one.siteId === siteId);
          return { siteId, name: site?.name ?? siteId, cases: count, word: wordOf(siteId, site) };
        }),
        backup,
        loss,
      },
    };
  }

  /** @param after the last case that the page has got; `null`: none yet */
  async exportPart(after: string | null): Promise<Answer<ExportPart>> {
    const rows = await this.deps.store.casesAfter(after, CASES_AT_ONCE);
    const history = historyText(rows.history);
    const histories = byCase(rows.cases, history.entries);
    const texts: CaseTexts = {
      cases: rowsText(
        'cases',
        rows.cases.map((record) => {
          const fault = historyFault(record, histories.get(record.caseKey) ?? []);
          // Said in the file: a history that was broken here is told from one that is changed there.
          return fault ? { ...record, historyBrokenAt: fault.seq } : record;
        }),
      ),
      history: history.text,
      timers: rowsText('timers', rows.timers),
      outbox: rowsText('outbox', rows.outbox),
    };
    return { ok: true, value: { texts, cases: rows.cases.length, next: nextAfter(rows.cases) } };
  }

  async exportFrame(): Promise<Answer<{ fileName: string; frame: string }>> {
    const now = this.ctx.clock.now();
    await this.ctx.templates.all();
    const { templates, calendars, drafts, publications, sites, settings } = await this.deps.store.shared();
    const frame = exportFile(
      {
        kind: 'everything',
        templates: [...templates],
        calendars: [...calendars],
        drafts: [...drafts],
        publications: [...publications],
        sites: [...sites],
        settings,
        cases: [],
        history: [],
        timers: [],
        outbox: [],
      },
      now,
    );
    const day = new Date(now).toISOString().slice(0, 10);
    return { ok: true, value: { fileName: `case-status-${day}.json`, frame } };
  }

  /** What taking in a file would do; nothing is changed. */
  async examine(address: string, precedence: Precedence): Promise<Answer<ImportLook>> {
    const read = await this.read(address);
    if (!read.ok) return read.answer;
    const plan = this.plan(read, await this.deps.store.here(read.file), precedence);
    return { ok: true, value: look(read.file, plan, await this.retimes(plan)) };
  }

  /** Takes a file in: all that `examine` says, in one transaction, or nothing. */
  async take(address: string, precedence: Precedence): Promise<Answer<ImportLook>> {
    const { deps } = this;
    const read = await this.read(address);
    if (!read.ok) return read.answer;
    const done = await deps.store.take(read.file, (here) => this.plan(read, here, precedence));
    lookAgain(this.ctx);
    // What came in overdue is now looked after by the rules of an absence: more than five of them become a list.
    await deps.reconcileScripts();
    deps.wake();
    return { ok: true, value: look(read.file, done, await this.retimes(done)) };
  }

  /**
   * What goes on by a version of the file from then on, and keeps its dates until somebody says otherwise. Of the cases
   * that were here: those of the file are as the browser left them that knew both.
   */
  private async retimes({ overtaking, calendars, cases }: ImportPlan): Promise<ImportLook['retimes']> {
    const without = new Set(cases.map(({ caseKey }) => caseKey));
    const found = overtaking.map(async (template) => {
      const { id: templateId, version, name, calendarId } = template;
      const calendar = calendars.find(({ id }) => id === calendarId);
      const by = await retimingBy(this.ctx, template, DEFAULT_NOTICE_DAYS, { calendar, without });
      return { templateId, version, name, ...by };
    });
    return (await Promise.all(found)).filter(({ timers }) => timers > 0);
  }

  private plan({ file, broken }: ReadFile, here: Here, precedence: Precedence): ImportPlan {
    const { knowsDesk } = this.deps;
    return planImport(file, here, { precedence, now: this.ctx.clock.now(), knowsDesk, broken });
  }

  private async read(address: string): Promise<({ ok: true } & ReadFile) | { ok: false; answer: Answer<ImportLook> }> {
    let text: string;
    try {
      text = await this.deps.files.read(address);
    } catch {
      return { ok: false, answer: { ok: false, code: 'unreadable', message: dataWords.unreadable } };
    }
    // What came with the extension is here, whether anything has asked for it yet or not.
    await this.ctx.templates.all();
    const imported = importFile(text);
    if (imported.ok && imported.value.kind === 'everything') {
      return { ok: true, file: imported.value, broken: imported.broken };
    }
    const problems: FindingView[] = imported.ok
      ? [{ severity: 'error', message: dataWords.onlyTemplates, example: [] }]
      : imported.problems.map(({ severity, message, example }) => ({ severity, message, example: [...example] }));
    return { ok: false, answer: { ok: true, value: refused(problems) } };
  }

  /** Checks the chains of the next cases, and that each ends where its case says. */
  async verify(after: string | null): Promise<Answer<VerifyPart>> {
    const { cases, history } = await this.deps.store.casesAfter(after, CASES_AT_ONCE);
    const sites = new Map((await this.ctx.sites.all()).map((site) => [site.siteId, site]));
    const ofCase = byCase(cases, history);
    const broken = cases.flatMap((record) => {
      const fault = historyFault(record, ofCase.get(record.caseKey) ?? []);
      return fault ? [{ ...this.namesOf(record, sites.get(record.siteId)), ...fault }] : [];
    });
    return { ok: true, value: { cases: cases.length, entries: history.length, broken, next: nextAfter(cases) } };
  }

  private namesOf({ caseKey, siteId, ticketId }: CaseRecord, site: Site | undefined) {
    const url = site ? this.ctx.desks.ticketUrl(site, ticketId) : null;
    return { caseKey, ticketId, siteName: site?.name ?? siteId, url };
  }

  /**
   * @param siteId whose cases go; `null`: everything goes, and what the browser has granted is given back
   * @param typed has to be the word that `overview` names, or the one for everything
   */
  async erase(siteId: string | null, typed: string): Promise<Answer<null>> {
    const { ctx, deps } = this;
    if (siteId !== null && !(await deps.store.casesOfSites()).has(siteId))
      return { ok: false, code: 'nothing-there', message: dataWords.nothingToErase };
    const word = siteId === null ? dataWords.eraseWord : wordOf(siteId, await ctx.sites.get(siteId));
    if (typed.trim().toLowerCase() !== word.toLowerCase())
      return { ok: false, code: 'wrong-word', message: dataWords.wrongWord };
    if (siteId === null) {
      await deps.loss.expectGone(null);
      await deps.store.eraseAll();
      // Names of help desks are in what is known of a loss, too.
      await deps.loss.settle();
      lookAgain(ctx);
      await deps.reconcileScripts();
      await deps.files.forgetAll();
    } else {
      await deps.store.eraseSite(siteId);
      lookAgain(ctx);
    }
    deps.wake();
    return { ok: true, value: null };
  }

  /** The person has put back what the browser had lost, or does without it. */
  async settleLoss(): Promise<Answer<null>> {
    await this.deps.loss.settle();
    return { ok: true, value: null };
  }

  /** The first backup is made at once: whoever switches them on sees where they go. */
  async setBackup(every: BackupSchedule): Promise<Answer<BackupView>> {
    const { store } = this.deps;
    const { last } = await store.backup();
    const since = last?.problem === null ? last.at : null;
    const nextAt = every === 'off' ? null : since === null ? this.ctx.clock.now() : since + PERIOD_MS[every];
    await store.setBackup({ every, nextAt, last });
    await this.mindBackups();
    return { ok: true, value: await store.backup() };
  }

  /** Makes the backup that is due, and sees to it that the next one will be. Called at every start and by its alarm. */
  mindBackups(): Promise<void> {
    // A start and an alarm may come together.
    this.backingUp ??= this.backUpWhereDue().finally(() => {
      this.backingUp = null;
    });
    return this.backingUp;
  }

  private async backUpWhereDue(): Promise<void> {
    const { store, files } = this.deps;
    const { every, nextAt } = await store.backup();
    if (every === 'off') return files.ringForBackup(null);
    const now = this.ctx.clock.now();
    // Further ahead than a whole period: the clock that said so was wrong.
    const due = nextAt === null || nextAt <= now || nextAt > now + PERIOD_MS[every];
    if (!due) return files.ringForBackup(nextAt);
    const last = await this.backUp();
    // It may have been switched meanwhile.
    const chosen = (await store.backup()).every;
    const wait = last.problem === null && chosen !== 'off' ? PERIOD_MS[chosen] : RETRY_MS;
    const next = chosen === 'off' ? null : now + wait;
    await store.setBackup({ every: chosen, nextAt: next, last });
    await files.ringForBackup(next);
  }

  private async backUp(): Promise<BackupOutcome> {
    const at = this.ctx.clock.now();
    try {
      const pieces: CaseTexts[] = [];
      let length = 0;
      let after: string | null = null;
      do {
        const part: ExportPart = theValue(await this.exportPart(after));
        pieces.push(part.texts);
        for (const text of Object.values(part.texts)) length += text.length;
        after = part.next;
      } while (after !== null && length <= MAX_BACKUP);
      const { fileName, frame } = theValue(await this.exportFrame());
      if (length + frame.length > MAX_BACKUP)
        return { at, fileName, problem: dataWords.tooLarge(MAX_BACKUP / 1_000_000) };
      const saved = await this.deps.files.save(fileName, composeEverything(frame, pieces));
      const problems = {
        saved: null,
        'not-allowed': dataWords.notAllowed,
        'too-large': dataWords.tooLarge(MAX_BACKUP / 1_000_000),
        interrupted: dataWords.interrupted,
      };
      return { at, fileName, problem: problems[saved] };
    } catch (error) {
      this.ctx.log.error('backup', error);
      return { at, fileName: '', problem: dataWords.failed };
    }
  }
}

/** The entries of each case. */
function byCase(cases: readonly CaseRecord[], history: readonly HistoryEntry[]): Map<CaseKey, HistoryEntry[]> {
  const ofCase = new Map<CaseKey, HistoryEntry[]>(cases.map(({ caseKey }) => [caseKey, []]));
  for (const entry of history) ofCase.get(entry.caseKey)?.push(entry);
  return ofCase;
}

/** As text, but for entries that were changed into something that no file can hold: those are missing in it. */
function historyText(rows: readonly HistoryEntry[]): { entries: readonly HistoryEntry[]; text: string } {
  try {
    return { entries: rows, text: rowsText('history', rows) };
  } catch {
    const entries = rows.filter((entry) => HistoryEntry.safeParse(entry).success);
    return { entries, text: rowsText('history', entries) };
  }
}

const nextAfter = (cases: readonly CaseRecord[]) =>
  cases.length < CASES_AT_ONCE ? null : (cases.at(-1)?.caseKey ?? null);

/** What is typed to erase the cases of a site: its host, as it is read in an address. */
const wordOf = (siteId: string, site: Site | undefined) => (site ? new URL(site.baseUrl).host : siteId);

function theValue<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

function look(file: EverythingFile, plan: ImportPlan, retimes: ImportLook['retimes']): ImportLook {
  return {
    problems: [],
    exportedAt: file.exportedAt,
    standings: plan.standings,
    taken: plan.cases.length,
    newTemplates: plan.templates.map(({ name, version }) => dataWords.template(name, version)),
    retimes,
    newDrafts: plan.drafts.map(({ template }) => template.name),
    newSites: plan.sites.map(({ name }) => name),
    leftOut: plan.leftOut,
    broken: plan.broken,
    overdue: plan.overdue,
    unsent: plan.unsent,
  };
}

function refused(problems: FindingView[]): ImportLook {
  const standings = { new: 0, newer: 0, older: 0, forked: 0, same: 0, 'left-out': 0 };
  const nothing = {
    taken: 0,
    newTemplates: [],
    retimes: [],
    newDrafts: [],
    newSites: [],
    leftOut: [],
    broken: [],
    overdue: 0,
    unsent: 0,
  };
  return { problems, exportedAt: '', standings, ...nothing };
}
