// Finds the browser that tests and `npm start` drive, or installs one where the system can do that by itself.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

// Branded Chrome is not in these lists: it no longer takes --load-extension.
const onLinux = ['chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable', 'ungoogled-chromium'];
const onMac = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const onWindows = [
  ['LOCALAPPDATA', 'Chromium\\Application\\chrome.exe'],
  ['ProgramFiles', 'Chromium\\Application\\chrome.exe'],
  ['ProgramFiles(x86)', 'Microsoft\\Edge\\Application\\msedge.exe'],
  ['ProgramFiles', 'Microsoft\\Edge\\Application\\msedge.exe'],
];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);

function installed() {
  if (process.platform === 'darwin') return onMac.find(existsSync);
  if (process.platform === 'win32') {
    return onWindows
      .filter(([variable]) => process.env[variable] !== undefined)
      .map(([variable, path]) => join(process.env[variable], path))
      .find(existsSync);
  }
  return onLinux.map(onPath).find((path) => path !== undefined);
}

/**
 * Path of a Chromium or Edge that takes an unpacked extension. CSO_BROWSER (a path or a command) goes first. On Debian
 * and Ubuntu, as root, Chromium is installed where there is none.
 * @returns {Promise<string>}
 * @throws {Error} with one line that says what to install
 */
export async function findBrowser() {
  const named = process.env.CSO_BROWSER;
  if (named) {
    const found = isExecutable(named) ? named : onPath(named);
    if (!found) throw new Error(`CSO_BROWSER names ${named}, which cannot be run.`);
    return found;
  }
  const found = installed();
  if (found) return found;

  if (process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get')) {
    console.log('No browser found: installing Chromium.');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env, quiet: true });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, quiet: true });
    const fresh = installed();
    if (fresh) return fresh;
  }
  const how = {
    darwin: 'brew install --cask chromium',
    win32: 'winget install Microsoft.Edge',
    linux: 'sudo apt-get install chromium',
  };
  throw new Error(
    `No Chromium or Edge found. Install one (${how[process.platform] ?? 'Chromium'}) or name it in CSO_BROWSER.`,
  );
}

const firefoxes = {
  linux: ['firefox-esr', 'firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
};

/**
 * Path of an ordinary Firefox; CSO_FIREFOX (a path or a command) goes first.
 * @returns {string | undefined} `undefined` where there is none
 */
export function findFirefox() {
  const names = process.env.CSO_FIREFOX ? [process.env.CSO_FIREFOX] : (firefoxes[process.platform] ?? []);
  return names.map((name) => (isExecutable(name) ? name : onPath(name))).find((path) => path !== undefined);
}
