/** The app edition: queue and ticket drawn from the JSON API, one document, addresses by the History API. */

import { el } from './dom.js';
import { fullTime, initials, relativeTime, STATUSES, statusLabel, tone } from './format.mjs';

const main = /** @type {HTMLElement} */ (document.querySelector('main'));

/** Counts navigations: an answer that arrives after the person has moved on is dropped. */
let visit = 0;

class ApiError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} path below `/api`
 * @param {{ method?: string, version?: number, input?: unknown }} [request]
 * @throws {ApiError} with a message for the person; status 0 when the desk cannot be reached
 */
async function call(path, { method = 'GET', version, input } = {}) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') Object.assign(headers, { 'Content-Type': 'application/json', 'X-Harbour-Request': '1' });
  if (version !== undefined) Object.assign(headers, { 'If-Match': `"${version}"` });
  let response;
  try {
    response = await fetch(`/api${path}`, { method, headers, body: input && JSON.stringify(input) });
  } catch {
    throw new ApiError(0, 'The desk cannot be reached. Check your connection and try again.');
  }
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  const answer = isJson ? await response.json() : undefined;
  if (response.status === 401 || (response.ok && !answer)) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    throw new ApiError(401, 'Your session has ended.');
  }
  if (!response.ok) throw new ApiError(response.status, answer?.error?.message ?? 'Something went wrong.');
  return answer;
}

const avatar = (name, size = '') =>
  el('span', { class: `avatar tone-${tone(name)} ${size}`, 'aria-hidden': 'true' }, initials(name));
const time = (iso) => el('time', { datetime: iso, title: fullTime(iso) }, relativeTime(iso));
const chip = (status, attributes = {}) =>
  el('span', { class: `chip status-${status}`, ...attributes }, statusLabel(status));
const person = ({ name }, extra) => el('span', { class: 'person' }, avatar(name, 'small'), el('span', {}, name, extra));
const nobody = () => el('span', { class: 'nobody' }, 'Nobody');
const notice = (kind, text) => el('p', { class: `notice ${kind}`, role: kind === 'error' ? 'alert' : 'status' }, text);

/** @param {string} title @param {unknown[]} content @param {{ ticketId?: number, kind?: string }} [page] */
function draw(title, content, { ticketId, kind = '' } = {}) {
  document.title = `${title} · Harbour Desk`;
  main.className = `page ${kind}`;
  if (ticketId === undefined) main.removeAttribute('data-ticket-id');
  else main.setAttribute('data-ticket-id', String(ticketId));
  main.removeAttribute('aria-busy');
  main.replaceChildren(...content);
}

/** @param {'h1' | 'h2'} level @param {string} title @param {string} text @param {HTMLElement} action */
const empty = (level, title, text, action) =>
  el('div', { class: 'empty' }, el(level, {}, title), el('p', {}, text), action);

/** @param {ApiError | Error} error */
function drawProblem(error) {
  const missing = error instanceof ApiError && error.status === 404;
  const action = missing
    ? el('a', { class: 'button', href: '/app/tickets' }, 'Go to the tickets')
    : el('button', { class: 'button', type: 'button', onclick: show }, 'Try again');
  draw(missing ? 'Ticket not found' : 'That did not work', [
    empty('h1', missing ? 'Ticket not found' : 'That did not work', error.message, action),
  ]);
}

/** @param {{ id: number, subject: string }[]} tickets */
function updateCounts(tickets) {
  for (const count of document.querySelectorAll('[data-count]')) {
    const wanted = count.getAttribute('data-count');
    count.textContent = String(tickets.filter(({ status }) => wanted === 'all' || status === wanted).length);
  }
}

/** @param {string} view */
function markView(view) {
  for (const link of document.querySelectorAll('.sidebar [data-view]')) {
    if (link.getAttribute('data-view') === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const classic = document.querySelector('[data-edition="classic"]');
  classic?.setAttribute('href', location.pathname.replace(/^\/app/, '') + location.search);
}

const row = ({ id, subject, status, requester, assignee, updatedAt }) =>
  el(
    'tr',
    { 'data-ticket-row': id },
    el('td', { class: 'col-id' }, String(id)),
    el(
      'td',
      { class: 'col-subject' },
      el('a', { href: `/app/tickets/${id}` }, subject),
      el('span', { class: 'by' }, requester.name),
    ),
    el('td', { class: 'col-status' }, chip(status)),
    el('td', { class: 'col-assignee' }, assignee ? person(assignee) : nobody()),
    el('td', { class: 'col-updated' }, time(updatedAt)),
  );

/** @param {{ tickets: any[] }} answer @param {URLSearchParams} query */
function drawQueue({ tickets }, query) {
  const status = STATUSES.find(({ id }) => id === query.get('status'))?.id;
  const search = (query.get('q') ?? '').trim();
  const needle = search.toLowerCase().replace(/^#(?=\d)/, '');
  const shown = tickets.filter((ticket) => {
    const texts = [String(ticket.id), ticket.subject, ticket.requester.name, ticket.requester.email];
    return (!status || ticket.status === status) && texts.some((text) => text.toLowerCase().includes(needle));
  });
  updateCounts(tickets);
  markView(status ?? 'all');
  const name = status ? `${statusLabel(status)} tickets` : 'All tickets';
  const heading = (text, className) => el('th', { scope: 'col', class: className }, text);
  draw(name, [
    el(
      'header',
      { class: 'page-head' },
      el(
        'div',
        {},
        el('h1', {}, name),
        el(
          'p',
          { class: 'sub' },
          `${shown.length} ${shown.length === 1 ? 'ticket' : 'tickets'}${search && ` matching “${search}”`}, oldest first`,
        ),
      ),
    ),
    shown.length > 0
      ? el(
          'div',
          { class: 'table-wrap' },
          el(
            'table',
            { class: 'queue' },
            el(
              'thead',
              {},
              el(
                'tr',
                {},
                heading('No.', 'col-id'),
                heading('Subject'),
                heading('Status'),
                heading('Assignee'),
                heading('Updated', 'col-updated'),
              ),
            ),
            el('tbody', {}, shown.map(row)),
          ),
        )
      : empty(
          'h2',
          search ? 'No ticket matches' : 'All clear',
          search ? 'Try a number, a name or fewer words.' : 'No ticket here at the moment.',
          el('a', { class: 'button', href: '/app/tickets' }, 'Show all tickets'),
        ),
  ]);
}

const message = ({ id, author, visibility, body, createdAt, automatic }) =>
  el(
    'article',
    {
      class: `message ${visibility} ${author.role}`,
      id: `message-${id}`,
      'data-message-id': id,
      'data-author-role': author.role,
      'data-visibility': visibility,
    },
    avatar(author.name),
    el(
      'div',
      { class: 'bubble' },
      el(
        'header',
        {},
        el('strong', {}, author.name),
        author.role === 'customer' && el('span', { class: 'tag' }, 'Customer'),
        visibility === 'internal' && el('span', { class: 'tag note' }, 'Internal note'),
        automatic && el('span', { class: 'tag' }, 'Automatic reply'),
        time(createdAt),
      ),
      el('div', { class: 'body' }, body),
    ),
  );

const option = (value, label, selected = false) => el('option', { value, selected }, label);

const property = (label, attributes, ...content) =>
  el('div', {}, el('dt', {}, label), el('dd', attributes, ...content));

const pagerLink = (which, id, label, sign) =>
  id === undefined
    ? el('span', { class: 'button quiet', 'aria-disabled': 'true' }, sign)
    : el('a', { class: 'button quiet', href: `/app/tickets/${id}`, 'data-nav': which, 'aria-label': label }, sign);

/**
 * @param {any} ticket
 * @param {any[]} tickets the queue, for the way to the neighbours
 * @param {{ said?: HTMLElement, draft?: { body: string, visibility: string } }} [rest] a message to show, and text to keep
 */
function drawTicket(ticket, tickets, { said, draft } = {}) {
  const { id, subject, status, queue, requester, assignee, messages, createdAt, updatedAt, portalKey, relatedTo } =
    ticket;
  const position = tickets.findIndex((each) => each.id === id);
  const related = tickets.find((each) => each.id === relatedTo);
  const internal = draft?.visibility === 'internal';

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const button = form.querySelector('button');
    const fields = new FormData(form);
    const text = fields.get('body');
    const typed = text === null ? undefined : { body: String(text), visibility: String(fields.get('visibility')) };
    const here = visit;
    button?.setAttribute('disabled', '');
    try {
      const changed = await call(`/tickets/${id}/actions`, {
        method: 'POST',
        version: ticket.version,
        input: { status: fields.get('status') || undefined, message: typed },
      });
      if (here !== visit) return;
      const queueNow = tickets.map((each) => (each.id === id ? changed : each));
      updateCounts(queueNow);
      const what = typed
        ? typed.visibility === 'internal'
          ? 'Note saved. Only your team can read it.'
          : 'Reply sent.'
        : `Status is now ${statusLabel(changed.status)}.`;
      drawTicket(changed, queueNow, { said: notice('done', what) });
    } catch (error) {
      if (here !== visit) return;
      // Somebody else was faster: show what is there now, and keep what was typed.
      const stale = error instanceof ApiError && error.status === 412;
      const current = stale ? await call(`/tickets/${id}`).catch(() => ticket) : ticket;
      if (here !== visit) return;
      const text = stale
        ? 'This ticket has changed in the meantime. You now see its current state; please send again.'
        : error.message;
      drawTicket(current, tickets, { said: notice('error', text), draft: typed });
    }
  }

  draw(
    `#${id} ${subject}`,
    [
      el(
        'header',
        { class: 'ticket-head' },
        el(
          'div',
          { class: 'crumbs' },
          el('a', { href: '/app/tickets' }, 'Tickets'),
          el('span', { 'aria-hidden': 'true' }, '/'),
          el('span', {}, `#${id}`),
          el(
            'span',
            { class: 'pager' },
            pagerLink('previous', tickets[position - 1]?.id, 'Previous ticket', '↑'),
            pagerLink('next', tickets[position + 1]?.id, 'Next ticket', '↓'),
          ),
        ),
        el('h1', { 'data-field': 'subject' }, subject),
        el(
          'p',
          { class: 'facts' },
          chip(status, { 'data-field': 'status', 'data-value': status }),
          el('span', {}, 'Opened ', time(createdAt), ` by ${messages[0].author.name}`),
        ),
      ),
      el(
        'section',
        { class: 'conversation', 'aria-label': 'Conversation' },
        messages.map(message),
        said,
        el(
          'form',
          { class: 'composer', id: 'composer', onsubmit: send },
          el(
            'div',
            { class: 'segmented', role: 'radiogroup', 'aria-label': 'Who can read it' },
            el(
              'label',
              {},
              el('input', { type: 'radio', name: 'visibility', value: 'public', checked: !internal }),
              el('span', {}, 'Public reply'),
            ),
            el(
              'label',
              {},
              el('input', { type: 'radio', name: 'visibility', value: 'internal', checked: internal }),
              el('span', {}, 'Internal note'),
            ),
          ),
          el(
            'textarea',
            {
              name: 'body',
              id: 'reply',
              rows: 5,
              maxlength: 20000,
              required: true,
              'aria-label': 'Your message',
              placeholder: `Write to ${requester.name}, or leave a note for your team`,
            },
            draft?.body,
          ),
          el(
            'div',
            { class: 'composer-foot' },
            el(
              'label',
              {},
              'and set status ',
              el(
                'select',
                { name: 'status' },
                option('', `Leave as ${statusLabel(status)}`),
                STATUSES.filter((each) => each.id !== status).map((each) => option(each.id, each.label)),
              ),
            ),
            el('button', { class: 'button primary' }, 'Send'),
          ),
        ),
      ),
      el(
        'aside',
        { class: 'properties', 'aria-label': 'Properties' },
        el(
          'form',
          { class: 'property', id: 'status-form', onsubmit: send },
          el('label', { for: 'status-select' }, 'Ticket status'),
          el(
            'div',
            { class: 'inline' },
            el(
              'select',
              { name: 'status', id: 'status-select' },
              STATUSES.map((each) => option(each.id, each.label, each.id === status)),
            ),
            el('button', { class: 'button' }, 'Apply'),
          ),
        ),
        el(
          'dl',
          {},
          property(
            'Requester',
            { 'data-field': 'requester', 'data-email': requester.email },
            person(requester, el('small', {}, requester.email)),
          ),
          property(
            'Assignee',
            { 'data-field': 'assignee', 'data-login': assignee?.login ?? '' },
            assignee ? person(assignee) : nobody(),
          ),
          property('Queue', { 'data-field': 'queue' }, queue),
          property('Last change', {}, time(updatedAt)),
          relatedTo !== null &&
            property(
              'Follow-up of',
              {},
              el(
                'a',
                { href: `/app/tickets/${relatedTo}`, 'data-related': relatedTo },
                `#${relatedTo} ${related?.subject ?? ''}`,
              ),
            ),
        ),
        el(
          'a',
          { class: 'button wide', href: `/portal/${id}?key=${portalKey}`, 'data-portal-link': true },
          "Customer's view",
        ),
      ),
    ],
    { ticketId: id, kind: 'ticket' },
  );
}

/** Draws what the address names. */
async function show() {
  const here = ++visit;
  const query = new URLSearchParams(location.search);
  const id = /^\/app\/tickets\/(\w+)$/.exec(location.pathname)?.[1];
  markView(id ? '' : (query.get('status') ?? 'all'));
  draw(id ? `#${id}` : 'Tickets', [el('p', { class: 'loading' }, 'Loading…')]);
  main.setAttribute('aria-busy', 'true');
  try {
    const [queue, ticket] = await Promise.all([call('/tickets'), id && call(`/tickets/${encodeURIComponent(id)}`)]);
    if (here !== visit) return;
    updateCounts(queue.tickets);
    if (ticket) drawTicket(ticket, queue.tickets);
    else drawQueue(queue, query);
  } catch (error) {
    if (here === visit) drawProblem(error);
  }
}

/** @param {string} path */
function go(path) {
  history.pushState(null, '', path);
  window.scrollTo(0, 0);
  show();
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const withKey = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || withKey || event.defaultPrevented || link.target || link.origin !== location.origin) return;
  if (!link.pathname.startsWith('/app/tickets') || link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches('.sidebar .search')) return;
  event.preventDefault();
  go(`/app/tickets?${new URLSearchParams({ q: String(new FormData(form).get('q')) })}`);
});

window.addEventListener('popstate', show);
show();
