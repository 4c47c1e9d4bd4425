import { beforeEach, expect, it, vi } from 'vitest';

interface Script {
  id: string;
  matches?: string[];
  js?: string[];
}
let registered: Script[];
let injected: number[];
const later = () => new Promise((resolve) => setTimeout(resolve, 1));

vi.mock('@wxt-dev/browser', () => ({
  browser: {
    permissions: { contains: async () => true },
    tabs: { query: async () => [{ id: 7 }] },
    scripting: {
      getRegisteredContentScripts: async () => {
        const now = structuredClone(registered);
        await later();
        return now;
      },
      registerContentScripts: async ([script]: [Script]) => {
        await later();
        if (registered.length > 0) throw new Error(`Duplicate script ID '${script.id}'`);
        registered.push(script);
      },
      updateContentScripts: async ([script]: [Script]) => {
        await later();
        registered = [script];
      },
      unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
        await later();
        if (registered.length === 0) throw new Error(`Nonexistent script ID '${ids[0]}'`);
        registered = [];
      },
      executeScript: async ({ target }: { target: { tabId: number } }) => {
        injected.push(target.tabId);
      },
    },
  },
}));

const { reconcileContentScripts } = await import('../../../core/platform/content-scripts');

const one = async () => ['https://desk.test'];
const none = async () => [];

beforeEach(() => {
  registered = [];
  injected = [];
});

it('a help desk that is connected while the worker starts is connected once, without an error', async () => {
  await Promise.all([reconcileContentScripts(one), reconcileContentScripts(one)]);
  expect(registered).toMatchObject([{ matches: ['https://desk.test/*'] }]);
  expect(injected).toEqual([7]);
  await Promise.all([reconcileContentScripts(none), reconcileContentScripts(none)]);
  expect(registered).toEqual([]);
});

it('one that fails keeps no later one from being made right', async () => {
  const { browser } = await import('@wxt-dev/browser');
  const failing = vi.spyOn(browser.scripting, 'registerContentScripts').mockRejectedValueOnce(new Error('Not now.'));
  await expect(reconcileContentScripts(one)).rejects.toThrow('Not now.');
  await reconcileContentScripts(one);
  expect(registered).toHaveLength(1);
  failing.mockRestore();
});
