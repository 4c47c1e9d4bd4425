import { spoken } from './language';

const many =
  (one: string, more: string) =>
  (n: number): string =>
    `${n} ${n === 1 ? one : more}`;

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][n % 10]) ?? 'th'}`;
}

/** Spans of time, dates and waits. */
export const timeWords = spoken({
  en: {
    /** Short, beside a number: "3 d 4 h". */
    units: { days: 'd', hours: 'h', minutes: 'min', seconds: 's' },
    waits: {
      seconds: many('second', 'seconds'),
      minutes: many('minute', 'minutes'),
      hours: many('hour', 'hours'),
      days: many('day', 'days'),
      'business-hours': many('business hour', 'business hours'),
      'business-days': many('business day', 'business days'),
    },
    workingDay: (n: number, at: string) => `${n === 1 ? 'next' : ordinal(n)} working day at ${at}`,
    in: (span: string) => `in ${span}`,
    late: (span: string) => `${span} late`,
    ago: (span: string) => `${span} ago`,
    now: 'now',
    today: 'today',
    justNow: 'just now',
    snoozes: {
      '1-day': '1 day later',
      '3-days': '3 days later',
      '1-week': '1 week later',
      '2-weeks': '2 weeks later',
    },
    presets: {
      '1-hour': 'In 1 hour',
      '4-hours': 'In 4 hours',
      'next-working-day': 'Next working day, 8:00',
      '1-day': 'In 1 day',
      '3-days': 'In 3 days',
      '1-week': 'In 1 week',
      '2-weeks': 'In 2 weeks',
    },
  },
  de: {
    units: { days: 'T', hours: 'Std.', minutes: 'Min.', seconds: 'Sek.' },
    waits: {
      seconds: many('Sekunde', 'Sekunden'),
      minutes: many('Minute', 'Minuten'),
      hours: many('Stunde', 'Stunden'),
      days: many('Tag', 'Tage'),
      'business-hours': many('Arbeitsstunde', 'Arbeitsstunden'),
      'business-days': many('Arbeitstag', 'Arbeitstage'),
    },
    workingDay: (n, at) => `${n === 1 ? 'nächster' : `${n}.`} Arbeitstag um ${at}`,
    in: (span) => `in ${span}`,
    late: (span) => `${span} zu spät`,
    ago: (span) => `vor ${span}`,
    now: 'jetzt',
    today: 'heute',
    justNow: 'gerade eben',
    snoozes: {
      '1-day': '1 Tag später',
      '3-days': '3 Tage später',
      '1-week': '1 Woche später',
      '2-weeks': '2 Wochen später',
    },
    presets: {
      '1-hour': 'In 1 Stunde',
      '4-hours': 'In 4 Stunden',
      'next-working-day': 'Nächster Arbeitstag, 8:00',
      '1-day': 'In 1 Tag',
      '3-days': 'In 3 Tagen',
      '1-week': 'In 1 Woche',
      '2-weeks': 'In 2 Wochen',
    },
  },
});
