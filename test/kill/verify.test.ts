import { describe, expect, it } from 'vitest';
import type { Effect } from '../../core/domain/case';
import { DAY, World } from '../core/app/world';
import { type Fault, faultsOf, type Mailbox, type Snapshot } from './verify';

/** A case that was asked about, reminded and closed, with everything it left. */
async function lived() {
  const world = await World.make();
  await world.open();
  await world.change({ statusId: 'pending', subStatusId: 'customer-input', commandId: 'ask' });
  await world.pass(7 * DAY);
  const tables = ['cases', 'history', 'timers', 'outbox', 'commands'] as const;
  const rows = await Promise.all(tables.map(async (table) => [table, await world.dump(table)]));
  const snapshot = { ...Object.fromEntries(rows), now: world.now } as Snapshot;
  const mailbox: Mailbox = new Map([['1', world.desk.sent]]);
  return { snapshot, mailbox, now: world.now };
}

const { snapshot, mailbox, now } = await lived();
const faults = (part: Partial<Snapshot>, acknowledged = ['ask'], mails: Mailbox = mailbox, at: number | null = now) =>
  faultsOf({ ...snapshot, ...part }, new Set(acknowledged), mails, at);
const kinds = (found: Fault[]) => [...new Set(found.map(({ kind }) => kind))];
const effect = (part: Partial<Effect>) =>
  snapshot.outbox.map((row) => (row.write?.message ? { ...row, ...part } : row));

describe('what is looked for after a kill', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(snapshot.outbox.filter(({ write }) => write?.message)).toHaveLength(1);
    expect(faults({})).toEqual([]);
  });

  it('lost: a command that a person was told of', () => {
    expect(kinds(faults({}, ['ask', 'other']))).toEqual(['lost']);
    expect(kinds(faults({ commands: [] }))).toEqual(['lost', 'torn']);
  });

  it('finds nothing in ids that are older than they are kept', () => {
    expect(faults({ commands: [], now: now + 84 * DAY })).not.toEqual([]);
    expect(faults({ commands: [], now: now + 91 * DAY })).toEqual([]);
  });

  it('torn: a case without the end of its history, or with more of it than it knows', () => {
    expect(kinds(faults({ history: snapshot.history.slice(0, -1) }))).toEqual(['torn']);
    expect(kinds(faults({ history: snapshot.history.slice(1) }, []))).toEqual(['torn']);
    expect(kinds(faults({ cases: snapshot.cases.map((record) => ({ ...record, lastHistorySeq: 1 })) }))).toEqual([
      'torn',
    ]);
  });

  it('torn: timers and effects of a generation that was left', () => {
    expect(kinds(faults({ cases: snapshot.cases.map((record) => ({ ...record, generation: 2 })) }))).toEqual(['torn']);
    expect(kinds(faults({ outbox: effect({ state: 'pending', generation: 7, notBefore: now + 1 }) }))).toEqual([
      'torn',
    ]);
  });

  it('doubled: what one command or one timer did twice', () => {
    const entered = snapshot.history.filter(({ what }) => what.type === 'entered');
    const fired = snapshot.history.filter(({ what }) => what.type === 'timer-fired');
    expect(kinds(faults({ history: [...snapshot.history, ...entered] }))).toContain('doubled');
    expect(kinds(faults({ history: [...snapshot.history, ...fired] }))).toContain('doubled');
  });

  it('sent twice: one message two times in a ticket', () => {
    const [text = ''] = mailbox.get('1') ?? [];
    expect(text).toContain('[ref:');
    expect(kinds(faults({}, ['ask'], new Map([['1', [text, text]]])))).toEqual(['sent twice']);
    expect(kinds(faults({}, ['ask'], new Map([['1', [`${text}\n${text}`]]])))).toEqual(['sent twice']);
  });

  it('forgotten, in the end: what is overdue, owed, or counts as sent and never arrived', () => {
    expect(kinds(faults({ timers: snapshot.timers.map((timer) => ({ ...timer, nextAt: now })) }))).toEqual([
      'forgotten',
    ]);
    expect(kinds(faults({ outbox: effect({ state: 'sending' }) }))).toEqual(['forgotten']);
    expect(kinds(faults({ outbox: effect({ state: 'pending', notBefore: now }) }))).toEqual(['forgotten']);
    expect(kinds(faults({}, ['ask'], new Map()))).toEqual(['forgotten']);
    expect(faults({ outbox: effect({ state: 'sending' }) }, ['ask'], mailbox, null)).toEqual([]);
  });
});
