import type { ComponentChildren } from 'preact';
import type { Category } from '../../core/domain/template';

/** A small label. */
export function Chip({ tone, children }: { tone?: Category | 'danger'; children: ComponentChildren }) {
  return <span class={tone ? `chip is-${tone}` : 'chip'}>{children}</span>;
}
