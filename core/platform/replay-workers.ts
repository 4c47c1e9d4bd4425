import type { RequestInput } from '../contract/messages';
import type { ReplayReply, ReplayRequest } from '../contract/replay';
import { locale } from '../words/language';

/** More of them would only wait for the database. */
const MOST = 4;
/** So long nothing was asked: the replay is over, and they go. */
const IDLE_MS = 2000;

type Input = RequestInput<'drafts.replay'>;
type Worklike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/**
 * Counts the parts of a replay in workers, several at once. They begin with the first part, and end soon after the last.
 * @param make a worker that runs entrypoints/replay.ts
 * @param elsewhere counts a part where no worker can
 */
export function replayWorkers(make: () => Worklike, elsewhere: (input: Input) => Promise<unknown>) {
  const waiting = new Map<number, { worker: Worklike; input: Input; resolve: (answer: unknown) => void }>();
  let workers: Worklike[] = [];
  let fails = false;
  let asked = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const settle = (id: number, answer: unknown) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
    if (waiting.size > 0) return;
    clearTimeout(idle);
    idle = setTimeout(end, IDLE_MS);
  };
  const end = () => {
    for (const worker of workers) worker.terminate();
    workers = [];
  };
  const begin = () => {
    const worker = make();
    worker.onmessage = ({ data: { id, answer } }: MessageEvent<ReplayReply>) => settle(id, answer);
    // Its script did not come or did not run.
    worker.onerror = () => {
      fails = true;
      for (const [id, one] of waiting) if (one.worker === worker) settle(id, elsewhere(one.input));
    };
    return worker;
  };

  /** What `drafts.replay` answers; never rejects for a worker's sake. */
  return (input: Input): Promise<unknown> => {
    clearTimeout(idle);
    try {
      if (workers.length === 0 && !fails)
        workers = Array.from({ length: Math.min(MOST, navigator.hardwareConcurrency || 1) }, begin);
    } catch {
      fails = true;
    }
    asked += 1;
    const id = asked;
    const worker = workers[id % workers.length];
    if (fails || !worker) return elsewhere(input);
    return new Promise((resolve) => {
      waiting.set(id, { worker, input, resolve });
      worker.postMessage({ id, language: locale(), input } satisfies ReplayRequest);
    });
  };
}
