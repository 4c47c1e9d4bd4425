import { browser } from '@wxt-dev/browser';
import type { LookedAfter } from '../app/ports';
import { parseLookedAfter } from '../contract/looked-after';

const KEY = 'looked-after';

/** In the browser's storage for extensions, which is kept apart from its databases and outlives them. */
export const lookedAfter: LookedAfter = {
  get: async () => parseLookedAfter((await browser.storage.local.get(KEY))[KEY]),
  async set(next) {
    await browser.storage.local.set({ [KEY]: next });
  },
};
