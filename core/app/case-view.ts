import type {
  CaseView,
  HistoryItem,
  NextItem,
  OutboxItem,
  RecentChoices,
  StatusChoice,
  StatusFace,
  TemplateView,
} from '../contract/views';
import type { CaseRecord, Effect, HistoryEntry, Timer } from '../domain/case';
import { statusColours } from '../domain/colour';
import { statusOfNative } from '../domain/decide';
import { spanWords, waitWords } from '../domain/duration';
import { proofSentence } from '../domain/proof';
import type { CaseTemplate, Category, Party, TimerRule } from '../domain/template';
import { findStatus, findSubStatus, positionName, samePosition } from '../domain/template';
import type { Seen, Site, StoredCase } from './ports';

interface Parts {
  site: Site;
  deskName: string;
  template: CaseTemplate;
  stored: StoredCase;
  /** The newest entries, oldest first. */
  history: HistoryEntry[];
  recent: RecentChoices;
  seen: Seen;
  now: number;
  timeZone: string;
}

/** What the panel shows of a case, whether it is tracked yet or not. */
export function caseView(parts: Parts): CaseView {
  const { site, deskName, template, stored, seen, now } = parts;
  const { record } = stored;
  const position = record ?? {
    statusId: statusOfNative(template, site, seen.facts.nativeStatus),
    subStatusId: null,
    tagId: null,
  };
  const status = findStatus(template, position.statusId);
  // A template always has its own statuses; a record that names another is damaged and must not look like a case.
  if (!status) throw new Error(`No status ${position.statusId} in ${template.id} ${template.version}`);
  const subStatus = findSubStatus(status, position.subStatusId) ?? null;
  const tag = status.tags.find((candidate) => candidate.id === position.tagId) ?? null;
  const requesterName = (record?.requester ?? seen.facts.requester)?.name ?? null;
  const party = subStatus?.waitsFor ?? status.waitsFor;
  const customer = requesterName ?? 'the customer';

  return {
    ticketId: seen.facts.ticketId,
    siteId: site.siteId,
    deskName,
    problem: seen.problem,
    template: { id: template.id, name: template.name },
    tracked: record !== null,
    revision: record?.revision ?? 0,
    generation: record?.generation ?? 0,
    now,
    subject: record?.subject ?? seen.facts.subject,
    requesterName,
    status: { id: status.id, name: status.name, ...faceOf(template, status.id), meaning: status.meaning },
    subStatus: subStatus && { id: subStatus.id, name: subStatus.name, meaning: subStatus.meaning },
    tag,
    waitsFor: { party, words: partyWords(party, customer) },
    enteredAt: record?.enteredAt ?? null,
    hold: record?.hold ?? false,
    customerRepliedAt: record?.customerRepliedAt ?? null,
    replyId:
      record?.undo?.replyId ?? (record && record.customerRepliedAt !== null ? record.lastCustomerMessageId : null),
    attention: record?.attention?.message ?? null,
    native: nativeOf(record, stored.effects, seen, deskName),
    next: record ? nextItems(parts, record, customer) : [],
    history: historyItems(parts.history, template, deskName),
    // Entries are numbered without a gap, from 1.
    historyCount: parts.history.at(-1)?.seq ?? 0,
    outbox: stored.effects
      .filter((effect) => effect.kind === 'desk-write')
      .map((effect) => outboxItem(effect, deskName, customer)),
    undo: record?.undo
      ? {
          commandId: record.undo.commandId,
          text: `Back to ${positionName(template, record.undo)}`,
        }
      : null,
    canClone: status.category === 'done',
    statuses: statusChoices(template, position.statusId),
    recent: parts.recent,
  };
}

export function statusChoices(template: CaseTemplate, fromStatusId: string | null): StatusChoice[] {
  const allowed = fromStatusId === null ? null : (findStatus(template, fromStatusId)?.mayBecome ?? null);
  return template.statuses.map(({ mayBecome: _, colour: _own, ...status }) => ({
    ...status,
    ...faceOf(template, status.id),
    allowed: allowed === null || status.id === fromStatusId || allowed.includes(status.id),
  }));
}

function partyWords(party: Party, customer: string): string {
  if (party === 'us') return 'us';
  if (party === 'customer') return customer;
  return party === 'third-party' ? 'somebody else' : 'nobody';
}

function nativeOf(record: CaseRecord | null, effects: Effect[], seen: Seen, deskName: string): CaseView['native'] {
  if (!record) return { status: seen.facts.nativeStatus, drift: null };
  const writing = effects.some((effect) => effect.write?.status != null);
  const { nativeStatus, expectedNativeStatus } = record;
  const drifted =
    !writing && nativeStatus !== null && expectedNativeStatus !== null && nativeStatus !== expectedNativeStatus;
  return {
    status: nativeStatus,
    drift: drifted
      ? {
          message: `${deskName} says "${nativeStatus}" now; this status goes with "${expectedNativeStatus}".`,
          nativeStatus,
        }
      : null,
  };
}

/** "Reminder to Alice", "2nd reminder to Alice", "Closes, if no answer". */
export function timerWords(
  timer: Timer,
  rule: TimerRule | undefined,
  template: CaseTemplate,
  customer: string,
): string {
  if (timer.kind === 'remind-me') return `Your reminder${timer.note ? `: ${timer.note}` : ''}`;
  if (rule?.does.type === 'message') {
    const { via } = rule.does;
    const to = via === 'reply' ? customer : via === 'note' ? 'colleagues' : 'you';
    if (rule.kind === 'notice') return `${findStatus(template, rule.when.statusId)?.name ?? 'Later'} notice to ${to}`;
    return timer.occurrence === 1 ? `Reminder to ${to}` : `Reminder ${timer.occurrence} to ${to}`;
  }
  if (rule?.does.type === 'change') {
    const to = findStatus(template, rule.does.to.statusId);
    return to?.category === 'done' ? 'Closes, if no answer' : `Becomes ${to?.name ?? rule.does.to.statusId}`;
  }
  return 'Timer';
}

function nextItems({ template, stored, timeZone }: Parts, record: CaseRecord, customer: string): NextItem[] {
  const timers = stored.timers
    .toSorted((a, b) => a.dueAt - b.dueAt)
    .map((timer): NextItem => {
      const rule = template.timers.find((candidate) => candidate.id === timer.ruleId);
      return {
        kind: timer.kind,
        timerId: timer.timerId,
        text: timerWords(timer, rule, template, customer),
        dueAt: timer.dueAt,
        held: timer.state === 'held',
        proof: proofSentence(timer, rule ? positionName(template, rule.when) : 'this status', timeZone),
      };
    });
  const reply = template.replies.find((rule) => samePosition(rule.when, record));
  return reply
    ? [
        ...timers,
        {
          kind: 'reply',
          timerId: null,
          text: `${customer} answers → ${positionName(template, reply.to)}`,
          dueAt: null,
          held: false,
          proof: null,
        },
      ]
    : timers;
}

function tagName(template: CaseTemplate, statusId: string, tagId: string | null): string {
  if (tagId === null) return '';
  return `, ${findStatus(template, statusId)?.tags.find((tag) => tag.id === tagId)?.name ?? tagId}`;
}

/** Entries in words, newest first. */
export function historyItems(
  entries: readonly HistoryEntry[],
  template: CaseTemplate,
  deskName: string,
): HistoryItem[] {
  return entries.map((entry) => historyItem(entry, template, deskName)).reverse();
}

/** What a status of a template looks like. */
export function faceOf(template: CaseTemplate, statusId: string): StatusFace {
  const status = findStatus(template, statusId);
  return {
    category: status?.category ?? 'initial',
    ...(status?.colour ? { colours: statusColours(status.colour) } : {}),
  };
}

function historyItem(entry: HistoryEntry, template: CaseTemplate, deskName: string): HistoryItem {
  const { what } = entry;
  const of = (statusId: string) => faceOf(template, statusId);
  const item = (title: string, face: StatusFace | Category, note: string | null = null): HistoryItem => ({
    seq: entry.seq,
    at: entry.at,
    title,
    ...(typeof face === 'string' ? { category: face } : face),
    by: causeWords(entry),
    note,
  });
  switch (what.type) {
    case 'entered':
      return item(
        `${positionName(template, what.to)}${tagName(template, what.to.statusId, what.to.tagId)}`,
        of(what.to.statusId),
        what.note,
      );
    case 'undone':
      return item(`Undone: ${positionName(template, what.to)} again`, of(what.to.statusId));
    case 'moved':
      return item(
        `Moved to ${template.id === entry.templateId ? template.name : entry.templateId}: ${positionName(template, what.to)}`,
        of(what.to.statusId),
        what.note,
      );
    case 'version':
      return item(`Goes on with version ${entry.templateVersion} of the template`, 'initial');
    case 'retired':
      return item(
        `${positionName(template, what.from)} was retired: ${positionName(template, what.to)}`,
        of(what.to.statusId),
      );
    case 'retimed':
      return item('New dates by a new version of the template', 'initial');
    case 'snoozed':
      return item(`Snoozed by ${spanWords(what.byMs)}`, 'waiting');
    case 'remind-me':
      return item('Reminder set', 'waiting', what.note);
    case 'remind-me-dropped':
      return item('Reminder dropped', 'waiting');
    case 'cloned':
      return item('Cloned: a new ticket continues it', 'done');
    case 'not-a-reply':
      return item(`Not a real reply: ${positionName(template, what.to)}`, of(what.to.statusId));
    case 'hold':
      return item(what.on ? 'Put on hold' : 'Hold released', 'waiting');
    case 'timer-fired':
      return item(`${KIND_WORDS[what.kind]} fell due`, 'waiting');
    case 'timer-held':
      return item(`Timer held: ${what.why}`, 'waiting');
    case 'timer-settled':
      return item(`${KIND_WORDS[what.kind]}: ${what.how === 'act' ? 'let go on' : 'dropped'}`, 'waiting');
    case 'clock-back':
      return item(`The clock went back by ${spanWords(what.byMs)}; timers wait`, 'initial');
    case 'customer-replied':
      if (what.automatic) return item('An automatic mail from the customer; it does not count', 'initial');
      return item(what.moved ? 'The customer replied' : 'The customer replied; the status stays', 'active');
    case 'desk-tells':
      return item(`${deskName} tells the customer of "${what.native}" by itself; our message was left out`, 'initial');
    case 'drift':
      return item(`${deskName} was set to "${what.native}"`, 'initial');
    case 'drift-settled':
      return item(
        what.how === 'ignore' ? `"${what.native}" in ${deskName} was accepted` : `${deskName} is set back`,
        'initial',
      );
    case 'effect':
      return item(what.text, what.outcome === 'done' ? 'done' : 'initial');
  }
}

const KIND_WORDS: Record<Timer['kind'], string> = {
  reminder: 'Reminder',
  'auto-close': 'Auto-close',
  change: 'Change of status',
  notice: 'Notice',
  'remind-me': 'Your reminder',
};

function causeWords(entry: HistoryEntry): string {
  if (entry.actor) return entry.actor.name;
  switch (entry.cause) {
    case 'timer': {
      const late = entry.what.type === 'timer-fired' ? entry.what.lateMs : 0;
      return late > 60_000 ? `timer · ${spanWords(late)} late` : 'timer · on time';
    }
    case 'reply':
      return entry.what.type === 'customer-replied' && entry.what.automatic ? 'automatic mail' : "customer's reply";
    case 'desk':
      return 'seen in the help desk';
    case 'outbox':
      return 'sent to the help desk';
    case 'workflow':
      return 'workflow';
    case 'team':
      return 'team';
    case 'template':
      return 'template';
    case 'person':
    case 'bulk':
      return 'somebody';
  }
}

function outboxItem(effect: Effect, deskName: string, customer: string): OutboxItem {
  const { write } = effect;
  return {
    effectId: effect.effectId,
    state:
      effect.state === 'sending' || effect.state === 'failed' || effect.state === 'uncertain'
        ? effect.state
        : 'pending',
    text: write?.message ? `Message to ${customer}` : `${deskName} to "${write?.status ?? ''}"`,
    notBefore: effect.notBefore,
    problem: effect.outcome,
    body: write?.message?.body ?? null,
  };
}

/** A template in words, for the options page. */
export function templateView(template: CaseTemplate): Omit<TemplateView, 'versions'> {
  return {
    id: template.id,
    name: template.name,
    summary: template.summary,
    version: template.version,
    statuses: statusChoices(template, null),
    timers: template.timers.map((rule) => ({
      kind: rule.kind,
      text: `${waitWords(rule.after)} in ${positionName(template, rule.when)}: ${
        rule.does.type === 'message'
          ? (template.messages.find((message) => rule.does.type === 'message' && message.id === rule.does.messageId)
              ?.name ?? 'message')
          : `becomes ${positionName(template, rule.does.to)}${tagName(template, rule.does.to.statusId, rule.does.to.tagId)}`
      }`,
    })),
    replies: template.replies.map(
      (rule) =>
        `The customer replies in ${positionName(template, rule.when)}: becomes ${positionName(template, rule.to)}`,
    ),
    messages: template.messages.map(({ id, name, body }) => ({ id, name, body })),
  };
}
