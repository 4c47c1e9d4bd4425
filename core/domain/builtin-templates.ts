import type { CaseTemplate } from './template';
import { documentsTemplate, oneTeamTemplate, transferTemplate, twoTeamsTemplate } from './templates/examples';
import { reviewTemplate } from './templates/review';
import { fastClockTemplate, supportTemplate } from './templates/support';

export {
  documentsTemplate,
  fastClockTemplate,
  oneTeamTemplate,
  reviewTemplate,
  supportTemplate,
  transferTemplate,
  twoTeamsTemplate,
};

/** Always there. */
export const builtinTemplates: readonly CaseTemplate[] = [supportTemplate, reviewTemplate, fastClockTemplate];

/** Ready flows that an admin loads; each becomes a template when it is loaded (R3). */
export const exampleTemplates: readonly CaseTemplate[] = [
  transferTemplate,
  oneTeamTemplate,
  twoTeamsTemplate,
  documentsTemplate,
];
