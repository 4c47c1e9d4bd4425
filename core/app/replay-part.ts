import type { Answer, RequestInput } from '../contract/messages';
import type { ReplayNumber, ReplaySideView, ReplayView } from '../contract/views';
import { siteIdOf } from '../domain/case';
import { type Findings, Replay, type ReplaySide } from '../domain/replay';
import type { CaseTemplate } from '../domain/template';
import { appWords } from '../words/app';
import type { Context, Desks } from './context';
import { calendarOf, DAY_MS } from './retiming';

export type ReplayInput = RequestInput<'drafts.replay'>;
/** What a replay needs of the background's parts: it runs beside it, too. */
export type ReplayContext = Pick<Context, 'clock' | 'cases' | 'templates' | 'drafts' | 'calendars' | 'sites'> & {
  desks: Pick<Desks, 'ticketUrl'>;
};

export const gone = (): Answer<never> => ({ ok: false, code: 'unknown-template', message: appWords.templateGone });

/** A template as it is being worked on, or as it was published last. */
export async function currentTemplate(
  { drafts, templates }: Pick<Context, 'drafts' | 'templates'>,
  templateId: string,
): Promise<CaseTemplate | undefined> {
  return (await drafts.get(templateId))?.template ?? templates.newest(templateId);
}

/** Runs a draft over the histories of some cases: what it would have done in the last days, beside what was done. */
export async function replayPart(ctx: ReplayContext, input: ReplayInput): Promise<Answer<ReplayView>> {
  const [template, published] = await Promise.all([
    currentTemplate(ctx, input.templateId),
    ctx.templates.newest(input.templateId),
  ]);
  if (!template || !published) return gone();
  const to = ctx.clock.now();
  const replay = new Replay(template, {
    from: to - input.days * DAY_MS,
    to,
    published,
    calendar: await calendarOf(ctx, template),
    timeZone: ctx.clock.timeZone(),
  });
  let unreadable = 0;
  for (const [caseKey, history] of await ctx.cases.histories(input.caseKeys)) {
    try {
      replay.add({ caseKey, history });
    } catch {
      unreadable += 1;
    }
  }
  const sites = new Map((await ctx.sites.all()).map((site) => [site.siteId, site]));
  const view = ({ count, found }: Findings): ReplayNumber => ({
    count,
    found: found.map(({ caseKey, at, words }) => {
      const site = sites.get(siteIdOf(caseKey));
      const ticketId = caseKey.slice(caseKey.indexOf('/') + 1);
      return { ticketId, url: site ? ctx.desks.ticketUrl(site, ticketId) : '', at, words };
    }),
  });
  const sideView = (side: ReplaySide): ReplaySideView => ({
    reminders: view(side.reminders),
    notices: view(side.notices),
    autoCloses: view(side.autoCloses),
    changes: view(side.changes),
    stuck: view(side.stuck),
    closedDespiteReply: view(side.closedDespiteReply),
  });
  const { cases, would, did, diverged, differences } = replay.report;
  return {
    ok: true,
    value: {
      cases: cases - unreadable,
      unreadable,
      would: sideView(would),
      did: sideView(did),
      diverged: view(diverged),
      differences: view(differences),
    },
  };
}
