import type { Ref } from 'preact';
import type { CaseView } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { CheckIcon, CloneIcon } from '../shared/icons';
import type { PanelState } from './state';
import { toastHasUndo } from './toast';

export function Footer({
  state,
  view,
  changeRef,
}: {
  state: PanelState;
  view: CaseView;
  changeRef: Ref<HTMLButtonElement>;
}) {
  const { busy } = state;
  // A timer that waits for a decision is released the same way as one that a person holds.
  const held = view.hold || view.waitsForPerson;
  const cloneFirst = view.canClone && view.status.category === 'done';
  return (
    <footer class="foot">
      {cloneFirst && <Clone state={state} primary />}
      <Button kind={cloneFirst ? 'plain' : 'primary'} buttonRef={changeRef} onPress={() => state.show('change')}>
        {panelWords.changeStatus}
      </Button>
      {view.tracked && (held || view.status.category !== 'done') && (
        <Button busy={busy.value === 'hold'} onPress={() => state.hold(!held)}>
          {held ? panelWords.releaseHold : panelWords.hold}
        </Button>
      )}
      {view.undo && !toastHasUndo(state) && (
        <Button kind="ghost" busy={busy.value === 'undo'} onPress={() => state.undo()}>
          {panelWords.undo}
        </Button>
      )}
      {view.canClone && !cloneFirst && <Clone state={state} />}
      {view.native.status !== null && <NativeStatus view={view} status={view.native.status} />}
    </footer>
  );
}

function Clone({ state, primary = false }: { state: PanelState; primary?: boolean }) {
  return (
    <Button kind={primary ? 'primary' : 'plain'} busy={state.busy.value === 'clone'} onPress={() => state.clone()}>
      <CloneIcon />
      {panelWords.clone}
    </Button>
  );
}

/** The help desk's own status, and whether it is the one that belongs to ours. */
function NativeStatus({ view, status }: { view: CaseView; status: string }) {
  const drifted = view.native.drift !== null;
  return (
    <span class={drifted ? 'native drifted' : 'native'}>
      <span class="native-words" title={`${view.deskName}: ${status}`}>
        {view.deskName}: {status}
      </span>
      {drifted ? (
        <>
          <span aria-hidden="true">≠</span>
          <span class="visually-hidden">{panelWords.differs}</span>
        </>
      ) : (
        view.tracked &&
        view.outbox.length === 0 && (
          <>
            <CheckIcon />
            <span class="visually-hidden">{panelWords.inStep}</span>
          </>
        )
      )}
    </span>
  );
}
