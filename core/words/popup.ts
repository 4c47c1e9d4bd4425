import { spoken } from './language';

/** What the popup says. `{name}` in a text: the place of something that is shown in its own way. */
export const popupWords = spoken({
  en: {
    product: 'Case Status Overlay',
    options: 'Options',
    thingsWait: (count: number) => (count === 1 ? '1 thing waits for you' : `${count} things wait for you`),
    // The page in front
    noPage: 'This tab shows no web page. Open a ticket of your help desk to see its status.',
    notConnected: '{host} is not connected.',
    ifYours: 'If it is your help desk, the panel can show the status of its tickets here.',
    enable: 'Enable on this site',
    connecting: 'Connecting…',
    withoutAccess: 'Without access the panel cannot be shown on this site.',
    notAccepted: 'The browser did not accept this address to ask access for.',
    connected: 'Connected',
    noAccess: 'No access',
    waitingFor: (who: string) => `Waiting for ${who}`,
    noTicket: 'No ticket on this page.',
    // Switching off
    switchOffHere: 'Switch off here',
    switchOff: 'Switch off',
    switchOffOn: (site: string) => `Switch off on ${site}`,
    whatStops: 'The panel goes away here, and reminders and auto-closes stop. The cases are kept.',
    keepOn: 'Keep it on',
    // What is due
    dueNext: 'Due next',
    nothingDue: 'Nothing falls due.',
  },
  de: {
    product: 'Case Status Overlay',
    options: 'Einstellungen',
    thingsWait: (count) => (count === 1 ? '1 Eintrag wartet auf Sie' : `${count} Einträge warten auf Sie`),
    noPage: 'Dieser Tab zeigt keine Webseite. Bitte ein Ticket des Helpdesks öffnen, um seinen Status zu sehen.',
    notConnected: '{host} ist nicht verbunden.',
    ifYours: 'Ist das der eigene Helpdesk, kann das Panel hier den Status der Tickets zeigen.',
    enable: 'Auf dieser Website einschalten',
    connecting: 'Wird verbunden…',
    withoutAccess: 'Ohne Zugriff kann das Panel auf dieser Website nicht erscheinen.',
    notAccepted: 'Der Browser lässt für diese Adresse keine Bitte um Zugriff zu.',
    connected: 'Verbunden',
    noAccess: 'Kein Zugriff',
    waitingFor: (who) => `Wartet auf ${who}`,
    noTicket: 'Kein Ticket auf dieser Seite.',
    switchOffHere: 'Hier ausschalten',
    switchOff: 'Ausschalten',
    switchOffOn: (site) => `Ausschalten auf ${site}`,
    whatStops:
      'Das Panel verschwindet hier, und Erinnerungen und automatisches Schließen hören auf. Die Fälle bleiben erhalten.',
    keepOn: 'Eingeschaltet lassen',
    dueNext: 'Als Nächstes fällig',
    nothingDue: 'Nichts wird fällig.',
  },
});
