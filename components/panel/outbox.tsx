import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { CaseView, OutboxItem } from '../../core/contract/views';
import { panelWords } from '../../core/words/panel';
import { Button } from '../shared/button';
import { WarningIcon } from '../shared/icons';
import { dueWords } from '../shared/time';
import { watchCover } from './cover';
import type { PanelState } from './state';

/** What did not get to the help desk, or waits for something there, with the text ready to be sent by hand. */
export function Outbox({ state, view }: { state: PanelState; view: CaseView }) {
  const stuck = view.outbox.filter((item) => item.state === 'failed' || item.state === 'uncertain');
  const waiting = view.outbox.filter((item) => item.state === 'pending' && item.problem !== null);
  return (
    <>
      <div role="alert">
        {stuck.map((item) => (
          <Stuck key={item.effectId} state={state} item={item} />
        ))}
      </div>
      {waiting.map((item) => (
        <Stuck key={item.effectId} state={state} item={item} />
      ))}
    </>
  );
}

function Stuck({ state, item }: { state: PanelState; item: OutboxItem }) {
  const id = useId();
  const waits = item.state === 'pending';
  const open = useSignal(false);
  const copied = useSignal(false);
  const covered = useSignal(false);
  const ref = useRef<HTMLDivElement>(null);
  const copy = async (body: string) => {
    try {
      await navigator.clipboard.writeText(body);
      copied.value = true;
    } catch {
      // Without permission to copy, the text is there to be selected.
      copied.value = false;
    }
  };
  return (
    <div class={waits ? 'banner' : 'banner danger'} ref={ref}>
      <WarningIcon />
      <div>
        <p>
          <b>
            {item.text} –{' '}
            {waits ? panelWords.waits : item.state === 'failed' ? panelWords.notSent : panelWords.perhapsNotSent}
          </b>
        </p>
        {item.problem && (
          <p>
            {item.problem}
            {item.triesAgainAt !== null && item.triesAgainAt > state.now.value && (
              <> {panelWords.triesAgain(dueWords(item.triesAgainAt, state.now.value))}</>
            )}
          </p>
        )}
        {covered.value && <p role="alert">{panelWords.covered}</p>}
        {item.body !== null && (
          <button
            type="button"
            class="text-button"
            aria-expanded={open.value}
            aria-controls={id}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {open.value ? panelWords.hideMessage : panelWords.showMessage}
          </button>
        )}
        {item.body !== null && (
          <div id={id} hidden={!open.value}>
            <textarea
              class="input message-text"
              aria-label={panelWords.messageByHand}
              readOnly
              rows={5}
              value={item.body}
              onClick={(event) => event.currentTarget.select()}
            />
            <Button low kind="ghost" onPress={() => copy(item.body ?? '')}>
              {copied.value ? panelWords.copied : panelWords.copy}
            </Button>
          </div>
        )}
      </div>
      <p class="banner-actions" hidden={waits}>
        <Button
          low
          busy={state.busy.value === `send ${item.effectId}`}
          onPress={async () => {
            const cover = ref.current && watchCover(ref.current);
            const seen = await cover?.plainlySeen();
            cover?.stop();
            covered.value = seen === false;
            if (!covered.value) state.settleEffect(item.effectId, 'send');
          }}
        >
          {panelWords.sendAgain}
        </Button>
        <Button
          low
          kind="ghost"
          busy={state.busy.value === `drop ${item.effectId}`}
          onPress={() => state.settleEffect(item.effectId, 'drop')}
        >
          {panelWords.dropMessage}
        </Button>
      </p>
    </div>
  );
}
