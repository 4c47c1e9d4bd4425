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
import { sharedWords } from '../../core/words/shared';
import { Button } from './button';
import { FieldError } from './field-error';

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
      problem.value = { action, words: sharedWords.takenByAction(wanted) };
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
      problem.value = { action, words: sharedWords.whichKeys };
  };

  const warningOf = (action: ShortcutAction): string | null => {
    if (problem.value?.action === action) return problem.value.words;
    const own = shortcuts[action];
    if (own === null) return null;
    const clash = shortcutProblem(own, { others: [], ...taken });
    if (clash) return clash;
    return isSingleKey(own) ? sharedWords.keyAlone : null;
  };

  return (
    <ul class="shortcuts" aria-label={sharedWords.shortcuts}>
      {SHORTCUT_ACTIONS.map((action) => {
        const own = shortcuts[action];
        const warning = warningOf(action);
        return (
          <li key={action}>
            <label for={`${id}-${action}`}>{sharedWords.actions[action]}</label>
            <input
              id={`${id}-${action}`}
              class="input keys-input"
              readOnly
              data-records-keys
              value={own ?? sharedWords.off}
              title={sharedWords.pressKeys}
              aria-describedby={`${id}-how${warning ? ` ${id}-${action}-warning` : ''}`}
              onKeyDown={(event) => onKeyDown(action, event)}
            />
            <span class="shortcut-buttons">
              {own !== null && (
                <Button
                  kind="ghost"
                  low
                  label={sharedWords.switchOff(sharedWords.actions[action])}
                  onPress={() => set(action, null)}
                >
                  {sharedWords.off}
                </Button>
              )}
              {own !== DEFAULT_SHORTCUTS[action] && (
                <Button
                  kind="ghost"
                  low
                  label={sharedWords.resetAction(sharedWords.actions[action])}
                  onPress={() => set(action, DEFAULT_SHORTCUTS[action])}
                >
                  {sharedWords.reset}
                </Button>
              )}
            </span>
            <FieldError id={`${id}-${action}-warning`} alert>
              {warning}
            </FieldError>
          </li>
        );
      })}
      <li class="muted small" id={`${id}-how`}>
        {sharedWords.howToPress}
      </li>
    </ul>
  );
}
