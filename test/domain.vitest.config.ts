import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The tests that mutation testing runs (stryker.config.mjs): of core/domain alone, which needs no browser and no store.
export default defineConfig({
  // Not for the test of lazily itself, which has a longer way to it.
  resolve: { alias: [{ find: /^\.\/lazily$/, replacement: fileURLToPath(new URL('eagerly.ts', import.meta.url)) }] },
  test: {
    environment: 'node',
    setupFiles: [fileURLToPath(new URL('temporal.ts', import.meta.url))],
    include: process.env.CSO_TESTS?.split(',') ?? ['test/core/domain/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
