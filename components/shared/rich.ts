import type { ComponentChildren } from 'preact';

/** A text with something shown in its own way where it says `{name}`, so that each language puts it where it belongs. */
export function rich(text: string, parts: Record<string, ComponentChildren>): ComponentChildren[] {
  return text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 === 0 ? piece : parts[piece]));
}
