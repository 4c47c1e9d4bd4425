import type { Session } from '../harness/session';

/** What a person hears who works with a screen reader: the accessibility tree, step by step, of a change by keyboard alone. */
export async function transcript(session: Session): Promise<string> {
  const { page, panel } = await session.openNewTicket('Invoices are printed without the logo');
  await panel.open();
  const steps: string[] = [];
  const step = async (what: string) => {
    // Once what was pressed has had its effect.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    const focused = await panel.host.evaluate((host) => {
      const element = host.shadowRoot?.activeElement;
      const name =
        element?.getAttribute('aria-label') ?? (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
      return element
        ? `${element.getAttribute('role') ?? element.tagName.toLowerCase()} "${name ?? element.textContent}"`
        : null;
    });
    const tree = await panel.region.ariaSnapshot();
    steps.push(`## ${what}\n\nFocus: ${focused ?? 'in the page'}\n\n\`\`\`yaml\n${tree}\n\`\`\`\n`);
  };
  const press = async (key: string) => page.keyboard.press(key);
  await step('The panel on a ticket that is not tracked yet');
  await press('Alt+Shift+S');
  await step('Alt+Shift+S: the form for a change');
  await page.keyboard.type('pend');
  await step('"pend" is typed');
  await press('Enter');
  await press('Enter');
  await step('Enter picks Pending, and Enter again asks for the sub-status that is missing');
  await page.keyboard.type('cust');
  await press('Enter');
  await step('"cust" is typed, Enter picks Customer Input');
  await press('Enter');
  await panel.outcome.getByText('Now Pending').waitFor();
  await step('Enter updates');
  await page.close();
  return steps.join('\n');
}
