import { deskOnDemand } from '../../domain/desk';
import { deskWords } from '../../words/desk';
import type { SiteAdapter } from '../site-adapter';
import { isRedminePage } from './issue-page';
import { redminePage } from './page';

const isPath = (path: string | undefined): path is string => path !== undefined && /^(\/[\w.~-]+)*$/.test(path);

/**
 * The identifier that Redmine proposes for a project of this name. Where another was chosen, Redmine opens the form with
 * the first project of the agent, and they pick the right one there.
 */
const identifierOf = (projectName: string): string =>
  projectName
    .toLowerCase()
    .replace(/[äöü]/g, (umlaut) => `${umlaut}e`)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_\d]+|[-_]+$/g, '')
    .slice(0, 100);

/**
 * Redmine 4.2 to 7. Facts: its source and a measured installation (docs/help-desks/redmine.md). The parser for its pages is
 * large: it is evaluated when one is read, not at each start of the worker.
 */
export const redmine: SiteAdapter = {
  page: redminePage,

  async detect(html, url) {
    if (!isRedminePage(html)) return null;
    const { parseHtml } = await import('./html');
    const root = parseHtml(html);
    if (!root.querySelector('meta[name="description"]:is([content="Redmine"],[content="RedMica"])')) return null;
    const attribute = (selector: string, name: string) => root.querySelector(selector)?.getAttribute(name);
    // An installation that shows nothing without a login has no menu on its login page.
    const paths = [
      attribute('#top-menu a.home', 'href')?.replace(/\/$/, ''),
      attribute('form[action$="/login"]', 'action')?.replace(/\/login$/, ''),
      url.pathname.replace(/\/((issues|projects|login|my|users|news|search|activity)(\/.*)?)?$/, ''),
    ];
    return url.origin + (paths.find(isPath) ?? '');
  },

  ticketUrl: (baseUrl, ticketId) => `${baseUrl}/issues/${encodeURIComponent(ticketId)}`,

  newTicketUrl(baseUrl, ticket) {
    // A copy brings the tracker along and is linked to the old issue. The author is whoever sends the form: the customer
    // can only be named.
    const body = ticket.requester ? `${ticket.body}\n\n${deskWords.forWhom(ticket.requester.name)}` : ticket.body;
    const query = new URLSearchParams({
      copy_from: ticket.clonedFrom,
      'issue[subject]': ticket.subject,
      'issue[description]': body,
    });
    if (ticket.queue) query.set('issue[project_id]', identifierOf(ticket.queue));
    return `${baseUrl}/issues/new?${query}`;
  },

  takesKey: true,
  api: (baseUrl, fetch, key) =>
    deskOnDemand(async () =>
      key
        ? (await import('./by-key')).redmineByKey(baseUrl, fetch, key)
        : (await import('./by-session')).redmineBySession(baseUrl, fetch),
    ),
};
