import type { Signal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { Holiday } from '../../core/domain/calendar';
import { locale } from '../../core/words/language';
import { calendarsWords } from '../../core/words/options-calendars';
import { IconButton } from '../shared/icon-button';
import { ChevronIcon } from '../shared/icons';
import { type Draft, weekdayName } from './calendar-draft';

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** Goes from year to year. */
export function YearPicker({ year }: { year: Signal<number> }) {
  const go = (by: 1 | -1) => {
    year.value = Math.min(LAST_YEAR, Math.max(FIRST_YEAR, year.value + by));
  };
  return (
    <span class="year-picker">
      <IconButton label={calendarsWords.previousYear} onPress={() => go(-1)}>
        <ChevronIcon />
      </IconButton>
      <b aria-live="polite">{year.value}</b>
      <IconButton label={calendarsWords.nextYear} onPress={() => go(1)}>
        <ChevronIcon />
      </IconButton>
    </span>
  );
}

interface YearProps {
  week: Draft['week'];
  holidays: readonly Holiday[];
  year: Signal<number>;
}

/** A year at a glance: which days are worked on, which are off, and which are holidays. */
export function YearView({ week, holidays, year }: YearProps) {
  const id = useId();
  const shown = year.value;
  // Four hundred cells are not drawn anew for each letter of a name.
  return useMemo(() => {
    const names = new Map(holidays.map(({ date, name }) => [date, name]));
    const months = Array.from({ length: 12 }, (_, month) => daysOfMonth(shown, month, week, names));
    const days = months.flat();
    const count = (kind: Day['kind']) => days.filter((day) => day.kind === kind).length;
    return (
      <section class="panel-card part year-view" aria-labelledby={`${id}-title`}>
        <div class="part-head">
          <div>
            <h2 id={`${id}-title`}>{calendarsWords.year(String(shown))}</h2>
            <p class="muted small">
              {calendarsWords.workingDays(count('work'))} · {calendarsWords.holidays(count('holiday'))}
            </p>
          </div>
          <ul class="year-legend" aria-hidden="true">
            {(['work', 'off', 'holiday'] as const).map((kind) => (
              <li key={kind}>
                <i class={kind} /> {calendarsWords.legend[kind]}
              </li>
            ))}
          </ul>
          <YearPicker year={year} />
        </div>
        <div class="months">
          {months.map((days, month) => (
            <Month key={month} name={monthName(month)} days={days} />
          ))}
        </div>
      </section>
    );
  }, [week, holidays, shown]);
}

interface Day {
  /** Of the month. */
  day: number;
  /** Monday is 0. */
  weekday: number;
  kind: 'work' | 'off' | 'holiday';
  holiday: string | null;
}

function daysOfMonth(year: number, month: number, week: Draft['week'], names: ReadonlyMap<string, string>): Day[] {
  return Array.from({ length: new Date(Date.UTC(year, month + 1, 0)).getUTCDate() }, (_, index) => {
    const date = new Date(Date.UTC(year, month, index + 1));
    const weekday = (date.getUTCDay() + 6) % 7;
    const holiday = names.get(date.toISOString().slice(0, 10)) ?? null;
    const kind = holiday !== null ? 'holiday' : week[weekday]?.length ? 'work' : 'off';
    return { day: index + 1, weekday, kind, holiday };
  });
}

function monthName(month: number): string {
  return new Intl.DateTimeFormat(locale(), { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month));
}

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];

function Month({ name, days }: { name: string; days: readonly Day[] }) {
  const before = days[0]?.weekday ?? 0;
  const weeks = Array.from({ length: Math.ceil((before + days.length) / 7) }, (_, week) =>
    WEEKDAYS.map((weekday) => days[7 * week + weekday - before]),
  );
  return (
    <table class="month">
      <caption>{name}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              <span aria-hidden="true">{weekdayName(weekday, 'narrow')}</span>
              <span class="visually-hidden">{weekdayName(weekday)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day)?.day}>
            {WEEKDAYS.map((weekday) => (
              <Cell key={weekday} day={week[weekday]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ day }: { day: Day | undefined }) {
  if (!day) return <td />;
  const heard = day.holiday !== null ? calendarsWords.heardHoliday(day.holiday) : calendarsWords.heardOff;
  return (
    <td class={day.kind} title={day.holiday ?? undefined}>
      <span>{day.day}</span>
      {day.kind !== 'work' && <span class="visually-hidden">{heard}</span>}
    </td>
  );
}
