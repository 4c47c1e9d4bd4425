import { describe, expect, it } from 'vitest';
import { templateFaults } from '../../../../core/domain/checker';
import type { CaseTemplate } from '../../../../core/domain/template';
import { at, change, check, closed, entry, open, remind, reply, status, sub, tag, template, wait } from './small';

const faults = (of: CaseTemplate) => templateFaults(of).map(({ code, message, path }) => ({ code, message, path }));
const fault = (code: string, message: string, path: (string | number)[]) => [{ code, message, path }];

describe('the faults of a template', () => {
  it('are none in a sound one', () => {
    expect(templateFaults(template([]))).toEqual([]);
  });

  it('are errors without an example, and the only thing that is told', () => {
    const broken = template([status('lost', { mayBecome: ['nowhere'] })], { statuses: [open, status('open')] });
    expect(check(broken)).toEqual(templateFaults(broken));
    expect(templateFaults(broken)[0]).toMatchObject({ severity: 'error', example: [] });
  });
});

describe('ids and names', () => {
  it('a status, a sub-status, a tag or a message has an id of its own', () => {
    expect(faults(template([status('open', { name: 'Other' })]))).toEqual(
      fault('duplicate-id', 'Two statuses have the id “open”.', ['statuses', 1, 'id']),
    );
    const subs = status('pending', { subStatuses: [sub('a'), sub('b'), sub('a', { name: 'Other' })] });
    expect(faults(template([subs]))).toEqual(
      fault('duplicate-id', 'Two sub-statuses of Pending have the id “a”.', ['statuses', 1, 'subStatuses', 2, 'id']),
    );
    const tags = status('pending', { tags: [tag('a'), { ...tag('a'), name: 'Other' }] });
    expect(faults(template([tags]))).toEqual(
      fault('duplicate-id', 'Two tags of Pending have the id “a”.', ['statuses', 1, 'tags', 1, 'id']),
    );
    const messages = ['One', 'Two'].map((name) => ({ id: 'hello', name, body: 'Hello' }));
    expect(faults(template([], { messages }))).toEqual(
      fault('duplicate-id', 'Two messages have the id “hello”.', ['messages', 1, 'id']),
    );
  });

  it('the same id in two statuses is two sub-statuses and two tags', () => {
    const part = { subStatuses: [sub('a')], tags: [tag('a')] };
    expect(faults(template([status('one', part), status('two', part)]))).toEqual([]);
  });

  it('a rule has an id of its own, whatever its kind', () => {
    const timers = [remind('a', 'open', '1 days'), remind('a', 'open', '2 days')];
    expect(faults(template([], { timers }))).toEqual(
      fault('duplicate-id', 'Two rules have the id “a”.', ['timers', 1, 'id']),
    );
    const mixed = {
      timers: [remind('a', 'open', '1 days')],
      onEntry: [entry('b', 'open')],
      replies: [reply('a', 'open', 'open')],
    };
    expect(faults(template([], mixed))).toEqual(
      fault('duplicate-id', 'Two rules have the id “a”.', ['replies', 0, 'id']),
    );
    expect(faults(template([], { ...mixed, replies: [reply('b', 'open', 'open')] }))).toEqual(
      fault('duplicate-id', 'Two rules have the id “b”.', ['replies', 0, 'id']),
    );
  });

  it('names differ by more than capital letters', () => {
    expect(faults(template([status('other', { name: 'OPEN' })]))).toEqual(
      fault('duplicate-name', 'Two statuses are called “OPEN”.', ['statuses', 1, 'name']),
    );
    const subs = status('pending', { subStatuses: [sub('a'), sub('b', { name: 'a' })] });
    expect(faults(template([subs]))).toEqual(
      fault('duplicate-name', 'Two sub-statuses of Pending are called “a”.', ['statuses', 1, 'subStatuses', 1, 'name']),
    );
    const tags = status('pending', { tags: [tag('a'), { ...tag('b'), name: 'A' }] });
    expect(faults(template([tags]))).toEqual(
      fault('duplicate-name', 'Two tags of Pending are called “A”.', ['statuses', 1, 'tags', 1, 'name']),
    );
    const messages = ['one', 'two'].map((id) => ({ id, name: 'Hello', body: 'Hello' }));
    expect(faults(template([], { messages }))).toEqual(
      fault('duplicate-name', 'Two messages are called “Hello”.', ['messages', 1, 'name']),
    );
  });

  it('a retired status leaves its name to another one', () => {
    const old = status('old', { name: 'Open', retired: true });
    expect(faults(template([old]))).toEqual([]);
    // The place is counted with the retired ones.
    expect(faults(template([old, status('new', { name: 'Open' })]))[0]?.path).toEqual(['statuses', 2, 'name']);
  });
});

describe('where cases start', () => {
  it('is a status that exists', () => {
    expect(faults(template([], { initialStatusId: 'nowhere' }))).toEqual(
      fault('unknown-status', 'The initial status “nowhere” does not exist.', ['initialStatusId']),
    );
  });

  it('is not retired', () => {
    expect(faults(template([], { statuses: [{ ...open, retired: true }, closed] }))).toEqual(
      fault('initial-status-retired', 'Cases start in Open, so it cannot be retired.', ['initialStatusId']),
    );
  });

  it('is of category initial', () => {
    expect(faults(template([], { initialStatusId: 'closed' }))).toEqual(
      fault('initial-status-category', 'Cases start in Closed, so its category has to be initial, not done.', [
        'initialStatusId',
      ]),
    );
  });
});

describe('references', () => {
  it('a status may become statuses that exist', () => {
    expect(faults(template([status('a', { mayBecome: ['open', 'nowhere'] })]))).toEqual(
      fault('unknown-status', 'A may become “nowhere”, which does not exist.', ['statuses', 1, 'mayBecome', 1]),
    );
  });

  it('a timer starts, and stands still, in positions that exist', () => {
    expect(faults(template([], { timers: [remind('r', 'nowhere/a', '1 days')] }))).toEqual(
      fault('unknown-status', 'The reminder of nowhere – a names the status “nowhere”, which does not exist.', [
        'timers',
        0,
        'when',
        'statusId',
      ]),
    );
    expect(faults(template([], { timers: [remind('r', 'open/a', '1 days')] }))).toEqual(
      fault('unknown-sub-status', 'The reminder of Open – a names the sub-status “a” of Open, which does not exist.', [
        'timers',
        0,
        'when',
        'subStatusId',
      ]),
    );
    const pausing = change('c', 'open', '1 days', 'closed', { pausesIn: [at('open'), at('nowhere')] });
    expect(faults(template([], { timers: [pausing] }))).toEqual(
      fault('unknown-status', 'The timer of Open names the status “nowhere”, which does not exist.', [
        'timers',
        0,
        'pausesIn',
        1,
        'statusId',
      ]),
    );
  });

  it('rules lead to positions and tags that exist', () => {
    const path = ['timers', 0, 'does', 'to'];
    const leading = (target: string) => faults(template([], { timers: [change('c', 'open', '1 days', target)] }));
    expect(leading('nowhere#a')).toEqual(
      fault('unknown-status', 'The timer of Open names the status “nowhere”, which does not exist.', [
        ...path,
        'statusId',
      ]),
    );
    expect(leading('closed/a')).toEqual(
      fault('unknown-sub-status', 'The timer of Open names the sub-status “a” of Closed, which does not exist.', [
        ...path,
        'subStatusId',
      ]),
    );
    expect(leading('closed#a')).toEqual(
      fault('unknown-tag', 'The timer of Open names the tag “a” of Closed, which does not exist.', [...path, 'tagId']),
    );
    const tagged = [open, { ...closed, tags: [tag('b'), tag('a')], subStatuses: [sub('b'), sub('a')] }];
    const timers = [change('c', 'open', '1 days', 'closed/a#a')];
    expect(faults(template([], { statuses: tagged, timers }))).toEqual([]);
    const other = [change('c', 'open', '1 days', 'closed#z')];
    expect(faults(template([], { statuses: tagged, timers: other }))).toEqual(
      fault('unknown-tag', 'The timer of Open names the tag “z” of Closed, which does not exist.', [...path, 'tagId']),
    );
  });

  it('a reply rule is for, and leads to, positions that exist', () => {
    expect(faults(template([], { replies: [reply('r', 'nowhere', 'closed')] }))).toEqual(
      fault('unknown-status', 'The reply rule of nowhere names the status “nowhere”, which does not exist.', [
        'replies',
        0,
        'when',
        'statusId',
      ]),
    );
    expect(faults(template([], { replies: [reply('r', 'open', 'closed#a')] }))).toEqual(
      fault('unknown-tag', 'The reply rule of Open names the tag “a” of Closed, which does not exist.', [
        'replies',
        0,
        'to',
        'tagId',
      ]),
    );
  });

  it('an entry rule is for a position that exists, and sends a message that exists', () => {
    expect(faults(template([], { onEntry: [{ ...entry('e', 'nowhere'), messageId: 'nothing' }] }))).toEqual([
      ...fault('unknown-status', 'The entry rule of nowhere names the status “nowhere”, which does not exist.', [
        'onEntry',
        0,
        'when',
        'statusId',
      ]),
      ...fault('unknown-message', 'The entry rule of nowhere sends the message “nothing”, which does not exist.', [
        'onEntry',
        0,
        'messageId',
      ]),
    ]);
  });

  it('a timer sends a message that exists', () => {
    const does = { type: 'message', messageId: 'nothing', via: 'note' } as const;
    expect(faults(template([], { timers: [remind('r', 'open', '1 days', { does })] }))).toEqual(
      fault('unknown-message', 'The reminder of Open sends the message “nothing”, which does not exist.', [
        'timers',
        0,
        'does',
        'messageId',
      ]),
    );
    const messages = ['other', 'nothing'].map((id) => ({ id, name: id, body: 'Hello' }));
    expect(faults(template([], { messages, timers: [remind('r', 'open', '1 days', { does })] }))).toEqual([]);
  });

  it('a mapping names statuses that exist', () => {
    const native = { rt: { set: { open: 'open', nowhere: 'x' }, shows: { new: 'open', old: 'gone' } } };
    expect(faults(template([], { native }))).toEqual([
      ...fault('unknown-status', 'The mapping for “rt” names the status “nowhere”, which does not exist.', [
        'native',
        'rt',
        'set',
        'nowhere',
      ]),
      ...fault('unknown-status', 'The mapping for “rt” shows “old” as the status “gone”, which does not exist.', [
        'native',
        'rt',
        'shows',
        'old',
      ]),
    ]);
  });

  it('a message uses placeholders that exist; each that does not is told once', () => {
    const messages = [{ id: 'm', name: 'Hello', body: '{customer} {name} {name} {}' }];
    const known = '{customer}, {subject}, {ticket}, {status}';
    const told = faults(template([], { messages }));
    expect(told.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'unknown-placeholder', path: ['messages', 0, 'body'] },
      { code: 'unknown-placeholder', path: ['messages', 0, 'body'] },
    ]);
    expect(told[0]?.message).toMatch(`The message “Hello” uses {name}, which does not exist; there are ${known}`);
    expect(told[1]?.message).toMatch('The message “Hello” uses {}, which does not exist');
  });
});

describe('what a rule does', () => {
  const sends = { type: 'message', messageId: 'hello', via: 'reply' } as const;
  const changes = { type: 'change', to: { statusId: 'closed', subStatusId: null, tagId: null } } as const;

  it('fits its kind', () => {
    for (const kind of ['reminder', 'notice'] as const) {
      const rule = (does: typeof sends | typeof changes) => remind('r', 'open', '1 days', { kind, does });
      expect(faults(template([], { timers: [rule(sends)] }))).toEqual([]);
      expect(faults(template([], { timers: [rule(changes)] }))).toEqual(
        fault('rule-must-send', `The ${kind} of Open has to send a message.`, ['timers', 0, 'does']),
      );
    }
    for (const [kind, name] of [
      ['auto-close', 'auto-close'],
      ['change', 'timer'],
    ] as const) {
      const rule = (does: typeof sends | typeof changes) => remind('r', 'open', '1 days', { kind, does });
      expect(faults(template([], { timers: [rule(changes)] }))).toEqual([]);
      expect(faults(template([], { timers: [rule(sends)] }))).toEqual(
        fault('rule-must-change', `The ${name} of Open has to change the status.`, ['timers', 0, 'does']),
      );
    }
  });

  it('an auto-close leads to a status of category done, another change to any', () => {
    const timers = [change('c', 'closed', '1 days', 'open')];
    expect(faults(template([], { timers }))).toEqual([]);
    expect(faults(template([], { timers: timers.map((rule) => ({ ...rule, kind: 'auto-close' })) }))).toEqual(
      fault('auto-close-not-done', 'The auto-close of Closed has to lead to a status of category done; Open is not.', [
        'timers',
        0,
        'does',
        'to',
      ]),
    );
  });

  it('repeats only where it sends a message', () => {
    const repeat = { every: { amount: 1, unit: 'days' }, times: 2 } as const;
    expect(faults(template([], { timers: [remind('r', 'open', '1 days', { repeat })] }))).toEqual([]);
    expect(faults(template([], { timers: [change('c', 'open', '1 days', 'closed', { repeat })] }))).toEqual(
      fault('repeat-changes-status', 'The timer of Open changes the status, so it cannot repeat.', [
        'timers',
        0,
        'repeat',
      ]),
    );
  });

  it('repeats for 400 days at most, counted in plain time', () => {
    const repeating = (after: string, every: 'hours' | 'days' | 'business-days', amount: number, times: number) =>
      faults(
        template([], {
          timers: [
            remind('r', 'open', '1 days', {
              after: wait(after),
              repeat: { every: { amount, unit: every }, times },
            }),
          ],
        }),
      );
    const tooLong = fault('repeat-too-long', 'The reminder of Open goes on for more than 400 days.', [
      'timers',
      0,
      'repeat',
    ]);
    // 10 + 39 × 10
    expect(repeating('10 days', 'days', 10, 40)).toEqual([]);
    expect(repeating('10 days', 'days', 10, 41)).toEqual(tooLong);
    expect(repeating('11 days', 'days', 10, 40)).toEqual(tooLong);
    expect(repeating('399 days', 'hours', 24, 2)).toEqual([]);
    expect(repeating('399 days', 'hours', 25, 2)).toEqual(tooLong);
    expect(repeating('399 business-days', 'days', 10, 40)).toEqual([]);
    expect(repeating('399 days', 'business-days', 10, 40)).toEqual([]);
  });

  it('one entry rule and one reply rule act in a position', () => {
    // An id that looks like none at all is one all the same.
    const pending = status('pending', { subStatuses: [sub('a'), sub('null')] });
    const when = ['pending', 'pending/a', 'pending/null'];
    const onEntry = when.map((position, n) => entry(`e${n}`, position));
    const replies = when.map((position, n) => reply(`r${n}`, position, 'closed'));
    expect(faults(template([pending], { onEntry, replies }))).toEqual([]);
    expect(faults(template([pending], { onEntry: [...onEntry, entry('again', 'pending/a')], replies }))).toEqual(
      fault('two-entry-rules', 'Pending – A has two entry rules; one is all that acts.', ['onEntry', 3]),
    );
    expect(faults(template([pending], { onEntry, replies: [...replies, reply('again', 'pending', 'open')] }))).toEqual(
      fault('two-reply-rules', 'Pending has two reply rules; one is all that acts.', ['replies', 3]),
    );
  });
});
