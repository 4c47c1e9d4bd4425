import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TicketFacts } from '../../../core/domain/case';
import type { DeskApi } from '../../../core/domain/desk';
import { siteAdapters } from '../../../core/sites';
import { checkedDesk } from '../../../core/sites/checked-desk';

const facts: TicketFacts = {
  ticketId: '1',
  subject: 'Printer on fire',
  nativeStatus: 'open',
  requester: { login: 'alice@customer.test', name: 'Alice' },
  assignee: null,
  queue: 'Support',
  type: null,
  lastMessageId: '40',
};
const reading = { ok: true as const, facts, version: '7', lastCustomerMessage: null, lastAutomaticMessage: null };
const write = { status: 'open', message: null, expectedVersion: null };

/** An adapter that answers everything with this, whatever its type says. */
function saying(answer: unknown): DeskApi {
  const say = async () => answer as never;
  return checkedDesk({ currentUser: say, readTicket: say, newestMessages: say, lastAnswerAt: say, apply: say }, 'RT');
}

const everything = (desk: DeskApi) =>
  Promise.all([
    desk.currentUser(),
    desk.readTicket('1'),
    desk.newestMessages('1'),
    desk.lastAnswerAt('1'),
    desk.apply('1', write),
  ]);

describe('an adapter whose answers are checked', () => {
  it('hands on what fits, and every failure as it is', async () => {
    const user = { ok: true as const, user: { login: 'erin', name: 'Erin' } };
    expect(await saying(user).currentUser()).toEqual(user);
    expect(await saying(reading).readTicket('1')).toEqual(reading);
    const messages = { ok: true as const, messages: [{ id: '4', visibility: 'public' as const, text: '' }] };
    expect(await saying(messages).newestMessages('1')).toEqual(messages);
    const failure = { ok: false as const, code: 'rate-limited' as const, message: 'Wait.', retryAfterMs: 7000 };
    for (const answer of await everything(saying(failure))) expect(answer).toEqual(failure);
  });

  it('shortens what is only shown', async () => {
    const long = 'x'.repeat(10_000);
    const person = { login: 'alice', name: long };
    const answer = await saying({
      ...reading,
      facts: { ...facts, subject: long, queue: long, type: long, requester: person, assignee: person },
    }).readTicket('1');
    expect(answer.ok && TicketFacts.safeParse(answer.facts).success).toBe(true);
  });

  it.each([
    ['another ticket', { ...reading, facts: { ...facts, ticketId: '2' } }],
    ['a status that is longer than any', { ...reading, facts: { ...facts, nativeStatus: 'x'.repeat(81) } }],
    ['a customer who wrote at no time', { ...reading, lastCustomerMessage: { id: '5', at: Number.NaN } }],
    ['a message without an id', { ...reading, lastCustomerMessage: { id: '', at: 1 } }],
    ['a person without a login', { ...reading, facts: { ...facts, requester: { name: 'Alice' } } }],
  ])('%s is no reading', async (_what, answer) => {
    expect(await saying(answer).readTicket('1')).toMatchObject({ ok: false, code: 'nonsense', message: /\.$/ });
  });

  it('whatever comes, it does not throw, and what it hands on can be kept', async () => {
    const junk = fc.oneof(
      fc.anything(),
      fc.record({ ok: fc.constant(true), user: fc.anything(), facts: fc.anything(), messages: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(junk, async (answer) => {
        for (const result of await everything(saying(answer))) {
          if (result.ok && 'facts' in result) expect(TicketFacts.safeParse(result.facts).success).toBe(true);
          if (!result.ok && result.code === 'nonsense') expect(result.message).toMatch(/\.$/);
        }
      }),
    );
  });

  it('an adapter that fails is a failure in words; a write may have been carried out', async () => {
    const fail = () => Promise.reject(new Error('Cannot read properties of undefined'));
    const desk = checkedDesk(
      { currentUser: fail, readTicket: fail, newestMessages: fail, lastAnswerAt: fail, apply: fail },
      'RT',
    );
    for (const result of await everything(desk)) expect(result).toMatchObject({ ok: false, code: 'nonsense' });
    expect(await desk.apply('1', write)).toMatchObject({ maybeDone: true });
    expect(await desk.currentUser()).not.toMatchObject({ maybeDone: true });
  });

  it.each(siteAdapters.map((adapter) => [adapter.page.id, adapter] as const))(
    'that is every one of ours: %s',
    async (_id, adapter) => {
      const throwing = (() => {
        throw new Error('no fetch');
      }) as unknown as typeof fetch;
      const api = adapter.api('https://desk.test', throwing);
      for (const result of await everything(api)) expect(result).toMatchObject({ ok: false });
    },
  );
});
