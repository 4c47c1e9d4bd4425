import { spoken } from './language';

/** What the editor says about the sample case that a draft is tried on. */
export const sampleWords = spoken({
  en: {
    title: 'Preview',
    about: 'A sample case. Nothing here is stored or sent.',
    begins: 'Begins as',
    newTicket: 'New ticket',
    startOver: 'Start over',
    // Time
    passing: 'Let something happen',
    nextDue: 'Next thing due',
    next: (when: string) => `next thing ${when}`,
    oneDay: '+1 day',
    reply: 'Customer replies',
    // What went out
    sent: 'What went out',
    kinds: { message: 'Message to the customer', note: 'Note for colleagues', notification: 'Notification' },
    // What happened to the sample
    placeGone: 'The draft has no place for what was done here. The sample case started over.',
    notLoaded: 'The preview could not be loaded. Reload this page.',
    notYet: 'The draft cannot be tried like this yet. Mend first what the checker finds.',
    notYetDone: 'The draft cannot do this yet. Mend first what the checker finds.',
    standsStill:
      'Too much happens by itself: the sample case stands still here. If the draft turns in circles, break the circle; else start over.',
    noClone: 'On a ticket, a new one that continues it would be opened now.',
    noSuchRequest: 'The sample case cannot do this.',
    deskName: 'Help desk',
  },
  de: {
    title: 'Vorschau',
    about: 'Ein Beispielfall. Nichts davon wird gespeichert oder gesendet.',
    begins: 'Beginnt als',
    newTicket: 'Neues Ticket',
    startOver: 'Von vorn',
    passing: 'Etwas geschehen lassen',
    nextDue: 'Zum Nächsten',
    next: (when) => `als Nächstes ${when}`,
    oneDay: '+1 Tag',
    reply: 'Kunde antwortet',
    sent: 'Was hinausging',
    kinds: { message: 'Nachricht an den Kunden', note: 'Notiz für Kollegen', notification: 'Benachrichtigung' },
    placeGone: 'Der Entwurf hat keinen Platz für das, was hier getan wurde. Der Beispielfall beginnt von vorn.',
    notLoaded: 'Die Vorschau konnte nicht geladen werden. Bitte diese Seite neu laden.',
    notYet: 'So lässt sich der Entwurf noch nicht ausprobieren. Erst beheben, was die Prüfung findet.',
    notYetDone: 'Das kann der Entwurf noch nicht. Erst beheben, was die Prüfung findet.',
    standsStill:
      'Es geschieht zu viel von selbst: Hier steht der Beispielfall still. Dreht sich der Entwurf im Kreis, den Kreis öffnen; sonst von vorn beginnen.',
    noClone: 'An einem Ticket würde jetzt ein neues geöffnet, das es fortsetzt.',
    noSuchRequest: 'Das kann der Beispielfall nicht.',
    deskName: 'Helpdesk',
  },
});
