import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeskApi, DeskMessage, TicketReading } from '../../core/domain/desk';
import { customer, type Desk } from './desk';

/**
 * What every site adapter promises (`DeskApi`), tried on a real help desk.
 * @param apis the adapter as the agent erin, and as nobody
 */
export function adapterSuite(desk: Desk, apis: () => Promise<{ erin: DeskApi; nobody: DeskApi }>): void {
  describe(desk.name, () => {
    let erin: DeskApi;
    let nobody: DeskApi;
    let marks = 0;

    beforeAll(async () => {
      await desk.up();
      ({ erin, nobody } = await apis());
    });
    afterAll(() => desk.down());

    /** As unlikely to be there already as the reference below a real message. */
    const reference = () => {
      marks += 1;
      return `[ref:${crypto.randomUUID().replaceAll('-', '').slice(0, 8)}${String(marks).padStart(2, '0')}]`;
    };
    const read = async (id: string): Promise<TicketReading> => {
      const reading = await erin.readTicket(id);
      if (!reading.ok) throw new Error(`${reading.code}: ${reading.message}`);
      return reading;
    };
    const saidWith = async (id: string, mark: string): Promise<DeskMessage[]> => {
      const newest = await erin.newestMessages(id);
      if (!newest.ok) throw new Error(`${newest.code}: ${newest.message}`);
      return newest.messages.filter(({ text }) => text.includes(mark));
    };
    const { open, waiting, solved } = desk.native;

    test('says who is logged in', async () => {
      expect(await erin.currentUser()).toEqual({
        ok: true,
        user: { login: 'erin', name: expect.stringMatching(/^Erin/) },
      });
    });

    test('R17: reads what is known of a ticket', async () => {
      const id = await desk.createTicket('Fire & water <b>"#1"</b> ä 50%');
      const { facts, closed, lastCustomerMessage, lastAutomaticMessage } = await read(id);
      expect(facts).toMatchObject({
        ticketId: id,
        subject: 'Fire & water <b>"#1"</b> ä 50%',
        nativeStatus: await desk.nativeStatus(id),
        requester: { name: customer.name },
        queue: 'Support',
      });
      expect(facts.lastMessageId).toMatch(/^\d+$/);
      expect(closed).toBe(false);
      expect(lastAutomaticMessage).toBeNull();
      // The request itself is the ticket; where a help desk counts it as a message, it is no later than the newest.
      expect(Number(lastCustomerMessage?.id ?? 0)).toBeLessThanOrEqual(Number(facts.lastMessageId));
    });

    test('writes a status that the help desk then has', async () => {
      const id = await desk.createTicket('A status');
      const { version } = await read(id);
      expect(await erin.apply(id, { status: waiting, message: null, expectedVersion: version })).toEqual({
        ok: true,
        nativeStatus: waiting,
      });
      expect(await desk.nativeStatus(id)).toBe(waiting);
      expect((await read(id)).facts.nativeStatus).toBe(waiting);
    });

    test('says whether the help desk counts a ticket as closed, also once it was opened again', async () => {
      const id = await desk.createTicket('Closed, and opened again');
      await desk.setNativeStatus(id, desk.closedNative[0] ?? '');
      expect((await read(id)).closed).toBe(true);
      await desk.setNativeStatus(id, open);
      expect((await read(id)).closed).toBe(false);
    });

    test('a status that is there already can be written', async () => {
      const id = await desk.createTicket('The same status');
      await desk.setNativeStatus(id, open);
      const { version } = await read(id);
      expect(await erin.apply(id, { status: open, message: null, expectedVersion: version })).toEqual({
        ok: true,
        nativeStatus: open,
      });
    });

    test('a status that the help desk does not know is refused in words and changes nothing', async () => {
      const id = await desk.createTicket('No such status');
      const before = await desk.nativeStatus(id);
      const result = await erin.apply(id, { status: 'levitating', message: null, expectedVersion: null });
      expect(result).toMatchObject({ ok: false, code: 'refused', message: expect.stringMatching(/\.$/) });
      expect(result).not.toMatchObject({ maybeDone: true });
      expect(await desk.nativeStatus(id)).toBe(before);
    });

    test.each([
      ['a status', false],
      ['a message', true],
    ])('a ticket that somebody else changed meanwhile gets no %s', async (_what, withMessage) => {
      const id = await desk.createTicket('Changed by another');
      const { version } = await read(id);
      expect(version).not.toBeNull();
      await desk.setNativeStatus(id, solved);
      const before = (await desk.messages(id)).length;
      const result = await erin.apply(id, {
        status: waiting,
        message: withMessage ? { body: 'Too late', visibility: 'public' } : null,
        expectedVersion: version,
      });
      expect(result).toMatchObject({ ok: false, code: 'changed' });
      expect(result).not.toMatchObject({ maybeDone: true });
      expect(await desk.nativeStatus(id)).toBe(solved);
      expect(await desk.messages(id)).toHaveLength(before);
    });

    test('R15: a public message and a status arrive together, and the message is found again', async () => {
      const id = await desk.createTicket('A message');
      const mark = reference();
      expect(await saidWith(id, mark)).toEqual([]);
      const { version } = await read(id);
      const body = `Hello Alice,\n\n5 < 6 & "7" – it's done.\n\n${mark}`;
      const write = { status: waiting, message: { body, visibility: 'public' as const }, expectedVersion: version };
      expect(await erin.apply(id, write)).toEqual({ ok: true, nativeStatus: waiting });
      const sent = (await desk.messages(id)).filter(({ text }) => text.includes(mark));
      expect(sent).toMatchObject([{ visibility: 'public', from: 'agent' }]);
      expect(sent[0]?.text).toContain('5 < 6 & "7" – it\'s done.');
      expect(await desk.nativeStatus(id)).toBe(waiting);
      const [said, ...more] = await saidWith(id, mark);
      expect(more).toEqual([]);
      expect(said?.visibility).toBe('public');
      // Its id is one that can be compared with the newest of the ticket, and the mark ends it.
      expect(Number(said?.id)).toBeLessThanOrEqual(Number((await read(id)).facts.lastMessageId));
      expect(said?.text.trimEnd().split('\n').at(-1)?.trim()).toBe(mark);
      expect((await read(id)).version).not.toBe(version);
    });

    test('an internal note stays internal, and is found again as one', async () => {
      const id = await desk.createTicket('A note');
      const mark = reference();
      const write = { status: null, message: { body: `For us. ${mark}`, visibility: 'internal' as const } };
      const { version } = await read(id);
      expect(await erin.apply(id, { ...write, expectedVersion: version })).toMatchObject({ ok: true });
      const sent = (await desk.messages(id)).filter(({ text }) => text.includes(mark));
      expect(sent).toMatchObject([{ visibility: 'internal', from: 'agent' }]);
      expect(await saidWith(id, mark)).toMatchObject([{ visibility: 'internal' }]);
    });

    test("R11, R12: a customer's reply is the newest customer message; our own are not", async () => {
      const id = await desk.createTicket('A reply');
      const before = await read(id);
      const asked = { body: 'Which printer?', visibility: 'public' as const };
      expect(await erin.apply(id, { status: null, message: asked, expectedVersion: before.version })).toMatchObject({
        ok: true,
      });
      expect((await read(id)).lastCustomerMessage?.id).toBe(before.lastCustomerMessage?.id);

      const startedAt = Date.now();
      await desk.customerReplies(id, 'The red one.');
      const after = await read(id);
      expect(Number(after.lastCustomerMessage?.id)).toBeGreaterThan(Number(before.facts.lastMessageId));
      expect(Number(after.lastCustomerMessage?.id)).toBeLessThanOrEqual(Number(after.facts.lastMessageId));
      // Help desks tell times to the second; same machine, same clock.
      expect(Math.abs((after.lastCustomerMessage?.at ?? 0) - startedAt)).toBeLessThan(20_000);
      expect(after.version).not.toBe(before.version);

      const again = { body: 'Thank you.', visibility: 'public' as const };
      await erin.apply(id, { status: null, message: again, expectedVersion: after.version });
      expect((await read(id)).lastCustomerMessage).toEqual(after.lastCustomerMessage);
    });

    test('R15: says when the customer was last answered; a note for colleagues and their own reply are no answers', async () => {
      const id = await desk.createTicket('An answer');
      const answeredAt = async () => {
        const answer = await erin.lastAnswerAt(id);
        if (!answer.ok) throw new Error(`${answer.code}: ${answer.message}`);
        return answer.at;
      };
      const say = async (body: string, visibility: 'public' | 'internal') => {
        const { version } = await read(id);
        const write = { status: null, message: { body, visibility }, expectedVersion: version };
        expect(await erin.apply(id, write)).toMatchObject({ ok: true });
      };
      expect(await answeredAt()).toBeNull();
      await say('For us.', 'internal');
      expect(await answeredAt()).toBeNull();
      const startedAt = Date.now();
      await say('It is done.', 'public');
      const at = await answeredAt();
      expect(Math.abs((at ?? 0) - startedAt)).toBeLessThan(20_000);
      await desk.customerReplies(id, 'Thank you.');
      await say('They are happy.', 'internal');
      expect(await answeredAt()).toBe(at);
    });

    test('who is not logged in is nobody, reads nothing and writes nothing', async () => {
      const id = await desk.createTicket('Not for everybody');
      const user = await nobody.currentUser();
      if (user.ok) expect(user.user).toBeNull();
      else expect(user.code).toBe('not-logged-in');
      expect(await nobody.readTicket(id)).toMatchObject({ ok: false, code: 'not-logged-in' });
      expect(await nobody.newestMessages(id)).toMatchObject({ ok: false, code: 'not-logged-in' });
      expect(await nobody.lastAnswerAt(id)).toMatchObject({ ok: false, code: 'not-logged-in' });
      const before = await desk.messages(id);
      const write = { status: waiting, message: { body: 'x', visibility: 'public' as const }, expectedVersion: null };
      expect(await nobody.apply(id, write)).toMatchObject({ ok: false, code: 'not-logged-in' });
      expect(await desk.messages(id)).toEqual(before);
    });

    test('a ticket that does not exist is gone', async () => {
      expect(await erin.readTicket('99999999')).toMatchObject({ ok: false, code: 'gone' });
      expect(await erin.apply('99999999', { status: open, message: null, expectedVersion: null })).toMatchObject({
        ok: false,
        code: 'gone',
      });
    });
  });
}
