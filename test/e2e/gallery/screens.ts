/** The screens of the options page and the popup, and the states that each may be in. */
import type { Locator, Page } from 'playwright-core';
import { transferTemplate, twoTeamsTemplate } from '../../../core/domain/templates/examples';
import { supportTemplate } from '../../../core/domain/templates/support';
import { pageWords } from '../../../core/words/page';
import * as answers from './answers';
import { no, noSpace, noStorage, yes } from './answers';
import type { Pretended } from './pretend';
import { faultyOf, fullOf } from './templates';

export const STATES = ['usual', 'narrow', 'empty', 'full', 'error'] as const;
export type State = (typeof STATES)[number];

/** How a screen comes to be in a state; what is not said is as usual. */
export interface Stage {
  /** What is to be seen, in a few words; "usual" needs none. */
  words?: string;
  path?: string;
  pretended?: Pretended;
  /** In a browser into which the extension has just been installed. */
  fresh?: boolean;
  /** What a person does before the picture is taken. */
  act?: (page: Page) => Promise<unknown>;
  /** What is waited for. */
  seen?: string | RegExp;
  area?: (page: Page) => Locator;
}

export interface Screen extends Stage {
  name: string;
  words: string;
  path: string;
  width?: number;
  /** The least; a page of the options is never lower than its menu. */
  height?: number;
  narrow?: Stage;
  empty?: Stage;
  full?: Stage;
  /** Where it is not given: the background does not answer. */
  error?: Stage;
}

/** The background answers nothing, and the page says so. */
export const SILENCE: Stage = {
  words: 'the extension does not answer',
  pretended: 'silent',
  act: async () => {},
  seen: pageWords.noAnswer,
};

const unanswered = no('no-answer', pageWords.noAnswer);
const region = (name: string | RegExp) => (page: Page) => page.getByRole('region', { name, exact: true });
/** By a key: what is pressed may lie under something that stays in view. */
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().press('Enter');
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();
const choose = (label: string, text: string) => (page: Page) =>
  page
    .getByLabel(label, { exact: true })
    .setInputFiles({ name: 'case-status.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const each =
  (...steps: ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };

const SETUP = 'options.html#setup';
const at = (step: 'desk' | 'template' | 'panel', more: Exclude<Pretended, string> = {}): Pretended => ({
  'setup.get': yes({ step }),
  ...more,
});

const setup: Screen[] = [
  {
    name: 'setup-desk',
    words: 'Set-up, first step: the address of a help desk',
    path: SETUP,
    pretended: at('desk'),
    seen: 'Step 1',
    empty: { words: 'nothing is connected yet', fresh: true },
    full: {
      words: 'several help desks',
      pretended: at('desk', { 'sites.list': yes(answers.sites) }),
      seen: 'fjordline',
    },
    error: {
      words: 'nobody answers at the address',
      fresh: true,
      pretended: at('desk'),
      act: connect,
      seen: 'did not answer',
    },
  },
  {
    name: 'setup-template',
    words: 'Set-up, second step: a template',
    path: SETUP,
    pretended: at('template'),
    seen: 'Transfer',
    empty: { words: 'no help desk is connected', fresh: true, seen: 'Step 2' },
    full: {
      words: 'for one of several help desks',
      pretended: at('template', { 'sites.list': yes(answers.sites) }),
      act: (page) => page.getByLabel('Your own').check({ force: true }),
    },
    error: {
      words: 'the templates cannot be read',
      pretended: at('template', { 'templates.list': noStorage }),
      seen: noStorage.message,
    },
  },
  {
    name: 'setup-panel',
    words: 'Set-up, last step: the panel on a ticket',
    path: SETUP,
    pretended: at('panel', { 'sites.test': yes({ ...answers.connection, problems: [] }) }),
    seen: /104/,
    empty: { words: 'no help desk is connected', fresh: true, seen: 'Step 3' },
    full: {
      words: 'a ticket was found, and something does not work',
      pretended: at('panel', { 'sites.test': yes(answers.connection) }),
    },
    error: {
      words: 'the help desk cannot be asked',
      pretended: at('panel', { 'sites.test': unanswered }),
      seen: unanswered.message,
    },
  },
];

async function connect(page: Page): Promise<void> {
  await page.getByLabel('Address of the help desk').fill('http://127.0.0.1:4999/');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

const sites: Screen[] = [
  {
    name: 'sites',
    words: 'Connected help desks',
    path: 'options.html#sites',
    seen: 'Test the connection',
    empty: { words: 'none yet', fresh: true, seen: 'No help desk' },
    full: {
      words: 'of each kind, one without permission',
      pretended: { 'sites.list': yes(answers.sites) },
      seen: 'kaiun',
    },
  },
  {
    name: 'connect',
    words: 'Connecting a help desk',
    path: 'options.html#sites',
    fresh: true,
    seen: 'No help desk',
    act: (page) => page.getByLabel('Address of the help desk').fill('https://rt.example.com/Ticket/Display.html?id=1'),
    empty: { words: 'nothing was typed', act: press('Connect'), seen: 'Type' },
    full: {
      words: 'only what the organisation allows',
      pretended: { 'policy.view': yes(answers.lockedPolicy) },
      seen: 'organisation',
    },
    error: {
      words: 'nobody answers there',
      act: connect,
      seen: 'did not answer',
    },
  },
  {
    name: 'connection',
    words: 'The test of a connection',
    path: 'options.html#sites',
    act: press(/^Test the connection/),
    seen: 'All is well',
    empty: {
      words: 'no ticket is open',
      pretended: { 'sites.test': yes({ ...answers.connection, ticket: null, fields: [], desk: [], problems: [] }) },
      seen: 'No ticket of this help desk is open',
    },
    full: {
      words: 'several things do not work',
      pretended: { 'sites.test': yes(answers.connection) },
      seen: 'do not work',
    },
    error: { words: 'it cannot be tested', pretended: { 'sites.test': unanswered }, seen: unanswered.message },
  },
];

const review: Screen[] = [
  {
    name: 'review',
    words: 'What waits for a person',
    path: 'options.html#review',
    pretended: { 'review.list': yes(answers.reviewList(3)) },
    seen: 'Select all',
    empty: { words: 'nothing waits', pretended: {}, seen: 'Nothing waits' },
    full: {
      words: 'weeks of absence, all to be dropped',
      pretended: { 'review.list': yes(answers.reviewList(23)) },
      act: press(/^Drop all/),
      seen: 'cannot be undone',
    },
  },
];

const TEMPLATES = 'options.html#templates';
const newSupport = { ...supportTemplate, version: 3 };
const returns = { ...transferTemplate, id: 'returns-and-orders', name: 'Returns and orders' };
const importing = { path: TEMPLATES, area: region('What the import would do'), seen: 'case-status.json' };

const templates: Screen[] = [
  {
    name: 'templates',
    words: 'The templates',
    path: TEMPLATES,
    seen: 'Support (fast clock)',
    empty: {
      words: 'of an agent, who only reads',
      pretended: { 'policy.view': yes(answers.lockedPolicy) },
      seen: 'templates can be read',
    },
    full: {
      words: 'drafts, and some in the archive',
      pretended: {
        'drafts.list': yes(answers.drafts),
        'templates.list': (real) => real.map((one, index) => ({ ...one, archived: index > 2 })),
      },
      act: each(press('New template'), (page) => page.locator('details[open] > summary').first().click()),
      seen: 'Marine operations of',
    },
  },
  {
    name: 'template-import',
    words: 'Templates of a file, before they are taken in',
    ...importing,
    act: choose('Import a file', answers.fileOf(returns)),
    empty: { words: 'an empty file', act: choose('Import a file', ''), seen: 'case-status.json' },
    full: {
      words: 'a new version and new templates',
      act: choose('Import a file', answers.fileOf(fullOf(newSupport), returns, twoTeamsTemplate)),
    },
    error: { words: 'the checker refuses', act: choose('Import a file', answers.fileOf(faultyOf(newSupport))) },
  },
];

/** Opens the first of what a tab of the editor lists, or the first that has an error; nothing where it lists nothing. */
const openFirst = async (page: Page) => {
  const rows = page.locator('.tab-panel :is(.row-button, .native-desk > summary)');
  const wrong = rows.filter({ has: page.locator('.is-danger') });
  const [row] = [...(await wrong.all()), ...(await rows.all())];
  await row?.click();
};
/** Ids of the templates that are made for the pictures. */
export const MADE = { empty: 'returns', full: 'marine-operations', faulty: 'berths' };
const template = (id: string) => `options.html#templates/${id}`;
const WIDE = 1360;

const part = (name: string, title: string, words: string, error: string): Screen => ({
  name: `editor-${name}`,
  words: `Editor: ${words}`,
  path: template('support'),
  width: WIDE,
  area: (page) => page.locator('.editor-main'),
  act: each(tab(title), openFirst),
  seen: title,
  empty: { words: 'a new template', path: template(MADE.empty) },
  full: { words: 'very much of it', path: template(MADE.full) },
  error: { words: error, path: template(MADE.faulty) },
});

const editor: Screen[] = [
  {
    name: 'editor',
    words: 'The editor of a template',
    path: template('support'),
    width: 1440,
    height: 1040,
    seen: 'Publish version',
    empty: { words: 'a new template', path: template(MADE.empty) },
    full: { words: 'very much in it', path: template(MADE.full) },
  },
  part('statuses', 'Statuses', 'its statuses', 'with findings of the checker'),
  part('flow', 'Flow', 'its flow', 'with findings of the checker'),
  part('timers', 'Timers', 'its timers', 'a close without the reason it needs'),
  part('replies', 'Replies', 'what a reply does', 'a reply into a status without its sub-status'),
  part('messages', 'Messages', 'its messages', 'an unknown placeholder'),
  part('tickets', 'Applies to', 'which tickets it is for', 'with findings of the checker'),
  {
    ...part('versions', 'Versions', 'its versions', 'a version that is gone'),
    act: each(tab('Versions'), press(/^Read /)),
    empty: { words: 'never published', path: template(MADE.empty), act: tab('Versions') },
    full: {
      words: 'one compared with the draft',
      path: template(MADE.full),
      act: each(tab('Versions'), press(/^Compare Version 1/)),
    },
    error: {
      words: 'a version is gone',
      pretended: { 'drafts.version': answers.versionGone },
      seen: answers.versionGone.message,
    },
  },
  {
    name: 'matrix',
    words: 'Which status may follow which',
    path: template('review'),
    width: WIDE,
    act: tab('Flow'),
    area: region('Which status may follow which'),
    seen: 'Which status may follow which',
    empty: { words: 'a new template: everything may follow', path: template(MADE.empty) },
    full: { words: 'many statuses', path: template(MADE.full) },
    error: { words: 'a status that nothing leaves', path: template(MADE.faulty) },
  },
  {
    name: 'preview',
    words: 'A draft, tried on a sample case',
    path: template('support'),
    width: WIDE,
    area: region('Preview'),
    seen: 'Begins as',
    act: async (page) => {
      await unfold(page);
      await page.getByRole('combobox', { name: 'Begins as' }).selectOption('Pending – Customer Input');
      await page.getByRole('button', { name: 'Next thing due' }).click();
    },
    empty: { words: 'nothing has happened yet', act: unfold },
    full: {
      words: 'to its end',
      act: async (page) => {
        await unfold(page);
        await page.getByRole('combobox', { name: 'Begins as' }).selectOption('Pending – Customer Input');
        for (let step = 0; step < 4; step += 1) await press('Next thing due')(page);
        await page.getByText('Message to the customer').first().click();
      },
    },
    error: {
      words: 'it cannot be made',
      pretended: { 'calendars.list': unanswered },
      act: unfold,
      seen: unanswered.message,
    },
  },
  {
    name: 'publish',
    words: 'Publishing: what is wrong, what changes, which cases it meets',
    path: template('support'),
    width: WIDE,
    area: (page) => page.locator('.editor-side'),
    seen: 'now called',
    empty: { words: 'nothing was changed', path: template('review'), seen: 'Nothing differs' },
    full: {
      words: 'cases in what is retired, dates that move',
      pretended: { 'drafts.open': answers.muchToPublish, 'drafts.retiming': yes({ timers: 37, cases: 31 }) },
      seen: 'Cases in what is retired',
    },
    error: {
      words: 'errors of the checker, and the refusal',
      path: template(MADE.faulty),
      act: press('Publish'),
      seen: 'Nothing was published',
    },
  },
  {
    name: 'replay',
    words: 'Replay: what a draft would have done',
    path: template('support'),
    width: WIDE,
    area: region('Replay'),
    act: press('Run'),
    seen: 'replayed',
    empty: { words: 'no case has the template', path: template('review'), seen: 'No case' },
    full: {
      words: 'many cases, and what is behind a number',
      pretended: { 'drafts.replay': yes(answers.replay) },
      act: async (page) => {
        await press('Run')(page);
        await page.locator('.number summary').first().click();
      },
    },
    error: { words: 'it breaks off', pretended: { 'drafts.replay': unanswered }, seen: unanswered.message },
  },
];

const calendars: Screen[] = [
  {
    name: 'calendars',
    words: 'Calendars',
    path: 'options.html#calendars',
    pretended: { 'calendars.list': answers.calendarList(2) },
    seen: 'Berlin office',
    empty: { words: 'none yet', fresh: true, pretended: {}, seen: 'No calendar' },
    full: { words: 'several, with long names', pretended: { 'calendars.list': answers.calendarList(9) } },
  },
  {
    name: 'calendar',
    words: 'A calendar: working hours, holidays, a year, and what a wait comes to',
    path: 'options.html#calendars/berlin-office',
    pretended: { 'calendars.list': answers.calendarList(9) },
    seen: 'Holidays',
    empty: { words: 'a new one', path: 'options.html#calendars/new', seen: 'New calendar' },
    full: {
      words: 'edited, not saved, with many holidays',
      act: (page) => page.getByRole('textbox', { name: 'Name' }).fill('Berlin and Hamburg'),
      seen: 'Unsaved changes',
    },
    error: {
      words: 'something has to be mended first',
      path: 'options.html#calendars/new',
      act: press('Save'),
      seen: /to mend|mended/,
    },
  },
];

const DATA = 'options.html#data';

const data: Screen[] = [
  {
    name: 'data',
    words: 'All that is stored',
    path: DATA,
    seen: 'What there is',
    empty: { words: 'nothing yet', fresh: true },
    full: { words: 'years of it', pretended: { 'data.overview': answers.muchData } },
  },
  {
    name: 'data-import',
    words: 'A file of everything, before it is taken in',
    path: DATA,
    area: region('Import a file'),
    pretended: { 'data.examine': yes(answers.importLook) },
    act: choose('Choose a file', '{}'),
    seen: 'Download a backup first',
    empty: { words: 'no file was chosen', act: async () => {}, seen: 'Choose a file' },
    full: { words: 'much of it, and cases that differ', pretended: { 'data.examine': yes(answers.fullImportLook) } },
    error: {
      words: 'a damaged file',
      pretended: {},
      act: choose('Choose a file', '{"format": "case-status-overlay", "kind": "everyth'),
      seen: 'Nothing of this file',
    },
  },
  {
    name: 'data-backup',
    words: 'Backups by themselves',
    path: DATA,
    area: region('Backups by themselves'),
    pretended: { 'data.overview': answers.backedUp },
    seen: 'The next one',
    empty: { words: 'off', pretended: {}, seen: 'Backups by themselves' },
    full: { words: 'the first is being made', pretended: { 'data.overview': answers.firstBackup }, seen: 'No backup' },
    error: {
      words: 'the last one was not made',
      pretended: { 'data.overview': answers.failedBackup },
      seen: 'was not made',
    },
  },
  {
    name: 'data-verify',
    words: 'The proof of the histories',
    path: DATA,
    area: region('Check the histories'),
    act: press('Check all histories'),
    seen: 'All is well',
    empty: { words: 'no case yet', fresh: true, act: async () => {}, seen: 'no case yet' },
    full: { words: 'some were changed', pretended: { 'data.verify': yes(answers.broken) }, seen: 'does not fit' },
    error: { words: 'it cannot be checked', pretended: { 'data.verify': noStorage }, seen: noStorage.message },
  },
  {
    name: 'data-erase',
    words: 'Erasing, in two steps',
    path: DATA,
    area: region('Erase'),
    act: press('Erase …'),
    seen: 'This goes',
    empty: { words: 'nothing is connected', fresh: true, act: async () => {}, seen: 'What to erase' },
    full: {
      words: 'everything, of several help desks',
      pretended: { 'data.overview': answers.muchData },
      act: each((page) => page.getByRole('radio', { name: /^Everything/ }).check({ force: true }), press('Erase …')),
    },
    error: {
      words: 'another word was typed',
      act: each(
        press('Erase …'),
        (page) => region('Erase')(page).getByRole('textbox').fill('yes'),
        press('Erase for good'),
      ),
      seen: 'another word',
    },
  },
];

const thisBrowser: Screen[] = [
  {
    name: 'notifications',
    words: 'Which notifications come, and when',
    path: 'options.html#notifications',
    seen: 'Quiet hours',
    empty: { words: 'every one is off', pretended: { 'notifications.get': yes(answers.noNotifications) } },
    full: {
      words: 'set by the organisation, with quiet hours',
      pretended: { 'notifications.get': yes(answers.quiet), 'policy.view': yes(answers.lockedPolicy) },
      seen: 'organisation',
    },
  },
  {
    name: 'shortcuts',
    words: 'The shortcuts',
    path: 'options.html#shortcuts',
    seen: 'All commands',
    empty: {
      words: 'every one is off',
      pretended: { 'shortcuts.get': yes({ shortcuts: answers.noShortcuts, desk: [] }) },
    },
    full: {
      words: 'some are the help desk’s, some keys alone',
      pretended: { 'shortcuts.get': yes({ shortcuts: answers.oddShortcuts, desk: ['J', 'Alt+Shift+K'] }) },
    },
  },
  {
    name: 'diagnostics',
    words: 'How the extension is',
    path: 'options.html#diagnostics',
    seen: 'Timers',
    empty: { words: 'just installed', fresh: true },
    full: { words: 'much is wrong', pretended: { 'diagnostics.view': answers.unwell }, seen: 'things' },
  },
  {
    name: 'language',
    words: 'Language and role',
    path: 'options.html#sites',
    area: (page) => page.locator('.menu'),
    seen: 'Used by',
    // The menu is folded away there.
    narrow: { act: (page) => page.getByRole('button', { name: 'Sites', exact: true }).click() },
    full: {
      words: 'set by the organisation',
      pretended: { 'policy.view': yes(answers.lockedPolicy) },
      seen: 'organisation',
    },
    empty: {
      words: 'nothing is known yet: the extension does not answer',
      pretended: 'silent',
      seen: pageWords.noAnswer,
    },
    error: {
      words: 'it was not kept',
      pretended: { 'role.set': noSpace, 'language.set': noSpace },
      act: each(
        (page) => page.getByRole('combobox', { name: 'Language' }).selectOption('de'),
        (page) => page.getByRole('combobox', { name: 'Used by' }).selectOption('agent'),
      ),
      seen: noSpace.message,
    },
  },
];

const popup: Screen[] = [
  {
    name: 'popup',
    words: 'The button’s popup',
    path: 'popup.html',
    width: 360,
    height: 120,
    pretended: { 'popup.view': yes(answers.popup.usual) },
    seen: 'Pending',
    narrow: {
      words: 'on a page that is not connected',
      pretended: { 'popup.view': yes(answers.popup.unknown) },
      seen: 'rt.example.com',
    },
    empty: { words: 'no page, and nothing due', fresh: true, pretended: {}, seen: 'Nothing' },
    full: { words: 'much is due, and much waits', pretended: { 'popup.view': yes(answers.popup.full) } },
  },
  {
    name: 'popup-refused',
    words: 'The popup, where the permission was taken away',
    path: 'popup.html',
    width: 360,
    height: 120,
    pretended: { 'popup.view': yes(answers.popup.refused) },
    seen: 'rt.example.com',
    full: {
      words: 'before a help desk is switched off',
      pretended: { 'popup.view': yes(answers.popup.usual) },
      act: press('Switch off here'),
      seen: 'Keep',
    },
    error: {
      words: 'it was not switched off',
      pretended: { 'popup.view': yes(answers.popup.usual), 'sites.disconnect': noSpace },
      act: each(press('Switch off here'), press(/^Switch off on/)),
      seen: noSpace.message,
    },
  },
];

async function unfold(page: Page): Promise<void> {
  const fold = page.getByRole('button', { name: 'Preview', exact: true });
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
}

export const chapters: { title: string; screens: Screen[] }[] = [
  { title: 'Set-up', screens: setup },
  { title: 'What waits', screens: review },
  { title: 'Help desks', screens: sites },
  { title: 'Templates', screens: templates },
  { title: 'The editor of templates', screens: editor },
  { title: 'Calendars', screens: calendars },
  { title: 'Data', screens: data },
  { title: 'This browser', screens: thisBrowser },
  { title: 'The toolbar button', screens: popup },
];
