import { useLayoutEffect, useRef } from 'preact/hooks';
import { pageWords } from '../../core/words/page';
import { useAppearing } from './appear';
import { Banners } from './banners';
import { ChangeForm } from './change-form';
import { Footer } from './footer';
import { Header } from './header';
import { HistoryList } from './history-list';
import { LaterForm } from './later-form';
import { Legend } from './legend';
import { NextList } from './next-list';
import { Outbox } from './outbox';
import { Palette } from './palette';
import { Pill } from './pill';
import { Settings } from './settings';
import type { PanelState } from './state';
import { Toast } from './toast';

/** The whole overlay: a pill while closed, a card while open. */
export function Panel({ state }: { state: PanelState }) {
  const { open } = state.place.value;
  const rootRef = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(open);

  // The button that was pressed is drawn anew on the other side of opening; the focus follows it.
  useLayoutEffect(() => {
    if (wasOpen.current === open) return;
    wasOpen.current = open;
    rootRef.current?.querySelector<HTMLElement>('[data-toggle]')?.focus();
  }, [open]);

  return (
    <div class="ui case-panel" ref={rootRef} onKeyDownCapture={dropHeldEnter}>
      {open ? <Card state={state} opened={!wasOpen.current} /> : <Pill state={state} />}
      {state.palette.value && state.view.value && <Palette state={state} view={state.view.value} />}
    </div>
  );
}

/** Enter that is held down would go on to press what the press before has brought: from a command to Update, unread. */
function dropHeldEnter(event: KeyboardEvent) {
  if (event.key !== 'Enter' || !event.repeat || event.target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param opened by the person, just now */
function Card({ state, opened }: { state: PanelState; opened: boolean }) {
  const view = state.view.value;
  const screen = view ? state.screen.value : 'case';
  const openers = {
    change: useRef<HTMLButtonElement>(null),
    legend: useRef<HTMLButtonElement>(null),
    snooze: useRef<HTMLButtonElement>(null),
    'remind-me': useRef<HTMLButtonElement>(null),
    settings: useRef<HTMLButtonElement>(null),
  };
  const before = useRef(screen);
  const cardRef = useRef<HTMLElement>(null);
  useAppearing(cardRef, opened);

  // Coming back from a screen puts the focus where the way there began.
  useLayoutEffect(() => {
    if (screen === 'case' && before.current !== 'case')
      // A snooze may have been the last that was possible.
      (openers[before.current].current ?? openers.change.current)?.focus();
    before.current = screen;
  }, [screen]);

  return (
    <section
      class="card"
      ref={cardRef}
      aria-label={pageWords.caseStatus}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || screen === 'case') return;
        event.preventDefault();
        event.stopPropagation();
        state.show('case');
      }}
    >
      {screen === 'case' && (
        <>
          <Header state={state} openers={openers} />
          <div class="body" data-scroll>
            {view && <Outbox state={state} view={view} />}
            <Banners state={state} />
            {view && (
              <>
                <NextList state={state} view={view} openers={openers} />
                <HistoryList state={state} view={view} />
              </>
            )}
          </div>
        </>
      )}
      {/* A form that begins with something else is another form. */}
      {screen === 'change' && view && <ChangeForm key={JSON.stringify(state.start.value)} state={state} />}
      {(screen === 'snooze' || screen === 'remind-me') && view && (
        <LaterForm key={screen} state={state} view={view} what={screen} />
      )}
      {screen === 'settings' && <Settings state={state} />}
      {screen === 'legend' && view && <Legend state={state} view={view} />}
      <div class={screen === 'case' ? 'end' : undefined}>
        <Toast state={state} />
        {screen === 'case' && view && <Footer state={state} view={view} changeRef={openers.change} />}
      </div>
    </section>
  );
}
