import type { ComponentChildren } from 'preact';
import type { StatusFace } from '../../core/contract/views';
import { lookOf } from './face';

/** A small label; `tone`: that of a status, or of a category. */
export function Chip({
  tone,
  children,
}: {
  tone?: StatusFace | StatusFace['category'] | 'danger' | undefined;
  children: ComponentChildren;
}) {
  if (tone === undefined || tone === 'danger') return <span class={tone ? 'chip is-danger' : 'chip'}>{children}</span>;
  const look = lookOf(typeof tone === 'string' ? { category: tone } : tone);
  return (
    <span class={`chip ${look.class}`} style={look.style}>
      {children}
    </span>
  );
}
