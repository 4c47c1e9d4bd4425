/** Takes the pictures that README and docs show, on the desks that run here. Made anew by `npm run pictures`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { demoDesk } from '../desks/demo/demo';
import type { Desk } from '../desks/desk';
import { rtDesk } from '../desks/rt/rt';
import { Session } from './harness/session';

const SIZE = { width: 1280, height: 800 };

/** @param folder where the PNG files go */
export async function pictures(folder: string, desks: readonly string[], say: (line: string) => void): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of desks) await picturesOf(name === 'rt' ? rtDesk : demoDesk(), folder, say);
}

async function picturesOf(desk: Desk, folder: string, say: (line: string) => void): Promise<void> {
  const session = await Session.start({ desk });
  const save = async (page: Page, name: string) => {
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    say(`${name}.png`);
  };
  try {
    const { id, page, panel } = await session.openNewTicket('Invoices are printed without the logo');
    await page.setViewportSize(SIZE);
    await panel.change({
      status: 'Pending',
      subStatus: 'Customer Input',
      reason: 'Needs log files',
      note: 'asked for the print log',
    });
    await session.waitForNative(id, desk.native.waiting);
    await panel.button('Dismiss').click();
    await page.reload();
    await panel.region.waitFor();
    await save(page, `panel-${desk.name}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await save(page, `panel-${desk.name}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    if (desk.name === 'demo') {
      await panel.startChange();
      await panel.fill({ status: 'Awaiting Customer Confirmation' });
      await panel.host.getByRole('group', { name: 'This will' }).getByText('Closes, if').waitFor();
      await save(page, 'change-demo-light');
      await panel.button('Cancel').click();
    }
    await panel.pill.click();
    await panel.region.waitFor({ state: 'hidden' });
    await save(page, `panel-${desk.name}-collapsed`);
    if (desk.name === 'demo') {
      const options = await session.browser.extensionPage('options.html');
      await options.setViewportSize(SIZE);
      await options.getByRole('list', { name: 'Sites' }).waitFor();
      await save(options, 'options');
      const popup = await session.browser.extensionPage('popup.html');
      await popup.setViewportSize({ width: 360, height: 290 });
      await popup.getByText('Reminder').first().waitFor();
      await save(popup, 'popup');
    }
  } finally {
    await session.close();
  }
}
