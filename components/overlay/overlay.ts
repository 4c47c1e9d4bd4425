import type { Ask } from '../../core/contract/client';
import type { Answer, PanelPlace, Push } from '../../core/contract/messages';
import { HERE_NAME, MOUNT_NAME, type OverlayHandle, type OverlayState } from '../../core/contract/overlay';
import type { CaseView } from '../../core/contract/views';
import { DEFAULT_SHORTCUTS, type ShortcutAction } from '../../core/domain/shortcuts';
import { pageAdapters } from '../../core/sites/pages';
import type { PageAdapter, PageReading } from '../../core/sites/site-adapter';
import { watchTicket } from '../../core/sites/watch-ticket';
import type { DateTable } from '../../core/words/dates';
import { locale, speak } from '../../core/words/language';
import { pageWords } from '../../core/words/page';
import { startChips } from './chips';
import { createHost, type Host } from './host';
import { accessKeysOf, actionOf } from './keys';
import { drawPill } from './pill';
import pillStyle from './pill.css?inline';
import { shieldFromPage } from './shield';

interface Browser {
  ask: Ask;
  /** Calls back for every push until `signal` aborts. */
  onPush(listener: (push: Push) => void, signal: AbortSignal): void;
  /** False once the extension was updated or removed under the page. */
  alive(): boolean;
}

/** The panel's code is usually here sooner: a pill that stands in for it so briefly would only flicker. */
const PILL_BEFORE_PANEL_MS = 25;
/** After this long it is asked for: what the background has sent on its own seems to be lost. */
const CODE_COMES_MS = 1000;
/** A page that nobody sees draws no frames. */
const NO_FRAME_MS = 250;

/** Waits for `what`, but not for longer than `ms`. */
const soon = (what: Promise<unknown>, ms: number) =>
  Promise.race([what, new Promise((resolve) => setTimeout(resolve, ms))]);

/** The first stage on a granted page: recognises the ticket, draws the pill, loads the panel when it is open; chips in lists. */
export function startOverlay(
  page: Window,
  browser: Browser,
  options: { mode: ShadowRootMode; styles: string },
  signal: AbortSignal,
): void {
  const { ask } = browser;
  let current: { ticketId: string; adapter: PageAdapter; reading: PageReading; leave: AbortController } | null = null;
  let host: Host | null = null;
  let state: OverlayState = {
    view: null,
    place: { open: true, right: 20, bottom: 20 },
    shortcuts: DEFAULT_SHORTCUTS,
    problem: null,
  };
  /** What comes with a lower revision is older than what is shown. */
  let newest = -1;
  /** While the background is asked anew: the newest that was pushed meanwhile. Its answer may be older than what is shown. */
  let asking: { pushed: number } | null = null;
  /** The ticket that the page shows, whether there is a panel for it or not. */
  let ticket: { adapter: PageAdapter; reading: PageReading } | null = null;
  /** Pressed before the panel was there to hear it. */
  let pressed: ShortcutAction | null = null;
  let onPressed: ((action: ShortcutAction) => void) | null = null;
  let listeners: ((state: OverlayState) => void)[] = [];
  let panelMounted = false;
  let dates: DateTable | null = null;
  /** The page visit for which the panel is being loaded. */
  let loading: AbortSignal | null = null;

  const set = (part: Partial<OverlayState>) => {
    state = { ...state, ...part };
    draw();
    for (const listener of listeners) listener(state);
  };

  const draw = () => {
    if (!host || panelMounted) return;
    drawPill(host.mount, state, loading !== null, () => setPlace({ ...state.place, open: true }));
  };

  const place = (name: 'right' | 'bottom' | 'bar', px: number) => host?.mount.style.setProperty(`--${name}`, `${px}px`);
  /** How wide the page's scroll bar is. */
  let barPx = 0;
  const moveToPlace = () => {
    place('right', state.place.right);
    place('bottom', state.place.bottom);
    place('bar', barPx);
  };
  // 100vw is with the page's scroll bar, and the place is measured from inside of it. Asked right after the page was laid
  // out: at any other moment it would be laid out once more for it. Said only where it is another: all of the panel takes
  // its style anew for that.
  const measureBar = () => {
    const px = page.innerWidth - page.document.documentElement.clientWidth;
    if (px === barPx) return;
    barPx = px;
    place('bar', px);
  };
  const bar = new ResizeObserver(measureBar);

  const setPlace = (wanted: PanelPlace) => {
    set({ place: wanted });
    moveToPlace();
    void ask('panel.set-place', wanted);
    if (wanted.open) void loadPanel();
  };

  const accept = (view: CaseView) => {
    if (view.ticketId !== current?.ticketId) return;
    if (view.revision < newest) return;
    newest = view.revision;
    set({ view, problem: degraded() });
  };

  /**
   * Asks for the case anew. What is answered counts also where it is older than what is shown: the case may have been
   * erased, or taken from a file. Where the page's site is not connected any more, the panel goes.
   */
  const askAnew = async (send: (shown: PageReading) => Promise<Answer<CaseView>>) => {
    const asked = current;
    if (!asked) return;
    const mine = { pushed: -1 };
    asking = mine;
    const answer = await send(asked.reading);
    if (current !== asked) return;
    if (!answer.ok && answer.code === 'not-connected') leave();
    if (asking !== mine) return;
    asking = null;
    if (!answer.ok) return set({ problem: { code: answer.code, message: answer.message } });
    // Of the same revision, what was pushed is the later one.
    if (answer.value.revision <= mine.pushed) return;
    newest = -1;
    accept(answer.value);
  };

  /** What the page did not show where it should: said, not guessed. */
  const degraded = (): OverlayState['problem'] =>
    current && current.reading.missing.length > 0
      ? {
          code: 'page-differs',
          message: pageWords.missing(
            current.reading.missing.map((field) => pageWords.fields[field] ?? field).join(', '),
          ),
        }
      : null;

  const open = () => askAnew(({ facts, agent }) => ask('case.open', { facts, agent }));

  const globals = globalThis as Record<string, unknown>;
  const codeIsHere = () => typeof globals[MOUNT_NAME] === 'function';
  let loadingCode: Promise<Answer<unknown>> | null = null;
  /** Has the panel's code put into this page, once; `afterMs`, where it does not come by itself until then. */
  const loadCode = (afterMs?: number) => {
    loadingCode ??= new Promise<Answer<unknown>>((resolve) => {
      globals[HERE_NAME] = () => resolve({ ok: true, value: null });
      setTimeout(() => codeIsHere() || ask('panel.load', {}).then(resolve), afterMs);
    }).finally(() => {
      loadingCode = null;
    });
    return loadingCode;
  };

  const loadPanel = async () => {
    if (panelMounted || !current || !host || loading === current.leave.signal) return;
    const { leave } = current;
    const handle: OverlayHandle = {
      root: host.root,
      mount: host.mount,
      language: locale(),
      dates,
      ask,
      newId: () => crypto.randomUUID(),
      subscribe(listener, until) {
        listeners = [...listeners, listener];
        until.addEventListener('abort', () => {
          listeners = listeners.filter((candidate) => candidate !== listener);
        });
        listener(state);
      },
      setPlace,
      async setShortcuts(shortcuts) {
        const answer = await ask('panel.set-shortcuts', shortcuts);
        if (answer.ok) set({ shortcuts: answer.value });
        return answer;
      },
      onShortcut(listener, until) {
        onPressed = listener;
        until.addEventListener('abort', () => {
          if (onPressed === listener) onPressed = null;
        });
        if (pressed) listener(pressed);
        pressed = null;
      },
      taken: () => ({ desk: current?.adapter.shortcuts ?? [], accessKeys: accessKeysOf(page.document) }),
      accept,
      refresh: () => void open(),
      signal: leave.signal,
    };
    if (!codeIsHere()) {
      loading = leave.signal;
      draw();
      const answer = await loadCode();
      if (loading === leave.signal) loading = null;
      if (!answer.ok) {
        if (!leave.signal.aborted) set({ problem: { code: answer.code, message: answer.message } });
        return;
      }
    }
    const mountPanel = globals[MOUNT_NAME];
    if (panelMounted || leave.signal.aborted || typeof mountPanel !== 'function') return;
    panelMounted = true;
    host.mount.replaceChildren();
    mountPanel(handle);
  };

  const leave = () => {
    bar.disconnect();
    current?.leave.abort();
    current = null;
    newest = -1;
    asking = null;
    host = null;
    panelMounted = false;
    loading = null;
    listeners = [];
    pressed = null;
    onPressed = null;
    state = { ...state, view: null, problem: null };
  };

  // Also while it waits for an answer: a later copy of the script has taken over.
  signal.addEventListener('abort', leave);

  /** How the panel is wanted here; where it is wanted open, its code is on its way with the answer. */
  const askSettings = async () => {
    const load = !codeIsHere();
    const answer = await ask('panel.settings', { load });
    if (answer.ok && answer.value.place.open && load && !codeIsHere()) void loadCode(CODE_COMES_MS);
    return answer;
  };
  let early: ReturnType<typeof askSettings> | null = null;

  const enter = async (adapter: PageAdapter, reading: PageReading) => {
    const controller = new AbortController();
    const entered = { ticketId: reading.facts.ticketId, adapter, reading, leave: controller };
    current = entered;
    bar.observe(page.document.documentElement);
    const opening = open();
    const settings = await (early ?? askSettings());
    early = null;
    if (current !== entered) return;
    if (settings.ok) {
      const { language, dates: table, known, ...chosen } = settings.value;
      speak(language);
      dates = table;
      state = { ...state, ...chosen };
      if (known && !state.view) accept(known);
    }
    if (!state.view) await opening;
    if (loadingCode) await soon(loadingCode, PILL_BEFORE_PANEL_MS);
    // Drawn in a frame that the page draws anyway, and not in one of its own: each is dear on a long page.
    await soon(new Promise((drawn) => page.requestAnimationFrame(drawn)), NO_FRAME_MS);
    if (current !== entered) return;
    measureBar();
    host = createHost(page, options.mode, [options.styles, pillStyle], browser.alive, controller.signal);
    moveToPlace();
    const mounted = state.place.open ? loadPanel() : undefined;
    draw();
    await mounted;
  };

  const onKey = (event: KeyboardEvent) => {
    // What a browser fills into a field comes as `keydown` too, without a key.
    if (!event.isTrusted || !event.key || event.isComposing || event.repeat || !host) return;
    // A field that takes keys in order to keep them.
    if (host.root.activeElement?.hasAttribute('data-records-keys')) return;
    const action = actionOf(state.shortcuts, event, page.document);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (onPressed) onPressed(action);
    else {
      pressed = action;
      void loadPanel();
    }
  };
  page.addEventListener('keydown', onKey, { capture: true, signal });

  // Before anything of the page has run; the host comes later.
  shieldFromPage(page, () => host, signal);

  const begin = () => {
    // As soon as the address is a ticket's: the worker starts while the page is being read.
    const url = new URL(page.location.href);
    if (pageAdapters.some((adapter) => adapter.ticketIdOf(url) !== null)) early = askSettings();

    const watch = watchTicket(
      page,
      pageAdapters,
      (found) => {
        ticket = found;
        if (!ticket) leave();
        else if (current?.ticketId === ticket.reading.facts.ticketId) {
          current.reading = ticket.reading;
          void open();
        } else {
          leave();
          void enter(ticket.adapter, ticket.reading);
        }
      },
      signal,
    );

    const chips = startChips(page, pageAdapters, ask, options, signal);
    /** Its site may be connected by now. */
    const tryAgain = () => {
      if (ticket && browser.alive()) void enter(ticket.adapter, ticket.reading);
    };
    browser.onPush((push) => {
      if (push.push === 'look-again') {
        // As it is stored, and nothing else: every tab is told at the same moment.
        if (current) void askAnew(({ facts: { ticketId } }) => ask('case.view', { ticketId }));
        else tryAgain();
        chips.lookAgain();
        return;
      }
      const { ticketId, revision } = push.view;
      if (asking && ticketId === current?.ticketId) asking.pushed = Math.max(asking.pushed, revision);
      accept(push.view);
      chips.accept(push.view);
    }, signal);
    const look = () => {
      if (page.document.visibilityState !== 'visible') return;
      if (!current) return tryAgain();
      if (!browser.alive()) {
        set({ problem: { code: 'orphaned', message: pageWords.orphaned } });
        return;
      }
      watch.readAgain();
      // Pushes may have been missed while the page slept or the worker was dead.
      void open();
      void ask('panel.settings', { load: false }).then(
        (answer) => answer.ok && set({ shortcuts: answer.value.shortcuts }),
      );
    };
    page.document.addEventListener('visibilitychange', look, { signal });
    page.addEventListener('pageshow', (event) => event.persisted && look(), { signal });
    page.addEventListener('focus', (event) => event.target === page && look(), { signal });
  };
  // A page that is fetched ahead: its tab shows another one until then, and the background goes by the tab's address.
  if ((page.document as Document & { prerendering?: boolean }).prerendering)
    page.document.addEventListener('prerenderingchange', begin, { once: true, signal });
  else begin();
}
