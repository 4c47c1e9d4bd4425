import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import { remainingMs, resumeAt } from '../../../core/domain/calendar';
import type { EffectState, Timer } from '../../../core/domain/case';
import { CaseRecord, Effect, HistoryEntry, Timer as TimerSchema } from '../../../core/domain/case';
import type { Decision, Situation } from '../../../core/domain/decide';
import { checkTarget, isNewer } from '../../../core/domain/decide';
import { firstBrokenEntry } from '../../../core/domain/history';
import type { CaseTemplate, Target, TimerRule } from '../../../core/domain/template';
import { findStatus, findSubStatus, findTimerRule, samePosition } from '../../../core/domain/template';
import { runs } from '../../runs';
import { closeRule, DAY, FACTS, HOUR, Life, rule, START, smallTemplate, status, target } from './life';
import { publishableTemplate, randomCalendar } from './random-template';

/** Everything that can happen, with small numbers that are taken as places in whatever there is at that moment. */
const index = fc.noBias(fc.nat(7));
const hours = fc.oneof(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 24 * 40 }));
const place = fc.noBias(fc.nat(60));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), to: place }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      to: place,
      by: fc.constantFrom('bulk' as const, 'workflow' as const, 'team' as const),
      skipMessage: fc.boolean(),
      seenGeneration: fc.constantFrom('any' as const, 0, null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours }) },
  // Until the next timer is due.
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wait' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('fire due' as const, 'deliver' as const, 'undo' as const) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('fire' as const, 'late' as const, 'settle: act' as const, 'settle: drop' as const),
      timer: index,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('unread' as const), timer: index, retry: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reply' as const), automatic: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'old reply' as const,
        'not a reply' as const,
        'clone' as const,
        'clock back' as const,
        'drop note' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), remindOnHold: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('snooze' as const), timer: index, hours }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remind me' as const), hours }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('move' as const, 'retire' as const, 'retire' as const), to: place }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('retime' as const), noticeMs: hours.map((h) => h * HOUR) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('publish' as const), what: index, which: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('native' as const),
      native: fc.constantFrom('open', 'stalled', 'resolved'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('drift: set-back' as const, 'drift: ignore' as const) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('outcome' as const),
      effect: index,
      state: fc.constantFrom<EffectState>('sending', 'done', 'failed', 'uncertain', 'pending'),
      maybeSent: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('again' as const, 'drop' as const), effect: index }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** All that could be asked for, also what the template does not allow. */
function targets(template: CaseTemplate): Target[] {
  return template.statuses.flatMap(({ id, subStatuses, tags }) =>
    [null, 'unknown', ...subStatuses.map((sub) => sub.id)].flatMap((subStatusId) =>
      [null, ...tags.map((tag) => tag.id)].map((tagId) => ({ statusId: id, subStatusId, tagId })),
    ),
  );
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)];
}

/** Takes the places that are allowed more often than the others, and most often those where something happens. */
function pickTarget(template: CaseTemplate, at: number): Target {
  const all = targets(template);
  const allowed = all.filter((to) => checkTarget(template, null, to) === null);
  const eventful = allowed.filter((to) => template.timers.some(({ when }) => samePosition(when, to)));
  const list = at % 6 === 0 ? all : at % 6 < 3 || eventful.length === 0 ? allowed : eventful;
  return pick(list, at) ?? { statusId: 'unknown', subStatusId: null, tagId: null };
}

/** A version that differs in one thing, mostly one that matters to the case; statuses stay, be they retired. */
function related({ template, record, timers: open }: Situation, what: number, which: number): Partial<CaseTemplate> {
  const running = template.timers.filter(({ id }) => open.some(({ ruleId }) => ruleId === id));
  const one = pick(running.length > 0 && which > 1 ? running : template.timers, which);
  const timers = (change: Partial<TimerRule>) => ({
    timers: template.timers.map((rule) => (rule === one ? { ...rule, ...change } : rule)),
  });
  const somewhere = pickTarget(template, which * 7 + 1);
  const { statusId, subStatusId } = record && which % 2 === 0 ? record : somewhere;
  const statuses = (change: (status: CaseTemplate['statuses'][number]) => object) => ({
    statuses: template.statuses.map((status) =>
      status.id === statusId && status.id !== template.initialStatusId ? { ...status, ...change(status) } : status,
    ),
  });
  switch (what) {
    case 0:
      return { timers: template.timers.filter((rule) => rule !== one) };
    case 1:
      return timers({ after: { amount: which + 1, unit: 'days' } });
    case 2:
      return timers({ pausesIn: one?.pausesIn ? null : [{ statusId, subStatusId }] });
    case 3:
      return timers({ when: { statusId, subStatusId } });
    case 4:
      return timers({ kind: 'auto-close', repeat: null, does: { type: 'change', to: somewhere } });
    case 5:
      return statuses(({ retired }) => ({ retired: !retired }));
    case 6:
      return statuses(({ tags }) => ({ tagRequired: tags.some((tag) => !tag.retired) }));
    default:
      return statuses(({ subStatuses }) => ({ subStatusRequired: subStatuses.some((sub) => !sub.retired) }));
  }
}

function nextDueAt({ situation, now }: Life): number {
  const dates = situation.timers.flatMap(({ state, dueAt }) => (state === 'armed' && dueAt > now ? [dueAt] : []));
  return dates.length === 0 ? now + DAY : Math.min(...dates);
}

/** Takes one step, and says what was decided; `null` where there was nothing to decide. */
function take(life: Life, step: Step): Decision | null {
  const { template, record, timers, effects } = life.situation;
  switch (step.kind) {
    case 'change': {
      const { kind: _kind, to, ...options } = step;
      return life.change(written(pickTarget(template, to)), options);
    }
    case 'wait':
      life.now = 'hours' in step ? life.now + step.hours * HOUR : nextDueAt(life);
      return null;
    case 'publish':
      life.publish(related(life.situation, step.what, step.which));
      return null;
    case 'clock back':
      life.now -= 3 * HOUR;
      return life.do({ type: 'clock-back' });
    case 'reply':
      return life.reply(String(Number(record?.lastCustomerMessageId ?? 40) + 1), step.automatic);
    case 'old reply':
      return life.reply(record?.lastCustomerMessageId ?? '40');
    case 'remind me':
      return life.remindMe(life.now + step.hours * HOUR);
    case 'native':
      return life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: step.native } });
    case 'undo':
      return life.undo();
    case 'not a reply':
      return life.do({ type: 'not-a-reply', messageId: record?.lastCustomerMessageId ?? 'none' });
    case 'hold':
      return life.hold(step.remindOnHold);
    case 'release':
      return life.release();
    case 'clone':
      return life.do({ type: 'clone' });
    case 'retime':
      return life.retime(step.noticeMs);
    case 'drift: set-back':
      return life.do({ type: 'settle-drift', how: 'set-back' });
    case 'drift: ignore':
      return life.do({ type: 'settle-drift', how: 'ignore' });
    case 'retire':
      return life.do({ type: 'retire', to: pickTarget(template, step.to) });
    case 'move': {
      const [other] = life.otherTemplates;
      if (!record || !other) return null;
      return life.move(other.id, written(pickTarget(other, step.to)));
    }
    case 'drop note': {
      const note = timers.find(({ kind }) => kind === 'remind-me');
      return note ? life.do({ type: 'drop-remind-me', timerId: note.timerId }) : null;
    }
    case 'fire due': {
      const due = timers.filter(({ state, dueAt }) => state === 'armed' && dueAt <= life.now);
      const first = due.toSorted((a, b) => a.dueAt - b.dueAt)[0];
      return first ? life.do({ type: 'timer-fired', timerId: first.timerId, verified: true }) : null;
    }
    case 'deliver': {
      const effect = effects[0];
      return effect ? life.outcome(effect, 'done', { nativeStatus: effect.write?.status ?? null }) : null;
    }
    case 'outcome': {
      const effect = pick(effects, step.effect);
      const { state, maybeSent } = step;
      return effect ? life.outcome(effect, state, { maybeSent }) : null;
    }
    case 'again':
    case 'drop': {
      const effect = pick(effects, step.effect);
      const type = step.kind === 'again' ? ('effect-again' as const) : ('effect-drop' as const);
      return effect ? life.do({ type, effectId: effect.effectId }) : null;
    }
    default: {
      const timer = pick(timers, step.timer);
      return timer ? life.do(timerDeed(step, timer, life.now)) : null;
    }
  }
}

type TimerStep = Extract<Step, { timer: number }>;

function timerDeed(step: TimerStep, { timerId, dueAt }: Timer, now: number): Parameters<Life['do']>[0] {
  switch (step.kind) {
    case 'fire':
      return { type: 'timer-fired', timerId, verified: true };
    case 'late':
      return { type: 'timer-late', timerId };
    case 'settle: act':
      return { type: 'settle-timer', timerId, how: 'act' };
    case 'settle: drop':
      return { type: 'settle-timer', timerId, how: 'drop' };
    case 'unread':
      return { type: 'timer-unverifiable', timerId, why: 'RT is down.', retryAt: step.retry ? now + HOUR : null };
    case 'snooze':
      return { type: 'snooze', timerId, until: dueAt + step.hours * HOUR };
  }
}

function written({ statusId, subStatusId, tagId }: Target): string {
  return `${statusId}${subStatusId === null ? '' : `/${subStatusId}`}${tagId === null ? '' : `#${tagId}`}`;
}

const essence = (timer: Timer) => [timer.ruleId, timer.occurrence, timer.note] as const;

/** What has to be true of every case at any time. */
function checkCase(life: Life): void {
  const { template, record, timers, effects } = life.situation;
  if (!record) return;
  CaseRecord.parse(record);
  for (const timer of timers) TimerSchema.parse(timer);
  for (const effect of effects) Effect.parse(effect);

  const own = findStatus(template, record.statusId);
  expect(own, 'the status is one of the template').toBeDefined();
  if (record.subStatusId !== null)
    expect(findSubStatus(own, record.subStatusId), 'the sub-status is one of the status').toBeDefined();
  if (record.tagId !== null)
    expect(
      own?.tags.map(({ id }) => id),
      'the tag is one of the status',
    ).toContain(record.tagId);

  for (const effect of effects.filter(({ state }) => state === 'pending'))
    expect(effect.generation, 'nothing that a left generation owes is still to be sent').toBe(record.generation);

  const waits = timers.some(({ heldFor }) => heldFor === 'decision' || heldFor === 'review');
  if (waits) expect(record.attention, 'what waits for a person is in sight').not.toBeNull();

  const names = timers.map((timer) => (timer.ruleId === null ? timer.timerId : essence(timer).join()));
  expect(new Set(names).size, 'one open timer for each rule and occurrence').toBe(names.length);
  for (const timer of timers) {
    const { proof, state, heldAt, heldFor } = timer;
    expect(timer.generation, 'no timer of a left generation is open').toBe(record.generation);
    const shifted = proof.shifts.reduce((sum, { byMs }) => sum + byMs, proof.firstDueAt);
    expect(shifted, 'the first date and the shifts come to the date').toBe(timer.dueAt);
    expect([state === 'held', state === 'held']).toEqual([heldAt !== null, heldFor !== null]);
    // A newer version is taken with the next command.
    if (timer.ruleId === null || record.templateVersion !== template.version) continue;
    const rule = findTimerRule(template, timer.ruleId);
    expect(rule, 'the rule is in the template').toBeDefined();
    if (!rule) continue;
    expect([timer.kind, timer.scope]).toEqual([rule.kind, rule.pausesIn === null ? 'position' : 'case']);
    if (rule.pausesIn === null) expect(samePosition(rule.when, record), 'the timer belongs to the position').toBe(true);
    const paused = rule.pausesIn?.some((position) => samePosition(position, record)) === true;
    const chases = rule.kind === 'reminder' && rule.does.type === 'message' && rule.does.via === 'reply';
    const stopped = record.hold && (rule.does.type === 'change' || (chases && !record.remindOnHold));
    if (state === 'armed') expect([paused, stopped], 'nothing runs that has to stand still').toEqual([false, false]);
    if (heldFor === 'pause') expect(paused, 'only what has to stand still does').toBe(true);
    if (heldFor === 'hold') expect(stopped, 'only what has to stand still does').toBe(true);
  }
}

/** What has to be true of every decision. */
function checkDecision(life: Life, before: Situation, step: Step, decision: Decision): void {
  if (!decision.ok) {
    expect(life.situation).toEqual(before);
    expect(decision.message).toMatch(/^[A-Z"].*[.]$/);
    if (step.kind === 'reply') expect(before.record, 'a reply to a tracked case counts').toBeNull();
    return;
  }
  const { next, history, timers, effects } = decision;
  const { record } = before;
  for (const timer of timers) TimerSchema.parse(timer);
  for (const effect of effects) Effect.parse(effect);
  for (const entry of history) HistoryEntry.parse(entry);

  expect(next.revision, 'one commit, one revision').toBe((record?.revision ?? 0) + 1);
  const entered = next.generation - (record?.generation ?? 0);
  expect([0, 1], 'the generation grows by one entry').toContain(entered);
  const place = { statusId: next.statusId, subStatusId: next.subStatusId, tagId: next.tagId };
  if (entered === 1) expect(checkTarget(life.situation.template, null, place), 'R5 R10').toBeNull();
  else if (record)
    expect(place).toEqual({ statusId: record.statusId, subStatusId: record.subStatusId, tagId: record.tagId });

  if (step.kind === 'retime') checkRetimed(life, before, timers, step.noticeMs);
  if (step.kind === 'old reply') expect(isNewer('40', before.record?.lastCustomerMessageId ?? null)).toBe(true);
  if (step.kind === 'reply') {
    expect(next.lastCustomerMessageId).not.toBe(record?.lastCustomerMessageId);
    const moved = entered === 1 && next.undo?.replyId === next.lastCustomerMessageId;
    const flagged = next.customerRepliedAt === life.now;
    if (!step.automatic) expect([moved, flagged], 'a reply moves or flags').toContain(true);
    else expect([entered, next.customerRepliedAt]).toEqual([0, record?.customerRepliedAt]);
  }

  const fired = timers.find(({ state }) => state === 'fired');
  if (!fired) return;
  const timer = before.timers.find(({ timerId }) => timerId === fired.timerId);
  expect(timer?.state, 'only an armed timer fires').toBe('armed');
  expect(timer?.dueAt, 'no timer fires early').toBeLessThanOrEqual(life.now);
  expect(timer?.generation).toBe(record?.generation);
  if (entered === 0) return;
  expect(record?.customerRepliedAt, 'nothing closes over a reply').toBeNull();
  const owed = before.effects.filter(
    ({ generation, write }) => generation === record?.generation && write?.message?.visibility === 'public',
  );
  expect(owed, 'nothing closes before its notice has arrived').toEqual([]);
}

/** When a timer would be due if whatever holds it let it go now. */
function ifLetGo({ proof, heldAt, dueAt }: Timer, { now, situation: { calendar } }: Life): number {
  const { wait } = proof.derivation;
  return heldAt === null ? dueAt : resumeAt(wait, remainingMs(wait, heldAt, dueAt, calendar), now, calendar);
}

/** None is due sooner than the notice allows, but what was so before; and what was done twice was done once. */
function checkRetimed(life: Life, before: Situation, timers: readonly Timer[], noticeMs: number): void {
  for (const timer of timers) {
    const old = before.timers.find(({ timerId }) => timerId === timer.timerId);
    if (!old) throw new Error('New dates begin no timer');
    expect(timer, 'only the date has changed').toMatchObject({ occurrence: old.occurrence, note: old.note });
    if (timer.state === 'cancelled' || timer.heldAt !== old.heldAt) continue;
    expect(ifLetGo(timer, life), 'not sooner than the notice').toBeGreaterThanOrEqual(
      Math.min(ifLetGo(old, life), life.now + noticeMs),
    );
  }
  const branch = life.branch();
  expect(branch.retime(noticeMs), 'twice is once').toMatchObject({ ok: false, code: 'nothing-to-do' });
}

/** Taken back at once or after a while, a change has never been. */
function checkUndo(life: Life, before: Situation, decision: Decision, afterMs: number): void {
  if (!decision.ok || !before.record || decision.next.undo === null) return;
  const { undo } = decision.next;
  // With a newer version, rules and their timers may have gone.
  const changed = decision.history.some(({ what }) => what.type === 'version');
  if (undo.commandId === before.record.undo?.commandId || changed || undo.generation === decision.next.generation)
    return;
  if (life.now < before.record.changedAt) return;
  const { calendar } = before;
  const place = ({ statusId, subStatusId, tagId, enteredAt, customerRepliedAt, templateId, hold }: CaseRecord) => ({
    ...{ statusId, subStatusId, tagId, enteredAt, customerRepliedAt, templateId, hold },
  });
  // What was to be told before a close, and was taken back, is not told any more.
  const untold = before.effects.some(
    ({ generation, write }) => generation === undo.generation && write?.message?.visibility === 'public',
  );
  const asks = ({ scope, ruleId }: Timer) =>
    untold && scope === 'position' && findTimerRule(before.template, ruleId)?.does.type === 'change';
  const clocks = (timers: readonly Timer[], now: number, acted: string | null) =>
    timers
      .filter(({ ruleId }) => ruleId !== null)
      .map((timer) => {
        const { heldFor, heldAt, dueAt, proof } = timer;
        const left = remainingMs(proof.derivation.wait, heldAt ?? now, dueAt, calendar);
        return [
          ...essence(timer),
          timer.timerId === acted || asks(timer) ? 'decision' : heldFor,
          // What is held keeps how long it is overdue.
          heldFor === null && !asks(timer) ? Math.max(0, left) : left,
        ];
      })
      .toSorted();
  const expected = clocks(before.timers, life.now, undo.timerId);
  const branch = life.branch();
  branch.now += afterMs;
  const undone = branch.undo();
  const own = [life.situation.template, ...life.otherTemplates].find(({ id }) => id === undo.templateId);
  if (!own || checkTarget(own, null, undo) !== null) {
    expect(undone.ok).toBe(false);
    return;
  }
  expect(undone).toMatchObject({ ok: true });
  expect(place(branch.record)).toEqual(place(before.record));
  expect(clocks(branch.situation.timers, branch.now, null)).toEqual(expected);
  checkCase(branch);
}

/** A small template in which much can happen: clocks that stand still, repeated reminders, what needs a tag. */
const busyTemplate = smallTemplate({
  statuses: [
    status('new', { category: 'initial' }),
    status('wait', {
      category: 'waiting',
      subStatusRequired: true,
      subStatuses: ['a', 'b'].map((id) => ({
        id,
        name: id,
        waitsFor: 'customer',
        meaning: { agent: '', customer: '' },
        retired: false,
      })),
    }),
    status('other'),
    status('done', { category: 'done', tagRequired: true, tags: [{ id: 'why', name: 'Why', retired: false }] }),
  ],
  timers: [
    rule('remind', 'wait/a', { repeat: { every: { amount: 2, unit: 'days' }, times: 3 } }),
    closeRule('close', 'wait/a', { does: { type: 'change', to: target('done#why') } }),
    closeRule('clock', 'other', {
      pausesIn: [target('wait/a'), target('wait/b')],
      does: { type: 'change', to: target('done#why') },
    }),
    rule('hours', 'wait/b', {
      after: { amount: 9, unit: 'business-hours' },
      does: { type: 'message', messageId: 'hello', via: 'note' },
    }),
    rule('case', 'wait/b', { pausesIn: [target('other')], after: { amount: 3, unit: 'business-days' } }),
  ],
  onEntry: [{ id: 'tell', when: target('wait/a'), messageId: 'hello', via: 'reply', immediate: false }],
  replies: [{ id: 'answer', when: target('wait/a'), to: target('other') }],
  native: { rt: { set: { wait: 'stalled', other: 'open', done: 'resolved' }, shows: { stalled: 'other' } } },
});

/** Those that have a name are told by it, so that a failure can be read. */
const anyTemplate = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(busyTemplate, supportTemplate, reviewTemplate)
      .map((template) => ({ template, [fc.toStringMethod]: () => template.name })),
  },
  { weight: 2, arbitrary: publishableTemplate().map((template) => ({ template })) },
);

describe('any life of a case', () => {
  it('R5 R10: keeps to its template; timers act once, in time and in order; undo is exact; the history is whole', () => {
    fc.assert(
      fc.property(
        anyTemplate,
        place,
        fc.noBias(fc.array(step, { maxLength: 40, size: 'max' })),
        fc.integer({ min: 0, max: 10 * DAY }),
        ({ template }, start, steps, undoAfterMs) => {
          const life = new Life({ ...template, version: 1 }, START, randomCalendar);
          life.otherTemplates = [{ ...busyTemplate, id: 'second' }];
          life.change(written(pickTarget(template, start)));
          for (const step of steps) {
            const before = life.situation;
            const decision = take(life, step);
            if (decision) {
              checkDecision(life, before, step, decision);
              checkUndo(life, before, decision, undoAfterMs);
            }
            checkCase(life);
          }
          expect(life.history.map(({ seq }) => seq)).toEqual(life.history.map((_, at) => at + 1));
          expect(firstBrokenEntry(life.history)).toBeNull();
        },
      ),
      { numRuns: runs(300) },
    );
  });
});
