import { beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../../core/app/connection';
import type { OpenPages } from '../../../core/app/ports';
import type { PageReading } from '../../../core/contract/page-reading';
import type { ConnectionView } from '../../../core/contract/views';
import { demoPage } from '../../../core/sites/demo/page';
import { SITE, World } from './world';

const FACTS = {
  ticketId: '42',
  subject: 'Printer on fire',
  nativeStatus: 'open',
  requester: { login: 'alice@customer.test', name: 'Alice' },
  assignee: null,
  queue: 'Support',
  type: null,
  lastMessageId: '1',
};
const ERIN = { login: 'erin', name: 'Erin' };

let world: World;
let tabs: { tabId: number; url: string }[];
let page: unknown;
let asked: number[];

beforeEach(async () => {
  world = await World.make();
  tabs = [{ tabId: 5, url: 'https://desk.test/tickets/42' }];
  page = { facts: FACTS, agent: ERIN, missing: [] } satisfies PageReading;
  asked = [];
});

const pages: OpenPages = {
  under: async () => tabs,
  async read(tabId) {
    asked.push(tabId);
    if (page instanceof Error) throw page;
    return page;
  },
};
const answer = () => new Connection(world.ctx, pages, (_adapter, url) => demoPage.ticketIdOf(url)).test(SITE.siteId);
async function test(): Promise<ConnectionView> {
  const result = await answer();
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
const stateOf = (view: ConnectionView) => Object.fromEntries(view.fields.map(({ id, state }) => [id, state]));

describe('the test of a connection', () => {
  it('says of each field what the page and the help desk tell, and that all is well', async () => {
    const view = await test();
    expect(view.ticket).toEqual({ ticketId: '42', url: 'https://desk.test/tickets/42' });
    expect(view.fields.map(({ id, page, desk, state }) => [id, page, desk, state])).toEqual([
      ['number', '42', '42', 'found'],
      ['subject', 'Printer on fire', 'Printer on fire', 'found'],
      ['status', 'open', 'open', 'found'],
      ['requester', 'Alice (alice@customer.test)', 'Alice (alice@customer.test)', 'found'],
      ['assignee', null, null, 'none'],
      ['queue', 'Support', 'Support', 'found'],
      ['type', null, null, 'none'],
      ['message', '1', '1', 'found'],
      ['agent', 'Erin (erin)', 'Erin (erin)', 'found'],
    ]);
    expect(view.desk).toEqual([
      { ok: true, text: 'Logged in as Erin (erin)' },
      { ok: true, text: 'The ticket can be read' },
      { ok: true, text: 'The status agrees: open' },
    ]);
    expect(view.problems).toEqual([]);
  });

  it('changes nothing: not in the store, not in what was seen, not in the help desk', async () => {
    const before = [await world.dump('cases'), await world.dump('history'), world.desk.writes, world.pushes];
    await test();
    expect([await world.dump('cases'), await world.dump('history'), world.desk.writes, world.pushes]).toEqual(before);
    expect(await world.ctx.seen.get(`${SITE.siteId}/42`)).toBeUndefined();
  });

  it('takes the ticket that was looked at last, and no page of another site', async () => {
    tabs = [
      { tabId: 1, url: 'https://other.test/tickets/7' },
      { tabId: 2, url: 'https://desk.test/tickets' },
      { tabId: 3, url: 'https://desk.test/tickets/42' },
      { tabId: 4, url: 'https://desk.test/tickets/43' },
    ];
    await test();
    expect(asked).toEqual([3]);
  });

  it('without an open ticket asks nobody', async () => {
    tabs = [{ tabId: 2, url: 'https://desk.test/tickets' }];
    world.desk.onSession = () => {
      throw new Error('asked');
    };
    expect(await test()).toEqual({ deskName: 'Desk', ticket: null, fields: [], desk: [], problems: [] });
    expect(asked).toEqual([]);
  });

  it('says what is missing on the page and what that means', async () => {
    page = {
      facts: { ...FACTS, subject: '', requester: null, queue: null },
      agent: null,
      missing: ['subject', 'author'],
    };
    const view = await test();
    expect(stateOf(view)).toMatchObject({
      subject: 'missing',
      requester: 'missing',
      queue: 'missing',
      agent: 'missing',
    });
    expect(view.problems.map((problem) => problem.split(':')[0])).toEqual([
      'Subject',
      'Requester',
      'Queue or project',
      'Logged in',
    ]);
    expect(view.problems[0]).toContain('name the ticket by its number until Desk itself was asked');
  });

  it('what a page never tells is no fault of it', async () => {
    page = { facts: { ...FACTS, lastMessageId: null }, agent: ERIN, missing: [] };
    const view = await test();
    expect(stateOf(view).message).toBe('elsewhere');
    expect(view.problems).toEqual([]);
  });

  it.each([
    ['a page that shows no such ticket', null],
    ['a page that has moved on to another ticket', { facts: { ...FACTS, ticketId: '43' }, agent: null, missing: [] }],
    ['an answer of another shape', { facts: { ...FACTS, nativeStatus: 7 }, agent: null, missing: [] }],
    ['the browser’s own page for an error', new Error('Cannot access contents of the page')],
  ])('%s is not a ticket, and one sentence says so', async (_what, answered) => {
    page = answered;
    const view = await test();
    expect(view.fields.every(({ state }) => state === 'missing' || state === 'none')).toBe(true);
    expect(view.fields.find(({ id }) => id === 'subject')?.desk).toBe('Printer on fire');
    expect(view.problems).toEqual([expect.stringContaining('does not look like a ticket that we know')]);
  });

  it('nobody logged in: says so once, and what waits', async () => {
    world.desk.user = null;
    const view = await test();
    expect(view.desk).toEqual([
      { ok: false, text: 'Nobody is logged in to Desk.' },
      { ok: false, text: 'Log in.' },
    ]);
    expect(view.problems).toEqual([expect.stringContaining('messages wait until you log in to Desk')]);
  });

  it('a help desk that does not answer', async () => {
    const failure = { ok: false as const, code: 'unreachable' as const, message: 'Desk could not be reached.' };
    world.desk.failSession = failure;
    world.desk.failRead = failure;
    const view = await test();
    expect(view.desk.map(({ ok }) => ok)).toEqual([false, false]);
    expect(view.problems).toEqual([expect.stringContaining('Desk could not be reached. Reminders')]);
  });

  it('a ticket that the help desk does not let one read', async () => {
    world.desk.failRead = { ok: false, code: 'refused', message: 'Desk does not allow this with your account.' };
    const view = await test();
    expect(view.desk.map(({ ok }) => ok)).toEqual([true, false]);
    expect(view.problems).toEqual([expect.stringContaining('no timer of this ticket acts')]);
  });

  it('a page with another status than the help desk', async () => {
    world.desk.status = 'resolved';
    const view = await test();
    expect(view.desk.at(-1)).toEqual({ ok: false, text: 'The page says “open”, Desk itself says “resolved”.' });
    expect(view.problems).toEqual([expect.stringContaining('Reload the page')]);
  });

  it('another person on the page than the help desk knows', async () => {
    world.desk.user = { login: 'frank', name: 'Frank' };
    expect((await test()).problems).toEqual([expect.stringMatching(/Erin \(erin\).+Frank \(frank\)/)]);
  });

  it('is refused where the site is gone, or may not be reached', async () => {
    world.granted = false;
    expect(await answer()).toMatchObject({ ok: false, code: 'not-granted' });
    await world.ctx.sites.remove(SITE.siteId);
    expect(await answer()).toMatchObject({ ok: false, code: 'unknown-site' });
    expect(asked).toEqual([]);
  });
});
