import type { PageAdapter } from '../site-adapter';
import { readIssuePage } from './issue-page';

/** Redmine 5, `issues/1`. */
export const redminePage: PageAdapter = {
  id: 'redmine',
  deskName: 'Redmine',
  ticketIdOf: (url) => url.pathname.match(/^(?:\/[^/]+)*\/issues\/([1-9]\d{0,17})\/?$/)?.[1] ?? null,
  read: readIssuePage,
};
