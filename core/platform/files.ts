/** Files, and what the browser keeps for the extension outside its database. */

import { type Browser, browser } from '@wxt-dev/browser';
import type { Files } from '../app/ports';

export const BACKUP_ALARM = 'backup';
const DOWNLOADS = { permissions: ['downloads' as const] };

/**
 * An address that a download can be made of. Chromium's worker cannot make one that leads to memory; Firefox has no
 * worker, and refuses to download an address that holds the file itself.
 */
function addressOf(parts: readonly string[]): { url: string; release(): void } {
  if ('createObjectURL' in URL) {
    const url = URL.createObjectURL(new Blob([...parts], { type: 'application/json' }));
    return { url, release: () => URL.revokeObjectURL(url) };
  }
  return { url: `data:application/json;charset=utf-8,${parts.map(encodeURIComponent).join('')}`, release: () => {} };
}

/** Waits until a download has come to its end, one way or the other. */
async function ended(start: () => Promise<number>): Promise<boolean> {
  const over = new Map<number, boolean>();
  let tell = (): void => undefined;
  const listen = ({ id, state }: Browser.downloads.DownloadDelta) => {
    if (state?.current !== 'complete' && state?.current !== 'interrupted') return;
    over.set(id, state.current === 'complete');
    tell();
  };
  // Before it begins: a small file is there before its number is.
  browser.downloads.onChanged.addListener(listen);
  try {
    const id = await start();
    while (!over.has(id)) {
      const [download] = await browser.downloads.search({ id });
      if (download?.state !== 'in_progress') return download?.state === 'complete';
      await new Promise<void>((resolve) => {
        tell = resolve;
        if (over.has(id)) resolve();
      });
    }
    return over.get(id) === true;
  } finally {
    browser.downloads.onChanged.removeListener(listen);
  }
}

export const browserFiles: Files = {
  async read(address) {
    // A page of the extension and its worker are one origin: the file need not go through a message, which ends at 64 MB.
    return (await fetch(address)).text();
  },
  async save(fileName, parts) {
    if (!(await browser.permissions.contains(DOWNLOADS))) return 'not-allowed';
    const { url, release } = addressOf(parts);
    try {
      const options = { url, filename: fileName, saveAs: false, conflictAction: 'uniquify' as const };
      return (await ended(() => browser.downloads.download(options))) ? 'saved' : 'interrupted';
    } finally {
      release();
    }
  },
  async ringForBackup(at) {
    const alarm = await browser.alarms.get(BACKUP_ALARM);
    if (at === null) await browser.alarms.clear(BACKUP_ALARM);
    else if (!alarm || Math.abs(alarm.scheduledTime - at) > 1000) browser.alarms.create(BACKUP_ALARM, { when: at });
  },
  async forgetAll() {
    const { origins = [], permissions = [] } = await browser.permissions.getAll();
    await browser.alarms.clearAll();
    await Promise.all(Object.keys(await browser.notifications.getAll()).map((id) => browser.notifications.clear(id)));
    await browser.action.setBadgeText({ text: '' });
    await browser.storage.session.clear();
    // One by one: what the extension has by its manifest cannot be given back, and refuses the rest with it.
    for (const origin of origins) await browser.permissions.remove({ origins: [origin] }).catch(() => false);
    if (permissions.includes('downloads')) await browser.permissions.remove(DOWNLOADS).catch(() => false);
  },
};
