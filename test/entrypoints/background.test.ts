import { beforeEach, describe, expect, it, vi } from 'vitest';

type Listener = (...event: unknown[]) => unknown;

const { heard, done, makeWorker } = vi.hoisted(() => {
  const heard: Record<string, Listener> = {};
  const done: unknown[][] = [];
  const told =
    (what: string) =>
    (...event: unknown[]) =>
      void done.push([what, ...event]);
  const makeWorker = vi.fn(() => ({
    message: async (...event: unknown[]) => {
      done.push(['message', ...event]);
      return 'the answer';
    },
    alarm: told('alarm'),
    browserStarted: told('browserStarted'),
    installed: told('installed'),
    permitted: told('permitted'),
    forbidden: told('forbidden'),
    policyChanged: told('policyChanged'),
    notificationClicked: told('notificationClicked'),
    notificationPressed: told('notificationPressed'),
  }));
  return { heard, done, makeWorker };
});

vi.mock('@wxt-dev/browser', () => {
  const event = (name: string) => ({
    addListener: (listener: Listener) => {
      heard[name] = listener;
    },
  });
  return {
    browser: {
      runtime: { onMessage: event('message'), onStartup: event('startup'), onInstalled: event('installed') },
      alarms: { onAlarm: event('alarm') },
      permissions: { onAdded: event('added'), onRemoved: event('removed') },
      storage: { onChanged: event('storage') },
      notifications: { onClicked: event('clicked'), onButtonClicked: event('pressed') },
    },
  };
});
vi.mock('../../entrypoints/background/worker', () => ({ makeWorker }));

const { default: background } = await import('../../entrypoints/background');

const settled = () => vi.waitFor(() => expect(makeWorker).toHaveBeenCalled());

beforeEach(() => {
  vi.useFakeTimers();
  makeWorker.mockClear();
  done.length = 0;
  background.main?.();
});

describe('the background', () => {
  it('has registered every listener before anything is made', () => {
    expect(Object.keys(heard).toSorted()).toEqual(
      ['added', 'alarm', 'clicked', 'installed', 'message', 'pressed', 'removed', 'startup', 'storage'].toSorted(),
    );
    expect(makeWorker).not.toHaveBeenCalled();
  });

  it('is made for the first event, once, and gets each event in its turn', async () => {
    const respond = vi.fn();
    expect(heard.message?.({ name: 'case.view' }, { id: 'sender' }, respond)).toBe(true);
    heard.alarm?.({ name: 'due' });
    heard.startup?.();
    heard.installed?.({ reason: 'update' });
    heard.added?.({ origins: ['https://desk.test/*'] });
    heard.added?.({});
    heard.removed?.({});
    heard.storage?.({}, 'local');
    heard.storage?.({}, 'managed');
    heard.clicked?.('told');
    heard.pressed?.('told', 1);
    await settled();
    await vi.waitFor(() => expect(respond).toHaveBeenCalledWith('the answer'));
    expect(done).toEqual([
      ['message', { name: 'case.view' }, { id: 'sender' }],
      ['alarm', 'due'],
      ['browserStarted'],
      ['installed', 'update'],
      ['permitted', ['https://desk.test/*']],
      ['permitted', []],
      ['forbidden'],
      ['policyChanged'],
      ['notificationClicked', 'told'],
      ['notificationPressed', 'told', 1],
    ]);
    expect(makeWorker).toHaveBeenCalledOnce();
  });

  it('is made without any event too', async () => {
    await vi.advanceTimersByTimeAsync(100);
    await settled();
    expect(done).toEqual([]);
  });
});
