import { plainCalendar } from '../../core/domain/calendar';
import { checkTemplate } from '../../core/domain/checker';
import { exportFile, importFile } from '../../core/domain/portable';
import type { CaseTemplate } from '../../core/domain/template';
import { days, once, status, tags } from '../../core/domain/templates/parts';
import type { Row } from './measure';

const STATUSES = 50;
const indexes = Array.from({ length: STATUSES }, (_, index) => index);
const at = (index: number) => ({ statusId: `status-${index % STATUSES}`, subStatusId: null });

/** 50 statuses, of which each may become any of five others, and 200 rules: four for each. */
const large: CaseTemplate = {
  id: 'large',
  name: 'Large',
  summary: 'Many statuses and rules.',
  version: 1,
  initialStatusId: 'status-0',
  statuses: indexes.map((index) =>
    status({
      id: `status-${index}`,
      name: `Status ${index}`,
      category: index === 0 ? 'initial' : index < STATUSES - 5 ? 'waiting' : 'done',
      waitsFor: index < STATUSES - 5 ? 'customer' : 'nobody',
      meaning: { agent: `What status ${index} means to us.`, customer: `What status ${index} means to them.` },
      tags: tags('First reason', 'Second reason', 'Third reason'),
      mayBecome: [1, 2, 3, 7, 11].map((step) => at(index + step).statusId),
    }),
  ),
  timers: indexes.flatMap((index) => [
    {
      id: `remind-${index}`,
      kind: 'reminder' as const,
      when: at(index),
      after: days(7),
      ...once,
      does: { type: 'message' as const, messageId: 'message', via: 'reply' as const },
    },
    {
      id: `change-${index}`,
      kind: 'change' as const,
      when: at(index),
      after: days(28),
      ...once,
      does: { type: 'change' as const, to: { ...at(index + 1), tagId: 'first-reason' } },
    },
  ]),
  onEntry: indexes.map((index) => ({
    id: `tell-${index}`,
    when: at(index),
    messageId: 'message',
    via: 'reply' as const,
    immediate: false,
  })),
  replies: indexes.map((index) => ({ id: `reply-${index}`, when: at(index), to: { ...at(index + 2), tagId: null } })),
  messages: [{ id: 'message', name: 'Message', body: 'Hello {customer}, "{subject}" is {status} until {closes}.' }],
  calendarId: null,
  appliesTo: [],
  native: {},
};

const calendar = plainCalendar('Europe/Berlin');

/** 20 such templates, as people hand them over. */
const file = exportFile(
  {
    kind: 'templates',
    templates: Array.from({ length: 20 }, (_, index) => ({ ...large, id: `large-${index}`, name: `Large ${index}` })),
    calendars: [],
  },
  Date.UTC(2026, 10, 17),
);
const imported = importFile(file);
if (!imported.ok) throw new Error(JSON.stringify(imported.problems.slice(0, 3)));

export const templateRows: readonly Row[] = [
  {
    name: `checker: ${large.statuses.length} statuses, ${large.timers.length + large.onEntry.length + large.replies.length} rules`,
    run: () => checkTemplate(large, { calendar }),
  },
  {
    name: `import: 20 such templates, ${(file.length / 1e6).toFixed(1)} MB`,
    run: () => importFile(file),
  },
];
