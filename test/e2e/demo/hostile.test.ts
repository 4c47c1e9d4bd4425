import type { Page } from 'playwright-core';
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

const change = { status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files', note: 'jk/r? <b>' };

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

  test('a modal dialog of the page does not lock the panel out', async () => {
    const { panel } = await openWith({
      script: `addEventListener('load', () => {
        const dialog = document.createElement('dialog');
        dialog.id = 'modal';
        dialog.textContent = 'The page asks something';
        document.body.append(dialog);
        dialog.showModal();
      });`,
    });
    await page.locator('#modal').waitFor();
    await panel.change(change);
    await panel.waitForStatus('Pending – Customer Input');
    await page.evaluate("document.querySelector('#modal').close()");
    await panel.button('Change status').click();
    await panel.combobox('Status').waitFor();
  });

  test('text that the page writes into a field of the panel does not stay', async () => {
    const { panel } = await openWith({});
    await panel.startChange();
    await panel.pick('Status', 'In Progress');
    const note = panel.host.getByRole('textbox', { name: 'Note' });
    await note.click();
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
