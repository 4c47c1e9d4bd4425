import type { DeskApi, DeskFailure, DeskMessage } from '../../domain/desk';
import { sameNative } from '../../domain/template';
import { deskWords } from '../../words/desk';
import { exchange } from '../http';
import type { PageReading } from '../site-adapter';
import { text } from '../text';
import { parseHtml, parseXml } from './html';
import { accountOf, agentAccount, agentOn, isRedminePage, type PageElement, readIssuePage } from './issue-page';

const notLoggedIn = (): DeskFailure => ({ ok: false, code: 'not-logged-in', message: deskWords.whoAsks('Redmine') });
const refused = (message: string): DeskFailure => ({ ok: false, code: 'refused', message });

interface Note extends DeskMessage {
  /** Account number of who wrote it; `null`: somebody without an account; `undefined`: the page does not say. */
  account: string | null | undefined;
}

interface Issue {
  ok: true;
  root: PageElement;
  reading: PageReading;
}

function journalsOf(root: PageElement): PageElement[] {
  // A person may have them newest first.
  const idOf = (journal: PageElement) => Number(journal.getAttribute('id')?.slice('change-'.length));
  return [...root.querySelectorAll('#history .journal[id^="change-"]')].sort((a, b) => idOf(a) - idOf(b));
}

/** Account number of who wrote a note or changed something; `undefined`: the page does not say. */
function writerOf(journal: PageElement): string | null | undefined {
  // Before Redmine 4.1 the heading has no class.
  const header = journal.querySelector('.note-header, .journal-header, h4:not(.wiki h4)');
  return header ? accountOf(header.querySelector('a.user')) : undefined;
}

/** Oldest first. */
function notesOn(root: PageElement): Note[] {
  return journalsOf(root).flatMap((journal) => {
    const notes = journal.querySelector('.wiki');
    if (!notes) return [];
    const isPrivate = /(^|\s)private-notes(\s|$)/.test(journal.getAttribute('class') ?? '');
    return {
      id: journal.getAttribute('id')?.slice('change-'.length) ?? '',
      account: writerOf(journal),
      visibility: isPrivate ? 'internal' : 'public',
      text: ownWords(notes),
    };
  });
}

function ownWords(notes: PageElement): string {
  const quotes = [...notes.querySelectorAll('blockquote')].map((quote) => quote.textContent ?? '');
  return quotes.reduce((words, quote) => words.replace(quote, () => ''), notes.textContent ?? '');
}

/** Redmine with the login cookie: its JSON does not take it, its pages, its Atom feed and its forms do. */
export function redmineBySession(baseUrl: string, fetch: typeof globalThis.fetch): DeskApi {
  /**
   * Reads without following redirects: they lead to the login page, and each look at that begins a session of its own, whose
   * cookie would take the place of the one that goes with a login form on the agent's screen.
   */
  const read = async (path: string, accept: string, isOwn = (_headers: Headers, _html: string) => true) => {
    const answer = await exchange(fetch, 'Redmine', `${baseUrl}/${path}`, {
      headers: { accept },
      redirect: 'manual',
      isOwn,
    });
    return answer.ok && answer.redirects ? notLoggedIn() : answer;
  };

  const page = async (path: string) => {
    const answer = await read(path, 'text/html', (_headers, html) => isRedminePage(html));
    return answer.ok ? { ok: true as const, status: answer.status, root: parseHtml(answer.text) } : answer;
  };

  /**
   * Sends a form, and shows the page that it leads to. Where a proxy does not tell Redmine of https, the way there leads to
   * http, which was not granted: the page is asked for at the address that we know.
   */
  const send = async (path: string, form: URLSearchParams) => {
    const answer = await exchange(fetch, 'Redmine', `${baseUrl}/${path}`, {
      method: 'POST',
      body: form,
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    if (!answer.ok) return answer;
    if (!answer.redirects) return { ok: true as const, status: answer.status, root: parseHtml(answer.text) };
    const after = await page(path);
    return after.ok ? { ...after, status: answer.status } : { ...after, maybeDone: true };
  };

  /** @param written the page is the answer to a write, which may have been carried out */
  function issueOn(root: PageElement, ticketId: string, written: boolean): Issue | DeskFailure {
    const reading = readIssuePage(root, ticketId);
    if (reading?.agent) return { ok: true, root, reading };
    // A public issue shows itself to everybody: who is not logged in is not the agent.
    if (reading || root.querySelector('#login-form, form[action$="/login"]'))
      return { ...notLoggedIn(), maybeDone: written };
    return {
      ok: false,
      code: 'nonsense',
      message: deskWords.otherPage('Redmine'),
      maybeDone: written,
    };
  }

  async function readIssue(ticketId: string): Promise<Issue | DeskFailure> {
    const answer = await page(`issues/${ticketId}`);
    return answer.ok ? issueOn(answer.root, ticketId, false) : answer;
  }

  const versionOf = (root: PageElement) => root.querySelector('#issue_lock_version')?.getAttribute('value') ?? null;

  /** Pages tell times in words and in the person's own zone; the feed tells them in full. */
  async function timeOf(ticketId: string, noteId: string): Promise<{ ok: true; at: number } | DeskFailure> {
    // The issue has just been read: where there is no feed, a proxy keeps it back, and the issue is not gone.
    const answer = await read(`issues/${ticketId}.atom`, 'application/atom+xml', () => false);
    if (!answer.ok) return answer;
    for (const entry of parseXml(answer.text).querySelectorAll('entry')) {
      if (!text(entry.querySelector('id')).endsWith(`journal_id=${noteId}`)) continue;
      const at = Date.parse(text(entry.querySelector('updated')));
      if (Number.isFinite(at)) return { ok: true, at };
    }
    return { ok: false, code: 'nonsense', message: deskWords.feedWithoutTime('Redmine') };
  }

  /** The form's fields for a write, or why there is none. `null`: nothing is left to write. */
  function formFor(
    { root, reading }: Issue,
    { status, message }: Parameters<DeskApi['apply']>[1],
  ): URLSearchParams | DeskFailure | null {
    const changesStatus = status !== null && !sameNative(status, reading.facts.nativeStatus);
    if (!changesStatus && message === null) return null;
    const form = root.querySelector('#issue-form');
    const token = form?.querySelector('input[name="authenticity_token"]')?.getAttribute('value');
    // Without a right token Redmine ends the agent's session.
    if (!form || !token) return refused(deskWords.noChange('Redmine'));
    const fields = new URLSearchParams({ utf8: '✓', _method: 'patch', authenticity_token: token });
    const version = versionOf(root);
    if (version !== null) fields.set('issue[lock_version]', version);
    if (changesStatus) {
      const option = [...form.querySelectorAll('#issue_status_id option')].find((each) =>
        sameNative(text(each), status),
      );
      const id = option?.getAttribute('value');
      // Nor does a message go without it: it may say that the case was closed.
      if (!id) return refused(deskWords.statusNotOffered('Redmine', status ?? ''));
      fields.set('issue[status_id]', id);
    }
    if (message !== null) {
      if (!form.querySelector('[name="issue[notes]"]')) return refused(deskWords.noWriting('Redmine'));
      // Where the choice is missing, Redmine would make the note public.
      if (message.visibility === 'internal' && !form.querySelector('#issue_private_notes'))
        return refused(deskWords.noPrivateNotes('Redmine'));
      fields.set('issue[notes]', message.body);
      fields.set('issue[private_notes]', message.visibility === 'internal' ? '1' : '0');
    }
    return fields;
  }

  return {
    async currentUser() {
      const answer = await page('my/account');
      if (!answer.ok) return answer.code === 'not-logged-in' ? { ok: true, user: null } : answer;
      const agent = agentOn(answer.root);
      if (!agent) return { ok: true, user: null };
      const field = (name: string) => answer.root.querySelector(`#user_${name}`)?.getAttribute('value') ?? '';
      const name = `${field('firstname')} ${field('lastname')}`.trim();
      return { ok: true, user: { login: agent.login, name: name || agent.name } };
    },

    async readTicket(ticketId) {
      const issue = await readIssue(ticketId);
      if (!issue.ok) return issue;
      const { root, reading } = issue;
      const author = root.querySelector('.issue .author');
      const account = accountOf(author?.querySelector('a.user'));
      const notes = notesOn(root).filter(({ visibility }) => visibility === 'public');
      // Any of them may be the customer's: nothing is guessed.
      if (notes.some((note) => note.account === undefined))
        return { ok: false, code: 'nonsense', message: deskWords.otherPage('Redmine') };
      const last =
        // Who is at work here is no customer, though they may have opened the issue for one.
        author === null || (account !== null && account === agentAccount(root))
          ? undefined
          : notes.filter((note) => note.account === account).at(-1);
      const time = last ? await timeOf(ticketId, last.id) : null;
      if (time && !time.ok) return time;
      return {
        ok: true,
        facts: reading.facts,
        // Of the issue itself: those that it mentions, its sub-tasks among them, have the same classes.
        closed: root.querySelector('.issue.details.closed') !== null,
        version: versionOf(root),
        lastCustomerMessage: last && time ? { id: last.id, at: time.at } : null,
        lastAutomaticMessage: null,
      };
    },

    async lastAnswerAt(ticketId) {
      const issue = await readIssue(ticketId);
      if (!issue.ok) return issue;
      const customer = accountOf(issue.root.querySelector('.issue .author a.user'));
      const last = notesOn(issue.root)
        .filter(({ visibility, account }) => visibility === 'public' && account && account !== customer)
        .at(-1);
      return last ? timeOf(ticketId, last.id) : { ok: true, at: null };
    },

    async newestMessages(ticketId) {
      const issue = await readIssue(ticketId);
      if (!issue.ok) return issue;
      return { ok: true, messages: notesOn(issue.root).map(({ id, visibility, text }) => ({ id, visibility, text })) };
    },

    async apply(ticketId, write) {
      const before = await readIssue(ticketId);
      if (!before.ok) return before;
      if (write.expectedVersion !== null && write.expectedVersion !== versionOf(before.root))
        return { ok: false, code: 'changed', message: deskWords.changed('Redmine') };
      const form = formFor(before, write);
      if (form === null) return { ok: true, nativeStatus: before.reading.facts.nativeStatus };
      if (!(form instanceof URLSearchParams)) return form;

      // The answer leads on to the issue's page as it is now: what was written is read back from there.
      const answer = await send(`issues/${ticketId}`, form);
      if (!answer.ok) return answer;
      if (answer.root.querySelector('.conflict'))
        return { ok: false, code: 'changed', message: deskWords.changed('Redmine') };
      const complaint = text(answer.root.querySelector('#errorExplanation')).slice(0, 300);
      if (complaint || answer.status >= 400)
        return refused(deskWords.notTakenBecause('Redmine', complaint || deskWords.itAnswered(answer.status)));
      const after = issueOn(answer.root, ticketId, true);
      if (!after.ok) return after;
      const nativeStatus = after.reading.facts.nativeStatus;
      if (write.message) {
        const newestId = Number(before.reading.facts.lastMessageId);
        const mine = agentAccount(after.root);
        const isThere = journalsOf(after.root).some(
          (journal) =>
            Number(journal.getAttribute('id')?.slice('change-'.length)) > newestId &&
            writerOf(journal) === mine &&
            journal.querySelector('.wiki') !== null,
        );
        if (!isThere) return { ...refused(deskWords.messageNotTaken('Redmine')), maybeDone: true };
      } else if (write.status !== null && !sameNative(nativeStatus, write.status))
        return refused(deskWords.statusNotTaken('Redmine', write.status, nativeStatus ?? ''));
      return { ok: true, nativeStatus };
    },
  };
}
