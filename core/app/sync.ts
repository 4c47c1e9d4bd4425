import { caseKeyOf } from '../domain/case';
import { betterKnown, isNewer, newsOf } from '../domain/decide';
import type { Context } from './context';
import { pushCase, seenOf, submit } from './context';
import type { Site } from './ports';

export type SyncResult =
  | { ok: true; replied: boolean; closed: boolean; version: string | null }
  | { ok: false; code: string; message: string; retryAfterMs?: number };

/**
 * Reads the ticket from the help desk and takes in what is new there: a customer's reply (R11, R12), the native status,
 * subject and people. Changes nothing where it cannot be read; says why.
 */
export async function syncCase(ctx: Context, site: Site, ticketId: string): Promise<SyncResult> {
  const caseKey = caseKeyOf(site.siteId, ticketId);
  const reading = await ctx.desks.api(site).readTicket(ticketId);
  const seen = await seenOf(ctx, caseKey, ticketId);
  const problem = reading.ok ? null : { code: reading.code, message: reading.message };
  const facts = reading.ok
    ? { ...reading.facts, requester: betterKnown(seen.facts.requester, reading.facts.requester) }
    : seen.facts;
  await ctx.seen.set(caseKey, { ...seen, problem, facts });
  const stored = await ctx.cases.load(caseKey);
  const { record } = stored;
  if (!reading.ok) {
    if (problem?.code !== seen.problem?.code) await pushCase(ctx, site, ticketId);
    return reading;
  }

  const last = reading.lastCustomerMessage;
  let replied = false;
  if (record && last && isNewer(last.id, record.lastCustomerMessageId)) {
    // A case that began while the help desk could not be read knows no message: only what came later is a reply.
    if (record.lastCustomerMessageId !== null || last.at > record.enteredAt) {
      const result = await submit(ctx, site, ticketId, {
        commandId: `reply:${caseKey}:${last.id}`,
        actor: null,
        deed: { type: 'customer-replied', messageId: last.id, automatic: false },
      });
      replied = result.status === 'committed';
    }
  }
  // After the reply: what has been seen is told by the newest id, and a reply must not be taken for seen.
  const machine = reading.lastAutomaticMessage;
  if (record && machine && isNewer(machine.id, record.lastCustomerMessageId))
    await submit(ctx, site, ticketId, {
      commandId: `reply:${caseKey}:${machine.id}`,
      actor: null,
      deed: { type: 'customer-replied', messageId: machine.id, automatic: true },
    });
  // Mostly there is nothing: that is seen without a transaction which others would wait for.
  if (record && newsOf(record, stored.effects, facts))
    await submit(ctx, site, ticketId, {
      commandId: ctx.newId(),
      actor: null,
      deed: { type: 'native-seen', facts },
    });
  if (!record || seen.problem) await pushCase(ctx, site, ticketId);
  return { ok: true, replied, closed: reading.closed === true, version: reading.version };
}
