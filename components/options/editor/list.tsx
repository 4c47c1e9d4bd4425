import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { moveItem } from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { GripIcon } from '../../shared/icons';

interface SortableProps<T> {
  label: string;
  items: readonly T[];
  idOf: (item: T) => string;
  nameOf: (item: T) => string;
  /** `null`: the order means nothing, and cannot be changed. */
  onOrder: ((items: T[]) => void) | null;
  /** The one that is shown in full; `null`: none. */
  selected: string | null;
  children: (item: T, index: number) => ComponentChildren;
}

/** A list whose order a person changes by dragging a row at its grip, or with the arrow keys on the grip. */
export function Sortable<T>({ label, items, idOf, nameOf, onOrder, selected, children }: SortableProps<T>) {
  const listRef = useRef<HTMLUListElement>(null);
  const dragged = useSignal<string | null>(null);
  const moved = useSignal('');
  const order = (from: number, to: number) => {
    const item = items[from];
    if (!onOrder || item === undefined || to < 0 || to >= items.length || from === to) return;
    onOrder(moveItem(items, from, to));
    moved.value = editorWords.movedTo(nameOf(item), to + 1, items.length);
  };
  return (
    <>
      <ul class="panel-card editor-list" aria-label={label} ref={listRef}>
        {items.map((item, index) => {
          const id = idOf(item);
          return (
            <li
              key={id}
              class={`editor-row${selected === id ? ' selected' : ''}${dragged.value === id ? ' dragged' : ''}`}
              onDragOver={(event) => {
                if (dragged.value === null) return;
                event.preventDefault();
                const from = items.findIndex((other) => idOf(other) === dragged.value);
                if (from !== index) order(from, index);
              }}
              onDrop={(event) => event.preventDefault()}
            >
              {onOrder && (
                <button
                  type="button"
                  class="grip-button"
                  draggable
                  aria-label={editorWords.move(nameOf(item))}
                  title={editorWords.moveHint}
                  onDragStart={(event) => {
                    dragged.value = id;
                    event.dataTransfer?.setData('text/plain', nameOf(item));
                  }}
                  onDragEnd={() => {
                    dragged.value = null;
                  }}
                  onKeyDown={(event) => {
                    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                    if (step === 0) return;
                    event.preventDefault();
                    order(index, index + step);
                  }}
                >
                  <GripIcon />
                </button>
              )}
              {children(item, index)}
            </li>
          );
        })}
      </ul>
      <p role="status" class="visually-hidden">
        {moved.value}
      </p>
    </>
  );
}
