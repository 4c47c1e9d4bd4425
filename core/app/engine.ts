import { siteIdOf, type Timer } from '../domain/case';
import { CLOCK_TOLERANCE_MS, MAX_LATE_MS } from '../domain/decide';
import { appWords } from '../words/app';
import type { Context } from './context';
import { connectedSites, submit } from './context';
import type { Owed } from './outbox';
import { drainOutbox } from './outbox';
import type { Site } from './ports';
import { isPause, Sessions, tellPause } from './sessions';
import { syncCase } from './sync';

const BATCH = 50;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How long an unreadable help desk is tried again before a person is asked. */
const UNREAD_PATIENCE_MS = 24 * HOUR_MS;
/** Waiting cases are looked at for replies at most this often, a few in each run. */
const CHECK_EVERY_MS = 5 * MINUTE_MS;
const CHECKS_PER_RUN = 3;
/** From here on an action is late: nobody was there when it fell due, or was to be tried again. */
export const LATE_MS = HOUR_MS;
/** More late actions than this do not happen by themselves; they become a list for a person. */
const MOST_LATE = 5;
/** A note-to-self needs nothing of the ticket. */
const UNREAD = { ok: true, closed: false } as const;

/**
 * How long a command that is sent twice counts once. What is sent again comes within minutes; ids that are made of a timer,
 * a reply or an effect have a guard of their own in the case.
 */
export const COMMANDS_KEPT_MS = 90 * 24 * HOUR_MS;
/** So many are kept however old they look. */
const COMMANDS_ALWAYS_KEPT = 500;
const COMMANDS_FORGOTTEN_PER_RUN = 200;

/** Half as long again as it has lasted: 30 s at first, a quarter of an hour at most. */
function unreadBackoffMs(lastedMs: number): number {
  return Math.min(15 * MINUTE_MS, Math.max(MINUTE_MS / 2, Math.round(lastedMs / 2)));
}

function ticketIdOf(caseKey: string): string {
  return caseKey.slice(caseKey.indexOf('/') + 1);
}

/**
 * Looks after everything that is due. Start-up, alarm, install, update, wake and an opened panel all lead to the same run;
 * what is due is derived from the store each time, never remembered.
 */
export class Engine {
  private running: Promise<void> | null = null;
  private again = false;
  /** This run has found what fell due in absence; all of that goes on the list, the last few as well. */
  private away = false;
  /** This run has put something on the list. */
  private listing = false;
  /** The browser has just started: what it showed before is gone from the screen. */
  private browserStarted = false;

  constructor(private readonly ctx: Context) {}

  /**
   * Starts a run; a run that is under way is followed by another. Resolves when nothing is left to do now.
   * @param why `browserStarted`: a list that still waits is told again
   */
  run(why: { browserStarted?: boolean } = {}): Promise<void> {
    this.browserStarted ||= why.browserStarted === true;
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = (async () => {
      this.away = false;
      this.listing = false;
      do {
        this.again = false;
        await this.once().catch((error: unknown) => this.ctx.log.error('engine', error));
      } while (this.again);
      this.running = null;
      await this.forgetCommands().catch((error: unknown) => this.ctx.log.error('commands', error));
    })();
    return this.running;
  }

  /** After the run, when all is done and the alarm is set; a few at a time, so that nobody waits for it. */
  private async forgetCommands(): Promise<void> {
    const { cases, clock } = this.ctx;
    await cases.forgetCommands({
      before: clock.now() - COMMANDS_KEPT_MS,
      butNewest: COMMANDS_ALWAYS_KEPT,
      limit: COMMANDS_FORGOTTEN_PER_RUN,
    });
  }

  private async once(): Promise<void> {
    const { ctx } = this;
    const sessions = new Sessions(ctx);
    try {
      const now = await this.mindTheClock();
      const paused = await this.fireDue(sessions);
      // Only now: a worker that dies before it has looked at everything is to find the same again.
      await ctx.settings.setLastRunAt(now);
      const owed = await drainOutbox(ctx, sessions);
      await this.checkWaitingCases(sessions);
      const pauses = await this.tellPauses(sessions, paused, owed);
      if (!this.again) await this.tellWaiting(pauses);
    } finally {
      await this.arm();
    }
  }

  /**
   * One word for each site whose actions wait for a person to log in, until they go on. While a list is told it is part
   * of that: whoever comes back is met by one notification.
   * @returns what the list's notification has to say of it
   */
  private async tellPauses(sessions: Sessions, paused: Map<string, number>, owed: Owed): Promise<string[]> {
    const { ctx } = this;
    const withTheList: string[] = [];
    for (const site of await ctx.sites.all()) {
      const { count = 0, message, later = false } = owed.get(site.siteId) ?? {};
      const session = await sessions.known(site);
      const waiting = (paused.get(site.siteId) ?? 0) + count;
      const words = session && isPause(session) ? session.message : message;
      if (waiting > 0 && words !== undefined) {
        await tellPause(ctx, site, { message: words, count: waiting }, !this.listing);
        if (this.listing) withTheList.push(`${site.name}: ${words}`);
      } else if (session?.ok && !later) await tellPause(ctx, site, null);
    }
    return withTheList;
  }

  /**
   * Cases that were last changed in what is now the future: the clock went back, and their dates cannot be trusted.
   * @returns the time of this run
   */
  private async mindTheClock(): Promise<number> {
    const { ctx } = this;
    const now = ctx.clock.now();
    const before = await ctx.settings.lastRunAt();
    // What was put off by a clock that was ahead would wait for that time to come.
    if (before !== undefined && before - now > CLOCK_TOLERANCE_MS) await ctx.cases.forgetDelays(now);
    // A worker that died over the list has left the rest of it, however few, to this one.
    this.listing ||= (await ctx.settings.listingSince()) !== undefined;
    // More than a year without a look, or a clock that is ahead: whatever fell due meanwhile, a person decides.
    this.away ||= this.listing;
    this.away ||= before !== undefined && now - before > MAX_LATE_MS;
    const sites = await connectedSites(ctx);
    const ahead = await ctx.cases.changedAfter(now + CLOCK_TOLERANCE_MS, BATCH, sites);
    for (const record of ahead) {
      const site = sites.get(record.siteId);
      const noticed =
        site &&
        (await submit(ctx, site, record.ticketId, {
          commandId: ctx.newId(),
          actor: null,
          deed: { type: 'clock-back' },
        }).catch((error: unknown) => ctx.log.error('clock', error)));
      // What cannot be stored would be found again and again.
      this.again ||= ahead.length === BATCH && noticed?.status === 'committed';
    }
    return now;
  }

  private async arm(): Promise<void> {
    const { ctx } = this;
    const next = await this.nextAt().catch(async (error: unknown) => {
      // A browser that has dropped the alarms would not look again, and whatever is stored would wait for a person to come by.
      await ctx.alarm.arm(ctx.clock.now() + MINUTE_MS / 2, 0.5);
      throw error;
    });
    // A clock that jumps (sleep, a corrected date) is noticed by the heartbeat alone; see docs/adr/0001-one-alarm.md.
    // What is still due after a run waits for something else; it is tried again, but not at once.
    const at = next === null ? null : next <= ctx.clock.now() ? ctx.clock.now() + MINUTE_MS / 2 : next;
    await ctx.alarm.arm(at, at === null ? 5 : 0.5);
  }

  /** When the next thing falls due. */
  private async nextAt(): Promise<number | null> {
    const { cases } = this.ctx;
    const [timerAt, effectAt] = await Promise.all([cases.nextTimerAt(), cases.nextEffectAt()]);
    const times = [timerAt, effectAt].filter((at): at is number => at !== null);
    return times.length > 0 ? Math.min(...times) : null;
  }

  /** @returns how many timers of each site wait for somebody to log in */
  private async fireDue(sessions: Sessions): Promise<Map<string, number>> {
    const { ctx } = this;
    const paused = new Map<string, number>();
    const now = ctx.clock.now();
    const found = await ctx.cases.dueTimers(now, BATCH);
    this.again ||= found.length === BATCH;
    const sites = await connectedSites(ctx);
    const due = found.filter(({ caseKey }) => sites.has(siteIdOf(caseKey)));
    // Those of a site that is disconnected must not keep the others' from being seen, nor count as late beside them.
    const gone = found.filter((timer) => !due.includes(timer));
    if (gone.length > 0)
      await ctx.cases.postpone(
        gone.map(({ timerId }) => timerId),
        now,
        now + HOUR_MS,
      );
    const late = due.filter((timer) => now - timer.nextAt > LATE_MS);
    if (late.length > (this.away ? 0 : MOST_LATE)) {
      await this.listForReview(late);
      return paused;
    }
    for (const timer of due)
      await this.fire(timer, sessions, paused).catch(async (error: unknown) => {
        ctx.log.error('timer', error);
        // What fails must not keep the others waiting, nor turn in circles.
        await ctx.cases.postpone([timer.timerId], ctx.clock.now(), ctx.clock.now() + MINUTE_MS);
      });
    return paused;
  }

  /** What fell due while nobody was there does not burst: it waits on one list, with one notification. */
  private async listForReview(late: readonly Timer[]): Promise<void> {
    const { ctx } = this;
    this.away = true;
    this.again = true;
    if (!this.listing) {
      await ctx.settings.setListingSince(ctx.clock.now());
      // Before the list: a worker that dies over it has said that there is one. How long it is comes at its end.
      await this.tellReview(appWords.fellDue);
    }
    this.listing = true;
    for (const timer of late) {
      const site = await ctx.sites.get(siteIdOf(timer.caseKey));
      const listed =
        site &&
        (await submit(ctx, site, ticketIdOf(timer.caseKey), {
          commandId: `late:${timer.timerId}:${ctx.newId()}`,
          actor: null,
          deed: { type: 'timer-late', timerId: timer.timerId },
        }).catch((error: unknown) => ctx.log.error('late timer', error)));
      if (listed?.status !== 'committed')
        await ctx.cases.postpone([timer.timerId], ctx.clock.now(), ctx.clock.now() + HOUR_MS);
    }
  }

  /** One word for all that was put on the list, once the last of it is there; none any more when the list is empty. */
  private async tellWaiting(pauses: readonly string[]): Promise<void> {
    const { ctx } = this;
    const count = await ctx.cases.countWaitingForPerson(await connectedSites(ctx));
    await ctx.badge.show(count);
    if (count === 0) await ctx.notifier.clear('review');
    else if (this.listing) await this.tellReview(appWords.countFellDue(count), pauses);
    else if (this.browserStarted) await this.tellReview(appWords.stillToLookAt(count), pauses);
    if (this.listing) await ctx.settings.setListingSince(null);
    this.browserStarted = false;
  }

  /** The button and the options page say it as well: where it cannot be shown, the list is made all the same. */
  private async tellReview(title: string, pauses: readonly string[] = []): Promise<void> {
    const { notifier, log } = this.ctx;
    const words = [appWords.nothingWasDone, ...pauses];
    await notifier
      .show('review', title, words.join('\n'), { stays: true })
      .catch((error: unknown) => log.error('notification', error));
  }

  private async fire(timer: Timer, sessions: Sessions, paused: Map<string, number>): Promise<void> {
    const { ctx } = this;
    const siteId = siteIdOf(timer.caseKey);
    const ticketId = ticketIdOf(timer.caseKey);
    const site = await ctx.sites.get(siteId);
    // Disconnected since the run began.
    if (!site) return;
    const read = timer.ruleId === null ? UNREAD : await this.read(site, ticketId, sessions);
    const now = ctx.clock.now();
    if (!read.ok) {
      const since = read.pause ? (await ctx.settings.pause(siteId))?.since : timer.unreadSince;
      const lastedMs = now - (since ?? now);
      const retryAt = now + (read.retryAfterMs ?? unreadBackoffMs(lastedMs));
      if (read.pause) {
        paused.set(siteId, (paused.get(siteId) ?? 0) + 1);
        await ctx.cases.postpone([timer.timerId], now, retryAt);
        return;
      }
      const giveUp = read.code === 'gone' || lastedMs >= UNREAD_PATIENCE_MS;
      const noted = await submit(ctx, site, ticketId, {
        commandId: ctx.newId(),
        actor: null,
        deed: {
          type: 'timer-unverifiable',
          timerId: timer.timerId,
          why: giveUp ? appWords.unreadDecide(read.message) : appWords.unreadWaits(read.message),
          retryAt: giveUp ? null : retryAt,
        },
      });
      // There is no case to it, say, or its notice is on its way: it would be due for ever, and looked at again at once.
      if (noted.status !== 'committed') await ctx.cases.postpone([timer.timerId], now, retryAt);
      return;
    }
    const stored = await ctx.cases.load(timer.caseKey);
    const due = stored.timers.find((candidate) => candidate.timerId === timer.timerId && candidate.state === 'armed');
    // A reply came first and moved the case on.
    if (!due) return;
    const result = await submit(ctx, site, ticketId, {
      // Not by its date: a person may let it go on after it was due once and asked.
      commandId: `fire:${timer.timerId}:${stored.record?.revision}`,
      actor: null,
      deed: { type: 'timer-fired', timerId: timer.timerId, verified: true, closedThere: read.closed },
    });
    if (result.status === 'committed') return;
    if (result.status !== 'refused' || result.decision.code !== 'notice-on-its-way') {
      // There is no case to it, say; it would be due for ever.
      await ctx.cases.postpone([timer.timerId], now, now + HOUR_MS);
      return;
    }
    // The notice may wait for long itself, for the colleague who has to be logged in, say.
    const { effects } = await ctx.cases.load(timer.caseKey);
    const notice = effects.find(({ kind, state }) => kind === 'desk-write' && state === 'pending');
    await ctx.cases.postpone([timer.timerId], now, Math.max(now + MINUTE_MS / 2, notice?.notBefore ?? now));
  }

  /** Reads the ticket just before a timer acts, in a session of the agent's. */
  private async read(
    site: Site,
    ticketId: string,
    sessions: Sessions,
  ): Promise<
    | { ok: true; closed: boolean }
    | { ok: false; pause: boolean; code: string; message: string; retryAfterMs?: number | undefined }
  > {
    const session = await sessions.of(site);
    const read = session.ok ? await syncCase(this.ctx, site, ticketId) : session;
    if (read.ok) return { ok: true, closed: read.closed };
    await sessions.mindWait(site, read);
    const pause = !session.ok && isPause(session);
    return { ok: false, pause, code: read.code, message: read.message, retryAfterMs: read.retryAfterMs };
  }

  /** Replies that arrived while nobody looked are found by a gentle check of the cases that wait for a customer. */
  private async checkWaitingCases(sessions: Sessions): Promise<void> {
    const { ctx } = this;
    const now = ctx.clock.now();
    const sites = await connectedSites(ctx);
    for (const caseKey of await ctx.cases.unchecked(now - CHECK_EVERY_MS, now, CHECKS_PER_RUN, sites)) {
      await ctx.cases.setChecked(caseKey, now);
      const site = sites.get(siteIdOf(caseKey));
      if (!site || !(await sessions.of(site)).ok) continue;
      const sync = await syncCase(ctx, site, ticketIdOf(caseKey)).catch((error: unknown) =>
        ctx.log.error('look for replies', error),
      );
      if (sync && !sync.ok) await sessions.mindWait(site, sync);
    }
  }
}
