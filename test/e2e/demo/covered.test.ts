import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Session } from '../harness/session';

let session: Session;
let page: Page;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());
afterEach(() => page?.close());

/** Opened after the panel, so above it; what a page does to the whole of itself does not reach the panel. */
const above = (
  style: string,
) => `const cover = document.createElement('div'); cover.popover = 'manual'; cover.id = 'cover';
     cover.style.cssText = 'position: fixed; inset: 0; width: 100vw; height: 100vh; margin: 0; pointer-events: none; ${style}';
     document.body.append(cover); cover.showPopover();`;
const covers: [string, string][] = [
  ['under something that lets clicks through', above('background: pink')],
  ['under a filter', above('background: none; backdrop-filter: blur(20px)')],
];
/** The browser looks ten times a second; what it saw a moment ago still counts. */
const untilBrowserSeesCover = () =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const card = document.querySelector('div[data-case-status-overlay]')?.shadowRoot?.querySelector('.card');
        const options = { trackVisibility: true, delay: 100 } as IntersectionObserverInit;
        const observer = new IntersectionObserver((entries) => {
          if ((entries.at(-1) as unknown as { isVisible: boolean }).isVisible) return;
          observer.disconnect();
          // Registered after the panel's own: that has heard by now, or does with the next frame.
          requestAnimationFrame(() => setTimeout(resolve, 150));
        }, options);
        if (card) observer.observe(card);
      }),
  );
test.each(covers)('%s sends nothing and says why; uncovered, it works', async (_how, cover) => {
  const opened = await session.openNewTicket('Covered');
  page = opened.page;
  const { id, panel } = opened;
  await panel.startChange();
  await panel.fill({ status: 'Awaiting Customer Confirmation' });
  await page.evaluate(cover);
  await untilBrowserSeesCover();
  await panel.updateButton.focus();
  await page.keyboard.press('Enter');
  await panel.alerts.getByText('Something covers the panel').waitFor();
  expect(await session.sentToCustomer(id)).toEqual([]);
  expect(await panel.text()).toContain('now New');
  await page.evaluate("document.querySelector('#cover').remove()");
  await panel.updateButton.click();
  await panel.waitForStatus('Awaiting Customer Confirmation');
});
