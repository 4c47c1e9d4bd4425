import { RESERVED_KEYS } from './reserved-keys';
import type { CaseTemplate, Position, Status, StatusTag, SubStatus, Target } from './template';

/** How long what people type may be, as `CaseTemplate` says. */
export const MOST_LETTERS = { name: 120, words: 2000, body: 5000, native: 80, pattern: 200 } as const;

/** An id made of a name, unlike those that are taken: "Customer Input" becomes `customer-input`, then `customer-input-2`. */
export function freshId(name: string, taken: readonly string[]): string {
  return freshIds(taken)(name);
}

/** Makes one id after the other as `freshId` does, each unlike those before. */
function freshIds(taken: readonly string[]): (name: string) => string {
  const gone = new Set([...taken, ...RESERVED_KEYS]);
  // Thousands of names without a letter that an id can hold are all called the same: each goes on where the last one stopped.
  const next = new Map<string, number>();
  return (name) => {
    const plain = name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60);
    const base = plain || 'item';
    for (let number = next.get(base) ?? 1; ; number += 1) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (gone.has(id)) continue;
      gone.add(id);
      next.set(base, number + 1);
      return id;
    }
  };
}

/** "New", "New 2", "New 3": the first that is not taken. */
export function freshName(word: string, taken: readonly { name: string }[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? word : `${word} ${number}`;
    if (!taken.some((other) => other.name.toLowerCase() === name.toLowerCase())) return name;
  }
}

/** A status as it begins: its meaning is for the admin to say. */
export function newStatus(name: string, category: Status['category'], taken: readonly string[]): Status {
  return {
    id: freshId(name, taken),
    name,
    category,
    colour: null,
    waitsFor: category === 'done' ? 'nobody' : category === 'waiting' ? 'customer' : 'us',
    meaning: { agent: '', customer: '' },
    subStatuses: [],
    subStatusRequired: false,
    tags: [],
    tagRequired: false,
    mayBecome: null,
    retired: false,
  };
}

/** A template with one status to begin in and one to end in, and nothing that happens by itself. */
export function emptyTemplate(
  id: string,
  name: string,
  statuses: { initial: string; active: string; done: string },
): CaseTemplate {
  const initial = newStatus(statuses.initial, 'initial', []);
  const active = newStatus(statuses.active, 'active', [initial.id]);
  const done = newStatus(statuses.done, 'done', [initial.id, active.id]);
  return {
    id,
    name,
    summary: '',
    version: 1,
    initialStatusId: initial.id,
    statuses: [initial, active, done],
    timers: [],
    onEntry: [],
    replies: [],
    messages: [],
    calendarId: null,
    appliesTo: [],
    native: {},
  };
}

export const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

/** Ids of all rules: one id names one rule, whatever its kind. */
export function ruleIdsOf({ timers, onEntry, replies }: CaseTemplate): string[] {
  return [...idsOf(timers), ...idsOf(onEntry), ...idsOf(replies)];
}

/** The list with the item at `from` standing at `to`. */
export function moveItem<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** The template with one of its statuses changed. */
export function changeStatus(
  template: CaseTemplate,
  statusId: string,
  change: (status: Status) => Status,
): CaseTemplate {
  return {
    ...template,
    statuses: template.statuses.map((status) => (status.id === statusId ? change(status) : status)),
  };
}

/** Whether the status of this id may follow: the same one always may. */
export function mayFollow(from: Status, toId: string): boolean {
  return from.id === toId || from.mayBecome === null || from.mayBecome.includes(toId);
}

/** The template with any status allowed after these, or with each one that is in use named instead: the same, for now. */
export function withAnyTransition(template: CaseTemplate, fromIds: readonly string[], any: boolean): CaseTemplate {
  return eachStatus(template, fromIds, (from) =>
    any ? null : (from.mayBecome ?? idsOf(followersOf(template, from.id))),
  );
}

/**
 * The template with every step from one of these statuses to one of those allowed, or forbidden. A status after which
 * any was allowed names the others from then on.
 */
export function withTransitions(
  template: CaseTemplate,
  fromIds: readonly string[],
  toIds: readonly string[],
  allowed: boolean,
): CaseTemplate {
  return eachStatus(template, fromIds, ({ id, mayBecome }) => {
    if (!allowed) return (mayBecome ?? idsOf(followersOf(template, id))).filter((other) => !toIds.includes(other));
    return mayBecome && [...mayBecome, ...toIds.filter((other) => other !== id && !mayBecome.includes(other))];
  });
}

function eachStatus(
  template: CaseTemplate,
  ids: readonly string[],
  mayBecome: (status: Status) => string[] | null,
): CaseTemplate {
  const statuses = template.statuses.map((status) => {
    if (!ids.includes(status.id)) return status;
    const next = mayBecome(status);
    return next?.join() === status.mayBecome?.join() ? status : { ...status, mayBecome: next };
  });
  return statuses.some((status, index) => status !== template.statuses[index]) ? { ...template, statuses } : template;
}

/** The statuses that may follow one, when it is no longer any: all others that are in use, to take some away from. */
export function followersOf({ statuses }: CaseTemplate, statusId: string): Status[] {
  return statuses.filter(({ id, retired }) => id !== statusId && !retired);
}

/** Marks that turn the direction of writing: out of a name they reach into the words around it. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Control letters, and spaces without width: nobody sees them in a name. */
const UNSEEN = /[\p{Cc}\u200B\u2060\uFEFF]+/gu;

/**
 * What is kept of a text that somebody types or pastes: a single line without spaces around it, without letters that
 * nobody sees and without marks that turn the direction of writing, no longer than it may be, and without half of a character at its end.
 */
export function keptText(text: string, maxLength: number, { lines = false } = {}): string {
  const cut = (lines ? text : text.replace(TURNS, '').replace(UNSEEN, ' ').trim())
    .slice(0, maxLength)
    .replace(/[\uD800-\uDBFF]$/, '');
  return lines ? cut : cut.trim();
}

/** The template with one more status at the end, active until somebody says otherwise. */
export function addStatus(template: CaseTemplate, word: string): CaseTemplate {
  const name = freshName(word, template.statuses);
  return { ...template, statuses: [...template.statuses, newStatus(name, 'active', idsOf(template.statuses))] };
}

/** The status with one more sub-status at the end, which waits for whom the status waits. */
export function withSubStatus(status: Status, word: string): Status {
  const { subStatuses, waitsFor } = status;
  const name = freshName(word, subStatuses);
  const id = freshId(name, idsOf(subStatuses));
  const made: SubStatus = { id, name, waitsFor, meaning: { agent: '', customer: '' }, retired: false };
  return { ...status, subStatuses: [...subStatuses, made] };
}

export function changeSubStatus(status: Status, id: string, part: Partial<SubStatus>): Status {
  return { ...status, subStatuses: status.subStatuses.map((sub) => (sub.id === id ? { ...sub, ...part } : sub)) };
}

/** As many reasons as a status may have. */
export const MOST_TAGS = 5000;

/**
 * Reasons from a pasted text, one in each line; what is there already, by its name, is left out.
 * @returns the reasons of the status with those that are new at the end, be they more than there may be
 */
export function withPastedTags(tags: readonly StatusTag[], text: string): StatusTag[] {
  const result = [...tags];
  const known = new Set(tags.filter(({ retired }) => !retired).map(({ name }) => name.toLowerCase()));
  const newId = freshIds(idsOf(tags));
  for (const line of text.split(/\r?\n/)) {
    const name = keptText(line, MOST_LETTERS.name);
    if (name === '' || known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    result.push({ id: newId(name), name, retired: false });
  }
  return result;
}

/**
 * The template without a status, a sub-status or a reason that nobody has used yet, and without what was said about it:
 * rules that apply there or lead there, transitions, and the help desk's status.
 */
export function without(
  template: CaseTemplate,
  gone: { statusId: string; subStatusId?: string; tagId?: string },
): CaseTemplate {
  const { statusId, subStatusId, tagId } = gone;
  const isThere = (position: Position) =>
    tagId === undefined &&
    position.statusId === statusId &&
    (subStatusId === undefined || position.subStatusId === subStatusId);
  const leadsThere = (to: Target) => isThere(to) || (to.statusId === statusId && to.tagId === tagId);
  const statuses =
    subStatusId === undefined && tagId === undefined
      ? template.statuses
          .filter(({ id }) => id !== statusId)
          .map((status) => ({ ...status, mayBecome: status.mayBecome?.filter((id) => id !== statusId) ?? null }))
      : template.statuses.map((status) =>
          status.id === statusId
            ? {
                ...status,
                subStatuses: status.subStatuses.filter(({ id }) => id !== subStatusId),
                tags: status.tags.filter(({ id }) => id !== tagId),
              }
            : status,
        );
  const keeps = statuses.some(({ id }) => id === statusId);
  return {
    ...template,
    statuses,
    timers: template.timers
      .filter(({ when, does }) => !isThere(when) && !(does.type === 'change' && leadsThere(does.to)))
      .map((rule) => ({ ...rule, pausesIn: rule.pausesIn?.filter((position) => !isThere(position)) ?? null })),
    onEntry: template.onEntry.filter(({ when }) => !isThere(when)),
    replies: template.replies.filter(({ when, to }) => !isThere(when) && !leadsThere(to)),
    native: keeps
      ? template.native
      : Object.fromEntries(
          Object.entries(template.native).map(([key, { set, shows }]) => [
            key,
            {
              set: Object.fromEntries(Object.entries(set).filter(([id]) => id !== statusId)),
              shows: Object.fromEntries(Object.entries(shows).filter(([, id]) => id !== statusId)),
            },
          ]),
        ),
  };
}
