import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page, or with the part of it that `within` names. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (selector) => {
    const { axe: run } = globalThis as unknown as {
      axe: { run(context: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await run.run(selector === undefined ? document : { include: [selector] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, within);
}

/** What is wrong with the page in any of its looks, wide and narrow, light and dark: axe's findings, and a page that scrolls sideways. */
export async function flawsInEveryLook(page: Page): Promise<string[]> {
  const flaws: string[] = [];
  for (const width of [380, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found = await violations(page);
      if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
        found.push('scrolls sideways');
      flaws.push(...found.map((flaw) => `${width} ${colorScheme}: ${flaw}`));
    }
  return flaws;
}
