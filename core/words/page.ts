import { spoken } from './language';

/** What the first stage says on a page before the panel is there. Every page of a granted site loads it: few words. */
export const pageWords = spoken({
  en: {
    caseStatus: 'Case status',
    loading: 'loading',
    untracked: 'not tracked',
    orphaned: 'Case Status was updated. Reload the page to continue.',
    missing: (fields: string) => `${fields} not found`,
    /** What a page may lack, by the adapter's name for it. */
    fields: {} as Record<string, string>,
    noAnswer: 'The extension did not answer. Try again.',
  },
  de: {
    caseStatus: 'Fallstatus',
    loading: 'lädt',
    untracked: 'nicht verfolgt',
    orphaned: 'Case Status wurde aktualisiert. Bitte die Seite neu laden.',
    missing: (fields) => `${fields} nicht gefunden`,
    fields: {
      subject: 'Betreff',
      status: 'Status',
      requester: 'Anfragender',
      requestors: 'Anfragende',
      author: 'Autor',
      project: 'Projekt',
    },
    noAnswer: 'Die Erweiterung antwortet nicht. Bitte erneut versuchen.',
  },
});
