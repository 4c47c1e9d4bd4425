import { spoken } from './language';

/** What is said of a file of holidays (iCalendar) that cannot be read, and of its events that are left out. */
export const holidayFileWords = spoken({
  en: {
    tooLarge: (megabytes: number) => `The file is too large: at most ${megabytes} MB are read.`,
    notACalendar: 'The file is no calendar: it does not begin with BEGIN:VCALENDAR.',
    endsTooEarly: 'The file ends too early: a part of it is missing.',
    badLine: (line: number) => `Line ${line} does not belong in a calendar file.`,
    badDate: (event: string) => `${event}: one of its dates does not exist, or is missing.`,
    endsBeforeStart: (event: string) => `${event}: it ends before it begins.`,
    tooMany: (most: number) => `The file has more than ${most} days off.`,
    noEvents: 'The file has no events.',
    /** Of an event with no name of its own. */
    holiday: 'Holiday',
    // Why an event is left out
    timed: 'has a time of day',
    cancelled: 'is cancelled',
    tooLong: 'is longer than a year',
    unreadable: 'is described in a way that is not read here',
    otherRule: 'repeats, and not simply once a year',
    over: 'is over, or begins later than the years that are read',
    changed: 'changes one day of an event that repeats',
  },
  de: {
    tooLarge: (megabytes) => `Die Datei ist zu groß: höchstens ${megabytes} MB werden gelesen.`,
    notACalendar: 'Die Datei ist kein Kalender: sie beginnt nicht mit BEGIN:VCALENDAR.',
    endsTooEarly: 'Die Datei endet zu früh: ein Teil fehlt.',
    badLine: (line) => `Zeile ${line} gehört nicht in eine Kalenderdatei.`,
    badDate: (event) => `${event}: ein Datum fehlt, oder es gibt es nicht.`,
    endsBeforeStart: (event) => `${event}: das Ende liegt vor dem Beginn.`,
    tooMany: (most) => `Die Datei hat mehr als ${most} freie Tage.`,
    noEvents: 'Die Datei enthält keine Termine.',
    holiday: 'Feiertag',
    timed: 'hat eine Uhrzeit',
    cancelled: 'ist abgesagt',
    tooLong: 'dauert länger als ein Jahr',
    unreadable: 'ist so beschrieben, dass es hier nicht gelesen wird',
    otherRule: 'wiederholt sich, und nicht einfach einmal im Jahr',
    over: 'ist vorbei oder beginnt nach den Jahren, die gelesen werden',
    changed: 'ändert einen Tag eines Termins, der sich wiederholt',
  },
});
