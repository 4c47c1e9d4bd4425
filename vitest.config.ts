import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // Component tests ask for happy-dom in their first line.
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          // Weeks of virtual time on a busy machine; nothing here is about speed.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/*.test.ts', `test/e2e/${process.env.CSO_DESK ?? 'demo'}/*.test.ts`],
          // Tests in a folder belong to the desk of that name, the others run on every desk.
          // One browser at a time: the tests move the clock of theirs, and a second one would only slow both down.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { concurrent: false },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
