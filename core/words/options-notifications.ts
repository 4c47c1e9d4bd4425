import { spoken } from './language';

/** What the options say about notifications. */
export const notificationsWords = spoken({
  en: {
    about:
      'What this browser tells you about your cases. The list of what fell due while you were away, and a login that is missing, are always told.',
    saved: 'Saved. It counts from now on.',
    tellWhen: 'Tell me when',
    kinds: {
      reminder: { title: 'Your own reminders', what: 'What you or a rule asked for. Snooze is on it.' },
      reply: { title: 'A customer replied', what: 'And the case moved on by that, or was flagged.' },
      changed: { title: 'A case changed by itself', what: 'It was closed, say. Undo is on it.' },
      told: { title: 'A customer was told', what: 'A reminder or a notice went out to them.' },
      decision: { title: 'Something asks for you', what: 'A timer cannot act before you decide.' },
      'not-sent': { title: 'Something was not sent', what: 'The help desk refused a message or a status.' },
    },
    waitsUnsaid: 'What is switched off here waits without a word until you look at the case or at the list.',
    // Quiet hours
    quietHours: 'Quiet hours',
    tellNothing: 'Tell me nothing at these hours',
    from: 'From',
    until: 'Until',
    bothTimes: 'Give both times.',
    differentTimes: 'They would end when they begin. Give two different times.',
    aboutQuiet:
      'By this computer’s clock, over midnight as well. Timers act all the same; you hear of it when the quiet is over.',
    // Digest
    manyAtOnce: 'Many at once',
    digestAbove: 'One notification for all when there are more than',
    wholeNumber: 'Give a whole number from 1 to 100.',
  },
  de: {
    about:
      'Was dieser Browser über Fälle meldet. Die Liste dessen, was während einer Abwesenheit fällig wurde, und eine fehlende Anmeldung werden immer gemeldet.',
    saved: 'Gespeichert. Es gilt ab jetzt.',
    tellWhen: 'Was gemeldet wird',
    kinds: {
      reminder: {
        title: 'Eigene Erinnerungen',
        what: 'Selbst gesetzt oder von einer Regel. „Verschieben“ ist dabei.',
      },
      reply: {
        title: 'Ein Kunde hat geantwortet',
        what: 'Und der Fall ging dadurch weiter oder wurde gekennzeichnet.',
      },
      changed: {
        title: 'Ein Fall hat sich von selbst geändert',
        what: 'Er wurde zum Beispiel geschlossen. „Rückgängig“ ist dabei.',
      },
      told: { title: 'Ein Kunde wurde benachrichtigt', what: 'Eine Erinnerung oder ein Hinweis ging hinaus.' },
      decision: {
        title: 'Etwas braucht eine Entscheidung',
        what: 'Ein Timer kann erst handeln, wenn entschieden ist.',
      },
      'not-sent': {
        title: 'Etwas wurde nicht gesendet',
        what: 'Der Helpdesk hat eine Nachricht oder einen Status abgelehnt.',
      },
    },
    waitsUnsaid: 'Was hier ausgeschaltet ist, wartet stumm, bis jemand den Fall oder die Liste ansieht.',
    quietHours: 'Ruhezeit',
    tellNothing: 'Zu diesen Zeiten nichts melden',
    from: 'Von',
    until: 'Bis',
    bothTimes: 'Bitte beide Zeiten angeben.',
    differentTimes: 'Die Ruhezeit würde enden, wenn sie beginnt. Bitte zwei verschiedene Zeiten angeben.',
    aboutQuiet:
      'Nach der Uhr dieses Computers, auch über Mitternacht. Timer handeln trotzdem; gemeldet wird es, wenn die Ruhezeit vorbei ist.',
    manyAtOnce: 'Viele auf einmal',
    digestAbove: 'Eine Sammelmeldung für alle bei mehr als',
    wholeNumber: 'Bitte eine ganze Zahl von 1 bis 100 angeben.',
  },
});
