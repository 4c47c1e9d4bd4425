import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import { speak } from '../../../core/words/language';
import { proofWords } from '../../../core/words/proof';

type Node = { type: string; [key: string]: unknown };

/** What a person reads or hears from an element. */
const SPOKEN_ATTRIBUTES = new Set(['alt', 'aria-label', 'aria-description', 'hint', 'label', 'placeholder', 'title']);
/** Templates of cases are content, which an admin changes; the store speaks to nobody; and here is where words belong. */
const LEFT_OUT = ['core/domain/templates/', 'core/store/', 'core/words/'];
/** What looks like words in code and is none: selectors, styles, queries, addresses, names of products. */
const NO_WORDS = /^[\s#.[:{@(]|[{}=[\]<>]|^https?:|^Harbour Desk$/;

function text(node: Node): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral') return null;
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…');
}

/** Kept with a date, and said in the language of whoever reads it. */
speak('de');
const KEPT = new Set(Object.keys(proofWords.shifts));

/** What only a programmer or the browser reads: an error of the code, a log, a selector, the names of styles. */
function isForNobody(node: Node): boolean {
  if (node.type === 'NewExpression') return /Error$/.test(String((node.callee as Node).name));
  if (node.type === 'CallExpression')
    return /^(error|querySelector(All)?|matches|closest)$/.test(nameOf(node.callee as Node));
  if (node.type === 'AssignmentExpression') return nameOf(node.left as Node) === 'className';
  return node.type === 'JSXAttribute' && (node.name as Node).name === 'class';
}

function nameOf({ property }: Node): string {
  return String((property as Node | undefined)?.name);
}

/** `<kbd>Enter</kbd>` */
function isKey(owner: Node | null): boolean {
  const opening = owner?.openingElement as { name: { name: string } } | undefined;
  return opening?.name.name === 'kbd';
}

/** Texts of a file that are written where they are shown, instead of in core/words. */
function wordsIn(path: string, code: string): string[] {
  const found: string[] = [];
  const visit = (node: Node | Node[] | null, owner: Node | null): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const one of node) visit(one, owner);
      return;
    }
    // Types say nothing; what a programmer reads in a log is no one else's business.
    if (/^(TSType|TSInterface|Import|ExportAll)/.test(node.type) || isForNobody(node)) return;
    if (node.type === 'JSXText' && !isKey(owner) && /\p{L}{2}/u.test(String(node.value)))
      found.push(String(node.value).trim());
    if (node.type === 'JSXAttribute') {
      const name = String((node.name as Node).name);
      const value = node.value as Node | null;
      const said =
        value === null ? null : text(value.type === 'JSXExpressionContainer' ? (value.expression as Node) : value);
      if (said !== null) {
        if (SPOKEN_ATTRIBUTES.has(name) && !NO_WORDS.test(said) && /\p{L}{2}/u.test(said)) found.push(said);
        return;
      }
    }
    const said = text(node);
    if (said !== null && /\p{L}{2,}[,:]? \p{L}{2,}/u.test(said) && !NO_WORDS.test(said) && !KEPT.has(said))
      found.push(said);
    for (const [key, value] of Object.entries(node)) if (key !== 'type') visit(value as Node, node);
  };
  visit(parseSync(path, code).program as unknown as Node, null);
  return found.map((words) => `${path}: ${words}`);
}

const paths = ['core', 'components', 'entrypoints'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .filter((path) => !LEFT_OUT.some((folder) => path.startsWith(folder))),
);

it('all that a person reads is in core/words', () => {
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.flatMap((path) => wordsIn(path, readFileSync(path, 'utf8')))).toEqual([]);
});

it('finds words wherever they are written', () => {
  const code = `
    const a = 'Two words';
    const b = \`So many: \${n} things\`;
    const c = <p title="Drag to move">Hold <b>{'Nothing closes it'}</b></p>;
    const d = <input placeholder="Optional" class="two classes" />;
    const e = document.querySelector('div.panel > a[href]');
    throw new Error('for a programmer only');
  `;
  expect(wordsIn('example.tsx', code)).toEqual(
    ['Two words', 'So many: … things', 'Drag to move', 'Hold', 'Nothing closes it', 'Optional'].map(
      (words) => `example.tsx: ${words}`,
    ),
  );
});
