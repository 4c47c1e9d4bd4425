import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import { saidIn } from '../../../core/words/language';
import { calendarsWords } from '../../../core/words/options-calendars';
import { flawsInEveryLook } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
});
beforeEach(async () => {
  await page?.close();
  page = await browser.extensionPage('options.html#calendars');
  await heading('Calendars').waitFor();
});
afterAll(() => browser?.close());

const heading = (name: string, within = page) => within.getByRole('heading', { name, level: 1, exact: true });
const button = (name: string | RegExp, within = page) => within.getByRole('button', { name, exact: true });
const card = (name: string) => page.getByRole('listitem').filter({ hasText: name });
const stored = () => browser.rows<BusinessCalendar>('calendars');

/** Makes a calendar of this name, by the mouse, and stays with it. */
async function make(name: string): Promise<void> {
  await page.getByRole('link', { name: 'New calendar' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await button('Save').click();
  await page.getByText('Saved. It counts from now on').waitFor();
}

const chooseFile = (text: string) =>
  page
    .getByLabel('Add from a file')
    .setInputFiles({ name: 'days.ics', mimeType: 'text/calendar', buffer: Buffer.from(text, 'utf8') });

const HOLIDAYS = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'DTSTART;VALUE=DATE:20001225',
  'SUMMARY:Christmas Day',
  'RRULE:FREQ=YEARLY',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'DTSTART;VALUE=DATE:20301228',
  'DTEND;VALUE=DATE:20301231',
  'SUMMARY:Stocktaking',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'DTSTART:20301228T180000Z',
  'SUMMARY:Party',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

test('a calendar is made by keyboard alone, and is there after a reload', async () => {
  await page.getByText('No calendar yet').waitFor();
  expect(await flawsInEveryLook(page)).toEqual([]);
  await page.getByRole('link', { name: 'New calendar' }).focus();
  await page.keyboard.press('Enter');
  await heading('New calendar').waitFor();
  await button('Save').press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
  await page.keyboard.type('Support Kathmandu');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('kathm');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Asia/Kathmandu');

  await page.getByLabel('Monday, until').fill('12:00');
  await button('Add hours on Monday').press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Monday, from');
  await button(/^Copy Monday’s hours/).press('Enter');
  await button('Remove 09:00 to 12:00 on Friday').press('Enter');
  expect(await flawsInEveryLook(page)).toEqual([]);
  await button('Save').press('Enter');
  await page.getByText('Saved. It counts from now on').waitFor();
  const [calendar] = await stored();
  const both = [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '16:00' },
  ];
  expect(calendar).toMatchObject({ name: 'Support Kathmandu', timeZone: 'Asia/Kathmandu' });
  expect(calendar?.week).toEqual([both, both, both, both, both.slice(1), [], []]);

  await page.reload();
  await heading('Support Kathmandu').waitFor();
  await page.getByRole('link', { name: 'Calendars' }).last().press('Enter');
  await card('Support Kathmandu').getByText('27 h a week').waitFor();
  expect(await flawsInEveryLook(page)).toEqual([]);
});

test('holidays come from a file after a look at them, are seen in the year, and count in what is tried', async () => {
  await make('With holidays');
  await chooseFile(HOLIDAYS.slice(0, -20));
  await page
    .getByRole('alert')
    .getByText(/^days\.ics: /)
    .waitFor();
  await chooseFile(HOLIDAYS);
  const review = page.getByRole('region', { name: 'What the file would add' });
  await review.getByText('Party has a time of day').waitFor();
  expect(await review.getByText('Stocktaking').count()).toBe(3);
  expect(await flawsInEveryLook(page)).toEqual([]);
  await review.getByRole('button', { name: /^Add \d+ holidays$/ }).click();
  const year = page.getByRole('region', { name: /^The year / });
  while ((await year.getByRole('heading', { level: 2 }).innerText()) !== 'The year 2030')
    await year.getByRole('button', { name: 'Next year' }).click();
  await year.getByRole('cell', { name: /^28\s?, holiday: Stocktaking$/ }).waitFor();
  // The 28th and the 29th of December 2030 are a weekend.
  await page.getByLabel('Counted from').fill('2030-12-24T10:00');
  await page.getByLabel('How many').fill('3');
  const tried = page.getByRole('region', { name: 'Try it' });
  await tried.getByText('Stocktaking').waitFor();
  await tried
    .getByRole('status')
    .getByText(/^Tue\b.*\b31\b.*\b2030\b/)
    .waitFor();
  expect(await tried.getByRole('listitem').allInnerTexts()).toEqual([
    '2 days off',
    expect.stringContaining('Christmas Day'),
    expect.stringContaining('Stocktaking'),
  ]);
  expect((await stored()).find(({ name }) => name === 'With holidays')?.holidays).toEqual([]);
  await button('Save').click();
  await page.getByText('Saved. It counts from now on').waitFor();
  expect((await stored()).find(({ name }) => name === 'With holidays')?.holidays).toContainEqual({
    date: '2030-12-30',
    name: 'Stocktaking',
  });
});

test('of two tabs that edit the same calendar, the second to save is refused, and can see what is saved', async () => {
  await make('Shared');
  const other = await browser.newPage();
  await other.goto(page.url());
  await heading('Shared', other).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shared, mine');
  await other.getByRole('textbox', { name: 'Name' }).fill('Shared, theirs');
  await button('Save', other).click();
  await other.getByText('Saved. It counts from now on').waitFor();
  await button('Save').click();
  await page.getByRole('alert').getByText('This calendar was changed meanwhile').waitFor();
  await page.bringToFront();
  expect(await flawsInEveryLook(page)).toEqual([]);
  expect((await stored()).map(({ name }) => name)).not.toContain('Shared, mine');
  await button(/^Show what is saved/).click();
  await heading('Shared, theirs').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shared, by both');
  await button('Save').click();
  await page.getByText('Saved. It counts from now on').waitFor();
  await other.close();
});

test('edits that are not saved are asked about before they are lost', async () => {
  await make('Careful');
  await page.getByRole('textbox', { name: 'Name' }).fill('Careless');
  await page.getByRole('link', { name: 'Sites' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.waitFor();
  expect(await flawsInEveryLook(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Careless');
  // The browser asks by itself before the tab is closed, and stays where that is declined.
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Careless');
  await page.getByRole('link', { name: 'Sites' }).click();
  await question.getByRole('button', { name: 'Leave without saving' }).click();
  await heading('Sites').waitFor();
  expect((await stored()).map(({ name }) => name)).toContain('Careful');
});

test('deleting is undone with one click, and refused while a template counts by the calendar', async () => {
  await make('For a while');
  const { id } = (await stored()).find(({ name }) => name === 'For a while') ?? {};
  await page.getByRole('link', { name: 'Calendars' }).last().click();
  await button('Delete For a while').click();
  await page.getByRole('status').getByText('For a while was deleted.').waitFor();
  expect((await stored()).map((calendar) => calendar.id)).not.toContain(id);
  expect(await flawsInEveryLook(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('For a while is here again.').waitFor();
  const calendar = (await stored()).find((one) => one.id === id);
  expect(calendar?.name).toBe('For a while');

  const templates = await browser.extensionPage('options.html#templates');
  const coming = templates.waitForEvent('download');
  await button('Export Support', templates).click();
  const file = JSON.parse(readFileSync(await (await coming).path(), 'utf8'));
  file.templates[0].calendarId = id;
  file.calendars = [calendar];
  const buffer = Buffer.from(JSON.stringify(file));
  await templates.getByLabel('Import a file').setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer });
  await button('Publish', templates).click();
  await templates.getByText(/^Published: Support is version \d+ now\.$/).waitFor();
  await templates.close();

  await button('Delete For a while').click();
  await page.getByRole('alert').getByText('For a while cannot be deleted: Support counts by it.').waitFor();
  expect((await stored()).map((one) => one.id)).toContain(id);
  await card('For a while').getByText('Support').waitFor();
});

test('speaks German', async () => {
  await make('Auf Deutsch');
  await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Deutsch' });
  await heading('Auf Deutsch').waitFor();
  await page.getByRole('region', { name: /^Das Jahr / }).waitFor();
  const english = saidIn('en', () =>
    Object.values(calendarsWords).filter((word) => typeof word === 'string' && /\w \w+ \w/.test(word)),
  ) as string[];
  const heard = await page.locator('body').ariaSnapshot();
  expect(english.filter((word) => heard.includes(word))).toEqual([]);
  expect(await flawsInEveryLook(page)).toEqual([]);
});
