/** The pages' routes: what each address shows and what its forms do. */

import { readNewTicket } from './api.mjs';
import { clearSession, htmlPage, localPath, readForm, redirect, setSession, statusOf, ticketId } from './http.mjs';
import { readChange, readReply, readStatus } from './input.mjs';
import { appPage, loginPage, newTicketPage, portalPage, problemPage, queuePage, ticketPage } from './pages.mjs';
import { statusLabel } from './public/format.mjs';

/** @typedef {import('./http.mjs').Context} Context */
/** @typedef {import('./http.mjs').Reply} Reply */
/** @typedef {import('./http.mjs').Route} Route */

/** @param {Context} context @param {string} [view] @returns {import('./pages.mjs').Frame} */
const frameOf = ({ user, store, url }, view) => ({
  user,
  counts: store.counts(),
  path: url.pathname + url.search,
  view,
});

/**
 * @param {Context} context
 * @param {number} status
 * @param {{ title: string, text: string }} problem
 * @returns {Reply}
 */
export const problem = (context, status, { title, text }) =>
  htmlPage(problemPage(context.user && frameOf(context), { title, text }), status);

/** @param {Context} context @param {import('./input.mjs').Refusal} refusal @returns {Reply} */
const refusedForm = (context, { code, message }) =>
  problem(context, statusOf(code), { title: 'That did not work', text: message });

/** @param {Context} context @returns {Reply} */
export const notFound = (context) =>
  problem(context, 404, {
    title: 'Page not found',
    text: 'There is nothing at this address. It may have been mistyped.',
  });

/** @param {Context} context @returns {Reply} */
const ticketNotFound = (context) =>
  problem(context, 404, { title: 'Ticket not found', text: `There is no ticket ${context.params.id} on this desk.` });

/**
 * Browsers name the page a form came from; a form on another site is turned away.
 * @param {Route['handle']} handle
 * @returns {Route['handle']}
 */
const ownForm = (handle) => (context) => {
  const { origin } = context.request.headers;
  if (origin === undefined || origin === context.origin) return handle(context);
  return problem(context, 403, {
    title: 'Not from here',
    text: 'This form was sent from another site, so nothing was changed.',
  });
};

/** @param {Context} context @returns {Reply} */
function showQueue(context) {
  const { url, store } = context;
  const status = readStatus(url.searchParams.get('status'));
  const search = (url.searchParams.get('q') ?? '').trim();
  const chosen = status.ok ? status.value : undefined;
  const tickets = store.list({ status: chosen, search });
  return htmlPage(queuePage(frameOf(context, chosen ?? 'all'), { tickets, status: chosen ?? '', search }));
}

const DONE = {
  reply: () => 'Reply sent.',
  note: () => 'Note saved. Only your team can read it.',
  status: ({ status }) => `Status is now ${statusLabel(status)}.`,
  created: () => 'Ticket created.',
};

/**
 * @param {Context} context
 * @param {import('./store.mjs').Ticket} ticket
 * @param {{ error?: string, draft?: { body?: string, visibility?: string, status?: string } }} [rest]
 */
function ticketView(context, ticket, rest = {}) {
  const { store, url } = context;
  const tickets = store.list();
  const position = tickets.findIndex(({ id }) => id === ticket.id);
  const done = url.searchParams.get('done') ?? '';
  return ticketPage(
    { ...frameOf(context), path: `/tickets/${ticket.id}` },
    {
      ticket,
      related: ticket.relatedTo === null ? undefined : store.get(ticket.relatedTo),
      neighbours: { previous: tickets[position - 1]?.id, next: tickets[position + 1]?.id },
      others: tickets.filter(({ id, requester }) => id !== ticket.id && requester.email === ticket.requester.email),
      done: Object.hasOwn(DONE, done) ? DONE[done](ticket) : undefined,
      ...rest,
    },
  );
}

/** @param {Context} context @returns {Reply} */
function showTicket(context) {
  const ticket = context.store.get(ticketId(context.params.id));
  return ticket ? htmlPage(ticketView(context, ticket)) : ticketNotFound(context);
}

/** @param {Context} context @returns {Promise<Reply>} the composer sends a message, the status form only a status */
async function actOnTicket(context) {
  const { store, user, params } = context;
  const form = await readForm(context);
  if (!form.ok) return refusedForm(context, form);
  const ticket = store.get(ticketId(params.id));
  if (!ticket) return ticketNotFound(context);
  const draft = {
    body: form.value.get('body') ?? undefined,
    visibility: form.value.get('visibility') ?? undefined,
    status: form.value.get('status') || undefined,
  };
  const change = readChange({
    status: draft.status,
    message: draft.body === undefined ? undefined : { body: draft.body, visibility: draft.visibility },
  });
  const done = change.ok ? store.act(ticket.id, user, change.value) : change;
  if (!done.ok) return htmlPage(ticketView(context, ticket, { error: done.message, draft }), statusOf(done.code));
  const said = { public: 'reply', internal: 'note' }[draft.visibility] ?? 'status';
  return redirect(`/tickets/${ticket.id}?done=${said}`, {}, 303);
}

/** @param {Context} context @returns {Reply} */
function showNewTicket(context) {
  const { url, store } = context;
  const field = (name) => url.searchParams.get(name) ?? undefined;
  const relatedId = field('related');
  const related = relatedId === undefined ? undefined : store.get(ticketId(relatedId));
  return htmlPage(
    newTicketPage(frameOf(context), {
      draft: { subject: field('subject'), requester: field('requester'), name: field('name'), body: field('body') },
      related,
      error: relatedId && !related ? `There is no ticket ${relatedId}: the new one will stand alone.` : undefined,
    }),
  );
}

/** @param {Context} context @returns {Promise<Reply>} */
async function createTicket(context) {
  const { store, user } = context;
  const form = await readForm(context);
  if (!form.ok) return refusedForm(context, form);
  const field = (name) => form.value.get(name) ?? undefined;
  const relatedTo = field('related') ? Number(field('related')) : null;
  const read = readNewTicket(
    {
      subject: field('subject'),
      requester: { email: field('requester'), name: field('name') },
      body: field('body'),
      relatedTo,
    },
    store,
  );
  const created = read.ok ? store.create(user, read.value) : read;
  if (created.ok) return redirect(`/tickets/${created.value.id}?done=created`, {}, 303);
  const draft = { subject: field('subject'), requester: field('requester'), name: field('name'), body: field('body') };
  const related = relatedTo === null ? undefined : store.get(relatedTo);
  return htmlPage(newTicketPage(frameOf(context), { draft, related, error: created.message }), statusOf(created.code));
}

/** @param {Context} context @returns {Reply} */
function showLogin({ url, user }) {
  const next = localPath(url.searchParams.get('next'));
  return user ? redirect(next) : htmlPage(loginPage({ next }));
}

/** @param {Context} context @returns {Promise<Reply>} */
async function signIn(context) {
  const form = await readForm(context);
  if (!form.ok) return refusedForm(context, form);
  const next = localPath(form.value.get('next'));
  const login = form.value.get('login') ?? '';
  const session = context.store.signIn(login, form.value.get('password'));
  if (!session.ok) return htmlPage(loginPage({ next, login, error: session.message }), statusOf(session.code));
  return redirect(next, setSession(session.value.token), 303);
}

/** @param {Context} context @returns {Reply} */
function signOut({ store, token }) {
  store.signOut(token);
  return redirect('/login', clearSession);
}

/** @returns {Reply} */
const requestNotFound = () =>
  htmlPage(
    problemPage(undefined, {
      title: 'Request not found',
      text: 'There is no such request, or the link is incomplete. Please open the link from our e-mail again.',
    }),
    404,
  );

/** @param {Context} context */
const portalTicket = ({ store, params, url }) =>
  store.forCustomer(ticketId(params.id), url.searchParams.get('key') ?? '');

/** @param {Context} context @returns {Reply} */
function showPortal(context) {
  const ticket = portalTicket(context);
  if (!ticket) return requestNotFound();
  return htmlPage(portalPage({ ticket, done: context.url.searchParams.has('sent') }));
}

/** @param {Context} context @returns {Promise<Reply>} */
async function replyInPortal(context) {
  const form = await readForm(context);
  if (!form.ok) return refusedForm(context, form);
  const ticket = portalTicket(context);
  if (!ticket) return requestNotFound();
  const draft = form.value.get('body') ?? '';
  const reply = readReply({ body: draft });
  const sent = reply.ok ? context.store.customerReply(ticket, reply.value) : reply;
  if (!sent.ok) return htmlPage(portalPage({ ticket, error: sent.message, draft }), statusOf(sent.code));
  return redirect(`/portal/${ticket.id}?key=${ticket.portalKey}&sent=1`, {}, 303);
}

/** @param {string} method @param {string} path @param {Route['access']} access @param {Route['handle']} handle @returns {Route} */
const page = (method, path, access, handle) => ({ method, path, kind: 'page', access, handle });

/** @type {Route[]} */
export const siteRoutes = [
  page('GET', '/', 'anyone', () => redirect('/tickets')),
  page('GET', '/app', 'anyone', () => redirect('/app/tickets')),
  page('GET', '/login', 'anyone', showLogin),
  page('POST', '/login', 'anyone', ownForm(signIn)),
  page('GET', '/logout', 'anyone', signOut),
  page('GET', '/tickets', 'agent', showQueue),
  page('GET', '/tickets/new', 'agent', showNewTicket),
  page('POST', '/tickets/new', 'agent', ownForm(createTicket)),
  page('GET', '/tickets/:id', 'agent', showTicket),
  page('POST', '/tickets/:id/actions', 'agent', ownForm(actOnTicket)),
  page('GET', '/app/tickets', 'agent', (context) => htmlPage(appPage(frameOf(context)))),
  page('GET', '/app/tickets/:id', 'agent', (context) => htmlPage(appPage(frameOf(context)))),
  page('GET', '/portal/:id', 'anyone', showPortal),
  page('POST', '/portal/:id', 'anyone', ownForm(replyInPortal)),
];
