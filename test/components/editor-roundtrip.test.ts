import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runs } from '../runs';
import { type RoundTrips, roundTrips } from './editor-roundtrip';

/** `npm run roundtrip` asks for more of them, and for the table. */
const asked = Number(process.env.CSO_ROUNDTRIP ?? 0);
const seed = Number(process.env.CSO_SEED ?? 1);

// Each editor waits for the next edit before it keeps; nobody waits here.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('R2, R4: what is made in the editor goes through a file and back unchanged', { timeout: 3_600_000 }, async () => {
  const done = await roundTrips(asked || runs(300), seed, (sofar) => {
    if (asked > 0) console.log(`${sofar.templates.toLocaleString('en')} templates, ${sofar.failures.length} failed`);
    vi.clearAllTimers();
  });
  if (asked > 0) console.log(table(done));
  expect(done.failures.slice(0, 5)).toEqual([]);
  for (const [name, times] of done.byEdit) expect(times, name).toBeGreaterThan(0);
  expect(done.publishable).toBeGreaterThan(0);
});

function table({ templates, edits, publishable, byEdit, failures }: RoundTrips): string {
  const row = (name: string, n: number) => name.padEnd(46) + n.toLocaleString('en').padStart(12);
  return [
    row('templates', templates),
    row('of them ready to publish', publishable),
    row('edits', edits),
    ...[...byEdit].map(([name, times]) => row(`  ${name}`, times)),
    row('came back changed or not at all', failures.length),
    ...failures
      .slice(0, 5)
      .map(({ seed: at, what }) => `again: npm run roundtrip -- --templates 1 --seed ${at}\n  ${what}`),
  ].join('\n');
}
