import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supportTemplate } from '../../../core/domain/builtin-templates';
import { differences } from '../../../core/domain/differences';
import type { CaseTemplate, Status, TimerRule } from '../../../core/domain/template';
import { runs } from '../../runs';
import { anyTemplate } from './random-template';

type Draft = { -readonly [K in keyof CaseTemplate]: CaseTemplate[K] };

/** The lines that a change of the Support template brings. */
function linesOf(change: (template: Draft) => void, base: CaseTemplate = supportTemplate): string[] {
  const after = structuredClone(base);
  change(after);
  return differences(base, after);
}

function status(template: CaseTemplate, id: string): Status {
  const found = template.statuses.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

function timer(template: CaseTemplate, id = 'remind-customer-input'): TimerRule {
  const found = template.timers.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

function first<T>(list: readonly T[]): T {
  const [item] = list;
  if (item === undefined) throw new Error('It is empty');
  return item;
}

const subOf = (template: CaseTemplate) => first(status(template, 'pending').subStatuses);
const tagOf = (template: CaseTemplate) => first(status(template, 'closed').tags);
const meaning = { agent: '', customer: '' };

/** The Support template with more of what it has little of. */
const rich: CaseTemplate = structuredClone(supportTemplate);
status(rich, 'closed').mayBecome = ['new', 'reopened'];
timer(rich).pausesIn = [{ statusId: 'reopened', subStatusId: null }];
timer(rich).repeat = { every: { amount: 2, unit: 'days' }, times: 3 };
rich.appliesTo = [{ siteId: null, queue: 'Support', type: null }];
rich.calendarId = 'berlin';

describe('R2: what a new version changes, in words', () => {
  it('says nothing where nothing but the version differs', () => {
    expect(
      linesOf((template) => {
        template.version = 9;
      }),
    ).toEqual([]);
  });

  it('says of a first version what it has', () => {
    expect(differences(null, { ...supportTemplate, statuses: supportTemplate.statuses.slice(0, 2) })).toEqual([
      'The template “Support” is new: New, In Progress.',
    ]);
  });

  const cases: [string, (template: Draft) => void, string[], CaseTemplate?][] = [
    [
      'its id',
      (t) => {
        t.id = 'help';
      },
      ['The template has the id help instead of support.'],
    ],
    [
      'its name',
      (t) => {
        t.name = 'Help';
      },
      ['The template “Support” is now called “Help”.'],
    ],
    [
      'its summary',
      (t) => {
        t.summary = 'x'.repeat(61);
      },
      [`The summary is now “${'x'.repeat(60)}…”.`],
    ],
    [
      'the language of its messages',
      (t) => {
        t.language = 'de';
      },
      ['Messages are now in German.'],
    ],
    [
      'the language of its messages, to what they have where none is said',
      (t) => {
        delete t.language;
      },
      ['Messages are now in English.'],
      { ...supportTemplate, language: 'de' },
    ],
    [
      'where cases start',
      (t) => {
        t.initialStatusId = 'closed';
      },
      ['New cases start in Closed instead of New.'],
    ],
    [
      'where cases start, a status that is gone',
      (t) => {
        t.initialStatusId = 'elsewhere';
        t.statuses = t.statuses.filter(({ id }) => id !== 'new');
      },
      ['New cases start in elsewhere instead of New.', 'The status New is gone.'],
    ],
    [
      'a new status',
      (t) => void t.statuses.push({ ...status(t, 'closed'), id: 'done', name: 'Done' }),
      ['The status Done is new.'],
    ],
    [
      'a name',
      (t) => {
        status(t, 'pending').name = 'Waiting';
      },
      ['Pending is now called Waiting.'],
    ],
    [
      'a name and more',
      (t) => Object.assign(status(t, 'pending'), { name: 'Waiting', retired: true, category: 'active' }),
      ['Pending is now called Waiting.', 'Waiting is retired.', 'Waiting is of category active instead of waiting.'],
    ],
    [
      'a status that comes back',
      (t) => {
        status(t, 'closed').retired = false;
      },
      ['Closed is in use again.'],
      {
        ...supportTemplate,
        statuses: supportTemplate.statuses.map((one) => (one.id === 'closed' ? { ...one, retired: true } : one)),
      },
    ],
    [
      'the order of statuses',
      (t) => void t.statuses.reverse(),
      [
        'The statuses are in another order: Closed, Update Received, Reopened, Awaiting Customer Confirmation, Pending, In Progress, New.',
      ],
    ],
    [
      'a colour',
      (t) => {
        status(t, 'new').colour = '#1a7f37';
      },
      ["New has #1a7f37 instead of its category's colour."],
    ],
    [
      'a colour that goes',
      (t) => {
        status(t, 'new').colour = null;
      },
      ["New has its category's colour instead of #1a7f37."],
      {
        ...supportTemplate,
        statuses: supportTemplate.statuses.map((one) => (one.id === 'new' ? { ...one, colour: '#1a7f37' } : one)),
      },
    ],
    [
      'who a status waits for',
      (t) => {
        status(t, 'closed').waitsFor = 'customer';
      },
      ['Closed waits for the customer instead of nobody.'],
    ],
    [
      'who another waits for',
      (t) => {
        status(t, 'pending').waitsFor = 'us';
      },
      ['Pending waits for us instead of a third party.'],
    ],
    [
      'a meaning',
      (t) => {
        status(t, 'closed').meaning = { agent: 'Over.', customer: 'All done.' };
      },
      ['What Closed means to agents is now: “Over.”.', 'What Closed means to customers is now: “All done.”.'],
    ],
    [
      'sub-statuses',
      (t) => {
        status(t, 'pending').subStatusRequired = false;
      },
      ['Pending no longer needs a sub-status.'],
    ],
    [
      'sub-statuses, the other way',
      (t) => {
        status(t, 'new').subStatusRequired = true;
      },
      ['New now needs a sub-status.'],
    ],
    [
      'reasons',
      (t) => {
        status(t, 'closed').tagRequired = true;
      },
      ['Closed now needs a reason.'],
    ],
    [
      'reasons, the other way',
      (t) => {
        status(t, 'closed').tagRequired = false;
      },
      ['Closed no longer needs a reason.'],
      {
        ...supportTemplate,
        statuses: supportTemplate.statuses.map((one) => (one.id === 'closed' ? { ...one, tagRequired: true } : one)),
      },
    ],
    [
      'a sub-status',
      (t) =>
        Object.assign(subOf(t), {
          name: 'Answer',
          waitsFor: 'us',
          retired: true,
          meaning: { agent: 'A', customer: 'C' },
        }),
      [
        'Customer Input is now called Answer.',
        'Pending – Answer is retired.',
        'Pending – Answer waits for us instead of the customer.',
        'What Pending – Answer means to agents is now: “A”.',
        'What Pending – Answer means to customers is now: “C”.',
      ],
    ],
    [
      'which sub-statuses there are',
      (t) => {
        const pending = status(t, 'pending');
        pending.subStatuses = [
          { id: 'parts', name: 'Parts', waitsFor: 'us', meaning, retired: false },
          ...pending.subStatuses.slice(1).reverse(),
        ];
      },
      [
        'The sub-status Parts of Pending is new.',
        'The sub-status Customer Input of Pending is gone.',
        'The sub-statuses of Pending are in another order: Parts, Third Party Provider, Scheduled Support Service, Development.',
      ],
    ],
    [
      'a reason',
      (t) => Object.assign(tagOf(t), { name: 'Fixed', retired: true }),
      ['Solved is now called Fixed.', 'The reason “Fixed” of Closed is retired.'],
    ],
    [
      'which reasons there are',
      (t) => {
        const closed = status(t, 'closed');
        closed.tags = [...closed.tags.slice(1).reverse(), { id: 'spam', name: 'Spam', retired: false }];
      },
      [
        'The reason “Spam” of Closed is new.',
        'The reason “Solved” of Closed is gone.',
        'The reasons of Closed are in another order: Not reproducible, Duplicate, No answer from customer, Spam.',
      ],
    ],
    [
      'what may follow, from any to some',
      (t) => {
        status(t, 'closed').mayBecome = ['new', 'elsewhere'];
      },
      ['Closed may now become only: New, elsewhere.'],
    ],
    [
      'what may follow, from any to none',
      (t) => {
        status(t, 'closed').mayBecome = [];
      },
      ['Closed may now become only: none.'],
    ],
    [
      'what may follow, from some to any',
      (t) => {
        status(t, 'closed').mayBecome = null;
      },
      ['Closed may now become any status.'],
      rich,
    ],
    [
      'what may follow, one for another',
      (t) => {
        status(t, 'closed').mayBecome = ['reopened', 'pending'];
      },
      ['Closed may now become Pending.', 'Closed may no longer become New.'],
      rich,
    ],
    [
      'the order of what may follow',
      (t) => {
        status(t, 'closed').mayBecome = ['reopened', 'new'];
      },
      ['Some entries are in another order.'],
      rich,
    ],
    [
      'when a timer comes',
      (t) => {
        timer(t).after = { amount: 5, unit: 'days' };
      },
      ['The reminder in Pending – Customer Input comes after 5 days instead of after 7 days.'],
    ],
    [
      'when a timer comes, in working days',
      (t) => {
        timer(t).after = { amount: 1, unit: 'working-day', at: '08:00' };
      },
      ['The reminder in Pending – Customer Input comes on the next working day at 08:00 instead of after 7 days.'],
    ],
    [
      'the kind of a timer',
      (t) => {
        timer(t).kind = 'notice';
      },
      ['The reminder in Pending – Customer Input is now a notice.'],
    ],
    [
      'the kind of another timer',
      (t) => {
        timer(t, 'close-customer-input').kind = 'change';
      },
      ['The auto-close in Pending – Customer Input is now a timed change.'],
    ],
    [
      'where a timer runs',
      (t) => {
        timer(t).when = { statusId: 'new', subStatusId: null };
      },
      ['The reminder in New was in Pending – Customer Input.'],
    ],
    [
      'how often a timer comes',
      (t) => {
        timer(t).repeat = { every: { amount: 1, unit: 'hours' }, times: 4 };
      },
      ['The reminder in Pending – Customer Input now comes 4 times, every 1 hour.'],
      rich,
    ],
    [
      'that a timer comes once',
      (t) => {
        timer(t).repeat = null;
      },
      ['The reminder in Pending – Customer Input now comes once.'],
      rich,
    ],
    [
      'that a timer ends with its position',
      (t) => {
        timer(t).pausesIn = null;
      },
      ['The reminder in Pending – Customer Input now ends when the case leaves.'],
      rich,
    ],
    [
      'where a timer stands still',
      (t) => {
        timer(t).pausesIn = [
          { statusId: 'new', subStatusId: null },
          { statusId: 'closed', subStatusId: null },
        ];
      },
      ['The reminder in Pending – Customer Input now goes on through other statuses and stands still in: New, Closed.'],
      rich,
    ],
    [
      'what a timer sends',
      (t) => {
        timer(t).does = { type: 'message', messageId: 'closed', via: 'note' };
      },
      [
        'The reminder in Pending – Customer Input now sends “Your case was closed” as an internal note (was: sends “Reminder: we wait for your answer” as a reply to the customer).',
      ],
    ],
    [
      'where a timer leads',
      (t) => {
        timer(t, 'close-customer-input').does = {
          type: 'change',
          to: { statusId: 'closed', subStatusId: null, tagId: null },
        };
      },
      [
        'The auto-close in Pending – Customer Input now leads to Closed (was: leads to Closed, reason “No answer from customer”).',
      ],
    ],
    [
      'a timer that cannot be checked, asking',
      (t) => {
        timer(t).ifUnread = 'ask';
      },
      ['The reminder in Pending – Customer Input now asks at once when the ticket cannot be read.'],
    ],
    [
      'a timer that cannot be checked, acting',
      (t) => {
        timer(t).ifUnread = 'act';
      },
      ['The reminder in Pending – Customer Input now acts all the same when the ticket cannot be read.'],
    ],
    [
      'a timer that cannot be checked, trying',
      (t) => {
        timer(t).ifUnread = 'retry';
      },
      [
        'The reminder in Pending – Customer Input now tries again for a day and then asks when the ticket cannot be read.',
      ],
      {
        ...supportTemplate,
        timers: supportTemplate.timers.map((rule) => ({
          ...rule,
          ifUnread: rule.id === 'remind-customer-input' ? 'ask' : rule.ifUnread,
        })),
      },
    ],
    [
      'which timers there are',
      (t) => {
        const [remind, ...others] = t.timers;
        if (remind)
          t.timers = [
            ...others.reverse(),
            { ...remind, id: 'nudge', does: { type: 'message', messageId: 'reminder', via: 'notification' } },
          ];
      },
      [
        'The reminder in Pending – Customer Input is new: after 7 days it sends “Reminder: we wait for your answer” as a notification in the browser.',
        'The reminder in Pending – Customer Input is gone.',
        'The timers are in another order.',
      ],
    ],
    [
      'a message on entry',
      (t) => Object.assign(first(t.onEntry), { messageId: 'closed', via: 'notification', immediate: false }),
      [
        'The message on entry of Awaiting Customer Confirmation is “Your case was closed” instead of “Did our answer help?”.',
        'The message on entry of Awaiting Customer Confirmation goes out as a notification in the browser instead of as a reply to the customer.',
        'The message on entry of Awaiting Customer Confirmation now waits a moment, so that it can be undone.',
      ],
    ],
    [
      'a message on entry that goes at once',
      (t) => {
        first(t.onEntry).immediate = true;
      },
      ['The message on entry of Awaiting Customer Confirmation now goes out at once.'],
      { ...supportTemplate, onEntry: supportTemplate.onEntry.map((rule) => ({ ...rule, immediate: false })) },
    ],
    [
      'where a message goes out',
      (t) => {
        first(t.onEntry).when = { statusId: 'new', subStatusId: null };
      },
      ['The message on entry of New was for Awaiting Customer Confirmation.'],
    ],
    [
      'which messages go out',
      (t) => {
        t.onEntry = [
          {
            id: 'hello',
            when: { statusId: 'new', subStatusId: null },
            messageId: 'oops',
            via: 'note',
            immediate: true,
          },
        ];
      },
      [
        'The message on entry of New is new: “oops”.',
        'The message on entry of Awaiting Customer Confirmation is gone.',
      ],
    ],
    [
      'what a reply does',
      (t) => {
        first(t.replies).to = { statusId: 'new', subStatusId: null, tagId: 'why' };
      },
      ["A customer's reply in Awaiting Customer Confirmation leads to New, reason “why” instead of Reopened."],
    ],
    [
      'where a reply does it',
      (t) => {
        first(t.replies).when = { statusId: 'new', subStatusId: null };
      },
      ["What a customer's reply did in Awaiting Customer Confirmation, it now does in New."],
    ],
    [
      'which replies count',
      (t) => {
        t.replies = [
          ...t.replies.slice(1),
          { ...first(t.replies), id: 'other', when: { statusId: 'new', subStatusId: null } },
        ];
      },
      [
        "A customer's reply in New now leads to Reopened.",
        'What a reply in Awaiting Customer Confirmation does is gone.',
      ],
    ],
    [
      'the order of rules for replies',
      (t) => void t.replies.reverse(),
      ['The rules for replies are in another order.'],
    ],
    [
      'the order of messages on entry',
      (t) => void t.onEntry.reverse(),
      ['The messages on entry are in another order.'],
      { ...supportTemplate, onEntry: ['a', 'b'].map((id) => ({ ...first(supportTemplate.onEntry), id })) },
    ],
    [
      'a message',
      (t) => Object.assign(first(t.messages), { name: 'Nudge', body: 'Well?' }),
      [
        'The message “Reminder: we wait for your answer” is now called “Nudge”.',
        'The message “Nudge” has another text.',
      ],
    ],
    [
      'which messages there are',
      (t) => {
        t.messages = [...t.messages.slice(1).reverse(), { id: 'hi', name: 'Hi', body: 'Hi' }];
      },
      [
        'The message “Hi” is new.',
        'The message “Reminder: we wait for your answer” is gone.',
        'The messages are in another order.',
      ],
    ],
    [
      'the calendar',
      (t) => {
        t.calendarId = 'paris';
      },
      ['Business time is counted by the calendar paris instead of the calendar berlin.'],
      rich,
    ],
    [
      'the calendar, to none',
      (t) => {
        t.calendarId = null;
      },
      ["Business time is counted by the site's own calendar instead of the calendar berlin."],
      rich,
    ],
    [
      'the tickets that it is for',
      (t) => {
        t.appliesTo = [
          { siteId: null, queue: null, type: null },
          { siteId: 'rt-1', queue: 'Sales', type: 'Bug' },
        ];
      },
      [
        'It is now for all tickets.',
        'It is now for tickets in the queue “Sales” of the type “Bug” on rt-1.',
        'It is no longer for tickets in the queue “Support”.',
      ],
      rich,
    ],
    [
      'native statuses',
      (t) => {
        t.native = {
          rt: {
            set: { new: 'open', closed: 'resolved' },
            shows: { new: 'closed', open: 'in-progress', odd: 'elsewhere' },
          },
          toString: { set: { new: 'x' }, shows: {} },
          empty: { set: {}, shows: {} },
        };
      },
      [
        'On rt, New now sets “open”.',
        'On rt, In Progress no longer sets a status.',
        'On rt, “new” is now shown as Closed.',
        'On rt, “odd” is now shown as elsewhere.',
        'On toString, New now sets “x”.',
        'There is now a mapping for toString.',
        'There is now a mapping for empty.',
        'On demo, Closed no longer sets a status.',
        'On demo, “open” no longer stands for a status.',
        'There is no longer a mapping for demo.',
      ],
      {
        ...supportTemplate,
        native: {
          rt: {
            set: { new: 'new', closed: 'resolved', 'in-progress': 'open' },
            shows: { new: 'new', open: 'in-progress' },
          },
          demo: { set: { closed: 'solved' }, shows: { open: 'new' } },
        },
      },
    ],
  ];
  it.each(cases)('%s', (_what, change, lines, base) => {
    expect(linesOf(change, base)).toEqual(lines);
  });

  it('says what any other difference is: of two templates that differ, something is said', () => {
    const changed = fc.tuple(anyTemplate(), anyTemplate(), fc.subarray(Object.keys(supportTemplate)));
    fc.assert(
      fc.property(changed, ([before, other, keys]) => {
        const after = { ...before, ...Object.fromEntries(Object.entries(other).filter(([key]) => keys.includes(key))) };
        const same = JSON.stringify({ ...before, version: 0 }) === JSON.stringify({ ...after, version: 0 });
        const lines = differences(before, after);
        if (!same) expect(lines).not.toEqual([]);
        for (const line of lines) expect(line).toMatch(/^.+\.$/su);
        expect(differences(before, { ...before, version: before.version + 1 })).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('says what the smallest difference is, wherever it is', () => {
    const leaves = (value: unknown, path: string[] = []): string[][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]))
        : [path];
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), (before, n) => {
        const paths = leaves(before).filter(
          (path) => path[0] !== 'version' && !['type', 'unit'].includes(path.at(-1) ?? ''),
        );
        const path = paths[n % paths.length] ?? [];
        const after = structuredClone(before);
        const key = path.at(-1) ?? '';
        let at = after as unknown as Record<string, unknown>;
        for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
        at[key] = typeof at[key] === 'boolean' ? !at[key] : typeof at[key] === 'number' ? 77_777 : 'something-else';
        if (key === 'pausesIn' || key === 'mayBecome') at[key] = [];
        if (key === 'repeat') at[key] = { every: { amount: 1, unit: 'days' }, times: 2 };
        expect(differences(before, after), path.join('.')).not.toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });
});
