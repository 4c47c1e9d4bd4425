import { expect } from 'vitest';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import { plainCalendar } from '../../../core/domain/calendar';
import type {
  CaseRecord,
  Effect,
  EffectState,
  HistoryEntry,
  Person,
  TicketFacts,
  Timer,
} from '../../../core/domain/case';
import type {
  ChangedBy,
  Command,
  Committed,
  Decision,
  Deed,
  RefusalCode,
  Refused,
  Situation,
} from '../../../core/domain/decide';
import { decide } from '../../../core/domain/decide';
import type { CaseTemplate, MessageTemplate, Status, TimerRule } from '../../../core/domain/template';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Tuesday. */
export const START = Date.UTC(2026, 10, 17, 14, 2);
export const ERIN: Person = { login: 'erin', name: 'Erin' };
export const FACTS: TicketFacts = {
  ticketId: '1',
  subject: 'Printer on fire',
  nativeStatus: 'open',
  requester: { login: 'alice@customer.test', name: 'Alice' },
  assignee: null,
  queue: 'Support',
  type: null,
  lastMessageId: '40',
};

/** What a change may say besides its target. */
interface ChangeOptions {
  by?: ChangedBy;
  note?: string | null;
  skipMessage?: boolean;
  facts?: TicketFacts;
  seenGeneration?: number | null | 'any';
}

/** A case that lives through commands, as the store would keep it. */
export class Life {
  situation: Situation;
  history: HistoryEntry[] = [];
  /** Every message to the help desk that arrived there. */
  sent: { body: string; visibility: 'public' | 'internal' }[] = [];
  actor: Person | null = ERIN;
  /** Where a move leads, or an undone move leads back to. */
  otherTemplates: CaseTemplate[] = [];
  private commands = 0;

  constructor(
    template: CaseTemplate = supportTemplate,
    public now = START,
    calendar: BusinessCalendar = plainCalendar('UTC'),
  ) {
    this.situation = {
      template,
      otherTemplate: null,
      calendar,
      record: null,
      timers: [],
      effects: [],
      siteId: 'rt-1',
      adapterId: 'rt',
      timeZone: 'UTC',
      deskTells: [],
      alwaysHolds: false,
    };
  }

  /** Decides a command and, where it is not refused, goes on with what came out of it. */
  do(deed: Deed, commandId = `command-${++this.commands}`): Decision {
    const command: Command = deepFrozen({ commandId, at: this.now, actor: this.actor, deed });
    const other = deed.type === 'move' ? deed.templateId : this.situation.record?.undo?.templateId;
    const otherTemplate = this.otherTemplates.find(({ id }) => id === other) ?? null;
    // Frozen: decide touches nothing that it is given.
    const situation = deepFrozen({ ...this.situation, otherTemplate });
    const decision = deepFrozen(decide(situation, command));
    expect(decide(situation, command), 'decide is deterministic').toEqual(decision);
    if (decision.ok) this.take(decision);
    return decision;
  }

  private take({ next, timers, effects, history }: Committed): void {
    const put = <T>(rows: readonly T[], changed: readonly T[], id: (row: T) => string) => [
      ...new Map([...rows, ...changed].map((row) => [id(row), row])).values(),
    ];
    this.history = [...this.history, ...history];
    const known = [this.situation.template, ...this.otherTemplates];
    const template = known.find(({ id }) => id === next.templateId) ?? this.situation.template;
    this.otherTemplates = known.filter((other) => other !== template);
    this.situation = {
      ...this.situation,
      template,
      record: next,
      timers: put(this.situation.timers, timers, (timer) => timer.timerId).filter(
        ({ state }) => state === 'armed' || state === 'held',
      ),
      effects: put(this.situation.effects, effects, (effect) => effect.effectId).filter(
        ({ state }) => state !== 'done' && state !== 'cancelled',
      ),
    };
  }

  /** The same case, that can live on in another way. */
  branch(): Life {
    return Object.assign(new Life(this.situation.template, this.now, this.situation.calendar), this);
  }

  /** A new version of the case's template is published. */
  publish(change: Partial<CaseTemplate>): void {
    const { template } = this.situation;
    this.situation = { ...this.situation, template: { ...template, ...change, version: template.version + 1 } };
  }

  /** "status", "status/sub-status", "status#tag", "status/sub-status#tag". */
  change(to: string, options: ChangeOptions = {}): Decision {
    return this.do({
      type: 'change',
      by: 'person',
      to: target(to),
      note: null,
      skipMessage: false,
      facts: FACTS,
      seenGeneration: this.situation.record?.generation ?? null,
      ...options,
    });
  }

  move(templateId: string, to: string): Decision {
    const seenGeneration = this.record.generation;
    return this.do({ type: 'move', templateId, to: target(to), note: null, seenGeneration });
  }

  /** Takes back the newest change. */
  undo(): Decision {
    return this.do({ type: 'undo', undoes: this.situation.record?.undo?.commandId ?? 'none' });
  }

  hold(remindOnHold = false): Decision {
    return this.do({ type: 'hold', on: true, remindOnHold });
  }

  release(): Decision {
    return this.do({ type: 'hold', on: false, remindOnHold: false });
  }

  /** Timers that run get the dates of the present version. */
  retime(noticeMs = 3 * DAY, toldIn: number | null = null): Decision {
    return this.do({ type: 'retime', version: this.situation.template.version, noticeMs, toldIn });
  }

  reply(messageId: string, automatic = false): Decision {
    return this.do({ type: 'customer-replied', messageId, automatic });
  }

  remindMe(at: number, note = 'Call Alice'): Decision {
    return this.do({ type: 'remind-me', at, note, facts: FACTS });
  }

  snooze(ruleId: string, until: number): Decision {
    return this.do({ type: 'snooze', timerId: this.timer(ruleId).timerId, until });
  }

  /** @param closedThere the help desk counts the ticket as closed */
  fire(ruleId: string, closedThere = false): Decision {
    return this.do({ type: 'timer-fired', timerId: this.timer(ruleId).timerId, verified: true, closedThere });
  }

  /** The ticket could not be read before the rule's timer acts. */
  unread(ruleId: string, retryAt: number | null): Decision {
    return this.do({ type: 'timer-unverifiable', timerId: this.timer(ruleId).timerId, why: 'RT is down.', retryAt });
  }

  outcome(
    effect: Effect,
    state: EffectState,
    more: { nativeStatus?: string | null; retryAt?: number; maybeSent?: boolean } = {},
  ): Decision {
    return this.do({
      type: 'effect-outcome',
      effectId: effect.effectId,
      state,
      text: state,
      nativeStatus: null,
      retryAt: null,
      ...more,
    });
  }

  /** Everything that is to be sent is on its way. */
  send(): void {
    for (const effect of this.situation.effects) this.outcome(effect, 'sending');
  }

  /** Everything that is to be sent arrives. */
  deliver(): void {
    for (const effect of this.situation.effects) {
      if (effect.state === 'held') continue;
      if (effect.write?.message) this.sent = [...this.sent, effect.write.message];
      this.outcome(effect, 'done', { nativeStatus: effect.write?.status ?? null });
    }
  }

  /** Each timer that is due fires, in order, and what comes of it arrives. */
  fireDue(): Decision[] {
    const due = this.situation.timers.filter(({ state, nextAt }) => state === 'armed' && nextAt <= this.now);
    return due
      .toSorted((a, b) => a.dueAt - b.dueAt)
      .map(({ timerId }) => {
        const decision = this.do({ type: 'timer-fired', timerId, verified: true });
        this.deliver();
        return decision;
      });
  }

  get record(): CaseRecord {
    const { record } = this.situation;
    if (!record) throw new Error('The case is not tracked');
    return record;
  }

  /** The open timer of a rule. */
  timer(ruleId: string): Timer {
    const timer = this.situation.timers.find((candidate) => candidate.ruleId === ruleId);
    if (!timer) throw new Error(`No timer ${ruleId}`);
    return timer;
  }

  /** The person's own note-to-self. */
  get note(): Timer {
    const timer = this.situation.timers.find(({ kind }) => kind === 'remind-me');
    if (!timer) throw new Error('No note-to-self');
    return timer;
  }

  /** The rules of the open timers. */
  get ruleIds(): (string | null)[] {
    return this.situation.timers.map(({ ruleId }) => ruleId).toSorted();
  }

  /** Written as `change` takes it. */
  get place(): string {
    const { record } = this.situation;
    if (!record) return 'untracked';
    const sub = record.subStatusId === null ? '' : `/${record.subStatusId}`;
    return `${record.statusId}${sub}${record.tagId === null ? '' : `#${record.tagId}`}`;
  }

  /** What waits to be written to the help desk. */
  get writes(): Effect[] {
    return this.situation.effects.filter(({ kind }) => kind === 'desk-write');
  }

  /** The bodies of the messages that wait to be sent. */
  get messages(): string[] {
    return this.writes.flatMap(({ write }) => (write?.message ? [write.message.body] : []));
  }

  /** The notifications that wait to be shown. */
  get notifications(): { title: string; body: string }[] {
    return this.situation.effects.flatMap(({ notification }) => notification ?? []);
  }
}

/** "status/sub-status#tag", the last two may be missing. */
export function target(place: string): { statusId: string; subStatusId: string | null; tagId: string | null } {
  const [position = '', tagId = null] = place.split('#');
  const [statusId = '', subStatusId = null] = position.split('/');
  return { statusId, subStatusId, tagId };
}

/** 'ok', or the code of the refusal. */
export function code(decision: Decision): RefusalCode | 'ok' {
  return decision.ok ? 'ok' : decision.code;
}

export function committed(decision: Decision): Committed {
  if (!decision.ok) throw new Error(`Refused: ${decision.message}`);
  return decision;
}

export function refused(decision: Decision): Refused {
  if (decision.ok) throw new Error(`Not refused: ${decision.message}`);
  return decision;
}

export function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFrozen(part);
  }
  return value;
}

/** A status with nothing special about it. */
export function status(id: string, part: Partial<Status> = {}): Status {
  return {
    id,
    name: id.toUpperCase(),
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
    ...part,
  };
}

/** A rule that reminds the customer after a week of being in a status; `part` says what is different. */
export function rule(id: string, when: string, part: Partial<TimerRule> = {}): TimerRule {
  return {
    id,
    kind: 'reminder',
    when: { statusId: target(when).statusId, subStatusId: target(when).subStatusId },
    after: { amount: 7, unit: 'days' },
    repeat: null,
    pausesIn: null,
    does: { type: 'message', messageId: 'hello', via: 'reply' },
    ifUnread: 'retry',
    ...part,
  };
}

/** A rule that closes after four weeks. */
export function closeRule(id: string, when: string, part: Partial<TimerRule> = {}): TimerRule {
  return rule(id, when, {
    kind: 'auto-close',
    after: { amount: 28, unit: 'days' },
    does: { type: 'change', to: target('done') },
    ...part,
  });
}

export const HELLO: MessageTemplate = { id: 'hello', name: 'Hello', body: 'Hello {customer}.' };

/** Four statuses `new`, `wait`, `other` and `done`, that any may follow, and the rules given. */
export function smallTemplate(part: Partial<CaseTemplate> = {}): CaseTemplate {
  return {
    id: 'small',
    name: 'Small',
    summary: '',
    version: 1,
    initialStatusId: 'new',
    statuses: [
      status('new', { category: 'initial' }),
      status('wait', { category: 'waiting' }),
      status('other'),
      status('done', { category: 'done' }),
    ],
    timers: [],
    onEntry: [],
    replies: [],
    messages: [HELLO],
    calendarId: null,
    appliesTo: [],
    native: {},
    ...part,
  };
}
