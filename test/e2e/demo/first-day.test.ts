import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { launch, type TestBrowser } from '../harness/browser';
import { CasePanel } from '../harness/case-panel';

/**
 * What a new admin does on the first day: install, connect, design a template, publish it, use it on a ticket. The
 * browser's own question for access cannot be answered without a screen: it is answered beforehand, and counted.
 */
const desk = demoDesk();
beforeAll(() => desk.up());

const isFocused = (locator: Locator) => locator.evaluate((element) => element.matches(':focus'));

/** A mouse that counts its clicks, and types only where the focus is. */
class Mouse {
  clicks = 0;

  async click(locator: Locator): Promise<void> {
    this.clicks += 1;
    await locator.click();
  }

  /** A list that unfolds takes one click to open and one to choose. */
  async choose(locator: Locator, option: string): Promise<void> {
    this.clicks += 2;
    await locator.selectOption({ label: option });
  }

  /** A field that does not have the focus yet is clicked first. */
  async type(locator: Locator, text: string): Promise<void> {
    await locator.waitFor();
    if (!(await isFocused(locator))) await this.click(locator);
    await locator.page().keyboard.type(text);
  }

  /** In the browser's own question. */
  allow(): void {
    this.clicks += 1;
  }
}

async function firstPage(browser: TestBrowser): Promise<Page> {
  expect(browser.firstPage).toContain('options.html#setup');
  // The harness closes the page that the extension opens by itself; this is the same one.
  const page = await browser.extensionPage('options.html#setup');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page;
}

async function loggedIn(browser: TestBrowser): Promise<void> {
  const page = await browser.newPage();
  await desk.login(page);
  await page.close();
}

async function tabFor(page: Page, open: () => Promise<void>): Promise<Page> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), open()]);
  return tab;
}

/** Refused without a reason, by whoever asks (R5). */
async function needsReason(panel: CasePanel): Promise<void> {
  await panel.region.getByText('required').waitFor();
}

let browser: TestBrowser;
afterAll(() => browser?.close());

test('R2, R4, R5: by mouse, from install to a template of their own in use on a ticket, in under 20 clicks', async () => {
  browser = await launch();
  await loggedIn(browser);
  const subject = `Lost parcel ${Date.now()}`;
  await desk.createTicket(subject);
  const page = await firstPage(browser);
  const mouse = new Mouse();
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await mouse.type(page.getByRole('textbox', { name: 'Address of the help desk' }), desk.url);
  await mouse.click(button('Connect'));
  mouse.allow();
  await mouse.click(button('Continue'));
  await mouse.click(page.locator('label', { hasText: 'Your own' }));
  await mouse.type(page.getByRole('textbox', { name: 'Name of the template' }), 'Returns');
  await mouse.click(button('Continue'));

  await mouse.click(button('Add status'));
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect.poll(() => isFocused(name)).toBe(true);
  await page.keyboard.press('ControlOrMeta+a');
  await mouse.type(name, 'Parcel on its way');
  await mouse.choose(page.getByRole('combobox', { name: /^Category/ }), 'waiting');
  await mouse.type(page.getByRole('textbox', { name: 'Add reasons' }), 'Carrier is late');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Address unknown');
  await page.keyboard.press('Enter');
  await mouse.click(page.getByRole('checkbox', { name: 'One has to be chosen' }));
  await mouse.click(button('Publish'));
  await page.getByText('Returns is published as version 1.').waitFor();
  await mouse.click(button(`Use for tickets of ${new URL(desk.url).host}`));
  const ticket = await tabFor(page, () => mouse.click(page.getByRole('link', { name: /^Open 127/ })));
  await mouse.click(ticket.getByRole('link', { name: subject }).first());

  const panel = new CasePanel(ticket);
  await mouse.click(panel.button('Change status'));
  await mouse.type(panel.combobox('Status'), 'Parcel');
  await mouse.click(panel.host.getByRole('option', { name: /^Parcel on its way/ }));
  await needsReason(panel);
  await mouse.type(panel.combobox('Reason'), 'Carrier');
  await mouse.click(panel.host.getByRole('option', { name: /^Carrier is late/ }));
  await mouse.click(panel.updateButton);
  await panel.waitForStatus('Parcel on its way');
  expect(await panel.text()).toContain('Carrier is late');
  expect(mouse.clicks).toBeLessThan(20);
  await browser.close();
});

test('R2, R3, R4, R5: by keys alone, with an example flow that is made their own', async () => {
  browser = await launch();
  await loggedIn(browser);
  const id = await desk.createTicket('New contract');
  const page = await firstPage(browser);
  const keys = page.keyboard;
  /** Tab by Tab, as somebody who has no mouse. */
  const tabTo = async (locator: Locator) => {
    await locator.waitFor();
    for (let presses = 0; !(await isFocused(locator)); presses += 1) {
      expect(presses, `Tabs to ${locator}`).toBeLessThan(120);
      await keys.press('Tab');
    }
  };
  const pressOn = async (locator: Locator, key = 'Enter') => {
    await tabTo(locator);
    await keys.press(key);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  // The address has the focus from the start, and the way on has it once it is connected.
  await expect.poll(() => isFocused(page.getByRole('textbox', { name: 'Address of the help desk' }))).toBe(true);
  await keys.type(desk.url);
  await keys.press('Enter');
  await expect.poll(() => isFocused(button('Continue'))).toBe(true);
  await keys.press('Enter');
  const support = page.getByRole('radio', { name: 'Support', exact: true });
  await tabTo(support);
  const transfer = page.getByRole('radio', { name: 'Transfer and order', exact: true });
  for (let presses = 0; !(await transfer.isChecked()) && presses < 10; presses += 1) await keys.press('ArrowDown');
  await pressOn(button('Continue'));
  await page.getByRole('heading', { level: 1, name: 'See it on a ticket' }).waitFor();

  await pressOn(page.getByRole('link', { name: 'Finish later' }));
  await pressOn(page.getByRole('link', { name: 'Templates', exact: true }));
  await pressOn(page.getByRole('link', { name: 'Edit Transfer and order', exact: true }));
  const statusRow = (name: string) =>
    page.getByRole('list', { name: 'Statuses', exact: true }).getByRole('button', { name: new RegExp(`^${name}`) });
  await pressOn(statusRow('Ready to order'));
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect.poll(() => isFocused(name)).toBe(true);
  await keys.press('ControlOrMeta+a');
  await keys.type('Ready to sign');
  await tabTo(page.getByRole('textbox', { name: 'Add reasons' }));
  await keys.type('Papers are here');
  await keys.press('Enter');
  await pressOn(page.getByRole('checkbox', { name: 'One has to be chosen' }), 'Space');
  await pressOn(button('Add status'));
  await expect.poll(() => isFocused(name)).toBe(true);
  await keys.press('ControlOrMeta+a');
  await keys.type('Signed');
  await pressOn(page.getByRole('button', { name: 'Move Signed', exact: true }), 'ArrowUp');
  // The flow says what may follow what: the checker asks for a way to the new status.
  const unreached = page.getByText('Error: No case gets to Signed.');
  await unreached.waitFor();
  await pressOn(statusRow('Ready to sign'));
  await pressOn(page.getByRole('checkbox', { name: 'Signed', exact: true }), 'Space');
  await unreached.waitFor({ state: 'hidden' });
  await page.getByText('all is kept').waitFor();
  await pressOn(button('Publish'));
  await page.getByText('Transfer and order is published as version 2.').waitFor();
  // The focus is not lost with what was pressed.
  expect(await isFocused(page.getByRole('heading', { level: 1 }))).toBe(true);

  const ticket = await browser.newPage();
  await ticket.goto(desk.ticketUrl(id));
  const panel = new CasePanel(ticket);
  await panel.waitForStatus('New request');
  const ofTicket = ticket.keyboard;
  const picked = async (picker: 'Status' | 'Reason', typed: string, option: string) => {
    await expect.poll(() => isFocused(panel.combobox(picker))).toBe(true);
    await ofTicket.type(typed);
    await ofTicket.press('Enter');
    await expect.poll(() => panel.combobox(picker).inputValue()).toBe(option);
  };
  await ofTicket.press('Alt+Shift+S');
  await picked('Status', 'transfer init', 'Transfer initiated');
  await ofTicket.press('Enter');
  await panel.waitForStatus('Transfer initiated');
  await ofTicket.press('Alt+Shift+S');
  await picked('Status', 'ready', 'Ready to sign');
  await needsReason(panel);
  // Without the reason nothing is changed: the next Enter leads to it.
  await ofTicket.press('Enter');
  await picked('Reason', 'papers', 'Papers are here');
  await ofTicket.press('Enter');
  await panel.waitForStatus('Ready to sign');
  expect(await panel.text()).toContain('Papers are here');
});
