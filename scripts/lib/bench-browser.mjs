// The rows of `npm run bench` that need a real browser: its database, its event loop, its service workers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findBrowser } from './browser.mjs';
import { root } from './run.mjs';
import { build as buildExtension } from './steps.mjs';

const SAMPLES = 60;
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

const COLD_START = "cold start of the worker, until it hears events, against an empty one's";
const FIRST_ANSWER = 'cold start of the worker, until it has answered from the database, against an empty one';

const sorted = (values) => values.toSorted((a, b) => a - b);
const quantile = (values, part) => sorted(values)[Math.max(0, Math.ceil(values.length * part) - 1)];

function single(index, ms) {
  return { index, samples: 1, medianUs: ms * 1000, p95Us: ms * 1000, perSecond: 1000 / ms };
}

function compared(index, oursMs, otherMs, bar) {
  const medianMs = quantile(oursMs, 0.5);
  const ratio = medianMs / quantile(otherMs, 0.5);
  return {
    index,
    samples: oursMs.length,
    medianUs: medianMs * 1000,
    p95Us: quantile(oursMs, 0.95) * 1000,
    perSecond: 1000 / medianMs,
    ratio,
    bar,
    met: bar === undefined ? undefined : ratio <= bar,
  };
}

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
  if (wanted(COLD_START) || wanted(FIRST_ANSWER)) rows.push(...(await coldStart(tell)));
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

async function launch(profile, extensions = []) {
  const asRoot = process.getuid?.() === 0;
  return chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless: true,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...(extensions.length > 0
        ? [`--load-extension=${extensions.join(',')}`, `--disable-extensions-except=${extensions.join(',')}`]
        : ['--js-flags=--expose-gc']),
      '--no-first-run',
      ...(asRoot ? ['--no-sandbox'] : []),
    ],
  });
}

/**
 * From a message to a stopped worker until the browser says that it runs, and until its answer: ours looks into the database,
 * the empty one says yes to all.
 */
async function coldStart(tell) {
  const built = await buildExtension('chrome', 'e2e');
  if (built.failures.length > 0) throw new Error(built.failures.join('\n'));
  const empty = mkdtempSync(join(tmpdir(), 'cso-empty-'));
  const manifest = {
    manifest_version: 3,
    name: 'Empty',
    version: '1',
    background: { service_worker: 'background.js' },
  };
  writeFileSync(join(empty, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(
    join(empty, 'background.js'),
    'chrome.runtime.onMessage.addListener((_message, _sender, answer) => { answer(true); });',
  );
  const profile = mkdtempSync(join(tmpdir(), 'cso-bench-'));
  const context = await launch(profile, [join(root, '.output', 'chrome-mv3-e2e'), empty]);
  try {
    while (context.serviceWorkers().length < 2) await context.waitForEvent('serviceworker');
    const pages = [];
    for (const worker of context.serviceWorkers()) {
      const page = await context.newPage();
      await page.goto(`chrome-extension://${new URL(worker.url()).host}/manifest.json`);
      const name = await page.evaluate(() => chrome.runtime.getManifest().name);
      // Until a worker has run once, the browser does not know what to wake it for.
      await page.evaluate(async () => {
        for (;;) {
          try {
            return await chrome.runtime.sendMessage({ name: 'sites.list', input: {} });
          } catch {
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
      });
      pages.push({ page, isEmpty: name === manifest.name });
    }
    const devtools = await context.newCDPSession(pages[0].page);
    const states = new Map();
    let onRunning = () => undefined;
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, runningStatus } of versions) {
        if (runningStatus === 'running' && states.get(versionId) !== 'running') onRunning();
        states.set(versionId, runningStatus);
      }
    });
    await devtools.send('ServiceWorker.enable');
    const started = { ours: [], other: [] };
    const answered = { ours: [], other: [] };
    for (let sample = 0; sample < SAMPLES + 5; sample += 1) {
      tell(`${COLD_START}: ${sample} of ${SAMPLES + 5}`);
      for (const { page, isEmpty } of pages) {
        await devtools.send('ServiceWorker.stopAllWorkers');
        while ([...states.values()].some((state) => state !== 'stopped'))
          await new Promise((resolve) => setTimeout(resolve, 5));
        const start = performance.now();
        const running = new Promise((resolve) => {
          onRunning = () => resolve(performance.now() - start);
        });
        const answer = page.evaluate(async () => {
          const start = performance.now();
          await chrome.runtime.sendMessage({ name: 'sites.list', input: {} });
          return performance.now() - start;
        });
        const [startedMs, answeredMs] = await Promise.all([running, answer]);
        // The first few find nothing in any cache.
        if (sample < 5) continue;
        started[isEmpty ? 'other' : 'ours'].push(startedMs);
        answered[isEmpty ? 'other' : 'ours'].push(answeredMs);
      }
    }
    return [
      { ...compared(0, started.ours, started.other, 1.25), name: COLD_START },
      { ...compared(0, answered.ours, answered.other), name: FIRST_ANSWER },
    ];
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    rmSync(empty, { recursive: true, force: true });
  }
}
