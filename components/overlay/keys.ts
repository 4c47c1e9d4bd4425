import { accessKeyOf, isSingleKey, type ShortcutAction, type Shortcuts, shortcutOf } from '../../core/domain/shortcuts';

/** The access keys that a page gives its own controls, lower case. */
export function accessKeysOf(document: Document): string[] {
  return [...document.querySelectorAll('[accesskey]')].flatMap(
    (element) => element.getAttribute('accesskey')?.toLowerCase().split(/\s+/).filter(Boolean) ?? [],
  );
}

/** What a key press stands for; `null` where it is the page's: typed into a field, or an access key of its own. */
export function actionOf(shortcuts: Shortcuts, event: KeyboardEvent, document: Document): ShortcutAction | null {
  const shortcut = shortcutOf(event);
  if (shortcut === null) return null;
  const [action] = Object.entries(shortcuts).find(([, wanted]) => wanted === shortcut) ?? [];
  if (!action) return null;
  // Through the page's own open shadow roots; ours shows its host.
  const target = event.composedPath()[0];
  if (isSingleKey(shortcut) && takesKeys(target)) return null;
  const letter = accessKeyOf(shortcut);
  if (letter !== null && accessKeysOf(document).includes(letter)) return null;
  return action as ShortcutAction;
}

/** Where a key alone is typed, or picks something: in a field, and in the panel itself. */
function takesKeys(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, div[data-case-status-overlay]'))
  );
}
