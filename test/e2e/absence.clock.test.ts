import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { violations } from './harness/axe';
import { ReviewList } from './harness/options-page';
import { Session, words } from './harness/session';

let session: Session;
// A browser for each: the first test logs out on its way.
beforeEach(async () => {
  session = await Session.start({ clock: true });
});
afterEach(() => session?.close());

/** A click on a notification, or on one of its buttons. No test can reach those on the screen, so the browser's event is sent. */
async function clickNotification(id: string, button?: number): Promise<void> {
  const worker = await session.browser.worker();
  await worker.evaluate(
    ({ id, button }) => {
      const events = chrome.notifications as unknown as Record<string, { dispatch(...what: unknown[]): void }>;
      if (button === undefined) events.onClicked?.dispatch(id);
      else events.onButtonClicked?.dispatch(id, button);
    },
    { id, button },
  );
}

function optionsPages(): Page[] {
  return session.browser.context.pages().filter((page) => page.url().includes('/options.html'));
}

test('R13, R14: after 30 days away nothing bursts; one list says what waits, and a person lets it go on', async () => {
  const { browser, desk } = session;
  const ids: string[] = [];
  // Each of them owes a reminder and a close, together one more than happen by themselves.
  for (let number = 1; number <= 3; number += 1) {
    const { id, page, panel } = await session.openNewTicket(`Left alone, ${number}`);
    await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
    await page.close();
    ids.push(id);
  }
  await Promise.all(ids.map((id) => session.waitForNative(id, desk.native.waiting)));

  browser.clock.shift({ days: 30 });
  await browser.restartBrowser();
  await expect.poll(() => browser.notifications(), { timeout: 60_000 }).toEqual(['review']);
  await session.login();
  const badge = () => browser.evaluateInExtensionPage(() => chrome.action.getBadgeText({}));
  await expect.poll(badge, { timeout: 60_000 }).toBe('6');

  await clickNotification('review');
  await expect.poll(() => optionsPages().length).toBe(1);
  const [page] = optionsPages();
  if (!page) throw new Error('no options page');
  const list = new ReviewList(page);
  await expect.poll(() => list.rows.count()).toBe(6);
  await page.getByRole('link', { name: 'Sites', exact: true }).click();
  await clickNotification('review');
  await expect.poll(() => list.rows.count()).toBe(6);
  expect(optionsPages()).toHaveLength(1);
  expect(
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /Waiting/ })
      .innerText(),
  ).toMatch(/6$/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
  }
  expect(await session.sentToCustomer(ids[0] ?? '')).toEqual([]);
  expect(await session.sentToCustomer(ids[2] ?? '')).toEqual([]);

  await list.select(/^Reminder to/);
  expect(await violations(page)).toEqual([]);
  expect(await list.goOnWithSelected()).toBe('3 went on.');
  // One after the other: a help desk that is asked for all at once by this test has no time left for the extension.
  for (const id of ids) expect(await session.waitForMessage(id, words.reminder)).toHaveLength(1);
  await page.reload();
  await page.getByText('Nothing waits for you').waitFor();

  const { panel } = await session.openTicket(ids[0] ?? '');
  await panel.waitForStatus('Pending – Customer Input');
  expect((await panel.next()).find((line) => /closes/i.test(line))).toMatch(/in (20 d 23 h|21 d)\b/);
  for (const id of ids) expect(desk.closedNative).not.toContain(await desk.nativeStatus(id));
  expect(await browser.notifications()).not.toContain('review');
  await expect.poll(badge, { timeout: 60_000 }).toBe('');
});

test('R13: an auto-close is undone from its notification', async () => {
  const { browser } = session;
  const { id: ticketId, page, panel } = await session.openNewTicket('Closed without an answer');
  await panel.change({ status: 'Awaiting Customer Confirmation', reason: 'Answered' });
  // The close keeps its distance to when the customer was told.
  await session.waitForMessage(ticketId, words.confirm);
  await browser.shift({ days: 14 });
  await panel.waitForStatus('Closed', 60_000);
  const aboutCase = async () => (await browser.notifications()).filter((id) => id.includes('|'));
  await expect.poll(aboutCase, { timeout: 60_000 }).toHaveLength(1);
  const [id = ''] = await aboutCase();
  await clickNotification(id, 0);
  await panel.waitForStatus('Awaiting Customer Confirmation');
  await page.reload();
  await panel.waitForStatus('Awaiting Customer Confirmation');
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Undone/i));
});
