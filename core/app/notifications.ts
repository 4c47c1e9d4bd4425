import type { Effect, NotificationKind } from '../domain/case';
import type { NotificationSettings } from '../domain/notification-settings';
import { appWords } from '../words/app';
import type { Context } from './context';
import { submit } from './context';
import { notificationsOf } from './policy';
import type { NotificationAction } from './ports';

/** What can be done from a notification of a kind, in the order of its buttons. */
export const ACTIONS: Partial<Record<NotificationKind, readonly NotificationAction[]>> = {
  changed: ['undo'],
  reminder: ['snooze-a-day'],
};

/** Shows what is due to be told: each by itself, more than a few together, none in quiet hours. */
export async function showNotifications(ctx: Context, due: readonly Effect[]): Promise<void> {
  const wanted = await notificationsOf(ctx);
  const quietUntil = quietUntilOf(wanted, ctx.clock.now(), ctx.clock.timeZone());
  const shown: Effect[] = [];
  for (const effect of due) {
    if (!effect.notification || wanted.off.includes(effect.notification.kind))
      await settled(ctx, effect, 'cancelled', appWords.switchedOff);
    else if (quietUntil !== null) await settled(ctx, effect, 'pending', appWords.quietHours, quietUntil);
    else shown.push(effect);
  }
  if (shown.length > wanted.digestAbove) await showDigest(ctx, shown);
  else for (const effect of shown) await showOne(ctx, effect);
}

async function showOne(ctx: Context, effect: Effect): Promise<void> {
  const { notification } = effect;
  if (!notification) return;
  const actions = ACTIONS[notification.kind] ?? [];
  // Same id, same notification: a second try after a crash replaces rather than doubles.
  const id = `${effect.caseKey}|${effect.effectId}`;
  const shown = await attempt(ctx, () => ctx.notifier.show(id, notification.title, notification.body, { actions }));
  await settled(ctx, effect, shown ? 'done' : 'cancelled', shown ? '' : appWords.notShown);
}

async function showDigest(ctx: Context, effects: readonly Effect[]): Promise<void> {
  const titles = effects.flatMap((effect) => effect.notification?.title ?? []);
  const first = titles.slice(0, 3).join('\n');
  const body = titles.length > 3 ? `${first}\n${appWords.more(titles.length - 3)}` : first;
  const shown = await attempt(ctx, () => ctx.notifier.show('digest', appWords.casesHaveNews(titles.length), body));
  for (const effect of effects)
    await settled(ctx, effect, shown ? 'done' : 'cancelled', shown ? '' : appWords.notShown);
}

async function attempt(ctx: Context, show: () => Promise<void>): Promise<boolean> {
  try {
    await show();
    return true;
  } catch (error) {
    ctx.log.error('notification', error);
    return false;
  }
}

async function settled(
  ctx: Context,
  effect: Effect,
  state: Effect['state'],
  text: string,
  retryAt: number | null = null,
): Promise<void> {
  const site = await ctx.sites.get(effect.siteId);
  if (!site) return;
  // One case's trouble must not keep the others waiting.
  await submit(ctx, site, effect.caseKey.slice(effect.siteId.length + 1), {
    commandId: ctx.newId(),
    actor: null,
    deed: { type: 'effect-outcome', effectId: effect.effectId, state, text, nativeStatus: null, retryAt },
  }).catch((error: unknown) => ctx.log.error('notification', error));
}

/** When the quiet hours end in which `now` lies, to the minute; `null`: it is not quiet. */
export function quietUntilOf({ quiet }: NotificationSettings, now: number, timeZone: string): number | null {
  if (!quiet) return null;
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const local = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const nowMinutes = minutesOf(local.format(now));
  const span = (from: number, to: number) => (to - from + 24 * 60) % (24 * 60);
  const from = minutesOf(quiet.from);
  const leftMinutes = span(nowMinutes, minutesOf(quiet.to));
  if (span(from, nowMinutes) >= span(from, minutesOf(quiet.to))) return null;
  const until = now - (now % 60_000) + leftMinutes * 60_000;
  // A night in which the clocks change is an hour longer, or shorter; in that hour itself there may be no such time of day.
  const onTheClock = [until, until - 3_600_000, until + 3_600_000].find((at) => local.format(at) === quiet.to);
  return onTheClock ?? until;
}
