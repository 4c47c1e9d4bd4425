import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEntry,
  addMessage,
  addPattern,
  addReply,
  addShown,
  addTimer,
  canBeNative,
  changeEntry,
  changeMessage,
  changePattern,
  changeReply,
  changeTimer,
  inUnit,
  mappingOf,
  ofKind,
  setNative,
  setShown,
  withoutMapping,
  withoutPattern,
  withoutRule,
} from '../../../core/domain/rule-edits';
import {
  CaseTemplate,
  type EntryRule,
  type ReplyRule,
  type Status,
  type TimerRule,
} from '../../../core/domain/template';
import { emptyTemplate, newStatus, ruleIdsOf } from '../../../core/domain/template-edits';
import { runs } from '../../runs';
import { anyTemplate } from './random-template';

const status = (id: string, category: Status['category'], retired = false): Status => ({
  ...newStatus(id, category, []),
  retired,
});
/** One of each category, each after a retired one and before another. */
const statuses = [
  status('new', 'initial'),
  ...(['active', 'waiting', 'done'] as const).flatMap((category) => [
    status(`old-${category}`, category, true),
    status(category, category),
    status(`other-${category}`, category),
  ]),
];
const bare: CaseTemplate = { ...emptyTemplate('t', 'T', { initial: 'New', active: 'Busy', done: 'Done' }), statuses };
const hello = { id: 'hello', name: 'Hello', body: 'Hello' };
const bye = { id: 'bye', name: 'Bye', body: 'Goodbye' };
/** With messages to send. */
const telling: CaseTemplate = { ...bare, messages: [hello, bye] };
/** With a status to begin in and no other. */
const single: CaseTemplate = { ...bare, statuses: [status('new', 'initial')] };

const timer: TimerRule = {
  id: 'timer',
  kind: 'reminder',
  when: { statusId: 'waiting', subStatusId: null },
  after: { amount: 3, unit: 'hours' },
  repeat: { every: { amount: 1, unit: 'days' }, times: 3 },
  pausesIn: [{ statusId: 'active', subStatusId: null }],
  does: { type: 'message', messageId: 'bye', via: 'note' },
  ifUnread: 'ask',
};
const changing = (statusId: string, kind: TimerRule['kind'] = 'change'): TimerRule => ({
  ...timer,
  kind,
  repeat: null,
  does: { type: 'change', to: { statusId, subStatusId: 'sub', tagId: 'tag' } },
});
const entry: EntryRule = {
  id: 'entry',
  when: { statusId: 'active', subStatusId: null },
  messageId: 'hello',
  via: 'note',
  immediate: true,
};
const reply: ReplyRule = {
  id: 'reply',
  when: { statusId: 'waiting', subStatusId: null },
  to: { statusId: 'active', subStatusId: null, tagId: null },
};
/** Two of each kind. */
const ruled: CaseTemplate = {
  ...telling,
  timers: [timer, { ...timer, id: 'timer-2' }],
  onEntry: [entry, { ...entry, id: 'entry-2' }],
  replies: [reply, { ...reply, id: 'reply-2' }],
};

describe('what is added', () => {
  it('R2: keeps the template one that fits the schema, with everything else as it was, whatever it was', () => {
    const adds = [
      [addTimer, 'timers'],
      [addReply, 'replies'],
      [addEntry, 'onEntry'],
      [addPattern, 'appliesTo'],
      [(one: CaseTemplate) => addMessage(one, 'New', 'Hello'), 'messages'],
    ] as const;
    fc.assert(
      fc.property(anyTemplate(), fc.constantFrom(...adds), (template, [add, list]) => {
        const made = add(template);
        expect(CaseTemplate.safeParse(made).error).toBeUndefined();
        expect({ ...made, [list]: template[list] }).toEqual(template);
        expect(made[list].slice(0, template[list].length)).toEqual(template[list]);
        const ids = ruleIdsOf(made);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: runs(200) },
    );
  });

  it('a timer reminds in the first status in use that waits, with the first message', () => {
    const begins: TimerRule = {
      id: 'reminder',
      kind: 'reminder',
      when: { statusId: 'waiting', subStatusId: null },
      after: { amount: 7, unit: 'days' },
      repeat: null,
      pausesIn: null,
      does: { type: 'message', messageId: 'hello', via: 'reply' },
      ifUnread: 'retry',
    };
    const once = addTimer(telling);
    expect(once).toEqual({ ...telling, timers: [begins] });
    expect(addTimer(once)).toEqual({ ...telling, timers: [begins, { ...begins, id: 'reminder-2' }] });
  });

  it('a timer changes the status where there is no message to send', () => {
    expect(addTimer(bare).timers).toMatchObject([
      {
        id: 'change',
        kind: 'change',
        when: { statusId: 'waiting', subStatusId: null },
        does: { type: 'change', to: { statusId: 'new', subStatusId: null, tagId: null } },
      },
    ]);
    expect(addTimer(single).timers).toMatchObject([{ when: { statusId: 'new', subStatusId: null } }]);
  });

  it('a reply leads from the first status in use that waits to the first in work', () => {
    const begins = {
      id: 'reply',
      when: { statusId: 'waiting', subStatusId: null },
      to: { statusId: 'active', subStatusId: null, tagId: null },
    };
    const once = addReply(bare);
    expect(once).toEqual({ ...bare, replies: [begins] });
    expect(addReply(once).replies).toEqual([begins, { ...begins, id: 'reply-2' }]);
    expect(addReply(single).replies).toEqual([
      {
        id: 'reply',
        when: { statusId: 'new', subStatusId: null },
        to: { statusId: 'new', subStatusId: null, tagId: null },
      },
    ]);
  });

  it('a message has the body that was given, and a name and an id of its own', () => {
    const once = addMessage(bare, 'Hello', 'Good morning');
    expect(once).toEqual({ ...bare, messages: [{ id: 'hello', name: 'Hello', body: 'Good morning' }] });
    const [, , third] = addMessage(telling, 'Hello', 'Good morning').messages;
    expect(third).toEqual({ id: 'hello-2', name: 'Hello 2', body: 'Good morning' });
    // Ids stay through renames, so one can be taken whose name is free.
    expect(addMessage({ ...bare, messages: [{ ...hello, name: 'Hi' }] }, 'Hello', 'x').messages[1]).toEqual({
      id: 'hello-2',
      name: 'Hello',
      body: 'x',
    });
  });

  it('a message on entry is the first one, where a case begins; without any message there is none', () => {
    const begins: EntryRule = {
      id: 'tell',
      when: { statusId: 'new', subStatusId: null },
      messageId: 'hello',
      via: 'reply',
      immediate: false,
    };
    const once = addEntry(telling);
    expect(once).toEqual({ ...telling, onEntry: [begins] });
    expect(addEntry(once).onEntry).toEqual([begins, { ...begins, id: 'tell-2' }]);
    expect(addEntry(bare)).toBe(bare);
  });

  it('a pattern is for any ticket', () => {
    const queue = { siteId: null, queue: 'Support', type: null };
    expect(addPattern({ ...bare, appliesTo: [queue] })).toEqual({
      ...bare,
      appliesTo: [queue, { siteId: null, queue: null, type: null }],
    });
  });

  it('has an id that no rule of any kind has', () => {
    const taken: CaseTemplate = {
      ...telling,
      timers: [{ ...timer, id: 'reply' }],
      onEntry: [{ ...entry, id: 'reminder' }],
      replies: [{ ...reply, id: 'tell' }],
    };
    expect(addReply(taken).replies[1]?.id).toBe('reply-2');
    expect(addTimer(taken).timers[1]?.id).toBe('reminder-2');
    expect(addEntry(taken).onEntry[1]?.id).toBe('tell-2');
  });
});

describe('what is changed', () => {
  it('is that part of that one, and nothing else', () => {
    const [, timer2] = ruled.timers;
    expect(changeTimer(ruled, 'timer', { ifUnread: 'act' })).toEqual({
      ...ruled,
      timers: [{ ...timer, ifUnread: 'act' }, timer2],
    });
    const [, entry2] = ruled.onEntry;
    expect(changeEntry(ruled, 'entry', { via: 'reply' })).toEqual({
      ...ruled,
      onEntry: [{ ...entry, via: 'reply' }, entry2],
    });
    const [, reply2] = ruled.replies;
    const when = { statusId: 'other-waiting', subStatusId: null };
    expect(changeReply(ruled, 'reply', { when })).toEqual({ ...ruled, replies: [{ ...reply, when }, reply2] });
    expect(changeMessage(ruled, 'bye', { body: 'So long' })).toEqual({
      ...ruled,
      messages: [hello, { ...bye, body: 'So long' }],
    });
  });

  it('is nothing where there is none of that id', () => {
    expect(changeTimer(ruled, 'entry', { ifUnread: 'act' })).toEqual(ruled);
    expect(changeEntry(ruled, 'reply', { via: 'reply' })).toEqual(ruled);
    expect(changeReply(ruled, 'timer', { id: 'x' })).toEqual(ruled);
    expect(changeMessage(ruled, 'timer', { body: 'x' })).toEqual(ruled);
  });
});

it('what is taken out is one of that list, and nothing else', () => {
  expect(withoutRule(ruled, 'timers', 'timer')).toEqual({ ...ruled, timers: ruled.timers.slice(1) });
  expect(withoutRule(ruled, 'onEntry', 'entry-2')).toEqual({ ...ruled, onEntry: [entry] });
  expect(withoutRule(ruled, 'replies', 'reply')).toEqual({ ...ruled, replies: ruled.replies.slice(1) });
  expect(withoutRule(ruled, 'messages', 'hello')).toEqual({ ...ruled, messages: [bye] });
  expect(withoutRule(ruled, 'timers', 'reply')).toEqual(ruled);
});

describe('a timer of another kind', () => {
  it.each(['reminder', 'notice'] as const)('that becomes a %s goes on with its message', (kind) => {
    expect(ofKind(telling, timer, kind)).toEqual({ ...timer, kind });
    expect(ofKind(telling, { ...timer, kind: 'notice' }, kind)).toEqual({ ...timer, kind });
  });

  it.each(['reminder', 'notice'] as const)('that becomes a %s instead of a change sends the first message', (kind) => {
    expect(ofKind(telling, changing('active'), kind)).toEqual({
      ...changing('active'),
      kind,
      does: { type: 'message', messageId: 'hello', via: 'reply' },
    });
    // Which message is for the admin to say; that there is none yet is said by the checker.
    expect(ofKind(bare, changing('active'), kind).does).toEqual({
      type: 'message',
      messageId: 'message',
      via: 'reply',
    });
  });

  it('that becomes a change instead of a message leads to the first status in use that is done, and once', () => {
    for (const kind of ['change', 'auto-close'] as const) {
      const to = { statusId: 'done', subStatusId: null, tagId: null };
      expect(ofKind(telling, timer, kind)).toEqual({ ...timer, kind, repeat: null, does: { type: 'change', to } });
      expect(ofKind(single, timer, kind).does).toEqual({ type: 'change', to: { ...to, statusId: 'new' } });
    }
  });

  it('that becomes a change goes on to where it closed', () => {
    const closing = changing('other-done', 'auto-close');
    expect(ofKind(telling, closing, 'change')).toEqual({ ...closing, kind: 'change' });
  });

  it('that is a change already leads to where it led, done or not', () => {
    for (const statusId of ['active', 'other-done'])
      expect(ofKind(telling, changing(statusId), 'change')).toEqual(changing(statusId));
  });

  it('that becomes an auto-close goes on to where it led, where that is done, and elsewhere is led there', () => {
    const closing = changing('other-done');
    expect(ofKind(telling, closing, 'auto-close')).toEqual({ ...closing, kind: 'auto-close' });
    for (const statusId of ['active', 'waiting', 'new', 'nowhere'])
      expect(ofKind(telling, changing(statusId), 'auto-close')).toEqual({
        ...changing(statusId),
        kind: 'auto-close',
        does: { type: 'change', to: { statusId: 'done', subStatusId: null, tagId: null } },
      });
  });
});

describe('a wait in another unit', () => {
  it('is of the same amount', () => {
    expect(inUnit({ amount: 3, unit: 'days' }, 'business-hours')).toEqual({ amount: 3, unit: 'business-hours' });
  });

  it('that ends on a working day ends at eight, or when it did before', () => {
    expect(inUnit({ amount: 3, unit: 'days' }, 'working-day')).toEqual({ amount: 3, unit: 'working-day', at: '08:00' });
    const atNine = { amount: 3, unit: 'working-day', at: '09:30' } as const;
    expect(inUnit(atNine, 'working-day')).toEqual(atNine);
    expect(inUnit(atNine, 'minutes')).toEqual({ amount: 3, unit: 'minutes' });
  });
});

describe('a pattern', () => {
  const patterns = ['A', 'B', 'C'].map((queue) => ({ siteId: null, queue, type: null }));
  const [a, b, c] = patterns;
  const template: CaseTemplate = { ...bare, appliesTo: patterns };

  it('is changed where it stands', () => {
    expect(changePattern(template, 1, { type: 'Bug' })).toEqual({
      ...template,
      appliesTo: [a, { ...b, type: 'Bug' }, c],
    });
    expect(changePattern(template, 3, { type: 'Bug' })).toEqual(template);
  });

  it('is taken out where it stands', () => {
    expect(withoutPattern(template, 0)).toEqual({ ...template, appliesTo: [b, c] });
    expect(withoutPattern(template, 1)).toEqual({ ...template, appliesTo: [a, c] });
  });
});

describe("a help desk's own status", () => {
  it('can have any name but what every object has already', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) expect(canBeNative(name)).toBe(false);
    for (const name of ['open', 'Constructor', 'proto', '']) expect(canBeNative(name)).toBe(true);
  });

  const native = {
    rt: { set: { new: 'new', done: 'resolved' }, shows: { stalled: 'waiting' } },
    demo: { set: { new: 'fresh' }, shows: {} },
  };
  const rt = { id: 'rt', kind: null };
  const mapped: CaseTemplate = { ...bare, native };

  it('is set for one of ours on one help desk; another word takes its place', () => {
    expect(setNative(mapped, rt, 'waiting', 'stalled')).toEqual({
      ...mapped,
      native: { ...native, rt: { ...native.rt, set: { ...native.rt.set, waiting: 'stalled' } } },
    });
    expect(setNative(mapped, rt, 'new', 'open').native.rt?.set).toEqual({ new: 'open', done: 'resolved' });
    expect(setNative(bare, rt, 'new', 'open')).toEqual({
      ...bare,
      native: { rt: { set: { new: 'open' }, shows: {} } },
    });
  });

  it('is no longer set where the word is taken away', () => {
    expect(setNative(mapped, rt, 'new', '')).toEqual({
      ...mapped,
      native: { ...native, rt: { ...native.rt, set: { done: 'resolved' } } },
    });
  });

  it('stands for one of ours, or for nothing any more, in whatever letters it is written', () => {
    const shown = (template: CaseTemplate) => template.native.rt?.shows;
    expect(shown(setShown(mapped, rt, 'open', 'new'))).toEqual({ stalled: 'waiting', open: 'new' });
    expect(shown(setShown(mapped, rt, 'STALLED', 'done'))).toEqual({ stalled: 'done' });
    expect(shown(setShown(mapped, rt, 'Stalled', null))).toEqual({});
    expect(setShown(mapped, rt, 'open', 'new').native.rt?.set).toEqual(native.rt.set);
    expect(setShown(bare, rt, 'open', 'new').native).toEqual({ rt: { set: {}, shows: { open: 'new' } } });
  });

  it('that is taken in stands for what sets it, else for its namesake, else for the initial status', () => {
    const [first] = mapped.statuses;
    const named = { ...mapped, statuses: mapped.statuses.map((one) => ({ ...one, name: `Our ${one.id}` })) };
    expect(addShown(named, rt, 'Resolved\n\n OUR WAITING \nother\nStalled\nOther').native.rt?.shows).toEqual({
      stalled: 'waiting',
      Resolved: 'done',
      'OUR WAITING': 'waiting',
      other: first?.id,
    });
    expect(addShown(mapped, rt, ' \nstalled\n__proto__')).toBe(mapped);
  });

  it('of a site is that of its kind until it has its own, which begins as that', () => {
    const site = { id: 'rt-1', kind: 'rt' };
    expect(mappingOf(mapped, site)).toEqual(native.rt);
    expect(mappingOf(mapped, { id: 'x-1', kind: 'x' })).toEqual({ set: {}, shows: {} });
    const own = setShown(mapped, site, 'fertig', 'done');
    expect(own.native).toEqual({
      ...native,
      'rt-1': { ...native.rt, shows: { stalled: 'waiting', fertig: 'done' } },
    });
    expect(setNative(mapped, site, 'done', '').native['rt-1']).toEqual({ ...native.rt, set: { new: 'new' } });
    expect(withoutMapping(own, site)).toEqual(mapped);
  });
});
