import { waitWords } from './duration';
import { canonicalJson } from './history';
import { shortened } from './place-words';
import type {
  CaseTemplate,
  EntryRule,
  MessageTemplate,
  NativeMapping,
  Party,
  Position,
  ReplyRule,
  Status,
  StatusTag,
  SubStatus,
  Target,
  TicketPattern,
  TimerRule,
  Via,
  Wait,
} from './template';
import { findStatus, positionName } from './template';

/**
 * What a template changes against the one before, one sentence each. Things are told apart by their ids, so a renamed
 * status is one status. Two templates that differ in anything but the version differ in at least one sentence.
 * @param before `null`: there was none
 */
export function differences(before: CaseTemplate | null, after: CaseTemplate): string[] {
  if (before === null) return [`The template “${after.name}” is new: ${namesOf(after.statuses)}.`];
  const lines = changes(before, after, templateWords(before, after));
  const same = (template: CaseTemplate) => canonicalJson({ ...template, version: 0 });
  return lines.length > 0 || same(before) === same(after) ? lines : ['Some entries are in another order.'];
}

/** What to say when a field was changed. Every field has to be named, so that none is forgotten. */
type WordsFor<T> = { [K in keyof T]-?: (now: T[K], was: T[K]) => string | string[] };

const unsaid = (): string[] => [];

function changes<T extends object>(before: T, after: T, words: WordsFor<T>): string[] {
  return (Object.keys(words) as (keyof T)[]).flatMap((key) =>
    canonicalJson(before[key]) === canonicalJson(after[key]) ? [] : words[key](after[key], before[key]),
  );
}

/** What was added to, taken from and changed in a list of things with ids. */
function listChanges<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
  words: { noun: (was: T) => string; added: (item: T) => string; order: string; each: (now: T) => WordsFor<T> },
): string[] {
  const had = new Map(before.map((item) => [item.id, item]));
  const has = new Map(after.map((item) => [item.id, item]));
  const gone = before.filter(({ id }) => !has.has(id));
  const kept = after.flatMap((now) => {
    const was = had.get(now.id);
    return was === undefined ? [] : [{ was, now }];
  });
  const orderBefore = before.filter(({ id }) => has.has(id)).map(({ id }) => id);
  const reordered = kept.some(({ now }, index) => now.id !== orderBefore[index]);
  return [
    ...after.filter(({ id }) => !had.has(id)).map(words.added),
    ...gone.map((item) => `${words.noun(item)} is gone.`),
    ...kept.flatMap(({ was, now }) => changes(was, now, words.each(now))),
    ...(reordered ? [words.order] : []),
  ];
}

const PARTY: Record<Party, string> = {
  us: 'us',
  customer: 'the customer',
  'third-party': 'a third party',
  nobody: 'nobody',
};
const VIA: Record<Via, string> = {
  reply: 'as a reply to the customer',
  note: 'as an internal note',
  notification: 'as a notification in the browser',
};
const RULE: Record<TimerRule['kind'], string> = {
  reminder: 'reminder',
  'auto-close': 'auto-close',
  change: 'timed change',
  notice: 'notice',
};
const IF_UNREAD: Record<TimerRule['ifUnread'], string> = {
  retry: 'tries again for a day and then asks',
  ask: 'asks at once',
  act: 'acts all the same',
};

const listed = (words: readonly string[]): string => words.join(', ') || 'none';
const namesOf = (things: readonly { name: string }[]): string => listed(things.map(({ name }) => name));

function templateWords(before: CaseTemplate, after: CaseTemplate): WordsFor<CaseTemplate> {
  // What is gone is called what it was called.
  const statusName = (id: string): string => (findStatus(after, id) ?? findStatus(before, id))?.name ?? id;
  return {
    id: (now, was) => `The template has the id ${now} instead of ${was}.`,
    name: (now, was) => `The template “${was}” is now called “${now}”.`,
    summary: (now) => `The summary is now “${shortened(now)}”.`,
    version: unsaid,
    initialStatusId: (now, was) => `New cases start in ${statusName(now)} instead of ${statusName(was)}.`,
    statuses: (now, was) =>
      listChanges(was, now, {
        noun: ({ name }) => `The status ${name}`,
        added: ({ name }) => `The status ${name} is new.`,
        order: `The statuses are in another order: ${namesOf(now)}.`,
        each: (status) => statusWords(status, statusName),
      }),
    timers: (now, was) =>
      listChanges(was, now, {
        noun: (rule) => timerNoun(before, rule),
        added: (rule) =>
          `${timerNoun(after, rule)} is new: ${afterWords(rule.after)} it ${deedWords(after, rule.does)}.`,
        order: 'The timers are in another order.',
        each: (rule) => timerWords(before, after, rule),
      }),
    onEntry: (now, was) =>
      listChanges(was, now, {
        noun: (rule) => entryNoun(before, rule),
        added: (rule) => `${entryNoun(after, rule)} is new: “${messageName(after, rule.messageId)}”.`,
        order: 'The messages on entry are in another order.',
        each: (rule) => entryWords(before, after, rule),
      }),
    replies: (now, was) =>
      listChanges(was, now, {
        noun: (rule) => `What a reply in ${positionName(before, rule.when)} does`,
        added: (rule) =>
          `A customer's reply in ${positionName(after, rule.when)} now leads to ${targetWords(after, rule.to)}.`,
        order: 'The rules for replies are in another order.',
        each: (rule) => replyWords(before, after, rule),
      }),
    messages: (now, was) =>
      listChanges(was, now, {
        noun: ({ name }) => `The message “${name}”`,
        added: ({ name }) => `The message “${name}” is new.`,
        order: 'The messages are in another order.',
        each: messageWords,
      }),
    calendarId: (now, was) => `Business time is counted by ${calendarWords(now)} instead of ${calendarWords(was)}.`,
    appliesTo: (now, was) => [
      ...without(now, was).map((pattern) => `It is now for ${patternWords(pattern)}.`),
      ...without(was, now).map((pattern) => `It is no longer for ${patternWords(pattern)}.`),
    ],
    native: (now, was) =>
      keysOf(now, was).flatMap((key) =>
        changes(ownOr(was, key, NOTHING), ownOr(now, key, NOTHING), nativeWords(key, statusName)).concat(
          // Also an empty one counts: instead of the one for the kind of help desk.
          Object.hasOwn(now, key) === Object.hasOwn(was, key)
            ? []
            : `There is ${Object.hasOwn(now, key) ? 'now a' : 'no longer a'} mapping for ${key}.`,
        ),
      ),
  };
}

function statusWords({ name }: Status, statusName: (id: string) => string): WordsFor<Status> {
  return {
    ...partWords(name),
    category: (now, was) => `${name} is of category ${now} instead of ${was}.`,
    colour: (now, was) => `${name} has ${now ?? "its category's colour"} instead of ${was ?? "its category's colour"}.`,
    waitsFor: waitsForWords(name),
    meaning: meaningWords(name),
    subStatuses: (now, was) =>
      listChanges(was, now, {
        noun: (sub) => `The sub-status ${sub.name} of ${name}`,
        added: (sub) => `The sub-status ${sub.name} of ${name} is new.`,
        order: `The sub-statuses of ${name} are in another order: ${namesOf(now)}.`,
        each: (sub) => subStatusWords(`${name} – ${sub.name}`),
      }),
    subStatusRequired: (now) => `${name} ${now ? 'now' : 'no longer'} needs a sub-status.`,
    tags: (now, was) =>
      listChanges(was, now, {
        noun: (tag) => `The reason “${tag.name}” of ${name}`,
        added: (tag) => `The reason “${tag.name}” of ${name} is new.`,
        order: `The reasons of ${name} are in another order: ${namesOf(now)}.`,
        each: (tag) => partWords(`The reason “${tag.name}” of ${name}`),
      }),
    tagRequired: (now) => `${name} ${now ? 'now' : 'no longer'} needs a reason.`,
    mayBecome: (now, was) => {
      if (now === null) return `${name} may now become any status.`;
      if (was === null) return `${name} may now become only: ${listed(now.map(statusName))}.`;
      return [
        ...without(now, was).map((id) => `${name} may now become ${statusName(id)}.`),
        ...without(was, now).map((id) => `${name} may no longer become ${statusName(id)}.`),
      ];
    },
  };
}

/** What statuses, sub-statuses and tags have in common. */
const partWords = (name: string): WordsFor<StatusTag> => ({
  id: unsaid,
  name: (now, was) => `${was} is now called ${now}.`,
  retired: (now) => `${name} ${now ? 'is retired' : 'is in use again'}.`,
});

const subStatusWords = (name: string): WordsFor<SubStatus> => ({
  ...partWords(name),
  waitsFor: waitsForWords(name),
  meaning: meaningWords(name),
});

const waitsForWords = (name: string) => (now: Party, was: Party) =>
  `${name} waits for ${PARTY[now]} instead of ${PARTY[was]}.`;

const meaningWords = (name: string) => (now: Status['meaning'], was: Status['meaning']) =>
  changes(was, now, {
    agent: (text) => `What ${name} means to agents is now: “${shortened(text)}”.`,
    customer: (text) => `What ${name} means to customers is now: “${shortened(text)}”.`,
  });

const timerNoun = (template: CaseTemplate, { kind, when }: TimerRule): string =>
  `The ${RULE[kind]} in ${positionName(template, when)}`;

const afterWords = (wait: Wait): string => `${wait.unit === 'working-day' ? 'on the' : 'after'} ${waitWords(wait)}`;

function deedWords(template: CaseTemplate, does: TimerRule['does']): string {
  return does.type === 'message'
    ? `sends “${messageName(template, does.messageId)}” ${VIA[does.via]}`
    : `leads to ${targetWords(template, does.to)}`;
}

function timerWords(before: CaseTemplate, after: CaseTemplate, rule: TimerRule): WordsFor<TimerRule> {
  const noun = timerNoun(after, rule);
  return {
    id: unsaid,
    kind: (now, was) => `The ${RULE[was]} in ${positionName(after, rule.when)} is now a ${RULE[now]}.`,
    when: (_now, was) => `${noun} was in ${positionName(before, was)}.`,
    after: (now, was) => `${noun} comes ${afterWords(now)} instead of ${afterWords(was)}.`,
    repeat: (now) =>
      now === null ? `${noun} now comes once.` : `${noun} now comes ${now.times} times, every ${waitWords(now.every)}.`,
    pausesIn: (now) =>
      now === null
        ? `${noun} now ends when the case leaves.`
        : `${noun} now goes on through other statuses and stands still in: ${positionsWords(after, now)}.`,
    does: (now, was) => `${noun} now ${deedWords(after, now)} (was: ${deedWords(before, was)}).`,
    ifUnread: (now) => `${noun} now ${IF_UNREAD[now]} when the ticket cannot be read.`,
  };
}

const entryNoun = (template: CaseTemplate, { when }: EntryRule): string =>
  `The message on entry of ${positionName(template, when)}`;

function entryWords(before: CaseTemplate, after: CaseTemplate, rule: EntryRule): WordsFor<EntryRule> {
  const noun = entryNoun(after, rule);
  return {
    id: unsaid,
    when: (_now, was) => `${noun} was for ${positionName(before, was)}.`,
    messageId: (now, was) => `${noun} is “${messageName(after, now)}” instead of “${messageName(before, was)}”.`,
    via: (now, was) => `${noun} goes out ${VIA[now]} instead of ${VIA[was]}.`,
    immediate: (now) => `${noun} now ${now ? 'goes out at once' : 'waits a moment, so that it can be undone'}.`,
  };
}

const replyWords = (before: CaseTemplate, after: CaseTemplate, rule: ReplyRule): WordsFor<ReplyRule> => ({
  id: unsaid,
  when: (now, was) =>
    `What a customer's reply did in ${positionName(before, was)}, it now does in ${positionName(after, now)}.`,
  to: (now, was) =>
    `A customer's reply in ${positionName(after, rule.when)} leads to ${targetWords(after, now)} instead of ${targetWords(before, was)}.`,
});

const messageWords = ({ name }: MessageTemplate): WordsFor<MessageTemplate> => ({
  id: unsaid,
  name: (now, was) => `The message “${was}” is now called “${now}”.`,
  body: () => `The message “${name}” has another text.`,
});

const NOTHING: NativeMapping = { set: {}, shows: {} };

function nativeWords(key: string, statusName: (id: string) => string): WordsFor<NativeMapping> {
  return {
    set: (now, was) =>
      changedKeys(now, was).map((id) => {
        const theirs = ownOr(now, id, null);
        return theirs === null
          ? `On ${key}, ${statusName(id)} no longer sets a status.`
          : `On ${key}, ${statusName(id)} now sets “${theirs}”.`;
      }),
    shows: (now, was) =>
      changedKeys(now, was).map((theirs) => {
        const id = ownOr(now, theirs, null);
        return id === null
          ? `On ${key}, “${theirs}” no longer stands for a status.`
          : `On ${key}, “${theirs}” is now shown as ${statusName(id)}.`;
      }),
  };
}

/** The value under a key, where the object itself has it: every object has more than that by birth. */
function ownOr<T, D>(record: Record<string, T>, key: string, otherwise: D): T | D {
  return Object.hasOwn(record, key) ? (record[key] as T) : otherwise;
}

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const changedKeys = (a: Record<string, string>, b: Record<string, string>): string[] =>
  keysOf(a, b).filter((key) => ownOr(a, key, null) !== ownOr(b, key, null));

/** What of a list the other list does not have. */
function without<T>(list: readonly T[], other: readonly T[]): T[] {
  const others = new Set(other.map((item) => canonicalJson(item)));
  return list.filter((item) => !others.has(canonicalJson(item)));
}

const positionsWords = (template: CaseTemplate, positions: readonly Position[]): string =>
  listed(positions.map((position) => positionName(template, position)));

function targetWords(template: CaseTemplate, to: Target): string {
  const tag = findStatus(template, to.statusId)?.tags.find(({ id }) => id === to.tagId);
  const reason = to.tagId === null ? '' : `, reason “${tag?.name ?? to.tagId}”`;
  return positionName(template, to) + reason;
}

const messageName = (template: CaseTemplate, messageId: string): string =>
  template.messages.find(({ id }) => id === messageId)?.name ?? messageId;

const calendarWords = (id: string | null): string => (id === null ? "the site's own calendar" : `the calendar ${id}`);

function patternWords({ siteId, queue, type }: TicketPattern): string {
  const parts = [
    queue === null ? [] : `in the queue “${queue}”`,
    type === null ? [] : `of the type “${type}”`,
    siteId === null ? [] : `on ${siteId}`,
  ].flat();
  return parts.length === 0 ? 'all tickets' : `tickets ${parts.join(' ')}`;
}
