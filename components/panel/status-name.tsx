import type { CaseView } from '../../core/contract/views';
import { pageWords } from '../../core/words/page';
import { positionWords } from '../shared/position-words';

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
