import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoDesk, demoDesk } from '../../desks/demo/demo';
import { CasePanel } from '../harness/case-panel';
import { Session } from '../harness/session';

let session: Session<DemoDesk>;
beforeAll(async () => {
  session = await Session.start({ desk: demoDesk() });
});
afterAll(() => session?.close());

test('in the single-page desk the panel follows from ticket to ticket without a reload', async () => {
  const { desk, browser } = session;
  const page = await browser.newPage();
  const panel = new CasePanel(page);
  await page.goto(desk.appUrl('101'));
  await panel.pill.waitFor();
  await panel.change({ status: 'In Progress', reason: 'Reproducing' });
  const subject = await page.title();

  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.locator('a[href$="/tickets/102"]').first().click();
  await page.waitForURL(/\/102$/);
  await expect.poll(() => page.title()).not.toBe(subject);
  // Ticket 102 waits for its customer in the desk's own words; ours shows the status that this maps to.
  await expect.poll(() => panel.text()).toMatch(/not tracked/i);

  await page.goBack();
  await page.waitForURL(/\/101$/);
  await panel.open();
  await expect.poll(() => panel.text()).toContain('Reproducing');
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('an application that shows the next ticket in the elements of the last one gets the next one’s panel', async () => {
  const page = await session.browser.newPage();
  const panel = new CasePanel(page);
  await page.goto(session.desk.appUrl('103'));
  await panel.change({ status: 'In Progress', reason: 'Reproducing' });
  await page.evaluate(() => {
    history.pushState(null, '', '/app/tickets/104');
    setTimeout(() => {
      const main = document.querySelector<HTMLElement>('main[data-ticket-id]');
      const subject = main?.querySelector('[data-field="subject"]')?.firstChild;
      if (!main || !subject) throw new Error('The page shows no ticket.');
      main.dataset.ticketId = '104';
      subject.nodeValue = 'The next one';
    }, 200);
  });
  await expect.poll(() => panel.text()).toMatch(/not tracked/i);
  await page.close();
});

test('in the single-page desk the queue has no panel', async () => {
  const page = await session.browser.newPage();
  const panel = new CasePanel(page);
  await page.goto(session.desk.appUrl('101'));
  await panel.pill.waitFor();
  await page.locator('a[href$="/app/tickets"]').first().click();
  await expect.poll(() => panel.host.getByRole('button').count()).toBe(0);
});
