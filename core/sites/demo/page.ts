import type { Person } from '../../domain/case';
import type { PageAdapter, TicketRow } from '../site-adapter';
import { missingOf, text } from '../text';

/** A person's name, without the avatar's initials before it and the address below. */
function nameIn(element: HTMLElement | null): string {
  const copy = element?.cloneNode(true) as HTMLElement | undefined;
  for (const aside of copy?.querySelectorAll('[aria-hidden="true"], small') ?? []) aside.remove();
  return text(copy);
}

/** Harbour Desk, the small ticket desk under `demo/`, in both its classic and its single-page form. */
export const demoPage: PageAdapter = {
  id: 'demo',
  deskName: 'Harbour',

  ticketIdOf(url) {
    return url.pathname.match(/^\/(?:app\/)?tickets\/([1-9]\d{0,14})\/?$/)?.[1] ?? null;
  },

  read(document, ticketId) {
    const meta = (name: string) => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
    if (meta('application-name') !== 'Harbour Desk') return null;
    const root = document.querySelector(`main[data-ticket-id="${ticketId}"]`);
    if (!root) return null;
    const field = (name: string) => root.querySelector<HTMLElement>(`[data-field="${name}"]`);
    const person = (element: HTMLElement | null, known: string | undefined): Person | null =>
      known ? { login: known, name: nameIn(element) || known } : null;
    const login = meta('desk-user');
    const subject = text(field('subject'));
    const nativeStatus = field('status')?.dataset.value ?? '';
    const requester = field('requester');
    const messages = [...root.querySelectorAll<HTMLElement>('[data-message-id]')].map((element) =>
      Number(element.dataset.messageId),
    );
    return {
      facts: {
        ticketId,
        subject: subject.slice(0, 500),
        nativeStatus: nativeStatus.slice(0, 80) || null,
        requester: person(requester, requester?.dataset.email),
        assignee: person(field('assignee'), field('assignee')?.dataset.login),
        queue: text(field('queue')).slice(0, 200) || null,
        type: null,
        lastMessageId: messages.length > 0 ? String(Math.max(...messages)) : null,
      },
      agent: login ? { login, name: meta('desk-user-name') || login } : null,
      missing: missingOf({ subject, status: nativeStatus, requester }),
    };
  },

  shortcuts: ['J', 'K', 'R', '/', 'Shift+?'],
  listsTickets: (url) => /^\/(?:app\/)?tickets\/?$/.test(url.pathname),

  rows: (document) =>
    [...document.querySelectorAll<HTMLElement>('table.queue tr[data-ticket-row]')].flatMap((row): TicketRow[] => {
      const subject = row.querySelector('.col-subject a');
      const ticketId = row.dataset.ticketRow ?? '';
      if (!subject || !/^[1-9]\d{0,14}$/.test(ticketId)) return [];
      return [
        { ticketId, nativeStatus: row.querySelector('.chip')?.className.match(/\bstatus-(\w+)/)?.[1] ?? null, subject },
      ];
    }),
};
