/**
 * The JSON API. Errors are `{ error: { code, message } }`. Reads and writes of agents need the session cookie (else 401);
 * writes need `X-Harbour-Request: 1` (else 403), a header that a form on another site cannot send.
 */

import { clearSession, json, jsonError, readJson, setSession, statusOf, ticketId } from './http.mjs';
import { accept, LIMITS, readChange, readReply, readRequester, readStatus, readText, refuse } from './input.mjs';

/** @typedef {import('./http.mjs').Context} Context */
/** @typedef {import('./http.mjs').Reply} Reply */
/** @typedef {import('./http.mjs').Route} Route */
/** @typedef {import('./store.mjs').Ticket} Ticket */

/** @param {import('./input.mjs').Refusal} refusal @returns {Reply} */
const refused = ({ code, message }) => jsonError(statusOf(code), code, message);

/** @param {Ticket} ticket @param {string} origin */
const ticketJson = (ticket, origin) => ({ ...ticket, url: `${origin}/tickets/${ticket.id}` });

/** @param {number} status @param {Ticket} ticket @param {string} origin @returns {Reply} */
const ticketReply = (status, ticket, origin) =>
  json(status, ticketJson(ticket, origin), { ETag: `"${ticket.version}"` });

/**
 * @param {string | undefined} header `If-Match`
 * @returns {(version: number) => boolean} weak tags never match, as RFC 9110 wants it for writes
 */
const ifMatch = (header) => (version) =>
  header === undefined || header.split(',').some((tag) => tag.trim() === '*' || tag.trim() === `"${version}"`);

/** @param {Route['handle']} handle @returns {Route['handle']} */
const guarded = (handle) => (context) =>
  context.request.headers['x-harbour-request'] === '1'
    ? handle(context)
    : jsonError(403, 'guard-missing', 'Writes need the header X-Harbour-Request: 1.');

/** @param {Route['handle']} handle @returns {Route['handle']} */
const faulty = (handle) => (context) =>
  context.faults.around({ write: context.request.method === 'POST' }, async () => handle(context));

/** @param {Context} context @returns {Reply} */
function listTickets({ url, origin, store }) {
  /** @type {Parameters<typeof store.list>[0]} */
  const filter = {};
  const status = url.searchParams.get('status');
  if (status) {
    const known = readStatus(status);
    if (!known.ok) return refused(known);
    filter.status = known.value;
  }
  const since = url.searchParams.get('updatedSince');
  if (since) {
    const updatedSince = new Date(since);
    if (Number.isNaN(updatedSince.getTime()))
      return jsonError(422, 'invalid', 'updatedSince must be an ISO date and time.');
    filter.updatedSince = updatedSince;
  }
  const tickets = store.list(filter).map((ticket) => {
    const { messages, ...summary } = ticketJson(ticket, origin);
    return summary;
  });
  return json(200, { tickets });
}

/** @param {Context} context @returns {Reply} */
function showTicket({ params, origin, store }) {
  const ticket = store.get(ticketId(params.id));
  return ticket ? ticketReply(200, ticket, origin) : jsonError(404, 'not-found', `There is no ticket ${params.id}.`);
}

/** @param {Context} context @returns {Promise<Reply>} */
async function actOnTicket(context) {
  const { params, origin, store, user, request } = context;
  const input = await readJson(context);
  if (!input.ok) return refused(input);
  const id = ticketId(params.id);
  if (!store.get(id)) return jsonError(404, 'not-found', `There is no ticket ${params.id}.`);
  const change = readChange(input.value);
  if (!change.ok) return refused(change);
  const done = store.act(id, user, change.value, ifMatch(request.headers['if-match']));
  return done.ok ? ticketReply(200, done.value, origin) : refused(done);
}

/** @param {Context} context @returns {Reply} */
function deleteTicket({ params, store }) {
  return store.remove(ticketId(params.id))
    ? { status: 204 }
    : jsonError(404, 'not-found', `There is no ticket ${params.id}.`);
}

/**
 * @param {Record<string, unknown>} input `{ subject, requester: { name?, email }, body, relatedTo? }`
 * @param {import('./store.mjs').Store} store
 * @returns {import('./input.mjs').Result<Parameters<typeof store.create>[1]>}
 */
export function readNewTicket({ subject, requester, body, relatedTo = null }, store) {
  const title = readText(subject, { name: 'Subject', max: LIMITS.subject, oneLine: true });
  if (!title.ok) return title;
  const person = readRequester(requester, store.knownName);
  if (!person.ok) return person;
  const text = readText(body, { name: 'Message', max: LIMITS.body });
  if (!text.ok) return text;
  if (relatedTo !== null && !Number.isInteger(relatedTo))
    return refuse('invalid', 'relatedTo must be a ticket number.');
  const related = /** @type {number | null} */ (relatedTo);
  return accept({ subject: title.value, requester: person.value, body: text.value, relatedTo: related });
}

/** @param {Context} context @returns {Promise<Reply>} */
async function createTicket(context) {
  const { origin, store, user } = context;
  const input = await readJson(context);
  if (!input.ok) return refused(input);
  const ticket = readNewTicket(input.value, store);
  if (!ticket.ok) return refused(ticket);
  const created = store.create(user, ticket.value);
  return created.ok ? ticketReply(201, created.value, origin) : refused(created);
}

/** @param {Context} context @returns {Promise<Reply>} */
async function replyAsCustomer(context) {
  const { params, url, store } = context;
  const input = await readJson(context);
  if (!input.ok) return refused(input);
  const ticket = store.forCustomer(ticketId(params.id), url.searchParams.get('key') ?? '');
  if (!ticket) return jsonError(404, 'not-found', 'There is no such request, or the key does not belong to it.');
  const reply = readReply(input.value);
  if (!reply.ok) return refused(reply);
  const message = store.customerReply(ticket, reply.value);
  return message.ok ? json(201, message.value) : refused(message);
}

/** @param {Context} context @returns {Promise<Reply>} */
async function signIn(context) {
  const input = await readJson(context);
  if (!input.ok) return refused(input);
  const session = context.store.signIn(input.value.login, input.value.password);
  return session.ok ? json(200, { user: session.value.user }, setSession(session.value.token)) : refused(session);
}

/** @param {Context} context @returns {Reply} */
function signOut({ store, token }) {
  store.signOut(token);
  return { status: 204, headers: clearSession };
}

/** @param {Context} context @returns {Promise<Reply>} */
async function planFaults(context) {
  if (!context.faults.enabled) return jsonError(404, 'not-found', 'There is nothing here.');
  const input = await readJson(context);
  if (!input.ok) return refused(input);
  const planned = context.faults.plan(input.value);
  return planned.ok ? json(200, planned.value) : refused(planned);
}

/** @param {string} method @param {string} path @param {Route['access']} access @param {Route['handle']} handle @returns {Route} */
const api = (method, path, access, handle) => ({ method, path: `/api${path}`, kind: 'api', access, handle });

/** @type {Route[]} */
export const apiRoutes = [
  api('GET', '/session', 'agent', ({ user }) => json(200, { user })),
  api('POST', '/session', 'anyone', guarded(signIn)),
  api('DELETE', '/session', 'agent', guarded(signOut)),
  api('GET', '/tickets', 'agent', faulty(listTickets)),
  api('POST', '/tickets', 'agent', faulty(guarded(createTicket))),
  api('GET', '/tickets/:id', 'agent', faulty(showTicket)),
  api('DELETE', '/tickets/:id', 'agent', faulty(guarded(deleteTicket))),
  api('POST', '/tickets/:id/actions', 'agent', faulty(guarded(actOnTicket))),
  api('POST', '/portal/:id/replies', 'anyone', replyAsCustomer),
  api('POST', '/faults', 'anyone', planFaults),
];
