import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { CaseView } from '../../core/contract/views';
import { Dot } from '../shared/dot';
import { dateTimeWords } from '../shared/time';
import type { PanelState } from './state';

const SHOWN_FIRST = 5;

export function HistoryList({ state, view }: { state: PanelState; view: CaseView }) {
  const id = useId();
  const all = useSignal(false);
  if (view.history.length === 0) return null;
  const items = [...view.history].sort((a, b) => b.seq - a.seq);
  const shown = all.value ? items : items.slice(0, SHOWN_FIRST);
  return (
    <div class="section">
      <h2 class="eyebrow" id={id}>
        History
      </h2>
      <ul class="history" aria-labelledby={id}>
        {shown.map((item) => (
          <li key={item.seq}>
            <Dot category={item.category} />
            <div>
              <p class="history-title">{item.title}</p>
              <p class="muted small">
                <time dateTime={new Date(item.at).toISOString()}>{dateTimeWords(item.at, state.now.value)}</time> ·{' '}
                {item.by}
              </p>
              {item.note && <p class="note small">{item.note}</p>}
            </div>
          </li>
        ))}
      </ul>
      {items.length > SHOWN_FIRST && (
        <button
          type="button"
          class="text-button more"
          aria-expanded={all.value}
          onClick={() => {
            all.value = !all.value;
          }}
        >
          {all.value ? 'Show fewer' : `Show all ${items.length}`}
        </button>
      )}
    </div>
  );
}
