// npm test: everything. The last line is `N passed, N failed`.
import { hasRequestTracker } from './lib/desks.mjs';
import { endToEnd } from './lib/e2e.mjs';
import { build, lint, requirements, types, vitest } from './lib/steps.mjs';
import { finish } from './lib/summary.mjs';

const onRequestTracker = hasRequestTracker();
if (!onRequestTracker) console.log('Request Tracker is not installed: its tests did not run');

await finish([
  types,
  lint,
  requirements,
  () => vitest('unit'),
  () => build('chrome'),
  () => build('firefox'),
  () => build('chrome', 'e2e'),
  () => endToEnd('demo'),
  ...(onRequestTracker ? [() => endToEnd('rt')] : []),
]);
