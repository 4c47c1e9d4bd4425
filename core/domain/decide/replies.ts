import { decideWords } from '../../words/decide';
import type { CaseRecord, Effect, TicketFacts } from '../case';
import { positionName, sameNative, samePosition } from '../template';
import type { Seal } from './change';
import { Change, MOVED_ELSEWHERE, positionOf } from './change';
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
  if (!isNewer(messageId, record.lastCustomerMessageId)) return refuse('nothing-to-do', decideWords.replySeen);
  const { template } = situation;
  const change = new Change(situation, command, record, 'reply', seal);
  change.next = { ...change.next, lastCustomerMessageId: messageId };
  const who = record.requester?.name || decideWords.customerWho;
  if (automatic) {
    change.note({ type: 'customer-replied', messageId, moved: false, automatic });
    return change.commit(decideWords.automaticMail);
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
      decideWords.repliedAbout(who, record.subject),
      decideWords.stays(positionName(template, record)),
      null,
    );
    return change.commit(decideWords.replied(who));
  }
  const undo = undoPoint(change, { timerId: null, replyId: messageId });
  change.leave();
  change.note({ type: 'customer-replied', messageId, moved: true, automatic });
  change.next = { ...change.next, undo };
  const { to } = rule;
  change.enter(to, { type: 'entered', from: positionOf(record), to, note: null });
  change.notify(
    'reply',
    decideWords.repliedAbout(who, record.subject),
    decideWords.nowAt(positionName(template, to)),
    rule.id,
  );
  return change.commit(decideWords.repliedAndMoved(who, positionName(template, to)));
}

/** What a ticket shows that its case does not know yet; `null`: nothing. */
export function newsOf(
  record: CaseRecord,
  effects: readonly Effect[],
  facts: TicketFacts,
): (ReturnType<typeof newerFacts> & Pick<CaseRecord, 'nativeStatus'>) | null {
  const fresh = newerFacts(record, facts);
  const sameFacts =
    fresh.subject === record.subject &&
    samePerson(fresh.requester, record.requester) &&
    samePerson(fresh.assignee, record.assignee);
  // Our own write may be on its way: what is seen now proves nothing about others.
  const writing = effects.some(
    (effect) => effect.write?.status != null && (effect.state === 'pending' || effect.state === 'sending'),
  );
  const native = writing ? record.nativeStatus : (facts.nativeStatus ?? record.nativeStatus);
  return sameFacts && sameNative(native, record.nativeStatus) ? null : { ...fresh, nativeStatus: native };
}

export function decideNativeSeen(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'native-seen'>>,
  seal: Seal,
): Decision {
  const news = newsOf(record, situation.effects, command.deed.facts);
  if (!news) return refuse('nothing-to-do', decideWords.nothingNew);
  const { nativeStatus: native } = news;
  const change = new Change(situation, command, record, 'desk', seal);
  change.next = { ...change.next, ...news };
  if (native !== null && !sameNative(native, record.nativeStatus)) {
    if (record.expectedNativeStatus === null) change.next = { ...change.next, expectedNativeStatus: native };
    else if (!sameNative(native, record.expectedNativeStatus)) change.note({ type: 'drift', native });
  }
  return change.commit(decideWords.seen);
}

export function decideSettleDrift(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'settle-drift'>>,
  seal: Seal,
): Decision {
  const { how } = command.deed;
  const { nativeStatus, expectedNativeStatus } = record;
  if (nativeStatus === null || expectedNativeStatus === null || sameNative(nativeStatus, expectedNativeStatus))
    return refuse('nothing-to-do', decideWords.agrees);
  const change = new Change(situation, command, record, 'person', seal);
  if (how === 'set-back') change.write({ message: null, ruleId: null, immediate: true, status: expectedNativeStatus });
  else change.next = { ...change.next, expectedNativeStatus: nativeStatus };
  // They know what the help desk says; what still waits is that something goes on by itself again.
  if (record.attention?.code === MOVED_ELSEWHERE) change.next = { ...change.next, attention: null };
  change.note({ type: 'drift-settled', native: nativeStatus, how });
  return change.commit(how === 'ignore' ? decideWords.leftAsIs : decideWords.settingBack(expectedNativeStatus));
}
