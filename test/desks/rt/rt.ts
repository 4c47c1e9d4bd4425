import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { cookieFetch } from '../cookie-fetch';
import { customer, type Desk, type DeskMessage } from '../desk';
import { fieldsOf } from '../html-form';

const run = promisify(execFile);
const port = process.env.RT_DESK_PORT ?? '8081';
const url = `http://127.0.0.1:${port}/rt`;
const asRoot = `Basic ${Buffer.from('root:deskroot1').toString('base64')}`;

const password = 'deskpass1';

export interface RtTicket {
  Subject: string;
  Status: string;
  Owner: { id: string };
  Requestor: { id: string }[];
}

export interface RtTransaction {
  /** Rises with time. */
  id: number;
  /** `Create`, `Correspond`, `Comment`, `Status`, ... */
  type: string;
  /** Login name. */
  creator: string;
  oldValue: string;
  newValue: string;
}

/** What RT's own tests need beyond every desk's. */
export interface RtDesk extends Desk {
  /** The ticket as REST2 tells it. */
  ticket(id: string): Promise<RtTicket>;
  /** Everything that happened to the ticket, oldest first, with RT's own mail records. */
  history(id: string): Promise<RtTransaction[]>;
  /** Makes a group without members the ticket's only requestor. */
  requestedByGroup(id: string): Promise<void>;
  /** Merges one ticket into another. */
  merge(id: string, into: string): Promise<void>;
  /** Makes another agent, who has RT in this language ("pl"); the answer is the login. */
  makeAgent(language: string): Promise<string>;
  signIn(fetch: typeof globalThis.fetch, user?: string): Promise<void>;
  /** Hands RT a mail the way a mail server does. `from` is an address, `headers` are whole lines. */
  mail(mail: { from: string; ticketId: string; body: string; headers?: string[] }): Promise<void>;
}

/** Calls REST2 as RT's superuser. */
async function rest<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
  const answer = await fetch(`${url}/REST/2.0/${path}`, {
    method: init.method ?? 'GET',
    headers: { Authorization: asRoot, 'Content-Type': 'application/json' },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`RT answered ${answer.status} to ${init.method ?? 'GET'} ${path}: ${text}`);
  return JSON.parse(text) as T;
}

async function script(name: string): Promise<void> {
  try {
    await run('bash', [fileURLToPath(new URL(name, import.meta.url))]);
  } catch (error) {
    throw new Error(`${name}: ${(error as { stderr?: string }).stderr || String(error)}`);
  }
}

/** Lists every page of a REST2 search by transaction id; paging by number is not reliable, rights filter after it. */
async function transactions(query: string): Promise<RtTransaction[]> {
  type Row = { id: string; Type: string; Creator: { id: string }; OldValue: string | null; NewValue: string | null };
  const all: RtTransaction[] = [];
  for (;;) {
    const after = all.at(-1)?.id ?? 0;
    const parameters = new URLSearchParams({
      query: `${query} AND id > ${after}`,
      fields: 'Type,Creator,OldValue,NewValue',
      orderby: 'id',
      per_page: '100',
    });
    const { items } = await rest<{ items: Row[] }>(`transactions?${parameters}`);
    if (items.length === 0) return all;
    for (const row of items) {
      all.push({
        id: Number(row.id),
        type: row.Type,
        creator: row.Creator.id,
        oldValue: row.OldValue ?? '',
        newValue: row.NewValue ?? '',
      });
    }
  }
}

/** What was said once stays as it is; who waits for the next message does not keep RT busy with those before it. */
const texts = new Map<number, string>();

async function textOf(transactionId: number): Promise<string> {
  const known = texts.get(transactionId);
  if (known) return known;
  const { items } = await rest<{ items: { Content: string | null; ContentType: string }[] }>(
    'attachments?fields=Content,ContentType&per_page=50',
    { method: 'POST', body: [{ field: 'TransactionId', operator: '=', value: transactionId }] },
  );
  const text = items.find((item) => item.ContentType === 'text/plain')?.Content ?? '';
  texts.set(transactionId, text);
  return text;
}

/** A real Request Tracker 5 (`install.sh` puts it on the machine), with the people of `seed.pl`. */
export const rtDesk: RtDesk = {
  name: 'rt',
  url,
  native: { open: 'open', waiting: 'stalled', solved: 'resolved' },
  closedNative: ['resolved'],
  customerInNewTicket: customer.email,
  automaticMails: 'marked',
  listUrl: `${url}/Search/Results.html?Query=Queue%3D'Support'&OrderBy=id&Order=DESC&Rows=50`,
  otherPages: [`${url}/`, `${url}/Search/Results.html?Query=Queue%3D'Support'`],

  up: () => script('up.sh'),
  // It takes seconds to start and keeps its data apart by ticket, so it stays up for the next run: `down.sh` stops it.
  down: async () => undefined,

  async createTicket(subject: string): Promise<string> {
    const made = await rest<{ id: string }>('ticket', {
      method: 'POST',
      body: {
        Queue: 'Support',
        Subject: subject,
        Requestor: customer.email,
        Owner: 'erin',
        ContentType: 'text/plain',
        Content: 'Hello,\nit does not work.\nThanks, Alice',
      },
    });
    return String(made.id);
  },

  ticketUrl: (id: string) => `${url}/Ticket/Display.html?id=${id}`,

  ticket: (id: string) => rest<RtTicket>(`ticket/${id}`),

  history: (id) => transactions(`ObjectType = 'RT::Ticket' AND ObjectId = ${id}`),

  async requestedByGroup(id) {
    const session = cookieFetch();
    await rtDesk.signIn(session);
    const { id: group } = await rest<{ id: string }>('group', { method: 'POST', body: { Name: `Customers ${id}` } });
    await rest(`ticket/${id}`, { method: 'PUT', body: { Requestor: [] } });
    await session(`${url}/Ticket/ModifyPeople.html`, {
      method: 'POST',
      headers: { referer: `${url}/Ticket/ModifyPeople.html?id=${id}` },
      body: new URLSearchParams({ id, [`Ticket-AddWatcher-Principal-${group}`]: 'Requestor' }),
    });
    const requestors = (await rtDesk.ticket(id)).Requestor.map((user) => user.id);
    if (requestors.join() !== group) throw new Error(`RT has other requestors: ${requestors.join()}`);
  },

  async merge(id, into) {
    await rest(`ticket/${id}`, { method: 'PUT', body: { MergeInto: into } });
    if (String((await rest<{ id: number }>(`ticket/${id}`)).id) !== into) throw new Error(`RT did not merge ${id}.`);
  },

  async makeAgent(language) {
    const Name = `agent-${language}-${crypto.randomUUID().slice(0, 8)}`;
    await rest('user', { method: 'POST', body: { Name, Privileged: 1, Password: password, Lang: language } });
    return Name;
  },

  async mail(mail) {
    const gate = spawn('rt-mailgate', ['--queue', 'Support', '--action', 'correspond', '--url', url], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    gate.stdout.on('data', (data) => {
      said += data;
    });
    gate.stderr.on('data', (data) => {
      said += data;
    });
    gate.stdin.end(
      [
        `From: <${mail.from}>`,
        'To: support@desk.test',
        `Subject: Re: [desk.test #${mail.ticketId}] your request`,
        `Message-ID: <${crypto.randomUUID()}@customer.test>`,
        ...(mail.headers ?? []),
        'Content-Type: text/plain; charset=utf-8',
        '',
        mail.body,
        '',
      ].join('\n'),
    );
    const [code] = await once(gate, 'close');
    if (code !== 0) throw new Error(`rt-mailgate ended with ${code}: ${said}`);
  },

  customerReplies: (id: string, text: string) => rtDesk.mail({ from: customer.email, ticketId: id, body: text }),
  customerIsAway: (id: string, text: string) =>
    rtDesk.mail({
      from: customer.email,
      ticketId: id,
      body: text,
      headers: ['Auto-Submitted: auto-replied (vacation)'],
    }),

  async messages(id: string): Promise<DeskMessage[]> {
    const spoken = (await rtDesk.history(id)).filter((entry) => /^(Create|Correspond|Comment)$/.test(entry.type));
    const customers = new Set((await rtDesk.ticket(id)).Requestor.map((user) => user.id));
    return Promise.all(
      spoken.map(async (entry) => ({
        text: await textOf(entry.id),
        visibility: entry.type === 'Comment' ? ('internal' as const) : ('public' as const),
        from: entry.type === 'Create' || customers.has(entry.creator) ? ('customer' as const) : ('agent' as const),
      })),
    );
  },

  nativeStatus: async (id: string) => (await rtDesk.ticket(id)).Status,

  async setNativeStatus(id: string, status: string): Promise<void> {
    const said = await rest<string[]>(`ticket/${id}`, { method: 'PUT', body: { Status: status } });
    // RT answers 200 to a status that it did not take.
    if ((await rtDesk.nativeStatus(id)) !== status) throw new Error(`RT kept its status: ${said.join(' ')}`);
  },

  // RT keeps such a ticket, and answers for it; it is in no list any more.
  removeTicket: (id: string) => rtDesk.setNativeStatus(id, 'deleted'),

  async login(page: Page, user = 'erin'): Promise<void> {
    // From the front page, so that RT knows where to go on to after the login.
    await page.goto(`${url}/`);
    await page.locator('input[name=user]').fill(user);
    await page.locator('input[name=pass]').fill(password);
    await page.locator('input[name=pass]').press('Enter');
    await page.locator('a[href*="/NoAuth/Logout.html"]').first().waitFor({ state: 'attached' });
  },

  async logout(page: Page): Promise<void> {
    await page.goto(`${url}/NoAuth/Logout.html`);
  },

  async signIn(fetch, user = 'erin') {
    const form = fieldsOf(await (await fetch(`${url}/`)).text(), 'next');
    const answer = await fetch(`${url}/NoAuth/Login.html`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, user, pass: password }),
    });
    if (!(await answer.text()).includes('/NoAuth/Logout.html')) throw new Error(`RT did not let ${user} in.`);
  },

  async newTicketForm(page: Page): Promise<{ subject: string; requester: string }> {
    const form = page.locator('form[name=TicketCreate]');
    await form.locator('input[name=Subject]').waitFor();
    return {
      subject: await form.locator('input[name=Subject]').inputValue(),
      requester: await form.locator('[name=Requestors]').first().inputValue(),
    };
  },
};
