import type { PageAdapter, TicketRow } from '../site-adapter';
import { text } from '../text';
import { readIssuePage } from './issue-page';

/** Redmine 4.2 to 7, `issues/1`. */
export const redminePage: PageAdapter = {
  id: 'redmine',
  deskName: 'Redmine',
  ticketIdOf: (url) => url.pathname.match(/^(?:\/[^/]+)*\/issues\/([1-9]\d{0,17})\/?$/)?.[1] ?? null,
  read: readIssuePage,
  // In the field for wiki text: the preview, and bold, italic and underlined.
  shortcuts: ['Ctrl+Shift+P', 'Ctrl+B', 'Ctrl+I', 'Ctrl+U'],
  listsTickets: (url) => /(?:^|\/)issues\/?$|\/my\/page\/?$/.test(url.pathname),
  rows: (document) =>
    [...document.querySelectorAll<HTMLElement>('table.issues tr.issue[id^="issue-"]')].flatMap((row): TicketRow[] => {
      const ticketId = row.id.slice('issue-'.length);
      // Which columns there are is the searcher's choice: the subject's link if there is one, else the number's.
      const subject = row.querySelector('td.subject a') ?? row.querySelector('td.id a');
      if (!subject || !/^[1-9]\d{0,17}$/.test(ticketId)) return [];
      const nativeStatus = text(row.querySelector('td.status')).slice(0, 80) || null;
      return [{ ticketId, nativeStatus, subject }];
    }),
};
