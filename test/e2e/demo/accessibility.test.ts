import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseTemplate } from '../../../core/domain/template';
import { violations } from '../harness/axe';
import { publishQuietly } from '../harness/connect';
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

test('R17: at twice the size nothing of what happens next lies under what was just done, and what has the focus is seen', async () => {
  const { page, panel } = await session.openNewTicket('Read at twice the size');
  await page.setViewportSize({ width: 590, height: 410 });
  await panel.change({ status: 'Pending', subStatus: 'Customer Input' });
  const next = panel.host.getByRole('list', { name: 'What happens next' }).getByRole('button');
  for (const button of [...(await next.all()), panel.button('Remind me'), panel.button('Undo'), panel.button('Hold')])
    expect(await button.evaluate(isSeenWithFocus), String(button)).toBe(true);
});

/** Whether an element that has the focus lies under no other. Runs in the page. */
function isSeenWithFocus(element: HTMLElement | SVGElement): boolean {
  element.focus();
  const { x, y, width, height } = element.getBoundingClientRect();
  return (element.getRootNode() as ShadowRoot).elementFromPoint(x + width / 2, y + height / 2) === element;
}

test('by keyboard: what goes with what it has done leaves the focus in the panel', async () => {
  const { page, panel } = await session.openNewTicket('By keyboard');
  await panel.change({ status: 'In Progress' });
  for (const name of ['Undo', 'Dismiss']) {
    await panel.button(name).press('Enter');
    await panel.button(name).waitFor({ state: 'detached' });
    await expect
      .poll(() => panel.pill.evaluate((pill) => (pill.getRootNode() as ShadowRoot).activeElement === pill))
      .toBe(true);
  }
  await page.close();
});

test('R17: a status that means a great deal leaves room for what happens next and for a change', async () => {
  await publishQuietly<CaseTemplate>(session.browser, 'support', ({ statuses: [first] }) => {
    if (first) first.meaning.agent = 'Nobody has looked at it yet. '.repeat(68).trim();
  });
  const { page, panel } = await session.openNewTicket('Much to read');
  await page.setViewportSize({ width: 900, height: 600 });
  await panel.region.getByText('Nobody has looked at it yet.').waitFor();
  for (const name of ['Remind me', 'Change status']) {
    const box = await panel.button(name).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 600), name).toBeLessThanOrEqual(590);
  }
});

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
