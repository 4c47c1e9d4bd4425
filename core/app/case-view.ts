import type {
  CaseView,
  HistoryItem,
  NextItem,
  OutboxItem,
  RecentChoices,
  StatusChoice,
  StatusFace,
  TemplateReading,
} from '../contract/views';
import type { CaseRecord, Effect, HistoryEntry, Timer } from '../domain/case';
import { statusColours } from '../domain/colour';
import { MOVED_ELSEWHERE, statusOfNative, waitsForPerson } from '../domain/decide';
import { spanWords, waitWords } from '../domain/duration';
import { proofSentence } from '../domain/proof';
import type { CaseTemplate, Category, Party, TimerRule } from '../domain/template';
import { findStatus, findSubStatus, positionName, sameNative, samePosition } from '../domain/template';
import { caseWords } from '../words/case';
import { decideWords } from '../words/decide';
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
  const customer = requesterName ?? caseWords.theCustomer;
  const native = nativeOf(record, stored.effects, seen, deskName);
  // Where the case waits because the help desk went its own way, the one word about that says both.
  const oneWord = native.drift !== null && record?.attention?.code === MOVED_ELSEWHERE;
  const attention = oneWord ? null : (record?.attention?.message ?? null);
  const outbox = stored.effects
    .filter((effect) => effect.kind === 'desk-write')
    .map((effect) => outboxItem(effect, deskName, customer));
  const unsent = outbox.find((item) => item.problem !== null)?.problem;

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
    waitsForPerson: stored.timers.some(waitsForPerson),
    customerRepliedAt: record?.customerRepliedAt ?? null,
    replyId:
      record?.undo?.replyId ?? (record && record.customerRepliedAt !== null ? record.lastCustomerMessageId : null),
    attention,
    trouble: seen.problem?.message ?? attention ?? native.drift?.message ?? unsent ?? null,
    native,
    next: record ? nextItems(parts, record, customer) : [],
    history: historyItems(parts.history, template, deskName),
    // Entries are numbered without a gap, from 1.
    historyCount: parts.history.at(-1)?.seq ?? 0,
    outbox,
    undo: record?.undo
      ? {
          commandId: record.undo.commandId,
          text: caseWords.backTo(positionName(template, record.undo)),
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
  return party === 'customer' ? customer : caseWords.parties[party];
}

function nativeOf(record: CaseRecord | null, effects: Effect[], seen: Seen, deskName: string): CaseView['native'] {
  if (!record) return { status: seen.facts.nativeStatus, drift: null };
  const writing = effects.some((effect) => effect.write?.status != null);
  const { nativeStatus, expectedNativeStatus } = record;
  const drifted =
    !writing &&
    nativeStatus !== null &&
    expectedNativeStatus !== null &&
    !sameNative(nativeStatus, expectedNativeStatus);
  return {
    status: nativeStatus,
    drift: drifted
      ? {
          message:
            record.attention?.code === MOVED_ELSEWHERE
              ? // By what it says now: it may have gone on since the case began to wait.
                decideWords.lookAtTicket(nativeStatus)
              : caseWords.drifted(deskName, nativeStatus, expectedNativeStatus),
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
  if (timer.kind === 'remind-me') return timer.note ? caseWords.aboutReminder(timer.note) : caseWords.yourReminder;
  if (rule?.does.type === 'message') {
    const { via } = rule.does;
    const to = via === 'reply' ? customer : via === 'note' ? caseWords.colleagues : caseWords.you;
    if (rule.kind === 'notice')
      return caseWords.noticeTo(findStatus(template, rule.when.statusId)?.name ?? caseWords.later, to);
    return timer.occurrence === 1 ? caseWords.reminderTo(to) : caseWords.reminderNumberTo(timer.occurrence, to);
  }
  if (rule?.does.type === 'change') {
    const to = findStatus(template, rule.does.to.statusId);
    return to?.category === 'done' ? caseWords.closesIfNoAnswer : caseWords.becomes(to?.name ?? rule.does.to.statusId);
  }
  return caseWords.timer;
}

function nextItems({ template, stored, seen, timeZone }: Parts, record: CaseRecord, customer: string): NextItem[] {
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
        proof: proofSentence(timer, rule ? positionName(template, rule.when) : caseWords.thisStatus, timeZone),
      };
    });
  const reply = template.replies.find((rule) => samePosition(rule.when, record));
  const who = (record.requester ?? seen.facts.requester)?.name ?? caseWords.customerWho;
  return reply
    ? [
        ...timers,
        {
          kind: 'reply',
          timerId: null,
          text: caseWords.answers(who, positionName(template, reply.to)),
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
      return item(caseWords.undone(positionName(template, what.to)), of(what.to.statusId));
    case 'moved':
      return item(
        caseWords.movedTo(
          template.id === entry.templateId ? template.name : entry.templateId,
          positionName(template, what.to),
        ),
        of(what.to.statusId),
        what.note,
      );
    case 'version':
      return item(caseWords.newVersion(entry.templateVersion), 'initial');
    case 'retired':
      return item(
        caseWords.retired(positionName(template, what.from), positionName(template, what.to)),
        of(what.to.statusId),
      );
    case 'retimed':
      return item(caseWords.retimed, 'initial');
    case 'snoozed':
      return item(caseWords.snoozed(spanWords(what.byMs)), 'waiting');
    case 'remind-me':
      return item(caseWords.reminderSet, 'waiting', what.note);
    case 'remind-me-dropped':
      return item(caseWords.reminderDropped, 'waiting');
    case 'cloned':
      return item(caseWords.cloned, 'done');
    case 'not-a-reply':
      return item(caseWords.notAReply(positionName(template, what.to)), of(what.to.statusId));
    case 'hold':
      return item(what.on ? caseWords.putOnHold : caseWords.holdReleased, 'waiting');
    case 'timer-fired':
      return item(caseWords.fellDue(caseWords.kinds[what.kind]), 'waiting');
    case 'timer-held':
      return item(caseWords.timerHeld(what.why), 'waiting');
    case 'timer-settled':
      return item(caseWords[what.how === 'act' ? 'letGoOn' : 'dropped'](caseWords.kinds[what.kind]), 'waiting');
    case 'clock-back':
      return item(caseWords.clockBack(spanWords(what.byMs)), 'initial');
    case 'customer-replied':
      if (what.automatic) return item(caseWords.automaticMail, 'initial');
      return item(what.moved ? caseWords.replied : caseWords.repliedAndStays, 'active');
    case 'desk-tells':
      return item(caseWords.deskTells(deskName, what.native), 'initial');
    case 'drift':
      return item(caseWords.setInDesk(deskName, what.native), 'initial');
    case 'drift-settled':
      return item(
        what.how === 'ignore' ? caseWords.acceptedInDesk(deskName, what.native) : caseWords.setBack(deskName),
        'initial',
      );
    case 'effect':
      return item(what.text, what.outcome === 'done' ? 'done' : 'initial');
  }
}

function causeWords(entry: HistoryEntry): string {
  if (entry.actor) return entry.actor.name;
  switch (entry.cause) {
    case 'timer': {
      const late = entry.what.type === 'timer-fired' ? entry.what.lateMs : 0;
      return late > 60_000 ? caseWords.timerLate(spanWords(late)) : caseWords.timerOnTime;
    }
    case 'reply':
      return entry.what.type === 'customer-replied' && entry.what.automatic
        ? caseWords.byAutomaticMail
        : caseWords.byReply;
    case 'desk':
      return caseWords.byDesk;
    case 'outbox':
      return caseWords.byOutbox;
    case 'workflow':
      return caseWords.byWorkflow;
    case 'team':
      return caseWords.byTeam;
    case 'template':
      return caseWords.byTemplate;
    case 'person':
    case 'bulk':
      return caseWords.bySomebody;
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
    text: write?.message ? caseWords.messageTo(customer) : caseWords.deskTo(deskName, write?.status ?? ''),
    notBefore: effect.notBefore,
    triesAgainAt: effect.state === 'pending' && effect.attempts > 0 ? effect.notBefore : null,
    problem: effect.outcome,
    body: write?.message?.body ?? null,
  };
}

/** A template in words, for the options page. */
export function templateReading(template: CaseTemplate): TemplateReading {
  return {
    id: template.id,
    name: template.name,
    summary: template.summary,
    version: template.version,
    statuses: statusChoices(template, null),
    timers: template.timers.map((rule) => ({
      kind: rule.kind,
      text: caseWords.timerRule(
        waitWords(rule.after),
        positionName(template, rule.when),
        rule.does.type === 'message'
          ? (template.messages.find((message) => rule.does.type === 'message' && message.id === rule.does.messageId)
              ?.name ?? caseWords.message)
          : caseWords.timerBecomes(
              `${positionName(template, rule.does.to)}${tagName(template, rule.does.to.statusId, rule.does.to.tagId)}`,
            ),
      ),
    })),
    replies: template.replies.map((rule) =>
      caseWords.replyRule(positionName(template, rule.when), positionName(template, rule.to)),
    ),
    messages: template.messages.map(({ id, name, body }) => ({ id, name, body })),
  };
}
