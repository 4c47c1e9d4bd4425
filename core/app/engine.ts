import type { Timer } from '../domain/case';
import { findStatus } from '../domain/template';
import type { Context } from './context';
import { seenOf, submit, templateFor } from './context';
import { drainOutbox } from './outbox';
import type { Site } from './ports';
import { syncCase } from './sync';

const BATCH = 50;
const MINUTE_MS = 60_000;
/** How long an unreadable help desk is tried again before a person is asked. */
const UNREAD_PATIENCE_MS = 24 * 60 * MINUTE_MS;
/** Waiting cases are looked at for replies at most this often, a few in each run. */
const CHECK_EVERY_MS = 5 * MINUTE_MS;
const CHECKS_PER_RUN = 3;

/** Half as long again as it has lasted: 30 s at first, a quarter of an hour at most. */
function unreadBackoffMs(lastedMs: number): number {
  return Math.min(15 * MINUTE_MS, Math.max(MINUTE_MS / 2, lastedMs / 2));
}

/**
 * Looks after everything that is due. Start-up, alarm, install, update, wake and an opened panel all lead to the same run;
 * what is due is derived from the store each time, never remembered.
 */
export class Engine {
  private running: Promise<void> | null = null;
  private again = false;

  constructor(private readonly ctx: Context) {}

  /** Starts a run; a run that is under way is followed by another. Resolves when nothing is left to do now. */
  run(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = (async () => {
      do {
        this.again = false;
        await this.once().catch((error: unknown) => this.ctx.log.error('engine', error));
      } while (this.again);
      this.running = null;
    })();
    return this.running;
  }

  private async once(): Promise<void> {
    const { ctx } = this;
    try {
      const due = await ctx.cases.dueTimers(ctx.clock.now(), BATCH);
      this.again ||= due.length === BATCH;
      for (const timer of due)
        await this.fire(timer).catch(async (error: unknown) => {
          ctx.log.error('timer', error);
          // What fails must not keep the others waiting, nor turn in circles.
          await ctx.cases.postpone(timer.timerId, ctx.clock.now(), ctx.clock.now() + MINUTE_MS);
        });
      await drainOutbox(ctx);
      await this.checkWaitingCases();
    } finally {
      await this.arm();
    }
  }

  private async arm(): Promise<void> {
    const { ctx } = this;
    const [timerAt, effectAt] = await Promise.all([ctx.cases.nextTimerAt(), ctx.cases.nextEffectAt()]);
    const times = [timerAt, effectAt].filter((at): at is number => at !== null);
    const next = times.length > 0 ? Math.min(...times) : null;
    // A clock that jumps (sleep, a corrected date) is noticed by the heartbeat alone; see docs/adr/0001-one-alarm.md.
    // What is still due after a run waits for something else; it is tried again, but not at once.
    const at = next === null ? null : next <= ctx.clock.now() ? ctx.clock.now() + MINUTE_MS / 2 : next;
    await ctx.alarm.arm(at, at === null ? 5 : 0.5);
  }

  private async fire(timer: Timer): Promise<void> {
    const { ctx } = this;
    const siteId = timer.caseKey.slice(0, timer.caseKey.indexOf('/'));
    const ticketId = timer.caseKey.slice(siteId.length + 1);
    const site = await ctx.sites.get(siteId);
    if (!site) {
      // Disconnected: its timers must not keep the others' from being seen.
      await ctx.cases.postpone(timer.timerId, ctx.clock.now(), ctx.clock.now() + 60 * MINUTE_MS);
      return;
    }
    // A note-to-self needs nothing of the ticket.
    const sync = timer.ruleId === null ? { ok: true as const } : await syncCase(ctx, site, ticketId);
    const now = ctx.clock.now();
    if (!sync.ok) {
      const giveUp = sync.code === 'gone' || now - (timer.unreadSince ?? now) >= UNREAD_PATIENCE_MS;
      await submit(ctx, site, ticketId, {
        commandId: ctx.newId(),
        actor: null,
        deed: {
          type: 'timer-unverifiable',
          timerId: timer.timerId,
          why: giveUp
            ? `The ticket could not be read before a timer acts: ${sync.message} Decide yourself.`
            : `A timer waits, because the ticket cannot be read: ${sync.message}`,
          retryAt: giveUp ? null : now + (sync.retryAfterMs ?? unreadBackoffMs(now - (timer.unreadSince ?? now))),
        },
      });
      return;
    }
    const stored = await ctx.cases.load(timer.caseKey);
    const due = stored.timers.find((candidate) => candidate.timerId === timer.timerId && candidate.state === 'armed');
    // A reply came first and moved the case on.
    if (!due || due.generation !== stored.record?.generation) return;
    const result = await submit(ctx, site, ticketId, {
      commandId: `fire:${timer.timerId}:${due.dueAt}`,
      actor: null,
      deed: { type: 'timer-fired', timerId: timer.timerId, verified: true },
    });
    if (result.status === 'refused' && result.decision.code === 'notice-on-its-way')
      await submit(ctx, site, ticketId, {
        commandId: ctx.newId(),
        actor: null,
        deed: {
          type: 'timer-unverifiable',
          timerId: timer.timerId,
          why: result.decision.message,
          retryAt: now + MINUTE_MS / 2,
        },
      });
  }

  /** Replies that arrived while nobody looked are found by a gentle check of the cases that wait for a customer. */
  private async checkWaitingCases(): Promise<void> {
    const { ctx } = this;
    const checkedAt = await ctx.settings.checkedAt();
    const now = ctx.clock.now();
    const candidates = (await ctx.cases.records())
      .map((record) => ({ record, at: checkedAt.get(record.caseKey) ?? record.enteredAt }))
      .filter(({ at }) => Math.abs(now - at) >= CHECK_EVERY_MS)
      .toSorted((a, b) => a.at - b.at);
    let checks = 0;
    for (const { record } of candidates) {
      if (checks >= CHECKS_PER_RUN) return;
      const site = await ctx.sites.get(record.siteId);
      if (!site || !(await this.waits(site, record.caseKey))) continue;
      if (!(await ctx.permissions.has(new URL(site.baseUrl).origin))) continue;
      checks += 1;
      await ctx.settings.setChecked(record.caseKey, now);
      await syncCase(ctx, site, record.ticketId);
    }
  }

  private async waits(site: Site, caseKey: string): Promise<boolean> {
    const stored = await this.ctx.cases.load(caseKey);
    const { record } = stored;
    if (!record) return false;
    const { facts } = await seenOf(this.ctx, caseKey, record.ticketId);
    const template = await templateFor(this.ctx, site, stored, facts);
    return findStatus(template, record.statusId)?.category === 'waiting';
  }
}
