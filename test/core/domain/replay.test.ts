import { describe, expect, it } from 'vitest';
import { reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import type { HistoryEntry, HistoryWhat } from '../../../core/domain/case';
import type { ReplayCase, ReplayReport, ReplaySide } from '../../../core/domain/replay';
import { LISTED, Replay, replay, reportWords, STUCK_AFTER_MS } from '../../../core/domain/replay';
import { isAct, lastActAt } from '../../../core/domain/replay/entries';
import { tally } from '../../../core/domain/replay/tally';
import type { CaseTemplate, Duration, TimerRule } from '../../../core/domain/template';
import { calendar, DAY_MS, Recorder, target } from './synthetic-history';

const START = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;
const day = (n: number) => START + n * DAY_MS;
const days = (amount: number): Duration => ({ amount, unit: 'days' });

/** The support template with other days for some of its rules; `null`: without the rule. */
function draftWith(changes: Record<string, number | null>, more: readonly TimerRule[] = []): CaseTemplate {
  const timers = supportTemplate.timers
    .filter(({ id }) => changes[id] !== null)
    .map((rule) => ({ ...rule, after: changes[rule.id] ? days(changes[rule.id] ?? 0) : rule.after }));
  return { ...supportTemplate, version: 2, timers: [...timers, ...more] };
}
const rule = (id: string): TimerRule => {
  const found = supportTemplate.timers.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const closing = (n: number) => draftWith({ 'close-customer-input': n });

function run(
  template: CaseTemplate,
  cases: readonly ReplayCase[],
  window: { from?: number; to?: number; published?: CaseTemplate; stuckAfterMs?: number } = {},
): ReplayReport {
  const running = new Replay(template, {
    from: day(-1),
    to: day(90),
    published: supportTemplate,
    calendar,
    timeZone: 'UTC',
    ...window,
  });
  for (const one of cases) running.add(one);
  return running.report;
}

/** The numbers that are not zero. */
const counts = (side: ReplaySide) =>
  Object.fromEntries(Object.entries(side).flatMap(([name, { count }]) => (count > 0 ? [[name, count]] : [])));
const wordsOf = ({ found }: ReplayReport['diverged']) => found.map(({ words }) => words);
const at = ({ found }: ReplayReport['diverged']) => found.map((one) => (one.at - START) / DAY_MS);

/** Asked on day 0, and as far as the record goes by itself. */
const asked = (template = supportTemplate) => new Recorder(template).change(START, 'pending/customer-input');

const entry = (seq: number, n: number, cause: HistoryEntry['cause'], what: HistoryWhat): HistoryEntry => ({
  caseKey: 'rt-1/1',
  seq,
  at: day(n),
  actor: cause === 'person' ? { login: 'erin', name: '' } : null,
  cause,
  commandId: `hand-${seq}`,
  templateId: 'support',
  templateVersion: 1,
  what,
  salt: '',
  digest: '',
  previousHash: '',
  hash: '',
});
const entered = (path: string, from: string | null = null): HistoryWhat => ({
  type: 'entered',
  from: from === null ? null : target(from),
  to: target(path),
  note: null,
});
const byHand = (...history: HistoryEntry[]): ReplayCase => ({ caseKey: 'rt-1/1', history });

describe('28 days become 21', () => {
  it('names the customer who would have been closed out: the reply came on day 24', () => {
    const report = run(closing(21), [asked().reply(day(24)).runUntil(day(90))]);
    expect(counts(report.would)).toEqual({ reminders: 1, notices: 1, autoCloses: 1, closedDespiteReply: 1 });
    expect(counts(report.did)).toEqual({ reminders: 1, changes: 1, stuck: 1 });
    expect(report.would.closedDespiteReply).toEqual({
      count: 1,
      found: [{ caseKey: 'rt-1/1', at: day(21), words: 'Closed on 26 Jan 2026; the customer wrote on 29 Jan 2026.' }],
    });
    expect(report.diverged.count).toBe(0);
    expect(report.differences).toEqual({
      count: 1,
      found: [
        {
          caseKey: 'rt-1/1',
          at: day(21),
          words:
            'One notice more, on 27 Jan 2026. One auto-close more, on 26 Jan 2026. ' +
            'One automatic change less: none on 29 Jan 2026.',
        },
      ],
    });
  });

  it('says how much sooner a case closes that nobody answers', () => {
    const report = run(closing(21), [asked().runUntil(day(90))]);
    expect(counts(report.would)).toEqual({ reminders: 1, notices: 1, autoCloses: 1 });
    expect(counts(report.did)).toEqual(counts(report.would));
    expect(at(report.would.autoCloses)).toEqual([21]);
    expect(at(report.did.autoCloses)).toEqual([28]);
    expect(wordsOf(report.differences)).toEqual([
      'Notified on 27 Jan 2026 instead of 3 Feb 2026. Closed on 26 Jan 2026 instead of 2 Feb 2026.',
    ]);
    expect(wordsOf(report.would.reminders)).toEqual(['Reminder in Pending – Customer Input.']);
    expect(wordsOf(report.would.notices)).toEqual(['Notice in Closed.']);
    expect(wordsOf(report.would.autoCloses)).toEqual(['Pending – Customer Input became Closed.']);
  });

  it('changes nothing for a reply that comes sooner', () => {
    const report = run(closing(21), [asked().reply(day(20)).runUntil(day(90))]);
    expect(report.differences.count).toBe(0);
    expect(counts(report.would)).toEqual({ reminders: 1, changes: 1, stuck: 1 });
    expect(wordsOf(report.would.changes)).toEqual(['Pending – Customer Input became Update Received.']);
  });

  it('an out-of-office is no reply: it neither keeps a case open nor counts as closed out', () => {
    const report = run(closing(21), [asked().reply(day(5), true).reply(day(24), true).runUntil(day(90))]);
    expect(counts(report.would)).toEqual({ reminders: 1, notices: 1, autoCloses: 1 });
    expect(at(report.would.autoCloses)).toEqual([21]);
  });

  it('a case stops where a person acted on a status that it would have left, for both sides', () => {
    const recorder = asked().change(day(24), 'awaiting-customer-confirmation').runUntil(day(90));
    const report = run(closing(21), [recorder]);
    expect(report.diverged).toEqual({
      count: 1,
      found: [
        {
          caseKey: 'rt-1/1',
          at: day(24),
          words: 'Erin acted while it was Pending – Customer Input; with this template it would have been Closed.',
        },
      ],
    });
    expect(counts(report.would)).toEqual({ reminders: 1, notices: 1, autoCloses: 1 });
    // What really happened afterwards is not held against the template.
    expect(counts(report.did)).toEqual({ reminders: 1 });
    expect(wordsOf(report.differences)).toEqual([
      'One notice more, on 27 Jan 2026. One auto-close more, on 26 Jan 2026.',
    ]);
  });

  it.each([
    ['hold', (r: Recorder) => r.hold(day(24), true)],
    ['snooze', (r: Recorder) => r.snooze(day(24), 'close-customer-input', DAY_MS)],
    ['remind me', (r: Recorder) => r.do(day(24), { type: 'remind-me', at: day(25), note: 'x', facts: r.facts })],
  ])('also where they did something else on it: %s', (_name, act) => {
    expect(at(run(closing(21), [act(asked()).runUntil(day(90))]).diverged)).toEqual([24]);
  });

  it('names people by login where nothing else is known, and nobody at all as somebody', () => {
    const acts = byHand(
      entry(1, 0, 'person', entered('pending/customer-input')),
      entry(2, 24, 'person', entered('in-progress', 'pending/customer-input')),
    );
    expect(wordsOf(run(closing(21), [acts]).diverged)[0]).toMatch(/^erin acted/);
    const workflow = byHand(
      entry(1, 0, 'person', entered('pending/customer-input')),
      entry(2, 24, 'workflow', entered('in-progress', 'pending/customer-input')),
    );
    expect(wordsOf(run(closing(21), [workflow]).diverged)[0]).toMatch(/^Somebody acted/);
  });
});

describe('reminders', () => {
  it('one less where the rule is gone', () => {
    const report = run(draftWith({ 'remind-customer-input': null }), [asked().runUntil(day(90))]);
    expect(report.would.reminders.count).toBe(0);
    expect(wordsOf(report.differences)).toEqual(['One reminder less: none on 12 Jan 2026.']);
    expect(at(report.differences)).toEqual([7]);
  });

  it('one more where a rule was added; the one that stays the same is no difference', () => {
    const more = { ...rule('remind-customer-input'), id: 'remind-again', after: days(3) };
    const report = run(draftWith({}, [more]), [asked().runUntil(day(90))]);
    expect(at(report.would.reminders)).toEqual([3, 7]);
    expect(wordsOf(report.differences)).toEqual(['One reminder more, on 8 Jan 2026.']);
  });

  it('another date, to the minute where it is the same day', () => {
    const sooner = draftWith({ 'remind-customer-input': 5 });
    expect(wordsOf(run(sooner, [asked().runUntil(day(20))], { to: day(20) }).differences)).toEqual([
      'Reminded on 10 Jan 2026 instead of 12 Jan 2026.',
    ]);
    const hours = { ...rule('remind-customer-input'), after: { amount: 170, unit: 'hours' as const } };
    const later = draftWith({ 'remind-customer-input': null }, [hours]);
    expect(wordsOf(run(later, [asked().runUntil(day(20))], { to: day(20) }).differences)).toEqual([
      'Reminded on 12 Jan 2026, 11:00 instead of 12 Jan 2026, 09:00.',
    ]);
  });

  it('repeated ones count each', () => {
    const repeated = { ...rule('remind-customer-input'), repeat: { every: days(5), times: 3 } };
    const template = draftWith({ 'remind-customer-input': null }, [repeated]);
    const report = run(template, [asked().reply(day(15)).runUntil(day(90))]);
    expect(at(report.would.reminders)).toEqual([7, 12]);
    expect(report.differences.count).toBe(1);
  });

  it('none of their messages has to be there', () => {
    expect(run({ ...supportTemplate, messages: [] }, [asked().runUntil(day(90))]).differences.count).toBe(0);
  });
});

describe('other automatic changes', () => {
  const change = (path: string, after: Duration): TimerRule => ({
    id: 'too-long',
    kind: 'change',
    when: { statusId: 'in-progress', subStatusId: null },
    after,
    repeat: null,
    pausesIn: null,
    does: { type: 'change', to: target(path) },
    ifUnread: 'act',
  });
  const published = draftWith({}, [change('reopened', days(3))]);
  const recorder = () => new Recorder(published).change(START, 'in-progress').runUntil(day(10));

  it('are counted', () => {
    const report = run(published, [recorder()], { published, to: day(10) });
    expect(counts(report.would)).toEqual({ changes: 1 });
    expect(report.differences.count).toBe(0);
  });

  it('elsewhere, or at another time', () => {
    const elsewhere = draftWith({}, [change('new', days(3))]);
    expect(wordsOf(run(elsewhere, [recorder()], { published, to: day(10) }).differences)).toEqual([
      'Became New on 8 Jan 2026 instead of Reopened.',
    ]);
    const later = draftWith({}, [change('reopened', days(4))]);
    expect(wordsOf(run(later, [recorder()], { published, to: day(10) }).differences)).toEqual([
      'Changed by itself on 9 Jan 2026 instead of 8 Jan 2026.',
    ]);
    const renamed: CaseTemplate = {
      ...elsewhere,
      statuses: elsewhere.statuses.map((status) => (status.id === 'reopened' ? { ...status, name: 'Again' } : status)),
    };
    expect(wordsOf(run(renamed, [recorder()], { published, to: day(10) }).differences)[0]).toContain('of Reopened.');
  });

  it.each(['auto-close', 'change'] as const)(
    'the message before it goes first where both are due at once: %s',
    (kind) => {
      const template = draftWith({ 'close-customer-input': null, 'remind-customer-input': 28 }, [
        { ...rule('close-customer-input'), id: 'close', kind },
      ]);
      const backwards = { ...template, timers: template.timers.toReversed() };
      const report = run(backwards, [asked().runUntil(day(90))]);
      expect(at(report.would.reminders)).toEqual([28]);
      expect(at(kind === 'change' ? report.would.changes : report.would.autoCloses)).toEqual([28]);
    },
  );
});

describe('what the template does not let people do', () => {
  const withStatus = (id: string, part: Partial<CaseTemplate['statuses'][number]>): CaseTemplate => ({
    ...supportTemplate,
    statuses: supportTemplate.statuses.map((status) => (status.id === id ? { ...status, ...part } : status)),
  });
  const recorder = () => asked().change(day(3), 'in-progress').runUntil(day(90));

  it.each([
    ['a reason that it asks for', withStatus('in-progress', { tagRequired: true }), 'In Progress needs a reason.'],
    ['a retired status', withStatus('in-progress', { retired: true }), 'In Progress is retired and no longer used.'],
    ['a status that may not follow', withStatus('pending', { mayBecome: [] }), 'Pending may not become In Progress.'],
    [
      'a status that it does not have',
      { ...supportTemplate, statuses: supportTemplate.statuses.filter(({ id }) => id !== 'in-progress') },
      'The template "Support" has no such status.',
    ],
  ])('%s', (_name, template, why) => {
    const report = run(template, [recorder()]);
    expect(wordsOf(report.diverged)).toEqual([`What Erin did is not possible with this template: ${why}`]);
    expect(at(report.diverged)).toEqual([3]);
  });

  it('a first status that it does not have: nothing of the case can be told', () => {
    const template = withStatus('pending', { retired: true });
    const first = run(template, [asked().runUntil(day(90))]);
    expect(first.diverged.found).toEqual([
      { caseKey: 'rt-1/1', at: START, words: 'Pending is retired and no longer used.' },
    ]);
    const standing = run(template, [asked().runUntil(day(90))], { from: day(2) });
    expect(standing.diverged.found).toEqual([
      { caseKey: 'rt-1/1', at: day(2), words: 'Pending is retired and no longer used.' },
    ]);
    expect(counts(standing.did)).toEqual({});
    // It is there again once it went on to a status that the template has.
    const later = run(template, [recorder()], { from: day(4) });
    expect(later.diverged.count).toBe(0);
    expect(counts(later.would)).toEqual({ stuck: 1 });
  });

  it('which status may follow the first is not asked: what was before it is not known', () => {
    expect(run(withStatus('new', { mayBecome: [] }), [asked().runUntil(day(90))]).diverged.count).toBe(0);
  });
});

describe('cases left stuck', () => {
  const waiting = () => new Recorder(supportTemplate).change(START, 'pending/development');

  it('nothing will happen, and nobody acted for 14 days', () => {
    const report = run(supportTemplate, [waiting()], { to: day(14) });
    expect(report.would.stuck).toEqual({
      count: 1,
      found: [
        {
          caseKey: 'rt-1/1',
          at: day(14),
          words: 'Pending – Development: nobody has acted for 14 d, and nothing will happen by itself.',
        },
      ],
    });
    expect(report.did.stuck).toEqual(report.would.stuck);
    expect(STUCK_AFTER_MS).toBe(14 * DAY_MS);
    expect(counts(run(supportTemplate, [waiting()], { to: day(14) - 1 }).would)).toEqual({});
    expect(counts(run(supportTemplate, [waiting()], { to: day(2), stuckAfterMs: 2 * DAY_MS }).would)).toEqual({
      stuck: 1,
    });
  });

  it('a reply counts as an act, an out-of-office does not', () => {
    expect(counts(run(supportTemplate, [waiting().reply(day(10))], { to: day(20) }).did)).toEqual({});
    expect(counts(run(supportTemplate, [waiting().reply(day(10), true)], { to: day(20) }).did)).toEqual({ stuck: 1 });
  });

  it('not where a timer runs on either side, and not where the case is done', () => {
    const chase = { ...rule('remind-customer-input'), id: 'chase', when: target('pending/development') };
    const when = { statusId: 'pending', subStatusId: 'development' };
    const report = run(draftWith({}, [{ ...chase, when, after: days(30) }]), [waiting()], { to: day(20) });
    expect(counts(report.would)).toEqual({});
    expect(counts(report.did)).toEqual({ stuck: 1 });
    expect(counts(run(supportTemplate, [asked()], { to: day(20) }).would)).toEqual({ reminders: 1 });
    const closed = new Recorder(supportTemplate).change(START, 'closed');
    expect(counts(run(supportTemplate, [closed], { to: day(20) }).would)).toEqual({ notices: 1 });
  });

  it('a case on hold is stuck when nobody looks at it', () => {
    expect(counts(run(supportTemplate, [asked().hold(day(1), true)], { to: day(20) }).would)).toEqual({ stuck: 1 });
  });

  it('also where a case stops', () => {
    const without = draftWith({ 'remind-customer-input': null, 'close-customer-input': null });
    const recorder = asked().change(day(40), 'in-progress');
    const report = run(without, [recorder], { to: day(41) });
    expect(at(report.diverged)).toEqual([40]);
    expect(at(report.would.stuck)).toEqual([40]);
    expect(counts(report.did)).toEqual({ reminders: 1, notices: 1, autoCloses: 1 });
  });
});

describe('the window', () => {
  const recorder = () => asked().runUntil(day(90));

  it('begins with its first instant and ends before its last', () => {
    const reminders = (from: number, to: number) => {
      const { would, did } = run(supportTemplate, [recorder()], { from, to });
      expect(would).toEqual(did);
      return would.reminders.count;
    };
    expect(reminders(day(7), day(10))).toBe(1);
    expect(reminders(day(7) + 1, day(10))).toBe(0);
    expect(reminders(day(-1), day(7))).toBe(0);
    expect(reminders(day(-1), day(7) + 1)).toBe(1);
  });

  it('a case that began before it is where it really was, with clocks from its real entry', () => {
    const report = run(closing(21), [recorder()], { from: day(10) });
    expect(counts(report.would)).toEqual({ notices: 1, autoCloses: 1 });
    expect(at(report.would.autoCloses)).toEqual([21]);
    expect(report.diverged.count).toBe(0);
  });

  it('a case that would have been elsewhere by then is not compared', () => {
    const report = run(closing(21), [recorder()], { from: day(25) });
    expect(report.diverged.found).toEqual([
      {
        caseKey: 'rt-1/1',
        at: day(25),
        words: 'It was Pending – Customer Input then; with this template it would have been Closed.',
      },
    ]);
    expect(counts(report.would)).toEqual({});
    expect(counts(report.did)).toEqual({});
  });

  it('before it the record leads: the notice goes by the close that really was', () => {
    const report = run(closing(21), [recorder()], { from: day(28) + 1 });
    expect(report.differences.count).toBe(0);
    expect(at(report.would.notices)).toEqual([29]);
    const slower = run(closing(40), [recorder()], { from: day(28) + 1 });
    expect(slower.differences.count).toBe(0);
    expect(at(slower.would.notices)).toEqual([29]);
  });

  it('what people did before it is taken along', () => {
    const held = asked().hold(day(3), true).hold(day(6), false).runUntil(day(90));
    expect(at(run(closing(21), [held], { from: day(20) }).would.autoCloses)).toEqual([24]);
    const undone = asked().change(day(2), 'in-progress').undo(day(4)).runUntil(day(90));
    expect(at(run(closing(21), [undone], { from: day(5) }).would.autoCloses)).toEqual([23]);
    const takenBack = asked().reply(day(2)).notAReply(day(4)).runUntil(day(90));
    expect(at(run(closing(21), [takenBack], { from: day(5) }).would.autoCloses)).toEqual([23]);
  });

  it('what happens at its end or after it is not known to it', () => {
    const later = asked().change(day(24), 'in-progress');
    expect(run(closing(21), [later], { to: day(24) }).diverged.count).toBe(0);
    expect(run(closing(21), [later], { to: day(24) + 1 }).diverged.count).toBe(1);
  });
});

describe('what people do to timers', () => {
  const noDifference = (recorder: Recorder, template: CaseTemplate = supportTemplate) => {
    const report = run(template, [recorder.runUntil(day(90))]);
    expect(report.differences).toEqual({ count: 0, found: [] });
    expect(report.diverged).toEqual({ count: 0, found: [] });
    return report;
  };

  it('a hold stops the close, and the reminder too', () => {
    const report = noDifference(asked().hold(day(3), true).hold(day(50), false));
    expect(at(report.would.reminders)).toEqual([54]);
    expect(at(report.would.autoCloses)).toEqual([75]);
  });

  it('reminders that went on while on hold go on', () => {
    const report = noDifference(asked().hold(day(3), true, true).hold(day(50), false));
    expect(at(report.would.reminders)).toEqual([7]);
    const changed = noDifference(asked().hold(day(3), true).hold(day(4), true, true).hold(day(50), false));
    expect(at(changed.would.reminders)).toEqual([8]);
    const back = noDifference(asked().hold(day(3), true, true).hold(day(8), true, false).hold(day(9), false));
    expect(at(back.would.reminders)).toEqual([7]);
  });

  it('a hold that was changed is not read off what happened', () => {
    const changed = asked().hold(day(3), true).hold(day(4), true, true).hold(day(5), false);
    expect(at(noDifference(changed).would.reminders)).toEqual([8]);
    const noted = asked();
    noted.do(day(1), { type: 'remind-me', at: day(4), note: 'x', facts: noted.facts });
    expect(at(noDifference(noted.hold(day(3), true).hold(day(5), false)).would.reminders)).toEqual([9]);
  });

  it('a reminder after the hold says nothing about it, nor does one to ourselves', () => {
    const after = asked().hold(day(3), true).hold(day(5), false);
    expect(at(noDifference(after).would.reminders)).toEqual([9]);
    const note = { ...rule('remind-customer-input'), id: 'note', after: days(4) };
    const published = draftWith({}, [{ ...note, does: { type: 'message', messageId: 'reminder', via: 'note' } }]);
    const recorder = asked(published).hold(day(3), true).hold(day(50), false);
    expect(at(noDifference(recorder, published).would.reminders)).toEqual([4, 54]);
  });

  it('what they did to no effect does no harm', () => {
    const recorder = asked()
      .runUntil(day(28) + 1)
      .undo(day(29))
      .hold(day(30), false)
      .runUntil(day(90));
    const report = run(closing(60), [recorder]);
    expect(report.diverged.count).toBe(0);
    expect(at(report.would.autoCloses)).toEqual([60]);
    expect(at(report.did.autoCloses)).toEqual([28, 30]);
  });

  it('a snooze moves the same timers', () => {
    const recorder = asked()
      .snooze(day(3), 'remind-customer-input', 2 * DAY_MS)
      .runUntil(day(90));
    expect(at(noDifference(recorder).would.autoCloses)).toEqual([30]);
    expect(at(run(closing(21), [recorder]).would.autoCloses)).toEqual([23]);
    const without = run(draftWith({ 'remind-customer-input': null }), [recorder]);
    expect(at(without.would.autoCloses)).toEqual([30]);
    const sooner = asked()
      .snooze(day(3), 'close-customer-input', 2 * DAY_MS)
      .runUntil(day(90));
    expect(at(noDifference(sooner).would.reminders)).toEqual([7]);
  });

  it('a snooze names timers by their rules, in whatever order and generation', () => {
    const backwards = { ...supportTemplate, timers: supportTemplate.timers.toReversed() };
    const moved = asked(backwards).snooze(day(3), 'remind-customer-input', 2 * DAY_MS);
    const report = noDifference(moved, backwards);
    expect(at(report.would.reminders)).toEqual([9]);
    expect(at(run(backwards, [asked().snooze(day(3), 'close-customer-input', DAY_MS)]).would.reminders)).toEqual([7]);
    const again = asked()
      .runUntil(day(28) + 1)
      .undo(day(29))
      .snooze(day(30), 'close-customer-input', 2 * DAY_MS);
    expect(at(run(closing(35), [again]).would.autoCloses)).toEqual([37]);
  });

  it('a snooze of a timer that the template does not have stops the case', () => {
    const recorder = asked().snooze(day(3), 'remind-customer-input', 2 * DAY_MS);
    const report = run(draftWith({ 'remind-customer-input': null, 'close-customer-input': null }), [recorder]);
    expect(at(report.diverged)).toEqual([3]);
    expect(wordsOf(report.diverged)[0]).toContain('What Erin did is not possible with this template: ');
  });

  it('a snooze that was undone', () => {
    const recorder = asked()
      .snooze(day(3), 'remind-customer-input', 2 * DAY_MS)
      .undo(day(4));
    expect(at(noDifference(recorder).would.reminders)).toEqual([7]);
  });

  it('notes-to-self keep their ids, and are no reminders', () => {
    const recorder = asked();
    recorder.do(day(1), { type: 'remind-me', at: day(2), note: 'x', facts: recorder.facts });
    recorder.do(day(3), { type: 'remind-me', at: day(9), note: 'y', facts: recorder.facts });
    const timerId = recorder.timers.find(({ note }) => note === 'y')?.timerId ?? '';
    recorder.snooze(day(4), 'remind-customer-input', DAY_MS);
    recorder.do(day(5), { type: 'snooze', timerId, until: day(10) });
    recorder.do(day(6), { type: 'drop-remind-me', timerId });
    expect(noDifference(recorder).would.reminders.count).toBe(1);
  });

  it('a case may begin with a note-to-self', () => {
    const recorder = new Recorder(supportTemplate);
    recorder.do(day(0), { type: 'remind-me', at: day(9), note: 'x', facts: recorder.facts });
    const timerId = recorder.timers[0]?.timerId ?? '';
    recorder.do(day(1), { type: 'drop-remind-me', timerId }).change(day(2), 'pending/customer-input');
    expect(at(noDifference(recorder).would.reminders)).toEqual([9]);
  });

  it('a timer that waits for a decision is let go or dropped', () => {
    const held = (how: 'act' | 'drop') => {
      const recorder = asked()
        .runUntil(day(28) + 1)
        .undo(day(29));
      const timerId = recorder.timers.find(({ heldFor }) => heldFor === 'decision')?.timerId ?? '';
      return recorder.do(day(30), { type: 'settle-timer', timerId, how }).runUntil(day(90));
    };
    expect(at(noDifference(held('act')).would.autoCloses)).toEqual([28, 30]);
    expect(at(noDifference(held('drop')).would.autoCloses)).toEqual([28]);
    // With more days nothing waits, so there is nothing to let go.
    const report = run(closing(40), [held('act')]);
    expect(at(report.would.autoCloses)).toEqual([40]);
    expect(report.diverged.count).toBe(0);
  });

  it('a clock that went back makes timers wait', () => {
    const recorder = asked().change(day(8), 'pending/customer-input').do(day(6), { type: 'clock-back' }, null);
    const report = noDifference(recorder);
    expect(report.would.autoCloses.count).toBe(0);
    expect(report.would.stuck.count).toBe(1);
  });
});

describe('undo', () => {
  it('of a person’s change', () => {
    const recorder = asked().change(day(3), 'in-progress').undo(day(5)).runUntil(day(90));
    const report = run(closing(21), [recorder]);
    expect(at(report.would.autoCloses)).toEqual([23]);
    expect(report.diverged.count).toBe(0);
  });

  it('of the first change of all goes back to where the help desk had the case', () => {
    const recorder = asked().undo(day(1)).change(day(2), 'pending/customer-input').runUntil(day(20));
    const report = run(supportTemplate, [recorder], { to: day(20) });
    expect(report.diverged.count).toBe(0);
    expect(at(report.would.reminders)).toEqual([9]);
  });

  it('of a close by itself undoes the one that the template made', () => {
    const recorder = asked()
      .runUntil(day(28) + 1)
      .undo(day(29))
      .runUntil(day(90));
    const same = run(supportTemplate, [recorder]);
    expect(same.differences.count).toBe(0);
    expect(same.would.stuck.count).toBe(1);
    const sooner = run(closing(21), [recorder]);
    expect(sooner.diverged.count).toBe(0);
    expect(sooner.would.autoCloses.count).toBe(1);
  });

  it('of a close that the template would not have made is skipped', () => {
    const recorder = asked()
      .runUntil(day(28) + 1)
      .undo(day(29))
      .runUntil(day(90));
    const report = run(closing(35), [recorder]);
    expect(report.diverged.count).toBe(0);
    expect(at(report.would.autoCloses)).toEqual([35]);
    expect(at(report.did.autoCloses)).toEqual([28]);
    // Nor does it undo what a person had done before.
    const changed = new Recorder(supportTemplate)
      .change(day(-1), 'in-progress')
      .change(START, 'pending/customer-input');
    const twice = run(closing(35), [
      changed
        .runUntil(day(28) + 1)
        .undo(day(29))
        .runUntil(day(90)),
    ]);
    expect(at(twice.would.autoCloses)).toEqual([35]);
  });

  it('of what a reply did, by undo and by saying that it was none', () => {
    for (const recorder of [asked().reply(day(3)).undo(day(4)), asked().reply(day(3)).notAReply(day(4))]) {
      const report = run(closing(21), [recorder.runUntil(day(90))]);
      expect(report.diverged.count).toBe(0);
      expect(at(report.would.autoCloses)).toEqual([22]);
    }
  });

  it('of what a reply did not do with this template', () => {
    const without = { ...supportTemplate, replies: [] };
    expect(run(without, [asked().reply(day(3)).undo(day(4))]).diverged.count).toBe(0);
    const recorder = asked().reply(day(3)).notAReply(day(4)).runUntil(day(90));
    const report = run(without, [recorder]);
    expect(report.diverged.count).toBe(0);
    expect(at(report.would.autoCloses)).toEqual([28]);
  });
});

describe('what else a history holds', () => {
  it('an act at the very moment of a timer, in the order of the record', () => {
    const fired: HistoryWhat = {
      type: 'timer-fired',
      ruleId: 'remind-customer-input',
      kind: 'reminder',
      lateMs: 0,
      verified: true,
    };
    const first = entry(1, 0, 'person', entered('pending/customer-input'));
    const act = entered('in-progress', 'pending/customer-input');
    const after = byHand(first, entry(2, 7, 'timer', fired), entry(3, 7, 'person', act));
    expect(run(supportTemplate, [after], { from: START }).would.reminders.count).toBe(1);
    expect(run(supportTemplate, [byHand(first, entry(2, 7, 'person', act))]).would.reminders.count).toBe(0);
  });

  it('another change that was taken back says nothing about the first', () => {
    const narrow: CaseTemplate = {
      ...supportTemplate,
      statuses: supportTemplate.statuses.map((one) => (one.id === 'pending' ? { ...one, mayBecome: ['closed'] } : one)),
    };
    const recorder = new Recorder(supportTemplate).change(START, 'in-progress').change(day(1), 'pending/development');
    expect(run(narrow, [recorder.change(day(2), 'closed').undo(day(3))]).diverged.count).toBe(0);
  });

  it('a close that was cloned', () => {
    const closed = asked()
      .runUntil(day(28) + 1)
      .do(day(30), { type: 'clone' })
      .runUntil(day(90));
    expect(run(supportTemplate, [closed]).diverged.count).toBe(0);
    const report = run(closing(60), [closed]);
    expect(wordsOf(report.diverged)).toEqual([
      'Erin acted while it was Closed; with this template it would have been Pending – Customer Input.',
    ]);
  });

  it('a status that was retired: the case goes where the admin said, whatever may follow', () => {
    const recorded = byHand(
      entry(1, 0, 'person', entered('pending/customer-input')),
      entry(2, 3, 'template', { type: 'version', fromVersion: 1, cancelledRuleIds: [] }),
      entry(3, 3, 'template', { type: 'retired', from: target('pending/customer-input'), to: target('in-progress') }),
      entry(4, 4, 'person', entered('closed', 'in-progress')),
    );
    const narrow: CaseTemplate = {
      ...supportTemplate,
      statuses: supportTemplate.statuses.map((status) =>
        status.id === 'pending' ? { ...status, mayBecome: [] } : status,
      ),
    };
    for (const from of [day(-1), day(3) + 1]) {
      const report = run(narrow, [recorded], { from });
      expect(counts(report.would)).toEqual({ notices: 1 });
      expect(report.diverged.count).toBe(0);
    }
    const closedBefore = run(draftWith({ 'close-customer-input': 2, 'remind-customer-input': 1 }), [recorded]);
    expect(at(closedBefore.diverged)).toEqual([3]);
  });

  it('a case that leaves the template is followed to there, and one that comes is followed from there', () => {
    const left = asked().move(day(3), reviewTemplate, 'open').runUntil(day(90));
    const away = run(supportTemplate, [left]);
    expect(away.diverged.count).toBe(0);
    expect(counts(away.would)).toEqual({});
    expect(away.differences.count).toBe(0);
    expect(counts(run(supportTemplate, [left], { from: day(5) }).would)).toEqual({});

    const came = () =>
      new Recorder(reviewTemplate)
        .change(START, 'open')
        .change(day(1), 'pending')
        .move(day(3), supportTemplate, 'pending/customer-input')
        .runUntil(day(90));
    for (const from of [day(-1), day(2), day(5)]) {
      const report = run(closing(21), [came()], { from });
      expect(at(report.would.autoCloses)).toEqual([24]);
      expect(at(report.did.autoCloses)).toEqual([31]);
      expect(report.diverged.count).toBe(0);
    }
  });

  it('nothing: such a case is counted, and that is all', () => {
    const report = run(supportTemplate, [byHand()]);
    expect(report.cases).toBe(1);
    expect(counts(report.would)).toEqual({});
  });

  it('entries of the first version, which say less', () => {
    const recorded = byHand(
      entry(1, 0, 'person', entered('pending/customer-input')),
      entry(2, 7, 'timer', {
        type: 'timer-fired',
        ruleId: 'remind-customer-input',
        kind: 'reminder',
        lateMs: 0,
        verified: true,
      }),
      entry(3, 9, 'reply', { type: 'customer-replied', messageId: '41', moved: true }),
      entry(4, 9, 'reply', entered('update-received', 'pending/customer-input')),
    );
    const report = run(supportTemplate, [recorded], { to: day(20) });
    expect(counts(report.would)).toEqual({ reminders: 1, changes: 1 });
    expect(report.differences.count).toBe(0);
  });
});

describe('late timers', () => {
  const late = (lateMs: number) => new Recorder(supportTemplate, '1', undefined, () => lateMs);

  it('what was late in the record is late in the replay', () => {
    const recorder = late(3 * DAY_MS)
      .change(START, 'pending/customer-input')
      .runUntil(day(90));
    const report = run(supportTemplate, [recorder]);
    expect(at(report.would.reminders)).toEqual([10]);
    expect(report.differences.count).toBe(0);
  });

  it('so is what falls due meanwhile, but not what falls due before or after', () => {
    const recorder = () =>
      late(3 * DAY_MS)
        .change(START, 'pending/customer-input')
        .runUntil(day(20));
    const reminded = (n: number) => at(run(draftWith({ 'remind-customer-input': n }), [recorder()]).would.reminders);
    expect([6, 8, 9, 10, 11].map(reminded)).toEqual([[6], [10], [10], [10], [11]]);
  });

  it('a reply that was noticed soon after a close was due is one that the close would have found', () => {
    const reply = (ms: number) =>
      run(closing(21), [
        asked()
          .reply(day(21) + ms)
          .runUntil(day(90)),
      ]).would;
    expect(counts(reply(5 * MINUTE_MS))).toEqual({ reminders: 1, changes: 1, stuck: 1 });
    expect(counts(reply(5 * MINUTE_MS + 1))).toEqual({
      reminders: 1,
      notices: 1,
      autoCloses: 1,
      closedDespiteReply: 1,
    });
    const automatic = run(closing(21), [
      asked()
        .reply(day(21) + MINUTE_MS, true)
        .runUntil(day(90)),
    ]).would;
    expect(automatic.autoCloses.count).toBe(1);
  });

  it('a reminder that was answered at once had been sent', () => {
    const recorder = asked()
      .reply(day(7) + MINUTE_MS)
      .runUntil(day(90));
    const report = run(supportTemplate, [recorder]);
    expect(report.would.reminders.count).toBe(1);
    expect(report.differences.count).toBe(0);
  });

  it('two that are due in the same stretch each act when they did', () => {
    const lateMs: Record<number, number> = { [day(7)]: 5 * DAY_MS, [day(8)]: 9 * DAY_MS };
    const published = draftWith({}, [{ ...rule('remind-customer-input'), id: 'again', after: days(8) }]);
    const recorder = new Recorder(published, '1', undefined, (dueAt) => lateMs[dueAt] ?? 0);
    const report = run(published, [recorder.change(START, 'pending/customer-input').runUntil(day(25))]);
    expect(at(report.did.reminders)).toEqual([12, 17]);
    expect(at(report.would.reminders)).toEqual([12, 17]);
    const turns = [5 * DAY_MS, 10 * DAY_MS];
    const twice = draftWith({}, [{ ...rule('remind-customer-input'), id: 'again' }]);
    const both = new Recorder(twice, '1', undefined, () => turns.shift() ?? 0).change(START, 'pending/customer-input');
    expect(at(run(twice, [both.runUntil(day(20))], { to: day(20) }).would.reminders)).toEqual([12, 17]);
    const other = draftWith({ 'remind-customer-input': null }, [
      { ...rule('remind-customer-input'), id: 'other', after: days(9) },
    ]);
    expect(at(run(other, [recorder]).would.reminders)).toEqual([17]);
  });
});

describe('closed although the customer replied', () => {
  const fired = (seq: number, n: number, kind: 'auto-close' | 'reminder' = 'auto-close') =>
    entry(seq, n, 'timer', {
      type: 'timer-fired',
      ruleId: 'close-customer-input',
      kind,
      occurrence: 1,
      lateMs: 0,
      verified: false,
    });
  const reply = (seq: number, n: number, automatic = false) =>
    entry(seq, n, 'reply', { type: 'customer-replied', messageId: `${seq}`, moved: false, automatic });
  const closed = (seq: number, n: number) => entry(seq, n, 'timer', entered('closed', 'pending/customer-input'));
  // Not by a replay, which would stop where the template would not have done this.
  const did = (...history: HistoryEntry[]) =>
    tally([entry(1, 0, 'person', entered('pending/customer-input')), ...history], 'support', START, day(90)).closedOut;

  it('a reply that nobody had heeded before the close', () => {
    expect(did(reply(2, 3), fired(3, 10), closed(4, 10))).toEqual([{ at: day(10), repliedAt: day(3) }]);
  });

  it('not one that a person had looked at since, nor an automatic one', () => {
    expect(
      did(reply(2, 3), entry(3, 4, 'person', { type: 'hold', on: true }), fired(4, 10), closed(5, 10)),
    ).toHaveLength(0);
    expect(did(reply(2, 3, true), fired(3, 10), closed(4, 10))).toHaveLength(0);
  });

  it('the first reply after the close, once, and before any person looked', () => {
    expect(did(fired(2, 10), closed(3, 10), reply(4, 12), reply(5, 13))).toHaveLength(1);
    expect(did(fired(2, 10), closed(3, 10), entry(4, 11, 'person', { type: 'cloned' }), reply(5, 12))).toHaveLength(0);
    expect(did(fired(2, 10), closed(3, 10), reply(4, 12, true))).toHaveLength(0);
  });

  it('notes of the outbox and of the help desk are no look by a person', () => {
    const sent: HistoryWhat = { type: 'effect', effectId: 'x', outcome: 'done', text: '' };
    expect(did(fired(2, 10), closed(3, 10), entry(4, 11, 'person', sent), reply(5, 12))).toHaveLength(1);
  });

  it('only closes by themselves within the window', () => {
    const history = [
      entry(1, 0, 'person', entered('pending/customer-input')),
      fired(2, 28),
      closed(3, 28),
      reply(4, 40),
    ];
    const count = (from: number) => run(supportTemplate, [byHand(...history)], { from }).did.closedDespiteReply.count;
    expect(count(day(28))).toBe(1);
    expect(count(day(28) + 1)).toBe(0);
    expect(did(fired(2, 10, 'reminder'), closed(3, 10), reply(4, 12))).toEqual([]);
    const byPerson = entry(2, 10, 'person', entered('closed', 'pending/customer-input'));
    expect(did(byPerson, reply(3, 12))).toEqual([]);
    // By a person, after a close by itself that was taken back.
    expect(did(fired(2, 5), closed(3, 5), byPerson, reply(4, 12))).toEqual([]);
    const foreign = { ...reply(5, 12), templateId: 'review' };
    expect(did(fired(2, 10), closed(3, 10), foreign)).toEqual([]);
  });

  it('a template that closes what the customer has just answered', () => {
    const eager = draftWith({}, [
      { ...rule('close-customer-input'), id: 'eager', when: { statusId: 'update-received', subStatusId: null } },
    ]);
    const report = run(eager, [asked().reply(day(3)).runUntil(day(90))]);
    expect(wordsOf(report.would.closedDespiteReply)).toEqual([
      'Closed on 5 Feb 2026; the customer had written on 8 Jan 2026.',
    ]);
  });
});

describe('who acted', () => {
  const acts: HistoryWhat[] = [
    entered('closed'),
    { type: 'undone', from: target('closed'), to: target('new'), undoneCommandId: 'x' },
    { type: 'moved', from: target('open'), fromTemplateId: 'review', to: target('new'), note: null },
    { type: 'retired', from: target('new'), to: target('closed') },
    { type: 'hold', on: true },
    { type: 'snoozed', byMs: 1, timerIds: ['x'] },
    { type: 'remind-me', timerId: 'x', at: 0, note: '' },
    { type: 'remind-me-dropped', timerId: 'x' },
    { type: 'cloned' },
    { type: 'not-a-reply', messageId: '1', to: target('new') },
    { type: 'timer-settled', ruleId: null, kind: 'reminder', how: 'act' },
  ];
  const others: HistoryWhat[] = [
    { type: 'version', fromVersion: 1, cancelledRuleIds: [] },
    { type: 'timer-fired', ruleId: null, kind: 'reminder', lateMs: 0, verified: true },
    { type: 'timer-held', ruleId: null, kind: 'reminder', why: '' },
    { type: 'clock-back', byMs: 1 },
    { type: 'customer-replied', messageId: '1', moved: false },
    { type: 'drift', native: 'open' },
    { type: 'drift-settled', native: 'open', how: 'ignore' },
    { type: 'effect', effectId: 'x', outcome: 'done', text: '' },
  ];

  it.each(acts.map((what) => [what.type, what] as const))(
    '%s is an act, unless an automation did it',
    (_type, what) => {
      for (const cause of ['person', 'bulk', 'workflow', 'team', 'template'] as const)
        expect(isAct(entry(1, 0, cause, what))).toBe(true);
      expect(isAct(entry(1, 0, 'timer', what))).toBe(false);
      expect(isAct(entry(1, 0, 'reply', what))).toBe(false);
    },
  );

  it.each(others.map((what) => [what.type, what] as const))('%s is none, whoever caused it', (_type, what) => {
    expect(isAct(entry(1, 0, 'person', what))).toBe(false);
  });

  it('the last act is the newest before the end, of people or of the customer', () => {
    const history = [
      entry(1, 1, 'person', entered('new')),
      entry(2, 2, 'reply', { type: 'customer-replied', messageId: '1', moved: false }),
      entry(3, 3, 'timer', entered('closed', 'new')),
    ];
    expect(lastActAt(history, day(3))).toBe(day(2));
    expect(lastActAt(history, day(2))).toBe(day(1));
    expect(lastActAt(history, day(1))).toBeNull();
  });
});

describe('a run over many cases', () => {
  const many = function* (count: number) {
    for (let i = 1; i <= count; i += 1)
      yield new Recorder(supportTemplate, `${i}`).change(START, 'pending/customer-input').runUntil(day(40));
  };
  const options = { from: day(-1), to: day(40), published: supportTemplate, calendar, timeZone: 'UTC' };

  it('tells how far it is, every 200 cases, and then the report', () => {
    const running = replay(closing(21), many(450), options, 450);
    expect(running.next()).toEqual({ done: false, value: { done: 200, total: 450 } });
    expect(running.next()).toEqual({ done: false, value: { done: 400, total: 450 } });
    const last = running.next();
    expect(last.done).toBe(true);
    expect(last.value).toMatchObject({ cases: 450, from: options.from, to: options.to, differences: { count: 450 } });
    expect(replay(closing(21), many(200), options).next().value).toEqual({ done: 200, total: null });
  });

  it('names the first cases behind a number and counts all', () => {
    const { would, differences } = run(closing(21), [...many(LISTED + 1)]);
    expect(LISTED).toBe(100);
    expect(would.autoCloses.count).toBe(LISTED + 1);
    expect(would.autoCloses.found).toHaveLength(LISTED);
    expect(would.autoCloses.found[0]?.caseKey).toBe('rt-1/1');
    expect(differences.found).toHaveLength(LISTED);
  });

  it('is cancelled by asking no more: it takes no further case, and a new one starts from nothing', () => {
    let taken = 0;
    const counted = (function* () {
      for (const one of many(1000)) {
        taken += 1;
        yield one;
      }
    })();
    const running = replay(closing(21), counted, options);
    running.next();
    running.return(undefined as never);
    expect(running.next()).toEqual({ done: true, value: undefined });
    expect(taken).toBe(200);
    expect(counted.next().done).toBe(true);
    expect(run(closing(21), [...many(1)]).cases).toBe(1);
  });

  it('is told in short', () => {
    const report = run(
      closing(21),
      [asked().reply(day(24)), asked().change(day(24), 'in-progress').runUntil(day(30))],
      { to: day(30) },
    );
    expect(reportWords(report, 'UTC')).toEqual([
      '2 cases, 4 Jan 2026 to 4 Feb 2026',
      'Reminders: 2, as it was',
      'Notices: 2 instead of 0',
      'Closed by itself: 2 instead of 0',
      'Other automatic changes: 0 instead of 1',
      'Left stuck: 0, as it was',
      'Closed although the customer replied: 1 instead of 0',
      'Cases with another course: 2',
      'Cases followed in part only, since people would have acted differently: 1',
    ]);
    expect(reportWords(run(closing(21), [asked()]), 'Pacific/Kiritimati')[0]).toBe('1 case, 4 Jan 2026 to 5 Apr 2026');
  });
});
