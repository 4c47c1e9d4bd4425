/**
 * Takes a picture of every state that a person may see, light and dark, and writes the page that shows them.
 * Made anew by `npm run pictures`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { supportTemplate } from '../../core/domain/templates/support';
import type { Language } from '../../core/words/language';
import { demoDesk } from '../desks/demo/demo';
import { Camera, fileOf, LOOKS, MOST_HEIGHT } from './gallery/camera';
import { panelScenes } from './gallery/panel';
import { ask, extensionPage } from './gallery/pretend';
import { chapters, MADE, type Screen, SILENCE, STATES, type Stage, type State } from './gallery/screens';
import { faultyOf, fullOf } from './gallery/templates';
import { transcript } from './gallery/transcript';
import { launch, type TestBrowser } from './harness/browser';
import { Session } from './harness/session';
import { until } from './harness/until';

const HEIGHT = 560;
const WIDTH = 1180;
const NARROW = 380;

/** The state of a screen with all that is as usual; `null`: the screen has no such state. */
function stageOf(screen: Screen, state: State): Stage | null {
  if (state === 'usual' || state === 'narrow')
    return { ...screen, words: state, ...(state === 'narrow' ? screen.narrow : {}) };
  if (state === 'error' && !screen.error) {
    // Of such a page there are no parts.
    const { area: _, ...page } = screen;
    return { ...page, ...SILENCE };
  }
  const own = screen[state];
  return own ? { ...screen, ...own } : null;
}

const nameOf = (screen: Screen, state: State) => `${screen.name}-${state}`;

async function takeScreen(camera: Camera, browser: TestBrowser, screen: Screen, state: State): Promise<void> {
  const stage = stageOf(screen, state);
  if (!stage) return;
  const page = await extensionPage(browser, stage.path ?? screen.path, stage.pretended);
  page.setDefaultTimeout(10_000);
  try {
    const width = state === 'narrow' ? Math.min(NARROW, screen.width ?? NARROW) : (screen.width ?? WIDTH);
    await page.setViewportSize({ width, height: screen.height ?? HEIGHT });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await stage.act?.(page);
    if (stage.seen !== undefined) await page.getByText(stage.seen).filter({ visible: true }).first().waitFor();
    const area = stage.area?.(page);
    if (area) await page.setViewportSize({ width, height: MOST_HEIGHT });
    else await page.setViewportSize({ width, height: Math.min(await settledHeight(page), MOST_HEIGHT) });
    await camera.take({ page, ...(area ? { area } : {}) }, nameOf(screen, state));
  } finally {
    await page.close();
  }
}

/** As high as what is on the page, once all of it is there. */
async function settledHeight(page: Page): Promise<number> {
  const measure = () => page.evaluate(() => document.documentElement.scrollHeight);
  let before = 0;
  return until(
    'the page to stay as high as it is',
    measure,
    (now) => {
      const same = now === before;
      before = now;
      return same;
    },
    { everyMs: 150 },
  );
}

/** Templates to be edited: one that was just begun, one with very much in it, one with mistakes, and a draft of Support. */
async function makeTemplates(browser: TestBrowser): Promise<void> {
  const begin = async (name: string, from: string | null) => {
    const { id } = await ask(browser, 'drafts.create', { name, from });
    return ask(browser, 'drafts.open', { templateId: id });
  };
  await begin('Returns', null);
  const full = await begin('Marine operations', 'support');
  const publish = async (note: string, seen: number) =>
    ask(browser, 'drafts.publish', { templateId: MADE.full, seen, note, moves: [], noticeDays: null });
  await publish('The first one: as Support', full.editedAt ?? 0);
  const much = await ask(browser, 'drafts.save', { template: fullOf({ ...full.template, version: 2 }), seen: null });
  await publish('With everything that the second line knows, as agreed with the terminal in October', much.editedAt);
  const closed = { ...fullOf({ ...full.template, version: 3 }), summary: 'For the second line.' };
  await ask(browser, 'drafts.save', { template: closed, seen: null });
  const faulty = await begin('Berths', 'support');
  await ask(browser, 'drafts.save', { template: faultyOf(faulty.template), seen: faulty.editedAt });
  const { template } = await ask(browser, 'drafts.open', { templateId: supportTemplate.id });
  await ask(browser, 'drafts.save', {
    template: {
      ...template,
      version: template.version + 1,
      statuses: template.statuses.map((one) => (one.id === 'reopened' ? { ...one, name: 'Opened again' } : one)),
    },
    seen: null,
  });
}

const speak = (browser: TestBrowser, language: Language) => ask(browser, 'language.set', { language });

/** @param folder of the documents: the pictures go into `pictures/gallery`, the page is `gallery.md`
 * @param only what the names of the pictures to be taken have in them; then nothing else is touched */
export async function gallery(folder: string, say: (line: string) => void, only = ''): Promise<void> {
  const pictures = join(folder, 'pictures', 'gallery');
  if (only === '') rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const wanted = chapters
    .flatMap(({ screens }) => screens)
    .flatMap((screen) => STATES.map((state) => ({ screen, state })))
    .filter(({ screen, state }) => nameOf(screen, state).includes(only) && stageOf(screen, state));
  const isFresh = ({ screen, state }: { screen: Screen; state: State }) => stageOf(screen, state)?.fresh === true;
  const failures: string[] = [];
  /** All that are wrong are told at once: a run takes minutes. */
  const attempt = async (name: string, take: () => Promise<void>) => {
    try {
      await take();
      say(name);
    } catch (error) {
      // The first lines: what was waited for. Playwright adds how.
      failures.push(`${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    }
  };
  const takeAll = async (browser: TestBrowser, camera: Camera, some: typeof wanted) => {
    for (const { screen, state } of some)
      await attempt(nameOf(screen, state), () => takeScreen(camera, browser, screen, state));
  };

  const fresh = await launch();
  try {
    await takeAll(fresh, await Camera.with(fresh.context, pictures), wanted.filter(isFresh));
  } finally {
    await fresh.close();
  }

  const session = await Session.start({ desk: demoDesk() });
  const { browser } = session;
  try {
    const camera = await Camera.with(browser.context, pictures);
    for (const { name, set, language = 'en' } of panelScenes.filter(({ name }) => name.includes(only))) {
      await attempt(name, async () => {
        await speak(browser, language);
        const scene = await set(session);
        await camera.take(scene, name);
        await scene.page.close();
      });
    }
    await speak(browser, 'en');
    await makeTemplates(browser);
    // What the connection is tested with, and what the options page tells of.
    const { id, page, panel } = await session.openNewTicket('Invoices are printed without the logo');
    await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
    await session.waitForNative(id, session.desk.native.waiting);
    await page.reload();
    await takeAll(
      browser,
      camera,
      wanted.filter((one) => !isFresh(one)),
    );
    if (failures.length > 0) throw new Error(`These could not be taken:\n${failures.join('\n')}`);
    if (only !== '') return;
    const words =
      'What the panel says to a screen reader during a change by keyboard alone: role, name and state of everything in it, step by step. Made by `npm run pictures`.';
    writeFileSync(
      join(folder, 'screen-reader.md'),
      `# Screen-reader transcript\n\n${words}\n\n${await transcript(session)}`,
    );
    say('screen-reader.md');
  } finally {
    await session.close();
  }
  writeFileSync(join(folder, 'gallery.md'), galleryPage());
}

const picture = (name: string, look: (typeof LOOKS)[number], words: string, width: number) => {
  const address = `pictures/gallery/${fileOf(name, look)}`;
  return `<a href="${address}"><img src="${address}" width="${width}" alt="${words}, ${look}"></a>`;
};
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

function galleryPage(): string {
  const tableOf = (screen: Screen) => {
    const states = STATES.flatMap((state) => {
      const stage = stageOf(screen, state);
      return stage ? [{ state, words: stage.words ?? '' }] : [];
    });
    const title = ({ state, words }: { state: State; words: string }) =>
      state === words ? state : `${state}: ${words}`;
    return [
      `### ${screen.words}\n`,
      row(...states.map(title)),
      row(...states.map(() => '---')),
      ...LOOKS.map((look) =>
        row(
          ...states.map((one) =>
            picture(
              nameOf(screen, one.state),
              look,
              `${screen.words}, ${title(one)}`,
              one.state === 'narrow' ? 90 : 180,
            ),
          ),
        ),
      ),
      '',
    ];
  };
  return [
    '# Gallery\n',
    'Every state that a person may see, light and dark, on the demo desk; a click shows a picture in full. Made by `npm run pictures`.',
    'The states of a screen: as usual, narrow, with nothing in it, with very much in it, and when something goes wrong.\n',
    '## On a ticket\n',
    row('what', ...LOOKS),
    row('---', ...LOOKS.map(() => '---')),
    ...panelScenes.map(({ name, words }) => row(words, ...LOOKS.map((look) => picture(name, look, words, 260)))),
    '',
    ...chapters.flatMap(({ title, screens }) => [`## ${title}\n`, ...screens.flatMap(tableOf)]),
  ].join('\n');
}
