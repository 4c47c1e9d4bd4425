import { IDBFactory as MemoryIndexedDb } from 'fake-indexeddb';
import { Cases } from '../../core/app/cases';
import type { Context } from '../../core/app/context';
import { Engine } from '../../core/app/engine';
import type { CaseStore, DeskWait, Seen, Site } from '../../core/app/ports';
import { Review } from '../../core/app/review';
import type { Push } from '../../core/contract/messages';
import { NO_POLICY } from '../../core/contract/policy';
import type { CaseTemplate } from '../../core/domain/template';
import { Database } from '../../core/store/database';
import { secretStore } from '../../core/store/secrets';
import { calendarStore, caseStore, draftStore, settingsStore, siteStore, templateStore } from '../../core/store/stores';
import type { Random } from './random';
import type { ScriptedDesk } from './scripted-desk';

export const TIME_ZONE = 'Europe/Berlin';

export const SITE: Site = {
  siteId: 'desk-1',
  adapterId: 'demo',
  name: 'desk.test',
  baseUrl: 'https://desk.test',
  templateId: 'support',
  connectedAt: 0,
};

/** A worker's life: from its start to its end, which may come at any await. */
class Life {
  dead = false;
  /** After so many steps it is the end, come what may. */
  stepsLeft = Number.POSITIVE_INFINITY;
  readonly ended: Promise<void>;
  private end: () => void = () => undefined;

  constructor(
    private readonly random: Random,
    private readonly killEvery: number,
    private readonly onKilled: (where: string) => void,
  ) {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  kill(): void {
    this.dead = true;
    this.end();
  }

  /** A place where a worker may die. What is dead goes no further, and never answers. */
  async step(where: string): Promise<void> {
    this.stepsLeft -= 1;
    const byChance = this.killEvery > 0 && this.random.chance(1 / this.killEvery);
    if (!this.dead && (byChance || this.stepsLeft === 0)) {
      this.onKilled(where);
      this.kill();
    }
    if (this.dead) await new Promise(() => undefined);
  }

  /** The same port, whose every call may be the last one, before or after it has done its work. */
  mortal<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, key) => {
        const method: unknown = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => {
          const call = async () => {
            await this.step(`before ${name}.${String(key)}`);
            // What is dead does not hear either that its database was closed under it.
            const result: unknown = await Promise.resolve(method.apply(target, args)).catch((error: unknown) =>
              this.dead ? new Promise(() => undefined) : Promise.reject(error),
            );
            await this.step(`after ${name}.${String(key)}`);
            return result;
          };
          return call();
        };
      },
    });
  }
}

/** One agent's browser with the extension in it: the real app and store layers on an in-memory IndexedDB. */
export class Browser {
  readonly notifications = new Map<string, string>();
  shown = 0;
  granted = true;
  errors: unknown[] = [];
  /** How wrong the computer's clock is, ms. */
  skewMs = 0;
  /** When the alarm rings; alarms may be lost, the heartbeat comes after it. */
  alarmAt: number | null = null;
  heartbeatMs = 0;
  cases!: Cases;
  engine!: Engine;
  review!: Review;
  ctx!: Context;
  db!: Database;
  /** The store as it is, for those who look from outside: nobody dies of looking. */
  store!: CaseStore;
  killed = 0;
  /** Cases that something was done to since somebody looked. */
  readonly touched = new Set<string>();
  private life!: Life;
  private readonly seen = new Map<string, Seen>();
  private readonly waits = new Map<string, DeskWait>();
  private readonly indexedDb = new MemoryIndexedDb();
  private ids = 0;

  constructor(
    private readonly random: Random,
    private readonly trueNow: () => number,
    private readonly desk: ScriptedDesk,
    private templates: readonly CaseTemplate[],
    /** On average, one in so many steps of the worker is its last; 0: none. */
    public killEvery: number,
    private readonly tell: (line: string) => void,
  ) {}

  now(): number {
    return this.trueNow() + this.skewMs;
  }

  /** Until when the help desk has asked not to be asked. */
  get waitsUntil(): number {
    return Math.max(0, ...[...this.waits.values()].map(({ at, forMs }) => at + forMs));
  }

  newId(kind: string): string {
    this.ids += 1;
    return `${kind}-${this.ids}`;
  }

  static async start(...parts: ConstructorParameters<typeof Browser>): Promise<Browser> {
    const browser = new Browser(...parts);
    browser.startWorker();
    await browser.ctx.sites.put(SITE);
    return browser;
  }

  startWorker(): void {
    this.life?.kill();
    this.db?.close();
    this.db = new Database('simulation', this.indexedDb);
    const life = new Life(this.random, this.killEvery, (where) => {
      this.killed += 1;
      this.tell(`the worker dies ${where}`);
    });
    this.life = life;
    const store = caseStore(this.db);
    this.store = store;
    this.ctx = {
      clock: { now: () => this.now(), timeZone: () => TIME_ZONE },
      newId: () => this.newId('id'),
      cases: life.mortal('cases', {
        ...store,
        commit: (caseKey, ...rest) => {
          this.touched.add(caseKey);
          return store.commit(caseKey, ...rest);
        },
      } satisfies CaseStore),
      drafts: life.mortal('drafts', draftStore(this.db)),
      templates: life.mortal('templates', templateStore(this.db, this.templates)),
      calendars: life.mortal('calendars', calendarStore(this.db)),
      sites: life.mortal('sites', siteStore(this.db)),
      settings: life.mortal('settings', settingsStore(this.db)),
      secrets: secretStore(this.db),
      seen: life.mortal('seen', {
        get: async (key: string) => this.seen.get(key),
        set: async (key: string, seen: Seen) => void this.seen.set(key, seen),
      }),
      waits: life.mortal('waits', {
        get: async (siteId: string) => this.waits.get(siteId),
        set: async (siteId: string, wait: DeskWait) => void this.waits.set(siteId, wait),
      }),
      dates: { of: async () => null },
      alarm: life.mortal('alarm', {
        arm: async (at: number | null, heartbeatMinutes: number) => {
          this.alarmAt = at;
          this.heartbeatMs = heartbeatMinutes * 60_000;
        },
      }),
      notifier: life.mortal('notifier', {
        show: async (id: string, title: string) => {
          this.shown += this.notifications.has(id) ? 0 : 1;
          this.notifications.set(id, title);
        },
        clear: async (id: string) => void this.notifications.delete(id),
      }),
      badge: life.mortal('badge', { show: async () => undefined }),
      tabs: life.mortal('tabs', {
        // Often no page of the help desk is open.
        push: async (_baseUrl: string, make: () => Promise<Push>) => {
          if (this.random.chance(0.2)) await make();
        },
        lookAgain: async () => undefined,
      }),
      permissions: life.mortal('permissions', { has: async () => this.granted }),
      log: { error: (_where: string, error: unknown) => this.errors.push(error) },
      alwaysHolds: false,
      policy: async () => NO_POLICY,
      browserLanguage: 'en-GB',
      desks: {
        deskName: () => 'Desk',
        shortcuts: () => ['J'],
        takesKey: () => false,
        api: () => life.mortal('desk', this.desk.api()),
        ticketUrl: (_site, ticketId) => `https://desk.test/tickets/${ticketId}`,
        newTicketUrl: () => 'https://desk.test/new',
        detect: async () => null,
      },
    };
    this.engine = new Engine(this.ctx);
    const wake = () => void this.engine.run();
    this.cases = new Cases(this.ctx, wake);
    this.review = new Review(this.ctx, wake);
  }

  /**
   * The extension is updated while it works: the worker ends in the middle of it, its alarms are gone, and the new one
   * brings newer versions of the templates.
   */
  async update(): Promise<void> {
    const { life } = this;
    life.stepsLeft = this.random.int(1, 60);
    await Promise.race([this.engine.run(), life.ended]);
    this.alarmAt = null;
    this.templates = this.templates.map((template) => ({ ...template, version: template.version + 1 }));
    this.startWorker();
  }

  /** Does something in the worker; a worker that dies meanwhile is started again, and does not answer. */
  async within<T>(work: () => Promise<T>): Promise<T | 'died'> {
    const { life } = this;
    const result = await Promise.race([work(), life.ended.then(() => 'died' as const)]);
    if (life.dead) {
      this.startWorker();
      return 'died';
    }
    return result;
  }

  /** Ids of the timers that are looked at before a moment. */
  timersDueBefore(at: number): Promise<string[]> {
    const before = IDBKeyRange.bound(['armed'], ['armed', at], false, true);
    return this.db.read(['timers'], (tx) => tx.objectStore('timers').index('[state+nextAt]').getAllKeys(before));
  }

  async hasDone(commandId: string): Promise<boolean> {
    return (await this.db.read(['commands'], (tx) => tx.objectStore('commands').getKey(commandId))) !== undefined;
  }

  /** The references of all messages that are decided and not sent yet. */
  async owedReferences(): Promise<string[]> {
    const owed = [...(await this.store.pendingEffects()), ...(await this.store.sendingEffects())];
    return owed.flatMap(({ write }) => write?.message?.reference ?? []);
  }

  /** Everything that is due at this moment is done, however often the worker dies over it. */
  async settle(): Promise<void> {
    const { killEvery } = this;
    for (let tries = 0; ; tries += 1) {
      // A worker that dies at every turn gets nowhere; in the end it lives.
      if (tries > 5) this.killEvery = 0;
      if (tries === 6) this.startWorker();
      // Two may ask for a run at once: an alarm and a panel, say.
      const twice = this.random.chance(0.2);
      const ran = await this.within(() => Promise.all([this.engine.run(), twice ? this.engine.run() : null]));
      if (ran !== 'died') break;
    }
    this.killEvery = killEvery;
  }
}
