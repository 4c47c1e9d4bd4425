import type { BusinessCalendar } from '../calendar';
import type { Finding } from '../finding';
import type { CaseTemplate } from '../template';
import type { WorkflowEdge } from './automations';
import { automationsOf } from './automations';
import {
  adviceFindings,
  choiceFindings,
  endFindings,
  idleFindings,
  nativeFindings,
  neverFindings,
  neverFiring,
  refusedFindings,
  reminderFindings,
  shownStatuses,
  unreachableFindings,
} from './checks';
import { Graph } from './graph';
import { templateFaults } from './integrity';
import { loopFindings } from './loops';

export type { WorkflowEdge } from './automations';
export { templateFaults } from './integrity';

/**
 * Looks for mistakes in a template before it is published: statuses that no case gets to, dead ends, timers that never
 * fire, circles that nobody stops, automations that the template refuses. Errors block publishing, warnings do not.
 * Where the template has faults (see `templateFaults`), these alone are returned.
 * @param options.calendar the working hours that business time is counted by; `calendarProblems` finds nothing in them
 * @param options.workflows published workflows that change the status of cases of this template
 */
export function checkTemplate(
  template: CaseTemplate,
  options: { calendar: BusinessCalendar; workflows?: readonly WorkflowEdge[] },
): Finding[] {
  const faults = templateFaults(template);
  if (faults.length > 0) return faults;
  const graph = new Graph(template, shownStatuses(template));
  const automations = automationsOf(template, options.workflows ?? []);
  const subject = { template, graph, automations, calendar: options.calendar };
  const never = neverFiring(subject);
  // What never fires keeps no circle going.
  const acting = automations.filter(({ timer }) => !timer || !never.has(timer.id));
  return [
    ...choiceFindings(subject),
    ...unreachableFindings(subject),
    ...endFindings(subject),
    ...neverFindings(subject, never),
    ...idleFindings(subject),
    ...refusedFindings(subject),
    ...reminderFindings(subject, never),
    ...loopFindings(graph, acting),
    ...nativeFindings(subject),
    ...adviceFindings(subject),
  ];
}
