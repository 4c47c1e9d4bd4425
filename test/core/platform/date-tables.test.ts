import { beforeEach, expect, it, vi } from 'vitest';
import { dateTableOf } from '../../../core/words/dates';

let rows: Record<string, unknown>;
let full: boolean;
vi.mock('@wxt-dev/browser', () => ({
  browser: {
    storage: {
      session: {
        get: async (key: string) => ({ [key]: rows[key] }),
        set: async (items: object) => {
          if (full) throw new Error('Session storage quota bytes exceeded. Values were not stored.');
          Object.assign(rows, items);
        },
      },
    },
  },
}));
const { sessionDates } = await import('../../../core/platform/date-tables');

beforeEach(() => {
  rows = {};
  full = false;
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it('how dates are written is found out once whoever asked first has been answered, and then kept', async () => {
  expect(await sessionDates.of('de-AT')).toBeNull();
  expect(rows).toEqual({});
  await vi.runAllTimersAsync();
  expect(await sessionDates.of('de-AT')).toEqual(dateTableOf('de-AT'));
  expect(await sessionDates.of('en-GB')).toBeNull();
});

it('a full memory changes nothing', async () => {
  full = true;
  await sessionDates.of('de-AT');
  await vi.runAllTimersAsync();
  expect(await sessionDates.of('de-AT')).toBeNull();
});
