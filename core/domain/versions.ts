import * as z from 'zod/mini';
import { versionWords } from '../words/versions';
import type { BusinessCalendar } from './calendar';
import type { Instant } from './case';
import { Person } from './case';
import type { WorkflowEdge } from './checker';
import { checkTemplate } from './checker';
import { differences } from './differences';
import type { Finding } from './finding';
import { lazily } from './lazily';
import { CaseTemplate, Id } from './template';

const Version = lazily(() => z.int().check(z.minimum(1), z.maximum(1_000_000)));
const At = lazily(() => z.int().check(z.minimum(-8.64e13), z.maximum(8.64e14)));

const Note = lazily(() => z.string().check(z.maxLength(2000)));

/** A template that is being worked on. One per template. */
export const TemplateDraft = lazily(() =>
  z.strictObject({
    templateId: Id,
    /** The version that it began as; `null`: the template is new. */
    basedOn: z.nullable(Version),
    /** As it would be published, but for its version: that is the one it goes on from, or 1. */
    template: CaseTemplate,
    editedAt: At,
    /** What its publishing is to be noted with, as far as it is written. */
    note: z.optional(Note),
  }),
);
export type TemplateDraft = z.infer<typeof TemplateDraft>;

/** Who published a version when, why, and what it changed. */
export const PublishedVersion = lazily(() =>
  z.strictObject({
    templateId: Id,
    version: Version,
    publishedAt: At,
    /** `null`: it came with the extension or from a file. */
    publishedBy: z.nullable(Person),
    note: Note,
    /** The differences from the version before, in words. */
    changes: z.array(z.string()),
  }),
);
export type PublishedVersion = z.infer<typeof PublishedVersion>;

export interface Publishing {
  at: Instant;
  by: Person | null;
  note: string;
  /** What a person calls a site or a kind of help desk; without it they go by their ids. */
  siteName?: (id: string) => string;
  /** What business time of the template is counted by. */
  calendar: BusinessCalendar;
  /** Published workflows that change the status of cases of this template. */
  workflows?: readonly WorkflowEdge[];
}

export type Published =
  | { ok: true; template: CaseTemplate; record: PublishedVersion }
  | {
      ok: false;
      /** based-on-old: somebody published meanwhile. */
      code: 'based-on-old' | 'nothing-changed' | 'has-errors';
      /** One sentence for the admin. */
      message: string;
      /** All that the checker found, warnings too; empty for the other codes. */
      findings: Finding[];
    };

/**
 * Makes the next version of a draft. It comes out frozen: what is published never changes. Warnings of the checker do
 * not block.
 * @param published every version of every template that there is
 */
export function publish(draft: TemplateDraft, published: readonly CaseTemplate[], publishing: Publishing): Published {
  const { at, by, note, siteName, ...options } = publishing;
  const own = published.filter(({ id }) => id === draft.templateId);
  const newest = Math.max(0, ...own.map(({ version }) => version));
  if ((draft.basedOn ?? 0) !== newest) return refuse('based-on-old', versionWords.basedOnOld(draft.basedOn, newest));

  const version = newest + 1;
  const template = deepFrozen(structuredClone({ ...draft.template, id: draft.templateId, version }));
  const changes = differences(own.find((one) => one.version === newest) ?? null, template, siteName);
  if (changes.length === 0) return refuse('nothing-changed', versionWords.nothingDiffers(newest));
  const findings = checkTemplate(template, options);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return refuse('has-errors', versionWords.hasErrors(errors), findings);
  return {
    ok: true,
    template,
    record: { templateId: template.id, version, publishedAt: at, publishedBy: by, note, changes },
  };
}

type PublishRefusal = Extract<Published, { ok: false }>;

const refuse = (code: PublishRefusal['code'], message: string, findings: Finding[] = []): PublishRefusal => ({
  ok: false,
  code,
  message,
  findings,
});

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFrozen(part);
  return Object.freeze(value);
}

export { differences } from './differences';
