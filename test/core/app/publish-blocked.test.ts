import { beforeEach, describe, expect, it } from 'vitest';
import { type Place, placeOf } from '../../../components/options/editor/state';
import { Drafts } from '../../../core/app/drafts';
import { checkTemplate } from '../../../core/domain/checker';
import { ERROR_CODES, type ErrorCode } from '../../../core/domain/checker/codes';
import type { CaseTemplate, Status } from '../../../core/domain/template';
import { change, closed, entry, open, remind, reply, status, sub, tag, template } from '../domain/checker/small';
import { randomCalendar } from '../domain/random-template';
import { World } from './world';

interface Case {
  of: CaseTemplate;
  /** How it comes about, step by step; none where the place says it all. */
  example: readonly string[];
  /** Where its button leads. */
  place: Place;
}

const sends = { type: 'message', messageId: 'hello', via: 'reply' } as const;
const changes = { type: 'change', to: { statusId: 'closed', subStatusId: null, tagId: null } } as const;
const waiting = (id: string, part: Partial<Status> = {}) => status(id, { category: 'waiting', ...part });
const needsReason = { ...closed, tagRequired: true, tags: [tag('solved')] };

/** One of each kind that there is: a kind without a case is not compiled. */
const cases: Record<ErrorCode, Case> = {
  'auto-close-not-done': {
    of: template([waiting('pending')], {
      timers: [change('c', 'pending', '1 days', 'open', { kind: 'auto-close' })],
    }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'duplicate-id': {
    of: template([status('a'), { ...status('a'), name: 'Other' }]),
    example: [],
    place: { tab: 'statuses', index: 2 },
  },
  'duplicate-name': {
    of: template([status('a'), { ...status('b'), name: 'A' }]),
    example: [],
    place: { tab: 'statuses', index: 2 },
  },
  'initial-status-category': {
    of: template([], { initialStatusId: 'closed' }),
    example: [],
    place: { tab: 'tickets', index: null },
  },
  'initial-status-retired': {
    of: template([status('a')], { statuses: [{ ...open, retired: true }, closed] }),
    example: [],
    place: { tab: 'tickets', index: null },
  },
  'repeat-changes-status': {
    of: template([], {
      timers: [change('c', 'open', '1 days', 'closed', { repeat: { every: { amount: 1, unit: 'days' }, times: 2 } })],
    }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'repeat-too-long': {
    of: template([], {
      timers: [remind('r', 'open', '1 days', { repeat: { every: { amount: 100, unit: 'days' }, times: 50 } })],
    }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'rule-must-change': {
    of: template([], { timers: [change('c', 'open', '1 days', 'closed', { does: sends })] }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'rule-must-send': {
    of: template([], { timers: [remind('r', 'open', '1 days', { does: changes })] }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'two-entry-rules': {
    of: template([], { onEntry: [entry('a', 'open'), entry('b', 'open')] }),
    example: [],
    place: { tab: 'messages', index: null },
  },
  'two-reply-rules': {
    of: template([], { replies: [reply('a', 'open', 'closed'), reply('b', 'open', 'closed')] }),
    example: [],
    place: { tab: 'replies', index: 1 },
  },
  'unknown-message': {
    of: template([], { messages: [], onEntry: [entry('a', 'open')] }),
    example: [],
    place: { tab: 'messages', index: null },
  },
  'unknown-placeholder': {
    of: template([], { messages: [{ id: 'hello', name: 'Hello', body: 'Hello {name}' }] }),
    example: [],
    place: { tab: 'messages', index: 0 },
  },
  'unknown-status': {
    of: template([], { replies: [reply('a', 'open', 'nowhere')] }),
    example: [],
    place: { tab: 'replies', index: 0 },
  },
  'unknown-sub-status': {
    of: template([], { timers: [remind('r', 'open/gone', '1 days')] }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'unknown-tag': {
    of: template([], { timers: [change('c', 'open', '1 days', 'closed#gone')] }),
    example: [],
    place: { tab: 'timers', index: 0 },
  },
  'automatic-loop': {
    of: template([waiting('pending')], {
      timers: [change('there', 'open', '1 days', 'pending'), change('back', 'pending', '2 days', 'open')],
    }),
    example: [
      'A new case is Open.',
      'After 1 day the timer of Open sets Pending.',
      'After 2 days the timer of Pending sets Open.',
      'The case is Open again.',
    ],
    place: { tab: 'timers', index: 0 },
  },
  'automation-cannot-supply': {
    of: template([waiting('pending')], {
      statuses: [open, waiting('pending'), needsReason],
      timers: [change('c', 'pending', '1 days', 'closed', { kind: 'auto-close' })],
    }),
    example: [
      'A new case is Open.',
      'A person sets Pending.',
      'After 1 day the auto-close of Pending is due.',
      'Closed needs a reason.',
    ],
    place: { tab: 'timers', index: 0 },
  },
  'automation-not-allowed': {
    of: template([], {
      statuses: [open, waiting('pending', { mayBecome: ['open'] }), closed],
      replies: [reply('r', 'pending', 'closed')],
    }),
    example: [
      'A new case is Open.',
      'A person sets Pending.',
      'The customer replies.',
      'Pending may not become Closed.',
    ],
    place: { tab: 'replies', index: 0 },
  },
  'close-before-reminder': {
    of: template([waiting('pending', { waitsFor: 'customer' })], {
      timers: [remind('r', 'pending', '7 days'), change('c', 'pending', '5 days', 'closed', { kind: 'auto-close' })],
    }),
    example: [
      'A new case is Open.',
      'A person sets Pending.',
      'After 5 days the auto-close of Pending sets Closed.',
      'The reminder of Pending would be due after 7 days.',
    ],
    place: { tab: 'timers', index: 0 },
  },
  'dead-end': {
    of: template([waiting('pending', { mayBecome: [] })]),
    example: ['A new case is Open.', 'A person sets Pending.', 'Nothing can follow Pending.'],
    place: { tab: 'statuses', index: 1 },
  },
  'initial-needs-choice': {
    of: template([], { statuses: [{ ...open, tagRequired: true, tags: [tag('why')] }, closed] }),
    example: ['A new case is Open.', 'Open needs a reason.'],
    place: { tab: 'tickets', index: null },
  },
  'no-sub-status-to-choose': {
    of: template([waiting('pending', { subStatusRequired: true, subStatuses: [sub('gone', { retired: true })] })]),
    example: [],
    place: { tab: 'statuses', index: 1 },
  },
  'no-tag-to-choose': {
    of: template([waiting('pending', { tagRequired: true })]),
    example: [],
    place: { tab: 'statuses', index: 1 },
  },
  'rule-never-applies': {
    of: template([waiting('pending', { subStatusRequired: true, subStatuses: [sub('customer')] })], {
      onEntry: [entry('e', 'pending')],
    }),
    example: [],
    place: { tab: 'messages', index: null },
  },
  'timer-never-fires': {
    of: template([waiting('pending')], {
      timers: [
        change('c', 'pending', '1 days', 'closed'),
        remind('note', 'pending', '2 days', { does: { type: 'message', messageId: 'hello', via: 'note' } }),
      ],
    }),
    example: [
      'A new case is Open.',
      'A person sets Pending.',
      'After 1 day the timer of Pending sets Closed.',
      'The reminder of Pending would be due after 2 days.',
    ],
    place: { tab: 'timers', index: 1 },
  },
  'unreachable-status': {
    of: template([], { statuses: [{ ...open, mayBecome: ['closed'] }, status('lost'), { ...closed, mayBecome: [] }] }),
    example: ['No status may become Lost.'],
    place: { tab: 'statuses', index: 1 },
  },
};

let world: World;
let drafts: Drafts;
beforeEach(async () => {
  world = await World.make();
  drafts = new Drafts(world.ctx, () => undefined);
});

async function draft(of: CaseTemplate) {
  const editedAt = world.ctx.clock.now();
  await world.ctx.drafts.put({ templateId: of.id, basedOn: null, template: of, editedAt }, null);
  const view = await drafts.open(of.id);
  if (!view.ok) throw new Error(view.message);
  return {
    review: view.value.review,
    publish: () => drafts.publish({ templateId: of.id, seen: editedAt, note: '', moves: [], noticeDays: null }),
  };
}

describe('R2, R5: each error of the checker blocks publishing', () => {
  it.each(ERROR_CODES)('%s: says how it comes about, and where it is mended', async (code) => {
    const { of, example, place } = cases[code];
    const found = checkTemplate(of, { calendar: randomCalendar }).filter((finding) => finding.code === code);
    expect(found.map(({ severity }) => severity)).toEqual(found.map(() => 'error'));
    expect(found[0]?.example).toEqual(example);

    const { review, publish } = await draft(of);
    const told = review.findings.find(({ message }) => message === found[0]?.message);
    expect(told).toMatchObject({ severity: 'error', example });
    expect(placeOf(told?.path ?? [])).toEqual(place);
    expect(review.blocked).toMatch(/error/);

    const answer = await publish();
    expect(answer).toMatchObject({ ok: false, code: 'has-errors' });
    expect(answer.ok ? '' : answer.message).toContain('Nothing was published.');
    expect(await world.ctx.templates.newest(of.id)).toBeUndefined();
    // What was edited is still there, to be mended.
    expect((await world.ctx.drafts.get(of.id))?.template).toEqual(of);
  });

  it('and what has none is published', async () => {
    const { review, publish } = await draft(template([waiting('pending', { subStatuses: [sub('customer')] })]));
    expect(review.blocked).toBeNull();
    expect(await publish()).toEqual({ ok: true, value: { version: 1 } });
  });
});
