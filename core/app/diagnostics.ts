import type { Answer } from '../contract/messages';
import type { DiagnosticsFinding, DiagnosticsSite, DiagnosticsView, PolicyView } from '../contract/views';
import { diagnosticsWords } from '../words/diagnostics';
import { locale } from '../words/language';
import { lossWords } from '../words/loss';
import type { Context } from './context';
import type { LossWatch } from './loss';
import { quietUntilOf } from './notifications';
import { notificationsOf, policyView } from './policy';
import type { BrowserFacts, ErrorJournal, Site, StoreCount, StoreFacts } from './ports';
import { refusalOf } from './router';

interface Sources {
  browser: BrowserFacts;
  store: StoreFacts;
  journal: ErrorJournal;
  loss: LossWatch;
}

/** Where nothing can be read. */
const NO_ORGANISATION: PolicyView = {
  language: null,
  notifications: null,
  role: { value: 'admin', by: null },
  allowedSites: null,
};

/** A finding, and the site that it is about. */
type Found = DiagnosticsFinding & { site?: number };

/** How the extension is: what works, what waits, what is wrong and where that is mended. */
export class Diagnostics {
  constructor(
    private readonly ctx: Context,
    private readonly sources: Sources,
  ) {}

  /** Answers also where nothing can be stored or read: that is what it is for. */
  async view(): Promise<Answer<DiagnosticsView>> {
    const { ctx } = this;
    const { browser, journal, loss } = this.sources;
    const now = ctx.clock.now();
    const [worker, alarms, notes, policy, lost, stored] = await Promise.all([
      browser.worker(),
      browser.alarms(),
      journal.notes(),
      ctx.policy(),
      // What cannot be read is told below.
      loss.loss().catch(() => null),
      this.stored(now).catch((error: unknown) => {
        ctx.log.error('diagnostics', error);
        return { problem: refusalOf(error).message };
      }),
    ]);
    const empty = {
      sites: [],
      connected: [],
      count: null,
      timerAt: null,
      effectAt: null,
      quiet: null,
      chosen: null,
      organisation: NO_ORGANISATION,
    };
    const { sites, connected, count, timerAt, effectAt, quiet, chosen, organisation } =
      'problem' in stored ? empty : stored;
    const found: Found[] =
      'problem' in stored
        ? [finding('cannot-store', 'error', stored.problem)]
        : this.found(stored.connected, stored.sites, stored.count);
    if (lost) found.unshift(finding('lost', 'error', lossWords.title, { text: lossWords.toData, href: '#data' }));
    for (const name of policy.ignored) found.push(finding('policy', 'warning', diagnosticsWords.policyIgnored(name)));
    const facts = {
      now,
      extension: browser.extension(),
      browser: browser.browser(),
      worker,
      alarms,
      timers: {
        armed: count?.timers.armed ?? 0,
        held: count?.timers.held ?? 0,
        overdue: count?.timers.overdue ?? 0,
        nextAt: timerAt,
      },
      outbox: { ...(count?.outbox ?? { pending: 0, failed: 0, uncertain: 0 }), nextAt: effectAt },
      store: count && { version: count.version, rows: count.rows },
      quiet,
      language: { spoken: locale(), chosen },
      organisation,
      errors: notes.toReversed(),
    };
    const report = reportOf({
      ...facts,
      organisation: { ...organisation, allowedSites: organisation.allowedSites?.length ?? null },
      wrong: found.map(({ code, site }) => (site === undefined ? code : `${code} ${nameless(site)}`)),
      sites: sites.map(({ granted, pause, checkedAt }, index) => ({
        site: nameless(index),
        desk: connected[index]?.adapterId,
        granted,
        pausedAt: pause?.since ?? null,
        checkedAt,
      })),
    });
    const findings = found.map(({ site: _site, ...rest }) => rest);
    return { ok: true, value: { ...facts, findings, sites, report } };
  }

  private async stored(now: number) {
    const { ctx } = this;
    const connected = await ctx.sites.all();
    const [count, timerAt, effectAt, settings, chosen, organisation] = await Promise.all([
      this.sources.store.count(
        now,
        connected.map(({ siteId }) => siteId),
      ),
      ctx.cases.nextTimerAt(),
      ctx.cases.nextEffectAt(),
      notificationsOf(ctx),
      ctx.settings.language(),
      policyView(ctx),
    ]);
    const sites = await Promise.all(
      connected.map(
        async (site): Promise<DiagnosticsSite> => ({
          name: site.name,
          deskName: ctx.desks.deskName(site.adapterId),
          granted: await ctx.permissions.has(new URL(site.baseUrl).origin),
          pause: (await ctx.settings.pause(site.siteId)) ?? null,
          checkedAt: count.checkedAt[site.siteId] ?? null,
        }),
      ),
    );
    const until = quietUntilOf(settings, now, ctx.clock.timeZone());
    const quiet = settings.quiet && { from: settings.quiet.from, to: settings.quiet.to, until };
    return { connected, sites, count, timerAt, effectAt, quiet, chosen: chosen ?? null, organisation };
  }

  private found(connected: readonly Site[], sites: readonly DiagnosticsSite[], count: StoreCount): Found[] {
    const words = diagnosticsWords;
    const found: Found[] = [];
    sites.forEach(({ name, granted, pause }, index) => {
      const toSites = { text: words.allowIt, href: '#sites' };
      if (!granted)
        found.push({ ...finding('no-permission', 'error', words.noPermission(name), toSites), site: index });
      else if (pause) {
        const open = { text: words.open(name), href: connected[index]?.baseUrl ?? '#sites' };
        found.push({ ...finding('paused', 'error', words.paused(name, pause.message), open), site: index });
      }
    });
    const { failed, uncertain } = count.outbox;
    if (failed + uncertain > 0)
      found.push(finding('not-sent', 'error', words.notSent(failed + uncertain), this.toCase(connected, count)));
    if (count.timers.overdueLong > 0)
      found.push(
        finding('overdue', 'error', words.overdue(count.timers.overdueLong), {
          text: words.testConnection,
          href: '#sites',
        }),
      );
    if (sites.length === 0)
      found.push(finding('no-site', 'warning', words.noSite, { text: words.connectOne, href: '#sites' }));
    return found;
  }

  private toCase(connected: readonly Site[], { unsent }: StoreCount): DiagnosticsFinding['mend'] {
    const site = connected.find(({ siteId }) => siteId === unsent?.siteId);
    if (!site || !unsent) return null;
    const ticketId = unsent.caseKey.slice(site.siteId.length + 1);
    return { text: diagnosticsWords.openTicket, href: this.ctx.desks.ticketUrl(site, ticketId) };
  }
}

function finding(
  code: DiagnosticsFinding['code'],
  severity: DiagnosticsFinding['severity'],
  message: string,
  mend: DiagnosticsFinding['mend'] = null,
): DiagnosticsFinding {
  return { code, severity, message, mend };
}

const nameless = (index: number) => `site-${index + 1}`;

/** "timers.armed: 12", a line for each fact, whatever language the person reads: for those whom they send it to. */
function reportOf(facts: object): string {
  return [diagnosticsWords.reportHead, ...linesOf(facts, '')].join('\n');
}

function linesOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) {
    const isMoment = typeof value === 'number' && /(?:^now|At|\.at|until)$/.test(path);
    return [`${path}: ${isMoment ? new Date(value).toISOString() : value}`];
  }
  const parts = Object.entries(value);
  if (parts.length === 0) return [`${path}: -`];
  return parts.flatMap(([key, part]) => linesOf(part, path === '' ? key : `${path}.${key}`));
}
