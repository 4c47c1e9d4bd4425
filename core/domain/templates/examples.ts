import type { CaseTemplate } from '../template';
import { days, once, status, tags } from './parts';

/** Read well on white and on the dark panel: at least 3:1 to both. */
const colours = {
  grey: '#64748b',
  blue: '#2f6fd6',
  amber: '#a86200',
  green: '#15803d',
  red: '#cf3a36',
} as const;

/** An order that has to wait for a transfer: of a number, a contract, a licence. */
export const transferTemplate: CaseTemplate = {
  id: 'transfer-and-order',
  name: 'Transfer and order',
  summary: 'An order that has to wait for a transfer, from the request to the order itself.',
  version: 1,
  initialStatusId: 'new-request',
  statuses: [
    status({
      id: 'new-request',
      name: 'New request',
      category: 'initial',
      colour: colours.grey,
      waitsFor: 'us',
      meaning: {
        agent: 'Check that everything for the transfer is there, then start it.',
        customer: 'Your request has reached us. We check it and start the transfer.',
      },
      tags: tags('Transfer refused', 'Details missing'),
      mayBecome: ['transfer-initiated'],
    }),
    status({
      id: 'transfer-initiated',
      name: 'Transfer initiated',
      category: 'waiting',
      colour: colours.amber,
      waitsFor: 'third-party',
      meaning: {
        agent: 'The transfer is under way with the other party. Go on when they confirm it.',
        customer: 'We have started the transfer and wait for the other party to confirm it.',
      },
      // Back to the request when the transfer is refused, or was started by mistake.
      mayBecome: ['ready-to-order', 'new-request'],
    }),
    status({
      id: 'ready-to-order',
      name: 'Ready to order',
      category: 'active',
      colour: colours.blue,
      waitsFor: 'us',
      meaning: {
        agent: 'The transfer is confirmed. Place the order.',
        customer: 'The transfer is through. We are about to place your order.',
      },
      mayBecome: ['ordered', 'transfer-initiated'],
    }),
    status({
      id: 'ordered',
      name: 'Ordered',
      category: 'done',
      colour: colours.green,
      waitsFor: 'nobody',
      meaning: {
        agent: 'The order is placed; nothing is left to do.',
        customer: 'Your order is placed.',
      },
      mayBecome: ['ready-to-order'],
    }),
  ],
  timers: [
    {
      id: 'ask-about-transfer',
      kind: 'reminder',
      when: { statusId: 'transfer-initiated', subStatusId: null },
      after: days(7),
      ...once,
      repeat: { every: days(7), times: 4 },
      does: { type: 'message', messageId: 'ask-about-transfer', via: 'notification' },
    },
  ],
  onEntry: [],
  replies: [],
  messages: [
    {
      id: 'ask-about-transfer',
      name: 'Ask how the transfer is going',
      body: 'The transfer for "{subject}" ({ticket}) has been under way since {since}. Ask the other party how it is going.',
    },
  ],
  calendarId: null,
  appliesTo: [],
  native: {
    rt: {
      set: { 'new-request': 'new', 'transfer-initiated': 'stalled', 'ready-to-order': 'open', ordered: 'resolved' },
      shows: { new: 'new-request', open: 'new-request', stalled: 'transfer-initiated', resolved: 'ordered' },
    },
    redmine: {
      set: {
        'new-request': 'New',
        'transfer-initiated': 'Feedback',
        'ready-to-order': 'In Progress',
        ordered: 'Closed',
      },
      shows: {
        New: 'new-request',
        'In Progress': 'new-request',
        Feedback: 'transfer-initiated',
        Closed: 'ordered',
      },
    },
    demo: {
      set: { 'new-request': 'open', 'transfer-initiated': 'pending', 'ready-to-order': 'open', ordered: 'solved' },
      shows: { open: 'new-request', pending: 'transfer-initiated', solved: 'ordered', closed: 'ordered' },
    },
  },
};

/** One team says yes or no, and may take its yes back. */
export const oneTeamTemplate: CaseTemplate = {
  id: 'one-team-approval',
  name: 'Approval by one team',
  summary: 'One team approves or declines; an approval can still be turned into a decline.',
  version: 1,
  initialStatusId: 'open',
  statuses: [
    status({
      id: 'open',
      name: 'Open',
      category: 'initial',
      colour: colours.grey,
      waitsFor: 'us',
      meaning: {
        agent: 'Team 1 has to look at it and decide.',
        customer: 'We have your request. Our team will decide on it.',
      },
      mayBecome: ['approved-by-team-1', 'declined-by-team-1'],
    }),
    status({
      id: 'approved-by-team-1',
      name: 'Approved by Team 1',
      category: 'done',
      colour: colours.green,
      waitsFor: 'nobody',
      meaning: {
        agent: 'Team 1 has agreed. It can still decline where something new comes up.',
        customer: 'Our team has approved your request.',
      },
      tags: tags('Meets the policy', 'Exception granted'),
      mayBecome: ['declined-by-team-1', 'open'],
    }),
    status({
      id: 'declined-by-team-1',
      name: 'Declined by Team 1',
      category: 'done',
      colour: colours.red,
      waitsFor: 'nobody',
      meaning: {
        agent: 'Team 1 has said no; the reason says why. Open it again to decide anew.',
        customer: 'Our team has declined your request.',
      },
      tags: tags('Outside the policy', 'Not enough information', 'Approved by mistake', 'Withdrawn'),
      tagRequired: true,
      mayBecome: ['open'],
    }),
  ],
  timers: [],
  onEntry: [],
  replies: [],
  messages: [],
  calendarId: null,
  appliesTo: [],
  native: {
    rt: {
      set: { open: 'open', 'approved-by-team-1': 'resolved', 'declined-by-team-1': 'rejected' },
      shows: { new: 'open', open: 'open' },
    },
    redmine: {
      set: { open: 'In Progress', 'approved-by-team-1': 'Closed', 'declined-by-team-1': 'Rejected' },
      shows: { New: 'open', 'In Progress': 'open', Feedback: 'open' },
    },
    demo: {
      set: { open: 'open', 'approved-by-team-1': 'solved', 'declined-by-team-1': 'solved' },
      shows: { open: 'open', pending: 'open' },
    },
  },
};

/** Four eyes: what Team 1 has approved goes to Team 2, which decides. */
export const twoTeamsTemplate: CaseTemplate = {
  id: 'two-team-approval',
  name: 'Approval by two teams',
  summary: 'Team 1 approves first, then Team 2 has the last word.',
  version: 1,
  initialStatusId: 'open',
  statuses: [
    status({
      id: 'open',
      name: 'Open',
      category: 'initial',
      colour: colours.grey,
      waitsFor: 'us',
      meaning: {
        agent: 'Team 1 has to look at it first.',
        customer: 'We have your request. The first of two teams is looking at it.',
      },
      tags: tags('Sent back by Team 2', 'Decided by mistake'),
      mayBecome: ['approved-by-team-1'],
    }),
    status({
      id: 'approved-by-team-1',
      name: 'Approved by Team 1',
      category: 'active',
      colour: colours.blue,
      waitsFor: 'us',
      meaning: {
        agent: 'Team 1 has agreed; now Team 2 decides.',
        customer: 'The first team has approved your request. The second one is looking at it.',
      },
      tags: tags('Meets the policy', 'Exception granted'),
      // Back to Team 1 where something is missing.
      mayBecome: ['approved-by-team-2', 'declined-by-team-2', 'open'],
    }),
    status({
      id: 'approved-by-team-2',
      name: 'Approved by Team 2',
      category: 'done',
      colour: colours.green,
      waitsFor: 'nobody',
      meaning: {
        agent: 'Both teams have agreed.',
        customer: 'Both teams have approved your request.',
      },
      mayBecome: ['approved-by-team-1'],
    }),
    status({
      id: 'declined-by-team-2',
      name: 'Declined by Team 2',
      category: 'done',
      colour: colours.red,
      waitsFor: 'nobody',
      meaning: {
        agent: 'Team 2 has said no; the reason says why.',
        customer: 'The second team has declined your request.',
      },
      tags: tags('Outside the policy', 'Not enough information', 'Risk too high', 'Withdrawn'),
      tagRequired: true,
      mayBecome: ['approved-by-team-1', 'open'],
    }),
  ],
  timers: [],
  onEntry: [],
  replies: [],
  messages: [],
  calendarId: null,
  appliesTo: [],
  native: {
    rt: {
      set: {
        open: 'new',
        'approved-by-team-1': 'open',
        'approved-by-team-2': 'resolved',
        'declined-by-team-2': 'rejected',
      },
      shows: { new: 'open', open: 'open' },
    },
    redmine: {
      set: {
        open: 'New',
        'approved-by-team-1': 'In Progress',
        'approved-by-team-2': 'Closed',
        'declined-by-team-2': 'Rejected',
      },
      shows: { New: 'open', 'In Progress': 'open', Feedback: 'open' },
    },
    demo: {
      set: {
        open: 'open',
        'approved-by-team-1': 'open',
        'approved-by-team-2': 'solved',
        'declined-by-team-2': 'solved',
      },
      shows: { open: 'open', pending: 'open' },
    },
  },
};

/** A review that may have to ask the customer for papers before it ends. */
export const documentsTemplate: CaseTemplate = {
  id: 'review-with-documents',
  name: 'Review with documents',
  summary: 'A review that asks for missing documents, reminds after 7 days and declines after 28 without them.',
  version: 1,
  initialStatusId: 'open',
  statuses: [
    status({
      id: 'open',
      name: 'Open',
      category: 'initial',
      colour: colours.grey,
      waitsFor: 'us',
      meaning: {
        agent: 'Nobody reviews it yet. Take it to start.',
        customer: 'We have your request and will start to review it soon.',
      },
      mayBecome: ['review-in-progress'],
    }),
    status({
      id: 'review-in-progress',
      name: 'Review in Progress',
      category: 'active',
      colour: colours.blue,
      waitsFor: 'us',
      meaning: {
        agent: 'Somebody reviews it: ask for what is missing, or decide.',
        customer: 'We are reviewing your request.',
      },
      mayBecome: ['awaiting-documentation', 'approved', 'declined', 'open'],
    }),
    status({
      id: 'awaiting-documentation',
      name: 'Awaiting Documentation',
      category: 'waiting',
      colour: colours.amber,
      waitsFor: 'customer',
      meaning: {
        agent: 'We asked the customer for a document; the reason says which. Their answer brings it back to review.',
        customer: 'We need a document from you. Reply with it, and the review goes on.',
      },
      // The message to the customer names the document.
      tags: tags('Proof of identity', 'Proof of address', 'Signed form', 'Bank statement'),
      tagRequired: true,
      mayBecome: ['review-in-progress', 'approved', 'declined'],
    }),
    status({
      id: 'approved',
      name: 'Approved',
      category: 'done',
      colour: colours.green,
      waitsFor: 'nobody',
      meaning: { agent: 'Reviewed, and everything was in order.', customer: 'We have approved your request.' },
      mayBecome: ['review-in-progress'],
    }),
    status({
      id: 'declined',
      name: 'Declined',
      category: 'done',
      colour: colours.red,
      waitsFor: 'nobody',
      meaning: {
        agent: 'Reviewed and refused; the reason says why. Documents that come later can be reviewed all the same.',
        customer: 'We have declined your request. If you have new documents, write to us.',
      },
      tags: tags('No documents received', 'Documents not accepted', 'Conditions not met', 'Withdrawn'),
      tagRequired: true,
      mayBecome: ['review-in-progress'],
    }),
  ],
  timers: [
    {
      id: 'remind-documents',
      kind: 'reminder',
      when: { statusId: 'awaiting-documentation', subStatusId: null },
      after: days(7),
      ...once,
      does: { type: 'message', messageId: 'reminder', via: 'reply' },
    },
    {
      id: 'decline-without-documents',
      kind: 'auto-close',
      when: { statusId: 'awaiting-documentation', subStatusId: null },
      after: days(28),
      ...once,
      does: { type: 'change', to: { statusId: 'declined', subStatusId: null, tagId: 'no-documents-received' } },
    },
  ],
  onEntry: [
    {
      id: 'ask-for-documents',
      when: { statusId: 'awaiting-documentation', subStatusId: null },
      messageId: 'request',
      via: 'reply',
      immediate: false,
    },
  ],
  replies: [
    {
      id: 'reply-resumes-review',
      when: { statusId: 'awaiting-documentation', subStatusId: null },
      to: { statusId: 'review-in-progress', subStatusId: null, tagId: null },
    },
  ],
  messages: [
    {
      id: 'request',
      name: 'We need a document',
      body: 'Hello {customer},\n\nto go on with "{subject}" we need one more document from you: {reason}. Please reply to this message with it.\n\nWithout it we have to decline your request on {closes}.\n\nYour review team',
    },
    {
      id: 'reminder',
      name: 'Reminder: we wait for your document',
      body: 'Hello {customer},\n\nwe are still waiting for a document on "{subject}": {reason}. As soon as we have it, the review goes on.\n\nWithout it we have to decline your request on {closes}.\n\nYour review team',
    },
  ],
  calendarId: null,
  appliesTo: [],
  native: {
    rt: {
      set: {
        open: 'new',
        'review-in-progress': 'open',
        'awaiting-documentation': 'stalled',
        approved: 'resolved',
        declined: 'rejected',
      },
      shows: { new: 'open', open: 'review-in-progress' },
    },
    redmine: {
      set: {
        open: 'New',
        'review-in-progress': 'In Progress',
        'awaiting-documentation': 'Feedback',
        approved: 'Closed',
        declined: 'Rejected',
      },
      shows: { New: 'open', 'In Progress': 'review-in-progress', Feedback: 'review-in-progress' },
    },
    demo: {
      set: {
        open: 'open',
        'review-in-progress': 'open',
        'awaiting-documentation': 'pending',
        approved: 'solved',
        declined: 'solved',
      },
      shows: { open: 'open', pending: 'review-in-progress' },
    },
  },
};
