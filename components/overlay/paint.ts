import type { StatusFace } from '../../core/contract/views';

/** Gives an element the admin's own colours, where there are any: what components/shared/face.ts does, in plain DOM. */
export function paint(element: HTMLElement, colours: StatusFace['colours']): void {
  if (!colours) return;
  element.classList.add('own');
  for (const scheme of ['light', 'dark'] as const)
    for (const shade of ['ink', 'soft'] as const)
      element.style.setProperty(`--${shade}-${scheme}`, colours[scheme][shade]);
}

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
