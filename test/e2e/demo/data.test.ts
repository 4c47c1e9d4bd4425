import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flawsInEveryLook } from '../harness/axe';
import { Session } from '../harness/session';
import { until } from '../harness/until';

let session: Session;
let options: Page;
beforeAll(async () => {
  session = await Session.start();
  for (const subject of ['Printer on fire', 'Screen is dark']) {
    const { panel, page } = await session.openNewTicket(subject);
    await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
    await page.close();
  }
  await until(
    'nothing is on its way',
    () => session.browser.rows<{ state: string }>('outbox'),
    (effects) => effects.every(({ state }) => state === 'done' || state === 'cancelled'),
    { timeoutMs: 60_000 },
  );
  options = await session.browser.extensionPage('options.html#data');
  await options.getByRole('heading', { name: 'What there is' }).waitFor();
});
afterAll(() => session?.close());

const section = (name: string) => options.getByRole('region', { name, exact: true });
const review = () => section('What the import would do');

/** What a click that ends in a file has saved. */
async function saved(click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const coming = options.waitForEvent('download');
  await click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

const exported = () =>
  saved(() => section('Export everything').getByRole('button', { name: 'Export everything' }).click());

async function choose(text: string): Promise<void> {
  const file = { name: 'everything.json', mimeType: 'application/json', buffer: Buffer.from(text, 'utf8') };
  await options.getByLabel('Choose a file').setInputFiles(file);
}

test('says how much there is, exports it as a file, and finds nothing new in it', async () => {
  expect(await flawsInEveryLook(options)).toEqual([]);
  await section('What there is')
    .getByText(/ of .+ used/)
    .waitFor();
  const { name, text } = await exported();
  expect(name).toMatch(/^case-status-\d{4}-\d\d-\d\d\.json$/);
  const file = JSON.parse(text);
  expect(file.cases.map(({ subject }: { subject: string }) => subject).toSorted()).toEqual([
    'Printer on fire',
    'Screen is dark',
  ]);
  await section('Export everything')
    .getByText(/was made: .*kB, 2 cases\./)
    .waitFor();
  await choose(text);
  await review().getByText('Everything in this file is here already.').waitFor();
  expect(await flawsInEveryLook(options)).toEqual([]);
  await review().getByRole('button', { name: 'Close' }).press('Enter');
  await review().waitFor({ state: 'detached' });
});

test('checks the histories, and names the entry that was changed behind its back', async () => {
  const check = section('Check the histories');
  await check.getByRole('button', { name: 'Check all histories' }).press('Enter');
  await check.getByText(/^All is well: the \d+ entries of 2 cases are what was written/).waitFor();
  const [first] = await session.browser.rows<{ caseKey: string }>('history');
  const move = (by: number) =>
    session.browser.evaluateInExtensionPage(
      async ([caseKey, amount]) => {
        const opening = indexedDB.open('case-status-overlay');
        await new Promise((resolve) => {
          opening.onsuccess = resolve;
        });
        const table = opening.result.transaction('history', 'readwrite').objectStore('history');
        const reading = table.get([caseKey, 0]);
        await new Promise((resolve) => {
          reading.onsuccess = () => {
            const page: { entries: { at: number }[] } = reading.result;
            for (const entry of page.entries.slice(0, 1)) entry.at += amount;
            table.put(page).onsuccess = resolve;
          };
        });
        opening.result.close();
      },
      [first?.caseKey ?? '', by] as const,
    );
  await move(-60_000);
  await check.getByRole('button', { name: 'Check all histories' }).click();
  await check.getByText('1 case has a history that does not fit:').waitFor();
  await check
    .getByRole('list', { name: 'First entry that does not fit' })
    .getByText(/^entry 1 of .+ is not what was written$/)
    .waitFor();
  expect(await flawsInEveryLook(options)).toEqual([]);
  await move(60_000);
});

test('backs up by itself once it is allowed to, and says so', async () => {
  const backups = section('Backups by themselves');
  await backups.getByRole('radio', { name: 'Daily' }).check({ force: true });
  await backups.getByText(/^The last one was made on .+: case-status-.+\.json\.$/).waitFor();
  await backups.getByText(/^The next one comes on /).waitFor();
  type Download = { state: string; filename: string; fileSize: number; byExtensionId?: string };
  const downloads = await session.browser.evaluateInExtensionPage(() =>
    (
      globalThis as unknown as { chrome: { downloads: { search(query: object): Promise<Download[]> } } }
    ).chrome.downloads.search({}),
  );
  const own = downloads.filter(({ byExtensionId }) => byExtensionId === session.browser.extensionId);
  expect(own).toMatchObject([{ state: 'complete' }]);
  const file = JSON.parse(readFileSync(own[0]?.filename ?? '', 'utf8'));
  expect(file).toMatchObject({ format: 'case-status-overlay', kind: 'everything' });
  expect(file.cases).toHaveLength(2);
  const alarms = () => session.browser.evaluateInExtensionPage(() => chrome.alarms.getAll());
  expect((await alarms()).map(({ name }) => name)).toContain('backup');
  await backups.getByRole('radio', { name: 'Off' }).check({ force: true });
  await until('the alarm is gone', alarms, (all) => all.every(({ name }) => name !== 'backup'));
});

test('a damaged file is refused with the place, and nothing is changed', async () => {
  const { text } = await exported();
  const before = await session.browser.rows('cases');
  await choose(text.replace('"customer-input"', '"nowhere"'));
  await review().getByText('Nothing of this file can be taken, and nothing was changed:').waitFor();
  expect(await review().getByRole('list', { name: 'Findings' }).innerText()).toContain('cases');
  expect(await flawsInEveryLook(options)).toEqual([]);
  await review().getByRole('button', { name: 'Close' }).click();
  expect(await session.browser.rows('cases')).toEqual(before);
});

test('the cases of a site are erased by its typed name, and come back from the file that was saved before', async () => {
  const erase = section('Erase');
  await erase.getByRole('radio', { name: /^Cases of / }).check();
  await erase.getByRole('button', { name: 'Erase …' }).click();
  const word = new URL(session.desk.url).host;
  await options.keyboard.type('something else');
  await erase.getByRole('button', { name: 'Erase for good' }).click();
  await erase.getByText('This is another word.').waitFor();
  expect(await session.browser.rows('cases')).toHaveLength(2);
  expect(await flawsInEveryLook(options)).toEqual([]);
  await erase.getByRole('textbox').fill(word);
  const { text } = await saved(() => erase.getByRole('button', { name: 'Erase for good' }).click());
  await erase.getByText(/: erased\.$/).waitFor();
  for (const table of ['cases', 'history', 'timers', 'outbox', 'commands', 'checks'])
    expect(await session.browser.rows(table), table).toEqual([]);
  await section('Check the histories').getByText('There is no case yet, and so nothing to check.').waitFor();
  expect(await flawsInEveryLook(options)).toEqual([]);

  await choose(text);
  await review()
    .getByRole('checkbox', { name: /^Download a backup first/ })
    .waitFor();
  expect(await flawsInEveryLook(options)).toEqual([]);
  await saved(() => review().getByRole('button', { name: 'Import 2 cases' }).click());
  await section('Import a file').getByText('Imported: 2 cases.').waitFor();
  const { page, panel } = await session.openTicket(
    (await session.browser.rows<{ ticketId: string }>('cases'))[0]?.ticketId ?? '',
  );
  await panel.waitForStatus('Pending – Customer Input');
  await page.close();
});

test('erasing everything leaves it as newly installed', async () => {
  const erase = section('Erase');
  await erase.getByRole('radio', { name: /^Everything/ }).check();
  await erase.getByRole('button', { name: 'Erase …' }).click();
  await erase.getByRole('checkbox', { name: 'Export everything first' }).uncheck();
  await erase.getByRole('textbox').fill('erase');
  await erase.getByRole('button', { name: 'Erase for good' }).click();
  await options.getByRole('textbox', { name: 'Address of the help desk' }).waitFor();
  for (const table of ['sites', 'cases', 'history', 'timers', 'outbox', 'commands', 'checks', 'secrets'])
    expect(await session.browser.rows(table), table).toEqual([]);
  expect(await session.browser.notifications()).toEqual([]);
});
