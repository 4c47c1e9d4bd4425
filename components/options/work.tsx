import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { dataPageWords } from '../../core/words/options-data';
import { Button } from '../shared/button';

/** How far a longer piece of work has got; `total` 0: nobody knows how much it is. */
export interface Progress {
  words: string;
  done: number;
  total: number;
}

/**
 * One longer piece of work at a time, which ends when it is cancelled or its page is left.
 * @returns `run` starts it; `null` while nothing is at work
 */
export function useWork() {
  const progress = useSignal<Progress | null>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);
  return {
    progress,
    cancel: () => control.current?.abort(),
    run: async <T,>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
      control.current?.abort();
      const own = new AbortController();
      control.current = own;
      try {
        return await work(own.signal);
      } finally {
        if (control.current === own) progress.value = null;
      }
    },
  };
}

/** `children`: the button that has started it, which keeps the focus. */
export function Work({
  progress,
  onCancel,
  children,
}: {
  progress: Progress | null;
  onCancel?: () => void;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <>
      <p class="data-actions">
        {children}
        {progress && onCancel && (
          <Button kind="ghost" onPress={onCancel}>
            {dataPageWords.cancel}
          </Button>
        )}
      </p>
      {progress && (
        <div class="wait-work data-work">
          <p class="small" id={id}>
            {progress.words}
          </p>
          <progress
            aria-labelledby={id}
            {...(progress.total > 0 ? { max: progress.total, value: progress.done } : {})}
          />
        </div>
      )}
    </>
  );
}
