import type { ComponentChildren, Ref } from 'preact';
import { trusted } from './trusted';

interface ButtonProps {
  children: ComponentChildren;
  /** Called for a person's clicks only. */
  onPress: () => void;
  kind?: 'primary' | 'plain' | 'ghost' | 'danger';
  low?: boolean;
  /** Still at work: further presses are ignored, focus stays. */
  busy?: boolean;
  /** Only where the words on the button are not enough on their own; must begin with them. */
  label?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

/** A button that acts on trusted clicks only. */
export function Button({ children, onPress, kind = 'plain', low, busy, label, buttonRef }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind}${low ? ' low' : ''}`}
      aria-disabled={busy ? 'true' : undefined}
      aria-label={label}
      ref={buttonRef ?? null}
      onClick={trusted(() => {
        if (!busy) onPress();
      })}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
