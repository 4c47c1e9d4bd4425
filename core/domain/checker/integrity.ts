import { checkerWords } from '../../words/checker';
import { sharedWords } from '../../words/shared';
import { durationMs, isPlain } from '../duration';
import type { Finding } from '../finding';
import { PLACEHOLDERS, unknownPlaceholders } from '../message';
import type { CaseTemplate, Position, Target, TimerRule } from '../template';
import { findStatus, findSubStatus, positionName } from '../template';
import { sentence, timerName } from './automations';
import { type ErrorCode, error } from './codes';
import { positionKey } from './graph';

/** A reminder that goes on for longer than this is a mistake, and its last dates are beyond what timers keep. */
const MAX_REPEAT_DAYS = 400;

type Path = Finding['path'];
type Report = (code: ErrorCode, message: string, path: Path) => void;

/**
 * What is broken in a template that fits the schema: ids and names that are not unique, references that lead nowhere,
 * rules that contradict their kind. Every stored or imported template has to be free of these. All are errors.
 */
export function templateFaults(template: CaseTemplate): Finding[] {
  const faults: Finding[] = [];
  const report: Report = (code, message, path) => faults.push(error(code, message, path));
  checkLists(template, report);
  checkInitial(template, report);
  checkTransitions(template, report);
  checkTimers(template, report);
  checkEntries(template, report);
  checkReplies(template, report);
  checkMessages(template, report);
  checkNative(template, report);
  return faults;
}

function checkLists({ statuses, messages, timers, onEntry, replies }: CaseTemplate, report: Report): void {
  const { lists } = checkerWords;
  checkList(statuses, lists.statuses, ['statuses'], report);
  for (const [index, status] of statuses.entries()) {
    checkList(status.subStatuses, lists.subStatuses(status.name), ['statuses', index, 'subStatuses'], report);
    checkList(status.tags, lists.reasons(status.name), ['statuses', index, 'tags'], report);
  }
  checkList(messages, lists.messages, ['messages'], report);
  // One id names one rule, whatever its kind: the history and the timers know a rule by nothing else.
  const rules = Object.entries({ timers, onEntry, replies }).flatMap(([kind, list]) =>
    list.map(({ id }, index) => ({ id, path: [kind, index, 'id'] })),
  );
  for (const { id, path } of repeated(rules, (rule) => rule.id))
    report('duplicate-id', checkerWords.sameId(lists.rules, id), path);
}

function checkList(
  list: readonly { id: string; name: string; retired?: boolean }[],
  what: string,
  path: Path,
  report: Report,
): void {
  const items = list.map((item, index) => ({ ...item, index }));
  for (const { id, index } of repeated(items, (item) => item.id))
    report('duplicate-id', checkerWords.sameId(what, id), [...path, index, 'id']);
  const inUse = items.filter((item) => !item.retired);
  for (const { name, index } of repeated(inUse, (item) => item.name.toLowerCase()))
    report('duplicate-name', checkerWords.sameName(what, name), [...path, index, 'name']);
}

/** Those that have the key of an earlier one. */
function repeated<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size === seen.add(key(item)).size);
}

function checkInitial(template: CaseTemplate, report: Report): void {
  const path = ['initialStatusId'];
  const initial = findStatus(template, template.initialStatusId);
  if (!initial) {
    report('unknown-status', checkerWords.noInitial(template.initialStatusId), path);
    return;
  }
  if (initial.retired) report('initial-status-retired', checkerWords.initialRetired(initial.name), path);
  if (initial.category !== 'initial')
    report(
      'initial-status-category',
      checkerWords.initialCategory(initial.name, sharedWords.categories[initial.category]),
      path,
    );
}

function checkTransitions(template: CaseTemplate, report: Report): void {
  for (const [index, status] of template.statuses.entries())
    for (const [at, statusId] of (status.mayBecome ?? []).entries())
      if (!findStatus(template, statusId))
        report('unknown-status', checkerWords.mayBecomeUnknown(status.name, statusId), [
          'statuses',
          index,
          'mayBecome',
          at,
        ]);
}

function checkTimers(template: CaseTemplate, report: Report): void {
  for (const [index, rule] of template.timers.entries()) {
    const path = ['timers', index];
    const whose = sentence(timerName(template, rule));
    checkPosition(template, rule.when, whose, [...path, 'when'], report);
    for (const [at, position] of (rule.pausesIn ?? []).entries())
      checkPosition(template, position, whose, [...path, 'pausesIn', at], report);
    checkDeed(template, rule, whose, path, report);
    checkRepeat(rule, whose, path, report);
  }
}

function checkDeed(template: CaseTemplate, rule: TimerRule, whose: string, path: Path, report: Report): void {
  const { kind, does } = rule;
  const changes = kind === 'auto-close' || kind === 'change';
  if (does.type === 'message') {
    if (changes) report('rule-must-change', checkerWords.mustChange(whose), [...path, 'does']);
    checkMessageId(template, does.messageId, whose, [...path, 'does', 'messageId'], report);
    return;
  }
  if (!changes) report('rule-must-send', checkerWords.mustSend(whose), [...path, 'does']);
  checkReferences(template, does.to, whose, [...path, 'does', 'to'], report);
  const target = findStatus(template, does.to.statusId);
  if (kind === 'auto-close' && target && target.category !== 'done')
    report('auto-close-not-done', checkerWords.mustEnd(whose, target.name), [...path, 'does', 'to']);
}

function checkRepeat({ repeat, after, does }: TimerRule, whose: string, path: Path, report: Report): void {
  if (repeat === null) return;
  if (does.type === 'change') report('repeat-changes-status', checkerWords.changeRepeats(whose), [...path, 'repeat']);
  if (!isPlain(after) || !isPlain(repeat.every)) return;
  if (durationMs(after) + durationMs(repeat.every) * (repeat.times - 1) > MAX_REPEAT_DAYS * 86_400_000)
    report('repeat-too-long', checkerWords.repeatTooLong(whose, MAX_REPEAT_DAYS), [...path, 'repeat']);
}

function checkEntries(template: CaseTemplate, report: Report): void {
  const rules = template.onEntry.map((rule, index) => ({ ...rule, path: ['onEntry', index] }));
  for (const { when, messageId, path } of rules) {
    const whose = sentence(checkerWords.entryRule(positionName(template, when)));
    checkPosition(template, when, whose, [...path, 'when'], report);
    checkMessageId(template, messageId, whose, [...path, 'messageId'], report);
  }
  for (const { when, path } of repeated(rules, ({ when }) => positionKey(when)))
    report('two-entry-rules', checkerWords.twoEntryRules(positionName(template, when)), path);
}

function checkReplies(template: CaseTemplate, report: Report): void {
  const rules = template.replies.map((rule, index) => ({ ...rule, path: ['replies', index] }));
  for (const { when, to, path } of rules) {
    const whose = sentence(checkerWords.replyRule(positionName(template, when)));
    checkPosition(template, when, whose, [...path, 'when'], report);
    checkReferences(template, to, whose, [...path, 'to'], report);
  }
  for (const { when, path } of repeated(rules, ({ when }) => positionKey(when)))
    report('two-reply-rules', checkerWords.twoReplyRules(positionName(template, when)), path);
}

function checkMessages({ messages }: CaseTemplate, report: Report): void {
  const known = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`);
  for (const [index, { name, body }] of messages.entries())
    for (const placeholder of new Set(unknownPlaceholders(body)))
      report('unknown-placeholder', checkerWords.unknownPlaceholder(name, `{${placeholder}}`, known.join(', ')), [
        'messages',
        index,
        'body',
      ]);
}

function checkNative(template: CaseTemplate, report: Report): void {
  for (const [key, { set, shows }] of Object.entries(template.native)) {
    for (const statusId of Object.keys(set))
      if (!findStatus(template, statusId))
        report('unknown-status', checkerWords.unknownStatus(checkerWords.mappingFor(key), statusId), [
          'native',
          key,
          'set',
          statusId,
        ]);
    for (const [native, statusId] of Object.entries(shows))
      if (!findStatus(template, statusId))
        report('unknown-status', checkerWords.showsUnknown(key, native, statusId), ['native', key, 'shows', native]);
  }
}

function checkMessageId(template: CaseTemplate, messageId: string, whose: string, path: Path, report: Report): void {
  if (!template.messages.some((message) => message.id === messageId))
    report('unknown-message', checkerWords.unknownMessage(whose, messageId), path);
}

function checkPosition(template: CaseTemplate, position: Position, whose: string, path: Path, report: Report): void {
  const { statusId, subStatusId } = position;
  const status = findStatus(template, statusId);
  if (!status) report('unknown-status', checkerWords.unknownStatus(whose, statusId), [...path, 'statusId']);
  else if (subStatusId !== null && !findSubStatus(status, subStatusId))
    report('unknown-sub-status', checkerWords.unknownSubStatus(whose, subStatusId, status.name), [
      ...path,
      'subStatusId',
    ]);
}

function checkReferences(template: CaseTemplate, to: Target, whose: string, path: Path, report: Report): void {
  checkPosition(template, to, whose, path, report);
  const status = findStatus(template, to.statusId);
  if (status && to.tagId !== null && !status.tags.some((tag) => tag.id === to.tagId))
    report('unknown-tag', checkerWords.unknownReason(whose, to.tagId, status.name), [...path, 'tagId']);
}
