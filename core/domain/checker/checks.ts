import { checkerWords } from '../../words/checker';
import { listed } from '../../words/language';
import { sharedWords } from '../../words/shared';
import type { BusinessCalendar } from '../calendar';
import { dueAfter } from '../calendar';
import { checkTarget } from '../decide/target';
import { durationMs, isPlain, waitWords } from '../duration';
import type { Finding } from '../finding';
import { dateWords } from '../message';
import type { CaseTemplate, Party, Position, Status, TimerRule } from '../template';
import { findStatus, findSubStatus, positionName, samePosition } from '../template';
import type { Automation } from './automations';
import { refusalOf, runningIn, sentence, timerName } from './automations';
import { error, warning } from './codes';
import type { Graph } from './graph';
import { hasTagToChoose, isRetired, positionKey, positionsToEnter } from './graph';
import { afterWords, alwaysFirst, compareWaits, isTooLong, momentWhenFirst } from './waits';

/** What the checks look at: a template without faults. */
export interface Subject {
  template: CaseTemplate;
  graph: Graph;
  automations: readonly Automation[];
  calendar: BusinessCalendar;
}

/** Statuses that need a choice where there is nothing to choose, or nobody to choose it. */
export function choiceFindings({ template }: Subject): Finding[] {
  const findings: Finding[] = [];
  for (const [index, status] of template.statuses.entries()) {
    if (status.retired) continue;
    if (!hasTagToChoose(status))
      findings.push(error('no-tag-to-choose', checkerWords.noReasonToChoose(status.name), ['statuses', index, 'tags']));
    if (status.subStatusRequired && !status.subStatuses.some((subStatus) => !subStatus.retired))
      findings.push(
        error('no-sub-status-to-choose', checkerWords.noSubStatusToChoose(status.name), [
          'statuses',
          index,
          'subStatuses',
        ]),
      );
  }
  const initial = positionName(template, startIn(template.initialStatusId));
  const refused = refusedAtStart(template, template.initialStatusId);
  if (refused)
    findings.push(
      error(
        'initial-needs-choice',
        checkerWords.nobodyChooses(refused),
        ['initialStatusId'],
        [checkerWords.newCaseIs(initial), refused],
      ),
    );
  return findings;
}

/** The statuses that tickets are in before they are tracked, as the help desks' own statuses say. */
export function shownStatuses(template: CaseTemplate): { native: string; statusId: string }[] {
  return Object.values(template.native)
    .flatMap(({ shows }) => Object.entries(shows).map(([native, statusId]) => ({ native, statusId })))
    .filter(({ statusId }) => refusedAtStart(template, statusId) === null);
}

function startIn(statusId: string): Position {
  return { statusId, subStatusId: null };
}

/** Why a case cannot begin in a status, where nobody chooses a sub-status or a tag. */
function refusedAtStart(template: CaseTemplate, statusId: string): string | null {
  return checkTarget(template, null, { ...startIn(statusId), tagId: null })?.message ?? null;
}

/** What the mappings of the help desks' own statuses leave open. */
export function nativeFindings({ template }: Subject): Finding[] {
  const initial = positionName(template, startIn(template.initialStatusId));
  return Object.entries(template.native).flatMap(([key, { set, shows }]) => {
    const missing = template.statuses.filter((status) => !status.retired && !Object.hasOwn(set, status.id));
    const unmapped = warning('native-status-unmapped', checkerWords.leftOut(key, namesOf(missing)), [
      'native',
      key,
      'set',
    ]);
    const notShown = Object.entries(shows).flatMap(([native, statusId]) => {
      const refused = refusedAtStart(template, statusId);
      if (refused === null || statusId === template.initialStatusId) return [];
      const message = checkerWords.shownAsInitial(native, initial, refused);
      return [warning('native-needs-choice', message, ['native', key, 'shows', native])];
    });
    return [...(missing.length > 0 ? [unmapped] : []), ...notShown];
  });
}

/** Statuses that no case gets to. */
export function unreachableFindings({ template, graph }: Subject): Finding[] {
  return template.statuses.flatMap((status, index) => {
    // One that nobody can enter for want of a choice is reported as that.
    if (graph.reached.has(status.id) || positionsToEnter(status).length === 0) return [];
    const before = template.statuses.filter(
      (other) => other.id !== status.id && !other.retired && graph.nextOf(other.id).includes(status),
    );
    const why =
      before.length === 0
        ? checkerWords.nothingBecomes(status.name)
        : checkerWords.mayBecomeOnly(namesOf(before), status.name);
    return [error('unreachable-status', checkerWords.unreachable(status.name), ['statuses', index], [why])];
  });
}

/** Positions that cases do not get out of, and statuses from which none is ever done. */
export function endFindings({ template, graph }: Subject): Finding[] {
  const findings: Finding[] = [];
  const finishing = finishingStatuses(template, graph);
  if (finishing.size === 0) findings.push(warning('no-done-status', checkerWords.noDoneStatus, ['statuses']));
  for (const [index, status] of template.statuses.entries()) {
    if (status.category === 'done') continue;
    const path = ['statuses', index, 'mayBecome'];
    const positions = graph.reachedPositions(status);
    const next = graph.nextOf(status.id).flatMap(positionsToEnter);
    const stuck = positions.filter((position) => next.every((other) => samePosition(other, position)));
    for (const position of stuck) {
      const name = positionName(template, position);
      const example = [...graph.stepsTo(position), checkerWords.nothingFollows(name)];
      findings.push(error('dead-end', checkerWords.deadEnd(name), path, example));
    }
    const [position] = positions;
    if (!position || stuck.length > 0 || finishing.size === 0 || finishing.has(status.id)) continue;
    const others = template.statuses.filter((other) => other !== status && graph.walkFrom(status.id).has(other.id));
    const onward = others.length > 0 ? checkerWords.getsOnlyTo(namesOf(others)) : checkerWords.getsNowhere;
    const example = [...graph.stepsTo(position), onward];
    findings.push(warning('no-way-to-done', checkerWords.neverDone(status.name), path, example));
  }
  return findings;
}

/** The statuses of category done and those from which a case can get there. */
function finishingStatuses(template: CaseTemplate, graph: Graph): Set<string> {
  const done = template.statuses.filter((status) => status.category === 'done' && !status.retired);
  const finishing = new Set(done.map((status) => status.id));
  for (let known = -1; known < finishing.size; ) {
    known = finishing.size;
    for (const { id } of template.statuses)
      if (graph.nextOf(id).some((next) => finishing.has(next.id))) finishing.add(id);
  }
  return finishing;
}

/** Automations that the template refuses: for want of a tag or sub-status (R5, R10), or because they may not go there. */
export function refusedFindings({ template, graph, automations }: Subject): Finding[] {
  return automations.flatMap((automation) => {
    const found = refusalOf(graph, automation);
    if (!found) return [];
    const { refused, steps } = found;
    const cannotSupply = refused.code === 'sub-status-required' || refused.code === 'tag-required';
    const target = positionName(template, automation.to);
    return [
      error(
        cannotSupply ? 'automation-cannot-supply' : 'automation-not-allowed',
        checkerWords.cannotSet(sentence(automation.name), target, refused.message),
        automation.path,
        [...steps, automation.trigger, refused.message],
      ),
    ];
  });
}

/** Entry rules, reply rules and workflows of positions that no case is ever in. */
export function idleFindings({ template, graph, automations }: Subject): Finding[] {
  const rules = [
    ...template.onEntry.map(({ when }, index) => ({
      name: checkerWords.entryRule(positionName(template, when)),
      when,
      path: ['onEntry', index],
    })),
    ...automations.flatMap(({ name, from, path, timer }) => (from && !timer ? [{ name, when: from, path }] : [])),
  ];
  return rules.flatMap(({ name, when, path }) => {
    const why = whyNobodyIsIn(template, graph, when);
    return why === null ? [] : [error('rule-never-applies', checkerWords.neverActs(sentence(name), why), path)];
  });
}

function whyNobodyIsIn(template: CaseTemplate, graph: Graph, position: Position): string | null {
  // Cases from before the retirement may still be there.
  if (isRetired(template, position) || graph.isReached(position)) return null;
  const status = findStatus(template, position.statusId);
  return status?.subStatusRequired && position.subStatusId === null
    ? checkerWords.why.alwaysSubStatus(status.name)
    : checkerWords.why.unreachable(positionName(template, position));
}

/** Why a timer never fires, and how that comes about. */
export interface Never {
  why: string;
  example: readonly string[];
}

/** The timers that never fire, by the id of their rule. */
export function neverFiring(subject: Subject): Map<string, Never> {
  const found = subject.template.timers.map((rule) => [rule.id, whyNever(subject, rule)] as const);
  return new Map(found.flatMap(([id, never]) => (never ? [[id, never]] : [])));
}

function whyNever(subject: Subject, rule: TimerRule): Never | null {
  const { template, graph } = subject;
  if (isRetired(template, rule.when)) return null;
  const nobody = whyNobodyIsIn(template, graph, rule.when);
  if (nobody !== null) return { why: nobody, example: [] };
  if (isTooLong(rule.after, subject.calendar))
    return { why: checkerWords.why.tooLong(waitWords(rule.after)), example: [] };
  if (rule.pausesIn === null) return whyOvertaken(subject, rule);
  if (runningIn(graph, rule.when, rule.pausesIn).length > 0) return null;
  return { why: checkerWords.why.standsStill, example: graph.stepsTo(rule.when) };
}

/** What changes the status each time before the timer is due. */
function whyOvertaken({ template, graph, automations, calendar }: Subject, rule: TimerRule): Never | null {
  const here = automations.filter(
    ({ from, to }) =>
      (from === null || samePosition(from, rule.when)) && !checkTarget(template, rule.when.statusId, to),
  );
  const workflow = here.find(({ timer, byReply }) => timer === null && !byReply);
  if (workflow)
    return {
      why: checkerWords.why.atOnce(workflow.name),
      example: [...graph.stepsTo(rule.when), workflow.step],
    };
  // A reminder that comes too late is reported as that.
  if (isReminderToCustomer(rule)) return null;
  const sooner = here.find(({ timer }) => timer?.pausesIn === null && overtakes(template, timer, rule, calendar));
  if (!sooner) return null;
  return {
    why: checkerWords.why.first(sooner.name),
    example: [...graph.stepsTo(rule.when), sooner.step, dueWords(template, rule)],
  };
}

function overtakes(template: CaseTemplate, other: TimerRule, rule: TimerRule, calendar: BusinessCalendar): boolean {
  if (isTooLong(other.after, calendar) || !alwaysFirst(other.after, rule.after, calendar)) return false;
  // Of two that change the status at the same time, the first one of the template does.
  const together = rule.does.type === 'change' && alwaysFirst(rule.after, other.after, calendar);
  return !together || template.timers.indexOf(other) < template.timers.indexOf(rule);
}

function dueWords(template: CaseTemplate, rule: TimerRule): string {
  return checkerWords.wouldBeDue(sentence(timerName(template, rule)), afterWords(rule.after));
}

/** Timers that never fire, or whose repeats never end. */
export function neverFindings({ template, calendar }: Subject, never: ReadonlyMap<string, Never>): Finding[] {
  const findings: Finding[] = [];
  for (const [index, rule] of template.timers.entries()) {
    const found = never.get(rule.id);
    const path = ['timers', index];
    const whose = sentence(timerName(template, rule));
    if (found)
      findings.push(error('timer-never-fires', checkerWords.neverFires(whose, found.why), path, found.example));
    if (rule.repeat && isTooLong(rule.repeat.every, calendar)) {
      const message = checkerWords.cannotRepeat(whose, waitWords(rule.repeat.every));
      findings.push(error('repeat-too-long', message, [...path, 'repeat']));
    }
  }
  return findings;
}

/** Reminders to the customer that a change of status does not leave the time for (R14), or not for all of them. */
export function reminderFindings(subject: Subject, never: ReadonlyMap<string, Never>): Finding[] {
  const { template } = subject;
  return template.timers.flatMap((rule, index) => {
    if (!isReminderToCustomer(rule) || never.has(rule.id) || isRetired(template, rule.when)) return [];
    const path = ['timers', index];
    const closes = template.timers.filter((other) => !never.has(other.id) && endsReminder(template, other, rule));
    for (const close of closes) {
      const example = closeFirst(subject, close, rule);
      if (!example) continue;
      const message = checkerWords.noTimeFor(sentence(timerName(template, close)), timerName(template, rule));
      return [error('close-before-reminder', message, path, [...subject.graph.stepsTo(rule.when), ...example])];
    }
    return closes.flatMap((close) => cutShort(subject, close, rule, path));
  });
}

function isReminderToCustomer({ kind, does }: TimerRule): boolean {
  return kind === 'reminder' && does.type === 'message' && does.via === 'reply';
}

/** Whether a timer that starts together with a reminder takes the case out of its reach. */
function endsReminder(template: CaseTemplate, close: TimerRule, reminder: TimerRule): boolean {
  if (close.does.type === 'message' || !samePosition(close.when, reminder.when)) return false;
  if ([close, reminder].some((rule) => standsAtStart(rule))) return false;
  // The clock of a reminder that belongs to the case goes on until the case is done.
  return reminder.pausesIn === null || findStatus(template, close.does.to.statusId)?.category === 'done';
}

function standsAtStart({ pausesIn, when }: TimerRule): boolean {
  return pausesIn?.some((position) => samePosition(position, when)) === true;
}

/** How the change comes no later than the reminder, in words; `null`: it never does. */
function closeFirst({ template, calendar }: Subject, close: TimerRule, reminder: TimerRule): string[] | null {
  if (close.does.type === 'message') return null;
  const target = positionName(template, close.does.to);
  const order = compareWaits(close.after, reminder.after);
  if (order !== null)
    return order > 0
      ? null
      : [
          checkerWords.timerSets(sentence(afterWords(close.after)), timerName(template, close), target),
          dueWords(template, reminder),
        ];
  const at = momentWhenFirst(close.after, reminder.after, calendar);
  if (at === null) return null;
  const date = (moment: number) => dateWords(moment, calendar.timeZone);
  const dueAt = (rule: TimerRule) => dueAfter(rule.after, at, calendar).dueAt;
  return [
    checkerWords.getsThereOn(date(at)),
    checkerWords.timerSetsOn(sentence(timerName(template, close)), target, date(dueAt(close))),
    checkerWords.wouldBeDueOn(sentence(timerName(template, reminder)), date(dueAt(reminder))),
  ];
}

/** A reminder that repeats beyond the change of status; said for plain time only. */
function cutShort(
  { template, graph }: Subject,
  close: TimerRule,
  reminder: TimerRule,
  path: Finding['path'],
): Finding[] {
  const { repeat, after, when } = reminder;
  if (!repeat || !isPlain(close.after) || !isPlain(after) || !isPlain(repeat.every)) return [];
  const sent = Math.ceil((durationMs(close.after) - durationMs(after)) / durationMs(repeat.every));
  if (sent >= repeat.times) return [];
  const message = checkerWords.cutShort(
    sentence(timerName(template, reminder)),
    sent,
    repeat.times,
    timerName(template, close),
  );
  return [
    warning('repeat-cut-short', message, path, [
      ...graph.stepsTo(when),
      checkerWords.goesOutAgain(sentence(afterWords(after)), timerName(template, reminder), afterWords(repeat.every)),
      checkerWords.timerComes(sentence(timerName(template, close)), afterWords(close.after)),
    ]),
  ];
}

/** What works, and is probably not meant so. */
export function adviceFindings({ template, graph }: Subject): Finding[] {
  const findings: Finding[] = [];
  for (const [index, rule] of template.timers.entries()) {
    const party = partyOf(template, rule.when);
    if (!isReminderToCustomer(rule) || isRetired(template, rule.when) || party === 'customer') continue;
    const message = checkerWords.wrongParty(
      sentence(timerName(template, rule)),
      positionName(template, rule.when),
      sharedWords.parties[party],
    );
    findings.push(warning('reminder-to-wrong-party', message, ['timers', index]));
  }
  const answered = new Set(template.replies.map((rule) => positionKey(rule.when)));
  for (const [index, status] of template.statuses.entries())
    for (const position of graph.reachedPositions(status)) {
      if (status.category === 'done' || partyOf(template, position) !== 'customer') continue;
      if (answered.has(positionKey(position))) continue;
      const message = checkerWords.noReplyRule(positionName(template, position));
      findings.push(warning('no-reply-rule', message, ['statuses', index], graph.stepsTo(position)));
    }
  const sent = new Set(template.onEntry.map((rule) => rule.messageId));
  for (const { does } of template.timers) if (does.type === 'message') sent.add(does.messageId);
  for (const [index, { id, name }] of template.messages.entries())
    if (!sent.has(id)) findings.push(warning('unused-message', checkerWords.unusedMessage(name), ['messages', index]));
  return findings;
}

function partyOf(template: CaseTemplate, position: Position): Party {
  const status = findStatus(template, position.statusId);
  return findSubStatus(status, position.subStatusId)?.waitsFor ?? status?.waitsFor ?? 'nobody';
}

/** "New", "New and Open", "New, Open and Pending". */
function namesOf(statuses: readonly Status[]): string {
  return listed(statuses.map((status) => status.name));
}
