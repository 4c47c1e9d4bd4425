import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Ask } from '../../core/contract/client';
import type { Answer, PanelPlace, RequestInput } from '../../core/contract/messages';
import type { OverlayHandle, OverlayState } from '../../core/contract/overlay';
import type { CaseView, ChangeOutcome } from '../../core/contract/views';
import { DEFAULT_SHORTCUTS, type ShortcutAction, type Shortcuts } from '../../core/domain/shortcuts';
import { panelWords } from '../../core/words/panel';
import { makeClock } from '../shared/clock';
import { windowFrame } from './drag';

export type Screen = 'case' | 'change' | 'legend' | 'snooze' | 'remind-me' | 'settings';

/** What the change form begins with. */
export interface StartOfChange {
  statusId: string;
  subStatusId: string | null;
  tagId?: string | null;
  /** The field that the person wants to change. */
  ask?: 'sub-status' | 'tag';
}

/** How long the words of an outcome stay before the panel is calm again; Undo stays reachable in the footer. */
const OUTCOME_MS = 30_000;
const SECONDS_MATTER_MS = 120_000;
/** What is answered sooner never looks busy: that would be drawing for nothing, and a flicker. */
const LOOKS_BUSY_AFTER_MS = 150;
/** A difference in time that can be seen. */
const TICK_MS = 1000;
const DEFAULT_CORNER = { right: 20, bottom: 20 };

export interface PanelState {
  view: ReadonlySignal<CaseView | null>;
  place: ReadonlySignal<PanelPlace>;
  problem: ReadonlySignal<OverlayState['problem']>;
  now: ReadonlySignal<number>;
  screen: ReadonlySignal<Screen>;
  /** What was done last, in words. */
  outcome: ReadonlySignal<string | null>;
  error: ReadonlySignal<string | null>;
  /** The action that has been under way for long enough to be shown as such. */
  busy: ReadonlySignal<string | null>;
  /** Whether any action is under way: no other begins until then. */
  isWorking(): boolean;
  shortcuts: ReadonlySignal<Shortcuts>;
  palette: ReadonlySignal<boolean>;
  /** What the open change form began with; `null`: with nothing. */
  start: ReadonlySignal<StartOfChange | null>;
  /** Counts how often the history was asked for. */
  historyAsked: ReadonlySignal<number>;
  ask: Ask;
  newId(): string;
  /** The case is a sample: nothing is sent, and the panel stands where the page has it. */
  sample: boolean;
  /** Aborted when the panel goes away. */
  leaving: AbortSignal;
  show(screen: Screen): void;
  /** Opens the panel with this screen. */
  go(screen: Screen): void;
  startChange(start: StartOfChange): void;
  /** What a shortcut does; opens the panel where it has something to say. */
  perform(action: ShortcutAction): void;
  closePalette(): void;
  toCorner(side: 'left' | 'right'): void;
  setShortcuts(shortcuts: Shortcuts): Promise<Answer<Shortcuts>>;
  taken: OverlayHandle['taken'];
  toggle(): void;
  moveTo(corner: { right: number; bottom: number }): void;
  resetPlace(): void;
  dismiss(): void;
  reload(): void;
  /** Changes the case; the form decides what to do with a refusal. */
  change(input: RequestInput<'case.change'>): Promise<Answer<ChangeOutcome>>;
  refresh(): void;
  undo(): void;
  hold(on: boolean): void;
  /** Moves a timer to a later moment (ms since 1970), and what comes after it by as much. */
  snooze(commandId: string, timerId: string, until: number): void;
  remindMe(commandId: string, at: number, note: string): void;
  dropRemindMe(timerId: string): void;
  /** "This was not a real reply": takes back what the reply shown did. */
  notAReply(): void;
  settleDrift(how: 'set-back' | 'ignore'): void;
  settleEffect(effectId: string, how: 'send' | 'drop'): void;
  clone(): void;
}

const saysTheSame = (one: OverlayState, other: OverlayState) => {
  const words = ({ view, ...rest }: OverlayState) => JSON.stringify([rest, { ...view, now: 0 }]);
  return words(one) === words(other);
};

/** The panel's state over the handle that the first stage gives. */
export function makePanelState(handle: OverlayHandle): PanelState {
  const overlay = signal<OverlayState>({
    view: null,
    place: { open: false, ...DEFAULT_CORNER },
    shortcuts: DEFAULT_SHORTCUTS,
    problem: null,
  });
  const screen = signal<Screen>('case');
  const outcome = signal<string | null>(null);
  const error = signal<string | null>(null);
  const busy = signal<string | null>(null);
  let working = false;
  let looksBusyTimer: ReturnType<typeof setTimeout> | undefined;
  const palette = signal(false);
  const start = signal<StartOfChange | null>(null);
  const historyAsked = signal(0);
  /** Where the focus was before the palette came. */
  let focused: HTMLElement | null = null;
  const clock = makeClock(handle.signal);
  let outcomeTimer: ReturnType<typeof setTimeout> | undefined;

  const view = computed(() => overlay.value.view);
  const place = computed(() => overlay.value.place);

  /** What was pressed may go with what it has done; the next key is not meant for the page. */
  const keepFocus = () => {
    const had = handle.root.activeElement;
    const shown = screen.peek();
    if (!had) return;
    setTimeout(() => {
      // Another screen takes the focus itself.
      if (had.isConnected || handle.root.activeElement || screen.peek() !== shown) return;
      handle.mount.querySelector<HTMLElement>('[data-toggle], .subhead button')?.focus();
    });
  };

  const say = (words: string | null) => {
    clearTimeout(outcomeTimer);
    keepFocus();
    outcome.value = words;
    if (words === null) return;
    outcomeTimer = setTimeout(() => {
      outcome.value = null;
    }, OUTCOME_MS);
  };

  handle.subscribe((next) => {
    batch(() => {
      const before = overlay.peek().view;
      // The tab that asked is told like the others, and what was known of a ticket is often all: what is shown already is not drawn again.
      const moved = Math.abs((next.view?.now ?? 0) - (before?.now ?? 0));
      if (moved < TICK_MS && saysTheSame(next, overlay.peek())) return;
      // Another ticket came into the same page: nothing of the old one may linger.
      if (before && next.view && (before.ticketId !== next.view.ticketId || before.siteId !== next.view.siteId)) {
        screen.value = 'case';
        palette.value = false;
        error.value = null;
        say(null);
      }
      // Time has made a leap: what was said belongs to before.
      if (next.view && next.view.now - clock.now.peek() > OUTCOME_MS) say(null);
      if (next.view && next.view !== before) clock.sync(next.view.now);
      keepFocus();
      overlay.value = next;
    });
  }, handle.signal);

  const stopPacing = effect(() => {
    const { view, place } = overlay.value;
    const now = clock.now.value;
    // The pill has no countdown: each tick would have a long page draw a frame for nothing.
    const soon = [
      ...(view?.next ?? []).map((item) => item.dueAt),
      ...(view?.outbox ?? []).map((item) => item.notBefore),
    ].some((at) => at !== null && Math.abs(at - now) < SECONDS_MATTER_MS);
    clock.setPace(place.open && soon ? 'seconds' : 'minutes');
  });
  handle.signal.addEventListener(
    'abort',
    () => {
      stopPacing();
      clearTimeout(outcomeTimer);
      clearTimeout(looksBusyTimer);
    },
    { once: true },
  );

  const begin = (name: string) => {
    working = true;
    clearTimeout(looksBusyTimer);
    looksBusyTimer = setTimeout(() => {
      busy.value = name;
    }, LOOKS_BUSY_AFTER_MS);
  };
  const end = () => {
    working = false;
    clearTimeout(looksBusyTimer);
    busy.value = null;
  };

  const act = async (name: string, send: (ticketId: string) => Promise<Answer<ChangeOutcome>>) => {
    const shown = view.peek();
    if (!shown || working) return;
    begin(name);
    error.value = null;
    const from = screen.peek();
    const answer = await send(shown.ticketId);
    if (handle.signal.aborted) return;
    batch(() => {
      end();
      if (answer.ok) {
        handle.accept(answer.value.view);
        // The answer may have taken its time, and the person gone on.
        if (screen.peek() === from) screen.value = 'case';
        say(answer.value.message);
      } else {
        error.value = answer.message;
        if (answer.code === 'changed-meanwhile') handle.refresh();
      }
    });
  };

  const setPlace = (next: PanelPlace) => {
    overlay.value = { ...overlay.peek(), place: next };
    handle.setPlace(next);
  };

  const show = (next: Screen) => {
    batch(() => {
      screen.value = next;
      start.value = null;
      error.value = null;
      if (next !== 'case' && next !== 'legend') say(null);
    });
  };
  const go = (next: Screen) => {
    batch(() => {
      if (!place.peek().open) setPlace({ ...place.peek(), open: true });
      show(next);
    });
  };

  const perform = (action: ShortcutAction) => {
    const shown = view.peek();
    if (!shown) return;
    switch (action) {
      case 'palette':
        if (palette.peek()) return state.closePalette();
        focused = (handle.root.activeElement ?? document.activeElement) as HTMLElement | null;
        palette.value = true;
        return;
      case 'change':
        return go('change');
      case 'history':
        go('case');
        historyAsked.value += 1;
        return;
      case 'undo':
        go('case');
        if (shown.undo) state.undo();
        else error.value = panelWords.nothingToUndo;
        return;
      case 'hold':
        go('case');
        if (shown.tracked) state.hold(!(shown.hold || shown.waitsForPerson));
        else error.value = panelWords.setStatusFirst;
    }
  };

  const state: PanelState = {
    view,
    place,
    shortcuts: computed(() => overlay.value.shortcuts),
    palette,
    start,
    historyAsked,
    problem: computed(() => overlay.value.problem),
    now: clock.now,
    screen,
    outcome,
    error,
    busy,
    isWorking: () => working,
    ask: handle.ask,
    newId: handle.newId,
    sample: handle.sample === true,
    leaving: handle.signal,
    show,
    go,
    startChange(begin) {
      batch(() => {
        go('change');
        start.value = begin;
      });
    },
    perform,
    closePalette() {
      palette.value = false;
      focused?.focus();
      focused = null;
    },
    toCorner(side) {
      const right = side === 'right' ? DEFAULT_CORNER.right : windowFrame().clientWidth - handle.mount.offsetWidth;
      setPlace({
        ...place.peek(),
        bottom: DEFAULT_CORNER.bottom,
        right: Math.max(0, right - (side === 'left' ? 20 : 0)),
      });
    },
    setShortcuts: (shortcuts) => handle.setShortcuts(shortcuts),
    taken: () => handle.taken(),
    toggle() {
      batch(() => {
        screen.value = 'case';
        setPlace({ ...place.peek(), open: !place.peek().open });
      });
    },
    moveTo(corner) {
      setPlace({ open: place.peek().open, right: Math.round(corner.right), bottom: Math.round(corner.bottom) });
    },
    resetPlace() {
      setPlace({ open: place.peek().open, ...DEFAULT_CORNER });
    },
    dismiss() {
      error.value = null;
      say(null);
    },
    reload() {
      location.reload();
    },
    async change(input) {
      begin('change');
      const answer = await handle.ask('case.change', input);
      if (handle.signal.aborted) return answer;
      batch(() => {
        end();
        if (!answer.ok) return;
        handle.accept(answer.value.view);
        if (screen.peek() === 'change') screen.value = 'case';
        error.value = null;
        say(answer.value.message);
      });
      return answer;
    },
    refresh: () => handle.refresh(),
    undo() {
      const undoes = view.peek()?.undo?.commandId;
      if (!undoes) return;
      act('undo', (ticketId) => handle.ask('case.undo', { ticketId, commandId: handle.newId(), undoes }));
    },
    hold(on) {
      act('hold', (ticketId) => handle.ask('case.hold', { ticketId, commandId: handle.newId(), on }));
    },
    snooze(commandId, timerId, until) {
      act('snooze', (ticketId) => handle.ask('case.snooze', { ticketId, commandId, timerId, until }));
    },
    remindMe(commandId, at, note) {
      act('remind-me', (ticketId) => handle.ask('case.remind-me', { ticketId, commandId, at, note }));
    },
    dropRemindMe(timerId) {
      act(`drop ${timerId}`, (ticketId) =>
        handle.ask('case.drop-remind-me', { ticketId, commandId: handle.newId(), timerId }),
      );
    },
    notAReply() {
      const messageId = view.peek()?.replyId;
      if (!messageId) return;
      act('not-a-reply', (ticketId) =>
        handle.ask('case.not-a-reply', { ticketId, commandId: handle.newId(), messageId }),
      );
    },
    settleDrift(how) {
      act(how, (ticketId) => handle.ask('case.settle-drift', { ticketId, commandId: handle.newId(), how }));
    },
    settleEffect(effectId, how) {
      act(`${how} ${effectId}`, (ticketId) => handle.ask('outbox.settle', { ticketId, effectId, how }));
    },
    async clone() {
      const shown = view.peek();
      if (!shown || working) return;
      begin('clone');
      error.value = null;
      const answer = await handle.ask('case.clone', { ticketId: shown.ticketId });
      if (handle.signal.aborted) return;
      batch(() => {
        end();
        if (!answer.ok) {
          error.value = answer.message;
          return;
        }
        // From the page, not from the background: a help desk may refuse the form to one who comes from nowhere (RT does).
        window.open(answer.value.url, '_blank', 'noopener');
        say(panelWords.cloneIsOpen);
      });
    },
  };

  handle.onShortcut(perform, handle.signal);
  return state;
}
