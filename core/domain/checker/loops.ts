import { checkerWords } from '../../words/checker';
import { checkTarget } from '../decide/target';
import type { Finding } from '../finding';
import type { Position } from '../template';
import { positionName } from '../template';
import type { Automation } from './automations';
import { error, warning } from './codes';
import type { Graph } from './graph';
import { positionKey } from './graph';

interface Edge {
  from: Position;
  automation: Automation;
}

/** By position key, the automatic changes that begin there. */
type Edges = ReadonlyMap<string, readonly Edge[]>;

/**
 * Circles that cases go round in without a person: one finding for each group of positions that lead to each other,
 * with the shortest circle. Where only customers' replies keep it going, it is a warning.
 */
export function loopFindings(graph: Graph, automations: readonly Automation[]): Finding[] {
  const edges = edgesOf(graph, automations);
  const ahead = new Map([...edges.keys()].map((key) => [key, new Set(pathsFrom(edges, key).keys())]));
  const leads = (from: string, to: string) => ahead.get(from)?.has(to) === true;
  const done = new Set<string>();
  const findings: Finding[] = [];
  for (const key of edges.keys()) {
    if (done.has(key) || !leads(key, key)) continue;
    const group = [...edges.keys()].filter((other) => leads(key, other) && leads(other, key));
    for (const member of group) done.add(member);
    const inside = group.flatMap((member) => edges.get(member) ?? []).filter((edge) => leads(targetKey(edge), key));
    findings.push(loopFinding(graph, edges, inside));
  }
  return findings;
}

function loopFinding(graph: Graph, edges: Edges, inside: readonly Edge[]): Finding {
  const { template } = graph;
  const unattended = inside.filter((edge) => !edge.automation.byReply);
  const circles = (unattended.length > 0 ? unattended : inside).map((edge) => circleOf(edges, edge));
  const circle = circles.reduce((best, other) => (other.length < best.length ? other : best));
  const [first] = circle;
  if (!first) throw new Error('A circle has a first step');
  const start = positionName(template, first.from);
  const names = circle.map(({ automation }) => positionName(template, automation.to)).join(', ');
  const example = [
    ...graph.stepsTo(first.from),
    ...circle.map(({ automation }) => automation.step),
    checkerWords.caseIsAgain(start),
  ];
  const { path } = first.automation;
  return unattended.length > 0
    ? error('automatic-loop', checkerWords.automaticLoop(start, names), path, example)
    : warning('reply-loop', checkerWords.replyLoop(start, names), path, example);
}

/** The shortest way round that begins with the edge. */
function circleOf(edges: Edges, edge: Edge): Edge[] {
  const startKey = positionKey(edge.from);
  const circle = [edge];
  if (targetKey(edge) === startKey) return circle;
  const paths = pathsFrom(edges, targetKey(edge));
  const back: Edge[] = [];
  for (let last = paths.get(startKey); last; last = paths.get(positionKey(last.from))) {
    back.unshift(last);
    if (positionKey(last.from) === targetKey(edge)) break;
  }
  return [...circle, ...back];
}

/** The positions that automations lead to from one, nearest first, each with the edge that arrives there. */
function pathsFrom(edges: Edges, startKey: string): Map<string, Edge> {
  const arrivals = new Map<string, Edge>();
  const extend = (key: string) => {
    for (const edge of edges.get(key) ?? []) {
      const next = targetKey(edge);
      if (!arrivals.has(next)) arrivals.set(next, edge);
    }
  };
  extend(startKey);
  // A map hands out what is added while it is read.
  for (const key of arrivals.keys()) extend(key);
  return arrivals;
}

function targetKey({ automation }: Edge): string {
  return positionKey(automation.to);
}

function edgesOf(graph: Graph, automations: readonly Automation[]): Edges {
  const edges = new Map<string, Edge[]>();
  for (const automation of automations)
    for (const from of startsOf(graph, automation)) {
      if (checkTarget(graph.template, from.statusId, automation.to)) continue;
      const key = positionKey(from);
      edges.set(key, [...(edges.get(key) ?? []), { from, automation }]);
    }
  return edges;
}

/** A clock that belongs to the case starts in its position; standing still there, it takes a person to go on. */
function startsOf(graph: Graph, { from, timer }: Automation): Position[] {
  if (from === null) return graph.template.statuses.flatMap((status) => graph.reachedPositions(status));
  const key = positionKey(from);
  const stands = timer?.pausesIn?.some((position) => positionKey(position) === key) === true;
  return stands || !graph.isReached(from) ? [] : [from];
}
