/**
 * Takes a picture of every state that a person may see, light and dark, and writes the page that shows them.
 * Made anew by `npm run pictures`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Language } from '../../core/words/language';
import { demoDesk } from '../desks/demo/demo';
import type { TestBrowser } from './harness/browser';
import type { CasePanel } from './harness/case-panel';
import { type OpenTicket, Session } from './harness/session';

const SIZE = { width: 1180, height: 820 };
const WAITING = {
  status: 'Pending',
  subStatus: 'Customer Input',
  reason: 'Needs log files',
  note: 'asked for the log',
};

interface Scene {
  name: string;
  /** What it shows, in a few words. */
  words: string;
  /** Of the extension; English where it is not given. */
  language?: Language;
  /** Brings it about, and says which page, and which part of it. */
  set(session: Session): Promise<{ page: Page; area?: Locator }>;
}

/** A scene of the panel alone. */
const ofPanel = (name: string, words: string, set: (ticket: OpenTicket, session: Session) => Promise<void>): Scene => ({
  name: `panel-${name}`,
  words,
  async set(session) {
    const ticket = await session.openNewTicket('Invoices are printed without the logo');
    await ticket.page.setViewportSize(SIZE);
    await ticket.panel.open();
    await set(ticket, session);
    return { page: ticket.page, area: ticket.panel.host.locator('.case-panel') };
  },
});

/** Changed, told, and looked at again: without what a change leaves on the screen for a while. */
async function calm({ page, panel }: OpenTicket, change: Parameters<CasePanel['change']>[0]): Promise<void> {
  await panel.change(change);
  await panel.button('Dismiss').click();
  await page.reload();
  await panel.region.waitFor();
}

const page = (name: string, words: string, path: string, size = SIZE, seen?: string): Scene => ({
  name,
  words,
  async set(session) {
    const opened = await session.browser.extensionPage(path);
    await opened.setViewportSize(size);
    await opened
      .getByText(seen ?? /./)
      .first()
      .waitFor();
    return { page: opened };
  },
});

/** Makes a calendar with a holiday in sight, and shows it. */
async function calendar(browser: TestBrowser, name: string): Promise<Page> {
  const page = await browser.extensionPage('options.html#calendars/new');
  await page.setViewportSize(SIZE);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  const year = await page.locator('.year-picker b').first().innerText();
  for (const [date, day] of [
    ['01-01', 'New Year’s Day'],
    ['05-01', 'Labour Day'],
    ['12-25', 'Christmas Day'],
  ]) {
    await page.getByLabel('Date', { exact: true }).fill(`${year}-${date}`);
    await page.getByLabel('What day it is').fill(day ?? '');
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It counts from now on').waitFor();
  await page.locator('.try-date').waitFor();
  return page;
}

const scenes: Scene[] = [
  ofPanel('untracked', 'A ticket on which nobody has set a status yet', async () => {}),
  ofPanel('waiting', 'A case that waits for the customer, with what happens next', async (ticket, session) => {
    await calm(ticket, WAITING);
    await session.waitForNative(ticket.id, session.desk.native.waiting);
  }),
  ofPanel('changed', 'Just changed: what was done, what is on its way, Undo', async ({ panel }) => {
    await panel.change(WAITING);
  }),
  ofPanel('collapsed', 'Collapsed to its pill', async (ticket) => {
    await calm(ticket, WAITING);
    await ticket.panel.pill.click();
    await ticket.panel.region.waitFor({ state: 'hidden' });
  }),
  ofPanel('change', 'The form for a change', async ({ panel }) => {
    await panel.startChange();
  }),
  ofPanel('preview', 'What Update will do', async ({ panel }) => {
    await panel.startChange();
    await panel.fill({ status: 'Awaiting Customer Confirmation', reason: 'Fixed' });
    await panel.host.getByRole('group', { name: 'This will' }).getByText('Closes, if').waitFor();
  }),
  ofPanel('missing', 'What is required is asked for in place', async ({ panel }) => {
    await panel.startChange();
    await panel.pick('Status', 'Pending');
    await panel.updateButton.click();
    await panel.host.getByText('Pending needs a sub-status.').waitFor();
  }),
  ofPanel('meanwhile', 'The case changed while the form was open', async ({ id, panel }, session) => {
    await panel.startChange();
    await panel.pick('Status', 'In Progress');
    const other = await session.openTicket(id);
    await other.panel.change({ status: 'Reopened' });
    await other.page.close();
    await panel.host.getByText('The case has changed meanwhile.').waitFor();
  }),
  ofPanel('why', 'How a date came about', async (ticket) => {
    await calm(ticket, WAITING);
    await ticket.panel.host
      .getByRole('button', { name: /^why\?/ })
      .first()
      .click();
  }),
  ofPanel('history', 'A longer history', async (ticket) => {
    for (const status of ['In Progress', 'New', 'Reopened', 'In Progress', 'New', 'Update Received'])
      await ticket.panel.change({ status });
    await ticket.page.keyboard.press('Alt+Shift+Y');
    await ticket.panel.host.getByText('Show fewer').waitFor();
  }),
  ofPanel('legend', 'What the statuses mean', async ({ panel }) => {
    await panel.button('What the statuses mean').click();
  }),
  ofPanel('snooze', 'Snooze', async (ticket) => {
    await calm(ticket, WAITING);
    await ticket.panel.button('Snooze').click();
    await ticket.panel.host.getByRole('radio').first().waitFor();
  }),
  ofPanel('remind-me', 'A reminder of one’s own', async ({ panel }) => {
    await panel.button('Remind me').click();
    await panel.host.getByRole('radio').first().waitFor();
  }),
  ofPanel('settings', 'The panel’s settings', async ({ panel }) => {
    await panel.button('Panel settings').click();
  }),
  ofPanel('hold', 'On hold', async (ticket) => {
    await calm(ticket, WAITING);
    await ticket.panel.button('Hold').click();
    await ticket.panel.button('Release hold').waitFor();
  }),
  ofPanel('drift', 'The help desk’s own status was changed past the panel', async (ticket, session) => {
    await calm(ticket, WAITING);
    await session.waitForNative(ticket.id, session.desk.native.waiting);
    await session.desk.setNativeStatus(ticket.id, session.desk.native.solved);
    await ticket.page.reload();
    await ticket.panel.region.getByText('this status goes with').waitFor();
  }),
  ofPanel('replied', 'The customer replied, and the status stays', async (ticket, session) => {
    await ticket.panel.change({ status: 'Pending', subStatus: 'Development' });
    await session.waitForNative(ticket.id, session.desk.native.waiting);
    await session.desk.customerReplies(ticket.id, 'Any news?');
    await ticket.page.reload();
    await ticket.panel.button('This was not a real reply').waitFor();
  }),
  ofPanel('closed', 'A closed case', async (ticket) => {
    await calm(ticket, { status: 'Closed', reason: 'Solved' });
  }),
  ofPanel('login', 'A message waits for a login', async ({ page, panel }, session) => {
    await page.context().clearCookies();
    await panel.change({ status: 'Awaiting Customer Confirmation' });
    await panel.region.getByText('Waits until you log in').waitFor();
    await session.login();
  }),
  ofPanel('covered', 'Nothing is sent from a panel that cannot be seen', async ({ page, panel }) => {
    await panel.startChange();
    await panel.fill({ status: 'Awaiting Customer Confirmation' });
    await page.evaluate("document.documentElement.style.opacity = '0.9'");
    await page.waitForTimeout(400);
    await panel.updateButton.click();
    await panel.alerts.getByText('Something covers the panel').waitFor();
    await page.evaluate("document.documentElement.style.opacity = ''");
  }),
  ofPanel('narrow', 'On a narrow page', async (ticket) => {
    await ticket.page.setViewportSize({ width: 340, height: 700 });
    await calm(ticket, WAITING);
  }),
  ofPanel('contrast', 'With more contrast', async (ticket) => {
    await ticket.page.emulateMedia({ contrast: 'more' });
    await calm(ticket, WAITING);
  }),
  {
    name: 'commands',
    words: 'All commands by a few letters',
    async set(session) {
      const { page, panel } = await session.openNewTicket('Invoices are printed without the logo');
      await page.setViewportSize(SIZE);
      await panel.open();
      await page.keyboard.press('Alt+Shift+K');
      await panel.host.getByRole('dialog', { name: 'Commands' }).waitFor();
      await page.keyboard.type('pend');
      return { page };
    },
  },
  {
    name: 'list',
    words: 'Chips in a list of tickets',
    async set(session) {
      const page = await session.browser.newPage();
      await page.setViewportSize(SIZE);
      await page.goto(session.desk.listUrl);
      await page
        .getByRole('img', { name: /^Case status: Pending – Customer Input/ })
        .first()
        .waitFor();
      await page.locator('tr').last().scrollIntoViewIfNeeded();
      return { page };
    },
  },
  {
    name: 'options-setup',
    words: 'The set-up: a template for the help desk',
    async set({ browser }) {
      const opened = await browser.extensionPage('options.html#setup');
      await opened.setViewportSize({ ...SIZE, height: 1040 });
      await opened.getByRole('button', { name: 'Continue' }).press('Enter');
      await opened.getByRole('radio', { name: 'Support', exact: true }).waitFor();
      return { page: opened };
    },
  },
  page('options-sites', 'Connected help desks', 'options.html#sites'),
  {
    name: 'options-connection',
    words: 'The test of a connection',
    async set(session) {
      await session.openNewTicket('Invoices are printed without the logo');
      const page = await session.browser.extensionPage('options.html#sites');
      await page.setViewportSize({ ...SIZE, height: 1040 });
      await page.getByRole('button', { name: /^Test the connection/ }).press('Enter');
      await page.getByText('All is well').waitFor();
      return { page };
    },
  },
  page('options-templates', 'The templates', 'options.html#templates', SIZE, 'Support'),
  {
    name: 'options-calendar',
    words: 'A calendar: working hours, holidays, and what a wait comes to',
    set: async ({ browser }) => ({ page: await calendar(browser, 'Support Berlin') }),
  },
  {
    name: 'options-calendar-year',
    words: 'A calendar’s year',
    async set({ browser }) {
      const page = await calendar(browser, 'Support Vienna');
      return { page, area: page.getByRole('region', { name: /^The year / }) };
    },
  },
  page('options-review', 'Nothing waits', 'options.html#review'),
  page(
    'options-notifications',
    'Which notifications come, and when',
    'options.html#notifications',
    SIZE,
    'Quiet hours',
  ),
  page(
    'options-data',
    'All that is stored: export, import, backups, histories',
    'options.html#data',
    SIZE,
    'What there is',
  ),
  {
    name: 'options-data-erase',
    words: 'Erasing, in two steps',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#data');
      await page.setViewportSize(SIZE);
      await page.getByRole('button', { name: 'Erase …' }).click();
      await page.getByText('This goes:').scrollIntoViewIfNeeded();
      return { page };
    },
  },
  page('options-shortcuts', 'The shortcuts', 'options.html#shortcuts', SIZE, 'All commands'),
  {
    name: 'options-agent',
    words: 'The templates in an agent’s browser',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#templates');
      await page.setViewportSize(SIZE);
      await page.getByRole('combobox', { name: 'Used by' }).selectOption({ label: 'Agent' });
      await page.getByText('This browser is for an agent').waitFor();
      await browser.evaluateInExtensionPage(
        async () => void (await chrome.runtime.sendMessage({ name: 'role.set', input: { role: 'admin' } })),
      );
      return { page };
    },
  },
  page('options-diagnostics', 'How the extension is', 'options.html#diagnostics', { ...SIZE, height: 1040 }, 'Timers'),
  page('popup', 'The button’s popup', 'popup.html', { width: 360, height: 520 }, 'Reminder'),
  {
    name: 'options-editor',
    words: 'The editor of a template: a status',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#templates/support');
      await page.setViewportSize({ width: 1360, height: 900 });
      await page
        .getByRole('list', { name: 'Statuses', exact: true })
        .getByRole('button', { name: /^Pending/ })
        .click();
      return { page };
    },
  },
  {
    name: 'options-editor-preview',
    words: 'A draft, tried on a sample case beside the editor',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#templates/support');
      await page.setViewportSize({ width: 1440, height: 960 });
      const preview = page.getByRole('region', { name: 'Preview', exact: true });
      await preview.getByRole('combobox', { name: 'Begins as' }).selectOption('Pending – Customer Input');
      await preview.getByRole('button', { name: 'Next thing due' }).click();
      await preview.getByText('Message to the customer').click();
      return { page };
    },
  },
  {
    name: 'options-matrix',
    words: 'Which status may follow which',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#templates/review');
      await page.setViewportSize({ width: 1360, height: 760 });
      await page.getByRole('tab', { name: 'Flow' }).click();
      const grid = page.getByRole('grid');
      await grid.getByRole('checkbox', { name: 'From Approved to Declined' }).click();
      await grid.getByRole('checkbox', { name: 'From Approved to Open' }).click();
      await page.getByText('all is kept').waitFor();
      return { page, area: page.getByRole('region', { name: 'Which status may follow which' }) };
    },
  },
  {
    name: 'options-flow',
    words: 'The flow of a template',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#templates/support');
      await page.setViewportSize({ width: 1360, height: 760 });
      await page.getByRole('tab', { name: 'Flow' }).click();
      return { page };
    },
  },
  {
    name: 'german-change',
    words: 'The form for a change, in German',
    language: 'de',
    async set({ desk, browser }) {
      const page = await browser.newPage();
      await page.setViewportSize(SIZE);
      await page.goto(desk.ticketUrl(await desk.createTicket('Rechnungen werden ohne Logo gedruckt')));
      const host = page.locator('div[data-case-status-overlay]');
      await host.getByRole('button', { name: 'Status ändern' }).press('Enter');
      for (const typed of ['pend', 'cust']) {
        await page.keyboard.type(typed);
        await page.keyboard.press('Enter');
        await page.keyboard.press('Enter');
      }
      await host.getByRole('button', { name: 'Rückgängig' }).first().waitFor();
      await host.getByRole('button', { name: 'Status ändern' }).press('Enter');
      await page.keyboard.type('await');
      await page.keyboard.press('Enter');
      await host.getByRole('group', { name: 'Das bewirkt' }).getByText('Wird ohne Antwort geschlossen').waitFor();
      return { page, area: host.locator('.case-panel') };
    },
  },
  {
    name: 'german-case',
    words: 'A case in German',
    language: 'de',
    async set({ desk, browser }) {
      const page = await browser.newPage();
      await page.setViewportSize(SIZE);
      await page.goto(desk.ticketUrl(await desk.createTicket('Drucker brennt')));
      const host = page.locator('div[data-case-status-overlay]');
      await host.getByRole('button', { name: 'Status ändern' }).press('Enter');
      for (const typed of ['pend', 'cust']) {
        await page.keyboard.type(typed);
        await page.keyboard.press('Enter');
        await page.keyboard.press('Enter');
      }
      await host.getByRole('button', { name: 'Rückgängig' }).first().waitFor();
      return { page, area: host.locator('.case-panel') };
    },
  },
  {
    name: 'german-options',
    words: 'The options page in German',
    language: 'de',
    async set({ browser }) {
      const page = await browser.extensionPage('options.html#templates');
      await page.setViewportSize(SIZE);
      await page.getByRole('heading', { name: 'Vorlagen' }).waitFor();
      return { page };
    },
  },
];

async function speakInBrowser({ browser }: Session, language: Language): Promise<void> {
  await browser.evaluateInExtensionPage(
    async (wanted) => void (await chrome.runtime.sendMessage({ name: 'language.set', input: { language: wanted } })),
    language,
  );
}

/** What a person hears who works with a screen reader: the accessibility tree, step by step, of a change by keyboard alone. */
async function transcript(session: Session): Promise<string> {
  const { page, panel } = await session.openNewTicket('Invoices are printed without the logo');
  await panel.open();
  const steps: string[] = [];
  const step = async (what: string) => {
    // Once what was pressed has had its effect.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    const focused = await panel.host.evaluate((host) => {
      const element = host.shadowRoot?.activeElement;
      const name =
        element?.getAttribute('aria-label') ?? (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
      return element
        ? `${element.getAttribute('role') ?? element.tagName.toLowerCase()} "${name ?? element.textContent}"`
        : null;
    });
    const tree = await panel.region.ariaSnapshot();
    steps.push(`## ${what}\n\nFocus: ${focused ?? 'in the page'}\n\n\`\`\`yaml\n${tree}\n\`\`\`\n`);
  };
  const press = async (key: string) => page.keyboard.press(key);
  await step('The panel on a ticket that is not tracked yet');
  await press('Alt+Shift+S');
  await step('Alt+Shift+S: the form for a change');
  await page.keyboard.type('pend');
  await step('"pend" is typed');
  await press('Enter');
  await press('Enter');
  await step('Enter picks Pending, and Enter again asks for the sub-status that is missing');
  await page.keyboard.type('cust');
  await press('Enter');
  await step('"cust" is typed, Enter picks Customer Input');
  await press('Enter');
  await panel.outcome.getByText('Now Pending').waitFor();
  await step('Enter updates');
  await page.close();
  return steps.join('\n');
}

/** @param folder of the documents: the pictures go into `pictures/gallery`, the page is `gallery.md` */
export async function gallery(folder: string, say: (line: string) => void): Promise<void> {
  const pictures = join(folder, 'pictures', 'gallery');
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const session = await Session.start({ desk: demoDesk() });
  try {
    for (const { name, set, language = 'en' } of scenes) {
      await speakInBrowser(session, language);
      const { page, area } = await set(session);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const path = join(pictures, `${name}-${colorScheme}.png`);
        await (area ?? page).screenshot({ path, animations: 'disabled' });
      }
      await page.close();
      say(`${name}`);
    }
    await speakInBrowser(session, 'en');
    const words =
      'What the panel says to a screen reader during a change by keyboard alone: role, name and state of everything in it, step by step. Made by `npm run pictures`.';
    writeFileSync(
      join(folder, 'screen-reader.md'),
      `# Screen-reader transcript\n\n${words}\n\n${await transcript(session)}`,
    );
    say('screen-reader.md');
  } finally {
    await session.close();
  }
  const shown = scenes.map(
    ({ name, words }) =>
      `## ${words}\n\n| light | dark |\n| --- | --- |\n| ![${words}, light](pictures/gallery/${name}-light.png) | ![${words}, dark](pictures/gallery/${name}-dark.png) |\n`,
  );
  const head = '# Gallery\n\nEvery state that a person may see, on the demo desk. Made by `npm run pictures`.\n';
  writeFileSync(join(folder, 'gallery.md'), [head, ...shown].join('\n'));
}
