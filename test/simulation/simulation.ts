import { LATE_MS } from '../../core/app/engine';
import type { CaseView } from '../../core/contract/views';
import type { CaseTemplate } from '../../core/domain/template';
import { findStatus } from '../../core/domain/template';
import { Browser, SITE, TIME_ZONE } from './browser';
import { BrokenPromise, Promises, referenceIn } from './promises';
import { Random } from './random';
import type { Weather } from './scripted-desk';
import { ScriptedDesk } from './scripted-desk';
import { simulatedTemplates } from './templates';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** One life of an installation; then the next begins with an empty database. */
const DAYS_PER_LIFE = 400;
const TICKETS = 9;
const STORY_LINES = 60;
const HISTORY_LINES = 20;
/** What waits for a colleague is tried again every quarter of an hour, in each of the cases. */
const MOST_WAKES_PER_HOUR = 100;
const MOST_WAKES = 500;

/** How often what happens, of a life like any other. */
const EVERYDAY = {
  change: 26,
  awake: 22,
  asleep: 16,
  customer: 14,
  colleague: 3,
  weather: 8,
  login: 5,
  permission: 2,
  undo: 7,
  hold: 5,
  notAReply: 3,
  settle: 6,
  review: 5,
  restart: 4,
  update: 1,
  clock: 2,
  fate: 1,
  holiday: 1,
  cover: 1,
  open: 6,
};
/** By how much more or less often something happens in a life that is like no other. */
const ODD_FACTORS = [0, 0.3, 1, 1, 3, 8];

/** One life of an installation: what was done in it, what went wrong on purpose, and the promise that was broken. */
export interface LifeReport {
  days: number;
  steps: number;
  injected: Record<string, number>;
  done: Record<string, number>;
  broken: { message: string; story: string[] } | null;
}

/** Lives one life, always the same for the same seed and number; or until a promise is broken. */
export async function simulateLife({
  seed,
  life: number,
  killEvery = 150,
}: {
  seed: number;
  life: number;
  killEvery?: number;
}): Promise<LifeReport> {
  const life = new InstallationLife(seed + number * 7919, killEvery);
  await life.live(DAYS_PER_LIFE);
  return {
    days: life.days,
    steps: life.steps,
    injected: Object.fromEntries(life.injected()),
    done: Object.fromEntries(life.done),
    broken: life.broken === null ? null : { message: life.broken, story: life.story },
  };
}

function offsetOf(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(TIME_ZONE).offset;
}

function leapDayBetween(from: number, to: number): boolean {
  const year = new Date(to).getUTCFullYear();
  const leapDay = Date.UTC(year, 1, 29);
  return new Date(leapDay).getUTCMonth() === 1 && from < leapDay && to >= leapDay;
}

/**
 * What needs several rare things in a row hardly ever comes by where everything happens as often as always. In a life in
 * which some things happen all the time, and others never, it does.
 */
function oddHabits(random: Random): typeof EVERYDAY {
  const habits = { ...EVERYDAY };
  for (const what of Object.keys(EVERYDAY) as (keyof typeof EVERYDAY)[]) habits[what] *= random.pick(ODD_FACTORS);
  // Without these nothing at all would happen.
  habits.change = Math.max(habits.change, EVERYDAY.change);
  habits.awake = Math.max(habits.awake, EVERYDAY.awake);
  return habits;
}

class InstallationLife {
  days = 0;
  steps = 0;
  broken: string | null = null;
  readonly story: string[] = [];
  readonly done = new Map<string, number>();
  private readonly random: Random;
  private readonly desk: ScriptedDesk;
  private readonly startedAt: number;
  private now: number;
  private browser!: Browser;
  private promises!: Promises;
  private readonly templates: readonly CaseTemplate[] = simulatedTemplates;
  private readonly habits: typeof EVERYDAY;

  constructor(
    seed: number,
    private readonly killEvery: number,
  ) {
    this.random = new Random(seed);
    this.habits = this.random.chance(0.4) ? EVERYDAY : oddHabits(this.random);
    // Over the years, so that leap days and both changes of the clocks come by.
    this.startedAt = Date.UTC(2024 + this.random.int(0, 8), this.random.int(0, 11), this.random.int(1, 28), 8);
    this.now = this.startedAt;
    this.desk = new ScriptedDesk(this.random, () => this.now);
  }

  injected(): [string, number][] {
    return [...this.desk.injected, ['worker killed', this.browser.killed]];
  }

  async live(days: number): Promise<void> {
    const { random, desk } = this;
    const tell = (line: string) => this.tell(line);
    this.browser = await Browser.start(random, () => this.now, desk, this.templates, 0, tell);
    this.browser.killEvery = this.killEvery;
    this.browser.startWorker();
    this.promises = new Promises(this.browser, desk, this.templates);
    try {
      while (this.now - this.startedAt < days * DAY_MS) {
        this.steps += 1;
        await this.step();
        await this.promises.check();
      }
      await this.recover();
      await this.promises.check();
      await this.promises.checkNothingIsForgotten();
    } catch (error) {
      if (!(error instanceof BrokenPromise)) throw error;
      this.broken = error.message;
      await this.tellHistory(error.message);
    }
    this.days = (this.now - this.startedAt) / DAY_MS;
    this.browser.db.close();
  }

  private tell(line: string): void {
    this.story.push(`${new Date(this.now).toISOString().slice(0, 16)} ${line}`);
    if (this.story.length > STORY_LINES) this.story.shift();
  }

  /** What the case that the words name went through. */
  private async tellHistory(words: string): Promise<void> {
    const caseKey = words.match(/desk-1\/\d+/)?.[0];
    if (!caseKey) return;
    this.story.push(`The last of the history of ${caseKey}:`);
    for (const { at, cause, commandId, what } of (await this.browser.store.history(caseKey)).slice(-HISTORY_LINES))
      this.story.push(`  ${new Date(at).toISOString().slice(0, 16)} ${cause} ${commandId} ${JSON.stringify(what)}`);
  }

  private count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }

  private get healthy(): boolean {
    const { desk, browser } = this;
    return desk.weather === 'fine' && desk.user?.login === 'erin' && browser.granted && browser.skewMs === 0;
  }

  private async step(): Promise<void> {
    const { random } = this;
    const what = random.weighted(this.habits);
    this.count(what);
    await this[what]();
    if (!this.healthy) this.promises.healthySince = null;
    this.mend();
    if (!this.healthy) this.promises.healthySince = null;
    // A help desk that has asked for time is given it, be it mended.
    else this.promises.healthySince ??= Math.max(this.now, this.browser.waitsUntil);
  }

  /** Trouble does not last: somebody logs in, allows the site again, or the help desk is mended. */
  private mend(): void {
    const { random, desk, browser } = this;
    if (this.healthy || !random.chance(0.15)) return;
    if (desk.weather !== 'fine') desk.weather = 'fine';
    else if (desk.user?.login !== 'erin') desk.user = { login: 'erin', name: 'erin' };
    else if (!browser.granted) browser.granted = true;
    else browser.skewMs = 0;
    this.tell('something is mended');
  }

  private ticketId(): string {
    return String(this.random.int(1, TICKETS));
  }

  private facts(ticketId: string) {
    const ticket = this.desk.ticket(ticketId);
    return {
      ticketId,
      subject: `Subject ${ticketId}`,
      nativeStatus: ticket.status,
      requester: { login: 'alice', name: 'Alice' },
      assignee: null,
      // Every third ticket lives by the other template.
      queue: Number(ticketId) % 3 === 0 ? 'Drill' : 'Support',
      type: null,
      lastMessageId: String(ticket.messages.length),
    };
  }

  /** The agent opens the ticket, if it can be opened; the background looks into the help desk meanwhile. */
  private async view(ticketId: string): Promise<CaseView | null> {
    const { browser, desk } = this;
    if (desk.ticket(ticketId).fate !== 'there') return null;
    const facts = this.facts(ticketId);
    const answer = await browser.within(() => browser.cases.open(SITE, { facts, agent: desk.user }));
    await browser.settle();
    if (answer === 'died' || !answer.ok) return null;
    const view = await browser.within(() => browser.cases.view(SITE, ticketId));
    return view === 'died' || !view.ok ? null : view.value;
  }

  private async open(): Promise<void> {
    const ticketId = this.ticketId();
    this.tell(`ticket ${ticketId} is opened`);
    await this.view(ticketId);
  }

  /** An agent changes a status: to something allowed, or not; sometimes the answer is lost and it is sent again. */
  private async change(ticketId = this.ticketId()): Promise<void> {
    const { random, browser } = this;
    const view = await this.view(ticketId);
    if (!view) return;
    const template = this.templates.find(({ id }) => id === view.template.id);
    const status = template && findStatus(template, random.pick(template.statuses).id);
    if (!status) return;
    const subStatus = status.subStatuses.length > 0 && random.chance(0.95) ? random.pick(status.subStatuses).id : null;
    const input = {
      ticketId,
      statusId: status.id,
      subStatusId: random.chance(0.5) && status.id === 'pending' ? 'customer-input' : subStatus,
      tagId: status.tags.length > 0 && random.chance(0.8) ? random.pick(status.tags).id : null,
      note: random.chance(0.2) ? 'A note' : null,
      skipMessage: random.chance(0.1),
      commandId: browser.newId('command'),
      seenGeneration: random.chance(0.05) ? 0 : view.tracked ? view.generation : null,
    };
    this.tell(
      `ticket ${ticketId}: ${status.id}${input.subStatusId ? ` / ${input.subStatusId}` : ''} (${input.commandId})`,
    );
    let answer = await browser.within(() => browser.cases.change(SITE, input));
    if (answer === 'died' || random.chance(0.1)) {
      this.desk.count('command sent twice');
      const done = await browser.hasDone(input.commandId);
      answer = await browser.within(() => browser.cases.change(SITE, input));
      if (done && answer !== 'died' && !answer.ok)
        throw new BrokenPromise(
          `promise 2: ${input.commandId} was done, and refused when it was sent again: ${answer.code}`,
        );
    }
    if (answer !== 'died' && answer.ok) this.promises.acknowledged.set(input.commandId, view.ticketId);
    await browser.settle();
  }

  /** The agent asks all customers for something, and is away until all of it has fallen due. */
  private async holiday(): Promise<void> {
    const { browser } = this;
    for (let number = 1; number <= TICKETS; number += 1) {
      const ticketId = String(number);
      const view = await this.view(ticketId);
      const asks = view?.statuses.some(({ id }) => id === 'pending') && !view.hold;
      if (!view || !asks) continue;
      const seenGeneration = view.tracked ? view.generation : null;
      const to = { statusId: 'pending', subStatusId: 'customer-input', tagId: null };
      const input = {
        ticketId,
        ...to,
        note: null,
        skipMessage: false,
        commandId: browser.newId('command'),
        seenGeneration,
      };
      const answer = await browser.within(() => browser.cases.change(SITE, input));
      if (answer !== 'died' && answer.ok) this.promises.acknowledged.set(input.commandId, ticketId);
      await browser.settle();
    }
    await this.asleep(this.random.int(8, 40) * DAY_MS);
  }

  /** A colleague looks after the tickets for weeks, a day here and there: what the agent owes waits for the agent. */
  private async cover(): Promise<void> {
    const { desk, random } = this;
    desk.user = { login: 'frank', name: 'frank' };
    desk.count('frank logged in');
    this.tell('frank takes over');
    for (let days = random.int(1, 6); days > 0; days -= 1) await this.asleep(random.int(1, 12) * DAY_MS);
    desk.user = { login: 'erin', name: 'erin' };
    this.tell('erin is back');
    await this.browser.settle();
  }

  private async undo(): Promise<void> {
    const { browser } = this;
    const ticketId = this.ticketId();
    const view = await this.view(ticketId);
    const undoes = view?.undo?.commandId;
    if (!undoes) return;
    this.tell(`ticket ${ticketId}: undo of ${undoes}`);
    const commandId = browser.newId('undo');
    const answer = await browser.within(() => browser.cases.undo(SITE, { ticketId, commandId, undoes }));
    if (answer !== 'died' && answer.ok) this.promises.acknowledged.set(commandId, ticketId);
    await browser.settle();
  }

  private async hold(): Promise<void> {
    const { browser, random } = this;
    const ticketId = this.ticketId();
    const on = random.chance(0.4);
    this.tell(`ticket ${ticketId}: ${on ? 'on hold' : 'hold released'}`);
    const commandId = browser.newId('hold');
    const answer = await browser.within(() => browser.cases.hold(SITE, { ticketId, commandId, on }));
    if (answer !== 'died' && answer.ok) this.promises.acknowledged.set(commandId, ticketId);
    await browser.settle();
  }

  private async notAReply(): Promise<void> {
    const { browser } = this;
    const ticketId = this.ticketId();
    const messageId = (await this.view(ticketId))?.replyId;
    if (!messageId) return;
    this.tell(`ticket ${ticketId}: message ${messageId} was no reply`);
    const commandId = browser.newId('no-reply');
    await browser.within(() => browser.cases.notAReply(SITE, { ticketId, commandId, messageId }));
    await browser.settle();
  }

  /** What failed is sent again or dropped, and a drift is settled. */
  private async settle(): Promise<void> {
    const { browser, random } = this;
    const ticketId = this.ticketId();
    const view = await this.view(ticketId);
    if (view?.native.drift) {
      const how = random.pick(['set-back', 'ignore'] as const);
      this.tell(`ticket ${ticketId}: the drift is settled: ${how}`);
      const commandId = browser.newId('drift');
      await browser.within(() => browser.cases.settleDrift(SITE, { ticketId, commandId, how }));
    }
    const stuck = view?.outbox.find(({ state }) => state === 'failed' || state === 'uncertain');
    if (stuck) {
      const how = random.pick(['send', 'drop'] as const);
      this.tell(`ticket ${ticketId}: ${stuck.effectId} failed; ${how}`);
      await browser.within(() => browser.cases.settleEffect(SITE, { ticketId, effectId: stuck.effectId, how }));
    }
    await browser.settle();
  }

  private async review(): Promise<void> {
    const { browser, random } = this;
    const list = await browser.within(() => browser.review.list());
    if (list === 'died' || !list.ok || list.value.length === 0) return;
    const picked = random.chance(0.5) ? list.value : [random.pick(list.value)];
    const how = random.chance(0.7) ? 'act' : 'drop';
    this.tell(`the list: ${how} ${picked.map(({ timerId }) => timerId).join(', ')}`);
    await browser.within(() =>
      browser.review.settle(
        picked.map(({ timerId }) => timerId),
        how,
      ),
    );
    await browser.settle();
  }

  private async customer(): Promise<void> {
    const ticketId = this.ticketId();
    const by = this.random.chance(0.2) ? 'machine' : 'customer';
    this.tell(`ticket ${ticketId}: the ${by} writes`);
    this.desk.count(by === 'machine' ? 'automatic mail' : 'reply');
    this.desk.say(this.desk.ticket(ticketId), by, 'An answer.');
  }

  private async colleague(): Promise<void> {
    const ticket = this.desk.ticket(this.ticketId());
    ticket.status = this.random.pick(['open', 'pending', 'solved']);
    ticket.version += 1;
    this.desk.count('status changed in the help desk');
    this.tell(`ticket ${ticket.ticketId} is set to ${ticket.status} in the help desk`);
  }

  private async weather(): Promise<void> {
    this.desk.weather = this.random.weighted<Weather>({
      fine: 60,
      flaky: 15,
      down: 8,
      limited: 5,
      nonsense: 6,
      stubborn: 6,
    });
    this.tell(`the help desk is ${this.desk.weather}`);
  }

  private async login(): Promise<void> {
    const who = this.random.weighted({ erin: 70, nobody: 20, frank: 10 });
    this.desk.user = who === 'nobody' ? null : { login: who, name: who };
    if (who !== 'erin') this.desk.count(`${who} logged in`);
    this.tell(`${who} is logged in`);
  }

  private async permission(): Promise<void> {
    this.browser.granted = this.random.chance(0.7);
    if (!this.browser.granted) this.desk.count('permission taken away');
    this.tell(this.browser.granted ? 'the site is allowed' : 'the site is not allowed any more');
  }

  /** As often as not of a ticket that a message is owed to: by chance that hardly ever meets. */
  private async fate(): Promise<void> {
    const owed = (await this.browser.store.pendingEffects()).find(({ write }) => write?.message);
    const ticket = this.desk.ticket(
      owed && this.random.chance(0.5) ? owed.caseKey.slice(SITE.siteId.length + 1) : this.ticketId(),
    );
    ticket.fate = this.random.weighted({ there: 60, deleted: 20, merged: 20 });
    if (ticket.fate !== 'there') this.desk.count(`ticket ${ticket.fate}`);
    this.tell(`ticket ${ticket.ticketId} is ${ticket.fate}`);
  }

  private async restart(): Promise<void> {
    this.desk.count('browser restarted');
    this.tell('the browser is started again');
    this.browser.startWorker();
    await this.browser.settle();
  }

  private async update(): Promise<void> {
    this.desk.count('update in the middle of things');
    this.tell('the extension is updated');
    await this.browser.update();
    await this.browser.settle();
  }

  /** The computer's clock is wrong for a while: more than a year ahead, or back. */
  private async clock(): Promise<void> {
    const { browser, random } = this;
    if (browser.skewMs !== 0) browser.skewMs = 0;
    else browser.skewMs = random.chance(0.5) ? random.int(430, 2000) * DAY_MS : -random.int(1, 30) * DAY_MS;
    if (browser.skewMs !== 0) this.desk.count(browser.skewMs > 0 ? 'clock far ahead' : 'clock back');
    this.tell(`the clock is wrong by ${Math.round(browser.skewMs / DAY_MS)} days`);
    await browser.settle();
    await this.promises.checkClockBack();
  }

  /** The browser is closed, or the computer sleeps: nothing rings. */
  private async asleep(
    ms = this.random.chance(0.5) ? this.random.int(1, 16) * HOUR_MS : this.random.int(0, 60 * 24) * HOUR_MS,
  ): Promise<void> {
    const { browser } = this;
    this.tell(`asleep for ${(ms / DAY_MS).toFixed(1)} days`);
    const end = this.now + ms;
    // Customers write whether anybody looks or not.
    while (this.random.chance(0.3)) {
      this.passTo(this.random.int(this.now, end));
      await this.customer();
    }
    this.passTo(end);
    this.desk.count('sleep');
    this.promises.healthySince = null;
    // What was decided before, and only waited for its turn, is not what falls due in absence.
    const before = new Set([...this.sentReferences(), ...(await browser.owedReferences())]);
    browser.startWorker();
    const late = await browser.timersDueBefore(browser.now() - LATE_MS);
    await browser.settle();
    await this.promises.checkAllOrNothing(late);
    const deeds = this.sentReferences().filter((reference) => !before.has(reference)).length;
    if (ms > HOUR_MS && deeds > 5)
      throw new BrokenPromise(`promise 8: ${deeds} messages went out at once after an absence`);
  }

  /** The references of all messages that customers got so far. */
  private sentReferences(): string[] {
    return [...this.desk.tickets.values()]
      .flatMap(({ messages }) => messages)
      .filter(({ by, visibility }) => by === 'agent' && visibility === 'public')
      .map(({ body }) => referenceIn(body));
  }

  /** The worker is woken by its alarms, of which some are lost, late or doubled, and by the heartbeat. */
  private async awake(
    ms = this.random.chance(0.6) ? this.random.int(1, 48) * HOUR_MS : this.random.int(1, 3000) * SECOND_MS,
  ): Promise<void> {
    const { random, browser } = this;
    const end = this.now + ms;
    const calm = this.healthy;
    let wakes = 0;
    this.tell(`awake for ${(ms / HOUR_MS).toFixed(1)} hours`);
    while (browser.alarmAt !== null && browser.alarmAt - browser.skewMs <= end) {
      let at = Math.max(this.now, browser.alarmAt - browser.skewMs);
      if (random.chance(0.1)) {
        this.desk.count('alarm lost');
        at += browser.heartbeatMs;
      }
      if (at > end) break;
      this.passTo(at);
      wakes += 1;
      if (calm && wakes % MOST_WAKES_PER_HOUR === 0) await this.promises.check();
      if (calm && wakes > MOST_WAKES + (MOST_WAKES_PER_HOUR * ms) / HOUR_MS)
        throw new BrokenPromise('promise 3: the worker is woken again and again, and nothing comes of it');
      browser.alarmAt = null;
      const doubled = random.chance(0.05);
      if (doubled) this.desk.count('alarm doubled');
      await browser.settle();
      if (doubled) await browser.settle();
    }
    this.passTo(end);
    await browser.settle();
  }

  private passTo(at: number): void {
    const { now, desk } = this;
    if (offsetOf(now) !== offsetOf(at)) desk.count('clocks changed between summer and winter');
    if (leapDayBetween(now, at)) desk.count('leap day');
    this.now = at;
  }

  /** Everything that was in the way goes away, and time passes. */
  private async recover(): Promise<void> {
    const { browser, desk } = this;
    this.tell('everything is in order again');
    desk.weather = 'fine';
    desk.user = { login: 'erin', name: 'Erin' };
    browser.granted = true;
    browser.skewMs = 0;
    browser.killEvery = 0;
    browser.startWorker();
    this.promises.healthySince = Math.max(this.now, browser.waitsUntil);
    await browser.settle();
    await this.awake(3 * DAY_MS);
    await this.awake(50 * DAY_MS);
  }
}
