import type { Answer } from '../contract/messages';
import type { NotificationSettings } from '../domain/notification-settings';
import type { Context } from './context';

/** What the person who uses this browser has chosen for themselves. */
export class Preferences {
  constructor(
    private readonly ctx: Context,
    /** Starts a run of the engine. */
    private readonly wake: () => void,
  ) {}

  async notifications(): Promise<Answer<NotificationSettings>> {
    return { ok: true, value: await this.ctx.settings.notifications() };
  }

  async setNotifications(settings: NotificationSettings): Promise<Answer<NotificationSettings>> {
    const { ctx } = this;
    await ctx.settings.setNotifications(settings);
    // What quiet hours have put off until their old end is looked at by the new ones.
    await ctx.cases.showNotificationsFrom(ctx.clock.now());
    this.wake();
    return { ok: true, value: settings };
  }
}
