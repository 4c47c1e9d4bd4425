/** The row of `npm run bench` about the options page: a replay of many stored cases, in Chromium. */
import { supportTemplate } from '../../../core/domain/builtin-templates';
import type { CaseRecord, HistoryEntry } from '../../../core/domain/case';
import { sealEntry } from '../../../core/domain/history';
import { pagesOf } from '../../../core/store/history-pages';
import { DAY_MS, syntheticHistories } from '../../core/domain/synthetic-history';
import { demoDesk } from '../../desks/demo/demo';
import type { TestBrowser } from '../../e2e/harness/browser';
import { Session } from '../../e2e/harness/session';
import type { PanelRow, Tell } from './panel';

const NAME = 'a replay of 10,000 cases over 90 days, from the click until its numbers are there';
const CASES = 10_000;
const DAYS = 90;
const SAMPLES = 5;
const AT_ONCE = 500;

/**
 * Stores the cases, runs the replay in the editor, and compares what it shows with an independent count.
 * @param build makes the extension that is measured
 */
export async function measureOptions(
  wanted: (name: string) => boolean,
  tell: Tell,
  build: () => Promise<void>,
): Promise<PanelRow[]> {
  if (!wanted(NAME)) return [];
  await build();
  const session = await Session.start({ desk: demoDesk() });
  try {
    const { browser } = session;
    const counted = await store(browser, tell);
    const page = await browser.extensionPage(`options.html#templates/${supportTemplate.id}`);
    await page.getByRole('combobox', { name: 'Over the last' }).selectOption({ label: `${DAYS} days` });
    const values: number[] = [];
    for (let sample = 0; sample < SAMPLES + 1; sample += 1) {
      tell(`${NAME}: ${sample} of ${SAMPLES + 1}`);
      const start = performance.now();
      await page.getByRole('button', { name: 'Run' }).click();
      // What was shown before is gone with the click.
      await page.getByRole('button', { name: 'Stop' }).waitFor();
      await page.getByText(`${CASES} cases were replayed.`).waitFor();
      if (sample > 0) values.push(performance.now() - start);
      for (const [list, count] of Object.entries(counted)) {
        const shown = await page.getByRole('listitem').filter({ hasText: list }).first().innerText();
        const [would, more] = [/^\d+/, /[+−-]\d+/].map((pattern) =>
          Number(pattern.exec(shown)?.[0].replace('−', '-') ?? 0),
        );
        if ((would ?? 0) - (more ?? 0) !== count) throw new Error(`${list}: ${shown}, but ${count} were counted`);
      }
    }
    return [{ name: NAME, unit: 'ms', values, bar: 3000, figure: 'median' }];
  } finally {
    await session.close();
  }
}

/** @returns what happened in all of them, counted by what fired */
async function store(browser: TestBrowser, tell: Tell): Promise<Record<string, number>> {
  const from = Date.now() - DAYS * DAY_MS + DAY_MS;
  const cases = syntheticHistories({
    template: supportTemplate,
    seed: 7,
    cases: CASES,
    from,
    days: DAYS - 1,
    paths: ['new', 'pending/customer-input', 'awaiting-customer-confirmation', 'in-progress'],
    simple: true,
    seal: sealEntry,
  });
  const counted = { Reminders: 0, 'Closed by itself': 0 };
  let records: CaseRecord[] = [];
  let entries: HistoryEntry[] = [];
  const flush = async () => {
    await browser.addRows('cases', records);
    await browser.addRows('history', pagesOf(entries));
    records = [];
    entries = [];
  };
  let made = 0;
  for (const { record, history } of cases) {
    made += 1;
    if (record) records.push(record);
    entries.push(...history);
    for (const { what } of history) {
      if (what.type !== 'timer-fired') continue;
      if (what.kind === 'reminder') counted.Reminders += 1;
      if (what.kind === 'auto-close') counted['Closed by itself'] += 1;
    }
    if (records.length < AT_ONCE) continue;
    tell(`${NAME}: storing, ${made} of ${CASES}`);
    await flush();
  }
  await flush();
  return counted;
}
