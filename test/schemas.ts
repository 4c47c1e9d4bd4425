import * as z from 'zod/mini';
import { BusinessCalendar } from '../core/domain/calendar';
import { CaseRecord, Effect, HistoryEntry, Timer } from '../core/domain/case';
import { EverythingFile, TemplatesFile } from '../core/domain/portable';
import { CaseTemplate, Status, Target, TimerRule } from '../core/domain/template';

/** The published JSON Schemas by the name of their file, made from the schemas that the importer uses. */
export const schemas: Readonly<Record<string, object>> = {
  'case-templates.v1.json': published(TemplatesFile, {
    id: 'urn:case-status-overlay:case-templates:v1',
    title: 'Case Status Overlay: case templates',
    description:
      'Case templates to share, with the calendars that they count by. Every version is a template of its own.',
  }),
  'everything.v1.json': published(EverythingFile, {
    id: 'urn:case-status-overlay:everything:v1',
    title: 'Case Status Overlay: everything',
    description:
      'All that the extension knows, but for secrets: templates, calendars, sites, cases with their history.',
  }),
};

function published(
  schema: z.ZodMiniType,
  { id, ...words }: { id: string; title: string; description: string },
): object {
  const names = z.registry<{ id: string }>();
  const parts = { BusinessCalendar, CaseRecord, CaseTemplate, Effect, HistoryEntry, Status, Target, Timer, TimerRule };
  for (const [name, part] of Object.entries(parts)) names.add(part, { id: name });
  const { $schema, ...rest } = z.toJSONSchema(schema, { metadata: names, io: 'input' });
  return { $schema, $id: id, ...words, ...rest };
}
