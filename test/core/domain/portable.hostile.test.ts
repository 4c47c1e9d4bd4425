import { describe, expect, it } from 'vitest';
import { runs } from '../../runs';
import { importHostileFiles } from './hostile-files';

/** `npm run hostile` asks for more of them, and for the table. */
const asked = Number(process.env.CSO_HOSTILE ?? 0);
const seed = Number(process.env.CSO_SEED ?? 1);

describe('hostile and damaged files', () => {
  it('are refused in words or taken exactly as they are, and change nothing else', { timeout: 1_200_000 }, () => {
    const { counts, failures } = importHostileFiles(asked || runs(1500), seed);
    if (asked > 0) console.log(table(counts));
    expect(failures.slice(0, 5)).toEqual([]);
    if (asked > 0) for (const [kind, { made }] of counts) expect(made, kind).toBeGreaterThan(0);
  });
});

function table(counts: ReturnType<typeof importHostileFiles>['counts']): string {
  const rows = [...counts].map(([kind, { made, taken, refused }]) => [kind, made, taken, refused]);
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
  const all = [['what was done to a file', 'files', 'taken', 'refused'], ...rows, ['in all', sum(1), sum(2), sum(3)]];
  return all
    .map(([kind, ...numbers]) => String(kind).padEnd(46) + numbers.map((n) => String(n).padStart(9)).join(''))
    .join('\n');
}
