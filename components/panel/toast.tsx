import { rich } from '../../components/shared/rich';
import { spanWords } from '../../core/domain/duration';
import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { CheckIcon, CrossIcon, SendIcon, WarningIcon } from '../shared/icons';
import type { PanelState } from './state';

/** Whether the toast, rather than the footer, carries the one button "Undo". */
export function toastHasUndo(state: PanelState): boolean {
  const view = state.view.value;
  return (
    Boolean(view?.undo) &&
    state.screen.value === 'case' &&
    (state.outcome.value !== null || pendingOf(state).length > 0)
  );
}

function pendingOf(state: PanelState) {
  return (state.view.value?.outbox ?? []).filter(
    // What waits for something else than its time is told above, with the reason.
    (item) => item.state === 'sending' || (item.state === 'pending' && item.problem === null),
  );
}

/** What was just done, what is still on its way and when it goes out, and the way back. */
export function Toast({ state }: { state: PanelState }) {
  const outcome = state.outcome.value;
  const error = state.error.value;
  const onCase = state.screen.value === 'case';
  const pending = onCase ? pendingOf(state) : [];
  const dark = outcome !== null || pending.length > 0;
  return (
    <>
      <div role="alert">
        {error && (
          <div class="banner danger">
            <WarningIcon />
            <p>{error}</p>
          </div>
        )}
      </div>
      <div class={dark ? 'toast' : ''}>
        {/* The countdown is outside: a live region would read out every second. */}
        <div class="toast-lines">
          <div role="status">
            {outcome && (
              <p class="toast-line">
                <CheckIcon />
                <span>{outcome}</span>
              </p>
            )}
          </div>
          {pending.map((item) => (
            <p class="toast-line" key={item.effectId}>
              <SendIcon />
              <span>
                {item.text}{' '}
                {item.state === 'pending' && item.notBefore > state.now.value
                  ? rich(panelWords.goesOutIn, {
                      span: <b class="nowrap">{spanWords(item.notBefore - state.now.value + 999)}</b>,
                    })
                  : panelWords.isGoingOut}
              </span>
            </p>
          ))}
        </div>
        {toastHasUndo(state) && (
          <Button low busy={state.busy.value === 'undo'} onPress={() => state.undo()}>
            {panelWords.undo}
          </Button>
        )}
        {outcome && (
          <button type="button" class="icon-button" aria-label={panelWords.dismiss} onClick={() => state.dismiss()}>
            <CrossIcon />
          </button>
        )}
      </div>
    </>
  );
}
