/** Templates to look at: one with very much in it, and one with everything wrong that the checker knows of at once. */
import type { CaseTemplate, Status } from '../../../core/domain/template';
import { supportTemplate } from '../../../core/domain/templates/support';

const many = [
  'Waiting for the harbour master’s written confirmation of the berth',
  'Customs clearance',
  'Second line investigates',
  'Third line investigates',
  'Scheduled for the next release',
  'Released, not yet confirmed by the customer who reported it',
  'Handed over to the terminal',
];

/** Everything that Support has, and more of it with longer names. */
export function fullOf(template: CaseTemplate): CaseTemplate {
  const [, , pending] = supportTemplate.statuses;
  if (!pending) throw new Error('Support has no third status');
  const more = many.map(
    (name, at): Status => ({
      ...pending,
      id: `more-${at}`,
      name,
      waitsFor: 'customer',
      subStatuses: at === 0 ? pending.subStatuses : [],
      subStatusRequired: false,
    }),
  );
  const [timer] = template.timers;
  return {
    ...template,
    summary:
      'For everything that reaches the second line of marine operations, around the clock, from three time zones.',
    statuses: [...template.statuses, ...more],
    timers: [
      ...template.timers,
      ...(timer
        ? more.map(({ id }, at) => ({ ...timer, id: `more-${at}`, when: { statusId: id, subStatusId: null } }))
        : []),
    ],
    replies: [
      ...template.replies,
      ...more.map(({ id }) => ({
        id: `reply-${id}`,
        when: { statusId: id, subStatusId: null },
        to: { statusId: 'update-received', subStatusId: null, tagId: null },
      })),
    ],
    appliesTo: ['Berths', 'Customs and clearance of the northern quay', 'Alerts'].map((queue) => ({
      siteId: null,
      queue,
      type: queue === 'Alerts' ? 'Incident' : null,
    })),
  };
}

/** Cannot be published. */
export const faultyOf = (template: CaseTemplate): CaseTemplate => ({
  ...template,
  statuses: template.statuses.map((status) =>
    status.id === 'closed'
      ? { ...status, tagRequired: true }
      : status.id === 'new'
        ? { ...status, mayBecome: [] }
        : status,
  ),
  timers: template.timers.map((timer) =>
    timer.id === 'close-awaiting-confirmation' && timer.does.type === 'change'
      ? { ...timer, does: { ...timer.does, to: { ...timer.does.to, tagId: null } } }
      : timer,
  ),
  replies: template.replies.map((reply) =>
    reply.id === 'reply-reopens' ? { ...reply, to: { statusId: 'pending', subStatusId: null, tagId: null } } : reply,
  ),
});
