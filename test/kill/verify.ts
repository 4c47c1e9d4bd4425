import { COMMANDS_KEPT_MS } from '../../core/app/engine';
import type { CaseRecord, Effect, HistoryEntry, Timer } from '../../core/domain/case';
import { firstBrokenEntry } from '../../core/domain/history';

/** The extension's database at one moment. */
export interface Snapshot {
  cases: CaseRecord[];
  history: HistoryEntry[];
  timers: Timer[];
  outbox: Effect[];
  commands: { commandId: string; caseKey: string }[];
  /** The browser's time. Ids of commands that are older than the engine keeps them may be gone. */
  now: number;
}

const mayBeForgotten = ({ at }: HistoryEntry, { now }: Snapshot): boolean => at < now - COMMANDS_KEPT_MS;

/** What customers got, by ticket: the texts of all messages. */
export type Mailbox = ReadonlyMap<string, readonly string[]>;

export interface Fault {
  kind: 'lost' | 'torn' | 'doubled' | 'sent twice' | 'forgotten';
  words: string;
}

/**
 * What is wrong after worker and browser were killed.
 * @param acknowledged ids of commands whose success a person was told
 * @param settledAt the browser's time after everything had time to be done; `null` while it goes on
 */
export function faultsOf(
  snapshot: Snapshot,
  acknowledged: ReadonlySet<string>,
  mailbox: Mailbox,
  settledAt: number | null,
): Fault[] {
  return [
    ...lost(snapshot, acknowledged),
    ...snapshot.cases.flatMap((record) => torn(snapshot, record)),
    ...doubled(snapshot),
    ...sentTwice(mailbox),
    ...(settledAt === null ? [] : forgotten(snapshot, mailbox, settledAt)),
  ];
}

function lost(snapshot: Snapshot, acknowledged: ReadonlySet<string>): Fault[] {
  const { commands, history } = snapshot;
  const forgotten = history.filter((entry) => mayBeForgotten(entry, snapshot));
  const stored = new Set([...commands, ...forgotten].map(({ commandId }) => commandId));
  const told = new Set(history.map(({ commandId }) => commandId));
  return [...acknowledged]
    .filter((commandId) => !stored.has(commandId) || !told.has(commandId))
    .map((commandId) => ({ kind: 'lost', words: `${commandId} was acknowledged and is gone` }));
}

/** Case, history, timers, effects and the command's id are stored together or not at all. */
function torn(snapshot: Snapshot, record: CaseRecord): Fault[] {
  const { history, timers, outbox, commands } = snapshot;
  const { caseKey, generation } = record;
  const own = history.filter((entry) => entry.caseKey === caseKey).toSorted((a, b) => a.seq - b.seq);
  const words: string[] = [];
  const broken = firstBrokenEntry(own);
  const last = own.at(-1);
  if (broken !== null) words.push(`its history breaks at ${broken}`);
  if (last?.seq !== record.lastHistorySeq || last.hash !== record.lastHistoryHash)
    words.push(`it ends at ${record.lastHistorySeq}, its history at ${last?.seq}`);
  const stored = new Set(commands.map(({ commandId }) => commandId));
  for (const entry of own)
    if (!stored.has(entry.commandId) && !mayBeForgotten(entry, snapshot))
      words.push(`entry ${entry.seq} has no command`);
  for (const timer of timers)
    if (timer.caseKey === caseKey && ['armed', 'held'].includes(timer.state) && timer.generation !== generation)
      words.push(`${timer.timerId} is ${timer.state} in generation ${generation}`);
  for (const effect of outbox)
    if (effect.caseKey === caseKey && effect.state === 'pending' && effect.generation !== generation)
      words.push(`${effect.effectId} is pending in generation ${generation}`);
  return words.map((word) => ({ kind: 'torn', words: `${caseKey}: ${word}` }));
}

function doubled({ history }: Snapshot): Fault[] {
  const counted = new Map<string, number>();
  for (const { commandId, caseKey, what } of history) {
    if (what.type !== 'entered' && what.type !== 'undone' && what.type !== 'timer-fired') continue;
    const deed = `${what.type} by ${commandId} on ${caseKey}`;
    counted.set(deed, (counted.get(deed) ?? 0) + 1);
  }
  return [...counted]
    .filter(([, count]) => count > 1)
    .map(([deed, count]) => ({ kind: 'doubled', words: `${deed}: ${count} times` }));
}

function sentTwice(mailbox: Mailbox): Fault[] {
  return [...mailbox].flatMap(([ticketId, texts]) => {
    const references = texts.flatMap((text) => text.match(/\[ref:[^\]]*\]/g) ?? []);
    return [...new Set(references)]
      .filter((reference) => references.indexOf(reference) !== references.lastIndexOf(reference))
      .map((reference): Fault => ({ kind: 'sent twice', words: `ticket ${ticketId} has ${reference} twice` }));
  });
}

function forgotten({ timers, outbox }: Snapshot, mailbox: Mailbox, now: number): Fault[] {
  const texts = [...mailbox.values()].flat();
  const overdue = timers.filter(({ state, nextAt }) => state === 'armed' && nextAt <= now);
  const owed = outbox.filter(
    ({ state, notBefore }) => state === 'sending' || (state === 'pending' && notBefore <= now),
  );
  const neverSent = outbox.filter(
    ({ state, write }) =>
      state === 'done' && write?.message && !texts.some((text) => text.includes(write.message?.reference ?? '')),
  );
  return [
    ...overdue.map(({ timerId }) => `${timerId} is overdue`),
    ...owed.map(({ effectId, state }) => `${effectId} is ${state}`),
    ...neverSent.map(({ effectId }) => `${effectId} counts as sent and never arrived`),
  ].map((words) => ({ kind: 'forgotten', words }));
}
