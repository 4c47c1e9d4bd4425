// Mutation testing: do the tests of the domain notice when its code is changed? Started by scripts/mutate.mjs, which
// says in CSO_MUTATE which files to change; without it, the whole domain. See docs/mutation.md.

const folder = process.env.CSO_MUTATION_FOLDER ?? '.output/mutation/all';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: process.env.CSO_MUTATE?.split(',') ?? ['core/domain/**/*.ts'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/domain.vitest.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CSO_CONCURRENCY ?? 2),
  timeoutMS: 10_000,
  timeoutFactor: 2,
  // What the sandbox holds is what the tests of the domain read. Without tsconfig.json: Stryker would rewrite it with
  // functions of the TypeScript package that version 7 does not have.
  ignorePatterns: ['/*', '!/core', '!/test', '!/package.json'],
  tempDirName: `${folder}/sandbox`,
  // A second run takes only what has changed.
  incremental: true,
  incrementalFile: `${folder}/incremental.json`,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `${folder}/mutation.json` },
  htmlReporter: { fileName: `${folder}/mutation.html` },
  // scripts/mutate.mjs decides what is good enough.
  thresholds: { high: 95, low: 90, break: null },
};
