import type { CaseTemplate } from './template';
import { reviewTemplate } from './templates/review';
import { fastClockTemplate, supportTemplate } from './templates/support';

export { fastClockTemplate, reviewTemplate, supportTemplate };

/** Always there. */
export const builtinTemplates: readonly CaseTemplate[] = [supportTemplate, reviewTemplate, fastClockTemplate];
