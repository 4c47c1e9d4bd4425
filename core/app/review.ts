import type { Answer } from '../contract/messages';
import type { ReviewItem } from '../contract/views';
import { siteIdOf, type Timer } from '../domain/case';
import { findTimerRule, positionName } from '../domain/template';
import { appWords } from '../words/app';
import { caseWords } from '../words/case';
import { faceOf, timerWords } from './case-view';
import type { Context } from './context';
import { connectedSites, seenOf, submit, templateFor } from './context';
import type { Site } from './ports';

const SHOWN = 500;

/** What waits for a person to say how it goes on: what fell due in absence, and timers that could not decide. */
export class Review {
  constructor(
    private readonly ctx: Context,
    private readonly wake: () => void,
  ) {}

  async list(): Promise<Answer<ReviewItem[]>> {
    const { ctx } = this;
    const items: ReviewItem[] = [];
    const sites = await connectedSites(ctx);
    for (const timer of await ctx.cases.waitingForPerson(SHOWN, sites)) {
      // One case's trouble must not hide the others.
      const item = await this.item(timer, sites).catch((error: unknown) => ctx.log.error('review', error));
      if (item) items.push(item);
    }
    return { ok: true, value: items };
  }

  /** `null`: its case is not there, or its help desk is not connected. */
  private async item(timer: Timer, sites: ReadonlyMap<string, Site>): Promise<ReviewItem | null> {
    const { ctx } = this;
    const stored = await ctx.cases.load(timer.caseKey);
    const { record } = stored;
    const site = record && sites.get(record.siteId);
    if (!record || !site) return null;
    const { facts } = await seenOf(ctx, record.caseKey, record.ticketId);
    const template = await templateFor(ctx, site, stored, facts);
    const customer = record.requester?.name || caseWords.theCustomer;
    return {
      timerId: timer.timerId,
      caseKey: record.caseKey,
      ticketId: record.ticketId,
      siteName: site.name,
      url: ctx.desks.ticketUrl(site, record.ticketId),
      subject: record.subject,
      statusName: positionName(template, record),
      ...faceOf(template, record.statusId),
      kind: timer.kind,
      text: timerWords(timer, findTimerRule(template, timer.ruleId), template, customer),
      dueAt: timer.dueAt,
      why: timer.heldFor === 'review' ? null : (record.attention?.message ?? null),
      customerReplied: record.customerRepliedAt !== null,
    };
  }

  /** Lets timers act, each after another look at its ticket, or drops them. Those that wait no longer are left alone. */
  async settle(timerIds: readonly string[], how: 'act' | 'drop'): Promise<Answer<{ settled: number; left: number }>> {
    const { ctx } = this;
    const sites = await connectedSites(ctx);
    const waiting = new Map((await ctx.cases.waitingForPerson(SHOWN, sites)).map((timer) => [timer.timerId, timer]));
    let settled = 0;
    for (const timerId of timerIds) {
      const timer = waiting.get(timerId);
      const site = timer && sites.get(siteIdOf(timer.caseKey));
      if (!timer || !site) continue;
      const ticketId = timer.caseKey.slice(site.siteId.length + 1);
      const { agent } = await seenOf(ctx, timer.caseKey, ticketId);
      const result = await submit(ctx, site, ticketId, {
        commandId: ctx.newId(),
        actor: agent ?? { login: '', name: appWords.agent },
        deed: { type: 'settle-timer', timerId, how },
      }).catch((error: unknown) => ctx.log.error('review', error));
      if (result?.status === 'committed') settled += 1;
    }
    this.wake();
    return { ok: true, value: { settled, left: timerIds.length - settled } };
  }
}
