import { batch, type Signal, useSignal } from '@preact/signals';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { CalendarView } from '../../core/contract/views';
import type { BusinessCalendar } from '../../core/domain/calendar';
import { optionsWords } from '../../core/words/options';
import { calendarsWords } from '../../core/words/options-calendars';
import { Button } from '../shared/button';
import { Chip } from '../shared/chip';
import { Combobox, type ComboboxOption } from '../shared/combobox';
import { FieldError } from '../shared/field-error';
import { WarningIcon } from '../shared/icons';
import { type Draft, type Problem, unfinished } from './calendar-draft';
import { CalendarHolidays, type TypedHoliday } from './calendar-holidays';
import { CalendarTry } from './calendar-try';
import { CalendarWeek } from './calendar-week';
import { YearView } from './calendar-year';
import { UsedBy } from './used-by';

interface EditorProps {
  ask: Ask;
  /** As it is stored; `null`: a new one. */
  view: CalendarView | null;
  /** What editing begins with. */
  start: BusinessCalendar;
  now: number;
  unsaved: Signal<boolean>;
  /** Shows the calendar as it is stored by now. */
  reload: (calendarId: string) => Promise<void>;
}

/** One calendar. Nothing is kept before Save. */
export function CalendarEditor({ ask, view, start, now, unsaved, reload }: EditorProps) {
  const id = useId();
  const stored = useSignal(view);
  const base = useSignal<Draft>(useMemo(() => (view ? start : { ...start, id: crypto.randomUUID() }), []));
  const draft = useSignal<Draft>(base.value);
  const problems = useSignal<Problem[]>([]);
  const refusal = useSignal<{ message: string; meanwhile: boolean } | null>(null);
  const justSaved = useSignal(false);
  const busy = useSignal(false);
  const year = useSignal(new Date(now).getUTCFullYear());
  const editor = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const typed: TypedHoliday = { date: useSignal(''), name: useSignal(''), take: useRef(() => true) };
  const isTyping = typed.date.value !== '' || typed.name.value.trim() !== '';
  const dirty = isTyping || JSON.stringify(draft.value) !== JSON.stringify(base.value);
  useEffect(() => {
    unsaved.value = dirty;
  }, [dirty]);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      unsaved.value = false;
    };
  }, []);

  const edit = (change: Partial<Draft>) =>
    batch(() => {
      draft.value = { ...draft.value, ...change };
      // What is being mended is not wrong any more; whether it is right is asked again by Save.
      problems.value = problems.value.filter(({ path }) => !Object.hasOwn(change, path[0] ?? ''));
      justSaved.value = false;
    });
  const showProblems = (found: Problem[]) => {
    problems.value = found;
    requestAnimationFrame(() => editor.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  const save = async () => {
    // Whoever has typed a day off and not added it means it all the same.
    if (isTyping && !typed.take.current()) return;
    const calendar = { ...draft.value, name: draft.value.name.trim() };
    batch(() => {
      refusal.value = null;
      justSaved.value = false;
    });
    const empty = unfinished(calendar);
    if (empty.length > 0) return showProblems(empty);
    busy.value = true;
    const answer = await ask('calendars.save', { calendar, seen: stored.value?.version ?? null });
    busy.value = false;
    if (!answer.ok) {
      refusal.value = { message: answer.message, meanwhile: /^calendar-(changed|gone)$/.test(answer.code) };
      return;
    }
    const { saved } = answer.value;
    if (!saved) return showProblems(answer.value.problems);
    // A page that is loaded anew then shows this calendar, not another new one.
    history.replaceState(null, '', `#calendars/${calendar.id}`);
    batch(() => {
      stored.value = saved;
      base.value = saved.calendar;
      // What was typed while it was being saved stays, unsaved.
      if (draft.value.name.trim() === calendar.name) draft.value = { ...draft.value, name: calendar.name };
      problems.value = [];
      justSaved.value = true;
    });
  };

  const { name, timeZone, week, holidays } = draft.value;
  const at = (...path: (string | number)[]) =>
    problems.value.find((problem) => problem.path.join() === path.join())?.message ?? null;
  const title = base.value.name || calendarsWords.newCalendar;
  return (
    <div class="calendar-editor" ref={editor}>
      <div class="edit-head">
        <p class="crumbs">
          <a href="#calendars">{optionsWords.calendars}</a> <span aria-hidden="true">›</span> {title}
        </p>
        <div class="edit-bar">
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {dirty ? (
            <Chip tone="waiting">{calendarsWords.unsaved}</Chip>
          ) : (
            <Chip {...(stored.value ? { tone: 'done' as const } : {})}>
              {stored.value ? calendarsWords.allSaved : calendarsWords.isNew}
            </Chip>
          )}
          <span class="edit-actions">
            {dirty && (
              <Button
                kind="ghost"
                onPress={() => {
                  batch(() => {
                    draft.value = base.value;
                    typed.date.value = '';
                    typed.name.value = '';
                    problems.value = [];
                    refusal.value = null;
                  });
                  heading.current?.focus();
                }}
              >
                {calendarsWords.discard}
              </Button>
            )}
            <Button kind="primary" busy={busy.value} onPress={save}>
              {calendarsWords.save}
            </Button>
          </span>
        </div>
      </div>
      <div role="alert">
        {problems.value.length > 0 && (
          <p class="message danger">
            <WarningIcon />
            {calendarsWords.toMend(problems.value.length)}
          </p>
        )}
        {refusal.value && (
          <div class="message danger meanwhile">
            <WarningIcon />
            <p>{refusal.value.message}</p>
            {refusal.value.meanwhile && (
              <Button
                low
                onPress={() => {
                  unsaved.value = false;
                  reload(draft.value.id);
                }}
              >
                {calendarsWords.loadNewest}
              </Button>
            )}
          </div>
        )}
      </div>
      <div role="status">{justSaved.value && <p class="message done">{calendarsWords.saved}</p>}</div>

      <div class="edit-body">
        <div class="edit-main">
          <section class="panel-card part" aria-label={calendarsWords.general}>
            <div class="pair">
              <div class="field">
                <label for={`${id}-name`}>{calendarsWords.name}</label>
                <input
                  id={`${id}-name`}
                  class="input"
                  maxLength={120}
                  autocomplete="off"
                  aria-invalid={at('name') ? 'true' : undefined}
                  aria-describedby={at('name') ? `${id}-name-problem` : undefined}
                  value={name}
                  onInput={(event) => edit({ name: event.currentTarget.value })}
                />
                <FieldError id={`${id}-name-problem`}>{at('name')}</FieldError>
              </div>
              <Combobox
                label={calendarsWords.timeZone}
                hint={calendarsWords.zoneHint}
                options={zoneOptions(timeZone)}
                value={timeZone === '' ? null : timeZone}
                onPick={(zone) => edit({ timeZone: zone ?? '' })}
                placeholder={calendarsWords.findZone}
                error={at('timeZone')}
                onEnter={() => {}}
              />
            </div>
          </section>
          <CalendarWeek week={week} problemAt={at} onChange={(next) => edit({ week: next })} />
          <CalendarHolidays
            ask={ask}
            holidays={holidays}
            problems={problems.value.filter(({ path }) => path[0] === 'holidays').map(({ message }) => message)}
            year={year}
            onChange={(next) => edit({ holidays: next })}
            typed={typed}
          />
        </div>
        <aside class="edit-aside">
          <CalendarTry ask={ask} calendar={draft.value} now={now} />
          {stored.value && stored.value.usedBy.length > 0 && (
            <section class="panel-card part" aria-label={calendarsWords.usedBy}>
              <UsedBy templates={stored.value.usedBy} />
            </section>
          )}
          <p class="muted small">{calendarsWords.keepDates}</p>
        </aside>
      </div>
      <YearView week={week} holidays={holidays} year={year} />
    </div>
  );
}

/** Some browsers list these under the names of before; all understand both. */
const RENAMED = ['Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Yangon', 'Europe/Kyiv', 'UTC'];

let zones: ComboboxOption[] | null = null;

/** All time zones that the browser knows, and the one that is chosen, which another browser may have known. */
function zoneOptions(chosen: string): ComboboxOption[] {
  zones ??= [...new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED])].toSorted().map(zoneOption);
  return chosen === '' || zones.some(({ id }) => id === chosen) ? zones : [zoneOption(chosen), ...zones];
}

function zoneOption(zone: string): ComboboxOption {
  return { id: zone, name: zone.replaceAll('_', ' '), detail: null, face: null, disabled: false };
}
