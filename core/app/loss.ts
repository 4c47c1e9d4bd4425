import type { LookedAfterView } from '../contract/looked-after';
import { listed } from '../words/language';
import { lossWords } from '../words/loss';
import type { Context } from './context';
import type { LookedAfter } from './ports';

export const LOSS_NOTIFICATION = 'loss';

/**
 * Notices that the browser has lost the database: with it went all cases, reminders and templates, and nothing else would
 * say so. What there was is known from what the browser keeps beside the database. See docs/adr/0029-a-lost-database.md.
 */
export class LossWatch {
  constructor(
    private readonly ctx: Context,
    private readonly lookedAfter: LookedAfter,
  ) {}

  /** At each start, before anything is stored: tells once that everything is gone. */
  async look(): Promise<void> {
    const { ctx, lookedAfter } = this;
    if ((await ctx.sites.all()).length > 0) return;
    // After it: what a person takes away meanwhile is told here first.
    const before = await lookedAfter.get();
    if (before.sites.length === 0) return;
    const loss = { noticedAt: ctx.clock.now(), sites: before.sites };
    // Told first: a worker that ends in between tells it once more, in the same place.
    await ctx.notifier
      .show(LOSS_NOTIFICATION, lossWords.title, lossWords.body(listed(loss.sites)), { stays: true })
      .catch((error: unknown) => ctx.log.error('notification', error));
    await lookedAfter.set({ sites: [], loss });
  }

  /**
   * Before a person has a help desk, or everything, taken away: a look that comes in between, or a worker that ends there,
   * is not to take it for lost.
   * @param siteId `null`: everything
   */
  async expectGone(siteId: string | null): Promise<void> {
    const { ctx, lookedAfter } = this;
    const staying = siteId === null ? [] : (await ctx.sites.all()).filter((site) => site.siteId !== siteId);
    const names = staying.map(({ name }) => name).toSorted();
    await lookedAfter.set({ ...(await lookedAfter.get()), sites: names });
  }

  /** After a person has connected, disconnected, imported or erased: what is there now is what there should be. */
  async remember(): Promise<void> {
    const [sites, before] = await Promise.all([this.ctx.sites.all(), this.lookedAfter.get()]);
    const names = sites.map(({ name }) => name).toSorted();
    if (names.join('\n') !== before.sites.join('\n')) await this.lookedAfter.set({ ...before, sites: names });
  }

  /** What was lost and not yet dealt with. */
  async loss(): Promise<LookedAfterView['loss']> {
    await this.look();
    return (await this.lookedAfter.get()).loss;
  }

  /** The person has put back what there was, or does without it. */
  async settle(): Promise<void> {
    const { sites } = await this.lookedAfter.get();
    await this.lookedAfter.set({ sites, loss: null });
    await this.ctx.notifier.clear(LOSS_NOTIFICATION);
  }
}
