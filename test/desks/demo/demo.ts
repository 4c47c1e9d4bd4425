import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startDesk } from '../../../demo/server.mjs';
import { customer, type Desk } from '../desk';

interface DemoMessage {
  body: string;
  visibility: 'public' | 'internal';
  author: { role: 'agent' | 'customer' };
}

interface DemoTicket {
  id: number;
  status: string;
  portalKey: string;
  messages: DemoMessage[];
}

export interface DemoDesk extends Desk {
  /** The same ticket in the single-page form of the desk. */
  appUrl(id: string): string;
}

/**
 * The demo desk in this process, with data of its own that goes when it is stopped.
 * @param port 0 takes any free one; `url` is known after `up`
 */
export function demoDesk({ port = 0 } = {}): DemoDesk {
  let server: Awaited<ReturnType<typeof startDesk>> | undefined;
  let folder = '';
  let cookie = '';

  const address = () => {
    if (!server) throw new Error('The demo desk is not up.');
    return server.url;
  };

  async function api<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const answer = await fetch(`${address()}/api/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Harbour-Request': '1', Cookie: cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The demo desk answered ${answer.status} to ${path}: ${text}`);
    const set = answer.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  const signIn = { login: 'erin', password: 'harbour' };
  const ticket = (id: string) => api<DemoTicket>(`tickets/${id}`);

  async function fromCustomer(id: string, reply: { body: string; automatic?: boolean }): Promise<void> {
    const { portalKey } = await ticket(id);
    await api(`portal/${id}/replies?key=${encodeURIComponent(portalKey)}`, reply);
  }

  return {
    name: 'demo',
    get url() {
      return address();
    },
    native: { open: 'open', waiting: 'pending', solved: 'solved' },
    closedNative: ['solved', 'closed'],
    customerInNewTicket: customer.email,
    automaticMails: 'marked',
    get listUrl() {
      return `${address()}/tickets`;
    },
    get otherPages() {
      return [`${address()}/`, `${address()}/tickets/new`];
    },

    async up() {
      folder = mkdtempSync(join(tmpdir(), 'cso-demo-'));
      server = await startDesk({ port, dataFile: join(folder, 'desk.json') });
      await api('session', signIn);
    },
    async down() {
      await server?.close();
      server = undefined;
      rmSync(folder, { recursive: true, force: true });
    },

    async createTicket(subject) {
      const body = 'Hello,\nit does not work.\nThanks, Alice';
      return String((await api<DemoTicket>('tickets', { subject, requester: customer, body })).id);
    },
    ticketUrl: (id) => `${address()}/tickets/${id}`,
    appUrl: (id) => `${address()}/app/tickets/${id}`,

    customerReplies: (id, text) => fromCustomer(id, { body: text }),
    customerIsAway: (id, text) => fromCustomer(id, { body: text, automatic: true }),
    async messages(id) {
      const { messages } = await ticket(id);
      return messages.map(({ body, visibility, author }, index) => ({
        text: body,
        visibility,
        // The desk names the agent who typed the request in; it is the customer's all the same.
        from: index === 0 ? 'customer' : author.role,
      }));
    },
    nativeStatus: async (id) => (await ticket(id)).status,
    async setNativeStatus(id, status) {
      await api(`tickets/${id}/actions`, { status });
    },

    removeTicket: async (id) => {
      await api(`tickets/${id}`, undefined, 'DELETE');
    },

    async login(page: Page, user: string = signIn.login) {
      await page.goto(`${address()}/login`);
      await page.getByLabel('Login').fill(user);
      await page.getByLabel('Password').fill(signIn.password);
      await page.getByLabel('Password').press('Enter');
      await page.waitForURL((now) => now.pathname !== '/login');
    },
    async logout(page) {
      await page.goto(`${address()}/logout`);
      await page.getByLabel('Login').waitFor();
    },
    async signIn(fetch) {
      const answer = await fetch(`${address()}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Harbour-Request': '1' },
        body: JSON.stringify(signIn),
      });
      if (!answer.ok) throw new Error(`The demo desk answered ${answer.status} to the login.`);
    },
    async newTicketForm(page: Page) {
      const subject = page.locator('input[name=subject]');
      await subject.waitFor();
      return {
        subject: await subject.inputValue(),
        requester: await page.locator('input[name=requester]').inputValue(),
      };
    },
  };
}
