// The rows of `npm run bench` about a worker that has stopped, and is woken by a message.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compared, launch, SAMPLES } from './bench-parts.mjs';
import { root } from './run.mjs';
import { build } from './steps.mjs';

/** They find nothing in any cache. */
const FIRST = 5;
const EMPTY = 'Empty';

/**
 * As agents have it: no page of the extension is open, so that its process ended with the worker, and has to be started
 * again for either. With a page of it open only the worker starts.
 */
export const coldStarts = [
  {
    names: [
      "cold start of the worker, until it hears events, against an empty one's",
      'cold start of the worker, until it has answered from the database, against an empty one',
    ],
    bar: 1.25,
    keepOpen: false,
  },
  {
    names: [
      'the same start with a page of the extension open, until it hears events',
      'the same start with a page of the extension open, until it has answered',
    ],
    bar: undefined,
    keepOpen: true,
  },
];

/**
 * From a message of a web page's content script to a stopped worker until the browser says that it runs, and until its
 * answer: ours looks into the database, the empty one says yes to all.
 */
export async function coldStart({ names, bar, keepOpen }, tell) {
  const built = await build('chrome', 'e2e');
  if (built.failures.length > 0) throw new Error(built.failures.join('\n'));
  const empty = emptyExtension();
  const profile = mkdtempSync(join(tmpdir(), 'cso-bench-'));
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>A page</title>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const context = await launch(profile, [join(root, '.output', 'chrome-mv3-e2e'), empty]);
  try {
    while (context.serviceWorkers().length < 2) await context.waitForEvent('serviceworker');
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const extensions = [];
    for (const worker of context.serviceWorkers()) extensions.push(await enter(context, worker, page));
    const open = keepOpen ? extensions.map((extension) => extension.page) : [];
    for (const other of context.pages()) if (other !== page && !open.includes(other)) await other.close();

    const workers = await watchWorkers(context, page, keepOpen);
    const started = { ours: [], other: [] };
    const answered = { ours: [], other: [] };
    for (let sample = 0; sample < FIRST + SAMPLES; sample += 1) {
      tell(`${names[0]}: ${sample} of ${FIRST + SAMPLES}`);
      for (const { id, isEmpty } of extensions) {
        await workers.stop();
        const { startedMs, answeredMs } = await workers.wake(id);
        if (sample < FIRST) continue;
        started[isEmpty ? 'other' : 'ours'].push(startedMs);
        answered[isEmpty ? 'other' : 'ours'].push(answeredMs);
      }
    }
    return [
      { ...compared(0, started.ours, started.other, bar), name: names[0] },
      { ...compared(0, answered.ours, answered.other), name: names[1] },
    ];
  } finally {
    await context.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
    rmSync(empty, { recursive: true, force: true });
  }
}

/** @returns {string} the folder of an extension whose worker only answers */
function emptyExtension() {
  const folder = mkdtempSync(join(tmpdir(), 'cso-empty-'));
  const manifest = {
    manifest_version: 3,
    name: EMPTY,
    version: '1',
    permissions: ['scripting'],
    host_permissions: ['http://127.0.0.1/*'],
    background: { service_worker: 'background.js' },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'background.js'),
    'chrome.runtime.onMessage.addListener((_message, _sender, answer) => { answer(true); });',
  );
  return folder;
}

/** Gets an extension a world of its own in the page, as its content scripts have. */
async function enter(context, worker, page) {
  const id = new URL(worker.url()).host;
  const own = await context.newPage();
  await own.goto(`chrome-extension://${id}/manifest.json`);
  const name = await own.evaluate(async (url) => {
    // Until a worker has run once, the browser does not know what to wake it for.
    for (let answer; answer === undefined; )
      try {
        answer = await chrome.runtime.sendMessage({ name: 'sites.list', input: {} });
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    const [tab] = await chrome.tabs.query({ url });
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: () => undefined });
    return chrome.runtime.getManifest().name;
  }, `${page.url()}*`);
  return { id, page: own, isEmpty: name === EMPTY };
}

async function watchWorkers(context, page, keepOpen) {
  const devtools = await context.newCDPSession(page);
  const worlds = new Map();
  devtools.on('Runtime.executionContextCreated', (event) => worlds.set(event.context.origin, event.context.id));
  await devtools.send('Runtime.enable');
  const states = new Map();
  let onRunning = () => undefined;
  devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) {
      if (runningStatus === 'running' && states.get(versionId) !== 'running') onRunning();
      states.set(versionId, runningStatus);
    }
  });
  await devtools.send('ServiceWorker.enable');
  const system = await context.browser().newBrowserCDPSession();
  /** Of the processes that show pages and run workers. */
  const processes = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  };
  /** Those that came with the worker that was woken last. */
  let came = [];
  return {
    async stop() {
      await devtools.send('ServiceWorker.stopAllWorkers');
      while ([...states.values()].some((state) => state !== 'stopped'))
        await new Promise((resolve) => setTimeout(resolve, 5));
      for (let there = came; !keepOpen && came.length > 0 && there.length === came.length; ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const left = await processes();
        there = came.filter((id) => left.includes(id));
      }
    },
    async wake(id) {
      const before = await processes();
      const start = performance.now();
      const running = new Promise((resolve) => {
        onRunning = () => resolve(performance.now() - start);
      });
      const answer = devtools.send('Runtime.evaluate', {
        contextId: worlds.get(`chrome-extension://${id}`),
        awaitPromise: true,
        returnByValue: true,
        expression: `(async () => {
          const start = performance.now();
          await chrome.runtime.sendMessage({ name: 'case.view', input: { ticketId: '1' } });
          return performance.now() - start;
        })()`,
      });
      const [startedMs, { result }] = await Promise.all([running, answer]);
      came = (await processes()).filter((process) => !before.includes(process));
      return { startedMs, answeredMs: result.value };
    },
  };
}
