import type { CaseTemplate } from './template';
import { documentsTemplate, oneTeamTemplate, transferTemplate, twoTeamsTemplate } from './templates/examples';

/** Ready flows that an admin loads; each becomes a template when it is loaded (R3). Apart from those that are always there: only who loads one needs them. */
export const exampleTemplates: readonly CaseTemplate[] = [
  transferTemplate,
  oneTeamTemplate,
  twoTeamsTemplate,
  documentsTemplate,
];
