import { afterAll, beforeAll, expect, test } from 'vitest';
import { FirefoxBrowser } from '../harness/firefox';
import { until } from '../harness/until';

let browser: FirefoxBrowser;
beforeAll(async () => {
  browser = await FirefoxBrowser.launch();
});
afterAll(() => browser?.close());

/** All that the panel beside the editor says, or that it is not there. */
const panelSays = () =>
  browser.evaluateInExtensionPage(() => {
    const host = [...document.querySelectorAll('.preview-stage, .preview-stage *')].find((one) => one.shadowRoot);
    return host?.shadowRoot?.textContent ?? 'no panel';
  });
const shows = (words: string) =>
  until(`the preview to show ${words}`, panelSays, (text) => text.includes(words), { timeoutMs: 20_000, everyMs: 100 });

// What follows takes a person's clicks, which no test can make in a page of the extension in Firefox.
test('R12, R13: the panel is beside the editor, on a sample case that begins where it is told to, and would close', async () => {
  await browser.evaluateInExtensionPage(() => {
    location.hash = '#templates/support';
  });
  await shows('New');
  await browser.evaluateInExtensionPage(() => {
    const selects = [...document.querySelectorAll('select')];
    const wanted = 'Awaiting Customer Confirmation';
    for (const select of selects)
      for (const option of select.options)
        if (option.text === wanted) {
          select.value = option.value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
          return;
        }
    throw new Error(`Nothing begins as ${wanted}`);
  });
  await shows('Awaiting Customer Confirmation');
  await shows('Closes, if no answer');
  expect(await browser.rows('cases')).toEqual([]);
});
