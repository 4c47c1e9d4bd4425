import { useId } from 'preact/hooks';
import { spanWords } from '../../core/domain/duration';
import { pageWords } from '../../core/words/page';
import { Dot } from '../shared/dot';
import { WarningIcon } from '../shared/icons';
import { trusted } from '../shared/trusted';
import { startDrag } from './drag';
import type { PanelState } from './state';
import { StatusName, statusLabel } from './status-name';

/** The panel while closed: what the case's status is and for how long. */
export function Pill({ state }: { state: PanelState }) {
  const view = state.view.value;
  const troubled = Boolean(
    state.problem.value ||
      view?.problem ||
      view?.attention ||
      view?.native.drift ||
      view?.outbox.some((item) => item.problem),
  );
  const id = useId();
  const since = view?.enteredAt ?? null;
  const aside =
    since !== null ? spanWords(state.now.value - since) : view && !view.tracked ? pageWords.untracked : null;
  return (
    <div class="pill">
      <button
        type="button"
        class="pill-button"
        data-toggle
        aria-label={view ? statusLabel(view) : pageWords.caseStatus}
        aria-expanded="false"
        aria-describedby={aside ? id : undefined}
        onPointerDown={(event) => startDrag(event, state)}
        onClick={trusted(() => state.toggle())}
      >
        {view && <Dot face={view.status} hollow={!view.tracked} />}
        {view ? <StatusName view={view} /> : pageWords.caseStatus}
      </button>
      {aside && (
        <span class="pill-time" id={id}>
          {aside}
        </span>
      )}
      {troubled && (
        <span class="pill-trouble">
          <WarningIcon />
        </span>
      )}
    </div>
  );
}
