import { beforeEach, expect, it } from 'vitest';
import { STORE_TROUBLE_NOTIFICATION, tellingOfTrouble } from '../../../core/app/store-trouble';
import { DatabaseUnavailable } from '../../../core/store/database';
import { DAY, World } from './world';

const HOUR = DAY / 24;
let world: World;
let logged: unknown[];
let log: ReturnType<typeof tellingOfTrouble>;
/** What the browser keeps for its session. */
let toldAt: number | undefined;

beforeEach(async () => {
  world = await World.make();
  logged = [];
  toldAt = undefined;
  log = inNewWorker();
});
const inNewWorker = () =>
  tellingOfTrouble(
    { error: (_where, error) => void logged.push(error) },
    {
      ...world.ctx,
      toldAt: {
        get: async () => toldAt,
        async set(at) {
          toldAt = at;
        },
      },
    },
  );
/** Whoever is told is told after the error was logged. */
const calm = () => new Promise((resolve) => setTimeout(resolve, 0));
const full = () => new Error('A write failed', { cause: new DOMException('Full', 'QuotaExceededError') });
const told = () => world.notifications.filter(({ id }) => id === STORE_TROUBLE_NOTIFICATION);

it('R13: a store that is full is told also where no panel is open, once an hour', async () => {
  log.error('engine', full());
  log.error('timer', full());
  await calm();
  expect(told()).toHaveLength(1);
  expect(told()[0]?.title).toContain('reminders and closes wait');
  world.notifications.length = 0;
  world.now += HOUR - 1;
  log.error('engine', full());
  await calm();
  expect(told()).toEqual([]);
  world.now += 1;
  log.error('engine', full());
  await calm();
  expect(told()).toHaveLength(1);
  expect(logged).toHaveLength(4);
});

it('R13: once an hour holds whichever worker finds it: one ends after half a minute', async () => {
  for (let minutes = 0; minutes < 60; minutes += 5) {
    inNewWorker().error('engine', full());
    await calm();
    if (minutes > 0) expect(told()).toEqual([]);
    world.notifications.length = 0;
    world.now += 5 * 60_000;
  }
  inNewWorker().error('engine', full());
  await calm();
  expect(told()).toHaveLength(1);
});

it('so is one that the browser does not open', async () => {
  log.error('engine', new DatabaseUnavailable('It cannot be opened.'));
  await calm();
  expect(told()).toHaveLength(1);
});

it.each([
  ['a connection that closes', new DOMException('Closing', 'InvalidStateError')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['what is no error at all', 'x'],
])('%s is logged only', async (_what, error) => {
  log.error('engine', error);
  await calm();
  expect(told()).toEqual([]);
  expect(logged).toEqual([error]);
});
