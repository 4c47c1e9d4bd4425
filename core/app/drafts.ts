import type { Answer } from '../contract/messages';
import type { DraftItem, DraftReview, DraftView, ReplayView, RetimeView, VersionView } from '../contract/views';
import type { CaseKey, CaseRecord } from '../domain/case';
import { checkTemplate } from '../domain/checker';
import { checkTarget } from '../domain/decide/target';
import { type CaseTemplate, findStatus, hasPosition, positionName, type Target } from '../domain/template';
import { emptyTemplate, freshId, idsOf } from '../domain/template-edits';
import { differences, publish, type TemplateDraft } from '../domain/versions';
import { appWords } from '../words/app';
import { sameName } from '../words/language';
import { templateReading } from './case-view';
import type { Context } from './context';
import { lookAgain, submit } from './context';
import { roleOf } from './policy';
import type { Aftermath } from './ports';
import { currentTemplate, gone, type ReplayInput, replayPart } from './replay-part';
import { calendarOf, DAY_MS, retimingBy, runningCases } from './retiming';
import { agentAtWork } from './sessions';
import { knownTemplates, nameTaken, readOnly } from './templates';

/** More would be done again where the worker ends over it, fewer would be written more often. */
const STRUCK_OFF_AT_ONCE = 50;

/** Templates that are being worked on: kept as they are edited, looked at, published. */
export class Drafts {
  /** @param wake has what is due looked after: a case that was moved has timers and effects of its own */
  constructor(
    private readonly ctx: Context,
    private readonly wake: () => void,
  ) {}

  async list(): Promise<Answer<DraftItem[]>> {
    return { ok: true, value: (await this.ctx.drafts.all()).map(itemOf) };
  }

  /** @param from the template that it begins as a copy of; `null`: it begins with three statuses */
  async create(name: string, from: string | null): Promise<Answer<DraftItem>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    const original = from === null ? null : await this.current(from);
    if (original === undefined) return gone();
    const known = await knownTemplates(ctx);
    if (known.some((other) => sameName(other.name, name)))
      return { ok: false, code: 'name-taken', message: appWords.templateNameTaken(name) };
    const id = freshId(name, idsOf(known));
    const template = original
      ? { ...original, id, name, version: 1, appliesTo: [] }
      : emptyTemplate(id, name, appWords.firstStatuses);
    const draft: TemplateDraft = { templateId: id, basedOn: null, template, editedAt: ctx.clock.now() };
    await ctx.drafts.put(draft, null);
    return { ok: true, value: itemOf(draft) };
  }

  async open(templateId: string): Promise<Answer<DraftView>> {
    const { ctx } = this;
    const [draft, published] = await Promise.all([ctx.drafts.get(templateId), ctx.templates.newest(templateId)]);
    const template = draft?.template ?? published;
    if (!template) return gone();
    const [sites, cases, versions, publications, calendars] = await Promise.all([
      ctx.sites.all(),
      ctx.cases.ofTemplate(templateId),
      ctx.templates.versions(templateId),
      ctx.templates.publications(templateId),
      ctx.calendars.all(),
    ]);
    const usage: Record<string, number> = {};
    for (const { statusId } of cases) usage[statusId] = (usage[statusId] ?? 0) + 1;
    const desks = new Map<string, DraftView['desks'][number]>();
    const addKind = (id: string) => desks.set(id, { id, name: ctx.desks.deskName(id), kind: null });
    for (const { adapterId } of sites) addKind(adapterId);
    for (const { siteId, name, adapterId } of sites) desks.set(siteId, { id: siteId, name, kind: adapterId });
    // What is said of a help desk that is not connected here is shown all the same.
    for (const key of Object.keys(template.native)) if (!desks.has(key)) addKind(key);
    return {
      ok: true,
      value: {
        template,
        published: published ?? null,
        editedAt: draft?.editedAt ?? null,
        note: draft?.note ?? '',
        review: await this.review(template, draft ? draft.basedOn : template.version),
        usage,
        versions: versions
          .map(({ version }) => {
            const {
              publishedAt = null,
              publishedBy = null,
              note = '',
              changes = [],
            } = publications.find((publication) => publication.version === version) ?? {};
            return { version, publishedAt, publishedBy: publishedBy?.name ?? null, note, changes };
          })
          .toSorted((a, b) => b.version - a.version),
        desks: [...desks.values()],
        calendars: calendars.map(({ id, name }) => ({ id, name })),
      },
    };
  }

  /**
   * @param seen when the draft that it follows was edited; `null`: there was none. Another one since is not overwritten
   * @param note what its publishing is to be noted with, as far as it is written
   */
  async save(
    template: CaseTemplate,
    seen: number | null,
    note = '',
  ): Promise<Answer<{ editedAt: number; review: DraftReview }>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    const [draft, published] = await Promise.all([ctx.drafts.get(template.id), ctx.templates.newest(template.id)]);
    if (!draft && !published) return gone();
    // Where there is no draft, or none any more, it begins as what was edited, be there a newer version by now.
    const begins = published ? Math.min(template.version, published.version) : null;
    const basedOn = draft ? draft.basedOn : begins;
    // Two edits within a millisecond are two.
    const editedAt = Math.max(ctx.clock.now(), (draft?.editedAt ?? 0) + 1);
    const next = { templateId: template.id, basedOn, template, editedAt, ...(note && { note }) };
    if (!(await ctx.drafts.put(next, seen)))
      return { ok: false, code: 'changed-meanwhile', message: appWords.draftChanged };
    return { ok: true, value: { editedAt, review: await this.review(template, basedOn) } };
  }

  /** One version in full, to be read. */
  async version(templateId: string, version: number): Promise<Answer<VersionView>> {
    const template = await this.ctx.templates.get(templateId, version);
    return template ? { ok: true, value: { template, reading: templateReading(template) } } : noVersion();
  }

  /** How one version differs from another; `null`: the draft. */
  async compare(input: { templateId: string; from: number | null; to: number | null }): Promise<Answer<string[]>> {
    const [from, to] = await Promise.all(
      [input.from, input.to].map((version) =>
        version === null ? this.current(input.templateId) : this.ctx.templates.get(input.templateId, version),
      ),
    );
    return from && to ? { ok: true, value: differences(from, to, await this.siteName()) } : noVersion();
  }

  /**
   * Has the draft go on from a version that was published after it began; what is in it stays.
   * @param input.onto the version whose changes the person has seen
   */
  async rebase(input: { templateId: string; seen: number; onto: number }): Promise<Answer<null>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    const [draft, published] = await Promise.all([
      ctx.drafts.get(input.templateId),
      ctx.templates.newest(input.templateId),
    ]);
    if (!draft || !published) return this.noDraft(input.templateId);
    if (published.version !== input.onto)
      return { ok: false, code: 'changed-meanwhile', message: appWords.newerVersion(published.version) };
    const next = {
      ...draft,
      basedOn: published.version,
      template: { ...draft.template, version: published.version },
      editedAt: Math.max(ctx.clock.now(), draft.editedAt + 1),
    };
    if (!(await ctx.drafts.put(next, input.seen)))
      return { ok: false, code: 'changed-meanwhile', message: appWords.draftChanged };
    return { ok: true, value: null };
  }

  /** The cases that have lived by the template here, sorted; those that do now, whatever they did before. */
  async replayCases(templateId: string): Promise<Answer<string[]>> {
    return { ok: true, value: await this.ctx.cases.keysOfTemplate(templateId) };
  }

  replay(input: ReplayInput): Promise<Answer<ReplayView>> {
    return replayPart(this.ctx, input);
  }

  /** @param input.seen when the draft was edited that the person means; one that another tab has edited since is not thrown away */
  async discard(input: { templateId: string; seen: number | null }): Promise<Answer<null>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    if (!(await ctx.drafts.remove(input.templateId, input.seen)))
      return { ok: false, code: 'changed-meanwhile', message: appWords.draftChanged };
    return { ok: true, value: null };
  }

  /** How many running timers the draft would give another date, as it is now. */
  async retiming(input: { templateId: string; noticeDays: number }): Promise<Answer<RetimeView>> {
    const { ctx } = this;
    const [draft, published] = await Promise.all([
      ctx.drafts.get(input.templateId),
      ctx.templates.newest(input.templateId),
    ]);
    if (!draft || !published) return { ok: true, value: { timers: 0, cases: 0 } };
    const template = { ...draft.template, version: published.version + 1 };
    return { ok: true, value: await retimingBy(ctx, template, input.noticeDays) };
  }

  /** How many running timers the published version would give another date: they run by one before it. */
  async retimingOfPublished(input: { templateId: string; noticeDays: number }): Promise<Answer<RetimeView>> {
    const published = await this.ctx.templates.newest(input.templateId);
    return published ? { ok: true, value: await retimingBy(this.ctx, published, input.noticeDays) } : gone();
  }

  /**
   * Gives the timers that run the dates of the published version, as publishing does where that was said.
   * @param input.version the one whose dates the person was told of
   */
  async retime(input: { templateId: string; version: number; noticeDays: number }): Promise<Answer<null>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    const { templateId, version } = input;
    const published = await ctx.templates.newest(templateId);
    if (!published) return gone();
    const running = await runningCases(ctx, templateId);
    const agreed = {
      templateId,
      version,
      moves: [],
      noticeMs: input.noticeDays * DAY_MS,
      caseKeys: running.map(({ record }) => record.caseKey),
      agreedAt: ctx.clock.now(),
    };
    if (running.length > 0 && !(await ctx.templates.owe(agreed)))
      return { ok: false, code: 'changed-meanwhile', message: appWords.newerVersion(published.version) };
    this.carryOn().catch((error: unknown) => ctx.log.error('after publishing', error));
    return { ok: true, value: null };
  }

  /**
   * @param input.moves where the cases of what is retired go; they are on their way when this is answered
   * @param input.noticeDays how long timers that get new dates run on at least; `null`: all keep theirs
   */
  async publish(input: {
    templateId: string;
    seen: number;
    note: string;
    moves: readonly { from: Target; to: Target }[];
    noticeDays: number | null;
  }): Promise<Answer<{ version: number }>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    const draft = await ctx.drafts.get(input.templateId);
    if (!draft) return this.noDraft(input.templateId);
    if (draft.editedAt !== input.seen) return { ok: false, code: 'changed-meanwhile', message: appWords.draftChanged };
    const [by, versions] = await Promise.all([agentAtWork(ctx), ctx.templates.versions(draft.templateId)]);
    const made = publish(draft, versions, {
      at: ctx.clock.now(),
      by,
      note: input.note,
      siteName: await this.siteName(),
      calendar: await calendarOf(ctx, draft.template),
    });
    if (!made.ok) return { ok: false, code: made.code, message: appWords.nothingPublished(made.message) };
    const taken = await nameTaken(ctx, made.template);
    if (taken) return { ok: false, code: 'name-taken', message: appWords.nothingPublished(taken) };
    const lacks = await this.calendarGone(made.template);
    if (lacks) return { ok: false, code: 'unknown-calendar', message: appWords.nothingPublished(lacks) };
    for (const { to } of input.moves) {
      const wrong = checkTarget(made.template, null, to);
      if (wrong) return { ok: false, code: wrong.code, message: appWords.nothingPublished(wrong.message) };
    }
    const { templateId, editedAt } = draft;
    const { version } = made.template;
    const moves = input.moves.map(({ from, to }) => ({ from, to }));
    const noticeMs = input.noticeDays === null ? null : input.noticeDays * DAY_MS;
    const caseKeys = await this.concerned(templateId, moves, noticeMs !== null);
    const aftermath = caseKeys.length > 0 ? { templateId, version, moves, noticeMs, caseKeys } : null;
    // Also where another tab published or edited it in this moment.
    if (!(await ctx.templates.publish([made], [], { draft: { templateId, editedAt }, aftermath })))
      return { ok: false, code: 'changed-meanwhile', message: appWords.draftChanged };
    lookAgain(ctx);
    this.carryOn().catch((error: unknown) => ctx.log.error('after publishing', error));
    return { ok: true, value: { version } };
  }

  /**
   * Moves the cases of what was retired to where they go, and gives running timers their new dates, as far as that was
   * not done before the worker ended. A case has its turn again later where that could not be stored, or where its help
   * desk is not connected now; no other case waits for it.
   */
  async carryOn(): Promise<void> {
    const { ctx } = this;
    const aftermaths = await ctx.settings.aftermaths();
    for (const aftermath of aftermaths) {
      for (let from = 0; from < aftermath.caseKeys.length; from += STRUCK_OFF_AT_ONCE) {
        const done = new Set<CaseKey>();
        for (const caseKey of aftermath.caseKeys.slice(from, from + STRUCK_OFF_AT_ONCE))
          if (await this.carry(caseKey, aftermath)) done.add(caseKey);
        await ctx.settings.strikeOff(aftermath, done);
      }
    }
    if (aftermaths.length > 0) this.wake();
  }

  /** @returns whether the case has had its turn */
  private async carry(caseKey: CaseKey, aftermath: Aftermath): Promise<boolean> {
    const { ctx } = this;
    const { templateId, version, moves, noticeMs, agreedAt } = aftermath;
    try {
      const { record } = await ctx.cases.load(caseKey);
      // Erased, or moved to another template by a person.
      if (record?.templateId !== templateId) return true;
      const site = await ctx.sites.get(record.siteId);
      if (!site) return false;
      // Always the same for the same case: what was done before the worker ended is not done again.
      const commandId = `${templateId}:${version}:${agreedAt === undefined ? '' : `${agreedAt}:`}${caseKey}`;
      const to = moves.find(({ from }) => keyOf(from) === keyOf(record))?.to;
      if (to)
        await submit(ctx, site, record.ticketId, {
          commandId: `retire:${commandId}`,
          actor: null,
          deed: { type: 'retire', to },
        });
      if (noticeMs !== null) {
        const toldIn = (await ctx.cases.customersTold([caseKey])).get(caseKey) ?? null;
        const deed = { type: 'retime' as const, version, noticeMs, toldIn };
        await submit(ctx, site, record.ticketId, { commandId: `retime:${commandId}`, actor: null, deed });
      }
      return true;
    } catch (error) {
      ctx.log.error('after publishing', error);
      return false;
    }
  }

  /** The cases that publishing does something to. */
  private async concerned(templateId: string, moves: Aftermath['moves'], retimes: boolean): Promise<CaseKey[]> {
    const places = new Set(moves.map(({ from }) => keyOf(from)));
    const leavers = places.size === 0 ? [] : await this.ctx.cases.ofTemplate(templateId);
    const found = leavers.filter((record) => places.has(keyOf(record))).map(({ caseKey }) => caseKey);
    const running = retimes ? (await runningCases(this.ctx, templateId)).map(({ record }) => record.caseKey) : [];
    return [...new Set([...found, ...running])];
  }

  private async noDraft(templateId: string): Promise<Answer<never>> {
    if (!(await this.ctx.templates.newest(templateId))) return gone();
    return { ok: false, code: 'changed-meanwhile', message: appWords.draftGone };
  }

  /** What a person calls the sites and kinds of help desks that a template knows by their ids. */
  private async siteName(): Promise<(id: string) => string> {
    const names = new Map((await this.ctx.sites.all()).map(({ siteId, name }) => [siteId, name]));
    return (id) => names.get(id) ?? this.ctx.desks.deskName(id);
  }

  private current(templateId: string): Promise<CaseTemplate | undefined> {
    return currentTemplate(this.ctx, templateId);
  }

  /** It would count by no calendar at all, without a word. */
  private async calendarGone({ calendarId }: CaseTemplate): Promise<string | null> {
    return calendarId === null || (await this.ctx.calendars.get(calendarId)) ? null : appWords.calendarGone;
  }

  private async review(template: CaseTemplate, basedOn: number | null): Promise<DraftReview> {
    const { ctx } = this;
    const [versions, cases, calendar, taken, lacks, siteName] = await Promise.all([
      ctx.templates.versions(template.id),
      ctx.cases.ofTemplate(template.id),
      calendarOf(ctx, template),
      nameTaken(ctx, template),
      this.calendarGone(template),
      this.siteName(),
    ]);
    const at = ctx.clock.now();
    const draft = { templateId: template.id, basedOn, template, editedAt: at };
    const made = publish(draft, versions, { at, by: null, note: '', calendar });
    const findings = [
      ...(taken ? [{ severity: 'error' as const, message: taken, example: [], path: ['name'] }] : []),
      ...(lacks ? [{ severity: 'error' as const, message: lacks, example: [], path: ['calendarId'] }] : []),
      ...checkTemplate(template, { calendar }),
    ];
    const base = versions.find(({ version }) => version === basedOn) ?? null;
    return {
      findings: findings.map(({ severity, message, example, path }) => ({
        severity,
        message,
        example: [...example],
        path,
      })),
      changes: differences(base, template, siteName),
      blocked: made.ok ? (taken ?? lacks) : made.message,
      cases: cases.length,
      staying: cases.filter((record) => !hasPosition(template, record)).length,
      retired: retiredPlaces(template, cases),
      behind: behind(basedOn, versions, template, siteName),
    };
  }
}

const keyOf = ({ statusId, subStatusId, tagId }: Target): string => JSON.stringify([statusId, subStatusId, tagId]);

/** What was published since a draft began, and what of it publishing the draft would take back. */
function behind(
  began: number | null,
  versions: readonly CaseTemplate[],
  template: CaseTemplate,
  siteName: (id: string) => string,
): DraftReview['behind'] {
  const base = versions.find(({ version }) => version === began) ?? null;
  const newest = versions.toSorted((a, b) => b.version - a.version)[0];
  if (!newest || newest.version === began) return null;
  // What it began as is not here: all that differs is what would change.
  if (base === null) return { version: newest.version, began, takesBack: differences(newest, template, siteName) };
  const own = new Set(differences(base, template, siteName));
  const takesBack = differences(base, newest, siteName).filter((change) => !own.has(change));
  return { version: newest.version, began, takesBack };
}

/** Where cases are that no case may go to any more. */
function retiredPlaces(template: CaseTemplate, cases: readonly CaseRecord[]): DraftReview['retired'] {
  const places = new Map<string, DraftReview['retired'][number]>();
  for (const { statusId, subStatusId, tagId } of cases) {
    const from = { statusId, subStatusId, tagId };
    const known = places.get(keyOf(from));
    if (known) known.cases += 1;
    else if (/^retired/.test(checkTarget(template, null, from)?.code ?? '')) {
      const tag = findStatus(template, statusId)?.tags.find(({ id }) => id === tagId);
      places.set(keyOf(from), { from, name: positionName(template, from) + (tag ? `, ${tag.name}` : ''), cases: 1 });
    }
  }
  return [...places.values()];
}

const itemOf = ({ templateId, basedOn, template, editedAt }: TemplateDraft): DraftItem => ({
  id: templateId,
  name: template.name,
  basedOn,
  editedAt,
});

const noVersion = (): Answer<never> => ({ ok: false, code: 'unknown-template', message: appWords.versionGone });
