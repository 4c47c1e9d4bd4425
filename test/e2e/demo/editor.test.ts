import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { violations } from '../harness/axe';
import { launch, type TestBrowser } from '../harness/browser';
import { CasePanel } from '../harness/case-panel';
import { connectSite } from '../harness/options-page';

const desk = demoDesk();
let browser: TestBrowser;
beforeAll(async () => {
  await desk.up();
  browser = await launch();
});
afterAll(() => browser?.close());

const options = async (hash = 'templates') => {
  const page = await browser.extensionPage(`options.html#${hash}`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page;
};
const statusRow = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Statuses', exact: true }).getByRole('button', { name: new RegExp(`^${name}`) });
const statusNames = (page: Page) =>
  page.getByRole('list', { name: 'Statuses', exact: true }).locator('.row-name b').allInnerTexts();
const kept = (page: Page) => page.getByText('all is kept').waitFor();

test('R2, R4, R5: a template of one’s own is published, is offered to the help desk, and works on a ticket; replay runs over it', async () => {
  const page = await connectSite(browser, desk.url);
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await page.getByRole('button', { name: 'New template' }).click();
  await page.getByRole('textbox', { name: 'Name of the new template' }).fill('Returns');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Returns' }).waitFor();
  await page.getByRole('button', { name: 'Add status' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Parcel on its way');
  await page.getByRole('combobox', { name: /^Category/ }).selectOption('waiting');
  await page.getByRole('textbox', { name: 'Add reasons' }).fill('Carrier is late\nAddress unknown');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('checkbox', { name: 'One has to be chosen' }).click();
  await page.getByRole('tab', { name: 'Timers' }).click();
  await page.getByRole('button', { name: 'Add timer' }).click();
  await page.getByRole('combobox', { name: 'What it does' }).selectOption('auto-close');
  await kept(page);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Returns is published as version 1.').waitFor();
  await page.getByRole('button', { name: /^Use for tickets of / }).click();
  await page.getByText(/ use the template Returns from now on/).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page), colorScheme).toEqual([]);
  }
  expect(await page.getByRole('link', { name: /^Open 127/ }).evaluate((link) => link.matches(':focus'))).toBe(true);

  const ticket = await browser.newPage();
  await desk.login(ticket);
  await ticket.goto(desk.ticketUrl(await desk.createTicket('Wrong size')));
  const panel = new CasePanel(ticket);
  await panel.pill.waitFor();
  await panel.change({ status: 'Parcel on its way', reason: 'Carrier is late' });
  await panel.waitForStatus('Parcel on its way');
  expect((await panel.next()).join()).toMatch(/Closes, if no answer/);

  await page.goto(`chrome-extension://${browser.extensionId}/options.html#templates/returns`);
  await page.getByRole('combobox', { name: 'Over the last' }).selectOption({ label: '90 days' });
  // Counted beside the background, which has reminders to look after.
  const beside = page.waitForEvent('worker');
  await page.getByRole('button', { name: 'Run' }).click();
  expect((await beside).url()).toMatch(/replay\.js$/);
  await page.getByText('1 case was replayed.').waitFor();
  await page.getByText('0 Cases with another course').waitFor();
  await page.close();
});

test('R9: a status is retired while a case is in it: where it goes is asked, and it goes there', async () => {
  const ticket = await browser.newPage();
  await ticket.goto(desk.ticketUrl(await desk.createTicket('Lost parcel')));
  const panel = new CasePanel(ticket);
  await panel.pill.waitFor();
  await panel.change({ status: 'Parcel on its way', reason: 'Address unknown' });

  const page = await options('templates/returns');
  await statusRow(page, 'Parcel on its way').click();
  await page.getByRole('button', { name: 'Retire Parcel on its way' }).click();
  await page.getByRole('combobox', { name: '1 case in Parcel on its way, Address unknown' }).selectOption('move');
  await page.getByRole('combobox', { name: 'Where to' }).selectOption({ label: 'In Progress' });
  await kept(page);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Returns is published as version 2.').waitFor();
  await panel.waitForStatus('In Progress');
  await panel.startChange();
  expect(await panel.offered('Status')).toContain('In Progress');
  expect(await panel.offered('Status')).not.toContain('Parcel on its way');
  await page.close();
  await ticket.close();
});

test('what is edited is kept as one goes, can be undone, and survives leaving the page', async () => {
  const page = await options();
  await page.getByRole('link', { name: 'Edit Support', exact: true }).click();
  await statusRow(page, 'Reopened').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Opened again');
  await kept(page);
  await page.getByText('Reopened is now called Opened again.').waitFor();
  await page.reload();
  await expect.poll(() => statusNames(page)).toContain('Opened again');
  await page.getByText('Draft of version 2').waitFor();

  await page.getByRole('button', { name: 'Move Closed' }).press('ArrowUp');
  expect((await statusNames(page)).slice(-2)).toEqual(['Closed', 'Update Received']);
  await page.getByText('Closed is now number 6 of 7.').waitFor();
  await page.keyboard.press('Control+z');
  expect((await statusNames(page)).slice(-2)).toEqual(['Update Received', 'Closed']);
  await page.keyboard.press('Control+Shift+z');
  expect((await statusNames(page)).slice(-2)).toEqual(['Closed', 'Update Received']);
  await page.getByRole('button', { name: 'Move Closed' }).dragTo(page.getByRole('button', { name: 'Move New' }));
  await expect.poll(() => statusNames(page).then((names) => names[0])).toBe('Closed');
  await kept(page);

  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  expect(await statusNames(page)).toContain('Reopened');
  await page.close();
});

test('R2: a row that is dragged over an open one goes there once, as one step of Undo; Escape takes it back', async () => {
  const page = await options('templates/support');
  await page.setViewportSize({ width: 1400, height: 1600 });
  await statusRow(page, 'In Progress').click();
  const names = () =>
    page.locator('.tab-panel > .editor-list > li > .row-open > .row-button .row-name b').allInnerTexts();
  const before = await names();
  const dragNew = async () => {
    const grip = await page.getByRole('button', { name: 'Move New' }).boundingBox();
    const open = await page.locator('.editor-row.selected').boundingBox();
    if (!grip || !open) throw new Error('No rows');
    const x = grip.x + 5;
    await page.mouse.move(x, grip.y + 5);
    await page.mouse.down();
    // Over the head of the open row, where it would not be under the pointer; then to its foot, and to and fro there.
    for (const y of [open.y + 60, open.y + 65, open.y + 70]) await page.mouse.move(x, y);
    expect(await names()).toEqual(before);
    const foot = open.y + open.height - 10;
    for (const y of [foot, foot + 3, foot - 3, foot + 2, foot]) await page.mouse.move(x, y);
    await expect.poll(async () => (await names())[1]).toBe('New');
  };
  await dragNew();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(names).toEqual(before);
  expect(await page.getByRole('button', { name: 'Undo', exact: true }).getAttribute('aria-disabled')).toBe('true');

  await dragNew();
  await page.mouse.up();
  await page.getByText('New is now number 2 of 7.').waitFor();
  expect((await names()).slice(0, 2)).toEqual(['In Progress', 'New']);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  expect(await names()).toEqual(before);
  expect(await page.getByRole('button', { name: 'Undo', exact: true }).getAttribute('aria-disabled')).toBe('true');

  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Being worked on');
  await name.fill('');
  await name.press('Control+z');
  expect(await name.inputValue()).toBe('Being worked on');
  await name.press('Control+z');
  expect(await name.inputValue()).toBe('In Progress');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  await page.close();
});

test('an error of the checker blocks publishing, shows how it comes about, and leads to its place', async () => {
  const page = await options('templates/support');
  await page.getByRole('tab', { name: 'Replies' }).click();
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('combobox', { name: 'While the case is in' }).selectOption({ label: 'Closed' });
  await page.getByRole('combobox', { name: 'Then it becomes' }).selectOption({ label: 'Pending' });
  await kept(page);
  const findings = page.getByRole('list', { name: 'Findings' });
  await findings.getByText('Error:').first().waitFor();
  await page.getByRole('tab', { name: 'Statuses' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('alert').getByText('Nothing was published.').waitFor();
  // It is said in sight of whatever is edited, and leads there.
  await page.getByRole('button', { name: /^\d+ errors?$/ }).click();
  const show = findings.getByRole('button', { name: 'Show' }).first();
  expect(await show.evaluate((button) => button === document.activeElement)).toBe(true);
  await show.click();
  await expect.poll(() => page.getByRole('tab', { name: 'Replies' }).getAttribute('aria-selected')).toBe('true');
  await page.getByRole('combobox', { name: 'Then it becomes' }).waitFor();
  await page.close();
});

test('R5: a close without the reason that its status asks for is told step by step, and Show opens its timer', async () => {
  const page = await options('templates/review');
  await statusRow(page, 'Declined').click();
  await page.getByRole('textbox', { name: 'Add reasons' }).fill('Out of scope');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('checkbox', { name: 'One has to be chosen' }).check();
  await page.getByRole('tab', { name: 'Timers' }).click();
  for (const _first of ['one', 'another']) await page.getByRole('button', { name: 'Add timer' }).click();
  await page.getByRole('combobox', { name: 'What it does' }).selectOption('auto-close');
  await page.getByRole('combobox', { name: 'While the case is in' }).selectOption({ label: 'Pending' });
  await page.getByRole('combobox', { name: 'Then it becomes' }).selectOption({ label: 'Declined' });
  await kept(page);
  const finding = page
    .getByRole('list', { name: 'Findings' })
    .getByRole('listitem')
    .filter({ hasText: 'cannot set Declined' });
  const steps = finding.getByRole('list').getByRole('listitem');
  await expect
    .poll(() => steps.allInnerTexts())
    .toEqual([
      'A ticket that is “stalled” in the help desk is Pending.',
      expect.stringMatching(/^After 7 days the auto-close of .+ is due\.$/),
      'Declined needs a reason.',
    ]);

  await page.getByRole('tab', { name: 'Statuses' }).click();
  await finding.getByRole('button', { name: 'Show' }).click();
  const rows = page.getByRole('list', { name: 'Timers' }).locator('.row-button');
  await expect.poll(() => rows.last().getAttribute('aria-expanded')).toBe('true');
  expect(await rows.first().getAttribute('aria-expanded')).toBe('false');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('alert').getByText('Nothing was published.').waitFor();

  // Mended where it leads to, it is published.
  await page.getByRole('combobox', { name: 'Reason' }).selectOption({ label: 'Out of scope' });
  await rows.first().click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await kept(page);
  await expect.poll(() => page.getByText('Error:').count()).toBe(0);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText(/is published as version/).waitFor();
  await page.close();
});

test('two tabs that edit one draft: neither loses work without a word', async () => {
  const first = await options('templates/review');
  const second = await options('templates/review');
  for (const page of [first, second]) await page.getByRole('tab', { name: 'Applies to' }).click();
  const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
  await name(first).fill('First');
  await kept(first);
  await name(second).fill('Second');
  await second.getByText('This draft was edited in another tab.', { exact: false }).first().waitFor();
  expect(await name(second).inputValue()).toBe('Second');
  await second.getByRole('button', { name: 'Keep mine' }).click();
  await kept(second);
  await name(first).fill('First again');
  // Whoever goes elsewhere meanwhile is asked first.
  await first.getByText('This draft was edited in another tab.', { exact: false }).first().waitFor();
  await first.getByRole('link', { name: 'Sites', exact: true }).click();
  const question = first.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByText('Your last changes to this template could not be kept.').waitFor();
  await question.getByRole('button', { name: 'Keep editing' }).click();
  const sites = first.getByRole('link', { name: 'Sites', exact: true });
  await expect.poll(() => sites.evaluate((link) => link.matches(':focus'))).toBe(true);
  expect(await name(first).inputValue()).toBe('First again');
  await first.getByRole('button', { name: 'Take the other' }).click();
  await first.getByRole('heading', { name: 'Second' }).waitFor();
  await first.close();
  await second.close();
});

test('names that are empty or long, and markup in them, harm nothing', async () => {
  const page = await options('templates/review');
  await page.getByRole('tab', { name: 'Applies to' }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('');
  await page.getByText('This cannot be empty.').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe('');
  await name.fill('<img src=x onerror="document.title=1">');
  await expect
    .poll(() => page.getByRole('heading', { level: 1 }).innerText())
    .toBe('<img src=x onerror="document.title=1">');
  expect(await page.locator('main img').count()).toBe(0);
  await name.fill('x'.repeat(500));
  expect((await name.inputValue()).length).toBe(120);
  await page.close();
});

const discard = async (page: Page) => {
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
};

test('a name that is written from right to left, or turns the direction, leaves the words around it where they are', async () => {
  const page = await options('templates/support');
  await page.setViewportSize({ width: 1400, height: 900 });
  await statusRow(page, 'Pending').click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('\u202Eمعلق');
  await kept(page);
  const row = page.locator('.editor-row.selected .row-name').first();
  expect(await row.locator('b').innerText()).toBe('معلق');
  // The number of its sub-statuses stands behind it, not before.
  const [number, of] = await row.evaluate((words) => {
    const text = words.querySelector('.muted')?.firstChild;
    const range = document.createRange();
    if (text) range.setStart(text, 0);
    if (text) range.setEnd(text, 1);
    return [range.getBoundingClientRect().left, words.querySelector('b')?.getBoundingClientRect().right ?? 0];
  });
  expect(number).toBeGreaterThanOrEqual(of ?? 0);
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  await page.close();
});

test('Undo by key takes back what is typed where the focus is, and what was open stays open', async () => {
  const page = await options('templates/support');
  await statusRow(page, 'Pending').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Parked');
  await kept(page);
  for (const name of ['Note', 'Add reasons']) {
    const field = page.getByRole('complementary').or(page.getByRole('tabpanel')).getByRole('textbox', { name });
    await field.pressSequentially('abc');
    await page.keyboard.press('Control+z');
    expect(await field.inputValue(), name).toBe('');
    expect(await statusNames(page), name).toContain('Parked');
  }
  await statusRow(page, 'Reopened').click();
  await page.getByRole('button', { name: 'Move Reopened' }).press('ArrowUp');
  for (const key of ['Control+z', 'Control+Shift+z']) {
    await page.keyboard.press(key);
    expect(await statusRow(page, 'Reopened').getAttribute('aria-expanded'), key).toBe('true');
  }
  await discard(page);
  await page.close();
});

test('reasons that were typed and not added are added when their status is left, and when the draft is published', async () => {
  const page = await options('templates/review');
  const reasons = page.getByRole('textbox', { name: 'Add reasons' });
  await statusRow(page, 'Approved').click();
  await reasons.fill('Good enough');
  await statusRow(page, 'Pending').click();
  await page.getByText('The reason “Good enough” of Approved is new.').waitFor();
  await reasons.fill('Lawyers');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText(/is published as version/).waitFor();
  await statusRow(page, 'Pending').click();
  await page
    .getByRole('list', { name: /^Reasons/ })
    .getByText('Lawyers')
    .waitFor();
  await page.close();
});

test('by keyboard: one writes on behind a placeholder', async () => {
  const page = await options('templates/support');
  await page.getByRole('tab', { name: 'Messages' }).click();
  await page.getByRole('list', { name: 'Messages' }).locator('.row-button').first().click();
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill('Hello and bye');
  await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(6, 9));
  await page.getByRole('button', { name: /^\{agent\}/ }).press('Enter');
  await page.keyboard.type('!');
  expect(await text.inputValue()).toBe('Hello {agent}! bye');
  await discard(page);
  await page.close();
});

/** The preview beside the editor, and the panel in it. */
const previewOf = (page: Page) => {
  const preview = page.getByRole('region', { name: 'Preview', exact: true });
  return { preview, panel: new CasePanel(page, preview.locator('.preview-stage')) };
};

test('R12, R14, R17: a draft is tried on a sample case beside it; nothing of it is kept, sent or asked for', async () => {
  const page = await options('templates/support');
  // What the page says to the background from here on.
  await page.addInitScript(() => {
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    const said: unknown[] = [];
    Object.assign(globalThis, { said });
    chrome.runtime.sendMessage = ((message: { name: string }) => {
      said.push(message.name);
      return send(message);
    }) as typeof send;
  });
  await page.reload();
  const { preview, panel } = previewOf(page);
  await preview.getByText('A sample case. Nothing here is stored or sent.').waitFor();
  expect(await panel.status()).toBe('New');
  expect(await panel.button('Panel settings').count()).toBe(0);
  await panel.startChange();
  await panel.fill({ status: 'Pending', subStatus: 'Customer Input' });
  const will = preview.getByRole('group', { name: 'This will' });
  await will.getByText('Reminder to Alice').waitFor();
  await panel.updateButton.click();
  await panel.waitForStatus('Pending – Customer Input');
  expect((await panel.next()).join()).toMatch(/Reminder to Alice.*Closes, if no answer/);

  // First what the change itself owes the help desk, then the reminder.
  const next = preview.getByRole('button', { name: 'Next thing due' });
  await next.click();
  await panel.outcome.getByText('Now Pending').waitFor();
  await next.click();
  // What was said a week ago is not said any more.
  await panel.outcome.getByText('Now Pending').waitFor({ state: 'detached' });
  const sent = preview.getByRole('list', { name: 'What went out' });
  await sent.getByText('Message to the customer').click();
  await sent.getByText('Hello Alice').waitFor();
  await preview.getByRole('button', { name: '+1 day' }).click();
  await preview.getByText('next thing in 20 d').waitFor();
  await preview.getByRole('button', { name: 'Customer replies' }).click();
  await panel.waitForStatus('Update Received');
  await panel.button('Undo').first().click();
  await panel.waitForStatus('Pending – Customer Input');

  // A case that begins elsewhere, and is closed by itself.
  await preview.getByRole('combobox', { name: 'Begins as' }).selectOption('Awaiting Customer Confirmation');
  await panel.waitForStatus('Awaiting Customer Confirmation');
  await next.click();
  await panel.waitForStatus('Closed');

  const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  expect(said).toContain('drafts.open');
  expect(said.filter((name) => /^(case|outbox|panel|drafts\.save)/.test(name))).toEqual([]);
  await page.close();
});

test('R2: the sample case lives by the draft as it is edited, and starts over where its place is gone', async () => {
  const page = await options('templates/support');
  const { preview, panel } = previewOf(page);
  await page.getByRole('button', { name: 'Add status' }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('At the workshop');
  await preview.getByRole('combobox', { name: 'Begins as' }).selectOption('At the workshop');
  await panel.waitForStatus('At the workshop');
  await name.fill('In the workshop');
  await panel.waitForStatus('In the workshop');
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Remove In the workshop' }).click();
  await preview.getByText('The sample case started over.').waitFor();
  await panel.waitForStatus('New');
  // Undo in the panel's own note is not Undo of the draft.
  await panel.startChange();
  await preview.getByRole('textbox', { name: 'Note' }).pressSequentially('abc');
  await page.keyboard.press('Control+z');
  expect(await statusNames(page)).not.toContain('In the workshop');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  expect(await statusNames(page)).toContain('In the workshop');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  await page.close();
});

test('R2: what may follow is ticked in a matrix by keyboard, and is what the ticks at the status and the preview say', async () => {
  const page = await options('templates/support');
  const { panel } = previewOf(page);
  await statusRow(page, 'Pending').click();
  await page.getByRole('button', { name: 'All statuses at once' }).click();
  const grid = page.getByRole('grid', { name: 'Which status may follow which' });
  await grid.getByRole('switch', { name: 'Any after New' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  expect(await grid.getByRole('checkbox', { name: 'From New to Closed' }).isChecked()).toBe(false);
  expect(await grid.getByRole('switch', { name: 'Any after New' }).isChecked()).toBe(false);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  for (const from of ['New', 'Reopened'])
    expect(await grid.getByRole('checkbox', { name: `From ${from} to Closed` }).isChecked()).toBe(false);
  await grid.getByRole('checkbox', { name: 'From Reopened to Closed' }).click();
  await page.getByText('New may now become only').waitFor();

  await panel.startChange();
  await panel.combobox('Status').click();
  const closed = panel.host.getByRole('option', { name: 'Closed' });
  await expect.poll(() => closed.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('tab', { name: 'Statuses' }).click();
  await statusRow(page, 'New').click();
  const follow = page.getByRole('group', { name: 'What may follow' });
  expect(await follow.getByRole('checkbox', { name: 'Closed' }).isChecked()).toBe(false);
  expect(await follow.getByRole('checkbox', { name: 'Pending' }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  await page.close();
});

test('the preview and the matrix are free of findings, light and dark, wide and narrow, with many statuses', async () => {
  const page = await options('templates/support');
  const { preview, panel } = previewOf(page);
  const check = async (what: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), `${what}, ${colorScheme}`).toEqual([]);
    }
  };
  await panel.startChange();
  await panel.fill({ status: 'Pending', subStatus: 'Customer Input' });
  await check('the form');
  await panel.updateButton.click();
  await panel.waitForStatus('Pending – Customer Input');
  for (let due = 0; due < 3; due += 1) await preview.getByRole('button', { name: 'Next thing due' }).click();
  await panel.waitForStatus('Closed');
  const size = page.viewportSize();
  // The panel is higher than such a window, and still covers nothing.
  await page.setViewportSize({ width: 1360, height: 560 });
  await preview.getByRole('list', { name: 'What went out' }).getByText('Message to the customer').first().click();
  if (size) await page.setViewportSize(size);
  await check('what went out');
  for (let more = 0; more < 6; more += 1) await page.getByRole('button', { name: 'Add status' }).click();
  await page.getByRole('tab', { name: 'Flow' }).click();
  const grid = page.getByRole('grid');
  await grid.getByRole('switch', { name: 'Any after New', exact: true }).focus();
  await page.keyboard.press('Control+End');
  await check('the matrix');
  // What has the focus is not behind the heads, and the page is not wider than its window.
  await page.setViewportSize({ width: 380, height: 800 });
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  const clear = await page.evaluate(() => {
    const box = document.activeElement?.getBoundingClientRect();
    const over = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return over === document.activeElement;
  });
  expect(clear).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
  await check('narrow');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('group', { name: 'Discard all edits?' }).getByRole('button', { name: 'Discard draft' }).click();
  await page.getByText('The draft is gone.').waitFor();
  await page.reload();
  // Where there is no room beside the editor, it is folded away.
  const fold = preview.getByRole('button', { name: 'Preview' });
  expect(await fold.getAttribute('aria-expanded')).toBe('false');
  await fold.click();
  await panel.pill.waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
  await page.close();
});

test('each part of the editor is free of findings, light and dark, wide and narrow', async () => {
  const page = await options('templates/support');
  for (const tab of ['Statuses', 'Flow', 'Timers', 'Replies', 'Messages', 'Applies to', 'Versions']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    const row = page.getByRole('tabpanel').locator('.row-button').first();
    if (tab !== 'Versions' && (await row.count()) > 0) await row.click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), `${tab}, ${colorScheme}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 380, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
  await page.close();
});
