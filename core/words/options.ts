import { spoken } from './language';

/** What the frame of the options says, and the page of the shortcuts. */
export const optionsWords = spoken({
  en: {
    product: 'Case Status Overlay',
    title: 'Case Status Overlay – options',
    options: 'Options',
    sites: 'Sites',
    templates: 'Templates',
    calendars: 'Calendars',
    review: 'Waiting for you',
    notifications: 'Notifications',
    language: 'Language',
    asTheBrowser: 'As the browser',
    asTheOrganisation: 'As suggested',
    role: 'Used by',
    roles: { admin: 'Admin', agent: 'Agent' },
    locked: 'Set by your organisation.',
    provided: 'Suggested by your organisation.',
    languages: { en: 'English', de: 'Deutsch' },
    aboutShortcuts:
      'They act on a ticket’s page, whether the panel is open or not. Where a page uses the same keys itself, they stay the page’s.',
  },
  de: {
    product: 'Case Status Overlay',
    title: 'Case Status Overlay – Einstellungen',
    options: 'Einstellungen',
    sites: 'Websites',
    templates: 'Vorlagen',
    calendars: 'Kalender',
    review: 'Wartet auf Sie',
    notifications: 'Benachrichtigungen',
    language: 'Sprache',
    asTheBrowser: 'Wie der Browser',
    asTheOrganisation: 'Wie vorgeschlagen',
    role: 'Benutzt von',
    roles: { admin: 'Admin', agent: 'Agent' },
    locked: 'Von der Organisation festgelegt.',
    provided: 'Von der Organisation vorgeschlagen.',
    languages: { en: 'English', de: 'Deutsch' },
    aboutShortcuts:
      'Sie wirken auf der Seite eines Tickets, gleich ob das Panel offen ist oder nicht. Wo eine Seite dieselben Tasten selbst benutzt, bleiben es ihre.',
  },
});
