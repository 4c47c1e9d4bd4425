import { decideWords } from '../../words/decide';
import type { CaseRecord, TicketFacts } from '../case';
import { caseKeyOf } from '../case';
import type { Seal } from './change';
import type { Command, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';
import { decide } from './index';

/** One command on many cases; each is decided by itself, so that one refusal does not stop the others. */
export interface BulkDecision {
  decisions: { caseKey: string; commandId: string; decision: Decision }[];
  /** "12 cases changed, 3 not." */
  message: string;
}

/** The id of a bulk command on one case; undoing the bulk undoes each of these. */
export function bulkCommandId(bulkId: string, caseKey: string): string {
  return `${bulkId}/${caseKey}`;
}

/** The ticket as the case knows it: the facts in a bulk command are not those of each ticket. */
function factsOf(record: CaseRecord): TicketFacts {
  const { ticketId, subject, nativeStatus, requester, assignee, lastCustomerMessageId } = record;
  return {
    ticketId,
    subject,
    nativeStatus,
    requester,
    assignee,
    queue: null,
    type: null,
    lastMessageId: lastCustomerMessageId,
  };
}

/**
 * Decides a change of many cases that are tracked, or its undo. An undo's `undoes` names the bulk command.
 * @param tickets one situation for each case, with the id of its ticket
 */
export function decideBulk(
  tickets: readonly { ticketId: string; situation: Situation }[],
  command: Command<DeedOf<'change'> | DeedOf<'undo'>>,
  seal?: Seal,
): BulkDecision {
  const { deed } = command;
  const decisions = tickets.map(({ ticketId, situation }) => {
    const caseKey = caseKeyOf(situation.siteId, ticketId);
    const commandId = bulkCommandId(command.commandId, caseKey);
    const { record } = situation;
    // Its first change needs the facts of its own ticket, which nobody has read.
    if (!record) return { caseKey, commandId, decision: refuse('not-tracked', decideWords.notTracked) };
    const own: Command['deed'] =
      deed.type === 'undo'
        ? { ...deed, undoes: bulkCommandId(deed.undoes, caseKey) }
        : { ...deed, by: 'bulk', facts: factsOf(record) };
    return { caseKey, commandId, decision: decide(situation, { ...command, commandId, deed: own }, seal) };
  });
  const changed = decisions.filter(({ decision }) => decision.ok).length;
  const left = decisions.length - changed;
  const message = deed.type === 'undo' ? decideWords.undoneCases(changed, left) : decideWords.changed(changed, left);
  return { decisions, message };
}
