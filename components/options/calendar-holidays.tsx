import { batch, type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { HolidayFileView } from '../../core/contract/views';
import type { Holiday } from '../../core/domain/calendar';
import { holidayFileWords } from '../../core/words/holiday-file';
import { calendarsWords } from '../../core/words/options-calendars';
import { Button } from '../shared/button';
import { FieldError } from '../shared/field-error';
import { IconButton } from '../shared/icon-button';
import { CrossIcon } from '../shared/icons';
import { dateWords, MAX_HOLIDAYS, MOST_OF_FILE, withHolidays } from './calendar-draft';
import { YearPicker } from './calendar-year';
import { textOf } from './text-file';

/** A day that is being typed and not added yet, and what takes it in. */
export interface TypedHoliday {
  date: Signal<string>;
  name: Signal<string>;
  /** @returns whether nothing is in the way; what is, is said at its field, which has the focus then */
  take: { current: () => boolean };
}

interface HolidaysProps {
  ask: Ask;
  /** By date. */
  holidays: readonly Holiday[];
  /** What the background found wrong with them. */
  problems: readonly string[];
  year: Signal<number>;
  onChange: (holidays: Holiday[]) => void;
  typed: TypedHoliday;
}

/** The days off besides those of the week: by hand, and from a file. */
export function CalendarHolidays({ ask, holidays, problems, year, onChange, typed }: HolidaysProps) {
  const id = useId();
  const said = useSignal('');
  const list = useRef<HTMLUListElement>(null);
  const dateField = useRef<HTMLInputElement>(null);
  const shown = holidays.filter(({ date }) => Number(date.slice(0, 4)) === year.value);

  const add = (more: readonly Holiday[], words: string) =>
    batch(() => {
      const first = withHolidays([], more)[0];
      onChange(withHolidays(holidays, more));
      if (first && more.length === 1) year.value = Number(first.date.slice(0, 4));
      said.value = words;
    });
  const remove = ({ date, name }: Holiday, index: number) => {
    onChange(holidays.filter((other) => other.date !== date));
    said.value = calendarsWords.removed(name, dateWords(date));
    requestAnimationFrame(() => {
      const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
      (buttons[Math.min(index, buttons.length - 1)] ?? dateField.current)?.focus();
    });
  };

  return (
    <section class="panel-card part" aria-labelledby={`${id}-title`}>
      <div class="part-head">
        <div>
          <h2 id={`${id}-title`}>
            {calendarsWords.holidaysTitle} <span class="count">{calendarsWords.inAll(holidays.length)}</span>
          </h2>
          <p class="muted small">{calendarsWords.aboutHolidays}</p>
        </div>
        <YearPicker year={year} />
      </div>
      {problems.map((message) => (
        <FieldError key={message}>{message}</FieldError>
      ))}
      {shown.length === 0 && <p class="none">{calendarsWords.noneIn(String(year.value))}</p>}
      <ul class="holidays" aria-label={calendarsWords.holidaysTitle} ref={list}>
        {shown.map((holiday, index) => (
          <li key={holiday.date}>
            <time dateTime={holiday.date}>{dateWords(holiday.date)}</time>
            <span>{holiday.name}</span>
            <IconButton
              label={calendarsWords.removeHoliday(holiday.name, dateWords(holiday.date))}
              onPress={() => remove(holiday, index)}
            >
              <CrossIcon />
            </IconButton>
          </li>
        ))}
      </ul>
      <ByHand
        holidays={holidays}
        dateField={dateField}
        typed={typed}
        onAdd={(holiday) => add([holiday], calendarsWords.added(holiday.name, dateWords(holiday.date)))}
      />
      <FromFile ask={ask} holidays={holidays} onAdd={(more) => add(more, calendarsWords.addedFromFile(more.length))} />
      <p role="status" class="visually-hidden">
        {said.value}
      </p>
    </section>
  );
}

interface ByHandProps {
  holidays: readonly Holiday[];
  dateField: RefObject<HTMLInputElement | null>;
  typed: TypedHoliday;
  onAdd: (holiday: Holiday) => void;
}

function ByHand({ holidays, dateField, typed: { date, name, take }, onAdd }: ByHandProps) {
  const id = useId();
  const problem = useSignal<{ field: 'date' | 'name'; words: string } | null>(null);
  const nameField = useRef<HTMLInputElement>(null);

  const wrong = (): typeof problem.value => {
    const same = holidays.find((holiday) => holiday.date === date.value);
    // Years of five digits can be typed.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date.value)) return { field: 'date', words: calendarsWords.dateFirst };
    if (!/^(19[7-9]|2)\d+-/.test(date.value)) return { field: 'date', words: calendarsWords.yearFirst };
    if (same) return { field: 'date', words: calendarsWords.takenDate(dateWords(same.date), same.name) };
    if (name.value.trim() === '') return { field: 'name', words: calendarsWords.whatFirst };
    if (holidays.length >= MAX_HOLIDAYS) return { field: 'date', words: calendarsWords.tooMany(MAX_HOLIDAYS) };
    return null;
  };
  take.current = () => {
    problem.value = wrong();
    if (problem.value) {
      (problem.value.field === 'date' ? dateField : nameField).current?.focus();
      return false;
    }
    onAdd({ date: date.value, name: name.value.trim() });
    batch(() => {
      date.value = '';
      name.value = '';
    });
    return true;
  };
  const add = () => {
    if (take.current()) dateField.current?.focus();
  };
  const field = (which: 'date' | 'name') => ({
    id: `${id}-${which}`,
    class: 'input',
    'aria-invalid': problem.value?.field === which ? ('true' as const) : undefined,
    'aria-describedby': problem.value?.field === which ? `${id}-problem` : undefined,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && !event.isComposing) add();
    },
  });
  return (
    <div class="by-hand">
      <div class="field">
        <label for={`${id}-date`}>{calendarsWords.date}</label>
        <input
          {...field('date')}
          type="date"
          ref={dateField}
          value={date.value}
          onInput={(event) => {
            date.value = event.currentTarget.value;
            problem.value = null;
          }}
        />
      </div>
      <div class="field">
        <label for={`${id}-name`}>{calendarsWords.whatDay}</label>
        <input
          {...field('name')}
          maxLength={120}
          autocomplete="off"
          ref={nameField}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
            problem.value = null;
          }}
        />
      </div>
      <Button onPress={add}>{calendarsWords.add}</Button>
      <FieldError id={`${id}-problem`} alert>
        {problem.value?.words}
      </FieldError>
    </div>
  );
}

interface FromFileProps {
  ask: Ask;
  holidays: readonly Holiday[];
  onAdd: (holidays: Holiday[]) => void;
}

/** How many lines of a file's days, and of what it leaves out, are shown. */
const SHOWN = 40;
const SHOWN_LEFT_OUT = 10;

function FromFile({ ask, holidays, onAdd }: FromFileProps) {
  const id = useId();
  const file = useSignal<{ name: string; read: HolidayFileView } | null>(null);
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLElement>(null);
  useEffect(() => {
    if (file.value) result.current?.focus();
  }, [file.value]);

  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    batch(() => {
      problem.value = null;
      file.value = null;
      busy.value = true;
    });
    const text = await textOf(chosen, MOST_OF_FILE).catch(() => undefined);
    // The same file again is a choice as well: it may have been edited.
    if (input.current) input.current.value = '';
    const answer =
      text === null
        ? { ok: false as const, message: holidayFileWords.tooLarge(MOST_OF_FILE / 1_000_000) }
        : text === undefined
          ? null
          : await ask('calendars.holidays-of-file', { text });
    batch(() => {
      busy.value = false;
      if (answer?.ok) file.value = { name: chosen.name, read: answer.value };
      else problem.value = answer ? `${chosen.name}: ${answer.message}` : calendarsWords.unreadable(chosen.name);
    });
  };
  const close = () => {
    file.value = null;
    input.current?.focus();
  };

  const dates = new Set(holidays.map(({ date }) => date));
  const fresh = file.value?.read.holidays.filter(({ date }) => !dates.has(date)) ?? [];
  return (
    <>
      <div>
        <label class={`button plain file${busy.value ? ' busy' : ''}`} for={id}>
          {calendarsWords.importFile}
          <input
            id={id}
            ref={input}
            type="file"
            accept=".ics,text/calendar"
            aria-describedby={problem.value ? `${id}-problem` : undefined}
            onChange={(event) => read(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      <FieldError id={`${id}-problem`} alert>
        {problem.value}
      </FieldError>
      {file.value && (
        <section class="file-review" aria-label={calendarsWords.whatItWouldAdd} tabIndex={-1} ref={result}>
          <h3>{file.value.name}</h3>
          <p>{fresh.length > 0 ? calendarsWords.wouldAdd(fresh.length) : calendarsWords.nothingToAdd}</p>
          {fresh.length > 0 && (
            <ul class="file-days">
              {fresh.slice(0, SHOWN).map(({ date, name }) => (
                <li key={date}>
                  <time dateTime={date}>{dateWords(date, { year: 'numeric' })}</time> <span>{name}</span>
                </li>
              ))}
              {fresh.length > SHOWN && <li class="muted">{calendarsWords.andMore(fresh.length - SHOWN)}</li>}
            </ul>
          )}
          {file.value.read.holidays.length > fresh.length && (
            <p class="muted small">{calendarsWords.alreadyHere(file.value.read.holidays.length - fresh.length)}</p>
          )}
          <LeftOut events={file.value.read.leftOut} />
          {holidays.length + fresh.length > MAX_HOLIDAYS && (
            <FieldError>{calendarsWords.tooMany(MAX_HOLIDAYS)}</FieldError>
          )}
          <p class="review-actions">
            {fresh.length > 0 && holidays.length + fresh.length <= MAX_HOLIDAYS && (
              <Button
                kind="primary"
                onPress={() => {
                  onAdd(fresh);
                  close();
                }}
              >
                {calendarsWords.addAll(fresh.length)}
              </Button>
            )}
            <Button kind="ghost" onPress={close}>
              {fresh.length > 0 ? calendarsWords.cancel : calendarsWords.close}
            </Button>
          </p>
        </section>
      )}
    </>
  );
}

function LeftOut({ events }: { events: HolidayFileView['leftOut'] }) {
  if (events.length === 0) return null;
  return (
    <div class="small">
      <p>{calendarsWords.leftOut(events.length)}</p>
      <ul class="changes muted">
        {events.slice(0, SHOWN_LEFT_OUT).map(({ name, why }, index) => (
          <li key={index}>
            <b>{name}</b> {why}
          </li>
        ))}
        {events.length > SHOWN_LEFT_OUT && <li>{calendarsWords.andMore(events.length - SHOWN_LEFT_OUT)}</li>}
      </ul>
    </div>
  );
}
