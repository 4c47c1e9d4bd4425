import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type ReplayContext, replayPart } from '../core/app/replay-part';
import { refusalOf } from '../core/app/router';
import type { ReplayReply, ReplayRequest } from '../core/contract/replay';
import { builtinTemplates } from '../core/domain/builtin-templates';
import { systemClock } from '../core/platform/ports';
import { siteAdapters } from '../core/sites';
import { DatabaseBeside } from '../core/store/database-beside';
import { calendarStore, caseStore, draftStore, siteStore, templateStore } from '../core/store/stores';
import { speak } from '../core/words/language';

/**
 * A worker of the options page, beside the background: a replay reads and counts for seconds on end, and the background has
 * reminders to look after. It only reads.
 */
export default defineUnlistedScript(() => {
  const db = new DatabaseBeside();
  const ctx: ReplayContext = {
    clock: systemClock,
    cases: caseStore(db),
    templates: templateStore(db, builtinTemplates),
    drafts: draftStore(db),
    calendars: calendarStore(db),
    sites: siteStore(db),
    desks: {
      ticketUrl: ({ adapterId, baseUrl }, ticketId) =>
        siteAdapters.find(({ page }) => page.id === adapterId)?.ticketUrl(baseUrl, ticketId) ?? '',
    },
  };
  self.addEventListener('message', async ({ data: { id, language, input } }: MessageEvent<ReplayRequest>) => {
    speak(language);
    const reply: ReplayReply = { id, answer: await replayPart(ctx, input).catch(refusalOf) };
    self.postMessage(reply);
  });
});
