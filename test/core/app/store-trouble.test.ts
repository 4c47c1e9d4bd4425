import { beforeEach, expect, it } from 'vitest';
import { STORE_TROUBLE_NOTIFICATION, tellingOfTrouble } from '../../../core/app/store-trouble';
import { DatabaseUnavailable } from '../../../core/store/database';
import { DAY, World } from './world';

const HOUR = DAY / 24;
let world: World;
let logged: unknown[];
let log: ReturnType<typeof tellingOfTrouble>;

beforeEach(async () => {
  world = await World.make();
  logged = [];
  log = tellingOfTrouble({ error: (_where, error) => void logged.push(error) }, world.ctx);
});
const full = () => new Error('A write failed', { cause: new DOMException('Full', 'QuotaExceededError') });
const told = () => world.notifications.filter(({ id }) => id === STORE_TROUBLE_NOTIFICATION);

it('R13: a store that is full is told also where no panel is open, once an hour', () => {
  log.error('engine', full());
  log.error('timer', full());
  expect(told()).toHaveLength(1);
  expect(told()[0]?.title).toContain('reminders and closes wait');
  world.notifications.length = 0;
  world.now += HOUR - 1;
  log.error('engine', full());
  expect(told()).toEqual([]);
  world.now += 1;
  log.error('engine', full());
  expect(told()).toHaveLength(1);
  expect(logged).toHaveLength(4);
});

it('so is one that the browser does not open', () => {
  log.error('engine', new DatabaseUnavailable('It cannot be opened.'));
  expect(told()).toHaveLength(1);
});

it.each([
  ['a connection that closes', new DOMException('Closing', 'InvalidStateError')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['what is no error at all', 'x'],
])('%s is logged only', (_what, error) => {
  log.error('engine', error);
  expect(told()).toEqual([]);
  expect(logged).toEqual([error]);
});
