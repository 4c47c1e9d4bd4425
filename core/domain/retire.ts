import { versionWords } from '../words/versions';
import { checkTarget } from './decide/target';
import { differences } from './differences';
import type { CaseTemplate, NativeMapping, Position, Status, Target, TimerRule } from './template';
import { findStatus, findSubStatus, positionName, samePosition } from './template';

/** What of a template can be retired. Nothing is ever removed: what cases were in stays readable. */
export type Retirable =
  | { kind: 'status'; statusId: string }
  | { kind: 'sub-status'; statusId: string; subStatusId: string }
  | { kind: 'tag'; statusId: string; tagId: string };

/** Where the cases go that are in what is retired; `keep`: they stay in it until they leave by themselves. */
export type Destination = { type: 'move'; to: Target } | { type: 'keep' };

/** Which cases have to go where. `null` in `from`: any sub-status, any tag or none. */
export interface Moves {
  from: { statusId: string; subStatusId: string | null; tagId: string | null };
  to: Target;
}

export type RetireRefusal =
  /** Cases are in it, and nobody said where they go. */
  | 'in-use'
  | 'unknown'
  | 'retired-already'
  /** New cases start in it, and no other status can take over. */
  | 'last-initial'
  /** Its status could not be entered any more. */
  | 'last-sub-status'
  | 'last-tag'
  | 'bad-destination';

export type UnretireRefusal = 'unknown' | 'not-retired' | 'name-taken';

interface Refused<Code> {
  ok: false;
  code: Code;
  /** One sentence for the admin. */
  message: string;
}

export type Retired =
  /** `moves`: what has to be done to the stored cases. `changes`: what became of the template, in words. */
  { ok: true; template: CaseTemplate; moves: Moves | null; changes: string[] } | Refused<RetireRefusal>;

/**
 * Retires a status, a sub-status or a tag: it is no longer offered, and nothing in the template leads there any more.
 * With `move`, the rules for its cases go too, and what led there leads to the destination. With `keep`, its rules stay
 * for the cases that are in it, and automations that led there go. A destination is needed only where cases are in it.
 */
export function retire(
  template: CaseTemplate,
  what: Retirable,
  usage: { cases: number },
  destination: Destination | null,
): Retired {
  const found = find(template, what);
  if (!found) return unknown(template);
  const { name, part } = found;
  if (part.retired) return refuse('retired-already', versionWords.retiredAlready(name));
  const next = withRetired(template, what, true);
  const initialStatusId = nextInitial(next);
  if (initialStatusId === undefined) return refuse('last-initial', versionWords.lastInitial(name));
  const needed = whyNeeded(what, found);
  if (needed) return needed;
  if (usage.cases > 0 && destination === null) return refuse('in-use', versionWords.inUse(name, usage.cases));
  const retired = { ...next, initialStatusId };
  const from = matcherOf(what);
  if (destination?.type === 'move') return retireWithMove(template, retired, { from, to: destination.to });
  const kept = keepOnly(retired, from);
  return { ok: true, template: kept, moves: null, changes: differences(template, kept) };
}

/** Brings back what was retired. What led there before it was retired does not come back by itself. */
export function unretire(
  template: CaseTemplate,
  what: Retirable,
): { ok: true; template: CaseTemplate; changes: string[] } | Refused<UnretireRefusal> {
  const found = find(template, what);
  if (!found) return unknown(template);
  const { name, part, siblings } = found;
  if (!part.retired) return refuse('not-retired', versionWords.notRetired(name));
  if (siblings.some((other) => !other.retired && other.name.toLowerCase() === part.name.toLowerCase()))
    return refuse('name-taken', versionWords.nameTaken(part.name));
  const next = withRetired(template, what, false);
  return { ok: true, template: next, changes: differences(template, next) };
}

/** Where a stored case is once `moves` were carried out; another reason in the same status leaves its sub-status alone. */
export function movedTo({ from, to }: Moves, position: Target): Target {
  if (!isIn(from, position)) return position;
  return from.tagId !== null && to.statusId === position.statusId ? { ...position, tagId: to.tagId } : to;
}

const refuse = <Code>(code: Code, message: string): Refused<Code> => ({ ok: false, code, message });

const unknown = (template: CaseTemplate): Refused<'unknown'> => refuse('unknown', versionWords.unknown(template.name));

interface Found {
  /** The one that it is, or belongs to. */
  status: Status;
  /** As in a sentence. */
  name: string;
  part: { name: string; retired: boolean };
  siblings: readonly { name: string; retired: boolean }[];
}

function find(template: CaseTemplate, what: Retirable): Found | undefined {
  const status = findStatus(template, what.statusId);
  if (!status) return undefined;
  if (what.kind === 'status') return { status, name: status.name, part: status, siblings: template.statuses };
  if (what.kind === 'sub-status') {
    const part = findSubStatus(status, what.subStatusId);
    return part && { status, name: positionName(template, what), part, siblings: status.subStatuses };
  }
  const part = status.tags.find(({ id }) => id === what.tagId);
  return part && { status, name: versionWords.withReason(status.name, part.name), part, siblings: status.tags };
}

function withRetired(template: CaseTemplate, what: Retirable, retired: boolean): CaseTemplate {
  return mapStatuses(template, (status) => {
    if (status.id !== what.statusId) return status;
    if (what.kind === 'status') return { ...status, retired };
    const mark = <T extends { id: string }>(parts: readonly T[], id: string): T[] =>
      parts.map((part) => (part.id === id ? { ...part, retired } : part));
    return what.kind === 'sub-status'
      ? { ...status, subStatuses: mark(status.subStatuses, what.subStatusId) }
      : { ...status, tags: mark(status.tags, what.tagId) };
  });
}

const mapStatuses = (template: CaseTemplate, change: (status: Status) => Status): CaseTemplate => ({
  ...template,
  statuses: template.statuses.map(change),
});

/** The status that new cases start in: the present one unless it is retired, else the first that asks for no choice. */
function nextInitial(template: CaseTemplate): string | undefined {
  const { initialStatusId, statuses } = template;
  if (!findStatus(template, initialStatusId)?.retired) return initialStatusId;
  const canTakeOver = ({ id, category }: Status) =>
    category === 'initial' && checkTarget(template, null, { statusId: id, subStatusId: null, tagId: null }) === null;
  return statuses.find(canTakeOver)?.id;
}

function whyNeeded(what: Retirable, { status, part, siblings }: Found): Refused<RetireRefusal> | null {
  const isLast = siblings.every((other) => other === part || other.retired);
  if (what.kind === 'sub-status' && status.subStatusRequired && isLast)
    return refuse('last-sub-status', versionWords.lastSubStatus(status.name));
  if (what.kind === 'tag' && status.tagRequired && isLast)
    return refuse('last-tag', versionWords.lastReason(status.name));
  return null;
}

const matcherOf = (what: Retirable): Moves['from'] => ({
  statusId: what.statusId,
  subStatusId: what.kind === 'sub-status' ? what.subStatusId : null,
  tagId: what.kind === 'tag' ? what.tagId : null,
});

function isIn(from: Moves['from'], position: Target): boolean {
  return (
    position.statusId === from.statusId &&
    (from.subStatusId === null || position.subStatusId === from.subStatusId) &&
    (from.tagId === null || position.tagId === from.tagId)
  );
}

/** Whether a rule for the position is about nothing but what is retired. A rule never is for one tag alone. */
const isRuleIn = (from: Moves['from'], when: Position): boolean => isIn(from, { ...when, tagId: null });

function keepOnly(template: CaseTemplate, from: Moves['from']): CaseTemplate {
  return {
    ...template,
    timers: template.timers.filter(({ does }) => does.type === 'message' || !isIn(from, does.to)),
    replies: template.replies.filter(({ to }) => !isIn(from, to)),
    native: mapShows(template.native, from, null),
  };
}

/** Shows another status in place of a retired one; `null`: says nothing about the native status any more. */
function mapShows(native: CaseTemplate['native'], from: Moves['from'], to: string | null): CaseTemplate['native'] {
  // Without one of its sub-statuses or tags, a status is shown as before.
  if (from.subStatusId !== null || from.tagId !== null) return native;
  const shown = (mapping: NativeMapping): NativeMapping => ({
    ...mapping,
    shows: Object.fromEntries(
      Object.entries(mapping.shows).flatMap(([theirs, ours]) => {
        if (ours !== from.statusId) return [[theirs, ours]];
        return to === null ? [] : [[theirs, to]];
      }),
    ),
  });
  return Object.fromEntries(Object.entries(native).map(([key, mapping]) => [key, shown(mapping)]));
}

function retireWithMove(before: CaseTemplate, retired: CaseTemplate, moves: Moves): Retired {
  const { from, to } = moves;
  const lost = (statusId: string) => from.subStatusId === null && from.tagId === null && statusId === from.statusId;
  const next = mapStatuses(retired, (status) => ({
    ...status,
    mayBecome: status.mayBecome?.filter((statusId) => !lost(statusId)) ?? null,
  }));
  const bad = checkTarget(whereTagsMove(next, moves), null, to);
  if (bad) return refuse('bad-destination', bad.message);

  const problems: string[] = [];
  /** Where an automation leads from now on; `null`: it would lead back to where it starts, round and round. */
  const redirected = (when: Position, was: Target, closes: boolean): Target | null => {
    if (!isIn(from, was)) return was;
    const now = movedTo(moves, was);
    if (samePosition(when, now) && !samePosition(when, was)) return null;
    const refused = checkTarget(next, when.statusId, now);
    if (refused) problems.push(versionWords.wouldLeadThere(positionName(next, when), refused.message));
    if (closes && next.statuses.some(({ id, category }) => id === now.statusId && category !== 'done'))
      problems.push(versionWords.closeNotDone(positionName(next, when)));
    return now;
  };
  const timers = next.timers.flatMap((rule): TimerRule[] => {
    const pausesIn = rule.pausesIn?.filter((position) => !isRuleIn(from, position)) ?? null;
    if (isRuleIn(from, rule.when)) return [];
    if (rule.does.type === 'message') return [{ ...rule, pausesIn }];
    const now = redirected(rule.when, rule.does.to, rule.kind === 'auto-close');
    return now === null ? [] : [{ ...rule, pausesIn, does: { type: 'change', to: now } }];
  });
  const replies = next.replies.flatMap((rule) => {
    const now = isRuleIn(from, rule.when) ? null : redirected(rule.when, rule.to, false);
    return now === null ? [] : [{ ...rule, to: now }];
  });
  if (problems[0] !== undefined) return refuse('bad-destination', problems[0]);
  const moved: CaseTemplate = {
    ...next,
    timers,
    replies,
    onEntry: next.onEntry.filter(({ when }) => !isRuleIn(from, when)),
    native: mapShows(next.native, from, to.statusId),
  };
  return { ok: true, template: moved, moves, changes: differences(before, moved) };
}

/** A tag that gives way to another of its own status needs no sub-status: each case keeps its own. */
function whereTagsMove(template: CaseTemplate, { from, to }: Moves): CaseTemplate {
  if (from.tagId === null || to.statusId !== from.statusId) return template;
  return mapStatuses(template, (status) => ({ ...status, subStatusRequired: false }));
}
