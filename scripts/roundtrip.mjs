// npm run roundtrip [-- --templates 100000 --seed 1]: makes so many templates in the editor by random edits, exports and
// imports each, and prints what was done and whether any came back changed. The unit tests try a sample of the same.
import { parseArgs } from 'node:util';
import { fail, run, toolEnvironment } from './lib/run.mjs';

try {
  const { values } = parseArgs({
    options: { templates: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const { templates, seed } = values;
  await run(
    'vitest',
    ['run', '--project', 'unit', 'test/components/editor-roundtrip.test.ts', '--disable-console-intercept'],
    {
      env: toolEnvironment({ CSO_ROUNDTRIP: templates, CSO_SEED: seed }),
    },
  );
} catch (error) {
  fail(error);
}
