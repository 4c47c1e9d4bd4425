import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateFaults } from '../../../core/domain/checker';
import {
  CaseTemplate,
  type EntryRule,
  Id,
  type Position,
  type Status,
  StatusTag,
  type Target,
  type TimerRule,
} from '../../../core/domain/template';
import {
  addStatus,
  changeStatus,
  changeSubStatus,
  emptyTemplate,
  followersOf,
  freshId,
  freshName,
  keptText,
  MOST_TAGS,
  mayFollow,
  moveItem,
  newStatus,
  ruleIdsOf,
  withAnyTransition,
  without,
  withPastedTags,
  withSubStatus,
  withTransitions,
} from '../../../core/domain/template-edits';
import { supportTemplate } from '../../../core/domain/templates/support';
import { runs } from '../../runs';
import { anyTemplate } from './random-template';

describe('what is kept of a text', () => {
  it('has no spaces around it, also where it is cut, and no half of a character', () => {
    expect(keptText('  Parts  ', 120)).toBe('Parts');
    expect(keptText(`${'x'.repeat(119)} more`, 120)).toBe('x'.repeat(119));
    expect(keptText(`${'x'.repeat(119)}🙂`, 120)).toBe('x'.repeat(119));
    expect(keptText('x'.repeat(500), 120)).toHaveLength(120);
    // Spaces before it do not count, and no half in the middle is looked for.
    expect(keptText(`  ${'x'.repeat(120)}`, 120)).toBe('x'.repeat(120));
    expect(keptText('🙂🙂', 120)).toBe('🙂🙂');
    // What turns the direction of writing would turn the words around a name as well.
    expect(keptText(' \u202Enepo\u202C \u2067x\u2069 ', 120)).toBe('nepo x');
    expect(keptText('مفتوح \u200Fx', 120)).toBe('مفتوح \u200Fx');
    // What nobody sees would make two names of one.
    expect(keptText('Co\u0000l\tder\u200B', 120)).toBe('Co l der');
    expect(keptText('\uFEFF\u2060', 120)).toBe('');
    expect(keptText('می\u200Cخواهم', 120)).toBe('می\u200Cخواهم');
    expect(keptText(' two\n lines ', 120, { lines: true })).toBe(' two\n lines ');
  });

  it('is what the schema takes, also from a pasted list of reasons', () => {
    const [tag] = withPastedTags([], `${'x'.repeat(119)} and more`);
    expect(StatusTag.parse(tag)).toEqual(tag);
  });
});

describe('a fresh id', () => {
  it('is made of the name, and unlike those that are there', () => {
    expect(freshId('Customer Input', [])).toBe('customer-input');
    expect(freshId('Customer Input', ['customer-input'])).toBe('customer-input-2');
    expect(freshId('Customer Input', ['customer-input', 'customer-input-2'])).toBe('customer-input-3');
    expect(freshId('Rückfrage – Büro!', [])).toBe('ruckfrage-buro');
    expect(freshId('-- (New) --', [])).toBe('new');
    expect(freshId('待ち', [])).toBe('item');
    expect(freshId('x'.repeat(120), [])).toHaveLength(60);
    // What every object has already is no id.
    expect(freshId('Prototype', [])).toBe('prototype-2');
  });

  it('is one, whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, taken) => {
        const id = freshId(name, taken);
        expect(Id.safeParse(id).success).toBe(true);
        expect(taken).not.toContain(id);
        expect(Id.safeParse(freshId(name, [...taken, id])).success).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });
});

it('a fresh name is the first that is not taken, whatever its case', () => {
  expect(freshName('New', [])).toBe('New');
  expect(freshName('New', [{ name: 'new' }, { name: 'New 2' }])).toBe('New 3');
});

describe('a new template', () => {
  it('R2, R9: fits the schema, starts in its first status, and has nothing wrong with it', () => {
    const template = emptyTemplate('returns', 'Returns', { initial: 'New', active: 'Open', done: 'New' });
    expect(CaseTemplate.safeParse(template).success).toBe(true);
    expect(template.statuses.map(({ id, category, waitsFor }) => [id, category, waitsFor])).toEqual([
      ['new', 'initial', 'us'],
      ['open', 'active', 'us'],
      ['new-2', 'done', 'nobody'],
    ]);
    expect(template).toEqual({
      id: 'returns',
      name: 'Returns',
      summary: '',
      version: 1,
      initialStatusId: 'new',
      statuses: template.statuses,
      timers: [],
      onEntry: [],
      replies: [],
      messages: [],
      calendarId: null,
      appliesTo: [],
      native: {},
    });
    const alike = emptyTemplate('one', 'One', { initial: 'Here', active: 'Here', done: 'Here' });
    expect(alike.statuses.map(({ id }) => id)).toEqual(['here', 'here-2', 'here-3']);
    expect(newStatus('Waiting', 'waiting', [])).toMatchObject({ id: 'waiting', waitsFor: 'customer' });
  });
});

it('a new status asks for nothing and may become any', () => {
  expect(newStatus('Open', 'active', ['open'])).toEqual({
    id: 'open-2',
    name: 'Open',
    category: 'active',
    colour: null,
    waitsFor: 'us',
    meaning: { agent: '', customer: '' },
    subStatuses: [],
    subStatusRequired: false,
    tags: [],
    tagRequired: false,
    mayBecome: null,
    retired: false,
  });
});

describe('the order', () => {
  it('is that which was wanted, with nothing lost', () => {
    expect(moveItem(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moveItem(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moveItem(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 1, 3)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 5, 0)).toEqual(['a', 'b', 'c']);
  });
});

describe('a change of one status', () => {
  it('leaves the others as they are', () => {
    const changed = changeStatus(supportTemplate, 'pending', (status) => ({ ...status, name: 'Waiting' }));
    expect(changed.statuses.find(({ id }) => id === 'pending')?.name).toBe('Waiting');
    for (const [index, status] of changed.statuses.entries())
      if (status.id !== 'pending') expect(status).toBe(supportTemplate.statuses[index]);
  });
});

describe('a status that is added', () => {
  it('R2: is the last, active, and has a name and an id of its own', () => {
    const once = addStatus(supportTemplate, 'New');
    expect(once).toEqual({
      ...supportTemplate,
      statuses: [...supportTemplate.statuses, newStatus('New 2', 'active', [])],
    });
    const [, , , , , , , first, second] = addStatus(once, 'New').statuses;
    expect([first?.id, second?.id]).toEqual(['new-2', 'new-3']);
    expect(second?.name).toBe('New 3');
    // An id stays through renames, so one can be taken whose name is free.
    const renamed = changeStatus(supportTemplate, 'new', (status) => ({ ...status, name: 'Fresh' }));
    expect(addStatus(renamed, 'New').statuses.at(-1)).toEqual({ ...newStatus('New', 'active', []), id: 'new-2' });
  });
});

describe('a sub-status', () => {
  const pending = { ...newStatus('Pending', 'waiting', []), waitsFor: 'third-party' as const };
  const made = {
    id: 'new',
    name: 'New',
    waitsFor: 'third-party' as const,
    meaning: { agent: '', customer: '' },
    retired: false,
  };

  it('R10: that is added is the last, waits for whom its status waits, and has a name and an id of its own', () => {
    const once = withSubStatus(pending, 'New');
    expect(once).toEqual({ ...pending, subStatuses: [made] });
    expect(withSubStatus(once, 'new').subStatuses).toEqual([made, { ...made, id: 'new-2', name: 'new 2' }]);
    const renamed = changeSubStatus(once, 'new', { name: 'Fresh' });
    expect(withSubStatus(renamed, 'New').subStatuses[1]).toEqual({ ...made, id: 'new-2' });
  });

  it('is changed in that part alone, and the others are not', () => {
    const two = withSubStatus(withSubStatus(pending, 'New'), 'New');
    expect(changeSubStatus(two, 'new-2', { retired: true, waitsFor: 'us' })).toEqual({
      ...pending,
      subStatuses: [made, { ...made, id: 'new-2', name: 'New 2', retired: true, waitsFor: 'us' }],
    });
    expect(changeSubStatus(two, 'new-3', { retired: true })).toEqual(two);
  });
});

describe('pasted reasons', () => {
  const tag = (id: string, name: string, retired = false) => ({ id, name, retired });

  it('R4: are one in each line, at the end; what is there is not doubled', () => {
    expect(withPastedTags([tag('log', 'Log files')], ' Access \r\n\nlog FILES\nAccess\nÄnderung')).toEqual([
      tag('log', 'Log files'),
      tag('access', 'Access'),
      tag('anderung', 'Änderung'),
    ]);
  });

  it('may be called what a retired one was called', () => {
    expect(withPastedTags([tag('log', 'Log', true)], 'Log')).toEqual([tag('log', 'Log', true), tag('log-2', 'Log')]);
  });

  it('have ids of their own, whatever they are called; thousands of one alphabet are there at once', () => {
    const names = Array.from({ length: MOST_TAGS }, (_, index) => `理由${String.fromCodePoint(0x4e00 + index)}`);
    const began = performance.now();
    const tags = withPastedTags([tag('item-2', 'Two')], names.join('\n'));
    // What took minutes takes less than one of them on any machine.
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(tags.slice(0, 4).map(({ id }) => id)).toEqual(['item-2', 'item', 'item-3', 'item-4']);
    expect(new Set(tags.map(({ id }) => id)).size).toBe(MOST_TAGS + 1);
  });

  it('are as long as a name may be', () => {
    expect(withPastedTags([], 'x'.repeat(500))[0]?.name).toHaveLength(120);
  });
});

describe('what is taken out', () => {
  // Two statuses have the same sub-statuses and reasons, so that one of them cannot be taken for the other's.
  const parts = {
    subStatuses: ['one', 'two'].map((id) => ({
      id,
      name: id,
      waitsFor: 'us' as const,
      meaning: { agent: '', customer: '' },
      retired: false,
    })),
    tags: ['red', 'blue'].map((id) => ({ id, name: id, retired: false })),
  };
  const status = (id: string, mayBecome: string[] | null): Status => ({
    ...parts,
    id,
    name: id,
    category: 'active',
    colour: null,
    waitsFor: 'us',
    meaning: { agent: '', customer: '' },
    subStatusRequired: false,
    tagRequired: false,
    mayBecome,
    retired: false,
  });
  const at = (statusId: string, subStatusId: string | null = null) => ({ statusId, subStatusId });
  const to = (statusId: string, subStatusId: string | null = null, tagId: string | null = null) => ({
    ...at(statusId, subStatusId),
    tagId,
  });
  const timer = (
    id: string,
    when: Position,
    does: Target | 'message',
    pausesIn: Position[] | null = null,
  ): TimerRule => ({
    id,
    kind: 'change',
    when,
    after: { amount: 1, unit: 'days' },
    repeat: null,
    pausesIn,
    does: does === 'message' ? { type: 'message', messageId: 'hello', via: 'note' } : { type: 'change', to: does },
    ifUnread: 'ask',
  });
  const entry = (id: string, when: Position): EntryRule => ({
    id,
    when,
    messageId: 'hello',
    via: 'note',
    immediate: false,
  });
  const desk: CaseTemplate = {
    ...supportTemplate,
    initialStatusId: 'a',
    statuses: [status('a', null), status('b', ['a', 'b', 'c']), status('c', ['b'])],
    messages: [{ id: 'hello', name: 'Hello', body: 'Hello' }],
    timers: [
      timer('from-a', at('a'), 'message', [at('b'), at('b', 'one'), at('c', 'one'), at('c')]),
      timer('from-b', at('b'), 'message'),
      timer('from-b-one', at('b', 'one'), to('c', null, 'red')),
      timer('from-b-two', at('b', 'two'), 'message', [at('a')]),
      timer('to-b', at('a'), to('b')),
      timer('to-b-one', at('a'), to('b', 'one', 'blue')),
      timer('to-b-red', at('c'), to('b', null, 'red')),
      timer('to-c-one', at('a'), to('c', 'one', 'red')),
    ],
    onEntry: [
      entry('into-a', at('a', 'one')),
      entry('into-b', at('b')),
      entry('into-b-one', at('b', 'one')),
      entry('into-b-two', at('b', 'two')),
    ],
    replies: [
      { id: 'reply-a', when: at('a'), to: to('c', 'one', 'red') },
      { id: 'reply-b', when: at('b'), to: to('a') },
      { id: 'reply-b-one', when: at('b', 'one'), to: to('c') },
      { id: 'reply-to-b', when: at('c'), to: to('b') },
      { id: 'reply-to-b-one', when: at('c', 'one'), to: to('b', 'one') },
      { id: 'reply-to-b-red', when: at('c', 'two'), to: to('b', 'two', 'red') },
    ],
    native: {
      zendesk: { set: { a: 'open', b: 'pending', c: 'solved' }, shows: { open: 'a', pending: 'b', hold: 'b' } },
      jira: { set: { b: 'Waiting' }, shows: { Done: 'c' } },
    },
  };
  const [a, b, c] = desk.statuses;
  const onlyRules = (template: CaseTemplate, ids: readonly string[]) => ({
    timers: template.timers.filter(({ id }) => ids.includes(id)),
    onEntry: template.onEntry.filter(({ id }) => ids.includes(id)),
    replies: template.replies.filter(({ id }) => ids.includes(id)),
  });
  const pausingIn = (template: CaseTemplate, pausesIn: Position[]) => ({
    ...template,
    timers: template.timers.map((rule) => (rule.id === 'from-a' ? { ...rule, pausesIn } : rule)),
  });

  it('is a status, with all that leads there, applies there or names it, and no more', () => {
    expect(without(desk, { statusId: 'b' })).toEqual({
      ...desk,
      ...onlyRules(pausingIn(desk, [at('c', 'one'), at('c')]), ['from-a', 'to-c-one', 'into-a', 'reply-a']),
      statuses: [a, { ...c, mayBecome: [] }],
      native: {
        zendesk: { set: { a: 'open', c: 'solved' }, shows: { open: 'a' } },
        jira: { set: {}, shows: { Done: 'c' } },
      },
    });
    expect(without(desk, { statusId: 'c' }).statuses).toEqual([a, { ...b, mayBecome: ['a', 'b'] }]);
  });

  it('is a sub-status, with all that leads there or applies there, and no more', () => {
    const gone = ['from-b-one', 'to-b-one', 'into-b-one', 'reply-b-one', 'reply-to-b-one'];
    expect(without(desk, { statusId: 'b', subStatusId: 'one' })).toEqual({
      ...desk,
      ...onlyRules(
        pausingIn(desk, [at('b'), at('c', 'one'), at('c')]),
        ruleIdsOf(desk).filter((id) => !gone.includes(id)),
      ),
      statuses: [a, { ...b, subStatuses: b?.subStatuses.slice(1) }, c],
    });
  });

  it('is a reason, with all that would give it, and no more', () => {
    const gone = ['to-b-red', 'reply-to-b-red'];
    expect(without(desk, { statusId: 'b', tagId: 'red' })).toEqual({
      ...desk,
      ...onlyRules(
        desk,
        ruleIdsOf(desk).filter((id) => !gone.includes(id)),
      ),
      statuses: [a, { ...b, tags: b?.tags.slice(1) }, c],
    });
  });

  it('takes along what was said about a status, and nothing else', () => {
    const left = without(supportTemplate, { statusId: 'pending' });
    expect(JSON.stringify({ ...left, native: {} })).not.toContain('"pending"');
    for (const { set } of Object.values(left.native)) expect(Object.keys(set)).not.toContain('pending');
    expect(left.statuses).toHaveLength(supportTemplate.statuses.length - 1);
    const elsewhere = supportTemplate.timers.filter(({ when }) => when.statusId !== 'pending');
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(left.timers).toEqual(elsewhere);
  });

  it('of a sub-status leaves the status and the others', () => {
    const left = without(supportTemplate, { statusId: 'pending', subStatusId: 'customer-input' });
    const pending = left.statuses.find(({ id }) => id === 'pending');
    expect(pending?.subStatuses.map(({ id }) => id)).not.toContain('customer-input');
    expect(pending?.subStatuses.length).toBeGreaterThan(0);
    expect(ruleIdsOf(left).length).toBeLessThan(ruleIdsOf(supportTemplate).length);
    expect(left.native).toEqual(supportTemplate.native);
  });

  it('of a reason takes only the automations that would give it', () => {
    const closing = supportTemplate.timers.find(({ kind }) => kind === 'auto-close');
    if (closing?.does.type !== 'change' || closing.does.to.tagId === null) throw new Error('no reason');
    const { statusId, tagId } = closing.does.to;
    const left = without(supportTemplate, { statusId, tagId });
    expect(left.statuses.find(({ id }) => id === statusId)?.tags.map(({ id }) => id)).not.toContain(tagId);
    expect(left.timers.filter(({ kind }) => kind === 'auto-close')).toEqual([]);
    expect(left.timers.filter(({ kind }) => kind !== 'auto-close')).toEqual(
      supportTemplate.timers.filter(({ kind }) => kind !== 'auto-close'),
    );
  });

  it('leaves nothing dangling, whatever the template', () => {
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), (template, pick) => {
        const others = template.statuses.filter(({ id }) => id !== template.initialStatusId);
        const status = others[pick % Math.max(1, others.length)];
        if (!status) return;
        const gone = without(template, { statusId: status.id });
        expect(CaseTemplate.safeParse(gone).error).toBeUndefined();
        const codes = (one: CaseTemplate) => templateFaults(one).map(({ code }) => code);
        const before = codes(template);
        expect(codes(gone).filter((code) => /unknown|missing/.test(code) && !before.includes(code))).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('what may follow', () => {
  const base = emptyTemplate('t', 'T', { initial: 'New', active: 'Busy', done: 'Done' });
  const may = (template: CaseTemplate) => template.statuses.map(({ mayBecome }) => mayBecome);

  it('is offered from all others that are in use, in their order', () => {
    const [first, busy, done] = base.statuses;
    expect(followersOf(base, 'busy')).toEqual([first, done]);
    const retired = changeStatus(base, 'done', (status) => ({ ...status, retired: true }));
    expect(followersOf(retired, 'new')).toEqual([busy]);
  });

  it('is named from the first step on that is forbidden, and any again only when that is said', () => {
    const less = withTransitions(base, ['new'], ['done'], false);
    expect(may(less)).toEqual([['busy'], null, null]);
    const again = withTransitions(less, ['new'], ['done'], true);
    expect(may(again)).toEqual([['busy', 'done'], null, null]);
    expect(may(withAnyTransition(again, ['new'], true))).toEqual([null, null, null]);
    expect(may(withAnyTransition(base, ['done'], false))).toEqual([null, null, ['new', 'busy']]);
  });

  it('never names the status itself, nor a retired one', () => {
    const retired = changeStatus(base, 'busy', (status) => ({ ...status, retired: true }));
    expect(may(withTransitions(retired, ['new'], [], false))).toEqual([['done'], null, null]);
    const none = withTransitions(base, ['new', 'busy', 'done'], ['new', 'busy', 'done'], false);
    expect(may(none)).toEqual([[], [], []]);
    expect(may(withTransitions(none, ['new', 'busy'], ['busy'], true))).toEqual([['busy'], [], []]);
  });

  it('is the same template where nothing changes, so that there is nothing to undo', () => {
    expect(withTransitions(base, ['new'], ['done'], true)).toBe(base);
    expect(withAnyTransition(base, ['new', 'done'], true)).toBe(base);
    const less = withTransitions(base, ['new'], ['done'], false);
    expect(withTransitions(less, ['new'], ['done'], false)).toBe(less);
  });

  it('allows the same status always, and any where none is named', () => {
    expect(base.statuses.map((status) => mayFollow(status, 'done'))).toEqual([true, true, true]);
    const [first] = withTransitions(base, ['new'], ['busy', 'done'], false).statuses;
    if (!first) throw new Error('no status');
    expect(['new', 'busy', 'done'].map((id) => mayFollow(first, id))).toEqual([true, false, false]);
  });
});
