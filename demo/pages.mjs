/** The pages as HTML. Pure functions: data in, markup out. */

import { html } from './html.mjs';
import { LIMITS } from './input.mjs';
import { fullTime, initials, relativeTime, STATUSES, statusLabel, tone } from './public/format.mjs';

/** @typedef {import('./store.mjs').Ticket} Ticket */
/** @typedef {import('./store.mjs').Message} Message */
/** @typedef {import('./store.mjs').Agent} Agent */
/** @typedef {ReturnType<typeof html>} Html */
/**
 * @typedef {object} Frame what surrounds the content on an agent's page
 * @property {Agent} user
 * @property {Record<string, number>} counts tickets per status
 * @property {string} path of this page
 * @property {string} [view] which entry of the sidebar is current: a status, `all` or `new`
 * @property {'classic' | 'app'} [edition]
 */

const mark = html`<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
  <rect width="24" height="24" rx="6.5" fill="currentColor"/>
  <g fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">
    <circle cx="12" cy="6.4" r="1.7"/><path d="M12 8.1v10M8.8 11h6.4M5.8 13.6c.3 3 2.8 4.9 6.2 4.9s5.9-1.9 6.2-4.9"/>
  </g></svg>`;

const icon = (
  paths,
) => html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"
  fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

const icons = {
  search: icon(html`<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.2 3.2"/>`),
  plus: icon(html`<path d="M8 3v10M3 8h10"/>`),
  inbox: icon(html`<path d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5L6.5 11h3l1-1.5H14"/>`),
  previous: icon(html`<path d="m4 10 4-4 4 4"/>`),
  next: icon(html`<path d="m4 6 4 4 4-4"/>`),
  lock: icon(html`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`),
  outside: icon(html`<path d="M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5"/>`),
  keyboard: icon(
    html`<rect x="1.5" y="4" width="13" height="8.5" rx="1.5"/><path d="M4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 10h6"/>`,
  ),
};

/** @param {{ title: string, body: Html, head?: Html, bodyClass?: string }} page @returns {Html} */
const document = ({ title, body, head, bodyClass = '' }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Harbour Desk</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/desk.css">
${head}
</head>
<body class="${bodyClass}">
${body}
</body>
</html>
`;

/** @param {string} name @param {string} [size] @returns {Html} */
const avatar = (name, size = '') =>
  html`<span class="avatar tone-${tone(name)} ${size}" aria-hidden="true">${initials(name)}</span>`;

/** @param {string} iso @returns {Html} */
const time = (iso) => html`<time datetime="${iso}" title="${fullTime(iso)}">${relativeTime(iso)}</time>`;

/** @param {string} status @returns {Html} */
const chip = (status) => html`<span class="chip status-${status}">${statusLabel(status)}</span>`;

/** @param {string | undefined} message @returns {Html | undefined} */
const errorBox = (message) => message && html`<p class="notice error" role="alert">${message}</p>`;

/** @param {string | undefined} message @returns {Html | undefined} */
const doneBox = (message) => message && html`<p class="notice done" role="status">${message}</p>`;

const SHORTCUTS = [
  ['j', 'Next ticket in the queue'],
  ['k', 'Previous ticket in the queue'],
  ['Enter', 'Open the marked ticket'],
  ['r', 'Write a reply'],
  ['/', 'Search'],
  ['?', 'Show this list'],
];

const shortcutDialog = html`<dialog class="dialog" id="shortcuts" aria-labelledby="shortcuts-title">
  <form method="dialog">
    <h2 id="shortcuts-title">Keyboard shortcuts</h2>
    <dl class="keys">${SHORTCUTS.map(([key, meaning]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${meaning}</dd></div>`)}</dl>
    <button class="button" autofocus>Close</button>
  </form>
</dialog>`;

/**
 * @param {Frame} frame
 * @param {{ title: string, main: Html, scripts?: string[] }} content `main` is the whole `<main>` element
 * @returns {Html}
 */
function agentPage({ user, counts, path, view, edition = 'classic' }, { title, main, scripts = [] }) {
  const inApp = edition === 'app';
  const queue = inApp ? '/app/tickets' : '/tickets';
  const classicPath = path.replace(/^\/app(?=\/)/, '');
  const appPath = /^\/tickets(\/\d+)?(\?|$)/.test(classicPath) ? `/app${classicPath}` : '/app/tickets';
  const entry = (id, label, href) => html`<li><a href="${href}" data-view="${id}"
    ${view === id && html`aria-current="page"`}><span class="dot status-${id}"></span>${label}<span class="count"
    data-count="${id}">${counts[id]}</span></a></li>`;
  return document({
    title,
    bodyClass: 'desk',
    head: html`<meta name="application-name" content="Harbour Desk">
<meta name="desk-user" content="${user.login}">
<meta name="desk-user-name" content="${user.name}">
${['shell.js', ...scripts].map((name) => html`<script type="module" src="/assets/${name}"></script>`)}`,
    body: html`<a class="skip" href="#content">Skip to content</a>
<aside class="sidebar">
  <a class="brand" href="${queue}">${mark}<span>Harbour Desk</span></a>
  <form class="search" role="search" action="${queue}" method="get">
    ${icons.search}<input type="search" name="q" id="search" placeholder="Search" aria-label="Search tickets" autocomplete="off"><kbd>/</kbd>
  </form>
  <a class="button primary new" href="/tickets/new" ${view === 'new' && html`aria-current="page"`}>${icons.plus}New ticket</a>
  <nav aria-label="Views">
    <h2>Support</h2>
    <ul>${entry('all', 'All tickets', queue)}${STATUSES.map(({ id, label }) => entry(id, label, `${queue}?status=${id}`))}</ul>
  </nav>
  <div class="foot">
    <div class="switch" role="group" aria-label="Edition">
      <a href="${classicPath}" data-edition="classic" ${!inApp && html`aria-current="true"`}>Classic</a>
      <a href="${appPath}" data-edition="app" ${inApp && html`aria-current="true"`}>App</a>
    </div>
    <div class="me">${avatar(user.name)}<span class="who"><strong>${user.name}</strong><a href="/logout">Log out</a></span>
      <button class="button quiet" type="button" data-open-dialog="shortcuts" aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)">${icons.keyboard}</button></div>
  </div>
</aside>
${main}
${shortcutDialog}`,
  });
}

/** @param {Ticket} ticket @returns {Html} */
const queueRow = ({ id, subject, status, requester, assignee, updatedAt }) => html`<tr data-ticket-row="${id}">
  <td class="col-id">${id}</td>
  <td class="col-subject"><a href="/tickets/${id}">${subject}</a><span class="by">${requester.name}</span></td>
  <td class="col-status">${chip(status)}</td>
  <td class="col-assignee">${
    assignee
      ? html`<span class="person">${avatar(assignee.name, 'small')}${assignee.name}</span>`
      : html`<span class="nobody">Nobody</span>`
  }</td>
  <td class="col-updated">${time(updatedAt)}</td>
</tr>`;

/** @param {Html} heading @param {string} text @param {Html} action @returns {Html} */
const emptyState = (heading, text, action) => html`<div class="empty">
  <span class="empty-icon">${icons.inbox}</span>${heading}<p>${text}</p>${action}</div>`;

/**
 * @param {Frame} frame
 * @param {{ tickets: Ticket[], status: string, search: string }} queue
 * @returns {Html}
 */
export function queuePage(frame, { tickets, status, search }) {
  const name = status ? `${statusLabel(status)} tickets` : 'All tickets';
  const back = html`<a class="button" href="/tickets">Show all tickets</a>`;
  const rows = html`<div class="table-wrap"><table class="queue">
    <thead><tr><th class="col-id" scope="col">No.</th><th scope="col">Subject</th><th scope="col">Status</th>
      <th scope="col">Assignee</th><th class="col-updated" scope="col">Updated</th></tr></thead>
    <tbody>${tickets.map(queueRow)}</tbody></table></div>`;
  const empty = search
    ? emptyState(
        html`<h2>No ticket matches</h2>`,
        `Nothing found for “${search}”. Try a number, a name or fewer words.`,
        back,
      )
    : emptyState(html`<h2>All clear</h2>`, `No ticket is ${statusLabel(status).toLowerCase()} at the moment.`, back);
  return agentPage(frame, {
    title: name,
    main: html`<main id="content" class="page">
  <header class="page-head"><div><h1>${name}</h1><p class="sub">${tickets.length} ${tickets.length === 1 ? 'ticket' : 'tickets'}${
    search && html` matching “${search}”`
  }, oldest first</p></div>
  <form class="filter" action="/tickets" method="get">
    <label class="search">${icons.search}<input type="search" name="q" value="${search}" placeholder="Search in this queue" aria-label="Search in this queue" autocomplete="off"></label>
    <label><span class="visually-hidden">Status</span><select name="status"><option value="">Any status</option>${statusOptions(status)}</select></label>
    <button class="button">Filter</button>
  </form></header>
  ${tickets.length > 0 ? rows : empty}
</main>`,
  });
}

/** @param {string} [selected] @returns {Html[]} */
const statusOptions = (selected) =>
  STATUSES.map(({ id, label }) => html`<option value="${id}" ${id === selected && html`selected`}>${label}</option>`);

/** @param {Message} message @returns {Html} */
const messageArticle = ({
  id,
  author,
  visibility,
  body,
  createdAt,
  automatic,
}) => html`<article class="message ${visibility} ${author.role}"
  id="message-${id}" data-message-id="${id}" data-author-role="${author.role}" data-visibility="${visibility}">
  ${avatar(author.name)}
  <div class="bubble">
    <header><strong>${author.name}</strong>${author.role === 'customer' && html`<span class="tag">Customer</span>`}${
      visibility === 'internal' && html`<span class="tag note">${icons.lock}Internal note</span>`
    }${automatic && html`<span class="tag">Automatic reply</span>`}${time(createdAt)}</header>
    <div class="body">${body}</div>
  </div>
</article>`;

/** @param {'previous' | 'next'} which @param {number | undefined} id @param {string} label @param {string} key @returns {Html} */
const neighbourLink = (which, id, label, key) =>
  id === undefined
    ? html`<span class="button quiet" aria-disabled="true">${icons[which]}</span>`
    : html`<a class="button quiet" href="/tickets/${id}" data-nav="${which}" aria-label="${label}" title="${label} (${key})">${icons[which]}</a>`;

/**
 * @param {Frame} frame
 * @param {object} view
 * @param {Ticket} view.ticket
 * @param {Ticket} [view.related]
 * @param {{ previous?: number, next?: number }} view.neighbours
 * @param {Ticket[]} view.others more tickets of the same customer
 * @param {string} [view.done] what has just been done
 * @param {string} [view.error]
 * @param {{ body?: string, visibility?: string, status?: string }} [view.draft] what was typed, kept after an error
 * @returns {Html}
 */
export function ticketPage(frame, { ticket, related, neighbours, others, done, error, draft = {} }) {
  const { id, subject, status, queue, requester, assignee, messages, createdAt, updatedAt, portalKey } = ticket;
  const internal = draft.visibility === 'internal';
  return agentPage(frame, {
    title: `#${id} ${subject}`,
    main: html`<main id="content" class="page ticket" data-ticket-id="${id}">
  <header class="ticket-head">
    <div class="crumbs"><a href="/tickets">Tickets</a><span aria-hidden="true">/</span><span>#${id}</span>
      <span class="pager">${neighbourLink('previous', neighbours.previous, 'Previous ticket', 'k')}${neighbourLink('next', neighbours.next, 'Next ticket', 'j')}</span></div>
    <h1 data-field="subject">${subject}</h1>
    <p class="facts"><span class="chip status-${status}" data-field="status" data-value="${status}">${statusLabel(status)}</span>
      <span>Opened ${time(createdAt)} by ${messages[0].author.name}</span></p>
  </header>
  <section class="conversation" aria-label="Conversation">
    ${errorBox(error)}${doneBox(done)}
    ${messages.map(messageArticle)}
    <form class="composer" method="post" action="/tickets/${id}/actions" id="composer">
      <div class="segmented" role="radiogroup" aria-label="Who can read it">
        <label><input type="radio" name="visibility" value="public" ${!internal && html`checked`}><span>Public reply</span></label>
        <label><input type="radio" name="visibility" value="internal" ${internal && html`checked`}><span>${icons.lock}Internal note</span></label>
      </div>
      <textarea name="body" id="reply" rows="5" maxlength="${LIMITS.body}" required aria-label="Your message"
        placeholder="Write to ${requester.name}, or leave a note for your team">${draft.body}</textarea>
      <div class="composer-foot"><label>and set status <select name="status"><option value="">Leave as ${statusLabel(status)}</option>${STATUSES.filter(
        (each) => each.id !== status,
      ).map(
        ({ id: value, label }) =>
          html`<option value="${value}" ${value === draft.status && html`selected`}>${label}</option>`,
      )}</select></label><button class="button primary">Send</button></div>
    </form>
  </section>
  <aside class="properties" aria-label="Properties">
    <form class="property" method="post" action="/tickets/${id}/actions" id="status-form">
      <label for="status-select">Ticket status</label>
      <div class="inline"><select name="status" id="status-select">${statusOptions(status)}</select><button class="button">Apply</button></div>
    </form>
    <dl>
      <div><dt>Requester</dt><dd data-field="requester" data-email="${requester.email}"><span class="person">${avatar(requester.name, 'small')}<span>${requester.name}<small>${requester.email}</small></span></span></dd></div>
      <div><dt>Assignee</dt><dd data-field="assignee" data-login="${assignee?.login}">${
        assignee
          ? html`<span class="person">${avatar(assignee.name, 'small')}${assignee.name}</span>`
          : html`<span class="nobody">Nobody</span>`
      }</dd></div>
      <div><dt>Queue</dt><dd data-field="queue">${queue}</dd></div>
      <div><dt>Last change</dt><dd>${time(updatedAt)}</dd></div>
      ${related && html`<div><dt>Follow-up of</dt><dd><a href="/tickets/${related.id}" data-related="${related.id}">#${related.id} ${related.subject}</a></dd></div>`}
    </dl>
    <a class="button wide" href="/portal/${id}?key=${portalKey}" data-portal-link>${icons.outside}Customer's view</a>
    ${
      others.length > 0 &&
      html`<section class="others"><h2>Also from ${requester.name}</h2><ul>${others.map(
        (other) => html`<li><a href="/tickets/${other.id}">${other.subject}</a>${chip(other.status)}</li>`,
      )}</ul></section>`
    }
  </aside>
</main>`,
  });
}

/**
 * @param {Frame} frame
 * @param {{ draft: { subject?: string, requester?: string, name?: string, body?: string }, related?: Ticket, error?: string }} view
 * @returns {Html}
 */
export function newTicketPage(frame, { draft, related, error }) {
  return agentPage(
    { ...frame, view: 'new' },
    {
      title: 'New ticket',
      main: html`<main id="content" class="page narrow">
  <header class="page-head"><div><h1>New ticket</h1><p class="sub">Opened by you, on behalf of a customer.</p></div></header>
  ${errorBox(error)}
  <form class="card form" method="post" action="/tickets/new" id="new-ticket">
    ${
      related &&
      html`<p class="notice info">Follow-up of <a href="/tickets/${related.id}">#${related.id} ${related.subject}</a>
      <input type="hidden" name="related" value="${related.id}"></p>`
    }
    <label>Subject<input name="subject" value="${draft.subject}" maxlength="${LIMITS.subject}" required></label>
    <div class="pair">
      <label>Customer's e-mail<input name="requester" type="email" value="${draft.requester}" maxlength="${LIMITS.email}" required></label>
      <label><span>Name <small>if new to us</small></span><input name="name" value="${draft.name}" maxlength="${LIMITS.name}"></label>
    </div>
    <label>First message<textarea name="body" rows="9" maxlength="${LIMITS.body}" required>${draft.body}</textarea></label>
    <div class="form-foot"><a class="button quiet" href="/tickets">Cancel</a><button class="button primary">Create ticket</button></div>
  </form>
</main>`,
    },
  );
}

/** @param {Frame} frame @returns {Html} the frame in which the app draws itself */
export function appPage(frame) {
  return agentPage(
    { ...frame, edition: 'app' },
    {
      title: 'Tickets',
      scripts: ['app.js'],
      main: html`<main id="content" class="page" aria-busy="true"><p class="loading">Loading…</p>
  <noscript><p class="notice error">The app needs JavaScript. The classic edition works without it.</p></noscript></main>`,
    },
  );
}

/**
 * @param {Frame | undefined} frame missing for people who are not signed in
 * @param {{ title: string, text: string }} problem
 * @returns {Html}
 */
export function problemPage(frame, { title, text }) {
  const inner = emptyState(
    html`<h1>${title}</h1>`,
    text,
    html`<a class="button" href="/tickets">Go to the tickets</a>`,
  );
  if (frame) return agentPage(frame, { title, main: html`<main id="content" class="page">${inner}</main>` });
  return document({ title, bodyClass: 'plain', body: html`<main class="page narrow">${inner}</main>` });
}

/** @param {{ next: string, login?: string, error?: string }} view @returns {Html} */
export function loginPage({ next, login = '', error }) {
  return document({
    title: 'Sign in',
    bodyClass: 'plain centered',
    head: html`<meta name="application-name" content="Harbour Desk">`,
    body: html`<main class="sign-in">
  <div class="sign-in-head">${mark}<h1>Sign in to Harbour Desk</h1><p>Your team's tickets, in calm waters.</p></div>
  <form class="card form" method="post" action="/login">
    ${errorBox(error)}
    <input type="hidden" name="next" value="${next}">
    <label>Login<input name="login" value="${login}" autocomplete="username" autocapitalize="none" required ${!login && html`autofocus`}></label>
    <label>Password<input name="password" type="password" autocomplete="current-password" required ${login && html`autofocus`}></label>
    <button class="button primary wide">Sign in</button>
  </form>
  <div class="demo-note"><strong>This is a demo desk.</strong> Sign in as <code>erin</code> or <code>frank</code>, password <code>harbour</code>.</div>
</main>`,
  });
}

/**
 * What the customer sees: public messages only, and nothing that identifies the team's tools.
 * @param {{ ticket: Ticket, done?: boolean, error?: string, draft?: string }} view
 * @returns {Html}
 */
export function portalPage({ ticket, done, error, draft }) {
  const { id, subject, status, requester, messages, portalKey } = ticket;
  const closed = status === 'closed';
  return document({
    title: subject,
    bodyClass: 'plain portal',
    body: html`<header class="portal-head"><div>${mark}<span>Harbour Support</span><span class="portal-who">${avatar(requester.name, 'small')}${requester.name}</span></div></header>
<main class="page narrow" data-portal-ticket="${id}">
  <header class="ticket-head"><p class="crumbs">Request ${id}</p><h1>${subject}</h1><p class="facts">${chip(status)}</p></header>
  <section class="conversation" aria-label="Conversation">
    ${messages.filter(({ visibility }) => visibility === 'public').map(messageArticle)}
    ${errorBox(error)}${done && doneBox('Thank you, your reply is with our team.')}
    ${
      closed
        ? html`<p class="notice info">This request is closed and takes no more replies.</p>`
        : html`<form class="composer" method="post" action="/portal/${id}?key=${portalKey}">
      <textarea name="body" id="reply" rows="5" maxlength="${LIMITS.body}" required aria-label="Your reply" placeholder="Write a reply">${draft}</textarea>
      <div class="composer-foot"><span class="hint">${status === 'solved' ? 'Your reply opens this request again.' : 'Our team will be told.'}</span><button class="button primary">Send reply</button></div>
    </form>`
    }
  </section>
</main>`,
  });
}
