import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { CaseView, HistoryItem } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { Dot } from '../shared/dot';
import { FieldError } from '../shared/field-error';
import { dateTimeWords } from '../shared/time';
import type { PanelState } from './state';

const SHOWN_FIRST = 5;

/** What happened, newest first: a few at first, then all that the view brought along, then older ones as they are asked for. */
export function HistoryList({ state, view }: { state: PanelState; view: CaseView }) {
  const id = useId();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const unfolded = useSignal(false);
  /** All that was seen of it: a newer view brings only the newest entries along. */
  const known = useRef(new Map<number, HistoryItem>());
  /** Numbers of those that are not there though they should be: somebody has taken them away. */
  const missing = useRef(new Set<number>());
  const loading = useSignal(false);
  const problem = useSignal<string | null>(null);

  for (const item of view.history) known.current.set(item.seq, item);
  // A sample case that is played again may have less behind it.
  for (const seq of known.current.keys()) if (seq > view.historyCount) known.current.delete(seq);
  const items = [...known.current.values()].sort((a, b) => b.seq - a.seq);
  const left = view.historyCount - items.length - missing.current.size;

  const load = async () => {
    if (loading.value) return;
    loading.value = true;
    // Where a page has slept, what happened meanwhile may be more than a view brings along: on from the first gap.
    let before = view.historyCount + 1;
    while (known.current.has(before - 1) || missing.current.has(before - 1)) before -= 1;
    const answer = await state.ask('case.history', { ticketId: view.ticketId, before });
    if (answer.ok) {
      for (const item of answer.value) known.current.set(item.seq, item);
      const oldest = answer.value.reduce((least, { seq }) => Math.min(least, seq), Number.POSITIVE_INFINITY);
      for (let seq = Number.isFinite(oldest) ? oldest : 1; seq < before; seq += 1)
        if (!known.current.has(seq)) missing.current.add(seq);
    }
    loading.value = false;
    problem.value = answer.ok ? null : answer.message;
  };
  const unfold = () => {
    unfolded.value = true;
    if (left > 0) load();
  };

  const asked = state.historyAsked.value;
  const answered = useRef(asked);
  useLayoutEffect(() => {
    if (asked === answered.current) return;
    answered.current = asked;
    unfold();
    headingRef.current?.scrollIntoView({ block: 'start' });
    headingRef.current?.focus({ preventScroll: true });
  }, [asked]);

  if (items.length === 0) return null;
  const shown = unfolded.value ? items : items.slice(0, SHOWN_FIRST);
  return (
    <div class="section">
      <h2 class="eyebrow" id={id} tabIndex={-1} ref={headingRef}>
        {panelWords.history}
      </h2>
      <ul class="history" aria-labelledby={id}>
        {shown.map((item) => (
          <li key={item.seq}>
            <Dot face={item} />
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
      <FieldError alert>{problem.value}</FieldError>
      {unfolded.value && missing.current.size > 0 && (
        <p class="muted small">{panelWords.entriesMissing(missing.current.size)}</p>
      )}
      {unfolded.value && left > 0 && (
        <button type="button" class="text-button more" aria-disabled={loading.value} onClick={load}>
          {panelWords.showOlder(left)}
        </button>
      )}
      {view.historyCount > SHOWN_FIRST && (
        <button
          type="button"
          class="text-button more"
          aria-expanded={unfolded.value}
          onClick={() => {
            if (unfolded.value) unfolded.value = false;
            else unfold();
          }}
        >
          {unfolded.value ? panelWords.showFewer : panelWords.showAll(view.historyCount)}
        </button>
      )}
    </div>
  );
}
