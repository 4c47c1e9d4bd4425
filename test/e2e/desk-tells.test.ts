import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './harness/axe';
import { Session } from './harness/session';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('R14: what the help desk tells customers by itself is chosen, previewed, and not told twice', async () => {
  const { browser, desk } = session;
  const before = await session.openNewTicket('Told by us');
  await before.panel.change({ status: 'Closed', reason: 'Solved' });
  expect((await before.panel.next()).join('\n')).toContain('Closed notice to');

  const options = await browser.extensionPage('options.html');
  const choice = options.getByRole('group', { name: /tells customers by itself/ });
  const closed = choice.getByRole('checkbox', { name: new RegExp(`^(${desk.closedNative.join('|')})$`) });
  await closed.check();
  await options
    .getByRole('status')
    .getByText(/by itself/)
    .waitFor();
  await options.reload();
  await expect.poll(() => closed.isChecked()).toBe(true);
  expect(await violations(options)).toEqual([]);
  await options.close();

  const { id, panel } = await session.openNewTicket('Told by the help desk');
  await panel.startChange();
  await panel.fill({ status: 'Closed', reason: 'Solved' });
  await expect.poll(() => panel.text()).toMatch(/leave it to .* to tell/);
  await panel.update();
  await session.waitForNative(id, ...desk.closedNative);
  expect(await panel.text()).not.toContain('notice to');
  expect(await panel.history()).toContainEqual(expect.stringMatching(/tells the customer of .* by itself/));
  expect(await session.sentToCustomer(id)).toEqual([]);
});
