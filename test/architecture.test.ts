import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { siteAdapters } from '../core/sites';
import { pageAdapters } from '../core/sites/pages';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  /** A path from the root without its ending ("core/domain/case"), or a package's specifier. */
  target: string;
  typeOnly: boolean;
}

interface Source {
  path: string;
  /** Without comments. */
  code: string;
  imports: Import[];
}

function sourcesUnder(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
      const code = withoutComments(readFileSync(join(root, path), 'utf8'));
      return { path, code, imports: importsOf(path, code) };
    });
}

/** Strings are matched too, so that a `//` inside one does not start a comment. */
function withoutComments(code: string): string {
  return code.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(^|[^:\\])\/\/[^\n]*/g,
    (_all, text, before) => text ?? before ?? '',
  );
}

function importsOf(path: string, code: string): Import[] {
  const statements = code.matchAll(/\b(?:import|export)\s+(type\s+)?(?:([\w*\s{},$]+?)\s+from\s*)?['"]([^'"\n]+)['"]/g);
  const dynamic = code.matchAll(/\b(?:import|require)\s*\(\s*(?:['"]([^'"\n]+)['"])?/g);
  return [
    ...[...statements].map(([, type, names, specifier]) => ({
      target: targetOf(path, specifier ?? ''),
      typeOnly: type !== undefined || onlyTypes(names),
    })),
    ...[...dynamic].map(([, specifier]) => ({
      target: specifier ? targetOf(path, specifier) : 'computed import',
      typeOnly: false,
    })),
  ];
}

/** `{ type A, type B }` */
function onlyTypes(names: string | undefined): boolean {
  const listed = names
    ?.trim()
    .match(/^\{([^}]*)\}$/)?.[1]
    ?.split(',');
  return listed?.every((name) => name.trim() === '' || /^type\s/.test(name.trim())) ?? false;
}

function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return join(dirname(path), specifier.replace(/\?.*$/, ''))
    .replaceAll('\\', '/')
    .replace(/\.tsx?$/, '');
}

const sources = ['core', 'components', 'entrypoints'].flatMap(sourcesUnder);

type Rule = (imported: Import, path: string) => boolean;
const inside =
  (...folders: string[]): Rule =>
  ({ target }) =>
    folders.some((folder) => target === folder || target.startsWith(`${folder}/`));
const typesOf =
  (...folders: string[]): Rule =>
  (imported, path) =>
    imported.typeOnly && inside(...folders)(imported, path);
const anyOf =
  (...rules: Rule[]): Rule =>
  (imported, path) =>
    rules.some((rule) => rule(imported, path));

/** The table "Who may import whom" of the architecture. */
const table: Record<string, Rule> = {
  // What is said, and nothing else; every part may say it.
  'core/words': () => false,
  'core/domain': inside('core/domain', 'zod', '@noble/hashes'),
  'core/contract': inside('core/contract', 'core/domain', 'zod'),
  'core/app': inside('core/app', 'core/contract', 'core/domain'),
  'core/store': anyOf(inside('core/store', 'core/domain', 'idb'), typesOf('core/app/ports', 'core/contract')),
  'core/platform': anyOf(
    inside('core/platform', 'core/contract', '@wxt-dev/browser'),
    typesOf('core/app/ports', 'core/app/router'),
  ),
  'core/sites': inside('core/sites', 'core/domain', 'zod', 'htmlparser2', 'css-select'),
  components: anyOf(
    // Words for spans of time, what keys mean, how a file is put together: pure, and the same here as in the background.
    inside(
      'components',
      'assets',
      'core/domain/duration',
      'core/domain/portable-text',
      'core/domain/shortcuts',
      'preact',
      '@preact/signals',
      '@zag-js',
    ),
    typesOf('core/domain', 'core/contract'),
    // Values: the client and the names of the overlay's handle. The schemas stay in the background.
    inside('core/contract/client', 'core/contract/overlay', 'core/contract/origin'),
    (imported, path) => path.startsWith('components/overlay/') && inside('core/sites')(imported, path),
    // The editor works on a template in the page; what is kept of it, the background parses and checks.
    (imported, path) =>
      path.startsWith('components/options/editor/') &&
      inside(
        'core/domain/template-edits',
        'core/domain/rule-edits',
        'core/domain/retire',
        'core/domain/colour',
      )(imported, path),
  ),
  entrypoints: () => true,
};

const partOf = (path: string): string | undefined => Object.keys(table).find((part) => path.startsWith(`${part}/`));

describe('who may import whom', () => {
  it('knows a rule for every file', () => {
    expect(sources.filter(({ path }) => partOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });

  it.each(Object.keys(table))('%s imports only what it may', (part) => {
    const own = sources.filter(({ path }) => partOf(path) === part);
    expect(own.length).toBeGreaterThan(0);
    const wrong = own.flatMap(({ path, imports }) =>
      imports
        .filter((imported) => !inside('core/words')(imported, path) && !table[part]?.(imported, path))
        .map(({ target }) => `${path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads every form of import', () => {
    const code = withoutComments(`
      import 'side-effect'; // import 'comment'
      import * as all from 'all';
      import type { A } from '../b/a';
      import { type A, type B } from './types';
      import {
        type A,
        b,
      } from './mixed';
      export * from './again';
      /* import 'hidden' */
      const url = 'https://x.test'; const lazy = () => import('./lazy');
      import(somewhere);
    `);
    expect(importsOf('core/x/file.ts', code)).toEqual([
      { target: 'side-effect', typeOnly: false },
      { target: 'all', typeOnly: false },
      { target: 'core/b/a', typeOnly: true },
      { target: 'core/x/types', typeOnly: true },
      { target: 'core/x/mixed', typeOnly: false },
      { target: 'core/x/again', typeOnly: false },
      { target: 'core/x/lazy', typeOnly: false },
      { target: 'computed import', typeOnly: false },
    ]);
  });
});

describe('what the code does not do', () => {
  const using = (pattern: RegExp, among: readonly Source[] = sources) =>
    among.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

  it('reads the clock in one file of core; the pages only to show time passing', () => {
    expect(using(/\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b/).toSorted()).toEqual(
      [
        // How long the panel has lain open, beside the times that the browser's own observer gives.
        'components/panel/cover.ts',
        // The panel's display clock, set by the background's answers.
        'components/shared/clock.ts',
        // The popup shows "in 3 days" beside dates that the background decided.
        'components/popup/app.tsx',
        'core/platform/ports.ts',
      ].toSorted(),
    );
  });

  it('writes no markup from text', () => {
    expect(
      using(
        /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|setHTMLUnsafe|createContextualFragment|srcdoc)\b|document\.write/,
      ),
    ).toEqual([]);
  });

  it('evaluates no code from text', () => {
    expect(using(/\beval\s*\(|\bnew Function\b|\bset(?:Timeout|Interval)\(\s*['"`]/)).toEqual([]);
  });

  it('has no browser, clock or randomness in the domain', () => {
    const domain = sources.filter(({ path }) => path.startsWith('core/domain/'));
    expect(
      using(
        /\b(?:browser|chrome|document|window|indexedDB|localStorage|navigator)\.|\bfetch\(|\bMath\.random\b|\bcrypto\b|\bset(?:Timeout|Interval)\(/,
        domain,
      ),
    ).toEqual([]);
  });
});

describe('site adapters', () => {
  const folders = readdirSync(join(root, 'core/sites'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

  it('lists every folder of core/sites, for the background and for the page', () => {
    expect(siteAdapters.map(({ page }) => page.id).toSorted()).toEqual(folders);
    expect(pageAdapters.map(({ id }) => id).toSorted()).toEqual(folders);
    for (const { page } of siteAdapters) expect(pageAdapters).toContain(page);
  });

  it.each(folders)('%s has page fixtures: a ticket, a refused page, missing fields, hostile text', (name) => {
    const pages = readdirSync(join(root, 'test/fixtures/pages', name));
    expect(pages).toEqual(
      expect.arrayContaining(['ticket.html', 'refused.html', 'fields-missing.html', 'hostile.html', 'login.html']),
    );
  });
});

describe('what a ticket page loads', () => {
  /** Files and packages that a bundle of this entrypoint contains: types leave nothing behind. */
  function bundleOf(entry: string): Set<string> {
    const byTarget = new Map(sources.map((source) => [source.path.replace(/\.tsx?$/, ''), source]));
    const reached = new Set<string>();
    const queue = [entry];
    for (let target = queue.pop(); target !== undefined; target = queue.pop()) {
      if (reached.has(target)) continue;
      reached.add(target);
      const source = byTarget.get(target) ?? byTarget.get(`${target}/index`);
      if (!source && (target.startsWith('core/') || target.startsWith('components/')))
        expect(existsSync(join(root, target)), target).toBe(true);
      queue.push(...(source?.imports ?? []).filter(({ typeOnly }) => !typeOnly).map((imported) => imported.target));
    }
    return reached;
  }
  const heavy = /^(zod|idb|htmlparser2|css-select)(\/|$)/;

  it('is small: the content script has no schema library and no database', () => {
    const bundle = bundleOf('entrypoints/ticket');
    expect([...bundle]).toEqual(
      expect.arrayContaining([
        'components/overlay/overlay',
        'core/sites/pages',
        'core/sites/rt/page',
        'core/contract/client',
      ]),
    );
    expect([...bundle].filter((target) => heavy.test(target) || /^(preact|@preact)/.test(target))).toEqual([]);
  });

  it('nor has the panel, which comes after it', () => {
    const bundle = bundleOf('entrypoints/panel');
    expect([...bundle]).toEqual(expect.arrayContaining(['components/panel/panel', 'preact']));
    expect([...bundle].filter((target) => heavy.test(target))).toEqual([]);
  });
});
