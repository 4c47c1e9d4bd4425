import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CasePanel } from '../harness/case-panel';
import { Session } from '../harness/session';
import { serveWith, type Tricks } from '../harness/tricks';

let session: Session;
let page: Page;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());
afterEach(() => page?.close());

/** Opens the page of a new ticket with tricks built in. */
async function openWith(tricks: Tricks): Promise<{ id: string; panel: CasePanel }> {
  const id = await session.desk.createTicket('A page with tricks');
  page = await session.browser.newPage();
  await serveWith(page, session.desk.ticketUrl(id), tricks);
  const panel = new CasePanel(page);
  await page.goto(session.desk.ticketUrl(id));
  return { id, panel };
}

/** It is given back in a task of its own, once it is clear that nothing else has it. */
const hasFocus = (field: Locator) =>
  expect
    .poll(() => field.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element))
    .toBe(true);

const change = { status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files', note: 'jk/r? <b>' };

const OPENS_A_DIALOG = `addEventListener('load', () => {
  const dialog = document.createElement('dialog');
  dialog.id = 'modal';
  dialog.textContent = 'The page asks something';
  document.body.append(dialog);
  dialog.showModal();
});`;

describe('keys and focus', () => {
  test('a page that listens on window before all others hears no key, no text and no focus of the panel', async () => {
    const { panel } = await openWith({
      script: `window.heard = [];
        for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'focus', 'blur', 'focusin', 'focusout', 'copy', 'cut', 'paste', 'compositionstart'])
          for (const target of [window, document])
            target.addEventListener(type, (event) => {
              const host = document.querySelector('div[data-case-status-overlay]');
              if ((host && (event.target === host || event.relatedTarget === host)) || (event.key ?? '').length === 1) heard.push(type);
            }, true);`,
    });
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    expect(await page.evaluate('heard')).toEqual([]);
  });

  test('a page that takes every focus back neither gets what is typed nor keeps the panel from work', async () => {
    const { panel } = await openWith({
      script: `addEventListener('DOMContentLoaded', () => {
        const trap = document.createElement('input');
        trap.id = 'trap';
        document.body.append(trap);
        const back = () => trap.focus();
        for (const type of ['focusin', 'focusout', 'blur', 'focus']) document.addEventListener(type, back, true);
        addEventListener('keydown', (event) => { if (event.key === 'Tab') { event.preventDefault(); back(); } }, true);
        trap.focus();
      });`,
    });
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    expect(await page.locator('#trap').inputValue()).toBe('');
    expect((await panel.history())[0]).toContain(change.note);
  });

  test('a page that is still being read, and whose address names a place in it, leaves the focus where the person put it', async () => {
    const id = await session.desk.createTicket('A long way to the end');
    page = await session.browser.newPage();
    const url = session.desk.ticketUrl(id);
    await serveWith(page, url, {
      script: `window.heard = []; addEventListener('keydown', ({ key }) => heard.push(key));`,
      end: '<script src="/slow.js"></script>',
    });
    let hasCome = () => {};
    const comes = new Promise<void>((resolve) => {
      hasCome = resolve;
    });
    await page.route('**/slow.js', async (route) => {
      await comes;
      await route.fulfill({ contentType: 'text/javascript', body: '' });
    });
    await page.goto(`${url}#content`, { waitUntil: 'commit' });
    const panel = new CasePanel(page);
    await panel.startChange();
    await panel.combobox('Status').click();
    await page.keyboard.type('Pen');
    expect(await page.evaluate('document.readyState')).toBe('loading');
    hasCome();
    await page.waitForLoadState('load');
    await hasFocus(panel.combobox('Status'));
    await page.keyboard.type('ding');
    expect(await panel.combobox('Status').inputValue()).toBe('Pending');
    expect(await page.evaluate('heard')).toEqual([]);
  });

  test('a script that takes the focus away from whatever has it does not get the next key; a press beside the panel does', async () => {
    const { panel } = await openWith({
      script: `window.heard = []; addEventListener('keydown', ({ key }) => heard.push(key));`,
    });
    await panel.startChange();
    await panel.combobox('Status').click();
    await page.keyboard.type('Pen');
    await page.evaluate('document.activeElement.blur()');
    await hasFocus(panel.combobox('Status'));
    await page.keyboard.type('ding');
    expect(await panel.combobox('Status').inputValue()).toBe('Pending');
    expect(await page.evaluate('heard')).toEqual([]);
    await page.locator('h1').click();
    await page.keyboard.type('xy');
    expect(await page.evaluate('heard')).toEqual(['x', 'y']);
  });

  test('a page that drops the focus and is busy after it does not get the keys that come meanwhile', async () => {
    const { panel } = await openWith({
      script: `window.heard = []; addEventListener('keydown', ({ key }) => heard.push(key));`,
    });
    await panel.startChange();
    await panel.combobox('Status').click();
    await page.keyboard.type('Pen');
    // A key that waits for a busy page comes before the task in which the focus is given back.
    const busy = page.evaluate(`document.activeElement.blur();
      const until = performance.now() + 1000;
      while (performance.now() < until);`);
    await page.keyboard.type('ding');
    await busy;
    await expect.poll(() => panel.combobox('Status').inputValue()).toBe('Pending');
    expect(await page.evaluate('heard')).toEqual([]);
  });

  test('a modal dialog of the page does not lock the panel out', async () => {
    const { panel } = await openWith({
      script: OPENS_A_DIALOG,
    });
    await page.locator('#modal').waitFor();
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    await page.evaluate("document.querySelector('#modal').close()");
    await panel.button('Change status').click();
    await panel.combobox('Status').waitFor();
  });

  test('a dialog whose style moves it and cuts off what is in it does neither with the panel', async () => {
    const { panel } = await openWith({
      style:
        'dialog { width: 320px; height: 180px; transform: translate(10px, 10px); overflow: hidden; contain: paint }',
      script: OPENS_A_DIALOG,
    });
    await page.locator('#modal').waitFor();
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
  });

  test('a page that takes each press beside its own dialog for itself leaves the panel its own', async () => {
    const { panel } = await openWith({
      // What libraries for dialogs do while one is open.
      script: `for (const type of ['mousedown', 'touchstart']) document.addEventListener(type, (event) => event.preventDefault(), { capture: true, passive: false });
        document.addEventListener('click', (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
        window.heard = [];
        addEventListener('keydown', ({ key }) => heard.push(key));`,
    });
    await panel.startChange();
    await panel.fill({ status: 'Awaiting Customer Confirmation' });
    const note = panel.host.getByRole('textbox', { name: 'Note' });
    await note.click();
    // The shield gives it the focus a moment after the press.
    await hasFocus(note);
    // Into whatever has the focus.
    await page.keyboard.type('mine');
    expect(await note.inputValue()).toBe('mine');
    const box = panel.host.getByRole('checkbox');
    await box.click();
    await expect.poll(() => box.isChecked()).toBe(true);
    await panel.update();
    await panel.waitForStatus('Awaiting Customer Confirmation');
    expect(await page.evaluate('heard')).toEqual([]);

    await panel.pill.click();
    await panel.region.waitFor({ state: 'detached' });
    await page.reload();
    await panel.pill.click();
    await panel.region.waitFor();
    await panel.button('Hold').focus();
    await page.keyboard.press('Enter');
    await panel.button('Release hold').waitFor();
  });

  test('a page that takes a press for itself and moves the panel meanwhile has it press nothing else', async () => {
    const { panel } = await openWith({
      script: `document.addEventListener('click', (event) => {
        event.stopImmediatePropagation();
        document.documentElement.style.translate = '0 -200px';
      }, true);`,
    });
    await panel.change(change);
    await page.evaluate("document.documentElement.style.translate = ''");
    await panel.button('Hold').click();
    await panel.button('Release hold').waitFor();
  });

  test('a page that stops presses on their way, and lets them work, has none of them work twice', async () => {
    const { panel } = await openWith({
      script: `for (const type of ['mousedown', 'click']) document.addEventListener(type, (event) => event.stopPropagation(), true);`,
    });
    await panel.startChange();
    await panel.fill({ status: 'Awaiting Customer Confirmation' });
    const box = panel.host.getByRole('checkbox');
    await box.check();
    await panel.host.getByText('Do not send the message').click();
    expect(await box.isChecked()).toBe(false);
    await panel.button('Cancel').click();
    await panel.button('Change status').waitFor();
  });

  test('a page that scrolls by itself neither keeps the panel from scrolling nor scrolls along', async () => {
    const { panel } = await openWith({
      style: 'html body { min-height: 4000px !important }',
      script: `document.addEventListener('wheel', (event) => { event.preventDefault(); scrollBy(0, event.deltaY); }, { passive: false });`,
    });
    await panel.region.waitFor();
    await panel.button('What the statuses mean').click();
    const body = panel.host.locator('[data-scroll]');
    await body.hover();
    await page.mouse.wheel(0, 200);
    await expect.poll(() => body.evaluate(({ scrollTop }) => scrollTop)).toBe(200);
    expect(await page.evaluate('scrollY')).toBe(0);
  });

  test('a page that writes itself anew hears nothing of the panel either', async () => {
    const { panel } = await openWith({});
    await panel.region.waitFor();
    await page.evaluate(() => {
      document.querySelector('div[data-case-status-overlay]')?.remove();
      const html = document.documentElement.outerHTML;
      document.open();
      document.write(html);
      document.close();
      const heard: string[] = [];
      Object.assign(window, { heard });
      // After the panel has had its moment: what was written may be heard first.
      setTimeout(() => addEventListener('keydown', ({ key }) => heard.push(key), true));
    });
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    expect(await panel.host.count()).toBe(1);
    expect(await page.evaluate('heard')).toEqual([]);
    await page.keyboard.press('Alt+Shift+K');
    await panel.host.getByRole('dialog', { name: 'Commands' }).waitFor();
  });

  test('Enter that is held down does not go on to press what has only just come', async () => {
    const { id, panel } = await openWith({});
    await panel.region.waitFor();
    await page.keyboard.press('Alt+Shift+K');
    await page.keyboard.type('change to awaiting');
    await page.keyboard.down('Enter');
    await panel.updateButton.waitFor();
    // As long as the panel asks to have been seen, and longer.
    for (let n = 0; n < 30; n += 1) {
      await page.keyboard.down('Enter');
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await page.keyboard.up('Enter');
    expect(await panel.updateButton.isVisible()).toBe(true);
    expect(await session.sentToCustomer(id)).toEqual([]);
    await page.keyboard.press('Enter');
    await panel.waitForStatus('Awaiting Customer Confirmation');
  });

  test('text that the page writes into a field of the panel does not stay', async () => {
    const { panel } = await openWith({});
    await panel.startChange();
    await panel.pick('Status', 'In Progress');
    const note = panel.host.getByRole('textbox', { name: 'Note' });
    await note.click();
    // Announced by the browser, and then there is nothing to delete.
    await page.keyboard.press('Backspace');
    await page.evaluate("document.execCommand('insertText', false, 'theirs')");
    expect(await note.inputValue()).toBe('');
    await note.pressSequentially('mine');
    await page.evaluate("document.execCommand('insertText', false, ' and theirs')");
    expect(await note.inputValue()).toBe('mine');
  });
});

describe('looks', () => {
  /** What a person sees of the panel, in figures. */
  const looksOf = (panel: CasePanel) =>
    panel.region.evaluate(async (card) => {
      await Promise.all(card.getAnimations().map(({ finished }) => finished));
      return [card, ...card.querySelectorAll('button, h2, li, p')].map((element) => {
        const { width, height } = element.getBoundingClientRect();
        const { fontSize, fontFamily, color, display, lineHeight, textTransform } = getComputedStyle(element);
        return [
          element.tagName,
          Math.round(width),
          Math.round(height),
          fontSize,
          fontFamily,
          color,
          display,
          lineHeight,
          textTransform,
        ].join();
      });
    });

  test('the page’s styles do not reach the panel', async () => {
    const { panel: plain } = await openWith({});
    await plain.region.waitFor();
    await plain.region.getByText('Not tracked yet').waitFor();
    const before = await looksOf(plain);
    await page.close();
    const { panel } = await openWith({
      style: `html { font-size: 10px; line-height: 3; text-transform: uppercase; letter-spacing: 4px; color: red; }
        * { all: unset !important; } div, span, button { display: block !important; color: lime !important; font: 30px serif !important; }
        :root { --text: red; --surface: red; --font: serif; } div[data-case-status-overlay] { display: none !important; --text: red; opacity: 0 !important; }`,
    });
    await panel.region.waitFor();
    await panel.region.getByText('Not tracked yet').waitFor();
    expect(await looksOf(panel)).toEqual(before);
  });

  test('a panel that was put into the corner of a wide window is all there in a narrow one', async () => {
    const { panel } = await openWith({});
    await panel.region.waitFor();
    const box = async () => (await panel.region.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
    /** Places are kept in whole pixels, heights come in parts of them. */
    const stands = async (at: { x: number; y: number }) => {
      const { x, y } = await box();
      return Math.abs(x - at.x) <= 1 && Math.abs(y - at.y) <= 1;
    };
    const size = page.viewportSize() ?? { width: 1280, height: 720 };
    const moved = async (to: { x: number; y: number }) => {
      const { x, y } = await box();
      await page.mouse.move(x + 150, y + 6);
      await page.mouse.down();
      await page.mouse.move(x + 140, y + 6);
      await page.mouse.move(to.x + 150, to.y + 6);
      await page.mouse.up();
    };
    await moved({ x: 10, y: 10 });
    await expect.poll(() => stands({ x: 10, y: 10 }), { timeout: 5000 }).toBe(true);
    await page.setViewportSize({ width: 420, height: 420 });
    await expect.poll(() => stands({ x: 0, y: 0 }), { timeout: 5000 }).toBe(true);
    // From where it is seen: not from where it would be in the wide window.
    await moved({ x: 40, y: 10 });
    await expect.poll(() => stands({ x: 40, y: 10 }), { timeout: 5000 }).toBe(true);
    await page.setViewportSize(size);
    await panel.button('Change status').waitFor();
  });

  test('on a long page in quirks mode the panel stays where it is put', async () => {
    const id = await session.desk.createTicket('Without a document type');
    page = await session.browser.newPage();
    await page.route(session.desk.ticketUrl(id), async (route) => {
      const answer = await route.fetch();
      const { 'content-security-policy': _own, ...headers } = answer.headers();
      const long = '<head><style>html body { min-height: 4000px !important }</style>';
      const body = (await answer.text()).replace(/<!doctype html>/i, '').replace('<head>', long);
      await route.fulfill({ response: answer, headers, body });
    });
    await page.goto(session.desk.ticketUrl(id));
    const { region } = new CasePanel(page);
    await region.waitFor();
    expect(await page.evaluate('document.compatMode')).toBe('BackCompat');
    const { x = 0, y = 0 } = (await region.boundingBox()) ?? {};
    await page.mouse.move(x + 150, y + 6);
    await page.mouse.down();
    await page.mouse.move(x + 140, y + 6);
    await page.mouse.move(400 + 150, 100 + 6);
    await page.mouse.up();
    await expect.poll(async () => Math.abs(((await region.boundingBox())?.y ?? 0) - 100)).toBeLessThanOrEqual(1);
  });

  test('nothing that the page draws with the greatest z-index lies over the panel', async () => {
    const { panel } = await openWith({
      script: `addEventListener('load', () => {
        const cover = document.createElement('div');
        cover.id = 'cover';
        cover.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647; background: pink';
        document.documentElement.append(cover);
      });`,
    });
    await page.locator('#cover').waitFor();
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
  });

  test.each([
    ['filters it', 'filter: grayscale(1)'],
    ['moves and scales it', 'transform: translate(300px, 200px) scale(.5)'],
    ['keeps a layer for it', 'will-change: transform; min-height: 5000px'],
    ['cuts it off', 'contain: strict; height: 50px; overflow: hidden'],
  ])('what a page does to the whole of itself stays out of the panel: one that %s', async (_what, style) => {
    const { panel } = await openWith({ style: `html { ${style} } ::backdrop { background: red }` });
    await panel.region.waitFor();
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    const box = await panel.region.boundingBox();
    expect(box?.width).toBe(348);
    expect((box?.x ?? 0) + 348).toBeLessThanOrEqual(width);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
  });

  test('a strict policy with trusted types takes nothing away', async () => {
    const { panel } = await openWith({
      policy:
        "default-src 'none'; style-src 'none'; script-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    });
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    expect(await panel.region.evaluate((card) => getComputedStyle(card).width)).toBe('348px');
  });

  test('a page that draws its whole body anew, and throws out what it does not know, keeps its panel', async () => {
    const { panel } = await openWith({
      script: `addEventListener('load', () => setInterval(() => {
        document.body.replaceWith(document.body.cloneNode(true));
        for (const child of document.documentElement.children) if (!['HEAD', 'BODY'].includes(child.tagName)) child.remove();
      }, 150));`,
    });
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    expect((await panel.history())[0]).toContain(change.note);
  });

  test('a field that was clicked and thrown out is written over by the next key, not added to', async () => {
    const { panel } = await openWith({});
    await panel.startChange();
    await panel.pick('Status', 'Pending');
    await panel.combobox('Status').click();
    await page.evaluate("document.querySelector('div[data-case-status-overlay]').remove()");
    await page.keyboard.type('Clo');
    expect(await panel.combobox('Status').inputValue()).toBe('Clo');
  });
});

describe('from right to left', () => {
  const rightToLeft = { script: `document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar';` };
  /** The words of the panel that stick out of it. */
  const outside = (panel: CasePanel) =>
    panel.host.locator('.card').evaluate((card) => {
      const frame = card.getBoundingClientRect();
      const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
      const out: string[] = [];
      const range = document.createRange();
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        range.selectNodeContents(text);
        const { left, right, width } = range.getBoundingClientRect();
        // Words that are cut off with an ellipsis stick out of nothing.
        let cut = text.parentElement;
        while (cut && cut !== card && getComputedStyle(cut).textOverflow !== 'ellipsis') cut = cut.parentElement;
        const sticksOut = left < frame.left || right > frame.right;
        if (width > 0 && cut === card && sticksOut) out.push(text.textContent ?? '');
      }
      return out;
    });

  test('a page keeps its direction to itself, and the panel stays in the window', async () => {
    const { panel } = await openWith(rightToLeft);
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    const card = panel.host.locator('.card');
    expect(await card.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
    const { x = -1, width = 0 } = (await card.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    expect(await outside(panel)).toEqual([]);
  });

  test('a language that is written so finds a panel that is the other way round, with nothing outside of it', async () => {
    const { panel } = await openWith(rightToLeft);
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    await panel.host.locator('.ui').evaluate((element) => {
      (element as HTMLElement).style.direction = 'rtl';
    });
    const at = async (selector: string) => (await panel.host.locator(selector).first().boundingBox())?.x ?? Number.NaN;
    expect(await at('.title .dot')).toBeGreaterThan(await at('.title-words'));
    expect(await at('.history .dot')).toBeGreaterThan(await at('.history-title'));
    expect(await outside(panel)).toEqual([]);
    await panel.startChange();
    expect(await outside(panel)).toEqual([]);
    await panel.button('Cancel').click();
  });
});
