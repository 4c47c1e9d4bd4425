// npm run pictures: takes the pictures of README and docs anew, on the demo desk and, where it is installed, on RT.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { isInstalled, realDesks } from './lib/desks.mjs';
import { fail, root, run } from './lib/run.mjs';

try {
  const real = realDesks.filter((desk) => desk.name === 'rt' && isInstalled(desk)).map(({ name }) => name);
  await run('wxt', ['build', '-b', 'chrome', '--mv3', '--mode', 'e2e'], { quiet: true });
  const { module } = await runnerImport(join(root, 'test/e2e/pictures.ts'), {
    root,
    configFile: false,
    logLevel: 'error',
  });
  await module.pictures(join(root, 'docs', 'pictures'), ['demo', ...real], console.log);
} catch (error) {
  fail(error);
}
