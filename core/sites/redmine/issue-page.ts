import type { Person } from '../../domain/case';
import type { PageReading } from '../site-adapter';
import { missingOf, text } from '../text';

/** The little of an element that reading needs: the browser's has it, and so has what the background parses by itself. */
export interface PageElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selectors: string): PageElement | null;
  querySelectorAll(selectors: string): Iterable<PageElement>;
}
export type PageRoot = Pick<PageElement, 'querySelector' | 'querySelectorAll'>;

/**
 * Every page of Redmine's states this, in every language and theme, and so does RedMica, a Redmine under its own name. Most
 * pages of the web do not, and need no parsing.
 */
export const isRedminePage = (html: string): boolean => /<meta[^>]+content="Red(?:mine|Mica)"/.test(html);

/** The number of a person's account, from a link to it; `null` where there is none: no account, or a locked one. */
export const accountOf = (link: PageElement | null | undefined): string | null =>
  link?.getAttribute('href')?.match(/\/users\/(\d+)$/)?.[1] ?? null;

/** Pages name people by name alone; `-` is nobody. */
const personOf = (element: PageElement | null | undefined): Person | null => {
  const name = text(element).slice(0, 320);
  return name && name !== '-' ? { login: '', name } : null;
};

/** Redmine 7 has it in the menu for narrow windows alone: what its other one shows is "@erin", without a link. */
const agentLink = (root: PageRoot) => root.querySelector('#loggedas a,.flyout-menu__avatar .user');

/** The account number of who is logged in. */
export const agentAccount = (root: PageRoot): string | null => accountOf(agentLink(root));

/** Every page states the login of who is logged in; their name only where it comes up for another reason. */
export function agentOn(root: PageRoot): Person | null {
  const login = text(agentLink(root)).slice(0, 320);
  if (!login) return null;
  const account = agentAccount(root);
  if (account === null) return { login, name: login };
  const elsewhere = [...root.querySelectorAll('#content a.user:not(.user-mention)')]
    .filter((link) => accountOf(link) === account)
    .map(text)
    .find((name) => name !== login);
  // The first of two entries for oneself says "<< me >>".
  const options = [...root.querySelectorAll(`#issue_assigned_to_id option[value="${account}"]`)].slice(1);
  return { login, name: (elsewhere || text(options[0]) || login).slice(0, 320) };
}

/** Reads an issue's page; `null` where the page shows no issue, or another one. */
export function readIssuePage(root: PageRoot, ticketId: string): PageReading | null {
  // A link to an issue is an `.issue` too, and where a change was refused only the form is shown, as it was sent.
  const details = root.querySelector('.issue.details');
  if (!details) return null;
  const heading = text(root.querySelector('#content h2')).match(/^(.*?)\s*#(\d+)$/);
  if (heading ? heading[2] !== ticketId : !root.querySelector(`#issue-form[action$="/${ticketId}"]`)) return null;
  const chosen = (field: string) => text(root.querySelector(`#issue_${field} option[selected]`));
  const subject =
    text(details.querySelector('.subject h3')) || (root.querySelector('#issue_subject')?.getAttribute('value') ?? '');
  // Plugins that edit in place put a copy of the form's field next to the value.
  const nativeStatus = text(details.querySelector('.status .value:not(:has(select))')) || chosen('status_id');
  const author = details.querySelector('.author');
  const project = text(root.querySelector('#header .current-project')) || chosen('project_id');
  const tracker = heading?.[1] || chosen('tracker_id');
  const noteIds = [...root.querySelectorAll('#history .journal[id^="change-"]')].map((journal) =>
    Number(journal.getAttribute('id')?.slice('change-'.length)),
  );
  return {
    facts: {
      ticketId,
      subject: subject.slice(0, 500),
      nativeStatus: nativeStatus.slice(0, 80) || null,
      requester: personOf(author?.querySelector('.user')),
      // Bare words: a locked account, and in older Redmines a group.
      assignee: personOf(details.querySelector('.assigned-to a,.assigned-to .value:not(:has(*))')),
      queue: project.slice(0, 200) || null,
      type: tracker.slice(0, 200) || null,
      // An issue without a history has a page without one.
      lastMessageId: String(Math.max(0, ...noteIds.filter(Number.isSafeInteger))),
    },
    agent: agentOn(root),
    missing: missingOf({ subject, status: nativeStatus, author, project }),
  };
}
