import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NO_POLICY } from '../../../core/contract/policy';

let answer: (stored: object) => void;
let fail: (error: Error) => void;
let changed: (changes: object, area: string) => void;
let reads: number;

vi.mock('@wxt-dev/browser', () => ({
  browser: {
    storage: {
      managed: {
        get: () => {
          reads += 1;
          return new Promise((resolve, reject) => {
            answer = resolve;
            fail = reject;
          });
        },
      },
      onChanged: {
        addListener: (listener: typeof changed) => {
          changed = listener;
        },
      },
    },
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  reads = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

const load = () => import('../../../core/platform/managed');

it('a policy that comes in time counts from the first question on, and is read once', async () => {
  const { managedPolicy } = await load();
  const asked = managedPolicy();
  answer({ language: 'de' });
  expect((await asked).language).toEqual({ value: 'de', locked: false });
  expect((await managedPolicy()).language?.value).toBe('de');
  expect(reads).toBe(1);
});

it('one that is late keeps nobody waiting, and is told as a change when it comes', async () => {
  const { managedPolicy, onPolicyChanged } = await load();
  const told = vi.fn();
  onPolicyChanged(told);
  const asked = managedPolicy();
  await vi.advanceTimersByTimeAsync(400);
  expect(await asked).toEqual(NO_POLICY);
  expect(await managedPolicy()).toEqual(NO_POLICY);
  expect(told).not.toHaveBeenCalled();
  answer({ language: 'de' });
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledOnce();
  expect((await managedPolicy()).language?.value).toBe('de');
});

it('a browser without managed storage has no policy', async () => {
  const { managedPolicy } = await load();
  const asked = managedPolicy();
  fail(new Error('Managed storage manifest not found'));
  expect(await asked).toEqual(NO_POLICY);
});

it('what has changed is read anew', async () => {
  const { managedPolicy, onPolicyChanged } = await load();
  const told = vi.fn();
  onPolicyChanged(told);
  const first = managedPolicy();
  answer({ language: 'de' });
  await first;
  changed({}, 'local');
  expect(told).not.toHaveBeenCalled();
  changed({}, 'managed');
  expect(told).toHaveBeenCalledOnce();
  const second = managedPolicy();
  answer({ language: 'en' });
  expect((await second).language?.value).toBe('en');
  expect(reads).toBe(2);
});
