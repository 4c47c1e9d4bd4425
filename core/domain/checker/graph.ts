import { checkerWords } from '../../words/checker';
import type { CaseTemplate, Position, Status } from '../template';
import { findStatus, findSubStatus, positionName } from '../template';

/** A position as the key of a map. */
export function positionKey({ statusId, subStatusId }: Position): string {
  return subStatusId === null ? statusId : `${statusId}/${subStatusId}`;
}

/** The statuses that a walk came to, each with the one that it came from (`null`: the walk began there), nearest first. */
export type Walk = ReadonlyMap<string, string | null>;

/**
 * Where cases can get to. An automation is bound by the same transitions as a person and chooses less freely, so what
 * people can do is all that can happen: the statuses and who may follow whom are enough. Within a status a person can
 * set any of its sub-statuses.
 */
export class Graph {
  /** All that cases get to. */
  readonly reached: Walk;
  private readonly starts = new Map<string, string>();
  private readonly following = new Map<string, readonly Status[]>();

  /** @param shown native statuses that stand for a status of ours, which a ticket is in before it is tracked */
  constructor(
    readonly template: CaseTemplate,
    shown: readonly { native: string; statusId: string }[],
  ) {
    const { initialStatusId, statuses } = template;
    this.starts.set(initialStatusId, checkerWords.newCaseIs(this.nameOf(initialStatusId)));
    for (const { native, statusId } of shown)
      if (!this.starts.has(statusId))
        this.starts.set(statusId, checkerWords.deskTicketIs(native, this.nameOf(statusId)));
    const entered = statuses.filter((status) => positionsToEnter(status).length > 0);
    for (const status of statuses) {
      const allowed = status.mayBecome === null ? null : new Set([status.id, ...status.mayBecome]);
      this.following.set(status.id, allowed ? entered.filter((next) => allowed.has(next.id)) : entered);
    }
    this.reached = this.walk([...this.starts.keys()], () => true);
  }

  /** The statuses that a person can set next, the same one included. */
  nextOf(statusId: string): readonly Status[] {
    return this.following.get(statusId) ?? [];
  }

  /** The positions of a status that cases can be in. */
  reachedPositions(status: Status): Position[] {
    if (!this.reached.has(status.id)) return [];
    const entered = positionsToEnter(status);
    const start = { statusId: status.id, subStatusId: null };
    return this.starts.has(status.id) && !entered.some((position) => position.subStatusId === null)
      ? [start, ...entered]
      : entered;
  }

  isReached(position: Position): boolean {
    const status = findStatus(this.template, position.statusId);
    const key = positionKey(position);
    return status !== undefined && this.reachedPositions(status).some((found) => positionKey(found) === key);
  }

  /** Where cases get to from a status without passing through a status of category done; itself included. */
  walkFrom(statusId: string): Walk {
    return this.walk([statusId], (next) => next.category !== 'done');
  }

  /** How a new case can come to the position, in words, by as few steps as there are. */
  stepsTo(position: Position): string[] {
    // A retired status: nobody comes there, but somebody may have stayed.
    if (!this.isReached(position)) return [checkerWords.caseIs(positionName(this.template, position))];
    const [start = position.statusId, ...statusIds] = trace(this.reached, position.statusId);
    const first = { statusId: start, subStatusId: null };
    return [this.starts.get(start) ?? '', ...this.stepsAlong(first, statusIds, position)];
  }

  /** How a case that is in a position can come to another one of a walk from there, in words. */
  stepsBetween(from: Position, walk: Walk, to: Position): string[] {
    return this.stepsAlong(from, trace(walk, to.statusId).slice(1), to);
  }

  private stepsAlong(from: Position, statusIds: readonly string[], to: Position): string[] {
    if (positionKey(from) === positionKey(to)) return [];
    const between = statusIds.slice(0, -1).map((statusId) => {
      const status = findStatus(this.template, statusId);
      return status && positionsToEnter(status)[0];
    });
    return [...between, to].flatMap((position) =>
      position ? [checkerWords.personSets(positionName(this.template, position))] : [],
    );
  }

  private walk(starts: readonly string[], goesOn: (status: Status) => boolean): Walk {
    const cameFrom = new Map<string, string | null>(starts.map((statusId) => [statusId, null]));
    // A map hands out what is added while it is read.
    for (const statusId of cameFrom.keys())
      for (const next of this.nextOf(statusId))
        if (!cameFrom.has(next.id) && goesOn(next)) cameFrom.set(next.id, statusId);
    return cameFrom;
  }

  private nameOf(statusId: string): string {
    return positionName(this.template, { statusId, subStatusId: null });
  }
}

/** Whether there is a tag to choose, for a status that needs one. */
export function hasTagToChoose(status: Status): boolean {
  return !status.tagRequired || status.tags.some((tag) => !tag.retired);
}

/** The positions of a status that a person can put a case in. */
export function positionsToEnter(status: Status): Position[] {
  if (status.retired || !hasTagToChoose(status)) return [];
  const ids = status.subStatuses.filter((subStatus) => !subStatus.retired).map((subStatus) => subStatus.id);
  return (status.subStatusRequired ? ids : [null, ...ids]).map((subStatusId) => ({ statusId: status.id, subStatusId }));
}

/** Whether only cases from before can be there. */
export function isRetired(template: CaseTemplate, position: Position): boolean {
  const status = findStatus(template, position.statusId);
  return status?.retired === true || findSubStatus(status, position.subStatusId)?.retired === true;
}

/** The statuses on the way to one, from where the walk began. */
function trace(walk: Walk, statusId: string): string[] {
  const before = walk.get(statusId);
  return before == null ? [statusId] : [...trace(walk, before), statusId];
}
