import type { OverlayState } from '../../core/contract/overlay';
import { pageWords } from '../../core/words/page';
import { paint } from './paint';

export const PILL_STYLE = `
.first-pill { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; gap: 8px; height: 34px; max-width: 320px; padding: 0 12px;
  border-radius: 999px; border: 1px solid var(--line); background: var(--surface); color: var(--text); box-shadow: var(--shadow);
  font: 580 13px/1.45 var(--font); cursor: pointer; }
.first-pill:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.first-pill span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.first-pill i { width: 9px; height: 9px; border-radius: 50%; flex: none; background: var(--initial); }
.first-pill[data-category="active"] i { background: var(--active); }
.first-pill[data-category="waiting"] i { background: var(--waiting); }
.first-pill[data-category="done"] i { background: var(--done); }
.first-pill[data-category="problem"] i { background: var(--danger); }
.first-pill i.own { background: var(--ink); }
`;

/**
 * Draws the pill in plain DOM: there before the panel's own code is loaded, and all there is while it is collapsed.
 * @param opening the panel is about to take its place: the pill says that it is open, so that nobody has to press it
 */
export function drawPill(
  mount: HTMLElement,
  { view, problem }: OverlayState,
  opening: boolean,
  onOpen: () => void,
): void {
  const { ownerDocument: document } = mount;
  const name = view
    ? view.subStatus
      ? `${view.status.name} – ${view.subStatus.name}`
      : view.status.name
    : (problem?.message ?? pageWords.loading);
  const existing = mount.querySelector<HTMLButtonElement>('.first-pill');
  const button = existing ?? document.createElement('button');
  button.className = 'first-pill';
  button.dataset.category = view?.status.category ?? (problem ? 'problem' : 'initial');
  button.setAttribute('aria-label', `${pageWords.caseStatus}: ${name}`);
  button.setAttribute('aria-expanded', String(opening));
  const label = document.createElement('span');
  label.textContent = name;
  const dot = document.createElement('i');
  paint(dot, view?.status.colours);
  button.replaceChildren(dot, label);
  if (existing) return;
  button.addEventListener('click', (event) => {
    if (event.isTrusted) onOpen();
  });
  mount.replaceChildren(button);
}
