// npm run simulate -- --days 1000000 --seed 1 [--workers 2]: lives of an installation with everything that can go wrong.
// The same seed gives the same lives; a broken promise is told as a short story, and ends it.
// First of all, many timers fall due at once: --due-at-once 100000, which is what it is for many days anyway.
// npm run simulate -- --planted [--only alarm]: plants faults, one at a time, each of which the simulation has to find.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { bundle } from './lib/bundle.mjs';
import { fail, root } from './lib/run.mjs';

const PROGRESS_MS = 10_000;

if (isMainThread) await main().catch(fail);
else await work();

async function main() {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      planted: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      'due-at-once': { type: 'string', default: '' },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    },
  });
  const days = Number(values.days || (values.planted ? 100_000 : 20_000));
  const seed = Number(values.seed);
  const count = Number(values.workers);
  if (!(days > 0) || !Number.isInteger(seed) || !(count > 0))
    throw new Error('--days, --seed and --workers are numbers');
  if (values.planted) {
    await findPlanted(seed, days, count, values.only);
    return;
  }
  console.log(`Seed ${seed}, ${days.toLocaleString('en')} agent-days, ${count} at a time`);
  const module = await bundle('test/simulation/index.ts', 'simulation');
  const atOnce = dueAtOnce(module, seed, Number(values['due-at-once']) || (days >= 100_000 ? 100_000 : 1000));
  const reports = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      // Each has seeds of its own, far enough apart to share none.
      inWorker({ module, seed: seed + index * 1_000_003, days: Math.ceil(days / count) }, index),
    ),
  );
  print(reports);
  console.log(await atOnce);
  const broken = reports.find((report) => report.broken);
  if (broken) process.exitCode = 1;
}

/** Everybody comes back from a holiday at once; see test/simulation/due-at-once.ts. */
async function dueAtOnce(module, seed, timers) {
  const { simulateDueAtOnce } = await import(module);
  const startedAt = Date.now();
  const broken = await simulateDueAtOnce(seed, timers);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  if (broken) process.exitCode = 1;
  return `${timers.toLocaleString('en')} timers due at once, ${seconds} s: ${broken ?? 'all on one list, none lost'}`;
}

/** Breaks the code in one place at a time, and lives with it until that is noticed. */
async function findPlanted(seed, days, count, only) {
  const { plantedFaults } = await import(await bundle('test/simulation/index.ts', 'simulation'));
  const left = plantedFaults.filter(({ name }) => name.includes(only)).map((fault, index) => ({ ...fault, index }));
  const total = left.length;
  let missed = 0;
  const next = async () => {
    for (let fault = left.shift(); fault; fault = left.shift()) {
      const module = await bundle('test/simulation/index.ts', `planted/${fault.index}`, [plant(fault)]);
      const report = await inWorker({ module, seed, days }, null);
      if (!report.broken) missed += 1;
      const found = report.broken
        ? `after ${Math.round(report.days)} days: ${firstLine(report.broken.message)}`
        : 'NOT FOUND';
      console.log(`${report.broken ? 'found' : 'MISSED'}  ${fault.name}\n        ${found}`);
    }
  };
  await Promise.all(Array.from({ length: count }, next));
  console.log(`\n${total - missed} of ${total} planted faults found`);
  if (missed > 0) process.exitCode = 1;
}

function firstLine(text) {
  return text.split('\n')[0].slice(0, 160);
}

/** @returns {import('vite').Plugin} */
function plant({ name, file, find, replace }) {
  if (readFileSync(join(root, file), 'utf8').split(find).length !== 2)
    throw new Error(`"${name}": ${file} does not have its place exactly once`);
  return {
    name: 'planted-fault',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith(file) ? code.replace(find, () => replace) : null),
  };
}

function inWorker(data, index) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: data });
    let toldAt = Date.now();
    worker.on('message', ({ report, final }) => {
      if (final) resolve({ ...report, seed: data.seed });
      else if (index !== null && Date.now() - toldAt > PROGRESS_MS) {
        toldAt = Date.now();
        const share = Math.min(100, (100 * report.days) / data.days).toFixed(1);
        console.log(`  ${index + 1}: ${share} %, ${report.lives} lives, ${report.steps} steps`);
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error(`The lives of seed ${data.seed} came to a standstill`)));
  });
}

async function work() {
  const { simulate } = await import(workerData.module);
  const report = await simulate(workerData, (progress) => parentPort.postMessage({ report: progress, final: false }));
  parentPort.postMessage({ report, final: true });
}

function print(reports) {
  const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
  const merged = (key) => {
    const all = {};
    for (const report of reports)
      for (const [what, count] of Object.entries(report[key])) all[what] = (all[what] ?? 0) + count;
    return Object.entries(all)
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `  ${String(count).padStart(10)}  ${what}`)
      .join('\n');
  };
  console.log(`\nWhat people and time did:\n${merged('done')}`);
  console.log(`\nWhat went wrong on purpose:\n${merged('injected')}`);
  for (const { broken, seed } of reports) {
    if (!broken) continue;
    console.log(`\nBROKEN ${broken.message}\n(life ${broken.life} of seed ${seed})\n`);
    for (const line of broken.story) console.log(`  ${line}`);
  }
  const failed = reports.filter((report) => report.broken).length;
  console.log(
    `\n${Math.round(sum('days')).toLocaleString('en')} agent-days, ${sum('lives').toLocaleString('en')} lives, ${sum('steps').toLocaleString('en')} steps: ${failed} broken promises`,
  );
}
