import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../harness/axe';
import { Session } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

const HOST = 'div[data-case-status-overlay]';

test.each(['light', 'dark'] as const)(
  'axe finds nothing wrong with the panel in its states, %s',
  async (colorScheme) => {
    const { page, panel } = await session.openNewTicket(`A ticket for every reader, ${colorScheme}`);
    // Without motion there is no half-faded text to be measured.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await panel.open();
    expect(await violations(page, HOST)).toEqual([]);
    await panel.startChange();
    await panel.pick('Status', 'Pending');
    await panel.updateButton.click();
    await panel.host.getByText('Pending needs a sub-status.').waitFor();
    expect(await violations(page, HOST)).toEqual([]);
    await panel.pick('Sub-status', 'Customer Input');
    await panel.update();
    expect(await violations(page, HOST)).toEqual([]);
    for (const screen of ['What the statuses mean', 'Panel settings', 'Snooze', 'Remind me']) {
      await panel.button(screen).click();
      expect(await violations(page, HOST), screen).toEqual([]);
      await panel.button('Back').click();
    }
    await page.keyboard.press('Alt+Shift+K');
    await panel.host.getByRole('dialog', { name: 'Commands' }).waitFor();
    expect(await violations(page, HOST), 'commands').toEqual([]);
  },
);

test.each([
  'options.html',
  'options.html#templates',
  'options.html#review',
  'options.html#calendars',
  'options.html#calendars/new',
  'options.html#notifications',
  'options.html#shortcuts',
  'options.html#diagnostics',
  'popup.html',
])('axe finds nothing wrong with %s, light and dark', async (name) => {
  const page = await session.browser.extensionPage(name);
  // It is there once it knows its language.
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
  }
});
