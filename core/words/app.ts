import { spoken } from './language';

const things = (count: number) => (count === 1 ? '1 thing' : `${count} things`);

/** What the background says: notifications, what waits for a person, sites, files of templates. */
export const appWords = spoken({
  en: {
    agent: 'Agent',
    // Due while nobody was there
    fellDue: 'Things fell due while you were away',
    countFellDue: (count: number) => `${things(count)} fell due while you were away`,
    stillToLookAt: (count: number) => `${things(count)} still to look at`,
    nothingWasDone: 'Nothing of it was sent or closed. Look through the list and say what goes on.',
    unreadDecide: (why: string) => `The ticket could not be read before a timer acts: ${why} Decide yourself.`,
    unreadWaits: (why: string) => `A timer waits, because the ticket cannot be read: ${why}`,
    // Notifications
    switchedOff: 'Switched off.',
    quietHours: 'Quiet hours.',
    notShown: 'The browser did not show it.',
    more: (count: number) => `and ${count} more`,
    casesHaveNews: (count: number) => `${count} cases have news`,
    undo: 'Undo',
    snoozeADay: 'Snooze a day',
    undone: 'Undone',
    tooLate: 'Too late to undo',
    snoozed: 'Snoozed for a day',
    notSnoozed: 'Not snoozed',
    about: (what: string, subject: string) => `${what}: ${subject}`,
    name: 'Case Status',
    waitsForYou: (count: number) => `Case Status: ${things(count)} ${count === 1 ? 'waits' : 'wait'} for you`,
    // On the way to the help desk
    interrupted: 'Interrupted; looking whether it arrived.',
    notSent: (why: string) => `Not sent: ${why}`,
    waitsForOther: (agent: string, other: string, desk: string) =>
      `Waits for ${agent}; ${other} is logged in to ${desk}.`,
    sentByAnother: 'Another browser has sent this message already',
    messageSent: 'Message sent to the customer',
    deskSet: (desk: string, native: string) => `${desk} set to "${native}"`,
    deskKept: (desk: string, native: string, wanted: string) => `${desk} kept "${native}" instead of "${wanted}"`,
    notAllowed: (site: string) => `Case Status may not reach ${site} any more. Allow it on the options page.`,
    waitsForLogin: (desk: string) => `Waits until you log in to ${desk}.`,
    actionsWait: (site: string, count: number) =>
      `${site}: ${count === 1 ? '1 action waits' : `${count} actions wait`}`,
    // Sites
    notAnAddress: 'This is not a web address. Copy the one from a page of your help desk.',
    withoutPermission: (host: string) => `Without your permission for ${host} the panel cannot be shown there.`,
    noAnswerFrom: (host: string) => `${host} did not answer. Is the address right, and are you online?`,
    unknownDesk: (host: string) =>
      `${host} does not look like a help desk that we know (Request Tracker, Redmine, Harbour Desk).`,
    siteNotAllowed: (host: string) => `Your organisation does not allow ${host} to be connected.`,
    locked: 'Your organisation has set this. Nothing was changed.',
    templatesReadOnly: 'This browser is for an agent: templates cannot be changed in it. Nothing was changed.',
    siteGone: 'This help desk is not connected any more.',
    noSuchTemplate: 'There is no such case template.',
    isArchived: (template: string) => `${template} is archived. Bring it back first.`,
    usedBySites: (template: string, sites: string) =>
      `${template} is the template of ${sites}. Choose another one there first. Nothing was changed.`,
    lastTemplate: (template: string) => `${template} is the only template that is not archived. Nothing was changed.`,
    needsNoKey: (desk: string) => `${desk} needs no key: your login speaks for you.`,
    keyUnknown: (desk: string) => `${desk} does not know this key. Nothing was changed.`,
    permissionGone: 'The permission for this site was taken away. Connect it again to go on.',
    sameShortcut: 'Two actions cannot have the same shortcut.',
    // Files of templates
    templateGone: 'This template is not here any more.',
    nothingPublished: (why: string) => `Nothing was published. ${why}`,
    emptyFile: 'The file is empty.',
    noSuchExample: 'There is no such example.',
    exampleNote: 'An example flow',
    fileOfEverything: 'This file holds everything of a browser. Only files of templates can be taken in here.',
    calendarDiffers: (id: string) => `The calendar “${id}” is here already, and differs.`,
    // Drafts
    firstStatuses: { initial: 'New', active: 'In Progress', done: 'Closed' },
    calendarGone: 'The calendar that it counts by is not here any more. Choose another one, or none.',
    templateNameTaken: (name: string) => `There is a template called “${name}” already. Give this one another name.`,
    versionGone: 'This version is not here any more.',
    newerVersion: (version: number) =>
      `Version ${version} was published meanwhile. Look at what it changed, and decide then. Nothing was changed.`,
    reviewedOther: (name: string, version: number) =>
      `“${name}” would become version ${version} now: it was changed here meanwhile. Look at what the file would do, and publish then. Nothing was changed.`,
    draftGone: 'This draft was published or discarded in another tab meanwhile. Nothing was changed.',
    draftChanged: 'This draft was edited in another tab meanwhile. Nothing was overwritten.',
    // Requests that cannot be answered
    unknownRequest: 'The page asked for something that does not exist.',
    notAllowedHere: 'This page may not ask for that.',
    badRequest: 'The page sent something that does not fit. Nothing was changed.',
    badRequestAt: (fault: string) => `This does not fit, and nothing was changed: ${fault}`,
    notConnected: 'This page belongs to no connected help desk.',
    otherTicket: 'The page has moved on to another ticket. Nothing was changed.',
    storageFull:
      'The browser has no space left for this extension. Nothing was changed. Free some disk space and try again.',
    storageUnavailable:
      'The browser does not let this extension store anything (a private window, or storage switched off). Nothing was changed.',
    internal: 'Something went wrong in the extension. Nothing was changed. Try again.',
  },
  de: {
    agent: 'Agent',
    fellDue: 'Während der Abwesenheit wurde etwas fällig',
    countFellDue: (count) =>
      count === 1
        ? '1 Sache wurde während der Abwesenheit fällig'
        : `${count} Sachen wurden während der Abwesenheit fällig`,
    stillToLookAt: (count) => (count === 1 ? 'Noch 1 Sache anzusehen' : `Noch ${count} Sachen anzusehen`),
    nothingWasDone:
      'Nichts davon wurde gesendet oder geschlossen. Bitte die Liste durchsehen und entscheiden, was weitergeht.',
    unreadDecide: (why) => `Das Ticket war nicht zu lesen, bevor ein Timer handelt: ${why} Bitte selbst entscheiden.`,
    unreadWaits: (why) => `Ein Timer wartet, weil das Ticket nicht zu lesen ist: ${why}`,
    switchedOff: 'Ausgeschaltet.',
    quietHours: 'Ruhezeit.',
    notShown: 'Der Browser hat es nicht gezeigt.',
    more: (count) => `und ${count} weitere`,
    casesHaveNews: (count) => `Neues in ${count} Fällen`,
    undo: 'Rückgängig',
    snoozeADay: 'Einen Tag verschieben',
    undone: 'Rückgängig gemacht',
    tooLate: 'Zu spät, um es rückgängig zu machen',
    snoozed: 'Um einen Tag verschoben',
    notSnoozed: 'Nicht verschoben',
    about: (what, subject) => `${what}: ${subject}`,
    name: 'Case Status',
    waitsForYou: (count) =>
      count === 1 ? 'Case Status: 1 Sache wartet auf Sie' : `Case Status: ${count} Sachen warten auf Sie`,
    interrupted: 'Unterbrochen; es wird nachgesehen, ob es ankam.',
    notSent: (why) => `Nicht gesendet: ${why}`,
    waitsForOther: (agent, other, desk) => `Wartet auf ${agent}; in ${desk} ist ${other} angemeldet.`,
    sentByAnother: 'Ein anderer Browser hat diese Nachricht schon gesendet',
    messageSent: 'Nachricht an den Kunden gesendet',
    deskSet: (desk, native) => `${desk} auf „${native}“ gesetzt`,
    deskKept: (desk, native, wanted) => `${desk} blieb bei „${native}“ statt „${wanted}“`,
    notAllowed: (site) => `Case Status darf ${site} nicht mehr erreichen. Bitte in den Einstellungen erlauben.`,
    waitsForLogin: (desk) => `Wartet auf die Anmeldung in ${desk}.`,
    actionsWait: (site, count) => `${site}: ${count === 1 ? '1 Aktion wartet' : `${count} Aktionen warten`}`,
    notAnAddress: 'Das ist keine Webadresse. Bitte die einer Seite des Helpdesks kopieren.',
    withoutPermission: (host) => `Ohne Erlaubnis für ${host} kann das Panel dort nicht erscheinen.`,
    noAnswerFrom: (host) => `${host} hat nicht geantwortet. Stimmt die Adresse, und besteht eine Verbindung?`,
    unknownDesk: (host) =>
      `${host} sieht nicht nach einem bekannten Helpdesk aus (Request Tracker, Redmine, Harbour Desk).`,
    siteNotAllowed: (host) => `Die Organisation erlaubt nicht, ${host} zu verbinden.`,
    locked: 'Das hat die Organisation festgelegt. Nichts wurde geändert.',
    templatesReadOnly:
      'Dieser Browser ist für einen Agenten: Vorlagen lassen sich in ihm nicht ändern. Nichts wurde geändert.',
    siteGone: 'Dieser Helpdesk ist nicht mehr verbunden.',
    noSuchTemplate: 'Es gibt keine solche Vorlage.',
    isArchived: (template) => `${template} ist archiviert. Bitte erst zurückholen.`,
    usedBySites: (template, sites) =>
      `${template} ist die Vorlage von ${sites}. Bitte dort zuerst eine andere wählen. Nichts wurde geändert.`,
    lastTemplate: (template) => `${template} ist die einzige Vorlage, die nicht archiviert ist. Nichts wurde geändert.`,
    needsNoKey: (desk) => `${desk} braucht keinen Schlüssel: die Anmeldung genügt.`,
    keyUnknown: (desk) => `${desk} kennt diesen Schlüssel nicht. Nichts wurde geändert.`,
    permissionGone: 'Die Erlaubnis für diese Website wurde entzogen. Zum Fortfahren bitte neu verbinden.',
    sameShortcut: 'Zwei Aktionen können nicht dasselbe Tastenkürzel haben.',
    templateGone: 'Diese Vorlage gibt es hier nicht mehr.',
    nothingPublished: (why) => `Nichts wurde veröffentlicht. ${why}`,
    emptyFile: 'Die Datei ist leer.',
    noSuchExample: 'Es gibt kein solches Beispiel.',
    exampleNote: 'Ein Beispielablauf',
    fileOfEverything: 'Diese Datei enthält alles aus einem Browser. Hier werden nur Dateien mit Vorlagen angenommen.',
    calendarDiffers: (id) => `Den Kalender „${id}“ gibt es hier schon, und er ist anders.`,
    firstStatuses: { initial: 'Neu', active: 'In Arbeit', done: 'Geschlossen' },
    calendarGone: 'Den Kalender, mit dem sie rechnet, gibt es nicht mehr. Bitte einen anderen wählen oder keinen.',
    templateNameTaken: (name) => `Es gibt schon eine Vorlage namens „${name}“. Bitte einen anderen Namen wählen.`,
    versionGone: 'Diese Version gibt es hier nicht mehr.',
    newerVersion: (version) =>
      `Inzwischen wurde Version ${version} veröffentlicht. Bitte erst ansehen, was sie geändert hat. Nichts wurde geändert.`,
    reviewedOther: (name, version) =>
      `„${name}“ würde jetzt Version ${version}: die Vorlage wurde hier inzwischen geändert. Bitte erst ansehen, was die Datei bewirken würde. Nichts wurde geändert.`,
    draftGone:
      'Dieser Entwurf wurde inzwischen in einem anderen Tab veröffentlicht oder verworfen. Nichts wurde geändert.',
    draftChanged: 'Dieser Entwurf wurde inzwischen in einem anderen Tab bearbeitet. Nichts wurde überschrieben.',
    unknownRequest: 'Die Seite hat um etwas gebeten, das es nicht gibt.',
    notAllowedHere: 'Diese Seite darf darum nicht bitten.',
    badRequest: 'Die Seite hat etwas Unpassendes gesendet. Nichts wurde geändert.',
    badRequestAt: (fault) => `Das passt nicht, und nichts wurde geändert: ${fault}`,
    notConnected: 'Diese Seite gehört zu keinem verbundenen Helpdesk.',
    otherTicket: 'Die Seite zeigt inzwischen ein anderes Ticket. Nichts wurde geändert.',
    storageFull:
      'Der Browser hat keinen Platz mehr für diese Erweiterung. Nichts wurde geändert. Bitte Speicherplatz schaffen und erneut versuchen.',
    storageUnavailable:
      'Der Browser lässt diese Erweiterung nichts speichern (ein privates Fenster, oder Speichern ist ausgeschaltet). Nichts wurde geändert.',
    internal: 'In der Erweiterung ging etwas schief. Nichts wurde geändert. Bitte erneut versuchen.',
  },
});
