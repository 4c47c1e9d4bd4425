import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { customer, type Desk } from '../desk';
import { fieldsOf } from '../html-form';

const run = promisify(execFile);
const port = process.env.REDMINE_DESK_PORT ?? '8082';
const url = `http://127.0.0.1:${port}/redmine`;
const password = 'deskpass1';
/** As `seed.rb` sets them. */
const keys = { admin: 'a'.repeat(40), erin: 'e'.repeat(40), alice: 'c'.repeat(40) };
const mailKey = 'desk-mail-key';

interface Named {
  id: number;
  name: string;
}

export interface RedmineIssue {
  id: number;
  subject: string;
  description: string;
  status: Named;
  author: Named;
  assigned_to?: Named;
  journals: { id: number; user: Named; notes: string; private_notes: boolean }[];
}

interface RedmineMail {
  from: string;
  ticketId: string;
  body: string;
  headers?: string[];
}

/** What Redmine's own tests need beyond every desk's. */
export interface RedmineDesk extends Desk {
  apiKey: string;
  /** The key of the customer, who sees less than agents do. */
  customerKey: string;
  /** The issue as the REST interface tells it to an administrator. */
  issue(id: string): Promise<RedmineIssue>;
  /** Makes an issue; by default as `createTicket` does. */
  createIssue(fields: { subject: string; project?: 'support' | 'community'; as?: keyof typeof keys }): Promise<string>;
  /** Changes the issue past the extension. */
  change(id: string, fields: object, as?: keyof typeof keys): Promise<void>;
  /** Hands Redmine a mail the way a mail server does. `from` is an address. */
  mail(mail: RedmineMail): Promise<void>;
  signIn(fetch: typeof globalThis.fetch, user?: string): Promise<void>;
}

async function rest<T>(
  path: string,
  init: { method?: string; body?: unknown; as?: keyof typeof keys } = {},
): Promise<T> {
  const answer = await fetch(`${url}/${path}`, {
    method: init.method ?? 'GET',
    headers: { 'X-Redmine-API-Key': keys[init.as ?? 'admin'], 'Content-Type': 'application/json' },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Redmine answered ${answer.status} to ${init.method ?? 'GET'} ${path}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function script(name: string): Promise<void> {
  try {
    await run('bash', [fileURLToPath(new URL(name, import.meta.url))]);
  } catch (error) {
    throw new Error(`${name}: ${(error as { stderr?: string }).stderr || String(error)}`);
  }
}

/** Hands the mail over as a mail server's script does; the answer is the status of Redmine's answer. */
async function handOver({ from, ticketId, body, headers = [] }: RedmineMail): Promise<number> {
  const email = [
    `From: <${from}>`,
    'To: support@desk.test',
    `Subject: Re: [Support - Support #${ticketId}] your request`,
    `Message-ID: <${crypto.randomUUID()}@customer.test>`,
    'Content-Type: text/plain; charset=utf-8',
    ...headers,
    '',
    body,
    '',
  ].join('\n');
  const answer = await fetch(`${url}/mail_handler`, {
    method: 'POST',
    body: new URLSearchParams({ key: mailKey, email }),
  });
  return answer.status;
}

const statuses = async () => (await rest<{ issue_statuses: Named[] }>('issue_statuses.json')).issue_statuses;

/** A real Redmine 5 (`install.sh` puts it on the machine), with the people of `seed.rb`. */
export const redmineDesk: RedmineDesk = {
  name: 'redmine',
  url,
  apiKey: keys.erin,
  customerKey: keys.alice,
  native: { open: 'In Progress', waiting: 'Feedback', solved: 'Resolved' },
  closedNative: ['Closed'],
  // The author of a new issue is who sends the form: the customer stands in its text.
  customerInNewTicket: customer.name,
  automaticMails: 'dropped',
  listUrl: `${url}/issues?set_filter=1&sort=id%3Adesc`,
  otherPages: [`${url}/`, `${url}/issues`, `${url}/projects/support/issues/new`],

  up: () => script('up.sh'),
  // It takes seconds to start and keeps its data apart by issue, so it stays up for the next run: `down.sh` stops it.
  down: async () => undefined,

  async createIssue({ subject, project = 'support', as = 'alice' }) {
    const { users } = await rest<{ users: { id: number }[] }>('users.json?name=erin');
    const { issue } = await rest<{ issue: { id: number } }>('issues.json', {
      method: 'POST',
      as,
      body: {
        issue: {
          project_id: project,
          subject,
          assigned_to_id: users[0]?.id,
          description: 'Hello,\nit does not work.\nThanks, Alice',
        },
      },
    });
    return String(issue.id);
  },
  createTicket: (subject) => redmineDesk.createIssue({ subject }),
  ticketUrl: (id) => `${url}/issues/${id}`,
  issue: async (id) => (await rest<{ issue: RedmineIssue }>(`issues/${id}.json?include=journals`)).issue,
  change: (id, fields, as = 'admin') => rest(`issues/${id}.json`, { method: 'PUT', as, body: { issue: fields } }),

  async mail(mail) {
    const status = await handOver(mail);
    // What it does not take in (an unknown sender, a loop), it answers 422 to.
    if (status !== 201) throw new Error(`Redmine answered ${status} to the mail`);
  },
  customerReplies: (id, text) => redmineDesk.mail({ from: customer.email, ticketId: id, body: text }),
  async customerIsAway(id, text) {
    const headers = ['Auto-Submitted: auto-replied (vacation)'];
    const status = await handOver({ from: customer.email, ticketId: id, body: text, headers });
    if (status !== 422) throw new Error(`Redmine answered ${status} to an automatic mail, which it drops elsewhere`);
  },
  async messages(id) {
    const { author, description, journals } = await redmineDesk.issue(id);
    return [
      { text: description, visibility: 'public', from: 'customer' },
      ...journals
        .filter(({ notes }) => notes)
        .map(({ notes, user, private_notes }) => ({
          text: notes,
          visibility: private_notes ? ('internal' as const) : ('public' as const),
          from: user.id === author.id ? ('customer' as const) : ('agent' as const),
        })),
    ];
  },
  nativeStatus: async (id) => (await redmineDesk.issue(id)).status.name,
  async setNativeStatus(id, status) {
    const wanted = (await statuses()).find(({ name }) => name === status);
    if (!wanted) throw new Error(`Redmine has no status ${status}`);
    await redmineDesk.change(id, { status_id: wanted.id });
    // Redmine answers 204 to a status that it did not take.
    const now = await redmineDesk.nativeStatus(id);
    if (now !== status) throw new Error(`Redmine kept its status ${now}`);
  },

  async removeTicket(id) {
    await rest(`issues/${id}.json`, { method: 'DELETE' });
  },

  async login(page, user = 'erin') {
    await page.goto(`${url}/login`);
    await page.locator('#username').fill(user);
    await page.locator('#password').fill(password);
    await page.locator('#password').press('Enter');
    await page.locator('#loggedas').waitFor({ state: 'attached' });
  },
  async logout(page) {
    await page.goto(`${url}/logout`);
    await page.locator('#content form [type=submit]').click();
    await page.locator('#account a.login').waitFor({ state: 'attached' });
  },
  async signIn(fetch, user = 'erin') {
    const form = fieldsOf(await (await fetch(`${url}/login`)).text(), 'authenticity_token');
    const answer = await fetch(`${url}/login`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, username: user, password }),
    });
    if (!(await answer.text()).includes('id="loggedas"')) throw new Error(`Redmine did not let ${user} in.`);
  },
  async newTicketForm(page) {
    await page.locator('#issue_subject').waitFor();
    return {
      subject: await page.locator('#issue_subject').inputValue(),
      requester: await page.locator('#issue_description').inputValue(),
    };
  },
};
