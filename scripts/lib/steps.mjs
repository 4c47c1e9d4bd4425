// The steps that `npm run check` and `npm test` are made of.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DOCUMENT, requirementsDocument } from './requirements.mjs';
import { root, run, toolEnvironment } from './run.mjs';

/**
 * What a step found. `failures`: one readable text per failure.
 * @typedef {{ name: string, passed: number, failures: string[] }} Outcome
 */

/** @param {string} name @param {{ code: number, output: string }} result @returns {Outcome} */
function asOneCheck(name, { code, output }) {
  return code === 0 ? { name, passed: 1, failures: [] } : { name, passed: 0, failures: [`${name}\n${output.trim()}`] };
}

/** Type checks, as one check. */
export const types = async () => asOneCheck('types', await run('tsc', ['--noEmit'], { capture: true }));

/** Formatter and linter, as one check; warnings count. */
export const lint = async () =>
  asOneCheck('lint', await run('biome', ['check', '--error-on-warnings', '.'], { capture: true }));

/** The list of requirements names the tests that are there, as one check. */
export async function requirements() {
  const isCurrent = readFileSync(join(root, DOCUMENT), 'utf8') === (await requirementsDocument());
  return asOneCheck('requirements', {
    code: isCurrent ? 0 : 1,
    output: `${DOCUMENT} is out of date: npm run requirements`,
  });
}

/** A sample of the simulation with a seed that nobody chose; the last lines say which, and what was lived through. */
export async function simulation() {
  const result = await run('node', ['scripts/simulate.mjs', '--days', '1500'], { capture: true });
  const [first = '', last = ''] = [0, -1].map((at) => result.output.trim().split('\n').at(at));
  console.log(`simulation: ${first}: ${last}`);
  return asOneCheck('simulation', result);
}

/** Coloured output hides words from a search. */
const escapeCodes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/**
 * One build, as one check. A warning fails it.
 * @param {'chrome' | 'firefox'} browser
 * @param {'production' | 'e2e'} [mode]
 */
export async function build(browser, mode = 'production') {
  const name = `build for ${browser}${mode === 'production' ? '' : ` (${mode})`}`;
  const result = await run('wxt', ['build', '-b', browser, '--mv3', '--mode', mode], { capture: true });
  const output = result.output.replace(escapeCodes, '');
  const warned = /\bwarn(?:ing)?s?\b|⚠|\(!\)/i.test(output);
  return asOneCheck(name, { code: result.code === 0 && warned ? 1 : result.code, output });
}

const KB = 1000;
/** What every granted page loads, and what a ticket page loads on demand; in a release build. */
const SIZES = [
  { file: 'ticket.js', most: 25 * KB },
  { file: 'panel.js', most: 150 * KB },
];

/** Nothing slows the page: what goes into one stays small. Of the release build that was made before; as one check. */
export async function sizes() {
  const lines = SIZES.map(({ file, most }) => {
    const { size } = statSync(join(root, '.output', 'chrome-mv3', file));
    return { line: `${file}: ${(size / KB).toFixed(1)} of at most ${most / KB} KB`, fits: size <= most };
  });
  console.log(lines.map(({ line }) => `size of ${line}`).join('\n'));
  return asOneCheck('sizes', {
    code: lines.every(({ fits }) => fits) ? 0 : 1,
    output: lines.map(({ line }) => line).join('\n'),
  });
}

/**
 * A project of vitest.config.ts. The counts come from its JSON report; a run without a test, or without a report,
 * is a failure.
 * @param {'unit' | 'e2e'} project
 * @param {{ name?: string, env?: Record<string, string>, grep?: string, exclude?: string[], files?: string[] }} [options]
 * @returns {Promise<Outcome>}
 */
export async function vitest(project, { name = project, env = {}, grep, exclude = [], files = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cso-report-'));
  const reportFile = join(folder, 'report.json');
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ];
  if (grep !== undefined) args.push('-t', grep);
  for (const pattern of exclude) args.push('--exclude', pattern);
  const { code } = await run('vitest', [...args, ...files], { env: toolEnvironment(env), tolerant: true });
  try {
    return fromReport(name, code, JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch (error) {
    return { name, passed: 0, failures: [`${name}: vitest left no report (${error.message}), it ended with ${code}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Outcome} */
function fromReport(name, code, report) {
  const failures = [];
  let passed = 0;
  for (const file of report.testResults) {
    const where = relative(root, file.name);
    // A file that cannot be loaded has failed without a single test.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      failures.push(`${name}: ${where}\n${file.message}`);
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      if (test.status === 'failed') {
        failures.push(`${name}: ${where}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
      }
    }
  }
  if (passed === 0 && failures.length === 0) failures.push(`${name}: no test ran`);
  if (code !== 0 && failures.length === 0) failures.push(`${name}: vitest ended with ${code}`);
  return { name, passed, failures };
}
