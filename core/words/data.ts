import { spoken } from './language';

/** What is said of the cases of a template that is left out; begins with a space. */
const withCases = {
  en: (cases: number) =>
    cases === 0
      ? ''
      : cases === 1
        ? ' 1 case that lives by it is left out with it.'
        : ` ${cases} cases that live by it are left out with it.`,
  de: (cases: number) =>
    cases === 0
      ? ''
      : cases === 1
        ? ' 1 Fall, der sie benutzt, bleibt mit ihr draußen.'
        : ` ${cases} Fälle, die sie benutzen, bleiben mit ihr draußen.`,
};

/** What the background says about files of everything, backups and erasing. */
export const dataWords = spoken({
  en: {
    // What an import leaves out, and why
    template: (name: string, version: number) => `Template “${name}”, version ${version}`,
    otherContent: (cases: number) =>
      `is here already with other content, and what was published never changes.${withCases.en(cases)}`,
    otherTemplate: (version: number, cases: number) =>
      `belongs to another template than the one here, whose version ${version} has other content.${withCases.en(cases)}`,
    calendar: (id: string) => `Calendar “${id}”`,
    otherCalendar: 'is here already, and differs. The one that is here stays.',
    site: (name: string) => `Site ${name}`,
    unknownDesk: 'is a help desk that this version of the extension does not know.',
    sameAddress: 'is connected here already, by another name.',
    caseOf: (ticketId: string, site: string) => `Case ${ticketId} on ${site}`,
    changedHistory: (entry: number) =>
      `its history in the file was changed or is not complete: entry ${entry} does not fit.`,
    // What was broken when the file was made
    brokenTaken: (entry: number) =>
      `entry ${entry} of its history did not fit already when the file was made. It comes as it is, and “Check the histories” says so here as well.`,
    brokenNotTaken: (entry: number) =>
      `entry ${entry} of its history did not fit already when the file was made. It is not taken in; what is here stays.`,
    draft: (name: string) => `Draft “${name}”`,
    otherDraft: 'is being worked on here already. The draft that is here stays.',
    otherBase: (version: number) => `goes on from a version ${version} that is another one here.`,
    baseLeftOut: (version: number) => `goes on from version ${version}, which is left out.`,
    templateIsHere: 'is a new template there, and here is another one of that name already.',
    // In the outbox of a case that was taken in
    fromFile: 'It came from a file.',
    perhapsSent:
      'It came from a file: the browser that wrote the file may have sent it. Look at the ticket before you send it again.',
    // Files
    unreadable: 'The file could not be read. Choose it again.',
    onlyTemplates: 'This file holds templates only. It can be taken in on the page “Templates”.',
    // Erasing
    wrongWord: 'The word that was typed is another one. Nothing was erased.',
    nothingToErase: 'There is nothing here to erase any more.',
    /** What a person types to erase everything. */
    eraseWord: 'erase',
    // Backups
    notAllowed: 'The browser does not allow downloads any more. Switch the backups on again.',
    tooLarge: (megabytes: number) =>
      `More than ${megabytes} MB cannot be saved by itself. Export everything on this page instead.`,
    interrupted: 'The browser did not finish the download.',
    failed: 'Something went wrong while the file was made.',
  },
  de: {
    template: (name, version) => `Vorlage „${name}“, Version ${version}`,
    otherContent: (cases) =>
      `gibt es hier schon mit anderem Inhalt, und Veröffentlichtes ändert sich nie.${withCases.de(cases)}`,
    otherTemplate: (version, cases) =>
      `gehört zu einer anderen Vorlage als der hiesigen, deren Version ${version} einen anderen Inhalt hat.${withCases.de(cases)}`,
    calendar: (id) => `Kalender „${id}“`,
    otherCalendar: 'gibt es hier schon, und er ist anders. Der hiesige bleibt.',
    site: (name) => `Website ${name}`,
    unknownDesk: 'ist ein Helpdesk, den diese Version der Erweiterung nicht kennt.',
    sameAddress: 'ist hier schon verbunden, unter anderem Namen.',
    caseOf: (ticketId, site) => `Fall ${ticketId} auf ${site}`,
    changedHistory: (entry) =>
      `der Verlauf in der Datei wurde geändert oder ist nicht vollständig: Eintrag ${entry} passt nicht.`,
    brokenTaken: (entry) =>
      `Eintrag ${entry} des Verlaufs passte schon nicht, als die Datei entstand. Der Fall kommt, wie er ist, und „Verläufe prüfen“ sagt es auch hier.`,
    brokenNotTaken: (entry) =>
      `Eintrag ${entry} des Verlaufs passte schon nicht, als die Datei entstand. Der Fall wird nicht übernommen; was hier ist, bleibt.`,
    draft: (name) => `Entwurf „${name}“`,
    otherDraft: 'ist hier schon in Arbeit. Der hiesige Entwurf bleibt.',
    otherBase: (version) => `baut auf einer Version ${version} auf, die hier eine andere ist.`,
    baseLeftOut: (version) => `baut auf Version ${version} auf, die draußen bleibt.`,
    templateIsHere: 'ist dort eine neue Vorlage, und hier gibt es schon eine dieses Namens.',
    fromFile: 'Es kam aus einer Datei.',
    perhapsSent:
      'Es kam aus einer Datei: der Browser, der sie schrieb, hat es vielleicht gesendet. Bitte das Ticket ansehen, bevor es noch einmal gesendet wird.',
    unreadable: 'Die Datei war nicht lesbar. Bitte noch einmal auswählen.',
    onlyTemplates: 'Diese Datei enthält nur Vorlagen. Sie lässt sich auf der Seite „Vorlagen“ importieren.',
    wrongWord: 'Das getippte Wort ist ein anderes. Nichts wurde gelöscht.',
    nothingToErase: 'Hier gibt es nichts mehr zu löschen.',
    eraseWord: 'löschen',
    notAllowed: 'Der Browser erlaubt keine Downloads mehr. Bitte die Sicherungen neu einschalten.',
    tooLarge: (megabytes) =>
      `Mehr als ${megabytes} MB lassen sich nicht von selbst sichern. Bitte stattdessen auf dieser Seite alles exportieren.`,
    interrupted: 'Der Browser hat den Download nicht beendet.',
    failed: 'Beim Erstellen der Datei ging etwas schief.',
  },
});
