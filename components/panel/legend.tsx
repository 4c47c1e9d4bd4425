import { useEffect, useRef } from 'preact/hooks';
import type { CaseView } from '../../core/contract/views';
import { BackIcon } from '../shared/icons';
import { StatusMeanings } from '../shared/status-meanings';
import type { PanelState } from './state';

/** All statuses with their meanings, who each waits for, and their sub-statuses. */
export function Legend({ state, view }: { state: PanelState; view: CaseView }) {
  const backRef = useRef<HTMLButtonElement>(null);
  useEffect(() => backRef.current?.focus(), []);
  return (
    <>
      <header class="subhead">
        <button type="button" class="icon-button" aria-label="Back" ref={backRef} onClick={() => state.show('case')}>
          <BackIcon />
        </button>
        <h2>What the statuses mean</h2>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region without controls has to take the focus to be scrolled by keys */}
      <section class="body legend" data-scroll tabIndex={0} aria-label="What the statuses mean">
        {view.statuses.map((status) => (
          <StatusMeanings key={status.id} status={status} current={status.id === view.status.id} />
        ))}
      </section>
    </>
  );
}
