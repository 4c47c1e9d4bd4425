import type { EditorState } from '../../components/options/editor/state';
import {
  addEntry,
  addMessage,
  addPattern,
  addReply,
  addShown,
  addTimer,
  canBeNative,
  changeEntry,
  changeMessage,
  changePattern,
  changeReply,
  changeTimer,
  inUnit,
  mappingOf,
  ofKind,
  setNative,
  setShown,
  withoutMapping,
  withoutPattern,
  withoutRule,
} from '../../core/domain/rule-edits';
import type { CaseTemplate, Position, Status, Target, TimerRule, Wait } from '../../core/domain/template';
import {
  addStatus,
  changeStatus,
  changeSubStatus,
  followersOf,
  idsOf,
  keptText,
  MOST_LETTERS,
  moveItem,
  withAnyTransition,
  without,
  withPastedTags,
  withSubStatus,
  withTransitions,
} from '../../core/domain/template-edits';
import { LANGUAGES } from '../../core/words/language';
import type { Random } from '../simulation/random';

const CATEGORIES = ['initial', 'active', 'waiting', 'done'] as const;
const PARTIES = ['us', 'customer', 'third-party', 'nobody'] as const;
const KINDS = ['reminder', 'auto-close', 'change', 'notice'] as const;
const VIAS = ['reply', 'note', 'notification'] as const;
const UNITS = ['seconds', 'minutes', 'hours', 'days', 'business-hours', 'business-days', 'working-day'] as const;

/** What people type and paste, and what somebody types who means harm. */
const TEXTS = [
  'Waiting for parts',
  'Rückfrage – Büro',
  '待ち',
  'بانتظار العميل',
  '\u202eright to left\u202c',
  'e\u0301\u0327\u0323 combining',
  '👩‍👩‍👧‍👦 🙂',
  '<img src=x onerror=alert(1)>',
  '</script><script>',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '{customer} {unknown} {',
  '"quoted", \\back\\slash\\ \u0007\t\u2028\u2029',
  '   spaces around   ',
  '\u00a0\ufeff',
  '=HYPERLINK("x")',
  'x'.repeat(500),
  `${'y'.repeat(119)} and more than fits`,
  `${'z'.repeat(119)}🙂🙂`,
  'line one\nline two\r\nline three',
  '',
  '\ud83d',
  '%00',
] as const;

/** A text as a field keeps it; `null`: it keeps what was there before, and says why. */
function typed(random: Random, most: number, { required = false, lines = false, native = false } = {}): string | null {
  const text = random.chance(0.2)
    ? random.pick(TEXTS) + random.pick(TEXTS)
    : `${random.pick(TEXTS)}${random.chance(0.5) ? ` ${random.int(1, 30)}` : ''}`;
  // A field of one line takes no breaks, whatever is pasted.
  const kept = keptText(lines ? text : text.replace(/[\r\n]/g, ''), most, { lines });
  if (required && kept.trim() === '') return null;
  return native && !canBeNative(kept) ? null : kept;
}

const positionsOf = ({ statuses }: CaseTemplate): Position[] =>
  statuses
    .filter(({ retired }) => !retired)
    .flatMap(({ id, subStatuses }) => [
      { statusId: id, subStatusId: null },
      ...subStatuses.filter(({ retired }) => !retired).map((sub) => ({ statusId: id, subStatusId: sub.id })),
    ]);

function target(random: Random, template: CaseTemplate, position: Position): Target {
  const tags =
    template.statuses.find(({ id }) => id === position.statusId)?.tags.filter(({ retired }) => !retired) ?? [];
  return { ...position, tagId: tags.length > 0 && random.chance(0.6) ? random.pick(tags).id : null };
}

/** One edit of an editor, by the functions that its fields and buttons call. */
type Edit = (state: EditorState, random: Random) => void;

const onStatus =
  (change: (status: Status, random: Random, state: EditorState) => Status): Edit =>
  (state, random) => {
    const { id } = random.pick(state.template.peek().statuses);
    state.edit((before) => changeStatus(before, id, (status) => change(status, random, state)));
  };

const onTimer =
  (change: (rule: TimerRule, random: Random, template: CaseTemplate) => Partial<TimerRule>): Edit =>
  (state, random) => {
    const template = state.template.peek();
    if (template.timers.length === 0) return state.edit(addTimer);
    const rule = random.pick(template.timers);
    state.edit((before) => changeTimer(before, rule.id, change(rule, random, template)), `${rule.id} field`);
  };

const amount = (random: Random) => random.pick([1, 2, 7, 14, 28, random.int(1, 400), 100_000]);

const waitFrom = (random: Random, wait: Wait): Wait => {
  const next = random.chance(0.5) ? inUnit(wait, random.pick(UNITS)) : { ...wait, amount: amount(random) };
  return next.unit === 'working-day' ? { ...next, at: random.pick(['08:00', '00:00', '23:59']) } : next;
};

/** Everything that can be done in the editor, by what it is called there. */
export const EDITS: Record<string, Edit> = {
  'add a status': (state) => state.edit((before) => addStatus(before, 'New')),
  'rename a status': onStatus((status, random) => ({
    ...status,
    name: typed(random, MOST_LETTERS.name, { required: true }) ?? status.name,
  })),
  'order the statuses': (state, random) =>
    state.edit((before) => {
      const last = before.statuses.length - 1;
      return { ...before, statuses: moveItem(before.statuses, random.int(0, last), random.int(0, last)) };
    }),
  'colour a status': onStatus((status, random) => ({
    ...status,
    colour: random.chance(0.2) ? null : `#${random.int(0, 0xffffff).toString(16).padStart(6, '0')}`,
  })),
  'choose a category': onStatus((status, random) => ({ ...status, category: random.pick(CATEGORIES) })),
  'choose who is waited for': onStatus((status, random) => ({ ...status, waitsFor: random.pick(PARTIES) })),
  'say what a status means': onStatus((status, random) => ({
    ...status,
    meaning: { ...status.meaning, [random.pick(['agent', 'customer'])]: words(random) },
  })),
  'remove or retire a status': (state, random) => {
    const template = state.template.peek();
    const status = random.pick(template.statuses);
    if (state.view.published?.statuses.some(({ id }) => id === status.id))
      return state.setRetired({ kind: 'status', statusId: status.id }, !status.retired);
    if (template.initialStatusId !== status.id) state.edit((before) => without(before, { statusId: status.id }));
  },
  'start elsewhere': (state, random) => {
    const { id } = random.pick(state.template.peek().statuses);
    state.edit((before) => ({ ...before, initialStatusId: id }));
  },
  'add a sub-status': onStatus((status) => withSubStatus(status, 'New')),
  'change a sub-status': onStatus((status, random) => {
    if (status.subStatuses.length === 0) return withSubStatus(status, 'New');
    const sub = random.pick(status.subStatuses);
    const name = typed(random, MOST_LETTERS.name, { required: true }) ?? sub.name;
    return changeSubStatus(status, sub.id, { name, waitsFor: random.pick(PARTIES), meaning: meaning(random) });
  }),
  'order the sub-statuses': onStatus((status, random) => ({
    ...status,
    subStatuses: moveItem(status.subStatuses, random.int(0, 3), random.int(0, 3)),
  })),
  'ask for a sub-status': onStatus((status) => ({ ...status, subStatusRequired: !status.subStatusRequired })),
  'remove or retire a sub-status': (state, random) => {
    const { id: statusId, subStatuses } = random.pick(state.template.peek().statuses);
    const sub = subStatuses.length > 0 ? random.pick(subStatuses) : null;
    if (!sub) return;
    const status = state.view.published?.statuses.find(({ id }) => id === statusId);
    if (status?.subStatuses.some(({ id }) => id === sub.id))
      state.setRetired({ kind: 'sub-status', statusId, subStatusId: sub.id }, !sub.retired);
    else state.edit((before) => without(before, { statusId, subStatusId: sub.id }));
  },
  'paste reasons': onStatus((status, random) => {
    const lines = Array.from({ length: random.int(1, 6) }, () => random.pick(TEXTS));
    return { ...status, tags: withPastedTags(status.tags, lines.join(random.pick(['\n', '\r\n']))) };
  }),
  'ask for a reason': onStatus((status) => ({ ...status, tagRequired: !status.tagRequired })),
  'remove or retire a reason': (state, random) => {
    const { id: statusId, tags } = random.pick(state.template.peek().statuses);
    const tag = tags.length > 0 ? random.pick(tags) : null;
    if (!tag) return;
    const status = state.view.published?.statuses.find(({ id }) => id === statusId);
    if (status?.tags.some(({ id }) => id === tag.id))
      state.setRetired({ kind: 'tag', statusId, tagId: tag.id }, !tag.retired);
    else state.edit((before) => without(before, { statusId, tagId: tag.id }));
  },
  'restrict what follows': (state, random) => {
    const { id } = random.pick(state.template.peek().statuses);
    state.edit((before) => withAnyTransition(before, [id], random.chance(0.5)));
  },
  'allow or forbid a step': (state, random) => {
    const { id } = random.pick(state.template.peek().statuses);
    const others = followersOf(state.template.peek(), id);
    if (others.length === 0) return;
    state.edit((before) => withTransitions(before, [id], [random.pick(others).id], random.chance(0.5)));
  },
  'add a timer': (state) => state.edit(addTimer),
  'choose what a timer does': onTimer((rule, random, template) => ofKind(template, rule, random.pick(KINDS))),
  'choose where a timer starts': onTimer((rule, random, template) => ({
    when: positionsOf(template).length > 0 ? random.pick(positionsOf(template)) : rule.when,
  })),
  'choose how long a timer waits': onTimer((rule, random) => ({ after: waitFrom(random, rule.after) })),
  'choose what a timer leads to': onTimer((rule, random, template) => {
    const positions = positionsOf(template);
    if (rule.does.type === 'change')
      return positions.length > 0
        ? { does: { type: 'change', to: target(random, template, random.pick(positions)) } }
        : {};
    const [message] = template.messages;
    const messageId = message ? random.pick(template.messages).id : rule.does.messageId;
    return { does: { ...rule.does, messageId, via: random.pick(VIAS) } };
  }),
  'let a timer repeat': onTimer((rule, random) => {
    if (rule.does.type !== 'message') return {};
    if (!rule.repeat) return { repeat: { every: { amount: 7, unit: 'days' }, times: 2 } };
    const every = waitFrom(random, rule.repeat.every);
    if (random.chance(0.3) || every.unit === 'working-day') return { repeat: null };
    return { repeat: { every, times: random.int(2, 50) } };
  }),
  'let a timer stand still': onTimer((rule, random, template) => {
    if (rule.pausesIn === null || random.chance(0.2)) return { pausesIn: rule.pausesIn === null ? [] : null };
    const positions = positionsOf(template);
    return positions.length > 0 ? { pausesIn: [...rule.pausesIn, random.pick(positions)].slice(-200) } : {};
  }),
  'choose what an unread ticket means': onTimer((_rule, random) => ({
    ifUnread: random.pick(['retry', 'ask', 'act'] as const),
  })),
  'remove a timer': (state, random) => removeFrom(state, random, 'timers'),
  'add a rule for replies': (state) => state.edit(addReply),
  'change a rule for replies': (state, random) => {
    const template = state.template.peek();
    const positions = positionsOf(template);
    if (template.replies.length === 0 || positions.length === 0) return;
    const { id } = random.pick(template.replies);
    const part = random.chance(0.5)
      ? { when: random.pick(positions) }
      : { to: target(random, template, random.pick(positions)) };
    state.edit((before) => changeReply(before, id, part));
  },
  'remove a rule for replies': (state, random) => removeFrom(state, random, 'replies'),
  'add a message': (state) => state.edit((before) => addMessage(before, 'New', 'Hello {customer},\n\n')),
  'write a message': (state, random) => {
    const { messages } = state.template.peek();
    if (messages.length === 0) return;
    const message = random.pick(messages);
    const name = typed(random, MOST_LETTERS.name, { required: true }) ?? message.name;
    const body = typed(random, MOST_LETTERS.body, { required: true, lines: true }) ?? message.body;
    state.edit((before) => changeMessage(before, message.id, { name, body }), `${message.id} body`);
  },
  'remove a message': (state, random) => removeFrom(state, random, 'messages'),
  'tell on entry': (state) => state.edit(addEntry),
  'change what is told on entry': (state, random) => {
    const template = state.template.peek();
    const positions = positionsOf(template);
    if (template.onEntry.length === 0 || positions.length === 0 || template.messages.length === 0) return;
    const { id } = random.pick(template.onEntry);
    const when = random.pick(positions);
    const messageId = random.pick(template.messages).id;
    state.edit((before) =>
      changeEntry(before, id, { when, messageId, via: random.pick(VIAS), immediate: random.chance(0.5) }),
    );
  },
  'remove what is told on entry': (state, random) => removeFrom(state, random, 'onEntry'),
  'name the template': (state, random) =>
    state.edit(
      (before) => ({ ...before, name: typed(random, MOST_LETTERS.name, { required: true }) ?? before.name }),
      'name',
    ),
  'say what the template is for': (state, random) =>
    state.edit((before) => ({ ...before, summary: words(random) }), 'summary'),
  'choose the language': (state, random) => state.edit((before) => ({ ...before, language: random.pick(LANGUAGES) })),
  'choose the calendar': (state, random) =>
    state.edit((before) => ({ ...before, calendarId: random.pick([null, ...idsOf(state.view.calendars)]) })),
  'add a pattern': (state) => state.edit(addPattern),
  'change a pattern': (state, random) => {
    const { appliesTo } = state.template.peek();
    const at = random.int(0, Math.max(0, appliesTo.length - 1));
    const siteId = random.pick([null, ...idsOf(state.view.desks)]);
    const queue = typed(random, MOST_LETTERS.pattern) || null;
    const type = typed(random, MOST_LETTERS.pattern) || null;
    state.edit((before) => changePattern(before, at, { siteId, queue, type }));
  },
  'remove a pattern': (state, random) => state.edit((before) => withoutPattern(before, random.int(0, 2))),
  'map a native status': (state, random) => {
    const desk = random.pick(state.view.desks);
    const status = random.pick(state.template.peek().statuses).id;
    const native = typed(random, MOST_LETTERS.native, { native: true });
    if (native !== null) state.edit((before) => setNative(before, desk, status, native), `native ${desk.id} ${status}`);
  },
  'take in native statuses': (state, random) => {
    const desk = random.pick(state.view.desks);
    const text = words(random);
    state.edit((before) => addShown(before, desk, text));
  },
  'say what a native status stands for': (state, random) => {
    const template = state.template.peek();
    const desk = random.pick(state.view.desks);
    const known = Object.keys(mappingOf(template, desk).shows);
    if (known.length === 0) return;
    const statusId = random.pick([null, ...idsOf(template.statuses)]);
    state.edit((before) => setShown(before, desk, random.pick(known), statusId));
  },
  'let a site go by its kind': (state, random) => {
    const desk = random.pick(state.view.desks);
    state.edit((before) => withoutMapping(before, desk));
  },
  undo: (state) => state.undo(),
  redo: (state) => state.redo(),
};

const words = (random: Random) => typed(random, MOST_LETTERS.words, { lines: true }) ?? '';
const meaning = (random: Random) => ({ agent: words(random), customer: words(random) });

function removeFrom(state: EditorState, random: Random, list: 'timers' | 'replies' | 'messages' | 'onEntry'): void {
  const rules = state.template.peek()[list];
  if (rules.length === 0) return;
  const { id } = random.pick<{ id: string }>(rules);
  state.edit((before) => withoutRule(before, list, id));
}
