// End-to-end tests on one help desk: what they need beforehand, and the run itself.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from './browser.mjs';
import { realDesks, startDesk } from './desks.mjs';
import { vitest } from './steps.mjs';

/** Why the browser's clock cannot be moved on this machine; `undefined` where it can. */
export function clockProblem() {
  if (process.platform !== 'linux') return 'moving the clock of a browser needs Linux';
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'moving the clock of a browser needs a C compiler (cc)';
  }
}

/** Why the browser cannot be given an organisation's policy on this machine; `undefined` where it can. */
function policyProblem() {
  if (process.getuid?.() === 0 && existsSync('/etc/chromium')) return undefined;
  return 'only root can give a browser a policy, and only where Chromium looks in /etc/chromium';
}

/**
 * Runs the end-to-end tests on `desk`. The builds have to be there.
 * @param {string} desk one of `deskNames`
 * @param {{ grep?: string, files?: string[], env?: Record<string, string>, firefox?: boolean }} [options] `firefox`: in
 *   Firefox instead of Chromium, those tests that need nothing of Chromium's own
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function endToEnd(desk, { grep, files, env, firefox = false } = {}) {
  if (firefox) {
    const name = `e2e on ${desk} in Firefox`;
    return vitest('e2e', { name, env: { CSO_DESK: desk, CSO_BROWSER_KIND: 'firefox', ...env }, grep, files });
  }
  const browser = await findBrowser();
  const realDesk = realDesks.find(({ name }) => name === desk);
  if (realDesk) await startDesk(realDesk);
  const clock = clockProblem();
  if (clock) console.log(`The tests that move time did not run: ${clock}.`);
  const policy = policyProblem();
  if (policy) console.log(`The test of a managed policy did not run: ${policy}.`);
  return vitest('e2e', {
    name: `e2e on ${desk}`,
    env: { CSO_DESK: desk, CSO_BROWSER: browser, ...env },
    grep,
    files,
    exclude: [...(clock ? ['**/*.clock.test.ts'] : []), ...(policy ? ['**/managed.test.ts'] : [])],
  });
}
