import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start({ template: 'Review' });
});
afterAll(() => session?.close());

test('R1: the Review template offers Open, Pending, Approved and Declined', async () => {
  const { panel } = await session.openNewTicket('A review');
  await panel.startChange();
  expect(await panel.offered('Status')).toEqual(['Open', 'Pending', 'Approved', 'Declined']);
});

test('R5: a status whose tag is required cannot be entered without one, and asks for it in place', async () => {
  const { page, panel } = await session.openNewTicket('No verdict without a reason');
  await panel.startChange();
  await panel.pick('Status', 'Declined');
  const reason = panel.combobox('Reason');
  expect(await reason.getAttribute('aria-required')).toBe('true');
  await panel.updateButton.click();
  await expect.poll(() => reason.getAttribute('aria-invalid')).toBe('true');

  await page.reload();
  await panel.waitForStatus('Open');

  await panel.startChange();
  await panel.pick('Status', 'Declined');
  await panel.updateButton.click();
  await panel.pick('Reason', 'Documents missing');
  await panel.update();
  expect(await panel.status()).toBe('Declined');
  await page.reload();
  await panel.open();
  await expect.poll(() => panel.text()).toContain('Documents missing');
});

test('R4: the reasons that are offered are those of the chosen status', async () => {
  const { panel } = await session.openNewTicket('Reasons');
  await panel.startChange();
  await panel.pick('Status', 'Approved');
  expect(await panel.offered('Reason')).toEqual(['All checks passed', 'Approved with conditions', 'Known customer']);
});
