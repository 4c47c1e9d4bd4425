import type { SampleSent } from '../contract/sample';
import type { CaseView, Choice } from '../contract/views';
import type { BusinessCalendar } from '../domain/calendar';
import type { CaseRecord, Effect, HistoryEntry, Instant, Person, TicketFacts, Timer } from '../domain/case';
import { noFacts } from '../domain/case';
import type { Command, Decision, Deed, Situation } from '../domain/decide';
import { decide } from '../domain/decide';
import { startTracking } from '../domain/decide/change';
import { unsealed } from '../domain/replay/rehearsal';
import { type CaseTemplate, nativeMapping, type Target } from '../domain/template';
import { appWords } from '../words/app';
import { editorWords } from '../words/editor';
import { sampleWords } from '../words/sample';
import { caseView } from './case-view';
import type { Site } from './ports';

const HISTORY_SHOWN = 50;
/** How much may happen by itself in the life of a case: a draft that turns in circles must not hold the page up. */
const MOST_BY_ITSELF = 500;
/** How long a close waits before it looks again whether its message has gone. */
const LOOK_AGAIN_MS = 30_000;

/** What a sample case lives in. */
export interface World {
  template: CaseTemplate;
  calendar: BusinessCalendar;
  timeZone: string;
  desk: Choice;
}

/** One thing that a person or the customer did; done again whenever the draft is edited. */
export interface Step {
  at: Instant;
  commandId: string;
  actor: Person | null;
  deed(facts: TicketFacts): Deed;
}

/** A draft that contradicts itself: an automation names what is not there. */
export class Unfinished extends Error {}

/** Nothing but the draft can be at fault where this throws: all else is made by the domain itself. */
function ofDraft<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Unfinished ? error : new Unfinished(String(error));
  }
}

export const agent = (): Person => ({ login: 'agent', name: editorWords.samples.agent });
const customer = (): Person => ({ login: 'customer', name: editorWords.samples.customer });

/** One course of a sample case. What is owed to the outside arrives at once. */
export class SampleCourse {
  record: CaseRecord | null = null;
  timers: Timer[] = [];
  effects: Effect[] = [];
  readonly history: HistoryEntry[] = [];
  readonly sent: SampleSent[] = [];
  private nativeStatus: string | null;
  /** The customer's first message is there. */
  private messages = 1;
  private happened = 0;

  constructor(
    readonly world: World,
    /** Up to when it has been played. */
    public now: Instant,
    private readonly run: number,
  ) {
    const { template, desk } = world;
    this.nativeStatus = ofDraft(() => {
      const { shows = {} } = nativeMapping(template, desk.id, desk.id) ?? {};
      return Object.entries(shows).find(([, statusId]) => statusId === template.initialStatusId)?.[0] ?? null;
    });
  }

  get revision(): number {
    return this.record?.revision ?? 0;
  }

  /** Has the case just entered a place, with nothing on its way and nothing to undo. */
  put(to: Target): void {
    const { template, desk } = this.world;
    this.nativeStatus = ofDraft(() => {
      const set = nativeMapping(template, desk.id, desk.id)?.set ?? {};
      return (Object.hasOwn(set, to.statusId) ? set[to.statusId] : undefined) ?? this.nativeStatus;
    });
    const facts = this.facts();
    const before = { statusId: to.statusId, subStatusId: null, tagId: null };
    this.record = { ...ofDraft(() => startTracking(this.situation(), facts, this.now)), ...before };
    this.do({
      commandId: 'start',
      at: this.now,
      actor: agent(),
      deed: { type: 'change', by: 'person', to, note: null, skipMessage: true, facts, seenGeneration: 'any' },
    });
    this.record = { ...this.record, undo: null };
  }

  facts(): TicketFacts {
    const { ticket, subject } = editorWords.samples;
    return {
      // Another case has another number, so that nothing of the one before is taken for its own.
      ...noFacts(String(Number(ticket) + this.run - 1)),
      subject,
      nativeStatus: this.nativeStatus,
      requester: customer(),
      lastMessageId: String(this.messages),
    };
  }

  take({ at, commandId, actor, deed }: Step): Decision {
    const decision = this.do({ commandId, at, actor, deed: deed(this.facts()) });
    if (decision.ok && actor === null) this.messages += 1;
    return decision;
  }

  /** The decision, which is not carried out. */
  foresee(command: Command): Decision {
    return ofDraft(() => decide(this.situation(), command, unsealed));
  }

  /** So much happened by itself that nothing more does: what is due stays undone. */
  get standsStill(): boolean {
    return this.happened === MOST_BY_ITSELF;
  }

  /** `null`: nothing happens by itself any more. */
  nextAt(): Instant | null {
    if (this.standsStill) return null;
    const next = this.next();
    return next ? Math.max(this.now, next.at) : null;
  }

  /** Does what falls due until then, each at its time; says whether it came so far, or stands still before. */
  passUntil(until: Instant): boolean {
    while (!this.standsStill) {
      const next = this.next();
      if (!next || next.at > until) {
        this.now = Math.max(this.now, until);
        return true;
      }
      this.now = Math.max(this.now, next.at);
      next.act();
      this.happened += 1;
    }
    return false;
  }

  view(now: Instant): CaseView {
    const { world, record, timers, effects, history } = this;
    const { template, desk, timeZone } = world;
    return ofDraft(() =>
      caseView({
        site: this.site(),
        deskName: desk.name,
        template,
        stored: { record, timers, effects },
        history: history.slice(-HISTORY_SHOWN),
        recent: { statusIds: [], tagIds: {} },
        seen: { facts: this.facts(), agent: agent(), problem: null },
        now,
        timeZone,
      }),
    );
  }

  /** What is owed goes before what falls due, and messages before changes of status: those wait for them. */
  private next(): { at: Instant; act: () => void } | undefined {
    const effects = this.effects
      .filter(({ state }) => state === 'pending')
      .map((effect) => ({ at: effect.notBefore, order: 0, act: () => this.deliver(effect) }));
    const timers = this.timers
      .filter(({ state }) => state === 'armed')
      .map((timer) => ({
        at: timer.nextAt,
        order: timer.kind === 'auto-close' || timer.kind === 'change' ? 2 : 1,
        act: () => this.fire(timer),
      }));
    return [...effects, ...timers].toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  private fire({ timerId, nextAt }: Timer): void {
    const decision = this.do({
      commandId: `fire:${timerId}:${this.revision}`,
      at: this.now,
      actor: null,
      deed: { type: 'timer-fired', timerId, verified: true },
    });
    if (decision.ok) return;
    if (decision.code !== 'notice-on-its-way') throw new Unfinished(decision.message);
    const notices = this.effects.filter(({ kind, state }) => kind === 'desk-write' && state === 'pending');
    const again = Math.max(this.now + LOOK_AGAIN_MS, nextAt, ...notices.map(({ notBefore }) => notBefore));
    this.timers = this.timers.map((timer) => (timer.timerId === timerId ? { ...timer, nextAt: again } : timer));
  }

  private deliver({ effectId, write, notification }: Effect): void {
    const { desk } = this.world;
    const id = `${this.sent.length + 1}`;
    if (notification) {
      const { title, body } = notification;
      this.sent.push({ id, at: this.now, kind: 'notification', title, body });
    }
    if (write?.message) {
      const kind = write.message.visibility === 'public' ? 'message' : 'note';
      this.sent.push({ id, at: this.now, kind, title: sampleWords.kinds[kind], body: write.message.body });
      this.messages += 1;
    }
    const said = [
      write?.message ? appWords.messageSent : '',
      write?.status == null ? '' : appWords.deskSet(desk.name, write.status),
    ];
    this.nativeStatus = write?.status ?? this.nativeStatus;
    this.do({
      commandId: `sent:${effectId}`,
      at: this.now,
      actor: null,
      deed: {
        type: 'effect-outcome',
        effectId,
        state: 'done',
        text: said.filter(Boolean).join(', '),
        nativeStatus: write?.status ?? null,
        retryAt: null,
      },
    });
  }

  private do(command: Command): Decision {
    const decision = this.foresee(command);
    if (!decision.ok) return decision;
    this.record = decision.next;
    this.history.push(...decision.history);
    this.timers = merged(this.timers, decision.timers, ({ timerId }) => timerId).filter(
      ({ state }) => state === 'armed' || state === 'held',
    );
    this.effects = merged(this.effects, decision.effects, ({ effectId }) => effectId).filter(
      ({ state }) => state !== 'done' && state !== 'cancelled',
    );
    return decision;
  }

  private site(): Site {
    const { template, desk } = this.world;
    const { id, name } = desk;
    return { siteId: id, adapterId: id, name, baseUrl: '', templateId: template.id, connectedAt: 0 };
  }

  private situation(): Situation {
    const { template, calendar, timeZone, desk } = this.world;
    const { record, timers, effects } = this;
    return {
      template,
      otherTemplate: null,
      calendar,
      record,
      timers,
      effects,
      siteId: desk.id,
      adapterId: desk.id,
      timeZone,
      deskTells: [],
      alwaysHolds: false,
    };
  }
}

/** The rows, with those that were changed in place of what they were. */
function merged<T>(rows: readonly T[], changed: readonly T[], idOf: (row: T) => string): T[] {
  const ids = new Set(changed.map(idOf));
  return [...rows.filter((row) => !ids.has(idOf(row))), ...changed];
}
