import type { OverlayState } from '../../core/contract/overlay';
import { pageWords } from '../../core/words/page';
import { positionWords } from '../shared/position-words';
import { trusted } from '../shared/trusted';
import { paint } from './paint';

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
  const name = view ? positionWords(view) : (problem?.message ?? pageWords.loading);
  const trouble = problem?.message ?? view?.trouble;
  const existing = mount.querySelector<HTMLButtonElement>('.first-pill');
  const button = existing ?? document.createElement('button');
  button.className = 'first-pill';
  button.setAttribute('aria-label', `${pageWords.caseStatus}: ${name}`);
  button.setAttribute('aria-expanded', String(opening));
  const label = document.createElement('span');
  label.textContent = trouble ? `⚠ ${name}` : name;
  button.title = trouble ?? '';
  const dot = document.createElement('i');
  paint(dot, view?.status ?? { category: problem ? 'danger' : 'initial' });
  button.replaceChildren(dot, label);
  if (existing) return;
  button.addEventListener('click', trusted(onOpen));
  mount.replaceChildren(button);
}
