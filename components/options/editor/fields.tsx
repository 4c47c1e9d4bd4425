import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { inUnit } from '../../../core/domain/rule-edits';
import type { CaseTemplate, Position, Target, Wait } from '../../../core/domain/template';
import { keptText } from '../../../core/domain/template-edits';
import { editorWords } from '../../../core/words/editor';
import { FieldError } from '../../shared/field-error';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | null;
}

function Field({ id, label, hint, error, children }: FieldProps & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <div>
        <label class="field-label" for={id}>
          {label}
        </label>
        {hint && <span class="field-hint"> {hint}</span>}
      </div>
      {children}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** Whether a key takes back the last edit. */
const undoes = (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'z';

/**
 * What was kept before the typing began. It counts where the typing ends in what cannot be kept: of what was typed on the
 * way there, nothing is meant.
 */
function useBefore<T>(value: T, onChange: (value: T) => void) {
  const before = useRef(value);
  /** What was last said to be kept: two keys may come before the screen is drawn. */
  const said = useRef(value);
  said.current = value;
  /** The last that was typed and could be kept: Undo leads back to it. */
  const fitted = useRef(value);
  const say = (next: T) => {
    if (next !== said.current) onChange(next);
    said.current = next;
  };
  return {
    before,
    onFocus: () => {
      before.current = value;
      fitted.current = value;
    },
    keep: (next: T) => {
      fitted.current = next;
      say(next);
    },
    takeBack: () => say(before.current),
    /** @returns what is to be in the field again */
    backToFitted: () => {
      say(fitted.current);
      return fitted.current;
    },
  };
}

interface TextProps extends FieldProps {
  value: string;
  maxLength: number;
  /** Called with every text that can be kept; one that cannot stays in the field, with the reason, and what was kept before it is again. */
  onChange: (value: string) => void;
  required?: boolean;
  rows?: number;
  /** Why a text cannot be kept, in words; `null`: it can. */
  refuses?: (text: string) => string | null;
}

/** A line or an area of text. */
export function TextField({ label, hint, value, maxLength, onChange, required = false, rows, refuses }: TextProps) {
  const id = useId();
  const typed = useSignal(value);
  const { before, onFocus, keep, takeBack, backToFitted } = useBefore(value, onChange);
  const kept = (text: string) => keptText(text, maxLength, { lines: rows !== undefined });
  const whyNot = (text: string) =>
    required && kept(text).trim() === '' ? editorWords.needsText : (refuses?.(kept(text)) ?? null);
  const problem = whyNot(typed.value);
  // Undone, or changed elsewhere: what is kept counts. At once: after the next key it would take that key back.
  useLayoutEffect(() => {
    const wentBack = whyNot(typed.peek()) !== null && value === before.current;
    if (kept(typed.peek()) !== value && !wentBack) typed.value = value;
  }, [value]);
  const input = (event: Event) => {
    typed.value = (event.currentTarget as HTMLInputElement).value;
    if (whyNot(typed.value) === null) keep(kept(typed.value));
    else takeBack();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!problem || !undoes(event)) return;
    // The last that was typed is none of the draft: the last that could be kept comes back, and of the draft nothing is undone.
    event.preventDefault();
    event.stopPropagation();
    typed.value = backToFitted();
  };
  const common = {
    id,
    class: 'input',
    maxLength,
    value: typed.value,
    onFocus,
    onInput: input,
    onKeyDown,
    'aria-invalid': problem ? ('true' as const) : undefined,
    'aria-describedby': problem ? `${id}-error` : undefined,
  };
  return (
    <Field id={id} label={label} hint={hint} error={problem}>
      {rows === undefined ? <input type="text" {...common} /> : <textarea rows={rows} {...common} />}
    </Field>
  );
}

/** One of a few things. */
export function SelectField<T extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: FieldProps & { value: T; options: readonly { id: T; name: string }[]; onChange: (value: T) => void }) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <select
        id={id}
        class="input"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.id === event.currentTarget.value);
          if (chosen) onChange(chosen.id);
        }}
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CheckField({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

/** A whole number from `min` to `max`; anything else stays in the field, with the reason, and what was kept before it is again. */
export function NumberField({
  label,
  hint,
  value,
  min,
  max,
  onChange,
  onMisfit,
}: FieldProps & {
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  /** What is in the field now is no such number: then the form is not done, and `value` stays the last that fitted. */
  onMisfit?: () => void;
}) {
  const id = useId();
  const typed = useSignal(String(value));
  const numberIn = (text: string) => {
    const number = Number(text);
    return text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max ? number : null;
  };
  const fits = numberIn(typed.value) !== null;
  const { before, onFocus, keep, takeBack, backToFitted } = useBefore(value, onChange);
  useLayoutEffect(() => {
    const wentBack = numberIn(typed.peek()) === null && value === before.current;
    if (Number(typed.peek()) !== value && !wentBack) typed.value = String(value);
  }, [value]);
  return (
    <Field id={id} label={label} hint={hint} error={fits ? null : editorWords.numberFrom(min, max)}>
      <input
        id={id}
        class="input short"
        inputMode="numeric"
        value={typed.value}
        aria-invalid={fits ? undefined : 'true'}
        aria-describedby={fits ? undefined : `${id}-error`}
        onFocus={onFocus}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          const wanted = numberIn(typed.value);
          if (wanted === null) (onMisfit ?? takeBack)();
          // Also the same again, where what came between was no number.
          else if (onMisfit) onChange(wanted);
          else keep(wanted);
        }}
        onKeyDown={(event) => {
          if (fits || !undoes(event)) return;
          event.preventDefault();
          event.stopPropagation();
          typed.value = String(onMisfit ? value : backToFitted());
          if (onMisfit) onChange(value);
        }}
      />
    </Field>
  );
}

const keyOf = ({ statusId, subStatusId }: Position) => `${statusId}/${subStatusId ?? ''}`;

/** Every position of a template that is in use, by the names that people see. */
export function positionsOf(template: CaseTemplate): { id: string; name: string; position: Position }[] {
  return template.statuses
    .filter(({ retired }) => !retired)
    .flatMap((status) =>
      [
        { name: status.name, position: { statusId: status.id, subStatusId: null } },
        ...status.subStatuses
          .filter(({ retired }) => !retired)
          .map((sub) => ({
            name: `${status.name} – ${sub.name}`,
            position: { statusId: status.id, subStatusId: sub.id },
          })),
      ].map((choice) => ({ ...choice, id: keyOf(choice.position) })),
    );
}

/** The name of a position, as people see it. */
export function positionWords(template: CaseTemplate, position: Position): string {
  const found = positionsOf(template).find(({ id }) => id === keyOf(position));
  if (found) return found.name;
  const status = template.statuses.find(({ id }) => id === position.statusId);
  const sub = status?.subStatuses.find(({ id }) => id === position.subStatusId);
  if (!status || (position.subStatusId !== null && !sub)) return editorWords.noLonger(position.statusId);
  return editorWords.retiredPlace(sub ? `${status.name} – ${sub.name}` : status.name);
}

/** A status, or one of its sub-statuses. One that was retired is still shown where it is chosen. */
export function PositionField({
  label,
  template,
  value,
  onChange,
}: {
  label: string;
  template: CaseTemplate;
  value: Position;
  onChange: (position: Position) => void;
}) {
  const positions = positionsOf(template);
  const options = positions.some(({ id }) => id === keyOf(value))
    ? positions
    : [...positions, { id: keyOf(value), name: editorWords.noLonger(value.statusId), position: value }];
  return (
    <SelectField
      label={label}
      value={keyOf(value)}
      options={options}
      onChange={(wanted) => {
        const chosen = options.find(({ id }) => id === wanted);
        if (chosen) onChange(chosen.position);
      }}
    />
  );
}

/** Where something leads: a position and, where its status has reasons, a reason. */
export function TargetFields({
  label,
  template,
  value,
  onChange,
}: {
  label: string;
  template: CaseTemplate;
  value: Target;
  onChange: (target: Target) => void;
}) {
  const status = template.statuses.find(({ id }) => id === value.statusId);
  const tags = status?.tags.filter(({ retired, id }) => !retired || id === value.tagId) ?? [];
  return (
    <>
      <PositionField
        label={label}
        template={template}
        value={value}
        onChange={(position) =>
          onChange({ ...position, tagId: position.statusId === value.statusId ? value.tagId : null })
        }
      />
      {tags.length > 0 && (
        <SelectField
          label={editorWords.reason}
          hint={status?.tagRequired ? editorWords.required : undefined}
          value={value.tagId ?? ''}
          options={[{ id: '', name: editorWords.noReason }, ...tags.map(({ id, name }) => ({ id, name }))]}
          onChange={(tagId) => onChange({ ...value, tagId: tagId === '' ? null : tagId })}
        />
      )}
    </>
  );
}

const UNITS = ['minutes', 'hours', 'days', 'business-hours', 'business-days', 'working-day', 'seconds'] as const;

/** How long something waits. */
export function WaitFields({
  label,
  value,
  lengthsOnly = false,
  onChange,
}: {
  label: string;
  value: Wait;
  /** No time of day on a working day. */
  lengthsOnly?: boolean;
  onChange: (wait: Wait) => void;
}) {
  const timeId = useId();
  const units = UNITS.filter((unit) => !lengthsOnly || unit !== 'working-day');
  return (
    <div class="together">
      <NumberField
        label={label}
        value={value.amount}
        min={1}
        max={100_000}
        onChange={(amount) => onChange({ ...value, amount })}
      />
      <SelectField
        label={editorWords.unit}
        value={value.unit}
        options={units.map((id) => ({ id, name: editorWords.units[id] }))}
        onChange={(unit) => onChange(inUnit(value, unit))}
      />
      {value.unit === 'working-day' && (
        <div class="field">
          <label class="field-label" for={timeId}>
            {editorWords.at}
          </label>
          <input
            id={timeId}
            class="input"
            type="time"
            required
            value={value.at}
            onChange={(event) => {
              if (/^\d\d:\d\d$/.test(event.currentTarget.value)) onChange({ ...value, at: event.currentTarget.value });
            }}
          />
        </div>
      )}
    </div>
  );
}
