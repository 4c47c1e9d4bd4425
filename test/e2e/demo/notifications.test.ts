import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type TestBrowser } from '../harness/browser';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test('what a person wants to be told is chosen on the options page, and kept', async () => {
  const page = await browser.extensionPage('options.html#notifications');
  const replied = page.getByRole('checkbox', { name: 'A customer replied' });
  await replied.uncheck();
  await page.getByRole('checkbox', { name: 'Tell me nothing at these hours' }).check();
  const until = page.getByLabel('Until');
  await until.fill('07:30');
  await until.blur();
  await page.getByLabel('One notification for all when there are more than').fill('3');
  await page.getByRole('heading', { name: 'Many at once' }).click();
  await page.getByRole('status').getByText('Saved').waitFor();

  await page.reload();
  await expect.poll(() => replied.isChecked()).toBe(false);
  expect(await until.inputValue()).toBe('07:30');
  expect(await page.getByLabel('From').inputValue()).toBe('19:00');
  expect(await page.getByLabel(/^One notification for all/).inputValue()).toBe('3');
});

test('what is being typed outlasts the save of the choice before it', async () => {
  const page = await browser.extensionPage('options.html#notifications');
  const most = page.getByLabel(/^One notification for all/);
  await most.fill('7');
  // The save of this choice draws the page anew while the number is typed and not yet left.
  await page.getByRole('checkbox', { name: 'A customer replied' }).evaluate((box: HTMLInputElement) => box.click());
  await page.getByRole('status').getByText('Saved').waitFor();
  expect(await most.inputValue()).toBe('7');
  await most.fill('3');
  await most.blur();
  await page.getByRole('status').getByText('Saved').waitFor();
  await page.close();
});

test('quiet hours that end when they begin, and a number that is none, are refused in place and change nothing', async () => {
  const page = await browser.extensionPage('options.html#notifications');
  const from = page.getByLabel('From');
  await from.fill('07:30');
  await from.blur();
  await page.getByRole('alert').getByText('two different times').waitFor();
  const most = page.getByLabel(/^One notification for all/);
  await most.fill('0');
  await most.blur();
  await page.getByRole('alert').getByText('a whole number from 1 to 100').waitFor();
  expect(await most.inputValue()).toBe('0');
  await page.reload();
  expect(await page.getByLabel('From').inputValue()).toBe('19:00');
  expect(await page.getByLabel(/^One notification for all/).inputValue()).toBe('3');
});
