import type { CaseRecord } from '../case';
import { positionName, samePosition } from '../template';
import type { Seal } from './change';
import { Change, positionOf } from './change';
import type { Command, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';
import { newerFacts, samePerson } from './facts';
import { checkTarget, isNewer } from './target';
import { undoPoint } from './undo';

/** R11, R12: what the template says about a reply in this position; without a rule the case is flagged for its agent. */
export function decideCustomerReplied(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'customer-replied'>>,
  seal: Seal,
): Decision {
  const { messageId, automatic } = command.deed;
  if (!isNewer(messageId, record.lastCustomerMessageId)) return refuse('nothing-to-do', 'This reply was seen before.');
  const { template } = situation;
  const change = new Change(situation, command, record, 'reply', seal);
  change.next = { ...change.next, lastCustomerMessageId: messageId };
  const who = record.requester?.name || 'The customer';
  if (automatic) {
    change.note({ type: 'customer-replied', messageId, moved: false, automatic });
    return change.commit('An automatic mail: it does not count as a reply.');
  }
  const rule = template.replies.find((candidate) => samePosition(candidate.when, record));
  const wrong = rule ? checkTarget(template, record.statusId, rule.to) : null;
  if (!rule || wrong) {
    // Nobody wants to be reminded of what they have just answered.
    change.recallMessages();
    change.next = { ...change.next, customerRepliedAt: command.at };
    change.note({ type: 'customer-replied', messageId, moved: false, automatic });
    change.notify(
      'reply',
      `${who} replied: ${record.subject}`,
      `The case stays ${positionName(template, record)}.`,
      null,
    );
    return change.commit(`${who} replied.`);
  }
  const undo = undoPoint(change, { timerId: null, replyId: messageId });
  change.leave();
  change.note({ type: 'customer-replied', messageId, moved: true, automatic });
  change.next = { ...change.next, undo };
  const { to } = rule;
  change.enter(to, { type: 'entered', from: positionOf(record), to, note: null });
  change.notify('reply', `${who} replied: ${record.subject}`, `Now ${positionName(template, to)}.`, rule.id);
  return change.commit(`${who} replied. Now ${positionName(template, to)}.`);
}

export function decideNativeSeen(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'native-seen'>>,
  seal: Seal,
): Decision {
  const { facts } = command.deed;
  const fresh = newerFacts(record, facts);
  const sameFacts =
    fresh.subject === record.subject &&
    samePerson(fresh.requester, record.requester) &&
    samePerson(fresh.assignee, record.assignee);
  // Our own write may be on its way: what is seen now proves nothing about others.
  const writing = situation.effects.some(
    (effect) => effect.write?.status != null && (effect.state === 'pending' || effect.state === 'sending'),
  );
  const native = writing ? record.nativeStatus : (facts.nativeStatus ?? record.nativeStatus);
  if (sameFacts && native === record.nativeStatus) return refuse('nothing-to-do', 'Nothing new.');
  const change = new Change(situation, command, record, 'desk', seal);
  change.next = { ...change.next, ...fresh, nativeStatus: native };
  if (native !== null && native !== record.nativeStatus) {
    if (record.expectedNativeStatus === null) change.next = { ...change.next, expectedNativeStatus: native };
    else if (native !== record.expectedNativeStatus) change.note({ type: 'drift', native });
  }
  return change.commit('Seen.');
}

export function decideSettleDrift(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'settle-drift'>>,
  seal: Seal,
): Decision {
  const { how } = command.deed;
  const { nativeStatus, expectedNativeStatus } = record;
  if (nativeStatus === null || expectedNativeStatus === null || nativeStatus === expectedNativeStatus)
    return refuse('nothing-to-do', 'The help desk and this case agree.');
  const change = new Change(situation, command, record, 'person', seal);
  if (how === 'set-back') change.write({ message: null, ruleId: null, immediate: true, status: expectedNativeStatus });
  else change.next = { ...change.next, expectedNativeStatus: nativeStatus };
  change.note({ type: 'drift-settled', native: nativeStatus, how });
  return change.commit(how === 'ignore' ? 'Left as it is.' : `Setting it back to ${expectedNativeStatus}.`);
}
