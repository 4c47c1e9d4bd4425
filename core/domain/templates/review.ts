import type { CaseTemplate } from '../template';
import { status, tags } from './parts';

/** Manual review: four statuses, and a reason for each verdict (R1, R4, R5). */
export const reviewTemplate: CaseTemplate = {
  id: 'review',
  name: 'Review',
  summary: 'A review that ends in a verdict, with the reason for it.',
  version: 2,
  initialStatusId: 'open',
  statuses: [
    status({
      id: 'open',
      name: 'Open',
      category: 'initial',
      waitsFor: 'us',
      meaning: { agent: 'Ready for investigation.', customer: 'We have your request and will look into it.' },
    }),
    status({
      id: 'pending',
      name: 'Pending',
      category: 'waiting',
      waitsFor: 'third-party',
      meaning: {
        agent: 'Further action or information is needed before a verdict.',
        customer: 'We need something more before we can decide.',
      },
      tags: tags('Waiting for documents', 'Waiting for a second opinion'),
    }),
    status({
      id: 'approved',
      name: 'Approved',
      category: 'done',
      waitsFor: 'nobody',
      meaning: { agent: 'Reviewed and approved.', customer: 'Your request was reviewed and approved.' },
      tagRequired: true,
      tags: tags('All checks passed', 'Approved with conditions', 'Known customer'),
    }),
    status({
      id: 'declined',
      name: 'Declined',
      category: 'done',
      waitsFor: 'nobody',
      meaning: { agent: 'Reviewed and declined.', customer: 'Your request was reviewed and declined.' },
      tagRequired: true,
      tags: tags('Documents missing', 'Suspected fraud', 'Not eligible', 'Withdrawn'),
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
      set: { open: 'open', pending: 'stalled', approved: 'resolved', declined: 'rejected' },
      shows: { new: 'open', open: 'open', stalled: 'pending', resolved: 'open', rejected: 'open' },
    },
    redmine: {
      set: { open: 'In Progress', pending: 'Feedback', approved: 'Closed', declined: 'Rejected' },
      shows: {
        New: 'open',
        'In Progress': 'open',
        Resolved: 'open',
        Feedback: 'pending',
        Closed: 'open',
        Rejected: 'open',
      },
    },
    demo: {
      set: { open: 'open', pending: 'pending', approved: 'solved', declined: 'solved' },
      shows: { open: 'open', pending: 'pending', solved: 'open', closed: 'open' },
    },
  },
};
