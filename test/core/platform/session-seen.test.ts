import { beforeEach, expect, it, vi } from 'vitest';
import type { Seen } from '../../../core/app/ports';
import { noFacts } from '../../../core/domain/case';

/** The browser's session storage, with room for so many rows. */
const ROOM = 3;
let rows: Map<string, unknown>;

vi.mock('@wxt-dev/browser', () => ({
  browser: {
    storage: {
      session: {
        get: async (key: string | null) => Object.fromEntries(key === null ? rows : [[key, rows.get(key)]]),
        set: async (items: object) => {
          const next = new Map([...rows, ...Object.entries(items)]);
          if (next.size > ROOM) throw new Error('Session storage quota bytes exceeded. Values were not stored.');
          rows = next;
        },
        remove: async (keys: string[]) => {
          for (const key of keys) rows.delete(key);
        },
      },
    },
  },
}));

const { sessionSeen } = await import('../../../core/platform/ports');
const seen = (ticketId: string): Seen => ({ facts: noFacts(ticketId), agent: null, problem: null });

beforeEach(() => {
  rows = new Map([['worker', { starts: 1 }]]);
});

it('R17: a browser whose memory for the session is full still shows the next ticket, and forgets those before', async () => {
  for (const ticketId of ['1', '2', '3']) await sessionSeen.set(`desk-1/${ticketId}`, seen(ticketId));
  expect(await sessionSeen.get('desk-1/3')).toEqual(seen('3'));
  expect(await sessionSeen.get('desk-1/1')).toBeUndefined();
  expect(rows.get('worker')).toEqual({ starts: 1 });
});

it('what can be stored by no means is told', async () => {
  rows = new Map(['worker', 'errors', 'more'].map((key) => [key, 1]));
  await expect(sessionSeen.set('desk-1/1', seen('1'))).rejects.toThrow('quota');
});
