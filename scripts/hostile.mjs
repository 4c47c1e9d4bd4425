// npm run hostile [-- --count 100000 --seed 1]: imports so many damaged and hostile files, and prints what became of
// them by kind. The unit tests try a sample of the same.
import { parseArgs } from 'node:util';
import { fail, run, toolEnvironment } from './lib/run.mjs';

try {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const { count, seed } = values;
  await run(
    'vitest',
    ['run', '--project', 'unit', 'test/core/domain/portable.hostile.test.ts', '--disable-console-intercept'],
    {
      env: toolEnvironment({ CSO_HOSTILE: count, CSO_SEED: seed }),
    },
  );
} catch (error) {
  fail(error);
}
