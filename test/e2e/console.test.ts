import { expect, test } from 'vitest';
import { Session } from './harness/session';

test('a day of work leaves no error in any console', async () => {
  const session = await Session.start();
  try {
    const { id, page, panel } = await session.openNewTicket('Quiet');
    await panel.change({ status: 'In Progress', reason: 'Investigating' });
    await panel.button('Undo').click();
    await panel.waitForStatus('New');
    await panel.change({ status: 'Pending', subStatus: 'Customer Input' });
    await session.waitForNative(id, session.desk.native.waiting);
    await page.reload();
    await panel.open();
    await session.browser.killWorker();
    await panel.change({ status: 'Closed', reason: 'Solved' });
    for (const path of ['options.html', 'popup.html']) {
      const own = await session.browser.extensionPage(path);
      await own.waitForLoadState('networkidle');
      await own.close();
    }
    expect(session.browser.consoleErrors).toEqual([]);
  } finally {
    await session.close();
  }
});
