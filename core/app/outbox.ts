import type { Effect } from '../domain/case';
import type { DeskApi } from '../domain/desk';
import { saidBefore } from '../domain/reference';
import { sameNative } from '../domain/template';
import { appWords } from '../words/app';
import type { Context } from './context';
import { connectedSites, submit } from './context';
import { showNotifications } from './notifications';
import type { Site } from './ports';
import type { Sessions } from './sessions';
import { isPause } from './sessions';
import { syncCase } from './sync';

const MINUTE_MS = 60_000;

const MAX_BACKOFF_MS = 15 * MINUTE_MS;

/** Problems that pass by themselves, however long they take; the others need a person. */
const PASSING = new Set([
  'not-logged-in',
  'other-user',
  'unreachable',
  'rate-limited',
  'server-error',
  'changed',
  'no-permission',
]);

/** A page for maintenance says nothing of our request. It is tried again for about half an hour before it counts as refused. */
const NONSENSE_TRIES = 6;

/**
 * What of a site waits for the right person to be logged in: how many effects, and what that person is told.
 * `later`: there are effects that have waited before and were not tried in this run.
 */
export type Owed = Map<string, { count: number; message: string | undefined; later: boolean }>;

/**
 * Sends what is owed: in order within a case, one at a time. An effect leaves the outbox only when its outcome is known.
 * Must not run twice at once; the engine sees to that.
 * @returns what waits for somebody to log in, by site id
 */
export async function drainOutbox(ctx: Context, sessions: Sessions): Promise<Owed> {
  const blocked = new Set<string>();
  for (const effect of await ctx.cases.sendingEffects())
    await resume(ctx, effect).catch((error: unknown) => {
      ctx.log.error('outbox', error);
      blocked.add(effect.caseKey);
    });
  const owed: Owed = new Map();
  const sites = await connectedSites(ctx);
  const pending = (await ctx.cases.pendingEffects()).filter(({ siteId }) => sites.has(siteId));
  const notifications = pending.filter(
    (effect) => effect.kind === 'notification' && effect.notBefore <= ctx.clock.now(),
  );
  await showNotifications(ctx, notifications);
  for (const effect of pending) {
    if (effect.kind === 'notification' || blocked.has(effect.caseKey)) continue;
    const later = effect.notBefore > ctx.clock.now();
    if (later && effect.attempts > 0)
      owed.set(effect.siteId, { count: 0, message: undefined, ...owed.get(effect.siteId), later: true });
    const site = later ? undefined : await ctx.sites.get(effect.siteId);
    // One case's trouble must not keep the others waiting.
    const sent =
      site && (await send(ctx, site, effect, sessions, owed).catch((error: unknown) => ctx.log.error('outbox', error)));
    if (!sent) blocked.add(effect.caseKey);
  }
  return owed;
}

const ticketIdOf = (effect: Effect): string => effect.caseKey.slice(effect.siteId.length + 1);

export interface Outcome {
  state: Effect['state'];
  text: string;
  nativeStatus?: string | null;
  retryAt?: number;
  maybeSent?: boolean;
  /** The tries before it do not count. */
  countAnew?: boolean;
}

/** Stores the outcome of an effect. */
export async function settle(ctx: Context, site: Site, effect: Effect, outcome: Outcome): Promise<boolean> {
  const result = await submit(ctx, site, ticketIdOf(effect), {
    commandId: ctx.newId(),
    actor: null,
    deed: {
      type: 'effect-outcome',
      effectId: effect.effectId,
      state: outcome.state,
      text: outcome.text,
      nativeStatus: outcome.nativeStatus ?? null,
      retryAt: outcome.retryAt ?? null,
      maybeSent: outcome.maybeSent ?? false,
      countAnew: outcome.countAnew ?? false,
    },
  });
  return result.status === 'committed';
}

/** An effect that was being sent when the worker died: the ticket knows whether it arrived. */
async function resume(ctx: Context, effect: Effect): Promise<void> {
  const site = await ctx.sites.get(effect.siteId);
  if (!site) return;
  // A message that is still under way on the network must not be overtaken by its own second copy.
  const wait = effect.write?.message ? MINUTE_MS / 2 : 0;
  await settle(ctx, site, effect, {
    state: 'pending',
    text: appWords.interrupted,
    maybeSent: true,
    retryAt: ctx.clock.now() + wait,
  });
}

/** What went wrong while an effect was being sent. */
interface Failure {
  code: string;
  message: string;
  retryAfterMs?: number;
  maybeDone?: boolean;
}

/**
 * When it went wrong. unasked: the help desk has not been asked for anything of this yet, so it cannot have refused it.
 * unsearched: the ticket could not be searched for a message that may be there already. searched: it is not there.
 */
type FailedHow = 'unasked' | 'unsearched' | 'searched';
type Failed = (failure: Failure, how: FailedHow) => Promise<false>;

/** @returns whether the case's next effect may follow */
async function send(ctx: Context, site: Site, effect: Effect, sessions: Sessions, owed: Owed): Promise<boolean> {
  const api = ctx.desks.api(site);
  const ticketId = ticketIdOf(effect);
  const failed: Failed = async (told, how) => {
    // Whether a try before it has arrived is only known by having looked for it.
    const failure = { ...told, maybeDone: told.maybeDone === true || (effect.maybeSent && how === 'unsearched') };
    // Tries that came to nothing for other reasons say nothing of how long there has been such a page.
    const first = failure.code === 'nonsense' && effect.outcome !== failure.message;
    const passes =
      how === 'unasked' ||
      PASSING.has(failure.code) ||
      (failure.code === 'nonsense' && told.maybeDone !== true && (first || effect.attempts < NONSENSE_TRIES));
    await sessions.mindWait(site, failure);
    const firstMs = failure.code === 'changed' ? 1000 : MINUTE_MS / 2;
    const backoffMs = firstMs * 2 ** Math.min(first ? 0 : effect.attempts, 10);
    await settle(
      ctx,
      site,
      effect,
      passes
        ? {
            state: 'pending',
            text: failure.message,
            maybeSent: failure.maybeDone,
            countAnew: first,
            retryAt: ctx.clock.now() + (failure.retryAfterMs ?? Math.min(MAX_BACKOFF_MS, backoffMs)),
          }
        : {
            state: failure.maybeDone && effect.write?.message ? 'uncertain' : 'failed',
            text: appWords.notSent(failure.message),
          },
    );
    return false;
  };

  const known = await sessions.of(site);
  const session = known.ok ? await sessions.fresh(site) : known;
  const deskName = ctx.desks.deskName(site.adapterId);
  const other = session.ok && effect.actor?.login ? effect.actor.login !== session.user.login : false;
  if (other || isPause(session)) {
    const message = session.ok
      ? appWords.waitsForOther(effect.actor?.name ?? '', session.user.name, deskName)
      : session.message;
    const before = owed.get(site.siteId);
    owed.set(site.siteId, { count: (before?.count ?? 0) + 1, message, later: before?.later ?? false });
    return failed({ code: session.ok ? 'other-user' : session.code, message }, 'unasked');
  }
  if (!session.ok) return failed(session, 'unasked');

  // A reply that came meanwhile cancels what is still held; so the ticket is read just before.
  const sync = await syncCase(ctx, site, ticketId);
  if (!sync.ok) return failed(sync, 'unsearched');
  if (!(await settle(ctx, site, effect, { state: 'sending', text: '' }))) return true;
  // The reply that was just found may have taken the message out of it.
  const { effects } = await ctx.cases.load(effect.caseKey);
  const sending = effects.find(({ effectId }) => effectId === effect.effectId);
  return sending ? deliver(ctx, site, sending, api, sync.version, failed) : true;
}

async function deliver(
  ctx: Context,
  site: Site,
  effect: Effect,
  api: DeskApi,
  version: string | null,
  failed: Failed,
): Promise<boolean> {
  const { write } = effect;
  if (!write) return true;
  const ticketId = ticketIdOf(effect);
  let message = write.message;
  let said: ReturnType<typeof saidBefore> = null;
  if (message) {
    const newest = await api.newestMessages(ticketId);
    if (!newest.ok) return failed(newest, 'unsearched');
    said = saidBefore(newest.messages, message, new Set(await ctx.cases.references(effect.caseKey)));
    if (said) message = null;
  }
  const result =
    message === null && write.status === null
      ? { ok: true as const, nativeStatus: null }
      : await api.apply(ticketId, { status: write.status, message, expectedVersion: version });
  if (!result.ok) return failed(result, 'searched');
  const deskName = ctx.desks.deskName(site.adapterId);
  const parts = [
    said === 'another' ? appWords.sentByAnother : '',
    write.message && said !== 'another' ? appWords.messageSent : '',
    write.status === null
      ? ''
      : result.nativeStatus === null || sameNative(result.nativeStatus, write.status)
        ? appWords.deskSet(deskName, write.status)
        : appWords.deskKept(deskName, result.nativeStatus, write.status),
  ].filter(Boolean);
  await settle(ctx, site, effect, { state: 'done', text: parts.join(', '), nativeStatus: result.nativeStatus });
  return true;
}
