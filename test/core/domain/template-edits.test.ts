import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateFaults } from '../../../core/domain/checker';
import { CaseTemplate, Id, StatusTag } from '../../../core/domain/template';
import {
  changeStatus,
  emptyTemplate,
  freshId,
  freshName,
  keptText,
  moveItem,
  newStatus,
  ruleIdsOf,
  without,
  withPastedTags,
} from '../../../core/domain/template-edits';
import { supportTemplate } from '../../../core/domain/templates/support';
import { runs } from '../../runs';
import { anyTemplate } from './random-template';

describe('what is kept of a text', () => {
  it('has no spaces around it, also where it is cut, and no half of a character', () => {
    expect(keptText('  Parts  ', 120)).toBe('Parts');
    expect(keptText(`${'x'.repeat(119)} more`, 120)).toBe('x'.repeat(119));
    expect(keptText(`${'x'.repeat(119)}🙂`, 120)).toBe('x'.repeat(119));
    expect(keptText('x'.repeat(500), 120)).toHaveLength(120);
    expect(keptText(' two\n lines ', 120, { lines: true })).toBe(' two\n lines ');
  });

  it('is what the schema takes, also from a pasted list of reasons', () => {
    const [tag] = withPastedTags([], `${'x'.repeat(119)} and more`);
    expect(StatusTag.parse(tag)).toEqual(tag);
  });
});

describe('a fresh id', () => {
  it('is made of the name, and unlike those that are there', () => {
    expect(freshId('Customer Input', [])).toBe('customer-input');
    expect(freshId('Customer Input', ['customer-input'])).toBe('customer-input-2');
    expect(freshId('Customer Input', ['customer-input', 'customer-input-2'])).toBe('customer-input-3');
    expect(freshId('Rückfrage – Büro!', [])).toBe('ruckfrage-buro');
    expect(freshId('待ち', [])).toBe('item');
    expect(freshId('x'.repeat(120), [])).toHaveLength(60);
    // What every object has already is no id.
    expect(freshId('Prototype', [])).toBe('prototype-2');
  });

  it('is one, whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, taken) => {
        const id = freshId(name, taken);
        expect(Id.safeParse(id).success).toBe(true);
        expect(taken).not.toContain(id);
        expect(Id.safeParse(freshId(name, [...taken, id])).success).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });
});

it('a fresh name is the first that is not taken, whatever its case', () => {
  expect(freshName('New', [])).toBe('New');
  expect(freshName('New', [{ name: 'new' }, { name: 'New 2' }])).toBe('New 3');
});

describe('a new template', () => {
  it('R2, R9: fits the schema, starts in its first status, and has nothing wrong with it', () => {
    const template = emptyTemplate('returns', 'Returns', { initial: 'New', active: 'Open', done: 'New' });
    expect(CaseTemplate.safeParse(template).success).toBe(true);
    expect(template.statuses.map(({ id, category, waitsFor }) => [id, category, waitsFor])).toEqual([
      ['new', 'initial', 'us'],
      ['open', 'active', 'us'],
      ['new-2', 'done', 'nobody'],
    ]);
    expect(template.initialStatusId).toBe('new');
    expect(newStatus('Waiting', 'waiting', [])).toMatchObject({ id: 'waiting', waitsFor: 'customer' });
  });
});

describe('the order', () => {
  it('is that which was wanted, with nothing lost', () => {
    expect(moveItem(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moveItem(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moveItem(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 1, 3)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 1, -1)).toEqual(['a', 'b', 'c']);
    expect(moveItem(['a', 'b', 'c'], 5, 0)).toEqual(['a', 'b', 'c']);
  });
});

describe('a change of one status', () => {
  it('leaves the others as they are', () => {
    const changed = changeStatus(supportTemplate, 'pending', (status) => ({ ...status, name: 'Waiting' }));
    expect(changed.statuses.find(({ id }) => id === 'pending')?.name).toBe('Waiting');
    for (const [index, status] of changed.statuses.entries())
      if (status.id !== 'pending') expect(status).toBe(supportTemplate.statuses[index]);
  });
});

describe('pasted reasons', () => {
  const tag = (id: string, name: string, retired = false) => ({ id, name, retired });

  it('R4: are one in each line, at the end; what is there is not doubled', () => {
    expect(withPastedTags([tag('log', 'Log files')], ' Access \r\n\nlog FILES\nAccess\nÄnderung')).toEqual([
      tag('log', 'Log files'),
      tag('access', 'Access'),
      tag('anderung', 'Änderung'),
    ]);
  });

  it('may be called what a retired one was called', () => {
    expect(withPastedTags([tag('log', 'Log', true)], 'Log')).toEqual([tag('log', 'Log', true), tag('log-2', 'Log')]);
  });

  it('are as long as a name may be', () => {
    expect(withPastedTags([], 'x'.repeat(500))[0]?.name).toHaveLength(120);
  });
});

describe('what is taken out', () => {
  it('takes along what was said about a status, and nothing else', () => {
    const left = without(supportTemplate, { statusId: 'pending' });
    expect(JSON.stringify({ ...left, native: {} })).not.toContain('"pending"');
    for (const { set } of Object.values(left.native)) expect(Object.keys(set)).not.toContain('pending');
    expect(left.statuses).toHaveLength(supportTemplate.statuses.length - 1);
    const elsewhere = supportTemplate.timers.filter(({ when }) => when.statusId !== 'pending');
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(left.timers).toEqual(elsewhere);
  });

  it('of a sub-status leaves the status and the others', () => {
    const left = without(supportTemplate, { statusId: 'pending', subStatusId: 'customer-input' });
    const pending = left.statuses.find(({ id }) => id === 'pending');
    expect(pending?.subStatuses.map(({ id }) => id)).not.toContain('customer-input');
    expect(pending?.subStatuses.length).toBeGreaterThan(0);
    expect(ruleIdsOf(left).length).toBeLessThan(ruleIdsOf(supportTemplate).length);
    expect(left.native).toEqual(supportTemplate.native);
  });

  it('of a reason takes only the automations that would give it', () => {
    const closing = supportTemplate.timers.find(({ kind }) => kind === 'auto-close');
    if (closing?.does.type !== 'change' || closing.does.to.tagId === null) throw new Error('no reason');
    const { statusId, tagId } = closing.does.to;
    const left = without(supportTemplate, { statusId, tagId });
    expect(left.statuses.find(({ id }) => id === statusId)?.tags.map(({ id }) => id)).not.toContain(tagId);
    expect(left.timers.filter(({ kind }) => kind === 'auto-close')).toEqual([]);
    expect(left.timers.filter(({ kind }) => kind !== 'auto-close')).toEqual(
      supportTemplate.timers.filter(({ kind }) => kind !== 'auto-close'),
    );
  });

  it('leaves nothing dangling, whatever the template', () => {
    fc.assert(
      fc.property(anyTemplate(), fc.nat(), (template, pick) => {
        const others = template.statuses.filter(({ id }) => id !== template.initialStatusId);
        const status = others[pick % Math.max(1, others.length)];
        if (!status) return;
        const gone = without(template, { statusId: status.id });
        expect(CaseTemplate.safeParse(gone).error).toBeUndefined();
        const codes = (one: CaseTemplate) => templateFaults(one).map(({ code }) => code);
        const before = codes(template);
        expect(codes(gone).filter((code) => /unknown|missing/.test(code) && !before.includes(code))).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });
});
