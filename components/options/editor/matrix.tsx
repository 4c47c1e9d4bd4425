import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { statusColours } from '../../../core/domain/colour';
import type { Status } from '../../../core/domain/template';
import { idsOf, mayFollow, withAnyTransition, withTransitions } from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { Button } from '../../shared/button';
import { Dot } from '../../shared/dot';
import type { EditorState } from './state';

/** A cell that can be ticked: the head's row and the column of "any" come before the statuses. */
interface Cell {
  row: number;
  column: number;
}
const HEAD = -1;
const ANY = -1;
const keyOf = ({ row, column }: Cell) => `${row} ${column}`;

/** Which status may follow which, all at once: one row for each that a case leaves, one column for each that it enters. */
export function TransitionMatrix({ state }: { state: EditorState }) {
  const id = useId();
  const tableRef = useRef<HTMLTableElement>(null);
  // One stop for the Tab key; the arrow keys go from cell to cell.
  const at = useSignal<Cell>({ row: 0, column: ANY });
  const statuses = state.template.value.statuses.filter(({ retired }) => !retired);
  const ids = idsOf(statuses);
  const allow = (fromIds: readonly string[], toIds: readonly string[], allowed: boolean) =>
    state.edit((before) => withTransitions(before, fromIds, toIds, allowed));
  const boxAt = (cell: Cell) => tableRef.current?.querySelector<HTMLElement>(`[data-cell="${keyOf(cell)}"]`);
  // A status may have gone since.
  const here: Cell =
    at.value.row < statuses.length && at.value.column < statuses.length ? at.value : { row: 0, column: ANY };
  const cell = (row: number, column: number) => ({
    'data-cell': keyOf({ row, column }),
    tabIndex: row === here.row && column === here.column ? 0 : -1,
    onFocus: () => {
      at.value = { row, column };
    },
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.shiftKey || event.metaKey) return;
    const to = targetOf(event, here, statuses.length, (wanted) => boxAt(wanted) != null);
    if (!to) return;
    event.preventDefault();
    boxAt(to)?.focus();
  };

  return (
    <section class="editor-part" aria-labelledby={id}>
      <div class="matrix-head">
        <h2 id={id}>{editorWords.transitions}</h2>
        <span class="matrix-all">
          <Button low kind="ghost" onPress={() => state.edit((before) => withAnyTransition(before, ids, true))}>
            {editorWords.allowAll}
          </Button>
          <Button low kind="ghost" onPress={() => allow(ids, ids, false)}>
            {editorWords.allowNone}
          </Button>
        </span>
      </div>
      <p class="muted">{editorWords.aboutTransitions}</p>
      <div class="panel-card matrix">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of boxes that the arrow keys go through is a grid */}
        <table role="grid" aria-labelledby={id} ref={tableRef} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th class="matrix-corner" scope="col">
                <span class="matrix-axes">
                  <span>{editorWords.matrixTo} →</span>
                  <span>{editorWords.matrixFrom} ↓</span>
                </span>
              </th>
              <th class="matrix-any" scope="col">
                <span class="matrix-name">{editorWords.matrixAny}</span>
              </th>
              {statuses.map((to, column) => {
                const from = statuses.filter((status) => status !== to);
                const allowed = from.filter((status) => mayFollow(status, to.id)).length;
                return (
                  <th key={to.id} scope="col">
                    <span class="matrix-name" title={to.name}>
                      {to.name}
                    </span>
                    <Box
                      label={editorWords.allTo(to.name)}
                      checked={from.length > 0 && allowed === from.length}
                      partly={allowed > 0 && allowed < from.length}
                      onChange={(checked) => allow(idsOf(from), [to.id], checked)}
                      {...cell(HEAD, column)}
                    />
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {statuses.map((from, row) => (
              <tr key={from.id} class={from.mayBecome === null ? 'any' : ''}>
                <th scope="row">
                  <span class="matrix-row" title={from.name}>
                    <Dot face={faceOf(from)} />
                    <span>{from.name}</span>
                  </span>
                </th>
                <td class="matrix-any">
                  <Box
                    toggle
                    label={editorWords.anyAfter(from.name)}
                    checked={from.mayBecome === null}
                    onChange={(any) => state.edit((before) => withAnyTransition(before, [from.id], any))}
                    {...cell(row, ANY)}
                  />
                </td>
                {statuses.map((to, column) =>
                  to === from ? (
                    <td key={to.id} class="matrix-same">
                      <span aria-hidden="true">·</span>
                      <span class="visually-hidden">{editorWords.staysPossible}</span>
                    </td>
                  ) : (
                    <td key={to.id}>
                      <Box
                        label={editorWords.fromTo(from.name, to.name)}
                        checked={mayFollow(from, to.id)}
                        onChange={(allowed) => allow([from.id], [to.id], allowed)}
                        {...cell(row, column)}
                      />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Where a key leads from a cell; over what cannot be ticked, it goes on in the same direction. */
function targetOf(event: KeyboardEvent, from: Cell, size: number, isThere: (cell: Cell) => boolean): Cell | null {
  const walk = (start: Cell, rows: number, columns: number): Cell | null => {
    for (
      let { row, column } = start;
      row >= HEAD && row < size && column >= ANY && column < size;
      row += rows, column += columns
    )
      if (isThere({ row, column })) return { row, column };
    return null;
  };
  const { row, column } = from;
  const edge = event.ctrlKey;
  switch (event.key) {
    case 'ArrowUp':
      return edge ? null : walk({ row: row - 1, column }, -1, 0);
    case 'ArrowDown':
      return edge ? null : walk({ row: row + 1, column }, 1, 0);
    case 'ArrowLeft':
      return edge ? null : walk({ row, column: column - 1 }, 0, -1);
    case 'ArrowRight':
      return edge ? null : walk({ row, column: column + 1 }, 0, 1);
    case 'Home':
      return walk({ row: edge ? 0 : row, column: ANY }, 0, 1);
    case 'End':
      return walk({ row: edge ? size - 1 : row, column: size - 1 }, 0, -1);
    default:
      return null;
  }
}

const faceOf = ({ category, colour }: Status) => ({
  category,
  ...(colour ? { colours: statusColours(colour) } : {}),
});

interface BoxProps {
  label: string;
  checked: boolean;
  /** Ticked for some of what it stands for. */
  partly?: boolean;
  /** A switch rather than a tick. */
  toggle?: boolean;
  onChange: (checked: boolean) => void;
  'data-cell': string;
  tabIndex: number;
  onFocus: () => void;
}

function Box({ label, checked, partly = false, toggle = false, onChange, ...cell }: BoxProps) {
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (ref.current) ref.current.indeterminate = partly;
  }, [partly, checked]);
  return (
    <label class="matrix-box" title={label}>
      <input
        type="checkbox"
        role={toggle ? 'switch' : undefined}
        aria-label={label}
        checked={checked}
        ref={ref}
        onChange={(event) => onChange(event.currentTarget.checked)}
        {...cell}
      />
    </label>
  );
}
