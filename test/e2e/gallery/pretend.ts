import type { Page } from 'playwright-core';
import type { Answer, RequestInput, RequestName, RequestOutput } from '../../../core/contract/messages';
import type { TestBrowser } from '../harness/browser';

/**
 * What the background seems to answer to some requests: an answer of its own, or one made of the real one. Such a function runs in
 * the page and sees nothing but its argument.
 * silent: the background answers nothing at all. updated: nor will it ever, since the extension was updated under the page.
 */
export type Pretended =
  | 'silent'
  | 'updated'
  | { [N in RequestName]?: Answer<RequestOutput<N>> | ((real: RequestOutput<N>) => RequestOutput<N>) };

/** What makes a page hear that. */
function scriptOf(pretended: Pretended): string {
  const table = Object.entries(typeof pretended === 'string' ? {} : pretended).map(
    ([name, one]) => `${JSON.stringify(name)}: ${typeof one === 'function' ? String(one) : JSON.stringify(one)}`,
  );
  const error = { silent: 'Nobody is there', updated: 'Extension context invalidated' };
  const thrown = typeof pretended === 'string' ? error[pretended] : null;
  return `(() => {
    const table = { ${table.join(',\n')} };
    // What workers of the page would count is asked of the background then.
    if (table['drafts.replay']) delete window.Worker;
    const { runtime } = chrome;
    const send = runtime.sendMessage.bind(runtime);
    runtime.sendMessage = async (message) => {
      // The language is asked for before anything is drawn, and patiently.
      if (${thrown !== null} && message.name !== 'language.get') throw new Error(${JSON.stringify(thrown)});
      const one = table[message.name];
      if (typeof one !== 'function') return one ?? send(message);
      const real = await send(message);
      return real.ok ? { ok: true, value: one(real.value) } : real;
    };
  })()`;
}

/** Opens a page of the extension, and lets it hear of the background what is pretended. */
export async function extensionPage(browser: TestBrowser, path: string, pretended: Pretended = {}): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(scriptOf(pretended));
  await page.goto(`chrome-extension://${browser.extensionId}/${path}`);
  return page;
}

/** Lets the panel on a help desk's page hear, from now on, what is pretended. */
export async function pretendOnTicket(page: Page, extensionId: string, pretended: Pretended): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const own = new Promise<number>((resolve) => {
    devtools.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === `chrome-extension://${extensionId}`) resolve(context.id);
    });
  });
  await devtools.send('Runtime.enable');
  await devtools.send('Runtime.evaluate', { expression: scriptOf(pretended), contextId: await own });
  await devtools.detach();
}

/** Asks the background itself, as a page of the extension does; throws where it refuses. */
export async function ask<N extends RequestName>(
  browser: TestBrowser,
  name: N,
  input: RequestInput<N>,
): Promise<RequestOutput<N>> {
  const answer = await browser.evaluateInExtensionPage(
    async (message) => (await chrome.runtime.sendMessage(message)) as unknown,
    { name, input },
  );
  const { ok, value, message } = answer as { ok: boolean; value: RequestOutput<N>; message: string };
  if (!ok) throw new Error(`${name}: ${message}`);
  return value;
}
