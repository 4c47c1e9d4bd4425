import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../harness/axe';
import { Session } from '../harness/session';

let session: Session;
let options: Page;
beforeAll(async () => {
  session = await Session.start();
  options = await session.browser.extensionPage('options.html#templates');
});
afterAll(() => session?.close());

/** The template "Support" as the options page hands it out. */
async function exported(): Promise<string> {
  const coming = options.waitForEvent('download');
  await options.getByRole('button', { name: 'Export Support', exact: true }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^support-v\d+\.case-templates\.json$/);
  return readFileSync(await download.path(), 'utf8');
}

const importText = (name: string, text: string) =>
  options
    .getByLabel('Import a file')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text, 'utf8') });
const review = () => options.getByRole('region', { name: 'What the import would do' });

test('R1, R2: a template is exported, edited, looked at before it is published, and then in use on a ticket', async () => {
  const { page, panel } = await session.openNewTicket('By a template of our own');
  await panel.open();
  const text = (await exported()).replace('"name": "In Progress"', '"name": "On the bench"');
  await importText('bench.json', text);
  await review().getByText('In Progress is now called On the bench.').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await options.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(options)).toEqual([]);
  }
  await review().getByRole('textbox', { name: /^Note/ }).fill('The workshop calls it that');
  await review().getByRole('button', { name: 'Publish' }).click();
  await options
    .getByRole('status')
    .getByText(/^Published: Support is version \d+ now\.$/)
    .waitFor();
  await options.getByText('The workshop calls it that').first().waitFor();

  await page.reload();
  await panel.change({ status: 'On the bench' });
  await panel.waitForStatus('On the bench');
});

test('R13: a version from a file says which running timers keep their dates, and leads to where they get new ones', async () => {
  const { page, panel } = await session.openNewTicket('Sooner than promised');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  const file = JSON.parse(await exported());
  for (const rule of file.templates[0].timers)
    if (rule.id === 'close-customer-input') rule.after = { amount: 21, unit: 'days' };
  await importText('sooner.json', JSON.stringify(file));
  await review()
    .getByText(/1 running timer of 1 case would be due at another time. It keeps its date/)
    .waitFor();
  await review().getByRole('button', { name: 'Publish' }).click();
  await options.getByRole('link', { name: 'New dates for Support' }).click();
  const running = options.getByRole('region', { name: 'Timers that run' });
  await running.getByText(/^By version \d+, 1 timer of 1 case would be due at another time/).waitFor();
  await expect.poll(() => panel.text()).toMatch(/Closes, if no answer\s+in 2[78] d/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await options.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(options)).toEqual([]);
  }
  await running.getByRole('button', { name: 'Recompute it' }).click();
  await options.getByText('Timers that run are getting their new dates.').waitFor();
  await expect.poll(() => panel.text()).toMatch(/Closes, if no answer\s+in 2[01] d/);
  await page.close();
  await options.goto(options.url().replace(/#.*$/, '#templates'));
});

test('R2: a status has the colour that the template gives it, and can be read whatever was chosen', async () => {
  const file = JSON.parse(await exported());
  const own = { pending: '#ffe600', new: '#fefefe', closed: '#00001a' };
  for (const status of file.templates[0].statuses) status.colour = own[status.id as keyof typeof own] ?? status.colour;
  await importText('colours.json', JSON.stringify(file));
  await review().getByRole('textbox', { name: /^Note/ }).fill('Colours of our own');
  await review().getByRole('button', { name: 'Publish' }).click();
  await options.getByText('Colours of our own').first().waitFor();

  const { page, panel } = await session.openNewTicket('In yellow');
  await panel.change({ status: 'Pending', subStatus: 'Development' });
  const list = await session.browser.newPage();
  await list.goto(session.desk.listUrl);
  const chip = list.getByRole('img', { name: 'Case status: Pending – Development' }).first();
  await chip.waitFor();
  for (const [colorScheme, yellow] of [
    ['light', 'rgb(122, 110, 0)'],
    ['dark', 'rgb(255, 230, 0)'],
  ] as const) {
    for (const shown of [page, list, options]) {
      await shown.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(shown)).toEqual([]);
    }
    const colourOf = (element: Element) => getComputedStyle(element).color;
    expect(await panel.host.locator('.head .dot').evaluate(colourOf)).toBe(yellow);
    expect(await chip.evaluate(colourOf)).toBe(yellow);
  }
  await list.close();
});

test('a damaged file is refused with the place, and changes nothing', async () => {
  const before = await options.getByRole('list', { name: 'Statuses of Support' }).innerText();
  const text = await exported();
  await importText('cut.json', text.slice(0, text.length / 2));
  await review()
    .getByText(/line \d+, column \d+/)
    .waitFor();
  expect(await review().getByRole('button', { name: 'Publish' }).count()).toBe(0);
  await review().getByRole('button', { name: 'Close' }).click();
  await importText('reference.json', text.replace('"messageId": "reminder"', '"messageId": "nothing"'));
  await review().getByRole('list', { name: 'Findings' }).waitFor();
  expect(await review().getByRole('button', { name: 'Publish' }).count()).toBe(0);
  await review().getByRole('button', { name: 'Close' }).click();
  expect(await options.getByRole('list', { name: 'Statuses of Support' }).innerText()).toBe(before);
});

test('R3: an example flow is added and can be chosen for a site', async () => {
  const picker = options.getByRole('combobox', { name: 'Example flow' });
  const name = (await picker.locator('option').first().innerText()).trim();
  await options.getByRole('button', { name: 'Add', exact: true }).click();
  await options.getByRole('status').getByText(`${name} was added.`).waitFor();
  await options.getByRole('heading', { name, level: 2 }).waitFor();
  const sites = await session.browser.extensionPage('options.html#sites');
  await sites.getByRole('combobox', { name: 'Case template' }).first().selectOption({ label: name });
  await sites.close();
});
