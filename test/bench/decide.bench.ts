import { supportTemplate } from '../../core/domain/builtin-templates';
import { plainCalendar } from '../../core/domain/calendar';
import type { TicketFacts } from '../../core/domain/case';
import type { Command, Deed, Situation } from '../../core/domain/decide';
import { decide } from '../../core/domain/decide';
import type { Target } from '../../core/domain/template';
import type { Row } from './measure';

const START = Date.UTC(2026, 10, 17, 14, 2);
const DAY_MS = 86_400_000;
const ERIN = { login: 'erin', name: 'Erin' };
const FACTS: TicketFacts = {
  ticketId: '1',
  subject: 'Printer on fire',
  nativeStatus: 'open',
  requester: { login: 'alice@customer.test', name: 'Alice' },
  assignee: ERIN,
  queue: 'Support',
  type: null,
  lastMessageId: '40',
};

const untracked: Situation = {
  template: supportTemplate,
  otherTemplate: null,
  calendar: plainCalendar('Europe/Berlin'),
  record: null,
  timers: [],
  effects: [],
  siteId: 'rt-1',
  adapterId: 'rt',
  timeZone: 'Europe/Berlin',
  deskTells: [],
  alwaysHolds: false,
};

const command = (at: number, deed: Deed): Command => ({
  commandId: `command-${at}`,
  at,
  actor: deed.type === 'change' ? ERIN : null,
  deed,
});

const change = (to: Target, seenGeneration: number | null): Deed => ({
  type: 'change',
  by: 'person',
  to,
  note: null,
  skipMessage: false,
  facts: FACTS,
  seenGeneration,
});

/** The situation after a command that has to succeed. */
function after(situation: Situation, given: Command): Situation {
  const decision = decide(situation, given);
  if (!decision.ok) throw new Error(decision.message);
  return { ...situation, record: decision.next, timers: decision.timers, effects: [] };
}

const customerInput: Target = { statusId: 'pending', subStatusId: 'customer-input', tagId: null };
const confirmation: Target = { statusId: 'awaiting-customer-confirmation', subStatusId: null, tagId: null };

const pending = after(untracked, command(START, change(customerInput, null)));
const reminder = pending.timers.find(({ kind }) => kind === 'reminder');
if (!pending.record || !reminder) throw new Error('The Support template does not remind');

const changing = command(START + DAY_MS, change(confirmation, pending.record.generation));
const firing = command(reminder.dueAt, { type: 'timer-fired', timerId: reminder.timerId, verified: true });
const replying = command(START + DAY_MS, { type: 'customer-replied', messageId: '41', automatic: false });

/** What is measured has to be a decision, not a refusal. */
const deciding = (name: string, given: Command): Row => {
  after(pending, given);
  return { name: `decide: ${name}`, run: () => decide(pending, given) };
};

export const decideRows: readonly Row[] = [
  deciding('change by a person, with a message and two timers to cancel', changing),
  deciding('reminder that is due', firing),
  deciding('reply of the customer', replying),
];
