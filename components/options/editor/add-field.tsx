import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { editorWords } from '../../../core/words/editor';
import { Button } from '../../shared/button';
import { FieldError } from '../../shared/field-error';
import type { EditorState } from './state';

interface AddFieldProps {
  state: EditorState;
  label: string;
  /** Takes what was typed, one in each line; says why it cannot, in words. */
  onAdd: (text: string) => string | null;
}

/** A field for several new things at once, one in each line. */
export function AddField({ state, label, onAdd }: AddFieldProps) {
  const id = useId();
  const typed = useSignal('');
  const problem = useSignal<string | null>(null);
  const add = () => {
    if (typed.peek().trim() === '') return;
    problem.value = onAdd(typed.peek());
    if (problem.peek() === null) typed.value = '';
  };
  // What was typed and not added is meant all the same when the field goes, or the draft is kept for good.
  useEffect(() => {
    state.beforeFlush.add(add);
    return () => {
      state.beforeFlush.delete(add);
      add();
    };
  }, []);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <span class="field-hint"> {editorWords.oneInEachLine}</span>
      <textarea
        id={id}
        class="input"
        data-own-undo
        rows={2}
        value={typed.value}
        aria-invalid={problem.value ? 'true' : undefined}
        aria-describedby={problem.value ? `${id}-error` : undefined}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          problem.value = null;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          add();
        }}
      />
      <FieldError id={`${id}-error`} alert>
        {problem.value}
      </FieldError>
      <p>
        <Button low onPress={add}>
          {editorWords.add}
        </Button>
      </p>
    </div>
  );
}
