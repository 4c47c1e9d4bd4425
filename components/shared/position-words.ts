import type { CaseView } from '../../core/contract/views';

/** "Pending – Customer Input" */
export function positionWords({ status, subStatus }: Pick<CaseView, 'status' | 'subStatus'>): string {
  return subStatus ? `${status.name} – ${subStatus.name}` : status.name;
}
