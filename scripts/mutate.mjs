// npm run mutate [-- core/domain/history.ts ...]: mutation testing of the domain, or of some of its files, each by its
// own tests. Fails when the score is below 90 %, or when a survivor is not explained in test/mutation-survivors.json.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, root, run, toolEnvironment } from './lib/run.mjs';

const LEAST_SCORE = 90;
const LIST = 'test/mutation-survivors.json';
const DOCUMENT = 'docs/mutation.md';

/**
 * A change that the tests do not notice. `line` is the source line that it begins in, so that code may move; two that
 * look the same count as one.
 * @typedef {{ file: string, line: string, mutator: string, from: string, to: string }} Survivor
 * @typedef {Survivor & { reason: string }} Accepted
 */

const DOMAIN = 'core/domain';
/** Data: what it promises is tested by name, and any other wording would be as right. */
const DATA = /^core\/domain\/(builtin-templates\.ts|templates\/)/;

async function mutate() {
  const named = process.argv.slice(2);
  for (const file of named) if (!existsSync(join(root, file))) throw new Error(`There is no ${file}`);
  const report = { files: {} };
  for (const group of groupsOf(named.length > 0 ? named : sources())) {
    Object.assign(report.files, (await mutateGroup(group)).files);
  }
  judge(report);
}

/** All files of the domain that are mutated. */
function sources() {
  return readdirSync(join(root, DOMAIN), { recursive: true })
    .map((file) => `${DOMAIN}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !DATA.test(file))
    .sort();
}

/** Files that are tested by the same tests: those that are named after the file, or after its folder. */
function groupsOf(files) {
  const groups = new Map();
  for (const file of files) {
    const stem = file.replace(/\.ts$/, '').split('/')[2];
    const tests = testsOf(stem);
    // Types leave nothing to mutate.
    if (tests.length > 0) groups.set(stem, { stem, tests, files: [...(groups.get(stem)?.files ?? []), file] });
  }
  return groups.values();
}

function testsOf(stem) {
  const folder = `test/${DOMAIN}`;
  const inFolder = existsSync(join(root, folder, stem)) ? [`${folder}/${stem}/**/*.test.ts`] : [];
  const beside = readdirSync(join(root, folder))
    .filter((found) => found.startsWith(stem) && /^[.-].*test\.ts$/.test(found.slice(stem.length)))
    .map((found) => `${folder}/${found}`);
  return [...inFolder, ...beside];
}

async function mutateGroup({ stem, files, tests }) {
  const folder = `.output/mutation/${stem}`;
  console.log(`\n${stem}: ${files.length} files, by ${tests.join(', ')}`);
  forgetSurvivors(join(root, folder, 'incremental.json'));
  const { code } = await run('stryker', ['run'], {
    env: toolEnvironment({
      CSO_MUTATION_FOLDER: folder,
      CSO_RUNS: process.env.CSO_RUNS ?? '0.1',
      CSO_MUTATE: files.join(','),
      CSO_TESTS: tests.join(','),
    }),
    tolerant: true,
  });
  if (code !== 0) throw new Error(`stryker ended with ${code}`);
  return JSON.parse(readFileSync(join(root, folder, 'mutation.json'), 'utf8'));
}

/**
 * A survivor is tried again each time: a new test may notice it. By itself Stryker keeps its verdict on what runs while a
 * module is loaded, whatever tests have come.
 */
function forgetSurvivors(file) {
  if (!existsSync(file)) return;
  const known = JSON.parse(readFileSync(file, 'utf8'));
  for (const source of Object.values(known.files))
    source.mutants = source.mutants.filter(({ status }) => status !== 'Survived' && status !== 'NoCoverage');
  writeFileSync(file, JSON.stringify(known));
}

function judge(report) {
  /** @type {Accepted[]} */
  const accepted = JSON.parse(readFileSync(join(root, LIST), 'utf8'));
  const survivors = unique(Object.entries(report.files).flatMap(survivorsOf));
  const statuses = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted) => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const missed = count('Survived', 'NoCoverage');
  const score = (100 * noticed) / Math.max(1, noticed + missed);

  const unexplained = survivors.filter((one) => !accepted.some((known) => key(known) === key(one) && known.reason));
  const outdated = accepted.filter(
    (known) => Object.hasOwn(report.files, known.file) && !survivors.some((one) => key(one) === key(known)),
  );
  writeTable(accepted);
  if (outdated.length > 0) print(`No longer there, to be taken out of ${LIST}:`, outdated);
  if (unexplained.length > 0) print(`Kill these, or add them to ${LIST} with a reason:`, unexplained);
  console.log(
    `\n${score.toFixed(1)} % of ${noticed + missed} changes were noticed; ${unexplained.length} not explained`,
  );
  process.exitCode = score >= LEAST_SCORE && unexplained.length === 0 ? 0 : 1;
}

/** @returns {Survivor[]} */
function survivorsOf([file, { source, mutants }]) {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ mutatorName, replacement, location: { start, end } }) => ({
      file,
      line: lines[start.line - 1].trim(),
      mutator: mutatorName,
      from: oneLine(cut(lines, start, end)),
      to: oneLine(replacement),
    }));
}

function cut(lines, start, end) {
  const part = lines.slice(start.line - 1, end.line);
  part[part.length - 1] = part[part.length - 1].slice(0, end.column - 1);
  part[0] = part[0].slice(start.column - 1);
  return part.join('\n');
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const key = ({ file, line, mutator, from, to }) => JSON.stringify([file, line, mutator, from, to]);
const unique = (survivors) => [...new Map(survivors.map((one) => [key(one), one])).values()];
const print = (title, list) => {
  console.log(`\n${title}`);
  for (const one of list) console.log(`${JSON.stringify({ ...one, reason: one.reason ?? '' }, null, 2)},`);
};

/** Keeps the table of the document in step with the list. */
function writeTable(accepted) {
  const path = join(root, DOCUMENT);
  const cell = (text) => `\`${(text.length > 90 ? `${text.slice(0, 89)}…` : text).replaceAll('|', '\\|')}\``;
  const rows = accepted.map(
    ({ file, from, to, reason }) => `| \`${basename(file)}\` | ${cell(from)} | ${cell(to)} | ${reason} |`,
  );
  const table = ['| file | code | changed to | why no test notices |', '| --- | --- | --- | --- |', ...rows];
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(
    /(?<=<!-- survivors -->\n)[\s\S]*(?=<!-- \/survivors -->)/,
    () => `\n${rows.length > 0 ? table.join('\n') : 'None.'}\n\n`,
  );
  if (changed !== text) writeFileSync(path, changed);
}

await mutate().catch(fail);
