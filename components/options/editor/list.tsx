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
  /** While a row is dragged: which, and the order as it would be. Only a drop makes it so. */
  const dragged = useSignal<{ id: string; order: readonly T[] } | null>(null);
  const moved = useSignal('');
  const shown = dragged.value?.order ?? items;
  const order = (next: readonly T[], id: string) => {
    const at = next.findIndex((item) => idOf(item) === id);
    const item = next[at];
    if (!onOrder || item === undefined || idOf(item) === items.map(idOf)[at]) return;
    onOrder([...next]);
    moved.value = editorWords.movedTo(nameOf(item), at + 1, next.length);
  };
  const dragOver = (event: DragEvent) => {
    const drag = dragged.value;
    const rows = [...(listRef.current?.children ?? [])];
    if (!drag) return;
    event.preventDefault();
    const from = drag.order.findIndex((item) => idOf(item) === drag.id);
    const to = rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
    const [own, other] = [rows[from]?.getBoundingClientRect(), rows[to]?.getBoundingClientRect()];
    if (!own || !other || from === to) return;
    // Only to where the row is then under the pointer: over a higher one it would go back and forth for ever.
    const isThere = to > from ? event.clientY >= other.bottom - own.height : event.clientY <= other.top + own.height;
    if (isThere) dragged.value = { id: drag.id, order: moveItem(drag.order, from, to) };
  };
  return (
    <>
      <ul
        class="panel-card editor-list"
        aria-label={label}
        ref={listRef}
        onDragOver={dragOver}
        onDrop={(event) => {
          const drag = dragged.value;
          if (!drag) return;
          event.preventDefault();
          dragged.value = null;
          order(drag.order, drag.id);
        }}
      >
        {shown.map((item) => {
          const id = idOf(item);
          const index = items.findIndex((other) => idOf(other) === id);
          return (
            <li
              key={id}
              class={`editor-row${selected === id ? ' selected' : ''}${dragged.value?.id === id ? ' dragged' : ''}`}
            >
              {onOrder && (
                <button
                  type="button"
                  class="grip-button"
                  draggable
                  aria-label={editorWords.move(nameOf(item))}
                  title={editorWords.moveHint}
                  onDragStart={(event) => {
                    dragged.value = { id, order: items };
                    event.dataTransfer?.setData('text/plain', nameOf(item));
                  }}
                  onDragEnd={() => {
                    dragged.value = null;
                  }}
                  onKeyDown={(event) => {
                    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                    if (step === 0) return;
                    event.preventDefault();
                    order(moveItem(items, index, index + step), id);
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
