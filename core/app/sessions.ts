import type { Person } from '../domain/case';
import type { DeskFailure } from '../domain/desk';
import { appWords } from '../words/app';
import type { Context } from './context';
import type { Site } from './ports';

/** Whether a site's help desk can be used now, and as whom. */
export type Session = { ok: true; user: Person } | DeskFailure | NoSession;

/** Nothing is wrong with the help desk; a person has to log in there, or to allow the site again. */
export interface NoSession {
  ok: false;
  code: 'not-logged-in' | 'no-permission';
  message: string;
  retryAfterMs?: number;
}

/** One that lies, or a proxy before it, keeps us from asking for so long at most. */
const LONGEST_WAIT_MS = 3_600_000;

/** Asks each help desk once in a run who is logged in; what waits for a person pauses the whole site, with one word. */
export class Sessions {
  private readonly asked = new Map<string, Promise<Session>>();

  constructor(private readonly ctx: Context) {}

  of(site: Site): Promise<Session> {
    const known = this.asked.get(site.siteId);
    if (known) return known;
    const session = this.ask(site).catch((error: unknown): Session => {
      // Its key cannot be decrypted any more, say. One help desk's trouble must not end what is done for the others.
      this.ctx.log.error('session', error);
      return { ok: false, code: 'unreachable', message: appWords.noAnswerFrom(new URL(site.baseUrl).host) };
    });
    this.asked.set(site.siteId, session);
    return session;
  }

  /** Asks again: just before something is sent, an answer from the beginning of the run is too old. */
  fresh(site: Site): Promise<Session> {
    this.asked.delete(site.siteId);
    return this.of(site);
  }

  /** A help desk that asks for time is given it, whatever else there is to be asked, and whichever worker would ask. */
  async mindWait(
    site: Site,
    { code, message, retryAfterMs }: { code: string; message: string; retryAfterMs?: number | undefined },
  ): Promise<void> {
    if (code !== 'rate-limited' && retryAfterMs === undefined) return;
    const session: Session = {
      ok: false,
      code: 'rate-limited',
      message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
    this.asked.set(site.siteId, Promise.resolve(session));
    if (retryAfterMs === undefined) return;
    const forMs = Math.min(retryAfterMs, LONGEST_WAIT_MS);
    const { waits, clock, log } = this.ctx;
    await waits
      .set(site.siteId, { message, at: clock.now(), forMs })
      .catch((error: unknown) => log.error('help desk asks to wait', error));
  }

  /** What was found out in this run; `undefined`: nobody asked. */
  async known(site: Site): Promise<Session | undefined> {
    return this.asked.get(site.siteId);
  }

  private async ask(site: Site): Promise<Session> {
    const { ctx } = this;
    if (!(await ctx.permissions.has(new URL(site.baseUrl).origin)))
      return {
        ok: false,
        code: 'no-permission',
        message: appWords.notAllowed(site.name),
      };
    const wait = await ctx.waits.get(site.siteId);
    const passedMs = wait ? ctx.clock.now() - wait.at : 0;
    // A clock that went back says nothing of how much of it is left.
    if (wait && passedMs >= 0 && passedMs < wait.forMs)
      return { ok: false, code: 'rate-limited', message: wait.message, retryAfterMs: wait.forMs - passedMs };
    const answer = await ctx.desks.api(site).currentUser();
    if (!answer.ok) {
      await this.mindWait(site, answer);
      return answer;
    }
    if (answer.user) return { ok: true, user: answer.user };
    const deskName = ctx.desks.deskName(site.adapterId);
    return { ok: false, code: 'not-logged-in', message: appWords.waitsForLogin(deskName) };
  }
}

/** Who is at work in this browser, as the connected help desk that says so first knows them; `null`: none does. */
export async function agentAtWork(ctx: Context): Promise<Person | null> {
  const sessions = new Sessions(ctx);
  const asked = (await ctx.sites.all()).map(async (site) => {
    const session = await sessions.of(site);
    if (!session.ok) throw new Error(session.message);
    return session.user;
  });
  return Promise.any(asked).catch(() => null);
}

export function isPause(session: Session): session is NoSession {
  return !session.ok && (session.code === 'not-logged-in' || session.code === 'no-permission');
}

const pauseId = (site: Site) => `${site.siteId}/|pause`;

/**
 * Tells the person once that actions of a site wait, and why; and takes the word back when they go on.
 * @param notify `false`: another notification says it
 */
export async function tellPause(
  ctx: Context,
  site: Site,
  waiting: { message: string; count: number } | null,
  notify = true,
): Promise<void> {
  const before = await ctx.settings.pause(site.siteId);
  if (!waiting) {
    if (!before) return;
    await ctx.settings.setPause(site.siteId, null);
    await ctx.notifier.clear(pauseId(site));
    return;
  }
  if (before?.message === waiting.message) return;
  if (notify) {
    const title = appWords.actionsWait(site.name, waiting.count);
    try {
      await ctx.notifier.show(pauseId(site), title, waiting.message, { stays: true });
    } catch (error) {
      ctx.log.error('notification', error);
      // What the person has not been told is told with the next run.
      return;
    }
  }
  // Afterwards: a worker that ends in between tells it once more, in the same place.
  await ctx.settings.setPause(site.siteId, { since: before?.since ?? ctx.clock.now(), message: waiting.message });
}
