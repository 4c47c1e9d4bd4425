import { describe, expect, it } from 'vitest';
import { measure, measureLong, quantile } from './measure';

/** A clock that moves by what runs, not by itself. */
function world() {
  let nowMs = 0;
  const ran: string[] = [];
  const row = (name: string, ms: number) => ({
    name,
    run: () => {
      nowMs += ms;
      ran.push(name);
    },
  });
  const settings = { now: () => nowMs, signal: new AbortController().signal, samples: 40, sampleMs: 1 };
  return { ran, row, settings };
}

describe('measuring', () => {
  it('tells the time of one run', async () => {
    const { row, settings } = world();
    expect(await measure([row('slow', 4), row('fast', 0.25)], settings)).toEqual([
      { name: 'slow', samples: 40, medianUs: 4000, p95Us: 4000, perSecond: 250 },
      { name: 'fast', samples: 40, medianUs: 250, p95Us: 250, perSecond: 4000 },
    ]);
  });

  it('takes turns, and as many runs for a sample as fill its time', async () => {
    const { ran, row, settings } = world();
    await measure([row('a', 1), row('b', 0.5)], { ...settings, samples: 2 });
    // Finding the size of a sample: a once, b once and then twice.
    expect(ran.slice(4)).toEqual(['a', 'b', 'b', 'a', 'b', 'b']);
  });

  it('stops between samples', async () => {
    const { ran, row, settings } = world();
    const stop = new AbortController();
    const { run, name } = row('a', 1);
    const stopping = () => {
      run();
      if (ran.length === 4) stop.abort(new Error('stopped'));
    };
    await expect(measure([{ name, run: stopping }], { ...settings, signal: stop.signal })).rejects.toThrow('stopped');
    expect(ran.length).toBe(4);
  });

  it('knows the middle and the slow end', () => {
    const upTo100 = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([quantile(upTo100, 0.5), quantile(upTo100, 0.95), quantile(upTo100, 1)]).toEqual([50, 95, 100]);
    expect([quantile([7], 0.5), quantile([7], 0.95)]).toEqual([7, 7]);
  });
});

describe('measuring something long', () => {
  const long = (step: () => void) => ({
    name: 'long',
    total: 100,
    *run() {
      for (let done = 25; done <= 100; done += 25) {
        step();
        yield done;
      }
    },
  });

  it('tells how far it is, and the time of one of all', async () => {
    const { row, settings } = world();
    const told: unknown[] = [];
    const result = await measureLong(long(row('step', 50).run), settings, (...at) => told.push(at));
    expect(told).toEqual([
      [25, 100, 50],
      [50, 100, 100],
      [75, 100, 150],
      [100, 100, 200],
    ]);
    expect(result).toEqual({ name: 'long', samples: 1, medianUs: 2000, p95Us: 2000, perSecond: 500 });
  });

  it('stops between its steps', async () => {
    const { ran, row, settings } = world();
    const stop = new AbortController();
    const stopAtSecond = (done: number) => done === 50 && stop.abort(new Error('stopped'));
    const measuring = measureLong(long(row('step', 1).run), { ...settings, signal: stop.signal }, stopAtSecond);
    await expect(measuring).rejects.toThrow('stopped');
    expect(ran).toEqual(['step', 'step']);
  });
});
