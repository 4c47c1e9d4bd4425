import type { StatusFace } from '../../core/contract/views';
import type { Category } from '../../core/domain/template';

/** In the order in which a case goes through them. */
export const CATEGORIES = ['initial', 'active', 'waiting', 'done'] as const satisfies readonly Category[];

/** How an element shows a status: the class of its category, and the admin's own colours as properties of the element. */
export function lookOf({ category, colours }: StatusFace): { class: string; style?: Record<string, string> } {
  if (!colours) return { class: `is-${category}` };
  const { light, dark } = colours;
  return {
    class: `is-${category} own`,
    style: {
      '--ink-light': light.ink,
      '--soft-light': light.soft,
      '--ink-dark': dark.ink,
      '--soft-dark': dark.soft,
    },
  };
}
