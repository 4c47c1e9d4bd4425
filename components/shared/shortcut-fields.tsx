import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Answer } from '../../core/contract/messages';
import {
  DEFAULT_SHORTCUTS,
  isSingleKey,
  SHORTCUT_ACTIONS,
  type ShortcutAction,
  type Shortcuts,
  shortcutOf,
  shortcutProblem,
} from '../../core/domain/shortcuts';
import { Button } from './button';
import { FieldError } from './field-error';

const words: Record<ShortcutAction, string> = {
  palette: 'All commands',
  change: 'Change status',
  undo: 'Undo',
  hold: 'Hold or release',
  history: 'Open history',
};

interface ShortcutFieldsProps {
  shortcuts: Shortcuts;
  /** Of the help desk, and of the page that is shown. */
  taken: { desk: readonly string[]; accessKeys: readonly string[] };
  save: (shortcuts: Shortcuts) => Promise<Answer<Shortcuts>>;
}

/** A field for each shortcut, which takes the keys that are pressed in it. Each choice is kept at once. */
export function ShortcutFields({ shortcuts, taken, save }: ShortcutFieldsProps) {
  const id = useId();
  const problem = useSignal<{ action: ShortcutAction; words: string } | null>(null);

  const set = async (action: ShortcutAction, wanted: string | null) => {
    problem.value = null;
    const others = SHORTCUT_ACTIONS.filter((other) => other !== action).flatMap((other) => shortcuts[other] ?? []);
    if (wanted !== null && others.includes(wanted)) {
      problem.value = { action, words: `${wanted} is taken by another action.` };
      return;
    }
    const answer = await save({ ...shortcuts, [action]: wanted });
    if (!answer.ok) problem.value = { action, words: answer.message };
  };

  const onKeyDown = (action: ShortcutAction, event: KeyboardEvent) => {
    if (['Tab', 'Escape', 'Enter'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Backspace' || event.key === 'Delete') {
      set(action, null);
      return;
    }
    const pressed = shortcutOf(event);
    if (pressed !== null) set(action, pressed);
    else if (!['Control', 'Alt', 'Shift', 'Meta'].includes(event.key))
      problem.value = { action, words: 'Take a letter, a digit or F1 to F12, with Alt, Ctrl or Meta.' };
  };

  const warningOf = (action: ShortcutAction): string | null => {
    if (problem.value?.action === action) return problem.value.words;
    const own = shortcuts[action];
    if (own === null) return null;
    const clash = shortcutProblem(own, { others: [], ...taken });
    if (clash) return clash;
    return isSingleKey(own) ? 'A key alone acts whenever you do not type in a field.' : null;
  };

  return (
    <ul class="shortcuts" aria-label="Shortcuts">
      {SHORTCUT_ACTIONS.map((action) => {
        const own = shortcuts[action];
        const warning = warningOf(action);
        return (
          <li key={action}>
            <label for={`${id}-${action}`}>{words[action]}</label>
            <input
              id={`${id}-${action}`}
              class="input keys-input"
              readOnly
              data-records-keys
              value={own ?? 'Off'}
              title="Press the keys"
              aria-describedby={`${id}-how${warning ? ` ${id}-${action}-warning` : ''}`}
              onKeyDown={(event) => onKeyDown(action, event)}
            />
            {own !== null && (
              <Button kind="ghost" low label={`Off: ${words[action]}`} onPress={() => set(action, null)}>
                Off
              </Button>
            )}
            {own !== DEFAULT_SHORTCUTS[action] && (
              <Button
                kind="ghost"
                low
                label={`Reset: ${words[action]}`}
                onPress={() => set(action, DEFAULT_SHORTCUTS[action])}
              >
                Reset
              </Button>
            )}
            <FieldError id={`${id}-${action}-warning`} alert>
              {warning}
            </FieldError>
          </li>
        );
      })}
      <li class="muted small" id={`${id}-how`}>
        Press the keys in a field; Backspace switches the shortcut off.
      </li>
    </ul>
  );
}
