import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import * as schemas from '../../../core/domain/template';
import {
  CaseTemplate,
  findStatus,
  findSubStatus,
  findTimerRule,
  hasPosition,
  nativeMapping,
  positionName,
  Status,
  samePosition,
  TimerRule,
  templateForTicket,
  Wait,
} from '../../../core/domain/template';

const status: Status = {
  id: 'open',
  name: 'Open',
  category: 'initial',
  colour: null,
  waitsFor: 'us',
  meaning: { agent: '', customer: '' },
  subStatuses: [],
  subStatusRequired: false,
  tags: [],
  tagRequired: false,
  mayBecome: null,
  retired: false,
};
const at = { statusId: 'open', subStatusId: null };
const rule: TimerRule = {
  id: 'remind',
  kind: 'reminder',
  when: at,
  after: { amount: 1, unit: 'days' },
  repeat: null,
  pausesIn: null,
  does: { type: 'message', messageId: 'hello', via: 'reply' },
  ifUnread: 'retry',
};
const template: CaseTemplate = {
  id: 'small',
  name: 'Small',
  summary: '',
  version: 1,
  initialStatusId: 'open',
  statuses: [status],
  timers: [rule],
  onEntry: [{ id: 'greet', when: at, messageId: 'hello', via: 'note', immediate: true }],
  replies: [{ id: 'answer', when: at, to: { ...at, tagId: null } }],
  messages: [{ id: 'hello', name: 'Hello', body: 'Hello' }],
  calendarId: null,
  appliesTo: [{ siteId: null, queue: null, type: null }],
  native: { rt: { set: { open: 'open' }, shows: { new: 'open' } } },
};

/** What the schema says to a value: the reason that it gives first, or that it takes it. */
function says(schema: z.ZodMiniType, value: unknown): string {
  const result = schema.safeParse(value);
  return result.success ? 'taken' : (result.error.issues[0]?.message ?? '');
}
const takes = (schema: z.ZodMiniType, value: unknown) => schema.safeParse(value).success;
const filled = (count: number, make: (index: number) => unknown) => Array.from({ length: count }, (_, i) => make(i));

describe('R1: what a template may hold', () => {
  it('is taken as it is, with nothing changed', () => {
    expect(CaseTemplate.parse(template)).toEqual(template);
  });

  it('has every part, and no other', () => {
    for (const [schema, value] of [
      [CaseTemplate, template],
      [Status, status],
      [TimerRule, rule],
      [schemas.Target, { ...at, tagId: null }],
      [schemas.Position, at],
      [schemas.EntryRule, template.onEntry[0]],
      [schemas.ReplyRule, template.replies[0]],
      [schemas.MessageTemplate, template.messages[0]],
      [schemas.NativeMapping, template.native.rt],
      [schemas.TicketPattern, template.appliesTo[0]],
      [schemas.StatusTag, { id: 'a', name: 'A', retired: false }],
      [schemas.SubStatus, { id: 'a', name: 'A', waitsFor: 'us', meaning: status.meaning, retired: true }],
      [schemas.Duration, { amount: 1, unit: 'days' }],
      [schemas.WorkingMoment, { amount: 1, unit: 'working-day', at: '08:00' }],
    ] as [z.ZodMiniType, object][]) {
      expect(takes(schema, value)).toBe(true);
      expect(takes(schema, { ...value, more: 1 })).toBe(false);
      for (const key of Object.keys(value)) {
        const { [key]: _left, ...rest } = value as Record<string, unknown>;
        expect(takes(schema, rest), `without ${key}`).toBe(false);
      }
    }
    expect(takes(Status, { ...status, meaning: { ...status.meaning, more: '' } })).toBe(false);
    expect(takes(Status, { ...status, meaning: { agent: '' } })).toBe(false);
    expect(takes(TimerRule, { ...rule, repeat: { every: { amount: 1, unit: 'days' }, times: 2, more: 1 } })).toBe(
      false,
    );
    expect(takes(TimerRule, { ...rule, does: { ...rule.does, more: 1 } })).toBe(false);
    const change = { type: 'change', to: { ...at, tagId: null } };
    expect(takes(TimerRule, { ...rule, does: change })).toBe(true);
    expect(takes(TimerRule, { ...rule, does: { ...change, more: 1 } })).toBe(false);
  });

  it.each([
    ['category', Status, status, 'category', ['initial', 'active', 'waiting', 'done']],
    ['party', Status, status, 'waitsFor', ['us', 'customer', 'third-party', 'nobody']],
    ['kind', TimerRule, rule, 'kind', ['reminder', 'auto-close', 'change', 'notice']],
    ['choice', TimerRule, rule, 'ifUnread', ['retry', 'ask', 'act']],
    ['way', schemas.EntryRule, template.onEntry[0], 'via', ['reply', 'note', 'notification']],
  ] as [string, z.ZodMiniType, object, string, string[]][])(
    'every %s, and no other',
    (_what, schema, value, key, all) => {
      for (const one of all) expect(takes(schema, { ...value, [key]: one }), one).toBe(true);
      for (const other of ['', 'other', all.join(), null])
        expect(takes(schema, { ...value, [key]: other })).toBe(false);
    },
  );

  it('ids are small letters, digits and hyphens, and no word that every object knows', () => {
    for (const id of ['a', '0', 'in-progress', 'a'.repeat(80)]) expect(says(schemas.Id, id)).toBe('taken');
    for (const id of ['A', '-a', 'a b', 'ä', 'a\n', ' a'])
      expect(says(schemas.Id, id)).toBe('may hold small letters, digits and hyphens only');
    expect(says(schemas.Id, 'constructor')).toBe('is a reserved word');
    for (const id of ['', 'a'.repeat(81)]) expect(takes(schemas.Id, id)).toBe(false);
  });

  it('names are trimmed, and not empty', () => {
    expect(schemas.Name.parse('  Pending ')).toBe('Pending');
    expect(takes(schemas.Name, 'x'.repeat(120))).toBe(true);
    for (const name of ['', '   ', 'x'.repeat(121)]) expect(takes(schemas.Name, name)).toBe(false);
  });

  it('a colour is six digits after a hash', () => {
    for (const colour of [null, '#1a7f37', '#000000']) expect(says(Status, { ...status, colour })).toBe('taken');
    for (const colour of ['red', '#1a7f3', '#1a7f377', '1a7f37', '#1A7F37', ' #1a7f37', '#1a7f37 '])
      expect(says(Status, { ...status, colour })).toBe('is not a colour such as #1a7f37');
  });

  it('a time of day is one', () => {
    const time = (text: string) => says(schemas.ClockTime, text);
    for (const text of ['00:00', '08:00', '19:59', '23:59']) expect(time(text)).toBe('taken');
    for (const text of ['24:00', '8:00', '08:60', '08:0', '108:00', '08:000', '0800', 'aa:bb', '29:00'])
      expect(time(text)).toBe('is not a time such as 08:00');
  });

  it('waits are whole amounts of a known unit', () => {
    const plain = ['seconds', 'minutes', 'hours', 'days', 'business-hours', 'business-days'];
    for (const unit of plain) expect(takes(Wait, { amount: 1, unit })).toBe(true);
    expect(takes(Wait, { amount: 2, unit: 'working-day', at: '08:00' })).toBe(true);
    expect(takes(Wait, { amount: 100_000, unit: 'days' })).toBe(true);
    for (const wait of [
      { amount: 0, unit: 'days' },
      { amount: 100_001, unit: 'days' },
      { amount: 1.5, unit: 'days' },
      { amount: 1, unit: 'weeks' },
      { amount: 1, unit: 'working-day' },
      { amount: 1, unit: 'days', at: '08:00' },
    ])
      expect(takes(Wait, wait)).toBe(false);
  });

  it.each([
    ['statuses', 200, (i: number) => ({ ...status, id: `s${i}` })],
    ['timers', 500, (i: number) => ({ ...rule, id: `t${i}` })],
    ['onEntry', 500, (i: number) => ({ ...template.onEntry[0], id: `e${i}` })],
    ['replies', 500, (i: number) => ({ ...template.replies[0], id: `r${i}` })],
    ['messages', 200, (i: number) => ({ ...template.messages[0], id: `m${i}` })],
    ['appliesTo', 200, () => ({ siteId: null, queue: null, type: null })],
  ])('%s: at most %d', (key, most, make) => {
    expect(takes(CaseTemplate, { ...template, [key]: filled(most, make) })).toBe(true);
    expect(takes(CaseTemplate, { ...template, [key]: filled(most + 1, make) })).toBe(false);
    expect(takes(CaseTemplate, { ...template, [key]: [] })).toBe(key !== 'statuses');
  });

  it('R4: a status may have 5,000 reasons and 100 sub-statuses', () => {
    const tags = (count: number) => filled(count, (i) => ({ id: `t${i}`, name: 'T', retired: false }));
    const subs = (count: number) =>
      filled(count, (i) => ({ id: `s${i}`, name: 'S', waitsFor: 'us', meaning: status.meaning, retired: false }));
    expect(takes(Status, { ...status, tags: tags(5000), subStatuses: subs(100) })).toBe(true);
    expect(takes(Status, { ...status, tags: tags(5001) })).toBe(false);
    expect(takes(Status, { ...status, subStatuses: subs(101) })).toBe(false);
    const ids = (count: number) => filled(count, (i) => `s${i}`);
    expect(takes(Status, { ...status, mayBecome: ids(200) })).toBe(true);
    expect(takes(Status, { ...status, mayBecome: ids(201) })).toBe(false);
    expect(takes(TimerRule, { ...rule, pausesIn: filled(200, () => at) })).toBe(true);
    expect(takes(TimerRule, { ...rule, pausesIn: filled(201, () => at) })).toBe(false);
  });

  it.each([
    ['summary', 0, 2000],
    ['version', 1, 1_000_000],
  ])('%s: from %d to %d', (key, least, most) => {
    const value = (n: number) => (key === 'version' ? n : 'x'.repeat(n));
    expect(takes(CaseTemplate, { ...template, [key]: value(least) })).toBe(true);
    expect(takes(CaseTemplate, { ...template, [key]: value(most) })).toBe(true);
    expect(takes(CaseTemplate, { ...template, [key]: value(most + 1) })).toBe(false);
    if (least > 0) expect(takes(CaseTemplate, { ...template, [key]: value(least - 1) })).toBe(false);
  });

  it('a repeat is 2 to 50 times', () => {
    const times = (n: number) =>
      takes(TimerRule, { ...rule, repeat: { every: { amount: 1, unit: 'days' }, times: n } });
    expect([1, 2, 50, 51, 2.5].map(times)).toEqual([false, true, true, false, false]);
  });

  it('messages and native statuses are texts of some length', () => {
    const body = (text: string) => takes(schemas.MessageTemplate, { id: 'm', name: 'M', body: text });
    expect(['', 'x', 'x'.repeat(5000), 'x'.repeat(5001)].map(body)).toEqual([false, true, true, false]);
    const set = (text: string) => takes(schemas.NativeMapping, { set: { open: text }, shows: {} });
    expect(['', 'x', 'x'.repeat(80), 'x'.repeat(81)].map(set)).toEqual([false, true, true, false]);
    const shows = (text: string) => takes(schemas.NativeMapping, { set: {}, shows: { [text]: 'open' } });
    expect(['', 'In Progress', 'x'.repeat(81)].map(shows)).toEqual([false, true, false]);
    const site = (text: string) => takes(CaseTemplate, { ...template, native: { [text]: { set: {}, shows: {} } } });
    expect(['', 'rt', 'x'.repeat(120), 'x'.repeat(121)].map(site)).toEqual([false, true, true, false]);
    for (const [key, most] of [
      ['siteId', 120],
      ['queue', 200],
      ['type', 200],
    ] as const) {
      const pattern = (text: string) => takes(schemas.TicketPattern, { ...template.appliesTo[0], [key]: text });
      expect(['', 'x'.repeat(most), 'x'.repeat(most + 1)].map(pattern)).toEqual([false, true, false]);
    }
  });
});

describe('finding one’s way', () => {
  it('by ids', () => {
    const pending = findStatus(supportTemplate, 'pending');
    expect(pending?.name).toBe('Pending');
    expect(findStatus(supportTemplate, 'nowhere')).toBeUndefined();
    expect(findSubStatus(pending, 'development')?.name).toBe('Development');
    for (const [from, id] of [
      [pending, null],
      [pending, 'nowhere'],
      [undefined, 'development'],
    ] as const)
      expect(findSubStatus(from, id)).toBeUndefined();
    expect(findTimerRule(supportTemplate, 'close-customer-input')?.kind).toBe('auto-close');
    for (const id of ['nowhere', null]) expect(findTimerRule(supportTemplate, id)).toBeUndefined();
  });

  it('by words', () => {
    const words = (statusId: string, subStatusId: string | null) =>
      positionName(supportTemplate, { statusId, subStatusId });
    expect(words('pending', null)).toBe('Pending');
    expect(words('pending', 'customer-input')).toBe('Pending – Customer Input');
    expect(words('pending', 'gone')).toBe('Pending – gone');
    expect(words('gone', null)).toBe('gone');
    expect(words('gone', 'too')).toBe('gone – too');
  });

  it('positions are the same by both ids', () => {
    const position = (statusId: string, subStatusId: string | null) => ({ statusId, subStatusId });
    expect(samePosition(position('a', 'b'), position('a', 'b'))).toBe(true);
    expect(samePosition(position('a', 'b'), position('a', null))).toBe(false);
    expect(samePosition(position('a', 'b'), position('c', 'b'))).toBe(false);
  });

  it('the mapping of the site comes before that of its kind', () => {
    const own = { set: { open: 'mine' }, shows: {} };
    const two: CaseTemplate = { ...template, native: { ...template.native, 'rt-1': own } };
    expect(nativeMapping(two, 'rt-1', 'rt')).toBe(own);
    expect(nativeMapping(two, 'rt-2', 'rt')).toBe(template.native.rt);
    expect(nativeMapping(two, 'demo-1', 'demo')).toBeUndefined();
    expect(nativeMapping(two, 'constructor', 'toString')).toBeUndefined();
  });
});

describe('R1: which template is for a ticket', () => {
  const forTickets = (id: string, ...appliesTo: CaseTemplate['appliesTo']): CaseTemplate => ({
    ...template,
    id,
    appliesTo,
  });
  const any = { siteId: null, queue: null, type: null };
  const ticket = { siteId: 'rt-1', adapterId: 'rt', queue: 'Support', type: 'Bug' };
  const chosen = (templates: CaseTemplate[], found: Parameters<typeof templateForTicket>[1] = ticket) =>
    templateForTicket(templates, found)?.id;

  it('the first that matches, by site, queue and type, whatever the case of letters', () => {
    expect(chosen([forTickets('none'), forTickets('first', any), forTickets('second', any)])).toBe('first');
    expect(chosen([forTickets('queue', { ...any, queue: 'sUPPORT' })])).toBe('queue');
    expect(chosen([forTickets('site', { ...any, siteId: 'RT-1' })])).toBe('site');
    expect(chosen([forTickets('kind', { ...any, siteId: 'rt' })])).toBe('kind');
    expect(chosen([forTickets('kind', { ...any, siteId: 'redmine' })])).toBeUndefined();
    expect(chosen([forTickets('type', { ...any, type: 'bug' })])).toBe('type');
    expect(chosen([forTickets('all', { siteId: 'rt-1', queue: 'Support', type: 'Bug' })])).toBe('all');
  });

  it('every part of a pattern has to match, one pattern of several is enough', () => {
    for (const wrong of [{ siteId: 'rt-2' }, { queue: 'Sales' }, { type: 'Task' }])
      expect(chosen([forTickets('x', { siteId: 'rt-1', queue: 'Support', type: 'Bug', ...wrong })])).toBeUndefined();
    expect(chosen([forTickets('x', { ...any, queue: 'Sales' }, { ...any, queue: 'Support' })])).toBe('x');
  });

  it('a ticket without a queue or a type matches no pattern that asks for one', () => {
    const bare = { siteId: 'rt-1', adapterId: 'rt', queue: null, type: null };
    expect(chosen([forTickets('x', { ...any, queue: 'Support' })], bare)).toBeUndefined();
    expect(chosen([forTickets('x', { ...any, type: 'Bug' })], bare)).toBeUndefined();
    expect(chosen([forTickets('x', any)], bare)).toBe('x');
    expect(chosen([], bare)).toBeUndefined();
  });
});

describe('whether a case may go on with a version by itself', () => {
  const at = (statusId: string, subStatusId: string | null = null, tagId: string | null = null) => ({
    statusId,
    subStatusId,
    tagId,
  });
  it.each([
    [at('new'), true],
    [at('nowhere'), false],
    [at('pending', 'development'), true],
    [at('pending', 'nowhere'), false],
    [at('new', 'development'), false],
    [at('closed', null, 'solved'), true],
    [at('closed', null, 'nothing'), false],
    [at('new', null, 'solved'), false],
    [at('pending', 'development', 'needs-access'), true],
    [at('pending', 'development', 'solved'), false],
  ])('%j: %s', (position, expected) => {
    expect(hasPosition(supportTemplate, position)).toBe(expected);
  });

  it('is asked of what is there, not of what is offered: retired is fine', () => {
    const retire = <T extends object>(parts: readonly T[]): T[] => parts.map((part) => ({ ...part, retired: true }));
    const retired: CaseTemplate = {
      ...supportTemplate,
      statuses: retire(supportTemplate.statuses).map((status) => ({
        ...status,
        tags: retire(status.tags),
        subStatuses: retire(status.subStatuses),
      })),
    };
    expect(hasPosition(retired, at('pending', 'development', 'needs-access'))).toBe(true);
  });
});
