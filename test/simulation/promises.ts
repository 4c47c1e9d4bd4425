import type { CaseRecord, Effect, HistoryEntry, Timer } from '../../core/domain/case';
import { checkTarget } from '../../core/domain/decide';
import { durationMs, isPlain } from '../../core/domain/duration';
import { FIRST_HASH, sealEntry } from '../../core/domain/history';
import type { CaseTemplate } from '../../core/domain/template';
import { samePosition } from '../../core/domain/template';
import { entriesOn, pageOf } from '../../core/store/history-pages';
import { decideWords } from '../../core/words/decide';
import { allOf, rowOf } from '../core/store/rows';
import type { Browser } from './browser';
import { SITE } from './browser';
import type { ScriptedDesk } from './scripted-desk';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_LATE_MS = 400 * DAY_MS;

/** A promise that was not kept. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

interface Known {
  seq: number;
  hash: string;
  entered: Set<string>;
  /** The case is where it is by an undo: the time there began in an earlier generation. */
  restored: boolean;
  fired: Set<string>;
  /** When a reply was noticed last, which takes back what is still on its way to the customer. */
  repliedAt: number;
}

/** What a message can be found again by; empty where it has none. */
export const referenceIn = (body: string): string => body.match(/\[ref:[^\]]*\]/)?.[0] ?? '';

/** A colleague's messages wait until that colleague is logged in, and what waits for them waits as well. */
function waitingForColleague(effects: readonly Effect[]): Set<string> {
  const waits = ({ state, actor }: Effect) => state === 'pending' && actor?.login === 'frank';
  return new Set(effects.filter(waits).map(({ caseKey }) => caseKey));
}

/** Keys that begin with it, of which the next part is not below `from`: an array comes after every text and every number. */
const beginningWith = (first: string, from?: number): IDBKeyRange =>
  IDBKeyRange.bound(from === undefined ? [first] : [first, from], [first, []]);

/** Looks after every step whether what was promised still holds; see what is promised in the guide of each number. */
export class Promises {
  /** Commands whose success the person was told. */
  readonly acknowledged = new Map<string, string>();
  /** Since when, in true time, nothing has been in the way of the worker. */
  healthySince: number | null = null;
  /** Dates of the browser's cannot be compared with those of the help desk any more. */
  private clockWasWrong = false;
  private readonly known = new Map<string, Known>();
  private readonly seenMessages = new Map<string, number>();

  constructor(
    private readonly browser: Browser,
    private readonly desk: ScriptedDesk,
    private readonly templates: readonly CaseTemplate[],
  ) {}

  async check(): Promise<void> {
    const { db, touched } = this.browser;
    this.clockWasWrong ||= this.browser.skewMs !== 0;
    const caseKeys = [...touched];
    touched.clear();
    // One moment of the database: the worker may be writing meanwhile.
    const { cases, timers, effects, news } = await db.read(
      ['cases', 'timers', 'outbox', 'history'],
      async (transaction) => {
        const records = transaction.objectStore('cases');
        const timersByCase = transaction.objectStore('timers').index('[caseKey+state]');
        const effectsByCase = transaction.objectStore('outbox').index('[caseKey+state]');
        const history = transaction.objectStore('history');
        const ofEach = <T>(read: (caseKey: string) => Promise<T>) => Promise.all(caseKeys.map(read));
        const newsOf = async (caseKey: string) => {
          const seq = this.known.get(caseKey)?.seq ?? 0;
          const pages = await history.getAll(beginningWith(caseKey, pageOf(seq + 1)));
          return entriesOn(pages).filter((entry) => entry.seq > seq);
        };
        // All is asked for at once: one turn of the event loop for each would take longer.
        const [cases, timers, effects, news] = await Promise.all([
          ofEach((caseKey) => records.get(caseKey)),
          ofEach((caseKey) => timersByCase.getAll(beginningWith(caseKey))),
          ofEach((caseKey) => effectsByCase.getAll(beginningWith(caseKey))),
          ofEach(async (caseKey) => [caseKey, await newsOf(caseKey)] as const),
        ]);
        return {
          cases: cases.flatMap((record) => record ?? []),
          timers: timers.flat(),
          effects: effects.flat(),
          news: new Map(news),
        };
      },
    );
    for (const record of cases) {
      const own = timers.filter((timer) => timer.caseKey === record.caseKey);
      this.checkHistory(record, own, effects, news.get(record.caseKey) ?? []);
      this.checkRecord(record, own, effects);
      this.checkNothingIsMissing(record, own, effects);
    }
    for (const timer of timers)
      if (!cases.some((record) => record.caseKey === timer.caseKey)) this.broken(1, 'a timer has no case');
    this.checkMessages(effects);
    await this.checkNothingIsPutOff();
    await this.checkNothingWaits();
    for (const [commandId, caseKey] of this.acknowledged) {
      if (!(await rowOf(db, 'commands', commandId)))
        this.broken(1, `${commandId} on ${caseKey} was acknowledged and is gone`);
      this.acknowledged.delete(commandId);
    }
    const [error] = this.browser.errors;
    if (error !== undefined) this.broken(0, `an error: ${error instanceof Error ? error.stack : String(error)}`);
  }

  private broken(promise: number, words: string): never {
    throw new BrokenPromise(`promise ${promise}: ${words}`);
  }

  private checkHistory(
    record: CaseRecord,
    timers: readonly Timer[],
    effects: readonly Effect[],
    entries: readonly HistoryEntry[],
  ): void {
    const { caseKey } = record;
    const known = this.known.get(caseKey) ?? {
      seq: 0,
      hash: FIRST_HASH,
      entered: new Set(),
      restored: false,
      fired: new Set(),
      repliedAt: Number.NEGATIVE_INFINITY,
    };
    this.known.set(caseKey, known);
    for (const entry of entries) {
      const { salt: _salt, digest: _digest, previousHash: _previous, hash, ...content } = entry;
      if (entry.seq !== known.seq + 1 || sealEntry(content, known.hash).hash !== hash)
        this.broken(1, `the history of ${caseKey} breaks at ${entry.seq}`);
      this.checkEntry(record, entry, known, timers, effects, entries);
      known.seq = entry.seq;
      known.hash = hash;
    }
    if (record.lastHistorySeq !== known.seq || record.lastHistoryHash !== known.hash)
      this.broken(1, `${caseKey} and its history do not fit: a change was torn`);
  }

  private checkEntry(
    record: CaseRecord,
    entry: HistoryEntry,
    known: Known,
    timers: readonly Timer[],
    effects: readonly Effect[],
    entries: readonly HistoryEntry[],
  ): void {
    const { what, caseKey } = entry;
    if (what.type === 'entered') known.restored = false;
    if (what.type === 'undone' || what.type === 'not-a-reply') known.restored = true;
    if (what.type === 'entered') {
      if (known.entered.has(entry.commandId)) this.broken(2, `${entry.commandId} counted twice on ${caseKey}`);
      known.entered.add(entry.commandId);
    }
    if (what.type === 'customer-replied') known.repliedAt = entry.at;
    if (what.type !== 'timer-fired') return;
    const timerId = entry.commandId.replace(/^fire:/, '').replace(/:\d+$/, '');
    const timer = timers.find((row) => row.timerId === timerId);
    if (!timer) {
      this.checkUnknownTimer(entry);
      return;
    }
    if (known.fired.has(timerId)) this.broken(3, `${timerId} fired twice`);
    known.fired.add(timerId);
    const { from, wait } = timer.proof.derivation;
    // A clock that was wrong at the beginning says nothing of what has passed since.
    const passed = entry.at - from;
    if (entry.at < timer.dueAt || (isPlain(wait) && passed >= 0 && passed < durationMs(wait)))
      this.broken(3, `${timerId} fired early, at ${entry.at}: ${JSON.stringify(timer)}`);
    if (what.lateMs > MAX_LATE_MS) this.broken(9, `${timerId} fired ${what.lateMs} ms late`);
    const { healthySince } = this;
    // What a clock that was ahead has done a moment before it was put right is dated later than now.
    const rightly = entry.at <= this.browser.now();
    if (
      rightly &&
      healthySince !== null &&
      timer.dueAt > healthySince &&
      what.lateMs > 60_000 &&
      timer.proof.shifts.length === 0
    )
      this.broken(3, `${timerId} was decided ${what.lateMs} ms late though nothing was in the way`);
    if (what.kind === 'auto-close') this.checkClose(record, entry, timer, known, timers, effects, entries);
  }

  /** A timer whose rule said to act without reading fires under another command. */
  private checkUnknownTimer(entry: HistoryEntry): void {
    if (entry.what.type === 'timer-fired' && entry.what.verified)
      this.broken(3, `${entry.commandId} fired a timer that is not there`);
  }

  private checkClose(
    record: CaseRecord,
    entry: HistoryEntry,
    close: Timer,
    { restored, repliedAt }: Known,
    timers: readonly Timer[],
    effects: readonly Effect[],
    entries: readonly HistoryEntry[],
  ): void {
    const ticketId = record.ticketId;
    const seen = Number(record.lastCustomerMessageId ?? 0);
    const unheard = this.desk
      .ticket(ticketId)
      .messages.find((message) => message.by === 'customer' && message.id > seen && message.at < entry.at);
    // What a clock that was ahead has closed is dated later than what was said after it.
    if (unheard && this.browser.skewMs === 0 && entry.at <= this.browser.now())
      this.broken(6, `${record.caseKey} was closed although message ${unheard.id} of the customer was there`);
    const overtaken = effects.find(
      (effect) =>
        effect.caseKey === record.caseKey &&
        effect.generation === close.generation &&
        effect.write?.message?.visibility === 'public' &&
        effect.state === 'cancelled' &&
        effect.outcome === decideWords.wentOn &&
        (effect.owedAt ?? 0) > repliedAt,
    );
    if (overtaken) this.broken(7, `${record.caseKey} was closed before ${overtaken.effectId} had gone out`);
    const template = this.templates.find(({ id }) => id === entry.templateId);
    const rule = template?.timers.find(({ id }) => id === close.ruleId);
    for (const notice of template?.timers ?? []) {
      if (!rule || notice.kind !== 'reminder' || !samePosition(notice.when, rule.when)) continue;
      if (notice.does.type !== 'message' || notice.does.via !== 'reply') continue;
      if (!isPlain(notice.after) || !isPlain(rule.after)) continue;
      const fired = timers.filter(
        (timer) =>
          timer.ruleId === notice.id &&
          timer.occurrence === 1 &&
          timer.generation === close.generation &&
          timer.state === 'fired',
      );
      const dropped = timers.some(
        (timer) => timer.ruleId === notice.id && timer.generation === close.generation && timer.state === 'cancelled',
      );
      // A generation that began by an undo may have had its reminder in the one before.
      const first = fired[0];
      if (!first) {
        if (!dropped && !restored) this.broken(7, `${record.caseKey} was closed without its reminder`);
        continue;
      }
      const distanceMs = durationMs(rule.after) - durationMs(notice.after);
      const decidedAt = entries.find((other) => other.commandId.startsWith(`fire:${first.timerId}:`))?.at;
      if (decidedAt !== undefined && entry.at - decidedAt < distanceMs - HOUR_MS)
        this.broken(7, `${record.caseKey} was closed too soon after its reminder was decided`);
      const told = effects.find(
        ({ write, commandId }) => write?.message && commandId.startsWith(`fire:${first.timerId}:`),
      );
      const arrived = this.desk
        .ticket(ticketId)
        .messages.find(({ body }) => told?.write?.message && referenceIn(body) === told.write.message.reference);
      // Who lets a close go on by hand has decided when.
      const byHand = close.proof.shifts.some(({ why }) => why === 'let go by a person');
      if (arrived && !byHand && !this.clockWasWrong && entry.at - arrived.at < distanceMs - 2 * HOUR_MS)
        this.broken(7, `${record.caseKey} was closed too soon after the customer got its reminder`);
    }
  }

  private checkRecord(record: CaseRecord, timers: readonly Timer[], effects: readonly Effect[]): void {
    const { caseKey, generation } = record;
    const template = this.templates.find(({ id }) => id === record.templateId);
    const wrong = template ? checkTarget(template, null, record) : null;
    if (!template || (wrong && record.generation > 0))
      this.broken(0, `${caseKey} is where it must not be: ${wrong?.message}`);
    for (const timer of timers) {
      if ((timer.state === 'armed' || timer.state === 'held') && timer.generation !== generation)
        this.broken(4, `${timer.timerId} is ${timer.state} in generation ${generation}`);
      const { firstDueAt, shifts } = timer.proof;
      if (shifts.reduce((sum, { byMs }) => sum + byMs, firstDueAt) !== timer.dueAt)
        this.broken(3, `the proof of ${timer.timerId} does not add up`);
      const closes = timer.kind === 'auto-close' || timer.kind === 'change';
      if (record.hold && closes && timer.state === 'armed')
        this.broken(4, `${timer.timerId} runs though the case is on hold`);
    }
    for (const { attempts, caseKey: of, effectId, ruleId, state, write } of effects) {
      if (of !== caseKey || !record.hold || record.remindOnHold) continue;
      // Not tried yet: a person may have told it to be sent again.
      if (state !== 'pending' || attempts === 0 || write?.message?.visibility !== 'public') continue;
      if (template.timers.some(({ id, kind }) => id === ruleId && kind === 'reminder'))
        this.broken(4, `${effectId} would remind the customer though the case is on hold`);
    }
    for (const effect of effects)
      if (
        effect.caseKey === caseKey &&
        effect.kind === 'desk-write' &&
        effect.state === 'pending' &&
        effect.generation !== generation
      )
        this.broken(4, `${effect.effectId} of a status that was left still waits`);
  }

  /** Every rule of the position has its timer, and every timer that fired by a message has it owed, or sent. */
  private checkNothingIsMissing(record: CaseRecord, timers: readonly Timer[], effects: readonly Effect[]): void {
    const { caseKey, generation } = record;
    const template = this.templates.find(({ id }) => id === record.templateId);
    const present = timers.filter((timer) => timer.generation === generation);
    // An undo leads back to what there was: a case that had not been tracked then had no timers.
    const restored = this.known.get(caseKey)?.restored ?? true;
    for (const rule of template?.timers ?? [])
      if (!restored && generation > 0 && samePosition(rule.when, record))
        if (!present.some(({ ruleId }) => ruleId === rule.id))
          this.broken(3, `${caseKey} has lost its timer ${rule.id}`);
    for (const timer of present) {
      const rule = template?.timers.find(({ id }) => id === timer.ruleId);
      if (timer.state !== 'fired' || rule?.does.type !== 'message' || rule.does.via === 'notification') continue;
      // A reply may have taken the message out of it since.
      const told = effects.some(({ write, commandId }) => write && commandId.startsWith(`fire:${timer.timerId}:`));
      if (!told) this.broken(5, `${timer.timerId} has fired, and its message was never owed`);
    }
  }

  /** Timers that run, and are looked at next at `from` or later. */
  private armed(from?: number): Promise<Timer[]> {
    return this.browser.db.read(['timers'], (transaction) =>
      transaction.objectStore('timers').index('[state+nextAt]').getAll(beginningWith('armed', from)),
    );
  }

  /** What cannot be done now is tried again soon. */
  private async checkNothingIsPutOff(): Promise<void> {
    const { browser, clockWasWrong } = this;
    if (clockWasWrong) return;
    const now = browser.now();
    for (const timer of await this.armed(now + DAY_MS))
      if (timer.nextAt > timer.dueAt + DAY_MS) this.broken(3, `${timer.timerId} is put off for more than a day`);
  }

  /** What customers got: each once, and from the right person. */
  private checkMessages(effects: readonly Effect[]): void {
    const byReference = new Map(
      effects.flatMap((effect) => (effect.write?.message ? [[effect.write.message.reference, effect] as const] : [])),
    );
    for (const ticket of this.desk.tickets.values()) {
      const before = this.seenMessages.get(ticket.ticketId) ?? 0;
      if (before === ticket.messages.length) continue;
      const references = new Set<string>();
      for (const message of ticket.messages) {
        if (message.by !== 'agent') continue;
        const reference = referenceIn(message.body);
        if (references.has(reference)) this.broken(5, `ticket ${ticket.ticketId} has ${reference} twice`);
        references.add(reference);
        if (message.id <= before) continue;
        const effect = byReference.get(reference);
        if (!effect || effect.caseKey !== `${SITE.siteId}/${ticket.ticketId}`)
          this.broken(5, `ticket ${ticket.ticketId} got a message that nobody decided: ${reference}`);
        // A page that names nobody leaves the actor without a login: any agent's session will do.
        if (message.login === '' || (effect.actor?.login && effect.actor.login !== message.login))
          this.broken(10, `a message of ${effect.actor?.login} was sent as ${message.login || 'nobody'}`);
        if (effect.state === 'cancelled' && !effect.maybeSent)
          this.broken(4, `ticket ${ticket.ticketId} got the message of ${effect.effectId}, which was cancelled`);
        if (effect.write?.message?.visibility !== message.visibility)
          this.broken(5, `a message for ${effect.write?.message?.visibility} eyes was ${message.visibility}`);
      }
      this.seenMessages.set(ticket.ticketId, ticket.messages.length);
    }
    const sent = new Map<string, Effect>();
    for (const effect of effects) {
      if (!effect.write?.message || !effect.commandId.startsWith('fire:') || effect.state === 'cancelled') continue;
      const timerId = effect.commandId.replace(/:\d+$/, '');
      if (sent.has(timerId)) this.broken(5, `${timerId} sends more than one message`);
      sent.set(timerId, effect);
    }
  }

  /** What fell due in an absence waits on a list as a whole, or happens as a whole. */
  async checkAllOrNothing(timerIds: readonly string[]): Promise<void> {
    const timers = await this.browser.db.read(['timers'], async (tx) => {
      const found = await Promise.all(timerIds.map((timerId) => tx.objectStore('timers').get(timerId)));
      return found.flatMap((timer) => timer ?? []);
    });
    const fired = timers.find(({ state }) => state === 'fired');
    const listed = timers.find(({ heldFor }) => heldFor === 'review');
    if (fired && listed)
      this.broken(8, `${fired.timerId} happened by itself after an absence, and ${listed.timerId} waits on the list`);
  }

  /** A clock that is behind what was written last: the timers of those cases are held. */
  async checkClockBack(): Promise<void> {
    const { browser } = this;
    const [ahead] = await browser.store.changedAfter(browser.now() + 60_000, 1, new Set([SITE.siteId]));
    if (ahead) this.broken(9, `the clock went back behind ${ahead.caseKey}, and nobody noticed`);
  }

  /** Nothing has been in the way for two hours: what is owed was sent, and what was due was decided. */
  private async checkNothingWaits(): Promise<void> {
    const { browser, healthySince } = this;
    const now = browser.now();
    if (healthySince === null || now - healthySince < 2 * HOUR_MS) return;
    const { store } = browser;
    const owed = [...(await store.pendingEffects()), ...(await store.sendingEffects())];
    const waiting = waitingForColleague(owed);
    // One that is being sent may be of a worker that has died this moment: the next alarm comes to it.
    for (const { effectId, caseKey, notBefore } of owed)
      if (notBefore < now - 20 * 60_000 && !waiting.has(caseKey))
        this.broken(5, `${effectId} is owed and nobody sends it`);
    for (const timer of await this.armed())
      if (timer.dueAt < now - 2 * HOUR_MS && !waiting.has(timer.caseKey))
        this.broken(3, `${timer.timerId} is put off and forgotten: ${JSON.stringify(timer)}`);
  }

  /** After a time in which nothing was in the way: nothing is overdue, and nothing was forgotten. */
  async checkNothingIsForgotten(): Promise<void> {
    const { browser } = this;
    const due = await browser.store.dueTimers(browser.now() - 60_000, 1);
    if (due[0]) this.broken(3, `${due[0].timerId} is overdue and nobody looks at it`);
    const [cases, timers, effects] = await Promise.all([
      allOf(browser.db, 'cases'),
      allOf(browser.db, 'timers'),
      allOf(browser.db, 'outbox'),
    ]);
    await this.checkNothingWaits();
    for (const record of cases) {
      const own = timers.filter(({ caseKey }) => caseKey === record.caseKey);
      this.checkNothingIsMissing(record, own, effects);
    }
    for (const effect of effects) {
      if (effect.state !== 'done' || !effect.write?.message) continue;
      const { reference } = effect.write.message;
      const ticket = this.desk.ticket(effect.caseKey.slice(SITE.siteId.length + 1));
      if (!ticket.messages.some(({ body }) => body.includes(reference)))
        this.broken(5, `${effect.effectId} counts as sent, and the customer never got it`);
    }
  }
}
