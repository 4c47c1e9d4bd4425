import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../harness/session';
import { until } from '../harness/until';

let session: Session;
let extensions: Page;
beforeAll(async () => {
  session = await Session.start();
  extensions = await session.browser.newPage();
  await extensions.goto('chrome://extensions/');
});
afterAll(() => session?.close());

/** What a person does with "Site access" in the browser's own settings of the extension. */
const setSiteAccess = (hostAccess: 'ON_CLICK' | 'ON_ALL_SITES') =>
  extensions.evaluate(
    async ([extensionId, access]) => {
      type Settings = { updateExtensionConfiguration(update: object): Promise<void> };
      const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: Settings } }).chrome;
      await developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: access });
    },
    [session.browser.extensionId, hostAccess] as const,
  );

test('a permission that is taken away while something is owed stops it, says so once, and back again lets it go out', async () => {
  const { id, panel } = await session.openNewTicket('Taken away');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await setSiteAccess('ON_CLICK');

  const options = await session.browser.extensionPage('options.html#sites');
  await options.getByText('The permission for this site was taken away. Connect it again to go on.').waitFor();
  const pauses = async () => (await session.browser.notifications()).filter((name) => name.endsWith('|pause'));
  await until('a word that something waits', pauses, (shown) => shown.length === 1, { timeoutMs: 60_000 });
  expect(await session.desk.nativeStatus(id)).toBe('open');
  // The open page is told at once, and has no panel any more.
  await panel.host.waitFor({ state: 'detached' });

  await setSiteAccess('ON_ALL_SITES');
  await session.waitForNative(id, session.desk.native.waiting);
  await until('nothing waits any more', pauses, (shown) => shown.length === 0, { timeoutMs: 60_000 });
  // Without a reload.
  await panel.waitForStatus('Pending – Customer Input');
  expect((await panel.history()).join('\n')).toMatch(/set to "pending"/);
});
