/**
 * The main journey, told step by step on the demo desk: what `npm start` shows where there is no display. It uses the
 * same hands as the tests.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { demoDesk } from '../desks/demo/demo';
import { launch } from './harness/browser';
import { CasePanel } from './harness/case-panel';
import { connectSite } from './harness/options-page';
import { words } from './harness/session';
import { until } from './harness/until';

/** Each day of this template lasts one second. */
const template = 'Support (fast clock)';
const patience = { timeoutMs: 90_000, everyMs: 500 };

/**
 * Runs the journey. Every step prints what it saw; the first that fails is thrown with its name.
 * @param pictures folder for the screenshots
 * @param say gets one line per step
 */
export async function journey(pictures: string, say: (line: string) => void): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  let number = 0;

  const step = async (name: string, act: () => Promise<string>, page?: () => Page | undefined) => {
    number += 1;
    try {
      say(`${String(number).padStart(2)}. ${name}: ${await act()}`);
    } catch (error) {
      throw new Error(`Step ${number} failed (${name}): ${error instanceof Error ? error.message : error}`);
    } finally {
      const file = `${String(number).padStart(2, '0')}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`;
      // A picture of what went wrong is worth having, one that cannot be taken is not worth failing for.
      await page?.()
        ?.screenshot({ path: join(pictures, file) })
        .catch(() => undefined);
    }
  };

  const desk = demoDesk();
  let browser: Awaited<ReturnType<typeof launch>> | undefined;
  let settings: Page | undefined;
  let ticket: Page | undefined;
  let second: Page | undefined;
  const agentWords = async (id: string) =>
    (await desk.messages(id)).filter(({ from, visibility }) => from === 'agent' && visibility === 'public');
  const said = async (id: string, pattern: RegExp) =>
    (await agentWords(id)).filter(({ text }) => pattern.test(text)).length;

  try {
    await step('Start the demo desk and the browser', async () => {
      await desk.up();
      browser = await launch();
      return `${desk.url}, extension ${browser.extensionId}`;
    });
    if (!browser) return;
    const { context } = browser;

    await step(
      'Log in to the help desk',
      async () => {
        ticket = await context.newPage();
        await desk.login(ticket);
        return await ticket.title();
      },
      () => ticket,
    );
    if (!ticket) return;
    const page = ticket;
    const panel = new CasePanel(page);

    await step(
      'Connect the site on the options page',
      async () => {
        if (!browser) throw new Error('There is no browser.');
        settings = await connectSite(browser, desk.url, template);
        return `case template ${template}`;
      },
      () => settings,
    );

    const before = await agentWords('101').catch(() => []);
    await step(
      'Open ticket 101',
      async () => {
        await page.goto(desk.ticketUrl('101'));
        await page.bringToFront();
        await panel.open();
        return `${await page.title()}, status ${await panel.status()}`;
      },
      () => ticket,
    );

    await step(
      'Set Pending – Customer Input with a reason',
      async () => {
        const outcome = await panel.change({
          status: 'Pending',
          subStatus: 'Customer Input',
          reason: 'Needs log files',
          note: 'Asked for the export log',
        });
        return `"${outcome}"; next: ${(await panel.next()).join('; ')}`;
      },
      () => ticket,
    );

    await step(
      'The reminder goes out',
      async () => {
        // First the notification: the browser takes it away again after some seconds, and the message is held for ten.
        const shown = await until(
          'the browser notification',
          async () => (await browser?.notifications()) ?? [],
          (ids) => ids.length > 0,
          patience,
        );
        await until(
          'the reminder in the ticket',
          () => said('101', words.reminder),
          (count) => count === 1,
          patience,
        );
        return `a public reply in the ticket (${before.length} before it) and ${shown.length} browser notification`;
      },
      () => ticket,
    );

    await step(
      'The customer answers: Update Received',
      async () => {
        await desk.customerReplies('101', 'Here is the log. The export stops at row 5,000.');
        await page.reload();
        await panel.waitForStatus('Update Received', 60_000);
        await panel.open();
        return `status ${await panel.status()}`;
      },
      () => ticket,
    );

    await step(
      'Another ticket closes by itself',
      async () => {
        const id = await desk.createTicket('Labels print twice');
        second = await context.newPage();
        await second.goto(desk.ticketUrl(id));
        const other = new CasePanel(second);
        await other.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs access' });
        await other.waitForStatus('Closed', 120_000);
        await other.open();
        const native = await until(
          'the help desk to have it solved',
          () => desk.nativeStatus(id),
          (status) => desk.closedNative.includes(status),
          patience,
        );
        return `ticket ${id}, status ${await other.status()}, in the help desk ${native}`;
      },
      () => second,
    );

    await step(
      'Read the history',
      async () => {
        await page.bringToFront();
        const lines = await panel.history();
        if (lines.length < 2) throw new Error(`only ${lines.length} line(s)`);
        return `\n    ${lines.join('\n    ')}`;
      },
      () => ticket,
    );
  } finally {
    await browser?.close();
    await desk.down();
  }
}
