// npm run pictures [-- --only editor]: takes the pictures of README, docs and gallery anew, on the demo desk and, where it is
// installed, on RT. With `--only` just those pictures of the gallery that have the word in their names.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { isInstalled, realDesks } from './lib/desks.mjs';
import { fail, root, run } from './lib/run.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

try {
  const real = realDesks.filter((desk) => desk.name === 'rt' && isInstalled(desk)).map(({ name }) => name);
  await run('wxt', ['build', '-b', 'chrome', '--mv3', '--mode', 'e2e'], { quiet: true });
  const load = async (file) =>
    (await runnerImport(join(root, file), { root, configFile: false, logLevel: 'error' })).module;
  const docs = join(root, 'docs');
  if (values.only === '') {
    const { pictures } = await load('test/e2e/pictures.ts');
    await pictures(join(docs, 'pictures'), ['demo', ...real], console.log);
  }
  const { gallery } = await load('test/e2e/gallery.ts');
  await gallery(docs, console.log, values.only);
} catch (error) {
  fail(error);
}
