import type { StatusFace } from '../../core/contract/views';

/** `danger`: of no category, but something is wrong. */
type Paint = { category: StatusFace['category'] | 'danger'; colours?: StatusFace['colours'] };

/** Gives an element its category's colours, or the admin's own: what components/shared/face.ts does, in plain DOM. */
export function paint(element: HTMLElement, { category, colours }: Paint): void {
  const { style } = element;
  if (!colours) {
    style.cssText = `--ink:var(--${category});--soft:var(--${category}-soft)`;
    return;
  }
  element.classList.add('own');
  for (const scheme of ['light', 'dark'] as const)
    for (const shade of ['ink', 'soft'] as const) style.setProperty(`--${shade}-${scheme}`, colours[scheme][shade]);
}

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
