/**
 * The desk's data: one JSON file, read at the start, replaced as a whole on every change. A change is written to disk
 * before it is visible in memory, so what the desk has answered is also what it knows after a restart.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { accept, isRecord, refuse } from './input.mjs';
import { STATUSES } from './public/format.mjs';
import { AGENTS, newPortalKey, seedDesk } from './seed.mjs';

/** @typedef {import('./input.mjs').Status} Status */
/** @typedef {import('./input.mjs').Visibility} Visibility */
/** @typedef {import('./input.mjs').Person} Person */
/** @template T @typedef {import('./input.mjs').Result<T>} Result */
/** @typedef {{ login: string, name: string }} Agent */
/**
 * @typedef {object} Message
 * @property {number} id increasing over the whole desk
 * @property {{ name: string, role: 'agent' | 'customer', login?: string, email?: string }} author
 * @property {Visibility} visibility
 * @property {string} body plain text
 * @property {string} createdAt ISO
 * @property {boolean} automatic written by a machine, for example an out-of-office answer
 */
/**
 * @typedef {object} Ticket
 * @property {number} id
 * @property {string} subject
 * @property {Status} status
 * @property {string} queue
 * @property {Person} requester
 * @property {Agent | null} assignee
 * @property {number} version goes up by one with every change
 * @property {string} createdAt ISO
 * @property {string} updatedAt ISO
 * @property {string} portalKey
 * @property {number | null} relatedTo
 * @property {Message[]} messages oldest first
 */
/**
 * @typedef {object} DeskData
 * @property {1} format
 * @property {number} nextTicketId
 * @property {number} nextMessageId
 * @property {Ticket[]} tickets by id
 * @property {{ hash: string, login: string, expiresAt: string }[]} sessions
 */

const SESSION_MS = 7 * 24 * 3_600_000;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Compares without telling, by the time it takes, how much of a guess was right. */
const sameSecret = (left, right) => timingSafeEqual(Buffer.from(sha256(left)), Buffer.from(sha256(right)));

/** @param {string} dataFile @returns {DeskData | undefined} undefined when there is no file yet */
function readData(dataFile) {
  let text;
  try {
    text = readFileSync(dataFile, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  // Refusing is better than seeding anew: the file may hold somebody's work.
  if (!isRecord(data) || data.format !== 1 || !Array.isArray(data.tickets) || !Array.isArray(data.sessions)) {
    throw new Error(`${dataFile} is not a Harbour Desk data file. Move it away to start with fresh tickets.`);
  }
  return /** @type {DeskData} */ (data);
}

/** @param {string} dataFile @param {DeskData} data */
function writeData(dataFile, data) {
  const temporary = `${dataFile}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(file, JSON.stringify(data, null, 1));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, dataFile);
}

/**
 * Opens the desk's data, seeding it when the file does not exist.
 * @param {{ dataFile: string, now?: () => Date }} options
 * @throws {Error} when the file exists and is not a desk, or cannot be read or written
 */
export function openStore({ dataFile, now = () => new Date() }) {
  mkdirSync(dirname(dataFile), { recursive: true });
  let data = readData(dataFile);
  if (!data) commit(seedDesk(now()));

  /** @param {DeskData} next */
  function commit(next) {
    writeData(dataFile, next);
    data = next;
  }

  /** @param {number | undefined} id @returns {Ticket | undefined} */
  const get = (id) => data.tickets.find((ticket) => ticket.id === id);

  const knownName = (email) => data.tickets.find(({ requester }) => requester.email === email)?.requester.name;

  /**
   * One change of one ticket, as one write.
   * @param {Ticket} ticket
   * @param {{ status?: Status, message?: Omit<Message, 'id' | 'createdAt'> }} change
   * @returns {Ticket}
   */
  function update(ticket, { status = ticket.status, message }) {
    if (status === ticket.status && !message) return ticket;
    const at = now().toISOString();
    const added = message ? [{ id: data.nextMessageId, ...message, createdAt: at }] : [];
    const changed = {
      ...ticket,
      status,
      version: ticket.version + 1,
      updatedAt: at,
      messages: [...ticket.messages, ...added],
    };
    commit({
      ...data,
      nextMessageId: data.nextMessageId + added.length,
      tickets: data.tickets.map((each) => (each === ticket ? changed : each)),
    });
    return changed;
  }

  return {
    get,
    knownName,

    /**
     * @param {{ status?: Status, updatedSince?: Date, search?: string }} [filter] `search` looks at number, subject,
     *   requester and messages
     * @returns {Ticket[]} oldest first, which is the order in which the team works through them
     */
    list({ status, updatedSince, search = '' } = {}) {
      const needle = search
        .trim()
        .toLowerCase()
        .replace(/^#(?=\d)/, '');
      return data.tickets.filter((ticket) => {
        if (status && ticket.status !== status) return false;
        if (updatedSince && Date.parse(ticket.updatedAt) < updatedSince.getTime()) return false;
        if (!needle) return true;
        const { id, subject, requester, messages } = ticket;
        const texts = [String(id), subject, requester.name, requester.email, ...messages.map(({ body }) => body)];
        return texts.some((text) => text.toLowerCase().includes(needle));
      });
    },

    /** @returns {Record<string, number>} tickets per status, and `all` */
    counts() {
      const counts = { all: data.tickets.length };
      for (const { id } of STATUSES) counts[id] = data.tickets.filter(({ status }) => status === id).length;
      return counts;
    },

    /**
     * One guarded write of an agent.
     * @param {number | undefined} id
     * @param {Agent} agent
     * @param {{ status?: Status, message?: { body: string, visibility: Visibility } }} change
     * @param {(version: number) => boolean} [versionMatches] checked right before the write
     * @returns {Result<Ticket>} codes: `not-found`, `version-mismatch`
     */
    act(id, { login, name }, { status, message }, versionMatches = () => true) {
      const ticket = get(id);
      if (!ticket) return refuse('not-found', `There is no ticket ${id}.`);
      if (!versionMatches(ticket.version)) {
        return refuse(
          'version-mismatch',
          `Ticket ${id} has changed since you read it: it is at version ${ticket.version}.`,
        );
      }
      const author = { name, role: /** @type {const} */ ('agent'), login };
      return accept(update(ticket, { status, message: message && { author, ...message, automatic: false } }));
    },

    /**
     * @param {Agent} agent who opens the ticket, writes its first message and becomes its owner
     * @param {{ subject: string, requester: Person, body: string, relatedTo: number | null }} input
     * @returns {Result<Ticket>} code: `invalid` when the related ticket does not exist
     */
    create({ login, name }, { subject, requester, body, relatedTo }) {
      if (relatedTo !== null && !get(relatedTo))
        return refuse('invalid', `There is no ticket ${relatedTo} to relate to.`);
      const at = now().toISOString();
      /** @type {Ticket} */
      const ticket = {
        id: data.nextTicketId,
        subject,
        status: 'open',
        queue: 'Support',
        requester,
        assignee: { login, name },
        version: 1,
        createdAt: at,
        updatedAt: at,
        portalKey: newPortalKey(),
        relatedTo,
        messages: [
          {
            id: data.nextMessageId,
            author: { name, role: 'agent', login },
            visibility: 'public',
            body,
            createdAt: at,
            automatic: false,
          },
        ],
      };
      commit({
        ...data,
        nextTicketId: data.nextTicketId + 1,
        nextMessageId: data.nextMessageId + 1,
        tickets: [...data.tickets, ticket],
      });
      return accept(ticket);
    },

    /** @param {number | undefined} id @returns {boolean} whether there was such a ticket */
    remove(id) {
      if (!get(id)) return false;
      commit({ ...data, tickets: data.tickets.filter((ticket) => ticket.id !== id) });
      return true;
    },

    /**
     * @param {number | undefined} id
     * @param {string} key
     * @returns {Ticket | undefined} undefined for a wrong key too: a stranger learns nothing about which tickets exist
     */
    forCustomer(id, key) {
      const ticket = get(id);
      return ticket && sameSecret(ticket.portalKey, key) ? ticket : undefined;
    },

    /**
     * A customer's reply. On a solved ticket it makes the ticket open again.
     * @param {Ticket} ticket from `forCustomer`
     * @param {{ body: string, automatic: boolean }} reply
     * @returns {Result<Message>} code: `closed`
     */
    customerReply(ticket, { body, automatic }) {
      if (ticket.status === 'closed') {
        return refuse('closed', 'This request is closed and takes no more replies. Please open a new one.');
      }
      const { messages } = update(ticket, {
        status: ticket.status === 'solved' ? 'open' : ticket.status,
        message: { author: { ...ticket.requester, role: 'customer' }, visibility: 'public', body, automatic },
      });
      return accept(messages[messages.length - 1]);
    },

    /**
     * @param {unknown} login
     * @param {unknown} password
     * @returns {Result<{ token: string, user: Agent }>} code: `wrong-credentials`
     */
    signIn(login, password) {
      const agent = AGENTS.find((each) => each.login === login);
      if (!agent || typeof password !== 'string' || !sameSecret(agent.password, password)) {
        return refuse('wrong-credentials', 'That login and password do not belong together.');
      }
      const token = randomBytes(24).toString('base64url');
      const session = {
        hash: sha256(token),
        login: agent.login,
        expiresAt: new Date(now().getTime() + SESSION_MS).toISOString(),
      };
      const running = data.sessions.filter(({ expiresAt }) => Date.parse(expiresAt) > now().getTime());
      commit({ ...data, sessions: [...running, session] });
      return accept({ token, user: { login: agent.login, name: agent.name } });
    },

    /** @param {string | undefined} token @returns {Agent | undefined} */
    userOf(token) {
      if (!token) return undefined;
      const hash = sha256(token);
      const session = data.sessions.find((each) => each.hash === hash && Date.parse(each.expiresAt) > now().getTime());
      const agent = session && AGENTS.find(({ login }) => login === session.login);
      return agent && { login: agent.login, name: agent.name };
    },

    /** @param {string | undefined} token */
    signOut(token) {
      if (!token) return;
      const hash = sha256(token);
      const sessions = data.sessions.filter((each) => each.hash !== hash);
      if (sessions.length < data.sessions.length) commit({ ...data, sessions });
    },
  };
}

/** @typedef {ReturnType<typeof openStore>} Store */
