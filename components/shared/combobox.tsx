import { useSignal } from '@preact/signals';
import type { Ref } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { StatusFace } from '../../core/contract/views';
import { sharedWords } from '../../core/words/shared';
import { Dot } from './dot';
import { FieldError } from './field-error';
import { CheckIcon, ChevronIcon } from './icons';

export interface ComboboxOption {
  id: string;
  name: string;
  detail: string | null;
  face: StatusFace | null;
  disabled: boolean;
}

interface ComboboxProps {
  label: string;
  hint?: string;
  required?: boolean;
  options: ComboboxOption[];
  value: string | null;
  onPick: (id: string | null) => void;
  placeholder: string;
  /** What is wrong, shown at the field. */
  error: string | null;
  /** Enter while there is nothing to pick. */
  onEnter: () => void;
  inputRef?: Ref<HTMLInputElement>;
  /** Ids of what was chosen last, offered first in a long list while nothing is typed. */
  recent?: readonly string[] | undefined;
  openAtStart?: boolean;
  /** Opens when it changes to another number than 0. */
  openRequest?: number;
}

/** From so many options on, what was chosen last is offered first. */
const LONG_LIST = 9;
/** A list of thousands is narrowed by typing, not by scrolling; drawing all of it would only be slow. */
const MOST_SHOWN = 80;
const LIST_HEIGHT_PX = 270;

/** Text as it is compared: without case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The options that contain the text; those with a word that begins with it come first. */
export function matching(options: ComboboxOption[], query: string | null): ComboboxOption[] {
  const wanted = plain(query ?? '').trim();
  if (wanted === '') return options;
  const starts: ComboboxOption[] = [];
  const contains: ComboboxOption[] = [];
  for (const option of options) {
    const name = plain(option.name);
    const at = name.indexOf(wanted);
    if (at < 0) continue;
    const atWord = at === 0 || name.includes(` ${wanted}`);
    (atWord ? starts : contains).push(option);
  }
  return [...starts, ...contains];
}

/**
 * An editable combobox with a list (WAI-ARIA authoring practices).
 * It hears only keys, input, clicks and pointers: inside the page's overlay no focus events arrive, and key and input
 * events are untrusted copies that the keyboard shield dispatches on the focused element.
 */
export function Combobox(props: ComboboxProps) {
  const { label, hint, required, options, value, onPick, placeholder, error, onEnter, inputRef } = props;
  const id = useId();
  const boxRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const open = useSignal(props.openAtStart ?? false);
  /** Opened without being asked for: Escape then means the form, not the list. */
  const unasked = useRef(props.openAtStart ?? false);
  /** What was typed and not picked yet; `null` while the value is shown. */
  const query = useSignal<string | null>(null);
  const activeId = useSignal<string | null>(null);
  const above = useSignal(false);

  const chosen = options.find((option) => option.id === value) ?? null;
  const found = useMemo(() => matching(options, query.value), [options, query.value]);
  const recent =
    query.value === null && options.length >= LONG_LIST
      ? (props.recent ?? []).flatMap((wanted) => options.find(({ id, disabled }) => id === wanted && !disabled) ?? [])
      : [];
  const shown = [...recent, ...found.filter((option) => !recent.includes(option))].slice(0, MOST_SHOWN);
  const pickable = shown.filter((option) => !option.disabled);
  const active = open.value ? (pickable.find((option) => option.id === activeId.value) ?? null) : null;

  /** Without spaces: ids that name what describes an element come as a list. */
  const idOf = (option: ComboboxOption) => `${id}-${encodeURIComponent(option.id)}`;

  const show = () => {
    if (open.value) return;
    unasked.current = false;
    activeId.value = value;
    open.value = true;
  };
  const hide = () => {
    open.value = false;
    query.value = null;
  };
  const pick = (option: ComboboxOption) => {
    if (option.disabled) return;
    hide();
    onPick(option.id);
  };
  /** Leaves the field. A name that was typed in full counts; anything else goes back to what was chosen. */
  const leave = () => {
    const typed = query.value === null ? '' : plain(query.value).trim();
    const exact = options.find((option) => !option.disabled && plain(option.name) === typed);
    if (exact) pick(exact);
    else hide();
  };

  // Before the next key can arrive: an Escape right after has to find the list open.
  useLayoutEffect(() => {
    if (props.openRequest) show();
  }, [props.openRequest]);

  // A pointer elsewhere in the panel leaves the field.
  const leaving = useRef(leave);
  leaving.current = leave;
  useEffect(() => {
    if (!open.value) return;
    const root = boxRef.current?.getRootNode();
    const onPointerDown = (event: Event) => {
      if (!event.composedPath().includes(boxRef.current as EventTarget)) leaving.current();
    };
    root?.addEventListener('pointerdown', onPointerDown);
    return () => root?.removeEventListener('pointerdown', onPointerDown);
  }, [open.value]);

  // The list stays inside the part of the panel that scrolls: above the field where there is more room.
  useLayoutEffect(() => {
    const box = boxRef.current;
    if (!open.value || !box) return;
    const frame = (box.closest('[data-scroll]') ?? document.documentElement).getBoundingClientRect();
    const field = box.getBoundingClientRect();
    const below = frame.bottom - field.bottom;
    above.value = below < Math.min(LIST_HEIGHT_PX, 44 * shown.length + 16) && field.top - frame.top > below;
  }, [open.value]);

  // Scrolls the list only, never the page.
  useLayoutEffect(() => {
    const list = listRef.current;
    const row = list?.querySelector<HTMLElement>('.current');
    if (!list || !row) return;
    if (row.offsetTop < list.scrollTop) list.scrollTop = row.offsetTop - 4;
    const bottom = row.offsetTop + row.offsetHeight;
    if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight + 4;
  }, [active?.id]);

  const move = (step: 1 | -1) => {
    if (!open.value) {
      show();
      if (value !== null) return;
    }
    if (pickable.length === 0) return;
    const from = pickable.findIndex((option) => option.id === activeId.value);
    const start = from < 0 && step < 0 ? 0 : from;
    activeId.value = pickable[(start + step + pickable.length) % pickable.length]?.id ?? null;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (event.altKey) return event.key === 'ArrowDown' ? show() : leave();
      return move(event.key === 'ArrowDown' ? 1 : -1);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (active) return pick(active);
      // What was typed and is no option must not stand for what was chosen before.
      if (query.value?.trim()) return;
      leave();
      return onEnter();
    }
    if (event.key === 'Escape' && open.value) {
      const typed = query.value !== null;
      hide();
      if (unasked.current && !typed) return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Tab') leave();
  };

  const onInput = (event: Event) => {
    const typed = (event.currentTarget as HTMLInputElement).value;
    unasked.current = false;
    query.value = typed;
    open.value = true;
    if (typed === '') {
      activeId.value = null;
      if (value !== null) onPick(null);
      return;
    }
    activeId.value = matching(options, typed).find((option) => !option.disabled)?.id ?? null;
  };

  const withDots = options.some((option) => option.face !== null);
  return (
    <div class="field">
      <div>
        <label for={id} class="field-label">
          {label}
        </label>
        {required && (
          <span class="field-hint field-required" aria-hidden="true">
            {sharedWords.required}
          </span>
        )}
        {hint && <span class="field-hint"> {hint}</span>}
      </div>
      {/* Above the box, where an open list does not cover it. */}
      <FieldError id={`${id}-error`}>{error}</FieldError>
      <div class="combo" ref={boxRef}>
        <div class="combo-box">
          {query.value === null && chosen?.face && <Dot face={chosen.face} />}
          <input
            id={id}
            class="input"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            aria-autocomplete="list"
            aria-expanded={open.value}
            aria-controls={open.value ? `${id}-list` : undefined}
            aria-activedescendant={active ? idOf(active) : undefined}
            aria-invalid={error ? 'true' : undefined}
            aria-required={required ? 'true' : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            placeholder={placeholder}
            value={query.value ?? chosen?.name ?? ''}
            ref={inputRef ?? null}
            onClick={(event) => {
              show();
              event.currentTarget.select();
            }}
            onInput={onInput}
            onKeyDown={onKeyDown}
          />
          <span class="chevron">
            <ChevronIcon />
          </span>
        </div>
        {open.value && (
          <div class={above.value ? 'combo-list above' : 'combo-list'} ref={listRef}>
            <div id={`${id}-list`} role="listbox" aria-label={label}>
              {shown.map((option) => (
                // The detail lies beside the option: what is read out as its name is what it is called, no more.
                <div
                  key={option.id}
                  role="none"
                  class={`combo-row${withDots ? '' : ' plain'}${option === active ? ' current' : ''}${
                    option === recent.at(-1) ? ' last-recent' : ''
                  }`}
                >
                  {withDots && (option.face ? <Dot face={option.face} /> : <span />)}
                  {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard at the input, which keeps the focus */}
                  <div
                    id={idOf(option)}
                    role="option"
                    tabIndex={-1}
                    class="combo-option"
                    aria-selected={option.id === value}
                    aria-disabled={option.disabled ? 'true' : undefined}
                    aria-describedby={option.detail ? `${idOf(option)}-detail` : undefined}
                    // The focus stays in the input.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => pick(option)}
                  >
                    {option.name}
                  </div>
                  {option.id === value ? <CheckIcon /> : <span />}
                  {option.detail && (
                    <span class="detail" id={`${idOf(option)}-detail`} aria-hidden="true">
                      {option.detail}
                    </span>
                  )}
                </div>
              ))}
            </div>
            {shown.length === 0 && <p class="combo-note">{sharedWords.noSuchName}</p>}
            {found.length > shown.length && (
              <p class="combo-note">{sharedWords.moreToFind(found.length - shown.length)}</p>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
