import { beforeEach, expect, it } from 'vitest';
import { Data } from '../../../core/app/data';
import { LOSS_NOTIFICATION, LossWatch } from '../../../core/app/loss';
import type { LookedAfter } from '../../../core/app/ports';
import { Sites } from '../../../core/app/sites';
import { builtinTemplates } from '../../../core/domain/builtin-templates';
import { dataStore } from '../../../core/store/data';
import { ScriptedFiles, value } from './data-world';
import { memoryOf } from './memory';
import { SITE, World } from './world';

let world: World;
let lookedAfter: LookedAfter;
let watch: LossWatch;

beforeEach(async () => {
  world = await World.make();
  lookedAfter = memoryOf({ sites: [], loss: null });
  watch = new LossWatch(world.ctx, lookedAfter);
});
const told = () => world.notifications.filter(({ id }) => id === LOSS_NOTIFICATION);
/** What the browser does: all object stores are empty from now on. */
const loseAll = () => world.ctx.sites.remove(SITE.siteId);

it('R10: a lost database is told once, with what was lost, until a person says that it is dealt with', async () => {
  await watch.look();
  await watch.remember();
  await loseAll();
  await watch.look();
  await watch.look();
  expect(told()).toHaveLength(1);
  const loss = { noticedAt: world.now, sites: ['desk.test'] };
  world.now += 1000;
  expect(await watch.loss()).toEqual(loss);
  // A help desk that is connected again is not the cases back.
  await world.ctx.sites.put(SITE);
  await watch.remember();
  expect(await watch.loss()).toEqual(loss);
  await watch.settle();
  expect(await watch.loss()).toBeNull();
  expect(told()).toEqual([]);
  // A second loss is another one.
  await loseAll();
  await watch.look();
  expect(await watch.loss()).toEqual({ noticedAt: world.now, sites: ['desk.test'] });
});

it('a loss that cannot be shown as a notification is kept for the pages', async () => {
  await watch.remember();
  await loseAll();
  world.ctx.notifier.show = async () => {
    throw new Error('No notifications.');
  };
  await watch.look();
  expect((await lookedAfter.get()).loss?.sites).toEqual(['desk.test']);
});

it('nothing is lost in a browser where nothing was, nor where a person disconnected the last help desk', async () => {
  await loseAll();
  await watch.look();
  await world.ctx.sites.put(SITE);
  await watch.remember();
  await loseAll();
  await watch.remember();
  await watch.look();
  expect(await watch.loss()).toBeNull();
  expect(told()).toEqual([]);
});

it('where the database cannot be read at all, nothing is taken for lost', async () => {
  await watch.remember();
  world.ctx.sites.all = async () => {
    throw new Error('Not now.');
  };
  await expect(watch.look()).rejects.toThrow('Not now.');
  expect(await lookedAfter.get()).toEqual({ sites: ['desk.test'], loss: null });
});

it('the last help desk that a person disconnects is not lost, whenever the worker looks or ends', async () => {
  await watch.remember();
  const sites = new Sites(
    world.ctx,
    // As a worker that starts looks meanwhile, and as one that ends before it could note what is left.
    () => watch.look(),
    () => null,
    (siteId) => watch.expectGone(siteId),
  );
  await sites.disconnect(SITE.siteId);
  await watch.look();
  expect(told()).toEqual([]);
  expect(await watch.loss()).toBeNull();
});

it('a help desk that stays while another one is disconnected is still missed', async () => {
  await world.ctx.sites.put({ ...SITE, siteId: 'desk-2', name: 'other.test' });
  await watch.remember();
  await watch.expectGone('desk-2');
  expect((await lookedAfter.get()).sites).toEqual(['desk.test']);
});

it('what a person erases is not lost, where the worker looks or ends just after it', async () => {
  await watch.remember();
  const data = new Data(world.ctx, {
    store: dataStore(world.db, builtinTemplates),
    files: new ScriptedFiles(),
    loss: watch,
    knowsDesk: () => true,
    reconcileScripts: () => watch.look(),
    wake: () => undefined,
  });
  value(await data.erase(null, 'erase'));
  expect(told()).toEqual([]);
  expect(await watch.loss()).toBeNull();
});
