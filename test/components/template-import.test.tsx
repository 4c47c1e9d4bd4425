// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TemplateImport } from '../../components/options/template-import';
import type { Ask } from '../../core/contract/client';

let host: HTMLElement;
let asked: { name: string; input: { text?: string } }[];
beforeEach(async () => {
  host = document.createElement('div');
  document.body.append(host);
  asked = [];
  const ask = (async (name: string, input: { text?: string }) => {
    asked.push({ name, input });
    return { ok: true, value: name === 'templates.examine' ? { problems: [], templates: [] } : [] };
  }) as unknown as Ask;
  await act(async () => render(<TemplateImport ask={ask} onPublished={() => undefined} />, host));
});
afterEach(() => {
  render(null, host);
  host.remove();
});

async function choose(file: File): Promise<void> {
  const input = host.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('No field for a file');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await act(async () => void input.dispatchEvent(new Event('change', { bubbles: true })));
}
const examined = () => asked.filter(({ name }) => name === 'templates.examine').map(({ input }) => input.text?.length);
const alert = () => host.querySelector('[role="alert"]')?.textContent;
/** Millions of letters are read. */
const PATIENT = { timeout: 10_000 };
const says = (words: string) => vi.waitFor(() => expect(alert()).toBe(words), PATIENT);

test('a file that is too large for a message is not handed on, and that is said', async () => {
  await choose(new File([new Uint8Array(70_000_000)], 'everything.json'));
  await says('everything.json: The file is too large: at most 5 MB are read.');
  await choose(new File([' '.repeat(5_000_001)], 'templates.json'));
  await says('templates.json: The file is too large: at most 5 MB are read.');
  expect(examined()).toEqual([]);
});

test('as large as it may be it is, also in letters that take three bytes', async () => {
  await choose(new File(['待'.repeat(5_000_000)], 'templates.json'));
  await vi.waitFor(() => expect([alert(), examined()]).toEqual(['', [5_000_000]]), PATIENT);
});
