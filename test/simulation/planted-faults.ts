/** A fault in scheduler, outbox, store or decisions: `find` is the source as it is, once; `replace` is what breaks it. */
export interface PlantedFault {
  name: string;
  file: string;
  find: string;
  replace: string;
}

const ENGINE = 'core/app/engine.ts';
const OUTBOX = 'core/app/outbox.ts';
const COMMIT = 'core/store/commit.ts';
const CHANGE = 'core/domain/decide/change.ts';
const TIMERS = 'core/domain/decide/timers.ts';

/** One at a time; the simulation has to find each of them. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'no alarm is ever armed',
    file: ENGINE,
    find: 'await ctx.alarm.arm(at, at === null ? 5 : 0.5);',
    replace: 'await ctx.alarm.arm(null, 5);',
  },
  {
    name: 'everything late happens at once after an absence',
    file: ENGINE,
    find: 'if (late.length > (this.away ? 0 : MOST_LATE)) {',
    replace: 'if (late.length > 1_000_000) {',
  },
  {
    name: 'a case is closed without another look at the ticket',
    file: ENGINE,
    find: 'const read = timer.ruleId === null ?',
    replace: 'const read = timer.ruleId !== undefined ?',
  },
  {
    name: 'a close that waits for its reminder is put off for a year',
    file: ENGINE,
    find: 'Math.max(now + MINUTE_MS / 2, notice?.notBefore ?? now)',
    replace: 'now + 365 * 24 * HOUR_MS',
  },
  {
    name: 'a clock that went back is not noticed',
    file: ENGINE,
    find: 'const now = await this.mindTheClock();',
    replace: 'const now = ctx.clock.now();',
  },
  {
    name: 'a message is sent without looking whether it is there',
    file: OUTBOX,
    find: 'if (said) message = null;',
    replace: '',
  },
  {
    name: 'what was being sent when the worker died is forgotten',
    file: OUTBOX,
    find: 'of await ctx.cases.sendingEffects()',
    replace: 'of []',
  },
  {
    name: 'messages go out as whoever is logged in',
    file: OUTBOX,
    find: 'effect.actor.login !== session.user.login',
    replace: 'effect.actor.login === ""',
  },
  {
    name: 'a message that a reply has just cancelled is sent',
    file: OUTBOX,
    find: 'const sending = effects.find(({ effectId }) => effectId === effect.effectId);',
    replace: 'const sending = effects.length >= 0 ? effect : undefined;',
  },
  {
    name: 'an effect of a status that was left is sent',
    file: CHANGE,
    find: 'else this.cancelEffect(effect);',
    replace: '',
  },
  {
    name: 'a lost answer counts as a failure',
    file: OUTBOX,
    find: "state: failure.maybeDone && effect.write?.message ? 'uncertain' : 'failed',",
    replace: "state: 'done',",
  },
  {
    name: 'a command that is sent twice counts twice',
    file: COMMIT,
    find: "if (known !== undefined) return { status: 'duplicate' };",
    replace: "if (known !== undefined) table('commands').delete(commandId);",
  },
  {
    name: 'history is not stored with its change',
    file: COMMIT,
    find: "append(table('history'), lastPage, history);",
    replace: "append(table('history'), lastPage, history.slice(1));",
  },
  {
    name: 'the first timer of a change is not stored',
    file: COMMIT,
    find: "for (const timer of timers) table('timers').put(timer);",
    replace: "for (const timer of timers.slice(1)) table('timers').put(timer);",
  },
  {
    name: 'the first effect of a change is not stored',
    file: COMMIT,
    find: "for (const effect of effects) table('outbox').put(effect);",
    replace: "for (const effect of effects.slice(1)) table('outbox').put(effect);",
  },
  {
    name: 'held timers are not seen when a case is loaded',
    file: COMMIT,
    find: "const OPEN_TIMERS: readonly TimerState[] = ['armed', 'held'];",
    replace: "const OPEN_TIMERS: readonly TimerState[] = ['armed'];",
  },
  {
    name: 'failed effects are not seen when a case is loaded',
    file: COMMIT,
    find: "= ['failed', 'uncertain'];",
    replace: "= ['sending', 'sending'];",
  },
  {
    name: 'the timers of a status stay when it is left',
    file: CHANGE,
    find: "if (timer.scope === 'position') this.cancel(timer);",
    replace: "if (timer.scope === 'none') this.cancel(timer);",
  },
  {
    name: 'timers are armed a day early',
    file: CHANGE,
    find: 'const { dueAt, derivation } = dueAfter(wait, at, this.situation.calendar);',
    replace:
      'const { dueAt: right, derivation } = dueAfter(wait, at, this.situation.calendar); const dueAt = right - 86_400_000;',
  },
  {
    name: 'a close does not keep its distance to a late reminder',
    file: TIMERS,
    find: 'if (toCustomer) moveClosesBehind(change, timer);',
    replace: '',
  },
  {
    name: 'a close does not keep its distance to a reminder that arrived late',
    file: TIMERS,
    find: 'if (at - owedAt < LATE_MS) return;',
    replace: 'if (at >= owedAt) return;',
  },
  {
    name: 'what a dying worker has left of the list happens by itself',
    file: ENGINE,
    find: 'this.listing ||= (await ctx.settings.listingSince()) !== undefined;',
    replace: '',
  },
  {
    name: 'a close does not wait for its reminder',
    file: TIMERS,
    find: "if (messages.length > 0 || earlier.some((timer) => timer.state === 'armed')) return 'on-its-way';",
    replace: '',
  },
  {
    name: 'a clock that is years ahead acts',
    file: TIMERS,
    find: 'export const MAX_LATE_MS = 400 * 86_400_000;',
    replace: 'export const MAX_LATE_MS = 4_000_000 * 86_400_000;',
  },
  {
    name: 'replies are taken for seen',
    file: 'core/app/sync.ts',
    find: 'if (record && last && isNewer(last.id, record.lastCustomerMessageId)) {',
    replace: 'if (record && last && isNewer(last.id, "99999")) {',
  },
];
