import { focusAgain, type Host, isField } from './host';

/**
 * Keeps what happens in the overlay from the page. Registered on window in the capture phase at document_start, before
 * any listener of the page: keyboard, input, focus and clipboard events that target the host go no further, and are
 * dispatched anew inside the closed root, not composed, so that they never leave it. Pointer events pass: stopping them
 * breaks buttons. Why and what was measured: docs/adr/0006-keyboard-shield.md
 */
const TYPING = [
  'keydown',
  'keyup',
  'keypress',
  'beforeinput',
  'input',
  'compositionstart',
  'compositionupdate',
  'compositionend',
  'copy',
  'cut',
  'paste',
] as const;
/** Nothing in the panel listens to these. A page may: it takes the focus back, or scrolls itself where its dialog is not. */
const KEPT = ['focus', 'blur', 'focusin', 'focusout', 'wheel', 'touchstart', 'touchmove'] as const;

/** What the handlers read of keys, input and composition; of clipboard events nothing is told on. */
const FACTS = [
  'key',
  'code',
  'location',
  'repeat',
  'isComposing',
  'ctrlKey',
  'shiftKey',
  'altKey',
  'metaKey',
  'data',
  'inputType',
] as const;

/** A press, or a Tab, moves the focus at most so much later. */
const MOVES_FOCUS_MS = 1000;

export function shieldFromPage(page: Window, current: () => Host | null, signal: AbortSignal): void {
  const { document } = page;
  /**
   * A page can type into the focused field with `execCommand`; then no `beforeinput` of a person came before. What kind of
   * input a person's key announced, until it came.
   */
  let announced: string | null = null;
  /** When the person pressed beside the panel, or Tab in it: the focus may go then. */
  let leftAt = Number.NEGATIVE_INFINITY;
  /** What had the focus when it went to nothing, until it is seen whether anything else has it. */
  let lost: Host | null = null;

  /**
   * The same event anew, for the root alone. A plain event that carries what the handlers read: Firefox sends a
   * `KeyboardEvent` out of the root to the page, whatever `composed` says.
   */
  const again = (event: Event): Event | null => {
    if (!(event instanceof UIEvent)) return null;
    const facts = Object.fromEntries(FACTS.map((name) => [name, event[name as keyof Event]]));
    const { bubbles, cancelable, type } = event;
    return Object.assign(new Event(type, { bubbles, cancelable, composed: false }), facts);
  };

  const onTyping = (event: Event) => {
    const host = current();
    // A key that is quicker than the task below. What it types goes to what has the focus by then.
    const ours = event.target === host?.element || (event.isTrusted && giveBack(event.target));
    if (!host || !ours) return;
    const target = host.root.activeElement;
    event.stopImmediatePropagation();
    // Only what a person did: a page may dispatch on the host whatever it likes.
    if (!event.isTrusted) return;
    // A ticked box says `input` too, as a plain event and without an announcement.
    if (event instanceof InputEvent) {
      const { inputType, type } = event;
      if (type === 'input' && announced !== inputType) {
        revert(target);
        return;
      }
      announced = type === 'input' ? null : inputType;
      // What was announced comes in this very task; where there was nothing to delete, nothing comes.
      setTimeout(() => {
        announced = null;
      });
    }
    if ((event as KeyboardEvent).key === 'Tab') leftAt = event.timeStamp;
    const copy = again(event);
    if (!copy || !target) return;
    if (!target.dispatchEvent(copy)) event.preventDefault();
    rememberSoon();
  };

  const known = new WeakMap<Element, string>();
  const remember = (element: Element) => {
    if (isField(element)) known.set(element, element.value);
  };
  /** After what the components make of an event: a picked option sets the field's text. */
  const rememberSoon = () => {
    queueMicrotask(() => {
      const host = current();
      if (!host) return;
      const active = host.root.activeElement;
      if (active) remember(active);
      // A host that was thrown out has lost the focus, and will have it back.
      if (!host.element.isConnected) return;
      host.focused = active instanceof HTMLElement ? active : null;
      // Others have no selection to ask for.
      host.selected =
        isField(active) && /^text/.test(active.type) ? [active.selectionStart ?? 0, active.selectionEnd ?? 0] : null;
    });
  };
  const revert = (element: Element | null) => {
    if (isField(element)) element.value = known.get(element) ?? '';
  };

  const onKept = (event: Event) => {
    const { relatedTarget, target, timeStamp, type } = event as FocusEvent;
    const host = current();
    if (!host) return;
    if (target === host.element || relatedTarget === host.element) event.stopImmediatePropagation();
    if (target !== host.element) return;
    if (type === 'blur' && !relatedTarget && timeStamp - leftAt > MOVES_FOCUS_MS) {
      lost = { ...host };
      setTimeout(giveBack);
    }
    rememberSoon();
  };
  /**
   * Nobody took the focus away, and nothing has it: a browser drops it once it has read a page whose address names a place
   * in it, and a script of the page may. The next key would be the page's.
   */
  const giveBack = (at?: EventTarget | null): boolean => {
    if (!lost || (at && at !== document.body)) return false;
    const nobodyHasIt = document.activeElement === document.body && document.hasFocus();
    if (nobodyHasIt) focusAgain(lost);
    lost = null;
    return nobodyHasIt;
  };
  const onPointer = (event: Event) => {
    if (event.target !== current()?.element) leftAt = event.timeStamp;
  };

  /**
   * A page may take each press beside its own dialog for itself. What has not arrived in the root is done there then: where
   * the pointer was, or on what had the focus if a key was the press: a page may have moved the panel since.
   */
  const onClick = (event: MouseEvent) => {
    const host = current();
    if (!host || event.target !== host.element || !event.isTrusted) return;
    const { root } = host;
    const pressed = event.detail ? root.elementFromPoint(event.clientX, event.clientY) : root.activeElement;
    let arrived = false;
    root.addEventListener(
      'click',
      () => {
        arrived = true;
        // Now that it has done what it does: a field that was clicked selects what it holds.
        rememberSoon();
      },
      { once: true },
    );
    setTimeout(() => {
      pressed?.closest<HTMLElement>('input, textarea, select')?.focus();
      if (!arrived) {
        // A plain event ticks no box: the browser has done that where the page has not forbidden it.
        const Kind = event.defaultPrevented ? MouseEvent : Event;
        pressed?.dispatchEvent(
          Object.assign(new Kind('click', { bubbles: true, cancelable: true }), { byPerson: true }),
        );
      }
      rememberSoon();
    });
  };

  const options = { capture: true, signal };
  for (const type of TYPING) page.addEventListener(type, onTyping, options);
  page.addEventListener('click', onClick, options);
  page.addEventListener('pointerdown', onPointer, options);
  for (const type of KEPT) page.addEventListener(type, onKept, { ...options, passive: true });
}
