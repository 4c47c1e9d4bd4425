// docs/requirements.md: the requirements, and the tests that name them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { deskNames } from './desks.mjs';
import { root, run, toolEnvironment } from './run.mjs';

export const DOCUMENT = 'docs/requirements.md';

/** `missing`: what is not there yet, in words; a requirement that no test names is not there at all. */
const requirements = [
  { id: 'R1', title: 'A case template owns its statuses; Review has Open, Pending, Approved and Declined' },
  { id: 'R2', title: 'Admins add, rename, reorder and retire statuses' },
  { id: 'R3', title: 'Four example flows that load in one click' },
  { id: 'R4', title: 'Reasons (status tags) per status, offered on a change' },
  {
    id: 'R5',
    title: 'A status whose reason is required cannot be entered without one, whoever asks',
    missing: 'nothing asks in bulk, by workflow, import or team yet',
  },
  { id: 'R6', title: 'Analytics: cases by status, time in each, bottlenecks, reasons' },
  { id: 'R7', title: 'Workflows with the step Update Case Status' },
  { id: 'R8', title: 'Plans by managed policy: off, limited or available' },
  { id: 'R9', title: 'Support has seven statuses, each with its meaning for agent and customer' },
  { id: 'R10', title: 'Pending needs one of four sub-statuses; the list can be extended' },
  { id: 'R11', title: 'A comment of the customer in Awaiting Customer Confirmation makes it Reopened' },
  { id: 'R12', title: 'An answer of the customer in Pending – Customer Input makes it Update Received' },
  { id: 'R13', title: 'Auto-close after 14 days of awaited confirmation, and after 28 of awaited input' },
  { id: 'R14', title: 'Reminder after 7 days of awaited input' },
  { id: 'R15', title: 'The customer is told at once of Awaiting Customer Confirmation, and a day after Closed' },
  { id: 'R16', title: 'A closed case offers Clone Case: a new ticket, prefilled and linked' },
  { id: 'R17', title: 'Status, meaning, who it waits for, since when and what is next: readable in one place' },
];

/** The document as it has to be now. Reads the names of the tests and runs none. */
export async function requirementsDocument() {
  const tests = await listTests();
  const proven = requirements.map((requirement) => ({
    ...requirement,
    tests: tests.filter(({ name }) => named(name).has(requirement.id)),
  }));
  return [
    '# Requirements, and what proves them',
    '',
    'Made by `npm run requirements` from the names of the tests; `npm run check` fails when it is out of date. The tests of one requirement run with `npm run unit -- -t R13` and `npm run e2e -- --desk demo --grep R13`.',
    '',
    '| no. | requirement | there | tests |',
    '| --- | --- | --- | --- |',
    ...proven.map(({ id, title, missing, tests: { length } }) =>
      row([length > 0 ? `[${id}](#${id.toLowerCase()})` : id, title, stateOf(length, missing), String(length)]),
    ),
    ...proven.filter(({ tests: { length } }) => length > 0).flatMap(section),
    '',
  ].join('\n');
}

const row = (cells) => `| ${cells.join(' | ')} |`;

function stateOf(tests, missing) {
  if (tests === 0) return '**not yet**';
  return missing ? `in part: ${missing}` : 'yes';
}

function section({ id, tests }) {
  const files = [...new Set(tests.map(({ file }) => file))];
  return [
    '',
    `## ${id}`,
    '',
    ...files.flatMap((file) => [
      `- \`${file}\``,
      ...tests.filter((test) => test.file === file).map(({ name }) => `  - ${escaped(name)}`),
    ]),
  ];
}

/** The requirements that a test's name names. */
const named = (name) => new Set(name.match(/\bR\d+\b/g) ?? []);

/** What a table of cases puts in stays open; the rest is text, not markup. */
const escaped = (name) => name.replace(/\$[\w.]+|%[a-z#$]/g, '…').replace(/[\\`*_<[\]]/g, '\\$&');

/** Every test of both projects, by file and in its order; `name` with the groups that it is in. */
async function listTests() {
  const folder = mkdtempSync(join(tmpdir(), 'cso-tests-'));
  try {
    const found = new Map();
    // End-to-end tests in a folder belong to the desk of that name, so each desk is asked for.
    for (const desk of deskNames) {
      const path = join(folder, `${desk}.json`);
      // Read from the source: nothing is loaded, so no browser starts, and a table of cases is one name.
      const args = ['list', '--staticParse', `--json=${path}`];
      const env = toolEnvironment({ CSO_DESK: desk });
      const { code, output } = await run('vitest', args, { env, capture: true });
      if (code !== 0) throw new Error(`vitest cannot list the tests: ${output.trim()}`);
      for (const { name, file, location } of JSON.parse(readFileSync(path, 'utf8'))) {
        const where = relative(root, file).replaceAll('\\', '/');
        found.set(`${where}:${location.line}:${location.column}:${name}`, { name, file: where, line: location.line });
      }
    }
    return [...found.values()].toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
