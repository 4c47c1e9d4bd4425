import browser from 'webextension-polyfill';
import { NO_POLICY, type Policy, parsePolicy } from '../contract/policy';

/** What the organisation provides. A browser without any rejects (Firefox), or has an empty one (Chromium): both are no policy. */
export async function managedPolicy(): Promise<Policy> {
  try {
    return parsePolicy(await browser.storage.managed.get(null));
  } catch {
    return NO_POLICY;
  }
}

/** Calls back when the organisation has changed what it provides. */
export function onPolicyChanged(changed: () => void): void {
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') changed();
  });
}
