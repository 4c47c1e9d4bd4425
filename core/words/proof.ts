import { spoken } from './language';

interface Change {
  forward: boolean;
  /** By how much, where it is not the usual hour. */
  by: string | null;
  date: string;
}

/** How a timer's date came about, in one sentence. */
export const proofWords = spoken({
  en: {
    setFor: (on: string, for_: string) => `Set on ${on} for ${for_}`,
    entered: (position: string, on: string) => `Entered ${position} on ${on}`,
    afterOneBefore: (on: string) => `The one before it was on ${on}`,
    plus: (wait: string) => `, plus ${wait}`,
    untilThe: (moment: string) => `, until the ${moment}`,
    held: 'Held: its time stands still.',
    mismatch: (counted: string) => `This does not add up: its parts come to ${counted}.`,
    daysOff: (count: number) => (count === 1 ? '1 day off' : `${count} days off`),
    moreHolidays: (count: number) => (count === 1 ? '1 more holiday' : `${count} more holidays`),
    moreChanges: (count: number) => (count === 1 ? '1 more change' : `${count} more changes`),
    leftOut: (what: string) => `${what} left out`,
    clocksGo: (changes: string) => `clocks go ${changes}`,
    clockChange: ({ forward, by, date }: Change) =>
      `${forward ? 'forward' : 'back'}${by === null ? '' : ` by ${by}`} on ${date}`,
    shiftLater: (span: string, why: string) => `, plus ${span} (${why})`,
    shiftEarlier: (span: string, why: string) => `, minus ${span} (${why})`,
    times: (why: string, times: number) => `${why}, ${times} times`,
    /** Why a date moved, by what is kept with the date; what is not here is said as it is. */
    shifts: {} as Record<string, string>,
    date: (parts: { weekday: string; day: string; month: string; year: string | null; time: string }) =>
      `${parts.weekday} ${parts.day} ${parts.month}${parts.year === null ? '' : ` ${parts.year}`}, ${parts.time}`,
    day: (parts: { day: string; month: string; year: string | null }) =>
      `${parts.day} ${parts.month}${parts.year === null ? '' : ` ${parts.year}`}`,
  },
  de: {
    setFor: (on, for_) => `Gesetzt am ${on} für ${for_}`,
    entered: (position, on) => `In ${position} seit ${on}`,
    afterOneBefore: (on) => `Die davor war am ${on}`,
    plus: (wait) => `, plus ${wait}`,
    untilThe: (moment) => `, bis: ${moment}`,
    held: 'Angehalten: seine Zeit steht still.',
    mismatch: (counted) => `Das geht nicht auf: die Teile ergeben ${counted}.`,
    daysOff: (count) => (count === 1 ? '1 freier Tag' : `${count} freie Tage`),
    moreHolidays: (count) => (count === 1 ? '1 weiterer Feiertag' : `${count} weitere Feiertage`),
    moreChanges: (count) => (count === 1 ? '1 weitere Umstellung' : `${count} weitere Umstellungen`),
    leftOut: (what) => `ohne ${what}`,
    clocksGo: (changes) => `Uhren gehen ${changes}`,
    clockChange: ({ forward, by, date }) => `am ${date}${by === null ? '' : ` um ${by}`} ${forward ? 'vor' : 'zurück'}`,
    shiftLater: (span, why) => `, plus ${span} (${why})`,
    shiftEarlier: (span, why) => `, minus ${span} (${why})`,
    times: (why, times) => `${why}, ${times}-mal`,
    shifts: {
      held: 'angehalten',
      'its clock stood still': 'seine Uhr stand still',
      'the reminder before it was late': 'die Erinnerung davor kam zu spät',
      'the message before it arrived late': 'die Nachricht davor kam zu spät an',
      'not without notice': 'nicht ohne Vorwarnung',
      'let go by a person': 'von jemandem weiterlaufen gelassen',
      snoozed: 'verschoben',
      'snooze undone': 'Verschieben rückgängig gemacht',
      'undone, the time in between does not count': 'rückgängig gemacht, die Zeit dazwischen zählt nicht',
    },
    date: ({ weekday, day, month, year, time }) =>
      `${weekday} ${day}. ${month}${year === null ? '' : ` ${year}`}, ${time}`,
    day: ({ day, month, year }) => `${day}. ${month}${year === null ? '' : ` ${year}`}`,
  },
});
