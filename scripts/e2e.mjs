// npm run e2e -- --desk demo|rt|redmine [--browser chromium|firefox] [--grep R13]: the end-to-end tests on one help desk.
import { parseArgs } from 'node:util';
import { findFirefox } from './lib/browser.mjs';
import { deskNames, isInstalled, realDesks } from './lib/desks.mjs';
import { endToEnd } from './lib/e2e.mjs';
import { fail } from './lib/run.mjs';
import { build } from './lib/steps.mjs';
import { finish } from './lib/summary.mjs';

function options() {
  const { values, positionals } = parseArgs({
    options: {
      desk: { type: 'string', default: 'demo' },
      browser: { type: 'string', default: 'chromium' },
      grep: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (!deskNames.includes(values.desk)) throw new Error(`--desk must be one of ${deskNames.join(', ')}.`);
  if (!['chromium', 'firefox'].includes(values.browser)) throw new Error('--browser must be chromium or firefox.');
  if (values.browser === 'firefox' && !findFirefox())
    throw new Error('No Firefox found. Install one (sudo apt-get install firefox-esr) or name it in CSO_FIREFOX.');
  const realDesk = realDesks.find(({ name }) => name === values.desk);
  if (realDesk && !isInstalled(realDesk))
    throw new Error(`${realDesk.title} is not installed: run test/desks/${realDesk.name}/install.sh as root.`);
  return { ...values, files: positionals };
}

try {
  const { desk, grep, files, browser: kind } = options();
  const firefox = kind === 'firefox';
  const builds = [['chrome'], ['firefox'], [firefox ? 'firefox' : 'chrome', 'e2e']];
  await finish([
    ...builds.map(
      ([browser, mode]) =>
        () =>
          build(browser, mode),
    ),
    () => endToEnd(desk, { grep, files, firefox }),
  ]);
} catch (error) {
  fail(error);
}
