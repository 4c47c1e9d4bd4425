/** What Firefox does otherwise, or cannot be made to do by a test. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('over a part of the panel that does not scroll, the wheel does not scroll the page', async () => {
  const { page, panel } = await session.openNewTicket('A long page');
  await page.evaluate(() => document.body.style.setProperty('min-height', '4000px', 'important'));
  await page.setViewportSize({ width: 640, height: 450 });
  await panel.button('Change status').hover();
  await page.mouse.wheel(0, 300);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.evaluate('scrollY')).toBe(0);
  await page.mouse.move(5, 200);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => page.evaluate('scrollY')).toBe(300);
});

test('words that an input method composes arrive whole, and pick', async () => {
  const { page, panel } = await session.openNewTicket('An input method');
  await panel.startChange();
  const keyboard = await page.context().newCDPSession(page);
  const compose = async (steps: string[], text: string) => {
    for (const step of steps)
      await keyboard.send('Input.imeSetComposition', {
        text: step,
        selectionStart: step.length,
        selectionEnd: step.length,
      });
    await keyboard.send('Input.insertText', { text });
  };
  await compose(['i', 'in', 'in p'], 'in p');
  await page.keyboard.press('Enter');
  await expect.poll(() => panel.combobox('Status').inputValue()).toBe('In Progress');
  const note = panel.host.getByRole('textbox', { name: 'Note' });
  await note.click();
  await compose(['に', 'にほ', 'にほん'], '日本');
  expect(await note.inputValue()).toBe('日本');
  await panel.update();
  expect((await panel.history())[0]).toContain('日本');
});

test('what a person deletes, takes back, copies, cuts and drags in a field is as they left it', async () => {
  const { page, panel } = await session.openNewTicket('Ways to edit');
  await panel.startChange();
  await panel.pick('Status', 'In Progress');
  const note = panel.host.getByRole('textbox', { name: 'Note' });
  const pressed = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    return note.inputValue();
  };
  await note.click();
  await page.keyboard.type('one two');
  expect(await pressed('Control+Backspace')).toBe('one ');
  expect(await pressed('Control+z')).toBe('one two');
  expect(await pressed('Control+a', 'Control+c', 'End', 'Control+v')).toBe('one twoone two');
  expect(await pressed('Control+a', 'Control+x')).toBe('');
  await page.keyboard.type('drag me');
  const { x, y } = (await note.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.dblclick(x + 20, y + 16);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 16, { steps: 5 });
  await page.mouse.move(x + 150, y + 16, { steps: 5 });
  await page.mouse.up();
  expect(await note.inputValue()).toMatch(/^\s*me\s*drag/);
});

test('the panel is not printed', async () => {
  const { page, panel } = await session.openNewTicket('On paper');
  await panel.region.waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await panel.region.isVisible()).toBe(false);
});
