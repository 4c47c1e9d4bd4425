import { describe, expect, it } from 'vitest';
import { builtinTemplates, fastClockTemplate } from '../../../core/domain/builtin-templates';
import { plainCalendar } from '../../../core/domain/calendar';
import { checkTemplate } from '../../../core/domain/checker';
import { exampleTemplates } from '../../../core/domain/example-templates';
import { unknownPlaceholders } from '../../../core/domain/message';
import type { Status } from '../../../core/domain/template';
import { CaseTemplate, findStatus, NativeMapping, positionName } from '../../../core/domain/template';

const all = [...builtinTemplates, ...exampleTemplates];

function template(name: string): CaseTemplate {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`no template ${name}`);
  return found;
}

const names = ({ statuses }: CaseTemplate) => statuses.map(({ name }) => name);
const namesOf = ({ statuses }: CaseTemplate, ids: readonly string[] | null) =>
  ids?.map((id) => statuses.find((status) => status.id === id)?.name ?? `unknown: ${id}`) ?? 'any';

/** What may follow each status: `Open -> Approved, Declined`. */
const flow = (one: CaseTemplate) =>
  one.statuses.map(({ name, mayBecome }) => `${name} -> ${[namesOf(one, mayBecome)].flat().join(', ')}`);

/** Timers in words: `auto-close in Pending – Customer Input after 28 days: Closed (no-answer)`. */
const timers = (one: CaseTemplate) =>
  one.timers.map(({ kind, when, after, does }) => {
    const what =
      does.type === 'message' ? `${does.messageId} as ${does.via}` : `${positionName(one, does.to)} (${does.to.tagId})`;
    return `${kind} in ${positionName(one, when)} after ${after.amount} ${after.unit}: ${what}`;
  });

/** What automations do to a case: `rule -> where`. */
const targets = ({ timers, replies }: CaseTemplate) => [
  ...timers.flatMap(({ id, does }) => (does.type === 'change' ? [{ id, to: does.to }] : [])),
  ...replies.map(({ id, to }) => ({ id, to })),
];

const NATIVE: Record<string, string[]> = {
  rt: ['new', 'open', 'stalled', 'resolved', 'rejected', 'deleted'],
  demo: ['open', 'pending', 'solved', 'closed'],
  redmine: ['New', 'In Progress', 'Resolved', 'Feedback', 'Closed', 'Rejected'],
};

function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

describe('the templates that are always there', () => {
  it('are Support, Review, and Support by a fast clock', () => {
    expect(builtinTemplates.map(({ name }) => name)).toEqual(['Support', 'Review', 'Support (fast clock)']);
  });

  it('R1: Review has Open, Pending, Approved and Declined, and starts in Open', () => {
    const review = template('Review');
    expect(names(review)).toEqual(['Open', 'Pending', 'Approved', 'Declined']);
    expect(findStatus(review, review.initialStatusId)?.name).toBe('Open');
    expect(findStatus(review, 'open')?.meaning.agent).toMatch(/ready for investigation/i);
    expect(findStatus(review, 'pending')?.meaning.agent).toMatch(/further action or information/i);
  });

  it('R4: Review offers reasons for its verdicts and for waiting', () => {
    const reasons = template('Review').statuses.map(({ name, tags }) => [name, tags.length > 1]);
    expect(reasons).toEqual([
      ['Open', false],
      ['Pending', true],
      ['Approved', true],
      ['Declined', true],
    ]);
  });

  it('R5: Review asks for a reason with each verdict', () => {
    const required = template('Review').statuses.filter(({ tagRequired }) => tagRequired);
    expect(required.map(({ name }) => name)).toEqual(['Approved', 'Declined']);
  });

  it('R9: Support has seven statuses, starts in New, and lets any follow any', () => {
    const support = template('Support');
    expect(names(support)).toEqual([
      'New',
      'In Progress',
      'Pending',
      'Awaiting Customer Confirmation',
      'Reopened',
      'Update Received',
      'Closed',
    ]);
    expect(findStatus(support, support.initialStatusId)?.name).toBe('New');
    expect(support.statuses.every(({ mayBecome }) => mayBecome === null)).toBe(true);
  });

  it('R10: Pending needs one of four sub-statuses, and no other status has any', () => {
    const pending = findStatus(template('Support'), 'pending');
    expect(pending?.subStatusRequired).toBe(true);
    expect(pending?.subStatuses.map(({ name, waitsFor }) => [name, waitsFor])).toEqual([
      ['Customer Input', 'customer'],
      ['Development', 'third-party'],
      ['Scheduled Support Service', 'us'],
      ['Third Party Provider', 'third-party'],
    ]);
    expect(template('Support').statuses.filter(({ subStatuses }) => subStatuses.length > 0)).toEqual([pending]);
  });

  it('R11, R12: a reply reopens what was answered, and brings what was asked', () => {
    const support = template('Support');
    const moves = support.replies.map(
      ({ when, to }) => `${positionName(support, when)} -> ${positionName(support, to)}`,
    );
    expect(moves).toEqual([
      'Awaiting Customer Confirmation -> Reopened',
      'Pending – Customer Input -> Update Received',
    ]);
  });

  it('R13, R14, R15: Support reminds after 7 days, closes after 28 and 14, and tells of the close a day later', () => {
    expect(timers(template('Support'))).toEqual([
      'reminder in Pending – Customer Input after 7 days: reminder as reply',
      'auto-close in Pending – Customer Input after 28 days: Closed (no-answer-from-customer)',
      'auto-close in Awaiting Customer Confirmation after 14 days: Closed (no-answer-from-customer)',
      'notice in Closed after 1 days: closed as reply',
    ]);
    for (const { repeat, pausesIn, ifUnread } of template('Support').timers) {
      expect({ repeat, pausesIn, ifUnread }).toEqual({ repeat: null, pausesIn: null, ifUnread: 'retry' });
    }
  });

  it('R15: the customer is told at once of Awaiting Customer Confirmation, and when it would close', () => {
    const support = template('Support');
    expect(support.onEntry).toEqual([
      {
        id: 'ask-confirmation',
        when: { statusId: 'awaiting-customer-confirmation', subStatusId: null },
        messageId: 'confirm',
        via: 'reply',
        immediate: true,
      },
    ]);
    for (const id of ['confirm', 'reminder']) {
      expect(support.messages.find((message) => message.id === id)?.body, id).toContain('{closes}');
    }
  });

  it('has the fast clock count seconds where Support counts days, and differ in nothing else', () => {
    const { id, name, summary, ...rest } = fastClockTemplate;
    const { id: _id, name: _name, summary: _summary, ...support } = template('Support');
    expect(fastClockTemplate.timers.map(({ after }) => after)).toEqual(
      [7, 28, 14, 1].map((amount) => ({ amount, unit: 'seconds' })),
    );
    expect({ ...rest, timers: [] }).toEqual({ ...support, timers: [] });
    expect(rest.timers.map(({ after, ...rule }) => rule)).toEqual(support.timers.map(({ after, ...rule }) => rule));
    expect(summary).toMatch(/not for real customers/i);
  });
});

describe('R3: the example flows', () => {
  it('are four, beside the templates that are always there', () => {
    expect(exampleTemplates.map(({ name }) => name)).toEqual([
      'Transfer and order',
      'Approval by one team',
      'Approval by two teams',
      'Review with documents',
    ]);
  });

  it('new request -> transfer initiated -> ready to order -> ordered', () => {
    expect(flow(template('Transfer and order'))).toEqual([
      'New request -> Transfer initiated',
      'Transfer initiated -> Ready to order, New request',
      'Ready to order -> Ordered, Transfer initiated',
      'Ordered -> Ready to order',
    ]);
  });

  it('Open -> Approved by Team 1 -> Declined by Team 1: two outcomes, and the step from one to the other', () => {
    expect(flow(template('Approval by one team'))).toEqual([
      'Open -> Approved by Team 1, Declined by Team 1',
      'Approved by Team 1 -> Declined by Team 1, Open',
      'Declined by Team 1 -> Open',
    ]);
  });

  it('Open -> Approved by Team 1 -> Approved by Team 2 / Declined by Team 2', () => {
    expect(flow(template('Approval by two teams'))).toEqual([
      'Open -> Approved by Team 1',
      'Approved by Team 1 -> Approved by Team 2, Declined by Team 2, Open',
      'Approved by Team 2 -> Approved by Team 1',
      'Declined by Team 2 -> Approved by Team 1, Open',
    ]);
  });

  it('Open -> Review in Progress -> Awaiting Documentation -> Approved or Declined', () => {
    expect(flow(template('Review with documents'))).toEqual([
      'Open -> Review in Progress',
      'Review in Progress -> Awaiting Documentation, Approved, Declined, Open',
      'Awaiting Documentation -> Review in Progress, Approved, Declined',
      'Approved -> Review in Progress',
      'Declined -> Review in Progress',
    ]);
  });

  it('asks for documents, reminds after 7 days, declines after 28; a reply goes back to review', () => {
    const documents = template('Review with documents');
    expect(timers(documents)).toEqual([
      'reminder in Awaiting Documentation after 7 days: reminder as reply',
      'auto-close in Awaiting Documentation after 28 days: Declined (no-documents-received)',
    ]);
    expect(documents.onEntry.map(({ when, messageId, via }) => [when.statusId, messageId, via])).toEqual([
      ['awaiting-documentation', 'request', 'reply'],
    ]);
    expect(documents.replies.map(({ when, to }) => [when.statusId, to.statusId])).toEqual([
      ['awaiting-documentation', 'review-in-progress'],
    ]);
  });

  it.each(exampleTemplates)(
    '$name: starts at its first status, ends in done, and leads from the one to the other',
    (one) => {
      expect(one.initialStatusId).toBe(one.statuses[0]?.id);
      const reached = new Set([one.initialStatusId]);
      for (const id of reached) for (const next of findStatus(one, id)?.mayBecome ?? []) reached.add(next);
      expect([...reached].toSorted()).toEqual(one.statuses.map(({ id }) => id).toSorted());
      expect(one.statuses.filter(({ category }) => category === 'initial').map(({ id }) => id)).toEqual([
        one.initialStatusId,
      ]);
      expect(one.statuses.at(-1)?.category).toBe('done');
    },
  );

  it.each(exampleTemplates)('$name: every decline needs a reason', ({ statuses }) => {
    const declines = statuses.filter(({ name }) => name.startsWith('Declined'));
    expect(declines.filter(({ tagRequired, tags }) => !tagRequired || tags.length < 2)).toEqual([]);
  });

  it.each(exampleTemplates)(
    '$name: each status has a colour that can be told from light and dark panels',
    ({ statuses }) => {
      for (const { name, colour } of statuses) {
        for (const surface of ['#ffffff', '#17191e']) {
          expect(contrast(colour ?? surface, surface), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
        }
      }
    },
  );
});

describe('every template that ships', () => {
  it('has an id and a name of its own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it.each(all)('$name: fits the schema as it is', (one) => {
    expect(CaseTemplate.parse(one)).toEqual(one);
  });

  it('counts on from the version that was shipped before', () => {
    // A published version never changes: whoever has the first version of these goes on with the second.
    expect(builtinTemplates.map(({ id, version }) => [id, version])).toEqual([
      ['support', 2],
      ['review', 2],
      ['support-fast-clock', 2],
    ]);
    expect(exampleTemplates.map(({ version }) => version)).toEqual([1, 1, 1, 1]);
  });

  it.each(all)('$name: the checker has nothing to say', (one) => {
    expect(checkTemplate(one, { calendar: plainCalendar('UTC') })).toEqual([]);
  });

  it.each(all)(
    'R17: $name: every status and sub-status means something to agent and customer, and says who it waits for',
    (one) => {
      expect(one.summary).not.toBe('');
      for (const status of one.statuses) {
        for (const { name, meaning, waitsFor } of [status, ...status.subStatuses]) {
          expect(meaning.agent, name).toMatch(/\S.*\.$/);
          expect(meaning.customer, name).toMatch(/\S.*\.$/);
          expect(meaning.customer, name).not.toBe(meaning.agent);
          expect(['us', 'customer', 'third-party', 'nobody'], name).toContain(waitsFor);
        }
      }
    },
  );

  it.each(all)('R17: $name: nobody is waited for exactly where the case is done', ({ statuses }) => {
    const idle = (status: Status) => status.waitsFor === 'nobody';
    expect(statuses.filter(idle)).toEqual(statuses.filter(({ category }) => category === 'done'));
  });

  it.each(all)('R5: $name: every automation brings the reason and the sub-status that its target needs', (one) => {
    for (const { id, to } of targets(one)) {
      const status = findStatus(one, to.statusId);
      if (status?.tagRequired) expect(to.tagId, id).not.toBeNull();
      if (to.tagId !== null)
        expect(
          status?.tags.map((tag) => tag.id),
          id,
        ).toContain(to.tagId);
      if (status?.subStatusRequired) expect(to.subStatusId, id).not.toBeNull();
    }
  });

  it.each(all)('$name: its messages use placeholders that exist, and each is used', ({ messages, timers, onEntry }) => {
    const used = [...timers.flatMap(({ does }) => (does.type === 'message' ? [does] : [])), ...onEntry].map(
      ({ messageId }) => messageId,
    );
    expect(messages.map(({ id }) => id).toSorted()).toEqual([...new Set(used)].toSorted());
    for (const { body } of messages) expect(unknownPlaceholders(body)).toEqual([]);
  });

  it.each(all)('$name: says what each status is in every help desk, in its own words', (one) => {
    const ids = one.statuses.map(({ id }) => id);
    expect(Object.keys(one.native).toSorted()).toEqual(['demo', 'redmine', 'rt']);
    for (const [desk, mapping] of Object.entries(one.native)) {
      expect(NativeMapping.parse(mapping)).toEqual(mapping);
      expect(Object.keys(mapping.set), desk).toEqual(ids);
      expect(NATIVE[desk]).toEqual(
        expect.arrayContaining([...Object.values(mapping.set), ...Object.keys(mapping.shows)]),
      );
      expect(ids).toEqual(expect.arrayContaining(Object.values(mapping.shows)));
    }
  });

  it.each(all)('$name: what a ticket of the help desk shows can be known from outside', (one) => {
    const shown = Object.values(one.native).flatMap(({ shows }) => Object.values(shows));
    const unknowable = one.statuses.filter(({ subStatusRequired, tagRequired }) => subStatusRequired || tagRequired);
    expect(unknowable.filter(({ id }) => shown.includes(id))).toEqual([]);
  });
});
