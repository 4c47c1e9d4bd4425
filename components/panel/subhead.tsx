import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { panelWords } from '../../core/words/panel';
import { BackIcon } from '../shared/icons';
import type { PanelState } from './state';

/**
 * The head of a screen beside the case's own, with the way back.
 * @param focus whether the way back has the focus at first; what comes after it on the screen may take it
 */
export function Subhead({
  state,
  title,
  focus = false,
  children,
}: {
  state: PanelState;
  title: string;
  focus?: boolean;
  children?: ComponentChildren;
}) {
  const backRef = useRef<HTMLButtonElement>(null);
  // At once: what is typed meanwhile must not reach the page.
  useLayoutEffect(() => {
    if (focus) backRef.current?.focus();
  }, []);
  return (
    <header class="subhead">
      <button
        type="button"
        class="icon-button"
        aria-label={panelWords.back}
        ref={backRef}
        onClick={() => state.show('case')}
      >
        <BackIcon />
      </button>
      <h2>{title}</h2>
      {children}
    </header>
  );
}
