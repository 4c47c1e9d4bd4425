import type { CaseTemplate } from '../template';
import { days, once, status, tags } from './parts';

/** The life of a support case: seven statuses, Pending with its sub-statuses, and their timers (R9 to R15, R17). */
export const supportTemplate: CaseTemplate = {
  id: 'support',
  name: 'Support',
  summary: 'A support case from the first question to the confirmed answer, with reminders and auto-close.',
  version: 2,
  initialStatusId: 'new',
  statuses: [
    status({
      id: 'new',
      name: 'New',
      category: 'initial',
      waitsFor: 'us',
      meaning: {
        agent: 'Nobody has looked at it yet. Every case starts here.',
        customer: 'Your case has reached us. Somebody will look at it soon.',
      },
    }),
    status({
      id: 'in-progress',
      name: 'In Progress',
      category: 'active',
      waitsFor: 'us',
      meaning: {
        agent: 'We are investigating; the next step is ours.',
        customer: 'Our support team is working on your case.',
      },
      tags: tags('Investigating', 'Reproducing', 'Escalated'),
    }),
    status({
      id: 'pending',
      name: 'Pending',
      category: 'waiting',
      waitsFor: 'third-party',
      meaning: {
        agent: 'We cannot go on until somebody else acts. The sub-status says who.',
        customer: 'We are waiting for something before we can go on. The sub-status tells you for what.',
      },
      subStatusRequired: true,
      subStatuses: [
        {
          id: 'customer-input',
          name: 'Customer Input',
          waitsFor: 'customer',
          retired: false,
          meaning: {
            agent: 'We asked the customer for something and go on when they answer.',
            customer: 'We asked you for information and need your answer to go on.',
          },
        },
        {
          id: 'development',
          name: 'Development',
          waitsFor: 'third-party',
          retired: false,
          meaning: {
            agent: 'Engineering is looking into it or preparing a fix.',
            customer: 'Our engineers are looking into it or preparing a fix.',
          },
        },
        {
          id: 'scheduled-support-service',
          name: 'Scheduled Support Service',
          waitsFor: 'us',
          retired: false,
          meaning: {
            agent: 'A service for the customer, such as an upgrade, has a date. Nothing to do before it.',
            customer: 'We have arranged a service for you, such as an upgrade, and go on at its date.',
          },
        },
        {
          id: 'third-party-provider',
          name: 'Third Party Provider',
          waitsFor: 'third-party',
          retired: false,
          meaning: {
            agent: 'A provider outside our company has to answer first.',
            customer: 'We are waiting for an answer from another provider.',
          },
        },
      ],
      tags: tags('Needs log files', 'Needs access', 'Needs decision', 'Needs more detail'),
    }),
    status({
      id: 'awaiting-customer-confirmation',
      name: 'Awaiting Customer Confirmation',
      category: 'waiting',
      waitsFor: 'customer',
      meaning: {
        agent: 'We have answered; the customer decides whether it helped. Silence closes it.',
        customer: 'We believe that our answer solves it. If it does not, reply and tell us what is still missing.',
      },
      tags: tags('Answered', 'Fixed', 'Workaround given'),
    }),
    status({
      id: 'reopened',
      name: 'Reopened',
      category: 'active',
      waitsFor: 'us',
      meaning: {
        agent: 'The customer says that our answer did not settle it. Continue the investigation.',
        customer: 'You told us that it is not solved yet. We are continuing.',
      },
    }),
    status({
      id: 'update-received',
      name: 'Update Received',
      category: 'active',
      waitsFor: 'us',
      meaning: {
        agent: 'The customer has given what we asked for. Read it and go on.',
        customer: 'We have received your answer and will go on with it.',
      },
    }),
    status({
      id: 'closed',
      name: 'Closed',
      category: 'done',
      waitsFor: 'nobody',
      meaning: {
        agent: 'Finished. If it comes back, clone the case rather than reopening it.',
        customer:
          'Your case is closed. If the problem is still there or returns, ask for a new case that refers to this one.',
      },
      tags: tags('Solved', 'No answer from customer', 'Duplicate', 'Not reproducible'),
    }),
  ],
  timers: [
    {
      id: 'remind-customer-input',
      kind: 'reminder',
      when: { statusId: 'pending', subStatusId: 'customer-input' },
      after: days(7),
      ...once,
      does: { type: 'message', messageId: 'reminder', via: 'reply' },
    },
    {
      id: 'close-customer-input',
      kind: 'auto-close',
      when: { statusId: 'pending', subStatusId: 'customer-input' },
      after: days(28),
      ...once,
      does: { type: 'change', to: { statusId: 'closed', subStatusId: null, tagId: 'no-answer-from-customer' } },
    },
    {
      id: 'close-awaiting-confirmation',
      kind: 'auto-close',
      when: { statusId: 'awaiting-customer-confirmation', subStatusId: null },
      after: days(14),
      ...once,
      does: { type: 'change', to: { statusId: 'closed', subStatusId: null, tagId: 'no-answer-from-customer' } },
    },
    {
      id: 'notice-closed',
      kind: 'notice',
      when: { statusId: 'closed', subStatusId: null },
      after: days(1),
      ...once,
      does: { type: 'message', messageId: 'closed', via: 'reply' },
    },
  ],
  onEntry: [
    {
      id: 'ask-confirmation',
      when: { statusId: 'awaiting-customer-confirmation', subStatusId: null },
      messageId: 'confirm',
      via: 'reply',
      immediate: true,
    },
  ],
  replies: [
    {
      id: 'reply-reopens',
      when: { statusId: 'awaiting-customer-confirmation', subStatusId: null },
      to: { statusId: 'reopened', subStatusId: null, tagId: null },
    },
    {
      id: 'reply-updates',
      when: { statusId: 'pending', subStatusId: 'customer-input' },
      to: { statusId: 'update-received', subStatusId: null, tagId: null },
    },
  ],
  messages: [
    {
      id: 'reminder',
      name: 'Reminder: we wait for your answer',
      body: 'Hello {customer},\n\nwe are still waiting for your answer on "{subject}". As soon as we have it, we go on.\n\nWithout an answer the case closes on {closes}.\n\nYour support team',
    },
    {
      id: 'confirm',
      name: 'Did our answer help?',
      body: 'Hello {customer},\n\nwe believe that our answer settles "{subject}". If it does not, just reply and tell us what is still missing.\n\nIf we hear nothing, the case closes on {closes}.\n\nYour support team',
    },
    {
      id: 'closed',
      name: 'Your case was closed',
      body: 'Hello {customer},\n\nyour case "{subject}" has been closed. If the problem is still there or comes back, write to us again and mention number {ticket}.\n\nYour support team',
    },
  ],
  calendarId: null,
  appliesTo: [],
  native: {
    rt: {
      set: {
        new: 'new',
        'in-progress': 'open',
        pending: 'stalled',
        'awaiting-customer-confirmation': 'open',
        reopened: 'open',
        'update-received': 'open',
        closed: 'resolved',
      },
      shows: {
        new: 'new',
        open: 'in-progress',
        stalled: 'in-progress',
        resolved: 'closed',
        rejected: 'closed',
        deleted: 'closed',
      },
    },
    redmine: {
      set: {
        new: 'New',
        'in-progress': 'In Progress',
        pending: 'Feedback',
        'awaiting-customer-confirmation': 'Resolved',
        reopened: 'In Progress',
        'update-received': 'In Progress',
        closed: 'Closed',
      },
      shows: {
        New: 'new',
        'In Progress': 'in-progress',
        Resolved: 'in-progress',
        Feedback: 'in-progress',
        Closed: 'closed',
        Rejected: 'closed',
      },
    },
    demo: {
      set: {
        new: 'open',
        'in-progress': 'open',
        pending: 'pending',
        'awaiting-customer-confirmation': 'pending',
        reopened: 'open',
        'update-received': 'open',
        closed: 'solved',
      },
      shows: { open: 'new', pending: 'in-progress', solved: 'closed', closed: 'closed' },
    },
  },
};

/** The Support template at a speed one can watch: a day lasts one second. */
export const fastClockTemplate: CaseTemplate = {
  ...supportTemplate,
  id: 'support-fast-clock',
  name: 'Support (fast clock)',
  summary: 'The Support template for trying out: each day lasts one second. Not for real customers.',
  timers: supportTemplate.timers.map((rule) => ({
    ...rule,
    after: { amount: rule.after.amount, unit: 'seconds' as const },
  })),
};
