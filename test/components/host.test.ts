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
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation(((frame: () => void) => frames.push(frame)) as never);
});
afterEach(() => {
  life.abort();
  vi.restoreAllMocks();
});

test('the panel is not printed', () => {
  start();
  const rules = host()?.shadowRoot?.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]) ?? [];
  const print = rules.find((rule) => rule.cssText.startsWith('@media print'));
  expect(print?.cssText).toMatch(/:host \{ display: none/);
});
