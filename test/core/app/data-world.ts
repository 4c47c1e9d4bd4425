import { Data } from '../../../core/app/data';
import { LossWatch } from '../../../core/app/loss';
import type { Files } from '../../../core/app/ports';
import { builtinTemplates } from '../../../core/domain/builtin-templates';
import type { EverythingFile } from '../../../core/domain/portable';
import { composeEverything } from '../../../core/domain/portable-text';
import { dataStore } from '../../../core/store/data';
import { Database } from '../../../core/store/database';
import { contentOf } from '../store/records';
import { memoryOf } from './memory';
import { SITE, World } from './world';

export const value = <T>(answer: { ok: true; value: T } | { ok: false; message: string }): T => {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
};

export const SOURCE = 'blob:chrome-extension://abc/1';

/** What the browser does with files, as the test lets it. */
export class ScriptedFiles implements Files {
  /** What the person has chosen on the page; `null`: it cannot be read any more. */
  chosen: string | null = null;
  saved: { fileName: string; text: string }[] = [];
  outcome: Awaited<ReturnType<Files['save']>> = 'saved';
  ringsAt: number | null = null;
  forgotten = 0;

  async read() {
    if (this.chosen === null) throw new TypeError('Failed to fetch');
    return this.chosen;
  }
  async save(fileName: string, parts: readonly string[]) {
    if (this.outcome === 'saved') this.saved.push({ fileName, text: parts.join('') });
    return this.outcome;
  }
  async ringForBackup(at: number | null) {
    this.ringsAt = at;
  }
  async forgetAll() {
    this.forgotten += 1;
  }
}

/** A browser with its data, and the page about them. */
export class DataWorld {
  readonly files = new ScriptedFiles();
  reconciled = 0;
  woken = 0;

  private constructor(
    readonly world: World,
    readonly db: Database,
    readonly data: Data,
  ) {}

  static async make({ site = true } = {}): Promise<DataWorld> {
    const world = await World.make();
    // Two browsers never make the same id.
    world.ctx.newId = () => crypto.randomUUID();
    // As after the first look at anything.
    await world.ctx.templates.all();
    if (!site) await world.ctx.sites.remove(SITE.siteId);
    const db = new Database('test', world.indexedDb);
    const lookedAfter = memoryOf({ sites: [], loss: { noticedAt: world.now, sites: ['lost.test'] } });
    const made: DataWorld = new DataWorld(
      world,
      db,
      new Data(world.ctx, {
        store: dataStore(db, builtinTemplates),
        files: {
          read: () => made.files.read(),
          save: (...file) => made.files.save(...file),
          ringForBackup: (at) => made.files.ringForBackup(at),
          forgetAll: () => made.files.forgetAll(),
        },
        loss: new LossWatch(world.ctx, lookedAfter),
        knowsDesk: (adapterId) => adapterId === 'rt' || adapterId === 'demo',
        reconcileScripts: async () => {
          made.reconciled += 1;
        },
        wake: () => {
          made.woken += 1;
        },
      }),
    );
    return made;
  }

  /** As the page puts a file of everything together. */
  async exported(): Promise<string> {
    const pieces = [];
    let after: string | null = null;
    do {
      const part: Awaited<ReturnType<Data['exportPart']>> = await this.data.exportPart(after);
      pieces.push(value(part).texts);
      after = value(part).next;
    } while (after !== null);
    return composeEverything(value(await this.data.exportFrame()).frame, pieces).join('');
  }

  async file(): Promise<EverythingFile> {
    return JSON.parse(await this.exported());
  }

  /** Everything that is stored, but what passes. */
  async content(): Promise<Record<string, unknown[]>> {
    return contentOf(this.db);
  }
}
