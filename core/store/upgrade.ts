import type { Transaction } from 'dexie';
import { plainWait } from '../domain/duration';

/** Rows as version 1 kept them, as far as they differ from today's. */
interface Template1 {
  id: string;
  version: number;
  statuses: { id: string; category: string; subStatuses: object[]; tags: object[] }[];
  timers: { does: { type: string } }[];
  onEntry: object[];
}
interface Case1 {
  caseKey: string;
  templateId: string;
  templateVersion: number;
  statusId: string;
  enteredAt: number;
  hold: boolean;
}
interface Timer1 {
  caseKey: string;
  state: string;
  kind: string;
  proof: {
    enteredAt: number;
    afterMs: number;
    shifts: { at: number; byMs: number; why: string }[];
  };
}

/**
 * To version 2: templates say what is retired, how a message is told and whether a clock pauses; timers say what they
 * belong to and how their date was counted. Everything keeps its meaning; what could be undone a moment before the
 * update cannot be undone after it. History is not touched: its hashes are over what was written then.
 */
export async function toVersion2(transaction: Transaction): Promise<void> {
  const live = (row: object) => Object.assign(row, { retired: false });
  await transaction
    .table<Template1>('templates')
    .toCollection()
    .modify((template) => {
      for (const status of template.statuses) {
        Object.assign(live(status), { colour: null });
        status.subStatuses.forEach(live);
        status.tags.forEach(live);
      }
      for (const rule of template.timers) {
        Object.assign(rule, { repeat: null, pausesIn: null, ifUnread: 'retry' });
        if (rule.does.type === 'message') Object.assign(rule.does, { via: 'reply' });
      }
      for (const rule of template.onEntry) Object.assign(rule, { via: 'reply' });
      Object.assign(template, { calendarId: null, appliesTo: [] });
    });
  await transaction
    .table<Case1>('cases')
    .toCollection()
    .modify((record) => {
      Object.assign(record, { undo: null, remindOnHold: false, entryMessageId: null, changedAt: record.enteredAt });
    });
  const held = new Map<string, boolean>();
  await transaction.table<Case1>('cases').each(({ caseKey, hold }) => void held.set(caseKey, hold));
  await transaction
    .table<Timer1>('timers')
    .toCollection()
    .modify((timer) => {
      const { enteredAt, afterMs, shifts } = timer.proof;
      Object.assign(timer, {
        scope: 'position',
        occurrence: 1,
        note: null,
        heldFor: timer.state !== 'held' ? null : held.get(timer.caseKey) ? 'hold' : 'decision',
        proof: {
          derivation: { from: enteredAt, wait: plainWait(afterMs), calendar: null },
          firstDueAt: enteredAt + afterMs,
          shifts,
        },
      });
    });
  const waits = new Map<string, boolean>();
  await transaction.table<Template1>('templates').each(({ id, version, statuses }) => {
    for (const status of statuses) waits.set(`${id} ${version} ${status.id}`, status.category === 'waiting');
  });
  const checks: { caseKey: string; at: number }[] = [];
  await transaction.table<Case1>('cases').each(({ caseKey, templateId, templateVersion, statusId, enteredAt }) => {
    if (waits.get(`${templateId} ${templateVersion} ${statusId}`)) checks.push({ caseKey, at: enteredAt });
  });
  await transaction.table('checks').clear();
  await transaction.table('checks').bulkAdd(checks);
  await transaction
    .table<{ notification: object | null; write: { message: object | null } | null }>('outbox')
    .toCollection()
    .modify((effect) => {
      if (effect.notification) Object.assign(effect.notification, { kind: 'decision' });
      if (effect.write?.message) Object.assign(effect.write.message, { after: null });
    });
}
