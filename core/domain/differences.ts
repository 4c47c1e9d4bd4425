import { differenceWords } from '../words/differences';
import { sharedWords } from '../words/shared';
import { afterWords } from './checker/waits';
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
} from './template';
import { findStatus, positionName } from './template';

/**
 * What a template changes against the one before, one sentence each. Things are told apart by their ids, so a renamed
 * status is one status. Two templates that differ in anything but the version differ in at least one sentence.
 * @param before `null`: there was none
 * @param siteName what a person calls a site or a kind of help desk; a template knows only their ids
 */
export function differences(
  before: CaseTemplate | null,
  after: CaseTemplate,
  siteName: (id: string) => string = (id) => id,
): string[] {
  if (before === null) return [differenceWords.templateIsNew(after.name, namesOf(after.statuses))];
  const lines = changes(before, after, templateWords(before, after, siteName));
  const same = (template: CaseTemplate) => canonicalJson({ ...template, version: 0 });
  return lines.length > 0 || same(before) === same(after) ? lines : [differenceWords.otherOrder];
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
    ...gone.map((item) => differenceWords.isGone(words.noun(item))),
    ...kept.flatMap(({ was, now }) => changes(was, now, words.each(now))),
    ...(reordered ? [words.order] : []),
  ];
}

const listed = (words: readonly string[]): string => words.join(', ') || differenceWords.none;
const namesOf = (things: readonly { name: string }[]): string => listed(things.map(({ name }) => name));

function templateWords(
  before: CaseTemplate,
  after: CaseTemplate,
  siteName: (id: string) => string,
): WordsFor<CaseTemplate> {
  // What is gone is called what it was called.
  const statusName = (id: string): string => (findStatus(after, id) ?? findStatus(before, id))?.name ?? id;
  return {
    id: differenceWords.id,
    name: differenceWords.templateName,
    summary: (now) => differenceWords.summary(shortened(now)),
    language: (now) => differenceWords.language(now ?? 'en'),
    version: unsaid,
    initialStatusId: (now, was) => differenceWords.initialStatus(statusName(now), statusName(was)),
    statuses: (now, was) =>
      listChanges(was, now, {
        noun: ({ name }) => differenceWords.status(name),
        added: ({ name }) => differenceWords.isNew(differenceWords.status(name)),
        order: differenceWords.statusOrder(namesOf(now)),
        each: (status) => statusWords(status, statusName),
      }),
    timers: (now, was) =>
      listChanges(was, now, {
        noun: (rule) => timerNoun(before, rule),
        added: (rule) =>
          differenceWords.timerIsNew(timerNoun(after, rule), afterWords(rule.after), deedWords(after, rule.does)),
        order: differenceWords.timerOrder,
        each: (rule) => timerWords(before, after, rule),
      }),
    onEntry: (now, was) =>
      listChanges(was, now, {
        noun: (rule) => entryNoun(before, rule),
        added: (rule) => differenceWords.entryIsNew(entryNoun(after, rule), messageName(after, rule.messageId)),
        order: differenceWords.entryOrder,
        each: (rule) => entryWords(before, after, rule),
      }),
    replies: (now, was) =>
      listChanges(was, now, {
        noun: (rule) => differenceWords.reply(positionName(before, rule.when)),
        added: (rule) => differenceWords.replyIsNew(positionName(after, rule.when), targetWords(after, rule.to)),
        order: differenceWords.replyOrder,
        each: (rule) => replyWords(before, after, rule),
      }),
    messages: (now, was) =>
      listChanges(was, now, {
        noun: ({ name }) => differenceWords.message(name),
        added: ({ name }) => differenceWords.isNew(differenceWords.message(name)),
        order: differenceWords.messageOrder,
        each: messageWords,
      }),
    calendarId: (now, was) => differenceWords.businessTime(calendarWords(now), calendarWords(was)),
    appliesTo: (now, was) => [
      ...without(now, was).map((pattern) => differenceWords.isFor(patternWords(pattern, siteName))),
      ...without(was, now).map((pattern) => differenceWords.isNotFor(patternWords(pattern, siteName))),
    ],
    native: (now, was) =>
      keysOf(now, was).flatMap((key) =>
        changes(ownOr(was, key, NOTHING), ownOr(now, key, NOTHING), nativeWords(siteName(key), statusName)).concat(
          // Also an empty one counts: instead of the one for the kind of help desk.
          Object.hasOwn(now, key) === Object.hasOwn(was, key)
            ? []
            : Object.hasOwn(now, key)
              ? differenceWords.hasMapping(siteName(key))
              : differenceWords.hasNoMapping(siteName(key)),
        ),
      ),
  };
}

function statusWords({ name }: Status, statusName: (id: string) => string): WordsFor<Status> {
  return {
    ...partWords(name),
    category: (now, was) => differenceWords.category(name, sharedWords.categories[now], sharedWords.categories[was]),
    colour: (now, was) => differenceWords.colour(name, now, was),
    waitsFor: waitsForWords(name),
    meaning: meaningWords(name),
    subStatuses: (now, was) =>
      listChanges(was, now, {
        noun: (sub) => differenceWords.subStatus(sub.name, name),
        added: (sub) => differenceWords.isNew(differenceWords.subStatus(sub.name, name)),
        order: differenceWords.subStatusOrder(name, namesOf(now)),
        each: (sub) => subStatusWords(`${name} – ${sub.name}`),
      }),
    subStatusRequired: (now) => (now ? differenceWords.needsSubStatus(name) : differenceWords.needsNoSubStatus(name)),
    tags: (now, was) =>
      listChanges(was, now, {
        noun: (tag) => differenceWords.reason(tag.name, name),
        added: (tag) => differenceWords.isNew(differenceWords.reason(tag.name, name)),
        order: differenceWords.reasonOrder(name, namesOf(now)),
        each: (tag) => partWords(differenceWords.reason(tag.name, name)),
      }),
    tagRequired: (now) => (now ? differenceWords.needsReason(name) : differenceWords.needsNoReason(name)),
    mayBecome: (now, was) => {
      if (now === null) return differenceWords.mayBecomeAny(name);
      if (was === null) return differenceWords.mayBecomeOnly(name, listed(now.map(statusName)));
      return [
        ...without(now, was).map((id) => differenceWords.mayBecome(name, statusName(id))),
        ...without(was, now).map((id) => differenceWords.mayNotBecome(name, statusName(id))),
      ];
    },
  };
}

/** What statuses, sub-statuses and tags have in common. */
const partWords = (name: string): WordsFor<StatusTag> => ({
  id: unsaid,
  name: differenceWords.renamed,
  retired: (now) => (now ? differenceWords.isRetired(name) : differenceWords.inUseAgain(name)),
});

const subStatusWords = (name: string): WordsFor<SubStatus> => ({
  ...partWords(name),
  waitsFor: waitsForWords(name),
  meaning: meaningWords(name),
});

const waitsForWords = (name: string) => (now: Party, was: Party) =>
  differenceWords.waitsFor(name, sharedWords.parties[now], sharedWords.parties[was]);

const meaningWords = (name: string) => (now: Status['meaning'], was: Status['meaning']) =>
  changes(was, now, {
    agent: (text) => differenceWords.meaningToAgents(name, shortened(text)),
    customer: (text) => differenceWords.meaningToCustomers(name, shortened(text)),
  });

const timerNoun = (template: CaseTemplate, { kind, when }: TimerRule): string =>
  differenceWords.timerIn(differenceWords.timers[kind], positionName(template, when));

function deedWords(template: CaseTemplate, does: TimerRule['does']): string {
  return does.type === 'message'
    ? differenceWords.sends(messageName(template, does.messageId), differenceWords.via[does.via])
    : differenceWords.leadsTo(targetWords(template, does.to));
}

function timerWords(before: CaseTemplate, after: CaseTemplate, rule: TimerRule): WordsFor<TimerRule> {
  const noun = timerNoun(after, rule);
  return {
    id: unsaid,
    kind: (now, was) => differenceWords.isNow(timerNoun(after, { ...rule, kind: was }), differenceWords.kinds[now]),
    when: (_now, was) => differenceWords.wasIn(noun, positionName(before, was)),
    after: (now, was) => differenceWords.comes(noun, afterWords(now), afterWords(was)),
    repeat: (now) =>
      now === null
        ? differenceWords.comesOnce(noun)
        : differenceWords.comesOften(noun, now.times, waitWords(now.every)),
    pausesIn: (now) =>
      now === null ? differenceWords.endsOnLeaving(noun) : differenceWords.goesOn(noun, positionsWords(after, now)),
    does: (now, was) => differenceWords.does(noun, deedWords(after, now), deedWords(before, was)),
    ifUnread: (now) => differenceWords.unread(noun, differenceWords.ifUnread[now]),
  };
}

const entryNoun = (template: CaseTemplate, { when }: EntryRule): string =>
  differenceWords.entry(positionName(template, when));

function entryWords(before: CaseTemplate, after: CaseTemplate, rule: EntryRule): WordsFor<EntryRule> {
  const noun = entryNoun(after, rule);
  return {
    id: unsaid,
    when: (_now, was) => differenceWords.entryWasFor(noun, positionName(before, was)),
    messageId: (now, was) => differenceWords.entryIs(noun, messageName(after, now), messageName(before, was)),
    via: (now, was) => differenceWords.entryGoesOut(noun, differenceWords.via[now], differenceWords.via[was]),
    immediate: (now) => (now ? differenceWords.entryAtOnce(noun) : differenceWords.entryWaits(noun)),
  };
}

const replyWords = (before: CaseTemplate, after: CaseTemplate, rule: ReplyRule): WordsFor<ReplyRule> => ({
  id: unsaid,
  when: (now, was) => differenceWords.replyMoved(positionName(after, now), positionName(before, was)),
  to: (now, was) =>
    differenceWords.replyLeads(positionName(after, rule.when), targetWords(after, now), targetWords(before, was)),
});

const messageWords = ({ name }: MessageTemplate): WordsFor<MessageTemplate> => ({
  id: unsaid,
  name: differenceWords.messageName,
  body: () => differenceWords.otherText(name),
});

const NOTHING: NativeMapping = { set: {}, shows: {} };

function nativeWords(desk: string, statusName: (id: string) => string): WordsFor<NativeMapping> {
  return {
    set: (now, was) =>
      changedKeys(now, was).map((id) => {
        const theirs = ownOr(now, id, null);
        return theirs === null
          ? differenceWords.setsNothing(desk, statusName(id))
          : differenceWords.sets(desk, statusName(id), theirs);
      }),
    shows: (now, was) =>
      changedKeys(now, was).map((theirs) => {
        const id = ownOr(now, theirs, null);
        return id === null
          ? differenceWords.showsNothing(desk, theirs)
          : differenceWords.shows(desk, theirs, statusName(id));
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
  const name = positionName(template, to);
  return to.tagId === null ? name : differenceWords.withReason(name, tag?.name ?? to.tagId);
}

const messageName = (template: CaseTemplate, messageId: string): string =>
  template.messages.find(({ id }) => id === messageId)?.name ?? messageId;

const calendarWords = (id: string | null): string =>
  id === null ? differenceWords.ownCalendar : differenceWords.calendar(id);

function patternWords({ siteId, queue, type }: TicketPattern, siteName: (id: string) => string): string {
  const parts = [
    queue === null ? [] : differenceWords.inQueue(queue),
    type === null ? [] : differenceWords.ofType(type),
    siteId === null ? [] : differenceWords.onSite(siteName(siteId)),
  ].flat();
  return parts.length === 0 ? differenceWords.allTickets : differenceWords.tickets(parts.join(' '));
}
