/** The rows of `npm run bench` about the panel in a page: what it costs the page, and how soon it answers. In Chromium, on the demo desk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../scripts/lib/browser.mjs';
import { type DemoDesk, demoDesk } from '../../desks/demo/demo';
import { switches } from '../../e2e/harness/browser';
import { Session } from '../../e2e/harness/session';

const SAMPLES = 40;
const ROWS = 3000;
const NAVIGATIONS = 10_000;
const TAGS = 2000;
/**
 * After this long a page that has loaded is at rest. About a second after each load Chromium collects what is no longer needed,
 * in pages with the extension and without: measured sooner, only the one that came later would be charged with it.
 */
const REST_MS = 1500;

/** `values`: in `unit`, one for each sample. `bar`: what the named figure may be at most; `null`: it is only told. */
export interface PanelRow {
  name: string;
  unit: 'ms' | 'x' | 'KB' | '';
  values: number[];
  bar: number | null;
  figure: 'median' | 'p98' | 'max';
}

export type Tell = (words: string) => void;

const NAMES = {
  cost: 'what the panel costs a page of 3,000 rows: time in tasks, with against without',
  script: '  time in scripts that the panel adds',
  compile: '  time in compiling them beforehand',
  long: '  tasks of more than 50 ms that the panel adds to a page',
  collapsed: 'the same page, while the panel is collapsed to its pill',
  collapsedScript: '  time in scripts that the pill adds',
  visible: 'panel visible after DOMContentLoaded, with a cold worker',
  click: 'from the click on Update until it is stored and painted, at a quarter of the speed',
  tags: 'a picker with 2,000 reasons, opened, narrowed by typing and walked through: longest task of the page',
  heap: '10,000 navigations within a page: heap that is left behind',
  listeners: '  listeners that are left behind',
};

const quantile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)] ?? 0;

export function figureOf({ values, figure }: PanelRow): number {
  return quantile(values, figure === 'median' ? 0.5 : figure === 'p98' ? 0.98 : 1);
}

/** @param build makes the extension that is measured */
export async function measurePanel(
  wanted: (name: string) => boolean,
  tell: Tell,
  build: () => Promise<void>,
): Promise<PanelRow[]> {
  if (!Object.values(NAMES).some((name) => wanted(name.trim()))) return [];
  await build();
  const desk = demoDesk();
  const session = await Session.start({ desk });
  try {
    const rows: PanelRow[] = [];
    if (wanted(NAMES.cost)) rows.push(...(await pageCost(session, tell)));
    if (wanted(NAMES.visible)) rows.push(await panelVisible(session, tell));
    if (wanted(NAMES.click)) rows.push(await clickToPainted(session, tell));
    if (wanted(NAMES.heap)) rows.push(...(await navigations(session, desk, tell)));
    // The last: it leaves a template behind that no other row is to be measured with.
    if (wanted(NAMES.tags)) rows.push(await manyTags(session, tell));
    return rows;
  } finally {
    await session.close();
  }
}

/** A ticket as most are that agents open: its case has a status, dates that lie ahead, and a history. */
async function trackedTicket(session: Session, subject: string): Promise<string> {
  const { id, page, panel } = await session.openNewTicket(subject);
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.waitForNative(id, session.desk.native.waiting);
  await page.close();
  return id;
}

async function metricsOf(devtools: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/**
 * The same page, by turns in a browser with the panel and in one without. In the time of the processor: on a small machine the
 * page's process waits for the worker's, the browser's and the desk's, now for this and now for that.
 */
async function pageCost(session: Session, tell: Tell): Promise<PanelRow[]> {
  const { desk } = session;
  const id = await trackedTicket(session, 'A long page');
  const url = desk.ticketUrl(id);
  // The same kind of browser with the same switches, but for the extension.
  const profile = mkdtempSync(join(tmpdir(), 'cso-plain-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    viewport: { width: 1280, height: 900 },
    args: switches(),
  });
  try {
    const login = await context.newPage();
    await desk.login(login);
    await login.close();

    const load = async (page: Page) => {
      await page.route(url, async (route) => {
        const answer = await route.fetch();
        const cells = Array.from(
          { length: ROWS },
          (_, row) => `<tr><td>${row}</td><td>Berth ${row % 97}</td><td>free</td></tr>`,
        );
        const body = (await answer.text()).replace('</main>', `<table>${cells.join('')}</table></main>`);
        await route.fulfill({ response: answer, body });
      });
      await page.addInitScript(() => {
        const long: number[] = [];
        Object.assign(window, { long });
        new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
          type: 'longtask',
          buffered: true,
        });
      });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
      await page.goto(url, { waitUntil: 'load' });
      await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), REST_MS);
      const { TaskDuration = 0, ScriptDuration = 0, V8CompileDuration = 0 } = await metricsOf(devtools);
      const long = await page.evaluate(() => (window as unknown as { long: number[] }).long.length);
      await page.close();
      return { task: TaskDuration * 1000, script: ScriptDuration * 1000, compile: V8CompileDuration * 1000, long };
    };

    const compare = async (name: string) => {
      const pairs: Record<'without' | 'withIt', Awaited<ReturnType<typeof load>>>[] = [];
      for (let sample = 0; sample < SAMPLES + 3; sample += 1) {
        tell(`${name}: ${sample} of ${SAMPLES + 3}`);
        const without = await load(await context.newPage());
        const withIt = await load(await session.browser.newPage());
        // The first few find nothing in any cache.
        if (sample >= 3) pairs.push({ without, withIt });
      }
      return {
        ratios: pairs.map(({ without, withIt }) => withIt.task / without.task),
        added: (what: 'script' | 'compile' | 'long') =>
          pairs.map(({ without, withIt }) => withIt[what] - without[what]),
      };
    };

    const open = await compare(NAMES.cost);
    const { page, panel } = await session.openTicket(id);
    await panel.pill.click();
    await page.close();
    const collapsed = await compare(NAMES.collapsed);
    return [
      { name: NAMES.cost, unit: 'x', values: open.ratios, bar: 1.15, figure: 'median' },
      { name: NAMES.script, unit: 'ms', values: open.added('script'), bar: 5, figure: 'median' },
      { name: NAMES.compile, unit: 'ms', values: open.added('compile'), bar: null, figure: 'median' },
      { name: NAMES.long, unit: '', values: open.added('long'), bar: 0, figure: 'median' },
      { name: NAMES.collapsed, unit: 'x', values: collapsed.ratios, bar: null, figure: 'median' },
      { name: NAMES.collapsedScript, unit: 'ms', values: collapsed.added('script'), bar: null, figure: 'median' },
    ];
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function panelVisible(session: Session, tell: Tell): Promise<PanelRow> {
  const id = await trackedTicket(session, 'How soon');
  const page = await session.browser.newPage();
  await page.addInitScript(() => {
    // Who looked in each frame would have the page draw frames that it does not draw for a person.
    const panelAt = new Promise<number>((resolve) => {
      let watched: ShadowRoot | undefined;
      const observer = new MutationObserver(() => {
        const root = document.querySelector('div[data-case-status-overlay]')?.shadowRoot;
        if (!root) return;
        if (root !== watched) observer.observe(root, { subtree: true, childList: true });
        watched = root;
        if (!root.querySelector('.first-pill, .card, .pill')) return;
        observer.disconnect();
        // Painted once the frame that draws it is over.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
      observer.observe(document, { subtree: true, childList: true });
    });
    Object.assign(window, { panelAt });
  });
  const values: number[] = [];
  for (let sample = 0; sample < SAMPLES + 3; sample += 1) {
    tell(`${NAMES.visible}: ${sample} of ${SAMPLES + 3}`);
    await session.browser.killWorker();
    await page.goto(session.desk.ticketUrl(id));
    const ms = await page.evaluate(async () => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      const { panelAt } = window as unknown as { panelAt: Promise<number> };
      return (await panelAt) - (navigation?.domContentLoadedEventStart ?? 0);
    });
    if (sample >= 3) values.push(Math.max(0, ms));
  }
  await page.close();
  return { name: NAMES.visible, unit: 'ms', values, bar: 100, figure: 'median' };
}

async function clickToPainted(session: Session, tell: Tell): Promise<PanelRow> {
  const { page, panel } = await session.openNewTicket('How soon after a click');
  await page.evaluate(() => {
    let clickedAt = 0;
    window.addEventListener(
      'click',
      (event) => {
        clickedAt = event.timeStamp;
      },
      true,
    );
    const root = document.querySelector('div[data-case-status-overlay]')?.shadowRoot;
    if (!root) throw new Error('No panel');
    new MutationObserver(() => {
      if (clickedAt === 0 || !root.querySelector('.toast [role=status] p')) return;
      const at = clickedAt;
      clickedAt = 0;
      // Painted once the frame that draws it is over.
      requestAnimationFrame(() =>
        setTimeout(() => (window as unknown as { painted(ms: number): void }).painted(performance.now() - at)),
      );
    }).observe(root, { subtree: true, childList: true });
  });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const values: number[] = [];
  const count = 2 * SAMPLES + 3;
  for (let sample = 0; sample < count; sample += 1) {
    tell(`${NAMES.click}: ${sample} of ${count}`);
    await panel.startChange();
    await panel.pick('Status', sample % 2 ? 'New' : 'In Progress');
    await panel.host
      .getByRole('group', { name: 'This will' })
      .getByText(/set|Only|Nothing/)
      .first()
      .waitFor();
    const painted = page.evaluate(() => new Promise<number>((painted) => Object.assign(window, { painted })));
    // The panel has to have lain open for a moment, as it has before any person.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
    await panel.updateButton.click();
    const ms = await painted;
    if (sample >= 3) values.push(ms);
    await panel.button('Dismiss').click();
  }
  await page.close();
  return { name: NAMES.click, unit: 'ms', values, bar: 100, figure: 'p98' };
}

/** What the page is busy with for longest at a stretch, while a person looks for one of 2,000 reasons. */
async function manyTags(session: Session, tell: Tell): Promise<PanelRow> {
  const { page, panel } = await session.openNewTicket('So many reasons');
  const options = await session.browser.extensionPage('options.html');
  const published = await options.evaluate(async (count) => {
    const ask = (name: string, input: object) => chrome.runtime.sendMessage({ name, input });
    const file = JSON.parse((await ask('templates.export', { templateId: 'support' })).value.text);
    const tags = Array.from({ length: count }, (_, index) => ({
      id: `reason-${index}`,
      name: `Berth ${index} ${index % 3 === 0 ? 'flooded' : 'blocked'}`,
      retired: false,
    }));
    for (const status of file.templates[0].statuses) if (status.id === 'in-progress') status.tags = tags;
    const reviewed = [{ id: 'support', version: file.templates[0].version + 1 }];
    return ask('templates.publish', { text: JSON.stringify(file), note: 'Many reasons', reviewed });
  }, TAGS);
  if (!published.ok) throw new Error(published.message);
  await options.close();
  await page.reload();
  const devtools = await page.context().newCDPSession(page);
  const values: number[] = [];
  for (let sample = 0; sample < SAMPLES + 3; sample += 1) {
    tell(`${NAMES.tags}: ${sample} of ${SAMPLES + 3}`);
    await panel.startChange();
    await panel.pick('Status', 'In Progress');
    const tasks = await longestTask(devtools, async () => {
      const picker = panel.host.getByRole('combobox', { name: 'Reason' });
      await picker.click();
      await picker.pressSequentially('berth 1', { delay: 20 });
      for (let step = 0; step < 10; step += 1) await picker.press('ArrowDown', { delay: 10 });
    });
    if (sample >= 3) values.push(tasks);
    await page.keyboard.press('Escape');
    await panel.button('Cancel').click();
  }
  await page.close();
  return { name: NAMES.tags, unit: 'ms', values, bar: 16.7, figure: 'p98' };
}

/** In ms, of the page's main thread. */
async function longestTask(devtools: CDPSession, act: () => Promise<void>): Promise<number> {
  const events: { name: string; ph: string; dur?: number; pid: number; tid: number; cat: string }[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as typeof events));
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
  });
  await act();
  const ended = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await ended;
  devtools.off('Tracing.dataCollected', collect);
  const page = events.find(({ name }) => name === 'EventDispatch');
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && pid === page?.pid && tid === page?.tid,
  );
  return Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1000));
}

/** Between two tickets of an application that never loads another page. */
async function navigations(session: Session, desk: DemoDesk, tell: Tell): Promise<PanelRow[]> {
  const ids = [await desk.createTicket('Here'), await desk.createTicket('And there')];
  const page = await session.browser.newPage();
  await page.goto(desk.appUrl(ids[0] ?? ''));
  await page.locator('div[data-case-status-overlay]').waitFor({ state: 'attached' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');
  const paths = ids.map((id) => new URL(desk.appUrl(id)).pathname);
  /** The page's own part is two documents that take turns: what grows is ours. */
  const go = (times: number) =>
    page.evaluate(
      async ({ paths, times }) => {
        const main = document.querySelector<HTMLElement>('main[data-ticket-id]');
        if (!main) throw new Error('No ticket');
        for (let turn = 0; turn < times; turn += 1) {
          const path = paths[turn % paths.length] ?? '';
          main.dataset.ticketId = path.split('/').at(-1) ?? '';
          history.replaceState(null, '', path);
          // As long as the extension needs to be there; every tenth is left before it is.
          if (turn % 10 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
          else
            while (!document.querySelector('div[data-case-status-overlay]'))
              await new Promise((resolve) => setTimeout(resolve, 1));
        }
      },
      { paths, times },
    );
  const measure = async () => {
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), REST_MS);
    for (let turn = 0; turn < 3; turn += 1) await devtools.send('HeapProfiler.collectGarbage');
    return metricsOf(devtools);
  };
  await go(500);
  const before = await measure();
  for (let done = 0; done < NAVIGATIONS; done += 500) {
    tell(`${NAMES.heap}: ${done} of ${NAVIGATIONS}`);
    await go(500);
  }
  const after = await measure();
  await page.close();
  const grown = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
  return [
    { name: NAMES.heap, unit: 'KB', values: [grown('JSHeapUsedSize') / 1000], bar: 1000, figure: 'max' },
    { name: NAMES.listeners, unit: '', values: [grown('JSEventListeners')], bar: 0, figure: 'max' },
  ];
}
