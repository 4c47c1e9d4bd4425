import { beforeEach, describe, expect, it } from 'vitest';
import { makeSampleCase } from '../../../core/app/sample-case';
import type { SampleCase, SampleState } from '../../../core/contract/sample';
import { reviewTemplate, supportTemplate } from '../../../core/domain/builtin-templates';
import { exampleTemplates } from '../../../core/domain/example-templates';
import type { CaseTemplate, Status } from '../../../core/domain/template';
import { changeStatus, emptyTemplate, without } from '../../../core/domain/template-edits';

const NOON = Date.UTC(2026, 10, 17, 12);
const DAY = 86_400_000;

let now: number;
let ids: number;
beforeEach(() => {
  now = NOON;
  ids = 0;
});

/** A sample of a template, and what it last told. */
function sampleOf(template: CaseTemplate) {
  const sample = makeSampleCase(
    {
      clock: { now: () => now, timeZone: () => 'UTC' },
      newId: () => {
        ids += 1;
        return `command-${ids}`;
      },
    },
    { template, calendar: null, desk: { id: 'demo', name: 'Demo' } },
  );
  const told: SampleState[] = [];
  sample.subscribe((state) => told.push(state), new AbortController().signal);
  const state = (): SampleState => {
    const last = told.at(-1);
    if (!last) throw new Error('nothing was told');
    return last;
  };
  const view = () => {
    const shown = state().view;
    if (!shown) throw new Error(state().word ?? 'no view');
    return shown;
  };
  return { sample, told, state, view, at: () => [view().status.name, view().subStatus?.name ?? null] };
}

let changes = 0;
async function change(sample: SampleCase, to: { statusId: string; subStatusId?: string; tagId?: string }) {
  changes += 1;
  const view = await sample.ask('case.view', { ticketId: '42' });
  if (!view.ok) return view;
  return sample.ask('case.change', {
    ticketId: view.value.ticketId,
    commandId: `change-${changes}`,
    subStatusId: null,
    tagId: null,
    skipMessage: false,
    note: null,
    seenGeneration: view.value.tracked ? view.value.generation : null,
    ...to,
  });
}

const edited = (template: CaseTemplate, statusId: string, part: Partial<Status>) =>
  changeStatus(template, statusId, (status) => ({ ...status, ...part }));

const timer = (id: string, from: string, to: string, amount = 1): CaseTemplate['timers'][number] => ({
  id,
  kind: 'change',
  when: { statusId: from, subStatusId: null },
  after: { amount, unit: 'seconds' },
  repeat: null,
  pausesIn: null,
  does: { type: 'change', to: { statusId: to, subStatusId: null, tagId: null } },
  ifUnread: 'retry',
});
/** Turns in circles as long as nobody ends it. */
const circle: CaseTemplate = {
  ...emptyTemplate('loop', 'Loop', { initial: 'New', active: 'Busy', done: 'Done' }),
  timers: [timer('a', 'new', 'busy'), timer('b', 'busy', 'new')],
};

const CUSTOMER_INPUT = { statusId: 'pending', subStatusId: 'customer-input' };

describe('a sample case', () => {
  it('R1: begins as a new ticket, in the status in which the draft begins, and can begin in every place of it', () => {
    const { view, state, sample, at } = sampleOf(reviewTemplate);
    expect(view()).toMatchObject({ tracked: false, status: { name: 'Open' }, requesterName: 'Alice' });
    expect(state().places.map(({ name }) => name)).toEqual(['New ticket', 'Open', 'Pending', 'Approved', 'Declined']);
    for (const { id } of state().places.slice(1)) {
      sample.start(id);
      expect(view()).toMatchObject({ tracked: true, undo: null, outbox: [], attention: null });
      expect(state().placeId).toBe(id);
    }
    expect(at()).toEqual(['Declined', null]);
  });

  it('begins in no place that is retired, nor in one that cannot be entered as it is', () => {
    const draft = edited(supportTemplate, 'reopened', { retired: true });
    const names = sampleOf(draft)
      .state()
      .places.map(({ name }) => name);
    expect(names).not.toContain('Reopened');
    expect(names).not.toContain('Pending');
    expect(names).toContain('Pending – Customer Input');
  });

  it.each(exampleTemplates)(
    'R3: $name can be tried in each of its places, to the end of what happens by itself',
    (template) => {
      const { sample, state, view } = sampleOf(template);
      for (const { id } of state().places) {
        sample.start(id);
        sample.reply();
        for (let turn = 0; turn < 20 && state().nextAt !== null; turn += 1) sample.pass('next');
        expect(state().nextAt).toBeNull();
        expect(view().attention).toBeNull();
      }
    },
  );

  it('R13, R14: says what is armed, and does it when time passes: the reminder first, then the close', async () => {
    const { sample, state, view, at } = sampleOf(supportTemplate);
    expect((await change(sample, CUSTOMER_INPUT)).ok).toBe(true);
    expect(view().next.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['reminder', NOON + 7 * DAY],
      ['auto-close', NOON + 28 * DAY],
      ['reply', null],
    ]);
    sample.pass('next');
    sample.pass('next');
    expect(state().now).toBe(NOON + 7 * DAY);
    expect(state().sent.map(({ kind, at }) => [kind, at])).toEqual([
      ['notification', NOON + 7 * DAY],
      ['message', NOON + 7 * DAY],
    ]);
    expect(state().sent[1]?.body).toContain('Alice');
    for (let day = 8; day < 28; day += 1) sample.pass('day');
    expect(at()).toEqual(['Pending', 'Customer Input']);
    sample.pass('day');
    expect(at()).toEqual(['Closed', null]);
    expect(view().tag?.name).toBe('No answer from customer');
  });

  it('R11, R12: an answer of the customer does what the draft says, and can be taken back', async () => {
    const { sample, view, at } = sampleOf(supportTemplate);
    await change(sample, CUSTOMER_INPUT);
    sample.reply();
    expect(at()).toEqual(['Update Received', null]);
    const messageId = view().replyId ?? '';
    const back = await sample.ask('case.not-a-reply', { ticketId: '42', commandId: 'not-a-reply', messageId });
    expect(back.ok).toBe(true);
    expect(at()).toEqual(['Pending', 'Customer Input']);
    sample.start('awaiting-customer-confirmation/');
    sample.reply();
    expect(at()).toEqual(['Reopened', null]);
  });

  it('R15: a message waits its ten seconds, in which it can be undone, and goes out after them', async () => {
    const onEntry = supportTemplate.onEntry.map((rule) => ({ ...rule, immediate: false }));
    const { sample, state, view, at } = sampleOf({ ...supportTemplate, onEntry });
    await change(sample, { statusId: 'awaiting-customer-confirmation' });
    expect(view().outbox.map(({ notBefore }) => notBefore)).toEqual([NOON + 10_000]);
    expect(state().nextAt).toBe(NOON + 10_000);
    const undoes = view().undo?.commandId ?? '';
    now += 9000;
    await sample.ask('case.undo', { ticketId: '42', commandId: 'undo-1', undoes });
    expect(at()).toEqual(['New', null]);
    now += 60_000;
    sample.catchUp();
    expect(state().sent).toEqual([]);
    await change(sample, { statusId: 'awaiting-customer-confirmation' });
    now += 10_000;
    sample.catchUp();
    expect(state().sent.map(({ kind }) => kind)).toEqual(['message']);
    expect(view()).toMatchObject({ outbox: [], native: { status: 'pending', drift: null } });
  });

  it('R4, R5: a reason that is required is asked for, offered by the draft, and told in the preview', async () => {
    const { sample, view } = sampleOf(edited(supportTemplate, 'closed', { tagRequired: true }));
    const question = { ticketId: '42', statusId: 'closed', subStatusId: null, skipMessage: false };
    const without = await sample.ask('case.preview', { ...question, tagId: null });
    expect(without).toMatchObject({ ok: true, value: { missing: ['tag'], lines: [] } });
    expect(await change(sample, { statusId: 'closed' })).toMatchObject({ ok: false, code: 'tag-required' });
    expect(view().tracked).toBe(false);
    const tags = view().statuses.find(({ id }) => id === 'closed')?.tags ?? [];
    expect(tags.map(({ name }) => name)).toContain('Solved');
    const tagId = tags[0]?.id ?? '';
    const preview = await sample.ask('case.preview', { ...question, tagId });
    expect(preview).toMatchObject({
      ok: true,
      value: { missing: [], lines: [{ kind: 'native' }, { kind: 'notice' }] },
    });
    await change(sample, { statusId: 'closed', tagId });
    expect(view().tag?.id).toBe(tagId);
  });

  it('holds, snoozes and reminds as the panel does', async () => {
    const { sample, view } = sampleOf(supportTemplate);
    await change(sample, CUSTOMER_INPUT);
    const timerId = view().next[0]?.timerId ?? '';
    const moments = await sample.ask('case.moments', { ticketId: '42', timerId });
    if (!moments.ok) throw new Error(moments.message);
    const until = moments.value[0]?.at ?? 0;
    expect(until).toBeGreaterThan(NOON + 7 * DAY);
    await sample.ask('case.snooze', { ticketId: '42', commandId: 'snooze-1', timerId, until });
    expect(view().next[0]?.dueAt).toBe(until);
    await sample.ask('case.remind-me', { ticketId: '42', commandId: 'remind-1', at: NOON + DAY, note: ' call ' });
    expect(view().next[0]).toMatchObject({ kind: 'remind-me', text: expect.stringContaining('call') });
    await sample.ask('case.drop-remind-me', {
      ticketId: '42',
      commandId: 'drop-1',
      timerId: view().next[0]?.timerId ?? '',
    });
    expect(view().next.map(({ kind }) => kind)).toEqual(['reminder', 'auto-close', 'reply']);
    await sample.ask('case.hold', { ticketId: '42', commandId: 'hold-1', on: true });
    expect(view()).toMatchObject({ hold: true, next: [{ held: true }, { held: true }, {}] });
  });

  it('asks nobody: what is not about the case is refused', async () => {
    const { sample } = sampleOf(supportTemplate);
    expect(await sample.ask('case.clone', { ticketId: '42' })).toMatchObject({ ok: false });
    expect(await sample.ask('templates.list', {})).toMatchObject({ ok: false, code: 'no-such-request' });
  });
});

describe('when the draft is edited, a sample case', () => {
  it('lives by it at once: all that was done is done again by what it says now', async () => {
    const { sample, view, state, at } = sampleOf(supportTemplate);
    await change(sample, CUSTOMER_INPUT);
    sample.pass('day');
    const revision = view().revision;
    const timers = supportTemplate.timers.map((rule) =>
      rule.kind === 'reminder' ? { ...rule, after: { amount: 2, unit: 'days' as const } } : rule,
    );
    sample.setTemplate({ ...edited(supportTemplate, 'pending', { name: 'Waiting' }), timers });
    expect(at()).toEqual(['Waiting', 'Customer Input']);
    expect(view().next[0]).toMatchObject({ kind: 'reminder', dueAt: NOON + 2 * DAY });
    expect(view().history.map(({ title }) => title)).toContain('Waiting – Customer Input');
    // A form that is open asks again by this.
    expect(view().revision).toBeGreaterThan(revision);
    expect(state().word).toBeNull();
    sample.setTemplate({ ...supportTemplate, timers: [], replies: [] });
    expect(view().next).toEqual([]);
  });

  it('starts over, with a word, where what was done has no place any more', async () => {
    const { sample, state, view } = sampleOf(supportTemplate);
    await change(sample, { statusId: 'reopened' });
    const { run } = state();
    const { ticketId } = view();
    sample.setTemplate(without(supportTemplate, { statusId: 'reopened' }));
    expect(view()).toMatchObject({ tracked: false, status: { name: 'New' } });
    expect(view().ticketId).not.toBe(ticketId);
    expect(state().run).toBeGreaterThan(run);
    expect(state().word).toContain('started over');
    await change(sample, { statusId: 'in-progress' });
    expect(state().word).toBeNull();
  });

  it('starts over as a new ticket where the place is gone in which it began', () => {
    const { sample, state, view } = sampleOf(supportTemplate);
    sample.start('reopened/');
    sample.setTemplate(edited(supportTemplate, 'reopened', { retired: true }));
    expect(state()).toMatchObject({ placeId: 'new', word: expect.stringContaining('started over') });
    expect(view().status.name).toBe('New');
  });

  it('says so where the draft contradicts itself, and goes on where it was once that is mended', async () => {
    const { sample, state, at } = sampleOf(supportTemplate);
    await change(sample, { statusId: 'awaiting-customer-confirmation' });
    sample.setTemplate({ ...supportTemplate, messages: [] });
    expect(state()).toMatchObject({ view: null, word: expect.stringContaining('checker') });
    expect(await change(sample, { statusId: 'in-progress' })).toMatchObject({ ok: false, code: 'unfinished' });
    sample.setTemplate({ ...supportTemplate, initialStatusId: 'gone' });
    expect(state().view).toBeNull();
    sample.setTemplate(supportTemplate);
    expect(state().word).toBeNull();
    expect(at()).toEqual(['Awaiting Customer Confirmation', null]);
    expect(state().sent).toHaveLength(1);
  });

  it('refuses only what a broken draft cannot do, and stays as it was', async () => {
    const { sample, view } = sampleOf({ ...supportTemplate, messages: [] });
    expect(await change(sample, { statusId: 'awaiting-customer-confirmation' })).toMatchObject({ code: 'unfinished' });
    expect(view().tracked).toBe(false);
    expect(await change(sample, { statusId: 'in-progress' })).toMatchObject({ ok: true });
    expect(view().status.name).toBe('In Progress');
  });

  it('stays as it was where the draft cannot do what follows from a step at once', async () => {
    const gone = { type: 'message', messageId: 'gone', via: 'reply' } as const;
    const { sample, view, at } = sampleOf({
      ...circle,
      timers: [{ ...timer('a', 'busy', 'new', 0), kind: 'reminder', does: gone }],
    });
    const { revision } = view();
    expect(await change(sample, { statusId: 'busy' })).toMatchObject({ ok: false, code: 'unfinished' });
    expect(at()).toEqual(['New', null]);
    expect(view().revision).toBe(revision);
    // Nor is it done once the draft is mended.
    sample.setTemplate({ ...circle, timers: [] });
    expect(at()).toEqual(['New', null]);
  });

  it('says so where even its beginning cannot be made of the draft, and goes on once that is mended', () => {
    const native = { demo: { set: {}, shows: null } } as unknown as CaseTemplate['native'];
    const { sample, state } = sampleOf({ ...supportTemplate, native });
    expect(state()).toMatchObject({ view: null, word: expect.stringContaining('checker') });
    sample.setTemplate(supportTemplate);
    expect(state().view).not.toBeNull();
  });

  it('does not hold the page up where the draft turns in circles: the case stands still, and says so', async () => {
    const { sample, state, view } = sampleOf(circle);
    sample.start('new/');
    expect(state().word).toBeNull();
    sample.pass('day');
    const reached = state().now;
    expect(reached).toBeGreaterThan(NOON + 100_000);
    expect(reached).toBeLessThan(NOON + 600_000);
    expect(state()).toMatchObject({ nextAt: null, word: expect.stringContaining('stands still') });
    // No more of it happens, however often it is asked for, nor after an edit that has nothing to do with it.
    const happened = view().revision;
    sample.pass('day');
    sample.pass('day');
    expect([state().now, view().revision]).toEqual([reached, happened]);
    sample.setTemplate({ ...circle, summary: 'Around' });
    expect([state().now, view().revision]).toEqual([reached, happened + 1]);
    expect(state().word).toContain('stands still');
    // What a person does cannot come before what is due.
    now += 5000;
    expect(await change(sample, { statusId: 'done' })).toMatchObject({ ok: false, code: 'stands-still' });
    sample.start('done/');
    expect(state().word).toBeNull();
  });

  it('what was done after it began to turn in circles is done again once the circle is broken', async () => {
    const { sample, state, at } = sampleOf({ ...circle, timers: [] });
    await change(sample, { statusId: 'busy' });
    sample.pass('day');
    await change(sample, { statusId: 'done' });
    sample.setTemplate(circle);
    expect(state().word).toContain('stands still');
    expect(state().now).toBeLessThan(NOON + DAY);
    sample.setTemplate({ ...circle, timers: [] });
    expect(at()).toEqual(['Done', null]);
    expect(state()).toMatchObject({ word: null, now: NOON + DAY });
  });
});
