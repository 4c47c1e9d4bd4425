import { useId, useRef } from 'preact/hooks';
import { calendarsWords } from '../../core/words/options-calendars';
import { FieldError } from '../shared/field-error';
import { IconButton } from '../shared/icon-button';
import { CloneIcon, CrossIcon, PlusIcon } from '../shared/icons';
import { copiedHours, type Draft, nextSpan, type Span, weekdayName } from './calendar-draft';

interface WeekProps {
  week: Draft['week'];
  problemAt: (...path: (string | number)[]) => string | null;
  onChange: (week: Draft['week']) => void;
}

/** The working hours of each day of the week. */
export function CalendarWeek({ week, problemAt, onChange }: WeekProps) {
  const id = useId();
  const wrong = problemAt('week');
  return (
    <section class="panel-card part" aria-labelledby={`${id}-title`}>
      <div>
        <h2 id={`${id}-title`}>{calendarsWords.week}</h2>
        <p class="muted small">{calendarsWords.aboutWeek}</p>
      </div>
      <FieldError>{wrong}</FieldError>
      <ul class="week">
        {week.map((spans, day) => (
          <Day
            key={day}
            name={weekdayName(day)}
            spans={spans}
            problemAt={(index) => problemAt('week', day, index)}
            onChange={(next) => onChange(week.with(day, next))}
            onCopy={() => onChange(copiedHours(week, day))}
          />
        ))}
      </ul>
    </section>
  );
}

interface DayProps {
  name: string;
  spans: readonly Span[];
  problemAt: (index: number) => string | null;
  onChange: (spans: Span[]) => void;
  onCopy: () => void;
}

function Day({ name, spans, problemAt, onChange, onCopy }: DayProps) {
  const id = useId();
  const row = useRef<HTMLLIElement>(null);
  /** Once it is drawn. */
  const focus = (selector: string) =>
    requestAnimationFrame(() => [...(row.current?.querySelectorAll<HTMLElement>(selector) ?? [])].at(-1)?.focus());
  const time = (index: number, end: 'from' | 'to') => (
    <input
      type="time"
      class="input"
      aria-label={end === 'from' ? calendarsWords.from(name) : calendarsWords.until(name)}
      aria-invalid={problemAt(index) ? 'true' : undefined}
      aria-describedby={problemAt(index) ? `${id}-${index}` : undefined}
      value={spans[index]?.[end]}
      onInput={({ currentTarget: { value } }) =>
        onChange(spans.map((span, other) => (other === index ? { ...span, [end]: value } : span)))
      }
    />
  );
  return (
    <li class="day" ref={row}>
      <span class="day-name">{name}</span>
      <div class="spans">
        {spans.length === 0 && <span class="day-off">{calendarsWords.dayOff}</span>}
        {spans.map(({ from, to }, index) => (
          <div class="span" key={index}>
            {time(index, 'from')}
            <span aria-hidden="true">–</span>
            {time(index, 'to')}
            <IconButton
              label={calendarsWords.removeHours(name, from, to)}
              onPress={() => {
                onChange(spans.filter((_, other) => other !== index));
                focus('.day-tools button');
              }}
            >
              <CrossIcon />
            </IconButton>
            <FieldError id={`${id}-${index}`}>{problemAt(index)}</FieldError>
          </div>
        ))}
      </div>
      <div class="day-tools">
        {spans.length > 0 && (
          <IconButton label={calendarsWords.copyHours(name)} onPress={onCopy}>
            <CloneIcon />
          </IconButton>
        )}
        {spans.length < 10 && (
          <IconButton
            label={calendarsWords.addHours(name)}
            onPress={() => {
              onChange([...spans, nextSpan(spans)]);
              focus('.span:last-child .input:first-child');
            }}
          >
            <PlusIcon />
          </IconButton>
        )}
      </div>
    </li>
  );
}
