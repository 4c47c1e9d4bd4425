import { describe, expect, it } from 'vitest';
import { builtinTemplates, reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import { checkTarget, HOLD_MS, isNewer } from '../../../core/domain/decide';
import { firstBrokenEntry } from '../../../core/domain/history';
import { unknownPlaceholders } from '../../../core/domain/message';
import type { CaseTemplate, Target } from '../../../core/domain/template';
import { CaseTemplate as CaseTemplateSchema, findStatus } from '../../../core/domain/template';
import { code, DAY, FACTS, Life, START } from './life';

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
    expect(code(life.change('approved#all-checks-passed'))).toBe('ok');
  });

  it('R4: a reason of another status is refused', () => {
    expect(code(new Life(reviewTemplate).change('approved#suspected-fraud'))).toBe('unknown-tag');
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
    expect(life.place).toBe('awaiting-customer-confirmation');
    expect(life.timer('close-awaiting-confirmation').state).toBe('held');
    expect(life.situation.record?.attention?.message).toMatch(/needs a reason/);
  });

  it('refuses a change that rests on an older state', () => {
    const life = new Life();
    life.change('in-progress');
    const stale = life.change('closed', { seenGeneration: 0 });
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
    life.change('pending/customer-input');
    life.now += 7 * DAY - 1;
    expect(code(life.fire('remind-customer-input'))).toBe('too-early');
    life.now += 1;
    expect(code(life.fire('remind-customer-input'))).toBe('ok');
    expect(life.messages).toHaveLength(1);
    expect(life.place).toBe('pending/customer-input');
  });

  it('R13: closes after 28 days, 21 after the reminder', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.now += 7 * DAY;
    life.fire('remind-customer-input');
    life.deliver();
    expect(life.timer('close-customer-input').dueAt).toBe(START + 28 * DAY);
    life.now = START + 28 * DAY;
    life.fire('close-customer-input');
    expect(life.place).toBe('closed#no-answer-from-customer');
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
    life.change('pending/customer-input');
    const { timerId } = life.timer('close-customer-input');
    life.change('in-progress');
    life.change('pending/customer-input');
    life.now += 400 * DAY;
    expect(code(life.do({ type: 'timer-fired', timerId, verified: true }))).toBe('stale-timer');
  });

  it('R13 R14: a late reminder moves the close behind it, so that the days between them stay', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.now += 40 * DAY;
    life.fire('remind-customer-input');
    expect(life.timer('close-customer-input').dueAt).toBe(life.now + 21 * DAY);
    expect(code(life.fire('close-customer-input'))).toBe('too-early');
  });

  it('a close does not act while its notice is on the way, and asks when it could not be delivered', () => {
    const life = new Life();
    life.change('pending/customer-input');
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
    expect(life.place).toBe('pending/customer-input');
    expect(life.timer('close-customer-input').state).toBe('held');
  });

  it('a clock that jumped by more than 400 days does not act', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.now += 500 * DAY;
    life.fire('remind-customer-input');
    expect(life.messages).toEqual([]);
    expect(life.timer('remind-customer-input').state).toBe('held');
  });

  it('a timer that waits for a decision acts once a person releases it', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.now += 500 * DAY;
    life.fire('remind-customer-input');
    life.now += DAY;
    expect(code(life.release())).toBe('ok');
    expect(life.timer('remind-customer-input')).toMatchObject({ state: 'armed', dueAt: life.now });
    life.fire('remind-customer-input');
    expect(life.messages).toHaveLength(1);
  });

  it('hold stops reminder and close, and releasing goes on with what remained', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.now += 3 * DAY;
    life.hold();
    life.now += 30 * DAY;
    expect(code(life.fire('remind-customer-input'))).toBe('stale-timer');
    life.release();
    expect(life.timer('remind-customer-input').dueAt).toBe(START + 37 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(START + 58 * DAY);
  });
});

describe("a customer's reply", () => {
  it('R11: makes Awaiting Customer Confirmation Reopened and cancels the close and what is still held', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    life.now += DAY;
    life.reply('41');
    expect(life.place).toBe('reopened');
    expect(life.situation.timers).toEqual([]);
    expect(life.messages).toEqual([]);
  });

  it('R12: makes Pending – Customer Input Update Received', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.reply('41');
    expect(life.place).toBe('update-received');
  });

  it('R12: in another sub-status it moves nothing and flags the case', () => {
    const life = new Life();
    life.change('pending/development');
    life.reply('41');
    expect(life.place).toBe('pending/development');
    expect(life.situation.record?.customerRepliedAt).toBe(START);
  });

  it('counts only once, and one that was there before the case does not count', () => {
    const life = new Life();
    life.change('pending/customer-input');
    expect(code(life.reply('40'))).toBe('nothing-to-do');
    expect(code(life.reply('9'))).toBe('nothing-to-do');
    life.reply('100');
    expect(code(life.reply('100'))).toBe('nothing-to-do');
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
    life.change('pending/customer-input#needs-log-files');
    life.deliver();
    life.now += 3 * DAY;
    life.change('closed');
    life.now += 5_000;
    life.undo();
    expect(life.place).toBe('pending/customer-input#needs-log-files');
    expect(life.record.enteredAt).toBe(START);
    expect(life.timer('remind-customer-input').dueAt).toBe(life.now + 4 * DAY);
    expect(life.timer('close-customer-input').dueAt).toBe(life.now + 25 * DAY);
    expect(life.messages).toEqual([]);
  });

  it('within the hold nothing leaves the browser; after it the native status is written back', () => {
    const held = new Life();
    held.change('pending/customer-input');
    expect(held.situation.effects[0]?.notBefore).toBe(START + HOLD_MS);
    held.undo();
    expect(held.situation.effects).toEqual([]);

    const sent = new Life();
    sent.change('pending/customer-input');
    sent.deliver();
    sent.undo();
    expect(sent.situation.effects.map((effect) => effect.write?.status)).toEqual(['open']);
  });

  it('leaves a timer that waited for a decision waiting, and its proof adds up', () => {
    const life = new Life();
    life.change('pending/customer-input');
    life.deliver();
    life.now += DAY;
    life.hold();
    life.now += DAY;
    life.release();
    life.now = START + 29 * DAY;
    life.unread('close-customer-input', null);
    life.change('in-progress');
    life.now += 5000;
    life.undo();
    expect(life.timer('close-customer-input')).toMatchObject({ state: 'held', heldFor: 'decision' });
    const { dueAt, proof } = life.timer('remind-customer-input');
    expect(proof.shifts.length).toBeGreaterThan(1);
    expect(proof.firstDueAt + proof.shifts.reduce((sum, shift) => sum + shift.byMs, 0)).toBe(dueAt);
  });

  it('says which message is already out', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    life.deliver();
    const undone = life.undo();
    expect(undone.ok && undone.message).toMatch(/already with the customer/);
  });

  it('an undone auto-close does not close again by itself', () => {
    const life = new Life();
    life.change('awaiting-customer-confirmation');
    life.deliver();
    life.now += 14 * DAY;
    life.fire('close-awaiting-confirmation');
    life.undo();
    expect(life.place).toBe('awaiting-customer-confirmation');
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
    life.change('pending/development');
    expect(code(life.do({ type: 'native-seen', facts: FACTS }))).toBe('nothing-to-do');
  });
});

describe('the history', () => {
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
