import { IDBFactory as MemoryIndexedDb } from 'fake-indexeddb';
import { Cases } from '../../../core/app/cases';
import type { Context } from '../../../core/app/context';
import { Engine } from '../../../core/app/engine';
import type { DeskWait, Seen, Site, StoreFacts } from '../../../core/app/ports';
import type { RequestInput } from '../../../core/contract/messages';
import { NO_POLICY } from '../../../core/contract/policy';
import type { CaseView } from '../../../core/contract/views';
import { builtinTemplates } from '../../../core/domain/builtin-templates';
import { caseKeyOf, noFacts } from '../../../core/domain/case';
import type { DeskApi, DeskFailure } from '../../../core/domain/desk';
import type { NotificationSettings } from '../../../core/domain/notification-settings';
import { Database } from '../../../core/store/database';
import { storeFacts } from '../../../core/store/facts';
import { secretStore } from '../../../core/store/secrets';
import {
  calendarStore,
  caseStore,
  draftStore,
  settingsStore,
  siteStore,
  templateStore,
} from '../../../core/store/stores';
import { allOf, historyOf } from '../store/rows';

export const DAY = 86_400_000;
export const SITE: Site = {
  siteId: 'desk-1',
  adapterId: 'demo',
  name: 'desk.test',
  baseUrl: 'https://desk.test',
  templateId: 'support',
  connectedAt: 0,
};

type Failing = DeskFailure | null;

/** A scripted help desk: one ticket, people who write, and faults on demand. */
export class ScriptedDesk {
  user: { login: string; name: string } | null = { login: 'erin', name: 'Erin' };
  status = 'open';
  closed = false;
  version = 1;
  messages: { id: number; by: 'agent' | 'customer'; body: string; at: number; automatic: boolean }[] = [];
  /** Answers the next reads or writes with this; `null` answers truly. */
  failRead: Failing = null;
  failWrite: Failing = null;
  /** Answers whoever asks who is logged in with this. */
  failSession: Failing = null;
  /** The write is done, and its answer is lost. */
  loseAnswer = false;
  writes = 0;
  /** Runs whenever the help desk is asked who is logged in. */
  onSession: (() => void) | null = null;
  /** Runs just before a write is carried out. */
  beforeWrite: (() => void | Promise<void>) | null = null;

  constructor(private readonly now: () => number) {
    this.say('customer', 'It does not work.');
  }

  say(by: 'agent' | 'customer', body: string, automatic = false): void {
    this.messages.push({ id: this.messages.length + 1, by, body, at: this.now(), automatic });
    this.version += 1;
  }

  /** Messages of ours that the customer got. */
  get sent(): string[] {
    return this.messages.filter((message) => message.by === 'agent').map((message) => message.body);
  }

  api(): DeskApi {
    return {
      currentUser: async () => {
        this.onSession?.();
        return this.failSession ?? { ok: true, user: this.user };
      },
      readTicket: async (ticketId) => {
        if (this.failRead) return this.failRead;
        if (!this.user) return { ok: false, code: 'not-logged-in', message: 'Log in.' };
        const newest = (automatic: boolean) => {
          const last = this.messages
            .filter((message) => message.by === 'customer' && message.automatic === automatic)
            .at(-1);
          return last ? { id: String(last.id), at: last.at } : null;
        };
        return {
          ok: true,
          closed: this.closed,
          version: String(this.version),
          lastCustomerMessage: newest(false),
          lastAutomaticMessage: newest(true),
          facts: {
            ticketId,
            subject: 'Printer on fire',
            nativeStatus: this.status,
            requester: { login: 'alice@customer.test', name: 'Alice' },
            assignee: null,
            queue: 'Support',
            type: null,
            lastMessageId: String(this.messages.length),
          },
        };
      },
      newestMessages: async () => ({
        ok: true,
        messages: this.messages.map(({ id, body }) => ({ id: String(id), visibility: 'public', text: body })),
      }),
      lastAnswerAt: async () => {
        if (this.failRead) return this.failRead;
        return { ok: true, at: this.messages.findLast(({ by }) => by === 'agent')?.at ?? null };
      },
      apply: async (_ticketId, { status, message, expectedVersion }) => {
        await this.beforeWrite?.();
        if (this.failWrite) return this.failWrite;
        if (expectedVersion !== null && expectedVersion !== String(this.version))
          return { ok: false, code: 'changed', message: 'Changed meanwhile.' };
        this.writes += 1;
        if (message) this.say('agent', message.body);
        if (status !== null) this.status = status;
        this.version += 1;
        if (!this.loseAnswer) return { ok: true, nativeStatus: this.status };
        this.loseAnswer = false;
        return { ok: false, code: 'unreachable', message: 'No answer.', maybeDone: true };
      },
    };
  }
}

/** The real app and store layers on fake-indexeddb, a clock that the test moves, and a scripted help desk. */
export class World {
  now = Date.UTC(2026, 10, 17, 14, 2);
  desk = new ScriptedDesk(() => this.now);
  notifications: { id: string; title: string }[] = [];
  /** What the extension's button shows. */
  badge = 0;
  pushes = 0;
  /** How often all open pages were told to ask anew. */
  looksAgain = 0;
  granted = true;
  /** What the organisation provides. */
  policy = NO_POLICY;
  errors: unknown[] = [];
  alarmAt: number | null = null;
  readonly indexedDb = new MemoryIndexedDb();
  ctx!: Context;
  engine!: Engine;
  cases!: Cases;
  /** What tabs have shown, until the browser ends. */
  readonly seen = new Map<string, Seen>();
  private readonly waits = new Map<string, DeskWait>();
  private ids = 0;
  private database: Database | null = null;
  private onWake: (() => void) | null = null;

  get db(): Database {
    if (!this.database) throw new Error('The worker is dead.');
    return this.database;
  }

  static async make(templateId = 'support'): Promise<World> {
    const world = new World();
    world.startWorker();
    await world.ctx.sites.put({ ...SITE, templateId });
    return world;
  }

  /** A new worker on the same database, as after a kill: nothing in memory survives but what the browser keeps. */
  startWorker(): void {
    this.database?.close();
    this.database = new Database('test', this.indexedDb);
    const db = this.database;
    const desk = () => this.desk.api();
    this.ctx = {
      clock: { now: () => this.now, timeZone: () => 'UTC' },
      newId: () => `id-${++this.ids}`,
      cases: caseStore(db),
      drafts: draftStore(db),
      templates: templateStore(db, builtinTemplates),
      calendars: calendarStore(db),
      sites: siteStore(db),
      settings: settingsStore(db),
      secrets: secretStore(db),
      seen: {
        get: async (key) => this.seen.get(key),
        set: async (key, seen) => void this.seen.set(key, seen),
      },
      waits: {
        get: async (siteId) => this.waits.get(siteId),
        set: async (siteId, wait) => void this.waits.set(siteId, wait),
      },
      dates: { of: async () => null },
      alarm: {
        arm: async (at) => {
          this.alarmAt = at;
        },
      },
      notifier: {
        show: async (id, title) => {
          const shown = this.notifications.find((notification) => notification.id === id);
          if (shown) shown.title = title;
          else this.notifications.push({ id, title });
        },
        clear: async (id) => {
          this.notifications = this.notifications.filter((shown) => shown.id !== id);
        },
      },
      badge: {
        show: async (count) => {
          this.badge = count;
        },
      },
      tabs: {
        push: async (_baseUrl, make) => {
          await make();
          this.pushes += 1;
        },
        lookAgain: async () => {
          this.looksAgain += 1;
        },
      },
      permissions: { has: async () => this.granted },
      log: { error: (_where, error) => void this.errors.push(error) },
      alwaysHolds: false,
      policy: async () => this.policy,
      browserLanguage: 'en-GB',
      desks: {
        deskName: () => 'Desk',
        shortcuts: () => ['J'],
        takesKey: () => false,
        api: desk,
        ticketUrl: (_site, ticketId) => `https://desk.test/tickets/${ticketId}`,
        newTicketUrl: (_site, ticket) => `https://desk.test/new?${new URLSearchParams({ subject: ticket.subject })}`,
        detect: async () => null,
      },
    };
    this.engine = new Engine(this.ctx);
    this.cases = new Cases(this.ctx, () => {
      void this.engine.run();
      this.onWake?.();
    });
  }

  get site(): Promise<Site> {
    return this.ctx.sites.get(SITE.siteId).then((site) => site ?? SITE);
  }

  /** An agent opens the ticket, and the background has looked into the help desk. */
  async open(ticketId = '1'): Promise<CaseView> {
    const reading = await this.desk.api().readTicket(ticketId);
    const facts = reading.ok ? reading.facts : { ...noFacts(ticketId), subject: 'Printer' };
    const lookedUp = new Promise<void>((resolve) => {
      this.onWake = resolve;
    });
    await this.cases.open(await this.site, { facts, agent: { login: 'erin', name: 'Erin' } });
    await lookedUp;
    await this.settle();
    return this.view(ticketId);
  }

  async view(ticketId = '1'): Promise<CaseView> {
    const answer = await this.cases.view(await this.site, ticketId);
    if (!answer.ok) throw new Error(answer.message);
    return answer.value;
  }

  async change(part: Partial<RequestInput<'case.change'>> & { statusId: string }) {
    const view = await this.view(part.ticketId);
    return this.cases.change(await this.site, {
      ticketId: '1',
      subStatusId: null,
      tagId: null,
      note: null,
      skipMessage: false,
      commandId: `change-${++this.ids}`,
      seenGeneration: view.tracked ? view.generation : null,
      ...part,
    });
  }

  /** Everything that is due at this moment is done. */
  async settle(): Promise<void> {
    // A run may be under way without what has just become due; the one after it has.
    await this.engine.run();
    await this.engine.run();
  }

  /** Time passes; the worker is woken whenever its alarm rings. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.settle();
    while (this.alarmAt !== null && this.alarmAt <= end) {
      this.now = Math.max(this.now, this.alarmAt);
      this.alarmAt = null;
      await this.settle();
    }
    this.now = end;
    await this.settle();
  }

  async status(ticketId = '1'): Promise<string> {
    const { status, subStatus } = await this.view(ticketId);
    return subStatus ? `${status.name} – ${subStatus.name}` : status.name;
  }

  async configure(notifications: NotificationSettings): Promise<void> {
    await this.ctx.settings.setNotifications(notifications);
  }

  /** What the store says of itself. */
  get storeFacts(): StoreFacts {
    if (!this.database) throw new Error('No worker was started');
    return storeFacts(this.database);
  }

  /** All rows of a table, as they lie in the database; of the history, all entries. */
  async dump(table: 'cases' | 'commands' | 'history' | 'outbox' | 'settings' | 'timers'): Promise<unknown[]> {
    if (!this.database) return [];
    return table === 'history' ? historyOf(this.database) : allOf(this.database, table);
  }

  async stored(ticketId = '1') {
    return this.ctx.cases.load(caseKeyOf(SITE.siteId, ticketId));
  }
}
