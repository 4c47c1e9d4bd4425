import { afterAll, beforeAll, expect, test } from 'vitest';
import { CasePanel } from './harness/case-panel';
import { Session } from './harness/session';
import { until } from './harness/until';

let session: Session;
beforeAll(async () => {
  session = await Session.start();
});
afterAll(() => session?.close());

test('R9: the panel is on a ticket page and starts in a status of the Support template', async () => {
  const { panel } = await session.openNewTicket('The panel is there');
  await panel.open();
  expect(await panel.status()).toBe('New');
  await expect.poll(() => panel.text()).toMatch(/not tracked/i);
});

test('a page of the help desk that shows no ticket gets no panel', async () => {
  const page = await session.browser.newPage();
  for (const url of session.desk.otherPages) {
    await page.goto(url, { waitUntil: 'networkidle' });
    expect(await new CasePanel(page).host.count(), url).toBe(0);
  }
});

test('R10: Pending without a sub-status cannot be committed and is asked for in place', async () => {
  const { id, page, panel } = await session.openNewTicket('Pending, but for whom');
  const nativeBefore = await session.desk.nativeStatus(id);
  await panel.startChange();
  await panel.pick('Status', 'Pending');
  const subStatus = panel.combobox('Sub-status');
  await subStatus.waitFor();
  expect(await subStatus.getAttribute('aria-required')).toBe('true');

  await panel.updateButton.click();
  await expect.poll(() => subStatus.getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => panel.text()).toContain('Pending needs a sub-status.');
  expect(await panel.updateButton.isVisible()).toBe(true);

  // Nothing was stored: the page as it comes back knows of no change.
  await page.reload();
  await panel.open();
  expect(await panel.status()).toBe('New');
  expect(await session.desk.nativeStatus(id)).toBe(nativeBefore);

  // Asked for in place: with the sub-status added, the same form goes through.
  await panel.startChange();
  await panel.pick('Status', 'Pending');
  await panel.updateButton.click();
  await panel.pick('Sub-status', 'Development');
  await panel.update();
  expect(await panel.status()).toBe('Pending – Development');
});

test('R10: the four sub-statuses of Pending are offered', async () => {
  const { panel } = await session.openNewTicket('Four reasons to wait');
  await panel.startChange();
  await panel.pick('Status', 'Pending');
  expect(await panel.offered('Sub-status')).toEqual([
    'Customer Input',
    'Development',
    'Scheduled Support Service',
    'Third Party Provider',
  ]);
});

test('R17: who the case waits for, since when, what it means and what comes next stand in one place', async () => {
  const { id, panel } = await session.openNewTicket('Where does it stand');
  await panel.change({
    status: 'Pending',
    subStatus: 'Customer Input',
    reason: 'Needs log files',
    note: 'Asked for the log of Monday',
  });
  expect(await panel.status()).toBe('Pending – Customer Input');
  const seen = await panel.text();
  expect(seen).toMatch(/Waiting for (Alice Customer|the customer)\s+since .*\d/);
  expect(seen).toContain('We asked the customer for something');
  expect(seen).toContain('Needs log files');

  const next = await panel.next();
  expect(next.find((line) => /remind/i.test(line))).toMatch(/in (6 d 23 h|7 d)\b/);
  expect(next.find((line) => /closes/i.test(line))).toMatch(/in (27 d 23 h|28 d)\b/);
  expect(next.some((line) => line.includes('Update Received'))).toBe(true);

  expect(await panel.history()).toContainEqual(
    expect.stringMatching(/^Pending – Customer Input, Needs log files.*Erin.*Asked for the log of Monday/),
  );
  await session.waitForNative(id, session.desk.native.waiting);
});

test('R17: the legend tells what each of the seven statuses means', async () => {
  const { panel } = await session.openNewTicket('A legend');
  await panel.open();
  await panel.button('What the statuses mean').click();
  const statuses = [
    'New',
    'In Progress',
    'Pending',
    'Awaiting Customer Confirmation',
    'Reopened',
    'Update Received',
    'Closed',
  ];
  for (const status of statuses) await expect.poll(() => panel.text()).toContain(status);
  expect(await panel.text()).toContain('the customer decides whether it helped');
});

test('Undo takes the last change back, in the panel and in the help desk, and no message goes out', async () => {
  const { id, panel } = await session.openNewTicket('Not what I meant');
  await panel.change({ status: 'In Progress' });
  await session.waitForNative(id, session.desk.native.open);
  await panel.change({ status: 'Pending', subStatus: 'Customer Input' });
  await panel.button('Undo').click();
  await panel.waitForStatus('In Progress');
  await session.waitForNative(id, session.desk.native.open);
  expect(await session.sentToCustomer(id)).toEqual([]);
  const history = await panel.history();
  expect(history.length).toBeGreaterThanOrEqual(3);
});

test('two tabs on one ticket stay in step', async () => {
  const first = await session.openNewTicket('Seen twice');
  const second = await session.openTicket(first.id);
  await first.page.bringToFront();
  await first.panel.change({ status: 'In Progress', reason: 'Investigating' });
  await second.panel.waitForStatus('In Progress', 5000);
  await second.page.bringToFront();
  await second.panel.change({ status: 'Pending', subStatus: 'Third Party Provider' });
  await first.panel.waitForStatus('Pending – Third Party Provider', 5000);
});

test('two tickets in two tabs do not mix', async () => {
  const first = await session.openNewTicket('One');
  const second = await session.openNewTicket('Two');
  await second.panel.change({ status: 'In Progress' });
  await first.page.reload();
  await first.panel.pill.waitFor();
  expect(await first.panel.status()).toBe('New');
});

test("typing in the panel triggers none of the page's shortcuts, and the page's own still work", async () => {
  const { page, panel } = await session.openNewTicket('Keys');
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'focusin', 'paste']) {
      for (const target of [window, document]) target.addEventListener(type, () => heard.push(type), true);
    }
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);

  await panel.startChange();
  await panel.pick('Status', 'Pending');
  const note = panel.host.getByRole('textbox', { name: 'Note' });
  await note.click();
  const typed = 'gh?/jk #1 <b>';
  await note.pressSequentially(typed);
  expect(await note.inputValue()).toBe(typed);
  expect(await heard()).toEqual([]);
  expect(await page.locator('dialog[open], .modal.show').count()).toBe(0);

  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Shift');
  await until('a key in the page', heard, (types) => types.includes('keydown'));
});

test("the page's own looks are untouched", async () => {
  const { page } = await session.openNewTicket('Looks');
  const added = await page.evaluate(() => ({
    sheets: document.adoptedStyleSheets.length,
    extensionSheets: [...document.styleSheets].filter((sheet) => sheet.href?.startsWith('chrome-extension:')).length,
    hosts: document.querySelectorAll('[data-case-status-overlay]').length,
  }));
  expect(added).toEqual({ sheets: 0, extensionSheets: 0, hosts: 1 });
});

test('Snooze moves a reminder, and the close behind it by as much; Undo brings both back', async () => {
  const { id, panel } = await session.openNewTicket('Not so soon');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  // Until then Undo is for the change itself.
  await session.waitForNative(id, session.desk.native.waiting);
  await panel.button('Snooze').click();
  const what = panel.host.getByLabel('What', { exact: true });
  await expect
    .poll(() => what.locator('option').allInnerTexts())
    .toEqual([expect.stringMatching(/^Reminder to/), 'Closes, if no answer']);
  await panel.host.getByRole('radio', { name: /^3 days later/ }).check();
  await panel.button('Move it').click();
  await panel.outcome.getByText('Snoozed').waitFor();
  expect((await panel.next()).slice(0, 2)).toEqual([
    expect.stringMatching(/^Reminder to .* in (9 d 23 h|10 d)/),
    expect.stringMatching(/^Closes, if no answer.* in (30 d 23 h|31 d)/),
  ]);
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Snoozed by 3 d/));
  await panel.button('Undo').click();
  await expect.poll(async () => (await panel.next())[0]).toMatch(/ in (6 d 23 h|7 d)/);
});

test('Remind me asks for a moment in the future, and the reminder can be dropped', async () => {
  const { page, panel } = await session.openNewTicket('Call back');
  await panel.change({ status: 'In Progress' });
  await panel.button('Remind me').click();
  await panel.host.getByRole('textbox', { name: 'What about' }).pressSequentially('Call Alice');
  await panel.host.getByRole('radio', { name: 'At another time' }).check();
  // By keys, as a person does it: day, month and year are fields of their own. What a script fills in does not count.
  await panel.host.getByLabel('Day and time').focus();
  await page.keyboard.type('01012020');
  await panel.button('Set reminder').click();
  await panel.alerts.filter({ hasText: 'over already' }).waitFor();
  await panel.host.getByRole('radio', { name: /^Next working day, 8:00/ }).check();
  await panel.button('Set reminder').click();
  await panel.outcome.getByText('You will be reminded').waitFor();
  await page.reload();
  await panel.open();
  expect(await panel.next()).toContainEqual(expect.stringMatching(/^Your reminder: Call Alice/));
  await panel.button('drop Your reminder: Call Alice').click();
  await expect.poll(() => panel.text()).not.toContain('Your reminder: Call Alice');
  expect(await panel.history()).toContainEqual(expect.stringMatching(/^Reminder dropped/));
});

test('the whole of a reminder by keyboard alone', async () => {
  const { page, panel } = await session.openNewTicket('By keys');
  await panel.change({ status: 'In Progress' });
  await panel.button('Remind me').focus();
  await page.keyboard.press('Enter');
  const about = panel.host.getByRole('textbox', { name: 'What about' });
  await expect.poll(() => about.evaluate((field) => field.matches(':focus'))).toBe(true);
  await panel.host.getByRole('radio').first().waitFor();
  await page.keyboard.type('Look at the log');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await panel.outcome.getByText('You will be reminded').waitFor();
  expect((await panel.next())[0]).toMatch(/^Your reminder: Look at the log/);
  expect(await panel.button('Remind me').evaluate((button) => button.matches(':focus'))).toBe(true);
});
