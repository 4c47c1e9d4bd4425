import type { Answer, RequestInput } from '../contract/messages';
import type { CaseChip, CaseView, ChangeOutcome, ChangePreview, HistoryItem, Moment } from '../contract/views';
import { caseKeyOf } from '../domain/case';
import type { Deed } from '../domain/decide';
import { checkTarget, decide, statusOfNative } from '../domain/decide';
import { positionName, type Target } from '../domain/template';
import { caseWords } from '../words/case';
import { locale } from '../words/language';
import { faceOf, historyItems } from './case-view';
import { changePreview } from './change-preview';
import type { Context } from './context';
import { commit, emptySeen, groundsFor, pushView, seenOf, templateFor, viewOf } from './context';
import { reminderMoments, snoozeMoments } from './moments';
import type { Site, TemplateStore } from './ports';
import { syncCase } from './sync';

const HISTORY_AT_ONCE = 200;
const RECENT = 5;

/** The use cases of the panel. Each answers in words where something cannot be done, and then has changed nothing. */
export class Cases {
  constructor(
    private readonly ctx: Context,
    /** Looks after what is due; called after every change. */
    private readonly wake: () => void,
  ) {}

  /** A tab shows the ticket: remembers what it shows, answers at once, and looks into the help desk afterwards. */
  async open(site: Site, { facts, agent }: RequestInput<'case.open'>): Promise<Answer<CaseView>> {
    const { ctx } = this;
    const caseKey = caseKeyOf(site.siteId, facts.ticketId);
    const before = await seenOf(ctx, caseKey, facts.ticketId);
    await ctx.seen.set(caseKey, {
      facts: { ...facts, lastMessageId: facts.lastMessageId ?? before.facts.lastMessageId },
      agent: agent ?? before.agent,
      problem: before.problem,
    });
    const view = await viewOf(ctx, site, facts.ticketId);
    void syncCase(ctx, site, facts.ticketId)
      .then((sync) => {
        // Somebody is logged in and the help desk answers: what waited for that goes on.
        if (sync.ok) return ctx.cases.retryNow(site.siteId, ctx.clock.now());
      })
      .catch((error: unknown) => ctx.log.error('sync', error))
      .then(() => this.wake());
    return { ok: true, value: view };
  }

  /** The case before its page has been read; `null` where it is not tracked, or no page has told yet what its panel shows. */
  async known(site: Site, ticketId: string): Promise<CaseView | null> {
    const [seen, view] = await Promise.all([
      this.ctx.seen.get(caseKeyOf(site.siteId, ticketId)),
      viewOf(this.ctx, site, ticketId),
    ]);
    return seen && view.tracked ? view : null;
  }

  async view(site: Site, ticketId: string): Promise<Answer<CaseView>> {
    return { ok: true, value: await viewOf(this.ctx, site, ticketId) };
  }

  /** What a list of tickets shows of each: its status, or what its native status stands for while it is not tracked. */
  async chips(
    site: Site,
    tickets: RequestInput<'cases.chips'>['tickets'],
  ): Promise<Answer<{ chips: CaseChip[]; language: string }>> {
    // Hundreds of cases live by a few templates.
    const ctx = { ...this.ctx, templates: remembering(this.ctx.templates) };
    const keyed = tickets.map((ticket) => ({ ...ticket, caseKey: caseKeyOf(site.siteId, ticket.ticketId) }));
    const records = new Map(
      (await ctx.cases.records(keyed.map(({ caseKey }) => caseKey))).map((record) => [record.caseKey, record]),
    );
    const chipOf = async ({ ticketId, nativeStatus, caseKey }: (typeof keyed)[number]): Promise<CaseChip[]> => {
      const record = records.get(caseKey) ?? null;
      if (!record && nativeStatus === null) return [];
      const { facts } = emptySeen(ticketId);
      const template = await templateFor(ctx, site, { record, timers: [], effects: [] }, facts);
      const position = record ?? { statusId: statusOfNative(template, site, nativeStatus), subStatusId: null };
      return [
        {
          ticketId,
          status: positionName(template, position),
          ...faceOf(template, position.statusId),
          tracked: record !== null,
          revision: record?.revision ?? 0,
        },
      ];
    };
    // A case that cannot be shown leaves the others of the list theirs.
    const chips = await Promise.all(
      keyed.map((ticket) =>
        chipOf(ticket).catch((error: unknown) => {
          ctx.log.error('chip', error);
          return [];
        }),
      ),
    );
    return { ok: true, value: { chips: chips.flat(), language: locale() } };
  }

  async history(site: Site, ticketId: string, before: number): Promise<Answer<HistoryItem[]>> {
    const { ctx } = this;
    const caseKey = caseKeyOf(site.siteId, ticketId);
    const [stored, seen, entries] = await Promise.all([
      ctx.cases.load(caseKey),
      seenOf(ctx, caseKey, ticketId),
      ctx.cases.history(caseKey, { before, limit: HISTORY_AT_ONCE }),
    ]);
    const template = await templateFor(ctx, site, stored, seen.facts);
    return { ok: true, value: historyItems(entries, template, ctx.desks.deskName(site.adapterId)) };
  }

  /** The real decision, not stored. */
  async preview(site: Site, input: RequestInput<'case.preview'>): Promise<Answer<ChangePreview>> {
    const { ctx } = this;
    const caseKey = caseKeyOf(site.siteId, input.ticketId);
    const [stored, seen] = await Promise.all([ctx.cases.load(caseKey), seenOf(ctx, caseKey, input.ticketId)]);
    const grounds = await groundsFor(ctx, site, stored, seen.facts);
    const to: Target = { statusId: input.statusId, subStatusId: input.subStatusId, tagId: input.tagId };
    const now = ctx.clock.now();
    const decision = decide(
      { ...grounds, ...stored },
      {
        commandId: 'preview-only',
        at: now,
        actor: seen.agent,
        deed: {
          type: 'change',
          by: 'person',
          to,
          note: null,
          skipMessage: input.skipMessage,
          facts: seen.facts,
          seenGeneration: stored.record?.generation ?? null,
        },
      },
    );
    const deskName = ctx.desks.deskName(site.adapterId);
    return { ok: true, value: changePreview(decision, { template: grounds.template, deskName, now }) };
  }

  async answered(site: Site, ticketId: string): Promise<Answer<{ answeredAt: number | null }>> {
    const answer = await this.ctx.desks.api(site).lastAnswerAt(ticketId);
    // Only a hint hangs on it. What is wrong with the help desk is told elsewhere.
    return { ok: true, value: { answeredAt: answer.ok ? answer.at : null } };
  }

  async change(site: Site, input: RequestInput<'case.change'>): Promise<Answer<ChangeOutcome>> {
    const { ctx } = this;
    const caseKey = caseKeyOf(site.siteId, input.ticketId);
    const stored = await ctx.cases.load(caseKey);
    const to: Target = { statusId: input.statusId, subStatusId: input.subStatusId, tagId: input.tagId };
    // Answers a hopeless change before the help desk is asked.
    let seen = await seenOf(ctx, caseKey, input.ticketId);
    const template = await templateFor(ctx, site, stored, seen.facts);
    const wrong = checkTarget(template, stored.record?.statusId ?? null, to);
    if (wrong) return wrong;
    if (!stored.record && seen.facts.lastMessageId === null) {
      // Which messages are old has to be known before the first reply can be told from them.
      await syncCase(ctx, site, input.ticketId);
      seen = await seenOf(ctx, caseKey, input.ticketId);
    }
    const answer = await this.carryOut(site, input.ticketId, input.commandId, {
      type: 'change',
      by: 'person',
      to,
      note: input.note?.trim() || null,
      skipMessage: input.skipMessage,
      facts: seen.facts,
      seenGeneration: input.seenGeneration,
    });
    // Not waited for: it is a convenience, and the change is done.
    if (answer.ok) this.remember(template.id, to).catch((error: unknown) => ctx.log.error('recent', error));
    return answer;
  }

  undo(site: Site, input: RequestInput<'case.undo'>): Promise<Answer<ChangeOutcome>> {
    return this.carryOut(site, input.ticketId, input.commandId, { type: 'undo', undoes: input.undoes });
  }

  hold(site: Site, input: RequestInput<'case.hold'>): Promise<Answer<ChangeOutcome>> {
    return this.carryOut(site, input.ticketId, input.commandId, { type: 'hold', on: input.on, remindOnHold: false });
  }

  /** Moments for a reminder of one's own, or later ones for a timer; soonest first. */
  async moments(site: Site, { ticketId, timerId }: RequestInput<'case.moments'>): Promise<Answer<Moment[]>> {
    const { ctx } = this;
    const caseKey = caseKeyOf(site.siteId, ticketId);
    const stored = await ctx.cases.load(caseKey);
    const now = ctx.clock.now();
    if (timerId !== null) {
      const timer = stored.timers.find((candidate) => candidate.timerId === timerId);
      if (!timer) return { ok: false, code: 'stale-timer', message: caseWords.noSuchTimer };
      return { ok: true, value: snoozeMoments(timer.dueAt, now) };
    }
    const { facts } = await seenOf(ctx, caseKey, ticketId);
    const { calendar } = await groundsFor(ctx, site, stored, facts);
    return { ok: true, value: reminderMoments(now, calendar) };
  }

  snooze(site: Site, input: RequestInput<'case.snooze'>): Promise<Answer<ChangeOutcome>> {
    const { timerId, until } = input;
    return this.carryOut(site, input.ticketId, input.commandId, { type: 'snooze', timerId, until });
  }

  async remindMe(site: Site, input: RequestInput<'case.remind-me'>): Promise<Answer<ChangeOutcome>> {
    const { ticketId, commandId, at } = input;
    const { facts } = await seenOf(this.ctx, caseKeyOf(site.siteId, ticketId), ticketId);
    return this.carryOut(site, ticketId, commandId, { type: 'remind-me', at, note: input.note.trim(), facts });
  }

  dropRemindMe(site: Site, input: RequestInput<'case.drop-remind-me'>): Promise<Answer<ChangeOutcome>> {
    return this.carryOut(site, input.ticketId, input.commandId, { type: 'drop-remind-me', timerId: input.timerId });
  }

  /** "This was not a real reply": takes back what it did. */
  notAReply(site: Site, input: RequestInput<'case.not-a-reply'>): Promise<Answer<ChangeOutcome>> {
    return this.carryOut(site, input.ticketId, input.commandId, { type: 'not-a-reply', messageId: input.messageId });
  }

  settleDrift(site: Site, input: RequestInput<'case.settle-drift'>): Promise<Answer<ChangeOutcome>> {
    return this.carryOut(site, input.ticketId, input.commandId, { type: 'settle-drift', how: input.how });
  }

  settleEffect(site: Site, input: RequestInput<'outbox.settle'>): Promise<Answer<ChangeOutcome>> {
    const deed: Deed =
      input.how === 'send'
        ? { type: 'effect-again', effectId: input.effectId }
        : { type: 'effect-drop', effectId: input.effectId };
    return this.carryOut(site, input.ticketId, this.ctx.newId(), deed);
  }

  /** The address of a new ticket that continues this one (R16). */
  async clone(site: Site, ticketId: string): Promise<Answer<{ url: string }>> {
    const view = await viewOf(this.ctx, site, ticketId);
    if (!view.canClone) return { ok: false, code: 'not-closed', message: caseWords.onlyClosedIsCloned };
    const { facts } = await seenOf(this.ctx, caseKeyOf(site.siteId, ticketId), ticketId);
    const subject = view.subject || facts.subject;
    await this.carryOut(site, ticketId, this.ctx.newId(), { type: 'clone' });
    const url = this.ctx.desks.newTicketUrl(site, {
      subject,
      requester: facts.requester,
      body: `${caseWords.continues(ticketId, subject)}\n${this.ctx.desks.ticketUrl(site, ticketId)}`,
      queue: facts.queue,
      clonedFrom: ticketId,
    });
    return { ok: true, value: { url } };
  }

  /** Keeps what was chosen, to be offered first the next time. Two at the same moment: the later one counts. */
  private async remember(templateId: string, { statusId, tagId }: Target): Promise<void> {
    const { settings } = this.ctx;
    const first = (id: string, ids: readonly string[] = []) =>
      [id, ...ids.filter((other) => other !== id)].slice(0, RECENT);
    const { statusIds, tagIds } = await settings.recent(templateId);
    await settings.setRecent(templateId, {
      statusIds: first(statusId, statusIds),
      tagIds: tagId === null ? tagIds : { ...tagIds, [statusId]: first(tagId, tagIds[statusId]) },
    });
  }

  private async carryOut(site: Site, ticketId: string, commandId: string, deed: Deed): Promise<Answer<ChangeOutcome>> {
    const { ctx } = this;
    const seen = await seenOf(ctx, caseKeyOf(site.siteId, ticketId), ticketId);
    const result = await commit(ctx, site, ticketId, {
      commandId,
      actor: seen.agent ?? { login: '', name: caseWords.agent },
      deed,
    });
    if (result.status === 'refused') return result.decision;
    // What follows of it begins once it can be answered: the store serves one at a time.
    const view = await viewOf(ctx, site, ticketId).finally(this.wake);
    // The one who asked does not wait for the other tabs.
    if (result.status === 'committed')
      pushView(ctx, site, async () => view).catch((error: unknown) => ctx.log.error('push', error));
    return {
      ok: true,
      value: { view, message: result.status === 'committed' ? result.decision.message : caseWords.alreadyDone },
    };
  }
}

/** The same store, asked once for each template. */
function remembering(store: TemplateStore): TemplateStore {
  const once = <Args extends unknown[], Out>(ask: (...args: Args) => Promise<Out>) => {
    const answers = new Map<string, Promise<Out>>();
    return (...args: Args): Promise<Out> => {
      const key = JSON.stringify(args);
      const answer = answers.get(key) ?? ask(...args);
      answers.set(key, answer);
      return answer;
    };
  };
  return {
    ...store,
    get: once((id: string, version: number) => store.get(id, version)),
    newest: once((id: string) => store.newest(id)),
    offered: once(() => store.offered()),
  };
}
