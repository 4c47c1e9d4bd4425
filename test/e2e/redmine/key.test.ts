import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../harness/axe';
import { Session } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('a key that the help desk does not take is refused; one that it takes acts without a login, and is shown nowhere', async () => {
  const { browser, desk } = session;
  const { apiKey = '' } = desk;
  const page = await browser.extensionPage('options.html');
  const site = page.getByRole('list', { name: 'Sites' }).getByRole('listitem');
  const field = site.getByRole('textbox', { name: /^API key/ }).or(site.locator('input[type=password]'));
  await field.first().fill('0123456789012345678901234567890123456789');
  await site.getByRole('button', { name: /^Save key/ }).click();
  expect(await site.getByRole('alert').innerText()).toMatch(/key/i);
  expect(await site.getByText(/Acts as/).count()).toBe(0);

  await field.first().fill(apiKey);
  await site.getByRole('button', { name: /^Save key/ }).click();
  await site.getByText(/Acts as Erin/).waitFor();
  expect(await field.first().inputValue()).toBe('');
  expect(await violations(page)).toEqual([]);
  if (process.env.CSO_PICTURES) {
    await page.screenshot({ path: `${process.env.CSO_PICTURES}/options-key.png` });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 480, height: 900 });
    await page.screenshot({ path: `${process.env.CSO_PICTURES}/options-key-dark-narrow.png` });
  }

  const { id, panel } = await session.openNewTicket('With a key');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.logout();
  await session.waitForNative(id, desk.native.waiting);

  const stored = await browser.evaluateInExtensionPage(async () => {
    const areas = [chrome.storage.local, chrome.storage.session, chrome.storage.sync];
    const kept: unknown[] = await Promise.all(areas.map((area) => area.get(null)));
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('case-status-overlay');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const name of database.objectStoreNames) {
      const reading = database.transaction(name).objectStore(name).getAll();
      kept.push(
        await new Promise((resolve, reject) => {
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => reject(reading.error);
        }),
      );
    }
    database.close();
    return JSON.stringify(kept, (_name, value) =>
      value instanceof Uint8Array ? String.fromCharCode(...value) : value,
    );
  });
  expect(stored).toContain('With a key');
  expect(stored).not.toContain(apiKey);

  await page.bringToFront();
  await site.getByRole('button', { name: /^Forget key/ }).click();
  await site.getByText(/Acts as/).waitFor({ state: 'detached' });
});
