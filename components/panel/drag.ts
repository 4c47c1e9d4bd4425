import type { PanelState } from './state';

const THRESHOLD_PX = 4;
const MARGIN_PX = 4;

/** The element whose inside is the window without its scroll bars: which one it is hangs on the page's mode. */
export const windowFrame = () => (document.compatMode === 'BackCompat' ? document.body : document.documentElement);

/**
 * Starts a move of the panel by its header or pill. A press that stays where it is remains a click.
 * While moving, only a transform changes; the place is stored once, at the end.
 */
export function startDrag(event: PointerEvent, state: PanelState): void {
  if (event.button !== 0 || !event.isTrusted || state.sample) return;
  const handle = event.currentTarget as HTMLElement;
  const box = handle.closest<HTMLElement>('.case-panel');
  const pressed = event.target as Element;
  if (!box || pressed.closest('[data-no-drag]')) return;
  const from = { x: event.clientX, y: event.clientY };
  // Where it is seen, which the window's edges may have moved.
  const start = (handle.closest('.card, .pill') ?? box).getBoundingClientRect();
  const frame = windowFrame();
  const done = new AbortController();
  let dx = 0;
  let dy = 0;
  let moving = false;

  // On the window: a quick pointer leaves the header before the move has begun.
  window.addEventListener(
    'pointermove',
    (move: PointerEvent) => {
      if (move.pointerId !== event.pointerId) return;
      const x = move.clientX - from.x;
      const y = move.clientY - from.y;
      if (!moving) {
        if (Math.hypot(x, y) < THRESHOLD_PX) return;
        moving = true;
        handle.setPointerCapture(event.pointerId);
        box.dataset.moving = '';
      }
      dx = Math.min(Math.max(x, MARGIN_PX - start.left), frame.clientWidth - MARGIN_PX - start.right);
      dy = Math.min(Math.max(y, MARGIN_PX - start.top), frame.clientHeight - MARGIN_PX - start.bottom);
      box.style.transform = `translate(${dx}px, ${dy}px)`;
    },
    { capture: true, signal: done.signal },
  );
  const finish = (end: PointerEvent) => {
    if (end.pointerId !== event.pointerId) return;
    done.abort();
    if (!moving) return;
    delete box.dataset.moving;
    box.style.transform = '';
    // The click that ends a move is not meant for the button under the pointer.
    const clicked = new AbortController();
    handle.addEventListener('click', (click) => click.stopImmediatePropagation(), {
      capture: true,
      signal: clicked.signal,
    });
    setTimeout(() => clicked.abort(), 0);
    if (end.type === 'pointercancel') return;
    const right = frame.clientWidth - start.right - dx;
    const bottom = frame.clientHeight - start.bottom - dy;
    state.moveTo({ right: Math.max(0, right), bottom: Math.max(0, bottom) });
  };
  window.addEventListener('pointerup', finish, { capture: true, signal: done.signal });
  window.addEventListener('pointercancel', finish, { capture: true, signal: done.signal });
  state.leaving.addEventListener('abort', () => done.abort(), { once: true, signal: done.signal });
}
