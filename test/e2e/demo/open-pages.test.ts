import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { type OpenTicket, Session } from '../harness/session';

let session: Session<ReturnType<typeof demoDesk>>;
let options: Page;
let ticket: OpenTicket;
let list: Page;
beforeAll(async () => {
  session = await Session.start({ desk: demoDesk() });
  ticket = await session.openNewTicket('Told at once');
  await ticket.panel.change({ status: 'Pending', subStatus: 'Development' });
  list = await session.browser.newPage();
  await list.goto(session.desk.url);
  options = await session.browser.extensionPage('options.html');
});
afterAll(() => session?.close());

/** As a page of the extension asks. */
const ask = (name: string, input: object) =>
  options.evaluate(
    async (message) => {
      const answer = await (globalThis as unknown as ExtensionGlobal).chrome.runtime.sendMessage(message);
      if (!answer.ok) throw new Error(answer.message);
      return answer.value;
    },
    { name, input },
  ) as Promise<never>;
interface ExtensionGlobal {
  chrome: { runtime: { sendMessage(message: object): Promise<{ ok: boolean; message: string; value: unknown }> } };
}
const chipOf = () => list.getByRole('img', { name: /^Case status: Pending – Development$/ });

/** The file of everything as it is now, as an address that the background reads it by. */
const exported = () =>
  options.evaluate(async () => {
    const send = async (name: string, input: object) =>
      (await (globalThis as unknown as ExtensionGlobal).chrome.runtime.sendMessage({ name, input })).value as {
        frame: string;
        texts: Record<string, string>;
      };
    const { texts } = await send('data.export', { after: null });
    const { frame } = await send('data.export-frame', {});
    const empty = JSON.parse(frame);
    for (const [table, text] of Object.entries(texts)) empty[table] = JSON.parse(`[${text}]`);
    return URL.createObjectURL(new Blob([JSON.stringify(empty)]));
  });

test('open pages show at once what was erased, what came from a file, and that their site is not connected any more', async () => {
  const { panel } = ticket;
  await chipOf().waitFor();
  const file = await exported();
  const { sites } = (await ask('data.overview', {})) as { sites: { siteId: string; word: string }[] };
  const [site] = sites;

  await ask('data.erase', { siteId: site?.siteId, typed: site?.word });
  await expect.poll(() => panel.text()).toMatch(/not tracked/i);
  await chipOf().waitFor({ state: 'detached' });

  await ask('data.import', { file, precedence: 'keep' });
  await panel.waitForStatus('Pending – Development');
  await chipOf().waitFor();

  await ask('sites.disconnect', { siteId: site?.siteId });
  await panel.host.waitFor({ state: 'detached' });
  await chipOf().waitFor({ state: 'detached' });

  await ask('sites.connect', { address: session.desk.url });
  await panel.waitForStatus('Pending – Development');
  await chipOf().waitFor();
  // One of each, whatever was loaded anew meanwhile.
  expect(await ticket.page.locator('div[data-case-status-overlay]').count()).toBe(1);
  expect(await chipOf().count()).toBe(1);
});
