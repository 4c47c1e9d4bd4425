// npm test: everything. The last line is `N passed, N failed`.
import { findFirefox } from './lib/browser.mjs';
import { isInstalled, realDesks } from './lib/desks.mjs';
import { endToEnd } from './lib/e2e.mjs';
import { build, lint, requirements, simulation, sizes, types, vitest } from './lib/steps.mjs';
import { finish } from './lib/summary.mjs';

const installed = realDesks.filter(isInstalled);
for (const desk of realDesks)
  if (!installed.includes(desk)) console.log(`${desk.title} is not installed: its tests did not run`);
const firefox = findFirefox() !== undefined;
if (!firefox) console.log('Firefox is not installed: its tests did not run');

const onDesks = installed.map(
  ({ name, files }) =>
    () =>
      endToEnd(name, files ? { files } : {}),
);

await finish([
  types,
  lint,
  requirements,
  () => build('chrome'),
  sizes,
  () => build('firefox'),
  () => build('chrome', 'e2e'),
  () => build('firefox', 'e2e'),
  // Beside one another: some of the time is spent in waiting for what is held back on purpose.
  [
    () => endToEnd('demo'),
    ...onDesks.slice(0, 1),
    () => vitest('unit'),
    ...(firefox ? [() => endToEnd('demo', { firefox })] : []),
    ...onDesks.slice(1),
    simulation,
  ],
]);
