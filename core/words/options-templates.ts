import { spoken } from './language';

/** What the options say about the templates of cases, and about taking them in from a file. */
export const templatesWords = spoken({
  en: {
    about:
      'A case template says which statuses a case can have, what each of them means, and what happens by itself. Each site uses one.',
    readOnly: 'This browser is for an agent: templates can be read, not changed. Choose “Admin” to change them.',
    readOnlyLocked: 'Your organisation has made this browser an agent’s: templates can be read, not changed.',
    facts: (statuses: number, version: number) => `${statuses} statuses · version ${version}`,
    statusesOf: (template: string) => `Statuses of ${template}`,
    automaticOf: (template: string) => `What ${template} does by itself`,
    automatic: 'What happens by itself',
    nothingAutomatic: 'Nothing. People move the cases.',
    version: (version: number) => `Version ${version}`,
    builtIn: 'It came with the extension.',
    export: 'Export',
    exportTemplate: (template: string) => `Export ${template}`,
    messages: 'Messages to the customer',
    // A status
    waitsBySubStatus: 'waits for whom the sub-status says',
    subStatuses: 'Sub-statuses',
    reasons: 'Reasons',
    // Taking one in
    importFile: 'Import a file',
    unreadable: (file: string) => `${file} could not be read.`,
    whatItWouldDo: 'What the import would do',
    nothingTaken: 'Nothing of this file can be taken:',
    newTemplate: 'new',
    becomesVersion: (version: number) => `version ${version}`,
    changesOf: (template: string) => `Changes of ${template}`,
    findings: 'Findings',
    severities: { error: 'Error', warning: 'Warning' },
    casesHaveIt: (count: number) => (count === 1 ? '1 case has it.' : `${count} cases have it.`),
    datesStay: 'Timers that run keep their dates.',
    someStay: (count: number) =>
      `${count === 1 ? '1 stays' : `${count} stay`} with its version, because the new one lacks its status; the others go on with the new one.`,
    note: 'Note',
    noteHint: 'why, for those who look at the versions later',
    publish: 'Publish',
    published: (templates: { name: string; version: number }[]) =>
      `Published: ${templates.map(({ name, version }) => `${name} is version ${version} now`).join(', ')}.`,
    cancel: 'Cancel',
    close: 'Close',
    // Examples
    example: 'Example flow',
    add: 'Add',
    added: (template: string) => `${template} was added.`,
  },
  de: {
    about:
      'Eine Vorlage sagt, welche Status ein Fall haben kann, was jeder davon bedeutet und was von selbst geschieht. Jede Website benutzt eine.',
    readOnly:
      'Dieser Browser ist für einen Agenten: Vorlagen lassen sich lesen, nicht ändern. Mit der Wahl „Admin“ geht auch das.',
    readOnlyLocked:
      'Die Organisation hat diesen Browser für einen Agenten bestimmt: Vorlagen lassen sich lesen, nicht ändern.',
    facts: (statuses, version) => `${statuses} Status · Version ${version}`,
    statusesOf: (template) => `Status von ${template}`,
    automaticOf: (template) => `Was bei ${template} von selbst geschieht`,
    automatic: 'Was von selbst geschieht',
    nothingAutomatic: 'Nichts. Die Fälle ändern sich nur von Hand.',
    version: (version) => `Version ${version}`,
    builtIn: 'Sie kam mit der Erweiterung.',
    export: 'Exportieren',
    exportTemplate: (template) => `Exportieren: ${template}`,
    messages: 'Nachrichten an den Kunden',
    waitsBySubStatus: 'wartet je nach Unterstatus',
    subStatuses: 'Unterstatus',
    reasons: 'Gründe',
    importFile: 'Datei importieren',
    unreadable: (file) => `${file} war nicht lesbar.`,
    whatItWouldDo: 'Was der Import bewirken würde',
    nothingTaken: 'Aus dieser Datei lässt sich nichts übernehmen:',
    newTemplate: 'neu',
    becomesVersion: (version) => `Version ${version}`,
    changesOf: (template) => `Änderungen an ${template}`,
    findings: 'Befunde',
    severities: { error: 'Fehler', warning: 'Warnung' },
    casesHaveIt: (count) => (count === 1 ? '1 Fall benutzt sie.' : `${count} Fälle benutzen sie.`),
    datesStay: 'Laufende Timer behalten ihre Termine.',
    someStay: (count) =>
      count === 1
        ? '1 bleibt bei seiner Version, weil der neuen sein Status fehlt; die anderen gehen mit der neuen weiter.'
        : `${count} bleiben bei ihrer Version, weil der neuen ihr Status fehlt; die anderen gehen mit der neuen weiter.`,
    note: 'Notiz',
    noteHint: 'warum, für alle, die später die Versionen ansehen',
    publish: 'Veröffentlichen',
    published: (templates) =>
      `Veröffentlicht: ${templates.map(({ name, version }) => `${name} ist jetzt Version ${version}`).join(', ')}.`,
    cancel: 'Abbrechen',
    close: 'Schließen',
    example: 'Beispielablauf',
    add: 'Hinzufügen',
    added: (template) => `${template} wurde hinzugefügt.`,
  },
});
