import { defineConfig } from 'vitest/config';

/** Tests in a folder belong to the desk of that name, the others run on every desk. */
function endToEndTests(): string[] {
  const desk = process.env.CSO_DESK ?? 'demo';
  if (process.env.CSO_BROWSER_KIND !== 'firefox') return ['test/e2e/*.test.ts', `test/e2e/${desk}/*.test.ts`];
  // What the panel does for a person; the rest moves clocks, kills workers, or opens the extension's own pages.
  return [
    'test/e2e/{panel,review,replies,lists,shortcuts}.test.ts',
    `test/e2e/${desk}/{app,trouble,hostile}.test.ts`,
    'test/e2e/firefox/*.test.ts',
  ];
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['test/temporal.ts', 'test/memory-indexeddb.ts'],
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
          setupFiles: ['test/temporal.ts'],
          include: endToEndTests(),
          // One browser at a time: the tests move the clock of theirs, and a second one would only slow both down.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { concurrent: false },
          // Against hanging, not a measure of speed: what a test waits for has its own limits.
          testTimeout: 240_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
