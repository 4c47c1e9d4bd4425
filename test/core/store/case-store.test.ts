import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseStore } from '../../../core/app/ports';
import type { Effect, HistoryEntry, Timer } from '../../../core/domain/case';
import type { Committed, Decision } from '../../../core/domain/decide';
import type { Database } from '../../../core/store/database';
import { pagesOf } from '../../../core/store/history-pages';
import { caseStore, READ_AT_ONCE } from '../../../core/store/stores';
import { committed, contentOf, effect, entry, freshDatabase, KEY, record, timer } from './records';
import { allOf, countOf, putAll, removeOf, rowOf } from './rows';

let db: Database;
let store: CaseStore;
beforeEach(() => {
  db = freshDatabase();
  store = caseStore(db);
});

const put = (commandId: string, decision: Committed) => store.commit(decision.next.caseKey, commandId, () => decision);
const CONNECTED = new Set(['rt-1']);
const SEQS = Array.from({ length: 50 }, (_, index) => index + 1);
/** Cannot be stored: a function has no copy. */
const unstorable = { broken: () => {} } as object;

it('has all cases of a template, also where there are more than are read at once', async () => {
  const ofOther = record({ caseKey: 'rt-1/other', templateId: 'other' });
  const cases = Array.from({ length: 2 * READ_AT_ONCE }, (_, index) => record({ caseKey: `rt-1/${index}` }));
  await putAll(db, 'cases', [...cases, ofOther]);
  const keys = async (templateId: string) =>
    (await store.ofTemplate(templateId)).map(({ caseKey }) => caseKey).toSorted();
  expect(await keys(record().templateId)).toEqual(cases.map(({ caseKey }) => caseKey).toSorted());
  expect(await keys('other')).toEqual(['rt-1/other']);
  expect(await keys('third')).toEqual([]);
  for (const templateId of [record().templateId, 'other', 'third'])
    expect(await store.keysOfTemplate(templateId)).toEqual(await keys(templateId));
});

it('has the open timers of some cases at once, by case', async () => {
  const other = 'rt-1/4';
  await put(
    'command-1',
    committed({
      timers: [timer('armed'), timer('held', { state: 'held' }), timer('fired', { state: 'fired' })],
    }),
  );
  await put(
    'command-2',
    committed({
      next: record({ caseKey: other }),
      history: [entry(1, { caseKey: other })],
      timers: [timer('other', { caseKey: other })],
      effects: [],
    }),
  );
  const ids = async (caseKeys: string[]) =>
    Object.fromEntries(
      [...(await store.openTimers(caseKeys))].map(([caseKey, timers]) => [
        caseKey,
        timers.map(({ timerId }) => timerId).toSorted(),
      ]),
    );
  expect(await ids([KEY, other, 'rt-1/99'])).toEqual({ [KEY]: ['armed', 'held'], [other]: ['other'] });
  expect(await ids([other])).toEqual({ [other]: ['other'] });
  expect(await ids([])).toEqual({});
});

describe('commit', () => {
  it('stores case, history, timers, effects and the command together', async () => {
    const decision = committed();
    expect(await put('command-1', decision)).toEqual({ status: 'committed', decision });
    expect(await contentOf(db)).toMatchObject({
      cases: [decision.next],
      history: [{ caseKey: KEY, page: 0, entries: decision.history }],
      timers: decision.timers,
      outbox: decision.effects,
      commands: [{ commandId: 'command-1', caseKey: KEY, at: 1000 }],
    });
  });

  it('hands the decision what is open of this case, and nothing of another', async () => {
    await put(
      'command-1',
      committed({
        timers: [
          timer('armed'),
          timer('held', { state: 'held' }),
          timer('fired', { state: 'fired' }),
          timer('gone', { state: 'cancelled' }),
        ],
        effects: [
          effect('third', { seq: 3 }),
          effect('first', { seq: 1, state: 'failed' }),
          effect('second', { seq: 2, state: 'sending' }),
          effect('fourth', { seq: 4, state: 'uncertain' }),
          effect('done', { seq: 5, state: 'done' }),
          effect('cancelled', { seq: 6, state: 'cancelled' }),
        ],
      }),
    );
    const other = 'rt-1/4';
    await put(
      'command-2',
      committed({
        next: record({ caseKey: other }),
        history: [entry(1, { caseKey: other })],
        timers: [timer('other', { caseKey: other })],
        effects: [effect('other', { caseKey: other })],
      }),
    );
    const decide = vi.fn((): Decision => ({ ok: false, code: 'unknown-status', message: 'No.' }) as Decision);
    expect(await store.commit(KEY, 'command-3', decide)).toMatchObject({ status: 'refused' });
    const stored = await store.load(KEY);
    expect(decide).toHaveBeenCalledExactlyOnceWith(stored);
    expect(stored.record).toEqual(record());
    expect(stored.timers.map(({ timerId }) => timerId).toSorted()).toEqual(['armed', 'held']);
    expect(stored.effects.map(({ effectId }) => effectId)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('knows nothing of a case that was never tracked', async () => {
    expect(await store.load(KEY)).toEqual({ record: null, timers: [], effects: [] });
  });

  it('a refusal stores nothing, not even the command', async () => {
    const refused = { ok: false, code: 'not-allowed', message: 'No.' } as unknown as Decision;
    expect(await store.commit(KEY, 'command-1', () => refused)).toEqual({ status: 'refused', decision: refused });
    expect(Object.values(await contentOf(db)).flat()).toEqual([]);
    expect(await put('command-1', committed())).toMatchObject({ status: 'committed' });
  });

  it('a decision that throws stores nothing', async () => {
    await put('command-1', committed());
    const before = await contentOf(db);
    const bug = new Error('bug');
    await expect(
      store.commit(KEY, 'command-2', () => {
        throw bug;
      }),
    ).rejects.toBe(bug);
    expect(await contentOf(db)).toEqual(before);
  });

  it.each<[string, (good: Committed) => Committed]>([
    ['case', (good) => ({ ...good, next: { ...good.next, ...unstorable } })],
    ['history', (good) => ({ ...good, history: [...good.history, { ...entry(3), ...unstorable }] })],
    ['timer', (good) => ({ ...good, timers: [...good.timers, { ...timer('t3'), ...unstorable }] })],
    ['effect', (good) => ({ ...good, effects: [...good.effects, { ...effect('e3'), ...unstorable }] })],
    ['history entry of a number that is taken', (good) => ({ ...good, history: [entry(2), entry(1)] })],
    [
      'history entry without a key',
      (good) => ({ ...good, history: [{ ...entry(2), seq: undefined as unknown as number }] }),
    ],
  ])('a %s that cannot be stored takes everything back', async (_what, spoil) => {
    await put('command-1', committed());
    const before = await contentOf(db);
    const good = committed({
      next: record({ revision: 2, statusId: 'pending' }),
      history: [entry(2)],
      timers: [timer('t1', { state: 'cancelled' }), timer('t2')],
      effects: [effect('e1', { state: 'done' }), effect('e2')],
    });
    await expect(put('command-2', spoil(good))).rejects.toThrow();
    expect(await contentOf(db)).toEqual(before);
    // The same command can be tried again.
    expect(await put('command-2', good)).toMatchObject({ status: 'committed' });
    expect((await store.load(KEY)).record?.revision).toBe(2);
  });

  it('a command that is sent twice counts once', async () => {
    await put('command-1', committed());
    const before = await contentOf(db);
    const again = vi.fn(() => committed({ next: record({ revision: 99 }), history: [entry(2)] }));
    expect(await store.commit(KEY, 'command-1', again)).toEqual({ status: 'duplicate' });
    expect(again).not.toHaveBeenCalled();
    expect(await contentOf(db)).toEqual(before);
  });

  it('a command that is sent twice at the same moment counts once', async () => {
    const decide = vi.fn(() => committed());
    const results = await Promise.all([1, 2, 3].map(() => store.commit(KEY, 'command-1', decide)));
    expect(results.map(({ status }) => status).toSorted()).toEqual(['committed', 'duplicate', 'duplicate']);
    expect(decide).toHaveBeenCalledOnce();
  });

  it('commands at the same moment see one another, none is lost', async () => {
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        store.commit(KEY, `command-${n}`, ({ record: now }) => {
          const revision = (now?.revision ?? 0) + 1;
          return committed({ next: record({ revision }), history: [entry(revision)] });
        }),
      ),
    );
    expect(results.every(({ status }) => status === 'committed')).toBe(true);
    expect((await store.load(KEY)).record?.revision).toBe(5);
    expect((await store.history(KEY)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('a history goes on where it ends, over as many pages as it takes, and no entry is written over', async () => {
    const all: HistoryEntry[] = [];
    const change = (count: number) => {
      const history = Array.from({ length: count }, (_, index) => entry(all.length + index + 1));
      all.push(...history);
      return put(`command-${all.length}`, committed({ next: record({ revision: all.length }), history }));
    };
    for (const count of [1, 30, 1, 1, 40, 3, 84]) await change(count);
    expect(await store.history(KEY)).toEqual(all);
    expect(await allOf(db, 'history')).toEqual(pagesOf(all));
    const before = await contentOf(db);
    for (const seq of [1, 32, 33, 160]) {
      const again = committed({ next: record({ revision: 999 }), history: [entry(seq, { at: 7 })] });
      await expect(put(`again-${seq}`, again), `entry ${seq}`).rejects.toThrow();
    }
    expect(await contentOf(db)).toEqual(before);
  });

  it('takes a decision that says nothing of history', async () => {
    await put('command-1', committed({ history: [] }));
    expect(await allOf(db, 'commands')).toEqual([{ commandId: 'command-1', caseKey: KEY, at: 1000 }]);
  });
});

describe('history and records', () => {
  it('is in order, of this case alone', async () => {
    const ofOthers = [entry(1, { caseKey: `${KEY}0` }), entry(1, { caseKey: 'rt-1/4' })];
    const own = Array.from({ length: 300 }, (_, index) => entry(index + 1));
    await putAll(db, 'history', pagesOf([...own, ...ofOthers]).toReversed());
    expect(await store.history(KEY)).toEqual(own);
    expect(await store.histories([KEY, 'rt-1/4', 'rt-1/99'])).toEqual(
      new Map([
        [KEY, own],
        ['rt-1/4', ofOthers.slice(1)],
      ]),
    );
    expect(await store.history('rt-1/9')).toEqual([]);
  });

  it.each([
    ['whole', SEQS],
    ['with entries that somebody took away', SEQS.filter((seq) => seq < 3 || seq === 20 || seq > 39)],
  ])('%s: gives the newest few before an entry', async (_what, seqs) => {
    await putAll(db, 'history', pagesOf([...seqs.map((seq) => entry(seq)), entry(4, { caseKey: 'rt-1/4' })]));
    const before = async (seq: number, limit: number) =>
      (await store.history(KEY, { before: seq, limit })).map((found) => found.seq);
    for (const end of [1, 2, 3, 20, 32, 33, 34, 41, 50, 51, 100])
      for (const limit of [1, 2, 3, 18, 32, 40])
        expect(await before(end, limit), `${limit} before ${end}`).toEqual(
          seqs.filter((seq) => seq < end).slice(-limit),
        );
  });

  it('finds the cases that were last changed after a moment', async () => {
    const at = (caseKey: string, changedAt: number) => record({ caseKey, changedAt });
    await putAll(db, 'cases', [at('rt-1/1', 100), at('rt-1/2', 200), at('rt-1/3', 300)]);
    const keys = async (moment: number, limit: number) =>
      (await store.changedAfter(moment, limit, CONNECTED)).map(({ caseKey }) => caseKey);
    expect(await keys(100, 10)).toEqual(['rt-1/2', 'rt-1/3']);
    expect(await keys(100, 1)).toEqual(['rt-1/2']);
    expect(await keys(300, 10)).toEqual([]);
  });

  it('R11, R12: looks after the cases that wait, those not looked at for longest first', async () => {
    const commit = (caseKey: string, changedAt: number, category: 'waiting' | 'active') =>
      store.commit(caseKey, `${caseKey} ${changedAt}`, () =>
        committed({ next: record({ caseKey, changedAt }), history: [], timers: [], effects: [], category }),
      );
    await commit('rt-1/1', 100, 'waiting');
    await commit('rt-1/2', 200, 'waiting');
    await commit('rt-1/3', 300, 'active');
    expect(await store.unchecked(1000, 1000, 10, CONNECTED)).toEqual(['rt-1/1', 'rt-1/2']);
    expect(await store.unchecked(150, 1000, 10, CONNECTED)).toEqual(['rt-1/1']);
    await store.setChecked('rt-1/1', 900);
    expect(await store.unchecked(1000, 1000, 1, CONNECTED)).toEqual(['rt-1/2']);
    // A later change of a case that goes on waiting does not put it back in the queue.
    await commit('rt-1/1', 1000, 'waiting');
    expect(await store.unchecked(950, 1000, 10, CONNECTED)).toEqual(['rt-1/2', 'rt-1/1']);
    await commit('rt-1/1', 1100, 'active');
    expect(await store.unchecked(5000, 5000, 10, CONNECTED)).toEqual(['rt-1/2']);
    // Looked at by a clock that was ahead.
    await store.setChecked('rt-1/2', 9000);
    expect(await store.unchecked(5000, 6000, 10, CONNECTED)).toEqual(['rt-1/2']);
    await store.setChecked('rt-1/unknown', 1);
    expect(await countOf(db, 'checks')).toBe(1);
  });
});

describe('timers', () => {
  it('R13, R14: those that are due, earliest first, by when to look at them next', async () => {
    await putAll(db, 'timers', [
      timer('late', { dueAt: 300 }),
      timer('now', { dueAt: 500 }),
      timer('early', { dueAt: 100 }),
      timer('soon', { dueAt: 501 }),
      timer('put off', { dueAt: 100, nextAt: 900 }),
      timer('held', { dueAt: 100, state: 'held' }),
      timer('fired', { dueAt: 100, state: 'fired' }),
      timer('cancelled', { dueAt: 100, state: 'cancelled' }),
    ]);
    const ids = async (found: ReturnType<CaseStore['dueTimers']>) => (await found).map(({ timerId }) => timerId);
    expect(await ids(store.dueTimers(500, 10))).toEqual(['early', 'late', 'now']);
    expect(await ids(store.dueTimers(500, 2))).toEqual(['early', 'late']);
    expect(await ids(store.dueTimers(99, 10))).toEqual([]);
    expect(await ids(store.nextTimers(10, CONNECTED))).toEqual(['early', 'late', 'now', 'soon', 'put off']);
    expect(await ids(store.nextTimers(1, CONNECTED))).toEqual(['early']);
    expect(await store.nextTimerAt()).toBe(100);
  });

  it('those that a person has to look at, earliest first', async () => {
    const held = (timerId: string, dueAt: number, heldFor: Timer['heldFor']) =>
      timer(timerId, { dueAt, heldFor, state: 'held', heldAt: dueAt });
    await putAll(db, 'timers', [
      held('decision', 300, 'decision'),
      held('review', 200, 'review'),
      held('on hold', 100, 'hold'),
      held('paused', 100, 'pause'),
      timer('armed', { dueAt: 100 }),
      held('first', 100, 'review'),
    ]);
    expect((await store.waitingForPerson(10, CONNECTED)).map(({ timerId }) => timerId)).toEqual([
      'first',
      'review',
      'decision',
    ]);
    expect((await store.waitingForPerson(2, CONNECTED)).map(({ timerId }) => timerId)).toEqual(['first', 'review']);
    expect(await store.countWaitingForPerson(CONNECTED)).toBe(3);
  });

  it('R13: those of a site that is not connected are neither shown nor counted, and keep no other out', async () => {
    const caseKey = 'gone-1/7';
    await putAll(db, 'cases', [record({ caseKey, siteId: 'gone-1', changedAt: 900 }), record({ changedAt: 950 })]);
    await putAll(db, 'checks', [
      { caseKey, at: 1 },
      { caseKey: KEY, at: 2 },
    ]);
    await putAll(db, 'timers', [
      timer('gone', { caseKey, dueAt: 100 }),
      timer('gone, held', { caseKey, dueAt: 100, state: 'held', heldFor: 'review' }),
      timer('armed', { dueAt: 200 }),
      timer('held', { dueAt: 200, state: 'held', heldFor: 'decision' }),
    ]);
    expect((await store.nextTimers(1, CONNECTED)).map(({ timerId }) => timerId)).toEqual(['armed']);
    expect((await store.waitingForPerson(1, CONNECTED)).map(({ timerId }) => timerId)).toEqual(['held']);
    expect(await store.countWaitingForPerson(CONNECTED)).toBe(1);
    expect(await store.unchecked(1000, 1000, 1, CONNECTED)).toEqual([KEY]);
    expect((await store.changedAfter(800, 1, CONNECTED)).map((found) => found.caseKey)).toEqual([KEY]);
  });

  it('none: nothing to wake up for', async () => {
    await putAll(db, 'timers', [timer('held', { state: 'held' })]);
    expect(await store.nextTimerAt()).toBeNull();
    expect(await store.nextTimers(5, CONNECTED)).toEqual([]);
  });
});

describe('waiting for the help desk', () => {
  const nextAts = async () =>
    Object.fromEntries((await allOf(db, 'timers')).map(({ timerId, nextAt }) => [timerId, nextAt]));

  it('R13: what was put off while its site was disconnected is as late again as it is', async () => {
    await putAll(db, 'timers', [
      timer('put off', { dueAt: 100, nextAt: 900, unreadSince: 500 }),
      timer('ahead', { dueAt: 2000 }),
      timer('held', { dueAt: 100, nextAt: 900, unreadSince: 500, state: 'held' }),
      timer('of another', { caseKey: 'rt-10/42', dueAt: 100, nextAt: 900, unreadSince: 500 }),
    ]);
    await store.countAsLate('rt-1');
    expect(await nextAts()).toEqual({ 'put off': 100, ahead: 2000, held: 900, 'of another': 900 });
    expect((await rowOf(db, 'timers', 'put off'))?.unreadSince).toBeNull();
  });

  it('R13, R14: looks at a timer later; its due date stays', async () => {
    await putAll(db, 'timers', [
      timer('t1', { dueAt: 100 }),
      timer('t2', { dueAt: 100 }),
      timer('held', { dueAt: 100, state: 'held' }),
    ]);
    await store.postpone(['t1', 'held', 'unknown'], 200, 900);
    expect(await nextAts()).toEqual({ t1: 900, t2: 100, held: 100 });
    expect(await rowOf(db, 'timers', 't1')).toMatchObject({
      dueAt: 100,
      nextAt: 900,
      unreadSince: 200,
      state: 'armed',
    });
    expect(await countOf(db, 'timers')).toBe(3);
  });

  it('looks at once at what was put off further than an hour, and leaves the rest', async () => {
    const HOUR = 3_600_000;
    await putAll(db, 'timers', [
      timer('put off', { dueAt: 100, nextAt: 1000 + HOUR }),
      timer('soon', { dueAt: 100, nextAt: 999 + HOUR }),
      timer('far', { dueAt: 5 * HOUR, nextAt: 5 * HOUR }),
      timer('later', { dueAt: 5 * HOUR, nextAt: 6 * HOUR }),
      timer('held', { dueAt: 100, nextAt: 9 * HOUR, state: 'held' }),
    ]);
    await putAll(db, 'outbox', [
      effect('e1', { notBefore: 1000 + HOUR }),
      effect('e2', { notBefore: 999 + HOUR }),
      effect('e3', { notBefore: 9 * HOUR, state: 'done' }),
    ]);
    await store.forgetDelays(1000);
    expect(await nextAts()).toEqual({
      'put off': 1000,
      soon: 999 + HOUR,
      far: 5 * HOUR,
      later: 5 * HOUR,
      held: 9 * HOUR,
    });
    const notBefore = (await allOf(db, 'outbox')).map((row) => [row.effectId, row.notBefore]);
    expect(notBefore).toEqual([
      ['e1', 1000],
      ['e2', 999 + HOUR],
      ['e3', 9 * HOUR],
    ]);
  });

  it('R13: knows in which generation a customer was last written to, be it that it is on its way', async () => {
    const write = (visibility: 'public' | 'internal') => ({
      status: null,
      message: { body: 'x', visibility, reference: 'r', after: null },
    });
    let ids = 0;
    const to = (ticket: number, change: Partial<Effect>) =>
      effect(`e${ids++}`, { caseKey: `rt-1/${ticket}`, write: write('public'), ...change });
    await putAll(db, 'outbox', [
      to(1, { state: 'done', generation: 3 }),
      to(1, { state: 'done', generation: 2 }),
      to(1, { state: 'cancelled', generation: 4 }),
      to(2, { state: 'pending', generation: 1 }),
      to(3, { state: 'done', write: write('internal') }),
      to(3, { state: 'done', write: { status: 'open', message: null } }),
      to(3, { state: 'done', write: null }),
      to(4, { state: 'cancelled' }),
      to(5, { state: 'done', generation: 9 }),
    ]);
    const asked = ['rt-1/6', 'rt-1/1', 'rt-1/2', 'rt-1/3', 'rt-1/4'];
    expect([...(await store.customersTold(asked))].toSorted()).toEqual([
      ['rt-1/1', 3],
      ['rt-1/2', 1],
    ]);
    expect((await store.customersTold([])).size).toBe(0);
  });

  it('tries again at once what waited for this help desk, and nothing else', async () => {
    const waiting = { dueAt: 100, nextAt: 5000, unreadSince: 200 };
    const other = { caseKey: 'rt-10/42', siteId: 'rt-10' };
    await putAll(db, 'timers', [
      timer('waits', waiting),
      timer('not due', { dueAt: 5000 }),
      timer('held', { ...waiting, state: 'held' }),
      timer('other site', { ...waiting, caseKey: other.caseKey }),
      timer('overdue', { ...waiting, nextAt: 300 }),
    ]);
    const tried = { attempts: 1, notBefore: 50_000 };
    const message = {
      status: null,
      message: { body: 'x', visibility: 'public' as const, reference: 'r', after: null },
    };
    await putAll(db, 'outbox', [
      effect('status', tried),
      effect('message', { ...tried, write: message, maybeSent: true }),
      effect('message that never left', { ...tried, write: message }),
      effect('message soon', { ...tried, notBefore: 2_000, write: message, maybeSent: true }),
      effect('undo still possible', { attempts: 0, notBefore: 50_000 }),
      effect('failed', { ...tried, state: 'failed' }),
      effect('other site', { ...tried, ...other }),
    ]);
    await store.retryNow('rt-1', 1000);
    expect(await nextAts()).toEqual({ waits: 1000, 'not due': 5000, held: 5000, 'other site': 5000, overdue: 300 });
    expect(
      Object.fromEntries((await allOf(db, 'outbox')).map(({ effectId, notBefore }) => [effectId, notBefore])),
    ).toEqual({
      status: 1000,
      // A copy that is still under way is given time to arrive.
      message: 31_000,
      'message that never left': 1_000,
      'message soon': 2_000,
      'undo still possible': 50_000,
      failed: 50_000,
      'other site': 50_000,
    });
  });
});

describe('outbox', () => {
  const ids = async (found: ReturnType<CaseStore['pendingEffects']>) => (await found).map(({ effectId }) => effectId);

  it('tells what is pending, what was being sent, and when the next goes out', async () => {
    await putAll(db, 'outbox', [
      effect('a', { notBefore: 300, seq: 2 }),
      effect('b', { notBefore: 100, seq: 3 }),
      effect('sending', { state: 'sending', notBefore: 1 }),
      effect('failed', { state: 'failed', notBefore: 1 }),
      effect('uncertain', { state: 'uncertain', notBefore: 1 }),
      effect('done', { state: 'done', notBefore: 1 }),
      effect('cancelled', { state: 'cancelled', notBefore: 1 }),
    ]);
    expect(await ids(store.pendingEffects())).toEqual(['a', 'b']);
    expect(await ids(store.sendingEffects())).toEqual(['sending']);
  });

  it('wakes up for the first write of each case: what is behind it has to wait anyway', async () => {
    await putAll(db, 'outbox', [
      effect('first', { notBefore: 300, seq: 2 }),
      effect('behind', { notBefore: 100, seq: 3 }),
    ]);
    expect(await store.nextEffectAt()).toBe(300);
    await putAll(db, 'outbox', [effect('other', { caseKey: 'rt-1/7', seq: 1, notBefore: 200 })]);
    expect(await store.nextEffectAt()).toBe(200);
    await putAll(db, 'outbox', [effect('told', { kind: 'notification', seq: 4, notBefore: 150 })]);
    expect(await store.nextEffectAt()).toBe(150);
  });

  it('nothing pending: nothing to wake up for', async () => {
    await putAll(db, 'outbox', [effect('failed', { state: 'failed' })]);
    expect(await store.nextEffectAt()).toBeNull();
    expect(await store.pendingEffects()).toEqual([]);
  });

  it('keeps a case’s effects in their order, also with another case’s between them', async () => {
    await putAll(db, 'outbox', [
      effect('second', { seq: 2, notBefore: 1 }),
      effect('other', { caseKey: 'rt-1/7', seq: 1, notBefore: 50 }),
      effect('first', { seq: 1, notBefore: 100 }),
    ]);
    const pending = await ids(store.pendingEffects());
    expect(pending.indexOf('first')).toBeLessThan(pending.indexOf('second'));
  });

  it('keeps a case’s effects in their order, though the first was put off', async () => {
    await putAll(db, 'outbox', [
      effect('second', { seq: 2, notBefore: 1 }),
      effect('first', { seq: 1, notBefore: 100 }),
    ]);
    expect(await ids(store.pendingEffects())).toEqual(['first', 'second']);
  });
});

describe('ids of commands that were carried out', () => {
  const many = async (count: number) =>
    void (await putAll(
      db,
      'commands',
      Array.from({ length: count }, (_, at) => ({
        commandId: `command-${String(at).padStart(4, '0')}`,
        caseKey: KEY,
        at,
      })),
    ));
  const left = async () =>
    (await db.read(['commands'], (transaction) => transaction.objectStore('commands').index('at').getAll())).map(
      ({ at }) => at,
    );

  it('are forgotten oldest first, a few at a time, until none is older', async () => {
    await many(40);
    const forget = () => store.forgetCommands({ before: 25, butNewest: 5, limit: 10 });
    expect([await forget(), await forget()]).toEqual([10, 10]);
    expect((await left())[0]).toBe(20);
    expect([await forget(), await forget()]).toEqual([5, 0]);
    expect(await left()).toEqual(Array.from({ length: 15 }, (_, index) => 25 + index));
  });

  it('of the newest are kept, however old a clock that is ahead makes them look', async () => {
    await many(40);
    const forget = () => store.forgetCommands({ before: 1_000_000, butNewest: 30, limit: 100 });
    expect([await forget(), await forget()]).toEqual([10, 0]);
    expect(await left()).toHaveLength(30);
    expect(await store.forgetCommands({ before: 1_000_000, butNewest: 31, limit: 100 })).toBe(0);
  });

  it('stay while a version that was published has something left to be done to cases', async () => {
    await many(10);
    await putAll(db, 'settings', [
      {
        key: 'after:support',
        value: { templateId: 'support', version: 3, moves: [], noticeMs: 1, caseKeys: [KEY] },
      },
    ]);
    const forget = () => store.forgetCommands({ before: 8, butNewest: 0, limit: 100 });
    expect(await forget()).toBe(0);
    await removeOf(db, 'settings', 'after:support');
    expect(await forget()).toBe(8);
  });

  it('that are kept make a command that is sent twice count once; one that was forgotten is a new one', async () => {
    await put('command-old', committed());
    await put(
      'command-new',
      committed({ next: record({ changedAt: 2000 }), history: [entry(2)], timers: [], effects: [] }),
    );
    await store.forgetCommands({ before: 1500, butNewest: 0, limit: 100 });
    expect(await put('command-new', committed())).toEqual({ status: 'duplicate' });
    expect(await left()).toEqual([2000]);
  });
});
