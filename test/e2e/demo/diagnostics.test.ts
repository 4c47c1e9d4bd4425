import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flawsInEveryLook, violations } from '../harness/axe';
import { Session } from '../harness/session';

let session: Session;
let page: Page;
beforeAll(async () => {
  session = await Session.start();
  page = await session.browser.extensionPage('options.html#diagnostics');
});
afterAll(() => session?.close());

const section = (name: string) => page.getByRole('region', { name, exact: true });
const lookAgain = () => page.getByRole('button', { name: 'Look again' }).press('Enter');
const verdictNow = async () => {
  await lookAgain();
  return page.getByRole('status').first().innerText();
};

test('all is well after the first change, with the facts of the real browser; by keyboard, in every look', async () => {
  const { id, panel } = await session.openNewTicket('Nothing wrong with me');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.waitForNative(id, session.desk.native.waiting);
  await page.bringToFront();
  await lookAgain();
  await page.getByText('All is well.').waitFor();
  await expect.poll(() => section('Timers').innerText()).toMatch(/armed\s+2/);
  expect(await section('Timers').innerText()).toMatch(/Next due in (7 d|6 d 23 h)/);
  expect(await section('This browser').innerText()).toMatch(/Extension\s+0\.1\.0\s+Browser\w*\s+Chromium \d+/);
  expect(await section('Background').innerText()).toMatch(/times? in this session|once in this session/);
  expect(await section('Background').innerText()).toMatch(/Heartbeat\s+.*every 5|every 30/);
  expect(await section('Store').innerText()).toMatch(/Cases\s+1/);
  expect(await section('Sites').innerText()).toContain('Running');
  expect(await flawsInEveryLook(page)).toEqual([]);
});

test('what is copied names no person, no ticket and no address', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy for a report' }).press('Enter');
  await page.getByText('Copied.').waitFor();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('sites.0.site: site-1');
  expect(report).toMatch(/timers\.armed: 2/);
  expect(report).not.toMatch(/127\.0\.0\.1|erin|alice|Nothing wrong|:\/\//i);
});

test('a worker that was killed is counted when it starts again', async () => {
  const starts = async () => Number((await page.getByRole('textbox').inputValue()).match(/worker\.starts: (\d+)/)?.[1]);
  await page.getByText('What is copied', { exact: true }).click();
  const before = await starts();
  await session.browser.killWorker();
  await lookAgain();
  await expect.poll(starts).toBe(before + 1);
});

test('logged out, the site is paused; the way to mend it is there, and when it is mended all is well again', async () => {
  const { page: ticket, panel } = await session.openNewTicket('Log me out');
  await session.logout();
  await panel.change({ status: 'Awaiting Customer Confirmation' });
  await panel.region.getByText('Waits until you log in').waitFor();
  await page.bringToFront();
  await expect.poll(verdictNow, { timeout: 20_000 }).toMatch(/actions wait\. Waits until you log in to Harbour\./);
  const mend = page.getByRole('link', { name: /^Open 127\.0\.0\.1/ });
  expect(await mend.getAttribute('href')).toBe(session.desk.url);
  expect(await violations(page)).toEqual([]);

  await session.login();
  await ticket.reload();
  await page.bringToFront();
  await expect.poll(verdictNow, { timeout: 60_000, interval: 500 }).toBe('All is well.');
});

test('R10: what the worker loads when it is first asked for is there after its end, and after the browser was started again', async () => {
  await session.browser.killWorker();
  expect(await verdictNow()).toBe('All is well.');
  await session.browser.restartBrowser();
  page = await session.browser.extensionPage('options.html#diagnostics');
  await page.getByText('All is well.').waitFor();
});
