import { plainCalendar } from '../../../core/domain/calendar';
import type { CaseRecord, Effect, HistoryEntry, Instant, Person, TicketFacts, Timer } from '../../../core/domain/case';
import { caseKeyOf } from '../../../core/domain/case';
import type { Decision, Deed, Seal } from '../../../core/domain/decide';
import { decide } from '../../../core/domain/decide';
import type { ReplayCase } from '../../../core/domain/replay';
import type { CaseTemplate, Target } from '../../../core/domain/template';

export const DAY_MS = 86_400_000;
export const ERIN: Person = { login: 'erin', name: 'Erin' };
export const calendar = plainCalendar('UTC');

/** For benchmarks: histories whose chains nobody verifies. */
export const unsealed: Seal = (entry) => ({ ...entry, salt: '', digest: '', previousHash: '', hash: '' });

/** "pending/customer-input" as a target. */
export function target(path: string, tagId: string | null = null): Target {
  const [statusId = '', subStatusId = null] = path.split('/');
  return { statusId, subStatusId, tagId };
}

/** Lives the life of one case as the extension would, and keeps its history. */
export class Recorder implements ReplayCase {
  readonly caseKey: string;
  readonly history: HistoryEntry[] = [];
  record: CaseRecord | null = null;
  timers: Timer[] = [];
  private effects: Effect[] = [];
  private commands = 0;
  private messages = 0;
  private now: Instant = 0;

  /**
   * @param lateMs how late a timer that was due at an instant is noticed, where something else happens at another
   */
  constructor(
    private template: CaseTemplate,
    private readonly ticketId = '1',
    private readonly seal?: Seal,
    private readonly lateMs: (dueAt: Instant, until: Instant) => number = () => 0,
  ) {
    this.caseKey = caseKeyOf('rt-1', ticketId);
  }

  change(at: Instant, path: string, tagId: string | null = null, actor: Person = ERIN): this {
    const to = target(path, tagId);
    const { facts } = this;
    const deed: Deed = {
      type: 'change',
      by: 'person',
      to,
      note: null,
      skipMessage: false,
      facts,
      seenGeneration: 'any',
    };
    return this.do(at, deed, actor);
  }

  reply(at: Instant, automatic = false): this {
    this.messages += 1;
    return this.do(at, { type: 'customer-replied', messageId: `${100 + this.messages}`, automatic }, null);
  }

  hold(at: Instant, on: boolean, remindOnHold = false): this {
    return this.do(at, { type: 'hold', on, remindOnHold });
  }

  snooze(at: Instant, ruleId: string, byMs: number): this {
    this.runUntil(at);
    const timer = this.timers.find((one) => one.ruleId === ruleId);
    if (!timer) throw new Error(`No timer ${ruleId}`);
    return this.do(at, { type: 'snooze', timerId: timer.timerId, until: timer.dueAt + byMs });
  }

  undo(at: Instant): this {
    this.runUntil(at);
    return this.do(at, { type: 'undo', undoes: this.record?.undo?.commandId ?? '' });
  }

  notAReply(at: Instant): this {
    return this.do(at, { type: 'not-a-reply', messageId: `${100 + this.messages}` });
  }

  move(at: Instant, other: CaseTemplate, path: string): this {
    this.runUntil(at);
    const seenGeneration = this.record?.generation ?? 0;
    const deed: Deed = { type: 'move', templateId: other.id, to: target(path), note: null, seenGeneration };
    return this.do(at, deed, ERIN, other);
  }

  /** Everything up to and without the instant. */
  runUntil(until: Instant): this {
    for (;;) {
      const timer = this.timers.filter(({ state }) => state === 'armed').toSorted((a, b) => a.dueAt - b.dueAt)[0];
      if (!timer || timer.dueAt >= until) return this;
      const at = Math.max(this.now, Math.min(until - 1, timer.dueAt + this.lateMs(timer.dueAt, until)));
      this.decide(at, { type: 'timer-fired', timerId: timer.timerId, verified: true }, null);
    }
  }

  /** Does what somebody could do then; what is refused is a fault of the test. */
  do(at: Instant, deed: Deed, actor: Person | null = ERIN, other: CaseTemplate | null = null): this {
    this.runUntil(at);
    const decision = this.decide(at, deed, actor, other);
    if (!decision.ok) throw new Error(`${deed.type}: ${decision.message}`);
    return this;
  }

  /** Does it, or does nothing where it is refused. */
  try(at: Instant, deed: Deed): void {
    this.runUntil(at);
    this.decide(at, deed, ERIN);
  }

  private decide(at: Instant, deed: Deed, actor: Person | null, otherTemplate: CaseTemplate | null = null): Decision {
    this.now = at;
    this.commands += 1;
    const { template, record, timers, effects } = this;
    const site = { siteId: 'rt-1', adapterId: 'rt', timeZone: 'UTC', deskTells: [], alwaysHolds: false };
    const decision = decide(
      { template, otherTemplate, calendar, record, timers, effects, ...site },
      { commandId: `${this.ticketId}-${this.commands}`, at, actor, deed },
      this.seal,
    );
    if (!decision.ok) return decision;
    this.history.push(...decision.history);
    this.record = decision.next;
    if (otherTemplate) this.template = otherTemplate;
    const put = <T>(rows: readonly T[], changed: readonly T[], id: (row: T) => string) => [
      ...new Map([...rows, ...changed].map((row) => [id(row), row])).values(),
    ];
    this.timers = put(timers, decision.timers, ({ timerId }) => timerId).filter(
      ({ state }) => state === 'armed' || state === 'held',
    );
    this.effects = put(effects, decision.effects, ({ effectId }) => effectId).filter(
      ({ state }) => state === 'pending',
    );
    if (deed.type !== 'effect-outcome')
      for (const { effectId, write } of this.effects) {
        const nativeStatus = write?.status ?? null;
        this.decide(
          at,
          { type: 'effect-outcome', effectId, state: 'done', text: '', nativeStatus, retryAt: null },
          null,
        );
      }
    return decision;
  }

  get facts(): TicketFacts {
    return {
      ticketId: this.ticketId,
      subject: `Ticket ${this.ticketId}`,
      nativeStatus: 'open',
      requester: { login: 'alice@customer.test', name: 'Alice' },
      assignee: null,
      queue: 'Support',
      type: null,
      lastMessageId: null,
    };
  }
}

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SyntheticOptions {
  template: CaseTemplate;
  seed: number;
  cases: number;
  from: Instant;
  days: number;
  /** Where people put cases; the first is where each begins. */
  paths: readonly string[];
  /** Changes and customers' mails alone, with timers on time; else people also hold, snooze, undo and so on. */
  simple?: boolean;
  seal?: Seal;
}

/** A case at the end of its history. */
export interface SyntheticCase extends ReplayCase {
  record: CaseRecord | null;
}

/** Histories as people, customers and timers make them; deterministic, one after the other. */
export function* syntheticHistories(options: SyntheticOptions): Generator<SyntheticCase> {
  for (let i = 0; i < options.cases; i += 1) yield syntheticHistory(options, i);
}

function syntheticHistory(options: SyntheticOptions, index: number): SyntheticCase {
  const { template, seed, from, days, paths, simple = false, seal } = options;
  const next = random(seed * 1_000_003 + index);
  const upTo = (n: number) => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T | undefined => list[upTo(list.length)];
  const path = () => pick(paths) ?? '';
  // Now and then the browser is closed for a while; awake, it takes up to a minute.
  const lateMs = (dueAt: Instant, until: Instant) => upTo(next() < 0.15 ? Math.max(1, until - dueAt) : 60_000);
  const recorder = new Recorder(template, `${index + 1}`, seal, simple ? undefined : lateMs);
  const end = from + days * DAY_MS;

  let at = from + upTo((days * DAY_MS) / 2);
  let acts = 0;
  recorder.change(timeOf(at), paths[0] ?? '');
  for (;;) {
    // Mostly within days, now and then after weeks, so that timers get their turn.
    acts += 1;
    at = timeOf(at + 60_000 + upTo(next() < 0.3 ? 35 * DAY_MS : 4 * DAY_MS));
    if (at >= end) break;
    const closed = recorder.runUntil(at).record?.statusId === 'closed';
    if (closed && next() < 0.6) continue;
    act(at);
  }
  recorder.runUntil(end);
  return { caseKey: recorder.caseKey, history: recorder.history, record: recorder.record };

  /** Simple: each at a time of day of its own, so that no timer falls due just before a mail and finds it. */
  function timeOf(instant: Instant): Instant {
    return simple ? Math.floor(instant / DAY_MS) * DAY_MS + acts * 600_000 : instant;
  }

  function act(now: Instant): void {
    const dice = next();
    if (dice < 0.25) recorder.reply(now, next() < 0.2);
    else if (simple || dice < 0.65) recorder.change(now, path());
    else if (dice < 0.72) recorder.try(now, { type: 'hold', on: recorder.record?.hold !== true, remindOnHold: false });
    else if (dice < 0.8) {
      // Of one that waits for a decision the history does not say when it was due.
      const timer = pick(recorder.timers.filter(({ heldFor }) => heldFor !== 'decision'));
      if (timer) recorder.try(now, { type: 'snooze', timerId: timer.timerId, until: timer.dueAt + upTo(9 * DAY_MS) });
    } else if (dice < 0.9) recorder.try(now, { type: 'undo', undoes: recorder.record?.undo?.commandId ?? '' });
    else if (dice < 0.93) recorder.try(now, { type: 'hold', on: false, remindOnHold: false });
    else if (dice < 0.94) {
      const { facts } = recorder;
      recorder.try(now, { type: 'remind-me', at: now + DAY_MS + upTo(30 * DAY_MS), note: 'look again', facts });
    } else if (dice < 0.96) {
      const note = recorder.timers.find(({ kind }) => kind === 'remind-me');
      if (note) recorder.try(now, { type: 'drop-remind-me', timerId: note.timerId });
    } else if (dice < 0.97) {
      const held = recorder.timers.find(({ heldFor }) => heldFor === 'decision');
      if (held) recorder.try(now, { type: 'settle-timer', timerId: held.timerId, how: next() < 0.5 ? 'act' : 'drop' });
    } else if (dice < 0.98) recorder.try(now, { type: 'clone' });
    else if (recorder.record?.lastCustomerMessageId)
      recorder.try(now, { type: 'not-a-reply', messageId: recorder.record.lastCustomerMessageId });
  }
}
