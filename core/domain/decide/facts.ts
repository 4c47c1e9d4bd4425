import type { CaseRecord, Person, TicketFacts } from '../case';

/** What the ticket says by now, where it says anything. */
export function newerFacts(
  record: CaseRecord,
  facts: TicketFacts,
): Pick<CaseRecord, 'subject' | 'requester' | 'assignee'> {
  return {
    subject: facts.subject || record.subject,
    requester: betterKnown(record.requester, facts.requester),
    assignee: facts.assignee,
  };
}

/** A help desk's API may know a person by login only, where its page has shown the name. */
export function betterKnown(known: Person | null, fresh: Person | null): Person | null {
  if (!fresh || (known && fresh.login === known.login && fresh.name === fresh.login)) return known;
  return fresh;
}

export function samePerson(a: Person | null, b: Person | null): boolean {
  return a?.login === b?.login && a?.name === b?.name;
}
