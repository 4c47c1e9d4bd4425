import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplayReply, ReplayRequest } from '../../../core/contract/replay';
import { replayWorkers } from '../../../core/platform/replay-workers';
import { speak } from '../../../core/words/language';

class FakeWorker {
  onmessage: ((event: MessageEvent<ReplayReply>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly asked: ReplayRequest[] = [];
  ended = false;
  postMessage(request: ReplayRequest) {
    this.asked.push(request);
  }
  terminate() {
    this.ended = true;
  }
  /** Counts what it was asked last. */
  answers() {
    const { id, input } = this.asked.at(-1) ?? { id: 0, input: null };
    this.onmessage?.({ data: { id, answer: { ok: true, value: input } } } as unknown as MessageEvent<ReplayReply>);
  }
}

const part = (caseKey: string) => ({ templateId: 'support', days: 90, caseKeys: [caseKey] });
const value = (caseKey: string) => ({ ok: true, value: part(caseKey) });
let made: FakeWorker[];
let replay: ReturnType<typeof replayWorkers>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  made = [];
  replay = replayWorkers(
    () => {
      const worker = new FakeWorker();
      made.push(worker);
      return worker;
    },
    async (input) => ({ ok: true, value: `the background: ${input.caseKeys}` }),
  );
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe('the parts of a replay', () => {
  it('are counted by as many workers as there are processors, each answer to its own question', async () => {
    speak('de');
    const [first, second] = [replay(part('desk/1')), replay(part('desk/2'))];
    expect(made.map(({ asked }) => asked.length)).toEqual([1, 1]);
    expect(made[0]?.asked[0]?.language).toBe('de');
    speak('en-GB');
    for (const worker of made) worker.answers();
    expect(await first).toEqual(value('desk/1'));
    expect(await second).toEqual(value('desk/2'));
  });

  it('end their workers when nothing was asked for a while, not between two parts', async () => {
    const first = replay(part('desk/1'));
    for (const worker of made) worker.answers();
    await first;
    await vi.advanceTimersByTimeAsync(1500);
    const second = replay(part('desk/2'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(made.map(({ ended }) => ended)).toEqual([false, false]);
    for (const worker of made) worker.answers();
    expect(await second).toEqual(value('desk/2'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(made.map(({ ended }) => ended)).toEqual([true, true]);
    void replay(part('desk/3'));
    expect(made).toHaveLength(4);
  });

  it('are counted by the background where a worker does not run', async () => {
    const first = replay(part('desk/1'));
    for (const worker of made) worker.onerror?.({} as ErrorEvent);
    expect(await first).toEqual({ ok: true, value: 'the background: desk/1' });
    expect(await replay(part('desk/2'))).toEqual({ ok: true, value: 'the background: desk/2' });
    expect(made).toHaveLength(2);
  });

  it('are counted by the background where no worker can be made', async () => {
    const fails = replayWorkers(
      () => {
        throw new Error('Worker is not defined');
      },
      async () => 'the background',
    );
    expect(await fails(part('desk/1'))).toBe('the background');
    expect(await fails(part('desk/2'))).toBe('the background');
  });
});
