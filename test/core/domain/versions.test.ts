import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewTemplate, supportTemplate as shippedTemplate } from '../../../core/domain/builtin-templates';
import { plainCalendar } from '../../../core/domain/calendar';
import { checkTemplate } from '../../../core/domain/checker';
import type { CaseTemplate } from '../../../core/domain/template';
import type { Published, TemplateDraft } from '../../../core/domain/versions';
import { PublishedVersion, publish, TemplateDraft as TemplateDraftSchema } from '../../../core/domain/versions';
import { runs } from '../../runs';
import { publishableTemplate, randomCalendar } from './random-template';

const ERIN = { login: 'erin', name: 'Erin' };
const AT = Date.UTC(2026, 10, 20);
const calendar = plainCalendar('UTC');
const publishing = { at: AT, by: ERIN, note: 'shorter', calendar };

const draftOf = (template: CaseTemplate, basedOn: number | null = template.version): TemplateDraft => ({
  templateId: template.id,
  basedOn,
  template,
  editedAt: AT,
});
/** As a first version, whatever is shipped by now. */
const supportTemplate = { ...shippedTemplate, version: 1 };
const renamed: CaseTemplate = { ...supportTemplate, name: 'Help' };

function refusal(published: Published) {
  if (published.ok) throw new Error('It was published');
  return { code: published.code, message: published.message };
}

describe('publishing a draft', () => {
  it('makes the next version, and keeps who, when, why and what was changed', () => {
    const older = { ...supportTemplate, version: 6, name: 'Older' };
    const newest = { ...supportTemplate, version: 7 };
    const draft = draftOf(renamed, 7);
    const expected = {
      ok: true,
      template: { ...renamed, version: 8 },
      record: {
        templateId: 'support',
        version: 8,
        publishedAt: AT,
        publishedBy: ERIN,
        note: 'shorter',
        changes: ['The template “Support” is now called “Help”.'],
      },
    };
    // Other templates' versions do not count, nor does the order in which they are stored.
    const other = { ...reviewTemplate, version: 9 };
    expect(publish(draft, [older, newest, other], publishing)).toEqual(expected);
    expect(publish(draft, [other, newest, older], publishing)).toEqual(expected);
    expect(PublishedVersion.parse(expected.record)).toEqual(expected.record);
    expect(TemplateDraftSchema.parse(draft)).toEqual(draft);
  });

  it('begins a new template with version 1', () => {
    const published = publish(draftOf({ ...supportTemplate, version: 5 }, null), [reviewTemplate], publishing);
    expect(published).toMatchObject({
      ok: true,
      template: { version: 1 },
      record: { version: 1, changes: [expect.stringContaining('is new')] },
    });
  });

  it('publishes under the id of the draft', () => {
    const draft = { ...draftOf(supportTemplate, null), templateId: 'other' };
    expect(publish(draft, [], publishing)).toMatchObject({
      template: { id: 'other' },
      record: { templateId: 'other' },
    });
  });

  it('refuses a draft that somebody else has overtaken, and says which version there is', () => {
    const stored = [supportTemplate, { ...supportTemplate, version: 2 }];
    expect(refusal(publish(draftOf(renamed, 1), stored, publishing))).toEqual({
      code: 'based-on-old',
      message:
        'This draft began as version 1, and the newest version is 2. Publishing it would undo what was published meanwhile.',
    });
    expect(refusal(publish(draftOf(renamed, null), stored, publishing)).message).toMatch(
      /^This draft began as a new template, and the newest version is 2\./,
    );
    expect(refusal(publish(draftOf(renamed, 3), [reviewTemplate], publishing)).message).toMatch(
      /^This draft began as version 3, and the newest version is none\./,
    );
    expect(publish(draftOf(renamed, 1), stored, publishing)).toMatchObject({ findings: [] });
  });

  it('refuses a draft in which nothing differs', () => {
    const draft = draftOf({ ...supportTemplate, version: 2 }, 1);
    expect(refusal(publish(draft, [supportTemplate], publishing))).toEqual({
      code: 'nothing-changed',
      message: 'Nothing differs from version 1.',
    });
  });

  it('is blocked by errors of the checker, and hands out all that it found', () => {
    const broken = (count: number): CaseTemplate => ({
      ...supportTemplate,
      replies: Array.from({ length: count }, (_, index) => ({
        id: `lost-${index}`,
        when: { statusId: `nowhere-${index}`, subStatusId: null },
        to: { statusId: 'closed', subStatusId: null, tagId: null },
      })),
    });
    const one = publish(draftOf(broken(1)), [supportTemplate], publishing);
    expect(refusal(one)).toEqual({ code: 'has-errors', message: '1 error has to be put right.' });
    expect(one).toMatchObject({ findings: checkTemplate({ ...broken(1), version: 2 }, { calendar }) });
    expect(refusal(publish(draftOf(broken(2)), [supportTemplate], publishing)).message).toBe(
      '2 errors have to be put right.',
    );
  });

  it('is not blocked by warnings', () => {
    const odd: CaseTemplate = {
      ...supportTemplate,
      statuses: supportTemplate.statuses.map((status) =>
        status.id === 'reopened' ? { ...status, meaning: { agent: '', customer: '' } } : status,
      ),
      messages: [...supportTemplate.messages, { id: 'unused', name: 'Unused', body: 'Nobody sends it.' }],
    };
    const warnings = checkTemplate(odd, { calendar }).map(({ severity }) => severity);
    expect(new Set(warnings)).toEqual(new Set(['warning']));
    expect(publish(draftOf(odd), [supportTemplate], publishing).ok).toBe(true);
  });

  it('lets the checker know of the workflows', () => {
    const workflows = [{ name: 'Lose', from: null, to: { statusId: 'nowhere', subStatusId: null, tagId: null } }];
    expect(publish(draftOf(renamed), [supportTemplate], publishing).ok).toBe(true);
    expect(publish(draftOf(renamed), [supportTemplate], { ...publishing, workflows }).ok).toBe(false);
  });

  it('publishes what can never be changed again, and touches nothing that is stored', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    const changes = fc.tuple(publishableTemplate(), fc.array(fc.string({ minLength: 1, maxLength: 9 })));
    fc.assert(
      fc.property(changes, ([template, names]) => {
        const stored: CaseTemplate[] = [];
        let draft = draftOf(template, null);
        for (const name of [template.name, ...names]) {
          const before = JSON.stringify({ draft, stored });
          const published = publish({ ...draft, template: { ...draft.template, name } }, stored, {
            ...publishing,
            calendar: randomCalendar,
          });
          expect(JSON.stringify({ draft, stored })).toBe(before);
          if (!published.ok) {
            expect(published.code).toBe('nothing-changed');
            continue;
          }
          expect(frozen(published.template)).toBe(true);
          expect(published.template.version).toBe(stored.length + 1);
          expect(Object.isFrozen(draft.template)).toBe(stored.length > 0);
          stored.push(published.template);
          draft = draftOf(published.template);
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
