import { spoken } from './language';

/** What the options say about the connected help desks. `{name}` in a text: what is shown in its own way. */
export const sitesWords = spoken({
  en: {
    about:
      'A site is one help desk at one address. The panel appears on its ticket pages, and nowhere else; nothing runs on a page that you have not connected here.',
    connected: 'Connected',
    isConnected: (site: string) => `${site} is connected. Open one of its tickets: the panel is in the corner.`,
    noneYet: 'No help desk is connected yet',
    typeAddress: 'Type the address where you work on tickets, and press Connect.',
    allowWhenAsked: 'Allow access when the browser asks. It is for this one address.',
    openTicket: 'Open a ticket. Its status, and what happens next, is in the corner of the page.',
    // Connecting
    connectDesk: 'Connect a help desk',
    address: 'Address of the help desk',
    connect: 'Connect',
    connecting: 'Connecting…',
    asksOnce: 'The browser asks once whether this extension may read and change the pages at this address.',
    typeFirst: 'Type the address of your help desk first.',
    notAnAddress: 'This is not an address of a web page. It looks like https://rt.example.com/.',
    withoutAccess: (host: string) =>
      `Without access to ${host} the panel cannot be shown there. Press Connect again to allow it.`,
    notAccepted: (host: string) => `The browser did not accept ${host} as an address to ask access for.`,
    allowedOnly: (sites: string) => `Your organisation lets only these be connected: ${sites}.`,
    noneAllowed: 'Your organisation lets no help desk be connected.',
    // A site
    granted: 'Access granted',
    noAccess: 'No access',
    allow: 'Allow access',
    notGiven: (host: string) => `Access to ${host} was not given.`,
    connectedAgain: (site: string) => `${site} is connected again.`,
    template: 'Case template',
    usesTemplate: (site: string, template: string) => `Tickets of ${site} use the template ${template} from now on.`,
    disconnect: 'Disconnect',
    disconnectSite: (site: string) => `Disconnect ${site}`,
    reallyDisconnect:
      'Disconnect {site}? The panel goes away there and its reminders and auto-closes stop. Nothing in the help desk changes.',
    keep: 'Keep it',
    disconnected: (site: string) => `${site} is disconnected.`,
    // What the help desk tells customers itself
    deskTells: (desk: string) => `${desk} tells customers by itself when a ticket becomes`,
    whatToTick: (desk: string) =>
      `Tick what ${desk} is set up to mail about. The template’s own message for that change is then left out, and so is its later notice: nobody is told twice.`,
    toldByDesk: (desk: string, status: string) =>
      `${desk} tells customers of "${status}" by itself. Our own message about it is left out.`,
    toldByUs: (status: string) => `Customers are told of "${status}" by our own message.`,
    // The agent's key
    key: 'API key',
    actsAs: (owner: string) => `Acts as ${owner}`,
    keyNotNeeded: 'Not needed; your login speaks for you',
    keySaved: 'Saved. Paste another to replace it',
    saveKey: 'Save key',
    saveKeyFor: (site: string) => `Save key for ${site}`,
    forget: 'Forget',
    forgetKeyOf: (site: string) => `Forget key of ${site}`,
    aboutKey: (desk: string) =>
      `From “My account” in ${desk}. With it, cases go on while you are not logged in. It is kept encrypted in this browser, and never shown or exported.`,
    keyForgotten: (site: string) => `The key for ${site} is forgotten. Your login speaks for you again.`,
    keyWorks: (site: string, owner: string) => `The key works: ${site} takes it for ${owner}.`,
    pasteFirst: 'Paste the key first.',
    notAKey: 'This is not a key: it has spaces or too few characters.',
  },
  de: {
    about:
      'Eine Website ist ein Helpdesk unter einer Adresse. Das Panel erscheint auf den Seiten seiner Tickets und sonst nirgends; auf einer Seite, die hier nicht verbunden ist, läuft nichts.',
    connected: 'Verbunden',
    isConnected: (site) => `${site} ist verbunden. Bitte eines der Tickets öffnen: Das Panel ist in der Ecke.`,
    noneYet: 'Noch ist kein Helpdesk verbunden',
    typeAddress: 'Die Adresse eingeben, unter der die Tickets bearbeitet werden, und „Verbinden“ drücken.',
    allowWhenAsked: 'Den Zugriff erlauben, wenn der Browser fragt. Er gilt nur für diese Adresse.',
    openTicket: 'Ein Ticket öffnen. Sein Status und was als Nächstes geschieht stehen in der Ecke der Seite.',
    connectDesk: 'Helpdesk verbinden',
    address: 'Adresse des Helpdesks',
    connect: 'Verbinden',
    connecting: 'Wird verbunden…',
    asksOnce: 'Der Browser fragt einmal, ob diese Erweiterung die Seiten unter dieser Adresse lesen und ändern darf.',
    typeFirst: 'Bitte zuerst die Adresse des Helpdesks eingeben.',
    notAnAddress: 'Das ist keine Adresse einer Webseite. Eine Adresse sieht so aus: https://rt.example.com/.',
    withoutAccess: (host) =>
      `Ohne Zugriff auf ${host} kann das Panel dort nicht erscheinen. Bitte noch einmal „Verbinden“ drücken, um ihn zu erlauben.`,
    notAccepted: (host) => `Der Browser lässt für ${host} keine Bitte um Zugriff zu.`,
    allowedOnly: (sites) => `Die Organisation lässt nur diese verbinden: ${sites}.`,
    noneAllowed: 'Die Organisation lässt keinen Helpdesk verbinden.',
    granted: 'Zugriff erlaubt',
    noAccess: 'Kein Zugriff',
    allow: 'Zugriff erlauben',
    notGiven: (host) => `Der Zugriff auf ${host} wurde nicht erlaubt.`,
    connectedAgain: (site) => `${site} ist wieder verbunden.`,
    template: 'Vorlage',
    usesTemplate: (site, template) => `Tickets von ${site} benutzen ab jetzt die Vorlage ${template}.`,
    disconnect: 'Trennen',
    disconnectSite: (site) => `Trennen: ${site}`,
    reallyDisconnect:
      '{site} trennen? Das Panel verschwindet dort, und seine Erinnerungen und das automatische Schließen hören auf. Im Helpdesk ändert sich nichts.',
    keep: 'Verbunden lassen',
    disconnected: (site) => `Die Verbindung zu ${site} ist getrennt.`,
    deskTells: (desk) => `${desk} benachrichtigt Kunden von selbst, wenn ein Ticket diesen Status erhält`,
    whatToTick: (desk) =>
      `Bitte ankreuzen, worüber ${desk} von sich aus E-Mails sendet. Die eigene Nachricht der Vorlage zu dieser Änderung entfällt dann, ebenso ihr späterer Hinweis: Niemand erfährt es doppelt.`,
    toldByDesk: (desk, status) =>
      `Von „${status}“ erfahren Kunden durch ${desk} selbst. Unsere eigene Nachricht dazu entfällt.`,
    toldByUs: (status) => `Von „${status}“ erfahren Kunden durch unsere eigene Nachricht.`,
    key: 'API-Schlüssel',
    actsAs: (owner) => `Handelt als ${owner}`,
    keyNotNeeded: 'Nicht nötig; es gilt die Anmeldung',
    keySaved: 'Gespeichert. Ein anderer ersetzt ihn',
    saveKey: 'Schlüssel speichern',
    saveKeyFor: (site) => `Schlüssel speichern für ${site}`,
    forget: 'Vergessen',
    forgetKeyOf: (site) => `Vergessen: Schlüssel von ${site}`,
    aboutKey: (desk) =>
      `Aus „Mein Konto“ in ${desk}. Mit ihm gehen Fälle auch ohne Anmeldung weiter. Er bleibt verschlüsselt in diesem Browser und wird nie gezeigt oder exportiert.`,
    keyForgotten: (site) => `Der Schlüssel für ${site} ist vergessen. Es gilt wieder die Anmeldung.`,
    keyWorks: (site, owner) => `Der Schlüssel funktioniert: Bei ${site} steht er für ${owner}.`,
    pasteFirst: 'Bitte zuerst den Schlüssel einfügen.',
    notAKey: 'Das ist kein Schlüssel: Er hat Leerzeichen oder zu wenige Zeichen.',
  },
});
