// npm run kill -- --times 1000 [--browsers 100] [--seed 1]: kills worker and browser, on the demo desk, while cases are
// changed and timers fire, and looks for what was lost, torn, doubled, sent twice or forgotten. See docs/reliability.md.
import { parseArgs } from 'node:util';
import { clockProblem, endToEnd } from './lib/e2e.mjs';
import { fail } from './lib/run.mjs';
import { build } from './lib/steps.mjs';
import { finish } from './lib/summary.mjs';

try {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: '1000' },
      browsers: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  const times = Number(values.times);
  // A kill of the whole browser takes as long as ten of the worker.
  const browsers = values.browsers === '' ? Math.round(times / 10) : Number(values.browsers);
  if (![times, browsers, Number(values.seed)].every((number) => Number.isInteger(number) && number >= 0))
    throw new Error('--times, --browsers and --seed are whole numbers');
  const problem = clockProblem();
  if (problem) throw new Error(`This cannot run here: ${problem}.`);
  const env = {
    CSO_WORKER_KILLS: String(times),
    CSO_BROWSER_KILLS: String(browsers),
    CSO_SEED: values.seed,
  };
  await finish([
    () => build('chrome', 'e2e'),
    () => endToEnd('demo', { files: ['test/e2e/demo/kill.clock.test.ts'], env }),
  ]);
} catch (error) {
  fail(error);
}
