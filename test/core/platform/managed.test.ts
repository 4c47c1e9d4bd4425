import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NO_POLICY } from '../../../core/contract/policy';

let answer: (stored: object) => void;
let fail: (error: Error) => void;
let reads: number;
let local: Record<string, unknown>;

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
      local: {
        get: async (key: string) => (key in local ? { [key]: local[key] } : {}),
        set: async (items: object) => void Object.assign(local, items),
      },
    },
  },
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  reads = 0;
  local = {};
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

it('at the next start what the browser said before counts, until it says otherwise', async () => {
  local = { policy: { language: 'de', allowedSites: ['https://desk.example.com'] } };
  const { managedPolicy, onPolicyChanged, policySoFar } = await load();
  const told = vi.fn();
  onPolicyChanged(told);
  expect((await policySoFar()).allowedSites).toEqual(['https://desk.example.com']);
  expect((await managedPolicy()).language?.value).toBe('de');
  expect((await managedPolicy(true)).language?.value).toBe('de');
  answer({ language: 'en' });
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledOnce();
  expect(await managedPolicy()).toMatchObject({ language: { value: 'en' }, allowedSites: null });
  expect(local).toEqual({ policy: { language: 'en' } });
});

it('one that has stayed the same is told to nobody', async () => {
  local = { policy: { language: 'de' } };
  const { managedPolicy, onPolicyChanged } = await load();
  const told = vi.fn();
  onPolicyChanged(told);
  await managedPolicy();
  answer({ language: 'de' });
  await vi.advanceTimersByTimeAsync(0);
  expect(told).not.toHaveBeenCalled();
});

it('what is kept is parsed as what the browser says, and nothing is needed of it', async () => {
  local = { policy: 'spoiled' };
  const { managedPolicy, policySoFar } = await load();
  expect(await policySoFar()).toEqual(NO_POLICY);
  const asked = managedPolicy(true);
  answer({ language: 'de' });
  await vi.advanceTimersByTimeAsync(0);
  expect((await asked).language?.value ?? (await managedPolicy()).language?.value).toBe('de');
});

it('a browser without managed storage has no policy', async () => {
  const { managedPolicy } = await load();
  const asked = managedPolicy();
  fail(new Error('Managed storage manifest not found'));
  expect(await asked).toEqual(NO_POLICY);
});

it('what has changed is read anew', async () => {
  const { managedPolicy, onPolicyChanged, policyChanged } = await load();
  const told = vi.fn();
  onPolicyChanged(told);
  const first = managedPolicy();
  answer({ language: 'de' });
  await first;
  expect(told).not.toHaveBeenCalled();
  policyChanged();
  expect(told).toHaveBeenCalledOnce();
  expect(local).toEqual({ policy: { language: 'de' } });
  const second = managedPolicy();
  answer({ language: 'en' });
  expect((await second).language?.value).toBe('en');
  expect(reads).toBe(2);
});
