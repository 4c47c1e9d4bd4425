import { type Browser, browser } from '@wxt-dev/browser';
import type { SenderFacts } from '../app/router';

/** Who sent a message: `tab.url` is right, `url` is stale after in-page navigation. */
export function senderFacts(sender: Browser.runtime.MessageSender): SenderFacts {
  if (sender.id !== browser.runtime.id) return { kind: 'unknown' };
  if (sender.url?.startsWith(browser.runtime.getURL(''))) return { kind: 'page' };
  const { tab } = sender;
  if (tab?.id === undefined || sender.frameId === undefined) return { kind: 'unknown' };
  // Whose permission is gone is not told apart any more, and is no connected site.
  return { kind: 'tab', tabUrl: tab.url ?? null, tabId: tab.id, frameId: sender.frameId };
}
