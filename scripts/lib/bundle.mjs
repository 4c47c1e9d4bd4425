import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { root } from './run.mjs';

/**
 * Bundles TypeScript of the project for Node, as a release is bundled: what is transformed for tests is slower.
 * @param {string} entry from the project's folder
 * @param {string} name of the file in .output
 * @param {import('vite').Plugin[]} [plugins]
 * @returns {Promise<string>} the address of the module
 */
export async function bundle(entry, name, plugins = []) {
  const outDir = join(root, '.output', name);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins,
    build: { ssr: entry, outDir, rollupOptions: { output: { entryFileNames: `${name}.mjs` } } },
  });
  return pathToFileURL(join(outDir, `${name}.mjs`)).href;
}
