import { expect, it } from 'vitest';
import { arrowsOf } from '../../components/options/editor/flow';
import { supportTemplate } from '../../core/domain/templates/support';

it('the flow shows what leads from status to status without a person, timers and answers, and no more', () => {
  expect(arrowsOf(supportTemplate).map(({ from, to, kind, why }) => [from, to, kind, why])).toEqual([
    ['pending', 'closed', 'timer', '28 days'],
    ['awaiting-customer-confirmation', 'closed', 'timer', '14 days'],
    ...supportTemplate.replies.map(({ when, to }) => [when.statusId, to.statusId, 'reply', 'answer']),
  ]);
  expect(arrowsOf(supportTemplate)[0]?.words).toBe('After 28 days in Pending – Customer Input: Closed.');
});
