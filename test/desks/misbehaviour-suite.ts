import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskApi } from '../../core/domain/desk';
import type { Desk } from './desk';
import { Misbehaving, type Misbehaviour, misbehaviours } from './misbehaviour';

/** More requests than any call makes. */
const MOST = 12;
/** What the adapters treat in ways of their own; all the rest is the same code for each, and tried on the desk that is quick. */
const TELLING: readonly Misbehaviour[] = [
  'a page of the network',
  'a login page with 200',
  '503 in HTML',
  'JSON of another shape',
  'a connection that is reset',
  'an empty page',
];

/**
 * What a site adapter makes of a help desk that misbehaves in the middle of a conversation, tried on a real one whose
 * answers are replaced one at a time.
 * @param api the adapter as the agent erin, over the `fetch` that `wrap` makes of the one with her session
 */
export function misbehaviourSuite(
  desk: Desk,
  api: (wrap: (real: typeof globalThis.fetch) => typeof globalThis.fetch) => Promise<DeskApi>,
): void {
  describe(`${desk.name} misbehaves`, () => {
    const liar = new Misbehaving();
    const kinds = desk.name === 'demo' ? misbehaviours : TELLING;
    beforeAll(async () => {
      await desk.up();
      await liar.up();
    });
    afterAll(async () => {
      await liar.down();
      await desk.down();
    });

    /**
     * Calls once for each request that the call makes, with that request's answer replaced. A reading that is carried out is
     * as good as lost: of those requests only writes are looked at.
     */
    async function eachRequest<T>(
      kind: Misbehaviour,
      first: 'carried out' | 'lost',
      call: (api: DeskApi) => Promise<T>,
      judge: (result: T) => void | Promise<void>,
    ): Promise<void> {
      for (let nth = 1; nth <= MOST; nth += 1) {
        let asked = { count: 0, writes: [] as number[] };
        const spoilt = await api((real) => {
          const lying = liar.fetch(real, nth, kind, first);
          asked = lying.asked;
          return lying.fetch;
        });
        const result = await call(spoilt);
        if (asked.count < nth) return;
        await judge(result);
        if (first === 'carried out' && !asked.writes.some((number) => number > nth) && asked.writes.includes(nth))
          return;
      }
      throw new Error(`More than ${MOST} requests`);
    }

    test.each(kinds)('%s: a reading that says it is one is right', async (kind) => {
      const id = await desk.createTicket('Read in bad times');
      await desk.customerReplies(id, 'Here is the log.');
      const erin = await api((real) => real);
      const truth = await erin.readTicket(id);
      const said = await erin.newestMessages(id);
      if (!truth.ok || !said.ok || !truth.lastCustomerMessage) throw new Error('The help desk cannot be read');

      await eachRequest(
        kind,
        'lost',
        (spoilt) => spoilt.readTicket(id),
        (reading) => {
          if (!reading.ok) return expect(reading).toMatchObject({ code: expect.any(String), message: /\.$/ });
          // People and queues may be told less well; that the customer has answered may not be missed.
          const { subject, nativeStatus, lastMessageId } = truth.facts;
          expect(reading).toMatchObject({
            facts: { ticketId: id, subject, nativeStatus, lastMessageId },
            lastCustomerMessage: truth.lastCustomerMessage,
          });
        },
      );
      await eachRequest(
        kind,
        'lost',
        (spoilt) => spoilt.newestMessages(id),
        (messages) => {
          if (messages.ok) expect(messages).toEqual(said);
          else expect(messages.message).toMatch(/\.$/);
        },
      );
      const answered = await erin.lastAnswerAt(id);
      await eachRequest(
        kind,
        'lost',
        (spoilt) => spoilt.lastAnswerAt(id),
        (answer) => {
          if (answer.ok) expect(answer).toEqual(answered);
          else expect(answer.message).toMatch(/\.$/);
        },
      );
      await eachRequest(
        kind,
        'lost',
        (spoilt) => spoilt.currentUser(),
        (user) => {
          if (user.ok) expect([null, 'erin']).toContain(user.user?.login ?? null);
          else expect(user.message).toMatch(/\.$/);
        },
      );
    });

    // A help desk that says that it refuses is believed.
    const carriedOut = kinds.filter((kind) => kind !== '403');
    const written = [
      ...kinds.map((kind) => [kind, 'lost'] as const),
      ...carriedOut.map((kind) => [kind, 'carried out'] as const),
    ];
    test.each(written)(
      '%s, the request is %s: who says that nothing was sent is right, and nothing is sent twice',
      async (kind, first) => {
        let id = '';
        let mark = '';
        await eachRequest(
          kind,
          first,
          async (spoilt) => {
            id = await desk.createTicket('Written in bad times');
            mark = `[ref:${crypto.randomUUID().replaceAll('-', '').slice(0, 10)}]`;
            const write = {
              status: desk.native.waiting,
              message: { body: `Hello.\n\n${mark}`, visibility: 'public' },
            } as const;
            return spoilt.apply(id, { ...write, expectedVersion: null });
          },
          async (result) => {
            const sent = (await desk.messages(id)).filter(({ text }) => text.includes(mark)).length;
            expect(sent).toBeLessThan(2);
            if (result.ok) {
              expect(sent).toBe(1);
              if (result.nativeStatus !== null) expect(await desk.nativeStatus(id)).toBe(result.nativeStatus);
            } else if (result.maybeDone !== true) expect(sent, `${result.code}: ${result.message}`).toBe(0);
          },
        );
      },
    );
  });
}
