import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoDesk } from '../../desks/demo/demo';
import { launch, type TestBrowser } from '../harness/browser';
import { connectSite } from '../harness/options-page';
import { serveWith } from '../harness/tricks';

const desk = demoDesk();
let page: Page;
let folder: string;
let browser: TestBrowser;
beforeAll(async () => {
  await desk.up();
  // As it is shipped, but for the hosts of this test: nobody is there to answer the browser's question.
  folder = mkdtempSync(join(tmpdir(), 'cso-release-'));
  cpSync('.output/chrome-mv3', folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = { ...JSON.parse(readFileSync(file, 'utf8')), host_permissions: ['http://127.0.0.1/*'] };
  writeFileSync(file, JSON.stringify(manifest));
  browser = await launch({ extension: folder });
  await (await connectSite(browser, desk.url, 'Support')).close();
  const login = await browser.newPage();
  await desk.login(login);
  await login.close();
});
afterAll(async () => {
  await browser?.close();
  await desk.down();
  rmSync(folder, { recursive: true, force: true });
});

test('a page can neither read the panel, nor click it, nor reach into it by what it hears of real clicks', async () => {
  const id = await desk.createTicket('Read me if you can');
  page = await browser.newPage();
  await serveWith(page, desk.ticketUrl(id), {
    script: `window.paths = []; addEventListener('click', (event) => paths.push(event.composedPath().length + ' ' + event.target.tagName), true);
      customElements.define('x-host', class extends HTMLElement {});`,
  });
  await page.goto(desk.ticketUrl(id));
  await page.locator('div[data-case-status-overlay]').waitFor({ state: 'attached' });
  const shown = () => page.screenshot();
  await expect
    .poll(async () => page.evaluate(() => document.elementFromPoint(innerWidth - 60, innerHeight - 60)?.tagName))
    .toBe('DIV');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
  const before = await shown();

  const seen = await page.evaluate(() => {
    const host = document.querySelector<HTMLElement>('div[data-case-status-overlay]');
    if (!host) throw new Error('No host');
    const at = document.elementFromPoint(innerWidth - 60, innerHeight - 60) as HTMLElement;
    // Every place where a button may be.
    for (let x = innerWidth - 360; x < innerWidth; x += 12)
      for (let y = innerHeight - 640; y < innerHeight; y += 12)
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
          (document.elementFromPoint(x, y) === host ? host : null)?.dispatchEvent(
            new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y }),
          );
    host.click();
    host.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'K',
        code: 'KeyK',
        altKey: true,
        shiftKey: true,
        bubbles: true,
        composed: true,
      }),
    );
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'S', code: 'KeyS', altKey: true, shiftKey: true }));
    let internals: unknown = null;
    try {
      internals = host.attachInternals().shadowRoot;
    } catch {
      internals = null;
    }
    return {
      root: host.shadowRoot,
      internals,
      atIsHost: at === host,
      text: `${document.documentElement.innerText} ${host.innerText} ${host.outerHTML}`.includes('Not tracked yet'),
      globals: Object.keys(window).filter((name) => /case|overlay/i.test(name)),
    };
  });
  expect(seen).toEqual({ root: null, internals: null, atIsHost: true, text: false, globals: [] });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect((await shown()).equals(before), 'what the page did changed nothing that is seen').toBe(true);

  // A person's click goes through, and what the page hears of it ends at the host.
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.click(width - 290, height - 40);
  await expect.poll(async () => (await shown()).equals(before)).toBe(false);
  const paths = (await page.evaluate('paths')) as string[];
  expect(paths.at(-1)).toBe('4 DIV');
});
