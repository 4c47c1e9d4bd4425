import * as z from 'zod/mini';
import { Person, TicketFacts } from '../domain/case';
import type { DeskApi, DeskFailure } from '../domain/desk';
import { lazily } from '../domain/lazily';
import { deskWords } from '../words/desk';

const MessageId = lazily(() => z.string().check(z.minLength(1), z.maxLength(80)));
const Newest = lazily(() => z.nullable(z.object({ id: MessageId, at: z.number() })));
const CurrentUser = lazily(() => z.object({ ok: z.literal(true), user: z.nullable(Person) }));
const Reading = lazily(() =>
  z.object({
    ok: z.literal(true),
    facts: TicketFacts,
    closed: z.optional(z.boolean()),
    version: z.nullable(z.string().check(z.maxLength(500))),
    lastCustomerMessage: Newest,
    lastAutomaticMessage: Newest,
  }),
);
const Messages = lazily(() =>
  z.object({
    ok: z.literal(true),
    messages: z.array(z.object({ id: MessageId, visibility: z.enum(['public', 'internal']), text: z.string() })),
  }),
);
const Answered = lazily(() => z.object({ ok: z.literal(true), at: z.nullable(z.number()) }));
const Applied = lazily(() =>
  z.object({ ok: z.literal(true), nativeStatus: z.nullable(z.string().check(z.maxLength(80))) }),
);

/**
 * A site adapter whose answers are what they claim to be: whatever a help desk sends, nothing gets past this that the store
 * could not keep, and nothing throws. What is only shown (subject, names) is shortened; anything else that does not fit is a
 * failure in words.
 */
export function checkedDesk(api: DeskApi, deskName: string): DeskApi {
  async function checked<T extends { ok: true }>(
    ask: () => Promise<T | DeskFailure>,
    schema: z.ZodMiniType<T>,
    writes = false,
  ): Promise<T | DeskFailure> {
    const nonsense: DeskFailure = {
      ok: false,
      code: 'nonsense',
      message: deskWords.unknownForm(deskName),
      maybeDone: writes,
    };
    try {
      const answer = await ask();
      return answer.ok ? schema.parse(answer) : answer;
    } catch {
      return nonsense;
    }
  }

  return {
    currentUser: () =>
      checked(async () => {
        const answer = await api.currentUser();
        return answer.ok ? { ...answer, user: shortPerson(answer.user) } : answer;
      }, CurrentUser),

    readTicket: async (ticketId) => {
      const reading = await checked(async () => {
        const answer = await api.readTicket(ticketId);
        return answer.ok ? { ...answer, facts: shortFacts(answer.facts) } : answer;
      }, Reading);
      return reading.ok && reading.facts.ticketId !== ticketId
        ? { ok: false, code: 'nonsense', message: deskWords.otherTicket(deskName) }
        : reading;
    },

    newestMessages: (ticketId) => checked(() => api.newestMessages(ticketId), Messages),
    lastAnswerAt: (ticketId) => checked(() => api.lastAnswerAt(ticketId), Answered),
    apply: (ticketId, write) => checked(() => api.apply(ticketId, write), Applied, true),
  };
}

const shortPerson = (person: Person | null): Person | null =>
  person && { login: person.login, name: person.name.slice(0, 320) };

const shortFacts = (facts: TicketFacts): TicketFacts => ({
  ...facts,
  subject: facts.subject.slice(0, 500),
  requester: shortPerson(facts.requester),
  assignee: shortPerson(facts.assignee),
  queue: facts.queue?.slice(0, 200) ?? null,
  type: facts.type?.slice(0, 200) ?? null,
});
