import type { LookedAfter } from '../../../core/app/ports';

/** What the browser keeps beside the database, and what is in it now. */
export function memoryOf(kept: Awaited<ReturnType<LookedAfter['get']>>): LookedAfter {
  let now = kept;
  return {
    get: async () => structuredClone(now),
    async set(next) {
      now = structuredClone(next);
    },
  };
}
