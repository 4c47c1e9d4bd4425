import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../harness/axe';
import { Session } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('R10: a browser that has lost the database says so at its next start, and what to do, until that is dealt with', async () => {
  const { panel } = await session.openNewTicket('Lost with all the others');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  let page = await session.browser.extensionPage('options.html#data');
  const lost = page.getByRole('region', { name: 'Your cases are gone from this browser' });
  await page.getByRole('heading', { name: 'What there is' }).waitFor();
  expect(await lost.count()).toBe(0);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('case-status-overlay');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
  await session.browser.restartBrowser();

  page = await session.browser.extensionPage('options.html#diagnostics');
  const finding = page.getByText('Your cases are gone from this browser');
  await finding.waitFor();
  const told = () =>
    page.evaluate(async () => Object.keys(await chrome.notifications.getAll()).filter((id) => id === 'loss'));
  await expect.poll(told).toEqual(['loss']);
  await page.getByRole('link', { name: 'What can be done' }).click();
  const region = page.getByRole('region', { name: 'Your cases are gone from this browser' });
  expect(await region.innerText()).toMatch(/lost the database of 127\.0\.0\.1.*Import the newest file/s);
  expect(await violations(page)).toEqual([]);
  await region.getByRole('button', { name: 'That is dealt with' }).press('Enter');
  await region.waitFor({ state: 'detached' });
  await expect.poll(told).toEqual([]);
  await page.reload();
  await page.getByRole('heading', { name: 'What there is' }).waitFor();
  expect(await region.count()).toBe(0);
});
