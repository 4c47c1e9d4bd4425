import type { Person } from '../../domain/case';
import type { PageAdapter, TicketRow } from '../site-adapter';
import { missingOf, text } from '../text';

/**
 * `Alice Customer <alice@customer.test>`, `erin (Erin Agent)` or a bare name. Nobody is not a link, whatever it is called in
 * the person's language; RT 6 has a link with initials before the one with the name.
 */
function personOf(document: Document, role: string): Person | null {
  const words = text(document.querySelector(`.${role} .user>a:last-child`));
  if (!words) return null;
  const [, called = '', address] = words.match(/^(.*?)\s*<([^<>]+)>$/) ?? [];
  if (address) return { login: address, name: called.replace(/^["']|["']$/g, '') || address };
  const [, login = words, name = words] = words.match(/^(\S+)\s+\((.+)\)$/) ?? [];
  return { login, name };
}

/** RT's pages state the user as JSON in an inline script; the text is readable, the variable is not. */
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

/** Request Tracker 4.4 to 6, `Ticket/Display.html`. */
export const rtPage: PageAdapter = {
  id: 'rt',
  deskName: 'RT',

  ticketIdOf(url) {
    if (!/\/Ticket\/Display\.html$/.test(url.pathname)) return null;
    // RT takes a semicolon for an ampersand.
    return url.search.match(/^\?(?:.*?[&;])?id=([1-9]\d{0,17})(?:[&;]|$)/)?.[1] ?? null;
  },

  // One that was merged into another is shown as that other, and some answers to a form have no ticket in their address.
  // The menu names the ticket that was asked for; only on a ticket's own page is there a summary, in RT 6 a heading that is
  // asked for again. RT 6 changes the address before the page: a way to elsewhere is left alone.
  ownPath(document, url) {
    const asked = document.querySelector<HTMLAnchorElement>(
      'body:has(.summary,h1[hx-get]) #page-display[href*="/Ticket/Display.html?id="]',
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
    const shown = (field: string) => basics?.querySelector(`.${field} :is(.current-value,.value,.rt-value)`);
    const number = headingOf(document);
    // A refused or unknown ticket has neither.
    if (!basics && !number) return null;
    const shownId = number?.[1] ?? text(shown('id'));
    if (shownId !== ticketId) return null;
    const subject = number?.[2] ?? '';
    const nativeStatus = statusIn(basics, shown('status'));
    return {
      facts: {
        ticketId,
        subject: subject.slice(0, 500),
        nativeStatus,
        requester: personOf(document, 'requestors'),
        assignee: personOf(document, 'owner'),
        queue: text(shown('queue')).slice(0, 200) || null,
        type: null,
        // The page loads its history later and by choice: the API knows.
        lastMessageId: null,
      },
      agent: currentUser(document),
      missing: missingOf({
        subject: number,
        status: nativeStatus,
        // What a page of RT 6 shows is the administrator's choice, and some of it comes when it is scrolled to.
        requestors: document.querySelector('.requestors,h1[hx-get]'),
      }),
    };
  },

  // Where its keys for lists and tickets are switched on; "g" begins one of two keys.
  shortcuts: ['G', '/', 'Shift+?', 'J', 'K', 'O', 'R', 'C', 'X'],

  // The search's results, and the home page and dashboards, which are made of searches.
  listsTickets: (url) =>
    /\/Search\/(?:Results|Simple)\.html$|\/Dashboards\/[^?]*$|\/(?:index\.html)?$/.test(url.pathname),

  rows: (document) =>
    [...document.querySelectorAll<HTMLElement>('.ticket-list .list-item[data-record-id]')].flatMap(
      (row): TicketRow[] => {
        const ticketId = row.dataset.recordId ?? '';
        if (!/^[1-9]\d{0,17}$/.test(ticketId)) return [];
        // Which columns there are is the searcher's choice: the subject's link if there is one, else the number's.
        const subject = [...row.querySelectorAll(`a[href$="/Ticket/Display.html?id=${ticketId}"]`)].at(-1);
        const status = row.querySelector('form:has(select[name="Status"])+.value>span');
        return subject ? [{ ticketId, nativeStatus: statusIn(row, status), subject }] : [];
      },
    ),
};
