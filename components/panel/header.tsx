import { useSignal } from '@preact/signals';
import type { Ref } from 'preact';
import { useId } from 'preact/hooks';
import { rich } from '../../components/shared/rich';
import type { CaseView } from '../../core/contract/views';
import { pageWords } from '../../core/words/page';
import { panelWords } from '../../core/words/panel';
import { Chip } from '../shared/chip';
import { Dot } from '../shared/dot';
import { ChevronIcon, HelpIcon, SettingsIcon } from '../shared/icons';
import { dateTimeWords, forWords } from '../shared/time';
import { trusted } from '../shared/trusted';
import { startDrag } from './drag';
import type { PanelState } from './state';
import { StatusName, statusLabel } from './status-name';

/** Status, who it waits for and since when; the title closes the panel, the rest of the header moves it. */
export function Header({
  state,
  openers,
}: {
  state: PanelState;
  openers: Record<'legend' | 'settings', Ref<HTMLButtonElement>>;
}) {
  const view = state.view.value;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moving the panel is for the pointer; nothing depends on it
    <header class="head" onPointerDown={(event) => startDrag(event, state)} onDblClick={() => state.resetPlace()}>
      {!state.sample && <span class="grip" title={panelWords.dragHint} aria-hidden="true" />}
      <div class="head-top">
        <button
          type="button"
          class="title"
          data-toggle
          aria-label={view ? statusLabel(view) : pageWords.caseStatus}
          aria-expanded="true"
          onClick={trusted(() => state.toggle())}
          onDblClick={(event) => event.stopPropagation()}
        >
          {view && <Dot face={view.status} hollow={!view.tracked} />}
          <span class="title-words">{view ? <StatusName view={view} /> : pageWords.caseStatus}</span>
          <span class="title-chevron">
            <ChevronIcon />
          </span>
        </button>
        {view && (
          <button
            type="button"
            class="icon-button"
            data-no-drag
            aria-label={panelWords.legend}
            title={panelWords.legend}
            ref={openers.legend}
            onClick={() => state.show('legend')}
          >
            <HelpIcon />
          </button>
        )}
        {!state.sample && (
          <button
            type="button"
            class="icon-button"
            data-no-drag
            aria-label={panelWords.settings}
            title={panelWords.settings}
            ref={openers.settings}
            onClick={() => state.show('settings')}
          >
            <SettingsIcon />
          </button>
        )}
      </div>
      {view && <Standing state={state} view={view} />}
    </header>
  );
}

function Standing({ state, view }: { state: PanelState; view: CaseView }) {
  const id = useId();
  const customers = useSignal(false);
  const meaning = (view.subStatus ?? view.status).meaning;
  const now = state.now.value;
  return (
    <div class="standing">
      <p class="muted">
        {rich(panelWords.waitingFor, { who: <b class="strong">{view.waitsFor.words}</b> })}
        {view.enteredAt !== null && (
          <span class="since">
            {' '}
            {rich(panelWords.since, {
              when: <time dateTime={new Date(view.enteredAt).toISOString()}>{dateTimeWords(view.enteredAt, now)}</time>,
            })}
            {' · '}
            <span class="nowrap">{forWords(view.enteredAt, now)}</span>
          </span>
        )}
      </p>
      {!view.tracked && <p class="untracked">{panelWords.notTrackedYet}</p>}
      {(view.tag || view.hold) && (
        <p class="chips">
          {view.tag && <Chip>{view.tag.name}</Chip>}
          {view.hold && <Chip tone="waiting">{panelWords.onHold}</Chip>}
        </p>
      )}
      {meaning.agent && (
        <p class="meaning" data-no-drag>
          {meaning.agent}{' '}
          {meaning.customer && (
            <button
              type="button"
              class="text-button"
              aria-expanded={customers.value}
              aria-controls={id}
              onClick={() => {
                customers.value = !customers.value;
              }}
            >
              {panelWords.customersWords}
            </button>
          )}
        </p>
      )}
      <p class="customer-words" id={id} hidden={!customers.value} data-no-drag>
        {meaning.customer}
      </p>
    </div>
  );
}
