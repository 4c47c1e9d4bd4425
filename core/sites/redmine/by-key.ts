import * as z from 'zod/mini';
import type { DeskApi, DeskFailure } from '../../domain/desk';
import { lazily } from '../../domain/lazily';
import { sameNative } from '../../domain/template';
import { deskWords } from '../../words/desk';
import { askDesk, exchange, ledElsewhere, parseBody } from '../http';

const Named = lazily(() => z.object({ id: z.number(), name: z.string() }));
/** Older Redmines do not say whether it is a closed one. */
const IssueStatus = lazily(() => z.object({ id: z.number(), name: z.string(), is_closed: z.optional(z.boolean()) }));
const Issue = lazily(() =>
  z.object({
    issue: z.object({
      id: z.number(),
      subject: z.string(),
      project: Named,
      tracker: Named,
      status: IssueStatus,
      author: z.optional(Named),
      assigned_to: z.optional(Named),
      updated_on: z.string(),
      journals: z.array(
        z.object({
          id: z.number(),
          user: z.optional(Named),
          notes: z.optional(z.nullable(z.string())),
          private_notes: z.boolean(),
          created_on: z.string(),
        }),
      ),
      /** Since Redmine 5.0. */
      allowed_statuses: z.optional(z.array(Named)),
    }),
  }),
);
type Issue = z.infer<typeof Issue>['issue'];
const Account = lazily(() =>
  z.object({
    user: z.object({
      id: z.number(),
      login: z.string(),
      firstname: z.string(),
      lastname: z.string(),
      admin: z.optional(z.boolean()),
      memberships: z.optional(z.array(z.object({ project: z.object({ id: z.number() }), roles: z.array(Named) }))),
    }),
  }),
);
const Role = lazily(() => z.object({ role: z.object({ permissions: z.array(z.string()) }) }));
const Statuses = lazily(() => z.object({ issue_statuses: z.array(Named) }));
const Errors = lazily(() => z.object({ errors: z.array(z.string()) }));

const refused = (message: string): DeskFailure => ({ ok: false, code: 'refused', message });
const changed = (): DeskFailure => ({ ok: false, code: 'changed', message: deskWords.changed('Redmine') });

const newestJournalId = (issue: Issue) => Math.max(0, ...issue.journals.map((journal) => journal.id));

/** Redmine's JSON does not tell the lock version: when it was last changed, to the second, and by what. */
const versionOf = (issue: Issue) => `${issue.updated_on} ${newestJournalId(issue)}`;

const sameText = (a: string, b: string) => a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim();

/** Redmine's REST interface with the agent's own API key. */
export function redmineByKey(baseUrl: string, fetch: typeof globalThis.fetch, key: string): DeskApi {
  // Browsers hand a header of this kind on to wherever a redirect leads: the page of a login service, say.
  const headers = { 'X-Redmine-API-Key': key };

  async function get<T extends z.ZodMiniType>(path: string, schema: T) {
    const answer = await askDesk(fetch, 'Redmine', `${baseUrl}/${path}`, { headers, redirect: 'manual' });
    if (!answer.ok) return answer.code === 'not-logged-in' ? { ...answer, message: deskWords.keyRefused } : answer;
    return parseBody(schema, answer, 'Redmine');
  }

  async function readIssue(ticketId: string): Promise<{ ok: true; issue: Issue } | DeskFailure> {
    const answer = await get(`issues/${ticketId}.json?include=journals,allowed_statuses`, Issue);
    if (!answer.ok) return answer;
    const { issue } = answer.value;
    return String(issue.id) === ticketId
      ? { ok: true, issue }
      : { ok: false, code: 'nonsense', message: deskWords.otherTicket('Redmine') };
  }

  async function statusIdOf(issue: Issue, name: string): Promise<{ ok: true; id: number } | DeskFailure> {
    let offered = issue.allowed_statuses;
    if (!offered) {
      const all = await get('issue_statuses.json', Statuses);
      if (!all.ok) return all;
      offered = all.value.issue_statuses;
    }
    const id = offered.find((status) => sameNative(status.name, name))?.id;
    return id === undefined ? refused(deskWords.statusNotOffered('Redmine', name)) : { ok: true, id };
  }

  /** Without the permission Redmine would take a private note and make it public. */
  async function mayWritePrivately(issue: Issue): Promise<{ ok: true } | DeskFailure> {
    const account = await get('users/current.json?include=memberships', Account);
    if (!account.ok) return account;
    const { admin, memberships } = account.value.user;
    if (admin) return { ok: true };
    const roles = memberships?.filter(({ project }) => project.id === issue.project.id).flatMap((each) => each.roles);
    for (const { id } of roles ?? []) {
      const role = await get(`roles/${id}.json`, Role);
      if (!role.ok) return role;
      if (role.value.role.permissions.includes('set_notes_private')) return { ok: true };
    }
    return refused(deskWords.noPrivateNotes('Redmine'));
  }

  async function put(ticketId: string, issue: object): Promise<{ ok: true } | DeskFailure> {
    const answer = await exchange(fetch, 'Redmine', `${baseUrl}/issues/${ticketId}.json`, {
      method: 'PUT',
      body: JSON.stringify({ issue }),
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
      redirect: 'manual',
    });
    if (!answer.ok) return answer.code === 'not-logged-in' ? { ...answer, message: deskWords.keyRefused } : answer;
    if (answer.redirects) return ledElsewhere('Redmine', true);
    if (answer.status === 200 || answer.status === 204) return { ok: true };
    if (answer.status !== 422)
      return {
        ok: false,
        code: 'nonsense',
        message: deskWords.unknownAnswer('Redmine', answer.status),
        maybeDone: true,
      };
    let body: unknown;
    try {
      body = JSON.parse(answer.text);
    } catch {
      return refused(deskWords.notTaken('Redmine'));
    }
    const errors = Errors.safeParse(body);
    // A conflict has no words of its own.
    if (errors.success && errors.data.errors.length === 0) return changed();
    return refused(
      errors.success
        ? deskWords.notTakenBecause('Redmine', errors.data.errors.join(', ').slice(0, 300))
        : deskWords.notTaken('Redmine'),
    );
  }

  return {
    async currentUser() {
      const account = await get('users/current.json', Account);
      if (!account.ok) return account.code === 'refused' ? refused(deskWords.keysOff) : account;
      const { login, firstname, lastname } = account.value.user;
      return { ok: true, user: { login, name: `${firstname} ${lastname}`.trim() || login } };
    },

    async readTicket(ticketId) {
      const answer = await readIssue(ticketId);
      if (!answer.ok) return answer;
      const { issue } = answer;
      let last = issue.journals
        .filter((journal) => journal.notes && !journal.private_notes && journal.user?.id === issue.author?.id)
        .toSorted((a, b) => a.id - b.id)
        .at(-1);
      if (last) {
        const account = await get('users/current.json', Account);
        if (!account.ok) return account;
        // Who is at work here is no customer, though they may have opened the issue for one.
        if (account.value.user.id === issue.author?.id) last = undefined;
      }
      const person = (user: z.infer<typeof Named> | undefined) => (user ? { login: '', name: user.name } : null);
      return {
        ok: true,
        facts: {
          ticketId,
          subject: issue.subject,
          nativeStatus: issue.status.name,
          requester: person(issue.author),
          assignee: person(issue.assigned_to),
          queue: issue.project.name,
          type: issue.tracker.name,
          lastMessageId: String(newestJournalId(issue)),
        },
        closed: issue.status.is_closed,
        version: versionOf(issue),
        lastCustomerMessage: last ? { id: String(last.id), at: Date.parse(last.created_on) } : null,
        lastAutomaticMessage: null,
      };
    },

    async newestMessages(ticketId) {
      const answer = await readIssue(ticketId);
      if (!answer.ok) return answer;
      const messages = answer.issue.journals.flatMap(({ id, notes, private_notes }) =>
        notes
          ? { id: String(id), visibility: private_notes ? ('internal' as const) : ('public' as const), text: notes }
          : [],
      );
      return { ok: true, messages };
    },

    async lastAnswerAt(ticketId) {
      const answer = await readIssue(ticketId);
      if (!answer.ok) return answer;
      const { issue } = answer;
      const last = issue.journals
        .filter((journal) => journal.notes && !journal.private_notes && journal.user?.id !== issue.author?.id)
        .toSorted((a, b) => a.id - b.id)
        .at(-1);
      return { ok: true, at: last ? Date.parse(last.created_on) : null };
    },

    async apply(ticketId, { status, message, expectedVersion }) {
      const before = await readIssue(ticketId);
      if (!before.ok) return before;
      const { issue } = before;
      // As near to the write as it gets: a version that a write could name is not told.
      if (expectedVersion !== null && expectedVersion !== versionOf(issue)) return changed();
      const changesStatus = status !== null && !sameNative(status, issue.status.name);
      if (!changesStatus && message === null) return { ok: true, nativeStatus: issue.status.name };
      const wanted = changesStatus ? await statusIdOf(issue, status) : null;
      if (wanted && !wanted.ok) return wanted;
      if (message?.visibility === 'internal') {
        const allowed = await mayWritePrivately(issue);
        if (!allowed.ok) return allowed;
      }
      const written = await put(ticketId, {
        ...(wanted ? { status_id: wanted.id } : {}),
        ...(message ? { notes: message.body, private_notes: message.visibility === 'internal' } : {}),
      });
      if (!written.ok) return written;

      // Redmine answers 204 to what it did not take.
      const after = await readIssue(ticketId);
      if (!after.ok) return { ...after, maybeDone: true };
      const nativeStatus = after.issue.status.name;
      if (message) {
        const isThere = after.issue.journals.some(
          (journal) => journal.id > newestJournalId(issue) && sameText(journal.notes ?? '', message.body),
        );
        if (!isThere) return { ...refused(deskWords.messageNotTaken('Redmine')), maybeDone: true };
      } else if (status !== null && !sameNative(nativeStatus, status))
        return refused(deskWords.statusNotTaken('Redmine', status, nativeStatus));
      return { ok: true, nativeStatus };
    },
  };
}
