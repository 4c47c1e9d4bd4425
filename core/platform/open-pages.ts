import { browser } from '@wxt-dev/browser';
import type { OpenPages } from '../app/ports';
import { permissionPattern } from '../contract/origin';

const FILE = 'read-page.js';

export const browserPages: OpenPages = {
  async under(baseUrl) {
    const tabs = await browser.tabs.query({ url: permissionPattern(baseUrl) });
    return tabs
      .toSorted((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))
      .flatMap(({ id, url }) => (id === undefined || url === undefined ? [] : { tabId: id, url }));
  },
  async read(tabId) {
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, files: [FILE] });
    return answer?.result;
  },
};
