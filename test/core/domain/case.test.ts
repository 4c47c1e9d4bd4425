import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import * as schemas from '../../../core/domain/case';
import {
  CaseRecord,
  caseKeyOf,
  Effect,
  HistoryEntry,
  HistoryWhat,
  noFacts,
  Person,
  TicketFacts,
  Timer,
  UndoPoint,
} from '../../../core/domain/case';

const at = { statusId: 'open', subStatusId: null, tagId: null };
const erin: Person = { login: 'erin', name: 'Erin' };
const hash = 'a'.repeat(64);
const timer: Timer = {
  timerId: 'rt-1/1#1#remind',
  caseKey: 'rt-1/1',
  ruleId: 'remind',
  kind: 'reminder',
  scope: 'position',
  generation: 1,
  occurrence: 1,
  note: null,
  state: 'armed',
  dueAt: 5000,
  nextAt: 5000,
  heldAt: null,
  heldFor: null,
  unreadSince: null,
  proof: {
    derivation: { from: 1000, wait: { amount: 4, unit: 'seconds' }, calendar: null },
    firstDueAt: 4000,
    shifts: [{ at: 2000, byMs: 1000, why: 'snoozed' }],
  },
};
const undo: UndoPoint = {
  commandId: 'command-1',
  at: 1000,
  generation: 1,
  templateId: 'small',
  ...at,
  enteredAt: 1000,
  customerRepliedAt: null,
  nativeStatus: null,
  timers: [{ timer, remainingMs: -5 }],
  timerId: null,
  replyId: null,
  messageSent: false,
};
const record: CaseRecord = {
  caseKey: 'rt-1/1',
  siteId: 'rt-1',
  ticketId: '1',
  templateId: 'small',
  templateVersion: 1,
  ...at,
  enteredAt: 1000,
  generation: 0,
  revision: 0,
  hold: false,
  remindOnHold: false,
  customerRepliedAt: null,
  attention: { code: 'timer-held', message: 'Look.' },
  lastCustomerMessageId: null,
  entryMessageId: null,
  nativeStatus: null,
  expectedNativeStatus: null,
  subject: '',
  requester: erin,
  assignee: null,
  undo,
  changedAt: 1000,
  lastHistorySeq: 0,
  lastHistoryHash: hash,
};
const facts: TicketFacts = {
  ticketId: '1',
  subject: '',
  nativeStatus: null,
  requester: null,
  assignee: erin,
  queue: null,
  type: null,
  lastMessageId: null,
};
const entry: HistoryEntry = {
  caseKey: 'rt-1/1',
  seq: 1,
  at: 1000,
  actor: null,
  cause: 'person',
  commandId: 'command-1',
  templateId: 'small',
  templateVersion: 1,
  what: { type: 'cloned' },
  salt: '',
  digest: hash,
  previousHash: hash,
  hash,
};
const effect: Effect = {
  effectId: 'command-1:1',
  caseKey: 'rt-1/1',
  siteId: 'rt-1',
  commandId: 'command-1',
  generation: 1,
  seq: 1,
  kind: 'desk-write',
  write: { status: 'open', message: { body: 'Hello', visibility: 'public', reference: '[ref:1]', after: null } },
  notification: { kind: 'told', title: 'Told', body: '' },
  actor: null,
  ruleId: null,
  notBefore: 1000,
  state: 'pending',
  attempts: 0,
  maybeSent: false,
  outcome: null,
};
const rule = { ruleId: null, kind: 'reminder' as const };
/** One of each thing that history tells. */
const whats: HistoryWhat[] = [
  { type: 'entered', from: null, to: at, note: null },
  { type: 'undone', from: at, to: at, undoneCommandId: 'command-1' },
  { type: 'moved', from: at, fromTemplateId: 'small', to: at, note: 'Why' },
  { type: 'version', fromVersion: 1, cancelledRuleIds: ['remind'] },
  { type: 'retired', from: at, to: at },
  { type: 'hold', on: true, remindOnHold: true },
  { type: 'retimed', timerIds: ['rt-1/1#1#remind'] },
  { type: 'snoozed', byMs: 1, timerIds: ['rt-1/1#1#remind'] },
  { type: 'remind-me', timerId: 'x', at: 1, note: '' },
  { type: 'remind-me-dropped', timerId: 'x' },
  { type: 'cloned' },
  { type: 'timer-fired', ...rule, occurrence: 1, lateMs: 0, verified: true },
  { type: 'timer-held', ...rule, why: '' },
  { type: 'timer-settled', ...rule, how: 'act' },
  { type: 'clock-back', byMs: 1 },
  { type: 'desk-tells', native: 'resolved' },
  { type: 'customer-replied', messageId: '1', moved: false, automatic: false },
  { type: 'not-a-reply', messageId: '1', to: at },
  { type: 'drift', native: 'open' },
  { type: 'drift-settled', native: 'open', how: 'ignore' },
  { type: 'effect', effectId: 'x', outcome: 'done', text: '' },
];
/** What entries of the first version do not have. */
const LATER = new Set(['hold.remindOnHold', 'timer-fired.occurrence', 'customer-replied.automatic']);

const takes = (schema: z.ZodMiniType, value: unknown) => schema.safeParse(value).success;
const message = (schema: z.ZodMiniType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

/** Every part has to be there, as it is, and nothing else may be. */
function isStrict(schema: z.ZodMiniType, value: object, optional: (key: string) => boolean = () => false): void {
  expect(schema.parse(value)).toEqual(value);
  expect(takes(schema, { ...value, more: 1 })).toBe(false);
  for (const key of Object.keys(value)) {
    const { [key]: _left, ...rest } = value as Record<string, unknown>;
    expect(takes(schema, rest), `without ${key}`).toBe(optional(key));
    expect(takes(schema, { ...value, [key]: Symbol('odd') }), `odd ${key}`).toBe(false);
  }
}

describe('what is stored of a case', () => {
  it.each([
    ['a record', CaseRecord, record],
    ['a record’s attention', CaseRecord.shape.attention, record.attention],
    ['an undo point', UndoPoint, undo],
    ['a timer of an undo point', UndoPoint.shape.timers, undo.timers],
    ['a timer', Timer, timer],
    ['a proof', schemas.TimerProof, timer.proof],
    ['facts of a ticket', TicketFacts, facts],
    ['a person', Person, erin],
    ['an entry of the history', HistoryEntry, entry],
    ['an effect', Effect, effect],
    ['a write', schemas.DeskWrite, effect.write],
    ['a message', schemas.DeskWrite.shape.message, effect.write?.message],
    ['a notification', Effect.shape.notification, effect.notification],
  ] as [string, z.ZodMiniType, object][])('%s has its parts and no other', (_what, schema, value) => {
    if (!Array.isArray(value)) isStrict(schema, value);
    else {
      expect(takes(schema, value)).toBe(true);
      expect(takes(schema, [{ ...value[0], more: 1 }])).toBe(false);
      expect(takes(schema, [{}])).toBe(false);
    }
  });

  it('a shift in a proof has its parts and no other', () => {
    const proof = (shift: object) => takes(schemas.TimerProof, { ...timer.proof, shifts: [shift] });
    expect(proof({ at: 1, byMs: -1, why: '' })).toBe(true);
    expect(proof({ at: 1, byMs: -1, why: '', more: 1 })).toBe(false);
    expect(proof({ at: 1, byMs: -1 })).toBe(false);
  });

  it.each(whats.map((what) => [what.type, what] as const))(
    'history tells of "%s" with its parts and no other',
    (type, what) => {
      isStrict(HistoryWhat, what, (key) => LATER.has(`${type}.${key}`));
    },
  );

  it('of a ticket of which nothing is known is that: nothing', () => {
    expect(TicketFacts.parse(noFacts('7'))).toEqual({
      ticketId: '7',
      subject: '',
      nativeStatus: null,
      requester: null,
      assignee: null,
      queue: null,
      type: null,
      lastMessageId: null,
    });
  });

  it('history tells of nothing else', () => {
    expect(takes(HistoryWhat, { type: 'other' })).toBe(false);
    expect(new Set(whats.map(({ type }) => type)).size).toBe(HistoryWhat.def.options.length);
  });
});

describe('what may stand where', () => {
  it.each([
    ['state', Timer, timer, ['armed', 'held', 'fired', 'cancelled']],
    ['kind', Timer, timer, ['reminder', 'auto-close', 'change', 'notice', 'remind-me']],
    ['scope', Timer, timer, ['position', 'case']],
    ['heldFor', Timer, timer, [null, 'hold', 'decision', 'pause', 'review']],
    [
      'cause',
      HistoryEntry,
      entry,
      ['person', 'bulk', 'workflow', 'team', 'timer', 'reply', 'desk', 'outbox', 'template'],
    ],
    ['state', Effect, effect, ['pending', 'sending', 'done', 'failed', 'uncertain', 'cancelled']],
    ['kind', Effect, effect, ['desk-write', 'notification']],
    ['visibility', schemas.DeskWrite.shape.message, effect.write?.message, ['public', 'internal']],
    [
      'kind',
      Effect.shape.notification,
      effect.notification,
      ['told', 'changed', 'reply', 'reminder', 'decision', 'not-sent'],
    ],
    ['how', HistoryWhat, { type: 'timer-settled', ...rule }, ['act', 'drop']],
    ['how', HistoryWhat, { type: 'drift-settled', native: '' }, ['set-back', 'ignore']],
  ] as [string, z.ZodMiniType, object, (string | null)[]][])('%s', (key, schema, value, all) => {
    for (const one of all) expect(takes(schema, { ...value, [key]: one }), String(one)).toBe(true);
    for (const other of ['', 'other', 1]) expect(takes(schema, { ...value, [key]: other })).toBe(false);
  });

  it('moments are whole milliseconds that a calendar can hold', () => {
    const moment = (dueAt: number) => takes(Timer, { ...timer, dueAt });
    expect([-8.64e13, 0, 8.64e14].map(moment)).toEqual([true, true, true]);
    expect([-8.64e13 - 1, 8.64e14 + 1, 0.5, Number.NaN].map(moment)).toEqual([false, false, false, false]);
  });

  it('counts begin at zero, and numbers of things at one', () => {
    for (const generation of [0, 7]) expect(takes(CaseRecord, { ...record, generation })).toBe(true);
    for (const generation of [-1, 0.5]) expect(takes(CaseRecord, { ...record, generation })).toBe(false);
    for (const [schema, value, key] of [
      [Timer, timer, 'occurrence'],
      [HistoryEntry, entry, 'seq'],
      [CaseRecord, record, 'templateVersion'],
    ] as const) {
      expect(takes(schema, { ...value, [key]: 1 })).toBe(true);
      expect(takes(schema, { ...value, [key]: 0 })).toBe(false);
    }
  });

  it('hashes are 64 digits', () => {
    for (const bad of ['', 'a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64), 'g'.repeat(64), ` ${hash}`])
      expect(message(HistoryEntry, { ...entry, hash: bad })).toBe('is not a hash');
    expect(takes(HistoryEntry, { ...entry, hash: '0123456789abcdef'.repeat(4) })).toBe(true);
  });

  it.each([
    ['subject', TicketFacts, facts, 0, 500],
    ['ticketId', TicketFacts, facts, 1, 80],
    ['nativeStatus', TicketFacts, facts, 0, 80],
    ['queue', TicketFacts, facts, 0, 200],
    ['type', TicketFacts, facts, 0, 200],
    ['lastMessageId', TicketFacts, facts, 0, 80],
    ['login', Person, erin, 0, 320],
    ['name', Person, erin, 0, 320],
    ['caseKey', CaseRecord, record, 1, 500],
    ['ticketId', CaseRecord, record, 1, 80],
    ['subject', CaseRecord, record, 0, 500],
    ['lastCustomerMessageId', CaseRecord, record, 0, 80],
    ['entryMessageId', CaseRecord, record, 0, 80],
    ['nativeStatus', CaseRecord, record, 0, 80],
    ['expectedNativeStatus', CaseRecord, record, 0, 80],
    ['code', CaseRecord.shape.attention, record.attention, 0, 80],
    ['note', Timer, timer, 0, 5000],
  ] as [string, z.ZodMiniType, object, number, number][])('%s has its length', (key, schema, value, least, most) => {
    const text = (length: number) => takes(schema, { ...value, [key]: 'x'.repeat(length) });
    expect([text(least), text(most), text(most + 1)]).toEqual([true, true, false]);
    if (least > 0) expect(text(least - 1)).toBe(false);
  });

  it('a case is named by its site and its ticket', () => {
    expect(caseKeyOf('rt-1', '42')).toBe('rt-1/42');
  });
});
