import { useId } from 'preact/hooks';
import { pageWords } from '../../core/words/page';
import { Dot } from '../shared/dot';
import { WarningIcon } from '../shared/icons';
import { forWords } from '../shared/time';
import { trusted } from '../shared/trusted';
import { startDrag } from './drag';
import type { PanelState } from './state';
import { StatusName, statusLabel } from './status-name';

/** The panel while closed: what the case's status is and for how long. */
export function Pill({ state }: { state: PanelState }) {
  const view = state.view.value;
  const trouble = state.problem.value?.message ?? view?.trouble ?? null;
  const id = useId();
  const since = view?.enteredAt ?? null;
  const aside = since !== null ? forWords(since, state.now.value) : view && !view.tracked ? pageWords.untracked : null;
  const described = [aside && `${id}-aside`, trouble && `${id}-trouble`].filter(Boolean);
  return (
    <div class="pill">
      <button
        type="button"
        class="pill-button"
        data-toggle
        aria-label={view ? statusLabel(view) : pageWords.caseStatus}
        aria-expanded="false"
        title={trouble ?? undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        onPointerDown={(event) => startDrag(event, state)}
        onClick={trusted(() => state.toggle())}
      >
        {view && <Dot face={view.status} hollow={!view.tracked} />}
        {view ? <StatusName view={view} /> : pageWords.caseStatus}
      </button>
      {aside && (
        <span class="pill-time" id={`${id}-aside`}>
          {aside}
        </span>
      )}
      {trouble && (
        <span class="pill-trouble" id={`${id}-trouble`}>
          <WarningIcon />
          <span class="visually-hidden">{trouble}</span>
        </span>
      )}
    </div>
  );
}
