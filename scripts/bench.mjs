// npm run bench [-- --only calendar]: how fast it is, in Node and in a real browser. Prints a table, writes .output/bench.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build, runnerImport } from 'vite';
import { measureInBrowser } from './lib/bench-browser.mjs';
import { fail, root } from './lib/run.mjs';
import { build as buildExtension } from './lib/steps.mjs';

const SAMPLES = 50;
const SAMPLE_MS = 10;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const cancelled = new AbortController();
process.once('SIGINT', () => cancelled.abort());
const settings = { now: () => performance.now(), signal: cancelled.signal, samples: SAMPLES, sampleMs: SAMPLE_MS };

try {
  const { rows, longRows, measure, measureLong } = await load();
  const wanted = ({ name }) => name.includes(values.only);

  const results = await measure(rows.filter(wanted), settings);
  for (const row of longRows.filter(wanted)) {
    results.push(
      await measureLong(row, settings, (...at) => process.stdout.write(`\r${progressWords(row.name, ...at)}`)),
    );
    process.stdout.write('\r\x1b[K');
  }
  const overwrite = (words) => process.stdout.write(`\r\x1b[K${words}`);
  results.push(...(await measureInBrowser((name) => name.includes(values.only), overwrite, cancelled.signal)));
  const panelRows = await measureInPages((name) => name.includes(values.only), overwrite);
  overwrite('');
  if (results.length + panelRows.length === 0) throw new Error(`No row has "${values.only}" in its name`);
  if (results.length > 0) print(results);
  if (panelRows.length > 0) printPanel(panelRows);
  write([...results, ...panelRows]);
} catch (error) {
  if (!cancelled.signal.aborted) fail(error);
  console.log('\nCancelled; nothing was written.');
  process.exitCode = 130;
}

/** What the panel does in a page, and the options page. */
async function measureInPages(wanted, tell) {
  const load = async (file) =>
    (await runnerImport(join(root, 'test/bench/browser', file), { root, configFile: false, logLevel: 'error' })).module;
  const { measurePanel, figureOf } = await load('panel.ts');
  const { measureOptions } = await load('options.ts');
  let built;
  const build = () => {
    built ??= buildExtension('chrome', 'e2e').then(({ failures }) => {
      if (failures.length > 0) throw new Error(failures.join('\n'));
    });
    return built;
  };
  const rows = [...(await measureOptions(wanted, tell, build)), ...(await measurePanel(wanted, tell, build))];
  return rows.map((row) => ({
    ...row,
    reached: figureOf(row),
    met: row.bar === null ? null : figureOf(row) <= row.bar,
  }));
}

function printPanel(rows) {
  for (const { name, unit, values: measured, figure, reached, bar, met } of rows) {
    const sorted = measured.toSorted((a, b) => a - b);
    const words = (value) => `${unit === 'x' ? value.toFixed(2) : value.toFixed(1)}${unit && ` ${unit}`}`;
    console.log(
      `${name}\n    ${figure} ${words(reached)} of ${words(sorted[0])} to ${words(sorted.at(-1))}, ${measured.length} samples${bar === null ? '' : `; bar ${words(bar)}: ${met ? 'met' : 'NOT MET'}`}`,
    );
  }
}

/** Bundled as a release is: a module that is transformed for tests is slower. */
async function load() {
  const outDir = join(root, '.output', 'bench');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'test/bench/index.ts', outDir, rollupOptions: { output: { entryFileNames: 'bench.mjs' } } },
  });
  return import(pathToFileURL(join(outDir, 'bench.mjs')).href);
}

function progressWords(name, done, total, spentMs) {
  const left = done > 0 ? `, about ${Math.ceil((spentMs * (total - done)) / done / 1000)} s left` : '';
  return `${name}: ${Math.floor((100 * done) / total)} %${left}  (Ctrl-C cancels)`;
}

function timeWords(us) {
  const [value, unit] = us < 1000 ? [us, 'µs'] : us < 1_000_000 ? [us / 1000, 'ms'] : [us / 1_000_000, 's'];
  return `${value.toPrecision(3)} ${unit}`;
}

function print(results) {
  const lines = [
    ['what', 'median', 'p95', 'per second', 'samples', 'ratio', 'bar'],
    ...results.map(({ name, medianUs, p95Us, perSecond, samples, ratio, bar, met }) => [
      name,
      timeWords(medianUs),
      timeWords(p95Us),
      Math.round(perSecond).toLocaleString('en'),
      String(samples),
      ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
      met === undefined ? '' : `${bar === undefined ? '' : `${bar} x `}${met ? 'met' : 'NOT MET'}`,
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    console.log(
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
    );
  }
}

function write(rows) {
  mkdirSync(join(root, '.output'), { recursive: true });
  const report = { node: process.version, platform: `${process.platform}-${process.arch}`, rows };
  writeFileSync(join(root, '.output', 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
}
