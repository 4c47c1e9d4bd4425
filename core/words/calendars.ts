import { spoken } from './language';

/** Why the background does not do what the page of the calendars asks for. */
export const calendarWords = spoken({
  en: {
    gone: 'This calendar is not here any more. It was deleted meanwhile. Nothing was changed.',
    changed: 'This calendar was changed meanwhile, in another tab or by a file. Nothing was saved.',
    notDeleted: 'It was changed meanwhile and is still here. Look at it, and delete it then.',
    here: 'There is such a calendar already. Nothing was changed.',
    used: (name: string, templates: string) => `${name} cannot be deleted: ${templates} counts by it.`,
    usedByMany: (name: string, templates: string) => `${name} cannot be deleted: ${templates} count by it.`,
    nameTaken: (name: string) => `There is another calendar called “${name}”.`,
    tooFar: 'That lies more than 100 years ahead.',
    noSuchMoment: 'There is no such date.',
  },
  de: {
    gone: 'Diesen Kalender gibt es nicht mehr. Er wurde inzwischen gelöscht. Nichts wurde geändert.',
    changed:
      'Dieser Kalender wurde inzwischen geändert, in einem anderen Tab oder durch eine Datei. Nichts wurde gespeichert.',
    notDeleted: 'Er wurde inzwischen geändert und ist noch da. Bitte ansehen und dann löschen.',
    here: 'Einen solchen Kalender gibt es schon. Nichts wurde geändert.',
    used: (name, templates) => `${name} lässt sich nicht löschen: ${templates} rechnet damit.`,
    usedByMany: (name, templates) => `${name} lässt sich nicht löschen: ${templates} rechnen damit.`,
    nameTaken: (name) => `Es gibt einen anderen Kalender namens „${name}“.`,
    tooFar: 'Das liegt mehr als 100 Jahre in der Zukunft.',
    noSuchMoment: 'Dieses Datum gibt es nicht.',
  },
});
