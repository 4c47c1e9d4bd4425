import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { calendarsWords } from '../../core/words/options-calendars';
import { Button } from '../shared/button';

/**
 * Follows the address, unless that would lose edits: then it stays where it was, and what this gives asks the person. The
 * browser asks by itself before the tab is closed or loaded anew.
 * @param unsaved whether there is something to lose
 * @param words what would be lost
 * @returns the question, while it is asked
 */
export function useLeaving(unsaved: Signal<boolean>, words: string, follow: () => void): ComponentChildren {
  const wanted = useSignal<string | null>(null);
  useEffect(() => {
    const onHashChange = ({ oldURL }: HashChangeEvent) => {
      if (!unsaved.peek()) return follow();
      wanted.value = location.hash;
      history.replaceState(null, '', new URL(oldURL).hash);
    };
    const onBeforeUnload = (event: Event) => {
      if (unsaved.peek()) event.preventDefault();
    };
    window.addEventListener('hashchange', onHashChange);
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      window.removeEventListener('hashchange', onHashChange);
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, []);
  const target = wanted.value;
  if (target === null) return null;
  return (
    <Question
      words={words}
      stay={() => {
        wanted.value = null;
      }}
      leave={() => {
        wanted.value = null;
        unsaved.value = false;
        location.hash = target;
      }}
    />
  );
}

function Question({ words, stay, leave }: { words: string; stay: () => void; leave: () => void }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="question"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-words`}
      ref={dialog}
      onClose={stay}
    >
      <h2 id={`${id}-title`}>{calendarsWords.leaveTitle}</h2>
      <p id={`${id}-words`}>{words}</p>
      <p class="question-actions">
        {/* Closing it gives the focus back to where it was. */}
        <Button kind="primary" onPress={() => dialog.current?.close()}>
          {calendarsWords.stay}
        </Button>
        <Button kind="danger" onPress={leave}>
          {calendarsWords.leave}
        </Button>
      </p>
    </dialog>
  );
}
