// npm run check: the fast part of the tests, for every commit.
import { build, lint, requirements, sizes, types, vitest } from './lib/steps.mjs';
import { finish } from './lib/summary.mjs';

await finish([types, lint, requirements, () => vitest('unit'), () => build('chrome'), sizes, () => build('firefox')]);
