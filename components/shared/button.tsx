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
  /** There is nothing for it to do now. */
  off?: boolean;
  /** Only where the words on the button are not enough on their own; must begin with them. */
  label?: string;
  /** It shows and hides something: whether that is shown. */
  expanded?: boolean;
  buttonRef?: Ref<HTMLButtonElement>;
}

/** A button that acts on trusted clicks only. */
export function Button({ children, onPress, kind = 'plain', low, busy, off, label, expanded, buttonRef }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind}${low ? ' low' : ''}${off ? ' off' : ''}`}
      aria-disabled={busy || off ? 'true' : undefined}
      aria-label={label}
      aria-expanded={expanded}
      ref={buttonRef ?? null}
      onClick={trusted(() => {
        if (!busy && !off) onPress();
      })}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
