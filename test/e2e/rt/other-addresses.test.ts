import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RtDesk, rtDesk } from '../../desks/rt/rt';
import { CasePanel } from '../harness/case-panel';
import { Session, words } from '../harness/session';

let session: Session<RtDesk>;
beforeAll(async () => {
  session = await Session.start({ desk: rtDesk, template: 'Support (fast clock)' });
});
afterAll(() => session?.close());

test('R17: the address of a ticket that was merged into another has the panel of that other', async () => {
  const { browser, desk } = session;
  const [old, into] = [await desk.createTicket('Asked twice'), await desk.createTicket('Asked first')];
  await desk.merge(old, into);
  const page = await browser.newPage();
  await page.goto(`${desk.ticketUrl(old)}#header`);
  const panel = new CasePanel(page);
  await panel.pill.waitFor();
  expect(page.url()).toBe(`${desk.ticketUrl(into)}#header`);

  await panel.change({ status: 'In Progress' });
  await session.waitForNative(into, desk.native.open);
  const cases = await browser.rows<{ ticketId: string }>('cases');
  expect(cases.map(({ ticketId }) => ticketId)).toEqual([into]);
  await page.close();
});

test('R17: a ticket that RT shows as the answer to a form has its panel', async () => {
  const { browser, desk } = session;
  const id = await desk.createTicket('A reply without words');
  const page = await browser.newPage();
  await page.goto(`${desk.url}/Ticket/Update.html?id=${id}&Action=Respond`);
  await page.locator('form[name=TicketUpdate] input[name=SubmitTicket]').first().click();
  const panel = new CasePanel(page);
  await panel.pill.waitFor();
  expect(page.url()).toBe(desk.ticketUrl(id));
  await panel.change({ status: 'In Progress' });
  await session.waitForNative(id, desk.native.open);
  await page.close();
});

test('R13: nothing of a case is written to the ticket that its own was merged into; the agent is told', async () => {
  const { desk } = session;
  const into = await desk.createTicket('The one that stays');
  const { id, page, panel } = await session.openNewTicket('The one that goes');
  await panel.change({ status: 'Pending', subStatus: 'Customer Input', reason: 'Needs log files' });
  await session.waitForNative(id, desk.native.waiting);
  await desk.merge(id, into);

  const before = (await desk.history(into)).length;
  const said = `merged this ticket into #${into}`;
  await expect.poll(() => panel.text(), { timeout: 120_000 }).toContain(said);
  // Every timer of the case has asked, and waits for a person.
  await expect
    .poll(
      async () =>
        (await session.browser.rows<{ caseKey: string; state: string }>('timers'))
          .filter(({ caseKey }) => caseKey.endsWith(`/${id}`))
          .map(({ state }) => state),
      { timeout: 120_000 },
    )
    .not.toContain('armed');
  expect((await desk.history(into)).slice(before)).toEqual([]);
  expect((await desk.messages(into)).some(({ text }) => words.reminder.test(text) || words.closed.test(text))).toBe(
    false,
  );
  await page.close();
});
