// The rows of `npm run bench` that need a real browser: its database, its event loop, its service workers.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { compared, launch, SAMPLES, single } from './bench-parts.mjs';
import { coldStart, coldStarts } from './cold-start.mjs';
import { root } from './run.mjs';

const MANY = 1_000_000;
const FEW = 1000;
const AT_ONCE = 10_000;
const BLOCK_BAR_MS = 50;

/**
 * A figure beside the one it is measured against, in turns. `bar`: at most so many times as much.
 * @typedef {{ name: string, oursMs: number[], otherMs: number[], bar: number }} Compared
 */

/** Each makes its rows; `tell` shows how far it is. */
const sets = [
  {
    names: ['state change, against the same rows written by hand'],
    measure: (page) =>
      page
        // Each waits for the disk: few samples say little.
        .evaluate((samples) => globalThis.bench.stateChange(samples), 5 * SAMPLES)
        .then(({ ours, other }) => [compared(0, ours, other, 1.6)]),
  },
  {
    names: [
      'due timers among 1,000,000, against 1,000',
      'all that a run asks for, among 1,000,000 timers, against 1,000',
    ],
    async measure(page, tell) {
      await page.exposeFunction('benchProgress', (done) => tell(`filling: ${done.toLocaleString('en')} timers`));
      const { scan, run } = await page.evaluate(
        ([many, few, samples]) => globalThis.bench.dueScan(many, few, samples, globalThis.benchProgress),
        [MANY, FEW, SAMPLES],
      );
      return [compared(0, scan.ours, scan.other, 1.5), compared(1, run.ours, run.other, 1.5)];
    },
  },
  {
    names: [
      '10,000 reminders due at once, awake: all, then the longest block',
      '10,000 reminders due at once, in absence: all, then the longest block',
    ],
    async measure(page, tell) {
      const rows = [];
      for (const [index, awake] of [true, false].entries()) {
        tell(awake ? 'awake' : 'in absence');
        const result = await page.evaluate(([count, now]) => globalThis.bench.dueAtOnce(count, now), [AT_ONCE, awake]);
        const dealtWith = awake ? result.messages : result.listed;
        if (dealtWith < AT_ONCE) throw new Error(`Only ${dealtWith} of ${AT_ONCE} were dealt with`);
        rows.push(
          { ...single(index, result.totalMs), ratio: undefined },
          {
            ...single(index, result.longestBlockMs),
            name: `  longest block (bar: ${BLOCK_BAR_MS} ms)`,
            met: result.longestBlockMs <= BLOCK_BAR_MS,
          },
        );
      }
      return rows;
    },
  },
].map((set) => ({
  ...set,
  async measure(page, tell) {
    const rows = await set.measure(page, tell);
    return rows.map(({ index, ...row }) => ({ name: set.names[index], ...row }));
  },
}));

/**
 * @param {(name: string) => boolean} wanted
 * @param {(words: string) => void} tell progress, in a line that may be overwritten
 * @param {AbortSignal} signal
 */
export async function measureInBrowser(wanted, tell, signal) {
  const rows = [];
  const chosen = sets.filter(({ names }) => names.some(wanted));
  if (chosen.length > 0) {
    await withPage(async (page) => {
      for (const { names, measure } of chosen) {
        signal.throwIfAborted();
        rows.push(...(await measure(page, (words) => tell(`${names[0]}: ${words}`))));
      }
    });
  }
  signal.throwIfAborted();
  for (const situation of coldStarts)
    if (situation.names.some(wanted)) rows.push(...(await coldStart(situation, tell)));
  return rows;
}

async function withPage(work) {
  const outDir = join(root, '.output', 'bench-page');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      copyPublicDir: false,
      lib: { entry: 'test/bench/browser/page.ts', formats: ['iife'], name: 'benchPage', fileName: () => 'page.js' },
    },
  });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Benchmark</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const profile = mkdtempSync(join(tmpdir(), 'cso-bench-'));
  const context = await launch(profile);
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.addScriptTag({ path: join(outDir, 'page.js') });
    await work(page);
  } finally {
    await context.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
