import { afterAll, beforeAll, expect, test } from 'vitest';
import { FirefoxBrowser } from '../harness/firefox';

let browser: FirefoxBrowser;
beforeAll(async () => {
  browser = await FirefoxBrowser.launch();
});
afterAll(() => browser?.close());

/** A request of the options page, with the address of a file where `file` holds its text. */
const ask = (name: string, input: object, file?: string) =>
  browser.evaluateInExtensionPage(
    async ({ name, input, file }: { name: string; input: object; file?: string }) => {
      const { runtime } = (globalThis as unknown as { browser: typeof chrome }).browser;
      const more = file === undefined ? {} : { file: URL.createObjectURL(new Blob([file])) };
      return runtime.sendMessage({ name, input: { ...input, ...more } });
    },
    { name, input, ...(file === undefined ? {} : { file }) },
  );

test('the background reads a file by the address that the page gives it', async () => {
  const { value } = (await ask('data.export-frame', {})) as { value: { frame: string } };
  expect(await ask('data.examine', { precedence: 'keep' }, value.frame)).toMatchObject({
    ok: true,
    value: { problems: [], taken: 0 },
  });
  expect(await ask('data.examine', { precedence: 'keep' }, '{')).toMatchObject({
    ok: true,
    value: { problems: [{ message: expect.stringContaining('is not JSON') }] },
  });
});

test('a backup is saved without a click', async () => {
  expect(await ask('data.set-backup', { every: 'daily' })).toMatchObject({
    ok: true,
    value: { every: 'daily', last: { problem: null } },
  });
  const saved = await browser.evaluateInExtensionPage(async () => {
    const { downloads } = (
      globalThis as unknown as {
        browser: {
          downloads: {
            search(query: object): Promise<{ id: number; state: string; filename: string; fileSize: number }[]>;
            removeFile(id: number): Promise<void>;
          };
        };
      }
    ).browser;
    const all = await downloads.search({});
    // It lies where this machine's user has their own.
    for (const { id } of all) await downloads.removeFile(id);
    return all.map(({ state, filename, fileSize }) => ({ state, filename, fileSize }));
  });
  expect(saved).toMatchObject([{ state: 'complete', filename: expect.stringMatching(/case-status-.+\.json$/) }]);
  expect(saved[0]?.fileSize).toBeGreaterThan(1000);
  await ask('data.set-backup', { every: 'off' });
});
