import { browser } from '@wxt-dev/browser';
import { NO_POLICY, type Policy, parsePolicy } from '../contract/policy';

/** Chromium reads its policies a few seconds after its start; nobody's answer waits for that longer than this. */
const PATIENCE_MS = 300;
/** Of what the organisation provided when the browser last said so; as it was given, and parsed anew each time. */
const KEPT = 'policy';

/** Read once in the life of a worker, and again when it has changed. */
let reading: Promise<Policy> | null = null;
let known: Policy | null = null;
/** What the browser said before; counts until it has answered this time. */
let keeping: Promise<Policy | null> | null = null;
let patience: Promise<Policy> | null = null;
/** What was answered before the browser had. */
let guessed: Policy | null = null;
const listeners = new Set<() => void>();

async function read(): Promise<Policy> {
  let given: Record<string, unknown> = {};
  try {
    given = await browser.storage.managed.get(null);
  } catch {
    // A browser without managed storage.
  }
  known = parsePolicy(given);
  // For the next start, if it is another one. Where it cannot be kept, that one waits as this one did.
  if (JSON.stringify(given) !== JSON.stringify(await kept()))
    await browser.storage.local.set({ [KEPT]: given }).catch(() => undefined);
  if (guessed && JSON.stringify(guessed) !== JSON.stringify(known)) for (const listener of listeners) listener();
  return known;
}

async function readKept(): Promise<Policy | null> {
  // Where the browser can keep content scripts away from it (Chromium), it does.
  void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })?.catch(() => undefined);
  const found = await kept();
  return found === undefined ? null : parsePolicy(found);
}

async function kept(): Promise<unknown> {
  return (await browser.storage.local.get(KEPT).catch(() => ({}) as Record<string, unknown>))[KEPT];
}

/**
 * What the organisation provides. A browser without any rejects (Firefox), or has an empty one (Chromium): both are no
 * policy. Until the browser has read it, what it said the last time counts; where it never has, nothing does. One that
 * turns out to be another is told as a change.
 * @param patient where it has never been said, waits for it however long that takes: for what shows it
 */
export async function managedPolicy(patient = false): Promise<Policy> {
  reading ??= read();
  keeping ??= readKept();
  const before = known ?? (await Promise.race([reading, keeping]));
  if (known) return known;
  if (!before && patient) return reading;
  patience ??= new Promise((resolve) => setTimeout(() => resolve(NO_POLICY), PATIENCE_MS));
  const found = before ?? (await Promise.race([reading, patience]));
  if (!known) guessed = found;
  return known ?? found;
}

/** The policy as far as it is known, without waiting for the browser to read it. */
export async function policySoFar(): Promise<Policy> {
  keeping ??= readKept();
  return known ?? (await keeping) ?? NO_POLICY;
}

/** Calls back when the organisation has changed what it provides, or what it provides has come late. */
export function onPolicyChanged(changed: () => void): void {
  listeners.add(changed);
}

/** Called when the browser says that the organisation has changed what it provides. */
export function policyChanged(): void {
  known = null;
  reading = null;
  patience = null;
  guessed = null;
  // What it said before counts no more.
  keeping = Promise.resolve(null);
  for (const listener of listeners) listener();
}
