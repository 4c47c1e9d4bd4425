import * as z from 'zod/mini';
import { lazily } from '../domain/lazily';

const Loss = lazily(() =>
  z.strictObject({
    /** ms since 1970 */
    noticedAt: z.int(),
    /** The names of the help desks that were connected. */
    sites: z.array(z.string()),
  }),
);
const Kept = lazily(() =>
  z.strictObject({
    /** The names of the help desks that are connected, sorted; empty where nothing is known. */
    sites: z.array(z.string()),
    loss: z.nullable(Loss),
  }),
);
/** What the database is to have, kept outside of it; `loss`: what the browser has lost of it, until that is dealt with. */
export type LookedAfterView = z.infer<typeof Kept>;

/** Of what was kept; what is nothing of ours is nothing known. */
export function parseLookedAfter(kept: unknown): LookedAfterView {
  const found = Kept.safeParse(kept);
  return found.success ? found.data : { sites: [], loss: null };
}
