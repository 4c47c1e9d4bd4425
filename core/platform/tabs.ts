import { browser } from '@wxt-dev/browser';

const pathOf = (address: string | undefined) => address?.split('#')[0];

/** Shows a page: in its tab where one is open, whatever part of it is shown there, and in a new one else. */
export async function showPage(url: string): Promise<void> {
  const open = (await browser.tabs.query({})).find((tab) => pathOf(tab.url) === pathOf(url));
  if (open?.id === undefined) {
    await browser.tabs.create({ url });
    return;
  }
  // Going to the address that is shown already would load the page again, and lose what is typed there.
  await browser.tabs.update(open.id, { active: true, ...(url.includes('#') && open.url !== url ? { url } : {}) });
  if (open.windowId !== undefined) await browser.windows.update(open.windowId, { focused: true });
}

/** Shows the options page at one of its places. */
export function showOptions(hash: string): Promise<void> {
  return showPage(browser.runtime.getURL(`options.html${hash}`));
}
