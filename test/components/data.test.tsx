// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Data } from '../../components/options/data';
import type { Ask } from '../../core/contract/client';
import type { DataOverview, ImportLook } from '../../core/contract/data-views';
import { exportFile } from '../../core/domain/portable';

const AT = Date.UTC(2026, 10, 20, 9, 30);
const overview = (part: Partial<DataOverview> = {}): DataOverview => ({
  counts: { cases: 250, history: 1200, timers: 40, armed: 7, outbox: 30, owed: 2, commands: 90, templates: 4 },
  changedAt: AT,
  sites: [{ siteId: 'rt-1', name: 'rt.example.com', cases: 250, word: 'rt.example.com' }],
  backup: { every: 'off', nextAt: null, last: null },
  loss: null,
  ...part,
});
const look = (part: Partial<ImportLook> = {}): ImportLook => ({
  problems: [],
  exportedAt: '2026-11-20T09:30:00.000Z',
  standings: { new: 3, newer: 0, older: 0, forked: 0, same: 1, 'left-out': 0 },
  taken: 3,
  newTemplates: [],
  retimes: [],
  newDrafts: [],
  newSites: [],
  leftOut: [],
  broken: [],
  overdue: 0,
  unsent: 0,
  ...part,
});

/** What the background answers by name of the request; a function may look at what was asked. */
let answers: Record<string, unknown>;
let asked: { name: string; input: Record<string, unknown> }[];
let downloads: { name: string; text: Promise<string> }[];
let host: HTMLElement;

const ask = (async (name: string, input: Record<string, unknown>) => {
  asked.push({ name, input });
  const answer = answers[name];
  const given = typeof answer === 'function' ? await answer(input) : answer;
  return typeof given === 'string' ? { ok: false, code: 'x', message: given } : { ok: true, value: given };
}) as unknown as Ask;
const requestDownloads = vi.fn(async () => true);
const texts = { cases: '', history: '', timers: '', outbox: '' };
const noCases = { cases: [], history: [], timers: [], outbox: [], drafts: [], publications: [], sites: [] };
const frame = exportFile(
  {
    kind: 'everything',
    templates: [],
    calendars: [],
    settings: { panelPlaces: [], notifications: null },
    ...noCases,
  },
  AT,
);

const settle = () => act(() => new Promise((resolve) => setTimeout(resolve)));
async function open(part: Partial<DataOverview> = {}): Promise<void> {
  answers['data.overview'] ??= overview(part);
  await act(() => render(<Data ask={ask} requestDownloads={requestDownloads} />, host));
  await settle();
}

const section = (name: string): HTMLElement => {
  const found = [...host.querySelectorAll<HTMLElement>('section')].find(
    (one) => one.getAttribute('aria-label') === name || one.querySelector('h2')?.textContent === name,
  );
  if (!found) throw new Error(`no section "${name}"`);
  return found;
};
const said = (name: string) => section(name).textContent ?? '';
const named = (name: string) => asked.filter((one) => one.name === name).map(({ input }) => input);

async function click(where: string, name: string): Promise<void> {
  const button = [...section(where).querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (!button) throw new Error(`no button "${name}" in ${said(where)}`);
  const event = new MouseEvent('click', { bubbles: true });
  Object.defineProperty(event, 'isTrusted', { value: true });
  await act(() => void button.dispatchEvent(event));
  await settle();
}
async function pick(where: string, name: RegExp): Promise<void> {
  const label = [...section(where).querySelectorAll('label')].find(({ textContent }) => name.test(textContent ?? ''));
  await act(() => label?.querySelector('input')?.click());
  await settle();
}
async function type(where: string, text: string): Promise<void> {
  const field = section(where).querySelector<HTMLInputElement>('input.input');
  if (!field) throw new Error('no field');
  field.value = text;
  await act(() => void field.dispatchEvent(new Event('input', { bubbles: true })));
}
async function choose(name = 'backup.json'): Promise<void> {
  const input = section('Import a file').querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file field');
  Object.defineProperty(input, 'files', { value: [new File(['{}'], name)], configurable: true });
  await act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
  await settle();
}

beforeEach(() => {
  asked = [];
  downloads = [];
  answers = {
    'data.export': ({ after }: { after: string | null }) => ({
      texts,
      cases: after === null ? 100 : 50,
      next: after === null ? 'rt-1/100' : null,
    }),
    'data.export-frame': { fileName: 'case-status-2026-11-20.json', frame },
  };
  requestDownloads.mockClear();
  requestDownloads.mockResolvedValue(true);
  const files = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    const address = `blob:chrome-extension://abc/${files.size}`;
    files.set(address, file as Blob);
    return address;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const file = files.get(this.href);
    if (file) downloads.push({ name: this.download, text: file.text() });
  });
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
  vi.restoreAllMocks();
});

test('says how much there is of each kind', async () => {
  await open();
  const tiles = [...section('What there is').querySelectorAll('.data-tiles > div')].map(
    ({ textContent }) => textContent,
  );
  expect(tiles[0]).toMatch(/^cases250last change 20 Nov 2026/);
  expect(tiles.slice(1)).toEqual([
    'history entries1,200',
    'timers407 running',
    'in the outbox302 not sent yet',
    'commands90',
    'template versions4',
  ]);
});

test('a store that cannot be read is said, and nothing is offered', async () => {
  answers['data.overview'] = 'The browser does not let this extension store anything.';
  await open();
  expect(host.querySelector('[role=alert]')?.textContent).toContain('does not let this extension');
  expect([...host.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual(['Try again']);
});

describe('export', () => {
  test('collects the cases part by part, then the frame, and hands over one file', async () => {
    await open();
    await click('Export everything', 'Export everything');
    expect(asked.slice(1)).toEqual([
      { name: 'data.export', input: { after: null } },
      { name: 'data.export', input: { after: 'rt-1/100' } },
      { name: 'data.export-frame', input: {} },
    ]);
    expect(downloads.map(({ name }) => name)).toEqual(['case-status-2026-11-20.json']);
    expect(await downloads[0]?.text).toBe(frame);
    expect(said('Export everything')).toMatch(/was made: .+, 150 cases\./);
  });

  test('can be cancelled, and then makes no file', async () => {
    let go: (part: unknown) => void = () => {};
    answers['data.export'] = () => new Promise((resolve) => (go = resolve));
    await open();
    await click('Export everything', 'Export everything');
    expect(said('Export everything')).toContain('0 of 250 cases');
    await click('Export everything', 'Cancel');
    go({ texts, cases: 100, next: 'rt-1/100' });
    await settle();
    expect(named('data.export')).toHaveLength(1);
    expect(downloads).toEqual([]);
    expect(said('Export everything')).toContain('Cancelled.');
  });

  test('that fails says why', async () => {
    answers['data.export'] = 'Something went wrong.';
    await open();
    await click('Export everything', 'Export everything');
    expect(section('Export everything').querySelector('[role=alert]')?.textContent).toBe('Something went wrong.');
    expect(downloads).toEqual([]);
  });
});

describe('import', () => {
  test('looks first, saves what is here, and only then takes the file in', async () => {
    answers['data.examine'] = look({ overdue: 9, unsent: 1, newSites: ['RT'], leftOut: [{ what: 'A', why: 'b.' }] });
    answers['data.import'] = look();
    await open();
    await choose();
    expect(named('data.import')).toEqual([]);
    const words = said('What the import would do');
    expect(words).toContain('9 timers of these cases are overdue. None of them acts by itself');
    expect(words).toContain('1 message or status was not sent yet');
    expect(words).toContain('A: b.');
    expect(words).not.toContain('Keep what is here');
    await click('What the import would do', 'Import 3 cases');
    expect(downloads).toHaveLength(1);
    expect(asked.findIndex(({ name }) => name === 'data.import')).toBeGreaterThan(
      asked.findLastIndex(({ name }) => name === 'data.export-frame'),
    );
    expect(named('data.import')).toEqual([{ file: 'blob:chrome-extension://abc/0', precedence: 'keep' }]);
    expect(said('Import a file')).toContain('Imported: 3 cases.');
  });

  test('R13: says which timers keep their dates by a newer version, and leads to where they get new ones', async () => {
    const retimes = [{ templateId: 'support', version: 4, name: 'Support', timers: 2, cases: 1 }];
    answers['data.examine'] = look({ retimes });
    answers['data.import'] = look({ retimes });
    await open();
    await choose();
    const words = 'By version 4 of Support, 2 running timers of 1 case would be due at another time.';
    expect(said('What the import would do')).toContain(words);
    await click('What the import would do', 'Import 3 cases');
    expect(said('Import a file')).toContain(words);
    const link = section('Import a file').querySelector('[role=status] a');
    expect([link?.textContent, link?.getAttribute('href')]).toEqual([
      'New dates for Support',
      '#templates/support/versions',
    ]);
  });

  test('takes nothing in where the backup could not be made', async () => {
    answers['data.examine'] = look();
    answers['data.export'] = 'The disk is full.';
    await open();
    await choose();
    await click('What the import would do', 'Import 3 cases');
    expect(named('data.import')).toEqual([]);
    expect(said('What the import would do')).toContain('The disk is full.');
  });

  test('without a backup where the person does not want one', async () => {
    answers['data.examine'] = look();
    answers['data.import'] = look();
    await open();
    await choose();
    await pick('What the import would do', /^Download a backup first/);
    await click('What the import would do', 'Import 3 cases');
    expect(named('data.export')).toEqual([]);
    expect(named('data.import')).toHaveLength(1);
  });

  test('asks which counts where both have gone on; ours, unless the person says otherwise', async () => {
    const standings = { new: 0, newer: 0, older: 2, forked: 1, same: 0, 'left-out': 0 };
    answers['data.examine'] = ({ precedence }: { precedence: string }) =>
      look({ standings, taken: precedence === 'take' ? 3 : 0 });
    answers['data.import'] = look();
    await open();
    await choose();
    expect(said('What the import would do')).toContain('stay as they are here');
    expect(said('What the import would do')).toContain('Everything in this file is here already.');
    await pick('What the import would do', /^Take the file’s/);
    expect(said('What the import would do')).toContain('are replaced by the file’s');
    await click('What the import would do', 'Import 3 cases');
    expect(named('data.import')).toEqual([{ file: 'blob:chrome-extension://abc/0', precedence: 'take' }]);
  });

  test('a choice that could not be looked at is not made: what is shown is what would be done', async () => {
    const standings = { new: 1, newer: 0, older: 2, forked: 0, same: 0, 'left-out': 0 };
    answers['data.examine'] = ({ precedence }: { precedence: string }) =>
      precedence === 'take' ? 'No answer.' : look({ standings, taken: 1 });
    answers['data.import'] = look();
    await open();
    await choose();
    await pick('What the import would do', /^Take the file’s/);
    expect(said('Import a file')).toContain('backup.json: No answer.');
    expect(said('What the import would do')).toContain('stay as they are here');
    const chosen = section('What the import would do').querySelector('input[type=radio]:checked')?.closest('label');
    expect(chosen?.textContent).toMatch(/^Keep what is here/);
    await click('What the import would do', 'Import 1 case');
    expect(named('data.import')).toEqual([{ file: 'blob:chrome-extension://abc/0', precedence: 'keep' }]);
  });

  test('that is put aside while another choice is looked at does not come back', async () => {
    const standings = { new: 0, newer: 0, older: 2, forked: 0, same: 0, 'left-out': 0 };
    let looked: (value: unknown) => void = () => undefined;
    answers['data.examine'] = ({ precedence }: { precedence: string }) =>
      precedence === 'keep'
        ? look({ standings })
        : new Promise((resolve) => {
            looked = resolve;
          });
    await open();
    await choose();
    await pick('What the import would do', /^Take the file’s/);
    await click('What the import would do', 'Cancel');
    looked(look({ standings }));
    await settle();
    expect(() => section('What the import would do')).toThrow();
  });

  test('that is being written is not put aside, and what came of it is said', async () => {
    let written: (value: unknown) => void = () => undefined;
    answers['data.examine'] = look();
    answers['data.import'] = () =>
      new Promise((resolve) => {
        written = resolve;
      });
    await open();
    await choose();
    await pick('What the import would do', /^Download a backup first/);
    await click('What the import would do', 'Import 3 cases');
    await click('What the import would do', 'Cancel');
    expect(said('What the import would do')).toContain('all of it or nothing');
    written(look());
    await settle();
    expect(said('Import a file')).toContain('Imported: 3 cases.');
  });

  test('of templates alone says so', async () => {
    answers['data.examine'] = look({ taken: 0, newTemplates: ['Template “Ours”, version 1'] });
    answers['data.import'] = look({ taken: 0 });
    await open();
    await choose();
    expect(said('What the import would do')).toContain('Template “Ours”, version 1');
    await click('What the import would do', 'Import templates, drafts and sites');
    expect(said('Import a file')).toContain('Imported: templates, drafts and sites.');
  });

  test('that is refused says where, and offers nothing', async () => {
    answers['data.examine'] = look({
      problems: [{ severity: 'error', message: 'cases → “1”: is empty.', example: [] }],
    });
    await open();
    await choose();
    expect(said('What the import would do')).toContain('cases → “1”: is empty.');
    const buttons = [...section('What the import would do').querySelectorAll('button')];
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Close']);
  });
});

describe('backups', () => {
  test('are switched on once the browser allows them, and say what came of the first', async () => {
    answers['data.set-backup'] = {
      every: 'daily',
      nextAt: AT + 86_400_000,
      last: { at: AT, fileName: 'case-status-2026-11-20.json', problem: null },
    };
    await open();
    await pick('Backups by themselves', /^Daily$/);
    expect(requestDownloads).toHaveBeenCalledOnce();
    expect(named('data.set-backup')).toEqual([{ every: 'daily' }]);
    expect(said('Backups by themselves')).toMatch(
      /The last one was made on 20 Nov 2026.+The next one comes on 21 Nov 2026/,
    );
  });

  test('stay off where it does not', async () => {
    requestDownloads.mockResolvedValue(false);
    await open();
    await pick('Backups by themselves', /^Weekly$/);
    expect(named('data.set-backup')).toEqual([]);
    expect(said('Backups by themselves')).toContain('The backups stay off.');
    expect(
      section('Backups by themselves').querySelector<HTMLInputElement>('input:checked')?.parentElement?.textContent,
    ).toBe('Off');
  });

  test('that failed say why', async () => {
    await open({ backup: { every: 'weekly', nextAt: AT, last: { at: AT, fileName: '', problem: 'No space.' } } });
    expect(said('Backups by themselves')).toMatch(/The one of 20 Nov 2026.+ was not made\. No space\./);
  });
});

describe('the check of the histories', () => {
  const broken = { caseKey: 'rt-1/7', siteName: 'RT', ticketId: '7', url: 'https://rt.example.com/7', seq: 3, at: AT };

  test('goes through all of them and says that all is well', async () => {
    answers['data.verify'] = ({ after }: { after: string | null }) => ({
      cases: after === null ? 100 : 1,
      entries: 500,
      broken: [],
      next: after === null ? 'rt-1/100' : null,
    });
    await open();
    await click('Check the histories', 'Check all histories');
    expect(said('Check the histories')).toContain('All is well: the 1,000 entries of 101 cases');
  });

  test('names what does not fit', async () => {
    answers['data.verify'] = {
      cases: 2,
      entries: 9,
      broken: [
        { ...broken, what: 'changed' },
        { ...broken, caseKey: 'x/8', siteName: 'x', ticketId: '8', url: null, at: null, what: 'missing' },
      ],
      next: null,
    };
    await open();
    await click('Check the histories', 'Check all histories');
    const rows = [...section('Check the histories').querySelectorAll('li')];
    expect(rows[0]?.textContent).toMatch(/^7 on RTentry 3 of 20 Nov 2026.+ is not what was written$/);
    expect(rows[0]?.querySelector('a')?.href).toBe('https://rt.example.com/7');
    expect(rows[1]?.textContent).toBe('8 on xentry 3 is missing');
    expect(said('Check the histories')).not.toContain('All is well');
  });

  test('that is cancelled does not say that all is well', async () => {
    let go: (part: unknown) => void = () => {};
    answers['data.verify'] = () => new Promise((resolve) => (go = resolve));
    await open();
    await click('Check the histories', 'Check all histories');
    await click('Check the histories', 'Cancel');
    go({ cases: 100, entries: 500, broken: [], next: 'rt-1/100' });
    await settle();
    expect(named('data.verify')).toHaveLength(1);
    expect(said('Check the histories')).toContain('Stopped after 100 cases.');
    expect(said('Check the histories')).not.toContain('All is well');
  });

  test('has nothing to do without a case', async () => {
    await open({ counts: { ...overview().counts, cases: 0 }, sites: [] });
    expect(said('Check the histories')).toContain('nothing to check');
  });
});

describe('erasing', () => {
  test('needs the word, exports first, and then erases what was named', async () => {
    answers['data.erase'] = null;
    await open();
    await click('Erase', 'Erase …');
    expect(said('Erase')).toContain('250 cases with their whole history');
    await type('Erase', 'rt.example');
    await click('Erase', 'Erase for good');
    expect(said('Erase')).toContain('This is another word.');
    expect(named('data.erase')).toEqual([]);
    expect(downloads).toEqual([]);
    await type('Erase', 'RT.example.com');
    await click('Erase', 'Erase for good');
    expect(downloads).toHaveLength(1);
    expect(named('data.erase')).toEqual([{ siteId: 'rt-1', typed: 'RT.example.com' }]);
    expect(said('Erase')).toContain('Cases of rt.example.com: erased.');
  });

  test('erases nothing where the file before could not be made', async () => {
    answers['data.export'] = 'The disk is full.';
    await open();
    await click('Erase', 'Erase …');
    await type('Erase', 'rt.example.com');
    await click('Erase', 'Erase for good');
    expect(named('data.erase')).toEqual([]);
    expect(said('Erase')).toContain('The disk is full.');
  });

  test('another choice asks anew, for another word', async () => {
    await open();
    await click('Erase', 'Erase …');
    await pick('Erase', /^Everything/);
    expect(section('Erase').querySelector('input.input')).toBeNull();
    await click('Erase', 'Erase …');
    expect(section('Erase').querySelector('code')?.textContent).toBe('erase');
    expect(said('Erase')).toContain('1,200 history entries');
  });
});

test('R10: a lost database is told at the top, with what was lost, until the person says that it is dealt with', async () => {
  let loss: DataOverview['loss'] = { noticedAt: AT, sites: ['a.test', 'b.test'] };
  answers['data.overview'] = () => overview({ loss });
  answers['data.settle-loss'] = () => {
    loss = null;
    return null;
  };
  await open();
  const lost = section('Your cases are gone from this browser');
  expect(lost.querySelector('[role=alert]')?.textContent).toContain('the database of a.test and b.test');
  await click('Your cases are gone from this browser', 'That is dealt with');
  expect(named('data.settle-loss')).toHaveLength(1);
  expect(host.textContent).not.toContain('gone from this browser');
  expect(host.textContent).not.toContain('a.test and b.test');
});
