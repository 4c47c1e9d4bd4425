import type { WorkflowEdge } from '../../../../core/domain/checker';
import { checkTemplate } from '../../../../core/domain/checker';
import type { Finding } from '../../../../core/domain/finding';
import type {
  CaseTemplate,
  EntryRule,
  Position,
  ReplyRule,
  Status,
  SubStatus,
  Target,
  TimerRule,
  Wait,
} from '../../../../core/domain/template';
import { randomCalendar } from '../random-template';

/** Small templates, as short as a test needs them. Names are the ids with a capital letter. */
const nameOf = (id: string) => id.charAt(0).toUpperCase() + id.slice(1);
const meaning = { agent: '', customer: '' };

export const sub = (id: string, part: Partial<SubStatus> = {}): SubStatus => ({
  id,
  name: nameOf(id),
  waitsFor: 'us',
  meaning,
  retired: false,
  ...part,
});

export const tag = (id: string, retired = false) => ({ id, name: nameOf(id), retired });

export const status = (id: string, part: Partial<Status> = {}): Status => ({
  id,
  name: nameOf(id),
  category: 'active',
  colour: null,
  waitsFor: 'us',
  meaning,
  subStatuses: [],
  subStatusRequired: false,
  tags: [],
  tagRequired: false,
  mayBecome: null,
  retired: false,
  ...part,
});

export const open = status('open', { category: 'initial' });
export const closed = status('closed', { category: 'done' });

/** `open` and `closed`, with other statuses between them. */
export const template = (between: Status[], part: Partial<CaseTemplate> = {}): CaseTemplate => ({
  id: 'small',
  name: 'Small',
  summary: '',
  version: 1,
  initialStatusId: 'open',
  statuses: [open, ...between, closed],
  timers: [],
  onEntry: [],
  replies: [],
  messages: [{ id: 'hello', name: 'Hello', body: 'Hello {customer}' }],
  calendarId: null,
  appliesTo: [],
  native: {},
  ...part,
});

/** `at('pending/customer')` */
export const at = (words: string): Position => {
  const [statusId = '', subStatusId = null] = words.split('/');
  return { statusId, subStatusId };
};

/** `to('pending/customer#tag')` */
export const to = (words: string): Target => {
  const [position = '', tagId = null] = words.split('#');
  return { ...at(position), tagId };
};

export const wait = (words: string): Wait => {
  const [amount = '', unit = ''] = words.split(' ');
  return { amount: Number(amount), unit: unit as 'days' };
};

const common = { repeat: null, pausesIn: null, ifUnread: 'retry' } as const;

/** A timer that changes the status. */
export const change = (id: string, when: string, after: string, target: string, part: Partial<TimerRule> = {}) =>
  ({
    ...common,
    id,
    kind: 'change',
    when: at(when),
    after: wait(after),
    does: { type: 'change', to: to(target) },
    ...part,
  }) satisfies TimerRule;

/** A reminder to the customer. */
export const remind = (id: string, when: string, after: string, part: Partial<TimerRule> = {}) =>
  ({
    ...common,
    id,
    kind: 'reminder',
    when: at(when),
    after: wait(after),
    does: { type: 'message', messageId: 'hello', via: 'reply' },
    ...part,
  }) satisfies TimerRule;

export const entry = (id: string, when: string): EntryRule => ({
  id,
  when: at(when),
  messageId: 'hello',
  via: 'reply',
  immediate: false,
});

export const reply = (id: string, when: string, target: string): ReplyRule => ({ id, when: at(when), to: to(target) });

export const workflow = (name: string, from: string | null, target: string): WorkflowEdge => ({
  name,
  from: from === null ? null : at(from),
  to: to(target),
});

export const check = (of: CaseTemplate, workflows: WorkflowEdge[] = []): Finding[] =>
  checkTemplate(of, { calendar: randomCalendar, workflows });

/** What is found, without the advice that small templates always get. */
export const found = (of: CaseTemplate, workflows: WorkflowEdge[] = []): Finding[] =>
  check(of, workflows).filter(({ code }) => code !== 'unused-message' && code !== 'reminder-to-wrong-party');

export const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);
