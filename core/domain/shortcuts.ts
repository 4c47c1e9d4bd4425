import { sharedWords } from '../words/shared';

/** What a person can do by a shortcut on a ticket's page. */
export const SHORTCUT_ACTIONS = ['palette', 'change', 'undo', 'hold', 'history'] as const;
export type ShortcutAction = (typeof SHORTCUT_ACTIONS)[number];

/** By action, as "Alt+Shift+K"; `null`: switched off. */
export type Shortcuts = Record<ShortcutAction, string | null>;

export const DEFAULT_SHORTCUTS: Shortcuts = {
  palette: 'Alt+Shift+K',
  change: 'Alt+Shift+S',
  undo: 'Alt+Shift+Z',
  hold: 'Alt+Shift+H',
  history: 'Alt+Shift+Y',
};

export const SHORTCUT_FORM =
  /^(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(?:Meta\+)?(?:[A-Z0-9]|F[1-9]|F1[0-2]|[/.,;'[\]\\=`?!-])$/;

type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** The shortcut that these keys are; `null` where they are none, a modifier alone for one. */
export function shortcutOf(event: Keys): string | null {
  const { key, code } = event;
  // A modifier may turn the letter into another sign; then the place of the key says which it is.
  const byPlace = code.match(/^(?:Key([A-Z])|Digit(\d))$/);
  const name = /^[a-z]$/i.test(key) ? key.toUpperCase() : (byPlace?.[1] ?? byPlace?.[2] ?? key);
  const words = [
    event.ctrlKey && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    event.metaKey && 'Meta',
    name,
  ];
  const shortcut = words.filter(Boolean).join('+');
  return SHORTCUT_FORM.test(shortcut) ? shortcut : null;
}

/** Whether it is a key alone (or with Shift), which a person who types or speaks may hit without meaning it. */
export function isSingleKey(shortcut: string): boolean {
  return !/(?:Ctrl|Alt|Meta)\+|F\d+$/.test(shortcut);
}

/** The letter that a page's own access key would have to be for the page and the shortcut to mean the same keys. */
export function accessKeyOf(shortcut: string): string | null {
  return shortcut.match(/^Alt\+(?:Shift\+)?(.)$/)?.[1]?.toLowerCase() ?? null;
}

/**
 * Why a shortcut should not be used, in words; `null`: nothing speaks against it.
 * @param others the shortcuts of the other actions
 * @param desk the help desk's own, in the same form
 * @param accessKeys of the page that is shown, lower case
 */
export function shortcutProblem(
  shortcut: string,
  { others, desk, accessKeys }: { others: readonly string[]; desk: readonly string[]; accessKeys: readonly string[] },
): string | null {
  if (others.includes(shortcut)) return sharedWords.takenByAction(shortcut);
  if (/^(?:Ctrl|Meta)\+(?:Shift\+)?[TWNQ]$/.test(shortcut)) return sharedWords.keptByBrowser(shortcut);
  if (desk.includes(shortcut)) return sharedWords.usedByDesk(shortcut);
  const letter = accessKeyOf(shortcut);
  if (letter !== null && accessKeys.includes(letter)) return sharedWords.usedByPage(shortcut);
  return null;
}
