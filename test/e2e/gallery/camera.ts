import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';

export const LOOKS = ['light', 'dark'] as const;
export type Look = (typeof LOOKS)[number];

/** What lies further down shows nothing that is not said above it, and would make the pictures endless. */
export const MOST_HEIGHT = 1040;
/** Around a part of a page, px. */
const MARGIN = 14;
const QUALITY = 0.6;

export interface Scene {
  page: Page;
  /** The part of the page that matters; all of it where it is not given. */
  area?: Locator;
}

export const fileOf = (name: string, look: Look) => `${name}-${look}.webp`;

/** Takes pictures of scenes, light and dark. As WebP: a quarter of what a PNG takes. */
export class Camera {
  readonly #folder: string;
  /** Where a PNG becomes a WebP: the browser has what it takes. */
  readonly #darkroom: Page;

  private constructor(folder: string, darkroom: Page) {
    this.#folder = folder;
    this.#darkroom = darkroom;
  }

  static async with(context: BrowserContext, folder: string): Promise<Camera> {
    return new Camera(folder, await context.newPage());
  }

  async take({ page, area }: Scene, name: string): Promise<void> {
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
      const png = await page.screenshot({ fullPage: true, clip: await frameOf(page, area), animations: 'disabled' });
      writeFileSync(join(this.#folder, fileOf(name, look)), await this.#develop(png));
    }
  }

  async #develop(png: Buffer): Promise<Buffer> {
    const address = await this.#darkroom.evaluate(
      async ([data, quality]) => {
        const picture = new Image();
        picture.src = `data:image/png;base64,${data}`;
        await picture.decode();
        const canvas = document.createElement('canvas');
        canvas.width = picture.naturalWidth;
        canvas.height = picture.naturalHeight;
        canvas.getContext('2d')?.drawImage(picture, 0, 0);
        return canvas.toDataURL('image/webp', quality);
      },
      [png.toString('base64'), QUALITY] as const,
    );
    return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  }
}

/** In px from the top of the document, however far it is scrolled. */
async function frameOf(page: Page, area: Locator | undefined) {
  await area?.scrollIntoViewIfNeeded();
  const box = await area?.boundingBox();
  const whole = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { width: scrollWidth, height: scrollHeight, left: scrollX, top: scrollY };
  });
  if (!box) return { x: 0, y: 0, width: whole.width, height: Math.min(whole.height, MOST_HEIGHT) };
  const x = Math.max(0, box.x + whole.left - MARGIN);
  const y = Math.max(0, box.y + whole.top - MARGIN);
  return {
    x,
    y,
    width: Math.min(box.width + 2 * MARGIN, whole.width - x),
    height: Math.min(box.height + 2 * MARGIN, whole.height - y, MOST_HEIGHT),
  };
}
