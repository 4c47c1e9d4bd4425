import { beforeEach, expect, it, vi } from 'vitest';

interface Alarm {
  name: string;
  scheduledTime: number;
  periodInMinutes?: number;
}
const START = Date.UTC(2026, 10, 17, 14, 2);
const DAY = 86_400_000;
let now = START;
let alarms: Map<string, Alarm>;
let created: string[];

vi.mock('@wxt-dev/browser', () => ({
  browser: {
    alarms: {
      get: async (name: string) => alarms.get(name),
      clear: async (name: string) => alarms.delete(name),
      create: (name: string, { when, periodInMinutes }: { when?: number; periodInMinutes?: number }) => {
        created.push(name);
        const scheduledTime = when ?? now + (periodInMinutes ?? 0) * 60_000;
        alarms.set(name, { name, scheduledTime, ...(periodInMinutes !== undefined && { periodInMinutes }) });
      },
    },
  },
}));

const { ALARM, browserAlarm, HEARTBEAT } = await import('../../../core/platform/ports');
const alarm = browserAlarm({ now: () => now, timeZone: () => 'UTC' }, () => undefined);

beforeEach(() => {
  now = START;
  alarms = new Map();
  created = [];
});

it('R14: what is right already is left alone, so that it rings', async () => {
  await alarm.arm(START + DAY, 0.5);
  now += 20_000;
  await alarm.arm(START + DAY, 0.5);
  expect(created).toEqual([ALARM, HEARTBEAT]);
});

it('R12: a heartbeat that a clock which was ahead has put off beats again once the clock is right', async () => {
  now = START + 300 * DAY;
  await alarm.arm(null, 0.5);
  now = START;
  await alarm.arm(null, 0.5);
  expect(alarms.get(HEARTBEAT)?.scheduledTime).toBe(START + 30_000);
});

it('R14: a heartbeat that is a little late is not put off by that', async () => {
  await alarm.arm(null, 5);
  now += 6 * 60_000;
  await alarm.arm(null, 5);
  expect(created).toEqual([HEARTBEAT]);
});
