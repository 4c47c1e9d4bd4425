import { RESERVED_KEYS } from './reserved-keys';
import type {
  CaseTemplate,
  EntryRule,
  MessageTemplate,
  NativeMapping,
  ReplyRule,
  TicketPattern,
  TimerRule,
  Wait,
} from './template';
import { nativeMapping, sameNative } from './template';
import { freshId, freshName, idsOf, keptText, MOST_LETTERS, ruleIdsOf } from './template-edits';

/** The lists of a template whose members go by an id and can be taken out. */
export type RuleList = 'timers' | 'replies' | 'onEntry' | 'messages';

/** The template without one rule, or one message. */
export function withoutRule(template: CaseTemplate, list: RuleList, id: string): CaseTemplate {
  return { ...template, [list]: template[list].filter((rule) => rule.id !== id) };
}

/** A timer as it begins: in the first status that waits, telling with the first message where there is one. */
export function addTimer(template: CaseTemplate): CaseTemplate {
  const waiting = inUse(template, 'waiting');
  const [message] = template.messages;
  const rule: TimerRule = {
    id: freshId(message ? 'reminder' : 'change', ruleIdsOf(template)),
    kind: message ? 'reminder' : 'change',
    when: { statusId: waiting?.id ?? template.initialStatusId, subStatusId: null },
    after: { amount: 7, unit: 'days' },
    repeat: null,
    pausesIn: null,
    does: message
      ? { type: 'message', messageId: message.id, via: 'reply' }
      : { type: 'change', to: { statusId: template.initialStatusId, subStatusId: null, tagId: null } },
    ifUnread: 'retry',
  };
  return { ...template, timers: [...template.timers, rule] };
}

export function changeTimer(template: CaseTemplate, id: string, part: Partial<TimerRule>): CaseTemplate {
  return { ...template, timers: template.timers.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)) };
}

/** A rule of another kind does what that kind does; the rest of it stays. */
export function ofKind(template: CaseTemplate, rule: TimerRule, kind: TimerRule['kind']): TimerRule {
  const tells = kind === 'reminder' || kind === 'notice';
  if (tells && rule.does.type !== 'message')
    return { ...rule, kind, does: { type: 'message', messageId: template.messages[0]?.id ?? 'message', via: 'reply' } };
  if (tells) return { ...rule, kind };
  const isDone = (statusId: string) =>
    template.statuses.some(({ id, category }) => id === statusId && category === 'done');
  const { does } = rule;
  // An auto-close leads to a status that is done; any other change may lead anywhere.
  if (does.type === 'change' && (kind === 'change' || isDone(does.to.statusId))) return { ...rule, kind };
  const statusId = inUse(template, 'done')?.id ?? template.initialStatusId;
  return { ...rule, kind, repeat: null, does: { type: 'change', to: { statusId, subStatusId: null, tagId: null } } };
}

/** The same amount in another unit; a time of day begins at eight. */
export function inUnit(wait: Wait, unit: Wait['unit']): Wait {
  return unit === 'working-day'
    ? { amount: wait.amount, unit, at: 'at' in wait ? wait.at : '08:00' }
    : { amount: wait.amount, unit };
}

/** What a customer's reply does, as it begins: from the first status that waits to the first in work. */
export function addReply(template: CaseTemplate): CaseTemplate {
  const rule: ReplyRule = {
    id: freshId('reply', ruleIdsOf(template)),
    when: { statusId: inUse(template, 'waiting')?.id ?? template.initialStatusId, subStatusId: null },
    to: { statusId: inUse(template, 'active')?.id ?? template.initialStatusId, subStatusId: null, tagId: null },
  };
  return { ...template, replies: [...template.replies, rule] };
}

export function changeReply(template: CaseTemplate, id: string, part: Partial<ReplyRule>): CaseTemplate {
  return { ...template, replies: template.replies.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)) };
}

/** @param word what a message is called before somebody says */
export function addMessage(template: CaseTemplate, word: string, body: string): CaseTemplate {
  const name = freshName(word, template.messages);
  const made: MessageTemplate = { id: freshId(name, idsOf(template.messages)), name, body };
  return { ...template, messages: [...template.messages, made] };
}

export function changeMessage(template: CaseTemplate, id: string, part: Partial<MessageTemplate>): CaseTemplate {
  return { ...template, messages: template.messages.map((one) => (one.id === id ? { ...one, ...part } : one)) };
}

/** A message on entry, as it begins. Without any message there is nothing to send, and the template stays as it is. */
export function addEntry(template: CaseTemplate): CaseTemplate {
  const [message] = template.messages;
  if (!message) return template;
  const rule: EntryRule = {
    id: freshId('tell', ruleIdsOf(template)),
    when: { statusId: template.initialStatusId, subStatusId: null },
    messageId: message.id,
    via: 'reply',
    immediate: false,
  };
  return { ...template, onEntry: [...template.onEntry, rule] };
}

export function changeEntry(template: CaseTemplate, id: string, part: Partial<EntryRule>): CaseTemplate {
  return { ...template, onEntry: template.onEntry.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)) };
}

/** Tickets that the template is for: any, until somebody says. */
export function addPattern(template: CaseTemplate): CaseTemplate {
  return { ...template, appliesTo: [...template.appliesTo, { siteId: null, queue: null, type: null }] };
}

export function changePattern(template: CaseTemplate, at: number, part: Partial<TicketPattern>): CaseTemplate {
  return {
    ...template,
    appliesTo: template.appliesTo.map((pattern, index) => (index === at ? { ...pattern, ...part } : pattern)),
  };
}

export function withoutPattern(template: CaseTemplate, at: number): CaseTemplate {
  return { ...template, appliesTo: template.appliesTo.toSpliced(at, 1) };
}

/** Whether a help desk's status can be called so here: names become keys of objects. */
export const canBeNative = (name: string): boolean => !RESERVED_KEYS.includes(name);

/** A help desk that a template says something about: a kind of them, or a site, which goes by its kind's word until it has its own. */
export interface MappedDesk {
  id: string;
  kind: string | null;
}

/** What the template says about a help desk's own statuses; empty where it says nothing. */
export function mappingOf(template: CaseTemplate, { id, kind }: MappedDesk): NativeMapping {
  return nativeMapping(template, id, kind ?? id) ?? { set: {}, shows: {} };
}

/** What a help desk's ticket becomes with a status of ours. @param native their word; empty: nothing is written */
export function setNative(template: CaseTemplate, desk: MappedDesk, statusId: string, native: string): CaseTemplate {
  const before = mappingOf(template, desk);
  const { [statusId]: _gone, ...others } = before.set;
  const set = native === '' ? others : { ...others, [statusId]: native };
  return { ...template, native: { ...template.native, [desk.id]: { ...before, set } } };
}

/**
 * Which status of ours a help desk's own stands for.
 * @param native their word, in any case of letters
 * @param statusId `null`: none any more
 */
export function setShown(
  template: CaseTemplate,
  desk: MappedDesk,
  native: string,
  statusId: string | null,
): CaseTemplate {
  const before = mappingOf(template, desk);
  const known = Object.keys(before.shows).find((one) => sameNative(one, native)) ?? native;
  const { [known]: _gone, ...others } = before.shows;
  const shows = statusId === null ? others : { ...before.shows, [known]: statusId };
  return { ...template, native: { ...template.native, [desk.id]: { ...before, shows } } };
}

/**
 * Takes in a help desk's own statuses, one in each line. Each stands for ours that sets it, or that is called the same, or
 * for the initial one, until somebody says. What is known already stays as it is.
 */
export function addShown(template: CaseTemplate, desk: MappedDesk, text: string): CaseTemplate {
  const { set, shows } = mappingOf(template, desk);
  return text
    .split('\n')
    .map((line) => keptText(line, MOST_LETTERS.native))
    .filter((native) => native !== '' && canBeNative(native))
    .filter((native) => !Object.keys(shows).some((one) => sameNative(one, native)))
    .reduce((now, native) => {
      const setter = Object.keys(set).find((id) => sameNative(set[id] ?? null, native));
      const namesake = template.statuses.find(({ name, retired }) => !retired && sameNative(name, native))?.id;
      return setShown(now, desk, native, setter ?? namesake ?? template.initialStatusId);
    }, template);
}

/** The template without what it says about one help desk; a site goes by its kind's word again. */
export function withoutMapping(template: CaseTemplate, desk: MappedDesk): CaseTemplate {
  const { [desk.id]: _gone, ...native } = template.native;
  return { ...template, native };
}

const inUse = ({ statuses }: CaseTemplate, wanted: CaseTemplate['statuses'][number]['category']) =>
  statuses.find(({ category, retired }) => category === wanted && !retired);
