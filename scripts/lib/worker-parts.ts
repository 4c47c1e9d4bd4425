import type { Plugin, Rollup } from 'vite';

type Bundle = Rollup.OutputBundle;
type Chunk = Rollup.OutputChunk;

const ENTRY_FILE = 'background.js';

/** What a start of the worker does not read into its engine. */
export const LATER_FILE = 'background-later.js';

/**
 * Two files of the many that a build of CommonJS makes of the worker: what every start needs, and in the other what it first asks for with `import()`, which a service worker
 * otherwise has no way to load. The browser takes the other file in when the extension is installed or updated, and gives it to `importScripts` at any time after that. See
 * docs/adr/0028-the-worker-in-two-files.md.
 */
export function workerInTwoFiles(): Plugin {
  return {
    name: 'worker-in-two-files',
    config({ build }) {
      const lib = build?.lib || null;
      if (lib?.fileName !== 'background') return null;
      lib.formats = ['cjs'];
      return { build: { rollupOptions: { output: { exports: 'named', chunkFileNames: '[name].js' } } } };
    },
    generateBundle(_options, bundle) {
      const entry = bundle[ENTRY_FILE];
      if (entry?.type !== 'chunk') return;
      const atOnce = withImports(entry, bundle);
      // What the entry itself makes with `import()` every start needs, a moment after it.
      for (const name of entry.dynamicImports) {
        const made = bundle[name];
        if (made?.type === 'chunk') withImports(made, bundle, atOnce);
      }
      const later = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk' && !atOnce.has(file));
      for (const { fileName } of [...atOnce, ...later]) if (fileName !== ENTRY_FILE) delete bundle[fileName];
      this.emitFile({ type: 'asset', fileName: LATER_FILE, source: later.map(defined).join('\n') });
      entry.code = [LOADER, ...[...atOnce].map(defined), `require("./${ENTRY_FILE}");`].join('\n');
      entry.imports = [];
      entry.dynamicImports = [];
    },
  };
}

/** A chunk with all that it imports statically, each once. */
function withImports(chunk: Chunk, bundle: Bundle, found = new Set<Chunk>()): Set<Chunk> {
  found.add(chunk);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === 'chunk' && !found.has(imported)) withImports(imported, bundle, found);
  }
  return found;
}

const defined = ({ fileName, code }: Chunk) => `define("./${fileName}",(require,exports)=>{${ascii(code)}\n});`;

/** The browser reads one byte for each character instead of two. Outside of texts and patterns there is no other. */
const ascii = (code: string) =>
  code.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A module is evaluated when it is first required; what is not here is in the other file. */
const LOADER = `"use strict";
const modules=new Map,made=new Map,later=()=>importScripts("${LATER_FILE}");
const define=(name,module)=>modules.set(name,module);
const require=(name)=>{
  if(!made.has(name)){if(!modules.has(name))later();const exports={};made.set(name,exports);modules.get(name)(require,exports)}
  return made.get(name);
};
self.addEventListener("install",later);`;
