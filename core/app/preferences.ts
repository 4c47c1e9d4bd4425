import type { Answer, PanelPlace, PanelSettings, SetupProgress } from '../contract/messages';
import type { Role } from '../contract/policy';
import type { PolicyView } from '../contract/views';
import type { NotificationSettings } from '../domain/notification-settings';
import type { Shortcuts } from '../domain/shortcuts';
import { appWords } from '../words/app';
import { writeDatesBy } from '../words/dates';
import { type Language, locale, speak } from '../words/language';
import type { Context } from './context';
import { languageOf, notificationsOf, policyView, refuseLocked } from './policy';

const DEFAULT_PLACE: PanelPlace = { open: true, right: 20, bottom: 20 };

/** What the person who uses this browser has chosen for themselves. */
export class Preferences {
  constructor(
    private readonly ctx: Context,
    /** Starts a run of the engine. */
    private readonly wake: () => void,
  ) {}

  async ofPanel(siteId: string): Promise<Omit<PanelSettings, 'known'>> {
    const { settings, dates } = this.ctx;
    const [place, shortcuts, table] = await Promise.all([
      settings.panelPlace(siteId),
      settings.shortcuts(),
      dates.of(locale()),
    ]);
    writeDatesBy(table);
    return { place: place ?? DEFAULT_PLACE, shortcuts, language: locale(), dates: table };
  }

  /** Has all words said in the language that the person has chosen, or in the browser's own. */
  async speakTheirs(): Promise<void> {
    const { ctx } = this;
    speak(ctx.browserLanguage);
    // Where nothing can be read, that is said in the browser's own.
    const own = await ctx.settings.language().catch(() => undefined);
    if (own) speak(own);
    // After its start a browser may take seconds to read its policies: nobody waits for that to be answered.
    languageOf(ctx).then(
      (language) => language && speak(language),
      () => undefined,
    );
  }

  async language(): Promise<Answer<{ chosen: Language | null; language: string }>> {
    const { ctx } = this;
    speak((await languageOf(ctx)) ?? ctx.browserLanguage);
    return { ok: true, value: { chosen: (await ctx.settings.language()) ?? null, language: locale() } };
  }

  /** @param language `null`: the browser's own */
  async setLanguage(language: Language | null): Promise<Answer<null>> {
    const { ctx } = this;
    const refused = refuseLocked((await ctx.policy()).language);
    if (refused) return refused;
    await ctx.settings.setLanguage(language);
    speak((await languageOf(ctx)) ?? ctx.browserLanguage);
    return { ok: true, value: null };
  }

  /** How far the guided set-up has come. */
  async setup(): Promise<Answer<SetupProgress>> {
    return { ok: true, value: (await this.ctx.settings.setup()) ?? { step: 'desk' } };
  }

  async setSetup(progress: SetupProgress): Promise<Answer<null>> {
    await this.ctx.settings.setSetup(progress);
    return { ok: true, value: null };
  }

  /** What the organisation provides or has locked. */
  async policy(): Promise<Answer<PolicyView>> {
    return { ok: true, value: await policyView(this.ctx) };
  }

  async setRole(role: Role): Promise<Answer<PolicyView>> {
    const { ctx } = this;
    const refused = refuseLocked((await ctx.policy()).role);
    if (refused) return refused;
    await ctx.settings.setRole(role);
    return this.policy();
  }

  async setPlace(siteId: string, place: PanelPlace): Promise<Answer<null>> {
    await this.ctx.settings.setPanelPlace(siteId, place);
    return { ok: true, value: null };
  }

  async shortcuts(): Promise<Answer<{ shortcuts: Shortcuts; desk: string[] }>> {
    const { settings, sites, desks } = this.ctx;
    const [shortcuts, connected] = await Promise.all([settings.shortcuts(), sites.all()]);
    return { ok: true, value: { shortcuts, desk: connected.flatMap(({ adapterId }) => desks.shortcuts(adapterId)) } };
  }

  /** Two actions with one shortcut are refused; what the help desk uses itself is the person's choice. */
  async setShortcuts(shortcuts: Shortcuts): Promise<Answer<Shortcuts>> {
    const used = Object.values(shortcuts).filter((shortcut) => shortcut !== null);
    if (new Set(used).size < used.length) return { ok: false, code: 'shortcut-taken', message: appWords.sameShortcut };
    await this.ctx.settings.setShortcuts(shortcuts);
    return { ok: true, value: shortcuts };
  }

  async notifications(): Promise<Answer<NotificationSettings>> {
    return { ok: true, value: await notificationsOf(this.ctx) };
  }

  async setNotifications(settings: NotificationSettings): Promise<Answer<NotificationSettings>> {
    const { ctx } = this;
    const refused = refuseLocked((await ctx.policy()).notifications);
    if (refused) return refused;
    await ctx.settings.setNotifications(settings);
    // What quiet hours have put off until their old end is looked at by the new ones.
    await ctx.cases.showNotificationsFrom(ctx.clock.now());
    this.wake();
    return { ok: true, value: settings };
  }
}
