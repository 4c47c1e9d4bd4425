import { appWords } from '../words/app';
import type { Context } from './context';
import { seenOf, submit } from './context';
import { ACTIONS } from './notifications';
import type { NotificationAction, Site } from './ports';

const DAY_MS = 86_400_000;

/** Where a click on a notification leads: a page of a help desk, or a place on our own options page. */
export type NotificationPage = { url: string } | { options: '#review' | '#sites' };

/** What a person does with a notification. The worker may have ended since it was shown: all is found again by its id. */
export class NotifyActions {
  constructor(
    private readonly ctx: Context,
    /** Looks after what is due; called after every change. */
    private readonly wake: () => void,
  ) {}

  /** @returns where a click leads; `null` where the help desk is not connected any more */
  async pageOf(notificationId: string): Promise<NotificationPage | null> {
    const { ctx } = this;
    if (notificationId === 'review' || notificationId === 'digest') return { options: '#review' };
    const about = await this.about(notificationId);
    if (!about) return null;
    const { site, ticketId } = about;
    if (ticketId !== '') return { url: ctx.desks.ticketUrl(site, ticketId) };
    // The whole site waits: for somebody to log in there, or for the permission.
    return (await ctx.permissions.has(new URL(site.baseUrl).origin)) ? { url: site.baseUrl } : { options: '#sites' };
  }

  /** @param button its place on the notification, from 0 */
  async press(notificationId: string, button: number): Promise<void> {
    const { ctx } = this;
    const about = await this.about(notificationId);
    const effect = about && (await ctx.cases.effect(about.effectId));
    if (!about || !effect?.notification) return;
    const { site, ticketId } = about;
    const seen = await seenOf(ctx, effect.caseKey, ticketId);
    const { record } = await ctx.cases.load(effect.caseKey);
    const action = ACTIONS[effect.notification.kind]?.[button];
    if (!record || !action) return;
    const result = await submit(ctx, site, ticketId, {
      // Pressed twice, done once.
      commandId: `${action}:${effect.effectId}`,
      actor: seen.agent ?? { login: '', name: appWords.agent },
      deed:
        action === 'undo'
          ? { type: 'undo', undoes: effect.commandId }
          : {
              type: 'remind-me',
              at: ctx.clock.now() + DAY_MS,
              note: effect.notification.body,
              // Where no page has shown the ticket since the browser started, nothing newer is known.
              facts: (await ctx.seen.get(effect.caseKey)) ? seen.facts : { ...seen.facts, assignee: record.assignee },
            },
    });
    if (result.status === 'duplicate') return;
    // The answer takes the notification's place, without the buttons.
    const title = appWords.about(titleOf(action, result.status === 'committed'), record.subject);
    await ctx.notifier.show(notificationId, title, result.decision.message);
    this.wake();
  }

  private async about(notificationId: string): Promise<{ site: Site; ticketId: string; effectId: string } | null> {
    const bar = notificationId.indexOf('|');
    const slash = notificationId.indexOf('/');
    if (slash < 0 || bar < slash) return null;
    const site = await this.ctx.sites.get(notificationId.slice(0, slash));
    const ticketId = notificationId.slice(slash + 1, bar);
    return site ? { site, ticketId, effectId: notificationId.slice(bar + 1) } : null;
  }
}

function titleOf(action: NotificationAction, done: boolean): string {
  if (action === 'undo') return done ? appWords.undone : appWords.tooLate;
  return done ? appWords.snoozed : appWords.notSnoozed;
}
