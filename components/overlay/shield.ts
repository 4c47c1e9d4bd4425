import type { Host } from './host';

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
const FOCUS = ['focus', 'blur', 'focusin', 'focusout'] as const;

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

function factsOf(event: Event): object | null {
  const kinds = [KeyboardEvent, InputEvent, CompositionEvent];
  if (!kinds.some((kind) => event instanceof kind)) return null;
  return Object.fromEntries(FACTS.map((name) => [name, event[name as keyof Event]]));
}

export function shieldFromPage(page: Window, current: () => Host | null, signal: AbortSignal): void {
  /** A page can type into the focused field with `execCommand`; then no `beforeinput` of a person came before. */
  let announced = false;

  /**
   * The same event anew, for the root alone. A plain event that carries what the handlers read: Firefox sends a
   * `KeyboardEvent` out of the root to the page, whatever `composed` says.
   */
  const again = (event: Event): Event | null => {
    const facts = factsOf(event);
    if (!facts) return null;
    const { bubbles, cancelable, type } = event;
    return Object.assign(new Event(type, { bubbles, cancelable, composed: false }), facts);
  };

  const onTyping = (event: Event) => {
    const host = current();
    if (!host || event.target !== host.element) return;
    const { root } = host;
    event.stopImmediatePropagation();
    // Only what a person did: a page may dispatch on the host whatever it likes.
    if (!event.isTrusted) return;
    if (event.type === 'beforeinput') announced = true;
    // A ticked box says `input` too, as a plain event and without an announcement.
    if (event instanceof InputEvent && event.type === 'input') {
      const byPage = !announced;
      announced = false;
      if (byPage) {
        revert(root.activeElement);
        return;
      }
    }
    const copy = again(event);
    const target = root.activeElement;
    if (!copy || !target) return;
    if (!target.dispatchEvent(copy) && event.cancelable) event.preventDefault();
    rememberSoon();
  };

  const known = new WeakMap<Element, string>();
  const remember = (element: Element) => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
      known.set(element, element.value);
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
      const isText =
        active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === 'text');
      host.caret = isText ? active.selectionEnd : null;
    });
  };
  const revert = (element: Element | null) => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
      element.value = known.get(element) ?? '';
  };

  const onFocus = (event: Event) => {
    const { relatedTarget } = event as FocusEvent;
    const host = current()?.element;
    if (!host) return;
    if (event.target === host || relatedTarget === host) event.stopImmediatePropagation();
    if (event.target === host) rememberSoon();
  };

  for (const type of TYPING) page.addEventListener(type, onTyping, { capture: true, signal });
  page.addEventListener('click', rememberSoon, { capture: true, passive: true, signal });
  for (const type of FOCUS) page.addEventListener(type, onFocus, { capture: true, signal });
}
