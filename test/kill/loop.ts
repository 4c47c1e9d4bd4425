import type { CDPSession, Page } from 'playwright-core';
import type { Answer, RequestInput, RequestName, RequestOutput } from '../../core/contract/messages';
import type { CaseView } from '../../core/contract/views';
import type { HistoryPage } from '../../core/store/history-pages';
import { entriesOn } from '../../core/store/history-pages';
import { connectSite } from '../e2e/harness/options-page';
import type { Session } from '../e2e/harness/session';
import { until } from '../e2e/harness/until';
import type { Random } from '../simulation/random';
import { keepProfile, leaveMarks, missingMarks } from './marks';
import { type Fault, faultsOf, type Snapshot } from './verify';

const TICKETS = 3;
/** A command is carried out within this, cold start of the worker and all; the kill comes at some moment of it. */
const KILL_WITHIN_MS = 150;
/** After so many kills time passes, so that timers fire while the next ones come. */
const KILLS_BETWEEN_WEEKS = 12;
const KILLS_BETWEEN_CHECKS = 50;

export interface Figures {
  workerKills: number;
  browserKills: number;
  commands: number;
  acknowledged: number;
  /** Kills that took the answer to a command away. */
  answersLost: number;
  timersFired: number;
  messagesSent: number;
  /** What the browser itself had lost after a kill: marks that are not ours were gone too. The run began anew then. */
  browserLost: string[];
  faults: Fault[];
}

interface OpenTicket {
  id: string;
  page: Page;
  /** Asks the background as the panel of this page does. */
  ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<Answer<RequestOutput<N>>>;
}

/** Changes cases and lets timers fire while worker and browser are killed, and looks at what is left. */
export class KillLoop {
  private tickets: OpenTicket[] = [];
  private ticketIds: string[] = [];
  private readonly acknowledged = new Set<string>();
  /** Acknowledged before the browser lost everything. */
  private acknowledgedBefore = 0;
  private firedBefore = 0;
  private sentBefore = 0;
  private readonly figures: Figures = {
    workerKills: 0,
    browserKills: 0,
    commands: 0,
    acknowledged: 0,
    answersLost: 0,
    timersFired: 0,
    messagesSent: 0,
    browserLost: [],
    faults: [],
  };

  constructor(
    private readonly session: Session,
    private readonly random: Random,
    private readonly tell: (figures: Figures) => void,
  ) {}

  /** @param kills of worker and browser, in turns; ends at the first that breaks something */
  async run(kills: { workers: number; browsers: number }): Promise<Figures> {
    const { figures, session } = this;
    await this.begin();
    const total = kills.workers + kills.browsers;
    for (let done = 0; done < total && figures.faults.length === 0; done = figures.workerKills + figures.browserKills) {
      // Evenly between the others.
      const isBrowser = Math.floor(((done + 1) * kills.browsers) / total) > figures.browserKills;
      if (done % KILLS_BETWEEN_WEEKS === KILLS_BETWEEN_WEEKS - 1) await session.browser.shift({ days: 7 });
      await this.killWhileBusy(isBrowser);
      if (done % KILLS_BETWEEN_CHECKS === KILLS_BETWEEN_CHECKS - 1) await this.check(false);
      this.tell(figures);
    }
    if (figures.faults.length === 0) await this.check(true);
    return figures;
  }

  private async begin(): Promise<void> {
    const { session } = this;
    await leaveMarks(session);
    this.ticketIds = [];
    for (let index = 0; index < TICKETS; index += 1)
      this.ticketIds.push(await session.desk.createTicket(`Kill ${index}`));
    await this.openTickets();
  }

  /** The browser lost what is not ours as well: nothing can be told of what was acknowledged until then. */
  private async beginAnew(missing: readonly string[]): Promise<void> {
    const { figures, session } = this;
    figures.browserLost.push(`kill ${figures.browserKills}: ${missing.join(', ')}; kept in ${keepProfile(session)}`);
    this.acknowledgedBefore = figures.acknowledged;
    this.firedBefore = figures.timersFired;
    this.sentBefore = figures.messagesSent;
    this.acknowledged.clear();
    const settings = await connectSite(session.browser, session.desk.url, 'Support');
    await settings.close();
    await session.login();
    await this.begin();
  }

  private async openTickets(): Promise<void> {
    this.tickets = [];
    for (const id of this.ticketIds) {
      const { page } = await this.session.openTicket(id);
      const devtools = await this.session.browser.context.newCDPSession(page);
      const contextId = await contentScriptOf(devtools);
      this.tickets.push({ id, page, ask: (name, input) => askFrom(devtools, contextId, { name, input }) });
    }
  }

  private async killWhileBusy(isBrowser: boolean): Promise<void> {
    const { random, figures } = this;
    const first = random.pick(this.tickets);
    const busy = random.chance(0.3) ? [first, random.pick(this.tickets)] : [first];
    const commands = await Promise.all(busy.map(async (ticket) => ({ ticket, command: await this.choose(ticket) })));
    const sent = commands.map(({ ticket, command }) => ticket.ask(command.name, command.input));
    await new Promise((resolve) => setTimeout(resolve, random.int(0, KILL_WITHIN_MS)));
    const lostBefore = figures.browserLost.length;
    if (isBrowser) await this.killBrowser();
    else if (await this.session.browser.killWorker()) figures.workerKills += 1;
    if (figures.browserLost.length > lostBefore) return;
    for (const [index, answering] of sent.entries()) {
      const { ticket, command } = commands[index] ?? {};
      if (!ticket || !command) continue;
      figures.commands += 1;
      const answer = await answering;
      const lost = !answer.ok && answer.code === 'no-answer';
      if (lost) figures.answersLost += 1;
      if (answer.ok) this.acknowledge(command.input.commandId);
      // As the panel does: the same command again, which must not count twice.
      if (!lost || random.chance(0.3)) continue;
      const again = await this.ticketAt(ticket.id).ask(command.name, command.input);
      if (again.ok) this.acknowledge(command.input.commandId);
    }
  }

  private acknowledge(commandId: string): void {
    this.acknowledged.add(commandId);
    this.figures.acknowledged = this.acknowledgedBefore + this.acknowledged.size;
  }

  private ticketAt(id: string): OpenTicket {
    const ticket = this.tickets.find((open) => open.id === id);
    if (!ticket) throw new Error(`Ticket ${id} is not open`);
    return ticket;
  }

  private async killBrowser(): Promise<void> {
    await this.session.browser.killBrowser();
    this.figures.browserKills += 1;
    const missing = await missingMarks(this.session);
    if (missing.length > 0) {
      await this.beginAnew(missing);
      return;
    }
    await this.session.login();
    await this.openTickets();
  }

  private async choose(ticket: OpenTicket) {
    const { random } = this;
    const view = await this.viewOf(ticket);
    const commandId = `kill-${crypto.randomUUID()}`;
    const { id: ticketId } = ticket;
    if (view.undo && random.chance(0.15))
      return { name: 'case.undo', input: { ticketId, commandId, undoes: view.undo.commandId } } as const;
    if (random.chance(0.1)) return { name: 'case.hold', input: { ticketId, commandId, on: !view.hold } } as const;
    const [statusId, subStatusId] = random.pick([
      ['pending', 'customer-input'],
      ['pending', 'customer-input'],
      ['awaiting-customer-confirmation', null],
      ['in-progress', null],
    ] as const);
    const seenGeneration = view.tracked ? view.generation : null;
    const input = {
      ticketId,
      commandId,
      statusId,
      subStatusId,
      tagId: null,
      note: null,
      skipMessage: false,
      seenGeneration,
    };
    return { name: 'case.change', input } as const;
  }

  private viewOf({ id, ask }: OpenTicket): Promise<CaseView> {
    return until(
      'the case',
      async () => {
        const answer = await ask('case.view', { ticketId: id });
        return answer.ok ? answer.value : undefined;
      },
      (view) => view !== undefined,
      { timeoutMs: 60_000, everyMs: 50 },
    ) as Promise<CaseView>;
  }

  private async snapshot(): Promise<{ snapshot: Snapshot; now: number }> {
    const { tables, now } = await this.session.browser.evaluateInExtensionPage(async () => {
      const names = ['cases', 'history', 'timers', 'outbox', 'commands'];
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('case-status-overlay');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const transaction = database.transaction(names, 'readonly');
      const rows = names.map(
        (name) =>
          new Promise((resolve, reject) => {
            const reading = transaction.objectStore(name).getAll();
            reading.onsuccess = () => resolve([name, reading.result]);
            reading.onerror = () => reject(reading.error);
          }),
      );
      const tables = (await Promise.all(rows)) as [string, unknown][];
      database.close();
      const now = Date.now();
      return { tables, now };
    });
    const rows = Object.fromEntries(tables);
    return { snapshot: { ...rows, history: entriesOn(rows.history as HistoryPage[]), now } as Snapshot, now };
  }

  private async mailbox(): Promise<Map<string, string[]>> {
    const { desk } = this.session;
    const boxes = this.ticketIds.map(async (id): Promise<[string, string[]]> => {
      const messages = await desk.messages(id);
      return [id, messages.map(({ text }) => text)];
    });
    return new Map(await Promise.all(boxes));
  }

  /** @param settled waits until nothing is owed or due any more, and looks for what was forgotten as well */
  private async check(settled: boolean): Promise<void> {
    const look = async () => {
      const { snapshot, now } = await this.snapshot();
      const mailbox = await this.mailbox();
      return { snapshot, mailbox, faults: faultsOf(snapshot, this.acknowledged, mailbox, settled ? now : null) };
    };
    const found = settled
      ? await until(
          'everything to be done',
          async () => {
            // A case that is looked at is looked after.
            for (const ticket of this.tickets) await this.viewOf(ticket);
            return look();
          },
          ({ faults }) => !faults.some(({ kind }) => kind === 'forgotten'),
          { timeoutMs: 180_000, everyMs: 1000 },
        ).catch(look)
      : await look();
    const fired = found.snapshot.history.filter(({ what }) => what.type === 'timer-fired');
    const sent = [...found.mailbox.values()].flat().filter((text) => text.includes('[ref:'));
    this.figures.timersFired = this.firedBefore + fired.length;
    this.figures.messagesSent = this.sentBefore + sent.length;
    this.figures.faults = found.faults;
  }
}

/** The world of the extension's script in a page. */
async function contentScriptOf(devtools: CDPSession): Promise<number> {
  const contexts: { id: number; origin: string; type: unknown }[] = [];
  devtools.on('Runtime.executionContextCreated', ({ context }) => {
    contexts.push({ id: context.id, origin: context.origin, type: context.auxData?.type });
  });
  await devtools.send('Runtime.enable');
  const own = await until(
    "the extension's script in the page",
    () => contexts.find(({ origin, type }) => origin.startsWith('chrome-extension://') && type === 'isolated'),
    (context) => context !== undefined,
  );
  if (!own) throw new Error('The page has no script of the extension');
  return own.id;
}

/** A background that dies over a request does not answer; nor does a browser that is gone. */
async function askFrom<T>(devtools: CDPSession, contextId: number, message: unknown): Promise<Answer<T>> {
  const noAnswer = { ok: false, code: 'no-answer', message: '' } as const;
  try {
    const { result } = await devtools.send('Runtime.evaluate', {
      contextId,
      awaitPromise: true,
      returnByValue: true,
      expression: `chrome.runtime.sendMessage(${JSON.stringify(message)}).catch(() => null)`,
    });
    return (result.value as Answer<T> | null | undefined) ?? noAnswer;
  } catch {
    return noAnswer;
  }
}
