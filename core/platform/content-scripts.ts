import { browser } from '@wxt-dev/browser';
import { permissionPattern } from '../contract/origin';

const SCRIPT_ID = 'ticket';
const FILE = 'ticket.js';
const PANEL_FILE = 'panel.js';

/** Of this worker: a start, a grant and a connect come together, and each looks before it registers. */
let before: Promise<void> = Promise.resolve();

/**
 * Makes the registered content script match the granted sites, and loads it into their tabs that are open already; one
 * after the other. Registrations are lost on update and on reload while the grant stays, so this runs at every start of
 * the background.
 * @param sites their base addresses, asked for when it is this one's turn: those of before may be others by then
 */
export function reconcileContentScripts(sites: () => Promise<readonly string[]>): Promise<void> {
  const own = before.catch(() => undefined).then(async () => reconcile(await sites()));
  before = own;
  return own;
}

async function reconcile(baseUrls: readonly string[]): Promise<void> {
  const patterns = [...new Set(baseUrls.map(permissionPattern))];
  const granted = (
    await Promise.all(
      patterns.map(async (pattern) => ((await browser.permissions.contains({ origins: [pattern] })) ? [pattern] : [])),
    )
  ).flat();
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  if (granted.length === 0) {
    if (registered) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    return;
  }
  const script = {
    id: SCRIPT_ID,
    matches: granted,
    js: [FILE],
    runAt: 'document_start' as const,
    persistAcrossSessions: true,
  };
  const known = new Set(registered?.matches ?? []);
  const isThis = registered?.js?.includes(FILE);
  if (registered && isThis && known.size === granted.length && granted.every((pattern) => known.has(pattern))) return;
  if (registered) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);

  const fresh = granted.filter((pattern) => !known.has(pattern));
  for (const tab of fresh.length > 0 ? await browser.tabs.query({ url: fresh }) : [])
    if (tab.id !== undefined)
      await browser.scripting.executeScript({ target: { tabId: tab.id }, files: [FILE] }).catch(() => {
        // A tab on an error page, or one that is being closed: it gets the script with its next page.
      });
}

/** Loads the panel's second stage into the frame that asks for it. */
export async function loadPanel(tabId: number, frameId: number): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    files: [PANEL_FILE],
    injectImmediately: true,
  });
}
