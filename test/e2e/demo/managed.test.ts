import { createHash, randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { flawsInEveryLook } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';

const desk = demoDesk();
let browser: TestBrowser;
let page: Page;

const goTo = async (hash: string, heading: string) => {
  await page.goto(`chrome-extension://${browser.extensionId}/options.html#${hash}`);
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
};
/** Where Debian's Chromium looks for policies; only root may write there, and it counts for this one extension. */
const FOLDER = '/etc/chromium/policies/managed';

const file = `${FOLDER}/case-status-test-${randomUUID()}.json`;
const extension = realpathSync(mkdtempSync(join(tmpdir(), 'cso-policy-')));
beforeAll(async () => {
  await desk.up();
  // A copy, which has an id of its own: a policy reaches every browser of this machine that has the extension.
  cpSync('.output/chrome-mv3-e2e', extension, { recursive: true });
  // As the browser makes it from the folder of an unpacked extension.
  const hash = createHash('sha256').update(extension).digest('hex').slice(0, 32);
  const extensionId = [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
  const policy = {
    language: 'de',
    role: 'agent',
    notifications: { off: ['told'], quiet: { from: '19:00', to: '08:00' } },
    allowedSites: ['https://rt.example.com'],
    locked: ['role', 'notifications'],
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [extensionId]: policy } } }));
  browser = await launch({ extension });
  page = await browser.extensionPage('options.html');
});
afterAll(async () => {
  await desk.down();
  rmSync(extension, { recursive: true, force: true });
  rmSync(file, { force: true });
  for (const folder of [FOLDER, dirname(FOLDER)]) if (readdirSync(folder).length === 0) rmdirSync(folder);
  await browser?.close();
});

test('an organisation provides language, role and notifications, which say so; locks what it locks; refuses other sites', async () => {
  await page.getByRole('combobox', { name: 'Sprache' }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Sprache' }).isDisabled()).toBe(false);
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption({ label: 'English' });
  await page.getByRole('combobox', { name: 'Language' }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Used by' }).isDisabled()).toBe(true);

  await goTo('notifications', 'Notifications');
  const told = page.getByRole('checkbox', { name: 'A customer was told' });
  await told.waitFor();
  expect([await told.isChecked(), await told.isDisabled()]).toEqual([false, true]);
  expect(await flawsInEveryLook(page)).toEqual([]);

  await goTo('templates', 'Templates');
  await page.getByText('Your organisation has made this browser an agent’s').waitFor();
  expect(await page.getByText('Import a file').count()).toBe(0);

  await goTo('sites', 'Sites');
  await page.getByText('Your organisation lets only these be connected: https://rt.example.com.').waitFor();
  await page.getByRole('textbox', { name: 'Address of the help desk' }).fill(desk.url);
  await page.getByRole('button', { name: 'Connect', exact: true }).press('Enter');
  await page
    .getByRole('alert')
    .getByText(/Your organisation does not allow 127\.0\.0\.1:\d+ to be connected/)
    .waitFor();
  expect(await browser.rows('sites')).toEqual([]);
  expect(await flawsInEveryLook(page)).toEqual([]);

  await goTo('diagnostics', 'Diagnostics');
  await page.getByText(/language, notifications, role,? and allowed sites/).waitFor();
});
