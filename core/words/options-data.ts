import { spoken } from './language';

/** What the options say about the data: files of everything, backups, the proof of the histories, erasing. */
export const dataPageWords = spoken({
  en: {
    page: 'Data',
    about:
      'All of it lies in this browser and nowhere else. Whoever removes the extension removes it too, without being asked: keep a file of it.',
    cancel: 'Cancel',
    close: 'Close',
    cancelled: 'Cancelled. Nothing was changed.',
    // What there is
    whatThereIs: 'What there is',
    counts: {
      cases: 'cases',
      history: 'history entries',
      timers: 'timers',
      outbox: 'in the outbox',
      commands: 'commands',
      templates: 'template versions',
    },
    armed: (count: string) => `${count} running`,
    owed: (count: string) => `${count} not sent yet`,
    lastChange: (when: string) => `last change ${when}`,
    used: (used: string, quota: string) => `${used} of ${quota} used`,
    usedAlone: (used: string) => `${used} used`,
    // Export
    exportTitle: 'Export everything',
    aboutExport:
      'Cases with their history, timers and outbox, templates, sites and settings, in one file that can be read with any editor. Keys of help desks are never in it.',
    exportButton: 'Export everything',
    collecting: (done: string, total: string) => `${done} of ${total} cases`,
    exported: (file: string, size: string, cases: string) => `${file} was made: ${size}, ${cases} cases.`,
    // Import
    importTitle: 'Import a file',
    aboutImport: 'A file of everything. You see what it would change before anything does.',
    choose: 'Choose a file',
    reading: 'Looking at the file …',
    unreadable: (file: string) => `${file} could not be read.`,
    whatItWouldDo: 'What the import would do',
    madeAt: (when: string) => `made on ${when}`,
    nothingTaken: 'Nothing of this file can be taken, and nothing was changed:',
    standings: {
      new: 'new',
      newer: 'newer in the file',
      older: 'newer here',
      forked: 'changed in both',
      same: 'the same',
      'left-out': 'left out',
    },
    whatHappens: {
      taken: 'are taken in',
      stays: 'stay as they are here',
      overwritten: 'are replaced by the file’s',
    },
    whichCounts: 'Cases that have something here that the file lacks',
    keepHere: 'Keep what is here',
    keepHereWhat: 'Nothing that happened here is lost.',
    takeTheirs: 'Take the file’s',
    takeTheirsWhat: 'What happened here since is gone from these cases.',
    newTemplates: 'New templates',
    newDrafts: 'Drafts of templates',
    newSites: 'New sites',
    sitesAsk: 'The browser asks for your permission when you connect them on the page “Sites”.',
    leftOut: 'Left out',
    brokenHistories: 'With a history that does not fit',
    overdue: (count: number) =>
      count === 1
        ? '1 timer of these cases is overdue. It acts once its ticket has been looked at.'
        : count <= 5
          ? `${count} timers of these cases are overdue. Each acts once its ticket has been looked at.`
          : `${count} timers of these cases are overdue. None of them acts by itself: they wait on the list “Waiting for you”.`,
    unsent: (count: number) =>
      count === 1
        ? '1 message or status was not sent yet when the file was made. It is not sent from here: its case shows it, and you decide.'
        : `${count} messages or statuses were not sent yet when the file was made. They are not sent from here: their cases show them, and you decide.`,
    twoBrowsers:
      'Timers go on in this browser. Where the browser that made the file goes on too, a customer is told only once.',
    allHere: 'Everything in this file is here already.',
    backupFirst: 'Download a backup first',
    backupFirstWhat: 'what is here now, to go back to',
    importButton: (cases: string) => `Import ${cases}`,
    onlyRest: 'templates, drafts and sites',
    casesWords: (count: string, one: boolean) => `${count} ${one ? 'case' : 'cases'}`,
    importing: 'Taking it in: all of it or nothing …',
    imported: (cases: string) => `Imported: ${cases}.`,
    // Backups
    backupTitle: 'Backups by themselves',
    aboutBackup: 'The browser downloads the file of everything while it is running. It asks for your permission once.',
    schedules: { off: 'Off', daily: 'Daily', weekly: 'Weekly' },
    downloadsRefused: 'Without your permission for downloads no file can be saved. The backups stay off.',
    noBackupYet: 'No backup was made yet.',
    lastBackup: (when: string, file: string) => `The last one was made on ${when}: ${file}.`,
    backupFailed: (when: string) => `The one of ${when} was not made.`,
    nextBackup: (when: string) => `The next one comes on ${when}.`,
    makingBackup: 'Making the first one …',
    // Histories
    verifyTitle: 'Check the histories',
    aboutVerify:
      'Each entry of a case carries the fingerprint of the one before. If one was changed, added or taken away behind the extension’s back, it shows.',
    verifyButton: 'Check all histories',
    checking: (done: string, total: string) => `${done} of ${total} cases checked`,
    allWell: (cases: string, entries: string) =>
      `All is well: the ${entries} entries of ${cases} are what was written, and none is missing.`,
    nothingToCheck: 'There is no case yet, and so nothing to check.',
    stopped: (cases: string) => `Stopped after ${cases}.`,
    someBroken: (count: number) =>
      count === 1 ? '1 case has a history that does not fit:' : `${count} cases have a history that does not fit:`,
    brokenWhere: 'First entry that does not fit',
    entryChanged: (entry: number, when: string) => `entry ${entry} of ${when} is not what was written`,
    entryMissing: (entry: number) => `entry ${entry} is missing`,
    ticket: (id: string, site: string) => `${id} on ${site}`,
    // Erasing
    eraseTitle: 'Erase',
    aboutErase: 'There is no way back but a file. The tickets in the help desk stay as they are.',
    whatToErase: 'What to erase',
    casesOf: (site: string) => `Cases of ${site}`,
    everything: 'Everything',
    asNew: 'as if the extension had just been installed',
    eraseButton: 'Erase …',
    thisGoes: 'This goes:',
    goesOfSite: (cases: string) => [`${cases} with their whole history`, 'their timers, and what was still to be sent'],
    staysOfSite: 'The site stays connected; its settings and templates stay.',
    goesAll: (cases: string, entries: string) => [
      `${cases} with ${entries} history entries, timers and what was still to be sent`,
      'templates that were made here; those that came with the extension stay',
      'connected sites, their keys and the permission for their pages',
      'all settings, backups on a schedule, notifications',
    ],
    exportFirst: 'Export everything first',
    /** The word itself stands where {word} is. */
    typeWord: 'Type {word} to go on',
    otherWord: 'This is another word.',
    eraseNow: 'Erase for good',
    erased: (what: string) => `${what}: erased.`,
  },
  de: {
    page: 'Daten',
    about:
      'Alles liegt in diesem Browser und nirgends sonst. Wer die Erweiterung entfernt, entfernt es mit, ohne Rückfrage: eine Datei davon ist ratsam.',
    cancel: 'Abbrechen',
    close: 'Schließen',
    cancelled: 'Abgebrochen. Nichts wurde geändert.',
    whatThereIs: 'Was vorhanden ist',
    counts: {
      cases: 'Fälle',
      history: 'Einträge im Verlauf',
      timers: 'Timer',
      outbox: 'im Postausgang',
      commands: 'Befehle',
      templates: 'Versionen von Vorlagen',
    },
    armed: (count) => `${count} laufen`,
    owed: (count) => `${count} noch nicht gesendet`,
    lastChange: (when) => `letzte Änderung am ${when}`,
    used: (used, quota) => `${used} von ${quota} belegt`,
    usedAlone: (used) => `${used} belegt`,
    exportTitle: 'Alles exportieren',
    aboutExport:
      'Fälle mit Verlauf, Timern und Postausgang, Vorlagen, Websites und Einstellungen, in einer Datei, die jeder Editor lesen kann. Schlüssel von Helpdesks sind nie darin.',
    exportButton: 'Alles exportieren',
    collecting: (done, total) => `${done} von ${total} Fällen`,
    exported: (file, size, cases) => `${file} ist fertig: ${size}, ${cases} Fälle.`,
    importTitle: 'Datei importieren',
    aboutImport: 'Eine Datei mit allem. Was sie ändern würde, ist zu sehen, bevor sich etwas ändert.',
    choose: 'Datei auswählen',
    reading: 'Die Datei wird angesehen …',
    unreadable: (file) => `${file} war nicht lesbar.`,
    whatItWouldDo: 'Was der Import bewirken würde',
    madeAt: (when) => `erstellt am ${when}`,
    nothingTaken: 'Aus dieser Datei lässt sich nichts übernehmen, und nichts wurde geändert:',
    standings: {
      new: 'neu',
      newer: 'in der Datei neuer',
      older: 'hier neuer',
      forked: 'in beiden geändert',
      same: 'gleich',
      'left-out': 'ausgelassen',
    },
    whatHappens: {
      taken: 'werden übernommen',
      stays: 'bleiben, wie sie hier sind',
      overwritten: 'werden durch die der Datei ersetzt',
    },
    whichCounts: 'Fälle, die hier etwas haben, was der Datei fehlt',
    keepHere: 'Behalten, was hier ist',
    keepHereWhat: 'Nichts, was hier geschah, geht verloren.',
    takeTheirs: 'Die der Datei nehmen',
    takeTheirsWhat: 'Was hier seither geschah, ist in diesen Fällen dann weg.',
    newTemplates: 'Neue Vorlagen',
    newDrafts: 'Entwürfe von Vorlagen',
    newSites: 'Neue Websites',
    sitesAsk: 'Der Browser fragt nach der Erlaubnis, sobald sie auf der Seite „Websites“ verbunden werden.',
    leftOut: 'Ausgelassen',
    brokenHistories: 'Mit einem Verlauf, der nicht passt',
    overdue: (count) =>
      count === 1
        ? '1 Timer dieser Fälle ist überfällig. Er handelt, sobald sein Ticket angesehen wurde.'
        : count <= 5
          ? `${count} Timer dieser Fälle sind überfällig. Jeder handelt, sobald sein Ticket angesehen wurde.`
          : `${count} Timer dieser Fälle sind überfällig. Keiner handelt von selbst: sie warten auf der Liste „Wartet auf Sie“.`,
    unsent: (count) =>
      count === 1
        ? '1 Nachricht oder Status war noch nicht gesendet, als die Datei entstand. Von hier wird das nicht gesendet: der Fall zeigt es, und Sie entscheiden.'
        : `${count} Nachrichten oder Status waren noch nicht gesendet, als die Datei entstand. Von hier werden sie nicht gesendet: ihre Fälle zeigen sie, und Sie entscheiden.`,
    twoBrowsers:
      'Timer laufen in diesem Browser weiter. Läuft auch der Browser weiter, der die Datei schrieb, wird ein Kunde trotzdem nur einmal benachrichtigt.',
    allHere: 'Alles aus dieser Datei ist schon hier.',
    backupFirst: 'Zuerst eine Sicherung herunterladen',
    backupFirstWhat: 'was jetzt hier ist, um dahin zurückzukönnen',
    importButton: (cases) => `${cases} importieren`,
    onlyRest: 'Vorlagen, Entwürfe und Websites',
    casesWords: (count, one) => `${count} ${one ? 'Fall' : 'Fälle'}`,
    importing: 'Wird übernommen: alles oder nichts …',
    imported: (cases) => `Importiert: ${cases}.`,
    backupTitle: 'Sicherungen von selbst',
    aboutBackup: 'Der Browser lädt die Datei mit allem herunter, während er läuft. Er fragt einmal um Erlaubnis.',
    schedules: { off: 'Aus', daily: 'Täglich', weekly: 'Wöchentlich' },
    downloadsRefused: 'Ohne die Erlaubnis für Downloads lässt sich keine Datei speichern. Die Sicherungen bleiben aus.',
    noBackupYet: 'Bisher wurde keine Sicherung erstellt.',
    lastBackup: (when, file) => `Die letzte entstand am ${when}: ${file}.`,
    backupFailed: (when) => `Die vom ${when} kam nicht zustande.`,
    nextBackup: (when) => `Die nächste kommt am ${when}.`,
    makingBackup: 'Die erste wird erstellt …',
    verifyTitle: 'Verlauf prüfen',
    aboutVerify:
      'Jeder Eintrag eines Falls trägt den Fingerabdruck des vorigen. Wurde einer hinter dem Rücken der Erweiterung geändert, eingefügt oder entfernt, so fällt es auf.',
    verifyButton: 'Jeden Verlauf prüfen',
    checking: (done, total) => `${done} von ${total} Fällen geprüft`,
    allWell: (cases, entries) =>
      `Alles in Ordnung: die ${entries} Einträge (${cases}) sind, was geschrieben wurde, und keiner fehlt.`,
    nothingToCheck: 'Es gibt noch keinen Fall, also nichts zu prüfen.',
    stopped: (cases) => `Angehalten nach: ${cases}.`,
    someBroken: (count) =>
      count === 1
        ? '1 Fall hat einen Verlauf, der nicht stimmt:'
        : `${count} Fälle haben einen Verlauf, der nicht stimmt:`,
    brokenWhere: 'Erster Eintrag, der nicht stimmt',
    entryChanged: (entry, when) => `Eintrag ${entry} vom ${when} ist nicht, was geschrieben wurde`,
    entryMissing: (entry) => `Eintrag ${entry} fehlt`,
    ticket: (id, site) => `${id} in ${site}`,
    eraseTitle: 'Löschen',
    aboutErase: 'Zurück führt nur eine Datei. Die Tickets im Helpdesk bleiben, wie sie sind.',
    whatToErase: 'Was gelöscht wird',
    casesOf: (site) => `Fälle von ${site}`,
    everything: 'Alles',
    asNew: 'als wäre die Erweiterung eben erst installiert worden',
    eraseButton: 'Löschen …',
    thisGoes: 'Das geht verloren:',
    goesOfSite: (cases) => [`${cases} mit dem ganzen Verlauf`, 'ihre Timer und was noch zu senden war'],
    staysOfSite: 'Die Website bleibt verbunden; ihre Einstellungen und Vorlagen bleiben.',
    goesAll: (cases, entries) => [
      `${cases} mit ${entries} Einträgen im Verlauf, Timern und dem, was noch zu senden war`,
      'Vorlagen, die hier entstanden; die mit der Erweiterung gekommenen bleiben',
      'verbundene Websites, ihre Schlüssel und die Erlaubnis für ihre Seiten',
      'jede Einstellung, geplante Sicherungen, Benachrichtigungen',
    ],
    exportFirst: 'Vorher alles exportieren',
    typeWord: 'Zum Fortfahren {word} eintippen',
    otherWord: 'Das ist ein anderes Wort.',
    eraseNow: 'Endgültig löschen',
    erased: (what) => `${what}: gelöscht.`,
  },
});
