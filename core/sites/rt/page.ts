import type { Person } from '../../domain/case';
import type { PageAdapter, TicketRow } from '../site-adapter';
import { missingOf, text } from '../text';

/** `Alice Customer <alice@customer.test>`, `erin (Erin Agent)` or a bare name. */
function personOf(element: Element | null): Person | null {
  const words = text(element);
  if (!words || /^nobody( in particular)?$/i.test(words)) return null;
  const [, called = '', address] = words.match(/^(.*?)\s*<([^<>]+)>$/) ?? [];
  if (address) return { login: address, name: called.replace(/^["']|["']$/g, '') || address };
  const [, login = words, name = words] = words.match(/^(\S+)\s+\((.+)\)$/) ?? [];
  return { login, name };
}

/** RT 5's pages state the user as JSON in an inline script; the text is readable, the variable is not. */
function currentUser(document: Document): Person | null {
  for (const script of document.querySelectorAll('script:not([src])')) {
    const json = script.textContent?.match(/RT\.CurrentUser\s*=\s*(\{.*\});\s*$/m)?.[1];
    if (!json) continue;
    try {
      const { Name: login, RealName: name } = JSON.parse(json) as Record<string, unknown>;
      return typeof login === 'string' ? { login, name: typeof name === 'string' && name ? name : login } : null;
    } catch {
      return null;
    }
  }
  return null;
}

/**
 * RT's own name of a status, which its API takes too. Pages show it in the person's language; the form for changes beside it
 * has both, the ticket's own status first. The form may be there without the words, and the words without the form.
 */
function statusIn(root: Element | null, shown: Element | null | undefined): string | null {
  const words = text(shown);
  const options = root?.querySelectorAll<HTMLOptionElement>('select[name="Status"] option') ?? [];
  const own = [...options].find((option) => option.value && (!words || text(option) === words));
  return (own?.value ?? words).slice(0, 80) || null;
}

/** "#1: Subject"; translations put other signs and words around the number. A ticket may have no subject. */
const headingOf = (document: Document) =>
  (text(document.querySelector('#header h1')) || document.title.trim()).match(/^\D*([1-9]\d{0,17})\s*:\s*(.*)$/);

/** Request Tracker 5, `Ticket/Display.html`. */
export const rtPage: PageAdapter = {
  id: 'rt',
  deskName: 'RT',

  ticketIdOf(url) {
    if (!/\/Ticket\/Display\.html$/.test(url.pathname)) return null;
    // RT takes a semicolon for an ampersand.
    return url.search.match(/^\?(?:.*?[&;])?id=([1-9]\d{0,17})(?:[&;]|$)/)?.[1] ?? null;
  },

  // One that was merged into another is shown as that other, and some answers to a form have no ticket in their address.
  // The menu names the ticket that was asked for; only on a ticket's own page is there a summary. RT 6 changes the address
  // before the page: a way to elsewhere is left alone.
  ownPath(document, url) {
    const asked = document.querySelector<HTMLAnchorElement>(
      'body:has(.summary) #page-display[href*="/Ticket/Display.html?id="]',
    );
    const shown = headingOf(document)?.[1];
    const named = rtPage.ticketIdOf(url);
    return asked &&
      shown &&
      named !== shown &&
      (named ? asked.search === `?id=${named}` : /\/Ticket\/\w+\.html$/.test(url.href))
      ? `${asked.pathname}?id=${shown}${url.hash}`
      : null;
  },

  read(document, ticketId) {
    const basics = document.querySelector('.ticket-info-basics');
    const number = headingOf(document);
    // A refused or unknown ticket has neither.
    if (!basics && !number) return null;
    const shownId = number?.[1] ?? text(basics?.querySelector('.id .value'));
    if (shownId !== ticketId) return null;
    const subject = number?.[2] ?? '';
    const nativeStatus = statusIn(basics, basics?.querySelector('div.status :is(.current-value, .value)'));
    const requester = personOf(document.querySelector('.requestors .user'));
    return {
      facts: {
        ticketId,
        subject: subject.slice(0, 500),
        nativeStatus,
        requester,
        assignee: personOf(document.querySelector('.owner .user')),
        queue: text(basics?.querySelector('.queue .current-value')).slice(0, 200) || null,
        type: null,
        // The page loads its history later and by choice: the API knows.
        lastMessageId: null,
      },
      agent: currentUser(document),
      missing: missingOf({
        subject: number,
        status: nativeStatus,
        requestors: document.querySelector('.requestors'),
      }),
    };
  },

  // Where its keys for lists and tickets are switched on; "g" begins one of two keys.
  shortcuts: ['G', '/', 'Shift+?', 'J', 'K', 'O', 'R', 'C', 'X'],

  // The search's results, and the home page and dashboards, which are made of searches.
  listsTickets: (url) =>
    /\/Search\/(?:Results|Simple)\.html$|\/Dashboards\/[^?]*$|\/(?:index\.html)?$/.test(url.pathname),

  rows: (document) =>
    [...document.querySelectorAll<HTMLElement>('table.ticket-list tbody.list-item[data-record-id]')].flatMap(
      (row): TicketRow[] => {
        const ticketId = row.dataset.recordId ?? '';
        if (!/^[1-9]\d{0,17}$/.test(ticketId)) return [];
        // Which columns there are is the searcher's choice: the subject's link if there is one, else the number's.
        const subject = [...row.querySelectorAll(`a[href$="/Ticket/Display.html?id=${ticketId}"]`)].at(-1);
        const status = row.querySelector('select[name="Status"]')?.closest('td')?.querySelector('.value');
        return subject ? [{ ticketId, nativeStatus: statusIn(row, status), subject }] : [];
      },
    ),
};
