import { checkerWords } from '../../words/checker';
import { checkTarget } from '../decide/target';
import type { Finding } from '../finding';
import type { CaseTemplate, Position, Target, TimerRule } from '../template';
import { positionName, samePosition } from '../template';
import type { Graph } from './graph';
import { positionKey, positionsToEnter } from './graph';
import { afterWords } from './waits';

/** A workflow that changes the status as soon as a case enters a position. */
export interface WorkflowEdge {
  name: string;
  /** `null`: any position. */
  from: Position | null;
  to: Target;
}

/** Anything but a person that changes the status. */
export interface Automation {
  /** `the auto-close of Pending`, `the workflow “Escalate”`. */
  name: string;
  from: Position | null;
  to: Target;
  path: Finding['path'];
  /** What sets it off, in words. */
  trigger: string;
  /** What it does, in words. */
  step: string;
  /** `null`: not a timer. */
  timer: TimerRule | null;
  /** A customer has to reply each time. */
  byReply: boolean;
}

/** "the auto-close of Pending – Customer Input", and its wait where that does not tell it from another. */
export function timerName(template: CaseTemplate, rule: TimerRule): string {
  const { id, kind, when, after } = rule;
  const name = checkerWords.timers[kind](positionName(template, when));
  const alike = template.timers.some(
    (other) => other.id !== id && other.kind === kind && samePosition(other.when, when),
  );
  return alike ? checkerWords.oneOfSeveral(name, afterWords(after)) : name;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** All that changes the status by itself, in the order of the template, the workflows last. */
export function automationsOf(template: CaseTemplate, workflows: readonly WorkflowEdge[]): Automation[] {
  const timers = template.timers.flatMap((rule, index): Automation[] => {
    if (rule.does.type !== 'change') return [];
    const { to } = rule.does;
    const name = timerName(template, rule);
    const wait = sentence(afterWords(rule.after));
    return [
      {
        name,
        from: rule.when,
        to,
        path: ['timers', index],
        trigger: checkerWords.timerIsDue(wait, name),
        step: checkerWords.timerSets(wait, name, positionName(template, to)),
        timer: rule,
        byReply: false,
      },
    ];
  });
  const replies = template.replies.map(
    (rule, index): Automation => ({
      name: checkerWords.replyRule(positionName(template, rule.when)),
      from: rule.when,
      to: rule.to,
      path: ['replies', index],
      trigger: checkerWords.customerReplies,
      step: checkerWords.replySets(positionName(template, rule.to)),
      timer: null,
      byReply: true,
    }),
  );
  const flows = workflows.map(
    ({ name, from, to }, index): Automation => ({
      name: checkerWords.workflow(name),
      from,
      to,
      path: ['workflows', index],
      trigger: checkerWords.workflowRuns(name),
      step: checkerWords.workflowSets(name, positionName(template, to)),
      timer: null,
      byReply: false,
    }),
  );
  return [...timers, ...replies, ...flows];
}

interface Place {
  position: Position;
  /** How a case comes there, in words; asked for where there is something to tell. */
  steps: () => string[];
}

/** Where an automation may find a case. */
function placesOf(graph: Graph, { from, timer }: Automation): Place[] {
  if (from === null)
    return graph.template.statuses
      .flatMap((status) => graph.reachedPositions(status))
      .map((position) => ({ position, steps: () => graph.stepsTo(position) }));
  const here = () => graph.stepsTo(from);
  if (!timer || timer.pausesIn === null) return [{ position: from, steps: here }];
  const walk = graph.walkFrom(from.statusId);
  return runningIn(graph, from, timer.pausesIn).map((position) => ({
    position,
    steps: () => [...here(), ...graph.stepsBetween(from, walk, position)],
  }));
}

/**
 * The positions in which a clock that belongs to the case runs. It starts in its position, whatever the category, stands
 * still in those given, and ends with the next status of category done.
 */
export function runningIn(graph: Graph, when: Position, pausesIn: readonly Position[]): Position[] {
  const paused = new Set(pausesIn.map(positionKey));
  const walk = graph.walkFrom(when.statusId);
  const others = graph.template.statuses
    .filter((status) => walk.has(status.id) && status.category !== 'done')
    .flatMap(positionsToEnter);
  return [when, ...others].filter((position) => !paused.has(positionKey(position)));
}

/** Why the template refuses what an automation wants to do, in the first of its places where it does. */
export function refusalOf(graph: Graph, automation: Automation) {
  for (const place of placesOf(graph, automation)) {
    const refused = checkTarget(graph.template, place.position.statusId, automation.to);
    if (refused) return { steps: place.steps(), refused };
  }
  return null;
}
