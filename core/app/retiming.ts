import type { RetimeView } from '../contract/views';
import { type BusinessCalendar, plainCalendar } from '../domain/calendar';
import type { CaseKey, CaseRecord, Timer } from '../domain/case';
import { decide, type Seal } from '../domain/decide';
import { type CaseTemplate, hasPosition } from '../domain/template';
import type { Context } from './context';

export const DAY_MS = 86_400_000;
/** What a version that comes from a file is looked at with: the notice that the page begins with. */
export const DEFAULT_NOTICE_DAYS = 3;

/** The cases of a template that have timers of its rules. */
export async function runningCases(
  { cases }: Context,
  templateId: string,
): Promise<{ record: CaseRecord; timers: Timer[] }[]> {
  const records = await cases.ofTemplate(templateId);
  const open = await cases.openTimers(records.map(({ caseKey }) => caseKey));
  return records.flatMap((record) => {
    const timers = open.get(record.caseKey) ?? [];
    return timers.some(({ ruleId }) => ruleId !== null) ? [{ record, timers }] : [];
  });
}

/** What a template counts by. */
export async function calendarOf(
  ctx: Pick<Context, 'calendars' | 'clock'>,
  { calendarId }: CaseTemplate,
): Promise<BusinessCalendar> {
  const own = calendarId === null ? undefined : await ctx.calendars.get(calendarId);
  return own ?? plainCalendar(ctx.clock.timeZone());
}

/**
 * How many running timers would be due at another time by a version: the decision itself, run over the cases and not stored.
 * @param template that version, published or not
 * @param without cases that are not looked at
 */
export async function retimingBy(
  ctx: Context,
  template: CaseTemplate,
  noticeDays: number,
  { calendar, without }: { calendar?: BusinessCalendar | undefined; without?: ReadonlySet<CaseKey> } = {},
): Promise<RetimeView> {
  const found = { timers: 0, cases: 0 };
  const cases = (await runningCases(ctx, template.id)).filter(({ record }) => !without?.has(record.caseKey));
  if (cases.length === 0) return found;
  const sites = new Map((await ctx.sites.all()).map((site) => [site.siteId, site]));
  const told = await ctx.cases.customersTold(cases.map(({ record }) => record.caseKey));
  const at = ctx.clock.now();
  const common = {
    template,
    otherTemplate: null,
    calendar: calendar ?? (await calendarOf(ctx, template)),
    effects: [],
    timeZone: ctx.clock.timeZone(),
    deskTells: [],
    alwaysHolds: ctx.alwaysHolds,
  };
  for (const { record, timers } of cases) {
    const site = sites.get(record.siteId);
    // A case that stays with its version keeps its dates, whatever is said.
    if (!site || !hasPosition(template, record)) continue;
    const situation = { ...common, record, timers, siteId: site.siteId, adapterId: site.adapterId };
    const toldIn = told.get(record.caseKey) ?? null;
    const deed = { type: 'retime' as const, version: template.version, noticeMs: noticeDays * DAY_MS, toldIn };
    const decision = decide(situation, { commandId: 'preview-only', at, actor: null, deed }, unsealed);
    const [retimed] = decision.ok ? decision.history.flatMap(({ what }) => (what.type === 'retimed' ? what : [])) : [];
    found.timers += retimed?.timerIds.length ?? 0;
    found.cases += retimed ? 1 : 0;
  }
  return found;
}

/** Nobody verifies what is not stored. */
const unsealed: Seal = (entry) => ({ ...entry, salt: '', digest: '', previousHash: '', hash: '' });
