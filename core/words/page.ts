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
    noAnswerInTime: 'The extension did not answer in time. Try again.',
    updated: 'The extension was updated. Reload the page to continue.',
  },
  de: {
    caseStatus: 'Fallstatus',
    loading: 'lädt',
    untracked: 'nicht verfolgt',
    orphaned: 'Case Status wurde aktualisiert. Seite neu laden, um fortzufahren.',
    missing: (fields) => `${fields} nicht gefunden`,
    fields: {
      subject: 'Betreff',
      status: 'Status',
      requester: 'Anfragender',
      requestors: 'Anfragende',
      author: 'Autor',
      project: 'Projekt',
    },
    noAnswer: 'Die Erweiterung hat nicht geantwortet. Bitte erneut versuchen.',
    noAnswerInTime: 'Die Erweiterung hat nicht rechtzeitig geantwortet. Bitte erneut versuchen.',
    updated: 'Die Erweiterung wurde aktualisiert. Seite neu laden, um fortzufahren.',
  },
});
