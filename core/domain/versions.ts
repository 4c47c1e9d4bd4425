import * as z from 'zod/mini';
import { Person } from './case';
import type { Target } from './template';
import { CaseTemplate, findStatus, findSubStatus, Id } from './template';

const Version = z.int().check(z.minimum(1), z.maximum(1_000_000));
const At = z.int().check(z.minimum(-8.64e13), z.maximum(8.64e14));

/** A template that is being worked on. One per template. */
export const TemplateDraft = z.strictObject({
  templateId: Id,
  /** The version that it began as; `null`: the template is new. */
  basedOn: z.nullable(Version),
  /** As it would be published; its version is the next one. */
  template: CaseTemplate,
  editedAt: At,
});
export type TemplateDraft = z.infer<typeof TemplateDraft>;

/** Who published a version when, why, and what it changed. */
export const PublishedVersion = z.strictObject({
  templateId: Id,
  version: Version,
  publishedAt: At,
  /** `null`: it came with the extension or from a file. */
  publishedBy: z.nullable(Person),
  note: z.string().check(z.maxLength(2000)),
  /** The differences from the version before, in words. */
  changes: z.array(z.string()),
});
export type PublishedVersion = z.infer<typeof PublishedVersion>;

/** Whether a case may go on with this version by itself: where it stands is still there, be it retired. */
export function fits(template: CaseTemplate, position: Target): boolean {
  const status = findStatus(template, position.statusId);
  const { subStatusId, tagId } = position;
  return (
    status !== undefined &&
    (subStatusId === null || findSubStatus(status, subStatusId) !== undefined) &&
    (tagId === null || status.tags.some(({ id }) => id === tagId))
  );
}
