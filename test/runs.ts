/**
 * How often a property is tried: `n` times, or a part of that where CSO_RUNS says so (`CSO_RUNS=0.1` for mutation
 * testing, `CSO_RUNS=20` for a long search).
 */
export function runs(n: number): number {
  return Math.max(1, Math.round(n * Number(process.env.CSO_RUNS ?? 1)));
}
