import type { ComponentChildren } from 'preact';
import { WarningIcon } from './icons';

/** What is wrong with a field, below it or above; nothing where nothing is. `alert`: said aloud as soon as it appears. */
export function FieldError({ id, alert, children }: { id?: string; alert?: boolean; children: ComponentChildren }) {
  if (!children) return null;
  return (
    <p class="field-error" id={id} role={alert ? 'alert' : undefined}>
      <WarningIcon />
      {children}
    </p>
  );
}
