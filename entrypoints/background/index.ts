import { browser } from '@wxt-dev/browser';
import { defineBackground } from 'wxt/utils/define-background';

/** A worker that has been started by nothing that it hears, as when the extension is switched on again, is made after this. */
const UNASKED_MS = 100;

/**
 * Every listener, before anything else: the event that woke the worker is not heard otherwise. All else is made for that
 * event. See docs/adr/0028-the-worker-in-two-files.md.
 */
export default defineBackground(() => {
  let made: ReturnType<typeof make> | undefined;
  const worker = () => {
    made ??= make();
    return made;
  };

  browser.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    void worker()
      .then(({ message: answer }) => answer(message, sender))
      .then(respond);
    // The answer comes later.
    return true;
  });
  browser.alarms.onAlarm.addListener(({ name }) => void worker().then(({ alarm }) => alarm(name)));
  browser.runtime.onStartup.addListener(() => void worker().then(({ browserStarted }) => browserStarted()));
  browser.runtime.onInstalled.addListener(({ reason }) => void worker().then(({ installed }) => installed(reason)));
  browser.permissions.onAdded.addListener(
    ({ origins }) => void worker().then(({ permitted }) => permitted(origins ?? [])),
  );
  browser.permissions.onRemoved.addListener(() => void worker().then(({ forbidden }) => forbidden()));
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') void worker().then(({ policyChanged }) => policyChanged());
  });
  browser.notifications.onClicked.addListener(
    (id) => void worker().then(({ notificationClicked }) => notificationClicked(id)),
  );
  // Not in Firefox, whose notifications have no buttons.
  browser.notifications.onButtonClicked?.addListener(
    (id, button) => void worker().then(({ notificationPressed }) => notificationPressed(id, button)),
  );
  setTimeout(worker, UNASKED_MS);
});

const make = async () => (await import('./worker')).makeWorker();
