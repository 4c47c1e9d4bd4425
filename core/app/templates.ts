import type { Answer } from '../contract/messages';
import type { ExampleView, FindingView, ImportReview, TemplateReview, TemplateView } from '../contract/views';
import { type BusinessCalendar, plainCalendar } from '../domain/calendar';
import { checkTemplate } from '../domain/checker';
import { exampleTemplates } from '../domain/example-templates';
import type { Finding } from '../domain/finding';
import { canonicalJson } from '../domain/history';
import { exportFile, importFile } from '../domain/portable';
import { type CaseTemplate, hasPosition } from '../domain/template';
import { type PublishedVersion, publish } from '../domain/versions';
import { appWords } from '../words/app';
import { listed, sameName } from '../words/language';
import { templateReading } from './case-view';
import type { Context } from './context';
import { lookAgain } from './context';
import { roleOf } from './policy';
import type { StoredChoices } from './ports';
import { DEFAULT_NOTICE_DAYS, retimingBy } from './retiming';
import { agentAtWork } from './sessions';

export const readOnly = (): Answer<never> => ({ ok: false, code: 'read-only', message: appWords.templatesReadOnly });

/** All templates as published, and as they are being worked on: one can be both. */
export async function knownTemplates(ctx: Context): Promise<CaseTemplate[]> {
  const [templates, drafts] = await Promise.all([ctx.templates.all(), ctx.drafts.all()]);
  return [...templates, ...drafts.map(({ template }) => template)];
}

/**
 * Why the template cannot be called so; `null`: it can. A name that it was published with stays its own, whoever else has
 * it by now.
 * @param beside others that come with it
 */
export async function nameTaken(
  ctx: Context,
  { id, name }: CaseTemplate,
  beside: readonly CaseTemplate[] = [],
): Promise<string | null> {
  const published = await ctx.templates.newest(id);
  if (published && sameName(published.name, name)) return null;
  const others = [...(await knownTemplates(ctx)), ...beside];
  return others.some((other) => other.id !== id && sameName(other.name, name))
    ? appWords.templateNameTaken(name)
    : null;
}

/** A template of a file, as it would be published. */
interface Candidate {
  review: TemplateReview;
  /** `null`: it cannot be. */
  ready: { template: CaseTemplate; record: PublishedVersion } | null;
}

/** Case templates as the options page manages them: what there is, files in and out, examples. */
export class Templates {
  constructor(private readonly ctx: Context) {}

  async list(): Promise<Answer<TemplateView[]>> {
    const { templates } = this.ctx;
    const archived = await templates.archived();
    const views = (await templates.all()).map(async (template) => ({
      ...templateReading(template),
      archived: archived.has(template.id),
      versions: (await templates.publications(template.id)).map(
        ({ version, publishedAt, publishedBy, note, changes }) => ({
          version,
          publishedAt,
          publishedBy: publishedBy?.name ?? null,
          note,
          changes,
        }),
      ),
    }));
    return { ok: true, value: await Promise.all(views) };
  }

  /**
   * Takes a template out of what new cases and sites are given, or brings it back. Cases that have it go on by it. Nothing
   * that was published changes.
   */
  async archive(templateId: string, archived: boolean): Promise<Answer<TemplateView[]>> {
    const { ctx } = this;
    if ((await roleOf(ctx)) === 'agent') return readOnly();
    const template = await ctx.templates.newest(templateId);
    if (!template) return { ok: false, code: 'unknown-template', message: appWords.noSuchTemplate };
    let kept: Answer<never> | null = null;
    if (!archived) await ctx.templates.setArchived(templateId, false);
    else
      await ctx.templates.archive(templateId, (stored) => {
        kept = whyKept(template, stored);
        return kept === null;
      });
    if (kept) return kept;
    lookAgain(ctx);
    return this.list();
  }

  /** The newest version as a file, with the calendar that it counts by. */
  async exported(templateId: string): Promise<Answer<{ fileName: string; text: string }>> {
    const { ctx } = this;
    const template = await ctx.templates.newest(templateId);
    if (!template) return { ok: false, code: 'unknown-template', message: appWords.templateGone };
    const calendar = template.calendarId === null ? undefined : await ctx.calendars.get(template.calendarId);
    const text = exportFile(
      { kind: 'templates', templates: [template], calendars: calendar ? [calendar] : [] },
      ctx.clock.now(),
    );
    return { ok: true, value: { fileName: `${template.id}-v${template.version}.case-templates.json`, text } };
  }

  /** What importing a file would do; nothing is changed. */
  async examine(text: string): Promise<Answer<ImportReview>> {
    const { problems, candidates } = await this.read(text, '');
    return { ok: true, value: { problems, templates: candidates.map(({ review }) => review) } };
  }

  /**
   * Publishes the templates of a file, all of them or none.
   * @param input.reviewed the versions that the person was told they become; where one was published meanwhile, the file
   *   would take back what nobody has looked at
   */
  async publish(input: {
    text: string;
    note: string;
    reviewed: readonly { id: string; version: number }[];
  }): Promise<Answer<TemplateView[]>> {
    if ((await roleOf(this.ctx)) === 'agent') return readOnly();
    const { problems, candidates, calendars } = await this.read(input.text, input.note);
    const others = candidates.find(
      ({ review }) => !input.reviewed.some(({ id, version }) => id === review.id && version === review.version),
    );
    if (others)
      return {
        ok: false,
        code: 'changed-meanwhile',
        message: appWords.reviewedOther(others.review.name, others.review.version),
      };
    const blocked = problems[0]?.message ?? candidates.find(({ ready }) => !ready)?.review.blocked;
    const ready = candidates.flatMap(({ ready }) => ready ?? []);
    if (blocked || ready.length === 0)
      return { ok: false, code: 'not-published', message: appWords.nothingPublished(blocked ?? appWords.emptyFile) };
    await this.ctx.templates.publish(await this.signed(ready), calendars);
    lookAgain(this.ctx);
    return this.list();
  }

  /** The example flows that are not here yet. */
  async examples(): Promise<Answer<ExampleView[]>> {
    const here = new Set((await this.ctx.templates.all()).map(({ id }) => id));
    const left = exampleTemplates.filter(({ id }) => !here.has(id));
    return {
      ok: true,
      value: left.map((template) => {
        const { id, name, summary, statuses } = templateReading(template);
        return { id, name, summary, statuses };
      }),
    };
  }

  async addExample(templateId: string): Promise<Answer<TemplateView[]>> {
    if ((await roleOf(this.ctx)) === 'agent') return readOnly();
    const template = exampleTemplates.find(({ id }) => id === templateId);
    if (!template) return { ok: false, code: 'unknown-template', message: appWords.noSuchExample };
    if (!(await this.ctx.templates.newest(templateId))) {
      const calendar = plainCalendar(this.ctx.clock.timeZone());
      const made = this.candidate(template, [], calendar, appWords.exampleNote);
      if (!made.ready) throw new Error(`The example ${templateId} cannot be published: ${made.review.blocked}`);
      await this.ctx.templates.publish(await this.signed([made.ready]), []);
      lookAgain(this.ctx);
    }
    return this.list();
  }

  private async signed(ready: readonly NonNullable<Candidate['ready']>[]): Promise<NonNullable<Candidate['ready']>[]> {
    const publishedBy = await agentAtWork(this.ctx);
    return ready.map(({ template, record }) => ({ template, record: { ...record, publishedBy } }));
  }

  private async read(
    text: string,
    note: string,
  ): Promise<{ problems: FindingView[]; candidates: Candidate[]; calendars: BusinessCalendar[] }> {
    const { ctx } = this;
    const none = (problems: FindingView[]) => ({ problems, candidates: [], calendars: [] });
    const imported = importFile(text);
    if (!imported.ok) return none(imported.problems.map(findingView));
    const file = imported.value;
    if (file.kind !== 'templates') return none([problem(appWords.fileOfEverything)]);
    const stored = await Promise.all(file.calendars.map(({ id }) => ctx.calendars.get(id)));
    const fresh = file.calendars.filter((_, index) => !stored[index]);
    const differing = file.calendars.filter(
      (calendar, index) => stored[index] && canonicalJson(stored[index]) !== canonicalJson(calendar),
    );
    if (differing.length > 0) return none(differing.map(({ id }) => problem(appWords.calendarDiffers(id))));
    const wanted = newestOfEach(file.templates);
    const candidates = await Promise.all(
      wanted.map(async (template) => {
        const calendar = file.calendars.find(({ id }) => id === template.calendarId);
        const own = await ctx.templates.versions(template.id);
        const made = this.candidate(template, own, calendar ?? plainCalendar(ctx.clock.timeZone()), note);
        const taken = await nameTaken(ctx, template, wanted);
        if (taken) Object.assign(made, { ready: null, review: { ...made.review, changes: [], blocked: taken } });
        const cases = await ctx.cases.ofTemplate(template.id);
        made.review.cases = cases.length;
        made.review.staying = cases.filter((record) => !hasPosition(template, record)).length;
        if (made.ready)
          made.review.retimes = await retimingBy(ctx, made.ready.template, DEFAULT_NOTICE_DAYS, { calendar });
        return made;
      }),
    );
    return { problems: [], candidates, calendars: fresh };
  }

  private candidate(
    template: CaseTemplate,
    own: readonly CaseTemplate[],
    calendar: BusinessCalendar,
    note: string,
  ): Candidate {
    const at = this.ctx.clock.now();
    const newest = Math.max(0, ...own.map(({ version }) => version));
    const draft = { templateId: template.id, basedOn: newest || null, template, editedAt: at };
    const made = publish(draft, own, { at, by: null, note, calendar });
    const review = {
      id: template.id,
      name: template.name,
      version: newest + 1,
      cases: 0,
      staying: 0,
      retimes: { timers: 0, cases: 0 },
      findings: (made.ok ? checkTemplate(template, { calendar }) : made.findings).map(findingView),
    };
    return made.ok
      ? { review: { ...review, changes: made.record.changes, blocked: null }, ready: made }
      : { review: { ...review, changes: [], blocked: made.message }, ready: null };
  }
}

/** Why a template cannot be archived; `null`: it can. */
function whyKept({ id, name }: CaseTemplate, { sites, templates, archived }: StoredChoices): Answer<never> | null {
  const users = sites.filter((site) => site.templateId === id).map((site) => site.name);
  if (users.length > 0)
    return { ok: false, code: 'template-in-use', message: appWords.usedBySites(name, listed(users)) };
  if ([...templates].every((other) => other === id || archived.has(other)))
    return { ok: false, code: 'last-template', message: appWords.lastTemplate(name) };
  return null;
}

function newestOfEach(templates: readonly CaseTemplate[]): CaseTemplate[] {
  const newest = new Map<string, CaseTemplate>();
  for (const template of templates)
    if ((newest.get(template.id)?.version ?? 0) < template.version) newest.set(template.id, template);
  return [...newest.values()];
}

function findingView({ severity, message, example }: Finding): FindingView {
  return { severity, message, example: [...example] };
}

function problem(message: string): FindingView {
  return { severity: 'error', message, example: [] };
}
