import type { CaseView } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { StatusMeanings } from '../shared/status-meanings';
import { toldOf } from './offered';
import type { PanelState } from './state';
import { Subhead } from './subhead';

/** The statuses with their meanings, who each waits for, and their sub-statuses. */
export function Legend({ state, view }: { state: PanelState; view: CaseView }) {
  return (
    <>
      <Subhead state={state} title={panelWords.legend} focus />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region without controls has to take the focus to be scrolled by keys */}
      <section class="body legend" data-scroll tabIndex={0} aria-label={panelWords.legend}>
        {toldOf(view).map((status) => (
          <StatusMeanings key={status.id} status={status} current={status.id === view.status.id} />
        ))}
      </section>
    </>
  );
}
