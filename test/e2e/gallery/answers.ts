/** Answers of the background for what takes weeks, many help desks, or bad luck to come about. */
import type { DataOverview, ImportLook, VerifyPart } from '../../../core/contract/data-views';
import type { Refusal } from '../../../core/contract/messages';
import type {
  CalendarList,
  CalendarView,
  ConnectionView,
  DiagnosticsView,
  DraftItem,
  DraftView,
  DueItem,
  PolicyView,
  PopupView,
  ReplayView,
  ReviewItem,
  SiteView,
} from '../../../core/contract/views';
import { plainCalendar } from '../../../core/domain/calendar';
import type { NotificationSettings } from '../../../core/domain/notification-settings';
import { exportFile } from '../../../core/domain/portable';
import { DEFAULT_SHORTCUTS, type Shortcuts } from '../../../core/domain/shortcuts';
import type { CaseTemplate } from '../../../core/domain/template';
import { appWords } from '../../../core/words/app';
import { deskWords } from '../../../core/words/desk';

const DAY_MS = 86_400_000;
const now = Date.now();

export const yes = <T>(value: T) => ({ ok: true, value }) as const;
export const no = (code: string, message: string): Refusal => ({ ok: false, code, message });

export const noSpace = no('storage-full', appWords.storageFull);
export const noStorage = no('storage-unavailable', appWords.storageUnavailable);

const subjects = [
  'Export of the monthly berth report stops at 5,000 rows',
  'Cannot invite a colleague: “address is already in use”',
  'Invoice 2210-44 shows the old VAT number',
  'Arrival alerts come two hours late, and only for vessels that berth at the northern quay before six in the morning',
  'Two-factor codes refused after changing phones',
  'Berth calendar in Japanese',
];

const site = (name: string, deskName: string, rest: Partial<SiteView> = {}): SiteView => ({
  siteId: `site-${name}`,
  name,
  deskName,
  baseUrl: `https://${name}`,
  connectedAt: now - DAY_MS,
  templateId: 'support',
  granted: true,
  tells: [],
  takesKey: false,
  keyOwner: null,
  problem: null,
  ...rest,
});

const tells = (...statuses: string[]) => statuses.map((status, at) => ({ status, byDesk: at === 1 }));

export const sites = [
  site('support.harbour.example', 'Harbour', { tells: tells('open', 'solved', 'pending') }),
  site('rt.northern-quay-logistics-and-shipping.example', 'RT', {
    tells: tells('new', 'resolved', 'open', 'stalled', 'rejected'),
  }),
  site('projects.fjordline.example/redmine', 'Redmine', { takesKey: true, keyOwner: 'Erin Walsh' }),
  site('helpdesk.kaiun.example', 'RT', { granted: false, problem: appWords.permissionGone }),
];

export const refusedSite = [site('rt.example.com', 'RT', { granted: false, problem: appWords.permissionGone })];

export const connection: ConnectionView = {
  deskName: 'Harbour',
  ticket: { ticketId: '104', url: 'https://support.harbour.example/tickets/104' },
  fields: [
    { id: 'number', page: '104', desk: '104', state: 'found' },
    { id: 'subject', page: null, desk: subjects[3] ?? '', state: 'missing' },
    { id: 'status', page: 'open', desk: 'pending', state: 'found' },
    { id: 'requester', page: null, desk: null, state: 'missing' },
    { id: 'assignee', page: null, desk: 'Erin Walsh', state: 'elsewhere' },
    { id: 'queue', page: null, desk: null, state: 'none' },
  ],
  desk: [
    { ok: false, text: deskWords.whoAsks('Harbour') },
    { ok: true, text: 'The ticket can be read' },
  ],
  problems: [
    'Nobody is logged in to Harbour. Reminders, auto-closes and messages wait until you log in to Harbour.',
    'Requester: not found on the page. Messages call the customer “Customer”.',
  ],
};

export const reviewList = (count: number): ReviewItem[] =>
  Array.from({ length: count }, (_, at) => ({
    timerId: `timer-${at}`,
    caseKey: `site-${at % 3 === 2 ? 'rt' : 'harbour'}/${101 + at}`,
    ticketId: String(101 + at),
    siteName: at % 3 === 2 ? 'rt.northern-quay-logistics.example' : 'support.harbour.example',
    url: `https://support.harbour.example/tickets/${101 + at}`,
    subject: subjects[at % subjects.length] ?? '',
    statusName: at % 2 ? 'Awaiting Customer Confirmation' : 'Pending – Customer Input',
    category: 'waiting',
    kind: at % 2 ? 'auto-close' : 'reminder',
    text: at % 2 ? 'Closes, if no answer' : 'Reminder to Alice Customer',
    dueAt: now - (at + 1) * 1.7 * DAY_MS,
    why: at === 1 ? appWords.unreadDecide(deskWords.unreachable('RT')) : null,
    customerReplied: at === 3,
  }));

const due = (count: number): DueItem[] =>
  reviewList(count).map((item, at) => ({ ...item, dueAt: now + (at * at + 1) * 5 * 3_600_000 }));

const onTicket: PopupView['page'] = {
  state: 'connected',
  site: site('support.harbour.example', 'Harbour'),
  case: {
    category: 'waiting',
    ticketId: '101',
    subject: subjects[0] ?? '',
    status: 'Pending – Customer Input',
    waitsFor: 'Alice Customer',
  },
};

export const popup = {
  usual: { page: onTicket, due: due(2), waiting: 0 },
  full: { page: onTicket, due: due(6), waiting: 23 },
  unknown: {
    page: { state: 'unknown', origin: 'https://rt.example.com', address: 'https://rt.example.com/Ticket' },
    due: due(1),
    waiting: 0,
  },
  refused: {
    page: { state: 'connected', site: refusedSite[0] ?? site('', ''), case: null },
    due: [],
    waiting: 3,
  },
} as const satisfies Record<string, PopupView>;

const weekdays = (from: string, to: string) => [1, 1, 1, 1, 1, 0, 0].map((works) => (works ? [{ from, to }] : []));

const calendar = (name: string, timeZone: string, usedBy: string[] = []): CalendarView => ({
  calendar: {
    id: name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
    name,
    timeZone,
    week: weekdays('08:00', '17:30'),
    holidays: ['01-01', '05-01', '12-25'].map((day) => ({ date: `${new Date(now).getFullYear()}-${day}`, name: day })),
  },
  version: '1',
  usedBy,
});

const calendars = [
  calendar('Berlin office', 'Europe/Berlin', ['Support']),
  calendar(
    'Second line of the northern quay and the container terminal, day and night',
    'America/Argentina/Buenos_Aires',
    ['Support', 'Review', 'Marine operations, second line', 'Two-team approval'],
  ),
  calendar('Tokyo', 'Asia/Tokyo'),
  calendar('Chennai', 'Asia/Kolkata', ['Review']),
  calendar('Follow the sun', 'UTC'),
];

/** The first so many of them. */
export const calendarList = (count: number) =>
  yes<CalendarList>({ calendars: calendars.slice(0, count), plain: plainCalendar('Europe/Berlin'), now });

export const drafts: DraftItem[] = ['Returns', 'Marine operations of the northern quay, second line'].map(
  (name, at) => ({
    id: `draft-${at}`,
    name,
    basedOn: null,
    editedAt: now - at * DAY_MS,
  }),
);

const counted = (count: number) => ({
  count,
  found: reviewList(Math.min(count, 4)).map(({ ticketId, url, dueAt, statusName }) => ({
    ticketId,
    url,
    at: dueAt,
    words: `Reminder in ${statusName}`,
  })),
});

const sideOf = (
  reminders: number,
  notices: number,
  autoCloses: number,
  changes: number,
  stuck: number,
  bad: number,
) => ({
  reminders: counted(reminders),
  notices: counted(notices),
  autoCloses: counted(autoCloses),
  changes: counted(changes),
  stuck: counted(stuck),
  closedDespiteReply: counted(bad),
});

export const replay: ReplayView = {
  cases: 1284,
  unreadable: 2,
  would: sideOf(318, 41, 97, 12, 3, 1),
  did: sideOf(200, 41, 134, 12, 0, 0),
  diverged: counted(26),
  differences: counted(151),
};

export const importLook: ImportLook = {
  problems: [],
  exportedAt: new Date(now - 3 * DAY_MS).toISOString(),
  standings: { new: 12, newer: 4, older: 0, forked: 0, same: 131, 'left-out': 0 },
  taken: 16,
  newTemplates: ['Returns'],
  newDrafts: [],
  newSites: [],
  leftOut: [],
  overdue: 2,
  unsent: 0,
};

export const fullImportLook: ImportLook = {
  ...importLook,
  standings: { new: 1312, newer: 418, older: 27, forked: 9, same: 10_131, 'left-out': 3 },
  taken: 1730,
  newTemplates: ['Returns', 'Marine operations of the northern quay, second line', 'Two-team approval'],
  newDrafts: ['Support'],
  newSites: ['rt.northern-quay-logistics-and-shipping.example'],
  leftOut: [
    { what: 'Case 4711 of rt.example.com', why: 'its template “old-support” is neither here nor in the file' },
    { what: 'Calendar “Berlin office”', why: 'it is here already, and differs' },
  ],
  overdue: 31,
  unsent: 4,
};

export const lockedPolicy: PolicyView = {
  language: 'locked',
  notifications: 'locked',
  role: { value: 'agent', by: 'locked' },
  allowedSites: ['https://support.harbour.example', 'https://rt.northern-quay-logistics-and-shipping.example'],
};

export const broken: VerifyPart = {
  cases: 143,
  entries: 1204,
  broken: [101, 104, 4711].map((ticketId, at) => ({
    caseKey: `harbour/${ticketId}`,
    siteName: at === 1 ? 'rt.northern-quay-logistics-and-shipping.example' : 'support.harbour.example',
    ticketId: String(ticketId),
    url: at === 2 ? null : 'https://support.harbour.example/',
    seq: at + 2,
    at: at === 1 ? null : now - at * DAY_MS,
    what: at === 1 ? 'missing' : 'changed',
  })),
  next: null,
};

const kinds = ['reminder', 'reply', 'changed', 'told', 'decision', 'not-sent'] as const;
export const noNotifications: NotificationSettings = { off: [...kinds], quiet: null, digestAbove: 1 };
export const quiet: NotificationSettings = { off: ['changed'], quiet: { from: '19:00', to: '08:00' }, digestAbove: 5 };

export const noShortcuts: Shortcuts = { palette: null, change: null, undo: null, hold: null, history: null };
export const oddShortcuts: Shortcuts = { ...DEFAULT_SHORTCUTS, change: 'J', undo: 'Ctrl+Alt+Shift+F12', hold: 'H' };

/** A file of templates. */
export const fileOf = (...templates: CaseTemplate[]) =>
  exportFile({ kind: 'templates', templates, calendars: [] }, now);

export const versionGone = no('version-gone', appWords.versionGone);

// What follows is made of real answers, in the page: it sees nothing but those.

export const muchToPublish = (real: DraftView): DraftView => ({
  ...real,
  template: { ...real.template, timers: real.template.timers.slice(1) },
  review: {
    ...real.review,
    cases: 214,
    staying: 12,
    retired: [
      { from: { statusId: 'reopened', subStatusId: null, tagId: null }, name: 'Reopened', cases: 9 },
      {
        from: { statusId: 'pending', subStatusId: 'third-party-provider', tagId: null },
        name: 'Pending – Third Party Provider of the northern quay',
        cases: 1,
      },
    ],
  },
});

export const muchData = (real: DataOverview): DataOverview => ({
  ...real,
  changedAt: Date.now() - 60_000,
  counts: {
    cases: 48_213,
    history: 391_044,
    timers: 63_120,
    armed: 7_311,
    outbox: 80_112,
    owed: 14,
    commands: 214_008,
    templates: 37,
  },
  sites: [
    'support.harbour.example',
    'rt.northern-quay-logistics-and-shipping.example',
    'projects.fjordline.example/redmine',
  ].map((name, at) => ({ siteId: name, name, cases: 31_200 - at * 14_000, word: name })),
});

export const backedUp = (real: DataOverview): DataOverview => ({
  ...real,
  backup: {
    every: 'daily',
    nextAt: Date.now() + 80_000_000,
    last: { at: Date.now() - 6_400_000, fileName: 'case-status-2026-11-21.json', problem: null },
  },
});

export const firstBackup = (real: DataOverview): DataOverview => ({
  ...real,
  backup: { every: 'weekly', nextAt: Date.now() + 60_000, last: null },
});

export const failedBackup = (real: DataOverview): DataOverview => ({
  ...real,
  backup: {
    every: 'daily',
    nextAt: Date.now() + 80_000_000,
    last: { at: Date.now() - 6_400_000, fileName: '', problem: 'The browser has no space left for the file.' },
  },
});

export const unwell = (real: DiagnosticsView): DiagnosticsView => ({
  ...real,
  findings: [
    {
      code: 'cannot-store',
      severity: 'error',
      message: 'Nothing can be stored. No status can be set and no timer acts until the browser has space again.',
      mend: null,
    },
    {
      code: 'no-permission',
      severity: 'error',
      message: 'rt.northern-quay-logistics-and-shipping.example: the permission was taken away.',
      mend: { text: 'Allow access', href: '#sites' },
    },
    { code: 'overdue', severity: 'warning', message: '4 timers are overdue.', mend: null },
  ],
  timers: { armed: 7311, held: 12, overdue: 4, nextAt: Date.now() - 60_000 },
  outbox: { pending: 3, failed: 2, uncertain: 1, nextAt: Date.now() + 60_000 },
  store: null,
  sites: ['support.harbour.example', 'rt.northern-quay-logistics-and-shipping.example'].map((name, at) => ({
    name,
    deskName: at ? 'RT' : 'Harbour',
    granted: at === 0,
    pause: at ? null : { since: Date.now() - 7_200_000, message: '' },
    checkedAt: at ? null : Date.now() - 240_000,
  })),
  errors: ['engine', 'sender', 'case.change', 'data.export'].map((where, at) => ({
    at: Date.now() - at * 3_600_000,
    where,
    kind: 'AbortError < QuotaExceededError',
    place: 'background.js:1:48211',
  })),
});
