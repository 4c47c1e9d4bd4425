import { spoken } from './language';

/** What is said where the browser has lost the database, or stores nothing. */
export const lossWords = spoken({
  en: {
    title: 'Your cases are gone from this browser',
    body: (sites: string) =>
      `The browser has lost the database of ${sites}: statuses, reminders and templates. Import the newest backup, and connect the help desk again.`,
    noticed: (sites: string, when: string) =>
      `Noticed ${when}: this browser has lost the database of ${sites}, with all cases, reminders and templates. Nothing was erased by the extension. Import the newest file of yours below, and connect the help desk again. Reminders and closes that were ahead do not come otherwise.`,
    settled: 'That is dealt with',
    toData: 'What can be done',
    nothingStored: 'Nothing can be stored: reminders and closes wait',
  },
  de: {
    title: 'Die Fälle sind aus diesem Browser verschwunden',
    body: (sites) =>
      `Der Browser hat die Datenbank von ${sites} verloren: Status, Erinnerungen und Vorlagen. Bitte die neueste Sicherung importieren und den Helpdesk wieder verbinden.`,
    noticed: (sites, when) =>
      `Bemerkt ${when}: Dieser Browser hat die Datenbank von ${sites} verloren, mit allen Fällen, Erinnerungen und Vorlagen. Die Erweiterung hat nichts gelöscht. Bitte unten die neueste Datei importieren und den Helpdesk wieder verbinden. Anstehende Erinnerungen und Schließungen kommen sonst nicht.`,
    settled: 'Das ist erledigt',
    toData: 'Was zu tun ist',
    nothingStored: 'Nichts kann gespeichert werden: Erinnerungen und Schließungen warten',
  },
});
