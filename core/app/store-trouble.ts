import { lossWords } from '../words/loss';
import type { Clock, Log, Notifier, Remembered } from './ports';
import { errorNames, refusalOf } from './router';

export const STORE_TROUBLE_NOTIFICATION = 'store-trouble';
const AGAIN_MS = 3_600_000;

/**
 * A log that tells the person when nothing can be stored: where no panel is open, reminders and closes would wait without
 * a word. Once an hour at most, as long as it goes on. What may be over in a moment, such as a connection that closes, is
 * only logged.
 */
export function tellingOfTrouble(
  log: Log,
  { notifier, clock, toldAt }: { notifier: Notifier; clock: Clock; toldAt: Remembered<number> },
): Log {
  const tell = async (message: string) => {
    const now = clock.now();
    // Not in this worker's memory: the next one comes within minutes, and finds the same.
    const before = await toldAt.get().catch(() => undefined);
    if (before !== undefined && Math.abs(now - before) < AGAIN_MS) return;
    await toldAt.set(now).catch((failed: unknown) => log.error('store trouble', failed));
    await notifier.show(STORE_TROUBLE_NOTIFICATION, lossWords.nothingStored, message, { stays: true });
  };
  // One after the other: all that fails in a run would find that nothing was told yet.
  let telling: Promise<void> = Promise.resolve();
  return {
    error(where, error) {
      log.error(where, error);
      const { code, message } = refusalOf(error);
      const lasting = code === 'storage-full' || errorNames(error).includes('DatabaseUnavailable');
      if (!lasting) return;
      telling = telling.then(() => tell(message)).catch((failed: unknown) => log.error('notification', failed));
    },
  };
}
