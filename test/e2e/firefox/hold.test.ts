import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session, words } from '../harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

// This browser cannot tell whether something covers the panel: docs/adr/0020-covered-panel.md
test('R15: a message that elsewhere goes out at once waits its moment here, and can be undone', async () => {
  const { id, panel } = await session.openNewTicket('Held in Firefox');
  await panel.startChange();
  await panel.fill({ status: 'Awaiting Customer Confirmation' });
  await panel.updateButton.click();
  await panel.region.getByText(/goes out in/).waitFor();
  expect(await session.sentToCustomer(id)).toEqual([]);
  await panel.button('Undo').click();
  await panel.waitForStatus('New');
  await panel.change({ status: 'Awaiting Customer Confirmation' });
  const sent = await session.waitForMessage(id, words.confirm);
  expect(sent).toHaveLength(1);
});
