import { afterAll, beforeAll, expect, test } from 'vitest';
import { FirefoxBrowser } from '../harness/firefox';

let browser: FirefoxBrowser;
beforeAll(async () => {
  browser = await FirefoxBrowser.launch();
});
afterAll(() => browser?.close());

test('a worker of the options page counts a part of a replay', async () => {
  const reply = await browser.evaluateInExtensionPage(async () => {
    const worker = new Worker('/replay.js');
    const answered = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage({
      id: 7,
      language: 'en-GB',
      input: { templateId: 'support', days: 30, caseKeys: ['desk-1/1'] },
    });
    const data = await answered;
    worker.terminate();
    return data;
  });
  expect(reply).toMatchObject({ id: 7, answer: { ok: true, value: { cases: 0, differences: { count: 0 } } } });
});
