import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flawsInEveryLook } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await browser.extensionPage('options.html#templates');
});
afterAll(() => browser?.close());

test('a person makes this browser an agent’s: templates are read-only there until they take it back', async () => {
  await page.getByText('Import a file').waitFor();
  const role = page.getByRole('combobox', { name: 'Used by' });
  await role.selectOption({ label: 'Agent' });
  await page.getByText('This browser is for an agent').waitFor();
  expect(await page.getByText('Import a file').count()).toBe(0);
  expect(await flawsInEveryLook(page)).toEqual([]);
  // Nor does the address of a template lead to its editor.
  await page.goto(page.url().replace(/#.*/, '#templates/support'));
  await page.reload();
  await page.getByText('This browser is for an agent').waitFor();
  await expect.poll(() => page.locator('.editor').count()).toBe(0);
  await role.selectOption({ label: 'Admin' });
  await page.locator('.editor').waitFor();
  await page.goto(page.url().replace(/#.*/, '#templates'));
  await page.getByText('Import a file').waitFor();
});
