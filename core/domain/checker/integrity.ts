import { durationMs, isPlain } from '../duration';
import type { Finding } from '../finding';
import { PLACEHOLDERS, unknownPlaceholders } from '../message';
import type { CaseTemplate, Position, Target, TimerRule } from '../template';
import { findStatus, findSubStatus, positionName } from '../template';
import { sentence, timerName } from './automations';
import { positionKey } from './graph';

/** A reminder that goes on for longer than this is a mistake, and its last dates are beyond what timers keep. */
const MAX_REPEAT_DAYS = 400;

type Path = Finding['path'];
type Report = (code: string, message: string, path: Path) => void;

/**
 * What is broken in a template that fits the schema: ids and names that are not unique, references that lead nowhere,
 * rules that contradict their kind. Every stored or imported template has to be free of these. All are errors.
 */
export function templateFaults(template: CaseTemplate): Finding[] {
  const faults: Finding[] = [];
  const report: Report = (code, message, path) => faults.push({ severity: 'error', code, message, path, example: [] });
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
  checkList(statuses, 'statuses', ['statuses'], report);
  for (const [index, status] of statuses.entries()) {
    checkList(status.subStatuses, `sub-statuses of ${status.name}`, ['statuses', index, 'subStatuses'], report);
    checkList(status.tags, `tags of ${status.name}`, ['statuses', index, 'tags'], report);
  }
  checkList(messages, 'messages', ['messages'], report);
  // One id names one rule, whatever its kind: the history and the timers know a rule by nothing else.
  const rules = Object.entries({ timers, onEntry, replies }).flatMap(([kind, list]) =>
    list.map(({ id }, index) => ({ id, path: [kind, index, 'id'] })),
  );
  for (const { id, path } of repeated(rules, (rule) => rule.id))
    report('duplicate-id', `Two rules have the id “${id}”.`, path);
}

function checkList(
  list: readonly { id: string; name: string; retired?: boolean }[],
  what: string,
  path: Path,
  report: Report,
): void {
  const items = list.map((item, index) => ({ ...item, index }));
  for (const { id, index } of repeated(items, (item) => item.id))
    report('duplicate-id', `Two ${what} have the id “${id}”.`, [...path, index, 'id']);
  const inUse = items.filter((item) => !item.retired);
  for (const { name, index } of repeated(inUse, (item) => item.name.toLowerCase()))
    report('duplicate-name', `Two ${what} are called “${name}”.`, [...path, index, 'name']);
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
    report('unknown-status', `The initial status “${template.initialStatusId}” does not exist.`, path);
    return;
  }
  if (initial.retired)
    report('initial-status-retired', `Cases start in ${initial.name}, so it cannot be retired.`, path);
  if (initial.category !== 'initial')
    report(
      'initial-status-category',
      `Cases start in ${initial.name}, so its category has to be initial, not ${initial.category}.`,
      path,
    );
}

function checkTransitions(template: CaseTemplate, report: Report): void {
  for (const [index, status] of template.statuses.entries())
    for (const [at, statusId] of (status.mayBecome ?? []).entries())
      if (!findStatus(template, statusId))
        report('unknown-status', `${status.name} may become “${statusId}”, which does not exist.`, [
          'statuses',
          index,
          'mayBecome',
          at,
        ]);
}

function checkTimers(template: CaseTemplate, report: Report): void {
  for (const [index, rule] of template.timers.entries()) {
    const path = ['timers', index];
    const whose = sentence(timerName(rule));
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
    if (changes) report('rule-must-change', `${whose} has to change the status.`, [...path, 'does']);
    checkMessageId(template, does.messageId, whose, [...path, 'does', 'messageId'], report);
    return;
  }
  if (!changes) report('rule-must-send', `${whose} has to send a message.`, [...path, 'does']);
  checkReferences(template, does.to, whose, [...path, 'does', 'to'], report);
  const target = findStatus(template, does.to.statusId);
  if (kind === 'auto-close' && target && target.category !== 'done')
    report('auto-close-not-done', `${whose} has to lead to a status of category done; ${target.name} is not.`, [
      ...path,
      'does',
      'to',
    ]);
}

function checkRepeat({ repeat, after, does }: TimerRule, whose: string, path: Path, report: Report): void {
  if (repeat === null) return;
  if (does.type === 'change')
    report('repeat-changes-status', `${whose} changes the status, so it cannot repeat.`, [...path, 'repeat']);
  if (!isPlain(after) || !isPlain(repeat.every)) return;
  if (durationMs(after) + durationMs(repeat.every) * (repeat.times - 1) > MAX_REPEAT_DAYS * 86_400_000)
    report('repeat-too-long', `${whose} goes on for more than ${MAX_REPEAT_DAYS} days.`, [...path, 'repeat']);
}

function checkEntries(template: CaseTemplate, report: Report): void {
  const rules = template.onEntry.map((rule, index) => ({ ...rule, path: ['onEntry', index] }));
  for (const { id, when, messageId, path } of rules) {
    const whose = `The entry rule “${id}”`;
    checkPosition(template, when, whose, [...path, 'when'], report);
    checkMessageId(template, messageId, whose, [...path, 'messageId'], report);
  }
  for (const { when, path } of repeated(rules, ({ when }) => positionKey(when)))
    report('two-entry-rules', `${positionName(template, when)} has two entry rules; one is all that acts.`, path);
}

function checkReplies(template: CaseTemplate, report: Report): void {
  const rules = template.replies.map((rule, index) => ({ ...rule, path: ['replies', index] }));
  for (const { id, when, to, path } of rules) {
    const whose = `The reply rule “${id}”`;
    checkPosition(template, when, whose, [...path, 'when'], report);
    checkReferences(template, to, whose, [...path, 'to'], report);
  }
  for (const { when, path } of repeated(rules, ({ when }) => positionKey(when)))
    report('two-reply-rules', `${positionName(template, when)} has two reply rules; one is all that acts.`, path);
}

function checkMessages({ messages }: CaseTemplate, report: Report): void {
  const known = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`);
  for (const [index, { name, body }] of messages.entries())
    for (const placeholder of new Set(unknownPlaceholders(body)))
      report(
        'unknown-placeholder',
        `The message “${name}” uses {${placeholder}}, which does not exist; there are ${known.join(', ')}.`,
        ['messages', index, 'body'],
      );
}

function checkNative(template: CaseTemplate, report: Report): void {
  for (const [key, { set, shows }] of Object.entries(template.native)) {
    for (const statusId of Object.keys(set))
      if (!findStatus(template, statusId))
        report('unknown-status', `The mapping for “${key}” names the status “${statusId}”, which does not exist.`, [
          'native',
          key,
          'set',
          statusId,
        ]);
    for (const [native, statusId] of Object.entries(shows))
      if (!findStatus(template, statusId))
        report(
          'unknown-status',
          `The mapping for “${key}” shows “${native}” as the status “${statusId}”, which does not exist.`,
          ['native', key, 'shows', native],
        );
  }
}

function checkMessageId(template: CaseTemplate, messageId: string, whose: string, path: Path, report: Report): void {
  if (!template.messages.some((message) => message.id === messageId))
    report('unknown-message', `${whose} sends the message “${messageId}”, which does not exist.`, path);
}

function checkPosition(template: CaseTemplate, position: Position, whose: string, path: Path, report: Report): void {
  const { statusId, subStatusId } = position;
  const status = findStatus(template, statusId);
  if (!status)
    report('unknown-status', `${whose} names the status “${statusId}”, which does not exist.`, [...path, 'statusId']);
  else if (subStatusId !== null && !findSubStatus(status, subStatusId))
    report(
      'unknown-sub-status',
      `${whose} names the sub-status “${subStatusId}” of ${status.name}, which does not exist.`,
      [...path, 'subStatusId'],
    );
}

function checkReferences(template: CaseTemplate, to: Target, whose: string, path: Path, report: Report): void {
  checkPosition(template, to, whose, path, report);
  const status = findStatus(template, to.statusId);
  if (status && to.tagId !== null && !status.tags.some((tag) => tag.id === to.tagId))
    report('unknown-tag', `${whose} names the tag “${to.tagId}” of ${status.name}, which does not exist.`, [
      ...path,
      'tagId',
    ]);
}
