// What the rows of `npm run bench` that need a browser have in common.
import { chromium } from 'playwright-core';
import { findBrowser } from './browser.mjs';

export const SAMPLES = 60;

const sorted = (values) => values.toSorted((a, b) => a - b);
const quantile = (values, part) => sorted(values)[Math.max(0, Math.ceil(values.length * part) - 1)];

export function single(index, ms) {
  return { index, samples: 1, medianUs: ms * 1000, p95Us: ms * 1000, perSecond: 1000 / ms };
}

export function compared(index, oursMs, otherMs, bar) {
  const medianMs = quantile(oursMs, 0.5);
  const ratio = medianMs / quantile(otherMs, 0.5);
  return {
    index,
    samples: oursMs.length,
    medianUs: medianMs * 1000,
    p95Us: quantile(oursMs, 0.95) * 1000,
    perSecond: 1000 / medianMs,
    ratio,
    bar,
    met: bar === undefined ? undefined : ratio <= bar,
  };
}

export async function launch(profile, extensions = []) {
  const asRoot = process.getuid?.() === 0;
  return chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless: true,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...(extensions.length > 0
        ? [`--load-extension=${extensions.join(',')}`, `--disable-extensions-except=${extensions.join(',')}`]
        : ['--js-flags=--expose-gc']),
      '--no-first-run',
      ...(asRoot ? ['--no-sandbox'] : []),
    ],
  });
}
