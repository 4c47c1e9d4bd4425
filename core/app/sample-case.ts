import { appWords } from '../../core/words/app';
import { editorWords } from '../../core/words/editor';
import { sampleWords } from '../../core/words/sample';
import type { Ask } from '../contract/client';
import type { Answer, RequestInput, RequestName, RequestOutput } from '../contract/messages';
import type { SampleCase, SampleSent, SampleState } from '../contract/sample';
import type { CaseView, ChangeOutcome, Choice } from '../contract/views';
import { type BusinessCalendar, plainCalendar } from '../domain/calendar';
import type { CaseRecord, Effect, HistoryEntry, Instant, Person, TicketFacts, Timer } from '../domain/case';
import { noFacts } from '../domain/case';
import type { Command, Decision, Deed, Situation } from '../domain/decide';
import { checkTarget, decide } from '../domain/decide';
import { startTracking } from '../domain/decide/change';
import { unsealed } from '../domain/replay/rehearsal';
import { type CaseTemplate, findStatus, nativeMapping, positionName, type Target } from '../domain/template';
import { caseView, historyItems } from './case-view';
import { changePreview } from './change-preview';
import { reminderMoments, snoozeMoments } from './moments';
import type { Clock, Site } from './ports';

const DAY_MS = 86_400_000;
const HISTORY_SHOWN = 50;
/** A draft that turns in circles must not hold the page up. */
const MOST_AT_ONCE = 500;
/** How long a close waits before it looks again whether its message has gone. */
const LOOK_AGAIN_MS = 30_000;
const NEW_TICKET = 'new';

interface World {
  template: CaseTemplate;
  calendar: BusinessCalendar;
  timeZone: string;
  desk: Choice;
}

/** One thing that a person or the customer did; done again whenever the draft is edited. */
interface Step {
  at: Instant;
  commandId: string;
  actor: Person | null;
  deed(facts: TicketFacts): Deed;
}

/** A draft that contradicts itself: an automation names what is not there. */
class Unfinished extends Error {}

/** Makes a case that lives by a draft in memory: the real decisions, with nobody to store them and nothing to send. */
export function makeSampleCase(
  { clock, newId }: { clock: Clock; newId: () => string },
  parts: { template: CaseTemplate; calendar: BusinessCalendar | null; desk: Choice },
): SampleCase {
  const timeZone = clock.timeZone();
  return new Sample(clock, newId, { ...parts, calendar: parts.calendar ?? plainCalendar(timeZone), timeZone });
}

class Sample implements SampleCase {
  private readonly listeners = new Set<(state: SampleState) => void>();
  private steps: Step[] = [];
  private placeId = NEW_TICKET;
  private run = 1;
  /** Edits of the draft: a form that is open asks again what it would do. */
  private edits = 0;
  private startedAt: Instant;
  /** How far the sample's time is ahead of the real one. */
  private aheadMs = 0;
  /** `null`: the draft does not work yet. */
  private play: Play | null = null;
  private word: string | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly newId: () => string,
    private world: World,
  ) {
    this.startedAt = clock.now();
    this.playAgain();
  }

  readonly ask: Ask = async <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ): Promise<Answer<RequestOutput<N>>> => {
    const answer = this.answers[name];
    return answer ? answer(input) : { ok: false, code: 'no-such-request', message: sampleWords.noSuchRequest };
  };

  subscribe(listener: (state: SampleState) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.listeners.add(listener);
    signal.addEventListener('abort', () => this.listeners.delete(listener), { once: true });
    listener(this.state());
  }

  setTemplate(template: CaseTemplate): void {
    this.world = { ...this.world, template };
    this.edits += 1;
    this.playAgain();
    this.tell();
  }

  start(placeId: string): void {
    this.word = null;
    this.begin(placeId);
    this.tell();
  }

  pass(span: 'next' | 'day'): void {
    this.word = null;
    const now = this.now();
    const until = span === 'day' ? now + DAY_MS : this.play?.nextAt();
    if (until === undefined || until === null) return;
    this.aheadMs += Math.max(0, until - now);
    this.catchUp();
  }

  reply(): void {
    const commandId = this.newId();
    const deed = ({ lastMessageId }: TicketFacts): Deed => ({
      type: 'customer-replied',
      messageId: String(Number(lastMessageId) + 1),
      automatic: false,
    });
    const answer = this.take({ at: this.now(), commandId, actor: null, deed });
    if (!answer.ok) this.word = answer.message;
    this.tell();
  }

  catchUp(): void {
    try {
      if (this.play) this.comeTo(this.play, this.now());
    } catch (error) {
      this.stop(error);
    }
    this.tell();
  }

  /** What the panel asks for, as `Cases` answers it for a real one. */
  private readonly answers: { [N in RequestName]?: (input: RequestInput<N>) => Answer<RequestOutput<N>> } = {
    'case.view': () => this.withView((view) => view),
    'case.history': ({ before }) =>
      this.playing(({ history, world }) =>
        historyItems(
          history.filter(({ seq }) => seq < before),
          world.template,
          world.desk.name,
        ),
      ),
    'case.preview': (input) =>
      this.playing((play) => {
        const now = this.now();
        const decision = play.foresee({
          commandId: 'preview-only',
          at: now,
          actor: agent(),
          deed: this.changeOf({ ...input, note: null, seenGeneration: play.record?.generation ?? null })(play.facts()),
        });
        return changePreview(decision, { template: play.world.template, deskName: play.world.desk.name, now });
      }),
    'case.change': (input) => this.person(input.commandId, this.changeOf(input)),
    'case.undo': ({ commandId, undoes }) => this.person(commandId, () => ({ type: 'undo', undoes })),
    'case.hold': ({ commandId, on }) => this.person(commandId, () => ({ type: 'hold', on, remindOnHold: false })),
    'case.moments': ({ timerId }) =>
      this.playing((play) => {
        const now = this.now();
        const timer = play.timers.find((candidate) => candidate.timerId === timerId);
        return timer ? snoozeMoments(timer.dueAt, now) : reminderMoments(now, play.world.calendar);
      }),
    'case.snooze': ({ commandId, timerId, until }) =>
      this.person(commandId, () => ({ type: 'snooze', timerId, until })),
    'case.remind-me': ({ commandId, at, note }) =>
      this.person(commandId, (facts) => ({ type: 'remind-me', at, note: note.trim(), facts })),
    'case.drop-remind-me': ({ commandId, timerId }) =>
      this.person(commandId, () => ({ type: 'drop-remind-me', timerId })),
    'case.not-a-reply': ({ commandId, messageId }) =>
      this.person(commandId, () => ({ type: 'not-a-reply', messageId })),
    'case.clone': () => ({ ok: false, code: 'sample', message: sampleWords.noClone }),
  };

  private changeOf({
    statusId,
    subStatusId,
    tagId,
    skipMessage,
    note,
    seenGeneration,
  }: Omit<RequestInput<'case.change'>, 'ticketId' | 'commandId'>): Step['deed'] {
    const to: Target = { statusId, subStatusId, tagId };
    return (facts) => ({
      type: 'change',
      by: 'person',
      to,
      note: note?.trim() || null,
      skipMessage,
      facts,
      seenGeneration,
    });
  }

  /** What a person does on the panel. */
  private person(commandId: string, deed: Step['deed']): Answer<ChangeOutcome> {
    const answer = this.take({ at: this.now(), commandId, actor: agent(), deed });
    if (!answer.ok) return answer;
    this.tell();
    return this.withView((view) => ({ view, message: answer.message }));
  }

  /** Does it, and remembers it for the next edit; a refusal leaves everything as it was. */
  private take(step: Step): Decision | { ok: false; code: 'unfinished'; message: string } {
    const { play } = this;
    const unfinished = { ok: false, code: 'unfinished', message: sampleWords.notYetDone } as const;
    if (!play) return unfinished;
    this.word = null;
    try {
      play.passUntil(step.at);
      const decision = play.take(step);
      if (!decision.ok) return decision;
      this.steps.push(step);
      play.passUntil(step.at);
      return decision;
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      return unfinished;
    }
  }

  /** All that was done, once more from the beginning, by the draft as it is now. */
  private playAgain(): void {
    try {
      const play = this.beginning();
      const fits = play && this.steps.every((step) => this.again(play, step));
      if (!fits) {
        this.begin(this.placeId);
        this.word = sampleWords.placeGone;
        return;
      }
      this.comeTo(play, this.now());
      this.play = play;
    } catch (error) {
      this.stop(error);
    }
  }

  private again(play: Play, step: Step): boolean {
    play.passUntil(step.at);
    return play.take(step).ok;
  }

  /** Another case, in this place or, where that is gone, a new ticket. */
  private begin(placeId: string): void {
    this.placeId = this.places().some(({ id }) => id === placeId) ? placeId : NEW_TICKET;
    this.run += 1;
    this.steps = [];
    this.aheadMs = 0;
    this.startedAt = this.now();
    try {
      this.play = this.beginning();
    } catch (error) {
      this.stop(error);
    }
  }

  /** @returns `null` where the place is gone */
  private beginning(): Play | null {
    const { world, startedAt } = this;
    const { template } = world;
    if (!findStatus(template, template.initialStatusId)) throw new Unfinished(template.initialStatusId);
    const place = placesOf(template).find(({ id }) => id === this.placeId);
    if (!place) return null;
    const play = new Play(world, startedAt, this.run);
    if (place.to) play.put(place.to);
    return play;
  }

  private stop(error: unknown): void {
    if (!(error instanceof Unfinished)) throw error;
    this.play = null;
  }

  /** Where too much happens at once, the sample's time is only what was reached; it goes on from there. */
  private comeTo(play: Play, at: Instant): void {
    if (!play.passUntil(at)) this.aheadMs = play.now - this.clock.now();
  }

  private now(): Instant {
    return this.clock.now() + this.aheadMs;
  }

  private places(): Choice[] {
    return placesOf(this.world.template).map(({ id, name }) => ({ id, name }));
  }

  private playing<T>(say: (play: Play) => T): Answer<T> {
    if (this.play)
      try {
        return { ok: true, value: say(this.play) };
      } catch (error) {
        if (!(error instanceof Unfinished)) throw error;
      }
    return { ok: false, code: 'unfinished', message: sampleWords.notYetDone };
  }

  private withView<T>(say: (view: CaseView) => T): Answer<T> {
    return this.playing((play) => say({ ...play.view(this.now()), revision: play.revision + this.edits }));
  }

  private state(): SampleState {
    const { run, placeId, play } = this;
    const view = this.withView((shown) => shown);
    return {
      view: view.ok ? view.value : null,
      run,
      places: this.places(),
      placeId,
      nextAt: play?.nextAt() ?? null,
      now: this.now(),
      sent: play ? play.sent.toReversed() : [],
      word: view.ok ? this.word : sampleWords.notYet,
    };
  }

  private tell(): void {
    const state = this.state();
    for (const listener of this.listeners) listener(state);
  }
}

const agent = (): Person => ({ login: 'agent', name: editorWords.samples.agent });
const customer = (): Person => ({ login: 'customer', name: editorWords.samples.customer });

/** Where a case may begin: nothing that is retired, and what is required is chosen, the first of each. */
function placesOf(template: CaseTemplate): { id: string; name: string; to: Target | null }[] {
  const places = template.statuses.flatMap((status) =>
    [null, ...status.subStatuses.map(({ id }) => id)].map((subStatusId) => ({
      statusId: status.id,
      subStatusId,
      tagId: status.tagRequired ? (status.tags.find(({ retired }) => !retired)?.id ?? null) : null,
    })),
  );
  return [
    { id: NEW_TICKET, name: sampleWords.newTicket, to: null },
    ...places
      .filter((to) => checkTarget(template, null, to) === null)
      .map((to) => ({
        id: `${to.statusId}/${to.subStatusId ?? ''}`,
        name: positionName(template, to),
        to,
      })),
  ];
}

/** One course of a sample case. What is owed to the outside arrives at once. */
class Play {
  record: CaseRecord | null = null;
  timers: Timer[] = [];
  effects: Effect[] = [];
  readonly history: HistoryEntry[] = [];
  readonly sent: SampleSent[] = [];
  private nativeStatus: string | null;
  /** The customer's first message is there. */
  private messages = 1;

  constructor(
    readonly world: World,
    /** Up to when it has been played. */
    public now: Instant,
    private readonly run: number,
  ) {
    const { template, desk } = world;
    const { shows = {} } = nativeMapping(template, desk.id, desk.id) ?? {};
    this.nativeStatus =
      Object.entries(shows).find(([, statusId]) => statusId === template.initialStatusId)?.[0] ?? null;
  }

  get revision(): number {
    return this.record?.revision ?? 0;
  }

  /** Has the case just entered a place, with nothing on its way and nothing to undo. */
  put(to: Target): void {
    const { template, desk } = this.world;
    const set = nativeMapping(template, desk.id, desk.id)?.set ?? {};
    this.nativeStatus = (Object.hasOwn(set, to.statusId) ? set[to.statusId] : undefined) ?? this.nativeStatus;
    const facts = this.facts();
    const before = { statusId: to.statusId, subStatusId: null, tagId: null };
    this.record = { ...startTracking(this.situation(), facts, this.now), ...before };
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
    try {
      return decide(this.situation(), command, unsealed);
    } catch (error) {
      // Nothing but the draft can be at fault here: all else is made by the domain itself.
      throw new Unfinished(String(error));
    }
  }

  nextAt(): Instant | null {
    const next = this.next();
    return next ? Math.max(this.now, next.at) : null;
  }

  /** Does what falls due until then, each at its time; says whether that was not too much at once. */
  passUntil(until: Instant): boolean {
    for (let done = 0; done < MOST_AT_ONCE; done += 1) {
      const next = this.next();
      if (!next || next.at > until) {
        this.now = Math.max(this.now, until);
        return true;
      }
      this.now = Math.max(this.now, next.at);
      next.act();
    }
    return false;
  }

  view(now: Instant): CaseView {
    const { world, record, timers, effects, history } = this;
    const { template, desk, timeZone } = world;
    try {
      return caseView({
        site: this.site(),
        deskName: desk.name,
        template,
        stored: { record, timers, effects },
        history: history.slice(-HISTORY_SHOWN),
        recent: { statusIds: [], tagIds: {} },
        seen: { facts: this.facts(), agent: agent(), problem: null },
        now,
        timeZone,
      });
    } catch (error) {
      throw new Unfinished(String(error));
    }
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
