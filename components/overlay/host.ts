import { language } from '../../core/words/language';
import hostStyle from './host.css?inline';
import { sheetOf } from './paint';

const HOST_ATTRIBUTE = 'data-case-status-overlay';

/**
 * So often it comes back at once; then not before the next frame, since a page may throw it out, or put it elsewhere, as
 * soon as it comes. More than once: on a busy machine frames are far apart, and each key in between would be the page's.
 */
const MOST_RETURNS = 3;

export interface Host {
  element: HTMLElement;
  root: ShadowRoot;
  mount: HTMLElement;
  /** What in it has the focus, as far as is known; gets it back when the page has thrown the host out. */
  focused: HTMLElement | null;
  /** Where its selection begins and ends, if it is a text field. */
  selected: [number, number] | null;
}

/**
 * The overlay's place in the page: a plain `div` with a shadow root of its own on the document's element. It comes back
 * when the page throws it out, and moves into a modal dialog while one makes everything else inert.
 * @param mode closed in release builds; tests open it
 * @param alive false once the extension has gone: then the host is let go
 */
export function createHost(
  page: Window,
  mode: ShadowRootMode,
  styles: readonly string[],
  alive: () => boolean,
  signal: AbortSignal,
): Host {
  const { document } = page;
  // What an earlier copy of the script left behind.
  for (const old of document.querySelectorAll(`div[${HOST_ATTRIBUTE}]`)) old.remove();
  const element = document.createElement('div');
  element.setAttribute(HOST_ATTRIBUTE, '');
  const root = element.attachShadow({ mode });
  root.adoptedStyleSheets = [hostStyle, ...styles].map(sheetOf);
  const mount = document.createElement('div');
  mount.className = 'mount';
  // In the browser's top layer nothing of the page lies above it by its z-index, and what a page does to its whole root, a
  // filter or a transform, does not reach it.
  mount.popover = 'manual';
  mount.lang = language();
  root.append(mount);

  const host: Host = { element, root, mount, focused: null, selected: null };
  /** Where it was put last. */
  let home: Element | null = null;
  // From one element of ours to another: nothing of that leaves the root, so the shield on window does not hear it.
  root.addEventListener('focusin', ({ target }) => {
    host.focused = target instanceof HTMLElement ? target : null;
    host.selected = null;
  });
  const place = (event?: Event) => {
    const modals: (EventTarget | null | undefined)[] = [...document.querySelectorAll('dialog:modal')];
    // Which of several lies on top the page does not tell: the one that was opened last.
    const top = [event?.target, element.parentNode].find((each) => modals.includes(each)) ?? modals.at(-1);
    const parent = (top ?? document.documentElement) as Element | null;
    if (!parent || element.parentNode === parent) return;
    home = parent;
    parent.append(element);
    mount.showPopover();
    focusAgain(host);
    observer.disconnect();
    // A dialog may be taken away with all around it, and says nothing then.
    observer.observe(document, { childList: true, subtree: top !== undefined });
    observer.observe(parent, { childList: true });
  };
  let frame = 0;
  let returns = 0;
  const mind = () => {
    if (!alive() || returns === MOST_RETURNS || (element.isConnected && element.parentNode === home)) return;
    returns += 1;
    place();
    frame ||= page.requestAnimationFrame(() => {
      frame = 0;
      returns = 0;
      mind();
    });
  };
  const observer = new MutationObserver(mind);
  place();
  document.addEventListener('toggle', place, { capture: true, signal });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    page.cancelAnimationFrame(frame);
    element.remove();
  });
  return host;
}

/** Firefox puts the caret of a field that was thrown out at its beginning; what is typed next belongs where it was. */
export function focusAgain({ focused, selected }: Pick<Host, 'focused' | 'selected'>): void {
  focused?.focus({ preventScroll: true });
  if (selected && isField(focused)) focused.setSelectionRange(...selected);
}

export const isField = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
