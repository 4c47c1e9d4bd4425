import { decideWords } from '../../words/decide';
import type { CaseTemplate, Target } from '../template';
import { findStatus, findSubStatus, nativeMapping, positionName, sameNative } from '../template';
import type { Missing, Refused } from './command';
import { refuse } from './command';

/**
 * Whether the template lets a case go to the target, and if not, why, in words. Binds people and automations alike
 * (R5, R10).
 * @param from the status that the case is in; `null`: any, the allowed transitions are not asked
 */
export function checkTarget(template: CaseTemplate, from: string | null, to: Target): Refused | null {
  const status = findStatus(template, to.statusId);
  if (!status) return refuse('unknown-status', decideWords.noSuchStatus(template.name));
  if (status.retired) return refuse('retired-status', decideWords.isRetired(status.name));
  const before = template.statuses.find(({ id }) => id === from);
  if (before?.mayBecome && before !== status && !before.mayBecome.includes(status.id))
    return refuse('transition-not-allowed', decideWords.mayNotBecome(before.name, status.name));
  const missing: Missing[] = [];
  if (to.subStatusId === null) {
    if (status.subStatusRequired) missing.push('sub-status');
  } else {
    const subStatus = findSubStatus(status, to.subStatusId);
    if (!subStatus) return refuse('unknown-sub-status', decideWords.noSuchSubStatus(status.name));
    if (subStatus.retired) return refuse('retired-sub-status', decideWords.isRetired(positionName(template, to)));
  }
  if (to.tagId === null) {
    if (status.tagRequired) missing.push('tag');
  } else {
    const tag = status.tags.find((candidate) => candidate.id === to.tagId);
    if (!tag) return refuse('unknown-tag', decideWords.noSuchReason(status.name));
    if (tag.retired) return refuse('retired-tag', decideWords.reasonRetired(tag.name));
  }
  if (missing.length === 2) return refuse('sub-status-required', decideWords.needsBoth(status.name), missing);
  if (missing[0] === 'sub-status')
    return refuse('sub-status-required', decideWords.needsSubStatus(status.name), missing);
  if (missing[0] === 'tag') return refuse('tag-required', decideWords.needsReason(status.name), missing);
  return null;
}

/** Which of our statuses stands for the help desk's own, by the template; `undefined`: none does. */
export function mappedStatus(
  template: CaseTemplate,
  site: { siteId: string; adapterId: string },
  nativeStatus: string | null,
): string | undefined {
  const shows = nativeMapping(template, site.siteId, site.adapterId)?.shows ?? {};
  return Object.entries(shows).find(([native]) => sameNative(native, nativeStatus))?.[1];
}

/**
 * The status that is shown for a ticket that is not tracked yet, from the help desk's own. One that needs a sub-status
 * or a reason cannot be known from outside: the initial status is shown instead.
 */
export function statusOfNative(
  template: CaseTemplate,
  site: { siteId: string; adapterId: string },
  nativeStatus: string | null,
): string {
  const statusId = mappedStatus(template, site, nativeStatus) ?? template.initialStatusId;
  const wrong = checkTarget(template, null, { statusId, subStatusId: null, tagId: null });
  return wrong ? template.initialStatusId : statusId;
}

/** Whether message id `a` is newer than `b`. Numbers of any length by value, other ids by text; `null` is older than all. */
export function isNewer(a: string, b: string | null): boolean {
  if (b === null) return true;
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return BigInt(a) > BigInt(b);
  return a > b;
}
