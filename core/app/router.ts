import type { Answer, Refusal, RequestInput, RequestName, RequestOutput, Sender } from '../contract/messages';
import { Envelope, requests } from '../contract/messages';
import { firstFault } from '../domain/place-words';
import { appWords } from '../words/app';
import type { Calendars } from './calendars';
import type { Cases } from './cases';
import type { Connection } from './connection';
import type { Context } from './context';
import type { Data } from './data';
import type { Diagnostics } from './diagnostics';
import type { Drafts } from './drafts';
import type { Engine } from './engine';
import type { Site } from './ports';
import type { Preferences } from './preferences';
import type { Review } from './review';
import type { Sites } from './sites';
import { siteOfUrl } from './sites';
import type { Templates } from './templates';

/** Who sent a message, as the browser itself says it. */
export type SenderFacts =
  | { kind: 'page' }
  /** tabUrl: `null` where the browser does not tell it, without the permission for its origin. */
  | { kind: 'tab'; tabUrl: string | null; tabId: number; frameId: number }
  | { kind: 'unknown' };

interface Parts {
  ctx: Context;
  cases: Cases;
  sites: Sites;
  review: Review;
  preferences: Preferences;
  /** Made when first asked for: only the options page needs what it brings along. */
  templates: () => Promise<Templates>;
  drafts: () => Promise<Drafts>;
  /** Made when first asked for, as the templates. */
  calendars: () => Promise<Calendars>;
  data: () => Promise<Data>;
  connection: () => Promise<Connection>;
  diagnostics: () => Promise<Diagnostics>;
  engine: Engine;
  /** Until then it is not known in which language to answer. Never rejects. */
  spoken: Promise<void>;
  /** Whether pages of an origin may be answered, by what is known at this moment; nobody's answer waits for more. */
  mayAnswer(origin: string): Promise<boolean>;
  ticketIdOf(adapterId: string, url: URL): string | null;
  loadPanel(tabId: number, frameId: number): Promise<void>;
}

type Handlers = {
  [N in RequestName]: (
    input: RequestInput<N>,
    from: { site: Site; tabUrl: string; tabId: number; frameId: number },
  ) => Promise<Answer<RequestOutput<N>>>;
};

const refuse = (code: string, message: string): Refusal => ({ ok: false, code, message });

/**
 * Answers requests: parses, checks who may send, derives the site from the sender's tab (never from the message), and
 * hands over to the use case. Whatever goes wrong becomes a refusal in words; nothing is changed by it.
 */
export function makeRouter(parts: Parts): (message: unknown, sender: SenderFacts) => Promise<Answer<unknown>> {
  const { ctx, cases, sites, review, preferences, templates, drafts, calendars, data, connection, diagnostics } = parts;

  const handlers: Handlers = {
    'case.open': (input, { site }) => cases.open(site, input),
    'case.view': ({ ticketId }, { site }) => cases.view(site, ticketId),
    'case.history': ({ ticketId, before }, { site }) => cases.history(site, ticketId, before),
    'cases.chips': ({ tickets }, { site }) => cases.chips(site, tickets),
    'case.preview': (input, { site }) => cases.preview(site, input),
    'case.answered': ({ ticketId }, { site }) => cases.answered(site, ticketId),
    'case.change': (input, { site }) => cases.change(site, input),
    'case.undo': (input, { site }) => cases.undo(site, input),
    'case.hold': (input, { site }) => cases.hold(site, input),
    'case.moments': (input, { site }) => cases.moments(site, input),
    'case.snooze': (input, { site }) => cases.snooze(site, input),
    'case.remind-me': (input, { site }) => cases.remindMe(site, input),
    'case.drop-remind-me': (input, { site }) => cases.dropRemindMe(site, input),
    'case.not-a-reply': (input, { site }) => cases.notAReply(site, input),
    'case.settle-drift': (input, { site }) => cases.settleDrift(site, input),
    'case.clone': ({ ticketId }, { site }) => cases.clone(site, ticketId),
    'outbox.settle': (input, { site }) => cases.settleEffect(site, input),
    'panel.load': async (_input, { tabId, frameId }) => {
      await parts.loadPanel(tabId, frameId);
      return { ok: true, value: null };
    },
    async 'panel.settings'({ load }, { site, tabUrl, tabId, frameId }) {
      const ticketId = load ? parts.ticketIdOf(site.adapterId, new URL(tabUrl)) : null;
      // The page asks for the case as well, and is told what is wrong.
      const known = (ticketId === null ? Promise.resolve(null) : cases.known(site, ticketId)).catch(() => null);
      const settings = await preferences.ofPanel(site.siteId);
      // Not waited for: where it fails, the page asks for it, and is told why.
      if (load && settings.place.open)
        parts.loadPanel(tabId, frameId).catch((error: unknown) => ctx.log.error('panel', error));
      return { ok: true, value: { ...settings, known: await known } };
    },
    'panel.set-place': (input, { site }) => preferences.setPlace(site.siteId, input),
    'panel.set-shortcuts': (input) => preferences.setShortcuts(input),
    'sites.list': () => sites.list(),
    'sites.connect': ({ address }) => sites.connect(address),
    'sites.disconnect': ({ siteId }) => sites.disconnect(siteId),
    'sites.set-template': ({ siteId, templateId }) => sites.setTemplate(siteId, templateId),
    'sites.set-desk-tells': ({ siteId, statuses }) => sites.setDeskTells(siteId, statuses),
    'sites.set-key': ({ siteId, key }) => sites.setKey(siteId, key),
    'sites.test': async ({ siteId }) => (await connection()).test(siteId),
    'review.list': () => review.list(),
    'review.settle': ({ timerIds, how }) => review.settle(timerIds, how),
    'notifications.get': () => preferences.notifications(),
    'notifications.set': (input) => preferences.setNotifications(input),
    'language.get': () => preferences.language(),
    'language.set': ({ language }) => preferences.setLanguage(language),
    'setup.get': () => preferences.setup(),
    'setup.set': (input) => preferences.setSetup(input),
    'policy.view': () => preferences.policy(),
    'role.set': ({ role }) => preferences.setRole(role),
    'shortcuts.get': () => preferences.shortcuts(),
    'shortcuts.set': (input) => preferences.setShortcuts(input),
    'templates.list': async () => (await templates()).list(),
    'templates.export': async ({ templateId }) => (await templates()).exported(templateId),
    'templates.archive': async ({ templateId, archived }) => (await templates()).archive(templateId, archived),
    'templates.examine': async ({ text }) => (await templates()).examine(text),
    'templates.publish': async (input) => (await templates()).publish(input),
    'templates.retiming': async (input) => (await drafts()).retimingOfPublished(input),
    'templates.retime': async (input) => (await drafts()).retime(input),
    'templates.examples': async () => (await templates()).examples(),
    'templates.add-example': async ({ templateId }) => (await templates()).addExample(templateId),
    'drafts.list': async () => (await drafts()).list(),
    'drafts.create': async ({ name, from }) => (await drafts()).create(name, from),
    'drafts.open': async ({ templateId }) => (await drafts()).open(templateId),
    'drafts.save': async ({ template, seen, note }) => (await drafts()).save(template, seen, note),
    'drafts.replay-cases': async ({ templateId }) => (await drafts()).replayCases(templateId),
    'drafts.replay': async (input) => (await drafts()).replay(input),
    'drafts.version': async ({ templateId, version }) => (await drafts()).version(templateId, version),
    'drafts.compare': async (input) => (await drafts()).compare(input),
    'drafts.rebase': async (input) => (await drafts()).rebase(input),
    'drafts.discard': async (input) => (await drafts()).discard(input),
    'drafts.retiming': async (input) => (await drafts()).retiming(input),
    'drafts.publish': async (input) => (await drafts()).publish(input),
    'calendars.list': async () => (await calendars()).list(),
    'calendars.save': async ({ calendar, seen }) => (await calendars()).save(calendar, seen),
    'calendars.remove': async ({ calendarId, seen }) => (await calendars()).remove(calendarId, seen),
    'calendars.try': async ({ calendar, wait, from }) => (await calendars()).try(calendar, wait, from),
    'calendars.holidays-of-file': async ({ text }) => (await calendars()).holidaysOfFile(text),
    'data.overview': async () => (await data()).overview(),
    'data.export': async ({ after }) => (await data()).exportPart(after),
    'data.export-frame': async () => (await data()).exportFrame(),
    'data.examine': async ({ file, precedence }) => (await data()).examine(file, precedence),
    'data.import': async ({ file, precedence }) => (await data()).take(file, precedence),
    'data.verify': async ({ after }) => (await data()).verify(after),
    'data.erase': async ({ siteId, typed }) => (await data()).erase(siteId, typed),
    'data.settle-loss': async () => (await data()).settleLoss(),
    'data.set-backup': async ({ every }) => (await data()).setBackup(every),
    'diagnostics.view': async () => (await diagnostics()).view(),
    'popup.view': async ({ tabUrl }) => {
      void parts.engine.run();
      return sites.popup(tabUrl);
    },
  };

  return async (message, sender) => {
    // Every page's message needs them: they are read while the language is.
    const connected = sender.kind === 'tab' ? ctx.sites.all() : Promise.resolve([]);
    connected.catch(() => undefined);
    await parts.spoken;
    const envelope = Envelope.safeParse(message);
    if (!envelope.success || !Object.hasOwn(requests, envelope.data.name))
      return refuse('unknown-request', appWords.unknownRequest);
    const name = envelope.data.name as RequestName;
    const allowed: readonly Sender[] = requests[name].from;
    if (sender.kind === 'unknown' || !allowed.includes(sender.kind === 'page' ? 'page' : 'ticket'))
      return refuse('not-allowed', appWords.notAllowedHere);
    const input = requests[name].in.safeParse(envelope.data.input);
    if (!input.success) {
      // A page of our own is told what does not fit; a page that shows a ticket has nothing to learn from it.
      const fault = sender.kind === 'page' ? firstFault(input.error, envelope.data.input) : null;
      return refuse('bad-request', fault === null ? appWords.badRequest : appWords.badRequestAt(fault));
    }
    try {
      // The handler's input is what its own schema has just parsed; TypeScript cannot see that the two names are one.
      const handler = handlers[name] as (input: unknown, from: unknown) => Promise<Answer<unknown>>;
      if (sender.kind === 'page') return await handler(input.data, null);
      const { tabUrl } = sender;
      const site = tabUrl === null ? undefined : siteOfUrl(await connected, tabUrl);
      // A page that is open goes on asking when its permission is taken away, or its site is not allowed any more.
      if (tabUrl === null || !site || !(await parts.mayAnswer(new URL(site.baseUrl).origin)))
        return refuse('not-connected', appWords.notConnected);
      const wrong = ticketMismatch(parts, site, tabUrl, input.data);
      if (wrong) return wrong;
      return await handler(input.data, { site, tabUrl, tabId: sender.tabId, frameId: sender.frameId });
    } catch (error) {
      ctx.log.error(name, error);
      return refusalOf(error);
    }
  };
}

/** A page may speak only of the ticket that its own address shows. */
function ticketMismatch(parts: Parts, site: Site, tabUrl: string, input: unknown): Answer<never> | null {
  const named = input as { ticketId?: string; facts?: { ticketId?: string } };
  const ticketId = named.ticketId ?? named.facts?.ticketId;
  if (ticketId === undefined || ticketId === parts.ticketIdOf(site.adapterId, new URL(tabUrl))) return null;
  return refuse('other-ticket', appWords.otherTicket);
}

/** What went wrong underneath, in words for the person. */
export function refusalOf(error: unknown): Refusal {
  const names = errorNames(error);
  if (names.includes('QuotaExceededError')) return refuse('storage-full', appWords.storageFull);
  if (names.some((name) => /^(DatabaseUnavailable|(InvalidState|Unknown|Security)Error)$/.test(name)))
    return refuse('storage-unavailable', appWords.storageUnavailable);
  return refuse('internal', appWords.internal);
}

/** Of an error and of what caused it, outermost first. */
export function errorNames(error: unknown): string[] {
  const names: string[] = [];
  for (let current = error; current instanceof Error && names.length < 5; current = current.cause)
    names.push(current.name);
  return names;
}
