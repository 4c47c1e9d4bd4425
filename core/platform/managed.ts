import { browser } from '@wxt-dev/browser';
import { NO_POLICY, type Policy, parsePolicy } from '../contract/policy';

/** Chromium reads its policies a few seconds after its start; nobody's answer waits for that longer than this. */
const PATIENCE_MS = 300;

/** Read once in the life of a worker, and again when it has changed. */
let reading: Promise<Policy> | null = null;
let known: Policy | null = null;
let patience: Promise<Policy> | null = null;
const listeners = new Set<() => void>();

async function read(): Promise<Policy> {
  let found = NO_POLICY;
  try {
    found = parsePolicy(await browser.storage.managed.get(null));
  } catch {
    // A browser without managed storage.
  }
  known = found;
  return found;
}

/**
 * What the organisation provides. A browser without any rejects (Firefox), or has an empty one (Chromium): both are no
 * policy. One that comes late counts from then on, and is told as a change.
 * @param patient waits for it however long that takes: for what shows it
 */
export function managedPolicy(patient = false): Promise<Policy> {
  reading ??= read();
  patience ??= new Promise((resolve) => {
    setTimeout(() => {
      if (known === null)
        void reading?.then(() => {
          for (const listener of listeners) listener();
        });
      resolve(NO_POLICY);
    }, PATIENCE_MS);
  });
  if (known) return Promise.resolve(known);
  return patient ? reading : Promise.race([reading, patience]);
}

/** The policy as far as it is known, without waiting: a worker that has just started may not have read it yet. */
export function policySoFar(): Policy {
  return known ?? NO_POLICY;
}

/** Calls back when the organisation has changed what it provides, or what it provides has come late. */
export function onPolicyChanged(changed: () => void): void {
  listeners.add(changed);
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area !== 'managed') return;
    known = null;
    reading = null;
    patience = null;
    changed();
  });
}
