import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinTemplates, reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import type { TicketFacts } from '../../../core/domain/case';
import type { Command, Committed, Decision, Deed, Situation } from '../../../core/domain/decide';
import { checkTarget, decide, HOLD_MS, isNewer } from '../../../core/domain/decide';
import { durationMs } from '../../../core/domain/duration';
import { firstBrokenEntry } from '../../../core/domain/history';
import { unknownPlaceholders } from '../../../core/domain/message';
import type { CaseTemplate, Target } from '../../../core/domain/template';
import { CaseTemplate as CaseTemplateSchema, findStatus } from '../../../core/domain/template';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 17, 14, 2);
const ERIN = { login: 'erin', name: 'Erin' };
const FACTS: TicketFacts = {
  ticketId: '1',
  subject: 'Printer on fire',
  nativeStatus: 'open',
  requester: { login: 'alice@customer.test', name: 'Alice' },
  assignee: null,
  queue: 'Support',
  lastMessageId: '40',
};

/** A case that lives through commands, as the store would keep it. */
class Life {
  situation: Situation;
  history: Committed['history'] = [];
  private commands = 0;

  constructor(
    template: CaseTemplate = supportTemplate,
    public now = START,
  ) {
    this.situation = {
      template,
      record: null,
      timers: [],
      effects: [],
      siteId: 'rt-1',
      adapterId: 'rt',
      timeZone: 'UTC',
    };
  }

  do(deed: Deed, commandId = `command-${++this.commands}`): Decision {
    const command: Command = { commandId, at: this.now, actor: ERIN, deed };
    const before = JSON.stringify(this.situation);
    const decision = decide(this.situation, command);
    expect(JSON.stringify(this.situation), 'decide must not touch what it is given').toBe(before);
    expect(decide(this.situation, command), 'decide is deterministic').toEqual(decision);
    if (decision.ok) this.take(decision);
    return decision;
  }

  private take({ next, timers, effects, history }: Committed): void {
    const put = <T>(rows: readonly T[], changed: readonly T[], id: (row: T) => string) => [
      ...new Map([...rows, ...changed].map((row) => [id(row), row])).values(),
    ];
    this.history.push(...history);
    this.situation = {
      ...this.situation,
      record: next,
      timers: put(this.situation.timers, timers, (timer) => timer.timerId).filter(
        ({ state }) => state === 'armed' || state === 'held',
      ),
      effects: put(this.situation.effects, effects, (effect) => effect.effectId).filter(
        ({ state }) => state !== 'done' && state !== 'cancelled',
      ),
    };
  }

  change(statusId: string, subStatusId: string | null = null, tagId: string | null = null): Decision {
    return this.do({
      type: 'change',
      to: { statusId, subStatusId, tagId },
      note: null,
      skipMessage: false,
      facts: FACTS,
      seenGeneration: this.situation.record?.generation ?? null,
    });
  }

  timer(ruleId: string) {
    const timer = this.situation.timers.find((candidate) => candidate.ruleId === ruleId);
    if (!timer) throw new Error(`No timer ${ruleId}`);
    return timer;
  }

  fire(ruleId: string): Decision {
    return this.do({ type: 'timer-fired', timerId: this.timer(ruleId).timerId, verified: true });
  }

  /** Everything that is to be sent arrives. */
  deliver(): void {
    for (const effect of this.situation.effects)
      this.do({
        type: 'effect-outcome',
        effectId: effect.effectId,
        state: 'done',
        text: 'sent',
        nativeStatus: effect.write?.status ?? null,
        retryAt: null,
      });
  }

  get status(): string {
    const { record } = this.situation;
    return record ? [record.statusId, record.subStatusId].filter(Boolean).join('/') : 'untracked';
  }

  get messages() {
    return this.situation.effects.flatMap((effect) => (effect.write?.message ? [effect.write.message.body] : []));
  }
}

const code = (decision: Decision) => (decision.ok ? 'ok' : decision.code);

describe('what a change needs', () => {
  it('R10: Pending without a sub-status is refused and changes nothing', () => {
    const life = new Life();
    expect(code(life.change('pending'))).toBe('sub-status-required');
    expect(life.situation.record).toBeNull();
  });

  it('R10: the four sub-statuses of Pending are there', () => {
    expect(findStatus(supportTemplate, 'pending')?.subStatuses.map((sub) => sub.name)).toEqual([
      'Customer Input',
      'Development',
      'Scheduled Support Service',
      'Third Party Provider',
    ]);
  });

  it('R5: a status whose reason is required cannot be entered without one', () => {
    const life = new Life(reviewTemplate);
    expect(code(life.change('approved'))).toBe('tag-required');
    expect(code(life.change('approved', null, 'all-checks-passed'))).toBe('ok');
  });

  it('R4: a reason of another status is refused', () => {
    expect(code(new Life(reviewTemplate).change('approved', null, 'suspected-fraud'))).toBe('unknown-tag');
  });

  it('R5: a timer whose target needs a reason and names none is held for a person', () => {
    const template: CaseTemplate = {
      ...supportTemplate,
      statuses: supportTemplate.statuses.map((status) =>
        status.id === 'closed' ? { ...status, tagRequired: true } : status,
      ),
      timers: supportTemplate.timers.map((rule) =>
        rule.does.type === 'change' ? { ...rule, does: { ...rule.does, to: { ...rule.does.to, tagId: null } } } : rule,
      ),
    };
    const life = new Life(template);
    life.change('awaiting-customer-confirmation');
    life.deliver();
    life.now += 14 * DAY;
    life.fire('close-awaiting-confirmation');
    expect(life.status).toBe('awaiting-customer-confirmation');
    expect(life.timer('close-awaiting-confirmation').state).toBe('held');
    expect(life.situation.record?.attention?.message).toMatch(/needs a reason/);
  });

  it('refuses a change that rests on an older state', () => {
    const life = new Life();
    life.change('in-progress');
    const stale = life.do({
      type: 'change',
      to: { statusId: 'closed', subStatusId: null, tagId: null },
      note: null,
      skipMessage: false,
      facts: FACTS,
      seenGeneration: 0,
    });
    expect(code(stale)).toBe('changed-meanwhile');
  });
});

describe('the built-in templates', () => {
  it.each(builtinTemplates.map((template) => [template.name, template] as const))(
    'R9 R1 R17: %s fits the schema, and all that its rules name is there',
    (_name, template) => {
      expect(CaseTemplateSchema.safeParse(template).error).toBeUndefined();
      const targets: Target[] = [
        ...template.replies.map((rule) => rule.to),
        ...template.timers.flatMap((rule) => (rule.does.type === 'change' ? [rule.does.to] : [])),
      ];
      for (const target of targets) expect(checkTarget(template, null, target)).toBeNull();
      for (const message of template.messages) expect(unknownPlaceholders(message.body)).toEqual([]);
      for (const rule of template.onEntry)
        expect(template.messages.some((message) => message.id === rule.messageId)).toBe(true);
      for (const mapping of Object.values(template.native)) {
        for (const statusId of Object.keys(mapping.set)) expect(findStatus(template, statusId)).toBeDefined();
        for (const statusId of Object.values(mapping.shows)) expect(findStatus(template, statusId)).toBeDefined();
      }
      for (const status of template.statuses) expect(status.meaning.agent && status.meaning.customer).toBeTruthy();
    },
  );

  it('R9: Support has its seven statuses, and New is the first', () => {
    expect(supportTemplate.statuses.map((status) => status.name)).toEqual([
      'New',
      'In Progress',
      'Pending',
      'Awaiting Customer Confirmation',
      'Reopened',
      'Update Received',
      'Closed',
    ]);
    expect(supportTemplate.initialStatusId).toBe('new');
  });
});

describe('timers', () => {
  it('R14: the reminder is due after 7 days in Pending – Customer Input, not a millisecond before', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 7 * DAY - 1;
    expect(code(life.fire('remind-customer-input'))).toBe('too-early');
    life.now += 1;
    expect(code(life.fire('remind-customer-input'))).toBe('ok');
    expect(life.messages).toHaveLength(1);
    expect(life.status).toBe('pending/customer-input');
  });

  it('R13: closes after 28 days, 21 after the reminder', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 7 * DAY;
    life.fire('remind-customer-input');
    life.deliver();
    expect(life.timer('close-customer-input').dueAt).toBe(START + 28 * DAY);
    life.now = START + 28 * DAY;
    life.fire('close-customer-input');
    expect(life.status).toBe('closed');
    expect(life.situation.record?.tagId).toBe('no-answer-from-customer');
  });

  it('R13 R15: Awaiting Customer Confirmation tells the customer at once and closes after 14 days', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    const [effect] = life.situation.effects;
    expect(effect?.write?.message?.visibility).toBe('public');
    expect(effect?.notBefore).toBe(START);
    expect(life.timer('close-awaiting-confirmation').dueAt).toBe(START + 14 * DAY);
  });

  it('R15: the notice comes one day after Closed, and not when the case left Closed before', () => {
    const life = new Life();
    life.change('closed');
    const { timerId } = life.timer('notice-closed');
    expect(life.timer('notice-closed').dueAt).toBe(START + DAY);
    life.change('in-progress');
    life.now += DAY;
    expect(code(life.do({ type: 'timer-fired', timerId, verified: true }))).toBe('stale-timer');
  });

  it('a timer of a generation that was left never acts, also when the case came back', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    const { timerId } = life.timer('close-customer-input');
    life.change('in-progress');
    life.change('pending', 'customer-input');
    life.now += 400 * DAY;
    expect(code(life.do({ type: 'timer-fired', timerId, verified: true }))).toBe('stale-timer');
  });

  it('R13 R14: a late reminder moves the close behind it, so that the days between them stay', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 40 * DAY;
    life.fire('remind-customer-input');
    expect(life.timer('close-customer-input').dueAt).toBe(life.now + 21 * DAY);
    expect(code(life.fire('close-customer-input'))).toBe('too-early');
  });

  it('a close does not act while its notice is on the way, and asks when it could not be delivered', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 7 * DAY;
    life.fire('remind-customer-input');
    life.now = START + 28 * DAY;
    expect(code(life.fire('close-customer-input'))).toBe('notice-on-its-way');
    const effect = life.situation.effects.find((candidate) => candidate.write?.message);
    life.do({
      type: 'effect-outcome',
      effectId: effect?.effectId ?? '',
      state: 'failed',
      text: 'refused',
      nativeStatus: null,
      retryAt: null,
    });
    life.fire('close-customer-input');
    expect(life.status).toBe('pending/customer-input');
    expect(life.timer('close-customer-input').state).toBe('held');
  });

  it('a clock that jumped by more than 400 days does not act', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 500 * DAY;
    life.fire('remind-customer-input');
    expect(life.messages).toEqual([]);
    expect(life.timer('remind-customer-input').state).toBe('held');
  });

  it('a timer that waits for a decision acts once a person releases it', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 500 * DAY;
    life.fire('remind-customer-input');
    life.now += DAY;
    expect(code(life.do({ type: 'hold', on: false }))).toBe('ok');
    expect(life.timer('remind-customer-input')).toMatchObject({ state: 'armed', dueAt: life.now });
    life.fire('remind-customer-input');
    expect(life.messages).toHaveLength(1);
  });

  it('hold stops reminder and close, and releasing goes on with what remained', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.now += 3 * DAY;
    life.do({ type: 'hold', on: true });
    life.now += 30 * DAY;
    expect(code(life.fire('remind-customer-input'))).toBe('stale-timer');
    life.do({ type: 'hold', on: false });
    expect(life.timer('remind-customer-input').dueAt).toBe(START + 37 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(START + 58 * DAY);
  });
});

describe("a customer's reply", () => {
  it('R11: makes Awaiting Customer Confirmation Reopened and cancels the close and what is still held', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    life.now += DAY;
    life.do({ type: 'customer-replied', messageId: '41' });
    expect(life.status).toBe('reopened');
    expect(life.situation.timers).toEqual([]);
    expect(life.messages).toEqual([]);
  });

  it('R12: makes Pending – Customer Input Update Received', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.do({ type: 'customer-replied', messageId: '41' });
    expect(life.status).toBe('update-received');
  });

  it('R12: in another sub-status it moves nothing and flags the case', () => {
    const life = new Life();
    life.change('pending', 'development');
    life.do({ type: 'customer-replied', messageId: '41' });
    expect(life.status).toBe('pending/development');
    expect(life.situation.record?.customerRepliedAt).toBe(START);
  });

  it('counts only once, and one that was there before the case does not count', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    expect(code(life.do({ type: 'customer-replied', messageId: '40' }))).toBe('nothing-to-do');
    expect(code(life.do({ type: 'customer-replied', messageId: '9' }))).toBe('nothing-to-do');
    life.do({ type: 'customer-replied', messageId: '100' });
    expect(code(life.do({ type: 'customer-replied', messageId: '100' }))).toBe('nothing-to-do');
  });

  it('message ids are compared by value', () => {
    expect(isNewer('100', '99')).toBe(true);
    expect(isNewer('9007199254740993', '9007199254740992')).toBe(true);
    expect(isNewer('5', null)).toBe(true);
    expect(isNewer('99', '100')).toBe(false);
  });
});

describe('undo', () => {
  it('restores status, sub-status, reason, since when, and what remained of each timer', () => {
    const life = new Life();
    life.change('pending', 'customer-input', 'needs-log-files');
    life.deliver();
    life.now += 3 * DAY;
    const decision = life.change('closed');
    life.now += 5_000;
    life.do({ type: 'undo', undoes: decision.ok ? (decision.next.undo?.commandId ?? '') : '' });
    expect(life.status).toBe('pending/customer-input');
    expect(life.situation.record).toMatchObject({ tagId: 'needs-log-files', enteredAt: START });
    expect(life.timer('remind-customer-input').dueAt).toBe(life.now + 4 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(life.now + 25 * DAY);
    expect(life.messages).toEqual([]);
  });

  it('within the hold nothing leaves the browser; after it the native status is written back', () => {
    const held = new Life();
    const first = held.change('pending', 'customer-input');
    expect(held.situation.effects[0]?.notBefore).toBe(START + HOLD_MS);
    held.do({ type: 'undo', undoes: first.ok ? (first.next.undo?.commandId ?? '') : '' });
    expect(held.situation.effects).toEqual([]);

    const sent = new Life();
    const change = sent.change('pending', 'customer-input');
    sent.deliver();
    sent.do({ type: 'undo', undoes: change.ok ? (change.next.undo?.commandId ?? '') : '' });
    expect(sent.situation.effects.map((effect) => effect.write?.status)).toEqual(['open']);
  });

  it('leaves a timer that waited for a decision waiting, and its proof adds up', () => {
    const life = new Life();
    life.change('pending', 'customer-input');
    life.deliver();
    life.now += DAY;
    life.do({ type: 'hold', on: true });
    life.now += DAY;
    life.do({ type: 'hold', on: false });
    life.do({
      type: 'timer-unverifiable',
      timerId: life.timer('close-customer-input').timerId,
      why: 'gone',
      retryAt: null,
    });
    life.now += DAY;
    const change = life.change('in-progress');
    life.now += 5000;
    life.do({ type: 'undo', undoes: change.ok ? (change.next.undo?.commandId ?? '') : '' });
    expect(life.timer('close-customer-input').state).toBe('held');
    const { dueAt, proof } = life.timer('remind-customer-input');
    expect(proof.enteredAt + proof.afterMs + proof.shifts.reduce((sum, shift) => sum + shift.byMs, 0)).toBe(dueAt);
  });

  it('says which message is already out', () => {
    const life = new Life();
    const change = life.change('awaiting-customer-confirmation');
    life.deliver();
    const undone = life.do({ type: 'undo', undoes: change.ok ? (change.next.undo?.commandId ?? '') : '' });
    expect(undone.ok && undone.message).toMatch(/already with the customer/);
  });

  it('an undone auto-close does not close again by itself', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    life.deliver();
    life.now += 14 * DAY;
    const close = life.fire('close-awaiting-confirmation');
    life.do({ type: 'undo', undoes: close.ok ? (close.next.undo?.commandId ?? '') : '' });
    expect(life.status).toBe('awaiting-customer-confirmation');
    expect(life.timer('close-awaiting-confirmation').state).toBe('held');
  });

  it('is refused for a change that is not the newest', () => {
    const life = new Life();
    life.change('in-progress');
    life.change('closed');
    expect(code(life.do({ type: 'undo', undoes: 'command-1' }))).toBe('nothing-to-undo');
  });
});

describe('the native status', () => {
  it('R17: changed behind our back is drift; a wanted one that is there already is none', () => {
    const life = new Life();
    life.change('in-progress');
    life.do({ type: 'native-seen', facts: { ...FACTS, nativeStatus: 'resolved' } });
    expect(life.situation.record).toMatchObject({ nativeStatus: 'resolved', expectedNativeStatus: 'open' });
    life.change('closed');
    expect(life.situation.record?.expectedNativeStatus).toBe('resolved');
    expect(life.situation.effects.filter((effect) => effect.kind === 'desk-write')).toEqual([]);
  });

  it('is drift where the help desk took the message and kept its own status', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    life.do({
      type: 'effect-outcome',
      effectId: life.situation.effects[0]?.effectId ?? '',
      state: 'done',
      text: 'sent',
      nativeStatus: 'stalled',
      retryAt: null,
    });
    expect(life.situation.record).toMatchObject({ nativeStatus: 'stalled', expectedNativeStatus: 'open' });
  });

  it('is not read as drift while our own write is on its way', () => {
    const life = new Life();
    life.change('pending', 'development');
    expect(code(life.do({ type: 'native-seen', facts: FACTS }))).toBe('nothing-to-do');
  });
});

describe('laws over random lives', () => {
  const anyDeed = fc.oneof(
    fc.record({
      kind: fc.constant('change' as const),
      status: fc.nat(6),
      sub: fc.option(fc.nat(4), { nil: null }),
      tag: fc.option(fc.nat(4), { nil: null }),
    }),
    fc.record({
      kind: fc.constantFrom('undo' as const, 'hold' as const, 'reply' as const, 'fire' as const, 'deliver' as const),
    }),
    fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 40 }) }),
  );

  it('R5 R10: no sequence of commands reaches a position that the template forbids; stale timers never act; the chain holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(supportTemplate, reviewTemplate),
        fc.array(anyDeed, { maxLength: 40 }),
        (template, deeds) => {
          const life = new Life(template);
          let message = 41;
          for (const deed of deeds) {
            switch (deed.kind) {
              case 'change': {
                const status = template.statuses[deed.status % template.statuses.length];
                life.change(
                  status?.id ?? '',
                  deed.sub === null ? null : (status?.subStatuses[deed.sub]?.id ?? 'none'),
                  deed.tag === null ? null : (status?.tags[deed.tag]?.id ?? 'none'),
                );
                break;
              }
              case 'undo':
                life.do({ type: 'undo', undoes: life.situation.record?.undo?.commandId ?? 'none' });
                break;
              case 'hold':
                life.do({ type: 'hold', on: !life.situation.record?.hold });
                break;
              case 'reply':
                life.do({ type: 'customer-replied', messageId: String(message++) });
                break;
              case 'deliver':
                life.deliver();
                break;
              case 'wait':
                life.now += deed.hours * 3_600_000;
                break;
              case 'fire':
                for (const timer of [...life.situation.timers].sort((a, b) => a.dueAt - b.dueAt)) {
                  const decision = life.do({ type: 'timer-fired', timerId: timer.timerId, verified: true });
                  if (decision.ok) expect(timer.dueAt).toBeLessThanOrEqual(life.now);
                }
            }
            const { record, timers } = life.situation;
            if (!record) continue;
            // Undoing the very first change leads back to the status that was shown, which may lack what entering it asks for.
            if (record.undo || record.generation === 1)
              expect(
                checkTarget(template, null, {
                  statusId: record.statusId,
                  subStatusId: record.subStatusId,
                  tagId: record.tagId,
                }),
              ).toBeNull();
            for (const timer of timers) {
              expect(timer.generation).toBe(record.generation);
              const rule = template.timers.find((candidate) => candidate.id === timer.ruleId);
              expect(rule?.when).toEqual({ statusId: record.statusId, subStatusId: record.subStatusId });
              expect(timer.dueAt - record.enteredAt).toBeGreaterThanOrEqual(rule ? durationMs(rule.after) : 0);
            }
          }
          expect(firstBrokenEntry(life.history)).toBeNull();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('undo right after a change is exact', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.integer({ min: 0, max: 6 * DAY }), (from, to, wait) => {
        const life = new Life();
        const target = (index: number) => {
          const status = supportTemplate.statuses[index];
          return [status?.id ?? '', status?.subStatuses[0]?.id ?? null] as const;
        };
        life.change(...target(from));
        life.deliver();
        life.now += wait;
        const before = life.situation;
        const change = life.change(...target(to));
        life.do({ type: 'undo', undoes: change.ok ? (change.next.undo?.commandId ?? '') : '' });
        const essence = ({ record, timers }: Situation) => ({
          position: [record?.statusId, record?.subStatusId, record?.tagId, record?.enteredAt],
          timers: timers.map((timer) => [timer.ruleId, timer.dueAt, timer.state]).sort(),
        });
        expect(essence(life.situation)).toEqual(essence(before));
      }),
    );
  });

  it('a changed or missing history entry is named', () => {
    const life = new Life();
    life.change('in-progress');
    life.change('closed');
    life.change('in-progress');
    const tampered = life.history.map((entry) => (entry.seq === 2 ? { ...entry, at: entry.at + 1 } : entry));
    expect(firstBrokenEntry(tampered)).toBe(2);
    expect(firstBrokenEntry(life.history.filter((entry) => entry.seq !== 2))).toBe(3);
  });
});
