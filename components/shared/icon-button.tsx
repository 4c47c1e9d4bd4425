import type { ComponentChildren } from 'preact';
import { trusted } from './trusted';

/** A button that shows an icon alone; its words appear when it is pointed at. Acts on trusted clicks only. */
export function IconButton({
  label,
  onPress,
  children,
}: {
  label: string;
  onPress: () => void;
  children: ComponentChildren;
}) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={trusted(onPress)}>
      {children}
    </button>
  );
}
