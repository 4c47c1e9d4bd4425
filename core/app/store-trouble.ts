import { lossWords } from '../words/loss';
import type { Clock, Log, Notifier } from './ports';
import { errorNames, refusalOf } from './router';

export const STORE_TROUBLE_NOTIFICATION = 'store-trouble';
const AGAIN_MS = 3_600_000;

/**
 * A log that tells the person when nothing can be stored: where no panel is open, reminders and closes would wait without
 * a word. Once an hour at most, as long as it goes on. What may be over in a moment, such as a connection that closes, is
 * only logged.
 */
export function tellingOfTrouble(log: Log, { notifier, clock }: { notifier: Notifier; clock: Clock }): Log {
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    error(where, error) {
      log.error(where, error);
      const { code, message } = refusalOf(error);
      const lasting = code === 'storage-full' || errorNames(error).includes('DatabaseUnavailable');
      if (!lasting || clock.now() - toldAt < AGAIN_MS) return;
      toldAt = clock.now();
      notifier
        .show(STORE_TROUBLE_NOTIFICATION, lossWords.nothingStored, message, { stays: true })
        .catch((failed: unknown) => log.error('notification', failed));
    },
  };
}
