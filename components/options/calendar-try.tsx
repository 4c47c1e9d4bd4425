import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Ask } from '../../core/contract/client';
import type { Answer } from '../../core/contract/messages';
import type { BusinessCalendar, Due } from '../../core/domain/calendar';
import { waitWords } from '../../core/domain/duration';
import type { Wait } from '../../core/domain/template';
import { calendarsWords } from '../../core/words/options-calendars';
import { FieldError } from '../shared/field-error';
import { localInput } from '../shared/time';
import { dateWords, momentWords, unfinished } from './calendar-draft';

const UNITS = ['business-days', 'business-hours', 'working-day'] as const;
const MOST = 100_000;

/** When a wait would be over by the calendar as it stands in the form; the background counts it as it counts a timer. */
export function CalendarTry({ ask, calendar, now }: { ask: Ask; calendar: BusinessCalendar; now: number }) {
  const id = useId();
  const amount = useSignal('7');
  const unit = useSignal<(typeof UNITS)[number]>('business-days');
  const at = useSignal('08:00');
  const from = useSignal(localInput(now));
  const answer = useSignal<{ wait: Wait; due: Answer<Due> } | null>(null);

  const count = Number(amount.value);
  const problem =
    !/^\d+$/.test(amount.value.trim()) || count < 1 || count > MOST
      ? { field: 'amount', words: calendarsWords.wholeNumber }
      : unit.value === 'working-day' && at.value === ''
        ? { field: 'at', words: calendarsWords.timeFirst }
        : !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(from.value)
          ? { field: 'from', words: calendarsWords.startFirst }
          : null;
  const { timeZone, week, holidays } = calendar;
  // A name that is missing is nothing that is counted by.
  const tried = { ...calendar, name: calendar.name.trim() || calendarsWords.newCalendar };
  const ready = problem === null && unfinished(tried).length === 0;

  useEffect(() => {
    if (!ready) return;
    let wanted = true;
    const wait: Wait =
      unit.value === 'working-day'
        ? { amount: count, unit: unit.value, at: at.value }
        : { amount: count, unit: unit.value };
    ask('calendars.try', { calendar: tried, wait, from: from.value }).then((due) => {
      // Later edits have asked for themselves.
      if (wanted) answer.value = { wait, due };
    });
    return () => {
      wanted = false;
    };
  }, [ready, count, unit.value, at.value, from.value, timeZone, week, holidays]);

  const invalid = (field: string) =>
    problem?.field === field ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${id}-problem` } : {};
  return (
    <section class="panel-card part try" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{calendarsWords.tryIt}</h2>
      <div class="try-wait">
        <div class="field">
          <label for={`${id}-amount`}>{calendarsWords.amount}</label>
          <input
            id={`${id}-amount`}
            class="input"
            inputMode="numeric"
            autocomplete="off"
            {...invalid('amount')}
            value={amount.value}
            onInput={(event) => {
              amount.value = event.currentTarget.value;
            }}
          />
        </div>
        <div class="field">
          <label for={`${id}-unit`}>{calendarsWords.unit}</label>
          <select
            id={`${id}-unit`}
            class="input"
            value={unit.value}
            onChange={(event) => {
              unit.value = UNITS.find((one) => one === event.currentTarget.value) ?? unit.value;
            }}
          >
            {UNITS.map((one) => (
              <option key={one} value={one}>
                {calendarsWords.units[one]}
              </option>
            ))}
          </select>
        </div>
        {unit.value === 'working-day' && (
          <div class="field">
            <label for={`${id}-at`}>{calendarsWords.at}</label>
            <input
              id={`${id}-at`}
              class="input"
              type="time"
              {...invalid('at')}
              value={at.value}
              onInput={(event) => {
                at.value = event.currentTarget.value;
              }}
            />
          </div>
        )}
      </div>
      <div class="field">
        <label for={`${id}-from`}>
          {calendarsWords.starting} <span class="field-hint">{calendarsWords.byItsClock}</span>
        </label>
        <input
          id={`${id}-from`}
          class="input"
          type="datetime-local"
          {...invalid('from')}
          value={from.value}
          onInput={(event) => {
            from.value = event.currentTarget.value;
          }}
        />
      </div>
      <FieldError id={`${id}-problem`} alert>
        {problem?.words}
      </FieldError>
      <div class="try-answer" role="status">
        {ready && answer.value && <Outcome {...answer.value} />}
      </div>
    </section>
  );
}

function Outcome({ wait, due }: { wait: Wait; due: Answer<Due> }) {
  if (!due.ok) return <p class="muted">{due.message}</p>;
  const { dueAt, derivation } = due.value;
  const { calendar } = derivation;
  if (calendar === null) return null;
  const { daysOff, holidays, moreHolidays, timeZone } = calendar;
  return (
    <>
      <p class="muted">{calendarsWords.sum(waitWords(wait), momentWords(derivation.from, timeZone))}</p>
      <p class="try-date">{momentWords(dueAt, timeZone)}</p>
      <h3 class="eyebrow">{calendarsWords.leftOutHere}</h3>
      <ul class="try-why small">
        {daysOff > 0 && <li class="whole">{calendarsWords.daysOff(daysOff)}</li>}
        {holidays.map(({ date, name }) => (
          <li key={date}>
            <time dateTime={date} class="muted">
              {dateWords(date)}
            </time>
            <span>{name}</span>
          </li>
        ))}
        {moreHolidays > 0 && <li class="whole">{calendarsWords.moreHolidays(moreHolidays)}</li>}
        {daysOff + holidays.length === 0 && <li class="whole">{calendarsWords.nothingLeftOut}</li>}
      </ul>
    </>
  );
}
