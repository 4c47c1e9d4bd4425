// npm run simulate -- --days 1000000 --seed 1 [--workers 2]: lives of an installation with everything that can go wrong.
// The same seed gives the same lives, in whatever worker they are lived; a broken promise is told as a short story, and
// ends it: --seed 1 --life 812 lives that life alone once more. --resume goes on after the lives that an earlier run with
// the same seed and the same code has lived.
// First of all, many timers fall due at once: --due-at-once 100000, which is what it is for many days anyway.
// npm run simulate -- --planted [--only alarm]: plants faults, one at a time, each of which the simulation has to find.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { bundle } from './lib/bundle.mjs';
import { fail, root } from './lib/run.mjs';

const PROGRESS_MS = 10_000;
/** A life leaves much behind at once: with little room for what is new, a tenth of the time goes by in clearing up. */
const ROOM_MB = 128;

async function main() {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      life: { type: 'string', default: '' },
      resume: { type: 'boolean', default: false },
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
  const module = await bundle('test/simulation/index.ts', 'simulation');
  if (values.life !== '') {
    await withWorker(module, async (live) =>
      tell([{ ...(await live(seed, Number(values.life))), life: values.life }], seed),
    );
    return;
  }
  console.log(`Seed ${seed}, ${days.toLocaleString('en')} agent-days, ${count} at a time`);
  const atOnce = dueAtOnce(module, seed, Number(values['due-at-once']) || (days >= 100_000 ? 100_000 : 1000));
  tell(await liveThrough(module, seed, days, count, values.resume), seed);
  console.log(await atOnce);
}

/** Lives one life after the other, several at a time, until so many days have passed or a promise is broken. */
async function liveThrough(module, seed, days, count, resume) {
  const diary = new Diary(module, seed, resume);
  const reports = diary.lived;
  const lived = new Set(reports.map(({ life }) => life));
  let passed = reports.reduce((sum, report) => sum + report.days, 0);
  if (resume) console.log(`  ${lived.size} lives were lived before, with the same code`);
  let toldAt = Date.now();
  let next = 0;
  const liveOn = (live) => async () => {
    while (passed < days && !reports.some(({ broken }) => broken)) {
      while (lived.has(next)) next += 1;
      const life = next;
      lived.add(life);
      const report = { life, ...(await live(seed, life)) };
      reports.push(report);
      diary.add(report);
      passed += report.days;
      if (Date.now() - toldAt < PROGRESS_MS) continue;
      toldAt = Date.now();
      console.log(`  ${Math.min(100, (100 * passed) / days).toFixed(1)} %, ${reports.length} lives`);
    }
  };
  await Promise.all(Array.from({ length: count }, () => withWorker(module, (live) => liveOn(live)())));
  return reports;
}

/** What was lived with this code and this seed, kept in a file, so that a run that was stopped need not begin anew. */
class Diary {
  constructor(module, seed, resume) {
    const code = createHash('sha256')
      .update(readFileSync(fileURLToPath(module)))
      .digest('hex')
      .slice(0, 16);
    const folder = join(root, '.output', 'lived');
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${code}-${seed}.jsonl`);
    if (!resume) rmSync(this.file, { force: true });
    const lines = existsSync(this.file) ? readFileSync(this.file, 'utf8').split('\n').filter(Boolean) : [];
    this.lived = lines.map((line) => JSON.parse(line));
  }

  add(report) {
    appendFileSync(this.file, `${JSON.stringify(report)}\n`);
  }
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
      const found = await withWorker(module, async (live) => {
        for (let life = 0, passed = 0; passed < days; life += 1) {
          const report = await live(seed, life);
          passed += report.days;
          if (report.broken) return `after ${Math.round(passed)} days: ${firstLine(report.broken.message)}`;
        }
        return null;
      });
      if (!found) missed += 1;
      console.log(`${found ? 'found' : 'MISSED'}  ${fault.name}\n        ${found ?? 'NOT FOUND'}`);
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

/** A worker that lives the lives that it is given, one at a time. */
async function withWorker(module, use) {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: module,
    resourceLimits: { maxYoungGenerationSizeMb: ROOM_MB },
  });
  let answer = { resolve: () => undefined, reject: () => undefined };
  worker.on('message', (report) => answer.resolve(report));
  worker.on('error', (error) => answer.reject(error));
  worker.on('exit', () => answer.reject(new Error('A life came to a standstill')));
  const live = (seed, life) => {
    answer = Promise.withResolvers();
    worker.postMessage({ seed, life });
    return answer.promise;
  };
  try {
    return await use(live);
  } finally {
    await worker.terminate();
  }
}

async function work() {
  const { simulateLife } = await import(workerData);
  parentPort.on('message', async (which) => {
    // While a life is lived nothing else keeps the worker there: one that comes to a standstill ends.
    parentPort.unref();
    const report = await simulateLife(which);
    parentPort.ref();
    parentPort.postMessage(report);
  });
}

function tell(reports, seed) {
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
  const broken = reports.filter((report) => report.broken);
  for (const { life, broken: promise } of broken) {
    console.log(`\nBROKEN ${promise.message}\n(life ${life} of seed ${seed})\n`);
    for (const line of promise.story) console.log(`  ${line}`);
  }
  console.log(
    `\n${Math.round(sum('days')).toLocaleString('en')} agent-days, ${reports.length.toLocaleString('en')} lives, ${sum('steps').toLocaleString('en')} steps: ${broken.length} broken promises`,
  );
  if (broken.length > 0) process.exitCode = 1;
}

if (isMainThread) await main().catch(fail);
else await work();
