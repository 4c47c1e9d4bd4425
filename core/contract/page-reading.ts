import * as z from 'zod/mini';
import { Person, TicketFacts } from '../domain/case';

/** What the script that reads a ticket's page answers; `null`: the page shows no ticket that the adapter knows. */
export const PageReading = z.nullable(
  z.strictObject({
    facts: TicketFacts,
    agent: z.nullable(Person),
    missing: z.array(z.string().check(z.maxLength(80))).check(z.maxLength(20)),
  }),
);
export type PageReading = z.infer<typeof PageReading>;
