// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TemplateImport } from '../../components/options/template-import';
import type { Ask } from '../../core/contract/client';
import { press } from './press';

let host: HTMLElement;
let asked: { name: string; input: { text?: string } }[];
/** What the file would do now, and whether publishing is refused because it would have done something else before. */
let version: number | null;
let refuses: boolean;
beforeEach(async () => {
  host = document.createElement('div');
  document.body.append(host);
  asked = [];
  version = null;
  refuses = false;
  const review = () => ({
    id: 'support',
    name: 'Support',
    version,
    cases: 0,
    staying: 0,
    retimes: { timers: 0, cases: 0 },
    findings: [],
    changes: [`What becomes of version ${version}`],
    blocked: null,
  });
  const ask = (async (name: string, input: { text?: string }) => {
    asked.push({ name, input });
    if (name === 'templates.publish' && refuses)
      return { ok: false, code: 'changed-meanwhile', message: 'It was changed here meanwhile.' };
    return {
      ok: true,
      value: name === 'templates.examine' ? { problems: [], templates: version === null ? [] : [review()] } : [],
    };
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

test('what is published is what was looked at; where it would be something else by now, that is shown', async () => {
  version = 3;
  await choose(new File(['{}'], 'templates.json'));
  await vi.waitFor(() => expect(host.textContent).toContain('What becomes of version 3'));
  refuses = true;
  version = 4;
  await press(host, 'Publish');
  await vi.waitFor(() => expect(host.textContent).toContain('What becomes of version 4'));
  expect(host.textContent).toContain('It was changed here meanwhile.');
  refuses = false;
  await press(host, 'Publish');
  await vi.waitFor(() => expect(host.querySelector('.review')).toBeNull());
  const published = asked.filter(({ name }) => name === 'templates.publish').map(({ input }) => input);
  expect(published).toMatchObject([3, 4].map((wanted) => ({ reviewed: [{ id: 'support', version: wanted }] })));
});
