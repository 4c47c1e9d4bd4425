import { builtinTemplates } from '../../core/domain/builtin-templates';
import type { CaseTemplate, Status, TimerRule } from '../../core/domain/template';

const DAYS = (amount: number) => ({ amount, unit: 'days' }) as const;
const status = (id: string, category: Status['category'], part: Partial<Status> = {}): Status => ({
  id,
  name: id,
  category,
  colour: null,
  waitsFor: category === 'waiting' ? 'customer' : 'us',
  meaning: { agent: '', customer: '' },
  subStatuses: [],
  subStatusRequired: false,
  tags: [],
  tagRequired: false,
  mayBecome: null,
  retired: false,
  ...part,
});
const at = (statusId: string) => ({ statusId, subStatusId: null });
const rule = (part: Pick<TimerRule, 'id' | 'kind' | 'when' | 'after' | 'does'> & Partial<TimerRule>): TimerRule => ({
  repeat: null,
  pausesIn: null,
  ifUnread: 'retry',
  ...part,
});

/** What Support does not use: repeated reminders, working time, a clock of the case that pauses, all ways to tell. */
const drill: CaseTemplate = {
  id: 'drill',
  name: 'Drill',
  summary: '',
  version: 1,
  initialStatusId: 'fresh',
  statuses: [
    status('fresh', 'initial'),
    status('asked', 'waiting'),
    status('parked', 'waiting'),
    status('answered', 'active'),
    status('done', 'done', { tagRequired: true, tags: [{ id: 'silent', name: 'Silent', retired: false }] }),
  ],
  timers: [
    rule({
      id: 'nudge',
      kind: 'reminder',
      when: at('asked'),
      after: DAYS(3),
      repeat: { every: DAYS(2), times: 3 },
      does: { type: 'message', messageId: 'nudge', via: 'reply' },
    }),
    rule({
      id: 'give-up',
      kind: 'auto-close',
      when: at('asked'),
      after: DAYS(12),
      ifUnread: 'ask',
      does: { type: 'change', to: { statusId: 'done', subStatusId: null, tagId: 'silent' } },
    }),
    rule({
      id: 'look-again',
      kind: 'reminder',
      when: at('parked'),
      after: { amount: 2, unit: 'business-days' },
      does: { type: 'message', messageId: 'look', via: 'notification' },
    }),
    rule({
      id: 'overall',
      kind: 'reminder',
      when: at('asked'),
      after: { amount: 30, unit: 'business-hours' },
      pausesIn: [at('parked')],
      does: { type: 'message', messageId: 'look', via: 'note' },
    }),
    rule({
      id: 'back-to-work',
      kind: 'change',
      when: at('parked'),
      after: DAYS(20),
      ifUnread: 'act',
      does: { type: 'change', to: { statusId: 'answered', subStatusId: null, tagId: null } },
    }),
  ],
  onEntry: [{ id: 'ask', when: at('asked'), messageId: 'ask', via: 'reply', immediate: false }],
  replies: [{ id: 'answer', when: at('asked'), to: { statusId: 'answered', subStatusId: null, tagId: null } }],
  messages: [
    { id: 'ask', name: 'Ask', body: 'Please tell us more about {subject}.' },
    { id: 'nudge', name: 'Nudge', body: 'Are you there, {customer}? We close on {closes}.' },
    { id: 'look', name: 'Look', body: 'Look at {ticket} again.' },
  ],
  calendarId: null,
  appliesTo: [{ siteId: null, queue: 'Drill', type: null }],
  native: { demo: { set: { asked: 'pending', answered: 'open', done: 'solved' }, shows: {} } },
};

export const simulatedTemplates: readonly CaseTemplate[] = [...builtinTemplates, drill];
