import { batch, type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { CalendarList, CalendarView } from '../../core/contract/views';
import type { BusinessCalendar } from '../../core/domain/calendar';
import { optionsWords } from '../../core/words/options';
import { calendarsWords } from '../../core/words/options-calendars';
import { Button } from '../shared/button';
import { CalendarIcon, PlusIcon } from '../shared/icons';
import { minutesOf, weeklyHours } from './calendar-draft';
import { CalendarEditor } from './calendar-editor';
import { Loading, Trouble } from './trouble';
import { UsedBy } from './used-by';

const NEW = 'new';

interface CalendarsProps {
  ask: Ask;
  /** The id of the calendar that is edited, "new", or nothing: the list. */
  place: string;
  /** Set while edits would be lost. */
  unsaved: Signal<boolean>;
}

/** The calendars that templates count business time by. */
export function Calendars({ ask, place, unsaved }: CalendarsProps) {
  const list = useSignal<CalendarList | null>(null);
  /** Counts how often it was read. */
  const reads = useSignal(0);
  /** The id of what was new and has been saved since. */
  const made = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);
  const load = async () => {
    const answer = await ask('calendars.list', {});
    batch(() => {
      if (answer.ok) {
        list.value = answer.value;
        reads.value += 1;
      }
      error.value = answer.ok ? null : answer.message;
    });
  };
  useEffect(() => {
    made.value = null;
    // What is edited is what is stored now, not what it was when the list was drawn.
    list.value = null;
    load();
  }, [place]);

  if (list.value === null)
    return (
      <Head>
        <Loading problem={error.value} />
      </Head>
    );
  if (place === '') return <List ask={ask} list={list.value} load={load} loadError={error.value} />;
  const { calendars, plain, now } = list.value;
  const id = made.value ?? place;
  const view = calendars.find(({ calendar }) => calendar.id === id) ?? null;
  if (!view && id !== NEW)
    return (
      <Head>
        <Trouble words={calendarsWords.notThere} />
        <p>
          <a class="button" href="#calendars">
            {optionsWords.calendars}
          </a>
        </p>
      </Head>
    );
  return (
    <CalendarEditor
      key={`${place} ${reads.value}`}
      ask={ask}
      view={view}
      start={view?.calendar ?? { ...plain, id: '', name: '' }}
      now={now}
      unsaved={unsaved}
      reload={async (calendarId) => {
        made.value = calendarId;
        await load();
      }}
    />
  );
}

function Head({ children }: { children: ComponentChildren }) {
  return (
    <>
      <div class="page-head">
        <h1>{optionsWords.calendars}</h1>
        <p class="muted">{calendarsWords.about}</p>
      </div>
      {children}
    </>
  );
}

interface ListProps {
  ask: Ask;
  list: CalendarList;
  load: () => Promise<void>;
  loadError: string | null;
}

function List({ ask, list, load, loadError }: ListProps) {
  const refused = useSignal<string | null>(null);
  const done = useSignal<{ words: string; undo: BusinessCalendar | null } | null>(null);
  const undoRef = useRef<HTMLButtonElement>(null);
  /** One after the other: whoever presses twice means it once. */
  const atWork = useRef(false);
  const once = async (work: () => Promise<void>) => {
    if (atWork.current) return;
    atWork.current = true;
    try {
      await work();
    } finally {
      atWork.current = false;
    }
  };
  useEffect(() => {
    if (done.value?.undo) undoRef.current?.focus();
  }, [done.value]);

  const tell = (words: string | null, undo: BusinessCalendar | null, problem: string | null) =>
    batch(() => {
      // What was deleted is nowhere else: it can be brought back until it was, or something else was done.
      if (problem === null || !done.peek()?.undo) done.value = words === null ? null : { words, undo };
      refused.value = problem;
    });
  /** Stores one that is not there, and says so. */
  const make = async (calendar: BusinessCalendar, words: string) => {
    const answer = await ask('calendars.save', { calendar, seen: null });
    const problem = answer.ok ? (answer.value.problems[0]?.message ?? null) : answer.message;
    tell(problem === null ? words : null, null, problem);
    await load();
  };
  const duplicate = ({ calendar }: CalendarView) => {
    const names = new Set(list.calendars.map((view) => view.calendar.name));
    // So that it fits with what is put behind it.
    const short = calendar.name.slice(0, 100).trim();
    let n = 1;
    while (names.has(calendarsWords.copyOf(short, n))) n += 1;
    const name = calendarsWords.copyOf(short, n);
    return make({ ...calendar, id: crypto.randomUUID(), name }, calendarsWords.duplicated(name));
  };
  const remove = async ({ calendar, version }: CalendarView) => {
    const answer = await ask('calendars.remove', { calendarId: calendar.id, seen: version });
    await load();
    if (answer.ok) tell(calendarsWords.deleted(calendar.name), calendar, null);
    else tell(null, null, answer.message);
  };

  return (
    <Head>
      <div class="toolbar">
        <a class="button primary" href={`#calendars/${NEW}`}>
          <PlusIcon />
          {calendarsWords.newCalendar}
        </a>
      </div>
      <Trouble words={refused.value ?? loadError} />
      <div role="status">
        {done.value && (
          <p class="message done with-undo">
            {done.value.words}
            {done.value.undo && (
              <Button
                low
                buttonRef={undoRef}
                onPress={() => {
                  const calendar = done.value?.undo;
                  if (calendar) once(() => make(calendar, calendarsWords.restored(calendar.name)));
                }}
              >
                {calendarsWords.undo}
              </Button>
            )}
          </p>
        )}
      </div>
      {list.calendars.length === 0 ? (
        <section class="empty">
          <span class="empty-mark">
            <CalendarIcon />
          </span>
          <h2>{calendarsWords.noneYet}</h2>
          <p class="muted">{calendarsWords.whyOne}</p>
        </section>
      ) : (
        <ul class="cards" aria-label={optionsWords.calendars}>
          {list.calendars.map((view) => (
            <Card
              key={view.calendar.id}
              view={view}
              duplicate={() => once(() => duplicate(view))}
              remove={() => once(() => remove(view))}
            />
          ))}
        </ul>
      )}
      <p class="muted small">{calendarsWords.plain(list.plain.name, list.plain.timeZone)}</p>
    </Head>
  );
}

interface CardProps {
  view: CalendarView;
  duplicate: () => void;
  remove: () => void;
}

function Card({ view: { calendar, usedBy }, duplicate, remove }: CardProps) {
  const { id, name, timeZone, week, holidays } = calendar;
  return (
    <li class="panel-card calendar-card">
      <WeekStrip week={week} />
      <div class="calendar-main">
        <h2>
          <a href={`#calendars/${id}`}>{name}</a>
        </h2>
        <p class="muted">
          {timeZone.replaceAll('_', ' ')} · {calendarsWords.hoursAWeek(weeklyHours(week))} ·{' '}
          {calendarsWords.holidays(holidays.length)}
        </p>
        {usedBy.length > 0 && <UsedBy templates={usedBy} />}
      </div>
      <div class="calendar-actions">
        <Button kind="ghost" label={calendarsWords.duplicateOf(name)} onPress={duplicate}>
          {calendarsWords.duplicate}
        </Button>
        <Button kind="ghost" label={calendarsWords.deleteOf(name)} onPress={remove}>
          {calendarsWords.delete}
        </Button>
      </div>
    </li>
  );
}

/** The week at a glance, Monday first, midnight to midnight downwards; the words beside it say it. */
function WeekStrip({ week }: { week: BusinessCalendar['week'] }) {
  const percent = (minutes: number) => `${minutes / 14.4}%`;
  return (
    <span class="week-strip" aria-hidden="true">
      {week.map((spans, day) => (
        <span key={day}>
          {spans.map(({ from, to }) => (
            <i
              key={from}
              style={{ top: percent(minutesOf(from)), height: percent((minutesOf(to) || 1440) - minutesOf(from)) }}
            />
          ))}
        </span>
      ))}
    </span>
  );
}
