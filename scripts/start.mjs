// npm start: the demo desk and a browser with the extension. With no display, the main journey runs headless instead.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { startDesk } from '../demo/server.mjs';
import { findBrowser } from './lib/browser.mjs';
import { fail, root, run } from './lib/run.mjs';

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

async function withoutDisplay() {
  console.log('There is no display: the main journey runs headless.');
  await run('wxt', ['build', '-b', 'chrome', '--mv3', '--mode', 'e2e'], { quiet: true });
  // The journey stands on the tests' page helpers, which are TypeScript; Node 20 does not read that by itself.
  const { module } = await runnerImport(join(root, 'test/e2e/journey.ts'), {
    root,
    configFile: false,
    logLevel: 'error',
  });
  const pictures = join(root, '.output', 'journey');
  await module.journey(pictures, console.log);
  console.log('Done. Screenshots: .output/journey/');
}

async function withDisplay() {
  await run('wxt', ['build', '-b', 'chrome', '--mv3'], { quiet: true });
  const executablePath = await findBrowser();
  const { chromium } = await import('playwright-core');
  const desk = await startDesk({ port: 4310 });
  const extension = join(root, '.output', 'chrome-mv3');
  // Kept, so that what was tried yesterday is there today.
  const profile = join(root, '.cache', 'start-profile');
  mkdirSync(profile, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: null,
    ignoreDefaultArgs: ['--disable-extensions', '--enable-automation'],
    args: [
      `--load-extension=${extension}`,
      `--disable-extensions-except=${extension}`,
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const [page = await context.newPage()] = context.pages();
  await page.goto(`${desk.url}/login`);
  console.log(`The demo desk is at ${desk.url}.

  1. Log in: erin, password harbour.
  2. Open a ticket, click the extension's button in the toolbar (under the puzzle piece) and then "Enable on this site".
  3. Change the status in the panel on the ticket. Options: the template "Support (fast clock)" makes a day a second.

Ctrl-C ends it.`);
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ended.abort());
  await Promise.race([once(context, 'close'), once(ended.signal, 'abort')]);
  await context.close().catch(() => undefined);
  await desk.close();
}

try {
  await (hasDisplay ? withDisplay() : withoutDisplay());
} catch (error) {
  fail(error);
}
