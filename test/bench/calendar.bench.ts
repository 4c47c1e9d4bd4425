import type { BusinessCalendar } from '../../core/domain/calendar';
import { dueAfter, remainingMs } from '../../core/domain/calendar';
import { waitWords } from '../../core/domain/duration';
import type { Duration } from '../../core/domain/template';
import type { Row } from './measure';

const hours = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
];

/** Ten public holidays in each of ten years. */
const calendar: BusinessCalendar = {
  id: 'berlin',
  name: 'Berlin',
  timeZone: 'Europe/Berlin',
  week: [hours, hours, hours, hours, hours, [], []],
  holidays: Array.from({ length: 100 }, (_, index) => ({
    date: `${2022 + Math.floor(index / 10)}-${String(1 + (index % 10)).padStart(2, '0')}-0${1 + (index % 9)}`,
    name: `Holiday ${index + 1}`,
  })),
};

/** A Friday afternoon before the clocks change. */
const FROM = Date.UTC(2026, 2, 27, 15, 30);

const due = (wait: Duration): Row => ({
  name: `calendar: due after ${waitWords(wait)}`,
  run: () => dueAfter(wait, FROM, calendar),
});

const year: Duration = { amount: 250, unit: 'business-days' };
const yearDueAt = dueAfter(year, FROM, calendar).dueAt;

export const calendarRows: readonly Row[] = [
  due({ amount: 1, unit: 'days' }),
  due({ amount: 1, unit: 'business-days' }),
  due(year),
  due({ amount: 8, unit: 'business-hours' }),
  due({ amount: 2000, unit: 'business-hours' }),
  { name: 'calendar: what is left of 250 business days', run: () => remainingMs(year, FROM, yearDueAt, calendar) },
];
