import { describe, expect, it } from 'vitest';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import type { Deed } from '../../../core/domain/decide';
import { checkTarget, decide, HOLD_MS, statusOfNative } from '../../../core/domain/decide';
import { bulkCommandId, decideBulk } from '../../../core/domain/decide/bulk';
import { templateForTicket } from '../../../core/domain/template';
import { type Language, speak } from '../../../core/words/language';
import {
  closeRule,
  code,
  committed,
  DAY,
  ERIN,
  FACTS,
  HELLO,
  Life,
  refused,
  rule,
  START,
  smallTemplate,
  status,
  target,
} from './life';

const named = (id: string, retired = false) => ({ id, name: id.toUpperCase(), retired });
const sub = (id: string, retired = false) => ({
  ...named(id, retired),
  waitsFor: 'customer' as const,
  meaning: { agent: '', customer: '' },
});

/** One status for each thing that can be asked for. */
const strict = smallTemplate({
  statuses: [
    status('new', { category: 'initial', mayBecome: ['sub', 'gone'] }),
    status('sub', { subStatusRequired: true, subStatuses: [sub('a'), sub('old', true)] }),
    status('tag', { tagRequired: true, tags: [named('why'), named('old', true)] }),
    status('both', { subStatusRequired: true, subStatuses: [sub('a')], tagRequired: true, tags: [named('why')] }),
    status('gone', { retired: true }),
  ],
});

describe('what a target needs', () => {
  it.each([
    ['nowhere', 'unknown-status', 'The template "Small" has no such status.', []],
    ['gone', 'retired-status', 'GONE is retired and no longer used.', []],
    ['sub', 'sub-status-required', 'SUB needs a sub-status.', ['sub-status']],
    ['sub/b', 'unknown-sub-status', 'SUB has no such sub-status.', []],
    ['sub/old', 'retired-sub-status', 'SUB – OLD is retired and no longer used.', []],
    ['sub/a#why', 'unknown-tag', 'SUB has no such reason.', []],
    ['tag', 'tag-required', 'TAG needs a reason.', ['tag']],
    ['tag/a#why', 'unknown-sub-status', 'TAG has no such sub-status.', []],
    ['tag#old', 'retired-tag', 'The reason "OLD" is retired and no longer used.', []],
    ['both', 'sub-status-required', 'BOTH needs a sub-status and a reason.', ['sub-status', 'tag']],
    ['both/a', 'tag-required', 'BOTH needs a reason.', ['tag']],
    ['both#why', 'sub-status-required', 'BOTH needs a sub-status.', ['sub-status']],
  ])('R4 R5 R10: %s is refused as %s', (place, refusal, message, missing) => {
    expect(checkTarget(strict, null, target(place))).toEqual({ ok: false, code: refusal, message, missing });
  });

  it.each(['sub/a', 'tag#why', 'both/a#why', 'new'])('R4 R5 R10: %s is taken', (place) => {
    expect(checkTarget(strict, null, target(place))).toBeNull();
  });

  it('a status follows another only where the template says so; the same again always', () => {
    expect(checkTarget(strict, 'new', target('tag#why'))).toEqual({
      ok: false,
      code: 'transition-not-allowed',
      message: 'NEW may not become TAG.',
      missing: [],
    });
    expect(checkTarget(strict, 'new', target('sub/a'))).toBeNull();
    expect(checkTarget(strict, 'new', target('new'))).toBeNull();
    expect(checkTarget(strict, 'sub', target('tag#why'))).toBeNull();
    expect(checkTarget(strict, 'of another template', target('tag#why'))).toBeNull();
    // Retired comes before not allowed: that is what the admin can see to.
    expect(checkTarget(strict, 'sub', target('gone'))?.code).toBe('retired-status');
  });

  it.each(['person', 'bulk', 'workflow', 'team'] as const)('R5: binds a %s too', (by) => {
    const life = new Life(smallTemplate({ statuses: [status('new'), status('tag', { tagRequired: true })] }));
    expect(refused(life.change('tag', { by }))).toMatchObject({ code: 'tag-required', missing: ['tag'] });
    expect(life.situation.record).toBeNull();
  });
});

describe('the first change', () => {
  it('tracks the case from what the help desk shows', () => {
    const life = new Life(smallTemplate({ native: { rt: { set: {}, shows: { open: 'other' } } } }));
    const decision = committed(life.change('wait', { note: 'asked by phone' }));
    expect(decision).toMatchObject({ message: 'Now WAIT.', category: 'waiting' });
    expect(decision.next).toEqual({
      caseKey: 'rt-1/1',
      siteId: 'rt-1',
      ticketId: '1',
      templateId: 'small',
      templateVersion: 1,
      ...target('wait'),
      enteredAt: START,
      generation: 1,
      revision: 1,
      hold: false,
      remindOnHold: false,
      customerRepliedAt: null,
      attention: null,
      lastCustomerMessageId: '40',
      entryMessageId: '40',
      nativeStatus: 'open',
      expectedNativeStatus: 'open',
      subject: 'Printer on fire',
      requester: FACTS.requester,
      assignee: null,
      changedAt: START,
      lastHistorySeq: 1,
      lastHistoryHash: decision.history[0]?.hash,
      undo: {
        commandId: 'command-1',
        at: START,
        generation: 0,
        templateId: 'small',
        ...target('other'),
        enteredAt: START,
        customerRepliedAt: null,
        nativeStatus: 'open',
        timers: [],
        timerId: null,
        replyId: null,
        messageSent: false,
      },
    });
    expect(decision.history).toMatchObject([
      {
        seq: 1,
        at: START,
        actor: ERIN,
        cause: 'person',
        commandId: 'command-1',
        templateId: 'small',
        templateVersion: 1,
        what: { type: 'entered', from: null, to: target('wait'), note: 'asked by phone' },
      },
    ]);
  });

  it('is bound by the transitions of the status that is shown', () => {
    const life = new Life(strict);
    expect(code(life.change('tag#why'))).toBe('transition-not-allowed');
    expect(code(life.change('sub/a'))).toBe('ok');
  });

  it('a note-to-self tracks a case too, and changes nothing else', () => {
    const life = new Life(smallTemplate());
    life.remindMe(START + DAY);
    expect(life.place).toBe('new');
    expect(life.record).toMatchObject({ generation: 0, revision: 1, undo: null });
    expect(life.history).toMatchObject([{ what: { type: 'remind-me', at: START + DAY, note: 'Call Alice' } }]);
  });
});

describe('a further change', () => {
  it('says where the case came from, and starts anew in the same position when asked again', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'wait')] }));
    life.change('wait');
    life.now += DAY;
    life.change('wait');
    expect(life.history.at(-1)?.what).toEqual({
      type: 'entered',
      from: target('wait'),
      to: target('wait'),
      note: null,
    });
    expect(life.record).toMatchObject({ generation: 2, enteredAt: START + DAY });
    expect(life.situation.timers).toMatchObject([{ ruleId: 'remind', dueAt: START + 8 * DAY, generation: 2 }]);
  });

  it('names each timer by its case, generation, rule and occurrence, and says how its date came about', () => {
    const life = new Life(smallTemplate({ timers: [rule('remind', 'wait')] }));
    life.change('wait');
    expect(life.timer('remind')).toEqual({
      timerId: 'rt-1/1#1#remind',
      caseKey: 'rt-1/1',
      ruleId: 'remind',
      kind: 'reminder',
      scope: 'position',
      generation: 1,
      occurrence: 1,
      note: null,
      state: 'armed',
      dueAt: START + 7 * DAY,
      nextAt: START + 7 * DAY,
      heldAt: null,
      heldFor: null,
      unreadSince: null,
      proof: {
        derivation: { from: START, wait: { amount: 7, unit: 'days' }, calendar: null },
        firstDueAt: START + 7 * DAY,
        shifts: [],
      },
    });
  });

  it('is refused where it rests on another generation, unless nobody looked', () => {
    const life = new Life(smallTemplate());
    life.change('wait');
    expect(refused(life.change('done', { seenGeneration: null }))).toMatchObject({
      code: 'changed-meanwhile',
      message: 'Somebody changed this case meanwhile. It is now WAIT.',
    });
    expect(code(life.change('done', { seenGeneration: 'any' }))).toBe('ok');
  });

  it('cancels the timers of the position before', () => {
    const life = new Life(smallTemplate({ timers: [closeRule('close', 'wait')] }));
    life.change('wait');
    life.hold();
    const { timers } = committed(life.change('other'));
    expect(timers).toMatchObject([
      { timerId: 'rt-1/1#1#close', state: 'cancelled', generation: 1, heldAt: null, heldFor: null },
    ]);
  });

  it('takes what the ticket says by now, where it says anything', () => {
    const life = new Life(smallTemplate());
    life.change('wait');
    const alice = { login: 'alice@customer.test', name: 'alice@customer.test' };
    life.change('other', { facts: { ...FACTS, subject: '', requester: alice, assignee: ERIN, lastMessageId: '44' } });
    expect(life.record).toMatchObject({ subject: 'Printer on fire', requester: { name: 'Alice' }, assignee: ERIN });
    expect(life.record).toMatchObject({ entryMessageId: '44', lastCustomerMessageId: '40' });
    const bob = { login: 'bob', name: 'bob' };
    life.change('wait', { facts: { ...FACTS, subject: 'No paper', requester: bob, lastMessageId: '43' } });
    expect(life.record).toMatchObject({ subject: 'No paper', requester: bob, assignee: null, entryMessageId: '44' });
    life.change('wait', { facts: { ...FACTS, requester: null } });
    expect(life.record.requester).toEqual(bob);
    life.change('wait', { facts: { ...FACTS, requester: { login: 'bob', name: 'Bob' } } });
    expect(life.record.requester?.name).toBe('Bob');
  });

  it('clears what the position before was flagged for', () => {
    const life = new Life(smallTemplate({ timers: [closeRule('close', 'wait')] }));
    life.change('wait');
    life.reply('41');
    life.now += 28 * DAY;
    life.fire('close');
    expect(life.record.attention?.code).toBe('customer-replied');
    life.change('other');
    expect(life.record).toMatchObject({ customerRepliedAt: null, attention: null, entryMessageId: '41' });
  });
});

describe('what a change tells', () => {
  const entry = { id: 'tell', when: target('wait'), messageId: 'hello', via: 'reply' as const, immediate: false };
  const native = { rt: { set: { wait: 'stalled', other: 'open' }, shows: {} } };
  const telling = smallTemplate({ onEntry: [entry], native });

  it('is one write, the message and the native status together, held for a short while', () => {
    const life = new Life(telling);
    life.change('wait');
    const [effect, ...more] = life.situation.effects;
    expect(more).toEqual([]);
    const reference = effect?.write?.message?.reference ?? '';
    expect(reference).toMatch(/^\[ref:[0-9a-f]{8}-[0-9a-f]{8}\]$/);
    expect(effect).toEqual({
      effectId: 'command-1:1',
      caseKey: 'rt-1/1',
      siteId: 'rt-1',
      commandId: 'command-1',
      generation: 1,
      seq: 11,
      kind: 'desk-write',
      write: {
        status: 'stalled',
        message: { body: `Hello Alice.\n\n${reference}`, visibility: 'public', reference, after: FACTS.lastMessageId },
      },
      notification: null,
      actor: ERIN,
      ruleId: 'tell',
      owedAt: START,
      notBefore: START + HOLD_MS,
      state: 'pending',
      attempts: 0,
      maybeSent: false,
      outcome: null,
    });
  });

  it('has another reference each time, and the same wherever the same is decided', () => {
    const reference = (place: string, commandId: string) => {
      const life = new Life(smallTemplate({ onEntry: [entry, { ...entry, id: 'too', when: target('other') }] }));
      life.do(
        {
          type: 'change',
          by: 'person',
          to: target(place),
          note: null,
          skipMessage: false,
          facts: FACTS,
          seenGeneration: null,
        },
        commandId,
      );
      return life.writes[0]?.write?.message?.reference;
    };
    expect(reference('wait', 'one')).toBe(reference('wait', 'one'));
    expect(new Set([reference('wait', 'one'), reference('wait', 'two'), reference('other', 'one')]).size).toBe(3);
  });

  describe('R14: what another browser that knows the case sends for the same has', () => {
    const told = { messageId: 'hello', via: 'reply' as const };
    const template = smallTemplate({
      timers: [
        rule('other-day', 'wait', {
          after: { amount: 3, unit: 'days' },
          does: { type: 'message', ...told, via: 'note' },
        }),
        rule('remind', 'wait', { repeat: { every: { amount: 1, unit: 'days' }, times: 3 } }),
        closeRule('close', 'wait', { after: { amount: 5, unit: 'days' } }),
        closeRule('give-up', 'wait', { after: { amount: 6, unit: 'days' } }),
      ],
      onEntry: ['other', 'done'].map((statusId) => ({
        id: statusId,
        when: target(statusId),
        ...told,
        immediate: true,
      })),
      replies: [{ id: 'answered', when: target('wait'), to: target('other') }],
    });
    /** The references that a browser gives, one for each deed; the other browser has done something else before. */
    function references(browser: 'one' | 'two', ...deeds: ((life: Life) => void)[]): string[] {
      const life = new Life(template);
      life.situation.siteId = `rt-${browser}`;
      life.change('wait');
      if (browser === 'two') life.remindMe(START + 300 * DAY);
      life.deliver();
      return deeds.map((deed) => {
        deed(life);
        const reference = life.writes.find(({ write }) => write?.message?.visibility === 'public')?.write?.message
          ?.reference;
        life.deliver();
        if (reference === undefined) throw new Error('nothing was told');
        return reference;
      });
    }
    const fired = (ruleId: string, days: number) => (life: Life) => {
      life.now = START + days * DAY;
      life.fire(ruleId);
    };
    const halves = (found: string[]) => found.map((reference) => reference.slice(0, 14));

    it.each([
      ['reminder by a timer, each time', [fired('remind', 7), fired('remind', 8)]],
      ['close by a timer', [fired('close', 5)]],
      ['answer to a reply', [(life: Life) => life.reply('41')]],
    ])('one half of its reference in common, and the other not: %s', (_what, deeds) => {
      const one = references('one', ...deeds);
      const two = references('two', ...deeds);
      expect(halves(one)).toEqual(halves(two));
      for (const [index, reference] of one.entries()) expect(two[index]).not.toBe(reference);
    });

    it('another half where it is said for something else', () => {
      const [first, second] = halves(references('one', fired('remind', 7), fired('remind', 8)));
      expect(second).not.toBe(first);
      expect(halves(references('one', fired('close', 5)))).not.toEqual(halves(references('one', fired('give-up', 6))));
      const reply = (messageId: string) => halves(references('one', (life) => void life.reply(messageId)));
      expect(reply('41')).not.toEqual(reply('42'));
    });

    it('nothing in common where a person has said it', () => {
      const asked = (life: Life) => void life.change('other');
      expect(halves(references('one', asked))).not.toEqual(halves(references('two', asked)));
    });
  });

  it.each([
    ['person', START + HOLD_MS],
    ['bulk', START + HOLD_MS],
    ['workflow', START],
    ['team', START],
  ] as const)('by a %s can be taken back for a while, or not', (by, notBefore) => {
    const life = new Life(telling);
    life.change('wait', { by });
    expect(life.writes).toMatchObject([{ notBefore }]);
    expect(life.history).toMatchObject([{ cause: by }]);
    const plain = new Life(telling);
    plain.change('other', { by, facts: { ...FACTS, nativeStatus: 'new' } });
    expect(plain.writes).toMatchObject([{ notBefore, ruleId: null, write: { status: 'open', message: null } }]);
  });

  it('R15: goes out at once where the rule says so', () => {
    const life = new Life({ ...telling, onEntry: [{ ...entry, immediate: true }] });
    life.change('wait');
    expect(life.writes).toMatchObject([{ notBefore: START }]);
  });

  it('takes back what the status before still owed, and numbers its own', () => {
    const life = new Life(telling);
    life.change('wait');
    life.remindMe(START + DAY);
    life.change('wait');
    const { effects, timers } = committed(life.change('wait'));
    expect(effects.map(({ effectId, seq, state }) => [effectId, seq, state])).toEqual([
      ['command-3:1', 31, 'cancelled'],
      ['command-4:1', 41, 'pending'],
    ]);
    expect(timers).toMatchObject([{ kind: 'remind-me', state: 'armed', generation: 3 }]);
  });

  it('is the message that the rule names', () => {
    const messages = [HELLO, { id: 'bye', name: 'Bye', body: 'Goodbye.' }];
    const life = new Life({ ...telling, messages, onEntry: [{ ...entry, messageId: 'bye' }] });
    life.change('wait');
    expect(life.messages[0]).toMatch(/^Goodbye\./);
  });

  it('has its dates in the language of the template, not in that of the browser', () => {
    const messages = [{ ...HELLO, body: '{today}; {closes}' }];
    const of = (language?: Language) => {
      const life = new Life({ ...telling, timers: [], messages, ...(language ? { language } : {}) });
      life.change('wait');
      return life.messages[0];
    };
    expect(of()).toMatch(/^Tuesday, 17 November 2026; a later date/);
    speak('de');
    expect(of()).toMatch(/^Tuesday, 17 November 2026; a later date/);
    expect(of('de')).toMatch(/^Dienstag, 17\. November 2026; einem späteren Tag/);
    speak('en-GB');
    expect(of('de')).toMatch(/^Dienstag, 17\. November 2026; einem späteren Tag/);
  });

  it('is left out on wish; the native status is written all the same', () => {
    const life = new Life(telling);
    life.change('wait', { skipMessage: true });
    expect(life.writes).toMatchObject([{ write: { status: 'stalled', message: null } }]);
  });

  it('is an internal note, or a notification, where the rule says so', () => {
    const note = new Life({ ...telling, onEntry: [{ ...entry, via: 'note' }] });
    note.change('wait');
    expect(note.writes).toMatchObject([{ write: { status: 'stalled', message: { visibility: 'internal' } } }]);
    const notification = new Life({ ...telling, onEntry: [{ ...entry, via: 'notification' }] });
    notification.change('wait');
    expect(notification.situation.effects).toMatchObject([
      { kind: 'desk-write', seq: 11, write: { status: 'stalled', message: null } },
      {
        kind: 'notification',
        effectId: 'command-1:2',
        seq: 12,
        ruleId: 'tell',
        actor: null,
        notBefore: START,
        notification: { kind: 'reminder', title: 'Printer on fire', body: 'Hello Alice.' },
      },
    ]);
  });

  it('fills in every placeholder', () => {
    const names = ['customer', 'subject', 'ticket', 'status', 'reason', 'agent', 'today', 'since', 'closes'];
    const body = names.map((name) => `${name}: {${name}}`).join('\n');
    const template = smallTemplate({
      statuses: [status('new'), status('wait', { tags: [named('why')] }), status('done', { category: 'done' })],
      messages: [{ id: 'all', name: 'All', body }],
      onEntry: [{ ...entry, messageId: 'all' }],
      timers: [
        closeRule('later', 'wait', { after: { amount: 30, unit: 'days' } }),
        closeRule('close', 'wait'),
        rule('remind', 'wait', { does: { type: 'message', messageId: 'all', via: 'reply' } }),
      ],
    });
    const life = new Life(template);
    const written = () => life.writes.at(-1)?.write?.message?.body.split('\n').slice(0, names.length);
    life.change('wait#why');
    const closes = 'closes: Tuesday, 15 December 2026 at 14:02 (UTC)';
    const since = ['today: Tuesday, 17 November 2026', 'since: Tuesday, 17 November 2026'];
    const subject = ['subject: Printer on fire', 'ticket: 1', 'status: WAIT'];
    expect(written()).toEqual(['customer: Alice', ...subject, 'reason: WHY', 'agent: Erin', ...since, closes]);
    life.actor = null;
    life.hold(true);
    life.now += 7 * DAY;
    life.fire('remind');
    const unknown = ['reason: WHY', 'agent: our team', 'today: Tuesday, 24 November 2026', since[1]];
    expect(written()).toEqual(['customer: Alice', ...subject, ...unknown, 'closes: a later date']);
    life.change('wait', {
      facts: { ...FACTS, requester: { login: 'x', name: '' }, assignee: { login: 'sam', name: 'Sam' } },
    });
    expect(written()?.[0]).toBe('customer: customer');
    expect(written()?.slice(4, 6)).toEqual(['reason: ', 'agent: Sam']);
  });
});

describe('the native status', () => {
  const set = (wait: string) => ({ set: { wait }, shows: {} });

  it('is the one for the site, before the one for its kind', () => {
    const both = new Life(smallTemplate({ native: { 'rt-1': set('mine'), rt: set('stalled') } }));
    both.change('wait');
    expect(both.writes).toMatchObject([{ write: { status: 'mine' } }]);
    const kind = new Life(smallTemplate({ native: { rt: set('stalled'), demo: set('pending') } }));
    kind.change('wait');
    expect(kind.writes).toMatchObject([{ write: { status: 'stalled' } }]);
  });

  it('is left alone where the template names none, also beside a message', () => {
    const life = new Life(
      smallTemplate({
        native: { rt: set('stalled') },
        onEntry: [{ id: 'tell', when: target('other'), messageId: 'hello', via: 'reply', immediate: true }],
      }),
    );
    life.change('done');
    expect(life.writes).toEqual([]);
    expect(life.record.expectedNativeStatus).toBe('open');
    life.change('other');
    expect(life.writes).toMatchObject([{ write: { status: null, message: { visibility: 'public' } } }]);
  });

  it('is not written where it is there already, but goes along with a message', () => {
    const life = new Life(
      smallTemplate({
        native: { rt: { set: { wait: 'open', other: 'open' }, shows: {} } },
        onEntry: [{ id: 'tell', when: target('other'), messageId: 'hello', via: 'reply', immediate: true }],
      }),
    );
    life.change('wait');
    expect(life.writes).toEqual([]);
    life.change('other');
    expect(life.writes).toMatchObject([{ write: { status: 'open', message: { visibility: 'public' } } }]);
  });

  it('shows the status that it maps to, where that can be known from outside', () => {
    const shows = { open: 'other', stalled: 'sub', resolved: 'gone', rejected: 'tag', stranger: 'unknown' };
    const template = {
      ...strict,
      native: { rt: { set: {}, shows: { ...shows, open: 'new' } }, mine: { set: {}, shows } },
    };
    const site = { siteId: 'rt-1', adapterId: 'rt' };
    for (const native of ['stalled', 'resolved', 'rejected', 'stranger', 'never heard of', 'toString', null])
      expect(statusOfNative(template, site, native)).toBe('new');
    const small = smallTemplate({ native: { rt: { set: {}, shows } } });
    expect(statusOfNative(small, site, 'open')).toBe('other');
    expect(statusOfNative(small, site, 'never heard of')).toBe('new');
    expect(statusOfNative(small, site, 'Open')).toBe('other');
    const later = smallTemplate({ native: { rt: { set: {}, shows: { first: 'new', open: 'other' } } } });
    expect(statusOfNative(later, site, 'open')).toBe('other');
    expect(statusOfNative(small, { siteId: 'x', adapterId: 'demo' }, 'open')).toBe('new');
  });
});

describe('a move to another template', () => {
  const first = smallTemplate({
    timers: [rule('remind', 'wait'), closeRule('clock', 'wait', { pausesIn: [] })],
    native: { rt: { set: { wait: 'stalled' }, shows: {} } },
  });
  const second = smallTemplate({
    id: 'second',
    name: 'Second',
    version: 5,
    timers: [closeRule('close', 'other')],
    onEntry: [{ id: 'tell', when: target('other'), messageId: 'hello', via: 'reply', immediate: false }],
    statuses: [...smallTemplate().statuses, status('tag', { tagRequired: true, tags: [named('why')] })],
  });
  const moving = () => {
    const life = new Life(first);
    life.otherTemplates = [second];
    life.change('wait');
    life.deliver();
    life.remindMe(START + 2 * DAY);
    life.now += DAY;
    return life;
  };

  it('ends the clocks of the one before, keeps notes-to-self, and starts those of the new position', () => {
    const life = moving();
    life.hold();
    const decision = committed(
      life.do({ type: 'move', templateId: 'second', to: target('other'), note: 'wrong desk', seenGeneration: 1 }),
    );
    expect(decision.message).toBe('Moved to Second. Now OTHER.');
    expect(life.record).toMatchObject({ templateId: 'second', templateVersion: 5, generation: 2, hold: true });
    expect(life.ruleIds).toEqual(['close', null]);
    expect(life.note).toMatchObject({ generation: 2, dueAt: START + 2 * DAY });
    expect(life.messages).toHaveLength(1);
    expect(life.writes).toMatchObject([{ notBefore: life.now + HOLD_MS }]);
    expect(decision.history).toMatchObject([
      {
        templateId: 'second',
        templateVersion: 5,
        cause: 'person',
        what: { type: 'moved', from: target('wait'), fromTemplateId: 'small', to: target('other'), note: 'wrong desk' },
      },
    ]);
  });

  it('is undone to the old template, with what remained of its clocks', () => {
    const life = moving();
    life.move('second', 'other');
    life.now += 5000;
    expect(committed(life.undo()).message).toBe('Undone. The case is WAIT again. The message was not sent.');
    expect(life.record).toMatchObject({ templateId: 'small', templateVersion: 1, enteredAt: START, generation: 3 });
    expect(life.ruleIds).toEqual(['clock', null, 'remind']);
    expect(life.timer('remind')).toMatchObject({ dueAt: life.now + 6 * DAY, scope: 'position', generation: 3 });
    expect(life.timer('clock')).toMatchObject({ dueAt: life.now + 27 * DAY, scope: 'case', timerId: 'rt-1/1#3#clock' });
    expect(life.note).toMatchObject({ generation: 3, dueAt: START + 2 * DAY });
  });

  it('cannot be undone where the old template is gone', () => {
    const life = moving();
    life.move('second', 'other');
    life.otherTemplates = [];
    expect(refused(life.undo())).toMatchObject({
      code: 'unknown-template',
      message: 'The template that this case had before is not there any more.',
    });
  });

  it.each(['third', 'small'])('to %s is refused', (templateId) => {
    const life = moving();
    life.otherTemplates = [second, first];
    expect(refused(life.move(templateId, 'other'))).toMatchObject({
      code: 'unknown-template',
      message: 'There is no such case template to move to.',
    });
  });

  it('is refused for another template than the one that was loaded', () => {
    const life = moving();
    const situation = { ...life.situation, otherTemplate: second };
    const deed: Deed = { type: 'move', templateId: 'third', to: target('other'), note: null, seenGeneration: 1 };
    expect(code(decide(situation, { commandId: 'c', at: START, actor: ERIN, deed }))).toBe('unknown-template');
  });

  it('R5: asks for what the new position needs, and not for transitions of the old one', () => {
    const life = moving();
    expect(refused(life.move('second', 'tag'))).toMatchObject({ code: 'tag-required', missing: ['tag'] });
    life.otherTemplates = [{ ...second, statuses: second.statuses.map((one) => ({ ...one, mayBecome: [] })) }];
    expect(code(life.move('second', 'tag#why'))).toBe('ok');
  });

  it('is refused where it rests on another generation', () => {
    const life = moving();
    const deed: Deed = { type: 'move', templateId: 'second', to: target('other'), note: null, seenGeneration: 0 };
    expect(refused(life.do(deed))).toMatchObject({
      code: 'changed-meanwhile',
      message: 'Somebody changed this case meanwhile. It is now WAIT.',
    });
  });
});

describe('clone', () => {
  it('R16: is for a closed case, and answers the reply that came after the close', () => {
    const life = new Life();
    life.change('closed');
    life.now += DAY;
    life.reply('41');
    expect(life.place).toBe('closed');
    expect(committed(life.do({ type: 'clone' })).message).toBe('A new ticket continues this case.');
    expect(life.record).toMatchObject({ customerRepliedAt: null, statusId: 'closed' });
    expect(life.history.at(-1)).toMatchObject({ cause: 'person', what: { type: 'cloned' } });
    life.change('in-progress');
    expect(refused(life.do({ type: 'clone' }))).toMatchObject({
      code: 'not-closed',
      message: 'Only a closed case can be cloned.',
    });
  });
});

describe('a case that is not tracked', () => {
  const deeds: Deed[] = [
    { type: 'move', templateId: 'x', to: target('wait'), note: null, seenGeneration: 0 },
    { type: 'retire', to: target('wait') },
    { type: 'undo', undoes: 'x' },
    { type: 'hold', on: true, remindOnHold: false },
    { type: 'snooze', timerId: 'x', until: START + DAY },
    { type: 'drop-remind-me', timerId: 'x' },
    { type: 'clone' },
    { type: 'retime', version: 1, noticeMs: 0, toldIn: null },
    { type: 'timer-fired', timerId: 'x', verified: true },
    { type: 'timer-late', timerId: 'x' },
    { type: 'settle-timer', timerId: 'x', how: 'act' },
    { type: 'clock-back' },
    { type: 'timer-unverifiable', timerId: 'x', why: '', retryAt: null },
    { type: 'customer-replied', messageId: '41', automatic: false },
    { type: 'not-a-reply', messageId: '41' },
    { type: 'native-seen', facts: FACTS },
    { type: 'settle-drift', how: 'ignore' },
    { type: 'effect-again', effectId: 'x' },
    { type: 'effect-drop', effectId: 'x' },
    { type: 'effect-outcome', effectId: 'x', state: 'done', text: '', nativeStatus: null, retryAt: null },
  ];

  it.each(deeds)('refuses $type', (deed) => {
    expect(refused(new Life().do(deed))).toEqual({
      ok: false,
      code: 'not-tracked',
      message: 'This case is not tracked yet.',
      missing: [],
    });
  });

  it('that lives by another template than the one given is a bug', () => {
    const life = new Life();
    life.change('closed');
    const situation = { ...life.situation, template: smallTemplate() };
    expect(() => decide(situation, { commandId: 'c', at: START, actor: null, deed: { type: 'clone' } })).toThrow(
      'The case lives by support, not by small',
    );
  });

  it('whose template lacks a message that it sends is a bug', () => {
    const life = new Life(smallTemplate({ messages: [], timers: [rule('remind', 'wait')] }));
    life.change('wait');
    life.now += 7 * DAY;
    expect(() => life.fire('remind')).toThrow('The template small has no message hello');
  });
});

describe('bulk', () => {
  const ticket = (ticketId: string, place: string) => {
    const life = new Life(
      smallTemplate({ statuses: [status('new'), status('wait'), status('stuck', { mayBecome: [] })] }),
    );
    const requester = { login: ticketId, name: `Customer ${ticketId}` };
    life.change(place, { facts: { ...FACTS, ticketId, subject: `Subject ${ticketId}`, requester, assignee: ERIN } });
    return life;
  };
  const bulk = (lives: Life[], deed: Parameters<typeof decideBulk>[1]['deed'], commandId = 'bulk-1') =>
    decideBulk(
      lives.map(({ situation, record }) => ({ ticketId: record.ticketId, situation })),
      { commandId, at: START, actor: ERIN, deed },
    );
  const change = (to: string): Parameters<typeof decideBulk>[1]['deed'] => ({
    type: 'change',
    by: 'person',
    to: target(to),
    note: null,
    skipMessage: false,
    facts: { ...FACTS, lastMessageId: '99' },
    seenGeneration: 'any',
  });

  it('decides each case by itself, and counts those that changed and those that did not', () => {
    const lives = [ticket('1', 'new'), ticket('2', 'stuck'), ticket('3', 'new')];
    const { decisions, message } = bulk(lives, change('wait'));
    expect(message).toBe('2 cases changed, 1 not.');
    expect(decisions.map(({ caseKey, commandId, decision }) => [caseKey, commandId, code(decision)])).toEqual([
      ['rt-1/1', 'bulk-1/rt-1/1', 'ok'],
      ['rt-1/2', 'bulk-1/rt-1/2', 'transition-not-allowed'],
      ['rt-1/3', 'bulk-1/rt-1/3', 'ok'],
    ]);
    expect(bulk(lives.slice(0, 1), change('wait')).message).toBe('1 case changed.');
    expect(bulk(lives.slice(1, 2), change('wait')).message).toBe('0 cases changed, 1 not.');
    const { decision } = decisions[0] ?? {};
    expect(decision).toMatchObject({ history: [{ cause: 'bulk', commandId: 'bulk-1/rt-1/1' }] });
  });

  it('leaves to each case what is known of its ticket', () => {
    const [, third] = bulk([ticket('1', 'new'), ticket('3', 'new')], change('wait')).decisions;
    expect(third?.decision).toMatchObject({
      next: {
        subject: 'Subject 3',
        requester: { login: '3', name: 'Customer 3' },
        assignee: ERIN,
        entryMessageId: '40',
      },
    });
  });

  it('refuses a case that is not tracked', () => {
    const { situation } = new Life();
    const { decisions, message } = decideBulk([{ ticketId: '7', situation }], {
      commandId: 'bulk-1',
      at: START,
      actor: ERIN,
      deed: change('closed'),
    });
    expect(message).toBe('0 cases changed, 1 not.');
    expect(decisions).toMatchObject([
      {
        caseKey: 'rt-1/7',
        decision: { ok: false, code: 'not-tracked', message: 'This case is not tracked yet.' },
      },
    ]);
  });

  it('is undone on each case, as far as nothing else has happened there', () => {
    const lives = [ticket('1', 'new'), ticket('3', 'new')];
    for (const life of lives) {
      const to = { ...change('wait'), facts: { ...FACTS, ticketId: life.record.ticketId } };
      life.do({ ...to, by: 'bulk' } as Deed, bulkCommandId('bulk-1', life.record.caseKey));
    }
    lives[1]?.change('new');
    const { decisions, message } = bulk(lives, { type: 'undo', undoes: 'bulk-1' }, 'bulk-2');
    expect(message).toBe('1 case undone, 1 not.');
    expect(decisions.map(({ decision }) => code(decision))).toEqual(['ok', 'nothing-to-undo']);
    expect(decisions[0]).toMatchObject({ commandId: 'bulk-2/rt-1/1', decision: { next: target('new') } });
    expect(bulk(lives.slice(0, 1), { type: 'undo', undoes: 'bulk-1' }).message).toBe('1 case undone.');
  });
});

describe('the template for a ticket', () => {
  const pattern = { siteId: null, queue: null, type: null };
  const first = smallTemplate({
    id: 'first',
    appliesTo: [{ ...pattern, siteId: 'rt-1', queue: 'Support', type: 'Bug' }],
  });
  const second = smallTemplate({
    id: 'second',
    appliesTo: [
      { ...pattern, queue: 'Sales' },
      { ...pattern, type: 'bug' },
    ],
  });
  const any = smallTemplate({ id: 'any', appliesTo: [pattern] });
  const all = [first, second, any, supportTemplate];
  const of = (siteId: string, queue: string | null, type: string | null) =>
    templateForTicket(all, { siteId, adapterId: 'rt', queue, type })?.id;

  it('R1: is the first that is for it, in the order given, whatever the case of the letters', () => {
    expect(of('rt-1', 'support', 'BUG')).toBe('first');
    expect(of('rt-2', 'Support', 'Bug')).toBe('second');
    expect(of('rt-1', 'SALES', null)).toBe('second');
    expect(of('rt-1', 'Support', null)).toBe('any');
    expect(of('rt-1', null, 'Bug')).toBe('second');
    expect(
      templateForTicket([first, supportTemplate], { siteId: 'x', adapterId: 'rt', queue: null, type: null }),
    ).toBeUndefined();
    expect(
      templateForTicket([supportTemplate], { siteId: 'rt-1', adapterId: 'rt', queue: null, type: null }),
    ).toBeUndefined();
  });
});

describe('R14 R15: what the help desk tells the customer by itself', () => {
  const RULE = (via: 'reply' | 'note') => ({
    id: 'greet',
    when: { statusId: 'done', subStatusId: null },
    messageId: 'hello',
    via,
    immediate: true,
  });
  const notice = (via: 'reply' | 'notification') =>
    rule(`notice-${via}`, 'done', { kind: 'notice', does: { type: 'message', messageId: 'hello', via } });

  function closing(via: 'reply' | 'note', deskTells: string[]): Life {
    const template = smallTemplate({
      statuses: [status('new', { category: 'initial' }), status('open'), status('done', { category: 'done' })],
      onEntry: [RULE(via)],
      timers: [
        notice('reply'),
        notice('notification'),
        rule('remind', 'done'),
        rule('again', 'done', { kind: 'change', does: { type: 'change', to: target('open') } }),
      ],
      native: { rt: { set: { open: 'open', done: 'resolved' }, shows: {} } },
    });
    const life = new Life(template);
    life.situation = { ...life.situation, deskTells };
    committed(life.change('open'));
    life.deliver();
    return life;
  }

  it.each(['resolved', 'Resolved'])(
    'is not told a second time (%s): our message and the later notice are left out, and the history says so',
    (told) => {
      const life = closing('reply', [told]);
      committed(life.change('done'));
      expect(life.messages).toEqual([]);
      expect(life.writes.map(({ write }) => write?.status)).toEqual(['resolved']);
      expect(life.ruleIds).toEqual(['again', 'notice-notification', 'remind']);
      expect(life.history.at(-1)?.what).toEqual({ type: 'desk-tells', native: 'resolved' });
    },
  );

  it.each([
    ['other statuses', closing('reply', ['rejected'])],
    ['nothing', closing('reply', [])],
  ])('our own message goes out where it tells of %s', (_what, life) => {
    committed(life.change('done'));
    expect(life.messages).toHaveLength(1);
    expect(life.ruleIds).toEqual(['again', 'notice-notification', 'notice-reply', 'remind']);
    expect(life.history.map(({ what }) => what.type)).not.toContain('desk-tells');
  });

  it('is not said of a status that the ticket has already: nothing is set, so it tells nothing', () => {
    const life = closing('reply', ['resolved']);
    life.situation = { ...life.situation, record: { ...life.record, nativeStatus: 'resolved' } };
    committed(life.change('done', { facts: { ...FACTS, nativeStatus: 'resolved' } }));
    expect(life.messages).toHaveLength(1);
  });

  it('leaves what colleagues are told as it is', () => {
    const life = closing('note', ['resolved']);
    committed(life.change('done'));
    expect(life.writes.map(({ write }) => write?.message?.visibility)).toEqual(['internal']);
    expect(life.history.at(-1)?.what.type).toBe('desk-tells');
    expect(life.ruleIds).not.toContain('notice-reply');
  });

  it('says nothing where there is nothing of ours to leave out', () => {
    const silent = new Life(smallTemplate({ native: { rt: { set: { done: 'resolved' }, shows: {} } } }));
    silent.situation = { ...silent.situation, deskTells: ['resolved'] };
    committed(silent.change('done'));
    expect(silent.history.map(({ what }) => what.type)).not.toContain('desk-tells');
    const life = closing('reply', ['open', 'resolved']);
    expect(life.history.map(({ what }) => what.type)).not.toContain('desk-tells');
  });
});
