import type { CaseView, StatusChoice } from '../../core/contract/views';

/** The statuses of a template without what is retired; only what the case is in is kept where `standing` says so. */
function without(view: CaseView, standing: boolean): StatusChoice[] {
  const kept = (part: { id: string; retired: boolean }, current: string | undefined) =>
    !part.retired || (standing && part.id === current);
  return view.statuses
    .filter((status) => kept(status, view.status.id))
    .map((status) => ({
      ...status,
      subStatuses: status.subStatuses.filter((sub) => kept(sub, view.subStatus?.id)),
      tags: status.tags.filter((tag) => kept(tag, undefined)),
    }));
}

/** What a person may choose from. */
export const offeredIn = (view: CaseView): StatusChoice[] => without(view, false);

/** What a person may read about: what is offered, and what the case is in. */
export const toldOf = (view: CaseView): StatusChoice[] => without(view, true);
