import type { Ask } from '../contract/client';
import type { Answer, RequestInput, RequestName, RequestOutput } from '../contract/messages';
import type { SampleCase, SampleState } from '../contract/sample';
import type { CaseView, ChangeOutcome, Choice } from '../contract/views';
import { type BusinessCalendar, plainCalendar } from '../domain/calendar';
import type { Instant, TicketFacts } from '../domain/case';
import type { Decision, Deed } from '../domain/decide';
import { checkTarget } from '../domain/decide';
import { type CaseTemplate, findStatus, positionName, type Target } from '../domain/template';
import { sampleWords } from '../words/sample';
import { historyItems } from './case-view';
import { changePreview } from './change-preview';
import { reminderMoments, snoozeMoments } from './moments';
import type { Clock } from './ports';
import { agent, SampleCourse, type Step, Unfinished, type World } from './sample-course';

const DAY_MS = 86_400_000;
const NEW_TICKET = 'new';

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
  private course: SampleCourse | null = null;
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
    const until = span === 'day' ? now + DAY_MS : this.course?.nextAt();
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
      if (this.course) this.comeTo(this.course, this.now());
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
      this.playing((course) => {
        const now = this.now();
        const decision = course.foresee({
          commandId: 'preview-only',
          at: now,
          actor: agent(),
          deed: this.changeOf({ ...input, note: null, seenGeneration: course.record?.generation ?? null })(
            course.facts(),
          ),
        });
        return changePreview(decision, { template: course.world.template, deskName: course.world.desk.name, now });
      }),
    'case.change': (input) => this.person(input.commandId, this.changeOf(input)),
    'case.undo': ({ commandId, undoes }) => this.person(commandId, () => ({ type: 'undo', undoes })),
    'case.hold': ({ commandId, on }) => this.person(commandId, () => ({ type: 'hold', on, remindOnHold: false })),
    'case.moments': ({ timerId }) =>
      this.playing((course) => {
        const now = this.now();
        const timer = course.timers.find((candidate) => candidate.timerId === timerId);
        return timer ? snoozeMoments(timer.dueAt, now) : reminderMoments(now, course.world.calendar);
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
  private take(step: Step): Decision | { ok: false; code: 'unfinished' | 'stands-still'; message: string } {
    const { course, steps } = this;
    const unfinished = { ok: false, code: 'unfinished', message: sampleWords.notYetDone } as const;
    if (!course) return unfinished;
    this.word = null;
    let taken = false;
    try {
      // Nothing is done before what had to happen first.
      if (!course.passUntil(step.at)) return { ok: false, code: 'stands-still', message: sampleWords.standsStill };
      const decision = course.take(step);
      if (!decision.ok) return decision;
      taken = true;
      course.passUntil(step.at);
      this.steps = [...steps, step];
      return decision;
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      // What followed from it at once is what the draft cannot do.
      if (taken) this.playAgain();
      return unfinished;
    }
  }

  /** All that was done, once more from the beginning, by the draft as it is now. */
  private playAgain(): void {
    try {
      const course = this.beginning();
      const fits = course && this.stepsAgain(course);
      if (!fits) {
        this.begin(this.placeId);
        this.word = sampleWords.placeGone;
        return;
      }
      this.comeTo(course, this.now());
      this.course = course;
    } catch (error) {
      this.stop(error);
    }
  }

  /** Says whether each step is possible still. Those that it no longer comes to are kept, for a draft that is mended. */
  private stepsAgain(course: SampleCourse): boolean {
    for (const step of this.steps) {
      if (!course.passUntil(step.at)) return true;
      if (!course.take(step).ok) return false;
    }
    return true;
  }

  /** Another case, in this place or, where that is gone, a new ticket. */
  private begin(placeId: string): void {
    this.placeId = this.places().some(({ id }) => id === placeId) ? placeId : NEW_TICKET;
    this.run += 1;
    this.steps = [];
    this.aheadMs = 0;
    this.startedAt = this.now();
    try {
      this.course = this.beginning();
    } catch (error) {
      this.stop(error);
    }
  }

  /** @returns `null` where the place is gone */
  private beginning(): SampleCourse | null {
    const { world, startedAt } = this;
    const { template } = world;
    if (!findStatus(template, template.initialStatusId)) throw new Unfinished(template.initialStatusId);
    const place = placesOf(template).find(({ id }) => id === this.placeId);
    if (!place) return null;
    const course = new SampleCourse(world, startedAt, this.run);
    if (place.to) course.put(place.to);
    return course;
  }

  private stop(error: unknown): void {
    if (!(error instanceof Unfinished)) throw error;
    this.course = null;
  }

  /** The sample's time is what was reached: less where it stands still, more where a step was later. */
  private comeTo(course: SampleCourse, at: Instant): void {
    course.passUntil(at);
    this.aheadMs = course.now - this.clock.now();
  }

  private now(): Instant {
    return this.clock.now() + this.aheadMs;
  }

  private places(): Choice[] {
    return placesOf(this.world.template).map(({ id, name }) => ({ id, name }));
  }

  private playing<T>(say: (course: SampleCourse) => T): Answer<T> {
    if (this.course)
      try {
        return { ok: true, value: say(this.course) };
      } catch (error) {
        if (!(error instanceof Unfinished)) throw error;
      }
    return { ok: false, code: 'unfinished', message: sampleWords.notYetDone };
  }

  private withView<T>(say: (view: CaseView) => T): Answer<T> {
    return this.playing((course) => say({ ...course.view(this.now()), revision: course.revision + this.edits }));
  }

  private state(): SampleState {
    const { run, placeId, course } = this;
    const view = this.withView((shown) => shown);
    return {
      view: view.ok ? view.value : null,
      run,
      places: this.places(),
      placeId,
      nextAt: course?.nextAt() ?? null,
      now: this.now(),
      sent: course ? course.sent.toReversed() : [],
      word: !view.ok ? sampleWords.notYet : course?.standsStill ? sampleWords.standsStill : this.word,
    };
  }

  private tell(): void {
    const state = this.state();
    for (const listener of this.listeners) listener(state);
  }
}

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
