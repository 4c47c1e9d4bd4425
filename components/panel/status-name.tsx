import type { CaseView } from '../../core/contract/views';
import { pageWords } from '../../core/words/page';

/** "Pending – Customer Input". */
export function positionWords(view: CaseView): string {
  return view.subStatus ? `${view.status.name} – ${view.subStatus.name}` : view.status.name;
}

export function statusLabel(view: CaseView): string {
  return `${pageWords.caseStatus}: ${positionWords(view)}`;
}

export function StatusName({ view }: { view: CaseView }) {
  return (
    <span class="status-name">
      {view.status.name}
      {view.subStatus && <span class="status-sub"> – {view.subStatus.name}</span>}
    </span>
  );
}
