// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHost } from '../../components/overlay/host';

let life: AbortController;
let frames: (() => void)[];
/** The page's modal dialogs, which happy-dom does not tell from others. */
let modal: Set<Element>;
const host = () => document.querySelector<HTMLElement>('div[data-case-status-overlay]');
/** The observer hears of changes in a microtask. */
const heard = () => new Promise((resolve) => setTimeout(resolve, 0));
const nextFrame = () => {
  for (const frame of frames.splice(0)) frame();
};

const start = () => createHost(window as unknown as Window, 'open', [], () => true, life.signal);

function dialog(parent: Element = document.body): HTMLDialogElement {
  const element = document.createElement('dialog');
  parent.append(element);
  return element;
}
function showModal(element: HTMLDialogElement) {
  modal.add(element);
  element.dispatchEvent(new Event('toggle'));
}
function close(element: HTMLDialogElement) {
  modal.delete(element);
  element.dispatchEvent(new Event('toggle'));
}

beforeEach(() => {
  document.body.innerHTML = '';
  life = new AbortController();
  frames = [];
  modal = new Set();
  const { querySelectorAll } = document;
  vi.spyOn(document, 'querySelectorAll').mockImplementation(((selectors: string) =>
    selectors === 'dialog:modal'
      ? [...querySelectorAll.call(document, 'dialog')].filter((each) => modal.has(each as Element))
      : querySelectorAll.call(document, selectors)) as typeof querySelectorAll);
  const { matches } = Element.prototype;
  vi.spyOn(Element.prototype, 'matches').mockImplementation(function (this: Element, selectors) {
    return selectors === ':modal' ? modal.has(this) : matches.call(this, selectors);
  });
  // Neither does happy-dom know popovers.
  Object.assign(HTMLElement.prototype, { showPopover() {} });
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation(((frame: () => void) => frames.push(frame)) as never);
});
afterEach(() => {
  life.abort();
  vi.restoreAllMocks();
});

test('the panel moves into a modal dialog of the page and back', () => {
  start();
  expect(host()?.parentNode).toBe(document.documentElement);
  const question = dialog();
  showModal(question);
  expect(host()?.parentNode).toBe(question);
  close(question);
  expect(host()?.parentNode).toBe(document.documentElement);
});

test('of two modal dialogs it is in the one that was opened last, wherever that stands in the page', () => {
  start();
  const confirm = dialog();
  const form = dialog();
  showModal(form);
  showModal(confirm);
  expect(host()?.parentNode).toBe(confirm);
  close(confirm);
  expect(host()?.parentNode).toBe(form);
});

test('a modal dialog that the page takes away while it is open does not take the panel with it', async () => {
  start();
  const around = document.createElement('div');
  document.body.append(around);
  const question = dialog(around);
  showModal(question);
  await heard();
  // As frameworks do: nothing says that it was closed.
  modal.delete(question);
  around.remove();
  await heard();
  expect(host()?.parentNode).toBe(document.documentElement);
});

test('a modal dialog that is drawn anew keeps the panel', async () => {
  start();
  const question = dialog();
  showModal(question);
  await heard();
  question.innerHTML = '<p>Another question</p>';
  await heard();
  expect(host()?.parentNode).toBe(question);
});

test('a page that throws the panel out as soon as it comes back is not kept busy', async () => {
  let thrown = 0;
  const page = new MutationObserver(() => {
    const element = host();
    // Bounded, so that a failure is one and not a page that hangs.
    if (element && thrown < 500) {
      thrown += 1;
      element.remove();
    }
  });
  page.observe(document.documentElement, { childList: true });
  start();
  await heard();
  expect(thrown).toBeLessThan(5);
  page.disconnect();
  nextFrame();
  expect(host()?.parentNode).toBe(document.documentElement);
});

test('the panel comes back at once also when the page throws it out twice between two frames', async () => {
  start();
  for (let n = 0; n < 2; n += 1) {
    host()?.remove();
    await heard();
    expect(host()?.parentNode).toBe(document.documentElement);
  }
});

test('the panel comes back at once when the page throws it out, also with a new document element', async () => {
  start();
  host()?.remove();
  await heard();
  expect(host()).not.toBeNull();
  nextFrame();
  const fresh = document.createElement('html');
  document.documentElement.remove();
  document.append(fresh);
  fresh.append(document.createElement('body'));
  await heard();
  expect(host()?.parentNode).toBe(fresh);
  nextFrame();
  host()?.remove();
  await heard();
  expect(host()?.parentNode).toBe(fresh);
});

test('a panel that the page puts into an element of its own goes back to where it was', async () => {
  start();
  const closet = document.createElement('div');
  closet.hidden = true;
  document.body.append(closet);
  closet.append(host() as HTMLElement);
  await heard();
  expect(host()?.parentNode).toBe(document.documentElement);
});
