import fc from 'fast-check';
import type { BusinessCalendar } from '../../../core/domain/calendar';
import { plainCalendar } from '../../../core/domain/calendar';
import { checkTemplate } from '../../../core/domain/checker';
import { PLACEHOLDERS } from '../../../core/domain/message';
import type {
  CaseTemplate,
  EntryRule,
  Position,
  ReplyRule,
  Status,
  StatusTag,
  SubStatus,
  Target,
  TimerRule,
  Wait,
} from '../../../core/domain/template';
import { LANGUAGES } from '../../../core/words/language';

/** The calendar that random templates are checked with: working hours that begin and end within the day, and holidays. */
export const randomCalendar: BusinessCalendar = {
  ...plainCalendar('Europe/Berlin'),
  id: 'berlin',
  name: 'Berlin',
  holidays: [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2027-01-01', name: "New Year's Day" },
  ],
};

/**
 * A template that can be published: `checkTemplate` finds no errors with `randomCalendar`. Two to eight statuses that
 * are in use and up to two retired ones, with all that the schema allows; their ids are `s0`, `s1`, …, the first one is
 * where cases start.
 */
export function publishableTemplate(): fc.Arbitrary<CaseTemplate> {
  return wholeTemplate({ publishable: true }).filter(
    (template) => !checkTemplate(template, { calendar: randomCalendar }).some(({ severity }) => severity === 'error'),
  );
}

/** A template that fits the schema and has no faults (see `templateFaults`), but may have any other mistake. */
export function anyTemplate(): fc.Arbitrary<CaseTemplate> {
  return wholeTemplate({ publishable: false });
}

interface Options {
  /** Leave out what could not be published. */
  publishable: boolean;
}

/** Letters of several scripts, a combining one, a right-to-left one, a pair of surrogates. */
const letters = ['a', 'B', 'z', 'é', 'ß', 'Ж', '中', 'ع', '🙂', '́', '-', '{', '"', '<'];
const word = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
/** Names differ by their number, whatever their letters are. */
const nameOf = (n: number | string) => word.map((letters) => `${n} ${letters}`.trim());

const party = fc.constantFrom('us' as const, 'customer' as const, 'third-party' as const, 'nobody' as const);
const meaning = fc.record({ agent: word, customer: word });
const seldom = fc.nat(3).map((n) => n === 0);

function tagsOf(statusIndex: number, most: number): fc.Arbitrary<StatusTag[]> {
  return fc
    .nat(most)
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, index) =>
          fc.record({ id: fc.constant(`s${statusIndex}-t${index}`), name: nameOf(index), retired: seldom }),
        ),
      ),
    );
}

function subStatusesOf(statusIndex: number, most: number): fc.Arbitrary<SubStatus[]> {
  return fc.nat(most).chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          id: fc.constant(`s${statusIndex}-p${index}`),
          name: nameOf(index),
          waitsFor: party,
          meaning,
          retired: seldom,
        }),
      ),
    ),
  );
}

function statusOf(index: number, count: number, retiredCount: number, { publishable }: Options): fc.Arbitrary<Status> {
  const all = Array.from({ length: count + retiredCount }, (_, n) => `s${n}`);
  const isInitial = index === 0;
  const category = isInitial
    ? fc.constant('initial' as const)
    : publishable && index === count - 1
      ? fc.constant('done' as const)
      : fc.constantFrom('active' as const, 'waiting' as const, 'done' as const, 'initial' as const);
  return fc
    .record({
      id: fc.constant(`s${index}`),
      name: nameOf(`Status ${index}`),
      category,
      colour: fc.option(fc.constantFrom('#1a7f37', '#000000', '#ffffff')),
      waitsFor: party,
      meaning,
      subStatuses: subStatusesOf(index, 3),
      subStatusRequired: fc.boolean(),
      tags: tagsOf(index, 3),
      tagRequired: fc.boolean(),
      mayBecome: fc.option(fc.subarray(all), { freq: 2 }),
      retired: fc.constant(index >= count),
    })
    .map((status) =>
      publishable
        ? {
            ...status,
            subStatusRequired: status.subStatusRequired && !isInitial && status.subStatuses.some((sub) => !sub.retired),
            tagRequired: status.tagRequired && !isInitial && status.tags.some((tag) => !tag.retired),
            // Each status in use leads to the next one at least, so that all are reached and none is a dead end.
            mayBecome: status.mayBecome && [...new Set([...status.mayBecome, `s${(index + 1) % count}`])],
          }
        : status,
    );
}

const plainUnit = fc.constantFrom('seconds' as const, 'minutes' as const, 'hours' as const, 'days' as const);
const plainWait = fc.record({ amount: fc.integer({ min: 1, max: 40 }), unit: plainUnit });
const wait: fc.Arbitrary<Wait> = fc.oneof(
  { weight: 3, arbitrary: plainWait },
  fc.record({
    amount: fc.integer({ min: 1, max: 20 }),
    unit: fc.constantFrom('business-hours' as const, 'business-days' as const),
  }),
  fc.record({
    amount: fc.integer({ min: 1, max: 5 }),
    unit: fc.constant('working-day' as const),
    at: fc.constantFrom('08:00', '16:30', '23:59'),
  }),
);
/** Short enough for fifty of them to end within the 400 days that a repeat may last. */
const every = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 30 }), unit: plainUnit }),
  fc.record({ amount: fc.integer({ min: 1, max: 5 }), unit: fc.constant('business-days' as const) }),
);
const repeat = fc.option(fc.record({ every, times: fc.integer({ min: 2, max: 12 }) }), { freq: 1 });
const via = fc.constantFrom('reply' as const, 'note' as const, 'notification' as const);
const ifUnread = fc.constantFrom('retry' as const, 'ask' as const, 'act' as const);

/** All positions that the schema can name, or those that cases can be in. */
function positionsOf(statuses: readonly Status[], { publishable }: Options): Position[] {
  return statuses.flatMap((status) => {
    const subs = status.subStatuses.filter((sub) => !publishable || status.retired || !sub.retired);
    const ids = subs.map((sub) => sub.id);
    const withNone = !publishable || !status.subStatusRequired ? [null, ...ids] : ids;
    return withNone.map((subStatusId) => ({ statusId: status.id, subStatusId }));
  });
}

/** All that the schema can name as targets, or those that are accepted; few of the many with tags. */
function targetsOf(statuses: readonly Status[], options: Options): Target[] {
  return positionsOf(statuses, options).flatMap((position): Target[] => {
    const status = statuses.find((candidate) => candidate.id === position.statusId);
    if (!status || (options.publishable && status.retired)) return [];
    const tags = status.tags.filter((tag) => !options.publishable || !tag.retired).map((tag) => tag.id);
    const withNone = !options.publishable || !status.tagRequired ? [null, ...tags] : tags;
    return withNone.map((tagId) => ({ ...position, tagId }));
  });
}

function wholeTemplate(options: Options): fc.Arbitrary<CaseTemplate> {
  return fc
    .record({ count: fc.integer({ min: 2, max: 8 }), retiredCount: fc.nat(2) })
    .chain(({ count, retiredCount }) =>
      fc.tuple(
        ...Array.from({ length: count + retiredCount }, (_, index) => statusOf(index, count, retiredCount, options)),
      ),
    )
    .chain((statuses) => templateOf(statuses, options));
}

const messages = fc.array(fc.record({ word, placeholder: fc.constantFrom(...Object.keys(PLACEHOLDERS)) }), {
  minLength: 1,
  maxLength: 4,
});

function templateOf(statuses: Status[], options: Options): fc.Arbitrary<CaseTemplate> {
  const ids = statuses.map((status) => status.id);
  const position = fc.constantFrom(...positionsOf(statuses, options));
  const targets = targetsOf(statuses, options);
  const target = fc.constantFrom(...targets);
  const done = targets.filter(({ statusId }) => statuses.find(({ id }) => id === statusId)?.category === 'done');
  const pausesIn = fc.uniqueArray(position, { maxLength: 3, selector: JSON.stringify });
  // Few, so that rules meet.
  const busy = fc.constantFrom(...positionsOf(statuses, options).slice(0, 4));

  const timer = fc.record({
    kind: fc.constantFrom('reminder' as const, 'auto-close' as const, 'change' as const, 'notice' as const),
    when: fc.oneof(busy, position),
    after: wait,
    repeat,
    // Most timers belong to their position.
    pausesIn: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: pausesIn }),
    messageId: fc.nat(3),
    via,
    to: target,
    doneTo: done.length > 0 ? fc.constantFrom(...done) : fc.constant(null),
    ifUnread,
  });
  const entry = fc.record({ when: fc.oneof(busy, position), messageId: fc.nat(3), via, immediate: fc.boolean() });
  const reply = fc.record({ when: fc.oneof(busy, position), to: target });
  const pattern = fc.record({
    siteId: fc.option(fc.constantFrom('rt-1', 'redmine-1')),
    queue: fc.option(fc.constantFrom('Support', 'Büro')),
    type: fc.option(fc.constantFrom('Bug', 'Question')),
  });
  const native = fc.constantFrom('new', 'open', 'stalled', 'resolved', 'In Arbeit');
  const mapping = fc.record({
    set: fc.dictionary(fc.constantFrom(...ids), native),
    shows: fc.dictionary(native, fc.constantFrom(...ids)),
  });
  return fc
    .record({
      name: nameOf('Template'),
      summary: word,
      language: fc.constantFrom(undefined, ...LANGUAGES),
      version: fc.integer({ min: 1, max: 1_000_000 }),
      timers: fc.array(timer, { maxLength: 6 }),
      onEntry: fc.uniqueArray(entry, { maxLength: 4, selector: ({ when }) => JSON.stringify(when) }),
      replies: fc.uniqueArray(reply, { maxLength: 4, selector: ({ when }) => JSON.stringify(when) }),
      messages,
      calendarId: fc.constantFrom(null, 'berlin'),
      appliesTo: fc.array(pattern, { maxLength: 3 }),
      native: fc.dictionary(fc.constantFrom('rt', 'redmine', 'rt-1'), mapping),
    })
    .map((parts): CaseTemplate => {
      const messageId = (n: number) => `m${n % parts.messages.length}`;
      const timers = parts.timers.flatMap((timer, index): TimerRule[] => {
        const { messageId: n, via, to, doneTo, repeat, ...rule } = timer;
        const id = `timer-${index}`;
        if (rule.kind === 'reminder' || rule.kind === 'notice')
          return [{ ...rule, id, repeat, does: { type: 'message', messageId: messageId(n), via } }];
        const target = rule.kind === 'auto-close' ? doneTo : to;
        return target ? [{ ...rule, id, repeat: null, does: { type: 'change', to: target } }] : [];
      });
      const onEntry = parts.onEntry.map(
        (rule, index): EntryRule => ({
          ...rule,
          id: `entry-${index}`,
          messageId: messageId(rule.messageId),
        }),
      );
      const replies = parts.replies.map((rule, index): ReplyRule => ({ ...rule, id: `reply-${index}` }));
      const { language, ...rest } = parts;
      return {
        ...rest,
        ...(language ? { language } : {}),
        id: 'random',
        initialStatusId: 's0',
        statuses,
        timers,
        onEntry,
        replies,
        messages: parts.messages.map(({ word, placeholder }, index) => ({
          id: `m${index}`,
          name: `Message ${index}`,
          body: `${word.replaceAll('{', '(')} {${placeholder}}`,
        })),
      };
    })
    .map((template) => (options.publishable ? withoutErrors(template) : template));
}

/** Takes out the rules that would keep it from being published, in place of throwing the whole template away. */
function withoutErrors(template: CaseTemplate): CaseTemplate {
  let repaired = template;
  for (;;) {
    const error = checkTemplate(repaired, { calendar: randomCalendar }).find(
      ({ severity, path }) => severity === 'error' && typeof path[1] === 'number',
    );
    const without = <T>(list: T[], name: string) =>
      list.filter((_, at) => error?.path[0] !== name || error.path[1] !== at);
    const next = {
      ...repaired,
      timers: without(repaired.timers, 'timers'),
      onEntry: without(repaired.onEntry, 'onEntry'),
      replies: without(repaired.replies, 'replies'),
    };
    const rules = (of: CaseTemplate) => of.timers.length + of.onEntry.length + of.replies.length;
    if (rules(next) === rules(repaired)) return repaired;
    repaired = next;
  }
}
