import { decideWords } from '../../words/decide';
import type { CaseRecord } from '../case';
import { findStatus, positionName } from '../template';
import type { Seal } from './change';
import { Change, positionOf, startTracking } from './change';
import type { Command, Decision, DeedOf, Situation } from './command';
import { refuse } from './command';
import { newerFacts } from './facts';
import { checkTarget } from './target';
import { undoPoint } from './undo';

export function decideChange(situation: Situation, command: Command<DeedOf<'change'>>, seal: Seal): Decision {
  const { template, record } = situation;
  const { deed } = command;
  if (record && deed.seenGeneration !== 'any' && record.generation !== deed.seenGeneration)
    return refuse('changed-meanwhile', decideWords.changedMeanwhile(positionName(template, record)));
  const before = record ?? startTracking(situation, deed.facts, command.at);
  const wrong = checkTarget(template, before.statusId, deed.to);
  if (wrong) return wrong;

  const change = new Change(situation, command, { ...before, ...newerFacts(before, deed.facts) }, deed.by, seal);
  const undo = undoPoint(change, { timerId: null, replyId: null });
  change.leave();
  change.next = { ...change.next, undo };
  const from = record ? positionOf(record) : null;
  change.enter(deed.to, { type: 'entered', from, to: deed.to, note: deed.note }, deed.skipMessage);
  return change.commit(decideWords.nowAt(positionName(template, deed.to)));
}

/** The case goes on by another template. Clocks of the old one end; a person's notes-to-self stay. */
export function decideMove(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'move'>>,
  seal: Seal,
): Decision {
  const { deed } = command;
  const { template, otherTemplate } = situation;
  if (record.generation !== deed.seenGeneration)
    return refuse('changed-meanwhile', decideWords.changedMeanwhile(positionName(template, record)));
  if (!otherTemplate || otherTemplate.id !== deed.templateId || otherTemplate.id === template.id)
    return refuse('unknown-template', decideWords.noSuchTemplate);
  const wrong = checkTarget(otherTemplate, null, deed.to);
  if (wrong) return wrong;

  const change = new Change(situation, command, record, 'person', seal);
  const undo = undoPoint(change, { timerId: null, replyId: null });
  change.leave();
  for (const timer of change.openTimers()) if (timer.ruleId !== null) change.cancel(timer);
  change.template = otherTemplate;
  change.next = { ...change.next, undo, templateId: otherTemplate.id, templateVersion: otherTemplate.version };
  change.enter(deed.to, {
    type: 'moved',
    from: positionOf(record),
    fromTemplateId: template.id,
    to: deed.to,
    note: deed.note,
  });
  return change.commit(decideWords.movedTo(otherTemplate.name, positionName(otherTemplate, deed.to)));
}

/** Where the cases of something retired go. No message goes out: the customer did not ask for another template. */
export function decideRetire(
  situation: Situation,
  record: CaseRecord,
  command: Command<DeedOf<'retire'>>,
  seal: Seal,
): Decision {
  const { template } = situation;
  const { to } = command.deed;
  const retired = checkTarget(template, null, positionOf(record));
  if (!retired || retired.missing.length > 0) return refuse('nothing-to-do', decideWords.nothingRetired);
  const wrong = checkTarget(template, null, to);
  if (wrong) return wrong;
  const change = new Change(situation, command, record, 'template', seal);
  change.leave();
  change.next = { ...change.next, undo: null };
  change.enter(to, { type: 'retired', from: positionOf(record), to }, true);
  // Nobody has looked at the case because of this.
  change.next = { ...change.next, customerRepliedAt: record.customerRepliedAt };
  return change.commit(decideWords.nowAt(positionName(template, to)));
}

/** Notes that a new ticket continues this one; making it is the help desk's own form (R16). */
export function decideClone(situation: Situation, record: CaseRecord, command: Command, seal: Seal): Decision {
  if (findStatus(situation.template, record.statusId)?.category !== 'done')
    return refuse('not-closed', decideWords.onlyClosedIsCloned);
  const change = new Change(situation, command, record, 'person', seal);
  // The new ticket is the answer to a reply that came after the close.
  change.next = { ...change.next, customerRepliedAt: null };
  change.note({ type: 'cloned' });
  return change.commit(decideWords.cloned);
}
