import { appWords } from '../../../core/words/app';
import type { Language } from '../../../core/words/language';
import type { CasePanel } from '../harness/case-panel';
import type { OpenTicket, Session } from '../harness/session';
import type { Scene } from './camera';
import { pretendOnTicket } from './pretend';

const SIZE = { width: 1180, height: 820 };
const WAITING = {
  status: 'Pending',
  subStatus: 'Customer Input',
  reason: 'Needs log files',
  note: 'asked for the log',
};

export interface PanelScene {
  name: string;
  /** What it shows, in a few words. */
  words: string;
  /** Of the extension; English where it is not given. */
  language?: Language;
  /** Brings it about, and says which page, and which part of it. */
  set(session: Session): Promise<Scene>;
}

/** A scene of the panel alone. */
const ofPanel = (
  name: string,
  words: string,
  set: (ticket: OpenTicket, session: Session) => Promise<void>,
): PanelScene => ({
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

/** What an agent meets on the pages of the help desk. */
export const panelScenes: PanelScene[] = [
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
  ofPanel('login', 'A message waits for a login', async ({ panel }, session) => {
    await session.logout();
    await panel.change({ status: 'Awaiting Customer Confirmation' });
    await panel.region.getByText('Waits until you log in').waitFor();
    await session.login();
  }),
  ofPanel('covered', 'Nothing is sent from a panel that cannot be seen', async ({ page, panel }) => {
    await panel.startChange();
    await panel.fill({ status: 'Awaiting Customer Confirmation' });
    // Opened after the panel, so above it.
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.popover = 'manual';
      cover.style.cssText =
        'inset: 0; width: 100vw; height: 100vh; pointer-events: none; background: none; opacity: 0.1; border: 0';
      cover.style.backdropFilter = 'blur(1px)';
      document.body.append(cover);
      cover.showPopover();
    });
    await page.waitForTimeout(400);
    await panel.updateButton.press('Enter');
    await panel.alerts.getByText('Something covers the panel').waitFor();
    await page.evaluate(() => document.querySelector('[popover]:last-of-type')?.remove());
  }),
  ofPanel('full', 'Much of everything: long names, many dates, several things to say', async (ticket, session) => {
    await pretendOnTicket(ticket.page, session.browser.extensionId, {
      'case.change': (real) => {
        const long = 'Scheduled maintenance of the berth planning service with the provider in Rotterdam';
        const { view } = real;
        const [timer] = view.next;
        // Newer than what the background goes on telling.
        view.revision += 1000;
        view.subject = `${long}: the export of the monthly report stops`;
        view.requesterName = 'Maximiliane Oppenheimer-Featherstonehaugh (Northern Quay Logistics)';
        view.status.name = 'Waiting for a third party that we depend on';
        view.subStatus = { id: 'long', name: long, meaning: { agent: '', customer: '' } };
        if (timer)
          view.next = [2, 5, 9, 14, 21, 28].map((days) => ({
            ...timer,
            text: `Reminder to ${view.requesterName}`,
            dueAt: view.now + days * 86_400_000,
          }));
        view.hold = true;
        view.customerRepliedAt = view.now - 60_000;
        return real;
      },
    });
    await ticket.panel.change(WAITING);
  }),
  ofPanel('not-sent', 'A message that did not get there, with its text to be sent by hand', async (ticket, session) => {
    await pretendOnTicket(ticket.page, session.browser.extensionId, {
      'case.change': (real) => {
        real.view.revision += 1000;
        real.view.outbox = [
          {
            effectId: 'gone',
            state: 'failed',
            text: 'Message to Alice Customer',
            notBefore: real.view.now,
            triesAgainAt: null,
            problem: 'Harbour does not allow this with your account.',
            body: 'Hello Alice,\n\nwe believe that our answer settles it. If it does not, just reply.\n\nYour support team',
          },
        ];
        return real;
      },
    });
    await ticket.panel.change({ status: 'Awaiting Customer Confirmation' });
    await ticket.panel.host.getByRole('button', { name: 'Dismiss' }).click();
    await ticket.panel.host.getByRole('button', { name: 'Show message' }).click();
  }),
  ofPanel('silent', 'The extension does not answer: nothing is lost of what was chosen', async (ticket, session) => {
    await ticket.panel.startChange();
    await ticket.panel.fill({ status: 'In Progress' });
    await pretendOnTicket(ticket.page, session.browser.extensionId, 'silent');
    await ticket.panel.updateButton.click();
    await ticket.panel.alerts.getByText('did not answer').waitFor();
  }),
  ofPanel('no-space', 'The browser has no space left', async (ticket, session) => {
    await ticket.panel.startChange();
    await ticket.panel.fill({ status: 'In Progress' });
    const noSpace = { ok: false, code: 'storage-full', message: appWords.storageFull } as const;
    await pretendOnTicket(ticket.page, session.browser.extensionId, { 'case.change': noSpace });
    await ticket.panel.updateButton.click();
    await ticket.panel.alerts.getByText('no space left').waitFor();
  }),
  ofPanel('updated', 'The extension was updated under the page', async (ticket, session) => {
    await ticket.panel.startChange();
    await ticket.panel.fill({ status: 'In Progress' });
    await pretendOnTicket(ticket.page, session.browser.extensionId, 'updated');
    await ticket.panel.updateButton.click();
    await ticket.panel.host
      .getByText(/Reload the page to continue/)
      .first()
      .waitFor();
  }),
  {
    name: 'panel-lost',
    words: 'A page that has changed: what cannot be found on it any more',
    async set(session) {
      const id = await session.desk.createTicket('A page after a redesign');
      const page = await session.browser.newPage();
      await page.setViewportSize(SIZE);
      await page.route(session.desk.ticketUrl(id), async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replace('data-field="subject"', '').replace('data-field="requester"', '');
        await route.fulfill({ response: answer, body });
      });
      await page.goto(session.desk.ticketUrl(id));
      const host = page.locator('div[data-case-status-overlay]');
      await host.getByText('This page looks different from what we know').waitFor();
      return { page, area: host.locator('.case-panel') };
    },
  },
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
];
