import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supportTemplate as builtin, reviewTemplate } from '../../../core/domain/builtin-templates';
import { templateFaults } from '../../../core/domain/checker';
import { checkTarget } from '../../../core/domain/decide/target';
import type { Destination, Retirable, Retired } from '../../../core/domain/retire';
import { movedTo, retire, unretire } from '../../../core/domain/retire';
import type { CaseTemplate, Position, Status, Target } from '../../../core/domain/template';
import { runs } from '../../runs';
import { anyTemplate } from './random-template';

/** With two help desks, whichever others the template knows. */
const supportTemplate: CaseTemplate = {
  ...builtin,
  native: {
    rt: {
      set: { new: 'new', closed: 'resolved', reopened: 'open' },
      shows: {
        new: 'new',
        open: 'in-progress',
        stalled: 'pending',
        resolved: 'closed',
        rejected: 'closed',
        deleted: 'closed',
      },
    },
    demo: {
      set: { closed: 'solved' },
      shows: { open: 'new', pending: 'in-progress', solved: 'closed', closed: 'closed' },
    },
  },
};

const at = (statusId: string, subStatusId: string | null = null, tagId: string | null = null): Target => ({
  statusId,
  subStatusId,
  tagId,
});
const to = (...target: Parameters<typeof at>): Destination => ({ type: 'move', to: at(...target) });
const when = (statusId: string, subStatusId: string | null = null): Position => ({ statusId, subStatusId });
const status = (statusId: string): Retirable => ({ kind: 'status', statusId });
const subStatus = (statusId: string, subStatusId: string): Retirable => ({ kind: 'sub-status', statusId, subStatusId });
const tag = (statusId: string, tagId: string): Retirable => ({ kind: 'tag', statusId, tagId });
const KEEP: Destination = { type: 'keep' };
const NO_CASES = { cases: 0 };

function done(result: Retired) {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result;
}

function refused(result: ReturnType<typeof retire> | ReturnType<typeof unretire>) {
  return result.ok ? result : `${result.code}: ${result.message}`;
}

const withStatus = (id: string, change: Partial<Status>, template = supportTemplate): CaseTemplate => ({
  ...template,
  statuses: template.statuses.map((one) => (one.id === id ? { ...one, ...change } : one)),
});
const findIn = (template: CaseTemplate, id: string): Status => {
  const found = template.statuses.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
};
const ids = (rules: readonly { id: string }[]) => rules.map(({ id }) => id);

describe('R2: what cannot be retired', () => {
  it.each<[string, Retirable, { cases: number }, Destination | null, string]>([
    ['an unknown status', status('x'), NO_CASES, null, 'unknown: The template “Support” does not have this.'],
    [
      'an unknown sub-status',
      subStatus('pending', 'x'),
      NO_CASES,
      null,
      'unknown: The template “Support” does not have this.',
    ],
    [
      'a sub-status of an unknown status',
      subStatus('x', 'x'),
      NO_CASES,
      null,
      'unknown: The template “Support” does not have this.',
    ],
    ['an unknown tag', tag('closed', 'x'), NO_CASES, null, 'unknown: The template “Support” does not have this.'],
    [
      'what one case is in, with no word of it',
      status('pending'),
      { cases: 1 },
      null,
      'in-use: 1 case is in Pending. Say where they go, or that they stay.',
    ],
    [
      'what cases are in',
      subStatus('pending', 'development'),
      { cases: 12 },
      null,
      'in-use: 12 cases are in Pending – Development. Say where they go, or that they stay.',
    ],
    [
      'a reason that cases have',
      tag('closed', 'solved'),
      { cases: 2 },
      null,
      'in-use: 2 cases are in Closed with the reason “Solved”. Say where they go, or that they stay.',
    ],
    [
      'the only status that cases can start in',
      status('new'),
      NO_CASES,
      KEEP,
      'last-initial: New cases start in New, and no other status of category initial can take over.',
    ],
    [
      'with its cases to an unknown status',
      status('pending'),
      NO_CASES,
      to('x'),
      'bad-destination: The template "Support" has no such status.',
    ],
    [
      'with its cases to itself',
      status('reopened'),
      NO_CASES,
      to('reopened'),
      'bad-destination: Reopened is retired and no longer used.',
    ],
    [
      'with its cases to a part of itself',
      status('pending'),
      NO_CASES,
      to('pending', 'development'),
      'bad-destination: Pending is retired and no longer used.',
    ],
    [
      'a sub-status to itself',
      subStatus('pending', 'development'),
      NO_CASES,
      to('pending', 'development'),
      'bad-destination: Pending – Development is retired and no longer used.',
    ],
    [
      'a tag to itself',
      tag('closed', 'solved'),
      NO_CASES,
      to('closed', null, 'solved'),
      'bad-destination: The reason "Solved" is retired and no longer used.',
    ],
    [
      'with its cases to where a sub-status is missing',
      status('reopened'),
      NO_CASES,
      to('pending'),
      'bad-destination: Pending needs a sub-status.',
    ],
    [
      'a sub-status to its status alone',
      subStatus('pending', 'development'),
      NO_CASES,
      to('pending'),
      'bad-destination: Pending needs a sub-status.',
    ],
    [
      'a tag to where a sub-status is missing',
      tag('closed', 'solved'),
      NO_CASES,
      to('pending'),
      'bad-destination: Pending needs a sub-status.',
    ],
  ])('%s', (_what, what, usage, destination, expected) => {
    expect(refused(retire(supportTemplate, what, usage, destination))).toBe(expected);
  });

  it.each<[Retirable, string]>([
    [status('pending'), 'Pending'],
    [subStatus('pending', 'development'), 'Pending – Development'],
    [tag('pending', 'needs-access'), 'Pending with the reason “Needs access”'],
  ])('what is retired already: %j', (what, name) => {
    const { template } = done(retire(supportTemplate, what, NO_CASES, null));
    expect(refused(retire(template, what, NO_CASES, null))).toBe(`retired-already: ${name} is retired already.`);
  });

  it('the last sub-status of a status that needs one, and the last reason likewise (R5, R10)', () => {
    const only = withStatus('pending', {
      tagRequired: true,
      subStatuses: findIn(supportTemplate, 'pending').subStatuses.map((sub) => ({
        ...sub,
        retired: sub.id !== 'development',
      })),
      tags: findIn(supportTemplate, 'pending').tags.map((one) => ({ ...one, retired: one.id !== 'needs-access' })),
    });
    expect(refused(retire(only, subStatus('pending', 'development'), NO_CASES, null))).toBe(
      'last-sub-status: Pending needs a sub-status, and this is the only one left.',
    );
    expect(refused(retire(only, tag('pending', 'needs-access'), NO_CASES, null))).toBe(
      'last-tag: Pending needs a reason, and this is the only one left.',
    );
    const free = withStatus('pending', { subStatusRequired: false, tagRequired: false }, only);
    expect(retire(free, subStatus('pending', 'development'), NO_CASES, null).ok).toBe(true);
    expect(retire(free, tag('pending', 'needs-access'), NO_CASES, null).ok).toBe(true);
    // The status itself may go, whatever is left in it.
    const none = withStatus('pending', {
      tagRequired: true,
      subStatuses: findIn(only, 'pending').subStatuses.map((sub) => ({ ...sub, retired: true })),
      tags: findIn(only, 'pending').tags.map((one) => ({ ...one, retired: true })),
    });
    expect(retire(none, status('pending'), NO_CASES, null).ok).toBe(true);
    // The one is not the other's last.
    const tagsOnly = withStatus('pending', { tagRequired: false }, only);
    const subsOnly = withStatus('pending', { subStatusRequired: false }, only);
    expect(retire(tagsOnly, tag('pending', 'needs-access'), NO_CASES, null).ok).toBe(true);
    expect(retire(subsOnly, subStatus('pending', 'development'), NO_CASES, null).ok).toBe(true);
    // Of several, any may go.
    expect(retire(supportTemplate, subStatus('pending', 'development'), NO_CASES, null).ok).toBe(true);
    expect(retire(reviewTemplate, tag('approved', 'known-customer'), NO_CASES, null).ok).toBe(true);
  });
});

describe('R2: retiring where the cases stay', () => {
  it('keeps the status readable, with the rules for its cases, and lets nothing lead there any more', () => {
    const { template, moves, changes } = done(retire(supportTemplate, status('closed'), { cases: 3 }, KEEP));
    expect(moves).toBeNull();
    expect(findIn(template, 'closed')).toEqual({ ...findIn(supportTemplate, 'closed'), retired: true });
    expect(ids(template.timers)).toEqual(['remind-customer-input', 'notice-closed']);
    expect(template.replies).toEqual(supportTemplate.replies);
    expect(template.onEntry).toEqual(supportTemplate.onEntry);
    expect(template.native.rt).toEqual({
      set: supportTemplate.native.rt?.set,
      shows: { new: 'new', open: 'in-progress', stalled: 'pending' },
    });
    expect(template.native.demo?.shows).toEqual({ open: 'new', pending: 'in-progress' });
    expect(changes).toEqual([
      'Closed is retired.',
      'The auto-close in Pending – Customer Input is gone.',
      'The auto-close in Awaiting Customer Confirmation is gone.',
      'On rt, “resolved” no longer stands for a status.',
      'On rt, “rejected” no longer stands for a status.',
      'On rt, “deleted” no longer stands for a status.',
      'On demo, “solved” no longer stands for a status.',
      'On demo, “closed” no longer stands for a status.',
    ]);
  });

  it('takes away what replies led there', () => {
    const { template, changes } = done(retire(supportTemplate, status('reopened'), NO_CASES, null));
    expect(ids(template.replies)).toEqual(['reply-updates']);
    expect(changes).toEqual(['Reopened is retired.', 'What a reply in Awaiting Customer Confirmation does is gone.']);
  });

  it('is the same where no case is in it and nothing was said', () => {
    for (const what of [
      status('closed'),
      subStatus('pending', 'customer-input'),
      tag('closed', 'no-answer-from-customer'),
    ])
      expect(retire(supportTemplate, what, NO_CASES, null)).toEqual(retire(supportTemplate, what, { cases: 5 }, KEEP));
  });

  it('touches only what is about the sub-status or the reason', () => {
    const sub = done(retire(supportTemplate, subStatus('pending', 'customer-input'), NO_CASES, null));
    expect(sub.changes).toEqual(['Pending – Customer Input is retired.']);
    expect(sub.template.native).toEqual(supportTemplate.native);
    const reason = done(retire(supportTemplate, tag('closed', 'solved'), NO_CASES, null));
    expect(reason.changes).toEqual(['The reason “Solved” of Closed is retired.']);
    const led = done(retire(supportTemplate, tag('closed', 'no-answer-from-customer'), NO_CASES, null));
    expect(led.changes).toEqual([
      'The reason “No answer from customer” of Closed is retired.',
      'The auto-close in Pending – Customer Input is gone.',
      'The auto-close in Awaiting Customer Confirmation is gone.',
    ]);
    expect(led.template.native).toEqual(supportTemplate.native);
  });

  it('leaves the lists of what may follow as they are, for the day it comes back', () => {
    const base = withStatus('new', { mayBecome: ['pending', 'closed'] });
    const { template } = done(retire(base, status('pending'), NO_CASES, KEEP));
    expect(findIn(template, 'new').mayBecome).toEqual(['pending', 'closed']);
  });
});

describe('R2: where cases start', () => {
  const second = (change: Partial<Status>) =>
    withStatus(
      'in-progress',
      { category: 'initial', ...change },
      withStatus('update-received', { category: 'initial' }),
    );

  it('is taken over by the next status that can be it', () => {
    const { template, changes } = done(retire(second({}), status('new'), NO_CASES, null));
    expect(template.initialStatusId).toBe('in-progress');
    expect(changes).toContain('New cases start in In Progress instead of New.');
    for (const change of [
      { retired: true },
      { tagRequired: true },
      { subStatusRequired: true },
      { category: 'active' as const },
    ])
      expect(done(retire(second(change), status('new'), NO_CASES, null)).template.initialStatusId).toBe(
        'update-received',
      );
    expect(done(retire(second({}), status('new'), NO_CASES, to('closed'))).template.initialStatusId).toBe(
      'in-progress',
    );
  });

  it('stays where it is when another status goes', () => {
    const later = { ...second({}), initialStatusId: 'update-received' };
    expect(done(retire(later, status('closed'), NO_CASES, null)).template.initialStatusId).toBe('update-received');
    const unknown = { ...supportTemplate, initialStatusId: 'x' };
    expect(done(retire(unknown, status('closed'), NO_CASES, null)).template.initialStatusId).toBe('x');
    expect(done(retire(second({}), status('in-progress'), NO_CASES, null)).template.initialStatusId).toBe('new');
  });
});

describe('R2: retiring where the cases go elsewhere', () => {
  it('says which cases go where', () => {
    const moves = (what: Retirable, destination: Destination) =>
      done(retire(supportTemplate, what, { cases: 9 }, destination)).moves;
    expect(moves(status('pending'), to('in-progress', null, 'escalated'))).toEqual({
      from: { statusId: 'pending', subStatusId: null, tagId: null },
      to: at('in-progress', null, 'escalated'),
    });
    expect(moves(subStatus('pending', 'development'), to('pending', 'customer-input'))).toEqual({
      from: { statusId: 'pending', subStatusId: 'development', tagId: null },
      to: at('pending', 'customer-input'),
    });
    expect(moves(tag('pending', 'needs-access'), to('pending', null, 'needs-decision'))).toEqual({
      from: { statusId: 'pending', subStatusId: null, tagId: 'needs-access' },
      to: at('pending', null, 'needs-decision'),
    });
  });

  it.each<[Retirable, Target, Target, Target]>([
    [status('pending'), at('closed'), at('pending', 'development', 'needs-access'), at('closed')],
    [status('pending'), at('closed'), at('new'), at('new')],
    [
      subStatus('pending', 'development'),
      at('pending', 'customer-input'),
      at('pending', 'development', 'x'),
      at('pending', 'customer-input'),
    ],
    [subStatus('pending', 'development'), at('new'), at('pending', 'customer-input'), at('pending', 'customer-input')],
    [
      tag('pending', 'needs-access'),
      at('pending', null, 'needs-decision'),
      at('pending', 'development', 'needs-access'),
      at('pending', 'development', 'needs-decision'),
    ],
    [
      tag('pending', 'needs-access'),
      at('pending'),
      at('pending', 'development', 'needs-access'),
      at('pending', 'development'),
    ],
    [tag('pending', 'needs-access'), at('new'), at('pending', 'development', 'needs-access'), at('new')],
    [
      tag('pending', 'needs-access'),
      at('new'),
      at('pending', 'development', 'needs-decision'),
      at('pending', 'development', 'needs-decision'),
    ],
    [tag('pending', 'needs-access'), at('new'), at('pending', 'development'), at('pending', 'development')],
  ])('%j to %j: a case in %j is then in %j', (what, destination, before, after) => {
    const { moves } = done(retire(supportTemplate, what, { cases: 1 }, { type: 'move', to: destination }));
    if (!moves) throw new Error('Nothing moves');
    expect(movedTo(moves, before)).toEqual(after);
  });

  it('takes its rules away and sends what led there to the destination', () => {
    const base: CaseTemplate = {
      ...withStatus('new', { mayBecome: ['closed', 'in-progress'] }, withStatus('reopened', { category: 'done' })),
      onEntry: [
        ...supportTemplate.onEntry,
        { id: 'entry-closed', when: when('closed'), messageId: 'closed', via: 'note', immediate: true },
      ],
      replies: [
        ...supportTemplate.replies,
        { id: 'reply-closed', when: when('closed'), to: at('new') },
        { id: 'reply-closes', when: when('new'), to: at('closed', null, 'solved') },
      ],
      timers: supportTemplate.timers.map((rule) =>
        rule.id === 'remind-customer-input' ? { ...rule, pausesIn: [when('closed'), when('new')] } : rule,
      ),
    };
    const allowed = withStatus('new', { mayBecome: ['reopened', 'closed', 'in-progress'] }, base);
    const { template, changes } = done(retire(allowed, status('closed'), { cases: 3 }, to('reopened')));
    expect(findIn(template, 'closed').retired).toBe(true);
    expect(findIn(template, 'new').mayBecome).toEqual(['reopened', 'in-progress']);
    expect(findIn(template, 'pending').mayBecome).toBeNull();
    expect(ids(template.onEntry)).toEqual(['ask-confirmation']);
    expect(template.replies.map(({ id, to }) => [id, to])).toEqual([
      ['reply-reopens', at('reopened')],
      ['reply-updates', at('update-received')],
      ['reply-closes', at('reopened')],
    ]);
    expect(template.timers.map(({ id, does }) => [id, does.type === 'change' ? does.to : null])).toEqual([
      ['remind-customer-input', null],
      ['close-customer-input', at('reopened')],
      ['close-awaiting-confirmation', at('reopened')],
    ]);
    expect(template.timers.map(({ pausesIn }) => pausesIn)).toEqual([[when('new')], null, null]);
    expect(template.native.rt?.shows).toMatchObject({ open: 'in-progress', resolved: 'reopened', deleted: 'reopened' });
    expect(template.native.rt?.set).toEqual(supportTemplate.native.rt?.set);
    expect(changes).toContain('The notice in Closed is gone.');
    expect(changes).toContain('On demo, “solved” is now shown as Reopened.');

    expect(refused(retire(base, status('closed'), { cases: 3 }, to('reopened')))).toBe(
      'bad-destination: New would lead there by itself, but: New may not become Reopened.',
    );
  });

  it('asks for another destination where an auto-close would no longer close', () => {
    expect(refused(retire(supportTemplate, status('closed'), NO_CASES, to('new')))).toBe(
      'bad-destination: An auto-close in Pending – Customer Input would lead there, which is not of category done.',
    );
  });

  it('lets a timer that only changes the status lead anywhere', () => {
    const timed: CaseTemplate = {
      ...supportTemplate,
      timers: supportTemplate.timers.map((rule) =>
        rule.kind === 'auto-close' ? { ...rule, kind: 'change', does: { type: 'change', to: at('reopened') } } : rule,
      ),
    };
    const { template } = done(retire(timed, status('reopened'), NO_CASES, to('new')));
    expect(template.timers.flatMap(({ does }) => (does.type === 'change' ? [does.to] : []))).toEqual([
      at('new'),
      at('new'),
    ]);
  });

  it('is not kept from it by what the template refuses elsewhere', () => {
    const closed = withStatus('pending', { mayBecome: ['reopened'] });
    expect(retire(closed, status('reopened'), NO_CASES, to('update-received')).ok).toBe(true);
  });

  it('takes away what would then lead back to where it starts', () => {
    const { template, changes } = done(
      retire(supportTemplate, status('reopened'), NO_CASES, to('awaiting-customer-confirmation')),
    );
    expect(ids(template.replies)).toEqual(['reply-updates']);
    expect(changes).toContain('What a reply in Awaiting Customer Confirmation does is gone.');
    const timed: CaseTemplate = {
      ...supportTemplate,
      timers: supportTemplate.timers.map((rule) =>
        rule.id === 'close-customer-input'
          ? { ...rule, kind: 'change', does: { type: 'change', to: at('reopened') } }
          : rule,
      ),
    };
    expect(
      ids(done(retire(timed, status('reopened'), NO_CASES, to('pending', 'customer-input'))).template.timers),
    ).toEqual(['remind-customer-input', 'close-awaiting-confirmation', 'notice-closed']);
  });

  it('leaves alone what led back before: asking again, with another reason', () => {
    const again: CaseTemplate = {
      ...supportTemplate,
      replies: [
        { id: 'again', when: when('pending', 'development'), to: at('pending', 'development', 'needs-access') },
      ],
    };
    const { template } = done(
      retire(again, tag('pending', 'needs-access'), NO_CASES, to('pending', null, 'needs-decision')),
    );
    expect(template.replies.map(({ to }) => to)).toEqual([at('pending', 'development', 'needs-decision')]);
  });

  it('takes the rules of a sub-status, and no others', () => {
    const { template } = done(
      retire(supportTemplate, subStatus('pending', 'customer-input'), NO_CASES, to('pending', 'development')),
    );
    expect(ids(template.timers)).toEqual(['close-awaiting-confirmation', 'notice-closed']);
    expect(ids(template.replies)).toEqual(['reply-reopens']);
    expect(template.native).toEqual(supportTemplate.native);
    const listed = withStatus('new', { mayBecome: ['pending'] });
    for (const what of [subStatus('pending', 'customer-input'), tag('pending', 'needs-access')])
      expect(findIn(done(retire(listed, what, NO_CASES, to('new'))).template, 'new').mayBecome).toEqual(['pending']);
  });

  it('takes no rule for a reason: rules are for positions', () => {
    const { template } = done(
      retire(supportTemplate, tag('closed', 'solved'), NO_CASES, to('closed', null, 'duplicate')),
    );
    expect(template.timers).toEqual(supportTemplate.timers);
    expect(template.replies).toEqual(supportTemplate.replies);
  });
});

describe('R2: bringing back', () => {
  it.each([status('reopened'), subStatus('pending', 'development'), tag('pending', 'needs-access')])('%j', (what) => {
    const { template } = done(retire(supportTemplate, what, NO_CASES, KEEP));
    const back = unretire(template, what);
    expect(back.ok && back.template.statuses).toEqual(supportTemplate.statuses);
    expect(back.ok && back.changes).toEqual([expect.stringMatching(/ is in use again\.$/)]);
    expect(template.statuses).not.toEqual(supportTemplate.statuses);
  });

  it('does nothing for what is unknown or in use', () => {
    expect(refused(unretire(supportTemplate, status('x')))).toBe('unknown: The template “Support” does not have this.');
    expect(refused(unretire(supportTemplate, status('new')))).toBe('not-retired: New is not retired.');
  });

  it('refuses a name that is taken by now, however it is written', () => {
    const statuses = withStatus('reopened', { name: 'CLOSED', retired: true });
    expect(refused(unretire(statuses, status('reopened')))).toBe(
      'name-taken: There is another “CLOSED” by now. Rename it first.',
    );
    expect(unretire(withStatus('closed', { retired: true }, statuses), status('reopened')).ok).toBe(true);
    const pending = findIn(supportTemplate, 'pending');
    const doubled = withStatus('pending', {
      subStatuses: pending.subStatuses.map((sub, n) => ({ ...sub, name: n < 2 ? 'Twin' : sub.name, retired: n === 0 })),
      tags: pending.tags.map((one, n) => ({ ...one, name: n < 2 ? 'Twin' : one.name, retired: n === 0 })),
    });
    expect(refused(unretire(doubled, subStatus('pending', 'customer-input')))).toMatch(/^name-taken/);
    expect(refused(unretire(doubled, tag('pending', 'needs-log-files')))).toMatch(/^name-taken/);
  });
});

describe('R2: after any row of retirements', () => {
  /** Everything that a case can be in. */
  const population = (template: CaseTemplate): Target[] =>
    template.statuses.flatMap(({ id, subStatuses, tags }) =>
      [null, ...ids(subStatuses)].flatMap((sub) => [null, ...ids(tags)].map((one) => at(id, sub, one))),
    );
  const partsOf = (template: CaseTemplate): Retirable[] =>
    template.statuses.flatMap(({ id, subStatuses, tags }) => [
      status(id),
      ...ids(subStatuses).map((sub) => subStatus(id, sub)),
      ...ids(tags).map((one) => tag(id, one)),
    ]);
  const isRetired = (template: CaseTemplate, { statusId, subStatusId, tagId }: Target): boolean => {
    const { retired, subStatuses, tags } = findIn(template, statusId);
    const parts = [...subStatuses.filter(({ id }) => id === subStatusId), ...tags.filter(({ id }) => id === tagId)];
    return retired || parts.some((part) => part.retired);
  };
  const within = (what: Retirable, { statusId, subStatusId, tagId }: Target): boolean =>
    what.statusId === statusId &&
    (what.kind === 'status' || (what.kind === 'sub-status' ? what.subStatusId === subStatusId : what.tagId === tagId));
  const targetsOf = (template: CaseTemplate): Target[] => [
    ...template.timers.flatMap(({ does }) => (does.type === 'change' ? [does.to] : [])),
    ...template.replies.map((rule) => rule.to),
  ];
  const steps = fc.array(
    fc.record({ what: fc.nat(), back: fc.nat(4), how: fc.constantFrom('move', 'keep'), dest: fc.nat() }),
    {
      maxLength: 12,
    },
  );

  it('nothing dangles, nothing leads to what is retired, and no case that was to go stays', () => {
    let moved = 0;
    fc.assert(
      fc.property(anyTemplate(), steps, (start, list) => {
        // A random template may lead to what is retired from the beginning: what leads there is taken out first.
        const stale = (target: Target) => isRetired(start, target);
        let template: CaseTemplate = {
          ...start,
          timers: start.timers.filter(({ does }) => does.type !== 'change' || !stale(does.to)),
          replies: start.replies.filter((rule) => !stale(rule.to)),
        };
        let cases = population(template);
        for (const { what: n, back, how, dest } of list) {
          const parts = partsOf(template);
          const what = parts[n % parts.length] ?? status('s0');
          if (back === 0) {
            const result = unretire(template, what);
            if (result.ok) template = result.template;
            continue;
          }
          const destination = cases[dest % cases.length] ?? at('s0');
          const before = JSON.stringify(template);
          const usage = { cases: cases.filter((one) => within(what, one)).length };
          const result = retire(template, what, usage, how === 'move' ? { type: 'move', to: destination } : KEEP);
          expect(JSON.stringify(template)).toBe(before);
          if (!result.ok) {
            expect(result.message).toMatch(/^.+\.$/su);
            continue;
          }
          expect(result.changes).not.toEqual([]);
          const { moves } = result;
          if (moves) {
            moved += 1;
            const goes = cases.filter((one) => within(what, one));
            cases = cases.map((one) => movedTo(moves, one));
            expect(cases.filter((one) => within(what, one))).toEqual([]);
            for (const one of goes)
              expect(isRetired(result.template, movedTo(moves, one)) && what.kind !== 'tag').toBe(false);
          }
          template = result.template;
          expect(templateFaults(template)).toEqual([]);
          expect(targetsOf(template).filter((target) => isRetired(template, target))).toEqual([]);
          expect(findIn(template, template.initialStatusId).retired).toBe(false);
        }
        // Whoever is somewhere can be read there.
        for (const one of cases) expect(checkTarget(template, null, one)?.code ?? '').not.toMatch(/^unknown/);
      }),
      { numRuns: runs(300) },
    );
    expect(moved).toBeGreaterThan(0);
  });
});
