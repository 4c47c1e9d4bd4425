import { defineConfig } from 'vitest/config';

// The tests that mutation testing runs (stryker.config.mjs): of core/domain alone, which needs no browser and no store.
export default defineConfig({
  test: {
    environment: 'node',
    include: process.env.CSO_TESTS?.split(',') ?? ['test/core/domain/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
