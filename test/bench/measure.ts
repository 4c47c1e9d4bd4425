/** Something short that is measured many times. */
export interface Row {
  name: string;
  /** Once. It returns what it made, so that the engine cannot leave the work out. */
  run: () => unknown;
}

/** Something long that is measured once, and can be stopped between its steps. */
export interface LongRow {
  name: string;
  /** Yields how many of `total` are done, every second or more often. */
  run: () => Iterable<number>;
  total: number;
}

export interface Result {
  name: string;
  samples: number;
  /** Per run, in microseconds. */
  medianUs: number;
  p95Us: number;
  /** From the median. */
  perSecond: number;
}

interface Settings {
  /** In milliseconds, for spans only. */
  now: () => number;
  signal: AbortSignal;
  samples: number;
  /** How long one sample lasts at least, so that the clock's grain does not show. */
  sampleMs: number;
}

/** Results go here: what is kept has to be made. */
const sink: { last: unknown } = { last: null };

/** Lets the signals of the process come in. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Measures the rows sample by sample in turns, so that a machine that slows down slows all of them.
 * @throws the signal's reason when it aborts
 */
export async function measure(rows: readonly Row[], { now, signal, samples, sampleMs }: Settings): Promise<Result[]> {
  const timed = rows.map((row) => ({ row, batch: batchOf(row, now, sampleMs), perRunMs: [] as number[] }));
  for (let sample = 0; sample < samples; sample += 1) {
    for (const { row, batch, perRunMs } of timed) {
      await breathe();
      signal.throwIfAborted();
      perRunMs.push(timeOf(row, batch, now) / batch);
    }
  }
  return timed.map(({ row, perRunMs }) => summary(row.name, perRunMs));
}

/**
 * Measures one long row once.
 * @param progress is told how many of how many are done, and how long it took so far
 * @throws the signal's reason when it aborts
 */
export async function measureLong(
  { name, run, total }: LongRow,
  { now, signal }: Pick<Settings, 'now' | 'signal'>,
  progress: (done: number, total: number, spentMs: number) => void,
): Promise<Result> {
  const start = now();
  for (const done of run()) {
    progress(done, total, now() - start);
    await breathe();
    signal.throwIfAborted();
  }
  return summary(name, [(now() - start) / total]);
}

function timeOf({ run }: Row, batch: number, now: () => number): number {
  const start = now();
  for (let count = 0; count < batch; count += 1) sink.last = run();
  return now() - start;
}

/** How many runs make a sample; finding that out also warms the code up. */
function batchOf(row: Row, now: () => number, sampleMs: number): number {
  let batch = 1;
  while (timeOf(row, batch, now) < sampleMs) batch *= 2;
  return batch;
}

function summary(name: string, perRunMs: readonly number[]): Result {
  const sorted = perRunMs.toSorted((a, b) => a - b);
  const medianUs = quantile(sorted, 0.5) * 1000;
  return {
    name,
    samples: sorted.length,
    medianUs,
    p95Us: quantile(sorted, 0.95) * 1000,
    perSecond: 1_000_000 / medianUs,
  };
}

/** The least value that at least this part of the values does not exceed. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}
